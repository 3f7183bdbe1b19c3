//! The settings in force as TOML, each with the layer it comes from.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::layers::defaults;
use crate::source::{Diagnostic, Findings, Source};

/// The merged settings as TOML that reads the same again; every value as its layer writes it, the layer in a comment.
///
/// # Errors
/// Where a layer is not TOML: every error of syntax. Values are not checked; [`super::load`] does that.
pub fn show(layers: &[Arc<Source>]) -> Result<String, Vec<Diagnostic>> {
    let defaults = defaults();
    let mut merged = Table::default();
    let mut errors = Vec::new();
    for source in std::iter::once(&defaults).chain(layers) {
        let (table, wrong) = DeTable::parse_recoverable(&source.text);
        let findings = Findings::new(Arc::clone(source));
        for error in wrong {
            let message = format!("not valid TOML: {}", error.message());
            findings.error(error.span().unwrap_or(0..0), message, None);
        }
        errors.extend(findings.into_diagnostics());
        merged.lay_over(table.get_ref(), source);
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut lines = Vec::new();
    merged.write(&[], &mut lines);
    lines.push(String::new());
    Ok(lines.join("\n"))
}

/// A table as far as it is merged, in the order of the lowest layer that has a key.
#[derive(Default)]
struct Table<'a> {
    order: Vec<String>,
    nodes: BTreeMap<String, Node<'a>>,
}

enum Node<'a> {
    /// A value as written, and its layer.
    Value(&'a str, &'a Source),
    Table(Table<'a>),
    /// A list of tables.
    List(Vec<Table<'a>>),
}

impl<'a> Table<'a> {
    fn lay_over(&mut self, table: &DeTable<'_>, source: &'a Source) {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entries {
            let key = key.get_ref().as_ref();
            if !self.nodes.contains_key(key) {
                self.order.push(key.to_owned());
            }
            let below = self.nodes.remove(key);
            self.nodes
                .insert(key.to_owned(), node(value, below, source));
        }
    }

    /// Values first, then tables, as TOML wants it.
    fn write(&self, path: &[String], lines: &mut Vec<String>) {
        let nodes = || {
            self.order
                .iter()
                .filter_map(|key| Some((key, self.nodes.get(key)?)))
        };
        for (key, node) in nodes() {
            if let Node::Value(value, source) = node {
                let key = name(std::slice::from_ref(key));
                lines.push(format!("{key} = {value}  # {}", source.name));
            }
        }
        for (key, node) in nodes() {
            let path: Vec<String> = path.iter().chain([key]).cloned().collect();
            match node {
                Node::Value(..) => {}
                Node::Table(table) => {
                    lines.push(format!("\n[{}]", name(&path)));
                    table.write(&path, lines);
                }
                Node::List(tables) => {
                    for table in tables {
                        lines.push(format!("\n[[{}]]", name(&path)));
                        table.write(&path, lines);
                    }
                }
            }
        }
    }
}

fn node<'a>(value: &Spanned<DeValue<'_>>, below: Option<Node<'a>>, source: &'a Source) -> Node<'a> {
    let written = written(source, value.span());
    match (value.get_ref(), below) {
        // Written in one piece, and nothing to merge it with.
        (DeValue::Table(_), None) if written.starts_with('{') => Node::Value(written, source),
        (DeValue::Table(entries), below) => {
            let mut table = match below {
                Some(Node::Table(table)) => table,
                _ => Table::default(),
            };
            table.lay_over(entries, source);
            Node::Table(table)
        }
        (DeValue::Array(items), _) if written.starts_with("[[") && items.iter().all(is_table) => {
            let tables = items.iter().filter_map(|item| item.get_ref().as_table());
            let tables = tables.map(|entries| {
                let mut table = Table::default();
                table.lay_over(entries, source);
                table
            });
            Node::List(tables.collect())
        }
        _ => Node::Value(written, source),
    }
}

fn is_table(item: &Spanned<DeValue<'_>>) -> bool {
    item.get_ref().is_table()
}

fn written(source: &Source, span: Range<usize>) -> &str {
    source.text.get(span).unwrap_or_default()
}

/// Keys joined by dots, in quotes where they need them.
fn name(path: &[String]) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let names = path.iter().map(|key| {
        if !key.is_empty() && key.chars().all(is_bare) {
            key.clone()
        } else {
            quoted(key)
        }
    });
    names.collect::<Vec<_>>().join(".")
}

/// A TOML basic string.
fn quoted(key: &str) -> String {
    let escaped = key.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}
