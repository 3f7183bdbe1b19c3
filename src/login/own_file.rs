//! Files that attuned writes outside its own folders, and knows again.
//!
//! The last line of each holds a checksum of the rest, so that a file changed by hand is seen to be somebody's own.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::{LoginError, Report, Step};
use crate::paths;

/// How a comment is written in some file format.
#[derive(Clone, Copy, Debug)]
pub(super) struct Comment {
    pub(super) open: &'static str,
    pub(super) close: &'static str,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Placed {
    Written,
    Unchanged,
    /// Somebody's own file is in its place.
    Left,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Removed {
    Gone,
    /// It was somebody's own file.
    Left,
}

/// Writes `body` and the mark to `path`, unless a file that is not ours is there.
pub(super) fn place(
    path: &Path,
    body: &str,
    comment: Comment,
    report: &mut Report,
) -> Result<Placed, LoginError> {
    let text = marked(body, comment);
    match read(path)? {
        Some(found) if found == text => return Ok(Placed::Unchanged),
        Some(found) if !is_own(&found) => {
            report.steps.push(Step::Left(path.to_owned()));
            return Ok(Placed::Left);
        }
        Some(_) | None => {}
    }
    let written = path
        .parent()
        .map_or(Ok(()), paths::create_private_dir)
        .and_then(|()| fs::write(path, text));
    written.map_err(|source| error("write", path, source))?;
    report.steps.push(Step::Wrote(path.to_owned()));
    Ok(Placed::Written)
}

/// Removes `path`, unless it is not ours.
pub(super) fn remove(path: &Path, report: &mut Report) -> Result<Removed, LoginError> {
    match read(path)? {
        None => Ok(Removed::Gone),
        Some(found) if !is_own(&found) => {
            report.steps.push(Step::Left(path.to_owned()));
            Ok(Removed::Left)
        }
        Some(_) => {
            fs::remove_file(path).map_err(|source| error("remove", path, source))?;
            report.steps.push(Step::Removed(path.to_owned()));
            Ok(Removed::Gone)
        }
    }
}

/// The text at `path`, if there is any. Bytes that are no text stand for themselves badly, and so are not ours.
fn read(path: &Path) -> Result<Option<String>, LoginError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(source) if source.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(error("read", path, source)),
    }
}

pub(super) fn error(verb: &'static str, path: &Path, source: io::Error) -> LoginError {
    LoginError::File {
        verb,
        path: path.to_owned(),
        source,
    }
}

fn marked(body: &str, comment: Comment) -> String {
    let Comment { open, close } = comment;
    let sum = checksum(body);
    format!(
        "{body}{open}`attuned enable` wrote this; `attuned disable` removes it, while it is unchanged ({sum:016x}){close}\n"
    )
}

fn is_own(text: &str) -> bool {
    let body_end = text
        .trim_end_matches('\n')
        .rfind('\n')
        .map_or(0, |newline| newline + 1);
    let (body, mark) = text.split_at(body_end);
    mark.contains(&format!("({:016x})", checksum(body)))
}

/// FNV-1a, 64 bits: <http://www.isthe.com/chongo/tech/comp/fnv/>.
fn checksum(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: Comment = Comment {
        open: "# ",
        close: "",
    };

    #[test]
    fn the_checksum_is_fnv_1a() {
        // From the test vectors of the FNV page.
        assert_eq!(checksum(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(checksum("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(checksum("foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn a_file_is_ours_until_somebody_changes_it() {
        let text = marked("[Service]\nType=notify\n", HASH);
        assert!(is_own(&text));
        assert!(!is_own(&text.replace("notify", "simple")));
        assert!(!is_own(&format!("{text}MemoryHigh=1G\n")));
        for other in ["", "\n", "[Service]\n", "()"] {
            assert!(!is_own(other), "{other:?}");
        }
    }

    #[test]
    fn our_files_come_and_go_and_others_stay() {
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().join("new/folder/attuned.service");
        let mut report = Report::default();
        assert_eq!(
            place(&path, "one\n", HASH, &mut report).unwrap(),
            Placed::Written
        );
        assert_eq!(
            place(&path, "one\n", HASH, &mut report).unwrap(),
            Placed::Unchanged
        );
        assert_eq!(
            place(&path, "two\n", HASH, &mut report).unwrap(),
            Placed::Written
        );
        assert_eq!(remove(&path, &mut report).unwrap(), Removed::Gone);
        assert_eq!(remove(&path, &mut report).unwrap(), Removed::Gone);
        let steps = [
            Step::Wrote(path.clone()),
            Step::Wrote(path.clone()),
            Step::Removed(path.clone()),
        ];
        assert_eq!(report.steps, steps);

        fs::write(&path, [b'm', b'y', 0xff]).unwrap();
        let mut report = Report::default();
        assert_eq!(
            place(&path, "one\n", HASH, &mut report).unwrap(),
            Placed::Left
        );
        assert_eq!(remove(&path, &mut report).unwrap(), Removed::Left);
        assert_eq!(
            report.steps,
            [Step::Left(path.clone()), Step::Left(path.clone())]
        );
        assert_eq!(fs::read(&path).unwrap(), [b'm', b'y', 0xff]);
    }
}
