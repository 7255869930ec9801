//! 插入数据: a searchable list of everything that text can refer to, with present values.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use ziping::domain::facts::label::Target;
use ziping::domain::facts::print::{self, Context};

use crate::web::parts::icon::Icon;
use crate::web::state::report;

/// Most entries that are listed at once; typing narrows them down.
const LISTED: usize = 60;

/// The button and its list. `pick` gets the label and whether it prints without unit.
#[component]
pub fn Picker(pick: Callback<(String, bool)>) -> impl IntoView {
    let report = report();
    let open = RwSignal::new(false);
    let words = RwSignal::new(String::new());
    let chosen = RwSignal::new(0usize);
    let whole = NodeRef::<html::Div>::new();
    let search = NodeRef::<html::Input>::new();
    let found = Memo::new(move |_| {
        if !open.get() {
            return Vec::new();
        }
        let document = report.document.get();
        let assessment = report.assessment.get();
        let context = Context { document: &document, facts: &assessment.facts, row: None };
        words.with(|words| {
            Target::search(&document, words, LISTED)
                .into_iter()
                .map(|(target, label)| {
                    let value = print::shown(&target, &context);
                    let blank = matches!(&target, Target::Place(place) if document.get(place).is_blank())
                        || print::computed(&target, &document, &assessment.facts)
                            .is_some_and(|(_, _, outcome)| outcome.is_err());
                    (label, value, blank)
                })
                .collect::<Vec<_>>()
        })
    });
    Effect::new(move |_| {
        if open.get()
            && let Some(search) = search.get()
        {
            search.focus().ok();
        }
    });
    let take = move |at: usize| {
        if let Some((label, _, _)) = found.with(|found| found.get(at).cloned()) {
            open.set(false);
            pick.run((label, false));
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let count = found.with(Vec::len);
        match event.key().as_str() {
            "ArrowDown" => {
                event.prevent_default();
                chosen.update(|at| *at = (*at + 1).min(count.saturating_sub(1)));
            }
            "ArrowUp" => {
                event.prevent_default();
                chosen.update(|at| *at = at.saturating_sub(1));
            }
            "Enter" if !event.is_composing() => {
                event.prevent_default();
                take(chosen.get_untracked());
            }
            "Escape" => {
                event.stop_propagation();
                open.set(false);
            }
            _ => {}
        }
    };
    let left = move |event: leptos::ev::FocusEvent| {
        let to = event.related_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        if !whole.get_untracked().is_some_and(|whole| whole.contains(to.as_ref())) {
            open.set(false);
        }
    };
    let list_id = StoredValue::new(format!("picker-{}", crate::web::adapters::clock::new_id()));
    let option_id = move |at: usize| format!("{}-{at}", list_id.get_value());
    view! {
        <div node_ref=whole class="menu menu--end" on:focusout=left>
            <button
                type="button"
                class="button button--small"
                aria-haspopup="dialog"
                aria-expanded=move || open.get().to_string()
                // The caret of the text box must survive the click.
                on:mousedown=|event| event.prevent_default()
                on:click=move |_| {
                    words.set(String::new());
                    chosen.set(0);
                    open.update(|open| *open = !*open);
                }
            >
                "插入数据"
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
                        aria-label="查找数据"
                        aria-controls=move || list_id.get_value()
                        aria-activedescendant=move || option_id(chosen.get())
                        placeholder="输入名称，如 三公 决算"
                        prop:value=move || words.get()
                        on:input=move |event| {
                            words.set(event_target_value(&event));
                            chosen.set(0);
                        }
                    />
                </div>
                <ul class="picker__list" role="listbox" id=move || list_id.get_value() aria-label="数据">
                    {move || {
                        found
                            .get()
                            .into_iter()
                            .enumerate()
                            .map(|(at, (label, value, blank))| {
                                view! {
                                    <li
                                        class="picker__item"
                                        role="option"
                                        id=option_id(at)
                                        aria-selected=move || (chosen.get() == at).to_string()
                                        on:mousedown=|event| event.prevent_default()
                                        on:click=move |_| take(at)
                                    >
                                        <span>{label}</span>
                                        <span class="picker__value" data-state=if blank { "blank" } else { "typed" }>
                                            {value}
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
