//! Rates of completion: `年初预算为B，支出决算为A，完成年初预算的p%`, `占年初预算B的p%`, `资金B…使用A…执行率p%`.
//!
//! A is the nearest amount before, in the same item; B the amount named as budget before it, or the one right in the
//! phrase; for 执行率 and its kin the nearest amount of the same unit before A. Where only 差异额 D is given,
//! B is A − D, and 差异率 must be the rate less 100. A budget of 0 allows no rate (DF-19).
//!
//! Must not know: shares of a whole, growth on last year.

use super::claim::{Claim, Place, Relation, Standing, place, shown, span, standing};
use super::mention::{Mention, Mentions};
use super::names::Names;
use super::ratio::{Operand, claim, holding, verdict};
use super::role::{Against, Kind, Role};
use super::scan::Mark;
use super::text::Text;
use crate::domain::checks::Severity;
use crate::domain::tolerance::{RateVerdict, percent_difference};

/// Looks at every rate.
pub fn check(text: &Text, mentions: &Mentions, names: &Names) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (index, mention) in mentions.all.iter().enumerate() {
        let Role::Rate(name) = &mention.role else { continue };
        if mention.quantity.bound {
            continue;
        }
        claims.extend(one(text, mentions, names, index, mention, name));
        claims.extend(against_difference(text, mentions, index, mention));
    }
    claims
}

/// Amounts before a rate: in its own item, or in the sentence before where it begins a sentence with 完成.
fn amounts(mentions: &Mentions, index: usize, mention: &Mention) -> Vec<usize> {
    let limit = if mention.gap >= Mark::Semi { mention.gap } else { Mark::Colon };
    let allowed = mention.gap < Mark::Semi
        || mention.label.trim_start().starts_with("完成")
        || mention.label.contains("执行率");
    if !allowed || limit > Mark::Line {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut first = true;
    for (at, _) in mentions.back(index).take(12) {
        let Some(other) = mentions.get(at) else { break };
        if (other.role.is_level() || other.role == Role::Base)
            && !other.quantity.bound
            && !other.quantity.chinese
        {
            found.push(at);
        }
        // 其中 before `other`: what stands further up is about the whole.
        if other.lead.contains("其中") || other.lead.contains("包括") {
            break;
        }
        // The mark before `other` ends the item.
        if other.gap >= Mark::Semi && !(first && found.is_empty()) {
            break;
        }
        first = false;
    }
    found
}

fn one(
    text: &Text,
    mentions: &Mentions,
    names: &Names,
    index: usize,
    stated: &Mention,
    name: &str,
) -> Option<Claim> {
    let before = amounts(mentions, index, stated);
    let at = |index: &usize| mentions.get(*index);
    // "占年初预算10065万元的43.2%"
    if let Some(base) =
        before.first().and_then(at).filter(|base| base.role == Role::Base && stated.gap == Mark::None)
    {
        let actual =
            before.iter().skip(1).filter_map(at).find(|actual| actual.quantity.dim == base.quantity.dim)?;
        return decide(text, stated, &[(actual, 1, 0), (base, 0, 1)], true);
    }
    let levels: Vec<&Mention> =
        before.iter().filter_map(at).filter(|other| other.role != Role::Base && !left_over(other)).collect();
    if let Some(known) = pairs(&levels).find(|(a, b)| holding(stated, &[(a, 1, 0), (b, 0, 1)]).is_some()) {
        return decide(text, stated, &[(known.0, 1, 0), (known.1, 0, 1)], false);
    }
    // "发放问卷200份，收回196份，回收率98%"
    let says = |mention: &Mention, words: &[&str]| words.iter().any(|word| mention.label.contains(word));
    if name.contains("回收")
        && let [back, sent] = levels.as_slice()
        && back.quantity.dim == sent.quantity.dim
        && says(back, &["收回", "回收"])
        && says(sent, &["发放", "发出"])
    {
        return decide(text, stated, &[(back, 1, 0), (sent, 0, 1)], same_sentence(back, sent));
    }
    if let Some(stem) = name.strip_prefix('～') {
        // "结转结余86万元，支出预算总额4300万元，结转结余率2%": the numerator may stand first.
        let all: Vec<&Mention> = before.iter().filter_map(at).filter(|other| other.role.is_level()).collect();
        if let [base, actual] = all.as_slice()
            && base.quantity.dim == actual.quantity.dim
            && actual.label.contains(stem)
            && !base.label.contains(stem)
        {
            let ends = actual.name().ends_with(stem) || base.label.contains("总");
            return decide(
                text,
                stated,
                &[(actual, 1, 0), (base, 0, 1)],
                ends && same_sentence(actual, base),
            );
        }
        let (actual, base) = (levels.first()?, levels.get(1)?);
        let plain = actual.label.contains(stem) && !base.label.contains(stem) && same_sentence(actual, base);
        let fits = actual.quantity.dim == base.quantity.dim
            && levels.get(2).is_none_or(|other| other.quantity.dim != actual.quantity.dim);
        return decide(text, stated, &[(actual, 1, 0), (base, 0, 1)], plain && fits);
    }
    let of_budget = name.contains("预算") && !name.contains("率");
    // "下达4820万元，其中中央2892万元、县级1928万元，支出4723.6万元，执行率98%": the whole is the base, no part is.
    if !of_budget && let Some(whole) = whole_of(mentions, &before) {
        let actual = levels.first()?;
        let given = GIVEN.iter().any(|word| whole.name().contains(word)) || whole.name().ends_with("资金");
        let sure = given && spent(actual) && !actual.cue.nested && same_sentence(actual, whole);
        let fits = actual.quantity.dim == whole.quantity.dim;
        return decide(text, stated, &[(actual, 1, 0), (whole, 0, 1)], sure && fits);
    }
    // "完成12座，目标12座，完成率100%": which of two is the base, its words say.
    if !of_budget
        && let [a, b] = levels.as_slice()
        && a.quantity.dim.fits(b.quantity.dim)
        && same_sentence(a, b)
        && planned(a) != planned(b)
    {
        let (actual, base) = if planned(a) { (b, a) } else { (a, b) };
        return decide(text, stated, &[(actual, 1, 0), (base, 0, 1)], true);
    }
    // "决算6120万元，年初预算5100万元，完成年初预算的120%": the budget may stand behind.
    let plan = |other: &Mention| other.role == Role::Level(Kind::Budget);
    if of_budget
        && let [budget, actual, ..] = levels.as_slice()
        && plan(budget)
        && !plan(actual)
        && actual.role != Role::Level(Kind::Prior)
        && budget.gap <= Mark::Comma
        && actual.quantity.dim == budget.quantity.dim
    {
        let sure = levels.len() == 2 && spent(actual);
        return decide(text, stated, &[(actual, 1, 0), (budget, 0, 1)], sure);
    }
    let actual = levels.first().filter(|other| of_budget || spent(other))?;
    // "完成年度任务的104%" is of a task, and no money that was given is one.
    let of_task = ["任务", "目标", "计划"].iter().any(|word| name.contains(word));
    if let [actual] = levels.as_slice()
        && !of_budget
        && !of_task
        && spent(actual)
        && let Some(base) = given_before(mentions, index, stated, actual)
    {
        return decide(text, stated, &[(actual, 1, 0), (base, 0, 1)], true);
    }
    if let Some(difference) = difference(mentions, index)
        && difference.quantity.dim == actual.quantity.dim
    {
        return by_difference(text, stated, actual, difference);
    }
    let earlier = |other: &&&Mention| {
        other.quantity.dim == actual.quantity.dim && other.quantity.range.start < actual.quantity.range.start
    };
    let budget = levels.iter().filter(earlier).find(|other| other.role == Role::Level(Kind::Budget));
    if let Some(budget) = budget {
        return decide(text, stated, &[(actual, 1, 0), (budget, 0, 1)], true);
    }
    if !of_budget {
        let base = levels.iter().filter(earlier).find(|other| other.role != Role::Level(Kind::Prior))?;
        let given =
            ["到位", "下达", "安排", "预算", "总额", "总投资"].iter().any(|word| base.label.contains(word));
        let sure = spent(actual) && (given || !spent(base)) && same_sentence(actual, base);
        return decide(text, stated, &[(actual, 1, 0), (base, 0, 1)], sure);
    }
    elsewhere(text, mentions, names, stated, actual, before.first().copied()?)
}

const GIVEN: &[&str] = &["到位", "下达", "安排", "预算", "总额", "总投资", "合计", "共计", "资金共", "发行"];

/// The amount that a list with 其中 among the amounts before a rate divides.
fn whole_of<'a>(mentions: &'a Mentions, before: &[usize]) -> Option<&'a Mention> {
    let first = before.last().and_then(|at| mentions.get(*at)).filter(|first| first.cue.nested)?;
    let whole = first.prev.and_then(|at| mentions.get(at))?;
    (before.len() > 2 && whole.role.is_level() && !whole.quantity.bound).then_some(whole)
}

/// "下达资金合计600万元。截至年底已支付570万元，支付率95%": the only amount given in the sentence before.
fn given_before<'a>(
    mentions: &'a Mentions,
    index: usize,
    stated: &Mention,
    actual: &Mention,
) -> Option<&'a Mention> {
    let before: Vec<&Mention> = mentions
        .back(index)
        .take(12)
        .take_while(|(_, mark)| *mark <= Mark::Stop)
        .filter_map(|(at, _)| mentions.get(at))
        .filter(|other| other.sentence + 1 == stated.sentence && other.role.is_level())
        .filter(|other| other.quantity.dim == actual.quantity.dim && !other.quantity.bound)
        .collect();
    // "项目资金4820万元，其中中央3200万元、县级1620万元": the first is the whole of the sentence.
    if let [.., second, whole] = before.as_slice()
        && second.cue.nested
        && ["资金", "总额", "总投资"].iter().any(|word| whole.name().ends_with(word))
    {
        return Some(whole);
    }
    let given = |other: &&Mention| GIVEN.iter().any(|word| other.name().contains(word));
    // "批复320万元；到位320万元；支出313.6万元，执行率98%": items of one sentence that give one amount.
    let mut items = mentions
        .back(index)
        .take(12)
        .take_while(|(_, mark)| *mark <= Mark::Semi)
        .filter_map(|(at, _)| mentions.get(at))
        .filter(|other| other.role.is_level() && other.quantity.dim == actual.quantity.dim)
        .filter(|other| !other.quantity.bound && given(other) && other.gap != Mark::Enum);
    if let Some(first) = items.next()
        && first.quantity.range != actual.quantity.range
        && items.all(|other| other.quantity.value() == first.quantity.value())
    {
        return Some(first);
    }
    let mut all = before.iter().filter(|other| given(other));
    let first = all.next()?;
    let whole = before.len() == 1 || ["合计", "共计"].iter().any(|word| first.label.contains(word));
    (whole && all.next().is_none()).then_some(*first)
}

/// The budget of the same name in another sentence.
fn elsewhere(
    text: &Text,
    mentions: &Mentions,
    names: &Names,
    stated: &Mention,
    actual: &Mention,
    index: usize,
) -> Option<Claim> {
    let found: Vec<&Mention> = names
        .near(names.core(index), index)
        .iter()
        .filter_map(|at| mentions.get(*at))
        .filter(|other| other.role == Role::Level(Kind::Budget) && other.quantity.dim == actual.quantity.dim)
        .collect();
    let fitting = found.iter().find(|budget| holding(stated, &[(actual, 1, 0), (budget, 0, 1)]).is_some());
    decide(text, stated, &[(actual, 1, 0), (fitting?, 0, 1)], false)
}

fn same_sentence(a: &Mention, b: &Mention) -> bool {
    a.sentence == b.sentence
}

/// Whether the words say that it was spent or done.
fn spent(mention: &Mention) -> bool {
    let words = ["支出", "完成", "使用", "拨付", "执行", "到位", "实际", "支付", "发放", "决算", "兑付"];
    words.iter().any(|word| mention.label.contains(word)) && mention.role != Role::Level(Kind::Budget)
}

/// Whether the words name what is left, which no rate of spending is about.
fn left_over(mention: &Mention) -> bool {
    ["结余", "剩余", "尚余", "未支付"].iter().any(|word| mention.name().contains(word))
}

/// Whether the words name what was to be spent or done.
fn planned(mention: &Mention) -> bool {
    let words = ["目标", "计划", "任务", "预算", "下达", "应"];
    words.iter().any(|word| mention.label.contains(word))
}

/// Pairs of one unit, the nearest first: (actual, base), base before actual in the text.
fn pairs<'a>(levels: &'a [&'a Mention]) -> impl Iterator<Item = (&'a Mention, &'a Mention)> + 'a {
    levels.iter().enumerate().flat_map(move |(at, actual)| {
        levels
            .iter()
            .skip(at + 1)
            .filter(move |base| base.quantity.dim.fits(actual.quantity.dim))
            .map(move |base| (*actual, *base))
    })
}

/// The claim; silent where it fails and is not sure. A base of 0 is an error of its own.
fn decide(text: &Text, stated: &Mention, operands: &[Operand], sure: bool) -> Option<Claim> {
    let fails = sure.then_some(Severity::Error);
    match verdict(stated, operands)? {
        RateVerdict::Rate(rate) if !rate.verdict.holds() && !sure => None,
        RateVerdict::Rate(_) => claim(text, Relation::Rate, stated, operands, fails),
        RateVerdict::NoBase if sure => no_base(text, stated, operands),
        RateVerdict::NoBase => None,
    }
}

fn no_base(text: &Text, stated: &Mention, operands: &[Operand]) -> Option<Claim> {
    let (actual, base) = (operands.first()?.0, operands.last()?.0);
    if !base.quantity.value().is_zero()
        || actual.quantity.value().is_zero()
        || stated.quantity.value().is_zero()
    {
        return None;
    }
    let mut places: Vec<Place> = vec![place(text, stated)];
    places.extend(operands.iter().map(|operand| place(text, operand.0)));
    Some(Claim {
        relation: Relation::Rate,
        check: Some("DF-19"),
        standing: Standing::Fails,
        severity: Some(Severity::Error),
        range: span(text, stated),
        places,
        stated: stated.quantity.shown(),
        computed: "—".to_owned(),
        difference: String::new(),
        message: format!("基数为{}，不能计算百分比，文中{}", base.quantity.shown(), stated.quantity.shown()),
        closes: Vec::new(),
    })
}

/// The difference to the budget stated right after or before a rate.
fn difference(mentions: &Mentions, index: usize) -> Option<&Mention> {
    let is = |(at, mark): (usize, Mark)| {
        mentions
            .get(at)
            .filter(|other| matches!(other.role, Role::Delta(_, Against::Budget)) && mark <= Mark::Comma)
    };
    mentions.forward(index).next().and_then(is).or_else(|| mentions.back(index).next().and_then(is))
}

/// The rate where the budget is the amount less the difference.
fn by_difference(text: &Text, stated: &Mention, actual: &Mention, difference: &Mention) -> Option<Claim> {
    let sign = match difference.role {
        Role::Delta(Some(false), _) => 1,
        _ => -1,
    };
    claim(text, Relation::Rate, stated, &[(actual, 1, 1), (difference, 0, sign)], Some(Severity::Error))
        .map(|found| Claim { check: Some("DF-20"), ..found })
}

/// 差异率 = 完成率 − 100 (DF-20).
fn against_difference(text: &Text, mentions: &Mentions, index: usize, stated: &Mention) -> Option<Claim> {
    let (next, _) =
        mentions.forward(index).take(2).take_while(|(_, mark)| *mark <= Mark::Comma).find(|(at, _)| {
            matches!(mentions.role(*at), Role::Growth(_, by) if *by != Against::LastYear)
                && mentions.get(*at).is_some_and(|other| other.label.contains("差异率"))
        })?;
    let other = mentions.get(next)?;
    let verdict = percent_difference(stated.quantity.figure, other.quantity.figure)?;
    let (standing, severity) = standing(verdict, Some(Severity::Error));
    let hundred = rust_decimal::Decimal::ONE_HUNDRED;
    let computed = hundred.checked_add(other.quantity.value())?;
    Some(Claim {
        relation: Relation::Difference,
        check: Some("DF-20"),
        standing,
        severity,
        range: span(text, stated),
        places: vec![place(text, stated), place(text, other)],
        stated: stated.quantity.shown(),
        computed: format!("{}%", shown(computed, 6)),
        difference: format!("{}%", shown(stated.quantity.value().checked_sub(computed)?, 6)),
        message: format!(
            "完成率应为 100% + 差异率{} = {}%，文中{}",
            other.quantity.shown(),
            shown(computed, 6),
            stated.quantity.shown()
        ),
        closes: Vec::new(),
    })
}
