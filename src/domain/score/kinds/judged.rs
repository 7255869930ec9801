//! Rules that rest on somebody's answer: check points, grades, dates, a score by hand.

use rust_decimal::Decimal;

use super::{Input, KindDef, choice, div, lacks, may_lack, mul, number, plain, sub};
use crate::domain::score::case::{Answer, Case, Gap, Points, too_large};
use crate::domain::score::params::{Form, Item, ParamDef, Params};

/// Points for each check point.
pub(super) const CHECKLIST: KindDef = KindDef {
    key: "checklist",
    label: "按要点计分",
    source: "财预〔2013〕53号 部门整体支出绩效评价共性指标体系框架",
    input: Input::Answers,
    params: &[ParamDef { key: "items", label: "要点", form: Form::Items, optional: false }],
    check: |params, weight| {
        let items = items(params);
        if items.iter().any(|item| item.points <= Decimal::ZERO) {
            return Err("每个要点的分要大于 0".to_owned());
        }
        let sum = total(&items).ok_or("数字过大")?;
        match weight {
            Some(weight) if weight != sum => {
                Err(format!("各要点共 {} 分，分值是 {} 分", plain(&sum), plain(&weight)))
            }
            _ => Ok(()),
        }
    },
    score: |params, case| {
        let items = items(params);
        let answers: Vec<Answer> =
            (0..items.len()).map(|at| case.answers.get(at).copied().unwrap_or_default()).collect();
        let open = answers.iter().filter(|answer| **answer == Answer::Open).count();
        if open > 0 {
            return Err(Gap::Open(format!("{open} 项未答")));
        }
        let sum_of = |wanted: &dyn Fn(Answer) -> bool| {
            items
                .iter()
                .zip(&answers)
                .filter(|(_, answer)| wanted(**answer))
                .try_fold(Decimal::ZERO, |sum, (item, _)| sum.checked_add(item.points))
        };
        let yes = sum_of(&|answer| answer == Answer::Yes).ok_or_else(too_large)?;
        let whole = sum_of(&|answer| answer != Answer::NotApplicable).ok_or_else(too_large)?;
        if whole.is_zero() {
            return Err(Gap::NotApplicable("各要点都不适用".to_owned()));
        }
        div(mul(case.weight, yes)?, whole)
    },
    words: |params, _| {
        let told: Vec<String> =
            items(params).iter().map(|item| format!("{} {} 分", item.text, plain(&item.points))).collect();
        format!("每个要点做到得分：{}", told.join("；"))
    },
    filled: |params, case| {
        let count = |wanted: Answer| case.answers.iter().filter(|answer| **answer == wanted).count();
        let (all, yes, na) = (items(params).len(), count(Answer::Yes), count(Answer::NotApplicable));
        let rest = if na > 0 {
            format!("，{na} 项不适用，其余要点折算到分值")
        } else {
            String::new()
        };
        format!("{all} 个要点中做到 {yes} 个{rest}")
    },
    steps: false,
};

fn items<'a>(params: &Params<'a>) -> Vec<Item<'a>> {
    params.lines("items").into_iter().filter_map(Item::parse).collect()
}

fn total(items: &[Item]) -> Option<Decimal> {
    items.iter().try_fold(Decimal::ZERO, |sum, item| sum.checked_add(item.points))
}

/// Three grades of a qualitative target.
pub(super) const QUAL3: KindDef = KindDef {
    key: "qual3",
    label: "定性分三档",
    source: "财预〔2020〕10号 项目支出绩效评价管理办法",
    input: Input::Grade,
    params: &[may_lack(number("c1", "达成的下限（分值的几成）")), may_lack(number("c2", "部分达成的下限"))],
    check: |params, _| {
        let [c1, c2] = params.cuts();
        if c1 > c2 && c2 > Decimal::ZERO && c1 < Decimal::ONE {
            Ok(())
        } else {
            Err("两个下限应在 0 和 1 之间，达成的高于部分达成的".to_owned())
        }
    },
    score: |params, case| {
        let [c1, c2] = params.cuts();
        let (high, low) = (mul(c1, case.weight)?, mul(c2, case.weight)?);
        if case.grade.is_empty() {
            return Err(Gap::Open("达成情况未选".to_owned()));
        }
        let chosen = case.graded.ok_or_else(|| Gap::Open("档内得分未填".to_owned()))?;
        let fits = match case.grade {
            "full" => chosen >= high && chosen <= case.weight,
            "part" => chosen >= low && chosen < high,
            _ => chosen >= Decimal::ZERO && chosen < low,
        };
        let name = grade_name(case.grade);
        if fits {
            return Ok(chosen);
        }
        Err(Gap::Refused(format!("“{name}”的得分应{}", band(case.grade, low, high, case.weight))))
    },
    words: |params, case| {
        let [c1, c2] = params.cuts();
        let (high, low) =
            (mul(c1, case.weight).unwrap_or_default(), mul(c2, case.weight).unwrap_or_default());
        ["full", "part", "none"]
            .map(|grade| format!("{}：{}", grade_name(grade), band(grade, low, high, case.weight)))
            .join("；")
    },
    filled: |_, case| format!("{}，档内评分", grade_name(case.grade)),
    steps: false,
};

fn grade_name(grade: &str) -> &'static str {
    match grade {
        "full" => "达成",
        "part" => "部分达成",
        _ => "未达成",
    }
}

fn band(grade: &str, low: Decimal, high: Decimal, weight: Decimal) -> String {
    match grade {
        "full" => format!("{}（含）至 {} 分", plain(&high), plain(&weight)),
        "part" => format!("{}（含）至 {} 分（不含）", plain(&low), plain(&high)),
        _ => format!("0 至 {} 分（不含）", plain(&low)),
    }
}

const UNITS: &[(&str, &str)] = &[("day", "日"), ("week", "周"), ("month", "月")];

/// Points lost for each begun unit of time behind the deadline.
pub(super) const DEADLINE: KindDef = KindDef {
    key: "deadline",
    label: "按时完成",
    source: "本工具设定",
    input: Input::Dates,
    params: &[choice("unit", "每逾期一", UNITS), number("d", "扣分")],
    check: |params, _| {
        if params.number_or_zero("d") > Decimal::ZERO { Ok(()) } else { Err("扣分要大于 0".to_owned()) }
    },
    score: |params, case| {
        let late = late(params, case)?;
        match late {
            None => Ok(Decimal::ZERO),
            Some(units) => {
                sub(case.weight, mul(Decimal::from(units), params.number("d").ok_or_else(|| lacks("扣分"))?)?)
            }
        }
    },
    words: |params, _| {
        format!(
            "按时完成得满分，每逾期一{}扣 {} 分（不足一{0}按一{0}），未完成不得分",
            unit(params),
            plain(&params.number_or_zero("d"))
        )
    },
    filled: |params, case| match late(params, case) {
        Ok(None) => "未完成，不得分".to_owned(),
        Ok(Some(0)) => format!("{} 完成，没有超过 {}，得满分", case.done, case.due),
        Ok(Some(units)) => format!(
            "时限 {}，{} 完成，逾期 {units} {}，每逾期一{}扣 {} 分",
            case.due,
            case.done,
            measure(params),
            unit(params),
            plain(&params.number_or_zero("d"))
        ),
        Err(_) => String::new(),
    },
    steps: true,
};

fn unit(params: &Params) -> &'static str {
    UNITS.iter().find(|(key, _)| *key == params.word("unit")).map_or("日", |(_, label)| label)
}

fn measure(params: &Params) -> &'static str {
    match params.word("unit") {
        "week" => "周",
        "month" => "个月",
        _ => "日",
    }
}

/// Begun units behind the deadline; `None` where it is stated that nothing was done.
fn late(params: &Params, case: &Case) -> Result<Option<i64>, Gap> {
    if case.undone {
        return Ok(None);
    }
    let open = |label: &str| Gap::Open(format!("{label}未填"));
    let due = Date::parse(case.due).ok_or_else(|| open("完成时限"))?;
    let done = Date::parse(case.done).ok_or_else(|| open("完成日期"))?;
    let days = done.days().saturating_sub(due.days()).max(0);
    Ok(Some(match params.word("unit") {
        "week" => days.div_euclid(7) + i64::from(days.rem_euclid(7) > 0),
        "month" => {
            let apart = (done.year - due.year) * 12 + done.month - due.month;
            (0..=apart.max(0) + 1).find(|k| due.after_months(*k).days() >= done.days()).unwrap_or(apart + 1)
        }
        _ => days,
    }))
}

/// A day of the calendar.
#[derive(Clone, Copy)]
struct Date {
    year: i64,
    month: i64,
    day: i64,
}

impl Date {
    fn parse(text: &str) -> Option<Date> {
        let mut parts = text.split('-').map(|part| part.parse::<i64>().ok());
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        let date = Date { year, month, day };
        let sound = parts.next().is_none()
            && (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && day >= 1
            && day <= date.length();
        sound.then_some(date)
    }

    /// Days of its month.
    fn length(&self) -> i64 {
        let leap = self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0);
        match self.month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    /// Days since a fixed day.
    fn days(&self) -> i64 {
        // Years begin in March, so that the leap day comes last.
        let year = if self.month <= 2 { self.year - 1 } else { self.year };
        let month = (self.month + 9) % 12;
        365 * year + year.div_euclid(4) - year.div_euclid(100)
            + year.div_euclid(400)
            + (153 * month + 2).div_euclid(5)
            + self.day
    }

    /// The same day some months later, or the last day of that month.
    fn after_months(&self, months: i64) -> Date {
        let month = self.month - 1 + months;
        let later = Date { year: self.year + month.div_euclid(12), month: month.rem_euclid(12) + 1, day: 1 };
        Date { day: self.day.min(later.length()), ..later }
    }
}

/// A score that a person gives.
pub(super) const MANUAL: KindDef = KindDef {
    key: "manual",
    label: "人工评分",
    source: "本工具设定",
    input: Input::Manual,
    params: &[],
    check: super::sound,
    score: |_, _| -> Points { Err(Gap::Open("由人工评分，请填得分和理由".to_owned())) },
    words: |_, case| match case.weight.is_zero() {
        true => "由人工评分，写明理由".to_owned(),
        false => format!("由人工在 0 至 {} 分之间评分，写明理由", plain(&case.weight)),
    },
    filled: |_, _: &Case| String::new(),
    steps: false,
};
