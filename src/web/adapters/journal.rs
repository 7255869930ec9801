//! The journal of drafts in IndexedDB: whole texts under their keys, and records of single changes.
//!
//! Every write is strict (on the disk before it counts) and read back. A transaction is begun within the call, so that
//! writes stand in the order in which they were asked for; the answer comes later. Must not know what a text says.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction};

/// Name of the database; other pages opened from a disk share the same storage.
const NAME: &str = "cn.ziping";
const TEXTS: &str = "texts";
const RECORDS: &str = "records";
/// Opening may wait for another window or a broken profile; the page does not.
const PATIENCE_MS: i32 = 3_000;

/// Why the journal did not do what it was told, as words that stand after “修改记录没有写进去：”.
pub type Failure = &'static str;

const CLOSED: Failure = "浏览器关闭了本页的数据库";
/// No room.
pub const FULL: Failure = "磁盘或浏览器的存储空间不足";
const REFUSED: Failure = "浏览器没有让本页写入数据库";
const NOT_KEPT: Failure = "浏览器没有保存住写入的内容";

thread_local! {
    static DATABASE: RefCell<Option<IdbDatabase>> = const { RefCell::new(None) };
}

/// Whether there is a journal.
pub fn is_open() -> bool {
    DATABASE.with_borrow(Option::is_some)
}

/// Opens the journal; says whether there is one now.
pub async fn open() -> bool {
    if !is_open()
        && let Some(database) = connect().await
    {
        // Dropped when the browser closes it (site data cleared under the page) or another window deletes it.
        let lost = Closure::<dyn Fn()>::new(|| {
            if let Some(database) = DATABASE.take() {
                database.close();
            }
        });
        database.set_onclose(Some(lost.as_ref().unchecked_ref()));
        database.set_onversionchange(Some(lost.as_ref().unchecked_ref()));
        lost.forget();
        DATABASE.set(Some(database));
    }
    is_open()
}

async fn connect() -> Option<IdbDatabase> {
    let window = web_sys::window()?;
    let request = window.indexed_db().ok().flatten()?.open_with_u32(NAME, 1).ok()?;
    let made = request.clone();
    let upgrade = Closure::once_into_js(move || {
        let database: Option<IdbDatabase> = made.result().ok().and_then(|made| made.dyn_into().ok());
        if let Some(database) = database {
            database.create_object_store(TEXTS).ok();
            database.create_object_store(RECORDS).ok();
        }
    });
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    let opened = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
        request.set_onblocked(Some(&reject));
        window.set_timeout_with_callback_and_timeout_and_arguments_0(&reject, PATIENCE_MS).ok();
    });
    JsFuture::from(opened).await.ok()?;
    request.result().ok()?.dyn_into().ok()
}

/// Keys of all whole texts.
pub async fn keys() -> Vec<String> {
    let asked = read().and_then(|act| store(&act, TEXTS)?.get_all_keys());
    strings(answer(asked).await)
}

/// A whole text.
pub async fn text(key: &str) -> Option<String> {
    get(TEXTS, key).await
}

/// Keys and texts of the records between two keys, in order.
pub async fn records(from: &str, to: &str) -> Vec<(String, String)> {
    let asked = read().and_then(|act| {
        let (range, records) = (between(from, to)?, store(&act, RECORDS)?);
        Ok((records.get_all_keys_with_key(&range)?, records.get_all_with_key(&range)?))
    });
    let Ok((keys, texts)) = asked else { return Vec::new() };
    // Both are listened to before either answers.
    let (keys, texts) = (answer(Ok(keys)), answer(Ok(texts)));
    let (keys, texts) = (strings(keys.await), strings(texts.await));
    if keys.len() == texts.len() { keys.into_iter().zip(texts).collect() } else { Vec::new() }
}

/// Adds a record.
pub fn append(key: String, text: String, done: impl FnOnce(Result<(), Failure>) + 'static) {
    let act = write().and_then(|act| {
        store(&act, RECORDS)?.put_with_key(&(&text).into(), &(&key).into())?;
        Ok(act)
    });
    spawn_local(async move { done(kept(act, RECORDS, &key, &text).await) });
}

/// Puts a whole text, and in the same step drops the records between two keys, which it makes needless.
pub fn put(
    key: String,
    text: String,
    needless: Option<(String, String)>,
    done: impl FnOnce(Result<(), Failure>) + 'static,
) {
    let act = write().and_then(|act| {
        store(&act, TEXTS)?.put_with_key(&(&text).into(), &(&key).into())?;
        if let Some((from, to)) = needless {
            store(&act, RECORDS)?.delete(&between(&from, &to)?)?;
        }
        Ok(act)
    });
    spawn_local(async move { done(kept(act, TEXTS, &key, &text).await) });
}

/// Removes a whole text and the records between two keys.
pub fn erase(key: &str, records: Option<(String, String)>) {
    let act = write().and_then(|act| {
        store(&act, TEXTS)?.delete(&key.into())?;
        if let Some((from, to)) = records {
            store(&act, RECORDS)?.delete(&between(&from, &to)?)?;
        }
        Ok(act)
    });
    drop(act);
}

/// Removes everything.
pub fn clear() {
    let act = write().and_then(|act| {
        store(&act, TEXTS)?.clear()?;
        store(&act, RECORDS)?.clear()
    });
    drop(act);
}

/// Waits for the end of a write and reads back what it wrote. A browser that closed the database is left behind.
async fn kept(act: Result<IdbTransaction, JsValue>, of: &str, key: &str, text: &str) -> Result<(), Failure> {
    let act = act.map_err(|error| failure(&error))?;
    let ended = Promise::new(&mut |resolve, reject| {
        act.set_oncomplete(Some(&resolve));
        act.set_onabort(Some(&reject));
    });
    if JsFuture::from(ended).await.is_err() {
        return Err(failure(&Reflect::get(&act, &"error".into()).unwrap_or_default()));
    }
    if get(of, key).await.as_deref() == Some(text) { Ok(()) } else { Err(NOT_KEPT) }
}

fn failure(error: &JsValue) -> Failure {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string());
    match name.as_deref() {
        Some("QuotaExceededError") => FULL,
        Some("InvalidStateError" | "AbortError") | None => {
            DATABASE.set(None);
            CLOSED
        }
        Some(_) => REFUSED,
    }
}

async fn get(of: &str, key: &str) -> Option<String> {
    let asked = read().and_then(|act| store(&act, of)?.get(&key.into()));
    answer(asked).await?.as_string()
}

fn read() -> Result<IdbTransaction, JsValue> {
    begin("readonly")
}

fn write() -> Result<IdbTransaction, JsValue> {
    begin("readwrite")
}

/// Through the object, as web-sys keeps the option of durability behind its unstable flag.
fn begin(mode: &str) -> Result<IdbTransaction, JsValue> {
    DATABASE.with_borrow(|database| {
        let database = database.as_ref().ok_or(JsValue::NULL)?;
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let stores = Array::of2(&TEXTS.into(), &RECORDS.into());
        let make: Function = Reflect::get(database, &"transaction".into())?.dyn_into()?;
        make.call3(database, &stores, &mode.into(), &options)?.dyn_into()
    })
}

fn store(act: &IdbTransaction, name: &str) -> Result<IdbObjectStore, JsValue> {
    act.object_store(name)
}

fn between(from: &str, to: &str) -> Result<JsValue, JsValue> {
    IdbKeyRange::bound(&from.into(), &to.into()).map(JsValue::from)
}

/// Listens at once; the answer comes later.
fn answer(asked: Result<IdbRequest, JsValue>) -> impl Future<Output = Option<JsValue>> {
    let listened = asked.ok().map(|request| {
        let answered = Promise::new(&mut |resolve, reject| {
            request.set_onsuccess(Some(&resolve));
            request.set_onerror(Some(&reject));
        });
        (request, answered)
    });
    async move {
        let (request, answered) = listened?;
        JsFuture::from(answered).await.ok()?;
        request.result().ok()
    }
}

fn strings(list: Option<JsValue>) -> Vec<String> {
    let list: Option<Array> = list.and_then(|list| list.dyn_into().ok());
    list.map(|list| list.iter().filter_map(|text| text.as_string()).collect()).unwrap_or_default()
}
