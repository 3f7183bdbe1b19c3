//! What attuned may say: collections of prompts, and which one comes next.
//!
//! Texts come in as [`Source`]s and leave as a [`Library`] ([`Library::load`]); [`choose()`] picks a prompt from it by a
//! [`Wish`] and what the [`Deck`] remembers. Nothing here reads a file, a clock or a random source.
//!
//! A person's file whose id is that of a shipped collection lies over it: a prompt with the same id replaces the shipped
//! one whole, other prompts are added after the shipped ones, and head keys given in the file replace the shipped ones.

mod choose;
mod collection;
mod deck;
mod draft;
mod find;
mod fit;
mod follow_ups;
mod freshness;
mod hand;
mod keys;
mod lately;
pub mod lint;
mod naming;
mod own_file;
mod plain_text;
mod preferences;
mod prompt;
mod read;
mod read_prompt;
mod reasons;
mod rules;
mod schema;
mod shipped;
mod showings;
mod sorts;
mod table;
mod template;
mod text;
mod threads;
mod translation;

pub use choose::{Choice, Selection, Wish, choose, choose_by_id};
pub use collection::{Collection, Evidence, Origin, Read, Strength};
pub use deck::Deck;
pub use find::{Found, NotFound};
pub use fit::favoured;
pub use freshness::{Freshness, Repeat, Run, Showing};
pub use naming::is_naming;
pub use own_file::{NotEditable, add_lines, of_lines, starter};
pub use plain_text::{LeftOut, Lines, title_flaw};
pub use preferences::{Change, Preferences, Weight};
pub use prompt::{Component, Energy, Intensity, Kind, LastState, Need, PartOfDay, Prompt, Step};
pub use reasons::{ChoiceReasons, Relaxed};
pub use rules::{By, Decided, HeldBack, Rules, Standing};
pub use schema::schema;
pub use template::template;
pub use text::{is_language, is_slug, slug_of};
pub use translation::{Translation, Words, fingerprint};

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::source::{Diagnostic, Findings, Source, Toml};
use draft::{Content, Draft, FollowUp};
use sorts::Sorts;

/// All collections, shipped and personal.
#[derive(Debug, Clone)]
pub struct Library {
    collections: Vec<Collection>,
    /// Each prompt's collection and place in it, by full id.
    by_id: HashMap<String, (usize, usize)>,
    sorts: Sorts,
}

impl Library {
    /// The shipped collections alone.
    #[must_use]
    pub fn shipped() -> Library {
        Library::load(&[]).0
    }

    /// The shipped library with a person's files over it, in the order given.
    ///
    /// Every finding is reported; what is wrong is left out and the rest works: a wrong prompt, a file that is not TOML,
    /// a file whose id another personal file has already.
    #[must_use]
    pub fn load(personal: &[Arc<Source>]) -> (Library, Vec<Diagnostic>) {
        let files = threads::each(personal, |source| {
            read::personal(source, Toml::of(&source.text))
        });
        Library::of(files, personal.len())
    }

    /// The same with other files `beside` those asked about, of which nothing is reported; and the files asked about as the
    /// lint looks at them: each is parsed once for all.
    #[must_use]
    pub fn load_with_sheets<'s>(
        asked: &'s [Arc<Source>],
        beside: &[Arc<Source>],
    ) -> (Library, Vec<Diagnostic>, lint::Sheets<'s>) {
        let read = threads::each(asked, |source| {
            let toml = Toml::of(&source.text);
            let sheet = lint::Sheet::of(source, toml.table());
            (read::personal(source, toml), sheet)
        });
        let (mut files, sheets): (Vec<_>, Vec<_>) = read.into_iter().unzip();
        files.extend(threads::each(beside, |source| {
            read::personal(source, Toml::of(&source.text))
        }));
        let (library, diagnostics) = Library::of(files, asked.len());
        (library, diagnostics, sheets.into_iter().flatten().collect())
    }

    /// The shipped library with these files over it, and what was found in so many of them.
    fn of(
        personal: Vec<(Option<Content>, Findings)>,
        reported: usize,
    ) -> (Library, Vec<Diagnostic>) {
        let mut shelf = Shelf::default();
        for (name, text) in shipped::FILES {
            let (content, findings) = read::shipped(name, text);
            shelf.add(content, findings);
        }
        for (content, findings) in personal {
            shelf.add(content, findings);
        }
        shelf.finish(shipped::FILES.len() + reported)
    }

    /// The same library for a person reading `language`: each prompt that is translated in its new words, every other
    /// one whole in its original ones. Ids and all else stay, so that what was hidden stays so.
    #[must_use]
    pub fn in_language(mut self, language: &str) -> Library {
        for collection in &mut self.collections {
            collection.put_into(language);
        }
        self
    }

    /// The collections, shipped ones first.
    #[must_use]
    pub fn collections(&self) -> &[Collection] {
        &self.collections
    }

    /// The collection with this id.
    #[must_use]
    pub fn collection(&self, id: &str) -> Option<&Collection> {
        self.collections
            .iter()
            .find(|collection| collection.id == id)
    }

    /// All prompts, collection by collection.
    pub fn prompts(&self) -> impl Iterator<Item = &Prompt> {
        self.collections
            .iter()
            .flat_map(|collection| &collection.prompts)
    }

    /// The prompt with this full id, such as `small-wins/a-bit-better`.
    #[must_use]
    pub fn prompt(&self, id: &str) -> Option<&Prompt> {
        let (collection, prompt) = self.place(id)?;
        Some(&self.collections[collection].prompts[prompt])
    }

    /// One prompt of each sort, with its collection.
    fn samples(&self) -> impl Iterator<Item = (&Collection, &Prompt)> {
        self.sorts.samples(&self.collections)
    }

    /// The sorts of a collection's prompts, in their order.
    fn sorts(&self, collection: usize) -> &[usize] {
        self.sorts.of_collection(collection)
    }

    /// The collection of the prompt with this full id, and its place there.
    fn place(&self, id: &str) -> Option<(usize, usize)> {
        self.by_id.get(id).copied()
    }
}

/// A library being put together.
#[derive(Default)]
struct Shelf {
    collections: Vec<Collection>,
    /// Where each collection stands.
    places: BTreeMap<String, usize>,
    /// Which personal file an id was taken by.
    personal: BTreeMap<String, String>,
    findings: Vec<Findings>,
    /// For each of `findings`, the follow-ups to check once everything is there.
    follow_ups: Vec<Vec<FollowUp>>,
    /// Translations, to be checked against what is there in the end, with the place of their findings.
    translations: Vec<(usize, translation::Draft)>,
}

impl Shelf {
    fn add(&mut self, content: Option<Content>, findings: Findings) {
        let follow_ups = match content {
            Some(Content::Collection(draft)) => self.place(*draft, &findings),
            Some(Content::Translation(draft)) => {
                self.translations.push((self.findings.len(), draft));
                None
            }
            None => None,
        };
        self.findings.push(findings);
        self.follow_ups.push(follow_ups.unwrap_or_default());
    }

    /// Puts a collection on the shelf, or over the shipped one of its id.
    fn place(&mut self, mut draft: Draft, findings: &Findings) -> Option<Vec<FollowUp>> {
        let id = draft.id.value.clone();
        if draft.origin == Origin::Personal {
            let name = findings.source().name.clone();
            if let Some(other) = self.personal.get(&id) {
                findings.error(
                    draft.id.span,
                    format!("the collection id \"{id}\" is taken by {other}"),
                    Some("give this file an `id` of its own; until then it is left out".into()),
                );
                return None;
            }
            self.personal.insert(id.clone(), name);
        }
        let follow_ups = std::mem::take(&mut draft.follow_ups);
        if let Some(&place) = self.places.get(&id) {
            draft.lay_over(&mut self.collections[place]);
        } else {
            draft.warn_if_empty(findings);
            self.places.insert(id, self.collections.len());
            self.collections.push(draft.into_collection());
        }
        Some(follow_ups)
    }

    /// The library, and what was found in the first so many files.
    fn finish(mut self, reported: usize) -> (Library, Vec<Diagnostic>) {
        self.place_translations();
        let mut library = Library {
            by_id: places(&self.collections),
            sorts: Sorts::of(&self.collections),
            collections: self.collections,
        };
        library.check_follow_ups(&self.follow_ups, &self.findings);
        let findings = self.findings.into_iter().take(reported);
        let diagnostics = findings.flat_map(Findings::into_diagnostics).collect();
        (library, diagnostics)
    }

    fn place_translations(&mut self) {
        let ids: Vec<String> = self.places.keys().cloned().collect();
        for (of, draft) in std::mem::take(&mut self.translations) {
            let place = self.places.get(&draft.of.value);
            let collection = place.map(|place| &mut self.collections[*place]);
            draft.place(collection, &ids, &self.findings[of]);
        }
    }
}

fn places(collections: &[Collection]) -> HashMap<String, (usize, usize)> {
    let collections = collections.iter().enumerate();
    let places = collections.flat_map(|(at, collection)| {
        let prompts = collection.prompts.iter().enumerate();
        prompts.map(move |(place, prompt)| (prompt.id.clone(), (at, place)))
    });
    places.collect()
}

#[cfg(test)]
mod tests;
