//! Missing inputs: a column or field that is 未填 or unreadable is one thing to do, with the checks that wait for it
//! folded under it.
//!
//! Must not know what a check compares.

use crate::domain::place::Place;

/// What is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The first places to fill in, all of one column or field; empty where a table has no rows yet.
    pub places: Vec<Place>,
    /// How many places there are.
    pub count: usize,
    /// They hold what cannot be read.
    pub unreadable: bool,
    /// The checks that wait for it, each with the number of its relations.
    pub checks: Vec<(&'static str, usize)>,
}

/// Most places that a gap names.
const NAMED: usize = 8;

/// Gaps while checks run.
#[derive(Debug, Default)]
pub(super) struct Gaps(Vec<Gap>);

impl Gaps {
    /// Notes what one relation of a check lacks.
    pub(super) fn add(&mut self, check: &'static str, places: Vec<Place>, count: usize, unreadable: bool) {
        let unnamed = count.saturating_sub(places.len());
        let mut columns: Vec<(Vec<Place>, usize)> = Vec::new();
        for place in places {
            match columns
                .iter_mut()
                .find(|(known, _)| known.first().is_some_and(|first| alike(first, &place)))
            {
                Some((known, count)) => {
                    *count += 1;
                    known.push(place);
                }
                None => columns.push((vec![place], 1)),
            }
        }
        match columns.last_mut() {
            // Places are named in order, so that those not named belong to the last column.
            Some((_, count)) => *count += unnamed,
            None => columns.push((Vec::new(), count)),
        }
        columns.into_iter().for_each(|(places, count)| self.column(check, places, count, unreadable));
    }

    fn column(&mut self, check: &'static str, places: Vec<Place>, count: usize, unreadable: bool) {
        let same = |gap: &&mut Gap| {
            gap.unreadable == unreadable
                && match (gap.places.first(), places.first()) {
                    (Some(a), Some(b)) => alike(a, b),
                    (a, b) => a.is_none() && b.is_none(),
                }
        };
        let at = match self.0.iter_mut().find(same) {
            Some(gap) => gap,
            None => {
                self.0.push(Gap { places: Vec::new(), count: 0, unreadable, checks: Vec::new() });
                match self.0.last_mut() {
                    Some(gap) => gap,
                    None => return,
                }
            }
        };
        for place in places {
            if at.places.len() < NAMED && !at.places.contains(&place) {
                at.places.push(place);
            }
        }
        at.count = at.count.max(count).max(at.places.len());
        match at.checks.iter_mut().find(|(known, _)| *known == check) {
            Some((_, times)) => *times += 1,
            None => at.checks.push((check, 1)),
        }
    }

    /// What was noted: first what cannot be read, then what holds up most.
    pub(super) fn found(mut self) -> Vec<Gap> {
        self.0.sort_by_key(|gap| (!gap.unreadable, std::cmp::Reverse(gap.checks.len())));
        self.0
    }
}

fn alike(a: &Place, b: &Place) -> bool {
    match (a, b) {
        (Place::Cell { list: a, column: x, .. }, Place::Cell { list: b, column: y, .. }) => a == b && x == y,
        _ => a == b,
    }
}
