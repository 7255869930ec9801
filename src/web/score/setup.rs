//! Choosing a scoring template, taking one in or out as a file, and what a newer version would change.

use std::sync::Arc;

use leptos::prelude::*;
use ziping::app::score;
use ziping::domain::score::newer;
use ziping::domain::score::template::Scoring;

use super::editing::{Editing, editing};
use crate::web::adapters::files;
use crate::web::notice::Notices;
use crate::web::parts::icon::Icon;
use crate::web::state::{Report, report};

/// Puts a template into the report, unless it has rows to fill in first.
fn choose(report: Report, editing: Editing, scoring: Scoring) {
    if scoring.unseen().next().is_some() {
        editing.unfilled.set(Some(Arc::new(scoring)));
    } else {
        editing.unfilled.set(None);
        put(report, scoring);
    }
}

/// Puts a template into the report.
pub fn put(report: Report, scoring: Scoring) {
    let name = scoring.name.clone();
    report.leave();
    let edit = report.document.with_untracked(|document| score::choose(document, scoring));
    if report.edit(edit) {
        report.say(format!("已选用“{name}”，填过的内容都在。"), true);
    } else {
        report.say(format!("“{name}”和现在用的一样，没有变动。"), false);
    }
}

/// The built-in templates, and a file.
#[component]
pub fn Choose() -> impl IntoView {
    let report = report();
    let editing = editing();
    let chosen = RwSignal::new("jiangxi_four".to_owned());
    view! {
        <p class="page__lede">
            "自评表用报告中的数据给每个指标计分。先选一个模板；选用的是本部门的副本，指标、分值和规则都可以改。"
        </p>
        <Templates chosen=chosen />
        <p class="score__actions">
            <button
                type="button"
                class="button button--primary"
                disabled=move || !report.writable.get()
                on:click=move |_| {
                    if let Some(scoring) = Scoring::built_in(&chosen.get_untracked()) {
                        choose(report, editing, scoring);
                    }
                }
            >
                "选用模板"
            </button>
            <ImportButton />
        </p>
    }
}

#[component]
fn Templates(chosen: RwSignal<String>) -> impl IntoView {
    view! {
        <fieldset class="field">
            <legend class="field__label">"自评表模板"</legend>
            <div class="choices choices--list">
                {Scoring::all_built_in()
                    .into_iter()
                    .map(|scoring| {
                        let unseen = scoring.unseen().count();
                        let id = StoredValue::new(scoring.id);
                        let mut note = scoring.source;
                        if !scoring.banner.is_empty() {
                            note = format!("{note}。{}", scoring.banner);
                        }
                        if unseen > 0 {
                            note = format!("{note}（{unseen} 行未见原文，补全以前不能选用）");
                        }
                        view! {
                            <label class="choice">
                                <input
                                    class="choice__input"
                                    type="radio"
                                    name="scoring"
                                    prop:checked=move || chosen.with(|now| id.with_value(|id| now == id))
                                    on:change=move |_| chosen.set(id.get_value())
                                />
                                <span>{scoring.name} <span class="choice__note">{note}</span></span>
                            </label>
                        }
                    })
                    .collect_view()}
            </div>
        </fieldset>
    }
}

#[component]
fn ImportButton(
    /// Beside small buttons.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let report = report();
    let editing = editing();
    let notices = expect_context::<Notices>();
    let refuse = move |why: String| {
        notices.add("error", "没有导入模板。".to_owned(), vec![why, "现在的自评表没有变动。".to_owned()]);
    };
    view! {
        <button
            type="button"
            class="button"
            class=("button--small", small)
            disabled=move || !report.writable.get()
            on:click=move |_| {
                files::choose(
                    ".json,application/json",
                    move |file| {
                        files::read(
                            &file,
                            move |bytes| {
                                let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
                                match text.map(|text| score::import(&text)) {
                                    Some(Ok(scoring)) => choose(report, editing, scoring),
                                    Some(Err(why)) => refuse(why),
                                    None => refuse("浏览器读不到这个文件，或它不是文本文件。".to_owned()),
                                }
                            },
                        );
                    },
                );
            }
        >
            "导入模板"
        </button>
    }
}

/// Which template the report has, and the way to another.
#[component]
pub fn TemplateBar() -> impl IntoView {
    let report = report();
    let editing = editing();
    let changing = RwSignal::new(false);
    let chosen = RwSignal::new(String::new());
    let scoring = move || report.document.with(|document| document.scoring.clone()).unwrap_or_default();
    let usable = move || scoring().unseen().next().is_none();
    let export = move |_| {
        let scoring = untrack(scoring);
        let name = format!("{}.scoring.json", scoring.name);
        if files::download(&name, &score::export(&scoring), "application/json") {
            report.say(format!("已交给浏览器下载：{name}"), false);
        }
    };
    view! {
        <p class="page__lede">{move || format!("模板：{}。来源：{}", scoring().name, scoring().source)}</p>
        {move || {
            let banner = scoring().banner.clone();
            (!banner.is_empty())
                .then(|| {
                    view! {
                        <div class="banner banner--inset" data-kind="info">
                            <Icon name="hint" />
                            <p class="banner__text">{banner}</p>
                        </div>
                    }
                })
        }}
        <p class="score__actions">
            <button
                type="button"
                class="button button--small"
                aria-expanded=move || changing.get().to_string()
                on:click=move |_| {
                    chosen.set(untrack(scoring).id.clone());
                    changing.update(|changing| *changing = !*changing);
                }
            >
                "换模板"
            </button>
            <Show when=usable>
                <button
                    type="button"
                    class="button button--small"
                    aria-pressed=move || editing.on.get().to_string()
                    on:click=move |_| editing.on.update(|on| *on = !*on)
                >
                    {move || if editing.on.get() { "改好了" } else { "修改模板" }}
                </button>
            </Show>
            <button type="button" class="button button--small" on:click=export>
                "导出模板"
            </button>
            <ImportButton small=true />
        </p>
        <Show when=move || changing.get()>
            <Templates chosen=chosen />
            <p class="score__note">
                "换模板会用所选模板代替本部门改过的副本；填过的内容保留，可以撤销。要留着改过的副本，先导出模板。"
            </p>
            <p class="score__actions">
                <button
                    type="button"
                    class="button button--primary"
                    on:click=move |_| {
                        if let Some(scoring) = Scoring::built_in(&chosen.get_untracked()) {
                            choose(report, editing, scoring);
                        }
                        changing.set(false);
                    }
                >
                    "选用模板"
                </button>
            </p>
        </Show>
    }
}

/// The offer of a newer version: the difference in words, and what the total would be.
#[component]
pub fn Newer() -> impl IntoView {
    let report = report();
    let editing = editing();
    let offer = Memo::new(move |_| {
        report.document.with(|document| {
            let old = document.scoring.as_deref()?;
            let new = newer::offered(old)?;
            let mut words = newer::differences(old, &new);
            let facts = report.assessment.with(|all| all.facts.clone());
            if let Some(sheet) = newer::effect(document, &facts, new) {
                words.push(format!("换用后总分：{}", sheet.total_words()));
            }
            Some((old.id.clone(), words))
        })
    });
    move || {
        offer.get().map(|(id, words)| {
            view! {
                <div class="banner banner--inset" data-kind="info" role="status">
                    <div class="banner__text">
                        <strong class="banner__title">"这个模板有新版本"</strong>
                        <ul>{words.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                        <button
                            type="button"
                            class="button button--small"
                            on:click=move |_| {
                                if let Some(scoring) = Scoring::built_in(&id) {
                                    choose(report, editing, scoring);
                                }
                            }
                        >
                            "换用新版本"
                        </button>
                    </div>
                </div>
            }
        })
    }
}
