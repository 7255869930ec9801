//! What text can refer to: computed figures, fields, and cells of rows; their ids and the labels users see.
//!
//! A label names exactly one target or none. Must not know how text is edited.

use std::fmt;

use super::registry::registry;
use crate::domain::document::{Document, INPUTS};
use crate::domain::place::Place;
use crate::domain::record::FieldDef;
use crate::domain::rows::{List, RowId};
use crate::domain::tables::{self, TableDef};

/// A figure or field that text refers to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
        let title = title(list);
        let Some(at) = document.list(list).and_then(|rows| rows.position(row)) else {
            return format!("{title}.{GONE}{row}.{column}");
        };
        let name = plain(&document.row_name(list, row));
        [format!("{name}.{column}"), format!("{title}.{name}.{column}")]
            .into_iter()
            .find(|label| matches!(candidates(document, label).as_slice(), [only] if only == self))
            .unwrap_or_else(|| format!("{title}.{name}（第{}行）.{column}", at + 1))
    }

    /// The target that says what this one says: a cell that is read from another table is that table's total.
    pub fn resolved(&self, document: &Document) -> Self {
        let read = match self {
            Target::Place(Place::Cell { list, row, column }) => TableDef::by_list(list)
                .zip(document.list(list))
                .and_then(|(table, rows)| tables::read_from(table, rows.len(), row, column))
                .and_then(|fact| registry().fact(&fact)),
            _ => None,
        };
        read.map_or_else(|| self.clone(), |def| Target::Fact(&def.id))
    }

    /// The target that a label names, if it names exactly one.
    pub fn named(document: &Document, label: &str) -> Option<Self> {
        let mut found = candidates(document, label.trim());
        let target = found.pop()?;
        found.is_empty().then_some(target)
    }

    /// Everything that text can refer to whose label contains all the words, at most `limit`: facts first, then fields,
    /// then cells of rows.
    pub fn search(document: &Document, words: &str, limit: usize) -> Vec<(Target, String)> {
        let words: Vec<&str> = words.split_whitespace().collect();
        let facts = registry().facts.iter().map(|def| Target::Fact(&def.id));
        let fields = Document::SECTIONS
            .iter()
            .filter(|(name, _)| *name != "narratives")
            .flat_map(|(name, defs)| defs.iter().map(|def| Target::Place(Place::field(name, def.key))));
        let tables = Document::LISTS.iter().filter(|(name, _)| has_names(name));
        let cells = tables.flat_map(|(name, defs)| {
            let ids = document.list(name).map(|rows| rows.ids()).unwrap_or_default();
            ids.into_iter().flat_map(move |row| row_targets(name, defs, row))
        });
        facts
            .chain(fields)
            .chain(cells)
            // What is read from elsewhere is found there.
            .filter(|target| target.resolved(document) == *target)
            // The short form is what is searched; making sure of uniqueness costs a look at every row.
            .filter(|target| {
                words.is_empty() || {
                    let label = target.short_label(document);
                    words.iter().all(|word| label.contains(word))
                }
            })
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

/// A row name as it can stand inside braces, on one line.
fn plain(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            '{' => '｛',
            '}' => '｝',
            '|' => '｜',
            c if c.is_control() && c.is_whitespace() => ' ',
            c if c.is_control() => '\u{FFFD}',
            c => c,
        })
        .collect()
}

/// What users call a list: the title of its table.
pub fn title(list: &str) -> &'static str {
    TableDef::by_list(list).map_or_else(
        || match list {
            "score_answers" => "自评表",
            INPUTS => "模板要求的内容",
            _ => "",
        },
        |table| table.title,
    )
}

/// Whether text can name the rows of a list: those of tables, and what a template asks for.
fn has_names(list: &str) -> bool {
    list == INPUTS || TableDef::by_list(list).is_some()
}

/// What a label can mean. Names that are fixed come before names of rows, which anybody can type, and a name with
/// its table and number before one without; so the longest form of a label always has one meaning.
fn candidates(document: &Document, label: &str) -> Vec<Target> {
    let facts = registry().facts.iter().filter(|def| def.label == label).map(|def| Target::Fact(&def.id));
    let fields = Document::SECTIONS
        .iter()
        .flat_map(|(section, defs)| defs.iter().map(|def| Place::field(section, def.key)))
        .filter(|place| field_label(place) == label)
        .map(Target::Place);
    let fixed: Vec<Target> = facts.chain(fields).collect();
    if !fixed.is_empty() {
        return fixed;
    }
    let Some((row, column)) = label.rsplit_once('.') else { return Vec::new() };
    let lists = || {
        Document::LISTS
            .iter()
            .filter_map(|(list, defs)| RowLabels::of(document, list, defs, column))
            .filter(|rows| has_names(rows.list))
    };
    let qualified = lists().find_map(|list| {
        let name = row.strip_prefix(title(list.list))?.strip_prefix('.')?;
        let found = list.qualified(name);
        (!found.is_empty()).then_some(found)
    });
    qualified.unwrap_or_else(|| lists().flat_map(|list| list.named(row)).collect())
}

/// The targets of one column of a list, by the names of its rows.
struct RowLabels<'a> {
    list: &'static str,
    rows: &'a dyn List,
    /// Key of a field or of a fact of the rows.
    key: &'static str,
    is_fact: bool,
}

impl<'a> RowLabels<'a> {
    /// The column that this label names, if the list has one.
    fn of(
        document: &'a Document,
        list: &'static str,
        defs: &'static [FieldDef],
        column: &str,
    ) -> Option<Self> {
        let rows = document.list(list)?;
        let cell = defs.iter().find(|def| def.label == column);
        if let Some(def) = cell {
            return Some(RowLabels { list, rows, key: def.key, is_fact: false });
        }
        let fact = registry().rows.iter().find(|def| def.list == list && def.label == column)?;
        Some(RowLabels { list, rows, key: fact.key, is_fact: true })
    }

    fn target(&self, row: RowId) -> Target {
        if self.is_fact {
            Target::RowFact { list: self.list, row, key: self.key }
        } else {
            Target::Place(Place::cell(self.list, &row, self.key))
        }
    }

    /// Whether the row at a position goes by this name.
    fn is_named(&self, at: usize, name: &str) -> bool {
        let cell = self.rows.get(at, 0);
        match cell.words().trim() {
            "" => name == format!("第{}行", at + 1),
            words => plain(words) == name,
        }
    }

    fn named(&self, name: &str) -> Vec<Target> {
        (0..self.rows.len())
            .filter(|at| self.is_named(*at, name))
            .filter_map(|at| self.rows.id_at(at))
            .map(|id| self.target(id))
            .collect()
    }

    /// The rows that are meant by a name behind the name of the table: by id where the row was deleted, by number,
    /// by name.
    fn qualified(&self, name: &str) -> Vec<Target> {
        if let Some(id) = name.strip_prefix(GONE) {
            return vec![self.target(RowId::new(id))];
        }
        let numbered = name
            .strip_suffix("行）")
            .and_then(|rest| rest.rsplit_once("（第"))
            .and_then(|(before, number)| Some((before, number.parse::<usize>().ok()?.checked_sub(1)?)))
            .filter(|(before, at)| self.is_named(*at, before))
            .and_then(|(_, at)| self.rows.id_at(at));
        match numbered {
            Some(id) => vec![self.target(id)],
            None => self.named(name),
        }
    }
}
