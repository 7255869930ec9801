//! What each layer must not know, and that every file says what it is.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

use std::fs;
use std::path::{Path, PathBuf};

/// Rust files below a folder of the crate.
fn files(folder: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ext| ext == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    assert!(!found.is_empty(), "{folder}");
    found
}

/// Words of the code with its line numbers, without comments.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")).flat_map(
        |(at, line)| line.split(|c: char| !c.is_alphanumeric() && c != '_').map(move |word| (at + 1, word)),
    )
}

#[test]
fn domain_and_app_know_no_browser() {
    const BROWSER: &[&str] =
        &["leptos", "web_sys", "js_sys", "wasm_bindgen", "gloo", "gloo_storage", "console_error_panic_hook"];
    for (path, text) in files("src/domain").into_iter().chain(files("src/app")) {
        for (line, word) in words(&text) {
            assert!(!BROWSER.contains(&word), "{}:{line} names {word}", path.display());
        }
    }
}

#[test]
fn domain_knows_neither_use_cases_nor_views_nor_the_outside_world() {
    for (path, text) in files("src/domain") {
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for outside in ["::app", "::web", "std::fs", "std::net", "std::env", "SystemTime", "Instant"] {
                assert!(!line.contains(outside), "{}:{} names {outside}", path.display(), at + 1);
            }
        }
    }
    for (path, text) in files("src/app") {
        for (at, line) in text.lines().enumerate() {
            assert!(!line.contains("crate::web"), "{}:{} names the views", path.display(), at + 1);
        }
    }
}

#[test]
fn only_adapters_touch_the_window() {
    for (path, text) in files("src/web") {
        if path.components().any(|part| part.as_os_str() == "adapters") {
            continue;
        }
        for (line, word) in words(&text) {
            assert!(word != "gloo_storage", "{}:{line} names {word}", path.display());
        }
    }
}

#[test]
fn every_file_says_in_its_first_lines_what_it_is() {
    for folder in ["src", "tests", "examples"] {
        for (path, text) in files(folder) {
            // Dependencies of the browser tests are not ours.
            if path.components().any(|part| part.as_os_str() == "node_modules") {
                continue;
            }
            let head = text.lines().next().unwrap_or("");
            assert!(head.starts_with("//! ") && head.len() > 12, "{}: {head}", path.display());
        }
    }
}
