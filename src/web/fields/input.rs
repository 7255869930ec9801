//! What all text inputs share: when typed text is committed, and what they show.
//!
//! Text commits outside composition and once at its end, so that pinyin never reaches the report; nothing is
//! normalised before the field is left, since changing the text under a composition destroys it.

use leptos::prelude::*;
use ziping::domain::cell::Raw;
use ziping::domain::facts::label::Target;
use ziping::domain::place::Place;

use crate::web::state::{Report, report};

/// How typed text becomes a cell.
type Read = Box<dyn Fn(&str) -> Raw + Send + Sync>;

/// The state of one text input over a place of the report.
#[derive(Clone, Copy)]
pub struct Typing {
    report: Report,
    place: StoredValue<Place>,
    /// The text while it is being typed; `None` when the report's own is shown.
    draft: RwSignal<Option<String>>,
    focused: RwSignal<bool>,
    composing: StoredValue<bool>,
    before: StoredValue<Raw>,
    read: StoredValue<Read>,
}

impl Typing {
    /// Over a place, with the way its text becomes a cell.
    pub fn new(place: Place, read: impl Fn(&str) -> Raw + Send + Sync + 'static) -> Self {
        let report = report();
        let typing = Typing {
            report,
            place: StoredValue::new(place),
            draft: RwSignal::new(None),
            focused: RwSignal::new(false),
            composing: StoredValue::new(false),
            before: StoredValue::new(Raw::Blank),
            read: StoredValue::new(Box::new(read)),
        };
        Effect::new(move |_| {
            report.reverted.track();
            typing.draft.set(None);
        });
        typing
    }

    /// The field's place.
    pub fn place(&self) -> Place {
        self.place.get_value()
    }

    /// The cell in the report.
    pub fn cell(&self) -> Raw {
        self.place.with_value(|place| self.report.document.with(|document| document.get(place)))
    }

    /// The text of the input: what is being typed, else the report's own. While text is being typed the report is
    /// not looked at, so that nothing but the user changes it.
    pub fn value(&self, shown: impl Fn(&Raw) -> String, edited: impl Fn(&Raw) -> String) -> String {
        match self.draft.get() {
            Some(text) => text,
            None if self.focused.get() => edited(&self.cell()),
            None => shown(&self.cell()),
        }
    }

    /// The field got the focus.
    pub fn enter(&self) {
        self.focused.set(true);
        self.before.set_value(untrack(|| self.cell()));
        self.report.focus.set(Some(Target::Place(self.place())));
    }

    /// Text was typed.
    pub fn input(&self, text: String) {
        if !self.composing.get_value() {
            self.commit(text);
        }
    }

    /// Composition began.
    pub fn compose(&self) {
        self.composing.set_value(true);
    }

    /// Composition ended with this text.
    pub fn composed(&self, text: String) {
        self.composing.set_value(false);
        self.commit(text);
    }

    /// Whether a composition is under way.
    pub fn is_composing(&self) -> bool {
        self.composing.get_value()
    }

    /// Stores text as the field reads it.
    pub fn commit(&self, text: String) {
        let cell = self.read.with_value(|read| read(&text));
        self.draft.set(Some(text));
        self.report.typing.set(true);
        self.report.set(self.place(), cell);
    }

    /// Esc: what was there before comes back.
    pub fn restore(&self) {
        self.report.set(self.place(), self.before.get_value());
        self.draft.set(None);
    }

    /// The field lost the focus.
    pub fn leave(&self) {
        self.composing.set_value(false);
        self.focused.set(false);
        self.draft.set(None);
        self.report.leave();
    }
}
