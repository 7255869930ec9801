//! The editor of the focused cell. It is built by hand and never rebuilt while an input method is at work in it.
//!
//! Must not know events: they are heard on the frame.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use ziping::domain::cell::{Cell, Raw};
use ziping::domain::record::Kind;
use ziping::domain::reference;

use super::paint::{CellOf, name_of};
use super::sheet::{Mode, Spot};

/// What the focused cell is edited with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Editor {
    Line,
    /// Over the rows below.
    Long,
    /// As high as its row, which keeps its height.
    Wrapped,
    Choice,
}

/// Longer texts are edited over several lines.
pub const ONE_LINE: usize = 12;

/// The editor that fits a cell with this text; none for cells that nobody types in.
pub fn choose(of: &CellOf, text: &str, editing: bool) -> Option<Editor> {
    let spot = Spot { line: of.line.clone(), column: of.column };
    let (_, def) = of.sheet.place(&spot)?;
    let caret = editing && of.sheet.mode.get_untracked() == Mode::Editing;
    Some(match def.kind {
        Kind::Choice | Kind::Reference => Editor::Choice,
        Kind::Text if of.sheet.wraps.get_untracked() => Editor::Wrapped,
        Kind::Text if caret && text.chars().count() > ONE_LINE => Editor::Long,
        _ => Editor::Line,
    })
}

/// Puts an editor into the cell and, once the cell is in the page, the focus into it.
pub fn build(element: &Element, of: &CellOf, editor: Editor, caret: bool) {
    if editor == Editor::Wrapped {
        keep_height(element, Some(element.get_bounding_client_rect().height()));
    }
    element.set_text_content(None);
    let (tag, class) = match editor {
        Editor::Line => ("input", "cell__input"),
        Editor::Long => ("textarea", "cell__input cell__input--long"),
        Editor::Wrapped => ("textarea", "cell__input"),
        Editor::Choice => ("select", "cell__input"),
    };
    let Some(input) = append(element, tag, class, "") else { return };
    input.set_attribute("aria-label", &name_of(of)).ok();
    input.set_attribute("autocomplete", "off").ok();
    if of.col.is_numeric() {
        input.set_attribute("inputmode", "decimal").ok();
    }
    fill(element, of);
    let element = element.clone();
    queue_microtask(move || {
        if element.has_attribute("data-focus") {
            focus(&element);
            if caret {
                caret_to_end(&element);
            }
        }
    });
}

/// An editor takes no room of its own; without this the row would shrink under it.
pub fn keep_height(element: &Element, height: Option<f64>) {
    let Some(cell) = element.dyn_ref::<HtmlElement>() else { return };
    match height {
        Some(height) => cell.style().set_property("height", &format!("{height}px")).ok(),
        None => cell.style().remove_property("height").ok().map(|_| ()),
    };
}

/// Shows the stored cell in the editor, all of it selected.
pub fn fill(element: &Element, of: &CellOf) {
    let spot = Spot { line: of.line.clone(), column: of.column };
    let Some((_, def)) = of.sheet.place(&spot) else { return };
    let raw = of.sheet.raw(&spot);
    let money = of.sheet.report.money.get_untracked();
    let words = of.sheet.report.document.with_untracked(|now| reference::edit_text(now, def, &raw, money));
    let Ok(Some(input)) = element.query_selector(".cell__input") else { return };
    if let Some(select) = input.dyn_ref::<HtmlSelectElement>() {
        let offered = of.sheet.report.document.with_untracked(|now| reference::options(now, def));
        options(select, &words, &offered, &raw);
    } else if let Some(line) = input.dyn_ref::<HtmlInputElement>() {
        if line.value() != words {
            line.set_value(&words);
        }
        line.select();
    } else if let Some(long) = input.dyn_ref::<HtmlTextAreaElement>() {
        if long.value() != words {
            long.set_value(&words);
        }
        long.select();
    }
}

fn options(select: &HtmlSelectElement, words: &str, offered: &[(String, String)], raw: &Raw) {
    select.set_text_content(None);
    let present = match raw {
        Cell::Value(key) if offered.iter().any(|(known, _)| known == key) => None,
        Cell::Blank => None,
        Cell::Nil | Cell::Unread(_) | Cell::Value(_) => Some(words),
    };
    let labels = offered.iter().map(|(_, label)| label.as_str());
    for label in std::iter::once("").chain(present).chain(labels) {
        if let Some(option) = append(select, "option", "", if label.is_empty() { "未填" } else { label }) {
            option.set_attribute("value", label).ok();
        }
    }
    select.set_value(words);
}

/// Says beside the editor what cannot be read and what was found.
pub fn describe(element: &Element, why: Option<&str>, findings: &str) {
    let Ok(Some(input)) = element.query_selector(".cell__input") else { return };
    if let Ok(Some(old)) = element.query_selector(".visually-hidden") {
        old.remove();
    }
    set(&input, "aria-invalid", why.map(|_| "true"));
    let words: Vec<&str> = why.into_iter().chain([findings]).filter(|words| !words.is_empty()).collect();
    if words.is_empty() {
        input.remove_attribute("aria-describedby").ok();
    } else if let Some(span) = append(element, "span", "visually-hidden", &words.join("；")) {
        span.set_id("cell-note");
        input.set_attribute("aria-describedby", "cell-note").ok();
    }
}

/// Moves the focus into a cell: into its editor with all text selected, or onto the cell itself.
pub fn focus(cell: &Element) {
    let input = cell.query_selector(".cell__input").ok().flatten();
    let wanted = input.unwrap_or_else(|| cell.clone());
    if document().active_element().as_ref() == Some(&wanted) {
        return;
    }
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    if let Some(wanted) = wanted.dyn_ref::<HtmlElement>() {
        wanted.focus_with_options(&options).ok();
    }
    if cell.has_attribute("data-editing") {
        return;
    }
    if let Some(line) = wanted.dyn_ref::<HtmlInputElement>() {
        line.select();
    } else if let Some(long) = wanted.dyn_ref::<HtmlTextAreaElement>() {
        long.select();
    }
}

/// Puts the caret behind the last letter.
pub fn caret_to_end(cell: &Element) {
    let Ok(Some(input)) = cell.query_selector(".cell__input") else { return };
    let end = u32::MAX;
    if let Some(line) = input.dyn_ref::<HtmlInputElement>() {
        line.set_selection_range(end, end).ok();
    } else if let Some(long) = input.dyn_ref::<HtmlTextAreaElement>() {
        long.set_selection_range(end, end).ok();
    }
}

/// Puts an element with some words at the end of another.
pub fn append(element: &Element, tag: &str, class: &str, words: &str) -> Option<Element> {
    let child = document().create_element(tag).ok()?;
    if !class.is_empty() {
        child.set_class_name(class);
    }
    child.set_text_content(Some(words));
    element.append_child(&child).ok()?;
    Some(child)
}

/// Sets an attribute, or takes it away.
pub fn set(element: &Element, name: &str, value: Option<&str>) {
    match value {
        Some(value) if element.get_attribute(name).as_deref() != Some(value) => {
            element.set_attribute(name, value).ok();
        }
        None => {
            element.remove_attribute(name).ok();
        }
        Some(_) => {}
    }
}
