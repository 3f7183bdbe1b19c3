//! Translations: whole prompts or none, fresh or not at all.

use super::{Person, load};
use crate::library::{Library, fingerprint, template};
use crate::source::{Diagnostic, Severity};

const ORIGINAL: &str = "\
id = 'mine'
lang = 'en'
[[prompt]]
id = 'cup'
title = 'A cup'
text = 'Tea.'
variants = ['Coffee.']
needs = ['touch']
alt = 'Water.'
steps = [{ text = 'Sip.', seconds = 20 }]
[[prompt]]
id = 'door'
title = 'A door'
text = 'Air?'
";

/// The translation that `template` starts, with its comments taken off and words of a made-up language in it.
fn translated(original: &str) -> String {
    let (library, _) = load(&[("mine.toml", original)]);
    let text = template(library.collection("mine").unwrap(), "qaa");
    let lines = text
        .lines()
        .skip(3)
        .map(|line| line.trim_start_matches("# "));
    let text = lines.fold(String::new(), |text, line| text + line + "\n");
    let words = [
        ("Tea.", "Zaa."),
        ("Coffee.", "Koo."),
        ("Water.", "Uu."),
        ("Sip.", "Ip."),
    ];
    let words = words
        .into_iter()
        .chain([("A cup", "Ka"), ("A door", "Do"), ("Air?", "Ae?")]);
    words.fold(text, |text, (from, to)| text.replace(from, to))
}

fn in_test_language(original: &str, translation: &str) -> (Library, Vec<String>) {
    let (library, found) = load(&[("mine.qaa.toml", translation), ("mine.toml", original)]);
    let found = found.iter().map(Diagnostic::one_line).collect();
    (library.in_language("qaa"), found)
}

fn text<'a>(library: &'a Library, id: &str) -> &'a str {
    &library.prompt(id).unwrap().text
}

#[test]
fn words_are_the_translations_and_all_else_the_originals() {
    let (library, found) = in_test_language(ORIGINAL, &translated(ORIGINAL));
    assert_eq!(found, [""; 0]);
    let cup = library.prompt("mine/cup").unwrap();
    assert_eq!(
        (&*cup.title, &*cup.text, cup.alt.as_deref()),
        ("Ka", "Zaa.", Some("Uu."))
    );
    assert_eq!((&*cup.variants[0], &*cup.steps[0].text), ("Koo.", "Ip."));
    assert_eq!((cup.needs.len(), cup.steps[0].seconds), (1, 20));
    assert_eq!(text(&library, "mine/door"), "Ae?");
}

#[test]
fn other_languages_leave_the_originals() {
    for language in ["en", "en-GB", "de", "qa", "qaab"] {
        let (library, _) = load(&[("t.toml", &translated(ORIGINAL)), ("mine.toml", ORIGINAL)]);
        assert_eq!(
            text(&library.in_language(language), "mine/cup"),
            "Tea.",
            "{language}"
        );
    }
    let (library, _) = load(&[("t.toml", &translated(ORIGINAL)), ("mine.toml", ORIGINAL)]);
    assert_eq!(text(&library.in_language("QAA-x"), "mine/cup"), "Zaa.");
}

#[test]
fn any_change_of_the_original_makes_a_translation_stale_and_the_original_come_whole() {
    let changes = [
        ("A cup", "A mug"),
        ("Tea.", "Tea!"),
        ("Coffee.", "Cocoa."),
        ("['Coffee.']", "['Coffee.', 'Milk.']"),
        ("Water.", "Juice."),
        ("Sip.", "Drink."),
        ("seconds = 20", "seconds = 21"),
    ];
    for (from, to) in changes {
        let original = ORIGINAL.replace(from, to);
        let (library, found) = in_test_language(&original, &translated(ORIGINAL));
        let about =
            "mine.qaa.toml:4:1: the original of \"mine/cup\" has changed since this was written";
        assert_eq!(found, [about], "{to}");
        let untouched = load(&[("mine.toml", &original)]).0;
        assert_eq!(
            library.prompt("mine/cup"),
            untouched.prompt("mine/cup"),
            "{to}"
        );
        // The other prompt is as fresh as before.
        assert_eq!(text(&library, "mine/door"), "Ae?", "{to}");
    }
    // What is not among the words makes nothing stale.
    let original = ORIGINAL.replace("needs = ['touch']", "needs = ['breath']\ntags = ['x']");
    assert_eq!(
        in_test_language(&original, &translated(ORIGINAL)).1,
        [""; 0]
    );
}

#[test]
fn the_fingerprint_stays_what_it_is() {
    // Worked out by hand from the layout, with another program: it is kept in files.
    let library = load(&[("mine.toml", ORIGINAL)]).0;
    assert_eq!(
        fingerprint(library.prompt("mine/door").unwrap()),
        FINGERPRINT_OF_DOOR
    );
}

const FINGERPRINT_OF_DOOR: &str = "e9e31b23013d2e23";

#[test]
fn what_is_not_translated_comes_in_its_original_words() {
    let whole = translated(ORIGINAL);
    let (cup, _) = whole.split_at(whole.rfind("[[prompt]]").unwrap());
    let (library, found) = in_test_language(ORIGINAL, cup);
    assert_eq!(found, [""; 0]);
    assert_eq!(text(&library, "mine/cup"), "Zaa.");
    assert_eq!(text(&library, "mine/door"), "Air?");
}

#[test]
fn a_misfit_is_left_out_and_named() {
    let cases = [
        (
            "seconds = 20",
            "seconds = 19",
            "4:1: the steps of \"mine/cup\" are not those of the original",
        ),
        (
            "alt = \"Uu.\"\n",
            "",
            "4:1: the original of \"mine/cup\" has `alt`, and this does not",
        ),
        (
            "id = \"cup\"",
            "id = \"cop\"",
            "4:1: there is no prompt \"mine/cop\" to translate",
        ),
        (
            "id = \"cup\"",
            "id = \"door\"",
            "17:1: \"mine/door\" is translated twice in this file",
        ),
        (
            "title = \"Ka\"\n",
            "",
            "4:1: this [[prompt]] has no `title`",
        ),
        (
            "title = \"Ka\"",
            "title = \"Ka\"\nkind = \"question\"",
            "8:1: unknown key `kind` in [[prompt]]",
        ),
        ("lang = \"qaa\"\n", "", "1:1: this file has no `lang`"),
        (
            "translates = \"mine\"",
            "translates = \"mime\"",
            "1:14: there is no collection \"mime\" to translate",
        ),
    ];
    let whole = translated(ORIGINAL);
    for (from, to, expected) in cases {
        assert!(whole.contains(from), "{from}\n{whole}");
        let (library, found) = in_test_language(ORIGINAL, &whole.replacen(from, to, 1));
        assert!(
            found
                .iter()
                .any(|one| one.starts_with(&format!("mine.qaa.toml:{expected}"))),
            "{expected}: {found:?}"
        );
        assert_eq!(text(&library, "mine/cup"), "Tea.", "{to}");
    }
}

#[test]
fn a_template_works_as_it_is_and_goes_on_where_it_stood() {
    let original = load(&[("mine.toml", ORIGINAL)]).0;
    let fresh = template(original.collection("mine").unwrap(), "qaa");
    let (library, found) = in_test_language(ORIGINAL, &fresh);
    assert_eq!(found, [""; 0]);
    assert_eq!(text(&library, "mine/cup"), "Tea.");

    let changed = ORIGINAL.replace("Tea.", "Green tea.");
    let (library, _) = load(&[("t.toml", &translated(ORIGINAL)), ("mine.toml", &changed)]);
    let again = template(library.collection("mine").unwrap(), "qaa");
    assert!(
        again.contains("# The original has changed. It is now:\n# [[prompt]]\n"),
        "{again}"
    );
    assert!(
        again.contains("# text = \"Green tea.\"\n") && again.contains("\ntext = \"Zaa.\"\n"),
        "{again}"
    );
    assert!(again.contains("\ntext = \"Ae?\"\n"), "{again}");
    // Nothing counts as looked at that was not.
    let (_, found) = load(&[("t.toml", &again), ("mine.toml", &changed)]);
    let severities: Vec<_> = found.iter().map(|one| one.severity).collect();
    assert_eq!(severities, [Severity::Warning]);
}

#[test]
fn what_comes_with_attuned_comes_in_every_language_and_a_persons_own_in_theirs() {
    let files = [
        ("mine.toml", ORIGINAL),
        ("t.toml", &translated(ORIGINAL)),
        ("other.toml", "lang = 'fr'\nprompts = ['Oui.']"),
        ("any.toml", "prompts = ['Hm.']"),
    ];
    let (library, found) = load(&files);
    assert_eq!(found, []);
    let comes = |language: &str| {
        let all = ["kind-words", "mine", "other", "any"];
        all.map(|id| library.collection(id).unwrap().comes_in(language))
    };
    assert_eq!(comes("en"), [true, true, false, true]);
    assert_eq!(comes("qaa"), [true, true, false, true]);
    assert_eq!(comes("fr"), [true, false, true, true]);
    assert_eq!(comes("de"), [true, false, false, true]);
}

#[test]
fn a_language_without_a_translation_is_never_silent() {
    let mut person = Person::new();
    person.rules.language = "de".into();
    assert!(person.choose().is_some());
}
