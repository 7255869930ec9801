//! Exact numbers: what people type into a cell, the units of money, the form in files, the form on paper.
//!
//! Everything is a `Decimal`, and the digits that someone typed are kept: the scale of a stored value says how
//! finely it is known (`unit_of`), and moving between 元, 万元 and 亿元 moves the point and never divides.
//! Amounts are held in 万元. Here is the one place that rounds, and it rounds only for show.
//!
//! Must not know: fields, tables, documents, checks, JSON. Nothing here panics, whatever the text.

use rust_decimal::{Decimal, RoundingStrategy};

/// Rounds to `dp` decimals, half away from zero (四舍五入). The only rounding of the library.
///
/// Fewer decimals than `dp` stay as they are: padding is a matter of show (see [`show`]).
pub fn round(value: Decimal, dp: u32) -> Decimal {
    value.round_dp_with_strategy(dp, RoundingStrategy::MidpointAwayFromZero)
}

/// Cuts off after `dp` decimals, toward zero (截断). Fewer decimals than `dp` stay as they are.
pub fn truncate(value: Decimal, dp: u32) -> Decimal {
    value.round_dp_with_strategy(dp, RoundingStrategy::ToZero)
}

/// One unit of the last digit of a value, 10^-scale: 12.88 gives 0.01, 12.880 gives 0.001, 1113 gives 1.
pub fn unit_of(value: &Decimal) -> Decimal {
    Decimal::from_parts(1, 0, 0, false, value.scale())
}

/// A unit in which money is typed or shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MoneyUnit {
    /// 元
    Yuan,
    /// 万元, the unit in which amounts are stored
    WanYuan,
    /// 亿元
    YiYuan,
}

impl MoneyUnit {
    /// The word for the unit.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::WanYuan => "万元",
            Self::YiYuan => "亿元",
        }
    }

    /// By how many decimals a figure grows when it goes from this unit to 万元.
    const fn places(self) -> i32 {
        match self {
            Self::Yuan => 4,
            Self::WanYuan => 0,
            Self::YiYuan => -4,
        }
    }
}

/// A figure in `unit` as 万元. The digits typed stay: 1274500 元 becomes 127.4500, known to 0.0001 万元 = 1 元.
///
/// 亿元 with fewer than four decimals gains whole digits that nobody typed (1.2 亿元 is 12000): the value is
/// exact, but its scale no longer tells the precision. Where that matters, `tolerance::Figure::typed_in` keeps it.
/// `None` where the result has more digits than a `Decimal` holds.
pub fn to_wan(value: Decimal, unit: MoneyUnit) -> Option<Decimal> {
    move_point(value, unit.places())
}

/// A figure in 万元 as `unit`, exact: 12.88 is 128800 元. Undoes [`to_wan`], except for the digits of short 亿元.
///
/// The scale never becomes negative, so 12.88 万元 in 元 looks finer than it was typed: what is stored must stay
/// the 万元 value, whatever unit is shown. `None` where the result has more digits than a `Decimal` holds.
pub fn from_wan(value: Decimal, unit: MoneyUnit) -> Option<Decimal> {
    move_point(value, -unit.places())
}

/// Moves the decimal point `places` to the left (to the right if negative), without rounding.
fn move_point(value: Decimal, places: i32) -> Option<Decimal> {
    let scale = i32::try_from(value.scale()).ok()? + places;
    let padding = if scale < 0 { 10_i128.checked_pow(scale.unsigned_abs())? } else { 1 };
    let scale = u32::try_from(scale.max(0)).ok()?;
    Decimal::try_from_i128_with_scale(value.mantissa().checked_mul(padding)?, scale).ok()
}

/// What a cell holds, which decides how its text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberKind {
    /// Money. A bare figure is in `entry`; a unit in the text beats it.
    Amount {
        /// The unit of a figure that names none.
        entry: MoneyUnit,
    },
    /// People or things: whole and not negative.
    Count,
    /// Per cent, with or without the sign: 98 and 98% are the same.
    Percent,
    /// Any other number; its unit stands elsewhere.
    Number,
}

/// What the text of a cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// 未填: nothing typed. Never zero.
    Blank,
    /// 无: an explicit nil, which counts as zero.
    Nil,
    /// A number; for [`NumberKind::Amount`] in 万元.
    Value(Decimal),
    /// Not understood: a Chinese sentence that says what is wrong and what would be understood.
    Unread(String),
}

/// The most digits of a number that are read; any 28 digits fit a `Decimal`.
const MAX_DIGITS: usize = 28;

/// Words for counted things that may follow a count, in one text so that they can be read at a glance.
const COUNT_UNITS: &str = "人 名 位 个 家 项 次 批 批次 人次 组 团组 个团组 辆 辆次 台 台次 套 台套 台(套) 件 户 户次 场 \
                           场次 期 条 份 处 座 宗 篇 所 间 张 只 例 起 种 类 部 本 册 支 款 门 栋 片 块 笔";

/// Words before or after a figure that make it a bound or an estimate, which enters no calculation.
const QUALIFIERS_BEFORE: &[&str] = &[
    "约",
    "大约",
    "近",
    "将近",
    "超",
    "超过",
    "逾",
    "不足",
    "不到",
    "至少",
    "不低于",
    "不少于",
    "≥",
    "≤",
    ">",
    "<",
];
const QUALIFIERS_AFTER: &[&str] = &["余", "多", "来", "以上", "以下", "以内", "左右", "上下"];

/// Reads the text of a cell as people type and paste it.
///
/// Full-width forms, ￥, thousands separators (commas, or the spaces of GB/T 15835), brackets or any minus for
/// negative, a unit that fits the kind. A lone dash or 无 is nil. Whatever could be meant in two ways is not
/// guessed but comes back as [`Reading::Unread`].
///
/// A count typed 13.00 is taken as 13, since spreadsheets paste it so and a whole number is meant; 13.5 is not.
pub fn read(text: &str, kind: NumberKind) -> Reading {
    let simple = simplify(text);
    let simple = simple.trim();
    if simple.is_empty() {
        return Reading::Blank;
    }
    if is_nil(simple) {
        return Reading::Nil;
    }
    match read_value(simple, kind) {
        Ok(value) => Reading::Value(value),
        Err(reason) => Reading::Unread(reason),
    }
}

/// Half-width forms, one kind of minus, of dash and of space; line breaks and tabs as `\n`; no invisible marks.
fn simplify(text: &str) -> String {
    let simple = |c: char| match c {
        // Spreadsheets and calculators copy direction marks and zero-width characters along.
        '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}'
        | '\u{FEFF}' => None,
        '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '￥' | '¥' => Some('¥'),
        // A Chinese input method makes a full stop of the decimal point.
        '。' | '｡' => Some('.'),
        '﹐' => Some(','),
        '﹪' => Some('%'),
        '−' | '－' | '﹣' | '‐' | '‑' | '‒' | '–' => Some('-'),
        '—' | '―' | '─' => Some('—'),
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0),
        _ if c.is_whitespace() => Some(' '),
        _ => Some(c),
    };
    text.chars().filter_map(simple).collect()
}

/// Dashes only, or 无. The accounting format of spreadsheets writes a nil as "¥ -".
fn is_nil(text: &str) -> bool {
    let bare = text.trim_start_matches(['¥', ' ']);
    bare == "无" || (!bare.is_empty() && bare.chars().all(|c| matches!(c, '-' | '—')))
}

fn read_value(text: &str, kind: NumberKind) -> Result<Decimal, String> {
    let written = split(text)?;
    let unit = written.unit;
    let value = from_digits(written.negative, &written.whole, written.fraction).ok_or_else(too_long)?;
    match kind {
        NumberKind::Amount { entry } => {
            let unit = money_unit(unit, entry).ok_or_else(|| wrong_unit(unit, kind))?;
            to_wan(value, unit).ok_or_else(too_long)
        }
        _ if written.currency => Err(format!("“¥”表示金额，而{}。", asked_for(kind))),
        NumberKind::Count if unit.is_empty() || is_count_unit(unit) => whole_count(value),
        NumberKind::Percent if matches!(unit, "" | "%") => Ok(value),
        NumberKind::Number if unit.is_empty() => Ok(value),
        _ => Err(wrong_unit(unit, kind)),
    }
}

fn money_unit(word: &str, entry: MoneyUnit) -> Option<MoneyUnit> {
    match word {
        "" => Some(entry),
        "元" => Some(MoneyUnit::Yuan),
        "万元" | "万" => Some(MoneyUnit::WanYuan),
        "亿元" | "亿" => Some(MoneyUnit::YiYuan),
        _ => None,
    }
}

fn is_count_unit(word: &str) -> bool {
    COUNT_UNITS.split_whitespace().any(|unit| unit == word)
}

/// The digits after the point of a count say nothing (its u is 0), so they are not stored.
fn whole_count(value: Decimal) -> Result<Decimal, String> {
    if value < Decimal::ZERO {
        return Err(format!("{}是负数；人数、个数等不能为负。", canonical(&value)));
    }
    if !value.fract().is_zero() {
        return Err(format!("{}不是整数；人数、个数等只填整数。", canonical(&value)));
    }
    Ok(value.trunc())
}

/// The parts of a figure as written.
struct Written<'a> {
    negative: bool,
    currency: bool,
    /// Digits before the point, without separators.
    whole: String,
    /// Digits after the point.
    fraction: &'a str,
    unit: &'a str,
}

/// Takes `[sign, ¥ or bracket] digits [unit] [bracket]` apart.
fn split(text: &str) -> Result<Written<'_>, String> {
    if text.contains('\n') {
        return Err("一格里有换行或制表符，像是几个数；一格只填一个数。".into());
    }
    let lead_end = text.find(|c: char| !matches!(c, '+' | '-' | '¥' | '(' | ' ')).unwrap_or(text.len());
    let (lead, rest) = text.split_at_checked(lead_end).unwrap_or(("", text));
    let body_end = rest.find(|c: char| !matches!(c, '0'..='9' | ',' | '.' | ' ')).unwrap_or(rest.len());
    let (body, tail) = rest.split_at_checked(body_end).unwrap_or(("", rest));
    if !body.contains(|c: char| c.is_ascii_digit()) {
        return Err(no_number(text, rest));
    }
    let lead: String = lead.chars().filter(|&c| c != ' ').collect();
    let bracketed = lead.contains('(');
    let unit = close_bracket(tail.trim(), bracketed).ok_or_else(|| bracket(text))?;
    let minus = match lead.replacen('¥', "", 1).as_str() {
        "" | "+" => false,
        "-" | "(" => true,
        _ => return Err(format!("{}前的符号不明确；负数写成 -1.5 或 (1.5)。", quote(text))),
    };
    let (whole, fraction) = split_digits(body.trim_end())?;
    Ok(Written { negative: minus, currency: lead.contains('¥'), whole, fraction, unit })
}

/// The unit beside the closing bracket: "(5)万元" and "(5万元)" are both written.
fn close_bracket(tail: &str, bracketed: bool) -> Option<&str> {
    if !bracketed {
        return Some(tail);
    }
    tail.strip_prefix(')').or_else(|| tail.strip_suffix(')')).map(str::trim)
}

/// Digits before the point, without separators, and after it.
fn split_digits(body: &str) -> Result<(String, &str), String> {
    let (grouped, fraction) = body.split_once('.').unwrap_or((body, ""));
    if fraction.contains('.') {
        return Err(format!("{}有不止一个小数点。", quote(body)));
    }
    if fraction.contains([',', ' ']) {
        return Err(format!("{}的小数点后面有逗号或空格；写成 1,234.5 或 1234.5。", quote(body)));
    }
    if !well_grouped(grouped) {
        return Err(format!(
            "{}里的逗号或空格不在千位上，看不出是哪个数；千位分隔每三位一个，写成 1,234.5，或不写分隔。",
            quote(body)
        ));
    }
    let whole: String = grouped.chars().filter(char::is_ascii_digit).collect();
    if whole.trim_start_matches('0').len() + fraction.len() > MAX_DIGITS {
        return Err(too_long());
    }
    Ok((whole, fraction))
}

/// One kind of separator, one to three digits before the first, exactly three after each. "0,123" is no group.
fn well_grouped(grouped: &str) -> bool {
    let Some(separator) = grouped.chars().find(|c| !c.is_ascii_digit()) else { return true };
    let mut groups = grouped.split(separator);
    let first = groups.next().unwrap_or_default();
    let digits = |group: &str| group.chars().all(|c| c.is_ascii_digit());
    matches!(first.len(), 1..=3)
        && !first.starts_with('0')
        && groups.all(|group| group.len() == 3 && digits(group))
}

fn from_digits(negative: bool, whole: &str, fraction: &str) -> Option<Decimal> {
    let mut mantissa: i128 = 0;
    for digit in whole.chars().chain(fraction.chars()) {
        mantissa = mantissa.checked_mul(10)?.checked_add(digit.to_digit(10)?.into())?;
    }
    let scale = u32::try_from(fraction.len()).ok()?;
    Decimal::try_from_i128_with_scale(if negative { -mantissa } else { mantissa }, scale).ok()
}

/// Why a text does not begin with a number; `rest` is what follows sign, ¥ and bracket.
fn no_number(text: &str, rest: &str) -> String {
    let shown = quote(text);
    if rest.starts_with('#') {
        return format!("{shown}是电子表格的错误值或列宽不足；请填数。");
    }
    if QUALIFIERS_BEFORE.iter().any(|word| rest.starts_with(word)) {
        return format!("{shown}是约数或界限，不能参加计算；请填确切的数。");
    }
    if rest.starts_with('—') {
        return format!("{shown}前的“—”不明确；负数写成 -1.5，没有填“无”或单独一个“—”。");
    }
    format!("{shown}不是以数字开头；请用阿拉伯数字填写，没有填“无”。")
}

/// Why `unit`, which follows the digits, does not fit.
fn wrong_unit(unit: &str, kind: NumberKind) -> String {
    let shown = quote(unit);
    let next = unit.chars().nth(1).unwrap_or(' ');
    let before_digit = next.is_ascii_digit();
    if unit == "+" || QUALIFIERS_AFTER.iter().any(|word| unit.starts_with(word)) {
        return format!("数后的{shown}表示约数或界限，不能参加计算；请填确切的数。");
    }
    match unit.chars().next() {
        Some('e' | 'E') if before_digit || matches!(next, '+' | '-') => {
            format!("数后的{shown}是科学计数法（电子表格遇到长数会这样写）；请填完整的数。")
        }
        Some('-' | '—' | '~' | '至' | '/') if before_digit => {
            format!("数后的{shown}像是范围、日期或分数；一格只填一个数。")
        }
        Some(')') => bracket(unit),
        _ if unit == "%" => format!("“%”表示百分比，而{}。", asked_for(kind)),
        _ if money_unit(unit, MoneyUnit::WanYuan).is_some() => {
            format!("{shown}是金额单位，而{}。", asked_for(kind))
        }
        _ if is_count_unit(unit) => format!("{shown}是人数或个数的单位，而{}。", asked_for(kind)),
        _ => format!("不认识数后的{shown}；{}。", asked_for(kind)),
    }
}

fn asked_for(kind: NumberKind) -> &'static str {
    match kind {
        NumberKind::Amount { .. } => "这里填金额，单位可写元、万元、亿元",
        NumberKind::Count => "这里填人数、个数等，单位可写人、名、个、家、项、次、辆、台等",
        NumberKind::Percent => "这里填百分比，写成 98 或 98%",
        NumberKind::Number => "这里只填数，不写单位",
    }
}

fn bracket(text: &str) -> String {
    format!("{}的括号不成对；负数写成 -1.5 或 (1.5)。", quote(text))
}

fn too_long() -> String {
    format!("数字太长；最多 {MAX_DIGITS} 位（含小数）。")
}

/// A text in Chinese quotation marks, cut where it is long.
fn quote(text: &str) -> String {
    const SHOWN: usize = 16;
    let mut shown: String = text.chars().filter(|c| !c.is_control()).take(SHOWN).collect();
    if text.chars().count() > SHOWN {
        shown.push('…');
    }
    format!("“{shown}”")
}

/// The form of a number in files: an optional minus, digits, a point if there are decimals, all digits as typed.
pub fn canonical(value: &Decimal) -> String {
    Digits::of(value, 0).plain()
}

/// Reads the form that [`canonical`] writes and nothing else (no +, exponent, separator, blank, spare zero).
///
/// Value and digits are those written, so writing again gives the same text. `None` for any other text.
pub fn parse_canonical(text: &str) -> Option<Decimal> {
    let body = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
    let value = from_digits(text.starts_with('-'), whole, fraction)?;
    (canonical(&value) == text).then_some(value)
}

/// A number for reading: thousands separators, the decimals it has but at least `dp_min` and at most `dp_max`.
///
/// Rounds half away from zero; what rounds to zero has no minus. `dp_min` above `dp_max` pads after rounding.
pub fn show(value: &Decimal, dp_min: u32, dp_max: u32) -> String {
    let mut digits = Digits::of(&round(*value, dp_max), 0);
    digits.pad(dp_min);
    digits.grouped()
}

/// An amount in `unit`, without the word for the unit (glossary §0 “Units”).
///
/// In 万元 the decimals typed, at least 2. In the other units those that the exact value needs, at least 2, but
/// none for whole 元. Never finer than 分: at most 6 decimals in 万元, 2 in 元, 10 in 亿元.
pub fn show_amount(value_wan: &Decimal, unit: MoneyUnit) -> String {
    const FEN_DECIMALS: u32 = 6;
    let mut digits = Digits::of(&round(*value_wan, FEN_DECIMALS), -unit.places());
    if unit != MoneyUnit::WanYuan {
        digits.drop_zeros();
    }
    if unit != MoneyUnit::Yuan || !digits.fraction.is_empty() {
        digits.pad(2);
    }
    digits.grouped()
}

/// A rate that was already multiplied by 100, with exactly `dp` decimals and the sign: "116.38%".
pub fn show_percent(ratio_times_100: &Decimal, dp: u32) -> String {
    format!("{}%", show(ratio_times_100, dp, dp))
}

/// A count, with thousands separators and without a unit. Never rounded.
pub fn show_count(value: &Decimal) -> String {
    Digits::of(value, 0).grouped()
}

/// A number as the text of an editor: no separators, digits as stored.
pub fn show_plain(value: &Decimal) -> String {
    canonical(value)
}

/// An amount as the text of an editor whose entry unit is `unit`: exact, no separators.
///
/// 12.88 万元 edited in 元 reads 128800, which is finer than it was typed. An editor that closes with its text
/// unchanged must therefore leave the stored value alone.
pub fn edit_text(value_wan: &Decimal, unit: MoneyUnit) -> String {
    Digits::of(value_wan, -unit.places()).plain()
}

/// The decimal digits of a number, ready to be padded and put together. Has room for any moved point.
struct Digits {
    negative: bool,
    whole: String,
    fraction: String,
}

impl Digits {
    /// The digits of `value` with the point moved `places` to the left (to the right if negative).
    fn of(value: &Decimal, places: i32) -> Self {
        let mantissa = value.mantissa();
        let digits = mantissa.unsigned_abs().to_string();
        let scale = i64::from(value.scale()) + i64::from(places);
        let decimals = usize::try_from(scale).unwrap_or(0);
        // At least one digit before the point; zeros behind where the point moved past the last digit.
        let mut all = format!("{digits:0>width$}", width = decimals + 1);
        if mantissa != 0 {
            let zeros = usize::try_from(-scale).unwrap_or(0);
            all.extend(std::iter::repeat_n('0', zeros));
        }
        let (whole, fraction) = all.split_at_checked(all.len() - decimals).unwrap_or((&all, ""));
        Self { negative: mantissa < 0, whole: whole.into(), fraction: fraction.into() }
    }

    fn pad(&mut self, dp_min: u32) {
        let missing = usize::try_from(dp_min).unwrap_or(0).saturating_sub(self.fraction.len());
        self.fraction.extend(std::iter::repeat_n('0', missing));
    }

    fn drop_zeros(&mut self) {
        self.fraction.truncate(self.fraction.trim_end_matches('0').len());
    }

    fn plain(&self) -> String {
        self.join(&self.whole)
    }

    fn grouped(&self) -> String {
        let mut whole = String::new();
        for (index, digit) in self.whole.chars().enumerate() {
            if index > 0 && (self.whole.len() - index).is_multiple_of(3) {
                whole.push(',');
            }
            whole.push(digit);
        }
        self.join(&whole)
    }

    fn join(&self, whole: &str) -> String {
        let sign = if self.negative { "-" } else { "" };
        let point = if self.fraction.is_empty() { "" } else { "." };
        format!("{sign}{whole}{point}{}", self.fraction)
    }
}

#[cfg(test)]
mod tests {
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
}

#[cfg(test)]
mod properties {
    use super::*;
    use proptest::prelude::*;

    const KINDS: [NumberKind; 6] = [
        NumberKind::Amount { entry: MoneyUnit::Yuan },
        NumberKind::Amount { entry: MoneyUnit::WanYuan },
        NumberKind::Amount { entry: MoneyUnit::YiYuan },
        NumberKind::Count,
        NumberKind::Percent,
        NumberKind::Number,
    ];

    fn any_unit() -> impl Strategy<Value = MoneyUnit> {
        prop_oneof![Just(MoneyUnit::Yuan), Just(MoneyUnit::WanYuan), Just(MoneyUnit::YiYuan)]
    }

    fn any_decimal() -> impl Strategy<Value = Decimal> {
        (any::<u32>(), any::<u32>(), any::<u32>(), any::<bool>(), 0_u32..=28)
            .prop_map(|(lo, mid, hi, minus, scale)| Decimal::from_parts(lo, mid, hi, minus, scale))
    }

    fn everyday() -> impl Strategy<Value = Decimal> {
        (-1_000_000_000_000_i64..1_000_000_000_000, 0_u32..=8).prop_map(|(n, scale)| Decimal::new(n, scale))
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in any::<String>(), nearly in "[-—－(（+¥￥ 0-9０-９,，.。 eE%％万亿元人余约)）\n]{0,24}") {
            for kind in KINDS {
                for text in [&text, &nearly] {
                    if let Reading::Unread(reason) = read(text, kind) {
                        prop_assert!(reason.ends_with('。'), "{}", reason);
                    }
                }
            }
        }

        #[test]
        fn rounding_agrees_with_whole_numbers(value in any_decimal(), dp in 0_u32..=28) {
            let dp = dp.min(value.scale());
            let cut = 10_i128.pow(value.scale() - dp);
            let mantissa = value.mantissa();
            let rounded = (mantissa.abs() + cut / 2) / cut * mantissa.signum();
            prop_assert_eq!(round(value, dp).mantissa(), rounded);
            prop_assert_eq!(truncate(value, dp).mantissa(), mantissa / cut);
        }

        #[test]
        fn the_file_form_round_trips(value in any_decimal()) {
            let again = parse_canonical(&canonical(&value)).unwrap();
            prop_assert_eq!(again, value);
            prop_assert_eq!(again.scale(), value.scale());
        }

        #[test]
        fn only_the_file_form_is_accepted(text in "[-+0-9. ,e]{0,12}") {
            if let Some(value) = parse_canonical(&text) {
                prop_assert_eq!(canonical(&value), text);
            }
        }

        #[test]
        fn switching_units_is_exact_both_ways(value in any_decimal(), unit in any_unit()) {
            if let Some(wan) = to_wan(value, unit) {
                let back = from_wan(wan, unit);
                prop_assert_eq!(back, Some(value));
                if unit != MoneyUnit::YiYuan || value.scale() >= 4 {
                    prop_assert_eq!(back.map(|b| b.scale()), Some(value.scale()));
                }
            }
            if let Some(shown) = from_wan(value, unit) {
                prop_assert_eq!(to_wan(shown, unit), Some(value));
            }
        }

        #[test]
        fn what_an_editor_shows_reads_back(value in everyday(), unit in any_unit()) {
            let read = read(&edit_text(&value, unit), NumberKind::Amount { entry: unit });
            prop_assert_eq!(read, Reading::Value(value));
        }

        #[test]
        fn what_is_shown_reads_back_rounded(value in everyday(), dp in 0_u32..=8) {
            let read = read(&show(&value, dp, dp), NumberKind::Number);
            prop_assert_eq!(read, Reading::Value(round(value, dp)));
        }

        #[test]
        fn shows_any_number_in_any_unit(value in any_decimal(), unit in any_unit(), dp in 0_u32..=40) {
            show_amount(&value, unit);
            edit_text(&value, unit);
            show(&value, dp, 28);
            truncate(value, dp);
        }
    }
}
