//! A year of a random person's life, again and again, under the laws attuned keeps.
//!
//! `SIMULATED_LIVES` sets how many lives are lived (default 2). A life is wholly determined by its number, which every
//! broken law names.

mod busy;
mod exchanges;
mod pacing;
mod settings;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use attuned::config::{self, Config, Level, PauseUntil, Scope};
use attuned::engine::{
    Action, Answer, Command, Delivery, Effect, Engine, Event, LetGo, Notice, Outcome, Phase,
    Planned, Reading, Record, Reply, ShowFailure, Source, Stage, State, Trigger, Wanted,
};
use attuned::journal::{Channel, CheckIn, Content, Entry, EntryId, Moment, Origin, Quick, Scale};
use attuned::library::{Change, Library, Weight};
use attuned::schedule::{Seed, SplitMix64};
use busy::Busy;
use exchanges::Exchanges;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use pacing::Pacing;
use settings::{config_of, random_config};

const ZONES: &[&str] = &[
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "America/St_Johns",
    "Antarctica/Troll",
    "Pacific/Apia",
];

#[test]
fn lives_go_by_the_laws() {
    let lives: u64 = std::env::var("SIMULATED_LIVES").map_or(2, |text| text.parse().unwrap());
    let library = Arc::new(Library::shipped());
    let (mut shown, mut begun) = (0, 0);
    for number in 0..lives {
        let mut life = Life::begin(number, &library);
        life.live_a_year();
        shown += life.shown;
        begun += life.exchanges.practices();
    }
    assert!(begun > 0, "some practices were begun");
    assert!(
        shown > lives * 100,
        "the lives were not empty: {shown} prompts in {lives} years"
    );
}

/// One person, one computer, one engine.
struct Life {
    number: u64,
    dice: SplitMix64,
    engine: Engine,
    now: Timestamp,
    /// The last record of every id.
    records: BTreeMap<u64, Record>,
    /// What is in the journal.
    entries: BTreeSet<EntryId>,
    exchanges: Exchanges,
    /// Prompts that came by themselves, and when.
    came: Vec<(Timestamp, String)>,
    shown: u64,
    started: Timestamp,
    travelled: bool,
    /// Whether the person never does anything.
    is_silent: bool,
    /// What was said and left unsaid.
    pacing: Pacing,
    busy: Busy,
}

impl Life {
    fn begin(number: u64, library: &Arc<Library>) -> Self {
        let mut dice = SplitMix64::new(number);
        let zone = TimeZone::get(pick(&mut dice, ZONES)).unwrap();
        let started: Timestamp = "2026-01-05T06:00:00Z".parse().unwrap();
        let config = random_config(&mut dice, library);
        let state = State::new(number);
        let engine = Engine::new(config, Arc::clone(library), zone, state, started);
        Self {
            number,
            dice,
            engine,
            now: started,
            records: BTreeMap::new(),
            entries: BTreeSet::new(),
            exchanges: Exchanges::default(),
            came: Vec::new(),
            shown: 0,
            started,
            travelled: false,
            is_silent: false,
            pacing: Pacing::new(),
            busy: Busy::default(),
        }
    }

    /// From now on nobody answers what is asked at random times.
    fn fall_silent(&mut self) {
        self.is_silent = true;
        let text = "[[reminder]]\nname = \"ask\"\nkind = \"check-in\"\nwhen = \"3 times a day between 09:00 and 20:00\"\n";
        let library = Arc::new(self.engine.library().clone());
        let config = config_of(text.to_owned(), &library);
        let zone = self.engine.zone().clone();
        self.engine = Engine::new(config, library, zone, State::new(self.number), self.now);
    }

    fn live_a_year(&mut self) {
        let end = self.started + SignedDuration::from_hours(365 * 24);
        while self.now < end {
            self.next_moment();
        }
        self.handle(Event::Wake);
        self.nothing_vanished();
    }

    /// Either the timer is met, or something happens before, or the computer sleeps through it.
    fn next_moment(&mut self) {
        let wake = self.engine.next_wake();
        let in_a_while = self.now + minutes(1 + self.dice.below(12 * 60));
        match self.dice.below(10) {
            0 if !self.is_silent => {
                self.now = in_a_while;
                self.something_happens();
            }
            // Whatever is due before it is met.
            3 | 4 if !self.is_silent => {
                let soon = self.now + seconds(self.dice.below(45 * 60));
                self.now = wake.map_or(soon, |wake| wake.min(soon)).max(self.now);
                self.wake();
                self.a_source_speaks();
            }
            1 => {
                self.now = in_a_while + minutes(self.dice.below(3 * 24 * 60));
                self.wake();
            }
            2 if !self.engine.state().live.is_empty() => {
                self.now += seconds(1 + self.dice.below(90));
                self.wake();
                let answer = self.random_answer();
                self.handle(answer);
            }
            _ => {
                self.now = wake.unwrap_or(in_a_while).max(self.now);
                self.wake();
            }
        }
    }

    fn wake(&mut self) {
        self.handle(Event::Wake);
        let again = self.engine.handle(Event::Wake, self.now);
        self.law(
            again.is_empty(),
            &format!("a spurious wake does nothing, not {again:?}"),
        );
        let next = self.engine.next_wake();
        self.law(
            next.is_none_or(|next| next > self.now),
            "the next wake lies ahead",
        );
        let mut held = self.engine.state().live.iter();
        let is_over = |one: &Delivery| one.is_held() && one.phase.until() <= self.now;
        self.law(!held.any(is_over), "nothing waits longer than it may");
    }

    /// A source says something, all at once or now and then.
    fn a_source_speaks(&mut self) {
        let (source, reading) = self.busy.random_reading(&mut self.dice);
        self.hear(source, reading);
    }

    fn hear(&mut self, source: Source, reading: Reading) {
        let config = self.engine.config();
        self.busy.hear(source, &reading, config, self.now);
        self.handle(Event::Sensed(source, reading));
    }

    fn something_happens(&mut self) {
        self.wake();
        let event = match self.dice.below(16) {
            0 => Event::Command(Command::Now {
                wanted: Wanted::Any,
                unread: self.dice.below(2) == 0,
            }),
            1 => Event::Command(Command::Snooze(None)),
            2 => Event::Command(Command::Resume(Scope::All)),
            3 if self.dice.below(2) == 0 => Event::ServiceGone,
            3 => Event::ServiceReady,
            4 => {
                let words = pick(
                    &mut self.dice,
                    &["today", "2h", "until 17:00", "workday", "until mon", ""],
                );
                Event::Command(Command::Pause {
                    until: PauseUntil::parse(words).unwrap(),
                    scope: Scope::All,
                    level: if self.dice.below(3) == 0 {
                        Level::Light
                    } else {
                        Level::Full
                    },
                })
            }
            5 => return self.restart(),
            6 if self.dice.below(5) == 0 => {
                self.travelled = true;
                Event::ZoneChanged(TimeZone::get(pick(&mut self.dice, ZONES)).unwrap())
            }
            7 => Event::Command(self.random_change()),
            8 | 9 => Event::Command(self.random_check_in()),
            10 if self.dice.below(4) == 0 => Event::Command(Command::Overwhelmed {
                notify: self.dice.below(2) == 0,
                unread: self.dice.below(2) == 0,
                entry: Some(Box::new(self.entry(CheckIn::quick(Quick::TooMuch)))),
            }),
            10 if self.dice.below(3) == 0 => Event::Command(Command::Steady {
                by_a_step: self.dice.below(2) == 0,
            }),
            10 => return self.look_ahead(),
            _ => self.random_answer(),
        };
        self.handle(event);
    }

    /// The person sees to what comes from the library.
    fn random_change(&mut self) -> Command {
        let changes = [
            Change::Hide,
            Change::Unhide,
            Change::Favour,
            Change::Disable,
            Change::Weight(Weight::Never),
            Change::Weight(Weight::Double),
            Change::Enable,
        ];
        let change = pick(&mut self.dice, &changes);
        let library = self.engine.library();
        let ids: Vec<&str> = if change.is_about_prompts() {
            library.prompts().map(|prompt| prompt.id.as_str()).collect()
        } else {
            let collections = library.collections().iter();
            collections.map(|one| one.id.as_str()).collect()
        };
        Command::Library {
            change,
            names: vec![pick(&mut self.dice, &ids).to_owned()],
            notices_read: false,
        }
    }

    /// A check-in by command, each part there or not.
    fn random_check_in(&mut self) -> Command {
        let mut maybe = |chance| self.dice.below(chance) == 0;
        let quick = (!maybe(4)).then(|| match (maybe(2), maybe(8)) {
            (true, _) => Quick::Okay,
            (false, false) => Quick::Hard,
            (false, true) => Quick::TooMuch,
        });
        let words = if maybe(3) {
            vec!["tense".to_owned()]
        } else {
            Vec::new()
        };
        let outcome = if maybe(10) {
            attuned::journal::Outcome::RatherNot
        } else {
            attuned::journal::Outcome::Answered
        };
        let said = CheckIn {
            outcome,
            quick,
            words,
            pleasant: Some(pick(&mut self.dice, &Scale::ALL)).filter(|_| quick.is_none()),
            energy: Some(pick(&mut self.dice, &Scale::ALL)),
            ..CheckIn::default()
        };
        Command::Answer {
            entry: Box::new(self.entry(said)),
            delivery: None,
        }
    }

    fn entry(&mut self, said: CheckIn) -> Entry {
        Entry {
            version: attuned::journal::VERSION,
            id: EntryId::new(self.now, self.dice.below(u64::MAX)),
            revision: 1,
            moment: Moment::new(self.now, self.engine.zone()),
            origin: Origin::Own,
            channel: Channel::Terminal,
            prompt: None,
            asked: None,
            content: Content::CheckIn(said),
        }
    }

    /// A look ahead assumes no answers, and no change of how often.
    fn look_ahead(&mut self) {
        let until = self.now + SignedDuration::from_hours(24 * 5);
        let ahead = self.engine.preview(self.now, until).planned;
        let thinned = ahead.iter().filter_map(|one| match &one.record.outcome {
            Some(Outcome::LetGo(LetGo::Thinned(rate))) => Some(*rate),
            _ => None,
        });
        let other: Vec<_> = thinned
            .filter(|rate| Some(*rate) != self.pacing.rate())
            .collect();
        self.law(other.is_empty(), &format!("no other pace ahead: {other:?}"));
        let asks = |one: &&Planned| one.record.trigger == Trigger::HowOften;
        let asked = ahead.iter().filter(asks).count();
        self.law(asked <= 1, "it is asked once at most");
    }

    fn random_answer(&mut self) -> Event {
        let live = &self.engine.state().live;
        let index = self.dice.below(live.len() as u64 + 1);
        let id = live
            .get(usize::try_from(index).unwrap())
            .map_or(index, |one| one.record.id);
        let buttons = live.iter().find(|one| one.record.id == id);
        let buttons = buttons.map_or_else(Vec::new, Delivery::actions);
        match self.dice.below(8) {
            0 => Event::Dismissed(id),
            1 => Event::Clicked(id),
            2 => Event::Replied(id, "a word".into()),
            // A button of another time, or of another server.
            3 => Event::Pressed(id, pick(&mut self.dice, &Action::ALL)),
            _ if buttons.is_empty() => Event::Pressed(id, Action::Okay),
            _ => Event::Pressed(id, pick(&mut self.dice, &buttons)),
        }
    }

    /// The state alone, through its saved form, is enough to go on exactly alike.
    fn restart(&mut self) {
        let saved = serde_json::to_string(self.engine.state()).unwrap();
        let state: State = serde_json::from_str(&saved).unwrap();
        let config = Arc::new(self.engine.config().clone());
        let library = Arc::new(self.engine.library().clone());
        let again = Engine::new(config, library, self.engine.zone().clone(), state, self.now);
        self.law(
            again.state() == self.engine.state(),
            "a restart changes nothing in the state",
        );
        // What waits for a source to speak is looked at anew.
        let waits = self.engine.state().live.iter().any(Delivery::is_held);
        self.law(
            waits || again.next_wake() == self.engine.next_wake(),
            "a restart changes no plan",
        );
        self.engine = again;
        let said = self.busy.begin_anew(self.now);
        for (source, _) in &said {
            self.handle(Event::Sensed(*source, Reading::Looking));
        }
        for (source, reading) in said {
            self.handle(Event::Sensed(source, reading));
        }
    }

    fn handle(&mut self, event: Event) {
        let is_command = matches!(event, Event::Command(_));
        let comes_unasked = matches!(
            event,
            Event::Wake | Event::ServiceReady | Event::Sensed(..) | Event::Reloaded { .. }
        );
        let waited: BTreeSet<u64> = {
            let live = self.engine.state().live.iter();
            let held = live.filter(|one| one.is_held() && one.record.held.is_some());
            held.map(|one| one.record.id).collect()
        };
        let before = self.now;
        self.person_says(&event);
        let effects = self.engine.handle(event, self.now);
        let replies = effects
            .iter()
            .filter(|one| matches!(one, Effect::Reply(_)))
            .count();
        self.law(
            replies == usize::from(is_command),
            "a command has one reply, nothing else has any",
        );
        self.records_come_first(&effects);
        self.person_said(&effects);
        self.law_of_busy_days(&effects, comes_unasked, &waited);
        let mut late = 0;
        for effect in effects {
            match effect {
                Effect::Record(record) => self.keep(*record),
                Effect::Show(notice) => late += u32::from(self.see(&notice, before)),
                Effect::Write(entry) => {
                    self.law(entry.check().is_ok(), "an entry can be taken in anywhere");
                    let is_new = self.entries.insert(entry.id);
                    self.law(is_new, "an answer is written once");
                }
                Effect::Close(id) => self.exchanges.close(id),
                Effect::Ask(source) => self.answer_of_source(source),
                Effect::Save(_) | Effect::Open(_) | Effect::Reply(_) => {}
            }
        }
        self.law(
            late <= 1,
            "after a sleep at most one prompt comes for what was missed",
        );
        let open = |phase: &Phase| matches!(phase, Phase::Sending { .. } | Phase::Open { .. });
        let open = self
            .engine
            .state()
            .live
            .iter()
            .filter(|one| open(&one.phase))
            .count();
        self.law(open <= 2, "never more than two are on screen");
    }

    /// Nothing comes unasked while the person is busy, and nothing at all into do-not-disturb; of all that waited one comes,
    /// and the rest is let go.
    fn law_of_busy_days(
        &mut self,
        effects: &[Effect],
        comes_unasked: bool,
        waited: &BTreeSet<u64>,
    ) {
        let (mut came, mut waited_came) = (0, false);
        for effect in effects {
            match effect {
                Effect::Show(notice) if comes_unasked => {
                    let mut live = self.engine.state().live.iter();
                    let delivery = live.find(|one| one.record.id == notice.delivery);
                    if delivery.is_some_and(|one| one.stage == Stage::Asking) {
                        came += 1;
                        let waited = waited.contains(&notice.delivery);
                        self.busy.seen.shown_after += u32::from(waited);
                        waited_came |= waited;
                    }
                }
                Effect::Record(record) => {
                    let seen = &mut self.busy.seen;
                    match &record.outcome {
                        Some(Outcome::Held { .. }) => seen.held += 1,
                        Some(Outcome::LetGo(LetGo::Busy { .. })) => seen.let_go_busy += 1,
                        Some(Outcome::LetGo(LetGo::OneForSeveral)) => seen.stood_for += 1,
                        _ => {}
                    }
                }
                Effect::Ask(_) => self.busy.seen.asked += 1,
                _ => {}
            }
        }
        let shows = |effect: &Effect| matches!(effect, Effect::Show(_));
        self.law(
            !self.busy.is_not_to_disturb(self.now) || !effects.iter().any(shows),
            "nothing is sent into do-not-disturb",
        );
        self.law(
            came == 0 || self.busy.lets_speak(self.now),
            "nothing comes unasked while the person is busy",
        );
        self.law(
            came <= 1 || !waited_came,
            &format!("one comes of all that waited, not {came}"),
        );
    }

    /// A source that is asked answers at once, or not at all.
    fn answer_of_source(&mut self, source: Source) {
        let reading = match self.dice.below(8) {
            0 => return self.busy.does_not_answer(source, self.now),
            1..=3 => Reading::Busy {
                until: None,
                what: None,
            },
            4 => Reading::Unknown { why: "odd".into() },
            _ => Reading::Free,
        };
        self.hear(source, reading);
    }

    /// What a notification shows that is on the screen.
    fn on_screen(&self, id: u64) -> Option<Notice> {
        let mut live = self.engine.state().live.iter();
        let phase = &live.find(|one| one.record.id == id)?.phase;
        let is_there = matches!(phase, Phase::Sending { .. } | Phase::Open { .. });
        is_there.then(|| self.engine.notice(id)).flatten()
    }

    /// Takes in what the person does, as far as it is about how much comes.
    fn person_says(&mut self, event: &Event) {
        let config = self.engine.config();
        match event {
            Event::Pressed(id, action) => {
                let live = self.engine.state().live.iter();
                let on_screen =
                    |phase: &Phase| matches!(phase, Phase::Sending { .. } | Phase::Open { .. });
                let mut pressed = live.filter(|one| one.record.id == *id && on_screen(&one.phase));
                match pressed.next().filter(|one| one.actions().contains(action)) {
                    Some(one) if one.record.trigger == Trigger::HowOften => {
                        self.pacing.said_how_often(*action);
                    }
                    Some(_) => self.pacing.heard(),
                    None => {}
                }
            }
            Event::Clicked(id) if self.on_screen(*id).is_some_and(|one| one.click.is_some()) => {
                self.pacing.heard();
            }
            Event::Replied(id, _) if self.on_screen(*id).is_some_and(|one| one.takes_words) => {
                self.pacing.heard();
            }
            Event::Command(Command::Answer { .. }) => self.pacing.heard(),
            Event::Command(Command::Overwhelmed { .. }) => {
                self.pacing.heard();
                self.pacing.too_much(config, self.now);
            }
            Event::Command(Command::Steady { by_a_step }) => {
                self.pacing.steady(*by_a_step, config, self.now);
            }
            _ => {}
        }
    }

    /// Takes in what they said of how they are.
    fn person_said(&mut self, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::Write(entry) => {
                    if let Content::CheckIn(said) = &entry.content {
                        self.pacing.said(said, self.engine.config(), self.now);
                    }
                }
                Effect::Reply(Reply::Snoozed { .. }) => self.pacing.heard(),
                _ => {}
            }
        }
    }

    fn records_come_first(&self, effects: &[Effect]) {
        let kept =
            |one: &Effect| matches!(one, Effect::Record(_) | Effect::Write(_) | Effect::Save(_));
        let first_act = effects
            .iter()
            .position(|one| !kept(one))
            .unwrap_or(effects.len());
        let ordered = effects[first_act..].iter().all(|one| !kept(one));
        self.law(
            ordered,
            "what is to be kept comes before what is to be seen",
        );
    }

    fn keep(&mut self, record: Record) {
        let id = record.id;
        let world = (self.engine.config(), self.engine.library());
        let before = self.records.get(&id);
        let verdict = self.pacing.judge(&record, before, world, self.now);
        if let Err(law) = verdict {
            self.law(false, &format!("{law}: {record:?}"));
        }
        let ended = |one: &Record| {
            !matches!(
                one.outcome,
                None | Some(Outcome::Snoozed { .. } | Outcome::Held { .. })
            )
        };
        let before = self.records.insert(id, record);
        let twice = before.as_ref().is_some_and(ended);
        self.law(!twice, &format!("an occurrence ends once: {before:?}"));
        let now = &self.records[&id];
        self.law(now.ended_at.is_some() == ended(now), "an end has its time");
    }

    /// A notification comes; whether it is one for something missed.
    fn see(&mut self, notice: &Notice, now: Timestamp) -> bool {
        let record = self.records[&notice.delivery].clone();
        self.law(
            !notice.body.is_empty() && !notice.title.is_empty(),
            "a notification says something",
        );
        let labels = notice.actions.iter().map(|one| one.label().chars().count());
        self.law(
            notice.actions.len() <= 3 && labels.max() <= Some(16),
            "three short buttons at most",
        );
        self.law_of_exchanges(notice.delivery);
        let follows = matches!(record.trigger, Trigger::FollowUp { .. });
        // A step of a practice stands alone.
        let is_begun = record.outcome == Some(Outcome::Answered(Answer::Begun));
        let after_too_much = follows && !is_begun && self.pacing.is_too_much(self.now);
        self.law(
            !after_too_much || notice.body.contains("attuned support"),
            "with something steady comes whom to turn to",
        );
        self.law_of_preferences(&record);
        let first = record.shown_at.is_none() && record.outcome.is_none();
        let Trigger::Reminder { name, .. } = &record.trigger else {
            self.answer_of_server(notice.delivery);
            return false;
        };
        if first && !self.came.iter().any(|(_, id)| *id == record.id.to_string()) {
            self.comes_by_itself(name, record.id, notice.quiet);
        }
        let late = now.duration_since(record.due) > SignedDuration::from_mins(1) && first;
        self.answer_of_server(notice.delivery);
        late
    }

    fn law_of_exchanges(&mut self, id: u64) {
        let mut live = self.engine.state().live.iter();
        let delivery = live.find(|one| one.record.id == id);
        let delivery = delivery.expect("what is shown is under way");
        let steps = delivery.card().map_or(0, |card| card.steps.len());
        let stage = delivery.stage.clone();
        let may = self.exchanges.show(id, &stage, steps);
        self.law(may, &format!("{id} does not show {stage:?} now"));
    }

    /// What was hidden does not come, and what was switched off is not chosen any more.
    fn law_of_preferences(&self, record: &Record) {
        let card = record.card.as_ref().expect("it is on screen");
        let Some(id) = &card.prompt else { return };
        let preferences = &self.engine.state().preferences;
        self.law(!preferences.hidden.contains(id), &format!("{id} is hidden"));
        let collection = id.split('/').next().unwrap();
        let is_off = preferences.switched.get(collection) == Some(&false)
            || preferences.weights.get(collection) == Some(&Weight::Never);
        // "Too much" is met with steady ground all the same.
        let is_needed = collection == "steady-ground" && self.pacing.is_too_much(self.now);
        let Trigger::Reminder { name, .. } = &record.trigger else {
            return;
        };
        // A reminder brings what it names all the same.
        let mut reminders = self.engine.config().reminders.iter();
        let reminder = reminders.find(|one| one.name == *name);
        let is_named = reminder.is_some_and(|one| match &one.content {
            config::Content::Choice(from) => from.collections.iter().any(|id| id == collection),
            config::Content::Message { .. } => false,
        });
        let was_chosen_now = record.due == self.now && !is_named;
        self.law(
            !(is_off && was_chosen_now && !is_needed),
            &format!("{id} comes, though its collection is off"),
        );
    }

    /// The laws of what comes unasked.
    fn comes_by_itself(&mut self, name: &str, id: u64, quiet: bool) {
        let config: Config = self.engine.config().clone();
        let reminder = config
            .reminders
            .iter()
            .find(|one| one.name == name)
            .expect(name);
        for pause in self.engine.pauses_in_force(self.now) {
            let light = pause.level == Level::Light && quiet;
            self.law(light, &format!("nothing comes during a pause: {pause:?}"));
        }
        let local = self.engine.zone().to_datetime(self.now);
        let hours_bind = config.hours_are_own || reminder.schedule.names_no_hours();
        self.law(
            !hours_bind || config.hours.is_active(local),
            "nothing comes outside the active hours",
        );
        let pace = &config.pace;
        let random = reminder.schedule.is_random();
        if (pace.gap.own || random)
            && let Some((last, _)) = self.came.last()
        {
            self.law(
                self.now.duration_since(*last) >= pace.gap.value,
                "the gap is kept",
            );
        }
        let day = config.hours.day_of(local);
        let same_day =
            |at: Timestamp| config.hours.day_of(self.engine.zone().to_datetime(at)) == day;
        let today = self
            .came
            .iter()
            .rev()
            .take(200)
            .filter(|(at, _)| same_day(*at))
            .count();
        let cap = usize::try_from(pace.cap.value).unwrap();
        let binds = (pace.cap.own || random) && !self.travelled;
        self.law(
            !binds || today < cap,
            &format!("the cap is kept: {today} of {cap}"),
        );
        self.came.push((self.now, id.to_string()));
        self.shown += 1;
    }

    /// The server shows it, or is not there, or is silent.
    fn answer_of_server(&mut self, id: u64) {
        let event = match self.dice.below(12) {
            0 => Event::Failed(id, ShowFailure::NoService),
            1 => Event::Failed(id, ShowFailure::NoAnswer),
            2 => return,
            _ => Event::Shown(id),
        };
        self.handle(event);
    }

    /// Every occurrence of every schedule has its record.
    fn nothing_vanished(&mut self) {
        let live: Vec<u64> = self
            .engine
            .state()
            .live
            .iter()
            .map(|one| one.record.id)
            .collect();
        for (id, record) in &self.records {
            let ended = record.ended_at.is_some() || live.contains(id);
            self.law(ended, &format!("nothing vanishes: {record:?}"));
        }
        if self.travelled {
            return;
        }
        let mut recorded: HashMap<&str, u32> = HashMap::new();
        for record in self.records.values() {
            if let Trigger::Reminder { name, .. } = &record.trigger {
                *recorded.entry(name).or_default() += record.count;
            }
        }
        for reminder in &self.engine.config().reminders {
            let zone = reminder.zone.as_ref().unwrap_or(self.engine.zone());
            let seed = Seed {
                salt: self.number,
                name: &reminder.name,
            };
            let mut after = self.started;
            let mut occurrences = 0;
            let until = self.engine.state().cursors[&reminder.name].after;
            while let Some(next) = reminder
                .schedule
                .next_after(after, zone, seed)
                .filter(|next| next.at <= until)
            {
                occurrences += 1;
                after = next.at;
            }
            let found = recorded.get(reminder.name.as_str()).copied().unwrap_or(0);
            self.law(
                found == occurrences,
                &format!(
                    "{}: {occurrences} occurrences, {found} recorded",
                    reminder.name
                ),
            );
        }
    }

    fn law(&self, holds: bool, law: &str) {
        assert!(holds, "life {} at {}: {law}", self.number, self.now);
    }
}

fn pick<T: Copy>(dice: &mut SplitMix64, choices: &[T]) -> T {
    choices[usize::try_from(dice.below(choices.len() as u64)).unwrap()]
}

fn seconds(count: u64) -> SignedDuration {
    SignedDuration::from_secs(i64::try_from(count).unwrap())
}

fn minutes(count: u64) -> SignedDuration {
    SignedDuration::from_mins(i64::try_from(count).unwrap())
}

/// The laws about what is said and left unsaid bind nothing where nothing of it happens.
#[test]
fn what_is_said_and_left_unsaid_happens() {
    let fall_silent = |life: &mut Life| {
        if life.number == 204 {
            life.fall_silent();
        }
    };
    let seen = seen_in(200..212, fall_silent, |life| {
        let seen = &life.pacing.seen;
        [
            seen.rests,
            seen.held_back_in_rest,
            seen.eased,
            seen.thinned,
            seen.asked,
            seen.weekly,
            seen.chosen_after_naming,
            seen.by_energy,
        ]
    });
    assert!(seen.iter().all(|count| *count > 0), "{seen:?}");
}

/// So do those about busy days.
#[test]
fn busy_days_happen() {
    let seen = seen_in(
        300..306,
        |_| {},
        |life| {
            let seen = &life.busy.seen;
            [
                seen.held,
                seen.shown_after,
                seen.let_go_busy,
                seen.stood_for,
                seen.asked,
            ]
        },
    );
    assert!(seen.iter().all(|count| *count > 0), "{seen:?}");
}

/// What was seen in a year of each of these lives, added up.
fn seen_in<const N: usize>(
    numbers: Range<u64>,
    begin: impl Fn(&mut Life),
    seen: impl Fn(&Life) -> [u32; N],
) -> [u32; N] {
    let library = Arc::new(Library::shipped());
    let mut sums = [0; N];
    for number in numbers {
        let mut life = Life::begin(number, &library);
        begin(&mut life);
        life.live_a_year();
        for (sum, count) in sums.iter_mut().zip(seen(&life)) {
            *sum += count;
        }
    }
    sums
}

/// A pause's reason is always told; this keeps the variants in view of the laws above.
#[test]
fn what_a_pause_held_back_says_so() {
    let library = Arc::new(Library::shipped());
    let mut held_back = 0;
    for number in 100..103 {
        let mut life = Life::begin(number, &library);
        life.live_a_year();
        let paused =
            |one: &&Record| matches!(one.outcome, Some(Outcome::LetGo(LetGo::Paused { .. })));
        held_back += life.records.values().filter(paused).count();
    }
    assert!(held_back > 0, "some pause held something back");
}
