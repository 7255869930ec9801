//! Rates that are said to be reached of a target stated elsewhere: `完成高企培育的215%`.
//!
//! The target is a count whose label the phrase names or abbreviates, in a section of targets. A rate is wrong for
//! certain where no whole result over any such target gives it; otherwise nothing is said.
//!
//! Must not know: budgets.

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

/// Looks at every such rate.
pub fn check(text: &Text, mentions: &Mentions, names: &Names) -> Vec<Claim> {
    let targets: Vec<(&Mention, &str)> = mentions
        .all
        .iter()
        .enumerate()
        .filter(|(_, mention)| {
            mention.role.is_level()
                && mention.quantity.dim.counted()
                && lists_targets(mentions.title(mention))
        })
        .map(|(index, mention)| (mention, names.core(index)))
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
