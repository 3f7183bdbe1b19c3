//! What a person writes, kept in the journal: typed here, in their editor, or from standard input, and never lost on the way.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};

use super::ask;
use super::editor::{Draft, Editor, Left};
use super::failure::Failure;
use super::input::{self, Wish};
use super::journal::Keeper;
use super::setup::Setup;
use super::terminal::Terminal;
use crate::clock;
use crate::journal::{
    Change, Channel, Content, Entry, EntryId, LONGEST_NOTE, Moment, Origin, VERSION,
};
use crate::paths::Paths;
use crate::protocol::RequestBody;

/// The most that is read from the editor's file, in bytes.
const LARGEST_DRAFT: u64 = 1 << 20;

/// The editor's file.
const DRAFT: &str = "note.md";

/// What led a person to write.
#[derive(Debug, Default)]
pub struct Occasion {
    /// The full id of the prompt.
    pub prompt: Option<String>,
    /// The words they saw.
    pub asked: Option<String>,
    /// How it came; by themselves where no prompt came.
    pub origin: Option<Origin>,
}

/// How they write, where they are at a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Right in the terminal.
    Here,
    /// In their editor.
    InEditor,
}

/// What `--json` prints.
#[derive(Debug, Serialize)]
pub struct Kept {
    /// The new entry's id; none where nothing was written.
    pub id: Option<EntryId>,
}

/// What they wrote, and where it still is.
struct Written {
    text: String,
    channel: Channel,
    draft: Option<Draft>,
}

/// Asks for words and keeps them; tells the id of the new entry, or none where there were no words.
///
/// # Errors
/// That they could not be kept. Then they are still there: in a file that is named, or printed again.
pub fn keep(
    command: &str,
    question: &str,
    way: Way,
    occasion: Occasion,
    content: impl FnOnce(String) -> Content,
    setup: &Setup,
    out: &mut Terminal,
) -> Result<Option<EntryId>, Failure> {
    let paths = setup.paths()?;
    if io::stdin().is_terminal() {
        look_after_left(&paths);
    }
    let Some(written) = ask(command, question, way, &paths, out)? else {
        return Ok(None);
    };
    let entry = Entry {
        version: VERSION,
        id: EntryId::new(setup.now, clock::entropy()),
        revision: 1,
        moment: Moment::new(setup.now, &setup.zone),
        origin: occasion.origin.unwrap_or(Origin::Own),
        channel: written.channel,
        prompt: occasion.prompt,
        asked: occasion.asked,
        content: content(written.text.clone()),
    };
    let id = entry.id.clone();
    match put(entry, &paths, setup) {
        Ok(()) => Ok(Some(id)),
        Err(failure) => Err(give_back(failure, written, out)),
    }
}

fn put(entry: Entry, paths: &Paths, setup: &Setup) -> Result<(), Failure> {
    entry
        .check()
        .map_err(|flaw| Failure::refused(format!("this could not be kept: {flaw}"), None))?;
    // An answer to a prompt counts as one; but errors in the settings keep nobody from writing.
    if entry.prompt.is_some() && setup.settings().is_ok() {
        let answer = RequestBody::Answer {
            entry: Box::new(entry),
            delivery: None,
        };
        return ask::daemon_or_alone(answer, setup).map(drop);
    }
    let kept = Keeper::new(paths, setup).change(&Change::Keep(vec![entry]));
    kept.map(drop)
}

/// The words again, after they could not be kept.
fn give_back(failure: Failure, written: Written, out: &mut Terminal) -> Failure {
    if let Some(draft) = written.draft {
        return in_a_file(&failure, &draft.keep());
    }
    // Where not even this can be written, the failure is told all the same.
    let _ = writeln!(out, "{}\n", written.text).and_then(|()| out.flush());
    failure
}

fn in_a_file(failure: &Failure, file: &Path) -> Failure {
    let hint = format!("your words are in {}", file.display());
    Failure::refused(failure.one_line(), Some(hint))
}

fn ask(
    command: &str,
    question: &str,
    way: Way,
    paths: &Paths,
    out: &mut Terminal,
) -> Result<Option<Written>, Failure> {
    let is_here = io::stdin().is_terminal();
    if is_here && way == Way::InEditor {
        writeln!(out, "{question}")?;
        out.flush()?;
        return in_editor(command, paths);
    }
    let wish = Wish {
        question: question.to_owned(),
        limit: LONGEST_NOTE,
        plain: false,
    };
    let text = input::text(&wish)?;
    let channel = if is_here {
        Channel::Terminal
    } else {
        Channel::Script
    };
    Ok(text.map(|text| Written {
        text,
        channel,
        draft: None,
    }))
}

fn in_editor(command: &str, paths: &Paths) -> Result<Option<Written>, Failure> {
    let editor = Editor::find(command)?;
    let draft = Draft::new(&private_place(paths)?, DRAFT, "")?;
    leave_signals_to_the_editor()?;
    let opened = editor.open(draft.file(), None);
    let read = draft.read(LARGEST_DRAFT);
    let is_empty = matches!(&read, Ok(text) if text.trim().is_empty());
    match (opened, read) {
        (Err(failure), _) if is_empty => Err(failure),
        // An editor that failed late may have saved words before.
        (Err(failure), _) => Err(in_a_file(&failure, &draft.keep())),
        (Ok(()), Err(unread)) => {
            let failure = Failure::refused(unread.one_line(), unread.hint);
            Err(in_a_file(&failure, &draft.keep()))
        }
        (Ok(()), Ok(_)) if is_empty => Ok(None),
        (Ok(()), Ok(text)) => Ok(Some(Written {
            text: input::shown(&text).trim().to_owned(),
            channel: Channel::Terminal,
            draft: Some(draft),
        })),
    }
}

/// A folder that is the person's alone, best one that ends with the session.
fn private_place(paths: &Paths) -> Result<PathBuf, Failure> {
    if paths.create_runtime_dir().is_ok() {
        return Ok(paths.runtime_dir.clone());
    }
    paths.create_state_dir()?;
    Ok(paths.state_dir.clone())
}

/// Drafts from the editor that are not in the journal, and that nobody writes any more.
pub fn left_drafts(paths: &Paths) -> Vec<Left> {
    let places = [&paths.runtime_dir, &paths.state_dir];
    let left = places.map(|place| Draft::left_in(place, DRAFT));
    left.into_iter().flatten().collect()
}

/// Names those with words in them, and removes the others.
fn look_after_left(paths: &Paths) {
    for left in left_drafts(paths) {
        if left.has_words() {
            let file = left.file.display();
            ask::warn(
                &format!("words that are not in your journal are in {file}"),
                Some(&format!(
                    "attuned write <{file} keeps them; then remove the file"
                )),
            );
        } else if let Err(error) = left.remove() {
            tracing::debug!("an empty draft could not be removed: {error}");
        }
    }
}

/// From here on Ctrl-C and the like are for the editor: what is written there is not lost with this process.
fn leave_signals_to_the_editor() -> io::Result<()> {
    for signal in [SIGINT, SIGQUIT, SIGTERM, SIGHUP] {
        signal_hook::flag::register(signal, Arc::default())?;
    }
    Ok(())
}
