//! What the parts of the sheet share while its template is changed: whether it is, and where to go.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use ziping::app::score::tree::Part;
use ziping::domain::score::Scoring;
use ziping::domain::score::validate::At;

/// The state of changing the template; lives as long as the sheet is shown.
#[derive(Clone, Copy)]
pub struct Editing {
    /// Names, order and settings are changed, beside weights and rules.
    pub on: RwSignal<bool>,
    /// The indicator whose rule is to be shown; its line sets it back to `None`.
    pub row: RwSignal<Option<String>>,
    /// A template that was to be used and has rows to fill in first.
    pub unfilled: RwSignal<Option<Arc<Scoring>>>,
}

impl Editing {
    /// Makes the state and gives it to what is shown below.
    pub fn provide() -> Editing {
        let editing =
            Editing { on: RwSignal::new(false), row: RwSignal::new(None), unfilled: RwSignal::new(None) };
        provide_context(editing);
        editing
    }

    /// Leads to the field of a part: its weight, where it has one.
    pub fn go(&self, at: &At) {
        match at {
            At::Row(id) => self.row.set(Some(id.clone())),
            _ => self.on.set(true),
        }
        focus_soon(field_id(at));
    }
}

/// The state of changing the template.
pub fn editing() -> Editing {
    expect_context::<Editing>()
}

/// The element id of the field that a remark on a part leads to.
pub fn field_id(at: &At) -> String {
    match at {
        At::Template => "scoring-total".to_owned(),
        At::Aspect(at) => format!("scoring-{at}"),
        At::Group(aspect, at) => format!("scoring-{aspect}-{at}"),
        At::Row(id) => format!("scoring-row-{id}"),
    }
}

/// The element id of the buttons of a part.
pub fn tools_id(part: &Part) -> String {
    match part {
        Part::Aspect(at) => format!("tools-{at}"),
        Part::Group(aspect, at) => format!("tools-{aspect}-{at}"),
        Part::Row(id) => format!("tools-row-{id}"),
        Part::Grade(at) => format!("tools-grade-{at}"),
    }
}

/// The element id of the button that opens a row to be filled in.
pub fn fill_id(row: &str) -> String {
    format!("fill-{row}")
}

/// Focuses an element once what was changed is on the page.
pub fn focus_soon(id: String) {
    request_animation_frame(move || {
        let element = document().get_element_by_id(&id);
        if let Some(element) = element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
            element.focus().ok();
        }
    });
}
