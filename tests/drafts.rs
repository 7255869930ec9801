//! Drafts are not lost: not by a full, denied, lying or half-writing store, not by damage, not by a second writer.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

mod common;

use common::{Counting, cases, empty};
use proptest::collection::vec;
use proptest::prelude::*;
use std::cell::Cell as Flag;
use std::sync::Arc;

use ziping::app::drafts::{
    AccessError, Corrupt, DraftStore, Envelope, KEPT_ASIDE, Listed, LoadError, MAX_CHARS, Memory, SaveError,
    Stamp, draft_key,
};
use ziping::app::sample;
use ziping::domain::cell::Raw;
use ziping::domain::document::Document;

const AT: &str = "2022-03-15T14:02:07";
const ID: &str = "xinfeng2021";

/// How a store misbehaves.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    None,
    Denied,
    Full,
    /// Says that it has written, and has not.
    Lying,
    /// Keeps the first half of what is written.
    Torn,
}

/// A store in memory that misbehaves when told to.
struct Faulty {
    inner: Memory,
    fault: Flag<Fault>,
}

impl Faulty {
    fn new() -> Self {
        Faulty { inner: Memory::default(), fault: Flag::new(Fault::None) }
    }
    fn check(&self) -> Result<(), AccessError> {
        if self.fault.get() == Fault::Denied { Err(AccessError::Unavailable) } else { Ok(()) }
    }
}

impl DraftStore for Faulty {
    fn keys(&self) -> Result<Vec<String>, AccessError> {
        self.check()?;
        self.inner.keys()
    }
    fn read(&self, key: &str) -> Result<Option<String>, AccessError> {
        self.check()?;
        self.inner.read(key)
    }
    fn write(&self, key: &str, text: &str) -> Result<(), AccessError> {
        self.check()?;
        match self.fault.get() {
            Fault::Full => Err(AccessError::Full),
            Fault::Lying => Ok(()),
            Fault::Torn => {
                let half: String = text.chars().take(text.chars().count() / 2).collect();
                self.inner.write(key, &half)
            }
            Fault::None | Fault::Denied => self.inner.write(key, text),
        }
    }
    fn erase(&self, key: &str) -> Result<(), AccessError> {
        self.check()?;
        self.inner.erase(key)
    }
}

fn stamp(epoch: u64, rev: u64) -> Stamp {
    Stamp { epoch, rev }
}

fn named(unit: &str) -> Document {
    let mut document = sample::xinfeng();
    Arc::make_mut(&mut document.profile).unit_name = Raw::text(unit);
    document
}

fn save(store: &impl DraftStore, document: &Document, stamp: Stamp) -> Result<(), SaveError> {
    store.save(&Envelope::new(document, stamp, AT))
}

fn load(store: &impl DraftStore) -> Result<Document, LoadError> {
    store.load(ID, &mut Counting(1)).map(|loaded| loaded.document)
}

#[test]
fn a_saved_draft_is_listed_and_opens_as_it_was() {
    let store = Memory::default();
    assert_eq!(load(&store), Err(LoadError::Absent));
    save(&store, &sample::xinfeng(), stamp(1, 7)).unwrap();
    store.save(&Envelope::new(&empty(), stamp(1, 0), "2022-03-16T09:00:00")).unwrap();
    store.write("com.example/else", "not ours").unwrap();
    let listed = store.list().unwrap();
    let ids: Vec<&str> = listed.iter().map(Listed::doc_id).collect();
    assert_eq!(ids, ["leer", ID], "the last saved first");
    let Listed::Whole(header) = &listed[1] else { panic!("{listed:?}") };
    assert_eq!((&*header.unit, &*header.year, header.stamp()), ("信丰县科学技术局", "2021", stamp(1, 7)));
    assert!(header.filled > 0 && header.filled < header.required && header.chars > 1_000);
    let loaded = store.load(ID, &mut Counting(1)).unwrap();
    assert_eq!((loaded.document, loaded.repairs.len()), (sample::xinfeng(), 0));
    assert_eq!(&loaded.header, header);
    assert_eq!(store.stamp(ID), Ok(Some(stamp(1, 7))));
    store.remove(ID).unwrap();
    assert_eq!(load(&store), Err(LoadError::Absent));
    store.clear().unwrap();
    assert_eq!(store.keys().unwrap(), ["com.example/else"]);
}

#[test]
fn a_store_that_is_full_denied_or_lying_is_found_out_and_the_older_draft_stays_whole() {
    for (fault, error) in [
        (Fault::Denied, SaveError::Unavailable),
        (Fault::Full, SaveError::Full { needed: Envelope::new(&named("乙"), stamp(1, 2), AT).header.chars }),
        (Fault::Lying, SaveError::NotKept),
    ] {
        let store = Faulty::new();
        save(&store, &named("甲"), stamp(1, 1)).unwrap();
        store.fault.set(fault);
        assert_eq!(save(&store, &named("乙"), stamp(1, 2)), Err(error.clone()), "{fault:?}");
        assert!(!error.to_string().is_empty());
        store.fault.set(Fault::None);
        assert_eq!(load(&store), Ok(named("甲")), "{fault:?}");
        save(&store, &named("乙"), stamp(1, 2)).unwrap();
        assert_eq!(load(&store), Ok(named("乙")));
    }
    let store = Faulty::new();
    store.fault.set(Fault::Denied);
    assert_eq!(store.list(), Err(AccessError::Unavailable));
    assert_eq!(load(&store), Err(LoadError::Unavailable));
}

#[test]
fn a_torn_draft_is_not_believed_and_set_aside_before_the_next_save() {
    let store = Faulty::new();
    save(&store, &named("甲"), stamp(1, 1)).unwrap();
    store.fault.set(Fault::Torn);
    assert_eq!(save(&store, &named("乙"), stamp(1, 2)), Err(SaveError::NotKept));
    store.fault.set(Fault::None);
    let Err(error) = load(&store) else { panic!("a torn draft was opened") };
    assert!(matches!(&error, LoadError::Corrupt { reason: Corrupt::Body, .. }), "{error:?}");
    assert!(error.to_string().contains("原始内容仍在，可以下载"), "{error}");
    let raw = error.raw().unwrap().to_owned();
    assert_eq!(store.list().unwrap(), [Listed::Damaged { doc_id: ID.into(), reason: Corrupt::Body }]);
    save(&store, &named("乙"), stamp(1, 3)).unwrap();
    assert_eq!(load(&store), Ok(named("乙")));
    assert_eq!(aside(&store, ID), [raw]);
}

#[test]
fn a_damaged_draft_is_not_overwritten_while_there_is_no_room_to_set_it_aside() {
    let store = Faulty::new();
    store.write(&draft_key(ID), "half a draft").unwrap();
    store.fault.set(Fault::Full);
    assert!(matches!(save(&store, &named("甲"), stamp(1, 1)), Err(SaveError::Full { .. })));
    assert_eq!(store.read(&draft_key(ID)), Ok(Some("half a draft".into())));
}

/// The texts that were set aside of a report, the oldest first.
fn aside(store: &impl DraftStore, doc_id: &str) -> Vec<String> {
    let found = store.all_aside().unwrap();
    let of_it = found.iter().rev().filter(|one| one.doc_id == doc_id);
    of_it.map(|one| store.read(&one.key).unwrap().unwrap()).collect()
}

#[test]
fn the_last_three_texts_of_a_report_stay_aside() {
    let store = Memory::default();
    store.set_aside("other", "x").unwrap();
    for n in 1..=12 {
        store.set_aside(ID, &format!("text {n}")).unwrap();
    }
    assert_eq!(aside(&store, ID), ["text 10", "text 11", "text 12"]);
    assert_eq!(aside(&store, ID).len(), KEPT_ASIDE);
    assert_eq!(aside(&store, "other"), ["x"]);
    store.remove(ID).unwrap();
    assert_eq!(aside(&store, ID).len(), 3);
}

#[test]
fn a_second_writer_is_never_overwritten() {
    let store = Memory::default();
    let first = Stamp::claimed(store.stamp(ID).unwrap());
    save(&store, &named("甲"), first.at(5)).unwrap();
    // The second window takes over and says so at once.
    let second = Stamp::claimed(store.stamp(ID).unwrap());
    save(&store, &named("甲"), second).unwrap();
    assert!(second.supersedes(first));
    let error = save(&store, &named("乙"), first.at(99)).unwrap_err();
    assert_eq!(error, SaveError::Conflict { theirs: second });
    assert!(error.to_string().contains("没有覆盖"), "{error}");
    assert_eq!(load(&store), Ok(named("甲")));
    save(&store, &named("丙"), second.at(6)).unwrap();
    assert_eq!(save(&store, &named("丙"), second.at(6)), Ok(()), "the same again is no conflict");
    assert_eq!(
        save(&store, &named("丁"), second.at(6)),
        Err(SaveError::Conflict { theirs: second.at(6) }),
        "two contents of one revision are"
    );
    assert_eq!(
        save(&store, &named("丁"), second.at(5)),
        Err(SaveError::Conflict { theirs: second.at(6) }),
        "and so is a save that comes late"
    );
}

#[test]
fn drafts_of_a_newer_version_are_neither_opened_nor_overwritten() {
    let store = Memory::default();
    let newer = "{\"app\":\"ziping\",\"schema\":9,\"doc_id\":\"xinfeng2021\"}\nbinary";
    store.write(&draft_key(ID), newer).unwrap();
    assert_eq!(save(&store, &named("甲"), stamp(9, 9)), Err(SaveError::Newer));
    assert_eq!(load(&store), Err(LoadError::Newer { raw: newer.into() }));
    let mut later = sample::xinfeng();
    later.version = 2;
    let store = Memory::default();
    save(&store, &later, stamp(1, 1)).unwrap();
    let error = load(&store).unwrap_err();
    assert!(matches!(error, LoadError::Newer { .. }) && error.to_string().contains("没有打开，也没有改动"));
}

#[test]
fn a_very_long_report_is_kept_out_and_said() {
    let mut document = sample::xinfeng();
    Arc::make_mut(&mut document.narratives).duties = Raw::text("长".repeat(MAX_CHARS));
    let store = Memory::default();
    let error = save(&store, &document, stamp(1, 1)).unwrap_err();
    assert!(matches!(error, SaveError::TooLarge { .. }));
    assert!(error.to_string().starts_with("报告约 20"), "{error}");
    assert!(error.to_string().ends_with("万字符，超过浏览器草稿的上限 200 万字符"), "{error}");
    assert_eq!(load(&store), Err(LoadError::Absent));
}

proptest! {
    #![proptest_config(cases(300))]

    /// Two windows write as they please, under any faults: what is stored is always a whole draft of the writer who
    /// took over last, or the last whole one before it, or it is known to be damaged.
    #[test]
    fn whatever_happens_an_older_writer_never_wins(
        script in vec((0..2_usize, any::<bool>(), 0..4_u8), 1..40),
    ) {
        let store = Faulty::new();
        let mut stamps = [Stamp::default(); 2];
        let mut stored: Option<(Stamp, Document)> = None;
        for (rev, (window, takes_over, fault)) in script.into_iter().enumerate() {
            let fault = [Fault::None, Fault::None, Fault::Full, Fault::Lying][usize::from(fault)];
            if takes_over {
                stamps[window] = Stamp::claimed(store.stamp(ID).unwrap());
            }
            stamps[window] = stamps[window].at(stamps[window].rev + 1);
            let document = named(&format!("窗口{window}第{rev}次"));
            store.fault.set(fault);
            let saved = save(&store, &document, stamps[window]);
            store.fault.set(Fault::None);
            let older = stored.as_ref().is_some_and(|(theirs, _)| *theirs >= stamps[window]);
            match saved {
                Ok(()) => {
                    prop_assert!(!older);
                    stored = Some((stamps[window], document));
                }
                Err(SaveError::Conflict { theirs }) => {
                    prop_assert!(older);
                    prop_assert_eq!(Some(theirs), stored.as_ref().map(|(stamp, _)| *stamp));
                }
                Err(_) => prop_assert!(fault != Fault::None),
            }
            prop_assert_eq!(load(&store).ok(), stored.as_ref().map(|(_, document)| document.clone()));
        }
    }

    #[test]
    fn any_text_in_the_store_is_opened_or_named(text in ".{0,200}", head in any::<bool>()) {
        let store = Memory::default();
        let head = if head { "{\"app\":\"ziping\",\"schema\":1," } else { "" };
        store.write(&draft_key(ID), &format!("{head}{text}")).unwrap();
        prop_assert!(load(&store).is_err());
        prop_assert_eq!(store.list().unwrap().len(), 1);
    }
}
