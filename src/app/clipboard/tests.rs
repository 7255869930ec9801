//! Tables of cases for the clipboard.

use super::*;
use crate::domain::cell::Raw;
use crate::domain::edit::Edit;
use crate::domain::place::Place;
use crate::domain::rows::{List, RowId};

fn block(rows: &[&[&str]]) -> Block {
    rows.iter().map(|row| row.iter().map(|text| (*text).to_owned()).collect()).collect()
}

#[test]
fn text_of_spreadsheets_is_read_as_they_write_it() {
    let cases: &[(&str, &[&[&str]])] = &[
        ("", &[]),
        ("a", &[&["a"]]),
        ("a\tb\r\nc\td\r\n", &[&["a", "b"], &["c", "d"]]),
        ("a\n\nb\n", &[&["a"], &[""], &["b"]]),
        ("\t\n", &[&["", ""]]),
        ("\"一\n二\"\t3", &[&["一\n二", "3"]]),
        ("\"他说\"\"好\"\"\n\"\t1\n", &[&["他说\"好\"\n", "1"]]),
        // Not closed, or not at the end of a cell: the quotation mark is text.
        ("\"未闭合\tb\nc", &[&["\"未闭合", "b"], &["c"]]),
        ("\"a\"b\tc", &[&["\"a\"b", "c"]]),
        ("1\u{A0}234.5\t\u{A0}", &[&["1 234.5", " "]]),
        ("a\rb", &[&["a"], &["b"]]),
        ("\"\"\t\"\"", &[&["", ""]]),
    ];
    for (text, rows) in cases {
        assert_eq!(parse(text), block(rows), "{text:?}");
    }
}

#[test]
fn what_is_written_is_read_back() {
    let cells = block(&[&["a\tb", "\"引\"", "一\n二"], &["", "1.50", "—"], &["", "", ""]]);
    assert_eq!(parse(&write(&cells)), cells);
    // A blank cell at the end of a column is a cell.
    for cells in [block(&[&[""]]), block(&[&["甲"], &["乙"], &[""]]), block(&[&["甲", ""], &["", ""]])] {
        assert_eq!(parse(&write(&cells)), cells);
    }
    assert_eq!(write(&block(&[&["一\n\"二\"", "3"]])), "\"一\n\"\"二\"\"\"\t3");
}

#[test]
fn merged_cells_are_told_from_text_that_runs_over() {
    for (html, merged) in [
        ("<table><tr><td>1</td></tr></table>", false),
        ("<td colspan=2>", true),
        ("<TD rowspan=\"3\" class=x>", true),
        ("<td colspan=3 style='mso-ignore:colspan'>", false),
        ("<td colspan=1>", false),
        ("colspan=2", false),
    ] {
        assert_eq!(has_merged_cells(html), merged, "{html}");
    }
}

#[test]
fn a_block_is_repeated_over_a_selection_that_it_divides() {
    let one = block(&[&["1"]]);
    assert_eq!(spread(one.clone(), (2, 2)), block(&[&["1", "1"], &["1", "1"]]));
    assert_eq!(spread(block(&[&["1", "2"]]), (2, 2)), block(&[&["1", "2"], &["1", "2"]]));
    assert_eq!(spread(block(&[&["1", "2"]]), (2, 3)), block(&[&["1", "2"]]));
    assert_eq!(spread(one.clone(), (1, 1)), one);
}

/// A report with two projects, a paste, and what came of it.
struct Case {
    table: &'static str,
    line: Line,
    column: usize,
    text: &'static str,
}

fn report() -> Document {
    let mut document = Document::new("d", std::sync::Arc::default());
    let mut rows = Vec::new();
    for id in ["p1", "p2"] {
        let mut data = crate::domain::rows::RowData { id: RowId::new(id), ..Default::default() };
        data.cells.insert("name".into(), Raw::text(format!("旧{id}")));
        data.cells.insert("basis".into(), Raw::text("依据"));
        rows.push(data);
    }
    document.apply(&Edit::Insert { list: "projects".into(), at: 0, rows });
    document
}

fn paste(case: &Case) -> (Document, Proposal, Plan) {
    let mut document = report();
    let before = document.clone();
    let spot = Spot {
        table: TableDef::by_id(case.table).unwrap(),
        document: &before,
        money: MoneyUnit::WanYuan,
        line: case.line.clone(),
        column: case.column,
    };
    let block = parse(case.text);
    let proposal = propose(&block, &spot);
    let mut ids = 0;
    let mut new_id = || {
        ids += 1;
        RowId::new(&format!("n{ids}"))
    };
    let plan = plan(&block, &spot, &proposal.mapping, &mut new_id);
    document.apply(&Edit::Batch(plan.edits.clone()));
    (document, proposal, plan)
}

fn row(id: &str) -> Line {
    Line::Row(RowId::new(id))
}

fn cell(document: &Document, place: &str) -> String {
    match document.get(&Place::parse(place).unwrap()) {
        Raw::Blank => "未填".into(),
        Raw::Nil => "无".into(),
        Raw::Value(text) => text,
        Raw::Unread(text) => format!("?{text}"),
    }
}

#[test]
fn a_block_fills_cells_from_the_focused_one_and_adds_rows() {
    let text = "高质量发展\t是\t312\t2021\t一般公共预算\t1,113\r\n科技计划\t否\t\t2020年\t\t1OO\r\n新项目\t\t\t\t\t-\r\n合计\t\t\t\t\t1,323\r\n";
    let (document, proposal, plan) = paste(&Case { table: "T7", line: row("p1"), column: 0, text });
    assert_eq!(proposal.doubt, None);
    assert_eq!(plan.words(), "已粘贴 3 行 6 列，上报合计 1 行，1 格无法识别，已原样保留");
    assert_eq!(document.projects.len(), 3);
    for (place, value) in [
        ("projects[p1].name", "高质量发展"),
        ("projects[p1].initial_budget", "1113"),
        ("projects[p1].fund_source", "general_public"),
        ("projects[p1].basis", "依据"),
        ("projects[p2].initial_budget", "?1OO"),
        ("projects[p2].fund_year", "2020"),
        ("projects[n1].name", "新项目"),
        ("projects[n1].initial_budget", "无"),
        ("projects_stated.initial_budget", "1323"),
    ] {
        assert_eq!(cell(&document, place), value, "{place}");
    }
}

#[test]
fn blank_cells_of_a_published_table_are_taken_over_as_nil() {
    let text = "科目名称\t科目编码\t合计\t财政拨款收入\t上级补助收入\n合计\t\t100\t100\t\n科学技术支出\t206\t100\t100\t\n";
    let (document, _, plan) = paste(&Case { table: "T19b", line: Line::Stated(0), column: 0, text });
    assert_eq!(plan.words(), "已粘贴 2 行 5 列，空白的 2 格记作“无”");
    assert_eq!(cell(&document, "accounts_income[n1].superior"), "无");
    assert_eq!(cell(&document, "accounts_income[n1].code"), "未填");
    assert_eq!(cell(&document, "accounts_income[n1].other"), "未填", "no column of the block");
    assert_eq!(cell(&document, "accounts_income[n2].code"), "206");
}

#[test]
fn a_header_names_the_columns_and_their_unit() {
    let text = "项目名称\t年初预算数（元）\t决算数（元）\n甲\t12800\t无\n乙\t\t5\n";
    let (document, proposal, plan) = paste(&Case { table: "T7", line: Line::Stated(0), column: 5, text });
    assert_eq!(proposal.doubt, None);
    assert_eq!((plan.rows, plan.added), (2, 2));
    assert_eq!(cell(&document, "projects[n1].initial_budget"), "1.2800");
    assert_eq!(cell(&document, "projects[n1].outturn"), "无");
    assert_eq!(cell(&document, "projects[n2].outturn"), "0.0005");
}

#[test]
fn one_name_over_figures_is_a_header_too() {
    let text = "经济分类\t年初预算（元）\n商品和服务支出\t215500\n";
    let (document, proposal, plan) = paste(&Case { table: "T6", line: row("301"), column: 1, text });
    assert_eq!(proposal.doubt, None);
    assert_eq!(plan.words(), "已粘贴 1 行 2 列");
    assert_eq!(cell(&document, "basic[302].initial_budget"), "21.5500");
}

#[test]
fn what_does_not_match_is_asked_about_first() {
    let wide = "x\t".repeat(13);
    let cases: &[(&str, usize, &str, Option<&str>)] = &[
        ("T7", 0, &wide, Some("粘贴的内容 14 列，从这一格起表里只有 12 列。")),
        ("T7", 0, "序号\t项目\t决算\n1\t甲\t2\n", Some("有 1 列的名称在表里没有对应的栏。")),
        ("T7", 0, "决算\t项目\n2\t甲\n", Some("各列的次序和表里不同，已按名称对应。")),
        ("T7", 0, "甲\t312 补助\n乙\t313 补助\n丙\t是\n", Some("“重点”一栏的内容大多无法识别。")),
        ("T7", 0, "甲\t是\n乙\t否\n", None),
        ("T7", 5, "1\t2\t3\t4\n", None),
        // An empty column too many does no harm.
        ("T7", 11, "5\t\n", None),
        ("T7", 5, "abc", None),
    ];
    for (table, column, text, doubt) in cases {
        let case =
            Case { table, line: row("p1"), column: *column, text: Box::leak((*text).to_owned().into()) };
        let (_, proposal, _) = paste(&case);
        assert_eq!(proposal.doubt.as_deref(), *doubt, "{text}");
    }
}

#[test]
fn known_rows_are_found_by_their_label_whatever_their_order() {
    let text = "302 商品和服务支出\t21.55\n一、工资福利支出\t123.36\n资本性支出（310）\t8\n人员经费\t128.01\n没有这一行\t1\n合 计\t149.56\n";
    for column in [0, 1] {
        let (document, proposal, plan) = paste(&Case { table: "T6", line: row("301"), column, text });
        assert_eq!(proposal.doubt, None);
        assert_eq!(plan.words(), "已粘贴 3 行 2 列，上报合计 2 行，1 行在表里没有对应的行，未粘贴");
        for (place, value) in [
            ("basic[302].initial_budget", "21.55"),
            ("basic[301].initial_budget", "123.36"),
            ("basic[310].initial_budget", "8"),
            ("basic[310].item", "资本性支出（310）"),
            ("personnel_stated.initial_budget", "128.01"),
            ("basic_stated.initial_budget", "149.56"),
        ] {
            assert_eq!(cell(&document, place), value, "{place}");
        }
        assert_eq!(document.list("basic").unwrap().position(&RowId::new("310")), Some(3));
    }
}

#[test]
fn figures_without_labels_go_into_known_rows_as_they_lie() {
    let (document, _, plan) =
        paste(&Case { table: "T9", line: row("vehicle_running"), column: 1, text: "1\t2\n3\t4\n5\t6\n" });
    assert_eq!(plan.words(), "已粘贴 2 行 2 列，1 行在表里没有对应的行，未粘贴");
    assert_eq!(cell(&document, "three_public[hospitality].revised_budget"), "4");
    // An empty row of the block keeps its place and empties nothing.
    let (document, ..) =
        paste(&Case { table: "T9", line: row("travel_abroad"), column: 1, text: "1\n\n3\n" });
    assert_eq!(cell(&document, "three_public[vehicle_purchase].initial_budget"), "未填");
    assert_eq!(cell(&document, "three_public[vehicle_running].initial_budget"), "3");
}

#[test]
fn a_stated_total_is_pasted_from_its_own_row() {
    let (document, _, plan) =
        paste(&Case { table: "T9", line: Line::Stated(1), column: 1, text: "12.88\t\t14.99\n" });
    assert_eq!(plan.words(), "已粘贴上报合计 1 行");
    assert_eq!(cell(&document, "three_public_stated.outturn"), "14.99");
    assert_eq!(cell(&document, "three_public_stated.revised_budget"), "未填");
}

#[test]
fn rows_of_another_table_and_bare_totals_are_left_alone() {
    let text = "基本支出\t1\n项目支出\t\n经营支出\t3\n";
    let (document, _, plan) = paste(&Case { table: "T5b", line: row("basic"), column: 0, text });
    assert_eq!(plan.words(), "已粘贴 3 行 2 列，1 格取自别的表，未改");
    assert_eq!(cell(&document, "expenditure[basic].initial_budget"), "未填");
    assert_eq!(cell(&document, "expenditure[business].initial_budget"), "3");
    let (_, _, plan) =
        paste(&Case { table: "T8", line: row("fiscal"), column: 0, text: "财政拨款\t1\n合计\t1\n" });
    assert_eq!(plan.words(), "已粘贴 1 行 2 列，1 行合计由表内计算，未粘贴");
}

#[test]
fn ten_thousand_rows_are_one_insertion() {
    let text: String = (0..10_000).map(|n| format!("项目{n}\t是\t\t\t\t{n}\n")).collect();
    let (document, _, plan) =
        paste(&Case { table: "T7", line: row("p2"), column: 0, text: Box::leak(text.into()) });
    assert_eq!((plan.rows, plan.added, plan.edits.len()), (10_000, 9_999, 7));
    assert_eq!(document.projects.len(), 10_001);
}
