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
