//! On a bus of the test's own, with stand-ins for the desktops' managers.

use std::sync::{Arc, Mutex};

use zbus::{Connection, Message, ObjectPath};

use super::*;
use crate::daemon::sense::hearing::block_on;
use crate::daemon::sense::hearing::bus::Bus as PrivateBus;
use crate::daemon::sense::hearing::service::{member, serve};
use crate::daemon::sense::presenting::Witness;
use crate::daemon::sense::presenting::tests::{HeardOf, listen_for};

/// Programs, each with its flags; on GNOME an object's path ends with its place in the list.
type Inhibitors = Arc<Mutex<Vec<(&'static str, u32)>>>;

async fn gnome_stand_in(address: &str, inhibitors: &Inhibitors) -> Connection {
    let inhibitors = Arc::clone(inhibitors);
    serve(address, GNOME, move |call| {
        let all = inhibitors.lock().unwrap();
        let header = call.header();
        let reply = Message::method_return(&header);
        let object = header.path().unwrap().to_string();
        let number = object.strip_prefix("/inhibitor/");
        let one = number.map(|number| all[number.parse::<usize>().unwrap()]);
        match (member(call).as_str(), one) {
            ("IsInhibited", None) => {
                let wanted: u32 = call.body().deserialize().unwrap();
                reply.build(&all.iter().any(|(_, flags)| flags & wanted != 0))
            }
            ("GetInhibitors", None) => {
                let path = |number| ObjectPath::try_from(format!("/inhibitor/{number}")).unwrap();
                reply.build(&(0..all.len()).map(path).collect::<Vec<_>>())
            }
            ("GetFlags", Some((_, flags))) => reply.build(&flags),
            ("GetAppId", Some((program, _))) => reply.build(&program),
            (other, _) => panic!("nobody is to call {other}"),
        }
    })
    .await
}

async fn kde_stand_in(address: &str, inhibitors: &Inhibitors) -> Connection {
    let inhibitors = Arc::clone(inhibitors);
    serve(address, KDE, move |call| {
        let all = inhibitors.lock().unwrap();
        let header = call.header();
        let reply = Message::method_return(&header);
        match member(call).as_str() {
            "HasInhibition" => {
                let wanted: u32 = call.body().deserialize().unwrap();
                reply.build(&all.iter().any(|(_, flags)| flags & wanted != 0))
            }
            "ListInhibitions" => {
                let all = all.iter().map(|(program, _)| (*program, "a talk"));
                reply.build(&all.collect::<Vec<_>>())
            }
            other => panic!("nobody is to call {other}"),
        }
    })
    .await
}

/// A change, as each tells of it; nothing in it is read.
async fn signal(manager: &Connection, interface: &str, name: &str) {
    let signal = Message::signal("/", interface, name).build(&());
    manager.send(&signal.unwrap()).await.unwrap();
}

fn followed(story: impl AsyncFnOnce(&str, &mut HeardOf)) {
    let private = PrivateBus::start();
    let bus = Bus {
        address: private.address(),
        ..Bus::session()
    };
    let (told, mut heard) = listen_for(Witness::Desktop);
    block_on(async {
        tokio::select! {
            ended = follow(&bus, &told) => panic!("{ended:?}"),
            () = story(&bus.address, &mut heard) => {}
        }
    });
}

#[test]
fn on_gnome_programs_that_keep_the_session_from_being_idle_are_told() {
    followed(async |address: &str, heard: &mut HeardOf| {
        heard.until(&[]).await;
        // 4 keeps it from being suspended, 12 from that and from being idle.
        let inhibitors = Inhibitors::default();
        *inhibitors.lock().unwrap() = vec![("backup", 4), ("org.gnome.Totem", 12)];
        let manager = gnome_stand_in(address, &inhibitors).await;
        heard.until(&["org.gnome.Totem"]).await;
        inhibitors.lock().unwrap().pop();
        signal(&manager, GNOME, "InhibitorRemoved").await;
        heard.until(&[]).await;
        inhibitors.lock().unwrap().push(("Firefox", 8));
        signal(&manager, GNOME, "InhibitorAdded").await;
        heard.until(&["Firefox"]).await;
        manager.release_name(GNOME).await.unwrap();
        heard.until(&[]).await;
    });
}

#[test]
fn on_plasma_programs_that_keep_the_screen_on_are_told() {
    followed(async |address: &str, heard: &mut HeardOf| {
        heard.until(&[]).await;
        // 1 keeps it from being suspended, 4 its screen on.
        let inhibitors = Inhibitors::default();
        inhibitors.lock().unwrap().push(("a player of music", 1));
        let manager = kde_stand_in(address, &inhibitors).await;
        heard.until(&[]).await;
        inhibitors.lock().unwrap()[0] = ("Okular", 4);
        signal(&manager, KDE, "InhibitionsChanged").await;
        heard.until(&["Okular"]).await;
        inhibitors.lock().unwrap().clear();
        signal(&manager, KDE, "InhibitionsChanged").await;
        heard.until(&[]).await;
    });
}
