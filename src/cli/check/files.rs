//! Which files there are to check, and what each is.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config;
use crate::paths::Paths;
use crate::settings::{COLLECTION_LIMIT, config_files};
use crate::source::{Diagnostic, Source, Toml, read_file};

/// What there is to check.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// Each stack of layers makes one set of settings.
    pub settings: Vec<Vec<Arc<Source>>>,
    pub collections: Vec<Arc<Source>>,
    /// Collections that are there beside those asked about: settings may name them.
    pub beside: Vec<Arc<Source>>,
    /// What could not be read.
    pub unreadable: Vec<Diagnostic>,
}

impl Files {
    /// The layers together, and the person's own collections.
    pub fn in_force(paths: &Paths) -> Self {
        let mut files = Self::default();
        match config::read_layers(&config_files(paths)) {
            Ok(layers) => files.settings.push(layers),
            Err(errors) => files.unreadable.extend(errors),
        }
        for path in files.toml_files(&paths.affirmations_dir) {
            let source = files.read(&path, COLLECTION_LIMIT);
            files.collections.extend(source);
        }
        files
    }

    /// These files, and those in these folders, each for itself.
    pub fn named(named: &[PathBuf], paths: &Paths) -> Self {
        let mut files = Self::default();
        for path in named {
            let inside = if path.is_dir() {
                files.toml_files(path)
            } else {
                vec![path.clone()]
            };
            for file in inside {
                let Some(source) = files.read(&file, COLLECTION_LIMIT) else {
                    continue;
                };
                if is_collection(&file, &source, paths) {
                    files.collections.push(source);
                } else if let Some(source) = files.read(&file, config::MAX_BYTES) {
                    files.settings.push(vec![source]);
                }
            }
        }
        files.look_beside(&paths.affirmations_dir);
        files
    }

    /// A file asked about is not there twice.
    fn look_beside(&mut self, folder: &Path) {
        let asked: Vec<PathBuf> = self
            .collections
            .iter()
            .filter_map(|one| fs::canonicalize(&one.name).ok())
            .collect();
        let is_asked =
            |path: &PathBuf| fs::canonicalize(path).is_ok_and(|path| asked.contains(&path));
        let mut others = Self::default();
        let beside = others
            .toml_files(folder)
            .into_iter()
            .filter(|path| !is_asked(path));
        self.beside = beside
            .filter_map(|path| others.read(&path, COLLECTION_LIMIT))
            .collect();
    }

    fn read(&mut self, path: &Path, limit: u64) -> Option<Arc<Source>> {
        read_file(path, limit)
            .map_err(|error| self.unreadable.push(error))
            .ok()
    }

    /// A folder's files, by name; what editors leave beside them is hidden or has another ending.
    fn toml_files(&mut self, folder: &Path) -> Vec<PathBuf> {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
            Err(error) => {
                let message = format!("{} cannot be read: {error}", folder.display());
                self.unreadable.push(Diagnostic::error(message));
                return Vec::new();
            }
        };
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let mut files: Vec<PathBuf> = paths.filter(|path| is_visible_toml(path)).collect();
        files.sort();
        files
    }
}

/// Where a file lies tells what it is; elsewhere, what it holds does.
fn is_collection(path: &Path, source: &Source, paths: &Paths) -> bool {
    let is_in_place = |place: &Path| {
        let canonical = fs::canonicalize(path).ok();
        canonical.is_some() && canonical == fs::canonicalize(place).ok()
    };
    if config_files(paths).iter().any(|file| is_in_place(file)) {
        return false;
    }
    let in_affirmations =
        path.parent().and_then(Path::file_name) == Some(OsStr::new("affirmations"));
    let holds_prompts = || {
        let toml = Toml::of(&source.text);
        let keys = ["prompt", "prompts", "id", "approach", "translates"];
        keys.iter().any(|key| toml.table().contains_key(*key))
    };
    in_affirmations || holds_prompts()
}

fn is_visible_toml(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    !name.starts_with(b".") && path.extension() == Some(OsStr::new("toml"))
}
