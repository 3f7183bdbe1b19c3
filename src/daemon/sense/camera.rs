//! The camera: busy while a program looks through it, by itself or by way of PipeWire.

use std::convert::Infallible;
use std::path::Path;

use super::pipewire::{Users, View};
use super::{Failure, Teller, busy_with};
use crate::engine::Reading;
use devices::Devices;

mod devices;

/// Tells who looks. Without PipeWire the devices tell alone.
pub(super) async fn run(teller: &Teller) -> Result<Infallible, Failure> {
    let no_devices = |error| format!("cameras cannot be followed: {error}");
    let mut devices = Devices::follow(Path::new("/dev")).map_err(no_devices)?;
    let mut pipewire = teller.look_at_pipewire();
    devices.changed().await.map_err(no_devices)?;
    loop {
        let view = pipewire.view();
        if let Some(reading) = reading(devices.user(), devices.are_hidden(), view) {
            teller.tell(reading);
        }
        tokio::select! {
            change = devices.changed() => change.map_err(no_devices)?,
            change = pipewire.changed() => change?,
        }
    }
}

/// What both come to; none while PipeWire may yet tell of somebody.
fn reading(user: Option<&str>, are_hidden: bool, pipewire: View) -> Option<Reading> {
    if let Some(name) = user {
        return Some(busy_with(name));
    }
    Some(match pipewire? {
        Ok(Users {
            viewer: Some(name), ..
        }) => busy_with(&name),
        Err(why) if are_hidden => Reading::Unknown {
            why: format!("a camera cannot be followed, and {why}"),
        },
        Ok(_) | Err(_) => Reading::Free,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_in_use_counts_at_once_and_pipewire_once_it_tells() {
        let viewed = |name: Option<&str>| {
            let viewer = name.map(str::to_owned);
            let users = Users {
                viewer,
                listener: Some("a recorder".to_owned()),
            };
            Some(Ok(users))
        };
        let failed = || Some(Err("PipeWire does not run".to_owned()));
        let why = "a camera cannot be followed, and PipeWire does not run".to_owned();
        for (user, are_hidden, view, expected) in [
            (Some("cheese"), false, None, Some(busy_with("cheese"))),
            (Some("cheese"), true, failed(), Some(busy_with("cheese"))),
            (None, false, None, None),
            (None, false, viewed(Some("zoom")), Some(busy_with("zoom"))),
            (None, true, viewed(None), Some(Reading::Free)),
            (None, false, failed(), Some(Reading::Free)),
            (None, true, failed(), Some(Reading::Unknown { why })),
        ] {
            assert_eq!(reading(user, are_hidden, view), expected);
        }
    }
}
