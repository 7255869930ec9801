//! The few amounts of accounts that a report states again and again under fixed names: each has one value for a kind
//! (budget, outturn) and a year, and some add up wherever they stand.
//!
//! - stated twice with two values (DF-26), where the label is the name and nothing else;
//! - 三公 = 出国 + 用车 + 接待, 用车 = 购置 + 运行 (SG-01, SG-02);
//! - 收入总计 = 本年收入合计 + 年初结转和结余 (+ 使用非财政拨款结余), and its like for expenditure (DF-02, DF-03);
//! - the same number of projects with two amounts (`项目43个，涉及预算金额…`).
//!
//! A name with more than two values is told of several units, and stays silent. Must not know: lists, shares.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::claim::{Claim, Relation, place, remark, shown, span, standing};
use super::label::{core, without_brackets, without_years};
use super::mask::Mask;
use super::mention::{Mention, Mentions};
use super::quantity::Dim;
use super::role::{Kind, Role};
use super::scan::Mark;
use super::text::Text;
use super::twice;
use crate::domain::checks::Severity;
use crate::domain::tolerance::{Figure, ProseGrade, same, sum};

/// Totals, as written at the end of a label.
const TOTALS: &[&str] = &["收入支出总计", "收入总计", "支出总计", "本年收入合计", "本年支出合计"];

/// Other names, reduced.
const NAMES: &[&str] = &[
    "三公",
    "因公出国",
    "公务用车购置及运行",
    "公务用车购置",
    "公务用车运行",
    "公务接待",
    "国内公务接待",
    "机关运行",
    "年初结转和结余",
    "年末结转和结余",
    "使用非财政拨款结余",
    "结余分配",
];

/// A name, whether it is a budget, and the year.
type Key = (&'static str, bool, u16);

/// Looks at all amounts with such a name.
pub fn check(text: &Text, mentions: &Mentions) -> Vec<Claim> {
    let mut claims = Vec::new();
    let (exact, order) = group(mentions, account);
    for key in order {
        if let Some(group) = exact.get(&key) {
            again(text, mentions, key, group, &mut claims);
        }
    }
    let (loose, order) = group(mentions, loosely);
    for key in order {
        for (check, total, parts, optional) in IDENTITIES {
            if *total == key.0 {
                claims.extend(identity(text, mentions, &loose, key, (check, parts, optional)));
            }
        }
    }
    projects(text, mentions, &mut claims);
    claims
}

fn group(
    mentions: &Mentions,
    name: fn(&Mention) -> Option<&'static str>,
) -> (HashMap<Key, Vec<usize>>, Vec<Key>) {
    let mut groups: HashMap<Key, Vec<usize>> = HashMap::new();
    let mut order = Vec::new();
    for (index, mention) in mentions.all.iter().enumerate() {
        let Role::Level(kind) = mention.role else { continue };
        if mention.quantity.dim != Dim::Money || mention.quantity.bound || kind == Kind::Prior {
            continue;
        }
        // A cheap look before the label is taken apart.
        let words = ["接待", "用车", "公车", "出国", "出境", "三公", "运行", "总计", "合计", "结转", "车辆"];
        if !Mask::of(&mention.label).any(&mention.label, &words) {
            continue;
        }
        let Some(name) = name(mention) else { continue };
        let key = (name, kind == Kind::Budget, mention.year);
        let group = groups.entry(key).or_default();
        if group.is_empty() {
            order.push(key);
        }
        group.push(index);
    }
    (groups, order)
}

/// One name with two values.
fn again(text: &Text, mentions: &Mentions, key: Key, group: &[usize], claims: &mut Vec<Claim>) {
    let all: Vec<&Mention> = group.iter().filter_map(|index| mentions.get(*index)).collect();
    let mut values: Vec<Decimal> = all.iter().map(|mention| mention.quantity.value()).collect();
    values.sort();
    values.dedup();
    if values.len() > 2 {
        return;
    }
    let Some(first) = all.first() else { return };
    let mut reported = false;
    for other in all.iter().skip(1) {
        let Some(verdict) = same(first.quantity.figure, other.quantity.figure) else { continue };
        // Nothing in one fund and something in another are both right.
        let zero = first.quantity.value().is_zero() != other.quantity.value().is_zero();
        if verdict.holds() || (!zero && !reported) {
            reported |= !verdict.holds();
            claims.push(twice::claim(
                text,
                first,
                place(text, other),
                verdict,
                "DF-26",
                &format!("“{}”两处的数", key.0),
            ));
        }
    }
}

/// The account that a label names and nothing else.
fn account(mention: &Mention) -> Option<&'static str> {
    let mut name = without_years(&without_brackets(&mention.label));
    name.retain(|c| !matches!(c, '“' | '”' | '"' | ' '));
    if let Some(account) = TOTALS.iter().find(|account| name.ends_with(*account)).copied() {
        let before = name.strip_suffix(account).unwrap_or_default();
        const BODIES: &[&str] =
            &["局", "委", "办", "中心", "本单位", "本部门", "部门", "单位", "学校", "院", "馆", "所"];
        return (before.is_empty() || BODIES.iter().any(|end| before.ends_with(end))).then_some(account);
    }
    let name = reduced(&name);
    NAMES.iter().take(8).find(|account| **account == name).copied()
}

/// The account that a label ends in.
fn loosely(mention: &Mention) -> Option<&'static str> {
    if let Some(account) = account(mention) {
        return Some(account);
    }
    let name = reduced(mention.name());
    let found =
        NAMES.iter().filter(|account| name.ends_with(*account)).max_by_key(|account| account.len())?;
    let before = name.strip_suffix(found).unwrap_or_default();
    let apart = ["国内", "外宾", "外事", "其他", "本级", "人均"].iter().any(|word| before.ends_with(word));
    (!apart && !before.contains("上年") && !before.contains("全口径")).then_some(found)
}

fn reduced(name: &str) -> String {
    let name = core(name).replace("财政拨款", "").replace("支出", "").replace("经费", "").replace('费', "");
    match name.as_str() {
        "结转和结余" | "年初结转结余" | "上年结转和结余" => "年初结转和结余".to_owned(),
        _ => name,
    }
}

/// Check, total, parts, parts that may be missing.
type Equation = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

const IDENTITIES: &[Equation] = &[
    ("SG-01", "三公", &["因公出国", "公务用车购置及运行", "公务接待"], &[]),
    ("SG-02", "公务用车购置及运行", &["公务用车购置", "公务用车运行"], &[]),
];

/// The one value of a name, if it has one.
fn single<'a>(mentions: &'a Mentions, groups: &HashMap<Key, Vec<usize>>, key: Key) -> Option<&'a Mention> {
    let group = groups.get(&key)?;
    let mut all = group.iter().filter_map(|index| mentions.get(*index));
    let first = all.next()?;
    all.all(|other| other.quantity.value() == first.quantity.value()).then_some(first)
}

fn identity(
    text: &Text,
    mentions: &Mentions,
    groups: &HashMap<Key, Vec<usize>>,
    key: Key,
    (check, parts, optional): (&'static str, &[&'static str], &[&'static str]),
) -> Option<Claim> {
    let total = single(mentions, groups, key)?;
    let mut members: Vec<&Mention> =
        parts.iter().map(|name| single(mentions, groups, (name, key.1, key.2))).collect::<Option<_>>()?;
    members.extend(optional.iter().filter_map(|name| single(mentions, groups, (name, key.1, key.2))));
    let figures: Vec<Figure> = members.iter().map(|part| part.quantity.figure).collect();
    let verdict = sum(&figures, total.quantity.figure)?;
    let (standing, severity) = standing(verdict.verdict, Some(Severity::Error));
    let severity = if verdict.in_prose() == ProseGrade::Warning { Some(Severity::Warning) } else { severity };
    let terms: Vec<String> = members.iter().map(|part| shown(part.quantity.value(), 6)).collect();
    let computed = format!("{}万元", shown(verdict.computed, 6));
    let mut places = vec![place(text, total)];
    places.extend(members.iter().map(|part| place(text, part)));
    Some(Claim {
        relation: Relation::Sum,
        check: Some(check),
        standing,
        severity,
        range: span(text, total),
        places,
        stated: total.quantity.shown(),
        message: format!(
            "{}：{} = {computed}，文中{}{}",
            key.0,
            terms.join(" + "),
            total.quantity.shown(),
            remark(standing)
        ),
        computed,
        difference: format!("{}万元", shown(verdict.diff, 6)),
        closes: Vec::new(),
    })
}

/// The same number of projects in one sentence, each with its amount.
fn projects(text: &Text, mentions: &Mentions, claims: &mut Vec<Claim>) {
    const FEWEST: u32 = 3;
    let mut seen: HashMap<(usize, Decimal), usize> = HashMap::new();
    for (index, mention) in mentions.all.iter().enumerate() {
        let amount = mention.label.contains("涉及")
            && mention.quantity.dim == Dim::Money
            && mention.gap == Mark::Comma;
        let Some(count) = mention.prev.and_then(|prev| mentions.get(prev)).filter(|_| amount) else {
            continue;
        };
        let enough = count.quantity.value() >= Decimal::from(FEWEST) && count.label.contains("项目");
        if !enough || !matches!(count.quantity.dim, Dim::Things(_)) || mention.quantity.bound {
            continue;
        }
        let key = (mention.sentence, count.quantity.value());
        let Some(first) = seen.get(&key).and_then(|first| mentions.get(*first)) else {
            seen.insert(key, index);
            continue;
        };
        if let Some(verdict) = same(first.quantity.figure, mention.quantity.figure) {
            let what = format!("同为{}项目的金额", count.quantity.shown());
            claims.push(twice::claim(text, first, place(text, mention), verdict, "DF-26", &what));
        }
    }
}
