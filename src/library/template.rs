//! What a translator starts from, or goes on from: a file with every prompt of a collection.

use std::fmt::Write;

use toml_edit::Value;

use super::{Collection, Prompt, Words, fingerprint};

/// The translation of a collection into a language, as far as it has come.
///
/// Prompts that are not translated stand in comments with their original words, so that the file works as it is: one is
/// translated once its "#" are gone. Those whose originals have changed since stand as they were, with the original of
/// today above.
#[must_use]
pub fn template(collection: &Collection, lang: &str) -> String {
    let mut text = format!(
        "# {} ({}) in {lang}. Take the \"# \" from a prompt, write your words over the\n\
         # original ones, and leave `id`, `source` and the seconds as they are.\n\
         # A prompt that is not translated comes in its original words.\n\
         translates = {}\nlang = {}\n",
        collection.title,
        collection.id,
        quoted(&collection.id),
        quoted(lang),
    );
    let translations = || {
        collection
            .translations
            .iter()
            .filter(|one| one.lang == lang)
            .rev()
    };
    for prompt in &collection.prompts {
        let is_this = |words: &&Words| words.id == prompt.id;
        let current = translations().find_map(|one| one.current.iter().find(is_this));
        let stale = translations().find_map(|one| one.stale.iter().find(is_this));
        text.push('\n');
        match (current, stale) {
            (Some(words), _) => text += &of_words(words),
            (None, Some(words)) => {
                text += "# The original has changed. It is now:\n";
                text += &commented(&of_prompt(prompt));
                text.push('\n');
                text += &of_words(words);
            }
            (None, None) => text += &commented(&of_prompt(prompt)),
        }
    }
    text
}

fn of_prompt(prompt: &Prompt) -> String {
    of_words(&Words {
        id: prompt.id.clone(),
        made_from: fingerprint(prompt),
        title: prompt.title.clone(),
        text: prompt.text.clone(),
        variants: prompt.variants.clone(),
        alt: prompt.alt.clone(),
        steps: prompt.steps.clone(),
    })
}

fn of_words(words: &Words) -> String {
    let mut text = String::from("[[prompt]]\n");
    let slug = words.id.rsplit('/').next().unwrap_or_default();
    let mut line = |key: &str, value: &str| {
        // Text takes any text.
        let _ = writeln!(text, "{key} = {value}");
    };
    line("id", &quoted(slug));
    line("source", &quoted(&words.made_from));
    line("title", &quoted(&words.title));
    line("text", &quoted(&words.text));
    let list = |items: Vec<String>| format!("[\n  {},\n]", items.join(",\n  "));
    if !words.variants.is_empty() {
        let variants = words.variants.iter().map(|one| quoted(one));
        line("variants", &list(variants.collect()));
    }
    if let Some(alt) = &words.alt {
        line("alt", &quoted(alt));
    }
    if !words.steps.is_empty() {
        let steps = words.steps.iter().map(|step| {
            format!(
                "{{ text = {}, seconds = {} }}",
                quoted(&step.text),
                step.seconds
            )
        });
        line("steps", &list(steps.collect()));
    }
    text
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

fn commented(text: &str) -> String {
    text.lines().fold(String::new(), |commented, line| {
        commented + "# " + line + "\n"
    })
}
