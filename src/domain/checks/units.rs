//! DF-25: 元 taken for 万元. (a) One quantity given twice, where one of the two is ten thousand times the other; what a
//! table reads from another table is typed once and cannot differ. (b) A figure against last year's of the same cell.

use rust_decimal::Decimal;

use super::cross_footing::off_by_unit;
use super::reading::{at, columns, fact_at, rows};
use super::{CheckDef, Finding, Outcome, Severity, published};
use crate::domain::cell::Num;
use crate::domain::document::Document;
use crate::domain::facts::Unit;
use crate::domain::facts::eval::Facts;
use crate::domain::facts::registry::{registry, source};
use crate::domain::place::Place;
use crate::domain::record::Kind;
use crate::domain::tables;

/// DF-25.
pub const UNITS: CheckDef = CheckDef {
    id: "DF-25",
    title: "元、万元没有混用：同一个数填了两处的不相差一万倍，与上年同一项相差不到一千倍",
    severity: Severity::Hint,
    source: source::CROSS_FOOTING,
    run: |check, document, facts| {
        let mut outcomes = twice(check, document, facts);
        outcomes.extend(PAIRS.iter().flat_map(|pair| against_last_year(check, document, pair)));
        outcomes
    },
};

/// Stated totals against their sums, and the published accounts against the report.
fn twice(check: &CheckDef, document: &Document, facts: &Facts) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    let mut pair = |place: Place, id: &str| {
        let (Num::Value(stated), Some(Ok(value))) = (document.number(&place), facts.get(id)) else { return };
        // Where the stated total stands in for rows that are 未填 there is nothing to compare it with.
        if value.stated || registry().fact(id).is_none_or(|def| def.unit != Unit::Money) {
            return;
        }
        if !off_by_unit(Unit::Money, &stated, &value.number) {
            outcomes.push(Outcome::Holds);
            return;
        }
        let message = format!(
            "同一个数，一处 {}，一处 {}，相差一万倍",
            Unit::Money.show_with(&stated),
            Unit::Money.show_with(&value.number)
        );
        let finding = Finding::new(
            check,
            [at(document, place)].into_iter().chain(fact_at(facts, id)).collect(),
            message,
            "可能一处用“元”、一处用“万元”。请核对单位，把其中一处改过来。",
        );
        outcomes.push(Outcome::Fails(vec![finding.weighing(Severity::Error)]));
    };
    for sum in tables::ALL.iter().flat_map(|table| table.sums) {
        let Some((section, defs)) = Document::SECTIONS.iter().find(|(name, _)| Some(*name) == sum.stated)
        else {
            continue;
        };
        for def in defs.iter().filter(|def| def.kind == Kind::Amount) {
            pair(Place::field(section, def.key), &format!("{}.{}", sum.id, def.key));
        }
    }
    for (section, key, id) in [
        ("receipts_stated", "outturn", "receipts.outturn"),
        ("payments_stated", "outturn", "payments.outturn"),
        ("carryover_stated", "closing", "carryover.computed_closing"),
    ] {
        pair(Place::field(section, key), id);
    }
    for (entry, id) in published::with_facts(document) {
        pair(entry.place, id);
    }
    outcomes
}

/// List, this year's column, last year's.
type Pair = (&'static str, &'static str, &'static str);

const PAIRS: &[Pair] = &[
    ("income", "outturn", "last_outturn"),
    ("expenditure", "outturn", "last_outturn"),
    ("basic", "outturn", "last_outturn"),
    ("projects", "outturn", "last_outturn"),
    ("three_public", "outturn", "last_outturn"),
    ("three_public", "initial_budget", "last_initial_budget"),
];

fn against_last_year(check: &CheckDef, document: &Document, (list, this, last): &Pair) -> Vec<Outcome> {
    let column = |key: &str| columns(list).iter().position(|def| def.key == key);
    let (Some(now), Some(before)) = (column(this), column(last)) else { return Vec::new() };
    let mut outcomes = Vec::new();
    for (at_row, row, rows) in rows(document, list) {
        let (Num::Value(a), Num::Value(b)) = (rows.number(at_row, now), rows.number(at_row, before)) else {
            continue;
        };
        if a.is_zero() || b.is_zero() {
            continue;
        }
        let thousandfold = |small: Decimal, large: Decimal| {
            small.abs().checked_mul(Decimal::ONE_THOUSAND).is_some_and(|limit| large.abs() > limit)
        };
        outcomes.push(if thousandfold(a, b) || thousandfold(b, a) {
            Outcome::Fails(vec![Finding::new(
                check,
                vec![
                    at(document, Place::cell(list, &row, this)),
                    at(document, Place::cell(list, &row, last)),
                ],
                format!("“{}”与上年相差一千倍以上", document.row_name(list, &row)),
                "请核对单位：是否把“元”当作“万元”填了。确实如此的可以不改。",
            )])
        } else {
            Outcome::Holds
        });
    }
    outcomes
}
