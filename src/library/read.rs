//! From a collection file's text to a [`Draft`]: its head, and each prompt that can be used.

use std::borrow::Cow;
use std::convert::identity;
use std::fmt::Display;
use std::ops::Range;
use std::sync::Arc;

use super::collection::Read;
use super::draft::{Content, Draft, Head};
use super::keys::{self, Key};
use super::read_prompt::PromptReader;
use super::text::{LONGEST, capitalised, is_slug, slug_of, trimmed, unwanted_character};
use super::{Evidence, Intensity, Origin, Strength};
use crate::schedule::random::stable_hash;
use crate::source::{Fields, Findings, Located, Source, Toml};

/// Reads a shipped file, borrowing its texts.
pub(super) fn shipped(name: &str, text: &'static str) -> (Option<Content>, Findings) {
    let findings = Findings::new(Source::new(name, text));
    let reader = Reader {
        findings: &findings,
        origin: Origin::Shipped,
        keep: identity,
    };
    let draft = reader.file(Toml::of(text));
    (draft, findings)
}

/// Reads a person's file: less is asked for, and a missing id comes from the file's name.
pub(super) fn personal(source: &Arc<Source>, toml: Toml<'_>) -> (Option<Content>, Findings) {
    let findings = Findings::new(Arc::clone(source));
    let reader = Reader {
        findings: &findings,
        origin: Origin::Personal,
        keep: |text| Cow::Owned(text.into_owned()),
    };
    let draft = reader.file(toml);
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
    fn file(self, toml: Toml<'i>) -> Option<Content> {
        let fields = toml.into_fields(self.findings);
        if self.findings.has_errors() {
            return None;
        }
        if fields.has(keys::TRANSLATES.name) {
            return self.translation(fields).map(Content::Translation);
        }
        let draft = self.collection(fields)?;
        Some(Content::Collection(Box::new(draft)))
    }

    fn collection(self, mut fields: Fields<'i, 'f>) -> Option<Draft> {
        let id = self.id(&mut fields);
        let head = self.head(&mut fields);
        let tables = fields.tables(keys::PROMPT.name).unwrap_or_default();
        let lines = fields.texts(keys::PROMPTS.name);
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
        if self.origin == Origin::Personal && !fields.has(keys::ID.name) {
            return Some(Located {
                value: id_from_name(self.file_name()),
                span: 0..0,
            });
        }
        let id = fields.required_text(keys::ID.name)?;
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
        let version = fields.integer(keys::VERSION.name, keys::VERSION.range());
        Head {
            version: version.and_then(|version| u32::try_from(version.value).ok()),
            lang: self.optional(fields, &keys::LANG),
            title: self.optional(fields, &keys::TITLE_OF),
            approach: self.optional(fields, &keys::APPROACH),
            claims_not: self.texts(fields, &keys::CLAIMS_NOT),
            enabled: fields
                .boolean(keys::ENABLED.name)
                .map(|enabled| enabled.value),
            opt_in_notice: self.optional(fields, &keys::OPT_IN_NOTICE),
            ceiling: fields
                .choice(keys::CEILING.name, Intensity::WORDS)
                .map(|ceiling| ceiling.value),
            license: self.optional(fields, &keys::LICENSE),
            authors: self.texts(fields, &keys::AUTHORS),
            evidence: self.evidence(fields),
        }
    }

    fn evidence(self, fields: &mut Fields<'i, 'f>) -> Vec<Evidence> {
        let tables = fields.tables(keys::EVIDENCE.name).unwrap_or_default();
        let read = |mut table: Fields<'i, 'f>| {
            if !table.has(keys::STRENGTH.name) {
                table.missing(keys::STRENGTH.name);
            }
            let strength = table.choice(keys::STRENGTH.name, Strength::WORDS);
            let evidence = Evidence {
                citation: self.optional(&mut table, &keys::CITATION),
                doi: self.optional(&mut table, &keys::DOI),
                url: self.optional(&mut table, &keys::URL),
                // A wrong one is reported; the item stays, so that the prompts' indexes hold.
                strength: strength.map_or(Strength::None, |strength| strength.value),
                note: self.optional(&mut table, &keys::NOTE),
                read: table
                    .choice(keys::READ.name, Read::WORDS)
                    .map(|read| read.value),
            };
            table.finish();
            evidence
        };
        tables.into_iter().map(read).collect()
    }

    /// A text that may be absent, of the key's length.
    pub(super) fn optional(
        self,
        fields: &mut Fields<'i, 'f>,
        key: &Key,
    ) -> Option<Cow<'static, str>> {
        let text = fields.text(key.name)?;
        self.text(format_args!("`{}`", key.name), text, key.most())
    }

    /// The texts of a list, each of the key's length.
    pub(super) fn texts(self, fields: &mut Fields<'i, 'f>, key: &Key) -> Vec<Cow<'static, str>> {
        let texts = fields.texts(key.name).into_iter();
        texts
            .filter_map(|text| self.text(format_args!("`{}`", key.name), text, key.most()))
            .collect()
    }

    /// The text, which errors call `name`, if it can be shown.
    pub(super) fn text(
        self,
        name: impl Display,
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
