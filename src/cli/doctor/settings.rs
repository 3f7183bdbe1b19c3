//! The settings and the prompts, as they are on disk.

use super::look::Look;
use super::row::Row;
use crate::cli::style::counted;
use crate::library::Origin;
use crate::settings::{Settings, config_files, read_library};
use crate::source::{Diagnostic, Severity};

pub fn check(look: &Look) -> Vec<Row> {
    let paths = match &look.paths {
        Ok(paths) => paths,
        Err(error) => {
            let next = "HOME names the folder that holds your files";
            return vec![Row::fail("settings", error.to_string(), next)];
        }
    };
    let layers = layers(look);
    let is_config = |found: &&Diagnostic| {
        let files = config_files(paths).map(|file| file.display().to_string());
        let name = found.place.as_ref().map(|place| &place.source.name);
        name.is_some_and(|name| files.contains(name))
    };
    let row = match Settings::read(paths) {
        Ok(settings) => {
            let reminders = counted(settings.config.reminders.len(), "reminder", "reminders");
            let fact = format!("{layers}; {reminders}");
            let warnings: Vec<_> = settings.findings.iter().filter(is_config).collect();
            match warnings.first() {
                None => Row::ok("settings", fact),
                Some(first) => {
                    let count = counted(warnings.len(), "warning", "warnings");
                    let told = format!("{fact}; {count}: {}", look.shortened(&first.one_line()));
                    Row::warn("settings", told, "attuned check shows what is meant")
                        .anonymously(format!("{fact}; {count}"))
                }
            }
        }
        Err(found) => {
            let is_error = |one: &&Diagnostic| one.severity == Severity::Error;
            let errors: Vec<_> = found.iter().filter(is_error).collect();
            let count = counted(errors.len(), "error", "errors");
            let first = errors.first().map(|one| one.one_line()).unwrap_or_default();
            let told = format!("{layers}; {count}: {}", look.shortened(&first));
            Row::fail(
                "settings",
                told,
                "attuned check shows every error, and its line",
            )
            .anonymously(format!("{layers}; {count}"))
        }
    };
    vec![row]
}

pub fn check_prompts(look: &Look) -> Vec<Row> {
    let Ok(paths) = &look.paths else {
        return vec![Row::unknown(
            "prompts",
            "there is no home folder to look into",
        )];
    };
    let (library, findings) = read_library(paths);
    let own = library.collections().iter();
    let own = own.filter(|one| one.origin == Origin::Personal).count();
    let fact = format!(
        "{} in {}, {own} of them your own",
        counted(library.prompts().count(), "prompt", "prompts"),
        counted(library.collections().len(), "collection", "collections"),
    );
    let is_serious = |one: &&Diagnostic| one.severity != Severity::Advice;
    let serious: Vec<_> = findings.iter().filter(is_serious).collect();
    let row = match serious.first() {
        None => Row::ok("prompts", fact),
        Some(first) => {
            let count = counted(serious.len(), "finding", "findings");
            let has_error = serious.iter().any(|one| one.severity == Severity::Error);
            let effect = if has_error {
                ", and something is left out"
            } else {
                ""
            };
            let plain = format!("{fact}; {count}{effect}");
            let told = format!("{plain}: {}", look.shortened(&first.one_line()));
            Row::warn("prompts", told, "attuned check shows each with its line").anonymously(plain)
        }
    };
    vec![row]
}

/// Which files the settings come from.
fn layers(look: &Look) -> String {
    let Ok(paths) = &look.paths else {
        return String::new();
    };
    let [system, own] = config_files(paths).map(|file| file.symlink_metadata().is_ok());
    match (system, own) {
        (false, false) => "the built-in ones".to_owned(),
        (true, false) => "the system's".to_owned(),
        (false, true) => "your own".to_owned(),
        (true, true) => "your own over the system's".to_owned(),
    }
}
