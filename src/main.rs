//! The page. Built for wasm by Trunk; a native build only says so.

#[cfg(target_arch = "wasm32")]
mod web;

#[cfg(target_arch = "wasm32")]
fn main() {
    web::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    println!("The page is built with `make run` or `make build`; natively there is nothing to start.");
}
