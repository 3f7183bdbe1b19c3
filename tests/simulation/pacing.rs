//! What the person said and left unsaid, read a second time: from the commands they gave, the journal and the records.

use std::collections::BTreeSet;

use attuned::config::Config;
use attuned::engine::{Action, LetGo, Outcome, Rate, Record, Trigger};
use attuned::journal::{CheckIn, Quick};
use attuned::library::{ChoiceReasons, Energy, Intensity, Kind, LastState, Library};
use jiff::{SignedDuration, Timestamp};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// What holds after "Too much".
#[derive(Debug, Clone, Copy, PartialEq)]
enum Stage {
    Rest { since: Timestamp, came: u32 },
    Ease { since: Timestamp, okays: u32 },
}

/// How often random reminders come.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Pace {
    Usual { unanswered: u32 },
    Half { unanswered: u32 },
    Asking { delivery: u64 },
    Weekly { last: Timestamp },
    Fewer,
    Kept,
}

/// What came of it, counted: a law that nothing ever touched says nothing.
#[derive(Debug, Default)]
pub struct Seen {
    pub rests: u32,
    pub held_back_in_rest: u32,
    pub eased: u32,
    pub thinned: u32,
    pub asked: u32,
    pub weekly: u32,
    pub chosen_after_naming: u32,
    pub by_energy: u32,
}

pub struct Pacing {
    stage: Option<Stage>,
    said: Option<(Timestamp, LastState, Option<Energy>)>,
    named: Option<Timestamp>,
    /// When a prompt that asks for words was last heard of: it may have been on screen before.
    seen_naming: Option<Timestamp>,
    pace: Pace,
    /// The pace before something made room for what comes now.
    before_room: Option<Pace>,
    /// The random reminders whose last turn was left out.
    left_out: BTreeSet<String>,
    pub seen: Seen,
}

/// Which law was broken; none where all hold.
type Verdict = Result<(), String>;

fn hold(holds: bool, law: impl Into<String>) -> Verdict {
    if holds { Ok(()) } else { Err(law.into()) }
}

impl Pacing {
    pub fn new() -> Self {
        Self {
            stage: None,
            said: None,
            named: None,
            seen_naming: None,
            pace: Pace::Usual { unanswered: 0 },
            before_room: None,
            left_out: BTreeSet::new(),
            seen: Seen::default(),
        }
    }

    /// A check-in is in the journal.
    pub fn said(&mut self, check_in: &CheckIn, config: &Config, now: Timestamp) {
        if !check_in.words.is_empty() {
            self.named = Some(now);
        }
        let energy = match check_in.energy.map(i8::from) {
            Some(..0) => Some(Energy::Low),
            Some(1..) => Some(Energy::High),
            Some(0) | None => None,
        };
        let state = match (check_in.quick, check_in.pleasant.map(i8::from)) {
            (Some(Quick::Okay), _) | (None, Some(0..)) => LastState::Okay,
            (Some(Quick::Hard), _) | (None, Some(_)) => LastState::Hard,
            (Some(Quick::TooMuch), _) => {
                self.too_much(config, now);
                LastState::TooMuch
            }
            (None, None) => return,
        };
        self.said = Some((now, state, energy));
        if let (LastState::Okay, Some(Stage::Ease { since, okays })) =
            (state, self.stage(config, now))
        {
            let okays = okays + 1;
            self.stage = Some(Stage::Ease { since, okays });
        }
    }

    /// "Too much", by whatever way.
    pub fn too_much(&mut self, config: &Config, now: Timestamp) {
        let came = match self.stage(config, now) {
            Some(Stage::Rest { came, .. }) => came,
            _ => 0,
        };
        self.seen.rests += 1;
        self.stage = Some(Stage::Rest { since: now, came });
        self.said = Some((now, LastState::TooMuch, None));
    }

    pub fn steady(&mut self, by_a_step: bool, config: &Config, now: Timestamp) {
        let before = self.stage(config, now);
        if !by_a_step || before.is_none() {
            self.go(Pace::Usual { unanswered: 0 });
        }
        self.stage = match before {
            Some(Stage::Rest { .. }) if by_a_step => Some(Stage::Ease {
                since: now,
                okays: 0,
            }),
            Some(Stage::Ease { since, okays }) if by_a_step => Some(Stage::Ease {
                since,
                okays: okays - okays % 2 + 2,
            }),
            _ => None,
        };
        if matches!(self.said, Some((_, LastState::TooMuch, _))) {
            self.said = None;
        }
    }

    /// The person answered something; not what was asked about how often.
    pub fn heard(&mut self) {
        if self.pace != Pace::Fewer {
            self.go(Pace::Usual { unanswered: 0 });
        }
    }

    /// A button under "How often?" was pressed.
    pub fn said_how_often(&mut self, action: Action) {
        self.go(match action {
            Action::Fewer => Pace::Fewer,
            Action::Keep => Pace::Kept,
            _ => Pace::Usual { unanswered: 0 },
        });
    }

    fn go(&mut self, pace: Pace) {
        self.pace = pace;
        self.left_out.clear();
    }

    fn stage(&self, config: &Config, now: Timestamp) -> Option<Stage> {
        let stage = match self.stage? {
            Stage::Rest { since, .. } if now >= since + HOUR * 24 => Stage::Ease {
                since: since + HOUR * 24,
                okays: 0,
            },
            stage => stage,
        };
        match stage {
            Stage::Rest { .. } => Some(stage),
            Stage::Ease { since, .. } if now >= since + HOUR * 72 => None,
            Stage::Ease { okays, .. } => (level(okays) < config.library.ceiling).then_some(stage),
        }
    }

    /// Judges a record that is kept; `before` is the one it replaces.
    pub fn judge(
        &mut self,
        record: &Record,
        before: Option<&Record>,
        world: (&Config, &Library),
        now: Timestamp,
    ) -> Verdict {
        match &record.outcome {
            None | Some(Outcome::Read) => self.comes(record, before, world, now),
            Some(Outcome::LetGo(why)) => {
                self.is_let_go(record, why, world.0, now)?;
                self.ends(record);
                Ok(())
            }
            Some(Outcome::Snoozed { .. } | Outcome::Held { .. }) => Ok(()),
            Some(_) => {
                self.ends(record);
                Ok(())
            }
        }
    }

    fn comes(
        &mut self,
        record: &Record,
        before: Option<&Record>,
        (config, library): (&Config, &Library),
        now: Timestamp,
    ) -> Verdict {
        let pace = self.before_room.take().unwrap_or(self.pace);
        // What waited has had no card until now.
        let is_first = before.is_none_or(|before| before.card.is_none());
        // What a click reveals was chosen before.
        let prompt_of = |one: &Record| one.card.as_ref().and_then(|card| card.prompt.clone());
        let is_same = |before: &Record| {
            before.choice == record.choice && prompt_of(before) == prompt_of(record)
        };
        let is_new = !before.is_some_and(is_same);
        let by_itself = matches!(record.trigger, Trigger::Reminder { .. });
        let stage = self.stage(config, now);
        let card = record.card.as_ref().expect("something comes");
        let prompt = card.prompt.as_deref().and_then(|id| library.prompt(id));
        let was_drawn = matches!(record.choice, Some(ChoiceReasons::Drawn { .. }));
        // Whether it is only now on its way; else it was on screen before.
        let is_sent =
            before.is_none_or(|before| before.outcome.is_some() || before.card != record.card);

        if let Some(prompt) = prompt {
            let waits = ["thought-check", "stay-with-it"].contains(&prompt.collection());
            let just_named = self.named.is_some_and(|at| now.duration_since(at) < HOUR);
            self.seen.chosen_after_naming += u32::from(just_named && is_sent && was_drawn);
            let chains = waits && just_named && is_sent && was_drawn;
            hold(!chains, "nothing rethinks within an hour of naming")?;
            if prompt.collection() == "name-it" {
                self.seen_naming = Some(now);
                self.named = if is_sent { Some(now) } else { self.named };
            }
        }
        if let (Some(prompt), true, true) = (prompt, is_new, was_drawn) {
            let most = match stage {
                Some(Stage::Rest { .. }) => Intensity::Gentle,
                Some(Stage::Ease { okays, .. }) => level(okays),
                None => config.library.ceiling,
            };
            hold(
                prompt.intensity <= most,
                format!("{} is too intense: {stage:?}", prompt.id),
            )?;
            self.law_of_fit(record, prompt.collection(), now)?;
        }
        if matches!(record.trigger, Trigger::FollowUp { .. }) && is_new && self.is_too_much(now) {
            let looks_outward =
                prompt.is_some_and(|one| one.tags.iter().any(|tag| tag == "outward"));
            hold(
                looks_outward,
                "\"Too much\" is met with something that looks outward",
            )?;
        }
        if let (Some(Stage::Rest { since, came }), true, true) = (stage, by_itself, is_first) {
            hold(came == 0, "a day of rest has one prompt at most")?;
            hold(
                card.kind != Kind::CheckIn,
                "no check-in comes on a day of rest",
            )?;
            self.stage = Some(Stage::Rest { since, came: 1 });
        }
        if let (Some(Stage::Ease { .. }), true) = (stage, by_itself) {
            self.seen.eased += 1;
        }
        match &record.trigger {
            Trigger::Reminder { name, .. } if is_first && is_random(config, name) => {
                self.law_of_turns(name, pace, now)
            }
            Trigger::HowOften if is_first => {
                let is_time = matches!(pace, Pace::Half { unanswered } if unanswered >= 7);
                hold(is_time, format!("it is asked once, after seven: {pace:?}"))?;
                self.seen.asked += 1;
                self.go(Pace::Asking {
                    delivery: record.id,
                });
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// A random reminder comes.
    fn law_of_turns(&mut self, name: &str, pace: Pace, now: Timestamp) -> Verdict {
        match pace {
            Pace::Half { .. } | Pace::Asking { .. } | Pace::Fewer => hold(
                self.left_out.remove(name),
                format!("{name} comes every other time"),
            ),
            Pace::Weekly { last } => {
                // A week by the calendar, whatever the hour.
                let apart = now.duration_since(last);
                hold(
                    apart > HOUR * 24 * 5,
                    format!("once a week, not after {apart:#}"),
                )?;
                self.seen.weekly += 1;
                self.pace = Pace::Weekly { last: now };
                Ok(())
            }
            Pace::Usual { .. } | Pace::Kept => Ok(()),
        }
    }

    fn is_let_go(
        &mut self,
        record: &Record,
        why: &LetGo,
        config: &Config,
        now: Timestamp,
    ) -> Verdict {
        let stage = self.stage(config, now);
        let Trigger::Reminder { name, .. } = &record.trigger else {
            return Ok(());
        };
        match why {
            LetGo::NoCheckIn | LetGo::RestDay => {
                self.seen.held_back_in_rest += 1;
                let is_rest = matches!(stage, Some(Stage::Rest { .. }));
                hold(is_rest, "the day of rest ends by itself, or when asked")
            }
            LetGo::NothingGentle => hold(stage.is_some(), "so do the gentle days"),
            LetGo::AfterNaming => {
                let named = self.named.max(self.seen_naming);
                let recently = named.is_some_and(|at| now.duration_since(at) < HOUR);
                hold(recently, "it waits only after naming")
            }
            LetGo::AskedInstead => {
                let is_time = matches!(self.pace, Pace::Half { unanswered } if unanswered >= 7);
                hold(is_time, format!("it is asked after seven: {:?}", self.pace))
            }
            LetGo::Thinned(rate) => {
                self.seen.thinned += 1;
                hold(is_random(config, name), "only random reminders thin")?;
                let expected = match self.pace {
                    Pace::Half { .. } | Pace::Asking { .. } => Some(Rate::Half),
                    Pace::Fewer => Some(Rate::Fewer),
                    Pace::Weekly { .. } => Some(Rate::Weekly),
                    Pace::Usual { .. } | Pace::Kept => None,
                };
                hold(
                    expected == Some(*rate),
                    format!("{rate:?} in {:?}", self.pace),
                )?;
                let in_turn = *rate == Rate::Weekly || self.left_out.insert(name.clone());
                hold(in_turn, format!("{name} is not left out twice running"))
            }
            _ => Ok(()),
        }
    }

    /// What an end says about how often.
    fn ends(&mut self, record: &Record) {
        let ended = record.ended_at.expect("it ended");
        let outcome = record.outcome.as_ref().expect("it ended");
        if *outcome == Outcome::LetGo(LetGo::MadeRoom) {
            self.before_room = Some(self.pace);
        }
        let asks = record
            .card
            .as_ref()
            .is_some_and(|card| card.kind == Kind::CheckIn || card.kind == Kind::Question);
        let by_itself = matches!(record.trigger, Trigger::Reminder { .. });
        match (self.pace, outcome) {
            (Pace::Asking { delivery }, outcome) if delivery == record.id => {
                self.go(match outcome {
                    Outcome::LetGo(LetGo::Paused { .. }) => Pace::Usual { unanswered: 0 },
                    _ if record.shown_at.is_some() => Pace::Weekly { last: ended },
                    _ => Pace::Half { unanswered: 7 },
                });
            }
            (Pace::Usual { unanswered: 2 }, Outcome::Expired) if asks && by_itself => {
                self.go(Pace::Half { unanswered: 3 });
            }
            (Pace::Usual { unanswered } | Pace::Half { unanswered }, Outcome::Expired)
                if asks && by_itself =>
            {
                let unanswered = unanswered + 1;
                self.pace = match self.pace {
                    Pace::Half { .. } => Pace::Half { unanswered },
                    _ => Pace::Usual { unanswered },
                };
            }
            _ => {}
        }
    }

    /// What is told of a choice is what the table has for the last answer, if that is at most six hours old.
    fn law_of_fit(&mut self, record: &Record, collection: &str, now: Timestamp) -> Verdict {
        let Some(ChoiceReasons::Drawn {
            state, energy, fit, ..
        }) = &record.choice
        else {
            return Ok(());
        };
        let said = self
            .said
            .filter(|(at, ..)| now.duration_since(*at) <= HOUR * 6);
        let (was, had) = said.map_or((LastState::Unknown, None), |(_, state, energy)| {
            (state, energy)
        });
        hold(
            (*state, *energy) == (was, had),
            format!("chosen for {state:?} {energy:?}, after {was:?} {had:?}"),
        )?;
        self.seen.by_energy += u32::from(was == LastState::Hard && had.is_some());
        let is_in = |list: &[&str]| list.contains(&collection);
        let grounds = is_in(&["steady-ground", "noticing", "body-first"]);
        let comforts = is_in(&["kind-words", "common-ground", "support-web"]);
        let thinks = is_in(&["thought-check", "old-maps", "old-beliefs", "other-side"]);
        let demands = is_in(&["other-side", "reach-respond", "say-it", "small-openings"]);
        let opens = is_in(&["small-wins", "name-it", "small-openings", "what-matters"]);
        let (more, less) = match (was, had) {
            (LastState::Okay, _) => (opens, false),
            (LastState::Hard, Some(Energy::High)) => (grounds, thinks),
            (LastState::Hard, Some(Energy::Low)) => (comforts, demands),
            (LastState::Hard, None) => (grounds || comforts, thinks || demands),
            (LastState::TooMuch, _) => {
                hold(
                    collection == "steady-ground",
                    "only steady ground after \"Too much\"",
                )?;
                (false, false)
            }
            (LastState::Unknown, _) => (false, false),
        };
        let agrees = (*fit > 1.0, *fit < 1.0) == (more, less);
        hold(
            agrees,
            format!("{collection} comes {fit} after {was:?} {had:?}"),
        )
    }

    /// Whether the last thing said, at most six hours ago, was "Too much".
    pub fn is_too_much(&self, now: Timestamp) -> bool {
        let said = self
            .said
            .filter(|(at, ..)| now.duration_since(*at) <= HOUR * 6);
        said.is_some_and(|(_, state, _)| state == LastState::TooMuch)
    }

    /// The pace as the engine would call it.
    pub fn rate(&self) -> Option<Rate> {
        match self.pace {
            Pace::Usual { .. } | Pace::Kept => None,
            Pace::Half { .. } | Pace::Asking { .. } => Some(Rate::Half),
            Pace::Weekly { .. } => Some(Rate::Weekly),
            Pace::Fewer => Some(Rate::Fewer),
        }
    }
}

fn level(okays: u32) -> Intensity {
    match okays {
        0 | 1 => Intensity::Gentle,
        2 | 3 => Intensity::Medium,
        _ => Intensity::Deep,
    }
}

fn is_random(config: &Config, name: &str) -> bool {
    let reminder = config.reminders.iter().find(|one| one.name == name);
    reminder.is_some_and(|one| one.schedule.is_random())
}
