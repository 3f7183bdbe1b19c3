//! New text laid into a file so that every line that stays the same keeps its very bytes.

/// How a line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Lf,
    CrLf,
}

impl Ending {
    /// The one most lines of `text` have; a tie is Unix's.
    fn of(text: &str) -> Self {
        let all = text.matches('\n').count();
        if text.matches("\r\n").count() * 2 > all {
            Self::CrLf
        } else {
            Self::Lf
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Lf => "\n",
            Self::CrLf => "\r\n",
        }
    }
}

/// The text as the TOML editor reads it: without a byte order mark, each line ended by `\n` alone.
pub(super) fn plain(text: &str) -> String {
    without_mark(text).replace("\r\n", "\n")
}

fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// `new`, in plain lines, in place of `old`: what is the same at its start and its end comes from `old` byte for byte,
/// what is between ends its lines as most of `old` do.
pub(super) fn splice(old: &str, new: &str) -> String {
    let (mark, body) = old.split_at(old.len() - without_mark(old).len());
    let old_lines: Vec<&str> = body.split_inclusive('\n').collect();
    let new_lines: Vec<&str> = new.split_inclusive('\n').collect();
    let same = |(old, new): &(&&str, &&str)| content(old) == content(new);
    let start = old_lines.iter().zip(&new_lines).take_while(same).count();
    let rests = old_lines[start..]
        .iter()
        .rev()
        .zip(new_lines[start..].iter().rev());
    let end = rests.take_while(same).count();

    let ending = Ending::of(body).as_str();
    let mut text = mark.to_owned();
    text.extend(old_lines[..start].iter().copied());
    let changed = &new_lines[start..new_lines.len() - end];
    // Only a file's last line can be without an ending, and now more follows it.
    if start > 0 && !changed.is_empty() && !text.ends_with('\n') {
        text.push_str(ending);
    }
    for line in changed {
        text.push_str(content(line));
        text.push_str(if line.ends_with('\n') { ending } else { "" });
    }
    text.extend(old_lines[old_lines.len() - end..].iter().copied());
    text
}

/// A line without its ending.
fn content(line: &str) -> &str {
    let line = line.strip_suffix('\n').unwrap_or(line);
    line.strip_suffix('\r').unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_the_same_keeps_its_bytes() {
        for (old, new, expected) in [
            ("a\nb\nc\n", "a\nx\nc\n", "a\nx\nc\n"),
            ("a\r\nb\r\nc\r\n", "a\nx\ny\nc\n", "a\r\nx\r\ny\r\nc\r\n"),
            // Most lines decide; those of the other kind stay as they are.
            ("a\r\nb\nc\r\nd\r\n", "a\nb\nx\nd\n", "a\r\nb\nx\r\nd\r\n"),
            ("\u{feff}a\nb", "a\nb\n", "\u{feff}a\nb"),
            ("a\nb", "a\nb\nc\n", "a\nb\nc\n"),
            ("a\nb", "x\nb\n", "x\nb"),
            ("a\nb\n", "a\n", "a\n"),
            ("a\na\n", "a\n", "a\n"),
            ("a\n", "a\na\na\n", "a\na\na\n"),
            ("", "a\n", "a\n"),
            ("a\n", "", ""),
            ("", "", ""),
        ] {
            assert_eq!(splice(old, new), expected, "{old:?} {new:?}");
        }
    }

    #[test]
    fn plain_text_has_neither_mark_nor_returns() {
        assert_eq!(plain("\u{feff}a\r\nb\n\r\n"), "a\nb\n\n");
    }
}
