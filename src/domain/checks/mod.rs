//! Structural checks: what in the report's tables cannot all be true. One table of checks, one frame of findings.
//!
//! A check returns outcomes, never an error; what could not be checked is never counted as passed. Must not know how
//! findings are shown.

pub mod bases;
pub mod beside;
mod closing;
pub mod cross_footing;
mod gaps;
pub mod goals;
pub mod handling;
pub mod headings;
pub mod parts;
pub mod published;
mod reading;
pub mod results;
pub mod score;
pub mod staffing;
pub mod three_public;
pub mod totals;
pub mod units;

pub use gaps::Gap;

use std::collections::HashMap;

use super::document::Document;
use super::facts::eval::Facts;
use super::facts::label::Target;
use super::place::Place;
use super::score::Sheet;
use super::tolerance::Hint;
use handling::Handling;

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
    /// What the user says of it, kept with the report.
    pub handling: Option<Handling>,
}

impl Finding {
    /// A finding of a check at these places, the first of which is the stated one.
    fn new<On>(
        check: &CheckDef<On>,
        places: Vec<(Target, String)>,
        message: impl Into<String>,
        todo: impl Into<String>,
    ) -> Self {
        let shown = |at: usize| places.get(at).map(|(_, value)| value.clone()).unwrap_or_default();
        Finding {
            check: check.id,
            severity: check.severity,
            expected: shown(1),
            stated: shown(0),
            difference: String::new(),
            places,
            message: message.into(),
            todo: todo.into(),
            closes: Vec::new(),
            handling: None,
        }
    }

    fn weighing(self, severity: Severity) -> Self {
        Finding { severity, ..self }
    }

    fn apart(self, difference: impl Into<String>) -> Self {
        Finding { difference: difference.into(), ..self }
    }

    /// Whether it still asks for something: nothing was said of it, or what was said no longer fits.
    pub fn is_open(&self) -> bool {
        self.handling.as_ref().is_none_or(|handling| !handling.settles())
    }

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

/// A check of the report and its facts, or of what else it is written for, such as the score sheet.
pub struct CheckDef<On: 'static = Facts> {
    /// Id, as in the domain's lists.
    pub id: &'static str,
    /// What must hold, in a few words.
    pub title: &'static str,
    /// Weight of a finding.
    pub severity: Severity,
    /// The document that the relation comes from.
    pub source: &'static str,
    /// One outcome for each relation that the check looks at.
    pub run: fn(&CheckDef<On>, &Document, &On) -> Vec<Outcome>,
}

/// All checks, in the order in which one event is named by the first of them (accounts §9.4).
/// Those of the score sheet are [`score::ALL`].
pub const ALL: &[CheckDef] = &[
    goals::LINKED_TARGET,
    cross_footing::THREE_PUBLIC_TOTAL,
    cross_footing::VEHICLES,
    three_public::NEGATIVE,
    three_public::PART_OF_ITEM,
    three_public::CONTROL,
    three_public::RECEPTIONS,
    three_public::CARS,
    three_public::WITHIN_CLASSES,
    parts::DETAILS,
    cross_footing::BASIC_EXPENDITURE,
    cross_footing::EXPENDITURE,
    cross_footing::INCOME,
    staffing::STAFF,
    parts::WITHIN,
    totals::SAME_TWICE,
    totals::RECEIPTS,
    totals::PAYMENTS,
    totals::BOTH_TOTALS,
    totals::OPENING,
    cross_footing::CARRYOVER,
    published::INCOME_ROWS,
    published::SUMMARY,
    published::FUND_ROWS,
    published::FUND_COLUMNS,
    published::GENERAL_PUBLIC,
    published::BASIC,
    published::LEVELS,
    staffing::MEAN_AGE,
    units::UNITS,
    goals::LEVELS,
    goals::WHOLE,
    goals::VAGUE,
    goals::COST,
    goals::PAYMENT,
    goals::TWICE,
    goals::BASIS,
    goals::SURVEYED,
    goals::LAST_YEAR,
    goals::DEADLINE,
    goals::ALIKE,
    goals::TASK_BUDGETS,
    bases::STAFF,
    bases::THREE_PUBLIC,
    bases::PROCUREMENT,
    bases::WHOLE_YEAR,
    results::OVERCLAIM,
    headings::PRESENT,
    results::REPORTED,
];

/// Groups of checks by the first letters of their ids, for those who read: key, name.
pub const GROUPS: &[(&str, &str)] = &[
    ("DF", "收支、结转、人员和资产"),
    ("SG", "“三公”经费"),
    ("IND", "绩效目标"),
    ("TXT", "提纲与结果"),
    ("SCO", "评分"),
    ("", "指标的基数"),
];

/// The group of a check; checks of a fact's base go by the fact's id and form the last one.
pub fn group(check: &str) -> &'static str {
    let known = GROUPS.iter().find(|(key, _)| {
        !key.is_empty() && check.strip_prefix(key).is_some_and(|rest| rest.starts_with('-'))
    });
    known.map_or("", |(key, _)| key)
}

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

/// The outcomes of one check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Id of the check.
    pub check: &'static str,
    /// Its outcomes counted.
    pub coverage: Coverage,
    /// Why it does not apply, or could not be carried out, where it does not or could not.
    pub why: Option<String>,
}

/// The outcomes of all checks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// Findings, the weightiest first.
    pub findings: Vec<Finding>,
    /// What is missing, with the checks that wait for it.
    pub gaps: Vec<Gap>,
    /// All outcomes counted.
    pub coverage: Coverage,
    /// Outcomes by check.
    pub by_check: Vec<Checked>,
}

impl Review {
    /// Findings of a weight that still ask for something.
    pub fn open(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity && finding.is_open()).count()
    }

    /// What keeps relations from being decided: missing inputs, and checks that could not be carried out.
    pub fn undecided(&self) -> usize {
        self.gaps.len() + self.coverage.failed
    }
}

/// What is to be said first of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// 可以上报.
    Ready,
    /// Nothing is wrong as far as was checked; so many inputs keep checks from being decided.
    Unchecked(usize),
    /// So many errors stand.
    Errors(usize),
}

impl Review {
    /// What is to be said first; `others` are errors that were found in the text.
    pub fn standing(&self, others: usize) -> Standing {
        match (self.open(Severity::Error).saturating_add(others), self.undecided()) {
            (0, 0) => Standing::Ready,
            (0, undecided) => Standing::Unchecked(undecided),
            (errors, _) => Standing::Errors(errors),
        }
    }
}

/// How many findings are explained or said not to apply, and of how many the values have changed since.
pub fn answered<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> (usize, usize) {
    let all = findings.into_iter().filter_map(|finding| finding.handling.as_ref());
    let said = all.filter(|handling| handling.answer != handling::Answer::Corrected);
    said.fold((0, 0), |(said, changed), handling| (said + 1, changed + usize::from(handling.changed)))
}

/// Runs all checks; those of the score sheet where there is one.
pub fn review(document: &Document, facts: &Facts, sheet: Option<&Sheet>) -> Review {
    let mut review = Review::default();
    let mut gaps = gaps::Gaps::default();
    for check in ALL {
        review.take(check, (check.run)(check, document, facts), &mut gaps);
    }
    match sheet {
        Some(sheet) => {
            for check in &score::ALL {
                review.take(check, (check.run)(check, document, sheet), &mut gaps);
            }
        }
        None => review.take(&score::SCORED, vec![Outcome::NotApplicable("没有选用评分模板")], &mut gaps),
    }
    review.gaps = gaps.found();
    review.findings = one_of_each(std::mem::take(&mut review.findings));
    closing::name(document, facts, &mut review.findings);
    handling::attach(document, review.findings.iter_mut());
    review.findings.sort_by_key(|finding| finding.severity);
    review
}

impl Review {
    fn take<On>(&mut self, check: &CheckDef<On>, outcomes: Vec<Outcome>, gaps: &mut gaps::Gaps) {
        let mut checked = Checked { check: check.id, coverage: Coverage::default(), why: None };
        for outcome in outcomes {
            checked.coverage.count(&outcome);
            self.coverage.count(&outcome);
            match outcome {
                Outcome::Rounding(finding) => self.findings.push(*finding),
                Outcome::Fails(findings) => self.findings.extend(findings),
                Outcome::LacksData(places, count) => gaps.add(check.id, places, count, false),
                Outcome::Unreadable(places) => {
                    let count = places.len();
                    gaps.add(check.id, places, count, true);
                }
                Outcome::NotApplicable(why) => {
                    checked.why.get_or_insert_with(|| why.to_owned());
                }
                Outcome::Failed(why) => checked.why = Some(why),
                Outcome::Holds => {}
            }
        }
        self.by_check.push(checked);
    }
}

/// One pair of places is one event and yields one finding: that of the check that stands first in [`ALL`], and of one
/// check the weightiest.
fn one_of_each(findings: Vec<Finding>) -> Vec<Finding> {
    let mut kept: Vec<usize> = Vec::with_capacity(findings.len());
    let mut seen: HashMap<[&Target; 2], usize> = HashMap::new();
    for (at, finding) in findings.iter().enumerate() {
        let [(first, _), (second, _)] = finding.places.as_slice() else {
            kept.push(at);
            continue;
        };
        let pair = if first <= second { [first, second] } else { [second, first] };
        match seen.get(&pair).and_then(|slot| kept.get_mut(*slot)) {
            Some(before) => {
                let weightier = findings.get(*before).is_some_and(|before| {
                    before.check == finding.check && finding.severity < before.severity
                });
                if weightier {
                    *before = at;
                }
            }
            None => {
                seen.insert(pair, kept.len());
                kept.push(at);
            }
        }
    }
    let mut findings: Vec<Option<Finding>> = findings.into_iter().map(Some).collect();
    kept.into_iter().filter_map(|at| findings.get_mut(at)?.take()).collect()
}

/// The check of the report of an id.
pub fn check(id: &str) -> Option<&'static CheckDef> {
    ALL.iter().find(|check| check.id == id)
}

/// What is told of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// What must hold, in a few words.
    pub title: &'static str,
    /// The document that the relation comes from.
    pub source: &'static str,
}

/// What is told of the check of an id, be it of the report or of its score sheet.
pub fn about(id: &str) -> Option<About> {
    let report = ALL.iter().map(|check| (check.id, check.title, check.source));
    let sheet = score::ALL.iter().map(|check| (check.id, check.title, check.source));
    let (_, title, source) = report.chain(sheet).find(|(known, ..)| *known == id)?;
    Some(About { title, source })
}

/// Words of a hint, for a relation that holds with one.
pub(crate) fn hint_words(hint: Hint) -> &'static str {
    match hint {
        Hint::MayBeRounding => "相差在取整误差以内",
        Hint::Truncated => "按截尾（不进位）成立",
        Hint::WithinInputs => "在所填数字的精度以内成立",
    }
}
