//! Where things are on screen: the page of a place, and its name in words.

use ziping::domain::document::{Document, INPUTS};
use ziping::domain::facts::label::Target;
use ziping::domain::facts::registry::registry;
use ziping::domain::place::Place;
use ziping::domain::tables::{Column, TableDef};
use ziping::domain::template::{Page, Part};

use crate::web::route::{Route, View};

/// The page of 填报 on which a target stands.
pub fn page_of<'a>(document: &'a Document, target: &Target) -> Option<&'a Page> {
    document.template.pages.iter().find(|page| page.parts.iter().any(|part| has(part, target)))
}

/// The element to scroll to for a figure that no cell shows: its table or form. `None` for what has a cell or field.
pub fn anchor(document: &Document, target: &Target) -> Option<String> {
    let Target::Fact(id) = target else { return None };
    let (prefix, key) = id.split_once('.')?;
    let shown = |table: &TableDef| {
        let has =
            |column: &Column| matches!(column, Column::Field(known) | Column::Fact(known) if *known == key);
        table.sums.iter().any(|sum| sum.id == prefix) && table.columns.iter().any(has)
    };
    page_of(document, target)?.parts.iter().filter(|part| has(part, target)).find_map(|part| match part {
        Part::Table(id) => {
            let table = TableDef::by_id(id)?;
            (!shown(table)).then(|| format!("table-{}", table.id))
        }
        Part::Form(form) => Some(format!("form-{form}")),
        _ => None,
    })
}

/// The address of the page on which a target stands; 校验 for what stands on none.
pub fn address(document: &Document, target: &Target) -> String {
    let elsewhere = if on_sheet(target) { View::Score } else { View::Findings };
    let view = page_of(document, target).map_or(elsewhere, |page| View::Page(page.id.clone()));
    Route::Report { doc_id: document.doc_id.clone(), view }.to_string()
}

/// Whether a target stands on the score sheet.
fn on_sheet(target: &Target) -> bool {
    matches!(
        target,
        Target::Place(
            Place::Cell { list: "score_answers", .. } | Place::Field { section: "score_stated", .. }
        )
    )
}

fn has(part: &Part, target: &Target) -> bool {
    match (part, target) {
        (Part::Form(form), Target::Place(Place::Field { section, .. })) => form == section,
        // A total of T5 is computed where it is stated.
        (Part::Form(form), Target::Fact(id)) => {
            matches!(*id, "receipts.outturn" | "payments.outturn")
                && id.split_once('.').is_some_and(|(side, _)| *form == format!("{side}_stated"))
        }
        (Part::Text(key), Target::Place(Place::Field { section: "narratives", field })) => key == field,
        (Part::Inputs(inputs), Target::Place(Place::Cell { list: INPUTS, row, .. })) => {
            inputs.iter().any(|input| input.id == row.as_str())
        }
        (Part::Table(id), _) => TableDef::by_id(id).is_some_and(|table| in_table(table, target)),
        _ => false,
    }
}

fn in_table(table: &TableDef, target: &Target) -> bool {
    match target {
        Target::Place(Place::Field { section, .. }) => {
            table.sums.iter().any(|sum| sum.stated == Some(section))
        }
        Target::Place(Place::Cell { list, column, .. }) => {
            table.list == *list && shows(table, column, Column::Field)
        }
        Target::RowFact { list, key, .. } => table.list == *list && shows(table, key, Column::Fact),
        Target::Fact(id) => {
            let prefix = id.split_once('.').map_or(*id, |(prefix, _)| prefix);
            table.sums.iter().any(|sum| sum.id == prefix)
        }
    }
}

/// Whether a table has a column; the one that names the row stands in every table of its list.
fn shows(table: &TableDef, key: &'static str, column: impl Fn(&'static str) -> Column) -> bool {
    let first = Document::LISTS
        .iter()
        .find(|(name, _)| *name == table.list)
        .and_then(|(_, defs)| defs.first())
        .is_some_and(|def| def.key == key);
    first || table.columns.contains(&column(key))
}

/// Where a target stands, in words: `收支执行 · 基本支出明细`.
pub fn path(document: &Document, target: &Target) -> String {
    let page = page_of(document, target);
    let table = page.and_then(|page| {
        page.parts.iter().find_map(|part| match part {
            Part::Table(id) => TableDef::by_id(id).filter(|table| in_table(table, target)),
            _ => None,
        })
    });
    let sheet = on_sheet(target).then(|| "自评表".to_owned());
    let title = page.map(|page| page.title.clone()).or(sheet);
    [title, table.map(|table| table.title.to_owned())].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The document that a computed target's formula comes from.
pub fn source(target: &Target) -> &'static str {
    match target {
        Target::Fact(id) => registry().fact(id).map_or("", |def| def.source),
        Target::RowFact { list, key, .. } => registry().row_fact(list, key).map_or("", |def| def.source),
        Target::Place(_) => "",
    }
}
