//! Weights of rows that are taken out go to the rows that stay (indicators §6.4), and points divided among rows.

use rust_decimal::Decimal;

use crate::domain::amount;

/// A row's weight and where it stands: positions of its level 1 and level 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Level 1.
    pub aspect: usize,
    /// Level 2, counted within its level 1.
    pub group: usize,
    /// Points.
    pub weight: Decimal,
    /// Whether the row is taken out.
    pub out: bool,
}

/// The weights with which rows are scored: those of rows that are taken out go to the rows under the same level 2 in
/// proportion to their weights; where none stays, under the same level 1; where none stays, to all. Rounded to 0.01 by
/// largest remainder. All that is taken out goes together, before the rounding.
///
/// `None` where figures are too large.
pub fn redistribute(shares: &[Share]) -> Option<Vec<Decimal>> {
    let mut weights: Vec<Decimal> =
        shares.iter().map(|share| if share.out { Decimal::ZERO } else { share.weight }).collect();
    // Which rows take the weight of each row that is out: the nearest that stay.
    let mut gains: Vec<(Vec<usize>, Decimal)> = Vec::new();
    for out in shares.iter().filter(|share| share.out) {
        let takers = |near: &dyn Fn(&Share) -> bool| -> Vec<usize> {
            let rows = shares.iter().enumerate();
            rows.filter(|(_, share)| !share.out && !share.weight.is_zero() && near(share))
                .map(|(at, _)| at)
                .collect()
        };
        let mut rows = takers(&|share| (share.aspect, share.group) == (out.aspect, out.group));
        if rows.is_empty() {
            rows = takers(&|share| share.aspect == out.aspect);
        }
        if rows.is_empty() {
            rows = takers(&|_| true);
        }
        match gains.iter_mut().find(|(known, _)| *known == rows) {
            Some((_, gain)) => *gain = gain.checked_add(out.weight)?,
            None => gains.push((rows, out.weight)),
        }
    }
    // The exact new weights, then one rounding for each set of rows whose total is known.
    let mut exact: Vec<Decimal> = weights.clone();
    let mut gained = vec![false; shares.len()];
    for (rows, gain) in &gains {
        let own = |at: &usize| shares.get(*at).map(|share| share.weight);
        let whole = rows.iter().filter_map(own).try_fold(Decimal::ZERO, |sum, w| sum.checked_add(w))?;
        if whole.is_zero() {
            continue;
        }
        for at in rows {
            let part = own(at)?.checked_mul(*gain)?.checked_div(whole)?;
            if let Some(weight) = exact.get_mut(*at) {
                *weight = weight.checked_add(part)?;
            }
            if let Some(gained) = gained.get_mut(*at) {
                *gained = true;
            }
        }
    }
    let touched: Vec<usize> =
        gained.iter().enumerate().filter(|(_, gained)| **gained).map(|(at, _)| at).collect();
    let kept = touched
        .iter()
        .filter_map(|at| weights.get(*at))
        .try_fold(Decimal::ZERO, |sum, w| sum.checked_add(*w))?;
    let total = gains
        .iter()
        .filter(|(rows, _)| !rows.is_empty())
        .try_fold(kept, |sum, (_, gain)| sum.checked_add(*gain))?;
    let parts: Vec<Decimal> = touched.iter().filter_map(|at| exact.get(*at)).copied().collect();
    for (at, rounded) in touched.iter().zip(largest_remainder(&parts, total, 2)?) {
        if let Some(weight) = weights.get_mut(*at) {
            *weight = rounded;
        }
    }
    Some(weights)
}

/// Divides points into equal parts that add up to them, to 0.01; the first ones are larger where it does not work out.
pub fn equal_parts(total: Decimal, count: usize) -> Option<Vec<Decimal>> {
    parts_of(total, &vec![Decimal::ONE; count])
}

/// Divides points in the ratio of weights, to 0.01 by largest remainder; the parts add up to the points.
pub fn parts_of(total: Decimal, weights: &[Decimal]) -> Option<Vec<Decimal>> {
    let whole = weights.iter().try_fold(Decimal::ZERO, |sum, weight| sum.checked_add(*weight))?;
    let parts: Option<Vec<Decimal>> =
        weights.iter().map(|weight| total.checked_mul(*weight)?.checked_div(whole)).collect();
    largest_remainder(&parts?, total, 2)
}

/// Cuts parts to `dp` decimals and gives what is left of their total to those that lost most, the upper first.
fn largest_remainder(parts: &[Decimal], total: Decimal, dp: u32) -> Option<Vec<Decimal>> {
    let unit = Decimal::new(1, dp);
    let mut rounded: Vec<Decimal> = parts.iter().map(|part| amount::truncate(*part, dp)).collect();
    let sum = rounded.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(*part))?;
    let mut left = total.checked_sub(sum)?;
    let mut order: Vec<(usize, Decimal)> =
        parts.iter().zip(&rounded).map(|(part, cut)| part.saturating_sub(*cut)).enumerate().collect();
    order.sort_by(|(a, lost), (b, more)| more.cmp(lost).then(a.cmp(b)));
    for (at, _) in order {
        if left < unit {
            break;
        }
        if let Some(part) = rounded.get_mut(at) {
            *part = part.checked_add(unit)?;
        }
        left = left.checked_sub(unit)?;
    }
    // A total finer than the rounding stays with the first part.
    if !left.is_zero()
        && let Some(first) = rounded.first_mut()
    {
        *first = first.checked_add(left)?;
    }
    Some(rounded)
}
