//! Inputs that a template asks for beside the fields that every report has: a code, an opinion, a reason.
//!
//! A definition is data of the template; the answer is a row of the document's list `inputs` under the definition's id,
//! so that it outlasts a change of template. Must not know the document.

use serde::{Deserialize, Serialize};

use crate::domain::amount::MoneyUnit;
use crate::domain::cell::Raw;
use crate::domain::entry;
use crate::domain::record::{Extra, FieldDef, Kind};

/// One input.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Input {
    /// Stable name, under which the answer is stored; begins with the template's own name.
    pub id: String,
    /// Label on screen and on paper.
    pub label: String,
    /// `text`, `choice`, `date`, `amount` (万元) or `number`; what is unknown is read as text.
    pub kind: String,
    /// Unit after a number.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// What it means, in a sentence or two.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub help: String,
    /// Whether a complete report has it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Whether it prints on the cover, blank or not; elsewhere it prints under its heading once it is answered.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cover: bool,
    /// What a choice offers, stored as it reads.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// Fields of newer versions.
    #[serde(flatten)]
    pub extra: Extra,
}

/// How answers of each kind are read and shown. A choice is stored in words, so that it reads without its template.
static KINDS: [(&str, FieldDef); 4] = [
    ("text", FieldDef { kind: Kind::Text, ..FieldDef::EMPTY }),
    ("date", FieldDef { kind: Kind::Date, ..FieldDef::EMPTY }),
    ("amount", FieldDef { kind: Kind::Amount, ..FieldDef::EMPTY }),
    ("number", FieldDef { kind: Kind::Number, ..FieldDef::EMPTY }),
];
static TEXT: FieldDef = FieldDef { kind: Kind::Text, ..FieldDef::EMPTY };

impl Input {
    /// How the answer is read and shown; label, help and options are the input's own.
    pub fn def(&self) -> &'static FieldDef {
        KINDS.iter().find(|(kind, _)| *kind == self.kind).map_or(&TEXT, |(_, def)| def)
    }

    /// Whether it is chosen and not typed.
    pub fn is_chosen(&self) -> bool {
        self.kind == "choice"
    }

    /// The unit after its number.
    pub fn unit(&self) -> &str {
        match self.def().kind {
            Kind::Amount => MoneyUnit::WanYuan.label(),
            _ => &self.unit,
        }
    }

    /// An answer as it is shown and printed, with its unit.
    pub fn shown(&self, answer: &Raw) -> String {
        let (text, unit) = (self.bare(answer), self.unit());
        match (unit.is_empty(), answer) {
            (false, Raw::Value(_)) => format!("{text} {unit}"),
            _ => text,
        }
    }

    /// An answer without its unit.
    pub fn bare(&self, answer: &Raw) -> String {
        entry::shown(self.def(), answer, MoneyUnit::WanYuan)
    }
}
