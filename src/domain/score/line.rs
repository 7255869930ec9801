//! One indicator on the sheet: what it is worth, scores and why.

use rust_decimal::Decimal;

use super::case::{Answer, Gap};
use super::kinds::Input;
use crate::domain::amount;
use crate::domain::place::Place;
use crate::domain::rows::RowId;

/// A mark on a value that lies beside its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Over-achieved by so much that it is marked (SCO-03).
    Over,
    /// Over-achieved by so much that it must be explained (SCO-04).
    FarOver,
    /// On the wrong side of a target that should not be passed or missed (SCO-05).
    Beside,
}

/// One indicator on the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its id, and that of its answers.
    pub id: RowId,
    /// Position of its level 1.
    pub aspect: usize,
    /// Position of its level 2 within it.
    pub group: usize,
    /// Its name.
    pub name: String,
    /// Whether it is one of the report's own goals.
    pub member: bool,
    /// The fact that feeds it.
    pub fact: Option<&'static str>,
    /// Where its value is reported, if not by a fact and not on the sheet.
    pub source: Option<Place>,
    /// The exact value.
    pub value: Option<Decimal>,
    /// The value with its unit; empty where there is none.
    pub shown: String,
    /// The target in words.
    pub target: String,
    /// What it asks for on the sheet; `None` where a fact or a goal's result answers it.
    pub input: Option<Input>,
    /// Check points that are asked.
    pub items: Vec<String>,
    /// Answers to them.
    pub answers: Vec<Answer>,
    /// Whether it is asked if there is anything to score.
    pub asks_absent: bool,
    /// Points by the template.
    pub weight: Option<Decimal>,
    /// Points that it is scored with, after what does not apply was taken out.
    pub effective: Option<Decimal>,
    /// Key of its rule's kind; empty without one.
    pub kind: String,
    /// The rule in words.
    pub rule: String,
    /// The rule with this report's numbers and the result; or why there is none.
    pub text: String,
    /// The computed score, rounded.
    pub computed: Option<Decimal>,
    /// Why there is no computed score.
    pub missing: Option<Gap>,
    /// Whether a score may be entered by hand.
    pub manual_allowed: bool,
    /// The score by hand as entered.
    pub manual: Option<Decimal>,
    /// Why it was given.
    pub manual_reason: String,
    /// Why the score by hand does not count.
    pub refused: Option<(&'static str, String)>,
    /// The score that counts.
    pub score: Option<Decimal>,
    /// Taken out, its points gone to others.
    pub excluded: bool,
    /// Its rule has a target that the value can lie beside.
    pub aimed: bool,
    /// Mark on the value.
    pub mark: Option<Mark>,
    /// Remarks on how it was scored.
    pub hints: Vec<String>,
    /// 偏差原因, here or beside the goal's result.
    pub cause: String,
    /// 改进措施.
    pub measure: String,
    /// 超额说明.
    pub remark: String,
    /// 佐证材料 in words.
    pub evidence: String,
    /// Marked 核心指标.
    pub core: bool,
    /// Scores and weights are compared as cut to two decimals (SCO-14).
    pub truncated: bool,
}

impl Line {
    pub(super) fn empty(id: RowId, aspect: usize, group: usize, name: String) -> Line {
        Line {
            id,
            aspect,
            group,
            name,
            member: false,
            fact: None,
            source: None,
            value: None,
            shown: String::new(),
            target: String::new(),
            input: None,
            items: Vec::new(),
            answers: Vec::new(),
            asks_absent: false,
            weight: None,
            effective: None,
            kind: String::new(),
            rule: String::new(),
            text: String::new(),
            computed: None,
            missing: None,
            manual_allowed: false,
            manual: None,
            manual_reason: String::new(),
            refused: None,
            score: None,
            excluded: false,
            aimed: false,
            mark: None,
            hints: Vec::new(),
            cause: String::new(),
            measure: String::new(),
            remark: String::new(),
            evidence: String::new(),
            core: false,
            truncated: false,
        }
    }

    /// Whether points were lost (SCO-02).
    pub fn lost(&self) -> bool {
        let (Some(score), Some(weight)) = (self.score, self.effective) else { return false };
        self.compared(score) < self.compared(weight)
    }

    /// Points as they are compared with others.
    pub(super) fn compared(&self, points: Decimal) -> Decimal {
        if self.truncated { amount::truncate(points, 2) } else { points }
    }

    /// Where one of its answers stands.
    pub fn place(&self, column: &'static str) -> Place {
        Place::cell("score_answers", &self.id, column)
    }
}
