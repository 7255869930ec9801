//! What the template says of the whole sheet: texts, arithmetic, grades.

use leptos::prelude::*;
use ziping::app::score::spots::{Setting, Spot};
use ziping::app::score::tree::{self, Part};

use super::spot::{NumberInput, SpotField, TextInput};
use super::tools::PartTools;
use crate::web::state::report;

const TEXTS: &[Setting] = &[Setting::Name, Setting::Source, Setting::Banner];
const ARITHMETIC: &[Setting] = &[
    Setting::Decimals,
    Setting::Partial,
    Setting::CutFull,
    Setting::CutPart,
    Setting::OverMark,
    Setting::OverRemark,
    Setting::Truncated,
];

/// The settings and the table of grades.
#[component]
pub fn Settings() -> impl IntoView {
    let report = report();
    let grades = Memo::new(move |_| {
        report.document.with(|document| document.scoring.as_ref().map_or(0, |scoring| scoring.grades.len()))
    });
    let fields = |settings: &'static [Setting]| {
        settings.iter().map(|setting| view! { <SpotField spot=Spot::Setting(*setting) /> }).collect_view()
    };
    let grade_name = move |at: usize| {
        Signal::derive(move || {
            report.document.with(|document| {
                document
                    .scoring
                    .as_ref()
                    .and_then(|scoring| scoring.grades.get(at).map(|grade| grade.name.clone()))
                    .unwrap_or_default()
            })
        })
    };
    let add = move |_| {
        report.leave();
        if let Some(edit) = report.document.with_untracked(|document| tree::add_grade(document)) {
            report.edit(edit);
        }
    };
    view! {
        <section class="score__settings" aria-labelledby="scoring-settings">
            <h2 class="block__title" id="scoring-settings">
                "模板设置"
            </h2>
            <p class="score__note">
                "改的是本部门的副本，每一处都可以撤销。指标的名称、顺序在下面的表里直接改，评分规则点“修改指标和规则”。"
            </p>
            <div class="fields fields--two">{fields(TEXTS)} {fields(ARITHMETIC)}</div>
            <h3>"等级（从高到低）"</h3>
            <ul class="score__grades">
                <For each=move || 0..grades.get() key=|at| *at let:at>
                    <li class="score__part">
                        <TextInput
                            spot=Spot::GradeName(at)
                            name=format!("第 {} 个等级的名称", at + 1)
                            id=format!("grade-name-{at}")
                        />
                        <NumberInput
                            spot=Spot::GradeFrom(at)
                            name=format!("第 {} 个等级从几分起", at + 1)
                            id=format!("grade-from-{at}")
                        />
                        <span class="field__unit">"分起"</span>
                        <PartTools part=Part::Grade(at) name=grade_name(at) />
                    </li>
                </For>
            </ul>
            <p class="score__actions">
                <button type="button" class="button button--quiet button--small" on:click=add>
                    "增加等级"
                </button>
            </p>
        </section>
    }
}
