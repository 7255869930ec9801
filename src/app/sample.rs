//! Two reports to look at: 示例, the report of the Xinfeng county science and technology bureau for 2021 as it was
//! published, and one of an invented bureau that is complete and true to the last figure.
//!
//! The figures and words of the first are transcribed as they stand, also where they contradict each other: what the
//! tool finds in it is what a reader could have found. Fields that the report does not give stay 未填. No unit, person
//! or document of the second exists.

use crate::domain::document::Document;

/// The file of the sample.
pub const XINFENG_2021: &str = include_str!("sample/xinfeng-2021.ziping.json");
/// The file of the invented report.
pub const EXAMPLE_2023: &str = include_str!("sample/example-2023.ziping.json");

/// The sample, always under the same `doc_id`.
pub fn xinfeng() -> Document {
    // The files are part of the program, and the tests hold them against the format.
    serde_json::from_str(XINFENG_2021).unwrap_or_default()
}

/// A report in which everything is filled in and agrees, always under the same `doc_id`.
pub fn example() -> Document {
    serde_json::from_str(EXAMPLE_2023).unwrap_or_default()
}
