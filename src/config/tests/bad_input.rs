//! What files may not say, and that nothing in them panics.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::{errors, layer, load, rendered, short};
use crate::config::keys::dotted;
use crate::config::{self, advice, show};
use crate::library::Library;
use crate::source::Severity;

#[test]
fn a_country_is_one_of_the_standards() {
    for (country, said) in [
        ("XX", "\"XX\" is not a country's code"),
        ("Austria", "\"Austria\" is not a country's code"),
        (" ", "\"\" is not a country's code"),
    ] {
        assert_eq!(
            errors(&format!("[support]\ncountry = \"{country}\"\n")),
            [format!(
                "2:12: {said} (two letters, such as \"AT\" for Austria)"
            )]
        );
    }
}

#[test]
fn every_error_is_found_at_once() {
    let text = r#"
[hours]
daily = "09:00-09:00"
sat = ["09:00-12:00", "11:00-13:00"]
[pace]
cap = 25
gap = 90
expiry = "2 days"
snoze = "15 min"
[[reminder]]
name = "a"
when = "weekdays at 25:00"
timezone = "Europe/Berln"
[[reminder]]
name = "a"
when = "3 times a day between 9:00 and 10:00, at least 90 minutes apart"
message = " "
tags = ["rest"]
[[reminder]]
when = 5
jitter = "-5 min"
missed = "twice"
"#;
    assert_eq!(
        errors(text),
        [
            "3:16: the range ends when it starts (for the whole day, write between 00:00 and 24:00)",
            "4:23: 09:00-12:00 and 11:00-13:00 overlap (write them as one range)",
            "6:7: `cap` cannot be 25 (from 0 to 24)",
            "7:7: `gap` needs a unit (write \"90 min\")",
            "8:10: `expiry` cannot be \"2 days\" (from 1 min to 1 day)",
            "9:1: unknown key `snoze` in [pace] (did you mean `snooze`?)",
            "12:21: 25:00 is not a time (times go from 0:00 to 23:59)",
            "13:13: there is no time zone \"Europe/Berln\" (did you mean \"Europe/Berlin\"?)",
            "15:8: there are two reminders \"a\" (the other is on line 11; give this one a name of its own)",
            "16:47: 3 times, at least 1 h 30 min apart, take 3 h, but the range is 1 h \
             (make the range longer, or the number or the distance smaller)",
            "17:12: there is nothing in it (write 1 to 500 characters, or leave it out)",
            "18:8: a reminder with a `message` does not choose from the library (leave this out, or leave out the message)",
            "19:1: this [[reminder]] has no `name`",
            "20:8: `when` has to be text, a table or a list, not a whole number (such as \"weekdays at 10:30\")",
            "21:11: \"-\" is not a duration (for example 90 min, or 1 h 30 min)",
            "22:10: `missed` cannot be \"twice\" (one of: once, skip)",
        ]
    );
}

#[test]
fn an_error_shows_its_line_a_caret_and_a_hint() {
    let shown = |text: &str| rendered(&load(&[layer(text)]).unwrap_err());
    assert_eq!(
        shown("[pace]\ngap = 90\n"),
        "\
error: `gap` needs a unit
 --> config.toml:2:7
  |
2 | gap = 90
  |       ^^
  |
  = hint: write \"90 min\""
    );
    assert_eq!(
        shown("[[reminder]]\nname = \"tea\"\nwhen = \"weekdays at 25:00\"\n"),
        "\
error: 25:00 is not a time
 --> config.toml:3:21
  |
3 | when = \"weekdays at 25:00\"
  |                     ^^^^^
  |
  = hint: times go from 0:00 to 23:59"
    );
    assert_eq!(
        shown("[[pause]]\nwhen = [\"sat\", \"frday 14:00-15:00\"]\n"),
        "\
error: \"frday\" is not a day of the week
 --> config.toml:2:17
  |
2 | when = [\"sat\", \"frday 14:00-15:00\"]
  |                 ^^^^^
  |
  = hint: did you mean \"friday\"?"
    );
}

#[test]
fn what_is_not_toml_is_told_alone() {
    let found = errors("[pace]\ncap = \ngap = 90\n");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("2:") && found[0].contains("not valid TOML"),
        "{found:?}"
    );
    assert!(errors("[pace]\ncap = 1\ncap = 2\n")[0].contains("duplicate key"));
}

#[test]
fn keys_and_types() {
    let cases = [
        (
            "[[reminders]]\nname = \"a\"",
            "1:3: unknown key `reminders` (did you mean `reminder`?)",
        ),
        (
            "[reminder]\nname = \"a\"",
            "1:1: `reminder` is a list of tables (write [[reminder]] above each)",
        ),
        (
            "pace = 3",
            "1:8: `pace` has to be a table, not a whole number (write [pace] above its keys)",
        ),
        (
            "[notification]\nsound = \"no\"",
            "2:9: `sound` has to be true or false, not text (write one of them, without quotes)",
        ),
        (
            "[pace]\ncap = \"6\"",
            "2:7: `cap` has to be a whole number, not text (a number from 0 to 24, without quotes)",
        ),
        (
            "[pace]\nexpiry = 12:30:00",
            "2:10: `expiry` has to be text in quotes, not a date or time without quotes (put it in quotes)",
        ),
        (
            "[hours]\ndaily = \"9-17\"\nmon = 3",
            "3:7: `mon` has to be text in quotes, not a whole number (put it in quotes)",
        ),
        (
            "[hours]\nfri = \"22:00-02:00\"\nsat = \"01:00-09:00\"",
            "2:7: Friday's 22:00-02:00 runs into Saturday's 01:00-09:00 (a range past midnight belongs to the day it starts on; end it earlier)",
        ),
        (
            "[library]\nceiling = \"depe\"",
            "2:11: `ceiling` cannot be \"depe\" (did you mean \"deep\"?)",
        ),
        (
            "[library]\nlanguage = \"english please\"",
            "2:13: this is not a language tag (for example \"en\" or \"pt-BR\")",
        ),
        (
            "[library.weights]\nkind-words = 0.7",
            "2:14: 0.7 is not a weight (a collection's weight is 0, 0.5, 1 or 2)",
        ),
        (
            "[library.weights]\nkind-words = 3",
            "2:14: `kind-words` cannot be 3 (from 0 to 2)",
        ),
        (
            "[[pause]]\nwhen = \"sat\"\nlevel = \"ligth\"",
            "3:9: `level` cannot be \"ligth\" (did you mean \"light\"?)",
        ),
        (
            "[[pause]]\nreason = \"rest\"",
            "1:1: this [[pause]] has no `when`",
        ),
        (
            "[calendar]\nfiles = [\"~/.calendars\", \"work.ics\"]",
            "2:27: this is not a whole path (such as \"~/.calendars\" or \"/home/ana/work.ics\")",
        ),
        (
            "[calendar]\naddresses = \"ana\"",
            "2:14: this is not a mail address (such as \"ana@example.org\")",
        ),
        (
            "[calendar]\nlighten-over = 4",
            "2:16: `lighten-over` needs a unit (write \"4 min\", or \"4 h\")",
        ),
        (
            "[[support.line]]\nname = \"Ana\"",
            "1:1: this [[support.line]] has no `number`",
        ),
    ];
    for (text, error) in cases {
        assert_eq!(errors(text), [error], "{text}");
    }
}

#[test]
fn whatever_stands_under_a_key_of_busy_time_is_refused_with_a_hint() {
    let values = [
        "-1",
        "0",
        "3",
        "2.5",
        "true",
        "10:30:00",
        "[]",
        "[[]]",
        "{}",
        "\"\"",
        "\" \"",
        "\"-5 min\"",
        "\"0 s\"",
        "\"25 h\"",
        "\"20 years\"",
        "\"5 min ago\"",
        "\"a 'b\"",
        "\"# a\"",
        "\"''\"",
        "\"\\n\"",
        "\"a\\nb\"",
        "\"\\u0007\"",
        "[\"\", 3]",
        "\"ana\"",
    ];
    let long = format!("\"{}\"", "a".repeat(501));
    let library = Library::shipped();
    let keys = dotted().into_iter().map(|(name, _)| name);
    for key in keys.filter(|name| name.starts_with("busy") || name.starts_with("calendar")) {
        let mut refused = 0;
        for value in values.iter().copied().chain([long.as_str()]) {
            let layer = layer(&format!("{key} = {value}"));
            for error in config::load(&[layer], &library).err().iter().flatten() {
                assert!(error.hint.is_some(), "{key} = {value}: {}", short(error));
                refused += 1;
            }
        }
        assert!(refused > 0, "{key}");
    }
}

#[test]
fn busy_time_that_cannot_be() {
    let cases = [
        (
            "busy.wait = \"13 h\"",
            "`wait` cannot be \"13 h\" (from 1 min to 12 h)",
        ),
        ("busy.wait = 30", "`wait` needs a unit (write \"30 min\")"),
        (
            "busy.wait = 5",
            "`wait` needs a unit (write \"5 min\", or \"5 h\")",
        ),
        (
            "busy.wait = -1",
            "`wait` needs a unit (from \"1 min\" to \"12 h\")",
        ),
        (
            "busy.wait = \"5 min ago\"",
            "\"ago\" is not understood here (from 1 min to 12 h)",
        ),
        (
            "busy.probe.timeout = 5",
            "`timeout` needs a unit (write \"5 s\")",
        ),
        (
            "busy.probe.command = [\"a\"]",
            "`command` has to be text in quotes, not a list (write one text, without brackets)",
        ),
        (
            "busy.probe.command = \"# a\"",
            "there is no program in it (its first word names the program)",
        ),
        (
            "busy.probe.command = \"a 'b\"",
            "this is not a command: it ends within a quote, or with a backslash \
             (a quoted part ends with the mark it begins with)",
        ),
        (
            "busy.ignore = [\"\"]",
            "there is nothing in it (write 1 to 100 characters, or leave it out)",
        ),
        (
            "busy.probe = \"a\"",
            "`probe` has to be a table, not text (write [busy.probe] above its keys)",
        ),
        (
            "busy.loked = true",
            "unknown key `loked` in [busy] (did you mean `locked`?)",
        ),
    ];
    for (text, error) in cases {
        let found = errors(text);
        let words = found[0].splitn(3, ':').nth(2).map(str::trim_start);
        assert_eq!(words, Some(error), "{text}");
    }
}

#[test]
fn reminders_that_cannot_be() {
    let reminder = |rest: &str| errors(&format!("[[reminder]]\nname = \"a\"\n{rest}"));
    let message = "when = \"at 12:00\"\nmessage = \"hello\"\n";
    let cases = [
        (
            "when = []",
            "3:8: `when` is an empty list (to switch a reminder off, write enabled = false)",
        ),
        (
            "when = [\"at 12:00\", \"at 26:00\"]",
            "3:25: 26:00 is not a time (times go from 0:00 to 23:59)",
        ),
        (
            "when = { every = \"90 min\", between = [\"09:00\"] }",
            "3:38: `between` has to be a list of two times (for example [\"09:00\", \"17:30\"])",
        ),
        (
            "when = { every = \"90 mn\" }",
            "3:22: \"mn\" is not a unit of time (the units are s, min, h, days and weeks)",
        ),
        (
            "when = { at = \"9:00\", onn = \"mon\" }",
            "3:23: unknown key `onn` in `when` (did you mean `on`?)",
        ),
        (
            "when = \"at 12:00\"\njitter = \"13 h\"",
            "4:10: `jitter` cannot be \"13 h\" (from 0 s to 12 h)",
        ),
        (
            "when = \"at 12:00\"\ngrace = \"8 days\"",
            "4:9: `grace` cannot be \"8 days\" (from 1 min to 7 days)",
        ),
        (
            "when = \"at 12:00\"\ntimezone = \"berlin\"",
            "4:13: there is no time zone \"berlin\" (did you mean \"Europe/Berlin\"?)",
        ),
        (
            "when = \"at 12:00\"\ntimezone = \"home\"",
            "4:13: there is no time zone \"home\" (such as \"Europe/Berlin\")",
        ),
        (
            &format!("{message}kind = \"practice\""),
            "5:8: a `message` is one of: affirmation, question, check-in (leave out `kind`, or write one of these)",
        ),
        (
            &format!("{message}collections = [\"kind-words\"]"),
            "5:15: a reminder with a `message` does not choose from the library (leave this out, or leave out the message)",
        ),
        (
            "when = \"at 12:00\"\nmessage = \"\\u0007\"",
            "4:11: the character \\u{7} cannot be shown (leave it out)",
        ),
    ];
    for (rest, error) in cases {
        assert_eq!(reminder(rest), [error], "{rest}");
    }
    let long = format!("when = \"at 12:00\"\nmessage = \"{}\"", "ü".repeat(501));
    assert_eq!(
        reminder(&long),
        ["4:512: this is too long (500 characters at most)"]
    );
    let name = format!(
        "[[reminder]]\nname = \"{}\"\nwhen = \"at 12:00\"",
        "n".repeat(65)
    );
    assert_eq!(
        errors(&name),
        ["2:73: this is too long (64 characters at most)"]
    );
}

#[test]
fn names_the_library_does_not_know() {
    let text = r#"
[library]
enable = ["kind-wrds"]
hide = ["kind-words/not-there"]
[library.weights]
small-wns = 2
[[reminder]]
name = "a"
when = "at 12:00"
collections = ["nowhere-to-be-found"]
[[pause]]
when = "sat"
only = ["a", "kind-words", "b-side"]
"#;
    let found = load(&[layer(text)]).unwrap_err();
    let errors = found.iter().filter(|one| one.severity == Severity::Error);
    let errors: BTreeSet<String> = errors.map(short).collect();
    let expected = [
        "10:16: there is no collection \"nowhere-to-be-found\" (see what there is: attuned library list)",
        "13:28: there is no reminder, tag or collection \"b-side\" (see what there is: attuned library list)",
        "3:11: there is no collection \"kind-wrds\" (did you mean \"kind-words\"?)",
        "6:1: there is no collection \"small-wns\" (did you mean \"small-wins\"?)",
    ];
    assert_eq!(errors, expected.map(str::to_owned).into());
    let warnings = found.iter().filter(|one| one.severity == Severity::Warning);
    let warnings: Vec<String> = warnings.map(|one| one.message.clone()).collect();
    assert_eq!(warnings, ["there is no prompt \"kind-words/not-there\""]);
}

/// Loads, checks and shows, and looks whether every finding points into its text.
fn survive(text: &str) {
    let source = layer(text);
    let found = match load(std::slice::from_ref(&source)) {
        Ok((config, warnings)) => {
            let now = Timestamp::UNIX_EPOCH;
            let mut found = advice(&config, now, &TimeZone::UTC, 7);
            found.extend(warnings);
            found
        }
        Err(found) => found,
    };
    for place in found.iter().filter_map(|one| one.place.as_ref()) {
        assert!(
            place.source.text.get(place.span.clone()).is_some(),
            "{:?} of {text:?}",
            place.span
        );
    }
    assert!(found.iter().all(|one| !one.render(false).is_empty()));
    // Whether it is TOML is all that matters here.
    let _ = show(&[source]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_text_panics(text in "(?s).{0,200}") {
        survive(&text);
    }

    #[test]
    fn nor_do_settings_with_a_piece_replaced(
        at in 0.0..1.0_f64,
        length in 0_usize..12,
        piece in "[\"\\[\\]{}=#, 0-9a-zü:\n-]{0,8}",
    ) {
        const SETTINGS: &str = r#"
[[reminder]]
name = "tea"
when = ["weekdays at 16:00", { every = "90 min", between = ["09:00", "17:30"], on = "sat" }]
jitter = "5 min"
timezone = "Europe/Berlin"
[hours]
daily = ["09:00-12:00", "13:00-24:00"]
[pace]
cap = 4
gap = "1 h 30 min"
[library.weights]
kind-words = 0.5
[[pause]]
when = ["fri 14:00 - mon 08:00", "24 December to 2 January"]
only = ["tea"]
"#;
        let chars: Vec<char> = SETTINGS.chars().collect();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in a short text")]
        let start = (at * chars.len() as f64) as usize;
        let end = (start + length).min(chars.len());
        let text: String = chars[..start].iter().copied().chain(piece.chars()).chain(chars[end..].iter().copied()).collect();
        survive(&text);
    }
}
