//! What a shell would understand in a command that none reads.

use std::iter::Peekable;
use std::ops::Range;
use std::str::CharIndices;

/// The first piece of a command that only a shell understands: `&&`, `|`, `>`, `*`, `$HOME`, `~` before an argument.
///
/// What stands in quotes is the program's own, but for what a shell expands in double ones; after `-c` another shell
/// does that. `~/` before the program is none: that is understood here.
#[must_use]
pub fn for_a_shell(command: &str) -> Option<Range<usize>> {
    let has_own_shell = command.split_whitespace().any(|word| word == "-c");
    let mut quote = None;
    let mut before = ' ';
    let mut letters = command.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match (quote, letter) {
            (None, '#') if before.is_whitespace() => return None,
            (Some(open), _) if open == letter => quote = None,
            (Some('\''), _) => {}
            (_, '\\') => drop(letters.next()),
            (None, '\'' | '"') => quote = Some(letter),
            (Some(_), '$' | '`') if has_own_shell => {}
            (_, '$') if begins_a_name(&mut letters) => return Some(name(at, command)),
            (_, '`') | (None, '*') => return Some(at..at + 1),
            (None, '|' | '&' | ';' | '<' | '>') => return Some(operator(at, command)),
            (None, '~') if before.is_whitespace() && !is_home(at, command) => {
                return Some(at..at + 1);
            }
            _ => {}
        }
        before = letter;
    }
    None
}

fn begins_a_name(letters: &mut Peekable<CharIndices<'_>>) -> bool {
    let next = letters.peek().map(|(_, next)| *next);
    next.is_some_and(|next| next.is_alphanumeric() || matches!(next, '_' | '{' | '('))
}

/// `$HOME`, and of `${HOME}` or `$(date)` how it begins.
fn name(at: usize, command: &str) -> Range<usize> {
    let rest = &command[at + 1..];
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
    at..at + 1 + end.unwrap_or(rest.len()).max(1)
}

fn operator(at: usize, command: &str) -> Range<usize> {
    let rest = &command[at..];
    let end = rest.find(|c| !matches!(c, '|' | '&' | ';' | '<' | '>'));
    at..at + end.unwrap_or(rest.len())
}

/// Whether a `~` is the home folder of the program itself.
fn is_home(at: usize, command: &str) -> bool {
    command[..at].trim().is_empty() && command[at..].starts_with("~/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_shell_would_understand_is_found() {
        for (command, piece) in [
            ("pgrep zoom | grep -q .", Some("|")),
            ("pgrep zoom||true", Some("||")),
            ("cd /tmp && ls", Some("&&")),
            ("busy 2>/dev/null", Some(">")),
            ("busy; true", Some(";")),
            ("test -e $HOME/busy", Some("$HOME")),
            ("test -e \"$HOME/busy\"", Some("$HOME")),
            ("test -e ${HOME}/busy", Some("${")),
            ("test -e $(cat x)", Some("$(")),
            ("test \"`date`\" = x", Some("`")),
            ("ls /tmp/*.lock", Some("*")),
            ("test -e ~/busy", Some("~")),
            ("~ana/bin/busy", Some("~")),
            ("sh -c true | cat", Some("|")),
        ] {
            assert_eq!(
                for_a_shell(command).map(|at| &command[at]),
                piece,
                "{command}"
            );
        }
    }

    #[test]
    fn what_the_program_is_to_see_is_its_own() {
        for command in [
            "",
            "~/bin/am-i-busy --quick",
            " ~/bin/am-i-busy",
            "sh -c 'pgrep zoom | grep -q . && test -e $HOME/x'",
            "sh -c \"test -e $HOME/x\"",
            "test -e '$HOME'",
            "pgrep 'zoom|teams'",
            "pgrep \"zoom|teams\"",
            "pgrep zoom\\|teams \\$x",
            "pgrep zoom$",
            "test a~ = b~",
            "busy # | a comment",
            "busy 'ü' ü#",
            "'",
            "\\",
            "$",
        ] {
            assert_eq!(for_a_shell(command), None, "{command}");
        }
    }
}
