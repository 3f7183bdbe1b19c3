//! The microphone: busy while a program listens to it.

use std::convert::Infallible;

use super::pipewire::{Medium, PipeWire};
use super::{Failure, Teller, busy_with};
use crate::engine::Reading;

/// Tells who listens, by PipeWire.
pub(super) async fn run(teller: &mut Teller) -> Result<Infallible, Failure> {
    let mut pipewire = PipeWire::connect().await?;
    loop {
        let user = pipewire.user_of(Medium::Sound);
        teller.tell(user.map_or(Reading::Free, |name| busy_with(&name)));
        pipewire.changed().await?;
    }
}
