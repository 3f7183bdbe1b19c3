//! What the witnesses come to; and, for their own tests, ears for one of them.

use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::timeout;

use super::*;
use crate::daemon::sense::hearing::SOON;

/// What a witness tells.
pub(super) struct HeardOf(UnboundedReceiver<(Witness, Result<Programs, Failure>)>);

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
