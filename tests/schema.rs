//! The published JSON Schema is what the record tables say, and what is written keeps to it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod common;

use common::{Counting, cases, edit, empty, step};
use expect_test::expect_file;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

use ziping::app::{export, sample, schema};
use ziping::domain::document::{Document, Export};

/// After a change of the record tables: `UPDATE_EXPECT=1 cargo test --test schema`, and look at the difference: what
/// was in the file before must still be there.
#[test]
fn the_schema_is_the_one_in_the_repository() {
    expect_file!["golden/schema.json"].assert_eq(&schema::json());
}

#[test]
fn every_field_stands_in_it_with_its_label() {
    let schema: Value = serde_json::from_str(&schema::json()).unwrap();
    let title = |pointer: String| schema.pointer(&pointer).unwrap_or(&Value::Null)["title"].to_string();
    for (section, defs) in Document::SECTIONS {
        for def in *defs {
            let title = title(format!("/properties/{section}/properties/{}", def.key));
            assert!(title.contains(def.label), "{section}.{}: {title}", def.key);
        }
    }
    for (list, defs) in Document::LISTS {
        for def in *defs {
            let title = title(format!("/properties/{list}/items/properties/{}", def.key));
            assert!(title.contains(def.label), "{list}.{}: {title}", def.key);
        }
    }
}

/// The part of JSON Schema that the schema uses. Keywords that say nothing of validity are passed over, others are
/// an error, so that none is silently ignored.
fn complaint(root: &Value, schema: &Value, value: &Value, path: &str) -> Option<String> {
    let is_type = |name: &str| match name {
        "null" => value.is_null(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        other => panic!("type {other}"),
    };
    schema.as_object().unwrap().iter().find_map(|(keyword, rule)| {
        let holds = match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" | "examples" => true,
            "$ref" => {
                let target = root.pointer(rule.as_str().unwrap().strip_prefix('#').unwrap()).unwrap();
                return complaint(root, target, value, path);
            }
            "const" => value == rule,
            "type" => match rule {
                Value::Array(names) => names.iter().any(|name| is_type(name.as_str().unwrap())),
                name => is_type(name.as_str().unwrap()),
            },
            "minLength" => {
                value.as_str().is_none_or(|text| text.chars().count() as u64 >= rule.as_u64().unwrap())
            }
            "minimum" => value.as_u64().is_none_or(|number| number >= rule.as_u64().unwrap()),
            "pattern" => value.as_str().is_none_or(|text| matches(rule.as_str().unwrap(), text)),
            "required" => {
                rule.as_array().unwrap().iter().all(|key| value.get(key.as_str().unwrap()).is_some())
            }
            "anyOf" => {
                rule.as_array().unwrap().iter().any(|rule| complaint(root, rule, value, path).is_none())
            }
            "properties" => {
                return rule.as_object().unwrap().iter().find_map(|(key, rule)| {
                    complaint(root, rule, value.get(key)?, &format!("{path}.{key}"))
                });
            }
            "items" => {
                return value
                    .as_array()
                    .unwrap()
                    .iter()
                    .enumerate()
                    .find_map(|(at, value)| complaint(root, rule, value, &format!("{path}[{at}]")));
            }
            other => panic!("keyword {other}"),
        };
        (!holds).then(|| format!("{path}: {value} against {keyword} {rule}"))
    })
}

/// The four patterns of the schema.
fn matches(pattern: &str, text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let whole = |text: &str| digits(text) && (text == "0" || !text.starts_with('0'));
    let body = text.strip_prefix('-').unwrap_or(text);
    match pattern {
        r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$" => match body.split_once('.') {
            Some((before, after)) => whole(before) && digits(after),
            None => whole(body),
        },
        r"^-?(0|[1-9][0-9]*)$" => whole(body),
        r"^[0-9]{4}$" => text.len() == 4 && digits(text),
        r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$" => {
            text.split('-').map(|part| if digits(part) { part.len() } else { 0 }).eq([4, 2, 2])
        }
        other => panic!("pattern {other}"),
    }
}

fn check(document: &Document) -> Option<String> {
    let schema: Value = serde_json::from_str(&schema::json()).unwrap();
    let value: Value = serde_json::from_str(&export::json(document, Export::default())).unwrap();
    complaint(&schema, &schema, &value, "")
}

#[test]
fn the_sample_and_a_new_report_keep_to_it() {
    assert_eq!(check(&sample::xinfeng()), None);
    assert_eq!(check(&empty()), None);
    let mut value: Value = serde_json::from_str(sample::XINFENG_2021).unwrap();
    value["projects"][0]["outturn"] = Value::from(1113);
    let schema: Value = serde_json::from_str(&schema::json()).unwrap();
    assert!(complaint(&schema, &schema, &value, "").unwrap().starts_with(".projects[0].outturn: 1113"));
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn whatever_is_typed_is_written_as_it_says(script in vec(step(), 0..40)) {
        let mut random = Counting(1);
        let mut document = empty();
        for step in &script {
            let edit = edit(&document, step, &mut random);
            document.apply(&edit);
        }
        prop_assert_eq!(check(&document), None);
    }
}
