//! The session bus, and the notification service on it with what it can do.

use std::time::Duration;

use tokio::sync::mpsc;

use super::look::Look;
use super::row::Row;
use crate::daemon::notifier::{Abilities, Notifier, Report};

/// How long the bus and the service may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);

pub fn check(_: &Look) -> Vec<Row> {
    let mut rows = vec![session()];
    match first_report() {
        Ok(report) => rows.extend(told(report)),
        Err(error) => rows.push(Row::unknown("notifications", error.to_string())),
    }
    rows
}

fn told(report: Option<Report>) -> Vec<Row> {
    let bus = Row::ok("session bus", "answers");
    match report {
        Some(Report::Ready {
            server,
            version,
            abilities,
        }) => {
            let service = service(&server, &version, abilities);
            vec![bus, service]
        }
        Some(Report::BusLost { reason }) => vec![
            Row::fail(
                "session bus",
                reason,
                "log in to a desktop session; a shell from elsewhere (ssh, su) needs its DBUS_SESSION_BUS_ADDRESS",
            )
            .anonymously("cannot be reached"),
            Row::unknown("notifications", "without a session bus there are none"),
        ],
        Some(_) => vec![
            bus,
            Row::warn(
                "notifications",
                "no notification service is running; prompts wait for one",
                "start your desktop's, or install one such as dunst or mako; attuned doctor --test asks the bus to start it",
            ),
        ],
        None => vec![
            bus,
            Row::fail(
                "notifications",
                format!(
                    "a notification service is there, and does not answer within {} seconds",
                    PATIENCE.as_secs()
                ),
                "start it anew, or log out and in again",
            ),
        ],
    }
}

fn service(server: &str, version: &str, abilities: Abilities) -> Row {
    let name = match (server, version) {
        ("", _) => "a service that does not say its name".to_owned(),
        (server, "") => server.to_owned(),
        (server, version) => format!("{server} {version}"),
    };
    let fact = format!("{name}: {}", in_words(abilities));
    if !abilities.body {
        let next = "a prompt's text cannot be seen here; attuned last shows it in a terminal";
        return Row::warn("notifications", fact, next);
    }
    if !abilities.actions {
        let next =
            "prompts can be read, and answered with attuned snooze, pause and last in a terminal";
        return Row::warn("notifications", fact, next);
    }
    Row::ok("notifications", fact)
}

fn in_words(abilities: Abilities) -> String {
    let words = |has: bool, yes: &'static str, no: &'static str| if has { yes } else { no };
    let told = [
        words(abilities.body, "shows text", "shows no text, only titles"),
        words(abilities.actions, "has buttons", "has no buttons"),
        words(
            abilities.persistence,
            "keeps a list of what passed",
            "keeps no list of what passed",
        ),
        // Few have it, and nobody misses it.
        words(abilities.inline_reply, "lets you write an answer", ""),
    ];
    let told: Vec<&str> = told.into_iter().filter(|words| !words.is_empty()).collect();
    told.join(", ")
}

/// Which desktop this is; it says so itself.
fn session() -> Row {
    let told = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    match (told("XDG_CURRENT_DESKTOP"), told("XDG_SESSION_TYPE")) {
        (Some(desktop), Some(kind)) => Row::ok("desktop", format!("{desktop}, {kind}")),
        (Some(name), None) | (None, Some(name)) => Row::ok("desktop", name),
        (None, None) => Row::unknown("desktop", "it does not say its name here"),
    }
}

/// What the notifier reports first; none where it has nothing to report in time.
fn first_report() -> std::io::Result<Option<Report>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    Ok(runtime.block_on(async {
        let (reports, mut inbox) = mpsc::unbounded_channel();
        let notifier = start(reports);
        // The bus has its own time, and then the service on it.
        let first = tokio::time::timeout(2 * PATIENCE, inbox.recv()).await;
        notifier.shutdown().await;
        first.ok().flatten()
    }))
}

#[cfg(target_os = "linux")]
fn start(reports: mpsc::UnboundedSender<Report>) -> Notifier {
    use crate::daemon::bus::Bus;

    let bus = Bus {
        answer_within: PATIENCE,
        ..Bus::session()
    };
    Notifier::start_on(bus, reports)
}

#[cfg(not(target_os = "linux"))]
fn start(reports: mpsc::UnboundedSender<Report>) -> Notifier {
    Notifier::start(reports)
}
