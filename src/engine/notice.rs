//! A delivery as a notification: title, text, buttons.

use jiff::SignedDuration;

use super::action::{Action, Flow};
use super::event::Notice;
use super::record::{Card, Trigger};
use super::state::{Delivery, Stage};
use crate::config::{Config, Support};
use crate::helplines::Helplines;
use crate::library::Kind;

/// What a private prompt shows before the click.
const HIDDEN: &str = "For you, when nobody looks over your shoulder.";

/// Follows a practice that answers "Too much".
const SUPPORT: &str = "For people to turn to: attuned support";

/// After "Hard".
const OFFER: &str = "Noted. One of these may help now; leaving it is fine too.";

/// After a practice's last step.
const PRACTICE_OVER: &str = "That was all of it. Carry on in your own time.";

/// A step is in sight a little longer than it lasts, so that the next one finds it there.
const STEP_OVERLAP: SignedDuration = SignedDuration::from_secs(5);

impl Delivery {
    /// The buttons it has now, the most important first; three at most, since servers show no more.
    #[must_use]
    pub fn actions(&self) -> Vec<Action> {
        let Some(card) = self.card() else {
            return Vec::new();
        };
        match self.stage {
            Stage::Asking => asking(card, &self.record.trigger),
            Stage::Offering { .. } => vec![Action::GroundMe, Action::NameIt],
            Stage::Practising { step } if step + 1 < card.steps.len() => {
                vec![Action::Next, Action::Stop]
            }
            Stage::Practising { step } if step < card.steps.len() => vec![Action::Done],
            Stage::Practising { .. } => Vec::new(),
        }
    }

    /// What a click on the notification itself does.
    pub(super) fn click(&self) -> Option<Action> {
        match self.stage {
            Stage::Asking if self.card()?.private => Some(Action::Show),
            Stage::Asking => self.flow().map(|_| Action::Open),
            Stage::Offering { .. } => Some(Action::NameIt),
            Stage::Practising { .. } => None,
        }
    }

    /// Where it goes on in a terminal, while its prompt waits for an answer.
    pub(super) fn flow(&self) -> Option<Flow> {
        let card = self.card().filter(|_| !self.is_answered())?;
        let delivery = self.record.id;
        match (card.kind, card.prompt.clone()) {
            (Kind::CheckIn, _) => Some(Flow::CheckIn { delivery }),
            (Kind::Question, Some(prompt)) => Some(Flow::Write { prompt }),
            (Kind::Practice, Some(prompt)) => Some(Flow::Practice { prompt }),
            _ => None,
        }
    }

    /// How to answer where there are no buttons.
    fn without_buttons(&self) -> Option<String> {
        if self.card()?.private {
            return Some("Read it with: attuned last".into());
        }
        let flow = self.flow()?;
        Some(match flow {
            Flow::CheckIn { .. } | Flow::Amend { .. } => format!("Answer with: {flow}"),
            Flow::Write { .. } => format!("Write with: {flow}"),
            Flow::Practice { .. } => format!("Go through it with: {flow}"),
        })
    }

    fn title(&self, card: &Card) -> String {
        match self.stage {
            Stage::Practising { step } if step < card.steps.len() => {
                format!("{} ({} of {})", card.title, step + 1, card.steps.len())
            }
            _ => card.title.clone(),
        }
    }

    fn body(&self, card: &Card, support: &Support) -> String {
        let follows = matches!(self.record.trigger, Trigger::FollowUp { .. });
        let text = match self.stage {
            Stage::Asking if card.private => HIDDEN,
            Stage::Asking => &*card.text,
            Stage::Offering { .. } => return OFFER.to_owned(),
            Stage::Practising { step } => match card.steps.get(step) {
                Some(step) => return step.text.to_string(),
                None => PRACTICE_OVER,
            },
        };
        if !follows {
            return text.to_owned();
        }
        let line = if card.private {
            String::new()
        } else {
            first_line(support)
        };
        format!("{text}\n{line}{SUPPORT}")
    }
}

fn asking(card: &Card, trigger: &Trigger) -> Vec<Action> {
    let first = match card.kind {
        _ if *trigger == Trigger::HowOften => {
            return vec![Action::Fewer, Action::PauseWeek, Action::Keep];
        }
        _ if card.private => Some(Action::Show),
        Kind::CheckIn => return vec![Action::Okay, Action::Hard, Action::TooMuch],
        Kind::Practice if !card.steps.is_empty() => Some(Action::Begin),
        _ => card.prompt.as_ref().map(|_| Action::Another),
    };
    let rest = [Action::Later, Action::PauseToday];
    first.into_iter().chain(rest).collect()
}

/// The notification that shows this delivery; none while nothing has been chosen for it.
pub(super) fn notice(delivery: &Delivery, config: &Config) -> Option<Notice> {
    let card = delivery.card()?;
    let stays = delivery.stays(config.pace.expiry);
    Some(Notice {
        delivery: delivery.record.id,
        title: delivery.title(card),
        body: delivery.body(card, &config.support),
        actions: delivery.actions(),
        click: delivery.click(),
        takes_words: delivery.takes_words(),
        without_buttons: delivery.without_buttons(),
        quiet: delivery.quiet,
        expires_in: match delivery.stage {
            Stage::Practising { .. } => stays + STEP_OVERLAP,
            Stage::Asking | Stage::Offering { .. } => stays,
        },
    })
}

/// The first of the person's own lines, else the first of their country; on a line of its own.
fn first_line(support: &Support) -> String {
    let said = |name: &str, number: &str, hours: Option<&str>| {
        let hours = hours.map_or(String::new(), |hours| format!(" ({hours})"));
        format!("{name}: {number}{hours}\n")
    };
    if let Some(own) = support.lines.first() {
        return said(&own.name, &own.number, own.hours.as_deref());
    }
    let helplines = Helplines::shipped();
    let entry = support.here.and_then(|country| helplines.of(country));
    let line = entry.and_then(|entry| entry.lines.first());
    line.map_or(String::new(), |line| {
        said(&line.name, &line.numbers.join(", "), Some(&line.hours))
    })
}
