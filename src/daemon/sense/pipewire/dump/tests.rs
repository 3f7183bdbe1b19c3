//! With a PipeWire of the test's own, and with other programs in pw-dump's place.

use std::process::{Child, Command as Program};

use super::*;
use crate::daemon::apart;
use crate::daemon::sense::hearing::bus::Bus;
use crate::daemon::sense::hearing::{SOON, are_installed, block_on};

/// What comes of a shell script in pw-dump's place.
fn through(script: &str) -> Result<Dump, Failure> {
    let mut command = Command::from(apart::command("/bin/sh"));
    command.args(["-c", script]);
    block_on(Dump::begin(command))
}

#[test]
fn a_graph_that_is_told_is_known_at_once() {
    let dump = through("echo '[]'; exec cat").unwrap();
    assert_eq!(dump.users(), Users::default());
}

#[test]
fn what_tells_nothing_or_nonsense_or_too_much_fails() {
    for script in ["exit 1", "echo '['", "echo '{}'", "exec yes '['"] {
        assert_eq!(
            through(script).unwrap_err(),
            "PipeWire does not run",
            "{script}"
        );
    }
}

#[test]
fn without_the_program_that_is_said() {
    let missing = apart::command("/nowhere/pw-dump").into();
    let why = block_on(Dump::begin(missing)).unwrap_err();
    assert_eq!(why, "pw-dump, which comes with PipeWire, is not installed");
}

/// PipeWire and a session manager, in a folder of their own, with a microphone and a speaker that need no hardware.
struct Session {
    bus: Bus,
    pipewire: Child,
    manager: Child,
}

impl Session {
    fn start() -> Self {
        let bus = Bus::start();
        let start = |program| in_session(&bus, &[program]).spawn().unwrap();
        let pipewire = start("pipewire");
        for (class, name) in [
            ("Audio/Source/Virtual", "microphone"),
            ("Audio/Sink", "speaker"),
        ] {
            let properties = format!(
                "{{ factory.name=support.null-audio-sink media.class={class} node.name={name} object.linger=true }}"
            );
            let create = ["pw-cli", "create-node", "adapter", &properties];
            let mut create = in_session(&bus, &create);
            // Until PipeWire listens.
            while !create.status().unwrap().success() {}
        }
        Self {
            pipewire,
            // It ends where there is no PipeWire, or no bus.
            manager: start("wireplumber"),
            bus,
        }
    }

    fn record(&self, options: &[&str]) -> Child {
        let words = [&["pw-record"], options, &["/dev/null"]].concat();
        in_session(&self.bus, &words).spawn().unwrap()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        for child in [&mut self.manager, &mut self.pipewire] {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// A program that knows of nothing but the bus and its folder.
fn in_session(bus: &Bus, words: &[&str]) -> Program {
    let folder = bus.path("");
    let mut program = Program::new(words[0]);
    program
        .args(&words[1..])
        .envs(["HOME", "XDG_RUNTIME_DIR"].map(|name| (name, &folder)))
        .envs(["XDG_STATE_HOME", "XDG_CONFIG_HOME"].map(|name| (name, &folder)))
        .env("DBUS_SESSION_BUS_ADDRESS", bus.address())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    program
}

/// Waits until this program listens.
async fn hear(dump: &mut Dump, listener: Option<&str>) {
    let heard = async {
        while dump.users().listener.as_deref() != listener {
            dump.changed().await.unwrap();
        }
    };
    timeout(SOON, heard).await.expect("it is told");
}

#[test]
fn a_recording_is_heard_from_its_beginning_to_its_end() {
    if !are_installed(&["pipewire", "pw-record", "wireplumber"]) {
        return;
    }
    let session = Session::start();
    block_on(async {
        let pw_dump = in_session(&session.bus, &["pw-dump"]);
        let mut dump = Dump::begin(Command::from(pw_dump)).await.unwrap();
        // It plays what the speaker does, and comes first: were it told, it would be told then.
        let mut of_speaker =
            session.record(&["--target", "speaker", "-P", "{ stream.capture.sink=true }"]);
        let mut meter =
            session.record(&["--target", "microphone", "-P", "{ stream.monitor=true }"]);
        timeout(SOON, async {
            while dump.graph.listeners() < 2 {
                dump.changed().await.unwrap();
            }
        })
        .await
        .expect("both record");
        assert_eq!(dump.users().listener, None);
        let mut recording = session.record(&["--target", "microphone"]);
        hear(&mut dump, Some("pw-record")).await;
        for child in [&mut recording, &mut of_speaker, &mut meter] {
            child.kill().unwrap();
            child.wait().unwrap();
        }
        hear(&mut dump, None).await;
        drop(session);
        let ended = async { while dump.changed().await.is_ok() {} };
        timeout(SOON, ended).await.expect("the end is told");
    });
}
