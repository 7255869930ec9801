//! What several test files need: repeatable ids, places by the name of their row, random scripts of edits made from
//! the record tables.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

use proptest::prelude::*;
use std::sync::Arc;

use ziping::app::ids::{Random, new_id};
use ziping::domain::amount::MoneyUnit;
use ziping::domain::cell::Raw;
use ziping::domain::document::Document;
use ziping::domain::edit::Edit;
use ziping::domain::entry;
use ziping::domain::place::Place;
use ziping::domain::record::{FieldDef, Kind};
use ziping::domain::reference;
use ziping::domain::rows::{RowData, RowId};
use ziping::domain::template::{PACKS, Template};

/// Randomness that is the same in every run.
pub struct Counting(pub u64);

impl Random for Counting {
    fn fill(&mut self, buffer: &mut [u8]) {
        for byte in buffer {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *byte = (self.0 >> 33) as u8;
        }
    }
}

/// The built-in template.
pub fn template() -> Arc<Template> {
    Arc::new(serde_json::from_str(PACKS[0].1).unwrap())
}

/// A new report.
pub fn empty() -> Document {
    Document::new("leer", template())
}

/// A place whose row is given by its id or by what its first column says.
pub fn place(document: &Document, text: &str) -> Place {
    let Some((list, rest)) = text.split_once('[') else { return Place::parse(text).expect(text) };
    let (row, column) = rest.rsplit_once("].").expect(text);
    let rows = document.list(list).expect(list);
    let id = (0..rows.len())
        .find(|at| rows.get(*at, 0).words() == row || rows.id_at(*at).unwrap().as_str() == row)
        .and_then(|at| rows.id_at(at))
        .unwrap_or_else(|| panic!("no row {text}"));
    Place::parse(&format!("{list}[{id}].{column}")).expect(text)
}

/// Types a text into a field, as the page does.
pub fn typed(document: &mut Document, at: &str, text: &str) {
    let place = place(document, at);
    let cell = reference::read(document, Document::def(&place).unwrap(), text, MoneyUnit::WanYuan);
    document.apply(&Edit::set(place, cell));
}

/// Number of cases of a property: `FAULTS_CASES` in the full run, else the given one.
pub fn cases(usual: u32) -> ProptestConfig {
    let cases = std::env::var("FAULTS_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// A step of a script, as numbers: what they mean depends on the state that they meet.
#[derive(Clone, Debug)]
pub enum Step {
    /// Types into a field of a section.
    Field(usize, usize, usize),
    /// Types into a cell of a list.
    Cell(usize, usize, usize, usize),
    /// Inserts rows: list, position, how many, texts.
    Insert(usize, usize, usize, usize),
    /// Removes rows: list, position, how many.
    Remove(usize, usize, usize),
    /// Moves a row: list, from, to.
    Move(usize, usize, usize),
    /// Several steps as one.
    Batch(Vec<Step>),
    /// Puts another report in place.
    Replace(bool),
}

/// Steps of every kind, over every list and field.
pub fn step() -> impl Strategy<Value = Step> {
    let n = || 0..1_000_usize;
    let leaf = prop_oneof![
        4 => (n(), n(), n()).prop_map(|(a, b, c)| Step::Field(a, b, c)),
        6 => (n(), n(), n(), n()).prop_map(|(a, b, c, d)| Step::Cell(a, b, c, d)),
        3 => (n(), n(), 1..4_usize, n()).prop_map(|(a, b, c, d)| Step::Insert(a, b, c, d)),
        2 => (n(), n(), 1..4_usize).prop_map(|(a, b, c)| Step::Remove(a, b, c)),
        2 => (n(), n(), n()).prop_map(|(a, b, c)| Step::Move(a, b, c)),
    ];
    let batch = proptest::collection::vec(leaf.clone(), 0..4).prop_map(Step::Batch);
    prop_oneof![20 => leaf, 2 => batch, 1 => any::<bool>().prop_map(Step::Replace)]
}

/// Texts that people and programs type and paste.
const TEXTS: &[&str] = &[
    "",
    "无",
    "-",
    "—",
    "0",
    "12.880",
    "1,234.5万元",
    "１２３",
    "12x",
    "-0.50",
    "2021",
    "2021年度",
    "2022年3月15日",
    "2022-02-30",
    "是",
    "yes",
    "也许",
    "信丰县科学技术局",
    "  空格  ",
    "第一段\n第二段",
    "{三公经费.决算}",
    "{{basic.outturn|数}}",
    "{{projects[gone].outturn}}",
    "{",
    "}}",
    "{{",
    "|数",
    "</script><script>alert(1)</script>",
    "\"引号\"'&<>",
    "=1+1",
    "@sum",
    "\u{202e}反\u{0}零",
    "\u{feff}",
    "\u{1f600}",
    "79228162514264337593543950335",
    "0.0000000000000000000000000001",
    "1e400",
    "null",
    "{\"unread\":\"x\"}",
    "\\u003c",
    "#gone",
];

/// What one of the texts becomes in a field.
pub fn cell(def: &FieldDef, text: usize) -> Raw {
    // Every other entry into a choice or number is one that it takes.
    let text = match (def.kind, text % 2) {
        (Kind::Choice, 0) if !def.options.is_empty() => def.options[text / 2 % def.options.len()].0,
        (Kind::Reference, 0) => return Raw::text("gonegonego"),
        (Kind::Amount | Kind::Count | Kind::Number, 0) => ["3", "14.99", "1631.046"][text / 2 % 3],
        _ => TEXTS[text % TEXTS.len()],
    };
    match (def.kind, entry::read(def, text, MoneyUnit::WanYuan)) {
        // A name that no row has is kept as typed.
        (Kind::Reference, Raw::Value(words)) => Raw::Unread(words),
        (_, cell) => cell,
    }
}

/// The edit that a step is in a state.
pub fn edit(document: &Document, step: &Step, random: &mut Counting) -> Edit {
    match step {
        Step::Field(section, field, text) => {
            let (section, defs) = Document::SECTIONS[section % Document::SECTIONS.len()];
            let def = &defs[field % defs.len()];
            Edit::set(Place::field(section, def.key), cell(def, *text))
        }
        Step::Cell(list, row, column, text) => {
            let (list, defs) = Document::LISTS[list % Document::LISTS.len()];
            let def = &defs[column % defs.len()];
            let ids = document.list(list).unwrap().ids();
            // A row that is not there must do no harm.
            let id = ids.get(row % (ids.len() + 1)).cloned().unwrap_or_else(|| RowId::new("gone"));
            Edit::set(Place::cell(list, &id, def.key), cell(def, *text))
        }
        Step::Insert(list, at, count, text) => {
            let (list, defs) = Document::LISTS[list % Document::LISTS.len()];
            let rows = (0..*count).map(|n| {
                let mut data = RowData { id: RowId::new(&new_id(random)), ..RowData::default() };
                for (column, def) in defs.iter().enumerate().filter(|(column, _)| (column + n) % 2 == 0) {
                    data.cells.insert(def.key.to_owned(), cell(def, text + column + n));
                }
                data
            });
            Edit::Insert { list: list.to_owned(), at: at % 12, rows: rows.collect() }
        }
        Step::Remove(list, at, count) => {
            let (list, _) = Document::LISTS[list % Document::LISTS.len()];
            let ids = document.list(list).unwrap().ids();
            let at = at % (ids.len() + 1);
            Edit::Remove { list: list.to_owned(), ids: ids.into_iter().skip(at).take(*count).collect() }
        }
        Step::Move(list, from, to) => {
            let (list, _) = Document::LISTS[list % Document::LISTS.len()];
            let ids = document.list(list).unwrap().ids();
            let id = ids.get(from % (ids.len() + 1)).cloned().unwrap_or_else(|| RowId::new("gone"));
            Edit::Move { list: list.to_owned(), id, to: to % 12 }
        }
        Step::Batch(steps) => Edit::Batch(steps.iter().map(|step| edit(document, step, random)).collect()),
        Step::Replace(filled) => {
            Edit::Replace(Box::new(if *filled { ziping::app::sample::xinfeng() } else { empty() }))
        }
    }
}
