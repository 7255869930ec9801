//! One open report with its history. The only place that changes a document.
//!
//! Knows versions, undo and the joining of keystrokes into one step. Must not know a clock: the time comes in with
//! each edit.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::domain::document::Document;
use crate::domain::edit::Edit;
use crate::domain::place::Place;
use crate::domain::reference;

/// Steps that undo can go back.
pub const DEPTH: usize = 200;

/// Edits of one place join into one step while the pause between them is shorter than this.
pub const JOIN_MS: u64 = 1_000;

#[derive(Clone, Debug)]
struct Step {
    /// The version on the other side of the step.
    document: Arc<Document>,
    /// Where it happened, to which undo and redo lead.
    place: Option<Place>,
}

/// What the next edit may join into one step with.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Joining {
    /// An edit of this place at this time.
    Place(Place, u64),
    /// What was typed into this field of the scoring template, which is one value to the document.
    Template(String),
}

/// An open report: its present version and the versions before and after it.
#[derive(Clone, Debug)]
pub struct Session {
    document: Arc<Document>,
    past: VecDeque<Step>,
    future: Vec<Step>,
    joining: Option<Joining>,
    rev: u64,
}

impl Session {
    /// Opens a report at a revision of its draft.
    pub fn new(document: Document, rev: u64) -> Self {
        Session {
            document: Arc::new(document),
            past: VecDeque::new(),
            future: Vec::new(),
            joining: None,
            rev,
        }
    }

    /// The present version.
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// Counts up with every change, undo and redo included.
    pub fn rev(&self) -> u64 {
        self.rev
    }

    /// Applies an edit at a time (milliseconds of any clock that does not run backwards). Returns whether anything
    /// changed; an edit that changes nothing makes no step.
    pub fn edit(&mut self, edit: &Edit, now_ms: u64) -> bool {
        let (joins, joining) = match (edit, &self.joining) {
            (Edit::Set { place, .. }, Some(Joining::Place(last, at))) => (
                place == last && now_ms.saturating_sub(*at) < JOIN_MS,
                Some(Joining::Place(place.clone(), now_ms)),
            ),
            (Edit::Set { place, .. }, _) => (false, Some(Joining::Place(place.clone(), now_ms))),
            _ => (false, None),
        };
        self.apply(edit, joins, joining)
    }

    /// Applies an edit of the scoring template that comes from typing into one of its fields: one step until the field
    /// is left.
    pub fn edit_template(&mut self, edit: &Edit, field: &str) -> bool {
        let joining = Joining::Template(field.to_owned());
        self.apply(edit, self.joining.as_ref() == Some(&joining), Some(joining))
    }

    fn apply(&mut self, edit: &Edit, joins: bool, joining: Option<Joining>) -> bool {
        let mut next = Document::clone(&self.document);
        next.apply(edit);
        // A name that is being typed is none yet.
        if !matches!(edit, Edit::Set { .. }) {
            reference::link(&mut next);
        }
        if next == *self.document {
            return false;
        }
        if !joins || self.past.is_empty() {
            self.past.push_back(Step { document: self.document.clone(), place: edit.place() });
            if self.past.len() > DEPTH {
                self.past.pop_front();
            }
        }
        self.joining = joining;
        self.future.clear();
        self.rev += 1;
        // Typing that ends where it began (Esc, or the old figure typed again) leaves no step behind.
        if self.joining.is_some() && self.past.back().is_some_and(|step| *step.document == next) {
            self.past.pop_back();
            self.joining = None;
        }
        self.document = Arc::new(next);
        true
    }

    /// The focus left its field: what is typed next is a step of its own. Returns whether what was typed names a row
    /// for which other cells were waiting, so that they changed with it.
    pub fn leave(&mut self) -> bool {
        if self.joining.take().is_none() {
            return false;
        }
        let mut next = Document::clone(&self.document);
        reference::link(&mut next);
        let changed = next != *self.document;
        if changed {
            self.rev += 1;
            self.document = Arc::new(next);
        }
        changed
    }

    /// Whether there is a step to undo.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is a step to redo.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Goes one step back. Returns `None` where there is none, else the place of the step.
    pub fn undo(&mut self) -> Option<Option<Place>> {
        let step = self.past.pop_back()?;
        let place = step.place.clone();
        let left = std::mem::replace(&mut self.document, step.document);
        self.future.push(Step { document: left, place: step.place });
        self.joining = None;
        self.rev += 1;
        Some(place)
    }

    /// Goes one step forward again. Returns `None` where there is none, else the place of the step.
    pub fn redo(&mut self) -> Option<Option<Place>> {
        let step = self.future.pop()?;
        let place = step.place.clone();
        let left = std::mem::replace(&mut self.document, step.document);
        self.past.push_back(Step { document: left, place: step.place });
        self.joining = None;
        self.rev += 1;
        Some(place)
    }
}
