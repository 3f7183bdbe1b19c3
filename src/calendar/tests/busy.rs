//! What makes a person busy, and what a day's meetings come to.

use jiff::civil::date;

use jiff::SignedDuration;

use super::*;

/// The meetings of one hour on 20 October that has these lines besides.
fn hour(lines: &str) -> usize {
    let event = format!("DTSTART:20261020T080000Z\nDTEND:20261020T090000Z\n{lines}");
    meetings(&[&event]).len()
}

#[test]
fn an_hour_is_busy_unless_it_says_otherwise() {
    for busy in [
        "SUMMARY:x",
        "STATUS:TENTATIVE",
        "TRANSP:OPAQUE",
        "X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE",
        "X-MICROSOFT-CDO-BUSYSTATUS:OOF",
        "ATTENDEE;PARTSTAT=TENTATIVE:mailto:ana@example.org",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:bo@example.org",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:joana@example.org",
    ] {
        assert_eq!(hour(busy), 1, "{busy}");
    }
    for free in [
        "STATUS:CANCELLED",
        "status:cancelled",
        "TRANSP:TRANSPARENT",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:ana@example.org",
        "ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO=\"mailto:bo@example.org\":MAILTO:ANA@EXAMPLE.ORG",
        "ATTENDEE;PARTSTAT=DECLINED;EMAIL=ana@example.org:urn:uuid:1",
    ] {
        assert_eq!(hour(free), 0, "{free}");
    }
}

#[test]
fn what_takes_whole_days_or_no_time_is_no_meeting() {
    let none: [&str; 0] = [];
    for lines in [
        "DTSTART;VALUE=DATE:20261020",
        "DTSTART;VALUE=DATE:20261020\nDTEND;VALUE=DATE:20261021\nRRULE:FREQ=DAILY",
        "DTSTART:20261020",
        "DTSTART:20261020T080000Z",
        "DTSTART:20261020T080000Z\nDTEND:20261020T080000Z",
        "DTSTART:20261020T080000Z\nDTEND:20261020T070000Z",
        "DTSTART:20261020T080000Z\nDURATION:-PT1H",
        "DTSTART:20261020T000000Z\nDTEND:20261021T000000Z",
        "DTSTART:20261001T080000Z\nDTEND:20271001T080000Z",
    ] {
        assert_eq!(meetings(&[lines]), none, "{lines}");
    }
    let nearly = "DTSTART:20261020T000000Z\nDTEND:20261020T235900Z";
    assert_eq!(meetings(&[nearly]), ["10-20 00:00 to 23:59"]);
}

#[test]
fn a_changed_occurrence_can_be_off_or_become_a_meeting() {
    let weekly =
        "UID:1\nDTSTART:20261020T080000Z\nDTEND:20261020T090000Z\nRRULE:FREQ=WEEKLY;COUNT=2";
    let off = "UID:1\nRECURRENCE-ID:20261027T080000Z\nDTSTART:20261027T080000Z\nDTEND:20261027T090000Z\n\
        STATUS:CANCELLED";
    assert_eq!(meetings(&[weekly, off]), ["10-20 08:00 to 09:00"]);
    assert_eq!(meetings(&[off, weekly]), ["10-20 08:00 to 09:00"]);
    let free = format!("{weekly}\nTRANSP:TRANSPARENT");
    let busy = off.replace("CANCELLED", "CONFIRMED");
    assert_eq!(meetings(&[&free, &busy]), ["10-27 08:00 to 09:00"]);
    // The day alone, as some programs write it.
    let day = off.replace(
        "RECURRENCE-ID:20261027T080000Z",
        "RECURRENCE-ID;VALUE=DATE:20261027",
    );
    assert_eq!(meetings(&[weekly, &day]), ["10-20 08:00 to 09:00"]);
    // Of something else with the same times.
    let other = off.replace("UID:1", "UID:2");
    assert_eq!(meetings(&[weekly, &other]).len(), 2);
}

/// A meeting at 10:00 in Vienna is moved to Monday from outside of what is seen, and one out of it.
#[test]
fn occurrences_move_into_view_and_out_of_it() {
    let monthly =
        "UID:1\nDTSTART;TZID=Europe/Vienna:20260915T100000\nDURATION:PT1H\nRRULE:FREQ=MONTHLY";
    let moved = |from: &str, to: &str| {
        let zone = "TZID=Europe/Vienna";
        format!(
            "UID:1\nRECURRENCE-ID;{zone}:{from}T100000\nDTSTART;{zone}:{to}T100000\nDURATION:PT1H"
        )
    };
    let none: [&str; 0] = [];
    assert_eq!(meetings(&[monthly]), none);
    assert_eq!(
        meetings(&[monthly, &moved("20261015", "20261019")]),
        ["10-19 08:00 to 09:00"]
    );
    let weekly = monthly.replace("MONTHLY", "WEEKLY;COUNT=6");
    assert_eq!(meetings(&[&weekly]), ["10-20 08:00 to 09:00"]);
    assert_eq!(meetings(&[&weekly, &moved("20261020", "20261201")]), none);
}

#[test]
fn of_two_versions_the_newer_one_counts() {
    let version = |sequence: u8, hour: u8| {
        format!("UID:1\nSEQUENCE:{sequence}\nDTSTART:20261020T{hour:02}0000Z\nDURATION:PT1H")
    };
    let (old, new) = (version(1, 8), version(2, 12));
    assert_eq!(meetings(&[&old, &new]), ["10-20 12:00 to 13:00"]);
    assert_eq!(meetings(&[&new, &old]), ["10-20 12:00 to 13:00"]);
}

#[test]
fn meetings_at_the_edges_of_the_view() {
    let event = |start: &str| format!("DTSTART:{start}Z\nDURATION:PT1H");
    let starts = [
        "20261018T225959",
        "20261018T230001",
        "20261103T235959",
        "20261104T000000",
    ];
    let events = starts.map(event);
    let events: Vec<&str> = events.iter().map(String::as_str).collect();
    assert_eq!(
        meetings(&events),
        ["10-18 23:00 to 00:00", "11-03 23:59 to 00:59"]
    );
}

/// In Vienna, 25 October has 25 hours: from 22:00 to 23:00 UTC.
#[test]
fn the_coming_days_begin_at_midnight() {
    let vienna = TimeZone::get("Europe/Vienna").unwrap();
    let now = |time: &str| time.parse::<Timestamp>().unwrap();
    let view = View::of_coming_days(now("2026-10-24T22:30Z"), vienna, Vec::new());
    assert_eq!(view.from, now("2026-10-24T22:00Z"));
    assert_eq!(view.to, now("2026-11-01T23:00Z"));
    assert_eq!(view.end_of_first_day(), Some(now("2026-10-25T23:00Z")));
    assert!(view.begins_on_the_day_of(now("2026-10-25T22:59:59Z")));
    assert!(!view.begins_on_the_day_of(now("2026-10-25T23:00Z")));
    assert!(!view.begins_on_the_day_of(now("2026-10-24T21:59:59Z")));
}

#[test]
fn what_is_called_off_as_a_whole_is_free() {
    let event = "DTSTART:20261020T080000Z\nDURATION:PT1H\nUID:1";
    let text = file(&[event]).replace("VERSION", "METHOD:CANCEL\r\nVERSION");
    assert_eq!(read(text.as_bytes(), &view()), Calendar::default());
}

fn agenda(meetings: &[(&str, &str)]) -> Agenda {
    let meetings = meetings.iter().map(|(start, end)| Meeting {
        start: start.parse().unwrap(),
        end: end.parse().unwrap(),
    });
    Agenda::new(meetings.collect())
}

#[test]
fn meetings_that_touch_are_one_stretch() {
    let agenda = agenda(&[
        ("2026-10-20T10:00Z", "2026-10-20T11:00Z"),
        ("2026-10-20T08:00Z", "2026-10-20T10:00Z"),
        ("2026-10-20T08:30Z", "2026-10-20T09:00Z"),
        ("2026-10-20T12:00Z", "2026-10-20T13:00Z"),
    ]);
    let at = |time: &str| agenda.at(time.parse().unwrap());
    let then = |time: &str| time.parse::<Timestamp>().unwrap();
    let until = then("2026-10-20T11:00Z");
    assert_eq!(
        at("2026-10-20T07:59:59Z"),
        Reading::Free {
            until: Some(then("2026-10-20T08:00Z"))
        }
    );
    assert_eq!(at("2026-10-20T08:00Z"), Reading::Busy { until });
    assert_eq!(at("2026-10-20T10:00Z"), Reading::Busy { until });
    let noon = Some(then("2026-10-20T12:00Z"));
    assert_eq!(at("2026-10-20T11:00Z"), Reading::Free { until: noon });
    assert_eq!(agenda.next_change(until), noon);
    assert_eq!(at("2026-10-20T13:00Z"), Reading::Free { until: None });
    assert_eq!(agenda.next_change(then("2026-10-20T13:00Z")), None);
}

/// In Vienna: 25 October has 25 hours, and begins at 22:00 UTC.
#[test]
fn a_day_of_meetings_is_light() {
    let vienna = TimeZone::get("Europe/Vienna").unwrap();
    let agenda = agenda(&[
        // Across midnight: one hour and a half each.
        ("2026-10-24T20:30Z", "2026-10-24T23:30Z"),
        ("2026-10-25T08:00Z", "2026-10-25T10:00Z"),
        ("2026-10-25T09:00Z", "2026-10-25T10:30Z"),
    ]);
    let hours = |day| agenda.time_on(day, &vienna).as_mins();
    assert_eq!(hours(date(2026, 10, 24)), 90);
    assert_eq!(hours(date(2026, 10, 25)), 90 + 150);
    assert_eq!(hours(date(2026, 10, 26)), 0);
    assert_eq!(agenda.count_on(date(2026, 10, 24), &vienna), 1);
    assert_eq!(agenda.count_on(date(2026, 10, 25), &vienna), 3);
    let light = |minutes| {
        let limit = Some(SignedDuration::from_mins(minutes));
        agenda.is_light(date(2026, 10, 25), &vienna, limit)
    };
    assert!(light(239) && !light(240));
    assert!(!agenda.is_light(date(2026, 10, 25), &vienna, None));
}
