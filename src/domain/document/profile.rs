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
        assets: Narrative { label: "资产情况说明", help: "固定资产原值、净值、利用率，车辆数，闲置和待处置资产。" },
        execution: Narrative { label: "预算及执行情况说明", required: true,
            help: "收入、基本支出、项目支出的预算与执行，差异及其原因，结转结余。" },
        three_public: Narrative { label: "“三公”经费情况说明", required: true,
            help: "预算、决算、与预算和上年相比的变化及原因，接待批次和人次。" },
        procurement: Narrative { label: "政府采购情况说明", help: "采购预算与实际采购金额，低于预算的原因。" },
        tasks: Narrative { label: "总体目标", required: true, help: "当年部门履职的总体目标，用将来时写。" },
        goals: Narrative { label: "年度绩效目标说明", required: true,
            help: "批复的年度绩效目标，用将来时写，数字与任务一致。" },
        fund_management: Narrative { label: "资金管理情况", required: true,
            help: "管理制度、监控和资金管理情况。" },
        fund_use: Narrative { label: "资金安排落实与使用情况", required: true,
            help: "财政资金、自筹资金的安排、到位、使用和进度。" },
        results: Narrative { label: "履职完成情况", required: true,
            help: "逐项对照目标：数量、质量、时效、成本，没有完成的写原因。" },
        effects: Narrative { label: "履职效果情况", required: true, help: "经济、社会、生态效益，用数字说明。" },
        satisfaction: Narrative { label: "社会满意度及可持续性影响",
            help: "调查方式、样本和满意率，长期影响。没有的写“无”。" },
        conclusion: Narrative { label: "评价结论", required: true,
            help: "支出完成、目标完成和满意率的总的结论。可以点“成文”，由表中数字写出初稿。" },
        problems: Narrative { label: "主要问题及原因分析", required: true,
            help: "偏离目标、超预算、没有结果的，都要写到。" },
        measures: Narrative { label: "改进方向和具体措施", required: true,
            help: "每个问题的措施、责任股室和时限。" },
        use_of_results: Narrative { label: "结果拟应用和公开情况", required: true,
            help: "结果怎样用于下年预算，何时何处公开。" },
    }
}
