//! Whole files: what they set, what they may not say, and how that is told.

mod bad_input;
mod files;
mod held_back;
mod schema;
mod settings;
mod show;

use std::sync::Arc;

use super::Config;
use crate::library::Library;
use crate::source::{Diagnostic, Severity, Source};

/// The settings of these layers, with the shipped library.
fn load(layers: &[Arc<Source>]) -> Result<(Config, Vec<Diagnostic>), Vec<Diagnostic>> {
    super::load(layers, &Library::shipped())
}

fn layer(text: &str) -> Arc<Source> {
    Source::new("config.toml", text.to_owned())
}

fn loaded(text: &str) -> Config {
    match load(&[layer(text)]) {
        Ok((config, _)) => config,
        Err(found) => panic!("{}", rendered(&found)),
    }
}

fn rendered(found: &[Diagnostic]) -> String {
    let rendered: Vec<String> = found.iter().map(|one| one.render(false)).collect();
    rendered.join("\n")
}

/// Every error of a file on its line: `line:column: message (hint)`.
fn errors(text: &str) -> Vec<String> {
    let found = load(&[layer(text)]).expect_err(text);
    let errors = found.iter().filter(|one| one.severity == Severity::Error);
    errors.map(short).collect()
}

fn short(one: &Diagnostic) -> String {
    let line = one.one_line();
    let line = line.strip_prefix("config.toml:").unwrap_or(&line);
    match &one.hint {
        Some(hint) => format!("{line} ({hint})"),
        None => line.to_owned(),
    }
}
