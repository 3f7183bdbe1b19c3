//! The daemon's one wake-up call, set by the wall clock.
//!
//! On Linux a timerfd on `CLOCK_REALTIME` waits: it counts through suspend, and is cancelled when the clock is set, so that
//! between deadlines nothing wakes at all. Elsewhere, and where a timerfd fails, the wall clock is looked at
//! once a minute.

use std::io;
use std::time::Duration;

use jiff::Timestamp;

use crate::clock;

/// Why [`Timer::wait`] came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    /// The armed instant has come.
    Due,
    /// The wall clock was set, or the machine resumed: read the clock and arm again.
    ClockChanged,
}

/// Wakes the daemon at one instant, or earlier when the wall clock is set.
///
/// After each wake, [`arm`](Timer::arm) again: until then the next deadline and clock steps may go unnoticed.
#[derive(Debug)]
pub struct Timer {
    source: Source,
}

#[derive(Debug)]
enum Source {
    #[cfg(target_os = "linux")]
    Kernel(kernel::KernelTimer),
    Glances(Glances),
}

impl Timer {
    /// A timer that waits for clock changes only, until it is armed. Belongs to the tokio runtime it is made in.
    ///
    /// # Errors
    /// When the kernel grants no timer or the runtime cannot watch it.
    pub fn new() -> io::Result<Timer> {
        #[cfg(target_os = "linux")]
        let source = Source::Kernel(kernel::KernelTimer::new()?);
        #[cfg(not(target_os = "linux"))]
        let source = Source::Glances(Glances::start(None));
        Ok(Timer { source })
    }

    /// Sets the next wake-up: at once where `at` has passed, clock changes only where it is `None`.
    ///
    /// # Errors
    /// When the kernel refuses the timer; a clock that changed meanwhile is not an error but the next wake.
    pub fn arm(&mut self, at: Option<Timestamp>) -> io::Result<()> {
        match &mut self.source {
            #[cfg(target_os = "linux")]
            Source::Kernel(timer) => timer.arm(at),
            Source::Glances(glances) => {
                glances.at = at;
                Ok(())
            }
        }
    }

    /// Waits for the armed instant or a clock change. Safe to drop and call again: no wake is lost.
    pub async fn wait(&mut self) -> Wake {
        match &mut self.source {
            #[cfg(target_os = "linux")]
            Source::Kernel(timer) => match timer.wait().await {
                Ok(wake) => wake,
                Err(error) => {
                    // A broken descriptor would be ready for ever: leave it, rather than spin.
                    tracing::warn!(
                        "the timer failed ({error}); looking at the clock once a minute instead"
                    );
                    let mut glances = Glances::start(timer.at());
                    let wake = glances.wait().await;
                    self.source = Source::Glances(glances);
                    wake
                }
            },
            Source::Glances(glances) => glances.wait().await,
        }
    }
}

/// The wall clock, looked at once a minute: `tokio::time::sleep` alone stops during suspend and knows no clock steps.
#[derive(Debug)]
struct Glances {
    at: Option<Timestamp>,
    seen: (Timestamp, std::time::Instant),
}

impl Glances {
    const LONGEST_SLEEP: Duration = Duration::from_secs(60);
    /// How far the wall clock may drift from the monotonic one before it counts as set.
    const STEP: Duration = Duration::from_secs(2);

    fn start(at: Option<Timestamp>) -> Glances {
        Glances {
            at,
            seen: (clock::now(), clock::monotonic()),
        }
    }

    async fn wait(&mut self) -> Wake {
        loop {
            let (now, monotonic) = (clock::now(), clock::monotonic());
            let (wall_before, monotonic_before) = self.seen;
            self.seen = (now, monotonic);
            if is_step(wall_before, now, monotonic - monotonic_before) {
                return Wake::ClockChanged;
            }
            let remaining = match self.at {
                Some(at) if at <= now => {
                    self.at = None;
                    return Wake::Due;
                }
                Some(at) => at.duration_since(now).unsigned_abs(),
                None => Glances::LONGEST_SLEEP,
            };
            tokio::time::sleep(remaining.min(Glances::LONGEST_SLEEP)).await;
        }
    }
}

/// Whether the wall clock went from `before` to `now` otherwise than by `elapsed` passing.
fn is_step(before: Timestamp, now: Timestamp, elapsed: Duration) -> bool {
    let elapsed = jiff::SignedDuration::try_from(elapsed).unwrap_or(jiff::SignedDuration::MAX);
    now.duration_since(before)
        .saturating_sub(elapsed)
        .unsigned_abs()
        > Glances::STEP
}

#[cfg(target_os = "linux")]
mod kernel {
    use std::io;
    use std::os::fd::OwnedFd;

    use jiff::Timestamp;
    use rustix::io::Errno;
    use rustix::time::{
        Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create,
        timerfd_settime,
    };
    use tokio::io::Interest;
    use tokio::io::unix::AsyncFd;

    use super::Wake;
    use crate::daemon::descriptor::readable;

    /// A timerfd on `CLOCK_REALTIME`; see `timerfd_create(2)` for its cancellation by clock changes.
    #[derive(Debug)]
    pub(super) struct KernelTimer {
        fd: AsyncFd<OwnedFd>,
        at: Option<Timestamp>,
        changed_while_arming: bool,
    }

    impl KernelTimer {
        pub(super) fn new() -> io::Result<KernelTimer> {
            let fd = timerfd_create(
                TimerfdClockId::Realtime,
                TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC,
            )?;
            let fd = readable(fd)?;
            let mut timer = KernelTimer {
                fd,
                at: None,
                changed_while_arming: false,
            };
            timer.arm(None)?;
            Ok(timer)
        }

        pub(super) fn at(&self) -> Option<Timestamp> {
            self.at
        }

        pub(super) fn arm(&mut self, at: Option<Timestamp>) -> io::Result<()> {
            self.at = at;
            // A timer that is off hears of no clock change, so "none" is a day that never comes.
            let at = at.unwrap_or(Timestamp::MAX);
            let value = Itimerspec {
                it_interval: Timespec {
                    tv_sec: 0,
                    tv_nsec: 0,
                },
                it_value: since_epoch(at),
            };
            let flags = TimerfdTimerFlags::ABSTIME | TimerfdTimerFlags::CANCEL_ON_SET;
            match timerfd_settime(&self.fd, flags, &value) {
                Ok(_) => Ok(()),
                // The clock changed since the last look; the timer is armed all the same.
                Err(Errno::CANCELED) => {
                    self.changed_while_arming = true;
                    Ok(())
                }
                Err(errno) => Err(errno.into()),
            }
        }

        pub(super) async fn wait(&mut self) -> io::Result<Wake> {
            if std::mem::take(&mut self.changed_while_arming) {
                return Ok(Wake::ClockChanged);
            }
            let mut expirations = [0; 8];
            let read = self.fd.async_io(Interest::READABLE, |fd| {
                rustix::io::retry_on_intr(|| rustix::io::read(fd, &mut expirations))
                    .map_err(io::Error::from)
            });
            match read.await {
                Ok(_) => Ok(Wake::Due),
                Err(error) if Errno::from_io_error(&error) == Some(Errno::CANCELED) => {
                    Ok(Wake::ClockChanged)
                }
                Err(error) => Err(error),
            }
        }
    }

    /// An instant for the kernel, which takes zero for "off" and refuses what lies before 1970.
    fn since_epoch(at: Timestamp) -> Timespec {
        let at = at.max(Timestamp::UNIX_EPOCH);
        let tv_nsec = i64::from(at.subsec_nanosecond());
        Timespec {
            tv_sec: at.as_second(),
            tv_nsec: if at == Timestamp::UNIX_EPOCH {
                1
            } else {
                tv_nsec
            },
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn no_instant_turns_the_timer_off() {
            for at in [Timestamp::MIN, Timestamp::UNIX_EPOCH] {
                let value = since_epoch(at);
                assert_eq!((value.tv_sec, value.tv_nsec), (0, 1), "{at}");
            }
        }

        #[test]
        fn instants_keep_their_nanoseconds() {
            let value = since_epoch(Timestamp::new(1_774_746_000, 250_000_001).unwrap());
            assert_eq!((value.tv_sec, value.tv_nsec), (1_774_746_000, 250_000_001));
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, ToSpan};

    use super::*;

    /// Far more than any wait here takes.
    const LONG: Duration = Duration::from_secs(20);

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
    }

    fn sources() -> Vec<Timer> {
        vec![
            Timer::new().unwrap(),
            Timer {
                source: Source::Glances(Glances::start(None)),
            },
        ]
    }

    async fn wakes_within(timer: &mut Timer, limit: Duration) -> Option<Wake> {
        tokio::time::timeout(limit, timer.wait()).await.ok()
    }

    #[test]
    fn a_past_instant_is_due_at_once() {
        runtime().block_on(async {
            for mut timer in sources() {
                for past in [
                    clock::now() - 1.hour(),
                    Timestamp::UNIX_EPOCH,
                    Timestamp::MIN,
                ] {
                    timer.arm(Some(past)).unwrap();
                    assert_eq!(
                        wakes_within(&mut timer, Duration::from_secs(1)).await,
                        Some(Wake::Due),
                        "{past}"
                    );
                }
            }
        });
    }

    #[test]
    fn a_due_moment_is_met_within_50_ms() {
        runtime().block_on(async {
            for mut timer in sources() {
                let mut lateness = Vec::new();
                for _ in 0..3 {
                    let at = clock::now() + SignedDuration::from_millis(80);
                    timer.arm(Some(at)).unwrap();
                    assert_eq!(wakes_within(&mut timer, LONG).await, Some(Wake::Due));
                    lateness.push(clock::now().duration_since(at));
                }
                lateness.sort();
                assert!(!lateness[0].is_negative(), "early: {lateness:?}");
                // The best of three: a busy machine is not the timer's fault.
                assert!(
                    lateness[0] < SignedDuration::from_millis(50),
                    "late: {lateness:?}"
                );
            }
        });
    }

    #[test]
    fn waits_that_are_dropped_lose_nothing() {
        runtime().block_on(async {
            for mut timer in sources() {
                timer
                    .arm(Some(clock::now() + SignedDuration::from_millis(60)))
                    .unwrap();
                let mut dropped = 0;
                let wake = loop {
                    match wakes_within(&mut timer, Duration::from_millis(7)).await {
                        Some(wake) => break wake,
                        None => dropped += 1,
                    }
                };
                assert_eq!(wake, Wake::Due);
                assert!(dropped > 1);
            }
        });
    }

    #[test]
    fn disarming_takes_the_instant_back() {
        runtime().block_on(async {
            for mut timer in sources() {
                timer
                    .arm(Some(clock::now() + SignedDuration::from_millis(30)))
                    .unwrap();
                timer.arm(None).unwrap();
                assert_eq!(
                    wakes_within(&mut timer, Duration::from_millis(120)).await,
                    None
                );
                timer.arm(Some(Timestamp::MAX)).unwrap();
                assert_eq!(
                    wakes_within(&mut timer, Duration::from_millis(10)).await,
                    None
                );
            }
        });
    }

    #[test]
    fn a_step_is_more_than_time_passing() {
        let before: Timestamp = "2026-03-29T00:59:00Z".parse().unwrap();
        let minute = Duration::from_secs(60);
        for (now, step) in [
            ("2026-03-29T01:00:00Z", false),
            ("2026-03-29T01:00:01.5Z", false),
            ("2026-03-29T01:00:03Z", true),
            ("2026-03-29T00:59:00Z", true),
            ("2025-01-01T00:00:00Z", true),
            ("2026-03-29T09:00:00Z", true),
        ] {
            assert_eq!(is_step(before, now.parse().unwrap(), minute), step, "{now}");
        }
    }
}
