//! Leftovers of a template and slips of the pen, all hints: doubled words (TXT-07), damaged dates (TXT-07), two places
//! that differ in one character (TXT-08), brackets of document numbers (TXT-09), leftovers (TXT-12).
//!
//! Must not know: quantities and relations.

use std::collections::HashMap;
use std::ops::Range;

use super::claim::{Claim, Place, Relation, Standing};
use super::mask::Words;
use super::text::Text;
use crate::domain::checks::Severity;

/// Looks through the text once for each kind of slip.
pub fn check(text: &Text) -> Vec<Claim> {
    let mut claims = Vec::new();
    let words = Words::new(LEFTOVERS);
    for index in 0..text.len() {
        leftovers(text, &words, index, &mut claims);
        doubled(text, index, &mut claims);
        dates(text, index, &mut claims);
        documents(text, index, &mut claims);
    }
    places(text, &mut claims);
    claims
}

/// A hint about some words.
pub fn hint(
    text: &Text,
    range: Range<usize>,
    relation: Relation,
    check: &'static str,
    message: String,
) -> Claim {
    let origin = text.origin(range.clone());
    let shown = text.string(range);
    Claim {
        relation,
        check: Some(check),
        standing: Standing::Remark,
        severity: Some(Severity::Hint),
        range: origin.clone(),
        places: vec![Place { range: origin, shown: shown.clone() }],
        stated: shown,
        computed: String::new(),
        difference: String::new(),
        message,
        closes: Vec::new(),
    }
}

/// Whether a character is a Chinese one.
pub fn chinese(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

const LEFTOVERS: &[&str] = &[
    "增加(减少)",
    "减少(增加)",
    "增长(下降)",
    "下降(增长)",
    "增加/减少",
    "增长/下降",
    "减增加",
    "增减少",
    "大小于",
    "小大于",
    "大于(小于)",
    "小于(大于)",
    "高于(低于)",
    "××",
    "某某",
    "占%",
    "的%",
    "长%",
    "降%",
    "____",
    "(填写",
    "XX",
];

fn leftovers(text: &Text, words: &Words, index: usize, claims: &mut Vec<Claim>) {
    if let Some(word) = words.at(text, index) {
        let end = index + word.chars().count();
        let latin = word == "XX"
            && (text.before(index).is_ascii_alphanumeric() || text.at(end).is_ascii_alphanumeric());
        if !latin && text.before(index) != '×' {
            claims.push(hint(
                text,
                index..end,
                Relation::Residue,
                "TXT-12",
                format!("“{word}”像是没有填完或没有删去的模板文字"),
            ));
        }
        return;
    }
    // "202年度": a year with a digit missing.
    let digits = (0..3).all(|offset| text.at(index + offset).is_ascii_digit());
    if digits && !text.before(index).is_ascii_digit() && text.starts(index + 3, "年度") {
        claims.push(hint(text, index..index + 5, Relation::Residue, "TXT-12", "年份缺一位数字".to_owned()));
    }
}

/// The same two to four characters twice.
fn doubled(text: &Text, index: usize, claims: &mut Vec<Claim>) {
    if !chinese(text.at(index)) {
        return;
    }
    for length in [4, 3, 2] {
        let same = (0..length).all(|offset| {
            let c = text.at(index + offset);
            chinese(c) && c == text.at(index + length + offset)
        });
        if !same {
            continue;
        }
        let word = text.string(index..index + length);
        let mut letters = word.chars();
        let first = letters.next();
        // "常常常常", "一步一步", "一级一级" are honest.
        let honest = letters.all(|c| Some(c) == first) || word.starts_with(['一', '两', '逐', '各', '某']);
        // Columns of a table set apart by blanks ("预算数 执行数 执行率") are read without them.
        let apart = text.origin(index..index + 2 * length).len() > 2 * length;
        if !honest && !apart && text.before(index) != text.at(index + length - 1) {
            claims.push(hint(
                text,
                index..index + 2 * length,
                Relation::Residue,
                "TXT-07",
                format!("“{word}”重复"),
            ));
        }
        return;
    }
}

/// "11月新23日", "2月30日".
fn dates(text: &Text, index: usize, claims: &mut Vec<Claim>) {
    const DAYS: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    if text.at(index) != '月' || !text.before(index).is_ascii_digit() {
        return;
    }
    let back = |end: usize| {
        (1..=2).take_while(|n| end.checked_sub(*n).is_some_and(|at| text.at(at).is_ascii_digit())).count()
    };
    let from = index - back(index);
    let month: Option<u32> = text.string(from..index).parse().ok();
    let stray = usize::from(
        chinese(text.at(index + 1)) && !matches!(text.at(index + 1), '第' | '共' | '的' | '至' | '和' | '到'),
    );
    let start = index + 1 + stray;
    let digits = (0..2).take_while(|offset| text.at(start + offset).is_ascii_digit()).count();
    if digits == 0 || text.at(start + digits) != '日' || text.before(from).is_ascii_digit() {
        return;
    }
    let range = from..start + digits + 1;
    let day: Option<u32> = text.string(start..start + digits).parse().ok();
    if stray == 1 {
        claims.push(hint(text, range, Relation::Residue, "TXT-07", "日期中多了一个字".to_owned()));
        return;
    }
    let longest = month.and_then(|month| DAYS.get(usize::try_from(month).ok()?.checked_sub(1)?)).copied();
    if day.is_some_and(|day| day == 0 || longest.is_none_or(|longest| day > longest)) {
        claims.push(hint(text, range, Relation::Residue, "TXT-07", "没有这一天".to_owned()));
    }
}

/// "\[2021\]24号" instead of "〔2021〕24号".
fn documents(text: &Text, index: usize, claims: &mut Vec<Claim>) {
    let close = match text.at(index) {
        '[' => ']',
        '【' => '】',
        _ => return,
    };
    let year = (1..5).all(|offset| text.at(index + offset).is_ascii_digit());
    if !year || text.at(index + 5) != close {
        return;
    }
    let digits = (0..6).take_while(|offset| text.at(index + 6 + offset).is_ascii_digit()).count();
    let end = index + 6 + digits;
    if digits > 0 && text.at(end) == '号' {
        let message = "文号的年份用六角括号〔〕（GB/T 9704-2012）".to_owned();
        claims.push(hint(text, index..end + 1, Relation::Residue, "TXT-09", message));
    }
}

/// "万隆乡立新村" and "万精乡立新村": one character differs, the neighbour is the same, and one stands only once.
fn places(text: &Text, claims: &mut Vec<Claim>) {
    let mut found: Vec<(String, String, Range<usize>)> = Vec::new();
    for index in 2..text.len() {
        if !matches!(text.at(index), '乡' | '镇') {
            continue;
        }
        let town = text.string(index - 2..index);
        let village = (2..=3).find(|length| text.at(index + 1 + length) == '村');
        let Some(length) = village else { continue };
        let name = text.string(index + 1..index + 1 + length);
        if town.chars().chain(name.chars()).all(chinese) {
            found.push((town, name, index - 2..index + 2 + length));
        }
    }
    let mut count: HashMap<(&str, &str), usize> = HashMap::new();
    for (town, name, _) in &found {
        *count.entry((town, name)).or_default() += 1;
    }
    let mut by_village: HashMap<&str, &(String, String, Range<usize>)> = HashMap::new();
    for place in &found {
        let Some(other) = by_village.get(place.1.as_str()) else {
            by_village.insert(&place.1, place);
            continue;
        };
        let differ = other.0.chars().zip(place.0.chars()).filter(|(a, b)| a != b).count();
        let lone =
            [&place.0, &other.0].iter().any(|town| count.get(&(town.as_str(), place.1.as_str())) == Some(&1));
        if differ == 1 && lone {
            let (a, b) = (text.string(other.2.clone()), text.string(place.2.clone()));
            let mut claim =
                hint(text, place.2.clone(), Relation::Wording, "TXT-08", format!("“{a}”与“{b}”只差一个字"));
            claim.places.push(Place { range: text.origin(other.2.clone()), shown: a });
            claims.push(claim);
        }
    }
}
