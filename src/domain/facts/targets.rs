//! Which targets of T3 are reached (indicators §2.1): the counts behind 实际完成率, 完成及时率, 质量达标率 and
//! 重点工作办结率.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::eval::{Missing, NAMED};
use crate::domain::cell::{Cell, Num, Raw};
use crate::domain::document::{Document, GoalLine, TargetLine};
use crate::domain::place::Place;
use crate::domain::rows::RowId;

/// What is counted over the targets that a report has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TargetCount {
    /// Targets with something to reach.
    #[default]
    Planned,
    /// Those that are reached.
    Reached,
    /// Reached, and not after their deadline.
    InTime,
    /// Answered 质量达标 = 是.
    QualityMet,
    /// Reached, and answered 质量达标 = 是.
    ReachedQualityMet,
    /// Targets set by the Party committee, the government, the people's congress or a superior.
    KeyPlanned,
    /// Those of them that are reached.
    KeyReached,
    /// Targets of which no result is said.
    Unreported,
    /// Results of which no target is said (计划外成果).
    Unplanned,
    /// Exceeded by three tenths or more without a word on it.
    ExceededUnexplained,
    /// Missed without a cause.
    MissedUnexplained,
}

impl TargetCount {
    const ALL: [TargetCount; 11] = [
        TargetCount::Planned,
        TargetCount::Reached,
        TargetCount::InTime,
        TargetCount::QualityMet,
        TargetCount::ReachedQualityMet,
        TargetCount::KeyPlanned,
        TargetCount::KeyReached,
        TargetCount::Unreported,
        TargetCount::Unplanned,
        TargetCount::ExceededUnexplained,
        TargetCount::MissedUnexplained,
    ];
}

/// How a target stands.
enum Standing {
    Reached,
    NotReached,
    /// What it takes to tell is 未填; a result that covers a part or another year is none.
    Unreported(Place),
}

/// All counts in one walk over the targets; a target whose result is 未填 leaves a count without a value.
pub fn counts(document: &Document) -> Vec<(TargetCount, Result<Decimal, Missing>)> {
    let mut counting = TargetCount::ALL.map(|what| Counting { what, ..Counting::default() });
    let (mut rows, mut planned) = (false, false);
    for line in document.targets.iter() {
        rows = true;
        planned |= is_planned(line);
        counting.iter_mut().for_each(|counting| counting.see(line));
    }
    counting.into_iter().map(|counting| (counting.what, counting.result(rows, planned))).collect()
}

/// One count; see [`counts`].
pub fn count(document: &Document, what: TargetCount) -> Result<Decimal, Missing> {
    let found = counts(document).into_iter().find(|(known, _)| *known == what);
    found.map_or(Err(Missing::NoRows("targets")), |(_, number)| number)
}

/// A count while the targets are walked.
#[derive(Default)]
struct Counting {
    what: TargetCount,
    number: i64,
    /// Targets that the count is about.
    about: usize,
    /// The first of those that have no result, and how many there are.
    unreported: Vec<Place>,
    unreported_count: usize,
}

impl Counting {
    fn see(&mut self, line: &TargetLine) {
        match is_noted(line, self.what) {
            Some(noted) => self.number += i64::from(noted),
            None if !is_planned(line) => {}
            None if matches!(self.what, TargetCount::KeyPlanned | TargetCount::KeyReached)
                && !is_key(line) => {}
            None => {
                self.about += 1;
                match standing(line, self.what) {
                    Standing::Reached => self.number += 1,
                    Standing::NotReached => {}
                    Standing::Unreported(place) => {
                        self.unreported_count += 1;
                        if self.unreported.len() < NAMED {
                            self.unreported.push(place);
                        }
                    }
                }
            }
        }
    }

    fn result(self, rows: bool, planned: bool) -> Result<Decimal, Missing> {
        let noted = is_noted(&TargetLine::default(), self.what).is_some();
        match (noted, rows, planned) {
            (true, false, _) | (false, _, false) => Err(Missing::NoRows("targets")),
            (false, ..) if self.about == 0 => {
                Err(Missing::NotApplicable("没有党委、政府、人大或上级交办的目标，不适用"))
            }
            _ if self.unreported_count > 0 => {
                Err(Missing::Unreported(self.unreported, self.unreported_count))
            }
            _ => Ok(Decimal::from(self.number)),
        }
    }
}

/// The targets behind such a count; none for counts of another kind.
pub fn rows_of(document: &Document, what: TargetCount) -> Vec<RowId> {
    let noted = document.targets.iter().filter(|line| is_noted(line, what) == Some(true));
    noted.map(|line| line.id.clone()).collect()
}

fn is_noted(line: &TargetLine, what: TargetCount) -> Option<bool> {
    let unexplained = line.deviation_cause.words().trim().is_empty();
    Some(match what {
        TargetCount::Unreported => is_planned(line) && !is_reported(line),
        TargetCount::Unplanned => !is_planned(line) && is_reported(line),
        TargetCount::ExceededUnexplained => is_planned(line) && unexplained && is_far_above(line),
        TargetCount::MissedUnexplained => is_planned(line) && unexplained && is_reached(line) == Some(false),
        _ => return None,
    })
}

/// Above the target so far that forms ask for a word on it: 1.3 times, as one province has it (indicators §6.3).
fn is_far_above(line: &TargetLine) -> bool {
    let (Some(value), Some(actual)) = (line.value.num().counted(), line.actual.num().counted()) else {
        return false;
    };
    let limit = value.checked_mul(Decimal::new(13, 1));
    matches!(line.operator.words(), "ge" | "gt" | "eq")
        && value > Decimal::ZERO
        && limit.is_some_and(|limit| actual >= limit)
}

/// Whether there is something to reach.
pub fn is_planned(line: &TargetLine) -> bool {
    !line.value.is_blank() || !line.value_text.is_blank()
}

/// Whether a target is reached; `None` where its result is not, or only in part, reported.
pub fn is_reached(line: &TargetLine) -> Option<bool> {
    match reached(line) {
        Standing::Reached => Some(true),
        Standing::NotReached => Some(false),
        Standing::Unreported(_) => None,
    }
}

/// Whether the target of a row of T3 or T4 is reached by the result that stands in the row.
pub fn of_row(document: &Document, (list, at): (&'static str, usize)) -> Result<bool, Missing> {
    let standing = match list {
        "goals" => document.goals.iter().nth(at).map(|goal| Said::of_goal(goal).standing()),
        _ => document.targets.iter().nth(at).map(|line| reached(line)),
    };
    match standing {
        Some(Standing::Reached) => Ok(true),
        Some(Standing::NotReached) => Ok(false),
        Some(Standing::Unreported(place)) => Err(Missing::Blank(vec![place], 1)),
        None => Err(Missing::NotApplicable("没有这一行")),
    }
}

/// Whether something is said of the result, be it of a part or of another year.
pub fn is_reported(line: &TargetLine) -> bool {
    !line.actual.is_blank() || !line.attainment.is_blank()
}

/// The target of T3 that a goal of T4 repeats: the one that it names, else the only one of the same name and unit.
pub fn of_goal<'a>(document: &'a Document, goal: &GoalLine) -> Option<&'a TargetLine> {
    let mut all = document.targets.iter().map(|line| -> &TargetLine { line });
    match &goal.task_target {
        Cell::Value(id) => all.find(|line| line.id.as_str() == id),
        Cell::Nil | Cell::Unread(_) => None,
        Cell::Blank => {
            let name = Some(goal.name.words().trim()).filter(|name| !name.is_empty())?;
            let mut alike = all.filter(|line| line.name.words().trim() == name && line.unit == goal.unit);
            alike.next().filter(|_| alike.next().is_none())
        }
    }
}

/// As [`of_goal`] for all goals at once: positions of their targets, in the order of the goals.
pub fn linked(document: &Document) -> Vec<Option<usize>> {
    let (mut by_id, mut by_name) = (HashMap::new(), HashMap::<&str, Vec<(usize, &TargetLine)>>::new());
    let explicit = document.goals.iter().any(|goal| matches!(goal.task_target, Cell::Value(_)));
    let named = document.goals.iter().any(|goal| goal.task_target.is_blank());
    for (at, line) in document.targets.iter().enumerate() {
        if explicit {
            by_id.insert(line.id.as_str(), at);
        }
        if named {
            by_name.entry(line.name.words().trim()).or_default().push((at, line));
        }
    }
    let of = |goal: &GoalLine| match &goal.task_target {
        Cell::Value(id) => by_id.get(id.as_str()).copied(),
        Cell::Nil | Cell::Unread(_) => None,
        Cell::Blank => {
            let name = goal.name.words().trim();
            let alike = by_name.get(name).filter(|_| !name.is_empty())?;
            let mut alike = alike.iter().filter(|(_, line)| line.unit == goal.unit);
            alike.next().map(|(at, _)| *at).filter(|_| alike.next().is_none())
        }
    };
    document.goals.iter().map(|goal| of(goal)).collect()
}

fn is_key(line: &TargetLine) -> bool {
    matches!(line.source.words(), "party" | "government" | "congress" | "superior")
}

fn standing(line: &TargetLine, what: TargetCount) -> Standing {
    let place = |column: &'static str| Place::cell("targets", &line.id, column);
    match what {
        TargetCount::Planned
        | TargetCount::KeyPlanned
        | TargetCount::Unreported
        | TargetCount::Unplanned
        | TargetCount::ExceededUnexplained
        | TargetCount::MissedUnexplained => Standing::Reached,
        TargetCount::Reached | TargetCount::KeyReached => reached(line),
        TargetCount::QualityMet => match &line.quality_met {
            Cell::Blank => Standing::Unreported(place("quality_met")),
            answer if *answer == Raw::text("yes") => Standing::Reached,
            _ => Standing::NotReached,
        },
        TargetCount::ReachedQualityMet => match reached(line) {
            Standing::Reached => standing(line, TargetCount::QualityMet),
            other => other,
        },
        TargetCount::InTime => match reached(line) {
            Standing::Reached => match (&line.completed_on, &line.deadline) {
                (Cell::Blank, _) => Standing::Unreported(place("completed_on")),
                (_, Cell::Blank) => Standing::Unreported(place("deadline")),
                // Dates are written `YYYY-MM-DD`, so that the order of texts is that of days.
                (Cell::Value(done), Cell::Value(due)) if done <= due => Standing::Reached,
                _ => Standing::NotReached,
            },
            other => other,
        },
    }
}

fn reached(line: &TargetLine) -> Standing {
    Said {
        list: "targets",
        id: &line.id,
        operator: line.operator.words(),
        value: line.value.num().counted(),
        actual: line.actual.num(),
        attainment: line.attainment.words(),
        scope: line.result_scope.words(),
    }
    .standing()
}

/// Whether the result in a row of T3 or T4 is a rate: the target is a number, and more is better or as good.
pub fn has_rate(document: &Document, (list, at): (&'static str, usize)) -> bool {
    let (operator, value) = match list {
        "goals" => document.goals.iter().nth(at).map(|goal| {
            let said = Said::of_goal(goal);
            (said.operator, said.value)
        }),
        _ => document.targets.iter().nth(at).map(|line| (line.operator.words(), line.value.num().counted())),
    }
    .unwrap_or_default();
    matches!(operator, "ge" | "gt" | "eq") && value.is_some()
}

/// What a row says of a target and its result.
struct Said<'a> {
    list: &'static str,
    id: &'a RowId,
    operator: &'a str,
    value: Option<Decimal>,
    actual: Num,
    attainment: &'a str,
    scope: &'a str,
}

impl<'a> Said<'a> {
    fn of_goal(goal: &'a GoalLine) -> Self {
        Said {
            list: "goals",
            id: &goal.id,
            operator: goal.operator.words(),
            // What was adjusted is the target (goals §4.2).
            value: goal.adjusted_value.num().counted().or_else(|| goal.value.num().counted()),
            actual: goal.actual.num(),
            attainment: goal.attainment.words(),
            scope: goal.result_scope.words(),
        }
    }

    fn standing(&self) -> Standing {
        let place = |column: &'static str| Place::cell(self.list, self.id, column);
        if matches!(self.scope, "part" | "other_year") {
            return Standing::Unreported(place("actual"));
        }
        let answer = |holds: bool| if holds { Standing::Reached } else { Standing::NotReached };
        match (self.operator, self.value) {
            ("ge" | "gt" | "eq" | "le" | "lt", Some(value)) => match self.actual {
                Num::Blank | Num::Unread => Standing::Unreported(place("actual")),
                actual => {
                    let actual = actual.counted().unwrap_or_default();
                    answer(match self.operator {
                        "ge" => actual >= value,
                        "gt" => actual > value,
                        "eq" => actual == value,
                        "le" => actual <= value,
                        _ => actual < value,
                    })
                }
            },
            _ => match self.attainment {
                "" => Standing::Unreported(place("attainment")),
                word => answer(word == "full"),
            },
        }
    }
}
