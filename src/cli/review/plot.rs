//! Plots of counts as inline SVG, each in a figure with its name, a sentence that says what is in it, and a table that
//! says the same.

use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::look::check_ins;
use super::page::escape;
use crate::cli::journal;
use crate::journal::Scale;
use crate::journal::review::{Grid, Times};
use crate::schedule::words::day_name;

/// How wide a plot is, in CSS pixels: as much as a phone has.
const WIDTH: usize = 340;

/// How high a row of bars is.
const ROW: usize = 26;

/// Where bars begin, and how long the longest is; their numbers follow.
const BARS_FROM: usize = 136;
const LONGEST_BAR: usize = 160;

/// A name of a bar has so many columns at most; the table has it whole.
const NAME_COLUMNS: usize = 16;

/// A place of the grid, high and wide.
const PLACE: usize = 52;

/// An hour of the week: how wide, and how high.
const HOUR: (usize, usize) = (40, 28);

/// A plot, before it has a place on a page.
pub struct Plot {
    /// Its name.
    name: String,
    /// What its numbers are of.
    of: String,
    /// What is in it, in a sentence.
    told: String,
    height: usize,
    /// What is drawn.
    drawn: String,
    /// What has no room in it, a line each.
    below: Vec<String>,
    /// The names of the table's columns, and its rows.
    columns: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Plot {
    /// Counts as bars.
    pub fn bars(name: &str, of: &str, what: &'static str, rows: &[(String, u64)]) -> Self {
        let most = most(rows.iter().map(|(_, count)| *count));
        let mut drawn = String::new();
        for (nth, (name, count)) in rows.iter().enumerate() {
            let top = nth * ROW;
            let middle = top + ROW / 2 + 5;
            let length = scaled(*count, most, LONGEST_BAR);
            let name = escape(&shortened(name));
            let _ = writeln!(
                drawn,
                "<text x=\"{}\" y=\"{middle}\" text-anchor=\"end\">{name}</text>\
                 <rect class=\"mark\" x=\"{BARS_FROM}\" y=\"{}\" width=\"{length}\" height=\"{}\" rx=\"2\"/>\
                 <text x=\"{}\" y=\"{middle}\">{count}</text>",
                BARS_FROM - 8,
                top + 5,
                ROW - 10,
                BARS_FROM + length + 8,
            );
        }
        let told = rows.iter().map(|(name, count)| format!("{name} {count}"));
        let cut: Vec<&str> = rows
            .iter()
            .map(|(name, _)| name.as_str())
            .filter(|name| name.width() > NAME_COLUMNS)
            .collect();
        Self {
            name: name.to_owned(),
            of: of.to_owned(),
            told: told.collect::<Vec<_>>().join(", "),
            height: rows.len() * ROW,
            drawn,
            below: (!cut.is_empty())
                .then(|| format!("In full: {}", cut.join("; ")))
                .into_iter()
                .collect(),
            columns: vec![what, "How often"],
            rows: rows
                .iter()
                .map(|(name, count)| vec![name.clone(), count.to_string()])
                .collect(),
        }
    }

    /// The grid of pleasantness and energy, a disc for each place that was chosen.
    pub fn grid(grid: &Grid) -> Self {
        let left = WIDTH - 5 * PLACE;
        let side = 5 * PLACE;
        let most = grid
            .places
            .as_flattened()
            .iter()
            .max()
            .copied()
            .unwrap_or(1)
            .max(1);
        let mut drawn = lines(left, PLACE, 5, PLACE, 5);
        let mut rows = Vec::new();
        // The most energy is on top.
        for (nth, (energy, places)) in grid.places.iter().enumerate().rev().enumerate() {
            for (pleasant, count) in places.iter().enumerate() {
                if *count == 0 {
                    continue;
                }
                let x = left + pleasant * PLACE + PLACE / 2;
                let y = nth * PLACE + PLACE / 2;
                drawn += &disc(x, y, PLACE / 2 - 2, *count, most);
                rows.push(vec![
                    journal::pleasant(Scale::ALL[pleasant]).to_owned(),
                    journal::energy(Scale::ALL[energy]).to_owned(),
                    count.to_string(),
                ]);
            }
        }
        let _ = writeln!(
            drawn,
            "<text class=\"soft\" x=\"{end}\" y=\"16\" text-anchor=\"end\">a lot of</text>\
             <text class=\"soft\" x=\"{end}\" y=\"34\" text-anchor=\"end\">energy</text>\
             <text class=\"soft\" x=\"{end}\" y=\"{low}\" text-anchor=\"end\">little</text>\
             <text class=\"soft\" x=\"{end}\" y=\"{}\" text-anchor=\"end\">energy</text>\
             <text class=\"soft\" x=\"{left}\" y=\"{below}\">unpleasant</text>\
             <text class=\"soft\" x=\"{WIDTH}\" y=\"{below}\" text-anchor=\"end\">pleasant</text>",
            side - 8,
            end = left - 8,
            low = side - 26,
            below = side + 20,
        );
        Self {
            name: "On the grid".to_owned(),
            of: check_ins(grid.count),
            told: told_by_place(&rows),
            height: side + 28,
            drawn,
            below: Vec::new(),
            columns: vec!["Pleasantness", "Energy", "How often"],
            rows,
        }
    }

    /// The hours of the week, a disc for each with check-ins.
    pub fn hours(times: &Times) -> Self {
        let (wide, high) = HOUR;
        let used = |hour: &usize| times.hours.iter().any(|day| day[*hour] > 0);
        let from = (0..24).find(used).unwrap_or(0);
        let to = (0..24).rev().find(used).unwrap_or(23) + 1;
        let most = times
            .hours
            .as_flattened()
            .iter()
            .max()
            .copied()
            .unwrap_or(1)
            .max(1);
        let left = WIDTH - 7 * wide;
        let top = 24;
        let mut drawn = format!(
            "<g transform=\"translate(0 {top})\">{}</g>",
            lines(left, wide, 7, high, to - from)
        );
        let days = jiff::civil::Weekday::Monday.cycle_forward().map(day_name);
        let mut rows = Vec::new();
        for (nth, (day, hours)) in days.zip(&times.hours).enumerate() {
            let x = left + nth * wide + wide / 2;
            let short = &day[..3];
            let _ = write!(
                drawn,
                "<text class=\"soft\" x=\"{x}\" y=\"15\" text-anchor=\"middle\">{short}</text>"
            );
            for (hour, &count) in hours.iter().enumerate() {
                if count > 0 {
                    let y = top + (hour - from) * high + high / 2;
                    drawn += &disc(x, y, high / 2 - 1, count, most);
                    let hour = format!("{hour}:00 to {hour}:59");
                    rows.push(vec![day.to_owned(), hour, count.to_string()]);
                }
            }
        }
        for hour in from..to {
            let y = top + (hour - from) * high + high / 2 + 5;
            let _ = write!(
                drawn,
                "<text class=\"soft\" x=\"{}\" y=\"{y}\" text-anchor=\"end\">{hour} h</text>",
                left - 8
            );
        }
        Self {
            name: "Through the week".to_owned(),
            of: check_ins(times.count),
            told: told_by_place(&rows),
            height: top + (to - from) * high + 2,
            drawn,
            below: Vec::new(),
            columns: vec!["Day", "Hour", "How often"],
            rows,
        }
    }

    /// Others, which have no bar: a line below tells them.
    pub fn with_others(mut self, others: &[(String, u64)]) -> Self {
        if !others.is_empty() {
            let others = others.iter().map(|(name, count)| format!("{name} {count}"));
            let others = others.collect::<Vec<_>>().join(", ");
            let _ = write!(self.told, ", {others}");
            self.below.push(format!("and {others}"));
        }
        let rows = others
            .iter()
            .map(|(name, count)| vec![name.clone(), count.to_string()]);
        self.rows.extend(rows);
        self
    }

    /// The figure; no two on a page have the same `id`.
    pub fn figure(&self, id: &str) -> String {
        let below = self.below.iter().map(|line| {
            let line = escape(line);
            format!("<p class=\"soft\" dir=\"auto\">{line}</p>\n")
        });
        let below: String = below.collect();
        let (name, of, told) = (escape(&self.name), escape(&self.of), escape(&self.told));
        format!(
            "<figure>\n<figcaption>{name} <span>({of})</span></figcaption>\n\
             <svg role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" width=\"{WIDTH}\" height=\"{height}\" \
             viewBox=\"0 0 {WIDTH} {height}\">\n<title id=\"{id}-title\">{name}</title>\n\
             <desc id=\"{id}-desc\">{told}</desc>\n<g aria-hidden=\"true\">\n{drawn}</g>\n</svg>\n{below}\
             <details><summary>{name} as a table</summary>\n{table}</details>\n</figure>\n",
            height = self.height,
            drawn = self.drawn,
            table = self.table(),
        )
    }

    fn table(&self) -> String {
        let mut table = "<table>\n<thead><tr>".to_owned();
        for column in &self.columns {
            let _ = write!(table, "<th scope=\"col\">{column}</th>");
        }
        table += "</tr></thead>\n<tbody>\n";
        for row in &self.rows {
            table += "<tr>";
            for (nth, cell) in row.iter().enumerate() {
                let cell = escape(cell);
                let _ = match nth {
                    0 => write!(table, "<th scope=\"row\" dir=\"auto\">{cell}</th>"),
                    _ => write!(table, "<td>{cell}</td>"),
                };
            }
            table += "</tr>\n";
        }
        table + "</tbody>\n</table>\n"
    }
}

/// The highest count, and at least one.
fn most(counts: impl Iterator<Item = u64>) -> u64 {
    counts.max().unwrap_or_default().max(1)
}

/// Rows of a place in two directions and a count, in a sentence.
fn told_by_place(rows: &[Vec<String>]) -> String {
    let told = rows
        .iter()
        .map(|row| format!("{}, {}: {}", row[0], row[1], row[2]));
    told.collect::<Vec<_>>().join("; ")
}

/// Thin lines between so many columns and rows.
fn lines(left: usize, wide: usize, columns: usize, high: usize, rows: usize) -> String {
    let (right, bottom) = (left + wide * columns, high * rows);
    let mut path = String::new();
    for nth in 0..=columns {
        let _ = write!(path, "M{} 0V{bottom}", left + nth * wide);
    }
    for nth in 0..=rows {
        let _ = write!(path, "M{left} {}H{right}", nth * high);
    }
    format!("<path class=\"line\" d=\"{path}\"/>\n")
}

/// A disc as large as its count, with the count in it.
fn disc(x: usize, y: usize, largest: usize, count: u64, most: u64) -> String {
    // The area goes by the count; and each has room for its number.
    let smallest = 11;
    let room = largest.saturating_sub(smallest);
    let radius = smallest + (scaled(count, most, room * room)).isqrt();
    let small = if count > 99 { " font-size=\"11\"" } else { "" };
    format!(
        "<circle class=\"mark\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>\
         <text class=\"on-mark\" x=\"{x}\" y=\"{}\" text-anchor=\"middle\"{small}>{count}</text>\n",
        y + 5
    )
}

/// `count` of `most` on a scale up to `longest`, and at least one.
fn scaled(count: u64, most: u64, longest: usize) -> usize {
    let longest = u128::try_from(longest).unwrap_or_default();
    let scaled = u128::from(count) * longest / u128::from(most);
    usize::try_from(scaled).unwrap_or_default().max(1)
}

fn shortened(name: &str) -> String {
    if name.width() <= NAME_COLUMNS {
        return name.to_owned();
    }
    let mut short = String::new();
    for letter in name.graphemes(true) {
        if short.width() + letter.width() >= NAME_COLUMNS {
            break;
        }
        short.push_str(letter);
    }
    short + "…"
}
