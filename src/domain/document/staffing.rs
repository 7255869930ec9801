//! T1 人员编制情况: posts and staff by type, and the breakdowns of the staff in post.

use crate::domain::record::record;

/// Keys and labels of a yes-or-no question.
pub const YES_NO: &[(&str, &str)] = &[("yes", "是"), ("no", "否")];

record! {
    /// One type of post.
    StaffLine: row {
        category: Text { label: "类别" },
        authorised_posts: Count { label: "编制数", unit: "名", required: true, help: "机构编制部门核定的编制数。" },
        staff_in_post: Count { label: "在职人数", unit: "人", required: true,
            help: "年末（12月31日）在职人员数，按部门决算口径；编外、劳务派遣、离退休人员不计。" },
    }
}

record! {
    /// 上报合计 of T1.
    StaffStated: section {
        authorised_posts: Count { label: "编制数", unit: "名", help: "批复、决算表或已上报报告所写的合计，可以不填。" },
        staff_in_post: Count { label: "在职人数", unit: "人", help: "批复、决算表或已上报报告所写的合计，可以不填。" },
    }
}

record! {
    /// One group of a breakdown of the staff in post.
    BreakdownLine: row {
        group: Text { label: "分组" },
        staff_in_post: Count { label: "人数", unit: "人" },
    }
}

record! {
    /// What is stated of a breakdown: its total, and whether its groups are the whole staff.
    Breakdown: section {
        staff_in_post: Count { label: "人数", unit: "人", help: "已上报报告所写的合计，可以不填。" },
        complete: Choice { label: "完整划分", options: YES_NO,
            help: "“是”表示各组人数之和应当等于在职人数；“否”表示只列出其中几组。" },
    }
}

record! {
    /// What else is said of the staff.
    StaffingDetail: section {
        mean_age: Number { label: "平均年龄", unit: "岁", help: "在职人员的平均年龄，可以不填。" },
    }
}
