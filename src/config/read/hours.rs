//! The `[hours]` table.

use jiff::civil::Weekday;

use crate::config::hours::{ActiveHours, Overlap, clash};
use crate::config::keys;
use crate::schedule::words::{Days, TimeRange, describe_days, parse_time_range};
use crate::source::{Diagnostic, Fields, Located, Place};

/// The keys of `[hours]` and their days, the weakest first.
#[must_use]
pub fn hour_keys() -> [(&'static str, Days); 10] {
    keys::hours().map(|key| (key.name, key.shape.0))
}

/// What each key says; a higher layer's word replaces a lower one's, key by key.
#[derive(Default)]
pub(super) struct HourKeys {
    set: [Option<Written>; 10],
}

#[derive(Clone)]
struct Written {
    ranges: Vec<TimeRange>,
    place: Place,
}

impl HourKeys {
    /// Lays a layer's table over the keys; whether it set any.
    pub fn lay_over(&mut self, mut fields: Fields<'_, '_>) -> bool {
        let mut any = false;
        for (set, (key, _)) in self.set.iter_mut().zip(hour_keys()) {
            if let Some(written) = read_key(&mut fields, key) {
                *set = Some(written);
                any = true;
            }
        }
        fields.finish();
        any
    }

    /// The active hours; days that no key speaks of are silent.
    ///
    /// # Errors
    /// Where a day's last range runs into the next day's first.
    pub fn into_hours(self) -> Result<ActiveHours, Diagnostic> {
        let mut days: [Vec<TimeRange>; 7] = Default::default();
        for (ranges, day) in days.iter_mut().zip(Days::EVERY_DAY.iter()) {
            *ranges = self
                .for_day(day)
                .map(|written| written.ranges.clone())
                .unwrap_or_default();
        }
        ActiveHours::new(days).map_err(|overlap| self.overlap_error(overlap))
    }

    fn for_day(&self, day: Weekday) -> Option<&Written> {
        let strongest_first = self.set.iter().zip(hour_keys()).rev();
        strongest_first
            .filter(|(_, (_, days))| days.contains(day))
            .find_map(|(set, _)| set.as_ref())
    }

    fn overlap_error(&self, overlap: Overlap) -> Diagnostic {
        let (day, next) = (overlap.day, overlap.day.next());
        let message = format!(
            "{}'s {} runs into {}'s {}",
            describe_days(day.into()),
            overlap.earlier,
            describe_days(next.into()),
            overlap.later
        );
        let mut error = Diagnostic::error(message)
            .with_hint("a range past midnight belongs to the day it starts on; end it earlier");
        error.place = self.for_day(day).map(|written| written.place.clone());
        error
    }
}

fn read_key(fields: &mut Fields<'_, '_>, key: &'static str) -> Option<Written> {
    let span = fields.span_of(key);
    let texts = fields.texts(key);
    let parse = |text| fields.parse_piece(text, parse_time_range);
    let mut ranges: Vec<Located<TimeRange>> = texts.iter().filter_map(parse).collect();
    ranges.sort_by_key(|range| range.start);
    ranges.dedup_by(|later, earlier| {
        let Some((fact, hint)) = clash(earlier.value, later.value) else {
            return false;
        };
        let findings = fields.findings();
        findings.error(later.span.clone(), fact, Some(hint.to_owned()));
        true
    });
    Some(Written {
        ranges: ranges.into_iter().map(|range| range.value).collect(),
        place: fields.findings().place(span?),
    })
}
