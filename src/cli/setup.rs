//! What every command stands on: where things are, the time, the settings, and the engine with what it remembers.

use std::fs;
use std::path::PathBuf;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::failure::Failure;
use crate::clock;
use crate::daemon::programs;
use crate::daemon::store::{Store, StoreError};
use crate::engine::{Engine, Event, State};
use crate::library::Library;
use crate::paths::{Paths, PathsError};
use crate::settings::Settings;

/// Reads from the record; none where there is none yet.
///
/// # Errors
/// That it cannot be read.
pub fn look_into<T>(
    paths: &Paths,
    read: impl FnOnce(&Store) -> Result<T, StoreError>,
) -> Result<Option<T>, Failure> {
    let found = Store::open_read_only(&paths.database)
        .and_then(|store| store.as_ref().map(read).transpose());
    found.map_err(|error| unreadable(error, paths))
}

fn unreadable(error: StoreError, paths: &Paths) -> Failure {
    let hint = || Some("attuned run keeps it and begins a new one".to_owned());
    let database = paths.database.display();
    match error {
        StoreError::Sqlite(error) => Failure::refused(
            format!("could not use the database {database}: {error}"),
            hint(),
        ),
        StoreError::Json(error) => Failure::refused(
            format!("could not use the database {database}: {error}"),
            hint(),
        ),
        error => anyhow::Error::from(error).into(),
    }
}

/// Where a command runs, and when.
#[derive(Debug)]
pub struct Setup {
    config: Option<PathBuf>,
    /// The time, once for the whole command.
    pub now: Timestamp,
    /// The zone of all times that are read or shown.
    pub zone: TimeZone,
}

impl Setup {
    /// Here and now; `config` stands in for the person's settings file.
    #[must_use]
    pub fn new(config: Option<PathBuf>) -> Self {
        Self {
            config,
            now: clock::now(),
            zone: clock::system_zone(),
        }
    }

    /// The same a while later, maybe in another zone.
    #[must_use]
    pub fn anew(&self) -> Self {
        clock::forget_system_zone();
        Self::new(self.config.clone())
    }

    /// Where everything is.
    ///
    /// # Errors
    /// Where there is no home folder.
    pub fn paths(&self) -> Result<Paths, Failure> {
        Ok(self.resolve()?)
    }

    /// As [`paths`](Setup::paths), for whom the reason matters.
    ///
    /// # Errors
    /// Where there is no home folder.
    pub fn resolve(&self) -> Result<Paths, PathsError> {
        let paths = Paths::resolve()?;
        Ok(match &self.config {
            Some(file) => paths.with_config(file.clone()),
            None => paths,
        })
    }

    /// Whether another settings file stands in for the person's own.
    #[must_use]
    pub fn has_other_config(&self) -> bool {
        self.config.is_some()
    }

    /// That the settings file named in place of the person's own is there.
    ///
    /// # Errors
    /// That it is not; the person's own may be missing.
    pub fn find_other_config(&self) -> Result<(), Failure> {
        match &self.config {
            Some(file) if fs::symlink_metadata(file).is_err() => Err(Failure::usage(
                format!("{} does not exist", file.display()),
                Some("name a settings file that is there; config init writes one".into()),
            )),
            _ => Ok(()),
        }
    }

    /// The settings and the library, as they are on disk.
    ///
    /// # Errors
    /// All errors in the settings; that there is no home folder.
    pub fn settings(&self) -> Result<Settings, Failure> {
        Settings::read(&self.paths()?).map_err(Failure::Settings)
    }

    /// The library for showing a prompt in full; where the settings cannot be read, the shipped one, as they are no reason to
    /// keep a prompt from anybody.
    #[must_use]
    pub fn library_for_showing(&self) -> Library {
        let settings = self.settings().ok();
        settings.map_or_else(Library::shipped, |settings| (*settings.library).clone())
    }

    /// The engine for looking, never for changing: what it is told stays in memory. `true` where nothing has been
    /// remembered yet, so that random times are but an example, the same at each look.
    ///
    /// # Errors
    /// Errors in the settings; a record that cannot be read.
    pub fn engine_for_a_look(&self, paths: &Paths) -> Result<(Engine, bool), Failure> {
        let settings = self.settings()?;
        let kept = look_into(paths, Store::state)?.flatten();
        let is_new = kept.is_none();
        let state = kept.unwrap_or_else(|| State::new(0));
        let mut engine = self.engine(settings, state);
        let pauses = engine.state().pauses.iter();
        let programs: Vec<String> = pauses.filter_map(|one| one.program.clone()).collect();
        for program in programs.into_iter().filter(|one| !programs::runs(one)) {
            // While no daemon ran, nobody saw its end.
            engine.handle(Event::ProgramEnded(program), self.now);
        }
        Ok((engine, is_new))
    }

    /// The engine for a look at other settings than those on disk; as [`Setup::engine_for_a_look`], and where the record
    /// cannot be read, as if nothing had been remembered yet.
    #[must_use]
    pub fn look_with(&self, settings: Settings, paths: &Paths) -> (Engine, bool) {
        let kept = look_into(paths, Store::state).ok().flatten().flatten();
        let is_new = kept.is_none();
        let state = kept.unwrap_or_else(|| State::new(0));
        (self.engine(settings, state), is_new)
    }

    /// An engine that goes on from `state`.
    #[must_use]
    pub fn engine(&self, settings: Settings, state: State) -> Engine {
        Engine::new(
            settings.config,
            settings.library,
            self.zone.clone(),
            state,
            self.now,
        )
    }
}
