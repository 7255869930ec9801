//! T16 满意度调查, T12 问题整改台账, and how the results are used and published.

use crate::domain::record::record;

record! {
    /// One survey (T16).
    SurveyLine: row {
        subject: Text { label: "对象", required: true, help: "调查了谁，如服务企业、群众。" },
        method: Text { label: "方式", help: "如问卷、电话、座谈。" },
        issued: Count { label: "发放", unit: "份", required: true },
        valid: Count { label: "有效", unit: "份", required: true },
        satisfied: Count { label: "满意", unit: "份", required: true },
        basically: Count { label: "基本满意", unit: "份", required: true, help: "没有的填“无”。" },
        dissatisfied: Count { label: "不满意", unit: "份", required: true, help: "没有的填“无”。" },
        held_on: Date { label: "时间" },
    }
}

/// How far a measure is.
const STATES: &[(&str, &str)] = &[("open", "未开始"), ("running", "整改中"), ("done", "已完成")];

record! {
    /// One problem with its measure (T12).
    RectificationLine: row {
        problem: Text { label: "问题", required: true },
        cause: Text { label: "原因", required: true },
        measure: Text { label: "措施", required: true },
        owner: Text { label: "责任股室" },
        deadline: Date { label: "时限" },
        state: Choice { label: "状态", options: STATES },
    }
}

record! {
    /// Where and when the self-evaluation is published.
    Publication: section {
        published_on: Date { label: "公开日期" },
        place: Text { label: "公开方式", help: "如政府网站、部门网站、公告栏。" },
        address: Text { label: "公开网址" },
        remark: Text { label: "内部备注", internal: true, help: "公开版本不印这一项。" },
    }
}
