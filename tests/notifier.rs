//! The notifier against a notification server written for the tests, on a bus of their own.
#![cfg(target_os = "linux")]

mod support;

use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use attuned::daemon::notifier::{
    self, Abilities, Button, Close, Failure, Key, Notice, Notifier, Report, Urgency,
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
        let bus = notifier::Bus {
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

#[test]
fn a_server_that_is_there_is_reported_with_its_abilities() {
    let bus = Bus::start();
    let identity = Identity {
        name: "some-server",
        capabilities: vec!["body", "persistence", "x-unheard-of"],
        ..Identity::default()
    };
    let _server = Server::start(&bus.address(), identity);
    let subject = Subject::start(&bus.address());
    assert_eq!(
        subject.report(),
        Report::Ready {
            server: "some-server".to_owned(),
            version: "1.0".to_owned(),
            abilities: Abilities {
                body: true,
                persistence: true,
                ..Abilities::default()
            },
        }
    );
}

#[test]
fn every_argument_of_notify_is_as_specified() {
    let (_bus, server, subject) = desktop(Identity::default());
    subject.shown(Notice {
        summary: "A kind\npause <3\u{202e}".to_owned(),
        body: "Tea & rest.\nTake it.\u{7}".to_owned(),
        buttons: vec![
            button("another", "Another"),
            button("later", "Later"),
            button("default", "Open"),
            button("pause-today", "Pause today"),
            button("fourth", "Fourth"),
        ],
        ..notice(7)
    });
    let call = server.notify(0);
    assert_eq!(call.app_name, "attuned");
    assert_eq!(call.replaces_id, 0);
    assert_eq!(call.app_icon, "");
    assert_eq!(call.summary, "A kind pause <3");
    assert_eq!(
        call.body, "Tea & rest.\nTake it.",
        "no markup where none is parsed"
    );
    assert_eq!(
        call.actions,
        ["default", "Open", "another", "Another", "later", "Later"]
    );
    let hints: Vec<&str> = call.hints.keys().map(String::as_str).collect();
    assert_eq!(hints, ["desktop-entry", "suppress-sound", "urgency"]);
    assert_eq!(u8::try_from(call.hints["urgency"].clone()), Ok(0));
    assert_eq!(
        bool::try_from(call.hints["suppress-sound"].clone()),
        Ok(true)
    );
    assert_eq!(
        String::try_from(call.hints["desktop-entry"].clone()),
        Ok("attuned".to_owned())
    );
    assert_eq!(call.expire_timeout, 60_000);
}

#[test]
fn sound_and_urgency_are_the_caller_s_choice() {
    let (_bus, server, subject) = desktop(Identity::default());
    subject.shown(Notice {
        urgency: Urgency::Normal,
        silent: false,
        ..notice(1)
    });
    let call = server.notify(0);
    assert_eq!(u8::try_from(call.hints["urgency"].clone()), Ok(1));
    assert!(!call.hints.contains_key("suppress-sound"));
}

#[test]
fn text_is_escaped_where_the_server_parses_markup_and_only_in_the_body() {
    let (_bus, server, subject) = desktop(Identity {
        capabilities: vec!["body", "body-markup"],
        ..Identity::default()
    });
    subject.shown(Notice {
        summary: "You & \"me\"".to_owned(),
        body: "<a href='x'>You & \"me\"</a>".to_owned(),
        ..notice(1)
    });
    let call = server.notify(0);
    assert_eq!(call.summary, "You & \"me\"");
    assert_eq!(
        call.body,
        "&lt;a href=&apos;x&apos;&gt;You &amp; &quot;me&quot;&lt;/a&gt;"
    );
    assert!(
        call.actions.is_empty(),
        "no buttons where the server has none"
    );
}

#[test]
fn nothing_is_sticky_and_a_server_with_a_list_uses_its_own_time() {
    let (_bus, server, subject) = desktop(Identity::default());
    let lasting = |key, expires_in| Notice {
        expires_in,
        ..notice(key)
    };
    subject.shown(lasting(1, Duration::from_secs(7200)));
    subject.shown(lasting(2, Duration::ZERO));
    assert_eq!(server.notify(0).expire_timeout, 120_000);
    assert_eq!(server.notify(1).expire_timeout, 1_000);
    drop((server, subject));

    let (_bus, server, subject) = desktop(Identity {
        capabilities: vec!["persistence"],
        ..Identity::default()
    });
    subject.shown(lasting(1, Duration::from_secs(60)));
    assert_eq!(server.notify(0).expire_timeout, -1);
}

#[test]
fn a_list_without_buttons_does_not_count_as_one() {
    for name in ["Plasma", "lxqt-notificationd"] {
        let (_bus, server, subject) = desktop(Identity {
            name,
            capabilities: vec!["actions", "persistence"],
            ..Identity::default()
        });
        subject.shown(notice(1));
        assert_eq!(server.notify(0).expire_timeout, 60_000, "{name}");
    }
}

#[test]
fn what_a_server_is_still_closing_is_not_replaced() {
    let (_bus, server, subject) = desktop(Identity {
        name: "SwayNotificationCenter",
        ..Identity::default()
    });
    subject.shown(notice(1));
    let first = server.notify(0).id;
    server.press(first, "another");
    assert_eq!(subject.report(), pressed(1, "another"));
    subject.shown(notice(1));
    server.say_closed(first, 2);
    server.say_closed(first, 2);
    assert_eq!(server.notify(1).replaces_id, 0);
    server.press(server.notify(1).id, "later");
    assert_eq!(subject.report(), pressed(1, "later"));
}

#[test]
fn gnome_is_never_sent_low_urgency() {
    let (_bus, server, subject) = desktop(Identity {
        name: "gnome-shell",
        ..Identity::default()
    });
    subject.shown(notice(1));
    assert_eq!(
        u8::try_from(server.notify(0).hints["urgency"].clone()),
        Ok(1)
    );
}

#[test]
fn a_press_is_reported_once_whatever_the_server_sends() {
    let (_bus, server, subject) = desktop(Identity::default());
    subject.shown(notice(10));
    subject.shown(notice(20));
    let (first, second) = (server.notify(0).id, server.notify(1).id);
    server.press(first, "later");
    server.press(first, "later");
    server.press(first, "another");
    server.say_closed(first, 3);
    server.say_closed(first, 2);
    server.press(first, "later");
    server.press(second, "default");
    assert_eq!(subject.report(), pressed(10, "later"));
    assert_eq!(subject.report(), pressed(20, "default"));
}

#[test]
fn a_close_before_the_press_of_the_same_click_still_leaves_one_outcome() {
    let (_bus, server, subject) = desktop(Identity::default());
    subject.shown(notice(1));
    subject.shown(notice(2));
    server.say_closed(server.notify(0).id, 2);
    server.press(server.notify(0).id, "later");
    server.press(server.notify(1).id, "later");
    let cause = Close::Dismissed;
    assert_eq!(subject.report(), Report::Closed { key: 1, cause });
    assert_eq!(subject.report(), pressed(2, "later"));
}

#[test]
fn each_close_reason_of_the_specification_is_told() {
    let (_bus, server, subject) = desktop(Identity::default());
    let reasons = [
        (1, Close::Expired),
        (2, Close::Dismissed),
        (3, Close::ByUs),
        (4, Close::Unknown),
        (99, Close::Unknown),
    ];
    for (index, (reason, cause)) in reasons.into_iter().enumerate() {
        let key = 100 + u64::from(reason);
        subject.shown(notice(key));
        server.say_closed(server.notify(index).id, reason);
        assert_eq!(subject.report(), Report::Closed { key, cause });
    }
}

#[test]
fn other_programs_notifications_and_forged_signals_count_for_nothing() {
    let (bus, server, subject) = desktop(Identity::default());
    subject.shown(notice(1));
    let call = server.notify(0);
    forge_press(&bus.address(), &call.sender, call.id, "later");
    server.press(call.id + 1, "later");
    server.say_closed(call.id + 1, 2);
    server.press(call.id, "another");
    assert_eq!(subject.report(), pressed(1, "another"));
}

#[test]
fn after_a_press_the_same_key_replaces_in_place() {
    let (_bus, server, subject) = desktop(Identity::default());
    subject.shown(notice(1));
    let first = server.notify(0).id;
    server.press(first, "another");
    assert_eq!(subject.report(), pressed(1, "another"));
    subject.shown(notice(1));
    let again = server.notify(1);
    assert_eq!((again.replaces_id, again.id), (first, first));
    server.press(again.id, "later");
    assert_eq!(
        subject.report(),
        pressed(1, "later"),
        "the new one can be answered"
    );
    subject.close(1);
    assert_eq!(server.closes(1), [first]);
}

#[test]
fn after_a_press_that_closed_it_the_same_key_shows_anew() {
    let (_bus, server, subject) = desktop(Identity::default());
    subject.shown(notice(1));
    subject.shown(notice(2));
    server.press(server.notify(0).id, "another");
    server.say_closed(server.notify(0).id, 3);
    server.press(server.notify(1).id, "later");
    assert_eq!(subject.report(), pressed(1, "another"));
    assert_eq!(subject.report(), pressed(2, "later"));
    subject.shown(notice(1));
    assert_eq!(server.notify(2).replaces_id, 0);
}

#[test]
fn the_closing_of_what_is_replaced_does_not_end_what_replaces_it() {
    let (_bus, server, subject) = desktop(Identity::default());
    subject.shown(notice(1));
    let first = server.notify(0).id;
    server.press(first, "another");
    assert_eq!(subject.report(), pressed(1, "another"));
    server.set_manner(Manner::Hold);
    subject.show(notice(1));
    server.notify(1);
    server.say_closed(first, 3);
    server.press(first, "another");
    server.set_manner(Manner::Answer);
    assert_eq!(subject.report(), Report::Shown { key: 1 });
    server.press(first, "later");
    assert_eq!(subject.report(), pressed(1, "later"));
}

#[test]
fn a_press_right_behind_the_answer_is_not_lost() {
    let (_bus, server, subject) = desktop(Identity::default());
    server.set_manner(Manner::Hold);
    subject.show(notice(1));
    let id = server.notify(0).id;
    server.set_manner(Manner::Answer);
    server.press(id, "later");
    server.say_closed(id, 2);
    assert_eq!(subject.report(), Report::Shown { key: 1 });
    assert_eq!(subject.report(), pressed(1, "later"));
}

#[test]
fn while_a_notice_is_on_its_way_only_the_newest_of_its_key_follows() {
    let (_bus, server, subject) = desktop(Identity::default());
    server.set_manner(Manner::Hold);
    let saying = |body: &str| Notice {
        body: body.to_owned(),
        ..notice(1)
    };
    subject.show(saying("one"));
    server.notify(0);
    subject.show(saying("two"));
    subject.show(saying("three"));
    subject.show(notice(2));
    assert_eq!(
        server.notify(1).body,
        "Notice 2.",
        "another key does not wait"
    );
    server.set_manner(Manner::Answer);
    let last = server.notify(2);
    assert_eq!(
        (last.body.as_str(), last.replaces_id),
        ("three", server.notify(0).id)
    );
    assert_eq!(subject.report(), Report::Shown { key: 2 });
    assert_eq!(subject.report(), Report::Shown { key: 1 });
}

#[test]
fn a_slow_server_holds_up_neither_signals_nor_closes() {
    let (_bus, server, subject) = desktop(Identity::default());
    subject.shown(notice(1));
    subject.shown(notice(2));
    server.set_manner(Manner::Hold);
    subject.show(notice(3));
    let slow = server.notify(2).id;
    server.press(server.notify(0).id, "later");
    assert_eq!(subject.report(), pressed(1, "later"));
    subject.close(2);
    assert_eq!(server.closes(1), [server.notify(1).id]);
    subject.close(3);
    server.set_manner(Manner::Answer);
    assert_eq!(
        server.closes(2)[1],
        slow,
        "closed as soon as its id is known"
    );
}

#[test]
fn a_server_that_never_answers_fails_the_notice_and_a_late_answer_leaves_no_orphan() {
    let bus = Bus::start();
    let server = Server::start(&bus.address(), Identity::default());
    let short = Duration::from_millis(50);
    let subject = Subject::start_with(&bus.address(), short, short);
    assert!(matches!(subject.report(), Report::Ready { .. }));
    server.set_manner(Manner::Hold);
    subject.show(notice(1));
    assert_eq!(subject.report(), failed(1, Failure::Timeout));
    server.set_manner(Manner::Answer);
    assert_eq!(server.closes(1), [server.notify(0).id]);
    subject.shown(notice(1));
    assert_eq!(server.notify(1).replaces_id, 0);
}

#[test]
fn a_replacement_that_fails_takes_the_old_one_with_it() {
    let (_bus, server, subject) = desktop(Identity::default());
    subject.shown(notice(1));
    server.set_manner(Manner::Refuse("org.example.Full"));
    subject.show(notice(1));
    let refused = Failure::Refused("org.example.Full".to_owned());
    assert_eq!(subject.report(), failed(1, refused));
    assert_eq!(server.notify(1).replaces_id, server.notify(0).id);
    assert_eq!(
        server.notify(2).replaces_id,
        0,
        "tried once more as a new one"
    );
    assert_eq!(server.closes(1), [server.notify(0).id]);
}

#[test]
fn an_id_given_out_twice_belongs_to_the_later_notice() {
    let (_bus, server, subject) = desktop(Identity::default());
    subject.shown(notice(1));
    let id = server.notify(0).id;
    server.set_next_id(id);
    subject.show(notice(2));
    let cause = Close::Unknown;
    assert_eq!(subject.report(), Report::Closed { key: 1, cause });
    assert_eq!(subject.report(), Report::Shown { key: 2 });
    server.press(id, "later");
    assert_eq!(subject.report(), pressed(2, "later"));
}

#[test]
fn a_new_server_is_never_sent_the_old_one_s_ids() {
    let (bus, server, subject) = desktop(Identity::default());
    subject.shown(notice(1));
    subject.shown(notice(2));
    drop(server);
    assert_eq!(subject.report(), Report::Gone);
    let server = Server::start(&bus.address(), Identity::default());
    assert!(matches!(subject.report(), Report::Ready { .. }));
    subject.close(2);
    subject.shown(notice(1));
    assert_eq!(server.notify(0).replaces_id, 0);
    let id = server.notify(0).id;
    subject.close(1);
    assert_eq!(server.closes(1), [id], "and nothing was closed before");
}

#[test]
fn a_server_that_takes_over_without_a_gap_gets_nothing_of_the_old_one() {
    let (bus, old, subject) = desktop(Identity::default());
    subject.shown(notice(1));
    old.set_manner(Manner::Hold);
    subject.show(notice(2));
    let on_its_way = old.notify(1).id;
    let new = Server::start(&bus.address(), Identity::default());
    assert_eq!(subject.report(), failed(2, Failure::NoService));
    assert_eq!(subject.report(), Report::Gone);
    assert!(matches!(subject.report(), Report::Ready { .. }));
    old.set_manner(Manner::Answer);
    old.press(old.notify(0).id, "later");
    old.press(on_its_way, "later");
    subject.shown(notice(1));
    assert_eq!(new.notify(0).replaces_id, 0);
    subject.close(1);
    assert_eq!(new.closes(1), [new.notify(0).id]);
}

#[test]
fn a_server_without_the_name_is_not_listened_to() {
    let (_bus, server, subject) = desktop(Identity::default());
    subject.shown(notice(1));
    server.release_name();
    assert_eq!(subject.report(), Report::Gone);
    server.press(server.notify(0).id, "later");
    server.take_name();
    assert!(matches!(subject.report(), Report::Ready { .. }));
}

#[test]
fn a_server_killed_before_it_answers_fails_the_notice() {
    let (_bus, server, subject) = desktop(Identity::default());
    server.set_manner(Manner::Hold);
    subject.show(notice(1));
    server.notify(0);
    drop(server);
    assert_eq!(subject.report(), failed(1, Failure::NoService));
    assert_eq!(subject.report(), Report::Gone);
}

#[test]
fn without_a_server_a_notice_fails_at_once_and_the_next_server_is_noticed() {
    let bus = Bus::start();
    let subject = Subject::start(&bus.address());
    assert_eq!(subject.report(), Report::Gone);
    subject.show(notice(1));
    assert_eq!(subject.report(), failed(1, Failure::NoService));
    let server = Server::start(&bus.address(), Identity::default());
    assert!(matches!(subject.report(), Report::Ready { .. }));
    subject.shown(notice(1));
    assert_eq!(server.notify(0).body, "Notice 1.");
}

#[test]
fn a_notice_starts_a_server_that_can_be_started_and_asking_does_not() {
    let mut bus = Bus::start();
    let started = bus.path("started");
    let command = format!("/usr/bin/touch {}", started.display());
    bus.make_activatable("org.freedesktop.Notifications", &command);
    let subject = Subject::start(&bus.address());
    assert_eq!(subject.report(), Report::Gone);
    assert!(!started.exists(), "merely asking starts nothing");
    subject.show(notice(1));
    support::wait_until("the bus starts the server", || started.exists());
    let server = Server::start(&bus.address(), Identity::default());
    assert!(matches!(subject.report(), Report::Ready { .. }));
    assert_eq!(subject.report(), Report::Shown { key: 1 });
    assert_eq!(server.count(), 1);
}

#[test]
fn a_server_that_cannot_be_started_fails_the_notice() {
    let mut bus = Bus::start();
    bus.make_activatable("org.freedesktop.Notifications", "/bin/false");
    let subject = Subject::start(&bus.address());
    assert_eq!(subject.report(), Report::Gone);
    subject.show(notice(1));
    assert_eq!(subject.report(), failed(1, Failure::NoService));
}

#[test]
fn a_server_that_does_not_say_what_it_can_do_gets_plain_text() {
    let bus = Bus::start();
    let unknown = Manner::Refuse("org.freedesktop.DBus.Error.UnknownMethod");
    let server = Server::start_with_manner(&bus.address(), Identity::default(), unknown);
    let subject = Subject::start(&bus.address());
    assert_eq!(
        subject.report(),
        Report::Ready {
            server: String::new(),
            version: String::new(),
            abilities: Abilities::default(),
        }
    );
    subject.shown(notice(1));
    assert!(server.notify(0).actions.is_empty());
}

#[test]
fn a_server_that_is_mute_at_first_is_asked_again() {
    let bus = Bus::start();
    let server = Server::start_with_manner(&bus.address(), Identity::default(), Manner::Hold);
    let short = Duration::from_millis(50);
    let subject = Subject::start_with(&bus.address(), short, short);
    subject.show(notice(1));
    assert_eq!(subject.report(), failed(1, Failure::Timeout));
    subject.show(notice(2));
    server.wait_for("a second question", |seen| {
        (seen.greetings >= 2).then_some(())
    });
    server.set_facts_manner(Manner::Answer);
    let mut reports = vec![subject.report()];
    while reports.last() != Some(&Report::Shown { key: 3 }) {
        if matches!(reports.last(), Some(Report::Ready { .. })) {
            subject.show(notice(3));
        }
        reports.push(subject.report());
    }
    let ready = |report: &&Report| matches!(report, Report::Ready { .. });
    assert_eq!(reports.iter().filter(ready).count(), 1, "{reports:?}");
}

#[test]
fn shutdown_closes_what_is_open_and_what_is_on_its_way() {
    let (_bus, server, subject) = desktop(Identity::default());
    subject.shown(notice(1));
    subject.shown(notice(2));
    server.press(server.notify(1).id, "later");
    assert_eq!(subject.report(), pressed(2, "later"));
    server.set_manner(Manner::Hold);
    subject.show(notice(3));
    server.notify(2);
    let ending = std::thread::spawn(move || subject.shutdown());
    assert_eq!(server.closes(2), [server.notify(0).id, server.notify(1).id]);
    server.set_manner(Manner::Answer);
    assert_eq!(server.closes(3)[2], server.notify(2).id);
    ending.join().expect("it ends");
}

#[test]
fn shutdown_does_not_wait_for_a_server_that_does_not_answer() {
    let (_bus, server, subject) = desktop(Identity::default());
    server.set_manner(Manner::Hold);
    subject.show(notice(1));
    server.notify(0);
    let (done, is_done) = channel();
    std::thread::spawn(move || {
        subject.shutdown();
        let _ = done.send(());
    });
    is_done
        .recv_timeout(Duration::from_secs(5))
        .expect("it ends within its two seconds");
}

#[test]
fn a_lost_bus_is_reported_once_and_found_again() {
    let (mut bus, server, subject) = desktop(Identity::default());
    subject.shown(notice(1));
    server.set_manner(Manner::Hold);
    subject.show(notice(2));
    server.notify(1);
    bus.stop();
    let Report::Failed {
        key: 2,
        failure: Failure::NoBus(_),
    } = subject.report()
    else {
        panic!("what was on its way has failed");
    };
    assert!(matches!(subject.report(), Report::BusLost { .. }));
    drop(server);
    bus.restart();
    assert_eq!(
        subject.report(),
        Report::Gone,
        "and no second BusLost before"
    );
    let server = Server::start(&bus.address(), Identity::default());
    assert!(matches!(subject.report(), Report::Ready { .. }));
    subject.shown(notice(1));
    assert_eq!(server.notify(0).replaces_id, 0);
}

#[test]
fn without_a_bus_a_notice_fails_and_makes_it_look_again_at_once() {
    let mut bus = Bus::start();
    bus.stop();
    let an_hour = Duration::from_secs(3600);
    let subject = Subject::start_with(&bus.address(), PATIENCE, an_hour);
    assert!(matches!(subject.report(), Report::BusLost { .. }));
    subject.show(notice(1));
    let Report::Failed {
        key: 1,
        failure: Failure::NoBus(reason),
    } = subject.report()
    else {
        panic!("it cannot be shown");
    };
    assert!(reason.contains("session bus"), "{reason}");
    bus.restart();
    let server = Server::start(&bus.address(), Identity::default());
    subject.show(notice(2));
    assert!(matches!(subject.report(), Report::Ready { .. }));
    assert_eq!(subject.report(), Report::Shown { key: 2 });
    assert_eq!(server.count(), 1);
}

#[test]
fn a_bus_that_never_answers_is_given_up() {
    let bus = Bus::start();
    bus.signal("STOP");
    let short = Duration::from_millis(50);
    let subject = Subject::start_with(&bus.address(), short, PATIENCE);
    let reason = "the session bus does not answer".to_owned();
    assert_eq!(subject.report(), Report::BusLost { reason });
    bus.signal("CONT");
}

#[test]
fn only_local_addresses_are_used() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("it is bound").port();
    for address in [
        format!("tcp:host=127.0.0.1,port={port}"),
        format!("nonce-tcp:host=127.0.0.1,port={port},noncefile=/dev/null"),
        "unixexec:path=/bin/true".to_owned(),
        "autolaunch:".to_owned(),
        "nonsense".to_owned(),
    ] {
        let subject = Subject::start(&address);
        let Report::BusLost { reason } = subject.report() else {
            panic!("{address} is refused");
        };
        assert!(reason.contains("`unix:`"), "{address}: {reason}");
    }
    listener.set_nonblocking(true).expect("it can be asked");
    let nobody = listener.accept().expect_err("nobody has called");
    assert_eq!(nobody.kind(), std::io::ErrorKind::WouldBlock);
}

#[test]
fn a_list_of_addresses_is_tried_for_a_local_one() {
    let bus = Bus::start();
    let list = format!(
        "tcp:host=127.0.0.1,port=1;unix:path=/nonexistent;{}",
        bus.address()
    );
    let subject = Subject::start(&list);
    assert_eq!(subject.report(), Report::Gone);
}
