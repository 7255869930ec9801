//! What is said of a finding: 已改正, 情况说明, 不适用, with words and a date; to be changed and taken back.

use leptos::html;
use leptos::prelude::*;
use ziping::domain::amount::MoneyUnit;
use ziping::domain::cell::{Cell, Raw};
use ziping::domain::checks::Finding;
use ziping::domain::checks::handling::{self, Answer, Handling};
use ziping::domain::document::Document;
use ziping::domain::edit::Edit;
use ziping::domain::entry;
use ziping::domain::place::Place;
use ziping::domain::rows::RowId;

use super::finding::card_id;
use crate::web::adapters::clock;
use crate::web::state::{Report, report};

/// What is said of a finding, and the ways to say something else.
#[component]
pub fn Handled(finding: Finding) -> impl IntoView {
    let report = report();
    let asked = RwSignal::new(None::<Answer>);
    let said = finding.handling.clone();
    let stored = StoredValue::new(finding);
    let say = move |answer: Answer, reason: &str, date: &str| {
        let edit = stored.with_value(|finding| {
            handling::answer(finding, answer, reason, date, &RowId::new(&clock::new_id()))
        });
        commit(report, edit, &stored.with_value(Finding::key));
    };
    let words = said.as_ref().map(words);
    let again = said.clone().filter(|said| said.changed && said.answer != Answer::Corrected);
    let withdrawn = said.clone().map(|said| said.row);
    view! {
        {words.map(|words| view! { <p class="finding__said">{words}</p> })}
        <div class="finding__actions">
            {again
                .map(|said| {
                    view! {
                        <button
                            type="button"
                            class="button button--small"
                            on:click=move |_| say(said.answer, &said.reason, &today())
                        >
                            "沿用原说明"
                        </button>
                    }
                })}
            {Answer::ALL
                .into_iter()
                .map(|answer| {
                    view! {
                        <button
                            type="button"
                            class="button button--small"
                            aria-expanded=move || {
                                (answer != Answer::Corrected)
                                    .then(|| (asked.get() == Some(answer)).to_string())
                            }
                            on:click=move |_| {
                                if answer == Answer::Corrected {
                                    asked.set(None);
                                    say(answer, "", &today());
                                    report.say("重新核对后仍不一致，还算作没有处理。改好后会自动消失。", true);
                                } else {
                                    asked.update(|asked| {
                                        *asked = (*asked != Some(answer)).then_some(answer);
                                    });
                                }
                            }
                        >
                            {answer.label()}
                        </button>
                    }
                })
                .collect_view()}
            {withdrawn
                .map(|row| {
                    view! {
                        <button
                            type="button"
                            class="button button--small"
                            on:click=move |_| {
                                commit(report, handling::withdrawn(&row), &stored.with_value(Finding::key));
                            }
                        >
                            "撤回"
                        </button>
                    }
                })}
        </div>
        {move || {
            asked
                .get()
                .map(|answer| {
                    let before = said.as_ref().map(|said| said.reason.clone()).unwrap_or_default();
                    view! {
                        <Ask
                            answer=answer
                            before=before
                            done=Callback::new(move |(reason, date): (String, String)| {
                                asked.set(None);
                                say(answer, &reason, &date);
                            })
                            cancel=Callback::new(move |()| asked.set(None))
                        />
                    }
                })
        }}
    }
}

/// What the report says of the finding, in a line.
fn words(said: &Handling) -> String {
    let date = shown_date(&said.date);
    let head = format!("{}（{date}）", said.answer.label());
    let reason = if said.reason.is_empty() { String::new() } else { format!("：{}", said.reason) };
    match (said.answer, said.changed) {
        (Answer::Corrected, _) => format!("标为{head}，但重新核对仍不一致。"),
        (_, true) => format!("{head}之后数值已变，请重新核对。原来写的{reason}"),
        (_, false) => format!("{head}{reason}"),
    }
}

fn shown_date(date: &str) -> String {
    let def = Document::def(&Place::field("profile", "filled_on"));
    def.map(|def| entry::shown(def, &Raw::text(date), MoneyUnit::WanYuan)).unwrap_or_default()
}

fn today() -> String {
    clock::local_now().chars().take(10).collect()
}

/// One step of its own; the card takes the focus again when it was made anew.
fn commit(report: Report, edit: Edit, key: &str) {
    report.leave();
    report.edit(edit);
    report.leave();
    let id = card_id(key);
    request_animation_frame(move || {
        if let Some(card) = document().get_element_by_id(&id) {
            let card: web_sys::HtmlElement = wasm_bindgen::JsCast::unchecked_into(card);
            card.focus().ok();
        }
    });
}

/// Asks for the words.
#[component]
fn Ask(
    answer: Answer,
    before: String,
    done: Callback<(String, String)>,
    cancel: Callback<()>,
) -> impl IntoView {
    let node = NodeRef::<html::Textarea>::new();
    let date_node = NodeRef::<html::Input>::new();
    let trouble = RwSignal::new("");
    Effect::new(move |_| {
        if let Some(text) = node.get() {
            text.focus().ok();
        }
    });
    let label = match answer {
        Answer::NotApplicable => "为什么不适用",
        _ => "情况说明",
    };
    let save = move |_| {
        let reason = node.get_untracked().map(|text| text.value()).unwrap_or_default();
        let typed = date_node.get_untracked().map(|input| input.value()).unwrap_or_default();
        let date = Document::def(&Place::field("profile", "filled_on"))
            .map(|def| entry::read(def, &typed, MoneyUnit::WanYuan));
        match date {
            _ if reason.trim().is_empty() => trouble.set("请写明原因，空着不算处理。"),
            Some(Cell::Value(date)) => done.run((reason, date)),
            _ => trouble.set("日期请写成 2022年3月15日 或 2022-3-15。"),
        }
    };
    view! {
        <div class="finding__ask">
            <label class="field">
                <span class="field__label">{label}</span>
                <textarea node_ref=node class="input" rows="2" prop:value=before></textarea>
            </label>
            <label class="field">
                <span class="field__label">"日期"</span>
                <input node_ref=date_node class="input input--m" type="text" prop:value=shown_date(&today()) />
            </label>
            <p class="field__message" role="alert">{move || trouble.get()}</p>
            <div class="finding__actions">
                <button type="button" class="button button--small button--primary" on:click=save>
                    "保存"
                </button>
                <button type="button" class="button button--small" on:click=move |_| cancel.run(())>
                    "取消"
                </button>
                <span class="finding__source">"会印在报告的“勾稽检查结果”里。"</span>
            </div>
        </div>
    }
}
