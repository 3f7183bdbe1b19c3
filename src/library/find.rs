//! Finding collections and prompts by name and by words.

use std::collections::BTreeSet;

use super::{Collection, Library, Prompt};
use crate::source::did_you_mean;

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Found<'a> {
    /// A collection, named by its id.
    Collection(&'a Collection),
    /// A prompt, named by its full id, or by the part after the `/` where only one prompt has it.
    Prompt(&'a Prompt),
}

/// No collection or prompt has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no collection or prompt \"{name}\"")]
pub struct NotFound {
    /// The name as given.
    pub name: String,
    /// The next step.
    pub hint: String,
}

impl Library {
    /// The collection or prompt called `name`.
    ///
    /// # Errors
    /// Nothing is called that; the hint names what is near.
    pub fn find(&self, name: &str) -> Result<Found<'_>, NotFound> {
        if let Some(collection) = self.collection(name) {
            return Ok(Found::Collection(collection));
        }
        if let Some(prompt) = self.prompt(name) {
            return Ok(Found::Prompt(prompt));
        }
        let same_slug: Vec<_> = self
            .prompts()
            .filter(|prompt| prompt.slug() == name)
            .collect();
        if let [prompt] = same_slug[..] {
            return Ok(Found::Prompt(prompt));
        }
        let within = name.split_once('/');
        let within = within.and_then(|(id, slug)| Some((self.collection(id)?, slug)));
        let hint = match within {
            Some((collection, slug)) => nearest_in(collection, slug),
            None if same_slug.is_empty() => self.nearest(name),
            None => {
                let ids: Vec<_> = same_slug.iter().map(|prompt| prompt.id.as_str()).collect();
                format!("which one: {}?", ids.join(", "))
            }
        };
        Err(NotFound {
            name: name.to_owned(),
            hint,
        })
    }

    fn nearest(&self, name: &str) -> String {
        let collections = self
            .collections()
            .iter()
            .map(|collection| collection.id.as_str());
        let prompts = self
            .prompts()
            .flat_map(|prompt| [prompt.id.as_str(), prompt.slug()]);
        match did_you_mean(name, collections.chain(prompts)) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => "`attuned library list` shows all".to_owned(),
        }
    }

    /// The prompts that contain every one of `words`, in any case, in the library's order; all of them for no words.
    ///
    /// Looked through are a prompt's title, text, variants, tags and id, and its collection's title.
    #[must_use]
    pub fn search(&self, words: &str) -> Vec<&Prompt> {
        let words = words.to_lowercase();
        let words: Vec<&str> = words.split_whitespace().collect();
        let in_collection = |collection| matching(collection, &words);
        self.collections().iter().flat_map(in_collection).collect()
    }

    /// All tags of all prompts.
    #[must_use]
    pub fn tags(&self) -> BTreeSet<&str> {
        let tags = self.prompts().flat_map(|prompt| &prompt.tags);
        tags.map(AsRef::as_ref).collect()
    }
}

/// The prompt of this collection whose slug is near.
fn nearest_in(collection: &Collection, slug: &str) -> String {
    let slugs = collection.prompts.iter().map(Prompt::slug);
    match did_you_mean(slug, slugs) {
        Some(near) => format!("did you mean \"{}/{near}\"?", collection.id),
        None => format!("see what it has: attuned library show {}", collection.id),
    }
}

fn matching<'a>(collection: &'a Collection, words: &[&str]) -> Vec<&'a Prompt> {
    let contains_all = |prompt: &&Prompt| {
        let mut texts = vec![
            &*collection.title,
            &*prompt.id,
            &*prompt.title,
            &*prompt.text,
        ];
        texts.extend(prompt.variants.iter().map(AsRef::as_ref));
        texts.extend(prompt.tags.iter().map(AsRef::as_ref));
        // A character no word can hold keeps one text's end from running into the next text's start.
        let text = texts.join("\n").to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    collection.prompts.iter().filter(contains_all).collect()
}
