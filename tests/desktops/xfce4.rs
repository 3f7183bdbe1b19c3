//! xfce4-notifyd, under Xvfb. Its buttons are pressed with the pointer.

use std::fs;
use std::path::Path;

use crate::session::{Process, Session};
use crate::support::wait_until;
use crate::x11::{self, Display, Picture};
use crate::{Button, Server};

const CLASS: &str = "xfce4-notifyd";
const SERVER: &str = "/usr/share/dbus-1/services/org.xfce.xfce4-notifyd.Notifications.service";
const SETTINGS: &str = "/usr/share/dbus-1/services/org.xfce.Xfconf.service";

pub struct Xfce4 {
    server: Process,
    _settings: Process,
    _display: Display,
    session: Session,
}

impl Server for Xfce4 {
    const NAME: &'static str = "Xfce Notify Daemon";
    const NEEDS: &'static [&'static str] = &["Xvfb", "xdotool", "xfconf-query", SERVER, SETTINGS];
    const TELLS: bool = true;

    fn start() -> Self {
        let mut session = Session::new();
        let display = Display::start(&mut session);
        let settings = session.start(program(SETTINGS));
        wait_until("the settings can be asked", || {
            session.run("xfconf-query", &["-l"]).status.success()
        });
        Self {
            server: session.start(program(SERVER)),
            _settings: settings,
            _display: display,
            session,
        }
    }

    fn session(&self) -> &Session {
        &self.session
    }

    fn start_again(&mut self) {
        self.server = self.session.start(program(SERVER));
    }

    fn kill(&mut self) {
        self.server.0.kill().expect("it can be ended");
    }

    fn is_blank(&self) -> bool {
        Picture::take(&self.session).is_blank()
    }

    fn count(&self) -> usize {
        x11::windows(&self.session, CLASS).len()
    }

    fn press(&self, button: &Button) {
        let mut middles = Vec::new();
        wait_until("its row of buttons is to be seen", || {
            let windows = x11::windows(&self.session, CLASS);
            if let Some(newest) = windows.last() {
                middles = Picture::take(&self.session).buttons(newest);
            }
            middles.len() == button.of
        });
        x11::click(&self.session, middles[button.place]);
    }

    fn set_quiet(&self, quiet: bool) {
        let value = if quiet { "true" } else { "false" };
        let property = ["-c", CLASS, "-p", "/do-not-disturb"];
        let change = ["-n", "-t", "bool", "-s", value];
        self.session
            .run("xfconf-query", &[&property[..], &change].concat());
    }
}

/// The program that a D-Bus service file starts: it is not in `PATH`.
fn program(service: &str) -> String {
    let text = fs::read_to_string(Path::new(service)).expect("it is installed");
    let line = text.lines().find_map(|line| line.strip_prefix("Exec="));
    line.expect("a service has a program").trim().to_owned()
}
