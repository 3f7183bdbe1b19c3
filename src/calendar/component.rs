//! A file taken apart at its seams, so that only one event at a time is in memory as more than text.

use calcard::icalendar::ICalendar;
use calcard::{Entry, Parser};

/// What is looked for in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `VEVENT`.
    Event,
    /// `VTIMEZONE`.
    Zone,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Event => "VEVENT",
            Self::Zone => "VTIMEZONE",
        }
    }
}

/// The parts of a file, each from its `BEGIN` line through its `END` line.
#[derive(Debug)]
pub(super) struct Parts<'a> {
    texts: Vec<(Kind, &'a str)>,
    /// Whether the file ends within a part, as a broken download does.
    pub is_cut: bool,
    /// Whether all of it says that something is called off.
    pub is_cancellation: bool,
}

impl<'a> Parts<'a> {
    /// None where it is no iCalendar file.
    pub fn of(text: &'a str) -> Option<Self> {
        let mut found = Self {
            texts: Vec::new(),
            is_cut: false,
            is_cancellation: false,
        };
        let mut is_calendar = false;
        let mut open: Option<(Kind, usize)> = None;
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let end = start + line.len();
            match (Line::of(line), open) {
                (Line::Begin(kind), None) => open = Some((kind, start)),
                // The one before has no end.
                (Line::Begin(kind), Some(_)) => {
                    found.is_cut = true;
                    open = Some((kind, start));
                }
                (Line::End(ended), Some((kind, begun))) if ended == kind => {
                    found.texts.push((kind, &text[begun..end]));
                    open = None;
                }
                (Line::Calendar, _) => is_calendar = true,
                (Line::Cancellation, None) => found.is_cancellation = true,
                _ => {}
            }
            start = end;
        }
        found.is_cut |= open.is_some();
        is_calendar.then_some(found)
    }

    /// The texts of all parts of a kind.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &'a str> {
        let these = self.texts.iter().filter(move |(other, _)| *other == kind);
        these.map(|(_, text)| *text)
    }
}

/// What a line means for where parts begin and end. Lines that go on from the one before start with a space.
enum Line {
    Calendar,
    Cancellation,
    Begin(Kind),
    End(Kind),
    Other,
}

impl Line {
    fn of(line: &str) -> Self {
        let line = line.trim_start_matches('\u{feff}').trim_end();
        let Some((name, value)) = line.split_once(':') else {
            return Self::Other;
        };
        let kinds = [Kind::Event, Kind::Zone];
        let kind = kinds
            .into_iter()
            .find(|kind| value.eq_ignore_ascii_case(kind.name()));
        let is = |wanted: &str| name.eq_ignore_ascii_case(wanted);
        match kind {
            Some(kind) if is("BEGIN") => Self::Begin(kind),
            Some(kind) if is("END") => Self::End(kind),
            None if is("BEGIN") && value.eq_ignore_ascii_case("VCALENDAR") => Self::Calendar,
            None if is("METHOD") && value.eq_ignore_ascii_case("CANCEL") => Self::Cancellation,
            _ => Self::Other,
        }
    }
}

/// A part's properties, and those of what is inside it.
pub(super) fn parse(text: &str) -> Option<ICalendar> {
    match Parser::new(text).entry() {
        Entry::ICalendar(part) if !part.components.is_empty() => Some(part),
        _ => None,
    }
}
