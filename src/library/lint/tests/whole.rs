//! The bars about a collection or the library as a whole, lengths, and exemptions.

use std::fmt::Write as _;

use super::*;

/// What strictness finds in one file, as far as it is about `rule`.
fn found(rule: Rule, source: &Arc<Source>) -> Vec<String> {
    let report = strict(std::slice::from_ref(source));
    let about = report.findings.into_iter().filter(|one| one.rule == rule);
    about.map(|one| one.words).collect()
}

#[test]
fn lengths_have_their_bounds() {
    let long = |title: usize, text: usize, variant: usize, step: usize| {
        let [title, text, variant, step] =
            [title, text, variant, step].map(|most| "a".repeat(most));
        prompt(&format!(
            "title = {title:?}\ntext = {text:?}\nvariants = [{variant:?}]\nalt = {text:?}\n\
             steps = [{{ text = {step:?}, seconds = 5 }}]"
        ))
    };
    assert_eq!(found(Rule::Length, &long(32, 140, 140, 90)), [""; 0]);
    assert_eq!(
        found(Rule::Length, &long(33, 141, 142, 91)),
        [
            "33 characters, and 32 at most",
            "141 characters, and 140 at most",
            "142 characters, and 140 at most",
            "141 characters, and 140 at most",
            "91 characters, and 90 at most",
        ]
    );
    let worded = |variants: &str| prompt(&format!("text = \"Tea.\"\nvariants = [{variants}]"));
    assert_eq!(found(Rule::Length, &worded("'a', 'b', 'c'")), [""; 0]);
    assert_eq!(
        found(Rule::Length, &worded("'a', 'b', 'c', 'd'")),
        ["4 variants, and 3 at most"]
    );
    // A person's own are the loader's, which warns.
    assert_eq!(advice(&[line(&"a".repeat(141))], true), []);
}

#[test]
fn a_collection_reads_easily_on_the_whole() {
    // Grade 5.145 and grade -1.45, by hand as in the tests of the formula.
    let harder = "\"Somebody remembered you today. Who could it be?\",";
    let easier = "\"The cat sat on the mat.\",";
    let mean_of = |harder_ones: usize| {
        let lines = harder.repeat(harder_ones) + easier;
        found(
            Rule::MeanGrade,
            &collection(&format!("prompts = [{lines}]")),
        )
    };
    // (4 x 5.145 - 1.45) / 5 = 3.83; (5 x 5.145 - 1.45) / 6 = 4.05.
    assert_eq!(mean_of(4), [""; 0]);
    assert_eq!(mean_of(5), ["a mean grade of 4.0, and 4 at most"]);
}

/// How many prompts there are of what.
#[derive(Clone, Copy)]
struct Counts {
    all: usize,
    questions: usize,
    practices: usize,
    affirmations: usize,
    gentle: usize,
    deep: usize,
    self_kindness: usize,
}

/// The least and the most of everything, of 360.
const AT_THE_BOUNDS: Counts = Counts {
    all: 360,
    questions: 126,
    practices: 90,
    affirmations: 90,
    gentle: 216,
    deep: 36,
    self_kindness: 30,
};

impl Counts {
    /// What strictness finds in a library with so many; prompts over and above are check-ins, and medium.
    fn found(self) -> Vec<String> {
        let mut file = String::new();
        for at in 0..self.all {
            let mut from = 0;
            let mut is_one_of = |count: usize| {
                from += count;
                at < from
            };
            let kind = if is_one_of(self.questions) {
                "question"
            } else if is_one_of(self.practices) {
                "practice"
            } else if is_one_of(self.affirmations) {
                "affirmation"
            } else {
                "check-in"
            };
            let intensity = match at {
                at if at < self.gentle => "gentle",
                at if at < self.gentle + self.deep => "deep",
                _ => "medium",
            };
            let component = match at {
                at if at < self.self_kindness => "self-kindness",
                at if at % 2 == 0 => "common-humanity",
                _ => "mindfulness",
            };
            let _ = writeln!(
                file,
                "[[prompt]]\ntext = \"a\"\nkind = {kind:?}\nintensity = {intensity:?}\ncomponent = {component:?}"
            );
        }
        let found = shape::of_library(&sheets(&[collection(&file)]));
        found.into_iter().map(|one| one.words).collect()
    }
}

#[test]
fn the_library_keeps_its_balance() {
    let bounds = AT_THE_BOUNDS;
    assert_eq!(bounds.found(), [""; 0]);
    let cases = [
        (
            Counts {
                questions: 125,
                ..bounds
            },
            "125 questions of 360, and 35 % at least",
        ),
        (
            Counts {
                practices: 89,
                ..bounds
            },
            "89 practices of 360, and 25 % at least",
        ),
        (
            Counts {
                affirmations: 91,
                ..bounds
            },
            "91 affirmations of 360, and 25 % at most",
        ),
        (
            Counts {
                gentle: 215,
                ..bounds
            },
            "215 gentle prompts of 360, and 60 % at least",
        ),
        (
            Counts { deep: 37, ..bounds },
            "37 deep prompts of 360, and 10 % at most",
        ),
        (
            Counts {
                self_kindness: 29,
                ..bounds
            },
            "29 prompts draw on self-kindness, and 30 at least",
        ),
        (
            Counts { all: 359, ..bounds },
            "359 prompts in all, and 360 at least",
        ),
    ];
    for (counts, expected) in cases {
        let found = counts.found();
        assert!(
            found.contains(&expected.to_owned()),
            "{expected}: {found:?}"
        );
    }
}

#[test]
fn what_is_exempt_is_counted_and_what_exempts_nothing_is_told() {
    let exemption = |prompt: &str, rule: &str, words: &str| Exemption {
        prompt: prompt.to_owned(),
        rule: rule.to_owned(),
        words: words.to_owned(),
        reason: "for this test".to_owned(),
    };
    let source = prompt("text = \"You should rest. You must.\"");
    let strict = |exemptions: &[Exemption]| {
        let report = Sheets::of(std::slice::from_ref(&source)).strict_but_for(exemptions.to_vec());
        let wordings = report.findings.iter().map(|one| (one.rule, &*one.words));
        let wordings = wordings.filter(|(rule, _)| *rule == Rule::Controlling);
        let left = wordings
            .map(|(_, words)| words.to_owned())
            .collect::<Vec<_>>();
        (left, report.exempt.len(), report.unused)
    };
    assert_eq!(strict(&[]).0, ["\"should\"", "\"must\""]);

    let of_prompt = exemption("mine/one", "controlling", "should");
    let (left, exempt, unused) = strict(&[of_prompt]);
    assert_eq!(
        (left, exempt, unused),
        (vec!["\"must\"".to_owned()], 1, vec![])
    );
    let of_collection = exemption("mine", "controlling", "");
    assert_eq!(strict(&[of_collection]), (vec![], 2, vec![]));

    for useless in [
        exemption("mine/one", "controlling", "need to"),
        exemption("mine/one", "absolute", "should"),
        exemption("mine/two", "controlling", "should"),
    ] {
        let (left, exempt, unused) = strict(std::slice::from_ref(&useless));
        assert_eq!((left.len(), exempt, unused), (2, 0, vec![useless]));
    }
    let of_another = exemption("other/one", "controlling", "should");
    assert_eq!(strict(&[of_another]).2, [], "that file was not looked at");
}
