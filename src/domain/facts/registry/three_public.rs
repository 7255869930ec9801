//! Rates, growth and words of 三公经费 and of its vehicles, on both bases (indicators §2.1).

use super::{FactDef, of_sum, source, sum_def};
use crate::domain::facts::Unit;
use crate::domain::facts::expr::Expr;

/// Adds them; the base is part of the label.
pub(super) fn add(facts: &mut Vec<FactDef>) {
    for sum in ["vehicles", "three_public"] {
        let Some(def) = sum_def(sum) else { continue };
        let column = |key: &str| Expr::fact(format!("{sum}.{key}"));
        let mut push = of_sum(facts, def);
        let common = source::COMMON_INDICATORS;
        let (initial, outturn, last) =
            (|| column("initial_budget"), || column("outturn"), || column("last_outturn"));
        push(
            "control_rate",
            "控制率（年初预算口径）",
            Unit::Percent,
            common,
            Expr::NotApplicableAtZero(
                Box::new(Expr::percent(outturn(), initial())),
                "预算和决算都是 0，不适用",
            ),
        );
        push(
            "revised_control_rate",
            "控制率（全年预算口径）",
            Unit::Percent,
            common,
            Expr::NotApplicableAtZero(
                Box::new(Expr::percent(outturn(), column("revised_budget"))),
                "预算和决算都是 0，不适用",
            ),
        );
        push(
            "difference",
            "超出年初预算（决算 − 年初预算）",
            Unit::Money,
            source::OURS,
            Expr::minus(outturn(), initial()),
        );
        push(
            "difference_rate",
            "差异率（年初预算口径）",
            Unit::Percent,
            source::OURS,
            Expr::growth(outturn(), initial()),
        );
        push(
            "difference_word",
            "与年初预算相比（词）",
            Unit::Word,
            source::OURS,
            Expr::Word(Box::new(Expr::minus(outturn(), initial())), ["超出", "低于", "等于"]),
        );
        let size = |expr: Expr| Expr::Abs(Box::new(expr));
        push(
            "difference_size",
            "差异额（绝对值）",
            Unit::Money,
            source::OURS,
            size(Expr::minus(outturn(), initial())),
        );
        push(
            "difference_rate_size",
            "差异率（绝对值）",
            Unit::Percent,
            source::OURS,
            size(Expr::growth(outturn(), initial())),
        );
        push(
            "growth_rate_size",
            "变动率（绝对值）",
            Unit::Percent,
            source::OURS,
            size(Expr::fact(format!("{sum}.growth_rate"))),
        );
        push(
            "growth_size",
            "比上年增减额（绝对值）",
            Unit::Money,
            source::OURS,
            size(Expr::minus(outturn(), last())),
        );
        push("growth", "比上年增减额", Unit::Money, source::OURS, Expr::minus(outturn(), last()));
        let change = |now: Expr, before: Expr| Expr::UnchangedAtZero(Box::new(Expr::growth(now, before)));
        push("growth_rate", "变动率（决算口径）", Unit::Percent, common, change(outturn(), last()));
        push(
            "growth_word",
            "比上年增减（词）",
            Unit::Word,
            source::OURS,
            Expr::Word(Box::new(Expr::minus(outturn(), last())), ["增长", "下降", "持平"]),
        );
        push(
            "growth_amount_word",
            "比上年增减额（词）",
            Unit::Word,
            source::OURS,
            Expr::Word(Box::new(Expr::minus(outturn(), last())), ["增加", "减少", "持平"]),
        );
        push(
            "budget_growth_rate",
            "变动率（预算口径）",
            Unit::Percent,
            common,
            change(initial(), column("last_initial_budget")),
        );
        let budget_growth = || Expr::minus(initial(), column("last_initial_budget"));
        push("budget_growth", "年初预算比上年增减额", Unit::Money, source::OURS, budget_growth());
        push(
            "budget_growth_size",
            "年初预算比上年增减额（绝对值）",
            Unit::Money,
            source::OURS,
            size(budget_growth()),
        );
        push(
            "budget_growth_rate_size",
            "变动率（预算口径，绝对值）",
            Unit::Percent,
            source::OURS,
            size(Expr::fact(format!("{sum}.budget_growth_rate"))),
        );
        push(
            "budget_growth_word",
            "年初预算比上年增减（词）",
            Unit::Word,
            source::OURS,
            Expr::Word(Box::new(budget_growth()), ["增长", "下降", "持平"]),
        );
    }
    facts.push(FactDef {
        id: "vehicles.share_of_whole".into(),
        label: "公务用车.占“三公”经费".into(),
        unit: Unit::Percent,
        source: source::CROSS_FOOTING,
        expr: Expr::NotApplicableWithoutBase(
            Box::new(Expr::percent(Expr::fact("vehicles.outturn"), Expr::fact("three_public.outturn"))),
            "没有“三公”经费支出，不适用",
        ),
    });
    facts.push(FactDef {
        id: "three_public.guests_per_reception".into(),
        label: "公务接待.每批次人数".into(),
        unit: Unit::Number("人"),
        source: source::OURS,
        expr: Expr::Ratio(
            Box::new(Expr::Field("three_public_counts", "guests")),
            Box::new(Expr::Field("three_public_counts", "receptions")),
        ),
    });
}
