//! A report to the files that people hand on: JSON to go on working with, HTML to read and to open again.
//!
//! Knows names of files and what goes into them. Must not know how a file reaches a disk, nor compute a figure.

use crate::domain::assess::Assessment;
use crate::domain::document::{Document, Export};
use crate::domain::report;
use crate::domain::report::html::Standalone;

/// Ending of the data file.
pub const JSON_EXT: &str = "ziping.json";
/// Ending of the report to read.
pub const HTML_EXT: &str = "html";

/// The style sheet of an exported report.
const CSS: &str =
    concat!(include_str!("../../style/report.css"), "\n", include_str!("../../style/print.css"));

/// The data file: pretty-printed, keys in the order of the format, so that two versions can be compared line by line.
pub fn json(document: &Document, export: Export) -> String {
    let handed_out = Document { export: Some(export), ..document.clone() };
    // Cannot fail: every key of a document is text.
    let mut text = serde_json::to_string_pretty(&handed_out).unwrap_or_default();
    text.push('\n');
    text
}

/// The report to read, with its data inside.
pub fn html(document: &Document, assessment: &Assessment, export: Export) -> String {
    let sheets = report::render::sheets(&report::blocks(document, assessment), "");
    report::html::standalone(&Standalone {
        title: &report::title(document),
        sheets: &sheets,
        css: CSS,
        css_sha256: None,
        report_json: Some(&json(document, export)),
    })
}

/// `信丰县科学技术局-2021年度-绩效自评.ziping.json`: what every file system takes, and what is missing left out.
pub fn file_name(document: &Document, ext: &str) -> String {
    const LONGEST: usize = 60;
    let part = |text: &str| -> String {
        let clean: String = text.chars().filter(|c| is_allowed(*c)).take(LONGEST).collect();
        clean.trim_matches(|c: char| c.is_whitespace() || c == '.').to_owned()
    };
    let unit = part(document.profile.unit_name.words());
    let year = part(document.profile.year.words());
    let mut parts = vec![if unit.is_empty() { "未填单位".to_owned() } else { unit }];
    if !year.is_empty() {
        parts.push(format!("{year}年度"));
    }
    parts.push("绩效自评".to_owned());
    format!("{}.{ext}", parts.join("-"))
}

/// Neither what Windows forbids in names, nor control characters, nor marks that turn the direction of writing.
fn is_allowed(c: char) -> bool {
    let turns =
        matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    !c.is_control() && !turns && !matches!(c, '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cell::Raw;
    use std::sync::Arc;

    fn named(unit: &str, year: &str) -> String {
        let mut document = Document::new("d", Arc::default());
        let profile = Arc::make_mut(&mut document.profile);
        (profile.unit_name, profile.year) = (Raw::text(unit), Raw::text(year));
        file_name(&document, JSON_EXT)
    }

    #[test]
    fn file_names_are_taken_by_every_file_system() {
        let long = "局".repeat(200);
        let cases = [
            ("信丰县科学技术局", "2021", "信丰县科学技术局-2021年度-绩效自评.ziping.json".to_owned()),
            ("", "", "未填单位-绩效自评.ziping.json".to_owned()),
            ("", "2021", "未填单位-2021年度-绩效自评.ziping.json".to_owned()),
            ("甲/乙\\丙:*?\"<>|\n局\u{202e}", "20/21", "甲乙丙局-2021年度-绩效自评.ziping.json".to_owned()),
            (" ..局.. ", "2021", "局-2021年度-绩效自评.ziping.json".to_owned()),
            ("../..", "2021", "未填单位-2021年度-绩效自评.ziping.json".to_owned()),
            (&long, "2021", format!("{}-2021年度-绩效自评.ziping.json", "局".repeat(60))),
        ];
        for (unit, year, name) in cases {
            assert_eq!(named(unit, year), name);
        }
    }

    #[test]
    fn the_data_file_says_which_handing_out_it_is_and_leaves_the_report_alone() {
        let document = Document::new("d", Arc::default());
        let export = Export { id: "e".into(), at: "2022-03-15T14:02:00".into(), rev: 7, ..Export::default() };
        let text = json(&document, export.clone());
        assert!(
            text.starts_with("{\n  \"format\": \"ziping.report\",\n  \"version\": 1,\n  \"doc_id\": \"d\"")
        );
        assert!(text.ends_with("}\n"));
        let read: Document = serde_json::from_str(&text).unwrap();
        assert_eq!(read.export, Some(export));
        assert_eq!(Document { export: None, ..read }, document);
    }
}
