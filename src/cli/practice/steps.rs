//! A practice on the screen: one step at a time, each for its seconds.

use std::time::Duration;

use crate::cli::screen::{Frame, Key, Size, Step as Next, View};
use crate::cli::style::{Style, wrap};
use crate::engine::Card;
use crate::library::Step;

/// How often the line below a step moves on.
const BEAT: Duration = Duration::from_secs(1);

/// A breath's two halves in beats: a little longer out than in.
const IN: u32 = 4;
const OUT: u32 = 6;

/// The widest a line below a step gets.
const WIDEST: usize = 30;

/// How a practice ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// After its last step.
    Done,
    /// Before that.
    Stopped,
}

/// A practice under way.
#[derive(Debug, Clone)]
pub struct Steps {
    title: String,
    text: String,
    all: Vec<Step>,
    /// Whether it goes with the breath.
    breathes: bool,
    /// The step that is shown.
    at: usize,
    /// When it began, since the practice was first shown.
    since: Duration,
    /// How long the practice has been there, in whole beats.
    now: Duration,
}

impl Steps {
    /// The card's practice from its first step on.
    #[must_use]
    pub fn new(card: &Card, steps: &[Step], breathes: bool) -> Self {
        Self {
            title: card.title.clone(),
            text: card.text.clone(),
            all: steps.to_vec(),
            breathes,
            at: 0,
            since: Duration::ZERO,
            now: Duration::ZERO,
        }
    }

    fn length(&self) -> Duration {
        let step = self.all.get(self.at);
        Duration::from_secs(step.map_or(0, |step| step.seconds).into())
    }

    fn go_on(&mut self) -> Next<Ended> {
        if self.at + 1 < self.all.len() {
            self.at += 1;
            self.since = self.now;
            Next::Stay
        } else {
            Next::Done(Ended::Done)
        }
    }

    /// What moves while a step is there: the step's time in dots, or a breath that widens and narrows.
    fn pace(&self, width: usize) -> String {
        let widest = WIDEST.min(width.saturating_sub(6)).max(1);
        let passed = self.now.saturating_sub(self.since);
        if !self.breathes {
            let all = self.length().as_secs().max(1);
            let share = |of: usize| {
                usize::try_from(passed.as_secs().min(all) * of as u64 / all).unwrap_or(of)
            };
            let full = share(widest);
            return format!("{}{}", "=".repeat(full), ".".repeat(widest - full));
        }
        let beat = u32::try_from(passed.as_secs() % u64::from(IN + OUT)).unwrap_or(0);
        let (word, part, of) = if beat < IN {
            ("in ", beat + 1, IN)
        } else {
            ("out", IN + OUT - beat - 1, OUT)
        };
        let wide = widest * part as usize / of as usize;
        format!("{word}  {}", "=".repeat(wide))
    }
}

impl View for Steps {
    type Outcome = Ended;

    fn on(&mut self, key: Key, _size: Size) -> Next<Ended> {
        match key {
            Key::Enter | Key::Char(' ') => self.go_on(),
            _ => Next::Done(Ended::Stopped),
        }
    }

    fn at(&mut self, elapsed: Duration) -> Next<Ended> {
        self.now = Duration::from_secs(elapsed.as_secs());
        if self.now >= self.since + self.length() {
            self.go_on()
        } else {
            Next::Stay
        }
    }

    fn next(&self) -> Option<Duration> {
        Some(self.now + BEAT)
    }

    fn draw(&self, size: Size, style: Style) -> Frame {
        let width = size.text_width();
        let paragraph = |text: &str| {
            wrap(text, width.saturating_sub(2))
                .into_iter()
                .map(|line| format!("  {line}"))
        };
        let mut lines: Vec<String> = wrap(&self.title, width)
            .iter()
            .map(|line| style.strong(line))
            .collect();
        lines.extend(paragraph(&self.text));
        lines.push(String::new());
        let focus = lines.len();
        if let Some(step) = self.all.get(self.at) {
            lines.push(style.dim(&format!("  {} of {}", self.at + 1, self.all.len())));
            lines.extend(paragraph(&step.text).map(|line| style.strong(&line)));
        }
        lines.push(String::new());
        lines.push(format!("  {}", self.pace(width)));
        if self.breathes {
            lines.extend(
                paragraph("A pace, if you like one. Your own is fine.")
                    .map(|line| style.dim(&line)),
            );
        }
        lines.push(String::new());
        let hint = wrap("Enter or Space: next. Any other key: stop.", width);
        lines.extend(hint.iter().map(|line| style.dim(line)));
        Frame {
            lines,
            cursor: None,
            focus,
        }
    }
}

#[cfg(test)]
mod tests;
