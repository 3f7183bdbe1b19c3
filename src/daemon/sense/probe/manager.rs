//! The command as a service of the user manager: org.freedesktop.systemd1(5), with the properties of systemd.service(5).

use std::time::Duration;

use tokio::time::timeout;
use zbus::{OwnedObjectPath, Variant};

use super::{FREE, too_slow};
use crate::clock;
use crate::daemon::bus::{Bus, Line, Object, PROPERTIES_CHANGED};
use crate::daemon::opening::manager::{MANAGER, NAME, PATH, properties, unit_path};
use crate::daemon::sense::Failure;

const UNIT: &str = "org.freedesktop.systemd1.Unit";
const SERVICE: &str = "org.freedesktop.systemd1.Service";

/// How long the manager may take on top of the command's own time, to begin it and to end it.
const SPARE: Duration = Duration::from_secs(5);

/// How a process ended: by itself, as in `si_code` of sigaction(2).
const EXITED: i32 = 1;

/// What a service ends with whose program could not be run: "Process exit codes" in systemd.exec(5).
const NOT_RUN: i32 = 203;

/// What the command ends with, in time; none where there is no manager.
pub(super) async fn ask(words: &[String], limit: Duration) -> Result<Option<i32>, Failure> {
    ask_on(&Bus::session(), words, limit).await
}

async fn ask_on(bus: &Bus, words: &[String], limit: Duration) -> Result<Option<i32>, Failure> {
    let asked = timeout(limit + SPARE, start_and_wait(bus, words, limit)).await;
    asked.unwrap_or_else(|_| Err(too_slow(limit)))
}

async fn start_and_wait(
    bus: &Bus,
    words: &[String],
    limit: Duration,
) -> Result<Option<i32>, Failure> {
    let Ok(mut line) = Line::open(bus).await else {
        return Ok(None);
    };
    let Some(owner) = line.owner(NAME).await? else {
        return Ok(None);
    };
    let manager = Object {
        owner: owner.as_str(),
        path: PATH,
        interface: MANAGER,
    };
    let name = format!("attuned-probe-{:016x}.service", clock::entropy());
    let path = unit_path(&name);
    let rule = format!("{PROPERTIES_CHANGED},sender='{NAME}',path='{path}'");
    line.follow(&rule).await?;
    // Without it a manager is silent about units; it lasts as long as the connection.
    let () = line.ask(manager, "Subscribe", &()).await?;
    let auxiliary: Vec<(String, Vec<(String, Variant<'_>)>)> = Vec::new();
    let unit = (name.as_str(), "fail", of_probe(words, limit), auxiliary);
    let _: OwnedObjectPath = line.ask(manager, "StartTransientUnit", &unit).await?;
    let unit = Object {
        path: &path,
        ..manager
    };
    loop {
        if let Some(code) = end_of(&line, unit, limit).await? {
            return Ok(Some(code));
        }
        line.changed().await?;
    }
}

fn of_probe(words: &[String], limit: Duration) -> Vec<(&'static str, Variant<'static>)> {
    let microseconds = u64::try_from(limit.as_micros()).unwrap_or(u64::MAX);
    let mut all = properties("attuned asks whether you are busy", words);
    all.extend([
        // The unit stays until its end was read, by whoever holds it.
        ("AddRef", true.into()),
        ("StandardOutput", "null".into()),
        ("StandardError", "null".into()),
        ("RuntimeMaxUSec", microseconds.into()),
        // By statuses and by signals: to say so is no failure, which the manager would write into the log each time.
        ("SuccessExitStatus", (vec![FREE], Vec::<i32>::new()).into()),
        // What it leaves behind ends at once, too.
        ("TimeoutStopUSec", 1_000_000_u64.into()),
    ]);
    all
}

/// What the command ended with; none while it has not.
async fn end_of(line: &Line, unit: Object<'_>, limit: Duration) -> Result<Option<i32>, Failure> {
    let unit = Object {
        interface: UNIT,
        ..unit
    };
    let state: String = line.property(unit, "ActiveState").await?;
    let service = Object {
        interface: SERVICE,
        ..unit
    };
    let result: String = line.property(service, "Result").await?;
    let how: i32 = line.property(service, "ExecMainCode").await?;
    let has_run = how != 0 || result != "success";
    if !has_run || !["inactive", "failed"].contains(&state.as_str()) {
        return Ok(None);
    }
    match (result.as_str(), how) {
        ("timeout", _) => Err(too_slow(limit)),
        (_, EXITED) => match line.property(service, "ExecMainStatus").await? {
            NOT_RUN => Err("the command cannot be started".to_owned()),
            code => Ok(Some(code)),
        },
        _ => Err("something ended the command".to_owned()),
    }
}

#[cfg(test)]
mod tests;
