//! Versions of a draft that are kept: named by hand, or made before something large happens to it.
//!
//! A version is a line that says what it is, then an envelope. Which ones go is decided here: automatic ones, the
//! oldest first; one that was named never goes by itself. Must not know a database.

use serde::{Deserialize, Serialize};

use super::{Envelope, Stamp};
use crate::app::ids::Random;
use crate::app::restore::restore;
use crate::domain::document::Document;

const VERSION: &str = "cn.ziping/version/";
/// Automatic versions that are kept of each report.
pub const AUTOMATIC: usize = 20;
/// Edits after the last version that make opening the draft worth a version.
pub const WORTH_KEEPING: u64 = 20;

/// Why a version was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// By hand, with a name.
    Named,
    /// Before a file took the place of the draft.
    Import,
    /// Before figures were taken over from a text.
    Extract,
    /// Before the template changed.
    Template,
    /// Before the next year was made of it.
    CarryOver,
    /// Before an older version came back.
    Restore,
    /// When the draft was opened.
    Opened,
    /// A reason of a newer version of this program.
    #[serde(other)]
    Other,
}

impl Why {
    /// The words for it in a list.
    pub fn words(self) -> &'static str {
        match self {
            Why::Named => "手动保存",
            Why::Import => "导入文件之前",
            Why::Extract => "提取数据之前",
            Why::Template => "换模板之前",
            Why::CarryOver => "结转之前",
            Why::Restore => "恢复旧版本之前",
            Why::Opened => "打开草稿时",
            Why::Other => "自动保存",
        }
    }
}

/// What the first line says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Counts up within the report.
    pub n: u64,
    /// Why it was made.
    pub why: Why,
    /// Its name, if it was given one.
    #[serde(default)]
    pub name: String,
}

/// A version that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// What it is.
    pub label: Label,
    /// Local time at which it was made.
    pub at: String,
    /// Revision of the draft.
    pub rev: u64,
    /// The report.
    pub document: Document,
}

/// Key of a version.
pub fn version_key(doc_id: &str, n: u64) -> String {
    format!("{VERSION}{doc_id}/{n:08x}")
}

/// Report and number of the version under a key.
pub fn version_of(key: &str) -> Option<(&str, u64)> {
    let (doc_id, n) = key.strip_prefix(VERSION)?.rsplit_once('/')?;
    Some((doc_id, u64::from_str_radix(n, 16).ok()?))
}

/// The text of a version.
pub fn encode(label: &Label, document: &Document, stamp: Stamp, at: &str) -> String {
    let line = serde_json::to_string(label).unwrap_or_default();
    format!("{line}\n{}", Envelope::new(document, stamp, at).encode())
}

/// Reads only what the version is.
pub fn label(text: &str) -> Option<Label> {
    serde_json::from_str(text.split_once('\n')?.0).ok()
}

/// Reads a version; `None` if it is damaged.
pub fn decode(text: &str, random: &mut dyn Random) -> Option<Version> {
    let (line, rest) = text.split_once('\n')?;
    let envelope = Envelope::decode(rest).ok()?;
    let document = restore(&envelope.body, random).ok()?.document;
    let header = envelope.header;
    let label = serde_json::from_str(line).ok()?;
    Some(Version { label, at: header.saved_at, rev: header.rev, document })
}

/// Whether a state is worth a version made by itself: it is not what the newest version holds.
pub fn differs(newest: Option<&Version>, document: &Document) -> bool {
    newest.is_none_or(|newest| newest.document != *document)
}

/// Which of the versions of a report have to go, so that `room` more automatic ones fit.
pub fn surplus(labels: &[Label], room: usize) -> Vec<u64> {
    let mut automatic: Vec<u64> =
        labels.iter().filter(|label| label.why != Why::Named).map(|label| label.n).collect();
    automatic.sort_unstable();
    let count = automatic.len().saturating_add(room).saturating_sub(AUTOMATIC);
    automatic.truncate(count);
    automatic
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::ids::tests::Counting;
    use crate::app::sample;

    fn label(n: u64, why: Why) -> Label {
        Label { n, why, name: String::new() }
    }

    #[test]
    fn the_oldest_automatic_ones_go_first_and_named_ones_never() {
        let mut labels: Vec<Label> = (1..=20).map(|n| label(n, Why::Import)).collect();
        assert_eq!(surplus(&labels, 0), Vec::<u64>::new());
        assert_eq!(surplus(&labels, 1), vec![1]);
        labels.insert(0, label(0, Why::Named));
        labels.push(label(21, Why::Opened));
        assert_eq!(surplus(&labels, 1), vec![1, 2]);
        let named: Vec<Label> = (0..100).map(|n| label(n, Why::Named)).collect();
        assert_eq!(surplus(&named, 1), Vec::<u64>::new());
    }

    #[test]
    fn a_version_is_read_as_it_was_made_and_a_damaged_one_is_none() {
        let made = Label { n: 255, why: Why::Named, name: "送审稿".into() };
        let text = encode(&made, &sample::xinfeng(), Stamp { epoch: 2, rev: 41 }, "2022-03-15T14:02:07");
        let read = decode(&text, &mut Counting(1)).unwrap();
        assert_eq!((&read.label, read.rev, &read.document), (&made, 41, &sample::xinfeng()));
        assert!(!differs(Some(&read), &sample::xinfeng()) && differs(None, &sample::xinfeng()));
        assert_eq!(super::label(&text), Some(made));
        assert_eq!(decode(&text.replace("190.94", "190.95"), &mut Counting(1)), None);
        let key = version_key("xinfeng2021", 255);
        assert_eq!(version_of(&key), Some(("xinfeng2021", 255)));
        let newer = text.replace("\"named\"", "\"made_by_a_robot\"");
        assert_eq!(decode(&newer, &mut Counting(1)).unwrap().label.why, Why::Other);
    }
}
