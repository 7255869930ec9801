//! Who writes the open report: the claim, what is brought up to date when it is granted, what stays when it is lost.

use leptos::prelude::*;
use ziping::app::drafts::Stamp;
use ziping::app::drafts::versions::Why;

use super::{Keeper, Open};
use crate::web::adapters::{clock, tabs};

impl Keeper {
    /// Asks the other tabs whether this one may write.
    pub(super) fn ask(self, open: Open, take_over: bool) {
        let doc_id = open.report.document.with_untracked(|document| document.doc_id.clone());
        let doc = doc_id.clone();
        let claim = tabs::claim(&doc_id, take_over, move |granted| {
            if self.writes.try_get_untracked().is_none() || open.autosave.try_get_value().is_none() {
                return;
            }
            open.claimed.set_value(granted);
            if granted {
                self.begin_writing(open, doc.clone());
            } else {
                // What the journal has, the one who took over has read.
                let due =
                    open.autosave.with_value(|autosave| autosave.due_in(clock::monotonic_ms()).is_some());
                self.stop_writing(open, due && !self.is_recorded(open));
            }
        });
        open.claim.set_value(Some(claim));
    }

    /// The claim was granted: nobody else writes now, so what the journal has is the last word on the draft.
    fn begin_writing(self, open: Open, doc_id: String) {
        wasm_bindgen_futures::spawn_local(async move {
            self.recover(&doc_id).await;
            // The report may have been closed or taken over meanwhile.
            if open.claimed.try_get_value() == Some(true) {
                self.write_from_now_on(open, &doc_id);
            }
        });
    }

    fn write_from_now_on(self, open: Open, doc_id: &str) {
        if let Some((document, stamp)) = self.take_unsaved(doc_id) {
            open.epoch.set_value(Stamp::claimed(Some(stamp)).epoch);
            if stamp.rev > untrack(|| open.report.rev()) {
                open.report.show(document, stamp.rev);
            }
        // Another tab may have saved since this one looked.
        } else if let Ok(loaded) = self.store().load(doc_id, &mut clock::BrowserRandom) {
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
        self.remind(open);
        self.keep_version(open.report, Why::Opened, "");
        if let Some(edit) = self.replacement.try_update_value(Option::take).flatten() {
            self.replace(open.report, edit);
        }
    }

    pub(super) fn stop_writing(self, open: Open, lost: bool) {
        let wrote = self.writes.get_untracked() == Some(true);
        open.report.writable.set(false);
        self.writes.set(Some(false));
        if wrote && lost {
            self.apart.set(true);
        }
    }

    /// Another tab saved: a tab that only reads shows what it wrote.
    pub(super) fn see_others(self, open: Open) {
        if self.writes.get_untracked() != Some(false) || self.apart.get_untracked() {
            return;
        }
        let doc_id = open.report.document.with_untracked(|document| document.doc_id.clone());
        if let Ok(loaded) = self.store().load(&doc_id, &mut clock::BrowserRandom)
            && loaded.header.rev > untrack(|| open.report.rev())
        {
            open.report.show(loaded.document, loaded.header.rev);
        }
    }

    /// Takes the writing over from another tab.
    pub(super) fn take_over(self) {
        if let Some(open) = self.open.get_value() {
            open.claim.update_value(|claim| {
                claim.take();
            });
            self.ask(open, true);
        }
    }
}
