//! The waits between attempts at something that fails.

use std::future::pending;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, sleep};

use super::sent;

/// The first wait: what was only begun anew is there again before a prompt comes. Each is four times as long as the one
/// before, up to [`LONGEST_WAIT`].
const FIRST_WAIT: Duration = Duration::from_secs(5);
const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);

/// An attempt that lasted for longer than this went well before it failed: a bus that hangs is given up after a minute.
const GOES_WELL: Duration = Duration::from_secs(5 * 60);

/// How long to rest after each attempt, unless a nudge says that things may have changed.
#[derive(Debug)]
pub(super) struct Waits {
    next: Duration,
    /// When the last rest ended, or this began.
    since: Instant,
    nudges: watch::Receiver<()>,
}

impl Waits {
    /// For an attempt that begins now.
    pub(super) fn new(mut nudges: watch::Receiver<()>) -> Self {
        nudges.mark_unchanged();
        Self {
            next: FIRST_WAIT,
            since: Instant::now(),
            nudges,
        }
    }

    /// Rests until the next attempt. A nudge ends that; the waits begin from the start then, as they do after a nudge
    /// during the attempt, and after one that went well for a while.
    #[cfg(target_os = "linux")]
    pub(super) async fn rest(&mut self) {
        self.rest_unless(pending()).await;
    }

    /// The same, where something else may end it, too.
    pub(super) async fn rest_unless(&mut self, hurried: impl Future<Output = ()>) {
        let was_nudged = self.nudges.has_changed().unwrap_or(false);
        self.nudges.mark_unchanged();
        if was_nudged || self.since.elapsed() > GOES_WELL {
            self.next = FIRST_WAIT;
        }
        self.next = tokio::select! {
            () = sleep(self.next) => (self.next * 4).min(LONGEST_WAIT),
            () = sent(&mut self.nudges) => FIRST_WAIT,
            () = hurried => self.next,
        };
        self.since = Instant::now();
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use tokio::time::advance;

    use super::super::hearing::block_on_paused;
    use super::*;

    /// How many seconds this takes, in a time that passes by itself.
    async fn seconds(what: impl Future<Output = ()>) -> u64 {
        let begin = Instant::now();
        what.await;
        begin.elapsed().as_secs()
    }

    #[test]
    fn they_grow_from_seconds_to_an_hour() {
        let (_nudges, receiver) = watch::channel(());
        block_on_paused(async {
            let mut waits = Waits::new(receiver);
            for expected in [5, 20, 80, 320, 1280, 3600, 3600] {
                assert_eq!(seconds(waits.rest()).await, expected);
            }
        });
    }

    #[test]
    fn they_begin_from_the_start_where_it_went_well_for_minutes() {
        let (_nudges, receiver) = watch::channel(());
        block_on_paused(async {
            let mut waits = Waits::new(receiver);
            waits.rest().await;
            advance(Duration::from_secs(300)).await;
            assert_eq!(seconds(waits.rest()).await, 20);
            advance(Duration::from_secs(301)).await;
            assert_eq!(seconds(waits.rest()).await, 5);
        });
    }

    #[test]
    fn a_nudge_ends_one_and_the_next_is_the_first() {
        let (nudges, receiver) = watch::channel(());
        block_on_paused(async {
            let mut waits = Waits::new(receiver);
            waits.rest().await;
            let nudge = async { nudges.send_replace(()) };
            let (rested, ()) = tokio::join!(seconds(waits.rest()), nudge);
            assert_eq!(rested, 0);
            assert_eq!(seconds(waits.rest()).await, 5);
        });
    }

    #[test]
    fn a_rest_that_is_cut_short_is_no_time_that_went_well() {
        let (_nudges, receiver) = watch::channel(());
        block_on_paused(async {
            let mut waits = Waits::new(receiver);
            for _ in 0..4 {
                waits.rest().await;
            }
            let asked = sleep(Duration::from_secs(1279));
            assert_eq!(seconds(waits.rest_unless(asked)).await, 1279);
            assert_eq!(seconds(waits.rest()).await, 1280);
        });
    }

    #[test]
    fn a_nudge_from_before_the_failure_ends_none() {
        let (nudges, receiver) = watch::channel(());
        nudges.send_replace(());
        block_on_paused(async {
            let mut waits = Waits::new(receiver);
            assert_eq!(seconds(waits.rest()).await, 5);
            nudges.send_replace(());
            // The attempt may have looked just before it.
            assert_eq!(seconds(waits.rest()).await, 5);
            assert_eq!(seconds(waits.rest()).await, 20);
        });
    }

    #[test]
    fn nobody_who_could_nudge_is_no_nudge() {
        let (nudges, receiver) = watch::channel(());
        drop(nudges);
        block_on_paused(async {
            assert_eq!(seconds(Waits::new(receiver).rest()).await, 5);
        });
    }
}
