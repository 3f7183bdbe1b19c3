//! A headless Wayland compositor: sway, which mako shows its notifications on.

use std::fs;

use crate::session::{Process, Session};
use crate::support::wait_until;

/// The compositor. It ends with the value.
pub struct Sway {
    _compositor: Process,
}

impl Sway {
    /// Gives the session a screen.
    pub fn start(session: &mut Session) -> Self {
        let settings = session.write("sway", "xwayland disable\noutput * resolution 1024x768\n");
        // sway refuses to run as root; in a user namespace it is somebody else.
        let mut command = if rustix::process::geteuid().is_root() {
            let mut command = session.command("unshare");
            command.args(["-U", "--map-user=1000", "--map-group=1000", "sway"]);
            command
        } else {
            session.command("sway")
        };
        command
            .arg("-c")
            .arg(settings)
            .env("WLR_BACKENDS", "headless")
            .env("WLR_LIBINPUT_NO_DEVICES", "1")
            .env("WLR_RENDERER", "pixman");
        let compositor = Process::from(&mut command);
        let mut socket = None;
        wait_until("sway has a screen", || {
            socket = socket_in(session);
            socket.is_some()
        });
        session.set("WAYLAND_DISPLAY", socket.expect("waited for"));
        wait_until("sway paints its screen", || picture(session).is_some());
        Self {
            _compositor: compositor,
        }
    }
}

fn socket_in(session: &Session) -> Option<String> {
    let names = fs::read_dir(session.path("run")).ok()?;
    names
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .find(|name| {
            let number = name.strip_prefix("wayland-");
            number.is_some_and(|number| number.parse::<u32>().is_ok())
        })
}

/// Whether nothing is to be seen on the screen.
pub fn is_blank(session: &Session) -> bool {
    let picture = picture(session).expect("sway paints its screen");
    picture.windows(4).all(|bytes| bytes[0] == bytes[3])
}

/// The screen as pixels of three bytes; none where the compositor cannot be asked yet.
fn picture(session: &Session) -> Option<Vec<u8>> {
    const LINES_OF_HEADER: usize = 3;
    let ppm = session.run("grim", &["-t", "ppm", "-"]).stdout;
    let ends = ppm.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    let (end, _) = ends.take(LINES_OF_HEADER).last()?;
    Some(ppm[end + 1..].to_vec())
}
