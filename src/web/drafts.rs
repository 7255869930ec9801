//! Keeps drafts: saves the open report by itself, holds the one writer's claim, lists what is stored.

mod banner;
mod both;
mod follow;
mod journal;
mod listed;
mod shelf;
mod versions;
mod writer;

pub use banner::WriterBanner;
pub use journal::{Found, prepare};
pub use listed::{Listed, size};
pub use shelf::Binned;

use std::sync::Arc;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use ziping::app::drafts::versions::Why;
use ziping::app::drafts::{
    self, Autosave, Corrupt, DraftStore, Envelope, MAX_CHARS, Memory, SaveError, SaveState, Stamp,
};
use ziping::domain::document::Document;
use ziping::domain::edit::Edit;

use super::adapters::storage::Local;
use super::adapters::tabs::{Claim, News};
use super::adapters::{clock, files, offline};
use super::notice::Notices;
use super::state::Report;

/// Why nothing stays after the page is closed.
const DENIED: &str = "浏览器不允许本页存储数据";

/// Characters that browsers hold for one origin; said on 首页.
const QUOTA_CHARS: usize = 5_200_000;

/// The keeper of all drafts, one for the page.
#[derive(Clone, Copy)]
pub struct Keeper {
    store: StoredValue<Arc<dyn DraftStore + Send + Sync>>,
    /// Whether the store forgets everything when the page is closed.
    in_memory: bool,
    /// Counts changes of the list of drafts.
    pub changed: RwSignal<u64>,
    /// How the open report stands.
    pub state: RwSignal<SaveState>,
    /// Whether this tab writes the open report; `None` until the other tabs have answered.
    writes: RwSignal<Option<bool>>,
    /// This tab lost the right to write and has changes that no store has: what it shows is not replaced.
    apart: RwSignal<bool>,
    /// Counts changes of the list of versions.
    pub versions: RwSignal<u64>,
    /// Why a file should be made again, if it should.
    pub reminder: RwSignal<Option<String>>,
    replacement: StoredValue<Option<Edit>>,
    /// A new report that no store would take.
    unsaved: StoredValue<Option<(Document, Stamp)>>,
    /// Whether the browser was asked to keep the data.
    persisted: StoredValue<bool>,
    notices: Notices,
    open: StoredValue<Option<Open>>,
}

/// What saving the open report needs.
#[derive(Clone, Copy)]
struct Open {
    report: Report,
    autosave: StoredValue<Autosave>,
    epoch: StoredValue<u64>,
    timer: StoredValue<Option<TimeoutHandle>>,
    claim: StoredValue<Option<Claim>, LocalStorage>,
    /// Whether the claim holds.
    claimed: StoredValue<bool>,
    /// What the journal has of it.
    written: StoredValue<journal::Written>,
    /// Tells the tabs that read a large report, and hears of it.
    news: StoredValue<Option<News>, LocalStorage>,
    /// Whether this tab has stored the report, so that it should be there.
    stored: StoredValue<bool>,
    /// Whether what was heard of is being read, and whether there was more meanwhile.
    reading: StoredValue<Option<bool>>,
}

impl Keeper {
    /// Over the browser's storage, with what was found in it, or over memory where it is denied.
    pub fn new(notices: Notices, mut found: Found) -> Self {
        let local = Local::probe();
        let in_memory = local.is_none();
        let store: Arc<dyn DraftStore + Send + Sync> = match local {
            Some(local) => Arc::new(found.store(local)),
            None => Arc::new(Memory::default()),
        };
        if in_memory {
            notices.add(
                "warning",
                format!("{DENIED}，关闭页面后内容会丢失。"),
                vec![
                    "可以照常填写，离开前请导出数据文件；也可以在浏览器设置里允许本页存储数据，再重新载入。"
                        .to_owned(),
                ],
            );
        }
        let keeper = Keeper {
            store: StoredValue::new(store),
            in_memory,
            changed: RwSignal::new(0),
            state: RwSignal::new(SaveState::Pending),
            writes: RwSignal::new(None),
            apart: RwSignal::new(false),
            versions: RwSignal::new(0),
            reminder: RwSignal::new(None),
            replacement: StoredValue::new(None),
            unsaved: StoredValue::new(None),
            persisted: StoredValue::new(false),
            notices,
            open: StoredValue::new(None),
        };
        keeper.put_back(found);
        keeper
    }

    fn store(&self) -> Arc<dyn DraftStore + Send + Sync> {
        self.store.get_value()
    }

    /// The drafts, the last saved first.
    pub fn list(&self) -> Vec<Listed> {
        let stored = self.store().list().unwrap_or_default();
        stored.into_iter().map(Listed::of).collect()
    }

    /// Unit and year of a draft; of one that is no longer there, its id.
    pub fn name_of(&self, doc_id: &str) -> String {
        let found = self.list().into_iter().find(|draft| draft.doc_id == doc_id && draft.readable());
        found.map_or_else(|| format!("报告 {doc_id}"), |draft| draft.name())
    }

    /// The unit of the draft that was saved last; empty where there is none.
    pub fn last_unit(&self) -> String {
        self.list()
            .into_iter()
            .find(|draft| draft.trouble.is_none())
            .map(|draft| draft.unit)
            .unwrap_or_default()
    }

    /// Whether there is a draft of this report.
    pub fn has(&self, doc_id: &str) -> bool {
        matches!(self.store().stamp(doc_id), Ok(Some(_)))
    }

    /// Whether there is a text of it, be it one that cannot be opened.
    pub fn is_stored(&self, doc_id: &str) -> bool {
        matches!(self.store().read(&drafts::draft_key(doc_id)), Ok(Some(_)))
    }

    /// Stores a new report, to be opened next. Where that fails it is said in words, and the report is opened from
    /// memory.
    pub fn create(&self, document: Document) {
        let stamp = Stamp::claimed(None).at(0);
        let saved = self.store().save(&Envelope::new(&document, stamp, &clock::local_now()));
        self.changed.update(|count| *count += 1);
        if let Err(error) = saved {
            self.notices.add(
                "warning",
                format!("报告已打开，但没有存进草稿：{error}。"),
                vec!["可以照常填写，内容在这个窗口里；离开前请导出数据文件。原有草稿没有变化。".to_owned()],
            );
            self.unsaved.set_value(Some((document, stamp)));
        }
    }

    /// Opens a draft: the report and its revision, or why not in words.
    pub fn load(&self, doc_id: &str) -> Result<(Document, u64), String> {
        if let Some((document, stamp)) = self.take_unsaved(doc_id) {
            return Ok((document, stamp.rev));
        }
        match self.store().load(doc_id, &mut clock::BrowserRandom) {
            Ok(loaded) => {
                if !loaded.repairs.is_empty() {
                    self.notices.add("warning", "打开草稿时有几处作了处理：", loaded.repairs);
                }
                Ok((loaded.document, loaded.header.rev))
            }
            Err(error) => Err(error.to_string()),
        }
    }

    fn take_unsaved(&self, doc_id: &str) -> Option<(Document, Stamp)> {
        let is_it = |unsaved: &Option<(Document, Stamp)>| {
            unsaved.as_ref().is_some_and(|(document, _)| document.doc_id == doc_id)
        };
        self.unsaved.try_update_value(|unsaved| is_it(unsaved).then(|| unsaved.take())).flatten().flatten()
    }

    /// Hands a draft that cannot be opened to the user as it is stored.
    pub fn download_raw(&self, doc_id: &str) {
        if let Ok(Some(text)) = self.store().read(&drafts::draft_key(doc_id)) {
            files::download(&format!("打不开的草稿-{doc_id}.txt"), &text, "text/plain");
        }
    }

    /// What the drafts take of the storage, in words.
    pub fn usage_words(&self) -> String {
        if self.in_memory {
            return format!("{DENIED}，草稿只在内存里");
        }
        let store = self.store();
        let texts =
            store.keys().unwrap_or_default().into_iter().filter_map(|key| store.read(&key).ok().flatten());
        let (large, small): (Vec<usize>, Vec<usize>) =
            texts.map(|text| text.encode_utf16().count()).partition(|chars| *chars > MAX_CHARS);
        let [large, small]: [usize; 2] = [large, small].map(|chars| chars.into_iter().sum());
        let beside = if large == 0 {
            String::new()
        } else {
            format!("；另有 {} 在本页的数据库里", size(large))
        };
        let place =
            super::about::where_files_keep_drafts().map(|words| format!("。{words}")).unwrap_or_default();
        format!("草稿已用 {}，浏览器最多能存约 {}{beside}{place}", size(small), size(QUOTA_CHARS))
    }

    /// The next report that is opened gets this edit, as a step that can be undone.
    pub fn replace_when_open(&self, edit: Edit) {
        let same = self.open.with_value(|open| match (open, &edit) {
            (Some(open), Edit::Replace(document)) => {
                let now = open.report.document.get_untracked();
                (now.doc_id == document.doc_id).then_some(open.report)
            }
            _ => None,
        });
        match same {
            Some(report) => self.replace(report, edit),
            None => self.replacement.set_value(Some(edit)),
        }
    }

    /// The report that is opened next gets this edit, as one step that can be undone.
    pub fn apply_when_open(&self, edit: Edit) {
        self.replacement.set_value(Some(edit));
    }

    fn replace(self, report: Report, edit: Edit) {
        report.leave();
        let why = if matches!(edit, Edit::Replace(_)) { Why::Import } else { Why::Extract };
        self.keep_version(report, why, "");
        let words = match &edit {
            Edit::Replace(_) => "草稿已换成文件的内容。",
            _ => "提取的数据已写入草稿。",
        };
        if report.edit(edit) {
            report.say(words, true);
        }
    }

    /// What the top bar says of saving.
    pub fn words(&self) -> String {
        match self.writes.get() {
            Some(false) if self.apart.get() => "只读，有改动没存上".to_owned(),
            Some(false) => "只读".to_owned(),
            _ => self.state.with(SaveState::words),
        }
    }

    /// Saves the report by itself from now on, until it is closed.
    pub fn follow(self, report: Report) {
        let rev = untrack(|| report.rev());
        let autosave = if self.in_memory {
            Autosave::memory_only(rev, DENIED)
        } else {
            Autosave::opened(rev, &clock::local_now())
        };
        self.state.set(autosave.state().clone());
        self.reminder.set(None);
        self.apart.set(false);
        let open = Open {
            report,
            autosave: StoredValue::new(autosave),
            epoch: StoredValue::new(0),
            timer: StoredValue::new(None),
            claim: StoredValue::new_local(None),
            claimed: StoredValue::new(false),
            written: StoredValue::new(journal::Written::default()),
            news: StoredValue::new_local(None),
            stored: StoredValue::new(false),
            reading: StoredValue::new(None),
        };
        self.open.set_value(Some(open));
        report.writable.set(false);
        self.writes.set(None);
        self.ask(open, false);
        self.listen(open);
        Effect::new(move |first: Option<()>| {
            report.document.track();
            if first.is_some() {
                let rev = untrack(|| report.rev());
                open.autosave.update_value(|autosave| autosave.changed(rev, clock::monotonic_ms()));
                self.record(open);
                self.schedule(open);
            }
        });
        let hides = window_event_listener_untyped("visibilitychange", move |_| {
            if document().hidden() {
                self.flush(open);
            } else if self.writes.try_get_untracked().flatten() == Some(true) {
                self.remind(open);
            }
        });
        let leaves = window_event_listener_untyped("pagehide", move |_| self.flush(open));
        let unloads = window_event_listener(ev::beforeunload, move |event| {
            let unsaved =
                open.autosave.with_value(Autosave::is_unsaved) && self.writes.get_untracked() == Some(true);
            if unsaved || self.apart.get_untracked() {
                event.prevent_default();
            }
        });
        let others = window_event_listener_untyped("storage", move |_| {
            self.see_others(open);
            // Another window may have emptied the store.
            if self.is_emptied(open) {
                self.save(open);
            }
        });
        on_cleanup(move || {
            [hides, leaves, others].into_iter().for_each(WindowListenerHandle::remove);
            unloads.remove();
            self.flush(open);
            self.close(open);
            if let Some(Some(timer)) = open.timer.try_get_value() {
                timer.clear();
            }
            open.claim.try_update_value(|claim| claim.take());
            open.news.try_update_value(|news| news.take());
            self.open.set_value(None);
            self.changed.update(|count| *count += 1);
        });
    }

    fn schedule(self, open: Open) {
        self.state.set(open.autosave.with_value(|autosave| autosave.state().clone()));
        if self.in_memory {
            return self.save(open);
        }
        let Some(due) = open.autosave.with_value(|autosave| autosave.due_in(clock::monotonic_ms())) else {
            return;
        };
        let timer = set_timeout_with_handle(move || self.save(open), Duration::from_millis(due)).ok();
        if let Some(Some(before)) = open.timer.try_update_value(|now| std::mem::replace(now, timer)) {
            before.clear();
        }
    }

    /// Saves what is not saved yet; also where the store was emptied under the page.
    fn flush(self, open: Open) {
        let Some(unsaved) = open.autosave.try_with_value(Autosave::must_save_before_hiding) else { return };
        if unsaved || self.is_emptied(open) {
            self.save(open);
        }
    }

    /// Whether the store was emptied under the page.
    fn is_emptied(self, open: Open) -> bool {
        let doc_id = open.report.document.try_with_untracked(|document| document.doc_id.clone());
        let gone = |doc_id: String| !self.is_stored(&doc_id);
        open.stored.try_get_value() == Some(true) && doc_id.is_some_and(gone)
    }

    /// A large report stands whole in the database when it is closed.
    fn close(self, open: Open) {
        if self.writes.try_get_untracked().flatten() == Some(true)
            && open.written.try_with_value(|written| written.large) == Some(true)
            && let Some(document) = open.report.document.try_get_untracked()
        {
            let stamp = Stamp { epoch: open.epoch.get_value(), rev: untrack(|| open.report.rev()) };
            self.store().save(&Envelope::new(&document, stamp, &clock::local_now())).ok();
        }
    }

    /// Saves the open report before the page is loaded anew. Where that fails, it is said and the answer is no.
    pub fn settle(self) -> bool {
        let Some(open) = self.open.get_value() else { return true };
        open.report.leave();
        self.flush(open);
        let safe =
            self.writes.get_untracked() != Some(true) || !open.autosave.with_value(Autosave::is_unsaved);
        if !safe {
            let lines = vec!["请先导出数据文件，再换用新版。".to_owned()];
            self.notices.add("warning", "最后的改动还没有存上，没有重新载入。", lines);
        }
        safe
    }

    fn save(self, open: Open) {
        if self.writes.try_get_untracked().flatten() != Some(true) {
            return;
        }
        let Some(document) = open.report.document.try_get_untracked() else { return };
        let stamp = Stamp { epoch: open.epoch.get_value(), rev: untrack(|| open.report.rev()) };
        let now = clock::local_now();
        if self.in_memory {
            // Kept for as long as the page is open, which is not what users call saved.
            self.store().save(&Envelope::new(&document, stamp, &now)).ok();
            return;
        }
        self.record(open);
        let unsaved = open.autosave.with_value(Autosave::is_unsaved);
        open.autosave.update_value(Autosave::begin);
        if open.written.with_value(|written| written.large) && !self.snapshot_due(open) {
            // Its records are its saving; the answer to the last of them ends it.
            if open.written.with_value(|written| written.pending == 0) {
                self.large_saved(open, true);
            }
            return;
        }
        let envelope = Envelope::new(&document, stamp, &now);
        let harm = self.harm(open, &document.doc_id);
        let result = self.store().save(&envelope);
        if result.is_ok() {
            open.stored.set_value(true);
            if let Some(harm) = harm {
                self.say_harm(harm);
            }
        }
        if !matches!(result, Err(SaveError::Conflict { .. } | SaveError::Newer)) {
            self.snapshot(open, &envelope, &document);
        }
        if result.is_ok() && open.written.with_value(|written| written.large) {
            return;
        }
        open.autosave.update_value(|autosave| match &result {
            Ok(()) => autosave.succeeded(&now),
            Err(error) => autosave.failed(error, clock::monotonic_ms()),
        });
        self.state.set(open.autosave.with_value(|autosave| autosave.state().clone()));
        match result {
            Ok(()) => self.ask_to_persist(),
            Err(SaveError::Conflict { .. } | SaveError::Newer) => self.stop_writing(open, unsaved),
            Err(_) => self.schedule(open),
        }
    }

    /// What became of the stored draft under the open page, if anything did.
    fn harm(self, open: Open, doc_id: &str) -> Option<&'static str> {
        if !open.stored.get_value() {
            return None;
        }
        match self.store().read(&drafts::draft_key(doc_id)) {
            Ok(None) => Some("被清空了，可能是清理软件或另一个窗口所为"),
            Ok(Some(text)) => match Envelope::decode(&text) {
                Ok(_) | Err(Corrupt::Newer) => None,
                Err(_) => Some("损坏了，打不开的原文留在首页的“打不开的内容”里"),
            },
            Err(_) => None,
        }
    }

    fn say_harm(self, harm: &str) {
        let lines = vec!["这个窗口里的内容没有缺少。别的草稿可能也受了影响，请导出数据文件备份。".to_owned()];
        self.notices.add("warning", format!("浏览器里的草稿{harm}；已用这个窗口里的内容重新存好。"), lines);
    }

    /// Once, after the first save: browsers that run short of space then leave this page's data alone. On a disk it
    /// means nothing, and on plain http there is no such thing.
    fn ask_to_persist(self) {
        if !self.persisted.get_value() && super::about::meta("ziping-kind") == "hosted" {
            offline::persist();
        }
        self.persisted.set_value(true);
    }

    /// The database answered for a large report.
    fn large_saved(self, open: Open, kept: bool) {
        open.autosave.update_value(|autosave| {
            if kept {
                autosave.succeeded(&clock::local_now());
            } else {
                autosave.failed(&SaveError::NotKept, clock::monotonic_ms());
            }
        });
        self.state.set(open.autosave.with_value(|autosave| autosave.state().clone()));
        self.schedule(open);
    }
}
