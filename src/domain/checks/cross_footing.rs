//! Sums that an outside paper states against the same sums computed: SG-01, SG-02, DF-01, DF-05, DF-12, DF-15
//! (accounts §8.3, §9.3; tolerance §9.4).

use rust_decimal::Decimal;

use super::reading::{failed, typed};
use super::{CheckDef, Finding, Outcome, Severity, hint_words, published};
use crate::domain::amount::unit_of;
use crate::domain::cell::Num;
use crate::domain::document::Document;
use crate::domain::facts::Unit;
use crate::domain::facts::eval::Facts;
use crate::domain::facts::label::Target;
use crate::domain::facts::registry::{registry, source};
use crate::domain::place::Place;
use crate::domain::record::{FieldDef, Kind};
use crate::domain::tables::{self, Part, RowSet, SumDef, TableDef};
use crate::domain::tolerance::{self, BlankVerdict, Figure, Hint, Verdict};

/// SG-01: 三公合计 is the sum of its items, in every column.
pub const THREE_PUBLIC_TOTAL: CheckDef = CheckDef {
    id: "SG-01",
    title: "“三公”经费合计 = 因公出国（境）费 + 公务用车小计 + 公务接待费",
    severity: Severity::Error,
    source: source::CROSS_FOOTING,
    run: |check, document, facts| stated_sums(check, document, facts, &["three_public"]),
};

/// SG-02: 公务用车小计 is purchase and running costs.
pub const VEHICLES: CheckDef = CheckDef {
    id: "SG-02",
    title: "公务用车小计 = 购置费 + 运行维护费",
    severity: Severity::Error,
    source: source::CROSS_FOOTING,
    run: |check, document, facts| stated_sums(check, document, facts, &["vehicles"]),
};

/// DF-12: basic expenditure is personnel and operating funds, each of which is the sum of its classes.
pub const BASIC_EXPENDITURE: CheckDef = CheckDef {
    id: "DF-12",
    title: "基本支出 = 人员经费 + 公用经费；人员经费 = 301 + 303；公用经费 = 302 + 310（及 307、399）",
    severity: Severity::Error,
    source: source::CROSS_FOOTING,
    run: |check, document, facts| stated_sums(check, document, facts, &["personnel", "operating", "basic"]),
};

/// DF-01: income is the sum of its lines.
pub const INCOME: CheckDef = CheckDef {
    id: "DF-01",
    title: "本年收入合计 = 各项收入之和",
    severity: Severity::Error,
    source: source::CROSS_FOOTING,
    run: |check, document, facts| {
        let mut outcomes = stated_sums(check, document, facts, &["income"]);
        outcomes.extend(published::summary(check, document, "income"));
        outcomes
    },
};

/// DF-05: expenditure is basic, project and the other kinds of expenditure.
pub const EXPENDITURE: CheckDef = CheckDef {
    id: "DF-05",
    title: "本年支出合计 = 基本支出 + 项目支出（及上缴上级、经营、对附属单位补助支出）",
    severity: Severity::Error,
    source: source::CROSS_FOOTING,
    run: |check, document, facts| {
        let mut outcomes = stated_sums(check, document, facts, &["expenditure"]);
        outcomes.extend(published::kinds(check, document));
        outcomes
    },
};

/// DF-15: what is left at the end of the year follows from what was there, came in and went out.
pub const CARRYOVER: CheckDef = CheckDef {
    id: "DF-15",
    title: "年末结转结余 = 年初 + 本年收入 + 使用非财政拨款结余 − 本年支出 − 结余分配，且不小于 0",
    severity: Severity::Error,
    source: source::OURS,
    run: carryover,
};

/// The typed figures behind a column of a sum, and what of it is 未填 or unreadable.
#[derive(Debug, Default)]
pub(super) struct Addends {
    pub figures: Vec<Figure>,
    pub blank: Vec<Place>,
    pub blank_count: usize,
    pub unread: Vec<Place>,
}

impl Addends {
    /// Collects a column of a sum; a part that is itself a sum enters as the figures that it is made of, or as its
    /// stated total where that stands in for rows that are 未填.
    pub(super) fn of(document: &Document, table: &TableDef, sum: &SumDef, def: &'static FieldDef) -> Self {
        let mut addends = Addends::default();
        for part in sum.parts {
            match part {
                Part::Rows(rows) => addends.rows(document, table, *rows, def),
                Part::Sum(id) => addends.sum(document, id, def),
            }
        }
        addends
    }

    /// Whether a stated total stands in: rows are 未填, or there are none.
    fn waits(&self) -> bool {
        self.blank_count > 0 || self.figures.is_empty()
    }

    fn rows(&mut self, document: &Document, table: &TableDef, set: RowSet, def: &'static FieldDef) {
        let Some(rows) = document.list(table.list) else { return };
        let Some(key) = rows.column(def.key) else { return };
        for at in 0..rows.len() {
            let Some(id) = rows.id_at(at).filter(|id| set.has(id)) else { continue };
            match rows.number(at, key) {
                Num::Value(value) => self.figures.push(figure(def, value)),
                Num::Nil => self.figures.push(Figure::exact(Decimal::ZERO)),
                Num::Blank => {
                    self.blank.push(Place::cell(table.list, &id, def.key));
                    self.blank_count += 1;
                }
                Num::Unread => self.unread.push(Place::cell(table.list, &id, def.key)),
            }
        }
    }

    fn sum(&mut self, document: &Document, id: &str, def: &'static FieldDef) {
        let found = tables::ALL
            .iter()
            .flat_map(|table| table.sums.iter().map(move |sum| (table, sum)))
            .find(|(_, sum)| sum.id == id);
        let Some((table, sum)) = found else { return };
        let inner = Addends::of(document, table, sum, def);
        let stated = sum.stated.map(|section| document.number(&Place::field(section, def.key)));
        match stated {
            Some(Num::Value(value)) if inner.waits() && inner.unread.is_empty() => {
                self.figures.push(figure(def, value));
            }
            _ => {
                self.figures.extend(inner.figures);
                self.blank.extend(inner.blank);
                self.blank_count += inner.blank_count;
                self.unread.extend(inner.unread);
            }
        }
    }
}

pub(super) fn figure(def: &FieldDef, value: Decimal) -> Figure {
    if def.kind == Kind::Amount { Figure::typed(value) } else { Figure::exact(value) }
}

/// Each stated column of each of the sums against its addends.
pub(super) fn stated_sums(
    check: &CheckDef,
    document: &Document,
    facts: &Facts,
    sums: &[&str],
) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for (table, sum) in tables::ALL.iter().flat_map(|table| table.sums.iter().map(move |sum| (table, sum))) {
        let Some(section) = sum.stated.filter(|_| sums.contains(&sum.id)) else { continue };
        let Some((section, defs)) = Document::SECTIONS.iter().find(|(name, _)| *name == section) else {
            continue;
        };
        for def in defs.iter().filter(|def| def.kind.is_numeric()) {
            outcomes.push(stated_sum(check, document, facts, (table, sum), section, def));
        }
    }
    outcomes
}

pub(super) fn stated_sum(
    check: &CheckDef,
    document: &Document,
    _facts: &Facts,
    (table, sum): (&TableDef, &SumDef),
    section: &'static str,
    def: &'static FieldDef,
) -> Outcome {
    let place = Place::field(section, def.key);
    let stated = match document.number(&place) {
        Num::Value(value) => value,
        Num::Nil => Decimal::ZERO,
        Num::Blank => return Outcome::NotApplicable("没有填上报合计"),
        Num::Unread => return Outcome::Unreadable(vec![place]),
    };
    let addends = Addends::of(document, table, sum, def);
    if !addends.unread.is_empty() {
        return Outcome::Unreadable(addends.unread);
    }
    let total = figure(def, stated);
    let verdict = if addends.blank_count == 0 {
        if addends.figures.is_empty() {
            return Outcome::LacksData(Vec::new(), 0);
        }
        tolerance::sum(&addends.figures, total)
    } else {
        match tolerance::sum_with_blanks(&addends.figures, total) {
            Some(BlankVerdict::Exceeds(verdict)) => Some(verdict),
            Some(BlankVerdict::LacksData) => {
                return Outcome::LacksData(addends.blank, addends.blank_count);
            }
            None => None,
        }
    };
    let Some(verdict) = verdict else {
        return failed();
    };
    let computed_target = match registry().fact(&format!("{}.{}", sum.id, def.key)) {
        Some(fact) => Target::Fact(&fact.id),
        None => Target::Place(place.clone()),
    };
    let sides = Sides {
        unit: crate::domain::facts::print::field_unit(def),
        name: format!("{} · {} · {}", table.title, sum.label, def.label),
        stated: (Target::Place(place), stated),
        computed: (computed_target, verdict.computed),
        partial: addends.blank_count,
    };
    sides.outcome(check, verdict.verdict, verdict.diff)
}

/// Both sides of a comparison, for the words of a finding.
pub(super) struct Sides {
    pub unit: Unit,
    pub name: String,
    pub stated: (Target, Decimal),
    pub computed: (Target, Decimal),
    /// How many addends are 未填.
    pub partial: usize,
}

impl Sides {
    pub(super) fn outcome(&self, check: &CheckDef, verdict: Verdict, diff: Decimal) -> Outcome {
        match verdict {
            Verdict::Holds => Outcome::Holds,
            Verdict::Rounding(hint) => Outcome::Rounding(Box::new(self.finding(check, diff, Some(hint)))),
            Verdict::Fails { .. } => Outcome::Fails(vec![self.finding(check, diff, None)]),
        }
    }

    pub(super) fn finding(&self, check: &CheckDef, diff: Decimal, hint: Option<Hint>) -> Finding {
        let stated = self.unit.show(&self.stated.1);
        let computed = self.unit.show(&self.computed.1);
        let difference = self.unit.show(&diff.abs());
        let (severity, message, todo) = match hint {
            Some(hint) => (
                Severity::Hint,
                format!("{}：上报 {stated}，各项相加 {computed}，{}", self.name, hint_words(hint)),
                "核对各项是否四舍五入后再相加；无误可以不改。".to_owned(),
            ),
            None if self.partial > 0 => (
                check.severity,
                format!("{}：已填各项相加 {computed}，已超过上报 {stated}", self.name),
                format!("还有 {} 项未填。请核对已填各项和上报合计，哪一侧有误需要人工判断。", self.partial),
            ),
            None => (
                check.severity,
                format!("{}：上报 {stated}，各项相加 {computed}，相差 {difference}", self.name),
                match off_by_unit(self.unit, &self.stated.1, &self.computed.1) {
                    true => "两数相差一万倍，可能一处用“元”、一处用“万元”，请核对单位。".to_owned(),
                    false => "请核对各项和上报合计，哪一侧有误需要人工判断。".to_owned(),
                },
            ),
        };
        Finding {
            check: check.id,
            severity,
            places: vec![
                (self.stated.0.clone(), self.unit.show_with(&self.stated.1)),
                (self.computed.0.clone(), self.unit.show_with(&self.computed.1)),
            ],
            expected: computed,
            stated,
            difference,
            message,
            todo,
            closes: Vec::new(),
            handling: None,
        }
    }
}

/// Whether two amounts are the same quantity in 元 and in 万元, within half a digit of the coarser one (DF-25).
pub(super) fn off_by_unit(unit: Unit, a: &Decimal, b: &Decimal) -> bool {
    let (small, large) = if a.abs() < b.abs() { (a, b) } else { (b, a) };
    let scaled = |value: Decimal| value.checked_mul(Decimal::from(10_000));
    let off = scaled(*small).and_then(|scaled| scaled.checked_sub(*large));
    let digit = scaled(unit_of(small)).map(|small| small.max(unit_of(large)));
    unit == Unit::Money
        && !small.is_zero()
        && off
            .zip(digit)
            .is_some_and(|(off, digit)| off.abs().checked_mul(Decimal::TWO).is_some_and(|off| off <= digit))
}

/// Columns of T8 that add to what is left at the end of the year, and those that take from it.
const OPENING: &[&str] = &["opening", "surplus_used"];
const DISTRIBUTED: &[&str] = &["distribution"];

fn carryover(check: &CheckDef, document: &Document, facts: &Facts) -> Vec<Outcome> {
    let (Some(Ok(closing)), Some(Ok(computed))) =
        (facts.get("carryover.closing"), facts.get("carryover.computed_closing"))
    else {
        return vec![lacking(facts)];
    };
    let mut outcomes: Vec<Outcome> = stated_closing(check, document).into_iter().collect();
    let parts = balance_figures(document);
    let stated_place = Place::field("carryover_stated", "closing");
    let stated_target =
        if closing.stated { Target::Place(stated_place) } else { Target::Fact("carryover.closing") };
    let sides = Sides {
        unit: Unit::Money,
        name: "年末结转结余".to_owned(),
        stated: (stated_target, closing.number),
        computed: (Target::Fact("carryover.computed_closing"), computed.number),
        partial: 0,
    };
    let balanced = match tolerance::sum(&parts, Figure::typed(closing.number)) {
        Some(verdict) => {
            // The figures of the parts decide the tolerance; the difference is that of the facts, which may read
            // stated totals.
            let diff = closing.number.checked_sub(computed.number).unwrap_or(verdict.diff);
            let decided = match verdict.verdict {
                _ if diff.is_zero() => Verdict::Holds,
                Verdict::Holds | Verdict::Rounding(_) | Verdict::Fails { .. }
                    if diff.abs() <= verdict.narrow =>
                {
                    Verdict::Rounding(Hint::MayBeRounding)
                }
                _ => Verdict::Fails { diff },
            };
            match sides.outcome(check, decided, diff) {
                Outcome::Fails(findings) => Outcome::Fails(findings.into_iter().map(balance_words).collect()),
                other => other,
            }
        }
        None => failed(),
    };
    let closes = matches!(balanced, Outcome::Holds | Outcome::Rounding(_));
    outcomes.push(balanced);
    if computed.number.is_sign_negative() && !computed.number.is_zero() && closes {
        outcomes.push(Outcome::Fails(vec![Finding {
            message: format!("年末应有数为 {}，结转结余不能是负数", Unit::Money.show(&computed.number)),
            todo: "支出不能多于年初结转结余与本年收入之和，请核对收入、支出和年初数。".to_owned(),
            ..sides.finding(check, Decimal::ZERO, None)
        }]));
    }
    outcomes
}

/// 年末结转结余 as stated against 年末结转 and 年末结余 of the rows; nothing to compare where a row is 未填.
fn stated_closing(check: &CheckDef, document: &Document) -> Option<Outcome> {
    const KEYS: &[&str] = &["closing_carryover", "closing_surplus"];
    let place = Place::field("carryover_stated", "closing");
    let stated = typed(document.number(&place))?;
    let figures: Vec<Figure> =
        KEYS.iter().flat_map(|key| column_figures(document, "carryover", key, 1)).collect();
    let cells = document.carryover.iter().flat_map(|line| [&line.closing_carryover, &line.closing_surplus]);
    if cells.into_iter().any(|cell| cell.num().counted().is_none()) {
        return None;
    }
    let Some(known) = tolerance::sum(&figures, stated) else { return Some(failed()) };
    let first = Place::cell("carryover", &document.carryover.iter().next()?.id, "closing_carryover");
    let sides = Sides {
        unit: Unit::Money,
        name: "年末结转结余".to_owned(),
        stated: (Target::Place(place), stated.value()),
        computed: (Target::Place(first), known.computed),
        partial: 0,
    };
    // The second place stands for all of its columns.
    let of_rows = |finding: Finding| {
        let mut finding = finding;
        if let Some((_, shown)) = finding.places.get_mut(1) {
            *shown = format!("{}（各行合计）", Unit::Money.show_with(&known.computed));
        }
        finding
    };
    Some(match sides.outcome(check, known.verdict, known.diff) {
        Outcome::Fails(findings) => Outcome::Fails(findings.into_iter().map(of_rows).collect()),
        Outcome::Rounding(finding) => Outcome::Rounding(Box::new(of_rows(*finding))),
        other => other,
    })
}

fn balance_words(finding: Finding) -> Finding {
    let message = format!(
        "年末结转结余：上报 {}，按“年初 + 收入 − 支出”应为 {}，相差 {}",
        finding.stated, finding.expected, finding.difference
    );
    let todo = "请核对年初数、本年收入、本年支出和年末数，哪一项有误需要人工判断。".to_owned();
    Finding { message, todo, ..finding }
}

/// The typed figures behind the balance.
fn balance_figures(document: &Document) -> Vec<Figure> {
    let mut figures = Vec::new();
    for (keys, sign) in [(OPENING, 1), (DISTRIBUTED, -1)] {
        for key in keys {
            figures.extend(column_figures(document, "carryover", key, sign));
        }
    }
    let single = document.carryover.iter().count() == 1;
    if single {
        figures.extend(sum_figures(document, "income", 1));
        figures.extend(sum_figures(document, "expenditure", -1));
    } else {
        figures.extend(column_figures(document, "carryover", "income", 1));
        figures.extend(column_figures(document, "carryover", "expenditure", -1));
    }
    figures
}

pub(super) fn column_figures(document: &Document, list: &'static str, key: &str, sign: i8) -> Vec<Figure> {
    let Some(rows) = document.list(list) else { return Vec::new() };
    let Some(column) = rows.column(key) else { return Vec::new() };
    (0..rows.len())
        .filter_map(|at| match rows.number(at, column) {
            Num::Value(value) => Some(signed(Figure::typed(value), sign)),
            _ => None,
        })
        .collect()
}

pub(super) fn sum_figures(document: &Document, id: &str, sign: i8) -> Vec<Figure> {
    let found = tables::ALL
        .iter()
        .flat_map(|table| table.sums.iter().map(move |sum| (table, sum)))
        .find(|(_, sum)| sum.id == id);
    let Some((table, sum)) = found else { return Vec::new() };
    let Some(def) =
        document.list(table.list).and_then(|rows| rows.columns().iter().find(|def| def.key == "outturn"))
    else {
        return Vec::new();
    };
    let addends = Addends::of(document, table, sum, def);
    let stated = sum.stated.map(|section| document.number(&Place::field(section, "outturn")));
    match stated {
        Some(Num::Value(value)) if addends.waits() => vec![signed(Figure::typed(value), sign)],
        _ => addends.figures.into_iter().map(|figure| signed(figure, sign)).collect(),
    }
}

fn signed(figure: Figure, sign: i8) -> Figure {
    if sign < 0 { figure.negated() } else { figure }
}

fn lacking(facts: &Facts) -> Outcome {
    use crate::domain::facts::eval::Missing;
    let mut places = Vec::new();
    let mut count = 0;
    for id in ["carryover.closing", "carryover.computed_closing"] {
        match facts.get(id) {
            Some(Err(Missing::Blank(blank, n))) => {
                places.extend(blank.iter().cloned());
                count += n;
            }
            Some(Err(Missing::Unread(unread, _))) => return Outcome::Unreadable(unread.clone()),
            Some(Err(Missing::TooLarge)) => return failed(),
            _ => {}
        }
    }
    Outcome::LacksData(places, count)
}
