//! What a quantity does in its sentence, from the words before it: an amount, a change, a share, a rate.
//!
//! Grammar, read from the end of the words (`…` is free): share `占…[的|比重|比例]`, rate `完成…的`, `为预算的`, `…率`;
//! change `增加|减少|…`, with a comparison `比|较|与…相比|同比`; growth `增长|下降|…[了|率|幅度]`.
//!
//! Must not know: neighbours other than those handed in, arithmetic.

use super::label::{trim_copulas, without_brackets};
use super::quantity::{Dim, Quantity};

/// What kind of amount a level is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nothing is said.
    Plain,
    /// A budget.
    Budget,
    /// What was spent or done.
    Actual,
    /// The year before.
    Prior,
}

/// What a change is measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// Nothing is said here.
    Unsaid,
    /// The year before.
    LastYear,
    /// The budget.
    Budget,
    /// Something else ("比全市平均").
    Other,
}

/// The part a quantity plays.
#[derive(Debug, Clone, PartialEq)]
pub enum Role {
    /// An amount.
    Level(Kind),
    /// The base of the percentage that follows directly ("占年初预算100万元的").
    Base,
    /// A change in amount; `up` is `None` where the word does not say (差异额).
    Delta(Option<bool>, Against),
    /// A change in per cent.
    Growth(Option<bool>, Against),
    /// A share of the base named (may be empty).
    Share(String),
    /// A rate of completion; the words that name it.
    Rate(String),
    /// Anything else; enters nothing.
    Other,
}

impl Role {
    /// Whether it is an amount.
    pub fn is_level(&self) -> bool {
        matches!(self, Role::Level(_))
    }
}

const UP: &[&str] = &[
    "增加",
    "增长",
    "上升",
    "提高",
    "上涨",
    "增收",
    "增支",
    "净增",
    "净增加",
    "增幅",
    "多支出",
    "增加额",
    "增长额",
    "增长率",
    "增加率",
];
const DOWN: &[&str] = &[
    "减少",
    "下降",
    "降低",
    "减收",
    "减支",
    "压减",
    "缩减",
    "下滑",
    "回落",
    "降幅",
    "减幅",
    "净减少",
    "节约",
    "减少额",
    "减少率",
    "下降率",
    "少支出",
];
const OVER: &[&str] = &["超出", "超", "超支"];

/// The last direction word at the end of words, brackets and 率/幅度/额 left aside.
pub fn direction(words: &str) -> Option<bool> {
    let words = without_brackets(words);
    let words = trim_copulas(&words);
    let words = words.strip_suffix("幅度").or_else(|| words.strip_suffix("比例")).unwrap_or(words);
    if UP.iter().any(|word| words.ends_with(word)) {
        return Some(true);
    }
    DOWN.iter().any(|word| words.ends_with(word)).then_some(false)
}

/// What the words compare with.
pub fn against(words: &str) -> Against {
    // "与上年20万元相比，减少": what is compared with stands before the amount.
    let words = words.strip_prefix("相比").or_else(|| words.strip_prefix("对比")).unwrap_or(words);
    let compared =
        words.contains('比') || words.contains('较') || words.contains("与") || words.contains("同");
    let has = |word: &str| words.contains(word);
    let year = words.chars().filter(char::is_ascii_digit).count() >= 4;
    if has("预算") && !has("去年") && !has("上年") && !year && compared {
        return Against::Budget;
    }
    if has("上年") || has("去年") || has("同比") || has("上一年") || has("同口径") || (compared && has("年"))
    {
        return Against::LastYear;
    }
    if has("比") && compared { Against::Other } else { Against::Unsaid }
}

/// The role of a quantity after `words`; `clause` is what stands before it since the last stronger mark.
pub fn role(quantity: &Quantity, words: &str, clause: &str, tail: &str) -> Role {
    match quantity.dim {
        Dim::Percent => percent(words, clause),
        Dim::Times => match direction(words) {
            Some(up) => Role::Growth(Some(up), against(clause)),
            None => Role::Other,
        },
        Dim::Bare => match percent(words, clause) {
            Role::Growth(up, by) => Role::Growth(up, by),
            Role::Share(base) if words.contains('占') => Role::Share(base),
            _ => amount(quantity, words, clause, tail),
        },
        dim if dim.level() => amount(quantity, words, clause, tail),
        _ => Role::Other,
    }
}

fn percent(words: &str, clause: &str) -> Role {
    let words = if trim_copulas(words).is_empty() { clause } else { words };
    let bare = without_brackets(words);
    let ended = trim_copulas(bare.trim_end_matches([',', ':', '、', ' ']));
    if let Some(up) = direction(&bare) {
        return Role::Growth(Some(up), against(clause));
    }
    if ["差异率", "变动率", "增减率", "增减幅度", "增减"].iter().any(|word| ended.ends_with(word))
    {
        return Role::Growth(None, against(clause));
    }
    if OVER.iter().any(|word| ended.ends_with(word)) {
        return Role::Growth(Some(true), Against::Budget);
    }
    if let Some(at) = ended.rfind("超出").or_else(|| ended.rfind("超过")) {
        let rest: String =
            ended.chars().skip(ended.get(..at).map_or(0, |head| head.chars().count()) + 2).collect();
        if rest.contains("预算") && rest.chars().count() <= 12 {
            return Role::Growth(Some(true), Against::Budget);
        }
    }
    let after = |mark: &str| ended.rsplit_once(mark).map(|(_, rest)| rest.to_owned());
    for mark in ["占比", "比重", "占比例"] {
        if ended.ends_with(mark) && !ended.contains("提高") {
            let base = after("占").filter(|base| !base.is_empty() && base != "比").unwrap_or_default();
            return Role::Share(base.replace("的比重", "").replace("比重", ""));
        }
    }
    if let Some(base) = after("占") {
        let base = base.trim_end_matches('的').replace("比例", "").replace("比重", "");
        if base.chars().count() <= 30 && !base.contains(',') && !base.contains("用地") {
            let budget = trim_copulas(&base);
            let plain = ["年初", "调整", "调整后", "全年", "年度", "当年", "本年", "年", "总", ""]
                .iter()
                .any(|head| {
                    budget.strip_prefix(head) == Some("预算") || budget.strip_prefix(head) == Some("计划")
                });
            return if plain { Role::Rate(base) } else { Role::Share(base) };
        }
    }
    rate(ended, &bare)
}

fn rate(ended: &str, bare: &str) -> Role {
    const RATES: &[&str] = &[
        "执行率",
        "支付率",
        "使用率",
        "完成率",
        "发放率",
        "完工率",
        "支出率",
        "拨付率",
        "到位率",
        "执行进度",
        "支出进度",
        "拨付进度",
        "完成进度",
        "预算执行",
        "兑付率",
        "资金执行",
        "经费控制率",
        "结算率",
    ];
    if let Some(name) = RATES.iter().find(|name| ended.ends_with(*name)) {
        return Role::Rate((*name).to_owned());
    }
    // "整改率", "办结率": a rate of what the amount before it says.
    if let Some(stem) = ended.strip_suffix('率').or_else(|| ended.strip_suffix("满意度").map(|_| "满意"))
    {
        let skip = stem.chars().count().saturating_sub(2);
        let stem: String = stem.chars().skip(skip).collect();
        if stem.chars().count() == 2
            && !["增长", "下降", "增减", "变动", "差异", "减少", "成本"].contains(&stem.as_str())
        {
            return Role::Rate(format!("～{stem}"));
        }
    }
    let of = bare.trim_end_matches([' ']).ends_with('的') || ended.ends_with("预算");
    if of && let Some((_, rest)) = ended.rsplit_once("完成") {
        return Role::Rate(format!("完成{rest}"));
    }
    if ended.ends_with("预算") && of {
        return Role::Rate("预算".to_owned());
    }
    if let Some((_, rest)) = ended.rsplit_once("完成")
        && rest.chars().count() >= 4
        && !rest.contains("率")
    {
        return Role::Rate(format!("完成{rest}"));
    }
    Role::Other
}

fn amount(quantity: &Quantity, words: &str, clause: &str, tail: &str) -> Role {
    const TO: &[&str] = &[
        "增加到",
        "增至",
        "增加至",
        "减少到",
        "减少至",
        "降至",
        "减至",
        "减少为",
        "增加为",
        "升到",
        "升至",
        "降为",
        "提高到",
        "提升到",
        "达到",
        "上升到",
        "上升至",
        "下降到",
        "下降至",
        "提升至",
        "提高至",
    ];
    let bare = without_brackets(words);
    let bare = bare.trim_end();
    if TO.iter().any(|word| bare.ends_with(word)) {
        return Role::Level(Kind::Plain);
    }
    let ended = trim_copulas(bare);
    if let Some(up) = direction(bare) {
        let by = against(clause);
        let money = quantity.dim == Dim::Money || quantity.dim == Dim::Bare;
        return if money || by != Against::Unsaid { Role::Delta(Some(up), by) } else { Role::Other };
    }
    if ["差异额", "差额", "差值", "净额", "相差", "差异"].iter().any(|word| ended.ends_with(word))
    {
        return Role::Delta(None, Against::Budget);
    }
    // "超预算4000万元", "超收4000万元".
    let above = ended.starts_with('超') && ended.contains("预算") && ended.chars().count() <= 8;
    if above || OVER.iter().chain(&["超收"]).any(|word| ended.ends_with(word)) {
        return Role::Delta(Some(true), Against::Budget);
    }
    if ended.ends_with("短收") {
        return Role::Delta(Some(false), Against::Budget);
    }
    let planned = ["预算", "任务", "计划", "目标"].iter().any(|word| words.contains(word));
    if tail.starts_with('的')
        && (words.contains('占') || (planned && (words.contains("完成") || words.starts_with('为'))))
    {
        return Role::Base;
    }
    Role::Level(kind(if ended.is_empty() { clause } else { words }))
}

/// What kind of amount the words name.
pub fn kind(words: &str) -> Kind {
    let ended = trim_copulas(words);
    let compared = ["比", "较", "与", "由", "从"].iter().any(|word| ended.starts_with(word));
    let year = ended.chars().filter(char::is_ascii_digit).count() >= 4;
    let carried = ended.contains("结转") || ended.contains("结余");
    if !carried
        && (ended.contains("上年")
            || ended.contains("去年")
            || ended.contains("上一年")
            || (compared && year))
    {
        return Kind::Prior;
    }
    let has = |words: &[&str]| words.iter().any(|word| ended.contains(word));
    let spent = ["决算", "执行数", "实际", "支出决算", "使用", "完成", "拨付", "执行"];
    if has(&spent) && !ended.ends_with("预算") {
        return Kind::Actual;
    }
    let budget = [
        "年初预算",
        "调整预算",
        "全年预算",
        "预算数",
        "预算金额",
        "预算总额",
        "预算安排",
        "年初安排",
        "预算指标",
    ];
    let fund = ["公共预算", "基金预算", "经营预算"].iter().any(|word| ended.ends_with(word));
    if has(&budget) || (ended.ends_with("预算") && !fund) {
        return Kind::Budget;
    }
    Kind::Plain
}
