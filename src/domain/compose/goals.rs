//! 年度绩效目标, 履职效果, 评价结论, and where the results are published.

use super::Writer;
use crate::domain::document::GoalLine;
use crate::domain::facts::targets;

/// Kinds of goals that speak of effects, with the words that begin their sentence.
const EFFECTS: &[(&str, &str)] = &[
    ("economic", "经济效益："),
    ("social", "社会效益："),
    ("ecological", "生态效益："),
    ("lasting", "可持续影响："),
];

impl Writer<'_> {
    /// The goals as approved, in one sentence.
    pub(super) fn goals(&self) -> String {
        let items: Vec<String> = self
            .document
            .goals
            .iter()
            .filter_map(|goal| {
                let (name, value) = (self.of_goal(goal, "name")?, self.goal_value(goal)?);
                Some(if goal.value.is_blank() {
                    format!("{name}（{value}）")
                } else {
                    format!("{name}{value}")
                })
            })
            .collect();
        let Some(head) = self.clause("批复的年度绩效目标共", "goals.count", "：") else {
            return String::new();
        };
        self.items(&head, &items, "；")
    }

    /// Goals of each kind of effect with what was reached; the result of a goal that repeats a target stands there.
    pub(super) fn effects(&self) -> String {
        let sentences = EFFECTS.iter().map(|(level, head)| {
            let goals = self.document.goals.iter().filter(|goal| goal.level.words() == *level);
            let items: Vec<String> = goals.filter_map(|goal| self.effect(goal)).collect();
            self.items(head, &items, "；")
        });
        super::paragraphs(sentences)
    }

    fn effect(&self, goal: &GoalLine) -> Option<String> {
        let row = match targets::of_goal(self.document, goal) {
            Some(target) => format!("targets[{}]", target.id),
            None => format!("goals[{}]", goal.id),
        };
        let cell = |key: &str| self.reference(&format!("{row}.{key}"));
        let unit = cell("unit").unwrap_or_default();
        let number = cell("actual").map(|actual| format!("实际{actual}{unit}"));
        let rate = number.as_ref().and_then(|_| self.rate(&format!("{row}.completion_rate")));
        let said = number.or_else(|| cell("attainment"))?;
        let head = format!("{}目标{}", self.of_goal(goal, "name")?, self.goal_value(goal)?);
        Some([Some(head), Some(said), rate].into_iter().flatten().collect::<Vec<_>>().join("，"))
    }

    /// What the figures say of the year as a whole.
    pub(super) fn conclusion(&self) -> String {
        self.sentence(&[
            self.clause("本年支出合计", "expenditure.outturn", ""),
            self.clause("预算执行率", "expenditure.budget_execution_rate", ""),
            self.clause("承担任务指标", "targets.planned", ""),
            self.clause("达到目标", "targets.reached", ""),
            self.clause("实际完成率", "targets.rate", ""),
            self.clause("满意率", "surveys.satisfaction_rate", ""),
        ])
    }

    /// Where and when the results are published.
    pub(super) fn publication(&self) -> String {
        self.sentence(&[
            self.clause("自评结果的公开方式为", "publication.place", ""),
            self.clause("公开日期为", "publication.published_on", ""),
            self.clause("公开网址为", "publication.address", ""),
        ])
    }

    /// “完成 93.33%”, or “达标” where the target has no rate.
    pub(super) fn rate(&self, id: &str) -> Option<String> {
        let target = super::Target::parse(id)?;
        let (_, _, outcome) = super::print::computed(&target, self.document, self.facts)?;
        let before = if outcome.ok()?.word.is_some() { "" } else { "完成" };
        self.clause(before, id, "")
    }

    /// “≥15家”, or the words of a goal that is no number; what was adjusted is the goal.
    fn goal_value(&self, goal: &GoalLine) -> Option<String> {
        let value = self.of_goal(goal, "adjusted_value").or_else(|| self.of_goal(goal, "value"));
        match value {
            Some(value) => {
                let operator = self.of_goal(goal, "operator").unwrap_or_default();
                let unit = self.of_goal(goal, "unit").unwrap_or_default();
                Some(format!("{operator}{value}{unit}"))
            }
            None => self.of_goal(goal, "value_text"),
        }
    }

    fn of_goal(&self, goal: &GoalLine, column: &str) -> Option<String> {
        self.reference(&format!("goals[{}].{column}", goal.id))
    }
}
