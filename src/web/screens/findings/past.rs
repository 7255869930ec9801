//! What was said of findings that are gone: corrected, as worked out anew, or no longer to be told.

use leptos::prelude::*;
use ziping::app::review::ProseFinding;
use ziping::domain::checks::{self, Review, handling};

use crate::web::state::report;

/// The list; nothing where nothing was said.
pub fn list(review: &Review, prose: &[ProseFinding]) -> Option<impl IntoView + use<>> {
    let report = report();
    // Until the prose was read for the first time, nothing can be told of what was said of it.
    let unread = prose.is_empty() && report.prose_behind.get();
    let lines: Vec<_> = report.document.with_untracked(|document| {
        report.findings.with_untracked(|assessment| {
            let standing = review.findings.iter().chain(prose.iter().map(|one| &one.found));
            handling::past(document, &assessment.facts, standing)
                .into_iter()
                .filter(|past| !unread || checks::check(past.line.check.words()).is_some())
                .map(|past| {
                    let words = past.line.message.words().to_owned();
                    (past.line.id.clone(), past.line.check.words().to_owned(), words, past.corrected)
                })
                .collect()
        })
    });
    (!lines.is_empty()).then(|| {
        view! {
            <section>
                <h2 class="findings__group">{format!("处理过、不再出现 {} 处", lines.len())}</h2>
                <div class="findings">
                    {lines
                        .into_iter()
                        .map(|(row, check, words, corrected)| {
                            let verdict = if corrected {
                                "已改正，重新核对一致。"
                            } else {
                                "相关的数已删去或未填，无从核对。"
                            };
                            view! {
                                <article class="finding" data-handled="">
                                    <div class="finding__head">
                                        <h3 class="finding__text">{words}</h3>
                                        <span class="finding__id">{check}</span>
                                    </div>
                                    <p class="finding__todo">{verdict}</p>
                                    <div class="finding__actions">
                                        <button
                                            type="button"
                                            class="button button--small button--quiet"
                                            on:click=move |_| {
                                                report.leave();
                                                report.edit(handling::withdrawn(&row));
                                                report.leave();
                                            }
                                        >
                                            "不再保留这条记录"
                                        </button>
                                    </div>
                                </article>
                            }
                        })
                        .collect_view()}
                </div>
            </section>
        }
    })
}
