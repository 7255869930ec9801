//! Draws one cell: its words and state; while it has the focus, with its editor.
//!
//! Only what changed is touched: the editor must never be rebuilt while an input method is at work in it. Must not
//! know events, nor when to draw (`line` does).

use leptos::prelude::*;
use web_sys::Element;
use ziping::app::find::Query;
use ziping::app::grid::{CellView, Col, Line};
use ziping::domain::facts::label::Target;

use super::editor::{self, Editor, ONE_LINE, append, set};
use super::sheet::Sheet;

/// Which cell of which line.
#[derive(Clone)]
pub struct CellOf {
    pub sheet: Sheet,
    pub line: Line,
    /// Position of the line's row in its list.
    pub at: usize,
    pub column: usize,
    pub col: Col,
}

/// A cell as it was drawn.
#[derive(Clone, PartialEq)]
pub struct Drawn {
    pub view: CellView,
    /// What the cell is about.
    pub target: Option<Target>,
    pub finding: Option<&'static str>,
    /// Texts of the findings, for the focused cell.
    pub findings: String,
    pub focus: bool,
    /// Takes the focus when Tab comes in.
    pub stop: bool,
    pub editing: bool,
    pub editor: Option<Editor>,
    pub selected: bool,
    pub writable: bool,
    /// The query that the cell holds.
    pub query: Option<Query>,
}

/// Draws a cell where it differs from how it was drawn before.
pub fn draw(element: &Element, of: &CellOf, before: Option<&Drawn>, now: &Drawn) {
    if before == Some(now) {
        return;
    }
    let view = &now.view;
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
    let row = of.sheet.with_table(|table| match &of.line {
        // By position: looking a row up by its id reads the whole list.
        Line::Row(_) => {
            let name = table.document.list(table.def.list).map(|list| list.get(of.at, 0));
            let name = name.as_ref().map_or("", |cell| cell.words().trim()).to_owned();
            if name.is_empty() { format!("第{}行", of.at + 1) } else { name }
        }
        line => table.name(line),
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
