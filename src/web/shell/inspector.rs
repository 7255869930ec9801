//! The inspector: what the focused field means, how a figure is computed, where it is used, what is found at it.

use leptos::prelude::*;
use ziping::domain::amount::MoneyUnit;
use ziping::domain::assess::Assessment;
use ziping::domain::cell::Cell;
use ziping::domain::document::Document;
use ziping::domain::entry;
use ziping::domain::facts::label::Target;
use ziping::domain::facts::print::{self, Context};
use ziping::domain::facts::registry::registry;
use ziping::domain::narrative::{self, Piece};
use ziping::domain::place::Place;
use ziping::domain::score::Line;
use ziping::domain::score::case::plain;
use ziping::domain::template::Input;

use super::finding::FindingCard;
use super::place;
use crate::web::parts::icon::Icon;
use crate::web::state::report;

/// Shows the inspector, wherever it is folded away, and puts the focus there.
#[derive(Clone, Copy)]
pub struct Explain(pub Callback<()>);

/// Everything that is said of a target.
#[derive(Clone, PartialEq)]
struct About {
    name: String,
    path: String,
    value: String,
    help: String,
    trouble: Option<String>,
    formula: Option<(String, String, String)>,
    inputs: Vec<(Target, String, String)>,
    source: &'static str,
    used: Vec<(Target, String)>,
}

/// The right-hand column. `close` folds it away.
#[component]
pub fn Inspector(close: Callback<()>) -> impl IntoView {
    let report = report();
    let about = Memo::new(move |_| {
        let target = report.focus.get()?;
        let document = report.document.get();
        let assessment = report.assessment.get();
        Some(describe(&target, &document, &assessment))
    });
    let findings = Memo::new(move |_| {
        let Some(target) = report.focus.get() else { return Vec::new() };
        report.findings.with(|assessment| {
            assessment
                .findings_at(&target)
                .iter()
                .filter_map(|at| assessment.review.findings.get(*at).cloned())
                .collect::<Vec<_>>()
        })
    });
    view! {
        <aside class="inspector" id="inspector" aria-label="当前字段说明">
            <div class="inspector__head">
                <div>
                    <h2 class="inspector__name">
                        {move || about.with(|about| about.as_ref().map_or("说明".to_owned(), |a| a.name.clone()))}
                    </h2>
                    {move || {
                        about
                            .with(|about| about.as_ref().map(|a| a.path.clone()))
                            .filter(|path| !path.is_empty())
                            .map(|path| view! { <p class="inspector__place">{path}</p> })
                    }}
                </div>
                <button
                    type="button"
                    class="button button--quiet button--icon"
                    aria-label="收起说明"
                    on:click=move |_| close.run(())
                >
                    <Icon name="close" />
                </button>
            </div>
            {move || match about.get() {
                None => {
                    view! {
                        <p class="inspector__empty">
                            "点进一个格子，这里说明它的含义、算法和用处。"
                        </p>
                    }
                        .into_any()
                }
                Some(about) => body(about).into_any(),
            }}
            {move || {
                let findings = findings.get();
                (!findings.is_empty())
                    .then(|| {
                        view! {
                            <div class="inspector__part">
                                <h3 class="inspector__title">"校验"</h3>
                                <div class="findings">
                                    {findings
                                        .into_iter()
                                        .map(|finding| view! { <FindingCard finding=finding /> })
                                        .collect_view()}
                                </div>
                            </div>
                        }
                    })
            }}
        </aside>
    }
}

fn body(about: About) -> impl IntoView {
    let report = report();
    let jump = move |target: Target, label: String| {
        view! {
            <button
                type="button"
                class="button button--link"
                on:click=move |_| report.jump.set(Some(target.clone()))
            >
                {label}
            </button>
        }
    };
    let formula = about.formula.map(|(names, filled, result)| {
        view! {
            <div class="inspector__part">
                <h3 class="inspector__title">"为什么是这个数"</h3>
                <div class="formula">
                    <span class="formula__sign"></span>
                    <span>{names}</span>
                    <span class="formula__sign">"="</span>
                    <span>{filled}</span>
                    <span class="formula__sign">"="</span>
                    <span class="formula__result">{result}</span>
                </div>
                <ul class="formula__inputs">
                    {about
                        .inputs
                        .into_iter()
                        .map(|(target, label, value)| {
                            view! {
                                <li class="formula__input">
                                    {jump(target, label)}
                                    <span>{value}</span>
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </div>
        }
    });
    view! {
        {(!about.value.is_empty()).then(|| view! { <p class="inspector__value">{about.value}</p> })}
        {about
            .trouble
            .map(|words| {
                view! {
                    <p class="field__message">
                        <Icon name="error" />
                        <span>{words}</span>
                    </p>
                }
            })}
        {(!about.help.is_empty())
            .then(|| {
                view! {
                    <div class="inspector__part">
                        <h3 class="inspector__title">"含义"</h3>
                        <p>{about.help}</p>
                    </div>
                }
            })}
        {formula}
        {(!about.source.is_empty())
            .then(|| {
                view! {
                    <div class="inspector__part">
                        <h3 class="inspector__title">"依据"</h3>
                        <p>{about.source}</p>
                    </div>
                }
            })}
        {(!about.used.is_empty())
            .then(|| {
                view! {
                    <div class="inspector__part">
                        <h3 class="inspector__title">"用于"</h3>
                        <ul class="inspector__list">
                            {about
                                .used
                                .into_iter()
                                .map(|(target, label)| view! { <li>{jump(target, label)}</li> })
                                .collect_view()}
                        </ul>
                    </div>
                }
            })}
    }
}

fn describe(target: &Target, document: &Document, assessment: &Assessment) -> About {
    let row = match target {
        Target::RowFact { list, row, .. } => {
            document.list(list).and_then(|rows| rows.position(row)).map(|at| (*list, at))
        }
        _ => None,
    };
    let context = Context { document, facts: &assessment.facts, row };
    let computed = print::computed(target, document, &assessment.facts);
    let stated = computed.as_ref().is_some_and(|(_, _, value)| value.as_ref().is_ok_and(|v| v.stated));
    let formula = computed.as_ref().map(|(expr, unit, outcome)| {
        let result = match outcome {
            Ok(value) if value.stated => format!("{}（据上报合计）", value.show_with(*unit)),
            Ok(value) => value.show_with(*unit),
            Err(missing) => format!("算不出：{}", print::reason(missing, document)),
        };
        (print::formula(expr, &context), print::filled(expr, &context), result)
    });
    let inputs = computed
        .as_ref()
        .map(|(expr, _, _)| print::inputs(expr, &context))
        .unwrap_or_default()
        .into_iter()
        .map(|(input, value)| {
            let label = input.label(document);
            (input, label, value)
        })
        .collect();
    let value = match &computed {
        Some((_, unit, Ok(value))) => {
            format!("{}{}", value.show_with(*unit), if stated { "（据上报）" } else { "" })
        }
        Some((_, _, Err(_))) => String::new(),
        None => typed_value(target, document),
    };
    About {
        name: target.label(document),
        path: place::path(document, target),
        value,
        help: help(target, document),
        trouble: trouble(target, document),
        formula,
        inputs,
        source: place::source(target),
        used: used(target, document, assessment),
    }
}

fn typed_value(target: &Target, document: &Document) -> String {
    let Target::Place(place) = target else { return String::new() };
    match Document::def(place) {
        Some(def) if def.kind == ziping::domain::record::Kind::Narrative => String::new(),
        Some(_) => print::shown_place(place, document),
        None => String::new(),
    }
}

fn help(target: &Target, document: &Document) -> String {
    let Target::Place(place) = target else { return String::new() };
    match document.input_at(place) {
        Some(input) => input.help.clone(),
        None => Document::def(place).map_or_else(String::new, |def| def.help.to_owned()),
    }
}

fn trouble(target: &Target, document: &Document) -> Option<String> {
    let Target::Place(place) = target else { return None };
    match document.get(place) {
        Cell::Unread(text) => {
            let input = document.input_at(place).map(Input::def);
            Some(entry::why_unread(input.or_else(|| Document::def(place))?, &text, MoneyUnit::WanYuan))
        }
        _ => None,
    }
}

/// Indicators of the score sheet and facts that read the target, and texts that name it.
fn used(target: &Target, document: &Document, assessment: &Assessment) -> Vec<(Target, String)> {
    let reads = |line: &&Line| match target {
        Target::Fact(id) => line.fact == Some(id),
        Target::Place(place) => line.source.as_ref() == Some(place),
        Target::RowFact { .. } => false,
    };
    let lines = assessment.sheet.iter().flat_map(|sheet| &sheet.lines).filter(reads);
    let lines = lines.map(|line| {
        let points = line.effective.map_or_else(String::new, |weight| format!("（{} 分）", plain(&weight)));
        (Target::Place(line.place("evidence")), format!("自评表 · {}{points}", line.name))
    });
    let facts = print::used_by(target)
        .into_iter()
        .map(|id| (Target::Fact(id), registry().fact(id).map_or_else(String::new, |def| def.label.clone())));
    let narratives = Document::SECTIONS
        .iter()
        .filter(|(name, _)| *name == "narratives")
        .flat_map(|(name, defs)| defs.iter().map(move |def| (Place::field(name, def.key), def.label)))
        .filter_map(|(place, label)| {
            let text = document.get(&place);
            let count = narrative::pieces(text.words())
                .iter()
                .filter(|piece| matches!(piece, Piece::Reference { target: named, .. } if named == target))
                .count();
            (count > 0).then(|| (Target::Place(place), format!("正文 · {label}（{count} 处）")))
        });
    lines.chain(facts.take(12)).chain(narratives).collect()
}
