//! One quantity stated twice: in prose and in a table, by 即, by one document number, as a target in two lists.
//!
//! The same name is not enough: kind (budget, actual, last year), year and unit must agree, and nothing in either
//! label may tell them apart. Must not know: sums, rates.

use std::collections::HashMap;

use super::claim::{Claim, Place, Relation, place, remark, shown, span, standing};
use super::grid::{Cell, Grid};
use super::label::{core, without_years};
use super::mention::{Mention, Mentions};
use super::names::Names;
use super::quantity::Dim;
use super::role::{Kind, Role};
use super::scan::Mark;
use super::text::Text;
use crate::domain::amount::MoneyUnit;
use crate::domain::checks::Severity;
use crate::domain::tolerance::{Figure, Verdict, exact, same};

/// A figure of prose with another value in a table.
pub struct Conflict {
    /// The mention.
    pub mention: usize,
    /// The other value.
    pub other: Figure,
}

/// Looks at everything stated twice.
pub fn check(text: &Text, mentions: &Mentions, names: &Names, grids: &[Grid]) -> (Vec<Claim>, Vec<Conflict>) {
    let mut claims = Vec::new();
    let mut conflicts = Vec::new();
    for grid in grids {
        table(text, mentions, names, grid, &mut claims, &mut conflicts);
    }
    for (index, mention) in mentions.all.iter().enumerate() {
        claims.extend(that_is(text, mentions, index, mention));
    }
    documents(text, mentions, &mut claims);
    targets(text, mentions, names, &mut claims);
    (claims, conflicts)
}

/// The claim that two places state one quantity.
pub fn claim(
    text: &Text,
    first: &Mention,
    second: Place,
    verdict: Verdict,
    check: &'static str,
    what: &str,
) -> Claim {
    let (standing, severity) = standing(verdict, Some(Severity::Error));
    let difference = match verdict {
        Verdict::Fails { diff } => shown(diff, 6),
        _ => "0".to_owned(),
    };
    Claim {
        relation: Relation::Duplicate,
        check: Some(check),
        standing,
        severity,
        range: span(text, first),
        message: format!(
            "{what}：一处{}，另一处{}{}",
            first.quantity.shown(),
            second.shown,
            remark(standing)
        ),
        stated: first.quantity.shown(),
        computed: second.shown.clone(),
        difference,
        places: vec![place(text, first), second],
        closes: Vec::new(),
    }
}

// ---- prose against a table

fn table(
    text: &Text,
    mentions: &Mentions,
    names: &Names,
    grid: &Grid,
    claims: &mut Vec<Claim>,
    conflicts: &mut Vec<Conflict>,
) {
    for (name, cell, year, context) in named_cells(grid) {
        let Some(number) = &cell.number else { continue };
        let found = stated(mentions, names, &name, year, &context);
        let mut pairs = Vec::new();
        for index in found {
            let Some(mention) = mentions.get(index) else { continue };
            let unit = grid.unit.or(mention.quantity.scale.money()).unwrap_or(MoneyUnit::WanYuan);
            let figure = if mention.quantity.dim == Dim::Money {
                Figure::typed_in(number.value(), unit)
            } else {
                Some(number.figure)
            };
            let Some(figure) = figure else { continue };
            if let Some(verdict) = same(mention.quantity.figure, figure) {
                pairs.push((index, mention, figure, verdict));
            }
        }
        let agreed = pairs.iter().any(|(.., verdict)| verdict.holds());
        for (index, mention, figure, verdict) in pairs {
            if agreed && !verdict.holds() {
                continue;
            }
            if !verdict.holds() {
                conflicts.push(Conflict { mention: index, other: figure });
            }
            let other = Place { range: cell.range.clone(), shown: cell.words.clone() };
            claims.push(claim(text, mention, other, verdict, "DF-26", &format!("“{name}”在正文与表中")));
        }
    }
}

/// Cells that a name and perhaps a year identify: (core of the name, cell, year or 0, words around).
fn named_cells(grid: &Grid) -> Vec<(String, &Cell, u16, String)> {
    let mut found = Vec::new();
    let Some(head) = grid.rows.first() else { return found };
    let year = |row: usize| grid.cell(row, 0).map_or(0, |cell| year_of(&cell.words));
    let years = (1..grid.rows.len()).filter(|row| year(*row) > 0).count();
    let single = grid.rows.len() == 2;
    let generic = |words: &str| ["合计", "总计", "小计", "金额", "数", "总额"].contains(&words);
    if years > 0 || single {
        for row in 1..grid.rows.len() {
            if (!single && year(row) == 0)
                || grid.cell(row, 0).is_some_and(|cell| cell.words.contains('比') || cell.words.contains('%'))
            {
                continue;
            }
            for (column, cell) in head.iter().enumerate() {
                let Some(value) = grid.cell(row, column) else { continue };
                let name = core(&cell.words);
                if value.number.as_ref().is_some_and(|number| number.dim == Dim::Bare)
                    && name.chars().count() >= 4
                    && !generic(&cell.words)
                {
                    found.push((name, value, year(row), format!("{}{}", grid.title, cell.words)));
                }
            }
        }
        return found;
    }
    // One column of figures: the rows are named.
    let numeric: Vec<usize> = (1..head.len())
        .filter(|column| {
            (1..grid.rows.len()).filter(|row| grid.number(*row, *column).is_some()).count() * 2
                > grid.rows.len()
        })
        .collect();
    if let [column] = numeric.as_slice() {
        for row in 1..grid.rows.len() {
            let (Some(cell), Some(value)) = (grid.cell(row, 0), grid.cell(row, *column)) else { continue };
            let name = core(&cell.words);
            if value.number.is_some() && name.chars().count() >= 4 && !generic(&cell.words) {
                found.push((name, value, 0, format!("{}{}", grid.title, cell.words)));
            }
        }
    }
    found
}

fn year_of(words: &str) -> u16 {
    let digits: String = words.chars().take_while(char::is_ascii_digit).collect();
    let year = if digits.len() == 4 { digits.parse().unwrap_or(0) } else { 0 };
    if (1990..2100).contains(&year) { year } else { 0 }
}

/// Amounts of prose with the name of a cell.
fn stated(mentions: &Mentions, names: &Names, name: &str, year: u16, context: &str) -> Vec<usize> {
    const LONG: usize = 6;
    let mut found: Vec<usize> = names.exact(name).to_vec();
    if found.is_empty() && name.chars().count() >= LONG {
        for (other, indexes) in names.all() {
            let around = other.contains(name) && (other.starts_with(name) || other.ends_with(name));
            if around {
                found.extend(indexes);
            }
        }
    }
    found.retain(|index| {
        mentions.get(*index).is_some_and(|mention| {
            let kind = match mention.role {
                Role::Level(Kind::Budget) => context.contains("预算"),
                Role::Level(Kind::Actual) => !context.contains("预算") || context.contains("决算"),
                Role::Level(Kind::Plain) => true,
                _ => false,
            };
            let level = mention.quantity.dim == Dim::Money || mention.quantity.dim == Dim::People;
            kind && level
                && !mention.quantity.bound
                && (year == 0 || mention.year == 0 || mention.year == year)
        })
    });
    found
}

// ---- 即

/// `T，即X t` (SG-11): one is the other.
fn that_is(text: &Text, mentions: &Mentions, index: usize, mention: &Mention) -> Option<Claim> {
    let says =
        mention.label.starts_with('即') && mention.label.chars().count() <= 16 && mention.gap <= Mark::Comma;
    if !says || !mention.role.is_level() || mention.quantity.bound {
        return None;
    }
    let (at, _) = mentions.back(index).next()?;
    let whole = mentions.get(at)?;
    if !whole.role.is_level() || !whole.quantity.dim.fits(mention.quantity.dim) || whole.quantity.bound {
        return None;
    }
    let (next, _) = mentions.forward(index).next().unzip();
    let listed = next.and_then(|next| mentions.get(next)).is_some_and(|next| {
        next.gap <= Mark::Enum && next.role.is_level() && next.quantity.dim.fits(mention.quantity.dim)
    });
    if listed {
        return None;
    }
    let verdict = same(whole.quantity.figure, mention.quantity.figure)?;
    Some(claim(text, whole, place(text, mention), verdict, "SG-11", "“即”前后应相等"))
}

// ---- one document number

/// Amounts handed down by one document: `…〔2023〕10号…下达…N万元`.
fn documents(text: &Text, mentions: &Mentions, claims: &mut Vec<Claim>) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (index, mention) in mentions.all.iter().enumerate() {
        if mention.quantity.dim != Dim::Money || !mention.role.is_level() || mention.quantity.bound {
            continue;
        }
        let sentence = mention.lead.rsplit(['。', '\n']).next().unwrap_or_default();
        let Some(number) = document_number(sentence) else { continue };
        let Some(purpose) = purpose(&mention.label) else { continue };
        let Some(first) = seen.get(&number).and_then(|first| mentions.get(*first)) else {
            seen.insert(number, index);
            continue;
        };
        let Some(other) = self::purpose(&first.label) else { continue };
        let general = |words: &str| ["", "资金", "专项资金", "补助资金", "经费", "项目资金"].contains(&words);
        if (purpose == other || general(&purpose) || general(&other))
            && first.quantity.value() != mention.quantity.value()
            && let Some(verdict) = same(first.quantity.figure, mention.quantity.figure)
        {
            claims.push(claim(
                text,
                first,
                place(text, mention),
                verdict,
                "DF-26",
                "同一文号下达的金额不一致",
            ));
        }
    }
}

/// The last document number of a sentence, with what stands before its bracket.
fn document_number(sentence: &str) -> Option<String> {
    let (before, after) = sentence.rsplit_once(['〕', ']', '】'])?;
    let (number, _) = after.split_once('号')?;
    let (head, year) = before.rsplit_once(['〔', '[', '【'])?;
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let skip = head.chars().count().saturating_sub(5);
    let sign: String = head.chars().skip(skip).collect();
    (digits(number) && digits(year)).then(|| format!("{sign}{year}:{number}"))
}

/// What the money is for: the words after 下达 and the name of the place.
fn purpose(label: &str) -> Option<String> {
    let label = without_years(label);
    let (_, rest) = ["下达", "安排", "拨付", "批复"].iter().find_map(|verb| label.rsplit_once(verb))?;
    let rest =
        ["县", "市", "区"].iter().find_map(|place| rest.split_once(place)).map_or(rest, |(_, rest)| rest);
    Some(rest.to_owned())
}

// ---- targets in two lists (IND-10)

/// Whether a section lists targets.
pub fn lists_targets(title: &str) -> bool {
    let named = title.contains("目标") || title.contains("任务");
    named
        && !["完成", "情况", "结果", "实现", "评价", "自评", "分析", "达成"]
            .iter()
            .any(|word| title.contains(word))
}

fn targets(text: &Text, mentions: &Mentions, names: &Names, claims: &mut Vec<Claim>) {
    const SHORTEST: usize = 5;
    let all: Vec<(usize, &Mention)> = mentions
        .all
        .iter()
        .enumerate()
        .filter(|(_, mention)| {
            mention.role.is_level() && lists_targets(mentions.title(mention)) && mention.depth == 0
        })
        .collect();
    let mut by_start: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, mention) in all {
        let name = goal(names.core(index));
        if name.chars().count() < SHORTEST {
            continue;
        }
        let start: String = name.chars().take(SHORTEST).collect();
        let known = by_start.entry(start).or_default();
        for other in known.iter().rev().take(4) {
            let Some(first) = mentions.get(*other) else { continue };
            let other = goal(names.core(*other));
            let alike = other == name || near(&other, &name);
            if alike && first.section != mention.section && first.quantity.dim.fits(mention.quantity.dim) {
                let verdict = exact(first.quantity.value(), mention.quantity.value());
                claims.extend(verdict.map(|verdict| {
                    claim(text, first, place(text, mention), verdict, "IND-10", "同一目标的两处目标值")
                }));
                break;
            }
        }
        known.push(index);
    }
}

fn goal(core: &str) -> String {
    let mut rest = core;
    for word in ["力争", "争取", "确保", "计划", "预计"] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    rest.to_owned()
}

/// Equal but for one character at the end.
fn near(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    long.strip_prefix(short).is_some_and(|rest| rest.chars().count() <= 1)
}
