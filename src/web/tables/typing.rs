//! What is typed into the focused cell: stored with each letter, but never out of the middle of a composition.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, Node};
use ziping::domain::reference;

use super::sheet::{Mode, Sheet, spot_of};

/// Listens to the editors of a table's cells.
#[derive(Clone, Copy)]
pub struct Typist {
    sheet: Sheet,
    composing: StoredValue<bool>,
}

impl Typist {
    pub fn new(sheet: Sheet) -> Self {
        // Undo and redo reach a cell that is being typed: it shows the report's text again.
        Effect::new(move |before: Option<()>| {
            sheet.report.reverted.track();
            if before.is_some() {
                sheet.leave();
            }
        });
        Typist { sheet, composing: StoredValue::new(false) }
    }

    /// Something was typed or chosen.
    pub fn input(&self, event: &ev::Event) {
        let Some(text) = text_of(event) else { return };
        self.sheet.begin(match self.sheet.mode.get_untracked() {
            Mode::Moving => Mode::Entering,
            mode => mode,
        });
        if !self.composing.get_value() {
            self.store(&text);
        }
        if is_choice(event) {
            // A choice is whole at once.
            self.sheet.leave();
        }
    }

    /// An input method begins.
    pub fn compose(&self) {
        self.composing.set_value(true);
        if self.sheet.mode.get_untracked() == Mode::Moving {
            self.sheet.begin(Mode::Entering);
        }
    }

    /// An input method is done: its text is stored now, as no other event tells of it.
    pub fn composed(&self, event: &ev::CompositionEvent) {
        self.composing.set_value(false);
        if let Some(text) = text_of(event) {
            self.store(&text);
        }
    }

    fn store(&self, text: &str) {
        let sheet = self.sheet;
        let spot = sheet.active.get_untracked();
        if let Some((place, def)) = sheet.place(&spot) {
            let money = sheet.report.money.get_untracked();
            let cell = sheet.report.document.with_untracked(|now| reference::read(now, def, text, money));
            sheet.report.set(place, cell);
        }
    }

    /// The focus came into the grid by Tab or by a script: the cell that has it becomes active.
    pub fn enter(&self, event: &ev::FocusEvent) {
        let sheet = self.sheet;
        let Some(spot) = spot_of(event.target()) else { return };
        if sheet.inside.get_untracked() {
            return;
        }
        sheet.run.set_value(None);
        sheet.go(spot);
    }

    /// The focus left a cell. Where it went is known a moment later; a window that is left keeps its focus.
    pub fn leave(&self) {
        let sheet = self.sheet;
        // Also heard when the table is taken out of the page.
        self.composing.try_set_value(false);
        set_timeout(
            move || {
                let Some(frame) = sheet.scroller.try_get_untracked().flatten() else { return };
                let active = document().active_element();
                let node = active.as_ref().map(|element| element.as_ref() as &Node);
                if !frame.contains(node) && sheet.inside.try_get_untracked() == Some(true) {
                    sheet.leave();
                    sheet.extent.set(None);
                    sheet.inside.set(false);
                }
            },
            std::time::Duration::ZERO,
        );
    }
}

fn text_of(event: &web_sys::Event) -> Option<String> {
    let target: Element = event.target()?.dyn_into().ok()?;
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        Some(input.value())
    } else if let Some(long) = target.dyn_ref::<HtmlTextAreaElement>() {
        Some(long.value())
    } else {
        target.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value)
    }
}

fn is_choice(event: &web_sys::Event) -> bool {
    event.target().is_some_and(|target| target.dyn_ref::<HtmlSelectElement>().is_some())
}
