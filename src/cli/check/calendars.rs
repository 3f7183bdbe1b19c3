//! What the calendars hold today, without a word of what it is about.

use std::io::{self, Write};

use jiff::SignedDuration;
use serde::Serialize;

use crate::calendar::{Agenda, Reading, View};
use crate::cli::setup::Setup;
use crate::cli::style::{counted, friendly};
use crate::cli::terminal::Terminal;
use crate::config::CalendarSettings;
use crate::paths;
use crate::schedule::words::describe_duration;
use crate::settings::calendars::CalendarFiles;
use crate::source::Diagnostic;

/// The meetings of today, and what comes next.
#[derive(Debug, Serialize)]
pub(super) struct Booked {
    /// How many files could be read.
    files: usize,
    meetings_today: usize,
    /// Those at the same time counted once.
    minutes_today: i64,
    /// Whether that is more than the settings want for a whole day.
    #[serde(rename = "light_today")]
    is_light: bool,
    #[serde(skip)]
    agenda: Agenda,
    #[serde(skip)]
    lighten_over: Option<SignedDuration>,
}

impl Booked {
    /// Reads the calendars that the settings name, and adds what is wrong with them; none where they name none.
    pub fn look(
        settings: &CalendarSettings,
        setup: &Setup,
        found: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        if settings.files.is_empty() {
            return None;
        }
        let (now, zone) = (setup.now, &setup.zone);
        let view = View::of_coming_days(now, zone.clone(), settings.addresses.clone());
        let calendars = CalendarFiles::find(settings, &paths::home_dir()?).read(&view);
        found.extend(calendars.findings);
        let agenda = calendars.agenda;
        let day = zone.to_datetime(now).date();
        Some(Self {
            files: calendars.files,
            meetings_today: agenda.count_on(day, zone),
            minutes_today: agenda.time_on(day, zone).as_mins(),
            is_light: agenda.is_light(day, zone, settings.lighten_over),
            agenda,
            lighten_over: settings.lighten_over,
        })
    }

    /// A few lines.
    pub fn show(&self, setup: &Setup, out: &mut Terminal) -> io::Result<()> {
        writeln!(out, "{}", out.style.strong("calendars"))?;
        let files = counted(self.files, "file", "files");
        let today = match self.meetings_today {
            0 => "no meetings today".to_owned(),
            count => {
                let length = describe_duration(SignedDuration::from_mins(self.minutes_today));
                format!("{} today, {length}", counted(count, "meeting", "meetings"))
            }
        };
        out.paragraph(2, &format!("{files}, {today}"))?;
        let say = |at| friendly(at, setup.now, &setup.zone);
        match self.agenda.at(setup.now) {
            Reading::Busy { until } => {
                out.paragraph(2, &format!("in a meeting now, until {}", say(until)))?;
            }
            Reading::Free { until: Some(next) } => {
                out.paragraph(2, &format!("next meeting: {}", say(next)))?;
            }
            Reading::Free { until: None } => {}
        }
        match self.lighten_over {
            Some(limit) if self.is_light => {
                let limit = describe_duration(limit);
                out.paragraph(2, &format!("today is light: more than {limit} of meetings"))
            }
            _ => Ok(()),
        }
    }
}
