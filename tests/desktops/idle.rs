//! A minute in which nothing happens, with everything on that tells whether the person is busy.

use std::fs;
use std::thread::sleep;
use std::time::Duration;

use crate::Server;
use crate::dunst::Dunst;
use crate::session::{Process, Session, is_there_all};
use crate::support::bus::Bus;
use crate::support::home::Home;
use crate::support::logind::{LOGIND, logind};
use crate::support::{children, switches, wait_until};

/// What comes with PipeWire and its session manager.
const PIPEWIRE: [&str; 4] = ["pipewire", "wireplumber", "pw-cli", "pw-dump"];

const SETTINGS: &str = r#"
    [[reminder]]
    name = "far"
    when = "on 29 February at 9:00"
    message = "Far away."
    [busy]
    away-after = "12 h"
    [busy.probe]
    command = "/bin/false"
    [calendar]
    files = ["~/work.ics"]
"#;

const NO_MEETING: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n";

/// Counts the context switches of attuned, and of what it has begun, in a minute.
pub fn nothing_wakes_for_a_minute() {
    if !is_there_all("an idle minute", &[Dunst::NEEDS, &PIPEWIRE].concat()) {
        return;
    }
    let desktop = Dunst::start();
    let session = desktop.session();
    let _sound = sound(session);
    let system = Bus::start();
    let logind = logind(&system);
    logind.own(LOGIND);

    let home = Home::new(&session.bus.address());
    home.write_config(SETTINGS);
    fs::write(home.path("home/work.ics"), NO_MEETING).expect("a file of ours");
    let mut command = home.command(&["run"]);
    command
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("DISPLAY", session.get("DISPLAY"))
        .env("PIPEWIRE_RUNTIME_DIR", session.path("run"))
        .env("DBUS_SYSTEM_BUS_ADDRESS", system.address());
    let attuned = home.daemon_of(command);
    for (source, says) in [
        ("do-not-disturb", "free"),
        ("locked", "free"),
        ("away", "free"),
        ("presenting", "free"),
        ("camera", "free"),
        ("microphone", "free"),
        ("calendar", "free"),
        ("probe", "on-request"),
    ] {
        wait_until(source, || home.reads(source) == says);
    }
    // What was just begun is still being looked at, and the last question's connection closed.
    sleep(Duration::from_secs(10));

    let all = || {
        let processes = [vec![attuned.id()], children(attuned.id())].concat();
        processes
            .into_iter()
            .map(|id| (id, switches(id)))
            .collect::<Vec<_>>()
    };
    let before = all();
    assert_eq!(before.len(), 2, "attuned, and its view of PipeWire");
    sleep(Duration::from_secs(60));
    assert_eq!(all(), before, "context switches in a minute");
}

/// PipeWire, and what manages it, which ends where there is none yet.
fn sound(session: &Session) -> [Process; 2] {
    let pipewire = session.start("pipewire");
    wait_until("PipeWire listens", || {
        session.run("pw-cli", &["info", "0"]).status.success()
    });
    [pipewire, session.start("wireplumber")]
}
