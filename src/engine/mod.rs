//! The pure core: what is due, what may be shown, what became of it.
//!
//! The engine does no I/O and reads no clock and no random source: time comes in as `now`, randomness from the salt in
//! its [`State`]. [`Engine::handle`] takes one [`Event`] and returns the [`Effect`]s to perform, records first;
//! [`Engine::next_wake`] tells when to call with [`Event::Wake`] next. `attuned preview` is this very engine, run
//! ahead on a copy.

mod action;
mod answer;
mod back_off;
mod busy;
mod checking_in;
mod choosing;
mod command;
mod delivery;
mod due;
mod event;
mod exchange;
mod gate;
mod holding;
mod naming;
mod notice;
mod overwhelm;
mod preferring;
mod preview;
mod reading;
mod record;
mod rejoin;
mod replying;
mod state;

pub use action::{Action, Flow};
pub use back_off::{BackOff, Rate};
pub use busy::{Reading, Sensed, Source};
pub use event::{
    Batch, Changed, Command, Effect, Event, Notice, OptIn, PauseInForce, PauseSource, Reply, Wanted,
};
pub use holding::Held;
pub use overwhelm::Overwhelm;
pub use preview::{Overview, Planned, Preview, Upcoming};
pub use record::{Answer, Card, LetGo, MissedWhy, Outcome, Record, ShowFailure, Trigger};
pub use state::{Cursor, Day, Delivery, Mood, Pause, Phase, Stage, State, Tried};

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::config::Config;
use crate::journal::Entry;
use crate::library::Library;

/// Before this the clock has not been set yet (a machine without a battery starts in 1970): 2025-01-01T00:00:00Z.
const EARLIEST_PLAUSIBLE_SECOND: i64 = 1_735_689_600;

/// More than any two zones differ: what was noted this far ahead was noted by a wrong clock.
const WRONG_CLOCK: SignedDuration = SignedDuration::from_hours(27);

/// How long a desktop may take to start its notification service at login.
const SET_UP: SignedDuration = SignedDuration::from_secs(30);

/// Decides what happens, and when.
#[derive(Debug, Clone)]
pub struct Engine {
    config: Arc<Config>,
    library: Arc<Library>,
    zone: TimeZone,
    state: State,
    /// What tells whether the person is busy; nothing of it outlives the run.
    senses: BTreeMap<Source, Sensed>,
    /// Since when the person is free again.
    free_since: Option<Timestamp>,
    /// At login: until then nothing comes by itself while there is no notification service.
    settling_until: Option<Timestamp>,
    clock_is_set: bool,
    /// Whether this is a copy that is run ahead.
    looks_ahead: bool,
}

impl Engine {
    /// An engine that goes on from `state`; reminders it has not seen before start at `now`.
    #[must_use]
    pub fn new(
        config: Arc<Config>,
        library: Arc<Library>,
        zone: TimeZone,
        state: State,
        now: Timestamp,
    ) -> Self {
        let mut engine = Self {
            config,
            library,
            zone,
            state,
            senses: BTreeMap::new(),
            free_since: None,
            settling_until: None,
            clock_is_set: is_plausible(now),
            looks_ahead: false,
        };
        engine.correct_wrong_clock(now);
        engine.follow_schedules(now);
        engine.state.deck.forget_gone(&engine.library, now);
        engine
    }

    /// This engine at a login: while the desktop is being set up, what is sent would start a notification server by its
    /// name, before the one that the person's session starts itself. A clock that is set back ends that.
    #[must_use]
    pub fn at_login(self, now: Timestamp) -> Self {
        Self {
            settling_until: Some(later(now, SET_UP)),
            ..self
        }
    }

    /// Whether the desktop is still being set up, as far as is known.
    #[must_use]
    pub fn is_settling(&self) -> bool {
        self.settling_until.is_some()
    }

    /// An engine with the settings, library and zone of this one, that goes on from another state.
    #[must_use]
    pub fn going_on_from(&self, state: State, now: Timestamp) -> Self {
        let (config, library) = (Arc::clone(&self.config), Arc::clone(&self.library));
        let engine = Self::new(config, library, self.zone.clone(), state, now);
        Self {
            senses: self.senses.clone(),
            free_since: self.free_since,
            settling_until: self.settling_until,
            ..engine
        }
    }

    /// Takes in what happened and returns what to do, in order: records, then what people see, then the reply.
    pub fn handle(&mut self, event: Event, now: Timestamp) -> Vec<Effect> {
        let before = self.state.clone();
        let out = self.take_in(event, now);
        let save = (self.state != before).then(|| self.state.clone());
        out.into_effects(save)
    }

    /// Takes in what happened, whether or not it is to be saved.
    fn take_in(&mut self, event: Event, now: Timestamp) -> Outbox {
        let mut out = Outbox::default();
        self.clock_is_set = is_plausible(now);
        self.correct_wrong_clock(now);
        match event {
            Event::Wake => self.wake(now, &mut out),
            Event::Reloaded { config, library } => {
                self.config = config;
                self.library = library;
                self.follow_schedules(now);
                self.follow_senses(now);
                self.follow_wait(&mut out);
                self.state.deck.forget_gone(&self.library, now);
            }
            Event::ZoneChanged(zone) => self.zone = zone,
            Event::ServiceReady => {
                self.settling_until = None;
                self.show_waiting(now, &mut out);
            }
            Event::ServiceGone => self.lose_screen(now),
            Event::Shown(id) => self.was_shown(id, now, &mut out),
            Event::Failed(id, failure) => self.was_not_shown(id, failure, now, &mut out),
            Event::Pressed(id, action) => self.pressed(id, action, now, &mut out),
            Event::Clicked(id) => self.clicked(id, now, &mut out),
            Event::Replied(id, words) => self.replied(id, &words, now, &mut out),
            Event::Dismissed(id) => self.dismissed(id, now, &mut out),
            Event::Sensed(source, reading) => self.sensed(source, reading, now),
            Event::LightDay(until) => self.note_light_day(until),
            Event::ProgramEnded(program) => self.program_ended(&program),
            Event::Command(command) => {
                let reply = self.command(command, now, &mut out);
                out.reply = Some(reply);
            }
        }
        if self.clock_is_set {
            self.seek_moment(now, &mut out);
        }
        out
    }

    /// When to call [`Engine::handle`] with [`Event::Wake`] next; none while nothing is planned.
    #[must_use]
    pub fn next_wake(&self) -> Option<Timestamp> {
        if !self.clock_is_set {
            return None;
        }
        if self.is_settling() {
            return self.settling_until;
        }
        let reminders = self.config.reminders.iter();
        let due = reminders.filter_map(|reminder| Some(self.next_due(reminder)?.at));
        let live = self.state.live.iter().map(Delivery::next_change);
        due.chain(live).chain(self.next_moment()).min()
    }

    /// What is remembered across restarts.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The settings in force.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The library in use.
    #[must_use]
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// The zone in force.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    fn wake(&mut self, now: Timestamp, out: &mut Outbox) {
        if !self.clock_is_set || self.is_settling() {
            return;
        }
        self.end_phases(now, out);
        self.offer_due(now, out);
    }

    /// Notes made in a future that the clock has since left would silence attuned until then, and those made before the
    /// clock was set would count half a century as missed: move them to now.
    fn correct_wrong_clock(&mut self, now: Timestamp) {
        if !self.clock_is_set {
            return;
        }
        self.correct_senses(now);
        let left = |until: Timestamp| until.duration_since(now);
        let settles = |until: &Timestamp| left(*until).is_positive() && left(*until) <= SET_UP;
        self.settling_until = self.settling_until.filter(settles);
        let is_wrong =
            |noted: Timestamp| !is_plausible(noted) || noted.duration_since(now) > WRONG_CLOCK;
        if self
            .state
            .cursors
            .values()
            .any(|cursor| is_wrong(cursor.after))
        {
            self.state
                .cursors
                .retain(|_, cursor| !is_wrong(cursor.after));
            self.follow_schedules(now);
        }
        for delivery in self.state.live.iter_mut().filter(|one| is_wrong(one.since)) {
            let length = delivery.phase.until().duration_since(delivery.since);
            delivery.since = now;
            *delivery.phase.until_mut() = later(now, length);
        }
        for pause in self
            .state
            .pauses
            .iter_mut()
            .filter(|one| is_wrong(one.since))
        {
            pause.until = later(now, pause.until.duration_since(pause.since));
            pause.since = now;
        }
        let check_in = self.state.last_check_in;
        if check_in.is_some_and(|check_in| is_wrong(check_in.at)) {
            self.state.last_check_in = None;
        }
        if let Some(overwhelm) = &mut self.state.overwhelm
            && is_wrong(*overwhelm.since_mut())
        {
            *overwhelm.since_mut() = now;
        }
        if let BackOff::Weekly { last } = &mut self.state.back_off
            && is_wrong(*last)
        {
            *last = now;
        }
        if self.state.named.is_some_and(is_wrong) {
            self.state.named = None;
        }
        if self.state.day.last.is_some_and(is_wrong) {
            self.state.day = Day::default();
        }
    }
}

/// Whether the clock can have been set.
#[must_use]
pub fn is_plausible(now: Timestamp) -> bool {
    now.as_second() >= EARLIEST_PLAUSIBLE_SECOND
}

/// `at` plus `length`, or the end of time.
fn later(at: Timestamp, length: SignedDuration) -> Timestamp {
    at.saturating_add(length).unwrap_or(Timestamp::MAX)
}

/// Effects on their way out, sorted by what has to happen first.
#[derive(Debug, Default)]
struct Outbox {
    records: Vec<Record>,
    entries: Vec<Entry>,
    acts: Vec<Effect>,
    reply: Option<Reply>,
}

impl Outbox {
    /// Whether a notification is on its way already.
    fn shows_something(&self) -> bool {
        self.acts.iter().any(|act| matches!(act, Effect::Show(_)))
    }

    /// Takes a notification away. What was on its way to the screen is not shown only to be gone at once.
    fn close(&mut self, id: u64) {
        self.acts
            .retain(|act| !matches!(act, Effect::Show(notice) if notice.delivery == id));
        self.acts.push(Effect::Close(id));
    }

    fn into_effects(self, save: Option<State>) -> Vec<Effect> {
        let records = self
            .records
            .into_iter()
            .map(|one| Effect::Record(Box::new(one)));
        let entries = self.entries.into_iter();
        let entries = entries.map(|one| Effect::Write(Box::new(one)));
        let save = save.map(|state| Effect::Save(Box::new(state)));
        let reply = self.reply.map(Effect::Reply);
        let kept = records.chain(entries).chain(save);
        kept.chain(self.acts).chain(reply).collect()
    }
}
