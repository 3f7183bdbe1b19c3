//! Buses that are lost, late, missing, or not of this machine.

use super::*;

#[test]
fn a_lost_bus_is_reported_once_and_found_again() {
    let (mut bus, server, subject) = desktop(Identity::default());
    subject.shown(notice(1));
    server.set_manner(Manner::Hold);
    subject.show(notice(2));
    server.notify(1);
    bus.stop();
    let Report::Failed {
        key: 2,
        failure: Failure::NoBus(_),
    } = subject.report()
    else {
        panic!("what was on its way has failed");
    };
    assert!(matches!(subject.report(), Report::BusLost { .. }));
    drop(server);
    bus.restart();
    assert_eq!(
        subject.report(),
        Report::Gone,
        "and no second BusLost before"
    );
    let server = Server::start(&bus.address(), Identity::default());
    assert!(matches!(subject.report(), Report::Ready { .. }));
    subject.shown(notice(1));
    assert_eq!(server.notify(0).replaces_id, 0);
}

#[test]
fn without_a_bus_a_notice_fails_and_makes_it_look_again_at_once() {
    let mut bus = Bus::start();
    bus.stop();
    let an_hour = Duration::from_secs(3600);
    let subject = Subject::start_with(&bus.address(), PATIENCE, an_hour);
    assert!(matches!(subject.report(), Report::BusLost { .. }));
    subject.show(notice(1));
    let Report::Failed {
        key: 1,
        failure: Failure::NoBus(reason),
    } = subject.report()
    else {
        panic!("it cannot be shown");
    };
    assert!(reason.contains("session bus"), "{reason}");
    bus.restart();
    let server = Server::start(&bus.address(), Identity::default());
    subject.show(notice(2));
    assert!(matches!(subject.report(), Report::Ready { .. }));
    assert_eq!(subject.report(), Report::Shown { key: 2 });
    assert_eq!(server.count(), 1);
}

#[test]
fn a_bus_that_never_answers_is_given_up() {
    let bus = Bus::start();
    bus.signal("STOP");
    let short = Duration::from_millis(50);
    let subject = Subject::start_with(&bus.address(), short, PATIENCE);
    let reason = "the session bus does not answer".to_owned();
    assert_eq!(subject.report(), Report::BusLost { reason });
    bus.signal("CONT");
}

#[test]
fn only_local_addresses_are_used() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("it is bound").port();
    for address in [
        format!("tcp:host=127.0.0.1,port={port}"),
        format!("nonce-tcp:host=127.0.0.1,port={port},noncefile=/dev/null"),
        "unixexec:path=/bin/true".to_owned(),
        "autolaunch:".to_owned(),
        "nonsense".to_owned(),
    ] {
        let subject = Subject::start(&address);
        let Report::BusLost { reason } = subject.report() else {
            panic!("{address} is refused");
        };
        assert!(reason.contains("`unix:`"), "{address}: {reason}");
    }
    listener.set_nonblocking(true).expect("it can be asked");
    let nobody = listener.accept().expect_err("nobody has called");
    assert_eq!(nobody.kind(), std::io::ErrorKind::WouldBlock);
}

#[test]
fn a_list_of_addresses_is_tried_for_a_local_one() {
    let bus = Bus::start();
    let list = format!(
        "tcp:host=127.0.0.1,port=1;unix:path=/nonexistent;{}",
        bus.address()
    );
    let subject = Subject::start(&list);
    assert_eq!(subject.report(), Report::Gone);
}
