//! The same story on every server: what a person sees and presses, and what becomes of it.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::session::is_there;
use crate::support::home::{Daemon, Home};
use crate::support::{PATIENCE, wait_until, wait_within};
use crate::{Button, Server, button, one_of_two};

const SETTINGS: &str =
    "[[reminder]]\nname = \"far\"\nwhen = \"on 29 February at 9:00\"\nmessage = \"Far away.\"\n";

const ANOTHER: Button = button(0, "Another", "another");
const LATER: Button = button(1, "Later", "later");
const PAUSE_TODAY: Button = button(2, "Pause today", "pause-today");
const SHOW: Button = button(0, "Show", "default");
const GROUND_ME: Button = one_of_two(0, "Ground me", "ground-me");
const BEGIN: Button = button(0, "Begin", "begin");
const STOP: Button = one_of_two(1, "Stop", "stop");
const HARD: Button = button(1, "Hard", "hard");

/// A person at this server's desktop.
struct Person<S> {
    server: S,
    home: Home,
    attuned: Daemon,
}

/// Every answer, a server that crashes, do-not-disturb, and the end.
pub fn tell_on<S: Server>() {
    let Some(mut person) = Person::<S>::start("") else {
        return;
    };
    person.asks_for_another_and_then_for_later();
    person.answers_a_check_in();
    person.goes_through_a_practice();
    person.opens_a_private_prompt();
    person.loses_the_server_with_a_prompt_open();
    person.pauses_for_today();
    person.is_not_disturbed();
    person.stops_it_with_a_prompt_open();
}

/// A prompt that nobody answers goes when its time is over, and not before.
#[expect(
    clippy::disallowed_methods,
    reason = "a minute on the screen is real time"
)]
pub fn wait_for_the_end_on<S: Server>() {
    let Some(person) = Person::<S>::start("[pace]\nexpiry = \"1 min\"\n") else {
        return;
    };
    person.asks_for("kind-words");
    person.sees(1);
    let shown = Instant::now();
    let look = Duration::from_secs(1);
    let patience = Duration::from_secs(60) + PATIENCE;
    wait_within(patience, look, "it goes by itself", || {
        let gone = person.last()["outcome"] == "expired";
        if shown.elapsed() < Duration::from_secs(50) {
            assert!(!gone && !person.server.is_blank(), "it stays its minute");
        }
        gone
    });
    person.sees(0);
}

impl<S: Server> Person<S> {
    /// None where the server is not installed.
    fn start(settings: &str) -> Option<Self> {
        if !is_there::<S>() {
            return None;
        }
        let server = S::start();
        let home = Home::new(&server.session().bus.address());
        home.write_config(&format!("{SETTINGS}{settings}"));
        let person = Self {
            attuned: home.daemon(&[]),
            home,
            server,
        };
        person.knows_the_server();
        person.sees(0);
        Some(person)
    }

    fn asks_for_another_and_then_for_later(&self) {
        self.asks_for("kind-words/late-reviews");
        self.sees(1);
        let first = self.last();
        self.server.press(&ANOTHER);
        wait_until("another prompt is shown", || {
            self.last()["card"]["prompt"] != first["card"]["prompt"]
        });
        assert_eq!(self.last()["id"], first["id"], "for the first");
        self.sees(1);
        self.server.press(&LATER);
        wait_until("it is put off", || {
            !self.last()["outcome"]["snoozed"].is_null()
        });
        self.sees(0);
    }

    fn answers_a_check_in(&self) {
        self.asks_for("name-it/quick-hello");
        self.sees(1);
        self.server.press(&HARD);
        wait_until("the answer is kept", || {
            self.last()["outcome"] == json!({"answered": "hard"})
        });
        // What may help is offered in its place.
        self.sees(1);
        self.server.press(&GROUND_ME);
        wait_until("a practice comes", || {
            let prompt = &self.last()["card"]["prompt"];
            prompt
                .as_str()
                .is_some_and(|id| id.starts_with("steady-ground/"))
        });
        self.sees(1);
        self.server.press(&LATER);
        self.sees(0);
    }

    fn goes_through_a_practice(&self) {
        self.asks_for("steady-ground/no-decisions");
        self.sees(1);
        self.server.press(&BEGIN);
        wait_until("it is begun", || {
            self.last()["outcome"] == json!({"answered": "begun"})
        });
        self.sees(1);
        self.server.press(&STOP);
        self.sees(0);
    }

    fn opens_a_private_prompt(&mut self) {
        self.starts_it_again_with("[notification]\nprivate = true\n");
        self.asks_for("kind-words");
        self.sees(1);
        assert_eq!(self.last()["card"]["private"], true);
        self.server.press(&SHOW);
        wait_until("it is shown", || self.last()["card"]["private"] == false);
        self.sees(1);
        self.server.press(&LATER);
        self.sees(0);
        self.starts_it_again_with("");
    }

    fn loses_the_server_with_a_prompt_open(&mut self) {
        self.asks_for("kind-words");
        self.sees(1);
        self.server.kill();
        wait_until("the loss is noticed", || {
            self.home.status()["service"].is_null()
        });
        self.server.start_again();
        self.knows_the_server();
        self.sees(1);
        self.asks_for("small-wins");
        self.sees(2);
    }

    fn pauses_for_today(&self) {
        self.server.press(&PAUSE_TODAY);
        wait_until("it is paused", || {
            let status = self.home.status();
            let pauses = status["overview"]["pauses"].as_array();
            pauses.is_some_and(|all| all.len() == 1)
        });
        self.sees(0);
        self.home.prints(&["resume"]);
    }

    fn is_not_disturbed(&self) {
        self.server.set_quiet(true);
        self.hears("busy");
        self.asks_for("kind-words");
        wait_until("it is shown somewhere", || {
            !self.last()["shown_at"].is_null()
        });
        assert!(self.server.is_blank(), "it is not to disturb");
        self.server.set_quiet(false);
        self.hears("free");
        // What was sent unknowing comes afterwards; else it was read in the terminal.
        let later = usize::from(!S::TELLS);
        self.sees(later);
        self.asks_for("small-wins");
        self.sees(1 + later);
    }

    fn hears(&self, what: &str) {
        wait_until(what, || {
            !S::TELLS || self.home.reads("do-not-disturb") == what
        });
    }

    fn stops_it_with_a_prompt_open(&self) {
        self.home.prints(&["stop"]);
        self.sees(0);
    }

    fn starts_it_again_with(&mut self, settings: &str) {
        self.home.prints(&["stop"]);
        self.attuned.wait();
        self.home.write_config(&format!("{SETTINGS}{settings}"));
        self.attuned = self.home.daemon(&[]);
        self.knows_the_server();
    }

    fn asks_for(&self, what: &str) {
        self.home.prints(&["now", what]);
    }

    /// Waits until so many notifications are on the screen, and nothing at all where there are none.
    fn sees(&self, count: usize) {
        wait_until(&format!("{count} on the screen"), || {
            self.server.count() == count && self.server.is_blank() == (count == 0)
        });
    }

    fn knows_the_server(&self) {
        wait_until("the server is known", || {
            self.home.status()["service"]["name"] == S::NAME
        });
    }

    /// The newest delivery's record.
    fn last(&self) -> Value {
        let text = self.home.prints(&["why", "last", "--json"]);
        let mut why: Value = serde_json::from_str(&text).expect("it is JSON");
        why["record"].take()
    }
}
