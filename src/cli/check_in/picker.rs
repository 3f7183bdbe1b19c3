//! Picking from a list: some of it, none of it, or words of one's own.

use crate::cli::input::Editor;
use crate::cli::screen::{Erase, Key, Move};
use crate::cli::style::{Style, wrap};
use crate::journal::{Place, feelings};

/// The most characters of a word of one's own.
const LONGEST: usize = 60;

/// How far a page goes, in lines.
const PAGE: usize = 8;

/// A list, what is picked of it, and where the person is in it.
#[derive(Debug, Clone)]
pub struct Picker {
    /// What there is, in the order in which it is shown.
    words: Vec<String>,
    /// What is picked, in the order in which it was.
    picked: Vec<String>,
    /// What narrows the list while something is typed.
    filter: Editor,
    /// The line among those that are shown.
    at: usize,
    /// What the list is sorted by, in words, where it is sorted.
    near: Option<String>,
}

/// What a key made of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picking {
    /// The person is still at it.
    Here,
    /// They have picked what they wanted.
    Next,
    /// Back to what was before.
    Back,
    /// The key means nothing here.
    Unknown,
}

impl Picker {
    /// These words, none of them picked.
    #[must_use]
    pub fn new(words: &[&str]) -> Self {
        Self {
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            picked: Vec::new(),
            filter: Editor::new(LONGEST),
            at: 0,
            near: None,
        }
    }

    /// What is picked.
    #[must_use]
    pub fn picked(&self) -> &[String] {
        &self.picked
    }

    /// Nothing is picked any more.
    pub fn drop_all(&mut self) {
        self.picked.clear();
        self.filter.clear();
        self.at = 0;
    }

    /// Sorts words for feelings by how near they are to a place.
    pub fn sort_near(&mut self, place: Place, name: &str) {
        self.words = feelings::near(place)
            .iter()
            .map(|one| one.word.to_owned())
            .collect();
        self.near = Some(name.to_owned());
        self.at = 0;
    }

    /// What a key does.
    pub fn on(&mut self, key: &Key) -> Picking {
        if self.filter.text().is_empty() {
            self.on_list(key)
        } else {
            self.on_filter(key)
        }
    }

    fn on_list(&mut self, key: &Key) -> Picking {
        match key {
            Key::Enter => return Picking::Next,
            Key::Esc => return Picking::Back,
            Key::Char(' ') => self.turn(),
            Key::Move(Move::Right) if self.near.is_some() => self.sort_near_word(),
            Key::Char(_) | Key::Paste(_) => self.narrow(key),
            Key::Move(movement) => return self.go(*movement),
            _ => return Picking::Unknown,
        }
        Picking::Here
    }

    fn on_filter(&mut self, key: &Key) -> Picking {
        match key {
            Key::Enter => {
                self.turn();
                self.filter.clear();
                self.at = 0;
            }
            Key::Esc => {
                self.filter.clear();
                self.at = 0;
            }
            Key::Char(_) | Key::Paste(_) | Key::Erase(_) => self.narrow(key),
            Key::Move(movement) => return self.go(*movement),
            _ => return Picking::Unknown,
        }
        Picking::Here
    }

    fn narrow(&mut self, key: &Key) {
        // Only the end of what is typed is at hand: left and right mean something else here.
        let key = match key {
            Key::Erase(Erase::Forward | Erase::WordForward | Erase::ToLineEnd) => return,
            Key::Paste(text) => &Key::Paste(text.split_whitespace().collect::<Vec<_>>().join(" ")),
            key => key,
        };
        self.filter.on(key, usize::MAX);
        self.at = 0;
    }

    fn go(&mut self, movement: Move) -> Picking {
        let last = self.shown().len().saturating_sub(1);
        self.at = match movement {
            Move::Up => self.at.saturating_sub(1),
            Move::Down => self.at + 1,
            Move::PageUp => self.at.saturating_sub(PAGE),
            Move::PageDown => self.at + PAGE,
            Move::LineStart | Move::Start => 0,
            Move::LineEnd | Move::End => last,
            _ => return Picking::Unknown,
        }
        .min(last);
        Picking::Here
    }

    /// Picks the word at hand, or lets go of it.
    fn turn(&mut self) {
        let Some(word) = self.shown().into_iter().nth(self.at) else {
            return;
        };
        match self.picked.iter().position(|picked| *picked == word) {
            Some(place) => {
                self.picked.remove(place);
            }
            None => self.picked.push(word),
        }
    }

    fn sort_near_word(&mut self) {
        if let Some(word) = self.shown().into_iter().nth(self.at)
            && let Some(place) = feelings::place_of(&word)
        {
            self.sort_near(place, &format!("\"{word}\""));
            // To the word itself, so that it is plain what happened.
            self.at = self
                .shown()
                .iter()
                .position(|one| *one == word)
                .unwrap_or(0);
        }
    }

    /// What the list shows: all, or what the typed letters begin, then what holds them, and they themselves.
    fn shown(&self) -> Vec<String> {
        let typed = self.filter.text().trim().to_lowercase();
        let own = self.picked.iter().filter(|word| !self.words.contains(word));
        let all = own.chain(&self.words);
        if typed.is_empty() {
            return all.cloned().collect();
        }
        let (begins, rest): (Vec<&String>, Vec<&String>) = all.partition(|word| {
            let mut parts = word.split(' ');
            word.starts_with(&typed) || parts.any(|part| part.starts_with(&typed))
        });
        let holds = rest.into_iter().filter(|word| word.contains(&typed));
        let mut shown: Vec<String> = begins.into_iter().chain(holds).cloned().collect();
        if !shown.contains(&typed) {
            shown.push(typed);
        }
        shown
    }

    /// Its lines: what is typed, and as much of the list as there is room for; and the line the person is on.
    #[must_use]
    pub fn draw(&self, rows: usize, width: usize, style: Style) -> (Vec<String>, usize) {
        let typed = self.filter.text();
        let head = match &self.near {
            _ if !typed.is_empty() => format!("Typed: {typed}"),
            Some(near) => format!("Near {near}:"),
            None => String::new(),
        };
        let head = wrap(&head, width.saturating_sub(2)).into_iter();
        let mut lines: Vec<String> = head.map(|line| format!("  {line}")).collect();
        let shown = self.shown();
        let room = rows.saturating_sub(lines.len() + 1).max(1);
        let first = (self.at + 2).saturating_sub(room).min(self.at);
        let first = first.min(shown.len().saturating_sub(room));
        let focus = lines.len() + self.at - first;
        for (index, word) in shown.iter().enumerate().skip(first).take(room) {
            lines.push(self.line(index, word, style));
        }
        let below = shown.len().saturating_sub(first + room);
        if below > 0 {
            lines.push(style.dim(&format!("    {below} more")));
        }
        (lines, focus)
    }

    fn line(&self, index: usize, word: &str, style: Style) -> String {
        let mark = if self.picked.iter().any(|picked| picked == word) {
            "[x]"
        } else {
            "[ ]"
        };
        let is_own = !self.filter.text().is_empty() && !self.words.iter().any(|one| one == word);
        let own = if is_own { "  (your own word)" } else { "" };
        if index == self.at {
            style.strong(&format!("> {mark} {word}{own}"))
        } else {
            format!("  {mark} {word}{own}")
        }
    }

    /// Whether something is typed.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        !self.filter.text().is_empty()
    }

    /// What the keys do now.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        if self.is_narrowed() {
            "Enter picks the marked word. Esc forgets what you typed."
        } else if self.near.is_some() {
            "Space picks. Right: words near this one. Type to find a word, or your own."
        } else {
            "Space picks. Type to find one, or to use your own words."
        }
    }
}
