//! Lists of rows: shared between versions of a document, addressed by row id.
//!
//! Knows ids, order and copy-on-write. Must not make ids (they come in with an edit) nor know what a row means.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

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
pub struct Rows<T> {
    rows: Arc<Vec<Arc<T>>>,
    /// Where the last row that somebody looked for stands. The next one is mostly it or the one after it.
    found: AtomicUsize,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Rows { rows: Arc::default(), found: AtomicUsize::new(0) }
    }
}

impl<T> Clone for Rows<T> {
    fn clone(&self) -> Self {
        Rows { rows: self.rows.clone(), found: AtomicUsize::new(0) }
    }
}

impl<T: PartialEq> PartialEq for Rows<T> {
    fn eq(&self, other: &Self) -> bool {
        self.rows == other.rows
    }
}

impl<T: Eq> Eq for Rows<T> {}

impl<T: fmt::Debug> fmt::Debug for Rows<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rows.fmt(f)
    }
}

impl<T> Rows<T> {
    /// The rows in order.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<T>> {
        self.rows.iter()
    }
    /// The row at a position.
    pub fn at(&self, at: usize) -> Option<&T> {
        self.rows.get(at).map(|row| &**row)
    }
    /// Whether both are the same version of the list, by pointer.
    pub fn same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.rows, &other.rows)
    }
}

impl<T> FromIterator<T> for Rows<T> {
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Self {
        Rows { rows: Arc::new(rows.into_iter().map(Arc::new).collect()), ..Rows::default() }
    }
}

/// Object-safe access to a list, whatever its rows are.
///
/// What can be said through these few methods is said once, for `dyn List`, and not for each type of row.
pub trait List {
    /// The columns.
    fn columns(&self) -> &'static [FieldDef];
    /// Number of rows.
    fn len(&self) -> usize;
    /// Where the last row that somebody looked for stands: a hint, for the next one.
    fn found(&self) -> &AtomicUsize;
    /// Whether there are no rows.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The row at a position.
    fn row(&self, at: usize) -> Option<&dyn Fields>;
    /// The row at a position, to be changed.
    fn row_mut(&mut self, at: usize) -> Option<&mut dyn Fields>;
    /// A number that is equal between two versions of a list exactly when the row at `at` is the same shared row.
    fn version_at(&self, at: usize) -> usize;
    /// Makes room for empty rows before a position that the list has, or at its end.
    fn make_room(&mut self, at: usize, count: usize);
    /// Keeps the rows for which the answer is yes.
    fn keep(&mut self, answer: &mut dyn FnMut(&RowId) -> bool);
    /// Takes a row out and puts it back so that it stands at `to`. Both positions exist.
    fn put(&mut self, from: usize, to: usize);
}

impl<T: Record> List for Rows<T> {
    fn columns(&self) -> &'static [FieldDef] {
        T::DEFS
    }
    fn len(&self) -> usize {
        self.rows.len()
    }
    fn found(&self) -> &AtomicUsize {
        &self.found
    }
    fn row(&self, at: usize) -> Option<&dyn Fields> {
        self.rows.get(at).map(|row| row.as_ref() as &dyn Fields)
    }
    fn row_mut(&mut self, at: usize) -> Option<&mut dyn Fields> {
        Arc::make_mut(&mut self.rows).get_mut(at).map(|row| Arc::make_mut(row) as &mut dyn Fields)
    }
    fn version_at(&self, at: usize) -> usize {
        self.rows.get(at).map_or(0, |row| Arc::as_ptr(row).addr())
    }
    fn make_room(&mut self, at: usize, count: usize) {
        let list = Arc::make_mut(&mut self.rows);
        let at = at.min(list.len());
        list.splice(at..at, (0..count).map(|_| Arc::new(T::default())));
    }
    fn keep(&mut self, answer: &mut dyn FnMut(&RowId) -> bool) {
        Arc::make_mut(&mut self.rows).retain(|row| Record::row_id(row.as_ref()).is_some_and(&mut *answer));
    }
    fn put(&mut self, from: usize, to: usize) {
        let list = Arc::make_mut(&mut self.rows);
        if from < list.len() {
            let row = list.remove(from);
            list.insert(to.min(list.len()), row);
        }
    }
}

/// Positions and columns that do not exist read as 未填.
impl dyn List + '_ {
    /// Ids in order.
    pub fn ids(&self) -> Vec<RowId> {
        (0..self.len()).filter_map(|at| self.id_at(at)).collect()
    }
    /// Id of the row at a position.
    pub fn id_at(&self, at: usize) -> Option<RowId> {
        self.row(at)?.row_id().cloned()
    }
    /// Position of a row; looking rows up in their order takes no search.
    pub fn position(&self, id: &RowId) -> Option<usize> {
        let from = self.found().load(Ordering::Relaxed).min(self.len());
        let at = (from..self.len())
            .chain(0..from)
            .find(|at| self.row(*at).and_then(Fields::row_id) == Some(id))?;
        self.found().store(at, Ordering::Relaxed);
        Some(at)
    }
    /// Index of a column by its key.
    pub fn column(&self, key: &str) -> Option<usize> {
        self.columns().iter().position(|def| def.key == key)
    }
    /// A cell in its travelling form.
    pub fn get(&self, at: usize, column: usize) -> Raw {
        self.row(at).map_or(Cell::Blank, |row| row.get(column))
    }
    /// A cell as a number.
    pub fn number(&self, at: usize, column: usize) -> Num {
        self.row(at).map_or(Num::Blank, |row| row.number(column))
    }
    /// The row at a position, in travelling form.
    pub fn data(&self, at: usize) -> Option<RowData> {
        let row = self.row(at)?;
        let cells = row
            .defs()
            .iter()
            .enumerate()
            .map(|(column, def)| (def.key.to_owned(), row.get(column)))
            .filter(|(_, cell)| !cell.is_blank())
            .collect();
        Some(RowData { id: row.row_id()?.clone(), cells, extra: row.extra().clone() })
    }
    /// Stores a cell; `false` where row or column do not exist.
    pub fn set(&mut self, id: &RowId, column: usize, cell: Raw) -> bool {
        let stored = self
            .position(id)
            .and_then(|at| self.row_mut(at))
            .and_then(|row| row.cell_mut(column))
            .map(|stored| stored.store(cell));
        stored.is_some()
    }
    /// Adds an empty row at the end, to be filled.
    pub fn add(&mut self) -> Option<&mut dyn Fields> {
        let at = self.len();
        self.make_room(at, 1);
        self.row_mut(at)
    }
    /// Inserts rows before a position (the end, where it is past it). A row whose id the list already has is left
    /// out, so that replaying an edit twice changes nothing.
    pub fn insert(&mut self, at: usize, rows: &[RowData]) {
        let mut known: HashSet<RowId> = self.ids().into_iter().collect();
        let fresh: Vec<&RowData> = rows.iter().filter(|data| known.insert(data.id.clone())).collect();
        let at = at.min(self.len());
        self.make_room(at, fresh.len());
        for (offset, data) in fresh.into_iter().enumerate() {
            let Some(row) = self.row_mut(at + offset) else { continue };
            row.set_row_id(data.id.clone());
            *row.extra_mut() = data.extra.clone();
            for (key, cell) in &data.cells {
                if let Some(column) = row.column(key) {
                    row.set(column, cell.clone());
                }
            }
        }
    }
    /// Removes rows; ids that do not exist are no error.
    pub fn remove(&mut self, ids: &[RowId]) {
        let ids: HashSet<&RowId> = ids.iter().collect();
        self.keep(&mut |id| !ids.contains(id));
    }
    /// Moves a row so that it stands at `to`.
    pub fn shift(&mut self, id: &RowId, to: usize) {
        if let Some(from) = self.position(id) {
            self.put(from, to);
        }
    }
}
