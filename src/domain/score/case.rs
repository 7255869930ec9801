//! What a rule is applied to: a value, a weight and answers; and what comes of it: points or the reason for none.

use rust_decimal::Decimal;

use super::params::Params;
use crate::domain::amount;
use crate::domain::facts::Unit;

/// Why a rule gives no points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Something is not answered or not known yet.
    Open(String),
    /// There is nothing to score.
    NotApplicable(String),
    /// What was entered cannot be accepted.
    Refused(String),
}

impl Gap {
    /// The reason.
    pub fn words(&self) -> &str {
        match self {
            Gap::Open(words) | Gap::NotApplicable(words) | Gap::Refused(words) => words,
        }
    }
}

/// Points, or the reason for none; never zero and never full for want of data.
pub type Points = Result<Decimal, Gap>;

/// An answer to a check point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Answer {
    /// 未答.
    #[default]
    Open,
    /// 是.
    Yes,
    /// 否.
    No,
    /// 不适用.
    NotApplicable,
}

impl Answer {
    /// Keys and labels, as stored and shown.
    pub const OPTIONS: &'static [(&'static str, &'static str)] =
        &[("yes", "是"), ("no", "否"), ("na", "不适用")];

    /// Reads the stored list: keys with commas between.
    pub fn list(stored: &str) -> Vec<Answer> {
        stored
            .split(',')
            .map(|key| match key {
                "yes" => Answer::Yes,
                "no" => Answer::No,
                "na" => Answer::NotApplicable,
                _ => Answer::Open,
            })
            .collect()
    }
}

/// Everything that a rule may look at.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    /// Points that can be had.
    pub weight: Decimal,
    /// The indicator's value, exact.
    pub x: Option<Decimal>,
    /// Why there is no value.
    pub missing: &'a str,
    /// What the value counts.
    pub unit: Unit,
    /// Answers to check points.
    pub answers: &'a [Answer],
    /// Grade of a qualitative indicator: `full`, `part`, `none` or empty.
    pub grade: &'a str,
    /// The score chosen within the grade's band.
    pub graded: Option<Decimal>,
    /// The day by which it should be done, `YYYY-MM-DD`.
    pub due: &'a str,
    /// The day on which it was done.
    pub done: &'a str,
    /// It is stated that it was not done.
    pub undone: bool,
}

impl Case<'_> {
    /// A case with a value only.
    pub fn of(x: Option<Decimal>, weight: Decimal) -> Self {
        Case {
            weight,
            x,
            missing: "没有数据",
            unit: Unit::Percent,
            answers: &[],
            grade: "",
            graded: None,
            due: "",
            done: "",
            undone: false,
        }
    }

    /// The value, or why there is none.
    pub fn value(&self) -> Points {
        self.x.ok_or_else(|| Gap::Open(self.missing.to_owned()))
    }

    /// A number in the indicator's unit.
    pub fn show(&self, number: &Decimal) -> String {
        match self.unit {
            Unit::Percent => format!("{}%", plain(&amount::round(*number, 2))),
            Unit::Money => self.unit.show_with(number),
            unit => format!("{} {}", plain(number), unit.suffix()).trim_end().to_owned(),
        }
    }

    /// A difference of two values; rates differ by percentage points.
    pub fn show_difference(&self, number: &Decimal) -> String {
        match self.unit {
            Unit::Percent => format!("{} 个百分点", plain(&amount::round(*number, 2))),
            _ => self.show(number),
        }
    }
}

/// The formula of a kind, exact and not rounded, before it is held within 0 and the weight.
pub type Formula = fn(&Params, &Case) -> Points;

/// A number without zeros that say nothing.
pub fn plain(number: &Decimal) -> String {
    let shown = amount::show(number, 0, 6);
    match shown.contains('.') {
        true => shown.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => shown,
    }
}

/// Points that exact decimals cannot hold.
pub fn too_large() -> Gap {
    Gap::Open("数字过大，无法精确计算".to_owned())
}
