//! Drafts: the reports that this browser keeps, and the port to where it keeps them.
//!
//! One key per report, holding an envelope (`envelope`). A store is four plain operations on keys; everything that
//! could lose a draft is decided here, once for all stores: a write is believed when it was read back, a newer
//! writer is never overwritten, what cannot be read is set aside first.
//!
//! The stores behind this port answer at once. The journal of single edits answers later and stands beside it
//! ([`journal`]): its records with a later [`Stamp`] than the draft's are applied on top of it.
//!
//! Must not know a browser, a clock or which report is open.

mod autosave;
mod bin;
mod envelope;
pub mod journal;
mod memory;
pub mod reminder;
pub mod versions;

pub use autosave::{Autosave, LONGEST_WAIT_MS, PAUSE_MS, RETRY_MS, SaveState};
pub use bin::{Bin, Binned, Holdings, MoveError};
pub use envelope::{Corrupt, Envelope, Header, MAX_CHARS, Stamp};
pub use memory::Memory;

use std::fmt;

use super::ids::Random;
use super::restore::{RestoreError, restore};
use crate::domain::document::Document;

/// Keys of this program begin with this, as other pages opened from a disk may share the same storage.
pub const PREFIX: &str = "cn.ziping/";
/// Set-aside texts that are kept for each report.
pub const KEPT_ASIDE: usize = 3;

const DRAFT: &str = "cn.ziping/draft/";
const ASIDE: &str = "cn.ziping/set-aside/";

/// Key of a draft.
pub fn draft_key(doc_id: &str) -> String {
    format!("{DRAFT}{doc_id}")
}

/// The report whose draft stands under a key, if it is the key of a draft: for news of changes in other tabs.
pub fn doc_id_of(key: &str) -> Option<&str> {
    key.strip_prefix(DRAFT)
}

fn aside_key(doc_id: &str, n: u64) -> String {
    format!("{ASIDE}{doc_id}/{n}")
}

/// Why a store did not do what it was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessError {
    /// The browser denies storage to this page.
    Unavailable,
    /// No room for the text.
    Full,
}

/// Why a draft was not saved. What was stored before is still there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveError {
    /// The browser denies storage to this page.
    Unavailable,
    /// No room.
    Full {
        /// Characters of the draft.
        needed: usize,
    },
    /// Too long for this kind of storage.
    TooLarge {
        /// Characters of the draft.
        chars: usize,
    },
    /// Another window has taken the draft over, or saved a later version.
    Conflict {
        /// What is stored.
        theirs: Stamp,
    },
    /// The stored draft was written by a newer version of this program.
    Newer,
    /// The store took the text and does not have it.
    NotKept,
}

/// Why a draft was not opened. Its text stays where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// The browser denies storage to this page.
    Unavailable,
    /// There is no such draft.
    Absent,
    /// Written by a newer version of this program; the raw text can be downloaded.
    Newer {
        /// The text as stored.
        raw: String,
    },
    /// Damaged; the raw text can be downloaded.
    Corrupt {
        /// In which way.
        reason: Corrupt,
        /// The text as stored.
        raw: String,
    },
    /// Whole, and yet no report of this version.
    Refused {
        /// Why.
        reason: RestoreError,
        /// The text as stored.
        raw: String,
    },
}

/// A draft in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed {
    /// Whole.
    Whole(Header),
    /// Damaged, or from a newer version: it can be downloaded and deleted.
    Damaged {
        /// The report it belonged to.
        doc_id: String,
        /// In which way.
        reason: Corrupt,
    },
}

/// A text that could not be opened and was set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// Where it is kept, which names it.
    pub key: String,
    /// The report it belonged to.
    pub doc_id: String,
    /// Counts up within the report.
    pub n: u64,
    /// Characters, in UTF-16 units.
    pub chars: usize,
}

/// An opened draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// The report.
    pub document: Document,
    /// What the envelope says of it.
    pub header: Header,
    /// What had to be put right, in sentences.
    pub repairs: Vec<String>,
}

/// Where drafts are kept. A store implements the four operations on keys and takes the rest as it is.
pub trait DraftStore {
    /// All keys that begin with [`PREFIX`], in any order.
    ///
    /// # Errors
    ///
    /// If the browser denies storage.
    fn keys(&self) -> Result<Vec<String>, AccessError>;
    /// The text under a key.
    ///
    /// # Errors
    ///
    /// If the browser denies storage.
    fn read(&self, key: &str) -> Result<Option<String>, AccessError>;
    /// Puts a text under a key. Where that fails, what stood there must stay.
    ///
    /// # Errors
    ///
    /// If the browser denies storage or there is no room.
    fn write(&self, key: &str, text: &str) -> Result<(), AccessError>;
    /// Removes a key; one that is not there is no error.
    ///
    /// # Errors
    ///
    /// If the browser denies storage.
    fn erase(&self, key: &str) -> Result<(), AccessError>;

    /// Characters of the longest draft that it takes.
    fn most_chars(&self) -> usize {
        MAX_CHARS
    }

    /// The drafts, the last saved first.
    ///
    /// # Errors
    ///
    /// If the browser denies storage.
    fn list(&self) -> Result<Vec<Listed>, AccessError> {
        let mut listed = Vec::new();
        for key in self.keys()? {
            let Some(doc_id) = doc_id_of(&key) else { continue };
            let Some(text) = self.read(&key)? else { continue };
            listed.push(Listed::of(doc_id, &text));
        }
        // Only for the eye: which of two versions is newer is never asked of a clock.
        listed.sort_by(|a, b| b.sort_key().cmp(&a.sort_key()));
        Ok(listed)
    }

    /// Opens a draft.
    ///
    /// # Errors
    ///
    /// If there is none, it is damaged or from a newer version, or the browser denies storage.
    fn load(&self, doc_id: &str, random: &mut dyn Random) -> Result<Loaded, LoadError> {
        let raw = match self.read(&draft_key(doc_id)) {
            Ok(Some(raw)) => raw,
            Ok(None) => return Err(LoadError::Absent),
            Err(_) => return Err(LoadError::Unavailable),
        };
        let envelope = match Envelope::decode(&raw) {
            Ok(envelope) => envelope,
            Err(Corrupt::Newer) => return Err(LoadError::Newer { raw }),
            Err(reason) => return Err(LoadError::Corrupt { reason, raw }),
        };
        match restore(&envelope.body, random) {
            Ok(restored) => Ok(Loaded {
                // The key names the draft: a body that says otherwise would be saved beside it from then on.
                document: Document { doc_id: doc_id.to_owned(), ..restored.document },
                header: envelope.header,
                repairs: restored.repairs,
            }),
            Err(RestoreError::Newer { .. }) => Err(LoadError::Newer { raw }),
            Err(reason) => Err(LoadError::Refused { reason, raw }),
        }
    }

    /// The stamp of the stored draft, without opening it; `None` where there is none that can be read.
    ///
    /// # Errors
    ///
    /// If the browser denies storage.
    fn stamp(&self, doc_id: &str) -> Result<Option<Stamp>, AccessError> {
        let text = self.read(&draft_key(doc_id))?;
        Ok(text.and_then(|text| Envelope::decode(&text).ok()).map(|envelope| envelope.header.stamp()))
    }

    /// Saves a draft, unless another writer has taken it over, and reads it back.
    ///
    /// # Errors
    ///
    /// If it was not saved; what was stored before stays.
    fn save(&self, envelope: &Envelope) -> Result<(), SaveError> {
        let header = &envelope.header;
        if header.chars > self.most_chars() {
            return Err(SaveError::TooLarge { chars: header.chars });
        }
        let key = draft_key(&header.doc_id);
        let text = envelope.encode();
        let failed = |error| match error {
            AccessError::Unavailable => SaveError::Unavailable,
            AccessError::Full => SaveError::Full { needed: header.chars },
        };
        if let Some(stored) = self.read(&key).map_err(failed)? {
            match Envelope::decode(&stored) {
                Ok(theirs) if !theirs.header.gives_way_to(header) => {
                    return Err(SaveError::Conflict { theirs: theirs.header.stamp() });
                }
                Ok(_) => {}
                Err(Corrupt::Newer) => return Err(SaveError::Newer),
                Err(_) => self.set_aside(&header.doc_id, &stored).map_err(failed)?,
            }
        }
        self.write(&key, &text).map_err(failed)?;
        match self.read(&key) {
            Ok(Some(kept)) if kept == text => Ok(()),
            _ => Err(SaveError::NotKept),
        }
    }

    /// Deletes a draft. What was set aside of it stays.
    ///
    /// # Errors
    ///
    /// If the browser denies storage.
    fn remove(&self, doc_id: &str) -> Result<(), AccessError> {
        self.erase(&draft_key(doc_id))
    }

    /// Keeps a text that could not be opened, the last [`KEPT_ASIDE`] of each report.
    ///
    /// # Errors
    ///
    /// If there is no room for it or the browser denies storage; nothing was removed then.
    fn set_aside(&self, doc_id: &str, raw: &str) -> Result<(), AccessError> {
        let numbers = self.aside_numbers(doc_id)?;
        let next = numbers.last().map_or(1, |last| last.saturating_add(1));
        self.write(&aside_key(doc_id, next), raw)?;
        let surplus = numbers.len().saturating_add(1).saturating_sub(KEPT_ASIDE);
        numbers.iter().take(surplus).try_for_each(|n| self.erase(&aside_key(doc_id, *n)))
    }

    /// The texts that were set aside of all reports, the newest of each first.
    ///
    /// # Errors
    ///
    /// If the browser denies storage.
    fn all_aside(&self) -> Result<Vec<Aside>, AccessError> {
        let mut found = Vec::new();
        for key in self.keys()? {
            let Some((doc_id, n)) = key.strip_prefix(ASIDE).and_then(|rest| rest.rsplit_once('/')) else {
                continue;
            };
            let (doc_id, Ok(n)) = (doc_id.to_owned(), n.parse()) else { continue };
            let chars = self.read(&key)?.map_or(0, |text| text.encode_utf16().count());
            found.push(Aside { key, doc_id, n, chars });
        }
        found.sort_by(|a, b| (&a.doc_id, b.n).cmp(&(&b.doc_id, a.n)));
        Ok(found)
    }

    /// Numbers of the texts that were set aside of a report, in order.
    ///
    /// # Errors
    ///
    /// If the browser denies storage.
    fn aside_numbers(&self, doc_id: &str) -> Result<Vec<u64>, AccessError> {
        let prefix = format!("{ASIDE}{doc_id}/");
        let keys = self.keys()?;
        let mut numbers: Vec<u64> =
            keys.iter().filter_map(|key| key.strip_prefix(&prefix)?.parse().ok()).collect();
        numbers.sort_unstable();
        Ok(numbers)
    }

    /// Removes everything that this program keeps, and nothing of other pages.
    ///
    /// # Errors
    ///
    /// If the browser denies storage.
    fn clear(&self) -> Result<(), AccessError> {
        self.keys()?.iter().filter(|key| key.starts_with(PREFIX)).try_for_each(|key| self.erase(key))
    }
}

impl Listed {
    /// The report.
    pub fn doc_id(&self) -> &str {
        match self {
            Listed::Whole(header) => &header.doc_id,
            Listed::Damaged { doc_id, .. } => doc_id,
        }
    }

    fn sort_key(&self) -> (&str, &str, &str) {
        match self {
            Listed::Whole(header) => (&header.saved_at, &header.year, &header.doc_id),
            Listed::Damaged { doc_id, .. } => ("", "", doc_id),
        }
    }
}

impl fmt::Display for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            AccessError::Unavailable => "浏览器不允许本页面存储数据",
            AccessError::Full => "浏览器的存储空间不足",
        })
    }
}

impl std::error::Error for AccessError {}

impl fmt::Display for SaveError {
    /// A fragment, as it stands after “未保存：”.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SaveError::Unavailable => write!(f, "{}", AccessError::Unavailable),
            SaveError::Full { needed } => {
                write!(f, "{}（本报告约 {} 万字符）", AccessError::Full, needed.div_ceil(10_000))
            }
            SaveError::TooLarge { chars } => write!(
                f,
                "报告约 {} 万字符，超过浏览器草稿的上限 {} 万字符",
                chars.div_ceil(10_000),
                MAX_CHARS / 10_000
            ),
            SaveError::Conflict { .. } => f.write_str("另一个窗口已接管这份报告，这里的改动没有覆盖它"),
            SaveError::Newer => f.write_str("草稿已由更新版本的页面保存，没有覆盖它"),
            SaveError::NotKept => f.write_str("浏览器没有保存住写入的内容"),
        }
    }
}

impl std::error::Error for SaveError {}

impl LoadError {
    /// The text as it is stored, where there is one to download.
    pub fn raw(&self) -> Option<&str> {
        match self {
            LoadError::Unavailable | LoadError::Absent => None,
            LoadError::Newer { raw } | LoadError::Corrupt { raw, .. } | LoadError::Refused { raw, .. } => {
                Some(raw)
            }
        }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::Unavailable => {
                write!(f, "{}，读不到草稿。可以导入 JSON 文件继续工作。", AccessError::Unavailable)
            }
            LoadError::Absent => f.write_str("这台电脑的浏览器里没有这份草稿。可以导入 JSON 文件继续工作。"),
            LoadError::Newer { .. } => f.write_str(
                "草稿由更新版本的自评通保存，没有打开，也没有改动。请换用新版的页面，或下载原始内容。",
            ),
            LoadError::Corrupt { reason, .. } => {
                write!(f, "草稿损坏（{reason}），没有打开。原始内容仍在，可以下载；也可以单独删除这份草稿。")
            }
            LoadError::Refused { reason, .. } => {
                write!(f, "{reason}草稿的原始内容仍在，可以下载。")
            }
        }
    }
}

impl std::error::Error for LoadError {}
