//! A person's files on disk, read and checked: the settings and the library. And the one way to change the settings:
//! [`edit`].

pub mod calendars;
pub mod edit;
mod own_file;
pub mod programs;
mod splice;

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::{self, Config, Country};
use crate::helplines::Here;
use crate::library::Library;
use crate::paths::Paths;
use crate::source::{Diagnostic, Severity, Source, read_file};

/// The largest collection file read, in bytes: 8 MiB. A collection of personal prompts may be long.
pub const COLLECTION_LIMIT: u64 = 8 * 1024 * 1024;

/// How many findings are logged at once: a file that went wrong as a whole fills no journal.
const MOST_LOGGED: usize = 20;

/// What the files on disk say.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The settings of all layers.
    pub config: Arc<Config>,
    /// The shipped library with the person's files over it.
    pub library: Arc<Library>,
    /// What was found and stops nothing: warnings, and personal prompts that were left out.
    pub findings: Vec<Diagnostic>,
}

impl Settings {
    /// Reads everything.
    ///
    /// # Errors
    /// Every error in the settings. Errors in personal prompts are findings: the rest of the library works.
    pub fn read(paths: &Paths) -> Result<Self, Vec<Diagnostic>> {
        Self::of(paths, &config::read_layers(&config_files(paths))?)
    }

    /// Reads everything, with `own` in place of what is in the person's settings file.
    ///
    /// # Errors
    /// As [`Settings::read`].
    pub fn read_with(paths: &Paths, own: Arc<Source>) -> Result<Self, Vec<Diagnostic>> {
        let mut layers = config::read_layers(&[system_config(paths)])?;
        layers.push(own);
        Self::of(paths, &layers)
    }

    fn of(paths: &Paths, layers: &[Arc<Source>]) -> Result<Self, Vec<Diagnostic>> {
        let (library, mut findings) = read_library(paths);
        let (mut config, warnings) = config::load(layers, &library)?;
        config.support.here =
            by_settings_or_locale(config.support.country).map(|here| here.country);
        findings.extend(warnings);
        findings.extend(programs::about_probe(&config));
        let library = library.in_language(&config.library.language);
        Ok(Self {
            config: Arc::new(config),
            library: Arc::new(library),
            findings,
        })
    }

    /// No reminders at all: for a daemon that nobody watches start, and whose settings cannot be used.
    ///
    /// # Panics
    /// Never: the built-in settings are clean.
    #[must_use]
    pub fn silent() -> Self {
        let library = Library::shipped();
        let (mut config, findings) = config::load(&[], &library)
            .expect("the built-in settings are clean: a test loads them");
        config.reminders.clear();
        Self {
            config: Arc::new(config),
            library: Arc::new(library),
            findings,
        }
    }

    /// The files and folders whose changes matter.
    #[must_use]
    pub fn watched(paths: &Paths) -> Vec<PathBuf> {
        let mut watched = config_files(paths).to_vec();
        watched.push(paths.affirmations_dir.clone());
        watched
    }

    /// Logs where each finding is, but for those that `before` had too; of very many, only the first.
    pub fn log(&self, before: &[Diagnostic]) {
        let known: HashSet<String> = before.iter().map(Diagnostic::one_line).collect();
        let is_new = |finding: &&Diagnostic| !known.contains(&finding.one_line());
        let mut new = self.findings.iter().filter(is_new);
        for finding in new.by_ref().take(MOST_LOGGED) {
            let place = finding.without_words();
            match finding.severity {
                Severity::Error => tracing::error!("left out; attuned check tells why: {place}"),
                Severity::Warning | Severity::Advice => {
                    tracing::warn!("probably not as meant; attuned check tells why: {place}");
                }
            }
        }
        let more = new.count();
        if more > 0 {
            tracing::warn!("and {more} more places; attuned check tells which");
        }
    }
}

/// Which country the person is in: the one that the settings name, else the locale's.
#[must_use]
pub fn by_settings_or_locale(settings: Option<Country>) -> Option<Here> {
    Here::find(settings, |name| std::env::var(name).ok())
}

/// The shipped library with the person's files over it, and what was found in these.
#[must_use]
pub fn read_library(paths: &Paths) -> (Library, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let personal = personal_collections(&paths.affirmations_dir, &mut findings);
    let (library, more) = Library::load(&personal);
    findings.extend(more);
    (library, findings)
}

/// The administrator's settings file, below the person's.
#[must_use]
pub fn system_config(paths: &Paths) -> PathBuf {
    paths.system_dir.join("config.toml")
}

/// The settings files, the system's below the person's; they need not exist.
#[must_use]
pub fn config_files(paths: &Paths) -> [PathBuf; 2] {
    [system_config(paths), paths.config_file.clone()]
}

/// The person's collections, by file name.
fn personal_collections(folder: &Path, findings: &mut Vec<Diagnostic>) -> Vec<Arc<Source>> {
    let mut sources = Vec::new();
    for path in collection_files(folder, findings) {
        match read_file(&path, COLLECTION_LIMIT) {
            Ok(source) => sources.push(source),
            Err(error) => findings.push(error),
        }
    }
    sources
}

fn collection_files(folder: &Path, findings: &mut Vec<Diagnostic>) -> Vec<PathBuf> {
    if !exists(folder) {
        return Vec::new();
    }
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            let message = format!("{} cannot be read: {error}", folder.display());
            findings.push(Diagnostic::error(message));
            return Vec::new();
        }
    };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut files: Vec<PathBuf> = paths.filter(|path| is_collection(path)).collect();
    files.sort();
    files
}

/// Editors leave hidden files and copies beside the real ones.
fn is_collection(path: &Path) -> bool {
    let hidden = path
        .file_name()
        .is_none_or(|name| name.as_encoded_bytes().starts_with(b"."));
    !hidden && path.extension() == Some(OsStr::new("toml"))
}

/// Whether something is there, a dangling link included.
fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}
