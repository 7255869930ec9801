//! Fields as a table: `record!` declares a record type once, and from it come the struct, its form in a file, and
//! the object-safe access that every general part of the program uses.
//!
//! Must not know which records a report has.

use rust_decimal::Decimal;

use super::cell::{Cell, CellMut, CellRef, Num, Raw};
use super::rows::RowId;

/// Storage types of the kinds of field; a record names the kind, and the kind decides what a cell holds.
pub mod kind {
    use super::{Cell, Decimal};
    /// One line of text.
    pub type Text = Cell<String>;
    /// Prose of several paragraphs, with references.
    pub type Narrative = Cell<String>;
    /// Money, stored in 万元 with its digits as typed.
    pub type Amount = Cell<Decimal>;
    /// Whole number of people or things.
    pub type Count = Cell<Decimal>;
    /// Percentage, stored as the number before the sign.
    pub type Percent = Cell<Decimal>;
    /// Any other number.
    pub type Number = Cell<Decimal>;
    /// Calendar date, `YYYY-MM-DD`.
    pub type Date = Cell<String>;
    /// Year of four digits.
    pub type Year = Cell<String>;
    /// One of the field's options, stored by key.
    pub type Choice = Cell<String>;
    /// Id of a row of another list.
    pub type Reference = Cell<String>;
}

/// The kind of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line of text.
    Text,
    /// Prose with references.
    Narrative,
    /// Money.
    Amount,
    /// Whole number of people or things.
    Count,
    /// Percentage.
    Percent,
    /// Any other number.
    Number,
    /// Calendar date.
    Date,
    /// Year of four digits.
    Year,
    /// One of the field's options.
    Choice,
    /// Id of a row of another list.
    Reference,
}

impl Kind {
    /// Whether cells of this kind hold numbers.
    pub fn is_numeric(self) -> bool {
        matches!(self, Kind::Amount | Kind::Count | Kind::Percent | Kind::Number)
    }
}

/// What is known of a field besides its value. All texts are the words that users see.
#[derive(Debug)]
pub struct FieldDef {
    /// Name in code and in a file.
    pub key: &'static str,
    /// Label on screen and on paper.
    pub label: &'static str,
    /// Kind of the field.
    pub kind: Kind,
    /// Unit after a count or number; money takes the unit of its table.
    pub unit: &'static str,
    /// Whether a complete report has it.
    pub required: bool,
    /// Whether a public version leaves it out.
    pub internal: bool,
    /// What it means, in a sentence or two.
    pub help: &'static str,
    /// Keys and labels of a choice.
    pub options: &'static [(&'static str, &'static str)],
    /// Stored when the row is made; the empty string is 未填.
    pub default: &'static str,
    /// List of the rows that a reference names.
    pub refers: &'static str,
}

impl FieldDef {
    /// The field of which nothing is said.
    pub const EMPTY: FieldDef = FieldDef {
        key: "",
        label: "",
        kind: Kind::Text,
        unit: "",
        required: false,
        internal: false,
        help: "",
        options: &[],
        default: "",
        refers: "",
    };

    /// The label of a stored choice; an unknown key is shown as it is.
    pub fn option_label<'a>(&self, key: &'a str) -> &'a str {
        self.options.iter().find(|(k, _)| *k == key).map_or(key, |(_, label)| label)
    }
}

/// Access to one field of a record type.
pub struct Accessor<R> {
    /// The cell, to be read.
    pub cell: fn(&R) -> CellRef<'_>,
    /// The cell, to be changed.
    pub cell_mut: fn(&mut R) -> CellMut<'_>,
}

/// Fields that this version does not know, kept and written back.
pub type Extra = serde_json::Map<String, serde_json::Value>;

/// A record type declared by `record!`.
pub trait Record: Clone + Default + Eq + std::fmt::Debug + 'static {
    /// The fields, in the order of the file.
    const DEFS: &'static [FieldDef];
    /// Access to them, in the same order.
    const ACCESS: &'static [Accessor<Self>];
    /// Fields of newer versions.
    fn extra(&self) -> &Extra;
    /// Fields of newer versions, to be changed.
    fn extra_mut(&mut self) -> &mut Extra;
    /// Its id, if it is a row.
    fn row_id(&self) -> Option<&RowId>;
    /// Gives it an id, if it is a row.
    fn set_row_id(&mut self, id: RowId);
}

/// Object-safe access to the fields of one record. Columns are indices into `defs`.
///
/// What can be said through these few methods is said once, for `dyn Fields`, and not for each record type.
pub trait Fields {
    /// The fields, in the order of the file.
    fn defs(&self) -> &'static [FieldDef];
    /// A cell, to be read.
    fn cell(&self, column: usize) -> Option<CellRef<'_>>;
    /// A cell, to be changed.
    fn cell_mut(&mut self, column: usize) -> Option<CellMut<'_>>;
    /// Its id, if it is a row.
    fn row_id(&self) -> Option<&RowId>;
    /// Gives it an id, if it is a row.
    fn set_row_id(&mut self, id: RowId);
    /// Fields of newer versions.
    fn extra(&self) -> &Extra;
    /// Fields of newer versions, to be changed.
    fn extra_mut(&mut self) -> &mut Extra;
}

/// A column that does not exist reads as 未填 and takes nothing.
impl dyn Fields + '_ {
    /// A cell in its travelling form.
    pub fn get(&self, column: usize) -> Raw {
        self.cell(column).map_or(Cell::Blank, CellRef::to_raw)
    }
    /// A cell as a number.
    pub fn number(&self, column: usize) -> Num {
        self.cell(column).map_or(Num::Blank, CellRef::num)
    }
    /// Stores a cell.
    pub fn set(&mut self, column: usize, cell: Raw) {
        if let Some(stored) = self.cell_mut(column) {
            stored.store(cell);
        }
    }
    /// Index of a field by its key.
    pub fn column(&self, key: &str) -> Option<usize> {
        self.defs().iter().position(|def| def.key == key)
    }
}

impl<R: Record> Fields for R {
    fn defs(&self) -> &'static [FieldDef] {
        R::DEFS
    }
    fn cell(&self, column: usize) -> Option<CellRef<'_>> {
        R::ACCESS.get(column).map(|access| (access.cell)(self))
    }
    fn cell_mut(&mut self, column: usize) -> Option<CellMut<'_>> {
        R::ACCESS.get(column).map(|access| (access.cell_mut)(self))
    }
    fn row_id(&self) -> Option<&RowId> {
        Record::row_id(self)
    }
    fn set_row_id(&mut self, id: RowId) {
        Record::set_row_id(self, id);
    }
    fn extra(&self) -> &Extra {
        Record::extra(self)
    }
    fn extra_mut(&mut self) -> &mut Extra {
        Record::extra_mut(self)
    }
}

/// Declares a record: `record! { /// docs Name: section { key: Kind { label: "…", … }, … } }`.
/// A `row` has an id besides.
macro_rules! record {
    ($(#[$meta:meta])* $name:ident : section { $($body:tt)* }) => {
        record!(@struct [] [|_| None, |_, _| ()] $(#[$meta])* $name { $($body)* });
    };
    ($(#[$meta:meta])* $name:ident : row { $($body:tt)* }) => {
        record!(@struct [
            /// Stable across edits, exports and merges.
            pub id: $crate::domain::rows::RowId,
        ] [|row| Some(&row.id), |row, id| row.id = id] $(#[$meta])* $name { $($body)* });
    };
    (@struct [$($id:tt)*] [$get_id:expr, $set_id:expr] $(#[$meta:meta])* $name:ident {
        $($field:ident : $kind:ident { label: $label:literal $(, $key:ident : $value:expr)* $(,)? }),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct $name {
            $($id)*
            $(
                #[doc = $label]
                pub $field: $crate::domain::record::kind::$kind,
            )*
            /// Fields of newer versions, kept and written back.
            pub extra: $crate::domain::record::Extra,
        }

        impl $crate::domain::record::Record for $name {
            const DEFS: &'static [$crate::domain::record::FieldDef] = &[$(
                $crate::domain::record::FieldDef {
                    key: stringify!($field),
                    label: $label,
                    kind: $crate::domain::record::Kind::$kind,
                    $($key: $value,)*
                    ..$crate::domain::record::FieldDef::EMPTY
                },
            )*];
            const ACCESS: &'static [$crate::domain::record::Accessor<Self>] = &[$(
                $crate::domain::record::Accessor {
                    cell: |record| $crate::domain::cell::Stored::cell(&record.$field),
                    cell_mut: |record| $crate::domain::cell::Stored::cell_mut(&mut record.$field),
                },
            )*];
            fn extra(&self) -> &$crate::domain::record::Extra { &self.extra }
            fn extra_mut(&mut self) -> &mut $crate::domain::record::Extra { &mut self.extra }
            fn row_id(&self) -> Option<&$crate::domain::rows::RowId> {
                let get: fn(&Self) -> Option<&$crate::domain::rows::RowId> = $get_id;
                get(self)
            }
            fn set_row_id(&mut self, id: $crate::domain::rows::RowId) {
                let set: fn(&mut Self, $crate::domain::rows::RowId) = $set_id;
                set(self, id);
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::domain::wire::Written(self).serialize(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let mut record = Self::default();
                serde::de::DeserializeSeed::deserialize(
                    $crate::domain::wire::Filled(&mut record),
                    deserializer,
                )?;
                Ok(record)
            }
        }
    };
}
pub(crate) use record;

#[cfg(test)]
mod tests {
    use super::*;

    record! {
        /// A record of every kind of storage.
        Probe: row {
            name: Text { label: "名称", required: true },
            money: Amount { label: "金额", help: "本年。" },
        }
    }

    #[test]
    fn one_declaration_gives_struct_file_form_and_access() {
        let mut probe: Probe = serde_json::from_str(r#"{"id":"a","money":"1.50","later":{"x":1}}"#).unwrap();
        let fields: &mut dyn Fields = &mut probe;
        assert_eq!(fields.number(1), Num::Value("1.50".parse().unwrap()));
        fields.set(0, Raw::text("甲"));
        fields.set(9, Raw::text("nowhere"));
        assert_eq!(fields.get(9), Cell::Blank);
        assert_eq!(fields.column("money"), Some(1));
        assert_eq!(Probe::DEFS[0].label, "名称");
        assert_eq!(
            serde_json::to_string(&probe).unwrap(),
            r#"{"id":"a","name":"甲","money":"1.50","later":{"x":1}}"#
        );
    }
}
