//! Texts that are alike, against the plain definition: every pair compared, with sets of words.

use std::collections::HashSet;

use super::*;
use crate::schedule::SplitMix64;

fn runs(text: &str) -> HashSet<Vec<&str>> {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(3).map(<[&str]>::to_vec).collect()
}

/// The Jaccard index.
fn likeness(one: &str, other: &str) -> f64 {
    let (one, other) = (runs(one), runs(other));
    let number = |count: usize| f64::from(u32::try_from(count).unwrap());
    let all = number(one.union(&other).count());
    if all == 0.0 {
        0.0
    } else {
        number(one.intersection(&other).count()) / all
    }
}

/// What the lint has to say of the last of `texts`, each with its file.
fn expected(texts: &[(usize, String)]) -> Option<(Rule, usize)> {
    let ((file, text), earlier) = texts.split_last().unwrap();
    if let Some(same) = earlier.iter().position(|(_, other)| other == text) {
        return Some((Rule::Same, same));
    }
    let alike = earlier.iter().enumerate().filter_map(|(at, (its, other))| {
        let likeness = likeness(text, other);
        let bound = if its == file { 0.35 } else { 0.5 };
        (likeness >= bound).then_some((likeness, at))
    });
    let most = alike.max_by(|one, other| one.0.total_cmp(&other.0));
    most.map(|(_, at)| (Rule::Alike, at))
}

#[test]
fn what_is_found_is_what_comparing_every_pair_finds() {
    let mut random = SplitMix64::new(11);
    let mut below = |bound: u64| usize::try_from(random.below(bound)).unwrap();
    let mut texts: Vec<(usize, String)> = Vec::new();
    for file in 0..4 {
        for _ in 0..60 {
            // Few words, so that many runs are common; and texts made of earlier ones.
            let mut words: Vec<String> = match below(2) {
                1 if !texts.is_empty() => {
                    let (_, text) = &texts[below(texts.len() as u64)];
                    text.split_whitespace().map(str::to_owned).collect()
                }
                _ => (0..below(14)).map(|_| format!("w{}", below(5))).collect(),
            };
            for _ in 0..below(4) {
                let at = below(words.len() as u64 + 1);
                words.insert(at, format!("w{}", below(9)));
            }
            texts.push((file, words.join(" ")));
        }
    }
    let sources: Vec<_> = (0..4)
        .map(|file| {
            let lines = texts.iter().filter(|(of, _)| *of == file);
            let lines: Vec<String> = lines.map(|(_, text)| format!("{text:?}")).collect();
            let text = format!("id = \"f{file}\"\nprompts = [\n{}\n]", lines.join(",\n"));
            Source::new(format!("f{file}.toml"), text)
        })
        .collect();

    let place = |at: usize| format!("line {} of f{}.toml", at % 60 + 3, at / 60);
    let expected: Vec<_> = (0..texts.len())
        .filter_map(|at| {
            let (rule, other) = expected(&texts[..=at])?;
            let how = if rule == Rule::Same {
                "the same as"
            } else {
                "nearly"
            };
            Some((place(at), format!("{how} {}", place(other))))
        })
        .collect();
    let found: Vec<_> = duplicates::alike(&sheets(&sources))
        .into_iter()
        .map(|one| {
            let Place { source, span } = one.place;
            let (line, _) = source.line_and_column(span.start);
            (format!("line {line} of {}", source.name), one.words)
        })
        .collect();
    let count = |how: &str| {
        expected
            .iter()
            .filter(|(_, words)| words.starts_with(how))
            .count()
    };
    assert!(
        count("the same") > 10 && count("nearly") > 30,
        "{expected:?}"
    );
    assert_eq!(found, expected);
}
