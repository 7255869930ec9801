//! What can be put right in a file without guessing, each with a sentence for the user.
//!
//! Ids, parts that are not there, and cells whose text cannot be what their field holds. Nothing is ever dropped.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::app::ids::{Random, new_id};
use crate::domain::amount::MoneyUnit;
use crate::domain::cell::{Cell, Raw};
use crate::domain::document::Document;
use crate::domain::edit::Edit;
use crate::domain::entry;
use crate::domain::facts::label::Target;
use crate::domain::place::Place;
use crate::domain::record::{FieldDef, Kind};
use crate::domain::tables::TableDef;
use crate::domain::template;

/// Repairs that need no types.
pub(super) fn value(mut value: Value, random: &mut dyn Random) -> (Value, Vec<String>) {
    let mut repairs = Vec::new();
    let Some(root) = value.as_object_mut() else { return (value, repairs) };
    if !root.get("doc_id").and_then(Value::as_str).is_some_and(is_id) {
        root.insert("doc_id".to_owned(), Value::String(new_id(random)));
        repairs.push("文件里没有可用的报告标识（doc_id），已换成新的，作为一份新报告打开。".to_owned());
    }
    template_of(root, &mut repairs);
    absent_parts(root, &mut repairs);
    for (list, _) in Document::LISTS {
        if let Some(Value::Array(rows)) = root.get_mut(*list) {
            row_ids(list, rows, random, &mut repairs);
        }
    }
    (value, repairs)
}

/// Letters, digits, `-` and `_`: what can stand in a key of storage, an address and a reference in text.
fn is_id(text: &str) -> bool {
    const LONGEST: usize = 64;
    let letters = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    letters && (1..=LONGEST).contains(&text.chars().count())
}

fn template_of(root: &mut Map<String, Value>, repairs: &mut Vec<String>) {
    let empty = match root.get("template") {
        None | Some(Value::Null) => true,
        Some(Value::Object(template)) => match template.get("pages") {
            None => true,
            Some(pages) => pages.as_array().is_some_and(Vec::is_empty),
        },
        Some(_) => false,
    };
    let built_in = template::PACKS.first().and_then(|(_, json)| serde_json::from_str::<Value>(json).ok());
    if let Some(built_in) = built_in.filter(|_| empty) {
        let name = built_in.get("name").and_then(Value::as_str).unwrap_or("").to_owned();
        root.insert("template".to_owned(), built_in);
        repairs.push(format!("文件里没有模板，已用内置的“{name}”。"));
    }
}

/// Tables and sections that the file does not have come as a new report has them, so that a file from before a
/// table existed can be filled in.
fn absent_parts(root: &mut Map<String, Value>, repairs: &mut Vec<String>) {
    let fresh = serde_json::to_value(Document::new("", Arc::default())).unwrap_or_default();
    let mut tables = Vec::new();
    for (name, _) in Document::SECTIONS.iter().chain(Document::LISTS) {
        if root.contains_key(*name) {
            continue;
        }
        if let Some(part) = fresh.get(name) {
            root.insert((*name).to_owned(), part.clone());
        }
        // An absent table of the user's own rows is an empty one; worth saying are rows that a table brings.
        let brings = fresh.get(name).and_then(Value::as_array).is_some_and(|rows| !rows.is_empty());
        tables.extend(TableDef::by_list(name).filter(|_| brings).map(|table| format!("“{}”", table.title)));
    }
    if !tables.is_empty() {
        repairs.push(format!("文件里没有{}，已补上空表。", tables.join("、")));
    }
}

fn row_ids(list: &str, rows: &mut [Value], random: &mut dyn Random, repairs: &mut Vec<String>) {
    // Later rows keep their ids: a new id must not take one of theirs.
    let mut taken: HashSet<String> =
        rows.iter().filter_map(|row| row.get("id")?.as_str().map(str::to_owned)).collect();
    let mut seen = HashSet::new();
    let (mut missing, mut twice) = (0_usize, 0_usize);
    for row in rows.iter_mut().filter_map(Value::as_object_mut) {
        match row.get("id").and_then(Value::as_str).filter(|id| is_id(id)) {
            Some(id) if seen.insert(id.to_owned()) => continue,
            Some(_) => twice += 1,
            None => missing += 1,
        }
        row.insert("id".to_owned(), Value::String(unused(random, &mut taken)));
    }
    let title = TableDef::by_list(list).map_or(list, |table| table.title);
    if missing > 0 {
        repairs.push(format!("表“{title}”有 {missing} 行没有可用的行标识，已补上新的。"));
    }
    if twice > 0 {
        repairs.push(format!("表“{title}”有 {twice} 行的行标识与前面的行相同，已换成新的。"));
    }
}

/// A new id that no row has. Ends also with a source of randomness that repeats itself.
fn unused(random: &mut dyn Random, taken: &mut HashSet<String>) -> String {
    let mut id = new_id(random);
    let mut count = 0_u64;
    while !taken.insert(id.clone()) {
        count = count.saturating_add(1);
        id = format!("{}{count}", new_id(random));
    }
    id
}

/// Marks cells whose text cannot be what their field holds (a date, a year, a whole number), as if it had been
/// typed. Choices stay: a newer version may know more of them.
pub(super) fn cells(document: &mut Document) -> Vec<String> {
    let mut changed = Vec::new();
    for (place, text) in misfits(document) {
        changed.push(format!("“{}”", Target::Place(place.clone()).label(document)));
        document.apply(&Edit::set(place, Cell::Unread(text)));
    }
    if changed.is_empty() {
        return Vec::new();
    }
    const NAMED: usize = 3;
    let more = if changed.len() > NAMED { format!("等 {} 处", changed.len()) } else { String::new() };
    let named: Vec<String> = changed.into_iter().take(NAMED).collect();
    vec![format!("{}{more}的内容无法识别，已原样保留并标出。", named.join("、"))]
}

/// Cells of such fields whose text their kind does not read.
fn misfits(document: &Document) -> Vec<(Place, String)> {
    let misfit = |def: &FieldDef, cell: Raw| match cell {
        Cell::Value(text) => {
            let read = entry::read(def, &text, MoneyUnit::WanYuan);
            matches!(read, Cell::Unread(_)).then_some(text)
        }
        _ => None,
    };
    let judged = |def: &FieldDef| matches!(def.kind, Kind::Year | Kind::Date | Kind::Count);
    let mut found = Vec::new();
    for (section, defs) in Document::SECTIONS {
        for (column, def) in defs.iter().enumerate().filter(|(_, def)| judged(def)) {
            let cell = document.section(section).map(|fields| fields.get(column)).unwrap_or_default();
            found.extend(misfit(def, cell).map(|text| (Place::field(section, def.key), text)));
        }
    }
    for (list, defs) in Document::LISTS {
        let Some(rows) = document.list(list) else { continue };
        for at in 0..rows.len() {
            for (column, def) in defs.iter().enumerate().filter(|(_, def)| judged(def)) {
                let Some(text) = misfit(def, rows.get(at, column)) else { continue };
                found.extend(rows.id_at(at).map(|id| (Place::cell(list, &id, def.key), text)));
            }
        }
    }
    found
}
