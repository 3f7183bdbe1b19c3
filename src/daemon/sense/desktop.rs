//! Where the desktop's display is, for the sources that look at it.
//!
//! A daemon that the user manager starts comes before the desktop, and knows of no display; the manager is told of it later.

use std::collections::BTreeMap;
use std::env;
use std::path::PathBuf;

use super::x11::Address;
use crate::daemon::opening::manager;
use crate::daemon::service;

/// Which displays there are.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Desktop {
    /// The compositor's socket, on Wayland.
    pub(super) wayland: Option<PathBuf>,
    /// The X server; on Wayland that one is for old programs, and sees little.
    pub(super) x11: Option<Address>,
}

impl Desktop {
    /// By this process's own environment, and the user manager's where that one is fresher.
    pub(super) async fn find() -> Self {
        let own = |name: &str| env::var(name).ok();
        let knows = |name| own(name).is_some_and(|value| !value.is_empty());
        if !service::is_managed() && (knows("WAYLAND_DISPLAY") || knows("DISPLAY")) {
            return Self::by(own);
        }
        let manager: BTreeMap<_, _> = manager::session_environment().await.into_iter().collect();
        Self::by(|name| manager.get(name).cloned().or_else(|| own(name)))
    }

    fn by(value: impl Fn(&str) -> Option<String>) -> Self {
        let value = |name| value(name).filter(|value| !value.is_empty());
        let folder = value("XDG_RUNTIME_DIR").map(PathBuf::from);
        let socket = value("WAYLAND_DISPLAY").and_then(|name| {
            // An absolute one stays as it is.
            let path = folder.unwrap_or_default().join(name);
            path.is_absolute().then_some(path)
        });
        let authority = value("XAUTHORITY").map(PathBuf::from);
        let authority =
            authority.or_else(|| Some(PathBuf::from(value("HOME")?).join(".Xauthority")));
        Self {
            wayland: socket,
            x11: value("DISPLAY").map(|display| Address { display, authority }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn desktop(variables: &[(&str, &str)]) -> Desktop {
        let variables: BTreeMap<_, _> = variables.iter().copied().collect();
        Desktop::by(|name| variables.get(name).map(|value| (*value).to_owned()))
    }

    #[test]
    fn a_compositor_s_socket_is_in_the_runtime_folder_or_where_it_says() {
        let runtime = ("XDG_RUNTIME_DIR", "/run/user/7");
        let socket = |variables: &[_]| desktop(variables).wayland;
        let inside = socket(&[runtime, ("WAYLAND_DISPLAY", "wayland-1")]);
        assert_eq!(inside, Some("/run/user/7/wayland-1".into()));
        let elsewhere = socket(&[runtime, ("WAYLAND_DISPLAY", "/tmp/w")]);
        assert_eq!(elsewhere, Some("/tmp/w".into()));
        assert_eq!(socket(&[("WAYLAND_DISPLAY", "wayland-1")]), None);
        assert_eq!(socket(&[runtime, ("WAYLAND_DISPLAY", "")]), None);
    }

    #[test]
    fn an_x_server_has_a_file_of_cookies() {
        let address = |variables: &[_]| {
            let address = desktop(variables).x11?;
            Some((address.display, address.authority))
        };
        let home = ("HOME", "/home/ana");
        let usual = address(&[("DISPLAY", ":1"), home]);
        assert_eq!(
            usual,
            Some((":1".into(), Some("/home/ana/.Xauthority".into())))
        );
        let own = address(&[("DISPLAY", ":1"), home, ("XAUTHORITY", "/run/x")]);
        assert_eq!(own, Some((":1".into(), Some("/run/x".into()))));
        assert_eq!(address(&[home]), None);
    }
}
