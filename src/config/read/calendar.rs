//! `[calendar]`.

use super::text::{duration, each};
use crate::config::calendar::parse_address;
use crate::config::{CalendarPath, CalendarSettings, keys};
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
