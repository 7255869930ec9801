//! A number of the text with its unit: exact, with the digits shown, and whether it is a value or only a bound.
//!
//! Must not know: where it stands in a sentence, what it is compared with.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::domain::amount::{MoneyUnit, from_wan, parse_canonical};
use crate::domain::tolerance::Figure;

/// What a quantity measures. Only quantities of one dimension are ever added or divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dim {
    /// Money, held in 万元.
    Money,
    /// %.
    Percent,
    /// 百分点.
    Points,
    /// 倍.
    Times,
    /// People.
    People,
    /// Things counted, with the word for them.
    Things(&'static str),
    /// A measure that is no count (公里, 平方米), in the unit named.
    Measure(&'static str),
    /// Points of a score.
    Score,
    /// Years of age or of time, clock time: never added up.
    Time,
    /// No unit is written.
    Bare,
}

impl Dim {
    /// Whether quantities of both can stand in one sum.
    pub fn fits(self, other: Dim) -> bool {
        const BODIES: &[&str] = &["个", "家", "户", "所", "处"];
        match (self, other) {
            (Dim::Things(a), Dim::Things(b)) => a == b || (BODIES.contains(&a) && BODIES.contains(&b)),
            _ => self == other,
        }
    }

    /// The word for the unit; money has its own ([`Scale`]).
    pub fn label(self) -> &'static str {
        match self {
            Dim::Percent => "%",
            Dim::Points => "个百分点",
            Dim::Times => "倍",
            Dim::People => "人",
            Dim::Things(word) | Dim::Measure(word) => word,
            Dim::Score => "分",
            Dim::Money | Dim::Time | Dim::Bare => "",
        }
    }

    /// Whether it is counted in whole numbers.
    pub fn counted(self) -> bool {
        matches!(self, Dim::People | Dim::Things(_))
    }

    /// Whether it can be an amount that relations are about.
    pub fn level(self) -> bool {
        matches!(self, Dim::Money | Dim::People | Dim::Things(_) | Dim::Measure(_) | Dim::Score)
    }
}

/// In how many of its unit a quantity is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// As it stands.
    One,
    /// 万 before a unit that is no money ("32.1万人").
    Wan,
    /// 亿 before such a unit.
    Yi,
    /// A unit of money.
    Money(MoneyUnit),
}

impl Scale {
    /// The unit of money.
    pub fn money(self) -> Option<MoneyUnit> {
        match self {
            Scale::Money(unit) => Some(unit),
            _ => None,
        }
    }

    /// A value (money in 万元) as it is written in this scale.
    pub fn written(self, value: Decimal) -> Option<Decimal> {
        match self {
            Scale::Money(unit) => from_wan(value, unit),
            _ => value.checked_div(self.factor()),
        }
    }

    /// Scale and unit in words.
    pub fn label(self, dim: Dim) -> String {
        match self {
            Scale::Money(unit) => unit.label().to_owned(),
            Scale::One => dim.label().to_owned(),
            Scale::Wan => format!("万{}", dim.label()),
            Scale::Yi => format!("亿{}", dim.label()),
        }
    }

    fn factor(self) -> Decimal {
        match self {
            Scale::Wan => Decimal::from(10_000),
            Scale::Yi => Decimal::from(100_000_000),
            Scale::One | Scale::Money(_) => Decimal::ONE,
        }
    }
}

/// Words for units; the longest that stands after the number is taken.
const UNITS: &[(&str, Dim)] = &[
    ("个百分点", Dim::Points),
    ("百分点", Dim::Points),
    ("%", Dim::Percent),
    ("倍", Dim::Times),
    ("人次", Dim::Things("人次")),
    ("人", Dim::People),
    ("名", Dim::People),
    ("位", Dim::People),
    ("个", Dim::Things("个")),
    ("家", Dim::Things("家")),
    ("户", Dim::Things("户")),
    ("所", Dim::Things("所")),
    ("处", Dim::Things("处")),
    ("项", Dim::Things("项")),
    ("批次", Dim::Things("批次")),
    ("批", Dim::Things("批次")),
    ("辆", Dim::Things("辆")),
    ("台(套)", Dim::Things("台")),
    ("台套", Dim::Things("台")),
    ("台", Dim::Things("台")),
    ("套", Dim::Things("套")),
    ("件", Dim::Things("件")),
    ("场次", Dim::Things("场")),
    ("场", Dim::Things("场")),
    ("期", Dim::Things("期")),
    ("条", Dim::Things("条")),
    ("份", Dim::Things("份")),
    ("座", Dim::Things("座")),
    ("段", Dim::Things("段")),
    ("股", Dim::Things("股")),
    ("宗", Dim::Things("宗")),
    ("篇", Dim::Things("篇")),
    ("间", Dim::Things("间")),
    ("只", Dim::Things("只")),
    ("起", Dim::Things("起")),
    ("次", Dim::Things("次")),
    ("种", Dim::Things("种")),
    ("类", Dim::Things("类")),
    ("块", Dim::Things("块")),
    ("支", Dim::Things("支")),
    ("笔", Dim::Things("笔")),
    ("栋", Dim::Things("栋")),
    ("幢", Dim::Things("栋")),
    ("所学校", Dim::Things("所")),
    ("村", Dim::Things("村")),
    ("公里", Dim::Measure("公里")),
    ("千米", Dim::Measure("公里")),
    ("km", Dim::Measure("公里")),
    ("平方公里", Dim::Measure("平方公里")),
    ("平方米", Dim::Measure("平方米")),
    ("㎡", Dim::Measure("平方米")),
    ("m2", Dim::Measure("平方米")),
    ("立方米", Dim::Measure("立方米")),
    ("米", Dim::Measure("米")),
    ("m", Dim::Measure("米")),
    ("亩", Dim::Measure("亩")),
    ("公顷", Dim::Measure("公顷")),
    ("吨", Dim::Measure("吨")),
    ("公斤", Dim::Measure("公斤")),
    ("分", Dim::Score),
    ("岁", Dim::Time),
    ("年", Dim::Time),
    ("月", Dim::Time),
    ("个月", Dim::Time),
    ("天", Dim::Time),
    ("日", Dim::Time),
    ("小时", Dim::Time),
    ("时", Dim::Time),
    ("点", Dim::Time),
    ("号", Dim::Time),
    ("弄", Dim::Time),
    ("级", Dim::Time),
    ("周", Dim::Time),
];

/// The unit that stands at the start of `rest` for plain numbers: its length in characters and what it measures.
pub fn unit(rest: &[char]) -> Option<(usize, Dim)> {
    let first = *rest.first()?;
    if first == '%' {
        return Some((1, Dim::Percent));
    }
    if !first.is_alphabetic() && first != '㎡' {
        return None;
    }
    let fits = |word: &str| {
        word.starts_with(first) && word.chars().enumerate().all(|(at, c)| rest.get(at) == Some(&c))
    };
    let found = UNITS.iter().filter(|(word, _)| fits(word)).max_by_key(|(word, _)| word.chars().count())?;
    let length = found.0.chars().count();
    let next = rest.get(length).copied().unwrap_or('\0');
    // "3.1m2x", "5mm": a Latin unit ends where the letters end.
    let latin = found.0.is_ascii() && found.0 != "%";
    if latin && next.is_ascii_alphanumeric() {
        return None;
    }
    Some((length, found.1))
}

/// A number of the text.
#[derive(Debug, Clone)]
pub struct Quantity {
    /// Where it stands, unit included (index of the text that is read).
    pub range: Range<usize>,
    /// Digits as written, without separators and unit.
    pub digits: String,
    /// What it measures.
    pub dim: Dim,
    /// In what it is written.
    pub scale: Scale,
    /// "约", "余", "以上": no value, enters no identity.
    pub bound: bool,
    /// Written in Chinese numerals.
    pub chinese: bool,
    /// The figure; money in 万元.
    pub figure: Figure,
}

impl Quantity {
    /// Builds the figure from digits and unit; `None` for what no exact number can hold.
    pub fn new(range: Range<usize>, digits: String, dim: Dim, scale: Scale) -> Option<Self> {
        let trimmed = strip_zeros(&digits);
        let value = parse_canonical(&trimmed)?;
        let figure = figure_of(value, dim, scale)?;
        Some(Self { range, digits, dim, scale, bound: false, chinese: false, figure })
    }

    /// The value; money in 万元.
    pub fn value(&self) -> Decimal {
        self.figure.value()
    }

    /// The same digits in another unit, for figures that leave theirs to the last of a list.
    #[must_use]
    pub fn with_unit(&self, dim: Dim, scale: Scale) -> Self {
        let built = Self::new(self.range.clone(), self.digits.clone(), dim, scale);
        built.map_or_else(|| self.clone(), |built| Self { bound: self.bound, ..built })
    }

    /// Digits and unit, as shown.
    pub fn shown(&self) -> String {
        format!("{}{}", self.digits, self.unit_word())
    }

    /// The word for the unit.
    pub fn unit_word(&self) -> String {
        self.scale.label(self.dim)
    }
}

fn figure_of(value: Decimal, dim: Dim, scale: Scale) -> Option<Figure> {
    match (dim, scale) {
        (Dim::Money, Scale::Money(unit)) => Figure::typed_in(value, unit),
        // A count in ten thousands is known to its last digit only.
        (_, Scale::Wan | Scale::Yi) => Figure::typed(value).times(scale.factor()),
        // Marks are given, not measured: they add up to the digit.
        (dim, _) if dim.counted() || dim == Dim::Score => Some(Figure::exact(value)),
        _ => Some(Figure::typed(value)),
    }
}

/// "007.50" is written as such, but the exact form has no spare zeros in front.
fn strip_zeros(digits: &str) -> String {
    let (sign, body) = digits.strip_prefix('-').map_or(("", digits), |body| ("-", body));
    let bare = body.trim_start_matches('0');
    let zero = bare.chars().all(|c| matches!(c, '0' | '.'));
    let bare = if bare.is_empty() || bare.starts_with('.') { format!("0{bare}") } else { bare.to_owned() };
    if zero { bare } else { format!("{sign}{bare}") }
}
