//! Tables of the report as printed: the rows of each list with its sums, and the published form of 三公经费.

use super::block::{CellText, ColumnKind, HeadCell, Inline, RowKind, TableBlock, TableRow};
use crate::domain::amount::MoneyUnit;
use crate::domain::assess::Assessment;
use crate::domain::cell::Raw;
use crate::domain::document::Document;
use crate::domain::facts::label::Target;
use crate::domain::facts::registry::registry;
use crate::domain::place::Place;
use crate::domain::record::{FieldDef, Kind};
use crate::domain::reference;
use crate::domain::rows::List;
use crate::domain::tables::{self, Column, SumDef, TableDef};

/// A table, and the computed figures in it that belong into the annex of sources.
pub(super) type Built = (TableBlock, Vec<Target>);

/// The printed form of a table: nothing where a list of the user's own rows is empty.
pub(super) fn build(document: &Document, assessment: &Assessment, table: &'static TableDef) -> Vec<Built> {
    let Some(rows) = document.list(table.list) else { return Vec::new() };
    let shown = tables::rows_shown(table, document);
    if shown.is_empty() {
        return Vec::new();
    }
    let printer = Printer { document, assessment, table, rows, shown, targets: Vec::new() };
    let mut built = vec![printer.print()];
    if table.id == "T9" {
        built.push(published_three_public(document, assessment));
    }
    built
}

struct Printer<'a> {
    document: &'a Document,
    assessment: &'a Assessment,
    table: &'static TableDef,
    rows: &'a dyn List,
    /// Positions of the rows that the table shows.
    shown: Vec<usize>,
    targets: Vec<Target>,
}

impl Printer<'_> {
    fn print(mut self) -> Built {
        let mut block = TableBlock {
            caption: self.table.title.to_owned(),
            unit: self.has_money().then(|| MoneyUnit::WanYuan.label().to_owned()),
            wide: self.table.wide,
            ..TableBlock::default()
        };
        let first = self.rows.columns().first().map_or("项目", |def| def.label);
        let mut head = vec![HeadCell::new(first)];
        block.columns.push(ColumnKind::Text);
        for column in self.table.columns {
            let (label, kind) = self.column_head(column);
            head.push(HeadCell::new(label));
            block.columns.push(kind);
        }
        block.head = vec![head];
        for at in self.shown.clone() {
            block.rows.push(self.body_row(at));
            let id = self.rows.id_at(at);
            for sum in self.table.sums {
                if sum.after.is_some() && sum.after == id.as_ref().map(|id| id.as_str()) {
                    block.rows.extend(self.sum_rows(sum));
                }
            }
        }
        for sum in self.table.sums {
            let shown = sum.after.is_some_and(|after| self.rows.ids().iter().any(|id| id.as_str() == after));
            if !shown {
                block.rows.extend(self.sum_rows(sum));
            }
        }
        self.leave_out_empty(&mut block);
        (block, self.targets)
    }

    /// Takes away the columns that print only where something stands in them.
    fn leave_out_empty(&self, block: &mut TableBlock) {
        let says = |row: &TableRow, at: usize| row.cells.get(at).is_some_and(|cell| !is_empty(cell));
        let others = self.table.columns.iter().enumerate().map(|(at, column)| {
            let (Column::Field(key) | Column::Fact(key)) = column;
            !tables::may_be_left_out(self.table, key) || block.rows.iter().any(|row| says(row, at + 1))
        });
        let keep: Vec<bool> = std::iter::once(true).chain(others).collect();
        retain(&mut block.columns, &keep);
        block.head.iter_mut().for_each(|head| retain(head, &keep));
        block.rows.iter_mut().for_each(|row| retain(&mut row.cells, &keep));
    }

    fn def(&self, key: &str) -> Option<&'static FieldDef> {
        self.rows.columns().iter().find(|def| def.key == key)
    }

    fn has_money(&self) -> bool {
        self.rows.columns().iter().any(|def| def.kind == Kind::Amount)
    }

    fn column_head(&self, column: &Column) -> (String, ColumnKind) {
        match column {
            Column::Field(key) => match self.def(key) {
                Some(def) if def.kind.is_numeric() => (with_unit(def), ColumnKind::Number),
                Some(def) if matches!(def.kind, Kind::Choice | Kind::Year | Kind::Date) => {
                    (def.label.to_owned(), ColumnKind::Center)
                }
                Some(def) => (def.label.to_owned(), ColumnKind::Text),
                None => (String::new(), ColumnKind::Text),
            },
            Column::Fact(key) => {
                let label = registry().row_fact(self.table.list, key).map_or("", |def| def.label);
                (label.to_owned(), ColumnKind::Number)
            }
        }
    }

    fn body_row(&mut self, at: usize) -> TableRow {
        let mut cells = vec![CellText::text(self.rows.get(at, 0).words())];
        for column in self.table.columns {
            let cell = match column {
                Column::Field(key) => self.field_cell(at, key),
                Column::Fact(key) => self.row_fact_cell(at, key),
            };
            cells.push(cell);
        }
        TableRow { kind: RowKind::Body, cells }
    }

    fn field_cell(&mut self, at: usize, key: &'static str) -> CellText {
        let read =
            self.rows.id_at(at).and_then(|id| tables::read_from(self.table, self.rows.len(), &id, key));
        if let Some(fact) = read {
            return self.fact_cell(&fact);
        }
        let Some((column, def)) = self.rows.column(key).zip(self.def(key)) else { return CellText::text("") };
        CellText::text(shown(self.document, def, &self.rows.get(at, column)))
    }

    fn row_fact_cell(&self, at: usize, key: &str) -> CellText {
        let Some(def) = registry().row_fact(self.table.list, key) else { return CellText::text("") };
        match self.assessment.facts.of_row(self.document, def, at) {
            Ok(value) => CellText::text(value.show_in_table(def.unit)),
            Err(_) => CellText::text(""),
        }
    }

    fn fact_cell(&mut self, id: &str) -> CellText {
        let cell = fact_cell(self.assessment, id);
        if let Some(def) = registry().fact(id)
            && !self.targets.contains(&Target::Fact(&def.id))
            && matches!(self.assessment.facts.get(id), Some(Ok(_)))
        {
            self.targets.push(Target::Fact(&def.id));
        }
        cell
    }

    fn sum_rows(&mut self, sum: &'static SumDef) -> Vec<TableRow> {
        let mut cells = vec![CellText::text(sum.label)];
        for column in self.table.columns {
            let key = match column {
                Column::Field(key) | Column::Fact(key) => key,
            };
            let id = format!("{}.{key}", sum.id);
            // What rests on a stated total stands beside it, in the row below; this row has only what the rows give.
            cells.push(match sum.stated.is_some() && self.is_stated(&id) {
                true => CellText::text(""),
                false => self.fact_cell(&id),
            });
        }
        let mut rows = vec![TableRow { kind: RowKind::Sum, cells }];
        rows.extend(self.stated_row(sum));
        rows
    }

    fn is_stated(&self, id: &str) -> bool {
        matches!(self.assessment.facts.get(id), Some(Ok(value)) if value.stated)
    }

    /// 上报合计, printed only where something is stated.
    fn stated_row(&mut self, sum: &SumDef) -> Option<TableRow> {
        let section = sum.stated?;
        let (section, defs) = Document::SECTIONS.iter().find(|(name, _)| *name == section)?;
        let mut any = false;
        let mut cells = vec![CellText::text(format!("上报{}", sum.label))];
        for column in self.table.columns {
            let def = match column {
                Column::Field(key) => defs.iter().find(|def| def.key == *key),
                Column::Fact(key) => {
                    let id = format!("{}.{key}", sum.id);
                    let rests = self.is_stated(&id);
                    cells.push(if rests { self.fact_cell(&id) } else { CellText::text("") });
                    continue;
                }
            };
            let text = def.map_or_else(String::new, |def| {
                shown(self.document, def, &self.document.get(&Place::field(section, def.key)))
            });
            any |= !text.is_empty();
            cells.push(CellText::text(text));
        }
        any.then_some(TableRow { kind: RowKind::Stated, cells })
    }
}

fn is_empty(cell: &CellText) -> bool {
    cell.inlines.iter().all(|inline| match inline {
        Inline::Text(text) | Inline::Value { text, .. } => text.trim().is_empty(),
    })
}

/// Keeps the items of the columns that stay.
fn retain<T>(items: &mut Vec<T>, keep: &[bool]) {
    let mut keep = keep.iter();
    items.retain(|_| keep.next() != Some(&false));
}

fn with_unit(def: &FieldDef) -> String {
    if def.unit.is_empty() || def.kind == Kind::Amount {
        def.label.to_owned()
    } else {
        format!("{}（{}）", def.label, def.unit)
    }
}

fn shown(document: &Document, def: &FieldDef, cell: &Raw) -> String {
    reference::shown(document, def, cell, MoneyUnit::WanYuan)
}

fn fact_cell(assessment: &Assessment, id: &str) -> CellText {
    match (registry().fact(id), assessment.facts.get(id)) {
        (Some(def), Some(Ok(value))) => {
            CellText::new(vec![Inline::value(value.show_in_table(def.unit), def.id.as_str())])
        }
        _ => CellText::text(""),
    }
}

/// Columns of the published table (accounts §8.2): label, and the row or sum that fills it.
const PUBLISHED: &[(&str, Option<&str>, Option<&str>)] = &[
    ("合计", None, Some("three_public")),
    ("因公出国（境）费", Some("travel_abroad"), None),
    ("小计", None, Some("vehicles")),
    ("购置费", Some("vehicle_purchase"), None),
    ("运行维护费", Some("vehicle_running"), None),
    ("公务接待费", Some("hospitality"), None),
];

/// 财政拨款“三公”经费支出决算表, in its published twelve columns.
fn published_three_public(document: &Document, assessment: &Assessment) -> Built {
    let revised = document.three_public_counts.published_basis == Raw::text("revised");
    let budget = if revised { "revised_budget" } else { "initial_budget" };
    let wide =
        |text: &str, colspan: usize, rowspan: usize| HeadCell { text: text.to_owned(), colspan, rowspan };
    let half: Vec<HeadCell> = vec![
        wide("合计", 1, 2),
        wide("因公出国（境）费", 1, 2),
        wide("公务用车购置及运行维护费", 3, 1),
        wide("公务接待费", 1, 2),
    ];
    let parts: Vec<HeadCell> = ["小计", "购置费", "运行维护费"].map(HeadCell::new).to_vec();
    let basis = if revised { "预算数（全年预算）" } else { "预算数（年初预算）" };
    let head = vec![
        vec![wide(basis, 6, 1), wide("决算数", 6, 1)],
        [half.clone(), half].concat(),
        [parts.clone(), parts].concat(),
    ];
    let mut targets = Vec::new();
    let mut cells = Vec::new();
    for column in [budget, "outturn"] {
        for (_, row, sum) in PUBLISHED {
            cells.push(match (row, sum) {
                (Some(row), _) => row_cell(document, row, column),
                (None, Some(sum)) => {
                    let id = format!("{sum}.{column}");
                    if let (Some(def), Some(Ok(_))) = (registry().fact(&id), assessment.facts.get(&id)) {
                        targets.push(Target::Fact(&def.id));
                    }
                    fact_cell(assessment, &id)
                }
                (None, None) => CellText::text(""),
            });
        }
    }
    let block = TableBlock {
        caption: "财政拨款“三公”经费支出决算表".to_owned(),
        unit: Some(MoneyUnit::WanYuan.label().to_owned()),
        wide: true,
        head,
        columns: vec![ColumnKind::Number; 12],
        rows: vec![TableRow { kind: RowKind::Body, cells }],
        ..TableBlock::default()
    };
    (block, targets)
}

fn row_cell(document: &Document, row: &str, column: &str) -> CellText {
    let rows: &dyn List = &document.three_public;
    let at = rows.position(&crate::domain::rows::RowId::new(row));
    let key = rows.column(column);
    let def = rows.columns().iter().find(|def| def.key == column);
    match (at, key, def) {
        (Some(at), Some(key), Some(def)) => CellText::text(shown(document, def, &rows.get(at, key))),
        _ => CellText::text(""),
    }
}
