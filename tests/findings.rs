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
use ziping::app::review::{self, Prose};
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

/// The same figures as the published accounts say them.
fn published(
    document: &mut Document,
    figures: &Figures,
    set: &mut dyn FnMut(&mut Document, String, String),
    [spent, opening, closing]: [Decimal; 3],
) {
    let row = |list: &str, id: &str, name: &str, code: &str| {
        let mut row = ziping::domain::rows::RowData { id: RowId::new(id), ..Default::default() };
        row.cells.insert("item".into(), ziping::domain::cell::Raw::text(name));
        row.cells.insert("code".into(), ziping::domain::cell::Raw::text(code));
        ziping::domain::edit::Edit::Insert { list: list.into(), at: usize::MAX, rows: vec![row] }
    };
    let open = |list: &str, id: &str| ziping::domain::edit::Edit::Insert {
        list: list.into(),
        at: usize::MAX,
        rows: vec![ziping::domain::rows::RowData { id: RowId::new(id), ..Default::default() }],
    };
    let income = figures.income;
    let projects: Decimal = figures.projects.iter().sum();
    let basic: Decimal = figures.basic.iter().sum();
    for (id, value) in [
        ("general_public", income),
        ("income", income),
        ("opening", opening),
        ("receipts", income + opening),
        ("expenditure", spent),
        ("closing", closing),
        ("payments", spent + closing),
    ] {
        document.apply(&open("accounts_summary", id));
        set(document, format!("accounts_summary[{id}].amount"), value.to_string());
    }
    for (id, value) in
        [("income", income), ("opening", opening), ("expenditure", spent), ("closing", closing)]
    {
        document.apply(&open("accounts_fiscal", id));
        set(document, format!("accounts_fiscal[{id}].total"), value.to_string());
        set(document, format!("accounts_fiscal[{id}].general_public"), value.to_string());
        for column in ["government_fund", "state_capital"] {
            typed(document, &format!("accounts_fiscal[{id}].{column}"), "无");
        }
    }
    let split = |list: &str| match list {
        "accounts_income" => vec![("total", income), ("fiscal", income)],
        _ => vec![("total", spent), ("basic", basic), ("project", projects)],
    };
    let none = |list: &str| match list {
        "accounts_income" => vec!["superior", "operating", "business", "affiliated", "other"],
        "accounts_spending" => vec!["upward", "business", "subsidiary"],
        _ => Vec::new(),
    };
    for list in ["accounts_income", "accounts_spending", "accounts_general"] {
        for (id, name, code) in
            [("sum", "合计", ""), ("class", "科学技术支出", "206"), ("kind", "管理事务", "20601")]
        {
            document.apply(&row(list, &format!("{list}{id}"), name, code));
            for (column, value) in split(list) {
                set(document, format!("{list}[{list}{id}].{column}"), value.to_string());
            }
            for column in none(list) {
                typed(document, &format!("{list}[{list}{id}].{column}"), "无");
            }
        }
    }
    document.apply(&row("accounts_basic", "whole", "合计", ""));
    set(document, "accounts_basic[whole].amount".into(), basic.to_string());
    for (class, value) in CLASSES.iter().zip(&figures.basic) {
        document.apply(&row("accounts_basic", class, class, class));
        set(document, format!("accounts_basic[{class}].amount"), value.to_string());
    }
}

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
    published(&mut document, figures, &mut set, [spent, opening, closing]);
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

/// Errors, and warnings of the one check of sums that warns: a level of the accounts that is not whole (DF-13).
fn mismatches(assessment: &Assessment) -> Vec<&Finding> {
    let sums = |finding: &&Finding| finding.severity == Severity::Error || finding.check == "DF-13";
    assessment.review.findings.iter().filter(sums).collect()
}

proptest! {
    #![proptest_config(common::cases(64))]

    #[test]
    fn a_consistent_report_has_no_error(figures in figures()) {
        let (document, _) = consistent(&figures);
        let assessment = evaluate(&document);
        let found: Vec<&str> = mismatches(&assessment).iter().map(|finding| finding.message.as_str()).collect();
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
        let found = mismatches(&assessment)
            .iter()
            .any(|finding| finding.places.iter().any(|(place, _)| names.contains(place)));
        prop_assert!(found, "{at} from {whole} to {corrupted}: {:?}", mismatches(&assessment));
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

/// A text with two figures that its tables deny, and what is found in it.
fn told(text: &str) -> (Document, Prose) {
    let mut document = sample::xinfeng();
    for (_, defs) in Document::SECTIONS.iter().filter(|(name, _)| *name == "narratives") {
        defs.iter().for_each(|def| typed(&mut document, &format!("narratives.{}", def.key), ""));
    }
    typed(&mut document, "narratives.execution", text);
    let prose = review::review(&document, &evaluate(&document).facts, &Prose::default());
    (document, prose)
}

#[test]
fn findings_of_the_prose_are_answered_in_the_same_frame() {
    let (mut document, prose) =
        told("安排高质量发展专项经费1173万元。全局共有编制16名，在职人员14人，退休人员3人。");
    assert_eq!(prose.findings.len(), 2, "{prose:?}");
    assert_eq!(prose.open(Severity::Error), 2);
    let finding = &prose.findings.iter().find(|one| one.found.message.contains("1173")).unwrap().found;
    document.apply(&handling::answer(
        finding,
        Answer::Explained,
        "含上年结转。",
        "2022-03-15",
        &RowId::new("h1"),
    ));
    let again = prose.answered(&document);
    assert_eq!(again.open(Severity::Error), 1);
    assert_eq!(checks::answered(again.findings.iter().map(|one| &one.found)), (1, 0));
    // It is printed with the findings of the tables.
    let annex = |document: &Document| {
        let blocks = report::blocks(document, &evaluate(document));
        let text = format!("{blocks:?}");
        text.contains("情况说明（2022年3月15日）：含上年结转。")
    };
    assert!(annex(&document));
    // Saved, loaded, and still there.
    let text = serde_json::to_string(&document).unwrap();
    document = restore(&text, &mut Counting(1)).unwrap().document;
    let facts = evaluate(&document).facts;
    assert_eq!(review::review(&document, &facts, &Prose::default()).open(Severity::Error), 1);
    // Another figure brings it back, and the annex no longer says that it is explained.
    let words = document.narratives.execution.words().replace("1173", "1174");
    typed(&mut document, "narratives.execution", &words);
    let prose = review::review(&document, &evaluate(&document).facts, &Prose::default());
    let back = &prose.findings.iter().find(|one| one.found.message.contains("1174")).unwrap().found;
    assert!(back.is_open() && back.handling.as_ref().unwrap().changed);
    assert_eq!(checks::answered(prose.findings.iter().map(|one| &one.found)), (1, 1));
    assert!(!annex(&document));
    // Put right, it is gone, and said to be so.
    typed(&mut document, "narratives.execution", &words.replace("1174", "1113"));
    let assessment = evaluate(&document);
    let prose = review::review(&document, &assessment.facts, &Prose::default());
    assert_eq!(prose.findings.len(), 1);
    let standing = assessment.review.findings.iter().chain(prose.findings.iter().map(|one| &one.found));
    let past = handling::past(&document, &assessment.facts, standing);
    assert_eq!(past.iter().map(|past| past.corrected).collect::<Vec<_>>(), [true]);
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
