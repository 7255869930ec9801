//! Sums and counts: lists against their totals, changes of the parts against the change of the total.
//!
//! A list is only blamed where it claims to be whole; how sure that is, its shape and its labels say. A total or a
//! version of the list (nested parts taken out) that closes is enough to stay silent.
//!
//! Must not know: how lists are recognised, shares and rates.

use rust_decimal::Decimal;

use super::claim::{Claim, Place, Relation, Standing, place, remark, shown, span};
use super::label::{core, known_whole};
use super::lists::{List, Shape};
use super::mention::{Mention, Mentions};
use super::quantity::Dim;
use super::role::{Kind, Role};
use super::scan::Mark;
use super::text::Text;
use crate::domain::checks::Severity;
use crate::domain::tolerance::{Figure, ProseGrade, SumVerdict, Verdict, sum, sum_mixed};

/// A list with the total that it was held against.
pub struct Checked {
    /// The list.
    pub list: List,
    /// The total.
    pub total: usize,
    /// Whether it closes.
    pub closes: bool,
}

/// Looks at every list; the claims, and which lists close.
pub fn check(text: &Text, mentions: &Mentions, lists: &[List]) -> (Vec<Claim>, Vec<Checked>) {
    let (mut claims, mut checked) = (Vec::new(), Vec::new());
    for list in lists {
        let Some(best) = best(mentions, list) else { continue };
        let (total, parts, verdict) = best;
        let closes = verdict.verdict.holds();
        let mut list = list.clone();
        if closes {
            list.parts = parts.clone();
        }
        let judged = List { parts: parts.clone(), ..list.clone() };
        let severity = if closes { None } else { severity(mentions, &judged, total, &verdict) };
        if closes || severity.is_some() {
            claims.extend(claim(text, mentions, total, &parts, &verdict, severity));
        }
        if closes && let Some(changes) = changes(text, mentions, &list, total) {
            claims.push(changes);
        }
        checked.push(Checked { list, total, closes });
    }
    (claims, checked)
}

/// The first total and version of the list that closes, else the likeliest.
fn best(mentions: &Mentions, list: &List) -> Option<(usize, Vec<usize>, SumVerdict)> {
    let mut first: Option<(usize, Vec<usize>, SumVerdict)> = None;
    for total in &list.totals {
        let figure = mentions.get(*total)?.quantity.figure;
        let versions = versions(mentions, list, *total);
        for parts in versions {
            if parts.len() < 2 {
                continue;
            }
            let Some(verdict) = add(mentions, &parts, figure, *total) else { continue };
            if verdict.verdict.holds() {
                return Some((*total, parts, verdict));
            }
            // Commas, then a semicolon: the list may end at either. The nearer version is the likelier.
            let nearer = |known: &(usize, Vec<usize>, SumVerdict)| {
                known.0 == *total
                    && ends_at_semicolon(mentions, list, &parts)
                    && verdict.diff.abs() < known.2.diff.abs()
            };
            if first.as_ref().is_none_or(nearer) {
                first = Some((*total, parts, verdict));
            }
        }
    }
    first
}

/// Whether a version is the list up to its first semicolon.
fn ends_at_semicolon(mentions: &Mentions, list: &List, parts: &[usize]) -> bool {
    let next = list.parts.get(parts.len()).and_then(|next| mentions.get(*next));
    let inner = parts.iter().skip(1).filter_map(|part| mentions.get(*part)).all(|part| part.gap < Mark::Semi);
    inner && next.is_some_and(|next| next.gap == Mark::Semi)
}

fn add(mentions: &Mentions, parts: &[usize], total: Figure, index: usize) -> Option<SumVerdict> {
    let figures: Option<Vec<Figure>> =
        parts.iter().map(|part| mentions.get(*part).map(|mention| mention.quantity.figure)).collect();
    let figures = figures?;
    let unit = mentions.get(index)?.quantity.money;
    let one =
        parts.iter().all(|part| mentions.get(*part).is_some_and(|mention| mention.quantity.money == unit));
    if one { sum(&figures, total) } else { sum_mixed(&figures, total) }
}

/// The list as read, then versions of it that may be meant.
fn versions(mentions: &Mentions, list: &List, total: usize) -> Vec<Vec<usize>> {
    let all: Vec<usize> = list.parts.iter().copied().filter(|part| *part != total).collect();
    let mut versions = vec![all.clone()];
    let counted = mentions.get(total).is_some_and(|head| head.quantity.dim.counted());
    if counted {
        // Small whole numbers close by accident too easily.
        let ends = all
            .iter()
            .skip(1)
            .position(|part| mentions.get(*part).is_some_and(|part| part.gap == Mark::Semi));
        versions.extend(ends.and_then(|end| all.get(..end + 1)).map(<[usize]>::to_vec));
        return versions;
    }
    if let Some(outer) = without_nested(mentions, &all) {
        versions.push(outer);
    }
    match list.shape {
        // Where the parts end, or begin, is not written.
        Shape::Lines => {
            versions.extend((2..all.len()).rev().filter_map(|n| all.get(..n)).map(<[usize]>::to_vec).take(30))
        }
        Shape::Closing => {
            versions.extend((1..all.len()).filter_map(|n| all.get(n..)).map(<[usize]>::to_vec).take(12))
        }
        Shape::Among | Shape::Whole | Shape::View | Shape::Bracket => {
            versions
                .extend((2..all.len()).rev().filter_map(|n| all.get(..n)).map(<[usize]>::to_vec).take(30));
        }
        _ => {}
    }
    versions
}

/// The parts without those that add up to the part before them.
fn without_nested(mentions: &Mentions, parts: &[usize]) -> Option<Vec<usize>> {
    const LONGEST: usize = 12;
    let value = |index: usize| mentions.get(index).map(|mention| mention.quantity.value());
    let mut outer = Vec::new();
    let mut at = 0;
    let mut found = false;
    while let Some(part) = parts.get(at) {
        outer.push(*part);
        at += 1;
        let whole = value(*part)?;
        let mut total = Decimal::ZERO;
        for length in 1..=LONGEST {
            let Some(next) = parts.get(at + length - 1) else { break };
            total = total.checked_add(value(*next)?)?;
            if length > 1 && total == whole && !whole.is_zero() {
                at += length;
                found = true;
                break;
            }
        }
    }
    found.then_some(outer)
}

/// How much a list that does not close weighs; `None` where it need not be whole.
fn severity(mentions: &Mentions, list: &List, total: usize, verdict: &SumVerdict) -> Option<Severity> {
    let head = mentions.get(total)?;
    let labels = labels(mentions, list);
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let graded = match verdict.in_prose() {
        ProseGrade::Error => Severity::Error,
        ProseGrade::Warning => Severity::Warning,
        _ => return None,
    };
    let known = known_whole(&labels) && !foreign(head, &labels);
    let over = verdict.diff < Decimal::ZERO;
    let near = within(verdict, head.quantity.value(), 10);
    let size = list.parts.len();
    let loose = list.open || trailing_etc(mentions, list);
    let plan = |mention: &Mention| mention.role == Role::Level(Kind::Budget);
    let first = list.parts.first().and_then(|part| mentions.get(*part));
    let mixed = first.is_some_and(|first| {
        plan(first) && !plan(head) || first.role == Role::Level(Kind::Actual) && plan(head)
    });
    if mixed || head.quantity.dim.counted() && overlapping(&labels) {
        return None;
    }
    let counted = head.quantity.dim.counted() && !known && !(alike(&labels) && size == 2 && near);
    let larger =
        |part: &usize| mentions.get(*part).is_some_and(|part| part.quantity.value() > head.quantity.value());
    let sure = list.shape == Shape::Whole || (shared(mentions, list) && size > 1);
    let plausible = known || sure || (size > 2 && within(verdict, head.quantity.value(), 25));
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
        Shape::Among if over || near => Some(graded),
        Shape::Among if size > 2 && within(verdict, head.quantity.value(), 25) => Some(graded),
        Shape::Among if size == 2 && colon(mentions, list) && within(verdict, head.quantity.value(), 15) => {
            Some(graded)
        }
        Shape::Among => weak,
        Shape::Whole if within(verdict, head.quantity.value(), 40) => Some(graded),
        Shape::Whole => weak,
        Shape::Bracket if known || (near && size > 1) => Some(graded),
        Shape::Bracket => None,
        Shape::View if known || within(verdict, head.quantity.value(), 3) => Some(graded),
        Shape::View => None,
        Shape::Lines if known => Some(graded),
        Shape::Lines => None,
        Shape::Within if known && single(mentions, list) => Some(graded),
        Shape::Within => None,
        Shape::Closing if size > 2 || near => Some(graded),
        Shape::Closing => weak,
        Shape::Named if size > 2 && within(verdict, head.quantity.value(), 5) => Some(graded),
        Shape::Named => None,
        Shape::Paragraphs => Some(graded),
    }
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
        None => parts.map(|part| part.name().to_owned()).collect(),
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
    labels.iter().any(|label| features.iter().any(|word| label.contains(word)))
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

fn claim(
    text: &Text,
    mentions: &Mentions,
    total: usize,
    parts: &[usize],
    verdict: &SumVerdict,
    severity: Option<Severity>,
) -> Option<Claim> {
    let head = mentions.get(total)?;
    let members: Vec<&Mention> = parts.iter().filter_map(|part| mentions.get(*part)).collect();
    let counted = head.quantity.dim.counted();
    let standing = match verdict.verdict {
        Verdict::Holds => Standing::Holds,
        Verdict::Rounding(hint) => Standing::Rounding(hint),
        Verdict::Fails { .. } => Standing::Fails,
    };
    let severity = severity.or(matches!(standing, Standing::Rounding(_)).then_some(Severity::Hint));
    let unit = if head.quantity.dim == Dim::Money { "万元" } else { head.quantity.unit_word() };
    let terms: Vec<String> = members.iter().map(|part| shown(part.quantity.value(), 6)).collect();
    let computed = format!("{}{unit}", shown(verdict.computed, 6));
    let difference = format!("{}{unit}", shown(verdict.diff, 6));
    let apart = if verdict.diff.is_zero() {
        String::new()
    } else {
        format!("，相差{}", difference.trim_start_matches('-'))
    };
    let message = format!(
        "{} = {computed}，文中{}{apart}{}",
        terms.join(" + "),
        head.quantity.shown(),
        remark(standing)
    );
    let mut places: Vec<Place> = vec![place(text, head)];
    places.extend(members.iter().map(|part| place(text, part)));
    Some(Claim {
        relation: if counted { Relation::Count } else { Relation::Sum },
        check: None,
        standing,
        severity,
        range: span(text, head),
        places,
        stated: head.quantity.shown(),
        computed,
        difference,
        message,
        closes: Vec::new(),
    })
}

/// The change stated with a mention (its own item only), or 0 where it is said to be unchanged.
fn change(mentions: &Mentions, index: usize) -> Option<(Option<usize>, Decimal)> {
    let head = mentions.get(index)?;
    for (at, mark) in mentions.forward(index) {
        let mention = mentions.get(at)?;
        if mark >= Mark::Semi || mention.role.is_level() && mention.gap > Mark::None {
            break;
        }
        if let Role::Delta(Some(up), _) = mention.role {
            let value = mention.quantity.value();
            let signed = if up { value } else { Decimal::ZERO.checked_sub(value)? };
            return Some((Some(at), signed));
        }
        if matches!(mention.role, Role::Growth(..) | Role::Delta(..)) {
            break;
        }
    }
    let level = ["持平", "无变化", "无增减", "没有变化"].iter().any(|word| head.tail.contains(word));
    level.then_some((None, Decimal::ZERO))
}

/// Changes of the parts of a list that closes, against the change of the total.
fn changes(text: &Text, mentions: &Mentions, list: &List, total: usize) -> Option<Claim> {
    let (Some(head), whole) = change(mentions, total)? else { return None };
    let parts: Vec<(Option<usize>, Decimal)> =
        list.parts.iter().map(|part| change(mentions, *part)).collect::<Option<_>>()?;
    let head = mentions.get(head)?;
    let figure = |index: &Option<usize>, value: Decimal| -> Option<Figure> {
        let Some(index) = index else { return Some(Figure::exact(Decimal::ZERO)) };
        let figure = mentions.get(*index)?.quantity.figure;
        Some(if value < Decimal::ZERO { figure.negated() } else { figure })
    };
    let figures: Vec<Figure> =
        parts.iter().map(|(index, value)| figure(index, *value)).collect::<Option<_>>()?;
    let stated = if whole < Decimal::ZERO { head.quantity.figure.negated() } else { head.quantity.figure };
    let verdict = sum(&figures, stated)?;
    let severity = match verdict.in_prose() {
        ProseGrade::Error => Some(Severity::Error),
        ProseGrade::Warning => Some(Severity::Warning),
        ProseGrade::Hint => Some(Severity::Hint),
        ProseGrade::Holds => None,
    };
    let standing = match verdict.verdict {
        Verdict::Holds => Standing::Holds,
        Verdict::Rounding(hint) => Standing::Rounding(hint),
        Verdict::Fails { .. } => Standing::Fails,
    };
    let terms: Vec<String> = parts.iter().map(|(_, value)| format!("({})", shown(*value, 6))).collect();
    let mut places = vec![place(text, head)];
    places.extend(
        parts
            .iter()
            .filter_map(|(index, _)| index.and_then(|index| mentions.get(index)))
            .map(|part| place(text, part)),
    );
    let unit = if head.quantity.dim == Dim::Money { "万元" } else { head.quantity.unit_word() };
    Some(Claim {
        relation: Relation::Sum,
        check: None,
        standing,
        severity,
        range: span(text, head),
        places,
        stated: head.quantity.shown(),
        computed: format!("{}{unit}", shown(verdict.computed, 6)),
        difference: format!("{}{unit}", shown(verdict.diff, 6)),
        message: format!(
            "各项增减之和 {} = {}{unit}，文中合计增减{}{unit}{}",
            terms.join(" + "),
            shown(verdict.computed, 6),
            shown(whole, 6),
            remark(standing)
        ),
        closes: Vec::new(),
    })
}

/// Shares of a list that closes, or that says what each part is of the same base, add up to 100.
pub fn shares(
    text: &Text,
    mentions: &Mentions,
    parts: &[usize],
    base: &str,
    severity: Severity,
) -> Option<Claim> {
    let members: Vec<&Mention> = parts.iter().filter_map(|part| mentions.get(*part)).collect();
    let figures: Vec<Figure> = members.iter().map(|part| part.quantity.figure).collect();
    let verdict = crate::domain::tolerance::shares(&figures)?;
    let (standing, severity) = super::claim::standing(verdict, Some(severity));
    let total = figures.iter().try_fold(Decimal::ZERO, |total, figure| total.checked_add(figure.value()))?;
    let terms: Vec<String> = figures.iter().map(|figure| shown(figure.value(), 6)).collect();
    let first = members.first()?;
    let last = members.last()?;
    Some(Claim {
        relation: Relation::Share,
        check: Some("DF-17"),
        standing,
        severity,
        range: span(text, last).start.min(span(text, first).start)..span(text, last).end,
        places: members.iter().map(|part| place(text, part)).collect(),
        stated: members.iter().map(|part| part.quantity.shown()).collect::<Vec<_>>().join(" + "),
        computed: "100%".to_owned(),
        difference: format!("{}%", shown(total.checked_sub(Decimal::ONE_HUNDRED)?, 6)),
        message: format!(
            "{base}各项占比 {} = {}%，应为100%{}",
            terms.join(" + "),
            shown(total, 6),
            remark(standing)
        ),
        closes: Vec::new(),
    })
}
