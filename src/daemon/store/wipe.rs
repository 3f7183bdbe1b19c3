//! Files that are to be gone for good.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// How much is overwritten at once, in bytes.
const BLOCK: usize = 8 * 1024;

/// Overwrites a file and removes it. Of anything else than a file, only the name goes.
///
/// # Errors
/// As [`OpenOptions::open`], [`Write::write_all`] and [`fs::remove_file`].
pub fn wipe(path: &Path) -> io::Result<()> {
    if fs::symlink_metadata(path)?.is_file() {
        overwrite(path)?;
    }
    fs::remove_file(path)
}

/// Overwrites what is in a file, as far as the file system lets it; its length stays.
pub(super) fn overwrite(path: &Path) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    let zeros = [0; BLOCK];
    let mut left = file.metadata()?.len();
    while left > 0 {
        let some = usize::try_from(left).unwrap_or(BLOCK).min(BLOCK);
        file.write_all(&zeros[..some])?;
        left -= some as u64;
    }
    file.sync_all()
}
