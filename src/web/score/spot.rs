//! Inputs over the report's copy of the scoring template.
//!
//! Numbers are stored as they are typed, so that sums and scores follow, and are one step of undo until the field is
//! left. Texts are stored when the field is left or Enter is pressed.

use leptos::prelude::*;
use ziping::app::score::spots::{Control, Options, Spot};
use ziping::domain::score::kinds;

use super::facts::FactPicker;
use crate::web::parts::icon::Icon;
use crate::web::state::{Report, report};

/// What a field says now.
fn stored(report: Report, spot: StoredValue<Spot>) -> Memo<String> {
    Memo::new(move |_| {
        report
            .document
            .with(|document| {
                document.scoring.as_deref().map(|scoring| spot.with_value(|spot| spot.text(scoring)))
            })
            .unwrap_or_default()
    })
}

fn keep(report: Report, spot: StoredValue<Spot>, text: &str) {
    report.leave();
    let edit = report.document.with_untracked(|document| spot.with_value(|spot| spot.set(document, text)));
    edit.map(|edit| report.edit(edit));
}

/// A number without its label.
#[component]
pub fn NumberInput(
    /// Which field.
    spot: Spot,
    /// Its accessible name; empty where a label stands beside it.
    #[prop(into)]
    name: Signal<String>,
    /// Its element id.
    #[prop(into)]
    id: String,
) -> impl IntoView {
    let report = report();
    let key = StoredValue::new(format!("{spot:?}"));
    let spot = StoredValue::new(spot);
    let draft = RwSignal::new(None::<String>);
    let before = StoredValue::new(String::new());
    let text = stored(report, spot);
    let unread = Memo::new(move |_| {
        report.document.with(|document| {
            document.scoring.as_deref().is_some_and(|scoring| spot.with_value(|spot| spot.is_unread(scoring)))
        })
    });
    // What was undone is not in the field any more.
    Effect::new(move |_| {
        report.reverted.track();
        draft.set(None);
    });
    let store = move |text: String| {
        let edit =
            report.document.with_untracked(|document| spot.with_value(|spot| spot.set(document, &text)));
        draft.set(Some(text));
        if let Some(edit) = edit {
            key.with_value(|key| report.edit_template(edit, key));
        }
    };
    view! {
        <input
            class="input input--s"
            type="text"
            inputmode="decimal"
            autocomplete="off"
            id=id
            aria-label=move || Some(name.get()).filter(|name| !name.is_empty())
            aria-invalid=move || unread.get().then_some("true")
            title=move || unread.get().then_some("请填数字")
            readonly=move || !report.writable.get()
            prop:value=move || draft.get().unwrap_or_else(|| text.get())
            on:focus=move |_| before.set_value(text.get_untracked())
            on:input=move |event| store(event_target_value(&event))
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    store(before.get_value());
                    draft.set(None);
                }
            }
            on:blur=move |_| {
                draft.set(None);
                report.leave();
            }
        />
    }
}

/// A text without its label.
#[component]
pub fn TextInput(
    /// Which field.
    spot: Spot,
    /// Its accessible name; empty where a label stands beside it.
    #[prop(into)]
    name: Signal<String>,
    /// Its element id.
    #[prop(into)]
    id: String,
    /// Several lines.
    #[prop(optional)]
    long: bool,
) -> impl IntoView {
    let report = report();
    let spot = StoredValue::new(spot);
    let text = stored(report, spot);
    let label = move || Some(name.get()).filter(|name| !name.is_empty());
    if long {
        view! {
            <textarea
                class="input"
                rows="4"
                id=id
                aria-label=label
                readonly=move || !report.writable.get()
                prop:value=move || text.get()
                on:change=move |event| keep(report, spot, &event_target_value(&event))
            ></textarea>
        }
        .into_any()
    } else {
        view! {
            <input
                class="input"
                type="text"
                autocomplete="off"
                id=id
                aria-label=label
                readonly=move || !report.writable.get()
                prop:value=move || text.get()
                on:change=move |event| keep(report, spot, &event_target_value(&event))
            />
        }
        .into_any()
    }
}

/// A field with its label.
#[component]
pub fn SpotField(
    /// Which field.
    spot: Spot,
) -> impl IntoView {
    let report = report();
    let label = spot.label();
    let (control, follows) = report.document.with_untracked(|document| match document.scoring.as_deref() {
        Some(scoring) => (spot.control(scoring), spot.may_follow(scoring)),
        None => (Control::Text, false),
    });
    let id = format!("spot-{}", crate::web::adapters::clock::new_id());
    let unread = {
        let spot = spot.clone();
        Memo::new(move |_| {
            report
                .document
                .with(|document| document.scoring.as_deref().is_some_and(|scoring| spot.is_unread(scoring)))
        })
    };
    let kept = StoredValue::new(spot.clone());
    match control {
        Control::Tick => {
            let text = stored(report, kept);
            view! {
                <label class="choice score__tick">
                    <input
                        class="choice__input"
                        type="checkbox"
                        disabled=move || !report.writable.get()
                        prop:checked=move || text.with(|text| !text.is_empty())
                        on:change=move |event| keep(report, kept, if event_target_checked(&event) { "yes" } else { "" })
                    />
                    <span>{label}</span>
                </label>
            }
            .into_any()
        }
        Control::Fact => view! { <FactPicker spot=kept label=label text=stored(report, kept) /> }.into_any(),
        control => {
            let input = match control {
                Control::Number => view! { <NumberInput spot=spot name="" id=id.clone() /> }.into_any(),
                Control::Lines => {
                    view! { <TextInput spot=spot name="" id=id.clone() long=true /> }.into_any()
                }
                Control::Choice(options) => choice(kept, id.clone(), options, follows.then_some("按模板")),
                Control::Kind => choice(kept, id.clone(), &[], Some("没有规则")),
                _ => view! { <TextInput spot=spot name="" id=id.clone() /> }.into_any(),
            };
            view! {
                <div class="field">
                    <label class="field__label" for=id>
                        {label}
                    </label>
                    <div class="field__control" class=("field__control--full", control != Control::Number)>
                        {input}
                    </div>
                    <Show when=move || unread.get()>
                        <p class="field__message">
                            <Icon name="error" />
                            <span>"请填数字，填的内容已保留。"</span>
                        </p>
                    </Show>
                </div>
            }
            .into_any()
        }
    }
}

/// A choice; without options, of a kind of rule. `none` names the empty choice.
fn choice(spot: StoredValue<Spot>, id: String, options: Options, none: Option<&'static str>) -> AnyView {
    let report = report();
    let text = stored(report, spot);
    let kinds = kinds::ALL.iter().map(|kind| (kind.key, kind.label)).filter(|_| options.is_empty());
    let all = none.into_iter().map(|label| ("", label)).chain(options.iter().copied()).chain(kinds);
    view! {
        <select
            class="input"
            id=id
            disabled=move || !report.writable.get()
            prop:value=move || text.get()
            on:change=move |event| keep(report, spot, &event_target_value(&event))
        >
            {all
                .map(|(key, label)| {
                    view! {
                        <option value=key selected=move || text.with(|now| now == key)>
                            {label}
                        </option>
                    }
                })
                .collect_view()}
        </select>
    }
    .into_any()
}
