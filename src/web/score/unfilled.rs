//! Templates with rows whose original was not seen (未见原文): they are refused with the rows to fill in, and a copy is
//! filled in here before it can be used.

use leptos::prelude::*;
use ziping::app::score;
use ziping::domain::rows::RowId;
use ziping::domain::score::template::Scoring;

use super::editing::{editing, fill_id};
use super::rule::RuleEditor;
use super::setup::{TemplateBar, put};
use crate::web::parts::icon::Icon;
use crate::web::state::report;

/// Why a template was not taken into use, and the way to fill it in.
#[component]
pub fn Refused() -> impl IntoView {
    let report = report();
    let editing = editing();
    let copy = move |_| {
        if let Some(scoring) = editing.unfilled.get_untracked() {
            put(report, Scoring::clone(&scoring));
        }
        editing.unfilled.set(None);
    };
    move || {
        editing.unfilled.get().map(|scoring| {
            let rows = score::to_fill(&scoring);
            view! {
                <div class="banner banner--inset" data-kind="warning" role="alert">
                    <Icon name="warning" />
                    <div class="banner__text">
                        <strong class="banner__title">
                            {format!("没有选用“{}”：有 {} 行未见原文，补全以前不能用来评分。", scoring.name, rows.len())}
                        </strong>
                        <p>{format!("要补全的行：{}。", rows.join("、"))}</p>
                        <p class="score__actions">
                            <button type="button" class="button button--small" on:click=copy>
                                "复制一份，按文件补全"
                            </button>
                            <button
                                type="button"
                                class="button button--quiet button--small"
                                on:click=move |_| editing.unfilled.set(None)
                            >
                                "不用它"
                            </button>
                        </p>
                    </div>
                </div>
            }
        })
    }
}

/// The rows of the report's copy that are to be filled in; when none is left, the sheet stands here.
#[component]
pub fn Filling() -> impl IntoView {
    let report = report();
    let rows = Memo::new(move |_| {
        report.document.with(|document| {
            let unseen = document.scoring.iter().flat_map(|scoring| scoring.unseen());
            unseen.map(|row| RowId::new(&row.id)).collect::<Vec<_>>()
        })
    });
    let words = move || {
        format!(
            "还有 {} 行未见原文。请对照当地文件写明目标值和评分规则，逐行点“已按原文补全”；全部补全以后才计分、才进报告。",
            rows.with(Vec::len)
        )
    };
    view! {
        <TemplateBar />
        <div class="banner banner--inset" data-kind="warning" role="status">
            <Icon name="warning" />
            <p class="banner__text">{words}</p>
        </div>
        <ul class="score__lines">
            <For each=move || rows.get() key=Clone::clone let:id>
                <Row id=id />
            </For>
        </ul>
    }
}

#[component]
fn Row(id: RowId) -> impl IntoView {
    let report = report();
    let key = StoredValue::new(id.as_str().to_owned());
    let open = RwSignal::new(false);
    let of_row = move |read: fn(&Scoring, &str) -> String| {
        report.document.with(|document| {
            document.scoring.as_deref().map(|s| key.with_value(|id| read(s, id))).unwrap_or_default()
        })
    };
    let name = move || of_row(|scoring, id| scoring.row(id).map(|row| row.name.clone()).unwrap_or_default());
    let place = move || {
        of_row(|scoring, id| {
            let parts = scoring.aspects.iter().flat_map(|a| a.groups.iter().map(move |group| (a, group)));
            let mut parts = parts.filter(|(_, group)| group.rows.iter().any(|row| row.id == id));
            parts.next().map(|(a, group)| format!("{} › {}", a.name, group.name)).unwrap_or_default()
        })
    };
    view! {
        <li class="score__line" data-score="open">
            <div class="score__head">
                <strong>{name}</strong>
                <span class="field__note">"未见原文"</span>
                <span class="score__note">{place}</span>
                <button
                    type="button"
                    class="button button--small"
                    id=key.with_value(|id| fill_id(id))
                    aria-expanded=move || open.get().to_string()
                    aria-label=move || format!("{}{}", if open.get() { "收起" } else { "补全" }, name())
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    {move || if open.get() { "收起" } else { "补全" }}
                </button>
            </div>
            <Show when=move || open.get()>
                <RuleEditor id=key />
            </Show>
        </li>
    }
}
