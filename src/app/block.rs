//! What is done to a block of cells or to whole rows of a table, as edits of one step.
//!
//! Knows a table's lines and columns. Must not know the clipboard's text, nor make ids: they come in.

use std::collections::BTreeMap;

use super::grid::{self, Col, Line, Lines, Table};
use crate::domain::cell::{Cell, Raw};
use crate::domain::document::Document;
use crate::domain::edit::Edit;
use crate::domain::place::Place;
use crate::domain::record::Kind;
use crate::domain::reference;
use crate::domain::rows::{RowData, RowId};
use crate::domain::tables::{FixedRow, RowsOf, TableDef};

/// Above this many rows, their cells are stored by putting the rows back whole: an edit of one cell looks its row
/// up, and a thousand such look-ups among ten thousand rows would be felt.
const ONE_BY_ONE: usize = 64;

/// A block of cells: first and last line, first and last column, all within.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rect {
    /// Lines, by position among all lines.
    pub lines: (usize, usize),
    /// Columns.
    pub columns: (usize, usize),
}

impl Rect {
    /// The block between two corners.
    pub fn between(a: (usize, usize), b: (usize, usize)) -> Self {
        Rect { lines: (a.0.min(b.0), a.0.max(b.0)), columns: (a.1.min(b.1), a.1.max(b.1)) }
    }

    /// Whether it is a single cell.
    pub fn is_one(&self) -> bool {
        self.lines.0 == self.lines.1 && self.columns.0 == self.columns.1
    }

    /// Number of lines and of columns.
    pub fn size(&self) -> (usize, usize) {
        (self.lines.1 - self.lines.0 + 1, self.columns.1 - self.columns.0 + 1)
    }

    fn lines_of<'a>(&self, lines: &'a Lines) -> impl Iterator<Item = &'a Line> {
        lines.all.iter().skip(self.lines.0).take(self.lines.1 - self.lines.0 + 1)
    }

    fn columns_of<'a>(&self, columns: &'a [Col]) -> impl Iterator<Item = &'a Col> + Clone {
        columns.iter().skip(self.columns.0).take(self.columns.1 - self.columns.0 + 1)
    }
}

/// Cells to be stored in one step.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    rows: BTreeMap<usize, Vec<(&'static str, Raw)>>,
    fields: Vec<(Place, Raw)>,
}

impl Changes {
    /// Stores a cell of the row at a position.
    pub fn row(&mut self, at: usize, column: &'static str, cell: Raw) {
        self.rows.entry(at).or_default().push((column, cell));
    }

    /// Stores a field of a section.
    pub fn field(&mut self, place: Place, cell: Raw) {
        self.fields.push((place, cell));
    }

    /// Number of cells.
    pub fn len(&self) -> usize {
        self.fields.len() + self.rows.values().map(Vec::len).sum::<usize>()
    }

    /// Whether there is nothing to store.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The edits that store them.
    pub fn edits(self, document: &Document, list: &'static str) -> Vec<Edit> {
        let Some(rows) = document.list(list) else { return Vec::new() };
        let fields = self.fields.into_iter().map(|(place, cell)| Edit::set(place, cell));
        let (Some((first, _)), Some((last, _))) = (self.rows.first_key_value(), self.rows.last_key_value())
        else {
            return fields.collect();
        };
        if self.rows.len() <= ONE_BY_ONE {
            let cells = self.rows.iter().filter_map(|(at, cells)| Some((rows.id_at(*at)?, cells)));
            let sets = cells.flat_map(|(id, cells)| {
                cells.iter().map(move |(key, cell)| Edit::set(Place::cell(list, &id, key), cell.clone()))
            });
            return sets.chain(fields).collect();
        }
        let whole: Vec<RowData> = (*first..=*last)
            .filter_map(|at| {
                let mut data = rows.data(at)?;
                for (key, cell) in self.rows.get(&at).into_iter().flatten() {
                    data.cells.insert((*key).to_owned(), cell.clone());
                }
                Some(data)
            })
            .collect();
        let ids = whole.iter().map(|data| data.id.clone()).collect();
        let replaced = [
            Edit::Remove { list: list.to_owned(), ids },
            Edit::Insert { list: list.to_owned(), at: *first, rows: whole },
        ];
        replaced.into_iter().chain(fields).collect()
    }
}

/// The texts of a block, as a spreadsheet takes them: figures bare and in the table's unit, dates as `2022-03-15`.
pub fn copied(table: &Table, lines: &Lines, columns: &[Col], rect: &Rect) -> Vec<Vec<String>> {
    let cell = |line: &Line, col: &Col| match grid::place(table.def, lines.rows, line, col) {
        Some((place, def)) => {
            let cell = match (&place, lines.row(line), col) {
                (Place::Cell { list, .. }, Some(at), Col::Field(_, column)) => {
                    table.document.list(list).map_or(Cell::Blank, |rows| rows.get(at, *column))
                }
                _ => table.document.get(&place),
            };
            match (def.kind, cell) {
                (Kind::Date, Cell::Value(date)) => date,
                (_, cell) => reference::edit_text(table.document, def, &cell, table.money),
            }
        }
        None if matches!(col, Col::Field(_, 0)) => table.name(line),
        None => {
            let text = table.cell(line, lines.row(line).unwrap_or(0), col).text;
            if col.is_numeric() { text.replace(',', "") } else { text }
        }
    };
    rect.lines_of(lines).map(|line| rect.columns_of(columns).map(|col| cell(line, col)).collect()).collect()
}

/// Empties the cells of a block that people type in.
pub fn clear(
    table: &'static TableDef,
    document: &Document,
    lines: &Lines,
    columns: &[Col],
    rect: &Rect,
) -> Edit {
    let mut changes = Changes::default();
    for line in rect.lines_of(lines) {
        for col in rect.columns_of(columns) {
            let Some((place, def)) = grid::place(table, lines.rows, line, col) else { continue };
            match lines.row(line) {
                Some(at) => changes.row(at, def.key, Cell::Blank),
                None => changes.field(place, Cell::Blank),
            }
        }
    }
    Edit::Batch(changes.edits(document, table.list))
}

/// Copies the first row of a block into the rows below it; a single cell takes what stands above it.
pub fn fill_down(
    table: &'static TableDef,
    document: &Document,
    lines: &Lines,
    columns: &[Col],
    rect: &Rect,
) -> Edit {
    let mut changes = Changes::default();
    let rows = rect.lines_of(lines).filter_map(|line| lines.row(line)).collect::<Vec<_>>();
    let list = document.list(table.list);
    let (Some(list), Some(first)) = (list, rows.first().copied()) else { return Edit::Batch(Vec::new()) };
    let single = rows.len() == 1;
    let Some(from) = (if single { first.checked_sub(1) } else { Some(first) }) else {
        return Edit::Batch(Vec::new());
    };
    for col in rect.columns_of(columns) {
        let Col::Field(def, column) = col else { continue };
        for at in rows.iter().skip(usize::from(!single)) {
            let typed = list.id_at(*at).and_then(|id| grid::place(table, lines.rows, &Line::Row(id), col));
            if typed.is_some() {
                changes.row(*at, def.key, list.get(from, *column));
            }
        }
    }
    Edit::Batch(changes.edits(document, table.list))
}

/// 空白填“无”: every blank figure that people type in the table's rows. Returns the edit and the number of cells.
pub fn fill_nil(
    table: &'static TableDef,
    document: &Document,
    lines: &Lines,
    columns: &[Col],
) -> (Edit, usize) {
    let mut changes = Changes::default();
    let Some(list) = document.list(table.list) else { return (Edit::Batch(Vec::new()), 0) };
    for line in &lines.all {
        let Some(at) = lines.row(line) else { continue };
        for col in columns.iter().filter(|col| col.is_numeric()) {
            let Col::Field(_, column) = col else { continue };
            let Some((_, def)) = grid::place(table, lines.rows, line, col) else { continue };
            if list.get(at, *column).is_blank() {
                changes.row(at, def.key, Cell::Nil);
            }
        }
    }
    let count = changes.len();
    (Edit::Batch(changes.edits(document, table.list)), count)
}

/// A new row of a table with what its fields begin with.
pub fn fresh_row(table: &TableDef, id: RowId) -> RowData {
    let defs = Document::LISTS.iter().find(|(name, _)| *name == table.list).map_or(&[][..], |(_, defs)| defs);
    let begun = defs.iter().filter(|def| !def.default.is_empty());
    RowData {
        id,
        cells: begun.map(|def| (def.key.to_owned(), Raw::text(def.default))).collect(),
        ..RowData::default()
    }
}

/// Rows that a table of known rows can have and has not.
pub fn absent_rows(table: &TableDef, document: &Document) -> Vec<&'static FixedRow> {
    let (RowsOf::Fixed(rows), Some(list)) = (table.rows, document.list(table.list)) else {
        return Vec::new();
    };
    rows.iter().filter(|row| list.position(&RowId::new(row.id)).is_none()).collect()
}

/// Whether a row can be taken away: any of the user's own, and known ones that are optional.
pub fn can_remove(table: &TableDef, id: &RowId) -> bool {
    match table.rows {
        RowsOf::Free(_) => true,
        RowsOf::Fixed(rows) => rows.iter().any(|row| row.optional && row.id == id.as_str()),
    }
}

/// Opens a row of a table of known rows, at its place among them; `also` are rows opened in the same step.
pub fn open_row(table: &TableDef, document: &Document, row: &FixedRow, also: &[&str], data: RowData) -> Edit {
    let known = match table.rows {
        RowsOf::Fixed(rows) => rows,
        RowsOf::Free(_) => &[],
    };
    let present = |id: &str| {
        also.contains(&id)
            || document.list(table.list).is_some_and(|list| list.position(&RowId::new(id)).is_some())
    };
    let at = known.iter().take_while(|other| other.id != row.id).filter(|other| present(other.id)).count();
    Edit::Insert { list: table.list.to_owned(), at, rows: vec![data] }
}

/// Key of the first column of a table's list.
pub fn name_key(table: &TableDef) -> &'static str {
    grid::columns(table).first().map_or("", Col::key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::amount::MoneyUnit;
    use crate::domain::facts::Facts;

    fn projects(count: usize) -> Document {
        let mut document = Document::new("d", std::sync::Arc::default());
        let rows = (0..count).map(|n| {
            let mut data = RowData { id: RowId::new(&format!("r{n}")), ..RowData::default() };
            data.cells.insert("name".into(), Raw::text(format!("项目{n}")));
            data.cells.insert("outturn".into(), Raw::text(format!("{n}.50")));
            data.extra.insert("later".into(), n.into());
            data
        });
        document.apply(&Edit::Insert { list: "projects".into(), at: 0, rows: rows.collect() });
        document
    }

    fn with<R>(document: &Document, run: impl FnOnce(&'static TableDef, &Lines, &[Col]) -> R) -> R {
        let table = TableDef::by_id("T7").unwrap();
        let lines = Lines::of(table, document);
        run(table, &lines, &grid::columns(table))
    }

    fn outturns(document: &Document) -> Vec<String> {
        document.projects.iter().map(|row| format!("{:?}", row.outturn.to_raw())).collect()
    }

    #[test]
    fn a_long_block_is_put_back_whole_and_loses_nothing() {
        for count in [3, 200] {
            let mut document = projects(count);
            let before = document.clone();
            let rect = Rect::between((count - 2, 7), (1, 7));
            let edit =
                with(&document, |table, lines, columns| clear(table, &document, lines, columns, &rect));
            document.apply(&edit);
            let cells = outturns(&document);
            assert_eq!(cells[0], r#"Value("0.50")"#);
            assert!(cells[1..count - 1].iter().all(|cell| cell == "Blank"));
            assert_eq!(cells[count - 1], format!(r#"Value("{}.50")"#, count - 1));
            let names = |d: &Document| {
                d.projects.iter().map(|r| (r.id.clone(), r.name.clone(), r.extra.clone())).collect::<Vec<_>>()
            };
            assert_eq!(names(&document), names(&before));
        }
    }

    #[test]
    fn filling_down_copies_the_first_row_or_the_row_above() {
        let mut document = projects(4);
        let fill = |document: &Document, rect: Rect| {
            with(document, |table, lines, columns| fill_down(table, document, lines, columns, &rect))
        };
        let edit = fill(&document, Rect::between((0, 7), (2, 7)));
        document.apply(&edit);
        assert_eq!(outturns(&document)[..3], [r#"Value("0.50")"#; 3]);
        let edit = fill(&document, Rect::between((3, 7), (3, 7)));
        document.apply(&edit);
        assert_eq!(outturns(&document)[3], r#"Value("0.50")"#);
        assert_eq!(fill(&document, Rect::between((0, 7), (0, 7))), Edit::Batch(vec![]));
    }

    #[test]
    fn nil_goes_into_blank_figures_only() {
        let document = projects(2);
        let (_, count) = with(&document, |table, lines, columns| fill_nil(table, &document, lines, columns));
        // 年初预算, 全年预算, 上年决算 and 受益对象数 of both rows.
        assert_eq!(count, 8);
    }

    #[test]
    fn a_block_is_copied_in_the_tables_unit() {
        let document = projects(2);
        let facts = Facts::evaluate(&document);
        with(&document, |def, lines, columns| {
            let table =
                Table { def, document: &document, facts: &facts, money: MoneyUnit::Yuan, partials: None };
            let rect = Rect::between((0, 0), (2, columns.len() - 1));
            let copied = copied(&table, lines, columns, &rect);
            assert_eq!((copied[1][0].as_str(), copied[1][7].as_str()), ("项目1", "15000"));
            assert_eq!((copied[2][0].as_str(), copied[2][7].as_str()), ("项目支出合计", "20000"));
            assert_eq!(copied[1][9], "75.00%");
        });
    }

    #[test]
    fn an_optional_row_opens_at_its_place() {
        let mut document = Document::new("d", std::sync::Arc::default());
        let table = TableDef::by_id("T6").unwrap();
        for id in ["399", "307"] {
            let row = absent_rows(table, &document).into_iter().find(|row| row.id == id).unwrap();
            let edit = open_row(table, &document, row, &[], row.data(name_key(table)));
            document.apply(&edit);
        }
        let ids: Vec<_> = document.basic.iter().map(|row| row.id.to_string()).collect();
        assert_eq!(ids, ["301", "303", "302", "307", "399"]);
        assert!(can_remove(table, &RowId::new("307")) && !can_remove(table, &RowId::new("301")));
    }
}
