//! The command line: what people type, a file per command.
//!
//! A command asks the running daemon when there is one. Without one it uses the very same engine: read-only for a look,
//! under the state lock for a change. Each `run` writes to the [`Terminal`] it is given and returns a [`Failure`] that
//! carries its exit code.

mod ask;
mod backup;
mod busy;
mod card;
mod changed;
mod check;
mod check_in;
mod client;
mod complete;
mod completions;
mod config;
mod confirm;
mod disable;
mod doctor;
mod editor;
mod enable;
mod erase;
mod export;
mod failure;
mod guide;
mod help;
mod hours;
mod import;
#[allow(
    dead_code,
    unused_imports,
    reason = "the flows of the terminal are made of it"
)]
mod input;
mod journal;
mod last;
mod library;
mod man;
mod new_file;
mod now;
mod overview;
mod overwhelmed;
mod own_words;
mod pacing;
mod past;
mod pause;
mod pauses;
mod practice;
mod preview;
mod reminder;
mod restore;
mod resume;
mod review;
mod run;
#[allow(
    dead_code,
    unused_imports,
    reason = "the flows of the terminal are made of it"
)]
mod screen;
mod setup;
mod snooze;
mod status;
mod steady;
mod stop;
mod style;
mod support;
mod terminal;
mod watch;
mod when;
mod why;
mod win;
mod write;

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use failure::Failure;
use setup::Setup;
use terminal::Terminal;

const AFTER_HELP: &str = "\
Examples:
  attuned run --greet        start, with a first prompt at once
  attuned pause today        a quiet day
  attuned enable             start at login
  attuned                    how things stand
  attuned doctor             when something does not work

attuned is a reminder to practise. It is not therapy and not a crisis service,
and nobody reads the answers. For people to turn to: attuned support

Exit codes: 0 done, 1 failed, 2 usage, 3 settings invalid, 4 not running.";

/// A quiet companion for the desktop: a few times a day, one small, kind prompt.
#[derive(Debug, Parser)]
#[command(name = "attuned", version, after_help = AFTER_HELP, max_term_width = 80)]
#[command(disable_help_subcommand = true)]
pub struct Cli {
    /// Use this settings file instead of your own
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Wait for Enter at the end
    #[arg(long, hide = true)]
    stay: bool,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Run(run::RunArgs),
    Stop(stop::StopArgs),
    Status(status::StatusArgs),
    Watch(watch::WatchArgs),
    Now(now::NowArgs),
    CheckIn(check_in::CheckInArgs),
    Practice(practice::PracticeArgs),
    Last(last::LastArgs),
    Write(write::WriteArgs),
    Win(win::WinArgs),
    Journal(journal::JournalArgs),
    Review(review::ReviewArgs),
    Export(export::ExportArgs),
    Import(import::ImportArgs),
    Erase(erase::EraseArgs),
    Pause(pause::PauseArgs),
    Resume(resume::ResumeArgs),
    Snooze(snooze::SnoozeArgs),
    Overwhelmed(overwhelmed::OverwhelmedArgs),
    Steady(steady::SteadyArgs),
    Preview(preview::PreviewArgs),
    Why(why::WhyArgs),
    Check(check::CheckArgs),
    When(when::WhenArgs),
    Reminder(reminder::ReminderArgs),
    Hours(hours::HoursArgs),
    Library(library::LibraryArgs),
    Config(config::ConfigArgs),
    Support(support::SupportArgs),
    Doctor(doctor::DoctorArgs),
    Backup(backup::BackupArgs),
    Restore(restore::RestoreArgs),
    Guide(guide::GuideArgs),
    Enable(enable::EnableArgs),
    Disable(disable::DisableArgs),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
    Help(help::HelpArgs),
}

/// Answers a shell that asks what may be typed next, else does what was typed; returns the exit code.
#[must_use]
pub fn run() -> ExitCode {
    if complete::answer() {
        return ExitCode::SUCCESS;
    }
    let typed = overview::in_groups(Cli::command()).get_matches();
    match Cli::from_arg_matches(&typed) {
        Ok(cli) => cli.run(),
        Err(error) => error.exit(),
    }
}

impl Cli {
    /// Does what was asked, says what went wrong, and returns the exit code.
    fn run(self) -> ExitCode {
        let setup = Setup::new(self.config);
        let mut terminal = Terminal::stdout();
        let command = self
            .command
            .unwrap_or(Command::Status(status::StatusArgs::default()));
        let settings_are_there = if command.does_without_settings() {
            Ok(())
        } else {
            setup.find_other_config()
        };
        let code = match settings_are_there.and_then(|()| command.run(&setup, &mut terminal)) {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => failure.tell(),
        };
        if self.stay {
            // A terminal that nobody can read or write needs nobody to wait for.
            let _ = wait_for_enter(&mut terminal);
        }
        code
    }
}

/// A terminal that a notification opened closes with the program in it: not before what it says is read.
fn wait_for_enter(out: &mut Terminal) -> io::Result<()> {
    if !io::stdin().is_terminal() {
        return Ok(());
    }
    writeln!(out, "\nEnter ends this.")?;
    out.flush()?;
    io::stdin().lock().read_until(b'\n', &mut Vec::new())?;
    Ok(())
}

impl Command {
    /// Whether the file that `--config` names may be missing: it begins here, is not read, or whom to turn to is told whatever
    /// is wrong.
    fn does_without_settings(&self) -> bool {
        matches!(
            self,
            Self::Config(_)
                | Self::Support(_)
                | Self::Enable(_)
                | Self::Disable(_)
                | Self::Stop(_)
                | Self::Completions(_)
                | Self::Man(_)
                | Self::Help(_)
        )
    }

    fn run(&self, setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
        match self {
            Self::Run(args) => run::run(args, setup),
            Self::Stop(args) => stop::run(args, setup, out),
            Self::Status(args) => status::run(args, setup, out),
            Self::Watch(args) => watch::run(args, setup, out),
            Self::Now(args) => now::run(args, setup, out),
            Self::CheckIn(args) => check_in::run(args, setup, out),
            Self::Practice(args) => practice::run(args, setup, out),
            Self::Last(args) => last::run(args, setup, out),
            Self::Write(args) => write::run(args, setup, out),
            Self::Win(args) => win::run(args, setup, out),
            Self::Journal(args) => journal::run(args, setup, out),
            Self::Review(args) => review::run(args, setup, out),
            Self::Export(args) => export::run(args, setup, out),
            Self::Import(args) => import::run(args, setup, out),
            Self::Erase(args) => erase::run(args, setup, out),
            Self::Pause(args) => pause::run(args, setup, out),
            Self::Resume(args) => resume::run(args, setup, out),
            Self::Snooze(args) => snooze::run(args, setup, out),
            Self::Overwhelmed(args) => overwhelmed::run(args, setup, out),
            Self::Steady(args) => steady::run(args, setup, out),
            Self::Preview(args) => preview::run(args, setup, out),
            Self::Why(args) => why::run(args, setup, out),
            Self::Check(args) => check::run(args, setup, out),
            Self::When(args) => when::run(args, setup, out),
            Self::Reminder(args) => reminder::run(args, setup, out),
            Self::Hours(args) => hours::run(args, setup, out),
            Self::Library(args) => library::run(args, setup, out),
            Self::Config(args) => config::run(args, setup, out),
            Self::Support(args) => support::run(args, setup, out),
            Self::Doctor(args) => doctor::run(args, setup, out),
            Self::Backup(args) => backup::run(args, setup, out),
            Self::Restore(args) => restore::run(args, setup, out),
            Self::Guide(args) => guide::run(args, setup, out),
            Self::Enable(args) => enable::run(args, setup, out),
            Self::Disable(args) => disable::run(args, setup, out),
            Self::Completions(args) => completions::run(args, out),
            Self::Man(args) => man::run(args, out),
            Self::Help(args) => help::run(args, Cli::command(), out),
        }
    }
}
