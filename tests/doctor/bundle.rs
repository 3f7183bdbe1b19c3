//! `attuned doctor --bundle`: what is in it, and above all what is not.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use insta::assert_snapshot;

use super::support::bus::Bus;
use super::support::home::Home;
use super::support::server::Server;
use super::support::wait_until;
use super::{able, doctor, write};

/// Everything a person may have said, each with a word that is nowhere else.
const PERSONAL: &str = r#"
[[reminder]]
name = "xyzzy-reminder"
when = "weekdays at 04:37"
message = "xyzzy-message"

[[reminder]]
name = "xyzzy-second"
when = ["3 times a day between 09:11 and 18:00", "37 4 * * *"]
collections = ["xyzzy-collection"]

[[pause]]
when = "mon 09:41-11:00"
reason = "xyzzy-pause"

[[support.line]]
name = "xyzzy-ana"
number = "xyzzy-number"

[library.weights]
xyzzy-collection = 2
"#;

const PROMPTS: &str =
    "title = \"xyzzy-title\"\nprompts = [\"xyzzy-prompt one.\", \"xyzzy-prompt two.\"]\n";

/// None of these may be in a bundle. `none` is a home's name as well as a person's.
fn assert_anonymous(text: &str, home: &Home) {
    let host = Command::new("uname")
        .arg("-n")
        .output()
        .expect("uname is there");
    let host = String::from_utf8(host.stdout).expect("it is text");
    let home = home.path("").display().to_string();
    for secret in [
        "xyzzy",
        "XYZZY",
        "04:37",
        "37 4",
        "09:11",
        "09:41",
        "Berlin",
        host.trim(),
        home.trim_end_matches('/'),
        "/home",
        "~/",
    ] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
}

fn bundle(home: &Home, name: &str) -> String {
    let file = home.path(name);
    let output = doctor(home, &["--bundle", file.to_str().unwrap()])
        .env("USER", "xyzzy-user")
        .env("LOGNAME", "xyzzy-user")
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("read it before you send it"), "{said}");
    let mode = fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    fs::read_to_string(file).unwrap()
}

/// A home full of a person's own words, and a daemon that has shown some.
fn lived_in(home: &Home, server: &Server) {
    write(
        home.path("home/.config/attuned/affirmations/xyzzy-collection.toml"),
        PROMPTS,
    );
    home.write_config(PERSONAL);
    let mut daemon = home.daemon(&[]);
    home.prints(&["now", "xyzzy-collection"]);
    let shown = server.notify(0);
    assert!(shown.body.contains("xyzzy-prompt"), "{}", shown.body);
    server.say_closed(shown.id, 2);
    wait_until("it is on record", || {
        home.prints(&["why", "last"]).contains("dismissed")
    });
    home.prints(&["pause", "2h"]);
    home.prints(&["stop"]);
    daemon.wait();
}

#[test]
fn it_tells_the_shape_of_things_and_no_content() {
    let bus = Bus::start();
    let server = Server::start(&bus.address(), able());
    let home = Home::new(&bus.address());
    lived_in(&home, &server);
    let text = bundle(&home, "report.txt");
    assert_anonymous(&text, &home);
    let lines: Vec<String> = text.lines().map(masked).collect();
    assert_snapshot!(lines.join("\n"));
}

fn masked(line: &str) -> String {
    let line = line
        .strip_prefix("  attuned ")
        .map_or(line.to_owned(), |_| "  attuned … on …".to_owned());
    match line.strip_prefix("  ").and_then(super::masked) {
        Some(masked) => format!("  {masked}"),
        None => line,
    }
}

#[test]
fn what_is_wrong_is_told_without_content_too() {
    let bus = Bus::start();
    let server = Server::start(&bus.address(), able());
    let home = Home::new(&bus.address());
    lived_in(&home, &server);
    let _daemon = home.daemon(&[]);
    home.write_config("[xyzzy-table]\nxyzzy = 1\n[[reminder]]\nname = \"xyzzy\"\nwhen = \"xyzzy at 04:37\"\nxyzzy-key = 2\n");
    write(
        home.path("home/.config/attuned/affirmations/xyzzy-other.toml"),
        "prompts = [\"xyzzy\", 2]\nxyzzy = 3\n",
    );
    wait_until("the daemon has seen it", || {
        home.status()["settings_problem"].is_string()
    });
    let database = home.database();
    fs::set_permissions(&database, fs::Permissions::from_mode(0o644)).unwrap();
    let folder = database.parent().unwrap().to_owned();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    fs::write(folder.join("attuned.db.corrupt-xyzzy"), "").unwrap();
    let text = bundle(&home, "report.txt");
    assert_anonymous(&text, &home);
    for part in [
        "fail     in force",
        "fail     settings        your own; 3 errors",
        "warn     prompts ",
        "warn     state folder    others may look into it",
        "    [[reminder]] name, when (not a schedule), 1 unknown key",
        "    1 unknown key",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn without_a_bus_or_with_a_damaged_record_it_works_too() {
    let home = Home::without_bus();
    write(home.database(), &"xyzzy, no database ".repeat(40));
    let text = bundle(&home, "report.txt");
    assert_anonymous(&text, &home);
    assert!(
        text.contains("fail     record          cannot be used"),
        "{text}"
    );
    assert!(text.contains("  the record cannot be read"), "{text}");
}

#[test]
fn it_replaces_nothing() {
    let home = Home::without_bus();
    let file = home.path("report.txt");
    fs::write(&file, "mine").unwrap();
    let output = doctor(&home, &["--bundle", file.to_str().unwrap()])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("report.txt is there already"), "{errors}");
    assert_eq!(fs::read_to_string(file).unwrap(), "mine");
}
