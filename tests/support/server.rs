//! A notification server to the Desktop Notifications Specification 1.2 that records what it is
//! asked, and does what the test tells it, right or wrong. It runs in a thread of its own, so tests
//! may wait for it without a runtime.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::SystemTime;

use futures_core::Stream;
use tokio::sync::mpsc;
use zbus::message::Type;
use zbus::names::OwnedUniqueName;
use zbus::{Connection, Message, MessageStream, OwnedVariant, Variant};

use super::PATIENCE;
use super::program::on_bus;

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";

#[expect(
    clippy::disallowed_methods,
    reason = "when a call really comes is what a test measures"
)]
pub fn now() -> SystemTime {
    SystemTime::now()
}

/// Who the server says it is.
#[derive(Clone)]
pub struct Identity {
    pub name: &'static str,
    pub capabilities: Vec<&'static str>,
    /// The id of the first notification.
    pub first_id: u32,
}

impl Default for Identity {
    fn default() -> Self {
        Self {
            name: "test-server",
            capabilities: vec!["actions", "body"],
            first_id: 1,
        }
    }
}

/// What the server does with a call.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    Answer,
    /// No answer until the manner is `Answer` again; then all of them, in order.
    Hold,
    /// An error of this name.
    Refuse(&'static str),
    /// The same for the next question about itself; then `Answer`.
    RefuseOnce(&'static str),
}

/// One `Notify` call.
#[derive(Debug, Clone)]
pub struct Notify {
    pub app_name: String,
    pub replaces_id: u32,
    pub app_icon: String,
    pub summary: String,
    pub body: String,
    /// Keys and labels in turn.
    pub actions: Vec<String>,
    pub hints: BTreeMap<String, OwnedVariant>,
    pub expire_timeout: i32,
    /// The id that the server gives.
    pub id: u32,
    /// Who called.
    pub sender: String,
    /// When it came.
    pub at: SystemTime,
}

/// What the server has seen so far.
#[derive(Default)]
pub struct Seen {
    pub notifies: Vec<Notify>,
    /// The ids of `CloseNotification` calls.
    pub closes: Vec<u32>,
    /// How often it was asked for its name.
    pub greetings: usize,
}

/// The server. It leaves the bus with the value.
pub struct Server {
    orders: mpsc::UnboundedSender<Order>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
    thread: Option<JoinHandle<()>>,
}

enum Order {
    Manner(Manner),
    FactsManner(Manner),
    Signal(Message),
    NextId(u32),
    Quiet(bool),
    ReleaseName,
    TakeName,
    Leave,
}

impl Server {
    /// Starts a server; it owns the name when this returns.
    pub fn start(address: &str, identity: Identity) -> Self {
        Self::start_with_manner(address, identity, Manner::Answer)
    }

    /// Starts a server that treats questions about itself in the given manner.
    pub fn start_with_manner(address: &str, identity: Identity, facts: Manner) -> Self {
        let (orders, inbox) = mpsc::unbounded_channel();
        let seen = Arc::new((Mutex::new(Seen::default()), Condvar::new()));
        let (up, is_up) = std::sync::mpsc::channel();
        let shared = Arc::clone(&seen);
        let thread = on_bus(address, async move |connection, messages| {
            connection
                .request_name(NAME)
                .await
                .expect("the name is free");
            up.send(()).expect("the test waits");
            let desk = Desk {
                next_id: identity.first_id,
                identity,
                manner: Manner::Answer,
                facts,
                held: Vec::new(),
                quiet: false,
                connection,
                seen: shared,
            };
            desk.run(messages, inbox).await;
        });
        is_up.recv_timeout(PATIENCE).expect("the server starts");
        Self {
            orders,
            seen,
            thread: Some(thread),
        }
    }

    /// How `Notify` is treated from now on.
    pub fn set_manner(&self, manner: Manner) {
        self.order(Order::Manner(manner));
    }

    /// How questions about the server itself are treated from now on.
    pub fn set_facts_manner(&self, manner: Manner) {
        self.order(Order::FactsManner(manner));
    }

    /// Says that a person pressed a button.
    pub fn press(&self, id: u32, action: &str) {
        self.order(Order::Signal(signal("ActionInvoked", &(id, action))));
    }

    /// Says that a person answered in writing, as Plasma does.
    pub fn reply(&self, id: u32, words: &str) {
        self.order(Order::Signal(signal("NotificationReplied", &(id, words))));
    }

    /// Says that a notification is closed.
    pub fn say_closed(&self, id: u32, reason: u32) {
        self.order(Order::Signal(signal("NotificationClosed", &(id, reason))));
    }

    /// Gives the next notification an id of the test's choice.
    pub fn set_next_id(&self, id: u32) {
        self.order(Order::NextId(id));
    }

    /// Switches do-not-disturb, as Plasma has it. The server itself does the same with what it is sent.
    pub fn set_quiet(&self, quiet: bool) {
        self.order(Order::Quiet(quiet));
    }

    /// Gives up the name, and stays connected.
    pub fn release_name(&self) {
        self.order(Order::ReleaseName);
    }

    pub fn take_name(&self) {
        self.order(Order::TakeName);
    }

    /// Waits until what the server has seen passes the test, and tells what it picks.
    pub fn wait_for<T>(&self, what: &str, pick: impl Fn(&Seen) -> Option<T>) -> T {
        let (seen, changed) = &*self.seen;
        let mut picked = None;
        let guard = seen.lock().expect("the server has not panicked");
        let (guard, timeout) = changed
            .wait_timeout_while(guard, PATIENCE, |seen| {
                picked = pick(seen);
                picked.is_none()
            })
            .expect("the server has not panicked");
        drop(guard);
        assert!(!timeout.timed_out(), "the server has not seen {what}");
        picked.expect("it was picked in time")
    }

    /// The `Notify` call of this index, once it has come.
    pub fn notify(&self, index: usize) -> Notify {
        self.wait_for(&format!("Notify number {index}"), |seen| {
            seen.notifies.get(index).cloned()
        })
    }

    /// The ids of the first `count` `CloseNotification` calls, once they have come.
    pub fn closes(&self, count: usize) -> Vec<u32> {
        self.wait_for(&format!("{count} CloseNotification"), |seen| {
            (seen.closes.len() >= count).then(|| seen.closes.clone())
        })
    }

    /// How many `Notify` calls have come so far.
    pub fn count(&self) -> usize {
        self.wait_for("anything", |seen| Some(seen.notifies.len()))
    }

    fn order(&self, order: Order) {
        assert!(self.orders.send(order).is_ok(), "the server runs");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.orders.send(Order::Leave);
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(
                ended.is_ok() || std::thread::panicking(),
                "the server has panicked"
            );
        }
    }
}

/// The server's side: one task that answers.
struct Desk {
    identity: Identity,
    manner: Manner,
    facts: Manner,
    held: Vec<Message>,
    quiet: bool,
    next_id: u32,
    connection: Connection,
    seen: Arc<(Mutex<Seen>, Condvar)>,
}

impl Desk {
    async fn run(
        mut self,
        mut messages: MessageStream,
        mut orders: mpsc::UnboundedReceiver<Order>,
    ) {
        loop {
            tokio::select! {
                message = poll_fn(|context| std::pin::Pin::new(&mut messages).poll_next(context)) => {
                    let Some(Ok(message)) = message else { return };
                    if message.message_type() == Type::MethodCall {
                        self.called(&message).await;
                    }
                }
                order = orders.recv() => match order {
                    Some(Order::Leave) | None => return,
                    Some(order) => self.obey(order).await,
                },
            }
        }
    }

    async fn obey(&mut self, order: Order) {
        match order {
            Order::Manner(manner) => self.manner = manner,
            Order::FactsManner(manner) => self.facts = manner,
            Order::Signal(message) => self.send(&message).await,
            Order::NextId(id) => self.next_id = id,
            Order::Quiet(quiet) => {
                self.quiet = quiet;
                let changed = BTreeMap::from([("Inhibited", Variant::from(quiet))]);
                let body = (NAME, changed, Vec::<&str>::new());
                let told = Message::signal(PATH, PROPERTIES, "PropertiesChanged").build(&body);
                self.send(&told.expect("a short body")).await;
            }
            Order::ReleaseName => {
                self.connection
                    .release_name(NAME)
                    .await
                    .expect("the bus answers");
            }
            Order::TakeName => self
                .connection
                .request_name(NAME)
                .await
                .expect("it is free"),
            Order::Leave => {}
        }
        if self.manner != Manner::Hold && self.facts != Manner::Hold {
            for message in std::mem::take(&mut self.held) {
                self.send(&message).await;
            }
        }
    }

    async fn called(&mut self, call: &Message) {
        let header = call.header();
        let reply = Message::method_return(&header);
        let (manner, answer) = match header.member().map_or("", |member| member.as_str()) {
            "GetServerInformation" => {
                self.saw(|seen| seen.greetings += 1);
                let facts = (self.identity.name, "attuned", "1.0", "1.2");
                (self.facts, reply.build(&facts))
            }
            "GetCapabilities" => (self.facts, reply.build(&self.identity.capabilities)),
            "Notify" => {
                let notify = self.read(call);
                let id = notify.id;
                self.saw(|seen| seen.notifies.push(notify));
                (self.manner, reply.build(&id))
            }
            "CloseNotification" => {
                let id = call.body().deserialize().expect("one id");
                self.saw(|seen| seen.closes.push(id));
                (Manner::Answer, reply.build(&()))
            }
            "Get" => (Manner::Answer, reply.build(&Variant::from(self.quiet))),
            other => panic!("the specification has no {other}"),
        };
        let answer = answer.expect("an answer");
        match manner {
            Manner::Answer => self.send(&answer).await,
            Manner::Hold => self.held.push(answer),
            Manner::Refuse(name) | Manner::RefuseOnce(name) => {
                if matches!(manner, Manner::RefuseOnce(_)) {
                    self.facts = Manner::Answer;
                }
                let error = self.connection.reply_error(&header, name, &"no");
                error.await.expect("the bus is up");
            }
        }
    }

    fn read(&mut self, call: &Message) -> Notify {
        let body = call.body();
        let arguments = body.deserialize().expect("the arguments of Notify");
        let (app_name, replaces_id, app_icon, summary, body, actions, hints, expire_timeout) =
            arguments;
        let id = if replaces_id == 0 {
            self.next_id
        } else {
            replaces_id
        };
        self.next_id = self.next_id.max(id + 1);
        let header = call.header();
        let sender = header
            .sender()
            .expect("the bus names the sender")
            .to_string();
        Notify {
            app_name,
            replaces_id,
            app_icon,
            summary,
            body,
            actions,
            hints,
            expire_timeout,
            id,
            sender,
            at: now(),
        }
    }

    fn saw(&self, change: impl FnOnce(&mut Seen)) {
        change(&mut self.seen.0.lock().expect("no test panics while it looks"));
        self.seen.1.notify_all();
    }

    async fn send(&self, message: &Message) {
        // A test may have ended the bus.
        let _ = self.connection.send(message).await;
    }
}

/// A press that comes from another program, straight to `destination`. The bus has passed it on
/// when this returns.
pub fn forge_press(address: &str, destination: &str, id: u32, action: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let connection = zbus::connection::Builder::address(address)
            .build()
            .await
            .expect("the bus is up");
        let destination = OwnedUniqueName::try_from(destination).expect("a unique name");
        let message = Message::signal(PATH, NAME, "ActionInvoked")
            .destination(destination)
            .build(&(id, action))
            .expect("a short body");
        connection.send(&message).await.expect("the bus is up");
        connection
            .call_method(
                Some("org.freedesktop.DBus"),
                "/org/freedesktop/DBus",
                Some("org.freedesktop.DBus"),
                "GetId",
                &(),
            )
            .await
            .expect("the bus answers");
    });
}

fn signal<B>(member: &'static str, body: &B) -> Message
where
    B: serde::Serialize + zbus::DynamicType,
{
    Message::signal(PATH, NAME, member)
        .build(body)
        .expect("constant names and a short body")
}
