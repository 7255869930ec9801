//! Properties of the checks, and what is said of findings: a consistent report raises no error, a corrupted figure is
//! found at that figure, an answer lasts as long as its values and survives saving, loading and undoing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects
)]

mod common;

use common::{Counting, empty, place, typed};
use proptest::prelude::*;
use rust_decimal::Decimal;

use ziping::app::restore::restore;
use ziping::app::sample;
use ziping::app::session::Session;
use ziping::domain::assess::{Assessment, evaluate};
use ziping::domain::checks::handling::{self, Answer};
use ziping::domain::checks::{self, Finding, Severity};
use ziping::domain::document::Document;
use ziping::domain::facts::label::Target;
use ziping::domain::facts::print;
use ziping::domain::report::{self, block::Block};
use ziping::domain::rows::RowId;

/// Amounts with two digits behind the point.
fn money() -> impl Strategy<Value = Decimal> {
    (1_i64..500_000).prop_map(|cents| Decimal::new(cents, 2))
}

/// The figures of a report that agrees with itself.
#[derive(Clone, Debug)]
struct Figures {
    income: Decimal,
    basic: [Decimal; 3],
    projects: Vec<Decimal>,
    three_public: [Decimal; 4],
    staff: [u32; 3],
    spare_posts: u32,
    surplus: Decimal,
}

fn figures() -> impl Strategy<Value = Figures> {
    let amounts = (money(), [money(), money(), money()], proptest::collection::vec(money(), 1..6));
    let others = ([money(), money(), money(), money()], [1_u32..60, 1..60, 1..60], 0_u32..9, money());
    (amounts, others).prop_map(|((income, basic, projects), (three_public, staff, spare_posts, surplus))| {
        Figures { income, basic, projects, three_public, staff, spare_posts, surplus }
    })
}

const CLASSES: [&str; 3] = ["301", "302", "303"];
const ITEMS: [&str; 4] = ["travel_abroad", "vehicle_purchase", "vehicle_running", "hospitality"];
const TYPES: [&str; 3] = ["admin", "support", "public"];

/// The report, and the places of all its figures that stand in a relation: what is stated, and rows.
fn consistent(figures: &Figures) -> (Document, Vec<String>) {
    let mut document = empty();
    let mut places = Vec::new();
    let mut set = |document: &mut Document, at: String, value: String| {
        typed(document, &at, &value);
        places.push(at);
    };
    let spent: Decimal = figures.basic.iter().chain(&figures.projects).sum();
    set(&mut document, "income[general_public].outturn".into(), figures.income.to_string());
    set(&mut document, "income_stated.outturn".into(), figures.income.to_string());
    for (class, value) in CLASSES.iter().zip(&figures.basic) {
        set(&mut document, format!("basic[{class}].outturn"), value.to_string());
    }
    let basic: Decimal = figures.basic.iter().sum();
    set(&mut document, "personnel_stated.outturn".into(), (figures.basic[0] + figures.basic[2]).to_string());
    set(&mut document, "operating_stated.outturn".into(), figures.basic[1].to_string());
    set(&mut document, "basic_stated.outturn".into(), basic.to_string());
    let rows = (0..figures.projects.len()).map(|at| {
        let mut row =
            ziping::domain::rows::RowData { id: RowId::new(&format!("p{at}")), ..Default::default() };
        row.cells.insert("name".into(), ziping::domain::cell::Raw::text(format!("项目{at}")));
        row
    });
    document.apply(&ziping::domain::edit::Edit::Insert {
        list: "projects".into(),
        at: 0,
        rows: rows.collect(),
    });
    for (at, value) in figures.projects.iter().enumerate() {
        set(&mut document, format!("projects[p{at}].outturn"), value.to_string());
    }
    let projects: Decimal = figures.projects.iter().sum();
    set(&mut document, "projects_stated.outturn".into(), projects.to_string());
    set(&mut document, "expenditure_stated.outturn".into(), spent.to_string());
    // What is brought forward covers what income does not.
    let opening = figures.surplus + (spent - figures.income).max(Decimal::ZERO);
    let closing = opening + figures.income - spent;
    set(&mut document, "carryover[fiscal].opening".into(), opening.to_string());
    set(&mut document, "carryover_stated.closing".into(), closing.to_string());
    set(&mut document, "receipts_stated.outturn".into(), (figures.income + opening).to_string());
    set(&mut document, "payments_stated.outturn".into(), (spent + closing).to_string());
    for (item, value) in ITEMS.iter().zip(&figures.three_public) {
        set(&mut document, format!("three_public[{item}].last_outturn"), value.to_string());
    }
    let cars = figures.three_public[1] + figures.three_public[2];
    set(&mut document, "vehicles_stated.last_outturn".into(), cars.to_string());
    let all: Decimal = figures.three_public.iter().sum();
    set(&mut document, "three_public_stated.last_outturn".into(), all.to_string());
    for (name, value) in TYPES.iter().zip(&figures.staff) {
        set(&mut document, format!("staff[{name}].staff_in_post"), value.to_string());
        set(
            &mut document,
            format!("staff[{name}].authorised_posts"),
            (value + figures.spare_posts).to_string(),
        );
    }
    let staff: u32 = figures.staff.iter().sum();
    set(&mut document, "staff_stated.staff_in_post".into(), staff.to_string());
    set(&mut document, "staff_stated.authorised_posts".into(), (staff + 3 * figures.spare_posts).to_string());
    (document, places)
}

fn errors(assessment: &Assessment) -> Vec<&Finding> {
    assessment.review.findings.iter().filter(|finding| finding.severity == Severity::Error).collect()
}

proptest! {
    #![proptest_config(common::cases(64))]

    #[test]
    fn a_consistent_report_has_no_error(figures in figures()) {
        let (document, _) = consistent(&figures);
        let assessment = evaluate(&document);
        let found: Vec<&str> = errors(&assessment).iter().map(|finding| finding.message.as_str()).collect();
        prop_assert_eq!(found, Vec::<&str>::new());
        prop_assert!(assessment.review.coverage.holds > 12);
    }

    #[test]
    fn a_corrupted_figure_is_found_at_that_figure(figures in figures(), which in 0_usize..1_000, off in 100_i64..9_000) {
        let (mut document, places) = consistent(&figures);
        let at = &places[which % places.len()];
        let target = place(&document, at);
        let whole = document.get(&target).words().parse::<Decimal>().unwrap();
        // People are counted, money has two digits; beyond what rounding of a dozen figures explains.
        let corrupted = if at.contains("staff") { whole + Decimal::ONE } else { whole + Decimal::new(off, 2) };
        typed(&mut document, at, &corrupted.to_string());
        let assessment = evaluate(&document);
        // A row is part of the totals that read it, directly or through others.
        let mut names = vec![Target::Place(target.clone())];
        let mut next = 0;
        while let Some(name) = names.get(next).cloned() {
            names.extend(print::used_by(&name).into_iter().map(Target::Fact).filter(|fact| !names.contains(fact)).collect::<Vec<_>>());
            next += 1;
        }
        let found = errors(&assessment)
            .iter()
            .any(|finding| finding.places.iter().any(|(place, _)| names.contains(place)));
        prop_assert!(found, "{at} from {whole} to {corrupted}: {:?}", errors(&assessment));
    }

    #[test]
    fn an_answer_survives_saving_loading_and_undoing(pick in 0_usize..40, corrected in any::<bool>()) {
        let mut session = Session::new(sample::xinfeng(), 0);
        let before = session.document().clone();
        let findings = evaluate(&before).review.findings;
        let finding = &findings[pick % findings.len()];
        let answer = if corrected { Answer::Explained } else { Answer::NotApplicable };
        let edit = handling::answer(finding, answer, "按会议纪要。", "2022-03-15", &RowId::new("h1"));
        prop_assert!(session.edit(&edit, 0));
        let said = session.document().clone();
        let text = serde_json::to_string(&*said).unwrap();
        let loaded = restore(&text, &mut Counting(1)).unwrap().document;
        prop_assert_eq!(&loaded, &*said);
        let again = evaluate(&loaded).review.findings;
        let found = again.iter().find(|one| one.key() == finding.key()).unwrap();
        let kept = found.handling.as_ref().unwrap();
        prop_assert_eq!((kept.answer, kept.reason.as_str(), kept.date.as_str()), (answer, "按会议纪要。", "2022-03-15"));
        prop_assert!(!found.is_open() && !kept.changed);
        prop_assert_eq!(again.iter().filter(|one| !one.is_open()).count(), 1);
        session.undo();
        prop_assert_eq!(session.document(), &before);
        session.redo();
        prop_assert_eq!(session.document(), &said);
    }
}

/// The sample with something said of the posts that do not add up.
fn answered(answer: Answer, reason: &str) -> Document {
    let mut document = sample::xinfeng();
    let findings = evaluate(&document).review.findings;
    let finding = findings.iter().find(|finding| finding.check == "DF-23").unwrap();
    document.apply(&handling::answer(finding, answer, reason, "2022-03-15", &RowId::new("h1")));
    document
}

fn posts(document: &Document) -> Option<Finding> {
    evaluate(document).review.findings.into_iter().find(|finding| finding.check == "DF-23")
}

#[test]
fn other_values_bring_a_finding_back() {
    let mut document = answered(Answer::Explained, "1 名编制待批。");
    let review = evaluate(&document).review;
    assert_eq!(checks::answered(&review.findings), (1, 0));
    assert_eq!(review.open(Severity::Error), 5, "of six errors one is explained");
    assert!(!posts(&document).unwrap().is_open());
    typed(&mut document, "staff_stated.authorised_posts", "17");
    assert_eq!(checks::answered(&evaluate(&document).review.findings), (1, 1));
    let back = posts(&document).unwrap();
    assert!(back.is_open() && back.handling.as_ref().unwrap().changed);
    typed(&mut document, "staff_stated.authorised_posts", "16");
    assert!(!posts(&document).unwrap().is_open(), "the values that it was said of");
    // Said again of other values, it is one row still.
    typed(&mut document, "staff_stated.authorised_posts", "17");
    let back = posts(&document).unwrap();
    document.apply(&handling::answer(
        &back,
        Answer::NotApplicable,
        "已核。",
        "2022-04-01",
        &RowId::new("h2"),
    ));
    assert_eq!(document.handlings.iter().count(), 1);
    assert!(!posts(&document).unwrap().is_open());
    document.apply(&handling::withdrawn(&RowId::new("h1")));
    assert!(posts(&document).unwrap().handling.is_none());
}

#[test]
fn corrected_is_worked_out_and_not_believed() {
    let mut document = answered(Answer::Corrected, "");
    let finding = posts(&document).unwrap();
    assert!(finding.is_open(), "the figures still disagree");
    typed(&mut document, "staff_stated.authorised_posts", "15");
    let past = |document: &Document| {
        let assessment = evaluate(document);
        handling::past(document, &assessment.facts, &assessment.review.findings)
            .iter()
            .map(|past| past.corrected)
            .collect::<Vec<_>>()
    };
    assert!(posts(&document).is_none());
    assert_eq!(past(&document), [true]);
    // Taking the figure out is no correction.
    typed(&mut document, "staff_stated.authorised_posts", "");
    assert_eq!(past(&document), [false]);
    // An explanation without words explains nothing.
    assert!(posts(&answered(Answer::Explained, " ")).unwrap().is_open());
}

#[test]
fn the_annex_prints_findings_answers_and_coverage() {
    let annex = |document: &Document| {
        let blocks = report::blocks(document, &evaluate(document));
        blocks
            .into_iter()
            .find_map(|block| match block {
                Block::Table(table) if table.caption == "勾稽检查结果" => Some(table),
                _ => None,
            })
            .map(|table| {
                let cells = |row: &report::block::TableRow| -> Vec<String> {
                    let text = |inline: &report::block::Inline| match inline {
                        report::block::Inline::Text(text) | report::block::Inline::Value { text, .. } => {
                            text.clone()
                        }
                    };
                    row.cells.iter().map(|cell| cell.inlines.iter().map(text).collect()).collect()
                };
                (table.rows.iter().map(cells).collect::<Vec<_>>(), table.notes)
            })
    };
    let (rows, notes) = annex(&answered(Answer::Explained, "1 名编制待批。")).unwrap();
    let posts = rows.iter().find(|row| row[0] == "DF-23").unwrap();
    assert_eq!(posts[2], "人员编制.上报编制数：16 名");
    assert_eq!(posts[3], "人员编制.编制数：15 名");
    assert_eq!(posts[4..], ["1", "错误", "情况说明（2022年3月15日）：1 名编制待批。"]);
    assert!(rows.iter().any(|row| row[6] == "未处理"));
    assert!(notes[0].starts_with("共核对 ") && notes.len() == 4, "{notes:?}");
    assert!(notes[3].contains("没有结果的目标项数 10 项（“"), "{notes:?}");
    let (rows, notes) = annex(&sample::example()).unwrap();
    assert_eq!(rows, [["核对过的都一致，没有发现问题。"]]);
    assert_eq!(notes.len(), 3, "nothing is left unchecked");
    assert!(annex(&empty()).is_none(), "nothing was checked");
}
