//! Cells of the published tables (T19): by the rows that a table brings, by the row 合计, by codes; and how they are named.
//!
//! Must not know which relations hold between them.

use crate::domain::cell::Num;
use crate::domain::checks::Outcome;
use crate::domain::checks::reading::typed;
use crate::domain::document::Document;
use crate::domain::place::Place;
use crate::domain::rows::{List, RowId};
use crate::domain::tables::TableDef;
use crate::domain::tolerance::Figure;

/// A cell of T19.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where it stands.
    pub place: Place,
    /// What it holds.
    pub number: Num,
}

impl Entry {
    /// The cell of a row and column, if the list has them.
    pub fn of(rows: &dyn List, list: &'static str, at: usize, column: &str) -> Option<Self> {
        let column = rows.column(column)?;
        let key = rows.columns().get(column)?.key;
        let place = Place::cell(list, &rows.id_at(at)?, key);
        Some(Entry { place, number: rows.number(at, column) })
    }

    /// The figure, or the outcome that its absence is.
    pub fn figure(&self) -> Result<Figure, Outcome> {
        typed(self.number).ok_or_else(|| match self.number {
            Num::Unread => Outcome::Unreadable(vec![self.place.clone()]),
            _ => Outcome::LacksData(vec![self.place.clone()], 1),
        })
    }
}

/// Name of a list as the document has it, for places.
fn known_list(list: &str) -> Option<&'static str> {
    Document::LISTS.iter().find(|(name, _)| *name == list).map(|(name, _)| *name)
}

/// A cell of a row that the table brings, if the row was opened.
pub fn fixed(document: &Document, list: &str, row: &str, column: &str) -> Option<Entry> {
    let list = known_list(list)?;
    let rows = document.list(list)?;
    Entry::of(rows, list, rows.position(&RowId::new(row))?, column)
}

/// Rows of the user's own that are the whole table.
pub const TOTALS: &[&str] =
    &["合计", "总计", "共计", "收入合计", "支出合计", "本年收入合计", "本年支出合计", "基本支出合计"];

/// A cell of the row 合计.
pub fn total(document: &Document, list: &str, column: &str) -> Option<Entry> {
    named(document, list, TOTALS, column)
}

pub fn named(document: &Document, list: &str, names: &[&str], column: &str) -> Option<Entry> {
    let list = known_list(list)?;
    let rows = document.list(list)?;
    Entry::of(rows, list, position(rows, names)?, column)
}

/// The first row without a code that has one of these names.
pub fn position(rows: &dyn List, names: &[&str]) -> Option<usize> {
    let code = rows.column("code")?;
    (0..rows.len()).find(|at| {
        let name: String = rows.get(*at, 0).words().chars().filter(|c| !c.is_whitespace()).collect();
        names.contains(&name.as_str()) && digits(rows.get(*at, code).words()).is_empty()
    })
}

/// 基本支出合计 of ⑥: one row, or 人员经费 and 公用经费.
pub fn basic_total(document: &Document) -> Vec<Entry> {
    if let Some(whole) = total(document, "accounts_basic", "amount") {
        return vec![whole];
    }
    let part = |names: &[&str]| named(document, "accounts_basic", names, "amount");
    let personnel = part(&["人员经费", "人员经费合计"]);
    let operating = part(&["公用经费", "公用经费合计"]);
    personnel.zip(operating).map(|(personnel, operating)| vec![personnel, operating]).unwrap_or_default()
}

/// The digits that a code begins with.
pub fn digits(code: &str) -> &str {
    let code = code.trim();
    let end = code.find(|c: char| !c.is_ascii_digit()).unwrap_or(code.len());
    code.get(..end).unwrap_or_default()
}

/// Cells of ⑥ whose rows have this code.
pub fn by_class(document: &Document, class: &str) -> Option<Entry> {
    let rows = document.list("accounts_basic")?;
    let code = rows.column("code")?;
    let at = (0..rows.len()).find(|at| digits(rows.get(*at, code).words()) == class)?;
    Entry::of(rows, "accounts_basic", at, "amount")
}

/// Table, row and column of a cell: “②“合计”的财政拨款收入”.
pub fn label(document: &Document, place: &Place) -> String {
    let column = Document::def(place).map_or("", |def| def.label);
    match place {
        Place::Cell { list, row, .. } => {
            format!("{}“{}”的{column}", mark(list), document.row_name(list, row))
        }
        Place::Field { .. } => column.to_owned(),
    }
}

/// The number of a published table in its title, else the title.
pub fn mark(list: &str) -> String {
    let title = TableDef::by_list(list).map_or("", |table| table.title);
    let number = title.chars().find(|c| ('①'..='⑩').contains(c));
    number.map_or_else(|| title.to_owned(), |number| number.to_string())
}
