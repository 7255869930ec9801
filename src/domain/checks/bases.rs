//! Rates whose base is 0 although there is something to divide, and 全年预算数 against the adjustments: findings under
//! the fact's own id (indicators §2.1).

use super::reading::{decided, fact, fact_at, failed};
use super::{CheckDef, Finding, Outcome, Severity};
use crate::domain::document::Document;
use crate::domain::facts::Unit;
use crate::domain::facts::eval::{Facts, Missing};
use crate::domain::facts::registry::source;
use crate::domain::tolerance::{self, Figure};

/// 在职人员控制率.
pub const STAFF: CheckDef = CheckDef {
    id: "staff.control_rate",
    title: "有在职人员就有编制",
    severity: Severity::Error,
    source: source::COMMON_INDICATORS,
    run: |check, _, facts| {
        let todo = "编制数是 0，却有在职人员，算不出在职人员控制率。请核对编制数。";
        vec![base(check, facts, ["staff.staff_in_post", "staff.authorised_posts"], todo)]
    },
};

/// 三公经费控制率.
pub const THREE_PUBLIC: CheckDef = CheckDef {
    id: "three_public.control_rate",
    title: "有“三公”经费支出就有年初预算",
    severity: Severity::Error,
    source: source::COMMON_INDICATORS,
    run: |check, _, facts| {
        let todo = "没有年初预算却有“三公”经费支出，算不出控制率。请核对年初预算。";
        vec![base(check, facts, ["three_public.outturn", "three_public.initial_budget"], todo)]
    },
};

/// 政府采购执行率.
pub const PROCUREMENT: CheckDef = CheckDef {
    id: "procurement.execution_rate",
    title: "有政府采购就有采购预算",
    severity: Severity::Warning,
    source: source::COMMON_INDICATORS,
    run: |check, _, facts| {
        let todo = "没有采购预算却有采购，算不出政府采购执行率。请核对采购预算，年中追加的也要计入。";
        vec![base(check, facts, ["procurement.actual", "procurement.budget"], todo)]
    },
};

fn base(check: &CheckDef, facts: &Facts, [number, base]: [&str; 2], todo: &str) -> Outcome {
    match facts.get(check.id) {
        Some(Ok(_)) => Outcome::Holds,
        Some(Err(Missing::BaseZero)) => {
            let places = [number, base].into_iter().filter_map(|id| fact_at(facts, id)).collect();
            Outcome::Fails(vec![Finding::new(check, places, "基数是 0，不能计算比率", todo)])
        }
        _ => Outcome::NotApplicable("还算不出这项指标，或两个数都是 0"),
    }
}

/// 全年预算数 as typed against what follows from the adjustments.
pub const WHOLE_YEAR: CheckDef = CheckDef {
    id: "expenditure.whole_year_budget",
    title: "全年预算数 = 年初预算数 + 年初结转和结余 + 追加 − 追减",
    severity: Severity::Hint,
    source: source::OURS,
    run: |check, document, facts| vec![decided(|| whole_year(check, document, facts))],
};

fn whole_year(check: &CheckDef, document: &Document, facts: &Facts) -> Result<Outcome, Outcome> {
    if document.adjustments.iter().next().is_none() {
        return Err(Outcome::NotApplicable("没有填预算调整"));
    }
    let Ok(typed) = fact(facts, "expenditure.revised_budget") else {
        return Err(Outcome::NotApplicable("没有填全年预算，按预算调整推算"));
    };
    let computed = fact(facts, "expenditure.derived_budget")?;
    let known = tolerance::sum(&[Figure::typed(computed)], Figure::typed(typed)).ok_or_else(failed)?;
    if known.verdict.holds() {
        return Ok(Outcome::Holds);
    }
    let places =
        ["expenditure.revised_budget", "adjustments.added"].into_iter().filter_map(|id| fact_at(facts, id));
    let mut finding = Finding::new(
        check,
        places.collect(),
        format!(
            "全年预算数 {}，按年初预算、年初结转和预算调整推算为 {}",
            Unit::Money.show(&typed),
            Unit::Money.show(&computed)
        ),
        "请核对预算调整表是否列全，或全年预算是否含有年初结转。",
    )
    .apart(Unit::Money.show(&known.diff.abs()));
    finding.expected = Unit::Money.show_with(&computed);
    Ok(Outcome::Fails(vec![finding]))
}
