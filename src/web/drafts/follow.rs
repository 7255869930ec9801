//! A tab that only reads a report too large for localStorage: it hears that another tab wrote, and shows it.

use leptos::prelude::*;
use ziping::app::drafts::draft_key;
use ziping::app::drafts::journal::{self as kept, Kept};

use super::{Keeper, Open};
use crate::web::adapters::{clock, journal, tabs};

impl Keeper {
    /// Listens to the tab that writes the open report.
    pub(super) fn listen(self, open: Open) {
        let doc_id = open.report.document.with_untracked(|document| document.doc_id.clone());
        open.news.set_value(tabs::News::of(&doc_id, move || self.hear(open)));
    }

    /// Another tab wrote. One reading at a time; what is told meanwhile is read after it.
    fn hear(self, open: Open) {
        let before = open.reading.try_update_value(|reading| reading.replace(true));
        if before != Some(None) {
            return;
        }
        wasm_bindgen_futures::spawn_local(async move {
            let more = move |reading: &mut Option<bool>| {
                let more = *reading == Some(true);
                *reading = more.then_some(false);
                more
            };
            while open.reading.try_update_value(more) == Some(true) {
                self.catch_up(open).await;
            }
        });
    }

    async fn catch_up(self, open: Open) {
        let reads = || self.writes.try_get_untracked() == Some(Some(false)) && !self.apart.get_untracked();
        let Some(shown) = open.report.document.try_get_untracked().filter(|_| reads()) else { return };
        let rev = untrack(|| open.report.rev());
        let (from, to) = kept::record_keys(&shown.doc_id);
        let records = journal::records(&from, &to).await;
        let next = match kept::follow(&shown, rev, &records) {
            Some(next) => Some(next),
            None => {
                let all = Kept { whole: journal::text(&draft_key(&shown.doc_id)).await, records };
                kept::newest(&shown.doc_id, None, &all, &mut clock::BrowserRandom)
                    .map(|found| (found.document, found.stamp.rev))
            }
        };
        if let Some((document, next)) = next.filter(|(_, next)| *next > rev)
            && open
                .report
                .document
                .try_get_untracked()
                .is_some_and(|now| reads() && std::sync::Arc::ptr_eq(&now, &shown))
        {
            open.report.show(document, next);
        }
    }
}
