//! What is missing, each column or field once, with the checks that wait for it folded under it.

use leptos::prelude::*;
use ziping::domain::checks::{self, Gap, Review};
use ziping::domain::document::Document;
use ziping::domain::facts::label::Target;
use ziping::domain::place::Place;
use ziping::domain::tables::TableDef;

use crate::web::state::report;

/// Places that are named at once.
const SHOWN: usize = 6;

/// The list; nothing where nothing is missing.
pub fn list(review: &Review) -> Option<impl IntoView + use<>> {
    let gaps = review.gaps.clone();
    (!gaps.is_empty()).then(|| {
        view! {
            <section>
                <h2 class="findings__group">{format!("未核对 {} 处", gaps.len())}</h2>
                <p class="page__lede">"填上以下各项（没有发生的填“无”），后面的校验自动进行。"</p>
                <div class="findings">{gaps.into_iter().map(card).collect_view()}</div>
            </section>
        }
    })
}

fn card(gap: Gap) -> impl IntoView {
    let report = report();
    let title = report.document.with_untracked(|document| title(document, &gap));
    let word = if gap.unreadable { "无法识别" } else { "缺数据" };
    let more = gap.count.saturating_sub(gap.places.len().min(SHOWN));
    let single = gap.places.len() == 1;
    let places: Vec<_> = gap
        .places
        .iter()
        .take(SHOWN)
        .map(|place| {
            let target = Target::Place(place.clone());
            let label = report.document.with_untracked(|document| target.label(document));
            (target, label)
        })
        .collect();
    let waiting: usize = gap.checks.iter().map(|(_, times)| times).sum();
    view! {
        <article class="finding" data-severity="hint">
            <div class="finding__head">
                <span class="finding__word">{word}</span>
                <h3 class="finding__text">{title}</h3>
            </div>
            <ul class="list">
                {places
                    .into_iter()
                    .map(|(target, label)| {
                        let label = if single { format!("去填：{label}") } else { label };
                        view! {
                            <li>
                                <button
                                    type="button"
                                    class="button button--link"
                                    on:click=move |_| report.jump.set(Some(target.clone()))
                                >
                                    {label}
                                </button>
                            </li>
                        }
                    })
                    .collect_view()}
                {(more > 0).then(|| view! { <li>{format!("另有 {more} 项")}</li> })}
            </ul>
            <details class="finding__more">
                <summary>{format!("因此有 {waiting} 处没有核对")}</summary>
                <ul>
                    {gap
                        .checks
                        .iter()
                        .map(|(check, _)| {
                            let title = checks::about(check).map_or("", |check| check.title);
                            view! { <li>{format!("{check} {title}")}</li> }
                        })
                        .collect_view()}
                </ul>
            </details>
        </article>
    }
}

/// Which column or field it is, and how many of its places.
fn title(document: &Document, gap: &Gap) -> String {
    let state = if gap.unreadable { "读不出" } else { "未填" };
    match gap.places.first() {
        Some(place @ Place::Cell { list, .. }) => {
            let table = TableDef::by_list(list).map_or("", |table| table.title);
            let column = Document::def(place).map_or("", |def| def.label);
            format!("{table}的“{column}”：{} 项{state}", gap.count)
        }
        Some(place) => format!("{}{state}", Target::Place(place.clone()).label(document)),
        None => "相关的明细表还没有行，添加后自动核对".to_owned(),
    }
}
