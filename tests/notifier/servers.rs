//! Servers that come, go and are started, and the notifier's own end.

use super::*;

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
fn a_server_that_cannot_say_yet_what_it_can_do_is_asked_again() {
    let bus = Bus::start();
    let not_yet = Manner::RefuseOnce("org.freedesktop.DBus.Error.UnknownMethod");
    let server = Server::start_with_manner(&bus.address(), Identity::default(), not_yet);
    let subject = Subject::start(&bus.address());
    subject.show(notice(1));
    let Report::Ready {
        server: name,
        abilities,
        ..
    } = subject.report()
    else {
        panic!("it is ready before anything is sent to it");
    };
    assert_eq!(name, "test-server");
    assert!(abilities.actions);
    assert_eq!(subject.report(), Report::Shown { key: 1 });
    assert_eq!(server.count(), 1);
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
fn a_field_for_words_is_asked_for_where_the_server_has_one() {
    let asking = |key| Notice {
        takes_words: true,
        ..notice(key)
    };
    let fields = |capabilities: Vec<&'static str>| {
        let (_bus, server, subject) = desktop(Identity {
            capabilities,
            ..Identity::default()
        });
        subject.shown(asking(1));
        let sent = server.notify(0);
        let has_hint = sent.hints.contains_key("x-kde-reply-placeholder-text");
        (sent.actions, has_hint)
    };
    let buttons = ["another", "Another", "later", "Later"];
    let with_field = [&buttons[..], &["inline-reply", "In words"]].concat();
    let without = (buttons.map(str::to_owned).to_vec(), false);
    let with = (
        with_field.iter().map(|one| (*one).to_owned()).collect(),
        true,
    );
    assert_eq!(fields(vec!["actions", "body", "inline-reply"]), with);
    assert_eq!(fields(vec!["actions", "body"]), without);
}

#[test]
fn where_there_are_no_buttons_the_body_tells_how_to_answer() {
    let telling = Notice {
        without_buttons: Some("Answer with: attuned check-in".to_owned()),
        ..notice(1)
    };
    for (capabilities, body) in [
        (vec!["body"], "Notice 1.\nAnswer with: attuned check-in"),
        (vec!["body", "actions"], "Notice 1."),
    ] {
        let (_bus, server, subject) = desktop(Identity {
            capabilities,
            ..Identity::default()
        });
        subject.shown(telling.clone());
        assert_eq!(server.notify(0).body, body);
    }
}

/// The click is no button on most servers; where it would be one, the three before it are enough.
#[test]
fn a_click_that_is_least_important_takes_no_button_s_place() {
    let clickable = Notice {
        buttons: vec![
            button("okay", "Okay"),
            button("hard", "Hard"),
            button("too-much", "Too much"),
            button("default", "In a terminal"),
        ],
        ..notice(1)
    };
    let actions = |name| {
        let (_bus, server, subject) = desktop(Identity {
            name,
            ..Identity::default()
        });
        subject.shown(clickable.clone());
        let sent = server.notify(0).actions;
        sent.into_iter().step_by(2).collect::<Vec<_>>()
    };
    for free in ["Plasma", "mako"] {
        assert_eq!(actions(free), ["default", "okay", "hard", "too-much"]);
    }
    assert_eq!(actions("Xfce Notify Daemon"), ["okay", "hard", "too-much"]);
}

#[test]
fn where_a_replacement_would_keep_the_old_buttons_a_new_notification_takes_its_place() {
    let (_bus, server, subject) = desktop(Identity {
        name: "lxqt-notificationd",
        ..Identity::default()
    });
    subject.shown(notice(1));
    let first = server.notify(0).id;
    server.press(first, "another");
    assert_eq!(subject.report(), pressed(1, "another"));
    subject.shown(notice(1));
    let again = server.notify(1);
    assert_eq!(again.replaces_id, 0);
    assert_eq!(server.closes(1), [first]);
    server.say_closed(first, 3);
    server.press(again.id, "later");
    assert_eq!(subject.report(), pressed(1, "later"));
}
