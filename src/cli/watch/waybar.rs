//! How things stand, in a few words for waybar's bar and a few more for its tooltip; see waybar-custom(5).

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::super::pauses::{extent, what};
use super::super::setup::Setup;
use super::super::status::report::Status;
use super::super::status::{problems, today_in_words};
use crate::config::Level;
use crate::daemon::notifier::markup;
use crate::engine::PauseInForce;

/// What one line says. waybar reads `text` and `tooltip` as Pango markup.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Module {
    text: String,
    /// One of the classes, for an icon: `off`, `paused`, `open`, `light`, `next` or `none`.
    alt: &'static str,
    tooltip: String,
    /// For the style sheet: as `alt`, and `problem` where something is wrong.
    class: Vec<&'static str>,
}

/// The module's line. Its times stay right however long it stands there.
pub fn module(status: &Status, setup: &Setup) -> Module {
    let (alt, text) = in_a_word(status, setup);
    let problems = problems(status);
    let is_problem = !problems.is_empty();
    let facts = facts(status, setup).into_iter();
    let problems = problems
        .into_iter()
        .map(|(name, one)| format!("{name}: {one}"));
    let tooltip: Vec<String> = facts.chain(problems).collect();
    Module {
        text: markup(&text),
        alt,
        tooltip: markup(&tooltip.join("\n")),
        class: [alt]
            .into_iter()
            .chain(is_problem.then_some("problem"))
            .collect(),
    }
}

fn in_a_word(status: &Status, setup: &Setup) -> (&'static str, String) {
    let Some(overview) = status.overview.as_ref().filter(|_| status.running) else {
        return ("off", "off".to_owned());
    };
    if status.silence().is_some() {
        return ("paused", "paused".to_owned());
    }
    if !overview.open.is_empty() {
        return ("open", "open".to_owned());
    }
    let Some(next) = &overview.next else {
        return ("none", "none".to_owned());
    };
    let is_light = overview.pauses.iter().any(|one| one.level == Level::Light);
    let alt = if is_light { "light" } else { "next" };
    (alt, short(next.at, setup.now, &setup.zone))
}

/// "14:30" today, "Wed 09:30" within a week, else "24 Dec".
fn short(at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let local = at.to_zoned(zone.clone());
    let today = now.to_zoned(zone.clone()).date();
    let form = match today.until(local.date()).map(|span| span.get_days()) {
        Ok(0) => "%H:%M",
        Ok(1..=6) => "%a %H:%M",
        _ => "%-d %b",
    };
    local.strftime(form).to_string()
}

fn facts(status: &Status, setup: &Setup) -> Vec<String> {
    let long = |at| long(at, setup.now, &setup.zone);
    let extent = |pause: &PauseInForce| extent(pause.program.as_deref(), pause.until, long);
    let mut facts = vec![match (status.running, status.silence()) {
        (false, _) => "attuned is not running.".to_owned(),
        (true, None) => "attuned is running.".to_owned(),
        (true, Some(pause)) => format!("attuned is paused {}.", extent(pause)),
    }];
    for pause in status.pauses() {
        let (what, extent) = (what(&pause.scope, pause.level), extent(pause));
        facts.push(format!("Paused: {what}, {extent}: {}", pause.reason));
    }
    for (name, one) in status.busy(long) {
        facts.push(format!("{name}: {one}"));
    }
    for holds in status.pacing(long) {
        facts.push(format!("Pace: {holds}"));
    }
    if let Some(overview) = &status.overview {
        facts.extend(overview.next.as_ref().map(|next| {
            let from = next.reminder.as_deref();
            let from = from.map_or_else(String::new, |name| format!(", from {name}"));
            format!("Next: {}{from}{}", long(next.at), status.sooner())
        }));
        facts.push(format!("Today: {}", today_in_words(overview)));
        if !overview.open.is_empty() {
            facts.push(format!("Open: {}", overview.open.join(", ")));
        }
    }
    facts
}

/// "Thursday 24 December, 14:30"; with the year where it is another.
fn long(at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let local = at.to_zoned(zone.clone());
    let form = if local.year() == now.to_zoned(zone.clone()).year() {
        "%A %-d %B, %H:%M"
    } else {
        "%A %-d %B %Y, %H:%M"
    };
    local.strftime(form).to_string()
}
