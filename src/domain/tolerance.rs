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
mod tests {
    use super::super::amount::{parse_canonical, truncate};
    use super::*;

    fn d(text: &str) -> Decimal {
        parse_canonical(text).unwrap_or_else(|| panic!("not canonical: {text}"))
    }

    fn typed(text: &str) -> Figure {
        Figure::typed(d(text))
    }

    fn count(n: u32) -> Figure {
        Figure::exact(n.into())
    }

    fn all(texts: &[&str]) -> Vec<Figure> {
        texts.iter().map(|text| typed(text)).collect()
    }

    /// A verdict as one word, so that tables stay short.
    fn word(verdict: Verdict) -> String {
        match verdict {
            Verdict::Holds => "holds".into(),
            Verdict::Rounding(hint) => hint.label().into(),
            Verdict::Fails { diff } => format!("fails {}", diff.abs()),
        }
    }

    /// Parts, total, verdict, E, W. The vectors “sum”, and a few of our own.
    #[test]
    fn sums() {
        let table: &[(&[&str], &str, &str, &str, &str)] = &[
            (&["0.01", "0.02", "0.03"], "0.06", "holds", "0.02", "0.02"),
            (&["0.01", "0.02", "0.03"], "0.08", "可能为取整误差", "0.02", "0.02"),
            (&["0.01", "0.02", "0.03"], "0.09", "fails 0.03", "0.02", "0.02"),
            (&["1113", "210", "60", "100", "128.046", "20"], "1631.046", "holds", "0.0035", "2.501"),
            (&["1173", "210", "60", "30", "100", "128.046"], "1631.046", "fails 70.000", "0.0035", "2.501"),
            (&["4735.21", "4735.21", "4735.07"], "14206", "可能为取整误差", "0.515", "0.515"),
            (&["4735.21", "4735.21", "4735.06"], "14206", "fails 0.52", "0.515", "0.515"),
            (&["4735.21", "4735.21", "4735.20"], "14206", "可能为取整误差", "0.515", "0.515"),
            (&["190.94", "4.65"], "195.58", "可能为取整误差", "0.015", "0.015"),
            (&["190.94", "4.65"], "195.59", "holds", "0.015", "0.015"),
            (&["190.94", "4.65"], "195.57", "fails 0.02", "0.015", "0.015"),
            (&["30.0000", "6.645"], "36.645", "holds", "0.00105", "0.00105"),
            (&[], "0.00", "holds", "0.005", "0.005"),
        ];
        for (parts, total, verdict, narrow, wide) in table {
            let found = sum(&all(parts), typed(total)).unwrap();
            assert_eq!(word(found.verdict), *verdict, "{parts:?} = {total}");
            assert_eq!(found.diff, d(total) - found.computed, "{parts:?} = {total}");
            assert_eq!((found.narrow, found.wide), (d(narrow), d(wide)), "{parts:?} = {total}");
        }
    }

    #[test]
    fn long_sums_have_a_root_for_tolerance() {
        let eleven = vec![typed("1.00"); 11];
        let narrow = sum(&eleven, typed("11.00")).unwrap().narrow;
        assert_eq!(truncate(narrow, 4), d("0.0519"));
        assert_eq!(word(sum(&eleven, typed("11.05")).unwrap().verdict), "可能为取整误差");
        assert_eq!(word(sum(&eleven, typed("11.06")).unwrap().verdict), "fails 0.06");
        assert_eq!(word(sum(&eleven, typed("10.94")).unwrap().verdict), "fails 0.06");

        let many = vec![typed("1.00"); 10_000];
        let found = sum(&many, typed("10001.50")).unwrap();
        assert_eq!(truncate(found.narrow, 2), d("1.50"));
        assert_eq!(found.wide, d("50.005"));
        assert_eq!(word(found.verdict), "可能为取整误差");
        let beyond = sum(&many, typed("10001.51")).unwrap();
        assert_eq!((word(beyond.verdict).as_str(), beyond.in_prose()), ("fails 1.51", ProseGrade::Warning));
    }

    #[test]
    fn sums_in_prose_have_a_wider_margin() {
        let parts = all(&["1173", "210", "60", "30", "100", "128.046"]);
        for (total, grade) in [
            ("1701.046", ProseGrade::Holds),
            ("1701.047", ProseGrade::Hint),
            ("1703.547", ProseGrade::Warning),
            ("1703.548", ProseGrade::Error),
            ("1631.046", ProseGrade::Error),
        ] {
            assert_eq!(sum(&parts, typed(total)).unwrap().in_prose(), grade, "{total}");
        }
    }

    #[test]
    fn figures_as_fine_as_written_widen_a_mixed_sum() {
        let parts = all(&["1173", "0.4"]);
        assert_eq!(word(sum(&parts, typed("1173.9")).unwrap().verdict), "fails 0.5");
        assert_eq!(word(sum_mixed(&parts, typed("1173.9")).unwrap().verdict), "可能为取整误差");
    }

    #[test]
    fn counts_and_nil_allow_nothing() {
        let parts = [count(8), count(7)];
        assert_eq!(word(sum(&parts, count(15)).unwrap().verdict), "holds");
        assert_eq!(word(sum(&parts, count(16)).unwrap().verdict), "fails 1");
        // 12.88 − 12.88 against 无
        let balance = [typed("12.88"), typed("12.88").negated()];
        assert_eq!(word(sum(&balance, Figure::exact(Decimal::ZERO)).unwrap().verdict), "holds");
    }

    #[test]
    fn blanks_leave_a_sum_open_unless_it_is_exceeded() {
        let lacks = |filled: &[&str], total: &str| {
            sum_with_blanks(&all(filled), typed(total)).unwrap() == BlankVerdict::LacksData
        };
        assert!(lacks(&["10.00", "2.00"], "15.00"));
        assert!(lacks(&["10.00", "5.01"], "15.00"));
        assert!(!lacks(&["10.00", "5.10"], "15.00"));
        assert!(lacks(&["20.00", "-0.10"], "15.00"));
    }

    #[test]
    fn percent_differences() {
        for (rate, difference, verdict) in [
            ("103.77", "3.4", "fails 0.37"),
            ("149.63", "49.63", "holds"),
            ("103.44", "3.4", "可能为取整误差"),
            ("103.46", "3.4", "fails 0.06"),
            ("96.61", "-3.39", "holds"),
        ] {
            let found = percent_difference(typed(rate), typed(difference)).unwrap();
            assert_eq!(word(found), verdict, "{rate} − 100 = {difference}");
        }
    }

    #[test]
    fn shares_of_a_whole() {
        let table: &[(&[&str], &str)] = &[
            (&["14.28", "14.28", "14.28", "14.28", "14.28", "14.28", "14.28"], "截断"),
            (&["24.14", "74.86"], "fails 1.00"),
            (&["24.14", "75.86"], "holds"),
            (&["33.33", "33.33", "33.33"], "可能为取整误差"),
            (&["33.3", "33.3", "33.5"], "可能为取整误差"),
            (&["33.4", "33.4", "33.4"], "fails 0.2"),
            (&["49.99", "49.99"], "fails 0.02"),
            (&[], "fails 100"),
        ];
        for (list, verdict) in table {
            assert_eq!(word(shares(&all(list)).unwrap()), *verdict, "{list:?}");
        }
    }

    fn term(text: &str, above: i32, below: i32) -> Term {
        Term { figure: typed(text), above, below }
    }

    /// 完成率 from 决算 and 差异额: the budget is computed.
    fn completion(stated: &str, actual: &str, difference: &str) -> Rate {
        some_rate(rate(d(stated), &[term(actual, 1, 1), term(difference, 0, -1)]))
    }

    /// 差异率 from the same.
    fn deviation(stated: &str, actual: &str, difference: &str) -> Rate {
        some_rate(rate(d(stated), &[term(actual, 0, 1), term(difference, 1, -1)]))
    }

    fn typed_ratio(stated: &str, a: &str, b: &str) -> Rate {
        some_rate(ratio(d(stated), typed(a), typed(b)))
    }

    fn some_rate(found: Option<RateVerdict>) -> Rate {
        match found {
            Some(RateVerdict::Rate(rate)) => rate,
            other => panic!("{other:?}"),
        }
    }

    /// The vectors “ratio”: found, verdict, and how the computed value begins.
    #[test]
    fn rates() {
        let counts = |stated: &str, a, b| some_rate(ratio(d(stated), count(a), count(b)));
        for (found, verdict, computed) in [
            (counts("30.7", 4, 13), "截断", "30.769"),
            (counts("30.8", 4, 13), "holds", "30.769"),
            (completion("149.63", "191.55", "63.54"), "截断", "149.6367"),
            (deviation("49.63", "191.55", "63.54"), "截断", "49.6367"),
            (completion("103.77", "22.28", "0.73"), "fails 0.382529", "103.3874"),
            (typed_ratio("103.77", "22.28", "21.55"), "fails 0.382529", "103.3874"),
            (typed_ratio("3.4", "0.73", "21.55"), "holds", "3.3874"),
            (typed_ratio("16.38", "2.11", "12.88"), "holds", "16.3819"),
            (some_rate(growth(d("24.29"), typed("14.99"), typed("12.06"))), "截断", "24.2951"),
            (typed_ratio("73.5", "28.1", "38.3"), "在输入精度内", "73.3681"),
            (counts("215", 28, 15), "fails 28.3333", "186.6667"),
            (some_rate(growth(d("-20.00"), typed("8.00"), typed("10.00"))), "holds", "20"),
            (some_rate(growth(d("20.00"), typed("8.00"), typed("10.00"))), "holds", "20"),
            (typed_ratio("0", "0.00", "10.00"), "holds", "0"),
        ] {
            assert_eq!(word(found.verdict), verdict, "{found:?}");
            let dp = d(computed).scale();
            assert_eq!(truncate(found.computed, dp), d(computed), "{found:?}");
        }
    }

    #[test]
    fn rates_have_the_range_of_their_figures() {
        for (found, low, high) in [
            (completion("103.77", "22.28", "0.73"), "103.3627", "103.4123"),
            (typed_ratio("103.77", "22.28", "21.55"), "103.3403", "103.4347"),
            (typed_ratio("73.5", "28.1", "38.3"), "73.1421", "73.5948"),
        ] {
            let shown = |value| super::super::amount::round(value, 4);
            assert_eq!((shown(found.low), shown(found.high)), (d(low), d(high)), "{found:?}");
        }
    }

    /// (low − u_p, high + ½u_p]: 1 ÷ 10 with u = 1 each gives 4.7619… to 15.7894…
    #[test]
    fn the_range_is_open_below_and_closed_above() {
        for (stated, verdict) in
            [("3", "fails 7.0000"), ("4", "在输入精度内"), ("16", "在输入精度内"), ("17", "fails 7.0000")]
        {
            assert_eq!(word(typed_ratio(stated, "1", "10").verdict), verdict, "{stated}");
        }
        // 1 ÷ exactly 5: 10 to 30; 9 is not above 10 − 1, 30.5 not stateable, 31 beyond.
        for (stated, verdict) in
            [("9", "fails 11.0000"), ("10", "在输入精度内"), ("30", "在输入精度内"), ("31", "fails 11.0000")]
        {
            let found = some_rate(ratio(d(stated), typed("1"), count(5)));
            assert_eq!(word(found.verdict), verdict, "{stated}");
        }
    }

    #[test]
    fn growth_around_zero_reaches_down_to_zero() {
        let found = some_rate(growth(d("0.0"), typed("10.1"), typed("10.0")));
        assert_eq!((word(found.verdict).as_str(), found.low), ("在输入精度内", Decimal::ZERO));
    }

    #[test]
    fn no_base_no_rate() {
        let no_base = |a: Figure, b: Figure| ratio(d("5.00"), a, b) == Some(RateVerdict::NoBase);
        assert!(no_base(typed("1.00"), count(0)));
        assert!(no_base(typed("1.00"), typed("0.00")));
        assert!(no_base(typed("0.00"), typed("0.00")));
        assert!(!no_base(typed("1.00"), typed("0.01")));
        assert!(no_base(typed("1.00"), Figure { value: d("5"), u: d("10") }));
        assert_eq!(growth(d("5"), typed("3.00"), typed("0.00")), Some(RateVerdict::NoBase));
        assert_eq!(growth(d("5"), typed("3.00"), typed("0.00")).and_then(|found| found.verdict()), None);
        // 8.00 − 7.99: the base may be 0.
        assert_eq!(rate(d("5"), &[term("8.00", 1, 1), term("7.99", 0, -1)]), Some(RateVerdict::NoBase));
    }

    #[test]
    fn a_computed_total_varies_by_its_own_tolerance() {
        let few = Figure::total_of(&all(&["1.00", "2.00", "3.0"])).unwrap();
        assert_eq!((few.value(), few.u()), (d("6"), d("0.12")));
        let many = Figure::total_of(&vec![typed("1.00"); 10_000]).unwrap();
        assert_eq!((many.value(), many.u()), (d("10000"), d("3")));
        let eleven = Figure::total_of(&vec![typed("1.00"); 11]).unwrap();
        assert_eq!(truncate(eleven.u(), 5), d("0.09949"));
        assert_eq!(Figure::total_of(&[]).unwrap(), count(0));
    }

    #[test]
    fn the_same_quantity_twice() {
        for (a, b, verdict) in [
            ("14206", "14205.62", "holds"),
            ("1631.04", "1631.046", "截断"),
            ("1173", "1113", "fails 60"),
            ("1631.05", "1631.046", "holds"),
            ("12.880", "12.88", "holds"),
            ("12.88", "12.89", "fails 0.01"),
            ("-14206", "-14205.62", "holds"),
            ("-1631.04", "-1631.046", "截断"),
            ("0.00", "0.004", "holds"),
            ("0", "0.6", "截断"),
        ] {
            assert_eq!(word(same(typed(a), typed(b)).unwrap()), verdict, "{a} {b}");
            assert_eq!(word(same(typed(b), typed(a)).unwrap()), verdict, "{b} {a}");
        }
        assert_eq!(same(typed("1173"), typed("1113")), Some(Verdict::Fails { diff: d("60") }));
        assert_eq!(word(same(count(15), count(16)).unwrap()), "fails 1");
        assert_eq!(word(same(count(0), typed("0.00")).unwrap()), "holds");
    }

    #[test]
    fn yi_keeps_its_coarse_unit() {
        let yi = Figure::typed_in(d("1.2"), MoneyUnit::YiYuan).unwrap();
        assert_eq!((yi.value(), yi.u()), (d("12000"), d("1000")));
        assert_eq!(word(same(yi, typed("11998.5")).unwrap()), "holds");
        assert_eq!(word(same(yi, typed("12600.00")).unwrap()), "截断");
        assert_eq!(word(same(yi, typed("13000.00")).unwrap()), "fails 1000.00");
        let yuan = Figure::typed_in(d("1274500"), MoneyUnit::Yuan).unwrap();
        assert_eq!((yuan.value(), yuan.u()), (d("127.45"), d("0.0001")));
    }

    #[test]
    fn parts_within_wholes() {
        for (part, whole, verdict) in [
            ("4.88", "12.88", "holds"),
            ("12.88", "12.88", "holds"),
            ("12.89", "12.88", "可能为取整误差"),
            ("12.90", "12.88", "fails 0.02"),
            ("13", "12.88", "fails 0.12"),
            ("12.88", "13", "holds"),
            ("13.4", "13", "可能为取整误差"),
        ] {
            assert_eq!(word(bound(typed(part), typed(whole)).unwrap()), verdict, "{part} ≤ {whole}");
        }
        assert_eq!(word(bound(count(16), count(15)).unwrap()), "fails 1");
    }

    #[test]
    fn exact_means_exact() {
        assert_eq!(exact(d("15"), d("15.0")), Some(Verdict::Holds));
        assert_eq!(exact(d("15"), d("16")), Some(Verdict::Fails { diff: d("-1") }));
    }

    #[test]
    fn means_of_whole_ages() {
        for (n, mean, verdict) in [
            (13, "48.22", MeanVerdict::Impossible { below: d("48.15"), above: d("48.23") }),
            (9, "48.22", MeanVerdict::Possible { sum: 434 }),
            (22, "48.22", MeanVerdict::ByTruncation { sum: 1061 }),
            (8, "0.13", MeanVerdict::Possible { sum: 1 }),
            (8, "0.12", MeanVerdict::ByTruncation { sum: 1 }),
            (5, "40.0", MeanVerdict::Possible { sum: 200 }),
            (100, "48.22", MeanVerdict::NotApplicable),
            (99, "48.22", MeanVerdict::Possible { sum: 4774 }),
            (1, "48", MeanVerdict::NotApplicable),
            (0, "48.2", MeanVerdict::NotApplicable),
            (3, "-1.33", MeanVerdict::NotApplicable),
        ] {
            assert_eq!(mean_possible(n, d(mean)), Some(verdict), "{mean} of {n}");
        }
    }

    #[test]
    fn too_long_figures_are_neither_held_nor_failed() {
        let (huge, tiny) = (Figure::typed(Decimal::MAX), typed("0.00000000000000000001"));
        assert_eq!(sum(&[huge, tiny], huge), None);
        assert_eq!(sum(&[typed("0.000000000000000000001")], tiny), None);
        assert_eq!(ratio(d("1.0"), huge, tiny), None);
        assert_eq!(same(huge, tiny), None);
        assert_eq!(rate(d("1.0"), &vec![term("1", 1, 1); 9]), None);
    }
}

#[cfg(test)]
mod properties {
    use super::*;
    use proptest::prelude::*;

    fn figure() -> impl Strategy<Value = Figure> {
        let typed = (-10_000_000_000_i64..10_000_000_000, 0_u32..=6)
            .prop_map(|(n, scale)| Figure::typed(Decimal::new(n, scale)));
        let exact = (0_u32..10_000).prop_map(|n| Figure::exact(n.into()));
        prop_oneof![4 => typed, 1 => exact]
    }

    fn any_figure() -> impl Strategy<Value = Figure> {
        let typed = (any::<u32>(), any::<u32>(), any::<u32>(), any::<bool>(), 0_u32..=28).prop_map(
            |(lo, mid, hi, minus, scale)| Figure::typed(Decimal::from_parts(lo, mid, hi, minus, scale)),
        );
        prop_oneof![typed, figure()]
    }

    fn figures() -> impl Strategy<Value = Vec<Figure>> {
        prop::collection::vec(figure(), 0..20)
    }

    proptest! {
        #[test]
        fn the_order_of_parts_does_not_matter(
            (parts, shuffled) in figures().prop_flat_map(|parts| (Just(parts.clone()), Just(parts).prop_shuffle())),
            total in figure(),
        ) {
            prop_assert_eq!(sum(&parts, total), sum(&shuffled, total));
            prop_assert_eq!(sum_mixed(&parts, total), sum_mixed(&shuffled, total));
            prop_assert_eq!(shares(&parts), shares(&shuffled));
        }

        #[test]
        fn the_exact_total_holds(parts in figures()) {
            let computed = sum(&parts, Figure::exact(Decimal::ZERO)).unwrap().computed;
            for total in [Figure::typed(computed), Figure::exact(computed)] {
                prop_assert_eq!(sum(&parts, total).unwrap().verdict, Verdict::Holds);
            }
        }

        #[test]
        fn the_shown_tolerance_agrees_with_the_verdict(parts in figures(), off in -200_i64..200, dp in 0_u32..=6) {
            let computed = sum(&parts, Figure::exact(Decimal::ZERO)).unwrap().computed;
            let total = computed.checked_add(Decimal::new(off, dp)).unwrap();
            let found = sum(&parts, Figure::typed(total)).unwrap();
            // The root is rounded up in a digit that no difference has.
            prop_assert_eq!(found.verdict.holds(), found.diff.abs() <= found.narrow, "{:?}", found);
            prop_assert!(found.narrow <= found.wide);
        }

        #[test]
        fn rounded_and_truncated_rates_hold(a in 1_i64..1_000_000, b in 1_i64..1_000_000, dp in 0_u32..=4) {
            let (a, b) = (Figure::typed(Decimal::new(a, 2)), Figure::exact(Decimal::new(b, 2)));
            let exact = a.value().checked_mul(Decimal::ONE_HUNDRED).unwrap().checked_div(b.value()).unwrap();
            // A decimal of fewer digits is not stated to `dp`.
            for stated in [super::super::amount::round(exact, dp), super::super::amount::truncate(exact, dp)] {
                let found = ratio(stated, a, b).unwrap().verdict().unwrap();
                prop_assert!(found.holds(), "{} {:?}", stated, found);
            }
        }

        #[test]
        fn nothing_panics(parts in prop::collection::vec(any_figure(), 0..6), a in any_figure(), b in any_figure(), n in any::<u32>()) {
            sum(&parts, a);
            sum_mixed(&parts, a);
            sum_with_blanks(&parts, a);
            shares(&parts);
            percent_difference(a, b);
            ratio(a.value(), a, b);
            growth(b.value(), a, b);
            let terms: Vec<Term> = parts.iter().map(|figure| Term { figure: *figure, above: i32::MIN, below: i32::MAX }).collect();
            rate(a.value(), &terms);
            same(a, b);
            bound(a, b);
            exact(a.value(), b.value());
            mean_possible(n, a.value());
            Figure::total_of(&parts);
            let choice = Choice { alternatives: parts.clone(), may_be_left_out: true };
            let identity = Identity { parts: parts.into_iter().map(Slot::Given).chain([Slot::Open(0)]).collect(), total: Slot::Given(a) };
            closing(&[choice], &[identity]);
        }
    }
}
