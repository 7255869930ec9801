//! 帮助与关于: how to work, what is kept where, which build this is.

use leptos::prelude::*;

use super::adapters::offline;
use super::drafts::Keeper;
use super::parts::dialog::Dialog;

thread_local! {
    static OPEN: std::cell::Cell<Option<RwSignal<bool>>> = const { std::cell::Cell::new(None) };
}

/// Shows the panel.
pub fn open() {
    if let Some(open) = OPEN.get() {
        open.set(true);
    }
}

/// Keys of the program, and what they do.
const KEYS: &[(&str, &str)] = &[
    ("Tab、Enter、方向键", "在表格里移动；在最后一行按 Enter 添加一行"),
    ("F2 或双击", "编辑格子里的内容；Esc 恢复原来的内容"),
    ("Shift + 方向键", "选择一块；Ctrl+C、Ctrl+X、Ctrl+V 复制、剪切、粘贴，Delete 清空，Ctrl+D 向下填充"),
    ("Ctrl+Z、Ctrl+Y", "撤销、重做"),
    ("Ctrl+F", "在表格里时查找表内内容；再按一次是浏览器的查找"),
    ("Ctrl+S", "导出或下载；草稿是自动保存的"),
    ("Ctrl+P", "打印报告"),
];

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
                <h3 class="block__sub">"怎么用"</h3>
                <p>
                    "左侧目录按报告的章节排列。把表填上，合计、比率和勾稽检查跟着每一次输入更新；点进任何一个格子，右侧说明它的含义和算法。没有发生的填“无”，不要留空：空白表示“未填”，不会当作 0。"
                </p>
                <p>
                    "正文里用“插入数据”引用表中数字，表改了正文跟着改。填完打印，或导出网页报告、数据文件。"
                </p>
                <h3 class="block__sub">"键盘"</h3>
                <dl class="facts">
                    {KEYS
                        .iter()
                        .map(|(keys, what)| view! { <dt>{*keys}</dt> <dd>{*what}</dd> })
                        .collect_view()}
                </dl>
                <h3 class="block__sub">"数据在哪里"</h3>
                <p>
                    "草稿只存在这台电脑这个浏览器里，不上传，也没有服务器；本页的安全策略禁止它向外发送任何内容。清理浏览器数据会删除草稿，请常导出数据文件备份。"
                </p>
                <p>{where_drafts_live()}</p>
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
