//! The notification server: the calls it is sent, and what it says about itself.
//!
//! Calls go to the owner's unique name, never to the well-known one: a notification id means something only to the
//! server that gave it, and with the unique name no other server ever gets to see it.

use std::collections::BTreeMap;
use std::time::Duration;

use zbus::message::{Builder, Flags};
use zbus::names::OwnedUniqueName;
use zbus::{Message, Variant};

use super::{Abilities, Notice, Urgency};
use crate::daemon::notifier::{Click, text};

/// The name that a notification server owns on the bus, and the interface it speaks.
pub(super) const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// The program's name as the server sees it, and its desktop entry.
const APP: &str = "attuned";

/// The field for an answer in writing: its action, and the button that opens it.
const REPLY_FIELD: (&str, &str) = ("inline-reply", "In words");

/// How long a notification stays on screen at most where nothing keeps it afterwards. Shorter would be missed by
/// someone who is away for a moment; longer would be in the way.
const LONGEST_ON_SCREEN: Duration = Duration::from_secs(120);
const SHORTEST_ON_SCREEN: Duration = Duration::from_secs(1);

/// What a server said about itself.
#[derive(Debug, Clone)]
pub(super) struct Server {
    /// Its unique name on the bus.
    pub(super) owner: OwnedUniqueName,
    pub(super) name: String,
    pub(super) version: String,
    pub(super) abilities: Abilities,
}

/// What servers do that their capabilities do not tell, as seen on Debian 12.
impl Server {
    /// GNOME shows no banner for low urgency.
    fn hides_low_urgency(&self) -> bool {
        self.name == "gnome-shell"
    }

    /// Plasma and LXQt list past notifications, but without their buttons, and their own time on
    /// screen is a few seconds.
    fn keeps_buttons(&self) -> bool {
        self.abilities.persistence && !matches!(&*self.name, "Plasma" | "lxqt-notificationd")
    }

    /// Xfce and LXQt show a button for the click on the body, dunst and mako a line in their menus. On dunst the middle
    /// button opens the menu only where nothing is on the click: there it is left out before an answer is.
    fn shows_default_as(&self) -> Click {
        match &*self.name {
            "mako" => Click::MenuLine,
            "dunst" | "lxqt-notificationd" | "Xfce Notify Daemon" => Click::Button,
            _ => Click::Unseen,
        }
    }

    /// LXQt shows a replacement's text with the buttons of what it replaces.
    pub(super) fn keeps_buttons_of_replaced(&self) -> bool {
        self.name == "lxqt-notificationd"
    }

    /// `SwayNotificationCenter` closes an answered notification only when its animation has ended,
    /// and would close what has replaced it by then.
    pub(super) fn closes_answered_late(&self) -> bool {
        self.name == "SwayNotificationCenter"
    }
}

/// Asks for the server's name and version.
pub(super) fn get_information(owner: &OwnedUniqueName) -> Message {
    call(owner, "GetServerInformation").build(&()).expect(VALID)
}

/// Reads the answer to [`get_information`]: name and version, empty where the server does not say.
pub(super) fn information(answer: Option<&Message>) -> (String, String) {
    answer
        .and_then(|answer| answer.body().deserialize().ok())
        .map(
            |(name, _vendor, version, _specification): (String, String, String, String)| {
                (name, version)
            },
        )
        .unwrap_or_default()
}

/// Asks what the server can do.
pub(super) fn get_capabilities(owner: &OwnedUniqueName) -> Message {
    call(owner, "GetCapabilities").build(&()).expect(VALID)
}

/// Reads the answer to [`get_capabilities`]: nothing special where the server does not say.
pub(super) fn capabilities(answer: Option<&Message>) -> Abilities {
    let names: Vec<String> = answer
        .and_then(|answer| answer.body().deserialize().ok())
        .unwrap_or_default();
    let has = |capability: &str| names.iter().any(|name| name == capability);
    Abilities {
        actions: has("actions"),
        body: has("body"),
        body_markup: has("body-markup"),
        persistence: has("persistence"),
        inline_reply: has("inline-reply"),
    }
}

/// Shows a notice, in place of the notification `replaces` (0: as a new one). The answer is the notification's id.
///
/// # Errors
///
/// When the text is longer than a D-Bus message can be (128 MiB).
pub(super) fn notify(
    server: &Server,
    notice: &Notice,
    replaces: u32,
) -> Result<Message, zbus::Error> {
    let summary = text::line(&notice.summary);
    let body = notice.body_with(server.abilities.actions);
    let body = if server.abilities.body_markup {
        text::markup(&body)
    } else {
        text::plain(&body)
    };
    let actions = if server.abilities.actions {
        actions(server, notice)
    } else {
        Vec::new()
    };
    let (hints, expire_timeout) = (hints(server, notice), expire_timeout(server, notice));
    let app_icon = "";
    call(&server.owner, "Notify").build(&(
        APP,
        replaces,
        app_icon,
        summary,
        body,
        actions,
        hints,
        expire_timeout,
    ))
}

/// Takes a notification off the screen.
pub(super) fn close_notification(owner: &OwnedUniqueName, id: u32) -> Message {
    call(owner, "CloseNotification").build(&id).expect(VALID)
}

/// Keys and labels in turn, as the specification has it.
fn actions(server: &Server, notice: &Notice) -> Vec<String> {
    let buttons = notice.sent_buttons(server.shows_default_as());
    let buttons = buttons.map(|button| (button.action, &*button.label));
    // Plasma opens a field for it beside the buttons.
    let field = (notice.takes_words && server.abilities.inline_reply).then_some(REPLY_FIELD);
    let pairs = buttons.chain(field);
    pairs
        .flat_map(|(action, label)| [action.to_owned(), text::line(label)])
        .collect()
}

fn hints(server: &Server, notice: &Notice) -> BTreeMap<&'static str, Variant<'static>> {
    let urgency: u8 = match notice.urgency {
        Urgency::Low if !server.hides_low_urgency() => 0,
        Urgency::Low | Urgency::Normal => 1,
    };
    let mut hints = BTreeMap::from([("urgency", urgency.into()), ("desktop-entry", APP.into())]);
    if notice.takes_words && server.abilities.inline_reply {
        hints.insert("x-kde-reply-placeholder-text", "In your own words".into());
        hints.insert("x-kde-reply-submit-button-text", "Keep".into());
    }
    if notice.silent {
        hints.insert("suppress-sound", true.into());
    }
    hints
}

/// Milliseconds, or -1 for the server's own time, where the notification can be answered afterwards.
fn expire_timeout(server: &Server, notice: &Notice) -> i32 {
    if server.keeps_buttons() {
        return -1;
    }
    let on_screen = notice
        .expires_in
        .clamp(SHORTEST_ON_SCREEN, LONGEST_ON_SCREEN);
    i32::try_from(on_screen.as_millis()).expect("two minutes of milliseconds fit")
}

fn call<'a>(owner: &'a OwnedUniqueName, member: &'static str) -> Builder<'a> {
    Message::method_call(PATH, member)
        .destination(owner)
        .interface(NAME)
        .with_flags(Flags::NO_AUTO_START)
}

const VALID: &str = "constant names and an owner's name are valid, and the body is short";
