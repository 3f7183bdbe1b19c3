use insta::assert_snapshot;

use super::*;
use crate::cli::screen::Move;
use crate::library::Kind;

const WIDE: Size = Size {
    columns: 80,
    rows: 24,
};
const PLAIN: Style = Style { colour: false };

fn practice(breathes: bool) -> Steps {
    let card = Card {
        prompt: Some("tea/kettle".into()),
        kind: Kind::Practice,
        title: "A kettle".into(),
        text: "Wait for the kettle. Stop whenever you like.".into(),
        private: false,
        steps: Vec::new(),
    };
    let step = |text: &'static str, seconds| Step {
        text: text.into(),
        seconds,
    };
    Steps::new(&card, &[step("Listen.", 20), step("Pour.", 10)], breathes)
}

fn screen(steps: &Steps, size: Size) -> String {
    let lines = steps.draw(size, PLAIN).lines;
    lines
        .iter()
        .map(|line| line.trim_end())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Lets time pass second by second, as the loop does.
fn wait(steps: &mut Steps, seconds: std::ops::RangeInclusive<u64>) -> Next<Ended> {
    for second in seconds {
        assert_eq!(steps.next(), Some(Duration::from_secs(second)));
        let next = View::at(steps, Duration::from_secs(second));
        if next != Next::Stay {
            return next;
        }
    }
    Next::Stay
}

#[test]
fn each_step_stays_for_its_seconds() {
    let mut steps = practice(false);
    assert_eq!(wait(&mut steps, 1..=19), Next::Stay);
    assert_eq!(steps.at, 0);
    assert_eq!(wait(&mut steps, 20..=20), Next::Stay);
    assert_eq!(steps.at, 1);
    assert_eq!(wait(&mut steps, 21..=29), Next::Stay);
    assert_eq!(wait(&mut steps, 30..=30), Next::Done(Ended::Done));
}

#[test]
fn enter_goes_on_and_any_other_key_stops() {
    let mut steps = practice(false);
    wait(&mut steps, 1..=5);
    assert_eq!(steps.on(Key::Enter, WIDE), Next::Stay);
    // Ten seconds from there, not from the start.
    assert_eq!(wait(&mut steps, 6..=14), Next::Stay);
    assert_eq!(wait(&mut steps, 15..=15), Next::Done(Ended::Done));
    assert_eq!(practice(false).on(Key::Char(' '), WIDE), Next::Stay);
    for key in [Key::Esc, Key::Char('x'), Key::Move(Move::Down), Key::End] {
        assert_eq!(practice(false).on(key, WIDE), Next::Done(Ended::Stopped));
    }
}

#[test]
fn time_is_told_in_dots_and_breath_in_breadth() {
    let mut steps = practice(false);
    wait(&mut steps, 1..=10);
    // Half of 20 seconds, half of 30 columns.
    assert_eq!(
        steps.pace(80),
        format!("{}{}", "=".repeat(15), ".".repeat(15))
    );
    let mut steps = practice(true);
    let mut paces = vec![steps.pace(36)];
    for second in 1..=10 {
        wait(&mut steps, second..=second);
        paces.push(steps.pace(36));
    }
    let widths: Vec<usize> = paces.iter().map(|pace| pace.matches('=').count()).collect();
    assert_eq!(widths, [7, 15, 22, 30, 25, 20, 15, 10, 5, 0, 7]);
    assert!(paces[3].starts_with("in ") && paces[4].starts_with("out"));
}

#[test]
fn on_a_wide_and_a_narrow_screen() {
    assert_snapshot!(screen(&practice(false), WIDE));
    let narrow = Size {
        columns: 24,
        rows: 12,
    };
    let mut steps = practice(true);
    steps.on(Key::Enter, narrow);
    assert_snapshot!(screen(&steps, narrow));
}
