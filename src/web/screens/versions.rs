//! 版本: what the report was before. A version is looked at, compared with now, and brought back as the next state.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use ziping::app::changes::{self, Change};
use ziping::app::drafts::versions::{Version, Why};
use ziping::domain::assess;

use crate::web::adapters::clock;
use crate::web::drafts::Keeper;
use crate::web::paper;
use crate::web::parts::dialog::Dialog;
use crate::web::state::report;

thread_local! {
    static OPEN: std::cell::Cell<Option<RwSignal<bool>>> = const { std::cell::Cell::new(None) };
}

/// Shows the versions of the open report.
pub fn open() {
    if let Some(open) = OPEN.get() {
        open.set(true);
    }
}

/// What the dialog shows.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    List,
    Paper(usize),
    Changes(usize),
}

/// Differences that are listed; more are counted.
const MOST: usize = 300;

/// The dialog.
#[component]
pub fn VersionsDialog() -> impl IntoView {
    let report = report();
    let keeper = expect_context::<Keeper>();
    let open = RwSignal::new(false);
    OPEN.set(Some(open));
    let shown = RwSignal::new(Shown::List);
    let all = RwSignal::new(None::<Arc<Vec<Version>>>);
    let name = RwSignal::new(String::new());
    let possible = RwSignal::new(true);
    Effect::new(move |_| {
        keeper.versions.track();
        possible.set(Keeper::keeps_versions());
        if !open.get() {
            all.set(None);
            return shown.set(Shown::List);
        }
        let doc_id = report.document.with_untracked(|document| document.doc_id.clone());
        wasm_bindgen_futures::spawn_local(async move {
            let found = keeper.versions_of(&doc_id).await;
            all.try_set(Some(Arc::new(found)));
        });
    });
    let keep = move || {
        let given = name.get_untracked().trim().to_owned();
        let given = if given.is_empty() { clock::local_now().replace('T', " ") } else { given };
        keeper.keep_version(report, Why::Named, &given);
        name.set(String::new());
    };
    let restore = move |at: usize| {
        let Some(all) = all.get_untracked() else { return };
        if let Some(version) = all.get(at)
            && keeper.restore_version(report, version)
        {
            report
                .say(format!("已恢复到 {} 的版本，刚才的内容也留作了一个版本。", minute(&version.at)), true);
        }
        open.set(false);
    };
    let title = Signal::derive(move || {
        let at = match shown.get() {
            Shown::List => return "版本".to_owned(),
            Shown::Paper(at) | Shown::Changes(at) => at,
        };
        let version = all.get().and_then(|all| all.get(at).map(title_of)).unwrap_or_default();
        match shown.get() {
            Shown::Changes(_) => format!("{version}，与现在比较"),
            _ => format!("{version}，只能看"),
        }
    });
    let body = move || {
        if !possible.get() {
            return view! {
                <p>
                    "版本存在浏览器的数据库（IndexedDB）里，这个浏览器没有让本页使用它，所以这里没有版本。草稿照常保存；要留下现在的内容，请导出数据文件，起个名字存好。"
                </p>
            }
            .into_any();
        }
        let Some(all) = all.get() else {
            return view! { <p role="status">"正在读取……"</p> }.into_any();
        };
        match shown.get() {
            Shown::List => list(&all, shown, restore).into_any(),
            Shown::Paper(at) => match all.get(at) {
                Some(version) => sheet(version).into_any(),
                None => ().into_any(),
            },
            Shown::Changes(at) => match all.get(at) {
                Some(version) => {
                    let now = report.document.get_untracked();
                    compared(&changes::details(&version.document, &now)).into_any()
                }
                None => ().into_any(),
            },
        }
    };
    view! {
        <Dialog open=open title=title wide=true>
            <div class="dialog__body">
                <Show when=move || shown.get() == Shown::List && report.writable.get() && possible.get()>
                    <form
                        class="versions__keep"
                        on:submit=move |event| {
                            event.prevent_default();
                            keep();
                        }
                    >
                        <label class="field__label" for="version-name">
                            "给现在的内容起个名字"
                        </label>
                        <input
                            class="input"
                            id="version-name"
                            maxlength="40"
                            placeholder="例如：送审稿"
                            prop:value=move || name.get()
                            on:input=move |event| name.set(event_target_value(&event))
                        />
                        <button type="submit" class="button">
                            "保存为版本"
                        </button>
                    </form>
                </Show>
                {body}
            </div>
            <div class="dialog__foot">
                {move || match shown.get() {
                    Shown::List => {
                        view! {
                            <span class="dialog__aside">
                                {possible
                                    .get()
                                    .then_some("自动保存的版本最多留 20 个，旧的先去掉；起了名字的一直留着。")}
                            </span>
                            <button type="button" class="button button--primary" on:click=move |_| open.set(false)>
                                "关闭"
                            </button>
                        }
                            .into_any()
                    }
                    Shown::Paper(at) | Shown::Changes(at) => {
                        view! {
                            <button type="button" class="button" on:click=move |_| shown.set(Shown::List)>
                                "返回"
                            </button>
                            <Show when=move || report.writable.get()>
                                <button type="button" class="button button--primary" on:click=move |_| restore(at)>
                                    "恢复这个版本"
                                </button>
                            </Show>
                        }
                            .into_any()
                    }
                }}
            </div>
        </Dialog>
    }
}

fn list(
    all: &Arc<Vec<Version>>,
    shown: RwSignal<Shown>,
    restore: impl Fn(usize) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let report = report();
    let keeper = expect_context::<Keeper>();
    if all.is_empty() {
        return view! {
            <p>
                "还没有版本。导入文件、换模板、结转和恢复之前会自动留一个；也可以现在起名保存一个。"
            </p>
        }
        .into_any();
    }
    let lines = all
        .iter()
        .enumerate()
        .map(|(at, version)| {
            let title = title_of(version);
            let words = match all.get(at.saturating_add(1)) {
                Some(older) => {
                    let words = changes::summary(&older.document, &version.document);
                    if words.is_empty() {
                        "与上一个版本相同".to_owned()
                    } else {
                        format!("比上一个版本：{}", words.join("；"))
                    }
                }
                None => "最早的版本".to_owned(),
            };
            let named = version.label.why == Why::Named;
            let n = version.label.n;
            let bring_back = format!("恢复 {title}");
            view! {
                <li class="draft">
                    <div>
                        <span class="draft__name">{title.clone()}</span>
                        <p class="draft__meta">{words}</p>
                    </div>
                    <div class="draft__actions">
                        <button
                            type="button"
                            class="button button--quiet button--small"
                            aria-label=format!("查看 {title}")
                            on:click=move |_| shown.set(Shown::Paper(at))
                        >
                            "查看"
                        </button>
                        <button
                            type="button"
                            class="button button--quiet button--small"
                            aria-label=format!("与现在比较 {title}")
                            on:click=move |_| shown.set(Shown::Changes(at))
                        >
                            "与现在比较"
                        </button>
                        <Show when=move || report.writable.get()>
                            <button
                                type="button"
                                class="button button--small"
                                aria-label=bring_back.clone()
                                on:click=move |_| restore(at)
                            >
                                "恢复"
                            </button>
                        </Show>
                        {named
                            .then(|| {
                                view! {
                                    <button
                                        type="button"
                                        class="button button--quiet button--small"
                                        aria-label=format!("删除版本 {title}")
                                        on:click=move |_| {
                                            let doc_id = report
                                                .document
                                                .with_untracked(|document| document.doc_id.clone());
                                            keeper.erase_version(&doc_id, n);
                                        }
                                    >
                                        "删除"
                                    </button>
                                }
                            })}
                    </div>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="drafts">{lines}</ul> }.into_any()
}

/// The version as it would print.
fn sheet(version: &Version) -> impl IntoView + use<> {
    let node = NodeRef::<html::Div>::new();
    let document = version.document.clone();
    Effect::new(move |_| {
        if let Some(container) = node.get() {
            paper::fill(&container, &document, &assess::evaluate(&document), "old-");
        }
    });
    view! {
        <div class="versions__paper" tabindex="0" role="region" aria-label="旧版本的报告">
            <div node_ref=node class="report"></div>
        </div>
    }
}

fn compared(found: &[Change]) -> impl IntoView + use<> {
    if found.is_empty() {
        return view! { <p>"与现在的内容相同。"</p> }.into_any();
    }
    let more = found.len().saturating_sub(MOST);
    let lines = found
        .iter()
        .take(MOST)
        .cloned()
        .map(|Change { label, was, now }| {
            view! {
                <tr>
                    <th scope="row">{label}</th>
                    <td>{was}</td>
                    <td>{now}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <p role="status">{format!("共 {} 处不同。", found.len())}</p>
        <div class="versions__changes" tabindex="0" role="region" aria-label="不同之处">
            <table class="versions__table">
                <thead>
                    <tr>
                        <th scope="col">"位置"</th>
                        <th scope="col">"那个版本"</th>
                        <th scope="col">"现在"</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        {(more > 0).then(|| view! { <p>{format!("另有 {more} 处没有列出。")}</p> })}
    }
    .into_any()
}

fn title_of(version: &Version) -> String {
    let Version { label, at, .. } = version;
    let what = if label.name.is_empty() { label.why.words() } else { &label.name };
    format!("{} {what}", minute(at))
}

/// A time to the minute.
fn minute(at: &str) -> String {
    at.get(..16).unwrap_or(at).replace('T', " ")
}
