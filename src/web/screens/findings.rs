//! 校验: all findings, what lacks data, and how much was checked.

use leptos::prelude::*;
use ziping::app::refs;
use ziping::domain::checks::{self, Severity};
use ziping::domain::facts::label::Target;
use ziping::domain::place::Place;

use crate::web::check::prose::InFindings;
use crate::web::shell::FindingCard;
use crate::web::state::report;

/// The list of findings.
#[component]
pub fn Findings() -> impl IntoView {
    let report = report();
    let review = Memo::new(move |_| report.review());
    let group = move |severity: Severity| {
        let found: Vec<_> =
            review.with(|r| r.findings.iter().filter(|f| f.severity == severity).cloned().collect());
        (!found.is_empty()).then(|| {
            view! {
                <section>
                    <h2 class="findings__group">{format!("{} {} 处", severity.label(), found.len())}</h2>
                    <div class="findings">
                        {found
                            .into_iter()
                            .map(|finding| view! { <FindingCard finding=finding /> })
                            .collect_view()}
                    </div>
                </section>
            }
        })
    };
    view! {
        <div class="page">
            <header class="page__head">
                <h1 class="page__title">"校验"</h1>
                <p class="page__lede">{move || coverage_words(&review.get())}</p>
                <p class="page__filled">
                    {move || {
                        let count = report.document.with(|document| refs::total(document)).words();
                        if count.is_empty() { count } else { format!("正文中的数字：{count}。") }
                    }}
                </p>
            </header>
            {move || group(Severity::Error)}
            {move || group(Severity::Warning)}
            {move || group(Severity::Hint)}
            <InFindings />
            {move || lacking(&review.get())}
        </div>
    }
}

fn coverage_words(review: &checks::Review) -> String {
    let coverage = review.coverage;
    format!(
        "核对 {} 处：一致 {}，不一致 {}。另有 {} 处缺数据未核对，{} 处不适用（没有填上报合计）。",
        coverage.checked(),
        coverage.holds,
        coverage.fails,
        coverage.unchecked(),
        coverage.not_applicable
    )
}

/// Places to fill in that are named for one check.
const SHOWN: usize = 6;

/// What could not be checked, with the first places to fill in.
fn lacking(review: &checks::Review) -> Option<impl IntoView + use<>> {
    let report = report();
    if review.lacking.is_empty() {
        return None;
    }
    // What keeps one check from several places of the report is one thing to do.
    let mut rows: Vec<(&'static str, usize, Vec<Place>, usize)> = Vec::new();
    for (check, places, count) in &review.lacking {
        let at = rows.iter().position(|(id, ..)| id == check).unwrap_or(rows.len());
        if at == rows.len() {
            rows.push((*check, 0, Vec::new(), 0));
        }
        if let Some((_, times, all, missing)) = rows.get_mut(at) {
            let fresh: Vec<_> = places.iter().filter(|place| !all.contains(place)).cloned().collect();
            *times += 1;
            *missing += count - (places.len() - fresh.len());
            all.extend(fresh);
        }
    }
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(check, times, places, missing)| {
            let title = checks::check(check).map_or("", |check| check.title);
            let more = missing.saturating_sub(places.len().min(SHOWN));
            let targets: Vec<_> = places
                .into_iter()
                .take(SHOWN)
                .map(|place| {
                    let target = Target::Place(place);
                    let label = report.document.with_untracked(|document| target.label(document));
                    (target, label)
                })
                .collect();
            (check, title, times, targets, more)
        })
        .collect();
    Some(view! {
        <section>
            <h2 class="findings__group">{format!("未核对 {} 处", review.lacking.len())}</h2>
            <div class="findings">
                {rows
                    .into_iter()
                    .map(|(check, title, times, targets, more)| {
                        view! {
                            <article class="finding" data-severity="hint">
                                <div class="finding__head">
                                    <span class="finding__word">
                                        {if times > 1 { format!("缺数据 {times} 处") } else { "缺数据".to_owned() }}
                                    </span>
                                    <h3 class="finding__text">{title}</h3>
                                    <span class="finding__id">{check}</span>
                                </div>
                                <p class="finding__todo">
                                    {if targets.is_empty() {
                                        "相关的明细表还没有行，添加后自动核对。"
                                    } else {
                                        "填上以下各项（没有发生的填“无”）后自动核对："
                                    }}
                                </p>
                                <ul class="list">
                                    {targets
                                        .into_iter()
                                        .map(|(target, label)| {
                                            view! {
                                                <li>
                                                    <button
                                                        type="button"
                                                        class="button button--link"
                                                        on:click=move |_| {
                                                            report.jump.set(Some(target.clone()));
                                                        }
                                                    >
                                                        {label}
                                                    </button>
                                                </li>
                                            }
                                        })
                                        .collect_view()}
                                    {(more > 0).then(|| view! { <li>{format!("另有 {more} 项")}</li> })}
                                </ul>
                            </article>
                        }
                    })
                    .collect_view()}
            </div>
        </section>
    })
}
