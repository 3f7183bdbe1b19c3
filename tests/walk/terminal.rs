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

#[test]
fn on_a_narrow_terminal() {
    let Some(mut person) = Person::new() else {
        return;
    };
    person.columns = 40;
    assert_snapshot!(person.types(&["attuned", "attuned check", "attuned support"]));
}
