//! SCO-01 … SCO-11 (indicators §6.3) and TXT-03 (outline §7.3): what the scores, weights, causes and papers of the score
//! sheet lack.
//!
//! Without a scoring template nothing is to be checked. Must not score: it reads the sheet.

use rust_decimal::Decimal;

use super::{CheckDef, Finding, Outcome, Severity};
use crate::domain::cell::Num;
use crate::domain::document::Document;
use crate::domain::facts::label::Target;
use crate::domain::facts::registry::source;
use crate::domain::place::Place;
use crate::domain::score::case::plain;
use crate::domain::score::kinds::Input;
use crate::domain::score::{Line, Mark, Sheet};

const SYSTEMS: &str = "业务系统通行做法（非规定）";
const REVIEWS: &str = "公开复核意见（个别地方，非规定）";
const GUANGXI: &str = "广西部门整体支出绩效自评要求（地方口径）";

/// The checks of the sheet. SCO-12 and SCO-13 cannot be decided; SCO-14 is a setting of the template.
pub const ALL: [CheckDef<Sheet>; 12] = [
    CheckDef {
        id: "SCO-01",
        title: "人工评分在 0 和分值之间",
        severity: Severity::Error,
        source: SYSTEMS,
        run: by_hand,
    },
    CheckDef {
        id: "SCO-02",
        title: "得分低于分值的，有偏差原因和改进措施",
        severity: Severity::Error,
        source: SYSTEMS,
        run: causes,
    },
    CheckDef {
        id: "SCO-03",
        title: "实际完成没有超过目标较多",
        severity: Severity::Hint,
        source: SYSTEMS,
        run: over,
    },
    CheckDef {
        id: "SCO-04",
        title: "实际完成超过目标很多的，有说明",
        severity: Severity::Warning,
        source: GUANGXI,
        run: remarks,
    },
    CheckDef {
        id: "SCO-05",
        title: "反向指标没有超过目标，“＝”的指标等于目标",
        severity: Severity::Hint,
        source: SYSTEMS,
        run: beside,
    },
    CheckDef {
        id: "SCO-06",
        title: "人工评分与计算得分一致，或模板允许并且有理由",
        severity: Severity::Error,
        source: SYSTEMS,
        run: by_hand,
    },
    CheckDef {
        id: "SCO-07",
        title: "各级分值之和等于上一级；得分之和等于上报总分",
        severity: Severity::Error,
        source: SYSTEMS,
        run: sums,
    },
    CheckDef {
        id: "SCO-08",
        title: "每个指标都能按规则计分",
        severity: Severity::Error,
        source: SYSTEMS,
        run: scored,
    },
    CheckDef {
        id: "SCO-09",
        title: "不是每一项都得满分",
        severity: Severity::Hint,
        source: REVIEWS,
        run: full,
    },
    CheckDef {
        id: "SCO-10",
        title: "没有实际值的，没有人工评分",
        severity: Severity::Error,
        source: source::OURS,
        run: by_hand,
    },
    CheckDef {
        id: "SCO-11",
        title: "计分的指标有佐证材料",
        severity: Severity::Warning,
        source: REVIEWS,
        run: papers,
    },
    SCORED,
];

/// TXT-03. It is the one of them that a report without a score sheet is told of.
pub const SCORED: CheckDef<Sheet> = CheckDef {
    id: "TXT-03",
    title: "有自评总分和等级",
    severity: Severity::Warning,
    source: source::OURS,
    run: graded,
};

type Check = CheckDef<Sheet>;

fn points(number: Option<Decimal>) -> String {
    number.map_or_else(|| "未评".to_owned(), |number| format!("{} 分", plain(&number)))
}

/// A finding at a line: the place to mend and what stands there, and the score it is about.
fn finding(
    check: &Check,
    line: &Line,
    column: &'static str,
    stated: &str,
    message: String,
    todo: &str,
) -> Finding {
    let stands = match (line.fact, &line.source) {
        (Some(fact), _) => Target::Fact(fact),
        (None, Some(place)) => Target::Place(place.clone()),
        (None, None) => Target::Place(line.place("value")),
    };
    let value = (stands, line.shown.clone());
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

/// What keeps a score by hand from counting is one thing; each check says its own.
fn by_hand(check: &Check, _: &Document, sheet: &Sheet) -> Vec<Outcome> {
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

fn causes(check: &Check, _: &Document, sheet: &Sheet) -> Vec<Outcome> {
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

fn remarks(check: &Check, _: &Document, sheet: &Sheet) -> Vec<Outcome> {
    let over = sheet.lines.iter().filter(|line| line.mark == Some(Mark::FarOver));
    let outcomes = over.map(|line| {
        // What stands beside the result in T10 explains it as well.
        if !line.remark.is_empty() || !line.cause.is_empty() {
            return Outcome::Holds;
        }
        let message =
            format!("{}：实际完成超计划较大（目标 {}，实际 {}）", line.name, line.target, line.shown);
        Outcome::Fails(vec![finding(check, line, "remark", "未填", message, "请在“超额说明”中写明原因。")])
    });
    outcomes.collect()
}

/// Lines with a target, and the hint at those whose value bears a mark.
fn marked(check: &Check, sheet: &Sheet, mark: Mark, words: &str, todo: &str) -> Vec<Outcome> {
    let aimed = sheet.lines.iter().filter(|line| line.aimed && line.value.is_some());
    let outcomes = aimed.map(|line| {
        if line.mark != Some(mark) {
            return Outcome::Holds;
        }
        let message = format!("{}：{words}（目标 {}，实际 {}）", line.name, line.target, line.shown);
        Outcome::Fails(vec![finding(check, line, "remark", &line.shown, message, todo)])
    });
    outcomes.collect()
}

fn over(check: &Check, _: &Document, sheet: &Sheet) -> Vec<Outcome> {
    marked(check, sheet, Mark::Over, "实际完成超过目标较多", "请核对目标是否偏低；可以人工评分。")
}

fn beside(check: &Check, _: &Document, sheet: &Sheet) -> Vec<Outcome> {
    marked(check, sheet, Mark::Beside, "实际值与目标不同", "请核对实际值和目标值。")
}

fn sums(check: &Check, document: &Document, sheet: &Sheet) -> Vec<Outcome> {
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

fn scored(_: &Check, _: &Document, sheet: &Sheet) -> Vec<Outcome> {
    let weighted = sheet.lines.iter().filter(|line| line.weight.is_some() && !line.excluded);
    let outcomes = weighted.map(|line| match line.score {
        Some(_) => Outcome::Holds,
        None => Outcome::LacksData(vec![todo_place(line)], 1),
    });
    outcomes.collect()
}

fn graded(check: &Check, _: &Document, sheet: &Sheet) -> Vec<Outcome> {
    let Some(line) = open(sheet).next() else {
        return vec![match (sheet.total, &sheet.grade) {
            (Some(_), Some(_)) => Outcome::Holds,
            _ => Outcome::NotApplicable("所选的评分模板没有分值或等级"),
        }];
    };
    if sheet.grade.is_some() {
        return vec![Outcome::Holds];
    }
    let message = format!("自评没有做完：还有 {} 没有评，没有等级", points(Some(sheet.open)));
    vec![Outcome::Fails(vec![Finding::new(
        check,
        vec![(Target::Place(todo_place(line)), "未评".to_owned())],
        message,
        "请在自评表里评完各项得分。",
    )])]
}

fn full(check: &Check, _: &Document, sheet: &Sheet) -> Vec<Outcome> {
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

fn papers(check: &Check, _: &Document, sheet: &Sheet) -> Vec<Outcome> {
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
