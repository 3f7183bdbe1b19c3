//! Makes text safe to hand to a notification server.

/// One line for a title or a button: no control characters, no bidirectional overrides, no line breaks.
pub(super) fn line(text: &str) -> String {
    text.chars()
        .map(|c| if is_break(c) || c == '\t' { ' ' } else { c })
        .filter(|&c| is_shown(c))
        .collect()
}

/// Plain text of several lines: as [`line()`], but line breaks stay.
pub(super) fn plain(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .map(|c| match c {
            _ if is_break(c) => '\n',
            '\t' => ' ',
            _ => c,
        })
        .filter(|&c| c == '\n' || is_shown(c))
        .collect()
}

/// Plain text without control characters or bidirectional overrides, escaped for whoever parses markup.
///
/// Only XML's five named entities are written: GNOME knows no others and shows them as they are.
#[must_use]
pub fn markup(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in plain(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// Carriage return, next line, and Unicode's line and paragraph separators end a line as a line feed does.
fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Control characters cannot be shown; bidirectional embeddings, overrides and isolates (Unicode Standard Annex 9,
/// table 4) can make a text read as another.
fn is_shown(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_no_breaks_and_nothing_invisible() {
        assert_eq!(line("A\tkind\nword\u{7}\0"), "A kind word");
        assert_eq!(line("ab\u{202e}cd\u{2066}ef"), "abcdef");
    }

    #[test]
    fn plain_text_keeps_its_lines_and_its_direction_marks() {
        assert_eq!(
            plain("one\r\ntwo\rthree\u{2028}four\u{1b}[1m"),
            "one\ntwo\nthree\nfour[1m"
        );
        assert_eq!(plain("שלום\u{200f}!"), "שלום\u{200f}!");
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn markup_escapes_exactly_xml_s_five() {
        assert_eq!(
            markup("<b>Tea & \"rest\", it's 5 > 4</b>"),
            "&lt;b&gt;Tea &amp; &quot;rest&quot;, it&apos;s 5 &gt; 4&lt;/b&gt;"
        );
        assert_eq!(markup("&amp;"), "&amp;amp;");
        assert_eq!(markup("naïve — 🌱\nnext"), "naïve — 🌱\nnext");
    }
}
