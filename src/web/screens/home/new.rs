//! 新建: which template, which unit, which year.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use ziping::domain::amount::MoneyUnit;
use ziping::domain::document::Document;
use ziping::domain::edit::Edit;
use ziping::domain::entry;
use ziping::domain::place::Place;
use ziping::domain::template::{PACKS, Template};

use crate::web::adapters::clock;
use crate::web::drafts::Keeper;
use crate::web::parts::dialog::Dialog;
use crate::web::screens::template::Templates;

/// What a new report is asked for; all of it can be changed later.
#[component]
pub fn NewDialog(open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog open=open title="新建自评报告">
            <Questions open=open />
        </Dialog>
    }
}

#[component]
fn Questions(open: RwSignal<bool>) -> impl IntoView {
    let keeper = expect_context::<Keeper>();
    let unit = NodeRef::<html::Input>::new();
    let year = NodeRef::<html::Input>::new();
    let chosen = RwSignal::new(PACKS.first().map_or("", |(id, _)| id).to_owned());
    // Whoever has a report makes the next one for the same unit, and evaluates the year that is over.
    let last_unit = keeper.last_unit();
    let last_year = clock::last_year();
    let create = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(template) = Template::built_in(&chosen.get_untracked()) else { return };
        let mut document = Document::new(&clock::new_id(), Arc::new(template));
        for (key, input) in [("unit_name", unit), ("year", year)] {
            let text = input.get_untracked().map(|input| input.value()).unwrap_or_default();
            let place = Place::field("profile", key);
            if let Some(def) = Document::def(&place) {
                document.apply(&Edit::set(place, entry::read(def, &text, MoneyUnit::WanYuan)));
            }
        }
        open.set(false);
        super::open_new(keeper, document);
    };
    view! {
        <form on:submit=create>
            <div class="dialog__body">
                <div class="fields">
                    <Templates chosen=chosen />
                    <div class="field">
                        <label class="field__label" for="new-unit">
                            "单位全称"
                        </label>
                        <div class="field__control field__control--full">
                            <input
                                node_ref=unit
                                class="input"
                                id="new-unit"
                                type="text"
                                autocomplete="off"
                                value=last_unit
                            />
                        </div>
                    </div>
                    <div class="field">
                        <label class="field__label" for="new-year">
                            "评价年度"
                        </label>
                        <div class="field__control">
                            <input
                                node_ref=year
                                class="input input--s"
                                id="new-year"
                                type="text"
                                inputmode="numeric"
                                autocomplete="off"
                                value=last_year
                            />
                        </div>
                    </div>
                </div>
            </div>
            <div class="dialog__foot">
                <span class="dialog__aside">"这几项以后都能改"</span>
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    "取消"
                </button>
                <button type="submit" class="button button--primary">
                    "新建"
                </button>
            </div>
        </form>
    }
}
