//! Edits: the only way in which a document changes, as data that can be stored, replayed and listed.
//!
//! Ids of new rows come in with the edit; nothing here makes ids or reads a clock.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::cell::Raw;
use super::document::Document;
use super::place::Place;
use super::rows::{RowData, RowId};
use super::score::Scoring;

/// A change of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edit {
    /// Stores a cell.
    Set {
        /// Where.
        place: Place,
        /// What.
        cell: Raw,
    },
    /// Inserts rows before a position.
    Insert {
        /// Name of the list.
        list: String,
        /// Position of the first new row; the end, where it is past it.
        at: usize,
        /// The rows with their ids.
        rows: Vec<RowData>,
    },
    /// Removes rows.
    Remove {
        /// Name of the list.
        list: String,
        /// Their ids.
        ids: Vec<RowId>,
    },
    /// Moves a row.
    Move {
        /// Name of the list.
        list: String,
        /// Id of the row.
        id: RowId,
        /// Position after the move.
        to: usize,
    },
    /// Puts another scoring template in place; answers stay.
    Scoring(Option<Arc<Scoring>>),
    /// Several changes as one step.
    Batch(Vec<Edit>),
    /// Puts another whole state in place: import, restored version.
    Replace(Box<Document>),
}

impl Edit {
    /// Stores a cell.
    pub fn set(place: Place, cell: Raw) -> Self {
        Edit::Set { place, cell }
    }

    /// The first place that the edit touches, to which undo leads back.
    pub fn place(&self) -> Option<Place> {
        match self {
            Edit::Set { place, .. } => Some(place.clone()),
            Edit::Insert { list, rows, .. } => first_cell(list, &rows.first()?.id),
            Edit::Remove { list, ids } => first_cell(list, ids.first()?),
            Edit::Move { list, id, .. } => first_cell(list, id),
            Edit::Batch(edits) => edits.iter().find_map(Edit::place),
            Edit::Replace(_) | Edit::Scoring(_) => None,
        }
    }
}

fn first_cell(list: &str, row: &RowId) -> Option<Place> {
    let (list, columns) = Document::LISTS.iter().find(|(name, _)| *name == list)?;
    Some(Place::cell(list, row, columns.first()?.key))
}

impl Document {
    /// Applies an edit. What an edit names and the document does not have is passed over, so that a journal that
    /// was written against another state never stops half-way.
    pub fn apply(&mut self, edit: &Edit) {
        match edit {
            Edit::Set { place: Place::Field { section, field }, cell } => {
                if let Some(section) = self.section_mut(section)
                    && let Some(column) = section.column(field)
                {
                    section.set(column, cell.clone());
                }
            }
            Edit::Set { place: Place::Cell { list, row, column }, cell } => {
                if let Some(list) = self.list_mut(list)
                    && let Some(column) = list.column(column)
                {
                    list.set(row, column, cell.clone());
                }
            }
            Edit::Insert { list, at, rows } => {
                if let Some(list) = self.list_mut(list) {
                    list.insert(*at, rows);
                }
            }
            Edit::Remove { list, ids } => {
                if let Some(list) = self.list_mut(list) {
                    list.remove(ids);
                }
            }
            Edit::Move { list, id, to } => {
                if let Some(list) = self.list_mut(list) {
                    list.shift(id, *to);
                }
            }
            Edit::Scoring(scoring) => self.scoring = scoring.clone(),
            Edit::Batch(edits) => edits.iter().for_each(|edit| self.apply(edit)),
            Edit::Replace(document) => *self = (**document).clone(),
        }
    }
}
