//! Linux and its kin: the systemd user manager where one answers, else an XDG autostart entry.

use std::fs;
use std::path::{Path, PathBuf};

use super::own_file::{self, Comment, Placed, Removed};
use super::systemd::{self, UserManager};
use super::{Env, LoginError, LoginMethod, Means, Next, Report, Status, Step, Warning, exec};

const TEMPLATE: &str = include_str!("../../config/login/attuned.desktop");
const COMMENT: Comment = Comment {
    open: "# ",
    close: "",
};

/// See the Desktop Application Autostart Specification.
fn autostart_file(env: &Env) -> PathBuf {
    env.config_home.join("autostart/attuned.desktop")
}

pub(super) fn enable(env: &Env, daemon_runs: bool) -> Result<Report, LoginError> {
    let mut report = Report::default();
    if let Some(manager) = UserManager::find(env)? {
        manager.enable(daemon_runs, &mut report)?;
        remove_autostart(env, &mut report)?;
    } else {
        add_autostart(env, daemon_runs, &mut report)?;
        systemd::remove_unit(env, &mut report)?;
    }
    Ok(report)
}

pub(super) fn disable(env: &Env) -> Result<Report, LoginError> {
    let mut report = Report::default();
    let before = status(env).method;
    match UserManager::find(env)? {
        Some(manager) => manager.disable(&mut report)?,
        None => systemd::remove_unit(env, &mut report)?,
    }
    remove_autostart(env, &mut report)?;
    if before != LoginMethod::None && status(env).method == LoginMethod::None {
        report.steps.push(Step::Disabled);
    }
    Ok(report)
}

pub(super) fn status(env: &Env) -> Status {
    let manager = UserManager::find(env).ok().flatten();
    let unit = manager.map(|manager| manager.unit()).unwrap_or_default();
    let autostart = autostart_program(env);
    let mut warnings = Vec::new();
    let method = match (unit.enabled || systemd::is_wanted(env), &autostart) {
        (true, _) => {
            let file = unit.file.unwrap_or_else(|| systemd::unit_file(env));
            warnings.extend(other_program(env, &file, unit.program));
            if autostart.is_some() {
                warnings.push(Warning::AlsoStartedBy(autostart_file(env)));
            }
            LoginMethod::Systemd {
                unit: file,
                active: unit.active,
            }
        }
        (false, Some(program)) => {
            let path = autostart_file(env);
            warnings.extend(other_program(env, &path, Some(program.clone())));
            LoginMethod::Autostart { path }
        }
        (false, None) => LoginMethod::None,
    };
    Status { method, warnings }
}

fn other_program(env: &Env, file: &Path, starts: Option<PathBuf>) -> Option<Warning> {
    let starts = starts.filter(|program| *program != env.exe)?;
    Some(Warning::OtherProgram {
        file: file.to_owned(),
        exists: starts.exists(),
        starts,
    })
}

fn add_autostart(env: &Env, daemon_runs: bool, report: &mut Report) -> Result<(), LoginError> {
    let body = exec::with_program(TEMPLATE, &exec::desktop_entry(&env.exe)?);
    match own_file::place(&autostart_file(env), &body, COMMENT, report)? {
        Placed::Written => report.steps.push(Step::Enabled(Means::Autostart)),
        Placed::Unchanged | Placed::Left => {}
    }
    report.next = Some(if daemon_runs {
        Next::HandOver
    } else {
        Next::LogInAgain
    });
    Ok(())
}

fn remove_autostart(env: &Env, report: &mut Report) -> Result<(), LoginError> {
    let path = autostart_file(env);
    if own_file::remove(&path, report)? == Removed::Left && autostart_program(env).is_some() {
        report.warnings.push(Warning::AlsoStartedBy(path));
    }
    Ok(())
}

/// What the autostart entry starts, where there is one and it is not switched off.
fn autostart_program(env: &Env) -> Option<PathBuf> {
    let entry = fs::read_to_string(autostart_file(env)).ok()?;
    let off = ["Hidden=true", "X-GNOME-Autostart-enabled=false"];
    if entry.lines().any(|line| off.contains(&line.trim_end())) {
        return None;
    }
    let exec = entry.lines().find_map(|line| line.strip_prefix("Exec="))?;
    Some(exec::desktop_entry_program(exec).into())
}
