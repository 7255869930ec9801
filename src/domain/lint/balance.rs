//! Differences between amounts of one sentence: what is left over, the balance of a year, the word 大于 or 小于.
//!
//! - `B到位，S支出，结余R`: R = B − S, where no carry-over of an earlier year stands in the sentence;
//! - `账面原值A，累计折旧B，净值C`: C = A − B;
//! - `年初结转和结余A，本年收入B，本年支出C，年末结转和结余D`: D = A + B − C;
//! - `预算B…决算A…决算数大于|小于|等于|与…持平预算数` (DF-21).
//!
//! Must not know: percentages.

use super::claim::{Claim, Relation, Standing, common_scale, place, remark, shown, shown_in, span, standing};
use super::mention::{Mention, Mentions};
use super::quantity::Dim;
use super::role::{Kind, Role};
use super::scan::Mark;
use super::text::Text;
use crate::domain::checks::Severity;
use crate::domain::tolerance::{Figure, sum};

/// Looks at every sentence.
pub fn check(text: &Text, mentions: &Mentions) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (index, mention) in mentions.all.iter().enumerate() {
        if !mention.role.is_level() || mention.quantity.bound {
            continue;
        }
        claims.extend(rest(text, mentions, index, mention));
        claims.extend(net(text, mentions, index, mention));
        claims.extend(direction(text, mentions, index, mention));
    }
    claims
}

/// Amounts of the sentence before a mention, the nearest first.
fn sentence<'a>(mentions: &'a Mentions, index: usize, mention: &'a Mention) -> Vec<&'a Mention> {
    mentions
        .back(index)
        .take(10)
        .take_while(|(_, mark)| *mark <= Mark::Semi)
        .filter_map(|(at, _)| mentions.get(at))
        .filter(|other| {
            other.role.is_level() && other.quantity.dim == mention.quantity.dim && !other.quantity.bound
        })
        .collect()
}

/// `账面原值A，累计折旧B，账面净值C`: C = A − B.
fn net(text: &Text, mentions: &Mentions, index: usize, mention: &Mention) -> Option<Claim> {
    let ends =
        |name: &str, words: &[&str]| words.iter().any(|word| name.trim_end_matches('为').ends_with(word));
    if !ends(mention.name(), &["净值", "账面价值"]) {
        return None;
    }
    let before = sentence(mentions, index, mention);
    let [written_off, gross] = before.get(..2)? else { return None };
    if !ends(written_off.name(), &["累计折旧", "累计摊销", "已提折旧", "折旧"])
        || !ends(gross.name(), &["原值"])
    {
        return None;
    }
    let verdict =
        sum(&[gross.quantity.figure, written_off.quantity.figure.negated()], mention.quantity.figure)?;
    let (standing, severity) = standing(verdict.verdict, Some(Severity::Error));
    let scale = common_scale([*gross, *written_off, mention]);
    let word = scale.label(mention.quantity.dim);
    let show = |value| shown_in(value, scale, 6);
    Some(Claim {
        relation: Relation::Difference,
        check: None,
        standing,
        severity,
        range: span(text, mention),
        places: vec![place(text, mention), place(text, gross), place(text, written_off)],
        stated: mention.quantity.shown(),
        computed: format!("{}{word}", show(verdict.computed)),
        difference: format!("{}{word}", show(verdict.diff)),
        message: format!(
            "{} − {} = {}{word}，文中净值{}{}",
            show(gross.quantity.value()),
            show(written_off.quantity.value()),
            show(verdict.computed),
            mention.quantity.shown(),
            remark(standing)
        ),
        closes: Vec::new(),
    })
}

/// What is left over.
fn rest(text: &Text, mentions: &Mentions, index: usize, mention: &Mention) -> Option<Claim> {
    let name = mention.name();
    let left = [
        "结余",
        "结转",
        "结转结余",
        "结余资金",
        "资金结余",
        "剩余",
        "剩余资金",
        "年末结转和结余",
        "年末结转结余",
        "年末结余",
        "尚余",
        "节约资金",
        "节约财政资金",
        "资金节约额",
    ];
    let name = name.trim_end_matches(['为', '共']);
    if !left.contains(&name) || mention.quantity.dim != Dim::Money {
        return None;
    }
    let before = sentence(mentions, index, mention);
    let carried = |other: &&&Mention| other.label.contains("年初结") || other.label.contains("上年结");
    let opening = before.iter().find(carried);
    let spent = before.iter().find(|other| {
        ["支出", "使用", "支付", "拨付", "采购", "中标", "成交"].iter().any(|word| other.label.contains(word))
            && other.role != Role::Level(Kind::Budget)
    })?;
    let given = before.iter().find(|other| {
        let income = ["到位", "下达", "收入", "预算", "安排", "资金总额", "总投资"]
            .iter()
            .any(|word| other.label.contains(word));
        income && other.quantity.range.start < spent.quantity.range.start && !carried(other)
    })?;
    let others = before.iter().any(|other| {
        ["分配", "非财政", "追加", "收回", "调入", "上缴"].iter().any(|word| other.label.contains(word))
    });
    let several = before.len() > 2 + usize::from(opening.is_some());
    let mut parts = vec![given.quantity.figure, spent.quantity.figure.negated()];
    parts.extend(opening.map(|opening| opening.quantity.figure));
    let verdict = sum(&parts, mention.quantity.figure)?;
    let (standing, severity) = standing(verdict.verdict, Some(Severity::Error));
    if standing == Standing::Fails && (others || several || mention.section != given.section) {
        return None;
    }
    let start = opening.map_or(String::new(), |opening| format!("{} + ", shown(opening.quantity.value(), 6)));
    let mut places = vec![place(text, mention), place(text, given), place(text, spent)];
    places.extend(opening.map(|opening| place(text, opening)));
    Some(Claim {
        relation: Relation::Difference,
        check: opening.is_some().then_some("DF-15"),
        standing,
        severity,
        range: span(text, mention),
        places,
        stated: mention.quantity.shown(),
        computed: format!("{}万元", shown(verdict.computed, 6)),
        difference: format!("{}万元", shown(verdict.diff, 6)),
        message: format!(
            "{start}{} − {} = {}万元，文中结余{}{}",
            shown(given.quantity.value(), 6),
            shown(spent.quantity.value(), 6),
            shown(verdict.computed, 6),
            mention.quantity.shown(),
            remark(standing)
        ),
        closes: Vec::new(),
    })
}

/// How far behind an amount the word may stand.
const REACH: usize = 70;

/// 决算数大于预算数 and its kin, behind an outturn whose budget stands before it.
fn direction(text: &Text, mentions: &Mentions, index: usize, actual: &Mention) -> Option<Claim> {
    if actual.role != Role::Level(Kind::Actual) || actual.quantity.dim != Dim::Money {
        return None;
    }
    let budget = sentence(mentions, index, actual)
        .into_iter()
        .next()
        .filter(|budget| budget.role == Role::Level(Kind::Budget))?;
    let end = actual.quantity.range.end;
    // Up to the next amount of money: behind it another pair begins.
    let next = mentions
        .forward(index)
        .take(3)
        .filter_map(|(at, _)| mentions.get(at))
        .find(|other| other.role.is_level())
        .map_or(text.len(), |other| other.from);
    let words = text.string(end..(end + REACH).min(next).min(text.len()));
    let plain = ["年初", "支出", "全年", "调整", "的", "\n"]
        .iter()
        .fold(words, |words, word| words.replace(word, ""));
    let sign = |word: &str| plain.contains(&format!("决算数{word}预算"));
    let same = plain.contains("决算数与预算数持平")
        || plain.contains("决算数同预算数持平")
        || plain.contains("决算数与预算持平");
    let (word, holds): (&str, fn(Figure, Figure) -> bool) = if sign("大于") || sign("高于") {
        ("大于", |a, b| a.value() > b.value())
    } else if sign("小于") || sign("低于") {
        ("小于", |a, b| a.value() < b.value())
    } else if same || sign("等于") {
        ("等于", |a, b| a.value() == b.value())
    } else {
        return None;
    };
    let holds = holds(actual.quantity.figure, budget.quantity.figure);
    Some(Claim {
        relation: Relation::Direction,
        check: Some("DF-21"),
        standing: if holds { Standing::Holds } else { Standing::Fails },
        severity: (!holds).then_some(Severity::Error),
        range: span(text, actual),
        places: vec![place(text, actual), place(text, budget)],
        stated: word.to_owned(),
        computed: match actual.quantity.value().cmp(&budget.quantity.value()) {
            std::cmp::Ordering::Less => "小于",
            std::cmp::Ordering::Equal => "等于",
            std::cmp::Ordering::Greater => "大于",
        }
        .to_owned(),
        difference: String::new(),
        message: format!(
            "决算{}，预算{}，文中说决算数{word}预算数",
            actual.quantity.shown(),
            budget.quantity.shown()
        ),
        closes: Vec::new(),
    })
}
