//! What spreadsheets put on the clipboard: text to cells and back, and the plan of a paste.
//!
//! The text form is that of Excel, WPS and LibreOffice: tabs, line breaks, quotes where a cell has either. A plan
//! says what would change before anything does. Must not know the browser's clipboard.

mod mapping;
mod plan;

pub use mapping::{Mapping, Proposal, propose};
pub use plan::{Plan, plan};

use super::grid::Line;
use crate::domain::amount::MoneyUnit;
use crate::domain::document::Document;
use crate::domain::tables::TableDef;

/// Cells by row and column; rows may differ in length.
pub type Block = Vec<Vec<String>>;

/// Where a paste begins.
pub struct Spot<'a> {
    /// The table.
    pub table: &'static TableDef,
    /// The report before the paste.
    pub document: &'a Document,
    /// The unit in which the table takes money.
    pub money: MoneyUnit,
    /// The line of the focused cell.
    pub line: Line,
    /// Its column among the table's columns.
    pub column: usize,
}

/// Reads the text of a clipboard. Non-breaking spaces become spaces; the line break at the end is no row.
pub fn parse(text: &str) -> Block {
    let mut reader = Reader { rest: text, block: Vec::new(), row: Vec::new() };
    while reader.cell() {}
    let mut block = reader.block;
    if block.last().is_some_and(|row| matches!(row.as_slice(), [only] if only.is_empty())) {
        block.pop();
    }
    block
}

struct Reader<'a> {
    rest: &'a str,
    block: Block,
    row: Vec<String>,
}

impl Reader<'_> {
    /// Takes one cell and what ends it; `false` after the last one.
    fn cell(&mut self) -> bool {
        let cell = match self.quoted() {
            Some(cell) => cell,
            None => {
                let end = self.rest.find(['\t', '\r', '\n']).unwrap_or(self.rest.len());
                let (cell, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
                self.rest = rest;
                cell.to_owned()
            }
        };
        self.row.push(cell.replace(['\u{A0}', '\u{202F}'], " "));
        if let Some(rest) = self.rest.strip_prefix('\t') {
            self.rest = rest;
            return true;
        }
        self.block.push(std::mem::take(&mut self.row));
        let next = ["\r\n", "\n", "\r"].iter().find_map(|end| self.rest.strip_prefix(end));
        self.rest = next.unwrap_or("");
        next.is_some()
    }

    /// A quoted cell, if there is one here that is closed and ends where a cell can end: text that merely begins
    /// with a quotation mark is not quoted by spreadsheets.
    fn quoted(&mut self) -> Option<String> {
        let mut rest = self.rest.strip_prefix('"')?;
        let mut cell = String::new();
        loop {
            let (part, after) = rest.split_once('"')?;
            cell.push_str(part);
            if let Some(more) = after.strip_prefix('"') {
                cell.push('"');
                rest = more;
                continue;
            }
            if !(after.is_empty() || after.starts_with(['\t', '\r', '\n'])) {
                return None;
            }
            self.rest = after;
            return Some(cell.replace("\r\n", "\n"));
        }
    }
}

/// Writes cells as a spreadsheet takes them.
pub fn write(block: &[Vec<String>]) -> String {
    let cell = |text: &String| {
        if text.contains(['\t', '\n', '\r']) || text.starts_with('"') {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.clone()
        }
    };
    let rows: Vec<String> =
        block.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join("\t")).collect();
    // A blank last line would be taken for the line break at the end.
    let end = if rows.last().is_some_and(String::is_empty) { "\r\n" } else { "" };
    format!("{}{end}", rows.join("\r\n"))
}

/// Whether the HTML form of a clipboard has merged cells. A `colspan` that Excel writes only because a long text
/// runs over its neighbours (`mso-ignore:colspan`) is none.
pub fn has_merged_cells(html: &str) -> bool {
    html.split('<').filter_map(|part| part.split_once('>')).any(|(tag, _)| {
        let name = tag.get(..2).unwrap_or("");
        let cell = name.eq_ignore_ascii_case("td") || name.eq_ignore_ascii_case("th");
        let spans = |attribute: &str| {
            tag.split_once(attribute).is_some_and(|(_, value)| {
                let digits = value.trim_start_matches(['=', '"', '\'', ' ']);
                let count: String = digits.chars().take_while(char::is_ascii_digit).collect();
                count.parse::<u32>().is_ok_and(|count| count > 1)
            })
        };
        cell && ((spans("colspan") && !tag.contains("mso-ignore:colspan")) || spans("rowspan"))
    })
}

/// Repeats a block over a selection of so many lines and columns, where it fits in whole.
pub fn spread(block: Block, size: (usize, usize)) -> Block {
    let (rows, columns) = (block.len(), width(&block));
    let fits = |part: usize, whole: usize| part > 0 && whole > part && whole.is_multiple_of(part);
    let down = if fits(rows, size.0) { size.0 / rows } else { 1 };
    let across = if fits(columns, size.1) { size.1 / columns } else { 1 };
    if (rows < size.0 && down == 1) || (columns < size.1 && across == 1) || down * across == 1 {
        return block;
    }
    let blank = String::new();
    let cell = |row: &Vec<String>, at: usize| row.get(at % columns).unwrap_or(&blank).clone();
    let wide = |row: &Vec<String>| (0..columns * across).map(|at| cell(row, at)).collect();
    block.iter().cycle().take(rows * down).map(wide).collect()
}

/// Number of columns of a block.
pub fn width(block: &[Vec<String>]) -> usize {
    block.iter().map(Vec::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests;
