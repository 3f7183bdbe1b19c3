//! What works, and probably not as meant: times that will be let go.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{Config, Level, Limit, Reminder, Scope};
use crate::schedule::words::describe_duration;
use crate::schedule::{Occurrence, Seed};
use crate::source::{Diagnostic, Severity};

/// How far ahead times are counted.
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// No reminder's times are followed further: one a minute for a week.
const MOST_TIMES: usize = 7 * 24 * 60;

/// How many of the next week's times of each reminder the hours, the cap or the gap let go, where that is any.
///
/// Times are counted from `now`, in `zone` unless a reminder has its own, before jitter, and as if every prompt were
/// shown at once; those in a planned pause are left out. `salt` is the installation's.
#[must_use]
pub fn advice(config: &Config, now: Timestamp, zone: &TimeZone, salt: u64) -> Vec<Diagnostic> {
    let mut week = Week {
        config,
        zone,
        today: (Date::ZERO, 0),
        last: None,
        tallies: vec![Tally::default(); config.reminders.len()],
    };
    for (at, index) in times(config, now, zone, salt) {
        week.count(at, index);
    }
    let tallies = week.tallies.iter().zip(&config.reminders);
    tallies
        .flat_map(|(tally, reminder)| tally.findings(reminder, config))
        .collect()
}

/// The times of all reminders in the week from `now`, in order, with the reminder's index.
fn times(config: &Config, now: Timestamp, zone: &TimeZone, salt: u64) -> Vec<(Timestamp, usize)> {
    let mut times = Vec::new();
    for (index, reminder) in config.reminders.iter().enumerate() {
        let zone = reminder.zone.as_ref().unwrap_or(zone);
        let seed = Seed {
            salt,
            name: &reminder.name,
        };
        let next = |after: Timestamp| reminder.schedule.next_after(after, zone, seed);
        let all = std::iter::successors(next(now), |Occurrence { at, .. }| next(*at));
        let within = all
            .take_while(|one| one.at.duration_since(now) <= WEEK)
            .take(MOST_TIMES);
        times.extend(within.map(|one| (one.at, index)));
    }
    times.sort_unstable();
    times
}

/// What happens to a time.
enum Fate {
    Shown,
    OutsideHours,
    OverCap,
    InGap,
}

#[derive(Clone, Copy, Default)]
struct Tally {
    all: usize,
    outside_hours: usize,
    over_cap: usize,
    in_gap: usize,
}

struct Week<'a> {
    config: &'a Config,
    zone: &'a TimeZone,
    /// The day counted, and how many were shown on it.
    today: (Date, u32),
    last: Option<Timestamp>,
    /// For each reminder.
    tallies: Vec<Tally>,
}

impl Week<'_> {
    fn count(&mut self, at: Timestamp, index: usize) {
        let reminder = &self.config.reminders[index];
        if self.is_paused(reminder, at) {
            return;
        }
        let fate = self.fate(reminder, at);
        let tally = &mut self.tallies[index];
        tally.all += 1;
        match fate {
            Fate::Shown => {
                self.today.1 += 1;
                self.last = Some(at);
            }
            Fate::OutsideHours => tally.outside_hours += 1,
            Fate::OverCap => tally.over_cap += 1,
            Fate::InGap => tally.in_gap += 1,
        }
    }

    fn is_paused(&self, reminder: &Reminder, at: Timestamp) -> bool {
        self.config.pauses.iter().any(|pause| {
            let silenced = match &pause.scope {
                Scope::All => true,
                Scope::Only(names) => names.contains(&reminder.name),
            };
            silenced && pause.level == Level::Full && pause.in_force(at, self.zone).is_some()
        })
    }

    fn fate(&mut self, reminder: &Reminder, at: Timestamp) -> Fate {
        let config = self.config;
        let local = self.zone.to_datetime(at);
        let day = config.hours.day_of(local);
        if self.today.0 != day {
            self.today = (day, 0);
        }
        let random = reminder.schedule.is_random();
        let hours_bind = config.hours_are_own || reminder.schedule.names_no_hours();
        let since_last = self.last.map(|last| at.duration_since(last));
        if hours_bind && !config.hours.is_active(local) {
            Fate::OutsideHours
        } else if binds(&config.pace.cap, random) && self.today.1 >= config.pace.cap.value {
            Fate::OverCap
        } else if binds(&config.pace.gap, random)
            && since_last.is_some_and(|since| since < config.pace.gap.value)
        {
            Fate::InGap
        } else {
            Fate::Shown
        }
    }
}

/// The default limits hold back only random times.
fn binds<T>(limit: &Limit<T>, random: bool) -> bool {
    limit.own || random
}

impl Tally {
    fn findings(self, reminder: &Reminder, config: &Config) -> Vec<Diagnostic> {
        let cap = config.pace.cap.value;
        let gap = describe_duration(config.pace.gap.value);
        // The default hours are meant to hold back what says nothing about hours.
        let outside = if config.hours_are_own {
            self.outside_hours
        } else {
            0
        };
        let cases = [
            (
                outside,
                "outside the active hours".to_owned(),
                "change its `when`, or the [hours]",
            ),
            (
                self.over_cap,
                format!("over the cap of {cap} a day"),
                "a higher `cap` under [pace], or fewer times, would let all come",
            ),
            (
                self.in_gap,
                format!("within the gap of {gap}"),
                "a shorter `gap` under [pace], or times further apart, would let all come",
            ),
        ];
        let lost = cases.into_iter().filter(|(count, ..)| *count > 0);
        lost.map(|(count, why, hint)| Diagnostic {
            severity: Severity::Warning,
            message: format!(
                "{} of \"{}\" {} {why} and will be let go",
                share(count, self.all),
                reminder.name,
                if count == 1 { "is" } else { "are" }
            ),
            place: Some(reminder.place.clone()),
            hint: Some(hint.to_owned()),
        })
        .collect()
    }
}

fn share(count: usize, all: usize) -> String {
    match (count, all) {
        (1, 1) => "the next week's only time".to_owned(),
        (count, all) if count == all => format!("all of the next week's {all} times"),
        (count, all) => format!("{count} of the next week's {all} times"),
    }
}
