//! What people type into a field, and what a field shows: the one place where text becomes a cell and back.
//!
//! Knows kinds of fields and the unit of money that a table is switched to. Must not know tables or documents.

use super::amount::{self, MoneyUnit, NumberKind, Reading};
use super::cell::{Cell, Num, Raw};
use super::record::{FieldDef, Kind};

/// Reads what was typed or pasted into a field. What cannot be read is kept as typed.
pub fn read(def: &FieldDef, text: &str, money: MoneyUnit) -> Raw {
    match def.kind {
        Kind::Text | Kind::Reference => Raw::text(text.trim()),
        Kind::Narrative => Raw::text(text),
        Kind::Amount | Kind::Count | Kind::Percent | Kind::Number => {
            match amount::read(text, number_kind(def, money)) {
                Reading::Blank => Cell::Blank,
                Reading::Nil => Cell::Nil,
                Reading::Value(value) => Cell::Value(amount::canonical(&value)),
                Reading::Unread(_) => Cell::Unread(text.trim().to_owned()),
            }
        }
        Kind::Date => canonical_or_unread(text, date),
        Kind::Year => canonical_or_unread(text, year),
        Kind::Choice => canonical_or_unread(text, |text| {
            def.options
                .iter()
                // The text is half-width by now; labels such as “＞” and “其他（剔除）” are not.
                .find(|(key, label)| *key == text || half_width(label) == text)
                .map(|(key, _)| (*key).to_owned())
        }),
    }
}

/// Why a kept entry could not be read and what would be understood, as a sentence.
pub fn why_unread(def: &FieldDef, text: &str, money: MoneyUnit) -> String {
    let kept = format!("“{text}”已原样保留");
    match def.kind {
        Kind::Amount | Kind::Count | Kind::Percent | Kind::Number => {
            match amount::read(text, number_kind(def, money)) {
                Reading::Unread(reason) => format!("{reason}{kept}。"),
                Reading::Blank | Reading::Nil | Reading::Value(_) => {
                    format!("{kept}，请重新输入一次。")
                }
            }
        }
        Kind::Date => format!("无法识别为日期，{kept}。请写成 2022年3月15日 或 2022-3-15。"),
        Kind::Year => format!("无法识别为年度，{kept}。请写四位数字，如 2021。"),
        Kind::Choice => {
            let labels: Vec<&str> = def.options.iter().map(|(_, label)| *label).collect();
            format!("不在可选项中，{kept}。可选：{}。", labels.join("、"))
        }
        Kind::Text | Kind::Narrative | Kind::Reference => format!("{kept}。"),
    }
}

/// What a cell shows when nobody is in it; 未填 shows nothing, which the view marks.
pub fn shown(def: &FieldDef, cell: &Raw, money: MoneyUnit) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Nil => "—".to_owned(),
        Cell::Unread(text) => text.clone(),
        Cell::Value(text) => match def.kind {
            Kind::Amount => number(text).map_or_else(|| text.clone(), |n| amount::show_amount(&n, money)),
            Kind::Count => number(text).map_or_else(|| text.clone(), |n| amount::show_count(&n)),
            Kind::Percent | Kind::Number => {
                number(text).map_or_else(|| text.clone(), |n| amount::show(&n, 0, 6))
            }
            Kind::Date => show_date(text),
            Kind::Choice => def.option_label(text).to_owned(),
            Kind::Text | Kind::Narrative | Kind::Reference | Kind::Year => text.clone(),
        },
    }
}

/// What stands in the editor of a cell: figures without separators in the table's unit, 无 as typed.
pub fn edit_text(def: &FieldDef, cell: &Raw, money: MoneyUnit) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Nil => "无".to_owned(),
        Cell::Unread(text) => text.clone(),
        Cell::Value(text) => match def.kind {
            Kind::Amount => number(text).map_or_else(|| text.clone(), |n| amount::edit_text(&n, money)),
            Kind::Date => show_date(text),
            Kind::Choice => def.option_label(text).to_owned(),
            _ => text.clone(),
        },
    }
}

/// The state of a cell as the view marks it: `blank`, `nil`, `typed` or `unread`.
pub fn state(cell: &Raw) -> &'static str {
    match cell {
        Cell::Blank => "blank",
        Cell::Nil => "nil",
        Cell::Value(_) => "typed",
        Cell::Unread(_) => "unread",
    }
}

/// Shows a number of a field in its kind's way, in the table's unit of money.
pub fn shown_number(def: &FieldDef, value: &rust_decimal::Decimal, money: MoneyUnit) -> String {
    match def.kind {
        Kind::Amount => amount::show_amount(value, money),
        Kind::Count => amount::show_count(value),
        _ => amount::show(value, 0, 6),
    }
}

/// Whether a number cell counts as filled in.
pub fn is_filled(number: Num) -> bool {
    !matches!(number, Num::Blank)
}

fn number_kind(def: &FieldDef, money: MoneyUnit) -> NumberKind {
    match def.kind {
        Kind::Amount => NumberKind::Amount { entry: money },
        Kind::Count => NumberKind::Count,
        Kind::Percent => NumberKind::Percent,
        _ => NumberKind::Number,
    }
}

fn number(text: &str) -> Option<rust_decimal::Decimal> {
    amount::parse_canonical(text)
}

fn canonical_or_unread(text: &str, canonical: impl Fn(&str) -> Option<String>) -> Raw {
    let trimmed = text.trim();
    match trimmed {
        "" => Cell::Blank,
        "-" | "无" | "—" => Cell::Nil,
        _ => canonical(&half_width(trimmed)).map_or_else(|| Cell::Unread(trimmed.to_owned()), Cell::Value),
    }
}

/// Full-width digits and separators as ASCII.
fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32((c as u32).saturating_sub(0xFEE0)).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// `2022年3月15日`, `2022-3-15`, `2022/3/15`, `2022.3.15` or `20220315` as `2022-03-15`.
fn date(text: &str) -> Option<String> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (year, month, day) = if compact.len() == 8 && compact.bytes().all(|b| b.is_ascii_digit()) {
        (compact.get(..4)?, compact.get(4..6)?, compact.get(6..)?)
    } else {
        let mut parts = compact.split(['年', '月', '日', '-', '/', '.']).filter(|part| !part.is_empty());
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        (year, month, day)
    };
    let digits = |text: &str, most: usize| {
        (text.len() <= most && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse::<u32>().ok())?
    };
    let (year, month, day) = (digits(year, 4)?, digits(month, 2)?, digits(day, 2)?);
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        _ => return None,
    };
    ((1900..=2200).contains(&year) && (1..=last).contains(&day))
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// `2021`, `2021年` or `2021年度`.
fn year(text: &str) -> Option<String> {
    let digits = text.trim_end_matches("年度").trim_end_matches('年').trim();
    let number: u32 = digits.parse().ok()?;
    (digits.len() == 4 && (1900..=2200).contains(&number)).then(|| digits.to_owned())
}

/// `2022-03-15` as `2022年3月15日`.
fn show_date(text: &str) -> String {
    let mut parts = text.split('-').map(str::parse::<u32>);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(Ok(year)), Some(Ok(month)), Some(Ok(day))) => format!("{year}年{month}月{day}日"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn def(kind: Kind) -> FieldDef {
        FieldDef {
            kind, options: &[("yes", "是"), ("no", "否"), ("gt", "＞（大于）")], ..FieldDef::EMPTY
        }
    }

    #[test]
    fn each_kind_reads_what_people_type_and_shows_it_again() {
        let cases: &[(Kind, &str, Raw, &str)] = &[
            (Kind::Amount, "1,234.5", Cell::Value("1234.5".into()), "1,234.50"),
            (Kind::Amount, "12345元", Cell::Value("1.2345".into()), "1.2345"),
            (Kind::Amount, "无", Cell::Nil, "—"),
            (Kind::Amount, "12x", Cell::Unread("12x".into()), "12x"),
            (Kind::Count, "１３人", Cell::Value("13".into()), "13"),
            (Kind::Date, "2022.3.5", Cell::Value("2022-03-05".into()), "2022年3月5日"),
            (Kind::Date, "２０２２年３月５日", Cell::Value("2022-03-05".into()), "2022年3月5日"),
            (Kind::Date, "2021-2-29", Cell::Unread("2021-2-29".into()), "2021-2-29"),
            (Kind::Date, "2022-3-5-1", Cell::Unread("2022-3-5-1".into()), "2022-3-5-1"),
            (Kind::Year, "2021年度", Cell::Value("2021".into()), "2021"),
            (Kind::Year, "21", Cell::Unread("21".into()), "21"),
            (Kind::Choice, "是", Cell::Value("yes".into()), "是"),
            (Kind::Choice, "＞（大于）", Cell::Value("gt".into()), "＞（大于）"),
            (Kind::Choice, "也许", Cell::Unread("也许".into()), "也许"),
            (Kind::Text, " 办公室 ", Cell::Value("办公室".into()), "办公室"),
            (Kind::Text, "", Cell::Blank, ""),
        ];
        for (kind, typed, cell, text) in cases {
            let def = def(*kind);
            let read = read(&def, typed, MoneyUnit::WanYuan);
            assert_eq!(read, *cell, "{typed}");
            assert_eq!(shown(&def, &read, MoneyUnit::WanYuan), *text, "{typed}");
        }
    }

    #[test]
    fn the_editor_shows_the_tables_unit_and_gives_the_same_amount_back() {
        let def = def(Kind::Amount);
        let cell = Raw::Value("12.88".into());
        assert_eq!(edit_text(&def, &cell, MoneyUnit::Yuan), "128800");
        assert_eq!(shown(&def, &cell, MoneyUnit::Yuan), "128,800");
    }

    #[test]
    fn an_entry_that_cannot_be_read_says_what_was_kept_and_what_to_do() {
        for kind in [Kind::Amount, Kind::Date, Kind::Year, Kind::Choice] {
            let words = why_unread(&def(kind), "12x", MoneyUnit::WanYuan);
            assert!(words.contains("“12x”已原样保留"), "{words}");
        }
    }
}
