//! The computed figures: exact values of the sample, definitions that hang together, formulas that say why.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod common;

use common::{empty, place, typed};
use std::collections::{BTreeSet, HashSet};

use ziping::app::sample;
use ziping::domain::cell::Raw;
use ziping::domain::document::Document;
use ziping::domain::edit::Edit;
use ziping::domain::facts::eval::{Facts, Missing};
use ziping::domain::facts::label::Target;
use ziping::domain::facts::print::{self, Context};
use ziping::domain::facts::{Expr, registry};
use ziping::domain::rows::{RowData, RowId};
use ziping::domain::tables::TableDef;

/// Value of a fact with all its digits and as shown, with `据上报` where a stated total stands in; or why there is none.
fn value(document: &Document, id: &str) -> (String, String) {
    let facts = Facts::evaluate(document);
    let def = registry().fact(id).expect(id);
    match facts.get(id).unwrap() {
        Ok(value) => {
            let stated = if value.stated { " 据上报" } else { "" };
            (value.number.to_string(), format!("{}{stated}", value.show_with(def.unit)))
        }
        Err(missing) => (String::new(), print::reason(missing, document)),
    }
}

#[test]
fn the_sample_has_these_figures() {
    let document = sample::xinfeng();
    let cases = [
        ("staff.authorised_posts", "15", "15 名"),
        ("staff.staff_in_post", "13", "13 人 据上报"),
        ("staff.control_rate", "86.66666666666666666666666667", "86.67% 据上报"),
        ("staff.vacancies", "2", "2 名 据上报"),
        ("positions.staff_in_post", "13", "13 人"),
        ("education.staff_in_post", "13", "13 人"),
        ("ages.staff_in_post", "6", "6 人"),
        ("personnel.outturn", "195.59", "195.59 万元"),
        ("operating.outturn", "22.28", "22.28 万元"),
        ("basic.outturn", "217.87", "217.87 万元"),
        ("projects.outturn", "1631.046", "1,631.046 万元"),
        ("expenditure.outturn", "1848.916", "1,848.916 万元"),
        ("income.outturn", "1470.95", "1,470.95 万元 据上报"),
        ("carryover.computed_closing", "-12.206", "-12.206 万元 据上报"),
        ("carryover.closing", "0", "0.00 万元 据上报"),
        ("receipts.outturn", "1836.71", "1,836.71 万元 据上报"),
        ("three_public.initial_budget", "12.88", "12.88 万元 据上报"),
        ("three_public.control_rate", "116.38198757763975155279503106", "116.38% 据上报"),
        ("three_public.difference", "2.11", "2.11 万元 据上报"),
        ("three_public.difference_rate", "16.381987577639751552795031056", "16.38% 据上报"),
        ("three_public.difference_word", "2.11", "超出 据上报"),
        ("three_public.growth", "2.93", "2.93 万元 据上报"),
        ("three_public.growth_rate", "24.295190713101160862354892206", "24.30% 据上报"),
        ("three_public.growth_word", "2.93", "增长 据上报"),
        ("three_public.guests_per_reception", "9.081967213114754098360655738", "9.081967 人"),
        (
            "basic.completion_rate",
            "",
            "工资福利支出（301）.年初预算、对个人和家庭的补助（303）.年初预算、商品和服务支出（302）.年初预算未填",
        ),
        ("vehicles.outturn", "", "公务用车购置费.决算、公务用车运行维护费.决算未填"),
    ];
    for (id, exact, shown) in cases {
        assert_eq!(value(&document, id), (exact.to_owned(), shown.to_owned()), "{id}");
    }
    let shares: Vec<String> = document
        .projects
        .iter()
        .enumerate()
        .map(|(at, _)| {
            let def = registry().row_fact("projects", "share").unwrap();
            Facts::evaluate(&document).of_row(&document, def, at).unwrap().show_with(def.unit)
        })
        .collect();
    assert_eq!(shares, ["68.24%", "12.88%", "3.68%", "6.13%", "7.85%", "1.23%"]);
}

#[test]
fn a_total_reads_its_rows_then_what_is_stated_then_nothing() {
    let at = "staff_stated.authorised_posts";
    let mut document = empty();
    let authorised = |document: &Document| value(document, "staff.authorised_posts").1;
    assert_eq!(authorised(&document), "行政.编制数、机关工勤.编制数、事业.编制数未填");
    typed(&mut document, at, "16");
    assert_eq!(authorised(&document), "16 名 据上报");
    typed(&mut document, "staff[admin].authorised_posts", "8");
    typed(&mut document, "staff[support].authorised_posts", "1");
    assert_eq!(authorised(&document), "16 名 据上报");
    typed(&mut document, "staff[public].authorised_posts", "无");
    assert_eq!(authorised(&document), "9 名", "an explicit nil is an answer");
    typed(&mut document, "staff[public].authorised_posts", "六");
    assert_eq!(
        authorised(&document),
        "事业.编制数无法识别",
        "what cannot be read is no reason to trust another figure"
    );
    typed(&mut document, "staff[public].authorised_posts", "0");
    typed(&mut document, "staff[admin].authorised_posts", "0");
    typed(&mut document, "staff[support].authorised_posts", "0");
    for row in ["admin", "support", "public"] {
        typed(&mut document, &format!("staff[{row}].staff_in_post"), "0");
    }
    assert_eq!(value(&document, "staff.control_rate").1, "编制数和在职人数都是 0，不适用");
    typed(&mut document, "staff[admin].staff_in_post", "1");
    assert_eq!(value(&document, "staff.control_rate").1, "基数是 0，不能计算比率");
    assert_eq!(value(&document, "projects.outturn").1, "项目支出明细还没有行");
}

#[test]
fn sums_past_28_digits_say_so() {
    let mut document = empty();
    for row in ["301", "303"] {
        let place = place(&document, &format!("basic[{row}].outturn"));
        document.apply(&Edit::set(place, Raw::text("79228162514264337593543950335")));
    }
    let facts = Facts::evaluate(&document);
    assert_eq!(facts.get("personnel.outturn"), Some(&Err(Missing::TooLarge)));
}

#[test]
fn ids_and_labels_are_unique_and_name_their_fact() {
    let facts = &registry().facts;
    let ids: HashSet<&str> = facts.iter().map(|def| def.id.as_str()).collect();
    let labels: HashSet<&str> = facts.iter().map(|def| def.label.as_str()).collect();
    assert_eq!((ids.len(), labels.len()), (facts.len(), facts.len()));
    for document in [empty(), sample::xinfeng()] {
        for def in facts {
            assert_eq!(Target::named(&document, &def.label), Some(Target::Fact(&def.id)), "{}", def.label);
            assert!(!def.source.is_empty() && !def.label.contains(['{', '}', '|']), "{}", def.label);
        }
    }
    let rows: BTreeSet<_> = registry().rows.iter().map(|def| (def.list, def.key)).collect();
    assert_eq!(rows.len(), registry().rows.len());
}

fn columns(list: &str) -> Vec<&'static str> {
    let (_, defs) = Document::LISTS.iter().find(|(name, _)| *name == list).expect(list);
    defs.iter().map(|def| def.key).collect()
}

fn refers_to_what_exists(expr: &Expr, list: Option<&str>) {
    match expr {
        Expr::Field(section, field) => {
            let (_, defs) = Document::SECTIONS.iter().find(|(name, _)| name == section).expect(section);
            assert!(defs.iter().any(|def| def.key == *field), "{section}.{field}");
        }
        Expr::Fact(id) => assert!(registry().fact(id).is_some(), "{id}"),
        Expr::Sum { list, column, .. } => assert!(columns(list).contains(column), "{list}.{column}"),
        Expr::Column(column) => assert!(columns(list.expect("a row")).contains(column), "{column}"),
        Expr::RowFact(key) => assert!(registry().row_fact(list.expect("a row"), key).is_some(), "{key}"),
        Expr::IfOneRow(list, ..) => assert!(TableDef::by_list(list).is_some(), "{list}"),
        Expr::Total { stated: Some((section, field)), .. } => {
            refers_to_what_exists(&Expr::Field(section, field), None);
        }
        _ => {}
    }
    expr.children().into_iter().for_each(|child| refers_to_what_exists(child, list));
}

fn facts_of(expr: &Expr, found: &mut Vec<String>) {
    if let Expr::Fact(id) = expr {
        found.push(id.clone());
    }
    expr.children().into_iter().for_each(|child| facts_of(child, found));
}

#[test]
fn definitions_refer_to_what_exists_and_never_to_themselves() {
    fn descend(id: &str, path: &mut Vec<String>) {
        assert!(!path.iter().any(|seen| seen == id), "{path:?} leads back to {id}");
        path.push(id.to_owned());
        let mut read = Vec::new();
        facts_of(&registry().fact(id).unwrap().expr, &mut read);
        read.iter().for_each(|id| descend(id, path));
        path.pop();
    }
    for def in &registry().facts {
        refers_to_what_exists(&def.expr, None);
        descend(&def.id, &mut Vec::new());
    }
    for def in &registry().rows {
        refers_to_what_exists(&def.expr, Some(def.list));
    }
    for table in ziping::domain::tables::ALL {
        for (_, fact) in table.single_row_reads {
            assert!(registry().fact(fact).is_some(), "{fact}");
        }
    }
}

/// Formula with names, formula with figures, inputs with their values.
fn why(document: &Document, id: &str) -> (String, String, Vec<String>) {
    let facts = Facts::evaluate(document);
    let context = Context { document, facts: &facts, row: None };
    let expr = &registry().fact(id).expect(id).expr;
    let inputs = print::inputs(expr, &context);
    let inputs = inputs.iter().map(|(target, value)| format!("{}：{value}", target.label(document)));
    (print::formula(expr, &context), print::filled(expr, &context), inputs.collect())
}

#[test]
fn a_figure_says_why_it_is_what_it_is() {
    let document = sample::xinfeng();
    let (names, filled, inputs) = why(&document, "three_public.control_rate");
    assert_eq!(names, "三公经费.决算 ÷ 三公经费.年初预算 × 100%");
    assert_eq!(filled, "14.99 ÷ 12.88 × 100%");
    assert_eq!(inputs, ["三公经费.决算：14.99 万元", "三公经费.年初预算：12.88 万元"]);
    let (names, filled, _) = why(&document, "staff.authorised_posts");
    assert_eq!(names, "行政.编制数 + 机关工勤.编制数 + 事业.编制数");
    assert_eq!(filled, "8 + 1 + 6");
}

#[test]
fn a_figure_taken_from_a_stated_total_says_so() {
    let document = sample::xinfeng();
    let (names, filled, inputs) = why(&document, "staff.staff_in_post");
    assert_eq!(names, "行政.在职人数 + 机关工勤.在职人数 + 事业.在职人数");
    assert_eq!(filled, "13（据上报合计，明细未填齐）");
    assert!(inputs.contains(&"人员编制.上报在职人数：13 人".to_owned()), "{inputs:?}");
    // Where the rows are filled in, what is stated has no part in it.
    let (_, _, inputs) = why(&document, "staff.authorised_posts");
    assert!(!inputs.iter().any(|input| input.contains("上报")), "{inputs:?}");
}

#[test]
fn what_may_stay_blank_counts_as_nothing_in_the_formula_too() {
    let document = sample::xinfeng();
    let (_, filled, _) = why(&document, "carryover.computed_closing");
    assert_eq!(filled, "365.76 + 1,470.95 + 0 − （1,848.916 + 0）");
    let (names, filled, _) = why(&document, "expenditure.outturn");
    assert_eq!((&*names, &*filled), ("基本支出.决算 + 项目支出.决算", "217.87 + 1,631.046"));
}

/// A new report with these entries; rows that a table does not bring are added by name.
fn report(entries: &[(&str, &str)]) -> Document {
    let mut document = empty();
    for (at, text) in entries {
        if let Some((list, rest)) = at.split_once('[') {
            let (row, _) = rest.split_once(']').unwrap();
            let rows = document.list(list).expect(list);
            let known = (0..rows.len())
                .any(|at| rows.get(at, 0).words() == row || rows.id_at(at).unwrap().as_str() == row);
            if !known {
                let mut data = RowData { id: RowId::new(row), ..RowData::default() };
                data.cells.insert(rows.columns()[0].key.to_owned(), Raw::text(row));
                document.apply(&Edit::Insert { list: list.to_owned(), at: usize::MAX, rows: vec![data] });
            }
        }
        typed(&mut document, at, text);
    }
    document
}

type Entries = &'static [(&'static str, &'static str)];

/// The entries, then facts with what they show.
fn hold(cases: &[(Entries, &[(&str, &str)])]) {
    for (entries, expected) in cases {
        let document = report(entries);
        for (id, shown) in *expected {
            assert_eq!(value(&document, id).1, *shown, "{id} of {entries:?}");
        }
    }
}

#[test]
fn rates_of_staff_and_assets() {
    hold(&[
        (
            &[
                ("staff[admin].authorised_posts", "9"),
                ("staff[support].authorised_posts", "1"),
                ("staff[public].authorised_posts", "6"),
                ("staff[admin].staff_in_post", "7"),
                ("staff[support].staff_in_post", "无"),
                ("staff[public].staff_in_post", "6"),
                ("staff[off_quota].staff_in_post", "5"),
            ],
            // 编外 counts in neither.
            &[
                ("staff.control_rate", "81.25%"),
                ("staff.vacancies", "3 名"),
                ("staff.vacancies_word", "空缺"),
            ],
        ),
        (
            &[
                ("assets[buildings].original_value", "80"),
                ("assets[vehicles].original_value", "20"),
                ("assets[equipment].original_value", "无"),
                ("assets[other_fixed].original_value", "无"),
                ("assets[buildings].in_use", "60"),
                ("assets[vehicles].in_use", "20"),
                ("assets[equipment].in_use", "无"),
                ("assets[other_fixed].in_use", "无"),
                ("assets[intangible].original_value", "50"),
                ("assets[intangible].in_use", "1"),
            ],
            &[("fixed_assets.use_rate", "80.00%"), ("assets.original_value", "150.00 万元")],
        ),
        (
            &[
                ("assets[buildings].original_value", "无"),
                ("assets[vehicles].original_value", "无"),
                ("assets[equipment].original_value", "无"),
                ("assets[other_fixed].original_value", "无"),
                ("assets[buildings].in_use", "无"),
                ("assets[vehicles].in_use", "无"),
                ("assets[equipment].in_use", "无"),
                ("assets[other_fixed].in_use", "无"),
            ],
            &[("fixed_assets.use_rate", "没有固定资产，不适用")],
        ),
    ]);
}

const BUDGET: Entries = &[
    ("basic_stated.initial_budget", "60"),
    ("projects[甲].initial_budget", "40"),
    ("projects[甲].key_project", "是"),
    ("carryover[fiscal].opening", "10"),
    ("carryover[fiscal].last_closing", "10"),
    ("adjustments[一].added", "8"),
    ("adjustments[一].cut", "无"),
    ("adjustments[一].restructured", "无"),
    ("adjustments[一].cause", "国家政策（剔除）"),
    ("adjustments[二].added", "无"),
    ("adjustments[二].cut", "3"),
    ("adjustments[二].restructured", "2"),
    ("adjustments[二].cause", "其他"),
    ("basic_stated.outturn", "60"),
    ("projects[甲].outturn", "32"),
    ("carryover[fiscal].closing_carryover", "20"),
    ("carryover[fiscal].closing_surplus", "3"),
    ("expenditure_detail.general_public", "92"),
    ("payment_progress.cumulated", "69"),
    ("payment_progress.planned", "75"),
];

#[test]
fn rates_of_the_budget_on_each_base() {
    hold(&[(
        BUDGET,
        &[
            ("expenditure.completion_rate", "92.00% 据上报"),
            // 60 + 40 + 10 + 8 − 3, as nobody filled in 全年预算.
            ("expenditure.derived_budget", "115.00 万元 据上报"),
            ("expenditure.whole_year_budget", "115.00 万元 据上报"),
            ("expenditure.execution_rate", "80.00% 据上报"),
            ("expenditure.used_budget_rate", "80.00% 据上报"),
            // What policy caused is left out; structural changes count.
            ("adjustments.rate", "5.00% 据上报"),
            ("adjustments.net_rate", "5.00% 据上报"),
            ("payment_progress.actual", "60.00% 据上报"),
            ("payment_progress.rate", "80.00% 据上报"),
            ("carryover.rate", "20.00% 据上报"),
            ("carryover.general_public_rate", "25.00%"),
            ("carryover.growth_rate", "130.00%"),
            ("projects.key_share", "100.00%"),
        ],
    )]);
    let mut document = report(BUDGET);
    typed(&mut document, "basic_stated.revised_budget", "60");
    typed(&mut document, "projects[甲].revised_budget", "55");
    typed(&mut document, "payment_progress.planned", "");
    typed(&mut document, "expenditure_detail.general_public", "无");
    assert_eq!(value(&document, "expenditure.whole_year_budget").1, "115.00 万元 据上报");
    assert_eq!(value(&document, "payment_progress.rate").1, "既定进度未填");
    assert_eq!(value(&document, "carryover.general_public_rate").1, "一般公共预算支出是 0，不适用");
    typed(&mut document, "projects[甲].revised_budget", "32");
    assert_eq!(
        value(&document, "expenditure.execution_rate").1,
        "100.00% 据上报",
        "what is typed goes first"
    );
    let row = |key: &str| {
        let def = registry().row_fact("projects", key).unwrap();
        Facts::evaluate(&document).of_row(&document, def, 0).unwrap().show_with(def.unit)
    };
    assert_eq!(
        ["completion_rate", "execution_rate", "difference", "difference_rate", "difference_word"].map(row),
        ["80.00%", "100.00%", "-8.00 万元", "-20.00%", "低于"]
    );
    let empty = common::empty();
    for id in ["adjustments.rate", "adjustments.net_rate", "adjustments.net"] {
        let (number, words) = value(&empty, id);
        assert_eq!((number.as_str(), words.contains("还没有行")), ("", true), "{id}: 未填 is not 0");
    }
}

/// Every share, growth and direction word, with last year's figures.
const TWO_YEARS: Entries = &[
    ("income[general_public].initial_budget", "90"),
    ("income[general_public].outturn", "75"),
    ("income[general_public].last_outturn", "60"),
    ("income[other].initial_budget", "无"),
    ("income[other].outturn", "25"),
    ("income[other].last_outturn", "无"),
    ("basic[301].outturn", "40"),
    ("basic[301].last_outturn", "50"),
    ("basic[303].outturn", "10"),
    ("basic[303].last_outturn", "10"),
    ("basic[302].outturn", "30"),
    ("basic[302].last_outturn", "20"),
    ("projects[甲].outturn", "20"),
    ("projects[甲].last_outturn", "25"),
    ("expenditure_detail.general_public", "60"),
    ("carryover[fiscal].closing_carryover", "6"),
    ("carryover[fiscal].closing_surplus", "2"),
    ("carryover[fiscal].last_closing", "10"),
    ("three_public[travel_abroad].initial_budget", "无"),
    ("three_public[travel_abroad].outturn", "无"),
    ("three_public[travel_abroad].last_initial_budget", "无"),
    ("three_public[travel_abroad].last_outturn", "无"),
    ("three_public[vehicle_purchase].initial_budget", "无"),
    ("three_public[vehicle_purchase].outturn", "无"),
    ("three_public[vehicle_purchase].last_initial_budget", "无"),
    ("three_public[vehicle_purchase].last_outturn", "无"),
    ("three_public[vehicle_running].initial_budget", "4"),
    ("three_public[vehicle_running].outturn", "3"),
    ("three_public[vehicle_running].last_initial_budget", "5"),
    ("three_public[vehicle_running].last_outturn", "4"),
    ("three_public[hospitality].initial_budget", "8"),
    ("three_public[hospitality].outturn", "9"),
    ("three_public[hospitality].last_initial_budget", "10"),
    ("three_public[hospitality].last_outturn", "8"),
];

#[test]
fn shares_growth_and_their_words() {
    hold(&[(
        TWO_YEARS,
        &[
            ("income.growth", "40.00 万元"),
            ("income.growth_rate", "66.67%"),
            ("income.growth_word", "增加"),
            ("personnel.share_of_whole", "62.50%"),
            ("operating.share_of_whole", "37.50%"),
            ("basic.share_of_whole", "80.00%"),
            ("projects.share_of_whole", "20.00%"),
            ("basic.growth_word", "持平"),
            ("projects.growth_word", "减少"),
            ("projects.growth_rate_size", "20.00%"),
            ("expenditure.general_public_share", "60.00%"),
            ("carryover.growth", "-2.00 万元"),
            ("carryover.growth_size", "2.00 万元"),
            ("carryover.growth_rate", "-20.00%"),
            ("carryover.growth_word", "减少"),
            ("three_public.growth_amount_word", "持平"),
            ("three_public.budget_growth", "-3.00 万元"),
            ("three_public.budget_growth_rate", "-20.00%"),
            ("three_public.budget_growth_rate_size", "20.00%"),
            ("three_public.budget_growth_word", "下降"),
            ("vehicles.share_of_whole", "25.00%"),
            ("vehicles.growth_word", "下降"),
            ("vehicles.growth_amount_word", "减少"),
        ],
    )]);
    let document = report(TWO_YEARS);
    let facts = Facts::evaluate(&document);
    let row = |list: &str, row: &str, key: &str| {
        let def = registry().row_fact(list, key).expect(key);
        let at = document.list(list).unwrap().position(&RowId::new(row)).expect(row);
        match facts.of_row(&document, def, at) {
            Ok(value) => value.show_with(def.unit),
            Err(missing) => print::reason(&missing, &document),
        }
    };
    for (list, id, key, shown) in [
        ("income", "general_public", "share", "75.00%"),
        ("income", "general_public", "growth_rate", "25.00%"),
        ("income", "other", "growth", "25.00 万元"),
        ("income", "other", "growth_rate", "基数是 0，不能计算比率"),
        ("basic", "301", "share", "50.00%"),
        ("basic", "301", "growth_word", "减少"),
        ("expenditure", "project", "share", "20.00%"),
        ("expenditure", "basic", "growth_rate", "0.00%"),
        ("projects", "甲", "growth_rate", "-20.00%"),
        ("three_public", "hospitality", "share", "75.00%"),
        ("three_public", "hospitality", "difference", "1.00 万元"),
        ("three_public", "hospitality", "difference_word", "超出"),
        ("three_public", "hospitality", "growth_rate", "12.50%"),
        ("three_public", "hospitality", "budget_growth_rate", "-20.00%"),
        ("three_public", "travel_abroad", "growth_rate", "0.00%"),
        ("three_public", "travel_abroad", "growth_word", "持平"),
        ("carryover", "fiscal", "closing", "8.00 万元"),
    ] {
        assert_eq!(row(list, id, key), shown, "{list}[{id}].{key}");
    }
}

#[test]
fn funds_purchases_and_adjustments() {
    hold(&[(
        &[
            ("funding[财政].due", "50"),
            ("funding[财政].received", "40"),
            ("funding[财政].used", "30"),
            ("procurement[goods].budget", "10"),
            ("procurement[goods].actual", "8"),
            ("procurement[goods].shortfall", "节约"),
            ("procurement[works].budget", "10"),
            ("procurement[works].actual", "7"),
            ("procurement[works].shortfall", "跨年"),
            ("procurement[services].budget", "无"),
            ("procurement[services].actual", "无"),
            ("adjustments[一].added", "8"),
            ("adjustments[一].cut", "3"),
            ("adjustments[一].restructured", "无"),
            ("adjustments[一].cause", "其他"),
        ],
        &[
            ("funding.received_rate", "80.00%"),
            ("funding.used_rate", "75.00%"),
            ("funding.balance", "10.00 万元"),
            ("procurement.execution_rate", "75.00%"),
            ("procurement.saving", "5.00 万元"),
            ("procurement.saving_word", "低于"),
            ("adjustments.net", "5.00 万元"),
        ],
    )]);
}

#[test]
fn changes_from_nothing_and_rates_without_a_base() {
    hold(&[
        (
            &[
                ("three_public_stated.initial_budget", "无"),
                ("three_public_stated.last_initial_budget", "0"),
                ("three_public_stated.outturn", "1"),
                ("three_public_stated.last_outturn", "无"),
                ("three_public_stated.revised_budget", "2"),
                ("carryover[fiscal].closing_carryover", "无"),
                ("carryover[fiscal].closing_surplus", "无"),
                ("carryover[fiscal].last_closing", "无"),
                ("projects[甲].initial_budget", "无"),
            ],
            &[
                ("three_public.budget_growth_rate", "0.00% 据上报"),
                ("three_public.growth_rate", "基数是 0，不能计算比率"),
                ("three_public.control_rate", "基数是 0，不能计算比率"),
                ("three_public.revised_control_rate", "50.00% 据上报"),
                ("carryover.growth_rate", "0.00%"),
                ("projects.key_share", "没有项目预算，不适用"),
            ],
        ),
        (
            &[
                ("three_public_stated.initial_budget", "无"),
                ("three_public_stated.outturn", "无"),
                ("carryover[fiscal].closing_carryover", "1"),
                ("carryover[fiscal].closing_surplus", "无"),
                ("carryover[fiscal].last_closing", "无"),
                ("operating_stated.initial_budget", "20"),
                ("operating_stated.revised_budget", "25"),
                ("operating_stated.outturn", "22"),
                ("procurement[goods].budget", "10"),
                ("procurement[works].budget", "无"),
                ("procurement[services].budget", "无"),
                ("procurement[goods].actual", "9"),
                ("procurement[works].actual", "无"),
                ("procurement[services].actual", "无"),
            ],
            &[
                ("three_public.control_rate", "预算和决算都是 0，不适用"),
                ("carryover.growth_rate", "基数是 0，不能计算比率"),
                ("operating.control_rate", "88.00% 据上报"),
                ("operating.initial_control_rate", "110.00% 据上报"),
                ("procurement.execution_rate", "90.00%"),
            ],
        ),
    ]);
}

const TARGETS: Entries = &[
    ("targets[甲].operator", "≥"),
    ("targets[甲].value", "15"),
    ("targets[甲].actual", "28"),
    ("targets[甲].deadline", "2021-12-31"),
    ("targets[甲].completed_on", "2021-12-31"),
    ("targets[甲].quality_met", "是"),
    ("targets[甲].source", "政府"),
    ("targets[乙].operator", "≤"),
    ("targets[乙].value", "6"),
    ("targets[乙].actual", "6"),
    ("targets[乙].deadline", "2021-06-30"),
    ("targets[乙].completed_on", "2021-07-01"),
    ("targets[乙].quality_met", "否"),
    ("targets[乙].source", "本部门"),
    ("targets[丙].operator", "＞"),
    ("targets[丙].value", "4"),
    ("targets[丙].actual", "4"),
    ("targets[丙].quality_met", "是"),
    ("targets[丙].source", "上级"),
    ("targets[丁].operator", "定性"),
    ("targets[丁].value_text", "通过验收"),
    ("targets[丁].attainment", "达成"),
    ("targets[丁].deadline", "2021-12-31"),
    ("targets[丁].completed_on", "2021-03-01"),
    ("targets[丁].quality_met", "是"),
];

#[test]
fn rates_of_the_targets() {
    hold(&[(
        TARGETS,
        &[
            ("targets.planned", "4 项"),
            ("targets.reached", "3 项"),
            ("targets.rate", "75.00%"),
            ("targets.timely_rate", "50.00%"),
            ("targets.quality_rate", "75.00%"),
            // Of the three that are reached.
            ("targets.reached_quality_rate", "66.67%"),
            ("targets.key_rate", "50.00%"),
        ],
    )]);
    let mut document = report(TARGETS);
    typed(&mut document, "targets[甲].result_scope", "部分");
    assert_eq!(value(&document, "targets.rate").1, "1 项未报：甲.实际完成", "a part of a result is none");
    typed(&mut document, "targets[甲].result_scope", "");
    typed(&mut document, "targets[甲].source", "本部门");
    typed(&mut document, "targets[丙].source", "");
    assert_eq!(value(&document, "targets.key_rate").1, "没有党委、政府、人大或上级交办的目标，不适用");
    assert_eq!(value(&empty(), "targets.key_rate").1, "年度工作任务还没有行");
}

#[test]
fn surveys_and_subsidies() {
    hold(&[(
        &[
            ("surveys[企业].issued", "60"),
            ("surveys[企业].valid", "50"),
            ("surveys[企业].satisfied", "40"),
            ("surveys[企业].basically", "6"),
            ("surveys[企业].dissatisfied", "4"),
            ("recipients[甲].due", "30"),
            ("recipients[甲].paid", "15"),
            ("recipients[甲].stage", "实施中"),
            ("recipients[乙].due", "10"),
            ("recipients[乙].paid", "10"),
            ("recipients[乙].stage", "已验收"),
        ],
        &[
            ("surveys.satisfaction_rate", "92.00%"),
            ("surveys.satisfied_rate", "80.00%"),
            ("surveys.count", "1 次"),
            ("recipients.paid_rate", "62.50%"),
            ("recipients.unpaid", "15.00 万元"),
            ("surveys.valid_rate", "83.33%"),
            ("recipients.count", "2 个"),
            ("recipients.running", "1 个"),
            ("recipients.stopped", "0 个"),
        ],
    )]);
    let open = report(&[("recipients[甲].due", "30")]);
    assert_eq!(value(&open, "recipients.running").1, "甲.阶段未填");
}

#[test]
fn composition_of_expenditure_and_counts_of_targets_that_want_a_word() {
    // Budget 100, spent 110: scaled budgets 66 and 44, outturns 50 and 60, each 16 away.
    let mut document = empty();
    let project = RowData { id: RowId::new("p"), ..RowData::default() };
    document.apply(&Edit::Insert { list: "projects".into(), at: 0, rows: vec![project] });
    for (at, text) in [
        ("basic[301].initial_budget", "60"),
        ("basic[301].outturn", "50"),
        ("basic[303].initial_budget", "无"),
        ("basic[303].outturn", "无"),
        ("basic[302].initial_budget", "无"),
        ("basic[302].outturn", "无"),
        ("projects[p].initial_budget", "40"),
    ] {
        typed(&mut document, at, text);
    }
    let id = "expenditure.composition_variance";
    assert_eq!(value(&document, id).0, "", "an outturn is 未填");
    typed(&mut document, "projects[p].outturn", "60");
    assert_eq!(value(&document, id), ("29.090909090909090909090909091".into(), "29.09%".into()));
    typed(&mut document, "projects[p].outturn", "33.333");
    assert_eq!(value(&document, id).1, "0.00%", "the same mix");
    let sample = sample::xinfeng();
    for (id, count) in [
        ("targets.unreported", "10"),
        ("targets.unplanned", "0"),
        ("targets.exceeded_unexplained", "4"),
        ("targets.missed_unexplained", "0"),
    ] {
        assert_eq!(value(&sample, id).0, count, "{id}");
    }
    let mut document = sample::example();
    typed(&mut document, "three_public[hospitality].outturn", "3.12");
    assert_eq!(value(&document, "three_public.cost_of_guests"), ("0.0096".into(), "0.0096 万元".into()));
}
