//! Pasted tables as cells: lines with tabs or bars, and rows pasted one cell to a line, each behind a tab.
//!
//! Must not know: what the figures mean.

use std::ops::Range;

use super::quantity::{Dim, Quantity, Scale};
use super::text::{Line, simple};
use crate::domain::amount::MoneyUnit;

/// A cell.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Its words, half-width, without blanks.
    pub words: String,
    /// Characters of the original.
    pub range: Range<usize>,
    /// Its number, if it is one; money in the unit of the table.
    pub number: Option<Quantity>,
}

/// A table.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    /// Rows of cells.
    pub rows: Vec<Vec<Cell>>,
    /// The unit written above it ("单位：万元").
    pub unit: Option<MoneyUnit>,
    /// The line above it.
    pub title: String,
}

impl Grid {
    /// A cell.
    pub fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        self.rows.get(row)?.get(column)
    }

    /// The number of a cell.
    pub fn number(&self, row: usize, column: usize) -> Option<&Quantity> {
        self.cell(row, column)?.number.as_ref()
    }
}

/// Rows of a self-evaluation form whose cells only blanks part (text from PDF or Word): the head names 预算数, 执行数
/// and 执行率, a row has a name and one number for each column of the head but the first.
///
/// Their lines stay prose too, as nothing marks them as a table for certain.
pub fn forms(original: &[char], lines: &[Line]) -> Vec<Grid> {
    const ROWS: usize = 8;
    let mut grids = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let words: String = text_of(original, line).into_iter().collect();
        if line.table || !words.contains("执行率") || !words.contains("执行数") || !words.contains("预算数")
        {
            continue;
        }
        let head = blanks(original, line);
        let mut grid = Grid { rows: vec![head.clone()], ..Grid::default() };
        for line in lines.iter().skip(index + 1).take(ROWS) {
            let mut row = blanks(original, line);
            for cell in &mut row {
                cell.number = number(&cell.words, cell.range.clone());
            }
            let numbers = row.iter().rev().take_while(|cell| cell.number.is_some()).count();
            if row.len() == head.len() && numbers + 1 == head.len() {
                grid.rows.push(row);
            }
        }
        if grid.rows.len() > 1 {
            grids.push(grid);
        }
    }
    grids
}

/// The words of a line that blanks part.
fn blanks(original: &[char], line: &Line) -> Vec<Cell> {
    let chars = text_of(original, line);
    let mut found = Vec::new();
    let mut from = None;
    for (offset, c) in chars.iter().chain([&' ']).enumerate() {
        match (c.is_whitespace(), from) {
            (false, None) => from = Some(offset),
            (true, Some(start)) => {
                found.push(cell(original, line.range.start + start..line.range.start + offset));
                from = None;
            }
            _ => {}
        }
    }
    found
}

/// Finds the tables, and marks their lines.
pub fn read(original: &[char], lines: &mut [Line]) -> Vec<Grid> {
    let mut grids: Vec<Grid> = Vec::new();
    let mut index = 0;
    let mut gap = usize::MAX;
    let mut width = 0;
    while index < lines.len() {
        let (row, used) = row_at(original, lines, index);
        if row.len() < 2 {
            gap = if blank(original, lines, index) { gap.saturating_add(0) } else { usize::MAX };
            index += 1;
            continue;
        }
        // A row goes to the table above, if nothing but blank lines stand between and it is about as wide.
        let joins = gap != usize::MAX && row.len().abs_diff(width) <= 1;
        if !joins {
            grids.push(Grid {
                unit: unit_above(original, lines, index),
                title: title_above(original, lines, index),
                ..Grid::default()
            });
        }
        width = if joins { width.max(row.len()) } else { row.len() };
        if let Some(grid) = grids.last_mut() {
            grid.rows.push(row);
        }
        for line in lines.iter_mut().skip(index).take(used) {
            line.table = true;
        }
        gap = 0;
        index += used;
    }
    for grid in &mut grids {
        numbers(grid);
    }
    grids.retain(|grid| grid.rows.len() > 1);
    grids
}

fn text_of(original: &[char], line: &Line) -> Vec<char> {
    original.get(line.range.clone()).unwrap_or(&[]).iter().map(|c| simple(*c)).collect()
}

fn blank(original: &[char], lines: &[Line], index: usize) -> bool {
    lines.get(index).is_none_or(|line| text_of(original, line).iter().all(|c| c.is_whitespace()))
}

/// The row that starts at a line, and how many lines it takes.
fn row_at(original: &[char], lines: &[Line], index: usize) -> (Vec<Cell>, usize) {
    let Some(line) = lines.get(index) else { return (Vec::new(), 1) };
    let chars = text_of(original, line);
    if stacked(&chars) {
        let run = lines.iter().skip(index).take_while(|line| stacked(&text_of(original, line))).count();
        if run >= 3 {
            let cells = lines.iter().skip(index).take(run).flat_map(|line| cells(original, line, '\t'));
            return (cells.collect(), run);
        }
        return (Vec::new(), 1);
    }
    let bars = chars.iter().filter(|c| **c == '|').count();
    let tabs = chars.iter().filter(|c| **c == '\t').count();
    let mark = if bars >= 2 || (bars == 1 && tabs == 0) { '|' } else { '\t' };
    if bars == 0 && tabs == 0 {
        return (Vec::new(), 1);
    }
    (cells(original, line, mark), 1)
}

/// A line that is one cell behind a tab.
fn stacked(chars: &[char]) -> bool {
    let words = chars.iter().skip_while(|c| c.is_whitespace()).collect::<Vec<_>>();
    chars.first() == Some(&'\t') && !words.is_empty() && !words.iter().any(|c| matches!(c, '\t' | '。'))
}

fn cells(original: &[char], line: &Line, mark: char) -> Vec<Cell> {
    let mut found = Vec::new();
    let mut from = line.range.start;
    let chars = text_of(original, line);
    for (offset, c) in chars.iter().chain([&mark]).enumerate() {
        if *c == mark {
            let to = line.range.start + offset;
            found.push(cell(original, from..to.min(line.range.end)));
            from = to + 1;
        }
    }
    // The bar or tab at either end of a line makes no cell.
    if found.first().is_some_and(|cell| cell.words.is_empty()) {
        found.remove(0);
    }
    if found.last().is_some_and(|cell| cell.words.is_empty()) {
        found.pop();
    }
    found
}

fn cell(original: &[char], range: Range<usize>) -> Cell {
    let chars = original.get(range.clone()).unwrap_or(&[]);
    let first = chars.iter().position(|c| !c.is_whitespace()).unwrap_or(chars.len());
    let last = chars.iter().rposition(|c| !c.is_whitespace()).map_or(first, |last| last + 1);
    let words = chars.iter().map(|c| simple(*c)).filter(|c| !c.is_whitespace()).collect();
    Cell { words, range: range.start + first..range.start + last, number: None }
}

fn unit_above(original: &[char], lines: &[Line], index: usize) -> Option<MoneyUnit> {
    let above = lines.get(index.saturating_sub(4)..index)?;
    above.iter().rev().find_map(|line| {
        let words: String = text_of(original, line).into_iter().filter(|c| !c.is_whitespace()).collect();
        words.contains("单位").then(|| unit_in(&words)).flatten()
    })
}

fn unit_in(words: &str) -> Option<MoneyUnit> {
    if words.contains("万元") {
        Some(MoneyUnit::WanYuan)
    } else if words.contains("亿元") {
        Some(MoneyUnit::YiYuan)
    } else {
        words.contains('元').then_some(MoneyUnit::Yuan)
    }
}

fn title_above(original: &[char], lines: &[Line], index: usize) -> String {
    let above = lines.get(index.saturating_sub(5)..index).unwrap_or(&[]);
    let words = above
        .iter()
        .rev()
        .map(|line| text_of(original, line).into_iter().filter(|c| !c.is_whitespace()).collect::<String>());
    words
        .filter(|words| !words.is_empty() && !words.contains("单位"))
        .find(|words| words.chars().count() < 40)
        .unwrap_or_default()
}

/// Reads the numbers of the cells.
fn numbers(grid: &mut Grid) {
    let unit = grid
        .unit
        .or_else(|| grid.rows.first().and_then(|row| row.iter().find_map(|cell| header_unit(&cell.words))));
    grid.unit = unit;
    for row in &mut grid.rows {
        for cell in row {
            cell.number = number(&cell.words, cell.range.clone());
        }
    }
}

fn header_unit(words: &str) -> Option<MoneyUnit> {
    let (_, rest) = words.split_once('(')?;
    rest.contains('元').then(|| unit_in(rest)).flatten()
}

/// A cell that is a number and nothing else; signs of percent and bounds are kept apart.
fn number(words: &str, range: Range<usize>) -> Option<Quantity> {
    let bare = words.strip_suffix('%');
    let body = bare.unwrap_or(words);
    let bound = body.starts_with(['≥', '≤', '>', '<', '约']);
    let body = body.trim_start_matches(['≥', '≤', '>', '<', '=', '约']);
    let digits: String = body.chars().filter(|c| *c != ',').collect();
    let unsigned = digits.strip_prefix('-').unwrap_or(&digits);
    let plain = unsigned.chars().all(|c| c.is_ascii_digit() || c == '.')
        && unsigned.chars().filter(|c| *c == '.').count() <= 1
        && unsigned.starts_with(|c: char| c.is_ascii_digit())
        && unsigned.ends_with(|c: char| c.is_ascii_digit());
    if !plain {
        return None;
    }
    let dim = if bare.is_some() { Dim::Percent } else { Dim::Bare };
    Quantity::new(range, digits, dim, Scale::One).map(|quantity| Quantity { bound, ..quantity })
}
