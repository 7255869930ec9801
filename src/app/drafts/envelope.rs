//! The text of a draft: one line that says what it is, then the report.
//!
//! The first line is small, so that a list of drafts needs no report to be read. The checksum tells a torn or
//! damaged text from a whole one.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::app::progress;
use crate::domain::document::Document;

/// Name of this program in an envelope.
const APP: &str = "ziping";
/// Version of the envelope. The version of the report is in the report.
const SCHEMA: u32 = 1;
/// Characters (UTF-16 units, as browsers count) above which a draft is kept out of a store of this port: such
/// stores hold about five million for all drafts together.
pub const MAX_CHARS: usize = 2_000_000;

/// Orders the versions of a draft: who wrote, then what. Never a clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// Counts up with each opening for writing and each 接管.
    pub epoch: u64,
    /// Revision of the report, counts up with each change.
    pub rev: u64,
}

impl Stamp {
    /// The stamp with which a writer takes a draft over; it must be saved at once, so that others see it. Every
    /// opening for writing is one: a tab that slept through it finds a higher epoch and does not overwrite.
    #[must_use]
    pub fn claimed(stored: Option<Stamp>) -> Stamp {
        stored.map_or(Stamp { epoch: 1, rev: 0 }, |stored| Stamp {
            epoch: stored.epoch.saturating_add(1),
            rev: stored.rev,
        })
    }

    /// The same writer at another revision.
    #[must_use]
    pub fn at(self, rev: u64) -> Stamp {
        Stamp { rev, ..self }
    }

    /// Whether a draft with this stamp was written by somebody who took it over from `ours`.
    pub fn supersedes(self, ours: Stamp) -> bool {
        self.epoch > ours.epoch
    }
}

/// What the first line of a draft says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    app: String,
    schema: u32,
    /// The report.
    pub doc_id: String,
    /// Who wrote.
    pub epoch: u64,
    /// Which revision.
    pub rev: u64,
    /// Local time of the save, `YYYY-MM-DDThh:mm:ss`: shown, never compared to decide.
    pub saved_at: String,
    /// Checksum of the body.
    pub sum: String,
    /// Name of the unit.
    #[serde(default)]
    pub unit: String,
    /// Year of the report.
    #[serde(default)]
    pub year: String,
    /// Required fields that are filled in.
    #[serde(default)]
    pub filled: usize,
    /// Required fields.
    #[serde(default)]
    pub required: usize,
    /// Characters of the body, in UTF-16 units.
    pub chars: usize,
}

impl Header {
    /// Which version this is.
    pub fn stamp(&self) -> Stamp {
        Stamp { epoch: self.epoch, rev: self.rev }
    }

    /// Whether a stored draft may be overwritten by another: it is older, or the very same.
    pub(super) fn gives_way_to(&self, other: &Header) -> bool {
        self.stamp() < other.stamp() || (self.stamp() == other.stamp() && self.sum == other.sum)
    }
}

/// Why a stored text is no draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corrupt {
    /// The first line is not one of this program.
    Header,
    /// Written by a newer version of this program.
    Newer,
    /// The body is not the one that was written.
    Body,
}

impl fmt::Display for Corrupt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Corrupt::Header => "开头无法识别",
            Corrupt::Newer => "由更新版本的页面保存",
            Corrupt::Body => "内容不完整或被改动，校验不符",
        })
    }
}

/// A draft as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// What it says of itself.
    pub header: Header,
    /// The report as JSON.
    pub body: String,
}

impl Envelope {
    /// Wraps a report up. `saved_at` is local time, `YYYY-MM-DDThh:mm:ss`.
    pub fn new(document: &Document, stamp: Stamp, saved_at: &str) -> Self {
        // Cannot fail: every key of a document is text.
        let body = serde_json::to_string(document).unwrap_or_default();
        let progress = progress::document(document);
        let header = Header {
            app: APP.to_owned(),
            schema: SCHEMA,
            doc_id: document.doc_id.clone(),
            epoch: stamp.epoch,
            rev: stamp.rev,
            saved_at: saved_at.to_owned(),
            sum: sum(&body),
            unit: document.profile.unit_name.words().to_owned(),
            year: document.profile.year.words().to_owned(),
            filled: progress.filled,
            required: progress.required,
            chars: body.encode_utf16().count(),
        };
        Envelope { header, body }
    }

    /// The text to store.
    pub fn encode(&self) -> String {
        let header = serde_json::to_string(&self.header).unwrap_or_default();
        format!("{header}\n{}", self.body)
    }

    /// Reads a stored text.
    ///
    /// # Errors
    ///
    /// If it is damaged or from a newer version.
    pub fn decode(text: &str) -> Result<Self, Corrupt> {
        /// What every version of the envelope has.
        #[derive(Deserialize)]
        struct Any {
            app: String,
            schema: u32,
        }
        let (line, body) = text.split_once('\n').ok_or(Corrupt::Header)?;
        let any: Any = serde_json::from_str(line).map_err(|_| Corrupt::Header)?;
        if any.app != APP {
            return Err(Corrupt::Header);
        }
        if any.schema > SCHEMA {
            return Err(Corrupt::Newer);
        }
        let header: Header = serde_json::from_str(line).map_err(|_| Corrupt::Header)?;
        if header.sum != sum(body) {
            return Err(Corrupt::Body);
        }
        Ok(Envelope { header, body: body.to_owned() })
    }
}

pub(super) fn sum(body: &str) -> String {
    format!("{:08x}", crc32fast::hash(body.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample;

    fn envelope() -> Envelope {
        Envelope::new(&sample::xinfeng(), Stamp { epoch: 3, rev: 41 }, "2022-03-15T14:02:07")
    }

    #[test]
    fn the_first_line_tells_a_list_of_drafts_all_it_shows() {
        let text = envelope().encode();
        let line = text.lines().next().unwrap();
        assert!(line.starts_with(r#"{"app":"ziping","schema":1,"doc_id":"xinfeng2021","epoch":3,"rev":41,"#));
        assert!(line.contains(r#""unit":"信丰县科学技术局","year":"2021""#), "{line}");
        assert_eq!(text.lines().count(), 2);
        let read = Envelope::decode(&text).unwrap();
        assert_eq!(read, envelope());
        assert_eq!(read.header.chars, read.body.encode_utf16().count());
        assert_eq!(serde_json::from_str::<Document>(&read.body).unwrap(), sample::xinfeng());
    }

    #[test]
    fn a_torn_or_damaged_draft_is_never_taken_for_a_whole_one() {
        let text = envelope().encode();
        let ends = text.char_indices().map(|(at, _)| at).step_by(97);
        for end in ends {
            assert!(Envelope::decode(text.get(..end).unwrap()).is_err(), "cut at {end}");
        }
        assert_eq!(Envelope::decode(&text.replace("190.94", "190.95")), Err(Corrupt::Body));
        assert_eq!(Envelope::decode(&text.replace("\"ziping\"", "\"other\"")), Err(Corrupt::Header));
        assert_eq!(Envelope::decode("{\"app\":\"ziping\",\"schema\":2}\n"), Err(Corrupt::Newer));
    }

    #[test]
    fn versions_are_ordered_by_writer_and_then_by_revision() {
        let stamp = |epoch, rev| Stamp { epoch, rev };
        assert!(stamp(2, 1) > stamp(1, 99) && stamp(1, 2) > stamp(1, 1));
        assert_eq!(Stamp::claimed(None), stamp(1, 0));
        assert_eq!(Stamp::claimed(Some(stamp(4, 9))), stamp(5, 9));
        assert!(stamp(5, 9).supersedes(stamp(4, 99)) && !stamp(4, 9).supersedes(stamp(4, 1)));
        assert_eq!(stamp(4, 9).at(10), stamp(4, 10));
    }
}
