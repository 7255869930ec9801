//! Keeps drafts: saves the open report by itself, holds the one writer's claim, lists what is stored.

mod shelf;

pub use shelf::Binned;

use std::sync::Arc;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use ziping::app::drafts::{
    self, Autosave, DraftStore, Envelope, Listed as Stored, Memory, SaveError, SaveState, Stamp,
};
use ziping::domain::document::Document;
use ziping::domain::edit::Edit;

use super::adapters::storage::Local;
use super::adapters::tabs::{self, Claim};
use super::adapters::{clock, files};
use super::notice::Notices;
use super::parts::icon::Icon;
use super::state::{Report, report};

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
    replacement: StoredValue<Option<Edit>>,
    /// A new report that no store would take.
    unsaved: StoredValue<Option<Document>>,
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
}

/// A draft in the list.
#[derive(Clone, PartialEq)]
pub struct Listed {
    /// The report.
    pub doc_id: String,
    unit: String,
    year: String,
    saved_at: String,
    chars: usize,
    /// Required fields that are filled in.
    pub filled: usize,
    /// Required fields.
    pub required: usize,
    /// Why it cannot be opened, if it cannot.
    pub trouble: Option<String>,
}

impl Listed {
    fn of(draft: Stored) -> Self {
        match draft {
            Stored::Whole(header) => Listed {
                doc_id: header.doc_id,
                unit: header.unit,
                year: header.year,
                saved_at: header.saved_at,
                chars: header.chars,
                filled: header.filled,
                required: header.required,
                trouble: None,
            },
            Stored::Damaged { doc_id, reason } => Listed {
                doc_id,
                unit: "打不开的草稿".to_owned(),
                year: String::new(),
                saved_at: String::new(),
                chars: 0,
                filled: 0,
                required: 0,
                trouble: Some(format!("{reason}。内容没有动，可以下载下来。")),
            },
        }
    }

    /// Whether it can be opened.
    pub fn readable(&self) -> bool {
        self.trouble.is_none()
    }
    /// Unit and year.
    pub fn name(&self) -> String {
        let unit = if self.unit.is_empty() { "未填单位" } else { &self.unit };
        if self.year.is_empty() { unit.to_owned() } else { format!("{unit} · {}年度", self.year) }
    }
    /// When it was changed and how large it is, or what is wrong with it.
    pub fn meta(&self) -> String {
        match &self.trouble {
            Some(trouble) => trouble.clone(),
            None => format!("{} 修改 · {}", when(&self.saved_at), size(self.chars)),
        }
    }
}

impl Keeper {
    /// Over the browser's storage, or over memory where it is denied.
    pub fn new(notices: Notices) -> Self {
        let local = Local::probe();
        let in_memory = local.is_none();
        let store: Arc<dyn DraftStore + Send + Sync> = match local {
            Some(local) => Arc::new(local),
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
        Keeper {
            store: StoredValue::new(store),
            in_memory,
            changed: RwSignal::new(0),
            state: RwSignal::new(SaveState::Pending),
            writes: RwSignal::new(None),
            replacement: StoredValue::new(None),
            unsaved: StoredValue::new(None),
            notices,
            open: StoredValue::new(None),
        }
    }

    fn store(&self) -> Arc<dyn DraftStore + Send + Sync> {
        self.store.get_value()
    }

    /// The drafts, the last saved first.
    pub fn list(&self) -> Vec<Listed> {
        let stored = self.store().list().unwrap_or_default();
        stored.into_iter().map(Listed::of).collect()
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
            self.unsaved.set_value(Some(document));
        }
    }

    /// Opens a draft: the report and its revision, or why not in words.
    pub fn load(&self, doc_id: &str) -> Result<(Document, u64), String> {
        let unsaved = self.unsaved.try_update_value(Option::take).flatten();
        if let Some(document) = unsaved.filter(|document| document.doc_id == doc_id) {
            return Ok((document, 0));
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
        let used: usize = store
            .keys()
            .unwrap_or_default()
            .iter()
            .filter_map(|key| store.read(key).ok().flatten())
            .map(|text| text.encode_utf16().count())
            .sum();
        format!("草稿已用 {}，浏览器最多能存约 {}", size(used), size(QUOTA_CHARS))
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
            Some(report) => Self::replace(report, edit),
            None => self.replacement.set_value(Some(edit)),
        }
    }

    /// The report that is opened next gets this edit, as one step that can be undone.
    pub fn apply_when_open(&self, edit: Edit) {
        self.replacement.set_value(Some(edit));
    }

    fn replace(report: Report, edit: Edit) {
        report.leave();
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
        let open = Open {
            report,
            autosave: StoredValue::new(autosave),
            epoch: StoredValue::new(0),
            timer: StoredValue::new(None),
            claim: StoredValue::new_local(None),
        };
        self.open.set_value(Some(open));
        report.writable.set(false);
        self.writes.set(None);
        self.ask(open, false);
        Effect::new(move |first: Option<()>| {
            report.document.track();
            if first.is_some() {
                let rev = untrack(|| report.rev());
                open.autosave.update_value(|autosave| autosave.changed(rev, clock::monotonic_ms()));
                self.schedule(open);
            }
        });
        let hides = window_event_listener_untyped("visibilitychange", move |_| {
            if document().hidden() {
                self.flush(open);
            }
        });
        let leaves = window_event_listener_untyped("pagehide", move |_| self.flush(open));
        let unloads = window_event_listener(ev::beforeunload, move |event| {
            if open.autosave.with_value(Autosave::is_unsaved) && self.writes.get_untracked() == Some(true) {
                event.prevent_default();
            }
        });
        let others = window_event_listener_untyped("storage", move |_| self.see_others(open));
        on_cleanup(move || {
            [hides, leaves, others].into_iter().for_each(WindowListenerHandle::remove);
            unloads.remove();
            self.flush(open);
            if let Some(Some(timer)) = open.timer.try_get_value() {
                timer.clear();
            }
            open.claim.try_update_value(|claim| claim.take());
            self.open.set_value(None);
            self.changed.update(|count| *count += 1);
        });
    }

    /// Asks the other tabs whether this one may write.
    fn ask(self, open: Open, take_over: bool) {
        let doc_id = open.report.document.with_untracked(|document| document.doc_id.clone());
        let claim = tabs::claim(&doc_id, take_over, move |granted| {
            if self.writes.try_get_untracked().is_none() || open.autosave.try_get_value().is_none() {
                return;
            }
            if granted { self.begin_writing(open) } else { self.stop_writing(open) }
        });
        open.claim.set_value(Some(claim));
    }

    fn begin_writing(self, open: Open) {
        let doc_id = open.report.document.with_untracked(|document| document.doc_id.clone());
        // Another tab may have saved since this one looked.
        if let Ok(loaded) = self.store().load(&doc_id, &mut clock::BrowserRandom) {
            let stored = Stamp { epoch: loaded.header.epoch, rev: loaded.header.rev };
            open.epoch.set_value(Stamp::claimed(Some(stored)).epoch);
            if stored.rev > untrack(|| open.report.rev()) {
                open.report.show(loaded.document, stored.rev);
            }
        } else {
            open.epoch.set_value(Stamp::claimed(None).epoch);
        }
        open.report.writable.set(true);
        self.writes.set(Some(true));
        // Saved at once, so that a tab that slept through the change finds a higher epoch.
        self.save(open);
        if let Some(edit) = self.replacement.try_update_value(Option::take).flatten() {
            Self::replace(open.report, edit);
        }
    }

    fn stop_writing(self, open: Open) {
        let lost = self.writes.get_untracked() == Some(true);
        open.report.writable.set(false);
        self.writes.set(Some(false));
        if lost && open.autosave.with_value(|autosave| autosave.due_in(clock::monotonic_ms()).is_some()) {
            self.notices.add(
                "warning",
                "另一个窗口已接管编辑，这里最后的改动没有存进草稿。",
                vec!["改动还在这个窗口里，需要的话请导出数据文件。".to_owned()],
            );
        }
    }

    /// Another tab saved: a tab that only reads shows what it wrote.
    fn see_others(self, open: Open) {
        if self.writes.get_untracked() != Some(false) {
            return;
        }
        let doc_id = open.report.document.with_untracked(|document| document.doc_id.clone());
        if let Ok(loaded) = self.store().load(&doc_id, &mut clock::BrowserRandom)
            && loaded.header.rev > untrack(|| open.report.rev())
        {
            open.report.show(loaded.document, loaded.header.rev);
        }
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

    fn flush(self, open: Open) {
        if open.autosave.try_with_value(Autosave::must_save_before_hiding) == Some(true) {
            self.save(open);
        }
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
        open.autosave.update_value(Autosave::begin);
        let result = self.store().save(&Envelope::new(&document, stamp, &now));
        open.autosave.update_value(|autosave| match &result {
            Ok(()) => autosave.succeeded(&now),
            Err(error) => autosave.failed(error, clock::monotonic_ms()),
        });
        self.state.set(open.autosave.with_value(|autosave| autosave.state().clone()));
        match result {
            Ok(()) => {}
            Err(SaveError::Conflict { .. } | SaveError::Newer) => self.stop_writing(open),
            Err(_) => self.schedule(open),
        }
    }

    /// Takes the writing over from another tab.
    fn take_over(self) {
        if let Some(open) = self.open.get_value() {
            open.claim.update_value(|claim| {
                claim.take();
            });
            self.ask(open, true);
        }
    }
}

/// A time of saving as people say it: the minute of today, the date and minute of other days.
fn when(saved_at: &str) -> String {
    let minute = |text: &str| text.get(..5).unwrap_or(text).to_owned();
    match saved_at.split_once('T') {
        Some((date, time)) if clock::local_now().starts_with(date) => format!("今天 {}", minute(time)),
        Some((date, time)) => format!("{date} {}", minute(time)),
        None => saved_at.to_owned(),
    }
}

/// Characters as people read sizes; the store holds two bytes each.
fn size(chars: usize) -> String {
    let kilobytes = (chars * 2).div_ceil(1024);
    if kilobytes < 1024 { format!("{kilobytes} KB") } else { format!("{} MB", kilobytes.div_ceil(1024)) }
}

/// Says that this tab only reads, and offers to take over; says what to do when saving fails.
#[component]
pub fn WriterBanner() -> impl IntoView {
    let keeper = expect_context::<Keeper>();
    let report = report();
    view! {
        <Show when=move || keeper.writes.get() == Some(false)>
            <div class="banner" data-kind="info" role="status">
                <Icon name="hint" />
                <p class="banner__text">
                    <strong class="banner__title">"这份报告正在另一个窗口里编辑，这里只能看。"</strong>
                    "那边保存的内容会显示在这里。"
                </p>
                <button type="button" class="button button--small" on:click=move |_| keeper.take_over()>
                    "接管编辑"
                </button>
            </div>
        </Show>
        // Where nothing can be stored, a notice has said so from the start.
        <Show when=move || {
            !keeper.in_memory && keeper.writes.get() == Some(true)
                && keeper.state.with(|state| matches!(state, SaveState::Failed(_)))
        }>
            <div class="banner" data-kind="error" role="alert">
                <Icon name="error" />
                <p class="banner__text">
                    <strong class="banner__title">"草稿没有存上。"</strong>
                    {move || keeper.state.with(SaveState::words)}
                    "。内容还在这个窗口里，可以继续填；原来的草稿没有动。"
                </p>
                <button
                    type="button"
                    class="button button--small"
                    on:click=move |_| super::transfer::export_json(report)
                >
                    "导出数据文件"
                </button>
            </div>
        </Show>
    }
}
