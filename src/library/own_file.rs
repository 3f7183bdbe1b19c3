//! The text of a person's own collection file: a start, one made of lines, and one with lines added.

use std::fmt::Write;

use toml_edit::{Array, DocumentMut, Item, Value};

/// What a file says about its title.
const ABOUT_TITLE: &str = "\
# The title that its notifications show. A stranger may read it over your
# shoulder, so it had better not tell much.
";

/// What a new file holds. It works as it is.
const EXAMPLE: &str = r#"
# Short prompts, a line each. One that ends in "?" is a question.
prompts = [
  "Slow is fine today.",
  "What would make the next hour a little easier?",
]

# The long form says more about a prompt. All but `text` may be left out.
#
#   kind       "affirmation", "question", "practice" or "check-in"
#   title      shown in place of the one above
#   variants   the same in other words; each time one of them is shown
#   times      "morning", "day", "evening"; any time where there is none
#   intensity  "gentle", "medium" or "deep"
#   private    true: the text shows only after a click
#   tags       your own words, for `attuned pause --only` and for reminders
#   steps      of a practice, 90 seconds together at most
[[prompt]]
kind = "practice"
text = "Put down what is in your hands. Let them rest. Stop when you like."
tags = ["break"]
steps = [
  { text = "Hands free.", seconds = 10 },
  { text = "Feel what they rest on.", seconds = 30 },
]
"#;

/// A person's file cannot be added to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotEditable {
    /// It is not TOML.
    #[error("it has an error in it")]
    Broken,
    /// Its `prompts` are no list.
    #[error("its `prompts` are not a list")]
    NoList,
}

/// A new collection, with an example of everything.
#[must_use]
pub fn starter(name: &str, title: Option<&str>) -> String {
    let mut text = format!("# Prompts of your own. Their ids begin with {name}/.\n\n{ABOUT_TITLE}");
    // Text takes any text.
    let _ = match title {
        Some(title) => writeln!(text, "title = {}", Value::from(title.trim())),
        None => writeln!(text, "# title = \"A moment for you\""),
    };
    text + EXAMPLE
}

/// A collection of the short form.
#[must_use]
pub fn of_lines(lines: &[String]) -> String {
    format!("prompts = {}\n", extended(Array::new(), lines))
}

/// A collection file with lines added to its `prompts`; all else in it stays as it is.
///
/// # Errors
/// The file is not such a one.
pub fn add_lines(file: &str, lines: &[String]) -> Result<String, NotEditable> {
    let mut document: DocumentMut = file.parse().map_err(|_| NotEditable::Broken)?;
    let prompts = document
        .entry("prompts")
        .or_insert(Item::Value(Array::new().into()));
    let array = prompts.as_array_mut().ok_or(NotEditable::NoList)?;
    *array = extended(std::mem::take(array), lines);
    Ok(document.to_string())
}

/// The list with a line of the file for each new text, below what is there and its comments.
fn extended(mut array: Array, lines: &[String]) -> Array {
    // What follows the last text belongs to it: it comes before the first new one.
    let last = array.len().checked_sub(1);
    let last = last.and_then(|last| array.get_mut(last));
    let suffix = last.map(|last| {
        let suffix = raw(last.decor().suffix());
        last.decor_mut().set_suffix("");
        suffix
    });
    let between = suffix.unwrap_or_default() + &raw(Some(array.trailing()));
    let mut before = format!("{}\n  ", between.trim_end());
    for line in lines {
        array.push_formatted(Value::from(line.as_str()).decorated(before, ""));
        before = String::from("\n  ");
    }
    array.set_trailing("\n");
    array.set_trailing_comma(true);
    array
}

fn raw(text: Option<&toml_edit::RawString>) -> String {
    let text = text.and_then(toml_edit::RawString::as_str);
    text.unwrap_or_default().to_owned()
}
