//! The kinds of scoring rules: each one entry with its parameters, its check, its arithmetic and its words.
//!
//! A new kind is a new entry of [`ALL`]. Words are made from the same parameters as points, so that they cannot
//! differ. Arithmetic is exact; [`score`] holds it within 0 and the weight and does not round.

mod deduct;
mod judged;
mod level;
mod ratio;

use rust_decimal::Decimal;

use super::case::{Case, Formula, Points, plain, too_large};
use super::params::{Band, Form, Item, ParamDef, Params};
use super::template::{Rule, Scoring};

/// What an indicator of a kind asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// A value: a fact, or one typed.
    Value,
    /// Answers to check points.
    Answers,
    /// A grade and a score within its band.
    Grade,
    /// Two dates.
    Dates,
    /// A score by hand.
    Manual,
}

/// A kind of rule.
#[derive(Debug)]
pub struct KindDef {
    /// Key in templates.
    pub key: &'static str,
    /// Name on screen.
    pub label: &'static str,
    /// Where it was seen.
    pub source: &'static str,
    /// What it asks for.
    pub input: Input,
    /// Parameters.
    pub params: &'static [ParamDef],
    /// What is wrong with the parameters beyond their form; the weight where it is known.
    pub check: fn(&Params, Option<Decimal>) -> Result<(), String>,
    /// Points.
    pub score: Formula,
    /// The rule in words, for a weight.
    pub words: fn(&Params, &Case) -> String,
    /// The rule with a case's numbers, without the result.
    pub filled: fn(&Params, &Case) -> String,
    /// Whether a small difference of the value may change the points by a step.
    pub steps: bool,
}

/// All kinds, in the order in which they are offered.
pub const ALL: &[KindDef] = &[
    level::FULL_IF,
    deduct::LINEAR,
    level::BANDED,
    ratio::UP,
    ratio::DOWN_INVERSE,
    ratio::DOWN_LINEAR,
    ratio::EQUAL_CAPPED,
    ratio::EQUAL_STRICT,
    ratio::GATED,
    judged::CHECKLIST,
    deduct::COUNT,
    judged::QUAL3,
    ratio::CONVERT,
    judged::DEADLINE,
    judged::MANUAL,
];

/// A kind by its key.
pub fn kind(key: &str) -> Option<&'static KindDef> {
    ALL.iter().find(|kind| kind.key == key)
}

/// The points of a case, held within 0 and the weight, not rounded.
pub fn score(scoring: &Scoring, rule: &Rule, case: &Case) -> Points {
    let Some(kind) = kind(&rule.kind) else {
        return Err(super::case::Gap::Refused(format!("本版本没有“{}”这种评分规则", rule.kind)));
    };
    (kind.score)(&scoring.params(rule), case).map(|points| points.clamp(Decimal::ZERO, case.weight))
}

/// What is wrong with a rule, in words.
pub fn check(scoring: &Scoring, rule: &Rule, weight: Option<Decimal>) -> Result<(), String> {
    let Some(kind) = kind(&rule.kind) else { return Err(format!("没有“{}”这种规则", rule.kind)) };
    let params = scoring.params(rule);
    for def in kind.params {
        let lines = params.lines(def.key);
        let blank = params.word(def.key).is_empty() && lines.is_empty();
        if blank && def.optional {
            continue;
        }
        let wrong = match def.form {
            _ if blank => Some("未填".to_owned()),
            Form::Number => params.number(def.key).is_none().then(|| "不是数字".to_owned()),
            Form::Choice(options) => (!options.iter().any(|(key, _)| *key == params.word(def.key)))
                .then(|| format!("没有“{}”这一项", params.word(def.key))),
            Form::Bands => lines
                .iter()
                .find(|line| Band::parse(line).is_none())
                .map(|line| format!("“{line}”读不懂，请写成“(0,10] 4”")),
            Form::Items => lines
                .iter()
                .find(|line| Item::parse(line).is_none())
                .map(|line| format!("“{line}”读不懂，请写成“2 有预算资金管理办法”")),
        };
        if let Some(wrong) = wrong {
            return Err(format!("{}：{wrong}", def.label));
        }
    }
    (kind.check)(&params, weight)
}

/// Nothing more is to be checked.
fn sound(_: &Params, _: Option<Decimal>) -> Result<(), String> {
    Ok(())
}

const fn number(key: &'static str, label: &'static str) -> ParamDef {
    ParamDef { key, label, form: Form::Number, optional: false }
}

const fn choice(
    key: &'static str,
    label: &'static str,
    options: &'static [(&'static str, &'static str)],
) -> ParamDef {
    ParamDef { key, label, form: Form::Choice(options), optional: false }
}

const fn may_lack(def: ParamDef) -> ParamDef {
    ParamDef { optional: true, ..def }
}

fn mul(a: Decimal, b: Decimal) -> Result<Decimal, super::case::Gap> {
    a.checked_mul(b).ok_or_else(too_large)
}
fn sub(a: Decimal, b: Decimal) -> Result<Decimal, super::case::Gap> {
    a.checked_sub(b).ok_or_else(too_large)
}
fn div(a: Decimal, b: Decimal) -> Result<Decimal, super::case::Gap> {
    a.checked_div(b).ok_or_else(too_large)
}

fn lacks(label: &str) -> super::case::Gap {
    super::case::Gap::Open(format!("没有{label}"))
}
