//! Which version of conflicting figures makes a list close.
//!
//! For a list that does not close, each part that has another value elsewhere is tried with either; a part as large
//! as one of the differences may also be left out. All combinations that close are named, never only the first.

use super::claim::shown;
use super::mention::Mentions;
use super::sums::Checked;
use super::twice::Conflict;
use crate::domain::tolerance::{Choice, Closing, Figure, Identity, Pick, Slot, closing};

/// The combinations for a list, in words.
pub fn versions(mentions: &Mentions, checked: &Checked, conflicts: &[Conflict]) -> Vec<String> {
    let figures: Vec<(usize, Figure)> = checked
        .list
        .parts
        .iter()
        .filter_map(|part| mentions.get(*part).map(|mention| (*part, mention.quantity.figure)))
        .collect();
    let other = |index: usize| {
        conflicts.iter().find(|conflict| conflict.mention == index).map(|conflict| conflict.other)
    };
    let differences: Vec<_> = figures
        .iter()
        .filter_map(|(index, figure)| {
            other(*index)?.value().checked_sub(figure.value()).map(|difference| difference.abs())
        })
        .collect();
    if differences.is_empty() {
        return Vec::new();
    }
    let (mut choices, mut slots) = (Vec::new(), Vec::new());
    for (index, figure) in &figures {
        let left_out = differences.contains(&figure.value());
        match other(*index) {
            None if !left_out => slots.push(Slot::Given(*figure)),
            found => {
                slots.push(Slot::Open(choices.len()));
                let alternatives = [Some(*figure), found].into_iter().flatten().collect();
                choices.push(Choice { alternatives, may_be_left_out: left_out });
            }
        }
    }
    let Some(total) = mentions.get(checked.total) else { return Vec::new() };
    let identity = Identity { parts: slots, total: Slot::Given(total.quantity.figure) };
    let found = closing(&choices, &[identity]).unwrap_or_default();
    found.iter().map(|version| words(&choices, version)).collect()
}

fn words(choices: &[Choice], version: &Closing) -> String {
    let (mut taken, mut left) = (Vec::new(), Vec::new());
    for (choice, pick) in choices.iter().zip(&version.picks) {
        match pick {
            Pick::Alternative(index) => {
                taken.extend(choice.alternatives.get(*index).map(|figure| shown(figure.value(), 6)))
            }
            Pick::LeftOut => left.extend(choice.alternatives.first().map(|figure| shown(figure.value(), 6))),
        }
    }
    let without = if left.is_empty() { String::new() } else { format!("、不计{}", left.join("、")) };
    format!("取{}{without}时，合计相符", taken.join("、"))
}
