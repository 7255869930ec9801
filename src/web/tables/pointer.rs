//! The pointer in a grid: focusing, the second click that edits, selecting a block, moving a row by its number.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlSelectElement};
use ziping::app::grid::Line;
use ziping::domain::edit::Edit;
use ziping::domain::rows::RowId;

use super::keys;
use super::sheet::{Mode, Sheet, Spot, line_of, spot_of};

/// How far the pointer travels before a press on a row's number moves the row, in pixels.
const SLACK: f64 = 4.0;
/// How near the edge of the frame a dragged row scrolls it, in pixels.
const EDGE: f64 = 28.0;

/// A row that is being moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Drag {
    id: RowId,
    from: f64,
    moving: bool,
    /// The row under the pointer, and whether it lands after it.
    over: Option<(RowId, bool)>,
}

impl Drag {
    /// Whether this line is the one that is moved.
    pub fn takes(&self, line: &Line) -> bool {
        self.moving && matches!(line, Line::Row(id) if *id == self.id)
    }

    /// Where the row would land beside this line.
    pub fn lands(&self, line: &Line) -> Option<&'static str> {
        match (line, &self.over) {
            (Line::Row(id), Some((over, after))) if self.moving && id == over => {
                Some(if *after { "after" } else { "before" })
            }
            _ => None,
        }
    }
}

/// The pointer over one table.
#[derive(Clone, Copy)]
pub struct Pointer {
    sheet: Sheet,
    pub drag: RwSignal<Option<Drag>>,
    /// A block is being selected.
    selecting: StoredValue<bool>,
    /// The press hit the editor of the cell that was active already.
    again: StoredValue<bool>,
    /// The press moved a row, so that its click opens no menu.
    moved: StoredValue<bool>,
}

impl Pointer {
    pub fn new(sheet: Sheet) -> Self {
        let pointer = Pointer {
            sheet,
            drag: RwSignal::new(None),
            selecting: StoredValue::new(false),
            again: StoredValue::new(false),
            moved: StoredValue::new(false),
        };
        // The button may come up anywhere.
        let up = window_event_listener(leptos::ev::mouseup, move |_| pointer.up());
        on_cleanup(move || up.remove());
        pointer
    }

    pub fn down(&self, event: &MouseEvent) {
        if event.button() != 0 {
            return;
        }
        let sheet = self.sheet;
        self.moved.set_value(false);
        self.again.set_value(false);
        if let Some(id) = numbered(event) {
            event.prevent_default();
            let from = f64::from(event.client_y());
            self.drag.set(Some(Drag { id, from, moving: false, over: None }));
            return;
        }
        let Some(spot) = spot_of(event.target()) else { return };
        if sheet.nearest(&spot.line, spot.column) != spot.column {
            return;
        }
        if event.shift_key() && sheet.inside.get_untracked() {
            event.prevent_default();
            self.extend(&spot);
            return;
        }
        let same = sheet.inside.get_untracked() && sheet.active.with_untracked(|active| *active == spot);
        self.selecting.set_value(true);
        if same && in_editor(event) {
            sheet.extent.set(None);
            self.again.set_value(true);
            return;
        }
        event.prevent_default();
        sheet.run.set_value(None);
        sheet.go(spot);
    }

    pub fn over(&self, event: &MouseEvent) {
        if event.buttons() & 1 == 0 {
            return;
        }
        if self.drag.with_untracked(Option::is_some) {
            self.drag_over(event);
        } else if self.selecting.get_value()
            && self.sheet.mode.get_untracked() == Mode::Moving
            && let Some(spot) = spot_of(event.target())
        {
            let same = self.sheet.active.with_untracked(|active| *active == spot);
            if !same || self.sheet.extent.with_untracked(Option::is_some) {
                self.extend(&spot);
            }
        }
    }

    pub fn click(&self, event: &MouseEvent) {
        let sheet = self.sheet;
        if let Some(id) = numbered(event) {
            if !self.moved.get_value() && sheet.report.writable.get_untracked() {
                sheet.open_menu(id, (f64::from(event.client_x()), f64::from(event.client_y())));
            }
            return;
        }
        let alone = sheet.extent.with_untracked(Option::is_none);
        if self.again.get_value() && alone && sheet.mode.get_untracked() == Mode::Moving {
            self.again.set_value(false);
            let choice = sheet.editor().is_some_and(|editor| editor.dyn_ref::<HtmlSelectElement>().is_some());
            if !choice {
                sheet.edit();
            }
        }
    }

    pub fn double(&self, event: &MouseEvent) {
        if let Some(spot) = spot_of(event.target())
            && self.sheet.place(&spot).is_none()
        {
            keys::lead(self.sheet);
        }
    }

    fn up(&self) {
        self.selecting.set_value(false);
        let Some(drag) = self.drag.get_untracked() else { return };
        self.drag.set(None);
        if !drag.moving {
            return;
        }
        self.moved.set_value(true);
        let sheet = self.sheet;
        let at = |id: &RowId| sheet.lines.with_untracked(|lines| lines.row(&Line::Row(id.clone())));
        let Some((over, after)) = drag.over else { return };
        let (Some(from), Some(over)) = (at(&drag.id), at(&over)) else { return };
        let landing = over + usize::from(after);
        let to = if from < landing { landing.saturating_sub(1) } else { landing };
        sheet.report.edit(Edit::Move { list: sheet.table.list.to_owned(), id: drag.id.clone(), to });
        sheet.go(Spot { column: sheet.nearest(&Line::Row(drag.id.clone()), 0), line: Line::Row(drag.id) });
    }

    fn extend(&self, spot: &Spot) {
        let line = self.sheet.lines.with_untracked(|lines| lines.position(&spot.line));
        if let Some(line) = line {
            keys::extend_to(self.sheet, line, spot.column);
        }
    }

    fn drag_over(&self, event: &MouseEvent) {
        let sheet = self.sheet;
        if !sheet.report.writable.get_untracked() {
            return;
        }
        let y = f64::from(event.client_y());
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let over = target.as_ref().and_then(|target| {
            let row = target.closest("tr[data-line]").ok()??;
            let Line::Row(id) = line_of(&row)? else { return None };
            let box_ = row.get_bounding_client_rect();
            Some((id, y > box_.top() + box_.height() / 2.0))
        });
        let mut next = self.drag.get_untracked();
        if let Some(drag) = &mut next {
            drag.moving |= (y - drag.from).abs() > SLACK;
            if over.is_some() {
                drag.over = over;
            }
        }
        if self.drag.with_untracked(|drag| *drag != next) {
            self.drag.set(next);
        }
        self.scroll_at_edge(y);
    }

    fn scroll_at_edge(&self, y: f64) {
        let Some(frame) = self.sheet.scroller.get_untracked() else { return };
        let height = |part: &str| {
            let part = frame.query_selector(part).ok().flatten();
            part.map_or(0.0, |part| part.get_bounding_client_rect().height())
        };
        let box_ = frame.get_bounding_client_rect();
        let row = self.sheet.window.row.get_untracked() as i32;
        let by = if y < box_.top() + height("thead") + EDGE {
            -row
        } else if y > box_.bottom() - height("tfoot") - EDGE {
            row
        } else {
            return;
        };
        frame.set_scroll_top(frame.scroll_top() + by);
    }
}

/// The row whose number was hit.
fn numbered(event: &MouseEvent) -> Option<RowId> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let number = target.closest(".grid__no").ok()??;
    match line_of(&number)? {
        Line::Row(id) => Some(id),
        Line::Sum(_) | Line::Stated(_) => None,
    }
}

fn in_editor(event: &MouseEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.class_list().contains("cell__input"))
}
