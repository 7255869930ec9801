//! Fields whose value is a row of another list: read by the name of the row, stored by its id, shown by its name.
//!
//! All other kinds are left to [`entry`]. Must not know which lists refer to which; the field says.

use std::collections::HashMap;

use super::amount::MoneyUnit;
use super::cell::{Cell, Raw};
use super::document::Document;
use super::entry;
use super::record::{FieldDef, Kind};
use super::rows::{List, RowId};
use super::tables::TableDef;

/// Reads what was typed into a field, where a row of another list may be meant by its name. A name that no row has,
/// or that two have, is kept as typed.
pub fn read(document: &Document, def: &FieldDef, text: &str, money: MoneyUnit) -> Raw {
    if def.kind != Kind::Reference {
        return entry::read(def, text, money);
    }
    let words = text.trim();
    match words {
        "" => return Cell::Blank,
        "-" | "无" | "—" => return Cell::Nil,
        _ => {}
    }
    let chosen = options(document, def).into_iter().find(|(id, name)| name == words || id == words);
    chosen.map_or_else(|| Cell::Unread(words.to_owned()), |(id, _)| Cell::Value(id))
}

/// What a field shows; a row that is gone is said to be.
pub fn shown(document: &Document, def: &FieldDef, cell: &Raw, money: MoneyUnit) -> String {
    match (def.kind, cell) {
        (Kind::Reference, Cell::Value(id)) => document.row_name(def.refers, &RowId::new(id)),
        _ => entry::shown(def, cell, money),
    }
}

/// What stands in the editor of a field.
pub fn edit_text(document: &Document, def: &FieldDef, cell: &Raw, money: MoneyUnit) -> String {
    match (def.kind, cell) {
        (Kind::Reference, Cell::Value(id)) => {
            let chosen = options(document, def).into_iter().find(|(key, _)| key == id);
            chosen.map_or_else(|| shown(document, def, cell, money), |(_, label)| label)
        }
        _ => entry::edit_text(def, cell, money),
    }
}

/// Why a kept entry could not be read, and what would be.
pub fn why_unread(def: &FieldDef, text: &str, money: MoneyUnit) -> String {
    if def.kind != Kind::Reference {
        return entry::why_unread(def, text, money);
    }
    let table = TableDef::by_list(def.refers).map_or("表中", |table| table.title);
    format!("“{table}”里没有或不止一行叫“{text}”，已原样保留。请从列表里选，或先在那张表里添加。")
}

/// What a field offers to choose from: keys with the words for them. Rows of equal name are told apart by their
/// number.
pub fn options(document: &Document, def: &FieldDef) -> Vec<(String, String)> {
    if def.kind != Kind::Reference {
        return def.options.iter().map(|(key, label)| ((*key).to_owned(), (*label).to_owned())).collect();
    }
    let Some(rows) = document.list(def.refers) else { return Vec::new() };
    let names: Vec<String> = (0..rows.len()).map(|at| name(rows, at)).collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    names.iter().for_each(|name| *times.entry(name).or_default() += 1);
    let label = |at: usize, name: &str| match times.get(name) {
        Some(1) => name.to_owned(),
        _ => format!("{name}（第{}行）", at + 1),
    };
    let ids = (0..rows.len()).filter_map(|at| rows.id_at(at));
    ids.zip(&names).enumerate().map(|(at, (id, name))| (id.as_str().to_owned(), label(at, name))).collect()
}

/// Whether a field is chosen and not typed.
pub fn is_chosen(def: &FieldDef) -> bool {
    matches!(def.kind, Kind::Choice | Kind::Reference)
}

fn name(rows: &dyn List, at: usize) -> String {
    let words = rows.get(at, 0).words().trim().to_owned();
    if words.is_empty() { format!("第{}行", at + 1) } else { words }
}
