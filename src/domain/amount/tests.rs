//! Numbers as people write them, and as they are shown.

use super::*;

const WAN: NumberKind = NumberKind::Amount { entry: MoneyUnit::WanYuan };
const YUAN: NumberKind = NumberKind::Amount { entry: MoneyUnit::Yuan };

fn d(text: &str) -> Decimal {
    parse_canonical(text).unwrap_or_else(|| panic!("not canonical: {text}"))
}

/// What was read, as one word, so that tables stay short.
fn outcome(text: &str, kind: NumberKind) -> String {
    match read(text, kind) {
        Reading::Blank => "未填".into(),
        Reading::Nil => "无".into(),
        Reading::Value(value) => canonical(&value),
        Reading::Unread(reason) => reason,
    }
}

#[test]
fn rounds_half_away_and_truncates_toward_zero() {
    for (value, dp, rounded, cut) in [
        ("0.125", 2, "0.13", "0.12"),
        ("-0.125", 2, "-0.13", "-0.12"),
        ("2.5", 0, "3", "2"),
        ("3.5", 0, "4", "3"),
        ("36.645", 2, "36.65", "36.64"),
        ("12.8", 2, "12.8", "12.8"),
        ("12.80", 1, "12.8", "12.8"),
    ] {
        assert_eq!(canonical(&round(d(value), dp)), rounded, "{value}");
        assert_eq!(canonical(&truncate(d(value), dp)), cut, "{value}");
    }
}

#[test]
fn decimal_sums_have_no_binary_error() {
    // 36.644999999999996 and 0.8999… in binary floats.
    assert_eq!(canonical(&d("30.0000").checked_add(d("6.645")).unwrap()), "36.6450");
    assert_eq!(canonical(&d("2.0").checked_sub(d("1.1")).unwrap()), "0.9");
}

#[test]
fn units_move_the_point_and_keep_the_digits() {
    for (typed, unit, wan, u) in [
        ("1274500", MoneyUnit::Yuan, "127.4500", "0.0001"),
        ("12.88", MoneyUnit::WanYuan, "12.88", "0.01"),
        ("0", MoneyUnit::Yuan, "0.0000", "0.0001"),
        ("-1.5", MoneyUnit::Yuan, "-0.00015", "0.00001"),
        ("1.2", MoneyUnit::YiYuan, "12000", "1"),
        ("1.23456", MoneyUnit::YiYuan, "12345.6", "0.1"),
    ] {
        let stored = to_wan(d(typed), unit).unwrap();
        assert_eq!(canonical(&stored), wan, "{typed}");
        assert_eq!(canonical(&unit_of(&stored)), u, "{typed}");
        assert_eq!(from_wan(stored, unit), Some(d(typed)), "{typed}");
    }
    assert_eq!(canonical(&from_wan(d("12.88"), MoneyUnit::Yuan).unwrap()), "128800");
    assert_eq!(canonical(&from_wan(d("12.880"), MoneyUnit::Yuan).unwrap()), "128800");
    assert_eq!(from_wan(Decimal::MAX, MoneyUnit::Yuan), None);
    assert_eq!(to_wan(d("0.0000000000000000000000001"), MoneyUnit::Yuan), None);
}

#[test]
fn reads_amounts_as_people_type_them() {
    for (text, wan) in [
        ("12.88", "12.88"),
        ("12.880", "12.880"),
        (" 1,234.5 ", "1234.5"),
        ("1，234.5", "1234.5"),
        ("１２３．５", "123.5"),
        ("12。5", "12.5"),
        ("12.", "12"),
        (".5", "0.5"),
        ("0012", "12"),
        ("￥1,234.5", "1234.5"),
        ("¥ 12", "12"),
        ("￥-12", "-12"),
        ("-￥12", "-12"),
        ("1 234 567.5", "1234567.5"),
        ("1\u{A0}234.5", "1234.5"),
        ("1\u{2009}234.5", "1234.5"),
        ("\u{202D}12.5\u{202C}", "12.5"),
        ("（1,234.5）", "-1234.5"),
        ("(1,234.5)", "-1234.5"),
        ("(1,234.5)万元", "-1234.5"),
        ("（￥1,234.5万元）", "-1234.5"),
        ("−3.2", "-3.2"),
        ("－3.2", "-3.2"),
        ("–3.2", "-3.2"),
        ("+3.2", "3.2"),
        ("-0.00", "0.00"),
        ("1,234.5万元", "1234.5"),
        ("1,234.5 万", "1234.5"),
        ("12345元", "1.2345"),
        ("1.2亿元", "12000"),
        ("1.23456 亿", "12345.6"),
        ("0.123456789", "0.123456789"),
    ] {
        assert_eq!(outcome(text, WAN), wan, "{text}");
    }
    assert_eq!(outcome("1274500", YUAN), "127.4500");
    assert_eq!(outcome("12.88万元", YUAN), "12.88");
}

#[test]
fn tells_blank_from_nil() {
    for kind in [WAN, YUAN, NumberKind::Count, NumberKind::Percent, NumberKind::Number] {
        for text in ["", "  ", "\u{3000}", "\u{FEFF}", "\n"] {
            assert_eq!(read(text, kind), Reading::Blank, "{text:?}");
        }
        for text in ["-", "—", "－", "–", "--", "——", "无", " 无 ", "¥ -", "￥—"] {
            assert_eq!(read(text, kind), Reading::Nil, "{text:?}");
        }
    }
}

#[test]
fn reads_counts_percents_and_plain_numbers() {
    let (count, percent, number) = (NumberKind::Count, NumberKind::Percent, NumberKind::Number);
    for (text, kind, value) in [
        ("13", count, "13"),
        ("13人", count, "13"),
        ("1,200 人次", count, "1200"),
        ("３批次", count, "3"),
        ("5台（套）", count, "5"),
        ("13.0", count, "13"),
        ("13.00辆", count, "13"),
        ("0", count, "0"),
        ("98", percent, "98"),
        ("98%", percent, "98"),
        ("98．50％", percent, "98.50"),
        ("（5）%", percent, "-5"),
        ("-1.50", number, "-1.50"),
    ] {
        assert_eq!(outcome(text, kind), value, "{text}");
    }
}

/// Each row: text, kind, and the words that its reason must contain.
#[test]
fn says_why_a_text_is_not_read() {
    let (count, percent, number) = (NumberKind::Count, NumberKind::Percent, NumberKind::Number);
    let long = "1".repeat(29);
    for (text, kind, reason) in [
        ("12,34", WAN, "“12,34”里的逗号或空格不在千位上"),
        ("1,2345", WAN, "千位"),
        ("1234,567", WAN, "千位"),
        ("0,123", WAN, "千位"),
        (",123", WAN, "千位"),
        ("1,234,", WAN, "千位"),
        ("1,,234", WAN, "千位"),
        ("12 34", WAN, "千位"),
        ("1, 234", WAN, "千位"),
        ("1 234,567", WAN, "千位"),
        ("1.234,5", WAN, "小数点后面"),
        ("1.2.3", WAN, "不止一个小数点"),
        ("12x", WAN, "不认识数后的“x”"),
        ("12千元", WAN, "不认识数后的“千元”"),
        ("约12", WAN, "约数"),
        ("≥95", percent, "界限"),
        ("12余", WAN, "约数"),
        ("12余万元", WAN, "约数"),
        ("100以上", count, "界限"),
        ("100+", count, "界限"),
        ("1+2", number, "不认识数后的“+2”"),
        ("1e5", WAN, "科学计数法"),
        ("1.27E+06", YUAN, "科学计数法"),
        (&long, WAN, "最多 28 位"),
        ("0.0000000000000000000000001", YUAN, "最多 28 位"),
        ("3-5", WAN, "范围"),
        ("2021-12-31", number, "范围、日期"),
        ("1/2", number, "分数"),
        ("2021年", number, "不认识数后的“年”"),
        ("—5", WAN, "“—”不明确"),
        ("--5", WAN, "符号不明确"),
        ("(-5)", WAN, "符号不明确"),
        ("(5", WAN, "括号不成对"),
        ("5)", WAN, "括号不成对"),
        ("#DIV/0!", WAN, "错误值"),
        ("#####", WAN, "列宽"),
        ("十二", WAN, "阿拉伯数字"),
        ("/", WAN, "没有填“无”"),
        ("x12", WAN, "不是以数字开头"),
        (".", WAN, "不是以数字开头"),
        ("12\n34", WAN, "换行"),
        ("1\t234", WAN, "制表符"),
        ("12人", WAN, "“人”是人数或个数的单位，而这里填金额"),
        ("12%", WAN, "“%”表示百分比，而这里填金额"),
        ("12元", count, "“元”是金额单位，而这里填人数"),
        ("￥12", count, "“¥”表示金额"),
        ("13.5", count, "13.5不是整数"),
        ("-3人", count, "-3是负数"),
        ("98人", percent, "这里填百分比"),
        ("98‰", percent, "不认识数后的“‰”"),
        ("95%", number, "这里只填数"),
    ] {
        match read(text, kind) {
            Reading::Unread(found) => assert!(found.contains(reason), "{text}: {found}"),
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn the_file_form_is_strict() {
    for text in ["0", "0.00", "-0.5", "12.880", "1113", "79228162514264337593543950335"] {
        assert_eq!(canonical(&parse_canonical(text).unwrap()), text);
    }
    for text in [
        "",
        "-",
        "+1",
        "1e5",
        "1,234",
        " 1",
        "1 ",
        "1.",
        ".5",
        "-.5",
        "007",
        "-0",
        "-0.00",
        "--1",
        "1.2.3",
        "１",
        "1.-2",
        "79228162514264337593543950336",
        "0.00000000000000000000000000001",
    ] {
        assert_eq!(parse_canonical(text), None, "{text}");
    }
    let mut minus_zero = Decimal::ZERO;
    minus_zero.set_sign_negative(true);
    assert_eq!(canonical(&minus_zero), "0");
}

#[test]
fn shows_with_separators_and_decimals() {
    for (value, dp_min, dp_max, shown) in [
        ("12.8", 2, 6, "12.80"),
        ("1234567.895", 2, 2, "1,234,567.90"),
        ("-1234.5", 0, 0, "-1,235"),
        ("-0.001", 2, 2, "0.00"),
        ("123", 0, 0, "123"),
        ("1000", 0, 0, "1,000"),
        ("0.5", 3, 1, "0.500"),
    ] {
        assert_eq!(show(&d(value), dp_min, dp_max), shown, "{value}");
    }
    assert_eq!(show_percent(&d("116.3820"), 2), "116.38%");
    assert_eq!(show_percent(&d("95"), 1), "95.0%");
    assert_eq!(show_count(&d("12345")), "12,345");
    assert_eq!(show_plain(&d("-12345.60")), "-12345.60");
}

#[test]
fn shows_and_edits_amounts_in_each_unit() {
    use MoneyUnit::{WanYuan, YiYuan, Yuan};
    for (wan, unit, shown, edited) in [
        ("12.8", WanYuan, "12.80", "12.8"),
        ("1631.046", WanYuan, "1,631.046", "1631.046"),
        ("127.4500", WanYuan, "127.4500", "127.4500"),
        ("0.1234567", WanYuan, "0.123457", "0.1234567"),
        ("12.88", Yuan, "128,800", "128800"),
        ("127.4500", Yuan, "1,274,500", "1274500"),
        ("127.45005", Yuan, "1,274,500.50", "1274500.5"),
        ("0.1234567", Yuan, "1,234.57", "1234.567"),
        ("0", Yuan, "0", "0"),
        ("0.00", WanYuan, "0.00", "0.00"),
        ("12000", YiYuan, "1.20", "1.2000"),
        ("12.88", YiYuan, "0.001288", "0.001288"),
    ] {
        assert_eq!(show_amount(&d(wan), unit), shown, "{wan}");
        assert_eq!(edit_text(&d(wan), unit), edited, "{wan}");
    }
    assert_eq!(show_amount(&Decimal::MAX, Yuan), "792,281,625,142,643,375,935,439,503,350,000");
}

#[test]
fn units_have_their_words() {
    let words = [MoneyUnit::Yuan, MoneyUnit::WanYuan, MoneyUnit::YiYuan].map(MoneyUnit::label);
    assert_eq!(words, ["元", "万元", "亿元"]);
}
