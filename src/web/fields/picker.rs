//! 插入数据: a searchable list of everything that text can refer to, with present values.

use leptos::prelude::*;
use ziping::domain::facts::label::Target;
use ziping::domain::facts::print::{self, Context};

use crate::web::adapters::clock;
use crate::web::parts::icon::Icon;
use crate::web::parts::picker::{Choice, PickList};
use crate::web::state::report;

/// Most entries that are listed at once; typing narrows them down.
const LISTED: usize = 60;

/// The button and its list. `pick` gets the label and whether it prints without unit.
#[component]
pub fn Picker(pick: Callback<(String, bool)>) -> impl IntoView {
    let report = report();
    let open = RwSignal::new(false);
    let words = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        if !open.get() {
            return Vec::new();
        }
        let document = report.document.get();
        let assessment = report.assessment.get();
        let context = Context { document: &document, facts: &assessment.facts, row: None };
        let choice = |(target, label): (Target, String)| {
            let value = print::shown(&target, &context);
            let blank = matches!(&target, Target::Place(place) if document.get(place).is_blank())
                || print::computed(&target, &document, &assessment.facts)
                    .is_some_and(|(_, _, outcome)| outcome.is_err());
            Choice { key: label.clone(), label, value, blank }
        };
        words.with(|words| {
            Target::search(&document, words, LISTED).into_iter().map(choice).collect::<Vec<_>>()
        })
    });
    let take = Callback::new(move |choice: Choice| {
        open.set(false);
        pick.run((choice.key, false));
    });
    view! {
        <PickList
            class="menu menu--end"
            id=format!("picker-{}", clock::new_id())
            name="数据"
            placeholder="输入名称，如 三公 决算"
            open=open
            words=words
            found=found
            take=take
            close=Callback::new(move |()| open.set(false))
        >
            <button
                type="button"
                class="button button--small"
                aria-haspopup="dialog"
                aria-expanded=move || open.get().to_string()
                // The caret of the text box must survive the click.
                on:mousedown=|event| event.prevent_default()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                "插入数据"
                <Icon name="down" />
            </button>
        </PickList>
    }
}
