//! What the linter found: claims with their arithmetic, those that hold included, and findings among them.
//!
//! Places are character ranges of the original text. Must not know: how a claim was recognised, how it is shown.

use std::ops::Range;

use rust_decimal::Decimal;

use super::mention::Mention;
use super::quantity::Scale;
use super::text::Text;
use crate::domain::amount::{self, MoneyUnit};
use crate::domain::checks::Severity;
use crate::domain::tolerance::{Hint, Verdict};

/// What a claim says about figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Parts add up to a total.
    Sum,
    /// A part is p % of a whole, or shares add up to 100 %.
    Share,
    /// A rate of completion.
    Rate,
    /// A growth in per cent.
    Growth,
    /// A difference of two amounts.
    Difference,
    /// A word like 增加 or 大于 beside its amounts.
    Direction,
    /// Whole numbers of people or things.
    Count,
    /// One quantity stated twice.
    Duplicate,
    /// A target and its result.
    Target,
    /// Leftovers of a template, slips of the pen.
    Residue,
    /// Names and wording.
    Wording,
}

impl Relation {
    /// The key in files.
    pub fn key(self) -> &'static str {
        match self {
            Relation::Sum => "sum",
            Relation::Share => "share",
            Relation::Rate => "rate",
            Relation::Growth => "growth",
            Relation::Difference => "difference",
            Relation::Direction => "direction",
            Relation::Count => "count",
            Relation::Duplicate => "duplicate",
            Relation::Target => "target-result",
            Relation::Residue => "residue",
            Relation::Wording => "wording",
        }
    }
    /// The word shown to users.
    pub fn label(self) -> &'static str {
        match self {
            Relation::Sum => "合计",
            Relation::Share => "占比",
            Relation::Rate => "完成率",
            Relation::Growth => "增减率",
            Relation::Difference => "差额",
            Relation::Direction => "增减方向",
            Relation::Count => "计数",
            Relation::Duplicate => "前后不一",
            Relation::Target => "目标与结果",
            Relation::Residue => "残留与笔误",
            Relation::Wording => "用语",
        }
    }
}

/// Whether a claim holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It holds.
    Holds,
    /// It holds, with a remark.
    Rounding(Hint),
    /// It does not hold.
    Fails,
    /// Not a matter of arithmetic.
    Remark,
}

/// A place in the original text with what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Characters of the original.
    pub range: Range<usize>,
    /// The figure or words, as read.
    pub shown: String,
}

/// A relation that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// What it is about.
    pub relation: Relation,
    /// Id in the domain's lists, where it has one.
    pub check: Option<&'static str>,
    /// Whether it holds.
    pub standing: Standing,
    /// The weight of the finding; `None` where there is nothing to report.
    pub severity: Option<Severity>,
    /// The words that make the claim.
    pub range: Range<usize>,
    /// The figures that take part, the stated one first.
    pub places: Vec<Place>,
    /// The figure stated.
    pub stated: String,
    /// The figure computed.
    pub computed: String,
    /// Stated less computed.
    pub difference: String,
    /// The arithmetic in words.
    pub message: String,
    /// Choices that would make it close.
    pub closes: Vec<String>,
}

impl Claim {
    /// Whether figures contradict each other.
    pub fn fails(&self) -> bool {
        self.standing == Standing::Fails
    }
}

/// The result of reading a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// All claims looked at, in the order of the text.
    pub claims: Vec<Claim>,
    /// Quantities that were read and take part in no claim.
    pub unchecked: Vec<Place>,
}

impl Report {
    /// Claims with something to report, the weightiest first.
    pub fn findings(&self) -> Vec<&Claim> {
        let mut found: Vec<&Claim> = self.claims.iter().filter(|claim| claim.severity.is_some()).collect();
        found.sort_by_key(|claim| (claim.severity, claim.range.start));
        found
    }

    /// Arithmetic claims: how many hold, hold with a hint, fail.
    pub fn counts(&self) -> (usize, usize, usize) {
        let count = |test: fn(&Claim) -> bool| self.claims.iter().filter(|claim| test(claim)).count();
        (
            count(|claim| claim.standing == Standing::Holds),
            count(|claim| matches!(claim.standing, Standing::Rounding(_))),
            count(Claim::fails),
        )
    }
}

/// The place of a mention.
pub fn place(text: &Text, mention: &Mention) -> Place {
    Place { range: text.origin(mention.quantity.range.clone()), shown: mention.quantity.shown() }
}

/// The label and figure of a mention, as a range of the original.
pub fn span(text: &Text, mention: &Mention) -> Range<usize> {
    text.origin(mention.from..mention.quantity.range.end)
}

/// The claim and its severity from a verdict.
pub fn standing(verdict: Verdict, fails: Option<Severity>) -> (Standing, Option<Severity>) {
    match verdict {
        Verdict::Holds => (Standing::Holds, None),
        Verdict::Rounding(hint) => (Standing::Rounding(hint), Some(Severity::Hint)),
        Verdict::Fails { .. } => (Standing::Fails, fails),
    }
}

/// Why a claim holds, for the end of a message.
pub fn remark(standing: Standing) -> &'static str {
    match standing {
        Standing::Rounding(Hint::Truncated) => "，为截尾",
        Standing::Rounding(Hint::MayBeRounding) => "，可能为取整误差",
        Standing::Rounding(Hint::WithinInputs) => "，在输入精度内",
        _ => "",
    }
}

/// In what quantities are shown together: as they are written where all are written alike, else in 万元 or plainly.
pub fn common_scale<'a>(mentions: impl IntoIterator<Item = &'a Mention>) -> Scale {
    let mut scales = mentions.into_iter().map(|mention| mention.quantity.scale);
    let Some(first) = scales.next() else { return Scale::One };
    match first {
        first if scales.all(|scale| scale == first) => first,
        Scale::Money(_) => Scale::Money(MoneyUnit::WanYuan),
        _ => Scale::One,
    }
}

/// A value as a message shows it.
pub fn shown_in(value: Decimal, scale: Scale, dp: u32) -> String {
    shown(scale.written(value).unwrap_or(value), dp)
}

/// A computed number for a message, with at most `dp` decimals and no spare zeros.
pub fn shown(value: Decimal, dp: u32) -> String {
    let text = amount::canonical(&amount::truncate(value, dp));
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}
