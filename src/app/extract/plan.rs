//! What the chosen offers change in a draft.

use super::{Offer, Slot};
use crate::app::ids::{self, Random};
use crate::domain::amount::MoneyUnit;
use crate::domain::cell::Raw;
use crate::domain::document::Document;
use crate::domain::edit::Edit;
use crate::domain::entry;
use crate::domain::facts::print;
use crate::domain::place::Place;
use crate::domain::record::FieldDef;
use crate::domain::rows::{RowData, RowId};
use crate::domain::tables::{RowsOf, TableDef};

/// What a draft has where an offer would go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Present {
    /// Where it would go, in words.
    pub label: String,
    /// The offered value, as shown.
    pub offered: String,
    /// The present value, as shown; empty where there is none.
    pub shown: String,
    /// Whether the draft says the same already.
    pub same: bool,
}

/// Holds an offer against a draft.
pub fn present(document: &Document, offer: &Offer) -> Present {
    let Some(def) = def(&offer.slot) else {
        return Present {
            label: String::new(),
            offered: offer.value.clone(),
            shown: String::new(),
            same: false,
        };
    };
    let cell = target(document, &offer.slot).map(|place| document.get(&place)).unwrap_or_default();
    let value = |raw: &Raw| {
        let unit = print::field_unit(def).suffix();
        let words = entry::shown(def, raw, MoneyUnit::WanYuan);
        if def.kind.is_numeric() && matches!(raw, Raw::Value(_)) {
            format!("{words} {unit}").trim_end().to_owned()
        } else {
            words
        }
    };
    let new = Raw::text(&*offer.value);
    let shown = if cell.is_blank() { String::new() } else { value(&cell) };
    Present { label: label(&offer.slot, def), offered: value(&new), same: shown == value(&new), shown }
}

/// The edit that writes offers into a draft: one step, rows that are not there yet included.
pub fn plan(document: &Document, offers: &[&Offer], random: &mut dyn Random) -> Edit {
    let mut edits = Vec::new();
    let mut rows: Vec<(&'static str, RowData)> = Vec::new();
    for offer in offers {
        let cell = Raw::text(&*offer.value);
        match target(document, &offer.slot) {
            Some(at) => {
                edits.push(Edit::set(at.clone(), cell));
                edits.extend(besides(document, &at, offer));
            }
            None => {
                let (list, id, name, column) = match &offer.slot {
                    Slot::Field { .. } => continue,
                    Slot::Fixed { list, row, column } => (*list, Some(*row), fixed_label(list, row), *column),
                    Slot::Row { list, name, column } => (*list, None, name.clone(), *column),
                };
                let Some(key) =
                    document.list(list).and_then(|rows| rows.columns().first()).map(|def| def.key)
                else {
                    continue;
                };
                let name = Raw::text(&*name);
                let known =
                    rows.iter().position(|(of, data)| *of == list && data.cells.get(key) == Some(&name));
                let at = known.unwrap_or_else(|| {
                    let id = id.map_or_else(|| ids::new_id(random), str::to_owned);
                    let mut data = RowData { id: RowId::new(&id), ..RowData::default() };
                    data.cells.insert(key.to_owned(), name);
                    rows.push((list, data));
                    rows.len() - 1
                });
                if let Some((_, data)) = rows.get_mut(at) {
                    data.cells.insert(column.to_owned(), cell);
                    for (column, value) in &offer.besides {
                        data.cells.insert((*column).to_owned(), Raw::text(&**value));
                    }
                }
            }
        }
    }
    for (list, data) in rows {
        edits.push(Edit::Insert { list: list.to_owned(), at: usize::MAX, rows: vec![data] });
    }
    Edit::Batch(edits)
}

/// Other cells of a row that is there, where they are 未填.
fn besides(document: &Document, at: &Place, offer: &Offer) -> Vec<Edit> {
    let Place::Cell { list, row, .. } = at else { return Vec::new() };
    let places = offer.besides.iter().map(|(column, value)| (Place::cell(list, row, column), value));
    places
        .filter(|(place, _)| document.get(place).is_blank())
        .map(|(place, value)| Edit::set(place, Raw::text(&**value)))
        .collect()
}

/// Where an offer goes in a draft; `None` where the row is not there yet.
pub fn target(document: &Document, slot: &Slot) -> Option<Place> {
    match slot {
        Slot::Field { section, field } => Some(Place::field(section, field)),
        Slot::Fixed { list, row, column } => {
            let id = RowId::new(row);
            document.list(list)?.position(&id)?;
            Some(Place::cell(list, &id, column))
        }
        Slot::Row { list, name, column } => {
            let rows = document.list(list)?;
            let at = (0..rows.len()).find(|at| same(rows.get(*at, 0).words(), name))?;
            Some(Place::cell(list, &rows.id_at(at)?, column))
        }
    }
}

fn same(a: &str, b: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    bare(a) == bare(b)
}

fn def(slot: &Slot) -> Option<&'static FieldDef> {
    let place = match slot {
        Slot::Field { section, field } => Place::field(section, field),
        Slot::Fixed { list, row, column } => Place::cell(list, &RowId::new(row), column),
        Slot::Row { list, column, .. } => Place::cell(list, &RowId::new(""), column),
    };
    Document::def(&place)
}

fn fixed_label(list: &str, row: &str) -> String {
    match TableDef::by_list(list).map(|table| table.rows) {
        Some(RowsOf::Fixed(rows)) => {
            rows.iter().find(|fixed| fixed.id == row).map_or_else(String::new, |fixed| fixed.label.to_owned())
        }
        _ => String::new(),
    }
}

fn label(slot: &Slot, def: &FieldDef) -> String {
    match slot {
        Slot::Field { section, .. } => match TableDef::by_stated(section) {
            Some((table, sum)) => format!("{} · 上报{} · {}", table.title, sum.label, def.label),
            None => def.label.to_owned(),
        },
        Slot::Fixed { list, row, .. } => {
            format!("{} · {} · {}", title(list), fixed_label(list, row), def.label)
        }
        Slot::Row { list, name, .. } => format!("{} · {name} · {}", title(list), def.label),
    }
}

fn title(list: &str) -> &'static str {
    TableDef::by_list(list).map_or("", |table| table.title)
}
