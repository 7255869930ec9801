//! The first stages: what is read as a number, what as a name, and how lines are joined.

use super::quantity::Quantity;
use super::scan::{Token, scan};
use super::text;

fn quantities(original: &str) -> Vec<Quantity> {
    let original: Vec<char> = original.chars().collect();
    let lines = text::lines(&original);
    let tokens = scan(&text::read(&original, &lines)).tokens;
    tokens
        .into_iter()
        .filter_map(|token| match token {
            Token::Quantity(quantity) => Some(*quantity),
            _ => None,
        })
        .collect()
}

/// Quantities as digits and unit, bounds in brackets.
fn shown(original: &str) -> String {
    let words = quantities(original)
        .into_iter()
        .map(|quantity| if quantity.bound { format!("[{}]", quantity.shown()) } else { quantity.shown() });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn numbers_and_units_in_all_spellings() {
    for (text, expected) in [
        ("支出５．４８万元", "5.48万元"),
        ("881300.39 元", "881300.39元"),
        ("占 22.93 %，", "22.93%"),
        ("19,044.27万元", "19044.27万元"),
        ("3，518.85万元", "3518.85万元"),
        ("328,661万元，同比", "328661万元"),
        ("350万已全部到位", "350万元"),
        ("1233.333865万元", "1233.333865万元"),
        ("14,206 万\n元", "14206万元"),
        ("公用经费支出比上年同期增加21,5\n00元", "21500元"),
        ("收、支总计各是4125.49,4143.91万元", "4125.49 4143.91万元"),
        ("快于序时进度15.7个百分点", "15.7个百分点"),
        ("50家以上，200余台，约600人", "[50家] [200台] [600人]"),
        ("7余项", "[7项]"),
        ("长3.75km，面积25㎡", "3.75公里 25平方米"),
        ("四个事项、七项", "4个 7项"),
        ("增长11倍", "11倍"),
        ("设备0台（套）", "0台"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

#[test]
fn what_only_looks_like_a_quantity_is_none() {
    for text in [
        "2021年12月31日",
        "〔2020〕165号",
        "[2021]24号",
        "科目2080506，",
        "解放路252弄4号",
        "“100+N”体系",
        "十四五",
        "5G网络",
        "P1.5LED",
        "第3期",
        "1-5月",
        "2018-01-10 19:39:45",
        "7,00.0,77",
        "10年一遇",
        "平均年龄48.22岁",
        "每月400元/人",
    ] {
        assert_eq!(shown(text), "", "{text}");
    }
}

#[test]
fn money_keeps_the_digits_that_were_written() {
    let read = |text: &str| {
        quantities(text)
            .into_iter()
            .next()
            .map(|found| (found.value().to_string(), found.figure.u().to_string()))
    };
    assert_eq!(read("2696元"), Some(("0.2696".into(), "0.0001".into())));
    assert_eq!(read("1.2亿元"), Some(("12000".into(), "1000".into())));
    assert_eq!(read("12.880万元"), Some(("12.880".into(), "0.001".into())));
}
