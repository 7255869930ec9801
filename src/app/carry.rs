//! 结转到下一年度: the report of the next year, begun from this one.
//!
//! What stays, what becomes last year's figure and which rows go on stands in tables below; whatever they do not name
//! is 未填. Row ids stay, so that two years can be laid side by side. Must not change the report that it starts from.

use rust_decimal::Decimal;

use crate::domain::amount;
use crate::domain::cell::{Cell, Num, Raw};
use crate::domain::document::{Document, Previous};
use crate::domain::record::Fields;
use crate::domain::rows::RowData;

/// Fields that keep what they have, by section or list.
const KEPT: &[(&str, &[&str])] = &[
    ("profile", &["unit_name", "superior", "person_in_charge", "contact", "phone"]),
    ("positions_stated", &["complete"]),
    ("education_stated", &["complete"]),
    ("ages_stated", &["complete"]),
    ("three_public_counts", &["published_basis"]),
    ("publication", &["place", "address"]),
    // The duties of a department outlast its figures; all other prose is about the year.
    ("narratives", &["duties"]),
    ("staff", &["category", "authorised_posts", "staff_in_post"]),
    ("positions", &["group", "staff_in_post"]),
    ("education", &["group", "staff_in_post"]),
    ("ages", &["group", "staff_in_post"]),
    ("assets", &["item"]),
    ("targets", &["name", "task", "operator", "value", "value_text", "unit", "source"]),
    (
        "goals",
        &[
            "name",
            "level",
            "operator",
            "value",
            "value_text",
            "unit",
            "basis",
            "task_target",
            "project",
            "is_stock",
            "core",
            "method",
        ],
    ),
    ("funding", &["source"]),
    ("income", &["item"]),
    ("basic", &["item"]),
    ("projects", &["name", "key_project", "economic_class", "fund_source"]),
    ("expenditure", &["item"]),
    ("carryover", &["item"]),
    ("three_public", &["item"]),
    ("procurement", &["item"]),
    ("surveys", &["subject", "method"]),
    ("score_answers", &["name", "weight"]),
    ("inputs", &["name"]),
    ("rectifications", &["problem", "cause", "measure", "owner", "deadline", "state"]),
];

/// Fields that take what others had, added up: section or list, field, where from.
const MOVED: &[(&str, &str, &[&str])] = &[
    ("income_stated", "last_outturn", &["outturn"]),
    ("personnel_stated", "last_outturn", &["outturn"]),
    ("operating_stated", "last_outturn", &["outturn"]),
    ("basic_stated", "last_outturn", &["outturn"]),
    ("projects_stated", "last_outturn", &["outturn"]),
    ("expenditure_stated", "last_outturn", &["outturn"]),
    ("three_public_stated", "last_initial_budget", &["initial_budget"]),
    ("three_public_stated", "last_outturn", &["outturn"]),
    ("vehicles_stated", "last_initial_budget", &["initial_budget"]),
    ("vehicles_stated", "last_outturn", &["outturn"]),
    ("income", "last_outturn", &["outturn"]),
    ("basic", "last_outturn", &["outturn"]),
    ("projects", "last_outturn", &["outturn"]),
    ("expenditure", "last_outturn", &["outturn"]),
    ("carryover", "last_closing", &["closing_carryover", "closing_surplus"]),
    ("three_public", "last_initial_budget", &["initial_budget"]),
    ("three_public", "last_outturn", &["outturn"]),
];

/// Fields that take what the row of the same name in another list had: list, field, other list, its field.
const LOOKED_UP: &[(&str, &str, &str, &str)] = &[("goals", "last_actual", "targets", "actual")];

/// Lists of what happened in the year: their rows do not go on.
const LEFT: &[&str] = &[
    "batches",
    "recipients",
    "adjustments",
    "handlings",
    "accounts_summary",
    "accounts_income",
    "accounts_spending",
    "accounts_fiscal",
    "accounts_general",
    "accounts_basic",
    "accounts_fund",
    "accounts_capital",
    "accounts_assets",
];

/// Rows that are done with do not go on: list, field and what it says then.
const DONE: &[(&str, &str, &str)] = &[("rectifications", "state", "done")];

/// What stays as it is and what is to be filled in anew, for the user.
pub const KEPT_WORDS: &str = "单位信息、职责、人员、资产类别、项目名称、任务和目标保留，未整改完的问题保留。";
/// What the figures of the year became, for the user.
pub const MOVED_WORDS: &str =
    "决算成为上年决算，“三公”经费年初预算成为上年年初预算，年末结转结余成为上年年末，其余数字和正文待填。";

/// The report of the next year under an id of its own.
pub fn carry(old: &Document, doc_id: &str) -> Document {
    let mut new = Document {
        format: old.format.clone(),
        version: old.version,
        doc_id: doc_id.to_owned(),
        previous: Some(Previous {
            doc_id: old.doc_id.clone(),
            year: old.profile.year.words().to_owned(),
            ..Previous::default()
        }),
        template: old.template.clone(),
        scoring: old.scoring.clone(),
        ..Document::default()
    };
    for (section, _) in Document::SECTIONS {
        let (Some(from), Some(to)) = (old.section(section), new.section_mut(section)) else { continue };
        for (key, cell) in carried(section, from) {
            if let Some(column) = to.column(key) {
                to.set(column, cell);
            }
        }
    }
    if let Some((fields, column)) =
        new.section_mut("profile").and_then(|fields| fields.column("year").map(|column| (fields, column)))
    {
        fields.set(column, next_year(old.profile.year.words()));
    }
    for (list, _) in Document::LISTS {
        let rows = rows(old, list);
        if let Some(list) = new.list_mut(list) {
            list.insert(0, &rows);
        }
    }
    new
}

fn rows(old: &Document, list: &str) -> Vec<RowData> {
    let Some(from) = old.list(list).filter(|_| !LEFT.contains(&list)) else { return Vec::new() };
    let looked_up: Vec<_> = LOOKED_UP.iter().filter(|(owner, ..)| *owner == list).collect();
    (0..from.len())
        .filter_map(|at| from.row(at))
        .filter(|row| {
            let done = |(owner, key, value): &(&str, &str, &str)| {
                *owner == list && row.column(key).is_some_and(|column| row.get(column).words() == *value)
            };
            !DONE.iter().any(done)
        })
        .filter_map(|row| {
            let mut data = RowData { id: row.row_id()?.clone(), ..RowData::default() };
            data.cells.extend(carried(list, row).into_iter().map(|(key, cell)| (key.to_owned(), cell)));
            for (_, key, other, source) in &looked_up {
                let cell = of_same_name(old, &row.get(0), other, source);
                data.cells.insert((*key).to_owned(), cell);
            }
            Some(data)
        })
        .collect()
}

/// What a record hands on to the next year.
fn carried(owner: &str, record: &dyn Fields) -> Vec<(&'static str, Raw)> {
    let cell = |key: &str| record.column(key).map(|column| record.get(column)).unwrap_or_default();
    let kept = KEPT.iter().filter(|(known, _)| *known == owner).flat_map(|(_, keys)| keys.iter());
    let moved = MOVED.iter().filter(|(known, ..)| *known == owner).map(|(_, key, from)| match from {
        [only] => (*key, cell(only)),
        several => (*key, total(record, several)),
    });
    kept.map(|key| (*key, cell(key))).chain(moved).collect()
}

/// The sum of several fields; 未填 while one of them is, 无 where all are.
fn total(record: &dyn Fields, keys: &[&str]) -> Raw {
    let numbers: Vec<Num> = keys.iter().filter_map(|key| Some(record.number(record.column(key)?))).collect();
    if numbers.iter().all(|number| *number == Num::Nil) {
        return Cell::Nil;
    }
    let sum = numbers
        .iter()
        .try_fold(Decimal::ZERO, |sum, number| number.counted().and_then(|number| sum.checked_add(number)));
    sum.map_or(Cell::Blank, |sum| Cell::Value(amount::canonical(&sum)))
}

/// A field of the only row with this name.
fn of_same_name(document: &Document, name: &Raw, list: &str, key: &str) -> Raw {
    let name = name.words().trim();
    let Some(rows) = document.list(list).filter(|_| !name.is_empty()) else { return Cell::Blank };
    let mut found = (0..rows.len()).filter(|at| rows.get(*at, 0).words().trim() == name);
    match (found.next(), found.next(), rows.column(key)) {
        (Some(at), None, Some(column)) => rows.get(at, column),
        _ => Cell::Blank,
    }
}

fn next_year(year: &str) -> Raw {
    let next = year.parse::<u16>().ok().and_then(|year| year.checked_add(1));
    next.map_or(Cell::Blank, |year| Raw::text(format!("{year:04}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample;
    use crate::domain::edit::Edit;
    use crate::domain::place::Place;
    use std::collections::BTreeSet;

    fn cell(document: &Document, place: &str) -> Raw {
        document.get(&Place::parse(place).unwrap_or_else(|| panic!("{place}")))
    }

    #[test]
    fn the_tables_name_only_what_a_report_has_and_every_list_once() {
        let has = |owner: &str, key: &str| {
            let all = Document::SECTIONS.iter().chain(Document::LISTS);
            let found = all.into_iter().find(|(name, _)| *name == owner);
            assert!(found.is_some_and(|(_, defs)| defs.iter().any(|def| def.key == key)), "{owner}.{key}");
        };
        let mut written = BTreeSet::new();
        for (owner, keys) in KEPT {
            for key in *keys {
                has(owner, key);
                assert!(written.insert((*owner, *key)), "{owner}.{key} is written once");
            }
        }
        for (owner, key, from) in MOVED {
            has(owner, key);
            from.iter().for_each(|from| has(owner, from));
            assert!(written.insert((*owner, *key)), "{owner}.{key} is written once");
        }
        for (owner, key, other, source) in LOOKED_UP {
            has(owner, key);
            has(other, source);
            assert!(written.insert((*owner, *key)), "{owner}.{key} is written once");
        }
        DONE.iter().for_each(|(owner, key, _)| has(owner, key));
        // Whether the rows of a new list go on has to be decided here; their names come first.
        for (list, defs) in Document::LISTS {
            let first = defs.first().map_or("", |def| def.key);
            assert!(written.contains(&(*list, first)) != LEFT.contains(list), "{list}");
        }
        // Every field for last year's figure is filled from somewhere.
        for (owner, defs) in Document::SECTIONS.iter().chain(Document::LISTS) {
            for def in defs.iter().filter(|def| def.key.starts_with("last_")) {
                assert!(written.contains(&(*owner, def.key)), "{owner}.{}", def.key);
            }
        }
    }

    #[test]
    fn this_years_figures_become_last_years_and_the_rest_is_open() {
        let old = sample::example();
        let new = carry(&old, "next");
        assert_eq!((new.doc_id.as_str(), &new.template), ("next", &old.template));
        let previous = new.previous.clone().unwrap();
        assert_eq!((previous.doc_id, previous.year.as_str()), (old.doc_id.clone(), "2023"));
        assert_eq!(cell(&new, "profile.year"), Raw::text("2024"));
        assert_eq!(cell(&new, "profile.filled_on"), Cell::Blank);
        let moved: &[(&str, &str)] = &[
            ("profile.unit_name", "profile.unit_name"),
            ("narratives.duties", "narratives.duties"),
            ("staff[admin].staff_in_post", "staff[admin].staff_in_post"),
            ("income[general_public].last_outturn", "income[general_public].outturn"),
            ("basic[301].last_outturn", "basic[301].outturn"),
            ("three_public[hospitality].last_outturn", "three_public[hospitality].outturn"),
            ("three_public[hospitality].last_initial_budget", "three_public[hospitality].initial_budget"),
        ];
        for (now, then) in moved {
            assert_eq!(cell(&new, now), cell(&old, then), "{now}");
            assert!(!cell(&new, now).is_blank(), "{now}");
        }
        for open in [
            "basic[301].initial_budget",
            "basic[301].outturn",
            "three_public[hospitality].outturn",
            "three_public[hospitality].deviation_cause",
            "carryover[fiscal].opening",
            "narratives.execution",
            "publication.published_on",
        ] {
            assert_eq!(cell(&new, open), Cell::Blank, "{open}");
        }
        let rows = |document: &Document, list: &str| document.list(list).unwrap().ids();
        for list in ["projects", "targets", "goals", "staff", "surveys"] {
            assert_eq!(rows(&new, list), rows(&old, list), "{list}");
        }
        assert_eq!((rows(&new, "recipients").len(), rows(&new, "adjustments").len()), (0, 0));
    }

    #[test]
    fn closing_balances_add_up_and_stay_open_while_one_is() {
        let mut old = sample::example();
        let mut closing = |carryover: Raw, surplus: Raw| {
            for (key, cell) in [("closing_carryover", carryover), ("closing_surplus", surplus)] {
                let place = Place::parse(&format!("carryover[fiscal].{key}")).unwrap();
                old.apply(&Edit::set(place, cell));
            }
            cell(&carry(&old, "next"), "carryover[fiscal].last_closing")
        };
        assert_eq!(closing(Raw::text("1.50"), Raw::text("2.5")), Raw::text("4.00"));
        assert_eq!(closing(Raw::text("1.50"), Cell::Nil), Raw::text("1.50"));
        assert_eq!(closing(Cell::Nil, Cell::Nil), Cell::Nil);
        assert_eq!(closing(Raw::text("1.50"), Cell::Blank), Cell::Blank);
        assert_eq!(closing(Raw::text("1.50"), Cell::Unread("x".into())), Cell::Blank);
    }

    #[test]
    fn goals_learn_what_their_targets_reached_and_done_problems_stay_behind() {
        let mut old = sample::example();
        for list in ["targets", "goals", "rectifications"] {
            let ids = old.list(list).unwrap().ids();
            old.apply(&Edit::Remove { list: list.into(), ids });
        }
        let mut add = |list: &str, id: &str, cells: &[(&str, &str)]| {
            let row = RowData {
                id: crate::domain::rows::RowId::new(id),
                cells: cells.iter().map(|(key, text)| ((*key).to_owned(), Raw::text(*text))).collect(),
                ..RowData::default()
            };
            old.apply(&Edit::Insert { list: list.into(), at: usize::MAX, rows: vec![row] });
        };
        add("targets", "t1", &[("name", "培训"), ("value", "10"), ("actual", "12"), ("evidence", "台账")]);
        add("targets", "t2", &[("name", "走访"), ("actual", "3")]);
        add("targets", "t3", &[("name", "走访"), ("actual", "4")]);
        add("goals", "g1", &[("name", " 培训 "), ("value", "10"), ("last_actual", "8")]);
        add("goals", "g2", &[("name", "走访")]);
        add("rectifications", "r1", &[("problem", "甲"), ("state", "done")]);
        add("rectifications", "r2", &[("problem", "乙"), ("state", "running")]);
        let new = carry(&old, "next");
        let is = |place: &str, text: &str| assert_eq!(cell(&new, place), Raw::text(text), "{place}");
        is("goals[g1].last_actual", "12");
        is("goals[g2].last_actual", "");
        is("targets[t1].value", "10");
        is("targets[t1].actual", "");
        is("targets[t1].evidence", "");
        assert_eq!(new.list("rectifications").unwrap().ids(), [crate::domain::rows::RowId::new("r2")]);
    }

    #[test]
    fn a_report_without_a_year_is_carried_too() {
        let old = Document::new("d", std::sync::Arc::default());
        let new = carry(&old, "e");
        assert_eq!(cell(&new, "profile.year"), Cell::Blank);
        assert_eq!(new.list("staff").unwrap().len(), 3);
        assert_eq!(next_year("2021"), Raw::text("2022"));
        assert_eq!(next_year("二〇"), Cell::Blank);
    }
}
