//! The waits between attempts at something that fails.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, timeout};

use super::sent;

/// The first wait: what was only begun anew is there again before a prompt comes. Each is four times as long as the one
/// before, up to [`LONGEST_WAIT`].
const FIRST_WAIT: Duration = Duration::from_secs(5);
const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);

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
    /// during the attempt, and where the attempt went well for longer than any wait.
    pub(super) async fn rest(&mut self) {
        let was_nudged = self.nudges.has_changed().unwrap_or(false);
        self.nudges.mark_unchanged();
        if was_nudged || self.since.elapsed() > LONGEST_WAIT {
            self.next = FIRST_WAIT;
        }
        let nudged = timeout(self.next, sent(&mut self.nudges)).await;
        self.next = match nudged {
            Ok(()) => FIRST_WAIT,
            Err(_) => (self.next * 4).min(LONGEST_WAIT),
        };
        self.since = Instant::now();
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
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
    fn they_begin_from_the_start_after_more_than_an_hour_without_a_failure() {
        let (_nudges, receiver) = watch::channel(());
        block_on_paused(async {
            let mut waits = Waits::new(receiver);
            waits.rest().await;
            tokio::time::advance(LONGEST_WAIT).await;
            assert_eq!(seconds(waits.rest()).await, 20);
            tokio::time::advance(LONGEST_WAIT + Duration::from_millis(1)).await;
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
