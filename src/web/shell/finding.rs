//! One finding with both places, each a way there.

use leptos::prelude::*;
use ziping::domain::checks::{self, Finding, Severity};

use crate::web::parts::icon::Icon;
use crate::web::state::report;

/// A finding as a card.
#[component]
pub fn FindingCard(finding: Finding) -> impl IntoView {
    let report = report();
    let icon = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    };
    let source = checks::check(finding.check).map_or("", |check| check.source);
    let labels: Vec<_> = finding
        .places
        .iter()
        .map(|(target, value)| {
            let label = report.document.with_untracked(|document| target.label(document));
            (target.clone(), label, value.clone())
        })
        .collect();
    view! {
        <article class="finding" data-severity=finding.severity.key()>
            <div class="finding__head">
                <span class="finding__word">
                    <Icon name=icon />
                    {finding.severity.label()}
                </span>
                <h3 class="finding__text">{finding.message}</h3>
                <span class="finding__id">{finding.check}</span>
            </div>
            <table class="finding__places">
                <tbody>
                    {labels
                        .into_iter()
                        .map(|(target, label, value)| {
                            view! {
                                <tr>
                                    <th scope="row">
                                        <button
                                            type="button"
                                            class="button button--link"
                                            on:click=move |_| report.jump.set(Some(target.clone()))
                                        >
                                            {label}
                                        </button>
                                    </th>
                                    <td>{value}</td>
                                </tr>
                            }
                        })
                        .collect_view()}
                    <tr class="finding__difference">
                        <th scope="row">"相差"</th>
                        <td>{finding.difference}</td>
                    </tr>
                </tbody>
            </table>
            <p class="finding__todo">{finding.todo}</p>
            <p class="finding__source">"依据："{source}</p>
        </article>
    }
}
