//! The program on real desktop parts: dunst and xfce4-notifyd under Xvfb, mako and `SwayNotificationCenter` under sway,
//! each in a session of its own.
//!
//! `scripts/test` installs them on Debian and Ubuntu. Where one is missing its test says so; with `CI` set it fails.
#![cfg(target_os = "linux")]

mod dunst;
mod idle;
mod mako;
mod quiet;
mod session;
mod story;
#[path = "../support/mod.rs"]
mod support;
mod sway;
mod x11;
mod xfce4;

use std::thread;

use dunst::Dunst;
use mako::Mako;
use session::Session;
use xfce4::Xfce4;

/// A notification server on a screen of its own, and the person in front of it.
trait Server: Sized {
    /// As it calls itself.
    const NAME: &'static str;
    /// What has to be installed.
    const NEEDS: &'static [&'static str];
    /// Whether it tells when do-not-disturb is switched.
    const TELLS: bool;

    /// A session with this server in it. It may still be on its way up.
    fn start() -> Self;

    fn session(&self) -> &Session;

    /// Starts the server again, after [`Server::kill`].
    fn start_again(&mut self);

    /// Ends the server as a crash would.
    fn kill(&mut self);

    /// Whether nothing at all is to be seen on the screen.
    fn is_blank(&self) -> bool;

    /// How many notifications it shows.
    fn count(&self) -> usize;

    /// Presses a button of the newest notification.
    fn press(&self, button: &Button);

    /// Switches do-not-disturb.
    fn set_quiet(&self, quiet: bool);
}

/// A button of a prompt.
struct Button {
    label: &'static str,
    /// What the server is told with it.
    action: &'static str,
    /// Its place in the row, from the left.
    place: usize,
    /// How many are in the row.
    of: usize,
}

/// One of a prompt's three buttons.
const fn button(place: usize, label: &'static str, action: &'static str) -> Button {
    Button {
        label,
        action,
        place,
        of: 3,
    }
}

/// One of two buttons.
const fn one_of_two(place: usize, label: &'static str, action: &'static str) -> Button {
    Button {
        of: 2,
        ..button(place, label, action)
    }
}

#[test]
fn dunst_shows_it_all() {
    story::tell_on::<Dunst>();
}

#[test]
fn mako_shows_it_all() {
    story::tell_on::<Mako>();
}

#[test]
fn xfce4_notifyd_shows_it_all() {
    story::tell_on::<Xfce4>();
}

#[test]
fn do_not_disturb_is_heard_on_dunst() {
    quiet::is_heard_on::<Dunst>();
}

#[test]
fn do_not_disturb_is_heard_on_xfce4_notifyd() {
    quiet::is_heard_on::<Xfce4>();
}

#[test]
fn do_not_disturb_is_heard_on_swaync() {
    quiet::is_heard_on_swaync();
}

#[test]
fn mako_is_asked_for_do_not_disturb() {
    quiet::is_asked_on_mako();
}

/// A minute is the shortest that a prompt may stay, so this takes one, for all three at once.
#[test]
#[ignore = "it takes a minute of real time; .ci/long runs it"]
fn an_unanswered_prompt_goes_by_itself() {
    thread::scope(|scope| {
        scope.spawn(story::wait_for_the_end_on::<Dunst>);
        scope.spawn(story::wait_for_the_end_on::<Mako>);
        scope.spawn(story::wait_for_the_end_on::<Xfce4>);
    });
}

/// With everything on that tells whether the person is busy, and nothing happening.
#[test]
#[ignore = "it takes a minute of real time; .ci/long runs it"]
fn an_idle_minute_has_no_wake_up() {
    idle::nothing_wakes_for_a_minute();
}
