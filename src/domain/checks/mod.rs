//! Structural checks: what in the report's tables cannot all be true. One table of checks, one frame of findings.
//!
//! A check returns outcomes, never an error; what could not be checked is never counted as passed. Must not know how
//! findings are shown.

pub mod cross_footing;
pub mod score;
pub mod staffing;

use super::document::Document;
use super::facts::eval::Facts;
use super::facts::label::Target;
use super::place::Place;
use super::tolerance::Hint;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// 错误.
    Error,
    /// 警告.
    Warning,
    /// 提示.
    Hint,
}

impl Severity {
    /// The word shown to users.
    pub fn label(self) -> &'static str {
        match self {
            Severity::Error => "错误",
            Severity::Warning => "警告",
            Severity::Hint => "提示",
        }
    }
    /// The key in files and styles.
    pub fn key(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        }
    }
}

/// One contradiction, or one remark on a relation that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Id of the check.
    pub check: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// Both places with the values shown there, the stated one first.
    pub places: Vec<(Target, String)>,
    /// What was computed, as shown.
    pub expected: String,
    /// What was stated, as shown.
    pub stated: String,
    /// Stated less computed, as shown.
    pub difference: String,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What to do.
    pub todo: String,
    /// Choices that would make the total close.
    pub closes: Vec<String>,
}

impl Finding {
    /// Names the finding as long as its places and values stay what they are.
    pub fn key(&self) -> String {
        let places: Vec<String> =
            self.places.iter().map(|(target, value)| format!("{target}={value}")).collect();
        format!("{}:{}", self.check, places.join(";"))
    }
}

/// What became of one relation of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It holds.
    Holds,
    /// It holds within the precision of its figures.
    Rounding(Box<Finding>),
    /// It does not hold.
    Fails(Vec<Finding>),
    /// There is nothing to compare, with the reason.
    NotApplicable(&'static str),
    /// Inputs are 未填: the first of them, and how many.
    LacksData(Vec<Place>, usize),
    /// Inputs cannot be read.
    Unreadable(Vec<Place>),
    /// The check itself could not be carried out, with the reason.
    Failed(String),
}

/// A check.
pub struct CheckDef {
    /// Id, as in the domain's lists.
    pub id: &'static str,
    /// What must hold, in a few words.
    pub title: &'static str,
    /// Weight of a finding.
    pub severity: Severity,
    /// The document that the relation comes from.
    pub source: &'static str,
    /// One outcome for each relation that the check looks at.
    pub run: fn(&CheckDef, &Document, &Facts) -> Vec<Outcome>,
}

/// All checks of the tables; those of the score sheet are [`score::ALL`].
pub const ALL: &[CheckDef] = &[
    cross_footing::THREE_PUBLIC_TOTAL,
    cross_footing::VEHICLES,
    cross_footing::BASIC_EXPENDITURE,
    cross_footing::CARRYOVER,
    staffing::STAFF,
];

/// Outcomes of a group of relations, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Relations that hold, remarks included.
    pub holds: usize,
    /// Relations that do not.
    pub fails: usize,
    /// Relations with nothing to compare.
    pub not_applicable: usize,
    /// Relations whose inputs are 未填.
    pub lacks_data: usize,
    /// Relations whose inputs cannot be read.
    pub unreadable: usize,
    /// Relations that could not be carried out.
    pub failed: usize,
}

impl Coverage {
    fn count(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Holds | Outcome::Rounding(_) => self.holds += 1,
            Outcome::Fails(_) => self.fails += 1,
            Outcome::NotApplicable(_) => self.not_applicable += 1,
            Outcome::LacksData(..) => self.lacks_data += 1,
            Outcome::Unreadable(_) => self.unreadable += 1,
            Outcome::Failed(_) => self.failed += 1,
        }
    }
    /// Relations that were decided.
    pub fn checked(&self) -> usize {
        self.holds + self.fails
    }
    /// Relations that should have been decided and could not be.
    pub fn unchecked(&self) -> usize {
        self.lacks_data + self.unreadable + self.failed
    }
}

/// The outcomes of all checks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// Findings, the weightiest first.
    pub findings: Vec<Finding>,
    /// What lacks data: check id and the places.
    pub lacking: Vec<(&'static str, Vec<Place>, usize)>,
    /// All outcomes counted.
    pub coverage: Coverage,
    /// Outcomes by check.
    pub by_check: Vec<(&'static str, Coverage)>,
}

/// Runs all checks.
pub fn review(document: &Document, facts: &Facts) -> Review {
    let mut review = Review::default();
    // A report without a score sheet has nothing that they look at.
    let sheet = score::ALL.iter().filter(|_| document.scoring.is_some());
    for check in ALL.iter().chain(sheet) {
        let mut coverage = Coverage::default();
        for outcome in (check.run)(check, document, facts) {
            coverage.count(&outcome);
            review.coverage.count(&outcome);
            match outcome {
                Outcome::Rounding(finding) => review.findings.push(*finding),
                Outcome::Fails(findings) => review.findings.extend(findings),
                Outcome::LacksData(places, count) => review.lacking.push((check.id, places, count)),
                Outcome::Unreadable(places) => {
                    let count = places.len();
                    review.lacking.push((check.id, places, count));
                }
                Outcome::Holds | Outcome::NotApplicable(_) | Outcome::Failed(_) => {}
            }
        }
        review.by_check.push((check.id, coverage));
    }
    review.findings.sort_by_key(|finding| finding.severity);
    review
}

/// The check of an id.
pub fn check(id: &str) -> Option<&'static CheckDef> {
    ALL.iter().chain(&score::ALL).find(|check| check.id == id)
}

/// Words of a hint, for a relation that holds with one.
pub(crate) fn hint_words(hint: Hint) -> &'static str {
    match hint {
        Hint::MayBeRounding => "相差在取整误差以内",
        Hint::Truncated => "按截尾（不进位）成立",
        Hint::WithinInputs => "在所填数字的精度以内成立",
    }
}
