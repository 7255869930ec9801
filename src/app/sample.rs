//! 示例: the report of the Xinfeng county science and technology bureau for 2021, as it was published.
//!
//! Its figures and words are transcribed as they stand, also where they contradict each other: what the tool finds
//! in it is what a reader could have found. Fields that the report does not give stay 未填.

use crate::domain::document::Document;

/// The file of the sample.
pub const XINFENG_2021: &str = include_str!("sample/xinfeng-2021.ziping.json");

/// The sample, always under the same `doc_id`.
pub fn xinfeng() -> Document {
    // The file is part of the program, and the tests hold it against the format.
    serde_json::from_str(XINFENG_2021).unwrap_or_default()
}
