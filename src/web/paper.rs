//! The report's tree as elements of the page: the one walker behind preview and print.

use wasm_bindgen::JsCast;
use ziping::domain::assess::Assessment;
use ziping::domain::document::Document;
use ziping::domain::report;
use ziping::domain::report::node::Node;
use ziping::domain::report::render;

/// Fills a container with the report. `prefix` keeps the ids of two containers apart.
pub fn fill(container: &web_sys::Element, document: &Document, assessment: &Assessment, prefix: &str) {
    container.set_text_content(None);
    let blocks = report::blocks(document, assessment);
    for sheet in render::sheets(&blocks, prefix) {
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
