//! Figures of a row that stand with other rows: with the target that a goal repeats, or with the rows that refer to a
//! row.

use rust_decimal::Decimal;

use super::eval::{Missing, NAMED};
use super::targets;
use crate::domain::cell::{Cell, CellRef, Num, Raw};
use crate::domain::document::Document;
use crate::domain::place::Place;
use crate::domain::rows::List;

/// The list and position of a row whose fact is asked for.
pub type Row = (&'static str, usize);

/// The place of a column of the target that a goal repeats; none where it repeats none.
pub fn task_target(document: &Document, (list, at): Row, column: &'static str) -> Option<Place> {
    let goal = document.goals.iter().nth(at).filter(|_| list == "goals")?;
    let target = targets::of_goal(document, goal)?;
    Some(Place::cell("targets", &target.id, column))
}

/// The rows of a list that refer to a row in a column, with the list itself.
fn referring<'a>(
    document: &'a Document,
    (own, at): Row,
    list: &str,
    by: &str,
) -> Option<(&'a dyn List, Vec<usize>)> {
    let id = document.list(own)?.row(at)?.row_id()?;
    let rows = document.list(list)?;
    let by = rows.column(by)?;
    let refers = |at: &usize| {
        let cell = rows.row(*at).and_then(|row| row.cell(by));
        matches!(cell, Some(CellRef::Text(Cell::Value(text))) if text == id.as_str())
    };
    Some((rows, (0..rows.len()).filter(refers).collect()))
}

/// A column of those rows summed.
pub fn sum(
    document: &Document,
    row: Row,
    list: &'static str,
    by: &str,
    column: &'static str,
) -> Result<Decimal, Missing> {
    let Some((rows, chosen)) = referring(document, row, list, by) else { return Err(Missing::NoRows(list)) };
    if chosen.is_empty() {
        return Err(Missing::NotApplicable("还没有所属的行"));
    }
    let Some(key) = rows.column(column) else { return Err(Missing::NoRows(list)) };
    let (mut sum, mut blank, mut count) = (Decimal::ZERO, Vec::new(), 0);
    for at in chosen {
        match rows.number(at, key) {
            Num::Value(number) => sum = sum.checked_add(number).ok_or(Missing::TooLarge)?,
            Num::Nil => {}
            Num::Blank | Num::Unread => lacks(rows, at, list, column, &mut blank, &mut count),
        }
    }
    if count > 0 { Err(Missing::Blank(blank, count)) } else { Ok(sum) }
}

/// How many of them there are; with a choice, of those that have one of these keys.
pub fn count(
    document: &Document,
    row: Row,
    list: &'static str,
    by: &str,
    only: Option<(&'static str, &[&str])>,
) -> Result<Decimal, Missing> {
    let Some((rows, chosen)) = referring(document, row, list, by) else { return Err(Missing::NoRows(list)) };
    let Some((choice, keys)) = only else { return Ok(Decimal::from(chosen.len())) };
    let Some(key) = rows.column(choice) else { return Err(Missing::NoRows(list)) };
    let (mut number, mut blank, mut count) = (0usize, Vec::new(), 0);
    for at in chosen {
        match rows.get(at, key) {
            Raw::Blank => lacks(rows, at, list, choice, &mut blank, &mut count),
            cell => number += usize::from(keys.contains(&cell.words())),
        }
    }
    if count > 0 { Err(Missing::Blank(blank, count)) } else { Ok(Decimal::from(number)) }
}

fn lacks(
    rows: &dyn List,
    at: usize,
    list: &'static str,
    column: &'static str,
    blank: &mut Vec<Place>,
    count: &mut usize,
) {
    *count += 1;
    blank.extend(rows.id_at(at).filter(|_| *count <= NAMED).map(|id| Place::cell(list, &id, column)));
}
