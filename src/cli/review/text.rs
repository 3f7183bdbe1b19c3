//! A review on the terminal.

use std::io::{self, Write};

use jiff::civil::Date;

use super::bars;
use super::look::{Favoured, Look, Own, check_ins, lists};
use crate::cli::journal::heading;
use crate::cli::terminal::Terminal;
use crate::journal::review::{CheckIns, Days, Grid, Said, Tally, Times};
use crate::schedule::words::day_name;

/// So many words have a bar each; the others follow in a line.
const MOST_BARS: usize = 8;

/// So many notes stand in full, the newest; the journal has the others.
const MOST_NOTES: usize = 20;

/// So many prompts are told.
const MOST_PROMPTS: usize = 10;

/// Shows it under this name.
///
/// # Errors
/// As the output's.
pub fn show(look: &Look, name: &str, out: &mut Terminal) -> io::Result<()> {
    out.heading(name, &look.days.in_words())?;
    if look.is_empty() {
        out.paragraph(0, "Nothing from these days, and that is fine. Further back: attuned review month, or --since.")?;
    }
    if let Some(check_ins) = &look.check_ins {
        show_check_ins(check_ins, out)?;
    }
    if let Some(said) = &look.said {
        show_words(said, out)?;
    }
    if let Some(wins) = &look.wins {
        show_own("Wins", wins, " --kind win", look.days, out)?;
    }
    if let Some(notes) = &look.notes {
        // Notes of check-ins are among them: no one kind lists them all.
        show_own("In your own words", notes, "", look.days, out)?;
    }
    if let Some(times) = &look.times {
        show_times(times, out)?;
    }
    if let Some(prompts) = &look.prompts {
        show_prompts(prompts, out)?;
    }
    out.footer()
}

fn section(name: &str, facts: &str, out: &mut Terminal) -> io::Result<()> {
    writeln!(out)?;
    out.heading(name, facts)
}

fn show_check_ins(found: &CheckIns, out: &mut Terminal) -> io::Result<()> {
    if found.count == 0 {
        return Ok(());
    }
    section("How you were", &check_ins(found.count), out)?;
    bars::write(found.answers(), out)?;
    if found.grid.count > 0 {
        show_grid(&found.grid, out)?;
    }
    Ok(())
}

/// The grid as on the check-in's screen: energy upwards, pleasantness to the right.
fn show_grid(grid: &Grid, out: &mut Terminal) -> io::Result<()> {
    section("On the grid", &check_ins(grid.count), out)?;
    for (energy, row) in grid.places.iter().enumerate().rev() {
        let name = match energy {
            4 => "a lot of energy",
            0 => "little energy",
            _ => "",
        };
        let cell = |count: &u64| match count {
            0 => "  ·".to_owned(),
            count => format!("{count:>3}"),
        };
        let cells: Vec<String> = row.iter().map(cell).collect();
        writeln!(out, "  {name:<15} {}", cells.join(" "))?;
    }
    writeln!(out, "{:18}unpleasant pleasant", "")
}

fn show_words(said: &Said, out: &mut Terminal) -> io::Result<()> {
    for (name, tally) in lists(said) {
        if tally.count > 0 {
            show_tally(name, tally, out)?;
        }
    }
    Ok(())
}

fn show_tally(name: &str, tally: &Tally, out: &mut Terminal) -> io::Result<()> {
    section(name, &format!("in {}", check_ins(tally.count)), out)?;
    let (first, others) = tally.each.split_at(tally.each.len().min(MOST_BARS));
    bars::write(
        first.iter().map(|(word, count)| (word.as_str(), *count)),
        out,
    )?;
    if others.is_empty() {
        return Ok(());
    }
    let others = others.iter().map(|(word, count)| format!("{word} {count}"));
    let others: Vec<String> = others.collect();
    out.paragraph(2, &format!("and {}", others.join(", ")))
}

/// `kind` is what lists no others.
fn show_own(name: &str, own: &[Own], kind: &str, days: Days, out: &mut Terminal) -> io::Result<()> {
    if own.is_empty() {
        return Ok(());
    }
    section(name, &own.len().to_string(), out)?;
    let (earlier, shown) = own.split_at(own.len().saturating_sub(MOST_NOTES));
    let mut last: Option<Date> = None;
    for one in shown {
        if last != Some(one.day) {
            out.paragraph(2, &heading(one.day))?;
            last = Some(one.day);
        }
        show_one(one, out)?;
    }
    if !earlier.is_empty() {
        let count = earlier.len();
        let since = days.since;
        out.paragraph(
            2,
            &format!("and {count} before: attuned journal list --since {since}{kind} --all"),
        )?;
    }
    Ok(())
}

fn show_one(one: &Own, out: &mut Terminal) -> io::Result<()> {
    if let Some(asked) = &one.asked {
        out.paragraph(4, &format!("({asked})"))?;
    }
    match &one.time {
        Some(time) => out.paragraph(4, &format!("{time}  {}", one.words)),
        None => out.paragraph(4, &one.words),
    }
}

fn show_times(times: &Times, out: &mut Terminal) -> io::Result<()> {
    if times.count == 0 {
        return Ok(());
    }
    section("When you answered", &check_ins(times.count), out)?;
    let parts = times
        .parts()
        .into_iter()
        .map(|(part, count)| (part.in_words(), count));
    let parts: Vec<(String, u64)> = parts.collect();
    bars::write(
        parts.iter().map(|(name, count)| (name.as_str(), *count)),
        out,
    )?;
    writeln!(out)?;
    let days = times.weekdays().into_iter();
    bars::write(days.map(|(day, count)| (day_name(day), count)), out)
}

fn show_prompts(prompts: &[Favoured], out: &mut Terminal) -> io::Result<()> {
    if prompts.is_empty() {
        return Ok(());
    }
    section("Prompts you took up", &prompts.len().to_string(), out)?;
    let (shown, others) = prompts.split_at(prompts.len().min(MOST_PROMPTS));
    for prompt in shown {
        let how = format!("{}: {}", prompt.id, prompt.how());
        match &prompt.text {
            Some(text) => {
                out.paragraph(2, text)?;
                out.paragraph(4, &how)?;
            }
            None => out.paragraph(2, &how)?,
        }
    }
    if !others.is_empty() {
        out.paragraph(2, &format!("and {} more: --json has all", others.len()))?;
    }
    Ok(())
}
