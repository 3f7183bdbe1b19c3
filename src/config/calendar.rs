//! The person's calendars, as the settings tell of them.

use std::path::{Path, PathBuf};

use jiff::SignedDuration;

use crate::schedule::Error;

/// Where the calendars are, and what follows from them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CalendarSettings {
    /// iCalendar files, and folders with such files in them.
    pub files: Vec<CalendarPath>,
    /// The person's mail addresses.
    pub addresses: Vec<String>,
    /// A day with more time in meetings than this is light; without it none is.
    pub lighten_over: Option<SignedDuration>,
}

/// A whole path as it is written, `~` for the home folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarPath(String);

impl CalendarPath {
    /// A whole path: it begins at the root of a disk, or in the home folder.
    ///
    /// # Errors
    /// Where it begins anywhere else: the daemon and a command are in different folders.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let path = text.trim();
        let is_on_a_drive = matches!(path.as_bytes(), [drive, b':', b'/' | b'\\', ..] if drive.is_ascii_alphabetic());
        let is_at_home = path == "~" || path.starts_with("~/") || path.starts_with("~\\");
        if path.starts_with('/') || is_at_home || is_on_a_drive {
            return Ok(Self(path.to_owned()));
        }
        Err(Error {
            span: 0..text.len(),
            message: "this is not a whole path".into(),
            hint: Some(if path.contains("://") {
                "attuned fetches nothing: name a file that another program keeps, such as \"~/.calendars\"".into()
            } else {
                "such as \"~/.calendars\" or \"/home/ana/work.ics\"".into()
            }),
        })
    }

    /// Where that is, for whoever's home folder is `home`.
    #[must_use]
    pub fn within(&self, home: &Path) -> PathBuf {
        match self.0.strip_prefix('~') {
            Some(rest) => home.join(rest.trim_start_matches(['/', '\\'])),
            None => PathBuf::from(&self.0),
        }
    }
}

/// A mail address, without the "mailto:" that calendars write before it.
pub(super) fn parse_address(text: &str) -> Result<String, Error> {
    let address = text.trim();
    let address = match address.split_at_checked("mailto:".len()) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("mailto:") => rest,
        _ => address,
    };
    let is_part =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c == '@');
    match address.split_once('@') {
        Some((name, place)) if is_part(name) && is_part(place) => Ok(address.to_owned()),
        _ => Err(Error {
            span: 0..text.len(),
            message: "this is not a mail address".into(),
            hint: Some("such as \"ana@example.org\"".into()),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tilde_is_the_home_folder() {
        let home = Path::new("/home/ana");
        let path = |text| CalendarPath::parse(text).unwrap().within(home);
        assert_eq!(path("~"), Path::new("/home/ana"));
        assert_eq!(path("~/.calendars"), Path::new("/home/ana/.calendars"));
        assert_eq!(path(" /srv/~/a b.ics "), Path::new("/srv/~/a b.ics"));
        for text in ["", "work.ics", "./work.ics", "~bo/work.ics", "../x"] {
            assert!(CalendarPath::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn addresses_are_as_people_and_calendars_write_them() {
        for text in ["ana@example.org", " MAILTO:ana@example.org "] {
            assert_eq!(parse_address(text).as_deref(), Ok("ana@example.org"));
        }
        for text in [
            "",
            "ana",
            "@example.org",
            "ana@",
            "a@b@c",
            "ana b@example.org",
        ] {
            assert!(parse_address(text).is_err(), "{text}");
        }
    }
}
