//! Finds the session bus and holds one connection to it.

use std::future::{pending, poll_fn};
use std::num::NonZeroU32;
use std::time::Duration;

use futures_core::Stream;
use tokio::time::{Instant, sleep_until, timeout};
use zbus::address::Transport;
use zbus::message::Type;
use zbus::{Address, Connection, Message, MessageStream};

use super::Failure;
use super::server::NAME;

/// The session bus: where it is, and how patient to be with it.
#[derive(Debug, Clone)]
pub struct Bus {
    /// A D-Bus server address, or several separated by `;`. Only `unix:` addresses are used.
    pub address: String,
    /// How long a call may take; a server that must be started first has to be up within it.
    pub answer_within: Duration,
    /// The wait before the first attempt to reach a lost bus again, which doubles up to [`Bus::LONGEST_WAIT`]; and the
    /// one before a server that could not say yet what it can do is asked again.
    pub first_wait: Duration,
}

impl Bus {
    /// The longest wait between two attempts to reach a lost bus.
    pub const LONGEST_WAIT: Duration = Duration::from_secs(60);

    /// A connection to it for something else than notifications.
    ///
    /// # Errors
    /// Why there is none.
    pub(crate) async fn connect(&self) -> Result<Connection, BusError> {
        let connection = timeout(self.answer_within, connect(&self.address)).await;
        connection.unwrap_or(Err(BusError::Silent))
    }

    /// This session's bus: `DBUS_SESSION_BUS_ADDRESS`, or `bus` in the runtime folder.
    #[must_use]
    pub fn session() -> Self {
        let address = std::env::var("DBUS_SESSION_BUS_ADDRESS")
            .ok()
            .filter(|address| !address.is_empty())
            .unwrap_or_else(|| {
                let folder = std::env::var("XDG_RUNTIME_DIR").unwrap_or_else(|_| {
                    format!("/run/user/{}", rustix::process::geteuid().as_raw())
                });
                format!("unix:path={folder}/bus")
            });
        Self {
            address,
            // A machine that wakes or swaps may take half a minute.
            answer_within: Duration::from_secs(60),
            first_wait: Duration::from_secs(1),
        }
    }
}

/// Why there is no connection to the session bus.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BusError {
    #[error("the session bus address is not a local one (`unix:`), and attuned uses no other")]
    NotLocal,
    #[error("the session bus cannot be reached ({0})")]
    Unreachable(#[from] zbus::Error),
    #[error("the session bus does not answer")]
    Silent,
    #[error("the session bus closed the connection")]
    Closed,
}

/// A connection, and the calls on it that have no answer yet. `C` tells what a call was for.
///
/// Answers and signals come from one stream, so they are seen in the order in which they were sent: a button pressed
/// right after `Notify` is never seen before the id that `Notify` returns.
pub(super) struct Link<C> {
    connection: Connection,
    messages: MessageStream,
    answer_within: Duration,
    /// In the order in which they were made, which is the order of their deadlines, too.
    calls: Vec<Open<C>>,
}

struct Open<C> {
    serial: NonZeroU32,
    call: C,
    /// `None` once it has passed.
    deadline: Option<Instant>,
}

/// What came in on a [`Link`].
pub(super) enum Incoming<C> {
    /// The answer to a call, in time or not.
    Answer {
        call: C,
        result: Result<Message, Failure>,
        late: bool,
    },
    /// The call's deadline has passed. Its answer may still come.
    Overdue(C),
    Signal(Message),
}

impl<C: Clone> Link<C> {
    const RULES: [&str; 2] = [
        "type='signal',sender='org.freedesktop.Notifications',interface='org.freedesktop.Notifications',\
         path='/org/freedesktop/Notifications'",
        "type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',\
         member='NameOwnerChanged',arg0='org.freedesktop.Notifications'",
    ];

    /// Connects, and subscribes to the notification server's signals and to its coming and going.
    pub(super) async fn open(bus: &Bus) -> Result<Self, BusError> {
        timeout(bus.answer_within, async {
            let connection = connect(&bus.address).await?;
            let messages = MessageStream::from(&connection);
            for rule in Self::RULES {
                connection.send(&bus_call("AddMatch", &rule)).await?;
            }
            Ok(Self {
                connection,
                messages,
                answer_within: bus.answer_within,
                calls: Vec::new(),
            })
        })
        .await
        .unwrap_or(Err(BusError::Silent))
    }

    /// Makes a call; [`Link::next`] tells the answer.
    pub(super) async fn call(&mut self, call: C, message: &Message) {
        let serial = message.primary_header().serial_num();
        let deadline = Some(Instant::now() + self.answer_within);
        self.calls.push(Open {
            serial,
            call,
            deadline,
        });
        if let Err(error) = self.connection.send(message).await {
            // The stream of messages ends for the same reason, and whoever reads it deals with the loss.
            tracing::debug!(%error, "a call could not be sent");
        }
    }

    /// Whether a call still has time for its answer.
    pub(super) fn is_waiting(&self) -> bool {
        self.calls.iter().any(|open| open.deadline.is_some())
    }

    /// Forgets the calls without an answer: whom they were made to is gone.
    pub(super) fn forget_calls(&mut self) {
        self.calls.clear();
    }

    /// What comes in next. Dropping the future before it is ready loses nothing.
    pub(super) async fn next(&mut self) -> Result<Incoming<C>, BusError> {
        loop {
            tokio::select! {
                message = poll_fn(|context| std::pin::Pin::new(&mut self.messages).poll_next(context)) => {
                    let message = message.ok_or(BusError::Closed)??;
                    if let Some(incoming) = self.sort(message) {
                        return Ok(incoming);
                    }
                }
                overdue = first_deadline(&self.calls) => {
                    let open = &mut self.calls[overdue];
                    open.deadline = None;
                    return Ok(Incoming::Overdue(open.call.clone()));
                }
            }
        }
    }

    fn sort(&mut self, message: Message) -> Option<Incoming<C>> {
        let result = match message.message_type() {
            Type::Signal => return Some(Incoming::Signal(message)),
            Type::MethodCall => return None,
            Type::MethodReturn => Ok(()),
            Type::Error => Err(failure(&message)),
        };
        let serial = message.header().reply_serial()?;
        let position = self.calls.iter().position(|open| open.serial == serial)?;
        let Open { call, deadline, .. } = self.calls.remove(position);
        Some(Incoming::Answer {
            call,
            result: result.map(|()| message),
            late: deadline.is_none(),
        })
    }
}

/// Waits for the first deadline and tells whose it was; for ever where there is none.
async fn first_deadline<C>(calls: &[Open<C>]) -> usize {
    match calls
        .iter()
        .enumerate()
        .find_map(|(index, open)| Some((index, open.deadline?)))
    {
        Some((index, deadline)) => {
            sleep_until(deadline).await;
            index
        }
        None => pending().await,
    }
}

/// Connects to the first address of the list that answers. A bus reached over a network, or through a program, is
/// refused: attuned does not leave this machine.
async fn connect(addresses: &str) -> Result<Connection, BusError> {
    let mut error = BusError::NotLocal;
    for address in addresses.split(';') {
        match address.parse::<Address>() {
            Ok(address) if matches!(address.transport(), Transport::Unix(_)) => {
                match zbus::connection::Builder::address(address).build().await {
                    Ok(connection) => return Ok(connection),
                    Err(unreachable) => error = unreachable.into(),
                }
            }
            Err(unusable) if address.starts_with("unix:") => error = unusable.into(),
            Ok(_) | Err(_) => {}
        }
    }
    Err(error)
}

/// A call to the bus itself.
fn bus_call<B>(member: &'static str, body: &B) -> Message
where
    B: serde::Serialize + zbus::DynamicType,
{
    Message::method_call("/org/freedesktop/DBus", member)
        .destination("org.freedesktop.DBus")
        .interface("org.freedesktop.DBus")
        .build(body)
        .expect("constant names are valid, and so is a short body")
}

/// What an error message means for a notification.
fn failure(message: &Message) -> Failure {
    let header = message.header();
    let name = header.error_name().map_or("", |name| name.as_str());
    match name
        .strip_prefix("org.freedesktop.DBus.Error.")
        .unwrap_or(name)
    {
        // The server is not there or went before it answered, or the bus could not start one in time.
        "ServiceUnknown" | "NameHasNoOwner" | "NoReply" | "Disconnected" | "TimedOut"
        | "Timeout" => Failure::NoService,
        spawn if spawn.starts_with("Spawn.") => Failure::NoService,
        other => Failure::Refused(other.to_owned()),
    }
}

/// Who owns the notification server's name: the answer is a unique name, or an error where nobody does.
pub(super) fn get_owner() -> Message {
    bus_call("GetNameOwner", &NAME)
}

/// Asks the bus to start a notification server, where one is installed that can be.
pub(super) fn start_server() -> Message {
    bus_call("StartServiceByName", &(NAME, 0_u32))
}
