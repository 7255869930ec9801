//! 总计 of income and expenditure, the balance brought forward, and quantities that stand in two tables: DF-02, DF-03,
//! DF-04, DF-14, DF-26 (accounts §9.3).

use rust_decimal::Decimal;

use super::cross_footing::{Sides, column_figures, sum_figures};
use super::reading::{at, decided, fact, failed, number, rows};
use super::{CheckDef, Finding, Outcome, Severity, published};
use crate::domain::document::Document;
use crate::domain::facts::Unit;
use crate::domain::facts::eval::Facts;
use crate::domain::facts::label::Target;
use crate::domain::facts::registry::source;
use crate::domain::place::Place;
use crate::domain::rows::RowId;
use crate::domain::tolerance::{self, Figure, Verdict};

/// DF-02.
pub const RECEIPTS: CheckDef = CheckDef {
    id: "DF-02",
    title: "总计（收）= 本年收入合计 + 使用非财政拨款结余 + 年初结转和结余",
    severity: Severity::Error,
    source: source::CROSS_FOOTING,
    run: |check, document, facts| {
        let own = decided(|| stated_total(check, document, facts, &RECEIVED));
        [own].into_iter().chain(published::summary(check, document, "receipts")).collect()
    },
};

/// DF-03.
pub const PAYMENTS: CheckDef = CheckDef {
    id: "DF-03",
    title: "总计（支）= 本年支出合计 + 结余分配 + 年末结转和结余",
    severity: Severity::Error,
    source: source::CROSS_FOOTING,
    run: |check, document, facts| {
        let own = decided(|| stated_total(check, document, facts, &PAID));
        [own].into_iter().chain(published::summary(check, document, "payments")).collect()
    },
};

/// DF-04; where neither is stated it is DF-15.
pub const BOTH_TOTALS: CheckDef = CheckDef {
    id: "DF-04",
    title: "总计（收）= 总计（支）",
    severity: Severity::Error,
    source: source::CROSS_FOOTING,
    run: |check, document, facts| {
        let own = decided(|| both_totals(check, document, facts));
        [own].into_iter().chain(published::both_totals(check, document)).collect()
    },
};

/// One side of the balance of T5.
struct Side {
    section: &'static str,
    fact: &'static str,
    name: &'static str,
    /// What must have a value for the side to be computed.
    needs: &'static [&'static str],
    /// Sums that are added, and columns of T8.
    sum: &'static str,
    columns: &'static [&'static str],
}

const RECEIVED: Side = Side {
    section: "receipts_stated",
    fact: "receipts.outturn",
    name: "总计（收）",
    needs: &["income.outturn", "carryover.opening"],
    sum: "income",
    columns: &["surplus_used", "opening"],
};

const PAID: Side = Side {
    section: "payments_stated",
    fact: "payments.outturn",
    name: "总计（支）",
    needs: &["expenditure.outturn", "carryover.closing"],
    sum: "expenditure",
    columns: &["distribution"],
};

/// The typed figures that a side is made of.
fn figures(document: &Document, facts: &Facts, side: &Side) -> Result<Vec<Figure>, Outcome> {
    let mut missing = (Vec::new(), 0);
    for id in side.needs {
        match fact(facts, id) {
            Ok(_) => {}
            Err(Outcome::LacksData(places, count)) => {
                missing.0.extend(places);
                missing.1 += count.max(1);
            }
            Err(other) => return Err(other),
        }
    }
    if missing.1 > 0 {
        return Err(Outcome::LacksData(missing.0, missing.1));
    }
    let mut figures = sum_figures(document, side.sum, 1);
    for column in side.columns {
        figures.extend(column_figures(document, "carryover", column, 1));
    }
    if side.sum == "expenditure" {
        figures.push(Figure::typed(fact(facts, "carryover.closing")?));
    }
    Ok(figures)
}

fn stated(document: &Document, side: &Side) -> Result<Option<Decimal>, Outcome> {
    let place = Place::field(side.section, "outturn");
    if document.get(&place).is_blank() { Ok(None) } else { number(document, &place).map(Some) }
}

fn stated_total(
    check: &CheckDef,
    document: &Document,
    facts: &Facts,
    side: &Side,
) -> Result<Outcome, Outcome> {
    let Some(stated) = stated(document, side)? else {
        return Err(Outcome::NotApplicable("没有填上报合计"));
    };
    let parts = figures(document, facts, side)?;
    let verdict = tolerance::sum(&parts, Figure::typed(stated)).ok_or_else(failed)?;
    let sides = Sides {
        unit: Unit::Money,
        name: side.name.to_owned(),
        stated: (Target::Place(Place::field(side.section, "outturn")), stated),
        computed: (Target::Fact(side.fact), verdict.computed),
        partial: 0,
    };
    Ok(sides.outcome(check, verdict.verdict, verdict.diff))
}

fn both_totals(check: &CheckDef, document: &Document, facts: &Facts) -> Result<Outcome, Outcome> {
    let (received, paid) = (stated(document, &RECEIVED)?, stated(document, &PAID)?);
    let (total, total_side, parts, other_side, other_stated) = match (received, paid) {
        (None, None) => return Err(Outcome::NotApplicable("两个总计都没有填，由 DF-15 核对")),
        (Some(received), Some(paid)) => (received, &RECEIVED, vec![Figure::typed(paid)], &PAID, true),
        (Some(received), None) => (received, &RECEIVED, figures(document, facts, &PAID)?, &PAID, false),
        (None, Some(paid)) => (paid, &PAID, figures(document, facts, &RECEIVED)?, &RECEIVED, false),
    };
    let verdict = tolerance::sum(&parts, Figure::typed(total)).ok_or_else(failed)?;
    let place = |side: &Side| Target::Place(Place::field(side.section, "outturn"));
    let other = if other_stated { place(other_side) } else { Target::Fact(other_side.fact) };
    let sides = Sides {
        unit: Unit::Money,
        name: "总计".to_owned(),
        stated: (place(total_side), total),
        computed: (other, verdict.computed),
        partial: 0,
    };
    let show = |value: &Decimal| Unit::Money.show(value);
    Ok(match sides.outcome(check, verdict.verdict, verdict.diff) {
        Outcome::Fails(findings) => Outcome::Fails(
            findings
                .into_iter()
                .map(|finding| Finding {
                    message: format!(
                        "{} {}，{} {}，收支总计不相等",
                        total_side.name,
                        show(&total),
                        other_side.name,
                        show(&verdict.computed)
                    ),
                    todo: "收、支两边的总计应当相等。请核对收入、支出和年初、年末结转结余。".to_owned(),
                    ..finding
                })
                .collect(),
        ),
        other => other,
    })
}

/// DF-14: corrections, money taken back and money moved in are legal and make a difference honest.
pub const OPENING: CheckDef = CheckDef {
    id: "DF-14",
    title: "年初结转结余 = 上年年末结转结余（有年初数调整说明的除外）",
    severity: Severity::Warning,
    source: source::CROSS_FOOTING,
    run: |check, document, _| {
        rows(document, "carryover").map(|(_, row, _)| decided(|| opening(check, document, &row))).collect()
    },
};

fn opening(check: &CheckDef, document: &Document, row: &RowId) -> Result<Outcome, Outcome> {
    let place = |column| Place::cell("carryover", row, column);
    if document.get(&place("last_closing")).is_blank() {
        return Err(Outcome::NotApplicable("没有填上年年末数"));
    }
    let (last, opening) = (number(document, &place("last_closing"))?, number(document, &place("opening"))?);
    let verdict = tolerance::same(Figure::typed(opening), Figure::typed(last)).ok_or_else(failed)?;
    let explained = document.carryover_stated.opening_adjustment.words().trim().chars().count() > 1;
    let Verdict::Fails { diff } = verdict else { return Ok(Outcome::Holds) };
    if explained {
        return Ok(Outcome::Holds);
    }
    let finding = Finding::new(
        check,
        vec![at(document, place("opening")), at(document, place("last_closing"))],
        format!(
            "{}的年初数 {}，与上年年末数 {} 不一致",
            document.row_name("carryover", row),
            Unit::Money.show(&opening),
            Unit::Money.show(&last)
        ),
        "有会计差错更正、财政收回、归集调入等情况的，请填“年初数调整说明”；没有的请核对两个数。",
    );
    Ok(Outcome::Fails(vec![finding.apart(Unit::Money.show(&diff.abs()))]))
}

/// DF-26: with two kinds of funds T8 states income and expenditure that T5 states too; T19 states much of the report.
pub const SAME_TWICE: CheckDef = CheckDef {
    id: "DF-26",
    title: "同一个数在两张表里一致：结转结余表、决算公开表、收入支出情况表",
    severity: Severity::Error,
    source: source::CROSS_FOOTING,
    run: |check, document, facts| {
        let own = [("income", "本年收入"), ("expenditure", "本年支出")]
            .map(|(sum, name)| decided(|| same_twice(check, document, facts, sum, name)));
        own.into_iter().chain(published::twice(check, document, facts)).collect()
    },
};

fn same_twice(
    check: &CheckDef,
    document: &Document,
    facts: &Facts,
    sum: &'static str,
    name: &str,
) -> Result<Outcome, Outcome> {
    if document.carryover.iter().count() < 2 {
        return Err(Outcome::NotApplicable("只有一行时，取自收入支出情况表"));
    }
    let (computed, stated) = match sum {
        "income" => ("carryover.income", "income.outturn"),
        _ => ("carryover.expenditure", "expenditure.outturn"),
    };
    let (_, total) = (fact(facts, computed)?, fact(facts, stated)?);
    let parts = column_figures(document, "carryover", sum, 1);
    let own = sum_figures(document, sum, 1);
    let whole = match own.as_slice() {
        [only] => *only,
        _ => Figure::total_of(&own).ok_or_else(failed)?,
    };
    let verdict = tolerance::sum(&parts, whole).ok_or_else(failed)?;
    let sides = Sides {
        unit: Unit::Money,
        name: name.to_owned(),
        stated: (Target::Fact(stated), total),
        computed: (Target::Fact(computed), verdict.computed),
        partial: 0,
    };
    Ok(match sides.outcome(check, verdict.verdict, verdict.diff) {
        Outcome::Fails(findings) => Outcome::Fails(
            findings
                .into_iter()
                .map(|finding| Finding {
                    message: format!(
                        "{name}：收入支出情况表 {}，结转结余表各行合计 {}，相差 {}",
                        finding.stated, finding.expected, finding.difference
                    ),
                    todo: "两张表的同一个数应当相等，请核对结转结余表各行。".to_owned(),
                    ..finding
                })
                .collect(),
        ),
        other => other,
    })
}
