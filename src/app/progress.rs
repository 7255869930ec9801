//! How complete a report is: what it must have and what is filled in, from the record tables.
//!
//! Required fields of forms, required columns of the rows that there are (and of those that a table brings), and
//! required prose. Stated totals and cells that are read from elsewhere ask for nothing. Must not judge what is
//! filled in; that is for the checks.

use crate::domain::cell::{Cell, Raw};
use crate::domain::document::{Document, answer_place};
use crate::domain::place::Place;
use crate::domain::record::FieldDef;
use crate::domain::rows::RowId;
use crate::domain::tables::{self, RowsOf, TableDef};
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
}

impl Progress {
    /// Whether nothing required is missing.
    pub fn is_complete(&self) -> bool {
        self.filled == self.required
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

/// One part of a page.
pub fn part(document: &Document, part: &Part) -> Progress {
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
pub fn optional(document: &Document, page: &Page) -> Optional {
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
    let mut ids = rows.ids();
    if let RowsOf::Fixed(fixed) = table.rows {
        let brought = fixed.iter().filter(|row| !row.optional).map(|row| RowId::new(row.id));
        let absent: Vec<RowId> = brought.filter(|id| !ids.contains(id)).collect();
        ids.extend(absent);
    }
    let required: Vec<&FieldDef> = rows.columns().iter().filter(|def| def.required).collect();
    // Asked of the document by position: a look-up by id for each cell would make long lists slow.
    for (at, id) in ids.iter().enumerate() {
        for def in &required {
            let is_read = tables::only_shows(table, def.key)
                || tables::read_from(table, rows.len(), id, def.key).is_some();
            if is_read || !tables::has_cell(table.list, id, def.key) {
                continue;
            }
            progress.required += 1;
            // Figures are asked as numbers: making text of ten thousand of them is felt in every keystroke.
            let filled = rows.column(def.key).is_some_and(|column| match def.kind.is_numeric() {
                true => rows.number(at, column).counted().is_some(),
                false => matches!(rows.get(at, column), Cell::Nil | Cell::Value(_)),
            });
            if filled {
                progress.filled += 1;
            } else {
                progress.first_gap =
                    progress.first_gap.take().or_else(|| Some(Place::cell(table.list, id, def.key)));
            }
        }
    }
    progress
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
