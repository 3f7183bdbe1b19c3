//! `attuned support`: whom to turn to.

mod everywhere;
mod list;
mod report;

use std::io::{self, Write};

use clap::Args;
use jiff::civil::Date;

use super::complete;
use super::failure::Failure;
use super::setup::Setup;
use super::style::wrap;
use super::terminal::Terminal;
use crate::config::{Country, Support, SupportLine};
use crate::helplines::{Entry, Helpline, Helplines, Here, KnownBy};
use crate::settings::by_settings_or_locale;
use everywhere::everywhere;
use report::Report;

/// Whom to turn to: your own lines first, then your country's
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  attuned support
  attuned support --country NZ
  attuned support --list

Your country is the one in your settings, else your locale's. To keep one, and
for lines of your own:

  [support]
  country = \"AT\"

  [[support.line]]
  name = \"Ana\"
  number = \"+00 000 000 000\"
  hours = \"evenings\"

verified on: the day somebody last compared a number with the page it is from.
JSON: {country, own, lines, emergency, everywhere}; each of the country's
numbers with its source_url and verified_on.
attuned only shows these; it never dials, and opens no link.")]
pub struct SupportArgs {
    /// Another country's lines, by its two letters
    #[arg(long, value_name = "COUNTRY", value_parser = parse_country, add = complete::countries())]
    country: Option<Country>,

    /// The countries there are lines for
    #[arg(long, conflicts_with = "country")]
    list: bool,

    /// As JSON
    #[arg(long)]
    json: bool,
}

const OWN_LINES_UNREADABLE: &str = "Your own lines and your country cannot be read, because the settings cannot; attuned check \
                                    tells why.";

/// Languages by their codes, as far as there are lines in them.
const LANGUAGES: [(&str, &str); 13] = [
    ("de", "German"),
    ("en", "English"),
    ("es", "Spanish"),
    ("fi", "Finnish"),
    ("fr", "French"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
    ("nl", "Dutch"),
    ("no", "Norwegian"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("sv", "Swedish"),
];

pub fn run(args: &SupportArgs, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let helplines = Helplines::shipped();
    if args.list {
        return Ok(list::show(&helplines, args.json, out)?);
    }
    // Whatever is wrong with the settings, this has to work.
    let support = setup
        .settings()
        .ok()
        .map(|settings| settings.config.support.clone());
    let report = Report {
        here: here(args, support.as_ref()),
        own: support.map(|support| support.lines),
        helplines: &helplines,
    };
    if args.json {
        return Ok(report.json(out)?);
    }
    Ok(show(&report, out)?)
}

/// Whom to turn to, for a command that leads there.
///
/// # Errors
/// As the output's.
pub fn tell(setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    let args = SupportArgs {
        country: None,
        list: false,
        json: false,
    };
    run(&args, setup, out)
}

fn here(args: &SupportArgs, support: Option<&Support>) -> Option<Here> {
    let asked = args.country.map(|country| Here {
        country,
        known_by: KnownBy::Asked,
    });
    asked.or_else(|| by_settings_or_locale(support.and_then(|support| support.country)))
}

fn parse_country(text: &str) -> Result<Country, String> {
    Country::parse(text).map_err(|error| {
        let named = Helplines::shipped();
        let mut countries = named.countries().iter();
        match countries.find(|one| one.name.eq_ignore_ascii_case(text.trim())) {
            Some(one) => format!("the two letters of {} are {}", one.name, one.code.code()),
            None => format!("{}; attuned support --list tells some", error.message),
        }
    })
}

fn show(report: &Report<'_>, out: &mut Terminal) -> io::Result<()> {
    if let Some(lines) = &report.own {
        own_lines(lines, out)?;
    } else {
        out.paragraph(0, OWN_LINES_UNREADABLE)?;
        writeln!(out)?;
    }
    let entry = report.entry();
    for line in entry.iter().flat_map(|entry| &entry.lines) {
        helpline(line, out)?;
    }
    matters(entry, out)?;
    out.paragraph(0, &which_country(report))?;
    writeln!(out)?;
    out.paragraph(
        0,
        "attuned is a reminder to practise, not a crisis service. Nobody reads what you answer here, so nobody can \
         see that you need help: please tell a person.",
    )
}

/// Whom to turn to first, in a few lines: the person's own lines, else the country's first, else what holds everywhere.
///
/// # Errors
/// As the output's.
pub fn first_lines(setup: &Setup, out: &mut Terminal) -> io::Result<()> {
    let support = setup.settings().ok();
    let support = support.map(|settings| settings.config.support.clone());
    if let Some(support) = support.as_ref().filter(|one| !one.lines.is_empty()) {
        return own_lines(&support.lines, out);
    }
    let helplines = Helplines::shipped();
    let here = by_settings_or_locale(support.and_then(|support| support.country));
    let entry = here.and_then(|here| helplines.of(here.country));
    match entry.and_then(|entry| entry.lines.first()) {
        Some(line) => helpline(line, out),
        None => matters(None, out),
    }
}

/// What holds everywhere.
fn matters(entry: Option<&Entry>, out: &mut Terminal) -> io::Result<()> {
    for matter in everywhere(entry) {
        heading(matter.case, out)?;
        out.paragraph(2, &matter.what)?;
        if let Some(date) = matter.verified_on {
            verified(date, out)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn own_lines(lines: &[SupportLine], out: &mut Terminal) -> io::Result<()> {
    for line in lines {
        let hours = line
            .hours
            .as_deref()
            .map_or(String::new(), |hours| format!(" ({hours})"));
        heading(&line.name, out)?;
        out.paragraph(2, &format!("{}{hours}", line.number))?;
        writeln!(out)?;
    }
    Ok(())
}

fn helpline(line: &Helpline, out: &mut Terminal) -> io::Result<()> {
    heading(&line.name, out)?;
    for number in &line.numbers {
        // A number is not broken between its groups, however narrow the terminal.
        writeln!(out, "  {number}")?;
    }
    out.paragraph(2, &when_and_how(line))?;
    verified(line.verified_on, out)?;
    writeln!(out)
}

/// "at any hour, in German, French or Italian", and the note.
fn when_and_how(line: &Helpline) -> String {
    let languages: Vec<&str> = line.langs.iter().map(|code| language(code)).collect();
    let hours = &line.hours;
    let when = match either(&languages) {
        languages if languages.is_empty() => format!("{hours}."),
        languages => format!("{hours}, in {languages}."),
    };
    let note = line.note.as_deref().unwrap_or_default();
    let mut letters = when.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    format!("{}{} {note}", first.unwrap_or_default(), letters.as_str())
}

fn language(code: &str) -> &str {
    let known = LANGUAGES.iter().find(|(known, _)| *known == code);
    known.map_or(code, |(_, name)| name)
}

/// "one", "one or two", "one, two or three".
fn either(words: &[impl AsRef<str>]) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

fn verified(date: Date, out: &mut Terminal) -> io::Result<()> {
    let words = format!("verified on {}", date.strftime("%-d %B %Y"));
    let words = out.style.dim(&words);
    writeln!(out, "  {words}")
}

fn heading(text: &str, out: &mut Terminal) -> io::Result<()> {
    for line in wrap(text, out.width) {
        let line = out.style.strong(&line);
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// Which country this is for, and how to have another; a command stands on a line of its own.
fn which_country(report: &Report<'_>) -> String {
    const SET: &str = "attuned config set support.country";
    let Some(here) = report.here else {
        return format!(
            "Your country is not known here. attuned support --list has those there are lines for. To set yours, by its \
             two letters:\n{SET} AT"
        );
    };
    let code = here.country.code();
    let Some(entry) = report.entry() else {
        return format!("For your country ({code}) no line could be verified yet.");
    };
    let name = in_a_sentence(&entry.name);
    match here.known_by {
        KnownBy::Asked => format!("This is for {name}. To have it always:\n{SET} {code}"),
        KnownBy::Settings => format!("This is for {name}, as your settings say."),
        KnownBy::Locale => {
            format!(
                "This is for {name}, as your locale says. If you live elsewhere, such as in New Zealand:\n{SET} NZ"
            )
        }
    }
}

/// "Austria", "the Netherlands".
fn in_a_sentence(country: &str) -> String {
    match country {
        "Netherlands" | "United Kingdom" | "United States" => format!("the {country}"),
        _ => country.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_of_a_line_has_a_name() {
        let helplines = Helplines::shipped();
        let lines = helplines.countries().iter().flat_map(|entry| &entry.lines);
        for code in lines.flat_map(|line| &line.langs) {
            assert_ne!(language(code), code);
        }
    }

    #[test]
    fn countries_are_named_as_people_say_them() {
        let helplines = Helplines::shipped();
        let names = helplines.countries().iter().map(|one| one.name.as_str());
        let with_the: Vec<String> = names
            .map(in_a_sentence)
            .filter(|name| name.starts_with("the "))
            .collect();
        assert_eq!(
            with_the,
            ["the Netherlands", "the United Kingdom", "the United States"]
        );
    }

    #[test]
    fn words_are_joined_as_people_say_them() {
        assert_eq!(either(&["a"; 0]), "");
        assert_eq!(either(&["a"]), "a");
        assert_eq!(either(&["a", "b"]), "a or b");
        assert_eq!(either(&["a", "b", "c"]), "a, b or c");
    }
}
