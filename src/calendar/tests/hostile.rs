//! Files that are broken, or mean harm. Without bounds, several of these would run for hours or fill the memory.

use super::*;

const HOUR: &str = "DTSTART:20261020T080000Z\nDURATION:PT1H";

/// The findings of a file with an event like [`HOUR`] that has these lines besides, and a sound one after it.
fn beside(lines: &str) -> Vec<String> {
    let event = format!("{HOUR}\n{lines}");
    let sound = "DTSTART:20261022T080000Z\nDURATION:PT1H";
    let calendar = read(file(&[&event, sound]).as_bytes(), &view());
    let last = told(&calendar.meetings).pop();
    assert_eq!(last.as_deref(), Some("10-22 08:00 to 09:00"), "{lines}");
    calendar.findings.iter().map(Finding::to_string).collect()
}

#[test]
fn what_is_no_calendar_is_said_to_be_none() {
    for bytes in [
        &b""[..],
        b"hello\n",
        b"BEGIN:VCARD\nEND:VCARD\n",
        &[0xff; 100],
    ] {
        let calendar = read(bytes, &view());
        assert_eq!(calendar.findings, [Finding::NotACalendar]);
        assert_eq!(calendar.meetings, []);
    }
    assert_eq!(
        Finding::NotACalendar.to_string(),
        "it is not an iCalendar file"
    );
}

#[test]
fn an_empty_calendar_is_fine() {
    assert_eq!(read(file(&[]).as_bytes(), &view()), Calendar::default());
    let bom = format!("\u{feff}{}", file(&[HOUR]));
    assert_eq!(
        told(&read(bom.as_bytes(), &view()).meetings),
        ["10-20 08:00 to 09:00"]
    );
}

#[test]
fn a_file_that_stops_in_the_middle_keeps_what_is_whole() {
    let whole = file(&[HOUR, "DTSTART:20261021T080000Z\nDURATION:PT1H"]);
    let cut = whole.rfind("DURATION").unwrap();
    let calendar = read(&whole.as_bytes()[..cut], &view());
    assert_eq!(told(&calendar.meetings), ["10-20 08:00 to 09:00"]);
    assert_eq!(calendar.findings, [Finding::Cut]);
}

#[test]
fn events_without_a_sound_time_are_counted_and_passed_over() {
    let told = findings(&[
        "SUMMARY:no time",
        "DTSTART:20261399T080000Z\nDURATION:PT1H",
        "DTSTART:tomorrow\nDURATION:PT1H",
        "DTSTART:20261020T080000Z\nDTEND:later",
        HOUR,
    ]);
    assert_eq!(told, ["4 events in it cannot be understood"]);
    assert_eq!(
        beside("RRULE:FREQ=SOMETIMES"),
        ["one event in it cannot be understood"]
    );
    assert_eq!(
        beside("RRULE:FREQ=WEEKLY;BYMONTHDAY=3"),
        ["one event in it cannot be understood"]
    );
    assert_eq!(
        beside("RRULE:FREQ=YEARLY;RSCALE=HEBREW"),
        ["one event in it cannot be understood"]
    );
}

#[test]
fn an_unknown_zone_is_read_in_the_zone_in_force() {
    let event = "DTSTART;TZID=Middle Earth/Shire:20261020T080000\nDURATION:PT1H";
    let calendar = read(file(&[event]).as_bytes(), &view());
    assert_eq!(told(&calendar.meetings), ["10-20 06:00 to 07:00"]);
    assert_eq!(
        findings(&[event]),
        ["there is no time zone \"Middle Earth/Shire\"; its times are read in yours"]
    );
}

#[test]
fn what_repeats_too_often_is_passed_over() {
    let too_often = ["one event in it repeats too often to follow"];
    let numbers = |count: usize| {
        let numbers: Vec<String> = (0..count).map(|number| number.to_string()).collect();
        numbers.join(",")
    };
    assert_eq!(beside("RRULE:FREQ=SECONDLY"), too_often);
    assert_eq!(beside("RRULE:FREQ=SECONDLY;COUNT=4000000000"), too_often);
    let clock = [24, 60, 60].map(numbers);
    let [hours, minutes, seconds] = &clock;
    assert_eq!(
        beside(&format!(
            "RRULE:FREQ=YEARLY;BYHOUR={hours};BYMINUTE={minutes};BYSECOND={seconds}"
        )),
        too_often
    );
    let days = vec!["1"; 100_000].join(",");
    assert_eq!(
        beside(&format!("RRULE:FREQ=MONTHLY;BYMONTHDAY={days}")),
        too_often
    );
}

#[test]
fn old_events_and_those_that_never_come_cost_little() {
    let nothing: [&str; 0] = [];
    for rule in [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;INTERVAL=65535",
        "FREQ=WEEKLY;INTERVAL=65535;BYDAY=MO",
    ] {
        assert_eq!(beside(&format!("RRULE:{rule}")), nothing, "{rule}");
    }
    // 1 January 1970 and every day since, 30 000 times: the last is on 19 February 2052.
    let old = "DTSTART:19700101T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=30000";
    assert_eq!(meetings(&[old]).len(), 16);
    let older = "DTSTART:00010101T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY";
    assert_eq!(meetings(&[older]).len(), 16);
    let hourly = "DTSTART:19700101T000000Z\nDURATION:PT10M\nRRULE:FREQ=HOURLY;INTERVAL=12";
    assert_eq!(meetings(&[hourly]).len(), 32);
}

#[test]
fn many_rules_that_never_come_run_out_of_budget() {
    let event = format!("{HOUR}\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30");
    let events = vec![event.as_str(); 3_000];
    let calendar = read(file(&events).as_bytes(), &view());
    assert_eq!(told(&calendar.meetings), ["10-20 08:00 to 09:00"]);
    assert!(
        matches!(calendar.findings[..], [Finding::TooOften(2_900)]),
        "{:?}",
        calendar.findings
    );
}

#[test]
fn more_meetings_than_anybody_has_are_left_out() {
    let minutely = "DTSTART:20261019T000000Z\nDURATION:PT1M\nRRULE:FREQ=MINUTELY";
    let calendar = read(file(&[minutely]).as_bytes(), &view());
    assert_eq!(calendar.meetings.len(), MOST_MEETINGS);
    assert_eq!(calendar.findings, [Finding::TooManyMeetings]);
}

#[test]
fn deep_nesting_and_endless_lines_do_no_harm() {
    let nested = format!("{HOUR}\n{}", "BEGIN:VALARM\n".repeat(100_000));
    assert_eq!(meetings(&[&nested]).len(), 1);
    let long = format!("{HOUR}\nSUMMARY:{}", "x".repeat(5_000_000));
    assert_eq!(meetings(&[&long]).len(), 1);
    let folded = format!("{HOUR}\nSUMMARY:x").replace("SUMMARY:x", "SUMMARY:x\r\n")
        + &"\r\n y".repeat(200_000);
    let text =
        format!("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{folded}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
    assert_eq!(read(text.as_bytes(), &view()).meetings.len(), 1);
}
