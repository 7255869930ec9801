//! The report's own goals in a slot of the sheet (个性指标): which can take part, their values and their rules.
//!
//! A goal takes part once it has an answer row of its own, under its own id; its rule follows from its operator.

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::template::{Group, Rule, Scoring};
use crate::domain::cell::{Cell, Num};
use crate::domain::document::Document;
use crate::domain::facts::Unit;
use crate::domain::facts::targets::linked;
use crate::domain::place::Place;
use crate::domain::rows::RowId;

/// A goal of the report as an indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Id of its row.
    pub id: RowId,
    /// Its name.
    pub name: String,
    /// Key of its kind in T4; empty for a target of T3.
    pub level: String,
    /// Id of the project that it belongs to; empty for none.
    pub project: String,
    /// Marked 核心指标.
    pub core: bool,
    /// Key of its operator.
    pub operator: String,
    /// The target.
    pub target: Num,
    /// The target in words.
    pub words: String,
    /// Unit of its value.
    pub unit: String,
    /// The result, reported once in T10.
    pub actual: Num,
    /// Grade of a qualitative result.
    pub attainment: String,
    /// Where the result is reported, in T10.
    pub place: Place,
    /// Causes and measures that stand beside the result.
    pub noted: [String; 3],
}

/// Goals of T4, and targets of T3 that no goal repeats. A goal that repeats a target reads its result.
pub fn all(document: &Document) -> Vec<Member> {
    let targets = linked(document);
    let mut repeated = HashSet::new();
    let mut members = Vec::new();
    for (at, goal) in document.goals.iter().enumerate() {
        let operator = text(&goal.operator);
        let column = result_column(&operator);
        let value = if goal.adjusted_value.is_blank() { &goal.value } else { &goal.adjusted_value };
        let result = targets.get(at).copied().flatten().and_then(|at| document.targets.at(at));
        repeated.extend(result.map(|line| line.id.as_str()));
        let (actual, attainment, place, noted) = match result {
            Some(line) => (
                line.actual.num(),
                text(&line.attainment),
                Place::cell("targets", &line.id, column),
                [&line.deviation_cause, &line.measure, &line.evidence],
            ),
            None => (
                goal.actual.num(),
                text(&goal.attainment),
                Place::cell("goals", &goal.id, column),
                [&goal.deviation_cause, &goal.measure, &goal.evidence],
            ),
        };
        members.push(Member {
            id: goal.id.clone(),
            name: text(&goal.name),
            level: text(&goal.level),
            project: text(&goal.project),
            core: goal.core.words() == "yes",
            target: value.num(),
            words: text(&goal.value_text),
            unit: text(&goal.unit),
            noted: noted.map(text),
            actual,
            attainment,
            place,
            operator,
        });
    }
    for line in document.targets.iter().filter(|line| !repeated.contains(line.id.as_str())) {
        let operator = text(&line.operator);
        members.push(Member {
            id: line.id.clone(),
            name: text(&line.name),
            level: String::new(),
            project: String::new(),
            core: false,
            target: line.value.num(),
            words: text(&line.value_text),
            unit: text(&line.unit),
            actual: line.actual.num(),
            attainment: text(&line.attainment),
            place: Place::cell("targets", &line.id, result_column(&operator)),
            noted: [&line.deviation_cause, &line.measure, &line.evidence].map(text),
            operator,
        });
    }
    members
}

fn text(cell: &Cell<String>) -> String {
    cell.words().trim().to_owned()
}

/// Where the result of a target of this direction stands.
fn result_column(operator: &str) -> &'static str {
    if operator == "qual" { "attainment" } else { "actual" }
}

/// Where a goal belongs: the first slot for its kind, then a slot for all kinds. Positions of level 1 and level 2.
pub fn slot_of(scoring: &Scoring, member: &Member) -> Option<(usize, usize)> {
    let find = |fits: &dyn Fn(&Group) -> bool| {
        scoring
            .aspects
            .iter()
            .enumerate()
            .find_map(|(aspect, part)| part.groups.iter().position(fits).map(|group| (aspect, group)))
    };
    let own = find(&|group| {
        let levels = group.slot.as_deref().unwrap_or_default();
        !member.level.is_empty() && levels.contains(&member.level)
    });
    own.or_else(|| find(&|group| group.slot.as_ref().is_some_and(Vec::is_empty)))
}

impl Member {
    /// The target as it is written.
    pub fn target_words(&self) -> String {
        let sign = match self.operator.as_str() {
            "ge" => "≥",
            "gt" => "＞",
            "le" => "≤",
            "lt" => "＜",
            "eq" => "＝",
            _ => "",
        };
        match self.target {
            Num::Value(value) => format!("{sign}{}{}", Unit::Number("").show(&value), self.unit),
            _ => self.words.clone(),
        }
    }

    /// The rule of its operator: ≥ and ＞ in proportion, ≤ and ＜ by the excess, ＝ capped, 定性 by grade (indicators
    /// §5.7). A target that is no number is judged by grade too.
    pub fn rule(&self) -> Rule {
        let target = match self.target {
            Num::Value(value) => Some(value),
            Num::Nil => Some(Decimal::ZERO),
            Num::Blank | Num::Unread => None,
        };
        let kind = match (self.operator.as_str(), target) {
            (_, None) | ("qual", _) => return Rule::of("qual3"),
            ("le" | "lt", _) => "ratio_down_linear",
            ("eq", _) => "equal_capped",
            // “At least nothing” is reached by any value that is not negative.
            _ => "ratio_up",
        };
        Rule::with(kind, "t", target.unwrap_or_default())
    }

    /// Whether more is better.
    pub fn is_positive(&self) -> bool {
        matches!(self.operator.as_str(), "ge" | "gt")
    }
}
