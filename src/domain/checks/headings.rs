//! The outline of the template: every heading says something (TXT-01), after outline §7.3.

use super::reading::at;
use super::{CheckDef, Finding, Outcome, Severity};
use crate::domain::document::{Document, answer_place};
use crate::domain::facts::registry::source;
use crate::domain::place::Place;
use crate::domain::record::Kind;
use crate::domain::tables::{Column, RowsOf, TableDef};
use crate::domain::template::{Heading, Page, Part};

/// TXT-01.
pub const PRESENT: CheckDef = CheckDef {
    id: "TXT-01",
    title: "提纲的每个标题下都有内容（“如有”的可以写“无”）",
    severity: Severity::Warning,
    source: source::OUTLINE,
    run: |check, document, _| {
        let written =
            Document::SECTIONS.iter().filter(|(name, _)| *name == "narratives").flat_map(|(_, defs)| *defs);
        if written.map(|def| Place::field("narratives", def.key)).all(|place| document.get(&place).is_blank())
        {
            return vec![Outcome::NotApplicable("正文还没有写")];
        }
        let mut outcomes = Vec::new();
        walk(&document.template.outline, &mut |heading| outcomes.extend(present(check, document, heading)));
        outcomes
    },
};

fn walk<'a>(headings: &'a [Heading], visit: &mut impl FnMut(&'a Heading)) {
    for heading in headings {
        visit(heading);
        walk(&heading.children, visit);
    }
}

fn present(check: &CheckDef, document: &Document, heading: &Heading) -> Option<Outcome> {
    let pages: Vec<&Page> = heading.pages.iter().filter_map(|id| document.template.page(id)).collect();
    let parts = || pages.iter().flat_map(|page| &page.parts);
    parts().next()?;
    if parts().any(|part| says_something(document, part)) {
        return Some(Outcome::Holds);
    }
    let place = parts().find_map(|part| match part {
        Part::Text(key) => Place::parse(&format!("narratives.{key}")),
        _ => None,
    });
    let place = place.or_else(|| parts().find_map(|part| first_place(document, part)));
    Some(Outcome::Fails(vec![Finding::new(
        check,
        place.into_iter().map(|place| at(document, place)).collect(),
        format!("“{}”下没有内容", heading.heading),
        "请填写这一节。确实没有的写“无”。",
    )]))
}

/// Where to begin on a page without prose.
fn first_place(document: &Document, part: &Part) -> Option<Place> {
    match part {
        Part::Form(name) => {
            let (section, defs) = Document::SECTIONS.iter().find(|(known, _)| known == name)?;
            Some(Place::field(section, defs.first()?.key))
        }
        Part::Table(id) => {
            let table = TableDef::by_id(id)?;
            let rows = document.list(table.list)?;
            Some(Place::cell(table.list, &rows.id_at(0)?, rows.columns().first()?.key))
        }
        Part::Inputs(inputs) => inputs.first().map(answer_place),
        Part::Text(_) | Part::Other(_) => None,
    }
}

fn says_something(document: &Document, part: &Part) -> bool {
    match part {
        // The cover is no content.
        Part::Form(section) if section == "profile" => false,
        Part::Form(section) => {
            let found = Document::SECTIONS.iter().find(|(name, _)| name == section);
            found.is_some_and(|(section, defs)| {
                let mut said = defs.iter().filter(|def| def.kind != Kind::Choice);
                said.any(|def| !document.get(&Place::field(section, def.key)).is_blank())
            })
        }
        Part::Text(key) => {
            Place::parse(&format!("narratives.{key}")).is_some_and(|place| !document.get(&place).is_blank())
        }
        Part::Table(id) => TableDef::by_id(id).is_some_and(|table| filled(document, table)),
        // What stands on the cover is no content of a heading.
        Part::Inputs(inputs) => inputs.iter().any(|input| !input.cover && !document.answer(input).is_blank()),
        Part::Other(_) => false,
    }
}

/// Whether anything was filled in that this table adds: not the names of its rows, nor what another view shows.
fn filled(document: &Document, table: &TableDef) -> bool {
    let Some(rows) = document.list(table.list) else { return false };
    let view = matches!(table.rows, RowsOf::Fixed([]));
    let elsewhere = |key: &&'static str| {
        view && TableDef::by_list(table.list).is_some_and(|first| first.columns.contains(&Column::Field(key)))
    };
    let keys = table.columns.iter().filter_map(|column| match column {
        Column::Field(key) => Some(*key),
        Column::Fact(_) => None,
    });
    let columns: Vec<usize> = keys.filter(|key| !elsewhere(key)).filter_map(|key| rows.column(key)).collect();
    (0..rows.len()).any(|at| columns.iter().any(|column| !rows.get(at, *column).is_blank()))
}
