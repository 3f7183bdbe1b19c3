//! dunst, under Xvfb. It shows no buttons: its menu of actions is a program of the person's choice.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::session::{Process, Session};
use crate::x11::{Display, Picture};
use crate::{Button, Server};

pub struct Dunst {
    server: Process,
    _display: Display,
    session: Session,
}

impl Server for Dunst {
    const NAME: &'static str = "dunst";
    const NEEDS: &'static [&'static str] = &["Xvfb", "dunst", "dunstctl"];
    const TELLS: bool = true;

    fn start() -> Self {
        let mut session = Session::new();
        let display = Display::start(&mut session);
        write_settings(&session);
        Self {
            server: session.start("dunst"),
            _display: display,
            session,
        }
    }

    fn session(&self) -> &Session {
        &self.session
    }

    fn start_again(&mut self) {
        self.server = self.session.start("dunst");
    }

    fn kill(&mut self) {
        self.server.0.kill().expect("it can be ended");
    }

    fn is_blank(&self) -> bool {
        Picture::take(&self.session).is_blank()
    }

    fn count(&self) -> usize {
        let text = self.session.prints("dunstctl", &["count", "displayed"]);
        text.trim().parse().unwrap_or(0)
    }

    fn press(&self, button: &Button) {
        self.session.write("choice", button.label);
        self.session.run("dunstctl", &["context"]);
    }

    fn set_quiet(&self, quiet: bool) {
        let paused = if quiet { "true" } else { "false" };
        self.session.run("dunstctl", &["set-paused", paused]);
    }
}

/// The menu is answered by a script instead of a person.
fn write_settings(session: &Session) {
    let choice = session.path("choice").display().to_string();
    let script = format!("#!/bin/sh\nexec grep -F -m1 -- \"$(cat '{choice}')\"\n");
    let menu = session.write("menu", &script);
    fs::set_permissions(&menu, fs::Permissions::from_mode(0o755)).expect("a file of ours");
    let settings = format!("[global]\nmarkup = full\ndmenu = {}\n", menu.display());
    session.write("config/dunst/dunstrc", &settings);
}
