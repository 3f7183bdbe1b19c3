//! On a bus of the test's own, with a stand-in for the user manager.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use zbus::{Message, OwnedVariant};

use super::*;
use crate::daemon::sense::hearing::bus::Bus as PrivateBus;
use crate::daemon::sense::hearing::service::{member, serve};
use crate::daemon::sense::hearing::{SOON, block_on};

type Properties = Vec<(String, OwnedVariant)>;

/// How a unit stands.
struct Stand {
    state: &'static str,
    result: &'static str,
    how: i32,
    status: i32,
}

/// Asks a manager whose unit comes to stand like this, one after the other; and what the unit was to be.
fn asked(stands: Vec<Stand>) -> (Result<Option<i32>, Failure>, BTreeMap<String, OwnedVariant>) {
    let private = PrivateBus::start();
    let bus = Bus {
        address: private.address(),
        ..Bus::session()
    };
    let (begun, mut path) = tokio::sync::mpsc::unbounded_channel();
    let (stands, wanted) = (Arc::new(Mutex::new(stands)), Arc::new(Mutex::default()));
    let (now, noted) = (Arc::clone(&stands), Arc::clone(&wanted));
    block_on(async {
        let answer = move |call: &Message| {
            let header = call.header();
            let reply = Message::method_return(&header);
            match member(call).as_str() {
                "Subscribe" => reply.build(&()),
                "StartTransientUnit" => {
                    let body = call.body();
                    let (name, mode, properties, _): (
                        String,
                        String,
                        Properties,
                        Vec<(String, Properties)>,
                    ) = body.deserialize()?;
                    assert_eq!(mode, "fail");
                    *noted.lock().unwrap() = properties.into_iter().collect();
                    begun.send(unit_path(&name)).unwrap();
                    reply.build(&zbus::ObjectPath::try_from("/job/1").unwrap())
                }
                "Get" => {
                    let stands = now.lock().unwrap();
                    let (_, property): (String, String) = call.body().deserialize()?;
                    let stand = &stands[0];
                    reply.build(&match property.as_str() {
                        "ActiveState" => Variant::from(stand.state),
                        "Result" => stand.result.into(),
                        "ExecMainCode" => stand.how.into(),
                        "ExecMainStatus" => stand.status.into(),
                        other => panic!("nobody is to read {other}"),
                    })
                }
                other => panic!("nobody is to call {other}"),
            }
        };
        let manager = serve(&bus.address, NAME, answer).await;
        let life = async {
            let path = path.recv().await.unwrap();
            while stands.lock().unwrap().len() > 1 {
                stands.lock().unwrap().remove(0);
                let changed = BTreeMap::from([("ActiveState", Variant::from("?"))]);
                let properties = "org.freedesktop.DBus.Properties";
                let signal = Message::signal(&*path, properties, "PropertiesChanged");
                let signal = signal.build(&(UNIT, changed, Vec::<&str>::new())).unwrap();
                manager.send(&signal).await.unwrap();
            }
        };
        let words = ["/bin/busy", "now"].map(str::to_owned);
        let (ended, ()) = tokio::join!(ask_on(&bus, &words, SOON), life);
        (ended, std::mem::take(&mut *wanted.lock().unwrap()))
    })
}

const BEGUN: Stand = stand("inactive", "success", 0, 0);

const fn stand(state: &'static str, result: &'static str, how: i32, status: i32) -> Stand {
    Stand {
        state,
        result,
        how,
        status,
    }
}

#[test]
fn a_service_runs_it_for_so_long_at_most() {
    let (ended, mut unit) = asked(vec![BEGUN, stand("inactive", "success", 1, 0)]);
    assert_eq!(ended, Ok(Some(0)));
    let command = Vec::<(String, Vec<String>, bool)>::try_from(unit.remove("ExecStart").unwrap());
    let words = ["/bin/busy", "now"].map(str::to_owned).to_vec();
    assert_eq!(command.unwrap(), [("/bin/busy".to_owned(), words, false)]);
    let limit = u64::try_from(unit.remove("RuntimeMaxUSec").unwrap());
    assert_eq!(limit.unwrap(), 20_000_000);
    let output = String::try_from(unit.remove("StandardOutput").unwrap());
    assert_eq!(output.unwrap(), "null");
    let well = <(Vec<i32>, Vec<i32>)>::try_from(unit.remove("SuccessExitStatus").unwrap());
    assert_eq!(well.unwrap(), (vec![1], vec![]));
}

#[test]
fn its_end_is_told_once_it_has_ended() {
    let runs = || stand("active", "success", 0, 0);
    let ends = || stand("deactivating", "success", 1, 0);
    for (end, code) in [
        (stand("inactive", "success", 1, 1), 1),
        (stand("failed", "exit-code", 1, 7), 7),
        (stand("inactive", "success", 1, 0), 0),
    ] {
        let (ended, _) = asked(vec![BEGUN, runs(), ends(), end]);
        assert_eq!(ended, Ok(Some(code)));
    }
}

#[test]
fn one_that_was_ended_tells_nothing() {
    for end in [
        stand("failed", "timeout", 2, 15),
        stand("failed", "timeout", 1, 1),
        stand("failed", "signal", 2, 9),
        stand("failed", "resources", 0, 0),
        stand("failed", "exit-code", 1, 203),
    ] {
        let (ended, _) = asked(vec![BEGUN, end]);
        assert!(ended.is_err(), "{ended:?}");
    }
}

#[test]
fn without_a_manager_there_is_nobody_to_ask() {
    let private = PrivateBus::start();
    let at = |address: String| Bus {
        address,
        ..Bus::session()
    };
    for bus in [at(private.address()), at("unix:path=/nowhere".to_owned())] {
        let words = ["/bin/busy".to_owned()];
        assert_eq!(block_on(ask_on(&bus, &words, SOON)), Ok(None));
    }
}
