//! Blocks to nodes on sheets: which element each block becomes, and on which kind of paper it stands.
//!
//! It knows the class names that `style/report.css` sets in type, and gives links their ends. It must not compute,
//! format or shorten a value, and knows neither HTML text nor a browser.
//!
//! Wide tables print after the text, as 附表, in one run of landscape pages; where one stood, the text says so and
//! links to it. Three reasons: a landscape page in the middle would tear the text apart and leave the page before
//! it half empty; official reports put such forms behind the text; and an engine that cannot mix page orientations
//! (Chromium below 117) can print text and annex as two jobs only if each is one piece. The annex of sources comes
//! last, so that it can refer to all that stands before it.

use super::block::{Block, Cover, Heading, Inline, Signature, Source};
use super::node::Node;
use std::collections::{BTreeMap, BTreeSet};

mod table;

/// A kind of paper.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SheetKind {
    /// The cover: upright, without a page number.
    Cover,
    /// Upright pages.
    Portrait,
    /// Lying pages for wide tables.
    Landscape,
}

/// What stands on one kind of paper in one run; it may fill many pages.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Sheet {
    /// The kind of paper.
    pub kind: SheetKind,
    /// What stands on it.
    pub nodes: Vec<Node>,
}

impl Sheet {
    /// The sheet as one element.
    #[must_use]
    pub fn node(&self) -> Node {
        let class = match self.kind {
            SheetKind::Cover => "report-sheet report-sheet--cover",
            SheetKind::Portrait => "report-sheet report-sheet--portrait",
            SheetKind::Landscape => "report-sheet report-sheet--landscape",
        };
        Node::classed("div", class, self.nodes.clone())
    }
}

/// Lays the report out on sheets: cover, text, wide tables, sources; those that are empty are left out.
///
/// All ids begin with `prefix`, so that a preview and a print container can stand in one page.
#[must_use]
pub fn sheets(blocks: &[Block], prefix: &str) -> Vec<Sheet> {
    let mut renderer = Renderer::new(blocks, prefix);
    let has_title = blocks.iter().any(|block| matches!(block, Block::Title(_)));
    let mut sources = Vec::new();
    for block in blocks {
        match block {
            Block::Cover(cover) => renderer.cover.push(cover_node(cover, has_title)),
            Block::Sources(entries) => sources.extend(entries),
            other => renderer.block(other),
        }
    }
    let sources = renderer.sources(&sources);
    [
        (SheetKind::Cover, renderer.cover),
        (SheetKind::Portrait, renderer.body),
        (SheetKind::Landscape, renderer.wide),
        (SheetKind::Portrait, sources),
    ]
    .into_iter()
    .filter(|(_, nodes)| !nodes.is_empty())
    .map(|(kind, nodes)| Sheet { kind, nodes })
    .collect()
}

/// The id of a source's entry in the annex, without the prefix. One id per anchor, made of letters that need no
/// escaping in an address.
#[must_use]
pub fn source_id(anchor: &str) -> String {
    format!("src-{}", id_part(anchor))
}

fn id_part(anchor: &str) -> String {
    anchor.chars().fold(String::new(), |id, c| match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' | '.' => format!("{id}{c}"),
        _ => format!("{id}~{:x}~", u32::from(c)),
    })
}

/// A place in the report that uses a value: how a reader finds it, and the id to go to.
struct Use {
    place: String,
    id: String,
}

struct Renderer<'a> {
    prefix: &'a str,
    /// Anchors that have an entry. A value that points elsewhere gets no link, so none leads nowhere.
    known: BTreeSet<&'a str>,
    uses: BTreeMap<String, Vec<Use>>,
    /// The heading or table that is being laid out.
    place: String,
    headings: usize,
    tables: usize,
    cover: Vec<Node>,
    body: Vec<Node>,
    wide: Vec<Node>,
}

impl<'a> Renderer<'a> {
    fn new(blocks: &'a [Block], prefix: &'a str) -> Self {
        let entries = blocks.iter().filter_map(|block| match block {
            Block::Sources(entries) => Some(entries),
            _ => None,
        });
        Renderer {
            prefix,
            known: entries.flatten().map(|source| source.anchor.as_str()).collect(),
            uses: BTreeMap::new(),
            place: "正文".to_owned(),
            headings: 0,
            tables: 0,
            cover: Vec::new(),
            body: Vec::new(),
            wide: Vec::new(),
        }
    }

    fn block(&mut self, block: &Block) {
        let node = match block {
            Block::Title(title) => Node::classed("h1", "report-title", lines(title)),
            Block::Heading(heading) => self.heading(heading),
            Block::Paragraph(inlines) => Node::classed("p", "report-text", self.inlines(inlines)),
            Block::Table(table) => self.table(table),
            Block::Attachments(names) => attachments(names),
            Block::Signature(signature) => signature_node(signature),
            Block::PageBreak => Node::classed("hr", "report-break", Vec::new()),
            Block::Cover(_) | Block::Sources(_) => return,
        };
        self.body.push(node);
    }

    fn heading(&mut self, heading: &Heading) -> Node {
        self.headings += 1;
        self.place = format!("{}{}", heading.number, heading.text);
        let (tag, class) = match heading.level.depth() {
            1 => ("h2", "report-heading report-heading--1"),
            2 => ("h3", "report-heading report-heading--2"),
            3 => ("h4", "report-heading report-heading--3"),
            _ => ("h5", "report-heading report-heading--4"),
        };
        let text = lines(&format!("{}{}", heading.number, heading.text));
        Node::classed(tag, class, text).with("id", format!("{}h-{}", self.prefix, self.headings))
    }

    fn inlines(&mut self, inlines: &[Inline]) -> Vec<Node> {
        inlines.iter().flat_map(|inline| self.inline(inline)).collect()
    }

    fn inline(&mut self, inline: &Inline) -> Vec<Node> {
        let (text, anchor, missing) = match inline {
            Inline::Text(text) => return lines(text),
            Inline::Value { text, anchor, missing } => (text, anchor, *missing),
        };
        let class = match (missing, is_figure(text)) {
            (true, _) => "report-value report-value--missing",
            (false, true) => "report-value report-value--figure",
            (false, false) => "report-value",
        };
        let node = match anchor.as_deref().filter(|anchor| self.known.contains(anchor)) {
            Some(anchor) => {
                let node = Node::classed("a", class, lines(text))
                    .with("href", format!("#{}{}", self.prefix, source_id(anchor)));
                match self.first_use_here(anchor) {
                    Some(id) => node.with("id", id),
                    None => node,
                }
            }
            None => Node::classed("span", class, lines(text)),
        };
        vec![node]
    }

    /// Notes that a value is used here; the id of the mark to go back to, if it is the first one in this place.
    fn first_use_here(&mut self, anchor: &str) -> Option<String> {
        let uses = self.uses.entry(anchor.to_owned()).or_default();
        if uses.iter().any(|known| known.place == self.place) {
            return None;
        }
        let id = format!("{}use-{}-{}", self.prefix, id_part(anchor), uses.len() + 1);
        uses.push(Use { place: self.place.clone(), id: id.clone() });
        Some(id)
    }

    fn sources(&mut self, entries: &[&Source]) -> Vec<Node> {
        let mut seen = BTreeSet::new();
        let entries: Vec<&&Source> = entries.iter().filter(|entry| seen.insert(&entry.anchor)).collect();
        // All formulas first: an entry says which others use it, also those below it.
        let filled: Vec<Vec<Node>> = entries
            .iter()
            .map(|entry| {
                self.place = entry.label.clone();
                self.inlines(&entry.filled)
            })
            .collect();
        if entries.is_empty() {
            return Vec::new();
        }
        let mut nodes = vec![Node::classed("h2", "report-annex", lines("数据来源与计算"))];
        nodes.extend(entries.iter().zip(filled).map(|(entry, filled)| self.source(entry, filled)));
        nodes
    }

    fn source(&self, entry: &Source, filled: Vec<Node>) -> Node {
        let title = vec![
            Node::classed("span", "report-source-label", lines(&entry.label)),
            Node::classed("span", "report-source-value", lines(&entry.value)),
        ];
        let mut rows = Vec::new();
        let mut row = |label: &str, value: Vec<Node>| {
            if !value.is_empty() {
                rows.push(Node::new("div", vec![Node::new("dt", lines(label)), Node::new("dd", value)]));
            }
        };
        row("算式", lines(&entry.formula));
        row("代入", filled);
        row("依据", lines(&entry.document));
        let mut places = Vec::new();
        for used in self.uses.get(&entry.anchor).into_iter().flatten() {
            if !places.is_empty() {
                places.push(Node::text("；"));
            }
            let link =
                Node::classed("a", "report-link", lines(&used.place)).with("href", format!("#{}", used.id));
            places.push(link);
        }
        row("用于", places);
        let mut children = vec![Node::classed("p", "report-source-title", title)];
        if !rows.is_empty() {
            children.push(Node::new("dl", rows));
        }
        Node::classed("div", "report-source", children)
            .with("id", format!("{}{}", self.prefix, source_id(&entry.anchor)))
    }
}

/// A figure is never broken over two lines; words and long texts may be.
fn is_figure(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit()) && text.chars().count() <= 20
}

fn joined(number: &str, caption: &str) -> String {
    if number.is_empty() || caption.is_empty() {
        format!("{number}{caption}")
    } else {
        format!("{number} {caption}")
    }
}

/// A text with its line ends as `br`; nothing for an empty text.
fn lines(text: &str) -> Vec<Node> {
    let mut nodes = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            nodes.push(Node::new("br", Vec::new()));
        }
        if !line.is_empty() {
            nodes.push(Node::text(line));
        }
    }
    nodes
}

/// The cover's title is the report's heading, unless the text has a title of its own.
fn cover_node(cover: &Cover, has_title: bool) -> Node {
    let tag = if has_title { "p" } else { "h1" };
    let mut children = vec![Node::classed(tag, "report-cover-title", lines(&cover.title.join("\n")))];
    let rows = cover.rows.iter().map(|(label, value)| {
        Node::new("div", vec![Node::new("dt", lines(label)), Node::new("dd", lines(value))])
    });
    if !cover.rows.is_empty() {
        children.push(Node::classed("dl", "report-cover-rows", rows.collect()));
    }
    Node::classed("div", "report-cover", children)
}

fn attachments(names: &[String]) -> Node {
    let items = names.iter().enumerate().map(|(at, name)| {
        let number = if names.len() > 1 { format!("{}.", at + 1) } else { String::new() };
        let label = if at == 0 { "附件：" } else { "" };
        let parts = vec![
            Node::classed("span", "report-attachment-label", lines(label)),
            Node::classed("span", "report-attachment-number", lines(&number)),
            Node::classed("span", "report-attachment-name", lines(name)),
        ];
        Node::classed("p", "report-attachment", parts)
    });
    Node::classed("div", "report-attachments", items.collect())
}

fn signature_node(signature: &Signature) -> Node {
    let lines = [("report-signature-unit", &signature.unit), ("report-signature-date", &signature.date)]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(class, text)| Node::classed("p", class, lines(text)));
    Node::classed("div", "report-signature", lines.collect())
}

#[cfg(test)]
mod tests {
    use super::super::block::{CellText, ColumnKind, Level, RowKind, TableBlock, TableNumbers, TableRow};
    use super::super::node::{ATTRIBUTES, TAGS};
    use super::*;
    use Inline::Text;

    pub(super) fn table(wide: bool, columns: &[ColumnKind], rows: Vec<TableRow>) -> TableBlock {
        let number = TableNumbers::default().next(wide);
        TableBlock {
            number,
            caption: "资产情况".into(),
            wide,
            columns: columns.to_vec(),
            rows,
            ..Default::default()
        }
    }

    pub(super) fn row(cells: &[&str]) -> TableRow {
        TableRow { kind: RowKind::Body, cells: cells.iter().map(|text| CellText::text(*text)).collect() }
    }

    fn source(anchor: &str) -> Source {
        Source {
            anchor: anchor.into(),
            label: format!("数据{anchor}"),
            value: "1".into(),
            ..Source::default()
        }
    }

    type Found<'a> = (&'static str, &'a [(&'static str, String)], String);

    /// All elements below these nodes: tag, attributes, text.
    pub(super) fn elements(nodes: &[Node]) -> Vec<Found<'_>> {
        let mut found = Vec::new();
        for node in nodes {
            if let Node::Element { tag, attrs, children } = node {
                found.push((*tag, attrs.as_slice(), plain(children)));
                found.extend(elements(children));
            }
        }
        found
    }

    fn plain(nodes: &[Node]) -> String {
        let text = |node: &Node| match node {
            Node::Text(text) => text.clone(),
            Node::Element { children, .. } => plain(children),
        };
        nodes.iter().map(text).collect()
    }

    fn attribute<'a>(sheets: &'a [Sheet], name: &str) -> Vec<&'a str> {
        let all = sheets.iter().flat_map(|sheet| elements(&sheet.nodes));
        let named = all.flat_map(|(_, attrs, _)| attrs.iter().filter(|(key, _)| *key == name));
        named.map(|(_, value)| value.as_str()).collect()
    }

    #[test]
    fn wide_tables_follow_the_text_which_refers_to_them() {
        let blocks = [
            Block::Cover(Cover { title: vec!["报告".into()], rows: vec![] }),
            Block::Paragraph(vec![Text("前".into())]),
            Block::Table(table(true, &[ColumnKind::Text], vec![row(&["宽"])])),
            Block::Table(table(false, &[ColumnKind::Text], vec![row(&["窄"])])),
            Block::Sources(vec![source("a")]),
            Block::Paragraph(vec![Text("后".into())]),
        ];
        let sheets = sheets(&blocks, "");
        let shown: Vec<(SheetKind, String)> = sheets.iter().map(|s| (s.kind, plain(&s.nodes))).collect();
        let expected = [
            (SheetKind::Cover, "报告"),
            (SheetKind::Portrait, "前资产情况见附表1。表1 资产情况窄后"),
            (SheetKind::Landscape, "附表1 资产情况宽"),
            (SheetKind::Portrait, "数据来源与计算数据a1"),
        ];
        assert_eq!(shown, expected.map(|(kind, text)| (kind, text.to_owned())));
        assert!(super::sheets(&[], "").is_empty());
    }

    #[test]
    fn every_link_has_an_end_and_every_id_is_given_once() {
        let value = |anchor: &str| Inline::value("14.99万元", anchor);
        let mut odd = source("三公 [\"x\"].决算");
        odd.filled = vec![value("b"), value("nowhere")];
        let blocks = [
            Block::Heading(Heading { level: Level::First, number: "一、".into(), text: "概况".into() }),
            Block::Paragraph(vec![value(&odd.anchor), value("b"), value("b"), value("nowhere")]),
            Block::Table(table(
                true,
                &[ColumnKind::Number],
                vec![TableRow { kind: RowKind::Sum, cells: vec![CellText::new(vec![value("b")])] }],
            )),
            Block::Sources(vec![odd, source("b"), source("b")]),
        ];
        let sheets = sheets(&blocks, "p-");
        let ids = attribute(&sheets, "id");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
        for href in attribute(&sheets, "href") {
            assert!(ids.contains(&href.trim_start_matches('#')), "{href} leads nowhere among {ids:?}");
        }
        assert!(ids.iter().all(|id| id.starts_with("p-") && !id.contains(char::is_whitespace)));
        let used =
            elements(&sheets[2].nodes).into_iter().filter(|(tag, ..)| *tag == "dd").map(|(_, _, text)| text);
        assert_eq!(
            used.collect::<Vec<_>>(),
            [
                "14.99万元14.99万元",
                "一、概况",
                "一、概况；表1 资产情况；数据三公 [\"x\"].决算".replace("表1", "附表1").as_str()
            ]
        );
    }

    #[test]
    fn only_listed_elements_and_attributes_are_used() {
        let sheets = sheets(&super::super::html::tests::small(), "");
        for (tag, attrs, _) in sheets.iter().flat_map(|sheet| elements(&sheet.nodes)) {
            assert!(TAGS.contains(&tag), "{tag}");
            assert!(attrs.iter().all(|(name, _)| ATTRIBUTES.contains(name)), "{attrs:?}");
        }
        let nodes: Vec<Node> = sheets.iter().map(Sheet::node).collect();
        assert_eq!(elements(&nodes).iter().filter(|(tag, ..)| *tag == "h1").count(), 1);
    }

    #[test]
    fn long_values_may_be_broken_and_figures_not() {
        assert!(is_figure("1,631.046万元"));
        assert!(!is_figure("增加"));
        assert!(!is_figure("2021年新认定高新技术企业并入围全国赛的企业共计15家"));
    }
}
