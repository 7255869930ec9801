//! Templates: outline, pages and (later) indicators and rules as data, carried inside each report.
//!
//! A template is a JSON pack beside this file or one that came in with a report. Must not know the document.

mod input;

pub use input::Input;

use serde::{Deserialize, Serialize};

use super::record::Extra;

/// What a report of one kind has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Template {
    /// Stable name, such as `jiangxi`.
    pub id: String,
    /// Counts up whenever the template changes.
    pub version: u32,
    /// Name that users choose by.
    pub name: String,
    /// Where it comes from.
    pub source: String,
    /// Title of the report; `{unit}` and `{year}` are filled in.
    pub title: String,
    /// Pages of 填报, in order.
    pub pages: Vec<Page>,
    /// Headings of the printed report.
    pub outline: Vec<Heading>,
    /// Indicators with weights and rules; empty where a template has none.
    pub scores: Vec<serde_json::Value>,
    /// Fields of newer versions.
    #[serde(flatten)]
    pub extra: Extra,
}

/// One page of 填报.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Page {
    /// Name in addresses: `#/report/<doc>/staffing`.
    pub id: String,
    /// Title on screen.
    pub title: String,
    /// What stands on it, in order.
    pub parts: Vec<Part>,
    /// Fields of newer versions.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A part of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A section's fields as a labelled form, not printed in the text.
    Form(String),
    /// A table, by its id.
    Table(String),
    /// Prose: key of a field of `narratives`.
    Text(String),
    /// Inputs of the template's own.
    Inputs(Vec<Input>),
    /// A part that this version does not know.
    #[serde(untagged)]
    Other(serde_json::Value),
}

/// A heading of the printed report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Heading {
    /// The words, without number: the program numbers.
    pub heading: String,
    /// Pages whose printable parts stand under it.
    pub pages: Vec<String>,
    /// Headings below it.
    pub children: Vec<Heading>,
    /// Fields of newer versions.
    #[serde(flatten)]
    pub extra: Extra,
}

/// The built-in packs: id and JSON text.
pub const PACKS: &[(&str, &str)] =
    &[("jiangxi", include_str!("jiangxi.json")), ("sichuan", include_str!("sichuan.json"))];

impl Template {
    /// A built-in template; `None` where there is none of this id.
    pub fn built_in(id: &str) -> Option<Self> {
        let (_, json) = PACKS.iter().find(|(known, _)| *known == id)?;
        // By way of a value, as everything that is read: see `Document`.
        serde_path_to_error::deserialize(&serde_json::from_str::<serde_json::Value>(json).ok()?).ok()
    }

    /// All built-in templates, in the order in which they are offered.
    pub fn all_built_in() -> Vec<Self> {
        PACKS.iter().filter_map(|(id, _)| Self::built_in(id)).collect()
    }

    /// Everything that the template asks for of its own, in the order of its pages.
    pub fn inputs(&self) -> impl Iterator<Item = &Input> {
        let parts = self.pages.iter().flat_map(|page| &page.parts);
        parts.filter_map(|part| if let Part::Inputs(inputs) = part { Some(inputs) } else { None }).flatten()
    }

    /// The input whose answer stands under this id.
    pub fn input(&self, id: &str) -> Option<&Input> {
        self.inputs().find(|input| input.id == id)
    }

    /// A page by its id.
    pub fn page(&self, id: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::document::Document;
    use crate::domain::tables::TableDef;

    #[test]
    fn every_pack_names_only_what_a_report_has() {
        for (id, json) in PACKS {
            let template: Template = serde_json::from_str(json).unwrap();
            assert_eq!(template.id, *id);
            for part in template.pages.iter().flat_map(|page| &page.parts) {
                match part {
                    Part::Form(section) => {
                        assert!(Document::SECTIONS.iter().any(|(name, _)| name == section), "{section}");
                    }
                    Part::Table(table) => assert!(TableDef::by_id(table).is_some(), "{table}"),
                    Part::Text(key) => {
                        let (_, fields) =
                            Document::SECTIONS.iter().find(|(name, _)| *name == "narratives").unwrap();
                        assert!(fields.iter().any(|def| def.key == key), "{key}");
                    }
                    Part::Inputs(inputs) => assert!(!inputs.is_empty()),
                    Part::Other(other) => panic!("unknown part {other}"),
                }
            }
            let mut known = std::collections::HashSet::new();
            for input in template.inputs() {
                let letters = input.id.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
                assert!(letters && input.id.starts_with(&format!("{id}_")), "{}", input.id);
                assert!(known.insert(&input.id) && !input.label.is_empty(), "{}", input.id);
                assert_eq!(input.is_chosen(), !input.options.is_empty(), "{}", input.id);
                assert!(["text", "choice", "date", "amount", "number"].contains(&input.kind.as_str()));
                assert!(input.extra.is_empty(), "{}", input.id);
            }
            fn pages(headings: &[Heading]) -> Vec<String> {
                headings.iter().flat_map(|h| h.pages.iter().cloned().chain(pages(&h.children))).collect()
            }
            for page in pages(&template.outline) {
                assert!(template.page(&page).is_some(), "{page}");
            }
            // Every template has the page that addresses lead to, no page twice, and every page stands in the report.
            let ids: Vec<&str> = template.pages.iter().map(|page| page.id.as_str()).collect();
            assert_eq!(ids.first(), Some(&"basics"), "{id}");
            assert_eq!(pages(&template.outline), ids, "{id}: each page once, in the order of the report");
        }
    }
}
