//! Wording that a reviewer stops at, all hints: passages said twice (TXT-05), unfinished wording (TXT-06), totals and
//! praise without a figure (TXT-15), goals told as results (IND-15), all tasks claimed done (TXT-04).
//!
//! Must not know: amounts.

use std::collections::HashMap;
use std::ops::Range;

use super::claim::{Claim, Place, Relation};
use super::mask::Words;
use super::slips::{chinese, hint};
use super::text::{BLANK, LINE, Text};
use super::twice::lists_targets;

/// Looks through the text.
pub fn check(text: &Text, unreported: usize) -> Vec<Claim> {
    let mut claims = Vec::new();
    phrases(text, unreported, &mut claims);
    repeated(text, &mut claims);
    goals(text, &mut claims);
    claims
}

fn phrases(text: &Text, unreported: usize, claims: &mut Vec<Claim>) {
    const UNFINISHED: &[&str] = &["目前", "待出评审结果", "待出结果", "将达到", "正在"];
    const VAGUE: &[&str] =
        &["取得显著成效", "取得可喜成绩", "成效显著", "取得明显成效", "取得较好成绩", "取得一定成效"];
    const DONE: &[&str] = &[
        "超额完成各项任务",
        "超额完成各项目标",
        "全部完成各项任务",
        "超额完成全年任务",
        "超额完成目标任务",
        "各项任务全部完成",
    ];
    let year_end =
        !["上半年", "监控", "预算公开"].iter().any(|word| contains(text, 0..text.len().min(200), word));
    let (unfinished, vague, done) = (Words::new(UNFINISHED), Words::new(VAGUE), Words::new(DONE));
    for index in 0..text.len() {
        if let Some(word) = unfinished.at(text, index).filter(|_| year_end) {
            let end = index + word.chars().count();
            claims.push(hint(
                text,
                index..end,
                Relation::Wording,
                "TXT-06",
                format!("“{word}”：年度报告应写年末的结果"),
            ));
        }
        if let Some(word) = vague.at(text, index) {
            let end = index + word.chars().count();
            claims.push(hint(text, index..end, Relation::Wording, "TXT-15", format!("“{word}”没有数字支持")));
        }
        if let Some(word) = done.at(text, index).filter(|_| unreported > 0) {
            let end = index + word.chars().count();
            let message = format!("“{word}”，但有{unreported}项目标没有对应的结果");
            claims.push(hint(text, index..end, Relation::Target, "TXT-04", message));
        }
    }
}

fn contains(text: &Text, range: Range<usize>, word: &str) -> bool {
    range.into_iter().any(|index| text.starts(index, word))
}

/// How long a passage must be to be called said twice.
const LONG: usize = 30;

/// Passages that stand in two paragraphs, found by a rolling number over windows of their length.
fn repeated(text: &Text, claims: &mut Vec<Claim>) {
    const BASE: u64 = 1_000_003;
    const MOST: usize = 20;
    if text.len() < 2 * LONG {
        return;
    }
    let code = |index: usize| u64::from(u32::from(text.at(index)));
    let top = (0..LONG).fold(1_u64, |power, _| power.wrapping_mul(BASE));
    let mut number = 0_u64;
    let mut seen: HashMap<u64, usize> = HashMap::new();
    // Windows across a break are no passage.
    let mut fresh = 0;
    let mut skip = 0;
    for end in 0..text.len() {
        number = number.wrapping_mul(BASE).wrapping_add(code(end));
        if let Some(out) = end.checked_sub(LONG) {
            number = number.wrapping_sub(code(out).wrapping_mul(top));
        }
        if matches!(text.at(end), LINE | BLANK) {
            fresh = end + 1;
        }
        let start = (end + 1).saturating_sub(LONG);
        if end + 1 < fresh + LONG || start < skip {
            continue;
        }
        let Some(first) = seen.get(&number).copied() else {
            seen.insert(number, start);
            continue;
        };
        let same = (0..LONG).all(|offset| text.at(first + offset) == text.at(start + offset));
        if !same || first + LONG > start {
            continue;
        }
        let mut length = LONG;
        while !matches!(text.at(start + length), LINE | BLANK | '\0')
            && text.at(first + length) == text.at(start + length)
        {
            length += 1;
        }
        skip = start + length;
        let plain =
            text.slice(start..start + length).iter().filter(|c| chinese(**c)).count() * 4 > length * 3;
        if plain && claims.len() < MOST {
            let shown: String = text.string(start..start + 12);
            let message = format!("“{shown}…”等{length}字在两处完全相同");
            let mut claim = hint(text, start..start + length, Relation::Wording, "TXT-05", message);
            claim.places.push(Place { range: text.origin(first..first + length), shown });
            claims.push(claim);
        }
    }
}

/// Goals written as if they were reached: 了 behind a verb, 顺利通过, in a section of targets.
fn goals(text: &Text, claims: &mut Vec<Claim>) {
    let mut from = 0;
    let mut inside = false;
    let mut told = false;
    for end in 0..=text.len() {
        if end < text.len() && !matches!(text.at(end), LINE | BLANK) {
            continue;
        }
        let line = text.string(from..end);
        let short = line.chars().count() <= 32 && !line.contains(['。', ',']);
        if short && !line.is_empty() {
            (inside, told) = (lists_targets(&line), false);
        } else if inside
            && !told
            && let Some(at) = (from..end).find(|at| reached(text, *at))
        {
            told = true;
            let start = at.saturating_sub(2).max(from);
            let message = "目标写成了已经完成的口气".to_owned();
            claims.push(hint(text, start..at + 1, Relation::Wording, "IND-15", message));
        }
        from = end + 1;
    }
}

fn reached(text: &Text, at: usize) -> bool {
    let perfect = text.at(at) == '了'
        && chinese(text.before(at))
        && !matches!(text.before(at), '为' | '除' | '到' | '极')
        && text.at(at + 1) != '解';
    perfect || text.starts(at, "顺利通过")
}
