//! What could not be understood in a file.

use std::fmt;

use super::{Calendar, MOST_MEETINGS, Meeting};

/// What could not be understood in a file, and how far that goes. Tells nothing of what the events are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// It has nothing of a calendar.
    NotACalendar,
    /// It ends in the middle of an event.
    Cut,
    /// So many events have no readable time or rule; they count as free.
    Unreadable(usize),
    /// So many events repeat too often, or by too long a rule, to be followed; they count as free.
    TooOften(usize),
    /// There is no such zone; what names it is read in the zone in force.
    UnknownZone(String),
    /// There are more meetings than anybody has; the rest counts as free.
    TooManyMeetings,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotACalendar => f.write_str("it is not an iCalendar file"),
            Self::Cut => f.write_str("an event in it has no end, so the file may be incomplete"),
            Self::Unreadable(1) => f.write_str("one event in it cannot be understood"),
            Self::Unreadable(count) => write!(f, "{count} events in it cannot be understood"),
            Self::TooOften(1) => f.write_str("one event in it repeats too often to follow"),
            Self::TooOften(count) => write!(f, "{count} events in it repeat too often to follow"),
            Self::UnknownZone(name) => {
                let name = name.escape_debug();
                write!(
                    f,
                    "there is no time zone \"{name}\"; its times are read in yours"
                )
            }
            Self::TooManyMeetings => {
                write!(
                    f,
                    "there are more than {MOST_MEETINGS} meetings in it; the rest is left out"
                )
            }
        }
    }
}

/// No more unknown zones than this are told, and no longer names.
const MOST_ZONES: usize = 5;
const LONGEST_NAME: usize = 64;

/// Findings being gathered.
#[derive(Debug, Default)]
pub(super) struct Notes {
    findings: Vec<Finding>,
    unreadable: usize,
    too_often: usize,
}

impl Notes {
    pub fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    pub fn unreadable(&mut self) {
        self.unreadable += 1;
    }

    pub fn too_often(&mut self) {
        self.too_often += 1;
    }

    pub fn unknown_zone(&mut self, name: &str) {
        let finding = Finding::UnknownZone(name.chars().take(LONGEST_NAME).collect());
        let is_zone = |one: &&Finding| matches!(one, Finding::UnknownZone(_));
        let told = self.findings.iter().filter(is_zone).count();
        if told < MOST_ZONES && !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    pub fn into_calendar(mut self, meetings: Vec<Meeting>) -> Calendar {
        if self.unreadable > 0 {
            self.findings.push(Finding::Unreadable(self.unreadable));
        }
        if self.too_often > 0 {
            self.findings.push(Finding::TooOften(self.too_often));
        }
        Calendar {
            meetings,
            findings: self.findings,
        }
    }
}
