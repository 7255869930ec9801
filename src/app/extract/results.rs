//! What was done of the targets: a figure of a later section under the very name of a task, and the rows of a pasted
//! table of indicators.
//!
//! A result is taken only where it can be about nothing else: same name, same unit, no other year, no total of years,
//! no plan. Must not know: budgets.

use super::{Offer, Slot, Source, has, trimmed};
use crate::domain::lint::{Figure, Measure, Said, Table, TableCell};

/// All results.
pub fn find(source: &mut Source) {
    let year = own_year(source);
    let figures = source.reading.figures.clone();
    let tasks: Vec<(String, String, usize)> = source.found.iter().filter_map(task).collect();
    for figure in &figures {
        let Some(name) = done(source, figure, year.as_deref()) else { continue };
        let meant = tasks.iter().find(|(task, unit, end)| {
            bare(task) == name && *unit == word(figure) && *end < figure.range.start
        });
        if let Some((task, ..)) = meant {
            source.offer(Slot::Row { list: "targets", name: task.clone(), column: "actual" }, figure);
        }
    }
    let tables = source.reading.tables.clone();
    let found = tables.iter().flat_map(indicators);
    source.found.extend(found);
}

/// Name, unit and place of a task that the text lists.
fn task(offer: &Offer) -> Option<(String, String, usize)> {
    let Slot::Row { list: "targets", name, column: "value" } = &offer.slot else { return None };
    let unit = offer.besides.iter().find(|(key, _)| *key == "unit")?.1.clone();
    Some((name.clone(), unit, offer.place.end))
}

fn word(figure: &Figure) -> &str {
    match figure.measure {
        Measure::People => "人",
        Measure::Things(word) => word,
        Measure::Money if figure.shown.ends_with("万元") => "万元",
        _ => "",
    }
}

/// The first year that the title names.
fn own_year(source: &Source) -> Option<String> {
    let head: String = source.chars.iter().take(60).filter(|c| !c.is_whitespace()).collect();
    let at = head.find('年')?;
    let digits: String =
        head.get(..at)?.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
    (digits.len() == 4 && digits.chars().all(|c| c.is_ascii_digit())).then_some(digits)
}

/// The name of what a figure says was done; `None` for plans, other years and totals of years.
fn done(source: &Source, figure: &Figure, year: Option<&str>) -> Option<String> {
    const PLANS: &[&str] = &["目标", "任务", "计划", "打算", "下一步", "建议", "问题", "设想"];
    const ASIDE: &[&str] = &[
        "上年", "去年", "明年", "下年", "计划", "目标", "力争", "争取", "确保", "拟", "预计", "累计", "总数",
        "截至",
    ];
    let level = matches!(figure.said, Said::Plain | Said::Actual) && !figure.bound && figure.owner.is_none();
    let clause = source.clause(figure);
    let years = clause.match_indices('年').filter_map(|(at, _)| clause.get(at.checked_sub(4)?..at));
    let mut years = years.filter(|year| year.chars().all(|c| c.is_ascii_digit()));
    let other = years.any(|found| Some(found) != year);
    let plain = figure.tail.is_empty() && !has(&figure.section, PLANS) && !has(&clause, ASIDE);
    (level && plain && !other && !figure.section.is_empty()).then(|| bare(figure.label.trim()))
}

/// A name without what only says that it was done.
fn bare(name: &str) -> String {
    let mut name = trimmed(name);
    for lead in ["全年", "共", "已", "成功", "完成"] {
        name = name.strip_prefix(lead).unwrap_or(name);
    }
    name.trim_end_matches('了').to_owned()
}

/// Rows of a table whose head names indicator, target and result.
fn indicators(table: &Table) -> Vec<Offer> {
    const NAMES: &[&str] = &["三级指标", "指标名称", "指标内容"];
    const VALUES: &[&str] = &["年度指标值", "指标值", "目标值", "年度目标值"];
    const ACTUALS: &[&str] = &["实际完成值", "全年完成值", "实际值", "完成值", "实际完成"];
    let Some((head, rows)) = table.rows.split_first() else { return Vec::new() };
    let column = |words: &[&str]| head.iter().position(|cell| words.contains(&cell.words.as_str()));
    let (Some(name), Some(value), Some(actual)) = (column(NAMES), column(VALUES), column(ACTUALS)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for row in rows.iter().filter(|row| row.len() == head.len()) {
        let (Some(name), Some(value), Some(actual)) = (row.get(name), row.get(value), row.get(actual)) else {
            continue;
        };
        found.extend(indicator(name, value, actual).unwrap_or_default());
    }
    found
}

fn indicator(name: &TableCell, value: &TableCell, actual: &TableCell) -> Option<Vec<Offer>> {
    let (operator, target, unit) = measured(&value.words)?;
    let (said, result, other) = measured(&actual.words)?;
    let long = (2..=30).contains(&name.words.chars().count()) && name.number.is_none();
    if !long || said.is_some() || (other != unit && !other.is_empty()) {
        return None;
    }
    let mut besides = Vec::new();
    if !unit.is_empty() {
        besides.push(("unit", unit));
    }
    if let Some(operator) = operator {
        besides.push(("operator", operator.to_owned()));
    }
    let offer = |column: &'static str, value: String, besides, cell: &TableCell| Offer {
        slot: Slot::Row { list: "targets", name: name.words.clone(), column },
        value,
        besides,
        place: cell.range.clone(),
        sentence: name.range.start.min(cell.range.start)..cell.range.end.max(name.range.end),
    };
    Some(vec![offer("value", target, besides, value), offer("actual", result, Vec::new(), actual)])
}

/// Sign, exact digits and unit of a cell like "≥12座".
fn measured(words: &str) -> Option<(Option<&'static str>, String, String)> {
    const SIGNS: &[(&str, &str)] =
        &[("≥", "ge"), (">=", "ge"), ("≤", "le"), ("<=", "le"), ("=", "eq"), (">", "gt"), ("<", "lt")];
    let sign = SIGNS.iter().find(|(sign, _)| words.starts_with(sign));
    let rest = sign.map_or(words, |(sign, _)| words.strip_prefix(sign).unwrap_or(words));
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    let (digits, unit) = rest.split_at_checked(end)?;
    crate::domain::amount::parse_canonical(digits)?;
    let plain = unit.chars().count() <= 4 && !unit.chars().any(|c| c.is_ascii_digit());
    (plain && !unit.starts_with('万') && !unit.starts_with('亿') && !has(unit, &["年", "月", "日"]))
        .then(|| (sign.map(|(_, key)| *key), digits.to_owned(), unit.to_owned()))
}
