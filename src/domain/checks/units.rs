//! DF-25: 元 taken for 万元. One quantity in two places is the business of the check that compares them, which then
//! names the unit as a cause; here a figure stands against last year's figure of the same cell.

use rust_decimal::Decimal;

use super::reading::{at, columns, rows};
use super::{CheckDef, Finding, Outcome, Severity};
use crate::domain::cell::Num;
use crate::domain::document::Document;
use crate::domain::facts::registry::source;
use crate::domain::place::Place;

/// DF-25.
pub const UNITS: CheckDef = CheckDef {
    id: "DF-25",
    title: "金额与上年同一项相差不到一千倍（元、万元没有混用）",
    severity: Severity::Hint,
    source: source::CROSS_FOOTING,
    run: |check, document, _| PAIRS.iter().flat_map(|pair| units(check, document, pair)).collect(),
};

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

fn units(check: &CheckDef, document: &Document, (list, this, last): &Pair) -> Vec<Outcome> {
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
