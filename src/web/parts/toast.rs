//! Short messages at the foot of the page, with one thing that can still be done about them.

use std::sync::Arc;

use leptos::prelude::*;

use super::icon::Icon;

/// How long a message stays, in milliseconds.
const STAYS_MS: u64 = 8_000;

/// What a button does.
type Run = Arc<dyn Fn() + Send + Sync>;

/// A short message.
#[derive(Clone)]
pub struct Toast {
    /// One sentence.
    pub text: String,
    /// Words of a button and what it does. Outlives the view that made it, which may be gone by what it undoes.
    pub action: Option<(&'static str, Run)>,
}

impl Toast {
    /// A message that only says something.
    pub fn new(text: impl Into<String>) -> Self {
        Toast { text: text.into(), action: None }
    }

    /// With a way back.
    pub fn undo(self, run: impl Fn() + Send + Sync + 'static) -> Self {
        Toast { action: Some(("撤销", Arc::new(run))), ..self }
    }
}

/// Shows the message, and takes it away after a while.
#[component]
pub fn Toasts(shown: RwSignal<Option<Toast>>) -> impl IntoView {
    Effect::new(move |timer: Option<Option<TimeoutHandle>>| {
        if let Some(Some(timer)) = timer {
            timer.clear();
        }
        shown.with(Option::is_some).then(|| {
            let hide = move || {
                shown.try_set(None);
            };
            set_timeout_with_handle(hide, std::time::Duration::from_millis(STAYS_MS)).ok()
        })?
    });
    view! {
        <div class="toasts" role="status">
            {move || {
                shown
                    .get()
                    .map(|toast| {
                        view! {
                            <div class="toast">
                                <span>{toast.text}</span>
                                {toast
                                    .action
                                    .map(|(words, run)| {
                                        view! {
                                            <button
                                                type="button"
                                                class="button button--small"
                                                on:click=move |_| {
                                                    shown.set(None);
                                                    run();
                                                }
                                            >
                                                {words}
                                            </button>
                                        }
                                    })}
                                <button
                                    type="button"
                                    class="button button--icon"
                                    aria-label="关闭这条提示"
                                    on:click=move |_| shown.set(None)
                                >
                                    <Icon name="close" />
                                </button>
                            </div>
                        }
                    })
            }}
        </div>
    }
}
