//! What a paste changes: cells, new rows, stated totals; and what it leaves out, in words.

use super::mapping::{Mapping, known_row, known_sum};
use super::{Block, Spot};
use crate::app::block::{self, Changes};
use crate::app::grid::{self, Col, Line};
use crate::domain::cell::{Cell, Raw};
use crate::domain::edit::Edit;
use crate::domain::record::FieldDef;
use crate::domain::rows::{RowData, RowId};
use crate::domain::tables::{self, FixedRow, RowsOf};

/// A paste, worked out before anything changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// What it does, as one step.
    pub edits: Vec<Edit>,
    /// Rows that take values, new ones included.
    pub rows: usize,
    /// Columns that are taken over.
    pub columns: usize,
    /// Rows that are new.
    pub added: usize,
    /// Rows that go into 上报合计.
    pub stated: usize,
    /// Sum rows whose total is only computed.
    pub computed: usize,
    /// Cells whose text is kept and could not be read.
    pub unread: usize,
    /// Blank cells of a published table, which says nothing where there is nothing: taken over as 无.
    pub nil: usize,
    /// Rows for which the table has none.
    pub unplaced: usize,
    /// Cells that belong to another table.
    pub elsewhere: usize,
}

impl Plan {
    /// What was done: `已粘贴 41 行 6 列，上报合计 1 行，2 格无法识别`.
    pub fn words(&self) -> String {
        let mut words = match (self.rows, self.stated) {
            (0, 0) => "没有能粘贴的内容".to_owned(),
            (0, stated) => format!("已粘贴上报合计 {stated} 行"),
            (rows, _) => format!("已粘贴 {rows} 行 {} 列", self.columns),
        };
        let parts = [
            (if self.rows > 0 { self.stated } else { 0 }, "上报合计", "行"),
            (self.unread, "", "格无法识别，已原样保留"),
            (self.nil, "空白的", "格记作“无”"),
            (self.unplaced, "", "行在表里没有对应的行，未粘贴"),
            (self.computed, "", "行合计由表内计算，未粘贴"),
            (self.elsewhere, "", "格取自别的表，未改"),
        ];
        for (count, before, after) in parts {
            if count > 0 {
                let space = if before.is_empty() { "" } else { " " };
                words.push_str(&format!("，{before}{space}{count} {after}"));
            }
        }
        words
    }
}

/// Works out a paste. `new_id` gives ids of new rows.
pub fn plan(cells: &Block, spot: &Spot, mapping: &Mapping, new_id: &mut dyn FnMut() -> RowId) -> Plan {
    let mut planner = Planner {
        spot,
        mapping,
        columns: grid::columns(spot.table),
        plan: Plan { columns: mapping.columns.iter().flatten().count(), ..Plan::default() },
        changes: Changes::default(),
        shown: tables::rows_shown(spot.table, spot.document),
        opened: Vec::new(),
        new_rows: Vec::new(),
        next: spot.row(),
        count: cells.len().saturating_sub(usize::from(mapping.header)),
    };
    for row in cells.iter().skip(usize::from(mapping.header)) {
        planner.row(row, new_id);
    }
    planner.finish()
}

struct Planner<'a> {
    spot: &'a Spot<'a>,
    mapping: &'a Mapping,
    columns: Vec<Col>,
    plan: Plan,
    changes: Changes,
    /// Positions of the rows that the table shows.
    shown: Vec<usize>,
    opened: Vec<(&'static FixedRow, RowData)>,
    new_rows: Vec<RowData>,
    /// Position of the next row, where rows are taken as they lie.
    next: Option<usize>,
    /// Number of rows of the block.
    count: usize,
}

/// Where a row of the block goes.
enum Goes {
    Into(usize),
    Opens(&'static FixedRow),
    New,
    Stated(usize),
    Nowhere,
}

impl Planner<'_> {
    fn row(&mut self, row: &[String], new_id: &mut dyn FnMut() -> RowId) {
        if row.iter().all(|text| text.trim().is_empty()) {
            // An empty row of the block empties nothing, but keeps its place.
            self.next = self.next.map(|at| at + 1);
            return;
        }
        let goes = if self.plan.columns == 0 { Goes::Nowhere } else { self.goes(row) };
        match goes {
            Goes::Into(at) => {
                self.fill(row, at);
                self.plan.rows += 1;
            }
            Goes::Opens(fixed) => {
                let data = self.data(row, fixed.data(block::name_key(self.spot.table)));
                self.opened.push((fixed, data));
                self.plan.rows += 1;
                self.plan.added += 1;
            }
            Goes::New => {
                let data = self.data(row, block::fresh_row(self.spot.table, new_id()));
                self.new_rows.push(data);
                self.plan.rows += 1;
                self.plan.added += 1;
            }
            Goes::Stated(sum) => self.stated(row, sum),
            Goes::Nowhere => self.plan.unplaced += 1,
        }
    }

    fn goes(&mut self, row: &[String]) -> Goes {
        let table = self.spot.table;
        if let Some(names) = self.mapping.names() {
            let label = row.get(names).map_or("", |text| text.trim());
            // The word 合计 often stands in a merged cell left of the names.
            let words = row.iter().map(|text| text.trim()).find(|text| !text.is_empty()).unwrap_or("");
            let words = if label.is_empty() { words } else { label };
            if let Some(sum) = known_sum(table, words) {
                return Goes::Stated(sum);
            }
            if matches!(table.rows, RowsOf::Fixed(_)) {
                return match known_row(table, label) {
                    Some(fixed) => match self.list_position(&RowId::new(fixed.id)) {
                        Some(at) => Goes::Into(at),
                        None => Goes::Opens(fixed),
                    },
                    None => Goes::Nowhere,
                };
            }
        }
        // Without names, a single row goes where the focus is; several in a table of the user's own rows are new.
        let free = matches!(table.rows, RowsOf::Free(_));
        if self.mapping.names().is_none() && (!free || self.count == 1) {
            match &self.spot.line {
                Line::Stated(sum) if self.plan.stated == 0 => return Goes::Stated(*sum),
                Line::Stated(_) | Line::Sum(_) => return Goes::Nowhere,
                Line::Row(_) => {}
            }
        }
        let rows = self.spot.document.list(table.list).map_or(0, |list| list.len());
        // Rows that the table does not show take nothing.
        let after =
            |at: usize| self.shown.iter().find(|shown| **shown >= at).copied().unwrap_or(rows.max(at));
        self.next = self.next.map(after);
        match (self.next, table.rows) {
            (Some(at), _) if at < rows => {
                self.next = Some(at + 1);
                Goes::Into(at)
            }
            (_, RowsOf::Free(_)) => Goes::New,
            (_, RowsOf::Fixed(_)) => Goes::Nowhere,
        }
    }

    fn list_position(&self, id: &RowId) -> Option<usize> {
        self.spot.document.list(self.spot.table.list)?.position(id)
    }

    /// The fields of a row with what was read for them.
    fn read(&mut self, row: &[String]) -> Vec<(&'static FieldDef, Col, Raw)> {
        let mut cells = Vec::new();
        for (at, column) in self.mapping.columns.iter().enumerate() {
            let Some(Col::Field(def, index)) = column.and_then(|column| self.columns.get(column)) else {
                continue;
            };
            let text = row.get(at).map_or("", String::as_str);
            let mut cell = self.mapping.read(self.spot, at, def, text);
            // accounts §9.4.
            if cell.is_blank() && def.kind.is_numeric() && self.spot.table.id.starts_with("T19") {
                cell = Cell::Nil;
                self.plan.nil += 1;
            }
            cells.push((*def, Col::Field(def, *index), cell));
        }
        cells
    }

    fn note(&mut self, cell: &Raw) {
        self.plan.unread += usize::from(matches!(cell, Cell::Unread(_)));
    }

    fn fill(&mut self, row: &[String], at: usize) {
        let list = self.spot.document.list(self.spot.table.list);
        let Some((list, id)) = list.and_then(|list| Some((list, list.id_at(at)?))) else { return };
        let line = Line::Row(id);
        for (def, col, cell) in self.read(row) {
            if grid::place(self.spot.table, list.len(), &line, &col).is_some() {
                self.note(&cell);
                self.changes.row(at, def.key, cell);
            } else if !matches!(col, Col::Field(_, 0)) {
                self.plan.elsewhere += usize::from(!cell.is_blank());
            }
        }
    }

    fn data(&mut self, row: &[String], mut data: RowData) -> RowData {
        let line = Line::Row(data.id.clone());
        for (def, col, cell) in self.read(row) {
            // Two rows or more: a paste never leaves one alone where that would matter.
            if cell.is_blank() || grid::place(self.spot.table, 2, &line, &col).is_none() {
                continue;
            }
            self.note(&cell);
            data.cells.insert(def.key.to_owned(), cell);
        }
        data
    }

    fn stated(&mut self, row: &[String], sum: usize) {
        let line = Line::Stated(sum);
        let mut any = false;
        for (_, col, cell) in self.read(row) {
            let Some((place, def)) = grid::place(self.spot.table, 0, &line, &col) else { continue };
            // A total that the block leaves open takes none away.
            if !cell.is_blank() && !matches!(col, Col::Field(_, 0)) {
                any = true;
                self.note(&cell);
                debug_assert_eq!(def.key, col.key());
                self.changes.field(place, cell);
            }
        }
        if any {
            self.plan.stated += 1;
        } else {
            self.plan.computed += 1;
        }
    }

    fn finish(self) -> Plan {
        let Planner { spot, mut plan, changes, opened, new_rows, .. } = self;
        let mut also = Vec::new();
        for (fixed, data) in opened {
            plan.edits.push(block::open_row(spot.table, spot.document, fixed, &also, data));
            also.push(fixed.id);
        }
        plan.edits.extend(changes.edits(spot.document, spot.table.list));
        if !new_rows.is_empty() {
            let list = spot.table.list.to_owned();
            plan.edits.push(Edit::Insert { list, at: usize::MAX, rows: new_rows });
        }
        plan
    }
}
