//! A D-Bus service that answers as a test says.

use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;
use zbus::message::Type;
use zbus::{Connection, Message, MessageStream};

/// A connection of a test's own.
pub(in crate::daemon::sense) async fn connect(address: &str) -> Connection {
    let builder = zbus::connection::Builder::address(address);
    builder.build().await.expect("the bus is up")
}

/// Takes a name, and answers every call with what `answer` makes of it.
pub(in crate::daemon::sense) async fn serve(
    address: &str,
    name: &'static str,
    mut answer: impl FnMut(&Message) -> zbus::Result<Message> + Send + 'static,
) -> Connection {
    let connection = connect(address).await;
    let mut messages = MessageStream::from(&connection);
    let named = connection.request_name(name).await;
    named.expect("the name is free");
    let answering = connection.clone();
    tokio::spawn(async move {
        loop {
            let message = poll_fn(|context| Pin::new(&mut messages).poll_next(context)).await;
            let Some(Ok(call)) = message else { return };
            if call.message_type() == Type::MethodCall {
                let reply = answer(&call).expect("a short body");
                // A test may have ended the bus.
                let _ = answering.send(&reply).await;
            }
        }
    });
    connection
}

/// What a call is for.
pub(in crate::daemon::sense) fn member(call: &Message) -> String {
    let header = call.header();
    header.member().expect("a call has one").to_string()
}
