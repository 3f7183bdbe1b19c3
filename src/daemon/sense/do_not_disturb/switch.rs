//! Where the notification servers keep their do-not-disturb, as seen on Debian 12.

use std::path::PathBuf;

use zbus::OwnedVariant;

use super::super::short;
use super::setting::{self, Setting};
use super::{Failure, NAME, lxqt};
use crate::daemon::bus::{BusError, Line, Object, PROPERTIES_CHANGED};
use crate::daemon::watch::Watch;
use crate::engine::Reading;

/// Modes that people give mako to be left alone; its manual has the first.
const QUIET_MODES: [&str; 2] = ["do-not-disturb", "dnd"];

/// One server's do-not-disturb.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Switch {
    /// A property of an interface of the server's own: dunst, Plasma.
    Property {
        interface: &'static str,
        name: &'static str,
    },
    /// mako's modes.
    Modes {
        /// Whether it tells when they change; 1.7 does not.
        are_told: bool,
    },
    /// `SwayNotificationCenter`'s.
    SwayNotificationCenter,
    /// A value in Xfce's settings.
    Xfconf,
    /// A value in the settings of GNOME or MATE.
    Setting(&'static Setting),
    /// A line in a file: LXQt's.
    File(PathBuf),
    /// The server has none.
    Missing,
    /// The server may have one, but not where it could be found.
    NotFound { server: String },
}

impl Switch {
    /// What this server has.
    pub(super) async fn of(line: &Line, owner: &str) -> Result<Self, Failure> {
        let server = Object {
            owner,
            path: "/org/freedesktop/Notifications",
            interface: NAME,
        };
        let (name, vendor, _version, _specification): (String, String, String, String) =
            line.ask(server, "GetServerInformation", &()).await?;
        Ok(match (name.as_str(), vendor.as_str()) {
            ("dunst", _) => Self::Property {
                interface: "org.dunstproject.cmd0",
                name: "paused",
            },
            ("mako", _) => {
                let modes: Result<Vec<String>, _> = line.property(mako(owner), "Modes").await;
                Self::Modes {
                    are_told: modes.is_ok(),
                }
            }
            ("SwayNotificationCenter", _) => Self::SwayNotificationCenter,
            ("Xfce Notify Daemon", _) => Self::Xfconf,
            ("gnome-shell", _) => Self::Setting(&setting::GNOME),
            ("Notification Daemon", "MATE") => Self::Setting(&setting::MATE),
            ("lxqt-notificationd", _) => {
                let file = lxqt::file().ok_or("there is no home folder")?;
                Self::File(file)
            }
            ("Notification Daemon", "GNOME") => Self::Missing,
            // Plasma's, and whose it may become.
            _ => {
                let inhibited: Result<bool, _> = line.property(server, "Inhibited").await;
                match inhibited {
                    Ok(_) => Self::Property {
                        interface: NAME,
                        name: "Inhibited",
                    },
                    Err(_) => Self::NotFound {
                        server: short(&name),
                    },
                }
            }
        })
    }

    /// Whether nothing tells when it is switched.
    pub(super) fn is_silent(&self) -> bool {
        *self == Self::Modes { are_told: false }
    }

    /// What is to be heard on the bus when it is switched.
    pub(super) fn rule(&self, owner: &str) -> Option<String> {
        Some(match self {
            Self::Property { interface, .. } => {
                format!("{PROPERTIES_CHANGED},sender='{owner}',arg0='{interface}'")
            }
            Self::Modes { are_told: true } => {
                format!("{PROPERTIES_CHANGED},sender='{owner}',arg0='fr.emersion.Mako'")
            }
            Self::SwayNotificationCenter => {
                format!("type='signal',sender='{owner}',interface='org.erikreider.swaync.cc'")
            }
            Self::Xfconf => format!(
                "type='signal',sender='{XFCONF}',interface='{XFCONF}',\
                 arg0='{XFCE_CHANNEL}',arg1='{XFCE_PROPERTY}'"
            ),
            Self::Setting(setting) => setting.rule(),
            Self::Modes { are_told: false }
            | Self::File(_)
            | Self::Missing
            | Self::NotFound { .. } => return None,
        })
    }

    /// What changes on disk when it is switched.
    pub(super) fn watch(&self) -> Result<Option<Watch>, Failure> {
        let Self::File(file) = self else {
            return Ok(None);
        };
        let watch = Watch::new(std::slice::from_ref(file));
        let watch = watch.map_err(|error| format!("its file cannot be watched: {error}"));
        watch.map(Some)
    }

    /// How it stands.
    pub(super) async fn reading(&self, line: &Line, owner: &str) -> Result<Reading, Failure> {
        let is_on = match self {
            Self::Property { interface, name } => {
                let server = Object {
                    owner,
                    path: "/org/freedesktop/Notifications",
                    interface,
                };
                line.property(server, name).await?
            }
            Self::Modes { .. } => {
                let modes: Vec<String> = line.ask(mako(owner), "ListModes", &()).await?;
                modes
                    .iter()
                    .any(|mode| QUIET_MODES.contains(&mode.as_str()))
            }
            Self::SwayNotificationCenter => {
                let center = Object {
                    owner,
                    path: "/org/erikreider/swaync/cc",
                    interface: "org.erikreider.swaync.cc",
                };
                line.ask(center, "GetDnd", &()).await?
            }
            Self::Xfconf => is_on_in_xfce(line).await?,
            Self::Setting(setting) => setting.is_on().await?,
            Self::File(file) => lxqt::is_on(file)?,
            Self::Missing => false,
            Self::NotFound { server } => {
                return Ok(Reading::Unknown {
                    why: format!("{server} has none that attuned knows"),
                });
            }
        };
        Ok(Reading::busy_if(is_on))
    }
}

fn mako(owner: &str) -> Object<'_> {
    Object {
        owner,
        path: "/fr/emersion/Mako",
        interface: "fr.emersion.Mako",
    }
}

const XFCONF: &str = "org.xfce.Xfconf";
const XFCE_CHANNEL: &str = "xfce4-notifyd";
const XFCE_PROPERTY: &str = "/do-not-disturb";

/// It is off until it has been switched once. Where whoever keeps the settings has ended, the bus starts them, as it does for
/// Xfce's own programs.
async fn is_on_in_xfce(line: &Line) -> Result<bool, Failure> {
    if line.owner(XFCONF).await?.is_none() && line.can_start(XFCONF).await? {
        line.start(XFCONF).await?;
    }
    let owner = line.owner(XFCONF).await?;
    let owner = owner.ok_or("Xfce's settings are not there to be asked")?;
    let settings = Object {
        owner: &owner,
        path: "/org/xfce/Xfconf",
        interface: XFCONF,
    };
    let value: Result<OwnedVariant, _> = line
        .ask(settings, "GetProperty", &(XFCE_CHANNEL, XFCE_PROPERTY))
        .await;
    match value {
        Ok(value) => Ok(bool::try_from(value).unwrap_or(false)),
        Err(BusError::Refused(zbus::Error::MethodError(name, ..)))
            if name.as_str().ends_with("PropertyNotFound") =>
        {
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}
