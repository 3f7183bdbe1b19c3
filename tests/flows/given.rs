//! For scripts: all on the command line, and the note from standard input.

use std::process::Stdio;

use attuned::daemon::store::Store;
use attuned::journal::{Channel, Origin, Outcome, Quick, Scale};

use crate::support::home::Home;
use crate::support::process::run_with;
use crate::{check_in, entries};

#[test]
fn everything_can_be_said_at_once() {
    let home = Home::without_bus();
    let arguments = "check-in --quick hard --pleasant -1 --energy 2 --word tense --word wound-up --word tense \
                     --body chest --about work --need rest --note -";
    let arguments: Vec<&str> = arguments.split(' ').collect();
    let output = run_with(
        &mut home.command(&arguments),
        "A long day.\r\nAnd a walk.\n",
    );
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let said = check_in(&home);
    assert_eq!(said.quick, Some(Quick::Hard));
    assert_eq!(said.pleasant.map(Scale::value), Some(-1));
    assert_eq!(said.energy.map(Scale::value), Some(2));
    assert_eq!(said.words, ["tense", "wound up"]);
    assert_eq!(
        (&said.body[..], &said.context[..], &said.need[..]),
        (
            &["chest".into()][..],
            &["work".into()][..],
            &["rest".into()][..]
        )
    );
    assert_eq!(said.note.as_deref(), Some("A long day.\nAnd a walk."));
    let entry = &entries(&home)[0];
    assert_eq!(
        (entry.channel, entry.origin, entry.moment.zone.as_str()),
        (Channel::Script, Origin::Own, "Europe/Berlin")
    );
}

#[test]
fn what_follows_is_of_what_fits_best() {
    let settles = ["steady-ground", "noticing", "body-first"];
    let comforts = ["kind-words", "common-ground", "support-web"];
    let after_okay = ["small-wins", "name-it", "small-openings", "what-matters"];
    let home = Home::without_bus();
    for (said, best) in [
        (&["--quick", "hard", "--energy", "2"][..], &settles[..]),
        (&["--quick", "hard", "--energy", "-2"], &comforts),
        (&["--quick", "okay"], &after_okay),
        (&["--pleasant", "-2", "--energy", "1"], &settles),
        (&["--pleasant", "1"], &after_okay),
    ] {
        let printed = home.prints(&[&["check-in", "--json"], said].concat());
        let report: serde_json::Value = serde_json::from_str(&printed).expect("it is JSON");
        let prompt = report["then"]["prompt"].as_str().expect("something fits");
        let (collection, _) = prompt.split_once('/').expect("a full id");
        assert!(best.contains(&collection), "{said:?}: {prompt}");
    }
    // What the person has switched off is not what fits.
    home.prints(&[&["library", "disable"][..], &after_okay].concat());
    let printed = home.prints(&["check-in", "--json", "--quick", "okay"]);
    let report: serde_json::Value = serde_json::from_str(&printed).expect("it is JSON");
    let prompt = report["then"]["prompt"].as_str().expect("something fits");
    let is_off = after_okay.iter().any(|id| prompt.starts_with(id));
    assert!(!is_off, "{prompt}");
}

#[test]
fn json_tells_the_id_and_what_fits() {
    let home = Home::without_bus();
    let printed = home.prints(&["check-in", "--quick", "hard", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&printed).expect("it is JSON");
    assert_eq!(report["entry"], entries(&home)[0].id.as_str());
    assert!(report["then"]["text"].is_string(), "{report}");
    let printed = home.prints(&["check-in", "--quick", "rather-not", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&printed).expect("it is JSON");
    assert!(report["then"].is_null(), "{report}");
    let kept = entries(&home);
    let attuned::journal::Content::CheckIn(said) = &kept[1].content else {
        panic!("{kept:?}")
    };
    assert_eq!(said.outcome, Outcome::RatherNot);
}

#[test]
fn an_entry_can_be_gone_on_from() {
    let home = Home::without_bus();
    let printed = home.prints(&["check-in", "--quick", "hard", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&printed).expect("it is JSON");
    let id = report["entry"].as_str().expect("it is an id").to_owned();
    // By its whole id, and by its short name.
    home.prints(&["check-in", "--entry", &id, "--about", "work"]);
    let (_, short) = id.split_once('-').expect("an id has two parts");
    home.prints(&["check-in", "--entry", &short[..6], "--word", "tense"]);
    let said = check_in(&home);
    assert_eq!(
        (said.quick, &said.words[..]),
        (Some(Quick::Hard), &["tense".to_owned()][..])
    );
    assert_eq!(said.context, ["work"]);
    assert_eq!(entries(&home)[0].revision, 3);
}

#[test]
fn what_is_not_understood_keeps_nothing() {
    let home = Home::without_bus();
    for (arguments, error) in [
        (
            &["check-in", "--word", "tens"][..],
            "did you mean \"tense\"?",
        ),
        (
            &["check-in", "--word", "my boss again"],
            "it is not in the list",
        ),
        (&["check-in", "--pleasant", "3"], "3 is not from -2 to 2"),
        (&["check-in", "--quick", "fine"], "possible values"),
        (&["check-in"], "there is no terminal to ask on"),
        (&["check-in", "--note"], "nothing is said yet"),
    ] {
        let output = run_with(&mut home.command(arguments), "");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {errors}");
        assert!(errors.contains(error), "{arguments:?}: {errors}");
    }
    let long = "x".repeat(40_001);
    let output = run_with(&mut home.command(&["check-in", "--note"]), &long);
    assert_eq!(output.status.code(), Some(1));
    assert!(entries(&home).is_empty());
}

#[test]
fn two_at_once_are_both_kept() {
    let home = Home::without_bus();
    let start = |quick| {
        let mut command = home.command(&["check-in", "--quick", quick]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().expect("the program starts")
    };
    let running = ["okay", "hard", "rather-not"].map(start);
    for child in running {
        let output = child.wait_with_output().expect("it ends");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    assert_eq!(entries(&home).len(), 3);
}

#[test]
fn what_asked_is_kept_with_the_answer() {
    let home = Home::without_bus();
    let _daemon = home.daemon(&[]);
    home.prints(&["now", "name-it/quick-hello"]);
    let store = Store::open_read_only(&home.database()).expect("the record can be read");
    let state = store
        .expect("there is a record")
        .state()
        .expect("it can be read");
    let open = &state.expect("something is planned").live[0].record;
    let card = open.card.clone().expect("it has a card");
    home.prints(&[
        "check-in",
        "--quick",
        "okay",
        "--delivery",
        &open.id.to_string(),
    ]);
    let entry = &entries(&home)[0];
    assert_eq!(entry.prompt.as_deref(), Some("name-it/quick-hello"));
    assert_eq!(
        (&entry.asked, entry.origin),
        (&Some(card.text), Origin::Own)
    );
}
