//! An index of amounts by name, so that a phrase far away finds what it means in one look.
//!
//! Must not know: what is done with what it finds.

use std::collections::HashMap;

use super::label::{core, names};
use super::mask::Mask;
use super::mention::{Mention, Mentions};
use super::role::{Kind, Role};
use super::scan::Mark;

/// Amounts by the core of their label.
#[derive(Debug, Default)]
pub struct Names {
    by_core: HashMap<String, Vec<usize>>,
    order: Vec<(String, Mask)>,
    cores: Vec<String>,
}

/// "A年初预算为3万元，支出决算为2万元": the second amount is A's too.
fn inherited(mentions: &Mentions, mention: &Mention) -> Option<String> {
    let before = mention.prev.and_then(|prev| mentions.get(prev))?;
    let pair = mention.role == Role::Level(Kind::Actual) && before.role == Role::Level(Kind::Budget);
    if !pair || mention.gap > Mark::Comma || before.quantity.dim != mention.quantity.dim {
        return None;
    }
    let bare = ["", "支出", "实际", "实际支出", "决算", "实际执行"].contains(&core(mention.name()).as_str());
    bare.then(|| core(before.name()))
}

/// How many different names a phrase is compared with, at most: keeps the time linear.
const MOST_NAMES: usize = 400;

/// Those of some ascending indexes that are nearest to one: keeps the time linear.
fn around(indexes: &[usize], from: usize) -> &[usize] {
    const MOST: usize = 20;
    let at = indexes.partition_point(|index| *index < from);
    indexes.get(at.saturating_sub(MOST)..(at + MOST).min(indexes.len())).unwrap_or(&[])
}

impl Names {
    /// Indexes all amounts.
    pub fn of(mentions: &Mentions) -> Self {
        let mut found = Self::default();
        for (index, mention) in mentions.all.iter().enumerate() {
            let core = inherited(mentions, mention).unwrap_or_else(|| core(mention.name()));
            if mention.role.is_level()
                && !mention.quantity.bound
                && !core.is_empty()
                && core.chars().count() < 40
            {
                let entry = found.by_core.entry(core.clone()).or_default();
                if entry.is_empty() {
                    found.order.push((core.clone(), Mask::of(&core)));
                }
                entry.push(index);
            }
            found.cores.push(core);
        }
        found
    }

    /// The core of the label of a mention.
    pub fn core(&self, index: usize) -> &str {
        self.cores.get(index).map_or("", String::as_str)
    }

    /// Amounts whose label has exactly this core.
    pub fn exact(&self, core: &str) -> &[usize] {
        self.by_core.get(core).map_or(&[], Vec::as_slice)
    }

    /// Those of them that stand nearest to a mention.
    pub fn near(&self, core: &str, from: usize) -> &[usize] {
        around(self.exact(core), from)
    }

    /// All names with their amounts, in the order of the text.
    pub fn all(&self) -> impl Iterator<Item = (&str, &[usize])> {
        self.order.iter().map(|(core, _)| (core.as_str(), self.exact(core)))
    }

    /// Amounts that a phrase means, nearest to `from` first.
    pub fn meant(&self, mentions: &Mentions, phrase: &str, from: usize, like: &Mention) -> Vec<usize> {
        let wanted = core(phrase);
        let mut found: Vec<usize> = self.near(&wanted, from).to_vec();
        let mask = Mask::of(&wanted);
        for (name, known) in self.order.iter().take(MOST_NAMES) {
            if known.covers(mask) && *name != wanted && names(name, &wanted) {
                found.extend(self.near(name, from));
            }
        }
        found.retain(|index| {
            mentions
                .get(*index)
                .is_some_and(|other| other.quantity.dim.fits(like.quantity.dim) && *index != from)
        });
        found.sort_by_key(|index| (*index > from, index.abs_diff(from)));
        found.truncate(12);
        found
    }
}
