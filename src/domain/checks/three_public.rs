//! 三公经费 beside its sums: no negative parts, what exceeds its budget has a reason, money goes with numbers of
//! receptions and cars, and the whole lies within the economic classes that it comes from (accounts §8.3).

use rust_decimal::Decimal;

use super::reading::{at, columns, counted, decided, fact, fact_at, failed, number, rows, typed};
use super::{CheckDef, Finding, Outcome, Severity, published};
use crate::domain::cell::Num;
use crate::domain::document::Document;
use crate::domain::facts::Unit;
use crate::domain::facts::eval::Facts;
use crate::domain::facts::label::Target;
use crate::domain::facts::registry::source;
use crate::domain::place::Place;
use crate::domain::rows::RowId;
use crate::domain::tolerance::{self, Figure};

/// SG-03.
pub const NEGATIVE: CheckDef = CheckDef {
    id: "SG-03",
    title: "“三公”经费各项没有负数",
    severity: Severity::Error,
    source: source::CROSS_FOOTING,
    run: negative,
};

fn negative(check: &CheckDef, document: &Document, _: &Facts) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for (at_row, row, list) in rows(document, "three_public") {
        for (column, def) in
            columns("three_public").iter().enumerate().filter(|(_, def)| def.kind.is_numeric())
        {
            let place = Place::cell("three_public", &row, def.key);
            match list.number(at_row, column) {
                Num::Value(value) if value < Decimal::ZERO => {
                    outcomes.push(Outcome::Fails(vec![Finding::new(
                        check,
                        vec![at(document, place)],
                        format!("{}的{}是负数", document.row_name("three_public", &row), def.label),
                        "“三公”经费不会是负数。收回以前年度的支出不冲减本年数，请核对。",
                    )]))
                }
                Num::Value(_) | Num::Nil => outcomes.push(Outcome::Holds),
                Num::Unread => outcomes.push(Outcome::Unreadable(vec![place])),
                // A column that may stay blank is no gap.
                Num::Blank if def.required => outcomes.push(Outcome::LacksData(vec![place], 1)),
                Num::Blank => {}
            }
        }
    }
    outcomes
}

/// SG-04: an item may also be paid from projects, so that its part in basic expenditure is no more than the item.
pub const PART_OF_ITEM: CheckDef = CheckDef {
    id: "SG-04",
    title: "基本支出经济分类中的“三公”经费（30212、30217、30231、31013）≤ “三公”经费表的同一项",
    severity: Severity::Warning,
    source: source::CROSS_FOOTING,
    run: part_of_item,
};

/// Economic class of T6 and its item of T9.
const ITEMS: &[(&str, &str)] = &[
    ("30212", "travel_abroad"),
    ("30217", "hospitality"),
    ("30231", "vehicle_running"),
    ("31013", "vehicle_purchase"),
];

fn part_of_item(check: &CheckDef, document: &Document, _: &Facts) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for (class, item) in ITEMS {
        let (class_row, item_row) = (RowId::new(class), RowId::new(item));
        for column in ["initial_budget", "revised_budget", "outturn"] {
            let item = Place::cell("three_public", &item_row, column);
            let part = Place::cell("basic", &class_row, column);
            if document.has(&part) {
                let part = (document.number(&part), part);
                outcomes.push(decided(|| within_item(check, document, part, item.clone())));
            }
            if column == "outturn"
                && let Some(part) = published::by_class(document, class)
            {
                outcomes.push(decided(|| within_item(check, document, (part.number, part.place), item)));
            }
        }
    }
    if outcomes.is_empty() {
        outcomes.push(Outcome::NotApplicable("基本支出明细没有打开 30212、30217、30231、31013 这些“其中”行"));
    }
    outcomes
}

fn within_item(
    check: &CheckDef,
    document: &Document,
    (number, part): (Num, Place),
    item: Place,
) -> Result<Outcome, Outcome> {
    if number == Num::Blank {
        return Err(Outcome::NotApplicable("没有填其中数"));
    }
    // 全年预算 of the items may stay blank.
    if document.get(&item).is_blank() && item.key() == "revised_budget" {
        return Err(Outcome::NotApplicable("“三公”经费表没有填全年预算"));
    }
    let part_value = counted(number, || part.clone())?;
    let whole = self::number(document, &item)?;
    if tolerance::bound(Figure::typed(part_value), Figure::typed(whole)).ok_or_else(failed)?.holds() {
        return Ok(Outcome::Holds);
    }
    let diff = part_value.checked_sub(whole).ok_or_else(failed)?;
    let name = |place: &Place| match place {
        Place::Cell { list, row, .. } => document.row_name(list, row),
        Place::Field { .. } => String::new(),
    };
    let column = Document::def(&item).map_or("", |def| def.label);
    let message = format!(
        "基本支出的“{}”{column} {}，大于“三公”经费表的“{}” {}",
        name(&part).trim_start_matches("其中："),
        Unit::Money.show(&part_value),
        name(&item),
        Unit::Money.show(&whole)
    );
    let places = vec![at(document, part), at(document, item)];
    let todo =
        "基本支出里的这一项只是“三公”经费的一部分，不会更大。请核对这两个数；含有非财政拨款的，写情况说明。";
    Ok(Outcome::Fails(vec![Finding::new(check, places, message, todo).apart(Unit::Money.show(&diff))]))
}

/// SG-07: the indicator “三公经费”控制率 on the base of 年初预算.
pub const CONTROL: CheckDef = CheckDef {
    id: "SG-07",
    title: "“三公”经费决算超过年初预算时写明原因",
    severity: Severity::Warning,
    source: source::COMMON_INDICATORS,
    run: |check, document, facts| vec![decided(|| control(check, document, facts))],
};

fn control(check: &CheckDef, document: &Document, facts: &Facts) -> Result<Outcome, Outcome> {
    let (outturn, budget) =
        (fact(facts, "three_public.outturn")?, fact(facts, "three_public.initial_budget")?);
    if budget.is_zero() {
        return Err(Outcome::NotApplicable("没有年初预算"));
    }
    if outturn <= budget {
        return Ok(Outcome::Holds);
    }
    let explained = document.three_public_stated.deviation_cause.words().trim().chars().count() > 1
        || document.three_public.iter().any(|line| line.deviation_cause.words().trim().chars().count() > 1);
    let rate = fact_at(facts, "three_public.control_rate").map(|(_, shown)| shown).unwrap_or_default();
    let diff = outturn.checked_sub(budget).ok_or_else(failed)?;
    let places = ["three_public.outturn", "three_public.initial_budget"];
    let todo = if explained {
        "原因已写。超预算需要向主管部门说明，请确认原因写清了批准文件。"
    } else {
        "请在“三公”经费表的“增减原因”一栏写明原因。"
    };
    let finding = Finding::new(
        check,
        places.into_iter().filter_map(|id| fact_at(facts, id)).collect(),
        format!(
            "“三公”经费决算超过年初预算，控制率 {rate}{}",
            if explained { "，已写原因" } else { "，没有写原因" }
        ),
        todo,
    )
    .apart(Unit::Money.show(&diff));
    Ok(Outcome::Fails(vec![finding.weighing(if explained { Severity::Hint } else { Severity::Warning })]))
}

/// SG-09.
pub const RECEPTIONS: CheckDef = CheckDef {
    id: "SG-09",
    title: "有公务接待费就有接待批次，人次不少于批次",
    severity: Severity::Warning,
    source: source::OURS,
    run: |check, document, _| {
        vec![
            decided(|| goes_with(check, document, "hospitality", "receptions", "国内公务接待批次")),
            decided(|| guests(check, document)),
        ]
    },
};

fn guests(check: &CheckDef, document: &Document) -> Result<Outcome, Outcome> {
    let count = |key| Place::field("three_public_counts", key);
    let (guests, receptions) = (number(document, &count("guests"))?, number(document, &count("receptions"))?);
    if guests >= receptions {
        return Ok(Outcome::Holds);
    }
    Ok(Outcome::Fails(vec![Finding::new(
        check,
        vec![at(document, count("guests")), at(document, count("receptions"))],
        "国内公务接待人次少于批次",
        "每批次至少一人，请核对是否填反。",
    )]))
}

/// SG-10; cars disposed of or rented within the year make it honest, hence a hint.
pub const CARS: CheckDef = CheckDef {
    id: "SG-10",
    title: "有运行维护费就有车辆，有购置费就有购置数",
    severity: Severity::Hint,
    source: source::CROSS_FOOTING,
    run: |check, document, _| {
        vec![
            decided(|| goes_with(check, document, "vehicle_running", "vehicles_held", "公务用车期末保有量")),
            decided(|| goes_with(check, document, "vehicle_purchase", "vehicles_bought", "公务用车购置数")),
        ]
    },
};

/// Money spent on an item against the number of things that it is spent on.
fn goes_with(
    check: &CheckDef,
    document: &Document,
    item: &str,
    key: &'static str,
    name: &str,
) -> Result<Outcome, Outcome> {
    let row = RowId::new(item);
    let cost = Place::cell("three_public", &row, "outturn");
    let count = Place::field("three_public_counts", key);
    if number(document, &cost)? <= Decimal::ZERO {
        return Err(Outcome::NotApplicable("没有发生这项支出"));
    }
    if number(document, &count)? > Decimal::ZERO {
        return Ok(Outcome::Holds);
    }
    Ok(Outcome::Fails(vec![Finding::new(
        check,
        vec![at(document, cost), at(document, count)],
        format!("有{}，但{name}是 0", document.row_name("three_public", &row)),
        "请核对。年内处置或租用车辆等情况，可以写情况说明。",
    )]))
}

/// SG-12: part of a whole, all funds.
pub const WITHIN_CLASSES: CheckDef = CheckDef {
    id: "SG-12",
    title: "“三公”经费决算 ≤ 基本支出和项目支出中的 302、309、310 类",
    severity: Severity::Error,
    source: source::OURS,
    run: |check, document, facts| vec![decided(|| within_classes(check, document, facts))],
};

/// Economic classes that 三公经费 is booked to.
const CLASSES: &[&str] = &["302", "309", "310"];

fn within_classes(check: &CheckDef, document: &Document, facts: &Facts) -> Result<Outcome, Outcome> {
    let spent = fact(facts, "three_public.outturn")?;
    let mut figures = Vec::new();
    for line in document.basic.iter().filter(|line| CLASSES.contains(&line.id.as_str())) {
        let place = Place::cell("basic", &line.id, "outturn");
        figures.push(typed(line.outturn.num()).ok_or_else(|| blank(document, place))?);
    }
    let mut unclassed = Vec::new();
    let mut places = Vec::new();
    for line in document.projects.iter() {
        let class = line.economic_class.words().trim();
        if class.is_empty() {
            unclassed.push(Place::cell("projects", &line.id, "economic_class"));
        } else if CLASSES.iter().any(|known| class.starts_with(known)) {
            let place = Place::cell("projects", &line.id, "outturn");
            figures.push(typed(line.outturn.num()).ok_or_else(|| blank(document, place.clone()))?);
            places.push(place);
        }
    }
    if !unclassed.is_empty() {
        let count = unclassed.len();
        unclassed.truncate(8);
        return Err(Outcome::LacksData(unclassed, count));
    }
    if figures.is_empty() {
        return Err(Outcome::LacksData(Vec::new(), 0));
    }
    let whole = Figure::total_of(&figures).ok_or_else(failed)?;
    if tolerance::bound(Figure::typed(spent), whole).ok_or_else(failed)?.holds() {
        return Ok(Outcome::Holds);
    }
    let diff = spent.checked_sub(whole.value()).ok_or_else(failed)?;
    let class = Place::cell("basic", &RowId::new("302"), "outturn");
    let mut finding = Finding::new(
        check,
        fact_at(facts, "three_public.outturn").into_iter().chain([at(document, class)]).collect(),
        format!(
            "“三公”经费决算 {}，大于它所在的 302、309、310 类支出合计 {}",
            Unit::Money.show(&spent),
            Unit::Money.show(&whole.value())
        ),
        "“三公”经费是这几类支出的一部分，不能大于它们。请核对“三公”经费、基本支出和项目的经济分类。",
    )
    .apart(Unit::Money.show(&diff));
    finding.expected = Unit::Money.show_with(&whole.value());
    finding.places.extend(
        places.into_iter().take(3).map(|place| at(document, place)).collect::<Vec<(Target, String)>>(),
    );
    Ok(Outcome::Fails(vec![finding]))
}

fn blank(document: &Document, place: Place) -> Outcome {
    match document.number(&place) {
        Num::Unread => Outcome::Unreadable(vec![place]),
        _ => Outcome::LacksData(vec![place], 1),
    }
}
