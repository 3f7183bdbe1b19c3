//! What is wrong, where, and what to do about it.

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::Source;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is wrong; something could be better.
    Advice,
    /// It works, and probably not as meant.
    Warning,
    /// It cannot be used.
    Error,
}

/// A range of bytes in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The text pointed into.
    pub source: Arc<Source>,
    /// The bytes pointed at.
    pub span: Range<usize>,
}

/// One finding: the fact, its place, and the next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// The fact, in plain words, without a full stop.
    pub message: String,
    /// Where, when there is a text to point into.
    pub place: Option<Place>,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// An error with no text to point into, such as a file that cannot be read.
    #[must_use]
    pub fn error(message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            message: printable(message.into()),
            place: None,
            hint: None,
        }
    }

    /// Adds the next step.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The finding on one line: `file:line:column: message`.
    #[must_use]
    pub fn one_line(&self) -> String {
        match &self.place {
            Some(Place { source, span }) => {
                let (line, column) = source.line_and_column(span.start);
                format!("{}:{line}:{column}: {}", source.name, self.message)
            }
            None => self.message.clone(),
        }
    }

    /// Where it is, for a log: the message may repeat words of the text, which may be personal.
    #[must_use]
    pub fn without_words(&self) -> String {
        match &self.place {
            Some(Place { source, span }) => {
                let (line, column) = source.line_and_column(span.start);
                format!("{}:{line}:{column}", source.name)
            }
            None => self.message.clone(),
        }
    }

    /// The finding with its line, a caret and the hint, as a terminal shows it.
    #[must_use]
    pub fn render(&self, colour: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Advice => Level::NOTE.with_name("advice"),
        };
        let title = level.primary_title(self.message.as_str());
        let mut group = match &self.place {
            Some(Place { source, span }) => title.element(
                Snippet::source(source.text.as_ref())
                    .path(source.name.as_str())
                    .annotation(AnnotationKind::Primary.span(span.clone())),
            ),
            None => Group::with_title(title),
        };
        if let Some(hint) = &self.hint {
            group = group.element(Level::HELP.with_name("hint").message(hint.as_str()));
        }
        let renderer = if colour {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        renderer.decor_style(DecorStyle::Ascii).render(&[group])
    }
}

/// Words and names of files are quoted in messages; none of them may steer a terminal.
fn printable(message: String) -> String {
    if !message.contains(char::is_control) {
        return message;
    }
    let mut safe = String::with_capacity(message.len());
    for one in message.chars() {
        if one.is_control() {
            safe.extend(one.escape_default());
        } else {
            safe.push(one);
        }
    }
    safe
}

/// Everything found in one source, gathered while it is read.
#[derive(Debug)]
pub struct Findings {
    source: Arc<Source>,
    found: RefCell<Vec<Diagnostic>>,
    errors: Cell<usize>,
}

impl Findings {
    /// Nothing found yet.
    #[must_use]
    pub fn new(source: Arc<Source>) -> Self {
        Self {
            source,
            found: RefCell::default(),
            errors: Cell::default(),
        }
    }

    /// The text these findings point into.
    #[must_use]
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// A place in this text.
    #[must_use]
    pub fn place(&self, span: Range<usize>) -> Place {
        Place {
            source: Arc::clone(&self.source),
            span,
        }
    }

    /// Adds an error at `span`, with the next step where there is one.
    pub fn error(&self, span: Range<usize>, message: impl Into<String>, hint: Option<String>) {
        self.errors.set(self.errors.get() + 1);
        self.add(Severity::Error, span, message.into(), hint);
    }

    /// Adds a warning at `span`.
    pub fn warning(&self, span: Range<usize>, message: impl Into<String>, hint: Option<String>) {
        self.add(Severity::Warning, span, message.into(), hint);
    }

    fn add(&self, severity: Severity, span: Range<usize>, message: String, hint: Option<String>) {
        let place = self.place(span);
        self.found.borrow_mut().push(Diagnostic {
            severity,
            message: printable(message),
            place: Some(place),
            hint,
        });
    }

    /// Whether an error (more than a warning) was found.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.errors() > 0
    }

    /// How many errors (more than warnings) were found so far.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.errors.get()
    }

    /// All findings, in the order of their places.
    #[must_use]
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        let mut found = self.found.into_inner();
        found.sort_by_key(|one| one.place.as_ref().map_or(0, |place| place.span.start));
        found
    }
}

/// The nearest of `known`: near enough to be a slip of the finger, else the only one that begins like it.
#[must_use]
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let mut known: Vec<&str> = known.into_iter().collect();
    known.sort_unstable();
    known.dedup();
    let distance = |one: &str| strsim::damerau_levenshtein(&word, &one.to_lowercase());
    let slip = known
        .iter()
        .map(|one| (distance(one), *one))
        .filter(|(distance, one)| *distance <= (one.len() / 3).max(1))
        .min_by_key(|(distance, _)| *distance);
    slip.map(|(_, one)| one)
        .or_else(|| the_one_beginning_with(&word, &known))
}

/// A word cut short; a letter or two could begin anything.
fn the_one_beginning_with<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let mut beginning = known
        .iter()
        .filter(|one| one.to_lowercase().starts_with(word));
    match (beginning.next(), beginning.next()) {
        (Some(one), None) if word.chars().count() >= 3 => Some(one),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 4] = ["kind-words", "kind-pause", "name-it", "noticing"];

    #[test]
    fn a_slip_of_the_finger_is_seen() {
        for (typed, meant) in [
            ("kind-wrds", "kind-words"),
            ("Noticing", "noticing"),
            ("anme-it", "name-it"),
            ("kind-puase", "kind-pause"),
        ] {
            assert_eq!(did_you_mean(typed, KNOWN), Some(meant), "{typed}");
        }
        assert_eq!(did_you_mean("sourdough", KNOWN), None);
    }

    #[test]
    fn a_word_cut_short_is_the_one_that_begins_so() {
        assert_eq!(did_you_mean("not", KNOWN), Some("noticing"));
        assert_eq!(did_you_mean("kind", KNOWN), None, "two begin so");
        assert_eq!(did_you_mean("no", KNOWN), None, "too short to say");
    }
}
