//! How complete a report is: what it must have, what was begun, and the first place where something is missing.
//!
//! Required fields of forms, required columns of the rows that there are (and of those that a table brings), and
//! required prose. An optional column of figures that is added up is asked for once it was begun, as its sum waits for
//! the rest. Stated totals and cells that are read from elsewhere ask for nothing. Must not judge what is filled in;
//! that is for the checks.

use crate::domain::cell::{Cell, Raw};
use crate::domain::document::{Document, answer_place};
use crate::domain::place::Place;
use crate::domain::record::FieldDef;
use crate::domain::rows::{List, RowId};
use crate::domain::tables::{self, Column, RowsOf, TableDef};
use crate::domain::template::{Page, Part};

/// How much of a part is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Required fields that are filled in.
    pub filled: usize,
    /// Required fields.
    pub required: usize,
    /// The first one that is not; its row may still have to be opened.
    pub first_gap: Option<Place>,
    /// Cells that are missing in optional columns that were begun.
    pub begun: usize,
    /// The first of them.
    pub first_begun: Option<Place>,
}

impl Progress {
    /// Whether nothing required is missing.
    pub fn is_complete(&self) -> bool {
        self.filled == self.required
    }

    /// Required fields that are not filled in.
    pub fn missing(&self) -> usize {
        self.required.saturating_sub(self.filled)
    }

    /// Filled share in whole percent, 100 only when complete; 100 where nothing is required.
    pub fn percent(&self) -> usize {
        self.filled.saturating_mul(100).checked_div(self.required).unwrap_or(100)
    }

    fn count(&mut self, document: &Document, place: Place) {
        self.required += 1;
        match document.get(&place) {
            // What could not be read has still to be filled in.
            Cell::Blank | Cell::Unread(_) => self.first_gap = self.first_gap.take().or(Some(place)),
            Cell::Nil | Cell::Value(_) => self.filled += 1,
        }
    }

    fn add(mut self, other: Progress) -> Progress {
        self.filled += other.filled;
        self.required += other.required;
        self.first_gap = self.first_gap.or(other.first_gap);
        self.begun += other.begun;
        self.first_begun = self.first_begun.or(other.first_begun);
        self
    }
}

/// The whole report: all pages of its template.
pub fn document(document: &Document) -> Progress {
    let pages = document.template.pages.iter();
    pages.map(|one| page(document, one)).fold(Progress::default(), Progress::add)
}

/// One page of 填报.
pub fn page(document: &Document, page: &Page) -> Progress {
    let parts = page.parts.iter();
    parts.map(|one| part(document, one)).fold(Progress::default(), Progress::add)
}

fn part(document: &Document, part: &Part) -> Progress {
    match part {
        Part::Form(section) => of_section(document, section, |_| true),
        Part::Text(key) => of_section(document, "narratives", |def| def.key == key),
        Part::Table(id) => {
            TableDef::by_id(id).map_or_else(Progress::default, |table| of_table(document, table))
        }
        Part::Inputs(inputs) => {
            let mut progress = Progress::default();
            let required = inputs.iter().filter(|input| input.required);
            required.for_each(|input| progress.count(document, answer_place(input)));
            progress
        }
        Part::Other(_) => Progress::default(),
    }
}

/// How a page stands; every screen that says so says the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Of so many required fields so many are filled in.
    Part {
        /// Filled in.
        filled: usize,
        /// Required.
        required: usize,
    },
    /// Nothing required is missing, but so many cells in columns that were begun are.
    Begun(usize),
    /// All that is required is there.
    Done,
    /// Nothing is required.
    Optional(Optional),
}

/// Where something is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// A field.
    Place(Place),
    /// A table without rows, by its id.
    Table(&'static str),
}

/// How a page stands, and the first place where something is still to be filled in: what is required first, then what
/// was begun; of a page on which nothing is required and nothing stands, the first field.
pub fn standing(document: &Document, of: &Page) -> (Standing, Option<Gap>) {
    let progress = page(document, of);
    let standing = match (progress.missing(), progress.begun, progress.required) {
        (1.., _, required) => Standing::Part { filled: progress.filled, required },
        (0, begun @ 1.., _) => Standing::Begun(begun),
        (0, 0, 0) => Standing::Optional(optional(document, of)),
        (0, 0, _) => Standing::Done,
    };
    let missing = progress.first_gap.or(progress.first_begun).map(Gap::Place);
    let is_blank = standing == Standing::Optional(Optional::Blank);
    let gap = missing.or_else(|| is_blank.then(|| first_field(document, of)).flatten());
    (standing, gap)
}

/// What a page without required fields holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Optional {
    /// Nothing yet.
    Blank,
    /// 无, and nothing else: there is none, and that is said.
    Nil,
    /// Something.
    Filled,
}

/// What a page holds, whatever of it is required: its own prose, forms and rows. What a new report brings is nothing.
fn optional(document: &Document, page: &Page) -> Optional {
    let of_cell = |cell: Raw| match cell {
        Cell::Blank => Optional::Blank,
        Cell::Nil => Optional::Nil,
        Cell::Value(text) if matches!(text.trim(), "无" | "无。" | "没有" | "没有。") => {
            Optional::Nil
        }
        Cell::Value(_) | Cell::Unread(_) => Optional::Filled,
    };
    let of_section = |name: &str, key: Option<&str>| {
        let section = document.section(name);
        let fields = section.into_iter().flat_map(|section| {
            let wanted = move |(_, def): &(usize, &FieldDef)| key.is_none_or(|key| key == def.key);
            section.defs().iter().enumerate().filter(wanted).map(|(column, _)| section.get(column))
        });
        fields.map(of_cell).max()
    };
    let of_table = |table: &TableDef| {
        let rows = document.list(table.list)?;
        let named = usize::from(matches!(table.rows, RowsOf::Fixed(_)));
        let cells = (0..rows.len())
            .filter_map(|at| rows.row(at))
            .flat_map(|row| (named..row.defs().len()).map(|column| row.get(column)));
        cells.map(of_cell).max()
    };
    let parts = page.parts.iter().filter_map(|part| match part {
        Part::Form(section) => of_section(section, None),
        Part::Text(key) => of_section("narratives", Some(key)),
        Part::Table(id) => TableDef::by_id(id).and_then(of_table),
        Part::Inputs(inputs) => inputs.iter().map(|input| of_cell(document.answer(input))).max(),
        Part::Other(_) => None,
    });
    parts.max().unwrap_or(Optional::Blank)
}

fn of_section(document: &Document, section: &str, wanted: impl Fn(&FieldDef) -> bool) -> Progress {
    let mut progress = Progress::default();
    if let Some((section, defs)) = Document::SECTIONS.iter().find(|(name, _)| *name == section) {
        for def in defs.iter().filter(|def| def.required && wanted(def)) {
            progress.count(document, Place::field(section, def.key));
        }
    }
    progress
}

fn of_table(document: &Document, table: &TableDef) -> Progress {
    let mut progress = Progress::default();
    let Some(rows) = document.list(table.list) else { return progress };
    let required = rows.columns().iter().filter(|def| def.required && asks(document, table));
    let required: Vec<(&FieldDef, Option<usize>)> = required.map(|def| (def, rows.column(def.key))).collect();
    let begun: Vec<(&FieldDef, usize)> =
        summed(table, rows).filter(|(_, column)| is_begun(rows, *column)).collect();
    // Asked of the document by position: a look-up by id for each cell would make long lists slow.
    for at in 0..rows.len() {
        let Some(id) = rows.id_at(at) else { continue };
        for (def, column) in required.iter().filter(|(def, _)| has(table, rows, &id, def)) {
            progress.required += 1;
            if column.is_some_and(|column| is_filled(rows, at, def, column)) {
                progress.filled += 1;
            } else {
                let place = || Some(Place::cell(table.list, &id, def.key));
                progress.first_gap = progress.first_gap.take().or_else(place);
            }
        }
        for (def, column) in begun.iter().filter(|(def, _)| has(table, rows, &id, def)) {
            if !is_filled(rows, at, def, *column) {
                progress.begun += 1;
                let place = || Some(Place::cell(table.list, &id, def.key));
                progress.first_begun = progress.first_begun.take().or_else(place);
            }
        }
    }
    for id in absent(table, rows) {
        for (def, _) in required.iter().filter(|(def, _)| has(table, rows, &id, def)) {
            progress.required += 1;
            let place = || Some(Place::cell(table.list, &id, def.key));
            progress.first_gap = progress.first_gap.take().or_else(place);
        }
    }
    progress
}

/// Whether a table asks for what its list must have: of several that show one list, the first of the template does.
fn asks(document: &Document, table: &TableDef) -> bool {
    let parts = document.template.pages.iter().flat_map(|page| &page.parts);
    let mut tables = parts.filter_map(|part| match part {
        Part::Table(id) => TableDef::by_id(id),
        _ => None,
    });
    tables.find(|other| other.list == table.list).is_none_or(|first| first.id == table.id)
}

/// Optional columns of figures that a table adds up.
fn summed<'a>(
    table: &'a TableDef,
    rows: &'a dyn List,
) -> impl Iterator<Item = (&'static FieldDef, usize)> + 'a {
    let columns = rows.columns().iter().enumerate().map(|(at, def)| (def, at));
    columns.filter(move |(def, _)| {
        let shown = table.columns.contains(&Column::Field(def.key));
        !table.sums.is_empty() && shown && !def.required && def.kind.is_numeric()
    })
}

fn is_begun(rows: &dyn List, column: usize) -> bool {
    (0..rows.len()).any(|at| rows.number(at, column).counted().is_some())
}

/// Whether a row has a cell of its own in a column.
fn has(table: &TableDef, rows: &dyn List, id: &RowId, def: &FieldDef) -> bool {
    !tables::only_shows(table, def.key)
        && tables::read_from(table, rows.len(), id, def.key).is_none()
        && tables::has_cell(table.list, id, def.key)
}

fn is_filled(rows: &dyn List, at: usize, def: &FieldDef, column: usize) -> bool {
    // Figures are asked as numbers: making text of ten thousand of them is felt in every keystroke.
    match def.kind.is_numeric() {
        true => rows.number(at, column).counted().is_some(),
        false => matches!(rows.get(at, column), Cell::Nil | Cell::Value(_)),
    }
}

/// Rows that a table brings and that are gone.
fn absent(table: &TableDef, rows: &dyn List) -> Vec<RowId> {
    let RowsOf::Fixed(fixed) = table.rows else { return Vec::new() };
    let brought = fixed.iter().filter(|row| !row.optional).map(|row| RowId::new(row.id));
    brought.filter(|id| rows.position(id).is_none()).collect()
}

/// The first field of a page that is 未填, in its order on screen.
fn first_field(document: &Document, page: &Page) -> Option<Gap> {
    let of_section = |name: &str, key: Option<&str>| {
        let (name, defs) = Document::SECTIONS.iter().find(|(known, _)| *known == name)?;
        let mut places = defs
            .iter()
            .filter(|def| key.is_none_or(|key| key == def.key))
            .map(|def| Place::field(name, def.key));
        places.find(|place| document.get(place).is_blank()).map(Gap::Place)
    };
    let of_table = |table: &'static TableDef| {
        let rows = document.list(table.list)?;
        let shown = tables::rows_shown(table, document);
        if shown.is_empty() {
            // What shows rows of another table gets none of its own.
            return (!matches!(table.rows, RowsOf::Fixed([]))).then_some(Gap::Table(table.id));
        }
        let first = rows.columns().first().filter(|_| matches!(table.rows, RowsOf::Free(_)));
        let fields = table.columns.iter().filter_map(|column| match column {
            Column::Field(key) => rows.columns().iter().find(|def| def.key == *key),
            Column::Fact(_) => None,
        });
        let fields: Vec<&FieldDef> = first.into_iter().chain(fields).collect();
        shown.into_iter().find_map(|at| {
            let id = rows.id_at(at)?;
            let blank = |def: &&&FieldDef| {
                has(table, rows, &id, def)
                    && rows.column(def.key).is_some_and(|column| rows.get(at, column).is_blank())
            };
            fields.iter().find(blank).map(|def| Gap::Place(Place::cell(table.list, &id, def.key)))
        })
    };
    page.parts.iter().find_map(|part| match part {
        Part::Form(section) => of_section(section, None),
        Part::Text(key) => of_section("narratives", Some(key)),
        Part::Table(id) => TableDef::by_id(id).and_then(of_table),
        Part::Inputs(inputs) => {
            let blank = inputs.iter().find(|input| document.answer(input).is_blank());
            blank.map(|input| Gap::Place(answer_place(input)))
        }
        Part::Other(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample;
    use crate::domain::edit::Edit;
    use crate::domain::template::{PACKS, Template};
    use std::sync::Arc;

    fn empty() -> Document {
        let template: Template = serde_json::from_str(PACKS[0].1).unwrap();
        Document::new("d", Arc::new(template))
    }

    fn counted(document: &Document, id: &str) -> (usize, usize, String) {
        let progress = page(document, document.template.page(id).unwrap());
        let gap = progress.first_gap.map(|place| place.to_string()).unwrap_or_default();
        (progress.filled, progress.required, gap)
    }

    #[test]
    fn a_new_report_asks_for_what_its_record_tables_mark_as_required() {
        let document = empty();
        assert_eq!(counted(&document, "basics"), (0, 6, "profile.unit_name".into()));
        assert_eq!(counted(&document, "staffing"), (0, 7, "staff[admin].authorised_posts".into()));
        // Income 2; basic 3 × 2; 基本支出 and 项目支出 of T5b are read; carry-over 3; prose 1.
        assert_eq!(counted(&document, "execution"), (0, 12, "income[general_public].initial_budget".into()));
        assert_eq!(
            counted(&document, "three_public"),
            (0, 15, "three_public[travel_abroad].initial_budget".into())
        );
        let all = super::document(&document);
        assert_eq!((all.filled, all.required, all.percent(), all.is_complete()), (0, 63, 0, false));
    }

    #[test]
    fn what_may_be_left_out_is_told_from_what_is_said_not_to_be() {
        let mut document = empty();
        let of = |document: &Document| optional(document, document.template.page("satisfaction").unwrap());
        assert_eq!(of(&document), Optional::Blank);
        let place = || Place::field("narratives", "satisfaction");
        document.apply(&Edit::set(place(), Raw::text("无。")));
        assert_eq!(of(&document), Optional::Nil);
        document.apply(&Edit::set(place(), Raw::text("发放问卷 100 份。")));
        assert_eq!(of(&document), Optional::Filled);
        assert_eq!(optional(&document, document.template.page("assets").unwrap()), Optional::Blank);
    }

    fn stands(document: &Document, id: &str) -> (Standing, Option<Gap>) {
        standing(document, document.template.page(id).unwrap())
    }

    #[test]
    fn each_page_leads_to_where_something_is_still_to_be_filled_in() {
        let mut document = empty();
        let (standing, gap) = stands(&document, "staffing");
        assert_eq!(standing, Standing::Part { filled: 0, required: 7 });
        assert_eq!(gap, Some(Gap::Place(Place::parse("staff[admin].authorised_posts").unwrap())));
        // Nothing is asked for, and nothing stands: the first field, or the table to which a row can be added.
        let (standing, gap) = stands(&document, "satisfaction");
        assert_eq!((standing, gap), (Standing::Optional(Optional::Blank), Some(Gap::Table("T16"))));
        document.apply(&Edit::set(Place::field("narratives", "satisfaction"), Raw::text("无")));
        assert_eq!(stands(&document, "satisfaction"), (Standing::Optional(Optional::Nil), None));
    }

    #[test]
    fn an_optional_column_of_figures_is_asked_for_once_it_was_begun() {
        let mut document = empty();
        let mut set = |place: &str, text: &str| {
            document.apply(&Edit::set(Place::parse(place).unwrap(), Raw::text(text)));
        };
        let columns = ["initial_budget", "outturn", "last_outturn"];
        for row in ["travel_abroad", "vehicle_purchase", "vehicle_running", "hospitality"] {
            columns.iter().for_each(|column| set(&format!("three_public[{row}].{column}"), "1"));
        }
        set("three_public_counts.receptions", "3");
        set("three_public_counts.guests", "30");
        set("narratives.three_public", "见上表。");
        set("three_public[travel_abroad].revised_budget", "1");
        let (standing, gap) = stands(&document, "three_public");
        let first = Place::parse("three_public[vehicle_purchase].revised_budget").unwrap();
        assert_eq!((standing, gap), (Standing::Begun(3), Some(Gap::Place(first))));
        document.apply(&Edit::set(
            Place::parse("three_public[travel_abroad].revised_budget").unwrap(),
            Raw::Blank,
        ));
        assert_eq!(stands(&document, "three_public"), (Standing::Done, None));
    }

    #[test]
    fn a_row_that_two_tables_show_is_asked_for_once() {
        let mut document = empty();
        let row = crate::domain::rows::RowData { id: RowId::new("t1"), ..Default::default() };
        document.apply(&Edit::Insert { list: "targets".into(), at: 0, rows: vec![row] });
        assert_eq!(counted(&document, "tasks").1, 3, "name, direction and the text");
        assert_eq!(counted(&document, "results").1, 1, "the text alone");
    }

    #[test]
    fn nil_counts_as_filled_and_what_cannot_be_read_does_not() {
        let mut document = empty();
        let set = |document: &mut Document, row: &str, cell: Raw| {
            document
                .apply(&Edit::set(Place::parse(&format!("staff[{row}].authorised_posts")).unwrap(), cell));
        };
        set(&mut document, "admin", Cell::Nil);
        set(&mut document, "support", Cell::Unread("一".into()));
        assert_eq!(counted(&document, "staffing"), (1, 7, "staff[admin].staff_in_post".into()));
        document.apply(&Edit::set(Place::parse("staff_stated.authorised_posts").unwrap(), Raw::text("16")));
        assert_eq!(counted(&document, "staffing").1, 7, "a stated total asks for nothing");
    }

    #[test]
    fn a_cell_that_a_table_does_not_have_is_not_asked_for() {
        let mut document = empty();
        let RowsOf::Fixed(rows) = TableDef::by_list("staff").unwrap().rows else { panic!("fixed rows") };
        let row = rows.iter().find(|row| row.id == "off_quota").unwrap().data("category");
        document.apply(&Edit::Insert { list: "staff".into(), at: 3, rows: vec![row] });
        // Of 编外 only the number of people.
        assert_eq!(counted(&document, "staffing").1, 8);
    }

    #[test]
    fn rows_that_a_table_brings_are_asked_for_also_when_they_are_gone() {
        let mut document = empty();
        document.apply(&Edit::Remove { list: "staff".into(), ids: vec![RowId::new("admin")] });
        assert_eq!(counted(&document, "staffing"), (0, 7, "staff[support].authorised_posts".into()));
    }

    #[test]
    fn the_sample_is_half_complete_as_its_report_was() {
        let all = super::document(&sample::xinfeng());
        assert!(all.filled > 10 && all.filled < all.required && all.percent() < 100, "{all:?}");
        assert_eq!(all.first_gap.unwrap().to_string(), "profile.contact");
        assert_eq!(Progress::default().percent(), 100);
    }
}
