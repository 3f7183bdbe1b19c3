//! `attuned config edit`: the settings in an editor, checked before they are in force.
//!
//! The editor is given a copy. What is in force changes only once the copy is fine, or the person wants it anyway.

use std::io::{self, IsTerminal, Write};

use clap::Args;

use super::difference;
use crate::cli::changed::{self, About};
use crate::cli::editor::{Draft, Editor};
use crate::cli::failure::{Failure, say};
use crate::cli::setup::Setup;
use crate::cli::terminal::Terminal;
use crate::config::MAX_BYTES;
use crate::paths::Paths;
use crate::settings::Settings;
use crate::settings::edit::{self, EditLock, OwnFile, Saved, Written};
use crate::source::Diagnostic;

/// Open your settings in an editor, and check them before they count
///
/// Where something is wrong it is shown, and you can go on editing right there. Where you have no settings file yet, you
/// start from the explained one that attuned config init writes.
#[derive(Debug, Args)]
#[command(after_help = "\
The editor is $VISUAL, or $EDITOR, or the first of sensible-editor, nano and vi
that is there. It gets a copy; your file changes only when you are done.

Examples:
  attuned config edit
  EDITOR=\"code --wait\" attuned config edit")]
pub struct EditArgs {}

/// What is to become of a text with errors.
enum Wish {
    Edit,
    Save,
    Discard,
}

/// Edits.
pub fn run(setup: &Setup, out: &mut Terminal) -> Result<(), Failure> {
    if !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
        return Err(Failure::usage(
            "config edit needs a terminal",
            Some("to change one setting: attuned config set; the file: attuned config path".into()),
        ));
    }
    let paths = setup.paths()?;
    let own = OwnFile::read(&paths)?;
    let original = own
        .text()
        .map_or_else(|| edit::start(&paths), str::to_owned);
    let editor = Editor::find("attuned config edit")?;
    let copy = Draft::new(&std::env::temp_dir(), "config.toml", &original)?;
    let mut line = None;
    loop {
        if let Err(failure) = editor.open(copy.file(), line) {
            // An editor that failed late may have saved an hour's work before.
            if copy.read(MAX_BYTES).is_ok_and(|text| text != original) {
                writeln!(out, "Your text is in {}", copy.keep().display())?;
            }
            return Err(failure);
        }
        let (text, checked) = match copy.read(MAX_BYTES) {
            Ok(text) if text == original => {
                return Ok(writeln!(out, "Nothing changed.")?);
            }
            Ok(text) => {
                let checked = edit::check(&paths, &text);
                (Some(text), checked)
            }
            Err(unreadable) => (None, Err(vec![unreadable])),
        };
        let found = match (text.as_deref(), checked) {
            (Some(text), Ok(after)) => return finish(own, copy, text, after, setup, out),
            (_, Err(found)) => found,
            (None, Ok(_)) => Vec::new(),
        };
        found.iter().for_each(say);
        match (ask(text.is_some(), out)?, text) {
            (Some(Wish::Edit), _) => line = line_of(&found, &paths),
            (Some(Wish::Save), Some(text)) => return save_anyway(own, copy, &text, &paths, out),
            (Some(_), _) => return Ok(writeln!(out, "Your settings are as they were.")?),
            (None, _) => {
                let kept = copy.keep();
                let fact = format!(
                    "Your settings are as they were; your text is in {}",
                    kept.display()
                );
                return Ok(writeln!(out, "{fact}")?);
            }
        }
    }
}

/// Saves what has no errors, and tells what is different now.
fn finish(
    own: OwnFile,
    copy: Draft,
    text: &str,
    after: Settings,
    setup: &Setup,
    out: &mut Terminal,
) -> Result<(), Failure> {
    let paths = setup.paths()?;
    let old = own.text().map(str::to_owned);
    let written = match old {
        Some(_) => Written::Changed,
        None => Written::Created,
    };
    let before = match &old {
        Some(old) => edit::check(&paths, old),
        None => Settings::read(&paths),
    };
    save(own, copy, text, &paths)?;
    writeln!(out, "Saved {}", paths.config_file.display())?;
    for fact in difference::told(old.as_deref(), text, &paths) {
        out.paragraph(0, &fact)?;
    }
    let saved = Saved {
        // Of settings that could not be used, no warning was known.
        before: before.unwrap_or_else(|_| Settings::silent()),
        after,
        written,
    };
    changed::tell(&saved, About::Everything, setup, out)
}

fn save_anyway(
    own: OwnFile,
    copy: Draft,
    text: &str,
    paths: &Paths,
    out: &mut Terminal,
) -> Result<(), Failure> {
    save(own, copy, text, paths)?;
    writeln!(out, "Saved {}, with errors.", paths.config_file.display())?;
    out.paragraph(
        0,
        "A running attuned keeps the settings it has until these are right; it does not start with them. \
         attuned config edit goes on where you were.",
    )?;
    Ok(())
}

/// Puts the text in place of the person's file. Where that fails the copy stays.
fn save(own: OwnFile, copy: Draft, text: &str, paths: &Paths) -> Result<(), Failure> {
    let saved = EditLock::acquire(paths).and_then(|lock| own.replace(text, &lock));
    saved.map_err(|error| {
        let kept = copy.keep();
        let hint = format!("it is as it was; your text is in {}", kept.display());
        Failure::Failed {
            error: error.into(),
            hint: Some(hint),
        }
    })
}

/// What to do about a text with errors; none where nobody answers.
fn ask(can_save: bool, out: &mut Terminal) -> io::Result<Option<Wish>> {
    let question = if can_save {
        "[e]dit again, [s]ave anyway or [d]iscard? [e] "
    } else {
        "[e]dit again or [d]iscard? [e] "
    };
    loop {
        write!(out, "{question}")?;
        out.flush()?;
        let mut answer = String::new();
        if io::stdin().read_line(&mut answer)? == 0 {
            writeln!(out)?;
            return Ok(None);
        }
        match answer.trim().to_lowercase().as_str() {
            "" | "e" | "edit" => return Ok(Some(Wish::Edit)),
            "s" | "save" if can_save => return Ok(Some(Wish::Save)),
            "d" | "discard" => return Ok(Some(Wish::Discard)),
            _ => {}
        }
    }
}

/// The line of the first error in the person's own file.
fn line_of(found: &[Diagnostic], paths: &Paths) -> Option<usize> {
    let name = paths.config_file.display().to_string();
    let places = found.iter().filter_map(|one| one.place.as_ref());
    let mut own = places.filter(|place| place.source.name == name);
    let place = own.next()?;
    Some(place.source.line_and_column(place.span.start).0)
}
