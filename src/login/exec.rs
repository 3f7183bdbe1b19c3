//! The program's path, as each kind of file wants it written; and whether it will stay.

use std::path::{Component, Path};

use super::{Fleeting, LoginError};

/// The path that the shipped files hold in place of the real one.
const SHIPPED_PATH: &str = "/usr/bin/attuned";

/// `template` with the real path, already quoted, in place of the shipped one.
pub(super) fn with_program(template: &str, quoted: &str) -> String {
    template.replacen(SHIPPED_PATH, quoted, 1)
}

/// As the program of `ExecStart=`, by systemd.service(5), "Command lines", and systemd.syntax(7).
///
/// Specifiers are expanded there, so `%` is doubled; variables are not (they are in the arguments), so `$` is not. Up to
/// version 253 at least, quotes and backslashes are refused however they are written.
pub(super) fn systemd(exe: &Path) -> Result<String, LoginError> {
    let path = plain_text(exe)?;
    if path.contains(['"', '\'', '\\']) {
        return Err(odd(exe, "a quote or a backslash"));
    }
    Ok(format!("\"{}\"", path.replace('%', "%%")))
}

/// As the program of `Exec=`, by the Desktop Entry Specification, "The Exec key": quoted, and then escaped once more as
/// every string is.
pub(super) fn desktop_entry(exe: &Path) -> Result<String, LoginError> {
    let path = plain_text(exe)?;
    if path.contains('=') {
        return Err(odd(exe, "an equals sign"));
    }
    let mut quoted = String::from('"');
    for char in path.chars() {
        match char {
            '"' | '`' | '$' => {
                quoted.push_str("\\\\");
                quoted.push(char);
            }
            '\\' => quoted.push_str("\\\\\\\\"),
            '%' => quoted.push_str("%%"),
            _ => quoted.push(char),
        }
    }
    quoted.push('"');
    Ok(quoted)
}

/// The program that an `Exec=` value starts: the inverse of [`desktop_entry`], for any first argument.
pub(super) fn desktop_entry_program(value: &str) -> String {
    let value = value.replace("\\\\", "\\");
    let Some(quoted) = value.strip_prefix('"') else {
        return value
            .split(' ')
            .next()
            .unwrap_or_default()
            .replace("%%", "%");
    };
    let mut program = String::new();
    let mut chars = quoted.chars();
    while let Some(char) = chars.next() {
        match char {
            '"' => break,
            '\\' => program.extend(chars.next()),
            _ => program.push(char),
        }
    }
    program.replace("%%", "%")
}

/// As the text of an XML element.
#[cfg(any(target_os = "macos", test))]
pub(super) fn xml(exe: &Path) -> Result<String, LoginError> {
    Ok(plain_text(exe)?
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;"))
}

fn plain_text(exe: &Path) -> Result<&str, LoginError> {
    let path = exe
        .to_str()
        .ok_or_else(|| odd(exe, "bytes that are no text"))?;
    if path.contains(char::is_control) {
        return Err(odd(exe, "a control character"));
    }
    Ok(path)
}

fn odd(exe: &Path, what: &'static str) -> LoginError {
    LoginError::OddPath {
        exe: exe.to_owned(),
        what,
    }
}

/// Why `exe` will not stay where it is, if so.
pub(super) fn fleeting(exe: &Path) -> Option<Fleeting> {
    let temporary = ["/tmp", "/var/tmp", "/dev/shm", "/run"];
    if !exe.exists() {
        Some(Fleeting::Deleted)
    } else if is_build_output(exe) {
        Some(Fleeting::BuildFolder)
    } else if temporary.iter().any(|folder| exe.starts_with(folder))
        || exe.starts_with(std::env::temp_dir())
    {
        Some(Fleeting::Temporary)
    } else {
        None
    }
}

/// `target/debug/attuned`, `target/x86_64-unknown-linux-musl/release/attuned`, and the like.
fn is_build_output(exe: &Path) -> bool {
    let profile = exe.parent().and_then(Path::file_name);
    profile.is_some_and(|name| name == "debug" || name == "release")
        && exe
            .components()
            .any(|part| part == Component::Normal("target".as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systemd_wants_percent_doubled_and_dollar_plain() {
        for (path, expected) in [
            ("/usr/bin/attuned", r#""/usr/bin/attuned""#),
            (
                "/home/mia/My Programs/attuned",
                r#""/home/mia/My Programs/attuned""#,
            ),
            ("/opt/100%h/attuned", r#""/opt/100%%h/attuned""#),
            ("/opt/$HOME/${x}/attuned", r#""/opt/$HOME/${x}/attuned""#),
            (
                "/home/jürgen/a;b=c/attuned",
                r#""/home/jürgen/a;b=c/attuned""#,
            ),
        ] {
            assert_eq!(systemd(Path::new(path)).unwrap(), expected);
        }
    }

    #[test]
    fn desktop_entries_want_two_layers_of_escapes() {
        // The specification's own example: a literal backslash in a quoted argument is written as four.
        for (path, expected) in [
            ("/usr/bin/attuned", r#""/usr/bin/attuned""#),
            (
                "/home/mia/My Programs/attuned",
                r#""/home/mia/My Programs/attuned""#,
            ),
            ("/opt/100%h/attuned", r#""/opt/100%%h/attuned""#),
            ("/opt/$HOME/attuned", r#""/opt/\\$HOME/attuned""#),
            (r"/opt/a\b/attuned", r#""/opt/a\\\\b/attuned""#),
            (r#"/opt/"a`/attuned"#, r#""/opt/\\"a\\`/attuned""#),
        ] {
            let quoted = desktop_entry(Path::new(path)).unwrap();
            assert_eq!(quoted, expected);
            assert_eq!(desktop_entry_program(&format!("{quoted} run")), path);
        }
    }

    #[test]
    fn a_program_is_found_in_an_exec_line_of_any_make() {
        for (value, expected) in [
            ("attuned run", "attuned"),
            ("/opt/50%%/attuned", "/opt/50%/attuned"),
            (r#""/opt/a b/attuned" run"#, "/opt/a b/attuned"),
            (r#""/opt/unclosed run"#, "/opt/unclosed run"),
            ("", ""),
        ] {
            assert_eq!(desktop_entry_program(value), expected, "{value:?}");
        }
    }

    #[test]
    fn xml_escapes_what_opens_a_tag_or_an_entity() {
        assert_eq!(
            xml(Path::new("/opt/a&b <c>/attuned")).unwrap(),
            "/opt/a&amp;b &lt;c&gt;/attuned"
        );
    }

    #[cfg(unix)]
    #[test]
    fn paths_that_no_file_can_hold_are_refused() {
        use std::os::unix::ffi::OsStrExt;

        let bytes = Path::new(std::ffi::OsStr::from_bytes(b"/opt/\xff/attuned"));
        for path in [bytes, Path::new("/opt/a\nb/attuned")] {
            assert!(
                systemd(path).is_err() && desktop_entry(path).is_err() && xml(path).is_err(),
                "{path:?}"
            );
        }
        for path in [
            r"/opt/a\b/attuned",
            "/opt/it's/attuned",
            "/opt/\"a\"/attuned",
        ] {
            assert!(systemd(Path::new(path)).is_err(), "{path}");
        }
        assert!(desktop_entry(Path::new("/opt/a=b/attuned")).is_err());
    }

    #[test]
    fn build_folders_are_known_by_their_shape() {
        for (path, expected) in [
            ("/home/mia/attuned/target/debug/attuned", true),
            (
                "/home/mia/attuned/target/x86_64-unknown-linux-musl/release/attuned",
                true,
            ),
            ("/home/target/.local/bin/attuned", false),
            ("/opt/release/attuned", false),
        ] {
            assert_eq!(is_build_output(Path::new(path)), expected, "{path}");
        }
    }

    #[test]
    fn what_is_gone_or_temporary_will_not_last() {
        let temp = tempfile::tempdir().unwrap();
        let exe = temp.path().join("attuned");
        assert_eq!(fleeting(&exe), Some(Fleeting::Deleted));
        std::fs::write(&exe, "").unwrap();
        assert_eq!(fleeting(&exe), Some(Fleeting::Temporary));
    }
}
