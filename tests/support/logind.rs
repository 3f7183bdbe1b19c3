//! A logind that is a stand-in.

use zbus::{ObjectPath, Variant};

use super::bus::Bus;
use super::stand_in::StandIn;

pub const LOGIND: &str = "org.freedesktop.login1";
const MANAGER: &str = "/org/freedesktop/login1";
pub const USER: &str = "/org/freedesktop/login1/user/_7";
pub const SESSION: &str = "org.freedesktop.login1.Session";
pub const HERE: &str = "/org/freedesktop/login1/session/_32";
pub const THERE: &str = "/org/freedesktop/login1/session/c1";

/// What is kept from what, who does, why, how, for which person and by which process.
type Inhibitors = Vec<(String, String, String, String, u32, u32)>;

/// A logind that knows a graphical session `2`; a terminal `1`; and a session `c1` that was left.
pub fn logind(bus: &Bus) -> StandIn {
    let logind = StandIn::start(&bus.address());
    let manager = |method| format!("{LOGIND}.Manager.{method}");
    logind.answer(MANAGER, &manager("GetUser"), path(USER));
    logind.answer(MANAGER, &manager("GetSession"), path(THERE));
    let nobody: Inhibitors = Vec::new();
    logind.answer(MANAGER, &manager("ListInhibitors"), nobody);
    logind.set(
        USER,
        "org.freedesktop.login1.User",
        "Display",
        display("2", HERE),
    );
    for (session, is_active, state) in [(HERE, true, "active"), (THERE, false, "closing")] {
        logind.set(session, SESSION, "LockedHint", false);
        logind.set(session, SESSION, "Active", is_active);
        logind.set(session, SESSION, "Type", "x11");
        logind.set(session, SESSION, "State", state);
    }
    logind
}

fn path(path: &'static str) -> ObjectPath<'static> {
    ObjectPath::try_from(path).expect("a path")
}

pub fn display(id: &'static str, session: &'static str) -> Variant<'static> {
    Variant::from((id, path(session)))
}
