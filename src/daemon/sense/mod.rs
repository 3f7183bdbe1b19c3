//! Whether the person is busy: a task for each source, which tells what it sees and costs nothing while that stays.
//!
//! Each is a small module with one function that runs until something fails. What fails is told as
//! [`Reading::Unknown`], which counts as free, and begun again after a while, or once a desktop appears: a source that is
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
mod waits;
#[cfg(target_os = "linux")]
mod x11;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::future::pending;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::apart::Task;
use crate::config::{Busy, CalendarSettings, Probe};
use crate::engine::{Event, Reading, Source};
#[cfg(target_os = "linux")]
use pipewire::{Look, PipeWire};
use waits::Waits;

/// The sources that are on.
#[derive(Debug)]
pub(super) struct Senses {
    readings: UnboundedSender<Event>,
    running: BTreeMap<Source, Running>,
    /// Sent to whatever rests after it failed.
    nudges: watch::Sender<()>,
    #[cfg(target_os = "linux")]
    pipewire: PipeWire,
}

/// A source under way.
#[derive(Debug)]
struct Running {
    job: Job,
    asks: watch::Sender<()>,
    _task: Task,
}

impl Senses {
    /// None yet; what they see goes to `readings`.
    pub(super) fn new(readings: UnboundedSender<Event>) -> Self {
        Self {
            readings,
            running: BTreeMap::new(),
            nudges: watch::Sender::new(()),
            #[cfg(target_os = "linux")]
            pipewire: PipeWire::new(),
        }
    }

    /// Begins the sources that these settings want, and those whose own part of them has changed anew; ends the others.
    /// Those that begin to look.
    pub(super) fn follow(&mut self, settings: &Busy) -> Vec<Source> {
        let mut begun = Vec::new();
        for source in Source::ALL {
            let job = Job::of(source, settings);
            if job.as_ref() == self.running.get(&source).map(|running| &running.job) {
                continue;
            }
            self.running.remove(&source);
            if let Some(job) = job {
                self.begin(source, job);
                begun.push(source);
            }
        }
        begun
    }

    /// A desktop has appeared: what has failed is tried again at once.
    pub(super) fn try_again(&self) {
        self.nudges.send_replace(());
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

    fn begin(&mut self, source: Source, job: Job) {
        let (asks, asked) = watch::channel(());
        let teller = Teller {
            source,
            readings: self.readings.clone(),
            asked,
            nudges: self.nudges.subscribe(),
            #[cfg(target_os = "linux")]
            pipewire: self.pipewire.clone(),
        };
        let running = Running {
            job: job.clone(),
            asks,
            _task: Task::spawn(watch_over(teller, move |teller| run(teller, job.clone()))),
        };
        self.running.insert(source, running);
    }
}

/// What a source has to do: itself, with what it needs of the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Job {
    Away { after: Duration },
    Calendar(CalendarSettings),
    Camera,
    DoNotDisturb,
    Locked,
    Microphone,
    Presenting { ignored: Vec<String> },
    Probe(Probe),
}

impl Job {
    /// By these settings; none where the source is off.
    fn of(source: Source, settings: &Busy) -> Option<Self> {
        source.is_on(settings).then(|| match source {
            Source::Away => Self::Away {
                // At most 12 hours.
                after: settings.away_after.unsigned_abs(),
            },
            Source::Calendar => Self::Calendar(settings.calendar.clone()),
            Source::Camera => Self::Camera,
            Source::DoNotDisturb => Self::DoNotDisturb,
            Source::Locked => Self::Locked,
            Source::Microphone => Self::Microphone,
            Source::Presenting => Self::Presenting {
                ignored: settings.ignore.clone(),
            },
            Source::Probe => Self::Probe(settings.probe.clone()),
        })
    }
}

/// A source's way to tell and to be asked, and what it shares with others.
#[derive(Debug, Clone)]
struct Teller {
    source: Source,
    readings: UnboundedSender<Event>,
    asked: watch::Receiver<()>,
    nudges: watch::Receiver<()>,
    #[cfg(target_os = "linux")]
    pipewire: PipeWire,
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
        sent(&mut self.asked).await;
    }

    /// The waits of something that may fail by itself.
    fn waits(&self) -> Waits {
        Waits::new(self.nudges.clone())
    }

    /// What PipeWire tells, to whichever source looks.
    #[cfg(target_os = "linux")]
    fn look_at_pipewire(&self) -> Look {
        self.pipewire.look(self.waits())
    }
}

/// Until something was sent since the last time; for ever where nobody is there to send. Cancel-safe.
async fn sent(signals: &mut watch::Receiver<()>) {
    if signals.changed().await.is_err() {
        pending::<()>().await;
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

/// Whether the desktop's do-not-disturb is on now, as far as that can be told.
pub async fn is_not_to_disturb() -> bool {
    #[cfg(target_os = "linux")]
    let is_on = do_not_disturb::is_on().await.unwrap_or(false);
    #[cfg(not(target_os = "linux"))]
    let is_on = false;
    is_on
}

/// Runs a source, and again after it failed: after a while, or when it is asked.
async fn watch_over<F>(mut teller: Teller, run: impl Fn(Teller) -> F)
where
    F: Future<Output = Result<Infallible, Failure>> + Send + 'static,
{
    let mut waits = teller.waits();
    loop {
        let why = failure_of(run(teller.clone())).await;
        teller.tell(Reading::Unknown { why });
        // That answers what was asked until now.
        teller.asked.mark_unchanged();
        waits.rest_unless(teller.asked()).await;
    }
}

/// Why this fails, which is a task of its own: one that panics fails like any other.
async fn failure_of(
    attempt: impl Future<Output = Result<Infallible, Failure>> + Send + 'static,
) -> Failure {
    let mut task = JoinSet::new();
    task.spawn(attempt);
    match task.join_next().await {
        Some(Ok(Err(why))) => why,
        _ => "something in attuned itself went wrong".to_owned(),
    }
}

/// One source, until it fails.
async fn run(mut teller: Teller, job: Job) -> Result<Infallible, Failure> {
    let teller = &mut teller;
    match job {
        Job::Calendar(settings) => calendar::run(teller, &settings).await,
        #[cfg(target_os = "linux")]
        Job::Away { after } => away::run(teller, after).await,
        #[cfg(target_os = "linux")]
        Job::Camera => camera::run(teller).await,
        #[cfg(target_os = "linux")]
        Job::DoNotDisturb => do_not_disturb::run(teller).await,
        #[cfg(target_os = "linux")]
        Job::Locked => session::run(teller).await,
        #[cfg(target_os = "linux")]
        Job::Microphone => microphone::run(teller).await,
        #[cfg(target_os = "linux")]
        Job::Presenting { ignored } => presenting::run(teller, &ignored).await,
        #[cfg(target_os = "linux")]
        Job::Probe(probe) => probe::run(teller, &probe).await,
        #[cfg(not(target_os = "linux"))]
        Job::Away { .. }
        | Job::Camera
        | Job::DoNotDisturb
        | Job::Locked
        | Job::Microphone
        | Job::Presenting { .. }
        | Job::Probe(_) => Err("this system does not tell".into()),
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests;
