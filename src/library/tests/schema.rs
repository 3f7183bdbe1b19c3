//! The schema for editors and the reader agree, key by key, at the bounds that the description of the keys names.

use std::fs;
use std::path::Path;

use jsonschema::Validator;
use toml::de::{DeTable, DeValue};

use super::load;
use crate::config::to_json;
use crate::library::keys::{COLLECTION_KEYS, Key, Shape, TRANSLATION_KEYS};
use crate::library::schema::schema;
use crate::library::shipped;
use crate::source::{Diagnostic, Severity};

#[test]
fn the_file_in_the_repository_is_current() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/collection.schema.json");
    assert!(
        fs::read_to_string(file).unwrap_or_default() == schema(),
        "renew it: cargo run -- library schema > config/collection.schema.json"
    );
}

/// Who accepts a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Both,
    Neither,
    /// Only the reader knows what else there is.
    SchemaAlone,
}
use By::{Both, Neither, SchemaAlone};

struct Judge(Validator);

impl Judge {
    fn new() -> Self {
        let schema = serde_json::from_str(&schema()).unwrap();
        Self(jsonschema::draft7::new(&schema).unwrap())
    }

    fn accepts(&self, text: &str) -> bool {
        let table = DeTable::parse(text).unwrap_or_else(|error| panic!("{error}: {text}"));
        self.0
            .is_valid(&to_json(&DeValue::Table(table.into_inner())))
    }

    #[track_caller]
    fn expect(&self, text: &str, by: By) {
        self.expect_all(&[(text.to_owned(), by)]);
    }

    /// Reads them together, as the library is read anew each time: they are files of their own, and know nothing of each other.
    #[track_caller]
    fn expect_all(&self, files: &[(String, By)]) {
        let names: Vec<String> = (0..files.len()).map(|n| format!("mine{n}.toml")).collect();
        let texts = files.iter().map(|(text, _)| text.as_str());
        let sources: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(texts).collect();
        let (_, found) = load(&sources);
        for (name, (text, by)) in names.iter().zip(files) {
            let found = found.iter().filter(|one| {
                one.place
                    .as_ref()
                    .is_some_and(|place| place.source.name == *name)
            });
            let is_wrong = found.clone().any(|one| one.severity == Severity::Error);
            let judged = match (is_wrong, self.accepts(text)) {
                (false, true) => Both,
                (true, false) => Neither,
                (true, true) => SchemaAlone,
                (false, false) => panic!("the schema alone refuses\n{text}"),
            };
            let found: Vec<String> = found.map(Diagnostic::one_line).collect();
            assert_eq!(judged, *by, "{text}\n{found:?}");
        }
    }
}

#[test]
fn what_comes_with_attuned_is_accepted_and_so_is_the_short_form() {
    let judge = Judge::new();
    for (name, text) in shipped::FILES {
        assert!(judge.accepts(text), "{name}");
    }
    judge.expect("prompts = ['Go gently.', 'What now?']", Both);
    judge.expect("prompts = 'Go gently.'", Both);
    judge.expect(
        "title = 'Mine'\nprompts = ['a']\n[[prompt]]\ntext = 'b'",
        Both,
    );
}

#[test]
fn the_limits_are_those_of_the_format() {
    let most = |name: &str, keys: &[Key]| -> Shape {
        keys.iter().find(|key| key.name == name).unwrap().shape
    };
    let Shape::Tables(prompt) = most("prompt", COLLECTION_KEYS) else {
        panic!("a list of tables");
    };
    let Shape::Tables(steps) = most("steps", prompt) else {
        panic!("a list of tables");
    };
    assert!(matches!(most("title", prompt), Shape::Line(32)));
    assert!(matches!(most("text", prompt), Shape::Line(140)));
    assert!(matches!(most("variants", prompt), Shape::Lines(140)));
    assert!(matches!(most("text", steps), Shape::Line(90)));
    assert!(matches!(most("seconds", steps), Shape::Whole(1, 90)));
}

#[test]
fn both_agree_on_every_key() {
    let judge = Judge::new();
    let collection = judge_table(&judge, COLLECTION_KEYS, &|inside| inside.to_owned());
    let translation = judge_table(&judge, TRANSLATION_KEYS, &|inside| inside.to_owned());
    assert!(
        collection > 200 && translation > 60,
        "{collection}, {translation}"
    );
}

/// Tries every key of a table, which `document` puts in its place, and of those inside it; gives how many values were tried.
fn judge_table(judge: &Judge, keys: &[Key], document: &dyn Fn(&str) -> String) -> usize {
    let beside = |but: &str| -> String {
        let keys = keys.iter().filter(|key| key.is_required && key.name != but);
        keys.fold(String::new(), |text, key| {
            text + key.name
                + " = "
                + plain(key)
                + "
"
        })
    };
    judge.expect(&document(&format!("{}xyz = 1\n", beside(""))), Neither);
    for key in keys
        .iter()
        .filter(|key| key.is_required && key.name != "translates")
    {
        judge.expect(&document(&beside(key.name)), Neither);
    }
    let mut count = 0;
    for key in keys {
        // Other ways are asked for where there are needs, and indexes where there is evidence.
        let with = match key.name {
            "needs" => "alt = 'x'\n",
            _ => "",
        };
        let evidence = if matches!(key.shape, Shape::Wholes(..)) {
            "\n[[evidence]]\nstrength = 'none'\n"
        } else {
            ""
        };
        let files = probes(key).into_iter().map(|(value, by)| {
            let text = format!("{}{with}{} = {value}\n", beside(key.name), key.name);
            (format!("{}{evidence}", document(&text)), by)
        });
        let files: Vec<_> = files.collect();
        judge.expect_all(&files);
        count += files.len();
        if let Shape::Tables(inner) = key.shape {
            count += judge_table(judge, inner, &|inside| {
                let inside = inside.trim_end().replace('\n', ", ");
                document(&format!(
                    "{}{} = [{{ {inside} }}]\n",
                    beside(key.name),
                    key.name
                ))
            });
        }
    }
    count
}

/// A value that is accepted.
fn plain(key: &Key) -> &'static str {
    match (key.name, key.shape) {
        ("translates", _) => "'small-wins'",
        ("id", _) => "'a-bit-better'",
        (_, Shape::Whole(..)) => "1",
        (_, Shape::Word(_)) => "'none'",
        _ => "'x'",
    }
}

/// Values at and beyond what the shape allows, and who accepts them.
fn probes(key: &Key) -> Vec<(String, By)> {
    let all = |list: &[(&str, By)]| -> Vec<(String, By)> {
        list.iter()
            .map(|(text, by)| ((*text).to_owned(), *by))
            .collect()
    };
    let quoted = |text: &str| format!("\"{text}\"");
    match key.shape {
        Shape::Slug => {
            let known = if key.name == "translates" {
                SchemaAlone
            } else {
                Both
            };
            let mut list = all(&[
                ("'A'", Neither),
                ("'a--b'", Neither),
                ("''", Neither),
                ("5", Neither),
            ]);
            list.extend([
                (plain(key).to_owned(), Both),
                (quoted("a-b2"), known_in(key, known)),
            ]);
            list
        }
        Shape::PromptId => all(&[
            ("'small-wins/a-bit-better'", Both),
            ("'no-such/one'", SchemaAlone),
            ("'a/b/c'", Neither),
            ("'A b'", Neither),
            ("5", Neither),
        ]),
        Shape::Line(_) => {
            let mut list = lines();
            list.push(("['x']".to_owned(), Neither));
            list
        }
        Shape::Lines(_) => {
            let listed = lines()
                .into_iter()
                .map(|(text, by)| (format!("['y', {text}]"), by));
            let mut list: Vec<_> = lines().into_iter().chain(listed).collect();
            list.extend(all(&[("[]", Both), ("[['x']]", Neither)]));
            list
        }
        Shape::Whole(least, most) => vec![
            (least.to_string(), Both),
            (most.to_string(), Both),
            ((least - 1).to_string(), Neither),
            ((most + 1).to_string(), Neither),
            (quoted("1"), Neither),
            ("1.5".to_owned(), Neither),
        ],
        Shape::Wholes(least, most) => vec![
            (least.to_string(), Both),
            ("[0, 0]".to_owned(), Both),
            (format!("[{most}]"), SchemaAlone),
            (format!("[{}]", least - 1), Neither),
            (format!("[{}]", most + 1), Neither),
            ("['0']".to_owned(), Neither),
        ],
        Shape::Switch => all(&[
            ("true", Both),
            ("false", Both),
            ("'yes'", Neither),
            ("1", Neither),
        ]),
        Shape::Word(words) => {
            let mut list: Vec<_> = words.iter().map(|word| (quoted(word), Both)).collect();
            list.extend(all(&[
                ("'xyz'", Neither),
                ("''", Neither),
                ("5", Neither),
                ("[]", Neither),
            ]));
            list
        }
        Shape::Words(words) => {
            let one = words.iter().map(|word| (quoted(word), Both));
            let listed = words.iter().map(|word| (format!("[\"{word}\"]"), Both));
            let mut list: Vec<_> = one.chain(listed).collect();
            list.extend(all(&[
                ("'xyz'", Neither),
                ("['xyz']", Neither),
                ("[5]", Neither),
            ]));
            list
        }
        Shape::Fingerprint => all(&[("'0123456789abcdef'", Both), ("5", Neither)]),
        Shape::Tables(_) => all(&[("5", Neither), ("'x'", Neither), ("['x']", Neither)]),
    }
}

/// Only the reader knows which prompts can be translated.
fn known_in(key: &Key, by: By) -> By {
    if key.is_required { SchemaAlone } else { by }
}

fn lines() -> Vec<(String, By)> {
    let quoted = |text: &str| format!("\"{text}\"");
    vec![
        (quoted("x"), Both),
        (quoted(&"ü".repeat(1000)), Both),
        (quoted(&"ü".repeat(1001)), Neither),
        (quoted(""), Neither),
        (quoted("  "), Neither),
        (quoted("a\\nb"), Neither),
        (quoted("a\\u0007"), Neither),
        (quoted("a\\u202eb"), Neither),
        (quoted("a\\u2067b"), Neither),
        ("5".to_owned(), Neither),
    ]
}
