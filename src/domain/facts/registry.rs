//! The table of all facts. Totals come from the table definitions; the rates and differences that reports use of
//! them are added for each total in the same way.

mod indicators;
mod rows;
mod three_public;

use std::collections::HashMap;
use std::sync::OnceLock;

use super::Unit;
use super::expr::Expr;
use crate::domain::document::Document;
use crate::domain::record::{FieldDef, Kind};
use crate::domain::tables::{self, Column, Part, RowSet, SumDef, TableDef};

/// Source words shown to users.
pub mod source {
    /// Common indicators of 2013.
    pub const COMMON_INDICATORS: &str = "财预〔2013〕53号 部门整体支出绩效评价共性指标体系框架";
    /// Rules of 2020 on evaluating projects.
    pub const PROJECT_EVALUATION: &str = "财预〔2020〕10号 项目支出绩效评价管理办法";
    /// Local forms seen in Hunan.
    pub const HUNAN: &str = "湖南省部门整体支出绩效评价（地方口径）";
    /// Relations between published tables of final accounts.
    pub const CROSS_FOOTING: &str = "公开决算表勾稽关系（通行做法）";
    /// Guide to core indicators of 2021.
    pub const CORE_INDICATORS: &str = "财预〔2021〕101号 项目支出核心绩效目标和指标设置及取值指引（试行）";
    /// Forms of goals of 2015.
    pub const GOAL_FORMS: &str = "财预〔2015〕88号 中央部门预算绩效目标管理办法";
    /// What reviewers of some places publish.
    pub const REVIEWS: &str = "公开复核意见（个别地方，非规定）";
    /// The outline of the report's template.
    pub const OUTLINE: &str = "所选模板的提纲";
    /// Assessment of public financial management.
    pub const PEFA: &str = "PEFA 框架（按比例调整预算后比较结构）";
    /// This tool's own.
    pub const OURS: &str = "本工具设定";
}

/// A computed figure of the report.
#[derive(Debug)]
pub struct FactDef {
    /// Stable id, used in text as `{{id}}`.
    pub id: String,
    /// Unique label: `三公经费.控制率`. The base is part of it.
    pub label: String,
    /// What it counts.
    pub unit: Unit,
    /// The document that the formula comes from.
    pub source: &'static str,
    /// How it is computed.
    pub expr: Expr,
}

/// A computed figure of each row of a list.
#[derive(Debug)]
pub struct RowFactDef {
    /// Name of the list.
    pub list: &'static str,
    /// Key, used as a column key: `projects[…].share`.
    pub key: &'static str,
    /// Label of the column.
    pub label: &'static str,
    /// What it counts.
    pub unit: Unit,
    /// The document that the formula comes from.
    pub source: &'static str,
    /// How it is computed.
    pub expr: Expr,
}

/// All definitions, with an index by id.
#[derive(Debug)]
pub struct Registry {
    /// Facts of the report.
    pub facts: Vec<FactDef>,
    /// Facts of rows.
    pub rows: Vec<RowFactDef>,
    index: HashMap<String, usize>,
}

impl Registry {
    /// Position of a fact.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.index.get(id).copied()
    }
    /// A fact by id.
    pub fn fact(&self, id: &str) -> Option<&FactDef> {
        self.facts.get(self.position(id)?)
    }
    /// A fact of the rows of a list.
    pub fn row_fact(&self, list: &str, key: &str) -> Option<&RowFactDef> {
        self.rows.iter().find(|def| def.list == list && def.key == key)
    }
}

/// The registry, built once.
pub fn registry() -> &'static Registry {
    static REGISTRY: OnceLock<Registry> = OnceLock::new();
    REGISTRY.get_or_init(|| {
        let mut facts = Vec::new();
        totals(&mut facts);
        for sum in ["income", "personnel", "operating", "basic", "projects", "expenditure"] {
            budget_rates(&mut facts, sum);
        }
        staffing(&mut facts);
        three_public::add(&mut facts);
        carryover(&mut facts);
        indicators::add(&mut facts);
        let index = facts.iter().enumerate().map(|(at, fact)| (fact.id.clone(), at)).collect();
        Registry { facts, rows: rows::defs(), index }
    })
}

fn unit_of(def: &FieldDef) -> Unit {
    match def.kind {
        Kind::Amount => Unit::Money,
        Kind::Count => Unit::Count(def.unit),
        Kind::Percent => Unit::Percent,
        _ => Unit::Number(def.unit),
    }
}

fn sum_def(id: &str) -> Option<&'static SumDef> {
    tables::ALL.iter().flat_map(|table| table.sums).find(|sum| sum.id == id)
}

/// One total per summed column of every sum row.
fn totals(facts: &mut Vec<FactDef>) {
    for (table, sum) in tables::ALL.iter().flat_map(|table| table.sums.iter().map(move |sum| (table, sum))) {
        let Some((_, defs)) = Document::LISTS.iter().find(|(name, _)| *name == table.list) else { continue };
        for column in table.columns {
            let Column::Field(key) = column else { continue };
            let Some(def) = defs.iter().find(|def| def.key == *key) else { continue };
            // Percentages of rows add up to nothing.
            if !def.kind.is_numeric() || def.kind == Kind::Percent {
                continue;
            }
            facts.push(FactDef {
                id: format!("{}.{key}", sum.id),
                label: format!("{}.{}", sum.name, def.label),
                unit: unit_of(def),
                source: source::CROSS_FOOTING,
                expr: Expr::Total {
                    computed: Box::new(computed_total(table, sum, def.key)),
                    stated: sum.stated.filter(|section| has_field(section, def.key)).map(|s| (s, def.key)),
                },
            });
        }
    }
}

fn has_field(section: &str, key: &str) -> bool {
    Document::SECTIONS
        .iter()
        .any(|(name, fields)| *name == section && fields.iter().any(|def| def.key == key))
}

fn computed_total(table: &TableDef, sum: &SumDef, column: &'static str) -> Expr {
    let added = added_total(table, sum, column);
    match table.single_row_reads.iter().find(|(key, _)| *key == column) {
        Some((_, fact)) => {
            Expr::IfOneRow(table.list, Box::new(Expr::Fact((*fact).to_owned())), Box::new(added))
        }
        None => added,
    }
}

fn added_total(table: &TableDef, sum: &SumDef, column: &'static str) -> Expr {
    let mut parts: Vec<Expr> = sum
        .parts
        .iter()
        .map(|part| match part {
            Part::Rows(rows) => Expr::Sum {
                list: table.list,
                column,
                rows: *rows,
                // Beside other parts, rows are optional lines, of which there may be none.
                optional: sum.parts.len() > 1,
            },
            Part::Sum(id) => Expr::fact(format!("{id}.{column}")),
        })
        .collect();
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, Some(last)) => {
            parts.push(last);
            Expr::Add(parts)
        }
        (_, None) => Expr::Constant(0),
    }
}

/// Adds facts of a sum: key, label, unit, source, definition.
fn of_sum<'a>(
    facts: &'a mut Vec<FactDef>,
    def: &'a SumDef,
) -> impl FnMut(&str, &str, Unit, &'static str, Expr) + 'a {
    move |key, label, unit, source, expr| {
        facts.push(FactDef {
            id: format!("{}.{key}", def.id),
            label: format!("{}.{label}", def.name),
            unit,
            source,
            expr,
        });
    }
}

/// Rates of a budget total. The base is part of the label, since “完成预算” alone is the commonest quarrel.
fn budget_rates(facts: &mut Vec<FactDef>, sum: &str) {
    let Some(def) = sum_def(sum) else { return };
    let column = |key: &str| Expr::fact(format!("{sum}.{key}"));
    let mut push = of_sum(facts, def);
    let (initial, revised) = (|| column("initial_budget"), || column("revised_budget"));
    let (outturn, last) = (|| column("outturn"), || column("last_outturn"));
    let ours = source::OURS;
    // 53号 calls the rate of the whole department by this name.
    let name = if sum == "expenditure" { "预算完成率" } else { "完成率" };
    push(
        "completion_rate",
        &format!("{name}（年初预算口径）"),
        Unit::Percent,
        source::COMMON_INDICATORS,
        Expr::percent(outturn(), initial()),
    );
    // Of the department, 全年预算 follows from the adjustments where it is 未填.
    let whole_year =
        if sum == "expenditure" { Expr::fact("expenditure.whole_year_budget") } else { revised() };
    push(
        "execution_rate",
        &format!("{name}（全年预算口径）"),
        Unit::Percent,
        source::COMMON_INDICATORS,
        Expr::percent(outturn(), whole_year),
    );
    push("difference", "差异额（决算 − 年初预算）", Unit::Money, ours, Expr::minus(outturn(), initial()));
    push(
        "difference_rate",
        "差异率（年初预算口径）",
        Unit::Percent,
        ours,
        Expr::growth(outturn(), initial()),
    );
    push("growth", "比上年增减额", Unit::Money, ours, Expr::minus(outturn(), last()));
    push("growth_rate", "比上年增减率", Unit::Percent, ours, Expr::growth(outturn(), last()));
    let size = |expr: Expr| Expr::Abs(Box::new(expr));
    push("difference_size", "差异额（绝对值）", Unit::Money, ours, size(Expr::minus(outturn(), initial())));
    push(
        "difference_rate_size",
        "差异率（绝对值）",
        Unit::Percent,
        ours,
        size(Expr::growth(outturn(), initial())),
    );
    push("growth_size", "比上年增减额（绝对值）", Unit::Money, ours, size(Expr::minus(outturn(), last())));
    push(
        "growth_rate_size",
        "比上年增减率（绝对值）",
        Unit::Percent,
        ours,
        size(Expr::growth(outturn(), last())),
    );
    push(
        "difference_word",
        "与年初预算相比（词）",
        Unit::Word,
        ours,
        Expr::Word(Box::new(Expr::minus(outturn(), initial())), ["超出", "低于", "等于"]),
    );
    push(
        "growth_word",
        "比上年增减（词）",
        Unit::Word,
        ours,
        Expr::Word(Box::new(Expr::minus(outturn(), last())), ["增加", "减少", "持平"]),
    );
    // Shares on the bases of accounts DF-18. The key is not that of a column, whose sum row would show it.
    let whole = match sum {
        "basic" | "projects" => ("占本年支出", "expenditure.outturn"),
        "personnel" | "operating" => ("占基本支出", "basic.outturn"),
        _ => return,
    };
    push(
        "share_of_whole",
        whole.0,
        Unit::Percent,
        source::CROSS_FOOTING,
        Expr::percent(outturn(), Expr::fact(whole.1)),
    );
}

fn staffing(facts: &mut Vec<FactDef>) {
    let posts = || Expr::fact("staff.authorised_posts");
    let staff = || Expr::fact("staff.staff_in_post");
    facts.push(FactDef {
        id: "staff.vacancies".into(),
        label: "人员编制.空缺".into(),
        unit: Unit::Count("名"),
        source: source::OURS,
        expr: Expr::minus(posts(), staff()),
    });
    facts.push(FactDef {
        id: "staff.vacancies_word".into(),
        label: "人员编制.空缺或超编（词）".into(),
        unit: Unit::Word,
        source: source::OURS,
        expr: Expr::Word(Box::new(Expr::minus(posts(), staff())), ["空缺", "超编", "满编"]),
    });
    facts.push(FactDef {
        id: "staff.vacancies_size".into(),
        label: "人员编制.空缺或超编（绝对值）".into(),
        unit: Unit::Count("名"),
        source: source::OURS,
        expr: Expr::Abs(Box::new(Expr::minus(posts(), staff()))),
    });
    facts.push(FactDef {
        id: "staff.control_rate".into(),
        label: "人员编制.在职人员控制率".into(),
        unit: Unit::Percent,
        source: source::COMMON_INDICATORS,
        expr: Expr::NotApplicableAtZero(
            Box::new(Expr::percent(staff(), posts())),
            "编制数和在职人数都是 0，不适用",
        ),
    });
}

/// T8, after accounts DF-15.
fn carryover(facts: &mut Vec<FactDef>) {
    let total = |key: &str| Expr::fact(format!("carryover.{key}"));
    facts.push(FactDef {
        id: "carryover.computed_closing".into(),
        label: "结转结余.年末应有数（年初 + 收入 − 支出）".into(),
        unit: Unit::Money,
        source: source::OURS,
        expr: Expr::minus(
            Expr::Add(vec![total("opening"), total("income"), used("surplus_used")]),
            Expr::Add(vec![total("expenditure"), used("distribution")]),
        ),
    });
    facts.push(FactDef {
        id: "carryover.closing".into(),
        label: "结转结余.年末结转结余".into(),
        unit: Unit::Money,
        source: source::CROSS_FOOTING,
        expr: Expr::Total {
            computed: Box::new(Expr::Add(vec![total("closing_carryover"), total("closing_surplus")])),
            stated: Some(("carryover_stated", "closing")),
        },
    });
    // 总计 of T5: what came in and was there, what went out and is left.
    facts.push(FactDef {
        id: "receipts.outturn".into(),
        label: "总计（收）.决算".into(),
        unit: Unit::Money,
        source: source::CROSS_FOOTING,
        expr: Expr::Total {
            computed: Box::new(Expr::Add(vec![
                Expr::fact("income.outturn"),
                used("surplus_used"),
                total("opening"),
            ])),
            stated: Some(("receipts_stated", "outturn")),
        },
    });
    facts.push(FactDef {
        id: "payments.outturn".into(),
        label: "总计（支）.决算".into(),
        unit: Unit::Money,
        source: source::CROSS_FOOTING,
        expr: Expr::Total {
            computed: Box::new(Expr::Add(vec![
                Expr::fact("expenditure.outturn"),
                used("distribution"),
                Expr::fact("carryover.closing"),
            ])),
            stated: Some(("payments_stated", "outturn")),
        },
    });
}

/// An optional column of T8: 未填 in every row counts as none.
fn used(column: &'static str) -> Expr {
    Expr::Sum { list: "carryover", column, rows: RowSet::All, optional: true }
}
