//! `attuned check --strict`: prompts meant for everybody, held to the bars.

use std::fs;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;

use super::support::home::Home;
use super::{attuned, prints, with_settings};

const SHIPPED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/affirmations");

/// The collection files in a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("it is there");
    let paths = entries.map(|entry| entry.expect("it can be read").path());
    paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect()
}

/// A copy of everything that comes with attuned, one text in one file written over.
fn shipped_but_for(home: &Home, file: &str, from: &str, to: &str) -> String {
    let folder = home.path("home/affirmations");
    fs::create_dir_all(&folder).expect("a folder");
    for path in files(Path::new(SHIPPED)) {
        let name = path.file_name().expect("a file has a name");
        fs::copy(&path, folder.join(name)).expect("it can be copied");
    }
    let path = folder.join(file);
    let text = fs::read_to_string(&path).expect("it is there");
    assert!(text.contains(from), "{from}");
    fs::write(&path, text.replacen(from, to, 1)).expect("it can be written");
    shown(&folder)
}

fn shown(path: &Path) -> String {
    path.to_str().expect("its name is plain").to_owned()
}

#[test]
fn what_comes_with_attuned_meets_them() {
    let home = with_settings("");
    let said = prints(&home, &["check", "--strict", SHIPPED]);
    let files = files(Path::new(SHIPPED)).len();
    assert_eq!(said, format!("All is well: {files} files with prompts.\n"));
}

#[test]
fn a_title_that_is_too_long_and_an_order_are_errors_with_bar_place_words_and_reason() {
    let home = with_settings("");
    let long = "title = \"Late reviews of a long and busy day\"";
    let folder = shipped_but_for(&home, "kind-words.toml", "title = \"Late reviews\"", long);
    let ran = attuned(&home, &["check", "--strict", &folder]);
    assert_eq!(ran.code, Some(3));
    assert_snapshot!(ran.err, @r#"
    error: bar 2, length: 35 characters, and 32 at most
      --> ~/affirmations/kind-words.toml:81:9
       |
    81 | title = "Late reviews of a long and busy day"
       |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = hint: some desktops cut off the rest

    error: one error was found
    "#);

    let line = "This one can wait until you have slept.";
    let order = "You should sleep now.";
    let folder = shipped_but_for(&home, "kind-words.toml", line, order);
    let ran = attuned(&home, &["check", "--strict", &folder]);
    assert_eq!(ran.code, Some(3));
    assert_snapshot!(ran.err, @r#"
    error: bar 4, controlling: "should"
      --> ~/affirmations/kind-words.toml:82:8
       |
    82 | text = "A tired mind writes harsh reviews. You should sleep now."
       |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = hint: it may sound like an order; "could", "may" or "if you like" leave the choice

    error: one error was found
    "#);
    // Without strictness the same is advice, and nothing has failed.
    let ran = attuned(&home, &["check", &folder]);
    assert_eq!(ran.code, Some(0));
    assert!(
        ran.err
            .starts_with("advice: you may like to look at this again: \"should\"\n")
    );
}
