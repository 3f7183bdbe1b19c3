//! `attuned check`: everything wrong with a person's files at once, and what each schedule means.

mod calendars;
mod echo;
mod files;

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use jiff::Zoned;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::failure::{Failure, say};
use super::setup::Setup;
use super::style::counted;
use super::terminal::Terminal;
use super::when::{EXAMPLE_SALT, installed_salt, next_times, rfc_3339};
use crate::config::{self, Config, Reminder};
use crate::library::Library;
use crate::library::lint::{self, Sheets};
use crate::schedule::Seed;
use crate::schedule::words::describe_duration;
use crate::settings::programs;
use crate::source::{Diagnostic, Place, Severity};
use calendars::Booked;
use files::Files;

/// Is everything well with your settings and prompts?
///
/// Tells every error at once, with its place and what to do, then the hours, each reminder with its next five times, each
/// pause and what today's calendars hold, in plain words.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned check                 the settings in force, and your own prompts
  attuned check new.toml        a settings file, or one with prompts
  attuned check ~/prompts       every .toml file in a folder
  attuned check --strict affirmations    prompts meant for everybody

Advice on your own prompts is just that: your words are yours.
Nothing is written, and attuned need not be running.
Exit codes: 0 all is well, 3 there are errors.")]
pub struct CheckArgs {
    /// Files or folders to check instead of those in force
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Hold prompts to the bars of those that come with attuned, each finding an error
    #[arg(long)]
    strict: bool,

    /// As JSON
    #[arg(long)]
    json: bool,
}

/// How much advice is shown at once; more is tiring.
const MOST_ADVICE: usize = 10;

/// How many errors, and how many warnings, are shown at once; where there are more, many have the same cause.
const MOST_PROBLEMS: usize = 50;

/// How many next times each reminder shows.
const TIMES: usize = 5;

/// Checks, and tells.
pub fn run(args: &CheckArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let paths = setup.paths()?;
    let files = if args.paths.is_empty() {
        Files::in_force(&paths)
    } else {
        Files::named(&args.paths, &paths)
    };
    let salt = installed_salt(setup).unwrap_or(EXAMPLE_SALT);
    let (mut checked, sheets) = check(&files, salt, setup);
    if args.strict {
        checked.hold_to_bars(&sheets);
    } else {
        checked.advise(sheets);
    }
    let plans = checked.plans(salt, setup);
    let errors = checked.count(Severity::Error);
    if args.json {
        out.json(&Answer {
            ok: errors == 0,
            findings: checked.found.iter().map(Finding::from).collect(),
            reminders: &plans,
            calendars: &checked.calendars,
        })?;
    } else {
        checked.say();
        show(&checked, &plans, setup, out)?;
    }
    match errors {
        0 => Ok(()),
        errors => Err(Failure::Checked {
            errors,
            hint: (!args.json && checked.has_more_than_shown(Severity::Error))
                .then(|| format!("the first {MOST_PROBLEMS} are shown; --json has all of them")),
        }),
    }
}

/// Reads and checks everything in the files.
fn check<'f>(files: &'f Files, salt: u64, setup: &Setup) -> (Checked, Sheets<'f>) {
    let mut found = files.unreadable.clone();
    // A file may follow up on or translate what is in another one; of that, nothing was asked.
    let (library, about_prompts, sheets) =
        Library::load_with_sheets(&files.collections, &files.beside);
    found.extend(about_prompts);
    let mut configs = Vec::new();
    let mut calendars = Vec::new();
    for layers in &files.settings {
        match config::load(layers, &library) {
            Ok((config, warnings)) => {
                found.extend(warnings);
                found.extend(programs::about_probe(&config));
                found.extend(config::advice(&config, setup.now, &setup.zone, salt));
                calendars.extend(Booked::look(&config.busy.calendar, setup, &mut found));
                configs.push(config);
            }
            Err(errors) => found.extend(errors),
        }
    }
    in_line_order(&mut found);
    let checked = Checked {
        found,
        configs,
        calendars,
        own_collections: files.collections.len(),
        exempt: 0,
    };
    (checked, sheets)
}

fn most(severity: Severity) -> usize {
    match severity {
        Severity::Advice => MOST_ADVICE,
        Severity::Warning | Severity::Error => MOST_PROBLEMS,
    }
}

/// File by file, as they come first, and each from its top down; what has no place stays first.
fn in_line_order(found: &mut [Diagnostic]) {
    let mut files: HashMap<String, usize> = HashMap::new();
    for place in found.iter().filter_map(|one| one.place.as_ref()) {
        if !files.contains_key(&place.source.name) {
            files.insert(place.source.name.clone(), files.len());
        }
    }
    found.sort_by_cached_key(|one| {
        let place = one.place.as_ref()?;
        Some((files[&place.source.name], place.span.start))
    });
}

/// What was found.
struct Checked {
    found: Vec<Diagnostic>,
    configs: Vec<Config>,
    /// Of settings that name calendars.
    calendars: Vec<Booked>,
    /// How many files with prompts were checked.
    own_collections: usize,
    /// How many findings of the lint are exempt.
    exempt: usize,
}

impl Checked {
    /// Adds what the prompts' wording could have better.
    fn advise(&mut self, sheets: Sheets<'_>) {
        let reads_english = |config: &Config| {
            let language = config.library.language.to_lowercase();
            language.split('-').next() == Some("en")
        };
        let english = self.configs.is_empty() || self.configs.iter().any(reads_english);
        self.found.extend(sheets.advice(english));
        in_line_order(&mut self.found);
    }

    /// Adds every bar that the prompts do not meet, and every exemption without a use.
    fn hold_to_bars(&mut self, sheets: &Sheets<'_>) {
        let report = sheets.strict();
        // What a bar says of a place is not said of it twice.
        let key = |place: &Place| (Arc::as_ptr(&place.source), place.span.clone());
        let barred: HashSet<_> = report.findings.iter().map(|bar| key(&bar.place)).collect();
        self.found.retain(|one| {
            let place = one.place.as_ref();
            one.severity == Severity::Error
                || place.is_none_or(|place| !barred.contains(&key(place)))
        });
        self.found
            .extend(report.findings.iter().map(lint::Finding::error));
        self.found.extend(report.unused.iter().map(|one| {
            let (prompt, rule) = (&one.prompt, &one.rule);
            Diagnostic::error(format!(
                "the exemption of {prompt} from {rule} covers nothing"
            ))
            .with_hint("take it out of the list")
        }));
        self.exempt = report.exempt.len();
        in_line_order(&mut self.found);
    }

    /// Tells what was found, the advice last.
    fn say(&self) {
        let mut counts = [0; 3];
        let is_shown = |one: &&Diagnostic| {
            let count = &mut counts[one.severity as usize];
            *count += 1;
            *count <= most(one.severity)
        };
        let is_advice = |one: &&Diagnostic| one.severity == Severity::Advice;
        let shown = self.found.iter().filter(is_shown);
        let (advice, others): (Vec<_>, Vec<_>) = shown.partition(is_advice);
        others.into_iter().chain(advice).for_each(say);
    }

    fn has_more_than_shown(&self, severity: Severity) -> bool {
        self.count(severity) > most(severity)
    }

    fn count(&self, severity: Severity) -> usize {
        self.found
            .iter()
            .filter(|one| one.severity == severity)
            .count()
    }

    /// Each reminder's times as this installation draws them.
    fn plans(&self, salt: u64, setup: &Setup) -> Vec<Plan> {
        let reminders = self.configs.iter().flat_map(|config| &config.reminders);
        reminders
            .map(|reminder| Plan::new(reminder, salt, setup))
            .collect()
    }
}

fn show(checked: &Checked, plans: &[Plan], setup: &Setup, out: &mut Terminal) -> io::Result<()> {
    for config in &checked.configs {
        echo::hours(config, out)?;
        echo::journal(config, out)?;
    }
    for plan in plans {
        plan.show(out)?;
    }
    let configs = checked.configs.iter();
    for reminder in configs.flat_map(|config| &config.reminders_off) {
        writeln!(out, "{}", out.style.strong(&reminder.name))?;
        out.paragraph(2, "switched off")?;
    }
    for pause in checked.configs.iter().flat_map(|config| &config.pauses) {
        echo::pause(pause, setup, out)?;
    }
    for today in &checked.calendars {
        today.show(setup, out)?;
    }
    if checked.count(Severity::Error) > 0 {
        return Ok(());
    }
    if !checked.configs.is_empty() {
        writeln!(out)?;
    }
    out.paragraph(0, &summary(checked, plans.len()))
}

fn summary(checked: &Checked, reminders: usize) -> String {
    let own = checked.own_collections;
    let parts = [
        (!checked.configs.is_empty()).then(|| counted(reminders, "reminder", "reminders")),
        (own > 0).then(|| counted(own, "file with prompts", "files with prompts")),
        (checked.exempt > 0).then(|| counted(checked.exempt, "exemption", "exemptions")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        return "There is nothing to check.".to_owned();
    }
    let verdict = match checked.count(Severity::Warning) {
        0 => "All is well",
        1 => "It works, with the warning above",
        _ => "It works, with the warnings above",
    };
    let more = if checked.has_more_than_shown(Severity::Warning) {
        let warnings = checked.count(Severity::Warning);
        format!(" Shown are the first {MOST_PROBLEMS} of {warnings} warnings; --json has them all.")
    } else {
        String::new()
    };
    let advice = match checked.count(Severity::Advice) {
        0 => String::new(),
        count if checked.has_more_than_shown(Severity::Advice) => format!(
            " The advice is but that, and the first {MOST_ADVICE} of {count}; --json has all of it."
        ),
        _ => " The advice is but that: your words are yours.".to_owned(),
    };
    format!("{verdict}: {}.{more}{advice}", parts.join(", "))
}

/// A reminder in plain words.
#[derive(Debug, Serialize)]
struct Plan {
    name: String,
    /// The `when` as written.
    when: String,
    meaning: String,
    /// The next times, jitter aside.
    #[serde(serialize_with = "as_rfc_3339")]
    next: Vec<Zoned>,
    /// Whether seconds are worth showing: random times have some that mean nothing.
    #[serde(skip)]
    is_random: bool,
}

fn as_rfc_3339<S: serde::Serializer>(times: &[Zoned], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(times.iter().map(rfc_3339))
}

impl Plan {
    fn new(reminder: &Reminder, salt: u64, setup: &Setup) -> Self {
        let zone: &TimeZone = reminder.zone.as_ref().unwrap_or(&setup.zone);
        let seed = Seed {
            salt,
            name: &reminder.name,
        };
        Self {
            name: reminder.name.clone(),
            when: reminder.written.clone(),
            meaning: meaning(reminder),
            is_random: reminder.schedule.is_random(),
            next: next_times(&reminder.schedule, setup.now, zone, seed, TIMES),
        }
    }

    fn show(&self, out: &mut Terminal) -> io::Result<()> {
        writeln!(out, "{}", out.style.strong(&self.name))?;
        out.paragraph(2, &self.meaning)?;
        if self.next.is_empty() {
            return out.paragraph(2, "never comes");
        }
        let has_seconds = !self.is_random && self.next.iter().any(|time| time.second() != 0);
        let format = if has_seconds {
            "%a %-d %b %H:%M:%S"
        } else {
            "%a %-d %b %H:%M"
        };
        let mut line = String::new();
        for time in &self.next {
            let time = time.strftime(format).to_string();
            if line.len() + time.len() + 5 > out.width {
                writeln!(out, "  {line},")?;
                line.clear();
            }
            let separator = if line.is_empty() { "" } else { ", " };
            line = format!("{line}{separator}{time}");
        }
        writeln!(out, "  {line}")
    }
}

/// The schedule in plain words, with what else decides about its times.
pub(super) fn meaning(reminder: &Reminder) -> String {
    let mut meaning = reminder.schedule.describe();
    if !reminder.jitter.is_zero() {
        meaning = format!(
            "{meaning}, up to {} later",
            describe_duration(reminder.jitter)
        );
    }
    match reminder.zone.as_ref().and_then(TimeZone::iana_name) {
        Some(zone) => format!("{meaning}, in {zone}"),
        None => meaning,
    }
}

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Answer<'a> {
    ok: bool,
    findings: Vec<Finding<'a>>,
    reminders: &'a [Plan],
    calendars: &'a [Booked],
}

#[derive(Debug, Serialize)]
struct Finding<'a> {
    severity: &'static str,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    hint: Option<&'a str>,
}

impl<'a> From<&'a Diagnostic> for Finding<'a> {
    fn from(found: &'a Diagnostic) -> Self {
        let place = found.place.as_ref();
        let position = place.map(|place| place.source.line_and_column(place.span.start));
        Self {
            severity: match found.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Advice => "advice",
            },
            message: &found.message,
            file: place.map(|place| place.source.name.as_str()),
            line: position.map(|(line, _)| line),
            column: position.map(|(_, column)| column),
            hint: found.hint.as_deref(),
        }
    }
}
