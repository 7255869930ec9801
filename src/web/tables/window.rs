//! Which rows of a long table are mounted: those in view, and the active one wherever it is.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use ziping::app::grid::{Line, Lines};

use super::sheet::Spot;

/// Tables with more lines than this mount only those in view.
const LONG: usize = 60;
/// Lines that are mounted above and below those in view.
const SPARE: usize = 8;
/// Height of a line until one was measured.
const ROW: f64 = 34.0;

/// A piece of the body: a mounted line, or the room of those that are not.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Piece {
    Line(Line),
    /// One of three gaps: above, between, below.
    Gap(usize),
}

/// What is mounted, in order, and how many lines each gap stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    pub pieces: Vec<Piece>,
    pub gaps: [usize; 3],
}

/// The part of a table that is in view.
#[derive(Clone, Copy)]
pub struct Window {
    lines: Memo<Arc<Lines>>,
    active: RwSignal<Spot>,
    scroller: NodeRef<html::Div>,
    top: RwSignal<f64>,
    height: RwSignal<f64>,
    pub row: RwSignal<f64>,
    pub is_long: Memo<bool>,
    pub layout: Memo<Layout>,
}

impl Window {
    pub fn new(lines: Memo<Arc<Lines>>, active: RwSignal<Spot>, scroller: NodeRef<html::Div>) -> Self {
        let top = RwSignal::new(0.0);
        let height = RwSignal::new(544.0);
        let row = RwSignal::new(ROW);
        let is_long = Memo::new(move |_| lines.with(|lines| lines.body > LONG));
        let range = Memo::new(move |_| {
            let body = lines.with(|lines| lines.body);
            if !is_long.get() {
                return (0, body);
            }
            let row = row.get().max(1.0);
            let first = (top.get() / row) as usize;
            let count = (height.get() / row) as usize + 2;
            // In steps, so that scrolling by a line does not mount one each time.
            let start = first.saturating_sub(SPARE) / 4 * 4;
            (start.min(body), (first + count + SPARE).min(body))
        });
        let layout = Memo::new(move |_| {
            let (start, end) = range.get();
            lines.with(|lines| {
                let held = active.with(|active| lines.position(&active.line));
                layout(lines, start, end, held.filter(|at| *at < lines.body))
            })
        });
        Window { lines, active, scroller, top, height, row, is_long, layout }
    }

    /// The frame was scrolled or resized.
    pub fn measure(&self) {
        let Some(frame) = self.scroller.try_get_untracked().flatten() else { return };
        let (top, height) = (f64::from(frame.scroll_top()), f64::from(frame.client_height()));
        if (self.top.get_untracked() - top).abs() > 0.5 {
            self.top.set(top);
        }
        if (self.height.get_untracked() - height).abs() > 0.5 {
            self.height.set(height);
        }
        if let Ok(Some(line)) = frame.query_selector("tbody > tr[data-line]") {
            let row = line.get_bounding_client_rect().height();
            if row > 1.0 && (self.row.get_untracked() - row).abs() > 0.1 {
                self.row.set(row);
            }
        }
    }

    /// Stays where the user scrolled to: for a moment, while rows come and go, the table is shorter.
    pub fn keep_place(&self) {
        let Some(frame) = self.scroller.try_get_untracked().flatten() else { return };
        let top = self.top.get_untracked();
        if self.is_long.get_untracked() && (f64::from(frame.scroll_top()) - top).abs() > 1.0 {
            frame.set_scroll_top(top as i32);
        }
    }

    /// Lines that fit into view at once.
    pub fn page(&self) -> usize {
        if !self.is_long.get_untracked() {
            return 10;
        }
        let Some(frame) = self.scroller.get_untracked() else { return 10 };
        ((inner_height(&frame) / self.row.get_untracked().max(1.0)) as usize).saturating_sub(1).max(1)
    }

    /// Scrolls so that the active line is in view, before it is mounted there.
    pub fn reveal(&self) {
        self.reveal_line(&self.active.get_untracked().line);
    }

    /// Scrolls so that a line is in view.
    pub fn reveal_line(&self, line: &Line) {
        if !self.is_long.get_untracked() {
            return;
        }
        let position = self.lines.with_untracked(|lines| lines.position(line).filter(|at| *at < lines.body));
        let (Some(frame), Some(position)) = (self.scroller.get_untracked(), position) else { return };
        let row = self.row.get_untracked();
        let (top, inner) = (position as f64 * row, inner_height(&frame));
        let now = f64::from(frame.scroll_top());
        let wanted = if top < now {
            top
        } else if top + row > now + inner {
            top + row - inner
        } else {
            return;
        };
        frame.set_scroll_top(wanted.ceil() as i32);
        self.measure();
    }

    /// Scrolls sideways, so that the columns that stay in sight do not cover the cell, and the page to the cell.
    pub fn reveal_cell(&self, cell: &web_sys::Element) {
        let Some(frame) = self.scroller.get_untracked() else { return };
        let sticky = cell.class_list().contains("grid__name");
        if !sticky {
            let (outer, inner) = (frame.get_bounding_client_rect(), cell.get_bounding_client_rect());
            let kept = frame
                .query_selector("thead .grid__name")
                .ok()
                .flatten()
                .map_or(outer.left(), |head| head.get_bounding_client_rect().right());
            let right = outer.left() + f64::from(frame.client_width());
            let by = if inner.left() < kept {
                inner.left() - kept
            } else if inner.right() > right {
                (inner.right() - right).min(inner.left() - kept)
            } else {
                0.0
            };
            if by.abs() > 0.5 {
                frame.set_scroll_left(frame.scroll_left() + by.round() as i32);
            }
        }
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        options.set_inline(web_sys::ScrollLogicalPosition::Nearest);
        cell.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Height of the part of the frame that head and foot leave free.
fn inner_height(frame: &web_sys::HtmlElement) -> f64 {
    let height = |selector: &str| {
        let part = frame.query_selector(selector).ok().flatten();
        part.map_or(0.0, |part| part.get_bounding_client_rect().height())
    };
    f64::from(frame.client_height()) - height("thead") - height("tfoot")
}

/// Lines `start..end` and the held one, with gaps for all others.
fn layout(lines: &Lines, start: usize, end: usize, held: Option<usize>) -> Layout {
    let mut mounted: Vec<(usize, usize)> = vec![(start, end)];
    match held {
        Some(at) if at < start => mounted.insert(0, (at, at + 1)),
        Some(at) if at >= end => mounted.push((at, at + 1)),
        _ => {}
    }
    let mut layout = Layout::default();
    let mut next = 0;
    for (gap, (from, to)) in mounted.into_iter().chain([(lines.body, lines.body)]).enumerate() {
        if let Some(size) = layout.gaps.get_mut(gap).filter(|_| from > next) {
            *size = from - next;
            layout.pieces.push(Piece::Gap(gap));
        }
        layout.pieces.extend((from..to).filter_map(|at| lines.all.get(at).cloned().map(Piece::Line)));
        next = to.max(next);
    }
    layout
}
