//! Growth: `X为C，比上年[P]增加D，增长p%`, in either order of D and p, and what D itself says of C and P.
//!
//! C is the amount that the change is about: without a subject of its own the nearest amount before, in the same item;
//! at the start of a sentence the first amount of the sentence before; with a subject (`基本支出比上年减少…`) the amount of
//! that name. P is an amount named as last year's in the same item (`较2024年的2190万元`, `由P升到C`), or the budget where
//! the change is against it. Without P the base is C ∓ D. Any amount near by that fits is enough to stay silent.
//! Lists with 分别/各 are matched place by place.
//!
//! Must not know: sums of changes, tables.

use super::claim::{Claim, Relation, place, remark, shown, span};
use super::current::{currents, prior};
use super::label::{core, trim_copulas};
use super::mention::{Mention, Mentions};
use super::names::Names;
use super::quantity::Dim;
use super::ratio::{Operand, claim, holding, verdict};
use super::role::{Against, Kind, Role};
use super::scan::Mark;
use super::text::Text;
use crate::domain::checks::Severity;
use crate::domain::tolerance::{RateVerdict, Verdict, sum_mixed};

/// Looks at every change.
pub fn check(text: &Text, mentions: &Mentions, names: &Names) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (index, mention) in mentions.all.iter().enumerate() {
        if mention.quantity.bound {
            continue;
        }
        match mention.role {
            Role::Growth(..) => claims.extend(growth(text, mentions, names, index, mention)),
            Role::Delta(Some(up), against) => {
                claims.extend(difference(text, mentions, names, index, mention, up, against));
            }
            _ => {}
        }
    }
    claims
}

/// The change in amount that goes with a change in per cent.
fn delta<'a>(mentions: &'a Mentions, index: usize, stated: &Mention) -> Option<(usize, &'a Mention)> {
    if let Some((list, position)) = stated.parallel {
        let found = mentions.back(index).take(16).map(|(at, _)| at).find(|at| {
            mentions.get(*at).is_some_and(|other| {
                matches!(other.role, Role::Delta(..))
                    && other.parallel.is_some_and(|(other, place)| other < list && place == position)
            })
        })?;
        return mentions.get(found).map(|other| (found, other));
    }
    let is = |at: usize| {
        mentions.get(at).filter(|other| matches!(other.role, Role::Delta(..)) && !other.quantity.bound)
    };
    if adjoins(&stated.lead) {
        // Rates and points may stand between ("增收1488万元，为预算的65.7%，增长2.1%").
        let near = mentions.back(index).take(4).take_while(|(at, mark)| {
            *mark <= Mark::Comma
                && !mentions.role(*at).is_level()
                && !matches!(mentions.role(*at), Role::Growth(..))
        });
        let found = near.map(|(at, _)| at).find_map(|at| is(at).map(|other| (at, other)));
        if found.is_some() {
            return found;
        }
    }
    let (at, mark) = mentions.forward(index).next()?;
    let other = is(at)?;
    (mark <= Mark::Comma && adjoins(&other.lead)).then_some((at, other))
}

/// Whether only direction words stand between a change and its percentage.
fn adjoins(lead: &str) -> bool {
    let words = trim_copulas(lead.trim_start_matches([',', '、', '(', ':', ' ']));
    words.chars().count() <= 10 && !words.contains("支出") && !words.contains("收入") && !words.contains(';')
}

fn growth(text: &Text, mentions: &Mentions, names: &Names, index: usize, stated: &Mention) -> Option<Claim> {
    let Role::Growth(direction, against) = stated.role else { return None };
    if stated.quantity.dim == Dim::Times || stated.quantity.dim == Dim::Points {
        return None;
    }
    let delta = delta(mentions, index, stated);
    let asked = delta.filter(|(at, _)| *at < index).map_or(index, |(at, _)| at);
    let about = mentions
        .get(asked)
        .filter(|other| other.quantity.range.start < stated.quantity.range.start)
        .unwrap_or(stated);
    let (currents, sure) = currents(mentions, names, asked, about);
    let against = match delta.map(|(_, delta)| &delta.role) {
        Some(Role::Delta(_, by)) if against == Against::Unsaid => *by,
        _ => against,
    };
    if against == Against::Other {
        return None;
    }
    let Some((_, delta)) = delta else {
        return without_delta(text, mentions, index, stated, against, &currents);
    };
    if delta.quantity.value().is_zero() {
        return None;
    }
    let up = match delta.role {
        Role::Delta(Some(up), _) => up,
        _ => direction?,
    };
    if let Some(other) = direction
        && matches!(delta.role, Role::Delta(Some(_), _))
        && other != up
        && !stated.label.contains('(')
        && adjoins(&stated.lead)
    {
        return Some(opposite(text, stated, delta, up, other));
    }
    let sign = if up { -1 } else { 1 };
    let fits = currents.iter().filter_map(|at| mentions.get(*at)).find(|current| {
        current.quantity.dim.fits(delta.quantity.dim)
            && holding(stated, &[(delta, 1, sign), (current, 0, 1)]).is_some()
    });
    if let Some(current) = fits
        && stated.quantity.dim == Dim::Bare
    {
        return without_sign(text, stated, delta, current, sign);
    }
    if let Some(current) = fits {
        return claim(text, Relation::Growth, stated, &[(delta, 1, sign), (current, 0, 1)], None);
    }
    if let Some(base) = prior(mentions, index, against, None)
        && holding(stated, &[(delta, 1, 0), (base, 0, 1)]).is_some()
    {
        return claim(text, Relation::Growth, stated, &[(delta, 1, 0), (base, 0, 1)], None);
    }
    let current = currents.first().and_then(|at| mentions.get(*at))?;
    if !sure || !current.quantity.dim.fits(delta.quantity.dim) {
        return None;
    }
    let operands: [Operand; 2] = [(delta, 1, sign), (current, 0, 1)];
    if verdict(stated, &operands) == Some(RateVerdict::NoBase) {
        return no_base(text, stated, delta, current);
    }
    if stated.quantity.dim == Dim::Bare {
        return None;
    }
    let found = claim(text, Relation::Growth, stated, &operands, Some(Severity::Error))?;
    let this_year = holding(stated, &[(delta, 1, 0), (current, 0, 1)]).is_some();
    let note = if this_year { "；似以本期数作了基数" } else { "" };
    Some(Claim { message: format!("{}{note}", found.message), ..found })
}

/// Only a percentage: both amounts must stand in the item.
fn without_delta(
    text: &Text,
    mentions: &Mentions,
    index: usize,
    stated: &Mention,
    against: Against,
    currents: &[usize],
) -> Option<Claim> {
    let bracket = currents.first().and_then(|current| last_year_in_bracket(mentions, *current));
    if let (Some(base), Some(current)) = (bracket, currents.first().and_then(|at| mentions.get(*at)))
        && current.sentence == stated.sentence
        && against != Against::Budget
    {
        let operands: [Operand; 2] = [(current, 1, 0), (base, -1, 1)];
        return claim(text, Relation::Growth, stated, &operands, Some(Severity::Error));
    }
    let base = prior(mentions, index, against, None)?;
    let fitting = |current: &&Mention| {
        current.quantity.range != base.quantity.range
            && current.quantity.dim.fits(base.quantity.dim)
            && holding(stated, &[(current, 1, 0), (base, -1, 1)]).is_some()
    };
    let all: Vec<&Mention> = currents.iter().filter_map(|at| mentions.get(*at)).collect();
    if let Some(current) = all.iter().copied().find(|current| fitting(current)) {
        return claim(text, Relation::Growth, stated, &[(current, 1, 0), (base, -1, 1)], None);
    }
    let same = |current: &&&Mention| {
        current.sentence == stated.sentence
            && current.quantity.range != base.quantity.range
            && current.quantity.dim.fits(base.quantity.dim)
            && current.role != base.role
    };
    let candidates: Vec<&&Mention> = all.iter().filter(same).collect();
    let current = candidates.first()?;
    let actual = |current: &&&&Mention| current.role == Role::Level(Kind::Actual);
    let spent = candidates.iter().find(actual);
    let one = candidates.iter().filter(actual).count() == 1
        && (against == Against::Budget || base.label.contains("决算"));
    let current = if one { spent.unwrap_or(current) } else { current };
    let sure = candidates.len() == 1 || one;
    let named = !core(&base.label).is_empty() || base.label.contains('年');
    let severity = (sure && named).then_some(Severity::Error)?;
    claim(text, Relation::Growth, stated, &[(current, 1, 0), (base, -1, 1)], Some(severity))
}

/// "62208万元(上年57600万元)": the amount before, in a bracket of its own.
fn last_year_in_bracket(mentions: &Mentions, current: usize) -> Option<&Mention> {
    let now = mentions.get(current)?;
    let base = mentions.get(current + 1)?;
    let words = base.label.trim_end_matches(['为', '同', '期', '数', ':']);
    let plain = ["上年", "去年", "上一年"].iter().any(|word| words.ends_with(word));
    let alone = mentions.get(current + 2).is_none_or(|next| next.owner != Some(current));
    let fits = base.quantity.dim.fits(now.quantity.dim) && !base.quantity.bound;
    (base.owner == Some(current) && plain && alone && fits).then_some(base)
}

/// A growth that is right but for its missing % (TXT-10): as it stands it is another number.
fn without_sign(
    text: &Text,
    stated: &Mention,
    delta: &Mention,
    current: &Mention,
    sign: i32,
) -> Option<Claim> {
    let found = claim(text, Relation::Growth, stated, &[(delta, 1, sign), (current, 0, 1)], None)?;
    Some(Claim {
        check: Some("TXT-10"),
        standing: super::claim::Standing::Fails,
        severity: Some(Severity::Error),
        message: format!("{}；漏写百分号", found.message),
        ..found
    })
}

fn opposite(text: &Text, stated: &Mention, delta: &Mention, up: bool, other: bool) -> Claim {
    let word = |up: bool| if up { "增加" } else { "减少" };
    Claim {
        relation: Relation::Direction,
        check: Some("DF-21"),
        standing: super::claim::Standing::Fails,
        severity: Some(Severity::Error),
        range: span(text, delta).start.min(span(text, stated).start)
            ..span(text, stated).end.max(span(text, delta).end),
        places: vec![place(text, stated), place(text, delta)],
        stated: stated.quantity.shown(),
        computed: word(up).to_owned(),
        difference: String::new(),
        message: format!(
            "金额为{}{}，百分比却为{}{}，方向相反",
            word(up),
            delta.quantity.shown(),
            word(other),
            stated.quantity.shown()
        ),
        closes: Vec::new(),
    }
}

/// The base is 0: no growth can be stated (SG-08).
fn no_base(text: &Text, stated: &Mention, delta: &Mention, current: &Mention) -> Option<Claim> {
    let (from, to) = (stated.quantity.range.start.saturating_sub(60), stated.quantity.range.end + 30);
    let around = text.string(from..to.min(text.len()));
    let excused = ["无上年", "上年无", "新成立", "新设立", "新组建", "上年未", "无可比"]
        .iter()
        .any(|word| around.contains(word));
    if stated.quantity.value().is_zero() || excused {
        return None;
    }
    Some(Claim {
        relation: Relation::Growth,
        check: Some("SG-08"),
        standing: super::claim::Standing::Fails,
        severity: Some(Severity::Warning),
        range: span(text, stated),
        places: vec![place(text, stated), place(text, delta), place(text, current)],
        stated: stated.quantity.shown(),
        computed: "—".to_owned(),
        difference: String::new(),
        message: format!(
            "本期{}，增加{}，上年为0，不能计算增长率",
            current.quantity.shown(),
            delta.quantity.shown()
        ),
        closes: Vec::new(),
    })
}

/// C − P against the change stated, where both amounts stand in the item.
fn difference(
    text: &Text,
    mentions: &Mentions,
    names: &Names,
    index: usize,
    delta: &Mention,
    up: bool,
    against: Against,
) -> Option<Claim> {
    let (currents, sure) = currents(mentions, names, index, delta);
    let current = currents.first().copied().filter(|_| sure)?;
    let base = prior(mentions, index, against, Some(current))?;
    let current = mentions.get(current)?;
    let near = current.sentence == delta.sentence && base.sentence == delta.sentence;
    if !near || !current.quantity.dim.fits(base.quantity.dim) || current.quantity.range == base.quantity.range
    {
        return None;
    }
    let change = if up { delta.quantity.figure } else { delta.quantity.figure.negated() };
    let verdict = sum_mixed(&[current.quantity.figure, base.quantity.figure.negated()], change)?;
    let (standing, severity) = super::claim::standing(verdict.verdict, Some(Severity::Error));
    let unit = if delta.quantity.dim == Dim::Money { "万元" } else { delta.quantity.dim.label() };
    if let Verdict::Fails { .. } = verdict.verdict
        && against == Against::Budget
        && current.role != Role::Level(Kind::Actual)
    {
        return None;
    }
    Some(Claim {
        relation: Relation::Difference,
        check: None,
        standing,
        severity,
        range: span(text, delta),
        places: vec![place(text, delta), place(text, current), place(text, base)],
        stated: delta.quantity.shown(),
        computed: format!("{}{unit}", shown(verdict.computed, 6)),
        difference: format!("{}{unit}", shown(verdict.diff, 6)),
        message: format!(
            "{} − {} = {}{unit}，文中{}{}{}",
            shown(current.quantity.value(), 6),
            shown(base.quantity.value(), 6),
            shown(verdict.computed, 6),
            if up { "增加" } else { "减少" },
            delta.quantity.shown(),
            remark(standing)
        ),
        closes: Vec::new(),
    })
}
