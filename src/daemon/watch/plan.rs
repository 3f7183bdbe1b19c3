//! Which folders to watch for what, so that every change of what a path means or holds is seen.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::Entries;

/// As many symbolic links as Linux itself follows in one path; see `path_resolution(7)`.
const MOST_LINKS: usize = 40;

/// Folders, by their real paths, and what in them matters.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    folders: BTreeMap<PathBuf, Interest>,
}

/// What matters in one folder. Nothing: only the folder itself does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Interest {
    names: BTreeSet<OsString>,
    entries: Option<Entries>,
}

impl Plan {
    /// The plan for `paths` as the file system is now.
    pub(super) fn of(paths: &[PathBuf], entries: Entries) -> Plan {
        let mut plan = Plan::default();
        for path in paths {
            if let Some(folder) = plan.walk(path) {
                plan.include(entries, folder);
            }
        }
        plan
    }

    pub(super) fn folders(&self) -> impl Iterator<Item = (&Path, &Interest)> {
        self.folders
            .iter()
            .map(|(folder, interest)| (folder.as_path(), interest))
    }

    /// Walks `path` from the root, noting each name that decides where it leads: symbolic links, whatever is missing, and
    /// the last two parts. Returns the folder it ends in, where it is one.
    fn walk(&mut self, path: &Path) -> Option<PathBuf> {
        let mut folder = PathBuf::from("/");
        let mut rest: VecDeque<OsString> = parts(path).collect();
        let mut links = 0;
        while let Some(part) = rest.pop_front() {
            if part == ".." {
                folder.pop();
                continue;
            }
            let here = folder.join(&part);
            let names = &mut self.folders.entry(folder.clone()).or_default().names;
            let Ok(entry) = fs::symlink_metadata(&here) else {
                names.insert(part);
                return None;
            };
            if entry.is_symlink() && links < MOST_LINKS {
                names.insert(part);
                links += 1;
                let target = fs::read_link(&here).ok()?;
                if target.is_absolute() {
                    folder = PathBuf::from("/");
                }
                rest = parts(&target).chain(rest).collect();
            } else if entry.is_dir() {
                // A folder that goes while a process stays in it tells nothing; its parent does.
                if rest.len() < 2 {
                    names.insert(part);
                }
                folder = here;
            } else {
                names.insert(part);
                return None;
            }
        }
        Some(folder)
    }

    fn include(&mut self, entries: Entries, folder: PathBuf) {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
            if is_link && entries.count(&entry.file_name()) {
                self.walk(&entry.path());
            }
        }
        self.folders.entry(folder).or_default().entries = Some(entries);
    }
}

impl Interest {
    pub(super) fn is_in(&self, name: &OsStr) -> bool {
        self.names.contains(name) || self.entries.is_some_and(|entries| entries.count(name))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty() && self.entries.is_none()
    }

    pub(super) fn merge(&mut self, other: &Interest) {
        self.names.extend(other.names.iter().cloned());
        self.entries = self.entries.or(other.entries);
    }
}

/// The names in a path, `..` among them.
fn parts(path: &Path) -> impl Iterator<Item = OsString> {
    path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_owned()),
        Component::ParentDir => Some("..".into()),
        Component::RootDir | Component::CurDir | Component::Prefix(_) => None,
    })
}

impl Entries {
    /// Whether an entry of this name counts.
    fn count(self, name: &OsStr) -> bool {
        match self {
            Self::Toml => Path::new(name).extension() == Some(OsStr::new("toml")),
            Self::Visible => !name.as_encoded_bytes().starts_with(b"."),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    /// The names that matter in each folder below `root`; "*.toml" stands for all TOML files.
    fn told(root: &Path, paths: &[&str]) -> Vec<(String, Vec<String>)> {
        let paths: Vec<PathBuf> = paths.iter().map(|path| root.join(path)).collect();
        let plan = Plan::of(&paths, Entries::Toml);
        let below = plan.folders().filter_map(|(folder, interest)| {
            let folder = folder.strip_prefix(root).ok()?.to_str()?.to_owned();
            let names = interest
                .names
                .iter()
                .filter_map(|name| name.to_str().map(str::to_owned));
            let toml_files = interest.entries.map(|_| "*.toml".to_owned());
            Some((folder, names.chain(toml_files).collect::<Vec<_>>()))
        });
        below.collect()
    }

    fn owned(expected: &[(&str, &[&str])]) -> Vec<(String, Vec<String>)> {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        expected
            .iter()
            .map(|(folder, list)| ((*folder).to_owned(), names(list)))
            .collect()
    }

    fn root() -> (tempfile::TempDir, PathBuf) {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().canonicalize().unwrap();
        (temp, root)
    }

    #[test]
    fn plain_files_and_folders() {
        let (_temp, root) = root();
        fs::create_dir_all(root.join("home/.config/attuned/affirmations")).unwrap();
        fs::write(root.join("home/.config/attuned/config.toml"), "").unwrap();
        assert_eq!(
            told(
                &root,
                &[
                    "home/.config/attuned/config.toml",
                    "home/.config/attuned/affirmations"
                ]
            ),
            owned(&[
                ("", &[]),
                ("home", &[]),
                ("home/.config", &["attuned"]),
                ("home/.config/attuned", &["affirmations", "config.toml"]),
                ("home/.config/attuned/affirmations", &["*.toml"]),
            ])
        );
    }

    #[test]
    fn what_is_missing_is_awaited_in_the_nearest_folder() {
        let (_temp, root) = root();
        fs::create_dir(root.join("home")).unwrap();
        assert_eq!(
            told(&root, &["home/.config/attuned/config.toml"]),
            owned(&[("", &[]), ("home", &[".config"])])
        );
    }

    #[test]
    fn links_are_watched_where_they_lie_and_where_they_lead() {
        let (_temp, root) = root();
        for folder in ["home/.config", "dotfiles/attuned/affirmations", "shared"] {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        symlink("../../dotfiles/attuned", root.join("home/.config/attuned")).unwrap();
        symlink(
            root.join("shared/mine.toml"),
            root.join("dotfiles/attuned/affirmations/mine.toml"),
        )
        .unwrap();
        assert_eq!(
            told(&root, &["home/.config/attuned/affirmations"]),
            owned(&[
                ("", &["shared"]),
                ("dotfiles", &["attuned"]),
                ("dotfiles/attuned", &["affirmations"]),
                ("dotfiles/attuned/affirmations", &["mine.toml", "*.toml"]),
                ("home", &[]),
                ("home/.config", &["attuned"]),
                ("shared", &["mine.toml"]),
            ])
        );
    }

    #[test]
    fn a_ring_of_links_ends() {
        let (_temp, root) = root();
        symlink("b", root.join("a")).unwrap();
        symlink("a", root.join("b")).unwrap();
        assert_eq!(told(&root, &["a/config.toml"]), owned(&[("", &["a", "b"])]));
    }
}
