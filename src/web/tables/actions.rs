//! What is done to rows and blocks of a table. Each is one step that 撤销 takes back.

use leptos::ev::Event;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::ClipboardEvent;
use ziping::app::block::{self, Rect};
use ziping::app::clipboard;
use ziping::app::grid::Line;
use ziping::domain::edit::Edit;
use ziping::domain::rows::RowId;
use ziping::domain::tables::FixedRow;

use super::paste;
use super::sheet::{Mode, Sheet, Spot};
use crate::web::adapters::clock;

fn list(sheet: Sheet) -> String {
    sheet.table.list.to_owned()
}

fn new_id() -> RowId {
    RowId::new(&clock::new_id())
}

/// Adds a row at the end and focuses it.
pub fn add(sheet: Sheet, column: usize) {
    let id = new_id();
    let rows = vec![block::fresh_row(sheet.table, id.clone())];
    if sheet.report.edit(Edit::Insert { list: list(sheet), at: usize::MAX, rows }) {
        focus_row(sheet, id, column);
    }
}

/// Opens one of the rows that the table can have.
pub fn open_row(sheet: Sheet, row: &'static FixedRow) {
    let data = row.data(block::name_key(sheet.table));
    let edit = sheet
        .report
        .document
        .with_untracked(|document| block::open_row(sheet.table, document, row, &[], data));
    if sheet.report.edit(edit) {
        focus_row(sheet, RowId::new(row.id), 1);
    }
}

fn focus_row(sheet: Sheet, id: RowId, column: usize) {
    let line = Line::Row(id);
    sheet.go(Spot { column: sheet.nearest(&line, column), line });
}

/// Inserts a row above or below the focused one.
pub fn insert(sheet: Sheet, below: bool) -> bool {
    if !sheet.is_free() {
        return false;
    }
    let active = sheet.active.get_untracked();
    let at = sheet.lines.with_untracked(|lines| lines.row(&active.line));
    let id = new_id();
    let rows = vec![block::fresh_row(sheet.table, id.clone())];
    let at = at.map_or(usize::MAX, |at| at + usize::from(below));
    if sheet.report.edit(Edit::Insert { list: list(sheet), at, rows }) {
        focus_row(sheet, id, active.column);
    }
    true
}

/// Puts copies of the selected rows below them.
pub fn duplicate(sheet: Sheet) {
    let ids = sheet.selected_rows();
    let copies = sheet.report.document.with_untracked(|document| {
        let rows = document.list(sheet.table.list)?;
        let positions: Vec<usize> = ids.iter().filter_map(|id| rows.position(id)).collect();
        let copies = positions.iter().filter_map(|at| rows.data(*at)).map(|mut data| {
            data.id = new_id();
            data
        });
        Some((positions.iter().max()? + 1, copies.collect::<Vec<_>>()))
    });
    let Some((at, rows)) = copies.filter(|_| sheet.is_free()) else { return };
    let first = rows.first().map(|row| row.id.clone());
    let column = sheet.active.with_untracked(|active| active.column);
    if sheet.report.edit(Edit::Insert { list: list(sheet), at, rows })
        && let Some(id) = first
    {
        focus_row(sheet, id, column);
    }
}

/// Deletes the selected rows.
pub fn remove(sheet: Sheet) -> bool {
    let ids: Vec<RowId> =
        sheet.selected_rows().into_iter().filter(|id| block::can_remove(sheet.table, id)).collect();
    if ids.is_empty() || !sheet.report.writable.get_untracked() {
        return true;
    }
    let words = match ids.as_slice() {
        [one] => {
            let name =
                sheet.report.document.with_untracked(|document| document.row_name(sheet.table.list, one));
            format!("已删除“{name}”")
        }
        many => format!("已删除 {} 行", many.len()),
    };
    let neighbour = sheet.lines.with_untracked(|lines| {
        let gone = |line: &Line| matches!(line, Line::Row(id) if ids.contains(id));
        let last = lines.all.iter().rposition(gone)?;
        let after = lines.all.iter().skip(last + 1).find(|line| matches!(line, Line::Row(_)));
        let before =
            || lines.all.iter().take(last).rev().find(|line| matches!(line, Line::Row(_)) && !gone(line));
        after.or_else(before).cloned()
    });
    let column = sheet.active.with_untracked(|active| active.column);
    if sheet.report.edit(Edit::Remove { list: list(sheet), ids }) {
        sheet.report.say(words, true);
        if let Some(line) = neighbour {
            sheet.go(Spot { column: sheet.nearest(&line, column), line });
        }
    }
    true
}

/// Moves the focused row by one.
pub fn shift(sheet: Sheet, down: bool) -> bool {
    let active = sheet.active.get_untracked();
    let (at, rows) = sheet.lines.with_untracked(|lines| (lines.row(&active.line), lines.rows));
    let (Line::Row(id), Some(at), true) = (&active.line, at, sheet.is_free()) else { return true };
    let to = if down { Some(at + 1).filter(|to| *to < rows) } else { at.checked_sub(1) };
    if let Some(to) = to
        && sheet.report.edit(Edit::Move { list: list(sheet), id: id.clone(), to })
    {
        sheet.go(active);
    }
    true
}

/// Empties the selected cells.
pub fn clear(sheet: Sheet) -> bool {
    let rect = sheet.rect();
    over(sheet, |document, columns| {
        sheet.lines.with_untracked(|lines| block::clear(sheet.table, document, lines, columns, &rect))
    });
    true
}

/// Fills the selection from its first row, or the cell from the one above.
pub fn fill_down(sheet: Sheet) -> bool {
    let rect = sheet.rect();
    over(sheet, |document, columns| {
        sheet.lines.with_untracked(|lines| block::fill_down(sheet.table, document, lines, columns, &rect))
    });
    true
}

/// 空白填“无”.
pub fn fill_nil(sheet: Sheet) {
    let mut count = 0;
    over(sheet, |document, columns| {
        let (edit, cells) =
            sheet.lines.with_untracked(|lines| block::fill_nil(sheet.table, document, lines, columns));
        count = cells;
        edit
    });
    match count {
        0 => sheet.report.say("没有空白的数字格", false),
        _ => sheet.report.say(format!("{count} 个空白格已填“无”"), true),
    }
}

fn over(
    sheet: Sheet,
    make: impl FnOnce(&ziping::domain::document::Document, &[ziping::app::grid::Col]) -> Edit,
) {
    let edit = sheet.report.document.with_untracked(|document| make(document, &sheet.columns()));
    // A step of its own, also right after typing.
    sheet.report.leave();
    sheet.report.edit(edit);
}

/// Opens the menu of the focused row beside its cell.
pub fn open_menu(sheet: Sheet) -> bool {
    let active = sheet.active.get_untracked();
    let cell = sheet.scroller.get_untracked().and_then(|frame| frame.query_selector("[data-focus]").ok()?);
    if let (Line::Row(id), Some(cell), true) = (active.line, cell, sheet.is_free()) {
        let place = cell.get_bounding_client_rect();
        sheet.open_menu(id, (place.left(), place.bottom()));
    }
    true
}

fn clipboard_of(event: &Event) -> Option<web_sys::DataTransfer> {
    event.dyn_ref::<ClipboardEvent>()?.clipboard_data()
}

/// Copies the selection. While a cell is edited the browser copies what is marked in it.
pub fn copy(sheet: Sheet, event: &Event) -> bool {
    if sheet.mode.get_untracked() != Mode::Moving {
        return false;
    }
    let Some(data) = clipboard_of(event) else { return false };
    let rect = sheet.rect();
    let cells = sheet.with_table(|table| {
        sheet.lines.with_untracked(|lines| block::copied(table, lines, &sheet.columns(), &rect))
    });
    data.set_data("text/plain", &clipboard::write(&cells)).ok();
    event.prevent_default();
    true
}

/// Copies the selection and empties it.
pub fn cut(sheet: Sheet, event: &Event) {
    if copy(sheet, event) {
        clear(sheet);
    }
}

/// Pastes a block from the focused cell on.
pub fn paste(sheet: Sheet, event: &Event) {
    if !sheet.report.writable.get_untracked() {
        return;
    }
    let Some(data) = clipboard_of(event) else { return };
    let text = data.get_data("text/plain").unwrap_or_default();
    let cells = clipboard::parse(&text);
    // A block goes into cells even where a click has let the caret in; a word goes to the caret.
    let block = cells.len() > 1 || clipboard::width(&cells) > 1;
    let here = sheet.mode.get_untracked() == Mode::Moving || (block && sheet.is_untouched());
    if cells.is_empty() || !here {
        return;
    }
    event.prevent_default();
    sheet.leave();
    let html = data.get_data("text/html").unwrap_or_default();
    let rect: Rect = sheet.rect();
    let cells = clipboard::spread(cells, rect.size());
    paste::offer(sheet, cells, clipboard::has_merged_cells(&html));
}
