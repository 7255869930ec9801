//! 查找 over the whole report: fields, table rows, prose and help, by the words that stand on screen.
//!
//! Rows out of view are found, as they are asked of the report and not of the page. Hits come grouped by what they are;
//! a group shows its first ones and says how many more there are. Must not know how a hit is shown or reached.

use super::find::Query;
use super::grid::{self, Col};
use super::help;
use crate::domain::amount::MoneyUnit;
use crate::domain::cell::{Cell, Raw};
use crate::domain::document::{Document, answer_place};
use crate::domain::facts::eval::Facts;
use crate::domain::facts::label::Target;
use crate::domain::facts::registry::registry;
use crate::domain::narrative::{self, Shown};
use crate::domain::place::Place;
use crate::domain::record::{FieldDef, Kind};
use crate::domain::reference;
use crate::domain::tables::{self, TableDef};
use crate::domain::template::{Input, Page, Part};

/// Hits that a group shows.
pub const SHOWN: usize = 8;

/// Characters of prose that are shown around a hit.
const AROUND: usize = 16;

/// Where a hit leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lead {
    /// To a field or figure.
    Target(Target),
    /// To a page by its id.
    Page(String),
    /// To a table of a page that has no row to go to: page and table by their ids.
    Table(String, &'static str),
    /// To a subject of 帮助 by its key.
    Help(&'static str),
}

impl From<Place> for Lead {
    fn from(place: Place) -> Self {
        Lead::Target(Target::Place(place))
    }
}

/// One place that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Where it leads.
    pub lead: Lead,
    /// What it is: a label, or row and column.
    pub label: String,
    /// What stands there, as shown.
    pub text: String,
}

/// Hits of one part of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The page, and the table where it is one.
    pub title: String,
    /// The first hits.
    pub hits: Vec<Hit>,
    /// Hits beyond those.
    pub more: usize,
    /// The query stands in its title: such groups come first.
    named: bool,
}

impl Group {
    fn new(title: String, named: bool) -> Self {
        Group { title, hits: Vec::new(), more: 0, named }
    }

    fn push(&mut self, hit: impl FnOnce() -> Hit) {
        if self.hits.len() < SHOWN {
            self.hits.push(hit());
        } else {
            self.more += 1;
        }
    }
}

/// Everything that holds the query, in the order of the template's pages, but what is called so comes first; groups
/// without hits are left out.
pub fn search(document: &Document, facts: &Facts, query: &Query, money: MoneyUnit) -> Vec<Group> {
    if query.is_empty() {
        return Vec::new();
    }
    let search = Search { document, facts, query, words: query.words(), money };
    let pages = document.template.pages.iter();
    let mut groups: Vec<Group> = pages.flat_map(|page| search.page(page)).collect();
    groups.push(search.figures());
    groups.push(search.help());
    groups.retain(|group| !group.hits.is_empty());
    groups.sort_by_key(|group| !group.named);
    groups
}

/// How many hits there are in all.
pub fn count(groups: &[Group]) -> usize {
    groups.iter().map(|group| group.hits.len() + group.more).sum()
}

struct Search<'a> {
    document: &'a Document,
    facts: &'a Facts,
    query: &'a Query,
    /// The words of a query of several, which may stand apart: “接待费 决算” is a cell.
    words: Vec<Query>,
    money: MoneyUnit,
}

impl Search<'_> {
    fn is_in(&self, text: &str) -> bool {
        self.query.within(text).is_some()
    }

    /// Whether each word of a query of several stands in one of the texts.
    fn all_in(&self, texts: &[&str]) -> bool {
        let found = |word: &Query| texts.iter().any(|text| word.within(text).is_some());
        !self.words.is_empty() && self.words.iter().all(found)
    }

    /// A table has a group of its own; forms and prose of a page share one.
    fn page(&self, page: &Page) -> Vec<Group> {
        let mut own = Group::new(page.title.clone(), self.is_in(&page.title));
        let mut tables = Vec::new();
        if own.named {
            own.push(|| Hit {
                lead: Lead::Page(page.id.clone()),
                label: page.title.clone(),
                text: "打开这一页".to_owned(),
            });
        }
        for part in &page.parts {
            match part {
                Part::Form(section) => self.section(section, |_| true, &mut own),
                Part::Text(key) => self.section("narratives", |def| def.key == key, &mut own),
                Part::Table(id) => tables.extend(TableDef::by_id(id).map(|table| self.table(page, table))),
                Part::Inputs(inputs) => inputs.iter().for_each(|input| self.input(input, &mut own)),
                Part::Other(_) => {}
            }
        }
        std::iter::once(own).chain(tables).collect()
    }

    fn input(&self, input: &Input, group: &mut Group) {
        let text = input.shown(&self.document.answer(input));
        let at = self.query.within(&text);
        let named = self.is_in(&input.label) || self.all_in(&[&input.label, &text]);
        if at.is_some() || named || self.is_in(&input.help) {
            group.push(|| Hit {
                lead: answer_place(input).into(),
                label: input.label.clone(),
                text: match at {
                    Some((from, to)) => around(&text, from, to),
                    None if named => around(&text, 0, 0),
                    None => input.help.clone(),
                },
            });
        }
    }

    fn section(&self, name: &str, wanted: impl Fn(&FieldDef) -> bool, group: &mut Group) {
        let Some((name, defs)) = Document::SECTIONS.iter().find(|(known, _)| *known == name) else { return };
        for def in defs.iter().filter(|def| wanted(def)) {
            let place = Place::field(name, def.key);
            let text = self.text(def, &self.document.get(&place));
            let at = self.query.within(&text);
            let named = self.is_in(def.label) || self.all_in(&[def.label, &text]);
            if at.is_some() || named || self.is_in(def.help) {
                group.push(|| Hit {
                    lead: place.into(),
                    label: def.label.to_owned(),
                    text: match at {
                        Some((from, to)) => around(&text, from, to),
                        None if named => around(&text, 0, 0),
                        None => def.help.to_owned(),
                    },
                });
            }
        }
    }

    fn table(&self, page: &Page, table: &'static TableDef) -> Group {
        let mut group = Group::new(format!("{} · {}", page.title, table.title), self.is_in(table.title));
        let Some(rows) = self.document.list(table.list) else { return group };
        let columns = grid::columns(table);
        let shown = tables::rows_shown(table, self.document);
        let first = shown.first().and_then(|at| rows.id_at(*at));
        // Titles, heads and helps lead to the first row, where there is one.
        let head = |key: &'static str| match &first {
            Some(id) => Lead::from(Place::cell(table.list, id, key)),
            None => Lead::Table(page.id.clone(), table.id),
        };
        if group.named || self.is_in(table.help) {
            let key = columns.first().map_or("", Col::key);
            group.push(|| Hit {
                lead: head(key),
                label: table.title.to_owned(),
                text: table.help.to_owned(),
            });
        }
        for col in &columns {
            let (label, key) = (col.label(), col.key());
            let (help, lead) = match (col, &first) {
                (Col::Fact(_), Some(id)) => {
                    ("", Lead::Target(Target::RowFact { list: table.list, row: id.clone(), key }))
                }
                (Col::Fact(_), None) => ("", head(key)),
                (Col::Field(def, _), _) => (def.help, head(key)),
            };
            if self.is_in(label) || self.is_in(help) {
                group.push(|| Hit { lead, label: format!("{label}（一列）"), text: help.to_owned() });
            }
        }
        for at in shown {
            let Some(id) = rows.id_at(at) else { continue };
            let name =
                if self.words.is_empty() { String::new() } else { self.document.row_name(table.list, &id) };
            for col in &columns {
                let Col::Field(def, column) = col else { continue };
                let cell = rows.get(at, *column);
                let apart = self.all_in(&[&name, def.label]);
                // 未填 is said of a cell, and is no text of the report.
                if !apart && (cell.is_blank() || !self.is_in(&self.text(def, &cell))) {
                    continue;
                }
                if tables::read_from(table, rows.len(), &id, def.key).is_some() {
                    continue;
                }
                group.push(|| Hit {
                    lead: Place::cell(table.list, &id, def.key).into(),
                    label: format!("{} · {}", self.document.row_name(table.list, &id), def.label),
                    text: if cell.is_blank() { "未填".to_owned() } else { self.text(def, &cell) },
                });
            }
        }
        for sum in table.sums {
            let Some(section) = sum.stated else { continue };
            let Some((name, defs)) = Document::SECTIONS.iter().find(|(known, _)| *known == section) else {
                continue;
            };
            let stated = format!("上报{}", sum.label);
            for def in *defs {
                let place = Place::field(name, def.key);
                let cell = self.document.get(&place);
                let apart = self.all_in(&[&stated, def.label]);
                if apart || (!cell.is_blank() && self.is_in(&self.text(def, &cell))) {
                    group.push(|| Hit {
                        lead: place.into(),
                        label: format!("{stated} · {}", def.label),
                        text: if cell.is_blank() { "未填".to_owned() } else { self.text(def, &cell) },
                    });
                }
            }
        }
        group
    }

    /// 帮助, keys included.
    fn help(&self) -> Group {
        let mut group = Group::new("帮助".to_owned(), false);
        for topic in help::TOPICS {
            let named = self.is_in(topic.title);
            let found = topic.text.iter().find_map(|text| Some((text, self.query.within(text)?)));
            if named || found.is_some() {
                group.push(|| Hit {
                    lead: Lead::Help(topic.key),
                    label: topic.title.to_owned(),
                    text: found.map_or_else(String::new, |(text, (from, to))| around(text, from, to)),
                });
            }
        }
        for (keys, what) in help::KEYS {
            if self.is_in(keys) || self.is_in(what) {
                group.push(|| Hit {
                    lead: Lead::Help(help::KEYS_KEY),
                    label: format!("{}：{keys}", help::KEYS_TITLE),
                    text: (*what).to_owned(),
                });
            }
        }
        group
    }

    /// Computed figures, by name and by value.
    fn figures(&self) -> Group {
        let mut group = Group::new("计算的数".to_owned(), false);
        for def in &registry().facts {
            let text = match self.facts.get(&def.id) {
                Some(Ok(value)) => value.show_with(def.unit),
                _ => String::new(),
            };
            if self.is_in(&def.label) || (!text.is_empty() && self.is_in(&text)) {
                group.push(|| Hit {
                    lead: Lead::Target(Target::Fact(&def.id)),
                    label: def.label.clone(),
                    text: if text.is_empty() { "缺数据".to_owned() } else { text },
                });
            }
        }
        group
    }

    /// What a cell says on screen, as the query is held against it.
    fn text(&self, def: &FieldDef, cell: &Raw) -> String {
        match (def.kind, cell) {
            (_, Cell::Blank) => String::new(),
            (Kind::Narrative, Cell::Value(stored)) => {
                let shown = narrative::shown(self.document, self.facts, stored);
                shown.into_iter().map(words).collect()
            }
            (_, Cell::Unread(text)) => text.clone(),
            (_, Cell::Nil | Cell::Value(_)) => reference::shown(self.document, def, cell, self.money),
        }
    }
}

fn words(piece: Shown) -> String {
    match piece {
        Shown::Text(text)
        | Shown::Value { text, .. }
        | Shown::Missing { text, .. }
        | Shown::Gone { text, .. }
        | Shown::Unknown(text) => text,
    }
}

/// A piece of a text around a range of bytes, on one line.
fn around(text: &str, from: usize, to: usize) -> String {
    let before: Vec<char> = text.get(..from).unwrap_or("").chars().rev().take(AROUND + 1).collect();
    let after: Vec<char> = text.get(to..).unwrap_or("").chars().take(2 * AROUND + 1).collect();
    let lead = before.iter().take(AROUND).rev();
    let tail = after.iter().take(2 * AROUND);
    let middle = text.get(from..to).unwrap_or("").chars().take(4 * AROUND);
    let cut = |is: bool| if is { "…" } else { "" };
    let words: String = lead.copied().chain(middle).chain(tail.copied()).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{}{words}{}", cut(before.len() > AROUND), cut(after.len() > 2 * AROUND))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample;
    use crate::domain::assess;
    use crate::domain::edit::Edit;
    use crate::domain::rows::{RowData, RowId};

    fn found(document: &Document, words: &str) -> Vec<Group> {
        let assessment = assess::evaluate(document);
        search(document, &assessment.facts, &Query::new(words), MoneyUnit::WanYuan)
    }

    fn has(groups: &[Group], title: &str, place: &str, text: &str) {
        let group = groups.iter().find(|group| group.title == title).unwrap_or_else(|| panic!("{groups:?}"));
        let hit =
            group.hits.iter().find(|hit| matches!(&hit.lead, Lead::Target(to) if to.to_string() == place));
        assert!(hit.is_some_and(|hit| hit.text.contains(text)), "{place}: {group:?}");
    }

    #[test]
    fn fields_rows_prose_help_and_figures_are_found() {
        let document = sample::xinfeng();
        has(&found(&document, "信丰县科学"), "封面与基本信息", "profile.unit_name", "信丰县科学技术局");
        has(&found(&document, "公章"), "封面与基本信息", "profile.unit_name", "与公章一致");
        has(
            &found(&document, "高质量发展"),
            "收支执行 · 项目支出明细",
            &first_project(&document),
            "高质量发展",
        );
        has(&found(&document, "三公经费.决算"), "计算的数", "three_public.outturn", "14.99 万元");
        assert_eq!((found(&document, ""), found(&document, "没有这样的话")), (vec![], vec![]));
    }

    fn first_project(document: &Document) -> String {
        let id = document.list("projects").unwrap().id_at(0).unwrap();
        format!("projects[{id}].name")
    }

    /// The first hits of each group, as label and text.
    fn labels(groups: &[Group]) -> Vec<String> {
        groups.iter().flat_map(|group| &group.hits).map(|hit| hit.label.clone()).collect()
    }

    #[test]
    fn what_a_clerk_types_leads_to_pages_columns_cells_and_help() {
        let document = sample::xinfeng();
        let leads = |words: &str| {
            let groups = found(&document, words);
            groups.into_iter().flat_map(|group| group.hits).map(|hit| hit.lead).collect::<Vec<_>>()
        };
        // Without the quotation marks with which it is printed.
        assert_eq!(leads("三公经费").first(), Some(&Lead::Page("three_public".into())));
        assert!(labels(&found(&document, "编制")).contains(&"编制数（一列）".to_owned()));
        // A row and a column, apart.
        has(
            &found(&document, "接待费 上年决算"),
            "“三公”经费 · “三公”经费",
            "three_public[hospitality].last_outturn",
            "",
        );
        // What is called so comes before what mentions it.
        let first = leads("基本支出明细");
        let cell = Place::cell("basic", &document.list("basic").unwrap().id_at(0).unwrap(), "item");
        assert_eq!(first.first(), Some(&cell.into()));
        // A table without rows is a place to go to as well.
        assert!(leads("奖补台账").contains(&Lead::Table("management".into(), "T18")));
        for (words, key) in
            [("打印", "out"), ("结转到下一年度", "next"), ("回收站", "versions"), ("撤销", help::KEYS_KEY)]
        {
            assert!(leads(words).contains(&Lead::Help(key)), "{words}");
        }
    }

    #[test]
    fn figures_are_found_as_shown_with_or_without_separators() {
        let mut document = sample::xinfeng();
        let id = document.list("projects").unwrap().id_at(0).unwrap();
        let place = Place::cell("projects", &id, "outturn");
        document.apply(&Edit::set(place.clone(), Raw::text("1234567.8")));
        for words in ["1,234,567.8", "1234567.8", "234567"] {
            has(&found(&document, words), "收支执行 · 项目支出明细", &place.to_string(), "1,234,567.80");
        }
    }

    #[test]
    fn long_tables_show_their_first_hits_and_say_how_many_more() {
        let mut document = sample::xinfeng();
        let rows = (0..10_000).map(|n| {
            let mut row = RowData { id: RowId::new(&format!("r{n}")), ..RowData::default() };
            row.cells.insert("name".into(), Raw::text(format!("测试企业{n}")));
            row
        });
        document.apply(&Edit::Insert { list: "recipients".into(), at: 0, rows: rows.collect() });
        let groups = found(&document, "测试企业");
        let [group] = groups.as_slice() else { panic!("{groups:?}") };
        assert_eq!((group.hits.len(), group.more, count(&groups)), (SHOWN, 10_000 - SHOWN, 10_000));
    }

    #[test]
    fn a_hit_in_prose_is_shown_with_what_stands_around_it() {
        let text = format!("{}要点{}", "前".repeat(40), "后".repeat(40));
        let at = text.find("要点").unwrap();
        let shown = around(&text, at, at + "要点".len());
        assert_eq!(shown, format!("…{}要点{}…", "前".repeat(16), "后".repeat(32)));
        assert_eq!(around("一\n二", 0, 0), "一 二");
    }
}
