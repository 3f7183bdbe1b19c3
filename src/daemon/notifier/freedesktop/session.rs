//! One connection's life: what the bus, the server and the daemon say on it, in the order in which they say it.

use std::collections::VecDeque;
use std::future::pending;

use tokio::time::{Instant, sleep_until, timeout_at};
use zbus::Message;
use zbus::names::OwnedUniqueName;

use super::bus::{self, Incoming, Link};
use super::screen::{Act, Screen};
use super::server::{self, Server};
use super::{Close, Command, FAREWELL, Failure, Notice, Report, Task};
use crate::daemon::bus::BusError;

/// How often a server may refuse to say what it can do before it is taken to be one that never does.
const MOST_REFUSALS: u32 = 3;

pub(super) struct Session<'a> {
    task: &'a mut Task,
    link: Link<Call>,
    state: State,
}

/// Why a session is over.
pub(super) enum End {
    Shutdown,
    Lost(BusError),
}

/// What is known of the server.
enum State {
    /// The bus has been asked who it is.
    Unknown,
    /// Nobody owns the name.
    Absent,
    /// Nobody owns the name, and the bus has been asked to start somebody.
    Starting,
    /// The owner has been asked what it can do.
    Met {
        owner: OwnedUniqueName,
        refusals: u32,
    },
    /// The owner could not say what it can do, and is asked again then: GNOME takes the name a moment before it
    /// answers to it.
    Unready {
        owner: OwnedUniqueName,
        refusals: u32,
        ask_at: Instant,
    },
    /// The owner has been asked, and has not answered in time.
    Mute {
        owner: OwnedUniqueName,
    },
    Ready(Server),
}

/// What a call was made for.
#[derive(Debug, Clone)]
pub(super) enum Call {
    GetOwner,
    StartServer,
    GetInformation,
    GetCapabilities { name: String, version: String },
    Notify { notice: Notice, replaces: u32 },
    CloseNotification,
}

impl<'a> Session<'a> {
    pub(super) fn new(task: &'a mut Task, link: Link<Call>) -> Self {
        Self {
            task,
            link,
            state: State::Unknown,
        }
    }

    pub(super) async fn run(mut self) -> End {
        self.link.call(Call::GetOwner, &bus::get_owner()).await;
        loop {
            let ask_at = self.state.ask_at();
            tokio::select! {
                incoming = self.link.next() => match incoming {
                    Ok(incoming) => self.take(incoming).await,
                    Err(error) => return End::Lost(error),
                },
                () = wait_until(ask_at) => self.ask_again().await,
                command = self.task.inbox.recv() => match command {
                    Some(Command::Show(notice)) => self.show(notice).await,
                    Some(Command::Close(key)) => self.perform(|screen| screen.close(key)).await,
                    Some(Command::Shutdown) | None => {
                        self.say_farewell().await;
                        return End::Shutdown;
                    }
                },
            }
        }
    }

    async fn show(&mut self, notice: Notice) {
        let ready = matches!(self.state, State::Ready(_));
        self.perform(|screen| screen.show(notice, ready)).await;
        match &self.state {
            State::Absent => self.start_server().await,
            State::Mute { owner } => self.meet(owner.clone(), 0).await,
            State::Unknown
            | State::Starting
            | State::Met { .. }
            | State::Unready { .. }
            | State::Ready(_) => {}
        }
    }

    /// Closes everything and waits a moment for the answers, among them those to notices just sent.
    async fn say_farewell(&mut self) {
        self.perform(Screen::close_all).await;
        let end = Instant::now() + FAREWELL;
        while self.link.is_waiting() {
            match timeout_at(end, self.link.next()).await {
                Ok(Ok(incoming)) => self.take(incoming).await,
                Ok(Err(_)) | Err(_) => return,
            }
        }
    }

    async fn take(&mut self, incoming: Incoming<Call>) {
        match incoming {
            Incoming::Answer { call, result, late } => self.answered(call, result, late).await,
            Incoming::Overdue(call) => self.overdue(call).await,
            Incoming::Signal(message) => self.signalled(&message).await,
        }
    }

    async fn answered(&mut self, call: Call, result: Result<Message, Failure>, late: bool) {
        match call {
            Call::GetOwner => {
                let owner = result
                    .ok()
                    .and_then(|answer| answer.body().deserialize().ok());
                self.owner_is(owner).await;
            }
            // Where it worked, the new owner is announced.
            Call::StartServer => {
                if let Err(failure) = result {
                    self.give_up(&failure).await;
                }
            }
            Call::GetInformation if self.may_be_unready(&result) => self.wait_to_ask(),
            Call::GetInformation => {
                let (name, version) = server::information(result.ok().as_ref());
                if let State::Met { owner, .. } | State::Mute { owner } = &self.state {
                    let message = server::get_capabilities(owner);
                    self.link
                        .call(Call::GetCapabilities { name, version }, &message)
                        .await;
                }
            }
            Call::GetCapabilities { name, version } => {
                if let State::Met { owner, .. } | State::Mute { owner } = &self.state {
                    let owner = owner.clone();
                    let abilities = server::capabilities(result.ok().as_ref());
                    self.ready(Server {
                        owner,
                        name,
                        version,
                        abilities,
                    })
                    .await;
                }
            }
            Call::Notify { notice, replaces } => {
                self.notified(notice, replaces, id(result), late).await;
            }
            Call::CloseNotification => {}
        }
    }

    async fn notified(
        &mut self,
        notice: Notice,
        replaces: u32,
        id: Result<u32, Failure>,
        late: bool,
    ) {
        match id {
            Ok(id) if late => self.perform(|screen| screen.shown_late(id)).await,
            Ok(id) => self.perform(|screen| screen.shown(notice.key, id)).await,
            Err(_) if late => {}
            // A server may refuse to replace what it does not know any more.
            Err(Failure::Refused(_)) if replaces != 0 => {
                self.perform(|_| {
                    vec![Act::Send {
                        notice,
                        replaces: 0,
                    }]
                })
                .await;
            }
            Err(failure) => {
                self.perform(|screen| screen.failed(notice.key, failure))
                    .await;
            }
        }
    }

    async fn overdue(&mut self, call: Call) {
        match call {
            Call::Notify { notice, .. } => {
                self.perform(|screen| screen.failed(notice.key, Failure::Timeout))
                    .await;
            }
            Call::GetOwner | Call::StartServer => self.give_up(&Failure::Timeout).await,
            Call::GetInformation | Call::GetCapabilities { .. } => {
                if let State::Met { owner, .. } = &self.state {
                    self.state = State::Mute {
                        owner: owner.clone(),
                    };
                }
                self.give_up(&Failure::Timeout).await;
            }
            Call::CloseNotification => {}
        }
    }

    async fn signalled(&mut self, message: &Message) {
        let header = message.header();
        let sender = header.sender().map_or("", |sender| sender.as_str());
        let member = header.member().map_or("", |member| member.as_str());
        let body = message.body();
        match (&self.state, member) {
            (_, "NameOwnerChanged") if sender == "org.freedesktop.DBus" => {
                if let Ok((server::NAME, _old, new)) = body.deserialize::<(&str, &str, &str)>() {
                    self.owner_is(OwnedUniqueName::try_from(new).ok()).await;
                }
            }
            // Anybody can send us a signal; only the server's count.
            (State::Ready(server), "ActionInvoked") if sender == server.owner.as_str() => {
                let closes = server.closes_answered_late();
                if let Ok((id, action)) = body.deserialize() {
                    self.perform(|screen| screen.pressed(id, action, closes))
                        .await;
                }
            }
            // Plasma's, to whoever sent the notification alone.
            (State::Ready(server), "NotificationReplied") if sender == server.owner.as_str() => {
                let closes = server.closes_answered_late();
                if let Ok((id, words)) = body.deserialize() {
                    self.perform(|screen| screen.replied(id, words, closes))
                        .await;
                }
            }
            (State::Ready(server), "NotificationClosed") if sender == server.owner.as_str() => {
                if let Ok((id, reason)) = body.deserialize() {
                    self.perform(|screen| screen.closed(id, cause(reason)))
                        .await;
                }
            }
            _ => {}
        }
    }

    /// The bus told who owns the name; `None` for nobody.
    async fn owner_is(&mut self, owner: Option<OwnedUniqueName>) {
        if owner.as_ref() == self.state.owner() && !matches!(self.state, State::Unknown) {
            return;
        }
        let had_one = self.state.owner().is_some();
        if had_one {
            self.link.forget_calls();
            self.perform(|screen| screen.forget(&Failure::NoService))
                .await;
        }
        if had_one || owner.is_none() {
            tracing::debug!("no notification server is running");
            self.task.tell(Report::Gone);
            self.state = State::Absent;
        }
        if let Some(owner) = owner {
            self.meet(owner, 0).await;
        } else if self.task.screen.is_waiting() {
            self.start_server().await;
        }
    }

    async fn start_server(&mut self) {
        self.state = State::Starting;
        self.link
            .call(Call::StartServer, &bus::start_server())
            .await;
    }

    async fn meet(&mut self, owner: OwnedUniqueName, refusals: u32) {
        self.link
            .call(Call::GetInformation, &server::get_information(&owner))
            .await;
        self.state = State::Met { owner, refusals };
    }

    /// Whether an answer to who the server is may be that of one that is still on its way up.
    fn may_be_unready(&self, answer: &Result<Message, Failure>) -> bool {
        let few = matches!(self.state, State::Met { refusals, .. } if refusals < MOST_REFUSALS);
        few && matches!(answer, Err(Failure::Refused(_)))
    }

    fn wait_to_ask(&mut self) {
        if let State::Met { owner, refusals } = &self.state {
            self.state = State::Unready {
                owner: owner.clone(),
                refusals: refusals + 1,
                ask_at: Instant::now() + self.task.bus.first_wait * 2_u32.pow(*refusals),
            };
        }
    }

    async fn ask_again(&mut self) {
        if let State::Unready {
            owner, refusals, ..
        } = &self.state
        {
            self.meet(owner.clone(), *refusals).await;
        }
    }

    async fn ready(&mut self, server: Server) {
        let Server {
            name,
            version,
            abilities,
            ..
        } = &server;
        tracing::info!("notifications go to {name} {version}");
        tracing::debug!(?abilities);
        self.task.tell(Report::Ready {
            server: name.clone(),
            version: version.clone(),
            abilities: *abilities,
        });
        self.state = State::Ready(server);
        self.perform(Screen::ready).await;
    }

    /// There is no server for what waits for one.
    async fn give_up(&mut self, failure: &Failure) {
        if let State::Starting = self.state {
            self.state = State::Absent;
        }
        self.perform(|screen| screen.give_up(failure)).await;
    }

    /// Tells the screen what happened, and does what follows from it.
    async fn perform(&mut self, happened: impl FnOnce(&mut Screen) -> Vec<Act>) {
        let mut acts = VecDeque::from(happened(&mut self.task.screen));
        while let Some(act) = acts.pop_front() {
            match act {
                Act::Send { notice, replaces } => {
                    let key = notice.key;
                    if let Err(failure) = self.notify(notice, replaces).await {
                        acts.extend(self.task.screen.failed(key, failure));
                    }
                }
                Act::Close { id } => {
                    if let Some(owner) = self.state.owner() {
                        let message = server::close_notification(owner, id);
                        self.link.call(Call::CloseNotification, &message).await;
                    }
                }
                Act::Tell(report) => self.task.tell(report),
            }
        }
    }

    async fn notify(&mut self, notice: Notice, replaces: u32) -> Result<(), Failure> {
        let State::Ready(server) = &self.state else {
            return Err(Failure::NoService);
        };
        let replaces = if replaces != 0 && server.keeps_buttons_of_replaced() {
            let message = server::close_notification(&server.owner, replaces);
            self.link.call(Call::CloseNotification, &message).await;
            0
        } else {
            replaces
        };
        let message = server::notify(server, &notice, replaces)
            .map_err(|error| Failure::Refused(error.to_string()))?;
        self.link
            .call(Call::Notify { notice, replaces }, &message)
            .await;
        Ok(())
    }
}

impl State {
    /// Who owns the name.
    fn owner(&self) -> Option<&OwnedUniqueName> {
        match self {
            State::Unknown | State::Absent | State::Starting => None,
            State::Met { owner, .. } | State::Unready { owner, .. } | State::Mute { owner } => {
                Some(owner)
            }
            State::Ready(server) => Some(&server.owner),
        }
    }

    /// When the owner is to be asked again what it can do.
    fn ask_at(&self) -> Option<Instant> {
        match self {
            State::Unready { ask_at, .. } => Some(*ask_at),
            _ => None,
        }
    }
}

/// Waits until then; for ever where there is no such time.
async fn wait_until(time: Option<Instant>) {
    match time {
        Some(time) => sleep_until(time).await,
        None => pending().await,
    }
}

/// Reads the answer to `Notify`.
fn id(answer: Result<Message, Failure>) -> Result<u32, Failure> {
    let id = answer?
        .body()
        .deserialize()
        .map_err(|error| Failure::Refused(error.to_string()))?;
    if id == 0 {
        Err(Failure::Refused("it gave no id".to_owned()))
    } else {
        Ok(id)
    }
}

fn cause(reason: u32) -> Close {
    match reason {
        1 => Close::Expired,
        2 => Close::Dismissed,
        3 => Close::ByUs,
        _ => Close::Unknown,
    }
}
