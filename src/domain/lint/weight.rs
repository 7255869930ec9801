//! How sure it is that a list which does not add up should: from its shape, its labels and how far it is off.
//!
//! Sure: known divisions (基本支出 and 项目支出), parts that each have a share, 主要用于以下方面; lists of three or more that miss
//! by little. Never: lists with 等 or 主要, people counted by overlapping features. The rest is a warning or nothing.
//!
//! Must not know: how the list was found.

use rust_decimal::Decimal;

use super::label::{core, known_whole};
use super::lists::{List, Shape};
use super::mention::{Mention, Mentions};
use super::quantity::Dim;
use super::ratio::holding;
use super::role::{Kind, Role};
use super::scan::Mark;
use crate::domain::checks::Severity;
use crate::domain::tolerance::{ProseGrade, SumVerdict};

/// How much a list that does not close weighs; `None` where it need not be whole.
pub fn severity(mentions: &Mentions, list: &List, total: usize, verdict: &SumVerdict) -> Option<Severity> {
    let head = mentions.get(total)?;
    let labels = labels(mentions, list);
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let graded = match verdict.in_prose() {
        ProseGrade::Error => Severity::Error,
        ProseGrade::Warning => Severity::Warning,
        _ => return None,
    };
    let known = (known_whole(&labels) || divided(&labels)) && !foreign(head, &labels);
    let over = verdict.diff < Decimal::ZERO;
    let near = within(verdict, head.quantity.value(), 10);
    let size = list.parts.len();
    let nested = list.nested.is_some_and(|at| list.parts.last().is_some_and(|last| *last > at));
    let loose = list.open || nested || trailing_etc(mentions, list);
    let plan = |mention: &Mention| mention.role == Role::Level(Kind::Budget);
    let first = list.parts.first().and_then(|part| mentions.get(*part));
    let mixed = first.is_some_and(|first| {
        plan(first) && !plan(head) || first.role == Role::Level(Kind::Actual) && plan(head)
    });
    if mixed || head.quantity.dim.counted() && overlapping(&labels) {
        return None;
    }
    // "一季度250户……四季度1000户" of 1000户: each counts from the year's beginning.
    let last = list.parts.last().and_then(|part| mentions.get(*part));
    if quarters(&labels) && last.is_some_and(|last| last.quantity.value() == head.quantity.value()) {
        return None;
    }
    // Every share agrees with the total: the list names only some of its parts, and says so in figures.
    if verdict.diff > Decimal::ZERO && !known && list.shape != Shape::Whole && partial(mentions, list, head) {
        return None;
    }
    let slip = near || (over && verdict.diff.abs() <= Decimal::TWO);
    let counted = head.quantity.dim.counted() && !known && !(alike(&labels) && size == 2 && slip);
    let larger =
        |part: &usize| mentions.get(*part).is_some_and(|part| part.quantity.value() > head.quantity.value());
    let sure = list.shape == Shape::Whole || (shared(mentions, list) && size > 1);
    let far = if size > 2 { 25 } else { 15 };
    let plausible = known || sure || (size > 1 && within(verdict, head.quantity.value(), far));
    if !plausible && list.parts.iter().any(larger) {
        return None;
    }
    let lesser = if graded == Severity::Error { Severity::Warning } else { Severity::Hint };
    let weak = (size > 2 || over).then_some(lesser);
    if counted {
        let apart = size > 2 && !overlapping(&labels);
        let close = within(verdict, head.quantity.value(), 10) || verdict.diff.abs() <= Decimal::TWO;
        return match (apart, close) {
            (true, true) => Some(graded),
            (true, false) if within(verdict, head.quantity.value(), 30) => weak,
            _ => None,
        };
    }
    match list.shape {
        _ if loose && !over => None,
        _ if loose => weak,
        Shape::Among | Shape::Whole if (known || sure) && size > 1 => Some(graded),
        Shape::Among if near || (over && within(verdict, head.quantity.value(), 50)) => Some(graded),
        Shape::Among if size > 2 && within(verdict, head.quantity.value(), 25) => Some(graded),
        Shape::Among if size == 2 && colon(mentions, list) && within(verdict, head.quantity.value(), 15) => {
            Some(graded)
        }
        Shape::Among if over || within(verdict, head.quantity.value(), 30) => weak,
        Shape::Among => None,
        Shape::Whole if within(verdict, head.quantity.value(), 40) => Some(graded),
        Shape::Whole => weak,
        Shape::Bracket if known || (near && size > 1) => Some(graded),
        Shape::Bracket => None,
        Shape::View
            if (known && same_paragraph(mentions, list, head))
                || within(verdict, head.quantity.value(), 3) =>
        {
            Some(graded)
        }
        Shape::View if known && list.totals.len() == 1 && within(verdict, head.quantity.value(), 20) => {
            Some(graded)
        }
        Shape::View
            if size > 2
                && same_paragraph(mentions, list, head)
                && within(verdict, head.quantity.value(), 15) =>
        {
            Some(graded)
        }
        Shape::View => None,
        Shape::Lines if known => Some(graded),
        Shape::Lines
            if size > 2 && announced(mentions, list, head) && within(verdict, head.quantity.value(), 25) =>
        {
            Some(graded)
        }
        Shape::Lines => None,
        Shape::Within if known && (single(mentions, list) || same_paragraph(mentions, list, head)) => {
            Some(graded)
        }
        Shape::Within if size > 2 && near && single(mentions, list) => Some(graded),
        Shape::Within => None,
        Shape::Closing if size > 2 || near => Some(graded),
        Shape::Closing => weak,
        Shape::Named if size > 2 && within(verdict, head.quantity.value(), 10) => Some(graded),
        Shape::Named
            if ["合计", "共计"].iter().any(|word| head.label.starts_with(word))
                && within(verdict, head.quantity.value(), 5) =>
        {
            Some(graded)
        }
        Shape::Named => None,
        Shape::Paragraphs => Some(graded),
    }
}

/// Whether a view divides an amount of its own paragraph that is not part of another view.
fn same_paragraph(mentions: &Mentions, list: &List, head: &Mention) -> bool {
    let first = list.parts.first().and_then(|part| mentions.get(*part));
    let viewed = head.lead.contains('看') || head.lead.contains("分类");
    !viewed && first.is_some_and(|first| first.paragraph == head.paragraph)
}

/// "实施项目3个，合计680万元：" before three numbered paragraphs: the total, and as many parts as it says.
fn announced(mentions: &Mentions, list: &List, head: &Mention) -> bool {
    let first = list.parts.first().and_then(|part| mentions.get(*part));
    let direct = first.is_some_and(|first| first.lead.starts_with(":\n") && first.enumerated > 0);
    let total = ["合计", "共计", "总计", "共"].iter().any(|word| head.label.contains(word));
    let count = head.prev.and_then(|prev| mentions.get(prev)).filter(|count| {
        count.sentence == head.sentence && matches!(count.quantity.dim, Dim::Things("个" | "项"))
    });
    let size = Decimal::from(list.parts.len());
    direct && total && count.is_none_or(|count| count.quantity.value() == size)
}

/// "其中：" with a colon announces a whole list more often than "其中" without.
fn colon(mentions: &Mentions, list: &List) -> bool {
    list.parts.first().and_then(|part| mentions.get(*part)).is_some_and(|part| part.lead.contains("其中:"))
}

/// The names of the parts; those of a 分别 list stand before its first member.
fn labels(mentions: &Mentions, list: &List) -> Vec<String> {
    let parts = list.parts.iter().filter_map(|part| mentions.get(*part));
    let first = list.parts.first().and_then(|part| mentions.get(*part));
    match first.filter(|first| first.parallel.is_some()) {
        Some(first) => first.name().split(['、', '和', '与', '及']).map(str::to_owned).collect(),
        // A second measure (1126户1862人) has the name of the first.
        None => parts
            .map(|part| match part.prev.and_then(|prev| mentions.get(prev)) {
                Some(first) if part.name().is_empty() && part.gap == Mark::None => first.name().to_owned(),
                _ => part.name().to_owned(),
            })
            .collect(),
    }
}

/// Whether a share is stated with every part, so that they are parts of one whole for certain.
fn shared(mentions: &Mentions, list: &List) -> bool {
    list.parts.iter().all(|part| {
        let mut next = mentions
            .forward(*part)
            .take(3)
            .take_while(|(at, mark)| *mark <= Mark::Comma && !mentions.role(*at).is_level());
        next.any(|(at, _)| matches!(mentions.role(at), Role::Share(_)))
    })
}

/// Whether a share that fits the total is stated with every part.
fn partial(mentions: &Mentions, list: &List, head: &Mention) -> bool {
    list.parts.iter().all(|part| {
        let Some(amount) = mentions.get(*part) else { return false };
        let mut next = mentions
            .forward(*part)
            .take(3)
            .take_while(|(at, mark)| *mark <= Mark::Comma && !mentions.role(*at).is_level());
        next.any(|(at, _)| {
            mentions.get(at).is_some_and(|share| {
                matches!(share.role, Role::Share(_))
                    && holding(share, &[(amount, 1, 0), (head, 0, 1)]).is_some()
            })
        })
    })
}

/// Whether the difference is at most `percent` of the total.
fn within(verdict: &SumVerdict, total: Decimal, percent: u32) -> bool {
    let part = total
        .abs()
        .checked_mul(Decimal::from(percent))
        .and_then(|part| part.checked_div(Decimal::ONE_HUNDRED));
    part.is_some_and(|part| verdict.diff.abs() <= part)
}

/// Whether all totals that a name may mean have one value.
fn single(mentions: &Mentions, list: &List) -> bool {
    let mut values =
        list.totals.iter().filter_map(|total| mentions.get(*total)).map(|total| total.quantity.value());
    let first = values.next();
    values.all(|value| Some(value) == first)
}

/// A total that is itself one of the parts of a known division (基本支出 of 基本支出 and 项目支出) is none.
fn foreign(head: &Mention, labels: &[&str]) -> bool {
    let name = core(&head.label);
    name.chars().count() > 1 && labels.iter().any(|label| core(label) == name)
}

/// People counted by overlapping features.
fn overlapping(labels: &[&str]) -> bool {
    if quarters(labels) {
        return false;
    }
    let features = [
        "党员",
        "女",
        "岁",
        "少数民族",
        "高级",
        "以上",
        "博士",
        "公示",
        "认定",
        "申报",
        "审核",
        "通过",
        "立项",
        "验收",
        "完成",
        "新增",
        "获",
    ];
    // "副部(省)级及以上领导用车" is a kind of vehicle, no feature.
    let vehicle = |label: &&&str| core(label).ends_with("用车");
    labels
        .iter()
        .filter(|label| !vehicle(label))
        .any(|label| features.iter().any(|word| label.contains(word)))
}

/// The four quarters of a year.
fn quarters(labels: &[&str]) -> bool {
    labels.len() == 4
        && ["一", "二", "三", "四"].iter().zip(labels).all(|(number, label)| {
            label.split_once("季度").is_some_and(|(before, _)| before.ends_with(number))
        })
}

/// Posts, vehicles and the quarters of a year are always divided completely.
fn divided(labels: &[&str]) -> bool {
    quarters(labels)
        || alike(labels)
            && labels.iter().all(|label| ["编制", "用车"].iter().any(|word| core(label).ends_with(word)))
}

/// Whether all labels end in the same two characters (行政编制, 事业编制).
fn alike(labels: &[&str]) -> bool {
    let end = |label: &&str| {
        let name = core(label);
        let skip = name.chars().count().saturating_sub(2);
        name.chars().skip(skip).collect::<String>()
    };
    let Some(first) = labels.first().map(end) else { return false };
    first.chars().count() == 2 && labels.iter().all(|label| end(label) == first)
}

fn trailing_etc(mentions: &Mentions, list: &List) -> bool {
    list.parts
        .last()
        .and_then(|last| mentions.get(*last))
        .is_some_and(|last| last.tail.starts_with('等') && !last.tail.contains("等方面"))
}
