//! The common indicators of indicators §2.1 that no table's totals bring by themselves.

use super::{FactDef, source};
use crate::domain::facts::Unit;
use crate::domain::facts::expr::Expr;
use crate::domain::facts::targets::TargetCount;
use crate::domain::tables::RowSet;

/// Adds them, on the bases given there; the base is part of the label.
pub(super) fn add(facts: &mut Vec<FactDef>) {
    let common = source::COMMON_INDICATORS;
    let fact = |id: &str| Expr::fact(id);
    let mut push = |id: &str, label: &str, unit: Unit, source: &'static str, expr: Expr| {
        facts.push(FactDef { id: id.to_owned(), label: label.to_owned(), unit, source, expr });
    };
    let without_base =
        |rate: Expr, reason: &'static str| Expr::NotApplicableWithoutBase(Box::new(rate), reason);
    let unless_zero = |rate: Expr, reason: &'static str| Expr::NotApplicableAtZero(Box::new(rate), reason);
    push(
        "fixed_assets.use_rate",
        "固定资产.利用率",
        Unit::Percent,
        common,
        without_base(
            Expr::percent(fact("fixed_assets.in_use"), fact("fixed_assets.original_value")),
            "没有固定资产，不适用",
        ),
    );
    push(
        "projects.key_share",
        "项目支出.重点支出安排率（年初预算口径）",
        Unit::Percent,
        common,
        without_base(
            Expr::percent(
                Expr::SumWhere {
                    list: "projects",
                    columns: &["initial_budget"],
                    by: "key_project",
                    keys: &["yes"],
                },
                fact("projects.initial_budget"),
            ),
            "没有项目预算，不适用",
        ),
    );
    push(
        "operating.control_rate",
        "公用经费.控制率（全年预算口径）",
        Unit::Percent,
        common,
        unless_zero(
            Expr::percent(fact("operating.outturn"), fact("operating.revised_budget")),
            "预算和决算都是 0，不适用",
        ),
    );
    push(
        "operating.initial_control_rate",
        "公用经费.控制率（年初预算口径）",
        Unit::Percent,
        common,
        unless_zero(
            Expr::percent(fact("operating.outturn"), fact("operating.initial_budget")),
            "预算和决算都是 0，不适用",
        ),
    );
    let net_adjustment = || Expr::minus(fact("adjustments.added"), fact("adjustments.cut"));
    push(
        "expenditure.derived_budget",
        "本年支出.全年预算（按预算调整推算）",
        Unit::Money,
        source::OURS,
        Expr::Add(vec![fact("expenditure.initial_budget"), fact("carryover.opening"), net_adjustment()]),
    );
    push(
        "expenditure.whole_year_budget",
        "本年支出.全年预算数",
        Unit::Money,
        source::OURS,
        Expr::Or(Box::new(fact("expenditure.revised_budget")), Box::new(fact("expenditure.derived_budget"))),
    );
    push(
        "expenditure.budget_execution_rate",
        "本年支出.预算执行率（全年预算口径）",
        Unit::Percent,
        source::PROJECT_EVALUATION,
        Expr::percent(fact("expenditure.outturn"), fact("expenditure.whole_year_budget")),
    );
    push(
        "expenditure.general_public_share",
        "本年支出.一般公共预算支出占比",
        Unit::Percent,
        source::CROSS_FOOTING,
        Expr::percent(Expr::Field("expenditure_detail", "general_public"), fact("expenditure.outturn")),
    );
    push(
        "expenditure.used_budget_rate",
        "本年支出.预算完成率（年末结余口径）",
        Unit::Percent,
        source::HUNAN,
        Expr::percent(
            Expr::minus(fact("expenditure.derived_budget"), fact("carryover.closing")),
            fact("expenditure.derived_budget"),
        ),
    );
    push(
        "payment_progress.actual",
        "支付进度.截止日支出进度（全年预算口径）",
        Unit::Percent,
        common,
        Expr::percent(Expr::Field("payment_progress", "cumulated"), fact("expenditure.whole_year_budget")),
    );
    push(
        "payment_progress.rate",
        "支付进度.支付进度率（全年预算口径）",
        Unit::Percent,
        common,
        Expr::percent(fact("payment_progress.actual"), Expr::Field("payment_progress", "planned")),
    );
    push(
        "carryover.rate",
        "结转结余.结转结余率（全年预算口径）",
        Unit::Percent,
        common,
        without_base(
            Expr::percent(fact("carryover.closing"), fact("expenditure.whole_year_budget")),
            "全年预算数是 0，不适用",
        ),
    );
    push(
        "carryover.general_public_rate",
        "结转结余.结转结余率（一般公共预算支出口径）",
        Unit::Percent,
        source::HUNAN,
        without_base(
            Expr::percent(fact("carryover.closing"), Expr::Field("expenditure_detail", "general_public")),
            "一般公共预算支出是 0，不适用",
        ),
    );
    push(
        "carryover.growth_rate",
        "结转结余.变动率",
        Unit::Percent,
        common,
        Expr::UnchangedAtZero(Box::new(Expr::growth(
            fact("carryover.closing"),
            fact("carryover.last_closing"),
        ))),
    );
    let growth = || Expr::minus(fact("carryover.closing"), fact("carryover.last_closing"));
    push("carryover.growth", "结转结余.比上年增减额", Unit::Money, source::OURS, growth());
    push(
        "carryover.growth_size",
        "结转结余.比上年增减额（绝对值）",
        Unit::Money,
        source::OURS,
        Expr::Abs(Box::new(growth())),
    );
    push(
        "carryover.growth_word",
        "结转结余.比上年增减（词）",
        Unit::Word,
        source::OURS,
        Expr::Word(Box::new(growth()), ["增加", "减少", "持平"]),
    );
    let saving = || Expr::minus(fact("procurement.budget"), fact("procurement.actual"));
    push("procurement.saving", "政府采购.低于预算额", Unit::Money, source::OURS, saving());
    push(
        "procurement.saving_size",
        "政府采购.与预算之差（绝对值）",
        Unit::Money,
        source::OURS,
        Expr::Abs(Box::new(saving())),
    );
    push(
        "procurement.saving_word",
        "政府采购.与预算相比（词）",
        Unit::Word,
        source::OURS,
        Expr::Word(Box::new(saving()), ["低于", "超出", "等于"]),
    );
    push(
        "procurement.execution_rate",
        "政府采购.执行率",
        Unit::Percent,
        common,
        unless_zero(
            Expr::percent(fact("procurement.actual"), fact("procurement.budget")),
            "没有采购预算，也没有采购，不适用",
        ),
    );
    // Where a template exempts savings, a row marked 节约 counts as executed in full.
    let saved = |column: &'static [&'static str]| Expr::SumWhere {
        list: "procurement",
        columns: column,
        by: "shortfall",
        keys: &["saved"],
    };
    push(
        "procurement.execution_rate_saved",
        "政府采购.执行率（节约视同执行口径）",
        Unit::Percent,
        source::OURS,
        unless_zero(
            Expr::percent(
                Expr::Add(vec![
                    Expr::minus(fact("procurement.actual"), saved(&["actual"])),
                    saved(&["budget"]),
                ]),
                fact("procurement.budget"),
            ),
            "没有采购预算，也没有采购，不适用",
        ),
    );
    push(
        "adjustments.rate",
        "预算调整.调整率（年初预算口径）",
        Unit::Percent,
        common,
        Expr::percent(
            Expr::SumWhere {
                list: "adjustments",
                columns: &["added", "cut", "restructured"],
                by: "cause",
                keys: &["other"],
            },
            fact("expenditure.initial_budget"),
        ),
    );
    push(
        "adjustments.net_rate",
        "预算调整.预算控制率（年初预算口径）",
        Unit::Percent,
        source::HUNAN,
        Expr::percent(net_adjustment(), fact("expenditure.initial_budget")),
    );
    push("adjustments.net", "预算调整.净调整额", Unit::Money, source::OURS, net_adjustment());
    push(
        "funding.balance",
        "资金.结余",
        Unit::Money,
        source::OURS,
        Expr::minus(fact("funding.received"), fact("funding.used")),
    );
    push(
        "funding.received_rate",
        "资金.到位率",
        Unit::Percent,
        source::PROJECT_EVALUATION,
        Expr::percent(fact("funding.received"), fact("funding.due")),
    );
    push(
        "funding.used_rate",
        "资金.使用率（实到位口径）",
        Unit::Percent,
        source::PROJECT_EVALUATION,
        Expr::percent(fact("funding.used"), fact("funding.received")),
    );
    push(
        "recipients.unpaid",
        "奖补.未付",
        Unit::Money,
        source::OURS,
        Expr::minus(fact("recipients.due"), fact("recipients.paid")),
    );
    push(
        "recipients.paid_rate",
        "奖补.兑付率",
        Unit::Percent,
        source::OURS,
        Expr::percent(fact("recipients.paid"), fact("recipients.due")),
    );
    let count = |list: &'static str| Expr::Rows { list, by: None };
    push("recipients.count", "奖补.对象数", Unit::Count("个"), source::OURS, count("recipients"));
    for (key, label) in [
        ("before", "奖补.未开工对象数"),
        ("running", "奖补.实施中对象数"),
        ("accepted", "奖补.已验收对象数"),
        ("stopped", "奖补.已终止对象数"),
    ] {
        let keys: &'static [&'static str] = match key {
            "before" => &["before"],
            "running" => &["running"],
            "accepted" => &["accepted"],
            _ => &["stopped"],
        };
        let rows = Expr::Rows { list: "recipients", by: Some(("stage", keys)) };
        push(&format!("recipients.{key}"), label, Unit::Count("个"), source::OURS, rows);
    }
    push("batches.count", "奖补.批次数", Unit::Count("批"), source::OURS, count("batches"));
    push("projects.count", "项目支出.项目数", Unit::Count("个"), source::OURS, count("projects"));
    push("goals.count", "绩效目标.指标项数", Unit::Count("项"), source::OURS, count("goals"));
    push(
        "surveys.valid_rate",
        "满意度调查.有效回收率",
        Unit::Percent,
        source::OURS,
        Expr::percent(fact("surveys.valid"), fact("surveys.issued")),
    );
    push("surveys.count", "满意度调查.次数", Unit::Count("次"), source::OURS, count("surveys"));
    push(
        "surveys.satisfied_rate",
        "满意度调查.满意率（不含基本满意）",
        Unit::Percent,
        common,
        Expr::percent(fact("surveys.satisfied"), fact("surveys.valid")),
    );
    push(
        "surveys.satisfaction_rate",
        "满意度调查.满意率（含基本满意）",
        Unit::Percent,
        common,
        Expr::percent(
            Expr::Add(vec![fact("surveys.satisfied"), fact("surveys.basically")]),
            fact("surveys.valid"),
        ),
    );
    let share =
        |counted: TargetCount, base: TargetCount| Expr::percent(Expr::Targets(counted), Expr::Targets(base));
    use TargetCount::{InTime, KeyPlanned, KeyReached, Planned, QualityMet, Reached, ReachedQualityMet};
    push("targets.planned", "履职完成.目标项数", Unit::Count("项"), common, Expr::Targets(Planned));
    push("targets.reached", "履职完成.达到目标项数", Unit::Count("项"), common, Expr::Targets(Reached));
    push("targets.rate", "履职完成.实际完成率", Unit::Percent, common, share(Reached, Planned));
    push("targets.timely_rate", "履职完成.完成及时率", Unit::Percent, common, share(InTime, Planned));
    push(
        "targets.quality_rate",
        "履职完成.质量达标率（计划项数口径）",
        Unit::Percent,
        common,
        share(QualityMet, Planned),
    );
    push(
        "targets.reached_quality_rate",
        "履职完成.质量达标率（实际完成项数口径）",
        Unit::Percent,
        source::PROJECT_EVALUATION,
        share(ReachedQualityMet, Reached),
    );
    push("targets.key_rate", "履职完成.重点工作办结率", Unit::Percent, common, share(KeyReached, KeyPlanned));
    use TargetCount::{ExceededUnexplained, MissedUnexplained, Unplanned, Unreported};
    for (id, label, what) in [
        ("targets.unreported", "履职完成.没有结果的目标项数", Unreported),
        ("targets.unplanned", "履职完成.没有目标的结果项数", Unplanned),
        ("targets.exceeded_unexplained", "履职完成.大幅超额、没有说明的项数", ExceededUnexplained),
        ("targets.missed_unexplained", "履职完成.没有达到、没有原因的项数", MissedUnexplained),
    ] {
        push(id, label, Unit::Count("项"), source::OURS, Expr::Targets(what));
    }
    push(
        "expenditure.composition_variance",
        "本年支出.支出结构偏差率（年初预算口径，按比例调整）",
        Unit::Percent,
        source::PEFA,
        Expr::Composition(&["basic", "projects"]),
    );
    let hospitality = || Expr::Sum {
        list: "three_public",
        column: "outturn",
        rows: RowSet::Only(&["hospitality"]),
        optional: false,
    };
    for (key, label) in [("receptions", "公务接待.每批次费用"), ("guests", "公务接待.每人次费用")]
    {
        push(
            &format!("three_public.cost_of_{key}"),
            label,
            Unit::Number("万元"),
            source::OURS,
            Expr::Ratio(Box::new(hospitality()), Box::new(Expr::Field("three_public_counts", key))),
        );
    }
}
