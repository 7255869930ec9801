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
use crate::web::state::{Report, report};

/// Pause after the last edit.
const PAUSE: Duration = Duration::from_millis(300);

/// Reviews the prose from now on, until the report is closed.
pub fn follow(report: Report) {
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let run = move || {
        let document = report.document.get_untracked();
        let assessment = report.assessment.get_untracked();
        let before = report.prose.get_untracked();
        report.prose.set(Arc::new(review::review(&document, &assessment.facts, &before)));
        report.prose_behind.set(false);
    };
    Effect::new(move |_| {
        report.document.track();
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

/// All of them, as a group of 校验.
#[component]
pub fn InFindings() -> impl IntoView {
    let report = report();
    view! {
        {move || {
            let prose = report.prose.get();
            let behind = report.prose_behind.get();
            (behind || prose.holds + prose.fails > 0 || !prose.findings.is_empty())
                .then(|| {
                    view! {
                        <section>
                            <h2 class="findings__group">
                                {format!("正文 {} 处", prose.findings.len())}
                            </h2>
                            <p class="page__lede">
                                {if behind {
                                    "正文核对中".to_owned()
                                } else {
                                    format!(
                                        "正文里核对 {} 处：一致 {}，矛盾 {}。引用的数字随表变动，不会与表矛盾。",
                                        prose.holds + prose.fails,
                                        prose.holds,
                                        prose.fails,
                                    )
                                }}
                            </p>
                            <div class="findings">
                                {prose
                                    .findings
                                    .iter()
                                    .map(|finding| view! { <ProseCard finding=finding.clone() titled=true /> })
                                    .collect_view()}
                            </div>
                        </section>
                    }
                })
        }}
    }
}

/// Leads to some words of a narrative and selects them.
fn go(report: Report, spot: &Spot) {
    report.select.set(Some((spot.key, spot.range.clone())));
    report.jump.set(Some(Target::Place(Place::field("narratives", spot.key))));
}

#[component]
fn ProseCard(
    finding: ProseFinding,
    /// Whether it stands under a heading of its own, as on 校验, so that its text is a heading as well.
    titled: bool,
) -> impl IntoView {
    let report = report();
    let icon = match finding.severity {
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
            let (words, target) = (spot.shown.clone(), spot.clone());
            view! {
                <li>
                    <button type="button" class="check__place" on:click=move |_| go(report, &target)>
                        {label}"：…"{before}<b>{words}</b>{after}"…"
                    </button>
                </li>
            }
        })
        .collect_view();
    let table = finding.table.clone().map(|(target, shown)| {
        let label = report.document.with_untracked(|document| target.label(document));
        let spot = finding.spots.first().cloned();
        let to = target.clone();
        view! {
            <li>
                <button
                    type="button"
                    class="check__place"
                    on:click=move |_| report.jump.set(Some(to.clone()))
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
    view! {
        <article class="finding" data-severity=finding.severity.key()>
            <div class="finding__head">
                <span class="finding__word">
                    <Icon name=icon />
                    {finding.severity.label()}
                </span>
                {if titled {
                    view! { <h3 class="finding__text">{finding.message.clone()}</h3> }.into_any()
                } else {
                    view! { <p class="finding__text">{finding.message.clone()}</p> }.into_any()
                }}
                <span class="finding__id">{finding.kind}</span>
            </div>
            <ul class="check__places">{spots} {table}</ul>
            {(!finding.closes.is_empty())
                .then(|| {
                    view! {
                        <ul class="list finding__todo">
                            {finding.closes.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view()}
                        </ul>
                    }
                })}
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
