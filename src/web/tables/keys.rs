//! The keyboard in a grid, as in the spreadsheets its users come from.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlSelectElement};
use ziping::app::grid::Line;
use ziping::domain::facts::label::Target;

use super::actions;
use super::sheet::{Mode, Sheet, Spot};

/// Whether an input method has the key.
pub fn is_composing(event: &KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == 229
}

/// A key in the grid.
pub fn down(sheet: Sheet, event: &KeyboardEvent) {
    if is_composing(event) || in_row_menu(event) {
        return;
    }
    let ctrl = event.ctrl_key() || event.meta_key();
    let done = match sheet.mode.get_untracked() {
        Mode::Moving => moving(sheet, event, ctrl),
        Mode::Entering => typing(sheet, event) || (!ctrl && step(sheet, event, false)),
        Mode::Editing => typing(sheet, event),
    };
    if done {
        event.prevent_default();
        event.stop_propagation();
    }
}

fn in_row_menu(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.class_list().contains("grid__row-menu"))
}

/// Keys that end typing.
fn typing(sheet: Sheet, event: &KeyboardEvent) -> bool {
    match event.key().as_str() {
        "Escape" => {
            sheet.restore();
            true
        }
        "Enter" => enter(sheet, event.shift_key()),
        "Tab" => tab(sheet, event.shift_key()),
        "F2" if sheet.mode.get_untracked() == Mode::Entering => {
            sheet.begin(Mode::Editing);
            true
        }
        _ => false,
    }
}

fn moving(sheet: Sheet, event: &KeyboardEvent, ctrl: bool) -> bool {
    let (shift, alt) = (event.shift_key(), event.alt_key());
    match (event.key().as_str(), ctrl, alt) {
        ("Tab", false, false) => tab(sheet, shift),
        ("Enter", false, false) => lead(sheet) || enter(sheet, shift),
        ("F2", false, false) => lead(sheet) || edit(sheet),
        ("Escape", false, false) => escape(sheet),
        ("Delete", false, false) => actions::clear(sheet),
        ("a" | "A", true, false) => select_all(sheet),
        ("d" | "D", true, false) => actions::fill_down(sheet),
        ("f" | "F", true, false) => super::find::open(sheet),
        ("+" | "=", true, false) if shift => actions::insert(sheet, false),
        ("-", true, false) => actions::remove(sheet),
        ("ArrowUp", false, true) => actions::shift(sheet, false),
        ("ArrowDown", false, true) => actions::shift(sheet, true),
        ("ContextMenu", ..) => actions::open_menu(sheet),
        ("F10", false, false) if shift => actions::open_menu(sheet),
        (_, _, false) => step(sheet, event, ctrl),
        _ => false,
    }
}

/// Keys that move by a cell, a page or to an end; with Shift they select.
fn step(sheet: Sheet, event: &KeyboardEvent, ctrl: bool) -> bool {
    let extend = event.shift_key() && sheet.mode.get_untracked() == Mode::Moving;
    let from = match sheet.extent.get_untracked().filter(|_| extend) {
        Some(extent) => extent,
        None => sheet.active.get_untracked(),
    };
    let lines = sheet.lines.get_untracked();
    let (last_line, last_column) =
        (lines.all.len().saturating_sub(1), sheet.columns().len().saturating_sub(1));
    let Some(at) = lines.position(&from.line) else { return false };
    let page = sheet.window.page();
    let (line, column) = match (event.key().as_str(), ctrl) {
        ("ArrowUp", false) => (at.saturating_sub(1), from.column),
        ("ArrowDown", false) => ((at + 1).min(last_line), from.column),
        ("ArrowLeft", false) => (at, from.column.saturating_sub(1)),
        ("ArrowRight", false) => (at, (from.column + 1).min(last_column)),
        ("ArrowUp", true) => (0, from.column),
        ("ArrowDown", true) => (lines.body.saturating_sub(1).max(at), from.column),
        ("ArrowLeft", true) => (at, 0),
        ("ArrowRight", true) => (at, last_column),
        ("Home", false) => (at, 0),
        ("End", false) => (at, last_column),
        ("Home", true) => (0, 0),
        ("End", true) => (last_line, last_column),
        ("PageUp", _) => (at.saturating_sub(page), from.column),
        ("PageDown", _) => ((at + page).min(last_line), from.column),
        _ => return false,
    };
    sheet.run.set_value(None);
    if extend {
        extend_to(sheet, line, column);
    } else {
        sheet.go_to(line, column);
    }
    true
}

/// Selects from the active cell to this one.
pub fn extend_to(sheet: Sheet, line: usize, column: usize) {
    let Some(line) = sheet.lines.with_untracked(|lines| lines.all.get(line).cloned()) else { return };
    let spot = Spot { column: sheet.nearest(&line, column), line };
    let one = sheet.active.with_untracked(|active| *active == spot);
    sheet.window.reveal_line(&spot.line);
    sheet.extent.set((!one).then_some(spot));
}

fn select_all(sheet: Sheet) -> bool {
    let lines = sheet.lines.get_untracked();
    let mut rows = lines.all.iter().filter(|line| matches!(line, Line::Row(_)));
    let (Some(first), last) = (rows.next(), rows.next_back()) else { return true };
    let last = last.unwrap_or(first).clone();
    let end = sheet.columns().len().saturating_sub(1);
    sheet.go(Spot { column: sheet.nearest(first, 0), line: first.clone() });
    sheet.extent.set(Some(Spot { column: end, line: last }));
    true
}

/// To the next cell that is typed in, in reading order; past the last one the focus leaves the table.
fn tab(sheet: Sheet, back: bool) -> bool {
    let active = sheet.active.get_untracked();
    if !back && sheet.run.get_value().is_none() {
        sheet.run.set_value(Some(active.column));
    }
    let lines = sheet.lines.get_untracked();
    let width = sheet.columns().len();
    let Some(at) = lines.position(&active.line) else { return false };
    let mut place = at * width + active.column;
    loop {
        let next = if back { place.checked_sub(1) } else { Some(place + 1) };
        let Some(next) = next.filter(|next| *next < lines.all.len() * width) else {
            sheet.leave();
            return false;
        };
        place = next;
        let Some(line) = lines.all.get(place / width) else { return false };
        let spot = Spot { line: line.clone(), column: place % width };
        let typed = match sheet.report.writable.get_untracked() {
            true => sheet.place(&spot).is_some(),
            false => sheet.nearest(line, spot.column) == spot.column,
        };
        if typed {
            sheet.go(spot);
            return true;
        }
    }
}

/// To the next line below (or above) that is typed in here; on the last row of a free table a new one is made.
fn enter(sheet: Sheet, back: bool) -> bool {
    let active = sheet.active.get_untracked();
    let column = sheet.run.get_value().filter(|_| !back).unwrap_or(active.column);
    sheet.run.set_value(None);
    let lines = sheet.lines.get_untracked();
    let last = lines.row(&active.line).is_some_and(|at| at + 1 == lines.rows);
    if last && !back && sheet.is_free() && sheet.report.writable.get_untracked() {
        sheet.leave();
        actions::add(sheet, column);
        return true;
    }
    let Some(at) = lines.position(&active.line) else { return false };
    let typed = |at: &usize| {
        let line = lines.all.get(*at).cloned();
        line.is_some_and(|line| sheet.place(&Spot { line, column }).is_some())
    };
    let next = if back { (0..at).rev().find(typed) } else { (at + 1..lines.all.len()).find(typed) };
    sheet.go_to(next.unwrap_or(at), column);
    true
}

/// A cell that is read from another table leads there.
pub fn lead(sheet: Sheet) -> bool {
    let active = sheet.active.get_untracked();
    let fact = match sheet.target(&active) {
        Some(Target::Fact(id)) if matches!(active.line, Line::Row(_)) => Target::Fact(id),
        _ => return false,
    };
    sheet.report.jump.set(Some(fact));
    true
}

fn edit(sheet: Sheet) -> bool {
    let Some(editor) = sheet.editor() else { return true };
    if let Some(select) = editor.dyn_ref::<HtmlSelectElement>() {
        // Newer than the oldest browsers that the page runs in; there the space bar opens the list.
        let name = wasm_bindgen::JsValue::from_str("showPicker");
        if let Ok(open) = js_sys::Reflect::get(select, &name)
            && let Some(open) = open.dyn_ref::<js_sys::Function>()
        {
            open.call0(select).ok();
        }
        return true;
    }
    sheet.edit();
    if let Some(cell) = editor.closest("[data-focus]").ok().flatten() {
        super::editor::caret_to_end(&cell);
    }
    true
}

/// Takes the selection back to one cell, or leads out of the table: behind it Tab goes on.
fn escape(sheet: Sheet) -> bool {
    if sheet.extent.get_untracked().is_some() {
        sheet.extent.set(None);
        return true;
    }
    let foot = sheet.scroller.get_untracked().and_then(|frame| frame.next_element_sibling());
    if let Some(foot) = foot.and_then(|foot| foot.dyn_into::<web_sys::HtmlElement>().ok()) {
        foot.focus().ok();
    }
    true
}
