//! What a person asks for.

use jiff::{SignedDuration, Timestamp};

use super::event::{Command, Reply, Wanted};
use super::gate::Manner;
use super::record::{LetGo, Outcome, Record};
use super::state::Pause;
use super::{Engine, Outbox, later};
use crate::config::{Level, PauseUntil, Scope};
use crate::library::{Found, HeldBack, Selection};

/// The bounds of `pace.snooze` hold for the command too.
const SHORTEST_SNOOZE: SignedDuration = SignedDuration::from_mins(1);
const LONGEST_SNOOZE: SignedDuration = SignedDuration::from_hours(12);

impl Engine {
    pub(super) fn command(&mut self, command: Command, now: Timestamp, out: &mut Outbox) -> Reply {
        match command {
            Command::Now { wanted, unread } => self.now(&wanted, unread, now, out),
            Command::Practice(wanted) => self.practice(&wanted, now, out),
            Command::Pause {
                until,
                scope,
                level,
            } => self.pause_command(&until, scope, level, now, out),
            Command::Resume(scope) => self.resume(&scope, now),
            Command::Snooze(length) => self.snooze_newest(length, now, out),
            Command::Answer { entry, delivery } => {
                self.answer_by_command(*entry, delivery, now, out)
            }
            Command::Overwhelmed {
                notify,
                unread,
                entry,
            } => {
                out.entries.extend(entry.map(|entry| *entry));
                self.overwhelmed(notify, unread, now, out)
            }
            Command::Steady { by_a_step } => self.steady(by_a_step, now),
            Command::Library {
                change,
                names,
                notices_read,
            } => self.change_library(change, &names, notices_read, now, out),
        }
    }

    fn now(&mut self, wanted: &Wanted, unread: bool, now: Timestamp, out: &mut Outbox) -> Reply {
        let record = self.chosen(wanted, now);
        let reply = record.and_then(|record| self.bring_asked(record, unread, now, out));
        match reply {
            Some(reply) => reply,
            None if self.waits(wanted, now) => Reply::Refused {
                message: LetGo::AfterNaming.to_string(),
                hint: Some(
                    "one of them by its name comes all the same: attuned library list".into(),
                ),
            },
            None => Reply::Refused {
                message: "no prompt fits just now".into(),
                hint: Some(self.what_would_fit(wanted)),
            },
        }
    }

    /// Sends what was asked for. Under do-not-disturb it is read where it was asked for; where nobody reads there, it waits
    /// until that is off.
    fn bring_asked(
        &mut self,
        record: Record,
        unread: bool,
        now: Timestamp,
        out: &mut Outbox,
    ) -> Option<Reply> {
        if !self.is_not_to_disturb(now) {
            let card = record.card.clone()?;
            self.send(record, Manner::Usual, now, out);
            Some(Reply::Sent(card))
        } else if unread {
            self.hold_new(record, now, out);
            Some(Reply::Held)
        } else {
            Self::read(record, now, out).map(Reply::Read)
        }
    }

    /// Whether what is wanted waits because a feeling was named.
    fn waits(&self, wanted: &Wanted, now: Timestamp) -> bool {
        match wanted {
            Wanted::Collection(id) => self.wait_after_naming(&Selection::collection(id), now),
            Wanted::Any | Wanted::Prompt(_) => false,
        }
    }

    /// How to have what was asked for: where the ceiling keeps back a whole collection, by raising it.
    fn what_would_fit(&self, wanted: &Wanted) -> String {
        let collection = match wanted {
            Wanted::Collection(id) => self.library.collection(id),
            Wanted::Any | Wanted::Prompt(_) => None,
        };
        let held_back = collection.and_then(|one| self.config.library.held_back(one));
        match held_back.filter(|held_back| held_back.prompts == held_back.of) {
            Some(HeldBack { needed, .. }) => {
                format!(
                    "it is stronger than your settings let come: attuned config set library.ceiling {needed}"
                )
            }
            None => "see what there is: attuned library list".to_owned(),
        }
    }

    fn pause_command(
        &mut self,
        until: &PauseUntil,
        scope: Scope,
        level: Level,
        now: Timestamp,
        out: &mut Outbox,
    ) -> Reply {
        if let Err((message, hint)) = self.check_scope(&scope) {
            return Reply::Refused { message, hint };
        }
        match self.pause(until, scope, level, now, out) {
            Ok(pause) => Reply::Paused {
                next: self.next_after_pauses(now),
                earlier: pause.since != now,
                pause,
            },
            Err(error) => Reply::Refused {
                message: error.message,
                hint: error.hint,
            },
        }
    }

    /// When the next prompt comes; none while that depends on a program's end, which nobody knows.
    fn next_after_pauses(&self, now: Timestamp) -> Option<Timestamp> {
        let mut pauses = self.state.pauses.iter();
        if pauses.any(|pause| pause.program.is_some()) {
            return None;
        }
        self.next_shown(now).map(|next| next.at)
    }

    /// Begins a pause, in place of one of the same kind, unless that lasts longer: then that one goes on. What is on screen
    /// and silenced by it goes.
    pub(super) fn pause(
        &mut self,
        until: &PauseUntil,
        scope: Scope,
        level: Level,
        now: Timestamp,
        out: &mut Outbox,
    ) -> Result<Pause, crate::schedule::Error> {
        let program = until.program().map(str::to_owned);
        let until = until.resolve(now, &self.zone, &self.config.hours)?;
        let scope = scope.sorted();
        self.state.pauses.retain(|earlier| now < earlier.until);
        let alike =
            |one: &Pause| one.scope == scope && one.level == level && one.program == program;
        let (earlier, others): (Vec<_>, Vec<_>) =
            self.state.pauses.drain(..).partition(|one| alike(one));
        self.state.pauses = others;
        let longer = earlier.into_iter().find(|earlier| earlier.until > until);
        let pause = longer.unwrap_or_else(|| Pause {
            reason: "you asked for it".into(),
            scope,
            level,
            since: now,
            program,
            until,
        });
        self.state.pauses.push(pause.clone());
        if pause.level == Level::Full && pause.scope == Scope::All {
            self.clear_screen(&pause.reason, now, out);
        }
        Ok(pause)
    }

    fn clear_screen(&mut self, reason: &str, now: Timestamp, out: &mut Outbox) {
        let open: Vec<u64> = self.on_screen().map(|one| one.record.id).collect();
        for id in open {
            let reason = reason.to_owned();
            self.end(id, Outcome::LetGo(LetGo::Paused { reason }), now, out);
            out.close(id);
        }
    }

    /// Every name in a scope has to mean something here.
    fn check_scope(&self, scope: &Scope) -> Result<(), (String, Option<String>)> {
        let Scope::Only(names) = scope else {
            return Ok(());
        };
        for name in names {
            let is_reminder = self.config.reminders.iter().any(|one| one.name == *name);
            let is_tag = self.library.tags().contains(name.as_str());
            if !is_reminder && !is_tag && self.library.collection(name).is_none() {
                let message = format!("there is no reminder, tag or collection \"{name}\"");
                let known = self.config.reminders.iter().map(|one| one.name.as_str());
                let known = known.chain(self.library.tags());
                let near = crate::source::did_you_mean(name, known);
                let hint = near.map_or_else(
                    || "see what there is: attuned library list, attuned check".to_owned(),
                    |near| format!("did you mean \"{near}\"?"),
                );
                return Err((message, Some(hint)));
            }
        }
        Ok(())
    }

    /// The pauses that wait for this program's end are over.
    pub(super) fn program_ended(&mut self, program: &str) {
        let waits = |pause: &Pause| pause.program.as_deref() == Some(program);
        self.state.pauses.retain(|pause| !waits(pause));
    }

    /// Ends pauses a person asked for; planned ones stay.
    fn resume(&mut self, scope: &Scope, now: Timestamp) -> Reply {
        let mut ended = Vec::new();
        for pause in std::mem::take(&mut self.state.pauses) {
            if now < pause.until {
                let (over, rest) = split(pause, scope);
                ended.extend(over);
                self.state.pauses.extend(rest);
            }
        }
        Reply::Resumed {
            ended,
            remaining: self.pauses_in_force(now),
        }
    }

    fn snooze_newest(
        &mut self,
        length: Option<SignedDuration>,
        now: Timestamp,
        out: &mut Outbox,
    ) -> Reply {
        let newest = self.on_screen().filter(|one| !one.is_answered()).last();
        let newest = newest.and_then(|one| Some((one.record.id, one.card()?.title.clone())));
        let Some((id, title)) = newest else {
            return Reply::Refused {
                message: "no prompt is open".into(),
                hint: Some("for quiet, say: attuned pause 1h".into()),
            };
        };
        let length = length.unwrap_or(self.config.pace.snooze);
        if !(SHORTEST_SNOOZE..=LONGEST_SNOOZE).contains(&length) {
            return Reply::Refused {
                message: "\"later\" is from 1 minute to 12 hours".into(),
                hint: Some("for a longer rest, say: attuned pause today".into()),
            };
        }
        let until = later(now, length);
        self.heard();
        self.snooze(id, until, now, out);
        Reply::Snoozed { title, until }
    }
}

/// The part of a pause that ends, and the part that stays.
fn split(pause: Pause, ends: &Scope) -> (Option<Pause>, Option<Pause>) {
    match (ends, &pause.scope) {
        (Scope::All, _) => (Some(pause), None),
        (Scope::Only(_), Scope::All) => (None, Some(pause)),
        (Scope::Only(ends), Scope::Only(names)) => {
            let (over, stay): (Vec<_>, Vec<_>) =
                names.iter().cloned().partition(|name| ends.contains(name));
            let part = |names: Vec<String>| {
                (!names.is_empty()).then(|| Pause {
                    scope: Scope::Only(names),
                    ..pause.clone()
                })
            };
            (part(over), part(stay))
        }
    }
}

impl Wanted {
    /// What a name on the command line asks for.
    ///
    /// # Errors
    /// The fact and a hint, where there is no such collection or prompt.
    pub fn by_name(
        name: Option<&str>,
        library: &crate::library::Library,
    ) -> Result<Self, crate::library::NotFound> {
        let Some(name) = name else {
            return Ok(Self::Any);
        };
        Ok(match library.find(name)? {
            Found::Collection(collection) => Self::Collection(collection.id.clone()),
            Found::Prompt(prompt) => Self::Prompt(prompt.id.clone()),
        })
    }
}
