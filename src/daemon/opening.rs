//! Opens a terminal in which a person goes on with what a notification began.

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use super::{Daemon, apart};
use crate::engine::Flow;
use crate::settings::programs::{find, folders};

#[cfg(target_os = "linux")]
pub(super) mod manager;

/// What the specification of a default terminal has; then the terminals known here, each with what it wants to be told
/// before a command. Debian's own choice comes before the rest.
const TERMINALS: [(&str, &[&str]); 18] = [
    ("xdg-terminal-exec", &[]),
    ("x-terminal-emulator", &["-e"]),
    ("ptyxis", &["--"]),
    ("kgx", &["--"]),
    ("gnome-terminal", &["--"]),
    ("konsole", &["-e"]),
    ("xfce4-terminal", &["-x"]),
    ("mate-terminal", &["-x"]),
    ("qterminal", &["-e"]),
    ("foot", &[]),
    ("alacritty", &["-e"]),
    ("kitty", &[]),
    ("wezterm", &["start", "--"]),
    ("ghostty", &["-e"]),
    ("terminator", &["-x"]),
    ("urxvt", &["-e"]),
    ("st", &["-e"]),
    ("xterm", &["-e"]),
];

/// A terminal that ends with an error this soon has not opened: it found no display, say.
const OPENS_WITHIN: Duration = Duration::from_secs(5);

/// A terminal did not open.
#[derive(Debug)]
pub(super) struct NotOpened {
    flow: Flow,
    why: NotStarted,
}

/// Why a program did not start. The words that were to start it may be a person's own, and are not told.
#[derive(Debug, thiserror::Error)]
enum NotStarted {
    #[error("none is installed that attuned knows")]
    NoTerminal,
    #[error("the one named in the settings is not installed")]
    NotInstalled,
    #[error("it ended at once ({0})")]
    Ended(ExitStatus),
    #[error("{0}")]
    Refused(String),
}

impl Daemon {
    /// Opens a terminal, and returns at once; where that fails, [`Daemon::not_opened`] is told.
    pub(super) fn open(&self, flow: Flow) {
        let chosen = self.engine.config().notification.terminal.clone();
        let failures = self.openings.clone();
        tokio::spawn(async move {
            if let Err(why) = start(chosen, &flow).await {
                // Without a reader the daemon is stopping.
                let _ = failures.send(NotOpened { flow, why });
            }
        });
    }

    /// The person is told how to go on by hand.
    pub(super) fn not_opened(&mut self, failure: &NotOpened) {
        tracing::warn!("no terminal could be opened: {}", failure.why);
        let body = format!("In one of your own, type: {}", failure.flow);
        self.tell("No terminal could be opened", &body);
    }
}

/// The two ends by which failures come back.
pub(super) fn failures() -> (
    mpsc::UnboundedSender<NotOpened>,
    mpsc::UnboundedReceiver<NotOpened>,
) {
    mpsc::unbounded_channel()
}

async fn start(chosen: Option<Vec<String>>, flow: &Flow) -> Result<(), NotStarted> {
    let folders = folders();
    let mut words = match chosen {
        Some(words) => with_program_found(words, &folders).ok_or(NotStarted::NotInstalled)?,
        None => first_installed(&folders).ok_or(NotStarted::NoTerminal)?,
    };
    words.push(this_program());
    words.extend(flow.arguments());
    #[cfg(target_os = "linux")]
    match manager::start(&words).await {
        Err(manager::Failure::NoManager) => {}
        Err(manager::Failure::Refused(why)) => return Err(NotStarted::Refused(why)),
        Ok(()) => return Ok(()),
    }
    start_here(&words).await
}

/// A program of this process's own, apart from its terminal and its signals. It is waited for, however long it runs.
async fn start_here(words: &[String]) -> Result<(), NotStarted> {
    let (program, arguments) = words.split_first().ok_or(NotStarted::NoTerminal)?;
    let started = apart::command(program).args(arguments).spawn();
    let refused = |error: std::io::Error| NotStarted::Refused(error.to_string());
    let mut child = started.map_err(refused)?;
    let (ended, end) = oneshot::channel();
    let thread = std::thread::Builder::new().name("terminal".to_owned());
    let thread = thread.spawn(move || {
        // By then nobody may listen any more.
        let _ = ended.send(child.wait());
    });
    thread.map_err(refused)?;
    match timeout(OPENS_WITHIN, end).await {
        Ok(Ok(Ok(status))) if !status.success() => Err(NotStarted::Ended(status)),
        _ => Ok(()),
    }
}

/// The command with the place of its program; none where it is nowhere.
fn with_program_found(mut words: Vec<String>, folders: &[PathBuf]) -> Option<Vec<String>> {
    let program = words.first_mut()?;
    *program = find(program, folders).ok()?;
    Some(words)
}

fn first_installed(folders: &[PathBuf]) -> Option<Vec<String>> {
    TERMINALS.iter().find_map(|(name, before)| {
        let program = find(name, folders).ok()?;
        let before = before.iter().map(|word| (*word).to_owned());
        Some([program].into_iter().chain(before).collect())
    })
}

/// This very program; by name where its file was replaced meanwhile.
fn this_program() -> String {
    let file = env::current_exe().ok().filter(|file| file.exists());
    let name = file.as_deref().and_then(Path::to_str);
    name.unwrap_or("attuned").to_owned()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn folder_with(programs: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for program in programs {
            let file = folder.path().join(program);
            fs::write(&file, "").unwrap();
            fs::set_permissions(&file, PermissionsExt::from_mode(0o755)).unwrap();
        }
        folder
    }

    fn found(programs: &[&str]) -> Option<String> {
        let folder = folder_with(programs);
        let words = first_installed(&[folder.path().to_owned()])?;
        let place = format!("{}/", folder.path().display());
        Some(words.join(" ").replace(&place, ""))
    }

    #[test]
    fn the_first_that_is_installed_opens_and_is_told_of_a_command_in_its_own_way() {
        for (installed, words) in [
            (&["xterm", "xdg-terminal-exec"][..], "xdg-terminal-exec"),
            (&["xterm", "gnome-terminal"], "gnome-terminal --"),
            (&["konsole"], "konsole -e"),
            (&["xfce4-terminal", "xterm"], "xfce4-terminal -x"),
            (&["wezterm"], "wezterm start --"),
            (&["foot", "xterm"], "foot"),
            (&["xterm"], "xterm -e"),
        ] {
            assert_eq!(found(installed).as_deref(), Some(words), "{installed:?}");
        }
        assert_eq!(found(&["bash"]), None);
    }

    #[test]
    fn a_chosen_one_is_found_by_name_or_place() {
        let folder = folder_with(&["mine"]);
        let folders = [folder.path().to_owned()];
        let place = folder.path().join("mine").display().to_string();
        let chosen = |words: &[&str]| {
            let words = words.iter().map(|word| (*word).to_owned()).collect();
            with_program_found(words, &folders)
        };
        let expected = vec![place.clone(), "-x".to_owned()];
        assert_eq!(chosen(&["mine", "-x"]), Some(expected.clone()));
        assert_eq!(chosen(&[&place, "-x"]), Some(expected));
        assert_eq!(chosen(&["other"]), None);
        assert_eq!(chosen(&["/nowhere/mine"]), None);
    }
}
