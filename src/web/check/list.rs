//! What was found, beside the text: a card for each claim with its places, and the quantities that were not checked.

use leptos::prelude::*;
use ziping::domain::checks::Severity;
use ziping::domain::lint::Claim;

use super::{Checked, mark, marks, word};
use crate::web::parts::icon::Icon;

/// Places of one card that are listed; a longer list is a table that the text shows better.
const PLACES: usize = 16;
/// Quantities that are listed one by one.
const QUANTITIES: usize = 400;

/// A claim with its arithmetic and a way to each of its places.
#[component]
pub fn ClaimCard(
    /// The text.
    checked: Checked,
    /// Which claim.
    at: usize,
    /// The claim that is looked at.
    chosen: RwSignal<Option<usize>>,
) -> impl IntoView {
    let Some(claim) = checked.report.claims.get(at).cloned() else { return ().into_any() };
    let more = claim.places.len().saturating_sub(PLACES);
    let places = listed(&claim)
        .into_iter()
        .take(PLACES)
        .map(|range| {
            let (before, words, after) = checked.around(&range);
            let checked = checked.clone();
            view! {
                <li>
                    <button
                        type="button"
                        class="check__place"
                        on:click=move |_| {
                            chosen.set(Some(at));
                            marks::show(&checked, range.start);
                        }
                    >
                        "…"{before}<b>{words}</b>{after}"…"
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <article
            class="finding"
            id=format!("claim-{at}")
            tabindex="-1"
            data-severity=mark(&claim)
            aria-current=move || (chosen.get() == Some(at)).then_some("true")
        >
            <div class="finding__head">
                <span class="finding__word">
                    <Icon name=icon(&claim) />
                    {word(&claim)}
                </span>
                <h3 class="finding__text">{claim.message.clone()}</h3>
                <span class="finding__id">{claim.relation.label()}</span>
            </div>
            <ul class="check__places">
                {places}
                {(more > 0).then(|| view! { <li>{format!("另有 {more} 处，已在原文中标出")}</li> })}
            </ul>
            {(!claim.closes.is_empty())
                .then(|| {
                    view! {
                        <ul class="list finding__todo">
                            {claim.closes.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view()}
                        </ul>
                    }
                })}
        </article>
    }
    .into_any()
}

fn listed(claim: &Claim) -> Vec<std::ops::Range<usize>> {
    if claim.places.is_empty() {
        return vec![claim.range.clone()];
    }
    claim.places.iter().map(|place| place.range.clone()).collect()
}

fn icon(claim: &Claim) -> &'static str {
    match claim.severity {
        Some(Severity::Error) => "error",
        Some(Severity::Warning) => "warning",
        Some(Severity::Hint) => "hint",
        None => "check",
    }
}

/// Quantities that were read and take part in no claim.
#[component]
pub fn Unchecked(
    /// The text.
    checked: Checked,
) -> impl IntoView {
    let count = checked.report.unchecked.len();
    if count == 0 {
        return ().into_any();
    }
    let more = count.saturating_sub(QUANTITIES);
    let places: Vec<_> = checked.report.unchecked.iter().take(QUANTITIES).cloned().collect();
    view! {
        <details class="check__unread">
            <summary>{format!("读到未核对的数字 {count} 个")}</summary>
            <p class="finding__todo">
                "原文没有写明它们与别的数字的关系。没有核对的不等于没有问题。"
            </p>
            <ul class="check__places">
                {places
                    .into_iter()
                    .map(|place| {
                        let (before, words, after) = checked.around(&place.range);
                        let checked = checked.clone();
                        view! {
                            <li>
                                <button
                                    type="button"
                                    class="check__place"
                                    on:click=move |_| {
                                        marks::show(&checked, place.range.start);
                                    }
                                >
                                    "…"{before}<b>{words}</b>{after}"…"
                                </button>
                            </li>
                        }
                    })
                    .collect_view()}
                {(more > 0).then(|| view! { <li>{format!("另有 {more} 个")}</li> })}
            </ul>
        </details>
    }
    .into_any()
}
