//! The second store of drafts: whole states, and every change since, each as a record of its own.
//!
//! Localstorage may lose what was written just before the process died; a record is on the disk milliseconds after
//! the edit. This module knows keys, the text of a record, and how the newest state is found in both stores. Must not
//! know a database: reading and writing is asynchronous and belongs to an adapter.

use serde::{Deserialize, Serialize};

use super::envelope::sum;
use super::{Corrupt, Envelope, MAX_CHARS, Stamp};
use crate::app::ids::Random;
use crate::app::restore::restore;
use crate::domain::document::Document;
use crate::domain::edit::Edit;

/// After this many records the whole state is written anew, and the records before it are dropped.
pub const SNAPSHOT_EVERY: u64 = 100;

/// Key of the record that leads to a version. Keys of a report are in the order of its versions.
pub fn record_key(doc_id: &str, stamp: Stamp) -> String {
    format!("{doc_id}/{:016x}/{:016x}", stamp.epoch, stamp.rev)
}

/// The keys between which all records of a report stand.
pub fn record_keys(doc_id: &str) -> (String, String) {
    // `0` follows `/`.
    (format!("{doc_id}/"), format!("{doc_id}0"))
}

/// The version to which a record leads.
pub fn stamp_of(key: &str) -> Option<Stamp> {
    let (rest, rev) = key.rsplit_once('/')?;
    let (_, epoch) = rest.rsplit_once('/')?;
    let number = |text: &str| u64::from_str_radix(text, 16).ok();
    Some(Stamp { epoch: number(epoch)?, rev: number(rev)? })
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Revision that it starts from.
    pub from: u64,
    /// Local time, `YYYY-MM-DDThh:mm:ss`: shown, never compared.
    pub at: String,
    /// What changed.
    pub edit: Edit,
}

impl Record {
    /// The text of the record: its checksum, then JSON.
    pub fn encode(&self) -> String {
        let json = serde_json::to_string(self).unwrap_or_default();
        format!("{} {json}", sum(&json))
    }

    /// Reads a record; `None` if it is damaged.
    pub fn decode(text: &str) -> Option<Self> {
        let (check, json) = text.split_once(' ')?;
        (check == sum(json)).then(|| serde_json::from_str(json).ok()).flatten()
    }
}

/// What the journal has of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The last whole state, as an envelope.
    pub whole: Option<String>,
    /// Keys and texts of the records, in order.
    pub records: Vec<(String, String)>,
}

/// A state that is newer or sounder than the stored draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovered {
    /// The report.
    pub document: Document,
    /// Its version.
    pub stamp: Stamp,
    /// Local time of the last change.
    pub at: String,
    /// What happened, in sentences.
    pub words: Vec<String>,
    /// Records that could not be used, as they are stored.
    pub unused: String,
}

/// Looks for a newer state than the draft in the first store. `None` where that draft is the newest there is, or was
/// written by a newer version of this program, which is left alone.
pub fn newest(doc_id: &str, draft: Option<&str>, kept: &Kept, random: &mut dyn Random) -> Option<Recovered> {
    let draft = draft.map(Envelope::decode);
    let whole = kept.whole.as_deref().map(Envelope::decode);
    if [&draft, &whole].iter().any(|one| matches!(one, Some(Err(Corrupt::Newer)))) {
        return None;
    }
    let damage = match &draft {
        Some(Ok(_)) => None,
        Some(Err(reason)) => Some(format!("浏览器里的草稿损坏（{reason}）")),
        None => Some("浏览器里的草稿不见了（可能被清理软件删除）".to_owned()),
    };
    let mut opened = |envelope: Envelope| {
        let document = restore(&envelope.body, random).ok()?.document;
        let stamp = envelope.header.stamp();
        Some((document, stamp, envelope.header.saved_at))
    };
    let (draft, whole) = (draft.and_then(Result::ok), whole.and_then(Result::ok));
    let large = whole.as_ref().is_some_and(|whole| whole.header.chars > MAX_CHARS);
    let draft_stamp = draft.as_ref().map(|draft| draft.header.stamp());
    // Of equal ones the draft, as then there is nothing to say.
    let later =
        whole.as_ref().is_some_and(|whole| draft_stamp.is_none_or(|stamp| whole.header.stamp() > stamp));
    let (first, second) = if later { (whole, draft) } else { (draft, whole) };
    let (mut document, mut stamp, mut at) = match first.and_then(&mut opened) {
        Some(found) => found,
        None => second.and_then(&mut opened)?,
    };
    let base = stamp;
    let mut done = 0_usize;
    let mut left: Vec<&str> = Vec::new();
    for (key, text) in &kept.records {
        let Some(to) = stamp_of(key).filter(|to| *to > stamp) else { continue };
        match Record::decode(text).filter(|record| record.from == stamp.rev && left.is_empty()) {
            Some(record) => {
                document.apply(&record.edit);
                (stamp, at, done) = (to, record.at, done.saturating_add(1));
            }
            // What follows builds on what is missing.
            None => left.push(text),
        }
    }
    if draft_stamp == Some(stamp) && left.is_empty() {
        return None;
    }
    // The key names the report, whatever a file that was put in place of it says.
    doc_id.clone_into(&mut document.doc_id);
    let mut words = Vec::new();
    match (&damage, done) {
        (Some(damage), _) => {
            words.push(format!("{damage}，已用本机另一处存储的内容打开，到 {}。", minute(&at)))
        }
        (None, 0) => {}
        (None, _) => words.push(format!(
            "上次没有正常关闭：草稿里缺最后 {done} 次修改，已从修改记录补上，到 {}。",
            minute(&at)
        )),
    }
    if damage.is_none() && done == 0 && draft_stamp.is_some_and(|stamp| stamp < base) {
        words.push(format!("本机两处存储的内容不同，已用较新的一份打开，到 {}。", minute(&at)));
    }
    if !left.is_empty() {
        let count = left.len();
        words.push(format!("修改记录里有 {count} 条接不上或已损坏，没有使用；请核对最后填写的内容。"));
    }
    if large {
        // A large report has no other store: that its last changes stand in records is the rule.
        words.clear();
    }
    Some(Recovered { document, stamp, at, words, unused: left.join("\n") })
}

/// What a state at a revision becomes by the records of its last writer that follow; `None` where none does, or where
/// they begin at another revision.
pub fn follow(document: &Document, rev: u64, records: &[(String, String)]) -> Option<(Document, u64)> {
    let epoch = records.iter().filter_map(|(key, _)| Some(stamp_of(key)?.epoch)).max()?;
    let mut state = (document.clone(), rev);
    for (key, text) in records {
        let Some(to) = stamp_of(key).filter(|to| to.epoch == epoch && to.rev > state.1) else { continue };
        let record = Record::decode(text).filter(|record| record.from == state.1)?;
        state.0.apply(&record.edit);
        state.1 = to.rev;
    }
    (state.1 > rev).then_some(state)
}

fn minute(at: &str) -> String {
    at.get(..16).unwrap_or(at).replace('T', " ")
}
