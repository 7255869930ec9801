//! 自评表: the score sheet of the open report.

mod editing;
mod facts;
mod line;
mod rule;
mod settings;
mod setup;
mod spot;
mod tools;
mod unfilled;

use std::sync::Arc;

use leptos::prelude::*;
use ziping::app::score;
use ziping::app::score::spots::{Setting, Spot};
use ziping::app::score::tree::{self, Part};
use ziping::domain::document::{Document, LEVELS, ScoreStated};
use ziping::domain::edit::Edit;
use ziping::domain::place::Place;
use ziping::domain::record::Record;
use ziping::domain::rows::RowId;
use ziping::domain::score::Sheet;
use ziping::domain::score::case::plain;
use ziping::domain::score::template::Group;
use ziping::domain::score::validate::{self, At, Hole};

use super::fields::Field;
use super::state::{Report, report};
use editing::{Editing, editing, field_id};
use line::IndicatorLine;
use settings::Settings;
use setup::{Choose, Newer, TemplateBar};
use spot::{NumberInput, SpotField, TextInput};
use tools::PartTools;
use unfilled::{Filling, Refused};

/// What of the report's copy decides which view is shown.
#[derive(Clone, Copy, PartialEq)]
enum State {
    /// No template was chosen.
    None,
    /// Rows are to be filled in first.
    Unfilled,
    /// A sheet.
    Usable,
}

/// The sheet, or the choice of a template where none was chosen.
#[component]
pub fn ScoreSheet() -> impl IntoView {
    let report = report();
    Editing::provide();
    let state = Memo::new(move |_| {
        report.document.with(|document| match document.scoring.as_deref() {
            None => State::None,
            Some(scoring) if scoring.unseen().next().is_some() => State::Unfilled,
            Some(_) => State::Usable,
        })
    });
    view! {
        <div class="page">
            <header class="page__head">
                <h1 class="page__title">"自评表"</h1>
            </header>
            <Refused />
            {move || match state.get() {
                State::None => view! { <Choose /> }.into_any(),
                State::Unfilled => view! { <Filling /> }.into_any(),
                State::Usable => view! { <Filled /> }.into_any(),
            }}
        </div>
    }
}

fn change(report: Report, edit: impl FnOnce(&Document) -> Option<Edit>) {
    report.leave();
    if let Some(edit) = report.document.with_untracked(|document| edit(document)) {
        report.edit(edit);
    }
}

#[component]
fn Filled() -> impl IntoView {
    let report = report();
    let editing = editing();
    let sheet =
        Memo::new(move |_| report.assessment.with(|all| Arc::new(all.sheet.clone().unwrap_or_default())));
    let aspects = Memo::new(move |_| {
        report.document.with(|document| document.scoring.as_ref().map_or(0, |scoring| scoring.aspects.len()))
    });
    let stated = ScoreStated::DEFS.first().map(|def| {
        view! { <Field place=Place::field("score_stated", def.key) def=def /> }
    });
    view! {
        <TemplateBar />
        <Newer />
        <Show when=move || editing.on.get()>
            <Settings />
        </Show>
        <Balance sheet=sheet />
        <Total sheet=sheet />
        <For each=move || 0..aspects.get() key=|at| *at let:at>
            <AspectPart at=at sheet=sheet />
        </For>
        <Show when=move || editing.on.get()>
            <p class="score__actions">
                <button
                    type="button"
                    class="button button--small"
                    on:click=move |_| change(report, tree::add_aspect)
                >
                    "增加一级指标"
                </button>
            </p>
        </Show>
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

/// What is wrong with the sums of weights, and other holes of the copy; said as they are edited, each with its place.
#[component]
fn Balance(sheet: Memo<Arc<Sheet>>) -> impl IntoView {
    let report = report();
    let editing = editing();
    let wrong = Memo::new(move |_| {
        let holes = report.document.with(|document| document.scoring.as_deref().map(validate::holes));
        let mut holes = holes.unwrap_or_default();
        for imbalance in sheet.with(|sheet| sheet.imbalances.clone()) {
            let words = imbalance.words();
            if !holes.iter().any(|hole| hole.at == imbalance.at && hole.words == words) {
                holes.push(Hole { at: imbalance.at, place: imbalance.place, words, mendable: true });
            }
        }
        holes
    });
    let total = move || {
        report.document.with(|document| document.scoring.as_ref().and_then(|s| s.total.num().counted()))
    };
    view! {
        <div class="score__balance" role="status">
            {move || {
                let holes = wrong.get();
                if holes.is_empty() {
                    return total()
                        .map(|total| {
                            let words = format!("各级分值相符，共 {} 分。", plain(&total));
                            view! { <p class="score__note">{words}</p> }
                        })
                        .into_any();
                }
                let list = holes
                    .into_iter()
                    .map(|hole| {
                        let words = format!("{}：{}", hole.place, hole.words);
                        view! {
                            <li>
                                <button
                                    type="button"
                                    class="button button--link"
                                    on:click=move |_| editing.go(&hole.at)
                                >
                                    {words}
                                </button>
                            </li>
                        }
                    })
                    .collect::<Vec<_>>();
                view! {
                    <div class="banner banner--inset" data-kind="warning">
                        <div class="banner__text">
                            <strong class="banner__title">
                                {format!("分值和规则有 {} 处要补全", list.len())}
                            </strong>
                            <ul>{list}</ul>
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
    let editing = editing();
    let total = move || {
        view! {
            <span class="score__weight">
                <NumberInput
                    spot=Spot::Setting(Setting::Total)
                    name="全表总分"
                    id=field_id(&At::Template)
                />
                <span class="field__unit">"分满分"</span>
            </span>
        }
    };
    view! {
        <p class="score__total" role="status">
            <span>"总分"</span>
            <strong>{move || sheet.with(|sheet| sheet.total_words())}</strong>
            {move || {
                sheet
                    .with(|sheet| sheet.grade.clone())
                    .map(|grade| view! { <span class="score__grade">{format!("等级：{grade}")}</span> })
            }}
            <Show when=move || editing.on.get()>{total}</Show>
        </p>
    }
}

/// A level 1 with what is under it.
#[component]
fn AspectPart(at: usize, sheet: Memo<Arc<Sheet>>) -> impl IntoView {
    let report = report();
    let editing = editing();
    let name = Memo::new(move |_| {
        let spot = Spot::AspectName(at);
        report.document.with(|document| document.scoring.as_deref().map(|s| spot.text(s))).unwrap_or_default()
    });
    let groups = Memo::new(move |_| {
        report.document.with(|document| {
            let aspect = document.scoring.as_ref().and_then(|scoring| scoring.aspects.get(at));
            aspect.map_or(0, |aspect| aspect.groups.len())
        })
    });
    let words = move || {
        sheet.with(|sheet| {
            let (sub, _) = sheet.aspects.get(at)?;
            sub.weight?;
            let open = match sub.open.is_zero() {
                true => String::new(),
                false => format!("，未评 {} 分", plain(&sub.open)),
            };
            Some(format!("小计 {} 分{open}", plain(&sub.score)))
        })
    };
    let label = Signal::derive(move || format!("{}的分值", name.get()));
    view! {
        <div class="score__aspect">
            {move || {
                if editing.on.get() {
                    let id = format!("aspect-name-{at}");
                    view! { <TextInput spot=Spot::AspectName(at) name="一级指标" id=id /> }.into_any()
                } else {
                    view! { <h2 class="block__title">{move || name.get()}</h2> }.into_any()
                }
            }}
            <span class="score__weight">
                <NumberInput spot=Spot::AspectWeight(at) name=label id=field_id(&At::Aspect(at)) />
                <span class="field__unit">"分"</span>
            </span>
            <span class="score__note">{words}</span>
            <Show when=move || editing.on.get()>
                <PartTools part=Part::Aspect(at) name=name />
            </Show>
        </div>
        <For each=move || 0..groups.get() key=|group| *group let:group>
            <GroupPart at=(at, group) sheet=sheet />
        </For>
        <Show when=move || editing.on.get()>
            <p class="score__actions">
                <button
                    type="button"
                    class="button button--quiet button--small"
                    aria-label=move || format!("在“{}”下增加二级指标", name.get())
                    on:click=move |_| change(report, |document| tree::add_group(document, at))
                >
                    "增加二级指标"
                </button>
            </p>
        </Show>
    }
}

/// A level 2 with its indicators and goals.
#[component]
fn GroupPart(at: (usize, usize), sheet: Memo<Arc<Sheet>>) -> impl IntoView {
    let report = report();
    let editing = editing();
    let of_group = move |read: fn(&Group) -> String| {
        report.document.with(|document| {
            let aspect = document.scoring.as_ref().and_then(|scoring| scoring.aspects.get(at.0));
            aspect.and_then(|aspect| aspect.groups.get(at.1)).map(read).unwrap_or_default()
        })
    };
    let name = Memo::new(move |_| of_group(|group| group.name.clone()));
    let slot = Memo::new(move |_| {
        !of_group(|group| group.slot.as_ref().map_or("", |_| "slot").to_owned()).is_empty()
    });
    let lines = Memo::new(move |_| {
        sheet.with(|sheet| sheet.lines_of(at.0, at.1).map(|line| line.id.clone()).collect::<Vec<RowId>>())
    });
    let label = Signal::derive(move || format!("{}的分值", name.get()));
    let add = move |_| {
        let id = RowId::new(&super::adapters::clock::new_id());
        change(report, |document| tree::add_row(document, at, &id));
    };
    view! {
        <section class="score__group">
            <div class="score__head">
                {move || {
                    if editing.on.get() {
                        let id = format!("group-name-{}-{}", at.0, at.1);
                        view! { <TextInput spot=Spot::GroupName(at.0, at.1) name="二级指标" id=id /> }.into_any()
                    } else {
                        view! { <h3>{move || name.get()}</h3> }.into_any()
                    }
                }}
                <span class="score__weight">
                    <NumberInput
                        spot=Spot::GroupWeight(at.0, at.1)
                        name=label
                        id=field_id(&At::Group(at.0, at.1))
                    />
                    <span class="field__unit">"分"</span>
                </span>
                <Show when=move || editing.on.get()>
                    <PartTools part=Part::Group(at.0, at.1) name=name />
                </Show>
            </div>
            <Show when=move || editing.on.get()>
                <SlotFields at=at own=slot />
            </Show>
            <ul class="score__lines">
                <For each=move || lines.get() key=Clone::clone let:id>
                    <IndicatorLine id=id sheet=sheet />
                </For>
            </ul>
            <Show when=move || slot.get()>
                <SlotActions at=at sheet=sheet empty=Signal::derive(move || lines.with(Vec::is_empty)) />
            </Show>
            <p class="score__actions">
                <button
                    type="button"
                    class="button button--quiet button--small"
                    aria-label=move || format!("在“{}”下增加指标", name.get())
                    on:click=add
                >
                    "增加指标"
                </button>
            </p>
        </section>
    }
}

/// Whether the report's own goals take part in a level 2, and of which kinds.
#[component]
fn SlotFields(at: (usize, usize), own: Memo<bool>) -> impl IntoView {
    let kinds = move || {
        let ticks =
            LEVELS.iter().map(|(key, _)| view! { <SpotField spot=Spot::GroupKind(at.0, at.1, key) /> });
        own.get().then(|| {
            view! {
                <fieldset class="field score__kinds">
                    <legend class="field__label">"收哪些类别的目标（都不选就收各类）"</legend>
                    {ticks.collect_view()}
                </fieldset>
            }
        })
    };
    view! {
        <SpotField spot=Spot::GroupSlot(at.0, at.1) />
        {kinds}
    }
}

/// Lets goals take part in a slot and divides its points.
#[component]
fn SlotActions(at: (usize, usize), sheet: Memo<Arc<Sheet>>, empty: Signal<bool>) -> impl IntoView {
    let report = report();
    let waiting =
        Memo::new(move |_| sheet.with(|sheet| sheet.waiting.iter().filter(|(_, slot)| *slot == at).count()));
    let words = move || match (waiting.get(), empty.get()) {
        (0, true) => {
            "这里由本部门自己的年度绩效目标（按类别）和任务指标计分，还没有可以归入的目标。".to_owned()
        }
        (0, false) => String::new(),
        (count, _) => format!("有 {count} 项目标可以归入这里。"),
    };
    view! {
        <p class="score__actions">
            <span class="score__note">{words}</span>
            <button
                type="button"
                class="button button--small"
                disabled=move || waiting.get() == 0 && empty.get()
                on:click=move |_| change(report, |document| score::take_in(document, at))
            >
                {move || if waiting.get() > 0 { "归入并平均分配分值" } else { "平均分配分值" }}
            </button>
        </p>
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
