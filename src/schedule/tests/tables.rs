//! The table form.

use crate::schedule::{Schedule, Table, TableError};

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn between(start: &str, end: &str) -> [String; 2] {
    [start.to_owned(), end.to_owned()]
}

fn error(table: &Table) -> TableError {
    Schedule::from_table(table).unwrap_err()
}

#[test]
fn a_table_means_what_its_phrase_means() {
    let tables = [
        (
            Table {
                every: Some("90 min".to_owned()),
                between: Some(between("09:00", "17:30")),
                on: strings(&["weekdays"]),
                ..Table::default()
            },
            "every 90 minutes between 09:00 and 17:30 on weekdays",
        ),
        (
            Table {
                at: strings(&["9:00", "noon and 5 pm"]),
                on: strings(&["mon", "wed-thu", "on saturdays"]),
                ..Table::default()
            },
            "at 9:00, 12:00 and 17:00 on mon, wed, thu, sat",
        ),
        (
            Table {
                times: Some(3),
                between: Some(between("9", "18:00")),
                apart: Some("1 h".to_owned()),
                on: strings(&["the 1st", "24 December"]),
                ..Table::default()
            },
            "3 times a day between 9:00 and 18:00, 1 h apart, on the 1st of the month and 24 December",
        ),
        (
            Table {
                every: Some("hour".to_owned()),
                ..Table::default()
            },
            "hourly",
        ),
        (
            Table {
                times: Some(1),
                between: Some(between("22:00", "24:00")),
                ..Table::default()
            },
            "once a day between 22:00 and midnight",
        ),
    ];
    for (table, phrase) in tables {
        let schedule = Schedule::from_table(&table).unwrap();
        assert_eq!(schedule, Schedule::parse(phrase).unwrap(), "{phrase}");
    }
}

#[test]
fn errors_name_the_key_the_string_and_the_place() {
    let wrong = error(&Table {
        at: strings(&["9:00", "noon and 25:00"]),
        ..Table::default()
    });
    assert_eq!((wrong.key, wrong.index, wrong.error.span), ("at", 1, 9..14));

    let wrong = error(&Table {
        every: Some("2 parsecs".to_owned()),
        ..Table::default()
    });
    assert_eq!(
        (wrong.key, wrong.index, wrong.error.span),
        ("every", 0, 2..9)
    );

    let wrong = error(&Table {
        every: Some("hour".to_owned()),
        on: strings(&["mon", "the 15th"]),
        ..Table::default()
    });
    assert_eq!((wrong.key, wrong.index), ("on", 1));

    let ends = |start, end| {
        let wrong = error(&Table {
            every: Some("hour".to_owned()),
            between: Some(between(start, end)),
            ..Table::default()
        });
        (wrong.key, wrong.index, wrong.error.span)
    };
    assert_eq!(ends("9:00", "nine"), ("between", 1, 0..4));
    assert_eq!(ends("", "9:00"), ("between", 0, 0..0));
    assert_eq!(ends("9:00", "09:00"), ("between", 1, 0..5));
    assert_eq!(ends("9", "10:00"), ("between", 0, 0..1));
    assert_eq!(ends("24:00", "9:00"), ("between", 0, 0..5));
    assert_eq!(ends("9:00", "  10"), ("between", 1, 2..4));
}

#[test]
fn keys_that_do_not_go_together_are_named() {
    let base = Table {
        at: strings(&["9:00"]),
        ..Table::default()
    };
    let key = |table: Table| error(&table).key;
    assert_eq!(key(Table::default()), "at");
    assert_eq!(
        key(Table {
            every: Some("hour".to_owned()),
            ..base.clone()
        }),
        "every"
    );
    assert_eq!(
        key(Table {
            between: Some(between("8:00", "9:00")),
            ..base.clone()
        }),
        "between"
    );
    assert_eq!(
        key(Table {
            apart: Some("1 h".to_owned()),
            ..base.clone()
        }),
        "apart"
    );
    assert_eq!(
        key(Table {
            times: Some(2),
            ..base
        }),
        "times"
    );
    assert_eq!(
        key(Table {
            times: Some(2),
            ..Table::default()
        }),
        "times"
    );
    assert_eq!(
        key(Table {
            times: Some(-2),
            between: Some(between("8:00", "9:00")),
            ..Table::default()
        }),
        "times"
    );
    assert_eq!(
        key(Table {
            times: Some(3),
            between: Some(between("8:00", "9:00")),
            apart: Some("1 h".to_owned()),
            ..Table::default()
        }),
        "apart"
    );
}
