//! The person's session, by a logind and screen savers that are stand-ins.

use super::support::logind::{HERE, LOGIND, SESSION, THERE, USER, display, logind};
use super::*;

const SOURCE: &str = "locked";
const GNOME: (&str, &str) = ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver");
const XFCE: (&str, &str) = ("org.xfce.ScreenSaver", "/org/xfce/ScreenSaver");

/// The daemon with the session's bus and the machine's.
fn listener(session: &Bus, system: &Bus) -> Listener {
    Listener::start(Home::new(&session.address()), |command| {
        command.env("DBUS_SYSTEM_BUS_ADDRESS", system.address());
    })
}

/// A screen saver by this name; it is off, and does not own its name yet.
fn saver(bus: &Bus, (name, path): (&str, &str)) -> StandIn {
    let saver = StandIn::start(&bus.address());
    saver.answer(path, &format!("{name}.GetActive"), false);
    saver
}

fn cover(saver: &StandIn, (name, path): (&str, &str), is_on: bool) {
    saver.answer(path, &format!("{name}.GetActive"), is_on);
    saver.signal(path, name, "ActiveChanged", &is_on);
}

#[test]
fn a_lock_and_another_session_on_the_screen_are_told_by_logind() {
    let (session, system) = (Bus::start(), Bus::start());
    let logind = logind(&system);
    logind.own(LOGIND);
    let listener = listener(&session, &system);
    listener.hears(SOURCE, "free");
    logind.change(HERE, SESSION, "LockedHint", true);
    listener.hears(SOURCE, "busy");
    assert!(listener.home.reading(SOURCE)["busy"]["what"].is_null());
    logind.change(HERE, SESSION, "LockedHint", false);
    listener.hears(SOURCE, "free");
    logind.change(HERE, SESSION, "Active", false);
    listener.hears(SOURCE, "busy");
    let what = &listener.home.reading(SOURCE)["busy"]["what"];
    assert_eq!(what, "another session is on it");
    logind.change(HERE, SESSION, "Active", true);
    listener.hears(SOURCE, "free");
}

#[test]
fn a_login_and_a_logout_are_followed() {
    let (session, system) = (Bus::start(), Bus::start());
    let logind = logind(&system);
    let person = "org.freedesktop.login1.User";
    logind.set(USER, person, "Display", display("", "/"));
    logind.own(LOGIND);
    let listener = listener(&session, &system);
    listener.hears(SOURCE, "unknown");
    logind.set(HERE, SESSION, "LockedHint", true);
    logind.change(USER, person, "Display", display("2", HERE));
    listener.hears(SOURCE, "busy");
    logind.change(USER, person, "Display", display("", "/"));
    listener.hears(SOURCE, "unknown");
}

#[test]
fn a_session_that_was_left_is_not_the_person_s_although_the_environment_names_it() {
    let (session, system) = (Bus::start(), Bus::start());
    let logind = logind(&system);
    logind.own(LOGIND);
    let home = Home::new(&session.address());
    let listener = Listener::start(home, |command| {
        command.env("DBUS_SYSTEM_BUS_ADDRESS", system.address());
        command.env("XDG_SESSION_ID", "c1");
    });
    listener.hears(SOURCE, "free");
    drop(listener);
    // Another one of theirs, on the screen or not, is.
    logind.set(THERE, SESSION, "State", "online");
    let home = Home::new(&session.address());
    let listener = Listener::start(home, |command| {
        command.env("DBUS_SYSTEM_BUS_ADDRESS", system.address());
        command.env("XDG_SESSION_ID", "c1");
    });
    listener.hears(SOURCE, "busy");
}

#[test]
fn screen_savers_tell_where_there_is_no_logind() {
    let (session, system) = (Bus::start(), Bus::start());
    let saver = saver(&session, XFCE);
    let listener = listener(&session, &system);
    listener.hears(SOURCE, "unknown");
    saver.own(XFCE.0);
    listener.hears(SOURCE, "free");
    cover(&saver, XFCE, true);
    listener.hears(SOURCE, "busy");
    cover(&saver, XFCE, false);
    listener.hears(SOURCE, "free");
    cover(&saver, XFCE, true);
    listener.hears(SOURCE, "busy");
    drop(saver);
    listener.hears(SOURCE, "unknown");
}

#[test]
fn a_screen_saver_that_did_not_tell_logind_counts_too() {
    let (session, system) = (Bus::start(), Bus::start());
    let logind = logind(&system);
    logind.own(LOGIND);
    let saver = saver(&session, GNOME);
    saver.own(GNOME.0);
    // GNOME has this one only to keep the screen on.
    saver.own("org.freedesktop.ScreenSaver");
    let listener = listener(&session, &system);
    listener.hears(SOURCE, "free");
    cover(&saver, GNOME, true);
    listener.hears(SOURCE, "busy");
    drop(saver);
    listener.hears(SOURCE, "free");
}

#[test]
fn without_a_system_bus_screen_savers_still_tell() {
    let (session, mut system) = (Bus::start(), Bus::start());
    system.stop();
    let saver = saver(&session, GNOME);
    saver.own(GNOME.0);
    let listener = listener(&session, &system);
    listener.hears(SOURCE, "free");
    cover(&saver, GNOME, true);
    listener.hears(SOURCE, "busy");
}
