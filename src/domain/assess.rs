//! Everything that follows from a state of the report in the same edit: facts and structural checks.

use std::collections::HashMap;

use super::checks::{self, Review, Severity};
use super::document::Document;
use super::facts::eval::Facts;
use super::facts::label::Target;
use super::score::{self, Sheet};

/// What follows from one state of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assessment {
    /// All facts.
    pub facts: Facts,
    /// Findings and coverage.
    pub review: Review,
    /// The score sheet, where a scoring template was chosen.
    pub sheet: Option<Sheet>,
    by_target: HashMap<Target, Vec<usize>>,
}

impl Assessment {
    /// Positions in `review.findings` of the findings that name a target.
    pub fn findings_at(&self, target: &Target) -> &[usize] {
        self.by_target.get(target).map_or(&[], Vec::as_slice)
    }

    /// The weight of the weightiest finding at a target that still asks for something.
    pub fn severity_at(&self, target: &Target) -> Option<Severity> {
        self.findings_at(target)
            .iter()
            .filter_map(|at| self.review.findings.get(*at))
            .filter(|finding| finding.is_open())
            .map(|finding| finding.severity)
            .min()
    }
}

/// Assesses a report. Pure and total: broken input is normal input.
pub fn evaluate(document: &Document) -> Assessment {
    let facts = Facts::evaluate(document);
    let sheet = score::evaluate(document, &facts);
    let review = checks::review(document, &facts, sheet.as_ref());
    let mut by_target: HashMap<Target, Vec<usize>> = HashMap::new();
    for (at, finding) in review.findings.iter().enumerate() {
        for (target, _) in &finding.places {
            by_target.entry(target.clone()).or_default().push(at);
        }
    }
    Assessment { facts, review, sheet, by_target }
}
