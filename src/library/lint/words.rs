//! The words of a file's texts, each looked at once however often it is used.

use std::ops::Range;

use foldhash::HashMap;

use super::readability;

/// A word that a file uses.
#[derive(Debug)]
pub(super) struct Word {
    /// In lower case.
    pub(super) lower: String,
    pub(super) syllables: u32,
}

/// A file's words, and its texts as their numbers.
#[derive(Debug, Default)]
pub(super) struct Words {
    numbers: HashMap<String, u32>,
    distinct: Vec<Word>,
    running: Vec<u32>,
}

impl Words {
    /// Adds a text, and tells where its words stand among those of all texts.
    pub(super) fn take(&mut self, text: &str) -> Range<usize> {
        let start = self.running.len();
        for word in readability::words(text) {
            let number = self.number(word);
            self.running.push(number);
        }
        start..self.running.len()
    }

    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = u32::try_from(self.distinct.len()).expect("no file has so many words");
        self.numbers.insert(word.to_owned(), number);
        self.distinct.push(Word {
            lower: word.to_lowercase(),
            syllables: readability::syllables(word),
        });
        number
    }

    /// Each word that is used, by its number.
    pub(super) fn distinct(&self) -> &[Word] {
        &self.distinct
    }

    /// The numbers of a text's words.
    pub(super) fn numbers(&self, text: &Range<usize>) -> &[u32] {
        &self.running[text.clone()]
    }

    /// A text's words.
    pub(super) fn of(&self, text: &Range<usize>) -> impl ExactSizeIterator<Item = &Word> {
        let numbers = self.numbers(text).iter();
        numbers.map(|number| &self.distinct[*number as usize])
    }
}
