//! A stand-in for systemd's user manager: it notes the units it is to start, and starts none.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::mpsc::{Receiver, Sender, channel};

use futures_core::Stream;
use zbus::message::Type;
use zbus::{Connection, Message, MessageStream, ObjectPath, OwnedVariant, Variant};

use super::PATIENCE;
use super::program::on_bus;

const NAME: &str = "org.freedesktop.systemd1";
const PATH: &str = "/org/freedesktop/systemd1";
const JOB: &str = "/org/freedesktop/systemd1/job/7";

/// A unit that was to be started.
#[derive(Debug)]
pub struct Unit {
    pub name: String,
    /// Its program and arguments.
    pub command: Vec<String>,
    pub environment: Vec<String>,
}

/// The manager. It leaves the bus with the test.
pub struct Manager {
    units: Receiver<Unit>,
}

impl Manager {
    /// Starts a manager whose jobs end with this result; it owns the name when this returns.
    pub fn start(address: &str, result: &'static str) -> Self {
        let (noted, units) = channel();
        let (up, is_up) = channel();
        on_bus(address, async move |connection, messages| {
            let named = connection.request_name(NAME).await;
            named.expect("the name is free");
            up.send(()).expect("the test waits");
            answer(&connection, messages, &noted, result).await;
        });
        is_up.recv_timeout(PATIENCE).expect("the manager starts");
        Self { units }
    }

    /// The next unit that is to be started.
    pub fn unit(&self) -> Unit {
        let unit = self.units.recv_timeout(PATIENCE);
        unit.expect("a unit is to be started")
    }
}

/// Answers until the bus ends.
async fn answer(
    connection: &Connection,
    mut messages: MessageStream,
    noted: &Sender<Unit>,
    result: &str,
) {
    loop {
        let message = poll_fn(|context| Pin::new(&mut messages).poll_next(context)).await;
        let Some(Ok(call)) = message else { return };
        if call.message_type() != Type::MethodCall {
            continue;
        }
        let header = call.header();
        let reply = Message::method_return(&header);
        let job = ObjectPath::try_from(JOB).expect("a path");
        match header.member().map_or("", |member| member.as_str()) {
            "Subscribe" => send(connection, reply.build(&())).await,
            // Its environment, which knows of no display.
            "Get" => {
                let none = Variant::from(Vec::<String>::new());
                send(connection, reply.build(&none)).await;
            }
            "StartTransientUnit" => {
                let unit = unit(&call);
                let removed = (7_u32, &job, unit.name.as_str(), result);
                let removed =
                    Message::signal(PATH, "org.freedesktop.systemd1.Manager", "JobRemoved")
                        .build(&removed);
                send(connection, reply.build(&job)).await;
                send(connection, removed).await;
                // The test may have seen enough.
                let _ = noted.send(unit);
            }
            other => panic!("nobody is to call {other}"),
        }
    }
}

async fn send(connection: &Connection, message: zbus::Result<Message>) {
    // A test may have ended the bus.
    let _ = connection.send(&message.expect("a short body")).await;
}

fn unit(call: &Message) -> Unit {
    type Properties = Vec<(String, OwnedVariant)>;
    type Command = Vec<(String, Vec<String>, bool)>;
    let body = call.body();
    let (name, mode, properties, _auxiliary): (
        String,
        String,
        Properties,
        Vec<(String, Properties)>,
    ) = body.deserialize().expect("as systemd's interface has it");
    assert_eq!(mode, "fail");
    let mut properties: BTreeMap<_, _> = properties.into_iter().collect();
    let mut taken = |name: &str| properties.remove(name).expect(name);
    let command = Command::try_from(taken("ExecStart")).expect("a(sasb)");
    let [(program, words, _)] = &command[..] else {
        panic!("one command: {command:?}")
    };
    assert_eq!(program, &words[0]);
    assert_eq!(String::try_from(taken("Type")).as_deref(), Ok("exec"));
    Unit {
        name,
        command: words.clone(),
        environment: Vec::try_from(taken("Environment")).expect("as"),
    }
}
