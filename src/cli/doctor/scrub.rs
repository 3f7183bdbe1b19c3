//! Takes out of a text what names a person or a machine. What is written for a bug report holds none of it in the first
//! place; this is the second lock on the door.

/// Names and what stands in for them.
#[derive(Debug, Default)]
pub struct Scrub {
    /// Longest first, so that a name within another goes with it.
    names: Vec<(String, &'static str)>,
}

impl Scrub {
    /// What this process can know of whoever runs it.
    #[must_use]
    pub fn of_this_process() -> Self {
        let mut scrub = Self::default();
        if let Some(dirs) = directories::BaseDirs::new() {
            let home = dirs.home_dir();
            scrub.hide(&home.to_string_lossy(), "~");
            scrub.hide(
                &home.file_name().unwrap_or_default().to_string_lossy(),
                "(person)",
            );
        }
        for name in ["USER", "LOGNAME"] {
            scrub.hide(&std::env::var(name).unwrap_or_default(), "(person)");
        }
        let host = host();
        scrub.hide(&host, "(machine)");
        scrub.hide(host.split('.').next().unwrap_or_default(), "(machine)");
        scrub
    }

    fn hide(&mut self, name: &str, stand_in: &'static str) {
        // A home folder that is no more than "/" names nobody.
        if name.chars().any(char::is_alphanumeric) {
            self.names.push((name.to_owned(), stand_in));
            self.names
                .sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        }
    }

    /// The text without the names, where they are words of their own.
    #[must_use]
    pub fn clean(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (name, stand_in) in &self.names {
            text = replace_word(&text, name, stand_in);
        }
        text
    }
}

/// Replaces `name` where no letter or digit touches it.
fn replace_word(text: &str, name: &str, stand_in: &str) -> String {
    let touches = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(name) {
        let (before, found) = rest.split_at(at);
        let after = &found[name.len()..];
        clean.push_str(before);
        let is_within = touches(clean.chars().next_back()) || touches(after.chars().next());
        clean.push_str(if is_within { name } else { stand_in });
        rest = after;
    }
    clean.push_str(rest);
    clean
}

#[cfg(unix)]
fn host() -> String {
    rustix::system::uname()
        .nodename()
        .to_string_lossy()
        .into_owned()
}

#[cfg(not(unix))]
fn host() -> String {
    std::env::var("COMPUTERNAME").unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_where_they_are_words() {
        let mut scrub = Scrub::default();
        scrub.hide("mia", "(person)");
        scrub.hide("/home/mia", "~");
        scrub.hide("", "(nobody)");
        scrub.hide("/", "(root)");
        for (text, expected) in [
            ("/home/mia/.config", "~/.config"),
            ("/home/miami/.config", "/home/miami/.config"),
            ("by mia, for mia", "by (person), for (person)"),
            ("mia", "(person)"),
            ("Amiable mias", "Amiable mias"),
            ("/srv/mia-files", "/srv/(person)-files"),
            ("überall/mia", "überall/(person)"),
        ] {
            assert_eq!(scrub.clean(text), expected, "{text}");
        }
    }
}
