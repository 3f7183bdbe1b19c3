//! Starts a program through systemd's user manager, as a service of its own: with the session's environment, and
//! without what binds this process.

use std::collections::BTreeMap;
use std::env;
use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;
use tokio::time::timeout;
use zbus::{Connection, Message, MessageStream, OwnedObjectPath, OwnedVariant, Variant};

use super::OPENS_WITHIN;
use crate::clock;
use crate::daemon::bus::Bus;
use crate::daemon::service;

pub(in crate::daemon) const NAME: &str = "org.freedesktop.systemd1";
pub(in crate::daemon) const PATH: &str = "/org/freedesktop/systemd1";
pub(in crate::daemon) const MANAGER: &str = "org.freedesktop.systemd1.Manager";

/// By these a command finds the files and the socket of the attuned that started it.
const PLACES: [&str; 6] = [
    "HOME",
    "XDG_CONFIG_DIRS",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_RUNTIME_DIR",
    "XDG_STATE_HOME",
];

/// Where windows open. The manager knows, but of a session that did not tell it.
const DISPLAYS: [&str; 3] = ["DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY"];

/// Why a program did not start.
#[derive(Debug)]
pub(super) enum Failure {
    /// There is no user manager on this session's bus.
    NoManager,
    /// What it said.
    Refused(String),
}

impl From<zbus::Error> for Failure {
    fn from(error: zbus::Error) -> Self {
        Self::Refused(format!("the user manager refused: {error}"))
    }
}

/// Starts a program, the first of the words, and looks whether it stays.
///
/// # Errors
/// Where there is no manager, where it refuses, and where the program ends with an error at once.
pub(super) async fn start(words: &[String]) -> Result<(), Failure> {
    let bus = Bus::session();
    let connection = bus.connect().await.map_err(|_| Failure::NoManager)?;
    let there: bool = ask_bus(&connection, "NameHasOwner", NAME).await?;
    if !there {
        return Err(Failure::NoManager);
    }
    let unit = format!("attuned-terminal-{:016x}.service", clock::entropy());
    let path = unit_path(&unit);
    let mut messages = MessageStream::from(&connection);
    for rule in [
        format!("type='signal',sender='{NAME}',interface='{MANAGER}',member='JobRemoved'"),
        format!("type='signal',sender='{NAME}',path='{path}',member='PropertiesChanged'"),
    ] {
        let added: Result<(), _> = ask_bus(&connection, "AddMatch", rule.as_str()).await;
        added?;
    }
    // Without it a manager is silent about units; it lasts as long as the connection.
    call(&connection, "Subscribe", &()).await?;
    let auxiliary: Vec<(String, Vec<(String, Variant<'_>)>)> = Vec::new();
    let properties = properties("attuned in a terminal", words);
    let body = (unit.as_str(), "fail", properties, auxiliary);
    call(&connection, "StartTransientUnit", &body).await?;
    // What is still there after a while has opened.
    let ended = timeout(OPENS_WITHIN, end_of(&mut messages, &unit, &path)).await;
    match ended {
        Ok(Some(how)) => Err(Failure::Refused(how)),
        Ok(None) | Err(_) => Ok(()),
    }
}

/// The session's environment, as far as the manager was told of it; nothing where there is no manager.
pub(in crate::daemon) async fn session_environment() -> Vec<(String, String)> {
    let variables = async {
        let bus = Bus::session().connect().await.ok()?;
        let properties = "org.freedesktop.DBus.Properties";
        let of = (MANAGER, "Environment");
        let answer = bus.call_method(Some(NAME), PATH, Some(properties), "Get", &of);
        let value: OwnedVariant = answer.await.ok()?.body().deserialize().ok()?;
        Vec::<String>::try_from(value).ok()
    };
    let variables = timeout(OPENS_WITHIN, variables).await.ok().flatten();
    let pairs = variables.unwrap_or_default();
    let pairs = pairs.iter().filter_map(|pair| pair.split_once('='));
    pairs
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

async fn call<B>(
    connection: &Connection,
    method: &'static str,
    body: &B,
) -> Result<Message, zbus::Error>
where
    B: serde::Serialize + zbus::DynamicType,
{
    connection
        .call_method(Some(NAME), PATH, Some(MANAGER), method, body)
        .await
}

/// Asks the bus itself.
async fn ask_bus<A>(
    connection: &Connection,
    method: &'static str,
    about: &str,
) -> Result<A, zbus::Error>
where
    A: serde::de::DeserializeOwned + zbus::Type,
{
    const BUS: &str = "org.freedesktop.DBus";
    let answer = connection
        .call_method(
            Some(BUS),
            "/org/freedesktop/DBus",
            Some(BUS),
            method,
            &about,
        )
        .await?;
    answer.body().deserialize()
}

/// What a service is that runs these words, by org.freedesktop.systemd1(5) and systemd.exec(5).
pub(in crate::daemon) fn properties(
    description: &'static str,
    words: &[String],
) -> Vec<(&'static str, Variant<'static>)> {
    let program = words.first().cloned().unwrap_or_default();
    let command = vec![(program, words.to_vec(), false)];
    vec![
        ("Description", description.into()),
        ("Type", "exec".into()),
        ("CollectMode", "inactive-or-failed".into()),
        ("Environment", environment().into()),
        ("ExecStart", command.into()),
    ]
}

/// The part of this process's own environment by which a program finds its way.
fn environment() -> Vec<String> {
    let displays = DISPLAYS.iter().filter(|_| !service::is_managed());
    let names = PLACES.iter().chain(displays);
    let set = names.filter_map(|name| Some(format!("{name}={}", env::var(name).ok()?)));
    set.collect()
}

/// How the service ended, where that was with an error; none where it was not.
async fn end_of(messages: &mut MessageStream, unit: &str, path: &str) -> Option<String> {
    loop {
        let message = poll_fn(|context| Pin::new(&mut *messages).poll_next(context)).await;
        let message = message?.ok()?;
        let header = message.header();
        let member = header.member().map_or("", |member| member.as_str());
        match member {
            "JobRemoved" => {
                type Job = (u32, OwnedObjectPath, String, String);
                match message.body().deserialize::<Job>() {
                    Ok((_, _, of, result)) if of == unit && result != "done" => {
                        return Some(format!("the user manager could not start it ({result})"));
                    }
                    _ => {}
                }
            }
            "PropertiesChanged" if header.path().is_some_and(|of| of.as_str() == path) => {
                match active_state(&message).as_deref() {
                    Some("failed") => return Some("it ended at once, with an error".to_owned()),
                    Some("inactive") => return None,
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

fn active_state(message: &Message) -> Option<String> {
    type Changes = (String, BTreeMap<String, OwnedVariant>, Vec<String>);
    let (_, mut changed, _): Changes = message.body().deserialize().ok()?;
    String::try_from(changed.remove("ActiveState")?).ok()
}

/// Where a unit's object is.
pub(in crate::daemon) fn unit_path(unit: &str) -> String {
    format!("{PATH}/unit/{}", escaped(unit))
}

/// A unit's name in the path of its object: all but ASCII letters and digits in hexadecimal.
fn escaped(unit: &str) -> String {
    unit.bytes()
        .map(|byte| match byte {
            byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            byte => format!("_{byte:02x}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_s_path_is_systemd_s_own() {
        // As busctl(1) shows them.
        assert_eq!(escaped("dbus.service"), "dbus_2eservice");
        assert_eq!(
            escaped("attuned-terminal-0a.service"),
            "attuned_2dterminal_2d0a_2eservice"
        );
    }
}
