//! Objects are as pw-dump 0.3.65 prints them, shortened to what counts.

use super::*;

fn node(id: u32, state: &str, props: &str) -> String {
    format!(
        r#"{{ "id": {id}, "type": "PipeWire:Interface:Node", "version": 3, "permissions": ["r", "w", "x", "m"],
            "info": {{ "max-input-ports": 65, "change-mask": ["state"], "state": "{state}", "error": null,
                       "props": {{ {props} }}, "params": {{ "EnumFormat": [] }} }} }}"#
    )
}

fn link(id: u32, from: u32, to: u32) -> String {
    format!(
        r#"{{ "id": {id}, "type": "PipeWire:Interface:Link", "version": 3, "permissions": ["r", "w", "x", "m"],
            "info": {{ "output-node-id": {from}, "output-port-id": 35, "input-node-id": {to}, "input-port-id": 41,
                       "state": "active", "error": null, "format": {{ "mediaType": "audio" }},
                       "props": {{ "client.id": 30, "object.id": {id} }} }} }}"#
    )
}

/// Node 36, which runs, is linked to node 46 by 51.
fn linked(from: &str, to_state: &str, to: &str) -> Graph {
    let mut graph = Graph::default();
    let objects = [
        node(36, "running", from),
        node(46, to_state, to),
        link(51, 36, 46),
    ];
    tell(&mut graph, &objects);
    graph
}

fn tell(graph: &mut Graph, objects: &[String]) {
    let document = format!("[{}]", objects.join(","));
    graph.update(document.as_bytes()).unwrap();
}

fn heard(from: &str, to: &str) -> Option<String> {
    linked(from, "running", to).user_of(Medium::Sound)
}

fn seen(from: &str, to: &str) -> Option<String> {
    linked(from, "running", to).user_of(Medium::Pictures)
}

const MICROPHONE: &str = r#""media.class": "Audio/Source", "node.name": "alsa_input.usb""#;
const RECORDER: &str =
    r#""media.class": "Stream/Input/Audio", "application.name": "Firefox", "node.name": "in""#;
const CAMERA: &str =
    r#""media.class": "Video/Source", "media.role": "Camera", "node.name": "v4l2_input""#;
const VIEWER: &str = r#""media.class": "Stream/Input/Video", "node.name": "cheese""#;

#[test]
fn a_program_that_listens_to_a_microphone_is_told_by_its_name() {
    assert_eq!(heard(MICROPHONE, RECORDER), Some("Firefox".to_owned()));
    let virtual_one = r#""media.class": "Audio/Source/Virtual""#;
    assert_eq!(heard(virtual_one, RECORDER), Some("Firefox".to_owned()));
    let duplex = r#""media.class": "Audio/Duplex""#;
    assert_eq!(heard(duplex, RECORDER), Some("Firefox".to_owned()));
    // A name of digits is printed as a number.
    let numbered = r#""media.class": "Stream/Input/Audio", "application.name": 2048"#;
    assert_eq!(heard(MICROPHONE, numbered), Some("2048".to_owned()));
}

#[test]
fn one_that_rests_does_not_count() {
    let graph = linked(MICROPHONE, "suspended", RECORDER);
    assert_eq!(graph.user_of(Medium::Sound), None);
}

#[test]
fn what_a_speaker_plays_is_heard_by_no_microphone() {
    let speaker = r#""media.class": "Audio/Sink""#;
    assert_eq!(heard(speaker, RECORDER), None);
    let player = r#""media.class": "Stream/Output/Audio""#;
    assert_eq!(heard(player, RECORDER), None);
    let of_speaker = format!(r#"{RECORDER}, "stream.capture.sink": true"#);
    assert_eq!(heard(MICROPHONE, &of_speaker), None);
}

#[test]
fn level_meters_and_filters_do_not_count() {
    for aside in [
        r#""stream.monitor": true"#,
        r#""stream.monitor": "true""#,
        r#""node.passive": true"#,
        r#""node.passive": "in""#,
    ] {
        assert_eq!(
            heard(MICROPHONE, &format!("{RECORDER}, {aside}")),
            None,
            "{aside}"
        );
    }
    let not = format!(r#"{RECORDER}, "node.passive": false, "stream.monitor": "false""#);
    assert_eq!(heard(MICROPHONE, &not), Some("Firefox".to_owned()));
}

#[test]
fn sound_and_pictures_are_told_apart() {
    assert_eq!(seen(MICROPHONE, RECORDER), None);
    assert_eq!(heard(CAMERA, VIEWER), None);
}

#[test]
fn a_camera_and_a_shared_screen_are_seen() {
    assert_eq!(seen(CAMERA, VIEWER), Some("cheese".to_owned()));
    let screen = r#""media.class": "Stream/Output/Video", "node.name": "gnome-shell""#;
    assert_eq!(seen(screen, VIEWER), Some("cheese".to_owned()));
}

#[test]
fn a_desktop_that_draws_its_windows_small_does_not_count() {
    let screen = r#""media.class": "Stream/Output/Video", "node.name": "kwin_wayland""#;
    let task_bar = r#""media.class": "Stream/Input/Video", "application.name": "plasmashell""#;
    assert_eq!(seen(screen, task_bar), None);
}

#[test]
fn what_ends_counts_no_more() {
    // In each of the ways in which it may be told, alone.
    let gone = |id| format!(r#"{{ "id": {id}, "info": null }}"#);
    let rests = |id, props| node(id, "idle", props);
    for change in [
        gone(51),
        gone(46),
        gone(36),
        rests(46, RECORDER),
        rests(36, MICROPHONE),
    ] {
        let mut graph = linked(MICROPHONE, "running", RECORDER);
        assert_eq!(graph.user_of(Medium::Sound), Some("Firefox".to_owned()));
        tell(&mut graph, std::slice::from_ref(&change));
        assert_eq!(graph.user_of(Medium::Sound), None, "{change}");
    }
}

#[test]
fn a_number_that_is_given_to_another_object_means_that_one() {
    let mut graph = linked(MICROPHONE, "running", RECORDER);
    let client = r#"{ "id": 46, "type": "PipeWire:Interface:Client", "info": { "props": {} } }"#;
    tell(&mut graph, &[client.to_owned()]);
    assert_eq!(graph.user_of(Medium::Sound), None);
}

#[test]
fn other_objects_are_passed_over_and_other_documents_refused() {
    let mut graph = linked(MICROPHONE, "running", RECORDER);
    let others = [
        r#"{ "id": 4, "type": "PipeWire:Interface:Profiler", "version": 3, "props": { "object.serial": 4 } }"#,
        r#"{ "id": 29, "type": "PipeWire:Interface:Metadata", "metadata": [{ "subject": 0, "key": "k", "value": 2 }] }"#,
        r#"{ "id": 29, "props": null }"#,
        "{}",
        "1",
        "null",
        r#"{ "id": "a" }"#,
        r#"{ "id": -1, "info": { "state": 7 } }"#,
    ];
    tell(&mut graph, &others.map(str::to_owned));
    assert_eq!(graph.user_of(Medium::Sound), Some("Firefox".to_owned()));
    let deep = "[".repeat(1_000_000);
    for other in ["{}", "7", "nonsense", "[{]", "[1", "", &deep] {
        assert!(graph.update(other.as_bytes()).is_err(), "{other:.9}");
    }
}

#[test]
fn one_that_cannot_be_read_any_more_has_gone_and_nothing_else_has() {
    let shapes = [
        r#"{ "id": 46, "type": "PipeWire:Interface:Node", "info": { "state": null } }"#,
        r#"{ "id": 46, "type": "PipeWire:Interface:Node", "info": { "props": [] } }"#,
        r#"{ "id": 46, "type": null, "info": [] }"#,
    ];
    for shape in shapes {
        let mut graph = linked(MICROPHONE, "running", RECORDER);
        let viewing = [
            node(61, "running", CAMERA),
            shape.to_owned(),
            node(62, "running", VIEWER),
            link(63, 61, 62),
        ];
        tell(&mut graph, &viewing);
        assert_eq!(graph.user_of(Medium::Sound), None, "{shape}");
        assert_eq!(graph.user_of(Medium::Pictures), Some("cheese".to_owned()));
    }
}

#[test]
fn a_name_of_any_bytes_and_any_length_is_a_name() {
    let text = format!(
        "[{}, {}, {}]",
        node(36, "running", MICROPHONE),
        node(46, "running", RECORDER),
        link(51, 36, 46)
    );
    let (before, after) = text.split_once("Firefox").unwrap();
    let named = |name: &[u8]| {
        let mut graph = Graph::default();
        let document = [before.as_bytes(), name, after.as_bytes()].concat();
        graph.update(&document).unwrap();
        graph.user_of(Medium::Sound)
    };
    assert_eq!(named(b"Fire\xfffox"), Some("Fire\u{fffd}fox".to_owned()));
    assert_eq!(named("x".repeat(1 << 20).as_bytes()), Some("x".repeat(40)));
}
