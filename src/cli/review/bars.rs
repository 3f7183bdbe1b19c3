//! Counts as bars of text: the name, the number, and a line as long.

use std::io::{self, Write};

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::cli::terminal::Terminal;

/// How far in they stand, in columns; as much is between a name, its number and its bar.
const INDENT: usize = 2;

/// The longest bar, in columns: longer ones say no more.
const LONGEST: u64 = 40;

/// Writes them one below the other. A bar has a mark for each, or is cut to scale where there is no room for that.
///
/// # Errors
/// As the output's.
pub fn write<'a>(
    rows: impl IntoIterator<Item = (&'a str, u64)>,
    out: &mut Terminal,
) -> io::Result<()> {
    let rows: Vec<(&str, u64)> = rows.into_iter().collect();
    for line in lines(&rows, out.width) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn lines(rows: &[(&str, u64)], width: usize) -> Vec<String> {
    let most = rows.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let digits = most.to_string().len();
    let names = rows.iter().map(|(name, _)| name.width()).max().unwrap_or(0);
    let names = names.min(width / 2);
    let room = width.saturating_sub(3 * INDENT + names + digits);
    let room = u64::try_from(room).map_or(LONGEST, |room| room.min(LONGEST));
    let line = |(name, count): &(&str, u64)| {
        let name = shortened(name, names);
        let gap = " ".repeat(names.saturating_sub(name.width()));
        let bar = "━".repeat(length(*count, most, room));
        let line = format!("{:INDENT$}{name}{gap}  {count:>digits$}  {bar}", "");
        line.trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

/// How long the bar of `count` is, in columns; no bar is so short that it is not there.
fn length(count: u64, most: u64, room: u64) -> usize {
    let length = if most <= room {
        count
    } else {
        (count * room).div_ceil(most)
    };
    usize::try_from(length).unwrap_or_default()
}

/// The text in as many columns, cut short where it is longer.
fn shortened(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut short = String::new();
    for letter in text.graphemes(true) {
        if short.width() + letter.width() + 1 > columns {
            break;
        }
        short.push_str(letter);
    }
    short + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_for_each_where_there_is_room() {
        assert_eq!(
            lines(&[("okay", 5), ("too much", 1)], 80),
            ["  okay      5  ━━━━━", "  too much  1  ━"]
        );
    }

    #[test]
    fn longer_bars_are_to_scale_and_fit() {
        // 24 columns: 2, 4 for the name, 2, 3 for the number, 2, and 11 for the bar.
        assert_eq!(
            lines(&[("okay", 220), ("hard", 110), ("no", 1)], 24),
            [
                "  okay  220  ━━━━━━━━━━━",
                "  hard  110  ━━━━━━",
                "  no      1  ━"
            ]
        );
    }

    #[test]
    fn a_long_name_leaves_room_for_its_bar() {
        let found = lines(&[("e\u{301}".repeat(30).as_str(), 3), ("日本語", 2)], 24);
        assert_eq!(found[0], format!("  {}…  3  ━━━", "e\u{301}".repeat(11)));
        assert_eq!(found[1], "  日本語        2  ━━");
    }

    #[test]
    fn nothing_makes_no_lines() {
        assert!(lines(&[], 80).is_empty());
    }
}
