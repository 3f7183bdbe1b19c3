//! The settings in force as TOML, each with the layer it comes from.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::layers::defaults;
use super::to_json;
use crate::source::{Diagnostic, Findings, Source};

/// The merged settings as TOML that reads the same again; every value as its layer writes it, the layer in a comment.
///
/// # Errors
/// Where a layer is not TOML: every error of syntax. Values are not checked; [`super::load`] does that.
pub fn show(layers: &[Arc<Source>]) -> Result<String, Vec<Diagnostic>> {
    let all = with_defaults(layers);
    Ok(text(&Node::Table(merge(&all)?), &[]))
}

/// What is in force under a name, or below it.
#[derive(Debug, Clone)]
pub struct InForce {
    /// As TOML, each value with its layer in a comment.
    pub text: String,
    /// Each value. A list of tables is one.
    pub values: Vec<ValueInForce>,
}

/// One value in force.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ValueInForce {
    /// Its name.
    pub key: String,
    /// The value.
    pub value: serde_json::Value,
    /// The layer it is from: a file's path, or "built in".
    pub from: String,
    /// As it is written there; none for a list of tables.
    #[serde(skip)]
    pub written: Option<String>,
}

/// What is in force at `path`; none where no layer says anything there.
///
/// # Errors
/// As [`show`]'s.
pub fn in_force(
    layers: &[Arc<Source>],
    path: &[String],
) -> Result<Option<InForce>, Vec<Diagnostic>> {
    let all = with_defaults(layers);
    let mut node = Node::Table(merge(&all)?);
    for key in path {
        let inner = match node {
            Node::Table(mut table) => table.nodes.remove(key),
            // Written in one piece: there is no more of it than there.
            Node::Value(..) | Node::List(_) => None,
        };
        match inner {
            Some(inner) => node = inner,
            None => return Ok(None),
        }
    }
    let mut values = Vec::new();
    node.gather(path, &mut values);
    Ok(Some(InForce {
        text: text(&node, path),
        values,
    }))
}

fn with_defaults(layers: &[Arc<Source>]) -> Vec<Arc<Source>> {
    std::iter::once(defaults())
        .chain(layers.iter().cloned())
        .collect()
}

fn merge(layers: &[Arc<Source>]) -> Result<Table<'_>, Vec<Diagnostic>> {
    let mut merged = Table::default();
    let mut errors = Vec::new();
    for source in layers {
        let (table, wrong) = DeTable::parse_recoverable(&source.text);
        let findings = Findings::new(Arc::clone(source));
        for error in wrong {
            let message = format!("not valid TOML: {}", error.message());
            findings.error(error.span().unwrap_or(0..0), message, None);
        }
        errors.extend(findings.into_diagnostics());
        merged.lay_over(table.get_ref(), source);
    }
    if errors.is_empty() {
        Ok(merged)
    } else {
        Err(errors)
    }
}

/// The lines of a node at `path`, each with its end.
fn text(node: &Node<'_>, path: &[String]) -> String {
    let mut lines = Vec::new();
    node.write(path, &mut lines);
    let text = lines.join("\n");
    format!("{}\n", text.trim_start_matches('\n'))
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

    /// The layer of any value in it.
    fn source(&self) -> Option<&'a Source> {
        self.nodes.values().find_map(|node| match node {
            Node::Value(_, source) => Some(*source),
            Node::Table(table) => table.source(),
            Node::List(tables) => tables.iter().find_map(Table::source),
        })
    }

    fn to_json(&self) -> serde_json::Value {
        let nodes = self.nodes.iter();
        let entries = nodes.map(|(key, node)| (key.clone(), node.to_json()));
        serde_json::Value::Object(entries.collect())
    }

    /// Values first, then tables, as TOML wants it.
    fn write(&self, path: &[String], lines: &mut Vec<String>) {
        let nodes = || {
            self.order
                .iter()
                .filter_map(|key| Some((key, self.nodes.get(key)?)))
        };
        for (key, node) in nodes() {
            if let Node::Value(..) = node {
                node.write(std::slice::from_ref(key), lines);
            }
        }
        for (key, node) in nodes() {
            let path: Vec<String> = path.iter().chain([key]).cloned().collect();
            match node {
                Node::Value(..) => {}
                Node::Table(_) | Node::List(_) => node.write(&path, lines),
            }
        }
    }
}

impl Node<'_> {
    /// The lines of what stands at `path`.
    fn write(&self, path: &[String], lines: &mut Vec<String>) {
        match self {
            Node::Value(value, source) => {
                lines.push(format!("{} = {value}  # {}", name(path), source.name));
            }
            Node::Table(table) => {
                if !path.is_empty() {
                    lines.push(format!("\n[{}]", name(path)));
                }
                table.write(path, lines);
            }
            Node::List(tables) => {
                for table in tables {
                    lines.push(format!("\n[[{}]]", name(path)));
                    table.write(path, lines);
                }
            }
        }
    }

    /// Adds every value at `path` and below it.
    fn gather(&self, path: &[String], values: &mut Vec<ValueInForce>) {
        let mut add = |written: Option<&str>, from: &str| {
            values.push(ValueInForce {
                key: name(path),
                value: self.to_json(),
                from: from.to_owned(),
                written: written.map(str::to_owned),
            });
        };
        match self {
            Node::Value(written, source) => add(Some(written), &source.name),
            Node::List(tables) => {
                let from = tables.first().and_then(Table::source);
                add(None, from.map_or("built in", |source| &source.name));
            }
            Node::Table(table) => {
                for key in &table.order {
                    let path: Vec<String> = path.iter().chain([key]).cloned().collect();
                    if let Some(node) = table.nodes.get(key) {
                        node.gather(&path, values);
                    }
                }
            }
        }
    }

    fn to_json(&self) -> serde_json::Value {
        match self {
            Node::Value(written, _) => DeValue::parse(written)
                .map_or(serde_json::Value::Null, |value| to_json(value.get_ref())),
            Node::Table(table) => table.to_json(),
            Node::List(tables) => tables.iter().map(Table::to_json).collect(),
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
