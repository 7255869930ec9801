//! Stage 2: the text as tokens: quantities, words, marks. What only looks like a quantity stays part of the words.
//!
//! No quantities are: years, dates, times of day, document numbers, account codes, list numbers, ranges, and
//! digits that belong to a name (100+N, 5G, P1.5). Grammar of a number: digits, with `,` before groups of exactly
//! three digits, a point and decimals; then 余/多, then a unit; a bound word on either side.
//!
//! Must not know: labels, roles, relations.

use std::ops::Range;

use super::quantity::{Dim, Quantity, Scale, unit};
use super::text::{BLANK, LINE, Text, chinese_digit, enumerator};
use crate::domain::amount::MoneyUnit;

/// A mark between words, weaker ones first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Nothing but words.
    None,
    /// 、
    Enum,
    /// ，
    Comma,
    /// ：
    Colon,
    /// ；
    Semi,
    /// 。
    Stop,
    /// A new paragraph.
    Line,
    /// A blank line or a table.
    Blank,
}

/// A piece of the text.
#[derive(Debug, Clone)]
pub enum Token {
    /// Words (anything that is nothing else).
    Word(Range<usize>),
    /// A quantity.
    Quantity(Box<Quantity>),
    /// A mark.
    Mark(Mark),
    /// A bracket that holds quantities opens.
    Open,
    /// And closes.
    Close,
    /// A list number at the start of a paragraph.
    Enumerator(Range<usize>),
}

/// What the scanner found.
#[derive(Debug, Default)]
pub struct Scan {
    /// The tokens, in order.
    pub tokens: Vec<Token>,
    /// Digits and separators that are no number ("7,00.0,77").
    pub unreadable: Vec<Range<usize>>,
}

/// Cuts the text into tokens.
pub fn scan(text: &Text) -> Scan {
    let brackets = brackets(text);
    let mut scan = Scan::default();
    let (mut index, mut word) = (0, 0);
    let mut fresh = true;
    while index < text.len() {
        if fresh {
            fresh = false;
            let length = enumerator(text.slice(index..(index + 8).min(text.len())));
            if length > 0 {
                scan.words(word..index);
                scan.tokens.push(Token::Enumerator(index..index + length));
                index += length;
                word = index;
                continue;
            }
        }
        let c = text.at(index);
        if let Some(mark) = mark(text, index) {
            scan.words(word..index);
            scan.tokens.push(Token::Mark(mark));
            index += 1;
            word = index;
            fresh = mark >= Mark::Stop;
        } else if matches!(c, '(' | ')') && brackets.get(index).copied().unwrap_or(false) {
            scan.words(word..index);
            scan.tokens.push(if c == '(' { Token::Open } else { Token::Close });
            index += 1;
            word = index;
        } else if c.is_ascii_digit() {
            let (end, quantity) = number(text, index, &mut scan.unreadable);
            if let Some(quantity) = quantity {
                scan.words(word..quantity.range.start.min(index));
                let start = word.max(quantity.range.start.min(index));
                word = end;
                scan.tokens.push(Token::Quantity(Box::new(Quantity { range: start..end, ..quantity })));
            }
            index = end.max(index + 1);
        } else if let Some((end, quantity)) = chinese_count(text, index) {
            scan.words(word..index);
            scan.tokens.push(Token::Quantity(Box::new(quantity)));
            index = end;
            word = end;
        } else {
            index += 1;
        }
    }
    scan.words(word..index);
    scan
}

impl Scan {
    fn words(&mut self, range: Range<usize>) {
        if range.start < range.end {
            self.tokens.push(Token::Word(range));
        }
    }
}

fn mark(text: &Text, index: usize) -> Option<Mark> {
    let between_digits = || text.before(index).is_ascii_digit() && text.at(index + 1).is_ascii_digit();
    Some(match text.at(index) {
        '、' => Mark::Enum,
        ',' => Mark::Comma,
        ':' if between_digits() => return None,
        ':' => Mark::Colon,
        ';' => Mark::Semi,
        '。' | '!' | '?' => Mark::Stop,
        // A Latin full stop after a unit or at the end of a line ends a sentence.
        '.' if !between_digits() && matches!(text.at(index + 1), LINE | BLANK | '\0') => Mark::Stop,
        LINE => Mark::Line,
        BLANK => Mark::Blank,
        _ => return None,
    })
}

/// For every index, whether a round bracket stands there that belongs to a pair with a digit-and-unit inside.
/// Pairs never reach over a paragraph; a bracket without partner counts as words.
fn brackets(text: &Text) -> Vec<bool> {
    let mut found = vec![false; text.len()];
    let mut open: Vec<(usize, bool)> = Vec::new();
    for index in 0..text.len() {
        match text.at(index) {
            LINE | BLANK => open.clear(),
            '(' => open.push((index, false)),
            ')' => {
                let Some((from, digits)) = open.pop() else { continue };
                if digits {
                    for at in [from, index] {
                        if let Some(slot) = found.get_mut(at) {
                            *slot = true;
                        }
                    }
                    if let Some(outer) = open.last_mut() {
                        outer.1 = true;
                    }
                }
            }
            // "(2021年度)", "(3)" hold no quantity.
            // One quantity is enough, and without an open bracket none is asked for.
            c if c.is_ascii_digit()
                && open.last().is_some_and(|last| !last.1)
                && !text.before(index).is_ascii_digit() =>
            {
                let (end, quantity) = number(text, index, &mut Vec::new());
                let lone = text.before(index) == '(' && text.at(end) == ')';
                if quantity.is_some_and(|quantity| quantity.dim.level())
                    && !lone
                    && let Some(last) = open.last_mut()
                {
                    last.1 = true;
                }
            }
            _ => {}
        }
    }
    found
}

/// Reads the number at an index: where it ends, and the quantity if it is one.
fn number(text: &Text, from: usize, unreadable: &mut Vec<Range<usize>>) -> (usize, Option<Quantity>) {
    let run = run_of(text, from);
    if malformed(text, from..run) {
        unreadable.push(from..run);
        return (run, None);
    }
    let (end, digits) = digits(text, from);
    let points = text.slice(from..run).iter().filter(|c| **c == '.').count();
    if named(text, from, end) || (points > 1 && text.at(end) == '.') {
        // Dates and versions: past the whole run.
        let end = if points > 1 && text.at(end) == '.' { run } else { end };
        return (end, None);
    }
    let (digits, from) = match sign(text, from) {
        Some(start) => (format!("-{digits}"), start),
        None => (digits, from),
    };
    measured(text, from, end, digits)
}

/// The end of digits, commas and points that hang together.
fn run_of(text: &Text, from: usize) -> usize {
    let mut end = from;
    while text.at(end).is_ascii_digit()
        || (matches!(text.at(end), ',' | '.') && text.at(end + 1).is_ascii_digit())
    {
        end += 1;
    }
    end
}

/// Groups that are neither thousands nor numbers of their own: "7,00.0,77".
fn malformed(text: &Text, range: Range<usize>) -> bool {
    let run = text.string(range);
    let pieces: Vec<&str> = run.split(',').collect();
    let spare_zero = |piece: &str| {
        let whole = piece.split('.').next().unwrap_or_default();
        whole.len() > 1 && whole.starts_with('0') && whole.len() != 3
    };
    pieces.len() > 1 && run.contains('.') && pieces.iter().skip(1).any(|piece| spare_zero(piece))
}

/// Digits of one number, separators left out, and where it ends.
fn digits(text: &Text, from: usize) -> (usize, String) {
    let mut end = from;
    let mut digits = String::new();
    while text.at(end).is_ascii_digit() {
        digits.push(text.at(end));
        end += 1;
    }
    let three = |at: usize| {
        (1..4).all(|offset| text.at(at + offset).is_ascii_digit()) && !text.at(at + 4).is_ascii_digit()
    };
    if digits.len() <= 3 && !digits.starts_with('0') {
        while text.at(end) == ',' && three(end) {
            digits.extend((1..4).map(|offset| text.at(end + offset)));
            end += 4;
        }
    }
    if text.at(end) == '.' && text.at(end + 1).is_ascii_digit() {
        digits.push('.');
        end += 1;
        while text.at(end).is_ascii_digit() {
            digits.push(text.at(end));
            end += 1;
        }
    }
    (end, digits)
}

/// Whether the digits are part of a name, a date, a document number or a range.
fn named(text: &Text, from: usize, end: usize) -> bool {
    let (before, after) = (text.before(from), text.at(end));
    let earlier = from.checked_sub(2).map_or('\0', |index| text.at(index));
    let year = end - from == 4 && after == '年';
    let latin_after =
        after.is_ascii_alphabetic() && unit(text.slice(end..(end + 4).min(text.len()))).is_none();
    let joined = before.is_ascii_alphabetic() || latin_after || before == '_' || after == '+';
    let ordinal = before == '第';
    let document = matches!(before, '〔' | '[' | '【' | '〕' | ']' | '】')
        || (after == '号' || (after == '文' && text.at(end + 1) == '号'))
        || matches!(after, '〕' | ']' | '】');
    let clock =
        (before == ':' && earlier.is_ascii_digit()) || (after == ':' && text.at(end + 1).is_ascii_digit());
    let dash = |c: char| matches!(c, '-' | '~' | '～' | '—' | '/');
    let range = (dash(before) && (earlier.is_ascii_digit() || earlier == '月' || earlier == '%'))
        || (dash(after) && text.at(end + 1).is_ascii_digit());
    year || joined || ordinal || document || clock || range
}

/// Where a minus sign before the number stands, if it is one.
fn sign(text: &Text, from: usize) -> Option<usize> {
    let at = from.checked_sub(1)?;
    let minus = text.at(at) == '-' && !text.before(at).is_alphanumeric() && text.before(at) != ')';
    let after_word = text.at(at) == '-' && matches!(text.before(at), '为' | '是' | '长' | '降');
    (minus || after_word).then_some(at)
}

/// The unit behind the digits, and bound words on both sides.
fn measured(text: &Text, from: usize, end: usize, digits: String) -> (usize, Option<Quantity>) {
    let mut at = end;
    let mut bound = bounded_before(text, from);
    if matches!(text.at(at), '余' | '多') || (text.at(at) == '来' && text.at(at + 1) != '自') {
        bound = true;
        at += 1;
    }
    let scale = match text.at(at) {
        '万' => Some((Scale::Wan, MoneyUnit::WanYuan)),
        '亿' => Some((Scale::Yi, MoneyUnit::YiYuan)),
        _ => None,
    };
    let rest = |at: usize| text.slice(at..(at + 5).min(text.len()));
    let composite = |at: usize| text.at(at) == '/' || text.starts(at, "每");
    let (next, dim, scale) = if let Some((count, money)) = scale {
        if matches!(text.at(at + 1), '余' | '多') {
            bound = true;
            at += 1;
        }
        match (text.at(at + 1), unit(rest(at + 1))) {
            ('元', _) => (at + 2, Dim::Money, Scale::Money(money)),
            // "10万人", "3万亩"
            (_, Some((length, dim))) if dim.counted() || matches!(dim, Dim::Measure(_)) => {
                (at + 1 + length, dim, count)
            }
            (_, Some((length, _))) => return (at + 1 + length, None),
            _ => (at + 1, Dim::Money, Scale::Money(money)),
        }
    } else if text.at(at) == '元' {
        (at + 1, Dim::Money, Scale::Money(MoneyUnit::Yuan))
    } else if let Some((length, dim)) = unit(rest(at)) {
        (at + length, dim, Scale::One)
    } else if bare(text, from, at, &digits) {
        (at, Dim::Bare, Scale::One)
    } else {
        return (at, None);
    };
    if dim == Dim::Time || composite(next) {
        return (next, None);
    }
    bound |= bounded_after(text, next);
    let quantity = Quantity::new(from..next, digits, dim, scale).map(|found| Quantity { bound, ..found });
    (next, quantity)
}

/// Whether digits without a unit may be a figure: not inside a word ("指标1改造"), no account code.
fn bare(text: &Text, from: usize, end: usize, digits: &str) -> bool {
    let ends = matches!(
        text.at(end),
        ',' | '、' | ';' | '。' | '.' | ')' | '(' | '和' | '及' | LINE | BLANK | '\0' | ' '
    );
    let code = digits.len() >= 6 && !digits.contains('.');
    let list_number = !digits.contains('.') && matches!(text.before(from), LINE | BLANK | '\0' | '。');
    ends && !code && !list_number
}

const BOUNDS_BEFORE: &[&str] = &[
    "约",
    "大约",
    "近",
    "将近",
    "超过",
    "超",
    "逾",
    "不足",
    "不到",
    "至少",
    "不低于",
    "不少于",
    "不超过",
    "≥",
    "≤",
    ">",
    "<",
    ">=",
    "<=",
    "大于",
    "小于",
    "高于",
    "低于",
    "达到或超过",
    "平均",
];

fn bounded_before(text: &Text, from: usize) -> bool {
    // The last characters of the words.
    let near = matches!(
        text.before(from),
        '约' | '近' | '过' | '超' | '逾' | '足' | '到' | '少' | '于' | '≥' | '≤' | '>' | '<' | '=' | '均'
    );
    near && BOUNDS_BEFORE.iter().any(|word| {
        let length = word.chars().count();
        from.checked_sub(length).is_some_and(|at| text.starts(at, word))
    })
}

fn bounded_after(text: &Text, end: usize) -> bool {
    ["以上", "以下", "以内", "左右", "上下", "余", "多万", "(含)以上", "及以上", "之间"]
        .iter()
        .any(|word| text.starts(end, word))
}

/// "四个事项", "七项": counts in Chinese numerals from two to ten.
fn chinese_count(text: &Text, index: usize) -> Option<(usize, Quantity)> {
    let c = text.at(index);
    if !chinese_digit(c) || c == '一' {
        return None;
    }
    let value = "二三四五六七八九十".chars().position(|digit| digit == c)? + 2;
    let before = text.before(index);
    let part = chinese_digit(before) || matches!(before, '第' | '百' | '千' | '零' | '“' | '〇');
    let next = text.at(index + 1);
    let word = match next {
        '个' if text.at(index + 2) != '月' && text.at(index + 2) != '百' => "个",
        '项' => "项",
        '家' => "家",
        '名' => "名",
        _ => return None,
    };
    if part {
        return None;
    }
    let dim = if word == "名" { Dim::People } else { unit(&[next])?.1 };
    let quantity = Quantity::new(index..index + 2, value.to_string(), dim, Scale::One)?;
    Some((index + 2, Quantity { chinese: true, ..quantity }))
}
