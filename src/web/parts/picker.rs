//! A button that opens a list to search and choose from, by mouse or keyboard.
//!
//! Must not know what is chosen: the caller finds the choices for the words and takes the one that was chosen.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::icon::Icon;

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the caller knows it by.
    pub key: String,
    /// What it is called.
    pub label: String,
    /// Its present value.
    pub value: String,
    /// Whether the value stands for a missing one.
    pub blank: bool,
}

/// The list under the button that is given as children. Opening it clears the words and puts the focus into the search.
#[component]
pub fn PickList(
    /// Classes of the whole.
    class: &'static str,
    /// Id of the list.
    id: String,
    /// Name of the list, and of the search behind 查找.
    name: &'static str,
    /// An example of what is searched for.
    placeholder: &'static str,
    /// Whether the list is open.
    open: RwSignal<bool>,
    /// What is searched for.
    words: RwSignal<String>,
    /// What there is to choose.
    found: Memo<Vec<Choice>>,
    /// Takes the chosen one.
    take: Callback<Choice>,
    /// Closes the list after Esc.
    close: Callback<()>,
    children: Children,
) -> impl IntoView {
    let at = RwSignal::new(0usize);
    let whole = NodeRef::<html::Div>::new();
    let search = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if open.get()
            && let Some(search) = search.get()
        {
            words.set(String::new());
            at.set(0);
            search.focus().ok();
        }
    });
    let choose = move |position: usize| {
        if let Some(choice) = found.with_untracked(|found| found.get(position).cloned()) {
            take.run(choice);
        }
    };
    let list_id = StoredValue::new(id);
    let option_id = move |at: usize| format!("{}-{at}", list_id.get_value());
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let last = found.with_untracked(Vec::len).saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = at.saturating_add(1).min(last)),
            "ArrowUp" => at.update(|at| *at = at.saturating_sub(1)),
            "Enter" if !event.is_composing() => choose(at.get_untracked()),
            "Escape" => close.run(()),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
        if let Some(option) = document().get_element_by_id(&option_id(at.get_untracked())) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            option.scroll_into_view_with_scroll_into_view_options(&options);
        }
    };
    let left = move |event: leptos::ev::FocusEvent| {
        let to = event.related_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        if !whole.get_untracked().is_some_and(|whole| whole.contains(to.as_ref())) {
            open.set(false);
        }
    };
    view! {
        <div node_ref=whole class=class on:focusout=left>
            {children()}
            <div class="menu__list picker" hidden=move || !open.get() on:keydown=on_key>
                <div class="search">
                    <Icon name="search" />
                    <input
                        node_ref=search
                        class="input"
                        role="combobox"
                        aria-expanded="true"
                        aria-label=format!("查找{name}")
                        aria-controls=move || list_id.get_value()
                        aria-activedescendant=move || option_id(at.get())
                        placeholder=placeholder
                        prop:value=move || words.get()
                        on:input=move |event| {
                            words.set(event_target_value(&event));
                            at.set(0);
                        }
                    />
                </div>
                <ul class="picker__list" role="listbox" id=move || list_id.get_value() aria-label=name>
                    {move || {
                        found
                            .get()
                            .into_iter()
                            .enumerate()
                            .map(|(position, choice)| {
                                let state = if choice.blank { "blank" } else { "typed" };
                                view! {
                                    <li
                                        class="picker__item"
                                        role="option"
                                        id=option_id(position)
                                        aria-selected=move || (at.get() == position).to_string()
                                        on:mousedown=|event| event.prevent_default()
                                        on:click=move |_| choose(position)
                                    >
                                        <span>{choice.label}</span>
                                        <span class="picker__value" data-state=state>
                                            {choice.value}
                                        </span>
                                    </li>
                                }
                            })
                            .collect_view()
                    }}
                </ul>
                <Show when=move || found.with(Vec::is_empty)>
                    <p class="picker__none">"没有这个名称的数据。"</p>
                </Show>
            </div>
        </div>
    }
}
