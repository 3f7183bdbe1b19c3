//! The overview of `attuned --help`: every command, in groups that tell what it is for.

use std::fmt::Write;

use clap::Command;
use clap::builder::styling::Style;

use super::style::wrap;
use super::terminal::Terminal;

/// The groups, each with its commands in the order in which people meet them.
const GROUPS: [(&str, &[&str]); 6] = [
    (
        "Every day",
        &[
            "status", "now", "check-in", "practice", "last", "pause", "resume", "snooze", "why",
            "preview",
        ],
    ),
    (
        "Your journal",
        &[
            "write", "win", "journal", "review", "export", "import", "erase",
        ],
    ),
    (
        "Make it yours",
        &["reminder", "hours", "library", "config", "check", "when"],
    ),
    ("Start and stop", &["run", "stop", "enable", "disable"]),
    (
        "Care",
        &[
            "overwhelmed",
            "steady",
            "support",
            "guide",
            "doctor",
            "backup",
            "restore",
        ],
    ),
    ("For the shell", &["watch", "completions", "man"]),
];

/// clap's own look for headings.
const HEADING: Style = Style::new().bold().underline();
const NAME: Style = Style::new().bold();

/// How far right the commands' descriptions stand.
const INDENT: usize = 15;

/// The command with its subcommands told in groups.
#[must_use]
pub fn in_groups(command: Command) -> Command {
    let width = Terminal::stdout().width.saturating_sub(INDENT);
    let mut groups = String::new();
    for (heading, names) in GROUPS {
        let _ = writeln!(groups, "\n{HEADING}{heading}:{HEADING:#}");
        for name in names {
            let found = command.find_subcommand(name);
            let about = found.and_then(Command::get_about);
            let about = about.map(ToString::to_string).unwrap_or_default();
            let lines = wrap(&about, width).join(&format!("\n{:INDENT$}", ""));
            let _ = writeln!(groups, "  {NAME}{name:<11}{NAME:#}  {lines}");
        }
    }
    command.help_template(format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n{groups}\n\
         {HEADING}Options:{HEADING:#}\n{{options}}{{after-help}}"
    ))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory;

    use super::*;

    #[test]
    fn every_command_is_in_one_group() {
        let named: Vec<&str> = GROUPS
            .iter()
            .flat_map(|(_, names)| *names)
            .copied()
            .collect();
        let once: BTreeSet<&str> = named.iter().copied().collect();
        assert_eq!(named.len(), once.len());
        let whole = crate::cli::Cli::command();
        let visible = whole.get_subcommands().filter(|one| !one.is_hide_set());
        assert_eq!(once, visible.map(Command::get_name).collect());
    }
    #[test]
    fn what_follows_the_options_stands_on_80_columns_unbroken() {
        let mut commands = vec![crate::cli::Cli::command()];
        let mut lines = 0;
        while let Some(command) = commands.pop() {
            let after = command.get_after_help().map(ToString::to_string);
            for line in after.unwrap_or_default().lines() {
                lines += 1;
                let name = command.get_name();
                assert!(line.chars().count() <= 80, "{name}: {line}");
            }
            commands.extend(command.get_subcommands().cloned());
        }
        assert!(lines > 100, "{lines}");
    }
}
