//! 换模板: the same report after another template, and what has no place there.
//!
//! Nothing of the report changes but its template, so that changing back gives the report that was. Must not know how
//! templates are offered.

use std::collections::HashSet;
use std::sync::Arc;

use crate::domain::document::Document;
use crate::domain::edit::Edit;
use crate::domain::record::Fields;
use crate::domain::tables::{self, RowsOf, TableDef};
use crate::domain::template::{Part, Template};

/// The edit that puts a report under another template, as one step.
pub fn edit(document: &Document, template: Template) -> Edit {
    let mut next = Document { template: Arc::new(template), ..document.clone() };
    next.close_inputs();
    next.open_inputs();
    Edit::Replace(Box::new(next))
}

/// What a report has filled in that has no page under a template: titles of tables with the number of their rows,
/// labels of texts and fields. It stays in the report, and shows and prints again under a template that has it.
pub fn homeless(document: &Document, template: &Template) -> Vec<String> {
    let parts: Vec<&Part> = template.pages.iter().flat_map(|page| &page.parts).collect();
    let tables: Vec<&TableDef> = parts
        .iter()
        .filter_map(|part| match part {
            Part::Table(id) => TableDef::by_id(id),
            _ => None,
        })
        .collect();
    let texts: HashSet<&str> = parts
        .iter()
        .filter_map(|part| match part {
            Part::Text(key) => Some(key.as_str()),
            _ => None,
        })
        .collect();
    let forms: HashSet<&str> = parts
        .iter()
        .filter_map(|part| match part {
            Part::Form(section) => Some(section.as_str()),
            _ => None,
        })
        .collect();
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    for table in tables::ALL {
        let has_place = tables.iter().any(|shown| shown.list == table.list);
        if has_place || !seen.insert(table.list) {
            continue;
        }
        let rows = filled_rows(document, table);
        let stated = table.sums.iter().filter_map(|sum| sum.stated).any(|name| is_filled(document, name));
        match rows {
            0 if stated => found.push(format!("{}（上报合计）", table.title)),
            0 => {}
            rows => found.push(format!("{}（{rows} 行）", table.title)),
        }
    }
    for (name, defs) in Document::SECTIONS {
        let Some(section) = document.section(name) else { continue };
        let of_table = TableDef::by_stated(name).is_some();
        if of_table || forms.contains(name) || NO_FORM.contains(name) {
            continue;
        }
        for (column, def) in defs.iter().enumerate() {
            let has_place = *name == "narratives" && texts.contains(def.key);
            if !has_place && !section.get(column).is_blank() {
                found.push(def.label.to_owned());
            }
        }
    }
    let answered = document.inputs.iter().filter(|row| !row.value.is_blank());
    let gone = answered.filter(|row| template.input(row.id.as_str()).is_none());
    found.extend(gone.map(|row| row.name.words().to_owned()));
    found
}

/// Sections that no template shows: totals that are stated of whole tables.
const NO_FORM: &[&str] = &["receipts_stated", "payments_stated"];

/// Rows of a table that have more than the name that the table gave them.
fn filled_rows(document: &Document, table: &TableDef) -> usize {
    let Some(rows) = document.list(table.list) else { return 0 };
    let named = matches!(table.rows, RowsOf::Fixed(_));
    let filled =
        |row: &dyn Fields| (usize::from(named)..row.defs().len()).any(|column| !row.get(column).is_blank());
    (0..rows.len()).filter_map(|at| rows.row(at)).filter(|row| filled(*row)).count()
}

/// Whether a section has more than what a new report brings.
fn is_filled(document: &Document, name: &str) -> bool {
    let brought =
        |key: &str| tables::INITIAL.iter().any(|((section, field), _)| *section == name && *field == key);
    document.section(name).is_some_and(|section| {
        section
            .defs()
            .iter()
            .enumerate()
            .any(|(column, def)| !brought(def.key) && !section.get(column).is_blank())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample;
    use crate::app::session::Session;

    fn built_in(id: &str) -> Template {
        Template::built_in(id).unwrap()
    }

    #[test]
    fn there_and_back_is_the_same_report_and_one_step_each() {
        for document in [sample::xinfeng(), sample::example()] {
            let mut session = Session::new(document.clone(), 0);
            assert!(session.edit(&edit(&document, built_in("sichuan")), 0));
            let there = session.document().clone();
            assert_eq!(there.template.id, "sichuan");
            // What the other template asks for of its own has rows to be answered in.
            let (template, inputs) = (document.template.clone(), document.inputs.clone());
            assert_eq!(Document { template, inputs, ..Document::clone(&there) }, document);
            // Through the file too.
            let read: Document = serde_json::from_str(&serde_json::to_string(&*there).unwrap()).unwrap();
            assert_eq!(read, *there);
            assert!(session.edit(&edit(&there, Template::clone(&document.template)), 1));
            assert_eq!(**session.document(), document);
            session.undo();
            session.undo();
            assert_eq!((&**session.document(), session.can_undo()), (&document, false));
        }
    }

    #[test]
    fn what_has_no_place_is_named_and_what_is_empty_is_not() {
        let example = sample::example();
        assert_eq!(homeless(&example, &built_in("jiangxi")), Vec::<String>::new());
        assert_eq!(homeless(&example, &built_in("sichuan")), ["资产情况（4 行）", "资产情况说明"]);
        let empty = Document::new("d", Arc::new(built_in("jiangxi")));
        assert_eq!(homeless(&empty, &Template::default()), Vec::<String>::new());
        let all = homeless(&example, &Template::default());
        for name in ["项目支出明细", "年度工作任务", "单位全称", "主要职责与组织架构"]
        {
            assert!(all.iter().any(|found| found.starts_with(name)), "{name}: {all:?}");
        }
        let mut counted = all.clone();
        counted.sort();
        counted.dedup();
        assert_eq!(counted.len(), all.len(), "each once");
    }
}
