//! Time zones by name.

use jiff::tz::TimeZone;

use crate::schedule::Error;
use crate::source::did_you_mean;

/// The zone of this name in the IANA database, such as "Europe/Berlin".
///
/// # Errors
/// Where there is none; the hint names one that is near.
pub fn parse_zone(name: &str) -> Result<TimeZone, Error> {
    jiff::tz::db().get(name).map_err(|_| Error {
        span: 0..name.len(),
        message: format!("there is no time zone \"{name}\""),
        hint: Some(zone_hint(name)),
    })
}

/// The zone with a similar name, or the one whose city is named.
fn zone_hint(name: &str) -> String {
    let known: Vec<String> = jiff::tz::db()
        .available()
        .map(|zone| zone.to_string())
        .collect();
    let city = |zone: &&str| {
        let last = zone.rsplit('/').next().unwrap_or_default();
        last.eq_ignore_ascii_case(&name.replace(' ', "_"))
    };
    let zones = || known.iter().map(String::as_str);
    match zones().find(city).or_else(|| did_you_mean(name, zones())) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => "such as \"Europe/Berlin\"".into(),
    }
}
