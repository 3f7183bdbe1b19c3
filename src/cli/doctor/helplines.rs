//! Whether the help lines of the person's country are known, and verified not long ago.

use jiff::civil::Date;

use super::look::Look;
use super::row::Row;
use crate::config::Support;
use crate::helplines::{Entry, Helplines, OLD_AFTER_DAYS};
use crate::settings::{Settings, by_settings_or_locale};

const NAME: &str = "help lines";

pub fn check(look: &Look) -> Vec<Row> {
    let settings = look
        .paths
        .as_ref()
        .ok()
        .and_then(|paths| Settings::read(paths).ok());
    let support = settings.map(|settings| settings.config.support.clone());
    let Support { country, lines, .. } = support.unwrap_or_default();
    let helplines = Helplines::shipped();
    let today = look.now.to_zoned(look.zone.clone()).date();
    let row = match by_settings_or_locale(country) {
        None => Row::unknown(NAME, "your country is not known here")
            .with_way("attuned config set support.country AT tells it; attuned support --list has the letters"),
        Some(here) => match helplines.of(here.country) {
            Some(entry) => of_country(entry, today),
            None => none_for(here.country.code(), lines.len()),
        },
    };
    vec![row]
}

fn of_country(entry: &Entry, today: Date) -> Row {
    let date = entry.verified_on().strftime("%-d %B %Y").to_string();
    let name = &entry.name;
    if entry.is_old(today) {
        let fact = format!("last verified on {date}, over {OLD_AFTER_DAYS} days ago");
        let next = "a newer attuned may have newer ones; findahelpline.com has them too";
        return Row::warn(NAME, format!("{name}'s were {fact}"), next)
            .anonymously(format!("were {fact}"));
    }
    Row::ok(NAME, format!("{name}'s, verified on {date}"))
        .anonymously(format!("verified on {date}"))
}

fn none_for(code: &str, own: usize) -> Row {
    let of_your_own = match own {
        0 => "",
        _ => ", but you have some of your own",
    };
    Row::unknown(NAME, format!("none is known for {code}{of_your_own}"))
        .with_way(
            "findahelpline.com lists free ones; [[support.line]] in your settings keeps your own",
        )
        .anonymously("none is known for the country")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Country;

    #[test]
    fn an_old_entry_is_worth_a_look() {
        let helplines = Helplines::shipped();
        let mut entry = helplines.of(Country::parse("NZ").unwrap()).unwrap().clone();
        for line in &mut entry.lines {
            line.verified_on = jiff::civil::date(2026, 12, 1);
        }
        for number in &mut entry.emergency {
            number.verified_on = jiff::civil::date(2026, 12, 3);
        }
        // 30 May is the 180th day after 1 December.
        let told = |day| {
            let row = of_country(&entry, jiff::civil::date(2027, 5, day));
            (
                row.verdict.word(),
                row.fact.clone(),
                row.anonymous_fact().to_owned(),
            )
        };
        let (word, fact, anonymous) = told(30);
        assert_eq!(
            (word, fact.as_str(), anonymous.as_str()),
            (
                "ok",
                "New Zealand's, verified on 1 December 2026",
                "verified on 1 December 2026"
            )
        );
        let (word, fact, anonymous) = told(31);
        assert_eq!(
            (word, fact.as_str()),
            (
                "warn",
                "New Zealand's were last verified on 1 December 2026, over 180 days ago"
            )
        );
        assert!(!anonymous.contains("Zealand"), "{anonymous}");
    }
}
