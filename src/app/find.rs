//! 表内查找: where the words of a query stand in a table, rows out of view included.

use super::grid::{Col, Line, Lines, Table};

/// Above this many rows computed figures of rows are not searched: they are made for rows in view only.
const FIGURES_UP_TO: usize = 500;

/// A query, made ready once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(String);

impl Query {
    /// A query as typed: case and spaces at the ends do not matter.
    pub fn new(text: &str) -> Self {
        Query(text.trim().to_lowercase())
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Where the query stands in a text, as byte positions. Figures are found with or without separators; then the
    /// whole text is the hit.
    pub fn within(&self, text: &str) -> Option<(usize, usize)> {
        if self.is_empty() {
            return None;
        }
        let lower = text.to_lowercase();
        if let Some(at) = lower.find(&self.0) {
            let end = at + self.0.len();
            // Lower case can differ in length; then positions do not fit the text.
            let fits = lower.len() == text.len() && text.is_char_boundary(at) && text.is_char_boundary(end);
            return Some(if fits { (at, end) } else { (0, text.len()) });
        }
        let digits = self.0.contains(|c: char| c.is_ascii_digit());
        let hit = digits && text.contains(',') && text.replace(',', "").contains(&self.0.replace(',', ""));
        hit.then_some((0, text.len()))
    }
}

/// All cells that hold the query: line and column, in reading order.
pub fn hits(table: &Table, lines: &Lines, columns: &[Col], query: &Query) -> Vec<(usize, usize)> {
    let mut hits = Vec::new();
    if query.is_empty() {
        return hits;
    }
    for (position, line) in lines.all.iter().enumerate() {
        let at = lines.row(line).unwrap_or(0);
        for (column, col) in columns.iter().enumerate() {
            let figure = matches!((line, col), (Line::Row(_), Col::Fact(_)));
            if figure && lines.rows > FIGURES_UP_TO {
                continue;
            }
            let name = column == 0 && !matches!(line, Line::Row(_));
            let text = if name { table.name(line) } else { table.cell(line, at, col).text };
            if query.within(&text).is_some() {
                hits.push((position, column));
            }
        }
    }
    hits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_figures_are_found_as_they_are_shown() {
        type Case = (&'static str, &'static str, Option<(usize, usize)>);
        let cases: &[Case] = &[
            ("信丰", "信丰县科技局", Some((0, 6))),
            (" ABC ", "xabcx", Some((1, 4))),
            ("1234", "1,234.50", Some((0, 8))),
            ("234.5", "1,234.50", Some((2, 7))),
            ("，", "1,234", None),
            ("", "x", None),
        ];
        for (query, text, hit) in cases {
            assert_eq!(Query::new(query).within(text), *hit, "{query} in {text}");
        }
    }
}
