//! How far figures may miss each other and still agree: intervals from the digits that were written.
//!
//! A figure written 12.88 is known to half a unit of its last digit, u = 0.01. Each identity (sum, share, rate,
//! growth, the same twice, part of a whole, mean of whole numbers) derives its own tolerance from the u of its
//! figures; there is no blanket ε. Everything is decided in whole numbers of one small step, without rounding
//! and without roots; decimals come out only to be shown.
//!
//! `None` from any function here means: the figures are too long for exact arithmetic (more than 20 decimals, or
//! some 30 digits from the largest whole to the smallest decimal). The check could not be run; it neither holds
//! nor fails.
//!
//! Must not know: tables, documents, checks and their severities, prose. Of units only that they move a point.

mod closing;

pub use closing::{Choice, Closing, Identity, Pick, Slot, closing};

use rust_decimal::Decimal;

use super::amount::{MoneyUnit, to_wan, unit_of};

/// A number with the unit of its last digit, `u`: it stands for anything within ± ½u.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    value: Decimal,
    u: Decimal,
}

impl Figure {
    /// A figure as typed or written: u is one unit of its last digit.
    pub fn typed(value: Decimal) -> Self {
        Self { value, u: unit_of(&value) }
    }

    /// A figure that is known exactly (u = 0): a count of people or things, a constant, 无 (as zero).
    pub fn exact(value: Decimal) -> Self {
        Self { value, u: Decimal::ZERO }
    }

    /// An amount as written in `unit`, in 万元 with its u: 1.2 亿元 is 12000 with u = 1000.
    pub fn typed_in(value: Decimal, unit: MoneyUnit) -> Option<Self> {
        Some(Self { value: to_wan(value, unit)?, u: to_wan(unit_of(&value), unit)? })
    }

    /// The figure in a unit of which `factor` make one of its own: 32.1 万人 is 321000 with u = 1000.
    pub fn times(self, factor: Decimal) -> Option<Self> {
        Some(Self { value: self.value.checked_mul(factor)?, u: self.u.checked_mul(factor)? })
    }

    /// The computed total of figures as an operand of a rate: it may be off by min(½Σu, 1.5·√Σu²).
    ///
    /// An operand made of a few figures is better given to [`rate`] as those figures.
    pub fn total_of(parts: &[Figure]) -> Option<Self> {
        let step = Step::of(parts)?;
        let mut total = Total::default();
        for part in parts {
            total.add(step.count(part.value)?, step.count(part.u)?)?;
        }
        // The figure stands for ± ½u, so u is twice what the total may be off by.
        let u = total.tolerance()?.checked_mul(2)?;
        Some(Self { value: step.decimal(total.value)?, u: step.finer().decimal(u)? })
    }

    /// The number.
    pub fn value(&self) -> Decimal {
        self.value
    }

    /// One unit of the last digit; 0 where the figure is exact.
    pub fn u(&self) -> Decimal {
        self.u
    }

    /// The figure with its sign changed: an addend that is taken away.
    #[must_use]
    pub fn negated(mut self) -> Self {
        self.value.set_sign_positive(self.value.is_sign_negative());
        self
    }
}

/// Whether an identity holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It holds exactly, or at the digits stated.
    Holds,
    /// It holds, and a remark goes with it.
    Rounding(Hint),
    /// A mismatch.
    Fails {
        /// Stated − computed, unless the function says otherwise.
        diff: Decimal,
    },
}

impl Verdict {
    /// True with or without a hint.
    pub fn holds(self) -> bool {
        !matches!(self, Self::Fails { .. })
    }
}

/// Why an identity holds that does not hold exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hint {
    /// The difference is no more than rounding each figure can make.
    MayBeRounding,
    /// The stated figure was cut off instead of rounded.
    Truncated,
    /// Some figures that round to those written give the stated one.
    WithinInputs,
}

impl Hint {
    /// The words shown to the user.
    pub const fn label(self) -> &'static str {
        match self {
            Self::MayBeRounding => "可能为取整误差",
            Self::Truncated => "截断",
            Self::WithinInputs => "在输入精度内",
        }
    }
}

/// A stated total against the sum of its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SumVerdict {
    /// The verdict, as for tables: beyond the narrow tolerance it fails.
    pub verdict: Verdict,
    /// The sum of the parts.
    pub computed: Decimal,
    /// Stated total − computed.
    pub diff: Decimal,
    /// E, the narrow tolerance; to be shown (where it is a root, the last of five further digits is rounded up).
    pub narrow: Decimal,
    /// W, the wide tolerance: half the units of all figures as written.
    pub wide: Decimal,
}

impl SumVerdict {
    /// The verdict as graded in prose, where a list may mix figures written to different digits.
    pub fn in_prose(&self) -> ProseGrade {
        match self.verdict {
            Verdict::Holds => ProseGrade::Holds,
            Verdict::Rounding(_) => ProseGrade::Hint,
            Verdict::Fails { diff } if diff.abs() <= self.wide => ProseGrade::Warning,
            Verdict::Fails { .. } => ProseGrade::Error,
        }
    }
}

/// How a sum claimed in prose is graded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProseGrade {
    /// Exact.
    Holds,
    /// Within the narrow tolerance.
    Hint,
    /// Between the narrow and the wide tolerance.
    Warning,
    /// Beyond the wide tolerance.
    Error,
}

/// total = Σ parts, for money of one unit in one list, where a total cannot be known more finely than its parts:
/// 1113 beside a total of 1631.046 counts as 1113.000.
///
/// A computed part enters as the figures that it is made of, a subtracted one [`Figure::negated`].
pub fn sum(parts: &[Figure], total: Figure) -> Option<SumVerdict> {
    weigh(parts, total, |u, total_u| u.min(total_u))
}

/// total = Σ parts, where each part is as fine as written (percentages, amounts written in different units).
pub fn sum_mixed(parts: &[Figure], total: Figure) -> Option<SumVerdict> {
    weigh(parts, total, |u, _| u)
}

/// A sum of which some parts are 未填.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlankVerdict {
    /// The filled parts alone exceed the stated total, and nothing is negative: it fails whatever is missing.
    Exceeds(SumVerdict),
    /// Cannot be decided before the missing parts are filled.
    LacksData,
}

/// total = Σ parts, of which only `filled` are known (money of one unit in one list).
pub fn sum_with_blanks(filled: &[Figure], total: Figure) -> Option<BlankVerdict> {
    let known = sum(filled, total)?;
    let none_negative = filled.iter().all(|part| part.value >= Decimal::ZERO);
    let exceeds = none_negative && !known.verdict.holds() && known.diff < Decimal::ZERO;
    Some(if exceeds { BlankVerdict::Exceeds(known) } else { BlankVerdict::LacksData })
}

/// E = min(½(u_total + Σv), 1.5·√(u_total² + Σv²)) with v as `weight` says; W = ½(u_total + Σu).
fn weigh(parts: &[Figure], total: Figure, weight: impl Fn(i128, i128) -> i128) -> Option<SumVerdict> {
    let step = Step::of(parts.iter().chain([&total]))?;
    let total_u = step.count(total.u)?;
    let (mut narrow, mut wide) = (Total::default(), total_u);
    for part in parts {
        let u = step.count(part.u)?;
        narrow.add(step.count(part.value)?, weight(u, total_u))?;
        wide = wide.checked_add(u)?;
    }
    let computed = narrow.value;
    narrow.add(0, total_u)?;
    let off = step.count(total.value)?.checked_sub(computed)?;
    let diff = step.decimal(off)?;
    let verdict = match off {
        0 => Verdict::Holds,
        _ if narrow.covers(off)? => Verdict::Rounding(Hint::MayBeRounding),
        _ => Verdict::Fails { diff },
    };
    Some(SumVerdict {
        verdict,
        computed: step.decimal(computed)?,
        diff,
        narrow: step.finer().decimal(narrow.tolerance()?)?,
        wide: step.finer().decimal(wide.checked_mul(HALF_FINER)?)?,
    })
}

/// 差异率 = 完成率 − 100, both stated in per cent; E = ½(u_1 + u_2). `diff` is rate − 100 − difference.
pub fn percent_difference(rate: Figure, difference: Figure) -> Option<Verdict> {
    let step = Step::of([&rate, &difference])?;
    let off = step
        .count(rate.value)?
        .checked_sub(step.count(Decimal::ONE_HUNDRED)?)?
        .checked_sub(step.count(difference.value)?)?;
    let units = step.count(rate.u)?.checked_add(step.count(difference.u)?)?;
    Some(match off {
        0 => Verdict::Holds,
        _ if off.checked_abs()?.checked_mul(2)? <= units => Verdict::Rounding(Hint::MayBeRounding),
        _ => Verdict::Fails { diff: step.decimal(off)? },
    })
}

/// The shares of a full split, in per cent, add up to 100. `diff` is Σ − 100.
///
/// Only for lists that claim to be whole; a list without a share fails.
pub fn shares(shares: &[Figure]) -> Option<Verdict> {
    let step = Step::of(shares)?;
    let mut total = Total::default();
    for share in shares {
        total.add(step.count(share.value)?, step.count(share.u)?)?;
    }
    let off = total.value.checked_sub(step.count(Decimal::ONE_HUNDRED)?)?;
    Some(match off {
        0 => Verdict::Holds,
        _ if off.checked_abs()?.checked_mul(2)? <= total.u => Verdict::Rounding(Hint::MayBeRounding),
        // Each truncated share lacks less than one unit.
        _ if off < 0 && off.checked_neg()? < total.u => Verdict::Rounding(Hint::Truncated),
        _ => Verdict::Fails { diff: step.decimal(off)? },
    })
}

/// One stated figure of a rate, with the factors by which it enters above and below the line.
///
/// A figure that stands in both places is one term, so that it cannot take two values at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The figure as stated.
    pub figure: Figure,
    /// Its factor in the numerator.
    pub above: i32,
    /// Its factor in the denominator.
    pub below: i32,
}

/// A stated percentage against the figures that it is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateVerdict {
    /// The base is zero, or no further from it than its digits can tell: there is no rate.
    NoBase,
    /// There is a rate.
    Rate(Rate),
}

impl RateVerdict {
    /// The verdict, if there is a base.
    pub fn verdict(&self) -> Option<Verdict> {
        match self {
            Self::NoBase => None,
            Self::Rate(rate) => Some(rate.verdict),
        }
    }
}

/// A percentage and its range, all by magnitude: which way it points is not judged here.
///
/// The decimals are to be shown, with four more digits than the stated one; they are not what is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// The verdict; `diff` is |stated| − computed.
    pub verdict: Verdict,
    /// From the figures as stated.
    pub computed: Decimal,
    /// The smallest that figures which round to the stated ones can give.
    pub low: Decimal,
    /// The largest.
    pub high: Decimal,
}

/// p = a × 100 / b, stated in per cent to the decimals of `stated`.
pub fn ratio(stated: Decimal, a: Figure, b: Figure) -> Option<RateVerdict> {
    rate(stated, &[Term { figure: a, above: 1, below: 0 }, Term { figure: b, above: 0, below: 1 }])
}

/// Growth in per cent: (this / last − 1) × 100, of the two stated amounts.
pub fn growth(stated: Decimal, this: Figure, last: Figure) -> Option<RateVerdict> {
    rate(stated, &[Term { figure: this, above: 1, below: 0 }, Term { figure: last, above: -1, below: 1 }])
}

/// A percentage of which an operand is computed from stated figures: Σ above·figure × 100 / Σ below·figure.
///
/// 完成率 from 决算 and 差异额 is `[{决算, 1, 1}, {差异额, 0, −1}]`: the budget gets no u of its own. At most eight
/// terms, else `None`.
///
/// Rounded half away it equals the stated one → holds. Cut off → holds, [`Hint::Truncated`]. Within
/// (low − u_p, high + ½u_p] over the corners of the figures → holds, [`Hint::WithinInputs`]. Else it fails.
pub fn rate(stated: Decimal, terms: &[Term]) -> Option<RateVerdict> {
    const MAX_TERMS: usize = 8;
    if terms.len() > MAX_TERMS {
        return None;
    }
    let middle = fraction(terms, None)?;
    let corners: Vec<Fraction> =
        (0..1_u32 << terms.len()).map(|corner| fraction(terms, Some(corner))).collect::<Option<_>>()?;
    if middle.below == 0 || corners.iter().any(|corner| corner.below.signum() != middle.below.signum()) {
        return Some(RateVerdict::NoBase);
    }
    let dp = stated.scale();
    let digits = stated.mantissa().checked_abs()?;
    let shown = Step { scale: dp.checked_add(SHOWN_DIGITS)? };
    let computed = shown.decimal(middle.rounded(shown.scale)?)?;
    let verdict = if middle.rounded(dp)? == digits {
        Verdict::Holds
    } else if middle.cut_off(dp)? == digits {
        Verdict::Rounding(Hint::Truncated)
    } else if within(&corners, digits, dp)? {
        Verdict::Rounding(Hint::WithinInputs)
    } else {
        Verdict::Fails { diff: stated.abs().checked_sub(computed)? }
    };
    let ends = corners.iter().map(|corner| corner.rounded(shown.scale)).collect::<Option<Vec<_>>>()?;
    let low = if crosses_zero(&corners) { 0 } else { ends.iter().copied().min()? };
    let high = ends.iter().copied().max()?;
    Some(RateVerdict::Rate(Rate { verdict, computed, low: shown.decimal(low)?, high: shown.decimal(high)? }))
}

/// How many digits more than the stated percentage the computed one is shown with.
const SHOWN_DIGITS: u32 = 4;

/// Whether `digits`·10^-dp lies in (low − u_p, high + ½u_p] of the corners.
fn within(corners: &[Fraction], digits: i128, dp: u32) -> Option<bool> {
    let (mut over_low, mut under_high) = (crosses_zero(corners), false);
    for corner in corners {
        let (above, below) = corner.magnitude(dp)?;
        over_low |= digits.checked_add(1)?.checked_mul(below)? > above;
        let doubled = digits.checked_mul(2)?.checked_sub(1)?;
        under_high |= doubled.checked_mul(below)? <= above.checked_mul(2)?;
    }
    Some(over_low && under_high)
}

/// Whether the numerator passes through zero, so that the smallest magnitude is no corner's.
fn crosses_zero(corners: &[Fraction]) -> bool {
    corners.iter().any(|corner| corner.above >= 0) && corners.iter().any(|corner| corner.above <= 0)
}

/// A percentage as a fraction of whole numbers.
struct Fraction {
    above: i128,
    below: i128,
}

impl Fraction {
    /// Both parts without sign, the upper in units of 10^-dp.
    fn magnitude(&self, dp: u32) -> Option<(i128, i128)> {
        let above = self.above.checked_abs()?.checked_mul(10_i128.checked_pow(dp)?)?;
        Some((above, self.below.checked_abs()?))
    }

    /// The magnitude in units of 10^-dp, half away from zero.
    fn rounded(&self, dp: u32) -> Option<i128> {
        let (above, below) = self.magnitude(dp)?;
        above.checked_mul(2)?.checked_add(below)?.checked_div(below.checked_mul(2)?)
    }

    /// The magnitude in units of 10^-dp, toward zero.
    fn cut_off(&self, dp: u32) -> Option<i128> {
        let (above, below) = self.magnitude(dp)?;
        above.checked_div(below)
    }
}

/// The terms as one fraction: at the stated values, or with each figure at the end of ± ½u that its bit says.
fn fraction(terms: &[Term], corner: Option<u32>) -> Option<Fraction> {
    let step = Step::of(terms.iter().map(|term| &term.figure))?;
    let mut result = Fraction { above: 0, below: 0 };
    for (index, term) in terms.iter().enumerate() {
        // In half steps, so that ½u is a whole number of them.
        let (twice, u) = (step.count(term.figure.value)?.checked_mul(2)?, step.count(term.figure.u)?);
        let at = match corner {
            None => twice,
            Some(bits) if bits >> index & 1 == 0 => twice.checked_sub(u)?,
            Some(_) => twice.checked_add(u)?,
        };
        result.above = result.above.checked_add(at.checked_mul(i128::from(term.above) * 100)?)?;
        result.below = result.below.checked_add(at.checked_mul(i128::from(term.below))?)?;
    }
    Some(result)
}

/// One quantity stated in two places, in one unit: the coarser figure must be the finer one at its digits.
///
/// Equal or rounded half away → holds; cut off → holds, [`Hint::Truncated`]. `diff` is a − b. Not for counts and
/// targets (see [`exact`]) nor where a side is computed (see [`sum`]).
pub fn same(a: Figure, b: Figure) -> Option<Verdict> {
    let (coarse, fine) = if a.u >= b.u { (a, b) } else { (b, a) };
    if a.value == b.value {
        return Some(Verdict::Holds);
    }
    let step = Step::of([&a, &b])?;
    let (coarse_value, fine_value) = (step.count(coarse.value)?, step.count(fine.value)?);
    let u = step.count(coarse.u)?;
    let diff = step.decimal(step.count(a.value)?.checked_sub(step.count(b.value)?)?)?;
    if u == 0 {
        return Some(Verdict::Fails { diff });
    }
    let twice = fine_value.checked_mul(2)?.checked_add(u.checked_mul(fine_value.signum())?)?;
    let half_away = twice.checked_div(u.checked_mul(2)?)?.checked_mul(u)?;
    let cut_off = fine_value.checked_div(u)?.checked_mul(u)?;
    Some(match coarse_value {
        value if value == half_away => Verdict::Holds,
        value if value == cut_off => Verdict::Rounding(Hint::Truncated),
        _ => Verdict::Fails { diff },
    })
}

/// part ≤ whole; fails where it is larger by more than the tolerance of a sum with one addend.
///
/// `diff` is whole − part, negative where it fails.
pub fn bound(part: Figure, whole: Figure) -> Option<Verdict> {
    if part.value <= whole.value {
        return Some(Verdict::Holds);
    }
    sum(&[part], whole).map(|known| known.verdict)
}

/// stated = computed, without tolerance (counts, targets, last year's balance to the digit).
pub fn exact(stated: Decimal, computed: Decimal) -> Option<Verdict> {
    if stated == computed {
        return Some(Verdict::Holds);
    }
    let step = Step::of([&Figure::typed(stated), &Figure::typed(computed)])?;
    let diff = step.decimal(step.count(stated)?.checked_sub(step.count(computed)?)?)?;
    Some(Verdict::Fails { diff })
}

/// Whether a mean of whole numbers (ages) can be what it is said to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeanVerdict {
    /// A sum gives the mean, rounded half away.
    Possible {
        /// The smallest such sum.
        sum: i128,
    },
    /// A sum gives the mean only if it was cut off.
    ByTruncation {
        /// The smallest such sum.
        sum: i128,
    },
    /// 按整岁计不可能: no sum gives it.
    Impossible {
        /// The nearest possible mean below, at the digits stated.
        below: Decimal,
        /// The nearest possible mean above.
        above: Decimal,
    },
    /// Any mean is possible (n·u ≥ 1), nobody is counted, or the mean is negative.
    NotApplicable,
}

/// GRIM: a mean of `n` whole numbers stated to the decimals of `mean`.
pub fn mean_possible(n: u32, mean: Decimal) -> Option<MeanVerdict> {
    let step = Step::of([&Figure::typed(mean)])?;
    let (n, digits, one) = (i128::from(n), step.count(mean)?, step.count(Decimal::ONE)?);
    if n == 0 || n >= one || digits < 0 {
        return Some(MeanVerdict::NotApplicable);
    }
    // Sums around mean·n; each gives the mean at the stated digits as a whole number of steps.
    let nearest = digits.checked_mul(n)?.checked_div(one)?;
    let next = nearest.checked_add(1)?;
    let rounded =
        |sum: i128| sum.checked_mul(one)?.checked_mul(2)?.checked_add(n)?.checked_div(n.checked_mul(2)?);
    let cut_off = |sum: i128| sum.checked_mul(one)?.checked_div(n);
    for sum in [nearest, next] {
        if rounded(sum)? == digits {
            return Some(MeanVerdict::Possible { sum });
        }
    }
    for sum in [nearest, next] {
        if cut_off(sum)? == digits {
            return Some(MeanVerdict::ByTruncation { sum });
        }
    }
    let (below, above) = (step.decimal(rounded(nearest)?)?, step.decimal(rounded(next)?)?);
    Some(MeanVerdict::Impossible { below, above })
}

/// The common step, 10^-scale, of which all figures of one identity are whole multiples.
#[derive(Debug, Clone, Copy)]
struct Step {
    scale: u32,
}

/// Digits below the step that a tolerance is given with: half a step, and a root, are no whole number of steps.
const FINER_DIGITS: u32 = 5;
/// Half a step in those digits.
const HALF_FINER: i128 = 50_000;

impl Step {
    fn of<'a>(figures: impl IntoIterator<Item = &'a Figure>) -> Option<Self> {
        const MAX_DECIMALS: u32 = 20;
        let scales = figures.into_iter().map(|figure| figure.value.scale().max(figure.u.scale()));
        let scale = scales.max().unwrap_or(0);
        (scale <= MAX_DECIMALS).then_some(Self { scale })
    }

    fn finer(self) -> Self {
        Self { scale: self.scale + FINER_DIGITS }
    }

    /// How many steps a value is. Bounded, so that no order of millions of addends can overflow on the way.
    fn count(self, value: Decimal) -> Option<i128> {
        const MAX_STEPS: i128 = 10_i128.pow(30);
        let factor = 10_i128.checked_pow(self.scale.checked_sub(value.scale())?)?;
        let steps = value.mantissa().checked_mul(factor)?;
        (-MAX_STEPS..=MAX_STEPS).contains(&steps).then_some(steps)
    }

    fn decimal(self, steps: i128) -> Option<Decimal> {
        Decimal::try_from_i128_with_scale(steps, self.scale).ok()
    }
}

/// Values and units added up, in steps.
#[derive(Debug, Default)]
struct Total {
    value: i128,
    u: i128,
    squares: i128,
}

impl Total {
    fn add(&mut self, value: i128, u: i128) -> Option<()> {
        self.value = self.value.checked_add(value)?;
        self.u = self.u.checked_add(u)?;
        self.squares = self.squares.checked_add(u.checked_mul(u)?)?;
        Some(())
    }

    /// |off| ≤ min(½Σu, 1.5·√Σu²), compared without roots.
    fn covers(&self, off: i128) -> Option<bool> {
        let twice = off.checked_abs()?.checked_mul(2)?;
        if twice > self.u {
            return Some(false);
        }
        Some(twice.checked_mul(twice)? <= self.squares.checked_mul(9)?)
    }

    /// min(½Σu, 1.5·√Σu²) in the digits of [`Step::finer`], a root rounded up.
    fn tolerance(&self) -> Option<i128> {
        // 1.5·√S·10^5 = 5·√(9·S·10^8)
        let square = self.squares.checked_mul(900_000_000)?;
        let root = square.checked_isqrt()?;
        let root = if root.checked_mul(root)? < square { root.checked_add(1)? } else { root };
        Some(self.u.checked_mul(HALF_FINER)?.min(root.checked_mul(5)?))
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
