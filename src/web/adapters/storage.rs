//! Drafts in localStorage, through the port of `app::drafts`.

use gloo_storage::{LocalStorage, Storage};
use wasm_bindgen::JsValue;
use ziping::app::drafts::{AccessError, DraftStore, PREFIX};

/// The browser's localStorage. Make it with [`Local::probe`]: gloo's own access throws out of wasm where a browser
/// denies storage.
#[derive(Debug)]
pub struct Local(());

impl Local {
    /// The store, if the browser lets this page have one.
    pub fn probe() -> Option<Self> {
        web_sys::window()?.local_storage().ok().flatten().map(|_| Local(()))
    }

    fn raw(&self) -> Result<web_sys::Storage, AccessError> {
        // Asked each time, as the permission can be taken away while the page is open.
        Self::probe().map(|_| LocalStorage::raw()).ok_or(AccessError::Unavailable)
    }
}

impl DraftStore for Local {
    fn keys(&self) -> Result<Vec<String>, AccessError> {
        let raw = self.raw()?;
        let count = raw.length().map_err(|_| AccessError::Unavailable)?;
        Ok((0..count)
            .filter_map(|at| raw.key(at).ok().flatten())
            .filter(|key| key.starts_with(PREFIX))
            .collect())
    }
    fn read(&self, key: &str) -> Result<Option<String>, AccessError> {
        self.raw()?.get_item(key).map_err(|_| AccessError::Unavailable)
    }
    fn write(&self, key: &str, text: &str) -> Result<(), AccessError> {
        self.raw()?.set_item(key, text).map_err(|error| reason(&error))
    }
    fn erase(&self, key: &str) -> Result<(), AccessError> {
        self.raw()?.remove_item(key).map_err(|_| AccessError::Unavailable)
    }
}

/// Engines name a full store differently; whatever is not a refusal is taken for one.
fn reason(error: &JsValue) -> AccessError {
    let name = js_sys::Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string());
    if name.as_deref() == Some("SecurityError") { AccessError::Unavailable } else { AccessError::Full }
}
