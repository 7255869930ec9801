//! 帮助与关于: how to work, what is kept where, which build this is.

use leptos::prelude::*;
use ziping::app::help;

use super::adapters::offline;
use super::drafts::Keeper;
use super::parts::dialog::Dialog;
use super::parts::focus;

thread_local! {
    static OPEN: std::cell::Cell<Option<RwSignal<bool>>> = const { std::cell::Cell::new(None) };
}

/// Shows the panel.
pub fn open() {
    if let Some(open) = OPEN.get() {
        open.set(true);
    }
}

/// Shows the panel with a subject of it in view.
pub fn open_at(topic: &'static str) {
    open();
    // Once the panel is there.
    set_timeout(move || focus::into(&id_of(topic)), std::time::Duration::from_millis(60));
}

fn id_of(topic: &str) -> String {
    format!("help-{topic}")
}

/// The panel, closed until it is asked for.
#[component]
pub fn About() -> impl IntoView {
    let open = RwSignal::new(false);
    let keeper = expect_context::<Keeper>();
    OPEN.set(Some(open));
    let build = meta("ziping-build");
    let (version, hash) = match build.split_once(' ') {
        Some((version, hash)) => (version.to_owned(), hash.to_owned()),
        None => (env!("CARGO_PKG_VERSION").to_owned(), build),
    };
    let hosted = meta("ziping-kind") == "hosted";
    let engine = window().navigator().user_agent().unwrap_or_default();
    view! {
        <Dialog open=open title="帮助与关于">
            <div class="dialog__body">
                {help::TOPICS
                    .iter()
                    .map(|topic| {
                        view! {
                            <h3 class="block__sub" id=id_of(topic.key)>
                                {topic.title}
                            </h3>
                            {topic.text.iter().map(|text| view! { <p>{*text}</p> }).collect_view()}
                        }
                    })
                    .collect_view()}
                <p>{where_drafts_live()}</p>
                <h3 class="block__sub" id=id_of(help::KEYS_KEY)>
                    {help::KEYS_TITLE}
                </h3>
                <dl class="facts">
                    {help::KEYS
                        .iter()
                        .map(|(keys, what)| view! { <dt>{*keys}</dt> <dd>{*what}</dd> })
                        .collect_view()}
                </dl>
                <h3 class="block__sub">"关于"</h3>
                <dl class="facts">
                    <dt>"版本"</dt>
                    <dd>{version.clone()}</dd>
                    <dt>"程序校验码"</dt>
                    <dd>
                        <code>{hash.clone()}</code>
                    </dd>
                    <dt>"浏览器"</dt>
                    <dd class="facts__small">{engine.clone()}</dd>
                    <dt>"许可"</dt>
                    <dd>"MIT 或 Apache-2.0，可自由使用和修改"</dd>
                </dl>
                {hosted
                    .then(|| {
                        view! {
                            <p>
                                {if offline::is_possible() {
                                    "打开过一次以后，断网也能用；有新版本时会在页面上方提示。如果总是旧的，可以强制更新：清除留存的程序，草稿不受影响。"
                                } else {
                                    "这个地址不是 https，浏览器不能留存页面，断网时打不开；需要离线使用请下载离线版。"
                                }}
                            </p>
                            <p>
                                <button
                                    type="button"
                                    class="button"
                                    on:click=move |_| {
                                        if keeper.settle() {
                                            offline::refresh();
                                        }
                                    }
                                >
                                    "强制更新"
                                </button>
                            </p>
                            <p>
                                <a href="ziping.html" download="ziping.html">
                                    "下载离线版（一个文件，可放在 U 盘上使用）"
                                </a>
                            </p>
                        }
                    })}
            </div>
            <div class="dialog__foot">
                <button type="button" class="button button--primary" on:click=move |_| open.set(false)>
                    "知道了"
                </button>
            </div>
        </Dialog>
    }
}

/// Which pages of this computer share the drafts: browsers differ for files.
fn where_drafts_live() -> &'static str {
    where_files_keep_drafts().unwrap_or(
        "草稿按网址存放：换一个网址（包括换成 U 盘上的副本）看不到这里的草稿，请用数据文件带过去。",
    )
}

/// The same for a page that was opened as a file; `None` for one from an address.
pub fn where_files_keep_drafts() -> Option<&'static str> {
    if window().location().protocol().ok()? != "file:" {
        return None;
    }
    Some(if window().navigator().user_agent().is_ok_and(|agent| agent.contains("Firefox/")) {
        "现在是用文件方式打开的：火狐按文件的位置分别存放草稿，文件移动或改名以后，原来的草稿要在原位置打开才看得到。换位置之前请导出数据文件。"
    } else {
        "现在是用文件方式打开的：本机所有用文件方式打开的网页共用一处存储，别的本地网页也可能读到草稿。副本移动或改名不影响草稿。"
    })
}

/// The content of a meta element that the pack step fills in.
pub fn meta(name: &str) -> String {
    document()
        .query_selector(&format!("meta[name={name}]"))
        .ok()
        .flatten()
        .and_then(|meta| meta.get_attribute("content"))
        .unwrap_or_default()
}
