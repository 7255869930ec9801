//! Which column of a pasted block belongs to which column of a table, and whether that is certain.

use super::{Block, Spot, width};
use crate::app::grid::{self, Col, Line};
use crate::domain::amount::MoneyUnit;
use crate::domain::cell::Cell;
use crate::domain::record::{FieldDef, Kind};
use crate::domain::reference;
use crate::domain::tables::{FixedRow, RowsOf, TableDef};

/// How the columns of a block go into a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// The table's column for each column of the block; none for those that are left out.
    pub columns: Vec<Option<usize>>,
    /// The first row names the columns.
    pub header: bool,
    /// The unit of money that a column's head names.
    pub units: Vec<Option<MoneyUnit>>,
}

impl Mapping {
    /// The block's column that names the rows.
    pub fn names(&self) -> Option<usize> {
        self.columns.iter().position(|column| *column == Some(0))
    }

    /// Reads a cell of the block's column as this field.
    pub fn read(&self, spot: &Spot, column: usize, def: &FieldDef, text: &str) -> Cell<String> {
        let unit = self.units.get(column).copied().flatten().unwrap_or(spot.money);
        let one_line = text.split('\n').map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>();
        reference::read(spot.document, def, &one_line.join(" "), unit)
    }
}

/// A mapping, and why somebody should look at it first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What fits best.
    pub mapping: Mapping,
    /// A sentence on what is not certain; none where the paste can go ahead.
    pub doubt: Option<String>,
}

/// Proposes how a block goes into a table: by the names in its first row, by the names of known rows, else as it
/// lies from the focused cell on.
pub fn propose(block: &Block, spot: &Spot) -> Proposal {
    let columns = grid::columns(spot.table);
    let count = width(block);
    let heads: Vec<Option<usize>> = (0..count)
        .map(|at| {
            let text = block.first().and_then(|row| row.get(at)).map_or("", String::as_str);
            columns.iter().position(|col| !text.is_empty() && is_named(col, text))
        })
        .collect();
    let header = has_header(block, &heads, &columns);
    let body = block.get(usize::from(header)..).unwrap_or_default();
    let mut doubt = None;
    let mut mapped = vec![None; count];
    if header {
        mapped.clone_from(&heads);
        if let Some(first) = mapped.first_mut().filter(|first| first.is_none())
            && names_rows(spot.table, body)
        {
            *first = Some(0);
        }
        let unknown = (0..count).filter(|at| mapped.get(*at) == Some(&None) && has_text(body, *at)).count();
        if unknown > 0 {
            doubt = Some(format!("有 {unknown} 列的名称在表里没有对应的栏。"));
        } else if mapped.iter().flatten().zip(mapped.iter().flatten().skip(1)).any(|(a, b)| a >= b) {
            doubt = Some("各列的次序和表里不同，已按名称对应。".to_owned());
        }
    } else {
        let start = if names_rows(spot.table, body) { 0 } else { spot.column };
        for (at, slot) in mapped.iter_mut().enumerate() {
            *slot = (start + at < columns.len()).then_some(start + at);
        }
        let over = (0..count).filter(|at| start + at >= columns.len() && has_text(body, *at)).count();
        if over > 0 {
            doubt = Some(format!("粘贴的内容 {count} 列，从这一格起表里只有 {} 列。", columns.len() - start));
        }
    }
    let units = (0..count).map(|at| block.first().filter(|_| header).and_then(|row| unit_in(row.get(at)?)));
    let units = units.collect();
    // Computed figures are not pasted, whatever stands there.
    let typed = |at: &usize| matches!(columns.get(*at), Some(Col::Field(..)));
    let mapping = Mapping { columns: mapped.into_iter().map(|at| at.filter(typed)).collect(), header, units };
    let doubt = doubt.or_else(|| unreadable(body, &mapping, &columns, spot));
    Proposal { mapping, doubt }
}

/// A column of figures, dates or choices most of which cannot be read is probably another column.
fn unreadable(body: &[Vec<String>], mapping: &Mapping, columns: &[Col], spot: &Spot) -> Option<String> {
    for (at, column) in mapping.columns.iter().enumerate() {
        let Some(Col::Field(def, _)) = column.and_then(|column| columns.get(column)) else { continue };
        let texts = body.iter().filter_map(|row| row.get(at)).filter(|text| !text.trim().is_empty());
        let (mut all, mut unread) = (0, 0);
        for text in texts {
            all += 1;
            unread += usize::from(matches!(mapping.read(spot, at, def, text), Cell::Unread(_)));
        }
        if all > 1 && unread * 2 > all {
            return Some(format!("“{}”一栏的内容大多无法识别。", def.label));
        }
    }
    None
}

/// Two names make a header; one does where it stands over figures, dates or choices, which it cannot be itself, or
/// where there is nothing else in the row. Without rows below there is none.
fn has_header(block: &Block, heads: &[Option<usize>], columns: &[Col]) -> bool {
    let named: Vec<&Col> = heads.iter().flatten().filter_map(|column| columns.get(*column)).collect();
    let no_words = |col: &&Col| matches!(col, Col::Field(def, _) if def.kind != Kind::Text);
    let texts = block.first().map_or(0, |row| row.iter().filter(|text| !text.trim().is_empty()).count());
    block.len() > 1 && (named.len() > 1 || named.iter().any(no_words) || (named.len() == 1 && texts == 1))
}

fn has_text(body: &[Vec<String>], at: usize) -> bool {
    body.iter().filter_map(|row| row.get(at)).any(|text| !text.trim().is_empty())
}

fn is_named(col: &Col, text: &str) -> bool {
    let text = column_name(text);
    text == column_name(col.label()) || text == column_name(col.head().0)
}

/// A column's name without its unit and the words that tables add to it.
fn column_name(text: &str) -> String {
    let bare = bare(text);
    let name = bare.split('(').next().unwrap_or("");
    let name = ["名称", "数", "额"].iter().fold(name, |name, end| match name.strip_suffix(end) {
        Some(rest) if !rest.is_empty() => rest,
        _ => name,
    });
    name.to_owned()
}

/// No spaces, brackets of one kind.
fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '（' | '〔' | '[' => '(',
            '）' | '〕' | ']' => ')',
            '：' => ':',
            _ => c,
        })
        .collect()
}

fn unit_in(head: &str) -> Option<MoneyUnit> {
    let head = bare(head);
    let named = |unit: &str| head.contains(&format!("({unit})")) || head.contains(&format!(":{unit}"));
    [MoneyUnit::WanYuan, MoneyUnit::Yuan, MoneyUnit::YiYuan].into_iter().find(|unit| named(unit.label()))
}

/// Whether the first column of the rows names rows that the table knows.
fn names_rows(table: &TableDef, body: &[Vec<String>]) -> bool {
    let texts: Vec<&String> =
        body.iter().filter_map(|row| row.first()).filter(|text| !text.trim().is_empty()).collect();
    let known = texts.iter().filter(|text| known_row(table, text).is_some()).count();
    known > 0 && known * 2 >= texts.len()
}

/// The known row that a label names: by its whole words, by its words without a code, or by its code.
pub(super) fn known_row(table: &TableDef, label: &str) -> Option<&'static FixedRow> {
    let RowsOf::Fixed(rows) = table.rows else { return None };
    let label = bare(label);
    let code: String = label.chars().filter(char::is_ascii_digit).collect();
    let words = |text: &str| -> String {
        let text = bare(text);
        let text =
            text.trim_start_matches("其中:").trim_start_matches(['一', '二', '三', '四', '五', '、', '.']);
        text.trim_matches(|c: char| c.is_ascii_digit() || matches!(c, '(' | ')' | '.' | '、')).to_owned()
    };
    let named = words(&label);
    rows.iter()
        .find(|row| bare(row.label) == label)
        .or_else(|| rows.iter().find(|row| !named.is_empty() && words(row.label) == named))
        .or_else(|| rows.iter().find(|row| row.id == code && named.is_empty()))
}

/// The sum that a label names, by its position in the table.
pub(super) fn known_sum(table: &TableDef, label: &str) -> Option<usize> {
    let label = bare(label);
    let label = label.trim_start_matches("上报");
    let exact = table.sums.iter().position(|sum| bare(sum.label) == label || bare(sum.name) == label);
    exact.or_else(|| match label {
        "合计" | "总计" | "共计" => table.sums.len().checked_sub(1),
        "小计" => match table.sums.len() {
            1 => Some(0),
            _ => table.sums.iter().position(|sum| sum.label.ends_with("小计")),
        },
        _ => None,
    })
}

impl Spot<'_> {
    /// The position of the focused row in its list, if a row has the focus.
    pub(super) fn row(&self) -> Option<usize> {
        match &self.line {
            Line::Row(id) => self.document.list(self.table.list)?.position(id),
            Line::Sum(_) | Line::Stated(_) => None,
        }
    }
}
