use std::fs;
use std::path::Path;

use tokio::task::yield_now;

use super::*;
use crate::daemon::sense::hearing::{SOON, block_on, end_of};

fn shell(script: &str) -> Vec<String> {
    ["/bin/sh", "-c", script].map(str::to_owned).to_vec()
}

fn ask_for(script: &str, limit: Duration) -> Result<i32, Failure> {
    block_on(ask(&shell(script), limit))
}

/// The number that a script wrote, once it has.
async fn number_in(file: &Path) -> Pid {
    let number = async {
        loop {
            let text = fs::read_to_string(file).unwrap_or_default();
            // The line's end comes last.
            if let Some(number) = text.strip_suffix('\n') {
                return Pid::from_raw(number.parse().unwrap()).unwrap();
            }
            yield_now().await;
        }
    };
    timeout(SOON, number).await.expect("the script runs")
}

#[test]
fn what_it_ends_with_is_told() {
    for code in [0, 1, 2, 255] {
        assert_eq!(ask_for(&format!("exit {code}"), SOON), Ok(code));
    }
    let why = ask_for("kill -TERM $$", SOON).unwrap_err();
    assert_eq!(why, "a signal ended the command");
}

#[test]
fn what_it_prints_goes_nowhere_and_it_reads_nothing() {
    assert_eq!(ask_for("head -c 10000000 /dev/zero; cat", SOON), Ok(0));
}

#[test]
fn no_shell_reads_its_words() {
    let words = ["/usr/bin/test", "$HOME", "=", "$HOME;"].map(str::to_owned);
    assert_eq!(block_on(ask(&words, SOON)), Ok(1));
}

#[test]
fn one_that_does_not_end_is_ended_with_its_children() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("child");
    let script = format!("sleep 1000 & echo $! > {}; wait", file.display());
    let why = ask_for(&script, Duration::from_secs(1)).unwrap_err();
    assert_eq!(why, "the command did not end within 1 s");
    block_on(async { end_of(number_in(&file).await).await });
}

#[test]
fn what_it_leaves_behind_is_ended() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("child");
    let script = format!("sleep 1000 & echo $! > {}; exit 1", file.display());
    assert_eq!(ask_for(&script, SOON), Ok(1));
    block_on(async { end_of(number_in(&file).await).await });
}

#[test]
fn it_ends_with_whoever_asked() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("child");
    let script = format!("sleep 1000 & echo $! > {}; wait", file.display());
    let words = shell(&script);
    block_on(async {
        let child = tokio::select! {
            ended = ask(&words, SOON) => panic!("{ended:?}"),
            child = number_in(&file) => child,
        };
        end_of(child).await;
    });
}
