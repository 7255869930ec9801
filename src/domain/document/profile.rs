//! 封面与基本信息, and the prose of each section.

use crate::domain::record::record;

record! {
    /// What the cover and the head of the report say.
    Profile: section {
        unit_name: Text { label: "单位全称", required: true, help: "与公章一致的全称，印在封面和标题上。" },
        year: Year { label: "评价年度", required: true, help: "所评价的预算年度，四位数字，如 2021。" },
        superior: Text { label: "主管部门", help: "没有上级主管部门的一级预算单位可以留空。" },
        person_in_charge: Text { label: "单位负责人" },
        contact: Text { label: "联系人", required: true },
        phone: Text { label: "联系电话", required: true, internal: true, help: "公开版本不印这一项。" },
        filled_on: Date { label: "填报日期", required: true, help: "如 2022年3月15日，或 2022-3-15。" },
    }
}

record! {
    /// The prose of the sections, with references to fields and computed figures.
    Narratives: section {
        duties: Narrative { label: "主要职责与组织架构", required: true,
            help: "单位的法定职责、内设机构和机构沿革。" },
        staffing: Narrative { label: "人员编制情况说明", required: true,
            help: "编制、在职人员和人员构成。可以点“成文”，由表中数字写出初稿。" },
        execution: Narrative { label: "预算及执行情况说明", required: true,
            help: "收入、基本支出、项目支出的预算与执行，差异及其原因，结转结余。" },
        three_public: Narrative { label: "“三公”经费情况说明", required: true,
            help: "预算、决算、与预算和上年相比的变化及原因，接待批次和人次。" },
    }
}
