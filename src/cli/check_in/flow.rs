//! The check-in as screens: one question each, back with Esc, on with Enter, and nothing is timed.

use super::choices::{self, ABOUT, BODY, NEED, Said};
use super::picker::{Picker, Picking};
use super::place::{self, Grid};
use crate::cli::input::{self, Editor};
use crate::cli::screen::{Frame, Key, Move, Size, Step, View};
use crate::cli::style::{Style, wrap};
use crate::journal::{CheckIn, LONGEST_NOTE, Quick};

/// Where in the check-in a person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Quick,
    Place,
    Words,
    Body,
    About,
    Need,
    Note,
    Summary,
}

impl Stage {
    const ALL: [Self; 8] = [
        Self::Quick,
        Self::Place,
        Self::Words,
        Self::Body,
        Self::About,
        Self::Need,
        Self::Note,
        Self::Summary,
    ];

    fn step(self, by: isize) -> Self {
        let place = Self::ALL.iter().position(|one| *one == self).unwrap_or(0);
        let place = place.saturating_add_signed(by).min(Self::ALL.len() - 1);
        Self::ALL[place]
    }

    fn question(self) -> &'static str {
        match self {
            Self::Quick => "How is it right now?",
            Self::Place => "Where would you put it?",
            Self::Words => "Which words fit? As many as you like.",
            Self::Body => "Where in the body do you notice it?",
            Self::About => "What is it about?",
            Self::Need => "What is needed?",
            Self::Note => "Anything you want to add, in your own words?",
            Self::Summary => "This is what you said.",
        }
    }
}

/// A check-in under way.
#[derive(Debug, Clone)]
pub struct Flow {
    stage: Stage,
    /// Where it began: what was said before is not asked again.
    first: Stage,
    /// The line among [`Said::ALL`].
    at: usize,
    said: Option<Quick>,
    grid: Grid,
    /// Whether the person put it anywhere.
    is_placed: bool,
    words: Picker,
    body: Picker,
    about: Picker,
    need: Picker,
    note: Editor,
}

impl Flow {
    /// From the first question on; from the second where it is known how it is in a word.
    #[must_use]
    pub fn new(said: Option<Quick>) -> Self {
        let first = if said.is_some() {
            Stage::Place
        } else {
            Stage::Quick
        };
        Self {
            stage: first,
            first,
            at: 0,
            said,
            grid: Grid::default(),
            is_placed: false,
            words: Picker::new(&choices::words()),
            body: Picker::new(&BODY),
            about: Picker::new(&ABOUT),
            need: Picker::new(&NEED),
            note: Editor::new(LONGEST_NOTE),
        }
    }

    /// What was said so far.
    fn check_in(&self) -> CheckIn {
        let place = self.is_placed.then_some(self.grid.place);
        let note = self.note.text().trim();
        CheckIn {
            quick: self.said,
            pleasant: place.map(|place| place.pleasant),
            energy: place.map(|place| place.energy),
            words: self.words.picked().to_vec(),
            body: self.body.picked().to_vec(),
            context: self.about.picked().to_vec(),
            need: self.need.picked().to_vec(),
            note: (!note.is_empty()).then(|| note.to_owned()),
            ..CheckIn::default()
        }
    }

    /// Whether every question was skipped.
    fn says_nothing(&self) -> bool {
        self.check_in() == CheckIn::default()
    }

    fn picker(&mut self) -> Option<&mut Picker> {
        match self.stage {
            Stage::Words => Some(&mut self.words),
            Stage::Body => Some(&mut self.body),
            Stage::About => Some(&mut self.about),
            Stage::Need => Some(&mut self.need),
            Stage::Quick | Stage::Place | Stage::Note | Stage::Summary => None,
        }
    }

    fn go_on(&mut self) {
        if self.stage == Stage::Place && self.is_placed {
            self.words
                .sort_near(self.grid.place, &place::in_words(self.grid.place));
        }
        self.stage = self.stage.step(1);
    }

    /// Back by a step; out of the first one where nothing was kept yet.
    fn go_back(&mut self) -> Step<Option<CheckIn>> {
        if self.stage == self.first {
            return Step::Done(None);
        }
        self.stage = self.stage.step(-1);
        Step::Stay
    }

    /// "Rather not" to this question: nothing is said about it.
    fn skip(&mut self) {
        match self.stage {
            Stage::Quick => self.said = None,
            Stage::Place => self.is_placed = false,
            Stage::Note => self.note.clear(),
            _ => {
                if let Some(picker) = self.picker() {
                    picker.drop_all();
                }
            }
        }
        self.go_on();
    }

    fn on_quick(&mut self, key: &Key) -> Step<Option<CheckIn>> {
        let said = match key {
            Key::Move(Move::Up | Move::Left) => {
                self.at = self.at.saturating_sub(1);
                return Step::Stay;
            }
            Key::Move(Move::Down | Move::Right) => {
                self.at = (self.at + 1).min(Said::ALL.len() - 1);
                return Step::Stay;
            }
            Key::Esc | Key::End => return Step::Done(None),
            Key::Enter => Some(Said::ALL[self.at]),
            Key::Tab => {
                self.skip();
                return Step::Stay;
            }
            Key::Char(c) => Said::of(&c.to_string()),
            _ => None,
        };
        match said {
            None => Step::Stay,
            // No more questions.
            Some(said @ (Said::RatherNot | Said::Quick(Quick::TooMuch))) => {
                Step::Done(Some(said.check_in()))
            }
            Some(Said::Quick(quick)) => {
                self.said = Some(quick);
                self.go_on();
                Step::Stay
            }
        }
    }

    fn on_place(&mut self, key: &Key) -> Step<Option<CheckIn>> {
        match key {
            Key::Enter => {
                self.is_placed = true;
                self.go_on();
            }
            Key::Esc => return self.go_back(),
            key => {
                self.grid.on(key);
            }
        }
        Step::Stay
    }

    fn on_picker(&mut self, key: &Key) -> Step<Option<CheckIn>> {
        match self.picker().map(|picker| picker.on(key)) {
            Some(Picking::Next) => self.go_on(),
            Some(Picking::Back) => return self.go_back(),
            Some(Picking::Here | Picking::Unknown) | None => {}
        }
        Step::Stay
    }

    fn on_note(&mut self, key: &Key, size: Size) -> Step<Option<CheckIn>> {
        match key {
            Key::Esc => return self.go_back(),
            Key::Enter | Key::LineBreak => self.note.insert("\n"),
            key => {
                self.note.on(key, size.text_width());
            }
        }
        Step::Stay
    }

    fn hint(&self) -> String {
        let picker = |picker: &Picker| {
            if picker.is_narrowed() {
                picker.hint().to_owned()
            } else {
                format!("{} Enter goes on. {ALWAYS}", picker.hint())
            }
        };
        match self.stage {
            Stage::Quick => {
                "A number, a letter, or the arrow keys and Enter. Tab skips it. Esc leaves it."
                    .to_owned()
            }
            Stage::Place => {
                format!("Arrow keys move, or type a word for it. Enter goes on. {ALWAYS}")
            }
            Stage::Words => picker(&self.words),
            Stage::Body => picker(&self.body),
            Stage::About => picker(&self.about),
            Stage::Need => picker(&self.need),
            Stage::Note => {
                "Enter begins a new line. Ctrl-D: done. Tab: rather not. Esc: back.".to_owned()
            }
            Stage::Summary if self.says_nothing() => {
                "Enter leaves it there, and nothing is kept. Esc goes back.".to_owned()
            }
            Stage::Summary => {
                "Enter keeps it. Esc goes back. Ctrl-C leaves it, and nothing is kept.".to_owned()
            }
        }
    }

    fn body(&self, room: usize, width: usize, style: Style) -> (Vec<String>, usize) {
        match self.stage {
            Stage::Quick => (self.draw_quick(style), self.at),
            Stage::Place => self.grid.draw(room, width, style),
            Stage::Words => self.words.draw(room, width, style),
            Stage::Body => self.body.draw(room, width, style),
            Stage::About => self.about.draw(room, width, style),
            Stage::Need => self.need.draw(room, width, style),
            Stage::Note => (Vec::new(), 0),
            Stage::Summary if self.says_nothing() => (vec!["  Nothing yet.".to_owned()], 0),
            Stage::Summary => (summary(&self.check_in(), width), 0),
        }
    }

    fn draw_quick(&self, style: Style) -> Vec<String> {
        let all = Said::ALL.iter().enumerate();
        all.map(|(index, said)| {
            let line = format!("{}  {}", index + 1, said.label());
            if index == self.at {
                style.strong(&format!("> {line}"))
            } else {
                format!("  {line}")
            }
        })
        .collect()
    }
}

/// What two keys do in every question.
const ALWAYS: &str = "Tab: rather not. Esc: back. Ctrl-D: that is enough.";

/// What was said, line by line.
#[must_use]
pub fn summary(said: &CheckIn, width: usize) -> Vec<String> {
    let mut facts = Vec::new();
    facts.extend(
        said.quick
            .map(|quick| Said::Quick(quick).label().to_owned()),
    );
    facts.extend(
        said.pleasant
            .map(|one| place::word(place::PLEASANT, one).to_owned()),
    );
    facts.extend(
        said.energy
            .map(|one| place::word(place::ENERGY, one).to_owned()),
    );
    let mut lines = vec![facts.join(", ")];
    for (name, list) in [
        ("Words", &said.words),
        ("In the body", &said.body),
        ("About", &said.context),
        ("Needed", &said.need),
    ] {
        if !list.is_empty() {
            lines.push(format!("{name}: {}", list.join(", ")));
        }
    }
    lines.extend(said.note.clone());
    let lines = lines.iter().filter(|line| !line.is_empty());
    let wrapped = lines.flat_map(|line| wrap(line, width.saturating_sub(2)));
    wrapped
        .map(|line| format!("  {line}").trim_end().to_owned())
        .collect()
}

impl View for Flow {
    type Outcome = Option<CheckIn>;

    fn on(&mut self, key: Key, size: Size) -> Step<Option<CheckIn>> {
        match (self.stage, &key) {
            (Stage::Quick, key) => self.on_quick(key),
            (Stage::Summary, Key::Enter | Key::End) => {
                Step::Done((!self.says_nothing()).then(|| self.check_in()))
            }
            (Stage::Summary, Key::Esc) => self.go_back(),
            (Stage::Summary, _) => Step::Stay,
            (_, Key::End) => {
                // What is on the screen was seen, and is meant.
                self.is_placed |= self.stage == Stage::Place;
                self.stage = Stage::Summary;
                Step::Stay
            }
            (_, Key::Tab) => {
                self.skip();
                Step::Stay
            }
            (Stage::Place, key) => self.on_place(key),
            (Stage::Note, key) => self.on_note(key, size),
            (Stage::Words | Stage::Body | Stage::About | Stage::Need, key) => self.on_picker(key),
        }
    }

    fn draw(&self, size: Size, style: Style) -> Frame {
        let question = self.stage.question();
        if self.stage == Stage::Note {
            return input::draw(question, &self.note, &self.hint(), size, style);
        }
        let width = size.text_width();
        let mut lines: Vec<String> = wrap(question, width)
            .iter()
            .map(|line| style.strong(line))
            .collect();
        lines.push(String::new());
        let foot = wrap(&self.hint(), width);
        let around = lines.len() + foot.len() + 1;
        let (body, focus) = self.body(size.rows.saturating_sub(around), width, style);
        let focus = lines.len() + focus;
        lines.extend(body);
        lines.push(String::new());
        lines.extend(foot.iter().map(|line| style.dim(line)));
        Frame {
            lines,
            cursor: None,
            focus,
        }
    }

    fn left(&self) -> Option<&str> {
        Some("Nothing was kept.")
    }
}

#[cfg(test)]
mod tests;
