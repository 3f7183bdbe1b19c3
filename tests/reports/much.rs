//! A file that went wrong as a whole: what is found is told, and nobody has to scroll through all of it.

use std::fs;

use super::support::home::Home;
use super::{Ran, attuned, with_settings};

/// A home with this many lines of the person's own, and what `attuned check` tells of them.
fn checked(lines: usize, line: impl Fn(usize) -> String, arguments: &[&str]) -> Ran {
    let home: Home = with_settings("");
    let folder = home.path("home/.config/attuned/affirmations");
    fs::create_dir_all(&folder).unwrap();
    let lines: Vec<String> = (0..lines).map(line).collect();
    fs::write(folder.join("mine.toml"), lines.join("\n")).unwrap();
    attuned(&home, &[&["check"], arguments].concat())
}

#[test]
fn the_first_of_many_errors_are_shown_and_all_are_counted() {
    let line = |at| format!("[[prompt]]\ntext = \"Line {at}.\"\nkin = \"question\"");
    let shown = "error: unknown key `kin`";
    let hint = "hint: the first 50 are shown; --json has all of them\n";

    let few = checked(50, line, &[]);
    assert_eq!((few.code, few.err.matches(shown).count()), (Some(3), 50));
    assert!(
        few.err.ends_with("error: 50 errors were found\n"),
        "{}",
        few.err
    );

    let many = checked(51, line, &[]);
    assert_eq!((many.code, many.err.matches(shown).count()), (Some(3), 50));
    let end = format!("error: 51 errors were found\n{hint}");
    assert!(many.err.ends_with(&end), "{}", many.err);

    let script = checked(51, line, &["--json"]);
    assert_eq!(
        (script.code, script.out.matches("unknown key").count()),
        (Some(3), 51)
    );
    assert_eq!(script.err, "error: 51 errors were found\n");
}

#[test]
fn the_first_of_many_warnings_are_shown_and_all_are_counted() {
    let line = |at| format!("[[prompt]]\ntext = \"{at:0>141}\"");
    let shown = "warning: `text` has 141 characters";
    let few = checked(50, line, &[]);
    assert_eq!((few.code, few.err.matches(shown).count()), (Some(0), 50));
    assert!(!few.out.contains("Shown are"), "{}", few.out);

    let many = checked(51, line, &[]);
    assert_eq!((many.code, many.err.matches(shown).count()), (Some(0), 50));
    let out = many.out.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = "with the warnings above: 1 file with prompts. \
                Shown are the first 50 of 51 warnings; --json has them all.";
    assert!(
        out.contains(told) || out.contains(&told.replace("1 file", "2 reminders, 1 file")),
        "{out}"
    );
}
