//! 自动成文: paragraphs that are always written the same way, made of references only.
//!
//! A clause stands only where its figures are there; a cause only where the user gave one. The result is stored text
//! (`{{id}}`), so it follows the tables afterwards. Must not change a document: the text is offered, never forced.

mod duties;
mod finance;
mod followup;
mod goals;

use super::cell::Cell;
use super::document::Document;
use super::facts::eval::Facts;
use super::facts::label::Target;
use super::facts::print;
use super::narrative::{self, Piece};
use super::place::Place;
use super::rows::RowId;

type Paragraph = fn(&Writer) -> String;

/// The narrative fields that have a paragraph of their own.
const PARAGRAPHS: &[(&str, Paragraph)] = &[
    ("staffing", |writer| writer.staffing()),
    ("assets", |writer| writer.assets()),
    ("tasks", |writer| writer.tasks()),
    ("goals", |writer| writer.goals()),
    ("fund_use", |writer| writer.fund_use()),
    ("execution", |writer| writer.execution()),
    ("three_public", |writer| writer.three_public()),
    ("procurement", |writer| writer.procurement()),
    ("results", |writer| writer.results()),
    ("effects", |writer| writer.effects()),
    ("satisfaction", |writer| writer.satisfaction()),
    ("conclusion", |writer| writer.conclusion()),
    ("problems", |writer| writer.problems()),
    ("measures", |writer| writer.measures()),
    ("use_of_results", |writer| writer.publication()),
];

/// Writes the paragraph of a narrative field; `None` where this field has none or nothing is filled in yet.
pub fn compose(document: &Document, facts: &Facts, narrative: &str) -> Option<String> {
    let (_, paragraph) = PARAGRAPHS.iter().find(|(key, _)| *key == narrative)?;
    let text = paragraph(&Writer { document, facts });
    (!text.is_empty()).then_some(text)
}

/// Whether a narrative field has a paragraph of its own.
pub fn can_compose(narrative: &str) -> bool {
    PARAGRAPHS.iter().any(|(key, _)| *key == narrative)
}

struct Writer<'a> {
    document: &'a Document,
    facts: &'a Facts,
}

impl Writer<'_> {
    /// “完成年初预算的…，超出…”, on the base that its label names.
    fn against_budget(&self, sum: &str) -> Option<String> {
        let rate = self.clause("完成年初预算的", &format!("{sum}.completion_rate"), "")?;
        let difference =
            self.pair("与年初预算相比", &format!("{sum}.difference_word"), &format!("{sum}.difference_size"));
        Some(match difference {
            Some(difference) => format!("{rate}，{difference}"),
            None => rate,
        })
    }

    /// Words, a reference, words; only where the reference has a value.
    fn clause(&self, before: &str, id: &str, after: &str) -> Option<String> {
        self.reference(id).map(|reference| format!("{before}{reference}{after}"))
    }

    /// A word chosen by the sign, then the magnitude: “增长 24.30%”; “持平” stands alone.
    fn pair(&self, before: &str, word: &str, size: &str) -> Option<String> {
        let chosen = self.facts.get(word)?.as_ref().ok()?;
        let (word, size) = (self.reference(word)?, self.reference(size)?);
        Some(if chosen.number.is_zero() {
            format!("{before}{word}")
        } else {
            format!("{before}{word}{size}")
        })
    }

    fn cause(&self, before: &str, id: &str) -> Option<String> {
        self.clause(before, id, "")
    }

    /// “公务接待费：{{原因}}；…” over the rows of a list whose cause the user gave.
    fn causes(&self, before: &str, list: &str, wanted: impl Fn(&str) -> bool) -> String {
        let items: Vec<String> = self
            .named_rows(list)
            .into_iter()
            .filter(|(id, _)| wanted(id.as_str()))
            .filter_map(|(id, name)| {
                self.clause(&format!("{name}，"), &format!("{list}[{id}].deviation_cause"), "")
            })
            .collect();
        self.items(before, &items, "；")
    }

    /// “其中：行政编制{{…}}、事业编制{{…}}” over the rows that are filled in.
    fn listed(&self, before: &str, list: &str, column: &str, noun: &str) -> Option<String> {
        let items: Vec<String> = self
            .named_rows(list)
            .into_iter()
            .filter_map(|(id, name)| {
                self.clause(&format!("{name}{noun}"), &format!("{list}[{id}].{column}"), "")
            })
            .collect();
        (!items.is_empty()).then(|| format!("{before}：{}", items.join("、")))
    }

    /// “55岁以上{{人数}}，占{{比例}}” for each group that is filled in.
    fn shares(&self, list: &str) -> Option<String> {
        let items: Vec<String> = self
            .named_rows(list)
            .into_iter()
            .filter_map(|(id, name)| {
                let count = self.clause(&name, &format!("{list}[{id}].staff_in_post"), "")?;
                let share = self.clause("，占", &format!("{list}[{id}].share"), "").unwrap_or_default();
                Some(format!("{count}{share}"))
            })
            .collect();
        (!items.is_empty()).then(|| items.join("，"))
    }

    /// Rows with a name; what stands in brackets behind it belongs to forms, not to sentences.
    fn named_rows(&self, list: &str) -> Vec<(RowId, String)> {
        let Some(rows) = self.document.list(list) else { return Vec::new() };
        (0..rows.len())
            .filter_map(|at| {
                let words = rows.get(at, 0).words().trim().to_owned();
                let name = words.strip_suffix('）').and_then(|text| text.rsplit_once('（')).map_or(
                    words.as_str(),
                    |(before, code)| {
                        if code.bytes().all(|b| b.is_ascii_digit()) { before } else { &words }
                    },
                );
                (!name.is_empty()).then(|| rows.id_at(at).map(|id| (id, name.to_owned())))?
            })
            .collect()
    }

    fn reference(&self, id: &str) -> Option<String> {
        let target = Target::parse(id)?;
        let has_value = match &target {
            Target::Place(place) => self.is_filled(place),
            _ => {
                print::computed(&target, self.document, self.facts).is_some_and(|(_, _, value)| value.is_ok())
            }
        };
        has_value.then(|| narrative::reference(&target, false))
    }

    fn is_filled(&self, place: &Place) -> bool {
        matches!(self.document.get(place), Cell::Value(_))
    }

    /// A fact's clause, where its number is not 0.
    fn unless_zero(&self, before: &str, id: &str) -> Option<String> {
        let value = self.facts.get(id)?.as_ref().ok()?;
        if value.number.is_zero() { None } else { self.clause(before, id, "") }
    }

    fn is_zero(&self, id: &str) -> bool {
        matches!(self.facts.get(id), Some(Ok(value)) if value.number.is_zero())
    }

    /// Clauses as a sentence; empty where none stands.
    fn sentence(&self, clauses: &[Option<String>]) -> String {
        let clauses: Vec<&str> = clauses.iter().flatten().map(String::as_str).collect();
        if clauses.is_empty() { String::new() } else { self.ended(clauses.join("，")) }
    }

    /// “words A；B；C。”; empty where there is no item.
    fn items(&self, before: &str, items: &[String], between: &str) -> String {
        if items.is_empty() { String::new() } else { self.ended(format!("{before}{}", items.join(between))) }
    }

    /// The text with its full stop, unless the last thing in it is a cell that brings one.
    fn ended(&self, text: String) -> String {
        let stops = match narrative::pieces(&text).last() {
            Some(Piece::Reference { target: Target::Place(place), .. }) => {
                self.document.get(place).words().trim_end().ends_with(['。', '！', '？'])
            }
            _ => false,
        };
        if stops { text } else { text + "。" }
    }
}

/// Sentences that there are, each a paragraph.
fn paragraphs(texts: impl IntoIterator<Item = String>) -> String {
    let texts: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
    texts.join("\n")
}

/// Paragraphs with their numbers: “1. …”.
fn numbered(texts: impl IntoIterator<Item = String>) -> Vec<String> {
    let texts = texts.into_iter().filter(|text| !text.is_empty());
    texts.enumerate().map(|(at, text)| format!("{}. {text}", at + 1)).collect()
}
