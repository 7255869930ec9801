//! Nodes to the text of an HTML file, and the report's data back out of such a file.
//!
//! The file stands alone: no script, no address outside itself, and a policy that forbids both. The report's data
//! lie in it as text, so that it can be opened again and worked on. This module knows how HTML text is escaped and
//! how a browser reads it; it must not know what a report contains, nor what the data mean.

use super::node::Node;
use super::render::Sheet;
use std::fmt;

/// The id of the element that carries the report's data, in exported files as in the page itself.
pub const DATA_ID: &str = "ziping-report";

/// What goes into a file.
#[derive(Clone, Copy, Debug)]
pub struct Standalone<'a> {
    /// The file's title, for tabs and search.
    pub title: &'a str,
    /// The report.
    pub sheets: &'a [Sheet],
    /// Its style sheet: `report.css` and `print.css` of this program, one after the other.
    pub css: &'a str,
    /// The SHA-256 of `css` in base64. With it the file accepts that one style sheet and no other. Without it any
    /// inline style is accepted; as nothing may be loaded from anywhere, such a style could change looks only.
    pub css_sha256: Option<&'a str>,
    /// The report's data as JSON text.
    pub report_json: Option<&'a str>,
}

/// Writes a file.
#[must_use]
pub fn standalone(file: &Standalone<'_>) -> String {
    let style_source = match file.css_sha256 {
        Some(hash) => format!("'sha256-{hash}'"),
        None => "'unsafe-inline'".to_owned(),
    };
    let policy = format!(
        "default-src 'none'; style-src {style_source}; img-src data:; base-uri 'none'; form-action 'none'"
    );
    let mut out = String::from("<!DOCTYPE html>\n<html lang=\"zh-CN\" class=\"report-file\">\n<head>\n");
    out.push_str("<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"");
    escape_into(&mut out, &policy);
    out.push_str("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.push_str("<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
    escape_into(&mut out, file.title);
    out.push_str("</title>\n");
    // The data come first: a file that was cut short on its way may have lost its looks, but not the report.
    if let Some(json) = file.report_json {
        out.push_str(&format!("<script type=\"application/json\" id=\"{DATA_ID}\">"));
        out.push_str(&escape_json(json));
        out.push_str("</script>\n");
    }
    out.push_str("<style>");
    // "<\/" means the same in a style sheet and cannot end the element.
    out.push_str(&file.css.replace("</", "<\\/"));
    out.push_str("</style>\n</head>\n<body>\n<main class=\"report print-root\">\n");
    for sheet in file.sheets {
        write(&mut out, &sheet.node());
        out.push('\n');
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// Nodes as HTML text.
#[must_use]
pub fn print(nodes: &[Node]) -> String {
    let mut out = String::new();
    for node in nodes {
        write(&mut out, node);
    }
    out
}

fn write(out: &mut String, node: &Node) {
    match node {
        Node::Text(text) => escape_into(out, text),
        Node::Element { tag, attrs, children } => {
            out.push('<');
            out.push_str(tag);
            for (name, value) in attrs {
                out.push(' ');
                out.push_str(name);
                out.push_str("=\"");
                escape_into(out, value);
                out.push('"');
            }
            out.push('>');
            if Node::is_void(tag) {
                return;
            }
            for child in children {
                write(out, child);
            }
            out.push_str("</");
            out.push_str(tag);
            out.push('>');
            // One line per row and paragraph, so that two versions of a file can be compared as text.
            if matches!(*tag, "tr" | "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "caption" | "thead" | "dl") {
                out.push('\n');
            }
        }
    }
}

/// Escapes text for content and for quoted attribute values alike. Characters that HTML does not allow at all become
/// U+FFFD, as a browser would show them.
fn escape_into(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(c),
            c if c.is_control() || is_noncharacter(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// The characters that could end the element or change how it is read. In JSON text they occur within strings only,
/// where an escape means the same.
const JSON_ESCAPES: [(char, &str); 5] =
    [('<', "u003c"), ('>', "u003e"), ('&', "u0026"), ('\u{2028}', "u2028"), ('\u{2029}', "u2029")];

/// JSON as it can stand in an element of a page.
pub fn escape_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match JSON_ESCAPES.iter().find(|(escaped, _)| *escaped == c) {
            Some((_, code)) => {
                out.push('\\');
                out.push_str(code);
            }
            None => out.push(c),
        }
    }
    out
}

/// Undoes [`escape_json`]. A backslash that is itself escaped does not begin an escape.
fn unescape_json(escaped: &str) -> String {
    let mut out = String::with_capacity(escaped.len());
    let mut rest = escaped;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let code = JSON_ESCAPES.iter().find_map(|(c, code)| Some((*c, after.strip_prefix(code)?)));
        if let Some((c, remainder)) = code {
            out.push(c);
            rest = remainder;
            continue;
        }
        out.push('\\');
        let mut characters = after.chars();
        out.extend(characters.next());
        rest = characters.as_str();
    }
    out.push_str(rest);
    out
}

/// Why no report could be taken out of an HTML file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ExtractError {
    /// No data element.
    Absent,
    /// The data element is there and empty, as in the page before a report is laid in.
    Empty,
    /// The file ends within the data.
    CutShort,
}

impl fmt::Display for ExtractError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ExtractError::Absent => {
                "这个网页文件里没有自评报告的数据。请选择由本工具导出的 HTML 文件，或改用 JSON 文件。"
            }
            ExtractError::Empty => "这个文件是本工具的页面，里面没有装入报告。请选择由“导出”得到的文件。",
            ExtractError::CutShort => {
                "文件不完整，报告数据在中途断开，可能复制或下载时没有完成。请重新复制一份再打开。"
            }
        })
    }
}

impl std::error::Error for ExtractError {}

/// Takes the report's data out of a file that [`standalone`] wrote, also after a browser saved it again with other
/// quotes, another order of attributes or comments of its own.
///
/// It is the same JSON text that was given, provided that this did not itself write `<`, `>`, `&`, U+2028 or U+2029
/// as escapes; those come back as characters, which means the same.
///
/// # Errors
///
/// If there is no data element, or nothing or only a part in it.
pub fn extract_report(html: &str) -> Result<String, ExtractError> {
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let name_length = after.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(after.len());
        let Some((name, attributes)) =
            after.split_at_checked(name_length).filter(|(name, _)| !name.is_empty())
        else {
            rest = after;
            continue;
        };
        let (is_data, content) = read_attributes(attributes);
        // What stands in these elements is text, even where it looks like an element.
        let raw =
            ["script", "style", "title", "textarea"].into_iter().find(|raw| name.eq_ignore_ascii_case(raw));
        let Some(raw) = raw else {
            rest = content;
            continue;
        };
        match (split_at_end_tag(content, raw), raw == "script" && is_data) {
            (Some((data, _)), true) if data.trim().is_empty() => return Err(ExtractError::Empty),
            (Some((data, _)), true) => return Ok(unescape_json(data)),
            (None, true) => return Err(ExtractError::CutShort),
            (Some((_, after)), false) => rest = after,
            (None, false) => return Err(ExtractError::Absent),
        }
    }
    Err(ExtractError::Absent)
}

/// Reads a start tag from behind its name: whether it bears the data's id, and what follows its `>`.
fn read_attributes(tag: &str) -> (bool, &str) {
    let mut is_data = false;
    let mut rest = tag;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return (is_data, rest);
        }
        if let Some(content) = rest.strip_prefix('>') {
            return (is_data, content);
        }
        let end = |c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/');
        // A name may begin with "=", and is at least one character long.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let length =
            rest.char_indices().find(|(at, c)| *at >= first && end(*c)).map_or(rest.len(), |(at, _)| at);
        let (name, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        let (value, after) = match after.trim_ascii_start().strip_prefix('=') {
            Some(assigned) => read_value(assigned.trim_ascii_start()),
            None => ("", after),
        };
        is_data |= name.eq_ignore_ascii_case("id") && value == DATA_ID;
        rest = after;
    }
}

fn read_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    let length = text.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(text.len());
    text.split_at_checked(length).unwrap_or((text, ""))
}

/// Splits at `</name`, in capitals or not.
fn split_at_end_tag<'a>(content: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    content.match_indices("</").find_map(|(at, _)| {
        let (before, end) = content.split_at_checked(at)?;
        let (word, after) = end.split_at_checked(name.len() + 2)?;
        let closes = word.get(2..)?.eq_ignore_ascii_case(name)
            && after.starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'));
        closes.then_some((before, after))
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::block::{
        Block, CellText, ColumnKind, Cover, HeadCell, Heading, Inline, Level, RowKind, Signature, Source,
        TableBlock, TableRow,
    };
    use super::super::render::sheets;
    use super::*;
    use expect_test::expect_file;

    const HOSTILE: &str = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&\u{0}\u{202e}";

    /// A report with one of everything.
    pub(in super::super) fn small() -> Vec<Block> {
        let value = |text: &str| Inline::value(text, "three_public.outturn");
        let row = |kind, cells: [&str; 3]| TableRow { kind, cells: cells.map(CellText::text).to_vec() };
        let table = |number: &str, wide| TableBlock {
            number: number.into(),
            caption: "三公经费支出情况".into(),
            unit: Some("万元".into()),
            wide,
            head: vec![
                vec![
                    HeadCell { rowspan: 2, ..HeadCell::new("项目") },
                    HeadCell { colspan: 2, ..HeadCell::new("2021年") },
                ],
                vec![HeadCell::new("年初预算"), HeadCell::new("决算")],
            ],
            columns: vec![ColumnKind::Text, ColumnKind::Number, ColumnKind::Number],
            rows: vec![
                row(RowKind::Body, ["公务接待费", "8.00", "—"]),
                row(RowKind::Sum, ["合计", "8.00", ""]),
                row(RowKind::Stated, ["上报合计", "12.88", "14.99"]),
                TableRow { kind: RowKind::Note, cells: vec![CellText::text("另有8项未填")] },
            ],
            notes: vec!["注：数据来自部门决算。".into()],
        };
        let missing = Inline::Value { text: "〔年初预算未填〕".into(), anchor: None, missing: true };
        vec![
            Block::Cover(Cover {
                title: vec!["信丰县科学技术局".into(), "2021年度部门整体支出绩效自评报告".into()],
                rows: vec![("填报日期".into(), "2022年3月5日".into())],
            }),
            Block::Heading(Heading {
                level: Level::First, number: "一、".into(), text: "部门概况".into()
            }),
            Block::Paragraph(vec![
                Inline::text("决算"),
                value("14.99万元"),
                Inline::text("，年初预算"),
                missing,
            ]),
            Block::Table(table("表1", false)),
            Block::Table(table("附表1", true)),
            Block::Paragraph(vec![Inline::text(HOSTILE)]),
            Block::Attachments(vec!["佐证清单".into(), "自评表".into()]),
            Block::Signature(Signature {
                unit: "信丰县科学技术局".into(), date: "2022年3月5日".into()
            }),
            Block::PageBreak,
            Block::Sources(vec![Source {
                anchor: "three_public.outturn".into(),
                label: "三公经费决算".into(),
                value: "14.99万元".into(),
                formula: "各项决算之和".into(),
                filled: vec![Inline::text("14.99")],
                document: "财预〔2013〕53号".into(),
            }]),
        ]
    }

    fn file(json: Option<&str>) -> String {
        let sheets = sheets(&small(), "");
        let css = ".report{color:#000}";
        standalone(&Standalone {
            title: HOSTILE,
            sheets: &sheets,
            css,
            css_sha256: Some("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
            report_json: json,
        })
    }

    #[test]
    fn golden() {
        expect_file!["../../../tests/golden/report-small.html"]
            .assert_eq(&file(Some(r#"{"a":"</script>"}"#)));
    }

    #[test]
    fn text_is_never_markup() {
        let nodes = [Node::text(HOSTILE), Node::classed("p", HOSTILE, Vec::new())];
        let escaped = "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;\u{fffd}\u{202e}";
        assert_eq!(print(&nodes), format!("{escaped}<p class=\"{escaped}\"></p>\n"));
        let file = file(None);
        assert!(!file.contains("<script") && !file.contains("<img"));
        assert_eq!(
            print(&[Node::text("a\u{b}\u{9f}\u{fffe}\u{10ffff}\r\n")]),
            "a\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\n"
        );
    }

    #[test]
    fn a_style_sheet_cannot_end_its_element() {
        let css = "a{}</style><script>";
        let file =
            standalone(&Standalone { title: "", sheets: &[], css, css_sha256: None, report_json: None });
        assert!(file.contains("a{}<\\/style><script></style>"));
        assert!(file.contains("style-src &#39;unsafe-inline&#39;;"));
        // The hash of a sheet holds only if nothing had to be changed in it.
        assert!(!include_str!("../../../style/report.css").contains("</"));
        assert!(!include_str!("../../../style/print.css").contains("</"));
    }

    #[test]
    fn the_data_come_back_as_they_were() {
        for text in [
            HOSTILE,
            "<!--<script>",
            "\u{2028}\u{2029}&amp;&lt;",
            r"\ \\ \\u003c \u0041 \",
            "a > b\n\t\"甲\"",
            "</SCRIPT\n>",
        ] {
            let json =
                serde_json::to_string_pretty(&serde_json::json!({ "text": text, "<k>": [1, null] })).unwrap();
            let html = file(Some(&json));
            assert_eq!(html.matches("</script").count(), 1);
            assert_eq!(extract_report(&html).as_deref(), Ok(json.as_str()));
        }
    }

    #[test]
    fn the_data_are_found_however_the_file_was_saved_again() {
        for open in [
            "<script type=\"application/json\" id=\"ziping-report\">",
            "<SCRIPT ID='ziping-report' type='application/json'>",
            "<script data-x=\"a>b\" id=ziping-report type=application/json >",
            "<script\n  type = \"application/json\"\n  id = \"ziping-report\" / >",
            "<!-- saved from url=(0014)about:internet <script id=ziping-report>0</script> --><script id=ziping-report>",
            "<style><script id=ziping-report></style><script>'<script id=ziping-report>'</script><script id=ziping-report>",
            "<p title=\"<script id=ziping-report>\">1 < 2 </p>< <>< script><script id=ziping-report =x>",
        ] {
            assert_eq!(extract_report(&format!("{open}{{}}</script >")).as_deref(), Ok("{}"), "{open}");
        }
    }

    #[test]
    fn what_is_not_there_is_named() {
        let cases = [
            ("", ExtractError::Absent),
            ("<p>ziping-report", ExtractError::Absent),
            ("<div id=\"ziping-report\">{}</div>", ExtractError::Absent),
            ("<script id=\"ziping-report2\">{}</script>", ExtractError::Absent),
            ("<!-- <script id=ziping-report>{}</script>", ExtractError::Absent),
            ("<script>never ended <script id=ziping-report>{}", ExtractError::Absent),
            ("<script id=ziping-report> \n</script>", ExtractError::Empty),
            ("<script id=ziping-report>{\"a\":", ExtractError::CutShort),
            ("<script id=\"ziping-report", ExtractError::CutShort),
        ];
        for (html, expected) in cases {
            assert_eq!(extract_report(html), Err(expected), "{html}");
        }
        assert!(ExtractError::CutShort.to_string().contains("不完整"));
    }

    #[test]
    fn a_file_cut_short_anywhere_is_an_error_or_whole() {
        let json = r#"{"name":"信丰县\\<b>"}"#;
        let html = file(Some(json));
        for (at, _) in html.char_indices() {
            if let Ok(found) = extract_report(html.get(..at).unwrap()) {
                assert_eq!(found, json);
            }
        }
    }
}
