//! The collections that come with attuned, embedded.

macro_rules! embed {
    ($($id:literal)+) => {
        &[$((
            concat!("affirmations/", $id, ".toml"),
            include_str!(concat!("../../affirmations/", $id, ".toml")),
        )),+]
    };
}

/// Whether a shipped file is a translation: `NAME.LANG.toml`, beside the collection `NAME.toml`.
pub(super) fn is_translation(name: &str) -> bool {
    name.trim_end_matches(".toml").contains('.')
}

/// Each shipped file's name and text, in the order people see them; a new file is one more line.
pub(super) const FILES: &[(&str, &str)] = embed! {
    "kind-words"
    "common-ground"
    "noticing"
    "name-it"
    "other-side"
    "thought-check"
    "old-maps"
    "reach-respond"
    "secure-base"
    "old-beliefs"
    "body-first"
    "stay-with-it"
    "steady-ground"
    "say-it"
    "small-openings"
    "two-of-us"
    "after-hurt"
    "family-threads"
    "learned-rules"
    "walls"
    "support-web"
    "reflect"
    "small-wins"
    "finding-help"
    "what-matters"
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_translation_is_told_by_its_name() {
        assert!(is_translation("affirmations/kind-words.pt-BR.toml"));
        assert!(!is_translation("affirmations/kind-words.toml"));
    }
}
