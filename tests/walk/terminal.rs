//! Colours and widths.

use insta::assert_snapshot;

use super::Person;

#[test]
fn in_colour() {
    let Some(mut person) = Person::new() else {
        return;
    };
    person.colour = true;
    assert_snapshot!(person.types(&["attuned", "attuned check", "attuned pause 5"]));
}

/// A collection with its evidence, and one of its prompts, on a wide and a narrow terminal.
#[test]
fn a_collection_reads_well() {
    for columns in [80, 40] {
        let Some(mut person) = Person::new() else {
            return;
        };
        person.columns = columns;
        person.writes("tea.toml", include_str!("tea.toml"));
        let shown = person.types(&[
            "mkdir -p ~/.config/attuned/affirmations",
            "mv ~/tea.toml ~/.config/attuned/affirmations/",
            "attuned library show tea",
            "attuned library show tea/kettle --evidence",
            "attuned library show tea --evidence | tail -n 12",
        ]);
        assert_snapshot!(format!("a_collection_in_{columns}_columns"), shown);
    }
}

#[test]
fn on_a_narrow_terminal() {
    let Some(mut person) = Person::new() else {
        return;
    };
    person.columns = 40;
    let shown = person.types(&[
        "attuned",
        "attuned check",
        "attuned support",
        "attuned support --country CH",
    ]);
    assert_snapshot!(without_days(&shown));
}

/// A line's day changes whenever somebody verifies it anew.
fn without_days(text: &str) -> String {
    let day = |line: &str| match line.split_once("verified on ") {
        Some((before, _)) => format!("{before}verified on …"),
        None => line.to_owned(),
    };
    text.lines().map(day).collect::<Vec<_>>().join("\n")
}
