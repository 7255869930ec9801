//! Fields whose value is a row of another list: read by the name of the row, stored by its id, shown by its name.
//!
//! All other kinds are left to [`entry`]. Must not know which lists refer to which; the field says.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use super::amount::MoneyUnit;
use super::cell::{Cell, CellRef, Raw};
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
    let chosen = document.list(def.refers).and_then(|rows| meant(rows, words));
    chosen.map_or_else(|| Cell::Unread(words.to_owned()), |id| Cell::Value(id.as_str().to_owned()))
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
            let found = document
                .list(def.refers)
                .and_then(|rows| rows.position(&RowId::new(id)).map(|at| label(rows, at)));
            found.unwrap_or_else(|| shown(document, def, cell, money))
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
    format!(
        "“{table}”里没有或不止一行叫“{text}”，已原样保留。请从列表里选，或在那张表里添加这一行，添加后自动对应。"
    )
}

/// What a field offers to choose from: keys with the words for them. Rows of equal name are told apart by their
/// number.
pub fn options(document: &Document, def: &FieldDef) -> Vec<(String, String)> {
    if def.kind != Kind::Reference {
        return def.options.iter().map(|(key, label)| ((*key).to_owned(), (*label).to_owned())).collect();
    }
    let Some(rows) = document.list(def.refers) else { return Vec::new() };
    let mut times: HashMap<&str, usize> = HashMap::new();
    (0..rows.len()).for_each(|at| *times.entry(words_of(rows, at)).or_default() += 1);
    let label = |at: usize| match words_of(rows, at) {
        words if times.get(words) == Some(&1) => name(rows, at),
        _ => numbered(rows, at),
    };
    (0..rows.len()).filter_map(|at| Some((rows.id_at(at)?.as_str().to_owned(), label(at)))).collect()
}

/// Whether a field is chosen and not typed.
pub fn is_chosen(def: &FieldDef) -> bool {
    matches!(def.kind, Kind::Choice | Kind::Reference)
}

/// Puts ids in the place of texts that name one row of the list to which their field refers: what was typed or pasted
/// before that row was there. Texts that no row has for its name, or that two have, stay.
pub fn link(document: &mut Document) {
    each_reference(document, |cell, names| match cell {
        Cell::Unread(text) => names.only(text).map(|id| Cell::Value(id.as_str().to_owned())),
        _ => None,
    });
}

/// The like for a report that comes in: files from before a field was a reference have a name in it. A name that
/// tells no row is marked as unread; what has the form of an id is one, of a row that is gone.
pub fn adopt(document: &mut Document) {
    each_reference(document, |cell, names| match cell {
        Cell::Value(text) if is_id(text) || names.has(text) => None,
        Cell::Value(text) => Some(match names.only(text) {
            Some(id) => Cell::Value(id.as_str().to_owned()),
            None => Cell::Unread(text.clone()),
        }),
        Cell::Blank | Cell::Nil | Cell::Unread(_) => None,
    });
}

/// Rows that are referred to, looked through once somebody asks, and once for all cells.
struct Names<'a> {
    rows: &'a dyn List,
    index: OnceCell<Index<'a>>,
}

struct Index<'a> {
    ids: HashSet<RowId>,
    /// The row of a name; none where two have it.
    by_name: HashMap<&'a str, Option<RowId>>,
}

impl<'a> Names<'a> {
    fn index(&self) -> &Index<'a> {
        self.index.get_or_init(|| {
            let mut by_name: HashMap<&str, Option<RowId>> = HashMap::new();
            for at in 0..self.rows.len() {
                let only = by_name.entry(words_of(self.rows, at));
                only.and_modify(|only| *only = None).or_insert_with(|| self.rows.id_at(at));
            }
            by_name.remove("");
            Index { ids: self.rows.ids().into_iter().collect(), by_name }
        })
    }

    fn has(&self, id: &str) -> bool {
        self.index().ids.contains(&RowId::new(id))
    }

    fn only(&self, name: &str) -> Option<RowId> {
        self.index().by_name.get(name.trim()).cloned().flatten()
    }
}

/// Visits every cell that refers to a row and stores what the visitor gives back: one pass over either list, however
/// long they are.
fn each_reference(document: &mut Document, visit: impl Fn(&Raw, &Names) -> Option<Raw>) {
    for (list, defs) in Document::LISTS {
        for (column, def) in defs.iter().enumerate().filter(|(_, def)| def.kind == Kind::Reference) {
            let (Some(rows), Some(named)) = (document.list(list), document.list(def.refers)) else {
                continue;
            };
            let names = Names { rows: named, index: OnceCell::new() };
            let changed: Vec<(usize, Raw)> = (0..rows.len())
                .filter_map(|at| match rows.row(at)?.cell(column)? {
                    CellRef::Text(cell) => Some((at, visit(cell, &names)?)),
                    CellRef::Number(_) => None,
                })
                .collect();
            if changed.is_empty() {
                continue;
            }
            let Some(rows) = document.list_mut(list) else { continue };
            for (at, cell) in changed {
                if let Some(row) = rows.row_mut(at) {
                    row.set(column, cell);
                }
            }
        }
    }
}

/// Whether a text has the form of a row's id; names of rows are words.
fn is_id(text: &str) -> bool {
    const SHORTEST: usize = 10;
    text.len() >= SHORTEST && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}

/// The row that words mean: the only one of this name, the one with this name and number, or the one of this id.
fn meant(rows: &dyn List, words: &str) -> Option<RowId> {
    let mut alike = (0..rows.len()).filter(|at| match words_of(rows, *at) {
        "" => name(rows, *at) == words,
        own => own == words,
    });
    if let Some(first) = alike.next() {
        return rows.id_at(first).filter(|_| alike.next().is_none());
    }
    let at = words
        .strip_suffix("行）")
        .and_then(|rest| rest.rsplit_once("（第"))
        .and_then(|(_, number)| number.parse::<usize>().ok()?.checked_sub(1))
        .filter(|at| *at < rows.len() && numbered(rows, *at) == words);
    let at = at.or_else(|| rows.position(&RowId::new(words)));
    at.and_then(|at| rows.id_at(at))
}

/// The name of a row, with its number where another row has the same.
fn label(rows: &dyn List, at: usize) -> String {
    let own = words_of(rows, at);
    let alone = (0..rows.len()).all(|other| other == at || words_of(rows, other) != own);
    if alone { name(rows, at) } else { numbered(rows, at) }
}

fn numbered(rows: &dyn List, at: usize) -> String {
    format!("{}（第{}行）", name(rows, at), at + 1)
}

fn name(rows: &dyn List, at: usize) -> String {
    match words_of(rows, at) {
        "" => format!("第{}行", at + 1),
        words => words.to_owned(),
    }
}

/// What the first column of a row says.
fn words_of(rows: &dyn List, at: usize) -> &str {
    rows.row(at).and_then(|row| row.cell(0)).map_or("", |cell| cell.words().trim())
}
