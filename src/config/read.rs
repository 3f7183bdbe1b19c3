//! One layer's text, laid over the settings so far.

mod hours;
mod reminder;
mod text;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::SignedDuration;

use super::names::{Means, Mention, Mentions};
use super::{
    ActiveHours, Config, Level, Limit, NotificationSettings, Pace, PauseTimes, PlannedPause, Scope,
    SupportLine,
};
use crate::library::{Intensity, Rules};
use crate::source::{Diagnostic, Fields, Findings, Source, read_toml};
pub use hours::hour_keys;

use hours::HourKeys;
use text::{duration, list, short_text};

/// Over this, a cap is more than most people enjoy.
const HIGH_CAP: i64 = 6;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const HALF_DAY: SignedDuration = SignedDuration::from_hours(12);
const DAY: SignedDuration = SignedDuration::from_hours(24);

const LEVELS: [(&str, Level); 2] = [("full", Level::Full), ("light", Level::Light)];

/// Settings while layers are laid over one another.
pub(super) struct Draft {
    config: Config,
    hours: HourKeys,
}

impl Draft {
    /// Nothing set yet; the defaults set everything.
    pub fn blank() -> Draft {
        let config = Config {
            hours: ActiveHours::default(),
            hours_are_own: false,
            pace: Pace {
                cap: Limit {
                    value: 0,
                    own: false,
                },
                gap: Limit {
                    value: SignedDuration::ZERO,
                    own: false,
                },
                expiry: SignedDuration::ZERO,
                snooze: SignedDuration::ZERO,
            },
            reminders: Vec::new(),
            reminders_off: Vec::new(),
            pauses: Vec::new(),
            notification: NotificationSettings {
                sound: false,
                private: false,
            },
            library: Rules {
                language: String::new(),
                enable: Vec::new(),
                disable: Vec::new(),
                weights: BTreeMap::new(),
                hide: Vec::new(),
                favour: Vec::new(),
                ceiling: Intensity::Gentle,
            },
            support: Vec::new(),
            mentions: Mentions::default(),
        };
        Draft {
            config,
            hours: HourKeys::default(),
        }
    }

    /// Lays a layer over what is there and gives all findings about it. `own`: it is not the defaults.
    pub fn lay_over(&mut self, source: &Arc<Source>, own: bool) -> Vec<Diagnostic> {
        let findings = Findings::new(Arc::clone(source));
        let mut root = read_toml(&source.text, &findings);
        // After an error of syntax, what stands where is a guess.
        if !findings.has_errors() {
            self.read_sections(&mut root, own);
            root.finish();
        }
        findings.into_diagnostics()
    }

    fn read_sections(&mut self, root: &mut Fields<'_, '_>, own: bool) {
        let config = &mut self.config;
        if let Some(tables) = root.tables("reminder") {
            reminder::lay_over(tables, config);
        }
        if let Some(fields) = root.table("hours") {
            config.hours_are_own |= self.hours.lay_over(fields) && own;
        }
        if let Some(fields) = root.table("pace") {
            read_pace(fields, own, &mut config.pace);
        }
        if let Some(fields) = root.table("notification") {
            read_notification(fields, &mut config.notification);
        }
        if let Some(fields) = root.table("library") {
            read_library(fields, &mut config.library, &mut config.mentions);
        }
        if let Some(tables) = root.tables("pause") {
            let mut mentions = Vec::new();
            let pauses = tables.into_iter();
            config.pauses = pauses
                .filter_map(|fields| read_pause(fields, &mut mentions))
                .collect();
            config.mentions.replace("pause", mentions);
        }
        if let Some(mut fields) = root.table("support") {
            if let Some(lines) = fields.tables("line") {
                config.support = lines.into_iter().filter_map(read_support_line).collect();
            }
            fields.finish();
        }
    }

    /// The settings so far, the hours apart.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The settings, once all layers are laid.
    ///
    /// # Errors
    /// Where one day's hours run into the next day's.
    pub fn finish(mut self) -> Result<Config, Diagnostic> {
        self.config.hours = self.hours.into_hours()?;
        Ok(self.config)
    }
}

fn read_pace(mut fields: Fields<'_, '_>, own: bool, pace: &mut Pace) {
    if let Some(cap) = fields.integer("cap", 0..=24) {
        if own && cap.value > HIGH_CAP {
            let message = format!(
                "{} prompts a day are more than most people enjoy",
                cap.value
            );
            let hint = format!("{HIGH_CAP} or fewer keep their weight");
            fields.findings().warning(cap.span, message, Some(hint));
        }
        pace.cap = Limit {
            value: u32::try_from(cap.value).unwrap_or_default(),
            own,
        };
    }
    if let Some(value) = duration(&mut fields, "gap", MINUTE..=HALF_DAY) {
        pace.gap = Limit { value, own };
    }
    if let Some(expiry) = duration(&mut fields, "expiry", MINUTE..=DAY) {
        pace.expiry = expiry;
    }
    if let Some(snooze) = duration(&mut fields, "snooze", MINUTE..=HALF_DAY) {
        pace.snooze = snooze;
    }
    fields.finish();
}

fn read_notification(mut fields: Fields<'_, '_>, notification: &mut NotificationSettings) {
    if let Some(sound) = fields.boolean("sound") {
        notification.sound = sound.value;
    }
    if let Some(private) = fields.boolean("private") {
        notification.private = private.value;
    }
    fields.finish();
}

fn read_library(mut fields: Fields<'_, '_>, rules: &mut Rules, mentions: &mut Mentions) {
    if let Some(language) = fields.parsed("language", text::parse_language) {
        rules.language = language.value;
    }
    let ceilings: Vec<_> = Intensity::ALL
        .iter()
        .map(|one| (one.name(), *one))
        .collect();
    if let Some(ceiling) = fields.choice("ceiling", &ceilings) {
        rules.ceiling = ceiling.value;
    }
    let lists = [
        ("enable", Means::Collection, &mut rules.enable),
        ("disable", Means::Collection, &mut rules.disable),
        ("hide", Means::Prompt, &mut rules.hide),
        ("favour", Means::Prompt, &mut rules.favour),
    ];
    for (key, means, names) in lists {
        let mut mentioned = Vec::new();
        if let Some(listed) = list(&mut fields, key, means, &mut mentioned) {
            *names = listed;
            mentions.replace(key, mentioned);
        }
    }
    if let Some(weights) = fields.table("weights") {
        read_weights(weights, &mut rules.weights, mentions);
    }
    fields.finish();
}

fn read_weights(
    mut fields: Fields<'_, '_>,
    weights: &mut BTreeMap<String, f64>,
    mentions: &mut Mentions,
) {
    for key in fields.keys() {
        let mention = Mention {
            place: fields.findings().place(key.span),
            means: Means::Collection,
            name: key.value.clone(),
        };
        mentions.add("weights", mention);
        let piece = fields.take_free(&key.value);
        let weight = piece.and_then(|piece| fields.as_number(&key.value, &piece, 0.0..=2.0));
        let Some(weight) = weight else { continue };
        if [0.0, 0.5, 1.0, 2.0].contains(&weight.value) {
            weights.insert(key.value, weight.value);
        } else {
            let message = format!("{} is not a weight", weight.value);
            let hint = "a collection's weight is 0, 0.5, 1 or 2".to_owned();
            fields.findings().error(weight.span, message, Some(hint));
        }
    }
    fields.finish();
}

fn read_pause(mut fields: Fields<'_, '_>, mentions: &mut Vec<Mention>) -> Option<PlannedPause> {
    if !fields.has("when") {
        fields.missing("when");
    }
    let when = fields.texts("when");
    let times = when
        .iter()
        .filter_map(|text| fields.parse_piece(text, PauseTimes::parse));
    let times: Vec<PauseTimes> = times.map(|times| times.value).collect();
    let reason = short_text(&mut fields, "reason", 120);
    let level = fields.choice("level", &LEVELS);
    let only = list(&mut fields, "only", Means::Target, mentions);
    let pause = PlannedPause {
        reason,
        times,
        level: level.map_or(Level::Full, |level| level.value),
        scope: only
            .filter(|only| !only.is_empty())
            .map_or(Scope::All, Scope::Only),
    };
    fields.finish();
    Some(pause).filter(|pause| !pause.times.is_empty())
}

fn read_support_line(mut fields: Fields<'_, '_>) -> Option<SupportLine> {
    for key in ["name", "number"] {
        if !fields.has(key) {
            fields.missing(key);
        }
    }
    let name = short_text(&mut fields, "name", 100);
    let number = short_text(&mut fields, "number", 100);
    let hours = short_text(&mut fields, "hours", 100);
    fields.finish();
    Some(SupportLine {
        name: name?,
        number: number?,
        hours,
    })
}
