//! The text of a Word file, with its tables as tab-separated lines.
//!
//! Knows the container and the few elements that carry text. Must not know what the text says. A file from outside is
//! data: sizes are limited while inflating, and whatever is wrong is said in words.

use std::fmt;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;

/// Largest file that is opened.
pub const MAX_BYTES: u64 = 50 * 1024 * 1024;
/// Largest text part, inflated. A report of a thousand pages has less.
const MAX_XML: u64 = 40 * 1024 * 1024;

/// Why a file has no text for us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocxError {
    /// Longer than [`MAX_BYTES`].
    TooLarge,
    /// The old `.doc` format, or an encrypted file: both begin alike.
    OldOrLocked,
    /// No zip container.
    NotWord,
    /// A container without a text part.
    NoText,
    /// The text part is longer than any report when inflated.
    Bomb,
    /// Cut short or damaged.
    Damaged,
}

impl fmt::Display for DocxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DocxError::TooLarge => "文件超过 50 MB，没有打开。请只保留正文，去掉图片后再试。",
            DocxError::OldOrLocked => {
                "这是旧版 Word（.doc）或加了密码的文件，没有打开。请在 Word 或 WPS 里去掉密码，另存为 .docx；也可以复制文字粘贴到这里。"
            }
            DocxError::NotWord => "这不是 Word（.docx）文件，没有打开。请确认文件，或复制文字粘贴到这里。",
            DocxError::NoText => "文件里没有 Word 正文，没有打开。请确认是 .docx 文件。",
            DocxError::Bomb => "文件解开后大得不像一份报告，没有打开。请复制文字粘贴到这里。",
            DocxError::Damaged => "文件不完整或已损坏，没有打开。请重新保存一次，或复制文字粘贴到这里。",
        })
    }
}

impl std::error::Error for DocxError {}

/// Reads the text of a Word file: a line for each paragraph and each row of a table.
///
/// # Errors
///
/// If the file is no `.docx`, is damaged, or too large.
pub fn text(bytes: &[u8]) -> Result<String, DocxError> {
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MAX_BYTES {
        return Err(DocxError::TooLarge);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(DocxError::OldOrLocked);
    }
    if !bytes.starts_with(b"PK") {
        return Err(DocxError::NotWord);
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| DocxError::Damaged)?;
    let part = archive.by_name("word/document.xml").map_err(|error| match error {
        zip::result::ZipError::FileNotFound => DocxError::NoText,
        _ => DocxError::Damaged,
    })?;
    let mut xml = String::new();
    // One byte more than is allowed tells a part that is too long from one that just fits.
    let read = part.take(MAX_XML + 1).read_to_string(&mut xml).map_err(|_| DocxError::Damaged)?;
    if u64::try_from(read).unwrap_or(u64::MAX) > MAX_XML {
        return Err(DocxError::Bomb);
    }
    lines(&xml)
}

/// Text of the document part.
fn lines(xml: &str) -> Result<String, DocxError> {
    let mut reader = Reader::from_str(xml);
    let mut out = Collected::default();
    loop {
        match reader.read_event().map_err(|_| DocxError::Damaged)? {
            Event::Start(element) => {
                out.open += 1;
                out.start(element.local_name().as_ref());
            }
            Event::Empty(element) => out.empty(element.local_name().as_ref()),
            Event::End(element) => {
                out.open -= 1;
                out.end(element.local_name().as_ref());
            }
            Event::Text(text) if out.in_text => out.push(&text),
            Event::GeneralRef(name) if out.in_text => {
                let c = match name.resolve_char_ref() {
                    Ok(Some(c)) => Some(c),
                    _ => named(&name),
                };
                if let Some(c) = c {
                    out.push(c.encode_utf8(&mut [0; 4]));
                }
            }
            // A text part that was cut short leaves elements open.
            Event::Eof if out.open != 0 => return Err(DocxError::Damaged),
            Event::Eof => return Ok(out.text),
            _ => {}
        }
    }
}

fn named(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

#[derive(Default)]
struct Collected {
    text: String,
    /// Elements that are not closed yet.
    open: i64,
    in_text: bool,
    /// Tables inside tables print into the cell that holds them.
    tables: usize,
    cell: String,
    cells: Vec<String>,
}

impl Collected {
    fn start(&mut self, name: &str) {
        match name {
            "t" => self.in_text = true,
            "tbl" => self.tables += 1,
            _ => {}
        }
    }

    fn empty(&mut self, name: &str) {
        match name {
            "tab" => self.push("\t"),
            "br" | "cr" => self.push("\n"),
            // An empty paragraph is an empty line.
            "p" => self.end("p"),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match (name, self.tables) {
            ("t", _) => self.in_text = false,
            ("p", 0) => self.text.push('\n'),
            ("p", _) if !self.cell.is_empty() && !self.cell.ends_with(' ') => self.cell.push(' '),
            ("tc", 1) => self.cells.push(std::mem::take(&mut self.cell).trim().to_owned()),
            ("tr", 1) => {
                let row = std::mem::take(&mut self.cells).join("\t");
                self.text.push_str(&row);
                self.text.push('\n');
            }
            ("tbl", _) => self.tables = self.tables.saturating_sub(1),
            _ => {}
        }
    }

    fn push(&mut self, piece: &str) {
        if self.tables == 0 {
            self.text.push_str(piece);
        } else {
            // Tabs and line ends would break the row apart.
            self.cell.extend(piece.chars().map(|c| if c.is_control() { ' ' } else { c }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn docx(name: &str, xml: &[u8]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(xml).unwrap();
        writer.finish().unwrap().into_inner()
    }

    const DOCUMENT: &str = r#"<?xml version="1.0"?><w:document xmlns:w="w"><w:body>
<w:p><w:r><w:t>编制16名，</w:t></w:r><w:r><w:t xml:space="preserve">其中行政8名 &lt;注&gt;&#20154;</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>项目</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>决算</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>合</w:t><w:tab/><w:t>计</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1,113</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p/><w:p><w:r><w:t>完</w:t></w:r></w:p></w:body></w:document>"#;

    #[test]
    fn paragraphs_are_lines_and_tables_are_tab_separated() {
        let text = text(&docx("word/document.xml", DOCUMENT.as_bytes())).unwrap();
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        assert_eq!(lines, ["编制16名，其中行政8名 <注>人", "项目\t决算", "合 计\t1,113", "完"]);
    }

    #[test]
    fn what_is_no_word_file_is_refused_in_words() {
        let whole = docx("word/document.xml", DOCUMENT.as_bytes());
        let cases: &[(&[u8], DocxError)] = &[
            (b"hello", DocxError::NotWord),
            (&[0xD0, 0xCF, 0x11, 0xE0, 0xA1], DocxError::OldOrLocked),
            (&whole[..whole.len() / 2], DocxError::Damaged),
            (&docx("xl/workbook.xml", b"<a/>"), DocxError::NoText),
            (&docx("word/document.xml", b"<w:p><w:t>cut"), DocxError::Damaged),
            (&docx("word/document.xml", &[0xFF, 0xFE, 0x00]), DocxError::Damaged),
        ];
        for (bytes, error) in cases {
            assert_eq!(text(bytes).as_ref().map(String::as_str).unwrap_or(""), "", "{error:?}");
            assert!(error.to_string().contains("没有打开"));
        }
    }

    #[test]
    fn a_bomb_is_stopped_while_it_is_inflated() {
        let bomb = docx("word/document.xml", &vec![b' '; usize::try_from(MAX_XML).unwrap() + 10]);
        assert!(bomb.len() < 1_000_000, "it is small");
        assert_eq!(text(&bomb), Err(DocxError::Bomb));
    }
}
