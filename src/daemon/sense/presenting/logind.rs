//! Whom logind lets keep the machine from idling: `ListInhibitors` of org.freedesktop.login1(5).

use std::convert::Infallible;

use super::{Programs, Told};
use crate::daemon::bus::{Bus, BusError, Line, Object, PROPERTIES_CHANGED};
use crate::daemon::sense::Failure;

const NAME: &str = "org.freedesktop.login1";
const PATH: &str = "/org/freedesktop/login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";

/// By this reason session managers pass on what their own programs asked them for.
const PASSED_ON: &str = "user session inhibited";

/// What is kept from what, who does, why, how, for which person and by which process.
type Inhibitor = (String, String, String, String, u32, u32);

/// Tells of this person's programs that keep the machine from idling.
pub(super) async fn follow(bus: &Bus, told: &Told) -> Result<Infallible, Failure> {
    let mut line = Line::open(bus).await?;
    line.follow_owner(NAME).await?;
    line.follow(&format!(
        "{PROPERTIES_CHANGED},sender='{NAME}',path='{PATH}',arg0='{MANAGER}'"
    ))
    .await?;
    loop {
        told.of(Ok(programs(&line).await?));
        line.changed().await?;
    }
}

async fn programs(line: &Line) -> Result<Programs, BusError> {
    let Some(owner) = line.owner(NAME).await? else {
        return Ok(Programs::new());
    };
    let manager = Object {
        owner: owner.as_str(),
        path: PATH,
        interface: MANAGER,
    };
    let all: Vec<Inhibitor> = line.ask(manager, "ListInhibitors", &()).await?;
    let person = rustix::process::getuid().as_raw();
    let keep_awake = all
        .into_iter()
        .filter(|inhibitor| counts(inhibitor, person));
    Ok(keep_awake.map(|(_, who, ..)| who).collect())
}

fn counts((what, _, why, how, whose, _): &Inhibitor, person: u32) -> bool {
    // A "delay" only asks to be told before.
    let blocks = how.starts_with("block") && what.split(':').any(|what| what == "idle");
    blocks && *whose == person && why != PASSED_ON
}

#[cfg(test)]
mod tests;
