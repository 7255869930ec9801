//! Changes of the parts of a list that closes, against the change of its total: `T减少D，其中A减少a；B增加b；C持平`.
//!
//! Must not know: how the list was found.

use rust_decimal::Decimal;

use super::claim::{Claim, Relation, Standing, place, remark, shown, span};
use super::lists::List;
use super::mention::Mentions;
use super::quantity::Dim;
use super::role::Role;
use super::scan::Mark;
use super::text::Text;
use crate::domain::checks::Severity;
use crate::domain::tolerance::{Figure, ProseGrade, Verdict, sum};

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
pub fn changes(text: &Text, mentions: &Mentions, list: &List, total: usize) -> Option<Claim> {
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
    let unit = if head.quantity.dim == Dim::Money { "万元" } else { head.quantity.dim.label() };
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
