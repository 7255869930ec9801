//! The bands over an open report: who writes it, whether it is saved, whether a file should be made again.

use leptos::prelude::*;
use ziping::app::drafts::SaveState;

use super::Keeper;
use crate::web::parts::icon::Icon;
use crate::web::state::report;
use crate::web::transfer;

/// Says that this tab only reads, and offers to take over; says what to do when saving fails.
#[component]
pub fn WriterBanner() -> impl IntoView {
    let keeper = expect_context::<Keeper>();
    view! {
        <Show when=move || keeper.writes.get() == Some(false) && !keeper.apart.get()>
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
        // No 接管 here: it would put this state over what the other window wrote since.
        <Show when=move || keeper.apart.get()>
            <div class="banner" data-kind="error" role="alert">
                <Icon name="error" />
                <p class="banner__text">
                    <strong class="banner__title">
                        "另一个窗口已接管编辑，这里最后的改动没有存进草稿。"
                    </strong>
                    "改动还在这个窗口里。需要的话先导出数据文件，再重新载入本页，看那边的内容。"
                </p>
                <ExportButton />
            </div>
        </Show>
        <Show when=move || keeper.reminder.with(Option::is_some)>
            <div class="banner" data-kind="info" role="status">
                <Icon name="hint" />
                <p class="banner__text">
                    <strong class="banner__title">{move || keeper.reminder.get()}</strong>
                    "草稿只在这台电脑的这个浏览器里，建议导出一份数据文件备份。"
                </p>
                <ExportButton />
                <button
                    type="button"
                    class="button button--quiet button--small"
                    on:click=move |_| keeper.reminder.set(None)
                >
                    "以后再说"
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
                <ExportButton />
            </div>
        </Show>
    }
}

#[component]
fn ExportButton() -> impl IntoView {
    let report = report();
    view! {
        <button type="button" class="button button--small" on:click=move |_| transfer::export_json(report)>
            "导出数据文件"
        </button>
    }
}
