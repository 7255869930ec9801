//! Fields of sections: labelled inputs and narrative text.

mod form;
mod input;
mod narrative;
mod picker;

pub use form::{Field, Form, Inputs};
pub use narrative::Narrative;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use ziping::domain::facts::label::Target;

use super::state::report;

/// Takes the focus when somebody asks to see this target, once the element is there.
fn follow_jump<E>(target: Target, node: NodeRef<E>)
where
    E: leptos::html::ElementType,
    E::Output: JsCast + Clone + Send + Sync + 'static,
{
    let report = report();
    Effect::new(move |_| {
        let wanted = report.jump.with(|jump| jump.as_ref() == Some(&target));
        if let (true, Some(element)) = (wanted, node.get()) {
            report.jump.set(None);
            let element: web_sys::HtmlElement = element.unchecked_into();
            element.scroll_into_view_with_bool(false);
            element.focus().ok();
        }
    });
}
