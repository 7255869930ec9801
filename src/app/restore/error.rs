//! Why something from outside did not become a report, in words that name the place.

use std::fmt;

use serde_json::Value;
use serde_path_to_error::Segment;

use super::MAX_BYTES;
use crate::domain::document::{Document, VERSION};
use crate::domain::facts::label;
use crate::domain::record::{FieldDef, Kind};
use crate::domain::report::html::ExtractError;
use crate::domain::tables::TableDef;

/// What was wrong with the bytes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-16, which Windows programs call “Unicode”.
    Utf16,
    /// Anything else that is not UTF-8.
    Other,
}

/// What was wrong with the text of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// The text ends in the middle.
    CutShort,
    /// More levels than any report has.
    TooDeep,
    /// A number past what can be kept.
    HugeNumber,
    /// A key stands twice, and one of both would be lost.
    Duplicate(String),
    /// No JSON.
    Malformed,
}

/// Why nothing was opened. Shown as it is: what happened and where, that the open report stays, what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RestoreError {
    /// More bytes than are read.
    TooLarge {
        /// How many.
        bytes: u64,
    },
    /// Not UTF-8.
    Encoding(Encoding),
    /// A file of another program.
    OtherFile {
        /// What it is, in words.
        kind: &'static str,
    },
    /// Nothing in it.
    Empty,
    /// A page without a report in it.
    Html(ExtractError),
    /// Damaged, or no JSON.
    Syntax {
        /// How.
        problem: Syntax,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// JSON of something else.
    Foreign,
    /// The report does not say in which version of the format it is.
    NoVersion,
    /// From a newer version of this program.
    Newer {
        /// Version of the format.
        version: u64,
    },
    /// From before the first version that was handed out.
    TooOld {
        /// Version of the format.
        version: u64,
    },
    /// An older version that could not be brought up to date.
    Migration {
        /// Version of the format.
        version: u64,
        /// Why, in words.
        reason: String,
    },
    /// Something of another type than the format has there.
    Content {
        /// The place in words; empty where there are none.
        place: String,
        /// The path in the file: `projects[6].outturn`.
        path: String,
        /// What stands there.
        found: String,
        /// What should.
        expected: &'static str,
    },
}

impl RestoreError {
    /// The error at a path of a value.
    pub(super) fn content(root: &Value, path: &[&Segment], written: String) -> Self {
        let (place, expected) = place(path);
        let found = path
            .iter()
            .try_fold(root, |value, segment| match segment {
                Segment::Seq { index } => value.get(index),
                Segment::Map { key } => value.get(key),
                Segment::Enum { .. } | Segment::Unknown => Some(value),
            })
            .map_or_else(|| "缺少内容".to_owned(), describe);
        RestoreError::Content { place, path: written, found, expected }
    }

    /// What happened and where, without its full stop.
    pub fn what(&self) -> String {
        match self {
            RestoreError::TooLarge { bytes } => {
                let (size, most) = (bytes.div_ceil(1 << 20), MAX_BYTES >> 20);
                format!("文件有 {size} MB，超过了可以打开的 {most} MB")
            }
            RestoreError::Encoding(Encoding::Utf16) => "文件是 UTF-16 编码，不是 UTF-8".to_owned(),
            RestoreError::Encoding(Encoding::Other) => {
                "文件不是 UTF-8 编码的文字，可能被别的程序改存过，或者不是文本文件".to_owned()
            }
            RestoreError::OtherFile { kind } => format!("这是{kind}，不是自评报告的数据文件"),
            RestoreError::Empty => "文件是空的".to_owned(),
            RestoreError::Html(ExtractError::Absent) => "这个网页文件里没有自评报告的数据".to_owned(),
            RestoreError::Html(ExtractError::Empty) => "这是本工具的页面，里面没有装入报告".to_owned(),
            RestoreError::Html(ExtractError::CutShort) => "文件不完整，报告数据在中途断开".to_owned(),
            RestoreError::Syntax { problem, line, column } => {
                let at = format!("第 {line} 行第 {column} 列");
                match problem {
                    Syntax::CutShort => format!("文件不完整，在{at}处中断"),
                    Syntax::TooDeep => format!("文件内容嵌套过深（{at}），不是自评报告的数据"),
                    Syntax::HugeNumber => format!("{at}的数字过大，无法读取"),
                    Syntax::Duplicate(key) => {
                        format!("{at}：“{}”在同一处出现了两次，无法判断以哪一个为准", short(key))
                    }
                    Syntax::Malformed => format!("文件不是完好的 JSON 文本，{at}处无法读取"),
                }
            }
            RestoreError::Foreign => "这个 JSON 文件不是自评通的报告".to_owned(),
            RestoreError::NoVersion => "文件没有写明格式版本（version），或写法不对".to_owned(),
            RestoreError::Newer { version } => {
                format!("文件由更新版本的自评通保存（格式版本 {version}，本页面能读到 {VERSION}）")
            }
            RestoreError::TooOld { version } => format!("文件的格式版本是 {version}，没有这样的版本"),
            RestoreError::Migration { version, reason } => {
                format!("文件的格式版本是 {version}，无法转换为现在的版本：{reason}")
            }
            RestoreError::Content { place, path, found, expected } => {
                let (open, close) = if place.is_empty() { ("", "") } else { ("（", "）") };
                format!("{place}{open}{path}{close}：{expected}，文件里是{found}")
            }
        }
    }

    /// What to do next, with its full stop.
    pub fn todo(&self) -> &'static str {
        match self {
            RestoreError::TooLarge { .. } => "请确认选对了文件。",
            RestoreError::Encoding(_) => {
                "请用本工具重新导出，或在记事本中“另存为”并把编码选为 UTF-8，再打开。"
            }
            RestoreError::OtherFile { .. } | RestoreError::Foreign => {
                "请选择由本工具导出的 .ziping.json 或 HTML 文件。"
            }
            RestoreError::Empty => "文件可能没有下载完，请重新取一份。",
            RestoreError::Html(ExtractError::Absent | ExtractError::Empty) => {
                "请选择由本工具“导出”得到的 HTML 文件，或改用 JSON 文件。"
            }
            RestoreError::Html(ExtractError::CutShort)
            | RestoreError::Syntax { problem: Syntax::CutShort, .. } => {
                "可能复制或下载时没有完成，请重新取一份再打开。"
            }
            RestoreError::Syntax { .. } => "请确认选对了文件；如果手工改过，请改正这一处，或用原来的文件。",
            RestoreError::Newer { .. } => "文件没有改动。请换用新版的页面打开。",
            RestoreError::NoVersion
            | RestoreError::TooOld { .. }
            | RestoreError::Migration { .. }
            | RestoreError::Content { .. } => "请用原来的文件，或改正这一处后再打开。",
        }
    }
}

impl fmt::Display for RestoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "没有打开：{}。当前打开的报告没有变动。{}", self.what(), self.todo())
    }
}

impl std::error::Error for RestoreError {}

/// The place of a path in words, and what should stand there.
fn place(path: &[&Segment]) -> (String, &'static str) {
    let mut keys = path.iter();
    let Some(Segment::Map { key: owner }) = keys.next() else {
        return (String::new(), "应是一组内容");
    };
    if let Some((_, defs)) = Document::LISTS.iter().find(|(name, _)| name == owner) {
        let title = Some(label::title(owner)).filter(|title| !title.is_empty()).unwrap_or(owner);
        return match (keys.next(), keys.next()) {
            (Some(Segment::Seq { index }), Some(Segment::Map { key })) => {
                let (label, expected) = field(defs, key);
                (format!("表“{title}”第 {} 行“{label}”", index.saturating_add(1)), expected)
            }
            (Some(Segment::Seq { index }), _) => {
                (format!("表“{title}”第 {} 行", index.saturating_add(1)), "应是一行内容")
            }
            _ => (format!("表“{title}”"), "应是一张表的各行"),
        };
    }
    if let Some((name, defs)) = Document::SECTIONS.iter().find(|(name, _)| name == owner) {
        let title = section_name(name);
        return match keys.next() {
            Some(Segment::Map { key }) => {
                let (label, expected) = field(defs, key);
                (format!("{title}“{label}”"), expected)
            }
            _ => (title, "应是一组内容"),
        };
    }
    let words = match owner.as_str() {
        "template" => "模板",
        "scoring" => "评分模板",
        "export" => "导出信息",
        _ => "",
    };
    (words.to_owned(), "内容的类型不对")
}

fn field<'a>(defs: &[FieldDef], key: &'a str) -> (&'a str, &'static str) {
    match defs.iter().find(|def| def.key == key) {
        Some(def) if def.kind.is_numeric() => (def.label, "应是带引号的数字（如 \"12.88\"）、\"-\" 或 null"),
        Some(FieldDef { kind: Kind::Year, label, .. }) => (label, "应是带引号的年份（如 \"2021\"）或 null"),
        Some(def) => (def.label, "应是带引号的文字或 null"),
        None => (key, "内容的类型不对"),
    }
}

/// What users call a section of the file.
pub(in crate::app) fn section_name(section: &str) -> String {
    if let Some((table, sum)) = TableDef::by_stated(section) {
        let label = if sum.label == "合计" { table.title } else { sum.label };
        return format!("上报合计“{label}”的");
    }
    let words = match section {
        "profile" => "封面与基本信息",
        "staffing" => "人员情况",
        "receipts_stated" => "上报的总计（收）",
        "payments_stated" => "上报的总计（支）",
        "expenditure_detail" => "支出的其中数",
        "payment_progress" => "支付进度",
        "carryover_stated" => "上报的结转结余",
        "assets_stated" => "上报的资产合计",
        "publication" => "结果公开",
        "score_stated" => "自评表的上报总分",
        "three_public_counts" => "“三公”经费的批次和人次",
        "narratives" => "正文",
        _ => "",
    };
    words.to_owned()
}

fn describe(value: &Value) -> String {
    match value {
        Value::Null => "空值 null".to_owned(),
        Value::Bool(value) => format!("真假值 {value}"),
        Value::Number(value) => format!("没有引号的数字 {value}"),
        Value::String(text) => format!("文字“{}”", short(text)),
        Value::Array(_) => "一个列表".to_owned(),
        Value::Object(_) => "一组内容".to_owned(),
    }
}

/// The beginning of a text, on one line.
fn short(text: &str) -> String {
    const MOST: usize = 24;
    let line: String = text.chars().take(MOST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(MOST).is_some() { format!("{line}…") } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_has_a_name_in_words() {
        for (section, _) in Document::SECTIONS {
            assert!(!section_name(section).is_empty(), "{section}");
        }
    }
}
