//! Inputs over the report's copy of the scoring template: weights, texts, parameters.
//!
//! Text is stored when the field is left or Enter is pressed, weights as they are typed.

use leptos::prelude::*;
use ziping::app::score::{self, Weight};
use ziping::domain::cell::Cell;
use ziping::domain::document::Document;
use ziping::domain::edit::Edit;

use crate::web::state::report;

/// A weight.
#[component]
pub fn WeightInput(
    /// Which.
    which: Weight,
    /// Its accessible name.
    label: Signal<String>,
) -> impl IntoView {
    let report = report();
    let which = StoredValue::new(which);
    let draft = RwSignal::new(None::<String>);
    let stored = Memo::new(move |_| {
        let cell = report.document.with(|document| {
            let scoring = document.scoring.as_deref()?;
            which.with_value(|which| score::weight(scoring, which).cloned())
        });
        cell.unwrap_or_default()
    });
    let text = move || match stored.get() {
        Cell::Value(weight) => ziping::domain::score::case::plain(&weight),
        Cell::Unread(text) => text,
        Cell::Nil => "0".to_owned(),
        Cell::Blank => String::new(),
    };
    view! {
        <label class="score__weight">
            <input
                class="input input--s"
                type="text"
                inputmode="decimal"
                autocomplete="off"
                aria-label=label
                aria-invalid=move || stored.with(|cell| matches!(cell, Cell::Unread(_))).then_some("true")
                readonly=move || !report.writable.get()
                prop:value=move || draft.get().unwrap_or_else(text)
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    let edit = report
                        .document
                        .with_untracked(|document| {
                            which.with_value(|which| score::set_weight(document, which, &typed))
                        });
                    draft.set(Some(typed));
                    edit.map(|edit| report.edit(edit));
                }
                on:blur=move |_| {
                    draft.set(None);
                    report.leave();
                }
            />
            <span class="field__unit">"分"</span>
        </label>
    }
}

/// A text of the copy.
#[component]
pub fn CopyText(
    /// Its label.
    label: &'static str,
    /// What it is now.
    value: Signal<String>,
    /// The edit that stores it.
    store: fn(&Document, &str, &str, &str) -> Option<Edit>,
    /// The indicator.
    id: StoredValue<String>,
    /// Which text or parameter.
    key: &'static str,
    /// Several lines.
    #[prop(optional)]
    long: bool,
) -> impl IntoView {
    let report = report();
    let keep = move |text: String| {
        let edit =
            report.document.with_untracked(|document| id.with_value(|id| store(document, id, key, &text)));
        edit.map(|edit| report.edit(edit));
        report.leave();
    };
    let input = if long {
        view! {
            <textarea
                class="input"
                rows="4"
                readonly=move || !report.writable.get()
                prop:value=move || value.get()
                on:change=move |event| keep(event_target_value(&event))
            ></textarea>
        }
        .into_any()
    } else {
        view! {
            <input
                class="input"
                type="text"
                autocomplete="off"
                readonly=move || !report.writable.get()
                prop:value=move || value.get()
                on:change=move |event| keep(event_target_value(&event))
            />
        }
        .into_any()
    };
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            {input}
        </label>
    }
}
