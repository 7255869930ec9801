//! 回收站: drafts that were deleted, kept until it is emptied.
//!
//! A deleted draft is moved as the text that it is, so that a damaged one, or one of a newer version, comes back the
//! same. A report that was deleted, made again and deleted again is there twice. Must not know who asks.

use std::fmt;

use super::{ASIDE, AccessError, Corrupt, DraftStore, Envelope, Listed, PREFIX, doc_id_of, draft_key};

const BIN: &str = "cn.ziping/bin/";

/// A deleted draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binned {
    /// Where it is kept, which names it.
    pub key: String,
    /// What is known of it.
    pub draft: Listed,
}

/// How much this program keeps in the browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    /// Drafts.
    pub drafts: usize,
    /// Deleted drafts.
    pub binned: usize,
    /// Damaged texts that were set aside.
    pub aside: usize,
}

impl Holdings {
    /// Whether nothing is kept.
    pub fn is_empty(self) -> bool {
        self == Holdings::default()
    }
}

/// Why a draft was not moved. It is still where it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoveError {
    /// There is no such draft, perhaps because another window was quicker.
    Absent,
    /// The store did not do it.
    Access(AccessError),
    /// The store took the text and does not have it.
    NotKept,
}

impl From<AccessError> for MoveError {
    fn from(error: AccessError) -> Self {
        MoveError::Access(error)
    }
}

impl fmt::Display for MoveError {
    /// A fragment, as it stands after “没有删除：”.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MoveError::Absent => f.write_str("这里已经没有它了，可能是另一个窗口刚处理过"),
            MoveError::Access(error) => error.fmt(f),
            MoveError::NotKept => f.write_str("浏览器没有保存住写入的内容"),
        }
    }
}

impl std::error::Error for MoveError {}

/// The report whose deleted draft stands under a key.
fn binned_id(key: &str) -> Option<&str> {
    let rest = key.strip_prefix(BIN)?;
    Some(rest.split_once('/').map_or(rest, |(doc_id, _)| doc_id))
}

/// What every store of drafts does for 回收站.
pub trait Bin: DraftStore {
    /// Moves a draft to the bin, and answers with its key there.
    ///
    /// # Errors
    ///
    /// If there is no such draft or it could not be moved; it is a draft still.
    fn bin(&self, doc_id: &str) -> Result<String, MoveError> {
        let from = draft_key(doc_id);
        let text = self.read(&from)?.ok_or(MoveError::Absent)?;
        let mut to = format!("{BIN}{doc_id}");
        let mut n = 1_u64;
        while self.read(&to)?.is_some_and(|there| there != text) {
            n = n.saturating_add(1);
            to = format!("{BIN}{doc_id}/{n}");
        }
        transfer(self, &from, &to, &text)?;
        Ok(to)
    }

    /// The deleted drafts, the last saved first.
    ///
    /// # Errors
    ///
    /// If the browser denies storage.
    fn binned(&self) -> Result<Vec<Binned>, AccessError> {
        let mut found = Vec::new();
        for key in self.keys()? {
            let Some(doc_id) = binned_id(&key) else { continue };
            let Some(text) = self.read(&key)? else { continue };
            let draft = Listed::of(doc_id, &text);
            found.push(Binned { key, draft });
        }
        found.sort_by(|a, b| (b.draft.sort_key(), &b.key).cmp(&(a.draft.sort_key(), &a.key)));
        Ok(found)
    }

    /// Takes a draft out of the bin, and answers with its `doc_id`. Where that report has a draft again, the one from
    /// the bin comes back beside it under `new_id`.
    ///
    /// # Errors
    ///
    /// If it is not there or could not be moved; it is in the bin still.
    fn unbin(&self, key: &str, new_id: &str) -> Result<String, MoveError> {
        let doc_id = binned_id(key).ok_or(MoveError::Absent)?;
        let text = self.read(key)?.ok_or(MoveError::Absent)?;
        if self.read(&draft_key(doc_id))?.is_none() {
            transfer(self, key, &draft_key(doc_id), &text)?;
            return Ok(doc_id.to_owned());
        }
        // The key names the draft; of a text that cannot be read nothing is changed.
        let text = match Envelope::decode(&text) {
            Ok(mut envelope) => {
                new_id.clone_into(&mut envelope.header.doc_id);
                envelope.encode()
            }
            Err(_) => text,
        };
        transfer(self, key, &draft_key(new_id), &text)?;
        Ok(new_id.to_owned())
    }

    /// Deletes a draft that is in the bin, for good; other keys are not touched.
    ///
    /// # Errors
    ///
    /// If the browser denies storage.
    fn erase_binned(&self, key: &str) -> Result<(), AccessError> {
        if binned_id(key).is_some() { self.erase(key) } else { Ok(()) }
    }

    /// Deletes everything that is in the bin, for good.
    ///
    /// # Errors
    ///
    /// If the browser denies storage.
    fn empty_bin(&self) -> Result<(), AccessError> {
        self.keys()?.iter().try_for_each(|key| self.erase_binned(key))
    }

    /// How much is kept.
    ///
    /// # Errors
    ///
    /// If the browser denies storage.
    fn holdings(&self) -> Result<Holdings, AccessError> {
        let keys = self.keys()?;
        let count = |is: &dyn Fn(&str) -> bool| keys.iter().filter(|key| is(key)).count();
        Ok(Holdings {
            drafts: count(&|key| doc_id_of(key).is_some()),
            binned: count(&|key| binned_id(key).is_some()),
            aside: count(&|key| key.starts_with(ASIDE) && key.starts_with(PREFIX)),
        })
    }
}

impl<S: DraftStore + ?Sized> Bin for S {}

/// Puts a text under another key and then takes it away from the first. A store too full for both gets the room of
/// the first at once; where it does not even take the text then, the text goes back.
fn transfer<S: DraftStore + ?Sized>(store: &S, from: &str, to: &str, text: &str) -> Result<(), MoveError> {
    let put = |key: &str| -> Result<(), MoveError> {
        store.write(key, text)?;
        match store.read(key)? {
            Some(kept) if kept == text => Ok(()),
            _ => Err(MoveError::NotKept),
        }
    };
    match put(to) {
        Ok(()) => Ok(store.erase(from)?),
        Err(MoveError::Access(AccessError::Full)) => {
            store.erase(from)?;
            put(to).inspect_err(|_| {
                put(from).ok();
            })
        }
        Err(error) => Err(error),
    }
}

impl Listed {
    /// What a stored text says of the draft that it is.
    pub(super) fn of(doc_id: &str, text: &str) -> Self {
        match Envelope::decode(text) {
            Ok(envelope) => Listed::Whole(envelope.header),
            Err(reason) => Listed::Damaged { doc_id: doc_id.to_owned(), reason },
        }
    }

    /// Why it cannot be opened, if it cannot.
    pub fn trouble(&self) -> Option<Corrupt> {
        match self {
            Listed::Whole(_) => None,
            Listed::Damaged { reason, .. } => Some(*reason),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::drafts::{Memory, SaveError, Stamp};
    use crate::app::ids::tests::Counting;
    use crate::app::sample;
    use std::cell::Cell;

    const ID: &str = "xinfeng2021";

    fn saved(store: &impl DraftStore, rev: u64) -> String {
        let envelope = Envelope::new(&sample::xinfeng(), Stamp { epoch: 1, rev }, "2022-03-15T14:02:07");
        store.save(&envelope).unwrap();
        envelope.encode()
    }

    fn drafts(store: &impl DraftStore) -> Vec<String> {
        store.list().unwrap().iter().map(|draft| draft.doc_id().to_owned()).collect()
    }

    #[test]
    fn what_was_deleted_comes_back_as_it_was() {
        let store = Memory::default();
        let text = saved(&store, 7);
        let key = store.bin(ID).unwrap();
        assert_eq!((key.as_str(), drafts(&store).len()), ("cn.ziping/bin/xinfeng2021", 0));
        let binned = store.binned().unwrap();
        let [Binned { draft: Listed::Whole(header), .. }] = binned.as_slice() else { panic!("{binned:?}") };
        assert_eq!(header.unit, "信丰县科学技术局");
        assert_eq!(store.unbin(&key, "other"), Ok(ID.to_owned()));
        assert_eq!(store.read(&draft_key(ID)), Ok(Some(text)));
        assert_eq!((store.binned().unwrap().len(), store.bin("gone")), (0, Err(MoveError::Absent)));
    }

    #[test]
    fn deleted_twice_is_kept_twice_and_comes_back_beside_the_draft() {
        let store = Memory::default();
        saved(&store, 1);
        let first = store.bin(ID).unwrap();
        saved(&store, 2);
        let second = store.bin(ID).unwrap();
        assert_eq!((second.as_str(), store.binned().unwrap().len()), ("cn.ziping/bin/xinfeng2021/2", 2));
        assert_eq!(store.unbin(&second, "new"), Ok(ID.to_owned()));
        assert_eq!(store.unbin(&first, "new"), Ok("new".to_owned()));
        assert_eq!(drafts(&store), [ID, "new"]);
        let loaded = store.load("new", &mut Counting(1)).unwrap();
        assert_eq!((loaded.document.doc_id.as_str(), loaded.header.rev), ("new", 1));
        // The very same text is one.
        store.bin(ID).unwrap();
        saved(&store, 2);
        store.bin(ID).unwrap();
        assert_eq!(store.binned().unwrap().len(), 1);
    }

    #[test]
    fn damaged_drafts_are_deleted_alone_and_come_back_as_they_were() {
        let store = Memory::default();
        saved(&store, 1);
        store.write(&draft_key("torn"), "{\"app\"").unwrap();
        let key = store.bin("torn").unwrap();
        assert_eq!(drafts(&store), [ID]);
        assert_eq!(store.binned().unwrap()[0].draft.trouble(), Some(Corrupt::Header));
        store.write(&draft_key("torn"), "another").unwrap();
        assert_eq!(store.unbin(&key, "new"), Ok("new".to_owned()));
        assert_eq!(store.read(&draft_key("new")), Ok(Some("{\"app\"".to_owned())));
    }

    #[test]
    fn emptying_and_clearing_take_what_they_name_and_nothing_else() {
        let store = Memory::default();
        saved(&store, 1);
        store.bin(ID).unwrap();
        saved(&store, 2);
        store.set_aside(ID, "damaged").unwrap();
        store.write("com.example/else", "not ours").unwrap();
        assert_eq!(store.holdings(), Ok(Holdings { drafts: 1, binned: 1, aside: 1 }));
        store.erase_binned(&draft_key(ID)).unwrap();
        store.empty_bin().unwrap();
        assert_eq!(store.holdings(), Ok(Holdings { drafts: 1, binned: 0, aside: 1 }));
        store.clear().unwrap();
        assert!(store.holdings().unwrap().is_empty());
        assert_eq!(store.read("com.example/else"), Ok(Some("not ours".to_owned())));
    }

    /// A store that holds so many characters, or denies writing.
    struct Small {
        inner: Memory,
        room: Cell<usize>,
    }

    impl DraftStore for Small {
        fn keys(&self) -> Result<Vec<String>, AccessError> {
            self.inner.keys()
        }
        fn read(&self, key: &str) -> Result<Option<String>, AccessError> {
            self.inner.read(key)
        }
        fn write(&self, key: &str, text: &str) -> Result<(), AccessError> {
            let others: Vec<String> = self.inner.keys()?.into_iter().filter(|other| other != key).collect();
            let used: usize =
                others.iter().map(|key| self.inner.read(key).unwrap().unwrap().len() + key.len()).sum();
            if used + key.len() + text.len() > self.room.get() {
                return Err(AccessError::Full);
            }
            self.inner.write(key, text)
        }
        fn erase(&self, key: &str) -> Result<(), AccessError> {
            self.inner.erase(key)
        }
    }

    #[test]
    fn a_full_store_moves_a_draft_too_and_loses_none() {
        let store = Small { inner: Memory::default(), room: Cell::new(usize::MAX) };
        let text = saved(&store, 1);
        // Room for this one text and no more: the key of a draft is longer by two letters.
        store.room.set(text.len() + format!("{BIN}{ID}").len());
        let key = store.bin(ID).unwrap();
        assert_eq!((store.read(&key), drafts(&store).len()), (Ok(Some(text.clone())), 0));
        assert_eq!(store.unbin(&key, "new"), Err(MoveError::Access(AccessError::Full)));
        assert_eq!(store.read(&key), Ok(Some(text)));
        store.room.set(store.room.get() + 2);
        assert_eq!(store.unbin(&key, "new"), Ok(ID.to_owned()));
        assert!(matches!(
            store.save(&Envelope::new(&crate::app::sample::example(), Stamp::claimed(None), "")),
            Err(SaveError::Full { .. })
        ));
    }
}
