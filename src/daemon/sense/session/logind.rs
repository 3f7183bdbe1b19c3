//! What logind says of the person's session: org.freedesktop.login1(5).

use std::convert::Infallible;
use std::env;

use zbus::OwnedObjectPath;

use super::{Failure, View};
use crate::daemon::bus::{Bus, BusError, Line, Object, PROPERTIES_CHANGED};
use crate::engine::Reading;

const NAME: &str = "org.freedesktop.login1";

/// Tells whether the session is locked, or not the one on the screen.
pub(super) async fn follow(view: &View) -> Result<Infallible, Failure> {
    loop {
        follow_session(view).await?;
    }
}

/// Follows the session that is the person's now, until another one is, or logind comes or goes.
async fn follow_session(view: &View) -> Result<(), Failure> {
    let mut line = Line::open(&Bus::system()).await?;
    line.follow_owner(NAME).await?;
    let owner = line.owner(NAME).await?;
    let found = match &owner {
        Some(owner) => find(&line, owner).await?,
        None => Found::Nothing,
    };
    for rule in found.rules() {
        line.follow(&rule).await?;
    }
    loop {
        if line.owner(NAME).await? != owner {
            return Ok(());
        }
        if let Some(owner) = &owner {
            if find(&line, owner).await? != found {
                return Ok(());
            }
            view.send_replace(Some(found.reading(&line, owner).await?));
        } else {
            let why = "logind is not running".to_owned();
            view.send_replace(Some(Reading::Unknown { why }));
        }
        line.changed().await?;
    }
}

/// What logind knows of the person.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    Nothing,
    /// They are there, without a session.
    User(OwnedObjectPath),
    Session {
        user: OwnedObjectPath,
        session: OwnedObjectPath,
    },
}

/// The session this process is in, where it is one with a screen; else the one that logind would show things in.
async fn find(line: &Line, owner: &str) -> Result<Found, BusError> {
    let manager = Object {
        owner,
        path: "/org/freedesktop/login1",
        interface: "org.freedesktop.login1.Manager",
    };
    let uid = rustix::process::geteuid().as_raw();
    let user: OwnedObjectPath = match line.ask(manager, "GetUser", &uid).await {
        Ok(user) => user,
        Err(BusError::Refused(_)) => return Ok(Found::Nothing),
        Err(error) => return Err(error),
    };
    if let Ok(id) = env::var("XDG_SESSION_ID")
        && let Ok(session) = line.ask(manager, "GetSession", &id).await
        && is_on_a_screen(line, owner, &session).await?
    {
        return Ok(Found::Session { user, session });
    }
    let person = Object {
        owner,
        path: user.as_str(),
        interface: "org.freedesktop.login1.User",
    };
    let (id, session): (String, OwnedObjectPath) = line.property(person, "Display").await?;
    Ok(if id.is_empty() {
        Found::User(user)
    } else {
        Found::Session { user, session }
    })
}

/// Whether a session is graphical, and not about to end: one that was left never becomes active again.
async fn is_on_a_screen(
    line: &Line,
    owner: &str,
    session: &OwnedObjectPath,
) -> Result<bool, BusError> {
    let session = as_object(owner, session);
    let kind: String = line.property(session, "Type").await?;
    let state: String = line.property(session, "State").await?;
    Ok(matches!(&*kind, "x11" | "wayland" | "mir") && state != "closing")
}

fn as_object<'a>(owner: &'a str, session: &'a OwnedObjectPath) -> Object<'a> {
    Object {
        owner,
        path: session.as_str(),
        interface: "org.freedesktop.login1.Session",
    }
}

impl Found {
    /// What is to be heard when something of it changes.
    fn rules(&self) -> Vec<String> {
        let changes =
            |path: &OwnedObjectPath| format!("{PROPERTIES_CHANGED},sender='{NAME}',path='{path}'");
        match self {
            Self::Nothing => {
                let came = format!("type='signal',sender='{NAME}',member='UserNew'");
                vec![came]
            }
            Self::User(user) => vec![changes(user)],
            Self::Session { user, session } => vec![changes(user), changes(session)],
        }
    }

    async fn reading(&self, line: &Line, owner: &str) -> Result<Reading, BusError> {
        let Self::Session { session, .. } = self else {
            let why = "logind knows of no session".to_owned();
            return Ok(Reading::Unknown { why });
        };
        let session = as_object(owner, session);
        let busy = |what: Option<&str>| Reading::Busy {
            until: None,
            what: what.map(str::to_owned),
        };
        Ok(if line.property(session, "LockedHint").await? {
            busy(None)
        } else if line.property(session, "Active").await? {
            Reading::Free
        } else {
            busy(Some("another session is on it"))
        })
    }
}
