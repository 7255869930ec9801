//! T13 勾稽检查结果: what the checks found, what is said of it, and how much was checked, as printed.
//!
//! Only reads findings; decides nothing about them.

use super::block::{CellText, ColumnKind, HeadCell, RowKind, TableBlock, TableRow};
use crate::domain::amount::MoneyUnit;
use crate::domain::assess::Assessment;
use crate::domain::cell::Raw;
use crate::domain::checks::handling::{self, Answer, Handling};
use crate::domain::checks::{self, Coverage, Finding, GROUPS, Review, beside};
use crate::domain::document::Document;
use crate::domain::entry;
use crate::domain::facts::eval::Facts;
use crate::domain::facts::label::Target;
use crate::domain::place::Place;

/// The annex; nothing while nothing could be checked.
pub(super) fn annex(document: &Document, assessment: &Assessment) -> Option<TableBlock> {
    let review = &assessment.review;
    if review.coverage.checked() == 0 {
        return None;
    }
    let head = ["校验", "问题", "位置甲", "位置乙", "差额", "级别", "处理意见"].map(HeadCell::new).to_vec();
    let mut rows: Vec<TableRow> = review.findings.iter().map(|finding| row(document, finding)).collect();
    for of in handling::of_prose(document, &assessment.facts) {
        let [a, b] = [0, 1].map(|at| place(document, &of.places, at));
        let none = String::new;
        let words = ["正文".to_owned(), of.message, a, b, none(), none(), said(&of.handling)];
        rows.push(TableRow { kind: RowKind::Body, cells: words.map(CellText::text).to_vec() });
    }
    let past = handling::past(document, &assessment.facts, &review.findings).into_iter();
    for past in past.filter(|past| past.corrected && checks::check(past.line.check.words()).is_some()) {
        let words =
            [past.line.check.words(), past.line.message.words(), "", "", "", "", "已改正，重新核对一致"];
        rows.push(TableRow { kind: RowKind::Body, cells: words.map(CellText::text).to_vec() });
    }
    if rows.is_empty() {
        let mut cell = CellText::text("核对过的都一致，没有发现问题。");
        cell.colspan = head.len();
        rows.push(TableRow { kind: RowKind::Note, cells: vec![cell] });
    }
    use ColumnKind::{Center, Number, Text};
    Some(TableBlock {
        caption: "勾稽检查结果".to_owned(),
        wide: true,
        // The ids in a column that does not break.
        columns: vec![Number, Text, Text, Text, Number, Center, Text],
        head: vec![head],
        rows,
        notes: notes(document, &assessment.facts, review),
        ..TableBlock::default()
    })
}

fn row(document: &Document, finding: &Finding) -> TableRow {
    let id = if checks::group(finding.check).is_empty() { "指标基数" } else { finding.check };
    let cells = vec![
        CellText::text(id),
        CellText::text(finding.message.as_str()),
        CellText::text(place(document, &finding.places, 0)),
        CellText::text(place(document, &finding.places, 1)),
        CellText::text(finding.difference.as_str()),
        CellText::text(finding.severity.label()),
        CellText::text(finding.handling.as_ref().map_or_else(|| "未处理".to_owned(), said)),
    ];
    TableRow { kind: RowKind::Body, cells }
}

/// One of the places of a finding with the value there; empty where there are not so many.
fn place(document: &Document, places: &[(Target, String)], at: usize) -> String {
    places.get(at).map(|(target, value)| format!("{}：{value}", target.label(document))).unwrap_or_default()
}

/// What is said of a finding that stands.
fn said(handling: &Handling) -> String {
    let date = Document::def(&Place::field("profile", "filled_on"))
        .map(|def| entry::shown(def, &Raw::text(handling.date.as_str()), MoneyUnit::WanYuan))
        .filter(|date| !date.is_empty())
        .map(|date| format!("（{date}）"))
        .unwrap_or_default();
    match (handling.answer, handling.changed) {
        (Answer::Corrected, _) => format!("标为已改正{date}，重新核对仍不一致"),
        (answer, true) => format!("{}{date}之后数值已变：{}", answer.label(), handling.reason),
        (answer, false) => format!("{}{date}：{}", answer.label(), handling.reason),
    }
}

/// Most targets that a fact beside the checks names.
const NAMED: usize = 6;

fn notes(document: &Document, facts: &Facts, review: &Review) -> Vec<String> {
    let coverage = review.coverage;
    let mut notes = vec![format!(
        "共核对 {} 处：一致 {} 处，不一致 {} 处；缺数据未核对 {} 处，不适用 {} 处。",
        coverage.checked(),
        coverage.holds,
        coverage.fails,
        coverage.unchecked(),
        coverage.not_applicable
    )];
    let groups: Vec<String> = GROUPS
        .iter()
        .filter_map(|(key, name)| {
            let of = || review.by_check.iter().filter(|checked| checks::group(checked.check) == *key);
            let sum =
                |count: fn(&Coverage) -> usize| of().map(|checked| count(&checked.coverage)).sum::<usize>();
            let (holds, fails) = (sum(|one| one.holds), sum(|one| one.fails));
            let (lacks, apart) = (sum(Coverage::unchecked), sum(|one| one.not_applicable));
            (of().next().is_some()).then(|| {
                format!("{name}一致 {holds} 处、不一致 {fails} 处、缺数据 {lacks} 处、不适用 {apart} 处")
            })
        })
        .collect();
    notes.push(format!("分类：{}。", groups.join("；")));
    if !review.gaps.is_empty() {
        let named: Vec<String> = review
            .gaps
            .iter()
            .filter_map(|gap| gap.places.first())
            .map(|place| Target::Place(place.clone()).label(document))
            .collect();
        let more = if review.gaps.len() > 1 { "等" } else { "" };
        notes.push(format!("没有核对的，是因为这些数未填或读不出：{}{more}。", named.join("、")));
    }
    let beside = beside::all(document, facts).into_iter().map(|one| {
        let names: Vec<String> = one.targets.iter().take(NAMED).map(|(_, name)| name.clone()).collect();
        let more = if one.targets.len() > names.len() { "等" } else { "" };
        let names =
            if names.is_empty() { String::new() } else { format!("（{}{more}）", names.join("、")) };
        format!("{} {}{names}", one.label, one.shown)
    });
    notes.push(format!("另外：{}。", beside.collect::<Vec<_>>().join("；")));
    notes
}
