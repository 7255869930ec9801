//! 项目支出绩效自评表 of 财预〔2020〕10号 for one project: funds, goals of the year, indicators, total.

use rust_decimal::Decimal;

use super::block::{CellText, ColumnKind, HeadCell, RowKind, TableBlock, TableRow};
use super::score::{points, why};
use crate::domain::amount::{self, MoneyUnit};
use crate::domain::document::Document;
use crate::domain::score::Scoring;
use crate::domain::score::case::plain;
use crate::domain::score::project::{Funds, Goal, ProjectTable};

const COLUMNS: [ColumnKind; 8] = [
    ColumnKind::Text,
    ColumnKind::Text,
    ColumnKind::Text,
    ColumnKind::Center,
    ColumnKind::Center,
    ColumnKind::Center,
    ColumnKind::Center,
    ColumnKind::Text,
];

pub(super) fn table(document: &Document, scoring: &Scoring, table: &ProjectTable) -> TableBlock {
    let profile = &document.profile;
    let head = [
        (format!("项目名称：{}", table.name), 3),
        (format!("主管部门：{}", profile.superior.words()), 3),
        (format!("实施单位：{}", profile.unit_name.words()), 2),
    ];
    let mut rows = funds(table);
    rows.extend(aims(table));
    rows.extend(indicators(&table.goals));
    let open = match table.open.is_zero() {
        true => String::new(),
        false => format!("还有 {} 分未评", plain(&table.open)),
    };
    rows.push(TableRow {
        kind: RowKind::Sum,
        cells: vec![
            over("总分", 5),
            CellText::text(points(&scoring.total.num().counted())),
            CellText::text(plain(&table.total)),
            CellText::text(open),
        ],
    });
    let mut notes = vec!["没有分项目填报的上年结转资金留空，由填表人填写。".to_owned()];
    if table.goals.is_empty() {
        notes.push(
            "这个项目还没有指标。在“年度绩效目标”表的“所属项目”一栏选了它的，指标才列在这里。".to_owned(),
        );
    }
    TableBlock {
        caption: format!("项目支出绩效自评表：{}", table.name),
        unit: Some(MoneyUnit::WanYuan.label().to_owned()),
        wide: true,
        head: vec![head.into_iter().map(|(text, colspan)| HeadCell { text, colspan, rowspan: 1 }).collect()],
        columns: COLUMNS.to_vec(),
        rows,
        notes,
        ..TableBlock::default()
    }
}

fn funds(table: &ProjectTable) -> Vec<TableRow> {
    let row = |name: &str, funds: Funds, rest: [String; 3]| {
        let amounts =
            [funds.initial, funds.revised, funds.outturn].map(|amount| CellText::text(money(amount)));
        body([over(name, 2)].into_iter().chain(amounts).chain(rest.map(CellText::text)))
    };
    let part = |name: &str, initial: Option<Decimal>| {
        let funds = Funds { initial, ..Funds::default() };
        row(name, funds, ["—".to_owned(), String::new(), "—".to_owned()])
    };
    let rate = table.rate.map_or_else(String::new, |rate| amount::show_percent(&rate, 2));
    let heads = ["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"];
    vec![
        body([over("项目资金", 2)].into_iter().chain(heads.map(CellText::text))),
        row("年度资金总额", table.funds, [points(&table.weight), rate, points(&table.score)]),
        part("其中：当年财政拨款", table.fiscal),
        part("上年结转资金", None),
        part("其他资金", table.other),
    ]
}

fn aims(table: &ProjectTable) -> Vec<TableRow> {
    let mut name = CellText::text("年度总体目标");
    name.rowspan = 2;
    vec![
        body([name, over("预期目标", 4), over("实际完成情况", 3)]),
        body([over(table.expected(), 4), over(table.achieved(), 3)]),
    ]
}

fn indicators(goals: &[Goal]) -> Vec<TableRow> {
    let heads = [
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ];
    let mut rows = vec![body(heads.map(CellText::text))];
    for (at, goal) in goals.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| goals.get(at));
        let rest = goals.get(at..).unwrap_or_default();
        let mut cells = Vec::new();
        let new_aspect = before.is_none_or(|before| before.aspect != goal.aspect);
        if new_aspect {
            let count = rest.iter().take_while(|next| next.aspect == goal.aspect).count();
            cells.push(tall(&goal.aspect, count));
        }
        if new_aspect || before.is_none_or(|before| before.level != goal.level) {
            let same = |next: &&Goal| (&next.aspect, &next.level) == (&goal.aspect, &goal.level);
            cells.push(tall(&goal.level, rest.iter().take_while(same).count()));
        }
        let line = &goal.line;
        cells.extend(
            [
                line.name.clone(),
                line.target.clone(),
                line.shown.clone(),
                points(&line.effective),
                points(&line.score),
                why(line),
            ]
            .map(CellText::text),
        );
        rows.push(body(cells));
    }
    rows
}

fn money(amount: Option<Decimal>) -> String {
    amount.map_or_else(String::new, |amount| amount::show_amount(&amount, MoneyUnit::WanYuan))
}

fn body(cells: impl IntoIterator<Item = CellText>) -> TableRow {
    TableRow { kind: RowKind::Body, cells: cells.into_iter().collect() }
}

fn over(words: impl Into<String>, columns: usize) -> CellText {
    CellText { colspan: columns, ..CellText::text(words) }
}

fn tall(words: &str, rows: usize) -> CellText {
    CellText { rowspan: rows, ..CellText::text(words) }
}
