//! The `reminder` list in the person's file, in whichever way of TOML they write it: `[[reminder]]` or `reminder = [{ … }]`.

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::comments::{apart, hand_on, next_table, take_attached, text};
use super::take_end;

const KEY: &str = "reminder";

/// What [`leave_none`] writes beside the empty list.
const NONE_LEFT: &str = "# none; without this line the built-in ones come back";

/// Whether the file has a list of its own, be it an empty one.
#[must_use]
pub fn has_own(document: &DocumentMut) -> bool {
    document.contains_key(KEY)
}

/// Takes the list of the layer below into a file that has none.
pub(super) fn adopt(document: &mut DocumentMut, below: &DocumentMut) {
    let Some(Ok(mut list)) = below.get(KEY).cloned().map(Item::into_array_of_tables) else {
        return;
    };
    let mut position = super::comments::last_position(document);
    let end = take_end(document);
    for (index, table) in list.iter_mut().enumerate() {
        let above = if index == 0 { end.as_str() } else { "" };
        table.decor_mut().set_prefix(format!("{above}\n"));
        position += 1;
        place(table, &mut position);
    }
    document.insert(KEY, Item::ArrayOfTables(list));
}

/// Gives a table and the tables in it their places, in this order.
fn place(table: &mut Table, position: &mut isize) {
    table.set_position(Some(*position));
    for (_, item) in table.iter_mut() {
        if let Item::Table(inner) = item {
            *position += 1;
            place(inner, position);
        }
    }
}

/// The entry of this name.
#[must_use]
pub fn find<'a>(document: &'a mut DocumentMut, name: &str) -> Option<&'a mut dyn TableLike> {
    match document.get_mut(KEY)? {
        Item::ArrayOfTables(list) => {
            let mut tables = list.iter_mut();
            let found = tables.find(|table| is_named(*table, name))?;
            Some(found)
        }
        Item::Value(Value::Array(list)) => {
            let mut tables = list.iter_mut().filter_map(Value::as_inline_table_mut);
            let found = tables.find(|table| is_named(*table, name))?;
            Some(found)
        }
        _ => None,
    }
}

/// As the settings are read, without the space around it.
fn is_named(table: &dyn TableLike, name: &str) -> bool {
    let written = table.get("name").and_then(Item::as_str);
    written.is_some_and(|written| written.trim() == name)
}

/// Adds an entry below the others.
pub fn add(document: &mut DocumentMut, entries: Vec<(&'static str, Value)>) {
    match document.get_mut(KEY) {
        Some(Item::Value(Value::Array(list))) if !list.is_empty() => add_inline(list, entries),
        Some(Item::ArrayOfTables(list)) => {
            let end = list.iter().last().map(end_of).unwrap_or_default();
            let attached = take_attached(document, end);
            let mut table: Table = entries.into_iter().collect();
            table.decor_mut().set_prefix(format!("{attached}\n"));
            if let Some(list) = document[KEY].as_array_of_tables_mut() {
                list.push(table);
            }
        }
        Some(_) => replace_none(document, entries),
        None => {
            let mut table: Table = entries.into_iter().collect();
            let end = take_end(document);
            table.decor_mut().set_prefix(format!("{end}\n"));
            document.insert(KEY, list_of(table));
        }
    }
}

fn list_of(table: Table) -> Item {
    let mut list = ArrayOfTables::new();
    list.push(table);
    Item::ArrayOfTables(list)
}

/// The place of the last table in this one, or its own.
fn end_of(table: &Table) -> isize {
    let inner = table.iter().filter_map(|(_, item)| item.as_table());
    let inner = inner.map(end_of).max().unwrap_or_default();
    table.position().unwrap_or_default().max(inner)
}

/// On the line below the last one, where each has its line; else behind it.
fn add_inline(list: &mut Array, entries: Vec<(&'static str, Value)>) {
    let above = list.iter().last().map(|one| text(one.decor().prefix()));
    let above = above.unwrap_or_default();
    let own_line = above.rfind('\n').map(|at| above[at..].to_owned());
    let trailing = text(Some(list.trailing()));
    // A comment behind the last one stays there.
    let beside = beside(&trailing);
    let prefix = match own_line {
        Some(line) => format!("{beside}{line}"),
        None if beside.is_empty() => " ".to_owned(),
        None => format!("{beside}\n  "),
    };
    list.set_trailing(trailing[beside.len()..].to_owned());
    let mut table: InlineTable = entries.into_iter().collect();
    table.decor_mut().set_prefix(prefix);
    list.push_formatted(Value::InlineTable(table));
}

/// The comment on the line that the text above it ends with.
fn beside(text: &str) -> &str {
    let line = text.split('\n').next().unwrap_or_default();
    if line.contains('#') { line } else { "" }
}

/// Puts the first entry where the empty list was, below the comments in and beside that.
fn replace_none(document: &mut DocumentMut, entries: Vec<(&'static str, Value)>) {
    let Some((key, old)) = document.as_table_mut().remove_entry(KEY) else {
        return;
    };
    let mut prefix = text(key.leaf_decor().prefix());
    if let Some(list) = old.as_array() {
        let inside = text(Some(list.trailing()));
        let beside = text(list.decor().suffix());
        let comments = inside.lines().chain(beside.lines()).map(str::trim);
        for comment in comments.filter(|one| one.starts_with('#') && *one != NONE_LEFT) {
            prefix.push_str(comment);
            prefix.push_str("\n\n");
        }
    }
    if !document.get_values().is_empty() && !prefix.starts_with('\n') {
        prefix.insert(0, '\n');
    }
    let mut table: Table = entries.into_iter().collect();
    table.decor_mut().set_prefix(prefix);
    table.set_position(Some(-1));
    document.insert(KEY, list_of(table));
}

/// Takes an entry out, with the comment right above it; whether it was there. Where it was the last one an empty list
/// stays, which keeps those of the layer below away.
pub fn remove(document: &mut DocumentMut, name: &str) -> bool {
    match document.get_mut(KEY) {
        Some(Item::ArrayOfTables(list)) => {
            let index = list.iter().position(|table| is_named(table, name));
            let Some(index) = index else { return false };
            let table = list.remove(index);
            let is_empty = list.is_empty();
            let prefix = text(table.decor().prefix());
            hand_on(document, end_of(&table), apart(&prefix));
            if is_empty {
                leave_none(document);
            }
            trim_start(document);
            true
        }
        Some(Item::Value(Value::Array(list))) => {
            let is_it = |value: &Value| {
                let table = value.as_inline_table();
                table.is_some_and(|table| is_named(table, name))
            };
            let index = list.iter().position(is_it);
            if let Some(index) = index {
                remove_inline(list, index);
            }
            index.is_some()
        }
        _ => false,
    }
}

fn remove_inline(list: &mut Array, index: usize) {
    let removed = list.remove(index);
    let prefix = text(removed.decor().prefix());
    // This one is about what stands before.
    let above = beside(&prefix);
    let below = match list.get(index) {
        Some(next) => text(next.decor().prefix()),
        None => text(Some(list.trailing())),
    };
    // And that one was about what goes.
    let below = &below[beside(&below).len()..];
    let starts_a_line = below.starts_with('\n') || above.is_empty();
    let new_line = if starts_a_line { "" } else { "\n" };
    let new = if index == 0 && !below.contains('\n') {
        prefix
    } else {
        format!("{above}{new_line}{below}")
    };
    match list.get_mut(index) {
        Some(next) => next.decor_mut().set_prefix(new),
        None => list.set_trailing(new),
    }
}

/// Writes `reminder = []` where the list was: above the first table, below the comments that stand apart from that.
fn leave_none(document: &mut DocumentMut) {
    document.remove(KEY);
    let above = if document.get_values().is_empty() {
        take_head(document)
    } else {
        String::new()
    };
    let mut none = Array::new();
    none.decor_mut().set_suffix(format!("  {NONE_LEFT}"));
    document.insert(KEY, Item::Value(Value::Array(none)));
    if let Some(mut key) = document.key_mut(KEY) {
        key.leaf_decor_mut().set_prefix(above);
    }
}

/// Takes the comments at the file's start that belong to no table.
fn take_head(document: &mut DocumentMut) -> String {
    if let Some(table) = next_table(document, -1) {
        let (head, rest) = split_head(&text(table.decor().prefix()));
        table.decor_mut().set_prefix(rest);
        head
    } else {
        let (head, rest) = split_head(&text(Some(document.trailing())));
        document.set_trailing(rest);
        head
    }
}

/// What stands apart, and the rest after an empty line.
fn split_head(comments: &str) -> (String, String) {
    let (head, rest) = comments.split_at(apart(comments).len());
    let rest = rest.strip_prefix('\n').unwrap_or(rest);
    let gap = if rest.is_empty() { "" } else { "\n" };
    (head.to_owned(), format!("{gap}{rest}"))
}

/// A file does not begin with an empty line because its first entry went.
fn trim_start(document: &mut DocumentMut) {
    if !document.get_values().is_empty() {
        return;
    }
    if let Some(table) = next_table(document, -1) {
        let prefix = text(table.decor().prefix());
        table
            .decor_mut()
            .set_prefix(prefix.trim_start_matches('\n').to_owned());
    }
}

/// In the pauses that are for some reminders only, another name for one of them; whether any names it.
pub fn rename_in_pauses(document: &mut DocumentMut, old: &str, new: &str) -> bool {
    let tables: Vec<&mut dyn TableLike> = match document.get_mut("pause") {
        Some(Item::ArrayOfTables(list)) => list
            .iter_mut()
            .map(|one| one as &mut dyn TableLike)
            .collect(),
        Some(Item::Value(Value::Array(list))) => {
            let inline = list.iter_mut().filter_map(Value::as_inline_table_mut);
            inline.map(|one| one as &mut dyn TableLike).collect()
        }
        _ => return false,
    };
    let mut any = false;
    for table in tables {
        let only: Vec<&mut Value> = match table.get_mut("only") {
            Some(Item::Value(Value::Array(names))) => names.iter_mut().collect(),
            Some(Item::Value(name)) => vec![name],
            _ => continue,
        };
        for name in only.into_iter().filter(|name| name.as_str() == Some(old)) {
            let decor = name.decor().clone();
            *name = new.into();
            *name.decor_mut() = decor;
            any = true;
        }
    }
    any
}

#[cfg(test)]
mod tests;
