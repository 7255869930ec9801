//! A stated percentage against the figures that it is made of: how the claim is put into words.
//!
//! Must not know: how the figures were found.

use super::claim::{Claim, Relation, common_scale, place, remark, shown, shown_in, span, standing};
use super::mention::Mention;
use super::text::Text;
use crate::domain::checks::Severity;
use crate::domain::tolerance::{Rate, RateVerdict, Term, Verdict, rate};

/// A figure with its factors above and below the line.
pub type Operand<'a> = (&'a Mention, i32, i32);

/// The verdict on a stated percentage; `None` where it could not be computed.
pub fn verdict(stated: &Mention, operands: &[Operand]) -> Option<RateVerdict> {
    let terms: Vec<Term> = operands
        .iter()
        .map(|(mention, above, below)| Term { figure: mention.quantity.figure, above: *above, below: *below })
        .collect();
    rate(stated.quantity.value(), &terms)
}

/// The rate, where there is a base.
pub fn holding(stated: &Mention, operands: &[Operand]) -> Option<Rate> {
    match verdict(stated, operands)? {
        RateVerdict::Rate(rate) if rate.verdict.holds() => Some(rate),
        _ => None,
    }
}

/// The claim that a percentage makes, with a severity where it fails.
pub fn claim(
    text: &Text,
    relation: Relation,
    stated: &Mention,
    operands: &[Operand],
    fails: Option<Severity>,
) -> Option<Claim> {
    let RateVerdict::Rate(rate) = verdict(stated, operands)? else { return None };
    let (standing, severity) = standing(rate.verdict, fails);
    let dp = stated.quantity.figure.value().scale() + 2;
    let computed = format!("{}%", shown(rate.computed, dp));
    let difference = match rate.verdict {
        Verdict::Fails { diff } => format!("{}%", shown(diff, dp)),
        _ => "0".to_owned(),
    };
    let percent = if stated.quantity.shown().ends_with('%') { "" } else { "（未写%）" };
    let message = format!(
        "{} = {computed}，文中{}{percent}{}",
        arithmetic(operands),
        stated.quantity.shown(),
        remark(standing)
    );
    let mut places = vec![place(text, stated)];
    places.extend(operands.iter().map(|(mention, ..)| place(text, mention)));
    Some(Claim {
        relation,
        check: None,
        standing,
        severity,
        range: span(text, stated),
        places,
        stated: stated.quantity.shown(),
        computed,
        difference,
        message,
        closes: Vec::new(),
    })
}

/// "2.93 ÷ 12.06", with operands that are computed in brackets.
fn arithmetic(operands: &[Operand]) -> String {
    let scale = common_scale(operands.iter().map(|operand| operand.0));
    let side = |pick: fn(&Operand) -> i32| {
        let mut words = String::new();
        let mut count = 0;
        let signed = |first: bool| {
            operands.iter().filter(move |operand| (pick(operand) > 0) == first && pick(operand) != 0)
        };
        for operand in signed(true).chain(signed(false)) {
            let negative = pick(operand) < 0;
            let sign = if count == 0 {
                if negative { "-" } else { "" }
            } else if negative {
                " − "
            } else {
                " + "
            };
            words.push_str(sign);
            words.push_str(&shown_in(operand.0.quantity.value(), scale, 6));
            count += 1;
        }
        if count > 1 { format!("({words})") } else { words }
    };
    format!("{} ÷ {}", side(|operand| operand.1), side(|operand| operand.2))
}
