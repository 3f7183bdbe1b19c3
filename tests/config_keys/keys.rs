//! One setting at a time.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use serde_json::{Value, json};

use super::support::home::Home;
use super::{TEA, attuned, prints, says, settings, with_settings};

/// A command that is refused as wrongly typed, and changes nothing.
fn refused(home: &Home, arguments: &[&str]) -> String {
    let before = fs::read(home.config_file()).ok();
    let ran = attuned(home, arguments);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}");
    assert_eq!(fs::read(home.config_file()).ok(), before);
    ran.err
}

#[test]
fn values_need_no_quotes_and_comments_stay() {
    let text = format!("# mine\n{TEA}\n[pace]\ncap = 4 # enough\n\n# the end\n");
    let home = with_settings(&text);
    let set = |arguments: &[&str]| says(&home, &[&["config", "set"], arguments].concat());
    assert_eq!(
        set(&["pace.gap", "2", "h"]),
        "pace.gap is now \"2 h\" (it was \"90 min\", built in)."
    );
    assert_eq!(set(&["pace.gap", "2 h"]), "pace.gap is \"2 h\" already.");
    assert_eq!(set(&["pace.cap", "5"]), "pace.cap is now 5 (it was 4).");
    assert_eq!(
        set(&["notification.sound", "yes"]),
        "notification.sound is now true (it was false, built in)."
    );
    assert_eq!(
        set(&["library.weights.kind-words", "0.5"]),
        "library.weights.kind-words is now 0.5 (it was not set)."
    );
    assert_eq!(
        set(&["library.enable", "[name-it, noticing]"]),
        "library.enable is now [\"name-it\", \"noticing\"] (it was [], built in)."
    );
    assert_eq!(
        set(&["pace.expiry", "\"20 min\""]),
        "pace.expiry is \"20 min\" (built in) as before, now by a line of your own."
    );
    assert_eq!(
        set(&["hours.daily", "9:00", "-", "12:00", "13:00-18:00"]),
        "hours.daily is now [\"9:00 - 12:00\", \"13:00-18:00\"] (it was \"09:00-21:00\", built in)."
    );
    assert_eq!(
        set(&["calendar.files", "~/My calendars,", "/srv/work.ics"]),
        "calendar.files is now [\"~/My calendars\", \"/srv/work.ics\"] (it was [], built in)."
    );
    assert_eq!(
        set(&["calendar.files", "~/My calendars"]),
        "calendar.files is now \"~/My calendars\" (it was [\"~/My calendars\", \"/srv/work.ics\"])."
    );
    assert_eq!(
        set(&["calendar.addresses", "ana@example.org,", "a@example.com"]),
        "calendar.addresses is now [\"ana@example.org\", \"a@example.com\"] (it was [], built in)."
    );
    assert_eq!(
        set(&["busy.ignore", "Caffeine", "Google Chrome"]),
        "busy.ignore is now [\"Caffeine\", \"Google Chrome\"] (it was [], built in)."
    );
    assert_eq!(
        set(&["busy.ignore", "Caffeine,mpv"]),
        "busy.ignore is now [\"Caffeine\", \"mpv\"] (it was [\"Caffeine\", \"Google Chrome\"])."
    );
    assert_eq!(
        set(&["busy.ignore", "Google Chrome"]),
        "busy.ignore is now \"Google Chrome\" (it was [\"Caffeine\", \"mpv\"])."
    );
    let after = settings(&home);
    let start =
        format!("# mine\n{TEA}\n[pace]\ncap = 5 # enough\ngap = \"2 h\"\nexpiry = \"20 min\"\n");
    assert!(after.starts_with(&start), "{after}");
    assert!(after.contains("# the end\n"), "{after}");
    assert_eq!(
        prints(&home, &["config", "get", "pace.cap"]),
        "pace.cap = 5  # ~/.config/attuned/config.toml\n"
    );
}

#[test]
fn a_setting_of_the_explained_file_is_uncommented_in_its_place_and_back_again() {
    let home = Home::without_bus();
    prints(&home, &["config", "init"]);
    let starter = settings(&home);
    says(&home, &["config", "set", "pace.gap", "2 h"]);
    assert_eq!(
        settings(&home),
        starter.replace("\n# gap = \"90 min\"\n", "\ngap = \"2 h\"\n")
    );
    assert_eq!(
        says(&home, &["config", "unset", "pace.gap"]),
        "pace.gap is \"90 min\" (built in) again."
    );
    assert_eq!(settings(&home), starter);
    assert_eq!(
        says(&home, &["config", "unset", "pace.gap"]),
        "There is no line of your own for pace.gap; it is \"90 min\" (built in)."
    );
}

#[test]
fn without_a_file_an_explained_one_is_begun() {
    let home = Home::without_bus();
    let said = says(&home, &["config", "set", "pace.cap", "4"]);
    assert_eq!(
        said,
        "pace.cap is now 4 (it was 6, built in). \
         Your settings are in ~/.config/attuned/config.toml now, with every line explained."
    );
    assert!(settings(&home).contains("\ncap = 4\n"));
}

#[test]
fn whole_tables_are_unset_and_lists_are_not() {
    let home = with_settings(&format!(
        "{TEA}[hours]\nsat = []\nsun = []\n[library.weights]\nkind-words = 2\n"
    ));
    assert_eq!(
        says(&home, &["config", "unset", "hours", "library.weights"]),
        "hours.sat is not set any more. hours.sun is not set any more. \
         library.weights.kind-words is not set any more."
    );
    assert_eq!(
        refused(&home, &["config", "unset", "reminder"]),
        "error: `reminder` is a list of tables\n --> config unset:1:1\n  |\n1 | reminder\n  | ^\n  |\n  \
         = hint: attuned reminder add, edit and remove change it\n"
    );
}

#[test]
fn what_is_typed_wrongly_is_pointed_at_as_in_a_file() {
    let home = with_settings(TEA);
    let cases: [(&[&str], &str); 11] = [
        (
            &["pace.gap", "2", "hh"],
            "error: \"hh\" is not a unit of time\n --> config set:1:12\n  |\n1 | pace.gap 2 hh\n  |            ^^\n  |\n  \
             = hint: the units are s, min, h, days and weeks\n",
        ),
        (
            &["pace.gap", "13 h"],
            "error: `gap` cannot be \"13 h\"\n --> config set:1:10\n  |\n1 | pace.gap 13 h\n  |          ^^^^\n  |\n  \
             = hint: from 1 min to 12 h\n",
        ),
        (
            &["pace.cap", "six"],
            "error: `cap` has to be a whole number, not text\n --> config set:1:10\n  |\n1 | pace.cap six\n  |          ^^^\n  |\n  \
             = hint: a number from 0 to 24, without quotes\n",
        ),
        (
            &["pace.cap", "-1"],
            "error: `cap` cannot be -1\n --> config set:1:10\n  |\n1 | pace.cap -1\n  |          ^^\n  |\n  \
             = hint: from 0 to 24\n",
        ),
        (
            &["library.ceiling", "depe"],
            "error: `ceiling` cannot be \"depe\"\n --> config set:1:17\n  |\n1 | library.ceiling depe\n  |                 ^^^^\n  |\n  \
             = hint: did you mean \"deep\"?\n",
        ),
        (
            &["hours.sat", "09:00-12:00", "13:00-25:00"],
            "error: 25:00 is not a time\n --> config set:1:29\n  |\n1 | hours.sat 09:00-12:00 13:00-25:00\n  |                             ^^^^^\n  |\n  \
             = hint: times go from 0:00 to 23:59\n",
        ),
        (
            &["library.enable", "name-it", "kind-wrds"],
            "error: there is no collection \"kind-wrds\"\n --> config set:1:24\n  |\n1 | library.enable name-it kind-wrds\n  |                        ^^^^^^^^^\n  |\n  \
             = hint: did you mean \"kind-words\"?\n",
        ),
        (
            &["calendar.files", "~/a.ics", "/b.ics,", "c.ics"],
            "error: this is not a whole path\n --> config set:1:32\n  |\n1 | calendar.files ~/a.ics /b.ics, c.ics\n  |                                ^^^^^\n  |\n  \
             = hint: such as \"~/.calendars\" or \"/home/ana/work.ics\"\n",
        ),
        (
            &["pace.gpa", "2 h"],
            "error: unknown key `gpa` in [pace]\n --> config set:1:6\n  |\n1 | pace.gpa 2 h\n  |      ^^^\n  |\n  \
             = hint: did you mean `pace.gap`?\n",
        ),
        (
            &["pace", "3"],
            "error: `pace` is a table\n --> config set:1:1\n  |\n1 | pace 3\n  | ^^^^\n  |\n  \
             = hint: set one of its keys: pace.cap, pace.gap, pace.expiry, pace.snooze\n",
        ),
        (
            &["reminder.tea.when", "at 9:00"],
            "error: `reminder` is a list, whose entries have no name here\n --> config set:1:10\n  |\n1 | reminder.tea.when at 9:00\n  |          ^^^^^^^^\n  |\n  \
             = hint: to change a reminder: attuned reminder edit tea\n",
        ),
    ];
    for (arguments, error) in cases {
        let arguments = [&["config", "set"], arguments].concat();
        assert_eq!(refused(&home, &arguments), error);
    }
}

#[test]
fn get_tells_the_value_and_where_it_is_from() {
    let home = with_settings(&format!("{TEA}[pace]\ngap = \"1 h\"\n"));
    let system = home.path("etc/attuned");
    fs::create_dir_all(&system).unwrap();
    fs::write(system.join("config.toml"), "[pace]\ncap = 2\n").unwrap();
    let etc = system.join("config.toml").display().to_string();
    assert_eq!(
        prints(&home, &["config", "get", "pace"]),
        format!(
            "[pace]\ncap = 2  # {etc}\ngap = \"1 h\"  # ~/.config/attuned/config.toml\n\
             expiry = \"20 min\"  # built in\nsnooze = \"15 min\"  # built in\n"
        )
    );
    assert_eq!(
        prints(&home, &["config", "get"]),
        prints(&home, &["config", "show"])
    );
    let json = |key: &str| -> Value {
        serde_json::from_str(&prints(&home, &["config", "get", key, "--json"])).unwrap()
    };
    assert_eq!(
        json("pace.cap"),
        json!({ "key": "pace.cap", "value": 2, "from": etc })
    );
    assert_eq!(
        json("hours.sat"),
        json!({ "key": "hours.sat", "value": null, "from": null })
    );
    assert_eq!(json("reminder")["value"][0]["name"], "tea");
    assert_eq!(json("pace").as_array().map(Vec::len), Some(4));
    let unset = attuned(&home, &["config", "get", "hours.sat"]);
    assert_eq!(
        (unset.code, unset.err.as_str()),
        (
            Some(1),
            "error: hours.sat is not set\nhint: to set it: attuned config set hours.sat VALUE\n"
        )
    );
    assert_eq!(
        refused(&home, &["config", "get", "pase.cap"]),
        "error: unknown key `pase`\n --> config get:1:1\n  |\n1 | pase.cap\n  | ^^^^\n  |\n  = hint: did you mean `pace`?\n"
    );
    // What the administrator set, a line of one's own hides only while it is there.
    assert_eq!(
        says(&home, &["config", "set", "pace.cap", "3"]),
        format!("pace.cap is now 3 (it was 2, from {etc}).")
    );
    assert_eq!(
        says(&home, &["config", "unset", "pace.cap"]),
        format!("pace.cap is 2 (from {etc}) again.")
    );
}

#[test]
fn links_stay_and_files_that_may_not_be_written_too() {
    let home = with_settings(TEA);
    let real = home.path("dotfiles.toml");
    fs::rename(home.config_file(), &real).unwrap();
    symlink(&real, home.config_file()).unwrap();
    says(&home, &["config", "set", "pace.cap", "3"]);
    assert!(home.config_file().symlink_metadata().unwrap().is_symlink());
    assert!(fs::read_to_string(&real).unwrap().contains("cap = 3"));
    fs::set_permissions(&real, fs::Permissions::from_mode(0o444)).unwrap();
    let ran = attuned(&home, &["config", "set", "pace.cap", "4"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert_eq!(
        ran.err,
        "error: ~/.config/attuned/config.toml may not be written\n\
         hint: change it where it comes from, or make it yours to write: chmod u+w\n"
    );
}

#[test]
fn what_only_the_whole_shows_is_told_too() {
    let home = with_settings(&format!("{TEA}[hours]\nsun = \"02:00-09:00\"\n"));
    let err = refused(&home, &["config", "set", "hours.sat", "20:00-03:00"]);
    assert!(
        err.contains("Saturday's 20:00-03:00 runs into Sunday's 02:00-09:00"),
        "{err}"
    );
    assert!(err.contains("nothing was written"), "{err}");
}

#[test]
fn the_schema_is_printed_as_it_is_in_the_repository() {
    assert_eq!(
        prints(&Home::without_bus(), &["config", "schema"]),
        fs::read_to_string("config/schema.json").unwrap()
    );
}
