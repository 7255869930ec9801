//! What the sample and other texts give, and what they must not.

use super::*;
use crate::app::ids::tests::Counting;
use crate::app::{sample, session::Session};
use crate::domain::document::Document;
use crate::domain::template::{PACKS, Template};
use std::sync::Arc;

const XINFENG: &str = include_str!("../../../tests/lint/dev/xinfeng-2021.txt");

fn empty() -> Document {
    Document::new("d", Arc::new(Template::built_in(PACKS[0].0).unwrap()))
}

#[test]
fn the_xinfeng_report_gives_at_least_forty_fields_and_none_wrong() {
    let found = offers(XINFENG);
    let fields: usize = found
        .iter()
        .filter(|offer| !matches!(&offer.slot, Slot::Row { list, .. } if ["targets", "goals"].contains(list)))
        .map(Offer::fields)
        .sum();
    println!("{fields} fields besides tasks and goals, {} offers in all", found.len());
    assert!(fields >= 40, "{fields}");
    let sample = sample::xinfeng();
    for offer in &found {
        // The sample transcribes no tasks and goals; they are held against the text below.
        if matches!(&offer.slot, Slot::Row { list, .. } if ["targets", "goals"].contains(list)) {
            continue;
        }
        let present = present(&sample, offer);
        assert!(present.same, "{offer:?} against {present:?}");
        let shown: String = XINFENG.chars().skip(offer.place.start).take(offer.place.len()).collect();
        assert!(shown.contains(offer.value.as_str()), "{shown}");
    }
    let tasks: Vec<(String, &str)> = found
        .iter()
        .filter_map(|offer| match &offer.slot {
            Slot::Row { list, name, .. } if ["targets", "goals"].contains(list) => {
                Some((format!("{list} {name}"), offer.value.as_str()))
            }
            _ => None,
        })
        .collect();
    assert!(tasks.contains(&("targets 新认定高新技术企业".into(), "15")));
    assert!(tasks.contains(&("goals 新增市级以上创新平台或载体".into(), "6")));
}

#[test]
fn other_texts_give_no_field_that_they_do_not_have() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/lint/dev");
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !name.ends_with(".txt") || name.starts_with("xinfeng") {
            continue;
        }
        for offer in offers(&std::fs::read_to_string(&path).unwrap()) {
            all.push(format!("{name} {} = {}", present(&empty(), &offer).label, offer.value));
        }
    }
    all.sort();
    // Read against the texts one by one; every other text of the folder is about something else and stays silent.
    let expected = expect_test::expect_file!["./other_texts.txt"];
    expected.assert_eq(&format!("{}\n", all.join("\n")));
}

#[test]
fn chosen_offers_are_one_step_that_undo_takes_back() {
    let found = offers(XINFENG);
    let chosen: Vec<&Offer> = found.iter().collect();
    let mut session = Session::new(empty(), 0);
    let before = session.document().clone();
    let edit = plan(&before, &chosen, &mut Counting(1));
    assert!(session.edit(&edit, 0));
    for offer in &found {
        assert!(present(session.document(), offer).same, "{offer:?}");
    }
    // Written again, nothing changes: rows are found by their names.
    let again = plan(session.document(), &chosen, &mut Counting(9));
    assert!(!session.edit(&again, 9_000));
    session.undo().unwrap();
    assert_eq!(*session.document(), before);
}

#[test]
fn a_field_with_two_values_is_left_out_and_other_units_stay_silent() {
    let offers_of = |text: &str| {
        offers(text)
            .iter()
            .map(|offer| (format!("{:?}", offer.slot), offer.value.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(offers_of("核定编制16名，其中行政编制10名，事业编制6名。").len(), 3);
    assert_eq!(offers_of("核定编制16名。核定编制18名。").len(), 0);
    assert_eq!(offers_of("下属单位核定编制16名，全县事业编制6名。").len(), 0);
    assert_eq!(offers_of("全县财政总收入16万元，三公经费预算12万元。").len(), 0);
    assert_eq!(offers_of("").len(), 0);
}

/// Offers as words, in a report whose title says that it is one.
fn said(text: &str) -> Vec<String> {
    let text = format!("2023年度部门整体支出绩效自评报告\n{text}");
    offers(&text)
        .iter()
        .map(|offer| format!("{} = {}", present(&empty(), offer).label, offer.value))
        .collect()
}

#[test]
fn results_are_taken_under_the_name_of_their_task_alone() {
    let tasks =
        "年度工作任务\n1.新建公共文化服务中心15个；\n2.举办群众文化活动80场；\n3.培训基层文化骨干300人。\n";
    let with = |text: &str| -> Vec<String> {
        said(&format!("{tasks}{text}")).into_iter().filter(|line| line.contains("实际完成")).collect()
    };
    assert_eq!(
        with("产出指标完成情况\n全年举办群众文化活动86场；已培训基层文化骨干326人。"),
        [
            "年度工作任务 · 举办群众文化活动 · 实际完成 = 86",
            "年度工作任务 · 培训基层文化骨干 · 实际完成 = 326"
        ]
    );
    for other in [
        "产出指标完成情况\n2022年举办群众文化活动86场。",
        "产出指标完成情况\n举办群众文化活动86场，下年举办群众文化活动90场。\n举办群众文化活动88场。",
        "产出指标完成情况\n举办群众文化活动累计86场。",
        "产出指标完成情况\n举办群众文化活动80余场。",
        "下一步工作打算\n举办群众文化活动90场。",
        "产出指标完成情况\n举办文化活动86场。",
    ] {
        assert!(with(other).is_empty(), "{other}: {:?}", with(other));
    }
}

#[test]
fn a_table_of_indicators_gives_targets_and_results() {
    let table = "绩效目标自评表\n一级指标\t三级指标\t年度指标值\t实际完成值\t得分\n产出指标\t维修山塘\t≥36座\t38座\t10\n产出指标\t资金支付及时率\t100%\t98.5%\t9\n效益指标\t群众生活改善\t明显\t明显\t10\n";
    assert_eq!(
        said(table),
        [
            "评价年度 = 2023",
            "年度工作任务 · 维修山塘 · 目标值 = 36",
            "年度工作任务 · 维修山塘 · 实际完成 = 38",
            "年度工作任务 · 资金支付及时率 · 目标值 = 100",
            "年度工作任务 · 资金支付及时率 · 实际完成 = 98.5"
        ]
    );
}

#[test]
fn other_wordings_give_what_they_say_and_nothing_else() {
    let text = "一、部门概况\n县水利局内设5个股室，下属二级单位3个。核定编制86名，其中行政编制22名，事业编制60名，工勤编制4名；年末实有在职人员81人，退休人员46人。\n二、资金情况\n全县水利建设投资3.2亿元。2022年基本支出800万元。2023年支出合计4102.66万元，其中：基本支出1846.20万元，项目支出2256.46万元。上级下属二级单位项目支出120万元。“三公”经费预算数24万元，决算数18.6万元，比上年减少1.4万元，其中：公务接待费决算6.2万元，公务用车运行维护费决算12.4万元。\n";
    let found = said(text);
    for line in &found {
        println!("{line}");
    }
    for wrong in ["800", "3.2", "120", "1.4", "32000"] {
        assert!(!found.iter().any(|line| line.ends_with(&format!("= {wrong}"))), "{wrong}: {found:?}");
    }
    for right in ["86", "22", "60", "4", "18.6", "6.2", "12.4", "24"] {
        assert!(found.iter().any(|line| line.ends_with(&format!("= {right}"))), "{right}: {found:?}");
    }
}
