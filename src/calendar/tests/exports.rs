//! Files shaped as the well-known programs write them.

use super::*;

const GOOGLE: &[u8] = include_bytes!("../../../tests/calendars/google.ics");
const OUTLOOK: &[u8] = include_bytes!("../../../tests/calendars/outlook.ics");
const APPLE: &[u8] = include_bytes!("../../../tests/calendars/apple.ics");

fn meetings_of(file: &[u8]) -> Vec<String> {
    let calendar = read(file, &view());
    assert_eq!(calendar.findings, []);
    told(&calendar.meetings)
}

/// A weekly event with one occurrence left out, one moved, and an end before 2 November; whole days, and answers.
#[test]
fn google() {
    assert_eq!(
        meetings_of(GOOGLE),
        [
            "10-19 07:30 to 08:00",
            "10-23 12:00 to 13:00",
            "10-26 13:00 to 13:45",
            "10-28 08:30 to 09:00",
        ]
    );
}

/// Windows names of zones, defined and not; a zone of the sender's own; a name in quotes with a colon in it; Outlook's
/// own words for free.
#[test]
fn outlook() {
    assert_eq!(
        meetings_of(OUTLOOK),
        [
            "10-20 08:00 to 09:00",
            "10-22 06:00 to 06:30",
            "10-23 15:00 to 15:30",
            "10-30 13:00 to 13:30",
            "11-02 14:00 to 14:30",
        ]
    );
}

/// A counted rule across the clock change, an extra date, a floating time with a length, all later occurrences moved
/// to another day, a birthday of 1604.
#[test]
fn apple() {
    assert_eq!(
        meetings_of(APPLE),
        [
            "10-20 06:00 to 07:30",
            "10-21 18:00 to 19:00",
            "10-23 15:00 to 16:00",
            "10-25 18:00 to 19:00",
            "10-29 18:00 to 19:00",
            "10-30 15:00 to 16:00",
            "11-01 15:00 to 16:00",
            "11-02 19:00 to 20:00",
        ]
    );
}

/// The same files with bare line feeds, as some tools leave them.
#[test]
fn line_ends_do_not_matter() {
    for file in [GOOGLE, OUTLOOK, APPLE] {
        let unix: Vec<u8> = file.iter().copied().filter(|byte| *byte != b'\r').collect();
        assert_eq!(meetings_of(&unix), meetings_of(file));
    }
}

/// Moments around the changes of the clocks, in a zone that the file defines itself: two hours are skipped on
/// 21 October at 02:00, and one is shown twice on 28 October at 03:00.
#[test]
fn a_zone_of_the_files_own_changes_where_it_says() {
    let zone = "BEGIN:VTIMEZONE\nTZID:Mine\nBEGIN:STANDARD\nDTSTART:20260101T000000\nTZOFFSETFROM:+0100\n\
        TZOFFSETTO:+0100\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:20261021T020000\nTZOFFSETFROM:+0100\n\
        TZOFFSETTO:+0300\nEND:DAYLIGHT\nBEGIN:STANDARD\nDTSTART:20261028T030000\nTZOFFSETFROM:+0300\n\
        TZOFFSETTO:+0200\nEND:STANDARD\nEND:VTIMEZONE\n";
    let at = |time: &str| {
        let event = format!("DTSTART;TZID=Mine:{time}\nDURATION:PT1M");
        let text = file(&[&event]).replace("BEGIN:VEVENT", &format!("{zone}BEGIN:VEVENT"));
        let calendar = read(text.as_bytes(), &view());
        assert_eq!(calendar.findings, []);
        told(&calendar.meetings).concat()
    };
    assert_eq!(at("20261021T015900"), "10-21 00:59 to 01:00");
    // Skipped: by the offset before, that is +0100.
    assert_eq!(at("20261021T023000"), "10-21 01:30 to 01:31");
    assert_eq!(at("20261021T040000"), "10-21 01:00 to 01:01");
    // Shown twice: the first time, that is still +0300.
    assert_eq!(at("20261028T023000"), "10-27 23:30 to 23:31");
    assert_eq!(at("20261028T030000"), "10-28 01:00 to 01:01");
}

/// As Evolution, Mozilla's programs and Exchange name zones that the file does not define.
#[test]
fn a_zone_may_be_the_end_of_a_longer_name() {
    let at = |zone: &str| {
        let event = format!("DTSTART;TZID={zone}:20261020T080000\nDURATION:PT1H");
        meetings(&[&event]).concat()
    };
    let new_york = "10-20 12:00 to 13:00";
    assert_eq!(
        at("/freeassociation.sourceforge.net/America/New_York"),
        new_york
    );
    assert_eq!(at("/mozilla.org/20050126_1/America/New_York"), new_york);
    let buenos_aires = "/example.org/20260101_1/America/Argentina/Buenos_Aires";
    assert_eq!(at(buenos_aires), "10-20 11:00 to 12:00");
    assert_eq!(at("\"tzone://Microsoft/Utc\""), "10-20 08:00 to 09:00");
}
