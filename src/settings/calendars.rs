//! A person's calendar files on disk → an [`Agenda`] of the coming days.
//!
//! Files may be many, large or broken, and none of that stops the others: what is wrong is a finding.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crate::calendar::{self, Agenda, Finding, View};
use crate::config::CalendarSettings;
use crate::source::{Diagnostic, Severity, read_bytes};

/// How far down folders are looked into: vdirsyncer keeps an event a file, in a folder for each calendar, in one for all.
const DEEPEST: usize = 4;

/// No more is looked at, so that a wrong path costs little.
const MOST_FOLDERS: usize = 200;
const MOST_FILES: usize = 20_000;
const MOST_BYTES: u64 = 100 << 20;

/// What helps where there is too much.
const FEWER: &str = "name only the calendars that your own meetings are in";

/// What helps where a file that the settings name cannot be read.
const NAMED: &str = "`files` under [calendar] names it, or its folder";

/// The most that is told; more is tiring.
const MOST_FINDINGS: usize = 20;

/// The files that make up a person's calendars.
#[derive(Debug, Default)]
pub struct CalendarFiles {
    files: Vec<PathBuf>,
    /// What the settings name, and all folders in it.
    watched: Vec<PathBuf>,
    findings: Vec<Diagnostic>,
}

/// What is in them.
#[derive(Debug, Default)]
pub struct Calendars {
    /// The meetings of the time looked at.
    pub agenda: Agenda,
    /// How many files could be read, and are calendars.
    pub files: usize,
    /// What is wrong with files; all of it is warnings.
    pub findings: Vec<Diagnostic>,
}

impl CalendarFiles {
    /// Looks for the files that the settings name; `home` is the person's home folder.
    #[must_use]
    pub fn find(settings: &CalendarSettings, home: &Path) -> Self {
        let mut found = Self::default();
        for path in &settings.files {
            let path = path.within(home);
            match fs::metadata(&path) {
                Ok(metadata) if metadata.is_dir() => found.look_through(&path),
                // What is missing or unreadable is told when it is read.
                _ => {
                    found.files.push(path.clone());
                    found.watched.push(path);
                }
            }
        }
        if found.files.len() > MOST_FILES {
            found.files.truncate(MOST_FILES);
            found.warn(
                format!("there are more than {MOST_FILES} calendar files; the rest is left out"),
                FEWER,
            );
        }
        found
    }

    /// Adds the calendar files in a folder that the settings name.
    fn look_through(&mut self, folder: &Path) {
        let before = self.files.len();
        let mut folders = vec![(folder.to_owned(), 1)];
        while let Some((folder, depth)) = folders.pop() {
            if self.watched.len() == MOST_FOLDERS {
                let shown = folder.display();
                return self.warn(
                    format!(
                        "{shown} and more are left out: there are more than {MOST_FOLDERS} folders"
                    ),
                    "name the folder that the .ics files are in",
                );
            }
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) => {
                    self.warn(
                        format!("{} cannot be read: {error}", folder.display()),
                        "make it readable for you, or name another one",
                    );
                    continue;
                }
            };
            self.watched.push(folder);
            let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
            let mut paths: Vec<PathBuf> = paths.filter(|path| !is_hidden(path)).collect();
            paths.sort();
            for path in paths {
                if is_calendar(&path) {
                    self.files.push(path);
                } else if depth < DEEPEST && path.is_dir() {
                    folders.push((path, depth + 1));
                }
            }
            if self.files.len() > MOST_FILES {
                return;
            }
        }
        if self.files.len() == before {
            self.warn(
                format!("there is no .ics file in {}", folder.display()),
                format!(
                    "name the folder that they are in; it is looked through {DEEPEST} folders deep"
                ),
            );
        }
    }

    /// The files and folders whose changes matter.
    #[must_use]
    pub fn watched(&self) -> &[PathBuf] {
        &self.watched
    }

    fn warn(&mut self, message: String, hint: impl Into<String>) {
        self.findings.push(warning(message).with_hint(hint));
    }

    /// Reads the files, for the time that `view` tells.
    #[must_use]
    pub fn read(self, view: &View) -> Calendars {
        let mut findings = self.findings;
        let mut meetings = Vec::new();
        let mut files = 0;
        let mut left = MOST_BYTES;
        for path in &self.files {
            let bytes = match read_bytes(path, calendar::MAX_BYTES) {
                Ok(bytes) => bytes,
                Err(error) => {
                    let hint = error.hint.unwrap_or_else(|| NAMED.to_owned());
                    findings.push(warning(error.message).with_hint(hint));
                    continue;
                }
            };
            let Some(rest) = left.checked_sub(bytes.len() as u64) else {
                let most = MOST_BYTES >> 20;
                let message = format!(
                    "the calendar files are larger than {most} MiB together; the rest is left out"
                );
                findings.push(warning(message).with_hint(FEWER));
                break;
            };
            left = rest;
            let calendar = calendar::read(&bytes, view);
            let told = calendar.findings.iter();
            findings.extend(told.map(|one| {
                warning(format!("{}: {one}", path.display())).with_hint(what_helps(one))
            }));
            meetings.extend(calendar.meetings);
            files += usize::from(!calendar.findings.contains(&Finding::NotACalendar));
        }
        if findings.len() > MOST_FINDINGS {
            let more = findings.len() - MOST_FINDINGS;
            findings.truncate(MOST_FINDINGS);
            let message = format!("{more} more findings in calendar files are not told");
            findings.push(warning(message).with_hint("mend these, and check again"));
        }
        Calendars {
            agenda: Agenda::new(meetings),
            files,
            findings,
        }
    }
}

/// What to do about a part of a file that counts as free.
fn what_helps(finding: &Finding) -> &'static str {
    match finding {
        Finding::NotACalendar => "an iCalendar file begins with BEGIN:VCALENDAR",
        Finding::Cut => "fetch or export it again",
        Finding::Unreadable(_) | Finding::TooOften(_) => {
            "what is not understood counts as free; a [[pause]] can stand in for it"
        }
        Finding::UnknownZone(_) => "where that is wrong, another export may name it otherwise",
        Finding::TooManyMeetings => FEWER,
    }
}

fn warning(message: String) -> Diagnostic {
    Diagnostic {
        severity: Severity::Warning,
        ..Diagnostic::error(message)
    }
}

/// Programs keep their own things, and files half written, beside the calendars.
fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    name.as_encoded_bytes().starts_with(b".")
}

fn is_calendar(path: &Path) -> bool {
    let ending = path.extension().and_then(OsStr::to_str);
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case("ics"))
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::config::CalendarPath;

    /// A meeting on 20 October 2026 at this hour.
    fn meeting(hour: u8) -> String {
        let at = format!("20261020T{hour:02}");
        format!(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:{at}0000Z\nDTEND:{at}3000Z\nEND:VEVENT\nEND:VCALENDAR\n"
        )
    }

    /// A home with these files, each with its text.
    fn home(files: &[(&str, &str)]) -> tempfile::TempDir {
        let home = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = home.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        home
    }

    fn find(home: &tempfile::TempDir, paths: &[&str]) -> CalendarFiles {
        let files = paths.iter().map(|path| CalendarPath::parse(path).unwrap());
        let settings = CalendarSettings {
            files: files.collect(),
            ..CalendarSettings::default()
        };
        CalendarFiles::find(&settings, home.path())
    }

    /// How many meetings there are, and what is wrong, with `~` for the home folder.
    fn read(home: &tempfile::TempDir, paths: &[&str]) -> (usize, usize, Vec<String>) {
        let now = "2026-10-20T06:00Z".parse().unwrap();
        let view = View::of_coming_days(now, TimeZone::UTC, Vec::new());
        let calendars = find(home, paths).read(&view);
        let at_home = home.path().display().to_string();
        let told = calendars.findings.iter();
        let told = told.map(|one| {
            assert_eq!(one.severity, Severity::Warning);
            assert!(one.hint.is_some(), "{}", one.message);
            one.message.replace(&at_home, "~")
        });
        let day = jiff::civil::date(2026, 10, 20);
        let count = calendars.agenda.count_on(day, &TimeZone::UTC);
        (count, calendars.files, told.collect())
    }

    #[test]
    fn files_and_folders_make_one_agenda() {
        let eight = meeting(8);
        let home = home(&[
            ("work.ics", &eight),
            ("calendars/mine/a.ics", &meeting(9)),
            ("calendars/mine/b.ICS", &meeting(10)),
            // The same meeting in another calendar.
            ("calendars/team/a.ics", &eight),
            ("calendars/notes.txt", "nothing"),
            ("calendars/.trash/c.ics", &meeting(11)),
            ("calendars/mine/.d.ics", &meeting(12)),
            ("calendars/1/2/3/4/deep.ics", &meeting(13)),
        ]);
        assert_eq!(read(&home, &["~/work.ics", "~/calendars"]), (3, 4, vec![]));
        let watched = find(&home, &["~/work.ics", "~/calendars"]);
        assert_eq!(watched.watched().len(), 7, "{:?}", watched.watched());
    }

    #[test]
    fn what_is_wrong_is_told_and_the_rest_works() {
        let home = home(&[
            ("good.ics", &meeting(8)),
            ("bad.ics", "<html>"),
            ("empty/readme", ""),
        ]);
        let large = fs::File::create(home.path().join("large.ics")).unwrap();
        large.set_len(100_000_000).unwrap();
        let paths = [
            "~/gone.ics",
            "~/bad.ics",
            "~/large.ics",
            "~/empty",
            "~/good.ics",
        ];
        let (count, files, told) = read(&home, &paths);
        assert_eq!((count, files), (1, 1));
        assert_eq!(
            told,
            [
                "there is no .ics file in ~/empty",
                "~/gone.ics does not exist",
                "~/bad.ics: it is not an iCalendar file",
                "~/large.ics is larger than 20 MiB",
            ]
        );
    }

    #[test]
    fn a_files_name_steers_no_terminal() {
        let home = home(&[("calendars/a\u{1b}[31m\n.ics", "<html>")]);
        let (_, _, told) = read(&home, &["~/calendars"]);
        assert_eq!(
            told,
            ["~/calendars/a\\u{1b}[31m\\n.ics: it is not an iCalendar file"]
        );
    }

    #[test]
    fn a_ring_of_folders_and_more_files_than_anybody_has_end() {
        let home = home(&[("calendars/a.ics", &meeting(8))]);
        #[cfg(unix)]
        std::os::unix::fs::symlink(".", home.path().join("calendars/again")).unwrap();
        let (count, _, told) = read(&home, &["~/calendars"]);
        assert_eq!((count, told), (1, vec![]));
        let broken: Vec<(String, &str)> = (0..30).map(|n| (format!("x/{n:02}.ics"), "")).collect();
        let broken: Vec<(&str, &str)> = broken
            .iter()
            .map(|(path, text)| (path.as_str(), *text))
            .collect();
        let (_, _, told) = read(&self::home(&broken), &["~/x"]);
        assert_eq!(told.len(), MOST_FINDINGS + 1);
        assert_eq!(
            told[MOST_FINDINGS],
            "10 more findings in calendar files are not told"
        );
    }
}
