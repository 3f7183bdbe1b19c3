//! Nobody at the computer, for as long as the settings say.
//!
//! The desktop counts the time and tells when it is over, and when somebody is back; nothing is asked in between.

use std::convert::Infallible;
use std::time::Duration;

use super::desktop::Desktop;
use super::{Failure, Teller};

mod mutter;
mod wayland;
mod x11;

/// Tells by whatever this desktop has: GNOME's own way, Wayland's, or the X server's.
pub(super) async fn run(teller: &mut Teller, after: Duration) -> Result<Infallible, Failure> {
    if let Some(mutter) = mutter::Mutter::find().await? {
        return mutter.follow(teller, after).await;
    }
    match Desktop::find().await {
        Desktop {
            wayland: Some(socket),
            ..
        } => wayland::follow(teller, &socket, after).await,
        Desktop { x11: Some(at), .. } => x11::follow(teller, &at, after).await,
        _ => Err("there is no display yet".to_owned()),
    }
}

fn milliseconds(after: Duration) -> u32 {
    u32::try_from(after.as_millis()).unwrap_or(u32::MAX)
}
