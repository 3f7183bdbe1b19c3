//! On sway, which has KDE's protocol, and on a stand-in that has `ext-idle-notify-v1`.

use std::fs;
use std::process::{Child, Command, Stdio};

use super::*;
use crate::daemon::sense::hearing::{
    Heard, SOON, are_installed, block_on, is_busy, is_free, listen,
};
use crate::engine::{Reading, Source};
use stand_in::{Event, StandIn};

mod stand_in;

/// What a person at this compositor does, and what the source comes to, which has to fail in the end.
fn live(socket: &Path, after: Duration, story: impl AsyncFnOnce(&mut Heard)) -> Failure {
    block_on(async {
        let (teller, mut heard) = listen(Source::Away);
        let following = timeout(2 * SOON, follow(&teller, socket, after));
        let (ended, ()) = tokio::join!(following, story(&mut heard));
        ended.expect("the end is told").unwrap_err()
    })
}

#[test]
fn the_compositor_s_word_is_passed_on() {
    let stand_in = StandIn::start(&["wl_seat", "ext_idle_notifier_v1"]);
    let why = live(
        &stand_in.socket(),
        Duration::from_secs(300),
        async |heard: &mut Heard| {
            assert_eq!(heard.next().await, Reading::Free);
            assert_eq!(stand_in.asked_for().await, 300_000);
            for _ in 0..2 {
                stand_in.send(Event::Idled);
                heard.until(is_busy).await;
                stand_in.send(Event::Resumed);
                heard.until(is_free).await;
            }
            stand_in.send(Event::End);
        },
    );
    assert!(why.contains("the compositor cannot be followed"), "{why}");
}

#[test]
fn a_seat_that_goes_takes_the_word_with_it() {
    let stand_in = StandIn::start(&["ext_idle_notifier_v1", "wl_seat"]);
    let why = live(
        &stand_in.socket(),
        Duration::from_secs(300),
        async |heard: &mut Heard| {
            heard.until(is_free).await;
            stand_in.send(Event::SeatRemoved);
        },
    );
    assert_eq!(why, "the keyboard and the pointer went away");
}

#[test]
fn a_compositor_that_cannot_tell_says_so() {
    for globals in [&["wl_seat"][..], &["ext_idle_notifier_v1"], &[]] {
        let stand_in = StandIn::start(globals);
        let why = live(
            &stand_in.socket(),
            Duration::from_secs(300),
            async |_: &mut Heard| {},
        );
        assert_eq!(why, "the compositor does not tell when nobody is there");
    }
    let nowhere = live(
        Path::new("/nowhere"),
        Duration::from_secs(300),
        async |_: &mut Heard| {},
    );
    assert!(
        nowhere.contains("the compositor cannot be reached"),
        "{nowhere}"
    );
}

/// sway without a screen, with a folder of its own.
struct Sway {
    folder: tempfile::TempDir,
    compositor: Child,
}

impl Sway {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("config"), "xwayland disable\n").unwrap();
        // sway refuses to run as root; in a user namespace it is somebody else.
        let mut command = if rustix::process::geteuid().is_root() {
            let mut command = Command::new("unshare");
            command.args(["-U", "--map-user=1000", "--map-group=1000", "sway"]);
            command
        } else {
            Command::new("sway")
        };
        let compositor = command
            .arg("-c")
            .arg(folder.path().join("config"))
            .env("XDG_RUNTIME_DIR", folder.path())
            .env_remove("WAYLAND_DISPLAY")
            .env("WLR_BACKENDS", "headless")
            .env("WLR_LIBINPUT_NO_DEVICES", "1")
            .env("WLR_RENDERER", "pixman")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let compositor = compositor.unwrap();
        Self { folder, compositor }
    }

    /// Where it listens, once it does.
    async fn socket(&self) -> std::path::PathBuf {
        let socket = self.folder.path().join("wayland-1");
        let listens = async {
            while UnixStream::connect(&socket).await.is_err() {
                tokio::task::yield_now().await;
            }
        };
        timeout(SOON, listens).await.expect("sway starts");
        socket
    }

    fn press_a_key(&self) {
        let pressed = Command::new("wtype")
            .arg("a")
            .env("XDG_RUNTIME_DIR", self.folder.path())
            .env("WAYLAND_DISPLAY", "wayland-1")
            .status();
        assert!(pressed.unwrap().success());
    }

    fn end(&mut self) {
        let _ = self.compositor.kill();
        let _ = self.compositor.wait();
    }
}

impl Drop for Sway {
    fn drop(&mut self) {
        self.end();
    }
}

#[test]
fn on_sway_who_types_nothing_is_away_until_a_key_is_pressed() {
    if !are_installed(&["sway", "wtype", "unshare"]) {
        return;
    }
    let mut sway = Sway::start();
    let socket = block_on(sway.socket());
    let why = live(
        &socket,
        Duration::from_millis(300),
        async |heard: &mut Heard| {
            for _ in 0..2 {
                heard.until(is_busy).await;
                sway.press_a_key();
                heard.until(is_free).await;
            }
            sway.end();
        },
    );
    assert!(why.contains("the compositor cannot be followed"), "{why}");
}
