//! Where a field stands in a report: `section.field` or `list[row].column`.
//!
//! Names are those of the document's own table; a place that the document does not have cannot be made from text.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

use super::document::Document;
use super::rows::RowId;

/// The address of one field.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// A field of a section.
    Field {
        /// Name of the section.
        section: &'static str,
        /// Key of the field.
        field: &'static str,
    },
    /// A cell of a list.
    Cell {
        /// Name of the list.
        list: &'static str,
        /// Id of the row.
        row: RowId,
        /// Key of the column.
        column: &'static str,
    },
}

impl Place {
    /// A field of a section.
    pub fn field(section: &'static str, field: &'static str) -> Self {
        Place::Field { section, field }
    }

    /// A cell of a list.
    pub fn cell(list: &'static str, row: &RowId, column: &'static str) -> Self {
        Place::Cell { list, row: row.clone(), column }
    }

    /// Reads the written form; `None` where no report has such a field.
    pub fn parse(text: &str) -> Option<Self> {
        let (owner, key) = text.rsplit_once('.')?;
        match owner.strip_suffix(']').and_then(|open| open.split_once('[')) {
            Some((list, row)) => {
                let (list, columns) = Document::LISTS.iter().find(|(name, _)| *name == list)?;
                let column = columns.iter().find(|def| def.key == key)?;
                Some(Place::Cell { list, row: RowId::new(row), column: column.key })
            }
            None => {
                let (section, fields) = Document::SECTIONS.iter().find(|(name, _)| *name == owner)?;
                let field = fields.iter().find(|def| def.key == key)?;
                Some(Place::Field { section, field: field.key })
            }
        }
    }

    /// Key of the field or column.
    pub fn key(&self) -> &'static str {
        match self {
            Place::Field { field, .. } => field,
            Place::Cell { column, .. } => column,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Field { section, field } => write!(f, "{section}.{field}"),
            Place::Cell { list, row, column } => write!(f, "{list}[{row}].{column}"),
        }
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Place::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("没有“{text}”这一项")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_round_trip_through_text_and_unknown_ones_are_refused() {
        for text in ["profile.unit_name", "staff[admin].staff_in_post", "projects[a1b2c3d4e5].outturn"] {
            assert_eq!(Place::parse(text).unwrap().to_string(), text);
        }
        for text in
            ["profile.nothing", "staff.staff_in_post", "nolist[a].b", "staff[admin]", "", "a.b.c", "[.]."]
        {
            assert_eq!(Place::parse(text), None, "{text}");
        }
    }
}
