//! On a bus of the test's own, with a stand-in for logind.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use zbus::{Connection, Message, Variant};

use super::*;
use crate::daemon::sense::hearing::block_on;
use crate::daemon::sense::hearing::bus::Bus as PrivateBus;
use crate::daemon::sense::hearing::service::{member, serve};
use crate::daemon::sense::presenting::Witness;
use crate::daemon::sense::presenting::tests::{HeardOf, listen_for};

type Inhibitors = Arc<Mutex<Vec<Inhibitor>>>;

async fn stand_in(address: &str, inhibitors: &Inhibitors) -> Connection {
    let inhibitors = Arc::clone(inhibitors);
    serve(address, NAME, move |call| {
        assert_eq!(member(call), "ListInhibitors");
        Message::method_return(&call.header()).build(&*inhibitors.lock().unwrap())
    })
    .await
}

/// Tells that something about logind has changed.
async fn signal(logind: &Connection) {
    let changed = BTreeMap::from([("BlockInhibited", Variant::from("idle"))]);
    let body = (MANAGER, changed, Vec::<&str>::new());
    let signal = Message::signal(PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged");
    logind.send(&signal.build(&body).unwrap()).await.unwrap();
}

fn inhibitor(what: &str, who: &str, how: &str) -> Inhibitor {
    let person = rustix::process::getuid().as_raw();
    let (why, process) = ("a film".to_owned(), 1234);
    (what.into(), who.into(), why, how.into(), person, process)
}

fn at(private: &PrivateBus) -> Bus {
    Bus {
        address: private.address(),
        ..Bus::system()
    }
}

fn followed(story: impl AsyncFnOnce(&str, &mut HeardOf)) {
    let private = PrivateBus::start();
    let bus = at(&private);
    let (told, mut heard) = listen_for(Witness::Logind);
    block_on(async {
        tokio::select! {
            ended = follow(&bus, &told) => panic!("{ended:?}"),
            () = story(&bus.address, &mut heard) => {}
        }
    });
}

#[test]
fn who_keeps_the_machine_from_idling_is_told_from_beginning_to_end() {
    followed(async |address: &str, heard: &mut HeardOf| {
        let inhibitors = Inhibitors::default();
        heard.until(&[]).await;
        let logind = stand_in(address, &inhibitors).await;
        inhibitors.lock().unwrap().extend([
            inhibitor("sleep:shutdown", "Updates", "block"),
            inhibitor("sleep:idle", "mpv", "block"),
        ]);
        signal(&logind).await;
        heard.until(&["mpv"]).await;
        inhibitors.lock().unwrap().clear();
        signal(&logind).await;
        heard.until(&[]).await;
    });
}

#[test]
fn a_logind_that_comes_and_goes_is_followed() {
    followed(async |address: &str, heard: &mut HeardOf| {
        heard.until(&[]).await;
        let inhibitors = Inhibitors::default();
        let film = inhibitor("idle", "mpv", "block");
        inhibitors.lock().unwrap().push(film);
        let logind = stand_in(address, &inhibitors).await;
        heard.until(&["mpv"]).await;
        logind.release_name(NAME).await.unwrap();
        heard.until(&[]).await;
    });
}

#[test]
fn only_what_blocks_for_this_person_and_by_itself_counts() {
    let person = rustix::process::getuid().as_raw();
    let film = inhibitor("idle", "mpv", "block");
    assert!(counts(&film, person));
    assert!(counts(&inhibitor("idle", "mpv", "block-weak"), person));
    assert!(!counts(&film, person + 1));
    assert!(!counts(&inhibitor("idle", "mpv", "delay"), person));
    assert!(!counts(
        &inhibitor("handle-lid-switch", "mpv", "block"),
        person
    ));
    let mut passed_on = film;
    passed_on.2 = "user session inhibited".to_owned();
    assert!(!counts(&passed_on, person));
}

#[test]
fn a_bus_that_ends_is_told() {
    let mut private = PrivateBus::start();
    let bus = at(&private);
    let (told, mut heard) = listen_for(Witness::Logind);
    block_on(async {
        let story = async {
            heard.until(&[]).await;
            private.stop();
        };
        let (ended, ()) = tokio::join!(follow(&bus, &told), story);
        assert!(ended.unwrap_err().contains("system bus"));
    });
}
