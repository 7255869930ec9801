//! The keeper's versions of a draft, and when a file should be made again. Versions live in the database only.

use std::sync::Arc;

use leptos::prelude::*;
use ziping::app::drafts::Stamp;
use ziping::app::drafts::reminder::{HandedOut, reminder_key};
use ziping::app::drafts::versions::{self, Label, Version, WORTH_KEEPING, Why};
use ziping::domain::document::Document;
use ziping::domain::edit::Edit;

use super::{Keeper, Open};
use crate::web::adapters::{clock, journal};
use crate::web::state::Report;

impl Keeper {
    /// Whether there is a database to keep versions in.
    pub fn keeps_versions() -> bool {
        journal::is_open()
    }

    /// Keeps the present state of the open report, for a reason or under a name. Done later; what could not be kept
    /// is said.
    pub fn keep_version(self, report: Report, why: Why, name: &str) {
        let document = report.document.get_untracked();
        let rev = untrack(|| report.rev());
        self.keep_state(document, rev, why, name.to_owned());
    }

    pub(super) fn keep_state(self, document: Arc<Document>, rev: u64, why: Why, name: String) {
        if !journal::is_open() {
            if why == Why::Named {
                self.not_kept("浏览器没有让本页使用数据库");
            }
            return;
        }
        wasm_bindgen_futures::spawn_local(async move {
            let before = labels(&document.doc_id).await;
            if why != Why::Named {
                let newest = match before.last() {
                    Some(label) => read(&document.doc_id, label.n).await,
                    None => None,
                };
                if !versions::differs(newest.as_ref(), &document) {
                    return;
                }
                // Opening is worth one where much was done since, or where there is nothing else to go back to.
                let done = newest.map_or(rev, |newest| rev.saturating_sub(newest.rev));
                if why == Why::Opened && done < WORTH_KEEPING {
                    return;
                }
                for n in versions::surplus(&before, 1) {
                    journal::erase(&versions::version_key(&document.doc_id, n), None);
                }
            }
            let n = before.last().map_or(1, |label| label.n.saturating_add(1));
            let label = Label { n, why, name };
            let text = versions::encode(&label, &document, Stamp { epoch: 0, rev }, &clock::local_now());
            self.put_version(versions::version_key(&document.doc_id, n), text, before);
        });
    }

    /// Puts a version; where there is no room, the oldest automatic one makes it.
    fn put_version(self, key: String, text: String, mut before: Vec<Label>) {
        let again = (key.clone(), text.clone());
        journal::put(key, text, None, move |done| {
            let Err(words) = done else { return self.versions_changed() };
            let oldest =
                before.iter().position(|label| label.why != Why::Named).filter(|_| words == journal::FULL);
            match oldest.zip(versions::version_of(&again.0)) {
                Some((at, (doc_id, _))) if journal::is_open() => {
                    journal::erase(&versions::version_key(doc_id, before.remove(at).n), None);
                    self.put_version(again.0, again.1, before);
                }
                _ => self.not_kept(words),
            }
        });
    }

    fn versions_changed(self) {
        self.versions.try_update(|count| *count += 1);
    }

    fn not_kept(self, words: &str) {
        let lines = vec!["草稿没有变化。可以导出数据文件，作为这个版本保存。".to_owned()];
        self.notices.add("warning", format!("没有存下这个版本：{words}。"), lines);
    }

    /// All versions of a report, the newest first.
    pub async fn versions_of(self, doc_id: &str) -> Vec<Version> {
        let mut found = Vec::new();
        for label in labels(doc_id).await.into_iter().rev() {
            found.extend(read(doc_id, label.n).await);
        }
        found
    }

    /// Deletes a version.
    pub fn erase_version(self, doc_id: &str, n: u64) {
        journal::erase(&versions::version_key(doc_id, n), None);
        self.versions_changed();
    }

    /// Brings a version back as the next state; the present one is kept before.
    pub fn restore_version(self, report: Report, version: &Version) -> bool {
        let doc_id = report.document.with_untracked(|document| document.doc_id.clone());
        self.keep_version(report, Why::Restore, "");
        report.leave();
        report.edit(Edit::Replace(Box::new(Document { doc_id, ..version.document.clone() })))
    }

    /// The report was handed out as a file.
    pub fn handed_out(self, doc_id: &str, rev: u64) {
        self.note_handing_out(doc_id, HandedOut { rev, ms: clock::now_ms(), file: true });
        self.reminder.set(None);
    }

    fn note_handing_out(self, doc_id: &str, out: HandedOut) {
        let text = serde_json::to_string(&out).unwrap_or_default();
        // A reminder that is lost does no harm.
        self.store().write(&reminder_key(doc_id), &text).ok();
    }

    /// Looks whether it is time to make a file.
    pub(super) fn remind(self, open: Open) {
        let Some(doc_id) = open.report.document.try_with_untracked(|document| document.doc_id.clone()) else {
            return;
        };
        let rev = untrack(|| open.report.rev());
        let text = self.store().read(&reminder_key(&doc_id)).ok().flatten();
        match text.and_then(|text| serde_json::from_str::<HandedOut>(&text).ok()) {
            Some(out) => self.reminder.set(out.words(rev, clock::now_ms())),
            None => self.note_handing_out(&doc_id, HandedOut { rev, ms: clock::now_ms(), file: false }),
        }
    }
}

/// What the versions of a report are, the oldest first.
async fn labels(doc_id: &str) -> Vec<Label> {
    let mut found = Vec::new();
    for key in journal::keys().await {
        if versions::version_of(&key).is_some_and(|(owner, _)| owner == doc_id) {
            found.extend(journal::text(&key).await.as_deref().and_then(versions::label));
        }
    }
    found.sort_unstable_by_key(|label| label.n);
    found
}

async fn read(doc_id: &str, n: u64) -> Option<Version> {
    let text = journal::text(&versions::version_key(doc_id, n)).await?;
    versions::decode(&text, &mut clock::BrowserRandom)
}
