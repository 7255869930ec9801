//! The score sheet as printed: the paragraph on the result and the official table (T11).

use super::block::{Block, CellText, ColumnKind, HeadCell, Inline, RowKind, TableBlock, TableRow};
use crate::domain::assess::Assessment;
use crate::domain::document::Document;
use crate::domain::facts::label::Target;
use crate::domain::score::case::plain;
use crate::domain::score::project;
use crate::domain::score::{Line, Scoring, Sheet};

/// What is printed of the sheet, and the figures in it that belong into the annex of sources.
pub(super) fn build(document: &Document, assessment: &Assessment) -> Option<(Vec<Block>, Vec<Target>)> {
    let (scoring, sheet) = (document.scoring.as_deref()?, assessment.sheet.as_ref()?);
    let mut blocks = vec![Block::Paragraph(vec![Inline::text(result(scoring, sheet))])];
    let lost = lost(sheet);
    if !lost.is_empty() {
        blocks.push(Block::Paragraph(vec![Inline::text(lost)]));
    }
    blocks.push(Block::Table(table(scoring, sheet)));
    if scoring.id == project::TEMPLATE {
        let tables = project::tables(document, scoring);
        blocks
            .extend(tables.iter().map(|table| Block::Table(super::project::table(document, scoring, table))));
    }
    let facts = sheet.lines.iter().filter(|line| line.value.is_some()).filter_map(|line| line.fact);
    Some((blocks, facts.map(Target::Fact).collect()))
}

pub(super) fn points(number: &Option<rust_decimal::Decimal>) -> String {
    number.as_ref().map_or_else(String::new, plain)
}

/// Total, grade and what each level 1 got.
fn result(scoring: &Scoring, sheet: &Sheet) -> String {
    let Some(total) = &sheet.total else {
        return format!("按《{}》列示各项指标，没有设分值，不计分。", scoring.name);
    };
    let parts: Vec<String> = scoring
        .aspects
        .iter()
        .zip(&sheet.aspects)
        .map(|(aspect, (sub, _))| match &sub.weight {
            Some(weight) => format!("{} {} 分（分值 {} 分）", aspect.name, plain(&sub.score), plain(weight)),
            None => format!("{} {} 分", aspect.name, plain(&sub.score)),
        })
        .collect();
    let grade = sheet.grade.as_ref().map_or_else(String::new, |grade| format!("，等级为“{grade}”"));
    if sheet.open.is_zero() {
        format!("经自评，综合得分 {} 分{grade}。其中：{}。", plain(total), parts.join("，"))
    } else {
        format!("自评尚未完成：已评部分得 {}{grade}。其中：{}。", sheet.total_words(), parts.join("，"))
    }
}

/// Where points were lost, with the causes that were given.
fn lost(sheet: &Sheet) -> String {
    let told: Vec<String> = sheet
        .lines
        .iter()
        .filter(|line| line.lost())
        .filter_map(|line| {
            let off = line.effective?.checked_sub(line.score?)?;
            let cause = if line.cause.is_empty() {
                String::new()
            } else {
                format!("，原因是{}", line.cause.trim_end_matches('。'))
            };
            Some(format!("{}扣 {} 分{cause}", line.name, plain(&off)))
        })
        .collect();
    if told.is_empty() { String::new() } else { format!("扣分情况：{}。", told.join("；")) }
}

fn table(scoring: &Scoring, sheet: &Sheet) -> TableBlock {
    let heads = [
        ("一级指标", ColumnKind::Text),
        ("二级指标", ColumnKind::Text),
        ("三级指标", ColumnKind::Text),
        ("评分标准", ColumnKind::Text),
        ("分值", ColumnKind::Number),
        ("目标值", ColumnKind::Text),
        ("指标值", ColumnKind::Text),
        ("得分", ColumnKind::Number),
        ("偏差原因和改进措施", ColumnKind::Text),
        ("佐证材料", ColumnKind::Text),
    ];
    let mut block = TableBlock {
        caption: "部门整体支出绩效自评表".to_owned(),
        wide: true,
        head: vec![heads.iter().map(|(words, _)| HeadCell::new(*words)).collect()],
        columns: heads.iter().map(|(_, kind)| *kind).collect(),
        ..TableBlock::default()
    };
    for (at, aspect) in scoring.aspects.iter().enumerate() {
        let Some((whole, groups)) = sheet.aspects.get(at) else { continue };
        let count: usize =
            (0..aspect.groups.len()).map(|group| sheet.lines_of(at, group).count().max(1)).sum();
        let mut first_of_aspect = Some(named(&aspect.name, &whole.weight, count));
        for (group_at, group) in aspect.groups.iter().enumerate() {
            let weight = groups.get(group_at).and_then(|sub| sub.weight);
            let lines: Vec<&Line> = sheet.lines_of(at, group_at).collect();
            let mut first_of_group = Some(named(&group.name, &weight, lines.len().max(1)));
            if lines.is_empty() {
                let mut cells: Vec<CellText> = first_of_aspect.take().into_iter().collect();
                cells.extend(first_of_group.take());
                cells.push(CellText::text("（还没有指标）"));
                block.rows.push(TableRow { kind: RowKind::Body, cells });
            }
            for line in lines {
                let mut cells: Vec<CellText> = first_of_aspect.take().into_iter().collect();
                cells.extend(first_of_group.take());
                cells.extend(line_cells(line));
                block.rows.push(TableRow { kind: RowKind::Body, cells });
            }
        }
        let mut sum = CellText::text(format!("{}小计", aspect.name));
        sum.colspan = 4;
        block.rows.push(sum_row(sum, &whole.weight, plain(&whole.score)));
    }
    let mut sum = CellText::text("总分");
    sum.colspan = 4;
    let total = scoring.total.num().counted();
    block.rows.push(sum_row(sum, &total, points(&sheet.total)));
    if !scoring.banner.is_empty() {
        block.notes.push(format!("{}。", scoring.banner));
    }
    if sheet.total.is_some() && !sheet.open.is_zero() {
        block.notes.push(format!("总分：{}。", sheet.total_words()));
    }
    block
}

fn named(name: &str, weight: &Option<rust_decimal::Decimal>, rows: usize) -> CellText {
    let words = weight.as_ref().map_or_else(|| name.to_owned(), |w| format!("{name}（{} 分）", plain(w)));
    let mut cell = CellText::text(words);
    cell.rowspan = rows;
    cell
}

fn line_cells(line: &Line) -> Vec<CellText> {
    let weight = match (&line.weight, &line.effective) {
        _ if line.excluded => "不适用".to_owned(),
        (_, Some(effective)) => plain(effective),
        _ => String::new(),
    };
    let value = match line.fact {
        Some(fact) if line.value.is_some() => {
            CellText::new(vec![Inline::value(line.shown.clone(), Target::Fact(fact).to_string())])
        }
        _ => CellText::text(line.shown.clone()),
    };
    let score = match &line.score {
        Some(score) if line.manual.is_some() && line.refused.is_none() => {
            format!(
                "{}（人工评分，计算得分 {}）",
                plain(score),
                line.computed.as_ref().map_or("无".to_owned(), plain)
            )
        }
        other => points(other),
    };
    vec![
        CellText::text(line.name.clone()),
        CellText::text(line.rule.clone()),
        CellText::text(weight),
        CellText::text(line.target.clone()),
        value,
        CellText::text(score),
        CellText::text(why(line)),
        CellText::text(line.evidence.clone()),
    ]
}

/// 偏差原因, 改进措施, 超额说明 and the reason of a score by hand, one after the other.
pub(super) fn why(line: &Line) -> String {
    let by_hand = match (line.manual, &line.refused) {
        (Some(_), None) if !line.manual_reason.is_empty() => format!("人工评分理由：{}", line.manual_reason),
        _ => String::new(),
    };
    let words = [&line.cause, &line.measure, &line.remark, &by_hand];
    let words = words.into_iter().map(|words| words.trim_end_matches('。')).filter(|words| !words.is_empty());
    words.collect::<Vec<_>>().join("；")
}

fn sum_row(first: CellText, weight: &Option<rust_decimal::Decimal>, score: String) -> TableRow {
    let mut cells = vec![first, CellText::text(points(weight)), CellText::text(""), CellText::text("")];
    cells.push(CellText::text(score));
    cells.extend([CellText::text(""), CellText::text("")]);
    TableRow { kind: RowKind::Sum, cells }
}
