//! Where follow-ups lead, once every prompt is known: to a prompt that is there, and never round in a circle.

use std::collections::BTreeSet;

use super::draft::FollowUp;
use super::{Library, Prompt};
use crate::source::{Findings, did_you_mean};

impl Library {
    /// Reports follow-ups that lead nowhere or round; `follow_ups` are those of each of `findings`.
    pub(super) fn check_follow_ups(&mut self, follow_ups: &[Vec<FollowUp>], findings: &[Findings]) {
        let all = || {
            let each = findings.iter().zip(follow_ups);
            each.flat_map(|(findings, follow_ups)| {
                follow_ups.iter().map(move |one| (one, findings))
            })
        };
        for (follow_up, findings) in all() {
            self.check_target(follow_up, findings);
        }
        let mut seen = BTreeSet::new();
        for (follow_up, findings) in all() {
            self.check_circle(follow_up, &mut seen, findings);
        }
    }

    /// Reports a follow-up that leads nowhere; its prompt stays, without one.
    fn check_target(&mut self, follow_up: &FollowUp, findings: &Findings) {
        let to = follow_up.to.value.as_str();
        if self.place(to).is_some() {
            return;
        }
        let hint = match self.near(to) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => {
                "a follow-up is a prompt's full id, such as \"steady-ground/three-things\"".into()
            }
        };
        findings.error(
            follow_up.to.span.clone(),
            format!("there is no prompt \"{to}\" to follow"),
            Some(hint),
        );
        self.lead_nowhere(&follow_up.prompt);
    }

    /// Reports the circle a follow-up leads into, unless one of the prompts on the way was `seen` before; the prompts
    /// of the circle stay, without follow-ups.
    fn check_circle(
        &mut self,
        follow_up: &FollowUp,
        seen: &mut BTreeSet<String>,
        findings: &Findings,
    ) {
        let mut way = vec![follow_up.prompt.clone()];
        while let Some(next) = way
            .last()
            .and_then(|last| self.prompt(last)?.follow_up.clone())
        {
            if let Some(start) = way.iter().position(|id| *id == next) {
                let circle = way.split_off(start);
                findings.error(
                    follow_up.to.span.clone(),
                    format!("follow-ups lead round: {} → {next}", circle.join(" → ")),
                    Some("leave one of them out; until then none of these has one".into()),
                );
                for id in &circle {
                    self.lead_nowhere(id);
                }
                break;
            }
            if seen.contains(&next) {
                break;
            }
            way.push(next);
        }
        seen.extend(way);
    }

    fn lead_nowhere(&mut self, id: &str) {
        if let Some((collection, prompt)) = self.place(id) {
            self.collections[collection].prompts[prompt].follow_up = None;
        }
    }

    /// The prompt id nearest to `id`, in the collection it names or the one nearest to that.
    fn near(&self, id: &str) -> Option<String> {
        let (collection, slug) = id.split_once('/')?;
        let ids = self.collections.iter().map(|one| one.id.as_str());
        let collection = self.collection(did_you_mean(collection, ids)?)?;
        let slugs = collection.prompts.iter().map(Prompt::slug);
        let slug = did_you_mean(slug, slugs)?;
        Some(format!("{}/{slug}", collection.id))
    }
}
