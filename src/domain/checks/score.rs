//! SCO-01 … SCO-11 (indicators §6.3): what the scores, weights, causes and papers of the score sheet lack.
//!
//! Without a scoring template nothing is to be checked. Must not score: it reads the sheet.

use rust_decimal::Decimal;

use super::{CheckDef, Finding, Outcome, Severity};
use crate::domain::cell::Num;
use crate::domain::document::Document;
use crate::domain::facts::eval::Facts;
use crate::domain::facts::label::Target;
use crate::domain::facts::registry::source;
use crate::domain::place::Place;
use crate::domain::score::case::plain;
use crate::domain::score::kinds::Input;
use crate::domain::score::sheet::{Mark, evaluate};
use crate::domain::score::{Line, Sheet};

const SYSTEMS: &str = "业务系统通行做法（非规定）";
const REVIEWS: &str = "公开复核意见（个别地方，非规定）";
const GUANGXI: &str = "广西部门整体支出绩效自评要求（地方口径）";

/// The checks of the sheet.
pub const ALL: [CheckDef; 9] = [
    def("SCO-01", "人工评分在 0 和分值之间", Severity::Error, SYSTEMS),
    def("SCO-02", "得分低于分值的，有偏差原因和改进措施", Severity::Error, SYSTEMS),
    def("SCO-04", "实际完成超过目标较多的，有说明", Severity::Warning, GUANGXI),
    def("SCO-06", "人工评分有理由，并且模板允许", Severity::Error, SYSTEMS),
    def("SCO-07", "各级分值之和等于上一级；得分之和等于上报总分", Severity::Error, SYSTEMS),
    def("SCO-08", "每个指标都能按规则计分", Severity::Error, SYSTEMS),
    def("SCO-09", "不是每一项都得满分", Severity::Hint, REVIEWS),
    def("SCO-10", "没有实际值的，没有人工评分", Severity::Error, source::OURS),
    def("SCO-11", "计分的指标有佐证材料", Severity::Warning, REVIEWS),
];

const fn def(id: &'static str, title: &'static str, severity: Severity, source: &'static str) -> CheckDef {
    CheckDef { id, title, severity, source, run }
}

fn run(check: &CheckDef, document: &Document, facts: &Facts) -> Vec<Outcome> {
    let Some(sheet) = evaluate(document, facts) else { return Vec::new() };
    match check.id {
        "SCO-01" | "SCO-06" | "SCO-10" => by_hand(check, &sheet),
        "SCO-02" => causes(check, &sheet),
        "SCO-04" => remarks(check, &sheet),
        "SCO-07" => sums(check, document, &sheet),
        "SCO-08" => scored(&sheet),
        "SCO-09" => full(check, &sheet),
        _ => papers(check, &sheet),
    }
}

fn points(number: Option<Decimal>) -> String {
    number.map_or_else(|| "未评".to_owned(), |number| format!("{} 分", plain(&number)))
}

/// A finding at a line: the place to mend and what stands there, and the score it is about.
fn finding(
    check: &CheckDef,
    line: &Line,
    column: &'static str,
    stated: &str,
    message: String,
    todo: &str,
) -> Finding {
    let value = match line.fact {
        Some(fact) => (Target::Fact(fact), line.shown.clone()),
        None => (Target::Place(line.place("value")), line.shown.clone()),
    };
    let place = Target::Place(line.place(column));
    let mut places = vec![(place.clone(), stated.to_owned())];
    if value.0 != place && !value.1.is_empty() {
        places.push(value);
    }
    Finding {
        check: check.id,
        severity: check.severity,
        places,
        expected: points(line.effective),
        stated: points(line.score),
        difference: String::new(),
        message,
        todo: todo.to_owned(),
        closes: Vec::new(),
        handling: None,
    }
}

fn by_hand(check: &CheckDef, sheet: &Sheet) -> Vec<Outcome> {
    let entered = sheet.lines.iter().filter(|line| line.manual.is_some());
    let outcomes = entered.map(|line| match &line.refused {
        Some((id, words)) if *id == check.id => {
            let column = if words.contains("理由") { "manual_reason" } else { "manual" };
            let stated = points(line.manual);
            let message = format!("{}：{words}", line.name);
            Outcome::Fails(vec![finding(check, line, column, &stated, message, "请在自评表中改正。")])
        }
        _ => Outcome::Holds,
    });
    outcomes.collect()
}

fn causes(check: &CheckDef, sheet: &Sheet) -> Vec<Outcome> {
    let lost = sheet.lines.iter().filter(|line| line.lost());
    let outcomes = lost.map(|line| {
        let (words, column) = match (line.cause.is_empty(), line.measure.is_empty()) {
            (false, false) => return Outcome::Holds,
            (true, true) => ("偏差原因和改进措施", "deviation_cause"),
            (true, false) => ("偏差原因", "deviation_cause"),
            (false, true) => ("改进措施", "measure"),
        };
        let message =
            format!("{}得 {}，分值 {}，没有写{words}", line.name, points(line.score), points(line.effective));
        let todo = format!("请在自评表中写明{words}。");
        Outcome::Fails(vec![finding(check, line, column, "未填", message, &todo)])
    });
    outcomes.collect()
}

fn remarks(check: &CheckDef, sheet: &Sheet) -> Vec<Outcome> {
    let over = sheet.lines.iter().filter(|line| line.mark == Some(Mark::FarOver));
    let outcomes = over.map(|line| {
        if !line.remark.is_empty() {
            return Outcome::Holds;
        }
        let message =
            format!("{}：实际完成超计划较大（目标 {}，实际 {}）", line.name, line.target, line.shown);
        Outcome::Fails(vec![finding(check, line, "remark", "未填", message, "请在“超额说明”中写明原因。")])
    });
    outcomes.collect()
}

fn sums(check: &CheckDef, document: &Document, sheet: &Sheet) -> Vec<Outcome> {
    let mut outcomes: Vec<Outcome> = Vec::new();
    for imbalance in &sheet.imbalances {
        // The first line that has such a weight leads to the sheet.
        let Some(line) = sheet.lines.first() else { continue };
        let mut found = finding(
            check,
            line,
            "weight",
            &points(Some(imbalance.sum)),
            format!("{}的分值：{}", imbalance.place, imbalance.words()),
            "请在自评表中调整分值。",
        );
        found.expected = points(Some(imbalance.whole));
        found.stated = points(Some(imbalance.sum));
        found.difference = points(Some(imbalance.sum.saturating_sub(imbalance.whole)));
        outcomes.push(Outcome::Fails(vec![found]));
    }
    if outcomes.is_empty() && sheet.total.is_some() {
        outcomes.push(Outcome::Holds);
    }
    let place = Place::field("score_stated", "total");
    outcomes.push(match (document.number(&place), sheet.total) {
        (Num::Unread, _) => Outcome::Unreadable(vec![place]),
        (Num::Blank, _) => Outcome::NotApplicable("没有填上报总分"),
        (_, None) => Outcome::NotApplicable("没有设分值"),
        (_, Some(_)) if !sheet.open.is_zero() => {
            let places: Vec<Place> = open(sheet).map(todo_place).take(8).collect();
            Outcome::LacksData(places, open(sheet).count())
        }
        (stated, Some(total)) => {
            let stated = stated.counted().unwrap_or_default();
            if stated == total {
                Outcome::Holds
            } else {
                Outcome::Fails(vec![Finding {
                    check: check.id,
                    severity: check.severity,
                    places: vec![(Target::Place(place), points(Some(stated)))],
                    expected: points(Some(total)),
                    stated: points(Some(stated)),
                    difference: points(Some(stated.saturating_sub(total))),
                    message: format!(
                        "上报总分 {} 与自评表各项得分之和 {} 不一致",
                        points(Some(stated)),
                        points(Some(total))
                    ),
                    todo: "请核对各项得分，或改正上报总分。".to_owned(),
                    closes: Vec::new(),
                    handling: None,
                }])
            }
        }
    });
    outcomes
}

fn open(sheet: &Sheet) -> impl Iterator<Item = &Line> {
    sheet.lines.iter().filter(|line| line.weight.is_some() && line.score.is_none() && !line.excluded)
}

/// Where a line that is not scored yet is filled in.
fn todo_place(line: &Line) -> Place {
    let column = match line.input {
        Some(Input::Answers) => "answers",
        Some(Input::Grade) => "graded",
        Some(Input::Dates) => "done",
        Some(Input::Manual) => "manual",
        Some(Input::Value) => "value",
        None => match &line.source {
            Some(place) => return place.clone(),
            None => "manual",
        },
    };
    line.place(column)
}

fn scored(sheet: &Sheet) -> Vec<Outcome> {
    let weighted = sheet.lines.iter().filter(|line| line.weight.is_some() && !line.excluded);
    let outcomes = weighted.map(|line| match line.score {
        Some(_) => Outcome::Holds,
        None => Outcome::LacksData(vec![todo_place(line)], 1),
    });
    outcomes.collect()
}

fn full(check: &CheckDef, sheet: &Sheet) -> Vec<Outcome> {
    let (Some(line), Some(_)) = (sheet.lines.first(), sheet.total) else { return Vec::new() };
    if !sheet.open.is_zero() {
        return vec![Outcome::NotApplicable("还有指标没有评分")];
    }
    if sheet.lines.iter().any(Line::lost) {
        return vec![Outcome::Holds];
    }
    let message = "自评全满分：每一项都得了满分，复核时通常最先核对这样的自评表".to_owned();
    vec![Outcome::Fails(vec![finding(
        check,
        line,
        "manual",
        &points(line.score),
        message,
        "请逐项核对依据和佐证材料。",
    )])]
}

fn papers(check: &CheckDef, sheet: &Sheet) -> Vec<Outcome> {
    // Rates come from the report's own tables; what somebody answered or typed needs a paper.
    let judged = sheet
        .lines
        .iter()
        .filter(|line| line.score.is_some() && (line.fact.is_none() || line.manual.is_some()));
    let outcomes = judged.map(|line| {
        if !line.evidence.is_empty() {
            return Outcome::Holds;
        }
        let message = format!("{}得 {}，没有写佐证材料", line.name, points(line.score));
        Outcome::Fails(vec![finding(check, line, "evidence", "未填", message, "请写明文件名、文号和页码。")])
    });
    outcomes.collect()
}
