//! What stands in one place and is read in another: the target behind a goal, the recipients behind a batch.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use ziping::app::grid::{Line, Lines};
use ziping::app::ids::Random;
use ziping::app::restore::restore;
use ziping::app::sample;
use ziping::app::session::Session;
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
use ziping::domain::rows::{RowData, RowId};
use ziping::domain::tables::TableDef;

/// No file of these tests lacks an id.
struct Zero;

impl Random for Zero {
    fn fill(&mut self, buffer: &mut [u8]) {
        buffer.fill(0);
    }
}

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
fn a_batch_adds_up_its_recipients_and_keeps_them_under_another_name() {
    let mut document = sample::example();
    let of = |document: &Document, key| row_fact(document, "batches", "bat1irrig0", key);
    assert_eq!(of(&document, "recipients"), "7 个");
    assert_eq!(of(&document, "due"), "84.00 万元");
    assert_eq!(of(&document, "paid_rate"), "100.00%");
    assert_eq!(of(&document, "unpaid"), "0.00 万元");
    assert_eq!(of(&document, "accepted"), "7 个");
    set(&mut document, "batches[bat1irrig0].name", Raw::text("改了名的"));
    assert_eq!(of(&document, "recipients"), "7 个");
    set(&mut document, "recipients[rec1paddy0].stage", Raw::text("running"));
    set(&mut document, "recipients[rec2veget0].paid", Cell::Blank);
    assert_eq!(of(&document, "accepted"), "6 个");
    assert_eq!(of(&document, "paid"), "recipients[rec2veget0].paid未填");
    let ids = document.list("recipients").unwrap().ids();
    document.apply(&Edit::Remove { list: "recipients".into(), ids });
    assert_eq!((of(&document, "recipients"), of(&document, "due")), ("0 个".into(), "还没有所属的行".into()));
}

fn row(id: &str, cells: &[(&str, Raw)]) -> RowData {
    let cells = cells.iter().map(|(key, cell)| ((*key).to_owned(), cell.clone())).collect();
    RowData { id: RowId::new(id), cells, ..RowData::default() }
}

fn insert(list: &str, rows: Vec<RowData>) -> Edit {
    Edit::Insert { list: list.into(), at: usize::MAX, rows }
}

fn batch_of(document: &Document, row: &str) -> Raw {
    document.get(&Place::parse(&format!("recipients[{row}].batch")).unwrap())
}

#[test]
fn a_deleted_batch_leaves_its_recipients_and_undo_brings_it_back_to_them() {
    let mut session = Session::new(sample::example(), 0);
    let id = RowId::new("bat1irrig0");
    assert!(session.edit(&Edit::Remove { list: "batches".into(), ids: vec![id] }, 0));
    let gone = session.document().clone();
    let linked = Cell::Value("bat1irrig0".into());
    assert_eq!(batch_of(&gone, "rec1paddy0"), linked);
    let def = Document::def(&Place::parse("recipients[rec1paddy0].batch").unwrap()).unwrap();
    assert_eq!(reference::shown(&gone, def, &linked, WanYuan), "已删除的行");
    // Through the file too: what has the form of an id stays one.
    let restored = restore(&serde_json::to_string(&*gone).unwrap(), &mut Zero).unwrap();
    assert_eq!((&restored.document, restored.repairs.len()), (&*gone, 0));
    session.undo().unwrap();
    assert_eq!(row_fact(session.document(), "batches", "bat1irrig0", "recipients"), "7 个");
}

#[test]
fn recipients_that_wait_for_a_batch_are_linked_once_it_has_its_whole_name() {
    let mut session = Session::new(common::empty(), 0);
    let unread = |text: &str| Cell::Unread(text.to_owned());
    let named = |id: &str, batch: &str| row(id, &[("name", Raw::text(id)), ("batch", unread(batch))]);
    session.edit(&insert("recipients", vec![named("a", "甲批"), named("b", "甲批次"), named("c", "乙")]), 0);
    session.edit(
        &insert("batches", vec![row("batch00001", &[]), row("batch00002", &[("name", Raw::text("乙"))])]),
        1,
    );
    let of = |session: &Session| ["a", "b", "c"].map(|row| batch_of(session.document(), row));
    let linked = |id: &str| Cell::Value(id.to_owned());
    assert_eq!(of(&session), [unread("甲批"), unread("甲批次"), linked("batch00002")]);
    for (at, text) in ["甲", "甲批", "甲批次"].into_iter().enumerate() {
        session.edit(
            &Edit::set(Place::parse("batches[batch00001].name").unwrap(), Raw::text(text)),
            10 + at as u64,
        );
    }
    assert_eq!(of(&session)[0], unread("甲批"), "a name that is being typed is none yet");
    assert!(session.leave());
    assert!(!session.leave());
    assert_eq!(of(&session), [unread("甲批"), linked("batch00001"), linked("batch00002")]);
    session.undo().unwrap();
    assert_eq!(of(&session)[1], unread("甲批次"));
    session.redo().unwrap();
    assert_eq!(of(&session)[1], linked("batch00001"));
}

#[test]
fn older_files_name_the_batch_and_are_linked_where_one_batch_has_the_name() {
    let mut value = serde_json::to_value(sample::example()).unwrap();
    let batch = |id: &str, name: &str| serde_json::json!({ "id": id, "name": name });
    value["batches"] = serde_json::json!([
        batch("bat1irrig0", "节水灌溉"),
        batch("bat2double", "同名"),
        batch("bat3double", "同名")
    ]);
    for (at, name) in
        ["节水灌溉", " 节水灌溉 ", "同名", "没有的", "bat2double", "abcdefghij"].iter().enumerate()
    {
        value["recipients"][at]["batch"] = (*name).into();
    }
    let restored = restore(&value.to_string(), &mut Zero).unwrap();
    assert_eq!(restored.repairs, Vec::<String>::new());
    let found: Vec<Raw> =
        restored.document.recipients.iter().map(|line| line.batch.clone()).take(6).collect();
    let (linked, unread) =
        (|id: &str| Cell::Value(id.to_owned()), |text: &str| Cell::Unread(text.to_owned()));
    let one = linked("bat1irrig0");
    let expected =
        [one.clone(), one, unread("同名"), unread("没有的"), linked("bat2double"), linked("abcdefghij")];
    assert_eq!(found, expected);
}

#[test]
fn the_project_of_a_batch_outlasts_its_name_too() {
    let mut document = sample::example();
    let place = Place::parse("batches[bat1irrig0].project").unwrap();
    let def = Document::def(&place).unwrap();
    set(&mut document, "projects[prj4irrig0].name", Raw::text("新名称"));
    assert_eq!(reference::shown(&document, def, &document.get(&place), WanYuan), "新名称");
    assert!(evaluate(&document).review.findings.is_empty());
}

/// Ten thousand recipients of a thousand batches: linking, adding up and reading take one pass each, and so grow with
/// the rows and not with their product. What a machine takes is not measured here; a quadratic pass would be felt.
#[test]
fn thousands_of_recipients_find_their_batches() {
    let mut document = common::empty();
    let batches =
        (0..1_000).map(|n| row(&format!("batch{n:05}"), &[("name", Raw::text(format!("第{n}批")))]));
    let recipients = (0..10_000).map(|n| {
        let batch = Cell::Unread(format!("第{}批", n % 1_000));
        row(&format!("r{n:09}"), &[("name", Raw::text("对象")), ("batch", batch), ("paid", Raw::text("1"))])
    });
    document.apply(&insert("recipients", recipients.collect()));
    document.apply(&insert("batches", batches.collect()));
    reference::link(&mut document);
    assert!(document.recipients.iter().all(|line| matches!(&line.batch, Cell::Value(id) if id.len() == 10)));
    assert_eq!(row_fact(&document, "batches", "batch00999", "recipients"), "10 个");
    assert_eq!(row_fact(&document, "batches", "batch00999", "paid"), "10.00 万元");
}

#[test]
fn a_target_without_a_rate_says_whether_it_is_reached() {
    let mut document = common::empty();
    let target = |id: &str, cells: &[(&str, &str)]| {
        let cells: Vec<(&str, Raw)> = cells.iter().map(|(key, text)| (*key, Raw::text(*text))).collect();
        row(id, &cells)
    };
    let rows = vec![
        target("up", &[("operator", "ge"), ("value", "15"), ("actual", "14")]),
        target("down", &[("operator", "le"), ("value", "6"), ("actual", "6")]),
        target("below", &[("operator", "lt"), ("value", "6"), ("actual", "6")]),
        target("zero", &[("operator", "ge"), ("value", "0"), ("actual", "6")]),
        target("rank", &[("operator", "ge"), ("value_text", "第1名"), ("attainment", "full")]),
        target("part", &[("operator", "qual"), ("value_text", "通过"), ("attainment", "part")]),
        target("open", &[("operator", "le"), ("value", "6")]),
    ];
    document.apply(&insert("targets", rows));
    let of = |row: &str| row_fact(&document, "targets", row, "completion_rate");
    assert_eq!(of("up"), "93.33%");
    assert_eq!(of("down"), "达标");
    assert_eq!(of("below"), "未达标");
    assert_eq!(of("zero"), "目标值不大于 0，没有完成率");
    assert_eq!(of("rank"), "达标");
    assert_eq!(of("part"), "未达标");
    assert_eq!(of("open"), "targets[open].actual未填");
    assert_eq!(row_fact(&document, "targets", "up", "gap"), "-1");
    assert_eq!(row_fact(&document, "targets", "up", "standing"), "未达标");
    document.apply(&insert(
        "goals",
        vec![target("goal", &[("operator", "le"), ("value", "6"), ("adjusted_value", "5"), ("actual", "6")])],
    ));
    assert_eq!(
        row_fact(&document, "goals", "goal", "completion_rate"),
        "未达标",
        "what was adjusted is the target"
    );
}
