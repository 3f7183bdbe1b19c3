//! A locked screen, or a session that is not the one on it.
//!
//! logind knows, and so does the desktop's screen saver; not every desktop tells logind, and not every machine has it.
//! Either of them counts.

use std::convert::Infallible;

use tokio::sync::watch;

use super::{Failure, Teller, Waits};
use crate::engine::Reading;

mod logind;
mod screen_saver;

/// What one of the two says; none until it has looked.
type View = watch::Sender<Option<Reading>>;

/// Tells whether the person is kept from the screen.
pub(super) async fn run(teller: &mut Teller) -> Result<Infallible, Failure> {
    let (logind, mut by_logind) = watch::channel(None);
    let (saver, mut by_saver) = watch::channel(None);
    let waits = || teller.waits();
    let telling = async {
        loop {
            let readings = (
                by_logind.borrow_and_update().clone(),
                by_saver.borrow_and_update().clone(),
            );
            if let Some(reading) = either(readings.0, readings.1) {
                teller.tell(reading);
            }
            // Whoever sees goes on for as long as this does.
            let _ = tokio::select! {
                changed = by_logind.changed() => changed,
                changed = by_saver.changed() => changed,
            };
        }
    };
    tokio::select! {
        never = keep(&logind, waits(), logind::follow) => match never {},
        never = keep(&saver, waits(), screen_saver::follow) => match never {},
        never = telling => never,
    }
}

/// Follows one of the two, and again after it failed.
async fn keep(
    view: &View,
    mut waits: Waits,
    follow: impl AsyncFn(&View) -> Result<Infallible, Failure>,
) -> Infallible {
    loop {
        let Err(why) = follow(view).await;
        view.send_replace(Some(Reading::Unknown { why }));
        waits.rest().await;
    }
}

/// Busy by either, free by either, or else unknown by both.
fn either(logind: Option<Reading>, saver: Option<Reading>) -> Option<Reading> {
    use Reading::{Busy, Free, Unknown};

    let (one, other) = match (logind, saver) {
        (Some(one), Some(other)) => (one, other),
        (one, other) => return one.or(other),
    };
    Some(match (one, other) {
        (busy @ Busy { .. }, _) | (_, busy @ Busy { .. }) => busy,
        (Unknown { why }, Unknown { why: as_well }) => Unknown {
            why: format!("{why}; {as_well}"),
        },
        _ => Free,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn busy(what: Option<&str>) -> Reading {
        Reading::Busy {
            until: None,
            what: what.map(str::to_owned),
        }
    }

    fn unknown(why: &str) -> Reading {
        Reading::Unknown { why: why.into() }
    }

    #[test]
    fn either_of_the_two_counts() {
        let (locked, elsewhere) = (busy(None), busy(Some("elsewhere")));
        for (logind, saver, expected) in [
            (Some(Reading::Free), Some(locked.clone()), locked.clone()),
            (
                Some(elsewhere.clone()),
                Some(Reading::Free),
                elsewhere.clone(),
            ),
            (Some(unknown("no")), Some(locked.clone()), locked.clone()),
            (Some(elsewhere.clone()), Some(locked.clone()), elsewhere),
            (Some(locked.clone()), None, locked),
            (Some(Reading::Free), Some(unknown("no")), Reading::Free),
            (Some(unknown("no")), Some(Reading::Free), Reading::Free),
            (Some(Reading::Free), Some(Reading::Free), Reading::Free),
            (
                Some(unknown("no logind")),
                Some(unknown("no saver")),
                unknown("no logind; no saver"),
            ),
            (None, Some(unknown("no")), unknown("no")),
        ] {
            assert_eq!(either(logind, saver), Some(expected));
        }
        assert_eq!(either(None, None), None);
    }
}
