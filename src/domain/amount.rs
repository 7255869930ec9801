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
mod properties;
#[cfg(test)]
mod tests;
