//! GNOME's own count of the time without input: Mutter's `org.gnome.Mutter.IdleMonitor`.

use std::convert::Infallible;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use zbus::DynamicType;
use zbus::message::Type;
use zbus::names::{MemberName, OwnedUniqueName};

use super::milliseconds;
use crate::daemon::bus::{Bus, BusError, Line, Object};
use crate::daemon::sense::{Failure, Teller};
use crate::engine::Reading;

const NAME: &str = "org.gnome.Mutter.IdleMonitor";
const PATH: &str = "/org/gnome/Mutter/IdleMonitor/Core";

/// Mutter, as it runs now.
pub(super) struct Mutter {
    line: Line,
    owner: OwnedUniqueName,
}

impl Mutter {
    /// Where it runs in this session.
    pub(super) async fn find() -> Result<Option<Self>, Failure> {
        Self::find_on(&Bus::session()).await
    }

    async fn find_on(bus: &Bus) -> Result<Option<Self>, Failure> {
        let Ok(line) = Line::open(bus).await else {
            return Ok(None);
        };
        let fires = format!("type='signal',interface='{NAME}',member='WatchFired'");
        line.follow(&fires).await?;
        line.follow_owner(NAME).await?;
        let owner = line.owner(NAME).await?;
        Ok(owner.map(|owner| Self { line, owner }))
    }

    /// Tells whether nobody has been there for this long.
    pub(super) async fn follow(
        mut self,
        teller: &Teller,
        after: Duration,
    ) -> Result<Infallible, Failure> {
        let after = u64::from(milliseconds(after));
        let idle_watch: u32 = self.ask("AddIdleWatch", &after).await?;
        let idle_time: u64 = self.ask("GetIdletime", &()).await?;
        let mut is_away = idle_time >= after;
        loop {
            if is_away {
                // It fires once. Whoever comes back sooner than this arrives goes on moving.
                let _: u32 = self.ask("AddUserActiveWatch", &()).await?;
            }
            teller.tell(Reading::busy_if(is_away));
            is_away = self.fired().await? == idle_watch;
        }
    }

    /// The watch that fires next.
    async fn fired(&mut self) -> Result<u32, Failure> {
        loop {
            let message = self.line.message().await?;
            if message.message_type() != Type::Signal {
                continue;
            }
            let header = message.header();
            match header.member().map(MemberName::as_str) {
                Some("WatchFired") if header.sender().is_some_and(|by| *by == self.owner) => {
                    let number = message.body().deserialize();
                    return number.map_err(|error| BusError::Refused(error).into());
                }
                Some("NameOwnerChanged") => return Err("Mutter has ended".to_owned()),
                _ => {}
            }
        }
    }

    async fn ask<B, A>(&self, method: &str, body: &B) -> Result<A, Failure>
    where
        B: Serialize + DynamicType,
        A: DeserializeOwned + zbus::Type,
    {
        let mutter = Object {
            owner: self.owner.as_str(),
            path: PATH,
            interface: NAME,
        };
        Ok(self.line.ask(mutter, method, body).await?)
    }
}

#[cfg(test)]
mod tests;
