//! All that is shown, before it is put into words.

use std::io;

use serde::Serialize;

use super::everywhere::everywhere;
use crate::cli::terminal::Terminal;
use crate::config::{Country, SupportLine};
use crate::helplines::{Emergency, Entry, Helpline, Helplines, Here, KnownBy};

/// Whom to turn to.
#[derive(Debug)]
pub struct Report<'a> {
    /// The country, where it is known.
    pub here: Option<Here>,
    /// The person's own lines; none where the settings cannot be read.
    pub own: Option<Vec<SupportLine>>,
    /// Everything there is.
    pub helplines: &'a Helplines,
}

/// The keys of `--json`, which stay.
#[derive(Serialize)]
struct Json<'a> {
    country: Option<InJson<'a>>,
    own: Option<&'a [SupportLine]>,
    lines: &'a [Helpline],
    emergency: &'a [Emergency],
    everywhere: Vec<Everywhere>,
}

#[derive(Serialize)]
struct InJson<'a> {
    code: Country,
    /// Null where there are no lines for it.
    name: Option<&'a str>,
    known_by: KnownBy,
}

#[derive(Serialize)]
struct Everywhere {
    case: &'static str,
    what: String,
}

impl Report<'_> {
    /// The country's lines, where there are any.
    pub fn entry(&self) -> Option<&Entry> {
        self.helplines.of(self.here?.country)
    }

    /// As one JSON document.
    ///
    /// # Errors
    /// As the output's.
    pub fn json(&self, out: &mut Terminal) -> io::Result<()> {
        let entry = self.entry();
        let matters = everywhere(entry).into_iter();
        out.json(&Json {
            country: self.here.map(|here| InJson {
                code: here.country,
                name: entry.map(|entry| entry.name.as_str()),
                known_by: here.known_by,
            }),
            own: self.own.as_deref(),
            lines: entry.map_or(&[], |entry| &entry.lines),
            emergency: entry.map_or(&[], |entry| &entry.emergency),
            everywhere: matters
                .map(|matter| Everywhere {
                    case: matter.case,
                    what: matter.what.into_owned(),
                })
                .collect(),
        })
    }
}
