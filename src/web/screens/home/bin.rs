//! 回收站: what was deleted, to be taken back or deleted for good.

use leptos::prelude::*;

use crate::web::drafts::{Binned, Keeper};
use crate::web::parts::dialog::Dialog;
use crate::web::parts::toast::Toast;

/// The list of what was deleted.
#[component]
pub fn BinDialog(open: RwSignal<bool>, toast: RwSignal<Option<Toast>>) -> impl IntoView {
    let keeper = expect_context::<Keeper>();
    let asked = RwSignal::new(false);
    let binned = Memo::new(move |_| {
        keeper.changed.track();
        if open.get() { keeper.binned() } else { Vec::new() }
    });
    Effect::new(move |_| {
        if !open.get() {
            asked.set(false);
        }
    });
    // Nothing left to look at.
    Effect::new(move |_| {
        if binned.with(Vec::is_empty) && open.get_untracked() {
            open.set(false);
        }
    });
    let empty = move |_| {
        let count = binned.with_untracked(Vec::len);
        keeper.empty_bin();
        if keeper.holdings().binned == 0 {
            toast.set(Some(Toast::new(format!("回收站已清空，删掉 {count} 份。"))));
        }
        open.set(false);
    };
    view! {
        <Dialog open=open title="回收站" wide=true>
            <div class="dialog__body">
                <p>"删除的报告留在这里，直到清空。恢复后和删除前一样。"</p>
                <ul class="drafts">
                    {move || {
                        binned
                            .get()
                            .into_iter()
                            .map(|one| view! { <Line binned=one toast=toast /> })
                            .collect_view()
                    }}
                </ul>
            </div>
            <div class="dialog__foot">
                {move || {
                    if asked.get() {
                        let count = binned.with(Vec::len);
                        view! {
                            <span class="dialog__aside" role="status">
                                {format!("{count} 份报告会永远删掉，不能恢复。")}
                            </span>
                            <button type="button" class="button" on:click=move |_| asked.set(false)>
                                "不清空"
                            </button>
                            <button type="button" class="button button--danger" on:click=empty>
                                {format!("清空 {count} 份")}
                            </button>
                        }
                            .into_any()
                    } else {
                        view! {
                            <button type="button" class="button" on:click=move |_| asked.set(true)>
                                "清空回收站"
                            </button>
                            <button
                                type="button"
                                class="button button--primary"
                                on:click=move |_| open.set(false)
                            >
                                "关闭"
                            </button>
                        }
                            .into_any()
                    }
                }}
            </div>
        </Dialog>
    }
}

#[component]
fn Line(binned: Binned, toast: RwSignal<Option<Toast>>) -> impl IntoView {
    let keeper = expect_context::<Keeper>();
    let asked = RwSignal::new(false);
    let name = binned.draft.name();
    let meta = binned.draft.meta();
    let damaged = binned.draft.trouble.is_some();
    let binned = StoredValue::new(binned);
    let said = StoredValue::new(name.clone());
    let restore = move |_| {
        if binned.with_value(|binned| keeper.take_back(&binned.key)) {
            toast.set(Some(Toast::new(said.with_value(|name| format!("已恢复“{name}”。")))));
        }
    };
    view! {
        <li class="draft">
            <div>
                <span class="draft__name">{name.clone()}</span>
                <p class="draft__meta">{meta}</p>
            </div>
            <div class="draft__actions">
                {move || {
                    if asked.get() {
                        let erase = move || binned.with_value(|binned| keeper.erase(&binned.key));
                        view! { <Sure asked=asked erase=erase /> }.into_any()
                    } else {
                        let name = said.get_value();
                        view! {
                            <button
                                type="button"
                                class="button button--small"
                                aria-label=format!("恢复 {name}")
                                on:click=restore
                            >
                                "恢复"
                            </button>
                            {damaged
                                .then(|| {
                                    view! {
                                        <button
                                            type="button"
                                            class="button button--quiet button--small"
                                            on:click=move |_| {
                                                binned.with_value(|binned| keeper.download_binned(binned));
                                            }
                                        >
                                            "下载原始内容"
                                        </button>
                                    }
                                })}
                            <button
                                type="button"
                                class="button button--quiet button--small"
                                aria-label=format!("彻底删除 {name}")
                                on:click=move |_| asked.set(true)
                            >
                                "彻底删除"
                            </button>
                        }
                            .into_any()
                    }
                }}
            </div>
        </li>
    }
}

/// Asks once more before something is gone for good.
#[component]
pub fn Sure(
    /// Whether it was asked for.
    asked: RwSignal<bool>,
    /// Deletes it.
    erase: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <span class="draft__meta" role="status">
            "删掉后不能恢复。"
        </span>
        <button type="button" class="button button--small" on:click=move |_| asked.set(false)>
            "不删"
        </button>
        <button type="button" class="button button--danger button--small" on:click=move |_| erase()>
            "删掉"
        </button>
    }
}
