//! DF-23: posts and staff add up, the breakdowns of the staff agree with its number, and the answers of a survey with
//! the forms that came back; DF-24: the mean age is one that whole ages can have. Whole people: no tolerance.

use rust_decimal::Decimal;

use super::cross_footing::{Addends, Sides, stated_sum};
use super::reading::{at, counted, decided, fact, fact_at, failed, number};
use super::{CheckDef, Finding, Outcome, Severity};
use crate::domain::cell::{Num, Raw};
use crate::domain::document::{Document, SurveyLine};
use crate::domain::facts::Unit;
use crate::domain::facts::eval::{Facts, Missing};
use crate::domain::facts::label::Target;
use crate::domain::facts::registry::{registry, source};
use crate::domain::place::Place;
use crate::domain::tables::TableDef;
use crate::domain::tolerance::{self, MeanVerdict, Verdict};

/// DF-23.
pub const STAFF: CheckDef = CheckDef {
    id: "DF-23",
    title: "编制、在职 = 各类之和；完整划分的各组之和 = 在职人数；满意度各项之和 = 有效问卷 ≤ 发放",
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
    for line in document.surveys.iter() {
        outcomes.push(decided(|| answers(check, document, line)));
        outcomes.push(decided(|| returned(check, document, line)));
    }
    outcomes
}

fn answers(check: &CheckDef, document: &Document, line: &SurveyLine) -> Result<Outcome, Outcome> {
    let row = &line.id;
    let place = |column| Place::cell("surveys", row, column);
    let valid = counted(line.valid.num(), || place("valid"))?;
    let mut sum = Decimal::ZERO;
    for (answer, column) in
        [(&line.satisfied, "satisfied"), (&line.basically, "basically"), (&line.dissatisfied, "dissatisfied")]
    {
        let answer = counted(answer.num(), || place(column))?;
        sum = sum.checked_add(answer).ok_or_else(failed)?;
    }
    if sum == valid {
        return Ok(Outcome::Holds);
    }
    let diff = sum.checked_sub(valid).ok_or_else(failed)?;
    let name = document.row_name("surveys", row);
    let sum = Unit::Count("份").show_with(&sum);
    let message =
        format!("“{name}”的满意、基本满意、不满意合计 {sum}，有效 {}", Unit::Count("份").show_with(&valid));
    let mut finding = Finding::new(
        check,
        vec![at(document, place("valid")), at(document, place("satisfied"))],
        message,
        "三项之和应当等于有效问卷数，请核对这一行。",
    )
    .apart(Unit::Count("份").show(&diff.abs()));
    finding.expected = sum;
    Ok(Outcome::Fails(vec![finding]))
}

fn returned(check: &CheckDef, document: &Document, line: &SurveyLine) -> Result<Outcome, Outcome> {
    let row = &line.id;
    let place = |column| Place::cell("surveys", row, column);
    let valid = counted(line.valid.num(), || place("valid"))?;
    let issued = counted(line.issued.num(), || place("issued"))?;
    if valid <= issued {
        return Ok(Outcome::Holds);
    }
    let name = document.row_name("surveys", row);
    let finding = Finding::new(
        check,
        vec![at(document, place("valid")), at(document, place("issued"))],
        format!("“{name}”的有效问卷多于发放问卷"),
        "有效份数不能多于发放份数，请核对这一行。",
    );
    Ok(Outcome::Fails(vec![finding]))
}

/// DF-24: GRIM, after the same means in published studies.
pub const MEAN_AGE: CheckDef = CheckDef {
    id: "DF-24",
    title: "平均年龄是按整岁可以得到的数",
    severity: Severity::Hint,
    source: source::OURS,
    run: |check, document, facts| vec![decided(|| mean_age(check, document, facts))],
};

fn mean_age(check: &CheckDef, document: &Document, facts: &Facts) -> Result<Outcome, Outcome> {
    let place = Place::field("staffing", "mean_age");
    if document.get(&place).is_blank() {
        return Err(Outcome::NotApplicable("没有填平均年龄"));
    }
    let mean = number(document, &place)?;
    let staff = fact(facts, "staff.staff_in_post")?;
    let Ok(people) = u32::try_from(staff) else { return Err(failed()) };
    let finding = |message: String| {
        let places =
            vec![at(document, place.clone())].into_iter().chain(fact_at(facts, "staff.staff_in_post"));
        Finding::new(
            check,
            places.collect(),
            message,
            "如果年龄按月计算，或人数不是年末在职人数，可以不改；否则请重新计算。",
        )
    };
    Ok(match tolerance::mean_possible(people, mean).ok_or_else(failed)? {
        MeanVerdict::Possible { .. } => Outcome::Holds,
        MeanVerdict::ByTruncation { .. } => Outcome::Rounding(Box::new(finding(format!(
            "平均年龄 {}，按 {people} 人、整岁计，截尾（不进位）才能得到",
            Unit::Number("").show(&mean)
        )))),
        MeanVerdict::Impossible { below, above } => Outcome::Fails(vec![finding(format!(
            "平均年龄 {}，按 {people} 人、整岁计不可能，最接近的是 {below} 和 {above}",
            Unit::Number("").show(&mean)
        ))]),
        MeanVerdict::NotApplicable => Outcome::NotApplicable("人数多，按整岁什么平均数都可能"),
    })
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
        return failed();
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
