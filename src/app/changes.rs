//! What leads from one version of a report to another, as one edit.
//!
//! Typing, undo, a file put in place of a draft: a journal and a list of versions need only know the two states. Rows
//! that both versions share are told by their pointers. Must not know why something changed.

use std::collections::HashSet;

use super::restore::section_name;
use crate::domain::cell::{Cell, Raw};
use crate::domain::document::Document;
use crate::domain::edit::Edit;
use crate::domain::facts::label::{self, Target};
use crate::domain::place::Place;
use crate::domain::record::{FieldDef, Fields};
use crate::domain::rows::{List, RowData, RowId};

/// The edit that makes `after` of `before`; `None` where both are the same.
pub fn between(before: &Document, after: &Document) -> Option<Edit> {
    if before == after {
        return None;
    }
    let edits = steps(before, after);
    let edit = match <[Edit; 1]>::try_from(edits) {
        Ok([only]) => only,
        Err(edits) => Edit::Batch(edits),
    };
    // Some things no edit of cells and rows can say: another template, fields of newer versions.
    let mut reached = before.clone();
    reached.apply(&edit);
    Some(if reached == *after { edit } else { Edit::Replace(Box::new(after.clone())) })
}

/// What differs in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Label of the field, or name of the table and the row.
    pub label: String,
    /// What it held.
    pub was: String,
    /// What it holds.
    pub now: String,
}

/// Every difference, in the order of the report.
pub fn details(before: &Document, after: &Document) -> Vec<Change> {
    let mut changes = Vec::new();
    if before.template != after.template {
        let (was, now) = (before.template.name.clone(), after.template.name.clone());
        changes.push(Change { label: "模板".to_owned(), was, now });
    }
    for edit in steps(before, after) {
        match &edit {
            Edit::Set { place, cell } => changes.push(Change {
                label: Target::Place(place.clone()).label(after),
                was: said(&before.get(place)),
                now: said(cell),
            }),
            Edit::Remove { list, ids } => changes.extend(ids.iter().map(|id| Change {
                label: row_name(before, list, id),
                was: "有这一行".to_owned(),
                now: "已删除".to_owned(),
            })),
            Edit::Insert { list, rows, .. } => changes.extend(rows.iter().map(|row| Change {
                label: row_name(after, list, &row.id),
                was: "没有这一行".to_owned(),
                now: "新增".to_owned(),
            })),
            Edit::Move { list, id, to } => changes.push(Change {
                label: row_name(after, list, id),
                was: "原来的位置".to_owned(),
                now: format!("移到第 {} 行", to.saturating_add(1)),
            }),
            Edit::Scoring(_) => changes.push(Change {
                label: "评分模板".to_owned(),
                was: scoring_name(before),
                now: scoring_name(after),
            }),
            Edit::Batch(_) | Edit::Replace(_) => {}
        }
    }
    changes
}

/// What differs, in few words for each table and section: `“项目支出”改 3 处、增 1 行`.
pub fn summary(before: &Document, after: &Document) -> Vec<String> {
    let mut counts: Vec<(String, [usize; 4])> = Vec::new();
    let mut count = |name: String, kind: usize, by: usize| {
        let at = counts.iter().position(|(known, _)| *known == name).unwrap_or(counts.len());
        if at == counts.len() {
            counts.push((name, [0; 4]));
        }
        if let Some(number) = counts.get_mut(at).and_then(|(_, numbers)| numbers.get_mut(kind)) {
            *number = number.saturating_add(by);
        }
    };
    for edit in steps(before, after) {
        match &edit {
            Edit::Set { place: Place::Field { section, .. }, .. } => count(section_name(section), 0, 1),
            Edit::Set { place: Place::Cell { list, .. }, .. } => count(table_name(list), 0, 1),
            Edit::Insert { list, rows, .. } => count(table_name(list), 1, rows.len()),
            Edit::Remove { list, ids } => count(table_name(list), 2, ids.len()),
            Edit::Move { list, .. } => count(table_name(list), 3, 1),
            Edit::Scoring(_) => count("评分模板".to_owned(), 0, 1),
            Edit::Batch(_) | Edit::Replace(_) => {}
        }
    }
    const KINDS: [(&str, &str); 4] = [("改", "处"), ("增", "行"), ("删", "行"), ("移", "行")];
    let mut words: Vec<String> = counts
        .into_iter()
        .map(|(name, numbers)| {
            let parts: Vec<String> = KINDS
                .iter()
                .zip(numbers)
                .filter(|(_, number)| *number > 0)
                .map(|((verb, unit), number)| format!("{verb} {number} {unit}"))
                .collect();
            format!("{name}{}", parts.join("、"))
        })
        .collect();
    if before.template != after.template {
        words.insert(0, format!("模板换成“{}”", after.template.name));
    }
    words
}

/// The scoring template in words; the same name with other rows, weights or rules is said to be changed.
fn scoring_name(document: &Document) -> String {
    document.scoring.as_ref().map_or_else(
        || "没有选".to_owned(),
        |scoring| format!("{}（第 {} 版）", scoring.name, scoring.version),
    )
}

fn table_name(list: &str) -> String {
    format!("“{}”", Some(label::title(list)).filter(|title| !title.is_empty()).unwrap_or(list))
}

fn row_name(document: &Document, list: &str, id: &RowId) -> String {
    let name = document
        .list(list)
        .and_then(|rows| Some(rows.get(rows.position(id)?, 0).words().to_owned()))
        .filter(|name| !name.is_empty());
    format!(
        "{}{}",
        table_name(list),
        name.map_or_else(|| "未命名的行".to_owned(), |name| format!("{name}一行"))
    )
}

fn said(cell: &Raw) -> String {
    match cell {
        Cell::Blank => "未填".to_owned(),
        Cell::Nil => "无".to_owned(),
        Cell::Value(text) | Cell::Unread(text) => text.clone(),
    }
}

/// Edits of cells and rows that lead from one version to the other, as far as such edits can.
fn steps(before: &Document, after: &Document) -> Vec<Edit> {
    let mut edits = Vec::new();
    if before.scoring != after.scoring {
        edits.push(Edit::Scoring(after.scoring.clone()));
    }
    for (name, defs) in Document::SECTIONS {
        let (Some(old), Some(new)) = (before.section(name), after.section(name)) else { continue };
        fields(old, new, defs, &mut edits, |key| Place::field(name, key));
    }
    for (name, defs) in Document::LISTS {
        if let (Some(old), Some(new)) = (before.list(name), after.list(name)) {
            list(name, defs, old, new, &mut edits);
        }
    }
    edits
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
    let shared = |at: usize| old.version_at(at) == new.version_at(at);
    let id = |list: &dyn List, at: usize| list.row(at).and_then(Fields::row_id).cloned();
    // Nearly always the rows are where they were, and nearly all of them are shared: nothing is collected then.
    if old.len() == new.len() && (0..old.len()).all(|at| shared(at) || id(old, at) == id(new, at)) {
        for at in (0..old.len()).filter(|at| !shared(*at)) {
            if let (Some(old), Some(new), Some(id)) = (old.row(at), new.row(at), id(new, at)) {
                fields(old, new, defs, edits, |key| Place::cell(name, &id, key));
            }
        }
        return;
    }
    let (old_ids, new_ids) = (old.ids(), new.ids());
    rows(name, &old_ids, &new_ids, new, edits);
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
