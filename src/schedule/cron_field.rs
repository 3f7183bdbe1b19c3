//! One field of a cron line: numbers, names, ranges, lists and steps, as numbers.

use std::ops::Range;

use super::Error;

/// A piece of the line, in its place.
#[derive(Clone, Debug)]
pub(super) struct Word<'a> {
    pub text: &'a str,
    pub span: Range<usize>,
}

impl<'a> Word<'a> {
    /// The parts between `separator`s, each in its place.
    fn split(&self, separator: char) -> Vec<Word<'a>> {
        let mut start = self.span.start;
        self.text
            .split(separator)
            .map(|text| {
                let span = start..start + text.len();
                start = span.end + separator.len_utf8();
                Word { text, span }
            })
            .collect()
    }

    pub fn error(&self, message: impl Into<String>) -> Error {
        Error::new(self.span.clone(), message)
    }
}

/// The text's fields, which white space separates.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let start = text.len() - rest.len();
        let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (word, after) = rest.split_at(length);
        words.push(Word {
            text: word,
            span: start..start + length,
        });
        rest = after.trim_start();
    }
    words
}

/// What one field may hold.
pub(super) struct Field {
    article: &'static str,
    name: &'static str,
    least: u8,
    /// The largest number; for days of the week 7, a second name of Sunday.
    most: u8,
    /// Names of the numbers from `least` on.
    names: &'static [&'static str],
}

pub(super) const SECOND: Field = Field {
    article: "a",
    name: "second",
    least: 0,
    most: 59,
    names: &[],
};
pub(super) const MINUTE: Field = Field {
    name: "minute",
    ..SECOND
};
pub(super) const HOUR: Field = Field {
    article: "an",
    name: "hour",
    most: 23,
    ..SECOND
};
pub(super) const MONTH_DAY: Field = Field {
    article: "a",
    name: "day of the month",
    least: 1,
    most: 31,
    names: &[],
};
pub(super) const MONTH: Field = Field {
    article: "a",
    name: "month",
    least: 1,
    most: 12,
    names: &[
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ],
};
pub(super) const WEEK_DAY: Field = Field {
    article: "a",
    name: "day of the week",
    least: 0,
    most: 7,
    names: &["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
};

impl Field {
    /// The numbers the field allows, in order, each once.
    pub fn read(&self, word: &Word, warnings: &mut Vec<String>) -> Result<Vec<u8>, Error> {
        let mut numbers = Vec::new();
        for part in word.split(',') {
            numbers.extend(self.read_part(&part, warnings)?);
        }
        numbers.sort_unstable();
        numbers.dedup();
        Ok(numbers)
    }

    fn read_part(&self, part: &Word, warnings: &mut Vec<String>) -> Result<Vec<u8>, Error> {
        if part.text.is_empty() {
            return Err(part.error(self.missing()));
        }
        let pieces = part.split('/');
        let (base, step) = match pieces.as_slice() {
            [base] => (base, None),
            [base, step] => (base, Some(step)),
            _ => return Err(part.error("a step has one \"/\"").hint("for example */15")),
        };
        let ends = base.split('-');
        let (first, last) = match ends.as_slice() {
            [all] if all.text == "*" => (self.least, self.most),
            [one] => {
                let number = self.number(one)?;
                if let Some(step) = step {
                    return Err(part
                        .error("a step needs a range or * before it")
                        .hint(format!("write {}-{}/{}", one.text, self.most, step.text)));
                }
                (number, number)
            }
            [first, last] => self.range(base, first, last)?,
            _ => return Err(base.error("a range has one \"-\"").hint("for example 9-17")),
        };
        let step = step.map_or(Ok(1), |step| self.step(step, last - first, warnings))?;
        Ok((first..=last).step_by(step).collect())
    }

    fn range(&self, base: &Word, first: &Word, last: &Word) -> Result<(u8, u8), Error> {
        let start = self.number(first)?;
        let end = match self.number(last)? {
            // "FRI-SUN" ends with the week's last day.
            0 if self.most == 7 && start > 0 && last.text.eq_ignore_ascii_case("sun") => 7,
            end => end,
        };
        if start <= end {
            return Ok((start, end));
        }
        let span = |first: u8, last: u8| {
            if first == last {
                first.to_string()
            } else {
                format!("{first}-{last}")
            }
        };
        let forwards = match (self.most, start) {
            // Sunday is 0 as well, and a week of 0 to 6 runs forwards from it.
            (7, 7) => span(0, end),
            (7, _) => format!("{},{}", span(start, 6), span(0, end)),
            (most, _) => format!("{},{}", span(start, most), span(self.least, end)),
        };
        Err(base
            .error(format!("{} runs backwards", base.text))
            .hint(format!("write {forwards}")))
    }

    fn number(&self, word: &Word) -> Result<u8, Error> {
        if let Some(place) = (0..)
            .zip(self.names)
            .find(|(_, name)| word.text.eq_ignore_ascii_case(name))
        {
            return Ok(self.least + place.0);
        }
        let digits = !word.text.is_empty() && word.text.chars().all(|c| c.is_ascii_digit());
        let number = digits.then(|| word.text.parse::<u8>().ok()).flatten();
        match number.filter(|n| (self.least..=self.most).contains(n)) {
            Some(number) => Ok(number),
            None if digits => Err(word
                .error(format!(
                    "{} is not {} {}",
                    word.text, self.article, self.name
                ))
                .hint(format!("it goes from {} to {}", self.least, self.most))),
            None => Err(self.not_a_number(word)),
        }
    }

    fn step(&self, step: &Word, width: u8, warnings: &mut Vec<String>) -> Result<usize, Error> {
        let digits = !step.text.is_empty() && step.text.chars().all(|c| c.is_ascii_digit());
        match step.text.parse::<usize>() {
            Ok(0) => Err(step.error("a step has to be 1 or more")),
            Ok(number) if digits => {
                if number > usize::from(width) {
                    warnings.push(format!(
                        "the step /{number} is wider than its range, so only one {} is left",
                        self.name
                    ));
                }
                Ok(number)
            }
            _ => Err(step
                .error(format!("\"{}\" is not a step", step.text))
                .hint("for example */15")),
        }
    }

    fn missing(&self) -> String {
        format!("{} {} is missing here", self.article, self.name)
    }

    fn not_a_number(&self, word: &Word) -> Error {
        let error = word.error(match word.text {
            "" => self.missing(),
            text => format!("\"{text}\" is not {} {}", self.article, self.name),
        });
        let long_name = self.names.iter().find(|name| {
            word.text
                .get(..3)
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
        });
        let quartz = |text: &str| {
            text.contains(['?', '#']) || text.len() <= 3 && text.contains(['L', 'W', 'l', 'w'])
        };
        match (long_name, word.text) {
            (_, "?") => error.hint("\"?\" is Quartz's; crontab writes *"),
            (_, text) if quartz(text) => {
                error.hint("L, W, # and ? are Quartz's; crontab has *, lists, ranges and steps")
            }
            (Some(name), _) => error.hint(format!("names have three letters: {name}")),
            (None, "*") => error.hint("* stands alone, or with a step, as in */2"),
            (None, text) if text.contains('~') => {
                error.hint("for random times, write \"once a day between 9:00 and 17:00\"")
            }
            _ => error.hint(format!("it goes from {} to {}", self.least, self.most)),
        }
    }
}
