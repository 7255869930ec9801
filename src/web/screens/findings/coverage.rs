//! How much was checked, by group and by name; and figures that stand beside the checks.

use leptos::prelude::*;
use ziping::domain::checks::{self, Checked, GROUPS, Review, beside};
use ziping::domain::facts::label::Target;

use crate::web::state::report;

/// The groups, folded.
pub fn list(review: &Review) -> impl IntoView + use<> {
    let groups: Vec<_> = GROUPS
        .iter()
        .filter_map(|(key, name)| {
            let of: Vec<Checked> = review
                .by_check
                .iter()
                .filter(|checked| checks::group(checked.check) == *key)
                .cloned()
                .collect();
            (!of.is_empty()).then_some((*name, of))
        })
        .collect();
    view! {
        <section>
            <h2 class="findings__group">"核对了什么"</h2>
            <div class="findings">{groups.into_iter().map(|(name, of)| group(name, of)).collect_view()}</div>
        </section>
        {beside()}
    }
}

fn group(name: &'static str, of: Vec<Checked>) -> impl IntoView {
    let sum = |count: fn(&Checked) -> usize| of.iter().map(count).sum::<usize>();
    let words = format!(
        "{name}：一致 {}，不一致 {}，缺数据 {}，不适用 {}",
        sum(|one| one.coverage.holds),
        sum(|one| one.coverage.fails),
        sum(|one| one.coverage.unchecked()),
        sum(|one| one.coverage.not_applicable),
    );
    view! {
        <details class="finding" data-severity="none">
            <summary>{words}</summary>
            <div class="table-scroll" tabindex="0" role="region" aria-label=name>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"校验"</th>
                            <th scope="col" class="amount">"一致"</th>
                            <th scope="col" class="amount">"不一致"</th>
                            <th scope="col" class="amount">"缺数据"</th>
                            <th scope="col" class="amount">"不适用"</th>
                        </tr>
                    </thead>
                    <tbody>{of.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </details>
    }
}

fn row(checked: Checked) -> impl IntoView {
    let title = checks::about(checked.check).map_or("", |check| check.title);
    let id =
        if checks::group(checked.check).is_empty() { String::new() } else { format!("{} ", checked.check) };
    let why = checked.why.filter(|_| checked.coverage.not_applicable + checked.coverage.failed > 0);
    let cell = |count: usize| view! { <td class="amount">{if count == 0 { "—".to_owned() } else { count.to_string() }}</td> };
    view! {
        <tr>
            <th scope="row">
                {id} {title}
                {why.map(|why| view! { <span class="finding__source">{format!("（不适用：{why}）")}</span> })}
            </th>
            {cell(checked.coverage.holds)}
            {cell(checked.coverage.fails)}
            {cell(checked.coverage.unchecked())}
            {cell(checked.coverage.not_applicable)}
        </tr>
    }
}

/// Facts that are no contradictions and worth a look.
fn beside() -> impl IntoView {
    let report = report();
    let lines = report.document.with_untracked(|document| {
        report.findings.with_untracked(|assessment| beside::all(document, &assessment.facts))
    });
    view! {
        <section>
            <h2 class="findings__group">"另外看一看"</h2>
            <table class="table findings__beside">
                <tbody>
                    {lines
                        .into_iter()
                        .map(|line| {
                            let targets = line.targets;
                            view! {
                                <tr>
                                    <th scope="row">{line.label} {(!targets.is_empty()).then(|| names(targets))}</th>
                                    <td>{line.shown}</td>
                                </tr>
                            }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </section>
    }
}

/// Targets by name, each a way to its result.
fn names(rows: Vec<(Target, String)>) -> impl IntoView {
    let report = report();
    view! {
        <details class="finding__more">
            <summary>"是哪些"</summary>
            <ul class="list">
                {rows
                    .into_iter()
                    .map(|(target, name)| {
                        view! {
                            <li>
                                <button
                                    type="button"
                                    class="button button--link"
                                    on:click=move |_| report.jump.set(Some(target.clone()))
                                >
                                    {name}
                                </button>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </details>
    }
}
