//! The structural checks on their smallest cases: fails, holds, holds within rounding, nothing to compare, lacks data,
//! cannot be read.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod common;

#[path = "checks/closings.rs"]
mod closings;
#[path = "checks/published.rs"]
mod published;

use common::{empty, typed};

use ziping::domain::assess::evaluate;
use ziping::domain::cell::Raw;
use ziping::domain::checks::{self, Outcome, Severity};
use ziping::domain::document::Document;
use ziping::domain::edit::Edit;
use ziping::domain::facts::eval::Facts;
use ziping::domain::facts::label::Target;
use ziping::domain::rows::{RowData, RowId};
use ziping::domain::tables::{RowsOf, TableDef};

/// A new report with rows for the breakdowns and these entries typed in.
fn report(entries: &[(&str, &str)]) -> Document {
    let mut document = empty();
    for list in ["positions", "education", "ages"] {
        let used = |name: &str| entries.iter().any(|(at, _)| at.starts_with(&format!("{list}[{name}]")));
        let rows = ["甲", "乙"].into_iter().filter(|name| used(name)).map(|name| {
            let mut row = RowData { id: RowId::new(&format!("{list}{name}")), ..RowData::default() };
            row.cells.insert("group".into(), Raw::text(name));
            row
        });
        document.apply(&Edit::Insert { list: list.into(), at: 0, rows: rows.collect() });
    }
    // Other lists and rows come into being where an entry names a row that is not there: by its name, or its fixed id.
    for (at, text) in entries {
        if let Some((list, rest)) = at.split_once('[')
            && let Some((name, _)) = rest.split_once(']')
        {
            open_row(&mut document, list, name);
        }
        typed(&mut document, at, text);
    }
    document
}

fn open_row(document: &mut Document, list: &str, name: &str) {
    let rows = document.list(list).expect(list);
    let there = (0..rows.len())
        .any(|at| rows.get(at, 0).words() == name || rows.id_at(at).is_some_and(|id| id.as_str() == name));
    if there {
        return;
    }
    let key = rows.columns()[0].key;
    let fixed = match TableDef::by_list(list).expect(list).rows {
        RowsOf::Fixed(rows) => rows.iter().find(|row| row.id == name).map(|row| row.data(key)),
        RowsOf::Free(_) => None,
    };
    let row = fixed.unwrap_or_else(|| {
        let mut row = RowData { id: RowId::new(&format!("{list}{name}")), ..RowData::default() };
        row.cells.insert(key.into(), Raw::text(name));
        row
    });
    document.apply(&Edit::Insert { list: list.into(), at: usize::MAX, rows: vec![row] });
}

/// The outcomes of a check in a few words, without those that have nothing to compare.
fn outcomes(check: &str, document: &Document) -> Vec<String> {
    let check = checks::check(check).expect(check);
    (check.run)(check, document, &Facts::evaluate(document))
        .into_iter()
        .filter_map(|outcome| match outcome {
            Outcome::NotApplicable(why) => {
                assert!(!why.is_empty());
                None
            }
            Outcome::Holds => Some("holds".to_owned()),
            Outcome::Rounding(finding) => {
                assert_eq!(finding.check, check.id);
                Some(format!("hint {} against {}", finding.stated, finding.expected))
            }
            Outcome::Fails(findings) => {
                let findings: Vec<String> = findings
                    .iter()
                    .map(|finding| {
                        assert_eq!(finding.check, check.id);
                        assert!(!finding.places.is_empty(), "a place");
                        assert!(finding.todo.ends_with('。') && !finding.message.is_empty());
                        let weight =
                            if finding.severity == check.severity { "" } else { finding.severity.key() };
                        format!("fails{weight} {} against {}", finding.stated, finding.expected)
                    })
                    .collect();
                Some(findings.join(" "))
            }
            Outcome::LacksData(places, count) => {
                let first = places.first().map(ToString::to_string).unwrap_or_default();
                Some(format!("lacks {count} {first}"))
            }
            Outcome::Unreadable(places) => Some(format!("unreadable {}", places[0])),
            Outcome::Failed(why) => Some(format!("failed {why}")),
        })
        .collect()
}

type Case = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

fn hold(cases: &[Case]) {
    for (check, entries, expected) in cases {
        assert_eq!(outcomes(check, &report(entries)), *expected, "{check} {entries:?}");
    }
}

#[test]
fn totals_of_three_public_and_its_vehicles() {
    const STATED: (&str, &str) = ("three_public_stated.outturn", "12.88");
    const ABROAD: (&str, &str) = ("three_public[travel_abroad].outturn", "无");
    const BOUGHT: (&str, &str) = ("three_public[vehicle_purchase].outturn", "无");
    const RUNNING: (&str, &str) = ("three_public[vehicle_running].outturn", "4.88");
    hold(&[
        ("SG-01", &[], &[]),
        ("SG-01", &[ABROAD, BOUGHT, RUNNING, ("three_public[hospitality].outturn", "8")], &[]),
        ("SG-01", &[STATED, ABROAD, BOUGHT, RUNNING, ("three_public[hospitality].outturn", "8")], &["holds"]),
        (
            "SG-01",
            &[STATED, ABROAD, BOUGHT, RUNNING, ("three_public[hospitality].outturn", "8.01")],
            &["hint 12.88 against 12.89"],
        ),
        (
            "SG-01",
            &[STATED, ABROAD, BOUGHT, RUNNING, ("three_public[hospitality].outturn", "8.10")],
            &["fails 12.88 against 12.98"],
        ),
        (
            "SG-01",
            &[STATED, ("three_public[hospitality].outturn", "8")],
            &["lacks 3 three_public[travel_abroad].outturn"],
        ),
        ("SG-01", &[STATED, ("three_public[hospitality].outturn", "13")], &["fails 12.88 against 13.00"]),
        ("SG-01", &[STATED], &["lacks 4 three_public[travel_abroad].outturn"]),
        (
            "SG-01",
            &[STATED, ABROAD, BOUGHT, RUNNING, ("three_public[hospitality].outturn", "8x")],
            &["unreadable three_public[hospitality].outturn"],
        ),
        ("SG-01", &[("three_public_stated.outturn", "约13")], &["unreadable three_public_stated.outturn"]),
        (
            "SG-01",
            &[
                ("three_public_stated.outturn", "无"),
                ABROAD,
                BOUGHT,
                RUNNING,
                ("three_public[hospitality].outturn", "无"),
            ],
            &["fails 0.00 against 4.88"],
        ),
        ("SG-02", &[BOUGHT, RUNNING], &[]),
        ("SG-02", &[("vehicles_stated.outturn", "4.88"), BOUGHT, RUNNING], &["holds"]),
        ("SG-02", &[("vehicles_stated.outturn", "4.89"), BOUGHT, RUNNING], &["hint 4.89 against 4.88"]),
        ("SG-02", &[("vehicles_stated.outturn", "6"), BOUGHT, RUNNING], &["fails 6.00 against 4.88"]),
        (
            "SG-02",
            &[("vehicles_stated.outturn", "6"), RUNNING],
            &["lacks 1 three_public[vehicle_purchase].outturn"],
        ),
        (
            "SG-02",
            &[("vehicles_stated.outturn", "6"), BOUGHT, ("three_public[vehicle_running].outturn", "?")],
            &["unreadable three_public[vehicle_running].outturn"],
        ),
        // Each column is a relation of its own.
        (
            "SG-02",
            &[("vehicles_stated.outturn", "4.88"), ("vehicles_stated.last_outturn", "1"), BOUGHT, RUNNING],
            &["holds", "lacks 2 three_public[vehicle_purchase].last_outturn"],
        ),
    ]);
}

#[test]
fn basic_expenditure_and_its_parts() {
    const WAGES: (&str, &str) = ("basic[301].outturn", "190.94");
    const FAMILIES: (&str, &str) = ("basic[303].outturn", "4.65");
    const GOODS: (&str, &str) = ("basic[302].outturn", "22.28");
    hold(&[
        ("DF-12", &[WAGES, FAMILIES, GOODS], &[]),
        ("DF-12", &[("basic_stated.outturn", "217.87"), WAGES, FAMILIES, GOODS], &["holds"]),
        (
            "DF-12",
            &[("basic_stated.outturn", "191.55"), WAGES, FAMILIES, GOODS],
            &["fails 191.55 against 217.87"],
        ),
        (
            "DF-12",
            &[("personnel_stated.outturn", "195.58"), WAGES, FAMILIES],
            &["hint 195.58 against 195.59"],
        ),
        ("DF-12", &[("operating_stated.outturn", "22.28"), GOODS], &["holds"]),
        ("DF-12", &[("basic_stated.outturn", "217.87"), WAGES, FAMILIES], &["lacks 1 basic[302].outturn"]),
        ("DF-12", &[("basic_stated.outturn", "180"), WAGES], &["fails 180.00 against 190.94"]),
        (
            "DF-12",
            &[("basic_stated.outturn", "217.87"), WAGES, FAMILIES, ("basic[302].outturn", "二十")],
            &["unreadable basic[302].outturn"],
        ),
        // A part that is stated stands in for its rows.
        (
            "DF-12",
            &[("basic_stated.outturn", "217.87"), ("personnel_stated.outturn", "195.59"), GOODS],
            &["lacks 2 basic[301].outturn", "holds"],
        ),
    ]);
}

#[test]
fn carry_over_follows_from_what_was_there_came_in_and_went_out() {
    const OPENING: (&str, &str) = ("carryover[fiscal].opening", "10.00");
    const INCOME: (&str, &str) = ("income[general_public].outturn", "100.00");
    const BASIC: (&str, &str) = ("basic_stated.outturn", "60.00");
    const PROJECTS: (&str, &str) = ("projects_stated.outturn", "45.00");
    const MOVED: (&str, &str) = ("carryover[fiscal].closing_carryover", "5.00");
    hold(&[
        ("DF-15", &[], &["lacks 7 carryover[fiscal].closing_carryover"]),
        (
            "DF-15",
            &[OPENING, INCOME, BASIC, PROJECTS, MOVED, ("carryover[fiscal].closing_surplus", "无")],
            &["holds"],
        ),
        ("DF-15", &[OPENING, INCOME, BASIC, PROJECTS, ("carryover_stated.closing", "5")], &["holds"]),
        (
            "DF-15",
            &[OPENING, INCOME, BASIC, PROJECTS, ("carryover_stated.closing", "5.01")],
            &["hint 5.01 against 5.00"],
        ),
        (
            "DF-15",
            &[OPENING, INCOME, BASIC, PROJECTS, ("carryover_stated.closing", "0")],
            &["fails 0.00 against 5.00"],
        ),
        (
            "DF-15",
            &[
                OPENING,
                INCOME,
                BASIC,
                ("projects_stated.outturn", "55"),
                ("carryover_stated.closing", "-5.00"),
            ],
            &["holds", "fails -5.00 against -5.00"],
        ),
        // What is left cannot be less than nothing, also where it agrees only within rounding.
        (
            "DF-15",
            &[
                OPENING,
                INCOME,
                BASIC,
                ("projects_stated.outturn", "55"),
                ("carryover_stated.closing", "-5.01"),
            ],
            &["hint -5.01 against -5.00", "fails -5.01 against -5.00"],
        ),
        (
            "DF-15",
            &[
                OPENING,
                INCOME,
                BASIC,
                PROJECTS,
                ("carryover[fiscal].surplus_used", "1"),
                ("carryover[fiscal].distribution", "2"),
                ("carryover_stated.closing", "4"),
            ],
            &["holds"],
        ),
        (
            "DF-15",
            &[OPENING, INCOME, BASIC, PROJECTS, ("carryover[fiscal].closing_carryover", "5x")],
            &["unreadable carryover[fiscal].closing_carryover"],
        ),
        // Stated beside rows that say something else.
        (
            "DF-15",
            &[
                OPENING,
                INCOME,
                BASIC,
                PROJECTS,
                MOVED,
                ("carryover[fiscal].closing_surplus", "无"),
                ("carryover_stated.closing", "6.00"),
            ],
            &["fails 6.00 against 5.00", "holds"],
        ),
        (
            "DF-15",
            &[OPENING, BASIC, PROJECTS, ("carryover_stated.closing", "5")],
            &["lacks 1 income[general_public].outturn"],
        ),
    ]);
    let mut document =
        report(&[OPENING, INCOME, BASIC, PROJECTS, MOVED, ("carryover[fiscal].closing_surplus", "0")]);
    let RowsOf::Fixed(rows) = TableDef::by_id("T8").unwrap().rows else { panic!("fixed rows") };
    let other = rows.iter().find(|row| row.id == "other").unwrap().data("item");
    document.apply(&Edit::Insert { list: "carryover".into(), at: 1, rows: vec![other] });
    assert_eq!(outcomes("DF-15", &document)[0].split(' ').next(), Some("lacks"), "two rows are typed");
    for (at, text) in [
        ("fiscal].income", "100"),
        ("fiscal].expenditure", "105"),
        ("other].opening", "1"),
        ("other].income", "2"),
        ("other].expenditure", "3"),
        ("other].closing_carryover", "无"),
        ("other].closing_surplus", "无"),
    ] {
        typed(&mut document, &format!("carryover[{at}"), text);
    }
    assert_eq!(outcomes("DF-15", &document), ["holds"]);
}

#[test]
fn posts_staff_and_breakdowns() {
    const POSTS: &[(&str, &str)] = &[
        ("staff[admin].authorised_posts", "8"),
        ("staff[support].authorised_posts", "1"),
        ("staff[public].authorised_posts", "6"),
    ];
    let with = |more: &[(&str, &str)]| outcomes("DF-23", &report(&[POSTS, more].concat()));
    assert_eq!(with(&[]), Vec::<String>::new());
    assert_eq!(with(&[("staff_stated.authorised_posts", "15")]), ["holds"]);
    assert_eq!(with(&[("staff_stated.authorised_posts", "16")]), ["fails 16 against 15"]);
    assert_eq!(with(&[("staff_stated.authorised_posts", "x")]), ["unreadable staff_stated.authorised_posts"]);
    let stated = ("staff_stated.staff_in_post", "13");
    let lacks = "lacks 3 staff[admin].staff_in_post";
    let (ten, three, four, blank) = (
        ("positions[甲].staff_in_post", "10"),
        ("positions[乙].staff_in_post", "3"),
        ("positions[乙].staff_in_post", "4"),
        ("positions[乙].staff_in_post", ""),
    );
    assert_eq!(with(&[stated, ten, three]), [lacks, "holds"]);
    assert_eq!(with(&[stated, ten, four]), [lacks, "fails 13 against 14"]);
    assert_eq!(with(&[stated, ten]), [lacks, "fails 13 against 10"], "a whole split that is not whole");
    assert_eq!(with(&[stated, ten, ("positions_stated.complete", "否")]), [lacks, "holds"]);
    assert_eq!(
        with(&[stated, ten, four, ("positions_stated.complete", "否")]),
        [lacks, "fails 13 against 14"]
    );
    assert_eq!(with(&[stated, ten, blank]), [lacks, "lacks 1 positions[positions乙].staff_in_post"]);
    assert_eq!(
        with(&[stated, ten, ("positions[乙].staff_in_post", "三")]),
        [lacks, "unreadable positions[positions乙].staff_in_post"]
    );
    assert_eq!(
        with(&[stated, ten, three, ("positions_stated.staff_in_post", "12")]),
        [lacks, "fails 12 against 13"]
    );
    assert_eq!(with(&[ten, three]), [lacks], "without a number of staff there is nothing to compare with");
    let ages = [("ages[甲].staff_in_post", "4"), ("ages[乙].staff_in_post", "2")];
    assert_eq!(with(&[&[stated][..], &ages[..]].concat()), [lacks, "holds"], "age groups need not be whole");
}

#[test]
fn findings_are_counted_sorted_and_found_at_both_places() {
    let document = report(&[
        ("personnel_stated.outturn", "195.58"),
        ("basic[301].outturn", "190.94"),
        ("basic[303].outturn", "4.65"),
        ("vehicles_stated.outturn", "6"),
        ("three_public[vehicle_purchase].outturn", "无"),
        ("three_public[vehicle_running].outturn", "4.88"),
    ]);
    let assessment = evaluate(&document);
    let review = &assessment.review;
    let order: Vec<_> = review.findings.iter().map(|finding| (finding.severity, finding.check)).collect();
    assert_eq!(order, [(Severity::Error, "SG-02"), (Severity::Hint, "DF-12")]);
    let of = |id: &str| review.by_check.iter().find(|checked| checked.check == id).expect(id).coverage;
    let sums = ["SG-02", "DF-12", "DF-15"].map(of);
    assert_eq!(sums.map(|c| (c.holds, c.fails, c.unchecked())), [(0, 1, 0), (1, 0, 0), (0, 0, 1)]);
    let all = review.by_check.iter().map(|checked| checked.coverage);
    assert_eq!(all.clone().map(|c| c.checked()).sum::<usize>(), review.coverage.checked());
    assert_eq!(all.map(|c| c.unchecked()).sum::<usize>(), review.coverage.unchecked());
    let stated = Target::parse("vehicles_stated.outturn").unwrap();
    assert_eq!(assessment.severity_at(&stated), Some(Severity::Error));
    assert_eq!(assessment.findings_at(&Target::parse("vehicles.outturn").unwrap()), [0]);
    assert_eq!(assessment.severity_at(&Target::parse("basic.outturn").unwrap()), None);
    let key = review.findings[0].key();
    assert_eq!(key, "SG-02:vehicles_stated.outturn=6.00 万元;vehicles.outturn=4.88 万元");
    for check in checks::ALL {
        assert!(!check.source.is_empty() && !check.title.is_empty(), "{}", check.id);
    }
}

#[test]
fn stated_totals_of_income_expenditure_projects_and_assets() {
    const INCOME: (&str, &str) = ("income[general_public].outturn", "100.00");
    const BASIC: (&str, &str) = ("basic_stated.outturn", "60.00");
    const PROJECT: (&str, &str) = ("projects[甲].outturn", "45.00");
    hold(&[
        ("DF-01", &[INCOME], &[]),
        ("DF-01", &[INCOME, ("income_stated.outturn", "100.00")], &["holds"]),
        ("DF-01", &[INCOME, ("income_stated.outturn", "100.01")], &["hint 100.01 against 100.00"]),
        ("DF-01", &[INCOME, ("income_stated.outturn", "110")], &["fails 110.00 against 100.00"]),
        ("DF-01", &[("income_stated.outturn", "110")], &["lacks 1 income[general_public].outturn"]),
        ("DF-05", &[BASIC, PROJECT], &[]),
        ("DF-05", &[BASIC, PROJECT, ("expenditure_stated.outturn", "105.00")], &["holds"]),
        ("DF-05", &[BASIC, PROJECT, ("expenditure_stated.outturn", "115")], &["fails 115.00 against 105.00"]),
        (
            "DF-05",
            &[BASIC, PROJECT, ("expenditure[upward].outturn", "10"), ("expenditure_stated.outturn", "115")],
            &["holds"],
        ),
        ("DF-05", &[PROJECT, ("expenditure_stated.outturn", "115")], &["lacks 3 basic[301].outturn"]),
        ("DF-22", &[PROJECT], &[]),
        ("DF-22", &[PROJECT, ("projects_stated.outturn", "45")], &["holds"]),
        ("DF-22", &[PROJECT, ("projects_stated.outturn", "54")], &["fails 54.00 against 45.00"]),
        // 元 for 万元 is named as a cause.
        ("DF-22", &[PROJECT, ("projects_stated.outturn", "450000")], &["fails 450,000.00 against 45.00"]),
        (
            "DF-22",
            &[
                ("assets_stated.original_value", "30"),
                ("assets[buildings].original_value", "10"),
                ("assets[vehicles].original_value", "10"),
                ("assets[equipment].original_value", "无"),
                ("assets[other_fixed].original_value", "无"),
            ],
            &["fails 30.00 against 20.00"],
        ),
    ]);
    let document = report(&[PROJECT, ("projects_stated.outturn", "450000")]);
    let review = evaluate(&document).review;
    assert!(review.findings[0].todo.contains("元"), "{}", review.findings[0].todo);
}

#[test]
fn a_ledger_agrees_with_the_project_that_it_names() {
    const PROJECT: (&str, &str) = ("projects[甲].outturn", "45.00");
    // A batch that names no project is that of the project with its name.
    const BATCH: (&str, &str) = ("batches[甲].document", "1号");
    const ITS: (&str, &str) = ("recipients[子].batch", "甲");
    const OTHER: (&str, &str) = ("batches[另一批].document", "2号");
    const OF_OTHER: (&str, &str) = ("recipients[丑].batch", "另一批");
    hold(&[
        ("DF-22", &[PROJECT, OTHER, OF_OTHER, ("recipients[丑].paid", "45")], &[]),
        ("DF-22", &[PROJECT, BATCH, ITS, ("recipients[子].paid", "45")], &["holds"]),
        ("DF-22", &[PROJECT, BATCH, ITS, ("batches[甲].project", "无"), ("recipients[子].paid", "45")], &[]),
        (
            "DF-22",
            &[
                PROJECT,
                BATCH,
                ITS,
                OTHER,
                OF_OTHER,
                ("batches[另一批].project", "甲"),
                ("recipients[子].paid", "45"),
                ("recipients[丑].paid", "5"),
            ],
            &["fails 45.00 万元 against 50.00 万元"],
        ),
        ("DF-22", &[PROJECT, BATCH, ITS], &["lacks 1 recipients[recipients子].paid"]),
        (
            "DF-22",
            &[PROJECT, BATCH, ITS, ("recipients[子].paid", "45.01")],
            &["hint 45.00 万元 against 45.01 万元"],
        ),
    ]);
}

#[test]
fn both_totals_and_the_balance_brought_forward() {
    const OPENING: (&str, &str) = ("carryover[fiscal].opening", "10.00");
    const INCOME: (&str, &str) = ("income[general_public].outturn", "100.00");
    const SPENT: [(&str, &str); 2] =
        [("basic_stated.outturn", "60.00"), ("projects_stated.outturn", "45.00")];
    const CLOSING: (&str, &str) = ("carryover_stated.closing", "5.00");
    let base = [OPENING, INCOME, SPENT[0], SPENT[1], CLOSING];
    let with = |check: &str, more: &[(&str, &str)]| outcomes(check, &report(&[&base, more].concat()));
    assert_eq!(with("DF-02", &[]), Vec::<String>::new());
    assert_eq!(with("DF-02", &[("receipts_stated.outturn", "110")]), ["holds"]);
    assert_eq!(with("DF-02", &[("receipts_stated.outturn", "110.01")]), ["hint 110.01 against 110.00"]);
    assert_eq!(with("DF-02", &[("receipts_stated.outturn", "100")]), ["fails 100.00 against 110.00"]);
    assert_eq!(
        outcomes("DF-02", &report(&[("receipts_stated.outturn", "100"), INCOME])),
        ["lacks 1 carryover[fiscal].opening"]
    );
    assert_eq!(with("DF-02", &[("receipts_stated.outturn", "一百")]), ["unreadable receipts_stated.outturn"]);
    assert_eq!(with("DF-03", &[("payments_stated.outturn", "110")]), ["holds"]);
    assert_eq!(with("DF-03", &[("payments_stated.outturn", "105")]), ["fails 105.00 against 110.00"]);
    assert_eq!(with("DF-04", &[]), Vec::<String>::new(), "it is DF-15");
    let both = |a, b| with("DF-04", &[("receipts_stated.outturn", a), ("payments_stated.outturn", b)]);
    assert_eq!(both("110", "110"), ["holds"]);
    assert_eq!(both("110", "120"), ["fails 110.00 against 120.00"]);
    assert_eq!(with("DF-04", &[("receipts_stated.outturn", "111")]), ["fails 111.00 against 110.00"]);
    const LAST: (&str, &str) = ("carryover[fiscal].last_closing", "10.00");
    hold(&[
        ("DF-14", &[OPENING], &[]),
        ("DF-14", &[OPENING, LAST], &["holds"]),
        (
            "DF-14",
            &[OPENING, ("carryover[fiscal].last_closing", "12")],
            &["fails 10.00 万元 against 12.00 万元"],
        ),
        (
            "DF-14",
            &[
                OPENING,
                ("carryover[fiscal].last_closing", "12"),
                ("carryover_stated.opening_adjustment", "财政收回"),
            ],
            &["holds"],
        ),
        ("DF-14", &[LAST], &["lacks 1 carryover[fiscal].opening"]),
        ("DF-26", &[INCOME], &[]),
        (
            "DF-26",
            &[
                INCOME,
                ("carryover[other].income", "20"),
                ("carryover[fiscal].income", "70"),
                ("carryover[other].expenditure", "1"),
            ],
            &["fails 100.00 against 90.00", "lacks 1 carryover[fiscal].expenditure"],
        ),
        (
            "DF-26",
            &[
                INCOME,
                SPENT[0],
                SPENT[1],
                ("carryover[other].income", "30"),
                ("carryover[fiscal].income", "70"),
                ("carryover[other].expenditure", "5"),
                ("carryover[fiscal].expenditure", "100"),
            ],
            &["holds", "holds"],
        ),
    ]);
}

#[test]
fn three_public_beside_its_sums() {
    const COST: (&str, &str) = ("three_public[hospitality].outturn", "8.00");
    hold(&[
        (
            "SG-03",
            &[COST],
            &[
                "lacks 1 three_public[travel_abroad].initial_budget",
                "lacks 1 three_public[travel_abroad].outturn",
                "lacks 1 three_public[travel_abroad].last_outturn",
                "lacks 1 three_public[vehicle_purchase].initial_budget",
                "lacks 1 three_public[vehicle_purchase].outturn",
                "lacks 1 three_public[vehicle_purchase].last_outturn",
                "lacks 1 three_public[vehicle_running].initial_budget",
                "lacks 1 three_public[vehicle_running].outturn",
                "lacks 1 three_public[vehicle_running].last_outturn",
                "lacks 1 three_public[hospitality].initial_budget",
                "holds",
                "lacks 1 three_public[hospitality].last_outturn",
            ],
        ),
        (
            "SG-07",
            &[("three_public_stated.outturn", "8"), ("three_public_stated.initial_budget", "9")],
            &["holds"],
        ),
        (
            "SG-07",
            &[("three_public_stated.outturn", "10"), ("three_public_stated.initial_budget", "9")],
            &["fails 10.00 万元 against 9.00 万元"],
        ),
        (
            "SG-07",
            &[
                ("three_public_stated.outturn", "10"),
                ("three_public_stated.initial_budget", "9"),
                ("three_public_stated.deviation_cause", "招商增加"),
            ],
            &["failshint 10.00 万元 against 9.00 万元"],
        ),
        (
            "SG-07",
            &[("three_public_stated.outturn", "10")],
            &["lacks 4 three_public[travel_abroad].initial_budget"],
        ),
        (
            "three_public.control_rate",
            &[("three_public_stated.outturn", "10"), ("three_public_stated.initial_budget", "0")],
            &["fails 10.00 万元 against 0.00 万元"],
        ),
        (
            "three_public.control_rate",
            &[("three_public_stated.outturn", "0"), ("three_public_stated.initial_budget", "0")],
            &[],
        ),
        (
            "SG-09",
            &[COST, ("three_public_counts.receptions", "5"), ("three_public_counts.guests", "5")],
            &["holds", "holds"],
        ),
        (
            "SG-09",
            &[COST, ("three_public_counts.receptions", "0"), ("three_public_counts.guests", "0")],
            &["fails 8.00 万元 against 0 批次", "holds"],
        ),
        (
            "SG-09",
            &[COST, ("three_public_counts.receptions", "5"), ("three_public_counts.guests", "4")],
            &["holds", "fails 4 人次 against 5 批次"],
        ),
        ("SG-09", &[COST], &["lacks 1 three_public_counts.receptions", "lacks 1 three_public_counts.guests"]),
        (
            "SG-10",
            &[
                ("three_public[vehicle_running].outturn", "4"),
                ("three_public[vehicle_purchase].outturn", "无"),
                ("three_public_counts.vehicles_held", "无"),
            ],
            &["fails 4.00 万元 against 无"],
        ),
        (
            "SG-10",
            &[
                ("three_public[vehicle_running].outturn", "4"),
                ("three_public[vehicle_purchase].outturn", "20"),
                ("three_public_counts.vehicles_held", "2"),
                ("three_public_counts.vehicles_bought", "1"),
            ],
            &["holds", "holds"],
        ),
        (
            "SG-12",
            &[("three_public_stated.outturn", "10.00"), ("basic[302].outturn", "9.00")],
            &["fails 10.00 万元 against 9.00 万元"],
        ),
        (
            "SG-12",
            &[
                ("three_public_stated.outturn", "10.00"),
                ("basic[302].outturn", "9.00"),
                ("projects[甲].outturn", "3"),
                ("projects[甲].economic_class", "302 商品和服务支出"),
            ],
            &["holds"],
        ),
        (
            "SG-12",
            &[
                ("three_public_stated.outturn", "10.00"),
                ("basic[302].outturn", "9.00"),
                ("projects[甲].outturn", "3"),
            ],
            &["lacks 1 projects[projects甲].economic_class"],
        ),
    ]);
}

#[test]
fn parts_and_wholes_means_and_units() {
    hold(&[
        (
            "DF-16",
            &[("assets[buildings].net_value", "9.00"), ("assets[buildings].original_value", "8.00")],
            &["fails 9.00 万元 against 8.00 万元"],
        ),
        (
            "DF-16",
            &[("assets[buildings].net_value", "7.00"), ("assets[buildings].original_value", "8.00")],
            &["holds"],
        ),
        ("DF-16", &[("assets[buildings].net_value", "7.00")], &["lacks 1 assets[buildings].original_value"]),
        (
            "DF-16",
            &[
                ("assets[buildings].original_value", "8.00"),
                ("assets[buildings].in_use", "7.00"),
                ("assets[buildings].lent", "无"),
                ("assets[buildings].idle", "0.50"),
                ("assets[buildings].pending", "无"),
            ],
            &["fails 8.00 万元 against 7.50 万元", "holds", "holds", "holds", "holds"],
        ),
        (
            "DF-16",
            &[("funding[本级].received", "8.00"), ("funding[本级].used", "9.00")],
            &["fails 9.00 万元 against 8.00 万元"],
        ),
        (
            "DF-16",
            &[("three_public_counts.receptions", "8"), ("three_public_counts.foreign_receptions", "9")],
            &["fails 9 批次 against 8 批次"],
        ),
        (
            "DF-16",
            &[("expenditure_stated.outturn", "8.00"), ("expenditure_detail.general_public", "9.00")],
            &["fails 9.00 万元 against 8.00 万元"],
        ),
        (
            "DF-23",
            &[
                ("surveys[甲].issued", "10"),
                ("surveys[甲].valid", "9"),
                ("surveys[甲].satisfied", "6"),
                ("surveys[甲].basically", "2"),
                ("surveys[甲].dissatisfied", "无"),
            ],
            &["fails 9 份 against 8 份", "holds"],
        ),
        (
            "DF-23",
            &[("surveys[甲].issued", "8"), ("surveys[甲].valid", "9"), ("surveys[甲].satisfied", "9")],
            &["lacks 1 surveys[surveys甲].basically", "fails 9 份 against 8 份"],
        ),
        ("DF-24", &[("staff_stated.staff_in_post", "13")], &[]),
        ("DF-24", &[("staff_stated.staff_in_post", "13"), ("staffing.mean_age", "48.23")], &["holds"]),
        (
            "DF-24",
            &[("staff_stated.staff_in_post", "13"), ("staffing.mean_age", "48.22")],
            &["fails 48.22 岁 against 13 人"],
        ),
        (
            "DF-24",
            &[("staff_stated.staff_in_post", "22"), ("staffing.mean_age", "48.22")],
            &["hint 48.22 岁 against 22 人"],
        ),
        ("DF-24", &[("staffing.mean_age", "48.22")], &["lacks 3 staff[admin].staff_in_post"]),
        ("DF-25", &[("basic[301].outturn", "190.94")], &[]),
        ("DF-25", &[("basic[301].outturn", "190.94"), ("basic[301].last_outturn", "180")], &["holds"]),
        (
            "DF-25",
            &[("basic[301].outturn", "190.94"), ("basic[301].last_outturn", "1809400")],
            &["fails 190.94 万元 against 1,809,400.00 万元"],
        ),
        (
            "staff.control_rate",
            &[("staff_stated.authorised_posts", "0"), ("staff_stated.staff_in_post", "3")],
            &["fails 3 人 against 0 名"],
        ),
        (
            "procurement.execution_rate",
            &[
                ("procurement[goods].budget", "无"),
                ("procurement[works].budget", "无"),
                ("procurement[services].budget", "无"),
                ("procurement[goods].actual", "3"),
                ("procurement[works].actual", "无"),
                ("procurement[services].actual", "无"),
            ],
            &["fails 3.00 万元 against 0.00 万元"],
        ),
    ]);
}

#[test]
fn goals_that_cannot_be_judged_or_contradict_the_tasks() {
    const NAME: (&str, &str) = ("goals[甲].name", "甲");
    const COUNT: [(&str, &str); 3] =
        [("goals[甲].operator", "≥"), ("goals[甲].value", "6"), ("goals[甲].unit", "个")];
    let with = |check: &str, more: &[(&str, &str)]| outcomes(check, &report(&[&[NAME], more].concat()));
    let whole = |more: &[(&'static str, &'static str)]| [&COUNT[..], more].concat();
    assert_eq!(outcomes("IND-01", &report(&[])), Vec::<String>::new());
    assert_eq!(with("IND-01", &[]), ["lacks 1 goals[goals甲].level", "lacks 1 goals[goals甲].level"]);
    assert_eq!(with("IND-01", &[("goals[甲].level", "产出·数量")]), ["holds", "fails 产出·数量 against "]);
    assert_eq!(with("IND-02", &COUNT), ["holds"]);
    assert_eq!(with("IND-02", &[]), ["fails 未填 against 甲"]);
    assert_eq!(
        with("IND-02", &[("goals[甲].value", "6"), ("goals[甲].unit", "个")]),
        ["fails 6 against 未填"]
    );
    assert_eq!(with("IND-02", &[("goals[甲].value_text", "第1名")]), ["holds"], "a rank needs no unit");
    let text = |text: &'static str| with("IND-03", &[("goals[甲].value_text", text)]);
    assert_eq!(text("显著提升"), ["fails 显著提升 against 甲"]);
    assert_eq!(text("进一步完善、不断加强"), ["fails 进一步完善、不断加强 against 甲"]);
    assert_eq!(text("12月底前制定办法"), ["holds"]);
    assert_eq!(text("优良率提升5个百分点"), ["holds"]);
    assert_eq!(with("IND-03", &COUNT), Vec::<String>::new(), "a value is never vague");
    let cost = |name: &'static str, operator: &'static str| {
        outcomes(
            "IND-04",
            &report(&[
                ("goals[甲].level", "产出·成本"),
                ("goals[甲].operator", operator),
                ("goals[甲].value", "5"),
                ("goals[甲].unit", "万元"),
                ("goals[甲].name", name),
            ]),
        )
    };
    assert_eq!(cost("专项经费", "≥"), ["fails 5 against ≥"]);
    assert_eq!(cost("专项经费", "≤"), ["holds"]);
    assert_eq!(cost("成本节约额", "≥"), ["holds"]);
    let paid = |name: &'static str, unit: &'static str| {
        outcomes(
            "IND-05",
            &report(&[
                ("goals[甲].level", "产出·数量"),
                ("goals[甲].value", "33"),
                ("goals[甲].unit", unit),
                ("goals[甲].name", name),
            ]),
        )
    };
    assert_eq!(paid("资金拨付", "万元"), ["fails 33 against 产出·数量"]);
    assert_eq!(paid("资金拨付企业", "家"), ["holds"]);
    let twice = |name: &'static str| {
        outcomes(
            "IND-06",
            &report(&[
                ("goals[甲].level", "产出·数量"),
                ("goals[乙].level", "效益·社会"),
                ("goals[乙].name", name),
            ]),
        )
    };
    assert_eq!(twice("甲"), ["fails 效益·社会 against 产出·数量"]);
    assert_eq!(twice("丙"), ["holds"]);
    let benefit = [("goals[甲].level", "效益·社会"), ("goals[甲].value", "95"), ("goals[甲].unit", "%")];
    assert_eq!(with("IND-07", &benefit), ["fails 95 against 未填"]);
    assert_eq!(with("IND-07", &[&benefit[..], &[("goals[甲].basis", "上年95%")]].concat()), ["holds"]);
    let satisfied = [("goals[甲].level", "满意度"), ("targets[甲].actual", "96")];
    assert_eq!(with("IND-08", &satisfied), ["fails 96 against 未填"]);
    assert_eq!(with("IND-08", &[&satisfied[..], &[("surveys[群众].valid", "20")]].concat()), ["holds"]);
    assert_eq!(with("IND-08", &[("goals[甲].level", "满意度")]), Vec::<String>::new());
    let own = [("goals[甲].level", "满意度"), ("goals[甲].actual", "96")];
    assert_eq!(with("IND-08", &own), ["fails 96 against 未填"], "a result beside the goal itself");
    assert_eq!(with("IND-08", &[&own[..], &[("goals[甲].evidence", "调查报告")]].concat()), ["holds"]);
    assert_eq!(with("IND-09", &whole(&[("goals[甲].last_actual", "6")])), ["holds"], "equal is not reported");
    assert_eq!(with("IND-09", &whole(&[("goals[甲].last_actual", "8")])), ["fails 6 against 8"]);
    assert_eq!(
        with("IND-09", &whole(&[("goals[甲].last_actual", "8"), ("goals[甲].is_stock", "是")])),
        ["failswarning 6 against 8"]
    );
    assert_eq!(with("IND-09", &COUNT), Vec::<String>::new());
    let linked = |value: &'static str| whole(&[("targets[甲].value", value), ("targets[甲].unit", "个")]);
    assert_eq!(with("IND-10", &linked("6.0")), ["holds"]);
    assert_eq!(with("IND-10", &linked("4")), ["fails 6 against 4"]);
    assert_eq!(
        with("IND-10", &[&linked("4")[..], &[("goals[甲].task_target", "无")]].concat()),
        Vec::<String>::new()
    );
    assert_eq!(with("IND-10", &whole(&[("targets[乙].value", "4")])), Vec::<String>::new(), "no link");
    assert_eq!(
        with("IND-10", &whole(&[("targets[乙].value", "4"), ("goals[甲].task_target", "乙")])),
        ["fails 6 against 4"]
    );
    let timely = ("goals[甲].level", "产出·时效");
    assert_eq!(with("IND-12", &[timely]), ["fails 未填 against 产出·时效"]);
    assert_eq!(with("IND-12", &[timely, ("goals[甲].value_text", "12月底前")]), ["holds"]);
    assert_eq!(with("IND-12", &[timely, ("targets[甲].deadline", "2021-12-31")]), ["holds"]);
    let alike = |last: &'static str| {
        outcomes(
            "IND-14",
            &report(&[
                ("goals[甲].level", "产出·质量"),
                ("goals[乙].level", "产出·质量"),
                ("goals[丙].level", "产出·质量"),
                ("goals[甲].value", "95"),
                ("goals[乙].value", "95"),
                ("goals[丙].value", last),
            ]),
        )
    };
    assert_eq!(alike("95"), ["fails 95 against 95"]);
    assert_eq!(alike("90"), ["holds"]);
    let budgets = |second: &'static str| {
        outcomes(
            "IND-16",
            &report(&[
                ("targets[甲].task", "一"),
                ("targets[甲].budget", "60"),
                ("targets[乙].task", "二"),
                ("targets[乙].budget", second),
                ("expenditure_stated.initial_budget", "100"),
            ]),
        )
    };
    assert_eq!(budgets("40"), ["holds"]);
    assert_eq!(budgets("30"), ["fails 100.00 万元 against 90.00 万元"]);
    assert_eq!(budgets(""), Vec::<String>::new());
}

#[test]
fn targets_results_and_headings() {
    const TARGET: [(&str, &str); 3] =
        [("targets[甲].operator", "≥"), ("targets[甲].value", "6"), ("targets[甲].unit", "个")];
    let with = |check: &str, more: &[(&str, &str)]| outcomes(check, &report(&[&TARGET[..], more].concat()));
    assert_eq!(outcomes("TXT-02", &report(&[])), Vec::<String>::new());
    assert_eq!(with("TXT-02", &[]), ["fails 未填 against 6"]);
    assert_eq!(with("TXT-02", &[("targets[甲].actual", "0")]), ["holds"]);
    // A goal that repeats no target has its result beside itself.
    let goal = [("goals[乙].name", "乙"), ("goals[乙].value", "95"), ("targets[甲].actual", "6")];
    assert_eq!(with("TXT-02", &goal), ["holds", "fails 未填 against 95"]);
    assert_eq!(with("TXT-02", &[&goal[..], &[("goals[乙].actual", "96")]].concat()), ["holds", "holds"]);
    let part = [("targets[甲].actual", "3"), ("targets[甲].result_scope", "部分")];
    assert_eq!(with("TXT-02", &part), ["failshint 部分 against 6"]);
    let told = |text: &'static str, more: &[(&str, &str)]| {
        with("TXT-04", &[&[("narratives.effects", text)], more].concat())
    };
    assert_eq!(told("超额完成各项任务。", &[]), ["fails “超额完成各项任务” against 未填"]);
    assert_eq!(
        told("超额完成各项任务。", &[("targets[甲].actual", "5")]),
        ["fails “超额完成各项任务” against 5"]
    );
    assert_eq!(told("超额完成各项任务。", &[("targets[甲].actual", "7")]), ["holds"]);
    assert_eq!(told("6处工程全部完成。", &[]), Vec::<String>::new(), "not of all tasks");
    assert_eq!(told("没有超额完成各项任务。", &[]), Vec::<String>::new());
    assert_eq!(told("力争超额完成各项任务。", &[]), Vec::<String>::new());
    assert_eq!(outcomes("TXT-01", &report(&[])), Vec::<String>::new(), "nothing is written yet");
    let headings = outcomes("TXT-01", &report(&[("narratives.duties", "负责全县科技工作。")]));
    assert_eq!(headings.iter().filter(|outcome| *outcome == "holds").count(), 1);
    assert!(headings.len() > 8, "{headings:?}");
    let none = outcomes("TXT-01", &report(&[("narratives.satisfaction", "无")]));
    assert!(none.contains(&"holds".to_owned()), "无 is an answer");
}
