//! The review of the open report's prose: follows the last edit after a pause, and shows what it found under the
//! text and among the findings.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use ziping::app::review::{self, ProseFinding, Spot};
use ziping::domain::checks::Severity;
use ziping::domain::document::Document;
use ziping::domain::facts::label::Target;
use ziping::domain::place::Place;

use crate::web::parts::icon::Icon;
use crate::web::shell::{Handled, InList, card_id};
use crate::web::state::{Report, report};

/// Pause after the last edit.
const PAUSE: Duration = Duration::from_millis(300);

/// Reviews the prose from now on, until the report is closed.
pub fn follow(report: Report) {
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let handlings = StoredValue::new(report.document.with_untracked(|document| document.handlings.clone()));
    let run = move || {
        let document = report.document.get_untracked();
        let assessment = report.assessment.get_untracked();
        let before = report.prose.get_untracked();
        report.prose.set(Arc::new(review::review(&document, &assessment.facts, &before)));
        report.prose_behind.set(false);
    };
    Effect::new(move |_| {
        // What is said of a finding is seen at once; the text is the same.
        report.document.with(|document| {
            if !handlings.with_value(|before| before.same(&document.handlings)) {
                handlings.set_value(document.handlings.clone());
                report.prose.update(|prose| *prose = Arc::new(prose.answered(document)));
            }
        });
        report.prose_behind.set(true);
        if let Some(Some(waiting)) = timer.try_update_value(Option::take) {
            waiting.clear();
        }
        let handle = set_timeout_with_handle(
            move || {
                if timer.try_get_value().is_some() {
                    run();
                }
            },
            PAUSE,
        );
        timer.set_value(handle.ok());
    });
    on_cleanup(move || {
        if let Some(Some(waiting)) = timer.try_get_value() {
            waiting.clear();
        }
    });
}

/// What was found in one narrative, under it.
#[component]
pub fn UnderText(
    /// Key of the narrative.
    key: &'static str,
) -> impl IntoView {
    let report = report();
    let found = Memo::new(move |_| report.prose.with(|prose| prose.at(key).cloned().collect::<Vec<_>>()));
    let empty = Memo::new(move |_| {
        report
            .document
            .with(|document| document.get(&Place::field("narratives", key)).words().trim().is_empty())
    });
    view! {
        <div class="prose-check" role="status">
            {move || {
                (report.prose_behind.get() && !empty.get())
                    .then(|| view! { <p class="narrative__count">"正文核对中"</p> })
            }}
        </div>
        {move || {
            let found = found.get();
            (!found.is_empty())
                .then(|| {
                    view! {
                        <div class="findings prose-check__list" aria-label="正文核对结果" role="group">
                            {found.into_iter().map(|finding| view! { <ProseCard finding=finding titled=false /> }).collect_view()}
                        </div>
                    }
                })
        }}
    }
}

/// How much of the prose was looked at, for 校验.
#[component]
pub fn InFindings() -> impl IntoView {
    let report = report();
    let words = move || {
        let prose = report.prose.get();
        if report.prose_behind.get() {
            return "正文核对中。".to_owned();
        }
        if prose.holds + prose.fails == 0 {
            return String::new();
        }
        format!(
            "正文里核对 {} 处：一致 {}，矛盾 {}。引用的数字随表变动，不会与表矛盾。",
            prose.holds + prose.fails,
            prose.holds,
            prose.fails,
        )
    };
    view! { <p class="page__lede">{words}</p> }
}

/// Leads to some words of a narrative and selects them; from 校验 there is a way back.
fn go(report: Report, spot: &Spot, from: Option<String>) {
    if from.is_some() {
        report.back.set(from);
    }
    report.select.set(Some((spot.key, spot.range.clone())));
    report.jump.set(Some(Target::Place(Place::field("narratives", spot.key))));
}

/// A finding of the prose with its places and what is said of it.
#[component]
pub fn ProseCard(
    /// The finding.
    finding: ProseFinding,
    /// Whether it stands under a heading of its own, as on 校验, so that its text is a heading as well.
    titled: bool,
) -> impl IntoView {
    let report = report();
    let key = use_context::<InList>().map(|_| finding.found.key());
    let icon = match finding.found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    };
    let spots = finding
        .spots
        .iter()
        .map(|spot| {
            let label = Document::def(&Place::field("narratives", spot.key)).map_or("", |def| def.label);
            let (before, after) = spot.context.clone();
            let (words, target, key) = (spot.shown.clone(), spot.clone(), key.clone());
            view! {
                <li>
                    <button type="button" class="check__place" on:click=move |_| go(report, &target, key.clone())>
                        {label}"：…"{before}<b>{words}</b>{after}"…"
                    </button>
                </li>
            }
        })
        .collect_view();
    let table = finding.table.clone().map(|(target, shown)| {
        let label = report.document.with_untracked(|document| target.label(document));
        let spot = finding.spots.first().cloned();
        let (to, key) = (target.clone(), key.clone());
        view! {
            <li>
                <button
                    type="button"
                    class="check__place"
                    on:click=move |_| {
                        if key.is_some() {
                            report.back.set(key.clone());
                        }
                        report.jump.set(Some(to.clone()));
                    }
                >
                    {label}"："<b>{shown}</b>
                </button>
            </li>
            <li>
                <button
                    type="button"
                    class="button button--link"
                    on:click=move |_| {
                        if let Some(spot) = &spot {
                            replace(report, spot, &target);
                        }
                    }
                >
                    "改为引用"
                </button>
            </li>
        }
    });
    let found = finding.found;
    let (severity, message, closes) = (found.severity, found.message.clone(), found.closes.clone());
    let (todo, kind) = (found.todo.clone(), format!("正文 · {}", found.check));
    let settled = (!found.is_open()).then_some("");
    view! {
        <article
            class="finding"
            id=key.as_deref().map(card_id)
            tabindex=key.is_some().then_some("-1")
            data-severity=severity.key()
            data-handled=settled
        >
            <div class="finding__head">
                <span class="finding__word">
                    <Icon name=icon />
                    {severity.label()}
                </span>
                {if titled {
                    view! { <h3 class="finding__text">{message}</h3> }.into_any()
                } else {
                    view! { <p class="finding__text">{message}</p> }.into_any()
                }}
                <span class="finding__id">{kind}</span>
            </div>
            <ul class="check__places">{spots} {table}</ul>
            <p class="finding__todo">{todo}</p>
            {(!closes.is_empty())
                .then(|| {
                    view! {
                        <ul class="list finding__todo">
                            {closes.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
                        </ul>
                    }
                })}
            <Handled finding=found />
        </article>
    }
}

/// Puts a reference in the place of a figure, as one step.
fn replace(report: Report, spot: &Spot, target: &Target) {
    let edit = report.document.with_untracked(|document| review::replaced(document, spot, target));
    report.leave();
    match edit {
        Some(edit) if report.edit(edit.clone()) => report.say(format!("“{}”已改为引用。", spot.shown), true),
        Some(_) => {}
        None => report.say("这段文字刚才改过，等核对完再改。", false),
    }
    report.leave();
}
