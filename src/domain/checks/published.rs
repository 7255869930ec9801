//! The published tables of the final accounts (T19) against each other and against the report: DF-06 to DF-11, DF-13, and
//! what DF-01 to DF-05 and DF-26 say of them (accounts §9.3). Whatever is not filled in does not apply.

mod cells;

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::cross_footing::{column_figures, sum_figures};
use super::reading::{at, decided, fact, fact_at, failed, typed};
use super::{CheckDef, Finding, Outcome, Severity, hint_words};
use crate::domain::cell::Num;
use crate::domain::document::Document;
use crate::domain::facts::Unit;
use crate::domain::facts::eval::Facts;
use crate::domain::facts::registry::source;
use crate::domain::place::Place;
use crate::domain::record::Kind;
use crate::domain::tolerance::{self, BlankVerdict, Figure, SumVerdict, Verdict};

pub(super) use cells::by_class;
use cells::{Entry, TOTALS, basic_total, digits, fixed, label, mark, position, total};

/// DF-06.
pub const INCOME_ROWS: CheckDef = CheckDef {
    id: "DF-06",
    title: "收入决算表②每行：合计 = 财政拨款 + 上级补助 + 事业 + 经营 + 附属上缴 + 其他",
    severity: Severity::Error,
    source: source::CROSS_FOOTING,
    run: |check, document, _| {
        let rows = split(check, document, "accounts_income", "total", INCOME_COLUMNS);
        or_unfilled(rows, "没有填决算公开表②，由 DF-01 核对")
    },
};

/// DF-07.
pub const SUMMARY: CheckDef = CheckDef {
    id: "DF-07",
    title: "收入支出决算总表①的本年收入、本年支出 = ②、③的合计",
    severity: Severity::Error,
    source: source::CROSS_FOOTING,
    run: |check, document, _| {
        [("income", "accounts_income"), ("expenditure", "accounts_spending")]
            .map(|(row, list)| {
                let here = fixed(document, "accounts_summary", row, "amount");
                same(check, document, here, total(document, list, "total"))
            })
            .into()
    },
};

/// DF-08.
pub const FUND_ROWS: CheckDef = CheckDef {
    id: "DF-08",
    title: "财政拨款收支总表④每行：合计 = 一般公共预算 + 政府性基金 + 国有资本经营",
    severity: Severity::Error,
    source: source::CROSS_FOOTING,
    run: |check, document, _| {
        let rows = split(check, document, "accounts_fiscal", "total", FUNDS);
        or_unfilled(rows, "没有填决算公开表④")
    },
};

/// DF-09.
pub const FUND_COLUMNS: CheckDef = CheckDef {
    id: "DF-09",
    title: "财政拨款收支总表④每列：本年收入 + 年初结转和结余 = 本年支出 + 年末结转和结余 = 总计",
    severity: Severity::Error,
    source: source::CROSS_FOOTING,
    run: |check, document, _| {
        let mut outcomes = Vec::new();
        for column in ["total"].iter().chain(FUNDS) {
            let cell = |row: &str| fixed(document, "accounts_fiscal", row, column);
            outcomes.push(balance(
                check,
                document,
                ["income", "opening", "expenditure", "closing"].map(cell),
            ));
            for (total, parts) in
                [("receipts", ["income", "opening"]), ("payments", ["expenditure", "closing"])]
            {
                if let (Some(total), [Some(a), Some(b)]) = (cell(total), parts.map(cell)) {
                    outcomes.push(adds_up(check, document, &total, &[a, b]));
                }
            }
        }
        outcomes
    },
};

/// DF-10.
pub const GENERAL_PUBLIC: CheckDef = CheckDef {
    id: "DF-10",
    title: "④一般公共预算支出 = ⑤合计；②财政拨款收入 = ④本年收入",
    severity: Severity::Error,
    source: source::CROSS_FOOTING,
    run: |check, document, _| {
        let fiscal = |row, column| fixed(document, "accounts_fiscal", row, column);
        let general = total(document, "accounts_general", "total");
        vec![
            same(check, document, fiscal("expenditure", "general_public"), general),
            same(check, document, total(document, "accounts_income", "fiscal"), fiscal("income", "total")),
        ]
    },
};

/// DF-11.
pub const BASIC: CheckDef = CheckDef {
    id: "DF-11",
    title: "⑤基本支出 = ⑥基本支出合计",
    severity: Severity::Error,
    source: source::CROSS_FOOTING,
    run: |check, document, _| {
        let general = total(document, "accounts_general", "basic");
        let parts = basic_total(document);
        vec![match (parts.as_slice(), general) {
            ([_, _], Some(general)) => adds_up(check, document, &general, &parts),
            (_, general) => same(check, document, general, parts.into_iter().next()),
        }]
    },
};

/// DF-13.
pub const LEVELS: CheckDef = CheckDef {
    id: "DF-13",
    title: "决算公开表：合计 = 各类之和，类 = 款之和，款 = 项之和",
    severity: Severity::Warning,
    source: source::CROSS_FOOTING,
    run: |check, document, _| {
        let outcomes = LEVELLED.iter().flat_map(|list| levels(check, document, list)).collect();
        or_unfilled(outcomes, "没有填带科目编码的决算公开表，或没有列出下级科目")
    },
};

const INCOME_COLUMNS: &[&str] = &["fiscal", "superior", "operating", "business", "affiliated", "other"];
const FUNDS: &[&str] = &["general_public", "government_fund", "state_capital"];

/// Tables whose rows have codes.
const LEVELLED: &[&str] = &[
    "accounts_income",
    "accounts_spending",
    "accounts_general",
    "accounts_basic",
    "accounts_fund",
    "accounts_capital",
];

/// Tables whose rows are split into kinds of expenditure, with these kinds.
const SPLIT: &[(&str, &[&str])] = &[
    ("accounts_spending", &["basic", "project", "upward", "business", "subsidiary"]),
    ("accounts_general", &["basic", "project"]),
    ("accounts_fund", &["basic", "project"]),
    ("accounts_capital", &["basic", "project"]),
];

/// Lines of ① that are income of the year.
const INCOME_LINES: &[&str] = &[
    "general_public",
    "government_fund",
    "state_capital",
    "superior",
    "operating",
    "business",
    "affiliated",
    "other",
];

/// What DF-01 to DF-03 say of ①. 总计 is compared once the lines that every unit has were opened.
pub(super) fn summary(check: &CheckDef, document: &Document, total: &str) -> Option<Outcome> {
    let (needed, optional): (&[&str], &[&str]) = match total {
        "income" => (&[], INCOME_LINES),
        "receipts" => (&["income", "opening"], &["surplus_used"]),
        _ => (&["expenditure", "closing"], &["distribution"]),
    };
    let cell = |row: &str| fixed(document, "accounts_summary", row, "amount");
    let whole = cell(total)?;
    let mut parts: Vec<Entry> = needed.iter().map(|row| cell(row)).collect::<Option<_>>()?;
    parts.extend(optional.iter().filter_map(|row| cell(row)));
    Some(adds_up(check, document, &whole, &parts))
}

/// What DF-04 says of ①.
pub(super) fn both_totals(check: &CheckDef, document: &Document) -> Option<Outcome> {
    let cell = |row| fixed(document, "accounts_summary", row, "amount");
    Some(same(check, document, Some(cell("receipts")?), Some(cell("payments")?)))
}

/// What DF-05 says of ③, ⑤, ⑦ and ⑧.
pub(super) fn kinds(check: &CheckDef, document: &Document) -> Vec<Outcome> {
    SPLIT.iter().flat_map(|(list, kinds)| split(check, document, list, "total", kinds)).collect()
}

/// What DF-26 says of T19: quantities that stand in two of its tables, or in the report as well.
pub(super) fn twice(check: &CheckDef, document: &Document, facts: &Facts) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    let mut both = |a: Option<Entry>, b: Option<Entry>| {
        if a.is_some() && b.is_some() {
            outcomes.push(same(check, document, a, b));
        }
    };
    let fiscal = |column| fixed(document, "accounts_fiscal", "expenditure", column);
    both(fiscal("government_fund"), total(document, "accounts_fund", "total"));
    both(fiscal("state_capital"), total(document, "accounts_capital", "total"));
    for row in INCOME_LINES {
        let line = |list, column| fixed(document, list, row, column);
        both(line("accounts_summary", "amount"), line("income", "outturn"));
    }
    let detail = Place::field("expenditure_detail", "general_public");
    if let Some(general) = total(document, "accounts_general", "total")
        && !document.get(&detail).is_blank()
    {
        let number = document.number(&detail);
        both(Some(general), Some(Entry { place: detail, number }));
    }
    outcomes.extend(
        with_facts(document)
            .into_iter()
            .map(|(entry, id)| decided(|| as_reported(check, document, facts, &entry, id))),
    );
    outcomes
}

/// Cells of T19 with the fact of the report that is the same quantity.
pub(super) fn with_facts(document: &Document) -> Vec<(Entry, &'static str)> {
    let summary = |row| fixed(document, "accounts_summary", row, "amount");
    let pairs = [
        (summary("income"), "income.outturn"),
        (summary("expenditure"), "expenditure.outturn"),
        (summary("opening"), "carryover.opening"),
        (summary("closing"), "carryover.closing"),
        (total(document, "accounts_spending", "basic"), "basic.outturn"),
        (total(document, "accounts_spending", "project"), "projects.outturn"),
    ];
    let filled = pairs.into_iter().filter_map(|(entry, id)| Some((entry?, id)));
    filled.filter(|(entry, _)| entry.number != Num::Blank).collect()
}

/// A cell of T19 against the report's own figure, which may be computed of rows.
fn as_reported(
    check: &CheckDef,
    document: &Document,
    facts: &Facts,
    entry: &Entry,
    id: &str,
) -> Result<Outcome, Outcome> {
    let stated = entry.figure()?;
    let own = fact(facts, id)?;
    let figures = match id.split_once('.') {
        Some(("carryover", "opening")) => column_figures(document, "carryover", "opening", 1),
        Some(("carryover", _)) | None => vec![Figure::typed(own)],
        Some((sum, _)) => sum_figures(document, sum, 1),
    };
    let known = tolerance::sum(&figures, stated).ok_or_else(failed)?;
    let mut finding = between(check, document, entry, &Unit::Money.show(&own), &known);
    finding.places.extend(fact_at(facts, id));
    finding.expected = Unit::Money.show_with(&own);
    Ok(judged(known.verdict, finding))
}

/// Each row's whole against its parts in other columns.
fn split(
    check: &CheckDef,
    document: &Document,
    list: &'static str,
    whole: &str,
    parts: &[&str],
) -> Vec<Outcome> {
    let Some(rows) = document.list(list) else { return Vec::new() };
    (0..rows.len())
        .filter_map(|at| {
            let total = Entry::of(rows, list, at, whole)?;
            let parts: Vec<Entry> =
                parts.iter().filter_map(|column| Entry::of(rows, list, at, column)).collect();
            Some(adds_up(check, document, &total, &parts))
        })
        .collect()
}

/// Each code of a table against the codes one level below it, column by column.
fn levels(check: &CheckDef, document: &Document, list: &'static str) -> Vec<Outcome> {
    let Some(rows) = document.list(list).filter(|rows| !rows.is_empty()) else { return Vec::new() };
    let Some(code) = rows.column("code") else { return Vec::new() };
    let mut by_code: HashMap<String, usize> = HashMap::new();
    let mut below: HashMap<String, Vec<usize>> = HashMap::new();
    for at in 0..rows.len() {
        let cell = rows.get(at, code);
        let code = digits(cell.words());
        let parent = match code.len() {
            3 => "",
            5 => code.get(..3).unwrap_or_default(),
            7 => code.get(..5).unwrap_or_default(),
            _ => continue,
        };
        by_code.entry(code.to_owned()).or_insert(at);
        below.entry(parent.to_owned()).or_default().push(at);
    }
    let whole = position(rows, TOTALS);
    let mut parents: Vec<(usize, &Vec<usize>)> = below
        .iter()
        .filter_map(|(parent, children)| {
            let at = if parent.is_empty() { whole } else { by_code.get(parent).copied() };
            Some((at?, children))
        })
        .collect();
    parents.sort_unstable();
    let money = || rows.columns().iter().filter(|def| def.kind == Kind::Amount);
    let mut outcomes = Vec::new();
    for (parent, children) in parents {
        for def in money() {
            let Some(total) = Entry::of(rows, list, parent, def.key) else { continue };
            let parts: Vec<Entry> =
                children.iter().filter_map(|at| Entry::of(rows, list, *at, def.key)).collect();
            outcomes.push(decided(|| {
                let (known, mut finding) = summed(check, document, &total, &parts)?;
                finding.todo = below_words(parts.len(), &known);
                Ok(judged(known.verdict, finding))
            }));
        }
    }
    outcomes
}

/// Children that come to less than their parent may not all be listed.
fn below_words(listed: usize, known: &SumVerdict) -> String {
    if known.diff > Decimal::ZERO {
        let short = Unit::Money.show(&known.diff);
        format!("列出的 {listed} 个下级科目比上级少 {short}，可能没有列全。列全了的，请核对各个金额。")
    } else {
        "下级科目之和不能大于上级，请核对各个金额，同一科目不要列两次。".to_owned()
    }
}

fn or_unfilled(outcomes: Vec<Outcome>, why: &'static str) -> Vec<Outcome> {
    if outcomes.is_empty() { vec![Outcome::NotApplicable(why)] } else { outcomes }
}

/// Most addends that a finding names.
const NAMED: usize = 12;

/// A stated total against its parts.
fn adds_up(check: &CheckDef, document: &Document, total: &Entry, parts: &[Entry]) -> Outcome {
    decided(|| {
        let (known, finding) = summed(check, document, total, parts)?;
        Ok(judged(known.verdict, finding))
    })
}

/// The sum of the parts beside the stated total, and the finding that a difference would be.
fn summed(
    check: &CheckDef,
    document: &Document,
    total: &Entry,
    parts: &[Entry],
) -> Result<(SumVerdict, Finding), Outcome> {
    if parts.iter().all(|part| part.number == Num::Blank) || total.number == Num::Blank {
        return Err(Outcome::NotApplicable("没有填合计或各项"));
    }
    let stated = total.figure()?;
    let places = |wanted: Num| {
        let of = parts.iter().filter(move |part| part.number == wanted);
        of.map(|part| part.place.clone()).collect::<Vec<_>>()
    };
    let (unread, mut blank) = (places(Num::Unread), places(Num::Blank));
    if !unread.is_empty() {
        return Err(Outcome::Unreadable(unread));
    }
    let figures: Vec<Figure> = parts.iter().filter_map(|part| typed(part.number)).collect();
    let known = if blank.is_empty() {
        tolerance::sum(&figures, stated).ok_or_else(failed)?
    } else {
        match tolerance::sum_with_blanks(&figures, stated).ok_or_else(failed)? {
            BlankVerdict::Exceeds(known) => known,
            BlankVerdict::LacksData => {
                let count = blank.len();
                blank.truncate(8);
                return Err(Outcome::LacksData(blank, count));
            }
        }
    };
    let computed = Unit::Money.show(&known.computed);
    let mut finding = between(check, document, total, &format!("各项相加 {computed}"), &known);
    let named = parts.iter().filter(|part| matches!(part.number, Num::Value(_))).take(NAMED);
    finding.places.extend(named.map(|part| at(document, part.place.clone())));
    finding.expected = Unit::Money.show_with(&known.computed);
    Ok((known, finding))
}

/// One quantity in two cells.
fn same(check: &CheckDef, document: &Document, a: Option<Entry>, b: Option<Entry>) -> Outcome {
    let (Some(a), Some(b)) = (a, b) else { return Outcome::NotApplicable("两张表没有都填") };
    if a.number == Num::Blank && b.number == Num::Blank {
        return Outcome::NotApplicable("两处都没有填");
    }
    decided(|| {
        let (here, there) = (a.figure()?, b.figure()?);
        let verdict = tolerance::same(here, there).ok_or_else(failed)?;
        let known = tolerance::sum(&[there], here).ok_or_else(failed)?;
        let other = format!("{} {}", label(document, &b.place), Unit::Money.show(&there.value()));
        let mut finding = between(check, document, &a, &other, &known);
        finding.places.push(at(document, b.place.clone()));
        finding.expected = Unit::Money.show_with(&there.value());
        Ok(judged(verdict, finding))
    })
}

/// What came in and was there against what went out and is left, in one column.
fn balance(check: &CheckDef, document: &Document, cells: [Option<Entry>; 4]) -> Outcome {
    let [Some(income), Some(opening), Some(spent), Some(closing)] = cells else {
        return Outcome::NotApplicable("没有填决算公开表④的收支和结转");
    };
    let all = [&income, &opening, &spent, &closing];
    if all.iter().all(|entry| entry.number == Num::Blank) {
        return Outcome::NotApplicable("这一列没有填");
    }
    decided(|| {
        let [came, there, went, left] =
            [income.figure()?, opening.figure()?, spent.figure()?, closing.figure()?];
        let known = tolerance::sum(&[came, there, left.negated()], went).ok_or_else(failed)?;
        let show = |a: Figure, b: Figure| {
            let both = a.value().checked_add(b.value()).ok_or_else(failed)?;
            Ok::<_, Outcome>(Unit::Money.show(&both))
        };
        let (receipts, payments) = (show(came, there)?, show(went, left)?);
        let column = Document::def(&income.place).map_or("", |def| def.label);
        let finding = Finding::new(
            check,
            all.map(|entry| at(document, entry.place.clone())).to_vec(),
            format!(
                "{}“{column}”：本年收入与年初之和 {receipts}，本年支出与年末之和 {payments}",
                mark("accounts_fiscal")
            ),
            "收、支两边应当相等，请核对这一列的四个数，哪一个有误需要人工判断。",
        )
        .apart(Unit::Money.show(&known.diff.abs()));
        Ok(judged(known.verdict, finding))
    })
}

/// A finding at a cell, beside something in words; places of the other side are added by the caller.
fn between(check: &CheckDef, document: &Document, entry: &Entry, other: &str, known: &SumVerdict) -> Finding {
    let stated = Unit::Money.show(&known.computed.checked_add(known.diff).unwrap_or_default());
    let off = Unit::Money.show(&known.diff.abs());
    Finding::new(
        check,
        vec![at(document, entry.place.clone())],
        format!("{} {stated}，{other}，相差 {off}", label(document, &entry.place)),
        "请对照公开的决算表核对这几个数，哪一侧有误需要人工判断。",
    )
    .apart(off)
}

fn judged(verdict: Verdict, mut finding: Finding) -> Outcome {
    match verdict {
        Verdict::Holds => Outcome::Holds,
        Verdict::Rounding(hint) => {
            finding.message = format!("{}，{}", finding.message, hint_words(hint));
            Outcome::Rounding(Box::new(finding.weighing(Severity::Hint)))
        }
        Verdict::Fails { .. } => Outcome::Fails(vec![finding]),
    }
}
