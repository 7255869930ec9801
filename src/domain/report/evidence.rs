//! 佐证清单: the papers that prove results and scores, as they are named beside them.
//!
//! Only collects; nothing is judged here.

use super::block::{CellText, ColumnKind, HeadCell, RowKind, TableBlock, TableRow};
use crate::domain::cell::Raw;
use crate::domain::document::Document;
use crate::domain::facts::targets;

/// The annex; nothing while no paper is named.
pub(super) fn annex(document: &Document) -> Option<TableBlock> {
    let mut rows = Vec::new();
    for line in document.targets.iter() {
        rows.extend(row("目标完成对照", &line.name, [&line.evidence, &Raw::Blank, &Raw::Blank]));
    }
    // A goal that repeats a target has its result, and its proof, there.
    for goal in document.goals.iter().filter(|goal| targets::of_goal(document, goal).is_none()) {
        rows.extend(row("其他绩效目标", &goal.name, [&goal.evidence, &Raw::Blank, &Raw::Blank]));
    }
    for answer in document.score_answers.iter().filter(|_| document.scoring.is_some()) {
        let papers = [&answer.evidence, &answer.evidence_number, &answer.evidence_page];
        rows.extend(row("自评表", &answer.name, papers));
    }
    if rows.is_empty() {
        return None;
    }
    use ColumnKind::{Center, Text};
    Some(TableBlock {
        caption: "佐证清单".to_owned(),
        wide: true,
        columns: vec![Center, Text, Text, Text, Text],
        head: vec![["所在", "事项", "佐证材料", "文号", "页码"].map(HeadCell::new).to_vec()],
        rows,
        ..TableBlock::default()
    })
}

fn row(place: &str, name: &Raw, papers: [&Raw; 3]) -> Option<TableRow> {
    let named = papers.iter().any(|paper| !paper.words().trim().is_empty());
    let words = [place, name.words()].into_iter().chain(papers.into_iter().map(Raw::words));
    named.then(|| TableRow { kind: RowKind::Body, cells: words.map(CellText::text).collect() })
}
