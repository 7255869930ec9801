//! T15 资金到位与使用, T17 预算调整 and T18 奖补台账.

use crate::domain::record::record;

record! {
    /// Money of one source (T15).
    FundingLine: row {
        source: Text { label: "来源", required: true, help: "如本级财政、上级补助、自筹。" },
        due: Amount { label: "应到位", required: true },
        received: Amount { label: "实到位", required: true },
        used: Amount { label: "使用", required: true },
    }
}

/// Why a budget was changed; the first three do not count in 预算调整率.
const CAUSES: &[(&str, &str)] = &[
    ("policy", "国家政策（剔除）"),
    ("force_majeure", "不可抗力（剔除）"),
    ("assigned", "上级或本级交办（剔除）"),
    ("other", "其他"),
];

record! {
    /// One change of the budget (T17).
    AdjustmentLine: row {
        document: Text { label: "文号", required: true },
        date: Date { label: "日期" },
        added: Amount { label: "追加", required: true, help: "没有的填“无”。" },
        cut: Amount { label: "追减", required: true, help: "填正数，没有的填“无”。" },
        restructured: Amount { label: "结构调整", required: true, help: "填调整的金额，没有的填“无”。" },
        cause: Choice { label: "原因类别", options: CAUSES, required: true },
    }
}

record! {
    /// One batch of subsidies; its recipients are the rows of T18 that refer to it.
    BatchLine: row {
        name: Text { label: "批次", required: true, help: "如“2020年度县级科技计划”。改名后，它的对象仍然归它。" },
        project: Reference { label: "所属项目", refers: "projects", help: "列支这一批次的项目，选项目支出明细里的一行。" },
        document: Text { label: "依据文号" },
    }
}

/// How far a recipient's own project is.
const STAGES: &[(&str, &str)] =
    &[("before", "未开工"), ("running", "实施中"), ("accepted", "已验收"), ("stopped", "已终止")];

record! {
    /// What one recipient of a batch of subsidies gets, and how far its own project is (T18).
    RecipientLine: row {
        name: Text { label: "对象", required: true },
        batch: Reference { label: "批次", refers: "batches", help: "对象所属的批次，选奖补批次表里的一行。" },
        due: Amount { label: "应补", required: true },
        paid: Amount { label: "已付", required: true, help: "没有付的填“无”。" },
        progress: Percent { label: "进度", unit: "%", help: "对象自己的项目完成了多少。" },
        stage: Choice { label: "阶段", options: STAGES },
        result: Text { label: "结果" },
    }
}
