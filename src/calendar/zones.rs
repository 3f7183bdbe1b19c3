//! The zones that a file's times are in.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::str::FromStr;

use calcard::common::timezone::Tz;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::View;
use super::component::{Kind, Parts};
use super::finding::Notes;
use super::vtimezone::{Changes, Defined};

/// A zone: from the IANA database, or as a file defines it.
#[derive(Debug, Clone)]
pub(super) enum Zone {
    Known(TimeZone),
    Defined(Rc<Changes>),
}

impl Zone {
    /// The instant of a wall-clock time: the earlier one of two, and read by the offset before where the clocks skip it,
    /// as RFC 5545 says. None outside the years that can be told.
    pub fn instant(&self, local: DateTime) -> Option<Timestamp> {
        match self {
            Self::Known(zone) => zone.to_timestamp(local).ok(),
            Self::Defined(changes) => changes.instant(local),
        }
    }

    /// The wall clock at an instant.
    pub fn wall_clock(&self, instant: Timestamp) -> DateTime {
        match self {
            Self::Known(zone) => zone.to_datetime(instant),
            Self::Defined(changes) => changes.wall_clock(instant),
        }
    }
}

/// The zones by the names that a file gives them, each looked up once.
#[derive(Debug)]
pub(super) struct Zones<'a> {
    view: &'a View,
    defined: BTreeMap<String, Defined>,
    found: BTreeMap<String, Zone>,
}

impl<'a> Zones<'a> {
    /// With the zones that the file defines itself.
    pub fn new(parts: &Parts<'_>, view: &'a View) -> Self {
        let defined = parts.of_kind(Kind::Zone).filter_map(Defined::read);
        Self {
            view,
            defined: defined.collect(),
            found: BTreeMap::new(),
        }
    }

    /// The zone in force, for times that name none.
    pub fn in_force(&self) -> Zone {
        Zone::Known(self.view.zone.clone())
    }

    /// The zone of this name; an unknown one is the zone in force.
    pub fn named(&mut self, name: &str, notes: &mut Notes) -> Zone {
        if let Some(zone) = self.found.get(name) {
            return zone.clone();
        }
        let zone = self.look_up(name).unwrap_or_else(|| {
            notes.unknown_zone(name);
            self.in_force()
        });
        self.found.insert(name.to_owned(), zone.clone());
        zone
    }

    /// A name that the world knows comes first, as the database knows more than a file does: then the file's definition;
    /// and last what can be made of a name such as "(UTC+01:00) Somewhere", which has no summer time.
    fn look_up(&self, name: &str) -> Option<Zone> {
        let defined = self.defined.get(name);
        let known = || known_anywhere(name).filter(|zone| !is_bare_offset(zone));
        let located = || known_anywhere(defined?.location.as_deref()?);
        if let Some(zone) = known().or_else(located) {
            return Some(Zone::Known(zone));
        }
        let changes = defined.and_then(|defined| defined.changes(self.view.to));
        match changes {
            Some(changes) => Some(Zone::Defined(Rc::new(changes))),
            None => known_anywhere(name).map(Zone::Known),
        }
    }
}

/// By its name in the IANA database, or in what Windows and others call it.
fn known_anywhere(name: &str) -> Option<TimeZone> {
    let iana = |name: &str| jiff::tz::db().get(name).ok();
    let by_others = || {
        let zone = Tz::from_str(name).ok()?;
        iana(&zone.name()?)
    };
    iana(name)
        .or_else(by_others)
        .or_else(|| ends(name).find_map(iana))
}

/// What may be the zone in a name such as `/example.org/20260101/Europe/Berlin` or `tzone://Microsoft/Utc`, longest first.
fn ends(name: &str) -> impl Iterator<Item = &str> {
    let is_path = name.starts_with('/') || name.contains("://");
    let slashes = name.match_indices('/').filter(move |_| is_path);
    slashes.map(|(at, _)| &name[at + 1..])
}

/// "Etc/GMT-1" and the like.
fn is_bare_offset(zone: &TimeZone) -> bool {
    zone.iana_name()
        .is_some_and(|name| name.starts_with("Etc/GMT"))
}
