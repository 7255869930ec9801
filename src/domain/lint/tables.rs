//! Pasted tables: a 合计 column or row against the others, 增减% rows, 执行率 columns.
//!
//! A 合计 column adds up the other numbers of its row; a later column that is itself a 小计 or 合计 replaces the
//! columns behind it that add up to it. A row 合计 adds up the rows above. A row or column 增减% compares the two
//! rows or columns before it. 执行率 is 执行数 ÷ 预算数 of its row. Figures are exact to their own digits.
//!
//! Must not know: prose.

use rust_decimal::Decimal;

use super::claim::{Claim, Place, Relation, Standing, remark, shown, standing};
use super::grid::{Cell, Grid};
use super::quantity::{Dim, Quantity};
use crate::domain::checks::Severity;
use crate::domain::tolerance::{
    Figure, ProseGrade, Rate, RateVerdict, SumVerdict, Verdict, growth, ratio, sum,
};

/// Looks at every table.
pub fn check(grids: &[Grid], forms: &[Grid]) -> Vec<Claim> {
    let mut claims = Vec::new();
    for form in forms {
        rates(form, &mut claims);
    }
    for grid in grids {
        rows(grid, &mut claims);
        columns(grid, &mut claims);
        changes(grid, &mut claims);
        rates(grid, &mut claims);
    }
    claims
}

fn is_total(words: &str) -> bool {
    ["合计", "总计", "总额", "小计", "总数"].iter().any(|word| words.contains(word))
        && !words.contains('率')
        && !words.contains('%')
}

/// Whether a column holds amounts of the kind that a 合计 adds up.
fn amount(words: &str) -> bool {
    !["率", "%", "占比", "分值", "得分", "序号", "年份", "编码", "权重", "人次", "批次", "比例"]
        .iter()
        .any(|word| words.contains(word))
}

/// The 合计 of each row.
fn rows(grid: &Grid, claims: &mut Vec<Claim>) {
    let Some(head) = grid.rows.first() else { return };
    let Some(total) = head.iter().position(|cell| is_total(&cell.words)) else { return };
    let columns: Vec<usize> = (0..head.len())
        .filter(|column| *column != total && head.get(*column).is_some_and(|cell| amount(&cell.words)))
        .collect();
    let subtotals: Vec<usize> = columns
        .iter()
        .copied()
        .filter(|column| head.get(*column).is_some_and(|cell| is_total(&cell.words)))
        .collect();
    let versions = |grid: &Grid, row: usize| -> Vec<Vec<usize>> {
        let all: Vec<usize> = columns
            .iter()
            .copied()
            .filter(|column| grid.number(row, *column).is_some_and(|number| number.dim == Dim::Bare))
            .collect();
        // Columns behind a subtotal are its parts, up to the next subtotal.
        let mut inside = false;
        let outer: Vec<usize> = all
            .iter()
            .copied()
            .filter(|column| {
                let sub = subtotals.contains(column);
                inside = sub || inside;
                sub || !inside
            })
            .collect();
        if subtotals.is_empty() { vec![all] } else { vec![outer, all] }
    };
    let mut pending: Vec<Claim> = Vec::new();
    let mut closing = 0;
    for row in 1..grid.rows.len() {
        let same = grid.rows.get(row).is_some_and(|cells| cells.len() == head.len());
        if !same || changed(grid, row) {
            continue;
        }
        let found = versions(grid, row).into_iter().filter(|parts| parts.len() > 1).filter_map(|parts| {
            let verdict = add(grid, parts.iter().map(|column| (row, *column)), (row, total))?;
            Some((parts, verdict))
        });
        let found: Vec<(Vec<usize>, SumVerdict)> = found.collect();
        let Some(best) = found.iter().find(|(_, verdict)| verdict.verdict.holds()).or(found.first()) else {
            continue;
        };
        closing += usize::from(best.1.verdict.holds());
        let cells: Vec<&Cell> = best.0.iter().filter_map(|column| grid.cell(row, *column)).collect();
        pending.extend(grid.cell(row, total).map(|cell| claim(cell, &cells, &best.1)));
    }
    // A table of which no row closes has been misread rather than miscalculated.
    let rows = pending.len();
    if closing > 0 || (rows == 1 && subtotals.is_empty()) {
        claims.extend(pending);
    }
}

/// Whether a row holds changes or percentages instead of amounts.
fn changed(grid: &Grid, row: usize) -> bool {
    grid.cell(row, 0).is_some_and(|cell| {
        ["增减", "增长", "%", "占比", "比重"].iter().any(|word| cell.words.contains(word))
    })
}

/// Whether a column counts people or things, which no rounding excuses.
fn counted(words: &str) -> bool {
    ["人", "编制", "实有", "个数", "数量", "辆", "在职"].iter().any(|word| words.contains(word))
        && !words.contains('元')
        && !words.contains("经费")
}

fn add(
    grid: &Grid,
    parts: impl Iterator<Item = (usize, usize)>,
    total: (usize, usize),
) -> Option<SumVerdict> {
    add_up(grid, parts, total, false)
}

fn add_up(
    grid: &Grid,
    parts: impl Iterator<Item = (usize, usize)>,
    total: (usize, usize),
    counted: bool,
) -> Option<SumVerdict> {
    let figure = |(row, column): (usize, usize)| {
        grid.number(row, column).map(|number| match counted && number.value().is_integer() {
            true => Figure::exact(number.value()),
            false => number.figure,
        })
    };
    let figures: Vec<Figure> = parts.map(figure).collect::<Option<_>>()?;
    sum(&figures, figure(total)?)
}

/// A row 合计 at the foot or right under the head.
fn columns(grid: &Grid, claims: &mut Vec<Claim>) {
    let Some(total) = grid.rows.iter().position(|row| row.first().is_some_and(|cell| is_total(&cell.words)))
    else {
        return;
    };
    let Some(head) = grid.rows.first() else { return };
    let last = grid.rows.len() - 1;
    if total == 0 || (total != last && total != 1) {
        return;
    }
    let rows: Vec<usize> = if total == last { (1..last).collect() } else { (2..=last).collect() };
    let members: Vec<usize> = rows.iter().copied().filter(|row| !below(grid, *row, &rows)).collect();
    if members.len() < 2
        || members.iter().any(|row| {
            grid.cell(*row, 0).is_some_and(|cell| cell.words.contains("其中") || cell.words.contains("小计"))
        })
    {
        return;
    }
    let mut pending = Vec::new();
    let mut closing = false;
    for column in 1..head.len() {
        if !head.get(column).is_some_and(|cell| amount(&cell.words)) {
            continue;
        }
        let filled: Vec<(usize, usize)> = members
            .iter()
            .filter(|row| grid.number(**row, column).is_some())
            .map(|row| (*row, column))
            .collect();
        if filled.len() < 2 {
            continue;
        }
        let counted = grid.unit.is_none() && head.get(column).is_some_and(|cell| counted(&cell.words));
        let Some(verdict) = add_up(grid, filled.iter().copied(), (total, column), counted) else { continue };
        closing |= verdict.verdict.holds();
        let cells: Vec<&Cell> = filled.iter().filter_map(|(row, column)| grid.cell(*row, *column)).collect();
        if let Some(cell) = grid.cell(total, column) {
            let far = verdict.diff.abs() > quarter(&verdict.computed);
            pending.push((far, claim(cell, &cells, &verdict)));
        }
    }
    // A table of which no column closes, and that is far off, has been misread rather than miscalculated.
    claims.extend(pending.into_iter().filter(|(far, _)| closing || !far).map(|(_, claim)| claim));
}

/// Whether a row is part of another: its account code begins with the code of that row (208, 20805, 2080505).
fn below(grid: &Grid, row: usize, rows: &[usize]) -> bool {
    let code = |row: usize| {
        let words = grid.cell(row, 0).map_or("", |cell| cell.words.as_str());
        (words.len() >= 3 && words.chars().all(|c| c.is_ascii_digit())).then_some(words)
    };
    let Some(own) = code(row) else { return false };
    rows.iter()
        .filter_map(|other| code(*other))
        .any(|other| other.len() < own.len() && own.starts_with(other))
}

fn quarter(value: &Decimal) -> Decimal {
    value.abs().checked_div(Decimal::from(4_u32)).unwrap_or_default()
}

fn claim(total: &Cell, parts: &[&Cell], verdict: &SumVerdict) -> Claim {
    let (standing, severity) = standing(verdict.verdict, Some(Severity::Error));
    let severity = match (standing, verdict.in_prose()) {
        (Standing::Fails, ProseGrade::Warning) => Some(Severity::Warning),
        _ => severity,
    };
    let terms: Vec<&str> = parts.iter().map(|cell| cell.words.as_str()).collect();
    let computed = shown(verdict.computed, 6);
    let mut places = vec![place(total)];
    places.extend(parts.iter().map(|cell| place(cell)));
    Claim {
        relation: Relation::Sum,
        check: None,
        standing,
        severity,
        range: total.range.clone(),
        places,
        stated: total.words.clone(),
        message: format!(
            "表中{} = {computed}，合计栏为{}{}",
            terms.join(" + "),
            total.words,
            remark(standing)
        ),
        computed,
        difference: shown(verdict.diff, 6),
        closes: Vec::new(),
    }
}

fn place(cell: &Cell) -> Place {
    Place { range: cell.range.clone(), shown: cell.words.clone() }
}

/// A row 增减% under two rows of amounts, or a column behind two columns.
fn changes(grid: &Grid, claims: &mut Vec<Claim>) {
    let percent = |words: &str| {
        (words.contains("增减") || words.contains("增长") || words.contains("变动"))
            && (words.contains('%') || words.contains('率') || words.contains("幅"))
    };
    for row in 3..grid.rows.len() {
        if !grid.cell(row, 0).is_some_and(|cell| percent(&cell.words)) {
            continue;
        }
        let earlier = |row: usize| grid.cell(row, 0).map(|cell| year(&cell.words)).unwrap_or_default();
        // The newer row may stand above or below.
        let (this, last) =
            if earlier(row - 2) > earlier(row - 1) { (row - 2, row - 1) } else { (row - 1, row - 2) };
        if earlier(this) == earlier(last) {
            continue;
        }
        for column in 1..grid.rows.get(row).map_or(0, Vec::len) {
            claims.extend(change(grid, (row, column), (this, column), (last, column)));
        }
    }
    let Some(head) = grid.rows.first() else { return };
    for (column, cell) in head.iter().enumerate().skip(3) {
        let named = |at: usize, words: &[&str]| {
            head.get(at).is_some_and(|cell| words.iter().any(|word| cell.words.contains(word)))
        };
        let last_year = |at: usize| named(at, &["上年", "去年"]);
        let this_year = |at: usize| named(at, &["本年", "当年", "今年"]);
        if !percent(&cell.words) {
            continue;
        }
        let pair =
            (1..column).rev().find(|at| this_year(*at)).zip((1..column).rev().find(|at| last_year(*at)));
        let Some((this, last)) = pair else { continue };
        for row in 1..grid.rows.len() {
            claims.extend(change(grid, (row, column), (row, this), (row, last)));
        }
    }
}

fn year(words: &str) -> u32 {
    let digits: String =
        words.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    if digits.len() == 4 { digits.parse().unwrap_or(0) } else { 0 }
}

fn change(grid: &Grid, stated: (usize, usize), this: (usize, usize), last: (usize, usize)) -> Option<Claim> {
    let cells = [grid.cell(stated.0, stated.1)?, grid.cell(this.0, this.1)?, grid.cell(last.0, last.1)?];
    let [shown_rate, now, then] = cells.map(|cell| cell.number.as_ref());
    let (shown_rate, now, then) = (shown_rate?, now?, then?);
    let Some(RateVerdict::Rate(rate)) = growth(shown_rate.value(), now.figure, then.figure) else {
        return None;
    };
    let arithmetic = format!("({} − {}) ÷ {}", cells[1].words, cells[2].words, cells[2].words);
    Some(rate_claim(Relation::Growth, cells, shown_rate, &rate, &arithmetic))
}

fn rate_claim(
    relation: Relation,
    cells: [&Cell; 3],
    stated: &Quantity,
    rate: &Rate,
    arithmetic: &str,
) -> Claim {
    let (standing, severity) = standing(rate.verdict, Some(Severity::Error));
    let dp = stated.value().scale() + 2;
    let computed = format!("{}%", shown(rate.computed, dp));
    let difference = match rate.verdict {
        Verdict::Fails { diff } => format!("{}%", shown(diff, dp)),
        _ => "0".to_owned(),
    };
    let [first, ..] = cells;
    Claim {
        relation,
        check: None,
        standing,
        severity,
        range: first.range.clone(),
        places: cells.iter().map(|cell| place(cell)).collect(),
        stated: first.words.clone(),
        message: format!("表中{arithmetic} = {computed}，表中{}{}", first.words, remark(standing)),
        computed,
        difference,
        closes: Vec::new(),
    }
}

/// Columns 预算数, 执行数 and 执行率, or their like, of a self-evaluation form.
fn rates(grid: &Grid, claims: &mut Vec<Claim>) {
    const RATES: &[&str] = &["执行率", "预算执行率", "支出率", "支付率"];
    const SPENT: &[&str] = &["执行数", "决算数", "支出金额", "支出数", "执行金额", "支付金额"];
    const GIVEN: &[&str] = &["全年预算", "预算数", "预算金额", "到位金额", "到位资金", "下达金额"];
    let head = grid.rows.iter().take(3).enumerate().find_map(|(row, cells)| {
        let rate = cells.iter().position(|cell| RATES.iter().any(|word| cell.words.starts_with(word)))?;
        let column = |words: &[&str]| {
            words.iter().find_map(|word| cells.iter().position(|cell| cell.words.contains(word)))
        };
        Some((row, cells.len(), column(GIVEN)?, column(SPENT)?, rate))
    });
    let Some((head, width, budget, spent, rate)) = head else { return };
    for row in head + 1..grid.rows.len() {
        if grid.rows.get(row).is_none_or(|cells| cells.len() != width) {
            continue;
        }
        let (Some(stated), Some(done), Some(planned)) =
            (grid.cell(row, rate), grid.cell(row, spent), grid.cell(row, budget))
        else {
            continue;
        };
        let (Some(p), Some(a), Some(b)) = (&stated.number, &done.number, &planned.number) else { continue };
        if let Some(RateVerdict::Rate(found)) = ratio(p.value(), a.figure, b.figure) {
            let arithmetic = format!("{} ÷ {}", done.words, planned.words);
            claims.push(rate_claim(Relation::Rate, [stated, done, planned], p, &found, &arithmetic));
        }
    }
}
