//! The schema for editors and the reader agree, key by key, at the bounds that the description of the keys names.

use std::fs;
use std::path::Path;

use jiff::SignedDuration;
use jsonschema::Validator;
use toml::de::{DeTable, DeValue};

use super::{layer, rendered};
use crate::config::keys::{self, Key, Means, Phrase, Shape};
use crate::config::{DEFAULTS, load, schema, starter, to_json};
use crate::library::Library;
use crate::schedule::words::describe_duration;

#[test]
fn the_file_in_the_repository_is_current() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/schema.json");
    assert!(
        fs::read_to_string(file).unwrap() == schema(),
        "renew it: cargo run -- config schema > config/schema.json"
    );
}

/// Who accepts a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Both,
    Neither,
    /// Only the reader knows the grammar of times, and the library.
    SchemaAlone,
}
use By::{Both, Neither, SchemaAlone};

struct Judge {
    schema: Validator,
    library: Library,
}

impl Judge {
    fn new() -> Self {
        let schema = serde_json::from_str(&schema()).unwrap();
        Self {
            schema: jsonschema::draft7::new(&schema).unwrap(),
            library: Library::shipped(),
        }
    }

    fn accepts(&self, text: &str) -> bool {
        let table = DeTable::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"));
        self.schema
            .is_valid(&to_json(&DeValue::Table(table.into_inner())))
    }

    #[track_caller]
    fn expect(&self, text: &str, by: By) {
        let read = load(&[layer(text)], &self.library);
        let found = match (&read, self.accepts(text)) {
            (Ok(_), true) => Both,
            (Err(_), false) => Neither,
            (Err(_), true) => SchemaAlone,
            (Ok(_), false) => panic!("the schema alone refuses\n{text}"),
        };
        let why = read.err().map(|found| rendered(&found));
        assert_eq!(found, by, "{text}\n{}", why.unwrap_or_default());
    }
}

#[test]
fn whole_files_are_accepted_by_both() {
    let judge = Judge::new();
    judge.expect(DEFAULTS, Both);
    judge.expect(&starter(), Both);
    judge.expect(
        r#"
        [[reminder]]
        name = "rest"
        when = ["at 9:00", { every = "90 min", between = ["09:00", "17:30"], on = ["mon", "tue"] }]
        kind = ["question", "practice"]
        collections = "small-wins"
        tags = ["rest"]
        jitter = "half an hour"
        timezone = "Europe/Berlin"
        missed = "skip"
        grace = "1 hour 30 minutes"
        enabled = true
        [hours]
        daily = "9 am to 5 pm"
        sat = ["noon - 13:00", "18:00 until midnight"]
        sun = []
        [library.weights]
        kind-words = 0.5
        name-it = 2.0
        [[pause]]
        when = ["sat", "24 December to 2 January"]
        only = "rest"
        level = "light"
        [[support.line]]
        name = "Ana"
        number = "+00 000 000 000"
        hours = "evenings"
        "#,
        Both,
    );
}

#[test]
fn both_agree_on_every_key() {
    let judge = Judge::new();
    let mut count = 0;
    for (name, key) in keys::dotted() {
        let before = match name.rsplit_once('.') {
            Some((table, _)) => format!("[{table}]\n"),
            None => String::new(),
        };
        count += judge_key(&judge, &key, &|value| {
            format!("{before}{} = {value}\n", key.name)
        });
        match &key.shape {
            Shape::Table(_) => judge.expect(&format!("[{name}]\nxyz = 1\n"), Neither),
            Shape::Tables(keys) => count += judge_list(&judge, &name, keys),
            Shape::When(_) => unreachable!("schedules stand in lists"),
            _ => {}
        }
    }
    judge.expect("xyz = 1\n", Neither);
    assert!(count > 200, "{count} values were tried");
}

/// Tries every key of a list of tables beside those it has to have.
fn judge_list(judge: &Judge, name: &str, keys: &[Key]) -> usize {
    let needed = |but: &str| -> String {
        let keys = keys.iter().filter(|key| key.is_required && key.name != but);
        keys.map(|key| format!("{} = {}", key.name, probes(&key.shape)[0].0))
            .fold(String::new(), |text, line| {
                text + &line
                    + "
"
            })
    };
    let entry = |but: &str| format!("[[{name}]]\n{}", needed(but));
    judge.expect(&format!("{}xyz = 1\n", entry("")), Neither);
    for key in keys.iter().filter(|key| key.is_required) {
        judge.expect(&entry(key.name), Neither);
    }
    let mut count = 0;
    for key in keys {
        count += judge_key(judge, key, &|value| {
            format!("{}{} = {value}\n", entry(key.name), key.name)
        });
        let Shape::When(parts) = &key.shape else {
            continue;
        };
        judge.expect(
            &format!("{}when = {{ at = \"9:00\", xyz = 1 }}", entry("when")),
            Neither,
        );
        for part in parts {
            count += judge_key(judge, part, &|value| {
                let beside = beside(part.name);
                format!(
                    "{}when = {{ {} = {value}{beside} }}\n",
                    entry("when"),
                    part.name
                )
            });
        }
    }
    count
}

/// What a part of a schedule's table cannot be without.
fn beside(part: &str) -> &'static str {
    match part {
        "between" => ", every = \"1 h\"",
        "times" => ", between = [\"0:00\", \"24:00\"]",
        "apart" => ", times = 2, between = [\"0:00\", \"24:00\"]",
        "on" => ", at = \"9:00\"",
        _ => "",
    }
}

fn judge_key(judge: &Judge, key: &Key, document: &dyn Fn(&str) -> String) -> usize {
    let probes = match key.name {
        // Which words a part of a schedule may be, its shape does not tell.
        "at" => texts(&["9:00", "9:00, noon"], &["25:00"], Phrase::Any),
        "every" if matches!(key.shape, Shape::Phrase(_)) => {
            texts(&["90 min", "hour"], &["90"], Phrase::One)
        }
        "apart" => texts(&["90 min"], &["90"], Phrase::One),
        "on" => texts(&["weekdays", "mon, wed"], &["someday"], Phrase::Any),
        "between" => vec![
            ("[\"09:00\", \"17:30\"]".to_owned(), Both),
            ("[\"09:00\"]".to_owned(), Neither),
            ("[\"09:00\", \"12:00\", \"17:30\"]".to_owned(), Neither),
            ("[\"09:00\", \"25:00\"]".to_owned(), SchemaAlone),
        ],
        _ => probes(&key.shape),
    };
    for (value, by) in &probes {
        judge.expect(&document(value), *by);
    }
    probes.len()
}

fn texts(good: &[&str], bad: &[&str], how_many: Phrase) -> Vec<(String, By)> {
    let quoted = |by| move |text: &&str| (format!("\"{text}\""), by);
    let list = match how_many {
        Phrase::One => Neither,
        Phrase::Any | Phrase::Two => Both,
    };
    let good = || good.iter().map(quoted(Both));
    good()
        .chain(bad.iter().map(quoted(SchemaAlone)))
        .chain(good().map(|(text, _)| (format!("[{text}]"), list)))
        .chain([("5".to_owned(), Neither), ("\" \"".to_owned(), Neither)])
        .collect()
}

/// Values at and beyond what the shape allows, an accepted one first, and who accepts them.
#[expect(clippy::too_many_lines, reason = "one table, shape by shape")]
fn probes(shape: &Shape) -> Vec<(String, By)> {
    let all = |list: &[(&str, By)]| -> Vec<(String, By)> {
        list.iter()
            .map(|(text, by)| ((*text).to_owned(), *by))
            .collect()
    };
    let quoted = |text: &str| format!("\"{text}\"");
    match shape {
        Shape::Line(most) | Shape::Text(most) => {
            let breaks = if matches!(shape, Shape::Text(_)) {
                Both
            } else {
                Neither
            };
            vec![
                (quoted(&"ü".repeat(*most)), Both),
                (quoted("x"), Both),
                (quoted(&"ü".repeat(most + 1)), Neither),
                (quoted("a\\nb"), breaks),
                (quoted(""), Neither),
                (quoted("  "), Neither),
                (quoted("a\\u0007"), Neither),
                ("5".to_owned(), Neither),
                ("[\"x\"]".to_owned(), Neither),
            ]
        }
        Shape::Whole(range) => vec![
            (range.start().to_string(), Both),
            (range.end().to_string(), Both),
            ((range.start() - 1).to_string(), Neither),
            ((range.end() + 1).to_string(), Neither),
            (quoted("1"), Neither),
            ("1.5".to_owned(), Neither),
        ],
        Shape::Length(range) => {
            let second = SignedDuration::from_secs(1);
            let of = |duration| quoted(&describe_duration(duration));
            vec![
                (of((*range.start()).max(second)), Both),
                (of(*range.end()), Both),
                (of(*range.start() - second), SchemaAlone),
                (of(*range.end() + second), SchemaAlone),
                (quoted("90"), Neither),
                (quoted("-5 min"), Neither),
                ("90".to_owned(), Neither),
            ]
        }
        Shape::Ago => all(&[
            ("\"2 years\"", Both),
            ("\"1 month\"", Both),
            ("\" 90days \"", Both),
            ("\"1 day\"", SchemaAlone),
            ("\"101 years\"", SchemaAlone),
            ("\"2 h\"", Neither),
            ("\"2\"", Neither),
            ("2", Neither),
        ]),
        Shape::Switch => all(&[
            ("true", Both),
            ("false", Both),
            ("\"true\"", Neither),
            ("1", Neither),
        ]),
        Shape::Word(words) | Shape::Words(words) => {
            let several = if matches!(shape, Shape::Words(_)) {
                Both
            } else {
                Neither
            };
            let known = words.iter().map(|word| (quoted(word), Both));
            let list = words.iter().map(|word| quoted(word)).collect::<Vec<_>>();
            known
                .chain([
                    (format!("[{}]", list.join(", ")), several),
                    (quoted("xyz"), Neither),
                    ("[\"xyz\"]".to_owned(), Neither),
                    ("3".to_owned(), Neither),
                ])
                .collect()
        }
        Shape::Names(means) => {
            let library = Library::shipped();
            let prompt = library.prompts().next().unwrap();
            let known = match means {
                Means::Collection | Means::Target => "kind-words",
                Means::Tag => "rest",
                Means::Prompt => prompt.id.as_str(),
            };
            // A prompt may go with a new version.
            let unknown = if *means == Means::Prompt {
                Both
            } else {
                SchemaAlone
            };
            vec![
                (quoted(known), Both),
                (format!("[\"{known}\", \"{known}\"]"), Both),
                ("[]".to_owned(), Both),
                (quoted("xyz"), unknown),
                ("3".to_owned(), Neither),
                (format!("[\"{known}\", 3]"), Neither),
            ]
        }
        Shape::Ranges => all(&[
            ("\"10:00-17:30\"", Both),
            ("\"22:00-24:00\"", Both),
            ("[\"10:00-12:00\", \"13:00-17:00\"]", Both),
            ("[]", Both),
            ("\"10:00\"", Neither),
            ("\"all day\"", Neither),
            ("10", Neither),
            ("[\"10:00\"]", Neither),
            ("\"10:00-25:00\"", SchemaAlone),
        ]),
        Shape::PauseWhen => all(&[
            ("\"sat\"", Both),
            ("[\"sat\", \"mon 09:00-11:00\"]", Both),
            ("\"\"", Neither),
            ("5", Neither),
            ("[5]", Neither),
            ("\"someday\"", SchemaAlone),
        ]),
        Shape::When(_) => all(&[
            ("\"at 9:00\"", Both),
            ("[\"at 9:00\", \"@daily\"]", Both),
            ("{ at = \"9:00\" }", Both),
            ("[{ at = \"9:00\" }]", Both),
            ("[]", Neither),
            ("\"\"", Neither),
            ("5", Neither),
            ("[5]", Neither),
            ("\"at 25:00\"", SchemaAlone),
        ]),
        Shape::Phrase(_) => unreachable!("see judge_key"),
        Shape::Zone => all(&[
            ("\"UTC\"", Both),
            ("\"Europe/Berlin\"", Both),
            ("\"Europe/Berln\"", SchemaAlone),
            ("1", Neither),
        ]),
        Shape::Language => {
            // 8 + 3 * 9 characters are 35.
            let longest = format!("abcdefgh{}", "-abcdefg8".repeat(3));
            vec![
                (quoted("en"), Both),
                (quoted("pt-BR"), Both),
                (quoted(&longest), Both),
                (quoted(&format!("{longest}-a")), Neither),
                (quoted("abcdefghi"), Neither),
                (quoted("english please"), Neither),
                (quoted(""), Neither),
                ("1".to_owned(), Neither),
            ]
        }
        Shape::Country => all(&[
            ("\"AT\"", Both),
            ("\"at\"", Both),
            ("\" UK \"", Both),
            ("\"XX\"", SchemaAlone),
            ("\"Austria\"", Neither),
            ("\"\"", Neither),
            ("43", Neither),
            ("[\"AT\"]", Neither),
        ]),
        Shape::Paths => all(&[
            ("\"~/.calendars\"", Both),
            ("[\"/srv/work.ics\", \"~\", \"C:/work.ics\"]", Both),
            ("[]", Both),
            ("\"work.ics\"", Neither),
            ("\"~bo/work.ics\"", Neither),
            ("[\"/srv/work.ics\", \"\"]", Neither),
            ("5", Neither),
        ]),
        Shape::Lines(_) => all(&[
            ("\"Google Chrome\"", Both),
            ("[\"mpv\", \"Firefox\"]", Both),
            ("[]", Both),
            ("\"\"", Neither),
            ("[\"a\\nb\"]", Neither),
            ("5", Neither),
        ]),
        Shape::Addresses => all(&[
            ("\"ana@example.org\"", Both),
            ("[\"ana@example.org\", \"mailto:a@b\"]", Both),
            ("[]", Both),
            ("\"ana\"", Neither),
            ("[\"a b@example.org\"]", Neither),
            ("\"a@b@c\"", Neither),
            ("5", Neither),
        ]),
        Shape::Table(_) => all(&[("{}", Both), ("3", Neither), ("[]", Neither)]),
        Shape::Tables(_) => all(&[("[]", Both), ("{}", Neither), ("[3]", Neither)]),
        Shape::Weights => all(&[
            ("{}", Both),
            (
                "{ kind-words = 0, name-it = 0.5, noticing = 1, small-wins = 2 }",
                Both,
            ),
            ("{ kind-words = 2.0 }", Both),
            ("{ kind-words = -1 }", Neither),
            ("{ kind-words = 0.7 }", Neither),
            ("{ kind-words = 3 }", Neither),
            ("{ kind-words = \"2\" }", Neither),
            ("{ xyz = 2 }", SchemaAlone),
            ("3", Neither),
        ]),
        Shape::Weight => unreachable!("it stands under a free key"),
    }
}

#[test]
fn every_way_to_write_a_length_or_a_range_fits_the_patterns() {
    let judge = Judge::new();
    for length in [
        "90 min",
        "90m",
        "2h",
        "1h30",
        "1 hour 30 minutes",
        "half an hour",
        "a quarter of an hour",
        "an hour and a half",
        "twenty minutes",
        " 5 min ",
        "1 h, 30 min",
        "15-minute",
    ] {
        judge.expect(&format!("[pace]\nsnooze = \"{length}\"\n"), Both);
    }
    for range in [
        "09:00-17:30",
        "9 am to 5 pm",
        "22:00 – 01:00",
        "noon until midnight",
        "Midday TO 17",
        "00:00-24:00",
        "9 a.m. till 5 p.m.",
        "09-17",
    ] {
        judge.expect(&format!("[hours]\nsat = \"{range}\"\n"), Both);
    }
}
