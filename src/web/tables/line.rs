//! Keeps one line of a table drawn: one effect for the line and all its cells.
//!
//! A table in view has five hundred cells with a dozen attributes. An effect for each, or memos between them and the
//! report, cost more on each keystroke than all the rest, and what is dropped stays in the subscriber lists of
//! long-lived signals (reactive_graph 0.2), so that scrolling would make everything slower. Must not know events.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::reactive::graph::{Subscriber as _, ToAnySubscriber as _};
use web_sys::Element;
use ziping::app::find::Query;
use ziping::app::grid::{self, CellView, Line, Table};
use ziping::domain::amount::MoneyUnit;
use ziping::domain::assess::Assessment;
use ziping::domain::document::Document;
use ziping::domain::facts::label::Target;

use super::editor::{self, set};
use super::paint::{CellOf, Drawn, draw};
use super::pointer::Drag;
use super::sheet::{Mode, Sheet};

/// A part of a line, by which its elements are told apart.
#[derive(Clone, Copy, Debug)]
pub enum Part {
    Line,
    Number,
    Menu,
    Cell(usize),
}

/// Collects the elements of a line while it is built, and draws them from then on.
#[derive(Clone)]
pub struct Painter {
    /// The line's: it is built while the list of lines is, and must outlive that.
    owner: Owner,
    sheet: Sheet,
    line: Line,
    drag: RwSignal<Option<Drag>>,
    parts: StoredValue<Parts, LocalStorage>,
}

#[derive(Default)]
struct Parts {
    line: Option<Element>,
    number: Option<Element>,
    menu: Option<Element>,
    cells: Vec<(usize, Element)>,
}

impl Painter {
    pub fn new(sheet: Sheet, line: Line, drag: RwSignal<Option<Drag>>) -> Self {
        let owner = Owner::current().unwrap_or_default();
        Painter { owner, sheet, line, drag, parts: StoredValue::new_local(Parts::default()) }
    }

    fn start(self) {
        let owner = self.owner.clone();
        owner.with(move || {
            let effect = RenderEffect::new(move |before: Option<Shown>| self.show(before));
            let subscriber = effect.to_any_subscriber();
            on_cleanup(move || subscriber.clear_sources(&subscriber));
            // The effect lives as long as what keeps it.
            StoredValue::new_local(effect);
        });
    }
}

/// Takes an element of a line; the last column is the last to be built.
pub fn part(element: Element, (painter, part): (Painter, Part)) {
    let last = painter.sheet.columns().len().saturating_sub(1);
    painter.parts.update_value(|parts| match part {
        Part::Line => parts.line = Some(element),
        Part::Number => parts.number = Some(element),
        Part::Menu => parts.menu = Some(element),
        Part::Cell(column) => parts.cells.push((column, element)),
    });
    if matches!(part, Part::Cell(column) if column == last) {
        painter.start();
    }
}

/// A line as it was drawn.
struct Shown {
    seen: Seen,
    cells: Vec<Drawn>,
}

/// All that the cells of a line depend on.
struct Seen {
    document: Arc<Document>,
    position: usize,
    at: usize,
    rows: usize,
    facts: Arc<Assessment>,
    findings: Arc<Assessment>,
    money: MoneyUnit,
    /// Column that takes the focus when Tab comes in.
    stop: Option<usize>,
    /// Column that has the focus.
    focus: Option<usize>,
    mode: Mode,
    selected: Option<(usize, usize)>,
    query: Option<Query>,
    writable: bool,
}

impl Painter {
    fn show(&self, before: Option<Shown>) -> Shown {
        let seen = self.see();
        let cells = self.parts.with_value(|parts| {
            self.frame(parts, &seen);
            let cells = parts.cells.iter().enumerate().filter_map(|(n, (column, element))| {
                let col = self.sheet.col(*column)?;
                let of =
                    CellOf { sheet: self.sheet, line: self.line.clone(), at: seen.at, column: *column, col };
                let old = before.as_ref().and_then(|before| Some((&before.seen, before.cells.get(n)?)));
                let now = self.cell(&of, &seen, old);
                draw(element, &of, old.map(|(_, drawn)| drawn), &now);
                Some(now)
            });
            cells.collect()
        });
        Shown { seen, cells }
    }

    /// Reads everything, what others are derived from first: an effect misses the change of a memo that was brought
    /// up to date by another one which reads it and came out the same.
    fn see(&self) -> Seen {
        let (sheet, report) = (self.sheet, self.sheet.report);
        let document = report.document.get();
        let (position, at, rows) = sheet.lines.with(|lines| {
            (lines.position(&self.line).unwrap_or(0), lines.row(&self.line).unwrap_or(0), lines.rows)
        });
        let facts = report.assessment.get();
        if matches!(self.line, Line::Sum(_)) {
            sheet.partials.track();
        }
        let findings = report.findings.get();
        let stop = sheet.active.with(|active| (active.line == self.line).then_some(active.column));
        let focus = stop.filter(|_| sheet.inside.get());
        let mode = focus.map_or(Mode::Moving, |_| sheet.mode.get());
        let selected = sheet
            .block()
            .and_then(|block| (block.lines.0..=block.lines.1).contains(&position).then_some(block.columns));
        Seen {
            document,
            position,
            at,
            rows,
            facts,
            findings,
            money: report.money.get(),
            stop,
            focus,
            mode,
            selected,
            query: sheet.find.get().filter(|query| !query.is_empty()),
            writable: report.writable.get(),
        }
    }

    /// The line itself, its number and the button of its menu.
    fn frame(&self, parts: &Parts, seen: &Seen) {
        let number = (seen.at + 1).to_string();
        if let Some(line) = &parts.line {
            let drag = self.drag.get();
            let drag = drag.as_ref();
            set(line, "aria-rowindex", Some(&(seen.position + 2).to_string()));
            set(line, "data-current", seen.focus.map(|_| ""));
            set(line, "data-dragged", drag.filter(|drag| drag.takes(&self.line)).map(|_| ""));
            set(line, "data-drop", drag.and_then(|drag| drag.lands(&self.line)));
        }
        if let Some(element) = &parts.number
            && element.text_content().as_deref() != Some(&number)
        {
            element.set_text_content(Some(&number));
        }
        if let Some(button) = &parts.menu {
            let open = self.sheet.menu.with(|menu| {
                menu.as_ref().is_some_and(|(row, ..)| matches!(&self.line, Line::Row(id) if id == row))
            });
            set(button, "aria-label", Some(&format!("第 {number} 行")));
            set(button, "aria-expanded", Some(if open { "true" } else { "false" }));
            set(button, "hidden", (!seen.writable).then_some(""));
        }
    }

    fn cell(&self, of: &CellOf, seen: &Seen, old: Option<(&Seen, &Drawn)>) -> Drawn {
        let column = of.column;
        let focus = seen.focus == Some(column);
        let editing = focus && seen.mode != Mode::Moving;
        let (view, target) = match old {
            // While the cell is being typed it stays as it was.
            Some((before, drawn)) if editing && before.focus == Some(column) => {
                (drawn.view.clone(), drawn.target.clone())
            }
            _ => self.look(of, seen, old),
        };
        let findings = match old {
            Some((before, drawn))
                if Arc::ptr_eq(&before.findings, &seen.findings)
                    && drawn.target == target
                    && drawn.focus == focus =>
            {
                (drawn.finding, drawn.findings.clone())
            }
            _ => found(&seen.findings, target.as_ref(), focus),
        };
        let editor = focus.then(|| editor::choose(of, &view.text, editing)).flatten();
        Drawn {
            finding: findings.0,
            findings: findings.1,
            focus,
            stop: seen.stop == Some(column),
            editing,
            editor,
            selected: seen.selected.is_some_and(|(first, last)| (first..=last).contains(&column)),
            writable: seen.writable,
            query: seen.query.clone().filter(|query| query.within(&view.text).is_some()),
            view,
            target,
        }
    }

    /// What the cell shows and is about; worked out anew only where what it depends on changed.
    fn look(&self, of: &CellOf, seen: &Seen, old: Option<(&Seen, &Drawn)>) -> (CellView, Option<Target>) {
        let def = self.sheet.table;
        let typed = grid::place(def, seen.rows, &of.line, &of.col).is_some();
        let same = old.is_some_and(|(before, drawn)| {
            let same_place = before.at == seen.at && before.rows == seen.rows && before.money == seen.money;
            // Rows are shared between versions of the report: the same pointer is the same row.
            let version = |seen: &Seen| seen.document.list(def.list).map(|rows| rows.version_at(seen.at));
            let same_row = typed && matches!(of.line, Line::Row(_)) && version(before) == version(seen);
            let same_all =
                Arc::ptr_eq(&before.document, &seen.document) && Arc::ptr_eq(&before.facts, &seen.facts);
            // What was drawn while it was typed is what stood there before.
            !drawn.editing && same_place && (same_row || same_all)
        });
        if let (true, Some((_, drawn))) = (same, old) {
            return (drawn.view.clone(), drawn.target.clone());
        }
        let table = Table {
            def,
            document: &seen.document,
            facts: &seen.facts.facts,
            money: seen.money,
            partials: None,
        };
        let view = match of.line {
            Line::Sum(_) => self.sheet.partials.with_untracked(|known| {
                Table { partials: Some(known), ..table }.cell(&of.line, seen.at, &of.col)
            }),
            Line::Row(_) | Line::Stated(_) => table.cell(&of.line, seen.at, &of.col),
        };
        (view, grid::target(def, seen.rows, &of.line, &of.col))
    }
}

/// The weight of what was found at a cell, and for the focused cell its words.
fn found(assessed: &Assessment, target: Option<&Target>, focus: bool) -> (Option<&'static str>, String) {
    let Some(target) = target else { return (None, String::new()) };
    let severity = assessed.severity_at(target).map(|severity| severity.key());
    let texts = assessed.findings_at(target).iter().filter(|_| focus);
    let texts = texts.filter_map(|at| assessed.review.findings.get(*at));
    let texts = texts.map(|finding| format!("{}：{}", finding.severity.label(), finding.message));
    (severity, texts.collect::<Vec<_>>().join("；"))
}
