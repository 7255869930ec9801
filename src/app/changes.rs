//! What leads from one version of a report to another, as one edit.
//!
//! Typing, undo, a file put in place of a draft: a journal and a list of versions need only know the two states. Rows
//! that both versions share are told by their pointers. Must not know why something changed.

use std::collections::HashSet;

use crate::domain::document::Document;
use crate::domain::edit::Edit;
use crate::domain::place::Place;
use crate::domain::record::{FieldDef, Fields};
use crate::domain::rows::{List, RowData, RowId};

/// The edit that makes `after` of `before`; `None` where both are the same.
pub fn between(before: &Document, after: &Document) -> Option<Edit> {
    if before == after {
        return None;
    }
    let mut edits = Vec::new();
    for (name, defs) in Document::SECTIONS {
        let (Some(old), Some(new)) = (before.section(name), after.section(name)) else { continue };
        fields(old, new, defs, &mut edits, |key| Place::field(name, key));
    }
    for (name, defs) in Document::LISTS {
        if let (Some(old), Some(new)) = (before.list(name), after.list(name)) {
            list(name, defs, old, new, &mut edits);
        }
    }
    let edit = match <[Edit; 1]>::try_from(edits) {
        Ok([only]) => only,
        Err(edits) => Edit::Batch(edits),
    };
    // Some things no edit of cells and rows can say: another template, fields of newer versions.
    let mut reached = before.clone();
    reached.apply(&edit);
    Some(if reached == *after { edit } else { Edit::Replace(Box::new(after.clone())) })
}

fn fields(
    old: &dyn Fields,
    new: &dyn Fields,
    defs: &'static [FieldDef],
    edits: &mut Vec<Edit>,
    place: impl Fn(&'static str) -> Place,
) {
    for (column, def) in defs.iter().enumerate() {
        let cell = new.get(column);
        if old.get(column) != cell {
            edits.push(Edit::set(place(def.key), cell));
        }
    }
}

fn list(
    name: &'static str,
    defs: &'static [FieldDef],
    old: &dyn List,
    new: &dyn List,
    edits: &mut Vec<Edit>,
) {
    let same = old.len() == new.len() && (0..old.len()).all(|at| old.version_at(at) == new.version_at(at));
    if same {
        return;
    }
    let (old_ids, new_ids) = (old.ids(), new.ids());
    if old_ids != new_ids {
        rows(name, &old_ids, &new_ids, new, edits);
    }
    let mut at_old = 0_usize;
    for (at, id) in new_ids.iter().enumerate() {
        // Usually the same position or a little later; a moved row is searched for.
        let found = match old_ids.get(at_old) {
            Some(other) if other == id => Some(at_old),
            _ => old_ids.iter().position(|other| other == id),
        };
        let Some(found) = found else { continue };
        at_old = found.saturating_add(1);
        if old.version_at(found) == new.version_at(at) {
            continue;
        }
        if let (Some(old), Some(new)) = (old.row(found), new.row(at)) {
            fields(old, new, defs, edits, |key| Place::cell(name, id, key));
        }
    }
}

/// Which rows went, moved and came.
fn rows(name: &str, old: &[RowId], new: &[RowId], list: &dyn List, edits: &mut Vec<Edit>) {
    let name = name.to_owned();
    let (was, is): (HashSet<&RowId>, HashSet<&RowId>) = (old.iter().collect(), new.iter().collect());
    let gone: Vec<RowId> = old.iter().filter(|id| !is.contains(id)).cloned().collect();
    let kept: Vec<&RowId> = old.iter().filter(|id| is.contains(id)).collect();
    let order: Vec<&RowId> = new.iter().filter(|id| was.contains(id)).collect();
    let data =
        |from: usize, to: usize| -> Vec<RowData> { (from..to).filter_map(|at| list.data(at)).collect() };
    if !gone.is_empty() {
        edits.push(Edit::Remove { list: name.clone(), ids: gone });
    }
    if kept != order {
        let differs = |(a, b): (&&RowId, &&RowId)| a != b;
        let first = kept.iter().zip(&order).position(differs).unwrap_or(0);
        let last = kept.iter().zip(&order).rposition(differs).unwrap_or(0);
        let moved = if kept.get(first) == order.get(last) {
            kept.get(first).map(|id| (*id, last))
        } else {
            kept.get(last).filter(|id| order.get(first) == Some(id)).map(|id| (*id, first))
        };
        match moved {
            Some((id, to)) => edits.push(Edit::Move { list: name.clone(), id: id.clone(), to }),
            None => {
                let ids = kept.into_iter().cloned().collect();
                edits.push(Edit::Remove { list: name.clone(), ids });
                edits.push(Edit::Insert { list: name, at: 0, rows: data(0, list.len()) });
                return;
            }
        }
    }
    // In ascending order, so that all before a run already stands where it belongs.
    let mut at = 0;
    while at < new.len() {
        let run = new.iter().skip(at).take_while(|id| !was.contains(id)).count();
        let end = at.saturating_add(run);
        if run > 0 {
            edits.push(Edit::Insert { list: name.clone(), at, rows: data(at, end) });
        }
        at = end.saturating_add(1);
    }
}
