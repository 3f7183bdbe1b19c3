//! The sections of the settings and their keys, in the order of `config/default.toml`.

use jiff::SignedDuration;
use jiff::civil::Weekday;

use super::shape::{
    Addresses, Ago, InCountry, Language, Length, Line, Lines, Names, Paths, PauseWhen, Ranges,
    Switch, Table, Tables, Weights, Whole, Word, Words,
};
use super::{Key, REMINDER};
use crate::config::Level;
use crate::config::names::Means;
use crate::library::{Intensity, Need};
use crate::schedule::words::Days;

const SECOND: SignedDuration = SignedDuration::from_secs(1);
const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const HALF_DAY: SignedDuration = SignedDuration::from_hours(12);
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// The whole file.
#[must_use]
pub fn root() -> Vec<Key> {
    vec![
        REMINDER.any(),
        HOURS.any(),
        PACE.any(),
        NOTIFICATION.any(),
        LIBRARY.any(),
        PAUSE.any(),
        BUSY.any(),
        CALENDAR.any(),
        JOURNAL.any(),
        SUPPORT.any(),
    ]
}

/// `[hours]`.
pub const HOURS: Key<Table> = Key::new(
    "hours",
    Table(|| hours().map(Key::any).to_vec()),
    "When attuned may speak. A day's own line wins over weekdays and weekends, and those win over daily.",
);

/// The keys of `[hours]`, the weakest first: a day's own key wins over its group's, and that over `daily`.
#[must_use]
pub fn hours() -> [Key<Ranges>; 10] {
    let day = |name, weekday: Weekday, help| Key::new(name, Ranges(weekday.into()), help);
    [
        Key::new(
            "daily",
            Ranges(Days::EVERY_DAY),
            "When attuned may speak on every day, such as \"09:00-21:00\".",
        ),
        Key::new(
            "weekdays",
            Ranges(Days::WEEKDAYS),
            "When attuned may speak from Monday to Friday; [] is a silent day.",
        ),
        Key::new(
            "weekends",
            Ranges(Days::WEEKENDS),
            "When attuned may speak at weekends; [] is a silent day.",
        ),
        day(
            "mon",
            Weekday::Monday,
            "When attuned may speak on Mondays; [] is a silent day.",
        ),
        day(
            "tue",
            Weekday::Tuesday,
            "When attuned may speak on Tuesdays; [] is a silent day.",
        ),
        day(
            "wed",
            Weekday::Wednesday,
            "When attuned may speak on Wednesdays; [] is a silent day.",
        ),
        day(
            "thu",
            Weekday::Thursday,
            "When attuned may speak on Thursdays; [] is a silent day.",
        ),
        day(
            "fri",
            Weekday::Friday,
            "When attuned may speak on Fridays; [] is a silent day.",
        ),
        day(
            "sat",
            Weekday::Saturday,
            "When attuned may speak on Saturdays; [] is a silent day.",
        ),
        day(
            "sun",
            Weekday::Sunday,
            "When attuned may speak on Sundays; [] is a silent day.",
        ),
    ]
}

/// `[pace]`.
pub const PACE: Key<Table> = Key::new(
    "pace",
    Table(|| vec![CAP.any(), GAP.any(), EXPIRY.any(), SNOOZE.any()]),
    "How many prompts, and how far apart. A cap or gap you write yourself binds all reminders; the built-in ones bind the random ones.",
);

/// The most prompts in a day.
pub const CAP: Key<Whole> = Key::new(
    "cap",
    Whole(0..=24),
    "The most prompts in a day. 0 is silence.",
);

/// The least time between two prompts.
pub const GAP: Key<Length> = Key::new(
    "gap",
    Length(MINUTE..=HALF_DAY),
    "The least time between two prompts.",
);

/// How long a prompt waits.
pub const EXPIRY: Key<Length> = Key::new(
    "expiry",
    Length(MINUTE..=DAY),
    "How long a prompt waits for you before it goes away.",
);

/// How long "Later" is.
pub const SNOOZE: Key<Length> = Key::new(
    "snooze",
    Length(MINUTE..=HALF_DAY),
    "How long \"Later\" is.",
);

/// `[notification]`.
pub const NOTIFICATION: Key<Table> = Key::new(
    "notification",
    Table(|| vec![SOUND.any(), PRIVATE.any(), TERMINAL.any()]),
    "How notifications behave.",
);

/// The desktop's sound.
pub const SOUND: Key<Switch> = Key::new(
    "sound",
    Switch,
    "Let the desktop play its notification sound.",
);

/// Text after a click.
pub const PRIVATE: Key<Switch> = Key::new(
    "private",
    Switch,
    "Show the text of every prompt only after a click. The title never tells much.",
);

/// What a click on a prompt opens.
pub const TERMINAL: Key<Line> = Key::new(
    "terminal",
    Line(500),
    "What a click on a prompt opens: a terminal, such as \"foot\" or \"konsole -e\". Without it: one that is found.",
);

/// `[library]`.
pub const LIBRARY: Key<Table> = Key::new(
    "library",
    Table(|| {
        vec![
            LANGUAGE.any(),
            ENABLE.any(),
            DISABLE.any(),
            CEILING.any(),
            AVOID.any(),
            HIDE.any(),
            FAVOUR.any(),
            WEIGHTS.any(),
        ]
    }),
    "Which prompts may come. See what there is: attuned library list",
);

/// The prompts' language.
pub const LANGUAGE: Key<Language> = Key::new(
    "language",
    Language,
    "The language of the prompts, such as \"en\" or \"pt-BR\".",
);

/// Collections to switch on.
pub const ENABLE: Key<Names> = Key::new(
    "enable",
    Names(Means::Collection),
    "Collections to switch on that are off by default.",
);

/// Collections to switch off.
pub const DISABLE: Key<Names> = Key::new(
    "disable",
    Names(Means::Collection),
    "Collections to switch off.",
);

/// The strongest a prompt may be.
pub const CEILING: Key<Word<Intensity>> = Key::new(
    "ceiling",
    Word(Intensity::WORDS),
    "The strongest a prompt may be.",
);

/// What not to be asked for.
pub const AVOID: Key<Words<Need>> = Key::new(
    "avoid",
    Words(Need::AVOIDABLE),
    "What you cannot do or would rather not; prompts that ask for it come in other words.",
);

/// Prompts not to show.
pub const HIDE: Key<Names> = Key::new(
    "hide",
    Names(Means::Prompt),
    "Single prompts you do not want to see, by their full id such as \"small-wins/a-bit-better\".",
);

/// Prompts to show more often.
pub const FAVOUR: Key<Names> = Key::new(
    "favour",
    Names(Means::Prompt),
    "Single prompts you would like to see more, by their full id.",
);

/// How often a collection comes up.
pub const WEIGHTS: Key<Weights> = Key::new(
    "weights",
    Weights,
    "How often a collection comes up: 0, 0.5, 1 or 2, under its name.",
);

/// `[[pause]]`.
pub const PAUSE: Key<Tables> = Key::new(
    "pause",
    Tables(|| vec![PAUSE_WHEN.any(), REASON.any(), LEVEL.any(), ONLY.any()]),
    "Times that are always quiet.",
);

/// When a pause holds.
pub const PAUSE_WHEN: Key<PauseWhen> = Key::required(
    "when",
    PauseWhen,
    "When it is quiet, such as \"mon 09:00-11:00\", \"sat\" or \"2026-12-24 to 2027-01-02\".",
);

/// Why a pause is there.
pub const REASON: Key<Line> = Key::new("reason", Line(120), "A few words for `attuned status`.");

/// How much a pause silences.
pub const LEVEL: Key<Word<Level>> = Key::new(
    "level",
    Word(&[("full", Level::Full), ("light", Level::Light)]),
    "How quiet: \"full\", or \"light\" for at most one silent prompt a day. Without it: \"full\".",
);

/// What a pause silences.
pub const ONLY: Key<Names> = Key::new(
    "only",
    Names(Means::Target),
    "Just these reminders, tags or collections.",
);

/// `[busy]`.
pub const BUSY: Key<Table> = Key::new(
    "busy",
    Table(|| {
        let switches = [DO_NOT_DISTURB, LOCKED, AWAY].map(Key::any);
        let devices = [CAMERA, MICROPHONE].map(Key::any);
        let mut keys = vec![WAIT.any()];
        keys.extend(switches);
        keys.extend([AWAY_AFTER.any(), PRESENTING.any(), IGNORE.any()]);
        keys.extend(devices);
        keys.push(PROBE.any());
        keys
    }),
    "When the computer tells that you are busy, a prompt waits for a better moment.",
);

/// How long a prompt waits while a person is busy.
pub const WAIT: Key<Length> = Key::new(
    "wait",
    Length(MINUTE..=HALF_DAY),
    "How long a prompt waits for a better moment before it is let go.",
);

/// The desktop's do-not-disturb.
pub const DO_NOT_DISTURB: Key<Switch> = Key::new(
    "do-not-disturb",
    Switch,
    "Be quiet while the desktop's do-not-disturb is on.",
);

/// A locked screen.
pub const LOCKED: Key<Switch> = Key::new(
    "locked",
    Switch,
    "Be quiet while the screen is locked, or somebody else's session is on it.",
);

/// Nobody there.
pub const AWAY: Key<Switch> = Key::new(
    "away",
    Switch,
    "Wait for your return while nobody is at the computer.",
);

/// How long until nobody is there.
pub const AWAY_AFTER: Key<Length> = Key::new(
    "away-after",
    Length(MINUTE..=HALF_DAY),
    "How long without a key or a move until nobody is at the computer.",
);

/// A talk, a call, a film.
pub const PRESENTING: Key<Switch> = Key::new(
    "presenting",
    Switch,
    "Be quiet while a program keeps the screen on, or fills it.",
);

/// Programs that may keep the screen on.
pub const IGNORE: Key<Lines> = Key::new(
    "ignore",
    Lines(100),
    "Programs that may keep the screen on or fill it all day, by the names that `attuned status` has for them.",
);

/// The camera.
pub const CAMERA: Key<Switch> = Key::new(
    "camera",
    Switch,
    "Be quiet while the camera is in use, or the screen is shared.",
);

/// The microphone.
pub const MICROPHONE: Key<Switch> = Key::new(
    "microphone",
    Switch,
    "Be quiet while the microphone is in use.",
);

/// `[busy.probe]`.
pub const PROBE: Key<Table> = Key::new(
    "probe",
    Table(|| vec![PROBE_COMMAND.any(), PROBE_TIMEOUT.any(), PROBE_EVERY.any()]),
    "A command of your own that tells whether you are busy.",
);

/// What is asked.
pub const PROBE_COMMAND: Key<Line> = Key::new(
    "command",
    Line(500),
    "A program and its arguments, such as \"~/bin/am-i-busy\": it ends with 0 where you are busy, with 1 where you are free.",
);

/// How long it may take.
pub const PROBE_TIMEOUT: Key<Length> = Key::new(
    "timeout",
    Length(SECOND..=SignedDuration::from_secs(30)),
    "How long the command may take.",
);

/// How often it is asked.
pub const PROBE_EVERY: Key<Length> = Key::new(
    "every",
    Length(MINUTE..=HALF_DAY),
    "How often the command is asked. Without it: when a prompt is due.",
);

/// `[calendar]`.
pub const CALENDAR: Key<Table> = Key::new(
    "calendar",
    Table(|| vec![CALENDAR_FILES.any(), ADDRESSES.any(), LIGHTEN_OVER.any()]),
    "Your calendars: no prompt comes while you are in a meeting.",
);

/// Where the calendars are.
pub const CALENDAR_FILES: Key<Paths> = Key::new(
    "files",
    Paths,
    "iCalendar files (.ics), or folders with such files in them, such as \"~/.calendars\".",
);

/// Who the person is in invitations.
pub const ADDRESSES: Key<Addresses> = Key::new(
    "addresses",
    Addresses,
    "Your mail addresses, so that a meeting you declined does not count.",
);

/// When a day is a light one.
pub const LIGHTEN_OVER: Key<Length> = Key::new(
    "lighten-over",
    Length(MINUTE..=DAY),
    "A day with more time in meetings than this is light by itself: at most one prompt, and a silent one. Without it: never.",
);

/// `[journal]`.
pub const JOURNAL: Key<Table> = Key::new(
    "journal",
    Table(|| vec![KEEP.any(), EDITOR.any()]),
    "What becomes of what you record.",
);

/// How long the journal is kept.
pub const KEEP: Key<Ago> = Key::new(
    "keep",
    Ago,
    "Delete what is older, such as \"2 years\", 30 days to 100 years. Without it everything stays.",
);

/// Writing in one's own editor.
pub const EDITOR: Key<Switch> = Key::new(
    "editor",
    Switch,
    "Open your editor for `attuned write` and `attuned win`.",
);

/// `[support]`.
pub const SUPPORT: Key<Table> = Key::new(
    "support",
    Table(|| vec![COUNTRY.any(), SUPPORT_LINE.any()]),
    "Whom `attuned support` shows.",
);

/// Whose help lines.
pub const COUNTRY: Key<InCountry> = Key::new(
    "country",
    InCountry,
    "The country whose help lines are shown, with two letters, such as \"AT\". Without it: your locale's.",
);

/// `[[support.line]]`.
pub const SUPPORT_LINE: Key<Tables> = Key::new(
    "line",
    Tables(|| {
        vec![
            SUPPORT_NAME.any(),
            SUPPORT_NUMBER.any(),
            SUPPORT_HOURS.any(),
        ]
    }),
    "A person or a line you would want to see first.",
);

/// Who.
pub const SUPPORT_NAME: Key<Line> = Key::required("name", Line(100), "Who it is.");

/// How to reach them.
pub const SUPPORT_NUMBER: Key<Line> = Key::required("number", Line(100), "The number or address.");

/// When they can be reached.
pub const SUPPORT_HOURS: Key<Line> = Key::new("hours", Line(100), "When they can be reached.");
