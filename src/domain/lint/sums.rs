//! Sums and counts: lists against their totals, changes of the parts against the change of the total.
//!
//! A list is only blamed where it claims to be whole; how sure that is, its shape and its labels say. A total or a
//! version of the list (nested parts taken out) that closes is enough to stay silent.
//!
//! Must not know: how lists are recognised, shares and rates.

use rust_decimal::Decimal;

use super::changes::changes;
use super::claim::{Claim, Place, Relation, Standing, common_scale, place, remark, shown, shown_in, span};
use super::lists::{List, Shape};
use super::mention::{Mention, Mentions};
use super::scan::Mark;
use super::text::Text;
use super::weight::severity;
use crate::domain::checks::Severity;
use crate::domain::tolerance::{Figure, SumVerdict, Verdict, sum, sum_mixed};

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
    let rise = first_rise(mentions, &list.parts);
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
            // The list may end at either mark. The nearer version is the likelier.
            let nearer = |known: &(usize, Vec<usize>, SumVerdict)| {
                known.0 == *total && Some(parts.len()) == rise && verdict.diff.abs() < known.2.diff.abs()
            };
            if first.as_ref().is_none_or(nearer) {
                first = Some((*total, parts, verdict));
            }
        }
    }
    first
}

/// How many parts stand before the first mark that is stronger than the one behind the first part, where the list
/// goes on behind it: `A、B，C` and `A，B；C` may end at B.
fn first_rise(mentions: &Mentions, parts: &[usize]) -> Option<usize> {
    let [first, second, ..] = parts else { return None };
    let usual = between(mentions, *first, *second);
    parts
        .windows(2)
        .position(|pair| matches!(pair, [a, b] if between(mentions, *a, *b) > usual))
        .map(|at| at + 1)
        .filter(|count| *count > 1)
}

/// The strongest mark between two parts.
fn between(mentions: &Mentions, from: usize, to: usize) -> Mark {
    mentions.back(to).take(24).take_while(|(at, _)| *at >= from).last().map_or(Mark::None, |(_, mark)| mark)
}

fn add(mentions: &Mentions, parts: &[usize], total: Figure, index: usize) -> Option<SumVerdict> {
    let figures: Option<Vec<Figure>> =
        parts.iter().map(|part| mentions.get(*part).map(|mention| mention.quantity.figure)).collect();
    let figures = figures?;
    let scale = mentions.get(index)?.quantity.scale;
    let one =
        parts.iter().all(|part| mentions.get(*part).is_some_and(|mention| mention.quantity.scale == scale));
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
        versions.extend(first_rise(mentions, &all).and_then(|end| all.get(..end)).map(<[usize]>::to_vec));
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
            // A stronger mark: the list may end there.
            let ends = first_rise(mentions, &all);
            versions.extend(ends.and_then(|end| all.get(..end)).map(<[usize]>::to_vec));
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
    let scale = common_scale(members.iter().copied().chain([head]));
    let unit = scale.label(head.quantity.dim);
    let terms: Vec<String> = members.iter().map(|part| shown_in(part.quantity.value(), scale, 6)).collect();
    let computed = format!("{}{unit}", shown_in(verdict.computed, scale, 6));
    let difference = format!("{}{unit}", shown_in(verdict.diff, scale, 6));
    let apart = match verdict.diff.is_zero() {
        true => String::new(),
        false => format!("，相差{}", difference.trim_start_matches('-')),
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
