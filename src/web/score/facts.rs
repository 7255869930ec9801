//! Which fact feeds an indicator: a searchable list of all facts with their present values.

use leptos::html;
use leptos::prelude::*;
use ziping::app::score::spots::Spot;
use ziping::domain::facts::label::Target;
use ziping::domain::facts::print::{self, Context};
use ziping::domain::facts::registry;

use crate::web::adapters::clock;
use crate::web::parts::icon::Icon;
use crate::web::parts::picker::{Choice, PickList};
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
    let button = NodeRef::<html::Button>::new();
    let shown = move |id: &'static str| {
        report.document.with(|document| {
            report.assessment.with(|assessment| {
                let context = Context { document, facts: &assessment.facts, row: None };
                print::shown(&Target::Fact(id), &context)
            })
        })
    };
    let choice = |key: &str, label: &str, value: String| Choice {
        key: key.to_owned(),
        label: label.to_owned(),
        value,
        blank: false,
    };
    let found = Memo::new(move |_| {
        if !open.get() {
            return Vec::new();
        }
        let typed = words.get();
        let wanted: Vec<&str> = typed.split_whitespace().collect();
        let facts = registry().facts.iter().filter(|def| wanted.iter().all(|word| def.label.contains(word)));
        let facts = facts.map(|def| choice(&def.id, &def.label, shown(&def.id)));
        let none = wanted.is_empty().then(|| choice("", NONE, String::new()));
        none.into_iter().chain(facts).collect::<Vec<_>>()
    });
    let now = move || {
        let id = text.get();
        match registry().fact(&id) {
            Some(def) => format!("{}　{}", def.label, shown(&def.id)),
            None if id.is_empty() => NONE.to_owned(),
            None => format!("没有“{id}”这项数据"),
        }
    };
    let close = move || {
        open.set(false);
        if let Some(button) = button.get_untracked() {
            button.focus().ok();
        }
    };
    let take = Callback::new(move |choice: Choice| {
        let edit = report
            .document
            .with_untracked(|document| spot.with_value(|spot| spot.set(document, &choice.key)));
        report.leave();
        edit.map(|edit| report.edit(edit));
        close();
    });
    let key = StoredValue::new(format!("facts-{}", clock::new_id()));
    view! {
        <div class="field">
            <span class="field__label" id=move || format!("{}-label", key.get_value())>
                {label}
            </span>
            <PickList
                class="menu field__control field__control--full"
                id=key.get_value()
                name="数据来源"
                placeholder="输入名称，如 控制率"
                open=open
                words=words
                found=found
                take=take
                close=Callback::new(move |()| close())
            >
                <button
                    node_ref=button
                    type="button"
                    class="input score__fact"
                    id=move || format!("{}-now", key.get_value())
                    aria-haspopup="listbox"
                    aria-expanded=move || open.get().to_string()
                    aria-labelledby=move || format!("{0}-label {0}-now", key.get_value())
                    disabled=move || !report.writable.get()
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    <span>{now}</span>
                    <Icon name="down" />
                </button>
            </PickList>
        </div>
    }
}
