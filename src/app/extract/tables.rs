//! Projects from a pasted table: taken where its total closes, or where its head names the columns.

use rust_decimal::Decimal;

use super::{Offer, Slot, Source, has};
use crate::domain::amount;
use crate::domain::lint::{Table, TableCell};

/// Words in a table's title or head that make its rows projects.
const PROJECTS: &[&str] = &["补助", "专项", "项目", "奖补"];
/// Words that make them something else.
const OTHERS: &[&str] = &["三公", "收入", "人员", "资产", "采购", "指标", "评分", "得分", "满意", "税"];

/// All tables.
pub fn find(source: &mut Source) {
    let tables = source.reading.tables.clone();
    for table in tables.iter().filter(|table| table.money && has(&table.title, PROJECTS)) {
        let heads =
            table.rows.first().map(|row| row.iter().map(|cell| cell.words.as_str()).collect::<String>());
        if has(&table.title, OTHERS) || heads.is_some_and(|heads| has(&heads, &["指标", "得分", "满意"]))
        {
            continue;
        }
        let found = lying(table).or_else(|| standing(table)).unwrap_or_default();
        source.found.extend(found);
    }
}

/// Names in the first row, amounts in the second, the last of which is their total.
fn lying(table: &Table) -> Option<Vec<Offer>> {
    let [names, amounts] = table.rows.as_slice() else { return None };
    if names.len() != amounts.len() || names.len() < 3 || names.iter().any(|cell| cell.number.is_some()) {
        return None;
    }
    let pairs: Vec<(&TableCell, &TableCell)> = names.iter().zip(amounts).collect();
    closing(&pairs)
}

/// A row for each project with its name and its amount, the last row their total.
fn standing(table: &Table) -> Option<Vec<Offer>> {
    let (_, rows) = table.rows.split_first()?;
    let pairs: Option<Vec<(&TableCell, &TableCell)>> = rows
        .iter()
        .map(|row| match row.as_slice() {
            [name, amount] => Some((name, amount)),
            // A number of the row may stand before it.
            [number, name, amount] if number.words.chars().all(|c| c.is_ascii_digit()) => {
                Some((name, amount))
            }
            _ => None,
        })
        .collect();
    closing(&pairs?)
}

fn closing(pairs: &[(&TableCell, &TableCell)]) -> Option<Vec<Offer>> {
    let ((total_name, total), parts) = pairs.split_last()?;
    if !matches!(total_name.words.as_str(), "合计" | "总计" | "小计") || parts.len() < 2 {
        return None;
    }
    let mut sum = Decimal::ZERO;
    let mut found = Vec::new();
    for (name, cell) in parts {
        let value = cell.number?;
        sum = sum.checked_add(value)?;
        if name.words.is_empty() || name.number.is_some() {
            return None;
        }
        found.push(Offer {
            slot: Slot::Row { list: "projects", name: name.words.clone(), column: "outturn" },
            value: amount::canonical(&value),
            besides: year(&name.words).map(|year| ("fund_year", year)).into_iter().collect(),
            place: cell.range.clone(),
            sentence: name.range.clone(),
        });
    }
    (Some(sum) == total.number).then_some(found)
}

/// The year that a project's name begins with.
fn year(name: &str) -> Option<String> {
    let (year, _) = name.split_once('年')?;
    (year.len() == 4 && year.starts_with("20") && year.chars().all(|c| c.is_ascii_digit()))
        .then(|| year.to_owned())
}
