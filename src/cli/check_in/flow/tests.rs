use std::fmt::Write;

use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;
use crate::cli::screen::Erase;
use crate::journal::{Outcome, Scale};

const WIDE: Size = Size {
    columns: 80,
    rows: 24,
};
const NARROW: Size = Size {
    columns: 40,
    rows: 24,
};
const PLAIN: Style = Style { colour: false };

/// The check-in after these keys, and what came of it.
fn typed(keys: &[Key]) -> (Flow, Step<Option<CheckIn>>) {
    let mut flow = Flow::new(None);
    for (index, key) in keys.iter().enumerate() {
        if let Step::Done(outcome) = flow.on(key.clone(), WIDE) {
            assert_eq!(index + 1, keys.len(), "it was over before {keys:?} were");
            return (flow, Step::Done(outcome));
        }
    }
    (flow, Step::Stay)
}

fn letters(text: &str) -> Vec<Key> {
    text.chars().map(Key::Char).collect()
}

fn said(keys: &[Key]) -> CheckIn {
    match typed(keys) {
        (_, Step::Done(said)) => said.expect("it was not left"),
        (flow, Step::Stay) => panic!("still at {:?}", flow.stage),
    }
}

fn screen(flow: &Flow, size: Size) -> String {
    let frame = flow.draw(size, PLAIN);
    let lines = frame
        .lines
        .iter()
        .skip(frame.first_line(size.rows))
        .take(size.rows);
    lines
        .map(|line| line.trim_end().to_owned())
        .collect::<Vec<_>>()
        .join("\n")
}

fn all(keys: &[&[Key]]) -> Vec<Key> {
    keys.concat()
}

const LEFT: Key = Key::Move(Move::Left);
const UP: Key = Key::Move(Move::Up);
const DOWN: Key = Key::Move(Move::Down);
const RIGHT: Key = Key::Move(Move::Right);

#[test]
fn one_key_says_it_in_a_word() {
    let (flow, over) = typed(&[Key::Char('h')]);
    assert_eq!(
        (flow.stage, flow.said, over),
        (Stage::Place, Some(Quick::Hard), Step::Stay)
    );
    let (flow, _) = typed(&[Key::Char('1')]);
    assert_eq!(flow.said, Some(Quick::Okay));
    let (flow, _) = typed(&[DOWN, Key::Enter]);
    assert_eq!(flow.said, Some(Quick::Hard));
}

#[test]
fn too_much_and_rather_not_end_the_questions_at_once() {
    assert_eq!(said(&[Key::Char('t')]), CheckIn::quick(Quick::TooMuch));
    for key in [Key::Char('r'), Key::Char('4')] {
        let rather_not = said(&[key]);
        assert_eq!(
            (rather_not.outcome, rather_not.quick),
            (Outcome::RatherNot, None)
        );
    }
}

#[test]
fn everything_that_is_said_is_kept() {
    let keys = all(&[
        &[Key::Char('h')],
        // To the left by one and up by two.
        &[LEFT, UP, UP, Key::Enter],
        // The first near word is behind the three without a place.
        &[DOWN, DOWN, DOWN, Key::Char(' ')],
        &letters("tens"),
        &[Key::Enter],
        &letters("boxed in"),
        &[Key::Enter, Key::Enter],
        &letters("ch"),
        &[Key::Enter, Key::Enter],
        &letters("work"),
        &[Key::Enter, Key::Enter],
        &[Key::Char(' '), Key::Enter],
        &letters("One"),
        &[Key::Enter],
        &letters("two"),
        &[Key::End],
    ]);
    let (flow, over) = typed(&keys);
    assert_eq!((flow.stage, over), (Stage::Summary, Step::Stay));
    assert_snapshot!(screen(&flow, WIDE));
    let kept = said(&all(&[&keys, &[Key::Enter]]));
    assert_eq!(
        kept,
        CheckIn {
            outcome: Outcome::Answered,
            quick: Some(Quick::Hard),
            pleasant: Some(Scale::ALL[1]),
            energy: Some(Scale::ALL[4]),
            words: ["rushed", "tense", "boxed in"].map(String::from).into(),
            body: vec!["chest".into()],
            context: vec!["work".into()],
            need: vec!["rest".into()],
            note: Some("One\ntwo".into()),
            felt_after: None,
        }
    );
}

#[test]
fn every_question_can_be_skipped() {
    let tabs = [Key::Tab, Key::Tab, Key::Tab, Key::Tab, Key::Tab, Key::Tab];
    let keys = all(&[&[Key::Char('o')], &tabs, &[Key::Enter]]);
    assert_eq!(said(&keys), CheckIn::quick(Quick::Okay));
    // What was picked before is not said either.
    let picked = [
        Key::Char('o'),
        UP,
        Key::Tab,
        Key::Char(' '),
        Key::Tab,
        Key::End,
        Key::Enter,
    ];
    assert_eq!(said(&picked), CheckIn::quick(Quick::Okay));
}

#[test]
fn where_all_is_skipped_nothing_is_kept() {
    let tabs = [const { Key::Tab }; 7];
    let (flow, over) = typed(&tabs);
    assert_eq!((flow.stage, over), (Stage::Summary, Step::Stay));
    assert!(screen(&flow, WIDE).contains("Nothing yet."));
    for end in [Key::Enter, Key::End] {
        let (_, over) = typed(&all(&[&tabs, &[end]]));
        assert_eq!(over, Step::Done(None));
    }
    // The word alone is skipped: what comes after is said.
    let keys = [Key::Tab, RIGHT, Key::End, Key::Enter];
    let (quick, pleasant) = (said(&keys).quick, said(&keys).pleasant);
    assert_eq!((quick, pleasant), (None, Some(Scale::ALL[3])));
    // And what was said before is taken back by it.
    let keys = [Key::Char('h'), Key::Esc, Key::Tab, Key::End, Key::Enter];
    assert_eq!(said(&keys).quick, None);
}

#[test]
fn the_grid_and_what_it_means_fit_a_small_window() {
    let (flow, _) = typed(&[Key::Char('h'), UP, LEFT]);
    let small = Size {
        columns: 80,
        rows: 13,
    };
    assert_eq!(
        screen(&flow, small),
        "\
Where would you put it?

             .  .  .  .  .
             . [X] .  .  .
unpleasant   .  .  .  .  .   pleasant
             .  .  .  .  .
             .  .  .  .  .
  unpleasant, much energy
  near: tense, restless, irritable, impatient

Arrow keys move, or type a word for it. Enter goes on. Tab: rather not. Esc:
back. Ctrl-D: that is enough."
    );
}

#[test]
fn enough_is_enough_at_any_question() {
    let keys = [Key::Char('o'), RIGHT, Key::End];
    let (flow, _) = typed(&keys);
    assert_eq!(flow.stage, Stage::Summary);
    let kept = said(&all(&[&keys, &[Key::End]]));
    assert_eq!(
        (kept.pleasant, kept.energy),
        (Some(Scale::ALL[3]), Some(Scale::ALL[2]))
    );
}

#[test]
fn escape_goes_back_by_a_step_and_keeps_what_was_said() {
    let keys = [
        Key::Char('h'),
        RIGHT,
        Key::Enter,
        Key::Char(' '),
        Key::Enter,
    ];
    let (mut flow, _) = typed(&keys);
    assert_eq!(flow.stage, Stage::Body);
    let mut seen = Vec::new();
    loop {
        match flow.on(Key::Esc, WIDE) {
            Step::Stay => seen.push(flow.stage),
            Step::Done(outcome) => {
                assert_eq!(outcome, None);
                break;
            }
        }
    }
    assert_eq!(seen, [Stage::Words, Stage::Place, Stage::Quick]);
    assert_eq!(flow.words.picked(), ["numb"]);
}

#[test]
fn a_check_in_that_goes_on_from_a_word_does_not_ask_it_again() {
    let mut flow = Flow::new(Some(Quick::Hard));
    assert_eq!(flow.stage, Stage::Place);
    assert_eq!(flow.on(Key::Esc, WIDE), Step::Done(None));
}

#[test]
fn a_typed_word_goes_to_its_place() {
    let (flow, _) = typed(&all(&[&[Key::Char('o')], &letters("worr")]));
    assert_eq!(
        (
            flow.grid.place.pleasant.value(),
            flow.grid.place.energy.value()
        ),
        (-2, 1)
    );
}

#[test]
fn the_right_arrow_leads_to_words_near_one() {
    let keys = all(&[
        &[Key::Char('o'), Key::Enter],
        &[DOWN, DOWN, DOWN, DOWN, DOWN],
        &[RIGHT],
    ]);
    let (flow, _) = typed(&keys);
    assert_snapshot!(screen(&flow, WIDE));
}

#[test]
fn what_is_typed_narrows_the_list_and_offers_itself() {
    let keys = all(&[&[Key::Char('h'), Key::Tab], &letters("on")]);
    let (flow, _) = typed(&keys);
    assert_snapshot!(screen(&flow, WIDE));
    let (flow, _) = typed(&all(&[
        &keys,
        &[Key::Erase(Erase::Back), Key::Erase(Erase::Back)],
    ]));
    assert!(screen(&flow, WIDE).contains("[ ] numb"));
}

#[test]
fn each_question_on_a_wide_and_a_narrow_screen() {
    let steps: [&[Key]; 7] = [
        &[],
        &[Key::Char('h')],
        &[UP, LEFT, Key::Enter],
        &[Key::Char(' '), Key::Enter],
        &[Key::Enter],
        &[Key::Enter],
        &[Key::Enter],
    ];
    for (name, size) in [("wide", WIDE), ("narrow", NARROW)] {
        let mut shown = String::new();
        for count in 1..=steps.len() {
            let (flow, _) = typed(&all(&steps[..count]));
            writeln!(shown, "{:-<1$}\n{2}", "", size.columns, screen(&flow, size))
                .expect("text takes any text");
        }
        assert_snapshot!(format!("questions_{name}"), shown);
    }
}

fn key() -> impl Strategy<Value = Key> {
    prop_oneof![
        3 => prop::sample::select(vec!['o', 'h', ' ', 'é', '日', 'x', '2']).prop_map(Key::Char),
        6 => prop::sample::select(vec![Key::Enter, Key::Esc, Key::Tab, Key::BackTab, Key::End, UP, DOWN, LEFT, RIGHT]),
        1 => prop::sample::select(vec![
            Key::Move(Move::PageDown), Key::Move(Move::End), Key::Erase(Erase::Back), Key::LineBreak,
            Key::Paste("a\nb\u{7}".into()),
        ]),
    ]
}

proptest! {
    /// Whatever is pressed, in windows of any size: what comes of it can be kept, and where the person is can be seen.
    #[test]
    fn whatever_is_pressed_it_holds(
        keys in prop::collection::vec(key(), 0..80),
        columns in 24_usize..100,
        rows in 1_usize..40,
    ) {
        let size = Size { columns, rows };
        let mut flow = Flow::new(None);
        for key in keys {
            let step = flow.on(key, size);
            let frame = flow.draw(size, PLAIN);
            let focus = frame.cursor.map_or(frame.focus, |(line, _)| line);
            let first = frame.first_line(rows);
            prop_assert!(focus < frame.lines.len() && (first..first + rows).contains(&focus));
            if let Step::Done(outcome) = step {
                let said = outcome.unwrap_or_default();
                prop_assert!(said.words.iter().chain(&said.body).all(|word| !word.trim().is_empty()));
                prop_assert!(said.note.is_none_or(|note| !note.trim().is_empty()));
                break;
            }
        }
    }
}
