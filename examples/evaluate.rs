//! How long one re-evaluation of a long report takes, all facts and all checks:
//! `cargo run -q --release --example evaluate -- 1000`
//!
//! Every list of the user's own rows gets that many, once with rows that agree and once with something wrong in each.
//! Prints the median of up to fifty runs, the same with a score sheet in which every goal takes part, and the slowest
//! checks, to be compared with the 16 ms of a frame; in a browser the same takes some three times as long.

use std::time::Instant;

use ziping::app::{sample, score};
use ziping::domain::amount::MoneyUnit;
use ziping::domain::assess::evaluate;
use ziping::domain::cell::{Cell, Raw};
use ziping::domain::checks;
use ziping::domain::document::Document;
use ziping::domain::edit::Edit;
use ziping::domain::entry;
use ziping::domain::facts::Facts;
use ziping::domain::place::Place;
use ziping::domain::rows::RowId;
use ziping::domain::score::{Scoring, sheet};

fn main() {
    let rows: usize = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(1_000);
    let mut document = sample::example();
    for list in ["projects", "recipients", "targets", "goals", "adjustments", "surveys", "rectifications"] {
        let Some(first) = document.list(list).and_then(|list| list.data(0)) else { continue };
        let there = document.list(list).map_or(0, |list| list.len());
        let more = (there..rows).map(|at| {
            let mut row = first.clone();
            row.id = RowId::new(&format!("{list}{at}"));
            row.cells.insert("name".to_owned(), Raw::text(format!("第 {at} 个")));
            row
        });
        document.apply(&Edit::Insert { list: list.to_owned(), at: there, rows: more.collect() });
    }
    // The totals that the example states are no longer those of so many rows.
    for section in
        ["projects_stated", "expenditure_stated", "receipts_stated", "payments_stated", "carryover_stated"]
    {
        for (_, defs) in Document::SECTIONS.iter().filter(|(name, _)| *name == section) {
            for def in defs.iter() {
                if let Some(place) = Place::parse(&format!("{section}.{}", def.key)) {
                    document.apply(&Edit::set(place, Cell::Blank));
                }
            }
        }
    }
    measure("各行一致", &document, rows);
    // No target has a result, no goal names its target, no batch is what its project says.
    for (list, column, text) in [
        ("targets", "actual", ""),
        ("targets", "attainment", ""),
        ("goals", "task_target", ""),
        ("surveys", "valid", "9"),
    ] {
        let ids = document.list(list).map(|list| list.ids()).unwrap_or_default();
        let edits = ids.iter().filter_map(|id| {
            let place = Place::parse(&format!("{list}[{id}].{column}"))?;
            let def = Document::def(&place)?;
            Some(Edit::set(place, entry::read(def, text, MoneyUnit::WanYuan)))
        });
        document.apply(&Edit::Batch(edits.collect()));
    }
    measure("各行有误", &document, rows);
}

fn measure(what: &str, document: &Document, rows: usize) {
    let whole = median(|| {
        std::hint::black_box(evaluate(document));
    });
    let facts = median(|| {
        std::hint::black_box(Facts::evaluate(document));
    });
    let found = evaluate(document).review.findings.len();
    println!("{what}，{rows} 行：{whole} 微秒，其中计算 {facts} 微秒；{found} 处发现");
    let mut scored = document.clone();
    if let Some(template) = Scoring::built_in("national_project") {
        scored.apply(&score::choose(document, template));
    }
    if let Some(edit) = score::take_in_all(&scored) {
        scored.apply(&edit);
    }
    let with_sheet = median(|| {
        std::hint::black_box(evaluate(&scored));
    });
    let sheet = median(|| {
        std::hint::black_box(sheet::evaluate(&scored, &Facts::evaluate(&scored)));
    });
    println!("  有自评表时 {with_sheet} 微秒，其中计算和自评表 {sheet} 微秒");
    let known = Facts::evaluate(document);
    let mut checks: Vec<(u128, &str)> = checks::ALL
        .iter()
        .map(|check| {
            let time = median(|| {
                std::hint::black_box((check.run)(check, document, &known));
            });
            (time, check.id)
        })
        .collect();
    checks.sort_unstable_by(|a, b| b.cmp(a));
    println!("  全部校验 {} 微秒", checks.iter().map(|(time, _)| time).sum::<u128>());
    checks.iter().take(5).for_each(|(time, id)| println!("  {id} {time} 微秒"));
}

/// The middle of fifty times, or of as many as fit into a few seconds.
fn median(mut run: impl FnMut()) -> u128 {
    let all = Instant::now();
    let mut times: Vec<u128> = Vec::new();
    while times.len() < 50 && (times.len() < 3 || all.elapsed().as_secs() < 5) {
        let begun = Instant::now();
        run();
        times.push(begun.elapsed().as_micros());
    }
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
