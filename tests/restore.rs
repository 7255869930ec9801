//! What comes from outside: sound files open, anything else is refused with the place and in words, and nothing
//! panics or hangs.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod common;

use common::{Counting, cases, empty};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::time::{Duration, Instant};

use ziping::app::export;
use ziping::app::restore::{RestoreError, Restored, read_text, restore};
use ziping::app::sample;
use ziping::domain::assess::evaluate;
use ziping::domain::cell::Cell;
use ziping::domain::document::{Document, Export};

fn open(text: &str) -> Result<Restored, RestoreError> {
    restore(text, &mut Counting(1))
}

fn sample_value() -> Value {
    serde_json::from_str(sample::XINFENG_2021).unwrap()
}

/// The sample with one change, opened.
fn changed(change: impl Fn(&mut Value)) -> Result<Restored, RestoreError> {
    let mut value = sample_value();
    change(&mut value);
    open(&value.to_string())
}

fn refused(change: impl Fn(&mut Value)) -> String {
    let error = changed(change).expect_err("must be refused").to_string();
    assert!(error.starts_with("没有打开：") && error.contains("当前打开的报告没有变动。"), "{error}");
    error
}

#[test]
fn a_sound_file_opens_without_repairs_with_or_without_its_mark() {
    for text in [sample::XINFENG_2021.to_owned(), format!("\u{feff}{}", sample::XINFENG_2021)] {
        let restored = open(&text).unwrap();
        assert_eq!(restored.document, sample::xinfeng());
        assert_eq!(restored.repairs, Vec::<String>::new());
        assert_eq!(read_text(text.as_bytes()).and_then(|text| open(&text)).unwrap(), restored);
    }
}

#[test]
fn an_exported_page_opens_as_the_same_report() {
    let document = sample::xinfeng();
    let out = Export { id: "e1".into(), at: "2022-03-15T14:02:00".into(), rev: 9, ..Export::default() };
    let page = export::html(&document, &evaluate(&document), out.clone());
    let restored = open(&page).unwrap();
    assert_eq!(restored.document, Document { export: Some(out), ..document });
    let cut = &page[..page.find("\"staff\"").unwrap()];
    assert!(open(cut).unwrap_err().to_string().contains("中途断开"));
    let other = open("<!DOCTYPE html><title>x</title><p>网页</p>").unwrap_err().to_string();
    assert!(other.contains("没有自评报告的数据") && other.contains("当前打开的报告没有变动"), "{other}");
}

#[test]
fn errors_say_what_happened_where_and_what_to_do() {
    let cases: &[(&str, &str)] = &[
        ("", "没有打开：文件是空的。当前打开的报告没有变动。文件可能没有下载完，请重新取一份。"),
        (
            "{\"format\":\"ziping.report\",\n\"version\":1,",
            "没有打开：文件不完整，在第 2 行第 12 列处中断。当前打开的报告没有变动。\
             可能复制或下载时没有完成，请重新取一份再打开。",
        ),
        (
            "单位：科技局",
            "没有打开：文件不是完好的 JSON 文本，第 1 行第 1 列处无法读取。当前打开的报告没有变动。\
             请确认选对了文件；如果手工改过，请改正这一处，或用原来的文件。",
        ),
        (
            "{\"type\":\"excalidraw\"}",
            "没有打开：这个 JSON 文件不是自评通的报告。当前打开的报告没有变动。\
             请选择由本工具导出的 .ziping.json 或 HTML 文件。",
        ),
        (
            "{\"format\":\"ziping.report\",\"version\":2,\"anything\":[]}",
            "没有打开：文件由更新版本的自评通保存（格式版本 2，本页面能读到 1）。当前打开的报告没有变动。\
             文件没有改动。请换用新版的页面打开。",
        ),
        (
            "{\"format\":\"ziping.report\",\"version\":0}",
            "没有打开：文件的格式版本是 0，没有这样的版本。当前打开的报告没有变动。\
             请用原来的文件，或改正这一处后再打开。",
        ),
        (
            "{\"format\":\"ziping.report\",\"version\":\"1\"}",
            "没有打开：文件没有写明格式版本（version），或写法不对。当前打开的报告没有变动。\
             请用原来的文件，或改正这一处后再打开。",
        ),
        (
            "{\"format\":\"ziping.report\",\"version\":1,\"staff\":[],\n\"staff\":[]}",
            "没有打开：第 2 行第 7 列：“staff”在同一处出现了两次，无法判断以哪一个为准。\
             当前打开的报告没有变动。请确认选对了文件；如果手工改过，请改正这一处，或用原来的文件。",
        ),
    ];
    for (text, words) in cases {
        assert_eq!(open(text).unwrap_err().to_string(), *words);
    }
}

#[test]
fn a_wrong_type_is_named_by_table_row_and_column() {
    let cases: Vec<(String, &str)> = vec![
        (
            refused(|file| file["projects"][5]["outturn"] = json!(20)),
            "表“项目支出明细”第 6 行“决算”（projects[5].outturn）：应是带引号的数字（如 \"12.88\"）、\"-\" 或 null，\
             文件里是没有引号的数字 20",
        ),
        (
            refused(|file| file["profile"]["unit_name"] = json!(["甲"])),
            "封面与基本信息“单位全称”（profile.unit_name）：应是带引号的文字或 null，文件里是一个列表",
        ),
        (
            refused(|file| file["basic_stated"]["outturn"] = json!({"value": "1"})),
            "上报合计“基本支出合计”的“决算”（basic_stated.outturn）：应是带引号的数字（如 \"12.88\"）、\"-\" 或 null，\
             文件里是一组内容",
        ),
        (
            refused(|file| file["staff"] = json!({})),
            "表“人员编制情况”（staff）：应是一张表的各行，文件里是一组内容",
        ),
        (
            refused(|file| file["staff"][1] = json!("甲")),
            "表“人员编制情况”第 2 行（staff[1]）：应是一行内容，文件里是文字“甲”",
        ),
        (
            refused(|file| file["narratives"] = json!(null)),
            "正文（narratives）：应是一组内容，文件里是空值 null",
        ),
        (
            refused(|file| file["template"]["pages"][0]["title"] = json!(true)),
            "模板（template.pages[0].title）：内容的类型不对，文件里是真假值 true",
        ),
        (refused(|file| file["export"] = json!("x")), "导出信息（export）：内容的类型不对，文件里是文字“x”"),
    ];
    for (error, words) in cases {
        assert!(error.contains(words), "{error}\nhas no\n{words}");
    }
}

/// Every section, every list and every field with every wrong type: refused or repaired, never taken in silently.
#[test]
fn wrong_types_in_every_field_are_refused_with_the_path() {
    let wrong =
        [json!(1), json!(1.5), json!(true), json!([]), json!({}), json!({"unread": 1}), json!([{"id": "a"}])];
    for (section, defs) in Document::SECTIONS {
        for value in &wrong {
            for def in *defs {
                let error = refused(|file| file[section][def.key] = value.clone());
                assert!(error.contains(&format!("（{section}.{}", def.key)), "{error}");
            }
        }
        for value in [json!(1), json!(true), json!(null), json!("x"), json!([])] {
            assert!(refused(|file| file[section] = value.clone()).contains(section));
        }
    }
    for (list, defs) in Document::LISTS {
        for value in &wrong {
            for def in *defs {
                let row = json!({"id": "a", def.key: value});
                let error = refused(|file| file[list] = json!([{"id": "b"}, row]));
                assert!(error.contains("第 2 行"), "{error}");
                assert!(error.contains(&format!("（{list}[1].{}", def.key)), "{error}");
            }
        }
        for value in [json!(1), json!(true), json!(null), json!("x"), json!({}), json!([1]), json!([[]])] {
            assert!(refused(|file| file[list] = value.clone()).contains(list));
        }
    }
}

#[test]
fn ids_that_are_missing_empty_odd_or_twice_there_are_replaced_and_said() {
    let restored = changed(|file| {
        let rows = file["projects"].as_array_mut().unwrap();
        rows[1].as_object_mut().unwrap().remove("id");
        rows[2]["id"] = json!("");
        rows[3]["id"] = json!(3);
        rows[4]["id"] = json!("a]} b");
        rows[5]["id"] = rows[0]["id"].clone();
        file["doc_id"] = json!(null);
    })
    .unwrap();
    assert_eq!(
        restored.repairs,
        [
            "文件里没有可用的报告标识（doc_id），已换成新的，作为一份新报告打开。",
            "表“项目支出明细”有 4 行没有可用的行标识，已补上新的。",
            "表“项目支出明细”有 1 行的行标识与前面的行相同，已换成新的。",
        ]
    );
    let before = sample::xinfeng();
    let ids: HashSet<String> =
        restored.document.projects.iter().map(|row| row.id.as_str().to_owned()).collect();
    assert_eq!(ids.len(), 6);
    assert!(
        restored.document.projects.iter().next().unwrap().id == before.projects.iter().next().unwrap().id
    );
    assert_eq!(restored.document.doc_id.len(), 10);
    // A source of randomness that repeats itself must not make a hang.
    struct Stuck;
    impl ziping::app::ids::Random for Stuck {
        fn fill(&mut self, buffer: &mut [u8]) {
            buffer.fill(0);
        }
    }
    let rows: Vec<Value> = (0..50).map(|n| json!({"name": n.to_string()})).collect();
    let file = json!({"format": "ziping.report", "version": 1, "projects": rows});
    let restored = restore(&file.to_string(), &mut Stuck).unwrap();
    let ids: HashSet<String> =
        restored.document.projects.iter().map(|row| row.id.as_str().to_owned()).collect();
    assert_eq!(ids.len(), 50);
}

#[test]
fn what_a_file_lacks_comes_as_in_a_new_report() {
    let restored = open(r#"{"format":"ziping.report","version":1,"doc_id":"leer"}"#).unwrap();
    assert_eq!(restored.document, empty());
    assert_eq!(restored.repairs[0], "文件里没有模板，已用内置的“江西省部门整体支出绩效自评”。");
    assert!(restored.repairs[1].starts_with("文件里没有“人员编制情况”、"), "{}", restored.repairs[1]);
    assert_eq!(restored.repairs.len(), 2);
    let restored = changed(|file| file["template"] = json!({})).unwrap();
    assert_eq!(restored.document, sample::xinfeng());
}

#[test]
fn text_that_a_field_cannot_hold_is_kept_and_marked() {
    let restored = changed(|file| {
        file["profile"]["year"] = json!("去年");
        file["profile"]["filled_on"] = json!("2022-02-30");
        file["staff"][0]["authorised_posts"] = json!("8.5");
        file["basic"][0]["outturn"] = json!("190.94万");
    })
    .unwrap();
    assert_eq!(restored.document.profile.year, Cell::Unread("去年".into()));
    assert_eq!(restored.document.profile.filled_on, Cell::Unread("2022-02-30".into()));
    assert_eq!(restored.document.staff.iter().next().unwrap().authorised_posts, Cell::Unread("8.5".into()));
    assert_eq!(restored.document.basic.iter().next().unwrap().outturn, Cell::Unread("190.94万".into()));
    assert_eq!(restored.repairs, ["“评价年度”、“填报日期”、“行政.编制数”的内容无法识别，已原样保留并标出。"]);
}

#[test]
fn unknown_keys_are_kept_and_written_back_wherever_they_stand() {
    let mut value = sample_value();
    let later = json!({"since": 2, "list": [1, "x", null]});
    for pointer in [
        "",
        "/profile",
        "/narratives",
        "/staff/0",
        "/projects/5",
        "/template",
        "/template/pages/0",
        "/template/outline/0",
    ] {
        value.pointer_mut(pointer).unwrap().as_object_mut().unwrap().insert("later".into(), later.clone());
    }
    value["template"]["pages"][0]["parts"].as_array_mut().unwrap().push(json!({"chart": "x"}));
    value["export"] = json!({"id": "e", "at": "", "rev": 1, "later": later});
    let restored = open(&value.to_string()).unwrap();
    assert_eq!(restored.repairs, Vec::<String>::new());
    assert_eq!(serde_json::to_value(&restored.document).unwrap(), value);
}

#[test]
fn a_file_cut_at_any_hundredth_is_refused_as_cut() {
    let json = sample::XINFENG_2021.trim_end();
    let page = export::html(&sample::xinfeng(), &evaluate(&sample::xinfeng()), Export::default());
    for percent in 1..100 {
        let mut at = json.len() * percent / 100;
        while !json.is_char_boundary(at) {
            at -= 1;
        }
        let error = open(&json[..at]).unwrap_err().to_string();
        assert!(error.contains("文件不完整，在第"), "{percent} %: {error}");
        let mut at = page.len() * percent / 100;
        while !page.is_char_boundary(at) {
            at -= 1;
        }
        // Behind its data, a page that was cut has lost its looks only.
        match open(&page[..at]) {
            Ok(restored) => assert_eq!(Document { export: None, ..restored.document }, sample::xinfeng()),
            Err(RestoreError::Html(_)) => {}
            Err(error) => panic!("{percent} %: {error}"),
        }
        // Cut in the middle of a character.
        assert!(
            read_text(&json.as_bytes()[..json.len() * percent / 100]).is_ok_and(|text| open(&text).is_err())
                || read_text(&json.as_bytes()[..json.len() * percent / 100]).is_err()
        );
    }
}

#[test]
fn deep_huge_and_hostile_texts_end_quickly() {
    let deep = 100_000;
    let texts = [
        "[".repeat(deep),
        "{\"a\":".repeat(deep),
        format!("{}{}", "[".repeat(deep), "]".repeat(deep)),
        format!("{{\"format\":\"ziping.report\",\"version\":1,\"x\":{}", "[".repeat(deep)),
        format!("{{\"format\":\"ziping.report\",\"version\":1,\"x\":1{}}}", "0".repeat(deep)),
        format!("{{\"format\":\"ziping.report\",\"version\":1{}}}", "0".repeat(deep)),
        format!(
            "{{\"format\":\"ziping.report\",\"version\":1,\"staff\":[{{\"authorised_posts\":\"{}\"}}]}}",
            "9".repeat(deep)
        ),
        format!("\"{}", "\\u0000".repeat(deep)),
        "<".repeat(deep),
        "<script ".repeat(deep),
        "<script id=ziping-report>".repeat(deep),
        "<script></script".repeat(deep),
        "<!--".repeat(deep),
        "<a b='".repeat(deep),
        format!("<script id=\"ziping-report\">{}</script>", "[".repeat(deep)),
        "\u{feff}".repeat(deep),
        " ".repeat(deep),
        "\u{0}".repeat(deep),
        "\u{fffd}".repeat(deep),
    ];
    for text in texts {
        let start = Instant::now();
        let head: String = text.chars().take(40).collect();
        if let Ok(restored) = open(&text) {
            assert!(head.contains("staff") || head.contains("version\":1,"), "{head}");
            evaluate(&restored.document);
        }
        // Generous: a quadratic reader would need minutes.
        assert!(start.elapsed() < Duration::from_secs(10), "{head}");
    }
}

#[test]
fn a_large_file_opens_and_one_past_the_limit_is_refused_before_it_is_read() {
    let rows: Vec<Value> =
        (0..10_000).map(|n| json!({"id": format!("r{n}"), "name": "项目", "outturn": "1.50"})).collect();
    let restored = changed(|file| file["projects"] = json!(rows)).unwrap();
    assert_eq!(restored.document.projects.iter().count(), 10_000);
    let huge = " ".repeat(50 * 1024 * 1024 + 1);
    let error = open(&huge).unwrap_err().to_string();
    assert!(error.contains("文件有 51 MB，超过了可以打开的 50 MB"), "{error}");
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn any_bytes_are_refused_or_opened(bytes in vec(any::<u8>(), 0..400)) {
        if let Ok(text) = read_text(&bytes) {
            open(&text).ok();
        }
    }

    #[test]
    fn any_text_behind_a_promising_head_is_refused_or_opened(tail in ".{0,200}", html in any::<bool>()) {
        let head = if html { "<script id=\"ziping-report\">" } else { "{\"format\":\"ziping.report\",\"version\":1," };
        open(&format!("{head}{tail}")).ok();
    }
}

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn a_damaged_sample_is_refused_in_words_or_opens_as_something_that_saves(
        changes in vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..6),
    ) {
        let mut bytes = sample::XINFENG_2021.as_bytes().to_vec();
        for (at, byte, kind) in changes {
            let at = at.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => { bytes.remove(at); }
                _ => bytes.insert(at, byte),
            }
        }
        match read_text(&bytes).and_then(|text| open(&text)) {
            Ok(restored) => {
                evaluate(&restored.document);
                let again = open(&export::json(&restored.document, Export::default())).unwrap();
                prop_assert_eq!(Document { export: None, ..again.document }, Document { export: None, ..restored.document });
                prop_assert_eq!(again.repairs, Vec::<String>::new());
            }
            Err(error) => prop_assert!(error.to_string().ends_with('。')),
        }
    }
}
