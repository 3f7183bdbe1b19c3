//! Programs that the settings name, where they are on this computer.

use std::env;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::config::{Config, for_a_shell};
use crate::paths;
use crate::source::{Diagnostic, Place, Severity};

/// Why a program cannot be started. It may be named in a person's own words, which are not told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoProgram {
    /// There is no such file.
    #[error("is not installed")]
    NotInstalled,
    /// There is, and it is none to run.
    #[error("may not be executed")]
    NotExecutable,
}

/// As much of a script's first line as Linux reads, in bytes.
const LONGEST_FIRST_LINE: u64 = 256;

/// Where programs are looked for.
#[must_use]
pub fn folders() -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).collect()
}

/// Where a program is; one with a slash in its name is where it says.
///
/// # Errors
/// Where it is nowhere, or may not be executed.
pub fn find(program: &str, folders: &[PathBuf]) -> Result<String, NoProgram> {
    if program.contains('/') {
        return look_at(Path::new(program)).map(|()| program.to_owned());
    }
    let mut why = NoProgram::NotInstalled;
    for place in folders.iter().map(|folder| folder.join(program)) {
        match (look_at(&place), place.to_str()) {
            (Ok(()), Some(place)) => return Ok(place.to_owned()),
            (Err(NoProgram::NotExecutable), _) => why = NoProgram::NotExecutable,
            _ => {}
        }
    }
    Err(why)
}

fn look_at(place: &Path) -> Result<(), NoProgram> {
    if !place.is_file() {
        return Err(NoProgram::NotInstalled);
    }
    if !is_executable(place) {
        return Err(NoProgram::NotExecutable);
    }
    Ok(())
}

#[cfg(unix)]
fn is_executable(file: &Path) -> bool {
    rustix::fs::access(file, rustix::fs::Access::EXEC_OK).is_ok()
}

#[cfg(not(unix))]
fn is_executable(_file: &Path) -> bool {
    true
}

/// `~/` before a program is the home folder: no shell is there to know.
#[must_use]
pub fn at_home(program: &str, home: Option<&Path>) -> String {
    let rest = program.strip_prefix("~/");
    let place = rest.and_then(|rest| Some(home?.join(rest)));
    let place = place.as_deref().and_then(Path::to_str);
    place.unwrap_or(program).to_owned()
}

/// What stands in the way of the probe's program, as far as this process can tell: it may be installed later.
#[must_use]
pub fn about_probe(config: &Config) -> Option<Diagnostic> {
    let program = config.busy.probe.command.as_ref()?.first()?;
    let home = paths::home_dir();
    let (message, hint) = about(program, home.as_deref(), &folders())?;
    Some(warning(config.probe_place.clone(), message, hint))
}

fn about(program: &str, home: Option<&Path>, folders: &[PathBuf]) -> Option<(String, String)> {
    // That was told of the settings already.
    if for_a_shell(program).is_some() {
        return None;
    }
    let place = at_home(program, home);
    if place.contains('/') && !place.starts_with('/') {
        let message = format!("\"{program}\" is not a whole path");
        return Some((message, "such as \"~/bin/am-i-busy\"".to_owned()));
    }
    let told = match find(&place, folders) {
        Ok(file) => return about_first_line(program, Path::new(&file)),
        Err(NoProgram::NotExecutable) => (
            format!("the program \"{program}\" may not be executed"),
            format!("to let it be: chmod +x {program}"),
        ),
        Err(NoProgram::NotInstalled) if place.contains('/') => (
            format!("there is no program \"{program}\""),
            "until there is, you count as free".to_owned(),
        ),
        Err(NoProgram::NotInstalled) => (
            format!("the program \"{program}\" is not installed"),
            "until it is, you count as free; one of your own is named by its path, such as \"~/bin/am-i-busy\""
                .to_owned(),
        ),
    };
    Some(told)
}

/// A shell forgives a script that does not say what runs it; the kernel does not. See execve(2).
fn about_first_line(program: &str, file: &Path) -> Option<(String, String)> {
    let mut start = Vec::new();
    let opened = File::open(file).ok()?;
    opened
        .take(LONGEST_FIRST_LINE)
        .read_to_end(&mut start)
        .ok()?;
    let Some(script) = start.strip_prefix(b"#!") else {
        let is_text = std::str::from_utf8(&start).is_ok_and(|text| !text.contains('\0'));
        let message = format!("\"{program}\" does not say what is to run it");
        let hint = "begin it with a line such as #!/bin/sh".to_owned();
        return is_text.then_some((message, hint));
    };
    let line = script.split(|byte| *byte == b'\n').next()?;
    let mut words = line.split(|byte| matches!(byte, b' ' | b'\t'));
    let runner = str::from_utf8(words.find(|word| !word.is_empty())?).ok()?;
    let message = format!("\"{program}\" is to be run by {runner:?}, which is not there");
    let hint = "mend its first line, such as #!/bin/sh".to_owned();
    (!Path::new(runner).exists()).then_some((message, hint))
}

fn warning(place: Option<Place>, message: String, hint: String) -> Diagnostic {
    Diagnostic {
        severity: Severity::Warning,
        message,
        place,
        hint: Some(hint),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;

    /// A folder with a program, and a file beside it that is none.
    #[cfg(unix)]
    fn folder() -> TempDir {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        for (name, mode, text) in [
            ("busy", 0o755, "#! /bin/sh -e\n"),
            ("binary", 0o755, "\x7fELF\0"),
            ("plain", 0o644, ""),
            ("bare", 0o755, "exit 0\n"),
            ("empty", 0o755, ""),
            ("foreign", 0o755, "#!/bin/sh\r\nexit 0\r\n"),
        ] {
            let file = folder.path().join(name);
            fs::write(&file, text).unwrap();
            fs::set_permissions(&file, PermissionsExt::from_mode(mode)).unwrap();
        }
        fs::create_dir(folder.path().join("inner")).unwrap();
        folder
    }

    #[cfg(unix)]
    #[test]
    fn a_program_is_found_by_name_or_place() {
        let folder = folder();
        let at = |name: &str| folder.path().join(name).display().to_string();
        let folders = ["/nowhere".into(), folder.path().to_owned()];
        for program in ["busy", &at("busy")] {
            assert_eq!(find(program, &folders), Ok(at("busy")));
        }
        for program in ["plain", &at("plain")] {
            assert_eq!(find(program, &folders), Err(NoProgram::NotExecutable));
        }
        for program in ["other", "inner", "", &at("other"), &at("inner"), "/"] {
            assert_eq!(find(program, &folders), Err(NoProgram::NotInstalled));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_is_no_program_hides_none_behind_it() {
        let (before, behind) = (folder(), folder());
        fs::rename(behind.path().join("busy"), behind.path().join("plain")).unwrap();
        let folders = [before.path().to_owned(), behind.path().to_owned()];
        let place = behind.path().join("plain").display().to_string();
        assert_eq!(find("plain", &folders), Ok(place));
    }

    #[test]
    fn the_tilde_is_the_home_folder() {
        let home = Some(Path::new("/home/ana"));
        assert_eq!(at_home("~/bin/busy", home), "/home/ana/bin/busy");
        for other in ["busy", "/bin/~/busy", "~bo/busy"] {
            assert_eq!(at_home(other, home), other);
        }
        assert_eq!(at_home("~/bin/busy", None), "~/bin/busy");
    }

    #[cfg(unix)]
    #[test]
    fn what_stands_in_the_way_is_told_with_what_to_do() {
        let home = folder();
        let folders = [home.path().to_owned()];
        let told = |program: &str| about(program, Some(home.path()), &folders).map(|told| told.0);
        for (program, fact) in [
            ("busy", None),
            ("~/busy", None),
            ("~/binary", None),
            ("~/bare", Some("\"~/bare\" does not say what is to run it")),
            (
                "~/empty",
                Some("\"~/empty\" does not say what is to run it"),
            ),
            (
                "~/foreign",
                Some("\"~/foreign\" is to be run by \"/bin/sh\\r\", which is not there"),
            ),
            ("other", Some("the program \"other\" is not installed")),
            ("~/other", Some("there is no program \"~/other\"")),
            (
                "~/plain",
                Some("the program \"~/plain\" may not be executed"),
            ),
            ("bin/busy", Some("\"bin/busy\" is not a whole path")),
            // That no shell reads it is told already.
            ("$HOME/busy", None),
        ] {
            assert_eq!(told(program).as_deref(), fact, "{program}");
        }
    }
}
