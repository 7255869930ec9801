//! The words before a quantity, reduced to what names it, so that two labels can be compared.
//!
//! Left out: years, list words (其中), copulas (为, 达到), brackets and quotation marks, words that say only that it
//! is a figure (决算, 合计, 金额). Kept: everything that tells one quantity from another (财政拨款, 基本, 本级).
//!
//! Must not know: quantities, tokens.

use super::mask::Mask;

/// Words without a meaning of their own at the end of a label.
const COPULAS: &[&str] = &[
    "约为",
    "达到",
    "分别为",
    "分别是",
    "各是",
    "各为",
    "共计",
    "合计",
    "总计",
    "总额",
    "总数",
    "为",
    "是",
    "达",
    "约",
    "了",
    "仅",
    "共",
    "计",
    "分别",
    "各",
    "均",
    "到",
    "的",
    "数",
    "额",
    "金额",
    "已",
    "将",
];

/// Words that say only that something is a figure of accounts.
const FILLERS: &[&str] = &[
    "支出决算",
    "决算",
    "年初",
    "年末",
    "全年",
    "当年",
    "本年度",
    "本年",
    "年度",
    "今年",
    "合计",
    "总计",
    "共计",
    "总额",
    "总数",
    "总量",
    "金额",
    "资金总",
    "安排",
    "我局",
    "我镇",
    "我县",
    "本局",
    "本单位",
    "本部门",
    "本校",
    "其中",
    "的",
    "了",
    "共有",
    "现有",
    "总",
    "达到",
    "为",
    "实现",
    "完成",
];

/// Different ways to write one name.
const SYNONYMS: &[(&str, &str)] = &[
    ("公务用车购置及运行维护", "公务用车购置及运行"),
    ("公车", "公务用车"),
    ("运行维护", "运行"),
    ("运维", "运行"),
    ("费用", "费"),
    ("业务接待", "公务接待"),
    ("因公出国境", "因公出国"),
    ("因公出境国", "因公出国"),
    ("商品服务", "商品和服务"),
    ("高企", "高新技术企业"),
];

/// The text without what is in brackets. A bracket that does not close takes nothing away.
pub fn without_brackets(text: &str) -> String {
    if !text.contains(['(', '[', '〔', '【']) {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut open: Vec<usize> = Vec::new();
    for c in text.chars() {
        match c {
            '(' | '[' | '〔' | '【' => {
                open.push(out.len());
                out.push(c);
            }
            ')' | ']' | '〕' | '】' => match open.pop() {
                Some(at) => out.truncate(at),
                None => out.push(c),
            },
            _ => out.push(c),
        }
    }
    out
}

/// The label without copulas at its end.
pub fn trim_copulas(label: &str) -> &str {
    let mut rest = label.trim_end();
    loop {
        // The last characters of the words.
        const LASTS: &[char] = &[
            '为', '到', '是', '计', '额', '数', '达', '约', '了', '仅', '共', '别', '各', '均', '的', '已',
            '将',
        ];
        if !rest.ends_with(LASTS) {
            return rest;
        }
        let found = COPULAS.iter().find_map(|word| rest.strip_suffix(word));
        match found {
            Some(shorter) => rest = shorter.trim_end_matches([':', ',', '、', ' ']),
            None => return rest,
        }
    }
}

/// Leaves out "2021年度", "2021年", "1-5月".
pub fn without_years(text: &str) -> String {
    if !text.contains(['年', '月']) {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let mut index = 0;
    while let Some(c) = chars.get(index) {
        let digits = chars.iter().skip(index).take_while(|c| c.is_ascii_digit() || **c == '-').count();
        let after = chars.get(index + digits).copied();
        if digits > 0 && matches!(after, Some('年' | '月')) {
            index += digits + 1;
            while matches!(chars.get(index), Some('度' | '份')) {
                index += 1;
            }
        } else {
            out.push(*c);
            index += 1;
        }
    }
    out
}

/// What a label names.
pub fn core(label: &str) -> String {
    let mut text = without_years(&without_brackets(label));
    text.retain(|c| {
        !matches!(c, '“' | '”' | '"' | '《' | '》' | ' ' | ',' | ':' | '。' | '\n' | '*' | '\'' | '‘' | '’')
    });
    let mut text = trim_copulas(&text).to_owned();
    let mask = Mask::of(&text);
    for (from, to) in SYNONYMS {
        if mask.may(from) && text.contains(from) && !(text.contains(to) && from.len() < to.len()) {
            text = text.replace(from, to);
        }
    }
    if text.starts_with("车辆购置") || text.starts_with("车辆运行") {
        text = text.replacen("车辆", "公务用车", 1);
    }
    let mask = Mask::of(&text);
    for filler in FILLERS {
        if mask.may(filler) && text.contains(filler) {
            text = text.replace(filler, "");
        }
    }
    // 共 stands before a figure; 公共 keeps its own.
    let text = text.trim_start_matches('共').to_owned();
    let mut text = text;
    for end in ["预算", "经费", "费", "数", "额"] {
        if let Some(shorter) = text.strip_suffix(end)
            && shorter.chars().count() >= 2
        {
            text = shorter.to_owned();
        }
    }
    // "公务接待费支出" and "公务接待费" are one name.
    let three =
        ["公务用车", "公务接待", "因公出国", "三公", "机关运行"].iter().any(|word| text.contains(word));
    if three && let Some(shorter) = text.strip_suffix("支出") {
        text =
            shorter.strip_suffix("经费").or_else(|| shorter.strip_suffix('费')).unwrap_or(shorter).to_owned();
    }
    text
}

/// Words that tell quantities of one kind apart: a label that has one of a group does not mean one without it.
const GROUPS: &[&[&str]] = &[
    &["收入"],
    &["支出"],
    &["基本"],
    &["项目"],
    &["人员"],
    &["公用"],
    &["税收"],
    &["非税"],
    &["政府性基金", "基金"],
    &["国有资本"],
    &["一般公共", "公共预算"],
    &["三公"],
    &["接待"],
    &["用车", "车辆"],
    &["出国"],
    &["购置"],
    &["运行"],
    &["采购"],
    &["货物"],
    &["工程"],
    &["服务"],
    &["工资"],
    &["资本性"],
    &["结转", "结余"],
    &["上级", "转移"],
    &["中央"],
    &["省级", "全省"],
    &["地方"],
    &["上划"],
    &["机关"],
];

/// Whether `label` names the quantity that a base phrase asks for: all characters of the phrase are in it, in any
/// order, and it has no word that tells it apart from the phrase. Both are cores.
pub fn names(label: &str, phrase: &str) -> bool {
    if phrase.is_empty() || label.is_empty() {
        return false;
    }
    let contains = phrase.chars().all(|c| label.contains(c));
    contains && !tells_apart(label, phrase)
}

/// Whether one label has a word of a group that the other lacks.
pub fn tells_apart(label: &str, phrase: &str) -> bool {
    let (here, there) = (Mask::of(label), Mask::of(phrase));
    GROUPS.iter().any(|group| {
        // "一般公共预算财政拨款支出" may leave out the fund where the phrase names it, never the other way.
        here.any(label, group) && !there.any(phrase, group)
    })
}

/// Sets of names that together are a whole.
const WHOLES: &[&[&str]] = &[
    &["基本支出", "项目支出"],
    &["基本收入", "项目收入"],
    &["人员", "公用"],
    &["工资福利", "商品"],
    &["行政编制", "事业编制"],
    &["在职", "退休"],
    &["货物", "服务"],
    &["税收", "非税"],
    &["税务", "财政部门"],
    &["出国", "接待", "用车"],
    &["购置", "运行"],
    &["上级", "本级"],
    &["上级", "县级"],
    &["本级", "转移支付"],
    &["本年收入", "年初结转"],
    &["本年支出", "年末结转"],
    &["中央", "自筹"],
    &["中央", "县"],
    &["省", "县", "自筹"],
    &["财政", "自筹"],
    &["行政单位", "事业单位"],
    &["县本级", "乡镇"],
    &["男", "女"],
    &["优", "良"],
    &["本科", "大专"],
    &["国税", "地税"],
    &["一般公共预算", "政府性基金"],
    &["财政拨款", "其他收入"],
    &["集中采购", "分散采购"],
    &["行政村", "社区"],
    &["小学", "初中"],
    &["城市", "农村"],
    &["城镇", "农村"],
    &["人员类", "运转类", "特定目标类"],
];

/// Whether the labels of a list belong to a known division into parts, so that the list may be held to be whole.
pub fn known_whole(labels: &[&str]) -> bool {
    WHOLES.iter().any(|set| {
        let covered = set.iter().all(|word| labels.iter().any(|label| label.contains(word)));
        covered && set.len() <= labels.len()
    })
}

/// Whether two labels are the two halves of one whole, so that nothing can stand beside them.
pub fn halves(a: &str, b: &str) -> bool {
    const HALVES: &[(&str, &str)] = &[
        ("基本支出", "项目支出"),
        ("基本收入", "项目收入"),
        ("人员经费", "公用经费"),
        ("税收收入", "非税收入"),
        ("集中采购", "分散采购"),
    ];
    // 非税收入 contains 税收入, never 税收收入.
    HALVES.iter().any(|(x, y)| (a.contains(x) && b.contains(y)) || (a.contains(y) && b.contains(x)))
}

/// Whether `short` is an abbreviation of `long`: its characters stand in it, in this order.
pub fn abbreviates(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|other| other == c))
}
