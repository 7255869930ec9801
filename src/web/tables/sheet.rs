//! The state of one table on screen: what has the focus, what is selected, what is typed, what is in view.
//!
//! Every part of the table reads and changes it here. Must not know markup or events.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use ziping::app::block::Rect;
use ziping::app::find::Query;
use ziping::app::grid::{self, Col, Line, Lines, Partials, Table};
use ziping::domain::cell::Raw;
use ziping::domain::document::Document;
use ziping::domain::facts::label::Target;
use ziping::domain::place::Place;
use ziping::domain::record::FieldDef;
use ziping::domain::rows::RowId;
use ziping::domain::tables::{self, RowsOf, TableDef};

use super::paste::Waiting;
use super::window::Window;
use crate::web::state::{Report, report};

/// A cell: its line and its column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    pub line: Line,
    pub column: usize,
}

/// What keys do in the focused cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Keys move; typing replaces.
    Moving,
    /// Something was typed over the cell: arrows store it and move on.
    Entering,
    /// Arrows move the caret.
    Editing,
}

/// What stands in place of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Grid,
    Record,
}

/// One table on screen. Copies share the same signals.
#[derive(Clone, Copy)]
pub struct Sheet {
    pub table: &'static TableDef,
    pub report: Report,
    columns: StoredValue<Arc<[Col]>>,
    pub lines: Memo<Arc<Lines>>,
    /// What is known of the sums, for all their cells.
    pub partials: Memo<Partials>,
    /// The cell that has the focus, or takes it when Tab comes in.
    pub active: RwSignal<Spot>,
    /// The other corner of a selected block.
    pub extent: RwSignal<Option<Spot>>,
    /// Whether the focus is in the grid.
    pub inside: RwSignal<bool>,
    pub mode: RwSignal<Mode>,
    pub shape: RwSignal<Shape>,
    /// The query of 表内查找 while its bar is open.
    pub find: RwSignal<Option<Query>>,
    /// Row whose menu is open, and where.
    pub menu: RwSignal<Option<(RowId, f64, f64)>>,
    /// A paste that waits for its columns to be confirmed.
    pub paste: RwSignal<Option<Waiting>>,
    /// What rows are mounted.
    pub window: Window,
    pub scroller: NodeRef<html::Div>,
    /// Rows are as high as their texts.
    pub wraps: Memo<bool>,
    /// What the cell held before it was typed into.
    pub before: StoredValue<Option<Raw>>,
    /// Position of the active line, by which a neighbour is found when the line goes.
    position: StoredValue<usize>,
    /// Column where a run of Tabs began, to which Enter returns.
    pub run: StoredValue<Option<usize>>,
}

impl Sheet {
    pub fn new(table: &'static TableDef) -> Self {
        let report = report();
        let ids = Memo::new(move |_| {
            report.document.with(|document| {
                let rows = document.list(table.list);
                let shown = tables::rows_shown(table, document).into_iter();
                Arc::new(shown.filter_map(|at| rows?.id_at(at)).collect::<Vec<RowId>>())
            })
        });
        let lines = Memo::new_with_compare(
            move |_| {
                // Read, not only tracked: a memo that nobody reads never runs, and then never wakes anybody.
                ids.with(|_| ());
                report.document.with_untracked(|now| Arc::new(Lines::of(table, now)))
            },
            |a, b| a.map(Arc::as_ptr) != b.map(Arc::as_ptr),
        );
        let partials = Memo::new(move |_| {
            report.document.with(|document| {
                report.assessment.with(|assessment| grid::partials(table, document, &assessment.facts))
            })
        });
        let columns: Arc<[Col]> = grid::columns(table).into();
        let first = lines.with_untracked(|lines| lines.all.first().cloned()).unwrap_or(Line::Sum(0));
        let column = usize::from(!(matches!(table.rows, RowsOf::Free(_)) && matches!(first, Line::Row(_))));
        let scroller = NodeRef::new();
        let active = RwSignal::new(Spot { line: first, column });
        let window = Window::new(lines, active, scroller);
        let wordy = super::rows::is_wordy(&columns);
        let sheet = Sheet {
            table,
            report,
            columns: StoredValue::new(columns),
            lines,
            partials,
            active,
            extent: RwSignal::new(None),
            inside: RwSignal::new(false),
            mode: RwSignal::new(Mode::Moving),
            shape: RwSignal::new(Shape::Grid),
            find: RwSignal::new(None),
            menu: RwSignal::new(None),
            paste: RwSignal::new(None),
            window,
            wraps: Memo::new(move |_| wordy && !window.is_long.get()),
            scroller,
            before: StoredValue::new(None),
            position: StoredValue::new(0),
            run: StoredValue::new(None),
        };
        sheet.keep_active();
        sheet.keep_focus();
        sheet.follow_jumps();
        sheet
    }

    /// When the active line goes (deleted, undone), its neighbour becomes active.
    fn keep_active(self) {
        Effect::new(move || {
            let lines = self.lines.get();
            let active = self.active.get();
            match lines.position(&active.line) {
                Some(position) => self.position.set_value(position),
                None => {
                    let last = lines.all.len().saturating_sub(1);
                    let position = self.position.get_value().min(last);
                    if let Some(line) = lines.all.get(position) {
                        let column = self.nearest(line, active.column);
                        self.active.set(Spot { line: line.clone(), column });
                    }
                }
            }
        });
    }

    /// A row that stays mounted while others come and go is moved in the page, which takes the focus from it.
    fn keep_focus(self) {
        Effect::new(move || {
            self.window.layout.track();
            if self.inside.get_untracked() {
                self.after_paint(move || {
                    self.window.keep_place();
                    let frame = self.scroller.try_get_untracked().flatten();
                    let active = document().active_element();
                    let body = active.is_none_or(|active| active.tag_name() == "BODY");
                    if let (Some(frame), true) = (frame, body)
                        && let Ok(Some(cell)) = frame.query_selector("[data-focus]")
                    {
                        super::editor::focus(&cell);
                    }
                });
            }
        });
    }

    /// Shows and focuses the cell that somebody was led to, if it is one of this table.
    fn follow_jumps(self) {
        Effect::new(move || {
            let Some(target) = self.report.jump.get() else { return };
            let Some((line, column)) = grid::find(self.table, &self.columns(), &target) else { return };
            if self.lines.with_untracked(|lines| lines.position(&line).is_none()) {
                return;
            }
            self.report.jump.set(None);
            self.show_grid();
            self.run.set_value(None);
            self.go(Spot { column: self.nearest(&line, column), line });
        });
    }

    /// Shows the grid, if the form of a row stands in its place. A signal that is set wakes the whole table even
    /// with the same value.
    pub fn show_grid(&self) {
        if self.shape.get_untracked() != Shape::Grid {
            self.shape.set(Shape::Grid);
        }
    }

    pub fn columns(&self) -> Arc<[Col]> {
        self.columns.get_value()
    }

    pub fn col(&self, column: usize) -> Option<Col> {
        self.columns.with_value(|columns| columns.get(column).copied())
    }

    pub fn is_free(&self) -> bool {
        matches!(self.table.rows, RowsOf::Free(_))
    }

    /// What one of the user's rows is called.
    pub fn noun(&self) -> &'static str {
        match self.table.rows {
            RowsOf::Free(noun) => noun,
            RowsOf::Fixed(_) => "行",
        }
    }

    /// Where the cell is typed, if it is and this tab may.
    pub fn place(&self, spot: &Spot) -> Option<(Place, &'static FieldDef)> {
        if !self.report.writable.get_untracked() {
            return None;
        }
        let rows = self.lines.with_untracked(|lines| lines.rows);
        grid::place(self.table, rows, &spot.line, &self.col(spot.column)?)
    }

    pub fn target(&self, spot: &Spot) -> Option<Target> {
        let rows = self.lines.with_untracked(|lines| lines.rows);
        grid::target(self.table, rows, &spot.line, &self.col(spot.column)?)
    }

    /// The cell as it is stored.
    pub fn raw(&self, spot: &Spot) -> Raw {
        let Some((place, _)) = self.place(spot) else { return Raw::Blank };
        let at = self.lines.with_untracked(|lines| lines.row(&spot.line));
        self.report.document.with_untracked(|document| match (at, self.col(spot.column)) {
            // By position: looking a row up by its id reads the whole list.
            (Some(at), Some(Col::Field(_, column))) => {
                document.list(self.table.list).map_or(Raw::Blank, |list| list.get(at, column))
            }
            _ => document.get(&place),
        })
    }

    /// Runs with the table's present state.
    pub fn with_table<R>(&self, run: impl FnOnce(&Table) -> R) -> R {
        self.report.document.with_untracked(|document: &Arc<Document>| {
            self.report.assessment.with_untracked(|assessment| {
                let money = self.report.money.get_untracked();
                run(&Table { def: self.table, document, facts: &assessment.facts, money, partials: None })
            })
        })
    }

    /// The column nearest to `column` in which the line can have the focus.
    pub fn nearest(&self, line: &Line, column: usize) -> usize {
        let first = usize::from(!(self.is_free() && matches!(line, Line::Row(_))));
        let last = self.columns.with_value(|columns| columns.len()).saturating_sub(1);
        column.clamp(first.min(last), last)
    }

    /// The selected block, or the active cell.
    pub fn rect(&self) -> Rect {
        self.rect_of(&self.lines.get_untracked(), &self.active.get_untracked(), self.extent.get_untracked())
    }

    /// The selected block, tracked; none while a single cell is active.
    pub fn block(&self) -> Option<Rect> {
        let extent = self.extent.get()?;
        Some(self.rect_of(&self.lines.get(), &self.active.get(), Some(extent)))
    }

    fn rect_of(&self, lines: &Lines, active: &Spot, extent: Option<Spot>) -> Rect {
        let corner = |spot: &Spot| (lines.position(&spot.line).unwrap_or(0), spot.column);
        let from = corner(active);
        Rect::between(from, extent.as_ref().map_or(from, corner))
    }

    /// Rows of the list within the selected block.
    pub fn selected_rows(&self) -> Vec<RowId> {
        let rect = self.rect();
        self.lines.with_untracked(|lines| {
            let chosen = lines.all.iter().skip(rect.lines.0).take(rect.lines.1 + 1 - rect.lines.0);
            chosen
                .filter_map(|line| match line {
                    Line::Row(id) => Some(id.clone()),
                    Line::Sum(_) | Line::Stated(_) => None,
                })
                .collect()
        })
    }
}

/// Words by which an element of the page is told from others of its kind.
pub fn line_key(line: &Line) -> String {
    match line {
        Line::Row(id) => format!("r{id}"),
        Line::Sum(sum) => format!("s{sum}"),
        Line::Stated(sum) => format!("t{sum}"),
    }
}

/// The cell that an element belongs to.
pub fn spot_of(target: Option<web_sys::EventTarget>) -> Option<Spot> {
    let element = target?.dyn_into::<web_sys::Element>().ok()?;
    let cell = element.closest("[aria-colindex]").ok()??;
    let column = cell.get_attribute("data-column")?.parse().ok()?;
    Some(Spot { line: line_of(&cell)?, column })
}

/// The line that an element belongs to.
pub fn line_of(element: &web_sys::Element) -> Option<Line> {
    let key = element.closest("[data-line]").ok()??.get_attribute("data-line")?;
    let (kind, rest) = key.split_at_checked(1)?;
    match kind {
        "r" => Some(Line::Row(RowId::new(rest))),
        "s" => Some(Line::Sum(rest.parse().ok()?)),
        _ => Some(Line::Stated(rest.parse().ok()?)),
    }
}
