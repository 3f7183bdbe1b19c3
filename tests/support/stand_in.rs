//! Programs of a desktop, as far as a test needs them: names on a bus, answers, properties and signals.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use futures_core::Stream;
use tokio::sync::mpsc;
use zbus::message::Type;
use zbus::{Connection, DynamicType, Message, MessageStream, Variant};

use super::PATIENCE;
use super::program::on_bus;

const PROPERTIES: &str = "org.freedesktop.DBus.Properties";

/// Answers for `/path interface.member`; anything else is refused.
type Answers = Arc<Mutex<BTreeMap<String, Answer>>>;
type Answer = Box<dyn Fn(&Message) -> Message + Send>;

/// One program. It leaves the bus with the value.
pub struct StandIn {
    answers: Answers,
    orders: mpsc::UnboundedSender<Order>,
    thread: Option<JoinHandle<()>>,
}

enum Order {
    Own(&'static str),
    Signal(Message),
}

impl StandIn {
    /// Connects; it has no name yet.
    pub fn start(address: &str) -> Self {
        let answers = Answers::default();
        let (orders, inbox) = mpsc::unbounded_channel();
        let (up, is_up) = channel();
        let known = Arc::clone(&answers);
        let thread = on_bus(address, async move |connection, messages| {
            up.send(()).expect("the test waits");
            serve(&connection, messages, inbox, &known).await;
        });
        is_up.recv_timeout(PATIENCE).expect("it starts");
        Self {
            answers,
            orders,
            thread: Some(thread),
        }
    }

    /// Takes a name, after everything it was told before.
    pub fn own(&self, name: &'static str) {
        self.order(Order::Own(name));
    }

    /// How it answers a call from now on.
    pub fn answer<B>(&self, path: &str, method: &str, body: B)
    where
        B: serde::Serialize + DynamicType + Send + 'static,
    {
        let answer = move |call: &Message| {
            let reply = Message::method_return(&call.header()).build(&body);
            reply.expect("a short body")
        };
        let mut answers = self.answers.lock().expect("nobody panics with it");
        answers.insert(format!("{path} {method}"), Box::new(answer));
    }

    /// What a property is from now on.
    pub fn set(&self, path: &str, interface: &str, name: &str, value: impl Into<Variant<'static>>) {
        let value: Variant<'static> = value.into();
        let method = format!("{interface}.{name}");
        self.answer(path, &method, value);
    }

    /// As [`StandIn::set`], and tells.
    pub fn change(
        &self,
        path: &str,
        interface: &str,
        name: &str,
        value: impl Into<Variant<'static>> + Clone,
    ) {
        self.set(path, interface, name, value.clone());
        let changed = BTreeMap::from([(name, value.into())]);
        let body = (interface, changed, Vec::<&str>::new());
        self.signal(path, PROPERTIES, "PropertiesChanged", &body);
    }

    pub fn signal<B>(&self, path: &str, interface: &str, member: &str, body: &B)
    where
        B: serde::Serialize + DynamicType,
    {
        let signal = Message::signal(path, interface, member).build(body);
        self.order(Order::Signal(signal.expect("a short body")));
    }

    fn order(&self, order: Order) {
        assert!(self.orders.send(order).is_ok(), "it runs");
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        let (closed, _) = mpsc::unbounded_channel();
        self.orders = closed;
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(
                ended.is_ok() || std::thread::panicking(),
                "it has not panicked"
            );
        }
    }
}

/// Answers and obeys until nobody has orders any more, or the bus ends.
async fn serve(
    connection: &Connection,
    mut messages: MessageStream,
    mut orders: mpsc::UnboundedReceiver<Order>,
    answers: &Answers,
) {
    loop {
        tokio::select! {
            message = poll_fn(|context| std::pin::Pin::new(&mut messages).poll_next(context)) => {
                let Some(Ok(call)) = message else { return };
                if call.message_type() == Type::MethodCall {
                    reply(connection, answers, &call).await;
                }
            }
            order = orders.recv() => match order {
                Some(Order::Own(name)) => connection.request_name(name).await.expect("it is free"),
                Some(Order::Signal(signal)) => {
                    // A test may have ended the bus.
                    let _ = connection.send(&signal).await;
                }
                None => return,
            },
        }
    }
}

async fn reply(connection: &Connection, answers: &Answers, call: &Message) {
    let header = call.header();
    let path = header.path().map_or("", |path| path.as_str());
    let interface = header.interface().map_or("", |name| name.as_str());
    let member = header.member().map_or("", |name| name.as_str());
    let body = call.body();
    let (interface, member) = match member {
        "Get" => body.deserialize().expect("an interface and a name"),
        _ => (interface, member),
    };
    let key = format!("{path} {interface}.{member}");
    let answer = {
        let answers = answers.lock().expect("nobody panics with it");
        answers.get(&key).map(|answer| answer(call))
    };
    // A test may have ended the bus.
    let _ = if let Some(answer) = answer {
        connection.send(&answer).await
    } else {
        let name = "org.freedesktop.DBus.Error.UnknownMethod";
        connection.reply_error(&header, name, &key).await
    };
}
