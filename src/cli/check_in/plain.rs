//! The check-in line by line: for screen readers, and for terminals that are no screen.

use std::io::{self, BufRead, Read, Write};

use super::choices::{self, ABOUT, BODY, NEED, Said};
use super::place;
use crate::cli::failure::Failure;
use crate::cli::input;
use crate::cli::terminal::Terminal;
use crate::journal::{CheckIn, LONGEST_NOTE, Place, Quick, Scale, feelings};

/// How many words are offered at a time.
const OFFERED: usize = 12;

/// Asks one question after the other; all from the second on where it is known how it is in a word.
///
/// # Errors
/// As the input's; that it ended before the questions did. Then nothing is said.
pub fn ask(
    known: Option<Quick>,
    input: &mut impl BufRead,
    out: &mut Terminal,
) -> Result<CheckIn, Failure> {
    let quick = match known {
        Some(quick) => Some(quick),
        None => match ask_quick(input, out)? {
            Some(said @ (Said::RatherNot | Said::Quick(Quick::TooMuch))) => {
                return Ok(said.check_in());
            }
            Some(Said::Quick(quick)) => Some(quick),
            None => None,
        },
    };
    let pleasant = ask_scale("How pleasant is it?", place::PLEASANT, input, out)?;
    let energy = ask_scale("How much energy is there?", place::ENERGY, input, out)?;
    let at = pleasant.or(energy).map(|_| Place {
        pleasant: pleasant.unwrap_or(Place::MIDDLE.pleasant),
        energy: energy.unwrap_or(Place::MIDDLE.energy),
    });
    let words = ask_words(at, input, out)?;
    let body = ask_list("Where in the body do you notice it?", &BODY, input, out)?;
    let context = ask_list("What is it about?", &ABOUT, input, out)?;
    let need = ask_list("What is needed?", &NEED, input, out)?;
    out.paragraph(
        0,
        "Anything you want to add, in your own words? A line with a full stop alone ends it.",
    )?;
    let note = input::lines(input, LONGEST_NOTE)?;
    Ok(CheckIn {
        quick,
        pleasant,
        energy,
        words,
        body,
        context,
        need,
        note,
        ..CheckIn::default()
    })
}

fn ask_quick(input: &mut impl BufRead, out: &mut Terminal) -> Result<Option<Said>, Failure> {
    out.paragraph(0, "How is it right now? Enter alone skips a question.")?;
    numbered(Said::ALL.map(Said::label), out)?;
    loop {
        let line = line(input, out)?;
        match Said::of(&line) {
            None if !line.is_empty() => {
                out.paragraph(0, "A number from 1 to 4, please, or the word.")?;
            }
            said => return Ok(said),
        }
    }
}

/// One question with an answer of one key, asked once more at the end.
pub fn ask_after(input: &mut impl BufRead, out: &mut Terminal) -> Result<Option<Quick>, Failure> {
    out.paragraph(
        0,
        "And how is it now? 1 okay, 2 hard, 3 too much; Enter alone says nothing.",
    )?;
    match Said::of(&line(input, out)?) {
        Some(Said::Quick(quick)) => Ok(Some(quick)),
        Some(Said::RatherNot) | None => Ok(None),
    }
}

fn ask_scale(
    question: &str,
    words: [&'static str; 5],
    input: &mut impl BufRead,
    out: &mut Terminal,
) -> Result<Option<Scale>, Failure> {
    out.paragraph(0, &format!("{question} Enter alone: rather not say."))?;
    numbered(words, out)?;
    loop {
        let typed = choices::plain(&line(input, out)?);
        if typed.is_empty() || typed == RATHER_NOT {
            return Ok(None);
        }
        let mut all = Scale::ALL.into_iter().zip(words).zip(1..);
        let found = all.find(|((_, word), number)| typed == number.to_string() || typed == *word);
        match found {
            Some(((scale, _), _)) => return Ok(Some(scale)),
            None => out.paragraph(0, "A number from 1 to 5, please, or the words.")?,
        }
    }
}

/// What says nothing about a question, in words.
const RATHER_NOT: &str = "rather not";

fn ask_words(
    at: Option<Place>,
    input: &mut impl BufRead,
    out: &mut Terminal,
) -> Result<Vec<String>, Failure> {
    out.paragraph(
        0,
        "Which words fit? Numbers, words of the list or your own, with commas between; \"near tense\" for \
         words near that one, \"all\" for all of them. Enter alone: rather not say.",
    )?;
    let mut offered = offer(at);
    loop {
        numbered(offered.iter().copied(), out)?;
        let typed = line(input, out)?;
        let plain = choices::plain(&typed);
        if plain == "all" {
            offered = choices::words();
        } else if let Some(word) = plain.strip_prefix("near ") {
            match feelings::place_of(word.trim()) {
                Some(place) => offered = offer(Some(place)),
                None => out.paragraph(0, "That word has no place in the list.")?,
            }
        } else {
            return Ok(picked(&typed, &offered, &choices::words()));
        }
    }
}

fn offer(at: Option<Place>) -> Vec<&'static str> {
    let all = feelings::near(at.unwrap_or(Place::MIDDLE)).into_iter();
    all.map(|one| one.word).take(OFFERED).collect()
}

fn ask_list(
    question: &str,
    list: &[&'static str],
    input: &mut impl BufRead,
    out: &mut Terminal,
) -> Result<Vec<String>, Failure> {
    out.paragraph(
        0,
        &format!("{question} Numbers or words, with commas between. Enter alone: rather not say."),
    )?;
    numbered(list.iter().copied(), out)?;
    Ok(picked(&line(input, out)?, list, list))
}

/// What numbers and words mean, each once; words that are in no list are the person's own.
fn picked(typed: &str, offered: &[&str], all: &[&str]) -> Vec<String> {
    let mut picked: Vec<String> = Vec::new();
    for part in typed.split(',').map(str::trim) {
        let number = part
            .parse::<usize>()
            .ok()
            .and_then(|number| number.checked_sub(1));
        let by_number = number.and_then(|index| offered.get(index));
        let by_word = all
            .iter()
            .find(|word| choices::plain(word) == choices::plain(part));
        let word = by_number.or(by_word).map_or(part, |word| *word);
        let says_nothing = word.is_empty() || choices::plain(word) == RATHER_NOT;
        if !says_nothing && !picked.iter().any(|one| one == word) {
            picked.push(word.chars().take(LONGEST_WORD).collect());
        }
    }
    picked
}

/// The most characters of a word of one's own.
const LONGEST_WORD: usize = 60;

/// One to a line, as readers of screens stop at lines.
fn numbered<'a>(words: impl IntoIterator<Item = &'a str>, out: &mut Terminal) -> io::Result<()> {
    let mut words = (1..).zip(words);
    words.try_for_each(|(number, word)| writeln!(out, "  {number} {word}"))
}

fn line(input: &mut impl BufRead, out: &mut Terminal) -> Result<String, Failure> {
    write!(out, "> ")?;
    out.flush()?;
    let mut line = String::new();
    if input.take(MOST_LINE).read_line(&mut line)? == 0 {
        writeln!(out)?;
        return Err(Failure::refused(
            "the answers ended before the questions did; nothing was kept",
            None,
        ));
    }
    Ok(input::shown(&line).trim().to_owned())
}

/// The longest line that is read, in bytes.
const MOST_LINE: u64 = 16 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_words_are_picked_once_each() {
        let offered = ["tense", "on edge"];
        let all = ["tense", "on edge", "calm"];
        assert_eq!(
            picked(
                "2, TENSE,1, calm , my own thing, on-edge,, 9",
                &offered,
                &all
            ),
            ["on edge", "tense", "calm", "my own thing", "9"]
        );
        assert!(picked("", &offered, &all).is_empty());
        assert!(picked("rather not", &offered, &all).is_empty());
    }
}
