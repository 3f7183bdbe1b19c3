//! Whether the person is busy: a task for each source, which tells what it sees and costs nothing while that stays.
//!
//! Each is a small module with one function that runs until something fails. What fails is told as
//! [`Reading::Unknown`], which counts as free, and begun again after a while that doubles up to an hour: a source that is
//! not there costs its own row in `attuned doctor`, and nothing more.

#[cfg(target_os = "linux")]
mod away;
mod calendar;
#[cfg(target_os = "linux")]
mod camera;
#[cfg(target_os = "linux")]
mod desktop;
#[cfg(target_os = "linux")]
mod do_not_disturb;
#[cfg(all(test, target_os = "linux"))]
pub(super) mod hearing;
#[cfg(target_os = "linux")]
mod microphone;
#[cfg(target_os = "linux")]
mod pipewire;
#[cfg(target_os = "linux")]
mod presenting;
#[cfg(target_os = "linux")]
mod probe;
#[cfg(target_os = "linux")]
mod session;
#[cfg(target_os = "linux")]
mod x11;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::future::pending;
use std::pin::pin;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::time::sleep;

use super::apart::Task;
use crate::clock;
use crate::config::Busy;
use crate::engine::{Event, Reading, Source};

/// The wait before a source that failed is begun again; it doubles up to [`LONGEST_WAIT`].
const FIRST_WAIT: Duration = Duration::from_secs(60);
const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);

/// The sources that are on.
#[derive(Debug)]
pub(super) struct Senses {
    readings: UnboundedSender<Event>,
    running: BTreeMap<Source, Running>,
    /// The settings they were begun with.
    settings: Option<Busy>,
}

/// A source under way.
#[derive(Debug)]
struct Running {
    asks: UnboundedSender<()>,
    _task: Task,
}

impl Senses {
    /// None yet; what they see goes to `readings`.
    pub(super) fn new(readings: UnboundedSender<Event>) -> Self {
        Self {
            readings,
            running: BTreeMap::new(),
            settings: None,
        }
    }

    /// Begins the sources that these settings want, and ends the others; those that begin to look.
    pub(super) fn follow(&mut self, settings: &Busy) -> Vec<Source> {
        if self.settings.as_ref() == Some(settings) {
            return Vec::new();
        }
        self.running.clear();
        let wanted = Source::ALL.into_iter();
        let wanted: Vec<_> = wanted.filter(|one| one.is_on(settings)).collect();
        for source in &wanted {
            self.begin(*source, settings);
        }
        self.settings = Some(settings.clone());
        wanted
    }

    /// Asks a source that tells nothing by itself.
    pub(super) fn ask(&self, source: Source) {
        let running = self.running.get(&source);
        let asked = running.is_some_and(|running| running.asks.send(()).is_ok());
        if !asked {
            let why = "it is not there to be asked".to_owned();
            // Without a reader the daemon is stopping.
            let _ = self
                .readings
                .send(Event::Sensed(source, Reading::Unknown { why }));
        }
    }

    fn begin(&mut self, source: Source, settings: &Busy) {
        let (asks, asked) = mpsc::unbounded_channel();
        let teller = Teller {
            source,
            readings: self.readings.clone(),
            asked,
        };
        let running = Running {
            asks,
            _task: Task::spawn(watch_over(teller, settings.clone())),
        };
        self.running.insert(source, running);
    }
}

/// A source's way to tell and to be asked.
#[derive(Debug)]
struct Teller {
    source: Source,
    readings: UnboundedSender<Event>,
    asked: UnboundedReceiver<()>,
}

impl Teller {
    fn tell(&self, reading: Reading) {
        tracing::debug!("{:?}: {reading:?}", self.source);
        // Without a reader the daemon is stopping.
        let _ = self.readings.send(Event::Sensed(self.source, reading));
    }

    /// Whether the day is light, and until when.
    fn tell_light_day(&self, until: Option<Timestamp>) {
        // Without a reader the daemon is stopping.
        let _ = self.readings.send(Event::LightDay(until));
    }

    /// Until the engine asks. Cancel-safe.
    async fn asked(&mut self) {
        if self.asked.recv().await.is_none() {
            pending::<()>().await;
        }
    }
}

/// Why a source cannot tell, in words for a person.
type Failure = String;

/// The name that a program gives itself: a short one, in one line.
#[cfg(target_os = "linux")]
fn short(name: &str) -> String {
    let printable = name.chars().filter(|character| !character.is_control());
    printable.take(40).collect()
}

/// Busy with a program, under the name it gives itself.
#[cfg(target_os = "linux")]
fn busy_with(program: &str) -> Reading {
    Reading::Busy {
        until: None,
        what: Some(short(program)).filter(|name| !name.trim().is_empty()),
    }
}

/// The waits between attempts at something that fails.
#[derive(Debug)]
struct Waits {
    next: Duration,
    /// When the last one ended, or this began.
    since: Instant,
}

impl Waits {
    fn new() -> Self {
        Self {
            next: FIRST_WAIT,
            since: clock::monotonic(),
        }
    }

    /// Waits, and longer the next time, unless it goes well for longer than any wait.
    async fn rest(&mut self) {
        if clock::monotonic() - self.since > LONGEST_WAIT {
            self.next = FIRST_WAIT;
        }
        sleep(self.next).await;
        self.next = (self.next * 2).min(LONGEST_WAIT);
        self.since = clock::monotonic();
    }
}

/// Runs a source, and again after it failed.
async fn watch_over(mut teller: Teller, settings: Busy) {
    let mut waits = Waits::new();
    loop {
        let Err(why) = run(&mut teller, &settings).await;
        let unknown = Reading::Unknown { why };
        teller.tell(unknown.clone());
        let mut rest = pin!(waits.rest());
        loop {
            tokio::select! {
                () = &mut rest => break,
                () = teller.asked() => teller.tell(unknown.clone()),
            }
        }
    }
}

/// One source, until it fails.
async fn run(teller: &mut Teller, settings: &Busy) -> Result<Infallible, Failure> {
    match teller.source {
        Source::Calendar => calendar::run(teller, &settings.calendar).await,
        #[cfg(target_os = "linux")]
        Source::Away => away::run(teller, settings).await,
        #[cfg(target_os = "linux")]
        Source::Camera => camera::run(teller).await,
        #[cfg(target_os = "linux")]
        Source::DoNotDisturb => do_not_disturb::run(teller).await,
        #[cfg(target_os = "linux")]
        Source::Microphone => microphone::run(teller).await,
        #[cfg(target_os = "linux")]
        Source::Presenting => presenting::run(teller, settings).await,
        #[cfg(target_os = "linux")]
        Source::Locked => session::run(teller).await,
        #[cfg(target_os = "linux")]
        Source::Probe => probe::run(teller, &settings.probe).await,
        #[cfg(not(target_os = "linux"))]
        Source::Away
        | Source::Camera
        | Source::DoNotDisturb
        | Source::Locked
        | Source::Microphone
        | Source::Presenting
        | Source::Probe => Err("this system does not tell".into()),
    }
}
