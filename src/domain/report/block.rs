//! The report as numbered blocks, in the words of the field: headings, paragraphs, tables, signature, sources.
//!
//! This is what every form of the report (page, HTML file, Word, text) is made from. It holds texts that are ready to
//! be read: values formatted, headings numbered. It must not know markup, paper, styles, or where a value came from
//! beyond the name of its entry in the annex of sources.

/// One piece of the report, in reading order.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Block {
    /// The cover, a page of its own.
    Cover(Cover),
    /// The title over the text. Line ends (`\n`) stay, as official titles are broken by sense.
    Title(String),
    /// A heading of the outline.
    Heading(Heading),
    /// A paragraph of running text.
    Paragraph(Vec<Inline>),
    /// A table.
    Table(TableBlock),
    /// 附件说明 below the text: one name per attachment; they are numbered if there are several.
    Attachments(Vec<String>),
    /// Who signs, and when.
    Signature(Signature),
    /// What follows begins on a new page.
    PageBreak,
    /// The annex 数据来源与计算.
    Sources(Vec<Source>),
}

/// The cover.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Cover {
    /// The lines of its title.
    pub title: Vec<String>,
    /// Label and value of each line below: 部门（单位）全称（公章）, 填报日期, 联系人 and so on.
    pub rows: Vec<(String, String)>,
}

/// A heading.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Heading {
    /// Its place in the hierarchy.
    pub level: Level,
    /// Its number as printed ("一、", "（一）", "1.", "（1）"), from [`Numbering`]; empty where none is printed.
    pub number: String,
    /// Its words.
    pub text: String,
}

/// The four levels of headings that official documents know.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Level {
    /// 一、
    First,
    /// （一）
    Second,
    /// 1.
    Third,
    /// （1）
    Fourth,
}

/// A piece of a paragraph or of a cell.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Inline {
    /// Text as written.
    Text(String),
    /// A value that came from a field or was computed.
    Value {
        /// As printed, with its unit where it has one; for a missing value the words that say what is missing.
        text: String,
        /// The [`Source::anchor`] of its entry in the annex. Without such an entry it prints as plain text.
        anchor: Option<String>,
        /// Whether there is no value yet.
        missing: bool,
    },
}

/// A table.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct TableBlock {
    /// "表1" or "附表1", from [`TableNumbers`].
    pub number: String,
    /// What it shows.
    pub caption: String,
    /// The unit of its amounts, printed as 单位：万元.
    pub unit: Option<String>,
    /// Whether it needs a landscape page. Wide tables print after the text, with a reference where they stood.
    pub wide: bool,
    /// The rows of its head, from the top.
    pub head: Vec<Vec<HeadCell>>,
    /// How each column is set. The first `Text` column names its row.
    pub columns: Vec<ColumnKind>,
    /// Its rows, sums among them.
    pub rows: Vec<TableRow>,
    /// Notes below it.
    pub notes: Vec<String>,
}

/// A cell of a table's head. A cell over two columns stands once, with a colspan of 2.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct HeadCell {
    /// Its words.
    pub text: String,
    /// Columns it covers; 0 counts as 1.
    pub colspan: usize,
    /// Rows it covers; 0 counts as 1.
    pub rowspan: usize,
}

/// How a column is set.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum ColumnKind {
    /// Words, from the left.
    #[default]
    Text,
    /// Amounts and counts, to the right, never broken.
    Number,
    /// Short marks, centred.
    Center,
}

/// A row of a table.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TableRow {
    /// What the row is.
    pub kind: RowKind,
    /// Its cells from the left, without those that a rowspan above already covers. Missing ones print empty.
    pub cells: Vec<CellText>,
}

/// What a row is.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum RowKind {
    /// A row of data.
    #[default]
    Body,
    /// A computed total or subtotal.
    Sum,
    /// 上报合计: a total that an outside paper states.
    Stated,
    /// A remark inside the table; a single cell covers the whole width.
    Note,
}

/// A cell.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CellText {
    /// What it says.
    pub inlines: Vec<Inline>,
    /// Columns it covers; 0 counts as 1.
    pub colspan: usize,
    /// Rows it covers; 0 counts as 1.
    pub rowspan: usize,
}

/// Who signs, and when.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Signature {
    /// The unit's full name.
    pub unit: String,
    /// The date as printed: 2022年3月5日.
    pub date: String,
}

/// An entry of the annex 数据来源与计算. Where the value is used is found when the report is rendered, so that the
/// annex lists exactly what is printed.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Source {
    /// The name by which values point here; one entry each.
    pub anchor: String,
    /// What the value is called.
    pub label: String,
    /// The value as printed.
    pub value: String,
    /// The formula in names: "决算 ÷ 年初预算 × 100%". Empty for a value that was typed.
    pub formula: String,
    /// The formula with its inputs filled in; computed inputs point to their own entries.
    pub filled: Vec<Inline>,
    /// The paper that the value or the formula comes from. Empty where there is none.
    pub document: String,
}

impl Inline {
    /// Text as written.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Inline {
        Inline::Text(text.into())
    }

    /// A value with its entry in the annex.
    #[must_use]
    pub fn value(text: impl Into<String>, anchor: impl Into<String>) -> Inline {
        Inline::Value { text: text.into(), anchor: Some(anchor.into()), missing: false }
    }
}

impl HeadCell {
    /// A head cell over one column and one row.
    #[must_use]
    pub fn new(text: impl Into<String>) -> HeadCell {
        HeadCell { text: text.into(), colspan: 1, rowspan: 1 }
    }
}

impl CellText {
    /// A cell of these pieces.
    #[must_use]
    pub fn new(inlines: Vec<Inline>) -> CellText {
        CellText { inlines, colspan: 1, rowspan: 1 }
    }

    /// A cell of plain text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> CellText {
        CellText::new(vec![Inline::text(text)])
    }
}

impl Level {
    /// All levels from the top.
    pub const ALL: [Level; 4] = [Level::First, Level::Second, Level::Third, Level::Fourth];

    /// 1 for the top level, 4 for the lowest.
    #[must_use]
    pub fn depth(self) -> usize {
        match self {
            Level::First => 1,
            Level::Second => 2,
            Level::Third => 3,
            Level::Fourth => 4,
        }
    }

    /// The level of a depth from 1 to 4.
    #[must_use]
    pub fn from_depth(depth: usize) -> Option<Level> {
        Level::ALL.get(depth.checked_sub(1)?).copied()
    }
}

/// How the numbers of one level are written. A template gives it by its first number ("一、", "（1）").
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Marker {
    before: String,
    chinese: bool,
    after: String,
}

impl Marker {
    /// Reads a marker from its first number: `一` or `1` with what stands around it. `None` without either.
    ///
    /// ```
    /// # use ziping::domain::report::block::Marker;
    /// let marker = Marker::from_first("（一）").ok_or("no numeral")?;
    /// assert_eq!(marker.number(12), "（十二）");
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn from_first(sample: &str) -> Option<Marker> {
        let (before, after) = sample.split_once(['一', '1'])?;
        Some(Marker { before: before.to_owned(), chinese: sample.contains('一'), after: after.to_owned() })
    }

    /// The number of the n-th member (from 1).
    #[must_use]
    pub fn number(&self, n: usize) -> String {
        let numeral = if self.chinese { chinese_numeral(n) } else { n.to_string() };
        format!("{}{numeral}{}", self.before, self.after)
    }
}

/// Numbers headings, level by level.
///
/// Siblings are the headings of one level under one heading above. They are counted from 1; a heading without
/// siblings prints no number, and those below it keep the marker of their own level (the outline's “1.” stays “1.”
/// below an unnumbered “部门基本情况”).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Numbering {
    markers: Vec<Marker>,
}

impl Numbering {
    /// Numbering by these markers, the top level's first. A level without a marker prints no numbers.
    #[must_use]
    pub fn new(markers: Vec<Marker>) -> Numbering {
        Numbering { markers }
    }

    /// The markers of official documents: 一、 （一） 1. （1）.
    #[must_use]
    pub fn official() -> Numbering {
        Numbering::new(["一、", "（一）", "1.", "（1）"].into_iter().filter_map(Marker::from_first).collect())
    }

    /// The number of each heading, given the levels of all headings in their order.
    #[must_use]
    pub fn numbers(&self, levels: &[Level]) -> Vec<String> {
        let mut sizes: Vec<usize> = Vec::new();
        let mut open: [Option<usize>; 4] = [None; 4];
        let mut places = Vec::with_capacity(levels.len());
        for level in levels {
            for deeper in open.iter_mut().skip(level.depth()) {
                *deeper = None;
            }
            let siblings = match open.get_mut(level.depth() - 1) {
                Some(slot) => *slot.get_or_insert_with(|| {
                    sizes.push(0);
                    sizes.len() - 1
                }),
                None => continue,
            };
            if let Some(size) = sizes.get_mut(siblings) {
                *size += 1;
                places.push((*level, siblings, *size));
            }
        }
        let number = |(level, siblings, n): (Level, usize, usize)| match self.markers.get(level.depth() - 1) {
            Some(marker) if sizes.get(siblings).is_some_and(|size| *size > 1) => marker.number(n),
            _ => String::new(),
        };
        places.into_iter().map(number).collect()
    }
}

/// Numbers tables in the order in which they are printed. Tables in the text and wide tables after it are two series,
/// since a wide table that took a number of the first would stand out of order.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct TableNumbers {
    narrow: usize,
    wide: usize,
}

impl TableNumbers {
    /// The next number: "表1", "表2" or, for a wide table, "附表1".
    #[must_use]
    pub fn next(&mut self, wide: bool) -> String {
        if wide {
            self.wide += 1;
            format!("附表{}", self.wide)
        } else {
            self.narrow += 1;
            format!("表{}", self.narrow)
        }
    }
}

/// 一 to 九十九; arabic digits beyond, where nobody writes such numbers out.
#[must_use]
pub fn chinese_numeral(n: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    if !(1..=99).contains(&n) {
        return n.to_string();
    }
    let digit = |d: usize| DIGITS.get(d).copied().unwrap_or_default();
    match (n / 10, n % 10) {
        (0, ones) => digit(ones).to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens, ones) => format!("{}十{}", digit(tens), digit(ones)),
    }
}

#[cfg(test)]
mod tests {
    use super::Level::{First, Fourth, Second, Third};
    use super::*;

    #[test]
    fn numerals() {
        let cases = [
            (1, "一"),
            (10, "十"),
            (11, "十一"),
            (20, "二十"),
            (21, "二十一"),
            (99, "九十九"),
            (100, "100"),
            (0, "0"),
        ];
        for (n, expected) in cases {
            assert_eq!(chinese_numeral(n), expected);
        }
    }

    #[test]
    fn markers_come_from_their_first_number() {
        for (sample, third) in [
            ("一、", "三、"),
            ("（一）", "（三）"),
            ("1.", "3."),
            ("（1）", "（3）"),
            ("第一部分 ", "第三部分 "),
        ] {
            assert_eq!(Marker::from_first(sample).unwrap().number(3), third);
        }
        assert_eq!(Marker::from_first("、"), None);
    }

    #[test]
    fn a_level_with_one_member_prints_no_number() {
        let levels =
            [First, Second, Third, Third, First, Second, Third, Third, Third, First, Second, Second, First];
        let expected =
            ["一、", "", "1.", "2.", "二、", "", "1.", "2.", "3.", "三、", "（一）", "（二）", "四、"];
        assert_eq!(Numbering::official().numbers(&levels), expected);
    }

    #[test]
    fn levels_may_be_left_out_and_markers_may_be_missing() {
        let levels = [First, Third, Third, Fourth, Fourth, First, Fourth];
        assert_eq!(
            Numbering::official().numbers(&levels),
            ["一、", "1.", "2.", "（1）", "（2）", "二、", ""]
        );
        assert_eq!(Numbering::new(Vec::new()).numbers(&[First, First]), ["", ""]);
        assert!(Numbering::official().numbers(&[]).is_empty());
    }

    #[test]
    fn tables_are_numbered_in_two_series() {
        let mut numbers = TableNumbers::default();
        let all = [false, true, false, true].map(|wide| numbers.next(wide));
        assert_eq!(all, ["表1", "附表1", "表2", "附表2"]);
    }

    #[test]
    fn depths() {
        assert_eq!(Level::ALL.map(Level::depth), [1, 2, 3, 4]);
        assert_eq!([0, 1, 4, 5].map(Level::from_depth), [None, Some(First), Some(Fourth), None]);
    }
}
