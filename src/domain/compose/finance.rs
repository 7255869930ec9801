//! 资金使用, 收支执行, 三公经费 and 政府采购.

use super::{Writer, paragraphs};

/// Most projects that a paragraph names.
const NAMED_PROJECTS: usize = 12;

impl Writer<'_> {
    /// Funds in place by source (T15), and how far the recipients of subsidies are (T18).
    pub(super) fn fund_use(&self) -> String {
        let total = self.sentence(&[
            self.clause("本年资金应到位", "funding.due", ""),
            self.clause("实到位", "funding.received", ""),
            self.clause("到位率", "funding.received_rate", ""),
            self.clause("使用", "funding.used", ""),
            self.clause("结余", "funding.balance", ""),
        ]);
        let sources: Vec<String> = self
            .named_rows("funding")
            .into_iter()
            .filter_map(|(id, _)| {
                let cell = |before: &str, key: &str| self.clause(before, &format!("funding[{id}].{key}"), "");
                let clauses = [cell("实到位", "received"), cell("使用", "used"), cell("结余", "balance")];
                let clauses: Vec<String> = clauses.into_iter().flatten().collect();
                let source = cell("", "source").filter(|_| !clauses.is_empty())?;
                Some(format!("{source}{}", clauses.join("，")))
            })
            .collect();
        let sources = self.items("其中：", &sources, "；");
        let subsidies = self.sentence(&[
            self.clause("奖补对象", "recipients.count", ""),
            self.clause("应补", "recipients.due", ""),
            self.clause("已付", "recipients.paid", ""),
            self.clause("兑付率", "recipients.paid_rate", ""),
        ]);
        let batches: Vec<String> = self
            .named_rows("batches")
            .into_iter()
            .filter_map(|(id, name)| {
                let cell = |before: &str, key: &str| self.clause(before, &format!("batches[{id}].{key}"), "");
                let clauses = [cell("对象", "recipients"), cell("应补", "due"), cell("已付", "paid")];
                let clauses: Vec<String> = clauses.into_iter().flatten().collect();
                (!clauses.is_empty()).then(|| format!("{name}{}", clauses.join("，")))
            })
            .collect();
        let batches = self.items("按批次：", &batches, "；");
        let stages = self.sentence(&[
            self.unless_zero("对象的项目已验收", "recipients.accepted"),
            self.unless_zero("实施中", "recipients.running"),
            self.unless_zero("未开工", "recipients.before"),
            self.unless_zero("已终止", "recipients.stopped"),
        ]);
        let cumulated = self.clause("累计支出", "payment_progress.cumulated", "");
        let progress = self.sentence(&[
            self.clause("截至", "payment_progress.as_of", "").filter(|_| cumulated.is_some()),
            cumulated,
            self.clause("占全年预算的", "payment_progress.actual", ""),
            self.clause("既定进度为", "payment_progress.planned", ""),
            self.clause("支付进度率", "payment_progress.rate", ""),
        ]);
        paragraphs([[total, sources].concat(), progress, [subsidies, batches, stages].concat()])
    }

    pub(super) fn execution(&self) -> String {
        let income = self.sentence(&[
            self.clause("本年收入合计", "income.outturn", ""),
            self.listed("其中", "income", "outturn", ""),
            self.clause("年初结转和结余", "carryover.opening", ""),
        ]);
        let income = [income, self.causes("收入差异的原因：", "income", |_| true)].concat();
        let adjustments = self.sentence(&[
            self.clause("年内追加预算", "adjustments.added", ""),
            self.clause("追减预算", "adjustments.cut", ""),
            self.clause("全年预算", "expenditure.whole_year_budget", ""),
        ]);
        let expenditure = self.sentence(&[
            self.clause("本年支出合计", "expenditure.outturn", ""),
            self.clause("完成全年预算的", "expenditure.execution_rate", ""),
            self.against_budget("expenditure"),
            self.pair("比上年", "expenditure.growth_word", "expenditure.growth_size"),
        ]);
        let basic = self.sentence(&[
            self.clause("其中：基本支出", "basic.outturn", ""),
            self.against_budget("basic"),
            self.clause("包括人员经费", "personnel.outturn", ""),
            self.clause("公用经费", "operating.outturn", ""),
            self.cause("差异原因是", "expenditure[basic].deviation_cause"),
        ]);
        let projects = self.sentence(&[
            self.clause("项目支出", "projects.outturn", ""),
            self.against_budget("projects"),
            self.cause("差异原因是", "expenditure[project].deviation_cause"),
        ]);
        let closing = self.sentence(&[
            self.clause("年末结转结余", "carryover.closing", ""),
            self.pair("比上年末", "carryover.growth_word", "carryover.growth_size"),
            self.clause("占全年预算的", "carryover.rate", ""),
            self.clause("其中结转", "carryover.closing_carryover", ""),
            self.clause("结余", "carryover.closing_surplus", ""),
        ]);
        paragraphs([[income, adjustments, expenditure, basic, projects].concat(), self.projects(), closing])
    }

    /// The projects with their shares; of many the largest.
    fn projects(&self) -> String {
        let mut lines: Vec<(usize, _)> = self.document.projects.iter().enumerate().collect();
        let many = lines.len() > NAMED_PROJECTS;
        if many {
            lines.sort_by_key(|(at, line)| {
                (std::cmp::Reverse(line.outturn.num().counted().unwrap_or_default()), *at)
            });
            lines.truncate(NAMED_PROJECTS);
        }
        let items: Vec<String> = lines
            .into_iter()
            .filter_map(|(_, line)| {
                let cell = |before: &str, key: &str, after: &str| {
                    self.clause(before, &format!("projects[{}].{key}", line.id), after)
                };
                let share = cell("（占", "share", "）").unwrap_or_default();
                Some(format!("{}{}{share}", cell("", "name", "")?, cell("", "outturn", "")?))
            })
            .collect();
        let before = if many { "支出较大的项目有：" } else { "具体项目为：" };
        self.items(before, &items, "；")
    }

    pub(super) fn three_public(&self) -> String {
        let total = self.sentence(&[
            self.clause("“三公”经费财政拨款支出年初预算为", "three_public.initial_budget", ""),
            self.clause("支出决算为", "three_public.outturn", ""),
            self.clause("完成年初预算的", "three_public.control_rate", ""),
        ]);
        let items = self.sentence(&[self.listed("其中", "three_public", "outturn", "")]);
        let compared = self.sentence(&[
            self.clause("上年决算为", "three_public.last_outturn", ""),
            self.pair("比上年", "three_public.growth_amount_word", "three_public.growth_size"),
            self.pair("", "three_public.growth_word", "three_public.growth_rate_size")
                .filter(|_| !self.is_zero("three_public.growth")),
            self.cause("主要原因是", "three_public_stated.deviation_cause"),
        ]);
        let causes = self.causes("分项增减的原因：", "three_public", |_| true);
        let counts = self.sentence(&[
            self.counted("因公出国（境）团组", &["delegations", "travellers"]),
            self.counted("购置公务用车", &["vehicles_bought"]),
            self.counted("公务用车期末保有量", &["vehicles_held"]),
            self.counted("国内公务接待", &["receptions", "guests"]),
            self.counted("其中外事接待", &["foreign_receptions", "foreign_guests"]),
        ]);
        [total, items, compared, causes, counts].concat()
    }

    /// Numbers of people, things and occasions; left out where the first is none.
    fn counted(&self, before: &str, keys: &[&str]) -> Option<String> {
        let counts: Vec<String> = keys
            .iter()
            .filter_map(|key| self.clause("", &format!("three_public_counts.{key}"), ""))
            .collect();
        (!counts.is_empty()).then(|| format!("{before}{}", counts.join("，")))
    }

    pub(super) fn procurement(&self) -> String {
        let total = self.sentence(&[
            self.clause("本年政府采购预算", "procurement.budget", ""),
            self.clause("实际采购金额", "procurement.actual", ""),
            self.pair("与预算相比", "procurement.saving_word", "procurement.saving_size"),
            self.clause("政府采购执行率", "procurement.execution_rate", ""),
        ]);
        let items = self.sentence(&[self.listed("其中", "procurement", "actual", "")]);
        let shortfalls: Vec<String> = self
            .named_rows("procurement")
            .into_iter()
            .filter_map(|(id, name)| self.clause(&name, &format!("procurement[{id}].shortfall"), ""))
            .collect();
        [total, items, self.items("低于预算的原因：", &shortfalls, "，")].concat()
    }
}
