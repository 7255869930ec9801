//! When a draft is saved, and what the top bar says of it. A state machine over times that come in.
//!
//! Knows no timer: `due_in` says when to ask again. Must not know what is saved.

use super::SaveError;

/// A save waits until typing has paused for this long …
pub const PAUSE_MS: u64 = 300;
/// … but never longer than this after the first unsaved change.
pub const LONGEST_WAIT_MS: u64 = 2_000;
/// After a failure the next attempt is made by itself this much later.
pub const RETRY_MS: u64 = 10_000;

/// What the top bar says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// Everything is in the store.
    Saved {
        /// Local time, `YYYY-MM-DDThh:mm:ss`.
        at: String,
    },
    /// There are changes that are about to be saved.
    Pending,
    /// A save is under way.
    Saving,
    /// The last save failed, for a reason in words.
    Failed(String),
    /// Nothing can be saved in this browser, for a reason in words.
    MemoryOnly(String),
}

impl SaveState {
    /// The words: `已保存 14:02`, `正在保存`, `未保存：…，请导出`.
    pub fn words(&self) -> String {
        match self {
            SaveState::Saved { at } => match at.split_once('T').and_then(|(_, time)| time.get(..5)) {
                Some(time) => format!("已保存 {time}"),
                None => "已保存".to_owned(),
            },
            SaveState::Pending | SaveState::Saving => "正在保存".to_owned(),
            SaveState::Failed(reason) => format!("未保存：{reason}。请导出"),
            SaveState::MemoryOnly(reason) => format!("未保存：{reason}，关闭页面后内容会丢失。请导出"),
        }
    }

    /// Name of the state in styles and tests.
    pub fn key(&self) -> &'static str {
        match self {
            SaveState::Saved { .. } => "saved",
            SaveState::Pending => "pending",
            SaveState::Saving => "saving",
            SaveState::Failed(_) => "failed",
            SaveState::MemoryOnly(_) => "memory",
        }
    }
}

/// The policy: 300 ms after typing pauses, at least every 2 s, at once when the page hides.
#[derive(Clone, Debug)]
pub struct Autosave {
    state: SaveState,
    /// The newest revision that was seen.
    rev: u64,
    /// The revision that is in the store.
    saved: u64,
    /// The revision that is being saved.
    saving: Option<u64>,
    /// Times of the first and the last change that no save has begun for.
    waiting: Option<(u64, u64)>,
    /// When a failed save is tried again; `None` where trying again cannot help.
    retry_at: Option<u64>,
}

impl Autosave {
    /// An opened draft at a revision that the store has, saved at a local time.
    pub fn opened(rev: u64, at: &str) -> Self {
        let state = SaveState::Saved { at: at.to_owned() };
        Autosave { state, rev, saved: rev, saving: None, waiting: None, retry_at: None }
    }

    /// A report that the store does not have yet. It is due at once.
    pub fn new_report(rev: u64, now_ms: u64) -> Self {
        let waiting = now_ms.saturating_sub(LONGEST_WAIT_MS);
        Autosave {
            state: SaveState::Pending,
            rev,
            saved: rev,
            saving: None,
            waiting: Some((waiting, waiting)),
            retry_at: None,
        }
    }

    /// A report that nothing can be saved of, for a reason in words.
    pub fn memory_only(rev: u64, reason: &str) -> Self {
        Autosave { state: SaveState::MemoryOnly(reason.to_owned()), ..Autosave::opened(rev, "") }
    }

    /// What the top bar says.
    pub fn state(&self) -> &SaveState {
        &self.state
    }

    /// The report has a new revision.
    pub fn changed(&mut self, rev: u64, now_ms: u64) {
        self.rev = rev;
        match self.state {
            SaveState::MemoryOnly(_) => return,
            // What went wrong stays in sight until a save succeeds.
            SaveState::Failed(_) => {}
            SaveState::Saving => {}
            SaveState::Saved { .. } | SaveState::Pending => self.state = SaveState::Pending,
        }
        let first = self.waiting.map_or(now_ms, |(first, _)| first);
        self.waiting = Some((first, now_ms));
    }

    /// In how many milliseconds a save is due, 0 for now; `None` while there is nothing to save.
    pub fn due_in(&self, now_ms: u64) -> Option<u64> {
        if self.saving.is_some() || matches!(self.state, SaveState::MemoryOnly(_)) {
            return None;
        }
        let changes = self
            .waiting
            .map(|(first, last)| last.saturating_add(PAUSE_MS).min(first.saturating_add(LONGEST_WAIT_MS)));
        let at = match (self.retry_at, changes) {
            (Some(retry), Some(change)) => retry.min(change),
            (retry, change) => retry.or(change)?,
        };
        Some(at.saturating_sub(now_ms))
    }

    /// Whether the page, about to hide, must save now.
    pub fn must_save_before_hiding(&self) -> bool {
        self.saving.is_none() && self.is_unsaved() && !matches!(self.state, SaveState::MemoryOnly(_))
    }

    /// Whether closing the page would lose changes that an export could still keep.
    pub fn is_unsaved(&self) -> bool {
        self.waiting.is_some() || self.saving.is_some() || self.retry_at.is_some() || self.rev != self.saved
    }

    /// A save of the present revision begins.
    pub fn begin(&mut self) {
        self.saving = Some(self.rev);
        self.waiting = None;
        self.retry_at = None;
        if !matches!(self.state, SaveState::Failed(_)) {
            self.state = SaveState::Saving;
        }
    }

    /// The save that was begun has succeeded, at a local time.
    pub fn succeeded(&mut self, at: &str) {
        if let Some(rev) = self.saving.take() {
            self.saved = rev;
        }
        self.state = match self.waiting {
            Some(_) => SaveState::Pending,
            None => SaveState::Saved { at: at.to_owned() },
        };
    }

    /// The save that was begun has failed.
    pub fn failed(&mut self, error: &SaveError, now_ms: u64) {
        self.saving = None;
        self.state = SaveState::Failed(error.to_string());
        match error {
            SaveError::Unavailable | SaveError::Full { .. } | SaveError::NotKept => {
                self.retry_at = Some(now_ms.saturating_add(RETRY_MS));
            }
            // A later change may make the report shorter; waiting does not.
            SaveError::TooLarge { .. } => {}
            SaveError::Conflict { .. } | SaveError::Newer => {
                self.state = SaveState::MemoryOnly(error.to_string());
                self.waiting = None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::drafts::Stamp;

    const AT: &str = "2022-03-15T14:02:07";

    #[test]
    fn a_save_waits_for_a_pause_but_not_for_ever() {
        let mut save = Autosave::opened(7, AT);
        assert_eq!((save.due_in(0), save.state().words()), (None, "已保存 14:02".to_owned()));
        save.changed(8, 1_000);
        assert_eq!(
            (save.due_in(1_000), save.due_in(1_299), save.due_in(1_300)),
            (Some(300), Some(1), Some(0))
        );
        for (rev, now) in (9..).zip((1_200..=2_800).step_by(200)) {
            save.changed(rev, now);
            assert_eq!(save.due_in(now), Some(300.min(3_000 - now)), "typing at {now}");
        }
        assert_eq!(save.due_in(5_000), Some(0));
        save.begin();
        assert_eq!((save.due_in(5_000), save.state().words()), (None, "正在保存".to_owned()));
        assert!(save.is_unsaved() && !save.must_save_before_hiding());
        save.succeeded("2022-03-15T14:03:00");
        assert_eq!((save.due_in(9_000), save.state().words()), (None, "已保存 14:03".to_owned()));
        assert!(!save.is_unsaved());
    }

    #[test]
    fn what_is_typed_during_a_save_is_not_called_saved() {
        let mut save = Autosave::opened(1, AT);
        save.changed(2, 0);
        save.begin();
        save.changed(3, 100);
        save.succeeded(AT);
        assert_eq!(save.state(), &SaveState::Pending);
        assert_eq!(save.due_in(100), Some(300));
        assert!(save.must_save_before_hiding());
    }

    #[test]
    fn a_failure_stays_in_sight_and_is_tried_again() {
        let mut save = Autosave::opened(1, AT);
        save.changed(2, 0);
        save.begin();
        save.failed(&SaveError::Full { needed: 250_000 }, 500);
        let words = "未保存：浏览器的存储空间不足（本报告约 25 万字符）。请导出";
        assert_eq!((save.state().words().as_str(), save.due_in(500)), (words, Some(RETRY_MS)));
        save.changed(3, 600);
        assert_eq!((save.state().key(), save.due_in(600)), ("failed", Some(300)));
        save.begin();
        assert_eq!(save.state().key(), "failed");
        save.succeeded(AT);
        assert_eq!(save.state().key(), "saved");
    }

    #[test]
    fn after_a_conflict_nothing_is_written_any_more() {
        let mut save = Autosave::opened(1, AT);
        save.changed(2, 0);
        save.begin();
        save.failed(&SaveError::Conflict { theirs: Stamp { epoch: 2, rev: 5 } }, 10);
        save.changed(3, 20);
        assert_eq!((save.due_in(99_999), save.must_save_before_hiding()), (None, false));
        assert!(save.is_unsaved());
        assert!(save.state().words().contains("另一个窗口"), "{}", save.state().words());
    }

    #[test]
    fn without_storage_the_top_bar_says_so_from_the_start() {
        let mut save = Autosave::memory_only(1, "浏览器不允许本页面存储数据");
        save.changed(2, 0);
        assert_eq!(save.state().words(), "未保存：浏览器不允许本页面存储数据，关闭页面后内容会丢失。请导出");
        assert!(save.is_unsaved() && save.due_in(0).is_none());
        assert_eq!(Autosave::new_report(0, 50_000).due_in(50_000), Some(0));
    }
}
