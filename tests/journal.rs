//! The newest state of two stores: which one is taken, what is said of it, and what is never touched.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::{Counting, place};
use ziping::app::drafts::journal::{
    Kept, Record, Recovered, follow, newest, record_key, record_keys, stamp_of,
};
use ziping::app::drafts::{Envelope, MAX_CHARS, Stamp};
use ziping::app::sample;
use ziping::domain::cell::Raw;
use ziping::domain::document::Document;
use ziping::domain::edit::Edit;

const ID: &str = "xinfeng2021";

fn stamp(epoch: u64, rev: u64) -> Stamp {
    Stamp { epoch, rev }
}

fn contact(text: &str) -> Edit {
    Edit::set(place(&sample::xinfeng(), "profile.contact"), Raw::text(text))
}

fn report(text: &str) -> Document {
    let mut document = sample::xinfeng();
    document.apply(&contact(text));
    document
}

fn envelope(text: &str, epoch: u64, rev: u64) -> String {
    Envelope::new(&report(text), stamp(epoch, rev), "2022-03-15T14:02:07").encode()
}

fn record(epoch: u64, from: u64, rev: u64, text: &str) -> (String, String) {
    let record = Record { from, at: "2022-03-15T14:05:00".into(), edit: contact(text) };
    (record_key(ID, stamp(epoch, rev)), record.encode())
}

fn found(draft: Option<&str>, whole: Option<String>, records: Vec<(String, String)>) -> Option<Recovered> {
    newest(ID, draft, &Kept { whole, records }, &mut Counting(1))
}

#[test]
fn keys_of_records_are_in_the_order_of_versions_and_within_their_bounds() {
    let (from, to) = record_keys(ID);
    let keys: Vec<String> = [(1, 9), (1, 10), (2, 1), (16, 0), (u64::MAX, u64::MAX)]
        .into_iter()
        .map(|(epoch, rev)| record_key(ID, stamp(epoch, rev)))
        .collect();
    assert!(keys.is_sorted() && keys.iter().all(|key| *key > from && *key < to));
    assert_eq!(stamp_of(&keys[1]), Some(stamp(1, 10)));
    assert!(record_key("xinfeng20210", stamp(1, 1)) > to || record_key("xinfeng20210", stamp(1, 1)) < from);
}

#[test]
fn a_damaged_record_is_no_record() {
    let (_, text) = record(1, 0, 1, "甲");
    assert!(Record::decode(&text).is_some());
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
        assert_eq!(Record::decode(text.get(..end).unwrap()), None, "cut at {end}");
    }
    assert_eq!(Record::decode(&text.replace('甲', "乙")), None);
}

/// What is stored, and who is the contact then, at which version, with which words.
#[test]
fn the_newest_whole_state_and_the_records_after_it() {
    let draft = envelope("草稿", 3, 10);
    let later = envelope("另一处", 3, 12);
    let torn = draft.replace("草稿", "改动");
    let newer = draft.replace("\"schema\":1", "\"schema\":9");
    let two = || vec![record(3, 10, 11, "一"), record(3, 11, 12, "二")];
    type Case<'a> =
        (&'a str, Option<&'a str>, Option<String>, Vec<(String, String)>, Option<(&'a str, Stamp, &'a str)>);
    let cases: Vec<Case> = vec![
        ("nothing kept", Some(&draft), None, vec![], None),
        ("the same", Some(&draft), Some(draft.clone()), vec![], None),
        ("older records", Some(&draft), None, vec![record(3, 8, 9, "旧"), record(3, 9, 10, "旧")], None),
        ("two records later", Some(&draft), None, two(), Some(("二", stamp(3, 12), "缺最后 2 次修改"))),
        ("a writer of before", Some(&draft), None, vec![record(2, 10, 11, "旧")], None),
        (
            "a later whole state",
            Some(&draft),
            Some(later.clone()),
            vec![],
            Some(("另一处", stamp(3, 12), "两处存储的内容不同")),
        ),
        ("an older whole state", Some(&draft), Some(envelope("旧", 2, 40)), vec![], None),
        (
            "draft gone",
            None,
            Some(later.clone()),
            vec![record(3, 12, 13, "三")],
            Some(("三", stamp(3, 13), "不见了")),
        ),
        ("draft damaged", Some(&torn), Some(later), vec![], Some(("另一处", stamp(3, 12), "损坏"))),
        ("both gone", None, None, vec![record(3, 10, 11, "一")], None),
        ("both damaged", Some(&torn), Some(torn.clone()), vec![], None),
        ("of a newer program", Some(&newer), Some(draft.clone()), two(), None),
        (
            "whole damaged",
            Some(&draft),
            Some(torn.clone()),
            two(),
            Some(("二", stamp(3, 12), "缺最后 2 次修改")),
        ),
        (
            "a gap",
            Some(&draft),
            None,
            vec![record(3, 10, 11, "一"), record(3, 12, 13, "三")],
            Some(("一", stamp(3, 11), "1 条接不上")),
        ),
    ];
    for (name, draft, whole, records, expected) in cases {
        let found = found(draft, whole, records);
        match (found, expected) {
            (None, None) => {}
            (Some(found), Some((contact, stamp, words))) => {
                assert_eq!(found.document.profile.contact.words(), contact, "{name}");
                assert_eq!(found.stamp, stamp, "{name}");
                assert!(found.words.join("").contains(words), "{name}: {:?}", found.words);
            }
            (found, _) => panic!("{name}: {:?}", found.map(|found| found.words)),
        }
    }
}

#[test]
fn records_that_cannot_be_used_are_handed_over_as_they_are() {
    let draft = envelope("草稿", 3, 10);
    let (key, text) = record(3, 10, 11, "一");
    let spoilt = text.replace('一', "壹");
    let after = record(3, 11, 12, "二");
    let found = found(Some(&draft), None, vec![(key, spoilt.clone()), after.clone()]).unwrap();
    assert_eq!(found.document.profile.contact.words(), "草稿");
    assert_eq!(found.unused, format!("{spoilt}\n{}", after.1));
}

#[test]
fn a_large_report_lives_in_the_second_store_and_nothing_is_said_of_it() {
    let mut large = sample::xinfeng();
    large.apply(&Edit::set(place(&large, "narratives.duties"), Raw::text("长".repeat(MAX_CHARS))));
    let whole = Envelope::new(&large, stamp(1, 1), "2022-03-15T14:02:07").encode();
    let found = found(None, Some(whole), vec![record(1, 1, 2, "一")]).unwrap();
    assert_eq!((found.stamp, found.words.len()), (stamp(1, 2), 0));
}

#[test]
fn a_reader_follows_the_records_of_the_last_writer_and_of_no_other() {
    let shown = report("看着");
    let two = vec![record(3, 10, 11, "一"), record(3, 11, 12, "二")];
    type Case<'a> = (&'a str, u64, Vec<(String, String)>, Option<(&'a str, u64)>);
    let cases: Vec<Case> = vec![
        ("from its own revision", 10, two.clone(), Some(("二", 12))),
        ("from within", 11, two.clone(), Some(("二", 12))),
        ("nothing new", 12, two.clone(), None),
        ("a gap before", 9, two.clone(), None),
        ("a torn record", 10, vec![two[0].clone(), (two[1].0.clone(), "torn".into())], None),
        ("a writer of before", 10, vec![record(2, 10, 11, "旧"), record(3, 10, 11, "一")], Some(("一", 11))),
        ("nothing", 10, vec![], None),
    ];
    for (name, rev, records, expected) in cases {
        let next = follow(&shown, rev, &records);
        let said = next.as_ref().map(|(document, rev)| (document.profile.contact.words(), *rev));
        assert_eq!(said, expected, "{name}");
    }
}
