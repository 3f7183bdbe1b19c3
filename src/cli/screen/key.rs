//! What a person typed, as far as anything here listens to it.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// A key, or a text that came at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// A character.
    Char(char),
    /// A text from the clipboard.
    Paste(String),
    /// Enter.
    Enter,
    /// A line break wherever Enter means something else: Alt-Enter.
    LineBreak,
    /// Escape.
    Esc,
    /// Ctrl-D: the end of what is typed.
    End,
    /// Tab.
    Tab,
    /// Shift-Tab.
    BackTab,
    /// A movement.
    Move(Move),
    /// Something to be taken away.
    Erase(Erase),
}

/// A movement of the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// Left by a character.
    Left,
    /// Right by a character.
    Right,
    /// Up a line.
    Up,
    /// Down a line.
    Down,
    /// Left by a word.
    WordLeft,
    /// Right by a word.
    WordRight,
    /// To the start of the line.
    LineStart,
    /// To the end of the line.
    LineEnd,
    /// To the start of the text.
    Start,
    /// To the end of the text.
    End,
    /// Up by a screen.
    PageUp,
    /// Down by a screen.
    PageDown,
}

/// What is taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erase {
    /// The character before the cursor.
    Back,
    /// The character after the cursor.
    Forward,
    /// The word before the cursor.
    WordBack,
    /// The word after the cursor.
    WordForward,
    /// The line up to the cursor.
    ToLineStart,
    /// The line from the cursor on.
    ToLineEnd,
}

/// What the terminal told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pressed {
    /// A key for the view.
    Key(Key),
    /// Ctrl-C.
    Interrupt,
    /// Ctrl-Z.
    Suspend,
    /// The window has another size.
    Resized,
    /// Nothing that means anything here.
    Nothing,
}

impl Pressed {
    /// What an event means.
    #[must_use]
    pub fn of(event: Event) -> Self {
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => Self::of_key(key),
            Event::Paste(text) => Self::Key(Key::Paste(text)),
            Event::Resize(..) => Self::Resized,
            _ => Self::Nothing,
        }
    }

    fn of_key(key: KeyEvent) -> Self {
        let holds = |modifier| key.modifiers.contains(modifier);
        let key = if holds(KeyModifiers::CONTROL) && !holds(KeyModifiers::ALT) {
            match key.code {
                KeyCode::Char('c') => return Self::Interrupt,
                KeyCode::Char('z') => return Self::Suspend,
                code => with_control(code),
            }
        } else if holds(KeyModifiers::ALT) && !holds(KeyModifiers::CONTROL) {
            with_alt(key.code)
        } else {
            // AltGr comes as both on some keyboards.
            alone(key.code)
        };
        key.map_or(Self::Nothing, Self::Key)
    }
}

/// The keys that shells and editors have for lines of text.
fn with_control(code: KeyCode) -> Option<Key> {
    Some(match code {
        KeyCode::Char('a') => Key::Move(Move::LineStart),
        KeyCode::Char('e') => Key::Move(Move::LineEnd),
        KeyCode::Char('b') => Key::Move(Move::Left),
        KeyCode::Char('f') => Key::Move(Move::Right),
        KeyCode::Char('p') => Key::Move(Move::Up),
        KeyCode::Char('n') => Key::Move(Move::Down),
        KeyCode::Char('d') => Key::End,
        KeyCode::Char('j' | 'm') => Key::Enter,
        KeyCode::Char('i') => Key::Tab,
        KeyCode::Char('h') => Key::Erase(Erase::Back),
        KeyCode::Char('u') => Key::Erase(Erase::ToLineStart),
        KeyCode::Char('k') => Key::Erase(Erase::ToLineEnd),
        KeyCode::Char('w') | KeyCode::Backspace => Key::Erase(Erase::WordBack),
        KeyCode::Delete => Key::Erase(Erase::WordForward),
        KeyCode::Left => Key::Move(Move::WordLeft),
        KeyCode::Right => Key::Move(Move::WordRight),
        KeyCode::Home => Key::Move(Move::Start),
        KeyCode::End => Key::Move(Move::End),
        _ => return None,
    })
}

fn with_alt(code: KeyCode) -> Option<Key> {
    Some(match code {
        KeyCode::Char('b') | KeyCode::Left => Key::Move(Move::WordLeft),
        KeyCode::Char('f') | KeyCode::Right => Key::Move(Move::WordRight),
        KeyCode::Char('d') => Key::Erase(Erase::WordForward),
        KeyCode::Char('<') => Key::Move(Move::Start),
        KeyCode::Char('>') => Key::Move(Move::End),
        KeyCode::Backspace => Key::Erase(Erase::WordBack),
        KeyCode::Enter => Key::LineBreak,
        _ => return None,
    })
}

fn alone(code: KeyCode) -> Option<Key> {
    Some(match code {
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Backspace => Key::Erase(Erase::Back),
        KeyCode::Delete => Key::Erase(Erase::Forward),
        KeyCode::Left => Key::Move(Move::Left),
        KeyCode::Right => Key::Move(Move::Right),
        KeyCode::Up => Key::Move(Move::Up),
        KeyCode::Down => Key::Move(Move::Down),
        KeyCode::Home => Key::Move(Move::LineStart),
        KeyCode::End => Key::Move(Move::LineEnd),
        KeyCode::PageUp => Key::Move(Move::PageUp),
        KeyCode::PageDown => Key::Move(Move::PageDown),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(code: KeyCode, modifiers: KeyModifiers) -> Pressed {
        Pressed::of(Event::Key(KeyEvent::new(code, modifiers)))
    }

    #[test]
    fn letters_come_as_they_are_typed() {
        for (modifiers, c) in [
            (KeyModifiers::NONE, 'a'),
            (KeyModifiers::SHIFT, 'Ä'),
            // AltGr-Q on a German keyboard.
            (KeyModifiers::CONTROL | KeyModifiers::ALT, '@'),
        ] {
            assert_eq!(
                press(KeyCode::Char(c), modifiers),
                Pressed::Key(Key::Char(c))
            );
        }
    }

    #[test]
    fn a_way_out_is_no_letter() {
        let control = KeyModifiers::CONTROL;
        assert_eq!(press(KeyCode::Char('c'), control), Pressed::Interrupt);
        assert_eq!(press(KeyCode::Char('z'), control), Pressed::Suspend);
        assert_eq!(press(KeyCode::Char('d'), control), Pressed::Key(Key::End));
        assert_eq!(press(KeyCode::Char('x'), control), Pressed::Nothing);
        assert_eq!(press(KeyCode::F(1), KeyModifiers::NONE), Pressed::Nothing);
    }

    #[test]
    fn letting_go_of_a_key_is_nothing() {
        let key =
            KeyEvent::new_with_kind(KeyCode::Enter, KeyModifiers::NONE, KeyEventKind::Release);
        assert_eq!(Pressed::of(Event::Key(key)), Pressed::Nothing);
        assert_eq!(Pressed::of(Event::Resize(80, 24)), Pressed::Resized);
    }
}
