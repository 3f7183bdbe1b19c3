//! `attuned reminder`.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::support::home::Home;
use super::{attuned, settings, types, with_settings};

const TEA: &str = "# Mine.\n\n# Tea.\n[[reminder]]\nname = \"tea\"\nwhen = \"daily at 14:00\" # after lunch\nmessage = \"Tea?\"\n\n# end\n";

#[test]
fn a_reminders_life() {
    let home = with_settings(TEA);
    assert_snapshot!(types(
        &home,
        &[
            "reminder list",
            "reminder add rest --when \"daily at 11:00\" --when \"daily at 16:00\" --kind practice --kind question --collection steady-ground",
            "What went well? | reminder add evening --when \"daily at 20:00\" --message --kind question --timezone Asia/Tokyo --missed skip --grace \"2 h\" --off",
            "reminder edit evening --timezone local",
            "reminder edit tea --when \"daily at 15:00\" --name nap",
            "Coffee? | reminder edit nap --message",
            "reminder edit nap --no-message --tag work",
            "reminder edit nap --any",
            "reminder edit nap --any",
            "reminder on evening",
            "reminder off evening rest",
            "reminder off evening",
            "reminder list",
            "reminder remove rest",
            "reminder remove evening",
            "reminder remove nap",
            "reminder list",
            "reminder add tea --when \"daily at 14:00\"",
        ],
    ));
    assert_eq!(
        settings(&home),
        "# Mine.\n\n[[reminder]]\nname = \"tea\"\nwhen = \"daily at 14:00\"\n\n# end\n"
    );
}

#[test]
fn slips() {
    let home = with_settings(TEA);
    assert_snapshot!(types(
        &home,
        &[
            "reminder add tea --when \"daily at 9:00\"",
            "reminder add rest",
            "reminder add rest --when \"weekdays at 25:00\"",
            "reminder add rest --when \"daily at 9:00\" --collection kind-word",
            "reminder add rest --when \"daily at 9:00\" --tag zzzzzz",
            "reminder add rest --when \"daily at 9:00\" --kind practise",
            "reminder add rest --when \"daily at 9:00\" --timezone Europe/Berln",
            "reminder add rest --when \"daily at 9:00\" --jitter 10",
            "reminder add rest --when \"daily at 9:00\" --grace \"30 days\"",
            "reminder add rest --when \"daily at 9:00\" --message",
            "reminder add rest --when \"daily at 9:00\" --message --tag work",
            "reminder edit tae --when \"daily at 9:00\"",
            "reminder edit tea",
            "reminder edit tea --tag work",
            "reminder on zzzzzz",
            "reminder remove zzzzzz",
        ],
    ));
    assert_eq!(settings(&home), TEA);
}

#[test]
fn what_is_worth_knowing_is_told_at_once() {
    let home = with_settings("reminder = []\n[hours]\ndaily = \"09:00-18:00\"\n[pace]\ncap = 1\n");
    assert_snapshot!(types(
        &home,
        &[
            "reminder add late --when \"daily at 20:00\"",
            "reminder add noon --when \"daily at 14:00\"",
            "reminder add tea --when \"daily at 15:00\"",
            "reminder add leap --when \"0 12 30 2 *\"",
        ],
    ));
}

#[test]
fn the_built_in_ones_do_not_go_silently() {
    let home = with_settings("[notification]\nsound = true\n# the end\n");
    let told = attuned(&home, &["reminder", "off", "check-in"]);
    assert!(
        told.starts_with(
            "Switched off: check-in.\nYour settings had no reminders of their own, which replace all others. So those\n\
             in force were written there first: check-in and pause-for-you.\n"
        ),
        "{told}"
    );
    assert_eq!(
        settings(&home),
        "[notification]\nsound = true\n# the end\n\n[[reminder]]\nname = \"check-in\"\nkind = \"check-in\"\n\
         when = \"once a day between 09:30 and 13:00\"\nenabled = false\n\n[[reminder]]\nname = \"pause-for-you\"\n\
         when = \"once a day between 14:30 and 18:00\"\n"
    );
}

#[test]
fn nor_do_the_administrators() {
    let home = Home::without_bus();
    let system = home.path("etc/attuned");
    fs::create_dir_all(&system).unwrap();
    fs::write(
        system.join("config.toml"),
        "reminder = [{ name = \"office\", when = \"daily at 13:00\" }]\n",
    )
    .unwrap();
    let list = |home: &Home| -> Value {
        let json = attuned(home, &["reminder", "list", "--json"]);
        serde_json::from_str(&json).expect("it is JSON")
    };
    assert_eq!(list(&home)[0]["from"], "system");
    let told = attuned(
        &home,
        &["reminder", "add", "tea", "--when", "daily at 14:00"],
    );
    assert!(
        told.contains("were written there first: office.\n"),
        "{told}"
    );
    let all = list(&home);
    let names: Vec<&Value> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["name"])
        .collect();
    assert_eq!(names, ["office", "tea"]);
    assert_eq!(all[0]["from"], "yours");
    let file = settings(&home);
    assert!(
        file.starts_with("# attuned's settings, with every default.\n")
            && file.ends_with(
                "\n\n[[reminder]]\nname = \"office\"\nwhen = \"daily at 13:00\"\n\n[[reminder]]\nname = \"tea\"\nwhen = \"daily at 14:00\"\n"
            ),
        "{file}"
    );
}

#[test]
fn without_a_file_there_is_the_explained_one_then() {
    let home = Home::without_bus();
    let told = attuned(
        &home,
        &["reminder", "add", "tea", "--when", "daily at 14:00"],
    );
    assert!(
        told.contains("Your settings are in ~/.config/attuned/config.toml now, with")
            && told.contains("\nNext: today at 14:00, tomorrow at 14:00, OVERMORROW at 14:00\n"),
        "{told}"
    );
    let file = settings(&home);
    let above_hours =
        "18:00\"\n\n[[reminder]]\nname = \"tea\"\nwhen = \"daily at 14:00\"\n\n# -----";
    assert!(file.contains(above_hours), "{file}");
    let mode = fs::metadata(home.config_file())
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_pause_that_names_it_is_not_left_behind() {
    let pause = "\n[[pause]]\nwhen = \"sat\"\nonly = [\"tea\"] # no tea\n";
    let home = with_settings(&format!("{TEA}{pause}"));
    attuned(&home, &["reminder", "edit", "tea", "--name", "coffee"]);
    assert!(settings(&home).ends_with("only = [\"coffee\"] # no tea\n"));
    let before = settings(&home);
    let told = attuned(&home, &["reminder", "remove", "coffee"]);
    assert!(
        told.starts_with("Some(2)\nerror: there is no reminder, tag or collection \"coffee\"\n"),
        "{told}"
    );
    assert_eq!(settings(&home), before);
}

#[test]
fn settings_with_errors_stay_as_they_are() {
    let home = with_settings("[pace]\ngpa = \"1 h\"\n");
    let told = attuned(
        &home,
        &["reminder", "add", "tea", "--when", "daily at 14:00"],
    );
    assert!(
        told.starts_with("Some(3)\nerror: unknown key `gpa` in [pace]\n"),
        "{told}"
    );
    assert!(
        told.ends_with(
            "hint: attuned check shows all of them; attuned config edit opens the file\n"
        ),
        "{told}"
    );
    assert_eq!(settings(&home), "[pace]\ngpa = \"1 h\"\n");
}

#[test]
fn a_read_only_file_says_so() {
    let home = with_settings(TEA);
    fs::set_permissions(home.config_file(), fs::Permissions::from_mode(0o444)).unwrap();
    assert_eq!(
        attuned(&home, &["reminder", "off", "tea"]),
        "Some(1)\nerror: ~/.config/attuned/config.toml may not be written\n\
         hint: change it where it comes from, or make it yours to write: chmod u+w\n"
    );
}

#[test]
fn a_running_daemon_follows() {
    let home = with_settings(TEA);
    let _daemon = home.daemon(&[]);
    let told = attuned(&home, &["reminder", "off", "tea"]);
    assert!(
        told.ends_with("\nattuned is running and follows at once.\n"),
        "{told}"
    );
    super::support::wait_until("it has no reminders", || {
        home.status()["overview"]["reminders"] == 0
    });
}

#[test]
fn scripts_read_everything() {
    let home = with_settings(TEA);
    let json = attuned(&home, &["reminder", "list", "--json"]);
    let list: Value = serde_json::from_str(&json).expect("it is JSON");
    let next = list[0]["next"].as_str().expect("it comes again");
    assert_eq!(next.get(10..19), Some("T14:00:00"));
    assert_eq!(
        list,
        json!([{
            "name": "tea",
            "on": true,
            "from": "yours",
            "when": "daily at 14:00",
            "meaning": "at 14:00 every day",
            "kinds": ["affirmation"],
            "collections": [],
            "tags": [],
            "message": "Tea?",
            "next": next,
        }])
    );
}
