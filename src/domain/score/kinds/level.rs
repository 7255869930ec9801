//! Rules that give points by where a value lies.

use rust_decimal::Decimal;

use super::{Input, KindDef, choice, lacks, may_lack, mul, number, plain};
use crate::domain::score::case::{Case, Gap};
use crate::domain::score::params::{Band, Form, ParamDef, Params};

const OPERATORS: &[(&str, &str)] = &[("lt", "＜"), ("le", "≤"), ("eq", "＝"), ("ge", "≥"), ("gt", "＞")];

/// 直接赋分.
pub(super) const FULL_IF: KindDef = KindDef {
    key: "full_if",
    label: "直接赋分",
    source: "公开的地方评分表",
    input: Input::Value,
    params: &[choice("op", "条件", OPERATORS), number("a", "界限")],
    check: super::sound,
    score: |params, case| {
        let (x, a) = (case.value()?, params.number("a").ok_or_else(|| lacks("界限"))?);
        let holds = match params.word("op") {
            "lt" => x < a,
            "le" => x <= a,
            "eq" => x == a,
            "ge" => x >= a,
            _ => x > a,
        };
        Ok(if holds { case.weight } else { Decimal::ZERO })
    },
    words: |params, case| format!("{}得满分，否则不得分", condition(params, case)),
    filled: |params, case| format!("{}得满分，否则不得分", condition(params, case)),
    steps: true,
};

fn condition(params: &Params, case: &Case) -> String {
    let sign = OPERATORS.iter().find(|(key, _)| *key == params.word("op")).map_or("", |(_, sign)| sign);
    format!("{sign} {} ", case.show(&params.number_or_zero("a")))
}

/// Points by band.
pub(super) const BANDED: KindDef = KindDef {
    key: "banded",
    label: "分档计分",
    source: "公开的地方评分表",
    input: Input::Value,
    params: &[
        ParamDef { key: "bands", label: "各档", form: Form::Bands, optional: false },
        may_lack(ParamDef { key: "else", label: "其余", form: Form::Choice(ELSE), optional: true }),
        may_lack(number("else_points", "其余得分")),
    ],
    check: |params, weight| {
        let bands = bands(params);
        if let Some(weight) = weight
            && bands.iter().any(|band| points(band, weight).is_none_or(|p| p < Decimal::ZERO || p > weight))
        {
            return Err("各档得分应在 0 和分值之间".to_owned());
        }
        if overlaps(&bands) {
            return Err("各档有重叠，或没有从小到大排列".to_owned());
        }
        if params.word("else").is_empty() && params.number("else_points").is_none() && !covers(&bands) {
            return Err("各档没有覆盖所有数值，请补上缺的一档，或写明其余怎样计分".to_owned());
        }
        Ok(())
    },
    score: |params, case| {
        let x = case.value()?;
        match bands(params).iter().find(|band| band.has(x)) {
            Some(band) if band.share => {
                let share = mul(case.weight, band.points)?;
                share.checked_div(Decimal::ONE_HUNDRED).ok_or_else(crate::domain::score::case::too_large)
            }
            Some(band) => Ok(band.points),
            None => match params.number("else_points") {
                Some(points) => Ok(points),
                None if params.word("else") == "manual" => {
                    Err(Gap::Open("不在各档之内，由人工评分".to_owned()))
                }
                None => Err(Gap::Open("不在各档之内".to_owned())),
            },
        }
    },
    words: |params, case| {
        let told: Vec<String> = bands(params).iter().map(|band| band_words(band, case)).collect();
        let rest = match (params.number("else_points"), params.word("else")) {
            (Some(points), _) => format!("；其余 {} 分", plain(&points)),
            (None, "manual") => "；其余由人工评分".to_owned(),
            _ => String::new(),
        };
        format!("{}{rest}", told.join("；"))
    },
    filled: |params, case| {
        let x = case.x.unwrap_or_default();
        match bands(params).iter().find(|band| band.has(x)) {
            Some(band) => format!("落在“{}”一档", band_words(band, case)),
            None => "不在各档之内".to_owned(),
        }
    },
    steps: true,
};

const ELSE: &[(&str, &str)] = &[("manual", "人工评分")];

fn bands(params: &Params) -> Vec<Band> {
    params.lines("bands").into_iter().filter_map(Band::parse).collect()
}

fn points(band: &Band, weight: Decimal) -> Option<Decimal> {
    if band.share {
        weight.checked_mul(band.points)?.checked_div(Decimal::ONE_HUNDRED)
    } else {
        Some(band.points)
    }
}

/// Whether a band ends behind the beginning of the next one; bands stand in rising order, or in falling order.
fn overlaps(bands: &[Band]) -> bool {
    let wrong = |below: &Band, above: &Band| match (below.high, above.low) {
        (Some((high, high_in)), Some((low, low_in))) => high > low || (high == low && high_in && low_in),
        _ => true,
    };
    let empty = bands.iter().any(|band| match (band.low, band.high) {
        (Some((low, low_in)), Some((high, high_in))) => low > high || (low == high && !(low_in && high_in)),
        _ => false,
    });
    let rising = bands.iter().zip(bands.iter().skip(1)).any(|(below, above)| wrong(below, above));
    let falling = bands.iter().zip(bands.iter().skip(1)).any(|(above, below)| wrong(below, above));
    empty || (rising && falling)
}

/// Whether every number lies in a band. Bands do not overlap and are in order.
fn covers(bands: &[Band]) -> bool {
    let mut rising: Vec<&Band> = bands.iter().collect();
    if bands.first().is_some_and(|band| band.low.is_some()) {
        rising.reverse();
    }
    let open_ended = rising.first().is_some_and(|band| band.low.is_none())
        && rising.last().is_some_and(|band| band.high.is_none());
    let closed =
        rising.iter().zip(rising.iter().skip(1)).all(|(below, above)| match (below.high, above.low) {
            (Some((high, high_in)), Some((low, low_in))) => high == low && high_in != low_in,
            _ => false,
        });
    open_ended && closed
}

fn band_words(band: &Band, case: &Case) -> String {
    let points = if band.share {
        format!("分值的 {}%", plain(&band.points))
    } else {
        format!("{} 分", plain(&band.points))
    };
    let values = match (band.low, band.high) {
        (None, None) => "任何数值".to_owned(),
        (None, Some((high, inside))) => format!("{} {}", if inside { "≤" } else { "＜" }, case.show(&high)),
        (Some((low, inside)), None) => format!("{} {}", if inside { "≥" } else { "＞" }, case.show(&low)),
        (Some((low, low_in)), Some((high, high_in))) => format!(
            "{} {} 且 {} {}",
            if low_in { "≥" } else { "＞" },
            case.show(&low),
            if high_in { "≤" } else { "＜" },
            case.show(&high)
        ),
    };
    format!("{values} 得 {points}")
}
