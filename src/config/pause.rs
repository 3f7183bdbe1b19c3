//! Pauses planned ahead, and when they hold.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::wall_clock::{first_instant, last_instant};
use super::{Level, PauseTimes, Scope};

/// No end is looked for further ahead: eight weeks.
const HORIZON: SignedDuration = SignedDuration::from_hours(8 * 7 * 24);

/// A pause planned in the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedPause {
    /// A few words for `status`.
    pub reason: Option<String>,
    /// When it holds: whenever one of these does.
    pub times: Vec<PauseTimes>,
    /// How much it silences.
    pub level: Level,
    /// What it silences.
    pub scope: Scope,
}

impl PlannedPause {
    /// When the pause that holds at `now` ends; none where it does not hold.
    ///
    /// Times that touch or overlap are one stretch. One without an end, such as every day, is given an end at least
    /// eight weeks ahead.
    #[must_use]
    pub fn in_force(&self, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let first = self.end_of_stretch_at(now, zone)?;
        let ends = std::iter::successors(Some(first), |end| self.end_of_stretch_at(*end, zone));
        ends.take_while(|end| now.duration_since(*end) >= -HORIZON)
            .last()
            .or(Some(first))
    }

    /// When it next begins, after the stretch that holds at `now` if one does; none where it never does again.
    #[must_use]
    pub fn next_start(&self, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let from = self.in_force(now, zone).unwrap_or(now);
        let starts = self
            .stretches_near(from, zone)
            .into_iter()
            .map(|(start, _)| start);
        starts.filter(|start| *start > from).min()
    }

    /// When [`PlannedPause::in_force`] next answers otherwise than at `now`; none where it never will.
    #[must_use]
    pub fn next_change(&self, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let Some(until) = self.in_force(now, zone) else {
            return self.next_start(now, zone);
        };
        match self.end_of_stretch_at(until, zone) {
            // It has no end: the one it is given moves on with the horizon.
            Some(further) => Some(further.saturating_sub(HORIZON).unwrap_or(until)),
            None => Some(until),
        }
    }

    /// The latest end of the times that hold at `at`.
    fn end_of_stretch_at(&self, at: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let stretches = self.stretches_near(at, zone).into_iter();
        let holding = stretches.filter(|(start, end)| *start <= at && at < *end);
        holding.map(|(_, end)| end).max()
    }

    fn stretches_near(&self, at: Timestamp, zone: &TimeZone) -> Vec<(Timestamp, Timestamp)> {
        let date = zone.to_datetime(at).date();
        let instants = |(start, end)| Some((first_instant(start, zone)?, last_instant(end, zone)?));
        self.times
            .iter()
            .flat_map(|times| times.near(date))
            .filter_map(instants)
            .filter(|(start, end)| start < end)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BERLIN: &str = "Europe/Berlin";

    fn pause(times: &[&str]) -> PlannedPause {
        PlannedPause {
            reason: None,
            times: times
                .iter()
                .map(|text| PauseTimes::parse(text).unwrap())
                .collect(),
            level: Level::Full,
            scope: Scope::All,
        }
    }

    fn until(times: &[&str], now: &str) -> String {
        let zone = TimeZone::get(BERLIN).unwrap();
        written(pause(times).in_force(now.parse().unwrap(), &zone), &zone)
    }

    fn next(times: &[&str], now: &str) -> String {
        let zone = TimeZone::get(BERLIN).unwrap();
        written(pause(times).next_start(now.parse().unwrap(), &zone), &zone)
    }

    fn written(at: Option<Timestamp>, zone: &TimeZone) -> String {
        at.map_or("none".into(), |at| {
            at.display_with_offset(zone.to_offset(at)).to_string()
        })
    }

    // 2026-03-02 is a Monday.
    #[test]
    fn a_weekly_pause_holds_from_its_start_to_just_before_its_end() {
        let planning = ["mon 09:00-11:00"];
        assert_eq!(until(&planning, "2026-03-02T08:59:59.999+01:00"), "none");
        assert_eq!(
            until(&planning, "2026-03-02T09:00:00+01:00"),
            "2026-03-02T11:00:00+01:00"
        );
        assert_eq!(until(&planning, "2026-03-02T11:00:00+01:00"), "none");
        assert_eq!(until(&planning, "2026-03-03T10:00:00+01:00"), "none");
        assert_eq!(
            next(&planning, "2026-03-02T08:00:00+01:00"),
            "2026-03-02T09:00:00+01:00"
        );
        assert_eq!(
            next(&planning, "2026-03-02T10:00:00+01:00"),
            "2026-03-09T09:00:00+01:00"
        );
    }

    #[test]
    fn a_stretch_over_days_and_midnight() {
        let weekend = ["fri 14:00 - mon 08:00"];
        assert_eq!(
            until(&weekend, "2026-03-08T12:00:00+01:00"),
            "2026-03-09T08:00:00+01:00"
        );
        assert_eq!(until(&weekend, "2026-03-09T08:00:00+01:00"), "none");
        let night = ["fri 22:00-01:00"];
        assert_eq!(
            until(&night, "2026-03-07T00:30:00+01:00"),
            "2026-03-07T01:00:00+01:00"
        );
    }

    #[test]
    fn dates_hold_to_their_last_moment() {
        let holidays = ["2026-12-24 to 2027-01-02"];
        assert_eq!(until(&holidays, "2026-12-23T23:59:59+01:00"), "none");
        assert_eq!(
            until(&holidays, "2027-01-02T23:59:59+01:00"),
            "2027-01-03T00:00:00+01:00"
        );
        assert_eq!(
            next(&holidays, "2026-06-01T00:00:00+02:00"),
            "2026-12-24T00:00:00+01:00"
        );
        assert_eq!(next(&holidays, "2026-12-25T00:00:00+01:00"), "none");
        let every_year = ["24 December to 2 January"];
        assert_eq!(
            until(&every_year, "2030-01-01T12:00:00+01:00"),
            "2030-01-03T00:00:00+01:00"
        );
        assert_eq!(
            next(&every_year, "2030-01-01T12:00:00+01:00"),
            "2030-12-24T00:00:00+01:00"
        );
    }

    #[test]
    fn the_leap_day_comes_in_leap_years_only() {
        assert_eq!(
            next(&["29 February"], "2026-03-02T00:00:00+01:00"),
            "2028-02-29T00:00:00+01:00"
        );
        assert_eq!(until(&["29 February"], "2027-03-01T00:00:00+01:00"), "none");
        let winter = ["20 February to 29 February"];
        assert_eq!(
            until(&winter, "2027-02-28T12:00:00+01:00"),
            "2027-03-01T00:00:00+01:00"
        );
    }

    #[test]
    fn touching_times_are_one_stretch() {
        let days = ["sat", "sun", "mon 00:00-08:00"];
        assert_eq!(
            until(&days, "2026-03-07T10:00:00+01:00"),
            "2026-03-09T08:00:00+01:00"
        );
        assert_eq!(
            next(&days, "2026-03-07T10:00:00+01:00"),
            "2026-03-14T00:00:00+01:00"
        );
        assert_eq!(
            until(&["12:00-13:00", "12:30-14:00"], "2026-03-07T12:15:00+01:00"),
            "2026-03-07T14:00:00+01:00"
        );
    }

    #[test]
    fn a_pause_without_end_is_given_one() {
        // Eight weeks after 2 March, 00:00 CET, is 27 April, 01:00 CEST; the last midnight before that.
        let found = until(&["every day"], "2026-03-02T00:00:00+01:00");
        assert_eq!(found, "2026-04-27T00:00:00+02:00");
    }

    #[test]
    fn what_holds_changes_at_the_start_at_the_end_and_where_the_given_end_moves() {
        let zone = TimeZone::get(BERLIN).unwrap();
        let change = |times: &[&str], now: &str| {
            written(pause(times).next_change(now.parse().unwrap(), &zone), &zone)
        };
        let planning = ["mon 09:00-11:00"];
        for (now, expected) in [
            ("2026-03-02T08:00:00+01:00", "2026-03-02T09:00:00+01:00"),
            ("2026-03-02T09:00:00+01:00", "2026-03-02T11:00:00+01:00"),
            ("2026-03-02T11:00:00+01:00", "2026-03-09T09:00:00+01:00"),
        ] {
            assert_eq!(change(&planning, now), expected, "{now}");
        }
        assert_eq!(change(&["2025-12-24"], "2026-03-02T08:00:00+01:00"), "none");
        // Eight weeks before 28 April, 00:00 CEST, it is 2 March, 23:00 CET.
        let always = ["every day"];
        let moves = "2026-03-02T23:00:00+01:00";
        assert_eq!(change(&always, "2026-03-02T00:00:00+01:00"), moves);
        assert_eq!(
            until(&always, "2026-03-02T22:59:59+01:00"),
            "2026-04-27T00:00:00+02:00"
        );
        assert_eq!(until(&always, moves), "2026-04-28T00:00:00+02:00");
    }

    // In Berlin, 02:00 becomes 03:00 on 2026-03-29, and 03:00 becomes 02:00 on 2026-10-25.
    #[test]
    fn a_change_of_the_clocks_neither_shortens_nor_breaks_a_pause() {
        let into_gap = ["sun 01:00-02:30"];
        assert_eq!(
            until(&into_gap, "2026-03-29T01:30:00+01:00"),
            "2026-03-29T03:00:00+02:00"
        );
        let in_gap = ["sun 02:00-03:00"];
        assert_eq!(until(&in_gap, "2026-03-29T03:00:00+02:00"), "none");
        assert_eq!(
            next(&in_gap, "2026-03-28T12:00:00+01:00"),
            "2026-04-05T02:00:00+02:00"
        );
        let into_fold = ["sun 01:00-02:30"];
        assert_eq!(
            until(&into_fold, "2026-10-25T02:45:00+02:00"),
            "2026-10-25T02:30:00+01:00"
        );
        let over_fold = ["sat 23:00 - sun 09:00"];
        assert_eq!(
            until(&over_fold, "2026-10-25T02:30:00+01:00"),
            "2026-10-25T09:00:00+01:00"
        );
    }
}
