//! Lists of rows: shared between versions of a document, addressed by row id.
//!
//! Knows ids, order and copy-on-write. Must not make ids (they come in with an edit) nor know what a row means.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::cell::{Cell, Num, Raw};
use super::record::{Extra, FieldDef, Fields, Record};

/// Id of a row: ten random base32 characters, or the template's id for a row that the template brings.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowId(Arc<str>);

impl RowId {
    /// An id of this text.
    pub fn new(text: &str) -> Self {
        RowId(Arc::from(text))
    }
    /// The text of the id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for RowId {
    fn default() -> Self {
        RowId::new("")
    }
}

impl fmt::Debug for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for RowId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for RowId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| RowId::new(&text))
    }
}

/// A record that is a row of a list.
pub trait RowRecord: Record {
    /// Its id.
    fn id(&self) -> &RowId;
    /// Gives it an id.
    fn set_id(&mut self, id: RowId);
}

/// A row in the form in which it travels: an edit that inserts it, a block on the clipboard.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowData {
    /// Id of the row.
    pub id: RowId,
    /// Cells by key; a key that is absent is 未填.
    #[serde(default)]
    pub cells: BTreeMap<String, Raw>,
    /// Fields of newer versions.
    #[serde(default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

/// A list of rows. Cloning shares them; changing one copies the list of pointers and that row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows<T>(Arc<Vec<Arc<T>>>);

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Rows(Arc::default())
    }
}

impl<T> Rows<T> {
    /// The rows in order.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<T>> {
        self.0.iter()
    }
    /// Whether both are the same version of the list, by pointer.
    pub fn same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> FromIterator<T> for Rows<T> {
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Self {
        Rows(Arc::new(rows.into_iter().map(Arc::new).collect()))
    }
}

/// Object-safe access to a list, whatever its rows are. Positions and columns that do not exist read as 未填.
pub trait List {
    /// The columns.
    fn columns(&self) -> &'static [FieldDef];
    /// Number of rows.
    fn len(&self) -> usize;
    /// Whether there are no rows.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Ids in order.
    fn ids(&self) -> Vec<RowId>;
    /// Id of the row at a position.
    fn id_at(&self, at: usize) -> Option<RowId>;
    /// Position of a row.
    fn position(&self, id: &RowId) -> Option<usize>;
    /// The row at a position.
    fn row(&self, at: usize) -> Option<&dyn Fields>;
    /// A number that is equal between two versions of a list exactly when the row at `at` is the same shared row.
    fn version_at(&self, at: usize) -> usize;
    /// The row at a position, in travelling form.
    fn data(&self, at: usize) -> Option<RowData>;
    /// Stores a cell; `false` where row or column do not exist.
    fn set(&mut self, id: &RowId, column: usize, cell: Raw) -> bool;
    /// Inserts rows before a position (the end, where it is past it). A row whose id the list already has is left
    /// out, so that replaying an edit twice changes nothing.
    fn insert(&mut self, at: usize, rows: &[RowData]);
    /// Removes rows; ids that do not exist are no error.
    fn remove(&mut self, ids: &[RowId]);
    /// Moves a row so that it stands at `to`.
    fn shift(&mut self, id: &RowId, to: usize);

    /// Adds an empty row at the end, to be filled.
    fn add(&mut self) -> Option<&mut dyn Fields>;

    /// Index of a column by its key.
    fn column(&self, key: &str) -> Option<usize> {
        self.columns().iter().position(|def| def.key == key)
    }
    /// A cell in its travelling form.
    fn get(&self, at: usize, column: usize) -> Raw {
        self.row(at).map_or(Cell::Blank, |row| row.get(column))
    }
    /// A cell as a number.
    fn number(&self, at: usize, column: usize) -> Num {
        self.row(at).map_or(Num::Blank, |row| row.number(column))
    }
}

impl<T: RowRecord> List for Rows<T> {
    fn columns(&self) -> &'static [FieldDef] {
        T::DEFS
    }
    fn len(&self) -> usize {
        self.0.len()
    }
    fn ids(&self) -> Vec<RowId> {
        self.0.iter().map(|row| row.id().clone()).collect()
    }
    fn id_at(&self, at: usize) -> Option<RowId> {
        self.0.get(at).map(|row| row.id().clone())
    }
    fn position(&self, id: &RowId) -> Option<usize> {
        self.0.iter().position(|row| row.id() == id)
    }
    fn row(&self, at: usize) -> Option<&dyn Fields> {
        self.0.get(at).map(|row| row.as_ref() as &dyn Fields)
    }
    fn version_at(&self, at: usize) -> usize {
        self.0.get(at).map_or(0, |row| Arc::as_ptr(row).addr())
    }
    fn data(&self, at: usize) -> Option<RowData> {
        let row = self.0.get(at)?;
        let cells = T::DEFS
            .iter()
            .zip(T::ACCESS)
            .map(|(def, access)| (def.key, (access.get)(row)))
            .filter(|(_, cell)| !cell.is_blank())
            .map(|(key, cell)| (key.to_owned(), cell))
            .collect();
        Some(RowData { id: row.id().clone(), cells, extra: row.extra().clone() })
    }
    fn set(&mut self, id: &RowId, column: usize, cell: Raw) -> bool {
        let (Some(at), Some(access)) = (self.position(id), T::ACCESS.get(column)) else { return false };
        match Arc::make_mut(&mut self.0).get_mut(at) {
            Some(row) => (access.set)(Arc::make_mut(row), cell),
            None => return false,
        }
        true
    }
    fn insert(&mut self, at: usize, rows: &[RowData]) {
        let known: std::collections::HashSet<RowId> = self.0.iter().map(|row| row.id().clone()).collect();
        let mut fresh = std::collections::HashSet::new();
        let made: Vec<Arc<T>> = rows
            .iter()
            .filter(|data| !known.contains(&data.id) && fresh.insert(data.id.clone()))
            .map(|data| Arc::new(from_data::<T>(data)))
            .collect();
        let list = Arc::make_mut(&mut self.0);
        let at = at.min(list.len());
        list.splice(at..at, made);
    }
    fn remove(&mut self, ids: &[RowId]) {
        let ids: std::collections::HashSet<&RowId> = ids.iter().collect();
        Arc::make_mut(&mut self.0).retain(|row| !ids.contains(row.id()));
    }
    fn add(&mut self) -> Option<&mut dyn Fields> {
        let list = Arc::make_mut(&mut self.0);
        list.push(Arc::new(T::default()));
        list.last_mut().map(|row| Arc::make_mut(row) as &mut dyn Fields)
    }
    fn shift(&mut self, id: &RowId, to: usize) {
        let Some(from) = self.position(id) else { return };
        let list = Arc::make_mut(&mut self.0);
        let row = list.remove(from);
        list.insert(to.min(list.len()), row);
    }
}

fn from_data<T: RowRecord>(data: &RowData) -> T {
    let mut row = T::default();
    row.set_id(data.id.clone());
    *row.extra_mut() = data.extra.clone();
    for (def, access) in T::DEFS.iter().zip(T::ACCESS) {
        if let Some(cell) = data.cells.get(def.key) {
            (access.set)(&mut row, cell.clone());
        }
    }
    row
}
