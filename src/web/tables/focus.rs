//! Where the focus is in a table, and what is done to the cell that has it: moving, editing, restoring.

use leptos::prelude::*;
use ziping::app::grid::Line;
use ziping::domain::rows::RowId;

use super::editor;
use super::sheet::{Mode, Sheet, Spot};

impl Sheet {
    /// Focuses a cell; what was being typed elsewhere is stored already.
    pub fn go(&self, spot: Spot) {
        self.leave();
        self.select_one();
        self.report.focus.set(self.target(&spot));
        if self.active.with_untracked(|active| *active != spot) {
            self.active.set(spot);
        }
        self.refocus();
    }

    /// Takes the selection back to the active cell.
    pub fn select_one(&self) {
        if self.extent.with_untracked(Option::is_some) {
            self.extent.set(None);
        }
    }

    /// Focuses the line at a position, as near to a column as can be.
    pub fn go_to(&self, position: usize, column: usize) {
        let line = self.lines.with_untracked(|lines| lines.all.get(position).cloned());
        if let Some(line) = line {
            let column = self.nearest(&line, column);
            self.go(Spot { line, column });
        }
    }

    /// Puts the focus back into the active cell.
    pub fn refocus(&self) {
        if !self.inside.get_untracked() {
            self.inside.set(true);
        }
        self.window.reveal();
        self.focus_soon();
    }

    fn focus_soon(&self) {
        let sheet = *self;
        self.after_paint(move || sheet.focus_now());
    }

    /// Runs once the cells are painted: that is done in microtasks, before the next key can arrive.
    pub fn after_paint(&self, run: impl FnOnce() + 'static) {
        queue_microtask(move || queue_microtask(run));
    }

    fn focus_now(&self) {
        let Some(root) = self.scroller.try_get_untracked().flatten() else { return };
        if !self.inside.try_get_untracked().unwrap_or(false) {
            return;
        }
        if let Ok(Some(cell)) = root.query_selector("[data-focus]") {
            editor::focus(&cell);
            self.window.reveal_cell(&cell);
        }
    }

    /// The editor of the focused cell.
    pub fn editor(&self) -> Option<web_sys::Element> {
        self.scroller.get_untracked()?.query_selector("[data-focus] .cell__input").ok()?
    }

    /// Lets the caret into the focused cell. Returns whether it can be typed into.
    pub fn edit(&self) -> bool {
        let spot = self.active.get_untracked();
        if self.place(&spot).is_none() {
            return false;
        }
        self.begin(Mode::Editing);
        true
    }

    /// Something begins to be typed.
    pub fn begin(&self, mode: Mode) {
        if self.mode.get_untracked() == Mode::Moving {
            let spot = self.active.get_untracked();
            self.before.set_value(Some(self.raw(&spot)));
            self.report.typing.set(true);
            self.select_one();
        }
        if self.mode.get_untracked() != mode {
            self.mode.set(mode);
        }
    }

    /// What was typed is final: from here on findings speak again.
    pub fn leave(&self) {
        if self.mode.get_untracked() != Mode::Moving {
            self.mode.set(Mode::Moving);
            self.report.leave();
        }
    }

    /// Takes back what was typed into the focused cell.
    pub fn restore(&self) {
        let spot = self.active.get_untracked();
        if let Some(((place, _), before)) = self.place(&spot).zip(self.before.get_value()) {
            self.report.set(place, before);
        }
        self.leave();
        self.focus_soon();
    }

    /// Whether the cell that is edited holds what it held before.
    pub fn is_untouched(&self) -> bool {
        let raw = self.raw(&self.active.get_untracked());
        self.before.with_value(|before| before.as_ref() == Some(&raw))
    }

    /// Opens the menu of a row at a point; it is about the selected rows if the row is one of them.
    pub fn open_menu(&self, id: RowId, at: (f64, f64)) {
        self.leave();
        if !self.selected_rows().contains(&id) {
            let line = Line::Row(id.clone());
            let column = self.nearest(&line, self.active.with_untracked(|active| active.column));
            self.extent.set(None);
            self.active.set(Spot { line, column });
        }
        // The focus goes into the menu, and comes back when it closes.
        self.inside.set(false);
        self.menu.set(Some((id, at.0, at.1)));
    }
}
