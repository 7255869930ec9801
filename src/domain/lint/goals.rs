//! Rates that are said to be reached of a target stated elsewhere: `完成高企培育的215%`.
//!
//! The target is a count whose label the phrase names or abbreviates, in a section of targets. A rate is wrong for
//! certain where no whole result over any such target gives it; otherwise nothing is said.
//!
//! Must not know: budgets.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::claim::{Claim, Relation, Standing, place, span};
use super::label::{abbreviates, core};
use super::mention::{Mention, Mentions};
use super::names::Names;
use super::role::Role;
use super::text::Text;
use super::twice::lists_targets;
use crate::domain::checks::Severity;
use crate::domain::tolerance::{Figure, RateVerdict, ratio};

/// Targets of which nothing is told in the sections of results (TXT-02), as hints.
pub fn unreported(text: &Text, mentions: &Mentions, names: &Names) -> Vec<Claim> {
    let level = |mention: &Mention| mention.role.is_level() && mention.quantity.dim.level();
    if !mentions.sections.iter().any(|section| lists_targets(&section.title)) {
        return Vec::new();
    }
    let told = |mention: &Mention| level(mention) && !lists_targets(mentions.title(mention));
    // One name may be told of many times; the last time counts.
    let mut results: HashMap<&str, usize> = HashMap::new();
    for (index, mention) in mentions.all.iter().enumerate().filter(|(_, mention)| told(mention)) {
        results.insert(names.core(index), mention.quantity.range.start);
    }
    let results: Vec<(String, usize)> = results.into_iter().map(|(name, last)| (bare(name), last)).collect();
    let mut found: Vec<(String, &Mention)> = Vec::new();
    for (index, mention) in mentions.all.iter().enumerate() {
        let name = bare(names.core(index));
        let target = level(mention)
            && !mention.quantity.chinese
            && lists_targets(mentions.title(mention))
            && name.chars().count() >= 3;
        if !target || found.len() >= MOST || found.iter().any(|(other, _)| *other == name) {
            continue;
        }
        let later = |result: &&(String, usize)| result.1 > mention.quantity.range.start;
        let meant = results.iter().filter(later).any(|(result, _)| alike(&name, result));
        if !meant {
            found.push((name, mention));
        }
    }
    // Without any result in the text it is a plan, not a report.
    if results.is_empty() {
        return Vec::new();
    }
    let claim = |(name, mention): (String, &Mention)| Claim {
        relation: Relation::Target,
        check: Some("TXT-02"),
        standing: Standing::Remark,
        severity: Some(Severity::Hint),
        range: span(text, mention),
        places: vec![place(text, mention)],
        stated: mention.quantity.shown(),
        computed: String::new(),
        difference: String::new(),
        message: format!("目标“{name}”{}，后文没有对应的结果", mention.quantity.shown()),
        closes: Vec::new(),
    };
    found.into_iter().map(claim).collect()
}

/// At most so many targets are followed, so that the time stays linear.
const MOST: usize = 60;

/// And so many are looked at for a rate.
const MOST_TARGETS: usize = 400;

/// The thing that a target or result is about, without the verb.
fn bare(core: &str) -> String {
    let mut name = core.to_owned();
    for word in [
        "力争",
        "争取",
        "确保",
        "获取",
        "获得",
        "新认定",
        "认定",
        "新增",
        "实施",
        "支持",
        "组织",
        "达到",
        "开展",
        "推广",
        "全县",
        "全年",
    ] {
        name = name.replace(word, "");
    }
    name
}

/// Whether a result tells of the target: the last characters of the one stand in the other.
fn alike(target: &str, result: &str) -> bool {
    const LONG: usize = 4;
    let length = target.chars().count();
    let tail: String = target.chars().skip(length.saturating_sub(LONG)).collect();
    result.chars().count() >= 3 && (result.contains(&tail) || target.contains(result))
}

/// Looks at every such rate.
pub fn check(text: &Text, mentions: &Mentions, names: &Names) -> Vec<Claim> {
    let targets: Vec<(&Mention, &str)> = mentions
        .all
        .iter()
        .enumerate()
        .filter(|(_, mention)| {
            mention.role.is_level()
                && mention.quantity.dim.counted()
                // "四个事项" says how long a list is.
                && !mention.quantity.chinese
                && lists_targets(mentions.title(mention))
        })
        .map(|(index, mention)| (mention, names.core(index)))
        .take(MOST_TARGETS)
        .collect();
    let rates = mentions.all.iter().filter_map(|mention| match &mention.role {
        Role::Rate(name) => name.strip_prefix("完成").map(|phrase| (mention, phrase)),
        _ => None,
    });
    rates.take(50).filter_map(|(mention, phrase)| one(text, &targets, mention, phrase)).collect()
}

fn one(text: &Text, targets: &[(&Mention, &str)], stated: &Mention, phrase: &str) -> Option<Claim> {
    let mut name = core(phrase);
    for word in ["任务", "目标", "培育", "工作", "指标", "计划"] {
        name = name.replace(word, "");
    }
    if name.chars().count() < 2 || name.contains("预算") {
        return None;
    }
    let meant: Vec<&Mention> = targets
        .iter()
        .filter(|(_, target)| {
            target.contains(name.as_str()) || (name.chars().count() >= 3 && abbreviates(&name, target))
        })
        .map(|(mention, _)| *mention)
        .collect();
    let first = meant.first()?;
    if meant.iter().any(|target| possible(stated, target)) {
        return None;
    }
    let mut places = vec![place(text, stated)];
    places.extend(meant.iter().map(|target| place(text, target)));
    let shown = stated.quantity.shown();
    Some(Claim {
        relation: Relation::Rate,
        check: None,
        standing: Standing::Fails,
        severity: Some(Severity::Error),
        range: span(text, stated),
        places,
        computed: format!("目标{}", first.quantity.shown()),
        difference: String::new(),
        message: format!("目标为{}，任何整数的完成数都得不出{shown}", first.quantity.shown()),
        stated: shown,
        closes: Vec::new(),
    })
}

/// Whether some whole result over the target gives the rate.
fn possible(stated: &Mention, target: &Mention) -> bool {
    let result = stated
        .quantity
        .value()
        .checked_mul(target.quantity.value())
        .and_then(|product| product.checked_div(Decimal::ONE_HUNDRED));
    let Some(result) = result else { return true };
    let floor = result.trunc();
    [floor.checked_sub(Decimal::ONE), Some(floor), floor.checked_add(Decimal::ONE)].into_iter().flatten().any(
        |whole| match ratio(stated.quantity.value(), Figure::exact(whole), target.quantity.figure) {
            Some(RateVerdict::Rate(rate)) => rate.verdict.holds(),
            _ => true,
        },
    )
}
