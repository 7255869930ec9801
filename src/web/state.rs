//! The open report as signals: one session, and what is derived from it.
//!
//! Views read memos and send edits; no view computes or stores a figure.

use std::ops::Range;
use std::sync::Arc;

use leptos::prelude::*;
use ziping::app::progress;
use ziping::app::review::Prose;
use ziping::app::session::Session;
use ziping::domain::amount::MoneyUnit;
use ziping::domain::assess::{self, Assessment};
use ziping::domain::checks::{Review, Severity};
use ziping::domain::document::Document;
use ziping::domain::edit::Edit;
use ziping::domain::facts::label::Target;
use ziping::domain::place::Place;

use super::adapters::clock;

/// The open report. Copies share the same signals; lives as long as the report is open.
#[derive(Clone, Copy)]
pub struct Report {
    session: RwSignal<Session>,
    /// The present version.
    pub document: Memo<Arc<Document>>,
    /// Facts and checks of the present version.
    pub assessment: Memo<Arc<Assessment>>,
    /// Findings as they are shown: those of the moment before, while a cell is being typed.
    pub findings: Memo<Arc<Assessment>>,
    /// How many required fields are not filled in.
    pub missing: Memo<usize>,
    /// What the last review of the prose found.
    pub prose: RwSignal<Arc<Prose>>,
    /// Whether the report has changed since that review.
    pub prose_behind: RwSignal<bool>,
    /// Characters of a narrative to be selected once it has the focus; whoever selects them sets it back to `None`.
    pub select: RwSignal<Option<(&'static str, Range<usize>)>>,
    /// What has the focus, for the inspector.
    pub focus: RwSignal<Option<Target>>,
    /// A place or figure that should be shown and focused; whoever shows it sets it back to `None`.
    pub jump: RwSignal<Option<Target>>,
    /// The unit in which tables show and take money.
    pub money: RwSignal<MoneyUnit>,
    /// A cell is being typed: figures follow, findings wait.
    pub typing: RwSignal<bool>,
    /// Counts undo and redo: a field that is being typed takes its text from the document again.
    pub reverted: RwSignal<u64>,
    /// Whether this tab may change the report.
    pub writable: RwSignal<bool>,
    /// Short messages at the foot of the page.
    pub toast: RwSignal<Option<Toast>>,
    /// Which findings 校验 shows.
    pub chosen: RwSignal<Chosen>,
    /// The finding from which somebody went to a place: the way back. 校验 sets it back to `None`.
    pub back: RwSignal<Option<String>>,
}

/// Which findings are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// Of this weight only.
    pub severity: Option<Severity>,
    /// With a place on this page only.
    pub page: Option<String>,
    /// Only those that ask for something (`true`), or only those that something is said of.
    pub open: Option<bool>,
}

/// A short message, with an offer to undo where it makes sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// One sentence.
    pub text: String,
    /// Whether 撤销 is offered.
    pub undo: bool,
}

impl Report {
    /// Opens a report.
    pub fn new(session: Session) -> Self {
        let session = RwSignal::new(session);
        let document = Memo::new_with_compare(
            move |_| session.with(|session| session.document().clone()),
            |a: Option<&Arc<Document>>, b: Option<&Arc<Document>>| match (a, b) {
                (Some(a), Some(b)) => !Arc::ptr_eq(a, b),
                _ => true,
            },
        );
        let assessment = Memo::new(move |_| document.with(|document| Arc::new(assess::evaluate(document))));
        let typing = RwSignal::new(false);
        let findings = Memo::new(move |before: Option<&Arc<Assessment>>| match before {
            Some(before) if typing.get() => before.clone(),
            _ => assessment.get(),
        });
        let missing = Memo::new(move |_| document.with(|document| progress::document(document).missing()));
        Report {
            session,
            document,
            assessment,
            findings,
            missing,
            prose: RwSignal::new(Arc::default()),
            prose_behind: RwSignal::new(false),
            select: RwSignal::new(None),
            focus: RwSignal::new(None),
            jump: RwSignal::new(None),
            money: RwSignal::new(MoneyUnit::WanYuan),
            typing,
            reverted: RwSignal::new(0),
            writable: RwSignal::new(true),
            toast: RwSignal::new(None),
            chosen: RwSignal::new(Chosen::default()),
            back: RwSignal::new(None),
        }
    }

    /// Changes the report, unless this tab only reads. Returns whether anything changed.
    pub fn edit(&self, edit: Edit) -> bool {
        if !self.writable.get_untracked() {
            return false;
        }
        let mut changed = false;
        // `maybe_update` wakes nobody when the edit changed nothing.
        self.session.maybe_update(|session| {
            changed = session.edit(&edit, clock::monotonic_ms());
            changed
        });
        changed
    }

    /// Changes the scoring template by typing into one of its fields: one step until [`Report::leave`].
    pub fn edit_template(&self, edit: Edit, field: &str) {
        if self.writable.get_untracked() {
            self.session.maybe_update(|session| session.edit_template(&edit, field));
        }
    }

    /// Stores a cell.
    pub fn set(&self, place: Place, cell: ziping::domain::cell::Raw) -> bool {
        self.edit(Edit::set(place, cell))
    }

    /// Shows another state of the same report, written elsewhere; its history begins anew.
    pub fn show(&self, document: Document, rev: u64) {
        self.session.set(Session::new(document, rev));
        self.reverted.update(|count| *count += 1);
    }

    /// The focus left a field: the next edit is a step of its own.
    pub fn leave(&self) {
        self.session.maybe_update(Session::leave);
        self.typing.set(false);
    }

    /// Goes one step back and leads to where it happened.
    pub fn undo(&self) {
        self.step(Session::undo);
    }

    /// Goes one step forward again and leads to where it happened.
    pub fn redo(&self) {
        self.step(Session::redo);
    }

    fn step(&self, step: impl FnOnce(&mut Session) -> Option<Option<Place>>) {
        if !self.writable.get_untracked() {
            return;
        }
        let mut place = None;
        self.session.maybe_update(|session| {
            let moved = step(session);
            let changed = moved.is_some();
            place = moved.flatten();
            changed
        });
        self.typing.set(false);
        self.reverted.update(|count| *count += 1);
        if let Some(place) = place {
            self.jump.set(Some(Target::Place(place)));
        }
    }

    /// Whether there is a step to undo.
    pub fn can_undo(&self) -> bool {
        self.session.with(Session::can_undo)
    }

    /// Whether there is a step to redo.
    pub fn can_redo(&self) -> bool {
        self.session.with(Session::can_redo)
    }

    /// Revision of the present version.
    pub fn rev(&self) -> u64 {
        self.session.with(Session::rev)
    }

    /// The findings as shown.
    pub fn review(&self) -> Review {
        self.findings.with(|assessment| assessment.review.clone())
    }

    /// Shows a short message.
    pub fn say(&self, text: impl Into<String>, undo: bool) {
        self.toast.set(Some(Toast { text: text.into(), undo }));
    }
}

/// The open report of this part of the page.
pub fn report() -> Report {
    expect_context::<Report>()
}
