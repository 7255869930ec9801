//! The page: views and adapters over the library. No business rule, no arithmetic.

mod about;
mod adapters;
mod check;
mod copy;
mod drafts;
mod fields;
mod notice;
mod paper;
mod parts;
mod print;
mod route;
mod score;
mod screens;
mod shell;
mod state;
mod tables;
mod transfer;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use adapters::offline;
use drafts::{Found, Keeper};
use notice::Notices;
use route::Route;
use transfer::Arrived;

/// Starts the page: empties its mount point (a page saved by the browser brings one that is full), mounts, and says
/// that it is ready.
pub fn start() {
    console_error_panic_hook::set_once();
    let page = document();
    let (Some(root), Some(app)) = (page.document_element(), page.get_element_by_id("app")) else { return };
    app.set_text_content(None);
    let Ok(app) = app.dyn_into::<web_sys::HtmlElement>() else { return };
    let brought = page
        .get_element_by_id("ziping-report")
        .and_then(|element| element.text_content())
        .filter(|text| !text.trim().is_empty());
    wasm_bindgen_futures::spawn_local(async move {
        let found = drafts::prepare().await;
        leptos::mount::mount_to(app, move || view! { <App brought=brought found=found /> }).forget();
        root.set_attribute("data-ziping", "ready").ok();
    });
}

/// The whole page. `brought` is a report that was laid into it, `found` what the stores had.
#[component]
fn App(brought: Option<String>, found: Found) -> impl IntoView {
    let notices = Notices::new();
    let keeper = Keeper::new(notices, found);
    let arrived = Arrived::new();
    let route = route::follow();
    provide_context(notices);
    provide_context(keeper);
    provide_context(arrived);
    provide_context(screens::Introduced::new());
    let desk = check::Desk::new();
    provide_context(desk);
    Effect::new(move |_| {
        if let Route::Report { doc_id, .. } = route.get() {
            desk.last_report.set(Some(doc_id));
        }
    });
    transfer::init(keeper, notices, arrived);
    parts::focus::keep();
    let update = notice::NewVersion::new();
    provide_context(update);
    if about::meta("ziping-kind") == "hosted" {
        // After the first paint: keeping the page is no hurry.
        set_timeout(move || offline::start(move || update.0.set(true)), std::time::Duration::from_secs(2));
    }
    if let Some(text) = brought {
        transfer::open_text(&text);
    }
    // Pages of one report share its state; another report, or 首页, starts afresh.
    let open = Memo::new(move |_| match route.get() {
        Route::Home | Route::Check => None,
        Route::Report { doc_id, .. } => Some(doc_id),
    });
    let checks = Memo::new(move |_| route.with(|route| *route == Route::Check));
    view! {
        {move || match open.get() {
            None if checks.get() => view! { <screens::Check /> }.into_any(),
            None => view! { <screens::Home /> }.into_any(),
            Some(doc_id) => view! { <screens::Opened doc_id=doc_id route=route /> }.into_any(),
        }}
        <transfer::ArrivedDialog />
        <about::About />
    }
}
