//! T3 年度工作任务, T4 绩效目标 and T10 目标完成对照.
//!
//! A target is one record: its task, its goal and its result are columns of it, so that no view can disagree with
//! another. T4 holds the goals as approved, which a report may state differently from its tasks.

use super::staffing::YES_NO;
use crate::domain::record::record;

/// How a value is compared with its target.
pub const OPERATORS: &[(&str, &str)] =
    &[("ge", "≥"), ("gt", "＞"), ("eq", "＝"), ("le", "≤"), ("lt", "＜"), ("qual", "定性")];

/// Who set a task.
pub const SOURCES: &[(&str, &str)] = &[
    ("party", "党委"),
    ("government", "政府"),
    ("congress", "人大"),
    ("superior", "上级"),
    ("own", "本部门"),
];

/// Result of a qualitative target.
pub const ATTAINMENTS: &[(&str, &str)] = &[("full", "达成"), ("part", "部分达成"), ("none", "未达成")];

/// What a result covers.
pub const SCOPES: &[(&str, &str)] = &[("full", "完整"), ("part", "部分"), ("other_year", "非本年")];

record! {
    /// One target of a task (T3) with its result (T10).
    TargetLine: row {
        name: Text { label: "指标", required: true, help: "要做到什么，如“新认定高新技术企业”。" },
        task: Text { label: "任务", help: "指标所属的工作任务，同一任务的几个指标写同一个任务。" },
        budget: Amount { label: "预算金额", help: "为这项任务安排的预算，可以不填。" },
        operator: Choice { label: "方向", options: OPERATORS, required: true },
        value: Number { label: "目标值", help: "数字目标。定性目标、日期、名次写在“其他目标”。" },
        value_text: Text { label: "其他目标", help: "不是数字的目标，如“保持第 1 名”。" },
        unit: Text { label: "单位" },
        deadline: Date { label: "完成时限" },
        source: Choice { label: "来源", options: SOURCES },
        source_document: Text { label: "来源文件" },
        actual: Number { label: "实际完成", help: "与目标值同一单位。没有结果的留空，不要填 0。" },
        attainment: Choice { label: "达成情况", options: ATTAINMENTS, help: "定性目标用这一栏。" },
        result_scope: Choice { label: "结果口径", options: SCOPES,
            help: "结果只涉及一部分，或是其他年度的，要注明。" },
        completed_on: Date { label: "完成日期" },
        quality_met: Choice { label: "质量达标", options: YES_NO },
        deviation_cause: Text { label: "偏差原因" },
        measure: Text { label: "改进措施" },
        evidence: Text { label: "佐证材料", help: "文件名、文号或页码。" },
    }
}

/// How a value is come by (财预〔2021〕101号).
const METHODS: &[(&str, &str)] = &[
    ("direct", "直接证明法"),
    ("statistics", "情况统计法"),
    ("statement", "情况说明法"),
    ("survey", "问卷调查法"),
    ("trend", "趋势判断法"),
];

/// Kinds of goals by their place in the indicator tree: level 1 and level 2 with a dot between.
pub const LEVELS: &[(&str, &str)] = &[
    ("quantity", "产出·数量"),
    ("quality", "产出·质量"),
    ("timeliness", "产出·时效"),
    ("cost", "产出·成本"),
    ("economic", "效益·经济"),
    ("social", "效益·社会"),
    ("ecological", "效益·生态"),
    ("lasting", "效益·可持续影响"),
    ("satisfaction", "满意度"),
];

record! {
    /// One goal of the year as approved (T4).
    GoalLine: row {
        name: Text { label: "指标", required: true },
        level: Choice { label: "类别", options: LEVELS, required: true },
        operator: Choice { label: "方向", options: OPERATORS, required: true },
        value: Number { label: "指标值", help: "批复的目标值。" },
        value_text: Text { label: "其他指标值", help: "不是数字的指标值。" },
        unit: Text { label: "单位" },
        last_actual: Number { label: "上年实际", help: "同一指标上年的实际值。" },
        basis: Text { label: "设定依据", help: "计划、行业标准、历史数据或预算支出标准。" },
        task_target: Reference { label: "对应任务目标", refers: "targets",
            help: "“年度工作任务”里同一个目标，结果在那里填，两处的目标值自动核对。留空时按同名、同单位对应；没有对应的选“无”。" },
        project: Reference { label: "所属项目", refers: "projects",
            help: "这个指标考核的项目，选项目支出明细里的一行；项目支出绩效自评表按它列出指标。部门整体的指标留空。" },
        adjusted_value: Number { label: "调整后指标值", help: "年中批准调整过的，填调整后的值；填了就以它为准。" },
        is_stock: Choice { label: "存量", options: YES_NO,
            help: "“是”表示年末达到的总数（如总数达80家），不是本年新增。" },
        core: Choice { label: "核心指标", options: YES_NO },
        method: Choice { label: "取值方式", options: METHODS },
        actual: Number { label: "实际完成", help: "没有对应任务目标的填在这里。没有结果的留空，不要填 0。" },
        attainment: Choice { label: "达成情况", options: ATTAINMENTS, help: "定性指标用这一栏。" },
        result_scope: Choice { label: "结果口径", options: SCOPES,
            help: "结果只涉及一部分，或是其他年度的，要注明。" },
        completed_on: Date { label: "完成日期" },
        quality_met: Choice { label: "质量达标", options: YES_NO },
        deviation_cause: Text { label: "偏差原因" },
        measure: Text { label: "改进措施" },
        evidence: Text { label: "佐证材料", help: "文件名、文号或页码。" },
    }
}
