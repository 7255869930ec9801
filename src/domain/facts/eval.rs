//! Evaluates facts. Exact decimals throughout; nothing is rounded here.

use rust_decimal::Decimal;

use super::Unit;
use super::composition;
use super::expr::Expr;
use super::linked;
use super::registry::{RowFactDef, registry};
use super::targets::{self, TargetCount};
use crate::domain::cell::Num;
use crate::domain::document::{Document, GoalLine, TargetLine};
use crate::domain::place::Place;
use crate::domain::rows::List;
use crate::domain::tables::{self, RowSet, TableDef};

/// Most places that a missing value names; the number says how many there are.
pub(super) const NAMED: usize = 8;

/// The value of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// The exact number; for a word the number whose sign chose it.
    pub number: Decimal,
    /// The word, where the fact is one.
    pub word: Option<&'static str>,
    /// A 上报合计 stands in for rows that are 未填 (“据上报合计”).
    pub stated: bool,
}

/// Why a fact has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Cells are 未填: the first of them, and how many.
    Blank(Vec<Place>, usize),
    /// Targets have no result: the first of the cells, and how many.
    Unreported(Vec<Place>, usize),
    /// Cells hold text that is no number.
    Unread(Vec<Place>, usize),
    /// The list has no rows yet.
    NoRows(&'static str),
    /// The base is zero.
    BaseZero,
    /// The figure has no meaning here, with the reason.
    NotApplicable(&'static str),
    /// Past 28 digits.
    TooLarge,
}

/// A value, or why there is none.
pub type Outcome = Result<Value, Missing>;

impl Missing {
    /// The reason in words; `name` names a place.
    pub fn words(&self, name: &dyn Fn(&Place) -> String) -> String {
        let list = |places: &[Place], count: usize| {
            let named: Vec<String> = places.iter().take(3).map(name).collect();
            let more = if count > named.len() { format!(" 等 {count} 项") } else { String::new() };
            format!("{}{more}", named.join("、"))
        };
        match self {
            Missing::Blank(places, count) => format!("{}未填", list(places, *count)),
            Missing::Unreported(places, count) => format!("{count} 项未报：{}", list(places, *count)),
            Missing::Unread(places, count) => format!("{}无法识别", list(places, *count)),
            Missing::NoRows(list) => {
                format!("{}还没有行", TableDef::by_list(list).map_or("表中", |table| table.title))
            }
            Missing::BaseZero => "基数是 0，不能计算比率".to_owned(),
            Missing::NotApplicable(reason) => (*reason).to_owned(),
            Missing::TooLarge => "数字过大，无法精确计算".to_owned(),
        }
    }

    /// The places to fill in.
    pub fn places(&self) -> &[Place] {
        match self {
            Missing::Blank(places, _) | Missing::Unreported(places, _) | Missing::Unread(places, _) => places,
            _ => &[],
        }
    }

    fn and(self, other: Missing) -> Missing {
        match (self, other) {
            (Missing::Blank(mut a, n), Missing::Blank(b, m)) => {
                for place in b {
                    if a.len() < NAMED && !a.contains(&place) {
                        a.push(place);
                    }
                }
                Missing::Blank(a, n + m)
            }
            (first, _) => first,
        }
    }
}

impl Value {
    fn number(number: Decimal) -> Self {
        Value { number, word: None, stated: false }
    }

    /// The value in its unit, without the unit's words.
    pub fn show(&self, unit: Unit) -> String {
        self.word.map_or_else(|| unit.show(&self.number), str::to_owned)
    }

    /// The value as a table shows it: rates with their sign, other units stand in the head.
    pub fn show_in_table(&self, unit: Unit) -> String {
        if unit == Unit::Percent { self.show_with(unit) } else { self.show(unit) }
    }

    /// The value with its unit.
    pub fn show_with(&self, unit: Unit) -> String {
        self.word.map_or_else(|| unit.show_with(&self.number), str::to_owned)
    }
}

/// All facts of one state of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    outcomes: Vec<Outcome>,
    /// Position of the target of T3 behind each goal of T4, in their order: looked up once for all who ask.
    linked: Vec<Option<usize>>,
}

impl Facts {
    /// Evaluates every fact of the report.
    pub fn evaluate(document: &Document) -> Self {
        let count = registry().facts.len();
        let mut run = Run {
            document,
            known: &[],
            tallies: Vec::new(),
            counts: Vec::new(),
            done: vec![None; count],
            row: None,
        };
        let outcomes = (0..count).map(|at| run.fact(at)).collect();
        Facts { outcomes, linked: targets::linked(document) }
    }

    /// The goals with the target of T3 that each of them repeats, if it does.
    pub fn goals<'a>(
        &'a self,
        document: &'a Document,
    ) -> impl Iterator<Item = (&'a GoalLine, Option<&'a TargetLine>)> {
        document.goals.iter().enumerate().map(|(at, goal)| {
            let target = self.linked.get(at).copied().flatten().and_then(|at| document.targets.at(at));
            (&**goal, target)
        })
    }

    /// A fact by id; an id that no definition has is `None`.
    pub fn get(&self, id: &str) -> Option<&Outcome> {
        self.outcomes.get(registry().position(id)?)
    }

    /// A fact of the row at `at`.
    pub fn of_row(&self, document: &Document, def: &RowFactDef, at: usize) -> Outcome {
        self.eval_row(document, &def.expr, Some((def.list, at)))
    }

    /// Evaluates any expression of a row against these facts.
    pub fn eval_row(&self, document: &Document, expr: &Expr, row: Option<(&'static str, usize)>) -> Outcome {
        // Nothing is left to be worked out, so that a row costs no more than its own expression.
        let known = &self.outcomes;
        Run { document, known, tallies: Vec::new(), counts: Vec::new(), done: Vec::new(), row }.eval(expr)
    }

    /// Evaluates any expression against these facts.
    pub fn eval(&self, document: &Document, expr: &Expr) -> Outcome {
        self.eval_row(document, expr, None)
    }
}

struct Run<'a> {
    document: &'a Document,
    /// The facts, where they were evaluated before.
    known: &'a [Outcome],
    /// Columns of whole lists, added up in one walk over their rows: of long lists the walk is what takes time.
    tallies: Vec<(&'static str, Vec<Tally>)>,
    /// Counts of targets, likewise.
    counts: Vec<(TargetCount, Result<Decimal, Missing>)>,
    done: Vec<Option<Outcome>>,
    row: Option<(&'static str, usize)>,
}

impl Run<'_> {
    fn fact(&mut self, at: usize) -> Outcome {
        if let Some(outcome) = self.known.get(at) {
            return outcome.clone();
        }
        if let Some(Some(outcome)) = self.done.get(at) {
            return outcome.clone();
        }
        let Some(def) = registry().facts.get(at) else { return Err(Missing::TooLarge) };
        // A definition that reads itself would never end; the tests forbid one, this keeps the page alive.
        if let Some(slot) = self.done.get_mut(at) {
            *slot = Some(Err(Missing::NotApplicable("定义循环")));
        }
        let row = self.row.take();
        let outcome = self.eval(&def.expr);
        self.row = row;
        if let Some(slot) = self.done.get_mut(at) {
            *slot = Some(outcome.clone());
        }
        outcome
    }

    fn eval(&mut self, expr: &Expr) -> Outcome {
        match expr {
            Expr::Field(section, field) => self.cell(&Place::field(section, field)),
            Expr::Column(column) => self.column(column),
            Expr::Fact(id) => match registry().position(id) {
                Some(at) => self.fact(at),
                None => Err(Missing::NotApplicable("没有这项指标")),
            },
            Expr::RowFact(key) => match self.row.and_then(|(list, _)| registry().row_fact(list, key)) {
                Some(def) => self.eval(&def.expr),
                None => Err(Missing::NotApplicable("没有这项指标")),
            },
            Expr::Sum { list, column, rows, optional } => self.sum(list, column, *rows, *optional),
            Expr::SumWhere { list, columns, by, keys } => self.sum_where(list, columns, by, keys),
            Expr::Rows { list, by } => self.rows(list, *by),
            Expr::TaskTarget(column) => {
                match self.row.and_then(|row| linked::task_target(self.document, row, column)) {
                    Some(place) => self.cell(&place),
                    None => Err(Missing::NotApplicable("没有对应的任务目标")),
                }
            }
            Expr::Referring { list, by, column, only } => {
                let Some(row) = self.row else { return Err(Missing::NotApplicable("没有这一行")) };
                let number = match column {
                    Some(column) => linked::sum(self.document, row, list, by, column),
                    None => linked::count(self.document, row, list, by, *only),
                };
                number.map(Value::number)
            }
            Expr::Reached => {
                let Some(row) = self.row else { return Err(Missing::NotApplicable("没有这一行")) };
                targets::of_row(self.document, row).map(|reached| Value {
                    number: if reached { Decimal::ONE } else { Decimal::NEGATIVE_ONE },
                    word: Some(if reached { "达标" } else { "未达标" }),
                    stated: false,
                })
            }
            Expr::Attained(..) if !self.row.is_some_and(|row| targets::has_rate(self.document, row)) => {
                self.eval(&Expr::Reached)
            }
            Expr::Attained(a, b) => self.both(a, b, |actual, target| match target > Decimal::ZERO {
                true => percent(actual, target),
                false => Err(Missing::NotApplicable("目标值不大于 0，没有完成率")),
            }),
            Expr::Targets(what) => self.targets(*what),
            Expr::Composition(lists) => {
                composition::of(self.document, lists).map(|found| Value::number(found.percent))
            }
            Expr::IfOneRow(list, one, more) => {
                let single = self.document.list(list).is_some_and(|rows| rows.len() == 1);
                self.eval(if single { one } else { more })
            }
            Expr::Total { computed, stated } => self.total(computed, *stated),
            Expr::Add(parts) => self.add(parts),
            Expr::Sub(a, b) => self.both(a, b, |a, b| a.checked_sub(b).ok_or(Missing::TooLarge)),
            Expr::Percent(a, b) => self.both(a, b, percent),
            Expr::Ratio(a, b) => self.both(a, b, ratio),
            Expr::Growth(a, b) => self.both(a, b, |now, before| {
                percent(now.checked_sub(before).ok_or(Missing::TooLarge)?, before.abs())
            }),
            Expr::Abs(a) => self.eval(a).map(|value| Value { number: value.number.abs(), ..value }),
            Expr::Constant(number) => Ok(Value::number(Decimal::from(*number))),
            Expr::Word(a, words) => {
                self.eval(a).map(|value| Value { word: Some(by_sign(&value.number, words)), ..value })
            }
            Expr::NotApplicableAtZero(a, reason) => self.not_applicable_at_zero(a, reason),
            Expr::NotApplicableWithoutBase(a, reason) => match self.eval(a) {
                Err(Missing::BaseZero) => Err(Missing::NotApplicable(reason)),
                outcome => outcome,
            },
            Expr::UnchangedAtZero(a) => self.unchanged_at_zero(a),
            Expr::Or(a, b) => match self.eval(a) {
                Err(missing @ (Missing::Blank(..) | Missing::NoRows(_))) => self.eval(b).map_err(|_| missing),
                outcome => outcome,
            },
        }
    }

    fn cell(&self, place: &Place) -> Outcome {
        match self.document.number(place) {
            Num::Value(number) => Ok(Value::number(number)),
            Num::Nil => Ok(Value::number(Decimal::ZERO)),
            Num::Blank => Err(Missing::Blank(vec![place.clone()], 1)),
            Num::Unread => Err(Missing::Unread(vec![place.clone()], 1)),
        }
    }

    fn column(&mut self, column: &'static str) -> Outcome {
        let missing = || Missing::NotApplicable("没有这一行");
        let (list, at) = self.row.ok_or_else(missing)?;
        let rows = self.document.list(list).ok_or_else(missing)?;
        let id = rows.id_at(at).ok_or_else(missing)?;
        if let Some(fact) =
            TableDef::by_list(list).and_then(|table| tables::read_from(table, rows.len(), &id, column))
        {
            return self.eval(&Expr::Fact(fact));
        }
        let key = rows.column(column).ok_or_else(missing)?;
        match rows.number(at, key) {
            Num::Value(number) => Ok(Value::number(number)),
            Num::Nil => Ok(Value::number(Decimal::ZERO)),
            Num::Blank => Err(Missing::Blank(vec![Place::cell(list, &id, column)], 1)),
            Num::Unread => Err(Missing::Unread(vec![Place::cell(list, &id, column)], 1)),
        }
    }

    fn sum(&mut self, list: &'static str, column: &'static str, set: RowSet, optional: bool) -> Outcome {
        let Some(rows) = self.document.list(list) else { return Err(Missing::NoRows(list)) };
        let Some(key) = rows.column(column) else { return Err(Missing::NoRows(list)) };
        let tally = match set {
            RowSet::All => self.tally(rows, list, key).ok_or(Missing::NoRows(list))?,
            set => &Tally::of(rows, list, column, key, set),
        };
        if let Some(missing) = tally.missing(optional) {
            return Err(missing);
        }
        if tally.rows == 0 && !optional {
            return Err(Missing::NoRows(list));
        }
        tally.filled.map(Value::number).ok_or(Missing::TooLarge)
    }

    fn targets(&mut self, what: TargetCount) -> Outcome {
        if self.counts.is_empty() {
            self.counts = targets::counts(self.document);
        }
        let found = self.counts.iter().find(|(known, _)| *known == what);
        found.map_or(Err(Missing::NoRows("targets")), |(_, number)| number.clone().map(Value::number))
    }

    fn tally(&mut self, rows: &dyn List, list: &'static str, key: usize) -> Option<&Tally> {
        let known = self.tallies.iter().position(|(known, _)| *known == list);
        let at = known.unwrap_or_else(|| {
            self.tallies.push((list, Tally::all(rows, list)));
            self.tallies.len().saturating_sub(1)
        });
        self.tallies.get(at).and_then(|(_, columns)| columns.get(key))
    }

    fn sum_where(&self, list: &'static str, columns: &[&'static str], by: &str, keys: &[&str]) -> Outcome {
        let Some(rows) = self.document.list(list) else { return Err(Missing::NoRows(list)) };
        let Some(by) = rows.column(by) else { return Err(Missing::NoRows(list)) };
        if rows.is_empty() {
            return Err(Missing::NoRows(list));
        }
        let (mut sum, mut blank, mut count) = (Decimal::ZERO, Vec::new(), 0);
        for at in (0..rows.len()).filter(|at| keys.contains(&rows.get(*at, by).words())) {
            for column in columns {
                let Some(key) = rows.column(column) else { continue };
                match rows.number(at, key).counted() {
                    Some(number) => {
                        sum = sum.checked_add(number.abs()).ok_or(Missing::TooLarge)?;
                    }
                    None => {
                        count += 1;
                        blank.extend(
                            rows.id_at(at)
                                .filter(|_| count <= NAMED)
                                .map(|id| Place::cell(list, &id, column)),
                        );
                    }
                }
            }
        }
        if count > 0 { Err(Missing::Blank(blank, count)) } else { Ok(Value::number(sum)) }
    }

    fn rows(&self, list: &'static str, by: Option<(&str, &[&str])>) -> Outcome {
        let Some(rows) = self.document.list(list).filter(|rows| !rows.is_empty()) else {
            return Err(Missing::NoRows(list));
        };
        let Some((by, keys)) = by else { return Ok(Value::number(Decimal::from(rows.len()))) };
        let Some(def) = rows.columns().iter().find(|def| def.key == by) else {
            return Err(Missing::NoRows(list));
        };
        let column = rows.column(by).unwrap_or_default();
        let (mut number, mut blank, mut count) = (0usize, Vec::new(), 0usize);
        for at in 0..rows.len() {
            match rows.get(at, column) {
                cell if cell.is_blank() => {
                    count += 1;
                    blank.extend(
                        rows.id_at(at).filter(|_| count <= NAMED).map(|id| Place::cell(list, &id, def.key)),
                    );
                }
                cell => number += usize::from(keys.contains(&cell.words())),
            }
        }
        if count > 0 { Err(Missing::Blank(blank, count)) } else { Ok(Value::number(Decimal::from(number))) }
    }

    fn total(&mut self, computed: &Expr, stated: Option<(&'static str, &'static str)>) -> Outcome {
        let computed = self.eval(computed);
        match (&computed, stated) {
            // A figure that cannot be read is no reason to trust another one.
            (Err(Missing::Blank(..) | Missing::NoRows(_)), Some((section, field))) => self
                .cell(&Place::field(section, field))
                .map(|value| Value { stated: true, ..value })
                .or(computed),
            _ => computed,
        }
    }

    fn add(&mut self, parts: &[Expr]) -> Outcome {
        let mut sum = Value::number(Decimal::ZERO);
        let mut missing: Option<Missing> = None;
        for part in parts {
            match self.eval(part) {
                Ok(value) => {
                    sum.number = sum.number.checked_add(value.number).ok_or(Missing::TooLarge)?;
                    sum.stated |= value.stated;
                }
                Err(reason) => {
                    missing = Some(match missing {
                        Some(before) => before.and(reason),
                        None => reason,
                    });
                }
            }
        }
        missing.map_or(Ok(sum), Err)
    }

    fn both(
        &mut self,
        a: &Expr,
        b: &Expr,
        combine: impl Fn(Decimal, Decimal) -> Result<Decimal, Missing>,
    ) -> Outcome {
        match (self.eval(a), self.eval(b)) {
            (Ok(a), Ok(b)) => {
                Ok(Value { number: combine(a.number, b.number)?, word: None, stated: a.stated || b.stated })
            }
            (Err(a), Err(b)) => Err(a.and(b)),
            (Err(missing), Ok(_)) | (Ok(_), Err(missing)) => Err(missing),
        }
    }

    fn unchanged_at_zero(&mut self, change: &Expr) -> Outcome {
        let outcome = self.eval(change);
        match (&outcome, change) {
            (Err(Missing::BaseZero), Expr::Growth(now, _)) => match self.eval(now) {
                Ok(value) if value.number.is_zero() => Ok(value),
                _ => outcome,
            },
            _ => outcome,
        }
    }

    fn not_applicable_at_zero(&mut self, rate: &Expr, reason: &'static str) -> Outcome {
        let outcome = self.eval(rate);
        match (&outcome, rate) {
            (Err(Missing::BaseZero), Expr::Percent(numerator, _)) => match self.eval(numerator) {
                Ok(value) if value.number.is_zero() => Err(Missing::NotApplicable(reason)),
                _ => outcome,
            },
            _ => outcome,
        }
    }
}

fn percent(numerator: Decimal, base: Decimal) -> Result<Decimal, Missing> {
    // Multiply before dividing, so that nothing is lost to the quotient's last digit.
    let hundredfold = numerator.checked_mul(Decimal::ONE_HUNDRED).ok_or(Missing::TooLarge)?;
    ratio(hundredfold, base)
}

fn ratio(numerator: Decimal, base: Decimal) -> Result<Decimal, Missing> {
    if base.is_zero() {
        return Err(Missing::BaseZero);
    }
    numerator.checked_div(base).ok_or(Missing::TooLarge)
}

fn by_sign(number: &Decimal, words: &[&'static str; 3]) -> &'static str {
    let [more, less, equal] = words;
    if number.is_zero() {
        equal
    } else if number.is_sign_negative() {
        less
    } else {
        more
    }
}

/// What a column of some rows adds up to, and what of it is not filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Sum of the cells that are filled in; `None` past 28 digits.
    pub filled: Option<Decimal>,
    /// Number of rows.
    pub rows: usize,
    /// The first cells that are 未填.
    pub blank: Vec<Place>,
    /// How many are.
    pub blank_count: usize,
    /// The first cells that cannot be read.
    pub unread: Vec<Place>,
    /// How many are.
    pub unread_count: usize,
}

impl Default for Tally {
    fn default() -> Self {
        Tally {
            filled: Some(Decimal::ZERO),
            rows: 0,
            blank: Vec::new(),
            blank_count: 0,
            unread: Vec::new(),
            unread_count: 0,
        }
    }
}

impl Tally {
    /// Adds up a column (`key` is its index) over the rows of a set.
    pub fn of(rows: &dyn List, list: &'static str, column: &'static str, key: usize, set: RowSet) -> Self {
        let mut tally = Tally::default();
        for at in 0..rows.len() {
            if set != RowSet::All && !rows.id_at(at).is_some_and(|id| set.has(&id)) {
                continue;
            }
            tally.add(rows.number(at, key), || rows.id_at(at).map(|id| Place::cell(list, &id, column)));
        }
        tally
    }

    /// Adds up every column that holds numbers, over all rows; by index of the column.
    fn all(rows: &dyn List, list: &'static str) -> Vec<Self> {
        let columns = rows.columns();
        let mut tallies = vec![Tally::default(); columns.len()];
        for row in (0..rows.len()).filter_map(|at| rows.row(at)) {
            for (key, (tally, def)) in tallies.iter_mut().zip(columns).enumerate() {
                if def.kind.is_numeric() {
                    tally.add(row.number(key), || Some(Place::cell(list, row.row_id()?, def.key)));
                }
            }
        }
        tallies
    }

    fn add(&mut self, number: Num, place: impl FnOnce() -> Option<Place>) {
        self.rows += 1;
        match number {
            Num::Blank => {
                self.blank_count += 1;
                if self.blank.len() < NAMED {
                    self.blank.extend(place());
                }
            }
            Num::Unread => {
                self.unread_count += 1;
                if self.unread.len() < NAMED {
                    self.unread.extend(place());
                }
            }
            Num::Nil => {}
            Num::Value(value) => {
                self.filled = self.filled.and_then(|sum| sum.checked_add(value));
            }
        }
    }

    /// Why the tally is no total, if it is none.
    fn missing(&self, optional: bool) -> Option<Missing> {
        if self.unread_count > 0 {
            return Some(Missing::Unread(self.unread.clone(), self.unread_count));
        }
        (self.blank_count > 0 && !optional).then(|| Missing::Blank(self.blank.clone(), self.blank_count))
    }
}
