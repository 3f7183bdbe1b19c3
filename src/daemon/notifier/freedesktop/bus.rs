//! The one connection that notifications go over.

use std::future::{pending, poll_fn};
use std::num::NonZeroU32;

use futures_core::Stream;
use tokio::time::{Instant, sleep_until, timeout};
use zbus::message::Type;
use zbus::{Connection, Message, MessageStream};

use super::Failure;
use super::server::NAME;
use crate::daemon::bus::{Bus, BusError};

/// A connection, and the calls on it that have no answer yet. `C` tells what a call was for.
///
/// Answers and signals come from one stream, so they are seen in the order in which they were sent: a button pressed
/// right after `Notify` is never seen before the id that `Notify` returns.
pub(super) struct Link<C> {
    connection: Connection,
    messages: MessageStream,
    bus: Bus,
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
            let connection = bus.reach().await?;
            let messages = MessageStream::from(&connection);
            for rule in Self::RULES {
                let sent = connection.send(&bus_call("AddMatch", &rule)).await;
                sent.map_err(|error| BusError::Unreachable(bus.name, error))?;
            }
            Ok(Self {
                connection,
                messages,
                bus: bus.clone(),
                calls: Vec::new(),
            })
        })
        .await
        .unwrap_or(Err(BusError::Silent(bus.name)))
    }

    /// Makes a call; [`Link::next`] tells the answer.
    pub(super) async fn call(&mut self, call: C, message: &Message) {
        let serial = message.primary_header().serial_num();
        let deadline = Some(Instant::now() + self.bus.answer_within);
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
                    let Some(Ok(message)) = message else {
                        return Err(BusError::Closed(self.bus.name));
                    };
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
