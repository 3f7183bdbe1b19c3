//! `attuned hours`: when attuned may speak, shown and changed.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;

use clap::Args;
use serde::Serialize;
use toml_edit::{Array, DocumentMut, Value};

use super::changed::{self, About};
use super::failure::Failure;
use super::pauses::listed;
use super::setup::Setup;
use super::terminal::Terminal;
use crate::config::{Config, clash, hour_keys};
use crate::schedule;
use crate::schedule::words::{Days, TimeRange, parse_time_range};
use crate::settings::edit::{self, Edit, OwnFile, Written};
use crate::source::did_you_mean;

/// When attuned may speak: show it, or change it
///
/// A day's own line wins over weekdays and weekends, and those win over daily. Hours of your own bind every reminder.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned hours                                  when attuned may speak
  attuned hours daily 09:00-21:00
  attuned hours weekdays 09:00-12:30 13:30-18:00
  attuned hours fri 18:00-01:00                  past midnight
  attuned hours sat sun off                      silent days
  attuned hours reset sun                        without your line for Sunday
  attuned hours reset                            without any line of yours

Days: daily, weekdays, weekends, mon, tue, wed, thu, fri, sat, sun.
Your settings file keeps its comments, and attuned follows it at once.")]
pub struct HoursArgs {
    /// Days and their times, or reset
    #[arg(value_name = "DAYS TIMES")]
    words: Vec<String>,

    /// As JSON
    #[arg(long, conflicts_with = "words")]
    json: bool,
}

/// What was asked for.
#[derive(Debug, PartialEq)]
enum Wish {
    Show,
    Set {
        keys: Vec<&'static str>,
        ranges: Vec<TimeRange>,
    },
    /// These lines; all where there are none.
    Reset(Vec<&'static str>),
}

/// Shows or changes.
pub fn run(args: &HoursArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let text = args.words.join(" ");
    match read(&text).map_err(|error| Failure::misread("hours", &text, error))? {
        Wish::Show => show(args.json, setup, out),
        Wish::Set { keys, ranges } => set(&keys, &ranges, setup, out),
        Wish::Reset(keys) => reset(keys, setup, out),
    }
}

fn read(text: &str) -> Result<Wish, schedule::Error> {
    let words = words(text);
    let Some((first, rest)) = words.split_first() else {
        return Ok(Wish::Show);
    };
    if text[first.clone()].eq_ignore_ascii_case("reset") {
        let keys: Result<Vec<_>, _> = rest.iter().map(|word| day(text, word)).collect();
        return Ok(Wish::Reset(keys?));
    }
    let is_time = |word: &Range<usize>| {
        is_off(&text[word.clone()]) || text[word.clone()].starts_with(|c: char| c.is_ascii_digit())
    };
    let first_time = words.iter().position(is_time).unwrap_or(words.len());
    let (days, times) = words.split_at(first_time);
    if days.is_empty() {
        return Err(error(
            first.clone(),
            "which days?",
            "for example daily 09:00-21:00",
        ));
    }
    let keys: Result<Vec<_>, _> = days.iter().map(|word| day(text, word)).collect();
    let keys = keys?;
    let ranges = match times {
        [] => {
            let last = &days[days.len() - 1];
            let hint = format!(
                "for example {} 09:00-21:00, or {} off",
                &text[last.clone()],
                &text[last.clone()]
            );
            return Err(error(last.clone(), "the times are missing", &hint));
        }
        [off] if is_off(&text[off.clone()]) => Vec::new(),
        times => ranges(text, times)?,
    };
    Ok(Wish::Set { keys, ranges })
}

/// The places of the words, where "9:00 to 17:00" and "9:00 - 17:00" are one.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut joins = false;
    for word in text
        .split([' ', ','])
        .filter(|word| !matches!(*word, "" | "and"))
    {
        let start = word.as_ptr().addr() - text.as_ptr().addr();
        let end = start + word.len();
        let is_joint = matches!(word, "-" | "–" | "to" | "until" | "till");
        match words.last_mut() {
            Some(last) if joins || is_joint => last.end = end,
            _ => words.push(start..end),
        }
        joins = is_joint || word.ends_with(['-', '–']);
    }
    words
}

fn is_off(word: &str) -> bool {
    ["off", "silent", "none", "never"].contains(&word.to_lowercase().as_str())
}

/// The settings' key for a day or days.
fn day(text: &str, place: &Range<usize>) -> Result<&'static str, schedule::Error> {
    let word = text[place.clone()].to_lowercase();
    let known = hour_keys().map(|(key, _)| key);
    let full = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let other = match word.as_str() {
        "everyday" => "daily",
        "weekday" | "mon-fri" => "weekdays",
        "weekend" | "sat-sun" => "weekends",
        word if full.contains(&word) => &word[..3],
        word => word,
    };
    if let Some(key) = known.iter().find(|key| **key == other) {
        return Ok(key);
    }
    let names = known.into_iter().chain(full).chain(["reset"]);
    let hint = match did_you_mean(&word, names) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("one of: {}", known.join(", ")),
    };
    Err(error(
        place.clone(),
        &format!("\"{word}\" is not a day"),
        &hint,
    ))
}

fn ranges(text: &str, places: &[Range<usize>]) -> Result<Vec<TimeRange>, schedule::Error> {
    let mut ranges = Vec::new();
    for place in places {
        let range = parse_time_range(&text[place.clone()]).map_err(|mut error| {
            error.span = place.start + error.span.start..place.start + error.span.end;
            error
        })?;
        ranges.push((range, place.clone()));
    }
    ranges.sort_by_key(|(range, _)| range.start);
    for pair in ranges.windows(2) {
        if let Some((fact, hint)) = clash(pair[0].0, pair[1].0) {
            return Err(error(pair[1].1.clone(), &fact, hint));
        }
    }
    Ok(ranges.into_iter().map(|(range, _)| range).collect())
}

fn error(span: Range<usize>, message: &str, hint: &str) -> schedule::Error {
    schedule::Error {
        span,
        message: message.to_owned(),
        hint: Some(hint.to_owned()),
    }
}

fn set(
    keys: &[&'static str],
    ranges: &[TimeRange],
    setup: &Setup,
    out: &mut Terminal,
) -> Result<(), Failure> {
    let mut edit = Edit::open(&setup.paths()?)?;
    for key in keys {
        edit::set(edit.document(), &["hours"], key, in_toml(ranges));
    }
    let stronger = stronger_lines(keys, edit.document());
    let saved = edit.save()?;
    let fact = match saved.written {
        Written::Unchanged => "These are your active hours already:",
        Written::Created | Written::Changed => "Your active hours now:",
    };
    out.paragraph(0, fact)?;
    describe(&saved.after.config, out)?;
    if !stronger.is_empty() {
        let (line, it) = match stronger.len() {
            1 => ("line", "wins over it; to take it away"),
            _ => ("lines", "win over it; to take them away"),
        };
        let (names, words) = (listed(&stronger), stronger.join(" "));
        let note = format!("Your {line} for {names} {it}: attuned hours reset {words}");
        out.paragraph(0, &note)?;
    }
    changed::tell(&saved, About::Everything, setup, out)
}

/// One range alone, several as a list, and none as an empty one.
fn in_toml(ranges: &[TimeRange]) -> Value {
    match ranges {
        [one] => one.to_string().into(),
        ranges => ranges
            .iter()
            .map(TimeRange::to_string)
            .collect::<Array>()
            .into(),
    }
}

/// The lines of the person's file that win over some of these for some days.
fn stronger_lines(keys: &[&'static str], document: &DocumentMut) -> Vec<&'static str> {
    let all = hour_keys();
    let rank = |key: &str| {
        all.iter()
            .position(|(one, _)| *one == key)
            .unwrap_or_default()
    };
    let days_of = |key: &str| all[rank(key)].1;
    let overlaps = |one: Days, other: Days| one.iter().any(|day| other.contains(day));
    own_lines(document)
        .into_iter()
        .filter(|own| !keys.contains(own))
        .filter(|own| {
            keys.iter()
                .any(|key| rank(own) > rank(key) && overlaps(days_of(own), days_of(key)))
        })
        .collect()
}

/// The keys of the person's own `[hours]`.
fn own_lines(document: &DocumentMut) -> Vec<&'static str> {
    let table = document.get("hours").and_then(|item| item.as_table_like());
    let keys = hour_keys().map(|(key, _)| key).into_iter();
    keys.filter(|key| table.is_some_and(|table| table.contains_key(key)))
        .collect()
}

fn reset(keys: Vec<&'static str>, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let mut edit = Edit::open(&setup.paths()?)?;
    let own = own_lines(edit.document());
    let keys = if keys.is_empty() { own.clone() } else { keys };
    let gone: Vec<&str> = keys
        .iter()
        .copied()
        .filter(|key| own.contains(key))
        .collect();
    for key in &gone {
        edit::unset(edit.document(), &["hours"], key);
    }
    let saved = edit.save()?;
    let fact = match (gone.as_slice(), keys.as_slice()) {
        ([], []) => "There are no hours of your own. Active hours:".to_owned(),
        ([], keys) => format!(
            "There is no line of your own for {}. Active hours:",
            listed(keys)
        ),
        ([one], _) => format!("Took away your line for {one}. Active hours now:"),
        (gone, _) => {
            let gone = listed(gone);
            format!("Took away your lines for {gone}. Active hours now:")
        }
    };
    out.paragraph(0, &fact)?;
    describe(&saved.after.config, out)?;
    changed::tell(&saved, About::Everything, setup, out)
}

/// Who set the hours.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum From {
    Yours,
    System,
    BuiltIn,
}

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Answer {
    from: From,
    /// The ranges that start on each day.
    days: BTreeMap<&'static str, Vec<String>>,
}

fn show(json: bool, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let config = setup.settings()?.config;
    let own = OwnFile::read(&setup.paths()?)?;
    let document: DocumentMut = own.text().unwrap_or_default().parse().unwrap_or_default();
    let from = match (own_lines(&document).is_empty(), config.hours_are_own) {
        (false, _) => From::Yours,
        (true, true) => From::System,
        (true, false) => From::BuiltIn,
    };
    if json {
        let days = hour_keys().into_iter().skip(3);
        let days = days.flat_map(|(key, days)| days.iter().map(move |day| (key, day)));
        let days = days.map(|(key, day)| {
            let ranges = config.hours.ranges_on(day).iter();
            (key, ranges.map(TimeRange::to_string).collect())
        });
        let days = days.collect();
        return Ok(out.json(&Answer { from, days })?);
    }
    let heading = match from {
        From::Yours => "Active hours, by your settings:",
        From::System => "Active hours, by this computer's settings:",
        From::BuiltIn => "Active hours, as built in:",
    };
    writeln!(out, "{}", out.style.strong(heading))?;
    describe(&config, out)?;
    if from == From::BuiltIn {
        out.paragraph(
            0,
            "They hold back only reminders that name no hours themselves. Hours of your own bind all of them: attuned hours daily 09:00-21:00",
        )?;
    }
    Ok(())
}

fn describe(config: &Config, out: &mut Terminal) -> io::Result<()> {
    for line in config.hours.describe() {
        out.paragraph(2, &line)?;
    }
    Ok(())
}
