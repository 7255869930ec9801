//! The invented report is complete and agrees with itself: no finding, nothing lacking, nothing left to fill in, and
//! its paragraphs are those that 成文 writes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod common;

use expect_test::expect_file;
use std::sync::Arc;

use ziping::app::{progress, sample};
use ziping::domain::assess::evaluate;
use ziping::domain::cell::Raw;
use ziping::domain::compose;
use ziping::domain::document::Document;
use ziping::domain::edit::Edit;
use ziping::domain::facts::eval::Facts;
use ziping::domain::facts::{print, registry};
use ziping::domain::narrative::{self, Shown};
use ziping::domain::place::Place;
use ziping::domain::report::{self, block, block::Block, block::Inline};
use ziping::domain::template;

/// Fields whose text is all written by 成文; of `tasks` the part after the first paragraph.
const COMPOSED: &[&str] = &[
    "staffing",
    "assets",
    "fund_use",
    "execution",
    "three_public",
    "procurement",
    "results",
    "satisfaction",
    "problems",
    "measures",
];

fn narrative_place(key: &str) -> Place {
    Place::parse(&format!("narratives.{key}")).expect(key)
}

/// Stored text as it prints; what has no value in brackets.
fn printed(document: &Document, facts: &Facts, stored: &str) -> String {
    narrative::shown(document, facts, stored)
        .into_iter()
        .map(|shown| match shown {
            Shown::Text(text) | Shown::Value { text, .. } => text,
            Shown::Missing { text, .. } | Shown::Gone { text, .. } | Shown::Unknown(text) => {
                format!("〔{text}〕")
            }
        })
        .collect()
}

/// After a change of the built-in template, the record tables or 成文:
/// `UPDATE_EXPECT=1 cargo test --test sample_example`.
#[test]
fn the_file_is_in_the_form_that_is_written_with_the_paragraphs_that_are_composed() {
    let mut document = sample::example();
    let (_, pack) = template::PACKS.iter().find(|(id, _)| *id == "jiangxi").unwrap();
    document.template = Arc::new(serde_json::from_str(pack).unwrap());
    let facts = Facts::evaluate(&document);
    for key in COMPOSED {
        let text = compose::compose(&document, &facts, key).expect(key);
        document.apply(&Edit::set(narrative_place(key), Raw::text(text.as_str())));
    }
    let first = document.get(&narrative_place("tasks")).words().lines().next().unwrap().to_owned();
    let composed = compose::compose(&document, &facts, "tasks").unwrap();
    document.apply(&Edit::set(narrative_place("tasks"), Raw::text(format!("{first}\n{composed}").as_str())));
    let text = serde_json::to_string_pretty(&document).unwrap() + "\n";
    expect_file!["../src/app/sample/example-2023.ziping.json"].assert_eq(&text);
}

#[test]
fn nothing_contradicts_nothing_lacks_and_nothing_is_left_to_fill_in() {
    let document = sample::example();
    let review = evaluate(&document).review;
    assert_eq!(review.findings, []);
    assert_eq!(review.gaps, []);
    assert_eq!((review.coverage.fails, review.coverage.unchecked()), (0, 0));
    for checked in &review.by_check {
        assert!(checked.coverage.holds > 0 || checked.why.is_some(), "{} is accounted for", checked.check);
    }
    let progress = progress::document(&document);
    assert_eq!((progress.filled, progress.first_gap), (progress.required, None));
    // Nothing was found, so nothing was said of it; the example has no score sheet, and its template asks for nothing of
    // its own.
    let empty = ["handlings", "score_answers", "inputs"];
    for (name, _) in Document::LISTS.iter().filter(|(name, _)| !empty.contains(name)) {
        assert!(!document.list(name).unwrap().is_empty(), "{name}");
    }
}

#[test]
fn every_figure_has_its_value() {
    let document = sample::example();
    let facts = Facts::evaluate(&document);
    let missing: Vec<String> = registry()
        .facts
        .iter()
        .filter_map(|def| match facts.get(&def.id).unwrap() {
            Ok(value) => {
                assert!(!value.stated, "{}: the rows are filled in", def.id);
                None
            }
            Err(missing) => Some(format!("{}: {}", def.id, print::reason(missing, &document))),
        })
        .collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn it_prints_without_a_mark_of_something_missing() {
    let document = sample::example();
    let assessment = evaluate(&document);
    let blocks = report::blocks(&document, &assessment);
    let mut paragraphs = 0;
    for block in &blocks {
        if let Block::Paragraph(inlines) = block {
            paragraphs += 1;
            for inline in inlines {
                assert!(!matches!(inline, Inline::Value { missing: true, .. }), "{inline:?}");
            }
        }
        let shown = match block {
            // A formula may say what stands in for a field that is blank.
            Block::Sources(sources) => {
                sources.iter().map(|source| format!("{} {:?}", source.value, source.filled)).collect()
            }
            block => format!("{block:?}"),
        };
        for mark in ["未填", "【", "{{", "无法识别", "未报"] {
            assert!(!shown.contains(mark), "{mark} in {shown}");
        }
    }
    assert!(paragraphs > 30, "{paragraphs}");
}

fn printed_table(document: &Document, caption: &str) -> block::TableBlock {
    let blocks = report::blocks(document, &evaluate(document));
    let mut tables = blocks.into_iter().filter_map(|block| match block {
        Block::Table(table) if table.caption == caption => Some(table),
        _ => None,
    });
    tables.next().unwrap_or_else(|| panic!("{caption}"))
}

#[test]
fn columns_that_may_stay_blank_print_once_something_stands_in_them() {
    let mut document = sample::example();
    let heads = |document: &Document, caption: &str| -> Vec<String> {
        let table = printed_table(document, caption);
        let heads: Vec<String> = table.head[0].iter().map(|head| head.text.clone()).collect();
        assert_eq!(heads.len(), table.columns.len());
        assert!(table.rows.iter().all(|row| row.cells.len() == heads.len()), "{caption}");
        heads
    };
    let expected = [
        "指标",
        "类别",
        "方向",
        "指标值",
        "其他指标值",
        "单位",
        "上年实际",
        "设定依据",
        "与任务目标之差",
        "存量",
    ];
    assert_eq!(heads(&document, "年度绩效目标"), expected);
    common::typed(&mut document, "goals[gol1water0].method", "问卷调查法");
    assert_eq!(heads(&document, "年度绩效目标").last().map(String::as_str), Some("取值方式"));
    // A form's own column prints also while it is empty.
    let ids = document.list("income").unwrap().ids();
    for id in ids {
        common::typed(&mut document, &format!("income[{id}].deviation_cause"), "");
    }
    assert!(heads(&document, "收入情况").contains(&"差异原因".to_owned()));
}

#[test]
fn the_papers_that_prove_results_are_listed_once() {
    let table = printed_table(&sample::example(), "佐证清单");
    let example = sample::example();
    let named = example.targets.iter().filter(|line| !line.evidence.is_blank()).count();
    // One goal has its result for itself.
    assert_eq!((table.rows.len(), named), (11, 10));
    let words: Vec<String> = table.rows[0].cells.iter().map(|cell| format!("{:?}", cell.inlines)).collect();
    assert!(words[2].contains("竣工验收书6份"), "{words:?}");
}

/// What 成文 writes, as it prints.
fn all_composed(document: &Document) -> String {
    let facts = Facts::evaluate(document);
    let (_, fields) = Document::SECTIONS.iter().find(|(name, _)| *name == "narratives").unwrap();
    let written = fields.iter().filter_map(|def| {
        let text = compose::compose(document, &facts, def.key);
        assert!(text.is_none() || compose::can_compose(def.key), "{}", def.key);
        Some(format!("## {}\n{}\n", def.key, printed(document, &facts, &text?)))
    });
    written.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_composed_paragraphs_of_both_reports() {
    expect_file!["golden/composed-example-2023.txt"].assert_eq(&all_composed(&sample::example()));
    expect_file!["golden/composed-xinfeng-2021.txt"].assert_eq(&all_composed(&sample::xinfeng()));
    assert_eq!(all_composed(&common::empty()), "");
}

#[test]
fn a_target_that_is_missed_stands_among_the_problems_with_its_cause_and_measure() {
    let mut document = sample::example();
    for (at, text) in [
        ("targets[trg5river0].actual", "11.5"),
        ("targets[trg5river0].deviation_cause", "汛期停工"),
        ("targets[trg5river0].measure", "汛前完成主体工程"),
        ("targets[trg7safe00].attainment", ""),
        ("three_public[hospitality].outturn", "5.12"),
        ("three_public_stated.deviation_cause", "检查调研增多。"),
    ] {
        common::typed(&mut document, at, text);
    }
    let facts = Facts::evaluate(&document);
    let lines = |key: &str| -> Vec<String> {
        let text = compose::compose(&document, &facts, key).expect(key);
        printed(&document, &facts, &text).lines().map(str::to_owned).collect()
    };
    assert_eq!(
        lines("problems")[2..],
        [
            "3. 没有达到目标的指标：治理中小河流长度（目标≥12公里），实际11.5公里，原因是汛期停工。",
            "4. 没有报告结果的指标：小型水库安全度汛（目标无溃坝、无人员伤亡）。",
            "5. “三公”经费决算13.32万元，超出年初预算0.32万元，超出比例2.46%，原因是检查调研增多。",
        ]
    );
    assert_eq!(lines("measures")[2..], ["3. 针对“治理中小河流长度”，汛前完成主体工程。"]);
    let results = lines("results");
    assert_eq!(
        results[0], "本年承担任务指标10项，质量达标率100.00%。",
        "a rate over unreported targets is none"
    );
    assert_eq!(results[5], "5. 治理中小河流长度：目标≥12公里，实际11.5公里，完成95.83%，原因是汛期停工。");
    assert_eq!(results[10], "以下指标未报结果：小型水库安全度汛（目标无溃坝、无人员伤亡）。");
}
