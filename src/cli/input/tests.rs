use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::*;

const WIDTH: usize = 20;

/// What the keys make of nothing: "|" stands for the cursor.
fn typed(keys: &[Key]) -> String {
    let mut editor = Editor::new(100);
    press(&mut editor, keys);
    marked(&editor)
}

fn press(editor: &mut Editor, keys: &[Key]) {
    for key in keys {
        match key {
            Key::Enter => editor.insert("\n"),
            key => assert!(editor.on(key, WIDTH), "{key:?}"),
        }
    }
}

fn marked(editor: &Editor) -> String {
    let mut text = editor.text().to_owned();
    text.insert(editor.at, '|');
    text
}

fn paste(text: &str) -> Key {
    Key::Paste(text.into())
}

#[test]
fn letters_come_where_the_cursor_is() {
    let left = Key::Move(Move::Left);
    assert_eq!(typed(&[paste("ac"), left.clone(), Key::Char('b')]), "ab|c");
    assert_eq!(typed(&[left.clone(), Key::Char('a')]), "a|");
    assert_eq!(
        typed(&[paste("ab"), Key::Move(Move::Start), Key::Move(Move::Right)]),
        "a|b"
    );
    assert_eq!(typed(&[paste("ab"), Key::Move(Move::Right)]), "ab|");
}

#[test]
fn what_looks_like_one_character_is_one() {
    // An e with an accent of its own, a family, a flag, a thumb with a skin tone.
    for one in ["e\u{301}", "👩\u{200d}👩\u{200d}👧", "🇳🇿", "👍🏽"] {
        assert_eq!(typed(&[paste(one), Key::Erase(Erase::Back)]), "|", "{one}");
        let before = format!("|{one}");
        assert_eq!(typed(&[paste(one), Key::Move(Move::Left)]), before, "{one}");
        let keys = [
            paste(one),
            Key::Move(Move::Left),
            Key::Erase(Erase::Forward),
        ];
        assert_eq!(typed(&keys), "|", "{one}");
    }
}

#[test]
fn the_cursor_stays_out_of_characters_that_grow_together() {
    // The accent that follows joins the e; the cursor is behind both.
    assert_eq!(
        typed(&[paste("\u{301}"), Key::Move(Move::Start), Key::Char('e')]),
        "e\u{301}|"
    );
    // Without the letter between them, two halves of a flag become one.
    assert_eq!(
        typed(&[paste("🇳x🇿"), Key::Move(Move::Left), Key::Erase(Erase::Back)]),
        "🇳🇿|"
    );
}

#[test]
fn words_and_lines_go_as_a_whole() {
    let text = paste("one two, three\nfour");
    for (what, rest) in [
        (Erase::WordBack, "one two, three\n|"),
        (Erase::ToLineStart, "one two, three\n|"),
        (Erase::ToLineEnd, "one two, three\nfour|"),
    ] {
        assert_eq!(typed(&[text.clone(), Key::Erase(what)]), rest, "{what:?}");
    }
    for (what, rest) in [
        (Erase::WordForward, "| two, three\nfour"),
        (Erase::ToLineEnd, "|\nfour"),
        (Erase::Back, "|one two, three\nfour"),
    ] {
        let keys = [text.clone(), Key::Move(Move::Start), Key::Erase(what)];
        assert_eq!(typed(&keys), rest, "{what:?}");
    }
    // At the end of a line, its line break goes.
    let keys = [
        text,
        Key::Move(Move::Start),
        Key::Move(Move::LineEnd),
        Key::Erase(Erase::ToLineEnd),
    ];
    assert_eq!(typed(&keys), "one two, three|four");
}

#[test]
fn words_are_walked_by() {
    let mut editor = Editor::new(100);
    editor.insert("don't go, ágnes");
    let mut seen = Vec::new();
    for _ in 0..4 {
        editor.on(&Key::Move(Move::WordLeft), WIDTH);
        seen.push(marked(&editor));
    }
    for _ in 0..2 {
        editor.on(&Key::Move(Move::WordRight), WIDTH);
        seen.push(marked(&editor));
    }
    assert_eq!(
        seen,
        [
            "don't go, |ágnes",
            "don't |go, ágnes",
            "|don't go, ágnes",
            "|don't go, ágnes",
            "don't| go, ágnes",
            "don't go|, ágnes",
        ]
    );
}

#[test]
fn up_and_down_keep_to_the_column() {
    let mut editor = Editor::new(100);
    editor.insert("a long line\nshort\na longer line");
    let mut seen = Vec::new();
    for movement in [
        Move::Up,
        Move::Up,
        Move::Up,
        Move::Down,
        Move::Down,
        Move::Down,
    ] {
        editor.on(&Key::Move(movement), WIDTH);
        seen.push(marked(&editor).replace('\n', "/"));
    }
    assert_eq!(
        seen,
        [
            "a long line/short|/a longer line",
            "a long line|/short/a longer line",
            "|a long line/short/a longer line",
            "a long line/|short/a longer line",
            "a long line/short/|a longer line",
            "a long line/short/a longer line|",
        ]
    );
}

#[test]
fn up_and_down_go_by_what_is_seen() {
    let mut editor = Editor::new(100);
    // Two rows of a column less than 20.
    editor.insert("one two three four five six");
    assert_eq!(editor.lay(WIDTH).lines, ["one two three four", "five six"]);
    editor.on(&Key::Move(Move::Up), WIDTH);
    assert_eq!(marked(&editor), "one two |three four five six");
    editor.on(&Key::Move(Move::Down), WIDTH);
    assert_eq!(marked(&editor), "one two three four five six|");
}

#[test]
fn lines_are_broken_between_words_and_else_anywhere() {
    let lay = |text: &str, width| {
        let mut editor = Editor::new(100);
        editor.insert(text);
        editor.lay(width)
    };
    assert_eq!(lay("one two three", 9).lines, ["one two", "three"]);
    assert_eq!(lay("unbreakable", 5).lines, ["unbr", "eaka", "ble"]);
    assert_eq!(lay("a\n\nb", 9).lines, ["a", "", "b"]);
    assert_eq!(lay("", 9).lines, [""]);
    // Each is two columns wide.
    assert_eq!(lay("日本語", 5).lines, ["日本", "語"]);
    assert_eq!(lay("日本語", 5).cursor, (1, 2));
    assert_eq!(lay("ab ", 9).cursor, (0, 3));
    assert_eq!(lay("ab\n", 9).cursor, (1, 0));
}

#[test]
fn a_long_text_moves_under_the_cursor() {
    let laid = Laid {
        lines: ["a", "b", "c", "d"].map(String::from).into(),
        cursor: (2, 1),
    };
    assert_eq!(
        laid.clone().within(2),
        Laid {
            lines: ["b", "c"].map(String::from).into(),
            cursor: (1, 1)
        }
    );
    assert_eq!(laid.clone().within(9), laid);
}

#[test]
fn what_cannot_be_shown_stays_out() {
    assert_eq!(
        typed(&[paste("a\r\nb\rc\td\u{1b}[2J\u{7}")]),
        "a\nb\nc    d[2J|"
    );
}

#[test]
fn a_full_text_takes_no_more() {
    let mut editor = Editor::new(3);
    editor.insert("äöüß");
    assert_eq!(editor.text(), "äöü");
    assert!(editor.is_full());
    editor.on(&Key::Char('x'), WIDTH);
    editor.on(&Key::Erase(Erase::Back), WIDTH);
    assert_eq!(editor.text(), "äö");
}

#[test]
fn lines_end_with_a_full_stop_or_with_the_input() {
    let read = |text: &str| lines(&mut text.as_bytes(), 20);
    assert_eq!(
        read("one\ntwo\n.\nthree\n").unwrap(),
        Some("one\ntwo".into())
    );
    assert_eq!(read("one").unwrap(), Some("one".into()));
    for empty in ["", ".\n", " \n\n.\n"] {
        assert_eq!(read(empty).unwrap(), None, "{empty:?}");
    }
    assert!(read(&"x".repeat(20)).is_ok());
    assert!(read(&"x".repeat(21)).is_err());
    assert!(read(&"é".repeat(10_000)).is_err());
}

fn key() -> impl Strategy<Value = Key> {
    use {Erase::*, Move::*};
    prop_oneof![
        5 => prop::sample::select(vec!['a', ' ', 'é', '日', '\u{301}', '👩', '\u{200d}', '🇳', '🇿'])
            .prop_map(Key::Char),
        2 => Just(Key::Enter),
        2 => prop::sample::select(vec![
            Left, Right, Up, Down, WordLeft, WordRight, LineStart, LineEnd, Move::Start, Move::End, PageUp, PageDown,
        ])
        .prop_map(Key::Move),
        2 => prop::sample::select(vec![Back, Forward, WordBack, WordForward, ToLineStart, ToLineEnd])
            .prop_map(Key::Erase),
    ]
}

proptest! {
    #[test]
    fn whatever_is_typed_the_cursor_stands_between_characters_and_all_is_on_screen(
        keys in prop::collection::vec(key(), 0..60),
        width in 3_usize..30,
    ) {
        let mut editor = Editor::new(50);
        for key in keys {
            if key == Key::Enter {
                editor.insert("\n");
            } else {
                editor.on(&key, width);
            }
            let boundaries = editor.text().grapheme_indices(true).map(|(at, _)| at);
            let mut boundaries = boundaries.chain([editor.text().len()]);
            prop_assert!(boundaries.any(|at| at == editor.at), "{:?} at {}", editor.text(), editor.at);
            prop_assert!(editor.text().chars().count() <= 50);
            let laid = editor.lay(width);
            for line in &laid.lines {
                prop_assert!(line.trim_end().width() <= width, "{line:?} in {width}");
            }
            let without_spaces = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(without_spaces(&laid.lines.join("\n")), without_spaces(editor.text()));
            prop_assert!(laid.cursor.0 < laid.lines.len() && laid.cursor.1 < width);
        }
    }
}
