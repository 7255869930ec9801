//! What remains of a whole, said beside what is done, and percentages held against each other.
//!
//! - `T户，已完成A户，未完成C户`: C = T − A, where 未 stands before the words of A;
//! - `年初余额A，本年增加B，本年减少C，年末余额D`: D = A + B − C;
//! - `占比C%，较上年的P%提高D个百分点`: D = C − P.
//!
//! Must not know: money left over (`balance`), growth.

use super::claim::{Claim, Relation, common_scale, place, remark, shown, shown_in, span, standing};
use super::mention::{Mention, Mentions};
use super::quantity::Dim;
use super::role::Role;
use super::scan::Mark;
use super::text::Text;
use crate::domain::checks::Severity;
use crate::domain::tolerance::{Figure, sum};

/// Looks at every mention.
pub fn check(text: &Text, mentions: &Mentions) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (index, mention) in mentions.all.iter().enumerate() {
        if mention.quantity.bound {
            continue;
        }
        if mention.quantity.dim == Dim::Points {
            claims.extend(points(text, mentions, index, mention));
        } else if mention.role.is_level() {
            claims.extend(undone(text, mentions, index, mention));
            claims.extend(rolled(text, mentions, index, mention));
        }
    }
    claims
}

/// Mentions of the same sentence and bracket before one, the nearest first.
fn before(mentions: &Mentions, index: usize, dim: Dim) -> Vec<&Mention> {
    mentions
        .back(index)
        .take(6)
        .take_while(|(_, mark)| *mark <= Mark::Semi)
        .filter_map(|(at, _)| mentions.get(at))
        .filter(|other| other.quantity.dim.fits(dim))
        .collect()
}

/// What is not done.
fn undone(text: &Text, mentions: &Mentions, index: usize, rest: &Mention) -> Option<Claim> {
    let name = rest.name().trim_end_matches(['的', '有', '为']);
    let stem = name.strip_prefix("尚未").or_else(|| name.strip_prefix('未'))?;
    if !(2..=8).contains(&stem.chars().count()) {
        return None;
    }
    let all = before(mentions, index, rest.quantity.dim);
    let [done, whole] = all.get(..2)? else { return None };
    let said = done.name().trim_end_matches(['的', '有', '为']);
    let other = whole.name();
    // A 其中 between says that the done may be only a part of something else.
    let plain = said.ends_with(stem) && !said.contains('未') && !other.contains(stem);
    let exact =
        done.role.is_level() && whole.role.is_level() && !done.quantity.bound && !whole.quantity.bound;
    if !plain || !exact || all.len() > 2 && all.get(2).is_some_and(|third| third.gap > Mark::Comma) {
        return None;
    }
    let parts = [whole.quantity.figure, done.quantity.figure.negated()];
    let words = |rest: &Mention| format!("{} − {}", value(rest, whole), value(rest, done));
    claim(text, rest, &[whole, done], &parts, words(rest))
}

/// An amount carried forward.
fn rolled(text: &Text, mentions: &Mentions, index: usize, end: &Mention) -> Option<Claim> {
    let ends = ["年末余额", "期末余额", "年末数", "期末数", "年末存量"];
    if !ends.iter().any(|word| end.name().trim_end_matches('为').ends_with(word)) {
        return None;
    }
    let all = before(mentions, index, end.quantity.dim);
    let [third, second, first] = all.get(..3)? else { return None };
    let opening = ["年初", "期初", "上年末"].iter().any(|word| first.label.contains(word));
    let change = |mention: &Mention| match mention.role {
        Role::Delta(Some(up), _) => Some(up),
        _ => None,
    };
    let (a, b) = (change(second)?, change(third)?);
    if !opening || a == b || all.len() > 3 {
        return None;
    }
    let (more, less) = if a { (second, third) } else { (third, second) };
    let parts = [first.quantity.figure, more.quantity.figure, less.quantity.figure.negated()];
    let words = format!("{} + {} − {}", value(end, first), value(end, more), value(end, less));
    claim(text, end, &[first, more, less], &parts, words)
}

/// A difference in 个百分点.
fn points(text: &Text, mentions: &Mentions, index: usize, stated: &Mention) -> Option<Claim> {
    let ended = stated.label.trim_end_matches(['了', '约']);
    let up = match ["提高", "上升", "增加", "增长", "提升", "高", "快"]
        .iter()
        .any(|word| ended.ends_with(word))
    {
        true => true,
        false if ["下降", "降低", "减少", "回落", "低", "慢"].iter().any(|word| ended.ends_with(word)) => {
            false
        }
        false => return None,
    };
    let all = before(mentions, index, Dim::Percent);
    let [base, current] = all.get(..2)? else { return None };
    let compared = base.label.starts_with(['较', '比', '由', '从', '与']) && stated.gap == Mark::None;
    let plain = base.gap <= Mark::Comma && !current.quantity.bound && !base.quantity.bound;
    if !compared || !plain || ended.chars().count() > 4 || base.label.contains("预算") {
        return None;
    }
    let stated_as = if up { stated.quantity.figure } else { stated.quantity.figure.negated() };
    let verdict = sum(&[current.quantity.figure, base.quantity.figure.negated()], stated_as)?;
    let (standing, severity) = standing(verdict.verdict, Some(Severity::Error));
    let computed = format!("{}个百分点", shown(verdict.computed, 6));
    Some(Claim {
        relation: Relation::Difference,
        check: None,
        standing,
        severity,
        range: span(text, stated),
        places: vec![place(text, stated), place(text, current), place(text, base)],
        stated: stated.quantity.shown(),
        difference: format!("{}个百分点", shown(verdict.diff, 6)),
        message: format!(
            "{}% − {}% = {computed}，文中{}{}{}",
            shown(current.quantity.value(), 6),
            shown(base.quantity.value(), 6),
            if up { "提高" } else { "下降" },
            stated.quantity.shown(),
            remark(standing)
        ),
        computed,
        closes: Vec::new(),
    })
}

fn value(like: &Mention, mention: &Mention) -> String {
    shown_in(mention.quantity.value(), common_scale([like, mention]), 6)
}

fn claim(
    text: &Text,
    stated: &Mention,
    operands: &[&Mention],
    figures: &[Figure],
    words: String,
) -> Option<Claim> {
    let verdict = sum(figures, stated.quantity.figure)?;
    let (standing, severity) = standing(verdict.verdict, Some(Severity::Error));
    let scale = common_scale(operands.iter().copied().chain([stated]));
    let word = scale.label(stated.quantity.dim);
    let computed = format!("{}{word}", shown_in(verdict.computed, scale, 6));
    let mut places = vec![place(text, stated)];
    places.extend(operands.iter().map(|operand| place(text, operand)));
    Some(Claim {
        relation: Relation::Difference,
        check: None,
        standing,
        severity,
        range: span(text, stated),
        places,
        stated: stated.quantity.shown(),
        difference: format!("{}{word}", shown_in(verdict.diff, scale, 6)),
        message: format!("{words} = {computed}，文中{}{}", stated.quantity.shown(), remark(standing)),
        computed,
        closes: Vec::new(),
    })
}
