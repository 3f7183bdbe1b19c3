//! With another program in pw-dump's place.

use rustix::process::{Pid, Signal, kill_process};
use tokio::time::timeout;

use super::*;
use crate::daemon::sense::hearing::{SOON, block_on, end_of, listen};
use crate::engine::Source;

/// A PipeWire with a program that listens, by the number of the process that tells of it.
pub(in crate::daemon::sense) fn with_a_listener() -> PipeWire {
    PipeWire::by(|| {
        let node = |id, props| {
            format!(
                r#"{{ "id": {id}, "type": "PipeWire:Interface:Node",
                      "info": {{ "state": "running", "props": {{ {props} }} }} }}"#
            )
        };
        let microphone = node(1, r#""media.class": "Audio/Source""#);
        let program = node(
            2,
            r#""media.class": "Stream/Input/Audio", "application.name": "'$$'""#,
        );
        let link = r#"{ "id": 3, "type": "PipeWire:Interface:Link",
                        "info": { "output-node-id": 1, "input-node-id": 2 } }"#;
        let script = format!("echo '[{microphone}, {program}, {link}]'; exec sleep 1000");
        let mut command = apart::command("/bin/sh");
        command.args(["-c", &script]);
        command.into()
    })
}

/// Ends the process that told of this program.
pub(in crate::daemon::sense) fn end(listener: &str) {
    let _ = kill_process(process(listener), Signal::KILL);
}

fn process(listener: &str) -> Pid {
    Pid::from_raw(listener.parse().expect("a number")).expect("not zero")
}

/// Waits until what is seen fits.
async fn see<T>(look: &mut Look, what: impl Fn(Result<Users, Failure>) -> Option<T>) -> T {
    let seen = async {
        loop {
            if let Some(seen) = look.view().and_then(&what) {
                return seen;
            }
            look.changed().await.expect("it is followed");
        }
    };
    timeout(SOON, seen).await.expect("it is seen")
}

async fn listener(look: &mut Look) -> String {
    see(look, |view| view.ok()?.listener).await
}

#[test]
fn one_process_tells_all_that_look_and_ends_with_the_last() {
    let pipewire = with_a_listener();
    let (teller, _heard) = listen(Source::Microphone);
    block_on(async {
        let mut first = pipewire.look(teller.waits());
        let told = listener(&mut first).await;
        let mut second = pipewire.look(teller.waits());
        assert_eq!(listener(&mut second).await, told);
        drop(first);
        let mut third = pipewire.look(teller.waits());
        assert_eq!(listener(&mut third).await, told);
        drop((second, third));
        end_of(process(&told)).await;
        let mut another = pipewire.look(teller.waits());
        assert_ne!(listener(&mut another).await, told);
    });
}

#[test]
fn a_failure_is_told_to_all_and_so_is_that_it_is_over() {
    let pipewire = with_a_listener();
    let (teller, heard) = listen(Source::Microphone);
    block_on(async {
        let mut looks = [(); 2].map(|()| pipewire.look(teller.waits()));
        let before = listener(&mut looks[0]).await;
        end(&before);
        for look in &mut looks {
            assert_eq!(see(look, Result::err).await, "PipeWire has ended");
        }
        heard.nudge();
        let after = listener(&mut looks[0]).await;
        assert_ne!(after, before);
        assert_eq!(listener(&mut looks[1]).await, after);
    });
}
