//! From a collection file's text to a [`Draft`]: its head, and each prompt that can be used.

use std::borrow::Cow;
use std::convert::identity;
use std::ops::Range;
use std::sync::Arc;

use super::collection::Read;
use super::draft::{Draft, Head};
use super::read_prompt::PromptReader;
use super::text::{LONGEST, TITLE, capitalised, is_slug, slug_of, trimmed, unwanted_character};
use super::{Evidence, Intensity, Origin, Strength};
use crate::schedule::random::stable_hash;
use crate::source::{Fields, Findings, Located, Source, read_toml};

/// Reads a shipped file, borrowing its texts.
pub(super) fn shipped(name: &str, text: &'static str) -> (Option<Draft>, Findings) {
    let findings = Findings::new(Source::new(name, text));
    let reader = Reader {
        findings: &findings,
        origin: Origin::Shipped,
        keep: identity,
    };
    let draft = reader.file(text);
    (draft, findings)
}

/// Reads a person's file: less is asked for, and a missing id comes from the file's name.
pub(super) fn personal(source: &Arc<Source>) -> (Option<Draft>, Findings) {
    let findings = Findings::new(Arc::clone(source));
    let reader = Reader {
        findings: &findings,
        origin: Origin::Personal,
        keep: |text| Cow::Owned(text.into_owned()),
    };
    let draft = reader.file(&source.text);
    (draft, findings)
}

/// What every part of one file's reading needs.
#[derive(Clone, Copy)]
pub(super) struct Reader<'i, 'f> {
    pub(super) findings: &'f Findings,
    pub(super) origin: Origin,
    keep: fn(Cow<'i, str>) -> Cow<'static, str>,
}

impl<'i, 'f> Reader<'i, 'f> {
    /// None where nothing in the file can be used.
    fn file(self, text: &'i str) -> Option<Draft> {
        let mut fields = read_toml(text, self.findings);
        if self.findings.has_errors() {
            return None;
        }
        let id = self.id(&mut fields);
        let head = self.head(&mut fields);
        let tables = fields.tables("prompt").unwrap_or_default();
        let lines = fields.texts("prompts");
        fields.finish();
        let id = id?;

        let mut reader = PromptReader::new(self, &id, &head);
        for table in tables {
            reader.table(table);
        }
        for line in lines {
            reader.line(line);
        }
        let (prompts, follow_ups) = reader.finish();
        Some(Draft {
            id,
            name_title: capitalised(&stem(self.file_name()).replace(['-', '_'], " ")),
            origin: self.origin,
            source: self.file_name().to_owned(),
            head,
            prompts,
            follow_ups,
        })
    }

    fn file_name(&self) -> &'f str {
        &self.findings.source().name
    }

    fn id(self, fields: &mut Fields<'i, 'f>) -> Option<Located<String>> {
        if self.origin == Origin::Personal && !fields.has("id") {
            return Some(Located {
                value: id_from_name(self.file_name()),
                span: 0..0,
            });
        }
        let id = fields.required_text("id")?;
        self.slug(id)
    }

    /// The text as an id; anything but a slug is an error.
    pub(super) fn slug(self, id: Located<Cow<'i, str>>) -> Option<Located<String>> {
        if is_slug(&id.value) {
            return Some(Located {
                value: id.value.into_owned(),
                span: id.span,
            });
        }
        let hint = match slug_of(&id.value) {
            empty if empty.is_empty() => "use a to z, 0 to 9 and hyphens".to_owned(),
            near => format!("use a to z, 0 to 9 and hyphens: \"{near}\""),
        };
        let message = format!(
            "the id \"{}\" is not in the usual form",
            id.value.escape_debug()
        );
        self.findings.error(id.span, message, Some(hint));
        None
    }

    fn head(self, fields: &mut Fields<'i, 'f>) -> Head {
        let version = fields.integer("version", 1..=i64::from(u32::MAX));
        Head {
            version: version.and_then(|version| u32::try_from(version.value).ok()),
            lang: self.optional(fields, "lang", TITLE),
            title: self.optional(fields, "title", TITLE),
            approach: self.optional(fields, "approach", LONGEST),
            claims_not: self.texts(fields, "claims_not", LONGEST),
            enabled: fields.boolean("enabled").map(|enabled| enabled.value),
            opt_in_notice: self.optional(fields, "opt_in_notice", LONGEST),
            ceiling: fields
                .choice("ceiling", Intensity::WORDS)
                .map(|ceiling| ceiling.value),
            license: self.optional(fields, "license", LONGEST),
            authors: self.texts(fields, "authors", LONGEST),
            evidence: self.evidence(fields),
        }
    }

    fn evidence(self, fields: &mut Fields<'i, 'f>) -> Vec<Evidence> {
        let tables = fields.tables("evidence").unwrap_or_default();
        let read = |mut table: Fields<'i, 'f>| {
            if !table.has("strength") {
                table.missing("strength");
            }
            let strength = table.choice("strength", Strength::WORDS);
            let evidence = Evidence {
                citation: self.optional(&mut table, "citation", LONGEST),
                doi: self.optional(&mut table, "doi", LONGEST),
                url: self.optional(&mut table, "url", LONGEST),
                // A wrong one is reported; the item stays, so that the prompts' indexes hold.
                strength: strength.map_or(Strength::None, |strength| strength.value),
                note: self.optional(&mut table, "note", LONGEST),
                read: table.choice("read", Read::WORDS).map(|read| read.value),
            };
            table.finish();
            evidence
        };
        tables.into_iter().map(read).collect()
    }

    /// A text that may be absent, of at most `most` characters.
    pub(super) fn optional(
        self,
        fields: &mut Fields<'i, 'f>,
        key: &'static str,
        most: usize,
    ) -> Option<Cow<'static, str>> {
        let text = fields.text(key)?;
        self.text(&format!("`{key}`"), text, most)
    }

    /// The texts of a list, each of at most `most` characters.
    pub(super) fn texts(
        self,
        fields: &mut Fields<'i, 'f>,
        key: &'static str,
        most: usize,
    ) -> Vec<Cow<'static, str>> {
        let name = format!("`{key}`");
        let texts = fields.texts(key).into_iter();
        texts
            .filter_map(|text| self.text(&name, text, most))
            .collect()
    }

    /// The text, which errors call `name`, if it can be shown.
    pub(super) fn text(
        self,
        name: &str,
        text: Located<Cow<'i, str>>,
        most: usize,
    ) -> Option<Cow<'static, str>> {
        let Located { value, span } = text;
        let value = trimmed(value);
        if value.is_empty() {
            self.findings.error(span, format!("{name} is empty"), None);
            return None;
        }
        if let Some(character) = unwanted_character(&value) {
            let hint = "write it on one line, in plain characters".to_owned();
            self.findings
                .error(span, format!("{name} holds {character}"), Some(hint));
            return None;
        }
        let length = value.chars().count();
        if length > LONGEST {
            let message =
                format!("{name} has {length} characters: more than any notification shows");
            let hint = format!("{most} read well; {LONGEST} is the limit");
            self.findings.error(span, message, Some(hint));
            return None;
        }
        if length > most {
            let message = format!("{name} has {length} characters; {most} fit for certain");
            let hint = "some desktops cut off the rest".to_owned();
            self.bar(span, message, Some(hint));
        }
        Some((self.keep)(value))
    }

    /// Reports what a shipped prompt has to meet, and a person's own may.
    pub(super) fn bar(self, span: Range<usize>, message: String, hint: Option<String>) {
        match self.origin {
            Origin::Shipped => self.findings.error(span, message, hint),
            Origin::Personal => self.findings.warning(span, message, hint),
        }
    }
}

/// A file's name without folders and `.toml`.
fn stem(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.strip_suffix(".toml").unwrap_or(file)
}

fn id_from_name(name: &str) -> String {
    let slug = slug_of(stem(name));
    if slug.is_empty() {
        format!("own-{:08x}", stable_hash(&[stem(name).as_bytes()]) >> 32)
    } else {
        slug
    }
}
