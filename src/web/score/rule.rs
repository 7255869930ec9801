//! An indicator's own row of the template: texts, the kind of its rule, the rule's parameters.

use leptos::prelude::*;
use ziping::app::score::{self, Words};
use ziping::domain::document::Document;
use ziping::domain::edit::Edit;
use ziping::domain::score::kinds;
use ziping::domain::score::params::Form;
use ziping::domain::score::template::{Indicator, Rule};

use super::copy::CopyText;
use crate::web::state::report;

const TEXTS: &[(&str, &str, Words)] = &[
    ("name", "指标名称", Words::Name),
    ("target", "目标值", Words::Target),
    ("meaning", "指标说明", Words::Meaning),
    ("points", "评价要点（一行一条）", Words::Points),
    ("source", "来源", Words::Source),
];

fn set_words(document: &Document, id: &str, key: &str, text: &str) -> Option<Edit> {
    let (_, _, which) = TEXTS.iter().find(|(known, ..)| *known == key)?;
    score::set_words(document, id, *which, text)
}

/// The editor of an indicator's row.
#[component]
pub fn RuleEditor(
    /// Id of the indicator.
    id: StoredValue<String>,
) -> impl IntoView {
    let report = report();
    let row = Memo::new(move |_| {
        report.document.with(|document| id.with_value(|id| document.scoring.as_ref()?.row(id).cloned()))
    });
    let kind = Memo::new(move |_| {
        row.with(|row| row.as_ref().and_then(|row| row.rule.as_ref()).map(|rule| rule.kind.clone()))
            .unwrap_or_default()
    });
    let of = move |read: fn(&Indicator, Words) -> String, which: Words| {
        Signal::derive(move || row.with(|row| row.as_ref().map(|row| read(row, which)).unwrap_or_default()))
    };
    let change = move |edit: Option<Edit>| {
        report.leave();
        edit.map(|edit| report.edit(edit));
    };
    let unseen = move || row.with(|row| row.as_ref().is_some_and(|row| row.unseen));
    view! {
        <div class="fields fields--two">
            {TEXTS
                .iter()
                .map(|(key, label, which)| {
                    view! {
                        <CopyText
                            label=label
                            value=of(score::words, *which)
                            store=set_words
                            id=id
                            key=key
                            long=*which == Words::Points
                        />
                    }
                })
                .collect_view()}
            <label class="field">
                <span class="field__label">"评分规则"</span>
                <select
                    class="input"
                    disabled=move || !report.writable.get()
                    prop:value=move || kind.get()
                    on:change=move |event| {
                        let key = event_target_value(&event);
                        change(
                            report
                                .document
                                .with_untracked(|document| id.with_value(|id| score::set_kind(document, id, &key))),
                        );
                    }
                >
                    <option value="" selected=move || kind.with(String::is_empty)>
                        "没有规则"
                    </option>
                    {kinds::ALL
                        .iter()
                        .map(|def| {
                            view! {
                                <option value=def.key selected=move || kind.with(|now| now == def.key)>
                                    {def.label}
                                </option>
                            }
                        })
                        .collect_view()}
                </select>
            </label>
            {move || params(id, row, &kind.get())}
        </div>
        <p class="score__actions">
            {move || {
                unseen()
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button button--small"
                                on:click=move |_| {
                                    change(
                                        report
                                            .document
                                            .with_untracked(|document| {
                                                id.with_value(|id| score::completed(document, id))
                                            }),
                                    );
                                }
                            >
                                "已按原文补全"
                            </button>
                        }
                    })
            }}
            <button
                type="button"
                class="button button--quiet button--small"
                on:click=move |_| {
                    change(
                        report
                            .document
                            .with_untracked(|document| id.with_value(|id| score::remove_row(document, id))),
                    );
                    report.say("已从本部门的模板中去掉这个指标，填过的内容保留在“已停用”中。", true);
                }
            >
                "去掉这个指标"
            </button>
        </p>
    }
}

fn params(
    id: StoredValue<String>,
    row: Memo<Option<Indicator>>,
    kind: &str,
) -> Option<impl IntoView + use<>> {
    let report = report();
    let kind = kinds::kind(kind)?;
    let fields = kind.params.iter().map(move |def| {
        let value = Signal::derive(move || {
            let read = |rule: &Rule| score::param_text(rule, def.key);
            row.with(|row| row.as_ref().and_then(|row| row.rule.as_ref()).map(read)).unwrap_or_default()
        });
        match def.form {
            Form::Choice(options) => view! {
                <label class="field">
                    <span class="field__label">{def.label}</span>
                    <select
                        class="input"
                        disabled=move || !report.writable.get()
                        prop:value=move || value.get()
                        on:change=move |event| {
                            let text = event_target_value(&event);
                            let edit = report
                                .document
                                .with_untracked(|document| {
                                    id.with_value(|id| score::set_param(document, id, def.key, &text))
                                });
                            report.leave();
                            edit.map(|edit| report.edit(edit));
                        }
                    >
                        {def
                            .optional
                            .then(|| {
                                view! {
                                    <option value="" selected=move || value.with(String::is_empty)>
                                        "按模板"
                                    </option>
                                }
                            })}
                        {options
                            .iter()
                            .map(|(key, label)| {
                                view! {
                                    <option value=*key selected=move || value.with(|now| now == key)>
                                        {*label}
                                    </option>
                                }
                            })
                            .collect_view()}
                    </select>
                </label>
            }
            .into_any(),
            form => {
                let long = matches!(form, Form::Bands | Form::Items);
                view! { <CopyText label=def.label value=value store=score::set_param id=id key=def.key long=long /> }
                    .into_any()
            }
        }
    });
    Some(fields.collect_view())
}
