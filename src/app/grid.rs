//! What a table shows on screen: its columns, its lines in order, and the words and state of each cell.
//!
//! Knows rows, sums and stated totals. Must not know how any of it is drawn, focused or typed into.

use std::collections::HashMap;

use crate::domain::amount::{self, MoneyUnit};
use crate::domain::cell::{Cell, Raw};
use crate::domain::document::Document;
use crate::domain::entry;
use crate::domain::facts::eval::{Facts, Missing};
use crate::domain::facts::label::Target;
use crate::domain::facts::partial::{Partial, partial};
use crate::domain::facts::{RowFactDef, Unit, Value, registry};
use crate::domain::place::Place;
use crate::domain::record::{FieldDef, Kind};
use crate::domain::reference;
use crate::domain::rows::{List, RowId};
use crate::domain::tables::{self, Column, RowsOf, SumDef, TableDef};

/// A column of a table as shown. The first one names the row.
#[derive(Clone, Copy, Debug)]
pub enum Col {
    /// A field, with its index in the list.
    Field(&'static FieldDef, usize),
    /// A computed figure of each row.
    Fact(&'static RowFactDef),
}

impl Col {
    /// Key of the field or figure.
    pub fn key(&self) -> &'static str {
        match self {
            Col::Field(def, _) => def.key,
            Col::Fact(def) => def.key,
        }
    }

    /// The whole label.
    pub fn label(&self) -> &'static str {
        match self {
            Col::Field(def, _) => def.label,
            Col::Fact(def) => def.label,
        }
    }

    /// The label as a head has room for: what it is, and its base or unit in smaller words.
    pub fn head(&self) -> (&'static str, &'static str) {
        if let Some((name, base)) = self.label().split_once('（') {
            return (name, base.trim_end_matches('）').trim_end_matches("口径"));
        }
        match self {
            Col::Field(def, _) if def.kind != Kind::Amount => (def.label, def.unit),
            Col::Fact(def) => match def.unit {
                Unit::Count(unit) | Unit::Number(unit) => (def.label, unit),
                Unit::Money | Unit::Percent | Unit::Word => (def.label, ""),
            },
            Col::Field(def, _) => (def.label, ""),
        }
    }

    /// Whether its cells are money.
    pub fn is_money(&self) -> bool {
        match self {
            Col::Field(def, _) => def.kind == Kind::Amount,
            Col::Fact(def) => def.unit == Unit::Money,
        }
    }

    /// Whether its cells are numbers.
    pub fn is_numeric(&self) -> bool {
        match self {
            Col::Field(def, _) => def.kind.is_numeric(),
            Col::Fact(def) => def.unit != Unit::Word,
        }
    }
}

/// The columns of a table.
pub fn columns(table: &TableDef) -> Vec<Col> {
    let defs = Document::LISTS.iter().find(|(name, _)| *name == table.list).map_or(&[][..], |(_, defs)| defs);
    let field = |key: &str| {
        defs.iter().enumerate().find(|(_, def)| def.key == key).map(|(at, def)| Col::Field(def, at))
    };
    let first = defs.first().map(|def| Col::Field(def, 0));
    let rest = table.columns.iter().filter_map(|column| match column {
        Column::Field(key) => field(key),
        Column::Fact(key) => registry().row_fact(table.list, key).map(Col::Fact),
    });
    first.into_iter().chain(rest).collect()
}

/// One line of a table.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Line {
    /// A row of the list.
    Row(RowId),
    /// A computed sum, by its position in the table's sums.
    Sum(usize),
    /// The stated total below it.
    Stated(usize),
}

/// All lines of a table in the order in which they are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// The lines.
    pub all: Vec<Line>,
    /// How many of them stand in the body; the others are the foot.
    pub body: usize,
    /// How many rows of the list there are.
    pub rows: usize,
    index: HashMap<Line, (usize, usize)>,
}

impl Lines {
    /// The lines of a table. A sum stands after its row; the last one without a row makes the foot.
    pub fn of(table: &TableDef, document: &Document) -> Self {
        let Some(rows) = document.list(table.list) else { return Lines::default() };
        let mut lines = Lines { rows: rows.len(), ..Lines::default() };
        let mut at_end: Vec<usize> = (0..table.sums.len()).collect();
        for at in tables::rows_shown(table, document) {
            let Some(id) = rows.id_at(at) else { continue };
            let after = |sum: &SumDef| sum.after == Some(id.as_str());
            let here: Vec<usize> =
                table.sums.iter().enumerate().filter(|(_, sum)| after(sum)).map(|(n, _)| n).collect();
            lines.push(Line::Row(id.clone()), at);
            for sum in here {
                at_end.retain(|other| *other != sum);
                lines.push_sum(table, sum);
            }
        }
        let foot = at_end.pop();
        at_end.into_iter().for_each(|sum| lines.push_sum(table, sum));
        lines.body = lines.all.len();
        foot.into_iter().for_each(|sum| lines.push_sum(table, sum));
        lines
    }

    fn push_sum(&mut self, table: &TableDef, sum: usize) {
        self.push(Line::Sum(sum), 0);
        if table.sums.get(sum).is_some_and(|def| def.stated.is_some()) {
            self.push(Line::Stated(sum), 0);
        }
    }

    fn push(&mut self, line: Line, at: usize) {
        self.index.insert(line.clone(), (self.all.len(), at));
        self.all.push(line);
    }

    /// Position of a line among all lines.
    pub fn position(&self, line: &Line) -> Option<usize> {
        self.index.get(line).map(|(position, _)| *position)
    }

    /// Position of a row's line in its list.
    pub fn row(&self, line: &Line) -> Option<usize> {
        matches!(line, Line::Row(_)).then(|| self.index.get(line).map(|(_, at)| *at))?
    }
}

/// What one cell shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CellView {
    /// The words; empty where nothing can be said.
    pub text: String,
    /// `typed`, `blank`, `nil`, `unread`, `stated`, `computed` or `readonly`.
    pub state: &'static str,
    /// An optional stated total.
    pub stated: bool,
    /// Only what is filled in so far.
    pub partial: bool,
    /// Computed from a stated total.
    pub from_stated: bool,
    /// Why what was typed could not be read.
    pub why: Option<String>,
}

impl CellView {
    fn computed(text: String) -> Self {
        CellView { text, state: "computed", ..CellView::default() }
    }
}

/// The present state of a table's report, as far as a table shows it.
pub struct Table<'a> {
    /// Which table.
    pub def: &'static TableDef,
    /// The report.
    pub document: &'a Document,
    /// Its facts.
    pub facts: &'a Facts,
    /// The unit in which money is shown.
    pub money: MoneyUnit,
    /// What is known of its sums, where that was worked out before.
    pub partials: Option<&'a Partials>,
}

/// What is known of the sums of a table that have no value of their own: by sum and column.
pub type Partials = HashMap<(usize, &'static str), Partial>;

/// Works out what is known of the sums of a table. It reads whole columns, so that a table does it once for all its
/// cells.
pub fn partials(table: &TableDef, document: &Document, facts: &Facts) -> Partials {
    let columns = columns(table);
    let mut known = Partials::new();
    for (at, sum) in table.sums.iter().enumerate() {
        for col in &columns {
            let Col::Field(def, _) = col else { continue };
            let undecided = match facts.get(&format!("{}.{}", sum.id, def.key)) {
                Some(Ok(value)) => value.stated,
                Some(Err(_)) => true,
                None => false,
            };
            if undecided {
                known.insert((at, def.key), partial(document, facts, table, sum, def.key));
            }
        }
    }
    known
}

impl Table<'_> {
    fn rows(&self) -> Option<&dyn List> {
        self.document.list(self.def.list)
    }

    /// What a cell shows; `at` is the row's position, for a row.
    pub fn cell(&self, line: &Line, at: usize, col: &Col) -> CellView {
        match (line, col) {
            (Line::Row(id), Col::Field(def, column)) => self.field(id, at, def, *column),
            (Line::Row(_), Col::Fact(def)) => match self.facts.of_row(self.document, def, at) {
                Ok(value) => self.figure(&value, def.unit),
                Err(_) => CellView::computed(String::new()),
            },
            (Line::Sum(sum), col) => self.sum_cell(*sum, col),
            (Line::Stated(sum), col) => self.stated_cell(*sum, col),
        }
    }

    fn field(&self, id: &RowId, at: usize, def: &FieldDef, column: usize) -> CellView {
        let Some(rows) = self.rows() else { return CellView::default() };
        if let Some(fact) = tables::read_from(self.def, rows.len(), id, def.key) {
            let text = match (self.facts.get(&fact), registry().fact(&fact)) {
                (Some(Ok(value)), Some(fact)) => self.shown(value, fact.unit),
                _ => String::new(),
            };
            return CellView { text, state: "readonly", ..CellView::default() };
        }
        if !tables::has_cell(self.def.list, id, def.key) {
            return CellView::computed(String::new());
        }
        let cell = rows.get(at, column);
        if column > 0 && tables::only_shows(self.def, def.key) {
            let text = reference::shown(self.document, def, &cell, self.money);
            return CellView { text, state: "readonly", ..CellView::default() };
        }
        self.typed(def, &cell)
    }

    fn typed(&self, def: &FieldDef, cell: &Raw) -> CellView {
        let (text, why) = match cell {
            Cell::Blank => ("未填".to_owned(), None),
            Cell::Unread(text) => (text.clone(), Some(reference::why_unread(def, text, self.money))),
            Cell::Nil | Cell::Value(_) => (reference::shown(self.document, def, cell, self.money), None),
        };
        CellView { text, state: entry::state(cell), why, ..CellView::default() }
    }

    fn figure(&self, value: &Value, unit: Unit) -> CellView {
        CellView { from_stated: value.stated, ..CellView::computed(self.shown(value, unit)) }
    }

    fn shown(&self, value: &Value, unit: Unit) -> String {
        match (unit, value.word) {
            (Unit::Money, None) => amount::show_amount(&value.number, self.money),
            _ => value.show_in_table(unit),
        }
    }

    fn sum_cell(&self, at: usize, col: &Col) -> CellView {
        let Some(sum) = self.def.sums.get(at) else { return CellView::default() };
        let outcome = self.facts.get(&format!("{}.{}", sum.id, col.key()));
        match (col, outcome) {
            (_, Some(Ok(value))) if !value.stated => self.figure(value, unit_of(sum, col)),
            (Col::Field(def, _), Some(outcome)) => self.partly(def, outcome, &self.partial(at, sum, def)),
            // What follows from a stated total stands beside it, in the row below.
            (Col::Fact(_), Some(Ok(value))) if sum.stated.is_none() => self.figure(value, unit_of(sum, col)),
            _ => CellView::computed(String::new()),
        }
    }

    fn partly(&self, def: &FieldDef, outcome: &Result<Value, Missing>, known: &Partial) -> CellView {
        let text = known.filled.map(|sum| entry::shown_number(def, &sum, self.money)).unwrap_or_default();
        let whole = known.blank == 0 && known.unread == 0;
        CellView {
            partial: !whole && !text.is_empty(),
            from_stated: whole && matches!(outcome, Ok(value) if value.stated),
            ..CellView::computed(text)
        }
    }

    fn partial(&self, at: usize, sum: &SumDef, def: &'static FieldDef) -> Partial {
        match self.partials {
            Some(known) => known.get(&(at, def.key)).cloned().unwrap_or_default(),
            None => partial(self.document, self.facts, self.def, sum, def.key),
        }
    }

    fn stated_cell(&self, sum: usize, col: &Col) -> CellView {
        let Some(sum) = self.def.sums.get(sum) else { return CellView::default() };
        if let Col::Fact(_) = col {
            return match self.facts.get(&format!("{}.{}", sum.id, col.key())) {
                Some(Ok(value)) if value.stated => self.figure(value, unit_of(sum, col)),
                _ => CellView::computed(String::new()),
            };
        }
        let Some((place, def)) = stated_field(sum, col.key()) else {
            return CellView::computed(String::new());
        };
        let cell = self.document.get(&place);
        let view = self.typed(def, &cell);
        match (view.state, def.kind.is_numeric()) {
            ("blank", true) => CellView { text: String::new(), stated: true, ..view },
            ("typed" | "nil", true) => CellView { state: "stated", stated: true, ..view },
            (_, numeric) => CellView { stated: numeric, ..view },
        }
    }

    /// The name of a line, as its head says it.
    pub fn name(&self, line: &Line) -> String {
        match line {
            Line::Row(id) => self.document.row_name(self.def.list, id),
            Line::Sum(sum) => self.def.sums.get(*sum).map_or_else(String::new, |sum| sum.label.to_owned()),
            Line::Stated(sum) => {
                self.def.sums.get(*sum).map_or_else(String::new, |sum| format!("上报{}", sum.label))
            }
        }
    }
}

/// What a sum row says of what is missing from it: `另有 8 项未填`.
pub fn missing(table: &TableDef, sum: usize, partials: &Partials) -> String {
    let (mut blank, mut unread) = (0, 0);
    for col in columns(table) {
        let Col::Field(def, _) = col else { continue };
        let Some(known) = partials.get(&(sum, def.key)) else { continue };
        unread += known.unread;
        if known.counts(def.required) {
            blank += known.blank;
        }
    }
    match (blank, unread) {
        (0, 0) => String::new(),
        (_, 0) => format!("另有 {blank} 项未填"),
        (0, _) => format!("另有 {unread} 项无法识别"),
        (_, _) => format!("另有 {blank} 项未填，{unread} 项无法识别"),
    }
}

/// Where a cell is typed, if it is; `rows` is the number of rows.
pub fn place(table: &TableDef, rows: usize, line: &Line, col: &Col) -> Option<(Place, &'static FieldDef)> {
    match (line, col) {
        (Line::Row(id), Col::Field(def, column)) => {
            let fixed_name = *column == 0 && matches!(table.rows, RowsOf::Fixed(_));
            let read = fixed_name
                || tables::only_shows(table, def.key)
                || tables::read_from(table, rows, id, def.key).is_some()
                || !tables::has_cell(table.list, id, def.key);
            (!read).then(|| (Place::cell(table.list, id, def.key), *def))
        }
        (Line::Stated(sum), Col::Field(def, _)) => stated_field(table.sums.get(*sum)?, def.key),
        _ => None,
    }
}

/// What a cell is about: the field that is typed there, or the figure that it shows.
pub fn target(table: &TableDef, rows: usize, line: &Line, col: &Col) -> Option<Target> {
    if let Some((place, _)) = place(table, rows, line, col) {
        return Some(Target::Place(place));
    }
    let fact = |id: &str| registry().fact(id).map(|def| Target::Fact(&def.id));
    match (line, col) {
        (Line::Row(id), Col::Fact(def)) => {
            Some(Target::RowFact { list: def.list, row: id.clone(), key: def.key })
        }
        (Line::Row(id), Col::Field(def, _)) => fact(&tables::read_from(table, rows, id, def.key)?),
        (Line::Sum(sum) | Line::Stated(sum), col) => {
            fact(&format!("{}.{}", table.sums.get(*sum)?.id, col.key()))
        }
    }
}

/// The cell of a table that shows a target: its line, and its column among `columns`.
pub fn find(table: &TableDef, columns: &[Col], target: &Target) -> Option<(Line, usize)> {
    let column = |key: &str| columns.iter().position(|col| col.key() == key);
    match target {
        Target::Place(Place::Cell { list, row, column: key }) if *list == table.list => {
            Some((Line::Row(row.clone()), column(key)?))
        }
        Target::RowFact { list, row, key } if *list == table.list => {
            Some((Line::Row(row.clone()), column(key)?))
        }
        Target::Place(Place::Field { section, field }) => {
            let sum = table.sums.iter().position(|sum| sum.stated == Some(section))?;
            Some((Line::Stated(sum), column(field)?))
        }
        Target::Fact(id) => {
            let (owner, key) = id.split_once('.')?;
            let sum = table.sums.iter().position(|sum| sum.id == owner)?;
            Some((Line::Sum(sum), column(key)?))
        }
        Target::Place(_) | Target::RowFact { .. } => None,
    }
}

/// Fields of a sum's stated section that are no columns, such as whether a breakdown is whole.
pub fn beside(sum: &SumDef, columns: &[Col]) -> Vec<(Place, &'static FieldDef)> {
    let Some(name) = sum.stated else { return Vec::new() };
    let defs = Document::SECTIONS.iter().find(|(section, _)| *section == name);
    defs.map_or(&[][..], |(_, defs)| defs)
        .iter()
        .filter(|def| columns.iter().all(|col| col.key() != def.key))
        .map(|def| (Place::field(name, def.key), def))
        .collect()
}

fn stated_field(sum: &SumDef, key: &str) -> Option<(Place, &'static FieldDef)> {
    let (name, defs) = Document::SECTIONS.iter().find(|(name, _)| Some(*name) == sum.stated)?;
    let def = defs.iter().find(|def| def.key == key)?;
    Some((Place::field(name, def.key), def))
}

fn unit_of(sum: &SumDef, col: &Col) -> Unit {
    registry().fact(&format!("{}.{}", sum.id, col.key())).map_or(Unit::Number(""), |def| def.unit)
}

#[cfg(test)]
mod tests;
