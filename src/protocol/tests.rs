use std::collections::BTreeMap;

use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;
use crate::engine::{
    Card, Changed, Held, OptIn, Overwhelm, Pause, PauseInForce, PauseSource, Rate, Source, Upcoming,
};
use crate::library::{By, HeldBack, Intensity, Kind, Standing, Weight};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn line(version: &str, body: &str) -> String {
    let program = env!("CARGO_PKG_VERSION");
    format!(r#"{{"version":{version},"program":"{program}","body":{body}}}"#) + "\n"
}

#[track_caller]
fn reads_and_writes<Body>(body: Body, json: &str)
where
    Body: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let message = Message::new(body);
    assert_eq!(message.to_line(), line("1", json));
    assert_eq!(
        Message::from_line(line("1", json).as_bytes()).unwrap(),
        message
    );
}

#[test]
fn requests_on_the_wire() {
    reads_and_writes(RequestBody::Status, r#""status""#);
    reads_and_writes(RequestBody::Stop, r#""stop""#);
    reads_and_writes(RequestBody::Reload, r#""reload""#);
    let restore = RequestBody::Restore {
        staged: "attuned.db.restoring-7".into(),
    };
    reads_and_writes(
        restore,
        r#"{"restore":{"staged":"attuned.db.restoring-7"}}"#,
    );
    let now = RequestBody::Now {
        what: Some("small-wins".into()),
        unread: false,
    };
    reads_and_writes(now, r#"{"now":{"what":"small-wins"}}"#);
    let pause = RequestBody::Pause {
        until: Some("until 17:00".into()),
        only: vec!["grief".into()],
        light: true,
        program: None,
    };
    reads_and_writes(
        pause,
        r#"{"pause":{"until":"until 17:00","only":["grief"],"light":true}}"#,
    );
    reads_and_writes(
        RequestBody::Resume { only: Vec::new() },
        r#"{"resume":{"only":[]}}"#,
    );
    reads_and_writes(
        RequestBody::Snooze { duration: None },
        r#"{"snooze":{"duration":null}}"#,
    );
    let library = |change, names: &[&str], notices_read| RequestBody::Library {
        change,
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        notices_read,
    };
    reads_and_writes(
        RequestBody::Overwhelmed {
            notify: true,
            unread: true,
            entry: None,
        },
        r#"{"overwhelmed":{"notify":true,"unread":true,"entry":null}}"#,
    );
    reads_and_writes(
        RequestBody::Steady { by_a_step: false },
        r#"{"steady":{"by_a_step":false}}"#,
    );
    reads_and_writes(
        library(Change::Enable, &["old-maps"], true),
        r#"{"library":{"change":"enable","names":["old-maps"],"notices_read":true}}"#,
    );
    reads_and_writes(
        library(Change::Weight(Weight::Half), &["noticing"], false),
        r#"{"library":{"change":{"weight":"0.5"},"names":["noticing"],"notices_read":false}}"#,
    );
}

#[test]
fn what_is_left_out_of_a_request_has_its_plain_meaning() {
    let read = |body| Request::from_line(line("1", body).as_bytes()).unwrap().body;
    assert_eq!(
        read(r#"{"now":{}}"#),
        RequestBody::Now {
            what: None,
            unread: false
        }
    );
    assert_eq!(
        read(r#"{"pause":{}}"#),
        RequestBody::Pause {
            until: None,
            only: Vec::new(),
            light: false,
            program: None,
        }
    );
    assert_eq!(
        read(r#"{"resume":{}}"#),
        RequestBody::Resume { only: Vec::new() }
    );
    assert_eq!(
        read(r#"{"snooze":{}}"#),
        RequestBody::Snooze { duration: None }
    );
}

#[test]
fn responses_on_the_wire() {
    reads_and_writes(ResponseBody::Stopping, r#""stopping""#);
    let reloaded = ResponseBody::Reloaded {
        problems: vec!["config.toml:3:1: unknown key".into()],
    };
    reads_and_writes(
        reloaded,
        r#"{"reloaded":{"problems":["config.toml:3:1: unknown key"]}}"#,
    );
    let error = ResponseBody::Error {
        message: "no\nway".into(),
        hint: None,
    };
    reads_and_writes(error, r#"{"error":{"message":"no\nway","hint":null}}"#);

    let changed = Reply::Changed(vec![Changed {
        id: "kind-words/tea".into(),
        title: "Tea".into(),
        is_new: true,
        by_settings: false,
        was_open: true,
        hidden: Some(By::Choice),
        collection: "kind-words".into(),
        standing: Some(Standing::On(By::Default)),
        held_back: Some(HeldBack {
            prompts: 1,
            of: 3,
            ceiling: Intensity::Medium,
            needed: Intensity::Deep,
        }),
        reminders: vec!["evening".into()],
    }]);
    reads_and_writes(
        ResponseBody::Done(changed),
        concat!(
            r#"{"done":{"changed":[{"id":"kind-words/tea","title":"Tea","is_new":true,"by_settings":false,"#,
            r#""was_open":true,"hidden":"choice","collection":"kind-words","standing":{"on":"default"},"#,
            r#""held_back":{"prompts":1,"of":3,"ceiling":"medium","needed":"deep"},"#,
            r#""reminders":["evening"]}]}}"#
        ),
    );
    let read_first = Reply::ReadFirst(vec![OptIn {
        id: "old-maps".into(),
        title: "Old maps".into(),
        notice: "Deep water.".into(),
    }]);
    reads_and_writes(
        ResponseBody::Done(read_first),
        r#"{"done":{"read-first":[{"id":"old-maps","title":"Old maps","notice":"Deep water."}]}}"#,
    );

    let pause = Pause {
        reason: "you asked for it".into(),
        scope: Scope::All,
        level: Level::Full,
        since: at("2026-11-23T10:30:00Z"),
        program: None,
        until: at("2026-11-23T12:30:00Z"),
    };
    let paused = Reply::Paused {
        pause,
        earlier: false,
        next: None,
    };
    reads_and_writes(
        ResponseBody::Done(paused),
        concat!(
            r#"{"done":{"paused":{"pause":{"reason":"you asked for it","scope":"all","level":"full","#,
            r#""since":"2026-11-23T10:30:00Z","until":"2026-11-23T12:30:00Z"},"earlier":false,"next":null}}}"#
        ),
    );
}

#[test]
fn a_status_comes_back_as_it_was() {
    let report = StatusReport {
        version: "0.1.0".into(),
        pid: 4242,
        since: at("2026-11-23T08:00:00Z"),
        config_file: "/home/mia/.config/attuned/config.toml".into(),
        settings_problem: Some("config.toml:3:1: unknown key".into()),
        is_silent: false,
        store_problem: None,
        store_note: None,
        service: Some(Service {
            name: "dunst".into(),
            version: "1.12.2".into(),
        }),
        overview: Overview {
            pauses: vec![PauseInForce {
                source: PauseSource::Planned,
                reason: "planned".into(),
                scope: Scope::Only(vec!["check-in".into()]),
                level: Level::Light,
                program: None,
                until: at("2026-11-23T23:00:00Z"),
            }],
            next: Some(Upcoming {
                at: at("2026-11-23T14:05:30Z"),
                reminder: Some("kind-pause".into()),
                card: Some(Card {
                    prompt: Some("small-wins/a-bit-better".into()),
                    kind: Kind::Affirmation,
                    title: "A moment".into(),
                    text: "Über den Tag: „gut genug\"".into(),
                    private: false,
                    steps: Vec::new(),
                }),
            }),
            shown_today: 2,
            cap: 6,
            open: vec!["A moment".into()],
            reminders: 3,
            overwhelm: Some(Overwhelm::Ease {
                since: at("2026-11-22T10:00:00Z"),
                okays: 1,
            }),
            rate: Some(Rate::Weekly),
            senses: BTreeMap::new(),
            busy: vec![Source::Camera],
            held: Some(Held {
                prompts: 1,
                until: at("2026-11-23T14:35:30Z"),
                source: Source::Camera,
            }),
        },
    };
    let response = Response::new(ResponseBody::Status(Box::new(report)));
    let line = response.to_line();
    assert_eq!(Response::from_line(line.as_bytes()).unwrap(), response);
    assert_eq!(line.matches('\n').count(), 1);
}

#[test]
fn another_protocol_version_is_told_with_a_hint() {
    let error = Request::from_line(
        br#"{"version":2,"program":"9.0.0","body":{"pause":{"for":["a","new","way"]}}}"#,
    )
    .unwrap_err();
    assert!(matches!(&error, LineError::Version { program } if program == "9.0.0"));
    let ResponseBody::Error { message, hint } = error.into() else {
        panic!("an error becomes an error")
    };
    assert!(message.contains("attuned 9.0.0"), "{message}");
    assert_eq!(hint.as_deref(), Some(RESTART_HINT));
}

#[test]
fn any_version_can_be_stopped() {
    let stop = Request::from_line(br#"{"version":9,"program":"9.0.0","body":"stop"}"#).unwrap();
    assert_eq!(stop.body, RequestBody::Stop);
    let stopping = Response::from_line(br#"{"version":0,"program":"0.0.1","body":"stopping"}"#);
    assert_eq!(stopping.unwrap().body, ResponseBody::Stopping);
}

#[test]
fn another_program_with_the_same_protocol_is_understood_and_noticed() {
    let response =
        Response::from_line(br#"{"version":1,"program":"0.0.9","body":"stopping"}"#).unwrap();
    assert_eq!(response.other_program(), Some("0.0.9"));
    assert_eq!(Response::new(ResponseBody::Stopping).other_program(), None);
}

#[test]
fn garbage_is_an_error_that_says_so() {
    let deep = "[".repeat(60_000);
    for garbage in [
        "",
        "\n",
        "hello",
        "{}",
        "[1,2]",
        r#"{"version":1,"program":"0.1.0"}"#,
        r#"{"version":-1,"program":"0.1.0","body":"stop"}"#,
        r#"{"version":1,"program":"0.1.0","body":"dance"}"#,
        r#"{"version":1,"program":"0.1.0","body":{"pause":{"only":"all"}}}"#,
        r#"{"version":1,"program":"0.1.0","body":"stop"} and more"#,
        &deep,
    ] {
        let error = Request::from_line(garbage.as_bytes()).unwrap_err();
        assert!(matches!(error, LineError::Garbage(_)), "{garbage}");
        let ResponseBody::Error { message, .. } = error.into() else {
            panic!("an error becomes an error")
        };
        assert!(message.starts_with("not understood: "), "{message}");
    }
    assert!(Request::from_line(&[0xff, 0xfe, 0x00]).is_err());
}

#[test]
fn requests_become_what_the_engine_knows() {
    let pause = RequestBody::Pause {
        until: Some("today".into()),
        only: vec!["check-in".into()],
        light: true,
        program: None,
    };
    assert_eq!(
        pause.into_command().unwrap(),
        Command::Pause {
            until: PauseUntil::Today,
            scope: Scope::Only(vec!["check-in".into()]),
            level: Level::Light,
        }
    );
    let until_it_ends = RequestBody::Pause {
        until: Some(String::new()),
        only: Vec::new(),
        light: false,
        program: Some("zoom".into()),
    };
    assert_eq!(
        until_it_ends.into_command().unwrap(),
        Command::Pause {
            until: PauseUntil::ProgramEnds("zoom".into()),
            scope: Scope::All,
            level: Level::Full,
        }
    );
    let plain = RequestBody::Pause {
        until: None,
        only: Vec::new(),
        light: false,
        program: None,
    };
    assert_eq!(
        plain.into_command().unwrap(),
        Command::Pause {
            until: PauseUntil::NextActiveDay,
            scope: Scope::All,
            level: Level::Full,
        }
    );
    assert_eq!(
        RequestBody::Resume { only: Vec::new() }
            .into_command()
            .unwrap(),
        Command::Resume(Scope::All)
    );
    let snooze = |duration: Option<&str>| RequestBody::Snooze {
        duration: duration.map(str::to_owned),
    };
    assert_eq!(snooze(None).into_command().unwrap(), Command::Snooze(None));
    assert_eq!(
        snooze(Some("20 min")).into_command().unwrap(),
        Command::Snooze(Some(SignedDuration::from_mins(20)))
    );
    assert!(snooze(Some("a while")).into_command().is_err());
    assert!(RequestBody::Status.into_command().is_err());
}

fn any_change() -> impl Strategy<Value = Change> {
    prop_oneof![
        Just(Change::Hide),
        Just(Change::Unfavour),
        prop::sample::select(Weight::ALL).prop_map(Change::Weight),
    ]
}

fn any_request() -> impl Strategy<Value = RequestBody> {
    let text = || any::<Option<String>>();
    let names = || prop::collection::vec(any::<String>(), 0..4);
    prop_oneof![
        Just(RequestBody::Status),
        (text(), any::<bool>()).prop_map(|(what, unread)| RequestBody::Now { what, unread }),
        (
            text(),
            names(),
            any::<bool>(),
            proptest::option::of("[a-z]{1,12}")
        )
            .prop_map(|(until, only, light, program)| RequestBody::Pause {
                program,
                until,
                only,
                light
            }),
        names().prop_map(|only| RequestBody::Resume { only }),
        text().prop_map(|duration| RequestBody::Snooze { duration }),
        (any_change(), names(), any::<bool>()).prop_map(|(change, names, notices_read)| {
            RequestBody::Library {
                change,
                names,
                notices_read,
            }
        }),
    ]
}

proptest! {
    #[test]
    fn any_request_is_one_line_and_comes_back(body in any_request()) {
        let request = Request::new(body);
        let line = request.to_line();
        prop_assert_eq!(line.find('\n'), Some(line.len() - 1));
        prop_assert_eq!(Request::from_line(line.as_bytes()).unwrap(), request);
    }

    #[test]
    fn no_bytes_are_too_odd_to_be_read(line in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(Request::from_line(&line).is_err());
    }
}
