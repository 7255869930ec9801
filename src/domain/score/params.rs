//! Parameters of a rule, read from the template's JSON; how a parameter is written and what it may be.

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use crate::domain::amount;

/// How a parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A decimal number in quotes.
    Number,
    /// One of these keys.
    Choice(&'static [(&'static str, &'static str)]),
    /// Intervals with their points, one a line: `(0,10] 4`.
    Bands,
    /// Points and text of each check point, one a line: `2 有预算资金管理办法`.
    Items,
}

/// A parameter of a kind of rule.
#[derive(Debug)]
pub struct ParamDef {
    /// Name in the template.
    pub key: &'static str,
    /// Label on screen.
    pub label: &'static str,
    /// How it is written.
    pub form: Form,
    /// Whether it may be left out.
    pub optional: bool,
}

/// Parameters of one rule.
#[derive(Clone, Copy, Debug)]
pub struct Params<'a> {
    values: &'a Map<String, Value>,
    /// The template's own way with partial steps.
    partial: &'a str,
    /// The template's own cuts between grades.
    cuts: [Decimal; 2],
}

impl<'a> Params<'a> {
    /// Of a rule, with what the template says for all.
    pub fn new(values: &'a Map<String, Value>, partial: &'a str, cuts: [Decimal; 2]) -> Self {
        Params { values, partial, cuts }
    }
    /// A number.
    pub fn number(&self, key: &str) -> Option<Decimal> {
        amount::parse_canonical(self.word(key))
    }
    /// A number that may be left out.
    pub fn number_or_zero(&self, key: &str) -> Decimal {
        self.number(key).unwrap_or(Decimal::ZERO)
    }
    /// A word.
    pub fn word(&self, key: &str) -> &'a str {
        self.values.get(key).and_then(Value::as_str).unwrap_or("")
    }
    /// Lines of text.
    pub fn lines(&self, key: &str) -> Vec<&'a str> {
        let lines = self.values.get(key).and_then(Value::as_array);
        lines.map(|all| all.iter().filter_map(Value::as_str).collect()).unwrap_or_default()
    }
    /// How part of a step counts: the rule's own word, else the template's.
    pub fn partial(&self) -> &'a str {
        match self.word("partial") {
            "" if self.partial.is_empty() => "prorata",
            "" => self.partial,
            own => own,
        }
    }
    /// Cuts between grades: the rule's own, else the template's.
    pub fn cuts(&self) -> [Decimal; 2] {
        let [c1, c2] = self.cuts;
        [self.number("c1").unwrap_or(c1), self.number("c2").unwrap_or(c2)]
    }
}

/// An interval of values with its points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// Lower end and whether it belongs to the band; `None` is open.
    pub low: Option<(Decimal, bool)>,
    /// Upper end and whether it belongs to the band.
    pub high: Option<(Decimal, bool)>,
    /// Points.
    pub points: Decimal,
    /// Points are a percentage of the weight.
    pub share: bool,
}

impl Band {
    /// Reads `(0,10] 4`, `(-∞,0] 5` or `[80,90) 60%`.
    pub fn parse(line: &str) -> Option<Band> {
        let line = line.trim();
        let (interval, points) = line.rsplit_once(char::is_whitespace)?;
        let interval = interval.trim();
        let (low_in, rest) = match (interval.strip_prefix('['), interval.strip_prefix('(')) {
            (Some(rest), _) => (true, rest),
            (_, Some(rest)) => (false, rest),
            _ => return None,
        };
        let (high_in, rest) = match (rest.strip_suffix(']'), rest.strip_suffix(')')) {
            (Some(rest), _) => (true, rest),
            (_, Some(rest)) => (false, rest),
            _ => return None,
        };
        let (low, high) = rest.split_once(',')?;
        let end = |text: &str, inside: bool| match text.trim() {
            "-∞" | "−∞" | "+∞" | "∞" => Some(None),
            text => amount::parse_canonical(text).map(|number| Some((number, inside))),
        };
        let (points, share) = match points.strip_suffix('%') {
            Some(points) => (points, true),
            None => (points, false),
        };
        Some(Band {
            low: end(low, low_in)?,
            high: end(high, high_in)?,
            points: amount::parse_canonical(points)?,
            share,
        })
    }

    /// Whether a value lies in it.
    pub fn has(&self, x: Decimal) -> bool {
        let above = self.low.is_none_or(|(low, inside)| x > low || (inside && x == low));
        let below = self.high.is_none_or(|(high, inside)| x < high || (inside && x == high));
        above && below
    }
}

/// A check point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item<'a> {
    /// Points for 是.
    pub points: Decimal,
    /// What is asked.
    pub text: &'a str,
}

impl<'a> Item<'a> {
    /// Reads `2 有预算资金管理办法`.
    pub fn parse(line: &'a str) -> Option<Self> {
        let (points, text) = line.trim().split_once(char::is_whitespace)?;
        let text = text.trim();
        Some(Item { points: amount::parse_canonical(points)?, text }).filter(|_| !text.is_empty())
    }
}
