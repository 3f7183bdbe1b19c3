//! On an X server without a screen, with windows of the test's own and no window manager but the test.

use x11rb::COPY_DEPTH_FROM_PARENT;
use x11rb::protocol::xproto::{ConfigureWindowAux, CreateWindowAux, PropMode, WindowClass};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use super::*;
use crate::daemon::sense::hearing::block_on;
use crate::daemon::sense::presenting::Witness;
use crate::daemon::sense::presenting::tests::{HeardOf, listen_for};
use crate::daemon::sense::x11::xvfb::Xvfb;

/// A person's programs and their window manager.
struct Person {
    connection: RustConnection,
    root: Window,
    names: Names,
}

impl Person {
    fn at(server: &Xvfb) -> Self {
        let display = server.address().display;
        let (connection, screen) = RustConnection::connect(Some(&display)).unwrap();
        let names = Names::new(&connection).unwrap().reply().unwrap();
        let root = connection.setup().roots[screen].root;
        Self {
            connection,
            root,
            names,
        }
    }

    /// A window of a program with this class.
    fn open(&self, class: &str) -> Window {
        let window = self.connection.generate_id().unwrap();
        self.open_as(window, class);
        window
    }

    /// The same, with an id that another window may have had.
    fn open_as(&self, window: Window, class: &str) {
        let (of, like) = (WindowClass::INPUT_OUTPUT, CreateWindowAux::new());
        let (depth, root) = (COPY_DEPTH_FROM_PARENT, self.root);
        let made = self
            .connection
            .create_window(depth, window, root, 0, 0, 100, 100, 0, of, 0, &like);
        made.unwrap().check().unwrap();
        let class = format!("instance\0{class}\0");
        let set = self.connection.change_property8(
            PropMode::REPLACE,
            window,
            AtomEnum::WM_CLASS,
            AtomEnum::STRING,
            class.as_bytes(),
        );
        set.unwrap().check().unwrap();
    }

    fn set(&self, window: Window, property: Atom, kind: AtomEnum, values: &[u32]) {
        let mode = PropMode::REPLACE;
        let set = self
            .connection
            .change_property32(mode, window, property, kind, values);
        set.unwrap().check().unwrap();
    }

    fn activate(&self, window: Window) {
        let active = self.names.active_window;
        self.set(self.root, active, AtomEnum::WINDOW, &[window]);
    }

    /// Fills the screen with a window, or no longer.
    fn fill(&self, window: Window, fills: bool) {
        let states = [self.names.full_screen];
        let (width, states) = if fills {
            (640, &states[..])
        } else {
            (100, &[][..])
        };
        let size = ConfigureWindowAux::new().width(width);
        let sized = self.connection.configure_window(window, &size);
        sized.unwrap().check().unwrap();
        self.set(window, self.names.state, AtomEnum::ATOM, states);
    }

    fn close(&self, window: Window) {
        let closed = self.connection.destroy_window(window);
        closed.unwrap().check().unwrap();
    }
}

fn followed(story: impl AsyncFnOnce(&Person, &mut HeardOf)) {
    let Some(server) = Xvfb::start() else { return };
    let (person, address) = (Person::at(&server), server.address());
    let (told, mut heard) = listen_for(Witness::FullScreen);
    block_on(async {
        tokio::select! {
            ended = follow_on(&address, &told) => panic!("{ended:?}"),
            () = story(&person, &mut heard) => {}
        }
    });
}

#[test]
fn the_active_window_counts_while_it_fills_the_screen() {
    followed(async |person: &Person, heard: &mut HeardOf| {
        heard.until(&[]).await;
        let talk = person.open("Impress");
        person.activate(talk);
        heard.until(&[]).await;
        person.fill(talk, true);
        heard.until(&["Impress"]).await;
        person.fill(talk, false);
        heard.until(&[]).await;
    });
}

#[test]
fn another_window_in_front_or_the_end_of_the_talk_is_seen() {
    followed(async |person: &Person, heard: &mut HeardOf| {
        let (talk, editor) = (person.open("Impress"), person.open("Editor"));
        person.fill(talk, true);
        person.activate(talk);
        heard.until(&["Impress"]).await;
        person.activate(editor);
        heard.until(&[]).await;
        person.activate(talk);
        heard.until(&["Impress"]).await;
        person.close(talk);
        heard.until(&[]).await;
    });
}

/// As with openbox, which leaves the last window active where no other is there, and X, which gives its id again.
#[test]
fn the_end_of_a_window_with_the_id_of_one_before_is_seen() {
    followed(async |person: &Person, heard: &mut HeardOf| {
        let window = person.open("Impress");
        for class in ["Impress", "mpv"] {
            person.fill(window, true);
            person.activate(window);
            heard.until(&[class]).await;
            person.close(window);
            heard.until(&[]).await;
            person.open_as(window, "mpv");
        }
    });
}

#[test]
fn the_desktop_itself_does_not_count() {
    followed(async |person: &Person, heard: &mut HeardOf| {
        let (ground, film) = (person.open("Desktop"), person.open("mpv"));
        let kind = person.names.kind;
        let desktop = [person.names.desktop];
        person.set(ground, kind, AtomEnum::ATOM, &desktop);
        for window in [ground, film] {
            person.fill(window, true);
        }
        person.activate(film);
        heard.until(&["mpv"]).await;
        person.activate(ground);
        heard.until(&[]).await;
    });
}
