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
