//! The systemd user manager, by way of `systemctl --user`.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::own_file::{self, Comment, Placed, Removed};
use super::{Env, LoginError, Means, Next, Report, Step, Warning, command, exec};

const UNIT: &str = "attuned.service";
const TEMPLATE: &str = include_str!("../../config/login/attuned.service");
const COMMENT: Comment = Comment {
    open: "# ",
    close: "",
};

/// A user manager that answers.
pub(super) struct UserManager<'a> {
    env: &'a Env,
}

/// What the manager knows of our unit.
#[derive(Debug, Default)]
pub(super) struct Unit {
    pub(super) enabled: bool,
    pub(super) active: bool,
    pub(super) file: Option<PathBuf>,
    /// The program of its `ExecStart=`, with what drop-ins changed.
    pub(super) program: Option<PathBuf>,
}

/// Where [`UserManager::enable`] puts the unit.
pub(super) fn unit_file(env: &Env) -> PathBuf {
    env.config_home.join("systemd/user").join(UNIT)
}

/// What makes the manager start the unit, as `systemctl enable` puts it.
fn wanted_link(env: &Env) -> PathBuf {
    env.config_home
        .join("systemd/user/default.target.wants")
        .join(UNIT)
}

/// Whether the unit would start with a manager, were there one.
pub(super) fn is_wanted(env: &Env) -> bool {
    wanted_link(env).is_symlink() && unit_file(env).exists()
}

/// Takes the unit away where no manager answers.
pub(super) fn remove_unit(env: &Env, report: &mut Report) -> Result<(), LoginError> {
    let link = wanted_link(env);
    if link.is_symlink() {
        std::fs::remove_file(&link).map_err(|source| own_file::error("remove", &link, source))?;
        report.steps.push(Step::Removed(link));
    }
    own_file::remove(&unit_file(env), report).map(|_| ())
}

impl<'a> UserManager<'a> {
    /// The manager of this person, where there is one.
    pub(super) fn find(env: &'a Env) -> Result<Option<UserManager<'a>>, LoginError> {
        let manager = UserManager { env };
        let answer = command::run(&mut manager.systemctl(&["show-environment"]))?;
        Ok(answer
            .filter(|output| output.status.success())
            .map(|_| manager))
    }

    /// Writes and enables the unit, and starts it unless another daemon runs.
    pub(super) fn enable(&self, daemon_runs: bool, report: &mut Report) -> Result<(), LoginError> {
        let body = exec::with_program(TEMPLATE, &exec::systemd(&self.env.exe)?);
        let before = self.unit();
        let placed = own_file::place(&unit_file(self.env), &body, COMMENT, report)?;
        if !before.enabled || placed == Placed::Written {
            self.succeed(&["daemon-reload"])?;
            self.succeed(&["enable", UNIT])?;
            report.steps.push(Step::Enabled(Means::Systemd));
        }
        match (before.active, placed) {
            (true, Placed::Written) => self.start("restart", Step::Restarted, report),
            (true, Placed::Unchanged | Placed::Left) => {}
            (false, _) if daemon_runs => report.next = Some(Next::HandOver),
            (false, _) => self.start("start", Step::Started, report),
        }
        Ok(())
    }

    fn start(&self, verb: &str, done: Step, report: &mut Report) {
        // Past failures would count against this try; without any, there is nothing to reset.
        let _ = self.succeed(&["reset-failed", UNIT]);
        match self.succeed(&[verb, UNIT]) {
            Ok(_) => report.steps.push(done),
            Err(error) => report.warnings.push(Warning::NotStarted {
                detail: error.to_string(),
            }),
        }
    }

    /// Stops and disables the unit, and removes it.
    pub(super) fn disable(&self, report: &mut Report) -> Result<(), LoginError> {
        let unit = self.unit();
        if unit.enabled || unit.active {
            self.succeed(&["disable", "--now", UNIT])?;
        }
        if unit.active {
            report.steps.push(Step::Stopped);
        }
        let file = unit_file(self.env);
        if file.exists() && own_file::remove(&file, report)? == Removed::Gone {
            self.succeed(&["daemon-reload"])?;
        }
        Ok(())
    }

    /// What is known of the unit; nothing where the manager does not say.
    pub(super) fn unit(&self) -> Unit {
        let properties = "--property=UnitFileState,ActiveState,FragmentPath,ExecStart";
        let shown = self
            .succeed(&["show", properties, UNIT])
            .unwrap_or_default();
        Unit::from_properties(&shown)
    }

    fn succeed(&self, arguments: &[&str]) -> Result<String, LoginError> {
        command::succeed(&mut self.systemctl(arguments))
    }

    fn systemctl(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.env.service_tool);
        command.arg("--user").args(arguments);
        if let Some(dir) = &self.env.runtime_dir {
            command.env("XDG_RUNTIME_DIR", dir);
        }
        command
    }
}

impl Unit {
    /// From what `systemctl show` prints, `Name=value` a line; see systemctl(1).
    fn from_properties(shown: &str) -> Unit {
        let mut unit = Unit::default();
        for (name, value) in shown.lines().filter_map(|line| line.split_once('=')) {
            match name {
                "UnitFileState" => unit.enabled = value == "enabled",
                "ActiveState" => {
                    unit.active = matches!(value, "active" | "activating" | "reloading");
                }
                "FragmentPath" => unit.file = (!value.is_empty()).then(|| value.into()),
                "ExecStart" => unit.program = program(value),
                _ => {}
            }
        }
        unit
    }
}

/// The path in `{ path=/usr/bin/attuned ; argv[]=/usr/bin/attuned run ; … }`.
fn program(exec_start: &str) -> Option<PathBuf> {
    let (path, _) = exec_start
        .strip_prefix("{ path=")?
        .split_once(" ; argv[]=")?;
    Some(Path::new(path).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_systemctl_shows_is_understood() {
        // As systemd 252 prints it.
        let unit = Unit::from_properties(
            "ExecStart={ path=/opt/a b/attuned ; argv[]=/opt/a b/attuned run --at-login ; ignore_errors=no ; pid=0 ; status=0/0 }\n\
             ActiveState=active\nFragmentPath=/home/mia/.config/systemd/user/attuned.service\nUnitFileState=enabled\n",
        );
        assert!(unit.enabled && unit.active);
        assert_eq!(
            unit.file.unwrap(),
            Path::new("/home/mia/.config/systemd/user/attuned.service")
        );
        assert_eq!(unit.program.unwrap(), Path::new("/opt/a b/attuned"));

        let absent = Unit::from_properties("ActiveState=inactive\nFragmentPath=\nUnitFileState=\n");
        assert!(
            !absent.enabled && !absent.active && absent.file.is_none() && absent.program.is_none()
        );
    }

    #[test]
    fn the_shipped_unit_takes_the_real_path() {
        let unit = exec::with_program(
            TEMPLATE,
            &exec::systemd(Path::new("/opt/a b/attuned")).unwrap(),
        );
        assert!(
            unit.contains("\nExecStart=\"/opt/a b/attuned\" run --at-login\n"),
            "{unit}"
        );
        assert!(!unit.contains("/usr/bin/attuned"), "{unit}");
    }
}
