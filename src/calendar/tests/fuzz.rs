//! Mutated files: whatever comes, reading ends, and gives what its types promise.

use jiff::SignedDuration;
use proptest::prelude::*;
use proptest::sample::Index;

use super::*;

const FILES: [&[u8]; 3] = [
    include_bytes!("../../../tests/calendars/google.ics"),
    include_bytes!("../../../tests/calendars/outlook.ics"),
    include_bytes!("../../../tests/calendars/apple.ics"),
];

/// Pieces that mean something, to be put anywhere.
const PIECES: &[&str] = &[
    "BEGIN:VEVENT\r\n",
    "END:VEVENT\r\n",
    "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n",
    "END:VTIMEZONE\r\n",
    "BEGIN:STANDARD\r\n",
    "RRULE:FREQ=YEARLY;BYWEEKNO=-53;BYDAY=SU;BYSETPOS=-366\r\n",
    "RRULE:FREQ=MONTHLY;BYDAY=-5FR;INTERVAL=65535;UNTIL=00000101\r\n",
    "RRULE:FREQ=HOURLY;BYYEARDAY=366;BYHOUR=24;COUNT=0\r\n",
    "RRULE:FREQ=SECONDLY;BYSECOND=60\r\n",
    "RDATE;VALUE=PERIOD:20261020T080000Z/P1W,20261021T080000Z/20261020T080000Z\r\n",
    "EXDATE;VALUE=DATE:20261026,99991231\r\n",
    "RECURRENCE-ID;RANGE=THISANDFUTURE:00010101T000000Z\r\n",
    "DTSTART;TZID=\"\":99991231T235959\r\n",
    "DTEND:99991231T235959-2359\r\n",
    "DURATION:P4294967295W\r\n",
    "TZOFFSETTO:+9999\r\n",
    "TZOFFSETFROM:-235959\r\n",
    "ATTENDEE;PARTSTAT=\"DECLINED:mailto:ana@example.org\r\n",
    "DESCRIPTION;ENCODING=BASE64:////\r\n",
    "SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=utf-7:=FF=\r\n",
    "\r\n ",
    "\u{0}",
    "🕯",
    ":",
    ";",
    "=",
    "\"",
    ",",
    "-",
    "99999999999999999999",
];

#[derive(Debug, Clone)]
enum Mutation {
    Replace(Index, u8),
    Insert(Index, &'static str),
    Remove(Index, Index),
    Repeat(Index, Index),
    SwapLines(Index, Index),
    Cut(Index),
}

impl Mutation {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let between = |bytes: &[u8], a: &Index, b: &Index| {
            let (a, b) = (a.index(bytes.len()), b.index(bytes.len()));
            a.min(b)..a.max(b)
        };
        if bytes.is_empty() {
            return;
        }
        match self {
            Self::Replace(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Self::Insert(at, piece) => {
                let at = at.index(bytes.len());
                bytes.splice(at..at, piece.bytes());
            }
            Self::Remove(from, to) => {
                bytes.drain(between(bytes, from, to));
            }
            Self::Repeat(from, to) => {
                let range = between(bytes, from, to);
                let again = bytes[range.clone()].to_vec();
                bytes.splice(range.end..range.end, again);
            }
            Self::SwapLines(one, other) => {
                let mut lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
                let (one, other) = (one.index(lines.len()), other.index(lines.len()));
                lines.swap(one, other);
                *bytes = lines.concat();
            }
            Self::Cut(at) => bytes.truncate(at.index(bytes.len())),
        }
    }
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let index = any::<Index>;
    prop_oneof![
        4 => (index(), any::<u8>()).prop_map(|(at, byte)| Mutation::Replace(at, byte)),
        4 => (index(), b'0'..=b'9').prop_map(|(at, byte)| Mutation::Replace(at, byte)),
        6 => (index(), prop::sample::select(PIECES)).prop_map(|(at, piece)| Mutation::Insert(at, piece)),
        1 => (index(), index()).prop_map(|(from, to)| Mutation::Remove(from, to)),
        1 => (index(), index()).prop_map(|(from, to)| Mutation::Repeat(from, to)),
        4 => (index(), index()).prop_map(|(one, other)| Mutation::SwapLines(one, other)),
        1 => index().prop_map(Mutation::Cut),
    ]
}

/// A stretch of time of up to some weeks, anywhere.
fn any_view() -> impl Strategy<Value = View> {
    let from = prop_oneof![
        4 => -10_000_000..10_000_000i64,
        1 => -60_000_000_000..200_000_000_000i64,
    ];
    (from, 0..3_000_000i64).prop_map(|(from, length)| {
        let middle = "2026-10-26T00:00Z".parse::<Timestamp>().unwrap();
        let from = middle + SignedDuration::from_secs(from);
        let to = from + SignedDuration::from_secs(length);
        View { from, to, ..view() }
    })
}

fn holds(calendar: &Calendar, view: &View) -> Result<(), TestCaseError> {
    prop_assert!(calendar.meetings.len() <= MOST_MEETINGS);
    prop_assert!(calendar.meetings.is_sorted_by(|one, next| one < next));
    let agenda = Agenda::new(calendar.meetings.clone());
    for meeting in &calendar.meetings {
        prop_assert!(meeting.start < meeting.end);
        prop_assert!(meeting.end > view.from && meeting.start < view.to);
        prop_assert!(meeting.end.duration_since(meeting.start) < SignedDuration::from_hours(24));
        let is_busy = matches!(agenda.at(meeting.start), Reading::Busy { .. });
        prop_assert!(is_busy);
    }
    for finding in &calendar.findings {
        let told = finding.to_string();
        prop_assert!(
            !told.chars().any(char::is_control) && told.len() < 600,
            "{told}"
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn mutated_files_are_read_to_their_end(
        file in prop::sample::select(&FILES[..]),
        mutations in prop::collection::vec(mutation(), 1..30),
        view in any_view(),
    ) {
        let mut bytes = file.to_vec();
        for mutation in &mutations {
            mutation.apply(&mut bytes);
        }
        holds(&read(&bytes, &view), &view)?;
    }

    #[test]
    fn any_bytes_in_an_event_are_read_to_their_end(
        bytes in prop::collection::vec(any::<u8>(), 0..500),
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..20),
    ) {
        let head = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20261020T080000Z\r\nDURATION:PT1H\r\n";
        let text = [&head[..], &bytes, pieces.concat().as_bytes(), b"\r\nEND:VEVENT\r\n"].concat();
        holds(&read(&text, &view()), &view())?;
    }
}
