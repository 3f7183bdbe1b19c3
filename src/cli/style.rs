//! How things are said on a terminal: colour, wrapped lines, friendly times.

use std::ffi::OsStr;
use std::io::IsTerminal;

use clap::builder::styling::{AnsiColor, Style as Ansi};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// How words are set off. Colour only ever repeats what the words say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether escape sequences may be written.
    pub colour: bool,
}

impl Style {
    /// For standard output.
    #[must_use]
    pub fn stdout() -> Self {
        Self::when(std::io::stdout().is_terminal())
    }

    /// For standard error.
    #[must_use]
    pub fn stderr() -> Self {
        Self::when(std::io::stderr().is_terminal())
    }

    /// By the convention of <https://no-color.org>: any value of `NO_COLOR` but an empty one means none.
    fn when(is_terminal: bool) -> Self {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").as_deref() == Some(OsStr::new("dumb"));
        Self {
            colour: is_terminal && !unwanted && !dumb,
        }
    }

    /// A heading, or what matters most.
    #[must_use]
    pub fn strong(self, text: &str) -> String {
        self.set(Ansi::new().bold(), text)
    }

    /// What may be overlooked.
    #[must_use]
    pub fn dim(self, text: &str) -> String {
        self.set(Ansi::new().dimmed(), text)
    }

    /// A warning.
    #[must_use]
    pub fn warning(self, text: &str) -> String {
        self.set(AnsiColor::Yellow.on_default().bold(), text)
    }

    /// An error.
    #[must_use]
    pub fn error(self, text: &str) -> String {
        self.set(AnsiColor::Red.on_default().bold(), text)
    }

    fn set(self, ansi: Ansi, text: &str) -> String {
        if self.colour {
            format!("{ansi}{text}{ansi:#}")
        } else {
            text.to_owned()
        }
    }
}

/// The text in lines of at most `width` characters, broken between words but not within "2 h 10 min"; line breaks in it
/// stay. A longer word has a line of its own.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    text.lines()
        .flat_map(|line| wrap_line(line, width))
        .collect()
}

fn wrap_line(line: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    let words: Vec<&str> = line.split_whitespace().collect();
    for word in words.chunk_by(|word, next| is_one_measure(word, next)) {
        let word = &word.join(" ");
        let length = word.chars().count();
        if used > 0 && used + 1 + length > width {
            lines.push(String::new());
            used = 0;
        }
        let Some(last) = lines.last_mut() else {
            continue;
        };
        if used > 0 {
            last.push(' ');
            used += 1;
        }
        last.push_str(word);
        used += length;
    }
    lines
}

/// Whether the two belong to one measure: a number and its unit, or hours and their minutes.
fn is_one_measure(word: &str, next: &str) -> bool {
    let is_number = |word: &str| {
        let digits = word.trim_start_matches('(');
        !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())
    };
    let next_letters = next.trim_end_matches(|c: char| !c.is_alphanumeric());
    let is_unit = matches!(next_letters, "h" | "min" | "s" | "days") || next.starts_with('%');
    (is_number(word) && is_unit) || (word == "h" && is_number(next))
}

/// "1 prompt", "3 prompts"
#[must_use]
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// An instant as people say it: "today at 14:30", "tomorrow at 09:00", "Monday at 09:00", "24 December at 18:00"; with
/// the year where it is another.
#[must_use]
pub fn friendly(at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let local = at.to_zoned(zone.clone());
    let today = now.to_zoned(zone.clone()).date();
    let day = match today.until(local.date()).map(|span| span.get_days()) {
        Ok(0) => "today".to_owned(),
        Ok(1) => "tomorrow".to_owned(),
        Ok(-1) => "yesterday".to_owned(),
        Ok(2..=6) => local.strftime("%A").to_string(),
        _ if local.year() == today.year() => local.strftime("%-d %B").to_string(),
        _ => local.strftime("%-d %B %Y").to_string(),
    };
    format!("{day} at {}", local.strftime("%H:%M"))
}

/// [`friendly`], and how long until then where that is less than a day: "today at 14:30 (in 2 h 10 min)".
#[must_use]
pub fn friendly_in(at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let time = friendly(at, now, zone);
    let left = at.duration_since(now);
    if left.is_positive() && left < SignedDuration::from_hours(24) {
        format!("{time} (in {})", roughly(left))
    } else {
        time
    }
}

/// A time span to the nearest minute, or in days where it is long: "2 h 10 min", "1 min", "3 days".
#[must_use]
pub fn roughly(length: SignedDuration) -> String {
    let minutes = length.as_secs().max(0).saturating_add(30) / 60;
    match (minutes / 60, minutes % 60) {
        (0, 0) => "a moment".to_owned(),
        (0, minutes) => format!("{minutes} min"),
        (hours @ 1..48, 0) => format!("{hours} h"),
        (hours @ 1..48, minutes) => format!("{hours} h {minutes} min"),
        (hours, _) => format!("{} days", hours / 24),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Style = Style { colour: false };

    /// Friday 19 December 2025, 12:20 in Berlin (UTC+1).
    const NOW: &str = "2025-12-19T11:20:00Z";

    fn berlin() -> TimeZone {
        TimeZone::get("Europe/Berlin").unwrap()
    }

    fn instant(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn times_as_people_say_them() {
        for (at, expected) in [
            ("2025-12-19T13:30:00Z", "today at 14:30"),
            ("2025-12-18T23:00:00Z", "today at 00:00"),
            ("2025-12-19T23:00:00Z", "tomorrow at 00:00"),
            ("2025-12-20T08:00:00Z", "tomorrow at 09:00"),
            ("2025-12-18T22:59:59Z", "yesterday at 23:59"),
            ("2025-12-22T08:00:00Z", "Monday at 09:00"),
            ("2025-12-25T08:00:00Z", "Thursday at 09:00"),
            ("2025-12-26T08:00:00Z", "26 December at 09:00"),
            ("2025-12-17T08:00:00Z", "17 December at 09:00"),
            ("2025-03-01T08:00:00Z", "1 March at 09:00"),
            ("2026-01-02T08:00:00Z", "2 January 2026 at 09:00"),
            // Summer time is UTC+2.
            ("2026-07-01T16:00:00Z", "1 July 2026 at 18:00"),
        ] {
            assert_eq!(
                friendly(instant(at), instant(NOW), &berlin()),
                expected,
                "{at}"
            );
        }
    }

    #[test]
    fn what_is_less_than_a_day_off_says_how_long() {
        for (at, expected) in [
            ("2025-12-19T13:30:00Z", "today at 14:30 (in 2 h 10 min)"),
            ("2025-12-20T08:00:00Z", "tomorrow at 09:00 (in 20 h 40 min)"),
            ("2025-12-20T11:20:00Z", "tomorrow at 12:20"),
            ("2025-12-19T11:20:00Z", "today at 12:20"),
            ("2025-12-19T10:00:00Z", "today at 11:00"),
        ] {
            assert_eq!(
                friendly_in(instant(at), instant(NOW), &berlin()),
                expected,
                "{at}"
            );
        }
    }

    #[test]
    fn the_end_of_time_has_a_name_too() {
        for at in [Timestamp::MIN, Timestamp::MAX] {
            assert!(friendly(at, instant(NOW), &berlin()).contains(" at "));
            assert!(
                friendly_in(instant(NOW), at, &berlin()).starts_with("19 December 2025 at 12:20")
            );
        }
        assert_eq!(roughly(SignedDuration::MAX), "106751991167300 days");
        assert_eq!(roughly(SignedDuration::MIN), "a moment");
    }

    #[test]
    fn spans_to_the_minute() {
        for (seconds, expected) in [
            (0, "a moment"),
            (29, "a moment"),
            (30, "1 min"),
            (89, "1 min"),
            (90, "2 min"),
            (3_600, "1 h"),
            (7_801, "2 h 10 min"),
            (172_800 - 31, "47 h 59 min"),
            (172_800, "2 days"),
            (8 * 86_400 + 7_200, "8 days"),
        ] {
            assert_eq!(
                roughly(SignedDuration::from_secs(seconds)),
                expected,
                "{seconds}"
            );
        }
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("one two three", 6), ["one", "two", "three"]);
        assert_eq!(wrap("a\n\n b  c", 80), ["a", "", "b c"]);
        assert_eq!(wrap("überraschend ok", 5), ["überraschend", "ok"]);
        assert_eq!(wrap("äöü äöü", 7), ["äöü äöü"]);
        assert!(wrap("", 10).is_empty());
        assert_eq!(
            wrap("until noon (21 h 20 min left)", 16),
            ["until noon", "(21 h 20 min", "left)"]
        );
        assert_eq!(wrap("in 2 h, 10 of us", 9), ["in 2 h,", "10 of us"]);
        assert_eq!(wrap("from: one 3 %, two", 12), ["from: one", "3 %, two"]);
    }

    #[test]
    fn no_colour_means_no_escape_sequences() {
        let coloured = Style { colour: true };
        for set in [Style::strong, Style::dim, Style::warning, Style::error] {
            assert_eq!(set(PLAIN, "word"), "word");
            let word = set(coloured, "word");
            assert!(
                word.starts_with("\u{1b}[") && word.ends_with("word\u{1b}[0m"),
                "{word:?}"
            );
        }
    }
}
