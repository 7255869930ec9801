//! DF-23: posts and staff add up, and the breakdowns of the staff agree with its number. Whole people: no tolerance.

use rust_decimal::Decimal;

use super::cross_footing::{Addends, Sides, stated_sum};
use super::{CheckDef, Finding, Outcome, Severity};
use crate::domain::cell::{Num, Raw};
use crate::domain::document::Document;
use crate::domain::facts::Unit;
use crate::domain::facts::eval::{Facts, Missing};
use crate::domain::facts::label::Target;
use crate::domain::facts::registry::{registry, source};
use crate::domain::place::Place;
use crate::domain::tables::TableDef;
use crate::domain::tolerance::Verdict;

/// DF-23.
pub const STAFF: CheckDef = CheckDef {
    id: "DF-23",
    title: "编制数、在职人数 = 各类之和；完整划分的各组之和 = 在职人数，不完整的不超过在职人数",
    severity: Severity::Error,
    source: source::OURS,
    run,
};

fn run(check: &CheckDef, document: &Document, facts: &Facts) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    if let Some(table) = TableDef::by_list("staff")
        && let Some(sum) = table.sums.first()
    {
        for def in document.list("staff").map_or(&[][..], |rows| rows.columns()) {
            if def.kind.is_numeric() {
                outcomes.push(stated_sum(check, document, facts, (table, sum), "staff_stated", def));
            }
        }
    }
    for (list, section) in
        [("positions", "positions_stated"), ("education", "education_stated"), ("ages", "ages_stated")]
    {
        outcomes.push(breakdown(check, document, facts, list, section));
    }
    outcomes
}

/// A breakdown against its 上报合计, or against the number of staff that facts read.
fn breakdown(
    check: &CheckDef,
    document: &Document,
    facts: &Facts,
    list: &'static str,
    section: &'static str,
) -> Outcome {
    let Some(table) = TableDef::by_list(list) else { return Outcome::NotApplicable("没有这张表") };
    let (Some(sum), Some(rows)) = (table.sums.first(), document.list(list)) else {
        return Outcome::NotApplicable("没有这张表");
    };
    let Some(def) = rows.columns().iter().find(|def| def.key == "staff_in_post") else {
        return Outcome::NotApplicable("没有这张表");
    };
    if rows.is_empty() {
        return Outcome::NotApplicable("没有填这一划分");
    }
    let addends = Addends::of(document, table, sum, def);
    if !addends.unread.is_empty() {
        return Outcome::Unreadable(addends.unread);
    }
    let stated_place = Place::field(section, "staff_in_post");
    let (target, whole) = match document.number(&stated_place) {
        Num::Value(value) => (Target::Place(stated_place), value),
        Num::Nil => (Target::Place(stated_place), Decimal::ZERO),
        Num::Unread => return Outcome::Unreadable(vec![stated_place]),
        Num::Blank => match facts.get("staff.staff_in_post") {
            Some(Ok(value)) => (staff_target(value.stated), value.number),
            Some(Err(Missing::Blank(places, count))) => return Outcome::LacksData(places.clone(), *count),
            Some(Err(Missing::Unread(places, _))) => return Outcome::Unreadable(places.clone()),
            _ => return Outcome::LacksData(Vec::new(), 0),
        },
    };
    let filled =
        addends.figures.iter().try_fold(Decimal::ZERO, |sum, figure| sum.checked_add(figure.value()));
    let Some(diff) = filled.and_then(|filled| filled.checked_sub(whole)) else {
        return Outcome::Failed("数字过大，无法精确计算".to_owned());
    };
    let complete = document.get(&Place::field(section, "complete")) == Raw::text("yes");
    let exceeds = diff > Decimal::ZERO;
    if !exceeds && addends.blank_count > 0 {
        return Outcome::LacksData(addends.blank, addends.blank_count);
    }
    if diff.is_zero() || (!complete && !exceeds) {
        return Outcome::Holds;
    }
    let computed = registry()
        .fact(&format!("{}.staff_in_post", sum.id))
        .map_or(Target::Place(Place::field(section, "staff_in_post")), |fact| Target::Fact(&fact.id));
    let sides = Sides {
        unit: Unit::Count("人"),
        name: format!("{}人数", sum.name),
        stated: (target, whole),
        computed: (computed, filled.unwrap_or_default()),
        partial: 0,
    };
    match sides.outcome(check, Verdict::Fails { diff }, diff) {
        Outcome::Fails(findings) => {
            Outcome::Fails(findings.into_iter().map(|finding| words(finding, sum.name, complete)).collect())
        }
        other => other,
    }
}

fn staff_target(stated: bool) -> Target {
    if stated {
        Target::Place(Place::field("staff_stated", "staff_in_post"))
    } else {
        Target::Fact("staff.staff_in_post")
    }
}

fn words(finding: Finding, name: &str, complete: bool) -> Finding {
    let (stated, computed, difference) = (&finding.stated, &finding.expected, &finding.difference);
    let message = if complete {
        format!("在职人员{name}：各组相加 {computed} 人，在职人数 {stated} 人，相差 {difference} 人")
    } else {
        format!("在职人员{name}：各组相加 {computed} 人，超过在职人数 {stated} 人")
    };
    let todo = if complete {
        "请核对各组人数和在职人数；如果只列出其中几组，把“完整划分”改为“否”。".to_owned()
    } else {
        "请核对各组人数和在职人数，同一人不要计入两组。".to_owned()
    };
    Finding { message, todo, ..finding }
}
