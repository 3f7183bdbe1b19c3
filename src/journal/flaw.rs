//! What keeps an entry out of the journal: bounds on what a file from elsewhere may bring.

use super::{Content, Entry, VERSION};

/// The longest note, in characters: some twenty pages.
pub const LONGEST_NOTE: usize = 40_000;

/// The longest of an entry's other texts, in characters.
const LONGEST_TEXT: usize = 500;

/// The highest revision: nothing that a file brings keeps a change made here from holding.
const LAST_REVISION: u32 = 1_000_000;

/// The most words, places or topics of a check-in.
const MOST_WORDS: usize = 100;

/// Why an entry cannot be taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// It is of a newer attuned's.
    #[error("it was written by a newer attuned (format {0}; this one knows {VERSION})")]
    Newer(u32),
    /// It was changed more often than can be, or never made.
    #[error("its revision is {0}; 1 is the first, and {LAST_REVISION} the last")]
    Revision(u32),
    /// A note without words.
    #[error("there are no words in it")]
    Empty,
    /// The note is too long.
    #[error("its note has {0} characters; {LONGEST_NOTE} are the most")]
    LongNote(usize),
    /// Another text is too long, or there are too many.
    #[error("its {0} has more in it than an entry can hold")]
    TooMuch(&'static str),
    /// A text has characters that cannot be shown.
    #[error("its {0} has control characters")]
    Control(&'static str),
}

impl Entry {
    /// Whether it can be taken in as it stands.
    ///
    /// # Errors
    /// The first thing that keeps it out.
    pub fn check(&self) -> Result<(), Flaw> {
        if self.version > VERSION {
            return Err(Flaw::Newer(self.version));
        }
        if !(1..=LAST_REVISION).contains(&self.revision) {
            return Err(Flaw::Revision(self.revision));
        }
        for (name, text, most) in [
            ("prompt", self.prompt.as_ref(), LONGEST_TEXT),
            // A person's own prompt may be as long as they like.
            ("asked", self.asked.as_ref(), LONGEST_NOTE),
            ("zone", Some(&self.moment.zone), LONGEST_TEXT),
        ] {
            text.map_or(Ok(()), |text| check_text(name, text, most))?;
        }
        match &self.content {
            Content::Note { note } | Content::Win { note } if note.trim().is_empty() => {
                Err(Flaw::Empty)
            }
            Content::Note { note } | Content::Win { note } => check_note(note),
            Content::CheckIn(check_in) => {
                for (name, list) in [
                    ("words", &check_in.words),
                    ("body", &check_in.body),
                    ("context", &check_in.context),
                    ("need", &check_in.need),
                ] {
                    if list.len() > MOST_WORDS {
                        return Err(Flaw::TooMuch(name));
                    }
                    list.iter()
                        .try_for_each(|text| check_text(name, text, LONGEST_TEXT))?;
                }
                check_in.note.as_deref().map_or(Ok(()), check_note)
            }
        }
    }
}

fn check_text(name: &'static str, text: &str, most: usize) -> Result<(), Flaw> {
    if text.chars().count() > most {
        return Err(Flaw::TooMuch(name));
    }
    check_shown(name, text)
}

fn check_note(note: &str) -> Result<(), Flaw> {
    let length = note.chars().count();
    if length > LONGEST_NOTE {
        return Err(Flaw::LongNote(length));
    }
    check_shown("note", note)
}

fn check_shown(name: &'static str, text: &str) -> Result<(), Flaw> {
    let is_bad = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if text.chars().any(is_bad) {
        return Err(Flaw::Control(name));
    }
    Ok(())
}

#[cfg(test)]
pub(super) mod tests {
    use jiff::tz::TimeZone;

    use super::super::{Channel, CheckIn, EntryId, Moment, Origin};
    use super::*;

    fn entry(content: Content) -> Entry {
        let at = "2026-11-24T10:00:00Z".parse().unwrap();
        Entry {
            version: VERSION,
            id: EntryId::new(at, 7),
            revision: 1,
            moment: Moment::new(at, &TimeZone::UTC),
            origin: Origin::Own,
            channel: Channel::Script,
            prompt: None,
            asked: None,
            content,
        }
    }

    /// A note of one's own.
    pub fn note(note: &str) -> Entry {
        entry(Content::Note { note: note.into() })
    }

    #[test]
    fn words_of_any_script_come_in() {
        for text in ["a", "Zeile\n\tzwei", "🌱 ágnes שלום"] {
            assert_eq!(note(text).check(), Ok(()), "{text}");
        }
        assert_eq!(entry(Content::CheckIn(CheckIn::default())).check(), Ok(()));
    }

    #[test]
    fn what_cannot_be_kept_or_shown_is_told() {
        assert_eq!(note(" \n").check(), Err(Flaw::Empty));
        assert_eq!(note("a\u{1b}[2J").check(), Err(Flaw::Control("note")));
        let long = "é".repeat(LONGEST_NOTE);
        assert_eq!(note(&long).check(), Ok(()));
        assert_eq!(
            note(&(long + "é")).check(),
            Err(Flaw::LongNote(LONGEST_NOTE + 1))
        );
        let newer = Entry {
            version: VERSION + 1,
            ..note("a")
        };
        assert_eq!(newer.check(), Err(Flaw::Newer(VERSION + 1)));
        for revision in [0, LAST_REVISION + 1, u32::MAX] {
            let odd = Entry {
                revision,
                ..note("a")
            };
            assert_eq!(odd.check(), Err(Flaw::Revision(revision)));
        }
        let asked = Entry {
            asked: Some("a\u{7}b".into()),
            ..note("a")
        };
        assert_eq!(asked.check(), Err(Flaw::Control("asked")));
        let asked = |length| Entry {
            asked: Some("é".repeat(length)),
            ..note("a")
        };
        assert_eq!(asked(600).check(), Ok(()), "prompts of one's own are long");
        let too_long = asked(LONGEST_NOTE + 1).check();
        assert_eq!(too_long, Err(Flaw::TooMuch("asked")));
        let words = Content::CheckIn(CheckIn {
            words: vec!["calm".into(); MOST_WORDS + 1],
            ..CheckIn::default()
        });
        assert_eq!(entry(words).check(), Err(Flaw::TooMuch("words")));
        let body = Content::CheckIn(CheckIn {
            body: vec!["x".repeat(LONGEST_TEXT + 1)],
            ..CheckIn::default()
        });
        assert_eq!(entry(body).check(), Err(Flaw::TooMuch("body")));
    }
}
