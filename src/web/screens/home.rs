//! 首页: the drafts of this browser, a new report, the sample, files, and the storage used.

use leptos::ev;
use leptos::prelude::*;
use std::sync::Arc;
use ziping::app::{ids, sample};
use ziping::domain::document::Document;
use ziping::domain::template::{PACKS, Template};

use crate::web::adapters::clock;
use crate::web::drafts::{Keeper, Listed};
use crate::web::notice::{NoticeList, Notices};
use crate::web::parts::icon::Icon;
use crate::web::route::{self, Route, View};
use crate::web::{about, transfer};

/// The start screen.
#[component]
pub fn Home() -> impl IntoView {
    document().set_title("自评通 — 部门整体支出绩效自评");
    let keeper = expect_context::<Keeper>();
    let notices = expect_context::<Notices>();
    let drafts = Memo::new(move |_| {
        keeper.changed.track();
        keeper.list()
    });
    let new_report = move |_| match Template::built_in(PACKS.first().map_or("", |(id, _)| id)) {
        Some(template) => open_new(keeper, Document::new(&new_id(), Arc::new(template))),
        None => notices.add("error", "内置模板读不出来，请换一份程序文件。", Vec::new()),
    };
    let open_sample = move |_| {
        // A first visitor may change whatever he likes: the sample is a draft like any other, under an id of its own.
        open_new(keeper, Document { doc_id: new_id(), ..sample::xinfeng() });
    };
    let over = RwSignal::new(false);
    view! {
        <div class="shell">
            <header class="shell__bar bar">
                <a class="bar__mark" href="#/">
                    "自评通"
                </a>
                <span class="bar__space"></span>
                <button type="button" class="button button--quiet" on:click=move |_| about::open()>
                    "帮助"
                </button>
            </header>
            <div class="shell__notices">
                <NoticeList />
            </div>
            <main class="main" id="main">
                <div class="home">
                    {move || {
                        let drafts = drafts.get();
                        if drafts.is_empty() {
                            view! {
                                <h1 class="home__title">"部门整体支出绩效自评"</h1>
                                <div class="home__lede">
                                    <p>"把表填上，报告、指标和勾稽检查跟着出来。"</p>
                                    <p>"内容只存在这台电脑的浏览器里，不联网，不上传。"</p>
                                    <p>"填完打印，或导出一个文件交给同事和财政局。"</p>
                                </div>
                                <div class="home__actions">
                                    <button
                                        type="button"
                                        class="button button--primary"
                                        on:click=new_report
                                    >
                                        "新建自评报告"
                                    </button>
                                    <button type="button" class="button" on:click=open_sample>
                                        "打开示例（信丰县科技局 2021）"
                                    </button>
                                </div>
                            }
                                .into_any()
                        } else {
                            view! {
                                <div class="home__head">
                                    <h1 class="home__title">"我的报告"</h1>
                                    <button type="button" class="button" on:click=open_sample>
                                        "打开示例"
                                    </button>
                                    <button
                                        type="button"
                                        class="button"
                                        on:click=move |_| transfer::choose_file()
                                    >
                                        "导入"
                                    </button>
                                    <button
                                        type="button"
                                        class="button button--primary"
                                        on:click=new_report
                                    >
                                        <Icon name="plus" />
                                        "新建"
                                    </button>
                                </div>
                                <ul class="drafts">
                                    {drafts.into_iter().map(draft_line).collect_view()}
                                </ul>
                            }
                                .into_any()
                        }
                    }}
                    <div
                        class="drop"
                        data-over=move || over.get().then_some("")
                        on:dragover=move |event: ev::DragEvent| {
                            event.prevent_default();
                            over.set(true);
                        }
                        on:dragleave=move |_| over.set(false)
                        on:drop=move |event: ev::DragEvent| {
                            event.prevent_default();
                            over.set(false);
                            let file = event
                                .data_transfer()
                                .and_then(|data| data.files())
                                .and_then(|files| files.get(0));
                            if let Some(file) = file {
                                transfer::open_file(file);
                            }
                        }
                    >
                        {move || {
                            if over.get() {
                                view! { "松开鼠标，导入这个文件" }.into_any()
                            } else {
                                view! {
                                    "把同事发来的文件拖到这里，或"
                                    <button
                                        type="button"
                                        class="button button--link"
                                        on:click=move |_| transfer::choose_file()
                                    >
                                        "选择文件"
                                    </button>
                                    <br />
                                    "能读本工具导出的数据文件（.ziping.json）和网页报告（.html）"
                                }
                                    .into_any()
                            }
                        }}
                    </div>
                    <div class="home__foot">
                        {move || {
                            keeper.changed.track();
                            keeper.usage_words()
                        }}
                        <a class="button button--link" href="#/check">
                            "数字体检：粘贴一份报告，看哪些数字对不上"
                        </a>
                        <button
                            type="button"
                            class="button button--link"
                            on:click=move |_| about::open()
                        >
                            "关于"
                        </button>
                    </div>
                </div>
            </main>
        </div>
    }
}

fn draft_line(draft: Listed) -> impl IntoView {
    let keeper = expect_context::<Keeper>();
    let name = draft.name();
    let href =
        Route::Report { doc_id: draft.doc_id.clone(), view: View::Page("basics".to_owned()) }.to_string();
    let (filled, required) = (draft.filled, draft.required);
    let progress = if draft.trouble.is_some() {
        None
    } else {
        let words = if filled == required {
            format!("已填完 {filled}/{required}")
        } else {
            format!("已填 {filled}/{required}")
        };
        Some(view! {
            <div class="draft__progress">
                <span>{words}</span>
                <progress
                    class="meter"
                    max=required.to_string()
                    value=filled.to_string()
                    aria-label=format!("{name}：必填项已填")
                    data-level=(filled == required).then_some("done")
                ></progress>
            </div>
        })
    };
    let doc_id = draft.doc_id.clone();
    view! {
        <li class="draft">
            <div>
                <a class="draft__name" href=href.clone()>
                    {name.clone()}
                </a>
                <p class="draft__meta">{draft.meta()}</p>
            </div>
            {progress}
            <div class="draft__actions">
                {match draft.trouble {
                    None => view! {
                        <a class="button button--small" href=href aria-label=format!("打开 {name}")>
                            "打开"
                        </a>
                    }.into_any(),
                    Some(_) => view! {
                        <button
                            type="button"
                            class="button button--small"
                            on:click=move |_| keeper.download_raw(&doc_id)
                        >
                            "下载原始内容"
                        </button>
                    }.into_any(),
                }}
            </div>
        </li>
    }
}

fn open_new(keeper: Keeper, document: Document) {
    let doc_id = document.doc_id.clone();
    keeper.create(document);
    route::go(&Route::Report { doc_id, view: View::Page("basics".to_owned()) });
}

fn new_id() -> String {
    ids::new_id(&mut clock::BrowserRandom)
}
