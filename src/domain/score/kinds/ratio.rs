//! Rules that give points in proportion to a target.

use rust_decimal::Decimal;

use super::{Input, KindDef, div, lacks, may_lack, mul, number, plain, sub};
use crate::domain::score::case::{Case, Gap, Points};
use crate::domain::score::params::{ParamDef, Params};

const T: ParamDef = number("t", "目标值");

fn target(params: &Params) -> Points {
    params.number("t").ok_or_else(|| lacks("目标值"))
}

fn no_target(t: Decimal) -> Gap {
    Gap::Open(match t < Decimal::ZERO {
        true => "目标值为负，请用按幅度扣分或分档".to_owned(),
        false => "目标值是 0，这条规则无法计分，请用按幅度扣分或分档".to_owned(),
    })
}

/// A target that is not negative.
fn not_negative(params: &Params) -> Points {
    let t = target(params)?;
    if t < Decimal::ZERO { Err(no_target(t)) } else { Ok(t) }
}

/// A target above zero.
fn positive(params: &Params) -> Points {
    let t = target(params)?;
    if t <= Decimal::ZERO { Err(no_target(t)) } else { Ok(t) }
}

fn is_positive(params: &Params, _: Option<Decimal>) -> Result<(), String> {
    positive(params).map(|_| ()).map_err(|gap| gap.words().to_owned())
}

fn is_not_negative(params: &Params, _: Option<Decimal>) -> Result<(), String> {
    not_negative(params).map(|_| ()).map_err(|gap| gap.words().to_owned())
}

fn t(params: &Params, case: &Case) -> String {
    case.show(&params.number_or_zero("t"))
}

fn fraction(params: &Params, case: &Case) -> String {
    format!(
        "{} × {} ÷ {}",
        plain(&case.weight),
        case.unit.show(&case.x.unwrap_or_default()),
        case.unit.show(&params.number_or_zero("t"))
    )
}

/// The more the better.
pub(super) const UP: KindDef = KindDef {
    key: "ratio_up",
    label: "按完成比例（越高越好）",
    source: "财预〔2020〕10号 项目支出绩效评价管理办法",
    input: Input::Value,
    params: &[T],
    check: is_positive,
    score: |params, case| up(case.value()?, positive(params)?, case.weight),
    words: |params, case| format!("达到 {} 得满分，未达到按完成比例计分", t(params, case)),
    filled: |params, case| {
        let (x, target) = (case.x.unwrap_or_default(), params.number_or_zero("t"));
        if x >= target {
            format!("达到目标 {}，得满分", t(params, case))
        } else if x < Decimal::ZERO {
            format!("目标 {}，实际为负，不得分", t(params, case))
        } else {
            format!("目标 {}，未达到，按 {} 计", t(params, case), fraction(params, case))
        }
    },
    steps: false,
};

fn up(x: Decimal, t: Decimal, weight: Decimal) -> Points {
    if x >= t { Ok(weight) } else { div(mul(weight, x)?, t) }
}

/// The less the better, in proportion to target over value (湖北).
pub(super) const DOWN_INVERSE: KindDef = KindDef {
    key: "ratio_down_inverse",
    label: "反向按比例（目标÷实际）",
    source: "湖北省项目支出绩效自评表说明（地方口径）",
    input: Input::Value,
    params: &[T],
    check: is_not_negative,
    score: |params, case| {
        let (t, x) = (not_negative(params)?, case.value()?);
        if x <= t {
            Ok(case.weight)
        } else if t.is_zero() {
            Ok(Decimal::ZERO)
        } else {
            div(mul(case.weight, t)?, x)
        }
    },
    words: |params, case| format!("不超过 {} 得满分，超过的按目标值÷实际值计分", t(params, case)),
    filled: |params, case| {
        let (x, target) = (case.x.unwrap_or_default(), params.number_or_zero("t"));
        if x <= target {
            format!("没有超过 {}，得满分", t(params, case))
        } else {
            format!(
                "超过 {}，按 {} × {} ÷ {} 计",
                t(params, case),
                plain(&case.weight),
                case.unit.show(&target),
                case.unit.show(&x)
            )
        }
    },
    steps: false,
};

/// The less the better, down to nothing at twice the target.
pub(super) const DOWN_LINEAR: KindDef = KindDef {
    key: "ratio_down_linear",
    label: "反向按超出比例扣分",
    source: "业务系统通行做法（非规定）",
    input: Input::Value,
    params: &[T],
    check: is_not_negative,
    score: |params, case| {
        let (t, x) = (not_negative(params)?, case.value()?);
        let twice = mul(t, Decimal::TWO)?;
        if x <= t {
            Ok(case.weight)
        } else if x >= twice {
            Ok(Decimal::ZERO)
        } else {
            div(mul(case.weight, sub(twice, x)?)?, t)
        }
    },
    words: |params, case| format!("不超过 {} 得满分，超过的按超出比例扣分，达到两倍不得分", t(params, case)),
    filled: |params, case| {
        let (x, target) = (case.x.unwrap_or_default(), params.number_or_zero("t"));
        if x <= target {
            return format!("没有超过 {}，得满分", t(params, case));
        }
        let over = sub(x, target).unwrap_or_default();
        format!("超过 {} 计 {}，按超出比例扣分", t(params, case), case.show_difference(&over))
    },
    steps: false,
};

/// “=” of a system in use: more than the target is full.
pub(super) const EQUAL_CAPPED: KindDef = KindDef {
    key: "equal_capped",
    label: "等于目标（超过也得满分）",
    source: "业务系统通行做法（非规定）",
    input: Input::Value,
    params: &[T],
    check: is_not_negative,
    score: |params, case| {
        let (t, x) = (not_negative(params)?, case.value()?);
        if t.is_zero() {
            return Ok(if x <= t { case.weight } else { t });
        }
        up(x, t, case.weight)
    },
    words: |params, case| {
        if params.number_or_zero("t").is_zero() {
            "为 0 得满分，否则不得分".to_owned()
        } else {
            format!("达到 {} 得满分，未达到按完成比例计分", t(params, case))
        }
    },
    filled: |params, case| {
        let (x, target) = (case.x.unwrap_or_default(), params.number_or_zero("t"));
        match (target.is_zero(), if target.is_zero() { x <= target } else { x >= target }) {
            (_, true) => format!("达到目标 {}，得满分", t(params, case)),
            (true, false) => "目标是 0，没有达到，不得分".to_owned(),
            (false, false) if x < Decimal::ZERO => format!("目标 {}，实际为负，不得分", t(params, case)),
            (false, false) => format!("目标 {}，未达到，按 {} 计", t(params, case), fraction(params, case)),
        }
    },
    steps: false,
};

/// Any deviation from the target costs.
pub(super) const EQUAL_STRICT: KindDef = KindDef {
    key: "equal_strict",
    label: "等于目标（偏离按比例扣分）",
    source: "本工具设定",
    input: Input::Value,
    params: &[T, may_lack(number("tol", "容许偏离"))],
    check: |params, _| {
        if params.number_or_zero("tol") < Decimal::ZERO {
            Err("容许偏离不能小于 0".to_owned())
        } else {
            Ok(())
        }
    },
    score: |params, case| {
        let (t, x) = (target(params)?, case.value()?);
        let off = sub(x, t)?.abs();
        if off <= params.number_or_zero("tol") {
            return Ok(case.weight);
        }
        if t.is_zero() {
            return Ok(Decimal::ZERO);
        }
        // Multiplied before it is divided: w·(|t| − off) ÷ |t|.
        div(mul(case.weight, sub(t.abs(), off)?)?, t.abs())
    },
    words: |params, case| format!("等于 {} 得满分，偏离的按偏离比例扣分", t(params, case)),
    filled: |params, case| {
        let off = sub(case.x.unwrap_or_default(), params.number_or_zero("t")).unwrap_or_default().abs();
        format!("目标 {}，偏离 {}", t(params, case), case.show_difference(&off))
    },
    steps: false,
};

/// Nothing below a gate, in proportion above it.
pub(super) const GATED: KindDef = KindDef {
    key: "gated_ratio",
    label: "有起点的完成比例",
    source: "财预〔2021〕101号 中央部门项目支出核心绩效目标和指标设置及取值指引",
    input: Input::Value,
    params: &[T, number("g", "起点（目标的几成，如 0.6）")],
    check: |params, weight| {
        is_positive(params, weight)?;
        let g = params.number_or_zero("g");
        if g < Decimal::ZERO || g >= Decimal::ONE {
            Err("起点应不小于 0、小于 1".to_owned())
        } else {
            Ok(())
        }
    },
    score: |params, case| {
        let (t, x) = (positive(params)?, case.value()?);
        let gate = mul(params.number("g").ok_or_else(|| lacks("起点"))?, t)?;
        if x < gate {
            Ok(Decimal::ZERO)
        } else if x >= t {
            Ok(case.weight)
        } else {
            div(mul(case.weight, sub(x, gate)?)?, sub(t, gate)?)
        }
    },
    words: |params, case| {
        let g = mul(params.number_or_zero("g"), Decimal::ONE_HUNDRED).unwrap_or_default();
        format!("达到 {} 得满分，低于目标的 {}% 不得分，其间按比例计分", t(params, case), plain(&g))
    },
    filled: |params, case| {
        let g = mul(params.number_or_zero("g"), Decimal::ONE_HUNDRED).unwrap_or_default();
        format!("目标 {}，起点为目标的 {}%，其间按比例计分", t(params, case), plain(&g))
    },
    steps: false,
};

/// Another assessment's points, converted.
pub(super) const CONVERT: KindDef = KindDef {
    key: "convert",
    label: "按考核得分折算",
    source: "湖南省部门整体支出绩效评价（地方口径）",
    input: Input::Value,
    params: &[number("max", "考核满分")],
    check: |params, _| {
        if params.number_or_zero("max") > Decimal::ZERO {
            Ok(())
        } else {
            Err("考核满分要大于 0".to_owned())
        }
    },
    score: |params, case| {
        let (max, x) = (params.number("max").ok_or_else(|| lacks("考核满分"))?, case.value()?);
        if x < Decimal::ZERO || x > max {
            return Err(Gap::Refused(format!("考核得分应在 0 和 {} 之间", plain(&max))));
        }
        div(mul(case.weight, x)?, max)
    },
    words: |params, _| format!("考核得分 ÷ {} × 分值", plain(&params.number_or_zero("max"))),
    filled: |params, case| {
        let max = params.number_or_zero("max");
        format!("{} × {} ÷ {}", plain(&case.weight), plain(&case.x.unwrap_or_default()), plain(&max))
    },
    steps: false,
};
