//! The report's tree as elements of the page: the one walker behind preview and print.

use wasm_bindgen::JsCast;
use ziping::domain::assess::Assessment;
use ziping::domain::document::Document;
use ziping::domain::report;
use ziping::domain::report::node::Node;
use ziping::domain::report::render;

/// Copies a text to the clipboard; `done` says whether it is there.
pub fn copy_text(text: &str, done: impl Fn(bool) + 'static) {
    let Some(navigator) = web_sys::window().map(|window| window.navigator()) else { return done(false) };
    // Pages of plain http have no clipboard.
    if !js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| clipboard.is_object()) {
        return done(false);
    }
    let promise = navigator.clipboard().write_text(text);
    leptos::task::spawn_local(async move {
        done(wasm_bindgen_futures::JsFuture::from(promise).await.is_ok());
    });
}

/// Fills a container with the report. `prefix` keeps the ids of two containers apart.
pub fn fill(container: &web_sys::Element, document: &Document, assessment: &Assessment, prefix: &str) {
    let blocks = report::blocks(document, assessment);
    put(container, &render::sheets(&blocks, prefix));
}

/// Puts sheets into a container, in place of what was there.
pub fn put(container: &web_sys::Element, sheets: &[render::Sheet]) {
    container.set_text_content(None);
    for sheet in sheets {
        if let Some(element) = element(&sheet.node()) {
            container.append_child(&element).ok();
        }
    }
}

fn element(node: &Node) -> Option<web_sys::Node> {
    let page = web_sys::window()?.document()?;
    match node {
        Node::Text(text) => Some(page.create_text_node(text).unchecked_into()),
        Node::Element { tag, attrs, children } => {
            let made = page.create_element(tag).ok()?;
            for (name, value) in attrs {
                made.set_attribute(name, value).ok()?;
            }
            for child in children.iter().filter_map(element) {
                made.append_child(&child).ok()?;
            }
            Some(made.unchecked_into())
        }
    }
}
