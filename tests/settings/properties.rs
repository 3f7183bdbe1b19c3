//! Whatever is changed in whatever order: the file loads, says what was asked for, and keeps every comment.

use attuned::config;
use attuned::library::Library;
use attuned::settings::edit::{put, reminders, set, unset};
use attuned::source::Source;
use proptest::prelude::*;
use toml_edit::DocumentMut;

/// One change, as a command makes it.
#[derive(Debug, Clone)]
enum Change {
    Add(u8),
    Remove(u8),
    Switch(u8, bool),
    When(u8, u8),
    Cap(u8),
    Hours(&'static str, bool),
    Reset(&'static str),
}

fn change() -> impl Strategy<Value = Change> {
    let name = 0..5_u8;
    let key = prop::sample::select(vec!["daily", "weekdays", "sun"]);
    prop_oneof![
        3 => name.clone().prop_map(Change::Add),
        3 => name.clone().prop_map(Change::Remove),
        1 => (name.clone(), any::<bool>()).prop_map(|(name, on)| Change::Switch(name, on)),
        1 => (name, 1..23_u8).prop_map(|(name, hour)| Change::When(name, hour)),
        1 => (0..24_u8).prop_map(Change::Cap),
        1 => (key.clone(), any::<bool>()).prop_map(|(key, off)| Change::Hours(key, off)),
        1 => key.prop_map(Change::Reset),
    ]
}

/// Files as people write them; each comment that stands apart from what is changed says `keep`.
const STARTS: [&str; 5] = [
    "",
    "# keep: head\n\n[[reminder]]\nname = \"r0\"\nwhen = \"@daily\"\n\n# keep: between\n\n# about r1\n[[reminder]]\n\
     name = \"r1\" # r1\nwhen = \"@daily\"\n\n# keep: hours\n[hours] # keep: beside\n\n# keep: end\n",
    "# keep: head\n\nreminder = [\n  { name = \"r0\", when = \"@daily\" }, # of r0\n  { name = \"r1\", when = \"@daily\" },\n  # keep: inside\n] # keep: list\n\
     # keep: end\n",
    "notification.sound = true # keep: sound\n# keep: pace\npace.gap = \"1 h\"\nreminder = []\n\n# keep: pause\n[[pause]] # keep: beside\nwhen = \"sat\"\n",
    "# keep: head\n\n[library.weights] # keep: weights\nkind-words = 2\n# keep: after\n\n[[reminder]]\nname = \"r0\"\n[reminder.when]\n\
     every = \"2 h\"\n\n# keep: end\n",
];

/// What the file is to say: each reminder's name and whether it is on.
type Model = Vec<(String, bool)>;

fn model_of(text: &str, library: &Library) -> Model {
    let (config, _) = config::load(&[Source::new("config.toml", text.to_owned())], library)
        .unwrap_or_else(|errors| panic!("{errors:#?}\n{text}"));
    let on = config.reminders.iter().map(|one| (one.name.clone(), true));
    let off = config
        .reminders_off
        .iter()
        .map(|one| (one.name.clone(), false));
    let mut model: Model = on.chain(off).collect();
    model.sort();
    model
}

fn apply(change: &Change, document: &mut DocumentMut, model: &mut Model) {
    let name = |number: u8| format!("r{number}");
    match change {
        Change::Add(number) => {
            let name = name(*number);
            if model.iter().all(|(one, _)| *one != name) {
                let entries = vec![
                    ("name", name.as_str().into()),
                    ("when", "daily at 9:00".into()),
                ];
                reminders::add(document, entries);
                model.push((name, true));
            }
        }
        Change::Remove(number) => {
            let name = name(*number);
            let is_there = model.iter().any(|(one, _)| *one == name);
            assert_eq!(reminders::remove(document, &name), is_there);
            model.retain(|(one, _)| *one != name);
        }
        Change::Switch(number, on) => {
            let name = name(*number);
            if let Some(table) = reminders::find(document, &name) {
                put(table, "enabled", *on);
            }
            model
                .iter_mut()
                .filter(|(one, _)| *one == name)
                .for_each(|one| one.1 = *on);
        }
        Change::When(number, hour) => {
            if let Some(table) = reminders::find(document, &name(*number)) {
                put(table, "when", format!("daily at {hour}:00"));
            }
        }
        Change::Cap(cap) => set(document, &["pace"], "cap", i64::from(*cap)),
        Change::Hours(key, true) => set(document, &["hours"], key, toml_edit::Array::new()),
        Change::Hours(key, false) => set(document, &["hours"], key, "10:00-12:00"),
        Change::Reset(key) => {
            unset(document, &["hours"], key);
        }
    }
    model.sort();
}

/// The comments that stand apart, in their order.
fn kept(text: &str) -> Vec<&str> {
    let comments = text
        .lines()
        .filter_map(|line| line.find("# keep").map(|at| &line[at..]));
    comments.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_changes_in_any_order(
        start in prop::sample::select(STARTS.to_vec()),
        changes in prop::collection::vec(change(), 1..12),
    ) {
        let library = Library::shipped();
        let mut text = start.to_owned();
        if !reminders::has_own(&text.parse().unwrap()) {
            text.push_str("reminder = []\n");
        }
        let mut expected = kept(start);
        expected.sort_unstable();
        let mut model = model_of(&text, &library);
        for change in &changes {
            let mut document: DocumentMut = text.parse().unwrap();
            apply(change, &mut document, &mut model);
            text = document.to_string();
            prop_assert_eq!(&model_of(&text, &library), &model, "{:?}\n{}", change, text);
            let mut left = kept(&text);
            left.sort_unstable();
            prop_assert_eq!(&left, &expected, "{:?}\n{}", change, text);
        }
    }
}
