//! On a bus of the test's own, with a stand-in for Mutter.

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::timeout;
use zbus::{Connection, Message};

use super::*;
use crate::daemon::sense::hearing::bus::Bus as PrivateBus;
use crate::daemon::sense::hearing::service::{connect, member, serve};
use crate::daemon::sense::hearing::{Heard, SOON, block_on, is_busy, is_free, listen};
use crate::engine::{Reading, Source};

/// Who says when it is told to that nobody is there.
struct StandIn {
    connection: Connection,
    calls: UnboundedReceiver<Call>,
}

/// Who called what, with which number.
type Call = (String, String, Option<u64>);

impl StandIn {
    /// One for which the last key was so many milliseconds ago.
    async fn start(address: &str, idle_time: u64) -> Self {
        let (noted, calls) = unbounded_channel();
        let mut watches = 0_u32;
        let connection = serve(address, NAME, move |call| {
            let header = call.header();
            let client = header.sender().unwrap().to_string();
            // A test may have seen enough.
            let _ = noted.send((client, member(call), call.body().deserialize().ok()));
            let reply = Message::method_return(&header);
            if member(call) == "GetIdletime" {
                return reply.build(&idle_time);
            }
            watches += 1;
            reply.build(&watches)
        })
        .await;
        Self { connection, calls }
    }

    /// What is called next, and by whom.
    async fn called(&mut self) -> Call {
        let call = timeout(SOON, self.calls.recv()).await;
        call.expect("it is called").unwrap()
    }

    /// Fires a watch, for the client alone, as Mutter does.
    async fn fire(&self, client: &str, watch: u32) {
        fire(&self.connection, client, watch).await;
    }
}

async fn fire(from: &Connection, to: &str, watch: u32) {
    let to = zbus::names::BusName::try_from(to).unwrap();
    let signal = Message::signal(PATH, NAME, "WatchFired").destination(to);
    from.send(&signal.build(&watch).unwrap()).await.unwrap();
}

/// What happens on a bus, with what is told; in the end Mutter goes.
fn live(idle_time: u64, story: impl AsyncFnOnce(&mut StandIn, &mut Heard, &str)) {
    let private = PrivateBus::start();
    let bus = Bus {
        address: private.address(),
        ..Bus::session()
    };
    block_on(async {
        let mut stand_in = StandIn::start(&bus.address, idle_time).await;
        let (teller, mut heard) = listen(Source::Away);
        let mutter = Mutter::find_on(&bus).await.unwrap().expect("it is there");
        let following = timeout(2 * SOON, mutter.follow(&teller, Duration::from_secs(300)));
        let story = async {
            story(&mut stand_in, &mut heard, &bus.address).await;
            stand_in.connection.release_name(NAME).await.unwrap();
        };
        let (ended, ()) = tokio::join!(following, story);
        assert_eq!(ended.expect("it is told").unwrap_err(), "Mutter has ended");
    });
}

#[test]
fn its_watches_are_set_and_heard() {
    live(
        0,
        async |mutter: &mut StandIn, heard: &mut Heard, _: &str| {
            assert_eq!(heard.next().await, Reading::Free);
            let (client, member, after) = mutter.called().await;
            assert_eq!((&*member, after), ("AddIdleWatch", Some(300_000)));
            assert_eq!(mutter.called().await.1, "GetIdletime");
            for round in 0..2 {
                mutter.fire(&client, 1).await;
                heard.until(is_busy).await;
                assert_eq!(mutter.called().await.1, "AddUserActiveWatch");
                mutter.fire(&client, 2 + round).await;
                heard.until(is_free).await;
            }
        },
    );
}

#[test]
fn who_was_away_before_is_away() {
    live(
        300_000,
        async |mutter: &mut StandIn, heard: &mut Heard, _: &str| {
            heard.until(is_busy).await;
            for member in ["AddIdleWatch", "GetIdletime", "AddUserActiveWatch"] {
                assert_eq!(mutter.called().await.1, member);
            }
        },
    );
}

#[test]
fn nobody_else_s_word_counts() {
    live(
        0,
        async |mutter: &mut StandIn, heard: &mut Heard, address: &str| {
            assert_eq!(heard.next().await, Reading::Free);
            let (client, ..) = mutter.called().await;
            let another = connect(address).await;
            fire(&another, &client, 1).await;
            // The bus takes one after the other from each: by this answer the signal has gone on.
            another.request_name("org.example.Done").await.unwrap();
            mutter.fire(&client, 2).await;
            assert_eq!(heard.next().await, Reading::Free);
        },
    );
}

#[test]
fn a_bus_without_it_and_no_bus_have_none() {
    let private = PrivateBus::start();
    let at = |address: String| Bus {
        address,
        ..Bus::session()
    };
    let (with_bus, without) = (at(private.address()), at("unix:path=/nowhere".to_owned()));
    block_on(async {
        assert!(Mutter::find_on(&with_bus).await.unwrap().is_none());
        assert!(Mutter::find_on(&without).await.unwrap().is_none());
    });
}
