//! `attuned status`: how things stand.

pub mod report;

use std::io::Write;

use clap::Args;

use super::ask;
use super::failure::Failure;
use super::pauses::{end, extent, in_words};
use super::setup::Setup;
use super::style::{friendly, friendly_in, wrap};
use super::terminal::Terminal;
use report::{Login, Next, Outlook, Status};

/// Whether the daemon runs on a terminal, where it prints prompts, is its own affair.
const NO_SERVICE: &str = "There is no notification service; prompts wait until one appears, \
    or are printed where attuned runs on a terminal.";

/// How things stand; also what attuned alone says
#[derive(Debug, Default, Args)]
#[command(after_help = "\
Examples:
  attuned                                      the same
  attuned status --json | jq .overview.next    for scripts and status bars

JSON: running, version, pid, since, config_file, settings_problem, silent,
store_problem, store_note, service {name, version}, overview {paused,
pauses [{source, reason, scope, level, program, until}], next {at, reminder},
shown_today, cap, open, reminders, after_too_much {stage, until, end, ceiling},
rate, busy [{source, what, since, until}], held {prompts, until, source}},
login {method, file, warnings}.
after_too_much.stage is \"rest\" or \"ease\"; rate is \"half\", \"fewer\" or
\"weekly\" where random prompts come less often. A pause with a program ends
with it, at the latest at its until.
Times are UTC; null stands for what is not so, or not known.")]
pub struct StatusArgs {
    /// As JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: &StatusArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let paths = setup.paths()?;
    let status = match ask::for_status(&paths)? {
        Some(report) => Status::of_daemon(report, Login::now()),
        None => Status::without_daemon(setup, paths),
    };
    if args.json {
        out.json(&status)?;
        return Ok(());
    }
    show(&status, setup, out)
}

fn show(status: &Status, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    for line in wrap(&headline(status, setup), out.width) {
        writeln!(out, "{}", out.style.strong(&line))?;
    }
    writeln!(out)?;
    for (name, fact) in facts(status, setup).into_iter().chain(problems(status)) {
        out.row(name, &fact)?;
    }
    out.footer()?;
    Ok(())
}

fn headline(status: &Status, setup: &Setup) -> String {
    match (status.running, status.silence()) {
        (false, _) => "attuned is not running.".to_owned(),
        (true, None) => "attuned is running.".to_owned(),
        (true, Some(pause)) => {
            let say = |at| end(at, setup.now, &setup.zone);
            let extent = extent(pause.program.as_deref(), pause.until, say);
            format!("attuned is running, and paused {extent}.")
        }
    }
}

fn facts(status: &Status, setup: &Setup) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    match status.since {
        Some(since) => facts.push(("Since", friendly(since, setup.now, &setup.zone))),
        None => facts.push((
            "Start",
            "attuned run; at every login: attuned enable".to_owned(),
        )),
    }
    for pause in status.pauses() {
        facts.push(("Paused", in_words(pause, setup.now, &setup.zone)));
    }
    facts.extend(status.busy(|at| end(at, setup.now, &setup.zone)));
    for holds in status.pacing(|at| end(at, setup.now, &setup.zone)) {
        facts.push(("Pace", holds));
    }
    if let Some(overview) = &status.overview {
        if status.running {
            facts.push(("Next", next_in_words(status, overview, setup)));
        }
        facts.push(("Today", today_in_words(overview)));
        if !overview.open.is_empty() {
            facts.push(("Open", overview.open.join(", ")));
        }
    }
    facts.push(("At login", login_in_words(&status.login).to_owned()));
    facts
}

fn next_in_words(status: &Status, overview: &Outlook, setup: &Setup) -> String {
    match &overview.next {
        Some(Next { at, reminder }) => {
            let when = friendly_in(*at, setup.now, &setup.zone);
            let from = reminder
                .as_deref()
                .map_or(String::new(), |name| format!(", from {name}"));
            let sooner = status.sooner();
            format!("{when}{from}{sooner}")
        }
        None if overview.reminders == 0 && status.silent => {
            "nothing, until the settings are mended (attuned check)".to_owned()
        }
        None if overview.reminders == 0 => {
            "nothing, as no reminder is on in your settings (attuned reminder shows how)".to_owned()
        }
        None => "nothing is planned (attuned preview tells why)".to_owned(),
    }
}

/// "2 prompts came by themselves; 6 at most"
pub fn today_in_words(overview: &Outlook) -> String {
    match (overview.shown_today, overview.cap) {
        (_, 0) => "nothing comes by itself, as pace.cap is 0".to_owned(),
        (0, cap) => format!("no prompt has come by itself yet; {cap} at most"),
        (1, cap) => format!("one prompt came by itself; {cap} at most"),
        (count, cap) => format!("{count} prompts came by themselves; {cap} at most"),
    }
}

fn login_in_words(login: &Login) -> &'static str {
    match login.method {
        Some("systemd") => "starts by itself, by a systemd user unit",
        Some("autostart") => "starts by itself, by an autostart entry",
        Some(_) => "starts by itself, by a launchd agent",
        None => "does not start by itself; attuned enable changes that",
    }
}

/// What is wrong, each with its name before it.
pub fn problems(status: &Status) -> Vec<(&'static str, String)> {
    let settings = match (status.running, status.silent) {
        (true, true) => "The settings have an error, so nothing is planned until it is mended",
        (true, false) => "The settings have an error, so the earlier ones stay in force",
        (false, _) => "The settings have an error",
    };
    let store = if status.running {
        "The record cannot be written, and attuned keeps trying"
    } else {
        "The record cannot be read"
    };
    let settings = status
        .settings_problem
        .as_ref()
        .map(|problem| format!("{settings}: {problem}"));
    let store = status
        .store_problem
        .as_ref()
        .map(|problem| format!("{store}: {problem}"));
    let note = status.store_note.clone();
    let service = (status.running && status.service.is_none()).then(|| NO_SERVICE.to_owned());
    let problems = [settings, store, note, service]
        .into_iter()
        .flatten()
        .map(|one| ("Problem", one));
    let warnings = status
        .login
        .warnings
        .iter()
        .map(|one| ("Warning", one.clone()));
    problems.chain(warnings).collect()
}
