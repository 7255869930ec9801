//! Draws one cell: its words and state; while it has the focus, with its editor.
//!
//! Cells are drawn by hand, one effect each: a table in view has five hundred of them with a dozen attributes, and
//! the editor must never be rebuilt while an input method is at work in it. Must not know events.

use leptos::prelude::*;
use web_sys::Element;
use ziping::app::find::Query;
use ziping::app::grid::{self, CellView, Col, Line, Table};
use ziping::domain::facts::label::Target;

use super::editor::{self, Editor, ONE_LINE, append, set};
use super::rows::RowState;
use super::sheet::{Mode, Sheet};

/// Which cell of which row.
#[derive(Clone)]
pub struct CellOf {
    /// The row's: cells are drawn while the list of rows is, and must outlive that.
    pub owner: Owner,
    pub sheet: Sheet,
    pub row: RowState,
    pub column: usize,
    pub col: Col,
}

/// What a cell is and shows.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Look {
    view: CellView,
    target: Option<Target>,
}

/// A cell as it was drawn.
#[derive(Clone, PartialEq)]
struct Drawn {
    look: Look,
    finding: Option<&'static str>,
    /// Texts of the findings, for the focused cell.
    findings: String,
    focus: bool,
    /// Takes the focus when Tab comes in.
    stop: bool,
    editing: bool,
    editor: Option<Editor>,
    selected: bool,
    writable: bool,
    query: Option<Query>,
}

/// Draws a cell and keeps it drawn.
pub fn paint(element: Element, of: CellOf) {
    of.owner.clone().with(move || {
        let look = look(&of);
        let effect = RenderEffect::new(move |before: Option<Drawn>| {
            let now = see(&of, look);
            draw(&element, &of, before.as_ref(), &now);
            now
        });
        // The effect lives as long as what keeps it.
        StoredValue::new_local(effect);
    });
}

fn look(of: &CellOf) -> Memo<Look> {
    let CellOf { sheet, row, column, col, .. } = of.clone();
    Memo::new(move |before: Option<&Look>| {
        // While the cell is being typed it stays as it was.
        if let Some(before) = before
            && row.focus.get() == Some(column)
            && sheet.mode.get() != Mode::Moving
        {
            return before.clone();
        }
        let def = sheet.table;
        let at = row.at.get();
        let target = grid::target(def, at.rows, &row.line(), &col);
        let money = sheet.report.money.get();
        let typed = grid::place(def, at.rows, &row.line(), &col).is_some();
        let report = sheet.report;
        let view = match (&row.line(), typed) {
            // A typed cell of a row depends on its row alone.
            (Line::Row(_), true) => sheet.with_table(|table| table.cell(&row.line(), at.at, &col)),
            (line, _) => report.document.with(|document| {
                report.assessment.with(|assessment| {
                    let table = Table { def, document, facts: &assessment.facts, money, partials: None };
                    match line {
                        Line::Sum(_) => sheet
                            .partials
                            .with(|known| Table { partials: Some(known), ..table }.cell(line, at.at, &col)),
                        _ => table.cell(line, at.at, &col),
                    }
                })
            }),
        };
        Look { view, target }
    })
}

fn see(of: &CellOf, look: Memo<Look>) -> Drawn {
    let CellOf { sheet, row, column, .. } = of;
    // In this order: an effect misses the change of a memo (`stop`) that was brought up to date by another one which
    // reads it (`focus`, `look`) and came out the same. Sources are asked in the order in which they were read.
    let stop = row.stop.get() == Some(*column);
    let focus = row.focus.get() == Some(*column);
    let selected = row.selected.get().is_some_and(|(first, last)| (first..=last).contains(column));
    let look = look.get();
    let editing = focus && sheet.mode.get() != Mode::Moving;
    let (finding, findings) = sheet.report.findings.with(|assessed| {
        let Some(target) = &look.target else { return (None, String::new()) };
        let severity = assessed.severity_at(target).map(|severity| severity.key());
        let texts = assessed.findings_at(target).iter().filter(|_| focus);
        let texts = texts.filter_map(|at| assessed.review.findings.get(*at));
        let texts = texts.map(|finding| format!("{}：{}", finding.severity.label(), finding.message));
        (severity, texts.collect::<Vec<_>>().join("；"))
    });
    let editor = focus.then(|| editor::choose(of, &look.view.text, editing)).flatten();
    let writable = sheet.report.writable.get();
    let query = sheet.find.get().filter(|query| query.within(&look.view.text).is_some());
    Drawn { look, finding, findings, focus, stop, editing, editor, selected, writable, query }
}

fn draw(element: &Element, of: &CellOf, before: Option<&Drawn>, now: &Drawn) {
    if before == Some(now) {
        return;
    }
    let view = &now.look.view;
    let computed = matches!(view.state, "computed" | "readonly");
    set(element, "data-state", Some(view.state));
    set(element, "data-role", view.stated.then_some("stated"));
    set(element, "data-finding", now.finding);
    set(element, "data-partial", view.partial.then_some(""));
    set(element, "data-focus", now.focus.then_some(""));
    set(element, "data-editing", now.editing.then_some(""));
    set(element, "data-selected", (now.stop && !now.focus && now.query.is_some()).then_some(""));
    set(element, "aria-selected", now.selected.then_some("true"));
    set(element, "aria-readonly", (computed || !now.writable).then_some("true"));
    set(element, "aria-invalid", view.why.is_some().then_some("true"));
    set(element, "title", hint(of, view).as_deref());
    set(element, "tabindex", Some(if now.stop && now.editor.is_none() { "0" } else { "-1" }));
    let name = (now.focus && now.editor.is_none()).then(|| format!("{} {}", name_of(of), spoken(view)));
    set(element, "aria-label", name.as_deref());
    match now.editor {
        Some(editor) => {
            let fresh = before.and_then(|before| before.editor) != Some(editor);
            // Moving, the editor shows the cell anew whenever it changed under it (undo, a paste, another unit).
            if fresh {
                editor::build(element, of, editor, now.editing);
            } else if !now.editing {
                editor::fill(element, of);
            }
            editor::describe(element, view.why.as_deref(), &now.findings);
        }
        None => {
            if before.is_some_and(|before| before.editor.is_some()) {
                editor::keep_height(element, None);
            }
            write(element, view, now.query.as_ref());
        }
    }
}

fn hint(of: &CellOf, view: &CellView) -> Option<String> {
    let long = !of.col.is_numeric() && view.text.chars().count() > ONE_LINE;
    match &view.why {
        Some(why) => Some(why.clone()),
        None if view.partial => Some("只是已填部分之和".to_owned()),
        None if view.state == "readonly" => Some("取自别的表，按 Enter 去那里填写".to_owned()),
        None => long.then(|| view.text.clone()),
    }
}

/// The name of a cell: its row and its column.
pub fn name_of(of: &CellOf) -> String {
    let row = of.sheet.with_table(|table| match of.row.line() {
        Line::Row(_) => of.row.at.with_untracked(|at| {
            let name = table.document.list(table.def.list).map(|list| list.get(at.at, 0));
            let name = name.as_ref().map_or("", |cell| cell.words().trim()).to_owned();
            if name.is_empty() { format!("第{}行", at.at + 1) } else { name }
        }),
        line => table.name(&line),
    });
    format!("{row} {}", of.col.label())
}

/// What a cell says besides its text.
fn spoken(view: &CellView) -> String {
    let words = match view.state {
        "computed" | "readonly" if view.text.is_empty() => "缺数据",
        "nil" => "无",
        _ => view.text.as_str(),
    };
    let tail = match (view.from_stated, view.partial, view.state) {
        (true, ..) => " 据上报",
        (_, true, _) => " 只是已填部分",
        (_, _, "readonly") => " 取自别的表",
        _ => "",
    };
    format!("{words}{tail}")
}

/// The words of a cell nobody is in.
fn write(element: &Element, view: &CellView, query: Option<&Query>) {
    element.set_text_content(None);
    let hidden = |words: &str| append(element, "span", "visually-hidden", words);
    match view.state {
        "nil" => {
            if let Some(dash) = append(element, "span", "", "—") {
                dash.set_attribute("aria-hidden", "true").ok();
            }
            hidden("无");
        }
        "computed" | "readonly" if view.text.is_empty() => {
            hidden("缺数据");
        }
        _ => match query.and_then(|query| query.within(&view.text)) {
            Some((from, to)) => {
                let part = |from: usize, to: usize| view.text.get(from..to).unwrap_or("");
                text(element, part(0, from));
                append(element, "mark", "", part(from, to));
                text(element, part(to, view.text.len()));
            }
            None => text(element, &view.text),
        },
    }
    if view.from_stated {
        append(element, "span", "cell__tag", "据上报");
    }
    if view.stated && view.state == "blank" {
        hidden("上报，未填");
    }
}

fn text(element: &Element, words: &str) {
    if !words.is_empty() {
        element.append_child(&document().create_text_node(words)).ok();
    }
}
