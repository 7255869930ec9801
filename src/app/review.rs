//! Review of the prose of a report: the text engine over the narratives as they print, and the figures typed there
//! held against the report's own fields.
//!
//! Runs after the edit, when typing pauses (`evaluate` runs within it). A figure that is a reference follows its
//! field and is never blamed: only what was typed is. The engine runs again only when the printed text changed; lists
//! run over paragraphs, so a paragraph of its own cannot be its unit. Must not know text boxes.

mod printed;
mod tables;

pub use printed::Spot;

use std::sync::Arc;

use crate::domain::cell::Raw;
use crate::domain::checks::{Finding, Severity, handling};
use crate::domain::document::Document;
use crate::domain::edit::Edit;
use crate::domain::facts::eval::Facts;
use crate::domain::facts::label::Target;
use crate::domain::lint::{self, Claim, Report};
use crate::domain::narrative;
use crate::domain::place::Place;

use super::extract::{self, Offer};
use printed::Printed;

/// One contradiction within the prose, or between the prose and the tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProseFinding {
    /// The finding in the frame of all findings, so that something can be said of it: its check is what it is about, in
    /// a word, its places are the narratives and the field that says otherwise.
    pub found: Finding,
    /// The figures in the narratives, the stated one first.
    pub spots: Vec<Spot>,
    /// The field that says otherwise, with its value as shown.
    pub table: Option<(Target, String)>,
}

impl ProseFinding {
    fn new(
        kind: &'static str,
        severity: Severity,
        message: String,
        spots: Vec<Spot>,
        table: Option<(Target, String)>,
    ) -> Self {
        let of_text = |spot: &Spot| (Target::Place(Place::field("narratives", spot.key)), spot.shown.clone());
        let places = spots.iter().map(of_text).chain(table.clone()).collect();
        let todo = match (&table, severity) {
            (Some(_), _) => "请核对哪一侧有误。表里的数无误的，点“改为引用”，文字以后随表变动。",
            (None, Severity::Hint) => "请看一看原文，需要时改写；无误可以不改。",
            (None, _) => "请核对这几处，哪一处有误需要人工判断；改正后自动重新核对。",
        };
        let found = Finding {
            check: kind,
            severity,
            places,
            expected: String::new(),
            stated: String::new(),
            difference: String::new(),
            message,
            todo: todo.to_owned(),
            closes: Vec::new(),
            handling: None,
        };
        ProseFinding { found, spots, table }
    }
}

/// What became of the prose of one version of a report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prose {
    /// Findings, the weightiest first.
    pub findings: Vec<ProseFinding>,
    /// Claims that hold, with or without a remark, and claims that fail.
    pub holds: usize,
    /// See `holds`.
    pub fails: usize,
    text: String,
    report: Arc<Report>,
    mentions: Arc<Vec<Offer>>,
}

impl Prose {
    /// Findings with a place in a narrative.
    pub fn at<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a ProseFinding> {
        self.findings.iter().filter(move |finding| finding.spots.iter().any(|spot| spot.key == key))
    }

    /// How many findings weigh that much and still ask for something.
    pub fn open(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|one| one.found.severity == severity && one.found.is_open()).count()
    }

    /// The same with what the report says of the findings now.
    #[must_use]
    pub fn answered(&self, document: &Document) -> Self {
        let mut prose = self.clone();
        handling::attach(document, prose.findings.iter_mut().map(|finding| &mut finding.found));
        prose
    }
}

/// Reviews the prose. What was read before is used again where the printed text is the same.
pub fn review(document: &Document, facts: &Facts, before: &Prose) -> Prose {
    let printed = Printed::of(document, facts);
    let text = printed.text();
    let (report, mentions) = if text == before.text {
        (before.report.clone(), before.mentions.clone())
    } else {
        (Arc::new(lint::lint(&text)), Arc::new(extract::mentions(&text)))
    };
    let mut findings: Vec<ProseFinding> =
        report.claims.iter().filter_map(|claim| within(claim, &printed)).collect();
    findings.extend(tables::against(document, facts, &printed, &text, &mentions));
    findings.sort_by_key(|finding| finding.found.severity);
    let (holds, hints, fails) = report.counts();
    Prose { findings, holds: holds + hints, fails, text, report, mentions }.answered(document)
}

/// A finding of the engine, if a figure that was typed takes part in it.
fn within(claim: &Claim, printed: &Printed) -> Option<ProseFinding> {
    // The tables know the results, and say the same with the target that is open.
    if claim.check == Some("TXT-04") {
        return None;
    }
    let severity = claim.severity?;
    let places: Vec<_> = if claim.places.is_empty() {
        vec![claim.range.clone()]
    } else {
        claim.places.iter().map(|place| place.range.clone()).collect()
    };
    let spots: Vec<Spot> = places.into_iter().filter_map(|range| printed.spot(range)).collect();
    spots.iter().any(|spot| spot.typed).then(|| {
        let mut finding =
            ProseFinding::new(claim.relation.label(), severity, claim.message.clone(), spots, None);
        finding.found.closes.clone_from(&claim.closes);
        finding
    })
}

/// The edit that puts a reference in the place of a typed figure.
pub fn replaced(document: &Document, spot: &Spot, target: &Target) -> Option<Edit> {
    let place = Place::field("narratives", spot.key);
    let edited: Vec<char> = narrative::edited(document, document.get(&place).words()).chars().collect();
    let before: String = edited.get(..spot.range.start)?.iter().collect();
    let there: String = edited.get(spot.range.clone())?.iter().collect();
    let after: String = edited.get(spot.range.end..)?.iter().collect();
    // The text may have changed since it was reviewed.
    (there == spot.shown).then_some(())?;
    let text = format!("{before}{{{}}}{after}", target.label(document));
    Some(Edit::set(place, Raw::text(narrative::stored(document, &text))))
}

#[cfg(test)]
mod tests;
