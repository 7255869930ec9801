//! Stage 1: the text as it is read, character by character, each with its place in the original.
//!
//! Full-width digits and marks become half-width, blanks that say nothing go, and a line break inside a sentence
//! (text from PDF) is closed. Lines that are rows of a pasted table are kept apart. Nothing here is ever shown:
//! what is shown is cut from the original by the places kept.
//!
//! Must not know: numbers, words, relations.

use std::ops::Range;

/// A break between paragraphs.
pub const LINE: char = '\n';
/// A blank line, or a table between two paragraphs.
pub const BLANK: char = '\u{C}';

/// Characters for reading, with the character offset of each in the original.
#[derive(Debug, Default)]
pub struct Text {
    chars: Vec<char>,
    at: Vec<usize>,
}

impl Text {
    /// The character at an index; NUL outside, so that scanners need no bounds.
    pub fn at(&self, index: usize) -> char {
        self.chars.get(index).copied().unwrap_or('\0')
    }

    /// The character before an index; NUL before the first.
    pub fn before(&self, index: usize) -> char {
        index.checked_sub(1).map_or('\0', |index| self.at(index))
    }

    /// How many characters there are.
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// The characters of a range.
    pub fn slice(&self, range: Range<usize>) -> &[char] {
        self.chars.get(range).unwrap_or(&[])
    }

    /// The characters of a range as a string.
    pub fn string(&self, range: Range<usize>) -> String {
        self.slice(range).iter().collect()
    }

    /// Whether `word` stands at an index.
    pub fn starts(&self, index: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(offset, c)| self.at(index + offset) == c)
    }

    /// Where a range lies in the original.
    pub fn origin(&self, range: Range<usize>) -> Range<usize> {
        let from = self.at.get(range.start).copied();
        let last = range.end.checked_sub(1).and_then(|last| self.at.get(last)).copied();
        match (from, last) {
            (Some(from), Some(last)) if range.start < range.end => from..last + 1,
            (Some(from), _) => from..from,
            _ => 0..0,
        }
    }

    fn push(&mut self, c: char, at: usize) {
        self.chars.push(c);
        self.at.push(at);
    }
}

/// One line of the original, without its end.
#[derive(Debug, Clone)]
pub struct Line {
    /// Character offsets in the original.
    pub range: Range<usize>,
    /// Width without blanks at the ends; a Chinese character is 2 wide.
    width: usize,
    /// Whether a table row was recognised in it.
    pub table: bool,
}

/// The half-width, simplified form of a character.
pub fn simple(c: char) -> char {
    // Chinese characters and most of ASCII stay as they are.
    if matches!(c, '\u{4E00}'..='\u{9FFF}' | ' '..='~') {
        return c;
    }
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '｡' => '。',
        '﹐' => ',',
        '﹪' => '%',
        '−' | '﹣' | '‐' | '‑' | '‒' | '–' => '-',
        '〈' => '<',
        '〉' => '>',
        '\u{A0}' | '\u{3000}' => ' ',
        '\r' | '\u{B}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        _ => c,
    }
}

/// Lines of the original.
pub fn lines(original: &[char]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut from = 0;
    for (index, c) in original.iter().enumerate() {
        if simple(*c) == '\n' {
            lines.push(line(original, from..index));
            from = index + 1;
        }
    }
    lines.push(line(original, from..original.len()));
    lines
}

fn line(original: &[char], range: Range<usize>) -> Line {
    let chars = original.get(range.clone()).unwrap_or(&[]);
    let widths = chars.iter().map(|c| simple(*c)).filter(|c| !c.is_whitespace());
    let width = widths.map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    Line { range, width, table: false }
}

/// Joins the lines to the text that is read.
pub fn read(original: &[char], lines: &[Line]) -> Text {
    let mut text = Text { chars: Vec::with_capacity(original.len()), at: Vec::with_capacity(original.len()) };
    let mut pending = None;
    for (index, line) in lines.iter().enumerate() {
        if line.width == 0 || line.table {
            pending = Some(BLANK);
            continue;
        }
        let at = line.range.start;
        if let Some(mark) = pending.take() {
            let same = text.chars.last().is_some_and(|c| *c == BLANK);
            if !same && text.len() > 0 {
                text.push(mark, at.saturating_sub(1));
            }
        }
        push_line(&mut text, original, line);
        if let Some(next) = lines.get(index + 1)
            && next.width > 0
            && !next.table
            && breaks(original, lines, index)
        {
            pending = Some(LINE);
        }
    }
    text
}

fn push_line(text: &mut Text, original: &[char], line: &Line) {
    let chars = original.get(line.range.clone()).unwrap_or(&[]);
    let mut blank = None;
    let mut first = true;
    for (offset, c) in chars.iter().enumerate() {
        let c = simple(*c);
        let at = line.range.start + offset;
        if is_mark(c) {
            continue;
        }
        if c.is_whitespace() {
            blank = Some(at);
            continue;
        }
        // A blank says something only between two numbers or Latin words.
        if let Some(blank) = blank.take()
            && !first
            && solid(text.before(text.len()))
            && solid(c)
            && c != '%'
        {
            text.push(' ', blank);
        }
        first = false;
        text.push(c, at);
    }
}

/// Invisible characters.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

fn solid(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '%' | '.')
}

/// No page holds a wider line: what is longer is a paragraph of its own.
const WIDEST: usize = 130;
const NARROWEST: usize = 20;

/// Whether the break after a line ends a paragraph, rather than wrapping a sentence.
fn breaks(original: &[char], lines: &[Line], index: usize) -> bool {
    let (Some(this), Some(next)) = (lines.get(index), lines.get(index + 1)) else { return true };
    // A list number is no longer than this.
    const NUMBER: usize = 8;
    let head: Vec<char> = seen(original, next).take(NUMBER).collect();
    let (Some(first), Some(last)) = (head.first().copied(), seen(original, this).next_back()) else {
        return true;
    };
    // A mark that cannot begin a line belongs to the sentence before.
    if matches!(first, '.' | '。' | ',' | ';' | ':' | '、' | ')' | '》' | '”' | '%') {
        return false;
    }
    if enumerator(&head) > 0 {
        return true;
    }
    let around = lines.get(index.saturating_sub(3)..(index + 4).min(lines.len())).unwrap_or(&[]);
    let widest = around.iter().map(|line| line.width).max().unwrap_or(0);
    let full = widest <= WIDEST && this.width >= NARROWEST && this.width * 100 >= widest * 64;
    let cut = widest <= WIDEST
        && this.width >= NARROWEST
        && this.width * 100 >= widest * 45
        && first.is_ascii_digit()
        && (last.is_ascii_digit() || last == '.');
    if matches!(last, '。' | '!' | '?') {
        // A short line without a mark is a heading, however full the line before.
        let ends = seen(original, next)
            .next_back()
            .is_some_and(|c| matches!(c, '。' | ',' | ';' | '、' | ')' | '”'));
        return !full || (next.width * 100 < widest * 60 && !ends);
    }
    // Among longer paragraphs, lines of one width are one wrapped paragraph.
    let alike = |line: &&Line| line.width.abs_diff(this.width) * 100 <= this.width * 12;
    let full = full
        || (this.width >= 2 * NARROWEST && this.width <= WIDEST && around.iter().filter(alike).count() > 2);
    let start: Vec<char> = seen(original, this).take(NUMBER).collect();
    let heading = enumerator(&start) > 0 && !seen(original, this).any(|c| matches!(c, ',' | '。' | ';'));
    if heading && !full {
        return true;
    }
    if full || cut || matches!(last, ',' | '、' | '(' | '“' | '《') {
        return false;
    }
    // A number and its unit, or a word and its number, are never parted by the end of a paragraph.
    let unit = matches!(first, '万' | '亿' | '元') && last.is_ascii_digit();
    let number =
        first.is_ascii_digit() && matches!(last, '为' | '的' | '计' | '占' | '加' | '少' | '长' | '降');
    !(unit || number)
}

/// The characters of a line that are seen.
fn seen<'a>(original: &'a [char], line: &Line) -> impl DoubleEndedIterator<Item = char> + 'a {
    let chars = original.get(line.range.clone()).unwrap_or(&[]);
    chars.iter().map(|c| simple(*c)).filter(|c| !c.is_whitespace() && !is_mark(*c))
}

/// The length of a list number at the start of a line ("一、", "(一)", "1.", "①", "第一部分"), else 0.
pub fn enumerator(chars: &[char]) -> usize {
    let at = |index: usize| chars.get(index).copied().unwrap_or('\0');
    let run = |from: usize, test: fn(char) -> bool| chars.iter().skip(from).take_while(|c| test(**c)).count();
    if ('①'..='⑳').contains(&at(0)) {
        return 1;
    }
    if at(0) == '第' {
        let n = run(1, chinese_digit);
        return if n > 0 && matches!(at(n + 1), '部' | '章' | '节') { n + 2 } else { 0 };
    }
    let open = usize::from(at(0) == '(');
    let (digits, chinese) = (run(open, |c| c.is_ascii_digit()), run(open, chinese_digit));
    let n = digits.max(chinese);
    if n == 0 || n > 3 {
        return 0;
    }
    let mark = at(open + n);
    if open == 1 {
        return if mark == ')' { n + 2 } else { 0 };
    }
    let follows = at(n + 1);
    match mark {
        '、' => n + 1,
        '.' if !follows.is_ascii_digit() && (digits > 0 || chinese > 0) => n + 1,
        ')' if digits > 0 => n + 1,
        _ => 0,
    }
}

/// A digit of a Chinese list number.
pub fn chinese_digit(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}
