//! Whom the desktop lets keep the screen on: GNOME's session manager, which MATE and Cinnamon have, too, and Plasma's.

use std::convert::Infallible;

use zbus::OwnedObjectPath;

use super::{Programs, Told};
use crate::daemon::bus::{Bus, BusError, Line, Object};
use crate::daemon::sense::Failure;

const GNOME: &str = "org.gnome.SessionManager";
const KDE: &str = "org.kde.Solid.PowerManagement.PolicyAgent";

/// GNOME's flag of what keeps the session from being idle.
const IDLE: u32 = 8;

/// KDE's of what keeps the screen as it is.
const SCREEN: u32 = 4;

/// More programs at once say no more than these, and each is asked for by itself.
const MOST: usize = 16;

/// Tells of the programs that keep the screen on.
pub(super) async fn follow(bus: &Bus, told: &Told) -> Result<Infallible, Failure> {
    let mut line = Line::open(bus).await?;
    for name in [GNOME, KDE] {
        line.follow_owner(name).await?;
    }
    for (interface, member) in [
        (GNOME, "InhibitorAdded"),
        (GNOME, "InhibitorRemoved"),
        (KDE, "InhibitionsChanged"),
    ] {
        let rule = format!("type='signal',interface='{interface}',member='{member}'");
        line.follow(&rule).await?;
    }
    loop {
        let mut programs = gnome(&line).await?;
        programs.extend(kde(&line).await?);
        told.of(Ok(programs));
        line.changed().await?;
    }
}

async fn gnome(line: &Line) -> Result<Programs, BusError> {
    let Some(owner) = line.owner(GNOME).await? else {
        return Ok(Programs::new());
    };
    let manager = Object {
        owner: owner.as_str(),
        path: "/org/gnome/SessionManager",
        interface: GNOME,
    };
    let is_inhibited: bool = line.ask(manager, "IsInhibited", &IDLE).await?;
    if !is_inhibited {
        return Ok(Programs::new());
    }
    let inhibitors: Vec<OwnedObjectPath> = line.ask(manager, "GetInhibitors", &()).await?;
    let mut programs = Programs::new();
    for inhibitor in inhibitors.into_iter().take(MOST) {
        let inhibitor = Object {
            path: inhibitor.as_str(),
            interface: "org.gnome.SessionManager.Inhibitor",
            ..manager
        };
        // One may go while it is asked.
        let flags: Result<u32, _> = line.ask(inhibitor, "GetFlags", &()).await;
        if flags.is_ok_and(|flags| flags & IDLE != 0) {
            programs.extend(line.ask::<_, String>(inhibitor, "GetAppId", &()).await);
        }
    }
    Ok(programs)
}

async fn kde(line: &Line) -> Result<Programs, BusError> {
    let Some(owner) = line.owner(KDE).await? else {
        return Ok(Programs::new());
    };
    let agent = Object {
        owner: owner.as_str(),
        path: "/org/kde/Solid/PowerManagement/PolicyAgent",
        interface: KDE,
    };
    let is_inhibited: bool = line.ask(agent, "HasInhibition", &SCREEN).await?;
    if !is_inhibited {
        return Ok(Programs::new());
    }
    let inhibitions: Vec<(String, String)> = line.ask(agent, "ListInhibitions", &()).await?;
    Ok(inhibitions
        .into_iter()
        .map(|(program, _)| program)
        .collect())
}

#[cfg(test)]
mod tests;
