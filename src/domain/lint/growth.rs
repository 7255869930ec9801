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
fn currents(mentions: &Mentions, names: &Names, index: usize, mention: &Mention) -> (Vec<usize>, bool) {
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
                && mentions.get(*last).is_some_and(|other| other.sentence + 1 == mention.sentence);
            found.extend(same.last());
            found.extend(same);
        }
    } else {
        let mut exact: Vec<usize> = names.exact(&subject).iter().copied().filter(|at| level(*at)).collect();
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
        let values: Vec<_> =
            exact.iter().filter_map(|at| mentions.get(*at)).map(|other| other.quantity.value()).collect();
        sure = near && values.windows(2).all(|pair| matches!(pair, [a, b] if a == b));
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
fn prior(mentions: &Mentions, index: usize, against: Against, current: Option<usize>) -> Option<&Mention> {
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
    let unit = if delta.quantity.dim == Dim::Money { "万元" } else { delta.quantity.unit_word() };
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
