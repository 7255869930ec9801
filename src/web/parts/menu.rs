//! A button with a list of commands below it.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::icon::Icon;

/// A line of a menu.
#[derive(Clone)]
pub enum Item {
    /// A command.
    Command {
        /// Its words.
        label: String,
        /// Keys that do the same.
        keys: &'static str,
        /// Whether it takes something away.
        danger: bool,
        /// What it does.
        run: Callback<()>,
    },
    /// A rule between groups.
    Rule,
}

impl Item {
    /// A command.
    pub fn new(label: impl Into<String>, run: impl Fn() + Send + Sync + 'static) -> Self {
        Item::Command { label: label.into(), keys: "", danger: false, run: Callback::new(move |()| run()) }
    }
    /// With the keys that do the same.
    pub fn keys(self, keys: &'static str) -> Self {
        match self {
            Item::Command { label, danger, run, .. } => Item::Command { label, keys, danger, run },
            Item::Rule => Item::Rule,
        }
    }
    /// Marked as taking something away.
    pub fn danger(self) -> Self {
        match self {
            Item::Command { label, keys, run, .. } => Item::Command { label, keys, danger: true, run },
            Item::Rule => Item::Rule,
        }
    }
}

/// A menu. Arrow keys move, Esc and a click elsewhere close it.
#[component]
pub fn Menu(
    /// Words on the button.
    #[prop(into)]
    label: Signal<String>,
    /// Its lines, made when it opens.
    items: impl Fn() -> Vec<Item> + Send + Sync + 'static,
    /// Class of the button.
    #[prop(default = "button button--quiet")]
    button: &'static str,
    /// Aligned with the end of the button.
    #[prop(optional)]
    end: bool,
    /// What the button is called where its words alone do not say whose menu it is.
    #[prop(into, optional)]
    name: Option<String>,
    /// Further class of the whole.
    #[prop(default = "")]
    class: &'static str,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let whole = NodeRef::<html::Div>::new();
    let trigger = NodeRef::<html::Button>::new();
    let items = StoredValue::new(items);
    let focus_item = move |step: isize| {
        if open.is_disposed() {
            return;
        }
        let Some(whole) = whole.get_untracked() else { return };
        let Ok(found) = whole.query_selector_all("[role=menuitem]") else { return };
        let all: Vec<web_sys::HtmlElement> =
            (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect();
        let active = document().active_element();
        let now = all.iter().position(|item| active.as_ref() == Some(item.as_ref()));
        let count = all.len();
        let next = match (now, step) {
            (Some(now), 1) => (now + 1) % count.max(1),
            (Some(now), _) => now.checked_sub(1).unwrap_or(count.saturating_sub(1)),
            (None, _) => 0,
        };
        if let Some(item) = all.get(next) {
            item.focus().ok();
        }
    };
    Effect::new(move |_| {
        if open.get() {
            request_animation_frame(move || focus_item(1));
        }
    });
    let close = move || {
        if open.is_disposed() {
            return;
        }
        open.set(false);
        if let Some(trigger) = trigger.get_untracked() {
            trigger.focus().ok();
        }
    };
    let on_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Escape" if open.get_untracked() => {
            event.stop_propagation();
            close();
        }
        "ArrowDown" => {
            event.prevent_default();
            // Opening takes the focus to the first line by itself.
            if open.get_untracked() {
                focus_item(1);
            } else {
                open.set(true);
            }
        }
        "ArrowUp" if open.get_untracked() => {
            event.prevent_default();
            focus_item(-1);
        }
        _ => {}
    };
    let left = move |event: ev::FocusEvent| {
        // A command may have taken the menu away together with what it belonged to, and the focus with it.
        if open.is_disposed() {
            return;
        }
        let to = event.related_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let inside = whole.get_untracked().is_some_and(|whole| whole.contains(to.as_ref()));
        if !inside {
            open.set(false);
        }
    };
    view! {
        <div
            node_ref=whole
            class=format!("menu {class}")
            class=("menu--end", end)
            on:keydown=on_key
            on:focusout=left
        >
            <button
                node_ref=trigger
                type="button"
                class=button
                aria-label=name
                aria-haspopup="menu"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {move || label.get()}
                <Icon name="down" />
            </button>
            <div class="menu__list" role="menu" hidden=move || !open.get()>
                {move || {
                    open.get()
                        .then(|| {
                            items
                                .with_value(|items| items())
                                .into_iter()
                                .map(|item| line(item, close))
                                .collect_view()
                        })
                }}
            </div>
        </div>
    }
}

fn line(item: Item, close: impl Fn() + Copy + 'static) -> AnyView {
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
                    close();
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
