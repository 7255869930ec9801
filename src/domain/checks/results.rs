//! Targets and their results: each has one (TXT-02), and nobody claims all to be done while one is not (TXT-04), after
//! outline §7.3. A goal that no target of T3 stands behind has its result in T10 as well.

use std::borrow::Cow;

use super::reading::{at, quoted};
use super::{CheckDef, Finding, Outcome, Severity};
use crate::domain::document::{Document, GoalLine, TargetLine};
use crate::domain::facts::eval::Facts;
use crate::domain::facts::label::Target;
use crate::domain::facts::registry::source;
use crate::domain::facts::targets::{is_planned, is_reached, is_reported};
use crate::domain::place::Place;

/// TXT-02.
pub const REPORTED: CheckDef = CheckDef {
    id: "TXT-02",
    title: "每个目标都有结果",
    severity: Severity::Warning,
    source: source::OURS,
    run: |check, document, facts| {
        aims(document, facts).map(|(list, line)| reported(check, document, list, &line)).collect()
    },
};

/// What is to be reached, by the lines of T10: the targets of T3, and the goals that repeat none of them.
fn aims<'a>(
    document: &'a Document,
    facts: &'a Facts,
) -> impl Iterator<Item = (&'static str, Cow<'a, TargetLine>)> {
    let targets = document.targets.iter().map(|line| ("targets", Cow::Borrowed(&**line)));
    let goals = facts.goals(document).filter(|(_, target)| target.is_none());
    let goals = goals.map(|(goal, _)| ("goals", Cow::Owned(as_target(goal))));
    targets.chain(goals).filter(|(_, line)| is_planned(line))
}

/// A goal with its own result, seen as a target.
fn as_target(goal: &GoalLine) -> TargetLine {
    let value = if goal.adjusted_value.is_blank() { &goal.value } else { &goal.adjusted_value };
    TargetLine {
        id: goal.id.clone(),
        operator: goal.operator.clone(),
        value: value.clone(),
        value_text: goal.value_text.clone(),
        actual: goal.actual.clone(),
        attainment: goal.attainment.clone(),
        result_scope: goal.result_scope.clone(),
        ..TargetLine::default()
    }
}

fn value_of(line: &TargetLine) -> &'static str {
    if line.value.is_blank() { "value_text" } else { "value" }
}

fn result_of(line: &TargetLine) -> &'static str {
    if line.value.is_blank() || line.operator.words() == "qual" { "attainment" } else { "actual" }
}

fn reported(check: &CheckDef, document: &Document, list: &'static str, line: &TargetLine) -> Outcome {
    let place = |column| Place::cell(list, &line.id, column);
    let find = |column: &'static str, what: &str, todo: &str| {
        let name = quoted(&document.row_name(list, &line.id));
        // The result first: there it is put right.
        let places = vec![at(document, place(column)), at(document, place(value_of(line)))];
        Finding::new(check, places, format!("{name}{what}"), todo)
    };
    if !is_reported(line) {
        let todo = "请在“目标完成对照”填写结果；没有完成的也要填，并写明原因。";
        return Outcome::Fails(vec![find(result_of(line), "没有结果", todo)]);
    }
    let (what, todo) = match line.result_scope.words() {
        "part" => ("的结果只是一部分", "请补全结果，或在“偏差原因”说明为什么只有一部分。"),
        "other_year" => ("的结果不是本年的", "请填本年的结果，或在“偏差原因”说明为什么用其他年度的。"),
        _ => return Outcome::Holds,
    };
    Outcome::Fails(vec![find("result_scope", what, todo).weighing(Severity::Hint)])
}

/// TXT-04.
pub const OVERCLAIM: CheckDef = CheckDef {
    id: "TXT-04",
    title: "没有全部达到目标时，正文不写“超额完成各项任务”“全部完成”",
    severity: Severity::Error,
    source: source::OURS,
    run: overclaim,
};

/// Narratives that tell what was done.
const TOLD_IN: &[&str] =
    &["results", "effects", "satisfaction", "problems", "use_of_results", "fund_management"];

fn overclaim(check: &CheckDef, document: &Document, facts: &Facts) -> Vec<Outcome> {
    let claims: Vec<(Place, &str)> = TOLD_IN
        .iter()
        .filter_map(|key| {
            let place = Place::parse(&format!("narratives.{key}"))?;
            let words = claim(document.get(&place).words())?;
            Some((place, words))
        })
        .collect();
    if claims.is_empty() {
        return vec![Outcome::NotApplicable("正文没有这样写")];
    }
    let open: Vec<_> = aims(document, facts).filter(|(_, line)| is_reached(line) != Some(true)).collect();
    claims
        .into_iter()
        .map(|(place, words)| {
            let Some((list, first)) = open.first() else { return Outcome::Holds };
            let beside = match is_reached(first) {
                Some(_) => "没有达到",
                None => "没有完整的结果",
            };
            let name = quoted(&document.row_name(list, &first.id));
            let more = match open.len() {
                1 => String::new(),
                count => format!("等 {count} 个目标"),
            };
            Outcome::Fails(vec![Finding::new(
                check,
                vec![
                    (Target::Place(place), format!("“{words}”")),
                    at(document, Place::cell(list, &first.id, result_of(first))),
                ],
                format!("正文写“{words}”，但{name}{more}{beside}"),
                "请改写这句话，或补填结果。没有完成的目标要如实写明原因。",
            )])
        })
        .collect()
}

/// Ways to say that everything was done. Only of tasks and targets as a whole: “6 处工程全部完成” claims less.
const CLAIMS: &[&str] = &[
    "超额完成各项任务",
    "超额完成各项目标",
    "超额完成全年任务",
    "超额完成年度任务",
    "超额完成目标任务",
    "全面完成各项任务",
    "全面完成各项目标",
    "圆满完成各项任务",
    "圆满完成各项目标",
    "全部完成各项任务",
    "完成全部任务",
    "完成全部目标",
    "完成了全部任务",
    "完成了全部目标",
    "各项任务全部完成",
    "各项目标全部完成",
    "各项任务均已完成",
    "各项目标均已完成",
    "目标任务全部完成",
    "年度任务全部完成",
    "年度目标全部完成",
    "任务目标全部完成",
    "绩效目标全部完成",
];

/// Words before a claim that make it a wish or a denial.
const UNSAID: &[&str] =
    &["未", "没有", "不能", "力争", "争取", "确保", "努力", "尚未", "为了", "保证", "难以"];

fn claim(text: &str) -> Option<&'static str> {
    CLAIMS.iter().copied().find(|words| {
        text.match_indices(words).any(|(start, _)| {
            let before: Vec<char> = text.get(..start).unwrap_or_default().chars().rev().take(4).collect();
            let before: String = before.into_iter().rev().collect();
            !UNSAID.iter().any(|word| before.contains(word))
        })
    })
}
