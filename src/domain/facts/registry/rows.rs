//! Computed figures of each row of a list.

use super::{RowFactDef, source};
use crate::domain::facts::Unit;
use crate::domain::facts::expr::Expr;

/// All of them.
pub(super) fn defs() -> Vec<RowFactDef> {
    let mut rows = vec![
        RowFactDef {
            list: "targets",
            key: "completion_rate",
            label: "完成率",
            unit: Unit::Percent,
            source: source::COMMON_INDICATORS,
            expr: Expr::When {
                by: "operator",
                keys: &["ge", "gt", "eq"],
                then: Box::new(Expr::percent(Expr::Column("actual"), Expr::Column("value"))),
                otherwise: "按达标、未达标判断，不计算完成率",
            },
        },
        RowFactDef {
            list: "funding",
            key: "balance",
            label: "结余",
            unit: Unit::Money,
            source: source::OURS,
            expr: Expr::minus(Expr::Column("received"), Expr::Column("used")),
        },
        RowFactDef {
            list: "procurement",
            key: "execution_rate",
            label: "执行率",
            unit: Unit::Percent,
            source: source::COMMON_INDICATORS,
            expr: Expr::NotApplicableAtZero(
                Box::new(Expr::percent(Expr::Column("actual"), Expr::Column("budget"))),
                "没有采购预算，也没有采购，不适用",
            ),
        },
        RowFactDef {
            list: "surveys",
            key: "satisfaction_rate",
            label: "满意率",
            unit: Unit::Percent,
            source: source::COMMON_INDICATORS,
            expr: Expr::percent(
                Expr::Add(vec![Expr::Column("satisfied"), Expr::Column("basically")]),
                Expr::Column("valid"),
            ),
        },
    ];
    let column = Expr::Column;
    for list in ["income", "expenditure", "basic"] {
        rows.push(RowFactDef {
            list,
            key: "completion_rate",
            label: "完成率（年初预算口径）",
            unit: Unit::Percent,
            source: source::COMMON_INDICATORS,
            expr: Expr::percent(column("outturn"), column("initial_budget")),
        });
        rows.push(RowFactDef {
            list,
            key: "difference",
            label: "差异额",
            unit: Unit::Money,
            source: source::OURS,
            expr: Expr::minus(column("outturn"), column("initial_budget")),
        });
        rows.push(RowFactDef {
            list,
            key: "difference_rate",
            label: "差异率",
            unit: Unit::Percent,
            source: source::OURS,
            expr: Expr::growth(column("outturn"), column("initial_budget")),
        });
    }
    rows.extend(of_projects());
    rows.extend(of_goals());
    rows.extend(of_batches());
    rows.push(RowFactDef {
        list: "recipients",
        key: "paid_rate",
        label: "兑付率",
        unit: Unit::Percent,
        source: source::OURS,
        expr: Expr::percent(column("paid"), column("due")),
    });
    for list in ["positions", "education", "ages"] {
        rows.push(RowFactDef {
            list,
            key: "share",
            label: "占在职人数",
            unit: Unit::Percent,
            source: source::OURS,
            expr: Expr::percent(column("staff_in_post"), Expr::fact("staff.staff_in_post")),
        });
    }
    rows.push(RowFactDef {
        list: "staff",
        key: "vacancies",
        label: "空缺",
        unit: Unit::Count("名"),
        source: source::OURS,
        expr: Expr::minus(column("authorised_posts"), column("staff_in_post")),
    });
    rows.push(RowFactDef {
        list: "projects",
        key: "share",
        label: "占项目支出",
        unit: Unit::Percent,
        source: source::OURS,
        expr: Expr::percent(column("outturn"), Expr::fact("projects.outturn")),
    });
    rows.push(RowFactDef {
        list: "three_public",
        key: "control_rate",
        label: "控制率（年初预算口径）",
        unit: Unit::Percent,
        source: source::COMMON_INDICATORS,
        expr: Expr::NotApplicableAtZero(
            Box::new(Expr::percent(column("outturn"), column("initial_budget"))),
            "预算和决算都是 0，不适用",
        ),
    });
    rows.push(RowFactDef {
        list: "three_public",
        key: "growth_rate",
        label: "比上年增减",
        unit: Unit::Percent,
        source: source::OURS,
        expr: Expr::growth(column("outturn"), column("last_outturn")),
    });
    rows
}

/// Whether a goal says what the target of its task says (IND-10), and what a goal without one reached.
fn of_goals() -> [RowFactDef; 2] {
    let value = || Expr::Or(Box::new(Expr::Column("adjusted_value")), Box::new(Expr::Column("value")));
    [
        RowFactDef {
            list: "goals",
            key: "target_gap",
            label: "与任务目标之差",
            unit: Unit::Number(""),
            source: source::OURS,
            expr: Expr::minus(value(), Expr::TaskTarget("value")),
        },
        RowFactDef {
            list: "goals",
            key: "completion_rate",
            label: "完成率",
            unit: Unit::Percent,
            source: source::COMMON_INDICATORS,
            expr: Expr::When {
                by: "operator",
                keys: &["ge", "gt", "eq"],
                then: Box::new(Expr::percent(Expr::Column("actual"), value())),
                otherwise: "按达标、未达标判断，不计算完成率",
            },
        },
    ]
}

/// What the recipients of each batch come to.
fn of_batches() -> [RowFactDef; 5] {
    let over = |column: Option<&'static str>, only: Option<(&'static str, &'static [&'static str])>| {
        Expr::Named { list: "recipients", by: "batch", column, only }
    };
    let def = |key: &'static str, label: &'static str, unit: Unit, expr: Expr| RowFactDef {
        list: "batches",
        key,
        label,
        unit,
        source: source::OURS,
        expr,
    };
    [
        def("recipients", "对象数", Unit::Count("个"), over(None, None)),
        def("due", "应补", Unit::Money, over(Some("due"), None)),
        def("paid", "已付", Unit::Money, over(Some("paid"), None)),
        def(
            "paid_rate",
            "兑付率",
            Unit::Percent,
            Expr::percent(over(Some("paid"), None), over(Some("due"), None)),
        ),
        def("accepted", "已验收对象数", Unit::Count("个"), over(None, Some(("stage", &["accepted"])))),
    ]
}

/// Rates of each project: what was spent against what was planned, on both bases.
fn of_projects() -> [RowFactDef; 3] {
    let column = Expr::Column;
    let def = |key: &'static str, label: &'static str, unit: Unit, source: &'static str, expr: Expr| {
        RowFactDef { list: "projects", key, label, unit, source, expr }
    };
    [
        def(
            "completion_rate",
            "完成率（年初预算口径）",
            Unit::Percent,
            source::COMMON_INDICATORS,
            Expr::percent(column("outturn"), column("initial_budget")),
        ),
        def(
            "execution_rate",
            "执行率（全年预算口径）",
            Unit::Percent,
            source::PROJECT_EVALUATION,
            Expr::percent(column("outturn"), column("revised_budget")),
        ),
        def(
            "difference",
            "差异额",
            Unit::Money,
            source::OURS,
            Expr::minus(column("outturn"), column("initial_budget")),
        ),
    ]
}
