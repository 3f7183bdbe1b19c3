//! Ten years of somebody's journal, and of the prompts beside it: far more than most people ever write, and as uneven.

use std::path::Path;

use attuned::daemon::store::Store;
use attuned::engine::{Answer, Batch, Card, Outcome as End, Record, Trigger};
use attuned::journal::{
    Change, Channel, CheckIn, Content, Entry, EntryId, Moment, Origin, Outcome, Place, Quick,
    VERSION, feelings,
};
use attuned::library::{Kind, Library, Prompt};
use attuned::schedule::SplitMix64;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// How many check-ins, notes and wins.
pub const ENTRIES: usize = 75_000;

/// How many prompts: six a day.
pub const RECORDS: usize = 21_900;

/// How long, in hours.
const HOURS: u64 = 10 * 365 * 24;

/// So many are written at once.
const AT_ONCE: usize = 5_000;

/// What notes are made of, besides prompts' own sentences.
const ABOUT: [&str; 12] = [
    "work",
    "the team",
    "my sister",
    "a friend",
    "sleep",
    "the news",
    "money",
    "the garden",
    "an old letter",
    "the dentist",
    "Straße und Straßenbahn",
    "a walk at noon",
];

/// A word that few entries have.
pub const RARE: &str = "kingfisher";

/// Makes a database with all of it, up to `end`.
pub fn fill(database: &Path, end: Timestamp) {
    let mut store = Store::open(database, end).expect("a new database").store;
    let mut writer = Writer::new(end);
    for (from, to) in stretches(ENTRIES) {
        let entries = (from..to).map(|nth| writer.entry(nth)).collect();
        let changed = store.change_journal(&Change::Keep(entries));
        assert_eq!(changed.expect("room on the disk").added, (to - from) as u64);
    }
    for (from, to) in stretches(RECORDS) {
        let records = (from..to).map(|nth| writer.record(nth)).collect();
        let batch = Batch {
            records,
            ..Batch::default()
        };
        store.keep(&batch).expect("room on the disk");
    }
}

fn stretches(all: usize) -> impl Iterator<Item = (usize, usize)> {
    let begins = (0..all).step_by(AT_ONCE);
    begins.map(move |from| (from, (from + AT_ONCE).min(all)))
}

/// Writes everything, the same each time.
struct Writer {
    end: Timestamp,
    home: TimeZone,
    away: TimeZone,
    prompts: Vec<Prompt>,
    random: SplitMix64,
}

impl Writer {
    fn new(end: Timestamp) -> Self {
        let zone = |name| TimeZone::get(name).expect("a zone of the database");
        Self {
            end,
            home: zone("Europe/Berlin"),
            away: zone("Asia/Kathmandu"),
            prompts: Library::shipped().prompts().cloned().collect(),
            random: SplitMix64::new(11),
        }
    }

    /// Spread over the years; within a day as it comes.
    fn time(&mut self, nth: usize, of: usize) -> Timestamp {
        let minutes = HOURS * 60;
        let back = (of - nth) as u64 * minutes / of as u64;
        let back = back.saturating_sub(self.random.below(600));
        let back = i64::try_from(back).expect("ten years are few minutes");
        self.end - SignedDuration::from_mins(back)
    }

    fn entry(&mut self, nth: usize) -> Entry {
        let at = self.time(nth, ENTRIES);
        // One week of twelve is spent elsewhere.
        let is_away = at.as_second() / (7 * 86_400) % 12 == 0;
        let zone = if is_away { &self.away } else { &self.home };
        let moment = Moment::new(at, zone);
        let id = EntryId::new(moment.at, self.random.next_u64());
        let prompt = self.one_in(2).then(|| self.prompt());
        let (id_of_prompt, asked) = prompt.map(|one| (one.id, one.text)).unzip();
        let content = match self.random.below(20) {
            0..13 => Content::CheckIn(self.check_in()),
            13..18 => Content::Note { note: self.note() },
            _ => Content::Win { note: self.note() },
        };
        Entry {
            version: VERSION,
            id,
            revision: 1,
            moment,
            origin: if id_of_prompt.is_some() {
                Origin::Reminder
            } else {
                Origin::Own
            },
            channel: Channel::Terminal,
            prompt: id_of_prompt,
            asked: asked.map(|text| text.to_string()),
            content,
        }
    }

    fn check_in(&mut self) -> CheckIn {
        if self.one_in(25) {
            return CheckIn {
                outcome: Outcome::RatherNot,
                ..CheckIn::default()
            };
        }
        let quick = [
            Quick::Okay,
            Quick::Okay,
            Quick::Okay,
            Quick::Hard,
            Quick::Hard,
            Quick::TooMuch,
        ];
        let quick = self.pick(&quick);
        if self.one_in(2) {
            return CheckIn::quick(quick);
        }
        let words: Vec<&str> = feelings::feelings().map(|one| one.word).collect();
        let words = (0..=self.random.below(3)).map(|_| self.pick(&words).to_owned());
        let words: Vec<String> = words.collect();
        let place = words.iter().find_map(|word| feelings::place_of(word));
        let place = place.unwrap_or(Place::MIDDLE);
        CheckIn {
            pleasant: Some(place.pleasant),
            energy: Some(place.energy),
            words,
            body: vec![
                self.pick(&["chest", "shoulders", "belly", "jaw"])
                    .to_owned(),
            ],
            context: vec![self.pick(&ABOUT).to_owned()],
            need: vec![self.pick(&["rest", "company", "quiet", "food"]).to_owned()],
            note: self.one_in(3).then(|| self.note()),
            ..CheckIn::quick(quick)
        }
    }

    /// One to six sentences; a line break here and there.
    fn note(&mut self) -> String {
        let mut note = format!("About {}.", self.pick(&ABOUT));
        for _ in 0..self.random.below(6) {
            note += self.pick(&[" ", " ", "\n"]);
            note += &self.prompt().text;
        }
        if self.one_in(1_500) {
            note = format!("{note} A {RARE} by the water.");
        }
        note
    }

    fn record(&mut self, nth: usize) -> Record {
        let due = self.time(nth, RECORDS);
        let moment = Moment::new(due, &self.home);
        let prompt = self.prompt();
        let is_check_in = prompt.kind == Kind::CheckIn;
        let outcome = match self.random.below(10) {
            0..4 if is_check_in => End::Answered(Answer::Okay),
            0..4 => End::Read,
            4..7 => End::Dismissed,
            _ => End::Expired,
        };
        let trigger = if self.one_in(20) {
            Trigger::Request { collection: None }
        } else {
            let when = "3 times a day between 09:00 and 18:00, at least 90 minutes apart".into();
            Trigger::Reminder {
                name: "kind-pause".into(),
                when,
            }
        };
        let card = Card {
            prompt: Some(prompt.id.clone()),
            kind: prompt.kind,
            title: prompt.title.to_string(),
            text: prompt.text.to_string(),
            private: prompt.private,
            steps: Vec::new(),
        };
        Record {
            id: nth as u64 + 1,
            trigger,
            due,
            local: moment.local(),
            zone: moment.zone,
            count: 1,
            card: Some(card),
            choice: None,
            shown_at: Some(due),
            ended_at: Some(due + SignedDuration::from_mins(3)),
            outcome: Some(outcome),
            held: None,
        }
    }

    fn prompt(&mut self) -> Prompt {
        let nth = self.random.below(self.prompts.len() as u64);
        self.prompts[usize::try_from(nth).expect("below a length")].clone()
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.random.below(n) == 0
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let nth = self.random.below(from.len() as u64);
        from[usize::try_from(nth).expect("below a length")]
    }
}
