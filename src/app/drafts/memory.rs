//! A store that lasts as long as the page: where the browser denies storage, and in tests.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{AccessError, DraftStore};

/// Drafts in memory.
#[derive(Debug, Default)]
pub struct Memory {
    texts: Mutex<BTreeMap<String, String>>,
}

impl Memory {
    fn texts(&self) -> MutexGuard<'_, BTreeMap<String, String>> {
        self.texts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl DraftStore for Memory {
    fn keys(&self) -> Result<Vec<String>, AccessError> {
        Ok(self.texts().keys().cloned().collect())
    }
    fn read(&self, key: &str) -> Result<Option<String>, AccessError> {
        Ok(self.texts().get(key).cloned())
    }
    fn write(&self, key: &str, text: &str) -> Result<(), AccessError> {
        self.texts().insert(key.to_owned(), text.to_owned());
        Ok(())
    }
    fn erase(&self, key: &str) -> Result<(), AccessError> {
        self.texts().remove(key);
        Ok(())
    }
}
