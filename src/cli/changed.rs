//! What a command that changed the settings says below what it did: what to know about it, and when the next prompts come.

use std::io;

use jiff::{SignedDuration, Timestamp};

use super::ask;
use super::failure::{Failure, say};
use super::preview::{source, why_not};
use super::setup::Setup;
use super::style::friendly;
use super::terminal::Terminal;
use super::when::{EXAMPLE_SALT, installed_salt, next_times};
use crate::config::{self, Config, Reminder};
use crate::engine::{Engine, Planned, Trigger};
use crate::schedule::Seed;
use crate::settings::Settings;
use crate::settings::edit::{Saved, Written};
use crate::source::Diagnostic;

/// How many times are told.
const TIMES: usize = 3;

/// How far ahead the engine is run for them.
const AHEAD: SignedDuration = SignedDuration::from_hours(14 * 24);

/// What a change is about.
#[derive(Debug, Clone, Copy)]
pub enum About<'a> {
    /// All prompts.
    Everything,
    /// Those of the reminder of this name.
    #[expect(dead_code, reason = "the commands about one reminder come next")]
    Reminder(&'a str),
}

/// Tells everything that follows from a change: a new file, new warnings, the next times by the very engine, and whether
/// attuned runs.
///
/// # Errors
/// As the output's; where there is no home folder.
pub fn tell(
    saved: &Saved,
    about: About<'_>,
    setup: &Setup,
    out: &mut Terminal,
) -> Result<(), Failure> {
    let paths = setup.paths()?;
    new_findings(saved, about, setup).iter().for_each(say);
    if saved.written == Written::Created {
        let file = paths.config_file.display();
        out.paragraph(
            0,
            &format!("Your settings are in {file} now, with every line explained."),
        )?;
    }
    let (engine, is_new) = setup.look_with(saved.after.clone(), &paths);
    let next = match about {
        About::Everything => next_of_all(&engine, setup),
        About::Reminder(name) => next_of(name, &engine, setup),
    };
    out.paragraph(0, &next)?;
    if is_new && draws(&saved.after.config, about) {
        out.paragraph(
            0,
            "(attuned has not run here yet, so random times are but an example.)",
        )?;
    }
    // One that runs reads another file than `--config` names.
    if !setup.has_other_config() {
        running(ask::is_running(&paths), out)?;
    }
    Ok(())
}

fn running(is_running: bool, out: &mut Terminal) -> io::Result<()> {
    let fact = if is_running {
        "attuned is running and follows at once."
    } else {
        "attuned is not running; attuned run starts it."
    };
    out.paragraph(0, fact)
}

/// What is worth knowing and was not so before, and all there is about the reminder.
fn new_findings(saved: &Saved, about: About<'_>, setup: &Setup) -> Vec<Diagnostic> {
    let before = findings(&saved.before, setup);
    let known: Vec<&str> = before.iter().map(|one| one.message.as_str()).collect();
    let own = match about {
        About::Everything => None,
        About::Reminder(name) => find(&saved.after.config, name).map(|one| &one.place),
    };
    let mut found = findings(&saved.after, setup);
    found.retain(|one| {
        let is_about_it = own.is_some() && one.place.as_ref() == own;
        is_about_it || !known.contains(&one.message.as_str())
    });
    found
}

/// All that `attuned check` would warn of.
fn findings(settings: &Settings, setup: &Setup) -> Vec<Diagnostic> {
    let salt = installed_salt(setup).unwrap_or(EXAMPLE_SALT);
    let mut found = settings.findings.clone();
    let config = &settings.config;
    found.extend(config::advice(config, setup.now, &setup.zone, salt));
    found
}

fn find<'a>(config: &'a Config, name: &str) -> Option<&'a Reminder> {
    config.reminders.iter().find(|one| one.name == name)
}

/// Whether any of the times in question are random.
fn draws(config: &Config, about: About<'_>) -> bool {
    config.reminders.iter().any(|one| {
        let is_meant = match about {
            About::Everything => true,
            About::Reminder(name) => one.name == name,
        };
        is_meant && one.schedule.is_random()
    })
}

/// "Next: today at 14:00 (tea), tomorrow at 09:30 (check-in)"
fn next_of_all(engine: &Engine, setup: &Setup) -> String {
    let say = |at, from: &str| format!("{} ({from})", friendly(at, setup.now, &setup.zone));
    let planned = ahead(engine, setup).into_iter();
    let shown = planned.filter(|one| one.record.outcome.is_none());
    let mut next: Vec<String> = shown
        .take(TIMES)
        .map(|one| say(one.at, &source(&one.record.trigger)))
        .collect();
    if next.is_empty() {
        let later = engine.next_shown(setup.now);
        next.extend(later.map(|one| say(one.at, one.reminder.as_deref().unwrap_or("asked for"))));
    }
    if next.is_empty() {
        return "No prompts are planned.".to_owned();
    }
    format!("Next: {}", next.join(", "))
}

/// "Next: today at 14:00, tomorrow at 14:00 (not shown: …)"
fn next_of(name: &str, engine: &Engine, setup: &Setup) -> String {
    let Some(reminder) = find(engine.config(), name) else {
        return format!("It is off; attuned reminder on {name} switches it on.");
    };
    let say = |at: Timestamp| friendly(at, setup.now, &setup.zone);
    let is_its = |one: &Planned| matches!(&one.record.trigger, Trigger::Reminder { name: of, .. } if of == name);
    let planned = ahead(engine, setup).into_iter().filter(is_its);
    let mut next: Vec<String> = planned
        .take(TIMES)
        .map(|one| match &one.record.outcome {
            None => say(one.at),
            Some(outcome) => format!("{} (not shown: {})", say(one.at), why_not(outcome)),
        })
        .collect();
    if next.is_empty() {
        let zone = reminder.zone.as_ref().unwrap_or(&setup.zone);
        let salt = engine.state().salt;
        let times = next_times(
            &reminder.schedule,
            setup.now,
            zone,
            Seed { salt, name },
            TIMES,
        );
        next.extend(times.iter().map(|time| say(time.timestamp())));
    }
    if next.is_empty() {
        return "It never comes.".to_owned();
    }
    format!("Next: {}", next.join(", "))
}

fn ahead(engine: &Engine, setup: &Setup) -> Vec<Planned> {
    let until = setup.now.checked_add(AHEAD).unwrap_or(Timestamp::MAX);
    engine.preview(setup.now, until).planned
}
