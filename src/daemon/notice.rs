//! From what the engine shows to a notification.

use std::time::Duration;

use jiff::SignedDuration;

use super::notifier;
use crate::engine::{Action, Notice};

/// The engine's notice in the notifier's terms.
pub(super) fn as_notification(notice: &Notice, sound: bool) -> notifier::Notice {
    notifier::Notice {
        key: notice.delivery,
        summary: notice.title.clone(),
        body: notice.body.clone(),
        buttons: buttons(notice),
        takes_words: notice.takes_words,
        without_buttons: notice.without_buttons.clone(),
        urgency: notifier::Urgency::Low,
        expires_in: as_std(notice.expires_in),
        silent: notice.quiet || !sound,
    }
}

/// The click on the body comes with the button that does the same, since not every server has both; with none it is the
/// least important.
fn buttons(notice: &Notice) -> Vec<notifier::Button> {
    let button = |key, action: Action| notifier::Button {
        action: key,
        label: action.label().into(),
    };
    let click = |action| button(notifier::DEFAULT_ACTION, action);
    let mut buttons = Vec::new();
    for action in &notice.actions {
        buttons.extend(notice.click.filter(|one| one == action).map(click));
        buttons.push(button(action.key(), *action));
    }
    let alone = notice.click.filter(|one| !notice.actions.contains(one));
    buttons.extend(alone.map(click));
    buttons
}

fn as_std(length: SignedDuration) -> Duration {
    Duration::try_from(length).unwrap_or_default()
}
