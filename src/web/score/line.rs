//! One indicator of the sheet: value, rule, points, and the fields that belong to it.

use std::sync::Arc;

use leptos::prelude::*;
use ziping::app::score;
use ziping::app::score::spots::{RowField, Spot};
use ziping::app::score::tree::Part;
use ziping::domain::document::ScoreAnswer;
use ziping::domain::facts::label::Target;
use ziping::domain::place::Place;
use ziping::domain::record::Record;
use ziping::domain::rows::RowId;
use ziping::domain::score::case::{Answer, plain};
use ziping::domain::score::kinds::Input;
use ziping::domain::score::params::Item;
use ziping::domain::score::validate::At;
use ziping::domain::score::{Line, Mark, Sheet};

use super::editing::{editing, field_id};
use super::rule::RuleEditor;
use super::spot::{NumberInput, TextInput};
use super::tools::PartTools;
use crate::web::fields::Field;
use crate::web::state::report;

/// What of an indicator decides which fields it has.
#[derive(Clone, PartialEq, Default)]
struct Shape {
    input: Option<Input>,
    items: Vec<String>,
    asks_absent: bool,
    manual: bool,
    lost: bool,
    over: bool,
    member: bool,
    reported: bool,
}

/// An indicator.
#[component]
pub fn IndicatorLine(
    /// Its id.
    id: RowId,
    /// The sheet it stands on.
    sheet: Memo<Arc<Sheet>>,
) -> impl IntoView {
    let report = report();
    let key = StoredValue::new(id.as_str().to_owned());
    let row = StoredValue::new(id.clone());
    let line = Memo::new(move |_| {
        sheet.with(|sheet| row.with_value(|id| sheet.lines.iter().find(|line| line.id == *id).cloned()))
    });
    let get = move |read: fn(&Line) -> String| line.with(|line| line.as_ref().map(read).unwrap_or_default());
    let shape = Memo::new(move |_| {
        let of = |line: &Line| Shape {
            input: line.input,
            items: line.items.clone(),
            asks_absent: line.asks_absent,
            manual: line.manual_allowed,
            lost: line.lost(),
            over: matches!(line.mark, Some(Mark::Over | Mark::FarOver)),
            member: line.member,
            reported: line.source.is_some(),
        };
        line.with(|line| line.as_ref().map(of).unwrap_or_default())
    });
    // The lines are laid out anew when a goal comes or goes, so this never changes under a line.
    let member = shape.with_untracked(|shape| shape.member);
    let open = RwSignal::new(false);
    // Fields are made anew only when others are asked: what is being typed keeps its field.
    let keys = Memo::new(move |_| shape.with(|shape| field_keys(shape, open.get())));
    let points_asked = Memo::new(move |_| shape.with(|shape| shape.items.clone()));
    let changing = RwSignal::new(false);
    let editing = editing();
    let name = Signal::derive(move || get(|line| line.name.clone()));
    // A remark on the template leads to the row that it is about.
    Effect::new(move |_| {
        let here = |wanted: &Option<String>| {
            wanted.as_ref().is_some_and(|wanted| key.with_value(|key| key == wanted))
        };
        if editing.row.with(here) {
            changing.set(true);
            editing.row.set(None);
        }
    });
    // A finding leads to a field that may be folded away.
    Effect::new(move |_| {
        let here = |jump: &Option<Target>| match jump {
            Some(Target::Place(Place::Cell { list: "score_answers", row: at, column })) => {
                row.with_value(|id| id == at).then_some(*column)
            }
            _ => None,
        };
        if let Some(column) = report.jump.with(here) {
            open.set(true);
            if column == "weight" && !member {
                super::editing::focus_soon(field_id(&At::Row(key.get_value())));
            }
            if column == "answers" || (column == "weight" && !member) {
                report.jump.set(None);
            }
        }
    });
    let state = move || {
        line.with(|line| match line.as_ref() {
            Some(line) if line.excluded => "none",
            Some(line) if line.lost() => "lost",
            Some(line) if line.score.is_some() => "full",
            _ => "open",
        })
    };
    let why = move |_| {
        let target = line.with_untracked(|line| {
            let line = line.as_ref()?;
            line.fact.map(Target::Fact).or_else(|| line.source.clone().map(Target::Place))
        });
        report.focus.set(target);
    };
    let has_why = move || {
        line.with(|line| line.as_ref().is_some_and(|line| line.fact.is_some() || line.source.is_some()))
    };
    let weight = if member {
        let words = move || get(|line| line.weight.as_ref().map_or("未设".to_owned(), plain));
        view! { <span class="score__weight">{words} " 分"</span> }.into_any()
    } else {
        let label = Signal::derive(move || format!("{}的分值", name.get()));
        let spot = Spot::Row(key.get_value(), RowField::Weight);
        let id = field_id(&At::Row(key.get_value()));
        view! {
            <span class="score__weight">
                <NumberInput spot=spot name=label id=id />
                <span class="field__unit">"分"</span>
            </span>
        }
        .into_any()
    };
    view! {
        <li class="score__line" data-score=state>
            <div class="score__row">
                <div class="score__name">
                    {move || {
                        if editing.on.get() && !member {
                            let spot = Spot::Row(key.get_value(), RowField::Name);
                            let id = format!("name-{}", key.get_value());
                            view! { <TextInput spot=spot name="三级指标" id=id /> }.into_any()
                        } else {
                            view! { <strong>{name}</strong> }.into_any()
                        }
                    }}
                    {move || {
                        line.with(|line| line.as_ref().is_some_and(|line| line.core))
                            .then(|| view! { <span class="field__note">"核心指标"</span> })
                    }}
                </div>
                <div class="score__value" data-mark=move || line.with(|line| mark(line.as_ref()))>
                    <span>{move || get(|line| if line.shown.is_empty() { "—".to_owned() } else { line.shown.clone() })}</span>
                    <Show when=has_why>
                        <button type="button" class="button button--link" on:click=why>
                            "为什么"
                        </button>
                    </Show>
                    <span class="score__note">
                        {move || get(|line| if line.target.is_empty() { String::new() } else { format!("目标 {}", line.target) })}
                    </span>
                </div>
                {weight}
                <div class="score__points">{move || get(points)}</div>
                <button
                    type="button"
                    class="button button--small"
                    aria-expanded=move || open.get().to_string()
                    aria-label=move || format!("{}{}", if open.get() { "收起" } else { "填写" }, get(|line| line.name.clone()))
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    {move || if open.get() { "收起" } else { "填写" }}
                </button>
            </div>
            <p class="score__text">{move || get(|line| line.text.clone())}</p>
            {move || {
                let hints = line.with(|line| line.as_ref().map(notes).unwrap_or_default());
                hints.into_iter().map(|hint| view! { <p class="score__note">{hint}</p> }).collect_view()
            }}
            {move || {
                let items = points_asked.get();
                (open.get() && !items.is_empty()).then(|| check_points(row.get_value(), items, line))
            }}
            {move || {
                let keys = keys.get();
                (!keys.is_empty()).then(|| fields(&row.get_value(), keys))
            }}
            <Show when=move || open.get() || editing.on.get() || changing.get()>
                <p class="score__note">"评分规则：" {move || get(|line| line.rule.clone())}</p>
                {move || if member { leave_out(row).into_any() } else { change_buttons(key, name, changing).into_any() }}
                <Show when=move || changing.get() && !member>
                    <RuleEditor id=key />
                </Show>
            </Show>
        </li>
    }
}

/// Takes one of the report's own goals out of the sheet.
fn leave_out(row: StoredValue<RowId>) -> impl IntoView {
    let report = report();
    view! {
        <p class="score__actions">
            <button
                type="button"
                class="button button--quiet button--small"
                on:click=move |_| {
                    report.leave();
                    report.edit(row.with_value(score::leave_out));
                    report.say("已从自评表中移出这项目标。", true);
                }
            >
                "从自评表移出"
            </button>
        </p>
    }
}

/// Opens the editor of an indicator of the template, moves it or takes it out.
fn change_buttons(key: StoredValue<String>, name: Signal<String>, changing: RwSignal<bool>) -> impl IntoView {
    view! {
        <p class="score__actions">
            <button
                type="button"
                class="button button--quiet button--small"
                aria-expanded=move || changing.get().to_string()
                on:click=move |_| changing.update(|changing| *changing = !*changing)
            >
                "修改指标和规则"
            </button>
            <PartTools part=Part::Row(key.get_value()) name=name />
        </p>
    }
}

fn mark(line: Option<&Line>) -> Option<&'static str> {
    line?.mark.map(|mark| match mark {
        Mark::Over => "over",
        Mark::FarOver => "far",
        Mark::Beside => "beside",
    })
}

/// The score that counts, and the computed one beside a score by hand.
fn points(line: &Line) -> String {
    match (&line.score, &line.computed) {
        _ if line.excluded => "不适用".to_owned(),
        (Some(score), computed) if line.manual.is_some() && line.refused.is_none() => {
            let computed = computed.as_ref().map_or("无".to_owned(), plain);
            format!("得 {} 分（人工评分；计算得分 {computed}）", plain(score))
        }
        (Some(score), _) => format!("得 {} 分", plain(score)),
        (None, _) => "未评".to_owned(),
    }
}

fn notes(line: &Line) -> Vec<String> {
    let mut notes = line.hints.clone();
    notes.extend(line.refused.as_ref().map(|(_, words)| format!("{words}。")));
    match line.mark {
        Some(Mark::Over) => {
            notes.push("实际完成超过目标较多，请核对目标是否偏低，写明原因；可以人工评分。".to_owned());
        }
        Some(Mark::FarOver) => notes.push("实际完成超计划较大，请写明超额说明。".to_owned()),
        Some(Mark::Beside) => notes.push("实际值与目标不同。".to_owned()),
        None => {}
    }
    notes
}

/// The fields that an indicator asks for. Whoever loses points, or is far over the target, is asked why at once.
fn field_keys(shape: &Shape, open: bool) -> Vec<&'static str> {
    let mut keys = Vec::new();
    if open {
        if shape.member {
            keys.push("weight");
        }
        match shape.input {
            Some(Input::Value) => keys.push("value"),
            // A grade that is reported with the result is not asked again.
            Some(Input::Grade) if shape.reported => keys.push("graded"),
            Some(Input::Grade) => keys.extend(["grade", "graded"]),
            Some(Input::Dates) => keys.extend(["due", "done"]),
            Some(Input::Answers | Input::Manual) | None => {}
        }
        if shape.asks_absent {
            keys.push("absent");
        }
        if shape.manual {
            keys.extend(["manual", "manual_reason"]);
        }
    }
    if shape.lost || shape.over || open {
        keys.extend(["deviation_cause", "measure"]);
    }
    if shape.over || open {
        keys.push("remark");
    }
    if open {
        keys.extend(["evidence", "evidence_number", "evidence_page"]);
    }
    keys
}

fn fields(row: &RowId, keys: Vec<&'static str>) -> impl IntoView + use<> {
    let fields: Vec<_> = keys
        .into_iter()
        .filter_map(|key| ScoreAnswer::DEFS.iter().find(|def| def.key == key))
        .map(|def| view! { <Field place=Place::cell("score_answers", row, def.key) def=def /> })
        .collect();
    view! { <div class="fields fields--two">{fields}</div> }
}

/// Check points with their answers.
fn check_points(id: RowId, items: Vec<String>, line: Memo<Option<Line>>) -> impl IntoView {
    let report = report();
    let count = items.len();
    let id = StoredValue::new(id);
    let rows = items.into_iter().enumerate().map(move |(at, item)| {
        let words = match Item::parse(&item) {
            Some(item) => format!("{}（{} 分）", item.text, plain(&item.points)),
            None => item,
        };
        let answer = move || {
            let of = |line: &Line| line.answers.get(at).copied().unwrap_or_default();
            match line.with(|line| line.as_ref().map(of).unwrap_or_default()) {
                Answer::Open => "",
                Answer::Yes => "yes",
                Answer::No => "no",
                Answer::NotApplicable => "na",
            }
        };
        view! {
            <label class="field">
                <span class="field__label">{words}</span>
                <select
                    class="input input--m"
                    disabled=move || !report.writable.get()
                    prop:value=answer
                    on:change=move |event| {
                        let key = event_target_value(&event);
                        let edit = report
                            .document
                            .with_untracked(|document| {
                                id.with_value(|id| score::set_answer(document, id, at, count, &key))
                            });
                        report.edit(edit);
                        report.leave();
                    }
                >
                    <option value="" selected=move || answer().is_empty()>
                        "未答"
                    </option>
                    {Answer::OPTIONS
                        .iter()
                        .map(|(key, label)| {
                            view! {
                                <option value=*key selected=move || answer() == *key>
                                    {*label}
                                </option>
                            }
                        })
                        .collect_view()}
                </select>
            </label>
        }
    });
    view! { <div class="fields fields--two">{rows.collect_view()}</div> }
}
