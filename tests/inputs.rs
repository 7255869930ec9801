//! What a template asks for of its own: answers under stable ids, on the cover or under their heading, counted, found,
//! and kept through a change of template.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::sync::Arc;

use serde_json::json;
use ziping::app::find::Query;
use ziping::app::{progress, retemplate, sample, search};
use ziping::domain::amount::MoneyUnit::WanYuan;
use ziping::domain::assess::evaluate;
use ziping::domain::cell::{Cell, Raw};
use ziping::domain::document::{Document, answer_place};
use ziping::domain::edit::Edit;
use ziping::domain::entry;
use ziping::domain::facts::label::Target;
use ziping::domain::narrative::{self, Shown};
use ziping::domain::place::Place;
use ziping::domain::report::{self, block::Block, block::Inline};
use ziping::domain::template::{Input, Template};

/// The cover of 河北·承德 and the head of 湖南·岳阳, of which the outline has the fields, with one of each kind.
fn asking() -> Template {
    let mut template = Template::built_in("jiangxi").unwrap();
    let inputs = json!({ "inputs": [
        { "id": "hebei_kind", "label": "评价类型", "kind": "choice", "required": true, "cover": true,
          "options": ["项目实施过程评价", "完成结果评价"] },
        { "id": "hebei_superior", "label": "主管部门审核意见", "kind": "text", "cover": true },
        { "id": "yueyang_code", "label": "预算编码", "kind": "text", "required": true, "help": "四位或六位" },
        { "id": "yueyang_date", "label": "报告日期", "kind": "date" },
        { "id": "test_money", "label": "其他资金", "kind": "amount" },
        { "id": "test_number", "label": "面积", "kind": "number", "unit": "平方米" },
        { "id": "test_later", "label": "以后的", "kind": "later", "more": 1 }
    ] });
    template.id = "asking".into();
    template.pages[0].parts.push(serde_json::from_value(inputs).unwrap());
    template
}

fn answer(document: &mut Document, id: &str, text: &str) {
    let input = document.template.input(id).expect(id).clone();
    let cell = entry::read(input.def(), text, WanYuan);
    document.apply(&Edit::set(answer_place(&input), cell));
}

fn answered() -> Document {
    let mut document = sample::example();
    document.apply(&retemplate::edit(&document, asking()));
    for (id, text) in [
        ("hebei_kind", "完成结果评价"),
        ("yueyang_code", "401001"),
        ("yueyang_date", "2024-3-5"),
        ("test_money", "12.5万元"),
        ("test_number", "1200"),
    ] {
        answer(&mut document, id, text);
    }
    document
}

fn words(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) | Inline::Value { text, .. } => text.as_str(),
        })
        .collect()
}

#[test]
fn answers_are_read_by_kind_and_print_on_the_cover_or_under_their_heading() {
    let document = answered();
    let shown = |id: &str| {
        let input: &Input = document.template.input(id).unwrap();
        input.shown(&document.answer(input))
    };
    assert_eq!(shown("yueyang_date"), "2024年3月5日");
    assert_eq!((shown("test_money"), shown("test_number")), ("12.50 万元".into(), "1,200 平方米".into()));
    let blocks = report::blocks(&document, &evaluate(&document));
    let Some(Block::Cover(cover)) = blocks.first() else { panic!("a cover") };
    let on_cover =
        |label: &str| cover.rows.iter().find(|(known, _)| known == label).map(|(_, text)| text.as_str());
    assert_eq!(on_cover("评价类型"), Some("完成结果评价"));
    assert_eq!(on_cover("主管部门审核意见"), Some(""), "a blank line to be filled in by hand");
    assert_eq!(on_cover("预算编码"), None);
    let paragraphs: Vec<String> = blocks
        .iter()
        .filter_map(|block| if let Block::Paragraph(inlines) = block { Some(words(inlines)) } else { None })
        .collect();
    for line in
        ["预算编码：401001。", "报告日期：2024年3月5日。", "其他资金：12.50 万元。", "面积：1,200 平方米。"]
    {
        assert!(paragraphs.iter().any(|text| text == line), "{line}: {paragraphs:?}");
    }
    assert!(!paragraphs.iter().any(|text| text.starts_with("以后的")), "what is not answered does not print");
}

#[test]
fn what_cannot_be_read_is_kept_and_counts_as_open() {
    let mut document = answered();
    let complete = progress::document(&document);
    assert!(complete.is_complete(), "{complete:?}");
    answer(&mut document, "yueyang_date", "下个月");
    let input = document.template.input("yueyang_date").unwrap().clone();
    assert_eq!(document.answer(&input), Cell::Unread("下个月".into()));
    document.apply(&Edit::set(answer_place(document.template.input("yueyang_code").unwrap()), Cell::Blank));
    let open = progress::document(&document);
    assert_eq!(
        (open.required - open.filled, open.first_gap.unwrap().to_string()),
        (1, "inputs[yueyang_code].value".into())
    );
    // A new report under the template asks for both that are required.
    let fresh = Document::new("d", Arc::new(asking()));
    let plain = Document::new("d", Arc::new(Template::built_in("jiangxi").unwrap()));
    assert_eq!(progress::document(&fresh).required, progress::document(&plain).required + 2);
}

#[test]
fn answers_are_found_by_label_help_and_words_and_can_be_named_in_prose() {
    let document = answered();
    let assessment = evaluate(&document);
    for query in ["预算编码", "四位或六位", "401001"] {
        let groups = search::search(&document, &assessment.facts, &Query::new(query), WanYuan);
        let hits: Vec<&search::Lead> =
            groups.iter().flat_map(|group| &group.hits).map(|hit| &hit.lead).collect();
        let place = Place::parse("inputs[yueyang_code].value").unwrap();
        assert!(hits.contains(&&search::Lead::from(place)), "{query}: {hits:?}");
    }
    let target = Target::parse("inputs[yueyang_code].value").unwrap();
    let label = target.label(&document);
    assert_eq!((label.as_str(), Target::named(&document, &label)), ("预算编码.内容", Some(target)));
    let stored = narrative::stored(&document, "编码为{预算编码.内容}。");
    assert_eq!(stored, "编码为{{inputs[yueyang_code].value}}。");
    let text =
        "{{inputs[yueyang_date].value}}，{{inputs[test_money].value}}，{{inputs[test_number].value|数}}";
    let shown: Vec<Shown> = narrative::shown(&document, &assessment.facts, text);
    let words: String = shown
        .into_iter()
        .map(|piece| match piece {
            Shown::Text(text) | Shown::Value { text, .. } => text,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(words, "2024年3月5日，12.50万元，1,200", "as its kind is shown");
}

#[test]
fn another_template_loses_no_answer_and_names_those_without_a_place() {
    let mut document = answered();
    let before = document.clone();
    let jiangxi = Template::built_in("jiangxi").unwrap();
    let homeless = retemplate::homeless(&document, &jiangxi);
    assert_eq!(homeless, ["评价类型", "预算编码", "报告日期", "其他资金", "面积"]);
    document.apply(&retemplate::edit(&document, jiangxi));
    let read: Document = serde_json::from_str(&serde_json::to_string(&document).unwrap()).unwrap();
    assert_eq!(read, document);
    document.apply(&retemplate::edit(&document, asking()));
    assert_eq!(document, before);
}

#[test]
fn the_second_template_asks_for_what_its_form_has() {
    let mut document = sample::example();
    document.apply(&retemplate::edit(&document, Template::built_in("sichuan").unwrap()));
    let labels: Vec<&str> = document.template.inputs().map(|input| input.label.as_str()).collect();
    assert_eq!(labels, ["财务负责人", "预算执行率低于 90% 的原因", "年中预算调整说明"]);
    for row in document.inputs.iter() {
        assert_eq!((row.name.clone(), &row.value), (Raw::text(row.name.words()), &Cell::Blank));
    }
    // A template of a newer version comes and goes as it is.
    let template = asking();
    let text = serde_json::to_string(&template).unwrap();
    assert!(text.contains(r#""more":1"#), "{text}");
    assert_eq!(serde_json::from_str::<Template>(&text).unwrap(), template);
}
