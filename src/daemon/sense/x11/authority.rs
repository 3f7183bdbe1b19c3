//! The cookies that let a program into an X server: Xau(3), "Xauthority file format".

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// More than any such file has, in bytes.
const LONGEST: u64 = 64 * 1024;

/// Families of addresses: this machine, and any.
const FAMILIES: [u16; 2] = [256, 65535];

/// By this name goes the one way in that needs nothing but the cookie.
const WAY: &[u8] = b"MIT-MAGIC-COOKIE-1";

/// The cookie for a display of this machine; none where there is none, or no file.
pub(super) fn cookie(file: &Path, display: u16) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut file = File::open(file).ok()?.take(LONGEST);
    file.read_to_end(&mut bytes).ok()?;
    find(&bytes, display)
}

/// What goes with [`cookie`] into a server.
pub(super) fn way() -> Vec<u8> {
    WAY.to_vec()
}

fn find(mut entries: &[u8], display: u16) -> Option<Vec<u8>> {
    let display = display.to_string();
    loop {
        let family = number(&mut entries)?;
        let [_address, of, way, cookie] = [(); 4].map(|()| field(&mut entries));
        let (of, way, cookie) = (of?, way?, cookie?);
        let is_here = FAMILIES.contains(&family) && (of.is_empty() || of == display.as_bytes());
        if is_here && way == WAY {
            return Some(cookie.to_vec());
        }
    }
}

fn number(bytes: &mut &[u8]) -> Option<u16> {
    let (number, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(u16::from_be_bytes(*number))
}

fn field<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = number(bytes)?.into();
    let (field, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(family: u16, display: &str, way: &[u8], cookie: &[u8]) -> Vec<u8> {
        let mut entry = family.to_be_bytes().to_vec();
        for field in [b"host", display.as_bytes(), way, cookie] {
            let length = u16::try_from(field.len()).unwrap();
            entry.extend(length.to_be_bytes());
            entry.extend(field);
        }
        entry
    }

    #[test]
    fn a_display_s_own_cookie_is_found() {
        let file = [
            entry(0, "1", WAY, b"by network"),
            entry(256, "2", WAY, b"another"),
            entry(256, "1", b"XDM-AUTHORIZATION-1", b"another way"),
            entry(256, "1", WAY, b"right"),
            entry(65535, "", WAY, b"any"),
        ]
        .concat();
        assert_eq!(find(&file, 1).as_deref(), Some(&b"right"[..]));
        assert_eq!(find(&file, 2).as_deref(), Some(&b"another"[..]));
        assert_eq!(find(&file, 3).as_deref(), Some(&b"any"[..]));
    }

    #[test]
    fn a_file_that_ends_early_or_is_missing_has_none() {
        let whole = entry(256, "1", WAY, b"right");
        for end in 0..whole.len() {
            assert_eq!(find(&whole[..end], 1), None, "{end}");
        }
        assert_eq!(cookie(Path::new("/nowhere/.Xauthority"), 1), None);
    }
}
