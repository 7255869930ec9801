//! 表内查找: where the words of a query stand in a table, rows out of view included.

use super::grid::{Col, Line, Lines, Table};

/// Above this many rows computed figures of rows are not searched: they are made for rows in view only.
const FIGURES_UP_TO: usize = 500;

/// A query, made ready once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    text: String,
    /// The letters without quotation marks, brackets and blanks: nobody types “三公”经费 with its marks.
    letters: Vec<char>,
}

impl Query {
    /// A query as typed: case and spaces at the ends do not matter.
    pub fn new(text: &str) -> Self {
        let text = text.trim().to_lowercase();
        let letters = letters(&text).map(|(_, c)| c).collect();
        Query { text, letters }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The words of a query of several, each a query of its own; none where it is one word.
    pub fn words(&self) -> Vec<Query> {
        let words: Vec<&str> = self.text.split_whitespace().collect();
        if words.len() < 2 { Vec::new() } else { words.into_iter().map(Query::new).collect() }
    }

    /// Where the query stands in a text, as byte positions. Figures are found with or without separators; then the
    /// whole text is the hit. Quotation marks, brackets and blanks do not matter.
    pub fn within(&self, text: &str) -> Option<(usize, usize)> {
        if self.is_empty() {
            return None;
        }
        let lower = text.to_lowercase();
        if let Some(at) = lower.find(&self.text) {
            let end = at + self.text.len();
            // Lower case can differ in length; then positions do not fit the text.
            let fits = lower.len() == text.len() && text.is_char_boundary(at) && text.is_char_boundary(end);
            return Some(if fits { (at, end) } else { (0, text.len()) });
        }
        let digits = self.text.contains(|c: char| c.is_ascii_digit());
        if digits && text.contains(',') && text.replace(',', "").contains(&self.text.replace(',', "")) {
            return Some((0, text.len()));
        }
        if self.letters.is_empty() || !(text.contains(is_mark) || self.text.contains(is_mark)) {
            return None;
        }
        let all: Vec<(usize, char)> = letters(text).collect();
        let run = all.windows(self.letters.len()).find(|run| run.iter().map(|(_, c)| c).eq(&self.letters))?;
        let ((from, _), (last, _)) = (run.first()?, run.last()?);
        let end = text.get(*last..)?.chars().next().map_or(*last, |c| last + c.len_utf8());
        Some((*from, end))
    }
}

fn is_mark(c: char) -> bool {
    c.is_whitespace() || "“”‘’\"'《》〈〉（）()【】[]".contains(c)
}

/// The letters of a text with their positions in bytes, in lower case as far as a letter stays one.
fn letters(text: &str) -> impl Iterator<Item = (usize, char)> {
    let kept = text.char_indices().filter(|(_, c)| !is_mark(*c));
    kept.map(|(at, c)| (at, c.to_lowercase().next().unwrap_or(c)))
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
            ("三公经费", "“三公”经费情况", Some((3, 18))),
            ("“三公”经费", "三公经费情况", Some((0, 12))),
            ("因公出国境费", "因公出国（境）费", Some((0, 24))),
            ("三公费用", "“三公”经费", None),
        ];
        for (query, text, hit) in cases {
            assert_eq!(Query::new(query).within(text), *hit, "{query} in {text}");
        }
    }
}
