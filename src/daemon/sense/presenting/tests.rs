//! What the witnesses come to; and, for their own tests, ears for one of them.

use tokio::time::{Instant, timeout};

use super::*;
use crate::daemon::sense::hearing::{Heard, SOON, block_on_paused, listen};
use crate::engine::Source;

/// What a witness tells.
pub(super) struct HeardOf(UnboundedReceiver<Word>);

pub(super) fn listen_for(witness: Witness) -> (Told, HeardOf) {
    let (told, heard) = unbounded_channel();
    (Told { witness, told }, HeardOf(heard))
}

impl HeardOf {
    /// Waits until just these programs are told of.
    pub(super) async fn until(&mut self, programs: &[&str]) {
        let told = async { while self.0.recv().await.expect("it runs").1.unwrap() != programs {} };
        timeout(SOON, told).await.expect("it is told");
    }
}

/// What the witnesses' programs come to; none is a witness that failed.
fn come_to(all: &[Option<&[&str]>], ignored: &[&str]) -> Reading {
    let owned = |names: &[&str]| {
        names
            .iter()
            .map(|&name| name.to_owned())
            .collect::<Vec<_>>()
    };
    let told = all
        .iter()
        .map(|one| one.map(owned).ok_or("gone".to_owned()));
    let all: Vec<_> = told.collect();
    reading(all.iter(), &owned(ignored))
}

#[test]
fn the_first_program_of_any_witness_counts() {
    let nothing = Some(&[][..]);
    assert_eq!(come_to(&[nothing, nothing, nothing], &[]), Reading::Free);
    let two = [nothing, Some(&["mpv", "Firefox"]), None];
    assert_eq!(come_to(&two, &[]), busy_with("mpv"));
    // One without a name keeps the screen on, too.
    let busy = Reading::Busy {
        until: None,
        what: None,
    };
    assert_eq!(come_to(&[Some(&[""])], &[]), busy);
}

#[test]
fn programs_that_may_do_so_do_not_count() {
    let all: [Option<&[&str]>; 2] = [Some(&["Caffeine"]), Some(&["MPV", "Firefox"])];
    assert_eq!(come_to(&all, &["caffeine"]), busy_with("MPV"));
    assert_eq!(come_to(&all, &["caffeine", "mpv"]), busy_with("Firefox"));
    let three = ["caffeine", "mpv", "firefox"];
    assert_eq!(come_to(&all, &three), Reading::Free);
}

#[test]
fn it_is_unknown_only_where_nobody_can_tell() {
    assert_eq!(come_to(&[None, Some(&[]), None], &[]), Reading::Free);
    let unknown = come_to(&[None, None, None], &[]);
    assert!(matches!(unknown, Reading::Unknown { .. }), "{unknown:?}");
}

/// Hears what the test says in the witnesses' place, in a time that passes by itself.
fn hearing(story: impl AsyncFnOnce(&dyn Fn(Witness, &[&str]), &mut Heard)) {
    let (told, words) = unbounded_channel();
    let (teller, mut heard) = listen(Source::Presenting);
    let say = |witness, programs: &[&str]| {
        let programs = programs.iter().map(|&name| name.to_owned()).collect();
        told.send((witness, Ok(programs))).expect("it is heard");
    };
    block_on_paused(async {
        tokio::select! {
            ended = hear(words, &teller, &[]) => panic!("{ended:?}"),
            () = story(&say, &mut heard) => {}
        }
    });
}

#[test]
fn it_is_busy_as_soon_as_one_says_so_and_free_once_all_do() {
    hearing(async |say: &dyn Fn(Witness, &[&str]), heard: &mut Heard| {
        let begin = Instant::now();
        say(Witness::FullScreen, &["Impress"]);
        assert_eq!(heard.next().await, busy_with("Impress"));
        for witness in [Witness::FullScreen, Witness::Logind, Witness::Desktop] {
            say(witness, &[]);
        }
        assert_eq!(heard.next().await, Reading::Free);
        assert_eq!(begin.elapsed(), Duration::ZERO);
    });
}

#[test]
fn one_that_hangs_mutes_the_others_for_seconds_only() {
    hearing(async |say: &dyn Fn(Witness, &[&str]), heard: &mut Heard| {
        let begin = Instant::now();
        say(Witness::Desktop, &[]);
        say(Witness::FullScreen, &[]);
        assert_eq!(heard.next().await, Reading::Free);
        assert_eq!(begin.elapsed().as_secs(), 3);
        say(Witness::Logind, &["mpv"]);
        assert_eq!(heard.next().await, busy_with("mpv"));
    });
}

#[test]
fn where_all_hang_it_is_unknown_until_one_speaks() {
    hearing(async |say: &dyn Fn(Witness, &[&str]), heard: &mut Heard| {
        let unknown = heard.next().await;
        assert!(matches!(unknown, Reading::Unknown { .. }), "{unknown:?}");
        say(Witness::Logind, &[]);
        assert_eq!(heard.next().await, Reading::Free);
    });
}
