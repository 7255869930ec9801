//! Goals of the year (T4) that cannot be judged, reward the wrong thing, or contradict the task list: IND-01 to IND-16
//! (goals-and-monitoring §4.3). IND-11 is SCO-07, IND-13 cannot be decided, IND-15 reads prose.

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;

use super::reading::{at, decided, fact, fact_at, failed, quoted};
use super::{CheckDef, Finding, Outcome, Severity};
use crate::domain::cell::{Cell, Num};
use crate::domain::document::{Document, GoalLine, TargetLine};
use crate::domain::facts::Unit;
use crate::domain::facts::eval::Facts;
use crate::domain::facts::registry::source;
use crate::domain::place::Place;
use crate::domain::tolerance::{self, Figure};

fn place(goal: &GoalLine, column: &'static str) -> Place {
    Place::cell("goals", &goal.id, column)
}

fn name(document: &Document, goal: &GoalLine) -> String {
    format!("绩效目标{}", quoted(&document.row_name("goals", &goal.id)))
}

fn is_output(level: &str) -> bool {
    matches!(level, "quantity" | "quality" | "timeliness" | "cost")
}

fn is_benefit(level: &str) -> bool {
    matches!(level, "economic" | "social" | "ecological" | "lasting")
}

/// Whether a value stands for money or a share of it.
fn is_money(unit: &str) -> bool {
    matches!(unit, "元" | "千元" | "万元" | "亿元" | "百万元")
}

fn is_empty(goal: &GoalLine) -> bool {
    goal.name.is_blank() && goal.operator.is_blank() && goal.value.is_blank() && goal.value_text.is_blank()
}

/// A finding at the value of a goal, beside what it goes by.
fn at_value(
    check: &CheckDef,
    document: &Document,
    goal: &GoalLine,
    beside: &'static str,
    message: impl Into<String>,
    todo: &str,
) -> Finding {
    let value = if goal.value.is_blank() && !goal.value_text.is_blank() { "value_text" } else { "value" };
    let places = [value, beside].map(|column| at(document, place(goal, column)));
    Finding::new(check, places.into(), message, todo)
}

/// One outcome for each goal that a condition is about.
fn each(document: &Document, mut of: impl FnMut(&GoalLine) -> Option<Outcome>) -> Vec<Outcome> {
    document.goals.iter().filter(|goal| !is_empty(goal)).filter_map(|goal| of(goal)).collect()
}

/// The same with the target that the goal repeats, if it does.
fn each_linked(
    document: &Document,
    facts: &Facts,
    mut of: impl FnMut(&GoalLine, Option<&TargetLine>) -> Option<Outcome>,
) -> Vec<Outcome> {
    let goals = facts.goals(document).filter(|(goal, _)| !is_empty(goal));
    goals.filter_map(|(goal, target)| of(goal, target)).collect()
}

fn fails_if(wrong: bool, finding: impl FnOnce() -> Finding) -> Option<Outcome> {
    Some(if wrong { Outcome::Fails(vec![finding()]) } else { Outcome::Holds })
}

/// IND-10: one target, two values.
pub const LINKED_TARGET: CheckDef = CheckDef {
    id: "IND-10",
    title: "绩效目标的指标值 = 对应任务目标的目标值",
    severity: Severity::Error,
    source: source::OURS,
    run: |check, document, facts| {
        each_linked(document, facts, |goal, target| {
            let Some(target) = target else {
                return Some(Outcome::NotApplicable("没有对应任务目标"));
            };
            let (Num::Value(stated), Num::Value(value)) = (goal.value.num(), target.value.num()) else {
                return Some(Outcome::NotApplicable("不是数字目标"));
            };
            if stated == value {
                return Some(Outcome::Holds);
            }
            let places = vec![
                at(document, place(goal, "value")),
                at(document, Place::cell("targets", &target.id, "value")),
            ];
            let shown = |number: Decimal| Unit::Number("").show(&number);
            let unit = goal.unit.words();
            let message = format!(
                "{}：绩效目标 {}{unit}，任务目标 {}{unit}",
                document.row_name("goals", &goal.id),
                shown(stated),
                shown(value)
            );
            let todo =
                "同一个目标有两个值，哪一个有误需要人工判断。两者本来不同的，在“对应任务目标”一栏选“无”。";
            let diff = stated.checked_sub(value).map(|diff| shown(diff.abs())).unwrap_or_default();
            Some(Outcome::Fails(vec![Finding::new(check, places, message, todo).apart(diff)]))
        })
    },
};

/// IND-01: at least 数量 and one benefit.
pub const LEVELS: CheckDef = CheckDef {
    id: "IND-01",
    title: "绩效目标有数量指标，也有效益指标",
    severity: Severity::Warning,
    source: source::CORE_INDICATORS,
    run: |check, document, _| {
        let goals: Vec<&GoalLine> =
            document.goals.iter().map(|goal| &**goal).filter(|goal| !is_empty(goal)).collect();
        let Some(first) = goals.first() else {
            return vec![Outcome::NotApplicable("没有填绩效目标")];
        };
        let unset: Vec<Place> =
            goals.iter().filter(|goal| goal.level.is_blank()).map(|goal| place(goal, "level")).collect();
        let slot = |there: bool, name: &str| {
            if there {
                return Outcome::Holds;
            }
            if !unset.is_empty() {
                return Outcome::LacksData(unset.iter().take(8).cloned().collect(), unset.len());
            }
            Outcome::Fails(vec![Finding::new(
                check,
                vec![at(document, place(first, "level"))],
                format!("绩效目标里没有{name}"),
                format!("请在绩效目标表补充{name}。"),
            )])
        };
        let has = |test: &dyn Fn(&str) -> bool| goals.iter().any(|goal| test(goal.level.words()));
        vec![slot(has(&|level| level == "quantity"), "产出数量指标"), slot(has(&is_benefit), "效益指标")]
    },
};

/// IND-02: a quantity needs value, operator and unit; a date, a rank or a ratio is text and needs no unit.
pub const WHOLE: CheckDef = CheckDef {
    id: "IND-02",
    title: "指标值、方向、单位齐全",
    severity: Severity::Error,
    source: source::CORE_INDICATORS,
    run: |check, document, _| {
        each(document, |goal| {
            if [goal.value.to_raw(), goal.value_text.to_raw()]
                .iter()
                .any(|cell| matches!(cell, Cell::Unread(_)))
            {
                return Some(Outcome::Unreadable(vec![place(goal, "value")]));
            }
            let number = !goal.value.is_blank();
            let (what, column) = match (number, goal.value_text.is_blank()) {
                (false, true) => ("没有指标值", "name"),
                (true, _) if goal.operator.is_blank() => ("有数字，没有方向", "operator"),
                (true, _) if goal.unit.is_blank() && goal.operator.words() != "qual" => {
                    ("有数字，没有单位", "unit")
                }
                _ => return Some(Outcome::Holds),
            };
            let message = format!("{}{what}", name(document, goal));
            fails_if(true, || {
                at_value(check, document, goal, column, message, "请在绩效目标表补齐，缺一项就无法考核。")
            })
        })
    },
};

/// Words that name a wish and nothing to count.
const VAGUE_WORDS: &[&str] = &[
    "进一步",
    "不断",
    "有效",
    "明显",
    "显著",
    "大力",
    "积极",
    "扎实",
    "稳步",
    "持续",
    "逐步",
    "有所",
    "较好",
    "良好",
    "提升",
    "提高",
    "加强",
    "增强",
    "完善",
    "改善",
    "优化",
    "促进",
    "推进",
    "推动",
    "加快",
    "深化",
    "强化",
    "健全",
    "得到",
    "水平",
    "能力",
    "程度",
    "效果",
    "成效",
    "有力",
    "全面",
    "充分",
    "切实",
    "好转",
    "满意",
];

/// IND-03: nothing is left of the text when the vague words are taken out.
pub const VAGUE: CheckDef = CheckDef {
    id: "IND-03",
    title: "定性目标说得出做到什么，不只是“提升、加强、显著”",
    severity: Severity::Warning,
    source: source::REVIEWS,
    run: |check, document, _| {
        each(document, |goal| {
            if !goal.value.is_blank() || goal.value_text.is_blank() {
                return None;
            }
            let text = goal.value_text.words();
            let rest = VAGUE_WORDS.iter().fold(text.to_owned(), |rest, word| rest.replace(word, ""));
            let left = rest
                .chars()
                .any(|c| c.is_alphanumeric() && !matches!(c, '的' | '和' | '与' | '了' | '更' | '较'));
            fails_if(!left && !text.trim().is_empty(), || {
                let message =
                    format!("{}只写了“{}”，看不出做到什么算完成", name(document, goal), text.trim());
                at_value(
                    check,
                    document,
                    goal,
                    "name",
                    message,
                    "请写明可以核对的结果：数量、时间、文件，或具体做成的事。",
                )
            })
        })
    },
};

/// IND-04: a cost of at least so much rewards spending.
pub const COST: CheckDef = CheckDef {
    id: "IND-04",
    title: "成本指标不用“≥”",
    severity: Severity::Error,
    source: source::REVIEWS,
    run: |check, document, _| {
        const SAVING: &[&str] = &["节约", "节支", "降低", "压减", "下降", "节省", "减少"];
        each(document, |goal| {
            if goal.level.words() != "cost" || !is_money(goal.unit.words().trim()) {
                return None;
            }
            let more = matches!(goal.operator.words(), "ge" | "gt");
            let saving = SAVING.iter().any(|word| goal.name.words().contains(word));
            fails_if(more && !saving, || {
                let message = format!("{}是成本指标，方向是“≥”，花得越多完成得越好", name(document, goal));
                at_value(check, document, goal, "operator", message, "成本指标一般用“≤”，请核对方向。")
            })
        })
    },
};

/// IND-05: paying is no product.
pub const PAYMENT: CheckDef = CheckDef {
    id: "IND-05",
    title: "数量指标是产品或服务，不是付款",
    severity: Severity::Warning,
    source: source::REVIEWS,
    run: |check, document, _| {
        const PAYING: &[&str] = &["支付", "拨付", "执行", "到位"];
        each(document, |goal| {
            if goal.level.words() != "quantity" {
                return None;
            }
            let unit = goal.unit.words().trim();
            let paying = PAYING.iter().any(|word| goal.name.words().contains(word));
            fails_if(paying && (is_money(unit) || matches!(unit, "%" | "％")), || {
                let message = format!("{}是数量指标，考核的却是付款", name(document, goal));
                at_value(
                    check,
                    document,
                    goal,
                    "level",
                    message,
                    "请改成做了多少事、服务了多少对象；付款进度可以放在时效或成本。",
                )
            })
        })
    },
};

/// IND-06: reviewers score one of the two.
pub const TWICE: CheckDef = CheckDef {
    id: "IND-06",
    title: "同一指标不同时放在产出和效益",
    severity: Severity::Warning,
    source: source::REVIEWS,
    run: |check, document, _| {
        let mut outputs: HashMap<&str, &GoalLine> = HashMap::new();
        for goal in document.goals.iter().filter(|goal| is_output(goal.level.words())) {
            outputs.entry(goal.name.words().trim()).or_insert(goal);
        }
        each(document, |goal| {
            if !is_benefit(goal.level.words()) {
                return None;
            }
            let Some(same) = outputs.get(goal.name.words().trim()) else { return Some(Outcome::Holds) };
            fails_if(true, || {
                Finding::new(
                    check,
                    vec![at(document, place(goal, "level")), at(document, place(same, "level"))],
                    format!("{}既在产出、又在效益", name(document, goal)),
                    "同一指标计了两次，请保留一个，或改写成产出和效益两件事。",
                )
            })
        })
    },
};

/// IND-07: a benefit in percent of what?
pub const BASIS: CheckDef = CheckDef {
    id: "IND-07",
    title: "效益指标用百分比的，写明设定依据",
    severity: Severity::Warning,
    source: source::REVIEWS,
    run: |check, document, _| {
        each(document, |goal| {
            if !is_benefit(goal.level.words()) || !matches!(goal.unit.words().trim(), "%" | "％") {
                return None;
            }
            fails_if(goal.basis.words().trim().is_empty(), || {
                let message = format!("{}用百分比，没有写设定依据，看不出分母", name(document, goal));
                at_value(
                    check,
                    document,
                    goal,
                    "basis",
                    message,
                    "请在“设定依据”写明百分比怎样算、依据什么定的。",
                )
            })
        })
    },
};

/// IND-08: satisfaction without a survey scores nothing.
pub const SURVEYED: CheckDef = CheckDef {
    id: "IND-08",
    title: "满意度有结果就有调查",
    severity: Severity::Error,
    source: source::REVIEWS,
    run: |check, document, facts| {
        let surveyed = document.surveys.iter().any(|line| line.valid.num().counted().is_some());
        each_linked(document, facts, |goal, target| {
            if goal.level.words() != "satisfaction" {
                return None;
            }
            // Without a link the result stands beside the goal itself.
            let (list, row, actual, evidence) = match target {
                Some(target) => ("targets", &target.id, &target.actual, &target.evidence),
                None => ("goals", &goal.id, &goal.actual, &goal.evidence),
            };
            if actual.is_blank() {
                return Some(Outcome::NotApplicable("满意度还没有结果"));
            }
            let evidence = evidence.words().trim().chars().count() > 1;
            fails_if(!surveyed && !evidence, || {
                let places =
                    ["actual", "evidence"].map(|column| at(document, Place::cell(list, row, column)));
                let message = format!("{}有结果，没有满意度调查，也没有佐证", name(document, goal));
                Finding::new(check, places.into(), message, "请填满意度调查表，或在“佐证材料”写明调查报告。")
            })
        })
    },
};

/// IND-09: worse than what was there last year; a level that was reached before the year began.
pub const LAST_YEAR: CheckDef = CheckDef {
    id: "IND-09",
    title: "目标不低于上年实际",
    severity: Severity::Hint,
    source: source::OURS,
    run: |check, document, _| {
        each(document, |goal| {
            let (Num::Value(target), Num::Value(last)) = (goal.value.num(), goal.last_actual.num()) else {
                return Some(Outcome::NotApplicable("没有填上年实际，或不是数字目标"));
            };
            let worse = match goal.operator.words() {
                "ge" | "gt" => target < last,
                "le" | "lt" => target > last,
                _ => return Some(Outcome::NotApplicable("没有方向可比")),
            };
            fails_if(worse, || {
                let stock = goal.is_stock.words() == "yes";
                let (what, severity) = match stock {
                    true => ("年初就已经达到", Severity::Warning),
                    false => ("比上年实际还低", Severity::Hint),
                };
                let message = format!("{}{what}", name(document, goal));
                at_value(
                    check,
                    document,
                    goal,
                    "last_actual",
                    message,
                    "请说明为什么定得比上年低，或提高目标。",
                )
                .weighing(severity)
            })
        })
    },
};

/// IND-12: when?
pub const DEADLINE: CheckDef = CheckDef {
    id: "IND-12",
    title: "时效指标有时间",
    severity: Severity::Warning,
    source: source::CORE_INDICATORS,
    run: |check, document, facts| {
        const TIME: &[char] = &['年', '月', '日', '天', '周', '季', '时', '底', '末', '期'];
        each_linked(document, facts, |goal, target| {
            if goal.level.words() != "timeliness" {
                return None;
            }
            let said = [goal.value_text.words(), goal.unit.words()].iter().any(|text| text.contains(TIME));
            let dated = target.is_some_and(|line| !line.deadline.is_blank());
            let named = goal.name.words().contains(['月', '日', '天', '底', '末']);
            fails_if(!said && !dated && !named, || {
                let message = format!("{}是时效指标，没有时间", name(document, goal));
                at_value(
                    check,
                    document,
                    goal,
                    "level",
                    message,
                    "请写明何时完成，如“2021年12月底前”，或在对应任务目标填完成时限。",
                )
            })
        })
    },
};

/// IND-14: a whole kind with one value.
pub const ALIKE: CheckDef = CheckDef {
    id: "IND-14",
    title: "同类指标的指标值不都一样",
    severity: Severity::Hint,
    source: source::OURS,
    run: |check, document, _| {
        let mut kinds: HashMap<&str, Vec<&GoalLine>> = HashMap::new();
        for goal in document.goals.iter().filter(|goal| !goal.level.is_blank()) {
            kinds.entry(goal.level.words()).or_default().push(goal);
        }
        let mut kinds: Vec<_> = kinds.into_iter().filter(|(_, goals)| goals.len() >= 3).collect();
        kinds.sort_by_key(|(level, _)| *level);
        let outcome = |goals: Vec<&GoalLine>| {
            let values: HashSet<(&str, Option<Decimal>)> =
                goals.iter().map(|goal| (goal.unit.words(), goal.value.num().counted())).collect();
            let same = values.len() == 1 && values.iter().all(|(_, value)| value.is_some());
            let [first, second, ..] = goals.as_slice() else { return Outcome::Holds };
            if !same {
                return Outcome::Holds;
            }
            Outcome::Fails(vec![Finding::new(
                check,
                vec![at(document, place(first, "value")), at(document, place(second, "value"))],
                format!("同类的 {} 个指标，指标值都一样", goals.len()),
                "各项工作难度不同，目标一样往往没有逐项测算，请核对。",
            )])
        };
        kinds.into_iter().map(|(_, goals)| outcome(goals)).collect()
    },
};

/// IND-16: only where every task has a budget.
pub const TASK_BUDGETS: CheckDef = CheckDef {
    id: "IND-16",
    title: "各任务预算之和 = 部门年初预算数",
    severity: Severity::Hint,
    source: source::GOAL_FORMS,
    run: |check, document, facts| vec![decided(|| task_budgets(check, document, facts))],
};

fn task_budgets(check: &CheckDef, document: &Document, facts: &Facts) -> Result<Outcome, Outcome> {
    let mut figures = Vec::new();
    // Several targets of one task share its budget, which then stands in one of their rows.
    let mut carried: HashMap<&str, bool> = HashMap::new();
    for line in document.targets.iter() {
        let has = match line.budget.num() {
            Num::Value(value) => {
                figures.push(Figure::typed(value));
                true
            }
            Num::Nil | Num::Blank => false,
            Num::Unread => return Err(Outcome::Unreadable(vec![Place::cell("targets", &line.id, "budget")])),
        };
        *carried.entry(line.task.words().trim()).or_default() |= has;
    }
    if !carried.values().all(|has| *has) || carried.is_empty() {
        return Err(Outcome::NotApplicable("不是每个任务都填了预算金额"));
    }
    let budget = fact(facts, "expenditure.initial_budget")?;
    let known = tolerance::sum(&figures, Figure::typed(budget)).ok_or_else(failed)?;
    if known.verdict.holds() {
        return Ok(Outcome::Holds);
    }
    let first =
        document.targets.iter().next().map(|line| at(document, Place::cell("targets", &line.id, "budget")));
    let mut finding = Finding::new(
        check,
        fact_at(facts, "expenditure.initial_budget").into_iter().chain(first).collect(),
        format!(
            "部门年初预算 {}，各任务预算合计 {}",
            Unit::Money.show(&budget),
            Unit::Money.show(&known.computed)
        ),
        "任务没有列全，或含有年中追加的，可以不改。",
    )
    .apart(Unit::Money.show(&known.diff.abs()));
    finding.expected = Unit::Money.show_with(&known.computed);
    Ok(Outcome::Fails(vec![finding]))
}
