//! Which sources run, what of the settings each depends on, and what becomes of one that fails.

use jiff::SignedDuration;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::{Instant, sleep};

use super::hearing::{Heard, block_on, block_on_paused, listen};
use super::*;
use crate::config::CalendarPath;

/// Everything on.
fn all_on() -> Busy {
    Busy {
        wait: SignedDuration::from_hours(2),
        do_not_disturb: true,
        locked: true,
        away: true,
        away_after: SignedDuration::from_mins(5),
        presenting: true,
        ignore: Vec::new(),
        camera: true,
        microphone: true,
        calendar: CalendarSettings {
            files: vec![CalendarPath::parse("/nowhere/work.ics").unwrap()],
            ..CalendarSettings::default()
        },
        probe: Probe {
            command: Some(vec!["am-i-busy".to_owned()]),
            timeout: SignedDuration::from_secs(5),
            every: None,
        },
    }
}

/// Only the command counts.
fn probe_alone() -> Busy {
    Busy {
        do_not_disturb: false,
        locked: false,
        away: false,
        presenting: false,
        camera: false,
        microphone: false,
        calendar: CalendarSettings::default(),
        ..all_on()
    }
}

/// The sources that a change of the settings matters to.
fn concerned_by(change: impl Fn(&mut Busy)) -> Vec<Source> {
    let (before, mut after) = (all_on(), all_on());
    change(&mut after);
    let is_concerned = |one: &Source| Job::of(*one, &before) != Job::of(*one, &after);
    Source::ALL.into_iter().filter(is_concerned).collect()
}

#[test]
fn each_source_depends_on_its_own_part_of_the_settings() {
    use Source::{Away, Calendar, Camera, DoNotDisturb, Locked, Microphone, Presenting, Probe};

    assert_eq!(concerned_by(|busy| busy.wait *= 2), []);
    assert_eq!(concerned_by(|busy| busy.away_after *= 2), [Away]);
    let ignore = |busy: &mut Busy| busy.ignore.push("mpv".to_owned());
    assert_eq!(concerned_by(ignore), [Presenting]);
    let lighten = |busy: &mut Busy| busy.calendar.lighten_over = Some(busy.wait);
    assert_eq!(concerned_by(lighten), [Calendar]);
    assert_eq!(
        concerned_by(|busy| busy.probe.every = Some(busy.wait)),
        [Probe]
    );
    for (source, switch_off) in [
        (
            DoNotDisturb,
            (|busy| busy.do_not_disturb = false) as fn(&mut Busy),
        ),
        (Locked, |busy| busy.locked = false),
        (Away, |busy| busy.away = false),
        (Presenting, |busy| busy.presenting = false),
        (Camera, |busy| busy.camera = false),
        (Microphone, |busy| busy.microphone = false),
        (Calendar, |busy| busy.calendar.files.clear()),
        (Probe, |busy| busy.probe.command = None),
    ] {
        assert_eq!(concerned_by(switch_off), [source]);
    }
}

#[test]
fn a_source_whose_part_stays_goes_on() {
    let (tell, mut told) = unbounded_channel();
    block_on(async {
        let mut senses = Senses::new(tell);
        let mut settings = probe_alone();
        assert_eq!(senses.follow(&settings), [Source::Probe]);
        settings.wait *= 2;
        assert_eq!(senses.follow(&settings), []);
        settings.calendar = all_on().calendar;
        assert_eq!(senses.follow(&settings), [Source::Calendar]);
        settings.probe.timeout *= 2;
        assert_eq!(senses.follow(&settings), [Source::Probe]);
        settings = Busy {
            probe: Probe::default(),
            ..probe_alone()
        };
        assert_eq!(senses.follow(&settings), []);
        // One that was ended is not there any more.
        senses.ask(Source::Probe);
        let Some(Event::Sensed(Source::Probe, Reading::Unknown { why })) = told.recv().await else {
            panic!("it is told that it cannot tell");
        };
        assert_eq!(why, "it is not there to be asked");
    });
}

/// A source that fails again and again.
struct Failing {
    heard: Heard,
    attempts: UnboundedReceiver<()>,
    begin: Instant,
}

impl Failing {
    /// After how many seconds the next attempt begins.
    async fn tried_at(&mut self) -> u64 {
        self.attempts.recv().await.expect("it goes on");
        self.begin.elapsed().as_secs()
    }

    /// Waits until it has told that it failed.
    async fn has_failed(&mut self) {
        let reading = self.heard.next().await;
        assert!(matches!(reading, Reading::Unknown { .. }), "{reading:?}");
    }
}

/// A source that fails after `length`, each time, in a time that passes by itself.
fn failing_after(length: Duration, story: impl AsyncFnOnce(&mut Failing)) {
    let attempt = move || async move {
        sleep(length).await;
        Err("gone".to_owned())
    };
    failing_by(attempt, story);
}

fn failing_by<F>(attempt: impl Fn() -> F, story: impl AsyncFnOnce(&mut Failing))
where
    F: Future<Output = Result<Infallible, Failure>> + Send + 'static,
{
    block_on_paused(async {
        let (teller, heard) = listen(Source::Microphone);
        let (tried, attempts) = unbounded_channel();
        let mut failing = Failing {
            heard,
            attempts,
            begin: Instant::now(),
        };
        let run = |_| {
            tried.send(()).expect("the test listens");
            attempt()
        };
        tokio::select! {
            () = watch_over(teller, run) => {}
            () = story(&mut failing) => {}
        }
    });
}

#[test]
fn what_failed_is_tried_again_ever_more_rarely() {
    failing_after(Duration::ZERO, async |source: &mut Failing| {
        for expected in [0, 5, 25, 105, 425, 1705, 5305, 8905] {
            assert_eq!(source.tried_at().await, expected);
            source.has_failed().await;
        }
    });
}

#[test]
fn what_failed_is_tried_again_when_it_is_asked_and_answers_once() {
    failing_after(Duration::ZERO, async |source: &mut Failing| {
        assert_eq!(source.tried_at().await, 0);
        source.has_failed().await;
        source.heard.ask();
        assert_eq!(source.tried_at().await, 0);
        source.has_failed().await;
        assert_eq!(source.tried_at().await, 5);
    });
}

#[test]
fn what_was_asked_while_it_tried_is_answered_by_that() {
    failing_after(Duration::from_secs(3), async |source: &mut Failing| {
        assert_eq!(source.tried_at().await, 0);
        source.heard.ask();
        source.has_failed().await;
        assert_eq!(source.tried_at().await, 3 + 5);
    });
}

#[test]
fn what_failed_is_tried_again_when_a_desktop_appears() {
    failing_after(Duration::ZERO, async |source: &mut Failing| {
        for expected in [0, 5, 25] {
            assert_eq!(source.tried_at().await, expected);
            source.has_failed().await;
        }
        source.heard.nudge();
        assert_eq!(source.tried_at().await, 25);
        assert_eq!(source.tried_at().await, 30);
    });
}

#[test]
fn a_desktop_that_appears_disturbs_nothing_that_goes_well() {
    failing_after(Duration::from_secs(100), async |source: &mut Failing| {
        assert_eq!(source.tried_at().await, 0);
        source.heard.nudge();
        assert_eq!(source.tried_at().await, 100 + 5);
    });
}

#[test]
fn one_that_panics_has_failed_like_any_other() {
    let attempt = || async { panic!("as a test wants it") };
    failing_by(attempt, async |source: &mut Failing| {
        for expected in [0, 5, 25] {
            assert_eq!(source.tried_at().await, expected);
            source.has_failed().await;
        }
    });
}
