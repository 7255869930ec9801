//! 数字体检: reads the prose of a report and finds where its own numbers cannot all be true.
//!
//! Pure stages, each keeping character offsets into the original: `text` (as it is read) → `scan` (quantities, words,
//! marks) → `mention` (labels, structure, roles) → lists and claims (`sums`, `shares`, `rates`, `growth`, …), verified
//! with `domain::tolerance` → findings. The grammar that each relation accepts stands at the head of its module.
//! What is not understood stays silent: a checker that cries wolf is switched off.
//!
//! Must not know: drafts, fields, the screen. No regular expressions; time grows linearly with the text.

mod accounts;
mod balance;
mod changes;
mod claim;
mod closing;
mod current;
mod goals;
mod grid;
mod growth;
mod label;
mod lists;
mod mask;
mod mention;
mod names;
mod people;
mod quantity;
mod rates;
mod ratio;
mod reading;
mod remainder;
mod role;
mod scan;
mod shares;
mod slips;
mod sums;
mod tables;
mod text;
mod totals;
mod twice;
mod weight;
mod wording;

use std::ops::Range;

pub use claim::{Claim, Place, Relation, Report, Standing};
pub use label::core as core_of;
pub use reading::{Figure, Measure, Reading, Said, Table, TableCell, reading};

/// Reads a text and checks all that its numbers say about each other.
pub fn lint(original: &str) -> Report {
    let original: Vec<char> = original.chars().collect();
    let mut lines = text::lines(&original);
    let grids = grid::read(&original, &mut lines);
    let text = text::read(&original, &lines);
    let scan = scan::scan(&text);
    let mentions = mention::read(&text, &scan.tokens);
    let names = names::Names::of(&mentions);
    let lists = lists::lists(&mentions, &names);
    let (mut claims, checked) = sums::check(&text, &mentions, &lists);
    claims.extend(shares::check(&text, &mentions, &names, &checked));
    claims.extend(rates::check(&text, &mentions, &names));
    claims.extend(growth::check(&text, &mentions, &names));
    claims.extend(accounts::check(&text, &mentions));
    claims.extend(balance::check(&text, &mentions));
    claims.extend(remainder::check(&text, &mentions));
    claims.extend(goals::check(&text, &mentions, &names));
    claims.extend(people::check(&text, &mentions));
    let unreported = goals::unreported(&text, &mentions, &names);
    claims.extend(wording::check(&text, unreported.len()));
    claims.extend(unreported);
    claims.extend(slips::check(&text));
    claims.extend(tables::check(&grids, &grid::forms(&original, &lines)));
    let (twice, conflicts) = twice::check(&text, &mentions, &names, &grids);
    claims.extend(twice);
    for open in checked.iter().filter(|checked| !checked.closes) {
        let closes = closing::versions(&mentions, open, &conflicts);
        let total = mentions.get(open.total).map(|total| claim::place(&text, total));
        let failed = claims.iter_mut().find(|claim| claim.fails() && claim.places.first() == total.as_ref());
        if let Some(failed) = failed {
            failed.closes = closes;
        }
    }
    claims.sort_by_key(|claim| (claim.range.start, claim.relation));
    let unchecked = unchecked(&text, &mentions, &claims);
    Report { claims, unchecked }
}

/// A quantity as it is written in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Where it stands, unit included; characters of the text.
    pub range: Range<usize>,
    /// Its digits, without separators and unit.
    pub digits: String,
}

/// The exact quantities of a text, in order: no years, dates and numbers of documents, none that only come near
/// (约, 余), none in Chinese numerals.
pub fn quantities(original: &str) -> Vec<Written> {
    let original: Vec<char> = original.chars().collect();
    let lines = text::lines(&original);
    let text = text::read(&original, &lines);
    let tokens = scan::scan(&text).tokens;
    tokens
        .into_iter()
        .filter_map(|token| match token {
            scan::Token::Quantity(quantity) => Some(quantity),
            _ => None,
        })
        .filter(|quantity| !quantity.bound && !quantity.chinese && quantity.dim != quantity::Dim::Time)
        .map(|quantity| Written { range: text.origin(quantity.range), digits: quantity.digits })
        .collect()
}

/// Quantities that take part in no claim.
fn unchecked(text: &text::Text, mentions: &mention::Mentions, claims: &[Claim]) -> Vec<Place> {
    let ends = |range: &Range<usize>| (range.start, range.end);
    let places = claims.iter().flat_map(|claim| &claim.places);
    let mut used: Vec<(usize, usize)> = places.map(|place| ends(&place.range)).collect();
    used.sort_unstable();
    let free = |mention: &&mention::Mention| {
        used.binary_search(&ends(&text.origin(mention.quantity.range.clone()))).is_err()
    };
    mentions.all.iter().filter(free).map(|mention| claim::place(text, mention)).collect()
}

#[cfg(test)]
mod tests;
