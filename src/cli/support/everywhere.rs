//! What holds in every country.

use std::borrow::Cow;

use jiff::civil::Date;

use super::either;
use crate::helplines::{Emergency, Entry};

/// Something to turn to, and in what case.
#[derive(Debug)]
pub struct Matter {
    /// In what case.
    pub case: &'static str,
    /// What to do.
    pub what: Cow<'static, str>,
    /// When the numbers in it were verified.
    pub verified_on: Option<Date>,
}

impl Matter {
    fn new(case: &'static str, what: &'static str) -> Self {
        Self {
            case,
            what: what.into(),
            verified_on: None,
        }
    }
}

/// For everybody, with the emergency numbers of the country where they are known.
pub fn everywhere(entry: Option<&Entry>) -> [Matter; 3] {
    let person = "A friend, a relative, a doctor. \"I am not okay, can you stay with me a while?\" is enough to begin.";
    let helpline = "findahelpline.com lists free ones by country, to call, text or chat.";
    let helpline_case = match entry {
        Some(_) => "Another helpline",
        None => "A helpline",
    };
    [
        danger(entry.map_or(&[], |entry| &entry.emergency)),
        Matter::new("A person you trust", person),
        Matter::new(helpline_case, helpline),
    ]
}

fn danger(numbers: &[Emergency]) -> Matter {
    let case = "In danger, or afraid of hurting yourself";
    let verified_on = numbers.iter().map(|one| one.verified_on).min();
    if verified_on.is_none() {
        let call = "Call your local emergency number, or ask someone near you to.";
        return Matter::new(case, call);
    }
    let words: Vec<String> = numbers.iter().map(number).collect();
    Matter {
        case,
        what: format!("Call {}, or ask someone near you to.", either(&words)).into(),
        verified_on,
    }
}

fn number(one: &Emergency) -> String {
    match &one.reaches {
        Some(reaches) => format!("{} for {reaches}", one.number),
        None => one.number.clone(),
    }
}
