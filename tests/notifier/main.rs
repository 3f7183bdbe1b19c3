//! The notifier against a notification server written for the tests, on a bus of their own.
#![cfg(target_os = "linux")]

mod answers;
mod bus;
mod sending;
mod servers;
#[path = "../support/mod.rs"]
mod support;

use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use attuned::daemon::notifier::{
    Abilities, Button, Close, Failure, Key, Notice, Notifier, Report, Urgency,
};
use support::PATIENCE;
use support::bus::Bus;
use support::server::{Identity, Manner, Server, forge_press};
use tokio::sync::mpsc;

/// A notifier that runs as the daemon runs it, in a thread of its own, and what it reports.
struct Subject {
    orders: mpsc::UnboundedSender<Order>,
    reports: Receiver<Report>,
    thread: Option<JoinHandle<()>>,
}

enum Order {
    Show(Notice),
    Close(Key),
    Shutdown,
}

impl Subject {
    fn start(address: &str) -> Self {
        Self::start_with(address, PATIENCE, Duration::from_millis(10))
    }

    fn start_with(address: &str, answer_within: Duration, first_wait: Duration) -> Self {
        let bus = attuned::daemon::bus::Bus {
            name: "session bus",
            address: address.to_owned(),
            answer_within,
            first_wait,
        };
        let (orders, mut inbox) = mpsc::unbounded_channel();
        let (told, reports) = channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime");
            runtime.block_on(async {
                let (sender, mut receiver) = mpsc::unbounded_channel();
                let notifier = Notifier::start_on(bus, sender);
                loop {
                    tokio::select! {
                        Some(report) = receiver.recv() => {
                            let _ = told.send(report);
                        }
                        order = inbox.recv() => match order {
                            Some(Order::Show(notice)) => notifier.show(notice),
                            Some(Order::Close(key)) => notifier.close(key),
                            Some(Order::Shutdown) | None => break,
                        },
                    }
                }
                notifier.shutdown().await;
            });
        });
        Self {
            orders,
            reports,
            thread: Some(thread),
        }
    }

    fn show(&self, notice: Notice) {
        assert!(self.orders.send(Order::Show(notice)).is_ok(), "it runs");
    }

    fn close(&self, key: Key) {
        assert!(self.orders.send(Order::Close(key)).is_ok(), "it runs");
    }

    /// The next report. Everything before it has been asserted, so this also proves that nothing
    /// else was reported in between.
    fn report(&self) -> Report {
        self.reports.recv_timeout(PATIENCE).expect("a report comes")
    }

    /// Shows a notice and waits until it is on screen.
    fn shown(&self, notice: Notice) {
        let key = notice.key;
        self.show(notice);
        assert_eq!(self.report(), Report::Shown { key });
    }

    fn shutdown(mut self) {
        let _ = self.orders.send(Order::Shutdown);
        let thread = self.thread.take().expect("it is taken once");
        thread.join().expect("the notifier has not panicked");
    }
}

impl Drop for Subject {
    fn drop(&mut self) {
        let _ = self.orders.send(Order::Shutdown);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The usual start: a bus, a server on it, and a notifier that knows the server.
fn desktop(identity: Identity) -> (Bus, Server, Subject) {
    let bus = Bus::start();
    let server = Server::start(&bus.address(), identity);
    let subject = Subject::start(&bus.address());
    assert!(matches!(subject.report(), Report::Ready { .. }));
    (bus, server, subject)
}

fn notice(key: Key) -> Notice {
    Notice {
        key,
        summary: "A kind pause".to_owned(),
        body: format!("Notice {key}."),
        buttons: vec![button("another", "Another"), button("later", "Later")],
        takes_words: false,
        without_buttons: None,
        urgency: Urgency::Low,
        expires_in: Duration::from_secs(60),
        silent: true,
    }
}

fn button(action: &'static str, label: &str) -> Button {
    Button {
        action,
        label: label.to_owned(),
    }
}

fn pressed(key: Key, action: &str) -> Report {
    Report::Pressed {
        key,
        action: action.to_owned(),
    }
}

fn failed(key: Key, failure: Failure) -> Report {
    Report::Failed { key, failure }
}
