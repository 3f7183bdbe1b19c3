//! `attuned completions`: a shell's part of completing what is typed.

use std::io::Write;

use clap::{Args, ValueEnum};
use clap_complete::env::{Bash, EnvCompleter, Fish, Powershell, Zsh};

use super::complete::VARIABLE;
use super::failure::Failure;
use super::terminal::Terminal;

/// A script that completes commands, options and names in your shell
///
/// Names of reminders, collections, prompts and tags are those of your settings at that moment: the script asks attuned.
#[derive(Debug, Args)]
#[command(after_help = "\
Bash, in ~/.bashrc:
  source <(attuned completions bash)

Zsh, in ~/.zshrc, after compinit:
  source <(attuned completions zsh)

Fish, in ~/.config/fish/config.fish:
  attuned completions fish | source

PowerShell, in $PROFILE:
  attuned completions powershell | Out-String | Invoke-Expression

Write it anew with each version of attuned where you keep it in a file.")]
pub struct CompletionsArgs {
    /// For which shell
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
}

impl Shell {
    fn completer(self) -> &'static dyn EnvCompleter {
        match self {
            Self::Bash => &Bash,
            Self::Zsh => &Zsh,
            Self::Fish => &Fish,
            Self::Powershell => &Powershell,
        }
    }
}

/// Prints the script.
pub fn run(args: &CompletionsArgs, out: &mut Terminal) -> Result<(), Failure> {
    let mut script = Vec::new();
    let completer = args.shell.completer();
    completer.write_registration(VARIABLE, "attuned", "attuned", "attuned", &mut script)?;
    out.write_all(&script)?;
    Ok(())
}
