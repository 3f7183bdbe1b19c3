//! Whole files, read for a stretch of time around the end of summer time in Europe (25 October 2026) and in America
//! (1 November 2026). The expected instants are worked out by hand.

mod busy;
mod exports;
mod fuzz;
mod hostile;
mod oracle;

use super::*;

/// From 19 October (a Monday) until 4 November 2026, in Vienna.
fn view() -> View {
    View {
        from: "2026-10-19T00:00Z".parse().unwrap(),
        to: "2026-11-04T00:00Z".parse().unwrap(),
        zone: TimeZone::get("Europe/Vienna").unwrap(),
        addresses: vec!["ana@example.org".to_owned()],
    }
}

/// A file with these events' lines.
fn file(events: &[&str]) -> String {
    let events = events.iter();
    let events = events.map(|lines| format!("BEGIN:VEVENT\r\n{}\r\nEND:VEVENT\r\n", crlf(lines)));
    let events: String = events.collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n")
}

fn crlf(lines: &str) -> String {
    let lines: Vec<&str> = lines.lines().map(str::trim_start).collect();
    lines.join("\r\n")
}

/// The meetings in UTC, such as "10-19 07:30 to 08:00".
fn told(meetings: &[Meeting]) -> Vec<String> {
    let tell = |meeting: &Meeting| {
        let (start, end) = (meeting.start, meeting.end);
        format!(
            "{} to {}",
            start.strftime("%m-%d %H:%M"),
            end.strftime("%H:%M")
        )
    };
    meetings.iter().map(tell).collect()
}

/// The meetings of a file with these events, all of them understood.
fn meetings(events: &[&str]) -> Vec<String> {
    let calendar = read(file(events).as_bytes(), &view());
    assert_eq!(calendar.findings, []);
    told(&calendar.meetings)
}

/// What is told about a file with these events.
fn findings(events: &[&str]) -> Vec<String> {
    let calendar = read(file(events).as_bytes(), &view());
    calendar.findings.iter().map(Finding::to_string).collect()
}
