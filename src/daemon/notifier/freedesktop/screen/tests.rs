//! The screen against a small model of a server, in any order of events.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use proptest::prelude::*;

use super::{Act, Screen};
use crate::daemon::notifier::{Close, Failure, Key, Notice, Report, Urgency};

#[derive(Debug, Clone, Copy)]
enum Event {
    Show(Key),
    Close(Key),
    /// The server takes its next request.
    Serve,
    /// The server refuses its next request, where that is a notice.
    Refuse,
    /// The oldest request that has no answer yet runs out of time.
    Overdue,
    /// A person presses a button on one of the notifications, or closes it.
    Press(usize),
    Dismiss(usize),
    ServerGone,
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => (0..3_u64).prop_map(Event::Show),
        2 => (0..3_u64).prop_map(Event::Close),
        6 => Just(Event::Serve),
        1 => Just(Event::Refuse),
        1 => Just(Event::Overdue),
        3 => (0..4_usize).prop_map(Event::Press),
        2 => (0..4_usize).prop_map(Event::Dismiss),
        1 => Just(Event::ServerGone),
    ]
}

enum Request {
    Notify {
        key: Key,
        replaces: u32,
        overdue: bool,
    },
    Close(u32),
}

/// The server, which takes requests in order, and the daemon, which counts what it is told.
#[derive(Default)]
struct World {
    screen: Screen,
    requests: VecDeque<Request>,
    visible: BTreeSet<u32>,
    last_id: u32,
    shows: BTreeMap<Key, usize>,
    outcomes: BTreeMap<Key, usize>,
    /// The keys that may be answered or closed: shown, with neither told yet.
    open: BTreeSet<Key>,
}

impl World {
    fn happen(&mut self, event: Event) {
        let acts = match event {
            Event::Show(key) => {
                *self.shows.entry(key).or_default() += 1;
                self.screen.show(notice(key), true)
            }
            Event::Close(key) => {
                self.open.remove(&key);
                self.screen.close(key)
            }
            Event::Serve => self.serve(),
            Event::Refuse => self.refuse(),
            Event::Overdue => self.run_out(),
            Event::Press(index) => match self.visible.iter().nth(index) {
                Some(&id) => self.screen.pressed(id, "later".to_owned(), false),
                None => vec![],
            },
            Event::Dismiss(index) => match self.visible.iter().nth(index).copied() {
                Some(id) => {
                    self.visible.remove(&id);
                    self.screen.closed(id, Close::Dismissed)
                }
                None => vec![],
            },
            Event::ServerGone => {
                self.requests.clear();
                self.visible.clear();
                self.open.clear();
                self.screen.forget(&Failure::NoService)
            }
        };
        self.perform(acts);
    }

    fn serve(&mut self) -> Vec<Act> {
        match self.requests.pop_front() {
            None => vec![],
            Some(Request::Close(id)) => {
                self.visible.remove(&id);
                vec![]
            }
            Some(Request::Notify {
                key,
                replaces,
                overdue,
            }) => {
                self.last_id += u32::from(!self.visible.contains(&replaces));
                let id = if self.visible.contains(&replaces) {
                    replaces
                } else {
                    self.last_id
                };
                self.visible.insert(id);
                if overdue {
                    self.screen.shown_late(id)
                } else {
                    self.screen.shown(key, id)
                }
            }
        }
    }

    fn refuse(&mut self) -> Vec<Act> {
        match self.requests.pop_front() {
            Some(Request::Notify {
                key,
                overdue: false,
                ..
            }) => self.screen.failed(key, Failure::Refused("no".to_owned())),
            Some(request @ Request::Close(_)) => {
                self.requests.push_front(request);
                vec![]
            }
            Some(Request::Notify { overdue: true, .. }) | None => vec![],
        }
    }

    fn run_out(&mut self) -> Vec<Act> {
        for request in &mut self.requests {
            if let Request::Notify {
                key,
                overdue: overdue @ false,
                ..
            } = request
            {
                *overdue = true;
                return self.screen.failed(*key, Failure::Timeout);
            }
        }
        vec![]
    }

    fn perform(&mut self, acts: Vec<Act>) {
        for act in acts {
            match act {
                Act::Send { notice, replaces } => {
                    self.requests.push_back(Request::Notify {
                        key: notice.key,
                        replaces,
                        overdue: false,
                    });
                }
                Act::Close { id } => self.requests.push_back(Request::Close(id)),
                Act::Tell(Report::Shown { key }) => {
                    *self.outcomes.entry(key).or_default() += 1;
                    self.open.insert(key);
                }
                Act::Tell(Report::Failed { key, .. }) => {
                    *self.outcomes.entry(key).or_default() += 1;
                    self.open.remove(&key);
                }
                Act::Tell(Report::Pressed { key, .. } | Report::Closed { key, .. }) => {
                    assert!(
                        self.open.remove(&key),
                        "an answer to what is not open: {key}"
                    );
                }
                Act::Tell(other) => panic!("the screen has no {other:?}"),
            }
        }
    }
}

fn notice(key: Key) -> Notice {
    Notice {
        key,
        summary: String::new(),
        body: String::new(),
        buttons: vec![],
        takes_words: false,
        without_buttons: None,
        urgency: Urgency::Low,
        expires_in: Duration::from_secs(60),
        silent: true,
    }
}

proptest! {
    /// Whatever happens, each notice shown has at most one outcome, each notification at most one
    /// answer, and when all is closed nothing is left on screen.
    #[test]
    fn one_outcome_one_answer_and_no_orphan(events in prop::collection::vec(event(), 0..60)) {
        let mut world = World::default();
        for event in events {
            world.happen(event);
        }
        for (key, outcomes) in &world.outcomes {
            prop_assert!(outcomes <= &world.shows[key]);
        }
        let acts = world.screen.close_all();
        world.perform(acts);
        while !world.requests.is_empty() {
            world.happen(Event::Serve);
        }
        prop_assert!(world.visible.is_empty(), "left on screen: {:?}", world.visible);
    }
}
