//! `attuned export` and `import`: between two computers, cut short, damaged, and of another version.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::*;

/// What was exported, without when.
fn exported(home: &Home) -> Value {
    let mut whole: Value = serde_json::from_str(&home.prints(&["export"])).expect("it is JSON");
    whole.as_object_mut().unwrap().remove("exported").unwrap();
    whole
}

fn import(home: &Home, text: &str) -> (Value, Output) {
    let output = feed(home, &["import", "--json", "-"], text.as_bytes());
    let told = serde_json::from_slice(&output.stdout).unwrap_or_default();
    (told, output)
}

#[test]
fn two_computers_have_the_same_journal_after_both_took_in_the_others() {
    let (laptop, desktop) = (Home::without_bus(), Home::without_bus());
    desktop.write_config(QUIET);
    let _daemon = desktop.daemon(&[]);
    let gone = write(&laptop, "Deleted on the desktop.");
    let also_gone = write(&laptop, "Deleted on the laptop.");
    write(&laptop, "From the laptop: a \"quote\",\nand a line.");
    write(&desktop, "From the desktop.");
    import(&desktop, &laptop.prints(&["export"]));
    desktop.prints(&["journal", "delete", "--yes", &gone]);
    laptop.prints(&["journal", "delete", "--yes", &also_gone]);

    let (told, output) = import(&desktop, &laptop.prints(&["export"]));
    assert!(output.status.success());
    assert_eq!(told["deleted"], 1, "{told}");
    assert_eq!(told["known"], 1, "{told}");
    let (told, _) = import(&laptop, &desktop.prints(&["export"]));
    assert_eq!(
        (&told["added"], &told["deleted"]),
        (&1.into(), &1.into()),
        "{told}"
    );
    assert_eq!(exported(&laptop), exported(&desktop));
    assert_eq!(exported(&laptop)["entries"].as_array().unwrap().len(), 2);
    assert_eq!(exported(&laptop)["deleted"].as_array().unwrap().len(), 2);

    let (told, output) = import(&laptop, &desktop.prints(&["export"]));
    assert!(output.status.success(), "twice does no harm");
    assert_eq!(
        (&told["added"], &told["known"]),
        (&0.into(), &2.into()),
        "{told}"
    );
}

#[test]
fn good_lines_come_in_and_bad_ones_are_listed() {
    let home = Home::without_bus();
    write(&home, "Good one.");
    write(&home, "Odd.");
    write(&home, "Newer.");
    write(&home, "Good two.");
    let bad = home
        .prints(&["export"])
        .replace("\"note\":\"Odd.\"", "\"note\":\"Odd.")
        .replace("\"note\":\"Newer.\"", "\"note\":\"Newer.\",\"version\":9");
    // Of two versions in one line the first would count.
    let newer = bad.lines().find(|line| line.contains("Newer.")).unwrap();
    let as_newer = newer
        .replacen("\"version\":1", "\"version\":9", 1)
        .replace(",\"version\":9}", "}");
    let bad = bad.replace(newer, &as_newer);
    let other = Home::without_bus();
    let output = feed(&other, &["import", "-"], bad.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    let told = stderr(&output);
    assert!(
        told.contains("line 4: it is not whole, or damaged"),
        "{told}"
    );
    assert!(
        told.contains("line 5: it was written by a newer attuned"),
        "{told}"
    );
    assert!(told.contains("once attuned is updated here"), "{told}");
    assert!(!told.contains("cut short"), "{told}");
    assert_eq!(notes(&other), ["Good two.", "Good one."]);
}

#[test]
fn an_export_cut_short_anywhere_gives_its_whole_lines() {
    let home = Home::without_bus();
    let gone = write(&home, "Gone.");
    home.prints(&["journal", "delete", "--yes", &gone]);
    for words in ["One.", "Two.", "Three."] {
        write(&home, words);
    }
    let whole = home.prints(&["export"]);
    for length in [20, 120, whole.len() / 2, whole.len() - 30, whole.len() - 4] {
        let other = Home::without_bus();
        let part = &whole[..length];
        let whole_lines = part.matches("\"kind\":\"note\",\"note\":\"").count();
        let output = feed(&other, &["import", "-"], part.as_bytes());
        assert_eq!(
            output.status.code(),
            Some(1),
            "{length}: {}",
            stderr(&output)
        );
        let there = notes(&other).len();
        assert!(
            there == whole_lines || there + 1 == whole_lines,
            "{length}: {there}"
        );
        if length > 120 {
            assert!(
                stderr(&output).contains("ends early"),
                "{}",
                stderr(&output)
            );
        }
        stdout(&feed(&other, &["import", "-"], whole.as_bytes()));
        assert_eq!(exported(&other), exported(&home), "{length}");
    }
}

#[test]
fn a_document_that_was_laid_out_anew_is_refused_with_what_makes_lines_of_it() {
    let home = Home::without_bus();
    let gone = write(&home, "Gone.");
    home.prints(&["journal", "delete", "--yes", &gone]);
    write(&home, "A note.");
    let document: Value = serde_json::from_str(&home.prints(&["export"])).unwrap();
    let other = Home::without_bus();
    for relaid in [
        serde_json::to_string_pretty(&document).unwrap(),
        document.to_string(),
    ] {
        let output = feed(&other, &["import", "-"], relaid.as_bytes());
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty(), "{output:?}");
        let told = stderr(&output);
        assert!(told.contains("line 1:"), "{told}");
        assert!(told.contains("jq -c '.deleted[], .entries[]'"), "{told}");
    }
    // What that makes of it: a value on each line, with its keys in any order.
    let values = ["deleted", "entries"].map(|list| document[list].as_array().unwrap());
    let lines: Vec<String> = values.into_iter().flatten().map(Value::to_string).collect();
    stdout(&feed(&other, &["import", "-"], lines.join("\n").as_bytes()));
    assert_eq!(exported(&other), exported(&home));
}

#[test]
fn an_export_that_went_through_another_systems_editor_comes_in() {
    let home = Home::without_bus();
    write(&home, "A note.");
    let export = home.prints(&["export", "-"]);
    let edited = format!("\u{feff}{}", export.replace('\n', "\r\n"));
    let other = Home::without_bus();
    stdout(&feed(&other, &["import", "-"], edited.as_bytes()));
    assert_eq!(notes(&other), ["A note."]);
}

#[test]
fn other_files_are_no_exports() {
    let home = Home::without_bus();
    write(&home, "A note.");
    let file = |name: &str| home.path(name).display().to_string();
    home.prints(&["export", "--format", "csv", &file("journal.csv")]);
    home.prints(&["export", "--format", "markdown", &file("journal.md")]);
    home.prints(&["backup", &file("journal.db")]);
    for (name, word) in [
        ("journal.csv", "attuned export"),
        ("journal.md", "attuned export"),
        ("journal.db", "attuned restore"),
    ] {
        let refused = home.run(&["import", &file(name)]);
        assert_eq!(refused.status.code(), Some(1), "{name}");
        assert!(stderr(&refused).contains(word), "{}", stderr(&refused));
    }
    for (name, code) in [("nowhere.json", 1), ("run", 1)] {
        let refused = home.run(&["import", &file(name)]);
        assert_eq!(refused.status.code(), Some(code), "{name}");
    }
    let (told, output) = import(&home, "");
    assert!(output.status.success());
    assert_eq!(told["added"], 0);
}

#[test]
fn a_large_import_goes_through_a_running_daemon_in_parts() {
    let home = Home::without_bus();
    home.write_config(QUIET);
    write(&home, &format!("x{}", "é".repeat(30_000)));
    let export = home.prints(&["export"]);
    let line = export
        .lines()
        .find(|line| line.contains("\"note\""))
        .unwrap();
    let id = entries(&home)[0]["id"].as_str().unwrap().to_owned();
    let many: Vec<String> = (0..40)
        .map(|number| line.replace(&id, &format!("01a20cff7d00-{number:016x}")))
        .collect();
    let many = many.join("\n");
    assert!(
        many.len() > 2 * 1024 * 1024,
        "more than two requests can hold"
    );
    let other = Home::without_bus();
    other.write_config(QUIET);
    let _daemon = other.daemon(&[]);
    let (told, output) = import(&other, &many);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(told["added"], 40);
    assert_eq!(entries(&other).len(), 40);
}

#[test]
fn a_line_without_an_end_costs_no_memory_and_is_one_bad_line() {
    let home = Home::without_bus();
    let endless = format!("\"{}", "x".repeat(5_000_000));
    let (told, output) = import(
        &home,
        &format!("{endless}\n\"01a20cff7d00-0000000000000abc\"\n"),
    );
    assert_eq!(output.status.code(), Some(1));
    let bad = told["bad"].as_array().unwrap();
    assert_eq!(bad.len(), 1, "{told}");
    assert_eq!(bad[0]["line"], 1);
    assert_eq!(exported(&home)["deleted"].as_array().unwrap().len(), 1);
}

#[test]
fn a_file_is_private_whole_and_not_replaced_unasked() {
    let home = Home::without_bus();
    write(&home, "A note.");
    let folder = home.path("home").display().to_string();
    let told = home.prints(&["export", &folder]);
    assert!(told.contains("one entry"), "{told}");
    let file = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|end| end == "json"))
        .unwrap();
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let file = file.display().to_string();
    let again = home.run(&["export", &file]);
    assert_eq!(again.status.code(), Some(1));
    assert!(stderr(&again).contains("--force"));
    home.prints(&["export", "--force", &file]);
    let database = home.database().display().to_string();
    assert_eq!(
        home.run(&["export", "--force", &database]).status.code(),
        Some(1)
    );
    let nowhere = home.path("no/such/folder.json").display().to_string();
    assert!(stderr(&home.run(&["export", &nowhere])).contains("make it first"));
}

#[test]
fn a_spreadsheet_gets_no_formula() {
    let home = Home::without_bus();
    write(&home, "=HYPERLINK(\"http://example.org\";\"a\")");
    write(&home, "a, \"b\"\nc");
    let table = home.prints(&["export", "--format", "csv"]);
    assert!(
        table.contains("\"'=HYPERLINK(\"\"http://example.org\"\";\"\"a\"\")\""),
        "{table}"
    );
    assert!(table.contains("\"a, \"\"b\"\"\nc\""), "{table}");
}
