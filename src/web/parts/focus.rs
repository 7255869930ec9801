//! The keyboard's place on the page: it is led to parts that have no field of their own, and never lost.

use std::cell::RefCell;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// What the Tab key reaches.
const REACHED: &str = "a[href], button:not([disabled]), input, select, textarea, [tabindex='0']";

/// How long whoever takes something out of the page has to say where the focus goes.
const GRACE: Duration = Duration::from_millis(80);

thread_local! {
    /// What last had the focus, and what stood around it, from the inside out.
    static PATH: RefCell<Vec<Element>> = const { RefCell::new(Vec::new()) };
}

/// Shows a part of the page by the id of its heading, field or section, and puts the focus there: on the offer of a
/// table's first row while it has none, on the first field of a section, else on the element itself.
pub fn into(id: &str) {
    let Some(element) = document().get_element_by_id(id) else { return };
    element.scroll_into_view();
    let section = element.closest("section").ok().flatten();
    let offer = section.and_then(|section| section.query_selector(".empty button").ok().flatten());
    let field = || (element.tag_name() == "SECTION").then(|| first_reached(&element)).flatten();
    focus(&offer.or_else(field).unwrap_or(element.clone()));
}

/// Puts the focus on the first thing in an element that the Tab key reaches.
pub fn into_first(id: &str) {
    if let Some(first) = document().get_element_by_id(id).and_then(|element| first_reached(&element)) {
        focus(&first);
    }
}

/// When what has the focus leaves the page or is hidden, what stood around it gets the focus; without this the browser
/// drops it, and the Tab key begins at the top again.
pub fn keep() {
    let remember = |event: ev::FocusEvent| {
        let mut next = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let mut path = Vec::new();
        while let Some(element) = next {
            next = element.parent_element();
            path.push(element);
        }
        PATH.set(path);
    };
    let look = || set_timeout(restore, GRACE);
    // All live as long as the page.
    drop(window_event_listener(ev::focusin, remember));
    drop(window_event_listener(ev::keyup, move |_| look()));
    drop(window_event_listener(ev::click, move |_| look()));
    drop(window_event_listener(ev::hashchange, move |_| look()));
}

fn restore() {
    if document().active_element().is_some_and(|active| active.tag_name() != "BODY") {
        return;
    }
    let path = PATH.with_borrow(Clone::clone);
    let Some((had, around)) = path.split_first() else { return };
    if had.is_connected() && is_shown(had) {
        return;
    }
    for element in around.iter().filter(|element| element.is_connected() && is_shown(element)) {
        if matches!(element.tag_name().as_str(), "MAIN" | "BODY" | "HTML") || element.id() == "app" {
            break;
        }
        if let Some(first) = first_reached(element) {
            return focus(&first);
        }
    }
    if let Some(main) = document().get_element_by_id("main") {
        quietly(&main);
    }
}

/// Focuses a whole region, which scrolls nothing: it is on screen already.
pub fn quietly(region: &Element) {
    if let Some(region) = region.dyn_ref::<HtmlElement>() {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        if !region.has_attribute("tabindex") {
            region.set_tab_index(-1);
        }
        region.focus_with_options(&options).ok();
    }
}

fn first_reached(element: &Element) -> Option<Element> {
    let found = element.query_selector_all(REACHED).ok()?;
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into::<Element>().ok()).find(is_shown)
}

fn is_shown(element: &Element) -> bool {
    let place = element.get_bounding_client_rect();
    place.width() > 0.0 && place.height() > 0.0
}

fn focus(element: &Element) {
    let Some(element) = element.dyn_ref::<HtmlElement>() else { return };
    element.focus().ok();
    let has_it = document().active_element().is_some_and(|active| active == **element);
    if !has_it && !element.has_attribute("tabindex") {
        element.set_tab_index(-1);
        element.focus().ok();
    }
}
