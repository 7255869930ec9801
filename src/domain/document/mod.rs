//! The report as data: sections of fields and lists of rows, declared once as a table.
//!
//! The file format is this type. Must not know how anything is computed, checked or shown.

mod assets;
mod finance;
mod followup;
mod handling;
mod inputs;
mod management;
mod profile;
mod published;
mod score;
mod staffing;
mod targets;
mod three_public;

pub use assets::{AssetLine, AssetsStated, ProcurementLine};
pub use finance::{
    BudgetLine, BudgetTotal, CarryoverLine, CarryoverStated, ExpenditureDetail, PaymentProgress, Project,
    Totals,
};
pub use followup::{Publication, RectificationLine, SurveyLine};
pub use handling::HandlingLine;
pub use inputs::{INPUTS, InputAnswer, answer_place};
pub use management::{AdjustmentLine, BatchLine, FundingLine, RecipientLine};
pub use profile::{Narratives, Profile};
pub use published::{
    AccountsAssetLine, AccountsByClass, AccountsByFund, AccountsFundLine, AccountsIncomeLine, AccountsLine,
    AccountsSpendingLine,
};
pub use score::{ScoreAnswer, ScoreStated};
pub use staffing::{Breakdown, BreakdownLine, StaffLine, StaffStated, StaffingDetail};
pub use targets::{GoalLine, LEVELS, TargetLine};
pub use three_public::{ThreePublicCounts, ThreePublicLine, ThreePublicTotal};

use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;
use std::sync::Arc;

use super::cell::{Num, Raw};
use super::place::Place;
use super::record::{Extra, FieldDef, Fields, Record};
use super::rows::{List, RowData, RowId, Rows};
use super::score::Scoring;
use super::tables::{self, RowsOf};
use super::template::Template;
use super::wire::{Filled, FilledList, Written, WrittenList};

/// Value of `format` in every file.
pub const FORMAT: &str = "ziping.report";
/// Version of the format that this program writes.
pub const VERSION: u32 = 1;

/// One handing-out of a report, written into the exported file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Export {
    /// Random id of this export.
    pub id: String,
    /// Local time, `YYYY-MM-DDThh:mm:ss`; never used to decide which version is newer.
    pub at: String,
    /// Revision of the draft that was exported.
    pub rev: u64,
    /// Fields of newer versions, kept and written back.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The report of the year before, from which a report was begun.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Previous {
    /// The report.
    pub doc_id: String,
    /// Its year.
    pub year: String,
    /// Fields of newer versions, kept and written back.
    #[serde(flatten)]
    pub extra: Extra,
}

macro_rules! document {
    (sections { $($section:ident : $record:ty),* $(,)? } lists { $($list:ident : $row:ty),* $(,)? }) => {
        /// One report.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct Document {
            /// Always [`FORMAT`].
            pub format: String,
            /// Version of the format.
            pub version: u32,
            /// Names the report through all its copies and versions.
            pub doc_id: String,
            /// The handing-out that this state came from.
            pub export: Option<Export>,
            /// The report that this one was carried over from.
            pub previous: Option<Previous>,
            /// Outline, pages and rules.
            pub template: Arc<Template>,
            /// The report's copy of its scoring template; none until one was chosen.
            pub scoring: Option<Arc<Scoring>>,
            $(
                #[doc = concat!("Section `", stringify!($section), "`.")]
                pub $section: Arc<$record>,
            )*
            $(
                #[doc = concat!("List `", stringify!($list), "`.")]
                pub $list: Rows<$row>,
            )*
            /// Parts of newer versions, kept and written back.
            pub extra: Extra,
        }

        impl Document {
            /// Every section with its fields.
            pub const SECTIONS: &'static [(&'static str, &'static [FieldDef])] =
                &[$((stringify!($section), <$record as Record>::DEFS)),*];
            /// Every list with its columns.
            pub const LISTS: &'static [(&'static str, &'static [FieldDef])] =
                &[$((stringify!($list), <$row as Record>::DEFS)),*];

            /// A section by name.
            pub fn section(&self, name: &str) -> Option<&dyn Fields> {
                match name {
                    $(stringify!($section) => Some(self.$section.as_ref()),)*
                    _ => None,
                }
            }
            /// A section by name, to be changed.
            pub fn section_mut(&mut self, name: &str) -> Option<&mut dyn Fields> {
                match name {
                    $(stringify!($section) => {
                        let section: &mut $record = Arc::make_mut(&mut self.$section);
                        Some(section)
                    })*
                    _ => None,
                }
            }
            /// A list by name.
            pub fn list(&self, name: &str) -> Option<&dyn List> {
                match name {
                    $(stringify!($list) => Some(&self.$list),)*
                    _ => None,
                }
            }
            /// A list by name, to be changed.
            pub fn list_mut(&mut self, name: &str) -> Option<&mut dyn List> {
                match name {
                    $(stringify!($list) => Some(&mut self.$list),)*
                    _ => None,
                }
            }
        }
    };
}

document! {
    sections {
        profile: Profile,
        staff_stated: StaffStated,
        positions_stated: Breakdown,
        education_stated: Breakdown,
        ages_stated: Breakdown,
        staffing: StaffingDetail,
        assets_stated: AssetsStated,
        income_stated: BudgetTotal,
        receipts_stated: Totals,
        personnel_stated: BudgetTotal,
        operating_stated: BudgetTotal,
        basic_stated: BudgetTotal,
        projects_stated: BudgetTotal,
        expenditure_stated: BudgetTotal,
        payments_stated: Totals,
        expenditure_detail: ExpenditureDetail,
        payment_progress: PaymentProgress,
        carryover_stated: CarryoverStated,
        three_public_stated: ThreePublicTotal,
        vehicles_stated: ThreePublicTotal,
        three_public_counts: ThreePublicCounts,
        publication: Publication,
        score_stated: ScoreStated,
        narratives: Narratives,
    }
    lists {
        staff: StaffLine,
        positions: BreakdownLine,
        education: BreakdownLine,
        ages: BreakdownLine,
        assets: AssetLine,
        targets: TargetLine,
        goals: GoalLine,
        funding: FundingLine,
        batches: BatchLine,
        recipients: RecipientLine,
        income: BudgetLine,
        basic: BudgetLine,
        projects: Project,
        expenditure: BudgetLine,
        carryover: CarryoverLine,
        three_public: ThreePublicLine,
        procurement: ProcurementLine,
        adjustments: AdjustmentLine,
        accounts_summary: AccountsLine,
        accounts_income: AccountsIncomeLine,
        accounts_spending: AccountsSpendingLine,
        accounts_fiscal: AccountsByFund,
        accounts_general: AccountsByClass,
        accounts_basic: AccountsLine,
        accounts_fund: AccountsFundLine,
        accounts_capital: AccountsByClass,
        accounts_assets: AccountsAssetLine,
        surveys: SurveyLine,
        rectifications: RectificationLine,
        handlings: HandlingLine,
        score_answers: ScoreAnswer,
        inputs: InputAnswer,
    }
}

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("format", &self.format)?;
        map.serialize_entry("version", &self.version)?;
        map.serialize_entry("doc_id", &self.doc_id)?;
        if let Some(export) = &self.export {
            map.serialize_entry("export", export)?;
        }
        if let Some(previous) = &self.previous {
            map.serialize_entry("previous", previous)?;
        }
        map.serialize_entry("template", self.template.as_ref())?;
        if let Some(scoring) = &self.scoring {
            map.serialize_entry("scoring", scoring.as_ref())?;
        }
        for (name, section) in Self::SECTIONS.iter().filter_map(|(name, _)| Some((name, self.section(name)?)))
        {
            map.serialize_entry(name, &Written(section))?;
        }
        for (name, list) in Self::LISTS.iter().filter_map(|(name, _)| Some((name, self.list(name)?))) {
            map.serialize_entry(name, &WrittenList(list))?;
        }
        for (key, value) in &self.extra {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl Document {
    /// Reads a report from a JSON value.
    ///
    /// # Errors
    ///
    /// What could not be read, with its path.
    pub fn read(value: &Value) -> Result<Self, serde_path_to_error::Error<serde_json::Error>> {
        serde_path_to_error::deserialize(value).map(|Whole(document)| document)
    }
}

// Every reader goes by way of a value: the code that reads all records is then in the program once, not once for each
// kind of input.
impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Document::read(&Value::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

struct Whole(Document);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(DocumentVisitor).map(Whole)
    }
}

struct DocumentVisitor;

impl<'de> Visitor<'de> for DocumentVisitor {
    type Value = Document;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("一份报告 {…}")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Document, A::Error> {
        let mut document = Document::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "format" => document.format = map.next_value()?,
                "version" => document.version = map.next_value()?,
                "doc_id" => document.doc_id = map.next_value()?,
                "export" => document.export = map.next_value()?,
                "previous" => document.previous = map.next_value()?,
                "template" => document.template = Arc::new(map.next_value()?),
                "scoring" => document.scoring = map.next_value::<Option<Scoring>>()?.map(Arc::new),
                name => {
                    if let Some(section) = document.section_mut(name) {
                        map.next_value_seed(Filled(section))?;
                    } else if let Some(list) = document.list_mut(name) {
                        map.next_value_seed(FilledList(list))?;
                    } else {
                        document.extra.insert(key, map.next_value()?);
                    }
                }
            }
        }
        Ok(document)
    }
}

impl Document {
    /// An empty report after a template: the rows that its tables bring, nothing filled in.
    pub fn new(doc_id: &str, template: Arc<Template>) -> Self {
        let mut document = Document {
            format: FORMAT.to_owned(),
            version: VERSION,
            doc_id: doc_id.to_owned(),
            template,
            ..Document::default()
        };
        for table in tables::ALL {
            let RowsOf::Fixed(rows) = table.rows else { continue };
            let Some(list) = document.list_mut(table.list) else { continue };
            let Some(key) = list.columns().first().map(|def| def.key) else { continue };
            let brought: Vec<RowData> =
                rows.iter().filter(|row| !row.optional).map(|row| row.data(key)).collect();
            list.insert(usize::MAX, &brought);
        }
        for (place, value) in tables::INITIAL {
            if let Some(section) = document.section_mut(place.0)
                && let Some(column) = section.column(place.1)
            {
                section.set(column, Raw::text(*value));
            }
        }
        document.open_inputs();
        document
    }

    /// The cell at a place; 未填 where the row is gone.
    pub fn get(&self, place: &Place) -> Raw {
        match place {
            Place::Field { section, field } => self
                .section(section)
                .and_then(|fields| Some(fields.get(fields.column(field)?)))
                .unwrap_or_default(),
            Place::Cell { list, row, column } => self
                .list(list)
                .and_then(|rows| Some(rows.get(rows.position(row)?, rows.column(column)?)))
                .unwrap_or_default(),
        }
    }

    /// The cell at a place as a number.
    pub fn number(&self, place: &Place) -> Num {
        match place {
            Place::Field { section, field } => self
                .section(section)
                .and_then(|fields| Some(fields.number(fields.column(field)?)))
                .unwrap_or(Num::Blank),
            Place::Cell { list, row, column } => self
                .list(list)
                .and_then(|rows| Some(rows.number(rows.position(row)?, rows.column(column)?)))
                .unwrap_or(Num::Blank),
        }
    }

    /// What is known of the field at a place.
    pub fn def(place: &Place) -> Option<&'static FieldDef> {
        let (name, tables) = match place {
            Place::Field { section, .. } => (section, Self::SECTIONS),
            Place::Cell { list, .. } => (list, Self::LISTS),
        };
        let (_, defs) = tables.iter().find(|(known, _)| known == name)?;
        defs.iter().find(|def| def.key == place.key())
    }

    /// Whether the row of a place is still there; a section's fields always are.
    pub fn has(&self, place: &Place) -> bool {
        match place {
            Place::Field { .. } => true,
            Place::Cell { list, row, .. } => self.list(list).is_some_and(|rows| rows.position(row).is_some()),
        }
    }

    /// The name of a row: what its first text column says, or its number.
    pub fn row_name(&self, list: &str, row: &RowId) -> String {
        let Some(rows) = self.list(list) else { return String::new() };
        let Some(at) = rows.position(row) else { return "已删除的行".to_owned() };
        let name = rows.get(at, 0).words().trim().to_owned();
        if name.is_empty() { format!("第{}行", at + 1) } else { name }
    }
}
