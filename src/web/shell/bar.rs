//! The top bar: which report, whether it is saved, undo and redo, the verdict, import, export, print.

use leptos::prelude::*;
use ziping::domain::checks::{Severity, Standing};
use ziping::domain::facts::label::Target;

use super::search::Searching;
use crate::web::drafts::Keeper;
use crate::web::parts::focus;
use crate::web::parts::icon::Icon;
use crate::web::parts::menu::{Item, Menu};
use crate::web::route::{self, Route, View};
use crate::web::screens::versions;
use crate::web::state::report;
use crate::web::{about, print, transfer};

/// The bar of an open report.
#[component]
pub fn Bar(
    /// Opens and folds the outline.
    outline: Callback<()>,
    /// Opens and folds the inspector.
    inspector: Callback<()>,
) -> impl IntoView {
    let report = report();
    let keeper = expect_context::<Keeper>();
    let searching = expect_context::<Searching>();
    let unit = Memo::new(move |_| {
        let unit = report.document.with(|document| document.profile.unit_name.words().to_owned());
        if unit.is_empty() { "未填单位".to_owned() } else { unit }
    });
    let year = Memo::new(move |_| {
        let year = report.document.with(|document| document.profile.year.words().to_owned());
        if year.is_empty() { year } else { format!(" · {year}年度") }
    });
    Effect::new(move |_| {
        let title = format!("{}{} — 自评通", unit.get(), year.get());
        document().set_title(&title);
    });
    let exports = move || {
        vec![
            Item::new("数据文件（.ziping.json）", move || transfer::export_json(report)),
            Item::new("网页报告（.html，可打印、可再打开）", move || {
                transfer::export_html(report)
            }),
            Item::new("副本（程序和这份报告合成一个文件）", move || {
                transfer::export_copy(report)
            }),
        ]
    };
    let more = move || {
        let mut items = vec![Item::new("版本", versions::open), Item::new("导入", transfer::choose_file)];
        items.extend(exports());
        items.push(Item::new("打印", move || print::print(report, print::Job::Whole)).keys("Ctrl+P"));
        items.push(Item::new("帮助", about::open));
        items
    };
    view! {
        <header class="shell__bar bar">
            <button
                type="button"
                class="button button--quiet bar__toggle bar__toggle--outline"
                aria-controls="outline"
                on:click=move |_| outline.run(())
            >
                <Icon name="menu" />
                "目录"
            </button>
            <a class="bar__mark" href="#/">
                "自评通"
            </a>
            <div class="bar__report">
                <span class="bar__report-name">
                    <span class="bar__unit">{move || unit.get()}</span>
                    {move || year.get()}
                </span>
                <span class="save" role="status" data-state=move || keeper.state.with(|state| state.key())>
                    {move || keeper.words()}
                </span>
            </div>
            <button
                type="button"
                class="button button--quiet"
                title="撤销 Ctrl+Z"
                aria-disabled=move || (!report.can_undo() || !report.writable.get()).to_string()
                on:click=move |_| report.undo()
            >
                <Icon name="undo" />
                <span class="bar__word">"撤销"</span>
            </button>
            <button
                type="button"
                class="button button--quiet"
                title="重做 Ctrl+Y"
                aria-disabled=move || (!report.can_redo() || !report.writable.get()).to_string()
                on:click=move |_| report.redo()
            >
                <Icon name="redo" />
                <span class="bar__word">"重做"</span>
            </button>
            <Verdict />
            <span class="bar__rule"></span>
            <button
                type="button"
                class="button button--quiet"
                title="查找 Ctrl+F"
                on:click=move |_| searching.open()
            >
                <Icon name="search" />
                <span class="bar__word">"查找"</span>
            </button>
            <button
                type="button"
                class="button button--quiet bar__wide"
                title="以前的版本：查看、比较、恢复"
                on:click=move |_| versions::open()
            >
                "版本"
            </button>
            <button
                type="button"
                class="button button--quiet bar__wide"
                on:click=move |_| transfer::choose_file()
            >
                "导入"
            </button>
            <Menu label="导出" items=exports end=true class="bar__wide" />
            <button
                type="button"
                class="button button--quiet bar__wide"
                title="打印 Ctrl+P"
                on:click=move |_| print::print(report, print::Job::Whole)
            >
                "打印"
            </button>
            <button type="button" class="button button--quiet bar__wide" on:click=move |_| about::open()>
                "帮助"
            </button>
            <Menu label="更多" items=more end=true class="bar__more" />
            <button
                type="button"
                class="button button--quiet bar__toggle bar__toggle--inspector"
                aria-controls="inspector"
                on:click=move |_| inspector.run(())
            >
                "说明"
            </button>
        </header>
    }
}

/// One verdict: how many errors, else what was not checked, else what must be filled in, else that nothing speaks
/// against handing in.
#[component]
fn Verdict() -> impl IntoView {
    let report = report();
    let verdict = Memo::new(move |_| {
        report.findings.with(|assessment| {
            let in_text = report.prose.with(|prose| prose.open(Severity::Error));
            match assessment.review.standing(in_text) {
                Standing::Ready => match report.missing.get() {
                    0 => ("ready", "check", "可以上报".to_owned()),
                    missing => ("unchecked", "warning", format!("{missing} 项必填未填")),
                },
                Standing::Unchecked(count) => ("unchecked", "warning", format!("{count} 处未核对")),
                Standing::Errors(count) => ("errors", "error", format!("还有 {count} 处错误")),
            }
        })
    });
    let href = move || {
        let doc_id = report.document.with(|document| document.doc_id.clone());
        Route::Report { doc_id, view: View::Findings }.to_string()
    };
    view! {
        <a class="verdict" href=href data-verdict=move || verdict.get().0>
            {move || view! { <Icon name=verdict.get().1 /> }}
            {move || verdict.get().2}
        </a>
    }
}

/// Leads to the page on which a target stands.
pub fn follow_jumps(route: RwSignal<Route>) {
    let report = report();
    Effect::new(move |_| {
        let Some(target) = report.jump.get() else { return };
        let document = report.document.get_untracked();
        let page = super::place::page_of(&document, &target);
        // Of a field on no page, such as what is said of a finding, there is nothing to explain.
        if page.is_some() || !matches!(target, Target::Place(_)) {
            report.focus.set(Some(target.clone()));
        }
        let Some(page) = page else {
            report.jump.set(None);
            return;
        };
        let wanted = Route::Report { doc_id: document.doc_id.clone(), view: View::Page(page.id.clone()) };
        if route.get_untracked() != wanted {
            route::go(&wanted);
        }
        // A figure without a cell: its table is shown, its formula stands in the inspector.
        if let Some(anchor) = super::place::anchor(&document, &target) {
            report.jump.set(None);
            set_timeout(move || focus::into(&anchor), std::time::Duration::from_millis(60));
        }
    });
}
