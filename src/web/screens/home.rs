//! 首页: the drafts of this browser, a new report, the sample, files, and the storage used.

mod aside;
mod bin;
mod clear;
mod draft;
mod new;

use leptos::ev;
use leptos::prelude::*;
use ziping::app::{ids, sample};
use ziping::domain::document::Document;

use super::sample::Introduced;
use crate::web::adapters::clock;
use crate::web::drafts::Keeper;
use crate::web::notice::NoticeList;
use crate::web::parts::icon::Icon;
use crate::web::parts::toast::{Toast, Toasts};
use crate::web::route::{self, Route, View};
use crate::web::{about, transfer};

/// The start screen.
#[component]
pub fn Home() -> impl IntoView {
    document().set_title("自评通 — 部门整体支出绩效自评");
    let keeper = expect_context::<Keeper>();
    let Introduced(introduced) = expect_context::<Introduced>();
    let drafts = Memo::new(move |_| {
        keeper.changed.track();
        keeper.list()
    });
    let new_open = RwSignal::new(false);
    let new_report = move |_| new_open.set(true);
    let open_sample = move |_| {
        // A first visitor may change whatever he likes: the sample is a draft like any other, under an id of its own.
        let doc_id = new_id();
        introduced.set(Some(doc_id.clone()));
        open_new(keeper, Document { doc_id, ..sample::xinfeng() });
    };
    let over = RwSignal::new(false);
    let toast = RwSignal::new(None::<Toast>);
    let bin_open = RwSignal::new(false);
    let clear_open = RwSignal::new(false);
    let aside_open = RwSignal::new(false);
    let holdings = Memo::new(move |_| {
        keeper.changed.track();
        keeper.holdings()
    });
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
            <main class="main" id="main" tabindex="-1">
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
                                    {drafts
                                        .into_iter()
                                        .map(|draft| view! { <draft::Line draft=draft toast=toast /> })
                                        .collect_view()}
                                </ul>
                            }
                                .into_any()
                        }
                    }}
                    <Show when=move || holdings.get().binned != 0>
                        <p class="home__bin">
                            <button
                                type="button"
                                class="button button--link"
                                on:click=move |_| bin_open.set(true)
                            >
                                {move || format!("回收站（{}）", holdings.get().binned)}
                            </button>
                        </p>
                    </Show>
                    <Show when=move || holdings.get().aside != 0>
                        <p class="home__bin">
                            <button
                                type="button"
                                class="button button--link"
                                on:click=move |_| aside_open.set(true)
                            >
                                {move || format!("打不开的内容（{}）", holdings.get().aside)}
                            </button>
                        </p>
                    </Show>
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
                        <span>
                            {move || {
                                keeper.changed.track();
                                keeper.usage_words()
                            }}
                        </span>
                        <span class="buttons">
                            <a class="button button--link" href="#/check">
                                "数字体检：粘贴一份报告，看哪些数字对不上"
                            </a>
                            <Show when=move || !holdings.get().is_empty()>
                                <button
                                    type="button"
                                    class="button button--link"
                                    on:click=move |_| clear_open.set(true)
                                >
                                    "清除本机全部数据"
                                </button>
                            </Show>
                            <button
                                type="button"
                                class="button button--link"
                                on:click=move |_| about::open()
                            >
                                "关于"
                            </button>
                        </span>
                    </div>
                </div>
            </main>
        </div>
        <Toasts shown=toast />
        <new::NewDialog open=new_open />
        <aside::AsideDialog open=aside_open />
        <bin::BinDialog open=bin_open toast=toast />
        <clear::ClearDialog open=clear_open holdings=holdings toast=toast />
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
