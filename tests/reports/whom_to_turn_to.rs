//! `attuned support`.

use attuned::config::Country;
use attuned::helplines::Helplines;
use insta::assert_snapshot;
use serde_json::{Value, json};

use super::support::home::Home;
use super::{attuned, json_of, prints};

/// What it prints with these variables set.
fn in_locale(home: &Home, variables: &[(&str, &str)]) -> String {
    let output = home
        .command(&["support"])
        .envs(variables.iter().copied())
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("it prints UTF-8")
}

/// The text without the day of each line, which changes whenever somebody verifies it anew.
fn without_days(text: &str) -> String {
    let day = |line: &str| match line.strip_prefix("  verified on ") {
        Some(day) => {
            assert!(day.ends_with(|c: char| c.is_ascii_digit()), "{line}");
            "  verified on …".to_owned()
        }
        None => line.to_owned(),
    };
    text.lines().map(day).collect::<Vec<_>>().join("\n")
}

/// The country it is for, as the last lines but one tell.
fn country_of(said: &str) -> Option<&str> {
    let line = said
        .lines()
        .find_map(|line| line.strip_prefix("This is for "))?;
    line.split([',', '.']).next()
}

#[test]
fn where_no_country_is_known_what_holds_everywhere_is_told() {
    let said = prints(&Home::without_bus(), &["support"]);
    assert_snapshot!(said);
    assert!(
        !said.contains(|c: char| c.is_ascii_digit()),
        "a number would be some country's: {said}"
    );
}

#[test]
fn ones_own_lines_come_first_and_then_the_countrys() {
    let home = Home::without_bus();
    home.write_config(
        "[support]\ncountry = \"de\"\n\
         [[support.line]]\nname = \"Ana\"\nnumber = \"+00 000\"\nhours = \"evenings\"\n\
         [[support.line]]\nname = \"The group\"\nnumber = \"Tuesdays at the library\"\n",
    );
    assert_snapshot!(without_days(&prints(&home, &["support"])));
}

#[test]
fn a_line_tells_its_hours_languages_and_what_else_to_know() {
    let home = Home::without_bus();
    let said = prints(&home, &["support", "--country", "ca"]);
    assert_snapshot!(without_days(&said));
    let helplines = Helplines::shipped();
    let canada = helplines.of(Country::parse("CA").unwrap()).unwrap();
    let day = canada.verified_on().strftime("%-d %B %Y").to_string();
    assert!(said.contains(&format!("\n  verified on {day}\n")), "{said}");
}

#[test]
fn the_country_is_asked_for_or_set_or_the_locales() {
    let home = Home::without_bus();
    let plain = [("LC_ALL", "C.UTF-8"), ("LANG", "C.UTF-8")];
    assert_eq!(country_of(&in_locale(&home, &plain)), None);
    let english_in_austria = [("LANG", "en_US.UTF-8"), ("LC_TELEPHONE", "de_AT.UTF-8")];
    let said = in_locale(&home, &english_in_austria);
    assert_eq!(country_of(&said), Some("Austria"), "{said}");
    assert!(said.contains("as your locale says"), "{said}");
    prints(&home, &["config", "set", "support.country", "nz"]);
    let said = in_locale(&home, &english_in_austria);
    assert_eq!(country_of(&said), Some("New Zealand"), "{said}");
    let said = prints(&home, &["support", "--country", "UK"]);
    assert_eq!(country_of(&said), Some("the United Kingdom"), "{said}");
}

#[test]
fn a_country_without_a_line_is_told_so() {
    let home = Home::without_bus();
    let said = in_locale(&home, &[("LANG", "da_DK.UTF-8")]);
    assert!(said.contains("For your country (DK) no line"), "{said}");
    assert!(said.contains("findahelpline.com"), "{said}");
}

#[test]
fn it_works_with_settings_that_cannot_be_read() {
    let home = Home::without_bus();
    home.write_config("[support]\ncountry = \"Austria\"\n");
    let said = in_locale(&home, &[("LANG", "fr_CH.UTF-8")]);
    assert!(
        said.starts_with("Your own lines and your country cannot be read"),
        "{said}"
    );
    assert!(said.contains("\n  143\n"), "{said}");
    let check = attuned(&home, &["check"]);
    assert_eq!(check.code, Some(3));
    let report = json_of(&home, &["support"]);
    assert_eq!(report["own"], Value::Null);
}

#[test]
fn the_list_has_every_country() {
    let home = Home::without_bus();
    let said = prints(&home, &["support", "--list"]);
    let (list, rest) = said.split_once("\n\n").expect("a line on the others");
    assert!(rest.contains("findahelpline.com"), "{rest}");
    let helplines = Helplines::shipped();
    let countries = helplines.countries().iter();
    let expected: Vec<String> = countries
        .map(|one| format!("{}  {}", one.code.code(), one.name))
        .collect();
    assert_eq!(list.lines().collect::<Vec<_>>(), expected);
    assert!(expected.contains(&"AT  Austria".to_owned()));

    let all = json_of(&home, &["support", "--list"]);
    assert_eq!(all.as_array().expect("a list").len(), expected.len());
}

#[test]
fn json_tells_everything_with_its_source() {
    let home = Home::without_bus();
    home.write_config("[[support.line]]\nname = \"Ana\"\nnumber = \"+00 000\"\n");
    let report = json_of(&home, &["support", "--country", "AT"]);
    let country = json!({ "code": "AT", "name": "Austria", "known_by": "asked" });
    assert_eq!(report["country"], country);
    let ana = json!([{ "name": "Ana", "number": "+00 000", "hours": null }]);
    assert_eq!(report["own"], ana);
    let line = &report["lines"][0];
    assert_eq!(line["numbers"], json!(["142"]));
    assert_eq!(line["langs"], json!(["de"]));
    let source = line["source_url"].as_str().expect("a source");
    assert!(source.starts_with("https://rtr.at/"), "{source}");
    let day = line["verified_on"].as_str().expect("a day");
    assert!(day.parse::<jiff::civil::Date>().is_ok(), "{day}");
    assert_eq!(report["emergency"][0]["number"], "112");
    assert_eq!(report["everywhere"].as_array().map(Vec::len), Some(3));

    let nowhere = json_of(&home, &["support"]);
    assert_eq!(nowhere["country"], Value::Null);
    assert_eq!(nowhere["lines"], json!([]));
}

#[test]
fn a_country_that_does_not_exist_is_wrong_usage() {
    let home = Home::without_bus();
    for (country, told) in [
        ("XX", "\"XX\" is not a country's code"),
        ("austria", "the two letters of Austria are AT"),
        ("", "is not a country's code"),
    ] {
        let ran = attuned(&home, &["support", "--country", country]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{country}");
        assert!(ran.err.contains(told), "{country}: {}", ran.err);
    }
}
