//! The shipped entries, and their age.

use std::collections::BTreeSet;

use super::*;

/// Nothing was verified before attuned began.
const BEGINNING: Date = jiff::civil::date(2026, 11, 1);

fn is_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (2..=15).contains(&digits)
        && text.chars().all(|c| c.is_ascii_digit() || c == ' ')
        && text.trim() == text
        && !text.contains("  ")
}

/// What every part of an entry has: its pages and its date.
fn sources(entry: &Entry) -> Vec<(&str, Option<&str>, Date)> {
    let lines = entry.lines.iter();
    let lines = lines.map(|one| (&one.source_url, &one.second_url, one.verified_on));
    let numbers = entry.emergency.iter();
    let numbers = numbers.map(|one| (&one.source_url, &one.second_url, one.verified_on));
    lines
        .chain(numbers)
        .map(|(first, second, date)| (first.as_str(), second.as_deref(), date))
        .collect()
}

#[test]
fn every_country_is_there_once_by_its_name_and_whole() {
    let helplines = Helplines::shipped();
    let names: Vec<&str> = helplines
        .countries()
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert!(names.is_sorted(), "{names:?}");
    let codes: BTreeSet<&str> = helplines
        .countries()
        .iter()
        .map(|one| one.code.code())
        .collect();
    assert_eq!(codes.len(), names.len(), "a country is there twice");
    for entry in helplines.countries() {
        let Entry {
            name,
            lines,
            emergency,
            ..
        } = entry;
        assert!(!lines.is_empty() && !emergency.is_empty(), "{name}");
        for line in lines {
            assert!(!line.numbers.is_empty(), "{name}: {}", line.name);
            assert!(!line.hours.is_empty(), "{name}: {}", line.name);
            let note = line.note.as_deref();
            assert!(!line.langs.is_empty() || note.is_some(), "{name}");
            assert!(note.is_none_or(|note| note.ends_with('.')), "{name}");
            for lang in &line.langs {
                let is_code = lang.len() == 2 && lang.chars().all(|c| c.is_ascii_lowercase());
                assert!(is_code, "{name}: {lang}");
            }
        }
        let numbers = lines.iter().flat_map(|line| &line.numbers);
        for number in numbers.chain(emergency.iter().map(|one| &one.number)) {
            assert!(is_number(number), "{name}: {number:?}");
        }
    }
}

#[test]
fn every_entry_has_a_source_and_a_date() {
    for entry in Helplines::shipped().countries() {
        for (first, second, verified_on) in sources(entry) {
            for page in std::iter::once(first).chain(second) {
                let rest = page.strip_prefix("https://");
                let host = rest.and_then(|rest| rest.split('/').next());
                let is_host =
                    |host: &str| host.contains('.') && !host.contains(char::is_whitespace);
                assert!(host.is_some_and(is_host), "{}: {page}", entry.name);
            }
            assert_ne!(Some(first), second, "{}", entry.name);
            let today = crate::clock::now().to_zoned(jiff::tz::TimeZone::UTC).date();
            let tomorrow = today.tomorrow().expect("the end of time is far");
            assert!(
                (BEGINNING..=tomorrow).contains(&verified_on),
                "{}: {verified_on}",
                entry.name
            );
        }
    }
}

#[test]
fn the_american_line_is_not_taken_for_another_countrys() {
    let helplines = Helplines::shipped();
    let has_988 = |entry: &&Entry| {
        let mut numbers = entry.lines.iter().flat_map(|line| &line.numbers);
        numbers.any(|number| number == "988")
    };
    let with: Vec<&str> = helplines
        .countries()
        .iter()
        .filter(has_988)
        .map(|entry| entry.code.code())
        .collect();
    assert_eq!(with, ["CA", "US"], "Canada has a line of its own there");
}

#[test]
fn it_is_old_after_180_days_and_by_its_oldest_part() {
    let mut entry = Helplines::shipped().countries()[0].clone();
    let date = |text: &str| text.parse::<Date>().unwrap();
    for line in &mut entry.lines {
        line.verified_on = date("2026-12-01");
    }
    for number in &mut entry.emergency {
        number.verified_on = date("2026-12-01");
    }
    // Counted by hand: 30 + 31 + 28 + 31 + 30 + 30 = 180 days.
    assert!(!entry.is_old(date("2027-05-30")));
    assert!(entry.is_old(date("2027-05-31")));
    assert!(
        !entry.is_old(date("2026-11-01")),
        "a clock that runs behind"
    );
    entry.emergency[0].verified_on = date("2026-11-01");
    assert_eq!(entry.verified_on(), date("2026-11-01"));
    assert!(entry.is_old(date("2027-05-01")));
}

/// A failing calendar would stop people who change something else, so that it is looked at before a release alone:
/// `.ci/long` runs it.
#[test]
#[ignore = "before a release: it fails when entries grow old"]
fn no_entry_is_old() {
    let today = crate::clock::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let helplines = Helplines::shipped();
    let old: Vec<String> = helplines
        .countries()
        .iter()
        .filter(|entry| entry.is_old(today))
        .map(|entry| format!("{}: verified on {}", entry.name, entry.verified_on()))
        .collect();
    assert!(
        old.is_empty(),
        "over {OLD_AFTER_DAYS} days old in config/helplines.toml; its first lines say how to renew one: {old:#?}"
    );
}
