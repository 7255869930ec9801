//! T2 资产情况 and T14 政府采购.

use crate::domain::record::record;

record! {
    /// One class of assets (T2). 原值 = 在用 + 出租出借 + 闲置 + 待处置.
    AssetLine: row {
        item: Text { label: "类别" },
        quantity: Number { label: "数量" },
        original_value: Amount { label: "原值", required: true, help: "年末账面原值。" },
        net_value: Amount { label: "净值", help: "原值减累计折旧（摊销）。" },
        in_use: Amount { label: "其中在用", required: true, help: "在用部分的原值，计算固定资产利用率用。" },
        lent: Amount { label: "出租出借", help: "出租、出借部分的原值，没有的填“无”。" },
        idle: Amount { label: "闲置", help: "闲置部分的原值，没有的填“无”。" },
        pending: Amount { label: "待处置", help: "待处置部分的原值，没有的填“无”。" },
    }
}

record! {
    /// 上报合计 of T2.
    AssetsStated: section {
        original_value: Amount { label: "原值", help: "资产负债表或已上报报告所写的合计，可以不填。" },
    }
}

/// Why less was bought than budgeted.
const SHORTFALLS: &[(&str, &str)] = &[("saved", "节约"), ("not_done", "未执行"), ("next_year", "跨年")];

record! {
    /// One class of purchases (T14).
    ProcurementLine: row {
        item: Text { label: "类别" },
        budget: Amount { label: "采购预算", required: true, help: "政府采购预算数，含年中调整。没有采购的填“无”。" },
        actual: Amount { label: "实际采购金额", required: true, help: "全年实际采购金额。没有采购的填“无”。" },
        shortfall: Choice { label: "低于预算原因", options: SHORTFALLS, help: "实际低于预算时选择主要原因。" },
    }
}
