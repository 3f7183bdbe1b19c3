//! Bar 4: words and forms that a prompt never uses, and why.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::Rule;
use super::passages::Part;

/// A family of words, each matched whole and in any case; a `*` at the end stands for any ending.
struct Family {
    rule: Rule,
    words: &'static [&'static str],
}

const FAMILIES: &[Family] = &[
    Family {
        rule: Rule::Controlling,
        words: &[
            "should",
            "must",
            "need to",
            "needs to",
            "have to",
            "has to",
            "make sure",
            "don't forget",
            "do not forget",
        ],
    },
    Family {
        rule: Rule::Absolute,
        words: &[
            "always",
            "never",
            "everyone",
            "everybody",
            "nothing",
            "no matter what",
        ],
    },
    Family {
        rule: Rule::ToxicPositivity,
        words: &[
            "stay positive",
            "at least you",
            "could be worse",
            "just relax",
            "calm down",
            "let it go",
            "everything happens for a reason",
        ],
    },
    Family {
        rule: Rule::SelfAssertion,
        words: &[
            "you are enough",
            "you are worthy",
            "you are strong",
            "you are amazing",
            "you're enough",
            "you're worthy",
            "you're strong",
            "you're amazing",
        ],
    },
    Family {
        rule: Rule::FalseSafety,
        words: &["you are safe", "you're safe"],
    },
    Family {
        rule: Rule::FakePerson,
        words: &[
            "i believe in you",
            "i'm proud",
            "i am proud",
            "i'm here for you",
            "i am here for you",
        ],
    },
    Family {
        rule: Rule::Clinical,
        words: &[
            "heal",
            "heals",
            "healed",
            "healing",
            "cure",
            "cures",
            "cured",
            "treat",
            "treats",
            "treated",
            "treatment",
            "symptom*",
            "trauma*",
            "depression",
            "depressed",
            "diagnos*",
        ],
    },
    Family {
        rule: Rule::Guilt,
        words: &["streak*", "missed", "falling behind", "come back"],
    },
    Family {
        rule: Rule::Identity,
        words: &[
            "he",
            "him",
            "his",
            "she",
            "her",
            "hers",
            "sir",
            "madam",
            "guys",
            "ladies",
            "gentlemen",
            "sister",
            "brother",
            "god",
            "lord",
            "pray",
            "prayer*",
            "prayed",
            "bless*",
            "church",
            "mosque",
            "temple",
            "heaven",
            "sin",
            "sins",
            "christmas",
            "easter",
            "hanukkah",
            "diwali",
            "ramadan",
            "eid",
            "thanksgiving",
            "new year*",
            "holiday*",
            "your partner",
            "your husband",
            "your wife",
            "your spouse",
            "your boyfriend",
            "your girlfriend",
            "your mother",
            "your father",
            "your mum",
            "your mom",
            "your dad",
            "your parents",
            "your child",
            "your children",
            "your kids",
            "walk",
            "walks",
            "walking",
            "stand up",
            "go for a run",
            "look at",
            "look around",
            "look out",
            "watch",
        ],
    },
];

/// Every phrase of every family, looked for in one go.
struct Phrases {
    automaton: AhoCorasick,
    /// Each phrase's rule and words, in the families' order.
    phrases: Vec<(Rule, &'static str)>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let in_family = |family: &'static Family| family.words.iter().map(|word| (family.rule, *word));
    let phrases: Vec<_> = FAMILIES.iter().flat_map(in_family).collect();
    let words = phrases.iter().map(|(_, word)| word.trim_end_matches('*'));
    Phrases {
        automaton: AhoCorasick::new(words).expect("a hundred short phrases make a small automaton"),
        phrases,
    }
});

impl Phrases {
    /// The phrases that stand in `lower`, each once and in the families' order.
    fn within(&self, lower: &str) -> impl Iterator<Item = (Rule, &'static str)> {
        let mut found: Vec<usize> = self
            .automaton
            .find_overlapping_iter(lower)
            .filter(|found| {
                let (_, phrase) = self.phrases[found.pattern()];
                is_whole(lower, found.range(), phrase.ends_with('*'))
            })
            .map(|found| found.pattern().as_usize())
            .collect();
        found.sort_unstable();
        found.dedup();
        let named = |index: usize| {
            let (rule, phrase) = self.phrases[index];
            (rule, phrase.trim_end_matches('*'))
        };
        found.into_iter().map(named)
    }
}

/// Whether what stands at `range` is no part of a longer word, but for its ending where `any_ending` will do.
fn is_whole(text: &str, range: Range<usize>, any_ending: bool) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() || c == '\'';
    let starts = !text[..range.start].ends_with(is_letter);
    let ends = any_ending || !text[range.end..].starts_with(is_letter);
    starts && ends
}

/// What in a text is against bar 4: the rule and the words.
pub(super) fn against(text: &str, part: Part) -> Vec<(Rule, String)> {
    let text = text.replace('’', "'");
    let lower = text.to_lowercase();
    let mut found: Vec<(Rule, String)> = PHRASES
        .within(&lower)
        .map(|(rule, words)| (rule, words.to_owned()))
        .collect();
    if ["i am ", "i'm "]
        .iter()
        .any(|opening| lower.starts_with(opening))
    {
        found.push((Rule::SelfAssertion, opening(&text, 1)));
    }
    for start in ["why do ", "why did ", "why are you"] {
        if sentence_starts(&lower).any(|sentence| sentence.starts_with(start)) {
            found.push((Rule::Form, start.trim_end().to_owned()));
        }
    }
    found.extend(shouting(&text).map(|words| (Rule::Form, words)));
    found.extend(statistic(&lower, part).map(|words| (Rule::Form, words)));
    found
}

fn sentence_starts(lower: &str) -> impl Iterator<Item = &str> {
    lower.split(['.', '?', '!', '…', ':']).map(str::trim_start)
}

fn opening(text: &str, words: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().take(words + 1).collect();
    words.join(" ")
}

/// An exclamation mark, a pictograph, an address.
fn shouting(text: &str) -> Option<String> {
    let pictograph =
        |c: char| matches!(c, '\u{2600}'..='\u{27BF}' | '\u{1F000}'..='\u{1FAFF}' | '\u{FE0F}');
    if text.contains('!') {
        return Some("!".to_owned());
    }
    if let Some(found) = text.chars().find(|c| pictograph(*c)) {
        return Some(found.to_string());
    }
    let address = |word: &&str| word.contains("://") || word.starts_with("www.");
    text.split_whitespace().find(address).map(str::to_owned)
}

/// Digits that pose as a figure from a study: "80 %", "3 in 4", "7 out of 10".
fn statistic(lower: &str, part: Part) -> Option<String> {
    let words: Vec<&str> = lower.split_whitespace().collect();
    let is_number = |word: &str| word.trim_end_matches('%').parse::<f64>().is_ok();
    let percent = words
        .iter()
        .find(|word| word.ends_with('%') || **word == "percent");
    let share = words.windows(3).find(|three| {
        is_number(three[0])
            && matches!(three[1], "in" | "of")
            && is_number(three[2].trim_end_matches(['.', ',']))
            && part != Part::Step
    });
    let percent = percent.map(|word| (*word).to_owned());
    percent.or_else(|| share.map(|three| three.join(" ")))
}
