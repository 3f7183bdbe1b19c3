use super::*;
use crate::daemon::sense::hearing::{block_on, is_busy, is_free, listen};
use crate::engine::Source;

fn probe(command: &str, every: Option<SignedDuration>) -> Probe {
    Probe {
        command: shlex::split(command),
        timeout: SignedDuration::from_secs(20),
        every,
    }
}

#[test]
fn the_end_of_the_command_is_its_word() {
    assert!(is_busy(&reading(Ok(0))));
    assert!(is_free(&reading(Ok(1))));
    for unknown in [Ok(2), Ok(127), Err("gone".to_owned())] {
        let reading = reading(unknown);
        assert!(matches!(reading, Reading::Unknown { .. }), "{reading:?}");
    }
}

#[test]
fn it_is_asked_when_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let flag = folder.path().join("busy");
    let probe = probe(&format!("test -e {}", flag.display()), None);
    block_on(async {
        let (mut teller, mut heard) = listen(Source::Probe);
        let story = async {
            assert_eq!(heard.next().await, Reading::OnRequest);
            heard.ask();
            assert!(is_free(&heard.next().await));
            std::fs::write(&flag, "").unwrap();
            heard.ask();
            assert!(is_busy(&heard.next().await));
        };
        tokio::select! {
            ended = run(&mut teller, &probe) => panic!("{ended:?}"),
            () = story => {}
        }
    });
}

#[test]
fn it_is_asked_by_itself_where_the_settings_say_so() {
    let probe = probe("true", Some(SignedDuration::from_millis(1)));
    block_on(async {
        let (mut teller, mut heard) = listen(Source::Probe);
        let story = async {
            for _ in 0..3 {
                assert!(is_busy(&heard.next().await));
            }
        };
        tokio::select! {
            ended = run(&mut teller, &probe) => panic!("{ended:?}"),
            () = story => {}
        }
    });
}

#[test]
fn a_program_that_is_nowhere_is_told_without_its_name() {
    let secret = ["/nowhere/secret".to_owned()];
    let why = block_on(ask(&secret, Duration::from_secs(20))).unwrap_err();
    assert_eq!(why, "the command's program is not installed");
}
