//! `attuned config`.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::json;

use super::support::home::Home;
use super::{attuned, json_of, prints, with_settings};

#[test]
fn the_path_alone_on_a_line() {
    assert_eq!(
        prints(&Home::without_bus(), &["config", "path"]),
        "~/.config/attuned/config.toml\n"
    );
}

#[test]
fn all_paths_and_whether_they_are_there() {
    let home = with_settings("");
    let etc = home.path("etc").display().to_string();
    assert_eq!(
        prints(&home, &["config", "path", "--all"]),
        format!(
            "settings         ~/.config/attuned/config.toml\n\
             affirmations     ~/.config/attuned/affirmations  (not there)\n\
             record, journal  ~/.local/state/attuned/attuned.db  (not there)\n\
             system settings  {etc}/attuned/config.toml  (not there)\n"
        )
    );
    let all = json_of(&home, &["config", "path"]);
    let settings =
        json!({ "what": "settings", "path": "~/.config/attuned/config.toml", "exists": true });
    assert_eq!(all[0], settings);
    assert_eq!(all.as_array().map(Vec::len), Some(4));
}

#[test]
fn init_writes_a_start_and_never_over_a_file() {
    let home = Home::without_bus();
    let file = home.config_file();
    assert_eq!(
        prints(&home, &["config", "init"]),
        "Wrote ~/.config/attuned/config.toml\n\
         It holds the defaults, explained. Take the \"#\" away from what you change, then\nrun attuned check.\n"
    );
    let written = fs::read_to_string(&file).unwrap();
    let defaults = fs::read_to_string("config/default.toml").unwrap();
    assert_eq!(written.lines().count(), defaults.lines().count());
    assert!(written.contains("\n[[reminder]]\nname = \"check-in\"\n"));
    assert!(written.contains("\n[pace]\n") && written.contains("\n# cap = 6\n"));
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let beside = fs::read_dir(file.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let mut beside: Vec<_> = beside.collect();
    beside.sort();
    assert_eq!(beside, ["affirmations", "config.toml"]);

    fs::write(&file, "[pace]\ncap = 3\n").unwrap();
    let again = attuned(&home, &["config", "init"]);
    assert_eq!((again.code, again.out.as_str()), (Some(1), ""));
    assert_eq!(
        again.err,
        "error: ~/.config/attuned/config.toml is there already\n\
         hint: it stays as it is; attuned config show tells what is in force\n"
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), "[pace]\ncap = 3\n");
}

#[test]
fn show_merges_the_layers_and_names_them() {
    let home = with_settings("[pace]\ncap = 3\n");
    let system = home.path("etc/attuned");
    fs::create_dir_all(&system).unwrap();
    fs::write(
        system.join("config.toml"),
        "[pace]\ncap = 2\nsnooze = \"30 min\"\n",
    )
    .unwrap();
    let shown = prints(&home, &["config", "show"]);
    let etc = system.display();
    let pace = format!(
        "[pace]\ncap = 3  # ~/.config/attuned/config.toml\ngap = \"90 min\"  # built in\n\
         expiry = \"20 min\"  # built in\nsnooze = \"30 min\"  # {etc}/config.toml\n"
    );
    assert!(shown.contains(&pace), "{shown}");

    home.write_config("[pace]\ncap = 300\n");
    let wrong = attuned(&home, &["config", "show"]);
    assert_eq!((wrong.code, wrong.out.as_str()), (Some(3), ""));
    assert!(
        wrong.err.contains("~/.config/attuned/config.toml:2:7"),
        "{}",
        wrong.err
    );
}
