//! Which fact feeds an indicator: a searchable list of all facts with their present values.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use ziping::app::score::spots::Spot;
use ziping::domain::facts::label::Target;
use ziping::domain::facts::print::{self, Context};
use ziping::domain::facts::registry;

use crate::web::parts::icon::Icon;
use crate::web::state::report;

/// Words of the choice of no fact.
const NONE: &str = "没有，由填表人填写";

/// The present choice, which opens the list.
#[component]
pub fn FactPicker(
    /// The field of the template.
    spot: StoredValue<Spot>,
    /// Its label.
    label: &'static str,
    /// Id of the fact that is chosen.
    text: Memo<String>,
) -> impl IntoView {
    let report = report();
    let open = RwSignal::new(false);
    let words = RwSignal::new(String::new());
    let at = RwSignal::new(0usize);
    let whole = NodeRef::<html::Div>::new();
    let search = NodeRef::<html::Input>::new();
    let button = NodeRef::<html::Button>::new();
    let shown = move |id: &'static str| {
        report.document.with(|document| {
            report.assessment.with(|assessment| {
                let context = Context { document, facts: &assessment.facts, row: None };
                print::shown(&Target::Fact(id), &context)
            })
        })
    };
    let found = Memo::new(move |_| {
        if !open.get() {
            return Vec::new();
        }
        let typed = words.get();
        let wanted: Vec<&str> = typed.split_whitespace().collect();
        let none = std::iter::once(("", NONE.to_owned(), String::new()));
        let facts = registry().facts.iter().map(|def| (def.id.as_str(), def.label.clone()));
        none.filter(|_| wanted.is_empty())
            .chain(
                facts
                    .filter(|(_, label)| wanted.iter().all(|word| label.contains(word)))
                    .map(|(id, label)| (id, label, shown(id))),
            )
            .collect::<Vec<_>>()
    });
    let now = move || {
        let id = text.get();
        match registry().fact(&id) {
            Some(def) => format!("{}　{}", def.label, shown(&def.id)),
            None if id.is_empty() => NONE.to_owned(),
            None => format!("没有“{id}”这项数据"),
        }
    };
    Effect::new(move |_| {
        if open.get()
            && let Some(search) = search.get()
        {
            search.focus().ok();
        }
    });
    let close = move || {
        open.set(false);
        if let Some(button) = button.get_untracked() {
            button.focus().ok();
        }
    };
    let take = move |position: usize| {
        if let Some((id, ..)) = found.with_untracked(|found| found.get(position).cloned()) {
            let edit =
                report.document.with_untracked(|document| spot.with_value(|spot| spot.set(document, id)));
            report.leave();
            edit.map(|edit| report.edit(edit));
            close();
        }
    };
    let key = StoredValue::new(format!("facts-{}", crate::web::adapters::clock::new_id()));
    let option_id = move |at: usize| format!("{}-{at}", key.get_value());
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let last = found.with_untracked(Vec::len).saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = at.saturating_add(1).min(last)),
            "ArrowUp" => at.update(|at| *at = at.saturating_sub(1)),
            "Enter" if !event.is_composing() => take(at.get_untracked()),
            "Escape" => close(),
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
        <div class="field">
            <span class="field__label" id=move || format!("{}-label", key.get_value())>
                {label}
            </span>
            <div node_ref=whole class="menu field__control field__control--full" on:focusout=left>
                <button
                    node_ref=button
                    type="button"
                    class="input score__fact"
                    id=move || format!("{}-now", key.get_value())
                    aria-haspopup="listbox"
                    aria-expanded=move || open.get().to_string()
                    aria-labelledby=move || format!("{0}-label {0}-now", key.get_value())
                    disabled=move || !report.writable.get()
                    on:click=move |_| {
                        words.set(String::new());
                        at.set(0);
                        open.update(|open| *open = !*open);
                    }
                >
                    <span>{now}</span>
                    <Icon name="down" />
                </button>
                <div class="menu__list picker" hidden=move || !open.get() on:keydown=on_key>
                    <div class="search">
                        <Icon name="search" />
                        <input
                            node_ref=search
                            class="input"
                            role="combobox"
                            aria-expanded="true"
                            aria-label="查找数据来源"
                            aria-controls=move || key.get_value()
                            aria-activedescendant=move || option_id(at.get())
                            placeholder="输入名称，如 控制率"
                            prop:value=move || words.get()
                            on:input=move |event| {
                                words.set(event_target_value(&event));
                                at.set(0);
                            }
                        />
                    </div>
                    <ul class="picker__list" role="listbox" id=move || key.get_value() aria-label="数据来源">
                        {move || {
                            found
                                .get()
                                .into_iter()
                                .enumerate()
                                .map(|(position, (_, label, value))| {
                                    view! {
                                        <li
                                            class="picker__item"
                                            role="option"
                                            id=option_id(position)
                                            aria-selected=move || (at.get() == position).to_string()
                                            on:mousedown=|event| event.prevent_default()
                                            on:click=move |_| take(position)
                                        >
                                            <span>{label}</span>
                                            <span class="picker__value">{value}</span>
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
        </div>
    }
}
