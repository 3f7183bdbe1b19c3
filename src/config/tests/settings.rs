//! What files set.

use std::path::Path;

use jiff::SignedDuration;
use jiff::tz::TimeZone;

use super::{layer, load, loaded, rendered};
use crate::config::{CalendarSettings, Content, Country, DEFAULTS, Limit, Missed, Pace, Support};
use crate::library::{Kind, Selection};

#[test]
fn the_defaults_are_clean_and_complete() {
    let (config, warnings) = load(&[]).unwrap_or_else(|found| panic!("{}", rendered(&found)));
    assert!(warnings.is_empty(), "{}", rendered(&warnings));
    assert_eq!(config.hours.describe(), ["every day 09:00-21:00"]);
    assert!(!config.hours_are_own);
    let minutes = SignedDuration::from_mins;
    let cap = Limit {
        value: 6,
        own: false,
    };
    let gap = Limit {
        value: minutes(90),
        own: false,
    };
    assert_eq!(
        config.pace,
        Pace {
            cap,
            gap,
            expiry: minutes(20),
            snooze: minutes(15)
        }
    );
    let names: Vec<&str> = config
        .reminders
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(names, ["check-in", "pause-for-you"]);
    assert!(config.reminders.iter().all(|one| one.schedule.is_random()));
    assert!(!config.notification.sound && !config.notification.private);
    assert_eq!(config.library.language, "en");
    assert!(config.pauses.is_empty());
    assert_eq!(config.busy.calendar, CalendarSettings::default());
    assert_eq!(config.support, Support::default());
}

#[test]
fn a_reminder_has_everything_it_says() {
    let config = loaded(
        r#"
        [[reminder]]
        name = "evening"
        when = ["weekdays at 21:30", { at = "22:00", on = "sat" }]
        message = """What went a bit better
        than it might have?"""
        kind = "check-in"
        jitter = "10 min"
        timezone = "Europe/Berlin"
        missed = "skip"
        grace = "30 min"

        [[reminder]]
        name = "rest"
        when = "at 12:00"
        kind = ["question", "practice"]
        collections = ["small-wins"]
        tags = "rest"

        [[reminder]]
        name = "off"
        when = "at 12:00"
        enabled = false
        "#,
    );
    let [evening, rest] = &config.reminders[..] else {
        panic!("two reminders are on")
    };
    let Content::Message { text, kind } = &evening.content else {
        panic!("a message")
    };
    assert!(text.starts_with("What went a bit better\n"));
    assert_eq!(*kind, Kind::CheckIn);
    assert_eq!(evening.jitter, SignedDuration::from_mins(10));
    assert_eq!(
        evening.zone.as_ref().and_then(TimeZone::iana_name),
        Some("Europe/Berlin")
    );
    assert_eq!(
        (evening.missed, evening.grace),
        (Missed::Skip, SignedDuration::from_mins(30))
    );
    assert_eq!(
        evening.written,
        r#"["weekdays at 21:30", { at = "22:00", on = "sat" }]"#
    );
    let selection = Selection {
        kinds: vec![Kind::Question, Kind::Practice],
        collections: vec!["small-wins".into()],
        tags: vec!["rest".into()],
    };
    assert_eq!(rest.content, Content::Choice(selection));
    assert_eq!(
        (rest.missed, rest.grace),
        (Missed::Once, SignedDuration::from_hours(1))
    );
    let off: Vec<_> = config.reminders_off.iter().map(|one| &one.name).collect();
    assert_eq!(off, ["off"]);
}

#[test]
fn layers_merge_key_by_key_and_lists_replace() {
    let system = layer(
        "[pace]\ncap = 4\nexpiry = \"1 h\"\n[library]\nenable = [\"old-maps\"]\n[library.weights]\nkind-words = 2\nname-it = 0.5\n\
         [[reminder]]\nname = \"theirs\"\nwhen = \"at 12:00\"\n[[pause]]\nwhen = \"sat\"\n",
    );
    let own = layer(
        "[pace]\nexpiry = \"30 min\"\n[library]\nenable = []\nweights = { name-it = 1 }\n\
         [[reminder]]\nname = \"mine\"\nwhen = \"at 13:00\"\n",
    );
    let (config, _) = load(&[system, own]).unwrap();
    assert_eq!(
        config.pace.cap,
        Limit {
            value: 4,
            own: true
        }
    );
    assert!(!config.pace.gap.own);
    assert_eq!(config.pace.expiry, SignedDuration::from_mins(30));
    assert!(config.library.enable.is_empty());
    let weights: Vec<_> = config
        .library
        .weights
        .iter()
        .map(|(id, weight)| (id.as_str(), *weight))
        .collect();
    assert_eq!(weights, [("kind-words", 2.0), ("name-it", 1.0)]);
    let names: Vec<&str> = config
        .reminders
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(names, ["mine"]);
    assert_eq!(config.pauses.len(), 1);
}

#[test]
fn the_country_and_the_lines_are_each_a_layers_own() {
    let system = layer("[support]\ncountry = \"at\"\n");
    let own = layer("[[support.line]]\nname = \"Ana\"\nnumber = \"12\"\n");
    let (config, _) = load(&[system.clone(), own]).unwrap();
    let Support {
        country,
        here,
        lines,
    } = config.support;
    assert_eq!(country.map(Country::code), Some("AT"));
    assert_eq!(here, country);
    assert_eq!(lines.len(), 1);
    let moved = layer("[support]\ncountry = \"UK\"\n");
    let (config, _) = load(&[system, moved]).unwrap();
    assert_eq!(config.support.country.map(Country::code), Some("GB"));
}

#[test]
fn calendars_are_each_a_layers_own_key() {
    let system = layer("[calendar]\nfiles = \"/srv/team.ics\"\nlighten-over = \"3 h\"\n");
    let own =
        layer("[calendar]\nfiles = [\"~/.calendars\"]\naddresses = \"mailto:ana@example.org\"\n");
    let (config, _) = load(&[system, own]).unwrap();
    let files = config.busy.calendar.files.iter();
    let files: Vec<_> = files
        .map(|file| file.within("/home/ana".as_ref()))
        .collect();
    assert_eq!(files, [Path::new("/home/ana/.calendars")]);
    assert_eq!(config.busy.calendar.addresses, ["ana@example.org"]);
    assert_eq!(
        config.busy.calendar.lighten_over,
        Some(SignedDuration::from_hours(3))
    );
}

#[test]
fn the_strongest_key_sets_a_days_hours() {
    let system = layer("[hours]\nweekdays = \"08:00-18:00\"\nsun = []\n");
    let own = layer("[hours]\ndaily = [\"10:00-12:00\", \"13:00-15:00\"]\nfri = \"22:00-01:00\"\n");
    let (config, _) = load(&[system, own]).unwrap();
    assert!(config.hours_are_own);
    assert_eq!(
        config.hours.describe(),
        [
            "Monday, Tuesday, Wednesday and Thursday 08:00-18:00",
            "Friday 22:00-01:00",
            "Saturday 10:00-12:00 and 13:00-15:00",
            "Sunday silent",
        ]
    );
}

#[test]
fn the_examples_in_the_defaults_read() {
    let commented = [
        (
            "# weekdays = [\"09:00-12:30\", \"13:30-18:00\"]",
            "[hours]\n",
        ),
        ("# sun = []", "[hours]\n"),
        ("# kind-words = 2", "[library.weights]\n"),
        ("# lighten-over = \"4 h\"", "[calendar]\n"),
        ("# country = \"AT\"", "[support]\n"),
        (
            "# [[pause]]\n# when = \"mon 09:00-11:00\"\n# reason = \"weekly planning\"",
            "",
        ),
        (
            "# [[support.line]]\n# name = \"Ana\"\n# number = \"+00 000 000 000\"\n# hours = \"evenings\"",
            "",
        ),
    ];
    for (example, table) in commented {
        assert!(DEFAULTS.contains(example), "{example}");
        loaded(&format!("{table}{}", example.replace("# ", "")));
    }
    let pauses = [
        "mon 09:00-11:00",
        "weekdays 12:00-13:00",
        "sat",
        "fri 14:00 - mon 08:00",
        "2026-12-24",
        "2026-12-24 to 2027-01-02",
        "2026-12-24 14:00 to 2026-12-27 09:00",
        "24 December to 2 January",
    ];
    for when in pauses.map(|when| format!("\"{when}\"")) {
        assert!(DEFAULTS.contains(&when), "{when}");
        loaded(&format!("[[pause]]\nwhen = {when}\n"));
    }
    let phrases = [
        "weekdays at 10:30",
        "at 9:00, noon and 17:30 on mon, wed and fri",
        "every 90 minutes between 09:00 and 17:30 on weekdays",
        "3 times a day between 09:00 and 18:00, at least 90 minutes apart",
        "on the 1st and 15th at 9:00",
        "30 21 * * 1-5",
    ];
    let others = [
        "[\"weekdays at 10:30\", \"sat at 11:00\"]",
        "{ every = \"90 min\", between = [\"09:00\", \"17:30\"], on = \"weekdays\" }",
    ];
    let quoted = phrases.map(|phrase| (phrase, format!("\"{phrase}\"")));
    let written = others.map(|other| (other, other.to_owned()));
    for (example, when) in quoted.into_iter().chain(written) {
        assert!(DEFAULTS.contains(example), "{example}");
        loaded(&format!("[[reminder]]\nname = \"a\"\nwhen = {when}\n"));
    }
}

#[test]
fn programs_that_may_keep_the_screen_on_are_named() {
    let ignored = |text| loaded(text).busy.ignore;
    assert!(ignored("").is_empty());
    assert_eq!(ignored("[busy]\nignore = \"mpv\""), ["mpv"]);
    let several = "[busy]\nignore = [\"Google Chrome\", \" mpv \"]";
    assert_eq!(ignored(several), ["Google Chrome", "mpv"]);
}

#[test]
fn a_command_of_one_s_own_is_asked_as_it_says() {
    let probe = |text: &str| loaded(&format!("[busy.probe]\n{text}")).busy.probe;
    let none = probe("");
    assert_eq!(none.command, None);
    assert_eq!(none.timeout, SignedDuration::from_secs(5));
    assert_eq!(none.every, None);
    let own = probe("command = \"~/bin/busy 'at work'\"\ntimeout = \"30 s\"\nevery = \"10 min\"");
    let words = ["~/bin/busy", "at work"].map(str::to_owned).to_vec();
    assert_eq!(own.command, Some(words));
    assert_eq!(own.timeout, SignedDuration::from_secs(30));
    assert_eq!(own.every, Some(SignedDuration::from_mins(10)));
}
