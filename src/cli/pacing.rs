//! What is in force beside the settings, in words: after "Too much", and where prompts come less often.

use jiff::Timestamp;

use crate::engine::{Overwhelm, Rate};
use crate::library::Intensity;

/// Each thing that is in force, until when, and how to change it; times as `say` says them.
#[must_use]
pub fn in_words(
    overwhelm: Option<Overwhelm>,
    rate: Option<Rate>,
    say: impl Fn(Timestamp) -> String,
) -> Vec<String> {
    let stage = overwhelm.map(|stage| {
        let holds = stage_in_words(stage, say);
        format!("{holds}. It ends by itself; sooner: attuned steady")
    });
    let rate = rate.map(|rate| rate_in_words(rate).to_owned());
    stage.into_iter().chain(rate).collect()
}

/// "until tomorrow at 10:02 at most one gentle prompt by itself, and no check-in"
#[must_use]
pub fn stage_in_words(stage: Overwhelm, say: impl Fn(Timestamp) -> String) -> String {
    let until = say(stage.until());
    match stage {
        Overwhelm::Rest { .. } => format!(
            "until {until} at most one gentle prompt by itself, and no check-in; then gentle ones until {}",
            say(stage.end())
        ),
        Overwhelm::Ease { .. } => {
            let ceiling = match stage.ceiling() {
                Intensity::Gentle => "gentle prompts only",
                Intensity::Medium | Intensity::Deep => "no deep prompts",
            };
            format!("until {until} {ceiling}; two \"Okay\"s bring a little more back")
        }
    }
}

fn rate_in_words(rate: Rate) -> &'static str {
    match rate {
        Rate::Half => {
            "prompts at random times come every other time, as the last few went without an answer. Any answer brings \
             them back; so does attuned steady"
        }
        Rate::Weekly => {
            "prompts at random times come once a week, as the last ones went without an answer. Any answer brings them \
             back; so does attuned steady"
        }
        Rate::Fewer => {
            "prompts at random times come every other time, as you asked for fewer. To have them back: attuned steady"
        }
    }
}
