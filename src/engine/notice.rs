//! A delivery as a notification: title, text, buttons.

use super::event::{Action, Notice};
use super::record::Trigger;
use super::state::Delivery;
use crate::config::{Config, Support};
use crate::library::Kind;

/// What a private prompt shows before the click.
const HIDDEN: &str = "For you, when nobody looks over your shoulder.";

/// Follows a practice that answers "Too much".
const SUPPORT: &str = "For people to turn to: attuned support";

impl Delivery {
    /// The buttons it has now, the most important first; three at most, since servers show no more.
    #[must_use]
    pub fn actions(&self) -> Vec<Action> {
        let Some(card) = self.card() else {
            return Vec::new();
        };
        if card.private {
            return vec![Action::Open, Action::Later, Action::PauseToday];
        }
        match (card.kind, &self.record.trigger) {
            (_, Trigger::HowOften) => vec![Action::Fewer, Action::PauseWeek, Action::Keep],
            (Kind::CheckIn, _) => vec![Action::Okay, Action::Hard, Action::TooMuch],
            _ if card.prompt.is_none() => vec![Action::Later, Action::PauseToday],
            _ => vec![Action::Another, Action::Later, Action::PauseToday],
        }
    }
}

/// The notification that shows this delivery; none while nothing has been chosen for it.
pub(super) fn notice(delivery: &Delivery, config: &Config) -> Option<Notice> {
    let card = delivery.card()?;
    let body = match (&delivery.record.trigger, card.private) {
        (Trigger::FollowUp { .. }, true) => format!("{HIDDEN}\n{SUPPORT}"),
        (_, true) => HIDDEN.to_owned(),
        (Trigger::FollowUp { .. }, false) => {
            format!("{}\n{}{SUPPORT}", card.text, own_line(&config.support))
        }
        (_, false) => card.text.clone(),
    };
    Some(Notice {
        delivery: delivery.record.id,
        title: card.title.clone(),
        body,
        actions: delivery.actions(),
        quiet: delivery.quiet,
        expires_in: config.pace.expiry,
    })
}

/// The first of the person's own lines, on a line of its own.
fn own_line(support: &Support) -> String {
    let first = support.lines.first();
    first.map_or(String::new(), |line| {
        let hours = line.hours.as_ref();
        let hours = hours.map_or(String::new(), |hours| format!(" ({hours})"));
        format!("{}: {}{hours}\n", line.name, line.number)
    })
}
