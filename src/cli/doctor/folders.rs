//! Folders and files: there, and nobody else's to read or change.

use std::fs::{self, Metadata};
use std::io;

use super::look::{Daemon, Look};
use super::row::Row;
use crate::paths::{Paths, PathsError};

pub fn check(look: &Look) -> Vec<Row> {
    let Ok(paths) = &look.paths else {
        return Vec::new();
    };
    let rows = [
        Some(config_folder(paths, look)),
        Some(state_folder(paths, look)),
        private_file(paths, look),
        Some(runtime_folder(paths, look)),
        socket(paths, look),
    ];
    rows.into_iter().flatten().collect()
}

fn config_folder(paths: &Paths, look: &Look) -> Row {
    let name = "config folder";
    let path = &paths.config_dir;
    let short = look.short(path);
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Row::ok(name, format!("{short}: not there, and not needed"))
                .anonymously("not there, and not needed")
        }
        Err(error) => unreadable(name, &short, &error),
        Ok(found) if !found.is_dir() => no_folder(name, &short),
        Ok(_) if fs::read_dir(path).is_err() => Row::fail(
            name,
            format!("{short} cannot be read"),
            format!("chmod u+rx {short}"),
        )
        .anonymously("cannot be read"),
        Ok(found) if mode(&found) & 0o022 != 0 => Row::warn(
            name,
            format!("others may change the settings in {short}"),
            format!("chmod go-w {short}"),
        )
        .anonymously("others may change the settings"),
        Ok(_) => Row::ok(name, short).anonymously("there, and only its owner may change it"),
    }
}

fn state_folder(paths: &Paths, look: &Look) -> Row {
    let name = "state folder";
    let short = look.short(&paths.state_dir);
    match fs::metadata(&paths.state_dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Row::ok(
            name,
            format!("{short}: not there yet; the first run makes it"),
        )
        .anonymously("not there yet"),
        Err(error) => unreadable(name, &short, &error),
        Ok(found) if !found.is_dir() => no_folder(name, &short),
        Ok(found) if !is_ours(&found) => Row::fail(
            name,
            format!("{short} belongs to another person"),
            format!("give it back: chown -R \"$USER\" {short}, as root"),
        )
        .anonymously("belongs to another person"),
        Ok(found) if mode(&found) & 0o077 != 0 => Row::warn(
            name,
            format!("others may look into {short}"),
            format!("chmod 700 {short}"),
        )
        .anonymously("others may look into it"),
        Ok(_) => Row::ok(name, format!("{short}, yours alone")).anonymously("its owner's alone"),
    }
}

/// None while there is no database.
fn private_file(paths: &Paths, look: &Look) -> Option<Row> {
    let found = fs::metadata(&paths.database)
        .ok()
        .filter(Metadata::is_file)?;
    let short = look.short(&paths.database);
    let name = "record's file";
    Some(if mode(&found) & 0o077 != 0 {
        Row::warn(
            name,
            format!("others may read {short}"),
            format!("chmod 600 {short}"),
        )
        .anonymously("others may read it")
    } else {
        Row::ok(name, "yours alone").anonymously("its owner's alone")
    })
}

fn runtime_folder(paths: &Paths, look: &Look) -> Row {
    let name = "runtime folder";
    let short = look.short(&paths.runtime_dir);
    match paths.check_runtime_dir() {
        Ok(()) | Err(PathsError::Folder { .. }) if paths.runtime_fallback => Row::warn(
            name,
            format!("XDG_RUNTIME_DIR is not set; {short} stands in for it"),
            "a desktop login sets it; commands from elsewhere need the same one to find attuned",
        )
        .anonymously("XDG_RUNTIME_DIR is not set; a folder in the state folder stands in for it"),
        Ok(()) => Row::ok(name, format!("{short}, yours alone")).anonymously("its owner's alone"),
        Err(PathsError::Folder { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
            Row::ok(
                name,
                format!("{short}: not there yet; the first run makes it"),
            )
            .anonymously("not there yet")
        }
        Err(error) => Row::fail(
            name,
            look.shortened(&error.to_string()),
            "mend that folder, or name another one in XDG_RUNTIME_DIR",
        )
        .anonymously("not safe, or cannot be used"),
    }
}

/// None where there is none, and none has to be.
fn socket(paths: &Paths, look: &Look) -> Option<Row> {
    let name = "socket";
    let short = look.short(&paths.socket);
    let found = fs::symlink_metadata(&paths.socket).ok()?;
    Some(match look.daemon {
        Daemon::Absent => Row::ok(
            name,
            "left by an attuned that was killed; the next one replaces it",
        ),
        _ if mode(&found) & 0o077 != 0 => Row::warn(
            name,
            format!("others may use {short}"),
            format!("chmod 600 {short}"),
        )
        .anonymously("others may use it"),
        _ => Row::ok(name, "there, yours alone").anonymously("there, its owner's alone"),
    })
}

fn unreadable(name: &'static str, short: &str, error: &io::Error) -> Row {
    let next = format!("look at {short} and the folders above it");
    Row::fail(name, format!("{short} cannot be looked at: {error}"), next)
        .anonymously(format!("cannot be looked at: {error}"))
}

fn no_folder(name: &'static str, short: &str) -> Row {
    Row::fail(name, format!("{short} is not a folder"), "move it away")
        .anonymously("it is not a folder")
}

#[cfg(unix)]
fn mode(found: &Metadata) -> u32 {
    std::os::unix::fs::MetadataExt::mode(found)
}

#[cfg(not(unix))]
fn mode(_found: &Metadata) -> u32 {
    0
}

#[cfg(unix)]
fn is_ours(found: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::uid(found) == rustix::process::geteuid().as_raw()
}

#[cfg(not(unix))]
fn is_ours(_found: &Metadata) -> bool {
    true
}
