//! Where attuned keeps things: the XDG base directories on Linux, each system's own places elsewhere.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

/// The longest path a Unix socket can have, in bytes: `sun_path` less its NUL, unix(7).
const LONGEST_SOCKET_PATH: usize = if cfg!(target_os = "linux") { 107 } else { 103 };

/// Every file and folder of attuned. Resolving them touches no disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// The person's configuration file. It may not exist.
    pub config_file: PathBuf,
    /// The person's configuration folder.
    pub config_dir: PathBuf,
    /// The machine's configuration folder, read below the person's.
    pub system_dir: PathBuf,
    /// The person's own collections.
    pub affirmations_dir: PathBuf,
    /// What must survive a restart: database, lock, copies.
    pub state_dir: PathBuf,
    /// What ends with the session: the control socket.
    pub runtime_dir: PathBuf,
    /// Whether `runtime_dir` stands in for a missing `XDG_RUNTIME_DIR`.
    pub runtime_fallback: bool,
    /// The database.
    pub database: PathBuf,
    /// The control socket.
    pub socket: PathBuf,
}

/// Why there is no place for attuned's files, or not a safe one.
#[derive(Debug, thiserror::Error)]
pub enum PathsError {
    /// Neither `HOME` nor the system's user database names a home folder.
    #[error("no home folder: set HOME to the folder that holds your files")]
    NoHome,
    /// A Unix socket's path has little room.
    #[error("{} is too long for a socket: it has {length} bytes of {LONGEST_SOCKET_PATH} (XDG_RUNTIME_DIR should be a short path)", path.display())]
    SocketPathTooLong {
        /// Where the socket would be.
        path: PathBuf,
        /// How long that is, in bytes.
        length: usize,
    },
    /// The folder of the control socket belongs to somebody else, or is open to others.
    #[error("{} is not safe for the control socket: {problem}", path.display())]
    UnsafeRuntimeDir {
        /// The folder.
        path: PathBuf,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A folder could not be made or looked at.
    #[error("could not use the folder {}: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// The system's base folders for attuned, as found in the environment.
#[derive(Clone, Debug)]
struct Bases {
    config: PathBuf,
    state: PathBuf,
    runtime: Option<PathBuf>,
    /// The value of `XDG_CONFIG_DIRS`.
    config_dirs: Option<OsString>,
}

impl Paths {
    /// The paths for whoever runs this process, by its environment.
    ///
    /// # Errors
    /// [`PathsError::NoHome`].
    pub fn resolve() -> Result<Paths, PathsError> {
        let dirs = ProjectDirs::from("org", "attuned", "attuned").ok_or(PathsError::NoHome)?;
        Ok(Paths::within(Bases {
            config: dirs.config_dir().to_owned(),
            state: dirs
                .state_dir()
                .unwrap_or_else(|| dirs.data_local_dir())
                .to_owned(),
            runtime: dirs.runtime_dir().map(Path::to_owned),
            config_dirs: std::env::var_os("XDG_CONFIG_DIRS"),
        }))
    }

    fn within(bases: Bases) -> Paths {
        let runtime_fallback = bases.runtime.is_none();
        let runtime_dir = bases.runtime.unwrap_or_else(|| bases.state.join("run"));
        Paths {
            config_file: bases.config.join("config.toml"),
            affirmations_dir: bases.config.join("affirmations"),
            config_dir: bases.config,
            system_dir: system_dir(bases.config_dirs),
            database: bases.state.join("attuned.db"),
            state_dir: bases.state,
            socket: runtime_dir.join("control.sock"),
            runtime_dir,
            runtime_fallback,
        }
    }

    /// The same paths with another configuration file, and only that.
    #[must_use]
    pub fn with_config(self, file: PathBuf) -> Paths {
        Paths {
            config_file: file,
            ..self
        }
    }

    /// Makes the state folder, private to its owner.
    ///
    /// # Errors
    /// [`PathsError::Folder`].
    pub fn create_state_dir(&self) -> Result<(), PathsError> {
        create_private_dir(&self.state_dir).map_err(|source| folder_error(&self.state_dir, source))
    }

    /// Makes the folder of the control socket, private to its owner, and checks it.
    ///
    /// # Errors
    /// As [`check_runtime_dir`](Paths::check_runtime_dir), and when the folder cannot be made.
    pub fn create_runtime_dir(&self) -> Result<(), PathsError> {
        if let Some(parent) = self.runtime_dir.parent().filter(|_| !self.runtime_fallback) {
            refuse_others_folder(parent)?;
        }
        create_private_dir(&self.runtime_dir)
            .map_err(|source| folder_error(&self.runtime_dir, source))?;
        self.check_runtime_dir()
    }

    /// Checks that the folder of the control socket is ours alone, and its path short enough for a socket.
    ///
    /// # Errors
    /// What is wrong with it; a folder that does not exist is a [`PathsError::Folder`] with `NotFound`.
    pub fn check_runtime_dir(&self) -> Result<(), PathsError> {
        let length = self.socket.as_os_str().len();
        if length > LONGEST_SOCKET_PATH {
            return Err(PathsError::SocketPathTooLong {
                path: self.socket.clone(),
                length,
            });
        }
        let path = &self.runtime_dir;
        let folder = fs::symlink_metadata(path).map_err(|source| folder_error(path, source))?;
        match whats_unsafe(&folder) {
            Some(problem) => Err(PathsError::UnsafeRuntimeDir {
                path: path.clone(),
                problem,
            }),
            None => Ok(()),
        }
    }
}

/// The person's home folder; none where neither `HOME` nor the system's user database names one.
#[must_use]
pub fn home_dir() -> Option<PathBuf> {
    directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned())
}

fn folder_error(path: &Path, source: io::Error) -> PathsError {
    PathsError::Folder {
        path: path.to_owned(),
        source,
    }
}

/// The first absolute folder of `XDG_CONFIG_DIRS`, by the XDG Base Directory Specification.
fn system_dir(config_dirs: Option<OsString>) -> PathBuf {
    let first =
        config_dirs.and_then(|dirs| std::env::split_paths(&dirs).find(|dir| dir.is_absolute()));
    first
        .unwrap_or_else(|| PathBuf::from("/etc/xdg"))
        .join("attuned")
}

/// Makes a folder and its missing parents, readable by their owner alone. A folder that is there stays as it is.
///
/// # Errors
/// As [`std::fs::DirBuilder::create`].
pub fn create_private_dir(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Options for opening a file that, where it is created, is readable by its owner alone.
#[must_use]
pub fn private_file() -> fs::OpenOptions {
    let mut options = fs::OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Under `sudo` the runtime folder may be that of the person who asked, where root would leave a folder in the way.
#[cfg(unix)]
fn refuse_others_folder(path: &Path) -> Result<(), PathsError> {
    use std::os::unix::fs::MetadataExt;

    match fs::metadata(path) {
        Ok(folder) if is_somebody_elses(folder.uid(), rustix::process::geteuid().as_raw()) => {
            Err(PathsError::UnsafeRuntimeDir {
                path: path.to_owned(),
                problem: NOT_OURS,
            })
        }
        Ok(_) | Err(_) => Ok(()),
    }
}

#[cfg(not(unix))]
fn refuse_others_folder(_path: &Path) -> Result<(), PathsError> {
    Ok(())
}

/// Whether `owner` is neither `me` nor the system.
#[cfg(unix)]
fn is_somebody_elses(owner: u32, me: u32) -> bool {
    owner != me && owner != 0
}

#[cfg(unix)]
const NOT_OURS: &str = "it belongs to another person";

#[cfg(unix)]
fn whats_unsafe(folder: &fs::Metadata) -> Option<&'static str> {
    use std::os::unix::fs::MetadataExt;

    if !folder.is_dir() {
        Some("it is not a folder")
    } else if folder.uid() != rustix::process::geteuid().as_raw() {
        Some(NOT_OURS)
    } else if folder.mode() & 0o077 != 0 {
        Some("others may enter it (chmod 700 makes it private)")
    } else {
        None
    }
}

#[cfg(not(unix))]
fn whats_unsafe(folder: &fs::Metadata) -> Option<&'static str> {
    (!folder.is_dir()).then_some("it is not a folder")
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn bases() -> Bases {
        Bases {
            config: "/home/mia/.config/attuned".into(),
            state: "/home/mia/.local/state/attuned".into(),
            runtime: Some("/run/user/1000/attuned".into()),
            config_dirs: None,
        }
    }

    fn with_runtime_dir(dir: PathBuf) -> Paths {
        Paths::within(Bases {
            runtime: Some(dir),
            ..bases()
        })
    }

    #[test]
    fn each_thing_has_its_place() {
        let paths = Paths::within(bases());
        assert_eq!(
            paths.config_file,
            Path::new("/home/mia/.config/attuned/config.toml")
        );
        assert_eq!(
            paths.affirmations_dir,
            Path::new("/home/mia/.config/attuned/affirmations")
        );
        assert_eq!(
            paths.database,
            Path::new("/home/mia/.local/state/attuned/attuned.db")
        );
        assert_eq!(
            paths.socket,
            Path::new("/run/user/1000/attuned/control.sock")
        );
        assert!(!paths.runtime_fallback);
    }

    #[test]
    fn without_a_runtime_folder_the_state_folder_holds_one() {
        let paths = Paths::within(Bases {
            runtime: None,
            ..bases()
        });
        assert_eq!(
            paths.socket,
            Path::new("/home/mia/.local/state/attuned/run/control.sock")
        );
        assert!(paths.runtime_fallback);
    }

    #[test]
    fn another_config_file_changes_nothing_else() {
        let paths = Paths::within(bases()).with_config("/tmp/try.toml".into());
        assert_eq!(
            paths,
            Paths {
                config_file: "/tmp/try.toml".into(),
                ..Paths::within(bases())
            }
        );
    }

    #[test]
    fn the_first_absolute_system_folder_counts() {
        for (value, expected) in [
            (None, "/etc/xdg/attuned"),
            (Some(""), "/etc/xdg/attuned"),
            (Some("/opt/etc:/etc/xdg"), "/opt/etc/attuned"),
            (Some("relative:/usr/local/etc"), "/usr/local/etc/attuned"),
        ] {
            assert_eq!(
                system_dir(value.map(OsString::from)),
                Path::new(expected),
                "{value:?}"
            );
        }
    }

    #[test]
    fn a_new_runtime_folder_is_private() {
        let temp = tempfile::tempdir().unwrap();
        let paths = with_runtime_dir(temp.path().join("user/attuned"));
        assert!(matches!(
            paths.check_runtime_dir(),
            Err(PathsError::Folder { source, .. }) if source.kind() == io::ErrorKind::NotFound
        ));
        paths.create_runtime_dir().unwrap();
        let mode = fs::metadata(&paths.runtime_dir)
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o700);
    }

    #[test]
    fn a_runtime_folder_that_is_not_ours_alone_is_refused() {
        let temp = tempfile::tempdir().unwrap();
        let problem = |paths: &Paths| paths.create_runtime_dir().unwrap_err().to_string();

        let open = with_runtime_dir(temp.path().join("open"));
        fs::create_dir(&open.runtime_dir).unwrap();
        fs::set_permissions(&open.runtime_dir, fs::Permissions::from_mode(0o750)).unwrap();
        assert!(
            problem(&open).contains("others may enter it"),
            "{}",
            problem(&open)
        );

        let link = with_runtime_dir(temp.path().join("link"));
        symlink(temp.path(), &link.runtime_dir).unwrap();
        assert!(
            problem(&link).contains("not a folder"),
            "{}",
            problem(&link)
        );
    }

    #[test]
    fn nobody_works_in_another_persons_runtime_folder() {
        // Owner, me: my own; the system's, such as /tmp; root in mine; one person in another's.
        for (owner, me, expected) in [
            (1000, 1000, false),
            (0, 1000, false),
            (1000, 0, true),
            (1001, 1000, true),
        ] {
            assert_eq!(is_somebody_elses(owner, me), expected, "{owner} {me}");
        }
    }

    #[test]
    fn a_socket_path_has_107_bytes_on_linux() {
        let temp = tempfile::tempdir().unwrap();
        let room = LONGEST_SOCKET_PATH - temp.path().as_os_str().len() - "//control.sock".len();
        with_runtime_dir(temp.path().join("x".repeat(room)))
            .create_runtime_dir()
            .unwrap();
        let error = with_runtime_dir(temp.path().join("x".repeat(room + 1)))
            .create_runtime_dir()
            .unwrap_err();
        assert!(
            matches!(error, PathsError::SocketPathTooLong { length, .. } if length == LONGEST_SOCKET_PATH + 1)
        );
    }
}
