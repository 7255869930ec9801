//! 人员编制, 资产, 年度任务 and 履职完成.

use super::{Writer, numbered, paragraphs};
use crate::domain::document::TargetLine;
use crate::domain::facts::targets;

impl Writer<'_> {
    pub(super) fn staffing(&self) -> String {
        let posts = self.sentence(&[
            self.clause("本单位共有编制", "staff.authorised_posts", ""),
            self.listed("其中", "staff", "authorised_posts", "编制"),
        ]);
        let staff = self.sentence(&[
            self.clause("年末在职人员", "staff.staff_in_post", ""),
            self.listed("其中", "positions", "staff_in_post", ""),
            self.clause("在职人员控制率", "staff.control_rate", ""),
        ]);
        let people = self.sentence(&[
            self.clause("在职人员平均年龄", "staffing.mean_age", ""),
            self.shares("ages"),
            self.listed("学历构成为", "education", "staff_in_post", ""),
        ]);
        [posts, staff, people].concat()
    }

    /// What the department has, how much of it is used, and the vehicles.
    pub(super) fn assets(&self) -> String {
        let fixed = self.sentence(&[
            self.clause("年末固定资产原值", "fixed_assets.original_value", ""),
            self.clause("净值", "fixed_assets.net_value", ""),
            self.clause("其中在用", "fixed_assets.in_use", ""),
            self.clause("固定资产利用率", "fixed_assets.use_rate", ""),
            self.unless_zero("出租出借", "fixed_assets.lent"),
            self.unless_zero("闲置", "fixed_assets.idle"),
            self.unless_zero("待处置", "fixed_assets.pending"),
        ]);
        let classes = self.sentence(&[self.listed("其中", "assets", "original_value", "")]);
        let vehicles = self.sentence(&[
            self.clause("年末有车辆", "assets[vehicles].quantity", "辆"),
            self.clause("原值", "assets[vehicles].original_value", "")
                .filter(|_| self.reference("assets[vehicles].quantity").is_some()),
        ]);
        [fixed, classes, vehicles].concat()
    }

    /// The year's targets in one sentence, as many as there are.
    pub(super) fn tasks(&self) -> String {
        let items: Vec<String> = self
            .planned()
            .filter_map(|line| {
                let name = self.of_target(line, "name")?;
                let goal = self.goal(line)?;
                Some(if line.value.is_blank() {
                    format!("{name}（{goal}）")
                } else {
                    format!("{name}{goal}")
                })
            })
            .collect();
        let Some(head) = self.clause("本年承担", "targets.planned", "任务指标：") else {
            return String::new();
        };
        self.items(&head, &items, "；")
    }

    /// Target, result, rate and cause of each target; those without a result are named as such.
    pub(super) fn results(&self) -> String {
        let head = self.sentence(&[
            self.clause("本年承担任务指标", "targets.planned", ""),
            self.clause("达到目标", "targets.reached", ""),
            self.clause("实际完成率", "targets.rate", ""),
            self.clause("完成及时率", "targets.timely_rate", ""),
            self.clause("质量达标率", "targets.quality_rate", ""),
        ]);
        let reported = numbered(self.planned().filter_map(|line| self.result(line)));
        let unreported: Vec<String> =
            self.planned().filter(|line| !has_result(line)).filter_map(|line| self.with_goal(line)).collect();
        let unreported = self.items("以下指标未报结果：", &unreported, "；");
        paragraphs([head].into_iter().chain(reported).chain([unreported]))
    }

    fn result(&self, line: &TargetLine) -> Option<String> {
        if !has_result(line) {
            return None;
        }
        let name = self.of_target(line, "name")?;
        let goal = self.goal(line)?;
        let number = self
            .of_target(line, "actual")
            .map(|actual| format!("实际{actual}{}", self.of_target(line, "unit").unwrap_or_default()));
        let whole = !is_partial(line);
        let is_figure = number.is_some();
        let clauses = [
            Some(format!("{name}：目标{goal}")),
            number.or_else(|| self.of_target(line, "attainment")),
            // A rate of a part, or of another year, says nothing of the target.
            self.rate(&format!("targets[{}].completion_rate", line.id)).filter(|_| whole && is_figure),
            self.of_target(line, "result_scope").filter(|_| !whole).map(|scope| format!("结果口径为{scope}")),
            self.of_target(line, "deviation_cause").map(|cause| format!("原因是{cause}")),
        ];
        Some(self.sentence(&clauses))
    }

    /// Targets with something to reach, in their order.
    pub(super) fn planned(&self) -> impl Iterator<Item = &TargetLine> {
        self.document.targets.iter().map(AsRef::as_ref).filter(|line| targets::is_planned(line))
    }

    /// “≥15家”, or the words of a target that is no number.
    fn goal(&self, line: &TargetLine) -> Option<String> {
        match self.of_target(line, "value") {
            Some(value) => {
                let operator = self.of_target(line, "operator").unwrap_or_default();
                let unit = self.of_target(line, "unit").unwrap_or_default();
                Some(format!("{operator}{value}{unit}"))
            }
            None => self.of_target(line, "value_text"),
        }
    }

    /// “新认定高新技术企业（目标≥15家）”.
    pub(super) fn with_goal(&self, line: &TargetLine) -> Option<String> {
        Some(format!("{}（目标{}）", self.of_target(line, "name")?, self.goal(line)?))
    }

    pub(super) fn of_target(&self, line: &TargetLine, column: &str) -> Option<String> {
        self.reference(&format!("targets[{}].{column}", line.id))
    }
}

/// Whether something is reported of a target.
pub(super) fn has_result(line: &TargetLine) -> bool {
    !line.actual.is_blank() || !line.attainment.is_blank()
}

/// Whether a result covers a part, or another year.
pub(super) fn is_partial(line: &TargetLine) -> bool {
    matches!(line.result_scope.words(), "part" | "other_year")
}
