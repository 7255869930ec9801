//! The score sheet: every rule on its worked figures, properties of rules and weights, templates with holes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::type_complexity
)]

use std::sync::Arc;

use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use ziping::domain::amount;
use ziping::domain::cell::{Cell, Num, Raw};
use ziping::domain::document::Document;
use ziping::domain::edit::Edit;
use ziping::domain::facts::eval::Facts;
use ziping::domain::place::Place;
use ziping::domain::rows::{RowData, RowId};
use ziping::domain::score::case::{Answer, Case, Gap, plain};
use ziping::domain::score::kinds;
use ziping::domain::score::spread::{Share, equal_parts, redistribute};
use ziping::domain::score::template::{PACKS, Rule, Scoring};
use ziping::domain::score::validate::{self, holes, imbalances};
use ziping::domain::score::{Mark, Sheet, evaluate, newer, over_adjust};

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn rule(json: Value) -> Rule {
    serde_json::from_value(json).unwrap()
}

fn scoring() -> Scoring {
    Scoring::built_in("jiangxi_four").unwrap()
}

/// The rounded score of a value, or the kind of gap.
fn scored(rule: &Rule, weight: &str, x: &str) -> String {
    let x = match x {
        "" => None,
        x => match x.split_once('/') {
            Some((a, b)) => Some(d(a) * Decimal::ONE_HUNDRED / d(b)),
            None => Some(d(x)),
        },
    };
    shown(kinds::score(&scoring(), rule, &Case::of(x, d(weight))))
}

fn shown(points: Result<Decimal, Gap>) -> String {
    match points {
        Ok(points) => plain(&amount::round(points, 2)),
        Err(Gap::Open(_)) => "no score".to_owned(),
        Err(Gap::Refused(_)) => "refused".to_owned(),
        Err(Gap::NotApplicable(_)) => "不适用".to_owned(),
    }
}

fn linear(side: &str, a: &str, step: &str, points: &str, partial: &str) -> Value {
    json!({ "kind": "linear_deduct", "side": side, "a": a, "step": step, "d": points, "partial": partial })
}

fn with_t(kind: &str, t: &str) -> Value {
    json!({ "kind": kind, "t": t })
}

#[test]
fn every_rule_on_its_worked_figures() {
    let control = json!({ "kind": "banded", "bands":
        ["(-∞,0] 5", "(0,10] 4", "(10,20] 3", "(20,30] 2", "(30,+∞) 0"] });
    let satisfaction =
        json!({ "kind": "banded", "bands": ["[90,+∞) 6", "[80,90) 4", "[70,80) 2", "(-∞,70) 0"] });
    let above = |partial: &str| linear("above", "100", "1", "0.5", partial);
    let below = |partial: &str| linear("below", "100", "5", "2", partial);
    let mut free = linear("above", "100", "1", "0.5", "prorata");
    free["free"] = json!("2");
    let gated = json!({ "kind": "gated_ratio", "t": "100", "g": "0.6" });
    let strict = |t: &str| json!({ "kind": "equal_strict", "t": t, "tol": "0" });
    let cases: Vec<(Value, &str, &[(&str, &str)])> = vec![
        (above("prorata"), "5", &[("13/16", "5"), ("103.5", "3.25"), ("101", "4.5"), ("", "no score")]),
        (linear("above", "100", "1", "1", "prorata"), "7", &[("14.99/12.88", "0")]),
        (above("floor"), "5", &[("103.5", "3.5"), ("101", "4.5")]),
        (above("ceil"), "5", &[("103.5", "3"), ("101", "4.5")]),
        (free, "5", &[("101.5", "5"), ("103.5", "4.25")]),
        (below("floor"), "5", &[("97", "5")]),
        (below("prorata"), "5", &[("97", "3.8")]),
        (below("ceil"), "5", &[("97", "3")]),
        (
            linear("both", "100", "1", "0.5", "prorata"),
            "6",
            &[("98.5", "5.25"), ("101", "5.5"), ("72.74", "0")],
        ),
        (
            control,
            "5",
            &[("0", "5"), ("10.00", "4"), ("10.01", "3"), ("30", "2"), ("30.01", "0"), ("-3", "5")],
        ),
        (
            satisfaction,
            "6",
            &[("90", "6"), ("89.99", "4"), ("80", "4"), ("70", "2"), ("69.99", "0"), ("89.996", "4")],
        ),
        (with_t("ratio_up", "15"), "10", &[("28", "10")]),
        (with_t("ratio_up", "6"), "10", &[("4", "6.67")]),
        (with_t("ratio_up", "5"), "10", &[("-3", "0"), ("0", "0"), ("", "no score")]),
        (with_t("ratio_up", "0"), "10", &[("1", "no score")]),
        (with_t("ratio_down_linear", "12.88"), "7", &[("14.99", "5.85")]),
        (with_t("ratio_down_linear", "10"), "10", &[("10", "10"), ("15", "5"), ("20", "0")]),
        (with_t("ratio_down_linear", "0"), "10", &[("0", "10"), ("1", "0")]),
        (with_t("ratio_down_inverse", "12.88"), "7", &[("14.99", "6.01")]),
        (with_t("ratio_down_inverse", "0"), "10", &[("0", "10"), ("1", "0")]),
        (with_t("ratio_down_inverse", "-5"), "10", &[("1", "no score")]),
        (with_t("equal_capped", "0"), "5", &[("0", "5"), ("1", "0")]),
        (with_t("equal_capped", "5"), "10", &[("4", "8"), ("7", "10"), ("-1", "0")]),
        (strict("5"), "10", &[("4", "8"), ("6", "8"), ("11", "0")]),
        (strict("0"), "10", &[("0", "10"), ("1", "0")]),
        (gated, "10", &[("80", "5"), ("60", "0"), ("59.9", "0"), ("100", "10"), ("60.1", "0.03")]),
        (
            json!({ "kind": "count_deduct", "d": "1" }),
            "3",
            &[("4", "0"), ("", "no score"), ("1", "2"), ("0.5", "refused")],
        ),
        (json!({ "kind": "convert", "max": "1000" }), "8", &[("900", "7.2"), ("1001", "refused")]),
        (json!({ "kind": "full_if", "op": "le", "a": "100" }), "5", &[("100", "5"), ("100.01", "0")]),
        // 预算执行率 10 × 执行率.
        (with_t("ratio_up", "100"), "10", &[("76", "7.6"), ("120", "10")]),
    ];
    for (json, weight, figures) in cases {
        let rule = rule(json.clone());
        for (x, expected) in figures {
            assert_eq!(scored(&rule, weight, x), *expected, "{json} w={weight} x={x}");
        }
    }
}

#[test]
fn over_achievement_is_taken_off_beyond_its_mark() {
    let up = rule(with_t("ratio_up", "15"));
    for (x, expected) in [("28", "7.17"), ("19", "10")] {
        let inner = kinds::score(&scoring(), &up, &Case::of(Some(d(x)), d("10"))).unwrap();
        let points =
            over_adjust(inner, d("10"), (d(x), d("15")), (Num::Value(d("1.3")), Num::Value(d("0.5"))));
        assert_eq!(shown(points), expected, "{x}");
    }
}

#[test]
fn check_points_grades_and_dates() {
    use Answer::{No, NotApplicable, Open, Yes};
    let list = rule(json!({ "kind": "checklist", "items": ["1 一", "1 二", "1 三"] }));
    let answered = |answers: &[Answer]| {
        shown(kinds::score(&scoring(), &list, &Case { answers, ..Case::of(None, d("3")) }))
    };
    assert_eq!(answered(&[Yes, Yes, No]), "2");
    assert_eq!(answered(&[Yes, Yes, Open]), "no score");
    assert_eq!(answered(&[Yes, No, NotApplicable]), "1.5");
    assert_eq!(answered(&[NotApplicable; 3]), "不适用");
    let graded = |c2: &str, grade: &str, chosen: &str| {
        let rule = rule(json!({ "kind": "qual3", "c1": "0.8", "c2": c2 }));
        let graded = (!chosen.is_empty()).then(|| d(chosen));
        shown(kinds::score(&scoring(), &rule, &Case { grade, graded, ..Case::of(None, d("10")) }))
    };
    for (c2, grade, chosen, expected) in [
        ("0.6", "part", "8.0", "refused"),
        ("0.6", "part", "7.99", "7.99"),
        ("0.6", "part", "6.0", "6"),
        ("0.6", "part", "5.99", "refused"),
        ("0.5", "part", "5.0", "5"),
        ("0.5", "part", "4.99", "refused"),
        ("0.6", "full", "10", "10"),
        ("0.6", "full", "8", "8"),
        ("0.6", "none", "6", "refused"),
        ("0.6", "", "6", "no score"),
        ("0.6", "full", "", "no score"),
    ] {
        assert_eq!(graded(c2, grade, chosen), expected, "{c2} {grade} {chosen}");
    }
    let late = |unit: &str, due: &str, done: &str, undone: bool| {
        let rule = rule(json!({ "kind": "deadline", "unit": unit, "d": "0.5" }));
        shown(kinds::score(&scoring(), &rule, &Case { due, done, undone, ..Case::of(None, d("3")) }))
    };
    for (unit, due, done, expected) in [
        ("day", "2021-06-30", "2021-07-01", "2.5"),
        ("month", "2021-06-30", "2021-08-01", "2"),
        ("month", "2021-06-30", "2021-07-30", "2.5"),
        ("month", "2021-01-31", "2021-02-28", "2.5"),
        ("month", "2021-01-31", "2021-03-01", "2"),
        ("week", "2021-12-28", "2022-01-04", "2.5"),
        ("week", "2021-12-28", "2022-01-05", "2"),
        ("day", "2021-06-30", "2021-06-30", "3"),
        ("day", "2021-06-30", "", "no score"),
        ("day", "2024-02-28", "2024-03-01", "2"),
    ] {
        assert_eq!(late(unit, due, done, false), expected, "{unit} {due} {done}");
    }
    assert_eq!(late("day", "2021-06-30", "", true), "0");
}

#[test]
fn weights_that_are_taken_out_go_to_their_neighbours() {
    let share = |aspect, group, weight: &str, out| Share { aspect, group, weight: d(weight), out };
    let after = |shares: &[Share]| {
        redistribute(shares).unwrap().iter().map(|w| amount::show(w, 2, 2)).collect::<Vec<_>>().join(" ")
    };
    let two = || share(0, 0, "2", false);
    assert_eq!(after(&[two(), two(), two(), share(0, 0, "4", true)]), "3.34 3.33 3.33 0.00");
    let five = || share(0, 0, "5", false);
    assert_eq!(after(&[five(), five(), share(0, 0, "5", true)]), "7.50 7.50 0.00");
    // None left in its group: the same level 1; none left there: all.
    assert_eq!(
        after(&[share(0, 0, "4", true), share(0, 1, "6", false), share(1, 0, "10", false)]),
        "0.00 10.00 10.00"
    );
    assert_eq!(
        after(&[share(0, 0, "4", true), share(1, 0, "6", false), share(2, 0, "6", false)]),
        "0.00 8.00 8.00"
    );
    let parts = equal_parts(d("10"), 3).unwrap();
    assert_eq!(parts, [d("3.34"), d("3.33"), d("3.33")]);
}

#[test]
fn grades_are_read_from_the_total() {
    let scoring = scoring();
    for (total, grade) in
        [("90", "优"), ("89.99", "良"), ("80", "良"), ("79.99", "中"), ("60", "中"), ("59.99", "差")]
    {
        assert_eq!(scoring.grade(d(total)), Some(grade), "{total}");
    }
}

/// A sheet of one group with these rows, each worth its weight.
fn sheet_of(rows: Value, answers: &[(&str, &[(&str, &str)])]) -> (Document, Sheet) {
    let total: Decimal = rows.as_array().unwrap().iter().map(|row| d(row["weight"].as_str().unwrap())).sum();
    let template = json!({ "id": "t", "version": 1, "name": "试", "total": total.to_string(), "score_dp": 2,
        "partial": "prorata", "cuts": ["0.8", "0.6"], "over_mark": "1.2", "over_remark": "1.3",
        "grades": [{ "name": "优", "from": "90" }, { "name": "差", "from": "0" }],
        "aspects": [{ "name": "一", "weight": total.to_string(), "groups": [
            { "name": "二", "weight": total.to_string(), "rows": rows }] }] });
    let scoring = validate::read(&template.to_string()).unwrap();
    assert_eq!(holes(&scoring), []);
    let mut document = Document { scoring: Some(Arc::new(scoring)), ..Document::default() };
    answer(&mut document, answers);
    let sheet = evaluate(&document, &Facts::evaluate(&document)).unwrap();
    (document, sheet)
}

fn answer(document: &mut Document, answers: &[(&str, &[(&str, &str)])]) {
    let rows = answers
        .iter()
        .map(|(id, cells)| RowData {
            id: RowId::new(id),
            cells: cells.iter().map(|(key, cell)| ((*key).to_owned(), Raw::text(*cell))).collect(),
            ..RowData::default()
        })
        .collect();
    document.apply(&Edit::Insert { list: "score_answers".to_owned(), at: 0, rows });
}

#[test]
fn a_row_that_is_taken_out_leaves_its_points_to_its_neighbours_on_the_sheet() {
    let row = |id: &str, weight: &str| json!({ "id": id, "name": id, "weight": weight, "rule": with_t("ratio_up", "1") });
    let out = |weight: &str| {
        let mut row = row("out", weight);
        row["na"] = json!({ "when": "typed", "then": "exclude" });
        row
    };
    let after = |rows: Value| {
        let (_, sheet) = sheet_of(rows, &[("out", &[("absent", "yes")])]);
        let weights: Vec<String> = sheet
            .lines
            .iter()
            .filter(|line| !line.excluded)
            .map(|line| amount::show(&line.effective.unwrap(), 2, 2))
            .collect();
        weights.join(", ")
    };
    assert_eq!(after(json!([row("a", "2"), row("b", "2"), row("c", "2"), out("4")])), "3.34, 3.33, 3.33");
    assert_eq!(after(json!([row("a", "5"), row("b", "5"), out("5")])), "7.50, 7.50");
}

#[test]
fn a_template_with_unseen_rows_gives_no_sheet_until_they_are_filled_in() {
    let mut document = ziping::app::sample::xinfeng();
    let template = Scoring::built_in("chongqing_2021").unwrap();
    let unseen = ziping::app::score::to_fill(&template);
    assert_eq!(unseen.len(), 14);
    assert_eq!(unseen[0], "财政供养人员控制率（2 分）");
    document.apply(&ziping::app::score::choose(&document, template));
    let assessment = ziping::domain::assess::evaluate(&document);
    assert_eq!(assessment.sheet, None);
    assert!(!assessment.review.by_check.iter().any(|checked| checked.check.starts_with("SCO")));
    let ids: Vec<String> = document.scoring.as_ref().unwrap().unseen().map(|row| row.id.clone()).collect();
    for id in ids {
        document.apply(&ziping::app::score::tree::completed(&document, &id).unwrap());
    }
    assert!(ziping::domain::assess::evaluate(&document).sheet.is_some());
}

#[test]
fn a_score_that_the_rule_gives_needs_no_reason_however_it_was_cut() {
    let rows = json!([{ "id": "a", "name": "甲", "weight": "10", "rule": with_t("ratio_up", "6") }]);
    for (manual, refused) in
        [("6.67", None), ("6.7", None), ("6.6", None), ("7", None), ("6", None), ("6.5", Some("SCO-06"))]
    {
        let (_, sheet) = sheet_of(rows.clone(), &[("a", &[("value", "4"), ("manual", manual)])]);
        let line = &sheet.lines[0];
        assert_eq!(line.refused.as_ref().map(|(check, _)| *check), refused, "{manual}");
        assert_eq!(line.computed, Some(d("6.67")));
    }
}

#[test]
fn points_may_be_compared_as_cut_to_two_decimals() {
    let rows = json!([{ "id": "a", "name": "甲", "weight": "10", "rule": with_t("ratio_up", "1000") }]);
    let (mut document, _) = sheet_of(rows, &[("a", &[("value", "999")])]);
    let mut scoring = Scoring::clone(document.scoring.as_ref().unwrap());
    scoring.score_dp = 6;
    scoring.row_mut("a").unwrap().weight = Cell::Value(d("3.339"));
    for trunc2 in [false, true] {
        scoring.trunc2 = trunc2;
        document.scoring = Some(Arc::new(scoring.clone()));
        let sheet = evaluate(&document, &Facts::evaluate(&document)).unwrap();
        assert_eq!(sheet.lines[0].score, Some(d("3.335661")));
        assert_eq!(sheet.lines[0].lost(), !trunc2, "3.33 and 3.33");
    }
}

#[test]
fn totals_are_sums_of_rounded_scores() {
    let row = |id: &str| json!({ "id": id, "name": id, "weight": "10", "rule": with_t("ratio_up", "6") });
    let (_, sheet) = sheet_of(
        json!([row("a"), row("b"), row("c")]),
        &[("a", &[("value", "4")]), ("b", &[("value", "4")]), ("c", &[("value", "4")])],
    );
    assert_eq!(sheet.total, Some(d("20.01")));
    assert_eq!(sheet.open, Decimal::ZERO);
}

#[test]
fn what_is_open_counts_neither_as_nothing_nor_as_full() {
    let row = |id: &str| json!({ "id": id, "name": id, "weight": "50", "rule": with_t("ratio_up", "100"), "unit": "%" });
    let (_, sheet) = sheet_of(json!([row("a"), row("b")]), &[("a", &[("value", "90")])]);
    assert_eq!((sheet.total, sheet.open, sheet.best), (Some(d("45")), d("50"), Some(d("95"))));
    assert_eq!(sheet.grade, None, "优 and 差 are both still possible");
    assert_eq!(sheet.lines[1].score, None);
    assert_eq!(sheet.lines[1].text, "b：暂不计分，指标值未填");
    assert_eq!(sheet.total_words(), "45 分，还有 50 分未评；评完可能在 45 分至 95 分之间");
}

#[test]
fn points_inside_a_rule_follow_the_weight() {
    // 4 of 10 points do not apply: the row's own 6 become 10, and 0.5 points a step become 0.83.
    let (_, sheet) = sheet_of(
        json!([
            { "id": "a", "name": "甲", "weight": "6", "unit": "%", "rule": linear("above", "100", "1", "0.5", "prorata") },
            { "id": "b", "name": "乙", "weight": "4", "rule": with_t("ratio_up", "1"), "na": { "when": "typed", "then": "exclude" } }
        ]),
        &[("a", &[("value", "103")]), ("b", &[("absent", "yes")])],
    );
    assert_eq!(sheet.lines[0].effective, Some(d("10")));
    assert_eq!(sheet.lines[0].score, Some(d("7.50")), "(6 − 1.5) × 10 ÷ 6");
    assert!(sheet.lines[1].excluded);
    assert_eq!((sheet.total, sheet.open), (Some(d("7.50")), Decimal::ZERO));
    assert_eq!(
        sheet.lines[0].text,
        "甲 103%，超过 100% 计 3 个百分点，每个百分点扣 0.5 分，扣完为止：7.5 分\
         （不适用指标的分值转入，分值由 6 分调为 10 分）"
    );
}

#[test]
fn a_score_by_hand_needs_a_reason_a_value_and_its_range() {
    let rows = json!([{ "id": "a", "name": "甲", "weight": "10", "manual": true, "rule": with_t("ratio_up", "10") }]);
    let of = |cells: &[(&str, &str)]| {
        let (_, sheet) = sheet_of(rows.clone(), &[("a", cells)]);
        let line = &sheet.lines[0];
        (line.score, line.computed, line.refused.clone().map(|(check, _)| check))
    };
    assert_eq!(of(&[("value", "9"), ("manual", "8")]), (Some(d("9")), Some(d("9")), Some("SCO-06")));
    assert_eq!(
        of(&[("value", "9"), ("manual", "8"), ("manual_reason", "复核")]),
        (Some(d("8")), Some(d("9")), None)
    );
    assert_eq!(
        of(&[("value", "9"), ("manual", "11"), ("manual_reason", "复核")]),
        (Some(d("9")), Some(d("9")), Some("SCO-01"))
    );
    assert_eq!(of(&[("manual", "10"), ("manual_reason", "复核")]), (None, None, Some("SCO-10")));
}

#[test]
fn values_far_over_the_target_are_marked() {
    let rows = json!([{ "id": "a", "name": "甲", "weight": "10", "rule": with_t("ratio_up", "10") }]);
    for (value, mark) in [("11.9", None), ("12", Some(Mark::Over)), ("13", Some(Mark::FarOver))] {
        let (_, sheet) = sheet_of(rows.clone(), &[("a", &[("value", value)])]);
        assert_eq!(sheet.lines[0].mark, mark, "{value}");
        // Far over the target a score by hand is allowed though the template does not say so.
        assert_eq!(sheet.lines[0].manual_allowed, mark.is_some(), "{value}");
    }
    let rows = json!([{ "id": "a", "name": "甲", "weight": "10", "rule": with_t("ratio_up", "15") }]);
    let (_, sheet) = sheet_of(rows, &[("a", &[("value", "28")])]);
    assert_eq!((sheet.lines[0].score, sheet.lines[0].mark), (Some(d("10")), Some(Mark::FarOver)), "186.67%");
}

#[test]
fn a_band_read_from_the_exact_value_says_so() {
    let bands = json!({ "kind": "banded", "bands": ["[90,+∞) 6", "[80,90) 4", "(-∞,80) 0"] });
    let rows = json!([{ "id": "a", "name": "甲", "weight": "6", "unit": "%", "rule": bands }]);
    let (_, sheet) = sheet_of(rows, &[("a", &[("value", "89.996")])]);
    assert_eq!(sheet.lines[0].score, Some(d("4")));
    assert_eq!(sheet.lines[0].hints, ["按未取整值 89.996% 计分"]);
}

#[test]
fn answers_outlive_their_indicator() {
    let rows = json!([{ "id": "a", "name": "甲", "weight": "10", "rule": with_t("ratio_up", "10") }]);
    let (_, sheet) = sheet_of(rows, &[("gone", &[("name", "旧指标"), ("value", "3")])]);
    assert_eq!(sheet.retired, [(RowId::new("gone"), "旧指标".to_owned())]);
}

#[test]
fn built_in_templates_have_no_hole_that_cannot_be_mended() {
    for (id, json) in PACKS {
        let scoring = validate::read(json).unwrap_or_else(|words| panic!("{id}: {words}"));
        assert_eq!(scoring.id, *id);
        let left = holes(&scoring);
        let unseen = scoring.rows().filter(|row| row.unseen).count();
        assert_eq!(left.len(), unseen, "{id}: {left:?}");
        assert_eq!(imbalances(&scoring), [], "{id}");
        // Reading and writing changes nothing.
        let written: Value = serde_json::to_value(&scoring).unwrap();
        assert_eq!(serde_json::from_value::<Scoring>(written).unwrap(), scoring);
    }
}

#[test]
fn a_template_with_a_hole_is_refused_with_its_place() {
    let whole: Value = serde_json::from_str(PACKS[0].1).unwrap();
    type Break = fn(&mut Value);
    let breaks: &[(Break, &str)] = &[
        (|v| v["id"] = json!(""), "模板：没有标识（id）"),
        (|v| v["aspects"] = json!([]), "模板：没有指标（aspects）"),
        (
            |v| v["aspects"][1]["groups"][0]["rows"][0]["rule"]["step"] = json!("0"),
            "管理 › 预算配置 › 在职人员控制率：评分规则：每一步和每步扣分都要大于 0",
        ),
        (
            |v| v["aspects"][1]["groups"][0]["rows"][0]["rule"]["kind"] = json!("magic"),
            "管理 › 预算配置 › 在职人员控制率：评分规则：没有“magic”这种规则",
        ),
        (
            |v| v["aspects"][1]["groups"][0]["rows"][0]["fact"] = json!("no.fact"),
            "管理 › 预算配置 › 在职人员控制率：没有“no.fact”这项数据",
        ),
        (
            |v| {
                v["aspects"][0]["groups"][0]["rows"][0]["rule"].as_object_mut().unwrap().remove("t");
            },
            "预算执行率 › 预算执行率 › 预算执行率：评分规则：目标值：未填",
        ),
        (|v| v["aspects"][2]["groups"] = json!([]), "产出：下面没有二级指标"),
        (|v| v["grades"][1]["from"] = json!("95"), "模板：等级（grades）的起点要写明，并且从高到低"),
        (
            |v| {
                v["aspects"][1]["groups"][0]["rows"][0]["rule"] =
                    json!({ "kind": "banded", "bands": ["(-∞,0) 2", "(0,+∞) 0"] })
            },
            "管理 › 预算配置 › 在职人员控制率：评分规则：各档没有覆盖所有数值，请补上缺的一档，或写明其余怎样计分",
        ),
        (
            |v| {
                v["aspects"][1]["groups"][0]["rows"][0]["rule"] =
                    json!({ "kind": "banded", "bands": ["(-∞,0] 2", "[0,+∞) 0"] })
            },
            "管理 › 预算配置 › 在职人员控制率：评分规则：各档有重叠，或没有从小到大排列",
        ),
    ];
    for (break_it, words) in breaks {
        let mut broken = whole.clone();
        break_it(&mut broken);
        assert_eq!(validate::read(&broken.to_string()).unwrap_err(), *words);
    }
    assert!(validate::read("{\"id\": 3}").unwrap_err().contains("“id”"));
    assert!(validate::read("{\"id\": ").unwrap_err().contains("第 1 行"));
}

#[test]
fn a_wrong_sum_of_weights_is_said_with_its_difference() {
    let mut scoring = scoring();
    scoring.row_mut("staff_rate").unwrap().weight = Cell::Value(d("3"));
    let words: Vec<String> =
        imbalances(&scoring).iter().map(|i| format!("{}：{}", i.place, i.words())).collect();
    assert_eq!(words, ["管理 › 预算配置：各部分共 5 分，应为 4 分，多 1 分"]);
}

#[test]
fn a_newer_template_is_told_in_words_and_by_its_effect() {
    let old = Scoring { version: 0, ..scoring() };
    assert_eq!(newer::offered(&old).map(|new| new.version), Some(1));
    assert_eq!(newer::offered(&scoring()), None);
    let mut new = scoring();
    new.row_mut("staff_rate").unwrap().weight = Cell::Value(d("3"));
    new.row_mut("staff_rate").unwrap().rule.as_mut().unwrap().params["d"] = json!("1");
    new.aspects[1].groups[2].rows.remove(2);
    assert_eq!(
        newer::differences(&old, &new),
        [
            "“在职人员控制率”的分值由 2 分 改为 3 分",
            "“在职人员控制率”的评分规则由“超过 100% 的，每个百分点扣 0.5 分，不足一步按比例扣，扣完为止”\
             改为“超过 100% 的，每个百分点扣 1 分，不足一步按比例扣，扣完为止”",
            "去掉“预决算信息公开性”，已填内容保留在“已停用”中"
        ]
    );
}

#[test]
fn the_copy_and_the_answers_travel_with_the_report() {
    let mut document = Document::default();
    document.apply(&Edit::Scoring(Some(Arc::new(scoring()))));
    answer(&mut document, &[("rules", &[("answers", "yes,no,"), ("evidence", "制度汇编")])]);
    let json = serde_json::to_string(&document).unwrap();
    assert_eq!(serde_json::from_str::<Document>(&json).unwrap(), document);
    let place = Place::parse("score_answers[rules].answers").unwrap();
    assert_eq!(document.get(&place), Raw::text("yes,no,"));
    // A report that knows nothing of scores opens.
    assert_eq!(serde_json::from_str::<Document>("{}").unwrap().scoring, None);
}

fn decimal(range: std::ops::Range<i64>) -> impl Strategy<Value = Decimal> {
    range.prop_map(|n| Decimal::new(n, 2))
}

proptest! {
    #[test]
    fn a_score_lies_within_0_and_the_weight_and_is_monotone_where_its_rule_is(
        a in decimal(-30_000..30_000), b in decimal(-30_000..30_000), t in decimal(1..20_000), w in decimal(1..10_000),
    ) {
        let (low, high) = (a.min(b), a.max(b));
        let scoring = scoring();
        let t = t.to_string();
        for (json, rises) in [
            (with_t("ratio_up", &t), true),
            (with_t("equal_capped", &t), true),
            (json!({ "kind": "gated_ratio", "t": t, "g": "0.6" }), true),
            (linear("below", &t, "5", "2", "floor"), true),
            (with_t("ratio_down_inverse", &t), false),
            (with_t("ratio_down_linear", &t), false),
            (linear("above", &t, "1", "0.5", "ceil"), false),
            (linear("above", &t, "1", "0.5", "prorata"), false),
        ] {
            let rule = rule(json);
            let of = |x| kinds::score(&scoring, &rule, &Case::of(Some(x), w)).unwrap();
            let (below, above) = (of(low), of(high));
            for points in [below, above] {
                prop_assert!(points >= Decimal::ZERO && points <= w);
            }
            let sound = if rises { below <= above } else { below >= above };
            prop_assert!(sound, "{}", rule.kind);
        }
        for json in [json!({ "kind": "equal_strict", "t": t }), linear("both", &t, "1", "0.3", "prorata")] {
            let points = kinds::score(&scoring, &rule(json), &Case::of(Some(a), w)).unwrap();
            prop_assert!(points >= Decimal::ZERO && points <= w);
        }
    }

    #[test]
    fn redistribution_keeps_the_total_weight(
        rows in proptest::collection::vec((0usize..3, 0usize..3, 1i64..2_000, any::<bool>()), 1..20),
    ) {
        let shares: Vec<Share> = rows
            .iter()
            .map(|(aspect, group, weight, out)| Share {
                aspect: *aspect, group: *group, weight: Decimal::new(*weight, 2), out: *out,
            })
            .collect();
        prop_assume!(shares.iter().any(|share| !share.out));
        let weights = redistribute(&shares).unwrap();
        let before: Decimal = shares.iter().map(|share| share.weight).sum();
        let after: Decimal = weights.iter().sum();
        prop_assert_eq!(before, after);
        for (share, weight) in shares.iter().zip(&weights) {
            let sound = if share.out { weight.is_zero() } else { *weight >= share.weight };
            prop_assert!(sound, "{weight}");
        }
    }
}

/// The sheet in words: every line explained.
fn in_words(sheet: &Sheet, scoring: &Scoring) -> String {
    let points = |number: &Option<Decimal>| number.as_ref().map_or_else(|| "—".to_owned(), plain);
    let mut words = format!("{}\n总分：{}\n", scoring.name, sheet.total_words());
    words.push_str(&format!("等级：{}\n", sheet.grade.as_deref().unwrap_or("—")));
    for (at, aspect) in scoring.aspects.iter().enumerate() {
        let (sub, _) = &sheet.aspects[at];
        let (weight, score, open) = (points(&sub.weight), plain(&sub.score), plain(&sub.open));
        words.push_str(&format!("\n{}　分值 {weight}　得分 {score}　未评 {open}\n", aspect.name));
        for line in sheet.lines.iter().filter(|line| line.aspect == at) {
            let (score, weight) = (points(&line.score), points(&line.effective));
            words.push_str(&format!("- {score}/{weight}　{}\n    规则：{}\n", line.text, line.rule));
            line.hints.iter().for_each(|hint| words.push_str(&format!("    提示：{hint}\n")));
        }
    }
    words
}

#[test]
fn the_sample_under_each_template() {
    for id in ["common_2013", "jiangxi_four", "national_project", "chongqing_2021"] {
        let mut document = ziping::app::sample::xinfeng();
        let mut template = Scoring::built_in(id).unwrap();
        // Whoever fills in the unseen rows may leave them to be scored by hand.
        template.aspects.iter_mut().flat_map(|a| &mut a.groups).flat_map(|g| &mut g.rows).for_each(|row| {
            row.unseen = false;
        });
        let edit = ziping::app::score::choose(&document, template);
        document.apply(&edit);
        document.apply(&ziping::app::score::take_in_all(&document).unwrap_or(Edit::Batch(Vec::new())));
        let sheet = evaluate(&document, &Facts::evaluate(&document)).unwrap();
        let words = in_words(&sheet, document.scoring.as_ref().unwrap());
        expect_test::expect_file![format!("golden/score-{id}.txt")].assert_eq(&words);
    }
}

#[test]
fn the_schema_of_templates_follows_from_the_kinds() {
    let json = ziping::app::score_schema::json();
    expect_test::expect_file!["golden/scoring-schema.json"].assert_eq(&json);
    let schema: Value = serde_json::from_str(&json).unwrap();
    let row = &schema["properties"]["aspects"]["items"]["properties"]["groups"]["items"]["properties"]["rows"]
        ["items"];
    assert_eq!(row["properties"]["rule"]["anyOf"].as_array().unwrap().len(), kinds::ALL.len());
    // Every key that a built-in template writes is described.
    for (id, json) in PACKS {
        let pack: Value = serde_json::from_str(json).unwrap();
        for key in pack.as_object().unwrap().keys() {
            assert!(schema["properties"].get(key).is_some(), "{id}: {key}");
        }
        for written in
            pack["aspects"].as_array().unwrap().iter().flat_map(|a| a["groups"].as_array().unwrap())
        {
            for key in written["rows"].as_array().unwrap().iter().flat_map(|r| r.as_object().unwrap().keys())
            {
                assert!(row["properties"].get(key).is_some(), "{id}: {key}");
            }
        }
    }
}

/// How many columns each row of a table fills, merged cells counted in every row that they cover.
fn widths(table: &ziping::domain::report::block::TableBlock) -> Vec<usize> {
    let mut covered: Vec<usize> = vec![0; table.rows.len()];
    for (at, row) in table.rows.iter().enumerate() {
        for cell in &row.cells {
            covered[at..at + cell.rowspan.max(1)].iter_mut().for_each(|width| *width += cell.colspan.max(1));
        }
    }
    covered
}

#[test]
fn each_project_has_the_official_table_in_the_report() {
    use ziping::domain::report::block::{Block, Inline};
    let mut document = ziping::app::sample::example();
    let project = document.projects.iter().next().unwrap().id.clone();
    let goals: Vec<RowId> = document.goals.iter().map(|goal| goal.id.clone()).collect();
    for (goal, level) in goals.into_iter().zip(["quantity", "quantity", "economic"]) {
        document.apply(&Edit::set(Place::cell("goals", &goal, "project"), Raw::text(project.as_str())));
        document.apply(&Edit::set(Place::cell("goals", &goal, "level"), Raw::text(level)));
    }
    document.apply(&ziping::app::score::choose(&document, Scoring::built_in("national_project").unwrap()));
    document.apply(&ziping::app::score::take_in_all(&document).unwrap());
    let assessment = ziping::domain::assess::evaluate(&document);
    let blocks = ziping::domain::report::blocks(&document, &assessment);
    let tables: Vec<_> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Table(table) if table.caption.starts_with("项目支出绩效自评表：") => Some(table),
            _ => None,
        })
        .collect();
    assert_eq!(tables.len(), document.projects.iter().count());
    for table in &tables {
        assert!(widths(table).iter().all(|width| *width == 8), "{}", table.caption);
    }
    let words = |row: usize| -> Vec<String> {
        let text = |inline: &Inline| match inline {
            Inline::Text(text) | Inline::Value { text, .. } => text.clone(),
        };
        tables[0].rows[row].cells.iter().map(|cell| cell.inlines.iter().map(text).collect()).collect()
    };
    assert_eq!(words(0), ["项目资金", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]);
    let funds: Vec<String> = (1..5).map(|row| words(row)[0].clone()).collect();
    assert_eq!(funds, ["年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金"]);
    assert_eq!(words(5), ["年度总体目标", "预期目标", "实际完成情况"]);
    assert_eq!(words(7)[..4], ["一级指标", "二级指标", "三级指标", "年度指标值"]);
    assert_eq!(words(8)[..2], ["产出指标（50 分）", "数量指标"]);
    assert_eq!(words(9).len(), 6, "level 1 and level 2 go on");
    assert_eq!(words(10)[..2], ["效益指标（30 分）", "经济指标"]);
    assert_eq!(words(11)[0], "总分");
}

#[test]
fn every_check_of_scores_is_counted_under_its_own_id() {
    let mut document = ziping::app::sample::xinfeng();
    document.apply(&ziping::app::score::choose(&document, scoring()));
    let review = ziping::domain::assess::evaluate(&document).review;
    let ids: Vec<&str> =
        review.by_check.iter().map(|checked| checked.check).filter(|id| id.starts_with("SCO")).collect();
    let numbered: Vec<String> = (1..=11).map(|number| format!("SCO-{number:02}")).collect();
    assert_eq!(ids, numbered);
    // Points lost without a cause: 错误, at the indicator.
    let lost = review.findings.iter().find(|finding| finding.check == "SCO-02").unwrap();
    assert_eq!(lost.severity.label(), "错误");
    assert!(ziping::domain::checks::about("SCO-02").unwrap().title.contains("偏差原因"));
}

#[test]
fn a_sheet_that_is_not_done_is_said_to_have_no_grade() {
    let outcome = |document: &Document| {
        let review = ziping::domain::assess::evaluate(document).review;
        let checked = review.by_check.iter().find(|checked| checked.check == "TXT-03").unwrap();
        let found = review.findings.iter().find(|finding| finding.check == "TXT-03");
        (checked.why.clone(), found.map(|found| (found.severity.label(), found.message.clone())))
    };
    let mut document = ziping::app::sample::xinfeng();
    assert_eq!(outcome(&document), (Some("没有选用评分模板".to_owned()), None));
    document.apply(&ziping::app::score::choose(&document, scoring()));
    let (_, found) = outcome(&document);
    let (severity, message) = found.unwrap();
    assert_eq!(severity, "警告");
    assert!(message.starts_with("自评没有做完：还有 "), "{message}");
    let weightless = Scoring::built_in("common_2013").unwrap();
    document.apply(&ziping::app::score::choose(&document, weightless));
    assert_eq!(outcome(&document), (Some("所选的评分模板没有分值或等级".to_owned()), None));
}

#[test]
fn a_template_may_count_savings_as_executed() {
    let mut document = Document::default();
    let row = |id: &str, cells: &[(&str, &str)]| RowData {
        id: RowId::new(id),
        cells: cells.iter().map(|(key, cell)| ((*key).to_owned(), Raw::text(*cell))).collect(),
        ..RowData::default()
    };
    let rows = vec![
        row("a", &[("item", "货物"), ("budget", "60"), ("actual", "30"), ("shortfall", "saved")]),
        row("b", &[("item", "服务"), ("budget", "40"), ("actual", "30"), ("shortfall", "not_done")]),
    ];
    document.apply(&Edit::Insert { list: "procurement".to_owned(), at: 0, rows });
    let facts = Facts::evaluate(&document);
    let rate = |id: &str| facts.get(id).unwrap().as_ref().unwrap().number;
    assert_eq!(rate("procurement.execution_rate"), d("60"));
    assert_eq!(rate("procurement.execution_rate_saved"), d("90"));
}

#[test]
fn the_official_table_stands_in_the_report() {
    use ziping::domain::report::block::Block;
    let mut document = ziping::app::sample::xinfeng();
    document.apply(&ziping::app::score::choose(&document, scoring()));
    let assessment = ziping::domain::assess::evaluate(&document);
    let blocks = ziping::domain::report::blocks(&document, &assessment);
    let table = blocks
        .iter()
        .find_map(|block| match block {
            Block::Table(table) if table.caption == "部门整体支出绩效自评表" => Some(table),
            _ => None,
        })
        .unwrap();
    assert!(table.wide);
    let covered = widths(table);
    // A slot without goals has a row of its own that ends after its words.
    for (row, width) in table.rows.iter().zip(covered) {
        let empty = row.cells.iter().any(|cell| format!("{cell:?}").contains("还没有指标"));
        assert_eq!(width, if empty { 3 } else { table.columns.len() }, "{row:?}");
    }
}

#[test]
fn the_table_of_a_project_lists_its_goals_and_shares_the_points_among_them() {
    use ziping::domain::score::project;
    let mut document = Document::default();
    let row = |id: &str, cells: &[(&str, &str)]| RowData {
        id: RowId::new(id),
        cells: cells.iter().map(|(key, cell)| ((*key).to_owned(), Raw::text(*cell))).collect(),
        ..RowData::default()
    };
    let add = |document: &mut Document, list: &str, rows: Vec<RowData>| {
        document.apply(&Edit::Insert { list: list.to_owned(), at: usize::MAX, rows });
    };
    add(
        &mut document,
        "projects",
        vec![
            row(
                "p",
                &[
                    ("name", "培训"),
                    ("fund_source", "general_public"),
                    ("initial_budget", "40"),
                    ("revised_budget", "50"),
                    ("outturn", "38"),
                ],
            ),
            row("q", &[("name", "走访")]),
        ],
    );
    let goal = |id: &str, level: &str, target: &str, actual: &str| {
        row(
            id,
            &[
                ("name", id),
                ("level", level),
                ("operator", "ge"),
                ("value", target),
                ("unit", "次"),
                ("actual", actual),
                ("project", "p"),
            ],
        )
    };
    add(
        &mut document,
        "goals",
        vec![
            goal("及格", "quality", "10", "10"),
            goal("场次", "quantity", "10", "5"),
            goal("满意", "satisfaction", "90", "90"),
            row("别的", &[("name", "别的"), ("level", "quantity"), ("operator", "ge"), ("value", "1")]),
        ],
    );
    document.apply(&ziping::app::score::choose(&document, Scoring::built_in("national_project").unwrap()));
    document.apply(&ziping::app::score::take_in_all(&document).unwrap());
    // On the sheet 场次 is worth three times as much as 及格.
    for (id, weight) in [("及格", "10"), ("场次", "30"), ("别的", "10")] {
        document
            .apply(&Edit::set(Place::cell("score_answers", &RowId::new(id), "weight"), Raw::text(weight)));
    }
    let tables = project::tables(&document, document.scoring.as_ref().unwrap());
    assert_eq!(tables.len(), 2);
    let own = &tables[0];
    assert_eq!((own.rate, own.score), (Some(d("76")), Some(d("7.6"))));
    assert_eq!((own.fiscal, own.other), (Some(d("40")), None));
    let told: Vec<(&str, &str, Option<Decimal>, Option<Decimal>)> = own
        .goals
        .iter()
        .map(|goal| (goal.level.as_str(), goal.line.name.as_str(), goal.line.effective, goal.line.score))
        .collect();
    assert_eq!(
        told,
        [
            ("数量指标", "场次", Some(d("37.50")), Some(d("18.75"))),
            ("质量指标", "及格", Some(d("12.50")), Some(d("12.50"))),
            ("服务对象满意度指标", "满意", Some(d("10")), Some(d("10"))),
        ]
    );
    assert_eq!((own.total, own.open), (d("48.85"), d("30")), "no goal of 效益 yet");
    assert_eq!(own.expected(), "场次≥10次；及格≥10次；满意≥90次");
    assert_eq!(own.achieved(), "场次：5 次；及格：10 次；满意：90 次");
    assert_eq!((tables[1].total, tables[1].open), (Decimal::ZERO, d("100")));
}

#[test]
fn every_field_of_a_template_is_read_and_written_and_the_tree_is_changed() {
    use ziping::app::score::spots::{RowField, Setting, Spot, Which};
    use ziping::app::score::tree::{self, Part, Way};
    let mut document = Document::default();
    document.apply(&ziping::app::score::choose(&document, scoring()));
    let staff = || "staff_rate".to_owned();
    for (spot, text) in [
        (Spot::Setting(Setting::Name), "本局自评表"),
        (Spot::Setting(Setting::Decimals), "1"),
        (Spot::Setting(Setting::Partial), "ceil"),
        (Spot::Setting(Setting::CutPart), "0.5"),
        (Spot::Setting(Setting::OverMark), "1.5"),
        (Spot::Setting(Setting::Truncated), "yes"),
        (Spot::GradeName(0), "甲"),
        (Spot::GradeFrom(0), "95"),
        (Spot::AspectName(1), "管理情况"),
        (Spot::AspectWeight(1), "21"),
        (Spot::GroupName(1, 0), "配置"),
        (Spot::GroupSlot(1, 0), "yes"),
        (Spot::GroupKind(1, 0, "cost"), "yes"),
        (Spot::Row(staff(), RowField::Fact), "carryover.rate"),
        (Spot::Row(staff(), RowField::Kind), "ratio_up"),
        (Spot::Param(staff(), Which::Own, "t"), "90"),
        (Spot::Row(staff(), RowField::OverMode), "reduce"),
        (Spot::Row(staff(), RowField::OverShare), "0.5"),
        (Spot::Row(staff(), RowField::AbsentWhen), "typed"),
        (Spot::Row(staff(), RowField::AbsentThen), "inner"),
        (Spot::Row(staff(), RowField::AbsentKind), "full_if"),
        (Spot::Param(staff(), Which::Inner, "a"), "3"),
        (Spot::Row(staff(), RowField::Weight), "两分"),
    ] {
        document.apply(&spot.set(&document, text).unwrap());
        assert_eq!(spot.text(document.scoring.as_ref().unwrap()), text, "{spot:?}");
        assert!(!spot.label().is_empty(), "{spot:?}");
    }
    let weight = Spot::Row(staff(), RowField::Weight);
    assert!(weight.is_unread(document.scoring.as_ref().unwrap()));

    let mut document = Document::default();
    document.apply(&ziping::app::score::choose(&document, scoring()));
    let names = |document: &Document| -> Vec<String> {
        document.scoring.as_ref().unwrap().rows().map(|row| row.name.clone()).collect()
    };
    let before = names(&document);
    // The first indicator of a level 2 goes up into the one before it, and back.
    let first = document.scoring.as_ref().unwrap().aspects[1].groups[1].rows[0].id.clone();
    let shift = |document: &mut Document, part: Part, way: Way| {
        let (edit, part) = tree::shift(document, &part, way).unwrap();
        document.apply(&edit);
        part
    };
    shift(&mut document, Part::Row(first.clone()), Way::Up);
    assert_eq!(document.scoring.as_ref().unwrap().aspects[1].groups[0].rows.last().unwrap().id, first);
    assert_eq!(names(&document), before);
    shift(&mut document, Part::Row(first), Way::Down);
    assert_eq!(**document.scoring.as_ref().unwrap(), scoring());
    assert_eq!(tree::shift(&document, &Part::Aspect(0), Way::Up), None);
    assert_eq!(shift(&mut document, Part::Group(1, 0), Way::Up), Part::Group(0, 1));
    assert_eq!(shift(&mut document, Part::Group(0, 1), Way::Down), Part::Group(1, 0));
    assert_eq!(shift(&mut document, Part::Aspect(0), Way::Down), Part::Aspect(1));
    assert_eq!(document.scoring.as_ref().unwrap().aspects[1].name, "预算执行率");
    document.apply(&tree::add_aspect(&document).unwrap());
    document.apply(&tree::add_row(&document, (5, 0), &RowId::new("new")).unwrap());
    assert_eq!(names(&document).last().unwrap(), "新指标");
    document.apply(&tree::remove(&document, &Part::Aspect(5)).unwrap());
    assert_eq!(names(&document).len(), before.len());
}

#[test]
fn a_number_typed_into_a_template_is_one_step() {
    use ziping::app::score::spots::{Setting, Spot};
    use ziping::app::session::Session;
    let mut document = Document::default();
    document.apply(&ziping::app::score::choose(&document, scoring()));
    let mut session = Session::new(document.clone(), 0);
    let total = Spot::Setting(Setting::Total);
    let mut type_in = |text: &str| {
        let edit = total.set(session.document(), text).unwrap();
        session.edit_template(&edit, "total");
    };
    ["1", "12", "120"].into_iter().for_each(&mut type_in);
    session.leave();
    let edit = total.set(session.document(), "90").unwrap();
    session.edit_template(&edit, "total");
    session.undo();
    assert_eq!(session.document().scoring.as_ref().unwrap().total, Cell::Value(d("120")));
    session.undo();
    assert_eq!(**session.document(), document);
    assert!(!session.can_undo());
}
