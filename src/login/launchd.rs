//! macOS: an agent of launchd(8), by way of `launchctl`.

use std::path::PathBuf;
use std::process::Command;

use super::own_file::{self, Comment, Placed, Removed};
use super::{
    Env, LoginError, LoginMethod, Means, Next, Report, Status, Step, Warning, command, exec,
};

const LABEL: &str = "org.attuned.attuned";
const TEMPLATE: &str = include_str!("../../config/login/org.attuned.attuned.plist");
const COMMENT: Comment = Comment {
    open: "<!-- ",
    close: " -->",
};

fn agent_file(env: &Env) -> PathBuf {
    env.home
        .join("Library/LaunchAgents")
        .join(format!("{LABEL}.plist"))
}

/// The login session of the person, as launchctl(1) names it.
fn session() -> String {
    format!("gui/{}", rustix::process::getuid().as_raw())
}

pub(super) fn enable(env: &Env, daemon_runs: bool) -> Result<Report, LoginError> {
    let mut report = Report::default();
    let body = exec::with_program(TEMPLATE, &exec::xml(&env.exe)?);
    let file = agent_file(env);
    if own_file::place(&file, &body, COMMENT, &mut report)? != Placed::Written {
        return Ok(report);
    }
    report.steps.push(Step::Enabled(Means::Launchd));
    if daemon_runs {
        report.next = Some(Next::HandOver);
        return Ok(report);
    }
    // An older agent may be loaded; without one, this fails and nothing is lost.
    let _ = command::succeed(&mut unload(env));
    match command::succeed(
        Command::new(&env.service_tool)
            .arg("bootstrap")
            .arg(session())
            .arg(&file),
    ) {
        Ok(_) => report.steps.push(Step::Started),
        Err(error) => report.warnings.push(Warning::NotStarted {
            detail: error.to_string(),
        }),
    }
    Ok(report)
}

pub(super) fn disable(env: &Env) -> Result<Report, LoginError> {
    let mut report = Report::default();
    let file = agent_file(env);
    if !file.exists() {
        return Ok(report);
    }
    // It may not be loaded.
    let _ = command::succeed(&mut unload(env));
    match own_file::remove(&file, &mut report)? {
        Removed::Gone => report.steps.push(Step::Disabled),
        Removed::Left => report.warnings.push(Warning::AlsoStartedBy(file)),
    }
    Ok(report)
}

pub(super) fn status(env: &Env) -> Status {
    let path = agent_file(env);
    let method = if path.exists() {
        LoginMethod::Launchd { path }
    } else {
        LoginMethod::None
    };
    Status {
        method,
        warnings: Vec::new(),
    }
}

fn unload(env: &Env) -> Command {
    let mut command = Command::new(&env.service_tool);
    command.arg("bootout").arg(format!("{}/{LABEL}", session()));
    command
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn an_agent_is_loaded_once_and_unloaded() {
        let temp = tempfile::tempdir().unwrap();
        let tool = temp.path().join("launchctl");
        symlink(
            concat!(env!("CARGO_MANIFEST_DIR"), "/tests/login/launchctl"),
            &tool,
        )
        .unwrap();
        let env = Env {
            home: temp.path().to_owned(),
            config_home: temp.path().join("unused"),
            runtime_dir: None,
            exe: "/Applications/R&D/attuned".into(),
            service_tool: tool,
        };
        let file = agent_file(&env);

        let report = enable(&env, false).unwrap();
        assert_eq!(
            report.steps,
            [
                Step::Wrote(file.clone()),
                Step::Enabled(Means::Launchd),
                Step::Started
            ]
        );
        assert_eq!(enable(&env, false).unwrap(), Report::default());
        let agent = fs::read_to_string(&file).unwrap();
        assert!(
            agent.contains("<string>/Applications/R&amp;D/attuned</string>"),
            "{agent}"
        );
        let last = "<string>run</string>\n    <string>--at-login</string>\n  </array>";
        assert!(agent.contains(last), "{agent}");
        assert_eq!(
            status(&env).method,
            LoginMethod::Launchd { path: file.clone() }
        );

        assert_eq!(
            disable(&env).unwrap().steps,
            [Step::Removed(file.clone()), Step::Disabled]
        );
        assert_eq!(status(&env).method, LoginMethod::None);
        let uid = rustix::process::getuid().as_raw();
        let calls = [
            format!("bootout gui/{uid}/org.attuned.attuned"),
            format!("bootstrap gui/{uid} {}", file.display()),
            format!("bootout gui/{uid}/org.attuned.attuned"),
        ];
        assert_eq!(
            fs::read_to_string(temp.path().join("calls"))
                .unwrap()
                .lines()
                .collect::<Vec<_>>(),
            calls
        );
    }
}
