//! Tables to nodes: heads, named rows, sums, cells over several columns and rows, wide tables.
//!
//! It must give each cell exactly one place and lose none, whatever the block says of spans and columns.

use super::super::block::{CellText, ColumnKind, HeadCell, RowKind, TableBlock, TableRow};
use super::super::node::Node;
use super::{Renderer, joined, lines};

/// Up to this many columns, a table in the text is set one size larger.
const NORMAL_COLUMNS: usize = 6;

/// A table of so few rows is not broken over two pages.
const SHORT_ROWS: usize = 7;

impl Renderer<'_> {
    /// Lays a table out. A wide one goes to its own pages, and what stays in the text is the reference to it.
    pub(super) fn table(&mut self, table: &TableBlock) -> Node {
        self.tables += 1;
        let caption_id = format!("{}table-{}", self.prefix, self.tables);
        let heading = std::mem::replace(&mut self.place, joined(&table.number, &table.caption));
        let node = self.table_node(table, &caption_id);
        self.place = heading;
        if !table.wide {
            return node;
        }
        self.wide.push(node);
        let name = if table.number.is_empty() { "附表" } else { &table.number };
        let link = Node::classed("a", "report-link", lines(name)).with("href", format!("#{caption_id}"));
        let mut text = lines(&format!("{}见", table.caption));
        text.extend([link, Node::text("。")]);
        Node::classed("p", "report-text", text)
    }

    fn table_node(&mut self, table: &TableBlock, caption_id: &str) -> Node {
        let mut parts = Vec::new();
        let mut caption =
            vec![Node::classed("span", "report-caption", lines(&joined(&table.number, &table.caption)))];
        if let Some(unit) = &table.unit {
            caption.push(Node::classed("span", "report-unit", lines(&format!("单位：{unit}"))));
        }
        parts.push(Node::new("caption", caption).with("id", caption_id));
        if !table.head.is_empty() {
            parts.push(Node::new("thead", table.head.iter().map(|row| head_row(row)).collect()));
        }
        // Sums stay in the body: a tfoot would be repeated at the foot of every printed page.
        if !table.rows.is_empty() {
            parts.push(Node::new("tbody", self.rows(table)));
        }
        let mut class = "report-table".to_owned();
        if table.wide {
            class.push_str(" report-table--wide");
        } else if table.columns.len() > NORMAL_COLUMNS {
            class.push_str(" report-table--dense");
        }
        if table.rows.len() <= SHORT_ROWS {
            class.push_str(" report-table--short");
        }
        let mut children = vec![Node::new("table", parts)];
        children.extend(table.notes.iter().map(|note| Node::classed("p", "report-note", lines(note))));
        // Narrow screens scroll the table sideways; whoever uses the keyboard must be able to reach it for that.
        Node::classed("div", &class, children)
            .with("role", "region")
            .with("tabindex", "0")
            .with("aria-labelledby", caption_id)
    }

    fn rows(&mut self, table: &TableBlock) -> Vec<Node> {
        let mut grid = Grid::new(&table.columns);
        let last = table.rows.len();
        table.rows.iter().enumerate().map(|(at, row)| self.row(row, &mut grid, last - at)).collect()
    }

    /// `left` is how many rows there are from this one on: no cell may cover more.
    fn row(&mut self, row: &TableRow, grid: &mut Grid<'_>, left: usize) -> Node {
        grid.next_row();
        let mut cells = Vec::new();
        for cell in &row.cells {
            let whole = row.kind == RowKind::Note && row.cells.len() == 1;
            let colspan = if whole { usize::MAX } else { cell.colspan.max(1) };
            let place = grid.place(colspan, cell.rowspan.clamp(1, left));
            cells.push(self.cell(cell, &Place { names_row: place.names_row && !whole, ..place }));
        }
        for kind in grid.fill() {
            cells.push(cell_node("td", kind, Vec::new()));
        }
        let node = Node::new("tr", cells);
        match row.kind {
            RowKind::Body => node,
            RowKind::Sum => node.with("class", "report-row--sum"),
            RowKind::Stated => node.with("class", "report-row--stated"),
            RowKind::Note => node.with("class", "report-row--note"),
        }
    }

    fn cell(&mut self, cell: &CellText, place: &Place) -> Node {
        let children = self.inlines(&cell.inlines);
        let node = if place.names_row {
            cell_node("th", place.kind, children).with("scope", "row")
        } else {
            cell_node("td", place.kind, children)
        };
        spanning(node, place.colspan, place.rowspan)
    }
}

fn head_row(cells: &[HeadCell]) -> Node {
    let cells = cells.iter().map(|cell| {
        let node = Node::new("th", lines(&cell.text)).with("scope", "col");
        spanning(node, cell.colspan.max(1), cell.rowspan.max(1))
    });
    Node::new("tr", cells.collect())
}

fn cell_node(tag: &'static str, kind: ColumnKind, children: Vec<Node>) -> Node {
    match kind {
        ColumnKind::Text => Node::new(tag, children),
        ColumnKind::Number => Node::classed(tag, "report-cell--number", children),
        ColumnKind::Center => Node::classed(tag, "report-cell--center", children),
    }
}

fn spanning(node: Node, colspan: usize, rowspan: usize) -> Node {
    let node = if colspan > 1 { node.with("colspan", colspan.to_string()) } else { node };
    if rowspan > 1 { node.with("rowspan", rowspan.to_string()) } else { node }
}

/// Where a cell stands and how it is set.
struct Place {
    kind: ColumnKind,
    names_row: bool,
    colspan: usize,
    rowspan: usize,
}

/// Which columns of the present row are still free, given what the rows above cover.
struct Grid<'a> {
    columns: &'a [ColumnKind],
    names_row: Option<usize>,
    /// For each column, how many rows from the present one on are covered.
    covered: Vec<usize>,
    at: usize,
}

impl<'a> Grid<'a> {
    fn new(columns: &'a [ColumnKind]) -> Self {
        let names_row = columns.iter().position(|kind| *kind == ColumnKind::Text);
        Grid { columns, names_row, covered: vec![0; columns.len()], at: 0 }
    }

    fn next_row(&mut self) {
        for rows in &mut self.covered {
            *rows = rows.saturating_sub(1);
        }
        self.at = 0;
    }

    /// Puts a cell into the next free columns, as many as it wants and as are free side by side.
    fn place(&mut self, colspan: usize, rowspan: usize) -> Place {
        while self.covered.get(self.at).is_some_and(|rows| *rows > 0) {
            self.at += 1;
        }
        let start = self.at;
        let free = self.covered.iter().skip(start).take_while(|rows| **rows == 0).count();
        // A cell beyond the last column is one too many, but what it says is printed all the same.
        let colspan = colspan.min(free.max(1));
        self.at += colspan;
        for rows in self.covered.iter_mut().skip(start).take(colspan) {
            *rows = rowspan;
        }
        let names_row = self.names_row.is_some_and(|column| (start..self.at).contains(&column));
        Place { kind: self.kind(start), names_row, colspan, rowspan }
    }

    /// The columns that the row's cells left free.
    fn fill(&self) -> Vec<ColumnKind> {
        let free = self.covered.iter().enumerate().filter(|(_, rows)| **rows == 0);
        free.map(|(column, _)| self.kind(column)).collect()
    }

    fn kind(&self, column: usize) -> ColumnKind {
        self.columns.get(column).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::block::Block;
    use super::super::sheets;
    use super::super::tests::{elements, row, table};
    use super::*;

    #[test]
    fn every_row_of_a_table_is_full_and_none_is_lost() {
        use ColumnKind::{Center, Number, Text};
        let mut merged = row(&["1", "新认定高新技术企业", "15"]);
        merged.cells[0].rowspan = 9;
        merged.cells[1].rowspan = 2;
        let note = TableRow { kind: RowKind::Note, cells: vec![CellText::text("注")] };
        let rows = vec![row(&["0", "甲", "8", "多"]), merged, row(&["32"]), note, row(&[])];
        let sheets = sheets(&[Block::Table(table(false, &[Center, Text, Number], rows))], "");
        let all = elements(&sheets[0].nodes);
        let cells: Vec<String> = all
            .iter()
            .filter(|(tag, ..)| matches!(*tag, "td" | "th" | "tr"))
            .map(|(tag, attrs, text)| {
                let spans = attrs.iter().filter(|(name, _)| name.ends_with("span") || *name == "scope");
                spans
                    .fold(format!("{tag}:{}", if *tag == "tr" { "" } else { text }), |line, (name, value)| {
                        format!("{line} {name}={value}")
                    })
            })
            .collect();
        let expected = [
            "tr:",
            "td:0",
            "th:甲 scope=row",
            "td:8",
            "td:多",
            "tr:",
            "td:1 rowspan=4",
            "th:新认定高新技术企业 scope=row rowspan=2",
            "td:15",
            "tr:",
            "td:32",
            "tr:",
            "td:注 colspan=2",
            "tr:",
            "td:",
            "td:",
        ];
        assert_eq!(cells, expected);
    }
}
