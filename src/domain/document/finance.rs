//! T5 收入支出, T6 基本支出, T7 项目支出 and T8 结转结余.

use super::staffing::YES_NO;
use crate::domain::record::record;

record! {
    /// One line of income or expenditure (T5, T6).
    BudgetLine: row {
        item: Text { label: "项目" },
        initial_budget: Amount { label: "年初预算", required: true, help: "年初批复的预算数，不含上年结转结余。" },
        revised_budget: Amount { label: "全年预算", help: "调整后的全年预算数 = 年初预算 + 年初结转和结余 + 追加 − 追减。" },
        outturn: Amount { label: "决算", required: true, help: "全年执行数，与部门决算一致。" },
        last_outturn: Amount { label: "上年决算", help: "上年度部门决算的同一项。" },
        deviation_cause: Text { label: "差异原因", help: "决算与预算差异较大时写明原因。" },
    }
}

record! {
    /// 上报合计 of a table of budget lines.
    BudgetTotal: section {
        initial_budget: Amount { label: "年初预算", help: "批复、决算表或已上报报告所写的合计，可以不填。" },
        revised_budget: Amount { label: "全年预算", help: "批复、决算表或已上报报告所写的合计，可以不填。" },
        outturn: Amount { label: "决算", help: "批复、决算表或已上报报告所写的合计，可以不填。" },
        last_outturn: Amount { label: "上年决算", help: "批复、决算表或已上报报告所写的合计，可以不填。" },
    }
}

record! {
    /// 上报 总计 of T5.
    Totals: section {
        outturn: Amount { label: "决算", help: "决算表所写的总计，含年初或年末结转和结余，可以不填。" },
    }
}

record! {
    /// What T5 says of one kind of expenditure beside its rows.
    ExpenditureDetail: section {
        general_public: Amount { label: "其中一般公共预算支出",
            help: "本年支出合计中的一般公共预算支出决算数，计算结转结余率（一般公共预算支出口径）用，可以不填。" },
    }
}

record! {
    /// How far spending was at a date, and how far it should have been (支付进度率).
    PaymentProgress: section {
        as_of: Date { label: "支付进度截止日期", help: "如 2021年9月30日。不计算支付进度率的可以不填。" },
        cumulated: Amount { label: "截止日累计支出", help: "年初到截止日的累计支出，包括年初结转结余安排的支出。" },
        planned: Percent { label: "既定进度", unit: "%",
            help: "申报目标时确定的、到截止日应当达到的支出进度，如 75。" },
    }
}

/// Where the money of a project comes from.
const SOURCES: &[(&str, &str)] = &[
    ("general_public", "一般公共预算"),
    ("government_fund", "政府性基金"),
    ("state_capital", "国有资本经营预算"),
    ("superior", "上级补助"),
    ("own", "自有资金"),
    ("other", "其他"),
];

record! {
    /// One project (T7).
    Project: row {
        name: Text { label: "项目", required: true },
        key_project: Choice { label: "重点", options: YES_NO },
        economic_class: Text { label: "经济分类", help: "如 312 对企业补助。" },
        fund_year: Year { label: "资金所属年度", help: "为以前年度的事项兑现的资金，填那个年度。" },
        fund_source: Choice { label: "资金来源", options: SOURCES },
        initial_budget: Amount { label: "年初预算", required: true, help: "年初批复的预算数，不含上年结转结余。" },
        revised_budget: Amount { label: "全年预算", help: "调整后的全年预算数。" },
        outturn: Amount { label: "决算", required: true, help: "全年执行数。" },
        last_outturn: Amount { label: "上年决算", help: "上年度部门决算的同一项目。" },
        basis: Text { label: "依据文号", help: "如 信府办字〔2021〕24号。" },
        beneficiaries: Count { label: "受益对象数", unit: "个" },
    }
}

record! {
    /// Carry-over of one kind of funds (T8).
    CarryoverLine: row {
        item: Text { label: "资金" },
        last_closing: Amount { label: "上年年末", help: "上年度报表的年末结转和结余。" },
        opening: Amount { label: "年初", required: true, help: "本年报表的年初结转和结余。" },
        income: Amount { label: "本年收入", help: "只有一行时取自收入支出情况表。" },
        surplus_used: Amount { label: "使用非财政拨款结余", help: "没有的填“无”。" },
        expenditure: Amount { label: "本年支出", help: "只有一行时取自收入支出情况表。" },
        distribution: Amount { label: "结余分配", help: "没有的填“无”。" },
        closing_carryover: Amount { label: "年末结转", required: true, help: "年末尚未支出、用途不变的资金。" },
        closing_surplus: Amount { label: "年末结余", required: true, help: "年末不再需要按原用途使用的资金。" },
    }
}

record! {
    /// What is stated of the carry-over.
    CarryoverStated: section {
        closing: Amount { label: "年末结转结余", help: "已上报报告所写的年末结转和结余之和，可以不填。" },
        opening_adjustment: Text { label: "年初数调整说明",
            help: "年初数与上年年末数不一致时写明原因，如会计差错更正、财政收回、归集调入。" },
    }
}
