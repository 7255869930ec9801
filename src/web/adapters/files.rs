//! Files in and out: choosing, dropping, downloading.

use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, HtmlInputElement, Url};

/// Hands a text to the browser as a download.
pub fn download(name: &str, text: &str, kind: &str) -> bool {
    save(name, text, kind).is_some()
}

fn save(name: &str, text: &str, kind: &str) -> Option<()> {
    let parts = Array::of1(&Uint8Array::from(text.as_bytes()));
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlAnchorElement = document().create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser reads the blob after the click; a minute is plenty even for a slow disk.
    set_timeout(
        move || {
            Url::revoke_object_url(&url).ok();
        },
        std::time::Duration::from_secs(60),
    );
    Some(())
}

/// Lets the user choose a file.
pub fn choose(accept: &str, chosen: impl Fn(File) + 'static) {
    let Some(input) =
        document().create_element("input").ok().and_then(|input| input.dyn_into::<HtmlInputElement>().ok())
    else {
        return;
    };
    input.set_type("file");
    input.set_accept(accept);
    let reader = input.clone();
    let on_change = Closure::once(move || {
        if let Some(file) = reader.files().and_then(|files| files.get(0)) {
            chosen(file);
        }
    });
    input.set_onchange(Some(on_change.as_ref().unchecked_ref()));
    // Some engines only open the chooser of an input that is in the page.
    input.set_hidden(true);
    if let Some(body) = document().body() {
        body.append_child(&input).ok();
    }
    input.click();
    let leftover = input.clone();
    set_timeout(move || leftover.remove(), std::time::Duration::from_secs(600));
    on_change.forget();
}

/// Text in an encoding that the browser knows by this name.
pub fn decode(encoding: &str, bytes: &[u8]) -> Option<String> {
    let decoder = web_sys::TextDecoder::new_with_label(encoding).ok()?;
    decoder.decode_with_u8_array(bytes).ok()
}

/// Reads a file's bytes; `None` where the browser could not.
pub fn read(file: &File, done: impl FnOnce(Option<Vec<u8>>) + 'static) {
    let promise = file.array_buffer();
    leptos::task::spawn_local(async move {
        let buffer: Result<JsValue, JsValue> = wasm_bindgen_futures::JsFuture::from(promise).await;
        done(buffer.ok().map(|buffer| Uint8Array::new(&buffer).to_vec()));
    });
}
