//! `attuned check`.

use std::fs;

use jiff::ToSpan;
use serde_json::{Value, json};

use super::support::home::Home;
use super::{TEA, attuned, attuned_in, json_of, noon, prints, with_settings};

/// Checks settings, which have errors.
fn refused(home: &Home) -> String {
    let ran = attuned(home, &["check"]);
    assert_eq!(ran.code, Some(3));
    ran.err
}

#[test]
fn all_errors_at_once_each_with_its_place_and_a_hint() {
    let home = with_settings(
        r#"[pace]
cap = "three"
gpa = "90 min"

[hours]
daily = "17:00-17:00"

[[reminder]]
name = "one"
when = "weekdays at 25:00"

[[reminder]]
name = "one"
when = "4 times a day between 9:00 and 10:00, at least 90 min apart"
timezone = "Europe/Berln"
"#,
    );
    assert_eq!(
        refused(&home),
        r#"error: `cap` has to be a whole number, not text
 --> ~/.config/attuned/config.toml:2:7
  |
2 | cap = "three"
  |       ^^^^^^^
  |
  = hint: a number from 0 to 24, without quotes

error: unknown key `gpa` in [pace]
 --> ~/.config/attuned/config.toml:3:1
  |
3 | gpa = "90 min"
  | ^^^
  |
  = hint: did you mean `gap`?

error: the range ends when it starts
 --> ~/.config/attuned/config.toml:6:16
  |
6 | daily = "17:00-17:00"
  |                ^^^^^
  |
  = hint: for the whole day, write between 00:00 and 24:00

error: 25:00 is not a time
  --> ~/.config/attuned/config.toml:10:21
   |
10 | when = "weekdays at 25:00"
   |                     ^^^^^
   |
   = hint: times go from 0:00 to 23:59

error: there are two reminders "one"
  --> ~/.config/attuned/config.toml:13:8
   |
13 | name = "one"
   |        ^^^^^
   |
   = hint: the other is on line 9; give this one a name of its own

error: 4 times, at least 1 h 30 min apart, take 4 h 30 min, but the range is 1 h
  --> ~/.config/attuned/config.toml:14:47
   |
14 | when = "4 times a day between 9:00 and 10:00, at least 90 min apart"
   |                                               ^^^^^^^^^^^^^^^^^^^^^
   |
   = hint: make the range longer, or the number or the distance smaller

error: there is no time zone "Europe/Berln"
  --> ~/.config/attuned/config.toml:15:13
   |
15 | timezone = "Europe/Berln"
   |             ^^^^^^^^^^^^
   |
   = hint: did you mean "Europe/Berlin"?

error: 7 errors were found
"#
    );
}

#[test]
fn text_that_is_no_toml() {
    let errors = refused(&with_settings("[pace\ncap = 3\n"));
    assert!(errors.starts_with("error: not valid TOML: "), "{errors}");
    assert!(
        errors.contains("\n --> ~/.config/attuned/config.toml:1:6\n"),
        "{errors}"
    );
}

#[test]
fn a_collection_nobody_has() {
    let home = with_settings(
        "[[reminder]]\nname = \"kind\"\nwhen = \"daily at 9:00\"\ncollections = [\"kind-word\"]\n",
    );
    assert_eq!(
        refused(&home),
        r#"error: there is no collection "kind-word"
 --> ~/.config/attuned/config.toml:4:16
  |
4 | collections = ["kind-word"]
  |                ^^^^^^^^^^^
  |
  = hint: did you mean "kind-words"?

error: one error was found
"#
    );
}

#[test]
fn prompts_of_ones_own_are_checked_too() {
    let home = with_settings("");
    let folder = home.path("home/.config/attuned/affirmations");
    fs::create_dir_all(&folder).unwrap();
    let twice = "title = \"Mine\"\n[[prompt]]\nid = \"a\"\nkind = \"question\"\ntitle = \"A\"\ntext = \"One?\"\n\
                 [[prompt]]\nid = \"a\"\nkind = \"question\"\ntitle = \"B\"\ntext = \"Two?\"\n";
    fs::write(folder.join("mine.toml"), twice).unwrap();
    fs::write(
        folder.join("other.toml"),
        "id = \"mine\"\nprompts = [\"A line.\"]\n",
    )
    .unwrap();
    fs::write(folder.join(".other.toml.swp"), "what an editor leaves").unwrap();
    let errors = refused(&home);
    assert!(
        errors.contains("--> ~/.config/attuned/affirmations/mine.toml:7:1\n"),
        "{errors}"
    );
    assert!(
        errors.contains("--> ~/.config/attuned/affirmations/other.toml:1:6\n"),
        "{errors}"
    );
    assert!(
        errors.contains("error: the collection id \"mine\" is taken by "),
        "{errors}"
    );
    assert!(errors.ends_with("error: 2 errors were found\n"), "{errors}");
}

#[test]
fn files_that_cannot_be_read() {
    let home = Home::without_bus();
    let at = |name: &str| home.path(&format!("home/{name}"));
    fs::write(at("latin.toml"), b"[pace]\n# caf\xe9\ncap = 3\n").unwrap();
    fs::write(at("huge.toml"), format!("# {}\n", "x".repeat(2 << 20))).unwrap();
    fs::create_dir_all(at(".config/attuned/config.toml")).unwrap();

    let ran = attuned(&home, &["check", at("latin.toml").to_str().unwrap()]);
    let told = "\
error: this byte is not UTF-8 text
 --> ~/latin.toml:2:6
  |
2 | # caf\u{fffd}
  |      ^
  |
  = hint: save the file as UTF-8

error: one error was found
";
    assert_eq!((ran.code, ran.err.as_str()), (Some(3), told));

    let ran = attuned(&home, &["check", at("huge.toml").to_str().unwrap()]);
    assert_eq!(ran.code, Some(3));
    assert!(
        ran.err
            .starts_with("error: ~/huge.toml is larger than 1 MiB\n"),
        "{}",
        ran.err
    );

    let ran = attuned(&home, &["check", at("none.toml").to_str().unwrap()]);
    assert_eq!(ran.code, Some(3));
    assert!(
        ran.err.starts_with("error: ~/none.toml does not exist\n"),
        "{}",
        ran.err
    );

    let told = refused(&home);
    let fact = "error: ~/.config/attuned/config.toml is a folder, not a file\n";
    assert!(told.starts_with(fact), "{told}");
}

/// Root reads everything; so as root this runs the program as nobody, from a copy that nobody can reach.
#[test]
fn a_file_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;

    const NOBODY: u32 = 65_534;
    let home = with_settings("");
    let mode = |path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    mode(home.config_file(), 0o000);
    let check = home.command(&["check"]);
    let output = if rustix::process::geteuid().is_root() {
        let program = home.path("attuned");
        fs::copy(check.get_program(), &program).unwrap();
        mode(program.clone(), 0o755);
        mode(home.path(""), 0o755);
        let mut command = std::process::Command::new(program);
        command
            .arg("check")
            .env_clear()
            .env("HOME", home.path("home"))
            .uid(NOBODY);
        command.output().expect("the program starts")
    } else {
        home.run(&["check"])
    };
    let told = String::from_utf8(output.stderr).expect("UTF-8");
    let path = home.config_file().display().to_string();
    assert_eq!(
        told,
        format!(
            "error: {path} may not be read\n |\n = hint: make it readable for you: chmod u+r\n\nerror: one error was found\n"
        )
    );
    assert_eq!(output.status.code(), Some(3));
}

#[test]
fn each_schedule_in_plain_words_with_its_next_five_times() {
    let (zone, now) = noon();
    let home = with_settings(&format!(
        "{TEA}jitter = \"10 min\"\n[[reminder]]\nname = \"rest\"\nwhen = \"daily at 9:00\"\nenabled = false\n"
    ));
    let ran = attuned_in(&zone, &home, &["check"]);
    let day = |n: i32| {
        now.checked_add(n.days())
            .unwrap()
            .strftime("%a %-d %b 14:00")
            .to_string()
    };
    let expected = format!(
        "active hours (built in)\n  every day 09:00-21:00\ntea\n  at 14:00 every day, up to 10 min later\n  {}, {}, {}, {},\n  {}\nrest\n  switched off\n\n\
         All is well: 1 reminder.\n",
        day(0),
        day(1),
        day(2),
        day(3),
        day(4)
    );
    assert_eq!((ran.code, ran.out), (Some(0), expected));
    assert!(!home.path("home/.local").exists(), "check writes nothing");
}

#[test]
fn hours_and_pauses_in_plain_words() {
    let (zone, now) = noon();
    let yesterday = now.checked_sub(1.day()).unwrap().date();
    let tomorrow = now.checked_add(1.day()).unwrap().date();
    let home = with_settings(&format!(
        "reminder = []\n[hours]\nweekdays = [\"09:00-12:30\", \"13:30-18:00\"]\nweekends = []\n\
         [[pause]]\nwhen = \"{yesterday} 14:00 to {tomorrow} 09:00\"\nreason = \"a trip\"\n\
         [[pause]]\nwhen = \"daily 13:00-14:30\"\nonly = [\"check-in\"]\n"
    ));
    let ran = attuned_in(&zone, &home, &["check"]);
    let date = |day: jiff::civil::Date| day.strftime("%-d %B %Y").to_string();
    let expected = format!(
        "active hours\n  weekdays 09:00-12:30 and 13:30-18:00\n  weekends silent\n\
         pause: a trip\n  {} 14:00 to {} 09:00\n  holds now, until tomorrow at 09:00\n\
         pause\n  every day 13:00-14:30\n  for check-in\n  next: today at 13:00 to today at 14:30\n",
        date(yesterday),
        date(tomorrow)
    );
    assert!(ran.out.starts_with(&expected), "{}{}", ran.out, ran.err);
}

#[test]
fn seconds_are_shown_where_a_schedule_has_them() {
    let home = with_settings(
        "[[reminder]]\nname = \"odd\"\nwhen = \"every 50 seconds between 10:00 and 10:02\"\n",
    );
    let out = prints_with_warnings(&home);
    assert!(out.contains(" 10:00:50"), "{out}");
}

/// What `check` prints, whatever it warns of.
fn prints_with_warnings(home: &Home) -> String {
    let ran = attuned(home, &["check"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    ran.out
}

/// From noon, a week has fourteen o'clock once on the first day, three times on six days, and 10:00 and 12:00 on
/// the last: 21 times. Of each day's, the cap lets one come.
#[test]
fn times_that_will_be_let_go_are_a_warning_with_the_number() {
    let (zone, _) = noon();
    let home = with_settings(
        "[pace]\ncap = 1\n\n[[reminder]]\nname = \"often\"\nwhen = \"at 10:00, 12:00 and 14:00\"\n",
    );
    let ran = attuned_in(&zone, &home, &["check"]);
    let warning = "\
warning: 13 of the next week's 21 times of \"often\" are over the cap of 1 a day and will be let go
 --> ~/.config/attuned/config.toml:6:8
  |
6 | when = \"at 10:00, 12:00 and 14:00\"
  |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = hint: a higher `cap` under [pace], or fewer times, would let all come

";
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), warning));
    assert!(
        ran.out
            .ends_with("\nIt works, with the warning above: 1 reminder.\n"),
        "{}",
        ran.out
    );
}

#[test]
fn named_files_are_told_apart_by_what_they_hold() {
    let home = with_settings("nonsense = 1\n");
    let folder = home.path("home/try");
    fs::create_dir(&folder).unwrap();
    fs::write(
        folder.join("lines.toml"),
        "prompts = [\"One line.\", \"Another line.\"]\n",
    )
    .unwrap();
    fs::write(folder.join("tea.toml"), TEA).unwrap();
    fs::write(folder.join("notes.txt"), "not looked at").unwrap();
    let folder = folder.to_str().unwrap();
    let out = prints(&home, &["check", folder]);
    assert!(
        out.ends_with("\nAll is well: 1 reminder, 1 file with prompts.\n"),
        "{out}"
    );
    let lines = format!("{folder}/lines.toml");
    assert_eq!(
        prints(&home, &["check", &lines]),
        "All is well: 1 file with prompts.\n"
    );
}

#[test]
fn scripts_read_findings_and_times() {
    let home = with_settings(&format!("{TEA}timezone = \"Asia/Tokyo\"\n"));
    let answer = json_of(&home, &["check"]);
    let next = answer["reminders"][0]["next"].as_array().expect("a list");
    assert_eq!(next.len(), 5);
    let at_two = |time: &Value| {
        time.as_str()
            .is_some_and(|time| time.ends_with("T14:00:00+09:00"))
    };
    assert!(next.iter().all(at_two), "{next:?}");
    assert_eq!(
        answer,
        json!({
            "ok": true,
            "findings": [],
            "reminders": [{
                "name": "tea",
                "when": "daily at 14:00",
                "meaning": "at 14:00 every day, in Asia/Tokyo",
                "next": next,
            }],
            "calendars": [],
        })
    );

    let home = with_settings("[pace]\ngpa = 1\n");
    assert_eq!(
        json_of(&home, &["check"]),
        json!({
            "ok": false,
            "findings": [{
                "severity": "error",
                "message": "unknown key `gpa` in [pace]",
                "file": "~/.config/attuned/config.toml",
                "line": 2,
                "column": 1,
                "hint": "did you mean `gap`?",
            }],
            "reminders": [],
            "calendars": [],
        })
    );
}

/// Every way for a file with prompts to be wrong, and what is said of it.
const WRONG: [(&str, &str, &str); 8] = [
    (
        "no-alt",
        "[[prompt]]\ntext = 'a'\nneeds = ['touch']",
        "has to offer another way",
    ),
    (
        "nowhere",
        "[[prompt]]\ntext = 'a'\nfollow_up = 'gone'",
        "there is no prompt \"nowhere/gone\" to follow",
    ),
    (
        "round",
        "[[prompt]]\nid = 'a'\ntext = 'a'\nfollow_up = 'b'\n[[prompt]]\nid = 'b'\ntext = 'b'\nfollow_up = 'a'",
        "follow-ups lead round: round/a → round/b → round/a",
    ),
    (
        "control",
        "prompts = [\"a\\u0007\"]",
        "holds the invisible character U+0007",
    ),
    (
        "bidi",
        "prompts = [\"a\\u202eb\"]",
        "holds the invisible character U+202E",
    ),
    (
        "unknown",
        "prompts = ['a']\nmood = 'x'",
        "unknown key `mood`",
    ),
    (
        "twice",
        "id = 'no-alt'\nprompts = ['a']",
        "the collection id \"no-alt\" is taken by",
    ),
    ("no-toml", "prompts = [", "not valid TOML"),
];

#[test]
fn a_wrong_file_with_prompts_is_named_and_takes_nothing_down() {
    let home = with_settings("");
    let folder = home.path("home/.config/attuned/affirmations");
    fs::create_dir_all(&folder).unwrap();
    let long = format!("prompts = ['{}']", "x".repeat(10_000));
    let long = (
        "long",
        long.as_str(),
        "has 10000 characters: more than any notification shows",
    );
    for (name, text, about) in WRONG.into_iter().chain([long]) {
        let file = folder.join(format!("{name}.toml"));
        fs::write(&file, text).unwrap();
        if name != "twice" {
            let ran = attuned(&home, &["check", file.to_str().unwrap()]);
            assert_eq!(ran.code, Some(3), "{name}");
            assert!(ran.err.contains(about), "{name}: {}", ran.err);
        }
    }
    fs::write(folder.join("empty.toml"), "title = 'Nothing'").unwrap();
    fs::write(folder.join("well.toml"), "prompts = ['The kettle knows.']").unwrap();

    let all = refused(&home);
    for (name, _, about) in WRONG.into_iter().chain([long]) {
        assert!(
            all.contains(about) && all.contains(&format!("{name}.toml")),
            "{name}: {all}"
        );
    }
    assert!(
        all.contains("warning: the collection \"empty\" has no prompts"),
        "{all}"
    );

    let now = prints(&home, &["now", "--from", "well"]);
    assert!(now.contains("The kettle knows."), "{now}");
    assert!(prints(&home, &["library", "show", "kind-words"]).contains("Kind words"));
}

/// At noon, of a day with three hours of meetings, the last across midnight.
#[test]
fn calendars_tell_when_and_never_what() {
    let (zone, now) = noon();
    let at = |hours: i64| (now.start_of_day().unwrap() + hours.hours()).strftime("%Y%m%dT%H%M%S");
    let event = |from: i64, to: i64| {
        let (from, to) = (at(from).to_string(), at(to).to_string());
        format!("BEGIN:VEVENT\nSUMMARY:secret\nDTSTART:{from}\nDTEND:{to}\nEND:VEVENT\n")
    };
    let events = [event(11, 13), event(15, 15), event(23, 25), event(32, 33)].concat();
    let calendar = format!("BEGIN:VCALENDAR\n{events}END:VCALENDAR\n");
    let home = with_settings(&format!(
        "{TEA}[calendar]\nfiles = [\"~/calendars\", \"~/gone.ics\"]\nlighten-over = \"2 h\"\n"
    ));
    let folder = home.path("home/calendars");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("mine.ics"), &calendar).unwrap();
    fs::write(folder.join("bad.ics"), "<html>secret</html>").unwrap();
    let ran = attuned_in(&zone, &home, &["check"]);
    assert_eq!(ran.code, Some(0));
    assert_eq!(
        ran.err,
        "warning: ~/calendars/bad.ics: it is not an iCalendar file\n |\n \
         = hint: an iCalendar file begins with BEGIN:VCALENDAR\n\n\
         warning: ~/gone.ics does not exist\n |\n \
         = hint: `files` under [calendar] names it, or its folder\n\n"
    );
    let told = "calendars\n  1 file, 2 meetings today, 3 h\n  in a meeting now, until today at 13:00\n  \
        today is light: more than 2 h of meetings\n";
    assert!(ran.out.contains(told), "{}", ran.out);
    let ran = attuned_in(&zone, &home, &["check", "--json"]);
    let answer: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        answer["calendars"],
        json!([{ "files": 1, "meetings_today": 2, "minutes_today": 180, "light_today": true }])
    );
    assert!(!ran.out.contains("secret"));
    fs::write(home.path("home/gone.ics"), &calendar).unwrap();
    fs::remove_file(folder.join("bad.ics")).unwrap();
    let calendar = calendar.replace("DTSTART", "TRANSP:TRANSPARENT\nDTSTART");
    for file in [folder.join("mine.ics"), home.path("home/gone.ics")] {
        fs::write(file, &calendar).unwrap();
    }
    let ran = attuned_in(&zone, &home, &["check"]);
    assert_eq!(ran.err, "");
    assert!(
        ran.out
            .contains("calendars\n  2 files, no meetings today\n\n"),
        "{}",
        ran.out
    );
}
