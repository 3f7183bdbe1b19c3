//! Which sources run, and what of the settings each depends on.

use jiff::SignedDuration;
use tokio::sync::mpsc::unbounded_channel;

use super::hearing::block_on;
use super::*;
use crate::config::CalendarPath;

/// Everything on.
fn all_on() -> Busy {
    Busy {
        wait: SignedDuration::from_hours(2),
        do_not_disturb: true,
        locked: true,
        away: true,
        away_after: SignedDuration::from_mins(5),
        presenting: true,
        ignore: Vec::new(),
        camera: true,
        microphone: true,
        calendar: CalendarSettings {
            files: vec![CalendarPath::parse("/nowhere/work.ics").unwrap()],
            ..CalendarSettings::default()
        },
        probe: Probe {
            command: Some(vec!["am-i-busy".to_owned()]),
            timeout: SignedDuration::from_secs(5),
            every: None,
        },
    }
}

/// Only the command counts.
fn probe_alone() -> Busy {
    Busy {
        do_not_disturb: false,
        locked: false,
        away: false,
        presenting: false,
        camera: false,
        microphone: false,
        calendar: CalendarSettings::default(),
        ..all_on()
    }
}

/// The sources that a change of the settings matters to.
fn concerned_by(change: impl Fn(&mut Busy)) -> Vec<Source> {
    let (before, mut after) = (all_on(), all_on());
    change(&mut after);
    let is_concerned = |one: &Source| Job::of(*one, &before) != Job::of(*one, &after);
    Source::ALL.into_iter().filter(is_concerned).collect()
}

#[test]
fn each_source_depends_on_its_own_part_of_the_settings() {
    use Source::{Away, Calendar, Camera, DoNotDisturb, Locked, Microphone, Presenting, Probe};

    assert_eq!(concerned_by(|busy| busy.wait *= 2), []);
    assert_eq!(concerned_by(|busy| busy.away_after *= 2), [Away]);
    let ignore = |busy: &mut Busy| busy.ignore.push("mpv".to_owned());
    assert_eq!(concerned_by(ignore), [Presenting]);
    let lighten = |busy: &mut Busy| busy.calendar.lighten_over = Some(busy.wait);
    assert_eq!(concerned_by(lighten), [Calendar]);
    assert_eq!(
        concerned_by(|busy| busy.probe.every = Some(busy.wait)),
        [Probe]
    );
    for (source, switch_off) in [
        (
            DoNotDisturb,
            (|busy| busy.do_not_disturb = false) as fn(&mut Busy),
        ),
        (Locked, |busy| busy.locked = false),
        (Away, |busy| busy.away = false),
        (Presenting, |busy| busy.presenting = false),
        (Camera, |busy| busy.camera = false),
        (Microphone, |busy| busy.microphone = false),
        (Calendar, |busy| busy.calendar.files.clear()),
        (Probe, |busy| busy.probe.command = None),
    ] {
        assert_eq!(concerned_by(switch_off), [source]);
    }
}

#[test]
fn a_source_whose_part_stays_goes_on() {
    let (tell, mut told) = unbounded_channel();
    block_on(async {
        let mut senses = Senses::new(tell);
        let mut settings = probe_alone();
        assert_eq!(senses.follow(&settings), [Source::Probe]);
        settings.wait *= 2;
        assert_eq!(senses.follow(&settings), []);
        settings.calendar = all_on().calendar;
        assert_eq!(senses.follow(&settings), [Source::Calendar]);
        settings.probe.timeout *= 2;
        assert_eq!(senses.follow(&settings), [Source::Probe]);
        settings = Busy {
            probe: Probe::default(),
            ..probe_alone()
        };
        assert_eq!(senses.follow(&settings), []);
        // One that was ended is not there any more.
        senses.ask(Source::Probe);
        let Some(Event::Sensed(Source::Probe, Reading::Unknown { why })) = told.recv().await else {
            panic!("it is told that it cannot tell");
        };
        assert_eq!(why, "it is not there to be asked");
    });
}
