//! One layer's text, laid over the settings so far.

mod calendar;
mod hours;
mod reminder;
mod text;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::SignedDuration;

use super::names::{Means, Mention, Mentions};
use super::{
    ActiveHours, Age, Busy, CalendarSettings, Config, Country, JournalSettings, Level, Limit,
    NotificationSettings, Pace, PauseTimes, PlannedPause, Probe, Scope, Support, SupportLine,
    for_a_shell, keys,
};
use crate::library::{Intensity, Rules};
use crate::source::{Diagnostic, Fields, Findings, Located, Source, Toml};
pub use hours::hour_keys;

use hours::HourKeys;
use text::{command, duration, lines, list, require, short_text, switch, whole, word};

/// Over this, a cap is more than most people enjoy.
const HIGH_CAP: i64 = 6;

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
                terminal: None,
            },
            busy: Busy {
                wait: SignedDuration::ZERO,
                do_not_disturb: false,
                locked: false,
                away: false,
                away_after: SignedDuration::ZERO,
                presenting: false,
                ignore: Vec::new(),
                camera: false,
                microphone: false,
                calendar: CalendarSettings::default(),
                probe: Probe::default(),
            },
            probe_place: None,
            library: Rules {
                language: String::new(),
                enable: Vec::new(),
                disable: Vec::new(),
                weights: BTreeMap::new(),
                hide: Vec::new(),
                favour: Vec::new(),
                ceiling: Intensity::Gentle,
                avoid: Vec::new(),
            },
            journal: JournalSettings::default(),
            support: Support::default(),
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
        let mut root = Toml::of(&source.text).into_fields(&findings);
        // After an error of syntax, what stands where is a guess.
        if !findings.has_errors() {
            self.read_sections(&mut root, own);
            root.finish();
        }
        findings.into_diagnostics()
    }

    fn read_sections(&mut self, root: &mut Fields<'_, '_>, own: bool) {
        let config = &mut self.config;
        if let Some(tables) = root.tables(keys::REMINDER.name) {
            reminder::lay_over(tables, config);
        }
        if let Some(fields) = root.table(keys::HOURS.name) {
            config.hours_are_own |= self.hours.lay_over(fields) && own;
        }
        if let Some(fields) = root.table(keys::PACE.name) {
            read_pace(fields, own, &mut config.pace);
        }
        if let Some(fields) = root.table(keys::NOTIFICATION.name) {
            read_notification(fields, &mut config.notification);
        }
        if let Some(fields) = root.table(keys::LIBRARY.name) {
            read_library(fields, &mut config.library, &mut config.mentions);
        }
        if let Some(tables) = root.tables(keys::PAUSE.name) {
            let mut mentions = Vec::new();
            let pauses = tables.into_iter();
            config.pauses = pauses
                .filter_map(|fields| read_pause(fields, &mut mentions))
                .collect();
            config.mentions.replace("pause", mentions);
        }
        if let Some(fields) = root.table(keys::BUSY.name) {
            read_busy(fields, config);
        }
        if let Some(fields) = root.table(keys::CALENDAR.name) {
            calendar::read(fields, &mut config.busy.calendar);
        }
        if let Some(fields) = root.table(keys::JOURNAL.name) {
            read_journal(fields, &mut config.journal);
        }
        if let Some(fields) = root.table(keys::SUPPORT.name) {
            read_support(fields, &mut config.support);
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
    if let Some(cap) = whole(&mut fields, &keys::CAP) {
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
    if let Some(value) = duration(&mut fields, &keys::GAP) {
        pace.gap = Limit { value, own };
    }
    if let Some(expiry) = duration(&mut fields, &keys::EXPIRY) {
        pace.expiry = expiry;
    }
    if let Some(snooze) = duration(&mut fields, &keys::SNOOZE) {
        pace.snooze = snooze;
    }
    fields.finish();
}

fn read_notification(mut fields: Fields<'_, '_>, notification: &mut NotificationSettings) {
    if let Some(sound) = switch(&mut fields, &keys::SOUND) {
        notification.sound = sound;
    }
    if let Some(private) = switch(&mut fields, &keys::PRIVATE) {
        notification.private = private;
    }
    if let Some((_, terminal)) = command(&mut fields, &keys::TERMINAL) {
        notification.terminal = Some(terminal);
    }
    fields.finish();
}

fn read_busy(mut fields: Fields<'_, '_>, config: &mut Config) {
    let busy = &mut config.busy;
    let lengths = [
        (keys::WAIT, &mut busy.wait),
        (keys::AWAY_AFTER, &mut busy.away_after),
    ];
    for (key, length) in lengths {
        *length = duration(&mut fields, &key).unwrap_or(*length);
    }
    let switches = [
        (keys::DO_NOT_DISTURB, &mut busy.do_not_disturb),
        (keys::LOCKED, &mut busy.locked),
        (keys::AWAY, &mut busy.away),
        (keys::PRESENTING, &mut busy.presenting),
        (keys::CAMERA, &mut busy.camera),
        (keys::MICROPHONE, &mut busy.microphone),
    ];
    for (key, on) in switches {
        *on = switch(&mut fields, &key).unwrap_or(*on);
    }
    if let Some(ignore) = lines(&mut fields, &keys::IGNORE) {
        busy.ignore = ignore;
    }
    if let Some(fields) = fields.table(keys::PROBE.name) {
        read_probe(fields, config);
    }
    fields.finish();
}

fn read_probe(mut fields: Fields<'_, '_>, config: &mut Config) {
    let probe = &mut config.busy.probe;
    if let Some((text, words)) = command(&mut fields, &keys::PROBE_COMMAND) {
        warn_of_shell_words(&fields, &text);
        config.probe_place = Some(fields.findings().place(text.span));
        probe.command = Some(words);
    }
    if let Some(timeout) = duration(&mut fields, &keys::PROBE_TIMEOUT) {
        probe.timeout = timeout;
    }
    if let Some(every) = duration(&mut fields, &keys::PROBE_EVERY) {
        probe.every = Some(every);
    }
    fields.finish();
}

fn warn_of_shell_words(fields: &Fields<'_, '_>, command: &Located<Cow<'_, str>>) {
    let Some(at) = for_a_shell(command) else {
        return;
    };
    let piece = &command[at.clone()];
    let message = format!("no shell reads this command, so `{piece}` means nothing in it");
    let hint =
        "name a script, or a shell: \"sh -c '…'\"; what the program is to see goes in quotes";
    let findings = fields.findings();
    findings.warning(command.inside(at), message, Some(hint.to_owned()));
}

fn read_library(mut fields: Fields<'_, '_>, rules: &mut Rules, mentions: &mut Mentions) {
    if let Some(language) = fields.parsed(keys::LANGUAGE.name, text::parse_language) {
        rules.language = language.value;
    }
    if let Some(ceiling) = word(&mut fields, &keys::CEILING) {
        rules.ceiling = ceiling;
    }
    if fields.has(keys::AVOID.name) {
        let needs = fields.choices(keys::AVOID.name, keys::AVOID.shape.0);
        rules.avoid = needs.into_iter().map(|need| need.value).collect();
    }
    let lists = [
        (keys::ENABLE, &mut rules.enable),
        (keys::DISABLE, &mut rules.disable),
        (keys::HIDE, &mut rules.hide),
        (keys::FAVOUR, &mut rules.favour),
    ];
    for (key, names) in lists {
        let mut mentioned = Vec::new();
        if let Some(listed) = list(&mut fields, &key, &mut mentioned) {
            *names = listed;
            mentions.replace(key.name, mentioned);
        }
    }
    if let Some(weights) = fields.table(keys::WEIGHTS.name) {
        read_weights(weights, &mut rules.weights, mentions);
    }
    fields.finish();
}

fn read_weights(
    mut fields: Fields<'_, '_>,
    weights: &mut BTreeMap<String, f64>,
    mentions: &mut Mentions,
) {
    let [least, .., most] = keys::WEIGHT_VALUES;
    for key in fields.keys() {
        let mention = Mention {
            place: fields.findings().place(key.span),
            means: Means::Collection,
            name: key.value.clone(),
        };
        mentions.add("weights", mention);
        let piece = fields.take_free(&key.value);
        let weight = piece.and_then(|piece| fields.as_number(&key.value, &piece, least..=most));
        let Some(weight) = weight else { continue };
        if keys::WEIGHT_VALUES.contains(&weight.value) {
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
    require(&mut fields, &keys::PAUSE_WHEN);
    let when = fields.texts(keys::PAUSE_WHEN.name);
    let times = when
        .iter()
        .filter_map(|text| fields.parse_piece(text, PauseTimes::parse));
    let times: Vec<PauseTimes> = times.map(|times| times.value).collect();
    let reason = short_text(&mut fields, &keys::REASON);
    let level = word(&mut fields, &keys::LEVEL);
    let only = list(&mut fields, &keys::ONLY, mentions);
    let pause = PlannedPause {
        reason,
        times,
        level: level.unwrap_or(Level::Full),
        scope: only
            .filter(|only| !only.is_empty())
            .map_or(Scope::All, Scope::Only),
    };
    fields.finish();
    Some(pause).filter(|pause| !pause.times.is_empty())
}

fn read_journal(mut fields: Fields<'_, '_>, journal: &mut JournalSettings) {
    if let Some(keep) = fields.parsed(keys::KEEP.name, Age::parse) {
        journal.keep = Some(keep.value);
    }
    if let Some(editor) = switch(&mut fields, &keys::EDITOR) {
        journal.editor = editor;
    }
    fields.finish();
}

fn read_support(mut fields: Fields<'_, '_>, support: &mut Support) {
    if let Some(country) = fields.parsed(keys::COUNTRY.name, Country::parse) {
        support.country = Some(country.value);
        support.here = support.country;
    }
    if let Some(lines) = fields.tables(keys::SUPPORT_LINE.name) {
        support.lines = lines.into_iter().filter_map(read_support_line).collect();
    }
    fields.finish();
}

fn read_support_line(mut fields: Fields<'_, '_>) -> Option<SupportLine> {
    let name = short_text(&mut fields, &keys::SUPPORT_NAME);
    let number = short_text(&mut fields, &keys::SUPPORT_NUMBER);
    let hours = short_text(&mut fields, &keys::SUPPORT_HOURS);
    fields.finish();
    Some(SupportLine {
        name: name?,
        number: number?,
        hours,
    })
}
