//! The person's own processes, as `/proc` tells of them; see proc(5).

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::io::Errno;
use rustix::process::{Pid, PidfdFlags, geteuid, pidfd_open};
use tokio::time::sleep;

use crate::daemon::descriptor::readable;
use crate::source::did_you_mean;

/// Where a process cannot be followed (too many open files, an old kernel), it is looked for again this much later.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

/// Whether a program of this name runs.
#[must_use]
pub fn runs(program: &str) -> bool {
    !of(program).is_empty()
}

/// Whether a program can be waited for.
///
/// # Errors
/// That none of this name runs, and a hint.
pub fn check(program: &str) -> Result<(), (String, Option<String>)> {
    if runs(program) {
        return Ok(());
    }
    let running: BTreeSet<String> = own().flat_map(|process| names(&process)).collect();
    let near = did_you_mean(program, running.iter().map(String::as_str));
    let hint = near.map_or_else(
        || "it is called as in the list that ps -e shows".to_owned(),
        |near| format!("did you mean \"{near}\"?"),
    );
    let message = format!("no program \"{program}\" of yours is running");
    Err((message, Some(hint)))
}

/// Until the last process of this name has ended. Cancel-safe.
pub(super) async fn end_of(program: &str) {
    loop {
        let processes = of(program);
        if processes.is_empty() {
            return;
        }
        for process in processes {
            match pidfd_open(process, PidfdFlags::NONBLOCK) {
                Ok(descriptor) => match readable(descriptor) {
                    Ok(ends) => drop(ends.readable().await),
                    Err(_) => sleep(LOOK_AGAIN).await,
                },
                // It has ended since.
                Err(Errno::SRCH) => {}
                Err(_) => sleep(LOOK_AGAIN).await,
            }
        }
    }
}

/// The processes of this name.
fn of(program: &str) -> Vec<Pid> {
    let is_one = |process: &PathBuf| names(process).iter().any(|name| name == program);
    own()
        .filter(is_one)
        .filter_map(|process| id(&process))
        .collect()
}

/// The folders of the person's own processes.
fn own() -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let own = geteuid().as_raw();
    entries.map(|entry| entry.path()).filter(move |process| {
        let is_own = fs::metadata(process).is_ok_and(|folder| folder.uid() == own);
        id(process).is_some() && is_own && is_alive(process)
    })
}

fn id(process: &Path) -> Option<Pid> {
    let number = process.file_name()?.to_str()?.parse().ok()?;
    Pid::from_raw(number)
}

/// One that has ended, and whose parent has not asked how, is no process any more.
fn is_alive(process: &Path) -> bool {
    let stat = fs::read_to_string(process.join("stat")).unwrap_or_default();
    // The name may hold anything, a bracket too.
    let state = stat
        .rsplit(')')
        .next()
        .and_then(|rest| rest.trim_start().chars().next());
    !matches!(state, None | Some('Z' | 'X'))
}

/// What a process is called: its program's file, what it was started as, and what it calls itself, of which the kernel
/// keeps the beginning.
fn names(process: &Path) -> Vec<String> {
    let last = |path: &Path| Some(path.file_name()?.to_str()?.to_owned());
    let file = fs::read_link(process.join("exe"))
        .ok()
        .and_then(|path| last(&path));
    let line = fs::read_to_string(process.join("cmdline")).unwrap_or_default();
    let started_as = line
        .split('\0')
        .next()
        .and_then(|first| last(Path::new(first)));
    let own = fs::read_to_string(process.join("comm")).unwrap_or_default();
    let own = Some(own.trim_end().to_owned());
    [file, started_as, own].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::CommandExt;
    use std::process::{Child, Command};

    use tokio::time::timeout;

    use super::*;
    use crate::daemon::sense::hearing::{SOON, block_on};

    /// A program of this name, which runs until it is killed.
    fn program(name: &str) -> Child {
        let mut sleep = Command::new("sleep");
        sleep.arg0(name).arg("1000").spawn().unwrap()
    }

    /// One that no other program has.
    fn name(begin: &str) -> String {
        format!("{begin}-{}", std::process::id())
    }

    fn end(mut child: Child) {
        child.kill().unwrap();
        child.wait().unwrap();
    }

    #[test]
    fn the_end_of_the_last_process_is_told() {
        let name = name("a-name-longer-than-the-kernel-keeps");
        let (one, other) = (program(&name), program(&name));
        assert_eq!(check(&name), Ok(()));
        block_on(async {
            let waited_for = name.clone();
            let waits = tokio::spawn(async move { end_of(&waited_for).await });
            tokio::task::yield_now().await;
            end(one);
            assert_eq!(of(&name).len(), 1);
            assert!(!waits.is_finished());
            end(other);
            timeout(SOON, waits)
                .await
                .expect("its end is told")
                .unwrap();
        });
        let (message, _) = check(&name).unwrap_err();
        assert_eq!(
            message,
            format!("no program \"{name}\" of yours is running")
        );
    }

    #[test]
    fn one_whose_name_the_kernel_cuts_goes_by_either() {
        let folder = tempfile::tempdir().unwrap();
        let name = name("longer-than-it-keeps");
        fs::copy("/bin/sleep", folder.path().join(&name)).unwrap();
        let mut child = Command::new(folder.path().join(&name));
        let child = child.arg("1000").spawn().unwrap();
        // As proc(5) says: 15 bytes.
        assert_eq!(check("longer-than-it-"), Ok(()));
        assert_eq!(check(&name), Ok(()));
        end(child);
    }

    #[test]
    fn one_that_ended_unnoticed_runs_no_more() {
        let name = name("unnoticed");
        let mut child = program(&name);
        child.kill().unwrap();
        // Not waited for yet, it is still listed.
        block_on(async { timeout(SOON, end_of(&name)).await.expect("it ends") });
        child.wait().unwrap();
    }

    #[test]
    fn a_name_that_is_nearly_right_is_named() {
        let name = name("meeting-room");
        let child = program(&name);
        let (_, hint) = check(&name.replace("room", "rom")).unwrap_err();
        assert_eq!(hint, Some(format!("did you mean \"{name}\"?")));
        end(child);
    }
}
