//! Addresses: everything after `#`. Paths are never touched, as a page on `file://` may not.

use std::fmt;
use std::str::FromStr;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// What the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// 首页.
    Home,
    /// 数字体检.
    Check,
    /// A view of a report.
    Report {
        /// The report.
        doc_id: String,
        /// Which view.
        view: View,
    },
}

/// A view of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum View {
    /// A page of 填报.
    Page(String),
    /// 自评表.
    Score,
    /// 校验.
    Findings,
    /// 预览与导出.
    Preview,
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Route::Home => f.write_str("#/"),
            Route::Check => f.write_str("#/check"),
            Route::Report { doc_id, view } => {
                let view = match view {
                    View::Page(page) => page,
                    View::Score => "score",
                    View::Findings => "findings",
                    View::Preview => "preview",
                };
                write!(f, "#/report/{doc_id}/{view}")
            }
        }
    }
}

impl FromStr for Route {
    type Err = std::convert::Infallible;

    /// Any address leads somewhere: one that says nothing leads home.
    fn from_str(hash: &str) -> Result<Self, Self::Err> {
        let mut parts = hash.trim_start_matches('#').split('/').filter(|part| !part.is_empty());
        Ok(match (parts.next(), parts.next(), parts.next()) {
            (Some("report"), Some(doc_id), view) => Route::Report {
                doc_id: doc_id.to_owned(),
                view: match view {
                    Some("score") => View::Score,
                    Some("findings") => View::Findings,
                    Some("preview") => View::Preview,
                    Some(page) => View::Page(page.to_owned()),
                    None => View::Page("basics".to_owned()),
                },
            },
            (Some("check"), None, None) => Route::Check,
            _ => Route::Home,
        })
    }
}

/// The present address as a signal. Links within the report's paper (`#src-…`) do not change it.
pub fn follow() -> RwSignal<Route> {
    let route = RwSignal::new(current().unwrap_or(Route::Home));
    let changed = Closure::<dyn Fn()>::new(move || {
        if let Some(next) = current()
            && route.get_untracked() != next
        {
            route.set(next);
        }
    });
    if let Some(window) = web_sys::window() {
        window.add_event_listener_with_callback("hashchange", changed.as_ref().unchecked_ref()).ok();
    }
    // Lives as long as the page.
    changed.forget();
    route
}

/// Goes to an address.
pub fn go(route: &Route) {
    if let Some(window) = web_sys::window() {
        window.location().set_hash(&route.to_string()).ok();
    }
}

fn current() -> Option<Route> {
    let hash = web_sys::window()?.location().hash().ok()?;
    (hash.is_empty() || hash.starts_with("#/")).then(|| hash.parse().ok())?
}
