//! What one field of the report holds: nothing yet, an explicit nil, a value, or text that could not be read.
//!
//! Knows the four states and their form in a file. Must not know fields, lists or how people type figures
//! (that is `amount::read`).

use rust_decimal::Decimal;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::fmt;
use std::marker::PhantomData;

use super::amount;

/// One field. 未填 is never zero, 无 counts as zero, and an entry that cannot be read is kept as it was typed.
///
/// In a file: `null`, `"-"`, a string, or `{"unread": "…"}`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cell<T> {
    /// 未填: not reported.
    #[default]
    Blank,
    /// 无: an explicit nil, printed "—".
    Nil,
    /// A value.
    Value(T),
    /// What was typed and could not be read.
    Unread(String),
}

/// The form in which cells travel (edits, paste, files): a value is its canonical text.
pub type Raw = Cell<String>;

/// A type that a cell can hold, with its canonical text.
pub trait Scalar: Clone + Eq {
    /// Reads the canonical text; `None` where it is not one.
    fn from_canonical(text: &str) -> Option<Self>;
    /// Writes the canonical text; `from_canonical` gives the same value back, digits included.
    fn canonical(&self) -> String;
}

impl Scalar for String {
    fn from_canonical(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
    fn canonical(&self) -> String {
        self.clone()
    }
}

impl Scalar for Decimal {
    fn from_canonical(text: &str) -> Option<Self> {
        amount::parse_canonical(text)
    }
    fn canonical(&self) -> String {
        amount::canonical(self)
    }
}

/// A cell seen as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Num {
    /// 未填.
    Blank,
    /// 无, counts as zero.
    Nil,
    /// A number with its digits as typed.
    Value(Decimal),
    /// Text that is no number.
    Unread,
}

impl Num {
    /// The number that the cell counts as in a sum; `None` for 未填 and unreadable cells.
    pub fn counted(self) -> Option<Decimal> {
        match self {
            Num::Nil => Some(Decimal::ZERO),
            Num::Value(value) => Some(value),
            Num::Blank | Num::Unread => None,
        }
    }
}

impl<T: Scalar> Cell<T> {
    /// A cell from its canonical text: `""` is 未填 and `"-"` is 无, text that is not canonical stays unread.
    pub fn from_canonical(text: &str) -> Self {
        match text {
            "" => Cell::Blank,
            "-" => Cell::Nil,
            _ => T::from_canonical(text).map_or_else(|| Cell::Unread(text.to_owned()), Cell::Value),
        }
    }

    /// The form in which the cell travels.
    pub fn to_raw(&self) -> Raw {
        match self {
            Cell::Blank => Cell::Blank,
            Cell::Nil => Cell::Nil,
            Cell::Value(value) => Cell::Value(value.canonical()),
            Cell::Unread(text) => Cell::Unread(text.clone()),
        }
    }

    /// The cell of a travelling form.
    pub fn from_raw(raw: Raw) -> Self {
        match raw {
            Cell::Blank => Cell::Blank,
            Cell::Nil => Cell::Nil,
            Cell::Value(text) => Self::from_canonical(&text),
            Cell::Unread(text) => Cell::Unread(text),
        }
    }

    /// Whether nothing has been entered.
    pub fn is_blank(&self) -> bool {
        matches!(self, Cell::Blank)
    }
}

impl Raw {
    /// A text cell: blank text is 未填, a lone "-" is 无.
    pub fn text(text: impl Into<String>) -> Self {
        Self::from_canonical(&text.into())
    }

    /// The words of a text cell; empty for 未填 and 无.
    pub fn words(&self) -> &str {
        match self {
            Cell::Value(text) | Cell::Unread(text) => text,
            Cell::Blank | Cell::Nil => "",
        }
    }
}

/// A cell of either storage type, to be read.
#[derive(Clone, Copy, Debug)]
pub enum CellRef<'a> {
    /// A number.
    Number(&'a Cell<Decimal>),
    /// Words.
    Text(&'a Cell<String>),
}

impl<'a> CellRef<'a> {
    /// The words of a text cell; empty for numbers, 未填 and 无.
    pub fn words(self) -> &'a str {
        match self {
            CellRef::Text(cell) => cell.words(),
            CellRef::Number(_) => "",
        }
    }
    /// The form in which the cell travels.
    pub fn to_raw(self) -> Raw {
        match self {
            CellRef::Number(cell) => cell.to_raw(),
            CellRef::Text(cell) => cell.to_raw(),
        }
    }
    /// The cell as a number; words are none.
    pub fn num(self) -> Num {
        match self {
            CellRef::Number(cell) => cell.num(),
            CellRef::Text(Cell::Blank) => Num::Blank,
            CellRef::Text(Cell::Nil) => Num::Nil,
            CellRef::Text(Cell::Value(_) | Cell::Unread(_)) => Num::Unread,
        }
    }
}

/// A cell of either storage type, to be changed.
#[derive(Debug)]
pub enum CellMut<'a> {
    /// A number.
    Number(&'a mut Cell<Decimal>),
    /// Words.
    Text(&'a mut Cell<String>),
}

impl CellMut<'_> {
    /// Stores a travelling form.
    pub fn store(self, raw: Raw) {
        match self {
            CellMut::Number(cell) => *cell = Cell::from_raw(raw),
            CellMut::Text(cell) => *cell = Cell::from_raw(raw),
        }
    }
}

/// What a record's fields are stored in.
pub trait Stored {
    /// The cell, to be read.
    fn cell(&self) -> CellRef<'_>;
    /// The cell, to be changed.
    fn cell_mut(&mut self) -> CellMut<'_>;
}

impl Stored for Cell<Decimal> {
    fn cell(&self) -> CellRef<'_> {
        CellRef::Number(self)
    }
    fn cell_mut(&mut self) -> CellMut<'_> {
        CellMut::Number(self)
    }
}

impl Stored for Cell<String> {
    fn cell(&self) -> CellRef<'_> {
        CellRef::Text(self)
    }
    fn cell_mut(&mut self) -> CellMut<'_> {
        CellMut::Text(self)
    }
}

impl Cell<Decimal> {
    /// The cell as a number.
    pub fn num(&self) -> Num {
        match self {
            Cell::Blank => Num::Blank,
            Cell::Nil => Num::Nil,
            Cell::Value(value) => Num::Value(*value),
            Cell::Unread(_) => Num::Unread,
        }
    }
}

impl<T: Scalar> Serialize for Cell<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Cell::Blank => serializer.serialize_none(),
            Cell::Nil => serializer.serialize_str("-"),
            Cell::Value(value) => serializer.serialize_str(&value.canonical()),
            Cell::Unread(text) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("unread", text)?;
                map.end()
            }
        }
    }
}

impl<'de, T: Scalar> de::Deserialize<'de> for Cell<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CellVisitor(PhantomData))
    }
}

struct CellVisitor<T>(PhantomData<T>);

impl<'de, T: Scalar> Visitor<'de> for CellVisitor<T> {
    type Value = Cell<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("null、\"-\"、文字或 {\"unread\": …}")
    }
    fn visit_unit<E>(self) -> Result<Cell<T>, E> {
        Ok(Cell::Blank)
    }
    fn visit_none<E>(self) -> Result<Cell<T>, E> {
        Ok(Cell::Blank)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cell<T>, D::Error> {
        deserializer.deserialize_any(self)
    }
    fn visit_str<E>(self, text: &str) -> Result<Cell<T>, E> {
        Ok(Cell::from_canonical(text))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Cell<T>, A::Error> {
        let mut unread = None;
        while let Some(key) = map.next_key::<String>()? {
            if key == "unread" {
                unread = Some(map.next_value::<String>()?);
            } else {
                map.next_value::<de::IgnoredAny>()?;
            }
        }
        unread.map(Cell::Unread).ok_or_else(|| de::Error::missing_field("unread"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(json: &str) -> String {
        serde_json::to_string(&serde_json::from_str::<Cell<Decimal>>(json).unwrap()).unwrap()
    }

    #[test]
    fn the_four_states_keep_their_form_in_a_file() {
        for json in ["null", r#""-""#, r#""12.880""#, r#"{"unread":"12x"}"#, r#""-0.50""#] {
            assert_eq!(round_trip(json), json);
        }
    }

    #[test]
    fn text_that_is_no_number_is_kept_and_other_types_are_refused() {
        assert_eq!(round_trip(r#""12.88万""#), r#"{"unread":"12.88万"}"#);
        assert_eq!(round_trip(r#""""#), "null");
        for json in ["12.88", "true", "[]", r#"{"other":"1"}"#] {
            assert!(serde_json::from_str::<Cell<Decimal>>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn a_lone_hyphen_typed_as_text_is_nil_so_that_saving_changes_nothing() {
        assert_eq!(Raw::text("-"), Cell::Nil);
        assert_eq!(Raw::text(""), Cell::Blank);
        assert_eq!(Raw::text("a-b"), Cell::Value("a-b".into()));
    }
}
