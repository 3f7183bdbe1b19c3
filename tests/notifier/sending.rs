//! What is sent, and how.

use super::*;

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
        [
            "default",
            "Open",
            "another",
            "Another",
            "later",
            "Later",
            "pause-today",
            "Pause today"
        ],
        "three buttons, and the click on the body"
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
fn a_click_on_the_body_that_is_shown_as_a_button_is_not_there_twice() {
    for (name, sent) in [
        ("dunst", 3),
        ("lxqt-notificationd", 3),
        ("Xfce Notify Daemon", 3),
        // A menu has room for all.
        ("mako", 4),
    ] {
        let (_bus, server, subject) = desktop(Identity {
            name,
            ..Identity::default()
        });
        subject.shown(Notice {
            buttons: vec![
                button("default", "Show"),
                button("open", "Show"),
                button("later", "Later"),
                button("pause-today", "Pause today"),
                button("fourth", "Fourth"),
            ],
            ..notice(1)
        });
        let all = [
            ("default", "Show"),
            ("later", "Later"),
            ("pause-today", "Pause today"),
            ("fourth", "Fourth"),
        ];
        let expected: Vec<&str> = all[..sent]
            .iter()
            .flat_map(|(key, label)| [*key, *label])
            .collect();
        assert_eq!(server.notify(0).actions, expected, "{name}");
    }
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
