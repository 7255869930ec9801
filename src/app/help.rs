//! 帮助: what the program can do and where, in the words of its users. Shown as a whole, and searched with the report.

/// One subject of 帮助.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Topic {
    /// By which it is found in the page.
    pub key: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// A paragraph each.
    pub text: &'static [&'static str],
}

/// Keys of the program, and what they do.
pub const KEYS: &[(&str, &str)] = &[
    ("Tab、Enter、方向键", "在表格里移动；在最后一行按 Enter 添加一行"),
    ("F2 或双击", "编辑格子里的内容；Esc 恢复原来的内容"),
    ("Esc", "在表格里离开表格，再按 Tab 到表格后面"),
    ("Shift + 方向键", "选择一块；Ctrl+C、Ctrl+X、Ctrl+V 复制、剪切、粘贴，Delete 清空，Ctrl+D 向下填充"),
    (
        "Ctrl+Shift++、Ctrl+-",
        "在上方插入一行、删除这一行；Alt+↑、Alt+↓ 移动这一行；Shift+F10 打开这一行的菜单",
    ),
    ("Ctrl+Z、Ctrl+Y", "撤销、重做"),
    ("Ctrl+F", "查找整份报告；在表格里时查找表内内容。再按一次，或按 Esc 后马上再按，是浏览器自己的查找"),
    ("Ctrl+S", "导出或下载；草稿是自动保存的"),
    ("Ctrl+P", "打印报告"),
    ("F1", "打开帮助"),
];

/// Key of the list of keys, as of a topic.
pub const KEYS_KEY: &str = "keys";

/// Title of the list of keys.
pub const KEYS_TITLE: &str = "键盘";

/// All subjects but the keys, in the order of the work.
pub const TOPICS: &[Topic] = &[
    Topic {
        key: "filling",
        title: "填表",
        text: &[
            "左侧目录按报告的章节排列。把表填上，合计、比率和勾稽检查跟着每一次输入更新；点进任何一个格子，右侧说明它的含义和算法。",
            "没有发生的填“无”，不要留空：空白表示“未填”，不会当作 0。一张表里没有发生的项目，可以用表上方的“空白填‘无’”一次填好。",
            "金额单位在元和万元之间切换，只改变显示和输入，不改变数值。",
        ],
    },
    Topic {
        key: "paste",
        title: "从 Excel 或 WPS 粘贴",
        text: &[
            "在 Excel 或 WPS 里复制一块，点进表里第一个要填的格子，按 Ctrl+V。行数不够会自动添加；列对不上时先给您看，确认后才填入。",
        ],
    },
    Topic {
        key: "stated",
        title: "上报合计",
        text: &[
            "合计由各行算出。批复、决算表或已上报报告里写的合计填在“上报合计”一行，两者不一致时会提示；各行没有填全时，先用上报合计计算。",
        ],
    },
    Topic {
        key: "text",
        title: "写正文",
        text: &["用“插入数据”引用表中的数，表改了正文跟着改。有“成文”按钮的一节可以先写出一段初稿，再改。"],
    },
    Topic {
        key: "check",
        title: "校验和自评表",
        text: &[
            "“校验”列出对不上的地方，每一处都能点过去看；确有原因的写情况说明。“自评表”按评分标准打分，扣分的写原因和改进措施。",
        ],
    },
    Topic {
        key: "out",
        title: "打印和导出",
        text: &[
            "顶栏“打印”印出整份报告，先在“预览与导出”里看一遍。要存成 PDF，在打印窗口里选择“另存为 PDF”。",
            "“导出”有三种：数据文件交给同事接着填，也用来备份；网页报告用浏览器就能看，也能再打开；副本是程序和这份报告合成的一个文件，可放在 U 盘上使用。",
        ],
    },
    Topic {
        key: "versions",
        title: "撤销、版本和回收站",
        text: &[
            "改错了按“撤销”。以前的版本在顶栏“版本”里，可以查看、比较、恢复。首页删除的报告留在回收站，清空以前都能恢复。",
        ],
    },
    Topic {
        key: "next",
        title: "复制、结转到下一年度",
        text: &[
            "在首页点那份报告的“更多”。“结转到下一年度”新建一份下一年度的报告：今年的决算数成为上年数，人员、任务和指标带过去作为起点，结果留空等您填；原来的报告不变。",
        ],
    },
    Topic {
        key: "linter",
        title: "数字体检",
        text: &["把一份写好的报告粘贴进来，看哪些数字互相对不上。和打开的报告无关，不会改动它。"],
    },
    Topic {
        key: "data",
        title: "数据在哪里",
        text: &[
            "草稿只存在这台电脑这个浏览器里，不上传，也没有服务器；本页的安全策略禁止它向外发送任何内容。清理浏览器数据会删除草稿，请常导出数据文件备份。多人共用的电脑，用完可以在首页“清除本机全部数据”。",
        ],
    },
];
