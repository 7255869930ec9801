//! The text with its figures marked: one element a mark, made by ranges, so that a long text stays quick.

use std::ops::Range;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use ziping::domain::checks::Severity;
use ziping::domain::lint::{Claim, Report};

use super::{Checked, mark, word};

/// What a run of characters belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Nothing.
    Words,
    /// The weightiest of the claims that name it.
    Claim(usize),
    /// A quantity that no claim names.
    Unchecked,
}

/// A run of characters with one owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Characters of the text.
    pub range: Range<usize>,
    /// Whose they are.
    pub owner: Owner,
}

/// Cuts the text at the borders of all places.
pub fn pieces(length: usize, report: &Report) -> Vec<Piece> {
    let mut owners = vec![Owner::Words; length];
    let mut own = |range: &Range<usize>, owner: Owner| {
        owners.iter_mut().take(range.end).skip(range.start).for_each(|slot| *slot = owner);
    };
    report.unchecked.iter().for_each(|place| own(&place.range, Owner::Unchecked));
    // The least weighty first, so that the weightiest has the last word.
    let mut order: Vec<(usize, &Claim)> = report.claims.iter().enumerate().collect();
    order.sort_by_key(|(_, claim)| std::cmp::Reverse(weight(claim)));
    for (at, claim) in order {
        claim.places.iter().for_each(|place| own(&place.range, Owner::Claim(at)));
        if claim.places.is_empty() {
            own(&claim.range, Owner::Claim(at));
        }
    }
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, owner) in owners.into_iter().enumerate() {
        match pieces.last_mut() {
            Some(last) if last.owner == owner => last.range.end = at + 1,
            _ => pieces.push(Piece { range: at..at + 1, owner }),
        }
    }
    pieces
}

fn weight(claim: &Claim) -> u8 {
    match claim.severity {
        Some(Severity::Error) => 0,
        Some(Severity::Warning) => 1,
        Some(Severity::Hint) if claim.fails() => 2,
        Some(Severity::Hint) => 3,
        None => 4,
    }
}

/// Fills a container with the text. Only the first mark is in the order of Tab; arrows lead on.
pub fn fill(container: &Element, checked: &Checked) -> Option<()> {
    container.set_text_content(None);
    let page = document();
    let pieces = page.create_document_fragment();
    let mut first = true;
    for (at, piece) in checked.pieces.iter().enumerate() {
        let words: String = checked.chars.get(piece.range.clone()).unwrap_or(&[]).iter().collect();
        if piece.owner == Owner::Words {
            pieces.append_child(&page.create_text_node(&words)).ok()?;
            continue;
        }
        let element = page.create_element("mark").ok()?;
        element.set_class_name("lint-mark");
        element.set_id(&format!("mark-{at}"));
        element.set_attribute("tabindex", "-1").ok()?;
        if let Owner::Claim(claim) = piece.owner {
            let found = checked.report.claims.get(claim)?;
            element.set_attribute("data-mark", mark(found)).ok()?;
            element.set_attribute("data-claim", &claim.to_string()).ok()?;
            element.set_attribute("role", "button").ok()?;
            let label = format!("{words}，{}：{}", word(found), found.message);
            element.set_attribute("aria-label", &label).ok()?;
            element.set_attribute("title", &format!("{}：{}", word(found), found.message)).ok()?;
            if first {
                element.set_attribute("tabindex", "0").ok()?;
                first = false;
            }
        } else {
            element.set_attribute("data-mark", "none").ok()?;
        }
        element.set_text_content(Some(&words));
        pieces.append_child(&element).ok()?;
    }
    container.append_child(&pieces).ok()?;
    Some(())
}

/// The claim of a mark that an event came from.
pub fn claim_of(target: Option<web_sys::EventTarget>) -> Option<usize> {
    let element: Element = target?.dyn_into().ok()?;
    element.closest("mark[data-claim]").ok()??.get_attribute("data-claim")?.parse().ok()
}

/// The next mark of a claim before or after the one with the focus.
pub fn step(from: Option<web_sys::EventTarget>, forward: bool) -> Option<()> {
    let element: Element = from?.dyn_into().ok()?;
    let mut next = if forward { element.next_element_sibling() } else { element.previous_element_sibling() };
    while let Some(found) = next {
        if found.has_attribute("data-claim") {
            return focus(&found);
        }
        next = if forward { found.next_element_sibling() } else { found.previous_element_sibling() };
    }
    None
}

/// Brings the mark at a character into view and gives it the focus.
pub fn show(checked: &Checked, at: usize) -> Option<()> {
    let index = checked.pieces.partition_point(|piece| piece.range.end <= at);
    focus(&document().get_element_by_id(&format!("mark-{index}"))?)
}

/// Lights the places of a claim, and no others.
pub fn light(checked: &Checked, claim: Option<usize>) {
    let Ok(lit) = document().query_selector_all("mark[aria-current]") else { return };
    for element in (0..lit.length()).filter_map(|at| lit.item(at)?.dyn_into::<Element>().ok()) {
        element.remove_attribute("aria-current").ok();
    }
    let Some(claim) = claim.and_then(|at| checked.report.claims.get(at)) else { return };
    for place in &claim.places {
        let index = checked.pieces.partition_point(|piece| piece.range.end <= place.range.start);
        if let Some(element) = document().get_element_by_id(&format!("mark-{index}")) {
            element.set_attribute("aria-current", "true").ok();
        }
    }
}

/// Scrolls an element to the middle and focuses it.
pub fn focus(element: &Element) -> Option<()> {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Center);
    element.scroll_into_view_with_scroll_into_view_options(&options);
    element.dyn_ref::<HtmlElement>()?.focus().ok()
}
