//! The sample report holds every figure of the published one: where each numeric claim stands, in the numbering of
//! the claim ledger of its audit, and what the checks say of it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod common;

use common::place;
use expect_test::expect_file;
use std::sync::Arc;

use ziping::app::sample;
use ziping::domain::assess::evaluate;
use ziping::domain::document::Document;
use ziping::domain::narrative::{self, Shown};
use ziping::domain::place::Place;
use ziping::domain::template;

/// Where a claim stands.
enum At {
    /// In a field: place, with rows by id or by name, and the value as stored.
    Field(&'static str, &'static str),
    /// In the printed text of a narrative field.
    Text(&'static str, &'static str),
}
use At::{Field, Text};

const LEDGER: &[(u32, &[At])] = &[
    (1, &[Field("positions[局长].staff_in_post", "1"), Field("positions[副局长].staff_in_post", "2")]),
    (2, &[Text("duties", "内设3个职能股")]),
    (
        3,
        &[
            Field("staff_stated.authorised_posts", "16"),
            Field("staff[admin].authorised_posts", "8"),
            Field("staff[support].authorised_posts", "1"),
            Field("staff[public].authorised_posts", "6"),
        ],
    ),
    (
        4,
        &[
            Field("staff_stated.staff_in_post", "13"),
            Field("positions[四级调研员].staff_in_post", "1"),
            Field("positions[二级主任科员].staff_in_post", "1"),
            Field("positions[副科领导].staff_in_post", "1"),
            Field("positions[职员].staff_in_post", "7"),
        ],
    ),
    (5, &[Field("staffing.mean_age", "48.22")]),
    (6, &[Field("ages[55岁以上].staff_in_post", "4"), Text("staffing", "占总人数的30.7%")]),
    (7, &[Field("ages[35岁以下].staff_in_post", "2")]),
    (
        8,
        &[
            Field("education[研究生].staff_in_post", "4"),
            Field("education[本科].staff_in_post", "3"),
            Field("education[大专].staff_in_post", "4"),
            Field("education[中专].staff_in_post", "2"),
        ],
    ),
    (
        9,
        &[
            Field("targets[新认定高新技术企业].value", "15"),
            Field("targets[高新技术企业总数].value", "80"),
            Text("tasks", "新认定高新技术企业15家，总数达80家以上"),
        ],
    ),
    (10, &[Field("targets[认定科技型中小企业].value", "50"), Text("tasks", "认定科技型中小企业50家以上")]),
    (
        11,
        &[
            Field("targets[2021年度研发投入占比].value_text", "力争继续保持二类县第1名"),
            Text("tasks", "研发投入占比继续保持二类县第1名"),
        ],
    ),
    (12, &[Field("targets[各级各类科技计划].value", "30"), Text("tasks", "各级各类科技计划30项")]),
    (
        13,
        &[
            Field("targets[市级以上科技项目].value", "15"),
            Field("targets[重大科技研发专项].value", "1"),
            Text("tasks", "市级以上科技项目15项（其中重大科技研发专项1项）"),
        ],
    ),
    (14, &[Field("targets[获得无偿资金].value", "600"), Text("tasks", "获得无偿资600万元")]),
    (
        15,
        &[
            Field("targets[新增市级以上创新平台或载体].value", "4"),
            Text("tasks", "新增市级以上创新平台或载体4个以上"),
        ],
    ),
    (16, &[Field("targets[新增省级重点新产品].value", "10"), Text("tasks", "新增省级重点新产品10个")]),
    (17, &[Field("targets[科技副总].value", "10"), Text("tasks", "支持10名以上国内高校")]),
    (18, &[Field("targets[省级科技进步奖].value", "1"), Text("tasks", "力争获取1项省级科技进步奖")]),
    (19, &[Field("targets[“科贷通”].value", "2000"), Text("tasks", "争取完成“科贷通”2000万元")]),
    (
        20,
        &[
            Field("targets[全县技术合同成交额].value", "5000"),
            Text("tasks", "全县技术合同成交额达到5000万元以上"),
        ],
    ),
    (
        21,
        &[
            Field("goals[承接和下放省科技厅下放权限].value", "4"),
            Text("goals", "四个事项"),
            Text("results", "认领的四项权力清单"),
        ],
    ),
    (22, &[Field("goals[新认定高新技术企业].value", "15"), Text("goals", "新认定高新技术企业15家")]),
    (
        23,
        &[
            Field("goals[新增市级以上创新平台或载体].value", "6"),
            Text("goals", "新增市级以上创新平台或载体6个以上"),
        ],
    ),
    (24, &[Field("goals[获得无偿资金].value", "500"), Text("goals", "获得无偿资金500万元")]),
    (25, &[Field("income_stated.outturn", "1470.95"), Text("fund_use", "预算收入总额为1470.95万元")]),
    (26, &[Field("carryover[fiscal].opening", "365.76"), Text("fund_use", "上年结余365.76万元")]),
    (27, &[Text("fund_use", "其中基本收入195.58万元，占收入预算总额的24.14%")]),
    (28, &[Text("fund_use", "项目收入1631.046万元占收入预算总额,74.86%")]),
    (29, &[Field("projects_stated.outturn", "1631.046"), Text("fund_use", "本年支出专项经费1631.046万元")]),
    (30, &[Field("carryover_stated.closing", "0"), Text("fund_use", "年末结余资金0万元")]),
    (
        31,
        &[
            Field("basic[301].outturn", "190.94"),
            Field("basic[302].outturn", "22.28"),
            Field("basic[303].outturn", "4.65"),
        ],
    ),
    (32, &[Field("projects_stated.outturn", "1631.046"), Text("fund_use", "总计1631.046万元")]),
    (
        33,
        &[
            Text("fund_use", "专项经费1173万元专项奖励瑞德电子（信丰）有限公司等33家企业47项"),
            Field("projects[高质量发展专项经费].beneficiaries", "33"),
        ],
    ),
    (
        34,
        &[
            Text("fund_use", "30个项目30个单位企业，拨付资金210万"),
            Field("projects[2020年县级科技计划].outturn", "210"),
            Field("projects[2020年县级科技计划].beneficiaries", "30"),
            Field("projects[2020年县级科技计划].fund_year", "2020"),
        ],
    ),
    (
        35,
        &[
            Text("fund_use", "两家企业规定范围内入规奖补60万元"),
            Field("projects[2019年企业技术创新项目入规补发].outturn", "60"),
            Field("projects[2019年企业技术创新项目入规补发].fund_year", "2019"),
            Field("projects[2019年企业技术创新项目入规补发].beneficiaries", "2"),
        ],
    ),
    (36, &[Text("fund_use", "信明、绿萌等工作经费30万元")]),
    (
        37,
        &[
            Field("projects[省级高新区平台建设、提质增效].outturn", "100"),
            Text("fund_use", "省级高新区提质增效经费100万"),
        ],
    ),
    (
        38,
        &[
            Text(
                "fund_use",
                "补助10万元；省级平台补助3万；产学研等科技合作企业补助41.046万元；科技扶贫10万；\
                 特派团工作经费6万元；",
            ),
            Text("fund_use", "体系建设等58万元，合计128.046万元"),
        ],
    ),
    (
        39,
        &[
            Field("projects[高质量发展专项经费].outturn", "1113"),
            Field("projects[2020年县级科技计划].outturn", "210"),
            Field("projects[2019年企业技术创新项目入规补发].outturn", "60"),
            Field("projects[省级高新区平台建设、提质增效].outturn", "100"),
            Field("projects[研发、平台、产学研、科技帮扶等科技合作].outturn", "128.046"),
            Field("projects[现代农业、农林水支出].outturn", "20"),
            Field("projects_stated.outturn", "1631.046"),
        ],
    ),
    (
        40,
        &[
            Field("basic_stated.outturn", "191.55"),
            Text("execution", "本年基本支出191.55万元，完成预算的149.63%，差异额为63.54万元，差异率是49.63%"),
        ],
    ),
    (41, &[Text("execution", "商品和服务支出22.28万元，完成预算的103.77%，差异额为0.73万元，差异率是3.4%")]),
    (42, &[Text("execution", "完成完成预算的2230.06%")]),
    (
        43,
        &[
            Field("three_public_stated.initial_budget", "12.88"),
            Field("three_public[hospitality].initial_budget", "8"),
            Text("three_public", "即业务接待费8万元"),
        ],
    ),
    (44, &[Field("three_public_stated.outturn", "14.99"), Text("three_public", "超出年初预算的16.38%")]),
    (45, &[Field("three_public_counts.receptions", "183"), Field("three_public_counts.guests", "1662")]),
    (46, &[Field("three_public_stated.last_outturn", "12.06"), Text("three_public", "增长了24.29%")]),
    (47, &[Text("results", "2021年5月省委机关杂志《当代江西》第5期")]),
    (48, &[Field("targets[认定科技型中小企业].actual", "69"), Text("results", "已公示入库69家")]),
    (
        49,
        &[
            Field("targets[新认定高新技术企业].actual", "28"),
            Text(
                "results",
                "全年组织69家企业申报国家高新技术企业认定，经市科技、税务部门审核通过54家报省级相关部门审核，其中公示企业30家，全年认定国家高新技术企业28家",
            ),
        ],
    ),
    (50, &[Field("targets[高新技术企业总数].actual", "110"), Text("results", "净增8家，总量将达到110家")]),
    (
        51,
        &[
            Field("targets[市级以上科技项目].actual", "3"),
            Field("targets[获得无偿资金].actual", "40"),
            Text(
                "results",
                "项目7余项，立项2021年省级重点研发计划—一般项目的有3项，同比新增同类项目1个，多争取无偿项目经费40万元",
            ),
        ],
    ),
    (52, &[Text("results", "县级科技计划分别达108项、41项，待出评审结果")]),
    (
        53,
        &[
            Field("targets[新增市级以上创新平台或载体].actual", "4"),
            Text("results", "组织9家企业申报市级技术创新中心，新增4家市级技术创新中心"),
        ],
    ),
    (
        54,
        &[
            Text("results", "已组织2家企业参加第十届中国创新创业大赛"),
            Text("effects", "指组织2家企业参加第十届中国创新创业大赛"),
        ],
    ),
    (55, &[Field("targets[科技副总].actual", "15"), Text("results", "等15名受聘专家教授")]),
    (
        56,
        &[Text(
            "results",
            "接待客商4批次18人次，共5家企业，组织科技局招商小分队前往深圳、广州、济南、萍乡招商4次",
        )],
    ),
    (57, &[Text("results", "年产5000吨高分子材料项目和成盅公司PCB智能设备制造项目在6月29日")]),
    (58, &[Text("results", "第二十七网格责任片区")]),
    (59, &[Text("results", "全村515户的防返贫监测大查")]),
    (
        60,
        &[
            Text("results", "拨付了1万元驻村工作队经费，驻村工作队在今年8月以连续三年"),
            Text("results", "完成向西牛老场村拨付5万元驻村工作经费"),
        ],
    ),
    (61, &[Text("effects", "完成全年争资争项任务的186.08%")]),
    (62, &[Text("effects", "完成高企培育的215%")]),
    (63, &[Text("effects", "完成增市级以上创新平台或载体183.33%")]),
    (64, &[Text("effects", "总分900多分")]),
    (65, &[Field("projects[2020年县级科技计划].basis", "信府办字[2021]24号")]),
];

/// A narrative as it prints.
fn printed(document: &Document, key: &str) -> String {
    let stored = document.get(&Place::parse(&format!("narratives.{key}")).expect(key));
    let facts = evaluate(document).facts;
    narrative::shown(document, &facts, stored.words())
        .into_iter()
        .map(|shown| match shown {
            Shown::Text(text) | Shown::Value { text, .. } => text,
            other => panic!("{key}: {other:?}"),
        })
        .collect()
}

#[test]
fn every_claim_of_the_ledger_stands_where_the_table_says() {
    let document = sample::xinfeng();
    for (at, (claim, places)) in LEDGER.iter().enumerate() {
        assert_eq!(usize::try_from(*claim).unwrap(), at + 1, "the ledger is whole");
        assert!(!places.is_empty());
        for stands in *places {
            match stands {
                Field(text, value) => {
                    assert_eq!(
                        document.get(&place(&document, text)).words(),
                        *value,
                        "claim {claim}: {text}"
                    );
                }
                Text(key, words) => {
                    assert!(printed(&document, key).contains(words), "claim {claim}: {words}");
                }
            }
        }
    }
    assert_eq!(LEDGER.len(), 65);
}

#[test]
fn the_text_prints_as_it_was_published() {
    let document = sample::xinfeng();
    let (_, fields) = Document::SECTIONS.iter().find(|(name, _)| *name == "narratives").unwrap();
    let written = fields.iter().filter(|def| !document.get(&Place::field("narratives", def.key)).is_blank());
    let text = written.map(|def| format!("## {}\n{}\n", def.key, printed(&document, def.key)));
    let text = text.collect::<Vec<_>>().join("\n");
    expect_file!["golden/xinfeng-2021-narratives.txt"].assert_eq(&text);
}

/// After a change of the built-in template or of the record tables: `UPDATE_EXPECT=1 cargo test --test sample_ledger`.
#[test]
fn the_file_is_in_the_form_that_is_written_and_has_the_built_in_template() {
    let mut document = sample::xinfeng();
    let (_, pack) = template::PACKS.iter().find(|(id, _)| *id == "jiangxi").unwrap();
    document.template = Arc::new(serde_json::from_str(pack).unwrap());
    let text = serde_json::to_string_pretty(&document).unwrap() + "\n";
    expect_file!["../src/app/sample/xinfeng-2021.ziping.json"].assert_eq(&text);
}
