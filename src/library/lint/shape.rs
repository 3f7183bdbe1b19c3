//! Bars 1, 2, 6 and 7: how many prompts there are of what, how long they are, what they rest on, and how each is left
//! again.

use super::passages::{Entry, Part, Sheet};
use super::readability::words;
use super::{Finding, Rule};
use crate::library::text::{STEP, TEXT, TITLE};
use crate::library::{Component, Intensity, Kind};

/// The least prompts of a collection, and of these.
const LEAST: usize = 12;
const LEAST_OF_THE_FIRST: usize = 24;
const THE_FIRST: [&str; 5] = [
    "kind-words",
    "common-ground",
    "noticing",
    "name-it",
    "steady-ground",
];

/// The least prompts of the library, and of each component of self-compassion.
const LEAST_IN_ALL: usize = 360;
const LEAST_OF_A_COMPONENT: usize = 30;

/// The most variants of a prompt.
const MOST_VARIANTS: usize = 3;

/// Words that tell how to stop, or that it is over by itself, between spaces.
const WAYS_OUT: [&str; 12] = [
    " stop ",
    " stops ",
    " stopping ",
    " stopped ",
    " skip ",
    " leave ",
    " enough ",
    " end ",
    " quit ",
    " done ",
    " let it be ",
    " or not ",
];

/// Texts that are longer than fits for certain, and prompts with many wordings.
pub(super) fn lengths(sheet: &Sheet<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for passage in &sheet.passages {
        let most = match passage.part {
            Part::Title => TITLE,
            Part::Text | Part::Variant | Part::Alt => TEXT,
            Part::Step => STEP,
        };
        let length = passage.text.chars().count();
        if length > most {
            let words = format!("{length} characters, and {most} at most");
            found.push(sheet.finding(Rule::Length, words, passage));
        }
    }
    for prompt in &sheet.prompts {
        let passages = sheet.passages_of(prompt).iter();
        let variants = passages.filter(|one| one.part == Part::Variant).count();
        if variants > MOST_VARIANTS {
            let words = format!("{variants} variants, and {MOST_VARIANTS} at most");
            found.push(sheet.finding_at(Rule::Length, words, &prompt.id, prompt.span.clone()));
        }
    }
    found
}

/// What one collection lacks.
pub(super) fn of_collection(sheet: &Sheet<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut say = |rule, words| found.push(sheet.finding_at(rule, words, "", sheet.head.clone()));
    let least = if THE_FIRST.contains(&sheet.collection.as_str()) {
        LEAST_OF_THE_FIRST
    } else {
        LEAST
    };
    let count = sheet.prompts.len();
    if count < least {
        say(
            Rule::Count,
            format!("{count} prompts, and {least} at least"),
        );
    }
    if sheet.studies < 2 && !sheet.says_why_none {
        say(
            Rule::Evidence,
            format!("{} of 2 sources that can be found", sheet.studies),
        );
    }
    if sheet.claims_not == 0 {
        say(Rule::ClaimsNot, "`claims_not` is empty".to_owned());
    }
    found
}

/// Practices in a wording that does not say how to stop, and deep prompts that lead nowhere steady.
pub(super) fn ways_out(sheet: &Sheet<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for prompt in &sheet.prompts {
        if prompt.kind == Some(Kind::Practice) && sheet.is_english() {
            found.extend(without_a_way_out(sheet, prompt));
        }
        if prompt.intensity == Some(Intensity::Deep) {
            let mut say = |words: &str| {
                let words = words.to_owned();
                found.push(sheet.finding_at(Rule::WayOut, words, &prompt.id, prompt.span.clone()));
            };
            if !sheet.opt_in {
                say("a deep prompt in a collection that is on by default");
            }
            if !leads_to_steady_ground(prompt) {
                say("a deep prompt that steady ground does not follow");
            }
        }
    }
    found
}

/// A practice's wordings come one at a time: each has to say it.
fn without_a_way_out(sheet: &Sheet<'_>, prompt: &Entry) -> impl Iterator<Item = Finding> {
    let passages = sheet.passages_of(prompt).iter();
    let wordings = passages.filter(|one| one.part.is_wording() || one.part == Part::Alt);
    let without = wordings.filter(|one| !names_a_way_out(&one.text));
    without.map(|passage| {
        let words = "a practice that does not say how to stop".to_owned();
        sheet.finding(Rule::WayOut, words, passage)
    })
}

fn names_a_way_out(text: &str) -> bool {
    let text = text.to_lowercase();
    let words: Vec<&str> = words(&text).collect();
    let text = format!(" {} ", words.join(" "));
    WAYS_OUT.iter().any(|way| text.contains(way))
}

fn leads_to_steady_ground(prompt: &Entry) -> bool {
    let to = prompt.follow_up.as_deref();
    to.is_some_and(|to| to.starts_with("steady-ground/"))
}

/// What the library lacks as a whole; said where its first collection stands.
pub(super) fn of_library(sheets: &[Sheet<'_>]) -> Vec<Finding> {
    let Some(first) = sheets.first() else {
        return Vec::new();
    };
    let prompts = || sheets.iter().flat_map(|sheet| &sheet.prompts);
    let all = prompts().count();
    let count = |is: &dyn Fn(&Entry) -> bool| prompts().filter(|one| is(one)).count();
    let kind = |kind| count(&|one| one.kind == Some(kind));
    let intensity = |intensity| count(&|one| one.intensity == Some(intensity));
    let mut found = Vec::new();
    let mut say = |rule, words| found.push(first.finding_at(rule, words, "", first.head.clone()));
    if all < LEAST_IN_ALL {
        say(
            Rule::Count,
            format!("{all} prompts in all, and {LEAST_IN_ALL} at least"),
        );
    }
    for (name, count, percent) in [
        ("questions", kind(Kind::Question), 35),
        ("practices", kind(Kind::Practice), 25),
        ("gentle prompts", intensity(Intensity::Gentle), 60),
    ] {
        if count * 100 < all * percent {
            say(
                Rule::Share,
                format!("{count} {name} of {all}, and {percent} % at least"),
            );
        }
    }
    for (name, count, percent) in [
        ("affirmations", kind(Kind::Affirmation), 25),
        ("deep prompts", intensity(Intensity::Deep), 10),
    ] {
        if count * 100 > all * percent {
            say(
                Rule::Share,
                format!("{count} {name} of {all}, and {percent} % at most"),
            );
        }
    }
    for component in Component::ALL {
        let count = count(&|one| one.component == Some(*component));
        if count < LEAST_OF_A_COMPONENT {
            let words =
                format!("{count} prompts draw on {component}, and {LEAST_OF_A_COMPONENT} at least");
            say(Rule::Share, words);
        }
    }
    found
}
