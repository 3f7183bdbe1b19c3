//! The shipped collections meet the bars of the format: they load without a finding, and hold what they promise.

use std::borrow::Cow;
use std::collections::BTreeSet;

use attuned::library::{Collection, Intensity, Kind, LastState, Library, Origin, Prompt, Strength};

/// The collections one meets first, which have to have more prompts.
const FIRST: [&str; 5] = [
    "kind-words",
    "common-ground",
    "noticing",
    "name-it",
    "steady-ground",
];

/// What is off until it is asked for.
const OPT_IN: [&str; 5] = [
    "old-maps",
    "old-beliefs",
    "two-of-us",
    "after-hurt",
    "family-threads",
];

/// What a suggestion to turn to somebody carries.
const IF_IT_FEELS_SAFE: &str = "only if it feels safe with this person";

/// Every text of a prompt that a person may be shown, apart from its title.
fn texts(prompt: &Prompt) -> Vec<&str> {
    let mut texts = vec![&*prompt.text];
    texts.extend(prompt.variants.iter().map(AsRef::as_ref));
    texts.extend(prompt.alt.as_deref());
    texts.extend(prompt.steps.iter().map(|step| &*step.text));
    texts
}

/// The prompts that `wrong` says something about, with what it says.
fn wrong<'a>(library: &'a Library, wrong: impl Fn(&'a Prompt) -> Vec<String>) -> Vec<String> {
    let of = |prompt: &'a Prompt| {
        let said = wrong(prompt).into_iter();
        said.map(|said| format!("{}: {said}", prompt.id))
            .collect::<Vec<_>>()
    };
    library.prompts().flat_map(of).collect()
}

fn texts_that(library: &Library, is_wrong: impl Fn(&str) -> bool) -> Vec<String> {
    let bad = |text: &&str| is_wrong(text);
    wrong(library, |prompt| {
        texts(prompt)
            .into_iter()
            .filter(bad)
            .map(str::to_owned)
            .collect()
    })
}

/// The names of a collection's file and of its translations, such as `kind-words.toml` and `kind-words.de.toml`.
fn names_of_files(collection: &Collection) -> Vec<String> {
    let id = &collection.id;
    let translations = collection.translations.iter();
    let mut names = vec![format!("{id}.toml")];
    names.extend(translations.map(|one| format!("{id}.{}.toml", one.lang)));
    names
}

#[test]
fn all_files_load_without_a_finding() {
    let (library, diagnostics) = Library::load(&[]);
    let rendered: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.render(false))
        .collect();
    assert!(rendered.is_empty(), "{}", rendered.join("\n\n"));

    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/affirmations");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    let collections = library.collections().iter();
    let embedded: BTreeSet<String> = collections.flat_map(names_of_files).collect();
    assert_eq!(
        embedded, files,
        "each file is embedded, and named after its collection and its language"
    );
}

#[test]
fn every_collection_has_enough_prompts() {
    let library = Library::shipped();
    assert_eq!(library.collections().len(), 25);
    for collection in library.collections() {
        let least = if FIRST.contains(&collection.id.as_str()) {
            24
        } else {
            12
        };
        let count = collection.prompts.len();
        assert!(count >= least, "{} has {count}", collection.id);
    }
    let all = library.prompts().count();
    assert!(all >= 450, "{all}");
}

#[test]
fn every_collection_says_what_it_rests_on_and_what_it_does_not_claim() {
    let library = Library::shipped();
    let supported = |collection: &Collection| {
        let cites = collection
            .evidence
            .iter()
            .filter(|one| one.strength != Strength::None);
        let real = cites
            .clone()
            .all(|one| one.citation.is_some() && (one.doi.is_some() || one.url.is_some()));
        let none_with_reason = collection
            .evidence
            .iter()
            .any(|one| one.strength == Strength::None && one.note.is_some());
        real && (cites.count() >= 2 || none_with_reason)
    };
    for collection in library.collections() {
        assert!(supported(collection), "{}", collection.id);
        assert!(!collection.claims_not.is_empty(), "{}", collection.id);
        assert!(
            collection.approach.is_some() && !collection.authors.is_empty(),
            "{}",
            collection.id
        );
        assert_eq!(
            collection.license.as_deref(),
            Some("MIT OR Apache-2.0"),
            "{}",
            collection.id
        );
        assert_eq!(collection.lang.as_deref(), Some("en"), "{}", collection.id);
        assert_eq!(collection.origin, Origin::Shipped);
        assert!(
            collection.enabled || collection.opt_in_notice.is_some(),
            "{}",
            collection.id
        );
    }
}

#[test]
fn ids_are_unique_and_well_formed() {
    let library = Library::shipped();
    let well_formed = |part: &str| {
        let plain = part
            .chars()
            .all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '-');
        plain
            && !part.is_empty()
            && !part.starts_with('-')
            && !part.ends_with('-')
            && !part.contains("--")
    };
    let mut seen = BTreeSet::new();
    for collection in library.collections() {
        for prompt in &collection.prompts {
            let (before, after) = prompt.id.split_once('/').unwrap();
            assert_eq!(before, collection.id);
            assert!(well_formed(before) && well_formed(after), "{}", prompt.id);
            assert!(seen.insert(&prompt.id), "{} is there twice", prompt.id);
        }
    }
}

#[test]
fn texts_are_short() {
    let library = Library::shipped();
    let too_long = wrong(&library, |prompt| {
        let mut long: Vec<&str> = texts(prompt)
            .into_iter()
            .filter(|text| text.chars().count() > 140)
            .collect();
        long.extend(
            prompt
                .steps
                .iter()
                .map(|step| &*step.text)
                .filter(|text| text.chars().count() > 90),
        );
        long.extend(Some(&*prompt.title).filter(|title| title.chars().count() > 32));
        long.into_iter().map(str::to_owned).collect()
    });
    assert_eq!(too_long, [""; 0]);
    let too_many = wrong(&library, |prompt| {
        let steps: u32 = prompt.steps.iter().map(|step| step.seconds).sum();
        let mut said = vec![];
        said.extend((prompt.variants.len() > 3).then(|| "over three variants".to_owned()));
        said.extend((steps > 90).then(|| format!("{steps} seconds")));
        said
    });
    assert_eq!(too_many, [""; 0]);
}

#[test]
fn sentences_are_few_and_short() {
    let library = Library::shipped();
    let sentences = |text: &str| -> Vec<usize> {
        let parts = text.split(['.', '?', '…']).map(|part| {
            let is_word = |word: &&str| word.chars().any(char::is_alphanumeric);
            part.split_whitespace().filter(is_word).count()
        });
        parts.filter(|words| *words > 0).collect()
    };
    assert_eq!(sentences("One 'two' three. Four? Five - six."), [3, 1, 2]);
    let long = texts_that(&library, |text| {
        let sentences = sentences(text);
        sentences.len() > 3 || sentences.iter().any(|words| *words > 16)
    });
    assert_eq!(long, [""; 0]);
}

#[test]
fn nothing_shouts() {
    let library = Library::shipped();
    assert_eq!(texts_that(&library, |text| text.contains('!')), [""; 0]);
    let titles: Vec<_> = library
        .prompts()
        .filter(|prompt| prompt.title.contains('!'))
        .collect();
    assert_eq!(titles, Vec::<&Prompt>::new());
}

#[test]
fn follow_ups_and_evidence_exist() {
    let library = Library::shipped();
    let lost = wrong(&library, |prompt| {
        let evidence = &library.collection(prompt.collection()).unwrap().evidence;
        let follow_up = prompt
            .follow_up
            .iter()
            .filter(|id| library.prompt(id).is_none());
        let missing = prompt
            .evidence
            .iter()
            .filter(|index| **index >= evidence.len());
        follow_up
            .cloned()
            .chain(missing.map(ToString::to_string))
            .collect()
    });
    assert_eq!(lost, [""; 0]);
    // Naming a feeling gets in the way of what these two ask for.
    let chained = library
        .prompts()
        .filter(|prompt| prompt.collection() == "name-it")
        .filter(|prompt| {
            let to = prompt.follow_up.as_deref().unwrap_or_default();
            to.starts_with("thought-check/") || to.starts_with("stay-with-it/")
        });
    assert_eq!(chained.count(), 0);
}

#[test]
fn collections_hold_the_kinds_they_promise() {
    use Kind::{Affirmation, CheckIn, Practice, Question};
    let promised: &[(&str, &[Kind])] = &[
        ("kind-words", &[Affirmation, Question, Practice]),
        ("common-ground", &[Affirmation, Question, Practice]),
        ("noticing", &[Affirmation, Practice]),
        ("name-it", &[Question, Practice, CheckIn]),
        ("other-side", &[Question]),
        ("thought-check", &[Question, Practice]),
        ("old-maps", &[Question]),
        ("reach-respond", &[Question, Practice]),
        ("secure-base", &[Question, Practice]),
        ("old-beliefs", &[Question]),
        ("body-first", &[Practice]),
        ("stay-with-it", &[Practice]),
        ("steady-ground", &[Practice]),
        ("say-it", &[Question, Practice]),
        ("small-openings", &[Practice]),
        ("two-of-us", &[Question]),
        ("after-hurt", &[Affirmation, Question]),
        ("family-threads", &[Question]),
        ("learned-rules", &[Affirmation, Question]),
        ("walls", &[Affirmation, Question]),
        ("support-web", &[Question, Practice]),
        ("reflect", &[Question, CheckIn]),
        ("small-wins", &[Affirmation, Question]),
        ("finding-help", &[Question]),
        ("what-matters", &[Question, Practice]),
    ];
    let library = Library::shipped();
    let held: Vec<(&str, BTreeSet<Kind>)> = library
        .collections()
        .iter()
        .map(|one| {
            let kinds = one.prompts.iter().map(|prompt| prompt.kind);
            (one.id.as_str(), kinds.collect())
        })
        .collect();
    let promised: Vec<_> = promised
        .iter()
        .map(|(id, kinds)| (*id, kinds.iter().copied().collect()))
        .collect();
    assert_eq!(held, promised);

    let stepped_or_too_much = library
        .prompts()
        .filter(|prompt| prompt.kind == CheckIn)
        .filter(|prompt| !prompt.steps.is_empty() || prompt.suits(LastState::TooMuch));
    assert_eq!(stepped_or_too_much.count(), 0);
}

#[test]
fn what_suggests_turning_to_somebody_says_when() {
    let library = Library::shipped();
    let says_when = |prompt: &Prompt| {
        texts(prompt)
            .iter()
            .any(|text| text.to_lowercase().contains(IF_IT_FEELS_SAFE))
    };
    let silent = wrong(&library, |prompt| {
        let suggests = ["say-it", "small-openings"].contains(&prompt.collection())
            && prompt.kind == Kind::Practice;
        let silent = suggests && !says_when(prompt);
        silent
            .then(|| prompt.text.to_string())
            .into_iter()
            .collect()
    });
    assert_eq!(silent, [""; 0]);
    let couple = library.collection("two-of-us").unwrap();
    let notice = couple.opt_in_notice.as_deref().unwrap();
    assert!(notice.contains(IF_IT_FEELS_SAFE), "{notice}");
}

#[test]
fn after_too_much_there_is_enough_to_turn_to() {
    let library = Library::shipped();
    let steady = &library.collection("steady-ground").unwrap().prompts;
    let for_then: Vec<_> = steady
        .iter()
        .filter(|prompt| prompt.suits(LastState::TooMuch))
        .collect();
    assert!(for_then.len() >= 12, "{}", for_then.len());
    assert!(
        for_then
            .iter()
            .all(|prompt| prompt.intensity == Intensity::Gentle && !prompt.private)
    );
    let elsewhere = library
        .prompts()
        .filter(|prompt| prompt.suits(LastState::TooMuch));
    assert!(
        elsewhere
            .filter(|prompt| prompt.collection() != "steady-ground")
            .count()
            == 0
    );
}

#[test]
fn most_is_gentle_and_the_deep_is_opted_into() {
    let library = Library::shipped();
    let off: BTreeSet<&str> = library
        .collections()
        .iter()
        .filter(|one| !one.enabled)
        .map(|one| one.id.as_str())
        .collect();
    assert_eq!(off, BTreeSet::from(OPT_IN));
    let unsteady = wrong(&library, |prompt| {
        let to = prompt.follow_up.clone().unwrap_or_default();
        let steady = prompt.intensity != Intensity::Deep || to.starts_with("steady-ground/");
        (!steady).then_some(to).into_iter().collect()
    });
    assert_eq!(unsteady, [""; 0]);
    let count = |intensity| {
        library
            .prompts()
            .filter(|prompt| prompt.intensity == intensity)
            .count()
    };
    let all = library.prompts().count();
    assert!(count(Intensity::Gentle) * 100 >= all * 60);
    assert!(count(Intensity::Deep) * 100 <= all * 10);
    for collection in library.collections() {
        let deepest = collection
            .prompts
            .iter()
            .map(|prompt| prompt.intensity)
            .max();
        assert!(deepest <= Some(collection.ceiling), "{}", collection.id);
        assert!(
            !collection.enabled || deepest < Some(Intensity::Deep),
            "{}",
            collection.id
        );
    }
}

/// A text is copied only where the file spells it with escapes.
#[test]
fn texts_are_borrowed_from_the_program() {
    let library = Library::shipped();
    let mut borrowed = 0;
    let mut copied = Vec::new();
    for collection in library.collections() {
        let file = format!(
            "{}/affirmations/{}.toml",
            env!("CARGO_MANIFEST_DIR"),
            collection.id
        );
        let file = std::fs::read_to_string(file).unwrap();
        for prompt in &collection.prompts {
            let steps = prompt.steps.iter().map(|step| &step.text);
            let texts = [&prompt.title, &prompt.text].into_iter();
            let texts = texts.chain(&prompt.variants).chain(&prompt.alt);
            for text in texts.chain(&prompt.tags).chain(steps) {
                match text {
                    Cow::Borrowed(_) => borrowed += 1,
                    Cow::Owned(text) if file.contains(&format!("\"{text}\"")) => {
                        copied.push(format!("{}: {text}", prompt.id));
                    }
                    Cow::Owned(_) => {}
                }
            }
        }
    }
    assert_eq!(copied, [""; 0]);
    // Each prompt has a title and a text at least.
    assert!(borrowed >= 2 * library.prompts().count(), "{borrowed}");
}
