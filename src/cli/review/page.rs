//! A review as one page: it stands for itself, loads nothing, runs nothing, and reads well on a screen, by ear and on paper.

use std::fmt::Write as _;

use super::look::{Favoured, Look, Own, check_ins, lists};
use super::plot::Plot;
use crate::cli::journal::heading;
use crate::journal::review::{CheckIns, Said, Times};

const STYLE: &str = include_str!("page.css");

/// Nothing may be loaded or run, whatever stands in the words of the page; the style is its own.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// So many words have a bar each; a line below and the table have the others.
const MOST_BARS: usize = 12;

/// The page.
pub fn page(look: &Look) -> String {
    let days = escape(&look.days.in_words());
    let parts = [
        look.check_ins.as_ref().map(how_it_was),
        look.said.as_ref().map(words),
        look.wins.as_ref().map(|wins| own_words("Wins", wins)),
        look.notes
            .as_ref()
            .map(|notes| own_words("In my own words", notes)),
        look.times.as_ref().map(times),
        look.prompts.as_ref().map(|prompts| favoured(prompts)),
    ];
    let parts: String = parts.into_iter().flatten().collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Looking back: {days}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n\
         <h1>Looking back</h1>\n<p>{days}</p>\n\
         <p class=\"soft\">What I said and wrote in these days: counts and my own words. A day with nothing on it is just a \
         day with nothing on it.</p>\n</header>\n<main>\n{parts}</main>\n\
         <footer>\n<p>Made with attuned, on the computer where the journal is. Nothing here was worked out about anybody, and \
         the page loads nothing. Times are those of the clock on the wall there and then.</p>\n</footer>\n</body>\n</html>\n"
    )
}

/// The text as it is read, whatever is in it. A character that only steers a machine is shown as one that is not known.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe += "&amp;",
            '<' => safe += "&lt;",
            '>' => safe += "&gt;",
            '"' => safe += "&quot;",
            '\'' => safe += "&#39;",
            '\n' | '\t' => safe.push(letter),
            letter if letter.is_control() => safe.push('\u{fffd}'),
            letter => safe.push(letter),
        }
    }
    safe
}

fn section(name: &str, content: &str) -> String {
    format!("<section>\n<h2>{name}</h2>\n{content}</section>\n")
}

fn how_it_was(found: &CheckIns) -> String {
    if found.count == 0 {
        return String::new();
    }
    let answers = found.answers().into_iter();
    let answers: Vec<(String, u64)> = answers
        .map(|(answer, count)| (answer.to_owned(), count))
        .collect();
    let of = check_ins(found.count);
    let mut plots = Plot::bars("What I answered", &of, "Answer", &answers).figure("answers");
    if found.grid.count > 0 {
        plots += &Plot::grid(&found.grid).figure("grid");
    }
    section(
        "How I was",
        &format!("<div class=\"plots\">\n{plots}</div>\n"),
    )
}

fn words(said: &Said) -> String {
    let mut plots = String::new();
    for (nth, (name, tally)) in lists(said).into_iter().enumerate() {
        if tally.count == 0 {
            continue;
        }
        let of = check_ins(tally.count);
        let shown = &tally.each[..tally.each.len().min(MOST_BARS)];
        plots += &Plot::bars(name, &of, "Word", shown)
            .with_others(&tally.each[shown.len()..])
            .figure(&format!("words-{nth}"));
    }
    if plots.is_empty() {
        return plots;
    }
    section(
        "Words I chose",
        &format!("<div class=\"plots\">\n{plots}</div>\n"),
    )
}

fn times(times: &Times) -> String {
    if times.count == 0 {
        return String::new();
    }
    let of = check_ins(times.count);
    let parts = times
        .parts()
        .into_iter()
        .map(|(part, count)| (part.in_words(), count));
    let parts: Vec<(String, u64)> = parts.collect();
    let plots = Plot::bars("Through the day", &of, "Part of the day", &parts).figure("day")
        + &Plot::hours(times).figure("week");
    section(
        "When I answered",
        &format!("<div class=\"plots\">\n{plots}</div>\n"),
    )
}

/// Each day under a heading of its own.
fn own_words(name: &str, own: &[Own]) -> String {
    if own.is_empty() {
        return String::new();
    }
    let mut content = String::new();
    for of_day in own.chunk_by(|one, next| one.day == next.day) {
        let _ = writeln!(content, "<h3>{}</h3>\n<ul>", heading(of_day[0].day));
        for one in of_day {
            content += &one_of_them(one);
        }
        content += "</ul>\n";
    }
    section(name, &content)
}

/// Whatever language and direction it is in.
fn one_of_them(one: &Own) -> String {
    let line = |class: &str, text: &str| {
        let text = escape(text);
        format!("<p class=\"{class}\" dir=\"auto\">{text}</p>\n")
    };
    let time = one.time.as_ref().map(|time| line("soft", time));
    let asked = one.asked.as_ref().map(|asked| line("asked", asked));
    let words = line("own", &one.words);
    format!(
        "<li>\n{}{}{words}</li>\n",
        time.unwrap_or_default(),
        asked.unwrap_or_default()
    )
}

fn favoured(prompts: &[Favoured]) -> String {
    if prompts.is_empty() {
        return String::new();
    }
    let row = |one: &Favoured| {
        let text = escape(one.text.as_ref().unwrap_or(&one.title));
        let how = escape(&one.how());
        format!("<li>\n<p dir=\"auto\">{text}</p>\n<p class=\"soft\">{how}</p>\n</li>\n")
    };
    let rows: String = prompts.iter().map(row).collect();
    section("Prompts I took up", &format!("<ul>\n{rows}</ul>\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_make_no_markup() {
        let nasty = "<script>\"a\" & 'b'</script>\u{1b}[0m\0\nnext\u{85}";
        assert_eq!(
            escape(nasty),
            "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;\u{fffd}[0m\u{fffd}\nnext\u{fffd}"
        );
    }
}
