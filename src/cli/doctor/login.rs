//! How attuned starts at login.

use super::look::Look;
use super::row::Row;
use crate::login::{self, Fleeting, LoginMethod, Warning};

const NAME: &str = "at login";

pub fn check(look: &Look) -> Vec<Row> {
    let Ok(env) = login::Env::current() else {
        return vec![Row::unknown(NAME, "it could not be told")];
    };
    let status = login::status(&env);
    let method = match &status.method {
        LoginMethod::Systemd { active: true, .. } => {
            Row::ok(NAME, "starts by a systemd user unit, which runs")
        }
        LoginMethod::Systemd { active: false, .. } => Row::ok(
            NAME,
            "starts by a systemd user unit, which does not run now",
        ),
        LoginMethod::Autostart { .. } => Row::ok(NAME, "starts by an autostart entry"),
        LoginMethod::Launchd { .. } => Row::ok(NAME, "starts by a launchd agent"),
        LoginMethod::None => Row::warn(
            NAME,
            "does not start by itself",
            "attuned enable changes that",
        ),
    };
    let warnings = status.warnings.iter().map(|one| warning(one, look));
    std::iter::once(method).chain(warnings).collect()
}

/// A warning's words hold the next step after a semicolon.
fn warning(warning: &Warning, look: &Look) -> Row {
    let text = look.shortened(&warning.to_string());
    let (fact, next) = text
        .split_once("; ")
        .unwrap_or((&text, "attuned enable sets it up anew"));
    Row::warn(NAME, fact, next).anonymously(match warning {
        Warning::Fleeting { why, .. } => match why {
            Fleeting::BuildFolder => "the program is in a build folder",
            Fleeting::Temporary => "the program is in a folder for temporary files",
            Fleeting::Deleted => "the program is no longer there",
        },
        Warning::OtherProgram { .. } => "another program than this one is started",
        Warning::AlsoStartedBy(_) => "a file changed by hand starts it as well",
        Warning::NotStarted { .. } => "it did not start",
    })
}
