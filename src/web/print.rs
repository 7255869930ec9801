//! Printing: Ctrl+P always prints the report, whatever is on screen.
//!
//! The container is filled when the browser is about to print. Engines before Chromium 117 lose rows of landscape
//! pages among upright ones; there the style sheet keeps everything upright, and two jobs are offered.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use ziping::domain::report::node::Node;
use ziping::domain::report::render::{Sheet, SheetKind};

use super::paper;
use super::state::Report;

/// What is printed in one go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    /// Everything.
    Whole,
    /// Cover, text and sources, upright.
    Body,
    /// Wide tables, lying.
    Annex,
}

const CONTAINER: &str = "print-root";

/// Turns the pages of the annex job; switched on while it prints.
const LANDSCAPE_RULE: &str = "@page { size: A4 landscape; margin: 28mm 37mm 26mm 35mm }";

/// Prints.
pub fn print(report: Report, job: Job) {
    fill(report);
    let Some(root) = document().document_element() else { return };
    match job {
        Job::Whole => {}
        Job::Body => {
            root.set_attribute("data-print", "body").ok();
        }
        Job::Annex => {
            root.set_attribute("data-print", "annex").ok();
            turn_pages(true);
        }
    }
    window().print().ok();
    root.remove_attribute("data-print").ok();
    turn_pages(false);
}

/// Prints lines of text under a title: a result that is no report.
pub fn print_lines(title: &str, lines: &[String]) {
    let Some(container) = container() else { return };
    let paragraphs =
        lines.iter().map(|line| Node::classed("p", "report-text", vec![Node::text(line.as_str())]));
    let title = Node::classed("h1", "report-title", vec![Node::text(title)]);
    let nodes = std::iter::once(title).chain(paragraphs).collect();
    paper::put(&container, &[Sheet { kind: SheetKind::Portrait, nodes }]);
    window().print().ok();
    container.set_text_content(None);
}

/// Fills the container whenever the browser prints, until the report is closed.
pub fn follow(report: Report) {
    let before = Closure::<dyn Fn()>::new(move || fill(report));
    let after = Closure::<dyn Fn()>::new(|| {
        if let Some(container) = document().get_element_by_id(CONTAINER) {
            container.set_text_content(None);
        }
    });
    let window = window();
    let (on_before, on_after) =
        (before.as_ref().clone().unchecked_into(), after.as_ref().clone().unchecked_into());
    window.add_event_listener_with_callback("beforeprint", &on_before).ok();
    window.add_event_listener_with_callback("afterprint", &on_after).ok();
    let kept = StoredValue::new_local((before, after));
    on_cleanup(move || {
        let window = leptos::prelude::window();
        kept.with_value(|(before, after)| {
            window.remove_event_listener_with_callback("beforeprint", before.as_ref().unchecked_ref()).ok();
            window.remove_event_listener_with_callback("afterprint", after.as_ref().unchecked_ref()).ok();
        });
    });
}

/// Whether this engine mixes page orientations without losing rows (Chromium 117, Firefox).
pub fn mixes_orientations() -> bool {
    js_sys::Reflect::get(&window(), &"CSS".into())
        .ok()
        .and_then(|css| {
            let supports = js_sys::Reflect::get(&css, &"supports".into()).ok()?;
            let supports: js_sys::Function = supports.dyn_into().ok()?;
            supports.call2(&css, &"grid-template-rows".into(), &"subgrid".into()).ok()?.as_bool()
        })
        .unwrap_or(false)
}

/// What is printed: a child of the body that screens do not show.
fn container() -> Option<web_sys::Element> {
    let page = document();
    if let Some(container) = page.get_element_by_id(CONTAINER) {
        return Some(container);
    }
    let container = page.create_element("div").ok()?;
    container.set_id(CONTAINER);
    container.set_class_name("report print-root");
    page.body()?.append_child(&container).ok()?;
    Some(container)
}

fn fill(report: Report) {
    let Some(container) = container() else { return };
    let document = report.document.get_untracked();
    let assessment = report.assessment.get_untracked();
    paper::fill(&container, &document, &assessment, "p-");
}

/// Adds or removes the landscape rule through a constructed style sheet, which the page's policy allows.
fn turn_pages(on: bool) {
    let page = document();
    let sheets = js_sys::Array::new();
    if on {
        let Ok(class) = js_sys::Reflect::get(&window(), &"CSSStyleSheet".into()) else { return };
        let Ok(class) = class.dyn_into::<js_sys::Function>() else { return };
        let Ok(sheet) = js_sys::Reflect::construct(&class, &js_sys::Array::new()) else { return };
        let Ok(replace) = js_sys::Reflect::get(&sheet, &"replaceSync".into()) else { return };
        let Ok(replace) = replace.dyn_into::<js_sys::Function>() else { return };
        replace.call1(&sheet, &LANDSCAPE_RULE.into()).ok();
        sheets.push(&sheet);
    }
    js_sys::Reflect::set(&page, &"adoptedStyleSheets".into(), &sheets).ok();
}
