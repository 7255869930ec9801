//! Tables of cases for what a grid shows.

use super::*;
use crate::domain::edit::Edit;
use crate::domain::template::Template;

fn report(cells: &[(&str, &str)]) -> Document {
    let mut document = Document::new("d", std::sync::Arc::new(Template::default()));
    for (place, text) in cells {
        document.apply(&Edit::set(Place::parse(place).unwrap(), Raw::text(*text)));
    }
    document
}

fn lines(table: &TableDef, document: &Document) -> Lines {
    Lines::of(table, document)
}

/// Every line as `name|cell|cell…`; a cell is its text and, in brackets, what is not plain about it.
fn drawn(id: &str, document: &Document) -> Vec<String> {
    let def = TableDef::by_id(id).unwrap();
    let facts = Facts::evaluate(document);
    let table = Table { def, document, facts: &facts, money: MoneyUnit::WanYuan, partials: None };
    let lines = lines(def, document);
    let draw = |line: &Line| {
        let cells = columns(def).into_iter().skip(1).map(|col| {
            let cell = table.cell(line, lines.row(line).unwrap_or(0), &col);
            let marks = match (cell.state, cell.partial, cell.from_stated) {
                ("readonly", ..) => "(r)",
                ("stated", ..) => "(s)",
                (_, true, _) => "(p)",
                (_, _, true) => "(据)",
                _ => "",
            };
            format!("{}{marks}", cell.text)
        });
        std::iter::once(table.name(line)).chain(cells).collect::<Vec<_>>().join("|")
    };
    lines.all.iter().map(draw).collect()
}

#[test]
fn lines_stand_where_the_table_says_and_the_last_sum_makes_the_foot() {
    let document = report(&[]);
    let table = TableDef::by_id("T6").unwrap();
    let lines = lines(table, &document);
    let row = |id: &str| Line::Row(RowId::new(id));
    assert_eq!(
        lines.all,
        [
            row("301"),
            row("303"),
            Line::Sum(0),
            Line::Stated(0),
            row("302"),
            Line::Sum(1),
            Line::Stated(1),
            Line::Sum(2),
            Line::Stated(2),
        ]
    );
    assert_eq!(lines.body, 7);
    assert_eq!(lines.position(&row("302")), Some(4));
    assert_eq!(lines.row(&row("302")), Some(2));
    assert_eq!(lines.row(&Line::Sum(0)), None);
}

#[test]
fn a_stated_total_stands_below_what_is_filled_in_and_carries_the_rates() {
    let document = report(&[
        ("three_public[hospitality].initial_budget", "8.00"),
        ("three_public_stated.initial_budget", "12.88"),
        ("three_public_stated.outturn", "14.99"),
    ]);
    assert_eq!(
        drawn("T9", &document)[6..],
        ["合计|8.00(p)|||||||", "上报合计|12.88(s)||14.99(s)|||116.38%(据)||未填",]
    );
    let facts = Facts::evaluate(&document);
    let table = TableDef::by_id("T9").unwrap();
    let known = partials(table, &document, &facts);
    // Nobody has to fill in 全年预算 and 上年年初预算, and nobody began.
    assert_eq!(missing(table, 1, &known), "另有 11 项未填");
    assert_eq!(missing(table, 9, &known), "");
}

#[test]
fn a_cell_that_a_row_does_not_have_is_empty_and_takes_nothing() {
    let mut document = report(&[]);
    let table = TableDef::by_id("T1").unwrap();
    let row = crate::app::block::absent_rows(table, &document)[0];
    let edit = crate::app::block::open_row(table, &document, row, &[], row.data("category"));
    document.apply(&edit);
    let line = Line::Row(RowId::new("off_quota"));
    assert!(drawn("T1", &document).contains(&"编外||未填|".to_owned()));
    assert!(place(table, 4, &line, &columns(table)[1]).is_none());
    assert!(place(table, 4, &line, &columns(table)[2]).is_some());
}

#[test]
fn rows_read_from_another_table_show_its_figure() {
    let document = report(&[
        ("basic[301].outturn", "1.5"),
        ("basic[302].outturn", "2"),
        ("basic[303].outturn", "-"),
        ("expenditure[project].outturn", "99"),
    ]);
    let drawn = drawn("T5b", &document);
    assert_eq!(drawn[0], "基本支出|(r)|(r)|3.50(r)|(r)||||未填");
    assert_eq!(drawn[1], "项目支出|(r)|(r)|(r)|(r)||||未填");
    assert_eq!(drawn[2], "本年支出合计|||3.50|||||");
}

#[test]
fn every_cell_that_is_about_something_is_found_again() {
    let document = report(&[]);
    for table in tables::ALL {
        let lines = lines(table, &document);
        let columns = columns(table);
        assert_eq!(columns.len(), table.columns.len() + 1, "{}", table.id);
        for line in &lines.all {
            for (at, col) in columns.iter().enumerate() {
                let Some(target) = target(table, lines.rows, line, col) else { continue };
                match find(table, &columns, &target) {
                    Some((found, column)) => {
                        // A rate of a stated total is the rate of its sum.
                        assert!(found == *line || matches!((&found, line), (Line::Sum(_), Line::Stated(_))));
                        assert_eq!(column, at);
                    }
                    None => assert!(place(table, lines.rows, line, col).is_none(), "{target}"),
                }
            }
        }
    }
}

#[test]
fn heads_say_the_base_or_the_unit_in_smaller_words() {
    let heads =
        |id: &str| -> Vec<_> { columns(TableDef::by_id(id).unwrap()).iter().map(|col| col.head()).collect() };
    assert_eq!(heads("T1"), [("类别", ""), ("编制数", "名"), ("在职人数", "人"), ("空缺", "名")]);
    assert_eq!(heads("T9")[6], ("控制率", "年初预算"));
}

#[test]
fn what_a_stated_section_has_beside_the_columns() {
    let table = TableDef::by_id("T1c").unwrap();
    let fields = beside(&table.sums[0], &columns(table));
    assert_eq!(
        fields.iter().map(|(place, _)| place.to_string()).collect::<Vec<_>>(),
        ["ages_stated.complete"]
    );
}

#[test]
fn results_stand_beside_targets_that_are_typed_elsewhere() {
    let mut document = Document::new("d", std::sync::Arc::default());
    let id = RowId::new("t");
    let mut row = crate::domain::rows::RowData { id: id.clone(), ..Default::default() };
    for (key, text) in [("name", "培训"), ("task", "能力"), ("value", "12")] {
        row.cells.insert(key.into(), Raw::text(text));
    }
    document.apply(&Edit::Insert { list: "targets".into(), at: 0, rows: vec![row] });
    let facts = Facts::evaluate(&document);
    let def = TableDef::by_id("T10").unwrap();
    let table = Table { def, document: &document, facts: &facts, money: MoneyUnit::WanYuan, partials: None };
    let typed: Vec<&str> = columns(def)
        .iter()
        .filter(|col| place(def, 1, &Line::Row(id.clone()), col).is_some())
        .map(Col::key)
        .collect();
    assert_eq!(
        typed,
        [
            "actual",
            "attainment",
            "result_scope",
            "completed_on",
            "quality_met",
            "deviation_cause",
            "measure",
            "evidence"
        ]
    );
    let shown = |key: &str| {
        let all = columns(def);
        let col = all.iter().find(|col| col.key() == key).unwrap();
        let view = table.cell(&Line::Row(id.clone()), 0, col);
        (view.text, view.state)
    };
    assert_eq!(shown("task"), ("能力".into(), "readonly"));
    assert_eq!(shown("value_text"), (String::new(), "readonly"));
    assert_eq!(shown("actual"), ("未填".into(), "blank"));
}
