//! 清除本机全部数据: one question that names what goes, for computers that several people share.

use leptos::prelude::*;
use ziping::app::drafts::Holdings;

use crate::web::drafts::Keeper;
use crate::web::parts::dialog::Dialog;
use crate::web::parts::toast::Toast;

/// The question.
#[component]
pub fn ClearDialog(
    open: RwSignal<bool>,
    holdings: Memo<Holdings>,
    toast: RwSignal<Option<Toast>>,
) -> impl IntoView {
    let keeper = expect_context::<Keeper>();
    let clear = move |_| {
        open.set(false);
        if keeper.clear() {
            toast.set(Some(Toast::new("本机这个浏览器里的数据已全部清除。")));
        }
    };
    let names = move || keeper.list().iter().map(|draft| draft.name()).collect::<Vec<_>>();
    view! {
        <Dialog open=open title="清除本机全部数据">
            <div class="dialog__body">
                <p>{move || format!("会永远删掉这个浏览器里的{}，不能撤销：", words(holdings.get()))}</p>
                <ul class="list">
                    {move || names().into_iter().map(|name| view! { <li>{name}</li> }).collect_view()}
                </ul>
                <p>
                    "已经导出的文件不受影响。还要用的报告请先导出；其他窗口里打开着的报告请先关闭。"
                </p>
            </div>
            <div class="dialog__foot">
                <button type="button" class="button" on:click=move |_| open.set(false)>
                    "不清除"
                </button>
                <button type="button" class="button button--danger" on:click=clear>
                    "全部清除"
                </button>
            </div>
        </Dialog>
    }
}

/// What is kept, in words.
fn words(holdings: Holdings) -> String {
    let parts = [
        (holdings.drafts, "份报告"),
        (holdings.binned, "份回收站里的报告"),
        (holdings.aside, "份打不开而留下的内容"),
    ];
    let said: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count != 0)
        .map(|(count, noun)| format!(" {count} {noun}"))
        .collect();
    said.join("、")
}
