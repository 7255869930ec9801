//! What a change is about, and what it is measured against.
//!
//! Without a subject of its own a change is about the nearest amount before it in the item, at the start of a sentence
//! about the first amount of the sentence before; with a subject about the amount of that name; `收支` is the total of
//! both sides. Amounts that stand only to be compared with (`比年初预算2780万元`) are never what a change is about.
//!
//! Must not know: percentages, verdicts.

use super::label::core;
use super::mention::{Mention, Mentions};
use super::names::Names;
use super::quantity::Dim;
use super::role::{Against, Kind, Role};
use super::scan::Mark;

/// What a change says that it is about: the words before the comparison.
fn subject(mention: &Mention) -> String {
    let own = mention.lead.rsplit(['。', ';', '\n']).next().unwrap_or_default();
    let own = own.strip_prefix("相比").or_else(|| own.strip_prefix("对比")).unwrap_or(own);
    for clause in own.rsplit(',') {
        let Some(end) = COMPARED.iter().filter_map(|word| clause.find(word)).min() else {
            // A clause without a comparison: reasons, remarks. What it is about is not sure.
            return core(clause.trim_matches(['、', ':', ' ']));
        };
        let name = core(clause.get(..end).unwrap_or_default().trim_matches(['、', ':', ' ']));
        if !name.is_empty() {
            return name;
        }
    }
    String::new()
}

/// Words with which a comparison or a change begins.
const COMPARED: &[&str] = &[
    "比",
    "较",
    "与",
    "同比",
    "增加",
    "减少",
    "增长",
    "下降",
    "增收",
    "减收",
    "净",
    "上升",
    "超",
    "各",
    "同口径",
    "分别",
    "无增减",
    "持平",
    "无变化",
    "降低",
    "节约",
    "差异",
    "增幅",
    "降幅",
];

/// The amounts that a change may be about, the likeliest first, and whether the first is sure.
pub fn currents(mentions: &Mentions, names: &Names, index: usize, mention: &Mention) -> (Vec<usize>, bool) {
    if let Some((list, position)) = mention.parallel {
        let found = mentions.back(index).take(16).map(|(at, _)| at).find(|at| {
            mentions.get(*at).is_some_and(|other| {
                other.role.is_level()
                    && other.parallel.is_some_and(|(other, place)| other < list && place == position)
            })
        });
        return (found.into_iter().collect(), true);
    }
    let level = |at: usize| {
        mentions.get(at).is_some_and(|other| {
            matches!(other.role, Role::Level(kind) if kind != Kind::Prior)
                && !other.compared()
                && !other.quantity.bound
                && other.quantity.dim.fits(dim_of(mentions, index))
        })
    };
    let item: Vec<usize> = mentions
        .back(index)
        .take(10)
        .take_while(|(_, mark)| *mark < Mark::Semi)
        .map(|(at, _)| at)
        .filter(|at| level(*at))
        .collect();
    let wide: Vec<(usize, Mark)> = mentions.back(index).take(14).filter(|(at, _)| level(*at)).collect();
    let subject = subject(mention);
    if both_sides(&subject) {
        return sides(mentions, index, mention);
    }
    let budget = mentions.role(index).clone();
    let against_budget = matches!(budget, Role::Delta(_, Against::Budget) | Role::Growth(_, Against::Budget));
    let mut found = Vec::new();
    let mut sure = false;
    if subject.is_empty() {
        let spent = |at: &usize| !against_budget || mentions.role(*at) != &Role::Level(Kind::Budget);
        if let Some(nearest) = item.iter().copied().find(spent) {
            found.push(nearest);
            sure = true;
        } else if let Some((last, _)) = wide.first() {
            // "…万元。比上年增加…": the sentence before, which is about its first amount.
            let sentence = mentions.get(*last).map_or(0, |other| other.sentence);
            let same: Vec<usize> = wide
                .iter()
                .map(|(at, _)| *at)
                .filter(|at| mentions.get(*at).is_some_and(|other| other.sentence == sentence))
                .collect();
            sure = same.len() == 1
                && mentions.get(*last).is_some_and(|other| other.sentence + 1 >= mention.sentence);
            found.extend(same.last());
            found.extend(same);
        }
    } else {
        let mut exact: Vec<usize> =
            names.near(&subject, index).iter().copied().filter(|at| level(*at)).collect();
        // "某局2024年度收入支出总计…。与2023年度相比，收入支出总计增加…": a name of the sentence before, cut short.
        if exact.is_empty() {
            exact.extend(
                wide.iter()
                    .map(|(at, _)| *at)
                    .take(4)
                    .filter(|at| names.core(*at).ends_with(subject.as_str())),
            );
        }
        let spent = |at: &usize| mentions.role(*at) != &Role::Level(Kind::Budget);
        if exact.iter().any(spent) {
            exact.retain(spent);
        }
        exact.sort_by_key(|at| {
            (mentions.get(*at).is_none_or(|other| other.section != mention.section), at.abs_diff(index))
        });
        exact.truncate(6);
        let near = exact
            .first()
            .and_then(|at| mentions.get(*at))
            .is_some_and(|other| other.section == mention.section);
        // One name may have several values; where none of them fits, the nearest is named.
        let only = exact.len() == 1
            && exact.first().and_then(|at| mentions.get(*at)).is_some_and(|other| {
                other.paragraph == mention.paragraph && other.sentence + 1 >= mention.sentence
            });
        sure = near && (subject.chars().count() >= 3 || only && subject.chars().count() == 2);
        found.extend(exact);
    }
    found.extend(item);
    found.extend(wide.into_iter().map(|(at, _)| at).take(6));
    let mut seen = Vec::new();
    found.retain(|at| {
        *at != index && !seen.contains(at) && {
            seen.push(*at);
            true
        }
    });
    (found, sure)
}

/// "收支", "收、支总计": income and expenditure together.
fn both_sides(subject: &str) -> bool {
    let subject = subject.strip_suffix('体').or_else(|| subject.strip_suffix("情况")).unwrap_or(subject);
    ["收支", "收、支", "收入支出", "收入、支出"].contains(&subject)
}

/// The totals of income and expenditure just stated, which are one amount.
fn sides(mentions: &Mentions, index: usize, mention: &Mention) -> (Vec<usize>, bool) {
    let totals: Vec<usize> = mentions
        .back(index)
        .take(10)
        .map(|(at, _)| at)
        .filter(|at| {
            mentions.get(*at).is_some_and(|other| {
                let total = ["总计", "合计", "总额"].iter().any(|word| other.label.contains(word));
                total
                    && other.role.is_level()
                    && other.section == mention.section
                    && (other.label.contains('收') || other.label.contains('支'))
            })
        })
        .collect();
    // 总计 of both sides are one amount; 合计 need not be.
    let grand = |at: &usize| mentions.get(*at).is_some_and(|other| other.label.contains("总计"));
    let totals: Vec<usize> =
        if totals.iter().any(grand) { totals.into_iter().filter(grand).collect() } else { totals };
    let values: Vec<_> =
        totals.iter().filter_map(|at| mentions.get(*at)).map(|other| other.quantity.value()).collect();
    let sure = !values.is_empty() && values.windows(2).all(|pair| matches!(pair, [a, b] if a == b));
    (totals, sure)
}

/// What the change is measured in; a percentage alone is about any amount.
fn dim_of(mentions: &Mentions, index: usize) -> Dim {
    let Some(mention) = mentions.get(index) else { return Dim::Bare };
    if mention.quantity.dim.level() {
        return mention.quantity.dim;
    }
    let near = || {
        mentions
            .back(index)
            .take(6)
            .filter_map(|(at, _)| mentions.get(at))
            .filter(|other| other.role.is_level())
    };
    let money = near().find(|other| other.quantity.dim == Dim::Money);
    money.or_else(|| near().next()).map_or(Dim::Money, |other| other.quantity.dim)
}

/// The amount of last year (or the budget) in the same item.
pub fn prior(
    mentions: &Mentions,
    index: usize,
    against: Against,
    current: Option<usize>,
) -> Option<&Mention> {
    let wanted = if against == Against::Budget { Kind::Budget } else { Kind::Prior };
    let dim = dim_of(mentions, index);
    mentions
        .back(index)
        .take(6)
        .take_while(|(_, mark)| *mark < Mark::Semi)
        .filter(|(at, _)| Some(*at) != current)
        .filter_map(|(at, _)| mentions.get(at))
        .find(|other| {
            other.role == Role::Level(wanted) && other.quantity.dim.fits(dim) && !other.quantity.bound
        })
}
