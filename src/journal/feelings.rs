//! Words for how somebody is: our own list, chosen one by one from common English, six for each place off the middle of
//! the grid of pleasantness and energy, so that no quarter has more words than another.

use super::Scale;

/// A place on the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// From unpleasant to pleasant.
    pub pleasant: Scale,
    /// From little energy to a lot.
    pub energy: Scale,
}

/// A word, and where it stands on the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feeling {
    /// The word.
    pub word: &'static str,
    /// Its place; none where it says that there is no telling.
    pub place: Option<Place>,
}

/// What fits where nothing on the grid does.
pub const ELSEWHERE: [&str; 3] = ["numb", "mixed", "not sure"];

/// Pleasantness, energy, and the words there; the clearest of a place first.
#[rustfmt::skip]
const TABLE: [(i8, i8, [&str; 6]); 16] = [
    (-1, 1, ["tense", "restless", "irritable", "impatient", "uneasy", "on edge"]),
    (-1, 2, ["rushed", "wound up", "flustered", "frantic", "jumpy", "wired"]),
    (-2, 1, ["worried", "hurt", "ashamed", "jealous", "resentful", "bitter"]),
    (-2, 2, ["angry", "afraid", "overwhelmed", "panicky", "furious", "desperate"]),
    (-1, -1, ["disappointed", "bored", "discouraged", "wistful", "doubtful", "flat"]),
    (-1, -2, ["tired", "drained", "sluggish", "foggy", "weary", "dull"]),
    (-2, -1, ["sad", "lonely", "guilty", "let down", "homesick", "unwanted"]),
    (-2, -2, ["hopeless", "empty", "heartbroken", "defeated", "worn out", "crushed"]),
    (1, -1, ["calm", "settled", "comfortable", "thoughtful", "unhurried", "mellow"]),
    (1, -2, ["rested", "quiet", "sleepy", "cosy", "soothed", "slow"]),
    (2, -1, ["content", "grateful", "touched", "safe", "tender", "trusting"]),
    (2, -2, ["peaceful", "at ease", "relieved", "carefree", "serene", "blissful"]),
    (1, 1, ["interested", "hopeful", "curious", "awake", "playful", "willing"]),
    (1, 2, ["lively", "eager", "determined", "keen", "bold", "giddy"]),
    (2, 1, ["happy", "glad", "proud", "loved", "cheerful", "confident"]),
    (2, 2, ["excited", "delighted", "inspired", "thrilled", "overjoyed", "elated"]),
];

impl Place {
    /// The middle of the grid.
    pub const MIDDLE: Self = Self {
        pleasant: Scale::ALL[2],
        energy: Scale::ALL[2],
    };

    /// The square of how far apart two places are.
    #[must_use]
    pub fn distance(self, other: Self) -> u32 {
        let apart = |one: Scale, two: Scale| u32::from(one.value().abs_diff(two.value()));
        apart(self.pleasant, other.pleasant).pow(2) + apart(self.energy, other.energy).pow(2)
    }
}

/// All words, those without a place first.
pub fn feelings() -> impl Iterator<Item = Feeling> {
    let elsewhere = ELSEWHERE.iter().map(|word| Feeling { word, place: None });
    let placed = TABLE.iter().flat_map(|(pleasant, energy, words)| {
        let scale = |value: i8| Scale::try_from(value).ok();
        let place = scale(*pleasant).zip(scale(*energy));
        let place = place.map(|(pleasant, energy)| Place { pleasant, energy });
        words.iter().map(move |word| Feeling { word, place })
    });
    elsewhere.chain(placed)
}

/// All words, the nearest to `place` first; those without a place come before, as they may fit wherever one is. Of places
/// equally near, each has its clearest word first: in the middle of the grid no side comes before another.
#[must_use]
pub fn near(place: Place) -> Vec<Feeling> {
    let ranks = std::iter::repeat_n(0, ELSEWHERE.len()).chain((0..6).cycle());
    let mut all: Vec<(u32, Feeling)> = ranks.zip(feelings()).collect();
    all.sort_by_key(|(rank, one)| (one.place.map(|other| other.distance(place)), *rank));
    all.into_iter().map(|(_, one)| one).collect()
}

/// The word's place; none where it is not in the list, or has none.
#[must_use]
pub fn place_of(word: &str) -> Option<Place> {
    feelings().find(|one| one.word == word)?.place
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn place(pleasant: i8, energy: i8) -> Place {
        Place {
            pleasant: pleasant.try_into().unwrap(),
            energy: energy.try_into().unwrap(),
        }
    }

    #[test]
    fn there_are_24_words_for_each_quarter_and_three_more() {
        let quarter = |pleasant: bool, energy: bool| {
            let is_there = |place: &Place| {
                (place.pleasant.value() > 0) == pleasant && (place.energy.value() > 0) == energy
            };
            feelings()
                .filter_map(|one| one.place)
                .filter(is_there)
                .count()
        };
        for (pleasant, energy) in [(false, false), (false, true), (true, false), (true, true)] {
            assert_eq!(quarter(pleasant, energy), 24);
        }
        assert_eq!(feelings().filter(|one| one.place.is_none()).count(), 3);
        assert_eq!(feelings().count(), 99);
    }

    #[test]
    fn no_word_stands_twice_and_all_read_easily() {
        let words: BTreeSet<&str> = feelings().map(|one| one.word).collect();
        assert_eq!(words.len(), 99);
        for word in words {
            assert!(word.len() <= 12, "{word}");
            assert!(
                word.chars().all(|c| c.is_ascii_lowercase() || c == ' '),
                "{word}"
            );
        }
    }

    #[test]
    fn near_words_come_first() {
        let words = |place| near(place).iter().map(|one| one.word).collect::<Vec<_>>();
        let tense = words(place(-1, 1));
        assert_eq!(tense[..3], ELSEWHERE);
        assert_eq!(
            tense[3..9],
            [
                "tense",
                "restless",
                "irritable",
                "impatient",
                "uneasy",
                "on edge"
            ]
        );
        // One step off: more energy, or less pleasant.
        let step: BTreeSet<&str> = tense[9..21].iter().copied().collect();
        assert!(step.contains("rushed") && step.contains("worried"));
        // Farthest are the pleasant ones with the least energy: 3 steps right and 3 down.
        assert_eq!(tense[93..99], TABLE[11].2);
        let middle = words(Place::MIDDLE);
        assert_eq!(middle.len(), 99);
        assert_eq!(
            middle[3..7],
            ["tense", "disappointed", "calm", "interested"]
        );
    }

    #[test]
    fn distance_is_the_straight_line_squared() {
        assert_eq!(place(-1, 1).distance(place(-1, 1)), 0);
        assert_eq!(place(-2, -2).distance(place(2, 1)), 25);
        assert_eq!(place(2, 1).distance(place(-2, -2)), 25);
    }

    #[test]
    fn a_word_has_its_place() {
        assert_eq!(place_of("worried"), Some(place(-2, 1)));
        assert_eq!(place_of("numb"), None);
        assert_eq!(place_of("wibbly"), None);
    }
}
