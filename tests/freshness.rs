//! A year with the shipped library at the pace of the defaults, and at six prompts a day: how fresh it stays.

use std::sync::Arc;

use attuned::config;
use attuned::engine::{Engine, State};
use attuned::library::{Freshness, Library, Repeat, Showing};
use attuned::source::Source;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// A year from the first of January on, for a person with this salt, if nobody answers.
fn year(settings: &str, salt: u64) -> Freshness {
    let library = Library::shipped();
    let layers = [Source::new("config.toml", settings.to_owned())];
    let (config, _) = config::load(&layers, &library).expect("the settings are right");
    let zone = TimeZone::get("Europe/Berlin").expect("the zone is known");
    let start: Timestamp = "2026-01-01T00:00:00Z".parse().expect("a time");
    let engine = Engine::new(
        Arc::new(config),
        Arc::new(library),
        zone,
        State::new(salt),
        start,
    );
    let preview = engine.preview(start, start + DAY * 365);
    assert!(preview.complete);
    let showings = preview.planned.iter().filter_map(|one| {
        let card = one.record.card.as_ref()?;
        Some(Showing {
            at: one.at,
            prompt: card.prompt.clone()?,
            kind: card.kind,
            relaxed: one.record.choice.as_ref()?.is_relaxed(),
        })
    });
    Freshness::of(&showings.collect::<Vec<_>>())
}

/// Some people, who differ in nothing but their shuffles; `SIMULATED_LIVES` sets how many (default 3).
fn years(settings: &str) -> Vec<Freshness> {
    let lives = std::env::var("SIMULATED_LIVES").map_or(3, |text| text.parse().unwrap());
    (0..lives).map(|salt| year(settings, salt)).collect()
}

fn at_least(repeat: Option<&Repeat>, days: i32) -> bool {
    repeat.is_none_or(|repeat| repeat.after >= DAY * days)
}

#[test]
fn at_the_pace_of_the_defaults_nothing_comes_back_soon() {
    for year in years("") {
        assert_eq!(year.shown, 2 * 365);
        assert!(at_least(year.nearest_repeat.as_ref(), 45), "{year:?}");
        assert!(at_least(year.nearest_check_in.as_ref(), 4), "{year:?}");
        keeps_the_rules(&year);
        // An equal share of the 20 collections is 18 of the 365; a rare one has less, and none has more than twice that.
        assert!(
            year.shares.len() == 20 && year.shares.values().all(|count| (3..=37).contains(count))
        );
    }
}

#[test]
fn at_six_a_day_a_prompt_rests_until_most_of_its_deck_has_come() {
    let six = "[[reminder]]\nname = \"six\"\n\
               when = \"6 times a day between 09:00 and 21:00, at least 90 minutes apart\"\n";
    for year in years(six) {
        assert_eq!(year.shown, 6 * 365);
        // The smallest deck in its part of the day has 8 prompts: 80 % of the other 7 are 6, and they come 2 days apart.
        assert!(at_least(year.nearest_repeat.as_ref(), 12), "{year:?}");
        keeps_the_rules(&year);
        let all: usize = year.shares.values().sum();
        assert!(
            year.shares.values().all(|count| count * 100 <= all * 7),
            "{year:?}"
        );
    }
}

/// What holds at any pace that the library can keep up with.
fn keeps_the_rules(year: &Freshness) {
    assert!(at_least(year.nearest_of_collection.as_ref(), 2), "{year:?}");
    assert!(
        year.longest_run.is_some_and(|run| run.length <= 2),
        "{year:?}"
    );
    assert_eq!(year.relaxed, 0, "no rule is set aside");
    // At most one in 30 days.
    assert!(year.shares["finding-help"] <= 13, "{year:?}");
}
