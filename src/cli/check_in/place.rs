//! The grid of pleasantness and energy.

use crate::cli::input::Editor;
use crate::cli::screen::{Key, Move};
use crate::cli::style::{Style, wrap};
use crate::journal::{Place, Scale, feelings};

/// In words, from the lowest to the highest.
pub const PLEASANT: [&str; 5] = [
    "very unpleasant",
    "unpleasant",
    "neither pleasant nor unpleasant",
    "pleasant",
    "very pleasant",
];

/// In words, from the lowest to the highest.
pub const ENERGY: [&str; 5] = [
    "hardly any energy",
    "little energy",
    "some energy",
    "much energy",
    "very much energy",
];

/// How many lines around the grid tell what up and down mean.
const AROUND: usize = 5;

/// The least width that has room for what left and right mean.
const WIDE: usize = 37;

/// Where a person is on the grid, and what they type to be elsewhere.
#[derive(Debug, Clone)]
pub struct Grid {
    /// The place.
    pub place: Place,
    typed: Editor,
}

impl Default for Grid {
    fn default() -> Self {
        Self {
            place: Place::MIDDLE,
            typed: Editor::new(12),
        }
    }
}

/// "unpleasant, much energy"
#[must_use]
pub fn in_words(place: Place) -> String {
    format!(
        "{}, {}",
        word(PLEASANT, place.pleasant),
        word(ENERGY, place.energy)
    )
}

/// A scale's word.
#[must_use]
pub fn word(words: [&'static str; 5], scale: Scale) -> &'static str {
    let index = Scale::ALL.iter().position(|one| *one == scale);
    words[index.unwrap_or(2)]
}

impl Grid {
    /// What a key does; whether it means anything here.
    pub fn on(&mut self, key: &Key) -> bool {
        match key {
            Key::Move(Move::Left) => self.place.pleasant = step(self.place.pleasant, -1),
            Key::Move(Move::Right) => self.place.pleasant = step(self.place.pleasant, 1),
            Key::Move(Move::Down) => self.place.energy = step(self.place.energy, -1),
            Key::Move(Move::Up) => self.place.energy = step(self.place.energy, 1),
            Key::Char(_) | Key::Erase(_) => {
                self.typed.on(key, usize::MAX);
                self.place = self.meant().map_or(self.place, |(_, place)| place);
                return true;
            }
            _ => return false,
        }
        self.typed.clear();
        true
    }

    /// The first word that begins with what is typed.
    fn meant(&self) -> Option<(&'static str, Place)> {
        let typed = self.typed.text().trim_start().to_lowercase();
        let mut all = feelings::feelings().filter_map(|one| Some((one.word, one.place?)));
        all.find(|(word, _)| !typed.is_empty() && word.starts_with(&typed))
    }

    /// Its lines, and the one the person is on. Where there is not room for all, what the grid means is left to the words
    /// below it.
    #[must_use]
    pub fn draw(&self, rows: usize, width: usize, style: Style) -> (Vec<String>, usize) {
        let below = self.below(width);
        let is_told = rows >= Scale::ALL.len() + AROUND + below.len();
        let mut lines = Vec::new();
        if is_told {
            lines.extend([format!("{:14}more energy", ""), String::new()]);
        }
        let mut focus = 0;
        for energy in Scale::ALL.into_iter().rev() {
            let (left, right) = if energy.value() == 0 && width >= WIDE {
                ("unpleasant", "pleasant")
            } else {
                ("", "")
            };
            let cells = Scale::ALL.map(|pleasant| {
                if self.place == (Place { pleasant, energy }) {
                    focus = lines.len();
                    style.strong("[X]")
                } else {
                    " . ".to_owned()
                }
            });
            lines.push(
                format!("{left:>10}  {}  {right}", cells.concat())
                    .trim_end()
                    .to_owned(),
            );
        }
        if is_told {
            lines.extend([
                String::new(),
                format!("{:14}less energy", ""),
                String::new(),
            ]);
        }
        lines.extend(below);
        (lines, focus)
    }

    /// The place in words, and words near it or what is typed.
    fn below(&self, width: usize) -> Vec<String> {
        let words = match (self.typed.text(), self.meant()) {
            ("", _) => format!("near: {}", self.nearest().join(", ")),
            (typed, Some((word, _))) => format!("{typed}: as {word}"),
            (typed, None) => format!("{typed}: no word begins so"),
        };
        let texts = [in_words(self.place), words];
        let lines = texts
            .iter()
            .flat_map(|text| wrap(text, width.saturating_sub(2)));
        lines.map(|line| format!("  {line}")).collect()
    }

    /// A few words for the place.
    fn nearest(&self) -> Vec<&'static str> {
        let near = feelings::near(self.place).into_iter();
        let words = near.filter(|one| one.place.is_some()).map(|one| one.word);
        words.take(4).collect()
    }
}

fn step(scale: Scale, by: i8) -> Scale {
    Scale::try_from(scale.value() + by).unwrap_or(scale)
}
