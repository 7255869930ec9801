//! Values far over their target: from where on they are marked, and what is taken off (`over_adjust`).

use rust_decimal::Decimal;

use super::case::{Points, too_large};
use super::line::Mark;
use super::template::Scoring;
use crate::domain::cell::Num;

/// Takes off w·k·(r − c) where x is `c` times the target or more (`over_adjust`, mode reduce).
pub fn over_adjust(
    inner: Decimal,
    weight: Decimal,
    (x, t): (Decimal, Decimal),
    (c, k): (Num, Num),
) -> Points {
    let (Num::Value(c), Some(k)) = (c, k.counted()) else { return Ok(inner) };
    if !reaches(x, t, Num::Value(c)) {
        return Ok(inner);
    }
    // w·k·(x − c·t) ÷ t, multiplied before it is divided.
    let off = c
        .checked_mul(t)
        .and_then(|at| x.checked_sub(at))
        .and_then(|beyond| beyond.checked_mul(weight))
        .and_then(|points| points.checked_mul(k))
        .and_then(|points| points.checked_div(t));
    let left = off.and_then(|off| inner.checked_sub(off)).ok_or_else(too_large)?;
    Ok(left.max(Decimal::ZERO))
}

/// Whether a value is `times` the target or more; never where the target is not above zero.
pub(super) fn reaches(x: Decimal, t: Decimal, times: Num) -> bool {
    let Num::Value(times) = times else { return false };
    t > Decimal::ZERO && times.checked_mul(t).is_some_and(|at| x >= at)
}

/// The mark on a value with a target, by the template.
pub(super) fn over_mark(scoring: &Scoring, x: Decimal, t: Decimal) -> Option<Mark> {
    if reaches(x, t, scoring.over_remark.num()) {
        Some(Mark::FarOver)
    } else if reaches(x, t, scoring.over_mark.num()) {
        Some(Mark::Over)
    } else {
        None
    }
}
