//! A window that fills the screen, where the X server tells: the active one's state, by the window managers' conventions.

use std::convert::Infallible;
use std::future::pending;
use std::thread::sleep;
use std::time::Duration;

use x11rb::connection::Connection;
use x11rb::errors::ReplyError;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ChangeWindowAttributesAux, ConnectionExt as _, EventMask, Window,
};

use super::{Programs, Told};
use crate::daemon::sense::Failure;
use crate::daemon::sense::desktop::Desktop;
use crate::daemon::sense::x11::{Address, Server, Watcher, lost};

/// How long a window takes to change: its size comes in steps, and its state with them.
const SETTLE: Duration = Duration::from_millis(300);

/// The most that is read of a property, in words of four bytes.
const LENGTH: u32 = 64;

x11rb::atom_manager! {
    Names: NamesCookie {
        active_window: b"_NET_ACTIVE_WINDOW".as_slice(),
        state: b"_NET_WM_STATE".as_slice(),
        full_screen: b"_NET_WM_STATE_FULLSCREEN".as_slice(),
        kind: b"_NET_WM_WINDOW_TYPE".as_slice(),
        desktop: b"_NET_WM_WINDOW_TYPE_DESKTOP".as_slice(),
    }
}

/// Tells of the program whose window fills the screen. On Wayland no other program is told.
pub(super) async fn follow(told: &Told) -> Result<Infallible, Failure> {
    let desktop = Desktop::find().await;
    if desktop.wayland.is_some() {
        told.of(Ok(Programs::new()));
        return pending().await;
    }
    let address = desktop.x11.ok_or("there is no display yet")?;
    follow_on(&address, told).await
}

async fn follow_on(address: &Address, told: &Told) -> Result<Infallible, Failure> {
    let mut watcher = Watcher::start(address, watch).await?;
    let mut programs = watcher.first().await?;
    loop {
        told.of(Ok(programs));
        programs = watcher.next().await?;
    }
}

fn watch(server: &Server<Programs>) -> Result<Infallible, Failure> {
    let names = Names::new(&server.connection).map_err(lost)?;
    let names = names.reply().map_err(lost)?;
    select(server, server.root, EventMask::PROPERTY_CHANGE)?;
    let mut active = 0;
    loop {
        let now = active_window(server, &names)?;
        if now != active {
            select(server, active, EventMask::NO_EVENT)?;
            active = now;
        }
        // A window's properties change with every key; its size does when it fills the screen. Selected anew each time: it
        // may be another one with the name of one that has gone.
        select(server, active, EventMask::STRUCTURE_NOTIFY)?;
        server.tell(program_on_all_of_the_screen(server, &names, active)?);
        wait(server, &names)?;
    }
}

/// Asks for events of a window; where it has gone, none come.
fn select(server: &Server<Programs>, window: Window, events: EventMask) -> Result<(), Failure> {
    let wanted = ChangeWindowAttributesAux::new().event_mask(events);
    let selected = server.connection.change_window_attributes(window, &wanted);
    selected.map_err(lost)?.ignore_error();
    Ok(())
}

/// Waits until another window is active, or the active one changes.
fn wait(server: &Server<Programs>, names: &Names) -> Result<(), Failure> {
    let connection = &server.connection;
    loop {
        match connection.wait_for_event().map_err(lost)? {
            Event::PropertyNotify(change) if change.atom != names.active_window => {}
            _ => break,
        }
    }
    sleep(SETTLE);
    while connection.poll_for_event().map_err(lost)?.is_some() {}
    Ok(())
}

fn active_window(server: &Server<Programs>, names: &Names) -> Result<Window, Failure> {
    let windows = words(server, server.root, names.active_window, AtomEnum::WINDOW)?;
    Ok(windows.first().copied().unwrap_or_default())
}

fn program_on_all_of_the_screen(
    server: &Server<Programs>,
    names: &Names,
    window: Window,
) -> Result<Programs, Failure> {
    let has = |property, value| {
        let values = words(server, window, property, AtomEnum::ATOM)?;
        Ok::<_, Failure>(values.contains(&value))
    };
    let fills = has(names.state, names.full_screen)?;
    // The desktop's own ground may fill the screen, too.
    if !fills || has(names.kind, names.desktop)? {
        return Ok(Programs::new());
    }
    // A window's class is its instance's name and its program's, each with a zero at its end.
    let class = property(server, window, AtomEnum::WM_CLASS.into(), AtomEnum::STRING)?;
    let mut parts = class.split(|byte| *byte == 0);
    let program = parts.nth(1).filter(|program| !program.is_empty());
    let program = program.map_or("".into(), String::from_utf8_lossy);
    Ok(vec![program.into_owned()])
}

/// A property's words of 32 bits; none where there is no such property, or no such window any more.
fn words(
    server: &Server<Programs>,
    window: Window,
    name: Atom,
    kind: AtomEnum,
) -> Result<Vec<u32>, Failure> {
    let bytes = property(server, window, name, kind)?;
    let words = bytes.as_chunks().0.iter();
    Ok(words.map(|word| u32::from_ne_bytes(*word)).collect())
}

fn property(
    server: &Server<Programs>,
    window: Window,
    name: Atom,
    kind: AtomEnum,
) -> Result<Vec<u8>, Failure> {
    let connection = &server.connection;
    let asked = connection.get_property(false, window, name, kind, 0, LENGTH);
    match asked.map_err(lost)?.reply() {
        Ok(reply) => Ok(reply.value),
        Err(ReplyError::X11Error(_)) => Ok(Vec::new()),
        Err(error @ ReplyError::ConnectionError(_)) => Err(lost(error)),
    }
}

#[cfg(test)]
mod tests;
