//! Prose with references: as stored, as edited, as printed. A label names one thing, and editing a text never
//! changes what it refers to.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod common;

use common::{Counting, cases, edit, empty, place, step, typed};
use proptest::collection::vec;
use proptest::prelude::*;

use ziping::app::sample;
use ziping::domain::cell::Raw;
use ziping::domain::document::Document;
use ziping::domain::edit::Edit;
use ziping::domain::facts::eval::Facts;
use ziping::domain::facts::label::Target;
use ziping::domain::narrative::{self, Piece, Shown};
use ziping::domain::rows::{RowData, RowId};

/// A report whose projects have these names.
fn projects(names: &[&str]) -> Document {
    let mut document = empty();
    let rows = names.iter().enumerate().map(|(at, name)| {
        let mut row = RowData { id: RowId::new(&format!("p{}", at + 1)), ..RowData::default() };
        row.cells.insert("name".into(), Raw::text(*name));
        row.cells.insert("outturn".into(), Raw::text((at + 1).to_string()));
        row
    });
    document.apply(&Edit::Insert { list: "projects".into(), at: 0, rows: rows.collect() });
    document
}

fn targets(document: &Document) -> Vec<(Target, String)> {
    Target::search(document, "", usize::MAX)
}

/// Every target has a label of its own, and its reference comes through an editor unchanged.
fn round_trips(document: &Document) -> Result<(), String> {
    for (target, label) in targets(document) {
        if Target::named(document, &label).as_ref() != Some(&target) {
            return Err(format!("{label} names {:?}, not {target}", Target::named(document, &label)));
        }
        for bare in [false, true] {
            let stored = format!("甲{}乙", narrative::reference(&target, bare));
            let edited = narrative::edited(document, &stored);
            if narrative::stored(document, &edited) != stored {
                return Err(format!("{stored} → {edited} → {}", narrative::stored(document, &edited)));
            }
        }
    }
    Ok(())
}

#[test]
fn every_figure_and_field_can_be_referred_to_by_a_label_of_its_own() {
    for document in [empty(), sample::xinfeng()] {
        assert_eq!(round_trips(&document), Ok(()));
        assert!(targets(&document).len() > 200);
    }
}

#[test]
fn rows_of_any_name_have_labels_of_their_own() {
    let names = [
        "甲",
        "甲",
        "",
        "第3行",
        "",
        "甲（第2行）",
        "甲（第1行）",
        "三公经费",
        "基本支出",
        "项目支出明细.甲",
        "1.5万吨项目",
        "{甲}",
        "｛甲｝",
        "甲|数",
        "|数",
        "已删除的行#p1",
        "已删除的行#zz",
        "第一\n第二",
        "“三公”经费.公务接待费",
        "公务接待费",
        ".",
        "..",
    ];
    let document = projects(&names);
    assert_eq!(round_trips(&document), Ok(()));
    for (at, name) in names.iter().enumerate() {
        let target = Target::Place(place(&document, &format!("projects[p{}].outturn", at + 1)));
        assert!(!target.label(&document).contains('\n'), "{name}");
    }
}

#[test]
fn a_label_is_short_where_that_is_clear_and_longer_where_it_is_not() {
    let document = projects(&["甲", "乙", "乙", "基本支出"]);
    let label = |at: &str| Target::Place(place(&document, at)).label(&document);
    assert_eq!(label("projects[p1].outturn"), "甲.决算");
    assert_eq!(label("projects[p2].outturn"), "项目支出明细.乙（第2行）.决算");
    assert_eq!(label("projects[p4].outturn"), "项目支出明细.基本支出.决算");
    assert_eq!(label("basic_stated.outturn"), "基本支出.上报决算");
    assert_eq!(Target::named(&document, "基本支出.决算").unwrap().to_string(), "basic.outturn");
    assert_eq!(Target::named(&document, "乙.决算"), None, "two of them");
    assert_eq!(Target::named(&document, "丙.决算"), None);
    assert_eq!(Target::named(&document, " 甲.决算 ").unwrap().to_string(), "projects[p1].outturn");
}

#[test]
fn what_is_no_label_stays_as_it_was_typed() {
    let document = projects(&["甲", "乙", "乙"]);
    let cases = [
        ("{甲.决算}", "{{projects[p1].outturn}}"),
        ("{甲.决算|数}", "{{projects[p1].outturn|数}}"),
        ("{乙.决算}", "{乙.决算}"),
        ("{没有.这个}", "{没有.这个}"),
        ("{", "{"),
        ("}{", "}{"),
        ("{}", "{}"),
        ("{{}}", "{{}}"),
        ("{{甲.决算}}", "{{{projects[p1].outturn}}}"),
        ("{{{甲.决算}}}", "{{{{projects[p1].outturn}}}}"),
        ("{甲.\n决算}", "{甲.\n决算}"),
        ("{{projects[p1].outturn}}", "{{projects[p1].outturn}}"),
        ("{{nothing.here}}", "{{nothing.here}}"),
        ("{甲.决算}{甲.决算}", "{{projects[p1].outturn}}{{projects[p1].outturn}}"),
        ("a{b{甲.决算}c", "a{b{{projects[p1].outturn}}c"),
    ];
    for (edited, stored) in cases {
        assert_eq!(narrative::stored(&document, edited), stored, "{edited}");
    }
}

#[test]
fn a_reference_to_a_deleted_row_stays_and_says_so() {
    let mut document = projects(&["甲", "乙"]);
    let stored = "支出{{projects[p2].outturn}}，占{{projects[p2].share|数}}。";
    document.apply(&Edit::Remove { list: "projects".into(), ids: vec![RowId::new("p2")] });
    let edited = narrative::edited(&document, stored);
    assert_eq!(
        edited,
        "支出{项目支出明细.已删除的行#p2.决算}，占{项目支出明细.已删除的行#p2.占项目支出|数}。"
    );
    assert_eq!(narrative::stored(&document, &edited), stored);
    let shown = narrative::shown(&document, &Facts::evaluate(&document), stored);
    assert!(matches!(&shown[1], Shown::Gone { text, .. } if text == "所引用的行已删除"), "{shown:?}");
    // Every list has its own: a column of the same name in another table is not meant.
    document.apply(&Edit::Remove { list: "basic".into(), ids: vec![RowId::new("301")] });
    for stored in ["{{basic[301].outturn}}", "{{income[gone].outturn}}", "{{three_public[gone].outturn}}"] {
        assert_eq!(narrative::stored(&document, &narrative::edited(&document, stored)), stored);
    }
    // The row comes back while its text is being edited.
    let back = projects(&["甲", "乙"]);
    assert_eq!(narrative::stored(&back, &edited), stored);
}

fn printed(document: &Document, stored: &str) -> String {
    narrative::shown(document, &Facts::evaluate(document), stored)
        .into_iter()
        .map(|shown| match shown {
            Shown::Text(text) | Shown::Value { text, .. } => text,
            Shown::Missing { text, .. } | Shown::Gone { text, .. } => format!("〔{text}〕"),
            Shown::Unknown(text) => format!("？{text}"),
        })
        .collect()
}

#[test]
fn values_print_with_their_unit_or_without_and_missing_ones_say_what_to_fill_in() {
    let mut document = sample::xinfeng();
    let cases = [
        ("{{three_public.outturn}}", "14.99万元"),
        ("{{three_public.outturn|数}}", "14.99"),
        ("{{three_public.control_rate}}", "116.38%"),
        ("{{three_public.control_rate|数}}", "116.38"),
        ("{{three_public.growth_word}}", "增长"),
        ("{{three_public_counts.guests}}", "1,662人次"),
        ("{{staffing.mean_age}}", "48.22岁"),
        ("{{profile.unit_name}}", "信丰县科学技术局"),
        ("{{ages_stated.complete}}", "否"),
        ("{{profile.contact}}", "〔请先填联系人〕"),
        (
            "{{basic.completion_rate}}",
            "〔工资福利支出（301）.年初预算、对个人和家庭的补助（303）.年初预算、商品和服务支出（302）.年初预算未填〕",
        ),
        // Read from another table, where it is filled in.
        ("{{expenditure[basic].outturn}}", "217.87万元"),
        ("{{carryover[fiscal].income|数}}", "1,470.95"),
        ("{不认识}", "？{不认识}"),
    ];
    for (stored, text) in cases {
        assert_eq!(printed(&document, stored), text, "{stored}");
    }
    typed(&mut document, "profile.contact", "无");
    typed(&mut document, "profile.filled_on", "2022.2.30");
    typed(&mut document, "three_public[hospitality].outturn", "12x");
    assert_eq!(printed(&document, "{{profile.contact}}"), "无");
    assert_eq!(printed(&document, "{{profile.filled_on}}"), "〔填报日期无法识别〕");
    assert_eq!(printed(&document, "{{three_public.outturn}}"), "〔公务接待费.决算无法识别〕");
}

#[test]
fn pieces_are_the_text_again() {
    let text = "甲{{basic.outturn}}乙{不认识}丙{{basic.outturn|数}}";
    let pieces = narrative::pieces(text);
    assert_eq!(pieces.len(), 6);
    assert!(
        matches!(&pieces[1], Piece::Reference { bare: false, .. }) && matches!(&pieces[3], Piece::Unknown(_))
    );
    let again: String = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) | Piece::Unknown(text) => text.clone(),
            Piece::Reference { target, bare } => narrative::reference(target, *bare),
        })
        .collect();
    assert_eq!(again, text);
}

/// Fragments of which hostile text is made.
fn fragment() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "{",
        "}",
        "{{",
        "}}",
        "|数",
        "甲",
        ".",
        "决算",
        "甲.决算",
        "{甲.决算}",
        "{{basic.outturn}}",
        "{{basic.outturn|数}}",
        "{{projects[p1].outturn}}",
        "{{projects[gone].outturn}}",
        "{基本支出.决算}",
        "\n",
        "projects[p1].outturn",
        "字",
        "[",
        "]",
    ])
}

proptest! {
    #![proptest_config(cases(3_000))]

    #[test]
    fn what_was_stored_comes_through_the_editor_unchanged(parts in vec(fragment(), 0..12)) {
        let document = projects(&["甲", "乙"]);
        let typed = parts.concat();
        let stored = narrative::stored(&document, &typed);
        let edited = narrative::edited(&document, &stored);
        prop_assert_eq!(&narrative::stored(&document, &edited), &stored, "typed {} edited {}", typed, edited);
        let pieces = narrative::pieces(&stored);
        let again: String = pieces.iter().map(|piece| match piece {
            Piece::Text(text) | Piece::Unknown(text) => text.clone(),
            Piece::Reference { target, bare } => narrative::reference(target, *bare),
        }).collect();
        prop_assert_eq!(again, stored);
        printed(&document, &typed);
    }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn labels_are_unique_in_any_report(script in vec(step(), 0..40)) {
        let mut random = Counting(1);
        let mut document = sample::xinfeng();
        for step in &script {
            let edit = edit(&document, step, &mut random);
            document.apply(&edit);
        }
        prop_assert_eq!(round_trips(&document), Ok(()));
    }
}
