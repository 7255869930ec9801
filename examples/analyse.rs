//! Computes and checks one report from the command line:
//! `cargo run -q --release --example analyse -- REPORT.ziping.json`
//!
//! Reads a data file or an exported page, writes JSON: every computed figure with its formula and inputs, every
//! finding with its places, and how many relations were checked. The same library as the page, without a browser.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::process::ExitCode;

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use ziping::app::ids::Random;
use ziping::app::restore::{RestoreError, check_size, read_text, restore};
use ziping::domain::assess::{Assessment, evaluate};
use ziping::domain::checks::{self, Coverage, Finding};
use ziping::domain::document::Document;
use ziping::domain::facts::label::Target;
use ziping::domain::facts::print::{self, Context};
use ziping::domain::facts::{FactDef, registry};
use ziping::domain::place::Place;
use ziping::domain::score::Sheet;
use ziping::domain::score::case::plain;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(path), None) = (arguments.next(), arguments.next()) else {
        eprintln!("用法：analyse 报告.ziping.json（或由本工具导出的 HTML 文件）");
        return ExitCode::FAILURE;
    };
    match analysis(&path) {
        Ok((json, repairs)) => {
            repairs.iter().for_each(|repair| eprintln!("{repair}"));
            println!("{json:#}");
            ExitCode::SUCCESS
        }
        Err(words) => {
            eprintln!("{path}：{words}");
            ExitCode::FAILURE
        }
    }
}

/// The report's figures and findings, and what had to be put right in the file; or why there are none.
fn analysis(path: &str) -> Result<(Value, Vec<String>), String> {
    let unreadable = |error: std::io::Error| format!("读不到文件：{error}");
    let refused = |error: RestoreError| format!("{}。{}", error.what(), error.todo());
    check_size(std::fs::metadata(path).map_err(unreadable)?.len()).map_err(refused)?;
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let restored =
        read_text(&bytes).and_then(|text| restore(&text, &mut Hashed::default())).map_err(refused)?;
    let document = &restored.document;
    let assessment = evaluate(document);
    let context = Context { document, facts: &assessment.facts, row: None };
    let facts: Vec<Value> = registry().facts.iter().map(|def| fact(def, &context)).collect();
    let findings: Vec<Value> =
        assessment.review.findings.iter().map(|found| finding(found, document)).collect();
    let json = json!({
        "facts": facts,
        "findings": findings,
        "coverage": coverage(&assessment, document),
        "score": assessment.sheet.as_ref().map(score),
    });
    Ok((json, restored.repairs))
}

/// The score sheet; `null` where no scoring template was chosen. `score` is the one that counts, `computed` the rule's.
fn score(sheet: &Sheet) -> Value {
    let text = |number: &Option<Decimal>| number.map(|number| plain(&number));
    let indicators: Vec<Value> = sheet
        .lines
        .iter()
        .map(|line| {
            json!({
                "id": line.id,
                "name": line.name,
                "fact": line.fact,
                // The exact number; "shown" is as the page prints it.
                "value": line.value.map(|value| value.to_string()),
                "shown": line.shown,
                "target": line.target,
                "weight": text(&line.effective),
                "score": text(&line.score),
                "computed": text(&line.computed),
                "rule": line.rule,
                "text": line.text,
                "missing": line.missing.as_ref().map(|gap| gap.words()),
                "excluded": line.excluded,
                "hints": line.hints,
            })
        })
        .collect();
    json!({
        "total": text(&sheet.total),
        "grade": sheet.grade,
        "open": plain(&sheet.open),
        "best": text(&sheet.best),
        "indicators": indicators,
    })
}

fn fact(def: &FactDef, context: &Context) -> Value {
    let outcome = context.facts.get(&def.id);
    let value = outcome.and_then(|outcome| outcome.as_ref().ok());
    let missing = outcome.and_then(|outcome| outcome.as_ref().err());
    let inputs: Vec<Value> = print::inputs(&def.expr, context)
        .into_iter()
        .map(|(target, value)| json!({ "id": target.to_string(), "label": target.label(context.document), "value": value }))
        .collect();
    json!({
        "id": def.id,
        "label": def.label,
        // The exact number; "shown" is as the page prints it.
        "value": value.map(|value| value.word.map_or_else(|| value.number.to_string(), str::to_owned)),
        "shown": value.map(|value| value.show_with(def.unit)),
        "unit": def.unit.suffix(),
        "stated": value.is_some_and(|value| value.stated),
        "formula": { "names": print::formula(&def.expr, context), "filled": print::filled(&def.expr, context) },
        "inputs": inputs,
        "missing": missing.map(|missing| print::reason(missing, context.document)),
        "source": def.source,
    })
}

fn finding(finding: &Finding, document: &Document) -> Value {
    let place = |(target, value): &(Target, String)| json!({ "id": target.to_string(), "label": target.label(document), "value": value });
    json!({
        "check": finding.check,
        "severity": finding.severity.key(),
        "places": finding.places.iter().map(place).collect::<Vec<_>>(),
        "stated": finding.stated,
        "computed": finding.expected,
        "difference": finding.difference,
        "message": finding.message,
        "todo": finding.todo,
        "closes": finding.closes,
        "handling": finding.handling.as_ref().map(|handling| {
            json!({ "answer": handling.answer.key(), "reason": handling.reason, "date": handling.date,
                "changed": handling.changed })
        }),
        "source": checks::about(finding.check).map(|check| check.source),
    })
}

fn coverage(assessment: &Assessment, document: &Document) -> Value {
    let review = &assessment.review;
    let label = |place: &Place| Target::Place(place.clone()).label(document);
    let lacking: Vec<Value> = review
        .gaps
        .iter()
        .map(|gap| {
            let checks: Map<String, Value> =
                gap.checks.iter().map(|(check, times)| ((*check).to_owned(), (*times).into())).collect();
            json!({
                "count": gap.count,
                "unreadable": gap.unreadable,
                "places": gap.places.iter().map(label).collect::<Vec<_>>(),
                "checks": checks,
            })
        })
        .collect();
    let by_check: Map<String, Value> = review
        .by_check
        .iter()
        .map(|checked| (checked.check.to_owned(), counts(&checked.coverage).into()))
        .collect();
    let mut json = counts(&review.coverage);
    json.insert("by_check".to_owned(), by_check.into());
    json.insert("lacking".to_owned(), lacking.into());
    json.into()
}

fn counts(coverage: &Coverage) -> Map<String, Value> {
    let counted = [
        ("checked", coverage.checked()),
        ("holds", coverage.holds),
        ("fails", coverage.fails),
        ("not_applicable", coverage.not_applicable),
        ("lacks_data", coverage.lacks_data),
        ("unreadable", coverage.unreadable),
        ("failed", coverage.failed),
    ];
    counted.into_iter().map(|(key, count)| (key.to_owned(), count.into())).collect()
}

/// Ids for rows that have none: they are not written anywhere, and need only differ.
#[derive(Default)]
struct Hashed(RandomState);

impl Random for Hashed {
    fn fill(&mut self, buffer: &mut [u8]) {
        for byte in buffer {
            let mut hasher = self.0.build_hasher();
            hasher.write_u8(*byte);
            self.0 = RandomState::new();
            *byte = hasher.finish().to_le_bytes().first().copied().unwrap_or_default();
        }
    }
}
