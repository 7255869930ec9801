//! The tables that a report carries (outline §11): which list stands behind each, which rows it brings, what is
//! summed and where a stated total goes.
//!
//! Data only. Must not compute: totals are facts, made from these definitions.

use super::cell::Raw;
use super::document::Document;
use super::facts::targets;
use super::rows::{List, RowData, RowId};

/// A row that a table brings by itself.
#[derive(Debug)]
pub struct FixedRow {
    /// The template's id of the row.
    pub id: &'static str,
    /// What its first column says.
    pub label: &'static str,
    /// Does not exist until the user opens it.
    pub optional: bool,
}

impl FixedRow {
    /// The row as an edit inserts it; `key` is the list's first column.
    pub fn data(&self, key: &str) -> RowData {
        let mut data = RowData { id: RowId::new(self.id), ..RowData::default() };
        data.cells.insert(key.to_owned(), Raw::text(self.label));
        data
    }
}

/// Where the rows of a table come from.
#[derive(Clone, Copy, Debug)]
pub enum RowsOf {
    /// Known rows, optional ones opened by the user.
    Fixed(&'static [FixedRow]),
    /// As many as the user adds; the noun says what one is.
    Free(&'static str),
}

/// Which rows of a list are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowSet {
    /// All.
    All,
    /// Those of these ids, as far as they exist.
    Only(&'static [&'static str]),
    /// All but these.
    Except(&'static [&'static str]),
}

impl RowSet {
    /// Whether the set has the row.
    pub fn has(self, id: &RowId) -> bool {
        match self {
            RowSet::All => true,
            RowSet::Only(ids) => ids.contains(&id.as_str()),
            RowSet::Except(ids) => !ids.contains(&id.as_str()),
        }
    }
}

/// An addend of a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The same column of rows of the table's list.
    Rows(RowSet),
    /// The same column of another sum, by its id.
    Sum(&'static str),
}

/// A sum row: the computed 合计 and the section where its 上报合计 is typed.
#[derive(Debug)]
pub struct SumDef {
    /// Prefix of its facts: `basic` gives `basic.outturn`.
    pub id: &'static str,
    /// Name in labels of facts: `基本支出.决算`.
    pub name: &'static str,
    /// Label of the sum row.
    pub label: &'static str,
    /// What is added up.
    pub parts: &'static [Part],
    /// Section of the stated total, keys as the columns.
    pub stated: Option<&'static str>,
    /// Stands after this row; at the end where it names none.
    pub after: Option<&'static str>,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// A field of the list's rows.
    Field(&'static str),
    /// A computed figure of each row (and of each sum, as `sum.key`).
    Fact(&'static str),
}

/// One table of the report.
#[derive(Debug)]
pub struct TableDef {
    /// `T6`.
    pub id: &'static str,
    /// Title on screen and on paper.
    pub title: &'static str,
    /// Name of its list.
    pub list: &'static str,
    /// Where its rows come from.
    pub rows: RowsOf,
    /// Columns after the first, which names the row.
    pub columns: &'static [Column],
    /// Sum rows, in order.
    pub sums: &'static [SumDef],
    /// Cells that are read from another table: row id and the sum that gives the same column.
    pub reads: &'static [(&'static str, &'static str)],
    /// Columns that are read from a fact while the table has one row.
    pub single_row_reads: &'static [(&'static str, &'static str)],
    /// Printed on a landscape page.
    pub wide: bool,
    /// One sentence on what goes here.
    pub help: &'static str,
}

impl TableDef {
    /// The table with this id.
    pub fn by_id(id: &str) -> Option<&'static TableDef> {
        ALL.iter().find(|table| table.id == id)
    }

    /// The table of a list.
    pub fn by_list(list: &str) -> Option<&'static TableDef> {
        ALL.iter().find(|table| table.list == list)
    }

    /// The table and sum whose stated total stands in this section.
    pub fn by_stated(section: &str) -> Option<(&'static TableDef, &'static SumDef)> {
        ALL.iter()
            .flat_map(|table| table.sums.iter().map(move |sum| (table, sum)))
            .find(|(_, sum)| sum.stated == Some(section))
    }
}

/// Columns that a row read from another table takes from there.
const READ_COLUMNS: &[&str] = &["initial_budget", "revised_budget", "outturn", "last_outturn"];

/// The fact that fills a cell which nobody types in, if the cell is one.
pub fn read_from(table: &TableDef, rows: usize, row: &RowId, column: &str) -> Option<String> {
    if let Some((_, sum)) = table.reads.iter().find(|(id, _)| *id == row.as_str()) {
        return READ_COLUMNS.contains(&column).then(|| format!("{sum}.{column}"));
    }
    let (_, fact) = table.single_row_reads.iter().find(|(key, _)| *key == column)?;
    (rows == 1).then(|| (*fact).to_owned())
}

/// Whether a table only shows a column: T10 takes task and target from T3, and T10b its goal from T4, which are typed
/// there.
pub fn only_shows(table: &TableDef, column: &str) -> bool {
    const TARGET: &[&str] = &["name", "task", "level", "operator", "value", "value_text"];
    matches!(table.rows, RowsOf::Fixed([])) && TARGET.contains(&column)
}

/// Cells that a table does not have: nothing is typed, asked for or printed there. List, row and column.
const NO_CELL: &[(&str, &str, &str)] = &[("staff", "off_quota", "authorised_posts")];

/// Whether a row of a list has a cell in a column; people outside the quota have no posts.
pub fn has_cell(list: &str, row: &RowId, column: &str) -> bool {
    !NO_CELL.iter().any(|(l, r, c)| *l == list && *r == row.as_str() && *c == column)
}

/// Columns that print only where one of their cells has something: those that the outline lets blank, those of some
/// forms only, and those that give a second form of what another column says. All others are the table's form and print
/// also while they are empty. Table and columns.
const LEFT_OUT_WHEN_EMPTY: &[(&str, &[&str])] = &[
    ("T3", &["budget", "value_text"]),
    (
        "T4",
        &[
            "value_text",
            "last_actual",
            "basis",
            "task_target",
            "target_gap",
            "project",
            "adjusted_value",
            "is_stock",
            "core",
            "method",
        ],
    ),
    ("T7", &["last_outturn"]),
    ("T8", &["surplus_used", "distribution"]),
    ("T9", &["revised_budget"]),
    ("T10", &["task", "value_text", "attainment"]),
    ("T10b", &["value_text", "attainment"]),
];

/// Whether a column leaves the printed table where nothing stands in it.
pub fn may_be_left_out(table: &TableDef, key: &str) -> bool {
    LEFT_OUT_WHEN_EMPTY.iter().any(|(id, keys)| *id == table.id && keys.contains(&key))
}

/// Positions of the rows that a table shows: all of its list, but of the goals in T10b only those whose result does not
/// stand with a target of T3.
pub fn rows_shown(table: &TableDef, document: &Document) -> Vec<usize> {
    let count = document.list(table.list).map_or(0, List::len);
    if table.id != "T10b" {
        return (0..count).collect();
    }
    let goals = targets::linked(document).into_iter().enumerate();
    goals.filter(|(_, target)| target.is_none()).map(|(at, _)| at).collect()
}

const fn fixed(id: &'static str, label: &'static str) -> FixedRow {
    FixedRow { id, label, optional: false }
}

const fn optional(id: &'static str, label: &'static str) -> FixedRow {
    FixedRow { id, label, optional: true }
}

/// Columns of budget lines with their rates, on the base of 年初预算 as the sample report has it.
const BUDGET_COLUMNS: &[Column] = &[
    Column::Field("initial_budget"),
    Column::Field("revised_budget"),
    Column::Field("outturn"),
    Column::Field("last_outturn"),
    Column::Fact("completion_rate"),
    Column::Fact("difference"),
    Column::Fact("difference_rate"),
    Column::Field("deviation_cause"),
];

const BREAKDOWN_COLUMNS: &[Column] = &[Column::Field("staff_in_post"), Column::Fact("share")];

/// All tables, in the order of the report.
pub const ALL: &[TableDef] = &[
    TableDef {
        id: "T1",
        title: "人员编制情况",
        list: "staff",
        rows: RowsOf::Fixed(&[
            fixed("admin", "行政"),
            fixed("support", "机关工勤"),
            fixed("public", "事业"),
            optional("off_quota", "编外"),
        ]),
        columns: &[
            Column::Field("authorised_posts"),
            Column::Field("staff_in_post"),
            Column::Fact("vacancies"),
        ],
        sums: &[SumDef {
            id: "staff",
            name: "人员编制",
            label: "合计",
            parts: &[Part::Rows(RowSet::Except(&["off_quota"]))],
            stated: Some("staff_stated"),
            after: Some("public"),
        }],
        reads: &[],
        single_row_reads: &[],
        wide: false,
        help: "年末编制数和在职人数。编外人员不计入合计。",
    },
    TableDef {
        id: "T1a",
        title: "在职人员按职务",
        list: "positions",
        rows: RowsOf::Free("职务"),
        columns: BREAKDOWN_COLUMNS,
        sums: &[SumDef {
            id: "positions",
            name: "按职务",
            label: "合计",
            parts: &[Part::Rows(RowSet::All)],
            stated: Some("positions_stated"),
            after: None,
        }],
        reads: &[],
        single_row_reads: &[],
        wide: false,
        help: "如局长、副局长、四级调研员、职员。",
    },
    TableDef {
        id: "T1b",
        title: "在职人员按学历",
        list: "education",
        rows: RowsOf::Free("学历"),
        columns: BREAKDOWN_COLUMNS,
        sums: &[SumDef {
            id: "education",
            name: "按学历",
            label: "合计",
            parts: &[Part::Rows(RowSet::All)],
            stated: Some("education_stated"),
            after: None,
        }],
        reads: &[],
        single_row_reads: &[],
        wide: false,
        help: "如研究生、本科、大专、中专。",
    },
    TableDef {
        id: "T1c",
        title: "在职人员按年龄段",
        list: "ages",
        rows: RowsOf::Free("年龄段"),
        columns: BREAKDOWN_COLUMNS,
        sums: &[SumDef {
            id: "ages",
            name: "按年龄段",
            label: "合计",
            parts: &[Part::Rows(RowSet::All)],
            stated: Some("ages_stated"),
            after: None,
        }],
        reads: &[],
        single_row_reads: &[],
        wide: false,
        help: "只列出其中几段时，“完整划分”选“否”。",
    },
    TableDef {
        id: "T2",
        title: "资产情况",
        list: "assets",
        rows: RowsOf::Fixed(&[
            fixed("buildings", "房屋"),
            fixed("vehicles", "车辆"),
            fixed("equipment", "设备"),
            fixed("other_fixed", "其他固定资产"),
            optional("intangible", "无形资产"),
            optional("construction", "在建工程"),
        ]),
        columns: &[
            Column::Field("quantity"),
            Column::Field("original_value"),
            Column::Field("net_value"),
            Column::Field("in_use"),
            Column::Field("lent"),
            Column::Field("idle"),
            Column::Field("pending"),
        ],
        sums: &[
            SumDef {
                id: "fixed_assets",
                name: "固定资产",
                label: "固定资产小计",
                parts: &[Part::Rows(RowSet::Except(&["intangible", "construction"]))],
                stated: None,
                after: Some("other_fixed"),
            },
            SumDef {
                id: "assets",
                name: "资产",
                label: "合计",
                parts: &[Part::Rows(RowSet::All)],
                stated: Some("assets_stated"),
                after: None,
            },
        ],
        reads: &[],
        single_row_reads: &[],
        wide: true,
        help: "年末资产。没有的类别填“无”。原值 = 在用 + 出租出借 + 闲置 + 待处置。",
    },
    TableDef {
        id: "T3",
        title: "年度工作任务",
        list: "targets",
        rows: RowsOf::Free("指标"),
        columns: &[
            Column::Field("task"),
            Column::Field("budget"),
            Column::Field("operator"),
            Column::Field("value"),
            Column::Field("value_text"),
            Column::Field("unit"),
            Column::Field("deadline"),
            Column::Field("source"),
            Column::Field("source_document"),
        ],
        sums: &[],
        reads: &[],
        single_row_reads: &[],
        wide: true,
        help: "一个指标一行。结果在“履职完成”一节填，指标和目标不用再填一遍。",
    },
    TableDef {
        id: "T4",
        title: "年度绩效目标",
        list: "goals",
        rows: RowsOf::Free("目标"),
        columns: &[
            Column::Field("level"),
            Column::Field("operator"),
            Column::Field("value"),
            Column::Field("value_text"),
            Column::Field("unit"),
            Column::Field("last_actual"),
            Column::Field("basis"),
            Column::Field("task_target"),
            Column::Fact("target_gap"),
            Column::Field("project"),
            Column::Field("adjusted_value"),
            Column::Field("is_stock"),
            Column::Field("core"),
            Column::Field("method"),
        ],
        sums: &[],
        reads: &[],
        single_row_reads: &[],
        wide: true,
        help: "批复的年度整体支出绩效目标。与某个任务目标是同一件事的，在“对应任务目标”里选它，结果只填一次。",
    },
    TableDef {
        id: "T15",
        title: "资金到位与使用",
        list: "funding",
        rows: RowsOf::Free("来源"),
        columns: &[
            Column::Field("due"),
            Column::Field("received"),
            Column::Field("used"),
            Column::Fact("balance"),
        ],
        sums: &[SumDef {
            id: "funding",
            name: "资金",
            label: "合计",
            parts: &[Part::Rows(RowSet::All)],
            stated: None,
            after: None,
        }],
        reads: &[],
        single_row_reads: &[],
        wide: false,
        help: "财政资金、上级补助和自筹资金的到位和使用。",
    },
    TableDef {
        id: "T18a",
        title: "奖补批次",
        list: "batches",
        rows: RowsOf::Free("批次"),
        columns: &[
            Column::Field("project"),
            Column::Field("document"),
            Column::Fact("recipients"),
            Column::Fact("due"),
            Column::Fact("paid"),
            Column::Fact("paid_rate"),
            Column::Fact("accepted"),
        ],
        sums: &[],
        reads: &[],
        single_row_reads: &[],
        wide: true,
        help: "一批奖补一行。对象数和金额由奖补台账里选了这一批次的对象合计。",
    },
    TableDef {
        id: "T18",
        title: "奖补台账",
        list: "recipients",
        rows: RowsOf::Free("对象"),
        columns: &[
            Column::Field("batch"),
            Column::Field("due"),
            Column::Field("paid"),
            Column::Field("progress"),
            Column::Field("stage"),
            Column::Field("result"),
        ],
        sums: &[SumDef {
            id: "recipients",
            name: "奖补",
            label: "合计",
            parts: &[Part::Rows(RowSet::All)],
            stated: None,
            after: None,
        }],
        reads: &[],
        single_row_reads: &[],
        wide: true,
        help: "奖补资金发给了谁，各自的项目做到哪一步。批次先在上面的表里添加，再从表格整块粘贴。",
    },
    TableDef {
        id: "T5a",
        title: "收入情况",
        list: "income",
        rows: RowsOf::Fixed(&[
            fixed("general_public", "一般公共预算财政拨款收入"),
            optional("government_fund", "政府性基金预算财政拨款收入"),
            optional("state_capital", "国有资本经营预算财政拨款收入"),
            optional("superior", "上级补助收入"),
            optional("operating", "事业收入"),
            optional("business", "经营收入"),
            optional("affiliated", "附属单位上缴收入"),
            optional("other", "其他收入"),
        ]),
        columns: BUDGET_COLUMNS,
        sums: &[SumDef {
            id: "income",
            name: "本年收入",
            label: "本年收入合计",
            parts: &[Part::Rows(RowSet::All)],
            stated: Some("income_stated"),
            after: None,
        }],
        reads: &[],
        single_row_reads: &[],
        wide: true,
        help: "按部门决算的收入项目填写，没有的项目不必添加。",
    },
    TableDef {
        id: "T5b",
        title: "支出情况",
        list: "expenditure",
        rows: RowsOf::Fixed(&[
            fixed("basic", "基本支出"),
            fixed("project", "项目支出"),
            optional("upward", "上缴上级支出"),
            optional("business", "经营支出"),
            optional("subsidiary", "对附属单位补助支出"),
        ]),
        columns: BUDGET_COLUMNS,
        sums: &[SumDef {
            id: "expenditure",
            name: "本年支出",
            label: "本年支出合计",
            parts: &[
                Part::Sum("basic"),
                Part::Sum("projects"),
                Part::Rows(RowSet::Except(&["basic", "project"])),
            ],
            stated: Some("expenditure_stated"),
            after: None,
        }],
        reads: &[("basic", "basic"), ("project", "projects")],
        single_row_reads: &[],
        wide: true,
        help: "基本支出取自基本支出明细，项目支出取自项目支出明细，在那里填写。",
    },
    TableDef {
        id: "T6",
        title: "基本支出明细",
        list: "basic",
        rows: RowsOf::Fixed(&[
            fixed("301", "工资福利支出（301）"),
            fixed("303", "对个人和家庭的补助（303）"),
            fixed("302", "商品和服务支出（302）"),
            optional("30212", "其中：因公出国（境）费用（30212）"),
            optional("30217", "其中：公务接待费（30217）"),
            optional("30231", "其中：公务用车运行维护费（30231）"),
            optional("307", "债务利息及费用支出（307）"),
            optional("310", "资本性支出（310）"),
            optional("31013", "其中：公务用车购置（31013）"),
            optional("399", "其他支出（399）"),
        ]),
        columns: BUDGET_COLUMNS,
        sums: &[
            SumDef {
                id: "personnel",
                name: "人员经费",
                label: "人员经费",
                parts: &[Part::Rows(RowSet::Only(&["301", "303"]))],
                stated: Some("personnel_stated"),
                after: Some("303"),
            },
            SumDef {
                id: "operating",
                name: "公用经费",
                label: "公用经费",
                parts: &[Part::Rows(RowSet::Except(&["301", "303", "30212", "30217", "30231", "31013"]))],
                stated: Some("operating_stated"),
                after: None,
            },
            SumDef {
                id: "basic",
                name: "基本支出",
                label: "基本支出合计",
                parts: &[Part::Sum("personnel"), Part::Sum("operating")],
                stated: Some("basic_stated"),
                after: None,
            },
        ],
        reads: &[],
        single_row_reads: &[],
        wide: true,
        help: "人员经费 = 301 + 303，公用经费 = 302 + 310（及 307、399）。“其中”行不计入合计。",
    },
    TableDef {
        id: "T7",
        title: "项目支出明细",
        list: "projects",
        rows: RowsOf::Free("项目"),
        columns: &[
            Column::Field("key_project"),
            Column::Field("economic_class"),
            Column::Field("fund_year"),
            Column::Field("fund_source"),
            Column::Field("initial_budget"),
            Column::Field("revised_budget"),
            Column::Field("outturn"),
            Column::Field("last_outturn"),
            Column::Fact("share"),
            Column::Field("basis"),
            Column::Field("beneficiaries"),
        ],
        sums: &[SumDef {
            id: "projects",
            name: "项目支出",
            label: "项目支出合计",
            parts: &[Part::Rows(RowSet::All)],
            stated: Some("projects_stated"),
            after: None,
        }],
        reads: &[],
        single_row_reads: &[],
        wide: true,
        help: "一个项目一行，可以从 Excel 或 WPS 表格整块粘贴。",
    },
    TableDef {
        id: "T8",
        title: "结转结余",
        list: "carryover",
        rows: RowsOf::Fixed(&[fixed("fiscal", "财政拨款"), optional("other", "其他资金")]),
        columns: &[
            Column::Field("last_closing"),
            Column::Field("opening"),
            Column::Field("income"),
            Column::Field("surplus_used"),
            Column::Field("expenditure"),
            Column::Field("distribution"),
            Column::Field("closing_carryover"),
            Column::Field("closing_surplus"),
        ],
        sums: &[SumDef {
            id: "carryover",
            name: "结转结余",
            label: "合计",
            parts: &[Part::Rows(RowSet::All)],
            stated: None,
            after: None,
        }],
        reads: &[],
        single_row_reads: &[("income", "income.outturn"), ("expenditure", "expenditure.outturn")],
        wide: true,
        help: "年初加收入、减支出，应当等于年末。只有一行时，本年收入和本年支出取自上面的表。",
    },
    TableDef {
        id: "T9",
        title: "“三公”经费",
        list: "three_public",
        rows: RowsOf::Fixed(&[
            fixed("travel_abroad", "因公出国（境）费"),
            fixed("vehicle_purchase", "公务用车购置费"),
            fixed("vehicle_running", "公务用车运行维护费"),
            fixed("hospitality", "公务接待费"),
        ]),
        columns: &[
            Column::Field("initial_budget"),
            Column::Field("revised_budget"),
            Column::Field("outturn"),
            Column::Field("last_initial_budget"),
            Column::Field("last_outturn"),
            Column::Fact("control_rate"),
            Column::Fact("growth_rate"),
            Column::Field("deviation_cause"),
        ],
        sums: &[
            SumDef {
                id: "vehicles",
                name: "公务用车",
                label: "公务用车小计",
                parts: &[Part::Rows(RowSet::Only(&["vehicle_purchase", "vehicle_running"]))],
                stated: Some("vehicles_stated"),
                after: Some("vehicle_running"),
            },
            SumDef {
                id: "three_public",
                name: "三公经费",
                label: "合计",
                parts: &[Part::Rows(RowSet::All)],
                stated: Some("three_public_stated"),
                after: None,
            },
        ],
        reads: &[],
        single_row_reads: &[],
        wide: true,
        help: "财政拨款安排的“三公”经费。没有发生的填“无”，不要留空。",
    },
    TableDef {
        id: "T14",
        title: "政府采购",
        list: "procurement",
        rows: RowsOf::Fixed(&[fixed("goods", "货物"), fixed("works", "工程"), fixed("services", "服务")]),
        columns: &[
            Column::Field("budget"),
            Column::Field("actual"),
            Column::Fact("execution_rate"),
            Column::Field("shortfall"),
        ],
        sums: &[SumDef {
            id: "procurement",
            name: "政府采购",
            label: "合计",
            parts: &[Part::Rows(RowSet::All)],
            stated: None,
            after: None,
        }],
        reads: &[],
        single_row_reads: &[],
        wide: false,
        help: "采购预算含年中调整。没有采购的填“无”。",
    },
    TableDef {
        id: "T17",
        title: "预算调整",
        list: "adjustments",
        rows: RowsOf::Free("调整"),
        columns: &[
            Column::Field("date"),
            Column::Field("added"),
            Column::Field("cut"),
            Column::Field("restructured"),
            Column::Field("cause"),
        ],
        sums: &[SumDef {
            id: "adjustments",
            name: "预算调整",
            label: "合计",
            parts: &[Part::Rows(RowSet::All)],
            stated: None,
            after: None,
        }],
        reads: &[],
        single_row_reads: &[],
        wide: true,
        help: "每次追加、追减和结构调整一行。全年没有调整的，添加一行，文号和各数都填“无”，预算调整率才算得出。",
    },
    TableDef {
        id: "T19a",
        title: "决算公开表①收入支出决算总表",
        list: "accounts_summary",
        rows: RowsOf::Fixed(&[
            optional("general_public", "一般公共预算财政拨款收入"),
            optional("government_fund", "政府性基金预算财政拨款收入"),
            optional("state_capital", "国有资本经营预算财政拨款收入"),
            optional("superior", "上级补助收入"),
            optional("operating", "事业收入"),
            optional("business", "经营收入"),
            optional("affiliated", "附属单位上缴收入"),
            optional("other", "其他收入"),
            optional("income", "本年收入合计"),
            optional("surplus_used", "使用非财政拨款结余"),
            optional("opening", "年初结转和结余"),
            optional("receipts", "总计（收）"),
            optional("f201", "一般公共服务支出"),
            optional("f205", "教育支出"),
            optional("f206", "科学技术支出"),
            optional("f207", "文化旅游体育与传媒支出"),
            optional("f208", "社会保障和就业支出"),
            optional("f210", "卫生健康支出"),
            optional("f211", "节能环保支出"),
            optional("f212", "城乡社区支出"),
            optional("f213", "农林水支出"),
            optional("f214", "交通运输支出"),
            optional("f215", "资源勘探工业信息等支出"),
            optional("f216", "商业服务业等支出"),
            optional("f220", "自然资源海洋气象等支出"),
            optional("f221", "住房保障支出"),
            optional("f222", "粮油物资储备支出"),
            optional("f223", "国有资本经营预算支出"),
            optional("f224", "灾害防治及应急管理支出"),
            optional("f229", "其他支出"),
            optional("expenditure", "本年支出合计"),
            optional("distribution", "结余分配"),
            optional("closing", "年末结转和结余"),
            optional("payments", "总计（支）"),
        ]),
        columns: &[Column::Field("amount")],
        sums: &[],
        reads: &[],
        single_row_reads: &[],
        wide: true,
        help: "照公开的决算表填，没有公开或不核对的不必填。用“添加行”打开需要的行。",
    },
    TableDef {
        id: "T19b",
        title: "决算公开表②收入决算表",
        list: "accounts_income",
        rows: RowsOf::Free("科目"),
        columns: &[
            Column::Field("code"),
            Column::Field("total"),
            Column::Field("fiscal"),
            Column::Field("superior"),
            Column::Field("operating"),
            Column::Field("business"),
            Column::Field("affiliated"),
            Column::Field("other"),
        ],
        sums: &[],
        reads: &[],
        single_row_reads: &[],
        wide: true,
        help: "照公开的决算表填，可以整块粘贴；“合计”一行也作为一行，科目编码留空。",
    },
    TableDef {
        id: "T19c",
        title: "决算公开表③支出决算表",
        list: "accounts_spending",
        rows: RowsOf::Free("科目"),
        columns: &[
            Column::Field("code"),
            Column::Field("total"),
            Column::Field("basic"),
            Column::Field("project"),
            Column::Field("upward"),
            Column::Field("business"),
            Column::Field("subsidiary"),
        ],
        sums: &[],
        reads: &[],
        single_row_reads: &[],
        wide: true,
        help: "照公开的决算表填，可以整块粘贴；“合计”一行也作为一行，科目编码留空。",
    },
    TableDef {
        id: "T19d",
        title: "决算公开表④财政拨款收入支出决算总表",
        list: "accounts_fiscal",
        rows: RowsOf::Fixed(&[
            optional("income", "本年收入"),
            optional("opening", "年初财政拨款结转和结余"),
            optional("receipts", "总计（收）"),
            optional("expenditure", "本年支出"),
            optional("closing", "年末财政拨款结转和结余"),
            optional("payments", "总计（支）"),
        ]),
        columns: &[
            Column::Field("total"),
            Column::Field("general_public"),
            Column::Field("government_fund"),
            Column::Field("state_capital"),
        ],
        sums: &[],
        reads: &[],
        single_row_reads: &[],
        wide: true,
        help: "照公开的决算表填。用“添加行”打开需要的行。",
    },
    TableDef {
        id: "T19e",
        title: "决算公开表⑤一般公共预算财政拨款支出决算表",
        list: "accounts_general",
        rows: RowsOf::Free("科目"),
        columns: &[
            Column::Field("code"),
            Column::Field("total"),
            Column::Field("basic"),
            Column::Field("project"),
        ],
        sums: &[],
        reads: &[],
        single_row_reads: &[],
        wide: true,
        help: "照公开的决算表填，可以整块粘贴；“合计”一行也作为一行，科目编码留空。",
    },
    TableDef {
        id: "T19f",
        title: "决算公开表⑥一般公共预算财政拨款基本支出决算表",
        list: "accounts_basic",
        rows: RowsOf::Free("科目"),
        columns: &[Column::Field("code"), Column::Field("amount")],
        sums: &[],
        reads: &[],
        single_row_reads: &[],
        wide: true,
        help: "经济分类，3 位的类和 5 位的款各一行；“合计”一行也作为一行，科目编码留空。",
    },
    TableDef {
        id: "T19g",
        title: "决算公开表⑦政府性基金预算财政拨款收入支出决算表",
        list: "accounts_fund",
        rows: RowsOf::Free("科目"),
        columns: &[
            Column::Field("code"),
            Column::Field("opening"),
            Column::Field("income"),
            Column::Field("total"),
            Column::Field("basic"),
            Column::Field("project"),
            Column::Field("closing"),
        ],
        sums: &[],
        reads: &[],
        single_row_reads: &[],
        wide: true,
        help: "照公开的决算表填，没有政府性基金的不必填。",
    },
    TableDef {
        id: "T19h",
        title: "决算公开表⑧国有资本经营预算财政拨款支出决算表",
        list: "accounts_capital",
        rows: RowsOf::Free("科目"),
        columns: &[
            Column::Field("code"),
            Column::Field("total"),
            Column::Field("basic"),
            Column::Field("project"),
        ],
        sums: &[],
        reads: &[],
        single_row_reads: &[],
        wide: true,
        help: "照公开的决算表填，没有国有资本经营预算的不必填。",
    },
    TableDef {
        id: "T19j",
        title: "决算公开表⑩国有资产占用情况表",
        list: "accounts_assets",
        rows: RowsOf::Fixed(&[
            optional("ministerial", "副部（省）级及以上领导用车（辆）"),
            optional("leaders", "主要领导干部用车（辆）"),
            optional("confidential", "机要通信用车（辆）"),
            optional("emergency", "应急保障用车（辆）"),
            optional("enforcement", "执法执勤用车（辆）"),
            optional("technical", "特种专业技术用车（辆）"),
            optional("retired", "离退休干部用车（辆）"),
            optional("other_vehicles", "其他用车（辆）"),
            optional("equipment", "单价50万元以上通用设备（台、套）"),
            optional("special", "单价100万元以上专用设备（台、套）"),
        ]),
        columns: &[Column::Field("quantity")],
        sums: &[SumDef {
            id: "accounts_vehicles",
            name: "国有资产占用",
            label: "车辆合计（辆）",
            parts: &[Part::Rows(RowSet::Except(&["equipment", "special"]))],
            stated: None,
            after: Some("other_vehicles"),
        }],
        reads: &[],
        single_row_reads: &[],
        wide: true,
        help: "栏目按通行的公开表列出，以当年公开的表为准：用“添加行”只打开有的行，不核对的不必填。",
    },
    TableDef {
        id: "T10",
        title: "目标完成对照",
        list: "targets",
        rows: RowsOf::Fixed(&[]),
        columns: &[
            Column::Field("task"),
            Column::Field("operator"),
            Column::Field("value"),
            Column::Field("value_text"),
            Column::Field("actual"),
            Column::Field("attainment"),
            Column::Field("result_scope"),
            Column::Field("completed_on"),
            Column::Field("quality_met"),
            Column::Fact("completion_rate"),
            Column::Field("deviation_cause"),
            Column::Field("measure"),
            Column::Field("evidence"),
        ],
        sums: &[],
        reads: &[],
        single_row_reads: &[],
        wide: true,
        help: "指标和目标取自“年度工作任务”，这里只填结果。没有结果的留空，不要填 0。",
    },
    TableDef {
        id: "T10b",
        title: "其他绩效目标完成对照",
        list: "goals",
        rows: RowsOf::Fixed(&[]),
        columns: &[
            Column::Field("level"),
            Column::Field("operator"),
            Column::Field("value"),
            Column::Field("value_text"),
            Column::Field("actual"),
            Column::Field("attainment"),
            Column::Field("result_scope"),
            Column::Field("completed_on"),
            Column::Field("quality_met"),
            Column::Fact("completion_rate"),
            Column::Field("deviation_cause"),
            Column::Field("measure"),
            Column::Field("evidence"),
        ],
        sums: &[],
        reads: &[],
        single_row_reads: &[],
        wide: true,
        help: "“年度绩效目标”里没有对应任务目标的，结果填在这里；有对应的，结果已在上面的表里。",
    },
    TableDef {
        id: "T16",
        title: "满意度调查",
        list: "surveys",
        rows: RowsOf::Free("调查"),
        columns: &[
            Column::Field("method"),
            Column::Field("issued"),
            Column::Field("valid"),
            Column::Field("satisfied"),
            Column::Field("basically"),
            Column::Field("dissatisfied"),
            Column::Fact("satisfaction_rate"),
            Column::Field("held_on"),
        ],
        sums: &[SumDef {
            id: "surveys",
            name: "满意度调查",
            label: "合计",
            parts: &[Part::Rows(RowSet::All)],
            stated: None,
            after: None,
        }],
        reads: &[],
        single_row_reads: &[],
        wide: true,
        help: "满意率 =（满意 + 基本满意）÷ 有效样本。没有开展调查的不必添加。",
    },
    TableDef {
        id: "T12",
        title: "问题整改台账",
        list: "rectifications",
        rows: RowsOf::Free("问题"),
        columns: &[
            Column::Field("cause"),
            Column::Field("measure"),
            Column::Field("owner"),
            Column::Field("deadline"),
            Column::Field("state"),
        ],
        sums: &[],
        reads: &[],
        single_row_reads: &[],
        wide: true,
        help: "每个问题一行，写明措施、责任股室和时限。",
    },
];

/// What a new report has filled in: section, field and value. Whether a breakdown is whole has the defaults of
/// outline §11 and accounts DF-23.
pub const INITIAL: &[((&str, &str), &str)] = &[
    (("positions_stated", "complete"), "yes"),
    (("education_stated", "complete"), "yes"),
    (("ages_stated", "complete"), "no"),
];
