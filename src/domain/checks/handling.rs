//! What users say of findings, kept with the report as ordinary rows: 已改正, 情况说明, 不适用.
//!
//! A handling belongs to a check and its places, and holds as long as the values do: other values bring the finding
//! back. 已改正 is never believed: the finding is gone when the figures agree, and until then it stays open. Dates come
//! from the caller.

use std::collections::{HashMap, HashSet};

use super::Finding;
use crate::domain::cell::{Num, Raw};
use crate::domain::document::{Document, HandlingLine};
use crate::domain::edit::Edit;
use crate::domain::facts::eval::Facts;
use crate::domain::facts::label::Target;
use crate::domain::facts::print::{self, Context};
use crate::domain::narrative;
use crate::domain::place::Place;
use crate::domain::rows::{RowData, RowId};

/// What is said of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// 已改正: taken as a promise, and looked at again.
    Corrected,
    /// 情况说明: printed with the report.
    Explained,
    /// 不适用, with the reason.
    NotApplicable,
}

impl Answer {
    /// All, as they are offered.
    pub const ALL: [Answer; 3] = [Answer::Corrected, Answer::Explained, Answer::NotApplicable];

    /// The stored key.
    pub fn key(self) -> &'static str {
        match self {
            Answer::Corrected => "corrected",
            Answer::Explained => "explained",
            Answer::NotApplicable => "not_applicable",
        }
    }

    /// The words shown to users.
    pub fn label(self) -> &'static str {
        match self {
            Answer::Corrected => "已改正",
            Answer::Explained => "情况说明",
            Answer::NotApplicable => "不适用",
        }
    }

    fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.key() == key)
    }
}

/// What the report says of a finding that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handling {
    /// The row that says it.
    pub row: RowId,
    /// What it says.
    pub answer: Answer,
    /// In which words.
    pub reason: String,
    /// When, as `YYYY-MM-DD`.
    pub date: String,
    /// The values are others now than those it was said of.
    pub changed: bool,
}

impl Handling {
    /// Whether the finding needs nothing more.
    pub fn settles(&self) -> bool {
        !self.changed && self.answer != Answer::Corrected && !self.reason.trim().is_empty()
    }
}

/// A handling whose finding is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past<'a> {
    /// The row.
    pub line: &'a HandlingLine,
    /// Both figures are there and nothing is found at them any more: worked out, not believed.
    pub corrected: bool,
}

/// The places of a finding, in the form that is stored.
fn places(finding: &Finding) -> String {
    finding.places.iter().map(|(target, _)| target.to_string()).collect::<Vec<_>>().join(";")
}

fn values(finding: &Finding) -> String {
    finding.places.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(";")
}

/// Gives each finding what the report says of it.
///
/// Findings of the tables differ in check and places. In prose several may share them; then a row goes with the finding
/// that has its values, and rows whose values are nowhere any more with the findings that are left, in their order.
pub fn attach<'a>(document: &Document, findings: impl Iterator<Item = &'a mut Finding>) {
    let mut known: HashMap<(String, String), Vec<&HandlingLine>> = HashMap::new();
    for line in document.handlings.iter().filter(|line| Answer::of(line.answer.words()).is_some()) {
        let of = (line.check.words().to_owned(), line.places.words().to_owned());
        known.entry(of).or_default().push(line);
    }
    if known.is_empty() {
        return;
    }
    let mut others = Vec::new();
    for finding in findings {
        finding.handling = None;
        let (of, now) = ((finding.check.to_owned(), places(finding)), values(finding));
        let Some(lines) = known.get_mut(&of) else { continue };
        match lines.iter().rposition(|line| line.values.words() == now) {
            Some(found) => finding.handling = said(lines.remove(found), false),
            None => others.push((finding, of)),
        }
    }
    for (finding, of) in others {
        let Some(lines) = known.get_mut(&of) else { continue };
        if !lines.is_empty() {
            finding.handling = said(lines.remove(0), true);
        }
    }
}

fn said(line: &HandlingLine, changed: bool) -> Option<Handling> {
    Some(Handling {
        row: line.id.clone(),
        answer: Answer::of(line.answer.words())?,
        reason: line.reason.words().to_owned(),
        date: line.date.words().to_owned(),
        changed,
    })
}

/// Handlings that belong to none of the findings that stand, in the order of the report.
pub fn past<'a, 'b>(
    document: &'a Document,
    facts: &Facts,
    standing: impl IntoIterator<Item = &'b Finding>,
) -> Vec<Past<'a>> {
    let standing: HashSet<&RowId> = standing
        .into_iter()
        .filter_map(|finding| finding.handling.as_ref())
        .map(|handling| &handling.row)
        .collect();
    document
        .handlings
        .iter()
        .filter(|line| !standing.contains(&line.id) && Answer::of(line.answer.words()).is_some())
        .map(|line| Past { line, corrected: is_there(document, facts, line.places.words()) })
        .collect()
}

/// What is said of a finding of the prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfProse {
    /// The finding in a sentence.
    pub message: String,
    /// Its places with the values that they show.
    pub places: Vec<(Target, String)>,
    /// What is said.
    pub handling: Handling,
}

/// What is said of the prose, as far as the prose still says what it was said of.
///
/// Prose is read after the edit and outside of `evaluate`. So this goes by the words: those figures still stand in
/// those texts, and the tables beside them show what they showed.
pub fn of_prose(document: &Document, facts: &Facts) -> Vec<OfProse> {
    let context = Context { document, facts, row: None };
    let stands = |(target, value): &(Target, String)| match target {
        Target::Place(Place::Field { section: "narratives", field }) => {
            let text = document.get(&Place::field("narratives", field));
            narrative::printed(document, facts, text.words()).contains(value.as_str())
        }
        other => print::shown(other, &context) == *value,
    };
    let lines = document.handlings.iter().filter(|line| super::check(line.check.words()).is_none());
    lines
        .filter_map(|line| {
            let targets = line.places.words().split(';').map(Target::parse);
            let values = line.values.words().split(';').map(str::to_owned);
            let places: Vec<_> =
                targets.zip(values).map(|(target, value)| Some((target?, value))).collect::<Option<_>>()?;
            let stands = places.iter().all(stands);
            let message = line.message.words().to_owned();
            stands.then_some(OfProse { message, places, handling: said(line, false)? })
        })
        .collect()
}

/// Whether everything that was compared still has a value.
fn is_there(document: &Document, facts: &Facts, places: &str) -> bool {
    places.split(';').all(|place| match Target::parse(place) {
        Some(Target::Place(place)) => {
            document.has(&place)
                && !document.get(&place).is_blank()
                && (document.number(&place) != Num::Unread
                    || Document::def(&place).is_some_and(|def| !def.kind.is_numeric()))
        }
        Some(Target::Fact(id)) => matches!(facts.get(id), Some(Ok(_))),
        Some(Target::RowFact { .. }) | None => false,
    })
}

/// The edit that says this of a finding; `fresh` is the id of its row if nothing was said before.
pub fn answer(finding: &Finding, answer: Answer, reason: &str, date: &str, fresh: &RowId) -> Edit {
    let cells = [
        ("check", finding.check.to_owned()),
        ("places", places(finding)),
        ("values", values(finding)),
        ("message", finding.message.clone()),
        ("answer", answer.key().to_owned()),
        ("reason", reason.trim().to_owned()),
        ("date", date.to_owned()),
    ];
    match &finding.handling {
        Some(before) => Edit::Batch(
            cells
                .into_iter()
                .filter_map(|(key, text)| {
                    let place = Place::parse(&format!("handlings[{}].{key}", before.row))?;
                    Some(Edit::set(place, Raw::text(text)))
                })
                .collect(),
        ),
        None => {
            let mut row = RowData { id: fresh.clone(), ..RowData::default() };
            row.cells.extend(cells.map(|(key, text)| (key.to_owned(), Raw::text(text))));
            Edit::Insert { list: "handlings".into(), at: usize::MAX, rows: vec![row] }
        }
    }
}

/// The edit that takes a handling back.
pub fn withdrawn(row: &RowId) -> Edit {
    Edit::Remove { list: "handlings".into(), ids: vec![row.clone()] }
}
