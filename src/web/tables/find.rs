//! 表内查找: the browser's own search does not see rows that are not mounted.

use std::sync::Arc;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use ziping::app::find::{Query, hits};
use ziping::app::grid::Table;

use super::sheet::{Sheet, Spot};
use crate::web::parts::icon::Icon;
use crate::web::shell::Searching;

/// Opens the bar. Where it is open already the key is the browser's.
pub fn open(sheet: Sheet) -> bool {
    if sheet.find.with_untracked(Option::is_some) {
        return false;
    }
    sheet.leave();
    sheet.find.set(Some(Query::default()));
    true
}

/// The bar with the query, its hits and the way from one to the next.
#[component]
pub fn FindBar(sheet: Sheet) -> impl IntoView {
    let searching = expect_context::<Searching>();
    let node = NodeRef::<html::Input>::new();
    let now = RwSignal::new(None::<usize>);
    let found = Memo::new(move |_| {
        let query = sheet.find.get().unwrap_or_default();
        let money = sheet.report.money.get();
        let hits = sheet.report.document.with(|document| {
            sheet.report.assessment.with(|assessment| {
                let table =
                    Table { def: sheet.table, document, facts: &assessment.facts, money, partials: None };
                sheet.lines.with(|lines| hits(&table, lines, &sheet.columns(), &query))
            })
        });
        Arc::new(hits)
    });
    Effect::new(move || {
        if let Some(input) = node.get() {
            input.focus().ok();
        }
    });
    let close = move || {
        sheet.find.set(None);
        sheet.refocus();
    };
    let step = move |forward: bool| {
        let hits = found.get_untracked();
        let next = match (now.get_untracked(), forward) {
            (None, true) => 0,
            (None, false) => hits.len().saturating_sub(1),
            (Some(at), true) => (at + 1) % hits.len().max(1),
            (Some(at), false) => at.checked_sub(1).unwrap_or(hits.len().saturating_sub(1)),
        };
        show(sheet, hits.get(next).copied());
        now.set((!hits.is_empty()).then_some(next));
    };
    let typed = move |event: ev::Event| {
        sheet.find.set(Some(Query::new(&event_target_value(&event))));
        now.set(None);
    };
    let key = move |event: ev::KeyboardEvent| {
        if super::keys::is_composing(&event) {
            return;
        }
        match event.key().as_str() {
            "Enter" => step(!event.shift_key()),
            "Escape" => close(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let words = move || {
        let count = found.with(|hits| hits.len());
        match (sheet.find.with(|query| query.as_ref().is_none_or(Query::is_empty)), count, now.get()) {
            (true, ..) => String::new(),
            (_, 0, _) => "没有找到".to_owned(),
            (_, count, Some(at)) => format!("第 {} 处，共 {count} 处", at + 1),
            (_, count, None) => format!("共 {count} 处"),
        }
    };
    let id = format!("find-{}", sheet.table.id);
    view! {
        <div class="findbar" role="search" on:keydown=key>
            <label class="visually-hidden" for=id.clone()>
                {format!("在{}内查找", sheet.table.title)}
            </label>
            <input node_ref=node class="input" id=id autocomplete="off" placeholder="在表内查找" on:input=typed />
            <span class="findbar__count" role="status">
                {words}
            </span>
            <button
                type="button"
                class="button button--quiet button--small"
                title="Shift+Enter"
                on:click=move |_| step(false)
            >
                "上一处"
            </button>
            <button type="button" class="button button--quiet button--small" title="Enter" on:click=move |_| step(true)>
                "下一处"
            </button>
            <button
                type="button"
                class="button button--quiet button--small"
                on:click=move |_| {
                    close();
                    searching.open();
                }
            >
                "查找整份报告"
            </button>
            <button
                type="button"
                class="button button--quiet button--icon"
                aria-label="关闭查找"
                title="Esc"
                on:click=move |_| close()
            >
                <Icon name="close" />
            </button>
        </div>
    }
}

/// Brings a hit into view and marks it; the focus stays in the bar.
fn show(sheet: Sheet, hit: Option<(usize, usize)>) {
    let Some((position, column)) = hit else { return };
    let Some(line) = sheet.lines.with_untracked(|lines| lines.all.get(position).cloned()) else { return };
    let spot = Spot { column: sheet.nearest(&line, column), line };
    sheet.report.focus.set(sheet.target(&spot));
    sheet.active.set(spot);
    sheet.window.reveal();
    queue_microtask(move || {
        queue_microtask(move || {
            let frame = sheet.scroller.try_get_untracked().flatten();
            if let Some(Ok(Some(cell))) = frame.map(|frame| frame.query_selector("[data-selected]")) {
                sheet.window.reveal_cell(&cell);
            }
        });
    });
}
