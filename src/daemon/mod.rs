//! The shell around the engine: it listens, hands every event to the engine with the time, and performs what comes back.
//!
//! ```text
//! Inbox::next ─▶ Daemon::take ─▶ Engine::handle ─▶ Daemon::perform: keep, then show, then reply
//! ```
//!
//! One task, one loop. Only the notifier's connection and each control client have small tasks of their own, which talk
//! to this one through channels.

mod apart;
#[cfg(target_os = "linux")]
pub mod bus;
pub mod control;
#[cfg(target_os = "linux")]
mod descriptor;
mod inbox;
mod journal;
pub mod lock;
mod notice;
pub mod notifier;
mod opening;
mod own_matters;
pub mod programs;
mod reload;
mod restore;
mod sense;
mod service;
mod start;
pub mod store;
mod terminal;
pub mod timer;
pub mod watch;
mod watchers;
pub mod zone;

pub use sense::is_not_to_disturb;
pub use start::{Options, StartError, run};

use jiff::Timestamp;
use jiff::civil::Date;
use tokio::sync::mpsc::UnboundedSender;

use crate::clock;
use crate::engine::{
    Action, Batch, Command, Effect, Engine, Event, Notice, Reply, ShowFailure, Source, Wanted,
};
use crate::paths::Paths;
use crate::protocol::{RequestBody, ResponseBody, Service, StatusReport};
use crate::source::Diagnostic;
use control::Responder;
use inbox::{Inbox, Input};
use notifier::{Close, Failure, Notifier, Report};
use opening::NotOpened;
use own_matters::OWN_MATTERS;
use programs::Programs;
use sense::Senses;
use store::{Kept, Ledger};
use watchers::Watchers;

/// The running daemon.
struct Daemon {
    paths: Paths,
    engine: Engine,
    ledger: Ledger,
    notifier: Notifier,
    /// Whether attuned was started on a terminal.
    on_terminal: bool,
    since: Timestamp,
    session: Session,
    /// The notification service, while there is one.
    service: Option<Service>,
    told_no_service: bool,
    /// What keeps the settings on disk from being used.
    settings_problem: Option<String>,
    /// What was found in the settings in force and stops nothing.
    findings: Vec<Diagnostic>,
    /// What had to be put aside to begin the record.
    store_note: Option<String>,
    /// The last word about attuned's own matters, until it is on screen; every wake tries again.
    untold: Option<notifier::Notice>,
    watchers: Watchers,
    senses: Senses,
    programs: Programs,
    /// The day on which what is too old was last let go.
    tidied: Option<Date>,
    /// Where terminals tell that they did not open.
    openings: UnboundedSender<NotOpened>,
}

/// What the daemon's end has to do with the desktop session's, whose bus ends with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Session {
    /// Nothing: a person or a service manager ends it.
    Apart,
    /// It ends with the session, whose bus has not been there yet.
    Awaited,
    /// It ends with the session's bus.
    Joined,
}

/// Whether the loop goes on.
enum Flow {
    Continue,
    Stop(Option<Responder>),
}

impl Daemon {
    /// Runs until told to stop.
    async fn run(mut self, mut inbox: Inbox) {
        loop {
            inbox.arm(self.next_wake());
            let input = inbox.next().await;
            let now = clock::now();
            if let Flow::Stop(asked_by) = self.take(input, now, &mut inbox) {
                service::stopping();
                self.keep_at_the_end(now);
                self.notifier.shutdown().await;
                if let Some(responder) = asked_by {
                    responder.send(ResponseBody::Stopping);
                }
                return;
            }
            self.follow_programs();
            self.tell_watchers(now);
        }
    }

    /// Follows the programs that pauses wait for.
    fn follow_programs(&mut self) {
        let pauses = self.engine.state().pauses.iter();
        self.programs
            .follow(pauses.filter_map(|pause| pause.program.as_deref()));
    }

    fn next_wake(&self) -> Option<Timestamp> {
        let retry = self.ledger.next_retry();
        let due = self.engine.next_wake().into_iter().chain(retry).min();
        due.into_iter().chain(self.watchers.next_change()).min()
    }

    /// Only watchers are told what time alone changes; without one this looks at nothing.
    fn tell_watchers(&mut self, now: Timestamp) {
        if !self.watchers.is_empty() {
            self.watchers.tell(self.status(now));
            self.watchers.expect_change(self.engine.next_change(now));
        }
    }

    fn take(&mut self, input: Input, now: Timestamp, inbox: &mut Inbox) -> Flow {
        match input {
            Input::Wake => {
                self.retry_store(now);
                self.handle(Event::Wake, now);
                self.let_old_go(now);
                self.look_before_telling();
            }
            Input::Report(Report::BusLost { .. }) if self.session == Session::Joined => {
                tracing::info!("the session has ended");
                return Flow::Stop(None);
            }
            Input::Report(report) => self.take_report(report, now),
            Input::Sensed(event) => {
                if let Event::Sensed(Source::DoNotDisturb, said) = &event {
                    self.tell_where_seen(said);
                }
                self.handle(event, now);
            }
            Input::Request(body, responder) => return self.take_request(body, responder, now),
            Input::NotOpened(failure) => self.not_opened(&failure),
            Input::HangUp if self.on_terminal && !terminal::is_there() => return Flow::Stop(None),
            Input::HangUp | Input::Changed => {
                self.reload(now);
                inbox.rewatch(&self.paths);
            }
            Input::ZoneChanged => {
                clock::forget_system_zone();
                self.handle(Event::ZoneChanged(clock::system_zone()), now);
            }
            Input::Stop => return Flow::Stop(None),
        }
        Flow::Continue
    }

    /// One event in, its effects performed; the reply, where it was a command.
    fn handle(&mut self, event: Event, now: Timestamp) -> Option<Reply> {
        let (batch, acts) = Batch::of(self.engine.handle(event, now));
        self.perform(batch, acts, now)
    }

    /// Keeps first, so that whatever a person sees is on record; a disk that fails stops no prompt.
    fn perform(&mut self, batch: Batch, acts: Vec<Effect>, now: Timestamp) -> Option<Reply> {
        if !batch.is_empty() {
            self.keep(batch, now);
        }
        let mut reply = None;
        for act in acts {
            match act {
                Effect::Show(notice) => self.show(&notice),
                Effect::Close(delivery) => self.notifier.close(delivery),
                Effect::Ask(source) => self.senses.ask(source),
                Effect::Open(flow) => self.open(flow),
                Effect::Reply(answer) => reply = Some(answer),
                Effect::Record(_) | Effect::Write(_) | Effect::Save(_) => {}
            }
        }
        reply
    }

    fn show(&mut self, notice: &Notice) {
        let settings = &self.engine.config().notification;
        self.notifier
            .show(notice::as_notification(notice, settings.sound));
    }

    fn keep(&mut self, batch: Batch, now: Timestamp) {
        let kept = self.ledger.keep(batch, now);
        self.was_kept(kept, now);
    }

    fn retry_store(&mut self, now: Timestamp) {
        let kept = self.ledger.retry(now);
        self.was_kept(kept, now);
    }

    fn keep_at_the_end(&mut self, now: Timestamp) {
        self.keep(Batch::default(), now);
        match self.ledger.unwritten() {
            0 => {}
            count => tracing::error!("{count} records could not be written, and end here"),
        }
    }

    /// Says once that the record cannot be written, and once that it can again.
    fn was_kept(&mut self, kept: Kept, now: Timestamp) {
        match kept {
            Kept::Failing(error) => {
                tracing::error!("the record cannot be written, trying again: {error}");
            }
            Kept::Recovered => tracing::info!("the record can be written again"),
            Kept::Reopened { earlier, set_aside } => {
                tracing::info!("the record can be written again");
                if let Some(set_aside) = set_aside {
                    self.tell_of_loss(&set_aside);
                }
                if let Some(earlier) = earlier {
                    self.engine.rejoin(*earlier, now);
                }
                self.keep(Batch::state(self.engine.state().clone()), now);
            }
            Kept::Kept | Kept::StillFailing => {}
        }
    }

    fn take_report(&mut self, report: Report, now: Timestamp) {
        match report {
            Report::Ready {
                server: name,
                version,
                ..
            } => {
                self.service = Some(Service { name, version });
                self.join_session();
                self.told_no_service = false;
                // What they look at comes with the desktop, too.
                self.senses.try_again();
                self.handle(Event::ServiceReady, now);
                self.look_before_telling();
            }
            Report::Gone => {
                self.join_session();
                self.lose_service("no notification service yet; waiting for one", now);
            }
            Report::BusLost { reason } => self.lose_service(&reason, now),
            Report::Shown { key: OWN_MATTERS } => self.untold = None,
            Report::Failed {
                key: OWN_MATTERS, ..
            } => {}
            Report::Shown { key } => {
                self.handle(Event::Shown(key), now);
            }
            Report::Failed { key, failure } => self.not_shown(key, failure, now),
            Report::Pressed { key, .. } | Report::Replied { key, .. } if key == OWN_MATTERS => {
                self.notifier.close(key);
            }
            Report::Pressed { key, action } if action == notifier::DEFAULT_ACTION => {
                self.handle(Event::Clicked(key), now);
            }
            Report::Pressed { key, action } => match Action::from_key(&action) {
                Some(action) => {
                    self.handle(Event::Pressed(key, action), now);
                }
                None => self.notifier.close(key),
            },
            Report::Replied { key, words } => {
                self.handle(Event::Replied(key, words), now);
            }
            Report::Closed {
                key,
                cause: Close::Dismissed,
            } => {
                self.handle(Event::Dismissed(key), now);
            }
            Report::Closed { .. } => {}
        }
    }

    fn join_session(&mut self) {
        if self.session == Session::Awaited {
            self.session = Session::Joined;
        }
    }

    fn lose_service(&mut self, reason: &str, now: Timestamp) {
        self.service = None;
        self.handle(Event::ServiceGone, now);
        if !self.told_no_service {
            self.told_no_service = true;
            tracing::warn!("{reason}");
        }
    }

    /// On a terminal a prompt that cannot be a notification is printed; elsewhere it waits.
    fn not_shown(&mut self, key: notifier::Key, failure: Failure, now: Timestamp) {
        let no_service = matches!(failure, Failure::NoService | Failure::NoBus(_));
        let printed = match self.engine.notice(key) {
            Some(notice) if no_service && self.on_terminal => terminal::print(&notice),
            _ => false,
        };
        let event = if printed {
            Event::Shown(key)
        } else {
            Event::Failed(key, show_failure(failure))
        };
        self.handle(event, now);
    }

    fn take_request(&mut self, body: RequestBody, responder: Responder, now: Timestamp) -> Flow {
        let command = match body {
            RequestBody::Stop => return Flow::Stop(Some(responder)),
            RequestBody::Status => {
                let status = Box::new(self.status(now));
                responder.send(ResponseBody::Status(status));
                return Flow::Continue;
            }
            RequestBody::Watch => {
                self.watchers.admit(responder, self.status(now));
                return Flow::Continue;
            }
            RequestBody::Reload => {
                self.reload(now);
                let problems = self.settings_problem.iter().cloned().collect();
                responder.send(ResponseBody::Reloaded { problems });
                return Flow::Continue;
            }
            RequestBody::Restore { staged } => {
                responder.send(self.restore(&staged, now));
                return Flow::Continue;
            }
            RequestBody::Journal(change) => {
                responder.send(self.change_journal(&change, now));
                return Flow::Continue;
            }
            RequestBody::Erase(what) => {
                responder.send(self.erase(what, now));
                return Flow::Continue;
            }
            RequestBody::Now { what, unread } => {
                let wanted = self.wanted(what.as_deref());
                wanted.map(|wanted| Command::Now { wanted, unread })
            }
            RequestBody::Practice { what } => self.wanted(what.as_deref()).map(Command::Practice),
            other => other
                .into_command()
                .map_err(|error| (error.message, error.hint)),
        };
        let answer = match command {
            Ok(command) => match self.handle(Event::Command(command), now) {
                Some(reply) => ResponseBody::Done(reply),
                None => error_response("attuned had no answer to that".into(), None),
            },
            Err((message, hint)) => error_response(message, hint),
        };
        responder.send(answer);
        Flow::Continue
    }

    /// What a name asks for; else the fact and a hint.
    fn wanted(&self, name: Option<&str>) -> Result<Wanted, (String, Option<String>)> {
        Wanted::by_name(name, self.engine.library())
            .map_err(|missing| (missing.to_string(), Some(missing.hint)))
    }

    fn status(&self, now: Timestamp) -> StatusReport {
        StatusReport {
            version: env!("CARGO_PKG_VERSION").into(),
            pid: std::process::id(),
            since: self.since,
            config_file: self.paths.config_file.clone(),
            settings_problem: self.settings_problem.clone(),
            is_silent: self.settings_problem.is_some() && self.engine.config().reminders.is_empty(),
            store_problem: self.ledger.problem(),
            store_note: self.store_note.clone(),
            service: self.service.clone(),
            overview: self.engine.overview(now),
        }
    }
}

fn error_response(message: String, hint: Option<String>) -> ResponseBody {
    ResponseBody::Error { message, hint }
}

fn show_failure(failure: Failure) -> ShowFailure {
    match failure {
        Failure::NoService | Failure::NoBus(_) => ShowFailure::NoService,
        Failure::Timeout => ShowFailure::NoAnswer,
        Failure::Refused(why) => ShowFailure::Refused(why),
    }
}
