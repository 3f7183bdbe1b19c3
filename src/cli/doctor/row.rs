//! What a check found.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What was looked at, in a word or two.
    pub check: &'static str,
    /// Whether it is well.
    pub verdict: Verdict,
    /// What is so.
    pub fact: String,
    /// The same without what is a person's own, where `fact` has any: names, words, paths.
    anonymous: Option<String>,
}

/// Whether it is well. What is not comes with the next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is.
    Ok,
    /// It works, and is worth a look.
    Warn {
        /// What to do.
        next: String,
    },
    /// It does not work.
    Fail {
        /// What helps.
        next: String,
    },
    /// It cannot be told here.
    Unknown {
        /// How to know, where there is a way.
        next: Option<String>,
    },
}

impl Row {
    /// It is well.
    pub fn ok(check: &'static str, fact: impl Into<String>) -> Self {
        Self::new(check, fact, Verdict::Ok)
    }

    /// It works, and is worth a look.
    pub fn warn(check: &'static str, fact: impl Into<String>, next: impl Into<String>) -> Self {
        let next = next.into();
        Self::new(check, fact, Verdict::Warn { next })
    }

    /// It does not work.
    pub fn fail(check: &'static str, fact: impl Into<String>, next: impl Into<String>) -> Self {
        let next = next.into();
        Self::new(check, fact, Verdict::Fail { next })
    }

    /// It cannot be told.
    pub fn unknown(check: &'static str, fact: impl Into<String>) -> Self {
        Self::new(check, fact, Verdict::Unknown { next: None })
    }

    /// A way to know, for what cannot be told.
    #[must_use]
    pub fn with_way(self, next: impl Into<String>) -> Self {
        let next = Some(next.into());
        Self {
            verdict: Verdict::Unknown { next },
            ..self
        }
    }

    fn new(check: &'static str, fact: impl Into<String>, verdict: Verdict) -> Self {
        Self {
            check,
            verdict,
            fact: fact.into(),
            anonymous: None,
        }
    }

    /// With words for a bug report, as the fact holds something of the person's own.
    #[must_use]
    pub fn anonymously(self, fact: impl Into<String>) -> Self {
        Self {
            anonymous: Some(fact.into()),
            ..self
        }
    }

    /// The fact for a bug report.
    #[must_use]
    pub fn anonymous_fact(&self) -> &str {
        self.anonymous.as_deref().unwrap_or(&self.fact)
    }
}

impl Verdict {
    /// As it stands in the table.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn { .. } => "warn",
            Self::Fail { .. } => "fail",
            Self::Unknown { .. } => "unknown",
        }
    }

    /// The next step.
    #[must_use]
    pub fn next(&self) -> Option<&str> {
        match self {
            Self::Ok => None,
            Self::Warn { next } | Self::Fail { next } => Some(next),
            Self::Unknown { next } => next.as_deref(),
        }
    }
}

/// The keys of `--json`, which stay.
impl Serialize for Row {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(4))?;
        map.serialize_entry("check", self.check)?;
        map.serialize_entry("verdict", self.verdict.word())?;
        map.serialize_entry("fact", &self.fact)?;
        map.serialize_entry("next", &self.verdict.next())?;
        map.end()
    }
}
