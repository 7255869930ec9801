//! What a newer version of a template would change: the difference in words, and its effect on the score.

use super::case::{Case, plain};
use super::kinds;
use super::sheet::{Sheet, evaluate};
use super::template::{Indicator, Scoring};
use crate::domain::cell::Cell;
use crate::domain::document::Document;
use crate::domain::facts::{Facts, Unit, registry};
use rust_decimal::Decimal;
use std::sync::Arc;

/// The built-in template of the same id, where it is newer than the report's copy.
pub fn offered(scoring: &Scoring) -> Option<Scoring> {
    Scoring::built_in(&scoring.id).filter(|newest| newest.version > scoring.version)
}

/// What would change, one sentence each.
pub fn differences(old: &Scoring, new: &Scoring) -> Vec<String> {
    let mut words = Vec::new();
    let show = |cell: &Cell<Decimal>| match cell.num().counted() {
        Some(number) => format!("{} 分", plain(&number)),
        None => "未设".to_owned(),
    };
    let mut weight = |name: &str, before: &Cell<Decimal>, after: &Cell<Decimal>| {
        if before != after {
            words.push(format!("“{name}”的分值由 {} 改为 {}", show(before), show(after)));
        }
    };
    for after in &new.aspects {
        if let Some(before) = old.aspects.iter().find(|aspect| aspect.name == after.name) {
            weight(&after.name, &before.weight, &after.weight);
            for group in &after.groups {
                if let Some(before) = before.groups.iter().find(|other| other.name == group.name) {
                    weight(&group.name, &before.weight, &group.weight);
                }
            }
        }
    }
    for after in new.rows() {
        match old.row(&after.id) {
            None => words.push(format!("增加“{}”（{}）", after.name, show(&after.weight))),
            Some(before) => {
                let rules = [rule_words(old, before), rule_words(new, after)];
                words.extend(row_differences(before, after, rules, &show));
            }
        }
    }
    for before in old.rows().filter(|row| new.row(&row.id).is_none()) {
        words.push(format!("去掉“{}”，已填内容保留在“已停用”中", before.name));
    }
    let settings = |scoring: &Scoring| {
        (scoring.grades.clone(), scoring.partial.clone(), scoring.cuts.clone(), scoring.score_dp)
    };
    if settings(old) != settings(new) {
        words.push("等级、小数位数或不足一步的算法有变化".to_owned());
    }
    words
}

/// The rule of an indicator in words, made from its parameters as on the sheet.
fn rule_words(scoring: &Scoring, row: &Indicator) -> String {
    let Some((rule, kind)) = row.rule.as_ref().and_then(|rule| Some((rule, kinds::kind(&rule.kind)?))) else {
        return String::new();
    };
    let unit = registry().fact(&row.fact).map_or(Unit::Number(""), |def| def.unit);
    let case = Case { unit, ..Case::of(None, row.weight.num().counted().unwrap_or_default()) };
    (kind.words)(&scoring.params(rule), &case)
}

fn row_differences(
    before: &Indicator,
    after: &Indicator,
    rules: [String; 2],
    show: &dyn Fn(&Cell<Decimal>) -> String,
) -> Vec<String> {
    let name = &after.name;
    let mut words = Vec::new();
    if before.name != after.name {
        words.push(format!("“{}”改名为“{name}”", before.name));
    }
    if before.weight != after.weight {
        words.push(format!("“{name}”的分值由 {} 改为 {}", show(&before.weight), show(&after.weight)));
    }
    let [was, is] = rules;
    if was != is {
        let told = |words: String| {
            if words.is_empty() { "没有规则".to_owned() } else { format!("“{words}”") }
        };
        words.push(format!("“{name}”的评分规则由{}改为{}", told(was), told(is)));
    } else if (&before.rule, &before.over, &before.na) != (&after.rule, &after.over, &after.na) {
        words.push(format!("“{name}”的超额或不适用的处理有变化"));
    }
    if before.fact != after.fact {
        words.push(format!("“{name}”的数据来源有变化"));
    }
    words
}

/// The sheet as it would be with another template.
pub fn effect(document: &Document, facts: &Facts, scoring: Scoring) -> Option<Sheet> {
    let document = Document { scoring: Some(Arc::new(scoring)), ..document.clone() };
    evaluate(&document, facts)
}
