//! What checks read: a figure, or the outcome that its absence is.

use rust_decimal::Decimal;

use super::Outcome;
use crate::domain::cell::Num;
use crate::domain::document::Document;
use crate::domain::facts::eval::{Facts, Missing};
use crate::domain::facts::label::Target;
use crate::domain::facts::print;
use crate::domain::facts::registry::registry;
use crate::domain::place::Place;
use crate::domain::record::FieldDef;
use crate::domain::rows::{List, RowId};
use crate::domain::tolerance::Figure;

/// What is said where figures are too long for exact arithmetic.
pub(super) const TOO_LARGE: &str = "数字过大，无法精确计算";

pub(super) fn failed() -> Outcome {
    Outcome::Failed(TOO_LARGE.to_owned())
}

/// The outcome of a relation whose inputs may be missing on the way.
pub(super) fn decided(relation: impl FnOnce() -> Result<Outcome, Outcome>) -> Outcome {
    relation().unwrap_or_else(|missing| missing)
}

/// The number at a place.
pub(super) fn number(document: &Document, place: &Place) -> Result<Decimal, Outcome> {
    counted(document.number(place), || place.clone())
}

/// A number whose place is asked for only where it is missing: looking rows up by id makes long lists slow.
pub(super) fn counted(number: Num, place: impl FnOnce() -> Place) -> Result<Decimal, Outcome> {
    match number {
        Num::Value(value) => Ok(value),
        Num::Nil => Ok(Decimal::ZERO),
        Num::Blank => Err(Outcome::LacksData(vec![place()], 1)),
        Num::Unread => Err(Outcome::Unreadable(vec![place()])),
    }
}

/// The number of a fact.
pub(super) fn fact(facts: &Facts, id: &str) -> Result<Decimal, Outcome> {
    match facts.get(id) {
        Some(Ok(value)) => Ok(value.number),
        Some(Err(missing)) => Err(why(missing)),
        None => Err(Outcome::NotApplicable("没有这项数据")),
    }
}

fn why(missing: &Missing) -> Outcome {
    match missing {
        Missing::Blank(places, count) | Missing::Unreported(places, count) => {
            Outcome::LacksData(places.clone(), *count)
        }
        Missing::Unread(places, _) => Outcome::Unreadable(places.clone()),
        Missing::NoRows(_) => Outcome::LacksData(Vec::new(), 0),
        Missing::BaseZero => Outcome::NotApplicable("基数是 0"),
        Missing::NotApplicable(reason) => Outcome::NotApplicable(reason),
        Missing::TooLarge => failed(),
    }
}

/// A place with what it shows.
pub(super) fn at(document: &Document, place: Place) -> (Target, String) {
    let shown = print::shown_place(&place, document);
    (Target::Place(place), shown)
}

/// A fact with what it shows, if it has a value.
pub(super) fn fact_at(facts: &Facts, id: &str) -> Option<(Target, String)> {
    let def = registry().fact(id)?;
    let value = facts.get(id)?.as_ref().ok()?;
    Some((Target::Fact(&def.id), value.show_with(def.unit)))
}

/// A figure as typed; 无 is exactly nothing.
pub(super) fn typed(number: Num) -> Option<Figure> {
    match number {
        Num::Value(value) => Some(Figure::typed(value)),
        Num::Nil => Some(Figure::exact(Decimal::ZERO)),
        Num::Blank | Num::Unread => None,
    }
}

/// The rows of a list with their ids.
pub(super) fn rows<'a>(
    document: &'a Document,
    list: &str,
) -> impl Iterator<Item = (usize, RowId, &'a dyn List)> + use<'a> {
    let rows = document.list(list);
    (0..rows.map_or(0, |rows| rows.len())).filter_map(move |at| {
        let rows = rows?;
        Some((at, rows.id_at(at)?, rows))
    })
}

/// The definitions of a list's columns.
pub(super) fn columns(list: &str) -> &'static [FieldDef] {
    Document::LISTS.iter().find(|(name, _)| *name == list).map_or(&[], |(_, defs)| defs)
}

/// A name in quotation marks, unless it has its own.
pub(super) fn quoted(name: &str) -> String {
    if name.starts_with('“') { name.to_owned() } else { format!("“{name}”") }
}
