//! T19 决算公开表: the published tables of the final accounts, where a unit wants them held against its report.
//!
//! ⑨ “三公”经费 is printed from T9 and has no list of its own. ⑩ 国有资产占用 counts things that T2 does not tell apart.

use crate::domain::record::record;

record! {
    /// A line with one amount: ① 收入支出决算总表 and ⑥ 一般公共预算财政拨款基本支出决算表.
    AccountsLine: row {
        item: Text { label: "项目", required: true },
        code: Text { label: "科目编码", help: "如 206、301、30201；没有编码的行留空。" },
        amount: Amount { label: "决算数", required: true },
    }
}

record! {
    /// A line of ② 收入决算表.
    AccountsIncomeLine: row {
        item: Text { label: "科目名称", required: true },
        code: Text { label: "科目编码", help: "功能分类，类 3 位、款 5 位、项 7 位。" },
        total: Amount { label: "合计", required: true },
        fiscal: Amount { label: "财政拨款收入" },
        superior: Amount { label: "上级补助收入" },
        operating: Amount { label: "事业收入" },
        business: Amount { label: "经营收入" },
        affiliated: Amount { label: "附属单位上缴收入" },
        other: Amount { label: "其他收入" },
    }
}

record! {
    /// A line of ③ 支出决算表.
    AccountsSpendingLine: row {
        item: Text { label: "科目名称", required: true },
        code: Text { label: "科目编码", help: "功能分类，类 3 位、款 5 位、项 7 位。" },
        total: Amount { label: "合计", required: true },
        basic: Amount { label: "基本支出" },
        project: Amount { label: "项目支出" },
        upward: Amount { label: "上缴上级支出" },
        business: Amount { label: "经营支出" },
        subsidiary: Amount { label: "对附属单位补助支出" },
    }
}

record! {
    /// A line of ④ 财政拨款收入支出决算总表.
    AccountsByFund: row {
        item: Text { label: "项目", required: true },
        total: Amount { label: "合计", required: true },
        general_public: Amount { label: "一般公共预算财政拨款" },
        government_fund: Amount { label: "政府性基金预算财政拨款" },
        state_capital: Amount { label: "国有资本经营预算财政拨款" },
    }
}

record! {
    /// A line of ⑤ 一般公共预算财政拨款支出决算表 or ⑧ 国有资本经营预算财政拨款支出决算表.
    AccountsByClass: row {
        item: Text { label: "科目名称", required: true },
        code: Text { label: "科目编码", help: "功能分类，类 3 位、款 5 位、项 7 位。" },
        total: Amount { label: "合计", required: true },
        basic: Amount { label: "基本支出" },
        project: Amount { label: "项目支出" },
    }
}

record! {
    /// A line of ⑦ 政府性基金预算财政拨款收入支出决算表.
    AccountsFundLine: row {
        item: Text { label: "科目名称", required: true },
        code: Text { label: "科目编码", help: "功能分类，类 3 位、款 5 位、项 7 位。" },
        opening: Amount { label: "年初结转和结余" },
        income: Amount { label: "本年收入" },
        total: Amount { label: "本年支出", required: true },
        basic: Amount { label: "基本支出" },
        project: Amount { label: "项目支出" },
        closing: Amount { label: "年末结转和结余" },
    }
}

record! {
    /// A line of ⑩ 国有资产占用情况表: vehicles by their use, and costly equipment. The lines are those commonly
    /// published; each is opened only where a unit's own table has it.
    AccountsAssetLine: row {
        item: Text { label: "项目", required: true },
        quantity: Count { label: "年末数", required: true, help: "年末实有数，车辆按辆、设备按台（套）。没有的填“无”。" },
    }
}
