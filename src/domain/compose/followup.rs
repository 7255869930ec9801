//! 满意度, 主要问题 and 改进措施.

use std::collections::HashSet;

use super::duties::{has_result, is_partial};
use super::{Writer, numbered, paragraphs};
use crate::domain::document::{RectificationLine, TargetLine};
use crate::domain::facts::targets;

impl Writer<'_> {
    pub(super) fn satisfaction(&self) -> String {
        let head = self.sentence(&[
            self.clause("本年开展满意度调查", "surveys.count", ""),
            self.clause("发放", "surveys.issued", ""),
            self.clause("有效", "surveys.valid", ""),
            self.clause("满意", "surveys.satisfied", ""),
            self.clause("基本满意", "surveys.basically", ""),
            self.clause("不满意", "surveys.dissatisfied", ""),
            self.clause("满意率（含基本满意）", "surveys.satisfaction_rate", ""),
        ]);
        let surveys: Vec<String> = self
            .named_rows("surveys")
            .into_iter()
            .filter_map(|(id, _)| {
                let cell = |before: &str, key: &str| self.clause(before, &format!("surveys[{id}].{key}"), "");
                let clauses = [
                    Some(format!("对{}的调查", cell("", "subject")?)),
                    cell("方式为", "method"),
                    cell("时间为", "held_on"),
                    cell("有效", "valid"),
                    cell("满意率", "satisfaction_rate"),
                ];
                Some(clauses.into_iter().flatten().collect::<Vec<_>>().join("，"))
            })
            .collect();
        [head, self.items("其中：", &surveys, "；")].concat()
    }

    /// What the user lists as problems (T12), then the deviations that the figures show.
    pub(super) fn problems(&self) -> String {
        let mut named = HashSet::new();
        let listed = self.document.rectifications.iter().filter_map(|line| {
            let problem = self.of_problem(line, "problem")?;
            // A problem with several measures has a row for each.
            if !named.insert((line.problem.words(), line.cause.words())) {
                return None;
            }
            let cause = self.of_problem(line, "cause").map(|cause| format!("原因是{cause}"));
            Some(self.sentence(&[Some(problem), cause]))
        });
        let deviations = [self.not_reached(), self.incomplete(), self.unreported(), self.over_budget()];
        paragraphs(numbered(listed.chain(deviations)))
    }

    /// The measure for each problem, then those for targets.
    pub(super) fn measures(&self) -> String {
        let listed = self.document.rectifications.iter().filter_map(|line| {
            let measure = self.of_problem(line, "measure")?;
            let problem = self.of_problem(line, "problem");
            let head = problem.map_or_else(String::new, |problem| format!("针对“{problem}”，"));
            let cell = |before: &str, key: &str| {
                self.of_problem(line, key).map(|reference| format!("{before}{reference}"))
            };
            Some(self.sentence(&[
                Some(format!("{head}{measure}")),
                cell("责任股室为", "owner"),
                cell("时限为", "deadline"),
                cell("目前状态为", "state"),
            ]))
        });
        let of_targets = self.planned().filter_map(|line| {
            let measure = self.of_target(line, "measure")?;
            Some(self.sentence(&[Some(format!("针对“{}”", self.of_target(line, "name")?)), Some(measure)]))
        });
        paragraphs(numbered(listed.chain(of_targets)))
    }

    fn not_reached(&self) -> String {
        let lines = self.planned().filter(|line| targets::is_reached(line) == Some(false));
        let items: Vec<String> = lines
            .filter_map(|line| {
                let unit = self.of_target(line, "unit").unwrap_or_default();
                let actual = self
                    .of_target(line, "actual")
                    .map(|actual| format!("实际{actual}{unit}"))
                    .or_else(|| self.of_target(line, "attainment"));
                let cause = self.of_target(line, "deviation_cause").map(|cause| format!("原因是{cause}"));
                let clauses = [Some(self.with_goal(line)?), actual, cause];
                Some(clauses.into_iter().flatten().collect::<Vec<_>>().join("，"))
            })
            .collect();
        self.items("没有达到目标的指标：", &items, "；")
    }

    fn incomplete(&self) -> String {
        let lines = self.planned().filter(|line| has_result(line) && is_partial(line));
        let items: Vec<String> = lines
            .filter_map(|line| {
                let scope = self.of_target(line, "result_scope")?;
                Some(format!("{}，结果口径为{scope}", self.with_goal(line)?))
            })
            .collect();
        self.items("结果不完整或不属于本年的指标：", &items, "；")
    }

    fn unreported(&self) -> String {
        let lines = self.planned().filter(|line| !has_result(line));
        let items: Vec<String> = lines.filter_map(|line: &TargetLine| self.with_goal(line)).collect();
        self.items("没有报告结果的指标：", &items, "；")
    }

    /// 三公 over its budget, with the cause that the user gave.
    fn over_budget(&self) -> String {
        let over = match self.facts.get("three_public.difference") {
            Some(Ok(value)) => value.number.is_sign_positive() && !value.number.is_zero(),
            _ => false,
        };
        if !over {
            return String::new();
        }
        self.sentence(&[
            self.clause("“三公”经费决算", "three_public.outturn", ""),
            self.clause("超出年初预算", "three_public.difference_size", ""),
            self.clause("超出比例", "three_public.difference_rate_size", ""),
            self.cause("原因是", "three_public_stated.deviation_cause"),
        ])
    }

    fn of_problem(&self, line: &RectificationLine, column: &str) -> Option<String> {
        self.reference(&format!("rectifications[{}].{column}", line.id))
    }
}
