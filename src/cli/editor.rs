//! The person's editor, and the file it is given.

mod draft;

pub use draft::{Draft, Left};

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::Command;

use anyhow::Context;

use super::failure::Failure;

/// Tried in this order where no editor is named.
const EDITORS: [&str; 3] = ["sensible-editor", "nano", "vi"];

/// What a shell ends with where it cannot start a program.
const NOT_STARTED: [i32; 2] = [126, 127];

/// A command that edits a file.
pub struct Editor {
    /// As a shell understands it, arguments and quotes included.
    command: OsString,
}

impl Editor {
    /// `$VISUAL`, `$EDITOR`, or what there is; `command` is what wants one.
    ///
    /// # Errors
    /// Where there is none.
    pub fn find(command: &str) -> Result<Self, Failure> {
        let named = ["VISUAL", "EDITOR"].into_iter().filter_map(env::var_os);
        let mut named = named.filter(|command| !command.to_string_lossy().trim().is_empty());
        let there = || {
            EDITORS
                .into_iter()
                .find(|name| is_there(name))
                .map(OsString::from)
        };
        match named.next().or_else(there) {
            Some(command) => Ok(Self { command }),
            None => Err(Failure::refused(
                "there is no editor here that attuned knows",
                Some(format!("name yours: EDITOR=nano {command}")),
            )),
        }
    }

    /// Opens the file, at a line if it is known how, and waits until the editor is done.
    ///
    /// # Errors
    /// Where it does not start, or ends with an error.
    pub fn open(&self, file: &Path, line: Option<usize>) -> Result<(), Failure> {
        let mut script = self.command.clone();
        script.push(" \"$@\"");
        let name = self.command.to_string_lossy();
        let status = Command::new("/bin/sh")
            .arg("-c")
            .arg(script)
            .arg("attuned")
            .args(arguments(program(&name), file, line))
            .status()
            .context("could not start /bin/sh")?;
        if status.success() {
            return Ok(());
        }
        let (fact, hint) = match status.code() {
            Some(code) if NOT_STARTED.contains(&code) => (
                format!("could not start the editor \"{name}\""),
                "$VISUAL or $EDITOR names another one; nothing was changed",
            ),
            _ => (
                format!("the editor \"{name}\" ended with an error ({status})"),
                "nothing was changed",
            ),
        };
        Err(Failure::refused(fact, Some(hint.to_owned())))
    }
}

fn is_there(name: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(name).is_file())
}

/// The name of the program that a command starts.
fn program(command: &str) -> &str {
    let command = command.trim_start();
    let first = match command.strip_prefix(['"', '\'']) {
        Some(rest) => rest.split(['"', '\'']).next(),
        None => command.split_whitespace().next(),
    };
    let first = first.unwrap_or_default();
    first.rsplit('/').next().unwrap_or(first)
}

/// The file as this program takes it, with the line where it takes one.
fn arguments(program: &str, file: &Path, line: Option<usize>) -> Vec<OsString> {
    let plain = || vec![file.as_os_str().to_owned()];
    let Some(line) = line else { return plain() };
    let file_and_line = || {
        let mut both = file.as_os_str().to_owned();
        both.push(format!(":{line}"));
        both
    };
    match program {
        "vi" | "vim" | "nvim" | "view" | "gvim" | "nano" | "emacs" | "emacsclient" | "micro"
        | "kak" | "joe" | "mg" | "gedit" | "kate" => {
            [vec![format!("+{line}").into()], plain()].concat()
        }
        "hx" | "helix" | "subl" | "zed" => vec![file_and_line()],
        "code" | "codium" | "code-insiders" | "cursor" => {
            vec![OsStr::new("--goto").to_owned(), file_and_line()]
        }
        _ => plain(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_of_a_command() {
        for (command, name) in [
            ("vim", "vim"),
            ("/usr/bin/nvim -u NONE", "nvim"),
            ("code --wait", "code"),
            ("\"/opt/my editor/hx\" -c x", "hx"),
            ("", ""),
        ] {
            assert_eq!(program(command), name, "{command}");
        }
    }

    #[test]
    fn each_editor_is_told_the_line_in_its_way() {
        let told = |program| {
            let arguments = arguments(program, Path::new("/t/config.toml"), Some(7));
            let arguments: Vec<_> = arguments.iter().map(|one| one.to_string_lossy()).collect();
            arguments.join(" ")
        };
        assert_eq!(told("nvim"), "+7 /t/config.toml");
        assert_eq!(told("hx"), "/t/config.toml:7");
        assert_eq!(told("code"), "--goto /t/config.toml:7");
        assert_eq!(told("ed"), "/t/config.toml");
    }
}
