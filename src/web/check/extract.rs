//! 提取数据: what a pasted report gives the fields of a draft, to be confirmed one by one.

use std::sync::Arc;

use leptos::prelude::*;
use ziping::app::extract::{self, Offer};
use ziping::domain::document::Document;
use ziping::domain::template::{PACKS, Template};

use super::{Checked, Desk};
use crate::web::adapters::clock;
use crate::web::drafts::Keeper;
use crate::web::parts::dialog::Dialog;
use crate::web::route::{self, Route, View};

/// The button, and the dialog that it opens.
#[component]
pub fn ExtractButton(
    /// The text.
    checked: Checked,
) -> impl IntoView {
    let offers = Arc::new(extract::offers(&checked.text));
    let count: usize = offers.iter().map(Offer::fields).sum();
    let open = RwSignal::new(false);
    let body = {
        let offers = offers.clone();
        move || view! { <Choose checked=checked.clone() offers=offers.clone() open=open /> }
    };
    let words = if count == 0 { "提取数据".to_owned() } else { format!("提取数据（{count} 项）") };
    view! {
        <button
            type="button"
            class="button button--small"
            class=("button--primary", count > 0)
            aria-disabled=(count == 0).to_string()
            title=(count == 0).then_some("没有读到可以确定归到哪一项的数字")
            on:click=move |_| open.set(count > 0)
        >
            {words}
        </button>
        <Dialog open=open title="提取数据" wide=true>
            {body()}
        </Dialog>
    }
}

#[component]
fn Choose(checked: Checked, offers: Arc<Vec<Offer>>, open: RwSignal<bool>) -> impl IntoView {
    let keeper = expect_context::<Keeper>();
    let desk = expect_context::<Desk>();
    let drafts: Vec<_> = keeper.list().into_iter().filter(|draft| draft.readable()).collect();
    let last = desk.last_report.get_untracked();
    let start = last.filter(|id| drafts.iter().any(|draft| draft.doc_id == *id)).unwrap_or_default();
    // The empty id is a new report.
    let into = RwSignal::new(start);
    let draft = Memo::new(move |_| {
        let id = into.get();
        let loaded = (!id.is_empty()).then(|| keeper.load(&id).ok()).flatten();
        loaded.map(|(document, _)| document).or_else(|| fresh(&id)).map(Arc::new)
    });
    let presents = {
        let offers = offers.clone();
        Memo::new(move |_| {
            draft.with(|draft| {
                let Some(document) = draft else { return Vec::new() };
                offers.iter().map(|offer| extract::present(document, offer)).collect::<Vec<_>>()
            })
        })
    };
    let ticked = RwSignal::new(Vec::<bool>::new());
    Effect::new(move |_| {
        // What would overwrite another value is ticked by nobody but the user.
        ticked.set(presents.with(|all| all.iter().map(|present| present.shown.is_empty()).collect()));
    });
    let chosen = move || ticked.with(|all| all.iter().filter(|ticked| **ticked).count());
    let write = {
        let offers = offers.clone();
        move |_| {
            let Some(document) = draft.get_untracked() else { return };
            let marked = ticked.get_untracked();
            let taken: Vec<&Offer> =
                offers.iter().zip(marked).filter(|(_, ticked)| *ticked).map(|(offer, _)| offer).collect();
            if taken.is_empty() {
                return;
            }
            let edit = extract::plan(&document, &taken, &mut clock::BrowserRandom);
            let doc_id = document.doc_id.clone();
            if into.with_untracked(String::is_empty) {
                keeper.create(Document::clone(&document));
            }
            keeper.apply_when_open(edit);
            open.set(false);
            route::go(&Route::Report { doc_id, view: View::Page("basics".to_owned()) });
        }
    };
    let rows: Vec<_> = offers
        .iter()
        .enumerate()
        .map(|(at, offer)| {
            let line = move || presents.with(|all| all.get(at).cloned());
            let label = move || line().map(|present| present.label).unwrap_or_default();
            let sentence = source(&checked, offer);
            let number = at + 1;
            view! {
                <tr>
                    <td>
                        <input
                            type="checkbox"
                            id=format!("offer-{at}")
                            aria-label=move || format!("第 {number} 项：{}", label())
                            prop:checked=move || ticked.with(|all| all.get(at).copied().unwrap_or(false))
                            on:change=move |event| {
                                let on = event_target_checked(&event);
                                ticked
                                    .update(|all| {
                                        if let Some(slot) = all.get_mut(at) {
                                            *slot = on;
                                        }
                                    });
                            }
                        />
                    </td>
                    <th scope="row">
                        <label for=format!("offer-{at}")>{label}</label>
                    </th>
                    <td class="amount">
                        {move || line().map(|present| present.offered).unwrap_or_default()}
                    </td>
                    <td class="amount">
                        {move || {
                            line()
                                .map(|present| match (present.shown.is_empty(), present.same) {
                                    (true, _) => "未填".to_owned(),
                                    (false, true) => format!("{}（相同）", present.shown),
                                    (false, false) => format!("{}（不同）", present.shown),
                                })
                                .unwrap_or_default()
                        }}
                    </td>
                    <td class="check__source">{sentence}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="dialog__body">
            <p>"下面是从文字标签能确定归属的数字。请对照原句核对，勾选要写入的。写入后可以一步撤销。"</p>
            <p class="check__into">
                <label for="extract-into">"写入"</label>
                <select
                    class="input"
                    id="extract-into"
                    on:change=move |event| into.set(event_target_value(&event))
                    prop:value=move || into.get()
                >
                    <option value="" selected=move || into.with(String::is_empty)>
                        "新建一份报告"
                    </option>
                    {drafts
                        .into_iter()
                        .map(|draft| {
                            let id = draft.doc_id.clone();
                            let name = draft.name();
                            view! {
                                <option value=draft.doc_id selected=move || into.with(|into| *into == id)>
                                    {name}
                                </option>
                            }
                        })
                        .collect_view()}
                </select>
            </p>
            <div class="table-scroll check__offers" tabindex="0" role="region" aria-label="可以提取的数据">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"写入"</th>
                            <th scope="col">"项目"</th>
                            <th scope="col" class="amount">
                                "文中"
                            </th>
                            <th scope="col" class="amount">
                                "草稿现值"
                            </th>
                            <th scope="col">"原句"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </div>
        <div class="dialog__foot">
            <span class="dialog__aside">
                <button
                    type="button"
                    class="button button--link"
                    on:click=move |_| ticked.update(|all| all.iter_mut().for_each(|ticked| *ticked = true))
                >
                    "全选"
                </button>
                <button
                    type="button"
                    class="button button--link"
                    on:click=move |_| ticked.update(|all| all.iter_mut().for_each(|ticked| *ticked = false))
                >
                    "全不选"
                </button>
            </span>
            <button type="button" class="button" on:click=move |_| open.set(false)>
                "取消"
            </button>
            <button
                type="button"
                class="button button--primary"
                aria-disabled=move || (chosen() == 0).to_string()
                on:click=write
            >
                {move || format!("写入 {} 项", chosen())}
            </button>
        </div>
    }
}

/// A new report under an id of its own.
fn fresh(id: &str) -> Option<Document> {
    let template = Template::built_in(PACKS.first().map_or("", |(id, _)| id))?;
    id.is_empty().then(|| Document::new(&clock::new_id(), Arc::new(template)))
}

/// The sentence around the figure, cut where it is long, with the figure set off.
fn source(checked: &Checked, offer: &Offer) -> impl IntoView + use<> {
    const BEFORE: usize = 30;
    const AFTER: usize = 16;
    let from = offer.sentence.start.max(offer.place.start.saturating_sub(BEFORE)).min(offer.place.start);
    let to = offer.sentence.end.max(offer.place.end).min(offer.place.end + AFTER);
    let words = |range: std::ops::Range<usize>| {
        let words: String = checked.chars.get(range).unwrap_or(&[]).iter().collect();
        words.replace(['\n', '\t'], " ")
    };
    let lead = if from > offer.sentence.start { "…" } else { "" };
    // A cell of a table stands apart from the words that name it.
    if offer.sentence.end < offer.place.start {
        return view! {
            <span>{words(offer.sentence.clone())}"："<b>{words(offer.place.clone())}</b></span>
        }
        .into_any();
    }
    view! {
        <span>
            {lead}{words(from..offer.place.start)}<b>{words(offer.place.clone())}</b>
            {words(offer.place.end..to)}
        </span>
    }
    .into_any()
}
