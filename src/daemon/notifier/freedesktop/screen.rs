//! What is on screen: which notification shows which delivery, and what each report from the server means for it.
//! Pure: it takes what happened and tells what to do.

use std::collections::BTreeMap;

use super::{Close, Failure, Key, Notice, Report};

/// The notifications of one program on one server.
#[derive(Debug, Default)]
pub(super) struct Screen {
    slots: BTreeMap<Key, Slot>,
}

#[derive(Debug)]
enum Slot {
    /// No server is ready to take it.
    Waiting(Notice),
    /// Sent; the server has not told the id yet. `earlier` is the notification that it replaces.
    Sending { earlier: Option<Shown>, then: Then },
    /// The server has it on screen, as far as it told.
    OnScreen(Shown),
}

#[derive(Debug, Clone, Copy)]
struct Shown {
    id: u32,
    /// What the server still tells of it counts for nothing: a person has answered it, or a newer
    /// notice has overtaken it. It is kept only to be replaced or closed.
    settled: bool,
}

/// What to do when the id is known.
#[derive(Debug)]
enum Then {
    Stay,
    Show(Notice),
    Close,
}

/// What to do now.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// Send the notice, in place of the notification `replaces` (0: as a new one).
    Send {
        notice: Notice,
        replaces: u32,
    },
    /// Take the notification off the screen.
    Close {
        id: u32,
    },
    Tell(Report),
}

impl Screen {
    /// Shows a notice. Without a server (`ready`) it waits for [`Screen::ready`] or [`Screen::give_up`].
    pub(super) fn show(&mut self, notice: Notice, ready: bool) -> Vec<Act> {
        let key = notice.key;
        match self.slots.remove(&key) {
            Some(Slot::Sending { earlier, .. }) => {
                self.slots.insert(
                    key,
                    Slot::Sending {
                        earlier,
                        then: Then::Show(notice),
                    },
                );
                vec![]
            }
            Some(Slot::OnScreen(shown)) => vec![self.send(notice, Some(shown))],
            None | Some(Slot::Waiting(_)) if ready => vec![self.send(notice, None)],
            None | Some(Slot::Waiting(_)) => {
                self.slots.insert(key, Slot::Waiting(notice));
                vec![]
            }
        }
    }

    /// Takes a notice away; nothing more is told about it.
    pub(super) fn close(&mut self, key: Key) -> Vec<Act> {
        match self.slots.remove(&key) {
            Some(Slot::Sending { earlier, .. }) => {
                let earlier = earlier.map(|Shown { id, .. }| Shown { id, settled: true });
                let then = Then::Close;
                self.slots.insert(key, Slot::Sending { earlier, then });
                vec![]
            }
            Some(Slot::OnScreen(Shown { id, .. })) => vec![Act::Close { id }],
            None | Some(Slot::Waiting(_)) => vec![],
        }
    }

    /// Takes everything away.
    pub(super) fn close_all(&mut self) -> Vec<Act> {
        let keys: Vec<Key> = self.slots.keys().copied().collect();
        keys.into_iter().flat_map(|key| self.close(key)).collect()
    }

    /// Whether a notice waits for a server.
    pub(super) fn is_waiting(&self) -> bool {
        self.slots
            .values()
            .any(|slot| matches!(slot, Slot::Waiting(_)))
    }

    /// A server is ready: what waited for it goes out.
    pub(super) fn ready(&mut self) -> Vec<Act> {
        let waiting = self.take_waiting();
        waiting
            .into_iter()
            .map(|notice| self.send(notice, None))
            .collect()
    }

    /// No server will be ready: what waited for one has failed.
    pub(super) fn give_up(&mut self, failure: &Failure) -> Vec<Act> {
        let failed = |notice: Notice| {
            Act::Tell(Report::Failed {
                key: notice.key,
                failure: failure.clone(),
            })
        };
        self.take_waiting().into_iter().map(failed).collect()
    }

    /// The server is gone and all ids with it: what was not on screen yet has failed.
    pub(super) fn forget(&mut self, failure: &Failure) -> Vec<Act> {
        std::mem::take(&mut self.slots)
            .into_iter()
            .filter_map(|(key, slot)| match slot {
                Slot::Waiting(_)
                | Slot::Sending {
                    then: Then::Stay | Then::Show(_),
                    ..
                } => Some(Act::Tell(Report::Failed {
                    key,
                    failure: failure.clone(),
                })),
                Slot::Sending {
                    then: Then::Close, ..
                }
                | Slot::OnScreen(_) => None,
            })
            .collect()
    }

    /// The server has taken the notice and told its id.
    pub(super) fn shown(&mut self, key: Key, id: u32) -> Vec<Act> {
        let Some(Slot::Sending { then, .. }) = self.slots.remove(&key) else {
            return vec![];
        };
        // An id is given out again only when its notification is gone.
        let mut acts = self.closed(id, Close::Unknown);
        let shown = |settled| Shown { id, settled };
        match then {
            Then::Stay => {
                self.slots.insert(key, Slot::OnScreen(shown(false)));
                acts.push(Act::Tell(Report::Shown { key }));
            }
            Then::Show(notice) => acts.push(self.send(notice, Some(shown(true)))),
            Then::Close => acts.push(Act::Close { id }),
        }
        acts
    }

    /// The server has not taken the notice. What it was to replace is closed, so that nothing of it stays.
    pub(super) fn failed(&mut self, key: Key, failure: Failure) -> Vec<Act> {
        let Some(Slot::Sending { earlier, then }) = self.slots.remove(&key) else {
            return vec![];
        };
        let mut acts: Vec<Act> = earlier
            .map(|Shown { id, .. }| Act::Close { id })
            .into_iter()
            .collect();
        match then {
            Then::Stay => acts.push(Act::Tell(Report::Failed { key, failure })),
            Then::Show(notice) => acts.push(self.send(notice, None)),
            Then::Close => {}
        }
        acts
    }

    /// The server told the id of a notice after its time: it is taken off the screen again.
    pub(super) fn shown_late(&self, id: u32) -> Vec<Act> {
        let taken = self.slots.values().any(|slot| slot.id() == Some(id));
        if taken {
            vec![]
        } else {
            vec![Act::Close { id }]
        }
    }

    /// A person pressed a button.
    pub(super) fn pressed(&mut self, id: u32, action: String, closes: bool) -> Vec<Act> {
        let key = self.answered(id, closes);
        let tell = key.map(|key| Act::Tell(Report::Pressed { key, action }));
        tell.into_iter().collect()
    }

    /// A person answered in writing.
    pub(super) fn replied(&mut self, id: u32, words: String, closes: bool) -> Vec<Act> {
        let key = self.answered(id, closes);
        let tell = key.map(|key| Act::Tell(Report::Replied { key, words }));
        tell.into_iter().collect()
    }

    /// Only the first answer to a notification counts. The notification stays to be replaced, unless the server `closes`
    /// it.
    fn answered(&mut self, id: u32, closes: bool) -> Option<Key> {
        let (key, slot) = self.find(id)?;
        match slot {
            Slot::OnScreen(shown)
            | Slot::Sending {
                earlier: Some(shown),
                ..
            } if !shown.settled => {
                shown.settled = true;
            }
            Slot::Waiting(_) | Slot::Sending { .. } | Slot::OnScreen(_) => return None,
        }
        if closes {
            self.closed(id, Close::Unknown);
        }
        Some(key)
    }

    /// The notification is gone. One that has been answered, or is being replaced, has nothing more to tell.
    pub(super) fn closed(&mut self, id: u32, cause: Close) -> Vec<Act> {
        let Some((key, slot)) = self.find(id) else {
            return vec![];
        };
        match slot {
            Slot::Sending { earlier, .. } => {
                *earlier = None;
                vec![]
            }
            Slot::OnScreen(Shown { settled, .. }) => {
                let report = (!*settled).then_some(Act::Tell(Report::Closed { key, cause }));
                self.slots.remove(&key);
                report.into_iter().collect()
            }
            Slot::Waiting(_) => vec![],
        }
    }

    fn find(&mut self, id: u32) -> Option<(Key, &mut Slot)> {
        let mut slots = self.slots.iter_mut().map(|(key, slot)| (*key, slot));
        slots.find(|(_, slot)| slot.id() == Some(id))
    }

    fn take_waiting(&mut self) -> Vec<Notice> {
        let mut waiting = Vec::new();
        for (key, slot) in std::mem::take(&mut self.slots) {
            match slot {
                Slot::Waiting(notice) => waiting.push(notice),
                Slot::Sending { .. } | Slot::OnScreen(_) => {
                    self.slots.insert(key, slot);
                }
            }
        }
        waiting
    }

    fn send(&mut self, notice: Notice, earlier: Option<Shown>) -> Act {
        self.slots.insert(
            notice.key,
            Slot::Sending {
                earlier,
                then: Then::Stay,
            },
        );
        Act::Send {
            notice,
            replaces: earlier.map_or(0, |shown| shown.id),
        }
    }
}

impl Slot {
    /// The id under which the server may still speak of it.
    fn id(&self) -> Option<u32> {
        match self {
            Slot::Waiting(_) => None,
            Slot::Sending { earlier, .. } => earlier.map(|shown| shown.id),
            Slot::OnScreen(shown) => Some(shown.id),
        }
    }
}

#[cfg(test)]
mod tests;
