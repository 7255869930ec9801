//! The page: views and adapters over the library. No business rule, no arithmetic.

mod adapters;
mod state;

use leptos::prelude::*;

/// Starts the page.
pub fn start() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(|| view! { <p>"自评通"</p> });
}
