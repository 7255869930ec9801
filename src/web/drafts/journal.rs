//! The keeper's second store: each change at once, and the newest state of both stores when a report is opened.

use std::sync::Arc;

use leptos::prelude::*;
use ziping::app::changes;
use ziping::app::drafts::journal::{self as kept, Kept, Record, Recovered, SNAPSHOT_EVERY};
use ziping::app::drafts::{DraftStore, Envelope, MAX_CHARS, Stamp, draft_key, versions};
use ziping::domain::document::Document;
use ziping::domain::edit::Edit;

use super::both::{Both, is_large};
use super::{Keeper, Open};
use crate::web::adapters::clock;
use crate::web::adapters::journal::{self, Failure};
use crate::web::adapters::storage::Local;
use crate::web::adapters::tabs::News;

/// What the journal knows of the open report.
#[derive(Clone, Default)]
pub struct Written {
    /// The state to which whole text and records lead, and its revision; `None` until the whole text is written.
    base: Option<(Arc<Document>, u64)>,
    /// Records since the whole text.
    records: u64,
    /// Writes that have not been answered yet.
    pub(super) pending: u64,
    /// The whole text lies in the database only.
    pub(super) large: bool,
}

/// What was found when the page opened its stores.
#[derive(Default)]
pub struct Found {
    /// Large texts, under their keys.
    large: Vec<(String, String)>,
    /// Drafts that localStorage does not have, or not whole.
    lost: Vec<(String, Recovered)>,
}

/// Opens the journal, before the page is mounted, and looks for what localStorage does not have.
pub async fn prepare() -> Found {
    let mut found = Found::default();
    let Some(local) = Local::probe() else { return found };
    if !journal::open().await {
        return found;
    }
    for key in journal::keys().await {
        if versions::version_of(&key).is_some() {
            continue;
        }
        let draft = local.read(&key).ok().flatten();
        if draft.as_deref().is_some_and(|text| Envelope::decode(text).is_ok()) {
            continue;
        }
        match ziping::app::drafts::doc_id_of(&key) {
            Some(doc_id) => {
                let all = read(doc_id).await;
                let newest = kept::newest(doc_id, draft.as_deref(), &all, &mut clock::BrowserRandom);
                match (newest, all.whole) {
                    (_, Some(text)) if draft.is_none() && is_large(&text) => found.large.push((key, text)),
                    (Some(recovered), _) => found.lost.push((doc_id.to_owned(), recovered)),
                    _ => {}
                }
            }
            None => {
                if let Some(text) = journal::text(&key).await {
                    found.large.push((key, text));
                }
            }
        }
    }
    found
}

pub(super) async fn read(doc_id: &str) -> Kept {
    let (from, to) = kept::record_keys(doc_id);
    Kept { whole: journal::text(&draft_key(doc_id)).await, records: journal::records(&from, &to).await }
}

impl Found {
    /// The store over what was found, and what is left to be put right in it.
    pub(super) fn store(&mut self, local: Local) -> Both {
        let both = Both::new(local);
        for (key, text) in self.large.drain(..) {
            both.adopt(&key, &text);
        }
        both
    }
}

impl Keeper {
    /// Puts back drafts that localStorage lost.
    pub(super) fn put_back(&self, found: Found) {
        for (doc_id, recovered) in found.lost {
            self.accept(&doc_id, recovered);
        }
    }

    /// A state that is newer or sounder than the stored draft, if the journal has one. Nothing is written.
    pub(super) async fn newest(&self, doc_id: &str) -> Option<Recovered> {
        if self.in_memory || !journal::is_open() {
            return None;
        }
        let all = read(doc_id).await;
        let draft = self.store().read(&draft_key(doc_id)).ok().flatten();
        kept::newest(doc_id, draft.as_deref(), &all, &mut clock::BrowserRandom)
    }

    /// Brings the stored draft up to what the journal has. The caller holds the claim to write.
    pub(super) async fn recover(&self, doc_id: &str) {
        if let Some(recovered) = self.newest(doc_id).await {
            self.accept(doc_id, recovered);
        }
    }

    /// Whether the journal has what is shown, as far as it was told: an answer may be under way.
    pub(super) fn is_recorded(self, open: Open) -> bool {
        let rev = untrack(|| open.report.rev());
        journal::is_open()
            && open.written.with_value(|written| written.base.as_ref().is_some_and(|(_, base)| *base == rev))
    }

    fn accept(&self, doc_id: &str, recovered: Recovered) {
        let store = self.store();
        let aside = store.all_aside().unwrap_or_default();
        if !recovered.unused.is_empty() {
            store.set_aside(doc_id, &recovered.unused).ok();
        }
        let unit = recovered.document.profile.unit_name.words().to_owned();
        let envelope = Envelope::new(&recovered.document, recovered.stamp, &recovered.at);
        if store.save(&envelope).is_err() {
            // Opened all the same, from memory; the journal has it still.
            self.unsaved.set_value(Some((recovered.document, recovered.stamp)));
        }
        let mut words = recovered.words;
        if store.all_aside().unwrap_or_default() != aside {
            words.push("打不开的原文没有删，首页下方的“打不开的内容”里可以下载，也可以删除。".to_owned());
        }
        if !words.is_empty() {
            let name = if unit.is_empty() { "一份报告".to_owned() } else { format!("“{unit}”") };
            self.notices.add("info", format!("{name}已恢复到最后的修改。"), words);
        }
        self.changed.update(|count| *count += 1);
    }

    /// Writes the change since the last record, at once.
    pub(super) fn record(self, open: Open) {
        if self.writes.try_get_untracked().flatten() != Some(true) {
            return;
        }
        if !journal::is_open() {
            open.written.update_value(|written| written.base = None);
            return;
        }
        let Some(document) = open.report.document.try_get_untracked() else { return };
        let rev = untrack(|| open.report.rev());
        let Some((before, from)) = open.written.with_value(|written| written.base.clone()) else { return };
        if rev == from {
            return;
        }
        let edit = changes::between(&before, &document).unwrap_or_else(|| Edit::Batch(Vec::new()));
        let record = Record { from, at: clock::local_now(), edit };
        let stamp = Stamp { epoch: open.epoch.get_value(), rev };
        open.written.update_value(|written| {
            written.base = Some((document.clone(), rev));
            written.records = written.records.saturating_add(1);
            written.pending = written.pending.saturating_add(1);
        });
        let key = kept::record_key(&document.doc_id, stamp);
        journal::append(key, record.encode(), move |done| self.journalled(open, done));
    }

    /// Writes the whole state, if it is due.
    pub(super) fn snapshot(self, open: Open, envelope: &Envelope, document: &Arc<Document>) {
        if self.snapshot_due(open) {
            self.write_whole(open, envelope, document);
        }
    }

    pub(super) fn snapshot_due(self, open: Open) -> bool {
        open.written.with_value(|written| written.base.is_none() || written.records >= SNAPSHOT_EVERY)
    }

    fn write_whole(self, open: Open, envelope: &Envelope, document: &Arc<Document>) {
        if !journal::is_open() {
            let (envelope, document) = (envelope.clone(), document.clone());
            wasm_bindgen_futures::spawn_local(async move {
                if journal::open().await && open.written.try_with_value(|_| ()).is_some() {
                    self.write_whole(open, &envelope, &document);
                }
            });
            return;
        }
        let header = &envelope.header;
        let doc_id = &header.doc_id;
        let needless = (kept::record_keys(doc_id).0, kept::record_key(doc_id, header.stamp()));
        let text = envelope.encode();
        if is_large(&text) && !open.written.with_value(|written| written.large) {
            self.notices.add(
                "info",
                format!(
                    "这份报告超过 {} 万字符，浏览器的草稿区放不下，改存在本页的数据库里。",
                    MAX_CHARS / 10_000
                ),
                vec!["照常自动保存，但没有第二处存储，请常导出数据文件备份。".to_owned()],
            );
        }
        open.written.update_value(|written| {
            *written = Written {
                base: Some((document.clone(), header.rev)),
                records: 0,
                pending: written.pending.saturating_add(1),
                large: is_large(&text),
            };
        });
        journal::put(draft_key(doc_id), text, Some(needless), move |done| self.journalled(open, done));
    }

    /// A write to the journal ended.
    fn journalled(self, open: Open, done: Result<(), Failure>) {
        let answered = open.written.try_update_value(|written| {
            written.pending = written.pending.saturating_sub(1);
            written.large && (written.pending == 0 || done.is_err())
        });
        let Some(large) = answered else { return };
        if let Err(words) = done {
            // The whole state is written with the next save.
            open.written.update_value(|written| written.base = None);
            self.notices.add(
                "warning",
                format!("修改记录没有写进去：{words}。"),
                vec![
                    "内容都在这个窗口里，草稿有没有存上看页面顶部的“已保存”。为稳妥起见，请导出一次数据文件。"
                        .to_owned(),
                ],
            );
        }
        if large {
            self.large_saved(open, done.is_ok());
            // Of small ones localStorage tells the other tabs by itself.
            open.news.with_value(|news| news.as_ref().map(News::tell));
        }
    }
}
