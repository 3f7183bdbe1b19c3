//! D-Bus: where a bus is, how it is reached, and a [`Line`] for whoever asks on it and listens.
//!
//! The notifier has a connection of its own, and so has each source of busy time: on one that is shared, whoever does not
//! read holds up what comes for the others.

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use futures_core::Stream;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::time::{Instant, timeout, timeout_at};
use zbus::address::Transport;
use zbus::message::Type;
use zbus::names::OwnedUniqueName;
use zbus::{Address, Connection, DynamicType, Message, MessageStream, OwnedVariant, fdo};

/// How long an answer on a [`Line`] may take.
const ANSWER_WITHIN: Duration = Duration::from_secs(5);

/// Signals come in bursts: how long it must be quiet before a change is told, and how long it is held back where it
/// does not get quiet.
const QUIET: Duration = Duration::from_millis(200);
const PATIENCE: Duration = Duration::from_secs(2);

/// A message bus: where it is, and how patient to be with it.
#[derive(Debug, Clone)]
pub struct Bus {
    /// What people call it.
    pub name: &'static str,
    /// A D-Bus server address, or several separated by `;`. Only `unix:` addresses are used.
    pub address: String,
    /// How long a call may take; a server that must be started first has to be up within it.
    pub answer_within: Duration,
    /// The notifier's wait before the first attempt to reach a lost bus again, which doubles up to [`Bus::LONGEST_WAIT`];
    /// and the one before a server that could not say yet what it can do is asked again.
    pub first_wait: Duration,
}

impl Bus {
    /// The longest wait between two attempts to reach a lost bus.
    pub const LONGEST_WAIT: Duration = Duration::from_secs(60);

    /// This session's bus: `DBUS_SESSION_BUS_ADDRESS`, or `bus` in the runtime folder.
    #[must_use]
    pub fn session() -> Self {
        let address = address_in("DBUS_SESSION_BUS_ADDRESS").unwrap_or_else(|| {
            let folder = std::env::var("XDG_RUNTIME_DIR")
                .unwrap_or_else(|_| format!("/run/user/{}", rustix::process::geteuid().as_raw()));
            format!("unix:path={folder}/bus")
        });
        Self::at(address, "session bus")
    }

    /// The machine's bus: `DBUS_SYSTEM_BUS_ADDRESS`, or the well-known place.
    #[must_use]
    pub fn system() -> Self {
        let address = address_in("DBUS_SYSTEM_BUS_ADDRESS")
            .unwrap_or_else(|| "unix:path=/var/run/dbus/system_bus_socket".to_owned());
        Self::at(address, "system bus")
    }

    fn at(address: String, name: &'static str) -> Self {
        Self {
            name,
            address,
            // A machine that wakes or swaps may take half a minute.
            answer_within: Duration::from_secs(60),
            first_wait: Duration::from_secs(1),
        }
    }

    /// A new connection, in time.
    ///
    /// # Errors
    /// Why there is none.
    pub(crate) async fn connect(&self) -> Result<Connection, BusError> {
        let connection = timeout(self.answer_within, self.reach()).await;
        connection.unwrap_or(Err(BusError::Silent(self.name)))
    }

    /// Connects to the first address of the list that answers, however long that takes. A bus reached over a network, or
    /// through a program, is refused: attuned does not leave this machine.
    pub(super) async fn reach(&self) -> Result<Connection, BusError> {
        let mut error = BusError::NotLocal(self.name);
        let unreachable = |error| BusError::Unreachable(self.name, error);
        for address in self.address.split(';') {
            match address.parse::<Address>() {
                Ok(address) if matches!(address.transport(), Transport::Unix(_)) => {
                    match zbus::connection::Builder::address(address).build().await {
                        Ok(connection) => return Ok(connection),
                        Err(why) => error = unreachable(why),
                    }
                }
                Err(unusable) if address.starts_with("unix:") => error = unreachable(unusable),
                Ok(_) | Err(_) => {}
            }
        }
        Err(error)
    }
}

/// An address in the environment, where one is set.
fn address_in(variable: &str) -> Option<String> {
    let address = std::env::var(variable).ok();
    address.filter(|address| !address.is_empty())
}

/// What is wrong with a bus, or with whoever was asked on it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BusError {
    #[error("the {0} address is not a local one (`unix:`), and attuned uses no other")]
    NotLocal(&'static str),
    #[error("the {0} cannot be reached ({1})")]
    Unreachable(&'static str, zbus::Error),
    #[error("the {0} does not answer")]
    Silent(&'static str),
    #[error("the {0} closed the connection")]
    Closed(&'static str),
    #[error("there was no answer in time")]
    NoAnswer,
    #[error("{0}")]
    Refused(#[from] zbus::Error),
}

/// In one line of bounded length, whatever was answered.
impl From<BusError> for String {
    fn from(error: BusError) -> Self {
        const LONGEST: usize = 200;
        let words = error.to_string();
        let printable = words.chars().filter(|one| !one.is_control());
        printable.take(LONGEST).collect()
    }
}

/// A connection for questions and for signals. Its match rules end with it.
#[derive(Debug)]
pub(crate) struct Line {
    connection: Connection,
    messages: MessageStream,
    bus: &'static str,
}

/// Something that can be asked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Object<'a> {
    /// Who has it, by a unique name: the bus starts nobody for one.
    pub(crate) owner: &'a str,
    pub(crate) path: &'a str,
    pub(crate) interface: &'a str,
}

impl Line {
    pub(crate) async fn open(bus: &Bus) -> Result<Self, BusError> {
        let connection = bus.connect().await?;
        Ok(Self {
            messages: MessageStream::from(&connection),
            connection,
            bus: bus.name,
        })
    }

    /// From now on what matches the rule counts as a change.
    pub(crate) async fn follow(&self, rule: &str) -> Result<(), BusError> {
        self.ask(BUS, "AddMatch", &rule).await
    }

    /// From now on it counts as a change when somebody takes or loses the name.
    pub(crate) async fn follow_owner(&self, name: &str) -> Result<(), BusError> {
        self.follow(&format!(
            "type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',\
             member='NameOwnerChanged',arg0='{name}'"
        ))
        .await
    }

    /// Who owns the name.
    pub(crate) async fn owner(&self, name: &str) -> Result<Option<OwnedUniqueName>, BusError> {
        match self.ask(BUS, "GetNameOwner", &name).await {
            Ok(owner) => Ok(Some(owner)),
            Err(BusError::Refused(zbus::Error::FDO(error)))
                if matches!(*error, fdo::Error::NameHasNoOwner(_)) =>
            {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Whether the bus would start somebody for the name.
    pub(crate) async fn can_start(&self, name: &str) -> Result<bool, BusError> {
        let names: Vec<String> = self.ask(BUS, "ListActivatableNames", &()).await?;
        Ok(names.iter().any(|one| one == name))
    }

    /// Has the bus start whoever the name belongs to.
    pub(crate) async fn start(&self, name: &str) -> Result<(), BusError> {
        let _: u32 = self.ask(BUS, "StartServiceByName", &(name, 0_u32)).await?;
        Ok(())
    }

    /// Calls a method; the answer comes in time.
    pub(crate) async fn ask<B, A>(
        &self,
        object: Object<'_>,
        method: &str,
        body: &B,
    ) -> Result<A, BusError>
    where
        B: Serialize + DynamicType,
        A: DeserializeOwned + zbus::Type,
    {
        let (owner, path, interface) = (object.owner, object.path, object.interface);
        let call = self
            .connection
            .call_method(Some(owner), path, Some(interface), method, body);
        let answer = timeout(ANSWER_WITHIN, call).await;
        let answer = answer.map_err(|_| BusError::NoAnswer)??;
        Ok(answer.body().deserialize()?)
    }

    /// Reads a property.
    pub(crate) async fn property<A>(&self, object: Object<'_>, name: &str) -> Result<A, BusError>
    where
        A: TryFrom<OwnedVariant>,
        A::Error: Into<zbus::Error>,
    {
        let properties = Object {
            interface: "org.freedesktop.DBus.Properties",
            ..object
        };
        let value: OwnedVariant = self
            .ask(properties, "Get", &(object.interface, name))
            .await?;
        A::try_from(value).map_err(|error| BusError::Refused(error.into()))
    }

    /// Waits until something that is followed has changed, and it has been quiet for a moment. What comes while this is
    /// dropped is lost: whatever ends the wait, look at everything again.
    pub(crate) async fn changed(&mut self) -> Result<(), BusError> {
        self.signal().await?;
        let latest = Instant::now() + PATIENCE;
        while Instant::now() < latest {
            let quiet = latest.min(Instant::now() + QUIET);
            match timeout_at(quiet, self.signal()).await {
                Ok(signal) => signal?,
                Err(_) => break,
            }
        }
        Ok(())
    }

    async fn signal(&mut self) -> Result<(), BusError> {
        loop {
            let message = self.message().await?;
            // What is sent to this alone, no rule asked for.
            let is_to_all = message.header().destination().is_none();
            if message.message_type() == Type::Signal && is_to_all {
                return Ok(());
            }
        }
    }

    /// What comes next, whether a change or an answer. Cancel-safe.
    pub(crate) async fn message(&mut self) -> Result<Message, BusError> {
        let message = poll_fn(|context| Pin::new(&mut self.messages).poll_next(context)).await;
        message
            .ok_or(BusError::Closed(self.bus))?
            .map_err(|_| BusError::Closed(self.bus))
    }
}

/// What a program says when properties of its change, as a match rule to narrow down.
pub(crate) const PROPERTIES_CHANGED: &str = "type='signal',interface='org.freedesktop.DBus.Properties',\
                                             member='PropertiesChanged'";

/// The bus itself.
const BUS: Object<'static> = Object {
    owner: "org.freedesktop.DBus",
    path: "/org/freedesktop/DBus",
    interface: "org.freedesktop.DBus",
};
