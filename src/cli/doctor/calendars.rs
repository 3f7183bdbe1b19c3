//! The calendar files that the settings name, as they are on disk.

use super::look::Look;
use super::row::Row;
use crate::calendar::View;
use crate::cli::style::counted;
use crate::paths;
use crate::settings::Settings;
use crate::settings::calendars::CalendarFiles;

/// No row where the settings name none, or have errors, which have a row of their own.
pub fn check(look: &Look) -> Vec<Row> {
    let settings = look.paths.as_ref().ok().map(Settings::read);
    let (Some(Ok(settings)), Some(home)) = (settings, paths::home_dir()) else {
        return Vec::new();
    };
    let named = &settings.config.busy.calendar;
    if named.files.is_empty() {
        return Vec::new();
    }
    let view = View::of_coming_days(look.now, look.zone.clone(), named.addresses.clone());
    let calendars = CalendarFiles::find(named, &home).read(&view);
    let fact = format!("{} read", counted(calendars.files, "file", "files"));
    let row = match calendars.findings.as_slice() {
        [] => Row::ok("calendar files", fact),
        [first, ..] => {
            let count = counted(calendars.findings.len(), "warning", "warnings");
            let told = format!("{fact}; {count}: {}", look.shortened(&first.message));
            Row::warn("calendar files", told, "attuned check shows each")
                .anonymously(format!("{fact}; {count}"))
        }
    };
    vec![row]
}
