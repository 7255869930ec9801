//! An open report: loads its draft, frames it, and shows the view that the address names.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use ziping::app::session::Session;

use super::findings::Findings;
use super::page::SectionPage;
use super::preview::Preview;
use super::sample::SampleNote;
use super::versions::VersionsDialog;
use crate::web::check::prose;
use crate::web::drafts::{Keeper, WriterBanner};
use crate::web::notice::NoticeList;
use crate::web::parts::dialog::Dialog;
use crate::web::parts::focus;
use crate::web::parts::icon::Icon;
use crate::web::route::{Route, View};
use crate::web::score::ScoreSheet;
use crate::web::shell::{Bar, Explain, Inspector, Outline, SearchDialog, Searching, follow_jumps};
use crate::web::state::{Report, report};
use crate::web::{about, print, transfer};

/// Opens the draft of this report, or says why it cannot.
#[component]
pub fn Opened(doc_id: String, route: RwSignal<Route>) -> impl IntoView {
    let keeper = expect_context::<Keeper>();
    match keeper.load(&doc_id) {
        Err(words) => view! {
            <div class="shell">
                <header class="shell__bar bar">
                    <a class="bar__mark" href="#/">
                        "自评通"
                    </a>
                </header>
                <main class="main" id="main" tabindex="-1">
                    <div class="page">
                        <div class="empty">
                            <h1 class="empty__title">"打不开这份草稿"</h1>
                            <p>{words}</p>
                            <p class="empty__actions">
                                <a class="button button--primary" href="#/">
                                    "回到首页"
                                </a>
                                {keeper
                                    .is_stored(&doc_id)
                                    .then(|| {
                                        view! {
                                            <button
                                                type="button"
                                                class="button"
                                                on:click=move |_| keeper.download_raw(&doc_id)
                                            >
                                                "下载原始内容"
                                            </button>
                                        }
                                    })}
                            </p>
                        </div>
                    </div>
                </main>
            </div>
        }
        .into_any(),
        Ok((document, rev)) => {
            let report = Report::new(Session::new(document, rev));
            provide_context(report);
            let searching = Searching::new();
            provide_context(searching);
            keeper.follow(report);
            print::follow(report);
            prose::follow(report);
            follow_jumps(route);
            shortcuts(report, searching);
            view! { <Framed route=route /> }.into_any()
        }
    }
}

/// Widths below which a side column becomes a drawer; the style sheet has the same.
const OUTLINE_FITS: f64 = 900.0;
const INSPECTOR_FITS: f64 = 1200.0;

#[component]
fn Framed(route: RwSignal<Route>) -> impl IntoView {
    let report = report();
    let outline = RwSignal::new("auto");
    let inspector = RwSignal::new("auto");
    // Where the focus was before a drawer took it.
    let before = StoredValue::new_local(None::<web_sys::HtmlElement>);
    let close_drawers = move || {
        let mut closed = false;
        for side in [outline, inspector] {
            if side.get_untracked() == "open" {
                side.set("auto");
                closed = true;
            }
        }
        if closed && let Some(before) = before.try_update_value(Option::take).flatten() {
            before.focus().ok();
        }
    };
    let toggle = move |side: RwSignal<&'static str>, fits: f64, id: &'static str| {
        if side.get_untracked() == "open" {
            return close_drawers();
        }
        let wide = window().inner_width().ok().and_then(|width| width.as_f64()).is_some_and(|w| w >= fits);
        side.update(|state| {
            let shown = *state == "open" || (*state == "auto" && wide);
            *state = match (shown, wide) {
                (true, true) => "closed",
                (true, false) => "auto",
                (false, true) => "auto",
                (false, false) => "open",
            };
        });
        if side.get_untracked() == "open" {
            let active = document().active_element().and_then(|active| active.dyn_into().ok());
            before.set_value(active);
            request_animation_frame(move || focus::into_first(id));
        }
    };
    let toggle_outline = Callback::new(move |()| toggle(outline, OUTLINE_FITS, "outline"));
    let toggle_inspector = Callback::new(move |()| toggle(inspector, INSPECTOR_FITS, "inspector"));
    provide_context(Explain(Callback::new(move |()| {
        let wide = window().inner_width().ok().and_then(|width| width.as_f64());
        if wide.is_some_and(|width| width >= INSPECTOR_FITS) {
            inspector.set("auto");
            request_animation_frame(|| focus::into_first("inspector"));
        } else if inspector.get_untracked() != "open" {
            toggle_inspector.run(());
        }
    })));
    let outline_chosen = Callback::new(move |()| {
        if outline.get_untracked() == "open" {
            outline.set("auto");
        }
    });
    let view_now = Memo::new(move |_| match route.get() {
        Route::Report { view, .. } => Some(view),
        Route::Home | Route::Check => None,
    });
    // A drawer has done its work once a page was chosen; the new page starts at its top.
    let main = NodeRef::<html::Main>::new();
    Effect::new(move |before: Option<Option<View>>| {
        let now = view_now.get();
        if before.is_some_and(|before| before != now) {
            outline_chosen.run(());
            if let Some(main) = main.get_untracked() {
                main.set_scroll_top(0);
                // On a phone it is the window that scrolls.
                window().scroll_to_with_x_and_y(0.0, 0.0);
                if report.jump.with_untracked(Option::is_none) {
                    focus::quietly(&main);
                }
            }
        }
        now
    });
    // A page is made anew when the report gets another template.
    let template = Memo::new(move |_| report.document.with(|document| document.template.clone()));
    let is_preview = move || view_now.with(|view| *view == Some(View::Preview));
    view! {
        <button
            type="button"
            class="skip"
            on:click=move |_| {
                if let Some(main) = main.get_untracked() {
                    main.focus().ok();
                }
            }
        >
            "跳到正文"
        </button>
        <div
            class="shell"
            data-outline=move || outline.get()
            data-inspector=move || if is_preview() { "closed" } else { inspector.get() }
            data-view=move || is_preview().then_some("preview")
            on:keydown=move |event: ev::KeyboardEvent| {
                if event.key() == "Escape" {
                    close_drawers();
                }
            }
        >
            <Bar outline=toggle_outline inspector=toggle_inspector />
            <section class="shell__notices" aria-label="消息">
                <WriterBanner />
                <NoticeList />
                <WayBack view=view_now />
                <SampleNote view=view_now />
            </section>
            <Outline route=route close=toggle_outline chosen=outline_chosen />
            <main node_ref=main class="main" id="main" tabindex="-1">
                {move || match view_now.get() {
                    Some(View::Page(id)) => {
                        // Read, as a memo that is only tracked is never worked out.
                        template.with(|_| ());
                        view! { <SectionPage id=id /> }.into_any()
                    }
                    Some(View::Score) => view! { <ScoreSheet /> }.into_any(),
                    Some(View::Findings) => view! { <Findings /> }.into_any(),
                    Some(View::Preview) => view! { <Preview /> }.into_any(),
                    None => ().into_any(),
                }}
            </main>
            <Inspector close=toggle_inspector />
            <div
                class="scrim"
                on:click=move |_| close_drawers()
            ></div>
        </div>
        <Toasts />
        <SaveDialog />
        <VersionsDialog />
        <SearchDialog />
    }
}

/// The way back to the finding from which somebody went to a place.
#[component]
fn WayBack(view: Memo<Option<View>>) -> impl IntoView {
    let report = report();
    let href = move || {
        let doc_id = report.document.with(|document| document.doc_id.clone());
        Route::Report { doc_id, view: View::Findings }.to_string()
    };
    let away = move || report.back.with(Option::is_some) && view.with(|view| *view != Some(View::Findings));
    view! {
        <Show when=away>
            <div class="banner" data-kind="info">
                <a class="button button--small" href=href>
                    "回到校验"
                </a>
                <span class="banner__text">"改好后离开这一格，结果马上更新。按 Alt+← 也能回到校验。"</span>
                <button
                    type="button"
                    class="button button--quiet button--icon"
                    aria-label="不回校验了"
                    on:click=move |_| report.back.set(None)
                >
                    <Icon name="close" />
                </button>
            </div>
        </Show>
    }
}

/// How long a short message stays, in milliseconds.
const TOAST_MS: u64 = 8_000;

#[component]
fn Toasts() -> impl IntoView {
    let report = report();
    Effect::new(move |shown: Option<Option<TimeoutHandle>>| {
        if let Some(Some(timer)) = shown {
            timer.clear();
        }
        report.toast.with(Option::is_some).then(|| {
            set_timeout_with_handle(
                move || {
                    report.toast.try_set(None);
                },
                std::time::Duration::from_millis(TOAST_MS),
            )
            .ok()
        })?
    });
    view! {
        <div class="toasts" role="status">
            {move || {
                report
                    .toast
                    .get()
                    .map(|toast| {
                        view! {
                            <div class="toast">
                                <span>{toast.text}</span>
                                {toast
                                    .undo
                                    .then(|| {
                                        view! {
                                            <button
                                                type="button"
                                                class="button button--small"
                                                on:click=move |_| {
                                                    report.undo();
                                                    report.toast.set(None);
                                                }
                                            >
                                                "撤销"
                                            </button>
                                        }
                                    })}
                            </div>
                        }
                    })
            }}
        </div>
    }
}

thread_local! {
    static SAVE_OPEN: std::cell::Cell<Option<RwSignal<bool>>> = const { std::cell::Cell::new(None) };
}

/// What Ctrl+S answers: the draft is saved by itself; here are the ways to take it along.
#[component]
fn SaveDialog() -> impl IntoView {
    let report = report();
    let keeper = expect_context::<Keeper>();
    let open = RwSignal::new(false);
    SAVE_OPEN.set(Some(open));
    let hosted = about::meta("ziping-kind") == "hosted";
    view! {
        <Dialog open=open title="保存">
            <div class="dialog__body">
                <p>{move || keeper.words()}</p>
                <p>
                    "草稿随时自动保存在本机这个浏览器里，不需要手动保存。要备份或交给同事，请导出文件。"
                </p>
                {hosted
                    .then(|| {
                        view! {
                            <p>
                                <a href="ziping.html" download="ziping.html">
                                    "下载离线版"
                                </a>
                            </p>
                        }
                    })}
            </div>
            <div class="dialog__foot">
                <button
                    type="button"
                    class="button"
                    on:click=move |_| {
                        open.set(false);
                        transfer::export_copy(report);
                    }
                >
                    "导出副本（程序和这份报告合成一个文件）"
                </button>
                <button
                    type="button"
                    class="button"
                    on:click=move |_| {
                        open.set(false);
                        transfer::export_html(report);
                    }
                >
                    "导出网页报告"
                </button>
                <button
                    type="button"
                    class="button button--primary"
                    on:click=move |_| {
                        open.set(false);
                        transfer::export_json(report);
                    }
                >
                    "导出数据文件"
                </button>
            </div>
        </Dialog>
    }
}

/// Ctrl+Z, Ctrl+Y, Ctrl+S, Ctrl+F and F1 are the program's, wherever the focus is; keys of a composition are nobody's.
fn shortcuts(report: Report, searching: Searching) {
    let handle = window_event_listener(ev::keydown, move |event: ev::KeyboardEvent| {
        if event.is_composing() || event.key_code() == 229 {
            return;
        }
        searching.hear(&event);
        let control = event.ctrl_key() || event.meta_key();
        match (control, event.shift_key(), event.key().to_lowercase().as_str()) {
            (true, false, "z") => {
                event.prevent_default();
                report.undo();
            }
            (true, true, "z") | (true, false, "y") => {
                event.prevent_default();
                report.redo();
            }
            (true, false, "s") => {
                event.prevent_default();
                if let Some(open) = SAVE_OPEN.get() {
                    open.set(true);
                }
            }
            (true, false, "f") if searching.key(&event) => event.prevent_default(),
            (false, false, "f1") => {
                event.prevent_default();
                about::open();
            }
            _ => {}
        }
    });
    on_cleanup(move || handle.remove());
}
