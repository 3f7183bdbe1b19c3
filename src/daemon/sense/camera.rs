//! The camera: busy while a program looks through it, by itself or by way of PipeWire.

use std::convert::Infallible;
use std::path::Path;

use super::pipewire::{Medium, PipeWire};
use super::{Failure, Teller, Waits, busy_with};
use crate::engine::Reading;
use devices::Devices;

mod devices;

/// Tells who looks. Without PipeWire the devices tell alone, and it is looked for again after a while.
pub(super) async fn run(teller: &mut Teller) -> Result<Infallible, Failure> {
    let no_devices = |error| format!("cameras cannot be followed: {error}");
    let mut devices = Devices::follow(Path::new("/dev")).map_err(no_devices)?;
    let mut pipewire = PipeWire::connect().await;
    devices.changed().await.map_err(no_devices)?;
    let mut waits = teller.waits();
    loop {
        teller.tell(reading(&devices, &pipewire));
        tokio::select! {
            change = devices.changed() => change.map_err(no_devices)?,
            () = changed(&mut pipewire, &mut waits) => {}
        }
    }
}

/// Cancel-safe.
async fn changed(pipewire: &mut Result<PipeWire, Failure>, waits: &mut Waits) {
    if let Ok(there) = pipewire {
        if let Err(why) = there.changed().await {
            *pipewire = Err(why);
        }
    } else {
        waits.rest().await;
        *pipewire = PipeWire::connect().await;
    }
}

fn reading(devices: &Devices, pipewire: &Result<PipeWire, Failure>) -> Reading {
    let by_pipewire = |there: &PipeWire| there.user_of(Medium::Pictures);
    let user = devices.user().map(str::to_owned);
    let user = user.or_else(|| pipewire.as_ref().ok().and_then(by_pipewire));
    match (user, pipewire) {
        (Some(name), _) => busy_with(&name),
        (None, Err(why)) if devices.are_hidden() => Reading::Unknown {
            why: format!("a camera cannot be followed, and {why}"),
        },
        (None, _) => Reading::Free,
    }
}
