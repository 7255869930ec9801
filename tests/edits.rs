//! Any sequence of edits, undo, redo, save, reload and replay leads to the same report.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod common;

use common::{Counting, Step, cases, edit, empty, step};
use proptest::collection::vec;
use proptest::prelude::*;

use ziping::app::drafts::journal::{Kept, Record, newest, record_key};
use ziping::app::drafts::{Envelope, Stamp};
use ziping::app::restore::restore;
use ziping::app::session::{DEPTH, JOIN_MS, Session};
use ziping::app::{changes, export, sample};
use ziping::domain::assess::evaluate;
use ziping::domain::cell::Raw;
use ziping::domain::document::{Document, Export};
use ziping::domain::edit::Edit;
use ziping::domain::place::Place;

fn start(filled: bool) -> Document {
    if filled { sample::xinfeng() } else { empty() }
}

/// Runs a script; edits come at times that sometimes join and sometimes do not. Returns the journal.
fn run(session: &mut Session, script: &[(Step, u16)], random: &mut Counting) -> Vec<Edit> {
    let mut now = 0;
    let mut journal = Vec::new();
    for (step, pause) in script {
        now += u64::from(*pause);
        let edit = edit(session.document(), step, random);
        session.edit(&edit, now);
        journal.push(edit);
    }
    journal
}

proptest! {
    #![proptest_config(cases(10_000))]

    #[test]
    fn undo_leads_to_the_start_and_redo_to_the_end(
        script in vec((step(), 0..2_000_u16), 0..30),
        filled in any::<bool>(),
        wander in vec(any::<bool>(), 0..20),
    ) {
        let mut session = Session::new(start(filled), 7);
        run(&mut session, &script, &mut Counting(1));
        let end = session.document().clone();
        for back in wander {
            if back { session.undo(); } else { session.redo(); }
        }
        while session.redo().is_some() {}
        prop_assert_eq!(session.document(), &end);
        let mut steps = 0;
        while session.undo().is_some() { steps += 1; }
        prop_assert_eq!(&**session.document(), &start(filled));
        prop_assert!(steps <= script.len());
        while session.redo().is_some() { steps -= 1; }
        prop_assert_eq!(steps, 0);
        prop_assert_eq!(session.document(), &end);
    }

    #[test]
    fn what_leads_from_one_version_to_another_is_one_edit(
        script in vec((step(), 0..2_000_u16), 0..12),
        filled in any::<bool>(),
    ) {
        let mut session = Session::new(start(filled), 0);
        run(&mut session, &script, &mut Counting(5));
        let (before, after) = (start(filled), &**session.document());
        for (from, to) in [(&before, after), (after, &before)] {
            match changes::between(from, to) {
                None => prop_assert_eq!(from, to),
                Some(edit) => {
                    let mut reached = from.clone();
                    reached.apply(&edit);
                    prop_assert_eq!(&reached, to);
                }
            }
        }
    }

    #[test]
    fn a_journal_read_back_and_replayed_on_any_snapshot_gives_the_same_report(
        script in vec((step(), 0..2_000_u16), 0..30),
        filled in any::<bool>(),
        snapshot in 0..30_usize,
    ) {
        let mut session = Session::new(start(filled), 0);
        let journal = run(&mut session, &script, &mut Counting(2));
        let stored = serde_json::to_string(&journal).unwrap();
        let read: Vec<Edit> = serde_json::from_str(&stored).unwrap();
        prop_assert_eq!(&read, &journal);
        let (before, after) = read.split_at(snapshot.min(read.len()));
        let replay = |document: Document, edits: &[Edit]| {
            let mut session = Session::new(document, 0);
            edits.iter().for_each(|edit| {
                session.edit(edit, 0);
            });
            Document::clone(session.document())
        };
        let text = serde_json::to_string(&replay(start(filled), before)).unwrap();
        let replayed = replay(restore(&text, &mut Counting(3)).unwrap().document, after);
        prop_assert_eq!(&replayed, &**session.document());
    }

    #[test]
    fn what_is_saved_is_what_is_opened(
        script in vec((step(), 0..2_000_u16), 0..30),
        filled in any::<bool>(),
    ) {
        let mut session = Session::new(start(filled), 0);
        run(&mut session, &script, &mut Counting(4));
        let document = Document::clone(session.document());

        let out = Export { id: "e".into(), at: "2022-03-15T14:02:00".into(), rev: 3, ..Export::default() };
        let text = export::json(&document, out.clone());
        let back = restore(&text, &mut Counting(5)).unwrap();
        prop_assert_eq!(back.repairs, Vec::<String>::new());
        prop_assert_eq!(back.document.export.as_ref(), Some(&out));
        prop_assert_eq!(&export::json(&back.document, out), &text);
        prop_assert_eq!(&Document { export: None, ..back.document }, &document);

        let envelope = Envelope::new(&document, Stamp { epoch: 1, rev: session.rev() }, "2022-03-15T14:02:00");
        let read = Envelope::decode(&envelope.encode()).unwrap();
        prop_assert_eq!(&restore(&read.body, &mut Counting(6)).unwrap().document, &document);
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn an_exported_page_gives_its_report_back(
        script in vec((step(), 0..2_000_u16), 0..30),
        filled in any::<bool>(),
    ) {
        let mut session = Session::new(start(filled), 0);
        run(&mut session, &script, &mut Counting(7));
        let document = Document::clone(session.document());
        let page = export::html(&document, &evaluate(&document), Export::default());
        let back = restore(&page, &mut Counting(8)).unwrap().document;
        prop_assert_eq!(&Document { export: None, ..back }, &document);
        // A text is never markup: the one script element is the data.
        prop_assert_eq!(page.matches("<script").count(), 1);
    }
}

fn set(session: &mut Session, place: &str, text: &str, now: u64) {
    session.edit(&Edit::set(Place::parse(place).unwrap(), Raw::text(text)), now);
}

fn steps(session: &Session) -> usize {
    let mut session = session.clone();
    std::iter::from_fn(|| session.undo()).count()
}

#[test]
fn keystrokes_in_one_field_join_while_the_pause_is_short_and_the_focus_stays() {
    let name = "profile.unit_name";
    let mut session = Session::new(empty(), 0);
    set(&mut session, name, "信", 0);
    set(&mut session, name, "信丰", JOIN_MS - 1);
    assert_eq!(steps(&session), 1, "a short pause joins");
    set(&mut session, name, "信丰县", 2 * JOIN_MS - 1);
    assert_eq!(steps(&session), 2, "a long one does not");
    session.leave();
    set(&mut session, name, "信丰县科", 2 * JOIN_MS);
    assert_eq!(steps(&session), 3, "nor does the next visit");
    set(&mut session, "profile.contact", "张", 2 * JOIN_MS);
    set(&mut session, name, "信丰县科技", 2 * JOIN_MS + 1);
    assert_eq!(steps(&session), 5, "nor another field between");
    session
        .edit(&Edit::Batch(vec![Edit::set(Place::parse(name).unwrap(), Raw::text("甲"))]), 2 * JOIN_MS + 2);
    assert_eq!(steps(&session), 6, "nor a command");
    session.undo();
    set(&mut session, name, "乙", 2 * JOIN_MS + 3);
    assert_eq!(steps(&session), 6, "nor what follows an undo");
}

#[test]
fn typing_that_ends_where_it_began_leaves_no_step() {
    let mut session = Session::new(empty(), 0);
    set(&mut session, "profile.unit_name", "信", 0);
    set(&mut session, "profile.unit_name", "", 10);
    assert!(!session.can_undo());
    let rev = session.rev();
    set(&mut session, "profile.unit_name", "", 20);
    assert_eq!(session.rev(), rev, "an edit that changes nothing is none");
}

#[test]
fn undo_leads_back_to_the_place_and_the_oldest_steps_are_forgotten() {
    let mut session = Session::new(empty(), 0);
    for at in 0..DEPTH + 5 {
        set(&mut session, "profile.unit_name", &format!("第{at}"), 10_000 * at as u64);
    }
    assert_eq!(steps(&session), DEPTH);
    assert_eq!(session.undo(), Some(Place::parse("profile.unit_name")));
    assert_eq!(session.redo(), Some(Place::parse("profile.unit_name")));
    assert_eq!(session.redo(), None);
}

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn a_whole_state_and_the_records_after_it_give_the_newest_version_wherever_the_draft_stopped(
        script in vec((step(), 0..2_000_u16), 1..20),
        whole_at in 0..20_usize,
        draft_at in 0..20_usize,
        lost in any::<bool>(),
    ) {
        let mut session = Session::new(start(true), 0);
        let stamp = |rev| Stamp { epoch: 4, rev };
        let mut states = vec![(session.document().clone(), 0)];
        let mut records = Vec::new();
        for (step, pause) in &script {
            let edit = edit(session.document(), step, &mut Counting(records.len() as u64));
            let from = session.rev();
            let before = session.document().clone();
            if session.edit(&edit, u64::from(*pause)) {
                let edit = changes::between(&before, session.document()).unwrap();
                let record = Record { from, at: "2022-03-15T14:02:07".into(), edit };
                records.push((record_key("leer", stamp(session.rev())), record.encode()));
                states.push((session.document().clone(), session.rev()));
            }
        }
        let envelope = |at: usize| {
            let (document, rev) = &states[at.min(states.len() - 1)];
            Envelope::new(document, stamp(*rev), "2022-03-15T14:02:07").encode()
        };
        let kept = Kept { whole: Some(envelope(whole_at)), records };
        let draft = (!lost).then(|| envelope(draft_at));
        let (last, rev) = states.last().unwrap();
        let expected = Document { doc_id: "leer".into(), ..(**last).clone() };
        match newest("leer", draft.as_deref(), &kept, &mut Counting(3)) {
            Some(found) => {
                prop_assert_eq!(found.stamp, stamp(*rev));
                prop_assert_eq!(found.document, expected);
                prop_assert!(!found.words.is_empty() && found.unused.is_empty());
            }
            // The draft was the newest.
            None => prop_assert!(!lost && draft_at >= states.len() - 1),
        }
    }
}
