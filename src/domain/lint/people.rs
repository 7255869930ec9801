//! What is said of people and of things counted in a list: parts of the staff without 其中 (DF-23), a mean age that no
//! whole ages give (DF-24), a number of things and the names listed behind it (DF-29).
//!
//! - `在职N人 … 研究生学历a人，本科学历b人，大专学历c人`: three or more labels with one ending add up to the staff;
//! - `平均年龄48.22岁` of N people;
//! - `N个X：a、b、c。`, `设N个X（a、b、c）`, `“a”“b”和“c”四个事项`.
//!
//! Must not know: money.

use rust_decimal::Decimal;

use super::claim::{Claim, Place, Relation, Standing, place, shown, span};
use super::label::core;
use super::mention::{Mention, Mentions};
use super::quantity::Dim;
use super::scan::Mark;
use super::slips::hint;
use super::text::Text;
use crate::domain::amount::parse_canonical;
use crate::domain::checks::Severity;
use crate::domain::tolerance::{MeanVerdict, mean_possible};

/// Looks at people and listed things.
pub fn check(text: &Text, mentions: &Mentions) -> Vec<Claim> {
    let mut claims = Vec::new();
    let mut taken = 0;
    for (index, mention) in mentions.all.iter().enumerate() {
        if index >= taken && mention.quantity.dim == Dim::People {
            let run = run(mentions, index);
            if run.len() > 2 {
                taken = run.last().map_or(taken, |last| last + 1);
                claims.extend(features(text, mentions, &run));
            }
        }
        claims.extend(listed(text, mention));
    }
    claims.extend(means(text, mentions));
    claims
}

/// The last two characters of what a mention names.
fn ending(mention: &Mention) -> String {
    let name = core(mention.name());
    let skip = name.chars().count().saturating_sub(2);
    name.chars().skip(skip).collect()
}

/// Mentions of people in a row with one ending of their labels.
fn run(mentions: &Mentions, index: usize) -> Vec<usize> {
    let Some(first) = mentions.get(index) else { return Vec::new() };
    let end = ending(first);
    if end.chars().count() < 2 || !["学历", "职称", "编制"].contains(&end.as_str()) {
        return Vec::new();
    }
    let mut run = vec![index];
    for (at, mark) in mentions.forward(index).take(12) {
        let Some(other) = mentions.get(at) else { break };
        let alike = other.quantity.dim == Dim::People && ending(other) == end && !other.quantity.bound;
        if !alike || mark > Mark::Comma || other.lead.contains("其中") {
            break;
        }
        run.push(at);
    }
    run
}

/// Features of which everyone has one.
fn features(text: &Text, mentions: &Mentions, run: &[usize]) -> Option<Claim> {
    let members: Vec<&Mention> = run.iter().filter_map(|at| mentions.get(*at)).collect();
    let first = members.first()?;
    if first.lead.contains("其中") || ending(first) != "学历" {
        return None;
    }
    let staff = staff(mentions, *run.first()?)?;
    if staff.sentence != first.sentence {
        return None;
    }
    let total =
        members.iter().try_fold(Decimal::ZERO, |total, part| total.checked_add(part.quantity.value()))?;
    let diff = staff.quantity.value().checked_sub(total)?;
    let fails = !diff.is_zero();
    // Far off: the list says only something of the staff.
    let far = diff.abs().checked_mul(Decimal::from(4_u32))? > staff.quantity.value();
    if fails && far {
        return None;
    }
    let terms: Vec<String> = members.iter().map(|part| shown(part.quantity.value(), 0)).collect();
    let mut places = vec![place(text, staff)];
    places.extend(members.iter().map(|part| place(text, part)));
    Some(Claim {
        relation: Relation::Count,
        check: Some("DF-23"),
        standing: if fails { Standing::Fails } else { Standing::Holds },
        severity: fails.then_some(Severity::Error),
        range: span(text, first).start..span(text, members.last()?).end,
        places,
        stated: staff.quantity.shown(),
        computed: format!("{}人", shown(total, 0)),
        difference: shown(diff, 0),
        message: format!("{} = {}人，在职{}", terms.join(" + "), shown(total, 0), staff.quantity.shown()),
        closes: Vec::new(),
    })
}

/// The number of people on the staff, before a mention.
fn staff(mentions: &Mentions, index: usize) -> Option<&Mention> {
    let before = mentions.back(index).take(16).filter_map(|(at, _)| mentions.get(at));
    let mut staff = before
        .filter(|other| other.quantity.dim == Dim::People && other.role.is_level() && !other.quantity.bound);
    staff.find(|other| ["在职", "职工", "实有"].iter().any(|word| other.label.contains(word)))
}

/// "平均年龄48.22岁" of the staff named before it.
fn means(text: &Text, mentions: &Mentions) -> Vec<Claim> {
    const WORD: &str = "平均年龄";
    let mut found = Vec::new();
    for index in 0..text.len() {
        if !text.starts(index, WORD) {
            continue;
        }
        let from = (index + 4..index + 8).find(|at| text.at(*at).is_ascii_digit()).unwrap_or(index);
        let length = (0..8)
            .take_while(|offset| text.at(from + offset).is_ascii_digit() || text.at(from + offset) == '.')
            .count();
        let mean = parse_canonical(&text.string(from..from + length));
        let before = mentions.all.partition_point(|mention| mention.quantity.range.start < index);
        let near = mentions.all.get(before.saturating_sub(10)..before).unwrap_or(&[]);
        let staff =
            near.iter().rev().find(|other| other.quantity.dim == Dim::People && other.label.contains("在职"));
        let (Some(mean), Some(staff)) = (mean, staff) else { continue };
        let Ok(count) = u32::try_from(staff.quantity.value()) else { continue };
        if let Some(MeanVerdict::Impossible { below, above }) = mean_possible(count, mean) {
            let message = format!("{count}人按整岁计，平均年龄不可能是{mean}（相邻为{below}、{above}）");
            let mut claim = hint(text, index..from + length, Relation::Count, "DF-24", message);
            claim.places.push(place(text, staff));
            found.push(claim);
        }
    }
    found
}

/// Things named behind or before their number.
fn listed(text: &Text, mention: &Mention) -> Option<Claim> {
    let quantity = &mention.quantity;
    let things = matches!(quantity.dim, Dim::Things("个" | "家" | "项" | "所" | "处" | "次"));
    if !things || quantity.bound {
        return None;
    }
    let count: usize = quantity.value().try_into().ok()?;
    if !(2..=30).contains(&count) {
        return None;
    }
    let items = behind(text, quantity.range.end).or_else(|| quoted(text, quantity.range.start))?;
    let fails = items.len() != count;
    // One more or less is a slip; far off, the list is of something else.
    if fails && items.len().abs_diff(count) > 1 + count / 4 {
        return None;
    }
    let mut places = vec![place(text, mention)];
    let last = items.last()?.clone();
    places.extend(
        items.iter().map(|item| Place { range: text.origin(item.clone()), shown: text.string(item.clone()) }),
    );
    Some(Claim {
        relation: Relation::Count,
        check: Some("DF-29"),
        standing: if fails { Standing::Fails } else { Standing::Holds },
        severity: fails.then_some(Severity::Warning),
        range: text.origin(quantity.range.start.min(last.start)..quantity.range.end.max(last.end)),
        places,
        stated: quantity.shown(),
        computed: items.len().to_string(),
        difference: shown(quantity.value().checked_sub(Decimal::from(items.len()))?, 0),
        message: format!("列出{}项，文中{}", items.len(), quantity.shown()),
        closes: Vec::new(),
    })
}

/// How far a list may reach.
const REACH: usize = 400;

/// `N个X：a、b、c。` or `N个X（a、b、c）` or `N个，包括：a、b`.
fn behind(text: &Text, from: usize) -> Option<Vec<std::ops::Range<usize>>> {
    let colon =
        (from..from + 14).find(|at| matches!(text.at(*at), ':' | '。' | ';' | '\n' | '、' | '(' | '\0'))?;
    if text.at(colon) != ':' {
        return None;
    }
    let mut items = Vec::new();
    let (mut start, mut depth) = (colon + 1, 0_usize);
    for at in colon + 1..colon + REACH {
        match text.at(at) {
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            c if depth == 0 && matches!(c, '、' | '。' | ';' | ',' | '\n' | '\u{C}' | '\0') => {
                items.push(start..at);
                start = at + 1;
                if c != '、' {
                    break;
                }
            }
            c if c.is_ascii_digit() && depth == 0 => return None,
            _ => {}
        }
    }
    let clean = items.iter().all(|item| {
        let words = text.string(item.clone());
        let length = words.chars().count();
        (2..=24).contains(&length)
            && !["等", "其中", "以及", "主要", "不设"].iter().any(|word| words.contains(word))
    });
    (clean && items.len() > 1).then_some(items)
}

/// `“a”“b”和“c”四个事项`: quoted names right before the number.
fn quoted(text: &Text, end: usize) -> Option<Vec<std::ops::Range<usize>>> {
    let mut items = Vec::new();
    let mut at = end;
    while text.before(at) == '”' {
        let close = at - 1;
        let open = (1..40).find_map(|back| close.checked_sub(back).filter(|at| text.at(*at) == '“'))?;
        items.push(open..close + 1);
        at = open;
        if matches!(text.before(at), '和' | '、' | '及') {
            at -= 1;
        }
    }
    items.reverse();
    (items.len() > 1).then_some(items)
}
