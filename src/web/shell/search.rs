//! 查找: one box over the whole report, as rows out of view and other pages are not in the page for the browser to find.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use ziping::app::find::Query;
use ziping::app::search::{self, Group, Lead};

use super::inspector::Explain;
use super::place::page_of;
use crate::web::about;
use crate::web::parts::dialog::Dialog;
use crate::web::parts::focus;
use crate::web::parts::icon::Icon;
use crate::web::route::{self, Route, View};
use crate::web::state::{Report, report};

/// Whether the box is open; shared by the bar, the key and the box.
#[derive(Clone, Copy)]
pub struct Searching {
    open: RwSignal<bool>,
    /// The box was left by Esc and no key was pressed since: the next Ctrl+F is the browser's.
    left: StoredValue<bool>,
}

impl Searching {
    /// Closed.
    pub fn new() -> Self {
        Searching { open: RwSignal::new(false), left: StoredValue::new(false) }
    }

    /// Opens the box.
    pub fn open(self) {
        self.open.set(true);
    }

    /// Hears every key, so as to know what was pressed right after the box was left.
    pub fn hear(self, event: &ev::KeyboardEvent) {
        let key = event.key();
        let find = (event.ctrl_key() || event.meta_key()) && key.eq_ignore_ascii_case("f");
        if !find && !matches!(key.as_str(), "Control" | "Meta") {
            self.left.set_value(key == "Escape" && self.open.get_untracked());
        }
    }

    /// What Ctrl+F does: it opens the box, unless a table takes the key for itself, or the box is open already or was
    /// just left by Esc, where the key is the browser's. Returns whether the key was used.
    pub fn key(self, event: &ev::KeyboardEvent) -> bool {
        let inside = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .and_then(|element| element.closest("[role=grid], .findbar, dialog").ok().flatten())
            .is_some();
        let left = self.left.get_value();
        self.left.set_value(false);
        if event.default_prevented() || inside || left || self.open.get_untracked() {
            return false;
        }
        self.open();
        true
    }
}

/// The box with its hits.
#[component]
pub fn SearchDialog() -> impl IntoView {
    let open = expect_context::<Searching>().open;
    view! {
        <Dialog open=open title="查找" wide=true>
            <Hits open=open />
        </Dialog>
    }
}

#[component]
fn Hits(open: RwSignal<bool>) -> impl IntoView {
    let report = report();
    let explain = expect_context::<Explain>();
    let words = RwSignal::new(String::new());
    let chosen = RwSignal::new(0usize);
    let input = NodeRef::<html::Input>::new();
    let groups = Memo::new(move |_| {
        let query = Query::new(&words.get());
        let money = report.money.get();
        report.document.with(|document| {
            report.assessment.with(|assessment| search::search(document, &assessment.facts, &query, money))
        })
    });
    let shown = move || groups.with(|groups| groups.iter().map(|group| group.hits.len()).sum::<usize>());
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            request_animation_frame(move || {
                input.focus().ok();
            });
        }
    });
    let take = move |at: usize| {
        let lead = groups.with_untracked(|groups| {
            groups.iter().flat_map(|group| &group.hits).nth(at).map(|hit| hit.lead.clone())
        });
        if let Some(lead) = lead {
            open.set(false);
            // After the dialog has given the focus back to where it was.
            request_animation_frame(move || follow(report, explain, lead));
        }
    };
    let on_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "ArrowDown" => {
            event.prevent_default();
            chosen.update(|at| *at = (*at + 1).min(shown().saturating_sub(1)));
        }
        "ArrowUp" => {
            event.prevent_default();
            chosen.update(|at| *at = at.saturating_sub(1));
        }
        "Enter" if !event.is_composing() => {
            event.prevent_default();
            take(chosen.get_untracked());
        }
        _ => {}
    };
    Effect::new(move |_| {
        let id = format!("found-{}", chosen.get());
        if let Some(element) = document().get_element_by_id(&id) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    let said = move || {
        let count = groups.with(|groups| search::count(groups));
        match (words.with(|words| words.trim().is_empty()), count) {
            (true, _) => {
                "在各页的项目、表格、正文和帮助里查找。按 Esc 后马上再按 Ctrl+F，是浏览器自己的查找。"
                    .to_owned()
            }
            (false, 0) => "没有找到。换一个短一点的词再试，如“接待费 决算”。".to_owned(),
            (false, count) => format!("找到 {count} 处，用上下键选，按 Enter 过去。"),
        }
    };
    view! {
        <div class="dialog__body found" on:keydown=on_key>
            <div class="search">
                <Icon name="search" />
                <input
                    node_ref=input
                    class="input"
                    role="combobox"
                    aria-expanded="true"
                    aria-label="在整份报告里查找"
                    aria-controls="found"
                    aria-activedescendant=move || (shown() != 0).then(|| format!("found-{}", chosen.get()))
                    autocomplete="off"
                    placeholder="输入名称、数字或正文里的话"
                    prop:value=move || words.get()
                    on:input=move |event| {
                        words.set(event_target_value(&event));
                        chosen.set(0);
                    }
                />
            </div>
            <p class="found__count" role="status">
                {said}
            </p>
            <ul class="found__list" id="found" role="listbox" aria-label="找到的地方">
                {move || list(&groups.get(), chosen, take)}
            </ul>
        </div>
    }
}

/// Goes where a hit leads.
fn follow(report: Report, Explain(explain): Explain, lead: Lead) {
    let page = |id: String| {
        let doc_id = report.document.with_untracked(|document| document.doc_id.clone());
        route::go(&Route::Report { doc_id, view: View::Page(id) });
    };
    match lead {
        Lead::Target(target) => {
            let placed = report.document.with_untracked(|document| page_of(document, &target).is_some());
            report.jump.set(Some(target));
            // A figure that stands on no page is explained at the side.
            if !placed {
                explain.run(());
            }
        }
        Lead::Page(id) => page(id),
        Lead::Table(id, table) => {
            page(id);
            // Once the page is there.
            set_timeout(move || focus::into(&format!("table-{table}")), std::time::Duration::from_millis(60));
        }
        Lead::Help(topic) => about::open_at(topic),
    }
}

fn list(
    groups: &[Group],
    chosen: RwSignal<usize>,
    take: impl Fn(usize) + Copy + Send + Sync + 'static,
) -> Vec<AnyView> {
    let mut at = 0;
    let mut lines: Vec<AnyView> = Vec::new();
    for group in groups {
        let more = (group.more != 0).then(|| format!("，另有 {} 处", group.more));
        lines.push(
            view! {
                <li class="picker__group" role="presentation">
                    {group.title.clone()}
                    {more}
                </li>
            }
            .into_any(),
        );
        for hit in &group.hits {
            let n = at;
            at += 1;
            lines.push(
                view! {
                    <li
                        class="picker__item"
                        role="option"
                        id=format!("found-{n}")
                        aria-selected=move || (chosen.get() == n).to_string()
                        on:click=move |_| take(n)
                    >
                        <span>{hit.label.clone()}</span>
                        <span class="found__text">{hit.text.clone()}</span>
                    </li>
                }
                .into_any(),
            );
        }
    }
    lines
}
