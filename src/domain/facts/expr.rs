//! The language in which facts are defined.

use super::targets::TargetCount;
use crate::domain::tables::RowSet;

/// An expression over fields and facts. Small on purpose: what cannot be said in it is no indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// A field of a section.
    Field(&'static str, &'static str),
    /// A column of the row for which a row fact is evaluated.
    Column(&'static str),
    /// A fact of the report.
    Fact(String),
    /// A fact of the same row.
    RowFact(&'static str),
    /// A column summed over rows of a list. A row that is 未填 leaves the sum without a value.
    Sum {
        /// Name of the list.
        list: &'static str,
        /// Key of the column.
        column: &'static str,
        /// Which rows.
        rows: RowSet,
        /// What stands for nothing: rows and columns that a table marks optional do not exist until they are used.
        optional: bool,
    },
    /// Columns summed over the rows whose choice is one of these keys; blank rows leave no value.
    SumWhere {
        /// Name of the list.
        list: &'static str,
        /// Keys of the columns.
        columns: &'static [&'static str],
        /// Key of the choice.
        by: &'static str,
        /// Keys that count.
        keys: &'static [&'static str],
    },
    /// How many rows a list has; with a choice and its keys, how many of them have one of these.
    Rows {
        /// Name of the list.
        list: &'static str,
        /// Key of the choice and the keys that count.
        by: Option<(&'static str, &'static [&'static str])>,
    },
    /// Composition variance over the rows of these lists, between 年初预算 and 决算, in percent.
    Composition(&'static [&'static str]),
    /// A column of the target of T3 that this goal repeats.
    TaskTarget(&'static str),
    /// Over the rows of a list that refer to this row in a column: a column of theirs summed, or how many there are;
    /// with a choice and its keys, of those that have one of these.
    Referring {
        /// Name of the list.
        list: &'static str,
        /// Key of the column that refers.
        by: &'static str,
        /// Key of the column to sum; none counts.
        column: Option<&'static str>,
        /// Key of a choice and the keys that count.
        only: Option<(&'static str, &'static [&'static str])>,
    },
    /// A count over the targets of T3.
    Targets(TargetCount),
    /// 达标 or 未达标, by the operator of the row's target (indicators §2.1).
    Reached,
    /// The row's figure over its target, times 100, where the target is a number with ≥, > or =; elsewhere 达标 or
    /// 未达标. Only a target above 0 has a rate.
    Attained(Box<Expr>, Box<Expr>),
    /// The first where the list has one row, else the second.
    IfOneRow(&'static str, Box<Expr>, Box<Expr>),
    /// The rule of outline §11 for totals: the computed 合计 where nothing is 未填, else the stated 上报合计, else
    /// no value.
    Total {
        /// The computed sum.
        computed: Box<Expr>,
        /// Section and field of 上报合计.
        stated: Option<(&'static str, &'static str)>,
    },
    /// Sum of parts.
    Add(Vec<Expr>),
    /// Difference.
    Sub(Box<Expr>, Box<Expr>),
    /// Numerator over base, times 100.
    Percent(Box<Expr>, Box<Expr>),
    /// Quotient.
    Ratio(Box<Expr>, Box<Expr>),
    /// Change of the first against the second, in percent of the second.
    Growth(Box<Expr>, Box<Expr>),
    /// Magnitude.
    Abs(Box<Expr>),
    /// A constant.
    Constant(i64),
    /// A word by the sign: more, less, equal.
    Word(Box<Expr>, [&'static str; 3]),
    /// The expression, with these words as the reason where its base is 0 over 0.
    NotApplicableAtZero(Box<Expr>, &'static str),
    /// The rate, with these words as the reason where its base is 0.
    NotApplicableWithoutBase(Box<Expr>, &'static str),
    /// A change, which is 0 from 0 to 0 (“持平”).
    UnchangedAtZero(Box<Expr>),
    /// The first where its cells are filled in, else the second.
    Or(Box<Expr>, Box<Expr>),
}

impl Expr {
    /// Difference of two expressions.
    pub fn minus(a: Expr, b: Expr) -> Expr {
        Expr::Sub(Box::new(a), Box::new(b))
    }
    /// Rate in percent.
    pub fn percent(numerator: Expr, base: Expr) -> Expr {
        Expr::Percent(Box::new(numerator), Box::new(base))
    }
    /// Growth rate in percent.
    pub fn growth(now: Expr, before: Expr) -> Expr {
        Expr::Growth(Box::new(now), Box::new(before))
    }
    /// A fact by its id.
    pub fn fact(id: impl Into<String>) -> Expr {
        Expr::Fact(id.into())
    }

    /// The expressions directly inside.
    pub fn children(&self) -> Vec<&Expr> {
        match self {
            Expr::Total { computed, .. } => vec![computed],
            Expr::Add(parts) => parts.iter().collect(),
            Expr::Sub(a, b)
            | Expr::Percent(a, b)
            | Expr::Ratio(a, b)
            | Expr::Growth(a, b)
            | Expr::Or(a, b)
            | Expr::Attained(a, b)
            | Expr::IfOneRow(_, a, b) => vec![a, b],
            Expr::Abs(a)
            | Expr::Word(a, _)
            | Expr::NotApplicableAtZero(a, _)
            | Expr::NotApplicableWithoutBase(a, _)
            | Expr::UnchangedAtZero(a) => vec![a],
            Expr::Field(..)
            | Expr::Column(_)
            | Expr::Fact(_)
            | Expr::RowFact(_)
            | Expr::Sum { .. }
            | Expr::SumWhere { .. }
            | Expr::Rows { .. }
            | Expr::TaskTarget(_)
            | Expr::Referring { .. }
            | Expr::Targets(_)
            | Expr::Reached
            | Expr::Composition(_)
            | Expr::Constant(_) => Vec::new(),
        }
    }

    /// Whether this expression or one inside satisfies the test.
    pub fn any(&self, test: &dyn Fn(&Expr) -> bool) -> bool {
        test(self) || self.children().into_iter().any(|child| child.any(test))
    }
}
