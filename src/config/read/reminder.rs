//! The `[[reminder]]` tables.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use jiff::SignedDuration;
use toml::de::DeValue;

use super::text::{duration, list, long_text, require, short_text, switch, whole, word};
use crate::config::keys::{Key, Phrase};
use crate::config::names::Mention;
use crate::config::{Config, Content, Missed, Reminder, keys, parse_zone};
use crate::library::{Kind, Selection};
use crate::schedule::{Schedule, Table, TableError};
use crate::source::{Fields, Located, Piece};

const DEFAULT_GRACE: SignedDuration = SignedDuration::from_hours(1);

/// Replaces the reminders by those of `tables`.
pub(super) fn lay_over(tables: Vec<Fields<'_, '_>>, config: &mut Config) {
    let mut mentions = Vec::new();
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    config.reminders.clear();
    config.reminders_off.clear();
    for mut fields in tables {
        let name = read_name(&mut fields, &mut lines);
        let enabled = switch(&mut fields, &keys::ENABLED).unwrap_or(true);
        let reminder = read(&mut fields, name, &mut mentions);
        fields.finish();
        match reminder {
            Some(reminder) if enabled => config.reminders.push(reminder),
            Some(reminder) => config.reminders_off.push(reminder),
            None => {}
        }
    }
    config.mentions.replace("reminder", mentions);
}

/// The name, if no reminder above has it; `lines` holds where each stands.
fn read_name(fields: &mut Fields<'_, '_>, lines: &mut BTreeMap<String, usize>) -> Option<String> {
    let span = fields.span_of(keys::NAME.name);
    let name = short_text(fields, &keys::NAME)?;
    let place = fields.findings().place(span?);
    let (line, _) = place.source.line_and_column(place.span.start);
    if let Some(earlier) = lines.get(&name) {
        let message = format!("there are two reminders \"{name}\"");
        let hint = format!("the other is on line {earlier}; give this one a name of its own");
        fields.findings().error(place.span, message, Some(hint));
        return None;
    }
    lines.insert(name.clone(), line);
    Some(name)
}

/// Reads every key before it gives up, so that all errors are found.
fn read(
    fields: &mut Fields<'_, '_>,
    name: Option<String>,
    mentions: &mut Vec<Mention>,
) -> Option<Reminder> {
    let when = read_when(fields);
    let content = read_content(fields, mentions);
    let jitter = duration(fields, &keys::JITTER);
    let zone = fields.parsed(keys::TIMEZONE.name, parse_zone);
    let missed = word(fields, &keys::MISSED);
    let grace = duration(fields, &keys::GRACE);
    let when = when?;
    Some(Reminder {
        name: name?,
        schedule: when.schedule,
        written: when.written,
        place: fields.findings().place(when.span),
        content: content?,
        jitter: jitter.unwrap_or_default(),
        zone: zone.map(|zone| zone.value),
        missed: missed.unwrap_or(Missed::Once),
        grace: grace.unwrap_or(DEFAULT_GRACE),
    })
}

struct When {
    schedule: Schedule,
    written: String,
    span: Range<usize>,
}

/// Takes `when`: a text, a table, or a list of these.
fn read_when(fields: &mut Fields<'_, '_>) -> Option<When> {
    require(fields, &keys::WHEN);
    let piece = fields.value(keys::WHEN.name)?;
    let span = piece.span.clone();
    let written = match &piece.value {
        DeValue::String(text) => text.to_string(),
        _ => fields
            .findings()
            .source()
            .text
            .get(span.clone())?
            .to_owned(),
    };
    let schedule = match piece.value {
        DeValue::Array(items) if items.is_empty() => {
            let hint = "to switch a reminder off, write enabled = false".to_owned();
            fields
                .findings()
                .error(span, "`when` is an empty list", Some(hint));
            return None;
        }
        DeValue::Array(items) => {
            let read_item = |item: toml::Spanned<DeValue<'_>>| {
                let span = item.span();
                let value = item.into_inner();
                read_schedule(fields, Located { value, span })
            };
            // Each is read, so that all errors are found.
            let parts: Vec<Option<Schedule>> = items.into_iter().map(read_item).collect();
            Schedule::union(parts.into_iter().collect::<Option<_>>()?)
        }
        _ => read_schedule(fields, piece)?,
    };
    for warning in schedule.warnings() {
        fields.findings().warning(span.clone(), warning, None);
    }
    Some(When {
        schedule,
        written,
        span,
    })
}

fn read_schedule<'i>(fields: &Fields<'i, '_>, piece: Piece<'i>) -> Option<Schedule> {
    match piece.value {
        DeValue::String(_) => {
            let text = fields.as_text(keys::WHEN.name, piece)?;
            let schedule = fields.parse_piece(&text, Schedule::parse)?;
            Some(schedule.value)
        }
        DeValue::Table(_) => {
            let table = fields.as_table(keys::WHEN.name, "`when`".into(), piece)?;
            read_table(table)
        }
        ref other => {
            fields.wrong_type(
                keys::WHEN.name,
                "text, a table or a list",
                other,
                piece.span,
                "such as \"weekdays at 10:30\"".to_owned(),
            );
            None
        }
    }
}

type Texts<'i> = Vec<Located<Cow<'i, str>>>;

fn read_table(mut fields: Fields<'_, '_>) -> Option<Schedule> {
    let findings = fields.findings();
    let known = findings.errors();
    let all_of_it = fields.span();
    let mut places: BTreeMap<&str, Range<usize>> = BTreeMap::new();
    for Key { name, .. } in keys::when_table() {
        places.extend(fields.span_of(name).map(|span| (name, span)));
    }
    let at = phrases(&mut fields, &keys::AT);
    let every = phrases(&mut fields, &keys::EVERY);
    let times = whole(&mut fields, &keys::TIMES);
    let between = phrases(&mut fields, &keys::BETWEEN);
    let apart = phrases(&mut fields, &keys::APART);
    let on = phrases(&mut fields, &keys::ON);
    let texts: BTreeMap<&str, Texts<'_>> = BTreeMap::from([at, every, between, apart, on]);
    let all =
        |key: &str| -> Vec<String> { texts[key].iter().map(|text| text.to_string()).collect() };
    let table = Table {
        at: all("at"),
        every: all("every").pop(),
        times: times.map(|times| times.value),
        between: <[String; 2]>::try_from(all("between")).ok(),
        apart: all("apart").pop(),
        on: all("on"),
    };
    let schedule = Schedule::from_table(&table);
    let wrong_already = findings.errors() > known;
    match schedule {
        Ok(schedule) => {
            fields.finish();
            (!wrong_already).then_some(schedule)
        }
        Err(TableError { key, index, error }) => {
            let text = texts.get(key).and_then(|texts| texts.get(index));
            match text {
                Some(text) if error.span != (0..0) => fields.inner_error(text, error),
                // What is wrong with the whole may only follow from what is wrong with a part.
                _ if wrong_already => {}
                _ => {
                    let span = places.get(key).cloned().unwrap_or(all_of_it);
                    findings.error(span, error.message, error.hint);
                }
            }
            fields.finish();
            None
        }
    }
}

/// Takes the texts of a part of the table, with its name.
fn phrases<'i>(fields: &mut Fields<'i, '_>, key: &Key<Phrase>) -> (&'static str, Texts<'i>) {
    let name = key.name;
    let texts = match key.shape {
        Phrase::One => fields.text(name).into_iter().collect(),
        Phrase::Any => fields.texts(name),
        Phrase::Two => two_times(fields, name),
    };
    (name, texts)
}

/// Takes a list of two times.
fn two_times<'i>(fields: &mut Fields<'i, '_>, name: &'static str) -> Texts<'i> {
    let span = fields.span_of(name);
    let times = fields.texts(name);
    if let Some(span) = span.filter(|_| times.len() != 2) {
        let message = format!("`{name}` has to be a list of two times");
        let hint = "for example [\"09:00\", \"17:30\"]".to_owned();
        fields.findings().error(span, message, Some(hint));
    }
    times
}

/// Takes what the reminder shows: the person's own words, or what to choose from.
fn read_content(fields: &mut Fields<'_, '_>, mentions: &mut Vec<Mention>) -> Option<Content> {
    let own = fields.has(keys::MESSAGE.name);
    let choosing = [keys::COLLECTIONS, keys::TAGS].map(|key| fields.span_of(key.name));
    let message = long_text(fields, &keys::MESSAGE);
    let kind_span = fields.span_of(keys::KIND.name);
    let kinds: Vec<Kind> = fields
        .choices(keys::KIND.name, keys::KIND.shape.0)
        .iter()
        .map(|kind| kind.value)
        .collect();
    let collections = list(fields, &keys::COLLECTIONS, mentions);
    let tags = list(fields, &keys::TAGS, mentions);
    if own {
        for span in choosing.into_iter().flatten() {
            let message = "a reminder with a `message` does not choose from the library";
            let hint = "leave this out, or leave out the message".to_owned();
            fields.findings().error(span, message, Some(hint));
        }
        return Some(Content::Message {
            text: message?,
            kind: message_kind(fields, &kinds, kind_span)?,
        });
    }
    Some(Content::Choice(Selection {
        kinds,
        collections: collections.unwrap_or_default(),
        tags: tags.unwrap_or_default(),
    }))
}

fn message_kind(
    fields: &Fields<'_, '_>,
    kinds: &[Kind],
    span: Option<Range<usize>>,
) -> Option<Kind> {
    match (kinds, span) {
        ([], _) => Some(Kind::Affirmation),
        ([kind], _) if *kind != Kind::Practice => Some(*kind),
        (_, span) => {
            let message = "a `message` is one of: affirmation, question, check-in";
            let hint = "leave out `kind`, or write one of these".to_owned();
            fields.findings().error(span?, message, Some(hint));
            None
        }
    }
}
