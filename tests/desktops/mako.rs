//! mako, under sway. It shows no buttons: `makoctl` presses them, as people bind it to keys.

use crate::session::{Process, Session};
use crate::sway::{self, Sway};
use crate::{Button, Server};

pub struct Mako {
    server: Process,
    _sway: Sway,
    session: Session,
}

impl Server for Mako {
    const NAME: &'static str = "mako";
    const NEEDS: &'static [&'static str] = &["sway", "grim", "mako", "makoctl"];
    const TELLS: bool = false;

    fn start() -> Self {
        let mut session = Session::new();
        let sway = Sway::start(&mut session);
        // In mako do-not-disturb is a mode that people write themselves.
        let settings = "[mode=do-not-disturb]\ninvisible=1\n";
        session.write("config/mako/config", settings);
        Self {
            server: session.start("mako"),
            _sway: sway,
            session,
        }
    }

    fn session(&self) -> &Session {
        &self.session
    }

    fn start_again(&mut self) {
        self.server = self.session.start("mako");
    }

    fn kill(&mut self) {
        self.server.0.kill().expect("it can be ended");
    }

    fn is_blank(&self) -> bool {
        sway::is_blank(&self.session)
    }

    fn count(&self) -> usize {
        let list = self.session.prints("makoctl", &["list"]).to_lowercase();
        // JSON up to 1.7, lines for people since.
        list.matches("\"app-name\"").count() + list.matches("app name:").count()
    }

    fn press(&self, button: &Button) {
        self.session.run("makoctl", &["invoke", button.action]);
    }

    fn set_quiet(&self, quiet: bool) {
        let switch = if quiet { "-a" } else { "-r" };
        let arguments = ["mode", switch, "do-not-disturb"];
        self.session.run("makoctl", &arguments);
    }
}
