//! Parts of 数字体检: the text that is checked, its marks, the list beside it, and what can be taken over from it.

pub mod extract;
pub mod list;
pub mod marks;
pub mod prose;

use std::sync::Arc;

use leptos::prelude::*;
use ziping::domain::checks::Severity;
use ziping::domain::lint::{self, Claim, Report};

use marks::{Piece, pieces};

/// A text with what was found in it.
#[derive(Clone)]
pub struct Checked {
    /// The text.
    pub text: Arc<str>,
    /// Its characters, which all places count.
    pub chars: Arc<Vec<char>>,
    /// What was found.
    pub report: Arc<Report>,
    /// The text cut at the borders of all places.
    pub pieces: Arc<Vec<Piece>>,
}

impl PartialEq for Checked {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.text, &other.text)
    }
}

impl Checked {
    /// Checks a text.
    pub fn of(text: &str) -> Self {
        let text = text.replace("\r\n", "\n");
        let report = Arc::new(lint::lint(&text));
        let chars: Vec<char> = text.chars().collect();
        let pieces = Arc::new(pieces(chars.len(), &report));
        Checked { report, pieces, chars: Arc::new(chars), text: text.into() }
    }

    /// A place with some words around it: before, itself, after.
    pub fn around(&self, range: &std::ops::Range<usize>) -> (String, String, String) {
        const AROUND: usize = 10;
        let words = |range: std::ops::Range<usize>| {
            self.chars.get(range).unwrap_or(&[]).iter().collect::<String>().replace('\t', " ")
        };
        let before = words(range.start.saturating_sub(AROUND)..range.start);
        let after = words(range.end..(range.end + AROUND).min(self.chars.len()));
        (
            before.rsplit('\n').next().unwrap_or_default().trim_start().to_owned(),
            words(range.clone()).replace('\n', " "),
            after.split('\n').next().unwrap_or_default().trim_end().to_owned(),
        )
    }

    /// How many claims hold, hold with a remark, and do not hold.
    pub fn counts(&self) -> (usize, usize, usize) {
        let claims = &self.report.claims;
        let fails = claims.iter().filter(|claim| claim.fails()).count();
        let hints = claims.iter().filter(|claim| !claim.fails() && claim.severity.is_some()).count();
        (claims.len().saturating_sub(fails + hints), hints, fails)
    }

    /// The counts in words.
    pub fn summary(&self) -> String {
        let (holds, hints, fails) = self.counts();
        format!("核对 {} 处：一致 {holds}，提示 {hints}，矛盾 {fails}", self.report.claims.len())
    }

    /// The whole result as lines, to be copied and printed.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("{}；读到未核对 {} 个。", self.summary(), self.report.unchecked.len())];
        let mut claims: Vec<&Claim> = self.report.claims.iter().collect();
        claims.sort_by_key(|claim| (claim.severity.is_none(), claim.severity, claim.range.start));
        for claim in claims {
            let (before, words, after) = self.around(&claim.range);
            let place = format!("“{before}{words}{after}”").replace('\n', " ");
            lines.push(format!(
                "{}（{}）：{}。原文：{place}",
                word(claim),
                claim.relation.label(),
                claim.message
            ));
            lines.extend(claim.closes.iter().map(|line| format!("　{line}")));
        }
        if !self.report.unchecked.is_empty() {
            let shown: Vec<&str> = self.report.unchecked.iter().map(|place| place.shown.as_str()).collect();
            lines.push(format!("读到未核对：{}", shown.join("、")));
        }
        lines
    }
}

/// What the screen remembers while its user looks at a report in between.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The text that was checked last.
    pub checked: RwSignal<Option<Checked>>,
    /// The report that was open last.
    pub last_report: RwSignal<Option<String>>,
}

impl Desk {
    /// Nothing yet.
    pub fn new() -> Self {
        Desk { checked: RwSignal::new(None), last_report: RwSignal::new(None) }
    }
}

/// How a claim is marked: a severity, or that it holds.
pub fn mark(claim: &Claim) -> &'static str {
    claim.severity.map_or("holds", Severity::key)
}

/// The same in a word.
pub fn word(claim: &Claim) -> &'static str {
    claim.severity.map_or("一致", Severity::label)
}
