//! A talk, a call, a film: a program asked for the screen to stay on, or fills it.

use std::collections::BTreeMap;
use std::convert::Infallible;

use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use super::{Failure, Teller, Waits, busy_with};
use crate::daemon::bus::Bus;
use crate::engine::Reading;

mod desktop;
mod full_screen;
mod logind;

/// Who can tell of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Witness {
    /// The session manager of the desktop, which knows its programs best.
    Desktop,
    Logind,
    FullScreen,
}

impl Witness {
    const ALL: [Self; 3] = [Self::Desktop, Self::Logind, Self::FullScreen];
}

/// The programs of which a witness tells now.
type Programs = Vec<String>;

/// Where a witness tells of its programs.
#[derive(Debug, Clone)]
struct Told {
    witness: Witness,
    told: UnboundedSender<(Witness, Result<Programs, Failure>)>,
}

impl Told {
    fn of(&self, programs: Result<Programs, Failure>) {
        // Without a reader this ends, too.
        let _ = self.told.send((self.witness, programs));
    }
}

/// Tells of the first program that any of them tells of, but for those that the settings leave out.
pub(super) async fn run(teller: &Teller, ignored: &[String]) -> Result<Infallible, Failure> {
    let (told, mut heard) = unbounded_channel();
    let [desktop, logind, full_screen] = Witness::ALL.map(|witness| {
        let told = told.clone();
        listen_to(Told { witness, told }, teller.waits())
    });
    let hear = async {
        let mut all = BTreeMap::new();
        while let Some((witness, programs)) = heard.recv().await {
            all.insert(witness, programs);
            if all.len() == Witness::ALL.len() {
                teller.tell(reading(all.values(), ignored));
            }
        }
    };
    tokio::select! {
        never = desktop => match never {},
        never = logind => match never {},
        never = full_screen => match never {},
        () = hear => Err("nobody tells any more".to_owned()),
    }
}

/// Follows a witness, and again after that failed.
async fn listen_to(told: Told, mut waits: Waits) -> Infallible {
    loop {
        let ended = match told.witness {
            Witness::Desktop => desktop::follow(&Bus::session(), &told).await,
            Witness::Logind => logind::follow(&Bus::system(), &told).await,
            Witness::FullScreen => full_screen::follow(&told).await,
        };
        let Err(why) = ended;
        told.of(Err(why));
        waits.rest().await;
    }
}

fn reading<'a>(
    all: impl Iterator<Item = &'a Result<Programs, Failure>> + Clone,
    ignored: &[String],
) -> Reading {
    let counts = |program: &&String| {
        let is_it = |name: &String| name.to_lowercase() == program.to_lowercase();
        !ignored.iter().any(is_it)
    };
    let mut failures = all.clone().map(|told| told.as_ref().err());
    let mut programs = all.filter_map(|told| told.as_ref().ok()).flatten();
    match programs.find(counts) {
        Some(program) => busy_with(program),
        None if failures.all(|failure| failure.is_some()) => Reading::Unknown {
            why: "neither the desktop nor logind nor an X server can be asked".to_owned(),
        },
        None => Reading::Free,
    }
}

#[cfg(test)]
mod tests;
