//! Shares: `X万元，占[B的]p%`, and shares that must add up to 100.
//!
//! The numerator is the nearest amount before, in the same item (to the last `；` or `。`). The base is the amount
//! that B names, anywhere in the text; without B, or where B says only 总额, the total of the list that X is part of.
//! Any total near by that fits is enough to stay silent. Two shares of one base whose labels are a known division
//! (基本支出, 项目支出), or the shares of all parts of a list that closes, must add up to 100.
//!
//! Must not know: rates of completion (占年初预算的 is one), tables.

use std::collections::HashMap;

use super::claim::{Claim, Relation};
use super::label::{core, halves};
use super::mention::{Mention, Mentions};
use super::names::Names;
use super::quantity::Dim;
use super::ratio::{claim, holding};
use super::role::{Kind, Role};
use super::scan::Mark;
use super::sums::{Checked, shares};
use super::text::Text;
use crate::domain::checks::Severity;

/// Looks at every share.
pub fn check(text: &Text, mentions: &Mentions, names: &Names, lists: &[Checked]) -> Vec<Claim> {
    let mut claims = Vec::new();
    let mut totals: HashMap<usize, Vec<(usize, bool)>> = HashMap::new();
    for checked in lists {
        let sure = checked.closes;
        for part in &checked.list.parts {
            totals.entry(*part).or_default().push((checked.total, sure));
        }
    }
    let mut groups: HashMap<(String, usize), Vec<(usize, usize)>> = HashMap::new();
    let mut order = Vec::new();
    for (index, mention) in mentions.all.iter().enumerate() {
        let Role::Share(base) = &mention.role else { continue };
        let Some((numerator, sure)) = numerator(mentions, names, index, mention) else { continue };
        let Some(part) = mentions.get(numerator) else { continue };
        let key = (core(base), mention.section);
        if !groups.contains_key(&key) {
            order.push(key.clone());
        }
        groups.entry(key).or_default().push((index, numerator));
        let empty = Vec::new();
        let within = totals.get(&numerator).unwrap_or(&empty);
        let found = one(text, mentions, names, index, mention, (numerator, part), base, within);
        claims.extend(found.filter(|claim| sure || !claim.fails()));
    }
    for key in order {
        let Some(group) = groups.get(&key) else { continue };
        claims.extend(division(text, mentions, &key.0, group));
    }
    claims
}

/// The amount whose share is stated, and whether it is the one for certain: words before 占 may name it.
fn numerator(mentions: &Mentions, names: &Names, index: usize, mention: &Mention) -> Option<(usize, bool)> {
    let nearest = nearest(mentions, index, mention)?;
    let named = mention.label.split_once('占').map_or_else(String::new, |(name, _)| core(name));
    let known = mentions.get(nearest).map_or("", |other| other.label.as_str());
    if named.chars().count() < 2 || mention.parallel.is_some() || core(known).contains(named.as_str()) {
        return Some((nearest, true));
    }
    let mut before = mentions.back(index).take(12).map(|(at, _)| at);
    let meant = before.find(|at| mentions.role(*at).is_level() && names.core(*at) == named);
    Some(meant.map_or((nearest, false), |at| (at, true)))
}

/// The nearest amount before a share.
fn nearest(mentions: &Mentions, index: usize, mention: &Mention) -> Option<usize> {
    let wanted = |at: usize| {
        mentions.get(at).is_some_and(|other| {
            matches!(other.role, Role::Level(kind) if kind != Kind::Prior) && !other.quantity.bound
        })
    };
    if let Some((list, position)) = mention.parallel {
        return mentions.back(index).take(20).map(|(at, _)| at).find(|at| {
            wanted(*at)
                && mentions
                    .get(*at)
                    .and_then(|other| other.parallel)
                    .is_some_and(|(other, place)| other < list && place == position)
        });
    }
    // What only comes near (约), or whose words are not understood, may be the one that is meant: then none is.
    let passed = |at: usize| match mentions.role(at) {
        Role::Level(kind) => *kind == Kind::Prior,
        Role::Other => false,
        _ => true,
    };
    mentions
        .back(index)
        .take(8)
        .take_while(|(_, mark)| *mark < Mark::Semi)
        .map(|(at, _)| at)
        .find(|at| wanted(*at) || !passed(*at))
        .filter(|at| wanted(*at))
}

#[allow(clippy::too_many_arguments, reason = "one call, all parts of one claim")]
fn one(
    text: &Text,
    mentions: &Mentions,
    names: &Names,
    index: usize,
    stated: &Mention,
    (numerator, part): (usize, &Mention),
    base: &str,
    within: &[(usize, bool)],
) -> Option<Claim> {
    let position = stated.parallel.map_or(0, |(_, position)| position);
    if let Some((at, Mark::None | Mark::Enum)) = mentions.back(index).nth(position)
        && let Some(whole) = mentions.get(at).filter(|whole| whole.role == Role::Base)
    {
        return claim(text, Relation::Share, stated, &[(part, 1, 0), (whole, 0, 1)], Some(Severity::Error));
    }
    let generic = core(base).is_empty();
    let mut named = if generic { Vec::new() } else { names.meant(mentions, base, index, part) };
    if part.quantity.dim == Dim::People
        && ["人", "人数", "人员", "总人", "职工"].contains(&core(base).as_str())
    {
        named.extend(staff(mentions, numerator));
    }
    // A list that closes: its total may have a longer name than the phrase.
    let longer = within.iter().filter(|(_, sure)| *sure).map(|(total, _)| *total).find(|total| {
        let label = core(mentions.get(*total).map_or("", |total| total.name()));
        core(base).chars().all(|c| label.contains(c))
    });
    named.splice(0..0, longer.filter(|_| !generic));
    let mut candidates: Vec<usize> = named.clone();
    // A base that the sentence itself states under this very name is the one that is meant.
    let said = names.near(&core(base), index).iter().any(|at| {
        mentions.get(*at).is_some_and(|other| {
            other.sentence == part.sentence && other.quantity.dim.fits(part.quantity.dim) && *at != numerator
        })
    });
    if !said {
        candidates.extend(within.iter().map(|(total, _)| *total));
        let near = mentions.back(numerator).take(12).map(|(at, _)| at);
        candidates.extend(near.filter(|at| mentions.role(*at).is_level()));
    }
    for at in &candidates {
        let Some(whole) = mentions.get(*at) else { continue };
        let fits = *at != numerator && whole.quantity.dim.fits(part.quantity.dim);
        if fits && holding(stated, &[(part, 1, 0), (whole, 0, 1)]).is_some() {
            let found = claim(text, Relation::Share, stated, &[(part, 1, 0), (whole, 0, 1)], None)?;
            return Some(if stated.quantity.dim == Dim::Bare { without_sign(found) } else { found });
        }
    }
    if stated.quantity.dim == Dim::Bare {
        return None;
    }
    let sure = within.iter().find(|(_, sure)| *sure).map(|(total, _)| *total);
    let sure_of_list = generic.then_some(sure).flatten();
    let whole = named.iter().copied().find(|at| *at != numerator).or(sure_of_list);
    let whole = mentions.get(whole?)?;
    // A base of a like name that is not even half the part is another amount.
    if whole.quantity.value().saturating_add(whole.quantity.value()) < part.quantity.value() {
        return None;
    }
    // 总投资 is not what is invested in a year.
    let total = ["总", "合计", "全部"].iter().any(|word| whole.name().contains(word));
    if base.starts_with('总') && !generic && !total {
        return None;
    }
    claim(text, Relation::Share, stated, &[(part, 1, 0), (whole, 0, 1)], Some(Severity::Error))
}

/// A share that is right but for its missing % (TXT-10): as it stands it is another number.
fn without_sign(found: Claim) -> Claim {
    Claim {
        check: Some("TXT-10"),
        standing: super::claim::Standing::Fails,
        severity: Some(Severity::Error),
        message: format!("{}；漏写百分号", found.message),
        ..found
    }
}

/// The number of people on the staff, before a mention.
fn staff(mentions: &Mentions, index: usize) -> Option<usize> {
    mentions.back(index).take(16).map(|(at, _)| at).find(|at| {
        mentions.get(*at).is_some_and(|other| {
            other.quantity.dim == Dim::People
                && other.role.is_level()
                && ["在职", "职工", "实有", "人数"].iter().any(|word| other.label.contains(word))
        })
    })
}

/// Shares of one base in one section.
fn division(text: &Text, mentions: &Mentions, base: &str, group: &[(usize, usize)]) -> Option<Claim> {
    let labels: Vec<String> = group
        .iter()
        .filter_map(|(_, numerator)| mentions.get(*numerator))
        .map(|part| part.label.clone())
        .collect();
    let pair = matches!(labels.as_slice(), [a, b] if halves(a, b)) && !base.is_empty();
    let apart: usize = {
        let (first, last) = (group.first()?.0, group.last()?.0);
        last - first
    };
    if !pair || apart > 40 {
        return None;
    }
    let parts: Vec<usize> = group.iter().map(|(share, _)| *share).collect();
    let base = match group.first().map(|(share, _)| mentions.role(*share)) {
        Some(Role::Share(base)) => base.as_str(),
        _ => base,
    };
    shares(text, mentions, &parts, &format!("占{base}的"), Severity::Error)
}
