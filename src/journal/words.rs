//! A person's own words, made alike for searching.

use unicode_normalization::UnicodeNormalization;

use super::{Content, Entry};

/// The text as a search compares it: whatever its letters' case, and however they and the spaces between are written.
#[must_use]
pub fn fold(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let words = words.join(" ");
    // By way of capitals, where "ß" meets "ss" and both kinds of "σ" are one.
    let alike = words.nfkd().flat_map(char::to_uppercase);
    alike.flat_map(char::to_lowercase).nfkd().collect()
}

impl Entry {
    /// All that the person said in words, written or chosen, [folded](fold); none where they used none.
    #[must_use]
    pub fn folded_words(&self) -> Option<String> {
        let chosen: Vec<&str> = match &self.content {
            Content::CheckIn(said) => [&said.words, &said.body, &said.context, &said.need]
                .into_iter()
                .flatten()
                .map(String::as_str)
                .collect(),
            Content::Note { .. } | Content::Win { .. } => Vec::new(),
        };
        let all = self.content.note().into_iter().chain(chosen);
        let all: Vec<String> = all.map(fold).collect();
        (!all.is_empty()).then(|| all.join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_however_they_are_written() {
        for (written, sought) in [
            ("Straße", "STRASSE"),
            ("ΟΔΟΣ", "οδος"),
            ("Caf\u{e9}", "cafe\u{301}"),
            ("a walk\n  at noon", "A walk at  noon"),
            ("ﬁne", "FINE"),
            ("Ｗｉｄｅ", "wide"),
        ] {
            assert_eq!(fold(written), fold(sought), "{written}");
        }
        assert_ne!(fold("cafe"), fold("café"), "an accent is a letter's own");
    }
}
