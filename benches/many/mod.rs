//! A library far larger than anybody's, and a deck with a history in it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use attuned::library::{
    Deck, Intensity, LastState, Library, PartOfDay, Prompt, Rules, Selection, Wish,
};
use attuned::schedule::SplitMix64;
use attuned::source::Source;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, json};

/// How many files.
pub const FILES: usize = 200;
/// How many prompts in each.
pub const PROMPTS: usize = 500;

/// Files of prompts whose words follow each other as they do in the shipped texts.
pub fn sources() -> Vec<Arc<Source>> {
    let library = Library::shipped();
    let mut chain: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for prompt in library.prompts() {
        let mut before = "";
        for word in prompt.text.split(' ') {
            chain.entry(before).or_default().push(word);
            before = word;
        }
    }
    let mut random = SplitMix64::new(7);
    let file = |number| {
        let text = file(number, &chain, &mut random);
        Source::new(format!("many-{number}.toml"), text)
    };
    (0..FILES).map(file).collect()
}

fn file(number: usize, chain: &BTreeMap<&str, Vec<&str>>, random: &mut SplitMix64) -> String {
    let mut file = format!("id = \"many-{number}\"\nlang = \"en\"\ntitle = \"Many lines\"\n");
    for prompt in 0..PROMPTS {
        let kind = pick(
            random,
            &["affirmation", "affirmation", "question", "practice"],
        );
        let intensity = pick(random, &["gentle", "gentle", "gentle", "medium", "deep"]);
        let times = pick(
            random,
            &["", "", "", "\"morning\"", "\"day\"", "\"evening\""],
        );
        let fits = pick(random, &["", "", "", "\"okay\", \"unknown\"", "\"hard\""]);
        let tag = pick(random, &["work", "home", "body", "friends", "rest"]);
        let (text, variant) = (text(chain, random), text(chain, random));
        write!(
            file,
            "\n[[prompt]]\nid = \"prompt-{prompt}\"\nkind = \"{kind}\"\ntitle = \"A moment\"\n\
             text = \"{text}\"\nvariants = [\"{variant}\"]\ntags = [\"{tag}\"]\n\
             intensity = \"{intensity}\"\ntimes = [{times}]\nfits = [{fits}]\n"
        )
        .expect("a String takes everything");
    }
    file
}

/// Some words, of at most 140 characters together.
fn text(chain: &BTreeMap<&str, Vec<&str>>, random: &mut SplitMix64) -> String {
    let mut text = pick(random, &chain[""]).to_owned();
    let mut last = text.clone();
    while let Some(next) = chain.get(last.as_str()) {
        let next = pick(random, next);
        if text.len() + next.len() >= 130 {
            break;
        }
        text = format!("{text} {next}");
        last = next.to_owned();
    }
    text.replace(['"', '\\'], "")
}

fn pick<'a>(random: &mut SplitMix64, from: &[&'a str]) -> &'a str {
    let index = random.below(from.len() as u64);
    from[usize::try_from(index).expect("below the length of a slice")]
}

/// Somebody with the default settings who asks for anything.
pub struct Reader {
    rules: Rules,
    from: Selection,
}

impl Reader {
    pub fn new() -> Self {
        let rules = Rules {
            language: "en".into(),
            enable: Vec::new(),
            disable: Vec::new(),
            weights: BTreeMap::new(),
            hide: Vec::new(),
            favour: Vec::new(),
            ceiling: Intensity::Medium,
            avoid: vec![],
        };
        let from = Selection::default();
        Self { rules, from }
    }

    pub fn wish(&self, now: Timestamp) -> Wish<'_> {
        Wish {
            now,
            part: PartOfDay::Day,
            state: LastState::Unknown,
            energy: None,
            named: None,
            rules: &self.rules,
            from: &self.from,
            excluded_tags: &[],
            salt: 7,
            replacing: None,
        }
    }
}

/// The deck of somebody who has seen so many prompts of `library`, each once, six a day up to `now`.
pub fn deck(library: &Library, shown: usize, now: Timestamp) -> Deck {
    let prompts: Vec<&Prompt> = library.prompts().collect();
    let mut last = Map::new();
    let mut recent = Vec::new();
    for nth in 0..shown {
        // A step that shares no factor with 100,000 or the shipped count goes through all of them.
        let prompt = prompts[nth * 7_919 % prompts.len()];
        let hours = i64::try_from((shown - nth) * 4).expect("few enough to count");
        let at = now - SignedDuration::from_hours(hours);
        last.insert(prompt.id.clone(), json!({"at": at, "nth": nth, "turn": 0}));
        if hours < 7 * 24 {
            let (collection, kind) = (prompt.collection(), prompt.kind);
            let intensity = prompt.intensity;
            recent.push(
                json!({"collection": collection, "kind": kind, "intensity": intensity, "at": at}),
            );
        }
    }
    let deck = json!({"count": shown, "turns": {}, "last": last, "recent": recent});
    serde_json::from_value(deck).expect("this is how a deck is saved")
}
