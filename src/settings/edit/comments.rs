//! Whose a comment is: the lines right above an entry are the entry's and go with it; what a blank line keeps apart from it
//! stays in the file.

use toml_edit::{DocumentMut, Item, RawString, Table};

/// The comments above an entry that stay when it goes: all up to the last blank line.
pub(super) fn apart(prefix: &str) -> &str {
    let mut end = 0;
    let mut at = 0;
    for line in prefix.split_inclusive('\n') {
        at += line.len();
        // Without its end it is what the entry itself is indented by.
        if line.trim().is_empty() && line.ends_with('\n') {
            end = at;
        }
    }
    let above = &prefix[..end];
    if above.trim().is_empty() { "" } else { above }
}

/// Text of the document that is written in no other way than as it was read.
pub(super) fn text(raw: Option<&RawString>) -> String {
    raw.and_then(RawString::as_str)
        .unwrap_or_default()
        .to_owned()
}

/// Hands comments to what stands next below the table at `position`, or to the file's end.
pub(super) fn hand_on(document: &mut DocumentMut, position: isize, comments: &str) {
    if comments.is_empty() {
        return;
    }
    if let Some(table) = next_table(document, position) {
        let below = text(table.decor().prefix());
        table.decor_mut().set_prefix(below_them(comments, &below));
    } else {
        let below = text(Some(document.trailing()));
        document.set_trailing(below_them(comments, &below));
    }
}

/// They end with a blank line, so what follows needs none of its own.
fn below_them(comments: &str, below: &str) -> String {
    format!("{comments}{}", below.strip_prefix('\n').unwrap_or(below))
}

/// The first table below `position`.
pub(super) fn next_table(document: &mut DocumentMut, position: isize) -> Option<&mut Table> {
    let mut positions = Vec::new();
    collect(document.as_table(), &mut positions);
    let next = positions.into_iter().filter(|one| *one > position).min()?;
    at_position(document.as_table_mut(), next)
}

/// The place of the last table.
pub(super) fn last_position(document: &DocumentMut) -> isize {
    let mut positions = Vec::new();
    collect(document.as_table(), &mut positions);
    positions.into_iter().max().unwrap_or_default()
}

/// Takes the comments that follow the table at `position` with no empty line between, such as a setting commented out.
pub(super) fn take_attached(document: &mut DocumentMut, position: isize) -> String {
    let split = |below: &str| {
        let lines = below.split_inclusive('\n');
        let attached = lines.take_while(|line| !line.trim().is_empty());
        let (attached, rest) = below.split_at(attached.map(str::len).sum());
        (attached.to_owned(), rest.to_owned())
    };
    if let Some(table) = next_table(document, position) {
        let (attached, rest) = split(&text(table.decor().prefix()));
        // Without an empty line they may as well be the next table's.
        if rest.is_empty() {
            return String::new();
        }
        table.decor_mut().set_prefix(rest);
        attached
    } else {
        let (attached, rest) = split(&text(Some(document.trailing())));
        document.set_trailing(rest);
        attached
    }
}

fn collect(table: &Table, positions: &mut Vec<isize>) {
    for (_, item) in table {
        let inside: Vec<&Table> = match item {
            Item::Table(table) => vec![table],
            Item::ArrayOfTables(tables) => tables.iter().collect(),
            Item::None | Item::Value(_) => Vec::new(),
        };
        for table in inside {
            positions.extend(table.position());
            collect(table, positions);
        }
    }
}

fn at_position(table: &mut Table, position: isize) -> Option<&mut Table> {
    for (_, item) in table.iter_mut() {
        let inside: Vec<&mut Table> = match item {
            Item::Table(table) => vec![table],
            Item::ArrayOfTables(tables) => tables.iter_mut().collect(),
            Item::None | Item::Value(_) => Vec::new(),
        };
        for table in inside {
            if table.position() == Some(position) {
                return Some(table);
            }
            if let Some(found) = at_position(table, position) {
                return Some(found);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_right_above_are_the_entrys_own() {
        for (prefix, stays) in [
            ("", ""),
            ("\n", ""),
            ("\n\n", ""),
            ("# its own\n", ""),
            ("\n# its own\n", ""),
            ("\n# apart\n\n", "\n# apart\n\n"),
            ("# apart\n\n# its own\n  ", "# apart\n\n"),
            ("# apart\n \n  ", "# apart\n \n"),
        ] {
            assert_eq!(apart(prefix), stays, "{prefix:?}");
        }
    }
}
