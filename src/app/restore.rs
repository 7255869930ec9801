//! The single gate through which outside data becomes a report: files, exported pages, drafts from storage.
//!
//! Refuses whole or accepts whole: nothing half-read ever reaches a session. What can be put right without guessing
//! is put right and said (`Restored::repairs`). Knows text, versions and the document's own table of fields; must
//! not know where a file came from, nor touch the report that is open.

mod error;
mod repair;
mod strict;

pub(super) use error::section_name;
pub use error::{Encoding, RestoreError, Syntax};

use std::borrow::Cow;

use serde_json::Value;

use super::ids::Random;
use crate::domain::document::{Document, FORMAT, VERSION};
use crate::domain::reference;
use crate::domain::report::html::{self, ExtractError};

/// Largest file that is read. A report of 10,000 projects is below 5 MB.
pub const MAX_BYTES: u64 = 50 * 1024 * 1024;

/// A report that came in, and what had to be put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The report.
    pub document: Document,
    /// One sentence for each repair; empty for a sound file.
    pub repairs: Vec<String>,
}

/// Turns one version of the format into the next.
type Migration = fn(Value) -> Result<Value, String>;

/// `MIGRATIONS[n]` turns version `n + 1` into `n + 2`. Additive only, never edited once a version was handed out.
const MIGRATIONS: &[Migration] = &[];

/// Refuses a file by its length, before it is read.
///
/// # Errors
///
/// If it has more than [`MAX_BYTES`].
pub fn check_size(bytes: u64) -> Result<(), RestoreError> {
    if bytes > MAX_BYTES { Err(RestoreError::TooLarge { bytes }) } else { Ok(()) }
}

/// The text of a file, without its byte order mark.
///
/// # Errors
///
/// If it is too large, in another encoding than UTF-8, or a file of another program that is known by its first bytes.
pub fn read_text(bytes: &[u8]) -> Result<String, RestoreError> {
    check_size(bytes.len().try_into().unwrap_or(u64::MAX))?;
    const KNOWN: &[(&[u8], &str)] = &[
        (b"PK\x03\x04", "Word、Excel 或压缩文件"),
        (b"\xD0\xCF\x11\xE0", "旧版 Word 或 Excel 文件"),
        (b"%PDF", "PDF 文件"),
        (b"\x89PNG", "图片"),
        (b"\xFF\xD8\xFF", "图片"),
    ];
    if let Some((_, kind)) = KNOWN.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(RestoreError::OtherFile { kind });
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.starts_with(b"\xFF\xFE")
        || bytes.starts_with(b"\xFE\xFF")
        || bytes.iter().take(64).any(|b| *b == 0)
    {
        return Err(RestoreError::Encoding(Encoding::Utf16));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Err(RestoreError::Encoding(Encoding::Other)),
    }
}

/// Takes in the text of a `.ziping.json` file or of an exported HTML file.
///
/// # Errors
///
/// If the text is no report of this program, is damaged, or comes from a newer version.
pub fn restore(text: &str, random: &mut dyn Random) -> Result<Restored, RestoreError> {
    check_size(text.len().try_into().unwrap_or(u64::MAX))?;
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(RestoreError::Empty);
    }
    // What a browser makes of UTF-16 that it was told to read as UTF-8.
    if text.chars().take(64).any(|c| c == '\u{0}') || text.starts_with("\u{fffd}\u{fffd}") {
        return Err(RestoreError::Encoding(Encoding::Utf16));
    }
    let json = if text.starts_with('<') {
        Cow::Owned(html::extract_report(text).map_err(RestoreError::Html)?)
    } else {
        Cow::Borrowed(text)
    };
    let value = migrated(strict::parse(&json)?)?;
    let (value, mut repairs) = repair::value(value, random);
    // The value stays at hand, so that an error can say what stands at its place.
    let mut document = Document::read(&value).map_err(|error| {
        let path = error.path().iter().collect::<Vec<_>>();
        RestoreError::content(&value, &path, error.path().to_string())
    })?;
    document.open_inputs();
    reference::adopt(&mut document);
    repairs.extend(repair::cells(&mut document));
    FORMAT.clone_into(&mut document.format);
    document.version = VERSION;
    Ok(Restored { document, repairs })
}

/// The value in the present version of the format.
fn migrated(value: Value) -> Result<Value, RestoreError> {
    let Some(root) = value.as_object() else { return Err(RestoreError::Foreign) };
    if root.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(RestoreError::Foreign);
    }
    match root.get("version").and_then(Value::as_u64) {
        Some(version) => migrate(value, version, MIGRATIONS),
        None => Err(RestoreError::NoVersion),
    }
}

/// Runs the migrations from a version on; the last one leads to `chain.len() + 1`.
fn migrate(value: Value, version: u64, chain: &[Migration]) -> Result<Value, RestoreError> {
    let newest = u64::try_from(chain.len()).unwrap_or(u64::MAX).saturating_add(1);
    if version > newest {
        return Err(RestoreError::Newer { version });
    }
    let Some(done) = version.checked_sub(1).and_then(|done| usize::try_from(done).ok()) else {
        return Err(RestoreError::TooOld { version });
    };
    chain.iter().skip(done).try_fold(value, |value, step| {
        step(value).map_err(|reason| RestoreError::Migration { version, reason })
    })
}

impl From<ExtractError> for RestoreError {
    fn from(error: ExtractError) -> Self {
        RestoreError::Html(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::ids::tests::Counting;
    use serde_json::json;

    #[test]
    fn the_chain_of_migrations_leads_to_the_version_that_is_written() {
        assert_eq!(MIGRATIONS.len() + 1, VERSION as usize);
        let error = restore(r#"{"format":"ziping.report","version":0}"#, &mut Counting(1)).unwrap_err();
        assert_eq!(error, RestoreError::TooOld { version: 0 });
    }

    #[test]
    fn older_versions_run_through_the_rest_of_the_chain_and_newer_ones_are_refused() {
        const CHAIN: &[Migration] = &[
            |value| Ok(json!([value, 2])),
            |value| if value == json!("bad") { Err("缺少“甲”".into()) } else { Ok(json!([value, 3])) },
        ];
        assert_eq!(migrate(json!(1), 1, CHAIN), Ok(json!([[1, 2], 3])));
        assert_eq!(migrate(json!(1), 2, CHAIN), Ok(json!([1, 3])));
        assert_eq!(migrate(json!(1), 3, CHAIN), Ok(json!(1)));
        assert_eq!(migrate(json!(1), 4, CHAIN), Err(RestoreError::Newer { version: 4 }));
        assert_eq!(migrate(json!(1), u64::MAX, CHAIN), Err(RestoreError::Newer { version: u64::MAX }));
        let error = migrate(json!("bad"), 2, CHAIN).unwrap_err();
        assert!(error.to_string().contains("缺少“甲”"), "{error}");
    }

    #[test]
    fn bytes_are_judged_by_what_they_begin_with() {
        assert_eq!(read_text(b"\xEF\xBB\xBF{}"), Ok("{}".into()));
        assert_eq!(read_text(b"\xFF\xFE{\x00}\x00"), Err(RestoreError::Encoding(Encoding::Utf16)));
        assert_eq!(read_text(b"{\x00}\x00"), Err(RestoreError::Encoding(Encoding::Utf16)));
        assert_eq!(read_text(b"\xD0\xC5\xB7\xE1"), Err(RestoreError::Encoding(Encoding::Other)));
        for magic in [&b"PK\x03\x04"[..], b"\xD0\xCF\x11\xE0", b"%PDF-1.7"] {
            assert!(matches!(read_text(magic), Err(RestoreError::OtherFile { .. })));
        }
        assert_eq!(check_size(MAX_BYTES), Ok(()));
        assert_eq!(check_size(MAX_BYTES + 1), Err(RestoreError::TooLarge { bytes: MAX_BYTES + 1 }));
    }
}
