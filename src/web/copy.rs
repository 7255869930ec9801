//! A copy of the program with the open report in it, made of the page itself: nothing is fetched.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;
use ziping::domain::report::html::escape_json;

/// Elements of the page as it was packed; what else stands in the body was put there while it ran.
const PACKED: &[&str] = &["app", "ziping-old", "ziping-wait", "ziping-stopped", "ziping-wasm"];

/// The text of this page as it was packed, as a copy to save, with a report laid into it.
pub fn with_report(json: &str) -> Option<String> {
    let root: Element = document().document_element()?.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
    root.remove_attribute("data-ziping").ok()?;
    let body = find(&root, "body")?;
    let children = body.children();
    for child in (0..children.length()).rev().filter_map(|at| children.item(at)) {
        let kept = PACKED.contains(&child.id().as_str())
            || matches!(child.tag_name().as_str(), "SCRIPT" | "NOSCRIPT");
        if !kept {
            child.remove();
        }
    }
    find(&root, "#app")?.set_text_content(None);
    for added in ["head > style[media]", "link[rel=manifest]"] {
        if let Some(added) = find(&root, added) {
            added.remove();
        }
    }
    find(&root, "title")?.set_text_content(Some("自评通 — 部门整体支出绩效自评"));
    find(&root, "meta[name=ziping-kind]")?.set_attribute("content", "copy").ok()?;
    let policy = find(&root, "meta[http-equiv=Content-Security-Policy]")?;
    let words = policy.get_attribute("content")?;
    // What only the hosted page may: beside a copy there is no manifest and no worker.
    let allowed =
        words.split("; ").filter(|one| !one.starts_with("manifest-src") && !one.starts_with("worker-src"));
    policy
        .set_attribute(
            "content",
            &allowed.collect::<Vec<_>>().join("; ").replace("img-src 'self' ", "img-src "),
        )
        .ok()?;
    find(&root, "#ziping-report")?.set_text_content(Some(&escape_json(json)));
    Some(format!("<!DOCTYPE html>\n{}\n", root.outer_html()))
}

fn find(root: &Element, what: &str) -> Option<Element> {
    root.query_selector(what).ok().flatten()
}
