//! LXQt's do-not-disturb: a line in a file.

use std::env;
use std::path::{Path, PathBuf};

use super::Failure;
use crate::paths;
use crate::source::read_bytes;

/// Where LXQt keeps the settings of its notifications.
pub(super) fn file() -> Option<PathBuf> {
    let folder = env::var_os("XDG_CONFIG_HOME").map(PathBuf::from);
    let folder = folder.filter(|folder| folder.is_absolute());
    let folder = folder.or_else(|| Some(paths::home_dir()?.join(".config")))?;
    Some(folder.join("lxqt/notifications.conf"))
}

/// Off where the file does not say so, or is not there yet.
pub(super) fn is_on(file: &Path) -> Result<bool, Failure> {
    if !file.exists() {
        return Ok(false);
    }
    let text = read_bytes(file, 1 << 20).map_err(|error| error.message)?;
    Ok(is_on_in(&String::from_utf8_lossy(&text)))
}

/// As `QSettings` writes it: the last line of a name counts.
fn is_on_in(text: &str) -> bool {
    let mut is_on = false;
    let mut is_general = true;
    for line in text.lines().map(str::trim) {
        if line.starts_with('[') {
            is_general = line == "[General]";
        } else if let Some((name, value)) = line.split_once('=')
            && is_general
            && name.trim() == "doNotDisturb"
        {
            is_on = value.trim() == "true";
        }
    }
    is_on
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn one_line_of_the_file_tells() {
        for (text, is_expected) in [
            ("[General]\ndoNotDisturb=true\nplacement=top-right\n", true),
            ("[General]\r\ndoNotDisturb=true\r\n", true),
            ("doNotDisturb = true", true),
            ("[General]\ndoNotDisturb=false\n", false),
            ("[General]\ndoNotDisturb=true\ndoNotDisturb=false\n", false),
            ("[Other]\ndoNotDisturb=true\n", false),
            ("[General]\nmode=doNotDisturb=true\n", false),
            ("", false),
        ] {
            assert_eq!(is_on_in(text), is_expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_no_file_cannot_tell_and_none_is_off() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("notifications.conf");
        assert_eq!(is_on(&file), Ok(false));
        fs::create_dir(&file).unwrap();
        assert!(is_on(&file).is_err());
    }
}
