//! One finding with its places, each a way there, and what is said of it.

use leptos::prelude::*;
use ziping::domain::checks::{self, Finding, Severity};

use super::handling::Handled;
use crate::web::parts::icon::Icon;
use crate::web::state::report;

/// Findings below this in the tree stand in 校验: a way from there has a way back.
#[derive(Clone, Copy)]
pub struct InList;

/// The id of a finding's card in 校验.
pub fn card_id(key: &str) -> String {
    format!("finding-{}", key.replace(char::is_whitespace, "_"))
}

/// A finding as a card.
#[component]
pub fn FindingCard(finding: Finding) -> impl IntoView {
    let report = report();
    let in_list = use_context::<InList>().is_some();
    let key = finding.key();
    let icon = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    };
    let source = checks::about(finding.check).map_or("", |check| check.source);
    let labels: Vec<_> = finding
        .places
        .iter()
        .map(|(target, value)| {
            let label = report.document.with_untracked(|document| target.label(document));
            (target.clone(), label, value.clone())
        })
        .collect();
    let (severity, message, todo) = (finding.severity, finding.message.clone(), finding.todo.clone());
    let (open, check) = (finding.is_open(), finding.check);
    let id = in_list.then(|| card_id(&key));
    let difference = finding.difference.clone();
    let closes = finding.closes.clone();
    view! {
        <article
            class="finding"
            id=id
            tabindex=in_list.then_some("-1")
            data-severity=severity.key()
            data-handled=(!open).then_some("")
        >
            <div class="finding__head">
                <span class="finding__word">
                    <Icon name=icon />
                    {severity.label()}
                </span>
                <h3 class="finding__text">{message}</h3>
                <span class="finding__id">{check}</span>
            </div>
            <table class="finding__places">
                <tbody>
                    {labels
                        .into_iter()
                        .map(|(target, label, value)| {
                            let key = key.clone();
                            view! {
                                <tr>
                                    <th scope="row">
                                        <button
                                            type="button"
                                            class="button button--link"
                                            on:click=move |_| {
                                                if in_list {
                                                    report.back.set(Some(key.clone()));
                                                }
                                                report.jump.set(Some(target.clone()));
                                            }
                                        >
                                            {label}
                                        </button>
                                    </th>
                                    <td>{value}</td>
                                </tr>
                            }
                        })
                        .collect_view()}
                    {(!difference.is_empty())
                        .then(|| {
                            view! {
                                <tr class="finding__difference">
                                    <th scope="row">"相差"</th>
                                    <td>{difference}</td>
                                </tr>
                            }
                        })}
                </tbody>
            </table>
            <p class="finding__todo">{todo}</p>
            {(!closes.is_empty())
                .then(|| {
                    view! {
                        <ul class="list finding__todo">
                            {closes.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
                        </ul>
                    }
                })}
            <p class="finding__source">"依据："{source}</p>
            <Handled finding=finding />
        </article>
    }
}
