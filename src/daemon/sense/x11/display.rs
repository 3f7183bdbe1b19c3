//! What `DISPLAY` means, by X(7). Only a server on this machine counts: attuned speaks to no other.

use std::path::PathBuf;

use x11rb::reexports::x11rb_protocol::parse_display::{ConnectAddress, parse_display};

use crate::daemon::sense::Failure;

/// Where the ports of displays begin.
const FIRST_PORT: u16 = 6000;

/// A display that is reached over a socket.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Display {
    pub(super) socket: PathBuf,
    pub(super) number: u16,
    pub(super) screen: usize,
}

impl Display {
    pub(super) fn parse(display: &str) -> Result<Self, Failure> {
        let parsed = parse_display(Some(display));
        // A number that leaves no port for it is none.
        let parsed = parsed
            .ok()
            .filter(|one| one.display <= u16::MAX - FIRST_PORT);
        let parsed = parsed.ok_or("DISPLAY names no display")?;
        let socket = parsed.connect_instruction().find_map(|way| match way {
            ConnectAddress::Socket(path) => Some(PathBuf::from(path)),
            _ => None,
        });
        Ok(Self {
            socket: socket.ok_or("the display is on another machine, or reached as if it were")?,
            number: parsed.display,
            screen: parsed.screen.into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_display_on_this_machine_has_a_socket() {
        for (text, number, screen) in [(":0", 0, 0), (":12.1", 12, 1), ("unix/:3", 3, 0)] {
            let socket = format!("/tmp/.X11-unix/X{number}").into();
            let expected = Display {
                socket,
                number,
                screen,
            };
            assert_eq!(Display::parse(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn one_on_a_network_is_left_alone() {
        for text in ["localhost:10.0", "127.0.0.1:0", "example.org:0", "tcp/:0"] {
            let why = Display::parse(text).unwrap_err();
            assert!(why.contains("on another machine"), "{text}: {why}");
        }
        for text in ["", "0", "wayland-0", ":x", ":59536"] {
            assert_eq!(
                Display::parse(text).unwrap_err(),
                "DISPLAY names no display"
            );
        }
    }
}
