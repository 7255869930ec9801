//! What stands in one place and is read in another: the target behind a goal, the recipients behind a batch.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use ziping::app::grid::{Line, Lines};
use ziping::app::sample;
use ziping::domain::amount::MoneyUnit::WanYuan;
use ziping::domain::assess::evaluate;
use ziping::domain::cell::{Cell, Raw};
use ziping::domain::document::Document;
use ziping::domain::edit::Edit;
use ziping::domain::facts::eval::Facts;
use ziping::domain::facts::registry::registry;
use ziping::domain::facts::targets::of_goal;
use ziping::domain::place::Place;
use ziping::domain::reference;
use ziping::domain::report::{self, block::Block};
use ziping::domain::tables::TableDef;

fn set(document: &mut Document, place: &str, cell: Raw) {
    document.apply(&Edit::set(Place::parse(place).expect(place), cell));
}

fn row_fact(document: &Document, list: &str, row: &str, key: &str) -> String {
    let def = registry().row_fact(list, key).expect(key);
    let at = document.list(list).unwrap().ids().iter().position(|id| id.as_str() == row).expect(row);
    match Facts::evaluate(document).of_row(document, def, at) {
        Ok(value) => value.show_with(def.unit),
        Err(missing) => missing.words(&|place| place.to_string()),
    }
}

#[test]
fn a_goal_repeats_the_target_that_it_names_or_that_is_called_the_same() {
    let mut document = sample::xinfeng();
    let target = |document: &Document, row: &str| {
        let goal = document.goals.iter().find(|goal| goal.id.as_str() == row).unwrap();
        of_goal(document, goal).map(|target| target.id.as_str().to_owned())
    };
    assert_eq!(target(&document, "p4y9zc5dmt").as_deref(), Some("q2r6ts3kdp"), "same name, same unit");
    assert_eq!(target(&document, "w2v6tn4jfq").as_deref(), Some("v3f9nj4cxg"), "named");
    assert_eq!(target(&document, "a7k2jx8zpr"), None);
    // The report says 6 platforms here and 4 there, 500 here and 600 there.
    assert_eq!(row_fact(&document, "goals", "p4y9zc5dmt", "target_gap"), "2");
    assert_eq!(row_fact(&document, "goals", "r8w3kh7gsb", "target_gap"), "-100");
    assert_eq!(row_fact(&document, "goals", "a7k2jx8zpr", "target_gap"), "没有对应的任务目标");
    set(&mut document, "goals[p4y9zc5dmt].adjusted_value", Raw::text("4"));
    assert_eq!(row_fact(&document, "goals", "p4y9zc5dmt", "target_gap"), "0", "the adjusted value counts");
    set(&mut document, "goals[p4y9zc5dmt].task_target", Cell::Nil);
    assert_eq!(target(&document, "p4y9zc5dmt"), None, "无 is an answer");
}

#[test]
fn a_reference_is_read_by_name_stored_by_id_and_told_apart_by_number() {
    let mut document = sample::xinfeng();
    let place = Place::parse("goals[a7k2jx8zpr].task_target").unwrap();
    let def = Document::def(&place).unwrap();
    let read = |document: &Document, text: &str| reference::read(document, def, text, WanYuan);
    assert_eq!(read(&document, " 科技副总 "), Cell::Value("v3f9nj4cxg".into()));
    assert_eq!(read(&document, "v3f9nj4cxg"), Cell::Value("v3f9nj4cxg".into()));
    assert_eq!(read(&document, ""), Cell::Blank);
    assert_eq!(read(&document, "无"), Cell::Nil);
    assert_eq!(read(&document, "没有的"), Cell::Unread("没有的".into()));
    set(&mut document, "targets[w6x3fk7mtd].name", Raw::text("科技副总"));
    assert!(matches!(read(&document, "科技副总"), Cell::Unread(_)), "two have the name");
    let stored = Cell::Value("v3f9nj4cxg".into());
    let label = reference::edit_text(&document, def, &stored, WanYuan);
    assert_eq!(read(&document, &label), stored, "{label}");
    assert_eq!(reference::shown(&document, def, &stored, WanYuan), "科技副总");
    assert_eq!(reference::shown(&document, def, &Cell::Value("weg".into()), WanYuan), "已删除的行");
}

#[test]
fn goals_without_a_target_have_their_results_in_a_table_of_their_own() {
    let document = sample::xinfeng();
    let table = TableDef::by_id("T10b").unwrap();
    let lines = Lines::of(table, &document);
    let rows: Vec<&str> = lines
        .all
        .iter()
        .filter_map(|line| match line {
            Line::Row(id) => Some(id.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(rows, ["a7k2jx8zpr", "e5m4td9wcy", "b9x5qd3mcz"]);
    assert_eq!(lines.row(&lines.all[2]), Some(7), "the position is that in the whole list");
    let printed: Vec<usize> = report::blocks(&document, &evaluate(&document))
        .iter()
        .filter_map(|block| match block {
            Block::Table(printed) if printed.caption == table.title => Some(printed.rows.len()),
            _ => None,
        })
        .collect();
    assert_eq!(printed, [3]);
    assert_eq!(Lines::of(TableDef::by_id("T4").unwrap(), &document).all.len(), 8);
}

#[test]
fn a_batch_adds_up_the_recipients_that_write_its_name() {
    let mut document = sample::example();
    let of = |document: &Document, key| row_fact(document, "batches", "bat1irrig0", key);
    assert_eq!(of(&document, "recipients"), "7 个");
    assert_eq!(of(&document, "due"), "84.00 万元");
    assert_eq!(of(&document, "paid_rate"), "100.00%");
    assert_eq!(of(&document, "accepted"), "7 个");
    set(&mut document, "recipients[rec1paddy0].stage", Raw::text("running"));
    set(&mut document, "recipients[rec2veget0].paid", Cell::Blank);
    assert_eq!(of(&document, "accepted"), "6 个");
    assert_eq!(of(&document, "paid"), "recipients[rec2veget0].paid未填");
    set(&mut document, "batches[bat1irrig0].name", Raw::text("别的"));
    assert_eq!(
        (of(&document, "recipients"), of(&document, "due")),
        ("0 个".into(), "没有写这个名称的行".into())
    );
}
