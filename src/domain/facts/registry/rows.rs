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
