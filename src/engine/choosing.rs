//! From a reminder's wish to a card.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::Engine;
use super::record::{Card, LetGo, Record, Trigger};
use super::state::Mood;
use crate::config::Content;
use crate::journal::Scale;
use crate::library::{
    self, Choice, ChoiceReasons, Energy, Intensity, Kind, LastState, PartOfDay, Selection, Wish,
};

/// The collection that answers "Too much".
const STEADY_GROUND: &str = "steady-ground";

/// The tag of what turns attention to the surroundings.
const OUTWARD: &str = "outward";

/// How long a check-in's answer steers what comes next.
const STATE_LASTS: SignedDuration = SignedDuration::from_hours(6);

impl Engine {
    /// Puts what the reminder wants on the record's card.
    pub(super) fn fill(
        &mut self,
        record: &mut Record,
        content: &Content,
        now: Timestamp,
    ) -> Result<(), LetGo> {
        match content {
            Content::Message { text, kind } => {
                record.card = Some(Card {
                    prompt: None,
                    kind: *kind,
                    title: "A note from you".into(),
                    text: text.clone(),
                    private: self.config.notification.private,
                    steps: Vec::new(),
                });
                Ok(())
            }
            Content::Choice(from) => self.choose(record, from, None, now),
        }
    }

    /// Chooses a prompt into the record.
    pub(super) fn choose(
        &mut self,
        record: &mut Record,
        from: &Selection,
        replacing: Option<&str>,
        now: Timestamp,
    ) -> Result<(), LetGo> {
        // What a person asked for, or needs now, is no matter of pauses.
        let silenced = match record.trigger {
            Trigger::Reminder { .. } => self.silenced_tags(now),
            Trigger::HowOften | Trigger::Request { .. } | Trigger::FollowUp { .. } => Vec::new(),
        };
        let mut rules = self.rules();
        let own = rules.ceiling;
        if let Some(overwhelm) = self.overwhelm(now) {
            rules.ceiling = own.min(overwhelm.ceiling());
        }
        let from = &self.within_rest(from, now);
        let (state, energy) = self.last_state(now);
        let wish = Wish {
            now,
            part: PartOfDay::of(self.zone.to_datetime(now).time()),
            state,
            energy,
            named: self.state.named,
            rules: &rules,
            from,
            excluded_tags: &silenced,
            salt: self.state.salt,
            replacing,
        };
        let choice = library::choose(&self.library, &self.state.deck, &wish);
        let nothing = if self.wait_after_naming(from, now) {
            LetGo::AfterNaming
        } else if rules.ceiling < own {
            LetGo::NothingGentle
        } else {
            LetGo::NothingFits
        };
        let choice = choice.ok_or(nothing)?;
        self.take(record, choice, now).ok_or(LetGo::NothingFits)
    }

    /// Puts the practice that a deep prompt leads on to in its place; none where the prompt is not deep, or the person
    /// hides that practice.
    pub(super) fn ground(&mut self, record: &mut Record, now: Timestamp) -> Option<()> {
        let library = Arc::clone(&self.library);
        let prompt = library.prompt(record.card.as_ref()?.prompt.as_deref()?)?;
        let follow_up = prompt.follow_up.as_deref();
        let follow_up = follow_up.filter(|_| prompt.intensity == Intensity::Deep)?;
        if self.decided().hidden(follow_up).is_some() {
            return None;
        }
        let mut choice = library::choose_by_id(&library, follow_up)?;
        choice.reasons = ChoiceReasons::FollowsUp {
            on: prompt.id.clone(),
        };
        self.take(record, choice, now)
    }

    /// Puts the chosen prompt on the record's card and out of the deck.
    pub(super) fn take(
        &mut self,
        record: &mut Record,
        choice: Choice,
        now: Timestamp,
    ) -> Option<()> {
        let library = Arc::clone(&self.library);
        let prompt = library.prompt(&choice.prompt_id)?;
        let other_way = prompt.other_way(&self.config.library.avoid);
        let text = other_way.unwrap_or_else(|| prompt.wording(choice.wording));
        // Who asks for one is there to read it.
        let comes_unasked = matches!(record.trigger, Trigger::Reminder { .. });
        record.card = Some(Card {
            prompt: Some(prompt.id.clone()),
            kind: prompt.kind,
            title: prompt.title.to_string(),
            text: text.to_owned(),
            private: (prompt.private && comes_unasked) || self.config.notification.private,
            steps: prompt.steps_of(text).to_vec(),
        });
        self.state.deck.shown(&library, &choice, now);
        record.choice = Some(choice.reasons);
        Some(())
    }

    /// What the last check-in says about what may come now.
    fn last_state(&self, now: Timestamp) -> (LastState, Option<Energy>) {
        match self.state.last_check_in {
            Some(Mood { at, state, energy }) if lasts(now.duration_since(at)) => {
                (state, energy.and_then(Energy::told_by))
            }
            _ => (LastState::Unknown, None),
        }
    }

    /// What fits best after what was said, of all that comes by itself.
    pub(super) fn fits_best(&self, now: Timestamp) -> Selection {
        let (state, energy) = self.last_state(now);
        let decided = self.decided();
        let comes = |id: &&str| {
            let collection = self.library.collection(id);
            collection.is_some_and(|one| decided.standing(one).is_on())
        };
        let best = library::favoured(state, energy).filter(comes);
        Selection {
            collections: best.map(str::to_owned).collect(),
            ..Selection::default()
        }
    }

    /// What a delivery that came about like this may show.
    pub(super) fn wish_of(&self, trigger: &Trigger) -> Selection {
        match trigger {
            Trigger::Reminder { name, .. } => {
                let mut reminders = self.config.reminders.iter();
                match reminders
                    .find(|one| one.name == *name)
                    .map(|one| &one.content)
                {
                    Some(Content::Choice(from)) => from.clone(),
                    Some(Content::Message { .. }) | None => Selection::default(),
                }
            }
            Trigger::Request { collection } => match collection {
                Some(id) => Selection::collection(id),
                None => Selection::default(),
            },
            Trigger::HowOften => Selection::default(),
            Trigger::FollowUp { .. } => Selection {
                kinds: vec![Kind::Practice],
                tags: vec![OUTWARD.to_owned()],
                ..Selection::collection(STEADY_GROUND)
            },
        }
    }
}

impl Energy {
    /// The middle says neither.
    fn told_by(scale: Scale) -> Option<Self> {
        match scale.value() {
            ..0 => Some(Self::Low),
            0 => None,
            1.. => Some(Self::High),
        }
    }
}

/// A check-in noted by a clock that was ahead says nothing about now.
fn lasts(since: SignedDuration) -> bool {
    !since.is_negative() && since <= STATE_LASTS
}
