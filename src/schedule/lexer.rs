//! A person's text as words, numbers and marks, and a cursor over them.

use std::ops::Range;

use super::Error;

/// The longest text read, in characters.
const LONGEST: usize = 1_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// In lower case, without full stops ("a.m." is "am"); "&", "+" and "×" are words too.
    Word(String),
    /// Too large a number saturates; `digits` is how many were written.
    Number {
        value: u64,
        digits: usize,
    },
    /// "-", an en dash or an em dash.
    Dash,
    Comma,
    Colon,
    Other(char),
}

#[derive(Clone, Debug)]
pub(super) struct Token {
    pub kind: Kind,
    pub span: Range<usize>,
    /// No space before it.
    pub glued: bool,
}

impl Token {
    pub fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub fn number(&self) -> Option<u64> {
        match self.kind {
            Kind::Number { value, .. } => Some(value),
            _ => None,
        }
    }
}

/// Where reading is in a text. Copies look ahead.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

/// Refuses a text too long to be meant.
pub(super) fn check_length(text: &str) -> Result<(), Error> {
    match text.char_indices().nth(LONGEST) {
        None => Ok(()),
        Some((start, _)) => Err(Error::new(
            start..text.len(),
            format!("this is longer than {LONGEST} characters"),
        )
        .hint("several schedules can be written as a list")),
    }
}

pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Error> {
    check_length(text)?;
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = text;
    loop {
        let trimmed = rest.trim_start();
        let glued = trimmed.len() == rest.len();
        let Some(first) = trimmed.chars().next() else {
            return Ok(tokens);
        };
        let length = token_length(trimmed, first);
        let (this, next) = trimmed.split_at(length);
        let start = text.len() - trimmed.len();
        tokens.push(Token {
            kind: kind(this, first),
            span: start..start + length,
            glued,
        });
        rest = next;
    }
}

fn token_length(text: &str, first: char) -> usize {
    let belongs: fn(char) -> bool = match first {
        '0'..='9' => |c| c.is_ascii_digit(),
        c if c.is_alphabetic() => |c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’'),
        _ => return first.len_utf8(),
    };
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

fn kind(text: &str, first: char) -> Kind {
    match first {
        '0'..='9' => Kind::Number {
            value: text.parse().unwrap_or(u64::MAX),
            digits: text.len(),
        },
        '-' | '–' | '—' => Kind::Dash,
        ',' => Kind::Comma,
        ':' => Kind::Colon,
        '&' | '+' => Kind::Word("and".to_owned()),
        '×' => Kind::Word("x".to_owned()),
        c if c.is_alphabetic() => Kind::Word(text.to_lowercase().replace('.', "")),
        c => Kind::Other(c),
    }
}

impl<'a> Cursor<'a> {
    pub fn new(text: &'a str, tokens: &'a [Token]) -> Cursor<'a> {
        Cursor { text, tokens }
    }

    pub fn peek(&self) -> Option<&'a Token> {
        self.tokens.first()
    }

    /// The token `n` after the next one.
    pub fn peek_at(&self, n: usize) -> Option<&'a Token> {
        self.tokens.get(n)
    }

    pub fn word(&self) -> Option<&'a str> {
        self.word_at(0)
    }

    pub fn word_at(&self, n: usize) -> Option<&'a str> {
        self.peek_at(n).and_then(Token::word)
    }

    pub fn number(&self) -> Option<u64> {
        self.peek().and_then(Token::number)
    }

    pub fn is_end(&self) -> bool {
        self.tokens.is_empty()
    }

    pub fn advance(&mut self, n: usize) {
        self.tokens = self.tokens.get(n..).unwrap_or_default();
    }

    pub fn eat(&mut self, kind: &Kind) -> bool {
        let found = self.peek().is_some_and(|token| token.kind == *kind);
        if found {
            self.advance(1);
        }
        found
    }

    pub fn eat_word(&mut self, words: &[&str]) -> bool {
        let found = self.word().is_some_and(|word| words.contains(&word));
        if found {
            self.advance(1);
        }
        found
    }

    /// Eats a comma, an "and", or both.
    pub fn eat_separator(&mut self) -> bool {
        let comma = self.eat(&Kind::Comma);
        self.eat_word(&["and"]) || comma
    }

    /// Where the next token starts, or the text's end.
    pub fn position(&self) -> usize {
        self.peek()
            .map_or(self.text.trim_end().len(), |token| token.span.start)
    }

    /// The next token's bytes, or the empty range at the text's end.
    pub fn span(&self) -> Range<usize> {
        let end = self.text.trim_end().len();
        self.peek().map_or(end..end, |token| token.span.clone())
    }

    /// The bytes from an earlier cursor to this one, without the space between.
    pub fn span_from(&self, earlier: &Cursor) -> Range<usize> {
        let eaten = earlier.tokens.len() - self.tokens.len();
        let last = earlier.tokens[..eaten].last();
        let start = earlier.position();
        start..last.map_or(start, |token| token.span.end)
    }

    pub fn text(&self, span: Range<usize>) -> &'a str {
        &self.text[span]
    }

    /// The next token as written; empty at the end.
    pub fn next_text(&self) -> &'a str {
        self.text(self.span())
    }

    pub fn error(&self, message: impl Into<String>) -> Error {
        Error::new(self.span(), message)
    }
}
