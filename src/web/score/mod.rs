//! 自评表: the score sheet of the open report.

mod copy;
mod line;
mod rule;
mod setup;

use std::sync::Arc;

use leptos::prelude::*;
use ziping::app::score::{self, Weight};
use ziping::domain::document::{Document, ScoreStated};
use ziping::domain::place::Place;
use ziping::domain::record::Record;
use ziping::domain::rows::RowId;
use ziping::domain::score::case::plain;
use ziping::domain::score::template::Scoring;
use ziping::domain::score::{Sheet, validate};

use super::fields::Field;
use super::state::report;
use copy::WeightInput;
use line::IndicatorLine;
use setup::{Choose, Newer, TemplateBar};

/// Level 2 as it is laid out; remade only when its indicators change.
#[derive(Clone, PartialEq)]
struct Part {
    at: (usize, usize),
    name: String,
    slot: bool,
    lines: Vec<RowId>,
}

/// The sheet, or the choice of a template where none was chosen.
#[component]
pub fn ScoreSheet() -> impl IntoView {
    let report = report();
    let chosen = Memo::new(move |_| report.document.with(|document| document.scoring.is_some()));
    view! {
        <div class="page">
            <header class="page__head">
                <h1 class="page__title">"自评表"</h1>
            </header>
            {move || if chosen.get() { view! { <Filled /> }.into_any() } else { view! { <Choose /> }.into_any() }}
        </div>
    }
}

#[component]
fn Filled() -> impl IntoView {
    let report = report();
    let sheet =
        Memo::new(move |_| report.assessment.with(|all| Arc::new(all.sheet.clone().unwrap_or_default())));
    let parts =
        Memo::new(move |_| report.document.with(|document| sheet.with(|sheet| parts(document, sheet))));
    let stated = ScoreStated::DEFS.first().map(|def| {
        view! { <Field place=Place::field("score_stated", def.key) def=def /> }
    });
    view! {
        <TemplateBar />
        <Newer />
        <Balance sheet=sheet />
        <Total sheet=sheet />
        {move || {
            let mut aspect = None;
            parts
                .get()
                .into_iter()
                .map(|part| {
                    let head = (aspect != Some(part.at.0)).then(|| view! { <AspectHead at=part.at.0 sheet=sheet /> });
                    aspect = Some(part.at.0);
                    view! {
                        {head}
                        <Group part=part sheet=sheet />
                    }
                })
                .collect_view()
        }}
        {move || {
            let names = sheet.with(|sheet| sheet.unplaced.clone());
            (!names.is_empty())
                .then(|| {
                    let words = format!(
                        "有 {} 项目标没有归入自评表，在“年度绩效目标”表中选了类别才能归入：{}。",
                        names.len(),
                        names.join("、"),
                    );
                    view! { <p class="score__note">{words}</p> }
                })
        }}
        <div class="fields fields--two">{stated}</div>
        <Retired sheet=sheet />
    }
}

fn parts(document: &Document, sheet: &Sheet) -> Vec<Part> {
    let Some(scoring) = document.scoring.as_deref() else { return Vec::new() };
    let mut parts = Vec::new();
    for (aspect, level) in scoring.aspects.iter().enumerate() {
        for (group, level) in level.groups.iter().enumerate() {
            parts.push(Part {
                at: (aspect, group),
                name: level.name.clone(),
                slot: level.slot.is_some(),
                lines: sheet.lines_of(aspect, group).map(|line| line.id.clone()).collect(),
            });
        }
    }
    parts
}

/// What is wrong with the sums of weights, and other holes of the copy; said as they are edited.
#[component]
fn Balance(sheet: Memo<Arc<Sheet>>) -> impl IntoView {
    let report = report();
    let wrong = Memo::new(move |_| {
        let mut words: Vec<String> = sheet
            .with(|sheet| sheet.imbalances.iter().map(|i| format!("{}：{}", i.place, i.words())).collect());
        let holes = report.document.with(|document| document.scoring.as_deref().map(validate::holes));
        for hole in holes.unwrap_or_default() {
            let line = format!("{}：{}", hole.place, hole.words);
            if !words.contains(&line) {
                words.push(line);
            }
        }
        words
    });
    view! {
        <div class="score__balance" role="status">
            {move || {
                let words = wrong.get();
                if words.is_empty() {
                    let total = report
                        .document
                        .with(|document| document.scoring.as_ref().and_then(|s| s.total.num().counted()));
                    return total
                        .map(|total| {
                            view! {
                                <p class="score__note">
                                    {format!("各级分值相符，共 {} 分。", plain(&total))}
                                </p>
                            }
                        })
                        .into_any();
                }
                view! {
                    <div class="banner banner--inset" data-kind="warning">
                        <div class="banner__text">
                            <strong class="banner__title">
                                {format!("分值和规则有 {} 处要补全", words.len())}
                            </strong>
                            <ul>{words.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                        </div>
                    </div>
                }
                    .into_any()
            }}
        </div>
    }
}

#[component]
fn Total(sheet: Memo<Arc<Sheet>>) -> impl IntoView {
    view! {
        <p class="score__total" role="status">
            <span>"总分"</span>
            <strong>{move || sheet.with(|sheet| sheet.total_words())}</strong>
            {move || {
                sheet
                    .with(|sheet| sheet.grade.clone())
                    .map(|grade| view! { <span class="score__grade">{format!("等级：{grade}")}</span> })
            }}
        </p>
    }
}

#[component]
fn AspectHead(at: usize, sheet: Memo<Arc<Sheet>>) -> impl IntoView {
    let report = report();
    let name = Memo::new(move |_| {
        let of = |scoring: &Arc<Scoring>| scoring.aspects.get(at).map(|aspect| aspect.name.clone());
        report.document.with(|document| document.scoring.as_ref().and_then(of)).unwrap_or_default()
    });
    let words = move || {
        sheet.with(|sheet| {
            let (sub, _) = sheet.aspects.get(at)?;
            sub.weight?;
            let open = if sub.open.is_zero() {
                String::new()
            } else {
                format!("，未评 {} 分", plain(&sub.open))
            };
            Some(format!("小计 {} 分{open}", plain(&sub.score)))
        })
    };
    view! {
        <div class="score__aspect">
            <h2 class="block__title">{move || name.get()}</h2>
            <WeightInput which=Weight::Aspect(at) label=Signal::derive(move || format!("{}的分值", name.get())) />
            <span class="score__note">{words}</span>
        </div>
    }
}

#[component]
fn Group(part: Part, sheet: Memo<Arc<Sheet>>) -> impl IntoView {
    let report = report();
    let Part { at, name, slot, lines } = part;
    let empty = lines.is_empty();
    let label = format!("{name}的分值");
    let waiting = move || sheet.with(|sheet| sheet.waiting.iter().filter(|(_, slot)| *slot == at).count());
    let take_in = move |_| {
        report.leave();
        if let Some(edit) = report.document.with_untracked(|document| score::take_in(document, at)) {
            report.edit(edit);
        }
    };
    let add = move |_| {
        let id = RowId::new(&super::adapters::clock::new_id());
        report.leave();
        if let Some(edit) = report.document.with_untracked(|document| score::add_row(document, at, &id)) {
            report.edit(edit);
        }
    };
    view! {
        <section class="score__group">
            <div class="score__head">
                <h3>{name}</h3>
                <WeightInput which=Weight::Group(at.0, at.1) label=Signal::stored(label) />
            </div>
            <ul class="score__lines">
                {lines.into_iter().map(|id| view! { <IndicatorLine id=id sheet=sheet /> }).collect_view()}
            </ul>
            <p class="score__actions">
                {slot
                    .then(|| {
                        view! {
                            <span class="score__note">
                                {move || match (waiting(), empty) {
                                    (0, true) => {
                                        "这里由本部门自己的年度绩效目标（按类别）和任务指标计分，还没有可以归入的目标。"
                                            .to_owned()
                                    }
                                    (0, false) => String::new(),
                                    (count, _) => format!("有 {count} 项目标可以归入这里。"),
                                }}
                            </span>
                            <button
                                type="button"
                                class="button button--small"
                                disabled=move || waiting() == 0 && empty
                                on:click=take_in
                            >
                                {move || if waiting() > 0 { "归入并平均分配分值" } else { "平均分配分值" }}
                            </button>
                        }
                    })}
                {(!slot)
                    .then(|| {
                        view! {
                            <button type="button" class="button button--quiet button--small" on:click=add>
                                "增加指标"
                            </button>
                        }
                    })}
            </p>
        </section>
    }
}

/// Answers whose indicator is not on the sheet.
#[component]
fn Retired(sheet: Memo<Arc<Sheet>>) -> impl IntoView {
    move || {
        let retired = sheet.with(|sheet| sheet.retired.clone());
        (!retired.is_empty()).then(|| {
            let names: Vec<String> = retired
                .into_iter()
                .map(|(id, name)| if name.is_empty() { id.to_string() } else { name })
                .collect();
            view! {
                <section>
                    <h2 class="block__title">"已停用"</h2>
                    <p class="score__note">
                        {format!(
                            "这些指标不在现在的模板里，填过的内容都保留，换回有这些指标的模板就能看到：{}。",
                            names.join("、"),
                        )}
                    </p>
                </section>
            }
        })
    }
}
