//! Drafts where they fit: localStorage, and the database for a text that is too large for it.
//!
//! What lies in the database is held in memory too, as the port of `app::drafts` answers at once.

use ziping::app::drafts::journal::record_keys;
use ziping::app::drafts::{AccessError, DraftStore, MAX_CHARS, Memory, doc_id_of};

use crate::web::adapters::journal;
use crate::web::adapters::storage::Local;

/// Characters of the largest draft, where there is a database.
const MOST_CHARS: usize = 50_000_000;

/// Both stores.
#[derive(Debug)]
pub struct Both {
    local: Local,
    large: Memory,
}

impl Both {
    /// Over localStorage, with nothing large yet.
    pub fn new(local: Local) -> Self {
        Both { local, large: Memory::default() }
    }
    /// Takes up a text that the database has.
    pub fn adopt(&self, key: &str, text: &str) {
        self.large.write(key, text).ok();
    }
}

/// Whether a text is kept in the database and not in localStorage.
pub fn is_large(text: &str) -> bool {
    // No text has more UTF-16 units than bytes.
    text.len() > MAX_CHARS && text.encode_utf16().count() > MAX_CHARS
}

impl DraftStore for Both {
    fn keys(&self) -> Result<Vec<String>, AccessError> {
        let mut keys = self.local.keys()?;
        keys.extend(self.large.keys()?);
        keys.sort_unstable();
        keys.dedup();
        Ok(keys)
    }
    fn read(&self, key: &str) -> Result<Option<String>, AccessError> {
        match self.large.read(key)? {
            Some(text) => Ok(Some(text)),
            None => self.local.read(key),
        }
    }
    fn write(&self, key: &str, text: &str) -> Result<(), AccessError> {
        if is_large(text) && journal::is_open() {
            self.large.write(key, text)?;
            let smaller = key.to_owned();
            journal::put(key.to_owned(), text.to_owned(), None, move |kept| {
                // The smaller one of before goes once this one is there.
                if kept.is_ok()
                    && let Some(local) = Local::probe()
                {
                    local.erase(&smaller).ok();
                }
            });
            return Ok(());
        }
        self.local.write(key, text)?;
        if self.large.read(key)?.is_some() {
            self.large.erase(key)?;
            if doc_id_of(key).is_none() {
                journal::erase(key, None);
            }
        }
        Ok(())
    }
    fn erase(&self, key: &str) -> Result<(), AccessError> {
        self.local.erase(key)?;
        let large = self.large.read(key)?.is_some();
        self.large.erase(key)?;
        match doc_id_of(key) {
            Some(doc_id) => journal::erase(key, Some(record_keys(doc_id))),
            None if large => journal::erase(key, None),
            None => {}
        }
        Ok(())
    }
    fn most_chars(&self) -> usize {
        if journal::is_open() { MOST_CHARS } else { MAX_CHARS }
    }
}
