//! The library's tests: loading files, and the laws of choosing.

mod choosing;
mod finding;
mod loading;
mod own;
mod preferences;
mod relaxing;
mod schema;
mod translating;
mod year;

use std::sync::Arc;

use jiff::Timestamp;

use super::{
    Choice, Deck, Intensity, LastState, Library, PartOfDay, Rules, Selection, Wish, choose,
};
use crate::source::{Diagnostic, Source};

fn load(files: &[(&str, &str)]) -> (Library, Vec<Diagnostic>) {
    let sources: Vec<Arc<Source>> = files
        .iter()
        .map(|(name, text)| Source::new(*name, (*text).to_owned()))
        .collect();
    Library::load(&sources)
}

/// A person's rules, and what a wish needs beside them.
struct Person {
    library: Library,
    rules: Rules,
    deck: Deck,
    from: Selection,
    excluded: Vec<String>,
    replacing: Option<String>,
    part: PartOfDay,
    state: LastState,
    named: Option<jiff::Timestamp>,
    salt: u64,
    now: Timestamp,
}

impl Person {
    /// With the shipped library, everything let come, and nothing shown so far.
    fn new() -> Person {
        Person::with(Library::shipped())
    }

    /// With nothing but these files.
    fn reading(files: &[(&str, &str)]) -> Person {
        let (library, diagnostics) = load(files);
        assert_eq!(diagnostics, []);
        let mut person = Person::with(library);
        let shipped = Library::shipped();
        person.rules.disable = shipped
            .collections()
            .iter()
            .map(|one| one.id.clone())
            .collect();
        person
    }

    fn with(library: Library) -> Person {
        Person {
            library,
            rules: Rules {
                language: "en".into(),
                enable: vec![],
                disable: vec![],
                weights: [].into(),
                hide: vec![],
                favour: vec![],
                ceiling: Intensity::Deep,
                avoid: vec![],
            },
            deck: Deck::default(),
            from: Selection::default(),
            excluded: vec![],
            replacing: None,
            part: PartOfDay::Day,
            state: LastState::Unknown,
            named: None,
            salt: 1,
            now: "2026-03-02T12:00:00Z".parse().unwrap(),
        }
    }

    fn choose(&self) -> Option<Choice> {
        let wish = Wish {
            now: self.now,
            part: self.part,
            state: self.state,
            energy: None,
            named: self.named,
            rules: &self.rules,
            from: &self.from,
            excluded_tags: &self.excluded,
            salt: self.salt,
            replacing: self.replacing.as_deref(),
        };
        choose(&self.library, &self.deck, &wish)
    }

    /// Chooses and shows.
    fn draw(&mut self) -> Choice {
        let choice = self.choose().expect("something can come");
        self.deck.shown(&self.library, &choice, self.now);
        choice
    }

    fn wait_hours(&mut self, hours: i64) {
        self.now += jiff::SignedDuration::from_hours(hours);
    }

    /// Draws so many, each 50 days after the one before, when no rule about the past binds but the shuffle.
    fn draw_at_leisure(&mut self, count: usize) -> Vec<String> {
        let draw = |_| {
            self.wait_hours(50 * 24);
            self.draw().prompt_id
        };
        (0..count).map(draw).collect()
    }
}

/// A file of so many one-line prompts.
fn lines(count: usize) -> String {
    let lines: Vec<_> = (0..count).map(|n| format!("'line {n}'")).collect();
    format!("prompts = [{}]", lines.join(", "))
}
