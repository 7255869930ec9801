//! What the users of a report say of its findings (T13).

use crate::domain::record::record;

/// What can be said.
pub const ANSWERS: &[(&str, &str)] =
    &[("corrected", "已改正"), ("explained", "情况说明"), ("not_applicable", "不适用")];

record! {
    /// What is said of one finding, of these places and as long as they show these values.
    HandlingLine: row {
        check: Text { label: "校验" },
        places: Text { label: "位置" },
        values: Text { label: "数值" },
        message: Text { label: "问题" },
        answer: Choice { label: "处理意见", options: ANSWERS },
        reason: Text { label: "说明" },
        date: Date { label: "日期" },
    }
}
