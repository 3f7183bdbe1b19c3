//! What a person changes about the library by command; the settings win.

use jiff::Timestamp;

use super::event::{Changed, OptIn, Reply};
use super::record::{LetGo, Outcome};
use super::{Effect, Engine, Outbox};
use crate::config::Content;
use crate::library::{Change, Collection, Decided, Found, NotFound, Prompt, Rules};

/// What a change is about.
struct Target {
    id: String,
    title: String,
    /// The id of the collection it is, or belongs to.
    collection: String,
}

impl From<&Prompt> for Target {
    fn from(prompt: &Prompt) -> Self {
        Self {
            id: prompt.id.clone(),
            title: prompt.title.to_string(),
            collection: prompt.collection().to_owned(),
        }
    }
}

impl From<&Collection> for Target {
    fn from(collection: &Collection) -> Self {
        Self {
            id: collection.id.clone(),
            title: collection.title.to_string(),
            collection: collection.id.clone(),
        }
    }
}

impl Engine {
    /// Which prompts may come: by the settings, and under them by what the person chose.
    #[must_use]
    pub fn rules(&self) -> Rules {
        self.config.library.with(&self.state.preferences)
    }

    /// The same, with who decided each.
    #[must_use]
    pub fn decided(&self) -> Decided<'_> {
        Decided {
            settings: &self.config.library,
            preferences: &self.state.preferences,
        }
    }

    /// Makes a change for every name, or for none: a name may be unknown, the settings may say the contrary, and what has
    /// a notice waits until the person has read it.
    pub(super) fn change_library(
        &mut self,
        change: Change,
        names: &[String],
        notices_read: bool,
        now: Timestamp,
        out: &mut Outbox,
    ) -> Reply {
        let targets = match self.targets(change, names) {
            Ok(targets) => targets,
            Err((message, hint)) => {
                let hint = Some(hint);
                return Reply::Refused { message, hint };
            }
        };
        let notices = self.notices(change, &targets);
        if !notices_read && !notices.is_empty() {
            return Reply::ReadFirst(notices);
        }
        let changed = targets
            .into_iter()
            .map(|target| self.change(change, target, now, out));
        Reply::Changed(changed.collect())
    }

    /// What the names stand for, each once.
    fn targets(&self, change: Change, names: &[String]) -> Result<Vec<Target>, (String, String)> {
        let mut targets: Vec<Target> = Vec::new();
        for name in names {
            let target = self.target(change, name)?;
            if self.config.library.settles(change, &target.id) == Some(false) {
                return Err(settings_win(change, &target));
            }
            if !targets.iter().any(|one| one.id == target.id) {
                targets.push(target);
            }
        }
        Ok(targets)
    }

    fn target(&self, change: Change, name: &str) -> Result<Target, (String, String)> {
        let found = self.library.find(name);
        match found.map_err(|error: NotFound| (error.to_string(), error.hint))? {
            Found::Prompt(prompt) if change.is_about_prompts() => Ok(prompt.into()),
            Found::Collection(collection) if !change.is_about_prompts() => Ok(collection.into()),
            Found::Prompt(prompt) => Err(not_a_collection(change, &prompt.id)),
            Found::Collection(collection) => Err(not_a_prompt(change, &collection.id)),
        }
    }

    /// What to read before these collections are switched on.
    fn notices(&self, change: Change, targets: &[Target]) -> Vec<OptIn> {
        if change != Change::Enable {
            return Vec::new();
        }
        let rules = self.rules();
        let off = targets
            .iter()
            .filter_map(|target| self.library.collection(&target.id))
            .filter(|collection| !collection.enabled && !rules.enables(collection));
        off.filter_map(OptIn::new).collect()
    }

    fn change(
        &mut self,
        change: Change,
        target: Target,
        now: Timestamp,
        out: &mut Outbox,
    ) -> Changed {
        let before = self.rules();
        // The settings say so already: what they do not leave open is not kept beside them.
        if self.config.library.settles(change, &target.id).is_none() {
            let collection = self.library.collection(&target.collection);
            let by_default = collection.is_some_and(|collection| collection.enabled);
            let preferences = &mut self.state.preferences;
            preferences.make(change, &target.id, by_default);
        }
        let was_open = change == Change::Hide && self.take_away(&target.id, now, out);
        let collection = self.library.collection(&target.collection);
        let decided = self.decided();
        Changed {
            is_new: self.rules() != before,
            by_settings: decided.settings.settles(change, &target.id).is_some(),
            was_open,
            hidden: decided.hidden(&target.id),
            standing: collection.map(|one| decided.standing(one)),
            held_back: collection.and_then(|one| decided.settings.held_back(one)),
            reminders: self.reminders_from(&target.collection),
            collection: target.collection,
            title: target.title,
            id: target.id,
        }
    }

    /// Ends every delivery of a prompt that is hidden, wherever it is; whether it was on screen.
    fn take_away(&mut self, prompt: &str, now: Timestamp, out: &mut Outbox) -> bool {
        let shows_it = |one: &&super::Delivery| {
            let card = one.card();
            card.and_then(|card| card.prompt.as_deref()) == Some(prompt)
        };
        let live = self.state.live.iter().filter(shows_it);
        let live: Vec<(u64, bool)> = live
            .map(|one| (one.record.id, one.is_on_screen()))
            .collect();
        for (id, is_on_screen) in &live {
            self.end(*id, Outcome::LetGo(LetGo::Hidden), now, out);
            out.acts.extend(is_on_screen.then_some(Effect::Close(*id)));
        }
        live.iter().any(|(_, is_on_screen)| *is_on_screen)
    }

    /// The reminders that name this collection, and bring it on or off.
    fn reminders_from(&self, collection: &str) -> Vec<String> {
        let reminders = self.config.reminders.iter();
        let naming = reminders.filter(|reminder| match &reminder.content {
            Content::Choice(from) => from.collections.iter().any(|id| id == collection),
            Content::Message { .. } => false,
        });
        naming.map(|reminder| reminder.name.clone()).collect()
    }
}

fn not_a_collection(change: Change, prompt: &str) -> (String, String) {
    let command = match change {
        Change::Enable => "unhide",
        Change::Weight(_) => "favour",
        _ => "hide",
    };
    (
        format!("\"{prompt}\" is a prompt; this is about collections"),
        format!("this prompt alone: attuned library {command} {prompt}"),
    )
}

fn not_a_prompt(change: Change, collection: &str) -> (String, String) {
    let command = match change {
        Change::Unhide => format!("enable {collection}"),
        Change::Favour => format!("weight {collection} 2"),
        Change::Unfavour => format!("weight {collection} 1"),
        _ => format!("disable {collection}"),
    };
    (
        format!("\"{collection}\" is a collection; this is about single prompts"),
        format!("the whole collection: attuned library {command}"),
    )
}

/// The settings say the contrary, and they come first.
fn settings_win(change: Change, target: &Target) -> (String, String) {
    let Target { id, title, .. } = target;
    let take_out = |key| format!("take it out of `{key}` under [library]");
    let (fact, step) = match change {
        Change::Hide | Change::Unhide => (
            format!("your settings hide \"{title}\" ({id})"),
            take_out("hide"),
        ),
        Change::Favour | Change::Unfavour => (
            format!("your settings make \"{title}\" ({id}) a favourite"),
            take_out("favour"),
        ),
        Change::Enable => (
            format!("your settings switch {id} off"),
            take_out("disable"),
        ),
        Change::Disable => (format!("your settings switch {id} on"), take_out("enable")),
        Change::Weight(_) => (
            format!("your settings give {id} another weight"),
            "change it under [library.weights]".to_owned(),
        ),
    };
    let hint = format!("they come first; {step}, in the file that attuned config path names");
    (fact, hint)
}
