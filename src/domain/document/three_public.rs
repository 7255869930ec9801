//! T9 三公经费.

use crate::domain::record::record;

record! {
    /// One item of 三公经费.
    ThreePublicLine: row {
        item: Text { label: "项目" },
        initial_budget: Amount { label: "年初预算", required: true, help: "年初预算安排的财政拨款“三公”经费。" },
        revised_budget: Amount { label: "全年预算", help: "调整后的预算数，没有调整可以不填。" },
        outturn: Amount { label: "决算", required: true, help: "财政拨款“三公”经费支出决算数。" },
        last_initial_budget: Amount { label: "上年年初预算", help: "计算“三公”经费变动率（预算口径）用。" },
        last_outturn: Amount { label: "上年决算", required: true, help: "上年度财政拨款“三公”经费支出决算数。" },
        deviation_cause: Text { label: "增减原因", help: "超预算或比上年增长的必须写明原因。" },
    }
}

record! {
    /// 上报合计 or 上报小计 of T9.
    ThreePublicTotal: section {
        initial_budget: Amount { label: "年初预算", help: "批复、决算表或已上报报告所写的数，可以不填。" },
        revised_budget: Amount { label: "全年预算", help: "批复、决算表或已上报报告所写的数，可以不填。" },
        outturn: Amount { label: "决算", help: "批复、决算表或已上报报告所写的数，可以不填。" },
        last_initial_budget: Amount { label: "上年年初预算", help: "批复、决算表或已上报报告所写的数，可以不填。" },
        last_outturn: Amount { label: "上年决算", help: "批复、决算表或已上报报告所写的数，可以不填。" },
        deviation_cause: Text { label: "增减原因", help: "合计超预算或比上年增长的原因。" },
    }
}

/// Which budget the published table shows.
const BASES: &[(&str, &str)] = &[("initial", "年初预算"), ("revised", "全年预算")];

record! {
    /// Numbers of delegations, vehicles and receptions.
    ThreePublicCounts: section {
        delegations: Count { label: "因公出国（境）团组数", unit: "个" },
        travellers: Count { label: "因公出国（境）人次", unit: "人次" },
        vehicles_bought: Count { label: "公务用车购置数", unit: "辆" },
        vehicles_held: Count { label: "公务用车期末保有量", unit: "辆" },
        receptions: Count { label: "国内公务接待批次", unit: "批次", required: true },
        guests: Count { label: "国内公务接待人次", unit: "人次", required: true },
        foreign_receptions: Count { label: "其中外事接待批次", unit: "批次" },
        foreign_guests: Count { label: "其中外事接待人次", unit: "人次" },
        published_basis: Choice { label: "公开表“预算数”口径", options: BASES,
            help: "决算公开的“三公”经费表中，“预算数”一栏用的是年初预算还是全年预算。" },
    }
}
