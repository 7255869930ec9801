//! One writer per draft among the tabs of this browser: a Web Lock where there are any, else a question put to the
//! other tabs. What the stored draft itself says (its epoch) is checked besides, at every save.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// How long other tabs have to answer where there are no locks, in milliseconds.
const ANSWER_MS: u64 = 200;

/// This tab's claim to write a draft; dropping it lets go.
pub struct Claim {
    release: Rc<RefCell<Option<Function>>>,
    channel: Option<BroadcastChannel>,
    _listener: Option<Closure<dyn Fn(MessageEvent)>>,
}

impl Drop for Claim {
    fn drop(&mut self) {
        if let Some(release) = self.release.borrow_mut().take() {
            release.call0(&JsValue::NULL).ok();
        }
        if let Some(channel) = &self.channel {
            channel.set_onmessage(None);
            channel.close();
        }
    }
}

/// Asks to write a draft. `answer` says whether this tab may, and again with `false` when another tab takes over.
/// With `take_over` the other tab loses it.
pub fn claim(doc_id: &str, take_over: bool, answer: impl Fn(bool) + Clone + 'static) -> Claim {
    let name = format!("cn.ziping/draft/{doc_id}");
    match locks() {
        Some(locks) => with_lock(&locks, &name, take_over, answer),
        None => with_channel(&name, take_over, answer),
    }
}

fn locks() -> Option<JsValue> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    locks.is_object().then_some(locks)
}

fn with_lock(locks: &JsValue, name: &str, take_over: bool, answer: impl Fn(bool) + Clone + 'static) -> Claim {
    let release: Rc<RefCell<Option<Function>>> = Rc::default();
    let kept = release.clone();
    let granted = answer.clone();
    // The lock is held until the promise that the callback returns is settled.
    let callback = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        if lock.is_null() || lock.is_undefined() {
            granted(false);
            return JsValue::UNDEFINED;
        }
        granted(true);
        Promise::new(&mut |resolve, _| {
            kept.borrow_mut().replace(resolve);
        })
        .into()
    });
    let options = Object::new();
    let wish = if take_over { "steal" } else { "ifAvailable" };
    Reflect::set(&options, &wish.into(), &JsValue::TRUE).ok();
    let request = Reflect::get(locks, &"request".into()).ok().and_then(|f| f.dyn_into::<Function>().ok());
    if let Some(promise) = request
        .and_then(|request| request.call3(locks, &name.into(), &options, &callback).ok())
        .and_then(|promise| promise.dyn_into::<Promise>().ok())
    {
        // Rejected when another tab steals the lock.
        let lost = Closure::once(move |_: JsValue| answer(false));
        drop(promise.catch(&lost));
        // Called at most once, at an unknown time.
        lost.forget();
    }
    Claim { release, channel: None, _listener: None }
}

/// Without locks (plain http on an intranet): whoever writes answers those who ask.
fn with_channel(name: &str, take_over: bool, answer: impl Fn(bool) + Clone + 'static) -> Claim {
    let Ok(channel) = BroadcastChannel::new(name) else {
        answer(true);
        return Claim { release: Rc::default(), channel: None, _listener: None };
    };
    let writes = Rc::new(Cell::new(take_over));
    let refused = Rc::new(Cell::new(false));
    let listener = {
        let (writes, refused, channel, answer) =
            (writes.clone(), refused.clone(), channel.clone(), answer.clone());
        Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            match event.data().as_string().as_deref() {
                Some("who") if writes.get() => {
                    channel.post_message(&"held".into()).ok();
                }
                Some("held") => refused.set(true),
                Some("take") if writes.get() => {
                    writes.set(false);
                    answer(false);
                }
                _ => {}
            }
        })
    };
    channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    if take_over {
        channel.post_message(&"take".into()).ok();
        answer(true);
    } else {
        channel.post_message(&"who".into()).ok();
        set_timeout(
            move || {
                let free = !refused.get();
                writes.set(free);
                answer(free);
            },
            std::time::Duration::from_millis(ANSWER_MS),
        );
    }
    Claim { release: Rc::default(), channel: Some(channel), _listener: Some(listener) }
}

/// A word between the tabs that show the same report: that what is stored of it has changed.
pub struct News {
    channel: BroadcastChannel,
    _listener: Closure<dyn Fn()>,
}

impl News {
    /// Calls `heard` whenever another tab tells; `None` where the browser has no such channels.
    pub fn of(doc_id: &str, heard: impl Fn() + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(&format!("cn.ziping/news/{doc_id}")).ok()?;
        let listener = Closure::<dyn Fn()>::new(heard);
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        Some(News { channel, _listener: listener })
    }

    /// Tells the other tabs.
    pub fn tell(&self) {
        self.channel.post_message(&"stored".into()).ok();
    }
}

impl Drop for News {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
    }
}
