//! Presses, closes, replacements, slow and silent servers.

use super::*;

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
fn words_are_an_answer_as_a_press_is_and_the_first_of_either_counts() {
    let (_bus, server, subject) = desktop(Identity {
        capabilities: vec!["actions", "body", "inline-reply"],
        ..Identity::default()
    });
    subject.shown(notice(1));
    subject.shown(notice(2));
    let (first, second) = (server.notify(0).id, server.notify(1).id);
    server.reply(first, "Tired, & <b>glad</b>.");
    server.reply(first, "Tired, & <b>glad</b>.");
    server.press(first, "later");
    server.say_closed(first, 3);
    server.press(second, "later");
    server.reply(second, "And this.");
    let words = "Tired, & <b>glad</b>.".to_owned();
    assert_eq!(subject.report(), Report::Replied { key: 1, words });
    assert_eq!(subject.report(), pressed(2, "later"));
    subject.shown(notice(3));
}
