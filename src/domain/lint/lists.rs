//! Lists: which mentions are said to be the parts of which total.
//!
//! Accepted (T total, a b c parts; parts end at a mark, further figures of a part such as shares do not count):
//! - `T…，其中[：，] a，b；c。` and the same with 包括, 分为, 具体为, 由…构成, 主要用于以下方面, 如下;
//! - `按…分[，：] a，b`, `分…看，a；b` (T further up);
//! - `T(a，b，c)`, with or without 其中;
//! - a part in a sentence or paragraph of its own, after `其中：`;
//! - `X中 a，b，c` where T is X elsewhere in the text;
//! - `a，b，c，合计 T`, and a list over paragraphs after `…：`, closed by `总计 T`.
//!
//! A list with 等, 主要, 部分 is not whole. Must not know: arithmetic.

use super::label::without_brackets;
use super::mention::{Mention, Mentions};
use super::names::Names;
use super::quantity::Dim;
use super::role::{Kind, Role};
use super::scan::Mark;
use super::totals::{subject, totals, within};

/// How a list presents itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// 其中, 包括.
    Among,
    /// 分为, 由…构成, 主要用于以下方面.
    Whole,
    /// 按…分, 从…看.
    View,
    /// A bracket without 其中.
    Bracket,
    /// Parts in sentences of their own; where they end is not sure.
    Lines,
    /// `X中 …`, the total elsewhere.
    Within,
    /// 合计 after the parts.
    Closing,
    /// 收入总计, 全年共 after the parts.
    Named,
    /// 总计 after parts in paragraphs.
    Paragraphs,
}

/// A list that claims to make up a total.
#[derive(Debug, Clone)]
pub struct List {
    /// Candidates for the total, the likeliest first.
    pub totals: Vec<usize>,
    /// The parts.
    pub parts: Vec<usize>,
    /// How it presents itself.
    pub shape: Shape,
    /// 等, 主要: the list says that it lacks something.
    pub open: bool,
    /// Where nested parts were left aside, which may have been meant as parts.
    pub nested: Option<usize>,
}

/// How many mentions a list may reach over; keeps the time linear.
const LONGEST: usize = 150;

/// All lists of a text.
pub fn lists(mentions: &Mentions, names: &Names) -> Vec<List> {
    let mut found = Vec::new();
    for (index, mention) in mentions.all.iter().enumerate() {
        if !mention.role.is_level() || mention.quantity.chinese {
            continue;
        }
        found.extend(closing(mentions, index, mention));
        let Some((shape, open)) = opening(mention) else { continue };
        let (parts, nested) = parts(mentions, index);
        let mut totals = totals(mentions, names, index, mention, shape);
        if let Some(subject) = subject(mention) {
            let mut meant = names.meant(mentions, &subject, index, mention);
            meant.retain(|at| {
                *at < index
                    && part(mention, mention)
                    && mentions.get(*at).is_some_and(|other| other.section == mention.section)
            });
            meant.truncate(2);
            totals.retain(|at| !meant.contains(at));
            meant.extend(totals);
            totals = meant;
        }
        if totals.is_empty() {
            continue;
        }
        if let Some(spent) = second(mentions, index, mention) {
            let (parts, nested) = self::parts(mentions, spent);
            if parts.len() > 1 {
                let totals = totals
                    .iter()
                    .copied()
                    .filter(|at| mentions.role(*at) != &Role::Level(Kind::Budget))
                    .collect();
                found.push(List { totals, parts, shape, open, nested });
            }
        }
        found.extend(beside(mentions, &totals, &parts, shape, open));
        let several = parts.len() > 1;
        if several || shape != Shape::Lines {
            found.push(List { totals: totals.clone(), parts: parts.clone(), shape, open, nested });
        }
        if !several && matches!(shape, Shape::Among | Shape::Whole | Shape::Lines) {
            let parts = lines(mentions, index, mention);
            if parts.len() > 1 {
                found.push(List { totals, parts, shape: Shape::Lines, open, nested: None });
            }
        }
    }
    found
}

/// The last hundred characters: nothing further up opens a list.
fn end_of(lead: &str) -> &str {
    let from = lead.char_indices().rev().nth(100).map_or(0, |(at, _)| at);
    lead.get(from..).unwrap_or(lead)
}

/// Whether a list begins at a mention, and whether it says that it is not whole.
fn opening(mention: &Mention) -> Option<(Shape, bool)> {
    // Each opening word has one of these characters; most amounts have none before them.
    if !mention.lead.contains(['其', '包', '具', '以', '分', '如', '构', '由', '看', '中', ':'])
        && mention.owner.is_none()
    {
        return None;
    }
    let lead = without_brackets(end_of(&mention.lead));
    let lead = lead.as_str();
    let last = |word: &str| lead.rfind(word).and_then(|at| lead.get(at + word.len()..));
    let clear = |rest: &str| {
        let rest = rest.trim_start_matches(|c: char| ",:;。\n 、".contains(c));
        !rest.contains(['。', ';', '\n']) && rest.chars().count() < 60
    };
    let partial = |rest: &str| ["主要", "部分", "含", "重点"].iter().any(|word| rest.starts_with(word));
    let found =
        [("其中", Shape::Among), ("包括", Shape::Among), ("具体为", Shape::Among), ("包含", Shape::Among)]
            .iter()
            .filter_map(|(word, shape)| last(word).map(|rest| (*word, rest, *shape)))
            .min_by_key(|(_, rest, _)| rest.len());
    if let Some((word, rest, shape)) = found
        && clear(rest)
    {
        let before = lead.rsplit_once(word).map_or("", |(before, _)| before);
        let open = partial(rest) || before.ends_with("主要") || before.ends_with("主要是");
        return Some((shape, open));
    }
    for word in ["以下方面", "分为", "分成", "分别用于", "如下", "构成", "由"] {
        if let Some(rest) = last(word)
            && clear(rest)
            && (word != "由" || mention.label.starts_with("由"))
        {
            return Some((Shape::Whole, false));
        }
    }
    for word in ["看", "分", "看来", "分类"] {
        if let Some(rest) = last(word)
            && rest.starts_with([':', ','])
            && clear(rest)
            && lead.rsplit(['。', ';', '\n', ',']).nth(usize::from(rest.starts_with(','))).is_some_and(
                |clause| {
                    let clause = clause.split(':').next().unwrap_or_default();
                    ["按", "从", "分"].iter().any(|head| clause.contains(head)) && clause.chars().count() < 16
                },
            )
        {
            return Some((Shape::View, false));
        }
    }
    if mention.lead.starts_with(":\n") && mention.enumerated > 0 && mention.gap == Mark::Line {
        return Some((Shape::Lines, false));
    }
    if mention.lead.starts_with(':') && mention.gap == Mark::Colon {
        return Some((Shape::Bracket, false));
    }
    if mention.prev.is_none() && mention.owner.is_some() {
        let part = mention.label.starts_with('含') || mention.label.contains("包含");
        return (!part).then_some((Shape::Bracket, false));
    }
    within(mention).map(|_| (Shape::Within, false))
}

/// The outturn beside a budget: `A年初预算为3万元，决算为2万元` holds two lists.
fn second(mentions: &Mentions, index: usize, mention: &Mention) -> Option<usize> {
    if mention.role != Role::Level(Kind::Budget) {
        return None;
    }
    let (next, mark) = mentions.forward(index).next()?;
    let other = mentions.get(next)?;
    (mark <= Mark::Comma
        && other.role == Role::Level(Kind::Actual)
        && other.quantity.dim == mention.quantity.dim)
        .then_some(next)
}

/// The second measure of each part: `7946户13226人，其中：城市1126户1862人，农村6820户11364人` holds two lists.
fn beside(mentions: &Mentions, totals: &[usize], parts: &[usize], shape: Shape, open: bool) -> Option<List> {
    let second = |at: &usize| {
        let first = mentions.get(*at)?;
        let (next, mark) = mentions.forward(*at).next()?;
        let other = mentions.get(next)?;
        let own = mark == Mark::None && other.label.is_empty() && other.role.is_level();
        (own && !other.quantity.dim.fits(first.quantity.dim) && !other.quantity.bound).then_some(next)
    };
    let dim = |at: &usize| mentions.get(*at).map(|mention| mention.quantity.dim);
    let parts: Vec<usize> = parts.iter().map(second).collect::<Option<_>>()?;
    let first = parts.first().and_then(dim)?;
    let totals: Vec<usize> = totals.iter().filter_map(second).filter(|at| dim(at) == Some(first)).collect();
    let alike = parts.iter().all(|at| dim(at) == Some(first));
    (alike && parts.len() > 1 && !totals.is_empty()).then_some(List {
        totals,
        parts,
        shape,
        open,
        nested: None,
    })
}

/// Whether a mention can be a part beside parts of the kind of `first`.
pub fn part(mention: &Mention, first: &Mention) -> bool {
    let kind = |mention: &Mention| match mention.role {
        Role::Level(Kind::Budget) => 1,
        Role::Level(Kind::Prior) => 2,
        Role::Level(_) => 0,
        _ => 3,
    };
    mention.quantity.dim.fits(first.quantity.dim)
        && !mention.quantity.bound
        && !mention.quantity.chinese
        && mention.role.is_level()
        && kind(mention) == kind(first)
}

/// Income beside expenditure: another subject begins.
fn opposed(mention: &Mention, head: &Mention) -> bool {
    let side = |mention: &Mention| (mention.label.contains("收入"), mention.label.contains("支出"));
    mention.role.is_level()
        && matches!(
            (side(head), side(mention)),
            ((true, false), (false, true)) | ((false, true), (true, false))
        )
}

/// Words that end a list.
fn ends(mention: &Mention) -> bool {
    mention.cue.ends || ["结余", "年末结余", "结转结余", "资金结余"].contains(&mention.name())
}

/// Parts of an inline list that begins at `first`; the first nested part left aside.
fn parts(mentions: &Mentions, first: usize) -> (Vec<usize>, Option<usize>) {
    let Some(head) = mentions.get(first) else { return (Vec::new(), None) };
    let mut parts = vec![first];
    let (mut nested, mut skipping) = (None, false);
    for (index, _) in mentions.forward(first).take(LONGEST) {
        let Some(mention) = mentions.get(index) else { break };
        // A semicolon at the end of a line says that the list goes on.
        let over = mention.gap > Mark::Semi
            && !(mention.gap == Mark::Line && mention.lead.contains(";\n") && !mention.lead.contains('。'));
        if over || opposed(mention, head) || (mention.role.is_level() && ends(mention)) {
            break;
        }
        if skipping && mention.gap < Mark::Semi {
            continue;
        }
        skipping = false;
        if mention.cue.nested {
            (nested, skipping) = (nested.or(Some(index)), true);
            continue;
        }
        if mention.cue.aside {
            skipping = true;
            continue;
        }
        if mention.gap == Mark::None && !mention.role.is_level() {
            continue;
        }
        // A second figure of one part has no mark and no name of its own before it.
        let own = mention.gap >= Mark::Enum || matches!(mention.label.as_str(), "和" | "及" | "与");
        if own && part(mention, head) {
            parts.push(index);
        }
    }
    (parts, nested)
}

/// Parts in sentences of their own: the first amount of each sentence.
fn lines(mentions: &Mentions, first: usize, head: &Mention) -> Vec<usize> {
    let mut parts = vec![first];
    // A list number counts for the parts only where it stands before the first of them.
    let before = head.prev.and_then(|prev| mentions.get(prev));
    let own = before.is_none_or(|before| before.paragraph != head.paragraph);
    let number = if own { head.enumerated } else { 0 };
    let mut sentence = head.sentence;
    for (index, _) in mentions.forward(first).take(LONGEST) {
        let Some(mention) = mentions.get(index) else { break };
        if mention.sentence == sentence {
            continue;
        }
        let higher = mention.enumerated > 0
            && mention.paragraph != head.paragraph
            && (number == 0 || mention.enumerated < number);
        let lower = mention.enumerated == 0 && number > 0 && mention.paragraph != head.paragraph;
        if mention.section != head.section || higher || lower || ends(mention) {
            break;
        }
        sentence = mention.sentence;
        if !part(mention, head) || mention.lead.contains("其中") || mention.lead.contains("原因") {
            break;
        }
        parts.push(index);
    }
    parts
}

/// A bare 合计, 共计 or 总计 after its parts.
fn closing(mentions: &Mentions, index: usize, mention: &Mention) -> Option<List> {
    let label = without_brackets(&mention.label);
    let bare = [
        "合计",
        "共计",
        "总计",
        "合计为",
        "共计为",
        "总计为",
        "以上合计",
        "以上共计",
        "三项合计",
        "两项合计",
        "累计",
    ];
    let heads = [
        "综合得分",
        "总得分",
        "最终得分",
        "收入总计",
        "支出总计",
        "总计",
        "合计",
        "共计",
        "全年共",
        "共完成",
        "累计完成",
        "全年支出",
        "全年收入",
        "合计投入",
        "共投入",
        "总投资",
    ];
    let named = heads.iter().any(|word| label.contains(word))
        && label.chars().count() <= 10
        && mention.gap <= Mark::Semi;
    if !bare.contains(&label.trim()) && !named {
        return None;
    }
    let shape = if bare.contains(&label.trim()) { Shape::Closing } else { Shape::Named };
    let above = above(mentions, mention);
    let reach = if above.is_some() { Mark::Stop } else { Mark::Semi };
    let mut parts: Vec<usize> = Vec::new();
    for (at, mark) in mentions.back(index).take(LONGEST) {
        let other = mentions.get(at)?;
        let total =
            other.label.contains("合计") || other.label.contains("总计") || other.label.contains("共计");
        if mark > reach || total || parts.len() > 40 || Some(parts.len()) == above {
            break;
        }
        if part(other, mention) {
            parts.push(at);
        }
    }
    parts.reverse();
    if above.is_some_and(|count| count > parts.len()) {
        return None;
    }
    // Only the parts of a year make up 全年.
    let season = |at: &usize| {
        mentions
            .get(*at)
            .is_some_and(|part| ["季度", "半年", "月"].iter().any(|word| part.label.contains(word)))
    };
    if label.contains("全年支出") || label.contains("全年收入") {
        parts.retain(season);
    }
    if parts.len() > 1 {
        return Some(List { totals: vec![index], parts, shape, open: false, nested: None });
    }
    if shape == Shape::Named {
        return None;
    }
    paragraphs(mentions, index, mention)
}

/// "以上三项合计": so many parts stand in the sentence before.
fn above(mentions: &Mentions, mention: &Mention) -> Option<usize> {
    let count = mention.prev.and_then(|prev| mentions.get(prev))?;
    let above = ["以上", "上述"].iter().any(|word| count.label.ends_with(word));
    let plain = mention.gap == Mark::None && matches!(count.quantity.dim, Dim::Things("个" | "项"));
    (above && plain).then(|| count.quantity.value().try_into().ok()).flatten()
}

/// Parts in paragraphs of their own, each with one amount or with a 合计 of its own, after a line that ends in a colon.
fn paragraphs(mentions: &Mentions, index: usize, mention: &Mention) -> Option<List> {
    let mut parts: Vec<usize> = Vec::new();
    let (mut paragraph, mut settled) = (usize::MAX, false);
    for (at, _) in mentions.back(index).take(LONGEST) {
        let other = mentions.get(at)?;
        if other.section != mention.section {
            return None;
        }
        if other.paragraph != paragraph {
            (paragraph, settled) = (other.paragraph, false);
        }
        if part(other, mention) {
            if settled && parts.last().is_some_and(|last| !subtotal(mentions, *last)) {
                return None;
            }
            if !settled {
                parts.push(at);
            }
            settled = true;
        }
        if other.lead.contains(":\n") {
            parts.reverse();
            return (parts.len() > 2).then_some(List {
                totals: vec![index],
                parts,
                shape: Shape::Paragraphs,
                open: false,
                nested: None,
            });
        }
    }
    None
}

fn subtotal(mentions: &Mentions, index: usize) -> bool {
    let words = mentions.get(index).map_or("", |mention| mention.label.as_str());
    ["合计", "共计", "小计"].iter().any(|word| words.contains(word))
}
