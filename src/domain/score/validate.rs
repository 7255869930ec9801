//! What is wrong with a scoring template: holes that keep it from being used, and weights that do not add up.

use rust_decimal::Decimal;

use super::case::plain;
use super::kinds;
use super::template::{Indicator, Rule, Scoring};
use crate::domain::cell::{Cell, Num};
use crate::domain::facts::registry;

/// The part of a template that something is said of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum At {
    /// The whole template.
    #[default]
    Template,
    /// A level 1 by its position.
    Aspect(usize),
    /// A level 2 by the positions of its level 1 and its own.
    Group(usize, usize),
    /// An indicator by its id.
    Row(String),
}

/// A hole of a template, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hole {
    /// Which part.
    pub at: At,
    /// Where: level 1 › level 2 › level 3.
    pub place: String,
    /// What is missing or wrong.
    pub words: String,
    /// The template opens nevertheless and is completed on the sheet: weights that do not add up yet, unseen rows.
    pub mendable: bool,
}

impl Hole {
    /// One that keeps the template from being used.
    fn fatal(at: At, place: &str, words: &str) -> Hole {
        Hole { at, place: place.to_owned(), words: words.to_owned(), mendable: false }
    }
}

/// A sum of weights that is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imbalance {
    /// Of which part.
    pub at: At,
    /// Of what.
    pub place: String,
    /// The sum of the parts.
    pub sum: Decimal,
    /// What they should add up to.
    pub whole: Decimal,
}

impl Imbalance {
    /// The imbalance in words, with its difference.
    pub fn words(&self) -> String {
        let difference = self.sum.saturating_sub(self.whole);
        let (word, size) =
            if difference > Decimal::ZERO { ("多", difference) } else { ("少", difference.abs()) };
        let show = plain;
        format!("各部分共 {} 分，应为 {} 分，{word} {} 分", show(&self.sum), show(&self.whole), show(&size))
    }
}

/// Whether no weights were entered at all: a framework of indicators without points (财预〔2013〕53号).
pub fn is_unweighted(scoring: &Scoring) -> bool {
    let blank = |cell: &Cell<Decimal>| cell.is_blank();
    blank(&scoring.total)
        && scoring.rows().all(|row| blank(&row.weight))
        && scoring.aspects.iter().all(|a| blank(&a.weight) && a.groups.iter().all(|g| blank(&g.weight)))
}

/// All holes of a template, in its order.
pub fn holes(scoring: &Scoring) -> Vec<Hole> {
    let mut holes = of_template(scoring);
    let mut seen: Vec<&str> = Vec::new();
    for (aspect_at, aspect) in scoring.aspects.iter().enumerate() {
        let mut add = |place: &str, words: &str| holes.push(Hole::fatal(At::Aspect(aspect_at), place, words));
        if aspect.name.trim().is_empty() {
            add("一级指标", "没有名称");
        }
        if aspect.groups.is_empty() {
            add(&aspect.name, "下面没有二级指标");
        }
        for (group_at, group) in aspect.groups.iter().enumerate() {
            let place = format!("{} › {}", aspect.name, group.name);
            let mut add =
                |words: &str| holes.push(Hole::fatal(At::Group(aspect_at, group_at), &place, words));
            if group.name.trim().is_empty() {
                add("二级指标没有名称");
            }
            if group.rows.is_empty() && group.slot.is_none() {
                add("下面没有指标");
            }
            for row in &group.rows {
                let place = format!("{place} › {}", row.name);
                if row.id.trim().is_empty() || seen.contains(&row.id.as_str()) {
                    let words = format!("标识（id）“{}”没有填或重复", row.id);
                    holes.push(Hole::fatal(At::Row(row.id.clone()), &place, &words));
                }
                seen.push(&row.id);
                holes.extend(of_row(scoring, row, &place));
            }
        }
    }
    holes.extend(imbalances(scoring).into_iter().map(|imbalance| Hole {
        at: imbalance.at.clone(),
        words: imbalance.words(),
        place: imbalance.place,
        mendable: true,
    }));
    holes
}

fn of_template(scoring: &Scoring) -> Vec<Hole> {
    let mut holes = Vec::new();
    let mut add = |words: &str| holes.push(Hole::fatal(At::Template, "模板", words));
    if scoring.id.trim().is_empty() {
        add("没有标识（id）");
    }
    if scoring.name.trim().is_empty() {
        add("没有名称（name）");
    }
    if scoring.aspects.is_empty() {
        add("没有指标（aspects）");
    }
    if scoring.score_dp > 6 {
        add("得分的小数位数（score_dp）最多 6 位");
    }
    if !["", "floor", "ceil", "prorata"].contains(&scoring.partial.as_str()) {
        add(&format!("不足一步的算法（partial）没有“{}”", scoring.partial));
    }
    let from: Vec<Option<Decimal>> = scoring.grades.iter().map(|grade| grade.from.num().counted()).collect();
    if from.iter().any(Option::is_none) || from.windows(2).any(|pair| pair.first() <= pair.last()) {
        add("等级（grades）的起点要写明，并且从高到低");
    }
    if scoring.grades.iter().any(|grade| grade.name.trim().is_empty()) {
        add("等级（grades）没有名称");
    }
    if scoring.cuts.len() != 2
        || scoring.cuts.iter().any(|cut| cut.num().counted().is_none())
        || kinds::check(scoring, &Rule::of("qual3"), None).is_err()
    {
        add("定性指标的两个下限（cuts）应在 0 和 1 之间，从高到低");
    }
    for (times, name) in [(&scoring.over_mark, "over_mark"), (&scoring.over_remark, "over_remark")] {
        let sound = matches!(times.num(), Num::Blank) || times.num().counted() > Some(Decimal::ONE);
        if !sound {
            add(&format!("超过目标的倍数（{name}）要大于 1，或留空"));
        }
    }
    holes
}

fn of_row(scoring: &Scoring, row: &Indicator, place: &str) -> Vec<Hole> {
    let mut holes = Vec::new();
    let unweighted = is_unweighted(scoring);
    let mut add = |words: &str, mendable: bool| {
        holes.push(Hole { mendable, ..Hole::fatal(At::Row(row.id.clone()), place, words) });
    };
    if row.name.trim().is_empty() {
        add("指标没有名称", false);
    }
    if !row.fact.is_empty() && registry().fact(&row.fact).is_none() {
        add(&format!("没有“{}”这项数据", row.fact), false);
    }
    let weight = match row.weight.num() {
        Num::Value(weight) if weight > Decimal::ZERO => Some(weight),
        Num::Blank if unweighted => None,
        Num::Blank => {
            add("分值未填", true);
            None
        }
        _ => {
            add("分值要大于 0", true);
            None
        }
    };
    match &row.rule {
        None if unweighted => {}
        None => add("没有评分规则", true),
        Some(rule) => {
            if let Err(words) = kinds::check(scoring, rule, weight) {
                // Points of check points and bands follow the weight, which is edited on the sheet.
                let mendable = kinds::check(scoring, rule, None).is_ok();
                add(&format!("评分规则：{words}"), mendable);
            }
        }
    }
    if let Some(over) = &row.over {
        let c = over.c.num().counted().unwrap_or_default();
        let k = over.k.num().counted();
        let positive = row.rule.as_ref().is_some_and(|rule| rule.kind == "ratio_up");
        if c <= Decimal::ONE || !positive || (over.mode == "reduce" && k.is_none_or(|k| k < Decimal::ZERO)) {
            add("超额完成的处理：只用于越高越好的指标，倍数要大于 1，按偏离扣分的要写明扣多少", false);
        }
        if !["none", "remark", "reduce"].contains(&over.mode.as_str()) {
            add(&format!("超额完成的处理没有“{}”", over.mode), false);
        }
    }
    if let Some(na) = &row.na {
        let known = ["fact", "zero", "typed"].contains(&na.when.as_str())
            && ["full", "exclude", "inner"].contains(&na.then.as_str());
        if !known {
            add("不适用时的处理没有写明（when、then）", false);
        }
        match &na.inner {
            None if na.then == "inner" => add("不适用时改用的规则没有写", false),
            Some(rule) if na.then == "inner" => {
                if let Err(words) = kinds::check(scoring, rule, None) {
                    add(&format!("不适用时改用的规则：{words}"), false);
                }
            }
            _ => {}
        }
    }
    if row.unseen {
        add("未见原文，请按文件补全后取消“未见原文”", true);
    }
    holes
}

/// Sums of weights on all levels that are not what they should be (SCO-07), exact.
pub fn imbalances(scoring: &Scoring) -> Vec<Imbalance> {
    let mut wrong = Vec::new();
    let mut compare =
        |at: At, place: String, parts: &mut dyn Iterator<Item = Option<Decimal>>, whole: Option<Decimal>| {
            let Some(whole) = whole else { return };
            let sum = parts.flatten().fold(Decimal::ZERO, Decimal::saturating_add);
            if sum != whole {
                wrong.push(Imbalance { at, place, sum, whole });
            }
        };
    let number = |cell: &Cell<Decimal>| cell.num().counted();
    compare(
        At::Template,
        "全表".to_owned(),
        &mut scoring.aspects.iter().map(|a| number(&a.weight)),
        number(&scoring.total),
    );
    for (aspect_at, aspect) in scoring.aspects.iter().enumerate() {
        compare(
            At::Aspect(aspect_at),
            aspect.name.clone(),
            &mut aspect.groups.iter().map(|g| number(&g.weight)),
            number(&aspect.weight),
        );
        for (group_at, group) in aspect.groups.iter().enumerate().filter(|(_, group)| group.slot.is_none()) {
            let place = format!("{} › {}", aspect.name, group.name);
            compare(
                At::Group(aspect_at, group_at),
                place,
                &mut group.rows.iter().map(|row| number(&row.weight)),
                number(&group.weight),
            );
        }
    }
    wrong
}

/// Reads a template from JSON text and refuses one with a hole that the sheet cannot mend, naming the place.
///
/// # Errors
///
/// Why it was refused, in words.
pub fn read(text: &str) -> Result<Scoring, String> {
    let value: serde_json::Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| format!("文件在第 {} 行第 {} 列处读不懂", error.line(), error.column()))?;
    let scoring: Scoring = serde_path_to_error::deserialize(&value)
        .map_err(|error| format!("文件中“{}”处读不懂", error.path()))?;
    match holes(&scoring).into_iter().find(|hole| !hole.mendable) {
        Some(hole) => Err(format!("{}：{}", hole.place, hole.words)),
        None => Ok(scoring),
    }
}
