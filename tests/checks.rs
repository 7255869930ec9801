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
    entries.iter().for_each(|(at, text)| typed(&mut document, at, text));
    document
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
                assert_eq!((finding.check, finding.severity), (check.id, Severity::Hint));
                Some(format!("hint {} against {}", finding.stated, finding.expected))
            }
            Outcome::Fails(findings) => {
                let findings: Vec<String> = findings
                    .iter()
                    .map(|finding| {
                        assert_eq!((finding.check, finding.severity), (check.id, check.severity));
                        assert_eq!(finding.places.len(), 2, "two places");
                        assert!(finding.todo.ends_with('。') && !finding.message.is_empty());
                        format!("fails {} against {}", finding.stated, finding.expected)
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
    let counted = review.coverage;
    assert_eq!((counted.holds, counted.fails, counted.checked(), counted.unchecked()), (1, 1, 2, 1));
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
