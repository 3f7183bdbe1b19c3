//! A talk, a call, a film: a program asked for the screen to stay on, or fills it.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::pin::pin;
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::sleep;

use super::{Failure, Teller, Waits, busy_with};
use crate::daemon::bus::Bus;
use crate::engine::Reading;

mod desktop;
mod full_screen;
mod logind;

/// How long a witness may take to speak for the first time. Until it does, it counts then as one that cannot tell: a bus
/// that hangs takes a minute to be given up.
const FIRST_LOOK: Duration = Duration::from_secs(3);

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

/// What a witness says.
type Word = (Witness, Result<Programs, Failure>);

/// Where a witness tells of its programs.
#[derive(Debug, Clone)]
struct Told {
    witness: Witness,
    told: UnboundedSender<Word>,
}

impl Told {
    fn of(&self, programs: Result<Programs, Failure>) {
        // Without a reader this ends, too.
        let _ = self.told.send((self.witness, programs));
    }
}

/// Tells of the first program that any of them tells of, but for those that the settings leave out.
pub(super) async fn run(teller: &Teller, ignored: &[String]) -> Result<Infallible, Failure> {
    let (told, heard) = unbounded_channel();
    let [desktop, logind, full_screen] = Witness::ALL.map(|witness| {
        let told = told.clone();
        listen_to(Told { witness, told }, teller.waits())
    });
    tokio::select! {
        never = desktop => match never {},
        never = logind => match never {},
        never = full_screen => match never {},
        ended = hear(heard, teller, ignored) => ended,
    }
}

/// Tells that the person is busy as soon as a witness says so, and anything else once all have spoken, or had the time to.
async fn hear(
    mut heard: UnboundedReceiver<Word>,
    teller: &Teller,
    ignored: &[String],
) -> Result<Infallible, Failure> {
    let mut all = BTreeMap::new();
    let mut first_look = pin!(sleep(FIRST_LOOK));
    loop {
        tokio::select! {
            word = heard.recv() => {
                let (witness, programs) = word.ok_or("nobody tells any more")?;
                all.insert(witness, programs);
            }
            () = &mut first_look, if all.len() < Witness::ALL.len() => {
                for witness in Witness::ALL {
                    let silent = || Err("it has not spoken yet".to_owned());
                    all.entry(witness).or_insert_with(silent);
                }
            }
        }
        let reading = reading(all.values(), ignored);
        if all.len() == Witness::ALL.len() || matches!(reading, Reading::Busy { .. }) {
            teller.tell(reading);
        }
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
