mod likeness;
mod whole;

use std::collections::BTreeSet;

use super::*;

fn sheets(sources: &[Arc<Source>]) -> Vec<Sheet<'_>> {
    Sheets::of(sources).0
}

fn strict(sources: &[Arc<Source>]) -> Report {
    Sheets::of(sources).strict()
}

fn advice(sources: &[Arc<Source>], english: bool) -> Vec<Diagnostic> {
    Sheets::of(sources).advice(english)
}

/// A collection with these prompts, clean but for what is in them.
fn collection(prompts: &str) -> Arc<Source> {
    let text = format!("id = \"mine\"\nlang = \"en\"\n{prompts}");
    Source::new("mine.toml", text)
}

fn prompt(fields: &str) -> Arc<Source> {
    collection(&format!("[[prompt]]\nid = \"one\"\n{fields}\n"))
}

fn line(text: &str) -> Arc<Source> {
    collection(&format!("prompts = [{text:?}]"))
}

/// The rules that a text breaks.
fn broken(source: &Arc<Source>) -> Vec<Rule> {
    let sheets = sheets(std::slice::from_ref(source));
    let mut found = of_texts(&sheets[0]);
    found.extend(shape::ways_out(&sheets[0]));
    found.iter().map(|finding| finding.rule).collect()
}

/// Each rule about single texts: one that breaks it, and one that only comes near.
const BAD_AND_NEAR: &[(Rule, &str, &str)] = &[
    (
        Rule::Controlling,
        "You should rest.",
        "A shoulder can rest.",
    ),
    (
        Rule::Controlling,
        "Don’t forget to eat.",
        "It is fine to forget.",
    ),
    (Rule::Controlling, "You have to go.", "You have a choice."),
    (Rule::Absolute, "It always ends.", "It ends on most ways."),
    (
        Rule::Absolute,
        "Nothing is wrong.",
        "Note a thing that is fine.",
    ),
    (
        Rule::ToxicPositivity,
        "Just relax.",
        "If you like, relax a hand.",
    ),
    (
        Rule::ToxicPositivity,
        "At least you tried.",
        "Trying was the least of it.",
    ),
    (
        Rule::SelfAssertion,
        "I'm calm now.",
        "Is 'I'm calm' true or not?",
    ),
    (
        Rule::SelfAssertion,
        "Listen: you are enough.",
        "Is what you did enough?",
    ),
    (
        Rule::FalseSafety,
        "Here you're safe.",
        "Who feels safe to you?",
    ),
    (
        Rule::FakePerson,
        "I believe in you.",
        "Who believes in you?",
    ),
    (Rule::Clinical, "This will heal.", "The heel of your foot."),
    (Rule::Clinical, "A symptom of it.", "A sign of it."),
    (Rule::Clinical, "Old traumas stir.", "Old fears stir."),
    (Rule::Guilt, "You missed one.", "A dismissed thought."),
    (Rule::Guilt, "Come back soon.", "Look for what came."),
    (Rule::Form, "Well done!", "Well done."),
    (Rule::Form, "A sun ☀ for you.", "A sun for you."),
    (
        Rule::Form,
        "See www.example.org for it.",
        "See what is there.",
    ),
    (Rule::Form, "It helps 80 % of us.", "It helps some of us."),
    (Rule::Form, "True for 3 in 4.", "Breathe in for 4."),
    (Rule::Form, "Why are you sad?", "What makes you sad?"),
    (
        Rule::Form,
        "Today. Why did it hurt?",
        "You may wonder why it hurt.",
    ),
    (
        Rule::Identity,
        "Tell her so.",
        "Tell a friend. There is time.",
    ),
    (Rule::Identity, "Ask your partner.", "Ask a work partner."),
    (Rule::Identity, "Go for a walk.", "Go for some air."),
    (
        Rule::Identity,
        "It is Christmas soon.",
        "It is winter soon.",
    ),
    (
        Rule::Sentences,
        "One. Two. Three. Four.",
        "One. Two. Three.",
    ),
    (
        Rule::Sentences,
        "a b c d e f g h i j k l m n o p q.",
        "a b c d e f g h i j k l m n o p.",
    ),
    // 8 words, 22 syllables: 3.12 + 32.45 - 15.59 = 20.0. 8 words, 13 syllables: 3.12 + 19.18 - 15.59 = 6.7.
    (
        Rule::Grade,
        "Consider several different options carefully before answering anybody.",
        "Consider other ways to answer before this week.",
    ),
    // 7 words say little.
    (
        Rule::Grade,
        "Consider several different options carefully before answering anybody.",
        "Consider several different options carefully before answering.",
    ),
    (
        Rule::LongWords,
        "A situation, a conversation, a day. Each is what it is.",
        "A situation, a talk, a day. Each is what it is.",
    ),
];

#[test]
fn each_word_rule_has_its_bounds() {
    for (rule, bad, near) in BAD_AND_NEAR {
        assert_eq!(
            broken(&line(bad)).into_iter().collect::<BTreeSet<_>>(),
            BTreeSet::from([*rule]),
            "{bad}"
        );
        assert_eq!(broken(&line(near)), [], "{near}");
    }
}

#[test]
fn a_way_out_is_asked_of_practices_and_deep_prompts() {
    let practice = |text: &str| prompt(&format!("kind = \"practice\"\ntext = {text:?}"));
    assert_eq!(broken(&practice("Feel your feet.")), [Rule::WayOut]);
    assert_eq!(broken(&practice("Feel your feet. Stop any time.")), []);
    assert_eq!(
        broken(&practice("Picture a friend.")),
        [Rule::WayOut],
        "a friend is no end"
    );
    let worded = |variant: &str, alt: &str| {
        let text = "kind = \"practice\"\ntext = \"Hum, then stop.\"";
        prompt(&format!("{text}\nvariants = [{variant:?}]\nalt = {alt:?}"))
    };
    assert_eq!(broken(&worded("Hum. Done.", "Tap, or not.")), []);
    assert_eq!(broken(&worded("Hum.", "Tap.")), [Rule::WayOut; 2]);

    let deep = |head: &str, follow_up: &str| {
        let text = "What hurt then?";
        collection(&format!(
            "{head}\n[[prompt]]\nid = \"one\"\nkind = \"question\"\nintensity = \"deep\"\ntext = {text:?}\n{follow_up}"
        ))
    };
    let steady = "follow_up = \"steady-ground/three-things\"";
    assert_eq!(broken(&deep("enabled = false", steady)), []);
    assert_eq!(broken(&deep("enabled = false", "")), [Rule::WayOut]);
    assert_eq!(broken(&deep("", steady)), [Rule::WayOut], "on by default");
}

#[test]
fn texts_that_are_alike_are_found_once_and_across_files() {
    let one = Source::new(
        "one.toml",
        "id = \"one\"\nprompts = [\"What went a bit better than you thought it would?\", \"Name a sound.\"]",
    );
    // The same words, then 6 of 8 runs in common of 10 (0.6), then 3 of 8 and 7, of 12 (0.25).
    let other = Source::new(
        "two.toml",
        "id = \"two\"\nprompts = [\n\
         \"what went a bit better, than you thought it would\",\n\
         \"What went a bit better than you thought last week?\",\n\
         \"So a bit better than you thought, and then some?\",\n]",
    );
    let found = duplicates::alike(&sheets(&[one, other]));
    let found: Vec<_> = found
        .iter()
        .map(|one| {
            (
                one.rule,
                one.place.source.line_and_column(one.place.span.start).0,
            )
        })
        .collect();
    assert_eq!(found, [(Rule::Same, 3), (Rule::Alike, 4)]);
}

#[test]
fn inside_a_collection_less_likeness_is_enough() {
    // 4 runs in common; 8 and 7 runs: 4 of 11 (0.36).
    let lines = [
        "Find one thing here that is blue and old enough.",
        "Find one thing here that is round, or not.",
    ];
    let together = collection(&format!("prompts = {lines:?}"));
    let found = duplicates::alike(&sheets(&[together]));
    assert_eq!(found.len(), 1, "{found:?}");
    let apart = lines.map(line);
    assert_eq!(duplicates::alike(&sheets(&apart)), []);
}

#[test]
fn openings_and_endings_have_a_share_at_most() {
    let numbered = |count: usize, text: &dyn Fn(usize) -> String| {
        let lines: Vec<String> = (0..count).map(text).collect();
        collection(&format!("prompts = {lines:?}"))
    };
    // Of 100 texts, 6 may open alike and 3 may end alike.
    for (opening, ending, expected) in [(6, 3, 0), (7, 3, 1), (6, 5, 2)] {
        let source = numbered(100, &|at| match at {
            at if at < opening => format!("Can you {at}."),
            at if at < opening + ending => format!("O{at} p{at} as you like."),
            at => format!("a{at} b{at} c{at} d{at}."),
        });
        let found = duplicates::openings_and_endings(&sheets(&[source]));
        assert_eq!(found.len(), expected, "{opening} {ending}");
    }
}

#[test]
fn a_collection_rests_on_something_and_has_enough() {
    let eleven = "\"a\", ".repeat(11);
    let source = collection(&format!("prompts = [{eleven}]"));
    let rules = |source: &Arc<Source>| -> Vec<Rule> {
        let sheets = sheets(std::slice::from_ref(source));
        let found = shape::of_collection(&sheets[0]);
        found.iter().map(|one| one.rule).collect()
    };
    assert_eq!(
        rules(&source),
        [Rule::Count, Rule::Evidence, Rule::ClaimsNot]
    );
    let twelve = "\"a\", ".repeat(12);
    let study =
        "[[evidence]]\ncitation = \"A (2000). B. C.\"\ndoi = \"10.1/1\"\nstrength = \"rct\"\n";
    let whole = |evidence: &str| {
        collection(&format!(
            "claims_not = [\"all\"]\nprompts = [{twelve}]\n{evidence}"
        ))
    };
    assert_eq!(rules(&whole(&study.repeat(2))), []);
    assert_eq!(rules(&whole(study)), [Rule::Evidence], "one is not enough");
    let none = "[[evidence]]\nstrength = \"none\"\nnote = \"Nobody has looked.\"\n";
    assert_eq!(rules(&whole(none)), []);
}

#[test]
fn advice_is_no_error_and_names_the_line() {
    let own = collection("prompts = [\n\"You should rest.\",\n\"Tea?\",\n]");
    let found = advice(&[own], true);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].severity, Severity::Advice);
    assert_eq!(
        found[0].one_line(),
        "mine.toml:4:1: you may like to look at this again: \"should\""
    );
}

#[test]
fn english_words_are_looked_for_in_english_alone() {
    let german = Source::new(
        "d.toml",
        "lang = \"de\"\nprompts = [\"Pass auf dich auf, he.\"]",
    );
    assert_eq!(advice(&[german], true), []);
    let practice = Source::new(
        "d.toml",
        "lang = \"de\"\n[[prompt]]\nkind = \"practice\"\ntext = \"Summ, und hör dann auf.\"",
    );
    assert_eq!(advice(&[practice], true), []);
    let unnamed = Source::new("d.toml", "prompts = [\"Pass auf dich auf, he.\"]");
    assert_eq!(advice(std::slice::from_ref(&unnamed), false), []);
    assert_eq!(advice(&[unnamed], true).len(), 1);
}

#[test]
fn every_exemption_names_a_rule_and_gives_a_reason() {
    let names: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.name()).collect();
    assert_eq!(
        names.len(),
        Rule::ALL.len(),
        "each rule has a name of its own"
    );
    for one in exemptions::all() {
        assert!(names.contains(one.rule.as_str()), "{}", one.rule);
        assert!(one.reason.split_whitespace().count() >= 3, "{}", one.prompt);
    }
}

#[test]
fn the_shipped_library_meets_every_bar() {
    let report = shipped();
    let findings: Vec<_> = report
        .findings
        .iter()
        .map(|finding| finding.error().one_line())
        .collect();
    assert_eq!(findings, [""; 0]);
    assert_eq!(report.unused, []);
    assert_eq!(report.exempt.len(), 0, "exemptions are counted");
}
