//! Writes a fact's formula, with names or with its inputs filled in, and names what it reads.

use super::Unit;
use super::eval::{Facts, Missing, Outcome};
use super::expr::Expr;
use super::label::Target;
use super::linked;
use super::registry::registry;
use super::targets::TargetCount;
use crate::domain::amount;
use crate::domain::cell::{Cell, Num};
use crate::domain::document::Document;
use crate::domain::place::Place;
use crate::domain::tables::{RowSet, TableDef};

/// Longest sum that is written out addend by addend.
const WRITTEN_OUT: usize = 8;

/// What a printer needs to know of the present state.
pub struct Context<'a> {
    /// The report.
    pub document: &'a Document,
    /// Its facts.
    pub facts: &'a Facts,
    /// List and position of the row, for a row fact.
    pub row: Option<(&'static str, usize)>,
}

/// The formula with names: `三公经费.决算 ÷ 三公经费.年初预算 × 100%`.
pub fn formula(expr: &Expr, context: &Context) -> String {
    write(expr, context, &Mode::Names)
}

/// The formula with its inputs filled in: `14.99 ÷ 12.88 × 100%`. What is missing stands as 未填.
pub fn filled(expr: &Expr, context: &Context) -> String {
    write(expr, context, &Mode::Values)
}

/// The fields and facts that an expression reads, each with what it has now.
pub fn inputs(expr: &Expr, context: &Context) -> Vec<(Target, String)> {
    let mut targets = Vec::new();
    collect(expr, context, &mut targets);
    targets
        .into_iter()
        .map(|target| {
            let value = shown(&target, context);
            (target, value)
        })
        .collect()
}

/// Definition and outcome of a target that is computed.
pub fn computed<'a>(
    target: &Target,
    document: &Document,
    facts: &Facts,
) -> Option<(&'a Expr, Unit, Outcome)> {
    match target {
        Target::Fact(id) => {
            let def = registry().fact(id)?;
            Some((&def.expr, def.unit, facts.get(id)?.clone()))
        }
        Target::RowFact { list, row, key } => {
            let def = registry().row_fact(list, key)?;
            let at = document.list(list)?.position(row)?;
            Some((&def.expr, def.unit, facts.of_row(document, def, at)))
        }
        Target::Place(_) => None,
    }
}

/// The present value of a target with its unit, or why it has none.
pub fn shown(target: &Target, context: &Context) -> String {
    match &target.resolved(context.document) {
        Target::Place(place) => shown_place(place, context.document),
        target => match computed(target, context.document, context.facts) {
            Some((_, unit, Ok(value))) => value.show_with(unit),
            Some((_, _, Err(missing))) => reason(&missing, context.document),
            None => "已删除".to_owned(),
        },
    }
}

/// A missing value's reason with the labels of its places.
pub fn reason(missing: &Missing, document: &Document) -> String {
    missing.words(&|place| Target::Place(place.clone()).label(document))
}

/// A field as it is shown: amounts in 万元, choices by label, 未填 and 无 in words.
pub fn shown_place(place: &Place, document: &Document) -> String {
    let Some(def) = Document::def(place) else { return String::new() };
    if let Some(input) = document.input_at(place)
        && let answer @ Cell::Value(_) = document.get(place)
    {
        return input.shown(&answer);
    }
    match document.number(place) {
        Num::Value(number) => field_unit(def).show_with(&number),
        Num::Nil => "无".to_owned(),
        Num::Blank => "未填".to_owned(),
        Num::Unread => {
            let raw = document.get(place);
            crate::domain::reference::shown(document, def, &raw, amount::MoneyUnit::WanYuan)
        }
    }
}

/// The unit in which a field's numbers are shown.
pub fn field_unit(def: &crate::domain::record::FieldDef) -> Unit {
    use crate::domain::record::Kind;
    match def.kind {
        Kind::Amount => Unit::Money,
        Kind::Count => Unit::Count(def.unit),
        Kind::Percent => Unit::Percent,
        _ => Unit::Number(def.unit),
    }
}

enum Mode {
    Names,
    Values,
}

fn write(expr: &Expr, context: &Context, mode: &Mode) -> String {
    let inner = |expr: &Expr| match expr {
        Expr::Add(_) | Expr::Sub(..) | Expr::Growth(..) => format!("（{}）", write(expr, context, mode)),
        _ => write(expr, context, mode),
    };
    match expr {
        Expr::Field(section, field) => leaf(&Target::Place(Place::field(section, field)), context, mode),
        Expr::Column(column) => match column_target(column, context) {
            Some(target) => leaf(&target, context, mode),
            None => (*column).to_owned(),
        },
        Expr::Fact(id) => {
            registry().fact(id).map_or_else(String::new, |def| leaf(&Target::Fact(&def.id), context, mode))
        }
        Expr::RowFact(key) => context
            .row
            .and_then(|(list, _)| registry().row_fact(list, key))
            .map_or_else(String::new, |def| inner(&def.expr)),
        Expr::Sum { list, column, rows, optional } => sum(list, column, *rows, *optional, context, mode),
        Expr::SumWhere { list, columns, by, keys } => {
            sum_where(expr, (list, columns, by, keys), context, mode)
        }
        Expr::Rows { list, by } => rows_of(expr, list, *by, context, mode),
        Expr::TaskTarget(column) => {
            match context.row.and_then(|row| linked::task_target(context.document, row, column)) {
                Some(place) => leaf(&Target::Place(place), context, mode),
                None => "对应任务目标".to_owned(),
            }
        }
        Expr::Referring { list, column, only, .. } => referring(expr, list, *column, *only, context, mode),
        Expr::Targets(what) => targets(*what, context, mode),
        Expr::Composition(lists) => composition(lists, context, mode),
        Expr::Attained(..) if !is_rate(context) => write(&Expr::Reached, context, mode),
        Expr::Reached => "按方向比较实际完成和目标值，定性的看是否达成".to_owned(),
        Expr::IfOneRow(list, one, more) => {
            let single = context.document.list(list).is_some_and(|rows| rows.len() == 1);
            write(if single { one } else { more }, context, mode)
        }
        Expr::Total { computed, stated } => match (mode, stands_in(computed, *stated, context)) {
            (Mode::Values, Some(place)) => {
                format!("{}（据上报合计，明细未填齐）", number(&Target::Place(place), context))
            }
            _ => write(computed, context, mode),
        },
        Expr::Add(parts) => {
            let there = parts.iter().filter(|part| !is_absent(part, context));
            there.map(inner).collect::<Vec<_>>().join(" + ")
        }
        Expr::Sub(a, b) => format!("{} − {}", write(a, context, mode), inner(b)),
        Expr::Percent(a, b) | Expr::Attained(a, b) => format!("{} ÷ {} × 100%", inner(a), inner(b)),
        Expr::Ratio(a, b) => format!("{} ÷ {}", inner(a), inner(b)),
        Expr::Growth(a, b) => {
            let (a, b) = (inner(a), inner(b));
            format!("（{a} − {b}）÷ {b} × 100%")
        }
        Expr::Abs(a) => format!("|{}|", write(a, context, mode)),
        Expr::Constant(number) => number.to_string(),
        Expr::Word(a, [more, less, equal]) => {
            format!("{} 大于 0 为“{more}”，小于 0 为“{less}”，等于 0 为“{equal}”", write(a, context, mode))
        }
        Expr::NotApplicableAtZero(a, _) | Expr::NotApplicableWithoutBase(a, _) | Expr::UnchangedAtZero(a) => {
            write(a, context, mode)
        }
        Expr::Or(a, b) => match mode {
            Mode::Names => format!("{}（未填时取 {}）", write(a, context, mode), write(b, context, mode)),
            Mode::Values => write(chosen(a, b, context), context, mode),
        },
    }
}

/// Whether the row of a target has a rate; without a row the formula is that of the rate.
fn is_rate(context: &Context) -> bool {
    context.row.is_none_or(|row| super::targets::has_rate(context.document, row))
}

/// The 上报合计 that a total is taken from, where its rows are not all filled in.
fn stands_in(
    computed: &Expr,
    stated: Option<(&'static str, &'static str)>,
    context: &Context,
) -> Option<Place> {
    let (section, field) = stated?;
    let place = Place::field(section, field);
    context.document.number(&place).counted()?;
    let lacks = matches!(
        context.facts.eval(context.document, computed),
        Err(Missing::Blank(..) | Missing::NoRows(_))
    );
    lacks.then_some(place)
}

/// Whether an addend is a sum over optional rows of which there are none.
fn is_absent(expr: &Expr, context: &Context) -> bool {
    match expr {
        Expr::Sum { list, rows: set, optional: true, .. } => {
            context.document.list(list).is_none_or(|rows| !rows.ids().iter().any(|id| set.has(id)))
        }
        _ => false,
    }
}

/// A sum over chosen rows: what is summed and which rows, or its value.
fn sum_where(
    expr: &Expr,
    (list, columns, by, keys): (&str, &[&'static str], &str, &[&str]),
    context: &Context,
    mode: &Mode,
) -> String {
    if matches!(mode, Mode::Values) {
        return match context.facts.eval(context.document, expr) {
            Ok(value) => Unit::Money.show(&value.number),
            Err(_) => "未填".to_owned(),
        };
    }
    let Some(rows) = context.document.list(list) else { return String::new() };
    let label = |key: &str| rows.columns().iter().find(|def| def.key == key).map_or("", |def| def.label);
    let summed: Vec<&str> = columns.iter().map(|key| label(key)).collect();
    let chosen = rows.columns().iter().find(|def| def.key == by).map_or_else(String::new, |def| {
        keys.iter().map(|key| def.option_label(key)).collect::<Vec<_>>().join("、")
    });
    let table = TableDef::by_list(list).map_or("", |table| table.title);
    format!("{table}中“{}”为“{chosen}”的{}之和", label(by), summed.join("、"))
}

/// A sum or number of rows that refer to the row, in words, or its value.
fn referring(
    expr: &Expr,
    list: &str,
    column: Option<&str>,
    only: Option<(&str, &[&str])>,
    context: &Context,
    mode: &Mode,
) -> String {
    let Some(rows) = context.document.list(list) else { return String::new() };
    let def = |key: &str| rows.columns().iter().find(|def| def.key == key);
    if matches!(mode, Mode::Values) {
        let unit = column.and_then(def).map_or(Unit::Number(""), field_unit);
        return match context.facts.eval_row(context.document, expr, context.row) {
            Ok(value) => unit.show(&value.number),
            Err(_) => "未填".to_owned(),
        };
    }
    let table = TableDef::by_list(list).map_or("", |table| table.title);
    let which = only.and_then(|(choice, keys)| {
        let def = def(choice)?;
        let labels: Vec<&str> = keys.iter().map(|key| def.option_label(key)).collect();
        Some(format!("且“{}”为“{}”", def.label, labels.join("、")))
    });
    let which = which.unwrap_or_default();
    match column.and_then(def) {
        Some(def) => format!("{table}中属于这一行{which}的“{}”之和", def.label),
        None => format!("{table}中属于这一行{which}的行数"),
    }
}

/// The alternative that has the value.
fn chosen<'a>(first: &'a Expr, second: &'a Expr, context: &Context) -> &'a Expr {
    let has_value = |expr: &Expr| context.facts.eval(context.document, expr).is_ok();
    if !has_value(first) && has_value(second) { second } else { first }
}

/// A number of rows in words, or the number.
fn rows_of(expr: &Expr, list: &str, by: Option<(&str, &[&str])>, context: &Context, mode: &Mode) -> String {
    if matches!(mode, Mode::Values) {
        return match context.facts.eval(context.document, expr) {
            Ok(value) => amount::show_count(&value.number),
            Err(_) => "未填".to_owned(),
        };
    }
    let table = TableDef::by_list(list).map_or("", |table| table.title);
    let Some((by, keys)) = by else { return format!("{table}的行数") };
    let defs = context.document.list(list).map(|rows| rows.columns()).unwrap_or_default();
    let (label, chosen) = defs.iter().find(|def| def.key == by).map_or(("", String::new()), |def| {
        (def.label, keys.iter().map(|key| def.option_label(key)).collect::<Vec<_>>().join("、"))
    });
    format!("{table}中“{label}”为“{chosen}”的行数")
}

/// A count over the targets in words, or its number.
fn targets(what: TargetCount, context: &Context, mode: &Mode) -> String {
    if matches!(mode, Mode::Values) {
        return match super::targets::count(context.document, what) {
            Ok(number) => amount::show_count(&number),
            Err(_) => "未报".to_owned(),
        };
    }
    match what {
        TargetCount::Planned => "有目标的项数",
        TargetCount::Reached => "达到目标的项数",
        TargetCount::InTime => "按时达到目标的项数",
        TargetCount::QualityMet => "质量达标的项数",
        TargetCount::ReachedQualityMet => "达到目标且质量达标的项数",
        TargetCount::KeyPlanned => "党委、政府、人大或上级交办的项数",
        TargetCount::KeyReached => "其中达到目标的项数",
        TargetCount::Unreported => "有目标、没有结果的项数",
        TargetCount::Unplanned => "有结果、没有目标的项数",
        TargetCount::ExceededUnexplained => "达到目标 1.3 倍以上、没有写原因的项数",
        TargetCount::MissedUnexplained => "没有达到目标、没有写原因的项数",
    }
    .to_owned()
}

fn composition(lists: &[&'static str], context: &Context, mode: &Mode) -> String {
    match (mode, super::composition::of(context.document, lists)) {
        (Mode::Names, _) => {
            "各项决算与“年初预算 × 总决算 ÷ 总年初预算”相差的绝对值之和 ÷ 总决算 × 100%".to_owned()
        }
        (Mode::Values, Ok(found)) => {
            let show = |value: &rust_decimal::Decimal| Unit::Money.show(value);
            format!("{} 项相差合计 {} ÷ {} × 100%", found.items, show(&found.deviation), show(&found.outturn))
        }
        (Mode::Values, Err(_)) => "未填".to_owned(),
    }
}

fn column_target(column: &'static str, context: &Context) -> Option<Target> {
    let (list, at) = context.row?;
    let rows = context.document.list(list)?;
    let id = rows.id_at(at)?;
    let read = TableDef::by_list(list)
        .and_then(|table| crate::domain::tables::read_from(table, rows.len(), &id, column))
        .and_then(|fact| registry().fact(&fact))
        .map(|def| Target::Fact(&def.id));
    Some(read.unwrap_or_else(|| Target::Place(Place::cell(list, &id, column))))
}

fn leaf(target: &Target, context: &Context, mode: &Mode) -> String {
    match mode {
        Mode::Names => target.label(context.document),
        Mode::Values => number(target, context),
    }
}

/// The number alone, as it stands in a formula.
fn number(target: &Target, context: &Context) -> String {
    let missing = "未填".to_owned();
    match target {
        Target::Place(place) => match context.document.number(place) {
            Num::Value(number) => {
                let unit = Document::def(place).map_or(Unit::Number(""), field_unit);
                signed(&unit.show(&number))
            }
            Num::Nil => "0".to_owned(),
            Num::Blank => missing,
            Num::Unread => "无法识别".to_owned(),
        },
        _ => match computed(target, context.document, context.facts) {
            Some((_, unit, Ok(value))) => signed(&unit.show(&value.number)),
            _ => missing,
        },
    }
}

fn signed(number: &str) -> String {
    if number.starts_with('-') || number.starts_with('−') {
        format!("（{number}）")
    } else {
        number.to_owned()
    }
}

fn sum(
    list: &'static str,
    column: &'static str,
    set: RowSet,
    optional: bool,
    context: &Context,
    mode: &Mode,
) -> String {
    let Some(rows) = context.document.list(list) else { return String::new() };
    let ids: Vec<_> = rows.ids().into_iter().filter(|id| set.has(id)).collect();
    let table = TableDef::by_list(list).map_or("", |table| table.title);
    let label = rows.columns().iter().find(|def| def.key == column).map_or("", |def| def.label);
    match mode {
        Mode::Names if set == RowSet::All || ids.len() > WRITTEN_OUT => format!("{table}各行“{label}”之和"),
        _ if ids.is_empty() => "0".to_owned(),
        Mode::Values if ids.len() > WRITTEN_OUT => format!("{} 行之和", amount_of(ids.len())),
        _ => ids
            .iter()
            .map(|id| {
                let place = Place::cell(list, id, column);
                let blank = optional && context.document.number(&place) == Num::Blank;
                match mode {
                    // What may stay blank counts as nothing.
                    Mode::Values if blank => "0".to_owned(),
                    _ => leaf(&Target::Place(place), context, mode),
                }
            })
            .collect::<Vec<_>>()
            .join(" + "),
    }
}

fn amount_of(count: usize) -> String {
    amount::show_count(&rust_decimal::Decimal::from(count))
}

fn collect(expr: &Expr, context: &Context, targets: &mut Vec<Target>) {
    let target = match expr {
        Expr::Field(section, field) => Some(Target::Place(Place::field(section, field))),
        Expr::Column(column) => column_target(column, context),
        Expr::TaskTarget(column) => {
            context.row.and_then(|row| linked::task_target(context.document, row, column)).map(Target::Place)
        }
        Expr::Fact(id) => registry().fact(id).map(|def| Target::Fact(&def.id)),
        Expr::Sum { list, column, rows, .. } => {
            if let Some(list_rows) = context.document.list(list) {
                let ids = list_rows.ids().into_iter().filter(|id| rows.has(id)).take(WRITTEN_OUT);
                targets.extend(ids.map(|id| Target::Place(Place::cell(list, &id, column))));
            }
            None
        }
        Expr::Total { computed, stated } => stands_in(computed, *stated, context).map(Target::Place),
        Expr::IfOneRow(list, one, more) => {
            let single = context.document.list(list).is_some_and(|rows| rows.len() == 1);
            return collect(if single { one } else { more }, context, targets);
        }
        Expr::Or(a, b) => return collect(chosen(a, b, context), context, targets),
        Expr::Attained(..) if !is_rate(context) => return collect(&Expr::Reached, context, targets),
        // What is compared, as far as it is filled in.
        Expr::Reached => {
            let compared = ["operator", "adjusted_value", "value", "value_text", "actual", "attainment"];
            let filled = compared.into_iter().filter_map(|column| column_target(column, context)).filter(
                |target| matches!(target, Target::Place(place) if !context.document.get(place).is_blank()),
            );
            targets.extend(filled.filter(|target| !targets.contains(target)).collect::<Vec<_>>());
            None
        }
        _ => None,
    };
    targets.extend(target.filter(|target| !targets.contains(target)).into_iter().collect::<Vec<_>>());
    expr.children().into_iter().for_each(|child| collect(child, context, targets));
}

/// The facts that read this target, in the order of the registry: “用于”.
pub fn used_by(target: &Target) -> Vec<&'static str> {
    registry().facts.iter().filter(|def| reads(&def.expr, target)).map(|def| def.id.as_str()).collect()
}

fn reads(expr: &Expr, target: &Target) -> bool {
    expr.any(&|part| match (part, target) {
        (Expr::Fact(id), Target::Fact(wanted)) => id == wanted,
        (Expr::Field(section, field), Target::Place(Place::Field { section: s, field: f })) => {
            section == s && field == f
        }
        (
            Expr::Total { stated: Some((section, field)), .. },
            Target::Place(Place::Field { section: s, field: f }),
        ) => section == s && field == f,
        (Expr::Sum { list, column, rows, .. }, Target::Place(Place::Cell { list: l, row, column: c })) => {
            list == l && column == c && rows.has(row)
        }
        _ => false,
    })
}
