//! What is known of a sum before all of its rows are filled in: “合计 另有 8 项未填”.
//!
//! The fact of a sum has no value while a row is 未填, so that nothing is computed from half a total. A table shows
//! the filled part all the same, together with how much of it is missing.

use rust_decimal::Decimal;

use super::eval::{Facts, Tally};
use crate::domain::document::Document;
use crate::domain::rows::RowId;
use crate::domain::tables::{self, Part, RowSet, SumDef, TableDef};

/// The filled part of one column of a sum row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Partial {
    /// Sum of what is filled in; `None` where nothing is, or past 28 digits.
    pub filled: Option<Decimal>,
    /// How many cells are 未填.
    pub blank: usize,
    /// How many cells cannot be read.
    pub unread: usize,
}

impl Partial {
    /// Whether the column counts in what a sum row says is missing: one that nobody has to fill in and nobody began
    /// is not missing.
    pub fn counts(&self, required: bool) -> bool {
        required || self.filled.is_some()
    }

    fn add(&mut self, number: Decimal) {
        self.filled = match self.filled {
            Some(sum) => sum.checked_add(number),
            None => Some(number),
        };
    }

    fn and(&mut self, other: Partial) {
        if let Some(number) = other.filled {
            self.add(number);
        }
        self.blank += other.blank;
        self.unread += other.unread;
    }
}

/// The filled part of a column of a sum row.
pub fn partial(
    document: &Document,
    facts: &Facts,
    table: &TableDef,
    sum: &SumDef,
    column: &'static str,
) -> Partial {
    let mut known = Partial::default();
    for part in sum.parts {
        match part {
            Part::Rows(set) => known.and(of_rows(document, facts, table, *set, column)),
            Part::Sum(id) => known.and(of_sum(document, facts, id, column)),
        }
    }
    known
}

fn of_rows(
    document: &Document,
    facts: &Facts,
    table: &TableDef,
    set: RowSet,
    column: &'static str,
) -> Partial {
    let mut known = Partial::default();
    let Some(rows) = document.list(table.list) else { return known };
    let Some(key) = rows.column(column) else { return known };
    // Cells that are read from another table are not 未填 here, whatever they hold.
    let read = rows
        .id_at(0)
        .filter(|_| rows.len() == 1)
        .and_then(|id: RowId| tables::read_from(table, rows.len(), &id, column));
    if let Some(fact) = read {
        if let Some(Ok(value)) = facts.get(&fact) {
            known.add(value.number);
        }
        return known;
    }
    let tally = Tally::of(rows, table.list, column, key, set);
    known.blank = tally.blank_count;
    known.unread = tally.unread_count;
    if tally.rows > tally.blank_count + tally.unread_count {
        known.filled = tally.filled;
    }
    known
}

/// Another sum as an addend: its fact where it has a value, which may be a stated one, else its filled part.
fn of_sum(document: &Document, facts: &Facts, id: &str, column: &'static str) -> Partial {
    if let Some(Ok(value)) = facts.get(&format!("{id}.{column}")) {
        return Partial { filled: Some(value.number), ..Partial::default() };
    }
    let found =
        tables::ALL.iter().find_map(|table| Some((table, table.sums.iter().find(|sum| sum.id == id)?)));
    found.map_or_else(Partial::default, |(table, sum)| partial(document, facts, table, sum, column))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cell::Raw;
    use crate::domain::edit::Edit;
    use crate::domain::place::Place;

    #[test]
    fn the_filled_part_of_a_sum_and_what_is_missing_from_it() {
        let template = std::sync::Arc::new(crate::domain::template::Template::default());
        let mut document = Document::new("d", template);
        let mut set = |list, row: &str, column, text: &str| {
            document.apply(&Edit::set(Place::cell(list, &RowId::new(row), column), Raw::text(text)));
        };
        set("three_public", "hospitality", "initial_budget", "8.00");
        set("basic", "301", "outturn", "1.5");
        set("basic", "302", "outturn", "x");
        let facts = Facts::evaluate(&document);
        let of = |table: &str, sum: usize, column| {
            let table = TableDef::by_id(table).unwrap();
            let known = partial(&document, &facts, table, &table.sums[sum], column);
            (known.filled.map(|n| n.to_string()), known.blank, known.unread)
        };
        assert_eq!(of("T9", 1, "initial_budget"), (Some("8.00".into()), 3, 0));
        assert_eq!(of("T9", 0, "initial_budget"), (None, 2, 0));
        assert_eq!(of("T6", 2, "outturn"), (Some("1.5".into()), 1, 1));
        assert_eq!(of("T5b", 0, "outturn"), (Some("1.5".into()), 1, 1));
    }
}
