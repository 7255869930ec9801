//! What one does with a score sheet: choosing a template, changing the department's copy ([`spots`], [`tree`]), letting
//! goals take part.
//!
//! Each function gives the edit; the session applies it. Must not know views.

pub mod spots;
pub mod tree;

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::domain::cell::{Cell, Raw};
use crate::domain::document::Document;
use crate::domain::edit::Edit;
use crate::domain::place::Place;
use crate::domain::rows::{RowData, RowId};
use crate::domain::score::case::plain;
use crate::domain::score::sheet;
use crate::domain::score::spread::equal_parts;
use crate::domain::score::template::{Indicator, Scoring};
use crate::domain::score::{members, validate};

/// Puts a template into the report, with a row for the answers to each of its indicators. Answers that are there stay.
pub fn choose(document: &Document, scoring: Scoring) -> Edit {
    let answered = sheet::answers(document);
    let rows: Vec<RowData> = scoring
        .rows()
        .filter(|row| !answered.contains_key(row.id.as_str()))
        .map(|row| answers(RowId::new(&row.id), &row.name, None))
        .collect();
    Edit::Batch(vec![
        Edit::Scoring(Some(Arc::new(scoring))),
        Edit::Insert { list: LIST.to_owned(), at: usize::MAX, rows },
    ])
}

const LIST: &str = "score_answers";

fn answers(id: RowId, name: &str, weight: Option<Decimal>) -> RowData {
    let cells = [("name", Some(name.to_owned())), ("weight", weight.map(|weight| weight.to_string()))];
    let cells =
        cells.into_iter().filter_map(|(key, cell)| Some((key.to_owned(), Raw::text(cell?)))).collect();
    RowData { id, cells, ..RowData::default() }
}

/// Lets all goals take part that can, and divides the points of each slot among its goals in equal parts. `None`
/// where there is nothing to take in.
pub fn take_in_all(document: &Document) -> Option<Edit> {
    let scoring = document.scoring.as_deref()?;
    let slots = scoring.aspects.iter().enumerate().flat_map(|(aspect, part)| {
        part.groups
            .iter()
            .enumerate()
            .filter(|(_, group)| group.slot.is_some())
            .map(move |(at, _)| (aspect, at))
    });
    let edits: Vec<Edit> = slots.filter_map(|slot| take_in(document, slot)).collect();
    (!edits.is_empty()).then_some(Edit::Batch(edits))
}

/// Lets the goals of one slot take part and divides its points among them.
pub fn take_in(document: &Document, slot: (usize, usize)) -> Option<Edit> {
    let scoring = document.scoring.as_deref()?;
    let goals = members::all(document);
    let own: Vec<_> = goals.iter().filter(|goal| members::slot_of(scoring, goal) == Some(slot)).collect();
    let whole = scoring.aspects.get(slot.0)?.groups.get(slot.1)?.weight.num().counted();
    let parts = match whole {
        Some(whole) if !own.is_empty() => equal_parts(whole, own.len())?,
        _ => Vec::new(),
    };
    let answered = sheet::answers(document);
    let mut edits = Vec::new();
    let mut rows = Vec::new();
    for (at, goal) in own.iter().enumerate() {
        let part = parts.get(at).copied();
        if answered.contains_key(goal.id.as_str()) {
            let cell = part.map_or(Raw::Blank, |part| Raw::text(part.to_string()));
            edits.push(Edit::set(Place::cell(LIST, &goal.id, "weight"), cell));
        } else {
            rows.push(answers(goal.id.clone(), &goal.name, part));
        }
    }
    if !rows.is_empty() {
        edits.push(Edit::Insert { list: LIST.to_owned(), at: usize::MAX, rows });
    }
    (!edits.is_empty()).then_some(Edit::Batch(edits))
}

/// Takes a goal out of the sheet; what was answered to it goes with it.
pub fn leave_out(id: &RowId) -> Edit {
    Edit::Remove { list: LIST.to_owned(), ids: vec![id.clone()] }
}

/// Changes the report's copy of its template.
fn change(document: &Document, change: impl FnOnce(&mut Scoring)) -> Option<Edit> {
    let mut scoring = Scoring::clone(document.scoring.as_deref()?);
    change(&mut scoring);
    Some(Edit::Scoring(Some(Arc::new(scoring))))
}

/// The rows that keep a template from being used, with their points: those that are still to be filled in after their
/// original (未见原文).
pub fn to_fill(scoring: &Scoring) -> Vec<String> {
    let words = |row: &Indicator| match row.weight.num().counted() {
        Some(weight) => format!("{}（{} 分）", row.name, plain(&weight)),
        None => row.name.clone(),
    };
    scoring.unseen().map(words).collect()
}

/// Answers one check point.
pub fn set_answer(document: &Document, id: &RowId, at: usize, count: usize, key: &str) -> Edit {
    let place = Place::cell(LIST, id, "answers");
    let stored = document.get(&place);
    let mut keys: Vec<&str> = stored.words().split(',').collect();
    keys.resize(count.max(at + 1), "");
    if let Some(answer) = keys.get_mut(at) {
        *answer = key;
    }
    let blank = keys.iter().all(|key| key.is_empty());
    Edit::set(place, if blank { Raw::Blank } else { Cell::Value(keys.join(",")) })
}

/// The copy as a file.
pub fn export(scoring: &Scoring) -> String {
    // Cannot fail: every key is text.
    let mut text = serde_json::to_string_pretty(scoring).unwrap_or_default();
    text.push('\n');
    text
}

/// A template from a file.
///
/// # Errors
///
/// Why it was refused, with the place.
pub fn import(text: &str) -> Result<Scoring, String> {
    validate::read(text)
}
