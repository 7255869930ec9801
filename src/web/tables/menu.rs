//! A menu at a point of the page: the commands of a row.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::web::parts::menu::Item;

/// Room that is kept between the menu and the edge of the window, in pixels.
const MARGIN: f64 = 8.0;

/// A menu with its corner at a point. Arrow keys move; Esc, Tab and a click elsewhere close it.
#[component]
pub fn MenuAt(
    /// The point.
    at: (f64, f64),
    /// What it is a menu of.
    #[prop(into)]
    label: String,
    /// Its lines.
    items: Vec<Item>,
    /// Called when it closes without a command.
    close: Callback<()>,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let place = RwSignal::new(at);
    Effect::new(move || {
        let Some(list) = node.get() else { return };
        let size = list.get_bounding_client_rect();
        let room =
            |length: Result<wasm_bindgen::JsValue, _>| length.ok().and_then(|v| v.as_f64()).unwrap_or(0.0);
        let left = at.0.min(room(window().inner_width()) - size.width() - MARGIN).max(MARGIN);
        let top = at.1.min(room(window().inner_height()) - size.height() - MARGIN).max(MARGIN);
        place.set((left, top));
        focus(&list, 0);
    });
    let on_key = move |event: ev::KeyboardEvent| {
        let Some(list) = node.get_untracked() else { return };
        let all = entries(&list);
        let active = document().active_element();
        let now = all.iter().position(|item| active.as_ref() == Some(item.as_ref())).unwrap_or(0);
        let last = all.len().saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => focus(&list, if now == last { 0 } else { now + 1 }),
            "ArrowUp" => focus(&list, now.checked_sub(1).unwrap_or(last)),
            "Home" => focus(&list, 0),
            "End" => focus(&list, last),
            "Escape" | "Tab" => close.run(()),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let left = move |event: ev::FocusEvent| {
        let to = event.related_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        // Also heard when the menu is taken out of the page.
        if let Some(list) = node.try_get_untracked().flatten()
            && !list.contains(to.as_ref())
        {
            close.run(());
        }
    };
    view! {
        <div
            node_ref=node
            class="menu__list menu__list--fixed"
            role="menu"
            aria-label=label
            style:left=move || format!("{}px", place.get().0)
            style:top=move || format!("{}px", place.get().1)
            on:keydown=on_key
            on:focusout=left
        >
            {items.into_iter().map(|item| line(item, close)).collect_view()}
        </div>
    }
}

fn line(item: Item, close: Callback<()>) -> AnyView {
    match item {
        Item::Rule => view! { <div class="menu__rule" role="separator"></div> }.into_any(),
        Item::Command { label, keys, danger, run } => view! {
            <button
                type="button"
                class="menu__item"
                class=("menu__item--danger", danger)
                role="menuitem"
                tabindex="-1"
                on:click=move |_| {
                    close.run(());
                    run.run(());
                }
            >
                <span>{label}</span>
                {(!keys.is_empty()).then(|| view! { <span class="menu__key">{keys}</span> })}
            </button>
        }
        .into_any(),
    }
}

fn entries(list: &web_sys::Element) -> Vec<web_sys::HtmlElement> {
    let Ok(found) = list.query_selector_all("[role=menuitem]") else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

fn focus(list: &web_sys::Element, at: usize) {
    if let Some(item) = entries(list).get(at) {
        item.focus().ok();
    }
}
