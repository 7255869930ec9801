//! The table of each project (财预〔2020〕10号, indicators §3.1): its funds, the goals that belong to it, what they score.
//!
//! A goal's points in the table of its project are its part of the points of its level 1, as large among the goals
//! of the project as the points that it has on the sheet; equal parts where it has none there.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::case::{Case, plain};
use super::draft::Draft;
use super::kinds;
use super::line::Line;
use super::members::{self, Member};
use super::sheet::answers;
use super::spread::parts_of;
use super::template::Scoring;
use crate::domain::amount;
use crate::domain::cell::Cell;
use crate::domain::document::{Document, LEVELS, Project, ScoreAnswer};

/// The template with which each project has a table of its own.
pub const TEMPLATE: &str = "national_project";

/// The table of one project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProjectTable {
    /// The project.
    pub name: String,
    /// 年度资金总额.
    pub funds: Funds,
    /// Of it 当年财政拨款; what is carried over is not reported by project, so only the year's own budget is known.
    pub fiscal: Option<Decimal>,
    /// Of it 其他资金.
    pub other: Option<Decimal>,
    /// 执行率.
    pub rate: Option<Decimal>,
    /// Points for the execution.
    pub weight: Option<Decimal>,
    /// Score of the execution; `None` where a figure is 未填 or the budget is zero.
    pub score: Option<Decimal>,
    /// Its goals: level 1 with its points, level 2, and the line.
    pub goals: Vec<Goal>,
    /// Sum of the scores so far.
    pub total: Decimal,
    /// Points that are open.
    pub open: Decimal,
}

/// Amounts of a row of funds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Funds {
    /// 年初预算数.
    pub initial: Option<Decimal>,
    /// 全年预算数.
    pub revised: Option<Decimal>,
    /// 全年执行数.
    pub outturn: Option<Decimal>,
}

/// A goal in the table of its project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// 一级指标 with its points.
    pub aspect: String,
    /// 二级指标.
    pub level: String,
    /// The goal as an indicator.
    pub line: Line,
}

/// The table of every project of the report.
pub fn tables(document: &Document, scoring: &Scoring) -> Vec<ProjectTable> {
    let goals = members::all(document);
    let mut of_project: HashMap<&str, Vec<&Member>> = HashMap::new();
    for goal in goals.iter().filter(|goal| !goal.project.is_empty()) {
        of_project.entry(&goal.project).or_default().push(goal);
    }
    let answered = answers(document);
    let own = |project: &Project| of_project.get(project.id.as_str()).map_or(&[][..], Vec::as_slice);
    document.projects.iter().map(|project| table(&answered, scoring, project, own(project))).collect()
}

fn table(
    answered: &HashMap<&str, &ScoreAnswer>,
    scoring: &Scoring,
    project: &Project,
    own: &[&Member],
) -> ProjectTable {
    let funds = Funds {
        initial: project.initial_budget.num().counted(),
        revised: project.revised_budget.num().counted(),
        outturn: project.outturn.num().counted(),
    };
    let rate = funds
        .outturn
        .zip(funds.revised)
        .and_then(|(outturn, revised)| outturn.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(revised));
    let mut table = ProjectTable {
        name: project.name.words().to_owned(),
        funds,
        fiscal: funds.initial.filter(|_| is_fiscal(project) == Some(true)),
        other: funds.initial.filter(|_| is_fiscal(project) == Some(false)),
        rate,
        ..ProjectTable::default()
    };
    if let Some(row) = scoring.rows().find(|row| row.fact == "expenditure.execution_rate") {
        table.weight = row.weight.num().counted();
        table.score = row
            .rule
            .as_ref()
            .zip(table.weight)
            .and_then(|(rule, weight)| kinds::score(scoring, rule, &Case::of(rate, weight)).ok())
            .map(|points| amount::round(points, scoring.score_dp));
    }
    for (at, aspect) in scoring.aspects.iter().enumerate() {
        let mut here: Vec<(&Member, (usize, usize))> = own
            .iter()
            .filter_map(|goal| Some((*goal, members::slot_of(scoring, goal)?)))
            .filter(|(_, slot)| slot.0 == at)
            .collect();
        here.sort_by_key(|(goal, _)| LEVELS.iter().position(|(key, _)| *key == goal.level));
        let Some(whole) = aspect.weight.num().counted().filter(|_| !here.is_empty()) else {
            let slots = aspect.groups.iter().any(|group| group.slot.is_some());
            table.open = table
                .open
                .saturating_add(aspect.weight.num().counted().filter(|_| slots).unwrap_or_default());
            continue;
        };
        let on_sheet = |goal: &Member| answered.get(goal.id.as_str()).copied();
        let weights: Vec<Option<Decimal>> = here
            .iter()
            .map(|(goal, _)| on_sheet(goal)?.weight.num().counted().filter(|w| *w > Decimal::ZERO))
            .collect();
        let known: Option<Vec<Decimal>> = weights.iter().copied().collect();
        let ratio = known.unwrap_or_else(|| vec![Decimal::ONE; here.len()]);
        let Some(parts) = parts_of(whole, &ratio) else { continue };
        for (((goal, slot), before), weight) in here.iter().zip(&weights).zip(parts) {
            let own = in_project(on_sheet(goal), *before, weight);
            let line = Draft::of_goal(scoring, goal, *slot, Some(&own)).finish(scoring, Some(weight));
            match line.score {
                Some(score) => table.total = table.total.saturating_add(score),
                None => table.open = table.open.saturating_add(weight),
            }
            table.goals.push(Goal {
                aspect: format!("{}（{} 分）", aspect.name, plain(&whole)),
                level: level_words(&goal.level),
                line,
            });
        }
    }
    match (table.score, table.weight) {
        (Some(score), _) => table.total = table.total.saturating_add(score),
        (None, weight) => table.open = table.open.saturating_add(weight.unwrap_or_default()),
    }
    table
}

/// The answers to a goal with what was given in points brought to its points in the project's table.
fn in_project(answers: Option<&ScoreAnswer>, before: Option<Decimal>, weight: Decimal) -> ScoreAnswer {
    let mut own = answers.cloned().unwrap_or_default();
    let scaled = |points: &Cell<Decimal>| match (points.num().counted(), before) {
        // Far finer than scores are, and coarse enough for the ends of grades to be met exactly.
        (Some(points), Some(before)) => points
            .checked_mul(weight)
            .and_then(|points| points.checked_div(before))
            .map_or(Cell::Blank, |points| Cell::Value(amount::round(points, 10))),
        _ => Cell::Blank,
    };
    own.graded = scaled(&own.graded);
    own.manual = scaled(&own.manual);
    own.weight = Cell::Value(weight);
    own
}

/// Whether a project is paid from the budget; `None` where nobody said.
fn is_fiscal(project: &Project) -> Option<bool> {
    match project.fund_source.words() {
        "general_public" | "government_fund" | "state_capital" | "superior" => Some(true),
        "own" | "other" => Some(false),
        _ => None,
    }
}

fn level_words(level: &str) -> String {
    let label = LEVELS.iter().find(|(key, _)| *key == level).map_or("", |(_, label)| label);
    match label.split_once('·') {
        Some((_, second)) => format!("{second}指标"),
        None if label.is_empty() => String::new(),
        None => format!("服务对象{label}指标"),
    }
}

impl ProjectTable {
    /// 预期目标: its goals with their targets.
    pub fn expected(&self) -> String {
        let told = self.goals.iter().map(|goal| format!("{}{}", goal.line.name, goal.line.target));
        told.collect::<Vec<_>>().join("；")
    }

    /// 实际完成情况: its goals with their results.
    pub fn achieved(&self) -> String {
        let told = self.goals.iter().map(|goal| {
            let shown = if goal.line.shown.is_empty() { "未填" } else { &goal.line.shown };
            format!("{}：{shown}", goal.line.name)
        });
        told.collect::<Vec<_>>().join("；")
    }
}
