//! 提取数据: the fields of a report that the labels of a pasted text identify surely, each with the sentence it
//! comes from, and the edit that puts the chosen ones into a draft.
//!
//! Silence is preferred to a guess: a field that the text gives two values is not offered, and neither is a figure of
//! a text about another thing than one unit. Nothing is written here; whoever confirms applies the edit.

mod finance;
mod plan;
mod results;
mod staff;
mod tables;
mod targets;

pub use plan::{Present, plan, present, target};

use std::ops::Range;

use crate::domain::lint::{Figure, Reading, reading};

/// Where an offer goes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// A field of a section.
    Field {
        /// Section.
        section: &'static str,
        /// Key of the field.
        field: &'static str,
    },
    /// A cell of a row that a table brings.
    Fixed {
        /// List.
        list: &'static str,
        /// Id of the row.
        row: &'static str,
        /// Column.
        column: &'static str,
    },
    /// A cell of a row that the user names.
    Row {
        /// List.
        list: &'static str,
        /// What its first column says.
        name: String,
        /// Column.
        column: &'static str,
    },
}

/// A value that the text gives a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Where it goes.
    pub slot: Slot,
    /// The value in its canonical form; money in 万元.
    pub value: String,
    /// Other cells of the same row, written where they are 未填.
    pub besides: Vec<(&'static str, String)>,
    /// The figure in the text, in characters.
    pub place: Range<usize>,
    /// The sentence around it.
    pub sentence: Range<usize>,
}

impl Offer {
    /// How many fields it fills.
    pub fn fields(&self) -> usize {
        1 + self.besides.len()
    }
}

/// What kind of text it is, as far as figures can be taken from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Genre {
    /// A self-evaluation of a department's overall expenditure.
    Evaluation,
    /// The final account of one unit.
    Account,
    /// A passage that does not say what it is from.
    Passage,
}

/// The text while it is looked through.
struct Source {
    chars: Vec<char>,
    reading: Reading,
    genre: Genre,
    found: Vec<Offer>,
}

/// All that a text surely says of fields, in the order of the text.
pub fn offers(text: &str) -> Vec<Offer> {
    let chars: Vec<char> = text.chars().collect();
    let Some(genre) = genre(&chars) else { return Vec::new() };
    let mut source = Source { reading: reading(text), chars, genre, found: Vec::new() };
    staff::find(&mut source);
    if genre != Genre::Passage {
        finance::find(&mut source);
    }
    if genre == Genre::Evaluation {
        staff::cover(&mut source);
        tables::find(&mut source);
        targets::find(&mut source);
        results::find(&mut source);
    }
    settled(source.found)
}

/// Every figure whose label names a field of the report that the text belongs to, twice where it is said twice.
pub fn mentions(text: &str) -> Vec<Offer> {
    let chars: Vec<char> = text.chars().collect();
    let mut source = Source { reading: reading(text), chars, genre: Genre::Evaluation, found: Vec::new() };
    staff::find(&mut source);
    finance::find(&mut source);
    source.found
}

/// `None` for texts about a whole region, a single project, or many units.
fn genre(chars: &[char]) -> Option<Genre> {
    let said = |c: &&char| !c.is_whitespace() && !matches!(c, '（' | '）' | '(' | ')');
    let head: String = chars.iter().take(300).filter(said).collect();
    let title: String = head.chars().take(60).collect();
    let has = |words: &[&str]| words.iter().any(|word| head.contains(word));
    if head.contains("整体支出") && has(&["自评", "绩效评价", "绩效报告"]) {
        return Some(Genre::Evaluation);
    }
    const ELSEWHERE: &[&str] = &[
        "项目支出",
        "专项资金",
        "专项经费",
        "财政收入",
        "财政收支",
        "预算执行",
        "财政总收入",
        "汇总",
        "汇编",
        "绩效自评",
        "绩效监控",
        "预算公开",
        "预算说明",
        "预算安排",
        "公共预算收入",
        "公共预算支出",
        "省级决算",
        "财政决算",
    ];
    if title.contains("部门决算") || title.contains("单位决算") || title.contains("年度决算") {
        return (!has(&["汇总", "汇编的", "共计"])).then_some(Genre::Account);
    }
    let region = ["全县", "全市", "全区", "全省"].iter().any(|word| head.contains(word));
    (!has(ELSEWHERE) && !region && !title.contains("决算公开")).then_some(Genre::Passage)
}

/// Each field once; one that has two values is left out.
fn settled(found: Vec<Offer>) -> Vec<Offer> {
    let mut kept: Vec<Offer> = Vec::new();
    let mut torn: Vec<Slot> = Vec::new();
    for offer in found {
        match kept.iter().find(|known| known.slot == offer.slot) {
            Some(known) if known.value == offer.value => {}
            Some(_) => torn.push(offer.slot),
            None => kept.push(offer),
        }
    }
    kept.retain(|offer| !torn.contains(&offer.slot));
    kept.sort_by_key(|offer| offer.place.start);
    kept
}

impl Source {
    fn offer(&mut self, slot: Slot, figure: &Figure) {
        self.found.push(Offer {
            slot,
            value: figure.digits.clone(),
            besides: Vec::new(),
            place: figure.range.clone(),
            sentence: figure.sentence.clone(),
        });
    }

    fn words(&self, range: Range<usize>) -> String {
        self.chars.get(range).unwrap_or(&[]).iter().filter(|c| !c.is_whitespace()).collect()
    }

    /// Words before a figure since the last stronger mark than a comma.
    fn clause(&self, figure: &Figure) -> String {
        let words = self.words(figure.sentence.start.min(figure.range.start)..figure.range.start);
        words.rsplit(['；', ';', '。']).next().unwrap_or_default().to_owned()
    }

    /// Words of the paragraph up to a figure.
    fn paragraph(&self, figure: &Figure) -> String {
        let before = self.chars.get(..figure.range.start).unwrap_or(&[]);
        let from = before.iter().rposition(|c| *c == '\n').map_or(0, |at| at + 1);
        self.words(from..figure.range.start)
    }
}

/// The label without 其中, 即 and the like before it, and copulas behind it.
fn named(figure: &Figure) -> &str {
    let mut label = figure.label.trim();
    for lead in ["其中", "即", "现有", "共有", "全局", "我局", "我单位", "本单位", "本部门"]
    {
        label = label.strip_prefix(lead).unwrap_or(label).trim_start_matches([':', ',', '：', ' ']);
    }
    trimmed(label)
}

/// Without copulas at the end.
fn trimmed(label: &str) -> &str {
    let mut label = label.trim_end();
    while let Some(shorter) = ["为", "是", "有", "共", "共计", "合计", "计", "达", "达到", "约", ":", "："]
        .iter()
        .find_map(|end| label.strip_suffix(end))
    {
        label = shorter.trim_end();
    }
    label
}

fn ends(label: &str, words: &[&str]) -> bool {
    words.iter().any(|word| label.ends_with(word))
}

fn has(label: &str, words: &[&str]) -> bool {
    words.iter().any(|word| label.contains(word))
}

#[cfg(test)]
mod tests;
