//! From a path to a [`Source`], with every way that can fail in plain words.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;

use super::{Diagnostic, Place, Severity, Source};

/// Reads a text file of at most `limit` bytes, which is whole MiB.
///
/// # Errors
/// A missing or unreadable file, a folder, a file over the limit, or one that is not UTF-8.
pub fn read_file(path: &Path, limit: u64) -> Result<Arc<Source>, Diagnostic> {
    match String::from_utf8(read_bytes(path, limit)?) {
        Ok(text) => Ok(Source::new(path.display().to_string(), text)),
        Err(error) => Err(not_utf8(path, &error)),
    }
}

/// Reads a file of at most `limit` bytes, which is whole MiB.
///
/// # Errors
/// A missing or unreadable file, a folder, or a file over the limit.
pub fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, Diagnostic> {
    let name = path.display();
    let cannot = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => Diagnostic::error(format!("{name} does not exist")),
        ErrorKind::PermissionDenied => Diagnostic::error(format!("{name} may not be read"))
            .with_hint("make it readable for you: chmod u+r"),
        _ => Diagnostic::error(format!("{name} cannot be read: {error}")),
    };
    let metadata = std::fs::metadata(path).map_err(cannot)?;
    if metadata.is_dir() {
        return Err(Diagnostic::error(format!("{name} is a folder, not a file"))
            .with_hint("move the folder away, or name the file inside it"));
    }
    if !metadata.is_file() {
        return Err(Diagnostic::error(format!("{name} is not an ordinary file")));
    }
    let mut bytes = Vec::new();
    File::open(path)
        .map_err(cannot)?
        .take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(cannot)?;
    if bytes.len() as u64 > limit {
        return Err(
            Diagnostic::error(format!("{name} is larger than {} MiB", limit >> 20))
                .with_hint("a file of this size is seldom meant; split it, or name another one"),
        );
    }
    Ok(bytes)
}

/// Points at the first byte that is not UTF-8, in the text with such bytes replaced.
fn not_utf8(path: &Path, error: &std::string::FromUtf8Error) -> Diagnostic {
    let start = error.utf8_error().valid_up_to();
    let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
    let end = start + text[start..].chars().next().map_or(0, char::len_utf8);
    Diagnostic {
        severity: Severity::Error,
        message: "this byte is not UTF-8 text".into(),
        place: Some(Place {
            source: Source::new(path.display().to_string(), text),
            span: start..end,
        }),
        hint: Some("save the file as UTF-8".into()),
    }
}
