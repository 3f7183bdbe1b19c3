//! The three people that attuned is made for, from an empty home to settings of their own.

use insta::assert_snapshot;

use super::Person;

/// Works at a desk, some weeks frantic: wants it to start by itself, to stay out of the way, and a quiet day in one go.
#[test]
fn frantic_weeks() {
    let Some(person) = Person::new() else { return };
    assert_snapshot!(person.types(&[
        "attuned",
        "attuned check",
        "attuned hours weekdays 9:00-12:30 13:30-17:00",
        "attuned hours sat sun off",
        "attuned hours",
        "attuned pause tody",
        "attuned pause today",
        "attuned",
        "attuned pause 1h",
        "attuned resume",
        "attuned pause",
        "attuned why",
    ]));
}

/// In therapy, working on opening up: wants prompts that fit, her own lines among them, and less of what stings.
#[test]
fn in_therapy() {
    let Some(person) = Person::new() else { return };
    person.writes(
        "from-tuesday.txt",
        "You can say it slowly.\n\n# from Tuesday\nWhat would you like to be asked today?\nYou can say it slowly.\n",
    );
    assert_snapshot!(person.types(&[
        "attuned library search slowly words",
        "attuned library import ~/from-tuesday.txt",
        "echo 'Water, and both feet on the floor.' | attuned reminder add noon --when 'at noon' --message",
        "attuned reminder add evening --when 'weekdys at 21:30' --collection from-tuesday",
        "attuned reminder add evening --when 'weekdays at 21:30' --collection from-tuesday",
        "attuned reminder off check-in",
        "attuned reminder list",
        "attuned reminder remove noon",
        "attuned library weight from-tuesday 2",
        "attuned library hide kind-words/makes-sens",
        "attuned library hide kind-words/makes-sense",
        "attuned now kind-words/makes-sense",
        "attuned library unhide kind-words/makes-sense",
    ]));
}

/// A tinkerer: wants a plain file, exact cron, JSON, and no surprises.
#[test]
fn tinkering() {
    let Some(person) = Person::new() else { return };
    assert_snapshot!(person.types(&[
        "attuned config path",
        "attuned when '*/20 9-17 * * 1-5'",
        "attuned when '30 21 * * 5-1'",
        "attuned config init",
        "attuned config init",
        "attuned config set pace.gpa '2 h'",
        "attuned config set pace.gap '2 h'",
        "attuned config get pace",
        "attuned config unset pace.gap",
        "attuned reminder add late --when '30 21 * * 1-5' --kind question --jitter '10 min'",
        "attuned preview --days 1",
        "attuned reminder edit late --when '0 22 * * *'",
        "attuned status --json",
        "attuned --config nowhere.toml check",
        "attuned stop",
        "attuned backup ~/attuned.db",
    ]));
}
