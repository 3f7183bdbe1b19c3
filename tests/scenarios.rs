//! Scenarios: readable input, the effects it has to have, and time moved by hand.
//!
//! Each file in `tests/scenarios/` sets a zone, a start and a config, then tells a story: a line that begins with `>`
//! is something that happens, the lines below it are what the engine has to answer, word for word.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use attuned::config::{self, Level, PauseUntil, Scope};
use attuned::engine::{
    self, Action, Command, Effect, Engine, Event, Flow, Notice, Overwhelm, Reading, Record, Reply,
    ShowFailure, State, Trigger, Wanted,
};
use attuned::journal::{Channel, CheckIn, Content, Entry, EntryId, Moment, Origin, Quick};
use attuned::library::{Change, Library, Weight};
use attuned::schedule::words::parse_duration;
use attuned::source::Source;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

#[test]
fn every_scenario_goes_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() >= 10, "the scenarios are there: {files:?}");
    let mut failures = String::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let went = play(&text);
        if went != text {
            let name = file.file_name().unwrap().to_string_lossy();
            write!(
                failures,
                "\n== {name}, as it went ==\n{}",
                difference(&text, &went)
            )
            .unwrap();
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

/// Both texts, line by line, where they differ.
fn difference(expected: &str, went: &str) -> String {
    let mut out = String::new();
    let (expected, went): (Vec<_>, Vec<_>) = (expected.lines().collect(), went.lines().collect());
    for line in 0..expected.len().max(went.len()) {
        let (left, right) = (expected.get(line), went.get(line));
        if left == right {
            writeln!(out, "    {}", left.unwrap()).unwrap();
            continue;
        }
        for (mark, text) in [("-", left), ("+", right)] {
            if let Some(text) = text {
                writeln!(out, "  {mark} {text}").unwrap();
            }
        }
    }
    out
}

/// Plays a scenario and writes it down as it went.
fn play(text: &str) -> String {
    let mut out = String::new();
    let mut stage: Option<Stage> = None;
    let mut head = Head::default();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(happens) = line.strip_prefix("> ") else {
            if stage.is_none() || line.is_empty() || line.starts_with('#') {
                writeln!(out, "{line}").unwrap();
            }
            if stage.is_none() {
                head.read(line);
            }
            continue;
        };
        writeln!(out, "{line}").unwrap();
        let mut block = String::new();
        while let Some(indented) = lines.peek().and_then(|next| next.strip_prefix("    ")) {
            writeln!(out, "    {indented}").unwrap();
            writeln!(block, "{indented}").unwrap();
            lines.next();
        }
        let stage = stage.get_or_insert_with(|| Stage::new(&head));
        stage.happens(happens, &block, &mut out);
    }
    out
}

#[derive(Default)]
struct Head {
    zone: String,
    start: String,
    config: String,
}

impl Head {
    fn read(&mut self, line: &str) {
        if let Some(zone) = line.strip_prefix("zone ") {
            self.zone = zone.into();
        } else if let Some(start) = line.strip_prefix("start ") {
            self.start = start.into();
        } else if let Some(config) = line.strip_prefix("    ") {
            self.config.push_str(config);
            self.config.push('\n');
        }
    }
}

struct Stage {
    engine: Engine,
    now: Timestamp,
    /// What an earlier run saved, while it cannot be read.
    out_of_reach: Option<State>,
}

impl Stage {
    fn new(head: &Head) -> Self {
        let zone = TimeZone::get(&head.zone).unwrap();
        let now = instant(&zone, &head.start, None);
        let (config, library) = settings(&head.config);
        Self {
            engine: Engine::new(config, library, zone, State::new(42), now),
            now,
            out_of_reach: None,
        }
    }

    fn happens(&mut self, what: &str, block: &str, out: &mut String) {
        let (verb, rest) = what.split_once(' ').unwrap_or((what, ""));
        let id = || rest.split(' ').next().unwrap().parse::<u64>().unwrap();
        let word = || rest.split_once(' ').map_or("", |(_, word)| word);
        let event = match verb {
            "wake" => {
                self.move_to(rest);
                Event::Wake
            }
            "clock" => return self.move_to(rest),
            "next" => return self.write_next(out),
            "restart" => return self.restart(),
            "login" => {
                self.restart();
                self.engine = self.engine.clone().at_login(self.now);
                return;
            }
            "begin-anew" => return self.begin_anew(),
            "rejoin" => {
                let earlier = self.out_of_reach.take().expect(what);
                return self.engine.rejoin(earlier, self.now);
            }
            "shown" => Event::Shown(id()),
            "failed" => Event::Failed(id(), failure(word())),
            "press" => Event::Pressed(id(), Action::from_key(word()).expect(what)),
            "click" => Event::Clicked(id()),
            "reply" => Event::Replied(id(), word().to_owned()),
            "dismissed" => Event::Dismissed(id()),
            "sensed" => sensed(rest),
            "light-day" => {
                let until =
                    (rest != "no").then(|| instant(self.engine.zone(), rest, Some(self.now)));
                Event::LightDay(until)
            }
            "ended" => Event::ProgramEnded(rest.to_owned()),
            "ready" => Event::ServiceReady,
            "gone" => Event::ServiceGone,
            "zone" => Event::ZoneChanged(TimeZone::get(rest).unwrap()),
            "reload" => {
                let (config, library) = settings(block);
                Event::Reloaded { config, library }
            }
            "pause" => Event::Command(pause(rest)),
            "resume" => Event::Command(Command::Resume(scope(rest))),
            "snooze" => Event::Command(Command::Snooze(parse_duration(rest).ok())),
            "overwhelmed" => Event::Command(Command::Overwhelmed {
                notify: rest.starts_with("--notify"),
                unread: rest.ends_with("--unread"),
                entry: None,
            }),
            "steady" => Event::Command(Command::Steady {
                by_a_step: rest == "--step",
            }),
            "check-in" => Event::Command(self.check_in(rest)),
            "in-force" => return self.write_in_force(out),
            "library" => {
                let (change, names) = rest.split_once(' ').expect(what);
                Event::Command(Command::Library {
                    change: change_called(change),
                    names: names.split(' ').map(str::to_owned).collect(),
                    notices_read: false,
                })
            }
            "now" | "bring" => {
                let name = (!rest.is_empty()).then_some(rest);
                let wanted = Wanted::by_name(name, self.engine.library()).expect(what);
                Event::Command(Command::Now {
                    wanted,
                    unread: verb == "bring",
                })
            }
            _ => panic!("unknown: {what}"),
        };
        for effect in self.engine.handle(event, self.now) {
            if let Some(line) = self.describe(&effect) {
                writeln!(out, "{line}").unwrap();
            }
        }
    }

    fn move_to(&mut self, time: &str) {
        self.now = instant(self.engine.zone(), time, Some(self.now));
    }

    fn write_next(&self, out: &mut String) {
        let next = self.engine.next_wake();
        let next = next.map_or_else(|| "never".into(), |at| self.local(at));
        writeln!(out, "{next}").unwrap();
    }

    /// What holds beside the settings, and until when.
    fn write_in_force(&self, out: &mut String) {
        let overview = self.engine.overview(self.now);
        match overview.overwhelm {
            Some(stage) => {
                let name = match stage {
                    Overwhelm::Rest { .. } => "rest",
                    Overwhelm::Ease { .. } => "ease",
                };
                let until = self.local(stage.until());
                writeln!(out, "{name} until {until}, up to {}", stage.ceiling()).unwrap();
            }
            None => writeln!(out, "no rest").unwrap(),
        }
        writeln!(out, "rate {:?}", overview.rate).unwrap();
    }

    /// By command: "okay", "hard", "too-much" or "-", then words.
    fn check_in(&self, said: &str) -> Command {
        let (quick, words) = said.split_once(' ').unwrap_or((said, ""));
        let check_in = CheckIn {
            quick: match quick {
                "okay" => Some(Quick::Okay),
                "hard" => Some(Quick::Hard),
                "too-much" => Some(Quick::TooMuch),
                _ => None,
            },
            words: words.split_whitespace().map(str::to_owned).collect(),
            ..CheckIn::default()
        };
        let entry = Entry {
            version: attuned::journal::VERSION,
            id: EntryId::new(self.now, 7),
            revision: 1,
            moment: Moment::new(self.now, self.engine.zone()),
            origin: Origin::Own,
            channel: Channel::Terminal,
            prompt: None,
            asked: None,
            content: Content::CheckIn(check_in),
        };
        Command::Answer {
            entry: Box::new(entry),
            delivery: None,
        }
    }

    /// As where what was saved cannot be read at a start; "rejoin" brings it within reach.
    fn begin_anew(&mut self) {
        self.out_of_reach = Some(self.engine.state().clone());
        let state = State::new(43);
        self.engine = self.engine.going_on_from(state, self.now);
    }

    /// As after a crash: all that is left is the saved state.
    fn restart(&mut self) {
        let saved = serde_json::to_string(self.engine.state()).unwrap();
        let state = serde_json::from_str(&saved).unwrap();
        let (config, library) = (self.engine.config().clone(), self.engine.library().clone());
        let zone = self.engine.zone().clone();
        self.engine = Engine::new(Arc::new(config), Arc::new(library), zone, state, self.now);
    }

    fn local(&self, at: Timestamp) -> String {
        let local = self.engine.zone().to_datetime(at);
        let text = local.strftime("%Y-%m-%d %H:%M:%S").to_string();
        text.strip_suffix(":00").map_or(text.clone(), str::to_owned)
    }

    fn describe(&self, effect: &Effect) -> Option<String> {
        Some(match effect {
            Effect::Save(_) => return None,
            Effect::Record(record) => describe_record(record),
            Effect::Write(entry) => describe_entry(entry),
            Effect::Show(notice) => self.describe_notice(notice),
            Effect::Close(id) => format!("close {id}"),
            Effect::Ask(source) => format!("ask {source:?}"),
            Effect::Open(flow) => format!("open {}", describe_flow(flow)),
            Effect::Reply(reply) => self.describe_reply(reply),
        })
    }

    /// A chosen prompt is named by collection and kind: which one comes up is the choice's own affair.
    fn describe_notice(&self, notice: &Notice) -> String {
        let live = self
            .engine
            .state()
            .live
            .iter()
            .find(|one| one.record.id == notice.delivery);
        let card = live.and_then(|one| one.card()).unwrap();
        let what = match &card.prompt {
            _ if live.is_some_and(|one| one.stage != attuned::engine::Stage::Asking) => {
                format!("{:?}", notice.body.lines().next().unwrap())
            }
            Some(id) => format!("<{} {}>", id.split('/').next().unwrap(), card.kind.name()),
            None => format!("{:?} {:?}", notice.title, notice.body),
        };
        let hidden = if card.private { " hidden" } else { "" };
        let quiet = if notice.quiet { " quiet" } else { "" };
        let support = if notice.body.contains("attuned support") {
            " with support"
        } else {
            ""
        };
        let buttons: Vec<_> = notice
            .actions
            .iter()
            .map(|action| format!("[{}]", action.label()))
            .collect();
        let buttons = match &buttons[..] {
            [] => "without buttons".to_owned(),
            buttons => buttons.join(" "),
        };
        format!(
            "show {} {what}{hidden}{quiet}{support} {buttons}",
            notice.delivery
        )
    }

    fn describe_reply(&self, reply: &Reply) -> String {
        match reply {
            Reply::Sent(_) => "reply: sent".into(),
            Reply::Held => "reply: held".into(),
            Reply::Read(card) => format!("reply: read {}", card.title),
            Reply::Paused {
                pause,
                earlier,
                next,
            } => {
                let next = next.map_or_else(|| "none".into(), |at| self.local(at));
                let already = if *earlier { "already " } else { "" };
                format!(
                    "reply: {already}paused until {}, next {next}",
                    self.local(pause.until)
                )
            }
            Reply::Resumed { ended, remaining } => {
                format!("reply: {} ended, {} remain", ended.len(), remaining.len())
            }
            Reply::Snoozed { until, .. } => format!("reply: snoozed until {}", self.local(*until)),
            Reply::Changed(changed) => {
                let changed = changed.iter().map(|one| {
                    let new = if one.is_new { "changed" } else { "as it was" };
                    let gone = if one.was_open { ", off the screen" } else { "" };
                    format!("{} {new}{gone}", one.id)
                });
                format!("reply: {}", changed.collect::<Vec<_>>().join("; "))
            }
            Reply::Kept { then, .. } => {
                let then = then.as_ref().and_then(|card| card.prompt.as_deref());
                let then = then.and_then(|id| id.split('/').next());
                format!("reply: checked in, then {}", then.unwrap_or("nothing"))
            }
            Reply::Overwhelmed { practice, until } => {
                let id = practice.as_ref().and_then(|card| card.prompt.as_deref());
                let library = self.engine.library();
                let looks_outward = id
                    .and_then(|id| library.prompt(id))
                    .is_some_and(|prompt| prompt.tags.iter().any(|tag| tag == "outward"));
                let until = self.local(*until);
                match practice {
                    Some(_) => format!("reply: outward {looks_outward}, little until {until}"),
                    None => format!("reply: sent, little until {until}"),
                }
            }
            Reply::Steady {
                before,
                now,
                rate,
                still,
            } => format!("reply: {before:?} → {now:?}, {rate:?} → {still:?}"),
            Reply::ReadFirst(notices) => format!("reply: read first: {}", notices[0].notice),
            Reply::Refused { message, .. } => format!("reply: no: {message}"),
        }
    }
}

/// An entry's id is time and chance.
fn describe_flow(flow: &Flow) -> String {
    match flow {
        Flow::Amend { .. } => "attuned check-in --entry ID".into(),
        other => other.to_string(),
    }
}

fn describe_entry(entry: &Entry) -> String {
    let what = serde_json::to_value(&entry.content).unwrap();
    let what = |key: &str| what[key].as_str().unwrap_or("-").to_owned();
    let local = entry.moment.local().strftime("%m-%d %H:%M");
    let note = entry.content.note();
    let note = note.map_or_else(String::new, |note| format!(" {note:?}"));
    format!("write {} {}{note} at {local}", what("kind"), what("quick"))
}

fn describe_record(record: &Record) -> String {
    let from = match &record.trigger {
        Trigger::Reminder { name, .. } => name.clone(),
        Trigger::Request { .. } => "asked for".into(),
        Trigger::HowOften => "how often".into(),
        Trigger::FollowUp { of } => format!("after {of}"),
    };
    let fate = match (&record.outcome, record.was_shown()) {
        (Some(outcome), _) => outcome.to_string(),
        (None, true) => "shown".into(),
        (None, false) => "sent".into(),
    };
    let count = if record.count > 1 {
        format!(" ×{}", record.count)
    } else {
        String::new()
    };
    let local = record.local.strftime("%m-%d %H:%M");
    format!("record {} {from} {local}{count}: {fate}", record.id)
}

/// "10:30" on the same day, or "2026-11-23 10:30", or with seconds.
fn instant(zone: &TimeZone, text: &str, before: Option<Timestamp>) -> Timestamp {
    let full = match (text.split_once(' '), before) {
        (Some((date, time)), _) => format!("{date}T{time}"),
        (None, Some(before)) => format!("{}T{text}", zone.to_datetime(before).date()),
        (None, None) => panic!("the start needs a date: {text}"),
    };
    let local: DateTime = full.parse().expect(text);
    zone.to_timestamp(local).unwrap()
}

fn settings(person: &str) -> (Arc<config::Config>, Arc<Library>) {
    let library = Library::shipped();
    let layers = [Source::new("config.toml", person.to_owned())];
    let (config, warnings) = config::load(&layers, &library).unwrap_or_else(|errors| {
        panic!(
            "{}",
            errors
                .iter()
                .map(|one| one.render(false))
                .collect::<String>()
        )
    });
    assert!(warnings.is_empty(), "{warnings:?}");
    (Arc::new(config), Arc::new(library))
}

fn change_called(word: &str) -> Change {
    match word {
        "hide" => Change::Hide,
        "unhide" => Change::Unhide,
        "favour" => Change::Favour,
        "enable" => Change::Enable,
        "disable" => Change::Disable,
        "never" => Change::Weight(Weight::Never),
        other => panic!("unknown change: {other}"),
    }
}

/// "microphone busy", "calendar free", "probe on-request".
fn sensed(words: &str) -> Event {
    let (source, says) = words.split_once(' ').expect(words);
    let source: engine::Source = serde_json::from_value(source.into()).expect(words);
    let reading = match says {
        "busy" => Reading::Busy {
            until: None,
            what: None,
        },
        "free" => Reading::Free,
        "unknown" => Reading::Unknown {
            why: "it is not there".into(),
        },
        "looking" => Reading::Looking,
        "on-request" => Reading::OnRequest,
        other => panic!("unknown reading: {other}"),
    };
    Event::Sensed(source, reading)
}

fn failure(word: &str) -> ShowFailure {
    match word {
        "no-service" => ShowFailure::NoService,
        "no-answer" => ShowFailure::NoAnswer,
        other => panic!("unknown failure: {other}"),
    }
}

/// "--only NAME", or nothing for everything.
fn scope(words: &str) -> Scope {
    match words.split_once("--only ") {
        Some((_, names)) => Scope::Only(names.split(' ').map(str::to_owned).collect()),
        None => Scope::All,
    }
}

/// "today", "2h --light", "1h --only NAME", "2h --light --only NAME OTHER".
fn pause(words: &str) -> Command {
    let only = scope(words);
    let words = words
        .split_once(" --only ")
        .map_or(words, |(words, _)| words);
    if let Some(program) = words.strip_prefix("--while ") {
        return Command::Pause {
            until: PauseUntil::ProgramEnds(program.to_owned()),
            scope: only,
            level: Level::Full,
        };
    }
    let (words, level) = match words.strip_suffix(" --light") {
        Some(words) => (words, Level::Light),
        None => (words, Level::Full),
    };
    Command::Pause {
        until: PauseUntil::parse(words).unwrap(),
        scope: only,
        level,
    }
}
