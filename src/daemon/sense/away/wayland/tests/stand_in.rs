//! A compositor that says when it is told to that nobody is there. It speaks the wire format of the Wayland book by itself.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};

use tempfile::TempDir;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::timeout;

use crate::daemon::sense::hearing::SOON;

const DISPLAY: u32 = 1;

pub(super) enum Event {
    Idled,
    Resumed,
    SeatRemoved,
    End,
}

pub(super) struct StandIn {
    folder: TempDir,
    events: Sender<Event>,
    asked: Mutex<UnboundedReceiver<u32>>,
}

impl StandIn {
    /// A compositor with these global objects.
    pub(super) fn start(globals: &'static [&'static str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(folder.path().join("wayland")).unwrap();
        let (events, orders) = channel();
        let (asks, asked) = unbounded_channel();
        std::thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            serve(stream, globals, &asks, &orders);
        });
        Self {
            folder,
            events,
            asked: Mutex::new(asked),
        }
    }

    pub(super) fn socket(&self) -> PathBuf {
        self.folder.path().join("wayland")
    }

    /// After how many milliseconds it is to tell.
    pub(super) async fn asked_for(&self) -> u32 {
        let mut asked = self.asked.lock().await;
        timeout(SOON, asked.recv()).await.unwrap().unwrap()
    }

    pub(super) fn send(&self, event: Event) {
        self.events.send(event).unwrap();
    }
}

/// Answers until the client is gone, or the test has seen enough.
fn serve(
    mut stream: UnixStream,
    globals: &[&str],
    asks: &UnboundedSender<u32>,
    orders: &Receiver<Event>,
) {
    let mut objects = BTreeMap::from([(DISPLAY, "wl_display")]);
    let (mut registry, mut seat) = (0, 0);
    while let Some((object, opcode, arguments)) = request(&mut stream) {
        let word = |index: usize| {
            let bytes = &arguments[4 * index..4 * index + 4];
            u32::from_ne_bytes(bytes.try_into().unwrap())
        };
        let last = word(arguments.len() / 4 - 1);
        match (objects[&object], opcode) {
            // sync(callback): done(serial), then delete_id(callback).
            ("wl_display", 0) => {
                send(&mut stream, last, 0, &words(&[1]));
                send(&mut stream, DISPLAY, 1, &words(&[last]));
            }
            // get_registry(registry): global(name, interface, version) for each.
            ("wl_display", 1) => {
                registry = last;
                objects.insert(registry, "wl_registry");
                for (name, interface) in (40..).zip(globals) {
                    let text = [words(&[name]), string(interface), words(&[2])].concat();
                    send(&mut stream, registry, 0, &text);
                }
            }
            // bind(name, interface, version, id)
            ("wl_registry", 0) => {
                let interface = globals[word(0) as usize - 40];
                objects.insert(
                    last,
                    if interface == "wl_seat" {
                        "wl_seat"
                    } else {
                        "notifier"
                    },
                );
                if interface == "wl_seat" {
                    seat = word(0);
                }
            }
            // get_idle_notification(id, timeout, seat)
            ("notifier", 1) => {
                assert_eq!(objects[&last], "wl_seat");
                asks.send(word(1)).unwrap();
                return follow(&mut stream, word(0), (registry, seat), orders);
            }
            (other, opcode) => panic!("nobody is to ask for {other} {opcode}"),
        }
    }
}

fn follow(
    stream: &mut UnixStream,
    notification: u32,
    (registry, seat): (u32, u32),
    orders: &Receiver<Event>,
) {
    for event in orders {
        match event {
            Event::Idled => send(stream, notification, 0, &[]),
            Event::Resumed => send(stream, notification, 1, &[]),
            // global_remove(name)
            Event::SeatRemoved => send(stream, registry, 1, &words(&[seat])),
            Event::End => return,
        }
    }
}

/// An object, what is asked of it, and with what; none at the end.
fn request(stream: &mut UnixStream) -> Option<(u32, u16, Vec<u8>)> {
    let mut header = [0; 8];
    stream.read_exact(&mut header).ok()?;
    let object = u32::from_ne_bytes(header[..4].try_into().unwrap());
    let second = u32::from_ne_bytes(header[4..].try_into().unwrap());
    let mut arguments = vec![0; (second >> 16) as usize - header.len()];
    stream.read_exact(&mut arguments).ok()?;
    Some((object, (second & 0xffff) as u16, arguments))
}

fn send(stream: &mut UnixStream, object: u32, opcode: u32, arguments: &[u8]) {
    let length = u32::try_from(8 + arguments.len()).unwrap();
    let message = [&words(&[object, length << 16 | opcode]), arguments].concat();
    stream.write_all(&message).unwrap();
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_ne_bytes()).collect()
}

/// Its length with the zero at its end, and itself, filled up to whole words.
fn string(text: &str) -> Vec<u8> {
    let length = text.len() + 1;
    let mut bytes = words(&[u32::try_from(length).unwrap()]);
    bytes.extend(text.as_bytes());
    bytes.resize(4 + length.next_multiple_of(4), 0);
    bytes
}
