//! `[calendar]`.

use super::text::duration;
use crate::config::calendar::parse_address;
use crate::config::{CalendarPath, CalendarSettings, keys};
use crate::schedule::Error;
use crate::source::Fields;

pub(super) fn read(mut fields: Fields<'_, '_>, calendar: &mut CalendarSettings) {
    if let Some(files) = each(&mut fields, keys::CALENDAR_FILES.name, CalendarPath::parse) {
        calendar.files = files;
    }
    if let Some(addresses) = each(&mut fields, keys::ADDRESSES.name, parse_address) {
        calendar.addresses = addresses;
    }
    if let Some(limit) = duration(&mut fields, &keys::LIGHTEN_OVER) {
        calendar.lighten_over = Some(limit);
    }
    fields.finish();
}

/// Takes a list of texts that are parsed one by one; one text counts as a list.
fn each<T>(
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    parse: fn(&str) -> Result<T, Error>,
) -> Option<Vec<T>> {
    let is_there = fields.has(key);
    let texts = fields.texts(key);
    let parsed = texts
        .iter()
        .filter_map(|text| fields.parse_piece(text, parse));
    is_there.then(|| parsed.map(|one| one.value).collect())
}
