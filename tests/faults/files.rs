//! Settings that are replaced, linked, renamed over, rewritten all the time, or no file at all.

use std::fs;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::support::process::{cpu_time, memory};
use super::support::wait_until;
use super::*;

/// Settings whose only reminder has this name.
fn named(name: &str) -> String {
    QUIET.replace("far", name)
}

/// Waits until the settings with this name are in force.
fn follows(home: &Home, name: &str, after: &str) {
    wait_until(&format!("the settings are followed after {after}"), || {
        home.ask(&format!(
            r#"{{"pause":{{"until":"1h","only":["{name}"]}}}}"#
        ))
        .is_some_and(|answer| !answer["done"]["paused"].is_null())
    });
}

fn config_folder(home: &Home) -> PathBuf {
    home.config_file().parent().unwrap().to_owned()
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn a_config_folder_that_is_replaced_is_followed() {
    let (_bus, _server, home) = desk(QUIET);
    let _daemon = home.daemon(&[]);
    let folder = config_folder(&home);
    for (round, name) in ["second", "third"].into_iter().enumerate() {
        fs::rename(&folder, home.path(&format!("old-{round}"))).unwrap();
        write(&home.config_file(), &named(name));
        follows(&home, name, "the folder was moved away and made anew");
    }
    let new = home.path("home/.config/new");
    write(&new.join("config.toml"), &named("fourth"));
    fs::rename(&folder, home.path("old")).unwrap();
    fs::rename(&new, &folder).unwrap();
    follows(&home, "fourth", "another folder was put in its place");
    fs::write(home.config_file(), named("fifth")).unwrap();
    follows(&home, "fifth", "a change in the new folder");
    fs::rename(home.path("home/.config"), home.path("home/old")).unwrap();
    write(&home.config_file(), &named("sixth"));
    follows(&home, "sixth", "the folder above it was replaced");
    assert!(home.status()["settings_problem"].is_null());
}

#[test]
fn a_symlink_farm_is_followed_when_its_links_turn() {
    let bus = Bus::start();
    let home = Home::new(&bus.address());
    // As stow has it: a link to the folder in a repository.
    let stow = home.path("home/dotfiles/attuned/.config/attuned");
    write(&stow.join("config.toml"), &named("stowed"));
    fs::create_dir_all(home.path("home/.config")).unwrap();
    symlink("../dotfiles/attuned/.config/attuned", config_folder(&home)).unwrap();
    let _daemon = home.daemon(&[]);
    follows(&home, "stowed", "the start");
    fs::write(stow.join("config.toml"), named("edited")).unwrap();
    follows(&home, "edited", "an edit in the repository");

    // As home-manager has it: file → profile → generation → store, and the profile turns.
    let generation = |name: &str| {
        let kept = home.path(&format!("nix/store/{name}-config.toml"));
        write(&kept, &named(name));
        let files = home.path(&format!("nix/{name}/home-files/.config/attuned"));
        fs::create_dir_all(&files).unwrap();
        symlink(kept, files.join("config.toml")).unwrap();
    };
    let turn = |name: &str| {
        let aside = home.path("nix/profile.new");
        symlink(name, &aside).unwrap();
        fs::rename(aside, home.path("nix/profile")).unwrap();
    };
    generation("one");
    turn("one");
    fs::remove_file(config_folder(&home)).unwrap();
    fs::create_dir(config_folder(&home)).unwrap();
    let file = home.path("nix/profile/home-files/.config/attuned/config.toml");
    symlink(file, home.config_file()).unwrap();
    follows(
        &home,
        "one",
        "the link was replaced by a folder with a link",
    );
    for name in ["two", "three"] {
        generation(name);
        turn(name);
        follows(&home, name, "the profile turned");
    }
    // An old generation is collected while its link is still in place, then the next one comes.
    fs::remove_dir_all(home.path("nix/three")).unwrap();
    wait_until("the loss is noticed", || {
        home.status()["settings_problem"].is_string() || home.status()["overview"]["reminders"] != 1
    });
    generation("four");
    turn("four");
    follows(&home, "four", "the next generation");
    assert!(home.status()["settings_problem"].is_null());
}

#[test]
fn every_editor_s_way_to_save_is_followed() {
    let (_bus, server, home) = desk(QUIET);
    let _daemon = home.daemon(&[]);
    let file = home.config_file();
    let beside = |suffix: &str| PathBuf::from(format!("{}{suffix}", file.display()));

    // vim: the old one becomes a backup, a new one is written, the backup goes.
    fs::write(config_folder(&home).join("4913"), "").unwrap();
    fs::remove_file(config_folder(&home).join("4913")).unwrap();
    fs::rename(&file, beside("~")).unwrap();
    fs::write(&file, named("vim")).unwrap();
    fs::remove_file(beside("~")).unwrap();
    follows(&home, "vim", "vim");

    // emacs: a lock that is a dangling link, an autosave, a copy as backup, written in place.
    symlink("ana@desk.1:1", config_folder(&home).join(".#config.toml")).unwrap();
    fs::write(config_folder(&home).join("#config.toml#"), "half").unwrap();
    fs::copy(&file, beside("~")).unwrap();
    fs::write(&file, named("emacs")).unwrap();
    fs::remove_file(config_folder(&home).join("#config.toml#")).unwrap();
    fs::remove_file(config_folder(&home).join(".#config.toml")).unwrap();
    follows(&home, "emacs", "emacs");

    // VS Code: cut to nothing and written in place, in pieces.
    let mut open = fs::File::create(&file).unwrap();
    let text = named("code");
    let (first, second) = text.split_at(text.len() / 2);
    open.write_all(first.as_bytes()).unwrap();
    open.write_all(second.as_bytes()).unwrap();
    drop(open);
    follows(&home, "code", "VS Code");

    // GNOME's and KDE's: a new file renamed over the old one.
    fs::write(
        config_folder(&home).join(".goutputstream-X"),
        named("gedit"),
    )
    .unwrap();
    fs::rename(config_folder(&home).join(".goutputstream-X"), &file).unwrap();
    follows(&home, "gedit", "gedit");
    assert!(home.status()["settings_problem"].is_null());
    assert_eq!(server.count(), 0, "and no half of a file was told of");
    assert_eq!(logged(&home, "the settings"), 0);
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "how long it is rewritten is real time"
)]
fn a_file_that_changes_a_thousand_times_a_second_costs_little_and_its_end_is_followed() {
    let (_bus, server, home) = desk(QUIET);
    let daemon = home.daemon(&[]);
    let (spent, memory_before) = (cpu_time(daemon.id()), memory(daemon.id()));
    let stop = AtomicBool::new(false);
    let long = Duration::from_secs(5);
    let changes = std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut changes = 0_u32;
            while !stop.load(Ordering::Relaxed) {
                home.write_config(&named(&format!("r{}", changes % 7)));
                changes += 1;
                std::thread::sleep(Duration::from_micros(500));
            }
            changes
        });
        let begin = std::time::Instant::now();
        let mut slowest = Duration::ZERO;
        while begin.elapsed() < long {
            let asked = std::time::Instant::now();
            assert!(home.is_heard());
            slowest = slowest.max(asked.elapsed());
            std::thread::sleep(Duration::from_millis(50));
        }
        assert!(
            slowest < Duration::from_secs(2),
            "it answers meanwhile: {slowest:?}"
        );
        stop.store(true, Ordering::Relaxed);
        writer.join().unwrap()
    });
    assert!(changes > 1000, "{changes} changes in {long:?}");
    home.write_config(&named("end"));
    follows(&home, "end", "it came to rest");
    let spent = cpu_time(daemon.id()).saturating_sub(spent);
    assert!(spent < long / 4, "{spent:?} of processor time for {long:?}");
    let grown = memory(daemon.id()).saturating_sub(memory_before);
    assert!(grown < 16 * 1024, "{grown} KiB more than before");
    assert_eq!(server.count(), 0, "nothing was said about it");
    assert!(home.stderr().lines().count() <= 3, "{}", home.stderr());
}

#[test]
fn what_is_no_file_is_told_once_and_keeps_what_runs() {
    let (_bus, server, home) = desk(&named("first"));
    let _daemon = home.daemon(&[]);
    let file = home.config_file();
    let away = || {
        let _ = fs::remove_file(&file);
        let _ = fs::remove_dir(&file);
    };
    let make: [(&str, &dyn Fn()); 4] = [
        ("is a folder", &|| fs::create_dir(&file).unwrap()),
        ("is not an ordinary file", &|| {
            assert!(
                Command::new("mkfifo")
                    .arg(&file)
                    .status()
                    .unwrap()
                    .success()
            );
        }),
        ("is not an ordinary file", &|| {
            symlink("/dev/zero", &file).unwrap();
        }),
        ("does not exist", &|| {
            symlink("nowhere.toml", &file).unwrap();
        }),
    ];
    for (round, (what, put)) in make.into_iter().enumerate() {
        away();
        put();
        wait_until(what, || {
            home.status()["settings_problem"]
                .as_str()
                .is_some_and(|problem| problem.contains(what))
        });
        follows(&home, "first", "something that is no file");
        assert_eq!(server.notify(round).summary, "Settings not used", "{what}");
        assert_eq!(home.run(&["check"]).status.code(), Some(3), "{what}");
        away();
        home.write_config(&named("first"));
        wait_until("it is well again", || {
            home.status()["settings_problem"].is_null()
        });
    }
    assert_eq!(server.count(), 4);
}
