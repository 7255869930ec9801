//! Facts: every computed figure of a report, as a table of definitions.
//!
//! A definition is data (`Expr`); one interpreter evaluates it (`eval`), one printer writes it in words (`print`).
//! Facts of the report are evaluated on each edit, facts of a row when somebody looks at it.

pub mod composition;
pub mod eval;
pub mod expr;
pub mod label;
pub mod linked;
pub mod partial;
pub mod print;
pub mod registry;
pub mod targets;

pub use eval::{Facts, Missing, Outcome, Value};
pub use expr::Expr;
pub use registry::{FactDef, RowFactDef, registry};

use rust_decimal::Decimal;

use super::amount::{self, MoneyUnit};

/// What a figure counts, which decides how it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Money, in 万元.
    Money,
    /// Whole number of people or things, with its measure word.
    Count(&'static str),
    /// A rate; the value is the number before the percent sign.
    Percent,
    /// A number with its unit.
    Number(&'static str),
    /// A word chosen by the sign of a figure.
    Word,
}

impl Unit {
    /// The words after a value of this unit.
    pub fn suffix(self) -> &'static str {
        match self {
            Unit::Money => "万元",
            Unit::Count(unit) | Unit::Number(unit) => unit,
            Unit::Percent => "%",
            Unit::Word => "",
        }
    }

    /// Shows a number of this unit without its suffix; rates with two decimals, half away from zero.
    pub fn show(self, number: &Decimal) -> String {
        match self {
            Unit::Money => amount::show_amount(number, MoneyUnit::WanYuan),
            Unit::Count(_) => amount::show_count(number),
            Unit::Percent => amount::show(number, 2, 2),
            Unit::Number(_) | Unit::Word => amount::show(number, 0, 6),
        }
    }

    /// Shows a number with its suffix.
    pub fn show_with(self, number: &Decimal) -> String {
        let suffix = self.suffix();
        let space = if matches!(self, Unit::Percent) || suffix.is_empty() { "" } else { " " };
        format!("{}{space}{suffix}", self.show(number))
    }
}
