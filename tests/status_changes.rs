//! What `status` tells changes by itself only at the moments that [`Engine::next_change`] names.

use std::sync::Arc;

use attuned::config::{self, Level, PauseUntil, Scope};
use attuned::engine::{Command, Effect, Engine, Event, State};
use attuned::library::Library;
use attuned::source::Source;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// Hours past midnight, pauses planned and without end, and prompts that count.
const SETTINGS: &str = r#"
[[reminder]]
name = "often"
when = "every 3 hours between 08:00 and 23:30"
message = "Now."

[hours]
fri = "08:00-01:00"

[pace]
cap = 3

[[pause]]
when = ["mon 09:00-11:00", "sun 01:30-02:30", "2026-10-27"]
only = ["often"]

[[pause]]
when = "every day"
level = "light"
only = ["kind-words"]
"#;

fn engine(zone: &str, now: Timestamp) -> Engine {
    let library = Arc::new(Library::shipped());
    let sources = [Source::new("config.toml", SETTINGS.to_owned())];
    let (config, _) = config::load(&sources, &library).expect("the settings are right");
    let zone = TimeZone::get(zone).expect("the zone is known");
    Engine::new(Arc::new(config), library, zone, State::new(7), now)
}

/// Whatever is shown is on the screen at once.
fn wake(engine: &mut Engine, now: Timestamp) {
    for effect in engine.handle(Event::Wake, now) {
        if let Effect::Show(notice) = effect {
            engine.handle(Event::Shown(notice.delivery), now);
        }
    }
}

/// Ten days in autumn, over the end of summer time, every half an hour: how often the pauses in force changed, and where
/// that came unexpected.
fn changes_of_pauses(zone: &str) -> (usize, Vec<Timestamp>) {
    let start: Timestamp = "2026-10-16T09:00:00Z".parse().expect("an instant");
    let mut engine = engine(zone, start);
    let until = PauseUntil::parse("3d").expect("a length");
    let scope = Scope::Only(vec!["often".into()]);
    let level = Level::Full;
    engine.handle(
        Event::Command(Command::Pause {
            until,
            scope,
            level,
        }),
        start,
    );
    let mut before = engine.pauses_in_force(start);
    let mut expected = engine.next_change(start);
    let (mut changes, mut unexpected) = (0, Vec::new());
    for half_hour in 1..10 * 24 * 2 {
        let now = start + SignedDuration::from_mins(half_hour * 30);
        let is_expected = expected.is_some_and(|at| at <= now);
        let after = engine.pauses_in_force(now);
        if after != before {
            changes += 1;
            unexpected.extend((!is_expected).then_some(now));
        }
        before = after;
        if is_expected {
            expected = engine.next_change(now);
        }
    }
    (changes, unexpected)
}

#[test]
fn no_pause_changes_unexpectedly() {
    let (changes, unexpected) = changes_of_pauses("Europe/Berlin");
    // Ten times the end of "every day" moves; two Sundays and a Monday begin and end.
    assert!(changes >= 10 + 4 + 2, "{changes} changes");
    assert!(unexpected.is_empty(), "{unexpected:?}");
}

#[test]
fn the_day_that_is_counted_ends_with_its_hours() {
    // Friday, 23:00 in Berlin; its hours end on Saturday at 01:00.
    let friday: Timestamp = "2026-10-16T21:00:00Z".parse().expect("an instant");
    let mut engine = engine("Europe/Berlin", friday - SignedDuration::from_mins(1));
    wake(&mut engine, friday);
    assert_eq!(engine.overview(friday).shown_today, 1);
    let over: Timestamp = "2026-10-16T23:00:00Z".parse().expect("an instant");
    let just_before = over - SignedDuration::from_nanos(1);
    assert_eq!(engine.overview(just_before).shown_today, 1);
    assert_eq!(engine.overview(over).shown_today, 0);
    assert_eq!(engine.next_change(just_before), Some(over));
}
