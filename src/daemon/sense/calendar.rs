//! The person's calendars: busy in a meeting.

use std::convert::Infallible;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tokio::task::spawn_blocking;

use super::{Failure, Teller};
use crate::calendar::{self, View};
use crate::clock;
use crate::config::CalendarSettings;
use crate::daemon::timer::Timer;
use crate::daemon::watch::{Entries, Watch, change_of};
use crate::daemon::zone::ZoneWatch;
use crate::engine::Reading;
use crate::paths;
use crate::settings::calendars::{CalendarFiles, Calendars};
use crate::source::Diagnostic;

/// Tells when each meeting begins and ends. The files are read when they change, when the zone does, and every day.
pub(super) async fn run(
    teller: &mut Teller,
    settings: &CalendarSettings,
) -> Result<Infallible, Failure> {
    let home = paths::home_dir().ok_or("there is no home folder")?;
    let no_timer = |error: io::Error| format!("the clock cannot be followed: {error}");
    let mut timer = Timer::new().map_err(no_timer)?;
    let mut zone = ZoneWatch::new();
    let mut logged = Vec::new();
    let mut watch = None;
    loop {
        let addresses = settings.addresses.clone();
        let view = View::of_coming_days(clock::now(), clock::system_zone(), addresses);
        let calendars = read(settings, &home, &view, &mut watch).await?;
        log(&calendars.findings, &mut logged);
        loop {
            let now = clock::now();
            if !view.begins_on_the_day_of(now) {
                break;
            }
            teller.tell(reading(&calendars, now));
            let today = view.zone.to_datetime(now).date();
            let is_light = calendars
                .agenda
                .is_light(today, &view.zone, settings.lighten_over);
            let end = view.end_of_first_day();
            teller.tell_light_day(end.filter(|_| is_light));
            let next = [calendars.agenda.next_change(now), view.end_of_first_day()];
            timer
                .arm(next.into_iter().flatten().min())
                .map_err(no_timer)?;
            tokio::select! {
                () = change_of(watch.as_mut()) => break,
                () = zone.changed() => {
                    clock::forget_system_zone();
                    break;
                }
                _ = timer.wait() => {}
            }
        }
    }
}

/// Reads the files. They are watched before they are listed and read, so that no change is lost.
async fn read(
    settings: &CalendarSettings,
    home: &Path,
    view: &View,
    watch: &mut Option<Watch>,
) -> Result<Calendars, Failure> {
    follow(find(settings, home).await?.watched(), watch);
    let files = find(settings, home).await?;
    let view = view.clone();
    aside(move || files.read(&view)).await
}

async fn find(settings: &CalendarSettings, home: &Path) -> Result<CalendarFiles, Failure> {
    let (settings, home) = (settings.clone(), home.to_owned());
    aside(move || CalendarFiles::find(&settings, &home)).await
}

/// Does what takes a while so that nothing else waits for it.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
    let done = spawn_blocking(work).await;
    done.map_err(|_| "the calendars could not be read".to_owned())
}

fn follow(paths: &[PathBuf], watch: &mut Option<Watch>) {
    let followed = match watch {
        Some(watch) => watch.rewatch(paths),
        None => Watch::over(paths, Entries::Visible).map(|new| *watch = Some(new)),
    };
    if let Err(error) = followed {
        tracing::warn!("changes of the calendars may be seen once a day only: {error}");
    }
}

/// Where nothing can be read at all, that is no free day.
fn reading(calendars: &Calendars, now: Timestamp) -> Reading {
    match (calendars.agenda.at(now), calendars.findings.first()) {
        (calendar::Reading::Busy { until }, _) => Reading::Busy {
            until: Some(until),
            what: None,
        },
        (calendar::Reading::Free { .. }, Some(first)) if calendars.files == 0 => Reading::Unknown {
            why: first.message.clone(),
        },
        (calendar::Reading::Free { .. }, _) => Reading::Free,
    }
}

/// Says once in the log that something is wrong, without a word of it.
fn log(findings: &[Diagnostic], logged: &mut Vec<Diagnostic>) {
    if !findings.is_empty() && findings != logged {
        tracing::warn!("not all calendars can be read; attuned check tells why");
    }
    findings.clone_into(logged);
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::fs;

    use jiff::SignedDuration;

    use super::super::hearing::{Heard, block_on, listen};
    use super::*;
    use crate::config::CalendarPath;
    use crate::engine::Source;

    /// A file with a meeting from a while ago or ahead for a while, and when it ends.
    fn meeting(from: SignedDuration, length: SignedDuration) -> (String, Timestamp) {
        let seconds = Timestamp::from_second(clock::now().as_second()).unwrap();
        let start = seconds + from;
        let at = |at: Timestamp| at.strftime("%Y%m%dT%H%M%SZ").to_string();
        let end = start + length;
        let text = format!(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:secret\nDTSTART:{}\nDTEND:{}\nEND:VEVENT\nEND:VCALENDAR\n",
            at(start),
            at(end),
        );
        (text, end)
    }

    /// Follows the calendars at `path` while `then` looks at what is told.
    fn following(path: &Path, then: impl AsyncFnOnce(&mut Heard)) {
        block_on(async {
            let (mut teller, mut heard) = listen(Source::Calendar);
            let settings = CalendarSettings {
                files: vec![CalendarPath::parse(path.to_str().unwrap()).unwrap()],
                ..CalendarSettings::default()
            };
            tokio::select! {
                ended = run(&mut teller, &settings) => panic!("{ended:?}"),
                () = then(&mut heard) => {}
            }
        });
    }

    const HOUR: SignedDuration = SignedDuration::from_hours(1);

    #[test]
    fn files_that_come_change_and_go_are_followed() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("calendars");
        let file = folder.join("work/1.ics");
        following(&folder, async |heard| {
            heard
                .until(|reading| matches!(reading, Reading::Unknown { .. }))
                .await;
            let (text, end) = meeting(-HOUR, HOUR * 2);
            fs::create_dir(&folder).unwrap();
            fs::create_dir(folder.join("work")).unwrap();
            fs::write(&file, text).unwrap();
            let busy = |end| Reading::Busy {
                until: Some(end),
                what: None,
            };
            heard.until(|reading| *reading == busy(end)).await;
            let (text, end) = meeting(-HOUR, HOUR * 3);
            fs::write(folder.join("new"), text).unwrap();
            fs::rename(folder.join("new"), &file).unwrap();
            heard.until(|reading| *reading == busy(end)).await;
            fs::remove_file(&file).unwrap();
            heard
                .until(|reading| matches!(reading, Reading::Unknown { .. }))
                .await;
        });
    }

    #[test]
    fn a_day_with_many_meetings_is_light_until_midnight() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("work.ics");
        fs::write(
            &file,
            meeting(SignedDuration::ZERO, SignedDuration::from_secs(2)).0,
        )
        .unwrap();
        let zone = clock::system_zone();
        let tomorrow = clock::now().to_zoned(zone).tomorrow().unwrap();
        let midnight = tomorrow.start_of_day().unwrap().timestamp();
        for (limit, expected) in [(1, Some(midnight)), (3600, None)] {
            block_on(async {
                let (mut teller, mut heard) = listen(Source::Calendar);
                let settings = CalendarSettings {
                    files: vec![CalendarPath::parse(file.to_str().unwrap()).unwrap()],
                    lighten_over: Some(SignedDuration::from_secs(limit)),
                    ..CalendarSettings::default()
                };
                tokio::select! {
                    ended = run(&mut teller, &settings) => panic!("{ended:?}"),
                    light = heard.light_day() => assert_eq!(light, expected),
                }
            });
        }
    }

    #[test]
    fn a_meeting_begins_and_ends_by_itself() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("work.ics");
        let second = SignedDuration::from_secs(1);
        fs::write(&file, meeting(second * 2, second).0).unwrap();
        following(&file, async |heard| {
            heard.until(|reading| *reading == Reading::Free).await;
            heard
                .until(|reading| matches!(reading, Reading::Busy { .. }))
                .await;
            heard.until(|reading| *reading == Reading::Free).await;
        });
    }
}
