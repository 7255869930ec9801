//! The page. Built for wasm by Trunk; a native build only says so.

#[cfg(target_arch = "wasm32")]
fn main() {
    use leptos::prelude::*;
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(|| view! { <p>"自评通"</p> });
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("The page is built with `make run` or `make build`; natively there is nothing to start.");
}
