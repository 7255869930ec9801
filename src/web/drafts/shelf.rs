//! What is done to a draft without opening it: copies, the next year's report, files, 回收站.

use std::sync::Arc;

use leptos::prelude::*;
use ziping::app::drafts::reminder::reminded_doc;
use ziping::app::drafts::versions::{self, Why};
use ziping::app::drafts::{Aside, Bin, DraftStore, Envelope, Holdings, Stamp};
use ziping::app::{carry, export};
use ziping::domain::document::{Document, Export};

use super::{Keeper, Listed};
use crate::web::adapters::{clock, files, journal, offline};

/// A deleted draft in the list of 回收站.
#[derive(Clone, PartialEq)]
pub struct Binned {
    /// Names it in the bin.
    pub key: String,
    /// What is known of it.
    pub draft: Listed,
}

impl Keeper {
    fn shelf<T>(&self, act: impl FnOnce(&(dyn DraftStore + Send + Sync)) -> T) -> T {
        let store = self.store();
        let done = act(store.as_ref());
        self.changed.update(|count| *count += 1);
        done
    }

    /// The newest whole state of a draft, as it would be opened; why it cannot be opened is said over the page.
    async fn peek(self, doc_id: &str) -> Option<(Document, u64)> {
        if let Some(newest) = self.newest(doc_id).await {
            return Some((newest.document, newest.stamp.rev));
        }
        self.load(doc_id).inspect_err(|words| self.notices.add("error", words, Vec::new())).ok()
    }

    /// Another draft with the same content under an id of its own. Returns what is to be said of it.
    pub async fn copy(self, doc_id: String, name: String) -> Option<String> {
        let (document, _) = self.peek(&doc_id).await?;
        let copy = Document { doc_id: clock::new_id(), ..document };
        let envelope = Envelope::new(&copy, Stamp::claimed(None), &clock::local_now());
        let saved = self.shelf(|store| store.save(&envelope));
        saved
            .inspect_err(|error| {
                let lines = vec!["原来的报告没有变化。可以先导出并删除别的草稿，再试一次。".to_owned()];
                self.notices.add("error", format!("没有复制：{error}。"), lines);
            })
            .ok()?;
        Some(format!("已复制“{name}”，两份互不影响。"))
    }

    /// The report of the next year as a new draft; returns its id.
    pub async fn carry(self, doc_id: String) -> Option<String> {
        let (document, rev) = self.peek(&doc_id).await?;
        self.keep_state(Arc::new(document.clone()), rev, Why::CarryOver, String::new());
        let next = carry::carry(&document, &clock::new_id());
        let id = next.doc_id.clone();
        self.create(next);
        let year = document.profile.year.words();
        let from = if year.is_empty() { "上年度报告".to_owned() } else { format!("{year}年度报告") };
        self.notices.add(
            "info",
            format!("已由{from}结转，原来的报告没有变化。"),
            vec![format!("{}{}", carry::KEPT_WORDS, carry::MOVED_WORDS)],
        );
        Some(id)
    }

    /// Hands a draft out as a data file. Returns what is to be said of it.
    pub async fn hand_out(self, doc_id: String) -> Option<String> {
        let (document, rev) = self.peek(&doc_id).await?;
        let export = Export { id: clock::new_id(), at: clock::local_now(), rev, ..Export::default() };
        let name = export::file_name(&document, export::JSON_EXT);
        Some(if files::download(&name, &export::json(&document, export), "application/json") {
            self.handed_out(&doc_id, rev);
            format!("已交给浏览器下载：{name}")
        } else {
            "浏览器没有让本页保存文件，请换一个浏览器。".to_owned()
        })
    }

    /// Moves a draft into 回收站, as new as both stores have it, and answers with its key there.
    pub async fn delete(self, doc_id: String) -> Option<String> {
        self.recover(&doc_id).await;
        let moved = self.shelf(|store| store.bin(&doc_id));
        moved
            .inspect_err(|error| {
                self.notices.add(
                    "error",
                    format!("没有删除：{error}。"),
                    vec!["草稿还在。可以先清空回收站，或导出后再试。".to_owned()],
                );
            })
            .ok()
    }

    /// Takes a draft out of 回收站.
    pub fn take_back(&self, key: &str) -> bool {
        let moved = self.shelf(|store| store.unbin(key, &clock::new_id()));
        moved
            .inspect_err(|error| {
                self.notices.add(
                    "error",
                    format!("没有恢复：{error}。"),
                    vec!["它还在回收站里。可以先导出并删除别的草稿，再试一次。".to_owned()],
                );
            })
            .is_ok()
    }

    /// What is in 回收站, the last saved first.
    pub fn binned(&self) -> Vec<Binned> {
        let found = self.store().binned().unwrap_or_default();
        found.into_iter().map(|one| Binned { key: one.key, draft: Listed::of(one.draft) }).collect()
    }

    /// Deletes one draft of 回收站 for good.
    pub fn erase(&self, key: &str) {
        if self.shelf(|store| store.erase_binned(key)).is_err() {
            self.refused();
        }
        self.drop_orphans();
    }

    /// Deletes all of 回收站 for good.
    pub fn empty_bin(&self) {
        if self.shelf(|store| store.empty_bin()).is_err() {
            self.refused();
        }
        self.drop_orphans();
    }

    /// Versions of a report, and what is known of its files, go with its last draft.
    fn drop_orphans(self) {
        let keys = self.store().keys().unwrap_or_default();
        let (notes, alive): (Vec<String>, Vec<String>) =
            keys.into_iter().partition(|key| reminded_doc(key).is_some());
        let orphan = move |doc_id: &str| !alive.iter().any(|key| key.split('/').any(|part| part == doc_id));
        for note in notes {
            if reminded_doc(&note).is_some_and(&orphan) {
                // A note that stays says nothing to anybody.
                self.store().erase(&note).ok();
            }
        }
        wasm_bindgen_futures::spawn_local(async move {
            for key in journal::keys().await {
                if versions::version_of(&key).is_some_and(|(doc_id, _)| orphan(doc_id)) {
                    journal::erase(&key, None);
                }
            }
        });
    }

    /// How much is kept in this browser.
    pub fn holdings(&self) -> Holdings {
        self.store().holdings().unwrap_or_default()
    }

    /// Removes everything that this program keeps in this browser, itself included. Returns whether nothing is left.
    pub fn clear(&self) -> bool {
        let cleared = self.shelf(|store| store.clear()).is_ok() && self.holdings().is_empty();
        journal::clear();
        wasm_bindgen_futures::spawn_local(offline::forget());
        if !cleared {
            self.refused();
        }
        cleared
    }

    /// Hands a deleted draft that cannot be opened to the user as it is stored.
    pub fn download_binned(&self, binned: &Binned) {
        if let Ok(Some(text)) = self.store().read(&binned.key) {
            files::download(&format!("打不开的草稿-{}.txt", binned.draft.doc_id), &text, "text/plain");
        }
    }

    /// Texts that could not be opened and were set aside, the last first.
    pub fn aside(&self) -> Vec<Aside> {
        self.store().all_aside().unwrap_or_default()
    }

    /// Hands such a text out as it is.
    pub fn download_aside(&self, aside: &Aside) {
        if let Ok(Some(text)) = self.store().read(&aside.key) {
            files::download(&format!("打不开的内容-{}-{}.txt", aside.doc_id, aside.n), &text, "text/plain");
        }
    }

    /// Deletes such a text for good.
    pub fn erase_aside(&self, aside: &Aside) {
        if self.shelf(|store| store.erase(&aside.key)).is_err() {
            self.refused();
        }
    }

    fn refused(&self) {
        let title = "没有删掉：浏览器不允许本页改动存储的数据。";
        self.notices.add("error", title, vec!["可以在浏览器设置里清除本页的网站数据。".to_owned()]);
    }
}
