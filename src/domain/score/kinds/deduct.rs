//! Rules that take points off: by the distance from a threshold, or by occurrence.

use rust_decimal::Decimal;

use super::{Input, KindDef, choice, div, lacks, may_lack, mul, number, plain, sub};
use crate::domain::facts::Unit;
use crate::domain::score::case::{Case, Gap, Points, too_large};
use crate::domain::score::params::Params;

const SIDES: &[(&str, &str)] = &[("above", "高于"), ("below", "低于"), ("both", "偏离（高于或低于）")];
const PARTIAL: &[(&str, &str)] =
    &[("prorata", "不足一步按比例扣"), ("floor", "不足一步不扣"), ("ceil", "不足一步按一步扣")];

/// “每超过一个百分点扣0.5分，扣完为止”.
pub(super) const LINEAR: KindDef = KindDef {
    key: "linear_deduct",
    label: "按幅度扣分",
    source: "公开的地方评分表",
    input: Input::Value,
    params: &[
        choice("side", "哪一侧扣分", SIDES),
        number("a", "界限"),
        may_lack(number("free", "容许幅度")),
        number("step", "每一步"),
        number("d", "每步扣分"),
        may_lack(choice("partial", "不足一步", PARTIAL)),
    ],
    check: |params, _| {
        if params.number_or_zero("step") <= Decimal::ZERO || params.number_or_zero("d") <= Decimal::ZERO {
            return Err("每一步和每步扣分都要大于 0".to_owned());
        }
        if params.number_or_zero("free") < Decimal::ZERO {
            return Err("容许幅度不能小于 0".to_owned());
        }
        Ok(())
    },
    score: |params, case| {
        let excess = excess(params, case.value()?)?;
        let steps = steps(params, excess)?;
        sub(case.weight, mul(steps, params.number("d").ok_or_else(|| lacks("每步扣分"))?)?)
    },
    words: |params, case| {
        let side = match params.word("side") {
            "above" => "超过",
            "below" => "低于",
            _ => "偏离",
        };
        let free = params.number_or_zero("free");
        let free = if free.is_zero() {
            String::new()
        } else {
            format!("（{} 以内不扣）", case.show_difference(&free))
        };
        let partial = match params.partial() {
            "floor" => "，不足一步不扣",
            "ceil" => "，不足一步按一步扣",
            _ => "，不足一步按比例扣",
        };
        format!(
            "{side} {}{free} 的，每{}扣 {} 分{partial}，扣完为止",
            case.show(&params.number_or_zero("a")),
            each(params, case),
            plain(&params.number_or_zero("d"))
        )
    },
    filled: |params, case| {
        let (Ok(x), a) = (case.value(), params.number_or_zero("a")) else { return String::new() };
        let excess = excess(params, x).unwrap_or_default();
        if excess.is_zero() {
            return format!("没有{} {}，不扣分", beyond(params, x, a), case.show(&a));
        }
        let steps = steps(params, excess).unwrap_or_default();
        let counted = if params.partial() == "prorata" && params.number_or_zero("step") == Decimal::ONE {
            String::new()
        } else {
            format!("（{} 步）", plain(&crate::domain::amount::round(steps, 2)))
        };
        format!(
            "{} {} 计 {}{counted}，每{}扣 {} 分，扣完为止",
            beyond(params, x, a),
            case.show(&a),
            case.show_difference(&excess),
            each(params, case),
            plain(&params.number_or_zero("d"))
        )
    },
    steps: true,
};

fn each(params: &Params, case: &Case) -> String {
    let step = params.number_or_zero("step");
    match case.unit {
        Unit::Percent if step == Decimal::ONE => "个百分点".to_owned(),
        _ => format!(" {}", case.show_difference(&step)),
    }
}

fn beyond(params: &Params, x: Decimal, a: Decimal) -> &'static str {
    match params.word("side") {
        "above" => "超过",
        "below" => "低于",
        _ if x < a => "低于",
        _ if x > a => "超过",
        _ => "偏离",
    }
}

/// How far a value lies beyond the threshold and what is free.
fn excess(params: &Params, x: Decimal) -> Points {
    let a = params.number("a").ok_or_else(|| lacks("界限"))?;
    let distance = match params.word("side") {
        "above" => sub(x, a)?,
        "below" => sub(a, x)?,
        _ => sub(x, a)?.abs(),
    };
    Ok(sub(distance, params.number_or_zero("free"))?.max(Decimal::ZERO))
}

fn steps(params: &Params, excess: Decimal) -> Points {
    let step = params.number("step").filter(|step| !step.is_zero()).ok_or_else(|| lacks("每一步"))?;
    let steps = div(excess, step)?;
    Ok(match params.partial() {
        "floor" => steps.floor(),
        "ceil" => steps.ceil(),
        _ => steps,
    })
}

/// “每出现一例扣1分”.
pub(super) const COUNT: KindDef = KindDef {
    key: "count_deduct",
    label: "按次数扣分",
    source: "公开的地方评分表",
    input: Input::Value,
    params: &[number("d", "每次扣分")],
    check: |params, _| {
        if params.number_or_zero("d") > Decimal::ZERO {
            Ok(())
        } else {
            Err("每次扣分要大于 0".to_owned())
        }
    },
    score: |params, case| {
        let n = case.x.ok_or_else(|| Gap::Open("次数未填，没有出现请填 0".to_owned()))?;
        if n < Decimal::ZERO || !n.fract().is_zero() {
            return Err(Gap::Refused("次数应是 0 或正整数".to_owned()));
        }
        let off =
            n.checked_mul(params.number("d").ok_or_else(|| lacks("每次扣分"))?).ok_or_else(too_large)?;
        sub(case.weight, off)
    },
    words: |params, _| format!("每出现一例扣 {} 分，扣完为止", plain(&params.number_or_zero("d"))),
    filled: |params, case| {
        let n = case.x.unwrap_or_default();
        format!("出现 {} 例，每例扣 {} 分，扣完为止", plain(&n), plain(&params.number_or_zero("d")))
    },
    steps: true,
};
