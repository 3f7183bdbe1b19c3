//! The settings of a simulated person.

use std::fmt::Write;
use std::sync::Arc;

use attuned::config::{self, Config};
use attuned::library::Library;
use attuned::schedule::SplitMix64;
use attuned::source::Source;

use super::pick;

/// Settings a person might have written.
pub fn random_config(dice: &mut SplitMix64, library: &Library) -> Arc<Config> {
    let mut text = String::new();
    if dice.below(2) == 0 {
        let hours = pick(
            dice,
            &[
                "\"08:00-20:00\"",
                "[\"08:00-12:00\", \"13:00-19:30\"]",
                "\"10:00-02:00\"",
            ],
        );
        write!(
            text,
            "[hours]\ndaily = {hours}\n{} = []\n",
            pick(dice, &["sun", "wed", "weekends"])
        )
        .unwrap();
    }
    if dice.below(2) == 0 {
        let gap = pick(dice, &["30 min", "90 min", "2 h"]);
        write!(text, "[pace]\ncap = {}\ngap = \"{gap}\"\n", dice.below(7)).unwrap();
    }
    if dice.below(3) == 0 {
        text.push_str("[library]\nceiling = \"deep\"\nenable = [\"old-beliefs\"]\n");
    }
    if dice.below(2) == 0 {
        let when = pick(
            dice,
            &[
                "mon 09:00-11:00",
                "fri 14:00 - mon 08:00",
                "24 December to 2 January",
            ],
        );
        let level = pick(dice, &["full", "light"]);
        write!(text, "[[pause]]\nwhen = \"{when}\"\nlevel = \"{level}\"\n").unwrap();
    }
    let whens = [
        "weekdays at 10:30",
        "3 times a day between 09:00 and 18:00, at least 90 minutes apart",
        "once a day between 22:00 and 01:00",
        "every 90 minutes between 09:00 and 17:30 on weekdays",
        "30 21 * * 1-5",
        "*/45 * * * *",
        "every 2 hours",
        "on the 1st and 15th at 9:00",
        "at 02:30 and 11:00",
    ];
    let wait = pick(dice, &["10 min", "30 min", "4 h"]);
    writeln!(text, "[busy]\nwait = \"{wait}\"").unwrap();
    for number in 0..=dice.below(4) {
        let when = pick(dice, &whens);
        let kind = pick(dice, &["check-in", "question", "practice"]);
        let only = pick(
            dice,
            &[
                "",
                "",
                "",
                "collections = [\"thought-check\", \"stay-with-it\"]\n",
            ],
        );
        let missed = pick(dice, &["once", "skip"]);
        let jitter = pick(dice, &["", "jitter = \"20 min\"\n"]);
        write!(
            text,
            "[[reminder]]\nname = \"r{number}\"\nwhen = \"{when}\"\nkind = \"{kind}\"\nmissed = \"{missed}\"\n{jitter}{only}"
        )
        .unwrap();
    }
    config_of(text, library)
}

/// The settings in `text`.
pub fn config_of(text: String, library: &Library) -> Arc<Config> {
    let layers = [Source::new("config.toml", text)];
    match config::load(&layers, library) {
        Ok((config, _)) => Arc::new(config),
        Err(errors) => panic!(
            "{}",
            errors
                .iter()
                .map(|one| one.render(false))
                .collect::<String>()
        ),
    }
}
