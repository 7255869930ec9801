//! What text can refer to: computed figures, fields, and cells of rows; their ids and the labels users see.
//!
//! A label names exactly one target or none. Must not know how text is edited.

use std::fmt;

use super::registry::registry;
use crate::domain::document::Document;
use crate::domain::place::Place;
use crate::domain::record::{FieldDef, Kind};
use crate::domain::rows::{List, RowId};
use crate::domain::tables::TableDef;

/// A figure or field that text refers to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A fact of the report.
    Fact(&'static str),
    /// A field or cell.
    Place(Place),
    /// A fact of one row.
    RowFact {
        /// Name of the list.
        list: &'static str,
        /// Id of the row.
        row: RowId,
        /// Key of the fact.
        key: &'static str,
    },
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Fact(id) => f.write_str(id),
            Target::Place(place) => write!(f, "{place}"),
            Target::RowFact { list, row, key } => write!(f, "{list}[{row}].{key}"),
        }
    }
}

/// Words that stand for the name of a row that is gone, before its id.
const GONE: &str = "已删除的行#";

impl Target {
    /// Reads an id as it stands in stored text.
    pub fn parse(id: &str) -> Option<Self> {
        if let Some(def) = registry().fact(id) {
            return Some(Target::Fact(&def.id));
        }
        if let Some(place) = Place::parse(id) {
            return Some(Target::Place(place));
        }
        let (owner, key) = id.rsplit_once('.')?;
        let (list, row) = owner.strip_suffix(']')?.split_once('[')?;
        let def = registry().row_fact(list, key)?;
        Some(Target::RowFact { list: def.list, row: RowId::new(row), key: def.key })
    }

    /// List, row and column words of a target that belongs to a row.
    fn in_row(&self) -> Option<(&'static str, &RowId, &'static str)> {
        match self {
            Target::Fact(_) | Target::Place(Place::Field { .. }) => None,
            Target::Place(place @ Place::Cell { list, row, .. }) => {
                Some((list, row, Document::def(place).map_or("", |def| def.label)))
            }
            Target::RowFact { list, row, key } => {
                Some((list, row, registry().row_fact(list, key).map_or("", |def| def.label)))
            }
        }
    }

    /// Whether the row that the target belongs to is gone.
    pub fn is_gone(&self, document: &Document) -> bool {
        self.in_row()
            .is_some_and(|(list, row, _)| document.list(list).is_none_or(|rows| rows.position(row).is_none()))
    }

    /// The label that names this target and no other.
    pub fn label(&self, document: &Document) -> String {
        let Some((list, row, column)) = self.in_row() else {
            return match self {
                Target::Fact(id) => registry().fact(id).map_or_else(String::new, |def| def.label.clone()),
                Target::Place(place) => field_label(place),
                Target::RowFact { .. } => String::new(),
            };
        };
        let Some(at) = document.list(list).and_then(|rows| rows.position(row)) else {
            return format!("{GONE}{row}.{column}");
        };
        let name = plain(&document.row_name(list, row));
        let title = TableDef::by_list(list).map_or("", |table| table.title);
        [format!("{name}.{column}"), format!("{title}.{name}.{column}")]
            .into_iter()
            .find(|label| only_one(document, label))
            .unwrap_or_else(|| format!("{title}.{name}（第{}行）.{column}", at + 1))
    }

    /// The target that a label names, if it names exactly one.
    pub fn named(document: &Document, label: &str) -> Option<Self> {
        let mut found = candidates(document, label.trim());
        let target = found.pop()?;
        found.is_empty().then_some(target)
    }

    /// Everything that text can refer to whose label contains the words, at most `limit`: facts first, then fields,
    /// then cells of rows.
    pub fn search(document: &Document, words: &str, limit: usize) -> Vec<(Target, String)> {
        let words = words.trim();
        let facts = registry().facts.iter().map(|def| Target::Fact(&def.id));
        let fields = Document::SECTIONS
            .iter()
            .filter(|(name, _)| *name != "narratives")
            .flat_map(|(name, defs)| defs.iter().map(|def| Target::Place(Place::field(name, def.key))));
        let cells = Document::LISTS.iter().flat_map(|(name, defs)| {
            let ids = document.list(name).map(List::ids).unwrap_or_default();
            ids.into_iter().flat_map(move |row| row_targets(name, defs, row))
        });
        facts
            .chain(fields)
            .chain(cells)
            // The short form is what is searched; making sure of uniqueness costs a look at every row.
            .filter(|target| words.is_empty() || target.short_label(document).contains(words))
            .take(limit)
            .map(|target| {
                let label = target.label(document);
                (target, label)
            })
            .collect()
    }

    fn short_label(&self, document: &Document) -> String {
        match self.in_row() {
            Some((list, row, column)) => format!("{}.{column}", plain(&document.row_name(list, row))),
            None => self.label(document),
        }
    }
}

fn row_targets(list: &'static str, defs: &'static [FieldDef], row: RowId) -> Vec<Target> {
    let cells = defs.iter().skip(1).map(|def| Target::Place(Place::cell(list, &row, def.key)));
    let facts = registry().rows.iter().filter(|def| def.list == list).map(|def| Target::RowFact {
        list: def.list,
        row: row.clone(),
        key: def.key,
    });
    cells.chain(facts).collect()
}

/// Label of a section's field: stated totals are told from computed ones.
fn field_label(place: &Place) -> String {
    let label = Document::def(place).map_or("", |def| def.label);
    match place {
        Place::Field { section, .. } => match TableDef::by_stated(section) {
            Some((_, sum)) => format!("{}.上报{label}", sum.name),
            None => match *section {
                "receipts_stated" => format!("总计（收）.上报{label}"),
                "payments_stated" => format!("总计（支）.上报{label}"),
                "carryover_stated" if place.key() == "closing" => format!("结转结余.上报{label}"),
                _ => label.to_owned(),
            },
        },
        Place::Cell { .. } => label.to_owned(),
    }
}

/// A row name as it can stand inside braces.
fn plain(name: &str) -> String {
    name.replace('{', "｛").replace('}', "｝").replace('|', "｜")
}

fn only_one(document: &Document, label: &str) -> bool {
    candidates(document, label).len() == 1
}

fn candidates(document: &Document, label: &str) -> Vec<Target> {
    let mut found: Vec<Target> =
        registry().facts.iter().filter(|def| def.label == label).map(|def| Target::Fact(&def.id)).collect();
    for (section, defs) in Document::SECTIONS {
        let places = defs.iter().map(|def| Place::field(section, def.key));
        found.extend(places.filter(|place| field_label(place) == label).map(Target::Place));
    }
    if let Some((row, column)) = label.rsplit_once('.') {
        for (list, defs) in Document::LISTS {
            row_candidates(document, list, defs, row, column, &mut found);
        }
    }
    found
}

fn row_candidates(
    document: &Document,
    list: &'static str,
    defs: &'static [FieldDef],
    row: &str,
    column: &str,
    found: &mut Vec<Target>,
) {
    let cell = defs.iter().skip(1).find(|def| def.label == column && def.kind != Kind::Narrative);
    let fact = registry().rows.iter().find(|def| def.list == list && def.label == column);
    if cell.is_none() && fact.is_none() {
        return;
    }
    let Some(rows) = document.list(list) else { return };
    let target = |id: RowId| match (cell, fact) {
        (Some(def), _) => Target::Place(Place::cell(list, &id, def.key)),
        (None, Some(def)) => Target::RowFact { list: def.list, row: id, key: def.key },
        (None, None) => Target::Fact(""),
    };
    if let Some(id) = row.strip_prefix(GONE) {
        // The id of a deleted row is only known to its text; any list with this column may have had it.
        if rows.position(&RowId::new(id)).is_none() && found.is_empty() {
            found.push(target(RowId::new(id)));
        }
        return;
    }
    let title = TableDef::by_list(list).map_or("", |table| table.title);
    let name = row.strip_prefix(title).and_then(|rest| rest.strip_prefix('.')).unwrap_or(row);
    let (name, only) = match name.strip_suffix("行）").and_then(|rest| rest.rsplit_once("（第")) {
        Some((before, number)) => match number.parse::<usize>() {
            Ok(number) => (before, number.checked_sub(1)),
            Err(_) => (name, None),
        },
        None => (name, None),
    };
    for at in 0..rows.len() {
        if only.is_some_and(|only| only != at) {
            continue;
        }
        let Some(id) = rows.id_at(at) else { continue };
        let words = rows.get(at, 0);
        let words = words.words().trim();
        let named = if words.is_empty() { name == format!("第{}行", at + 1) } else { plain(words) == name };
        if named {
            found.push(target(id));
        }
    }
}
