//! What holds for any text: places lie inside it, nothing panics, line breaks of a page change nothing, the time grows
//! with the length.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use ziping::domain::checks::Severity;
use ziping::domain::lint::{Report, lint};

/// Pieces that the reader knows, so that random texts get far into it.
const PIECES: &[&str] = &[
    "其中",
    "，",
    "。",
    "；",
    "：",
    "（",
    "）",
    "(",
    ")",
    "、",
    "\n",
    "\n\n",
    "\t",
    "|",
    " ",
    "12.5",
    "1,234",
    "3，518",
    "7,00.0,77",
    "万元",
    "元",
    "亿",
    "%",
    "％",
    "人",
    "个",
    "占",
    "的",
    "比上年",
    "增加",
    "下降",
    "增长",
    "年初预算为",
    "支出决算为",
    "完成预算的",
    "合计",
    "总计",
    "分别为",
    "和",
    "2021年",
    "〔2021〕24号",
    "[2021]",
    "“三公”经费",
    "基本支出",
    "项目支出",
    "收入总计",
    "主要用于以下方面",
    "即",
    "以上",
    "约",
    "第",
    "-",
    "四个事项",
    "平均年龄",
    "岁",
    "11月新23日",
    "执行率",
    "预算数",
    "执行数",
    "𠮷",
    "é",
    "\u{200B}",
    "\u{3000}",
    "👩‍👩‍👧",
    "差异额",
    "差异率",
    "结余",
];

fn text() -> impl Strategy<Value = String> {
    let known = prop::sample::select(PIECES).prop_map(str::to_owned);
    let number = (0_u32..100_000).prop_map(|n| n.to_string());
    let any = any::<char>().prop_map(|c| c.to_string());
    prop::collection::vec(prop_oneof![8 => known, 3 => number, 1 => any], 0..120)
        .prop_map(|pieces| pieces.concat())
}

fn inside(report: &Report, length: usize) -> bool {
    let claims = report
        .claims
        .iter()
        .flat_map(|claim| claim.places.iter().map(|place| &place.range).chain([&claim.range]));
    claims
        .chain(report.unchecked.iter().map(|place| &place.range))
        .all(|range| range.start <= range.end && range.end <= length)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn places_lie_inside_any_text(text in text()) {
        let report = lint(&text);
        prop_assert!(inside(&report, text.chars().count()));
    }

    #[test]
    fn the_same_text_gives_the_same_report(text in text()) {
        prop_assert_eq!(lint(&text), lint(&text));
    }
}

/// Error findings by their words, which hold no places.
fn errors(text: &str) -> Vec<String> {
    let report = lint(text);
    let mut found: Vec<String> = report
        .findings()
        .iter()
        .filter(|claim| claim.severity == Some(Severity::Error))
        .map(|claim| format!("{} {}", claim.relation.key(), claim.message))
        .collect();
    found.sort();
    found.dedup();
    found
}

/// Breaks every line after `width` characters, as text copied from a page.
fn wrapped(text: &str, width: usize) -> String {
    let wrap = |line: &str| {
        let chars: Vec<char> = line.chars().collect();
        let lines: Vec<String> = chars.chunks(width).map(|chunk| chunk.iter().collect()).collect();
        lines.join("\n")
    };
    text.split('\n').map(wrap).collect::<Vec<_>>().join("\n")
}

#[test]
fn page_breaks_change_nothing() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint/dev");
    // Texts whose lines are paragraphs; the others come with page breaks already.
    let mut missing = 0;
    for name in ["57", "67", "13", "08", "71", "xinfeng-2021"] {
        let text = std::fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap();
        let plain = errors(&text);
        for width in [38, 42] {
            let broken = errors(&wrapped(&text, width));
            for error in &broken {
                assert!(plain.contains(error), "{name} {width}: only in the wrapped text: {error}");
            }
            for error in plain.iter().filter(|error| !broken.contains(error)) {
                println!("{name} {width}: lost in the wrapped text: {error}");
                missing += 1;
            }
        }
    }
    assert!(missing <= 2, "{missing} findings lost by page breaks");
}

#[test]
fn time_grows_with_the_length() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint/dev");
    let mut text = String::new();
    for name in ["xinfeng-2021", "91", "96", "46", "53"] {
        text.push_str(&std::fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap());
    }
    let hostile = [
        "一".repeat(100_000),
        "1".repeat(100_000),
        "(".repeat(100_000),
        "1万元，其中".repeat(15_000),
        "1万元、".repeat(25_000),
        "合计1万元，".repeat(16_000),
        "占1%，".repeat(20_000),
        "支出1万元，占支出的1%；".repeat(8_000),
        "比上年增加1万元，增长1%，".repeat(7_000),
        "a\t1\n".repeat(25_000),
        "\ta\n".repeat(33_000),
        "〔2021〕1号下达1万元，".repeat(7_000),
    ];
    let many: String = text.chars().cycle().take(100_000).collect();
    for text in hostile.iter().chain([&many]) {
        let start = Instant::now();
        lint(text);
        let took = start.elapsed();
        let head: String = text.chars().take(16).collect();
        println!("{took:?} for {} characters of {head:?}", text.chars().count());
        // A generous bound, for slow machines and builds without optimisation; quadratic time would take minutes.
        assert!(took < Duration::from_secs(10), "{head:?} took {took:?}");
    }
}
