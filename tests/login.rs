//! Start at login, against a stand-in for `systemctl` that keeps its units in the test's own folder.

#![cfg(all(unix, not(target_os = "macos")))]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use attuned::login::{
    self, Env, Fleeting, LoginError, LoginMethod, Means, Next, Report, Step, Warning,
};

/// A home with a program in it, and perhaps a user manager.
struct Home {
    folder: tempfile::TempDir,
    env: Env,
}

impl Home {
    fn with_manager() -> Home {
        let home = Home::without_manager();
        fs::write(home.at("manager"), "").unwrap();
        home
    }

    fn without_manager() -> Home {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        for program in ["my attuned", "new attuned"] {
            fs::write(root.join(program), "").unwrap();
        }
        // A link, for a script just written may still be open in another test's child, and then does not run.
        let stand_in = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/login/systemctl");
        symlink(stand_in, root.join("systemctl")).unwrap();
        let env = Env {
            home: root.clone(),
            config_home: root.join("config"),
            runtime_dir: None,
            exe: root.join("my attuned"),
            service_tool: root.join("systemctl"),
        };
        Home { folder, env }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.env.home.join(path)
    }

    fn unit(&self) -> PathBuf {
        self.at("config/systemd/user/attuned.service")
    }

    fn wanted(&self) -> PathBuf {
        self.at("config/systemd/user/default.target.wants/attuned.service")
    }

    fn autostart(&self) -> PathBuf {
        self.at("config/autostart/attuned.desktop")
    }

    fn enable(&self) -> Report {
        self.only_temporary(login::enable(&self.env, false).unwrap())
    }

    /// `report` without the one warning that every report of a temporary home has.
    fn only_temporary(&self, mut report: Report) -> Report {
        let expected = Warning::Fleeting {
            exe: self.env.exe.clone(),
            why: Fleeting::Temporary,
        };
        assert_eq!(report.warnings.pop(), Some(expected));
        report
    }

    fn calls(&self) -> String {
        fs::read_to_string(self.at("calls")).unwrap_or_default()
    }
}

fn append(path: &Path, text: &str) {
    let before = fs::read_to_string(path).unwrap();
    fs::write(path, before + text).unwrap();
}

#[test]
fn with_a_user_manager_a_unit_is_enabled_and_started() {
    let home = Home::with_manager();
    let report = home.enable();
    assert_eq!(
        report.steps,
        [
            Step::Wrote(home.unit()),
            Step::Enabled(Means::Systemd),
            Step::Started
        ]
    );
    assert_eq!((report.warnings, report.next), (vec![], None));
    assert!(!home.autostart().exists());

    let unit = fs::read_to_string(home.unit()).unwrap();
    let exec = format!(
        "\nExecStart=\"{}\" run --at-login\n",
        home.env.exe.display()
    );
    assert!(unit.contains(&exec), "{unit}");

    let status = login::status(&home.env);
    assert_eq!(
        status.method,
        LoginMethod::Systemd {
            unit: home.unit(),
            active: true
        }
    );
    assert_eq!(status.warnings, []);
}

#[test]
fn enabling_twice_changes_nothing() {
    for home in [Home::with_manager(), Home::without_manager()] {
        home.enable();
        let before = home.calls();
        assert_eq!(home.enable().steps, []);
        let after = home.calls();
        let asked: Vec<&str> = after[before.len()..]
            .lines()
            .filter(|call| !call.starts_with("show"))
            .collect();
        assert!(asked.is_empty(), "{asked:?}");
    }
}

#[test]
fn disabling_leaves_nothing_behind() {
    for home in [Home::with_manager(), Home::without_manager()] {
        home.enable();
        let report = login::disable(&home.env).unwrap();
        assert_eq!(report.steps.last(), Some(&Step::Disabled));
        for path in [
            home.unit(),
            home.wanted(),
            home.autostart(),
            home.at("active"),
            home.at("loaded"),
        ] {
            assert!(!path.is_symlink() && !path.exists(), "{}", path.display());
        }
        assert_eq!(login::status(&home.env).method, LoginMethod::None);
        assert_eq!(login::disable(&home.env).unwrap(), Report::default());
    }
}

#[test]
fn a_daemon_that_runs_by_hand_is_not_doubled() {
    let home = Home::with_manager();
    let report = home.only_temporary(login::enable(&home.env, true).unwrap());
    assert_eq!(report.next, Some(Next::HandOver));
    let status = login::status(&home.env);
    assert_eq!(
        status.method,
        LoginMethod::Systemd {
            unit: home.unit(),
            active: false
        }
    );
}

#[test]
fn without_a_user_manager_there_is_an_autostart_entry() {
    let home = Home::without_manager();
    let report = home.enable();
    assert_eq!(
        report.steps,
        [
            Step::Wrote(home.autostart()),
            Step::Enabled(Means::Autostart)
        ]
    );
    assert_eq!(report.next, Some(Next::LogInAgain));
    let entry = fs::read_to_string(home.autostart()).unwrap();
    assert!(entry.starts_with("[Desktop Entry]\n"), "{entry}");
    assert!(
        entry.contains(&format!(
            "\nExec=\"{}\" run --at-login\n",
            home.env.exe.display()
        )),
        "{entry}"
    );
    assert_eq!(
        login::status(&home.env).method,
        LoginMethod::Autostart {
            path: home.autostart()
        }
    );

    // XFCE's settings switch an entry off so.
    append(&home.autostart(), "Hidden=true\n");
    assert_eq!(login::status(&home.env).method, LoginMethod::None);
}

#[test]
fn a_machine_without_systemctl_has_no_user_manager() {
    let mut home = Home::with_manager();
    home.env.service_tool = home.at("no/systemctl");
    home.enable();
    assert_eq!(
        login::status(&home.env).method,
        LoginMethod::Autostart {
            path: home.autostart()
        }
    );
}

#[test]
fn one_way_replaces_the_other() {
    let home = Home::without_manager();
    home.enable();
    fs::write(home.at("manager"), "").unwrap();
    assert!(
        home.enable()
            .steps
            .contains(&Step::Removed(home.autostart()))
    );
    assert!(home.wanted().exists() && !home.autostart().exists());

    fs::remove_file(home.at("manager")).unwrap();
    let steps = home.enable().steps;
    assert!(
        steps.contains(&Step::Removed(home.unit()))
            && steps.contains(&Step::Removed(home.wanted())),
        "{steps:?}"
    );
    assert!(home.autostart().exists() && !home.wanted().is_symlink());
}

#[test]
fn another_program_is_noticed_and_enabling_takes_it_over() {
    let mut home = Home::with_manager();
    home.enable();
    let old = home.env.exe.clone();
    home.env.exe = home.at("new attuned");
    let other = |exists| Warning::OtherProgram {
        file: home.unit(),
        starts: old.clone(),
        exists,
    };
    assert_eq!(login::status(&home.env).warnings, [other(true)]);
    fs::remove_file(&old).unwrap();
    assert_eq!(login::status(&home.env).warnings, [other(false)]);

    let report = home.enable();
    assert_eq!(
        report.steps,
        [
            Step::Wrote(home.unit()),
            Step::Enabled(Means::Systemd),
            Step::Restarted
        ]
    );
    assert_eq!(login::status(&home.env).warnings, []);
}

#[test]
fn what_a_person_changed_stays() {
    let home = Home::with_manager();
    home.enable();
    append(&home.unit(), "MemoryHigh=1G\n");
    assert_eq!(home.enable().steps, [Step::Left(home.unit())]);
    let report = login::disable(&home.env).unwrap();
    assert_eq!(
        report.steps,
        [Step::Stopped, Step::Left(home.unit()), Step::Disabled]
    );
    assert!(home.unit().exists() && !home.wanted().is_symlink() && !home.at("active").exists());
}

#[test]
fn a_changed_autostart_entry_is_left_and_said() {
    let home = Home::without_manager();
    home.enable();
    append(&home.autostart(), "Comment=mine\n");
    let report = login::disable(&home.env).unwrap();
    assert_eq!(report.steps, [Step::Left(home.autostart())]);
    assert_eq!(report.warnings, [Warning::AlsoStartedBy(home.autostart())]);
}

#[test]
fn a_unit_that_does_not_start_is_enabled_all_the_same() {
    let home = Home::with_manager();
    fs::write(home.at("broken"), "").unwrap();
    let report = home.enable();
    assert_eq!(
        report.steps,
        [Step::Wrote(home.unit()), Step::Enabled(Means::Systemd)]
    );
    let [Warning::NotStarted { detail }] = &report.warnings[..] else {
        panic!("{:?}", report.warnings)
    };
    assert!(
        detail.contains("Job for attuned.service failed."),
        "{detail}"
    );
}

#[test]
fn disabling_tells_that_it_stopped_what_ran() {
    let home = Home::with_manager();
    home.enable();
    let steps = login::disable(&home.env).unwrap().steps;
    assert_eq!(
        steps,
        [Step::Stopped, Step::Removed(home.unit()), Step::Disabled]
    );
}

#[test]
fn a_manager_that_looks_elsewhere_is_an_error_in_its_own_words() {
    let home = Home::with_manager();
    // The unit is written where this manager does not look.
    let env = Env {
        config_home: home.at("elsewhere"),
        ..home.env.clone()
    };
    let error = login::enable(&env, false).unwrap_err();
    assert!(matches!(error, LoginError::Command { .. }), "{error:?}");
    assert!(
        error
            .to_string()
            .contains("enable attuned.service` failed: Unit file attuned.service does not exist.")
    );
}

#[test]
fn a_path_that_systemd_cannot_hold_changes_nothing() {
    let mut home = Home::with_manager();
    home.env.exe = home.folder.path().join("it's attuned");
    assert!(matches!(
        login::enable(&home.env, false),
        Err(LoginError::OddPath { .. })
    ));
    assert!(!home.unit().exists() && !home.wanted().is_symlink());
}
