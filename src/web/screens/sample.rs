//! What a visitor is told of the sample report when it has been opened: what it is, and where to look first.

use leptos::prelude::*;

use crate::web::parts::icon::Icon;
use crate::web::route::{Route, View};
use crate::web::state::report;

/// Id of the report that was opened as the sample and is still introduced.
#[derive(Clone, Copy)]
pub struct Introduced(pub RwSignal<Option<String>>);

impl Introduced {
    /// None yet.
    pub fn new() -> Self {
        Introduced(RwSignal::new(None))
    }
}

/// The introduction, on the page on which the sample opens.
#[component]
pub fn SampleNote(view: Memo<Option<View>>) -> impl IntoView {
    let report = report();
    let Introduced(introduced) = expect_context::<Introduced>();
    let doc_id = report.document.with_untracked(|document| document.doc_id.clone());
    let first = report
        .document
        .with_untracked(|document| document.template.pages.first().map(|page| View::Page(page.id.clone())));
    let shown = {
        let doc_id = doc_id.clone();
        move || introduced.with(|now| now.as_ref() == Some(&doc_id)) && view.with(|view| *view == first)
    };
    let address = move |view: View| Route::Report { doc_id: doc_id.clone(), view }.to_string();
    let (findings, preview) = (address(View::Findings), address(View::Preview));
    view! {
        <Show when=shown>
            <div class="banner" data-kind="info">
                <Icon name="hint" />
                <p class="banner__text">
                    <strong class="banner__title">"这是示例，可以随意改："</strong>
                    "信丰县科学技术局 2021 年度公开的自评报告，数字照原文录入。原文有几处自相矛盾，“校验”里一处一处列着。"
                </p>
                <a class="button button--small" href=findings.clone()>
                    "看哪里对不上"
                </a>
                <a class="button button--small" href=preview.clone()>
                    "看印出来的样子"
                </a>
                <button
                    type="button"
                    class="button button--quiet button--icon"
                    aria-label="不再显示这条说明"
                    on:click=move |_| introduced.set(None)
                >
                    <Icon name="close" />
                </button>
            </div>
        </Show>
    }
}
