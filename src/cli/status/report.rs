//! What `attuned status` and `attuned watch` tell, as their JSON has it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use jiff::Timestamp;
use serde::Serialize;

use super::super::busy;
use super::super::failure::Failure;
use super::super::pacing;
use super::super::pauses::listed;
use super::super::setup::Setup;
use crate::config::{Level, Scope};
use crate::engine::{Held, Overview, Overwhelm, PauseInForce, Rate, Reading, Sensed, Source};
use crate::library::Intensity;
use crate::login::{self, LoginMethod};
use crate::paths::Paths;
use crate::protocol::{Service, StatusReport};

/// What there is to say. Its fields are the keys of `--json`, which stay.
#[derive(Debug, Serialize)]
pub struct Status {
    pub running: bool,
    /// The running daemon's.
    pub version: Option<String>,
    pub pid: Option<u32>,
    pub since: Option<Timestamp>,
    pub config_file: PathBuf,
    pub settings_problem: Option<String>,
    /// Nothing is planned because of it.
    pub silent: bool,
    pub store_problem: Option<String>,
    /// What could not be read at the start, and was kept aside.
    pub store_note: Option<String>,
    pub service: Option<Service>,
    /// None where the settings or the record cannot be read, and no daemon runs that knows.
    pub overview: Option<Outlook>,
    pub login: Login,
}

/// What is planned, paused and open.
#[derive(Debug, Serialize)]
pub struct Outlook {
    /// Whether everything is silenced now.
    pub paused: bool,
    pub pauses: Vec<PauseInForce>,
    pub next: Option<Next>,
    pub shown_today: u32,
    pub cap: u32,
    /// The open prompts' titles.
    pub open: Vec<String>,
    pub reminders: usize,
    pub after_too_much: Option<AfterTooMuch>,
    /// How much less often prompts at random times come.
    pub rate: Option<Rate>,
    /// What tells that the person is busy now.
    pub busy: Vec<Busy>,
    /// What waits for them to be free.
    pub held: Option<Held>,
}

/// One thing that tells that the person is busy now.
#[derive(Debug, Serialize)]
pub struct Busy {
    pub source: Source,
    /// Who or what, where that is known.
    pub what: Option<String>,
    pub since: Timestamp,
    pub until: Option<Timestamp>,
}

/// What holds after "Too much".
#[derive(Debug, Serialize)]
pub struct AfterTooMuch {
    /// `rest` or `ease`.
    pub stage: &'static str,
    /// When the stage goes over into the next, or ends.
    pub until: Timestamp,
    /// When all of it ends.
    pub end: Timestamp,
    /// The most intense a prompt may be.
    pub ceiling: Intensity,
    #[serde(skip)]
    in_full: Overwhelm,
}

impl From<Overwhelm> for AfterTooMuch {
    fn from(in_full: Overwhelm) -> Self {
        Self {
            stage: match in_full {
                Overwhelm::Rest { .. } => "rest",
                Overwhelm::Ease { .. } => "ease",
            },
            until: in_full.until(),
            end: in_full.end(),
            ceiling: in_full.ceiling(),
            in_full,
        }
    }
}

/// The next prompt; what it says stays a surprise.
#[derive(Debug, Serialize)]
pub struct Next {
    pub at: Timestamp,
    pub reminder: Option<String>,
}

/// Whether attuned starts at login.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Login {
    /// `systemd`, `autostart`, `launchd` or none.
    pub method: Option<&'static str>,
    pub file: Option<PathBuf>,
    pub warnings: Vec<String>,
}

impl Status {
    /// What the running daemon tells.
    #[must_use]
    pub fn of_daemon(report: StatusReport, login: Login) -> Self {
        Self {
            running: true,
            version: Some(report.version),
            pid: Some(report.pid),
            since: Some(report.since),
            config_file: report.config_file,
            settings_problem: report.settings_problem,
            silent: report.is_silent,
            store_problem: report.store_problem,
            store_note: report.store_note,
            service: report.service,
            overview: Some(report.overview.into()),
            login,
        }
    }

    /// What will hold once it starts. Nothing is next, and nothing on screen, while nothing runs.
    #[must_use]
    pub fn without_daemon(setup: &Setup, paths: Paths) -> Self {
        let engine = setup.engine_for_a_look(&paths);
        let overview = engine.as_ref().map(|(engine, _)| Outlook {
            next: None,
            open: Vec::new(),
            ..engine.overview(setup.now).into()
        });
        let problem = engine.as_ref().err().map(Failure::one_line);
        let is_settings = matches!(engine, Err(Failure::Settings(_)));
        Self {
            running: false,
            version: None,
            pid: None,
            since: None,
            config_file: paths.config_file,
            settings_problem: problem.clone().filter(|_| is_settings),
            silent: false,
            store_problem: problem.filter(|_| !is_settings),
            store_note: None,
            service: None,
            overview: overview.ok(),
            login: Login::now(),
        }
    }

    /// The pauses in force.
    #[must_use]
    pub fn pauses(&self) -> &[PauseInForce] {
        self.overview
            .as_ref()
            .map_or(&[], |overview| &overview.pauses)
    }

    /// What is in force beside the settings, in words; times as `say` says them.
    #[must_use]
    pub fn pacing(&self, say: impl Fn(Timestamp) -> String) -> Vec<String> {
        let Some(overview) = &self.overview else {
            return Vec::new();
        };
        let stage = overview.after_too_much.as_ref().map(|one| one.in_full);
        pacing::in_words(stage, overview.rate, say)
    }

    /// What tells that the person is busy, and what waits for that to end, each with its name; times as `say` says them.
    #[must_use]
    pub fn busy(&self, say: impl Fn(Timestamp) -> String) -> Vec<(&'static str, String)> {
        let Some(overview) = &self.overview else {
            return Vec::new();
        };
        let busy = overview.busy.iter().map(|one| {
            let what = one.what.as_deref();
            let words = busy::in_words(one.source, what, one.until, &say);
            ("Busy", words)
        });
        let held = overview.held.map(|held| busy::held_in_words(held, &say));
        busy.chain(held.map(|held| ("Waiting", held))).collect()
    }

    /// The pause that silences everything, and may last the longest; none where nothing does.
    #[must_use]
    pub fn silence(&self) -> Option<&PauseInForce> {
        let full = self.pauses().iter().filter(|one| silences_everything(one));
        full.max_by_key(|pause| pause.until)
    }

    /// What may let the next prompt come before its time: "; perhaps sooner, once zoom has ended"; empty where nothing
    /// does.
    #[must_use]
    pub fn sooner(&self) -> String {
        let pauses = self.pauses().iter();
        let programs: BTreeSet<&str> = pauses.filter_map(|one| one.program.as_deref()).collect();
        let programs: Vec<&str> = programs.into_iter().collect();
        match programs.as_slice() {
            [] => String::new(),
            [one] => format!("; perhaps sooner, once {one} has ended"),
            several => format!("; perhaps sooner, once {} have ended", listed(several)),
        }
    }
}

impl From<Overview> for Outlook {
    fn from(overview: Overview) -> Self {
        let busy = busy_now(&overview);
        Self {
            paused: overview.pauses.iter().any(silences_everything),
            pauses: overview.pauses,
            next: overview.next.map(|next| Next {
                at: next.at,
                reminder: next.reminder,
            }),
            shown_today: overview.shown_today,
            cap: overview.cap,
            open: overview.open,
            reminders: overview.reminders,
            after_too_much: overview.overwhelm.map(AfterTooMuch::from),
            rate: overview.rate,
            busy,
            held: overview.held,
        }
    }
}

fn busy_now(overview: &Overview) -> Vec<Busy> {
    let busy = overview.busy.iter().filter_map(|source| {
        let Sensed { reading, since, .. } = overview.senses.get(source)?;
        let Reading::Busy { until, what } = reading else {
            return None;
        };
        Some(Busy {
            source: *source,
            what: what.clone(),
            since: *since,
            until: *until,
        })
    });
    busy.collect()
}

fn silences_everything(pause: &PauseInForce) -> bool {
    pause.scope == Scope::All && pause.level == Level::Full
}

impl Login {
    /// As the system has it now.
    #[must_use]
    pub fn now() -> Self {
        let Ok(env) = login::Env::current() else {
            return Self::default();
        };
        let status = login::status(&env);
        let (method, file) = match status.method {
            LoginMethod::Systemd { unit, .. } => (Some("systemd"), Some(unit)),
            LoginMethod::Autostart { path } => (Some("autostart"), Some(path)),
            LoginMethod::Launchd { path } => (Some("launchd"), Some(path)),
            LoginMethod::None => (None, None),
        };
        Self {
            method,
            file,
            warnings: status.warnings.iter().map(ToString::to_string).collect(),
        }
    }
}
