//! 校验: all findings, what lacks data, and how much was checked.

use leptos::prelude::*;
use ziping::app::refs;
use ziping::domain::checks::{self, Severity};
use ziping::domain::facts::label::Target;

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

/// What could not be checked, with the first places to fill in.
fn lacking(review: &checks::Review) -> Option<impl IntoView + use<>> {
    let report = report();
    if review.lacking.is_empty() {
        return None;
    }
    let rows: Vec<_> = review
        .lacking
        .iter()
        .map(|(check, places, count)| {
            let title = checks::check(check).map_or("", |check| check.title);
            let targets: Vec<_> = places
                .iter()
                .take(6)
                .map(|place| {
                    let target = Target::Place(place.clone());
                    let label = report.document.with_untracked(|document| target.label(document));
                    (target, label)
                })
                .collect();
            (*check, title, targets, count.saturating_sub(places.len().min(6)))
        })
        .collect();
    Some(view! {
        <section>
            <h2 class="findings__group">{format!("未核对 {} 处", rows.len())}</h2>
            <div class="findings">
                {rows
                    .into_iter()
                    .map(|(check, title, targets, more)| {
                        view! {
                            <article class="finding" data-severity="hint">
                                <div class="finding__head">
                                    <span class="finding__word">"缺数据"</span>
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
