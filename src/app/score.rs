//! What one does with a score sheet: choosing a template, changing the department's copy, letting goals take part.
//!
//! Each function gives the edit; the session applies it. Must not know views.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde_json::Value;

use crate::domain::amount;
use crate::domain::cell::{Cell, Raw};
use crate::domain::document::Document;
use crate::domain::edit::Edit;
use crate::domain::place::Place;
use crate::domain::rows::{RowData, RowId};
use crate::domain::score::params::Form;
use crate::domain::score::sheet;
use crate::domain::score::spread::equal_parts;
use crate::domain::score::template::{Indicator, Rule, Scoring};
use crate::domain::score::{kinds, members, validate};

/// Puts a template into the report, with a row for the answers to each of its indicators. Answers that are there stay.
pub fn choose(document: &Document, scoring: Scoring) -> Edit {
    let rows: Vec<RowData> = scoring
        .rows()
        .filter(|row| sheet::answer(document, &RowId::new(&row.id)).is_none())
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
    let mut edits = Vec::new();
    let mut rows = Vec::new();
    for (at, goal) in own.iter().enumerate() {
        let part = parts.get(at).copied();
        if sheet::answer(document, &goal.id).is_some() {
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

/// Which weight of the copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Of the whole sheet.
    Total,
    /// Of a level 1.
    Aspect(usize),
    /// Of a level 2.
    Group(usize, usize),
    /// Of an indicator.
    Row(String),
}

/// Changes the report's copy of its template.
pub fn change(document: &Document, change: impl FnOnce(&mut Scoring)) -> Option<Edit> {
    let mut scoring = Scoring::clone(document.scoring.as_deref()?);
    change(&mut scoring);
    Some(Edit::Scoring(Some(Arc::new(scoring))))
}

/// A weight of the copy.
pub fn weight<'a>(scoring: &'a Scoring, which: &Weight) -> Option<&'a Cell<Decimal>> {
    match which {
        Weight::Total => Some(&scoring.total),
        Weight::Aspect(at) => scoring.aspects.get(*at).map(|aspect| &aspect.weight),
        Weight::Group(at, group) => scoring.aspects.get(*at)?.groups.get(*group).map(|group| &group.weight),
        Weight::Row(id) => scoring.row(id).map(|row| &row.weight),
    }
}

/// Stores a weight of the copy; text that is no number is kept and marked.
pub fn set_weight(document: &Document, which: &Weight, text: &str) -> Option<Edit> {
    let cell = match amount::read(text, amount::NumberKind::Number) {
        amount::Reading::Value(number) => Cell::Value(number),
        _ => Cell::<Decimal>::from_canonical(text.trim()),
    };
    change(document, |scoring| {
        let stored = match which {
            Weight::Total => Some(&mut scoring.total),
            Weight::Aspect(at) => scoring.aspects.get_mut(*at).map(|aspect| &mut aspect.weight),
            Weight::Group(at, group) => scoring
                .aspects
                .get_mut(*at)
                .and_then(|aspect| aspect.groups.get_mut(*group))
                .map(|group| &mut group.weight),
            Weight::Row(id) => scoring.row_mut(id).map(|row| &mut row.weight),
        };
        if let Some(stored) = stored {
            *stored = cell;
        }
    })
}

/// Adds an indicator to a level 2, scored by hand until a rule is chosen.
pub fn add_row(document: &Document, (aspect, group): (usize, usize), id: &RowId) -> Option<Edit> {
    let row = Indicator {
        id: id.as_str().to_owned(),
        name: "新指标".to_owned(),
        manual: true,
        rule: Some(Rule::of("manual")),
        ..Indicator::default()
    };
    let data = answers(id.clone(), &row.name, None);
    let edit = change(document, |scoring| {
        if let Some(group) = scoring.aspects.get_mut(aspect).and_then(|aspect| aspect.groups.get_mut(group)) {
            group.rows.push(row);
        }
    })?;
    Some(Edit::Batch(vec![edit, Edit::Insert { list: LIST.to_owned(), at: usize::MAX, rows: vec![data] }]))
}

/// Takes an indicator out of the copy. Its answers stay (已停用).
pub fn remove_row(document: &Document, id: &str) -> Option<Edit> {
    change(document, |scoring| {
        for group in scoring.aspects.iter_mut().flat_map(|aspect| &mut aspect.groups) {
            group.rows.retain(|row| row.id != id);
        }
    })
}

/// Gives an indicator a rule of another kind; parameters that both have are kept.
pub fn set_kind(document: &Document, id: &str, key: &str) -> Option<Edit> {
    let kind = kinds::kind(key)?;
    change(document, |scoring| {
        let Some(row) = scoring.row_mut(id) else { return };
        let old = row.rule.take().unwrap_or_default();
        let mut rule = Rule::of(key);
        for def in kind.params {
            let first = match def.form {
                Form::Choice(options) if !def.optional => options.first().map(|(key, _)| Value::from(*key)),
                _ => None,
            };
            if let Some(value) = old.params.get(def.key).cloned().or(first) {
                rule.params.insert(def.key.to_owned(), value);
            }
        }
        row.over = row.over.take().filter(|_| key == "ratio_up");
        row.rule = Some(rule);
    })
}

/// Stores a parameter of an indicator's rule; an empty text takes it out.
pub fn set_param(document: &Document, id: &str, key: &str, text: &str) -> Option<Edit> {
    change(document, |scoring| {
        let Some(rule) = scoring.row_mut(id).and_then(|row| row.rule.as_mut()) else { return };
        let form = kinds::kind(&rule.kind)
            .and_then(|kind| kind.params.iter().find(|def| def.key == key))
            .map(|def| def.form);
        let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty()).map(Value::from);
        let value = match form {
            Some(Form::Bands | Form::Items) => Value::Array(lines().collect()),
            Some(Form::Number) => match amount::read(text, amount::NumberKind::Number) {
                amount::Reading::Value(number) => Value::from(number.to_string()),
                _ => Value::from(text.trim()),
            },
            _ => Value::from(text.trim()),
        };
        if text.trim().is_empty() {
            rule.params.remove(key);
        } else {
            rule.params.insert(key.to_owned(), value);
        }
    })
}

/// A parameter as it is edited.
pub fn param_text(rule: &Rule, key: &str) -> String {
    match rule.params.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(lines)) => lines.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n"),
        _ => String::new(),
    }
}

/// A text of the copy that can be edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// 三级指标.
    Name,
    /// 目标值.
    Target,
    /// 指标说明.
    Meaning,
    /// 评价要点, one a line.
    Points,
    /// 来源.
    Source,
}

/// A text of an indicator.
pub fn words(row: &Indicator, which: Words) -> String {
    match which {
        Words::Name => row.name.clone(),
        Words::Target => row.target.clone(),
        Words::Meaning => row.meaning.clone(),
        Words::Points => row.points.join("\n"),
        Words::Source => row.source.clone(),
    }
}

/// Stores a text of an indicator.
pub fn set_words(document: &Document, id: &str, which: Words, text: &str) -> Option<Edit> {
    change(document, |scoring| {
        let Some(row) = scoring.row_mut(id) else { return };
        match which {
            Words::Name => text.trim().clone_into(&mut row.name),
            Words::Target => text.trim().clone_into(&mut row.target),
            Words::Meaning => text.trim().clone_into(&mut row.meaning),
            Words::Source => text.trim().clone_into(&mut row.source),
            Words::Points => {
                row.points =
                    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
            }
        }
    })
}

/// Says that a row was completed after its original (no longer 未见原文).
pub fn completed(document: &Document, id: &str) -> Option<Edit> {
    change(document, |scoring| {
        if let Some(row) = scoring.row_mut(id) {
            row.unseen = false;
        }
    })
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
