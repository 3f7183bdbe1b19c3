//! What became of a change of the library, in words.

use std::io::{self, Write};

use crate::cli::terminal::Terminal;
use crate::engine::Changed;
use crate::library::{By, Change, HeldBack, Standing, Weight};

/// Says what is different now, and what it means.
pub fn tell(change: Change, changed: &[Changed], out: &mut Terminal) -> io::Result<()> {
    for one in changed {
        if one.is_new {
            out.paragraph(0, &what_changed(change, one))?;
        } else {
            out.paragraph(0, &as_before(change, one))?;
        }
        if let Some(undo) = undo(change, &one.id).filter(|_| one.is_new) {
            writeln!(out, "To undo that: attuned library {undo}")?;
        }
        if let Some((fact, way_out)) = stands_in_the_way(change, one) {
            out.paragraph(0, &fact)?;
            if let Some(way_out) = way_out {
                writeln!(out, "To change that: attuned library {way_out}")?;
            }
        }
        if let Some(held_back) = one.held_back.filter(|_| change == Change::Enable) {
            too_strong(held_back, out)?;
        }
        if let Some(fact) = brought_anyway(change, one) {
            out.paragraph(0, &fact)?;
        }
    }
    Ok(())
}

fn what_changed(change: Change, one: &Changed) -> String {
    let Changed { id, title, .. } = one;
    match change {
        Change::Hide if one.was_open => {
            format!("Hidden: \"{title}\" ({id}). It has left the screen, and will not come again.")
        }
        Change::Hide => format!("Hidden: \"{title}\" ({id}). It will not come again."),
        Change::Unhide => format!("No longer hidden: \"{title}\" ({id}). It can come again."),
        Change::Favour => {
            format!("A favourite: \"{title}\" ({id}). It comes twice as often as others.")
        }
        Change::Unfavour => {
            format!("No longer a favourite: \"{title}\" ({id}). It comes as often as others.")
        }
        Change::Enable => format!("On: {title} ({id}). Its prompts come by themselves."),
        Change::Disable => {
            format!("Off: {title} ({id}). Its prompts no longer come by themselves.")
        }
        Change::Weight(weight) => format!("{title} ({id}) {} now.", how_often(weight)),
    }
}

/// The command that takes it back, where that is not plain.
fn undo(change: Change, id: &str) -> Option<String> {
    match change {
        Change::Hide => Some(format!("unhide {id}")),
        Change::Favour => Some(format!("unfavour {id}")),
        Change::Enable => Some(format!("disable {id}")),
        Change::Disable => Some(format!("enable {id}")),
        Change::Unhide | Change::Unfavour | Change::Weight(_) => None,
    }
}

/// Nothing is different.
fn as_before(change: Change, one: &Changed) -> String {
    let Changed { id, title, .. } = one;
    let by_settings = if one.by_settings {
        ", by your settings"
    } else {
        ""
    };
    match change {
        Change::Hide => format!("\"{title}\" ({id}) is hidden already{by_settings}."),
        Change::Unhide => format!("\"{title}\" ({id}) is not hidden."),
        Change::Favour => format!("\"{title}\" ({id}) is a favourite already{by_settings}."),
        Change::Unfavour => format!("\"{title}\" ({id}) is not a favourite."),
        Change::Enable => format!("{title} ({id}) is on already{by_settings}."),
        Change::Disable => format!("{title} ({id}) is off already{by_settings}."),
        Change::Weight(weight) => {
            format!("{title} ({id}) {} already{by_settings}.", how_often(weight))
        }
    }
}

fn how_often(weight: Weight) -> &'static str {
    match weight {
        Weight::Never => "does not come by itself",
        Weight::Half => "comes half as often as the others",
        Weight::Usual => "comes as often as the others",
        Weight::Double => "comes twice as often as the others",
    }
}

/// Why what was to come more often does not come yet, and the command that changes that.
fn stands_in_the_way(change: Change, one: &Changed) -> Option<(String, Option<String>)> {
    let wants_it_to_come = match change {
        Change::Unhide | Change::Favour | Change::Enable => true,
        Change::Weight(weight) => weight != Weight::Never,
        Change::Hide | Change::Unfavour | Change::Disable => false,
    };
    if !wants_it_to_come {
        return None;
    }
    let Changed { id, collection, .. } = one;
    let whose = if change.is_about_prompts() {
        "Its collection"
    } else {
        "It"
    };
    let (why, by, way_out) = match (one.hidden, one.standing?) {
        (Some(by), _) => ("It is hidden".to_owned(), by, format!("unhide {id}")),
        (None, Standing::On(_)) => return None,
        (None, Standing::OtherLanguage) => {
            let fact = format!(
                "{whose} is in another language than your settings name, though, and does not come by itself."
            );
            return Some((fact, None));
        }
        (None, Standing::Off(by)) => (
            format!("{whose} is off"),
            by,
            format!("enable {collection}"),
        ),
        (None, Standing::WeightZero(by)) => (
            format!("{whose} has the weight 0"),
            by,
            format!("weight {collection} 1"),
        ),
    };
    let (by_whom, way_out) = match by {
        By::Settings => (" by your settings", None),
        By::Choice | By::Default => ("", Some(way_out)),
    };
    Some((
        format!("{why}{by_whom}, though, and does not come by itself."),
        way_out,
    ))
}

/// What does not come although its collection is on, and the command that changes that.
pub(super) fn too_strong(held_back: HeldBack, out: &mut Terminal) -> io::Result<()> {
    let HeldBack {
        prompts,
        of,
        ceiling,
        needed,
    } = held_back;
    let (are, come) = match prompts {
        1 => ("is", "does not come"),
        _ => ("are", "do not come"),
    };
    out.paragraph(
        0,
        &format!(
            "{prompts} of its {of} prompts {are} stronger than your settings let come ({ceiling} at most), and {come}."
        ),
    )?;
    writeln!(
        out,
        "To change that: attuned config set library.ceiling {needed}"
    )
}

/// Who brings what was to come no more.
fn brought_anyway(change: Change, one: &Changed) -> Option<String> {
    if !matches!(change, Change::Disable | Change::Weight(Weight::Never)) {
        return None;
    }
    let names: Vec<String> = one
        .reminders
        .iter()
        .map(|name| format!("\"{name}\""))
        .collect();
    let (reminder, names_it) = match names.len() {
        0 => return None,
        1 => ("The reminder", "names it and still brings it"),
        _ => ("The reminders", "name it and still bring it"),
    };
    Some(format!("{reminder} {} {names_it}.", names.join(" and ")))
}
