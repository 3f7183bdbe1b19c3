//! The three people that attuned is made for.

use insta::assert_snapshot;

use super::Person;

/// Works at a desk, some weeks frantic: wants it to start by itself, and a quiet day in one go.
#[test]
fn frantic_weeks() {
    let Some(person) = Person::new() else { return };
    assert_snapshot!(person.types(&[
        "attuned",
        "attuned check",
        "attuned pause tody",
        "attuned pause today",
        "attuned",
        "attuned resume",
        "attuned why",
    ]));
}
