//! The desktop's do-not-disturb: each notification server keeps it in its own way.
//!
//! Which server runs is asked, and asked again when the owner of its name changes.

mod lxqt;
mod setting;
mod switch;

use std::convert::Infallible;

use super::{Failure, Teller};
use crate::daemon::bus::{Bus, Line};
use crate::daemon::watch::change_of;
use crate::engine::Reading;
use switch::Switch;

/// The name that a notification server owns.
const NAME: &str = "org.freedesktop.Notifications";

/// Whether it is on at this moment.
///
/// # Errors
/// Why that cannot be told.
pub(super) async fn is_on() -> Result<bool, Failure> {
    let line = Line::open(&Bus::session()).await?;
    if line.owner(NAME).await?.is_none() {
        line.start(NAME).await?;
    }
    let owner = line.owner(NAME).await?;
    let owner = owner.ok_or("no notification service is running")?;
    let switch = Switch::of(&line, &owner).await?;
    let reading = switch.reading(&line, &owner).await?;
    Ok(matches!(reading, Reading::Busy { .. }))
}

/// Tells whether the desktop is not to disturb.
pub(super) async fn run(teller: &mut Teller) -> Result<Infallible, Failure> {
    loop {
        follow_server(teller).await?;
    }
}

/// Waits for a server while none runs. One that the bus starts for whoever sends something (MATE's ends after half a minute
/// without anything to show) is started before that, so that its switch can be read.
async fn await_server(teller: &mut Teller, line: &mut Line) -> Result<(), Failure> {
    let unknown = || Reading::Unknown {
        why: "no notification service is running".to_owned(),
    };
    if line.can_start(NAME).await? {
        teller.tell(Reading::OnRequest);
    } else {
        teller.tell(unknown());
    }
    while line.owner(NAME).await?.is_none() {
        tokio::select! {
            changed = line.changed() => changed?,
            () = teller.asked() => {
                if line.start(NAME).await.is_err() {
                    teller.tell(unknown());
                }
            }
        }
    }
    Ok(())
}

/// Follows the server that runs now, until another one does.
async fn follow_server(teller: &mut Teller) -> Result<(), Failure> {
    // What the server before had to be asked for, this one may tell by itself.
    teller.tell(Reading::Looking);
    let mut line = Line::open(&Bus::session()).await?;
    line.follow_owner(NAME).await?;
    let Some(owner) = line.owner(NAME).await? else {
        return await_server(teller, &mut line).await;
    };
    let switch = Switch::of(&line, &owner).await?;
    if let Some(rule) = switch.rule(&owner) {
        line.follow(&rule).await?;
    }
    let mut watch = switch.watch()?;
    if switch.is_silent() {
        teller.tell(Reading::OnRequest);
    }
    let mut is_time_to_look = !switch.is_silent();
    while line.owner(NAME).await?.as_ref() == Some(&owner) {
        if is_time_to_look {
            teller.tell(switch.reading(&line, &owner).await?);
        }
        is_time_to_look = tokio::select! {
            changed = line.changed() => {
                changed?;
                !switch.is_silent()
            }
            () = change_of(watch.as_mut()) => true,
            () = teller.asked() => true,
        };
    }
    Ok(())
}
