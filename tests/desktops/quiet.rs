//! What the daemon hears of a server's do-not-disturb, with nobody asking for a prompt.

use crate::session::{Session, is_there, is_there_all};
use crate::support::home::{Daemon, Home};
use crate::support::wait_until;
use crate::sway::Sway;
use crate::{Server, mako};

/// The daemon in a session, and what it says it hears.
struct Listener {
    home: Home,
    _attuned: Daemon,
}

/// A server that tells when it is switched, crashes, and comes back.
pub fn is_heard_on<S: Server>() {
    if !is_there::<S>() {
        return;
    }
    let mut server = S::start();
    let listener = Listener::start(server.session());
    listener.follows(|quiet| server.set_quiet(quiet));
    server.kill();
    listener.hears("unknown");
    server.start_again();
    listener.hears_anything_but("unknown");
    listener.follows(|quiet| server.set_quiet(quiet));
}

/// `SwayNotificationCenter`, which is not walked through here: it has no buttons that a program could press.
pub fn is_heard_on_swaync() {
    if !is_there_all("swaync", &["sway", "grim", "swaync", "swaync-client"]) {
        return;
    }
    let mut session = Session::new();
    // It keeps its switch in the settings, which have no service here.
    session.set("GSETTINGS_BACKEND", "memory".to_owned());
    let _sway = Sway::start(&mut session);
    let server = session.start("swaync");
    let listener = Listener::start(&session);
    listener.hears("free");
    listener.follows(|quiet| {
        let switch = if quiet { "-dn" } else { "-df" };
        session.run("swaync-client", &[switch]);
    });
    drop(server);
    listener.hears("unknown");
}

/// mako 1.7 tells nothing: it is asked when something is due.
pub fn is_asked_on_mako() {
    if !is_there::<mako::Mako>() {
        return;
    }
    let server = mako::Mako::start();
    let listener = Listener::start(server.session());
    listener.hears("on-request");
    server.set_quiet(true);
    let every_second =
        "[[reminder]]\nname = \"often\"\nwhen = \"* * * * * *\"\nmessage = \"Now.\"\n";
    listener.home.write_config(every_second);
    listener.hears("busy");
}

impl Listener {
    fn start(session: &Session) -> Self {
        let home = Home::new(&session.bus.address());
        Self {
            _attuned: home.daemon(&[]),
            home,
        }
    }

    fn follows(&self, set_quiet: impl Fn(bool)) {
        set_quiet(false);
        self.hears("free");
        set_quiet(true);
        self.hears("busy");
        set_quiet(false);
        self.hears("free");
    }

    fn hears(&self, what: &str) {
        wait_until(what, || self.last() == what);
    }

    fn hears_anything_but(&self, what: &str) {
        wait_until("something new", || self.last() != what);
    }

    fn last(&self) -> String {
        self.home.reads("do-not-disturb")
    }
}
