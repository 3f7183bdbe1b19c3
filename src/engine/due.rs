//! Following schedules: what is due, what was missed, and one prompt at most for all that was.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::record::{MissedWhy, Outcome, Record, Trigger};
use super::state::Cursor;
use super::{Engine, Outbox, later};
use crate::config::{Missed, Reminder};
use crate::schedule::random::stable_hash;
use crate::schedule::{Occurrence, Seed, zone_name};

/// How late an occurrence still counts as on time: timers and short stalls, not sleep.
pub(super) const ON_TIME: SignedDuration = SignedDuration::from_secs(60);

/// A second-by-second schedule after a year's sleep: no more than this many occurrences are counted one by one.
const MOST_COUNTED: u32 = 1_000;

/// An occurrence and the instant it is due, jitter included.
#[derive(Debug, Clone, Copy)]
pub(super) struct Due {
    pub occurrence: Occurrence,
    pub at: Timestamp,
}

/// A reminder's occurrences that have come.
struct Passed {
    latest: Due,
    earlier: Option<(Due, u32)>,
}

impl Engine {
    /// The reminder's first occurrence without an outcome.
    pub(super) fn next_due(&self, reminder: &Reminder) -> Option<Due> {
        let zone = self.zone_of(reminder);
        let seed = self.seed_of(reminder);
        let after = self.followed_until(reminder, zone)?;
        let occurrence = reminder.schedule.next_after(after, zone, seed)?;
        let most = u64::try_from(reminder.jitter.as_secs()).unwrap_or(0);
        let jitter = match most {
            0 => 0,
            most => seed
                .draw(&format!("jitter {}", occurrence.local))
                .below(most + 1),
        };
        let jitter = SignedDuration::from_secs(i64::try_from(jitter).unwrap_or(0));
        Some(Due {
            occurrence,
            at: later(occurrence.at, jitter),
        })
    }

    /// After a journey the wall clock shows times that have already been: those are not repeated.
    fn followed_until(&self, reminder: &Reminder, zone: &TimeZone) -> Option<Timestamp> {
        let cursor = self.state.cursors.get(&reminder.name)?;
        if cursor.zone == zone_name(zone, cursor.after) {
            return Some(cursor.after);
        }
        let same_wall_clock = zone.to_timestamp(cursor.local).unwrap_or(cursor.after);
        Some(cursor.after.max(same_wall_clock))
    }

    pub(super) fn zone_of<'a>(&'a self, reminder: &'a Reminder) -> &'a TimeZone {
        reminder.zone.as_ref().unwrap_or(&self.zone)
    }

    pub(super) fn seed_of<'a>(&self, reminder: &'a Reminder) -> Seed<'a> {
        Seed {
            salt: self.state.salt,
            name: &reminder.name,
        }
    }

    /// Starts every new or changed schedule at `now`, and forgets those that are gone.
    pub(super) fn follow_schedules(&mut self, now: Timestamp) {
        // Without any reminder the settings may just be broken: nothing is forgotten yet.
        if self.config.reminders.is_empty() {
            return;
        }
        let mut before = std::mem::take(&mut self.state.cursors);
        for reminder in &self.config.reminders {
            let zone = self.zone_of(reminder);
            let own_zone = reminder.zone.as_ref().map(|zone| zone_name(zone, now));
            let own_zone = own_zone.unwrap_or_default();
            let schedule = stable_hash(&[
                reminder.written.as_bytes(),
                &reminder.jitter.as_secs().to_le_bytes(),
                own_zone.as_bytes(),
            ]);
            let cursor = before
                .remove(&reminder.name)
                .filter(|cursor| cursor.schedule == schedule)
                .unwrap_or_else(|| Cursor {
                    after: now,
                    local: zone.to_datetime(now),
                    zone: zone_name(zone, now),
                    schedule,
                });
            self.state.cursors.insert(reminder.name.clone(), cursor);
        }
    }

    /// Gives every occurrence that has come its outcome, or offers it to be shown.
    pub(super) fn offer_due(&mut self, now: Timestamp, out: &mut Outbox) {
        let config = std::sync::Arc::clone(&self.config);
        let mut on_time = Vec::new();
        let mut late = Vec::new();
        for reminder in &config.reminders {
            let Some(passed) = self.take_passed(reminder, now) else {
                continue;
            };
            if let Some((first, count)) = passed.earlier {
                self.record_missed(reminder, first, count, MissedWhy::Older, now, out);
            }
            if now.duration_since(passed.latest.at) <= ON_TIME {
                on_time.push((reminder, passed.latest));
            } else {
                late.push((reminder, passed.latest));
            }
        }
        let nothing_else =
            on_time.is_empty() && !out.shows_something() && self.waiting().next().is_none();
        let caught_up = self.catch_up(late, nothing_else, now, out);
        for (reminder, due) in on_time.into_iter().chain(caught_up) {
            self.offer(reminder, due, now, out);
        }
    }

    /// Of all that was missed, the latest within its grace; the rest is recorded.
    fn catch_up<'a>(
        &mut self,
        late: Vec<(&'a Reminder, Due)>,
        nothing_else: bool,
        now: Timestamp,
        out: &mut Outbox,
    ) -> Option<(&'a Reminder, Due)> {
        let mut wanted = Vec::new();
        for (reminder, due) in late {
            let grace = reminder.grace;
            if reminder.missed == Missed::Skip {
                self.record_missed(reminder, due, 1, MissedWhy::Skip, now, out);
            } else if now.duration_since(due.at) > grace {
                self.record_missed(reminder, due, 1, MissedWhy::TooLongAgo { grace }, now, out);
            } else {
                wanted.push((reminder, due));
            }
        }
        wanted.sort_by_key(|(_, due)| due.at);
        let latest = if nothing_else { wanted.pop() } else { None };
        for (reminder, due) in wanted {
            self.record_missed(reminder, due, 1, MissedWhy::Together, now, out);
        }
        latest
    }

    /// Moves the reminder's cursor past everything due by `now`.
    fn take_passed(&mut self, reminder: &Reminder, now: Timestamp) -> Option<Passed> {
        let mut passed: Option<Passed> = None;
        let mut counted = 0;
        while let Some(due) = self.next_due(reminder).filter(|due| due.at <= now) {
            counted += 1;
            passed = Some(Passed {
                latest: due,
                earlier: passed.map(|before| match before.earlier {
                    Some((first, count)) => (first, count + 1),
                    None => (before.latest, 1),
                }),
            });
            self.move_cursor(reminder, due.occurrence.at, due.occurrence.local);
            if counted == MOST_COUNTED {
                let recent = now.saturating_sub(reminder.grace).unwrap_or(now);
                self.skip_to(reminder, recent.max(due.occurrence.at));
            } else if counted == 2 * MOST_COUNTED {
                self.skip_to(reminder, now);
            }
        }
        passed
    }

    fn skip_to(&mut self, reminder: &Reminder, at: Timestamp) {
        let local = self.zone_of(reminder).to_datetime(at);
        self.move_cursor(reminder, at, local);
    }

    fn move_cursor(&mut self, reminder: &Reminder, after: Timestamp, local: DateTime) {
        let zone = zone_name(self.zone_of(reminder), after);
        if let Some(cursor) = self.state.cursors.get_mut(&reminder.name) {
            cursor.after = after;
            cursor.local = local;
            cursor.zone = zone;
        }
    }

    fn record_missed(
        &mut self,
        reminder: &Reminder,
        due: Due,
        count: u32,
        why: MissedWhy,
        now: Timestamp,
        out: &mut Outbox,
    ) {
        let mut record = self.new_record(reminder, due);
        record.count = count;
        record.ended_at = Some(now);
        record.outcome = Some(Outcome::Missed(why));
        out.records.push(record);
    }

    /// A record of an occurrence, with nothing decided yet.
    pub(super) fn new_record(&mut self, reminder: &Reminder, due: Due) -> Record {
        let trigger = Trigger::Reminder {
            name: reminder.name.clone(),
            when: reminder.written.clone(),
        };
        let zone = zone_name(self.zone_of(reminder), due.at);
        Record {
            local: due.occurrence.local,
            zone,
            ..self.blank_record(trigger, due.at)
        }
    }

    /// A record with the next id, in the zone in force.
    pub(super) fn blank_record(&mut self, trigger: Trigger, due: Timestamp) -> Record {
        let id = self.state.next_id;
        self.state.next_id += 1;
        Record {
            id,
            trigger,
            due,
            local: self.zone.to_datetime(due),
            zone: zone_name(&self.zone, due),
            count: 1,
            card: None,
            choice: None,
            shown_at: None,
            ended_at: None,
            outcome: None,
            held: None,
        }
    }
}
