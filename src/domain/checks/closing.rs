//! Which version closes? Stated values that conflict are tried in every combination in the balances that they belong
//! to, and every combination that closes is named; none is called right (accounts §9.4).

use super::Finding;
use super::cross_footing::{Addends, column_figures};
use super::reading::{fact, typed};
use crate::domain::cell::Num;
use crate::domain::document::Document;
use crate::domain::facts::Unit;
use crate::domain::facts::eval::Facts;
use crate::domain::facts::label::Target;
use crate::domain::facts::registry::registry;
use crate::domain::place::Place;
use crate::domain::rows::RowId;
use crate::domain::tables::{Part, SumDef, TableDef};
use crate::domain::tolerance::{self, Choice, Figure, Identity, Pick, Slot};

/// Most values that are tried.
const MOST: usize = 12;

/// Names, in the findings that are about sums, the choices that close.
pub(super) fn name(document: &Document, facts: &Facts, findings: &mut [Finding]) {
    for finding in findings.iter_mut().filter(|finding| finding.severity == super::Severity::Error) {
        if let Some(Target::Place(place)) = finding.places.first().map(|(target, _)| target) {
            finding.closes = left_out(document, place).unwrap_or_default();
        }
    }
    let all: Vec<Conflict> =
        findings.iter().filter_map(|finding| Conflict::of(document, finding, facts)).collect();
    for column in COLUMNS {
        let conflicts: Vec<&Conflict> =
            all.iter().filter(|conflict| conflict.column == *column).take(MOST).collect();
        if conflicts.is_empty() {
            continue;
        }
        let open = Open { document, facts, column, conflicts: &conflicts };
        for balance in [carried, received, paid, spent, basic, three_public].iter().filter_map(|of| of(&open))
        {
            let lines = balance.closings(&conflicts);
            let members: Vec<&Conflict> =
                balance.members.iter().filter_map(|at| conflicts.get(*at).copied()).collect();
            for finding in findings.iter_mut() {
                let Some((first, _)) = finding.places.first() else { continue };
                let part = Conflict::of(document, finding, facts).is_some_and(|own| {
                    members.iter().any(|member| member.sum == own.sum && member.column == own.column)
                });
                if part || balance.at.contains(first) {
                    finding.closes.extend(lines.iter().cloned());
                }
            }
        }
    }
}

/// Columns with stated totals: a balance is one of one column.
const COLUMNS: &[&str] = &["initial_budget", "revised_budget", "outturn", "last_outturn"];

/// What a balance is made from.
struct Open<'a> {
    document: &'a Document,
    facts: &'a Facts,
    column: &'static str,
    conflicts: &'a [&'a Conflict],
}

/// Rows of a stated sum whose amount is what the rows add up to too much: without them it closes.
fn left_out(document: &Document, place: &Place) -> Option<Vec<String>> {
    let Place::Field { section, .. } = place else { return None };
    let (table, sum) = TableDef::by_stated(section)?;
    let def = document.list(table.list)?.columns().iter().find(|def| def.key == place.key())?;
    let stated = typed(document.number(place))?;
    let addends = Addends::of(document, table, sum, def);
    if addends.blank_count > 0 || !addends.unread.is_empty() {
        return None;
    }
    let excess = rust_decimal::Decimal::ZERO.checked_sub(tolerance::sum(&addends.figures, stated)?.diff)?;
    let rows = document.list(table.list)?;
    let column = rows.column(def.key)?;
    let mut choices = Vec::new();
    let mut names = Vec::new();
    let mut parts: Vec<Slot> = Vec::new();
    for at in 0..rows.len() {
        let Some(id) = rows.id_at(at).filter(|id| in_sum(sum, id)) else { continue };
        let Some(figure) = typed(rows.number(at, column)) else { continue };
        let candidate = figure.value() == excess && !excess.is_zero() && choices.len() < MOST;
        parts.push(if candidate {
            names.push(document.row_name(table.list, &id));
            choices.push(Choice { alternatives: vec![figure], may_be_left_out: true });
            Slot::Open(choices.len().saturating_sub(1))
        } else {
            Slot::Given(figure)
        });
    }
    if choices.is_empty() {
        return None;
    }
    let identity = Identity { parts, total: Slot::Given(stated) };
    let closings = tolerance::closing(&choices, &[identity])?;
    let line = |closing: tolerance::Closing| {
        let out = closing.picks.iter().zip(&names).filter(|(pick, _)| **pick == Pick::LeftOut);
        let out: Vec<String> = out.map(|(_, name)| format!("“{name}”")).collect();
        format!("不计{}，就与上报合计一致。", out.join("、"))
    };
    Some(closings.into_iter().map(line).collect())
}

fn in_sum(sum: &SumDef, id: &RowId) -> bool {
    sum.parts.iter().any(|part| matches!(part, Part::Rows(rows) if rows.has(id)))
}

/// One quantity with two values: a stated total and the sum of its rows.
struct Conflict {
    sum: &'static str,
    column: &'static str,
    name: &'static str,
    stated: Figure,
    computed: Figure,
}

impl Conflict {
    fn of(document: &Document, finding: &Finding, facts: &Facts) -> Option<Self> {
        let [(Target::Place(place @ Place::Field { section, field }), _), (Target::Fact(id), _), ..] =
            finding.places.as_slice()
        else {
            return None;
        };
        let (_, sum) = TableDef::by_stated(section)?;
        if finding.severity != super::Severity::Error || *id != format!("{}.{field}", sum.id) {
            return None;
        }
        let Num::Value(stated) = document.number(place) else { return None };
        let computed = facts.get(id)?.as_ref().ok().filter(|value| !value.stated)?.number;
        Some(Conflict {
            sum: sum.id,
            column: field,
            name: sum.name,
            stated: Figure::typed(stated),
            computed: Figure::typed(computed),
        })
    }
}

/// A balance with conflicting members.
struct Balance {
    /// Where its total stands.
    at: [Target; 2],
    name: &'static str,
    members: Vec<usize>,
    choices: Vec<Choice>,
    identity: Identity,
}

impl Balance {
    fn closings(&self, conflicts: &[&Conflict]) -> Vec<String> {
        let Some(found) = tolerance::closing(&self.choices, std::slice::from_ref(&self.identity)) else {
            return Vec::new();
        };
        if found.is_empty() {
            let names: Vec<&str> = self
                .members
                .iter()
                .filter_map(|at| conflicts.get(*at))
                .map(|conflict| conflict.name)
                .collect();
            return vec![format!(
                "{}取上报数或各项相加的数，{}都合不上，还有别的数有误。",
                names.join("、"),
                self.name
            )];
        }
        let line = |closing: &tolerance::Closing| {
            let picks = self.members.iter().zip(&closing.picks).filter_map(|(at, pick)| {
                let conflict = conflicts.get(*at)?;
                let (which, figure) = match pick {
                    Pick::Alternative(0) => ("上报", conflict.stated),
                    _ => ("各项相加的", conflict.computed),
                };
                Some(format!("{}取{which} {}", conflict.name, Unit::Money.show(&figure.value().abs())))
            });
            format!("{}，{}就合上。", picks.collect::<Vec<_>>().join("，"), self.name)
        };
        found.iter().map(line).collect()
    }
}

/// Members of a balance: what conflicts is open, the rest is given.
struct Members<'a> {
    open: &'a Open<'a>,
    members: Vec<usize>,
    choices: Vec<Choice>,
    parts: Vec<Slot>,
}

impl<'a> Members<'a> {
    fn of(open: &'a Open<'a>) -> Self {
        Members { open, members: Vec::new(), choices: Vec::new(), parts: Vec::new() }
    }

    fn add(&mut self, sum: &str, sign: i8) -> Option<()> {
        let signed = |figure: Figure| if sign < 0 { figure.negated() } else { figure };
        match self.open.conflicts.iter().position(|conflict| conflict.sum == sum) {
            Some(at) => {
                let conflict = self.open.conflicts.get(at)?;
                self.parts.push(Slot::Open(self.choices.len()));
                self.members.push(at);
                self.choices.push(Choice {
                    alternatives: vec![signed(conflict.stated), signed(conflict.computed)],
                    may_be_left_out: false,
                });
            }
            None => {
                let figure = fact(self.open.facts, &format!("{sum}.{}", self.open.column)).ok()?;
                self.parts.push(Slot::Given(signed(Figure::typed(figure))));
            }
        }
        Some(())
    }

    /// Columns of T8, which are of the outturn.
    fn carry(&mut self, columns: &[(&str, i8)]) {
        for (column, sign) in columns {
            let figures = column_figures(self.open.document, "carryover", column, *sign);
            self.parts.extend(figures.into_iter().map(Slot::Given));
        }
    }

    /// Rows of a table for which the answer is yes.
    fn rows(&mut self, list: &str, wanted: impl Fn(&RowId) -> bool, sign: i8) -> Option<()> {
        let rows = self.open.document.list(list)?;
        let column = rows.column(self.open.column)?;
        for at in 0..rows.len() {
            if rows.id_at(at).is_some_and(|id| wanted(&id))
                && let Some(figure) = typed(rows.number(at, column))
            {
                self.parts.push(Slot::Given(if sign < 0 { figure.negated() } else { figure }));
            }
        }
        Some(())
    }

    /// 基本支出, 项目支出 and the optional kinds.
    fn spending(&mut self, sign: i8) -> Option<()> {
        self.add("basic", sign)?;
        self.add("projects", sign)?;
        self.rows("expenditure", |id| !matches!(id.as_str(), "basic" | "project"), sign)
    }

    fn balance(self, at: [Target; 2], name: &'static str, total: Figure) -> Option<Balance> {
        (!self.choices.is_empty()).then_some(Balance {
            at,
            name,
            members: self.members,
            choices: self.choices,
            identity: Identity { parts: self.parts, total: Slot::Given(total) },
        })
    }

    /// A balance whose total is stated in a section, beside the fact that computes it; none where it is not stated.
    fn stated(self, section: &'static str, id: &str, name: &'static str) -> Option<Balance> {
        let at = Place::field(section, self.open.column);
        let Num::Value(stated) = self.open.document.number(&at) else { return None };
        let computed = Target::Fact(&registry().fact(&format!("{id}.{}", self.open.column))?.id);
        self.balance([Target::Place(at), computed], name, Figure::typed(stated))
    }
}

/// 年末结转结余 = 年初 + 收入 − 支出 with its conflicting sums open (DF-15).
fn carried(open: &Open) -> Option<Balance> {
    if open.column != "outturn" || open.document.carryover.iter().count() != 1 {
        return None;
    }
    let mut all = Members::of(open);
    all.carry(&[("opening", 1), ("surplus_used", 1), ("distribution", -1)]);
    all.add("income", 1)?;
    all.spending(-1)?;
    let closing = Figure::typed(fact(open.facts, "carryover.closing").ok()?);
    let stated = Place::field("carryover_stated", "closing");
    all.balance([Target::Place(stated), Target::Fact("carryover.closing")], "年末结转结余", closing)
}

/// 总计（收）(DF-02).
fn received(open: &Open) -> Option<Balance> {
    let mut all = Members::of(open);
    all.add("income", 1)?;
    all.carry(&[("surplus_used", 1), ("opening", 1)]);
    (open.column == "outturn").then(|| all.stated("receipts_stated", "receipts", "总计（收）"))?
}

/// 总计（支）(DF-03).
fn paid(open: &Open) -> Option<Balance> {
    let mut all = Members::of(open);
    all.add("expenditure", 1)?;
    all.carry(&[("distribution", 1)]);
    let closing = Figure::typed(fact(open.facts, "carryover.closing").ok()?);
    all.parts.push(Slot::Given(closing));
    (open.column == "outturn").then(|| all.stated("payments_stated", "payments", "总计（支）"))?
}

/// 本年支出合计 = its kinds (DF-05).
fn spent(open: &Open) -> Option<Balance> {
    let mut all = Members::of(open);
    all.spending(1)?;
    all.stated("expenditure_stated", "expenditure", "本年支出合计")
}

/// 基本支出合计 = 人员经费 + 公用经费 (DF-12).
fn basic(open: &Open) -> Option<Balance> {
    let mut all = Members::of(open);
    all.add("personnel", 1)?;
    all.add("operating", 1)?;
    all.stated("basic_stated", "basic", "基本支出合计")
}

/// 三公经费合计 with 公务用车小计 open (SG-01).
fn three_public(open: &Open) -> Option<Balance> {
    let mut all = Members::of(open);
    all.rows("three_public", |id| !id.as_str().starts_with("vehicle_"), 1)?;
    all.add("vehicles", 1)?;
    all.stated("three_public_stated", "three_public", "“三公”经费合计")
}
