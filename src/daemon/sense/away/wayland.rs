//! A Wayland compositor's word that nobody is there: `ext-idle-notify-v1`, or KDE's older protocol for the same.

use std::convert::Infallible;
use std::fmt;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;
use std::time::Duration;

use tokio::io::unix::AsyncFd;
use tokio::net::UnixStream;
use tokio::time::timeout;
use wayland_client::backend::WaylandError;
use wayland_client::protocol::wl_callback::{self, WlCallback};
use wayland_client::protocol::wl_registry::{self, WlRegistry};
use wayland_client::protocol::wl_seat::WlSeat;
use wayland_client::{Connection, Dispatch, EventQueue, Proxy, QueueHandle, delegate_noop};
use wayland_protocols::ext::idle_notify::v1::client::ext_idle_notification_v1::{
    self, ExtIdleNotificationV1,
};
use wayland_protocols::ext::idle_notify::v1::client::ext_idle_notifier_v1::ExtIdleNotifierV1;
use wayland_protocols_plasma::idle::client::org_kde_kwin_idle::OrgKdeKwinIdle;
use wayland_protocols_plasma::idle::client::org_kde_kwin_idle_timeout::{
    self, OrgKdeKwinIdleTimeout,
};

use super::milliseconds;
use crate::daemon::descriptor::readable;
use crate::daemon::sense::{Failure, Teller};
use crate::engine::Reading;

/// How long the compositor may take to say what it can do.
const PATIENCE: Duration = Duration::from_secs(5);

/// Tells whether nobody has been there for this long.
pub(super) async fn follow(
    teller: &Teller,
    socket: &Path,
    after: Duration,
) -> Result<Infallible, Failure> {
    let mut compositor = timeout(PATIENCE, Compositor::connect(socket))
        .await
        .map_err(|_| "the compositor does not answer".to_owned())??;
    compositor.ask_to_tell(milliseconds(after))?;
    loop {
        teller.tell(Reading::busy_if(compositor.seen.is_idle));
        compositor.events().await?;
        if compositor.seen.seat_is_gone {
            return Err("the keyboard and the pointer went away".to_owned());
        }
    }
}

/// A connection that shows nothing.
struct Compositor {
    connection: Connection,
    queue: EventQueue<Seen>,
    registry: WlRegistry,
    ready: AsyncFd<OwnedFd>,
    seen: Seen,
}

/// What the compositor has told.
#[derive(Default)]
struct Seen {
    /// By interface, each with its number in the registry.
    globals: Vec<(String, u32)>,
    all_are_told: bool,
    seat: Option<u32>,
    seat_is_gone: bool,
    is_idle: bool,
}

impl Compositor {
    /// Connects, and knows what there is when this returns.
    async fn connect(socket: &Path) -> Result<Self, Failure> {
        let unreachable = |error| format!("the compositor cannot be reached: {error}");
        let stream = UnixStream::connect(socket).await.map_err(unreachable)?;
        let stream = stream.into_std().map_err(unreachable)?;
        let own = stream.as_fd().try_clone_to_owned().map_err(unreachable)?;
        let ready = readable(own).map_err(unreachable)?;
        let connection = Connection::from_socket(stream).map_err(lost)?;
        let queue = connection.new_event_queue();
        let display = connection.display();
        let registry = display.get_registry(&queue.handle(), ());
        display.sync(&queue.handle(), ());
        let mut compositor = Self {
            connection,
            queue,
            registry,
            ready,
            seen: Seen::default(),
        };
        while !compositor.seen.all_are_told {
            compositor.events().await?;
        }
        Ok(compositor)
    }

    /// Sends what is to be sent, and takes in what comes next.
    async fn events(&mut self) -> Result<(), Failure> {
        loop {
            self.connection.flush().map_err(lost)?;
            let mut ready = self.ready.readable().await.map_err(lost)?;
            if let Some(reader) = self.queue.prepare_read() {
                match reader.read() {
                    Err(WaylandError::Io(error)) if error.kind() == io::ErrorKind::WouldBlock => {
                        ready.clear_ready();
                    }
                    read => {
                        read.map_err(lost)?;
                    }
                }
            }
            let count = self.queue.dispatch_pending(&mut self.seen);
            if count.map_err(lost)? > 0 {
                return Ok(());
            }
        }
    }

    /// Events come from now on.
    fn ask_to_tell(&mut self, after: u32) -> Result<(), Failure> {
        let unable = "the compositor does not tell when nobody is there";
        let handle = self.queue.handle();
        let seat: WlSeat = self.bind(&handle).ok_or(unable)?;
        self.seen.seat = self.number_of(WlSeat::interface().name);
        if let Some(notifier) = self.bind::<ExtIdleNotifierV1>(&handle) {
            notifier.get_idle_notification(after, &seat, &handle, ());
        } else {
            let kde: OrgKdeKwinIdle = self.bind(&handle).ok_or(unable)?;
            kde.get_idle_timeout(&seat, after, &handle, ());
        }
        Ok(())
    }

    /// The first object of a kind, in its first version.
    fn bind<I>(&self, handle: &QueueHandle<Seen>) -> Option<I>
    where
        I: Proxy + 'static,
        Seen: Dispatch<I, ()>,
    {
        let number = self.number_of(I::interface().name)?;
        Some(self.registry.bind(number, 1, handle, ()))
    }

    fn number_of(&self, interface: &str) -> Option<u32> {
        let mut globals = self.seen.globals.iter();
        globals.find_map(|(name, number)| (name == interface).then_some(*number))
    }
}

fn lost(error: impl fmt::Display) -> Failure {
    format!("the compositor cannot be followed: {error}")
}

impl Dispatch<WlRegistry, ()> for Seen {
    fn event(
        seen: &mut Self,
        _: &WlRegistry,
        event: wl_registry::Event,
        (): &(),
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
        match event {
            wl_registry::Event::Global {
                name, interface, ..
            } if !seen.all_are_told => seen.globals.push((interface, name)),
            wl_registry::Event::GlobalRemove { name } if seen.seat == Some(name) => {
                seen.seat_is_gone = true;
            }
            _ => {}
        }
    }
}

impl Dispatch<WlCallback, ()> for Seen {
    fn event(
        seen: &mut Self,
        _: &WlCallback,
        _: wl_callback::Event,
        (): &(),
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
        seen.all_are_told = true;
    }
}

impl Dispatch<ExtIdleNotificationV1, ()> for Seen {
    fn event(
        seen: &mut Self,
        _: &ExtIdleNotificationV1,
        event: ext_idle_notification_v1::Event,
        (): &(),
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
        match event {
            ext_idle_notification_v1::Event::Idled => seen.is_idle = true,
            ext_idle_notification_v1::Event::Resumed => seen.is_idle = false,
            _ => {}
        }
    }
}

impl Dispatch<OrgKdeKwinIdleTimeout, ()> for Seen {
    fn event(
        seen: &mut Self,
        _: &OrgKdeKwinIdleTimeout,
        event: org_kde_kwin_idle_timeout::Event,
        (): &(),
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
        match event {
            org_kde_kwin_idle_timeout::Event::Idle => seen.is_idle = true,
            org_kde_kwin_idle_timeout::Event::Resumed => seen.is_idle = false,
            _ => {}
        }
    }
}

delegate_noop!(Seen: ignore WlSeat);
delegate_noop!(Seen: ExtIdleNotifierV1);
delegate_noop!(Seen: OrgKdeKwinIdle);

#[cfg(test)]
mod tests;
