//! Composition variance of expenditure, after PEFA indicator PI-2: how far the mix of what was spent is from the mix that
//! was budgeted, once the budget is scaled to what was spent in all.

use rust_decimal::Decimal;

use super::eval::Missing;
use crate::domain::cell::Num;
use crate::domain::document::Document;
use crate::domain::place::Place;
use crate::domain::rows::RowId;
use crate::domain::tables::{Part, TableDef};

/// What the variance is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composition {
    /// Number of items.
    pub items: usize,
    /// Sum of the distances of outturns from scaled budgets.
    pub deviation: Decimal,
    /// All outturns.
    pub outturn: Decimal,
    /// The variance in percent of all outturns.
    pub percent: Decimal,
}

/// The variance over the rows of some lists, between 年初预算 and 决算.
pub fn of(document: &Document, lists: &[&'static str]) -> Result<Composition, Missing> {
    let mut items = Vec::new();
    let (mut blank, mut blanks) = (Vec::new(), 0);
    for list in lists {
        let Some(rows) = document.list(list) else { continue };
        let (Some(budget), Some(outturn)) = (rows.column("initial_budget"), rows.column("outturn")) else {
            continue;
        };
        for at in (0..rows.len()).filter(|at| rows.id_at(*at).is_some_and(|id| is_summed(list, &id))) {
            let mut read = |column: usize, key: &'static str| match rows.number(at, column) {
                Num::Value(value) => Some(value),
                Num::Nil => Some(Decimal::ZERO),
                Num::Blank | Num::Unread => {
                    blanks += 1;
                    blank
                        .extend(rows.id_at(at).filter(|_| blanks <= 8).map(|id| Place::cell(list, &id, key)));
                    None
                }
            };
            if let (Some(budget), Some(outturn)) = (read(budget, "initial_budget"), read(outturn, "outturn"))
            {
                items.push((budget, outturn));
            }
        }
    }
    if blanks > 0 {
        return Err(Missing::Blank(blank, blanks));
    }
    worked_out(&items).ok_or(Missing::TooLarge)?
}

/// Whether a row is part of its table's sums; rows 其中 would count what they are part of once more.
fn is_summed(list: &str, row: &RowId) -> bool {
    TableDef::by_list(list).is_none_or(|table| {
        let parts = table.sums.iter().flat_map(|sum| sum.parts);
        parts.into_iter().any(|part| matches!(part, Part::Rows(set) if set.has(row)))
    })
}

/// `None` where the figures are too long.
fn worked_out(items: &[(Decimal, Decimal)]) -> Option<Result<Composition, Missing>> {
    let (mut budget, mut outturn) = (Decimal::ZERO, Decimal::ZERO);
    for (planned, spent) in items {
        budget = budget.checked_add(*planned)?;
        outturn = outturn.checked_add(*spent)?;
    }
    if budget.is_zero() || outturn.is_zero() {
        return Some(Err(Missing::BaseZero));
    }
    // Distances times the whole budget, so that there is one division and nothing is lost before it.
    let mut scaled = Decimal::ZERO;
    for (planned, spent) in items {
        let off = spent.checked_mul(budget)?.checked_sub(planned.checked_mul(outturn)?)?;
        scaled = scaled.checked_add(off.abs())?;
    }
    let deviation = scaled.checked_div(budget)?;
    let percent = scaled.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(budget.checked_mul(outturn)?)?;
    Some(Ok(Composition { items: items.len(), deviation, outturn, percent }))
}
