//! A part is not larger than what it is part of (DF-16), and a detail list agrees with the table that it details
//! (DF-22), after accounts §9.3.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::cross_footing::stated_sums;
use super::reading::{at, counted, decided, fact, fact_at, failed, number, rows, typed};
use super::{CheckDef, Finding, Outcome, Severity};
use crate::domain::cell::{Cell, Num};
use crate::domain::document::{BatchLine, Document, RecipientLine};
use crate::domain::facts::Unit;
use crate::domain::facts::eval::Facts;
use crate::domain::facts::registry::source;
use crate::domain::place::Place;
use crate::domain::record::Kind;
use crate::domain::rows::RowId;
use crate::domain::tolerance::{self, Figure, Verdict};

/// DF-16.
pub const WITHIN: CheckDef = CheckDef {
    id: "DF-16",
    title: "部分 ≤ 全部：净值、在用等 ≤ 原值，使用 ≤ 实到位，其中数 ≤ 总数；四种用途之和 = 原值",
    severity: Severity::Error,
    source: source::OURS,
    run: within,
};

/// Columns of a row of which one is part of the other: list, part, whole.
const IN_ROW: &[(&str, &str, &str)] = &[
    ("assets", "net_value", "original_value"),
    ("assets", "in_use", "original_value"),
    ("assets", "lent", "original_value"),
    ("assets", "idle", "original_value"),
    ("assets", "pending", "original_value"),
    ("funding", "used", "received"),
];

/// Fields of a section of which one is part of the other.
const IN_SECTION: &[(&str, &str, &str)] = &[
    ("three_public_counts", "foreign_receptions", "receptions"),
    ("three_public_counts", "foreign_guests", "guests"),
];

/// Uses that the assets of a class are divided into.
const USES: &[&str] = &["in_use", "lent", "idle", "pending"];

fn within(check: &CheckDef, document: &Document, facts: &Facts) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for (_, row, _) in rows(document, "assets") {
        // Where all uses are known their sum decides; each alone would say the same once more.
        if let Some(uses) = uses(check, document, &row) {
            outcomes.push(uses);
        }
    }
    for (list, part, whole) in IN_ROW {
        for (at, row, rows) in rows(document, list) {
            let cell = |key: &'static str| {
                let number = rows.column(key).map_or(Num::Blank, |column| rows.number(at, column));
                (Place::cell(list, &row, key), number)
            };
            outcomes.push(decided(|| not_larger(check, document, cell(part), cell(whole))));
        }
    }
    for (section, part, whole) in IN_SECTION {
        let field = |key: &'static str| {
            let place = Place::field(section, key);
            let number = document.number(&place);
            (place, number)
        };
        outcomes.push(decided(|| not_larger(check, document, field(part), field(whole))));
    }
    outcomes.push(decided(|| general_public(check, document, facts)));
    for (whole, parts) in OF_WHICH {
        for column in ["initial_budget", "revised_budget", "outturn", "last_outturn"] {
            outcomes.push(decided(|| of_which(check, document, whole, parts, column)));
        }
    }
    outcomes
}

/// Rows of T6 and the rows 其中 below them.
const OF_WHICH: &[(&str, &[&str])] = &[("302", &["30212", "30217", "30231"]), ("310", &["31013"])];

/// The rows 其中 of a class of T6, taken together, against the class.
fn of_which(
    check: &CheckDef,
    document: &Document,
    whole: &str,
    parts: &[&str],
    column: &'static str,
) -> Result<Outcome, Outcome> {
    let cell = |row: &str| Place::cell("basic", &RowId::new(row), column);
    let (whole, mut places, mut figures) = (cell(whole), Vec::new(), Vec::new());
    for part in parts.iter().map(|part| cell(part)) {
        match document.number(&part) {
            Num::Blank => continue,
            number => figures.push(Figure::typed(counted(number, || part.clone())?)),
        }
        places.push(part);
    }
    if figures.is_empty() || !document.has(&whole) {
        return Err(Outcome::NotApplicable("没有填其中数"));
    }
    let large = number(document, &whole)?;
    let known = tolerance::sum(&figures, Figure::typed(large)).ok_or_else(failed)?;
    if known.diff >= Decimal::ZERO || known.verdict.holds() {
        return Ok(Outcome::Holds);
    }
    let name = match &whole {
        Place::Cell { list, row, .. } => document.row_name(list, row),
        Place::Field { .. } => String::new(),
    };
    let message = format!(
        "“{name}”的“其中”各行合计 {}，大于{name} {}",
        Unit::Money.show(&known.computed),
        Unit::Money.show(&large)
    );
    let all = [whole].into_iter().chain(places).map(|place| at(document, place));
    let mut finding =
        Finding::new(check, all.collect(), message, "其中数不能大于总数，请核对这一类和它的“其中”各行。")
            .apart(Unit::Money.show(&known.diff.abs()));
    finding.expected = Unit::Money.show_with(&known.computed);
    Ok(Outcome::Fails(vec![finding]))
}

/// 其中一般公共预算支出 against 本年支出合计.
fn general_public(check: &CheckDef, document: &Document, facts: &Facts) -> Result<Outcome, Outcome> {
    let place = Place::field("expenditure_detail", "general_public");
    if document.get(&place).is_blank() {
        return Err(Outcome::NotApplicable("没有填其中数"));
    }
    let (part, whole) = (number(document, &place)?, fact(facts, "expenditure.outturn")?);
    if tolerance::bound(Figure::typed(part), Figure::typed(whole)).ok_or_else(failed)?.holds() {
        return Ok(Outcome::Holds);
    }
    let diff = part.checked_sub(whole).ok_or_else(failed)?;
    let finding = Finding::new(
        check,
        [at(document, place)].into_iter().chain(fact_at(facts, "expenditure.outturn")).collect(),
        "其中一般公共预算支出大于本年支出合计",
        "其中数不能大于总数，请核对这两个数。",
    );
    Ok(Outcome::Fails(vec![finding.apart(Unit::Money.show(&diff))]))
}

fn not_larger(
    check: &CheckDef,
    document: &Document,
    (part, small): (Place, Num),
    (whole, large): (Place, Num),
) -> Result<Outcome, Outcome> {
    if small == Num::Blank {
        return Err(Outcome::NotApplicable("没有填其中数"));
    }
    let (small, large) = (counted(small, || part.clone())?, counted(large, || whole.clone())?);
    let (Some(part_def), Some(whole_def)) = (Document::def(&part), Document::def(&whole)) else {
        return Err(Outcome::NotApplicable("没有这一栏"));
    };
    let figure =
        |value| if part_def.kind == Kind::Amount { Figure::typed(value) } else { Figure::exact(value) };
    if tolerance::bound(figure(small), figure(large)).ok_or_else(failed)?.holds() {
        return Ok(Outcome::Holds);
    }
    let diff = small.checked_sub(large).ok_or_else(failed)?;
    let of = match &part {
        Place::Cell { list, row, .. } => format!("“{}”的", document.row_name(list, row)),
        Place::Field { .. } => String::new(),
    };
    let unit = crate::domain::facts::print::field_unit(part_def);
    let finding = Finding::new(
        check,
        vec![at(document, part), at(document, whole)],
        format!("{of}{}大于{}", part_def.label, whole_def.label),
        "部分不能大于全部，请核对这两个数。",
    );
    Ok(Outcome::Fails(vec![finding.apart(unit.show(&diff))]))
}

/// The four uses of a class of assets against its original value; `None` until all are filled in.
fn uses(check: &CheckDef, document: &Document, row: &RowId) -> Option<Outcome> {
    let place = |column| Place::cell("assets", row, column);
    let whole = typed(document.number(&place("original_value")))?;
    let parts: Vec<Figure> =
        USES.iter().map(|column| typed(document.number(&place(column)))).collect::<Option<_>>()?;
    let Some(known) = tolerance::sum(&parts, whole) else { return Some(failed()) };
    let mut finding = Finding::new(
        check,
        vec![at(document, place("original_value")), at(document, place("in_use"))],
        format!(
            "“{}”的在用、出租出借、闲置、待处置合计 {}，原值 {}",
            document.row_name("assets", row),
            Unit::Money.show(&known.computed),
            Unit::Money.show(&whole.value())
        ),
        "四种用途的原值之和应当等于原值，请核对这一行。",
    )
    .apart(Unit::Money.show(&known.diff.abs()));
    finding.expected = Unit::Money.show_with(&known.computed);
    Some(match known.verdict {
        Verdict::Holds => Outcome::Holds,
        Verdict::Rounding(hint) => {
            finding.message = format!("{}，{}", finding.message, super::hint_words(hint));
            Outcome::Rounding(Box::new(finding.weighing(Severity::Hint)))
        }
        Verdict::Fails { .. } => Outcome::Fails(vec![finding]),
    })
}

/// DF-22.
pub const DETAILS: CheckDef = CheckDef {
    id: "DF-22",
    title: "项目支出、资产的上报合计 = 明细表各行之和；奖补台账已付 = 同名项目的决算",
    severity: Severity::Error,
    source: source::OURS,
    run: |check, document, facts| {
        let mut outcomes = stated_sums(check, document, facts, &["projects", "assets"]);
        outcomes.extend(ledger(check, document));
        outcomes
    },
};

/// What T18 says was paid in the batches of a project of T7, against that project.
fn ledger(check: &CheckDef, document: &Document) -> Vec<Outcome> {
    let mut of_batch: HashMap<&str, Vec<&RecipientLine>> = HashMap::new();
    for line in document.recipients.iter() {
        if let Cell::Value(batch) = &line.batch {
            of_batch.entry(batch).or_default().push(line);
        }
    }
    let mut of_project: HashMap<&str, Vec<&RecipientLine>> = HashMap::new();
    let projects = by_name(document);
    for batch in document.batches.iter() {
        let lines = of_batch.remove(batch.id.as_str()).unwrap_or_default();
        if let Some(project) = project_of(batch, &projects) {
            of_project.entry(project).or_default().extend(lines);
        }
    }
    let mut outcomes = Vec::new();
    for project in document.projects.iter() {
        let name = project.name.words().trim();
        let Some(lines) = of_project.remove(project.id.as_str()).filter(|lines| !lines.is_empty()) else {
            continue;
        };
        let cell = |line: &RecipientLine| Place::cell("recipients", &line.id, "paid");
        let mut blank: Vec<Place> =
            lines.iter().filter(|line| typed(line.paid.num()).is_none()).map(|line| cell(line)).collect();
        let figures: Vec<Figure> = lines.iter().filter_map(|line| typed(line.paid.num())).collect();
        let Some(first) = lines.first().map(|line| cell(line)) else { continue };
        outcomes.push(decided(|| {
            if !blank.is_empty() {
                let count = blank.len();
                blank.truncate(8);
                return Err(Outcome::LacksData(blank, count));
            }
            paid(check, document, name, first, Place::cell("projects", &project.id, "outturn"), &figures)
        }));
    }
    outcomes
}

/// Ids of projects by name; none where two have it, since it cannot be told which is meant.
fn by_name(document: &Document) -> HashMap<&str, Option<&str>> {
    let mut names = HashMap::new();
    for project in document.projects.iter() {
        let name = project.name.words().trim();
        names.entry(name).and_modify(|only| *only = None).or_insert(Some(project.id.as_str()));
    }
    names.remove("");
    names
}

/// The project that a batch is paid from: the one that it names, else the one that is called the same.
fn project_of<'a>(batch: &'a BatchLine, projects: &HashMap<&str, Option<&'a str>>) -> Option<&'a str> {
    match &batch.project {
        Cell::Value(id) => Some(id),
        Cell::Blank => projects.get(batch.name.words().trim()).copied().flatten(),
        Cell::Nil | Cell::Unread(_) => None,
    }
}

fn paid(
    check: &CheckDef,
    document: &Document,
    name: &str,
    first: Place,
    outturn: Place,
    figures: &[Figure],
) -> Result<Outcome, Outcome> {
    let spent: Decimal = number(document, &outturn)?;
    let known = tolerance::sum(figures, Figure::typed(spent)).ok_or_else(failed)?;
    let mut finding = Finding::new(
        check,
        vec![at(document, outturn), at(document, first)],
        format!(
            "“{name}”：项目决算 {}，奖补台账已付合计 {}",
            Unit::Money.show(&spent),
            Unit::Money.show(&known.computed)
        ),
        "台账这一批次的已付合计应当等于项目决算。请核对台账各行和项目决算，哪一侧有误需要人工判断。",
    )
    .apart(Unit::Money.show(&known.diff.abs()));
    finding.expected = Unit::Money.show_with(&known.computed);
    if let Some((_, shown)) = finding.places.get_mut(1) {
        *shown = format!("{}（{} 行合计）", finding.expected, figures.len());
    }
    Ok(match known.verdict {
        Verdict::Holds => Outcome::Holds,
        Verdict::Rounding(hint) => {
            finding.message = format!("{}，{}", finding.message, super::hint_words(hint));
            Outcome::Rounding(Box::new(finding.weighing(Severity::Hint)))
        }
        Verdict::Fails { .. } => Outcome::Fails(vec![finding]),
    })
}
