//! Answers to the score sheet: one row for each indicator or goal that has one, under the indicator's own id.
//!
//! The template's copy lies beside them in the document. An answer whose indicator is gone stays (已停用).

use super::staffing::YES_NO;
use super::targets::ATTAINMENTS;
use crate::domain::record::record;

record! {
    /// What is answered to one indicator of the score sheet.
    ScoreAnswer: row {
        name: Text { label: "指标" },
        weight: Number { label: "分值", unit: "分", help: "这项个性指标在分值中占几分。" },
        value: Number { label: "指标值", help: "没有数据来源的指标在这里填实际值；没有出现请填 0。" },
        answers: Text { label: "要点" },
        grade: Choice { label: "达成情况", options: ATTAINMENTS },
        graded: Number { label: "档内得分", unit: "分", help: "在所选一档的范围内评分。" },
        due: Date { label: "应完成日期" },
        done: Date { label: "实际完成日期", help: "明确没有完成的填“无”。" },
        absent: Choice { label: "本年没有这项事务", options: YES_NO },
        manual: Number { label: "人工评分", unit: "分", help: "代替计算得分，要写理由；计算得分仍然列出。" },
        manual_reason: Text { label: "评分理由" },
        deviation_cause: Text { label: "偏差原因", help: "得分低于分值的必须填写。" },
        measure: Text { label: "改进措施", help: "得分低于分值的必须填写。" },
        remark: Text { label: "超额说明", help: "实际完成超过目标较多的，说明原因。" },
        evidence: Text { label: "佐证材料", help: "文件名。" },
        evidence_number: Text { label: "文号" },
        evidence_page: Text { label: "页码" },
    }
}

record! {
    /// What the handed-in sheet states.
    ScoreStated: section {
        total: Number { label: "上报总分", unit: "分", help: "已上报或批复的自评总分，与本表计算的总分核对。" },
    }
}
