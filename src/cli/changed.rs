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
    for finding in new_findings(saved, about, setup) {
        finding.say();
    }
    if saved.written == Written::Created {
        let file = paths.config_file.display();
        out.paragraph(
            0,
            &format!("Your settings are in {file} now, with every line explained."),
        )?;
    }
    let (engine, is_new) = setup.look_with(saved.after.clone(), &paths);
    let next = match about {
        About::Everything => upcoming(&engine, setup).of_all_in_words(),
        About::Reminder(name) => upcoming(&engine, setup).of_one_in_words(name),
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

/// Something worth knowing about the settings.
enum Worth {
    /// Of a line in the file.
    Finding(Diagnostic),
    /// Of a reminder's times: it names the reminder, and the line that it points at is not the one just changed.
    Advice(Diagnostic),
}

impl Worth {
    fn diagnostic(&self) -> &Diagnostic {
        match self {
            Self::Finding(found) | Self::Advice(found) => found,
        }
    }

    fn say(&self) {
        match self {
            Self::Finding(found) => say(found),
            Self::Advice(found) => ask::warn(&found.message, found.hint.as_deref()),
        }
    }
}

/// What is worth knowing and was not so before, and all there is about the reminder.
fn new_findings(saved: &Saved, about: About<'_>, setup: &Setup) -> Vec<Worth> {
    let before = findings(&saved.before, setup);
    let known: Vec<&str> = before
        .iter()
        .map(|one| one.diagnostic().message.as_str())
        .collect();
    let own = match about {
        About::Everything => None,
        About::Reminder(name) => find(&saved.after.config, name).map(|one| &one.place),
    };
    let mut found = findings(&saved.after, setup);
    found.retain(|one| {
        let one = one.diagnostic();
        let is_about_it = own.is_some() && one.place.as_ref() == own;
        is_about_it || !known.contains(&one.message.as_str())
    });
    found
}

/// All that `attuned check` would warn of.
fn findings(settings: &Settings, setup: &Setup) -> Vec<Worth> {
    let salt = installed_salt(setup).unwrap_or(EXAMPLE_SALT);
    let advice = config::advice(&settings.config, setup.now, &setup.zone, salt);
    let found = settings.findings.iter().cloned().map(Worth::Finding);
    found.chain(advice.into_iter().map(Worth::Advice)).collect()
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

/// What the engine plans for the next days.
pub struct Upcoming<'a> {
    engine: &'a Engine,
    setup: &'a Setup,
    planned: Vec<Planned>,
}

/// Runs the engine ahead.
#[must_use]
pub fn upcoming<'a>(engine: &'a Engine, setup: &'a Setup) -> Upcoming<'a> {
    let until = setup.now.checked_add(AHEAD).unwrap_or(Timestamp::MAX);
    let planned = engine.preview(setup.now, until).planned;
    Upcoming {
        engine,
        setup,
        planned,
    }
}

impl Upcoming<'_> {
    /// Whether the reminder of this name is switched on.
    #[must_use]
    pub fn is_on(&self, name: &str) -> bool {
        find(self.engine.config(), name).is_some()
    }

    /// When a reminder's next prompt will be shown.
    #[must_use]
    pub fn shown(&self, name: &str) -> Option<Timestamp> {
        let mut next = self.of(name).into_iter();
        next.find_map(|(at, why_not)| why_not.is_none().then_some(at))
    }

    /// A reminder's next times, and why one will not be shown. Where the days ahead have none, its schedule tells.
    fn of(&self, name: &str) -> Vec<(Timestamp, Option<String>)> {
        let is_its = |one: &&Planned| matches!(&one.record.trigger, Trigger::Reminder { name: of, .. } if of == name);
        let planned: Vec<_> = self
            .planned
            .iter()
            .filter(is_its)
            .map(|one| (one.at, one.record.outcome.as_ref().map(why_not)))
            .collect();
        match find(self.engine.config(), name) {
            Some(reminder) if planned.is_empty() => {
                let zone = reminder.zone.as_ref().unwrap_or(&self.setup.zone);
                let salt = self.engine.state().salt;
                let seed = Seed { salt, name };
                let times = next_times(&reminder.schedule, self.setup.now, zone, seed, TIMES);
                times.iter().map(|time| (time.timestamp(), None)).collect()
            }
            _ => planned,
        }
    }

    /// "Next: today at 14:00, tomorrow at 14:00 (not shown: …)"; a reason that they share stands on a line of its own.
    fn of_one_in_words(&self, name: &str) -> String {
        if !self.is_on(name) {
            return format!("It is off; to switch it on: attuned reminder on {name}");
        }
        let mut next = self.of(name);
        next.truncate(TIMES);
        let Some((_, reason)) = next.first().cloned() else {
            return "It never comes.".to_owned();
        };
        let shared = reason.filter(|why| next.iter().all(|(_, one)| one.as_ref() == Some(why)));
        let times = next.into_iter().map(|(at, why_not)| match why_not {
            Some(why) if shared.is_none() => format!("{} (not shown: {why})", self.say(at)),
            _ => self.say(at),
        });
        let times = times.collect::<Vec<_>>().join(", ");
        match shared {
            Some(why) => format!("Next: {times}\nNone of these is shown: {why}."),
            None => format!("Next: {times}"),
        }
    }

    /// "Next: today at 14:00 (tea), tomorrow at 09:30 (check-in)"
    fn of_all_in_words(&self) -> String {
        let say = |at, from: &str| format!("{} ({from})", self.say(at));
        let shown = self.planned.iter();
        let shown = shown.filter(|one| one.record.outcome.is_none());
        let next = shown.take(TIMES);
        let mut next: Vec<String> = next
            .map(|one| say(one.at, &source(&one.record.trigger)))
            .collect();
        if next.is_empty() {
            let later = self.engine.next_shown(self.setup.now);
            next.extend(
                later.map(|one| say(one.at, one.reminder.as_deref().unwrap_or("asked for"))),
            );
        }
        match next.join(", ") {
            none if none.is_empty() => "No prompts are planned.".to_owned(),
            next => format!("Next: {next}"),
        }
    }

    fn say(&self, at: Timestamp) -> String {
        friendly(at, self.setup.now, &self.setup.zone)
    }
}
