//! What `attuned config init` writes.

use super::DEFAULTS;

/// The defaults as a file to start from: the reminders stand as they are, every other setting is commented out, so that
/// only what a person uncomments counts as set by them.
#[must_use]
pub fn starter() -> String {
    commented_out(|table| table != "[[reminder]]")
}

/// The same with the reminders commented out as well: for a computer whose administrator set some.
#[must_use]
pub fn starter_without_reminders() -> String {
    commented_out(|_| true).replace("[[reminder]]\n# ", "# [[reminder]]\n# ")
}

/// The defaults with the settings of these tables behind a `#`; the headings stay.
fn commented_out(is_out: impl Fn(&str) -> bool) -> String {
    let mut table = "";
    let mut text = String::with_capacity(DEFAULTS.len());
    for line in DEFAULTS.lines() {
        if line.starts_with('[') {
            table = line;
        }
        let is_setting = !line.is_empty() && !line.starts_with(['#', '[']);
        if is_setting && is_out(table) {
            text.push_str("# ");
        }
        text.push_str(line);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::load;
    use crate::library::Library;
    use crate::source::Source;

    #[test]
    fn a_fresh_file_sets_nothing_but_the_same_reminders() {
        let library = Library::shipped();
        let (defaults, _) = load(&[], &library).unwrap();
        let (config, warnings) = load(&[Source::new("config.toml", starter())], &library).unwrap();
        assert!(warnings.is_empty(), "{warnings:?}");
        assert!(!config.hours_are_own && !config.pace.cap.own && !config.pace.gap.own);
        assert_eq!(config.hours, defaults.hours);
        let names = |config: &crate::config::Config| {
            let reminders = config.reminders.iter();
            reminders
                .map(|one| (one.name.clone(), one.written.clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(names(&config), names(&defaults));
        assert!(
            starter().contains("\n# gap = \"90 min\"\n"),
            "{}",
            starter()
        );
    }

    #[test]
    fn without_reminders_it_sets_nothing_at_all() {
        let library = Library::shipped();
        let below = Source::new(
            "system",
            "[[reminder]]\nname = \"a\"\nwhen = \"daily at 9:00\"\n",
        );
        let own = Source::new("config.toml", starter_without_reminders());
        let (config, _) = load(&[below, own], &library).unwrap();
        let names: Vec<_> = config.reminders.iter().map(|one| &one.name).collect();
        assert_eq!(names, ["a"]);
        assert!(!config.hours_are_own && !config.pace.cap.own && !config.pace.gap.own);
    }
}
