//! The service worker of the hosted page: use without a network, and a newer version that waits to be used.
//!
//! Must not know what is shown; asks for nothing where there are no service workers (plain http, a page on a disk).

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Whether this browser, at this address, can keep the page.
pub fn is_possible() -> bool {
    container().is_some()
}

fn container() -> Option<JsValue> {
    let navigator = web_sys::window()?.navigator();
    let workers = Reflect::get(&navigator, &"serviceWorker".into()).ok()?;
    workers.is_object().then_some(workers)
}

fn call(on: &JsValue, method: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let method: Function = Reflect::get(on, &method.into()).ok()?.dyn_into().ok()?;
    method.apply(on, &arguments.iter().cloned().collect::<Array>()).ok()
}

async fn answer(promise: Option<JsValue>) -> Option<JsValue> {
    JsFuture::from(promise?.dyn_into::<Promise>().ok()?).await.ok()
}

fn get(on: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(on, &name.into()).ok().filter(|found| found.is_object())
}

fn listen(on: &JsValue, event: &str, act: impl Fn() + 'static) {
    let act = Closure::<dyn Fn()>::new(act);
    call(on, "addEventListener", &[event.into(), act.as_ref().clone()]);
    // Lives as long as the page.
    act.forget();
}

/// Keeps the page for use without a network. `waiting` is called when a newer version has been fetched.
pub fn start(waiting: impl Fn() + Clone + 'static) {
    let Some(workers) = container() else { return };
    spawn_local(async move {
        let Some(registration) = answer(call(&workers, "register", &["sw.js".into()])).await else { return };
        if get(&registration, "waiting").is_some() {
            waiting();
        }
        let found = registration.clone();
        listen(&registration, "updatefound", move || {
            let Some(worker) = get(&found, "installing") else { return };
            let (workers, waiting) = (workers.clone(), waiting.clone());
            let state = worker.clone();
            listen(&worker, "statechange", move || {
                let now = Reflect::get(&state, &"state".into()).ok().and_then(|state| state.as_string());
                // Without a controller it is the first version, which is the one that runs.
                if now.as_deref() == Some("installed") && get(&workers, "controller").is_some() {
                    waiting();
                }
            });
        });
    });
}

/// Uses the version that waits: it takes over, and the page is loaded anew.
pub fn use_waiting() {
    let Some(workers) = container() else { return };
    listen(&workers, "controllerchange", reload);
    spawn_local(async move {
        let registration = answer(call(&workers, "getRegistration", &[])).await;
        match registration.and_then(|registration| get(&registration, "waiting")) {
            Some(worker) => drop(call(&worker, "postMessage", &["use-now".into()])),
            None => reload(),
        }
    });
}

/// Forgets the kept version and loads the page from where it came from. Drafts are not in the caches.
pub fn refresh() {
    spawn_local(async {
        forget().await;
        reload();
    });
}

/// Forgets the kept version: worker and caches. The page that is open runs on.
pub async fn forget() {
    if let Some(workers) = container()
        && let Some(registration) = answer(call(&workers, "getRegistration", &[])).await
    {
        answer(call(&registration, "unregister", &[])).await;
    }
    let Some(caches) = web_sys::window().and_then(|window| get(&window, "caches")) else { return };
    let names = answer(call(&caches, "keys", &[])).await.and_then(|names| names.dyn_into::<Array>().ok());
    for name in names.iter().flat_map(|names| names.iter()) {
        if name.as_string().is_some_and(|name| name.starts_with("ziping-")) {
            answer(call(&caches, "delete", &[name])).await;
        }
    }
}

/// Asks the browser not to clear this page's data by itself. It may ask the user, or never answer.
pub fn persist() {
    let storage = web_sys::window().and_then(|window| get(&window.navigator(), "storage"));
    if let Some(storage) = storage {
        let asked = call(&storage, "persist", &[]);
        spawn_local(async move {
            answer(asked).await;
        });
    }
}

fn reload() {
    if let Some(window) = web_sys::window() {
        window.location().reload().ok();
    }
}
