//! The screen savers of desktops, which may know of a lock that logind was not told of.

use std::convert::Infallible;

use super::{Failure, View};
use crate::daemon::bus::{Bus, BusError, Line, Object};
use crate::engine::Reading;

/// As each desktop calls its own: GNOME, Plasma, MATE, Cinnamon, Xfce. All speak one protocol.
const NAMES: [&str; 5] = [
    "org.gnome.ScreenSaver",
    "org.freedesktop.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.xfce.ScreenSaver",
];

/// Tells whether one of them covers the screen.
pub(super) async fn follow(view: &View) -> Result<Infallible, Failure> {
    let mut line = Line::open(&Bus::session()).await?;
    for name in NAMES {
        line.follow_owner(name).await?;
        let rule =
            format!("type='signal',sender='{name}',interface='{name}',member='ActiveChanged'");
        line.follow(&rule).await?;
    }
    loop {
        view.send_replace(Some(reading(&line).await?));
        line.changed().await?;
    }
}

async fn reading(line: &Line) -> Result<Reading, BusError> {
    let mut reading = Reading::Unknown {
        why: "no screen saver that attuned knows is running".to_owned(),
    };
    for name in NAMES {
        let Some(owner) = line.owner(name).await? else {
            continue;
        };
        let path = format!("/{}", name.replace('.', "/"));
        let saver = Object {
            owner: &owner,
            path: &path,
            interface: name,
        };
        // One that has a name only to keep the screen on, as GNOME has beside its own, refuses.
        match line.ask(saver, "GetActive", &()).await {
            Ok(true) => return Ok(Reading::busy_if(true)),
            Ok(false) => reading = Reading::Free,
            Err(_) => {}
        }
    }
    Ok(reading)
}
