//! 打不开的内容: texts of drafts that were damaged, kept as they are until somebody deletes them.

use leptos::prelude::*;
use ziping::app::drafts::Aside;

use super::bin::Sure;
use crate::web::drafts::{Keeper, size};
use crate::web::parts::dialog::Dialog;

/// The list of these texts.
#[component]
pub fn AsideDialog(open: RwSignal<bool>) -> impl IntoView {
    let keeper = expect_context::<Keeper>();
    let found = Memo::new(move |_| {
        keeper.changed.track();
        if open.get() { keeper.aside() } else { Vec::new() }
    });
    // Nothing left to look at.
    Effect::new(move |_| {
        if found.with(Vec::is_empty) && open.get_untracked() {
            open.set(false);
        }
    });
    view! {
        <Dialog open=open title="打不开的内容" wide=true>
            <div class="dialog__body">
                <p>
                    "草稿或修改记录损坏时，原文留在这里，每份报告最多三份。报告本身已用完好的内容打开；确认报告没有缺少以后，可以删掉。"
                </p>
                <ul class="drafts">
                    {move || found.get().into_iter().map(|one| view! { <Line aside=one /> }).collect_view()}
                </ul>
            </div>
            <div class="dialog__foot">
                <button type="button" class="button button--primary" on:click=move |_| open.set(false)>
                    "关闭"
                </button>
            </div>
        </Dialog>
    }
}

#[component]
fn Line(aside: Aside) -> impl IntoView {
    let keeper = expect_context::<Keeper>();
    let asked = RwSignal::new(false);
    let owner = keeper.name_of(&aside.doc_id);
    let name = format!("{owner}，第 {} 份", aside.n);
    let meta = size(aside.chars);
    let aside = StoredValue::new(aside);
    let said = StoredValue::new(name.clone());
    view! {
        <li class="draft">
            <div>
                <span class="draft__name">{name}</span>
                <p class="draft__meta">{meta}</p>
            </div>
            <div class="draft__actions">
                {move || {
                    if asked.get() {
                        let erase = move || aside.with_value(|aside| keeper.erase_aside(aside));
                        view! { <Sure asked=asked erase=erase /> }.into_any()
                    } else {
                        let name = said.get_value();
                        view! {
                            <button
                                type="button"
                                class="button button--small"
                                aria-label=format!("下载 {name}")
                                on:click=move |_| aside.with_value(|aside| keeper.download_aside(aside))
                            >
                                "下载"
                            </button>
                            <button
                                type="button"
                                class="button button--quiet button--small"
                                aria-label=format!("删除 {name}")
                                on:click=move |_| asked.set(true)
                            >
                                "删除"
                            </button>
                        }
                            .into_any()
                    }
                }}
            </div>
        </li>
    }
}
