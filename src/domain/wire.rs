//! Records and lists as they stand in a file, through their object-safe access: one piece of code for all of them.
//!
//! A derived (de)serialiser for each record type would be a tenth of the program. Must not know which records exist.

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use std::fmt;

use super::cell::Raw;
use super::record::Fields;
use super::rows::{List, RowId};

/// Key of a row's id.
const ID: &str = "id";

/// A record, to be written: its id if it is a row, its fields in order, and the fields of newer versions.
pub struct Written<'a>(pub &'a dyn Fields);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(id) = self.0.row_id() {
            map.serialize_entry(ID, id.as_str())?;
        }
        for (at, def) in self.0.defs().iter().enumerate() {
            map.serialize_entry(def.key, &self.0.get(at))?;
        }
        for (key, value) in self.0.extra() {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

/// A list, to be written.
pub struct WrittenList<'a>(pub &'a dyn List);

impl Serialize for WrittenList<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(Some(self.0.len()))?;
        for row in (0..self.0.len()).filter_map(|at| self.0.row(at)) {
            seq.serialize_element(&Written(row))?;
        }
        seq.end()
    }
}

/// A record, to be filled from a file. What the file does not have stays as it is.
pub struct Filled<'a>(pub &'a mut dyn Fields);

impl<'de> DeserializeSeed<'de> for Filled<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Filled<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("一组字段 {…}")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == ID && self.0.row_id().is_some() {
                self.0.set_row_id(RowId::new(&map.next_value::<String>()?));
            } else if let Some(column) = self.0.column(&key) {
                self.0.set(column, map.next_value::<Raw>()?);
            } else {
                let value = map.next_value()?;
                self.0.extra_mut().insert(key, value);
            }
        }
        Ok(())
    }
}

/// A list, to be filled from a file, row by row behind those that it has.
pub struct FilledList<'a>(pub &'a mut dyn List);

impl<'de> DeserializeSeed<'de> for FilledList<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for FilledList<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("一列行 […]")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(NextRow(self.0))?.is_some() {}
        Ok(())
    }
}

/// The next row of a list.
struct NextRow<'a>(&'a mut dyn List);

impl<'de> DeserializeSeed<'de> for NextRow<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.0.add() {
            Some(row) => Filled(row).deserialize(deserializer),
            None => Ok(()),
        }
    }
}
