//! All narratives as they print, one after the other, and the way back from a printed character to the text that is
//! edited.

use std::ops::Range;

use crate::domain::document::Document;
use crate::domain::facts::eval::Facts;
use crate::domain::narrative::{self, Piece, Shown};
use crate::domain::place::Place;
use crate::domain::template::Part;

/// A figure or some words in a narrative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Key of the narrative.
    pub key: &'static str,
    /// Characters of the text as it is edited.
    pub range: Range<usize>,
    /// What stands there as it prints.
    pub shown: String,
    /// Words around it, with those of the place itself in the middle.
    pub context: (String, String),
    /// Typed, and not a reference.
    pub typed: bool,
}

#[derive(Debug)]
struct Segment {
    key: &'static str,
    printed: Range<usize>,
    edited: Range<usize>,
    reference: bool,
}

/// The text with its segments.
#[derive(Debug, Default)]
pub struct Printed {
    chars: Vec<char>,
    segments: Vec<Segment>,
}

impl Printed {
    /// The narratives of a report, in the order of its pages.
    pub fn of(document: &Document, facts: &Facts) -> Self {
        let mut printed = Printed::default();
        let parts = document.template.pages.iter().flat_map(|page| &page.parts);
        let keys = parts.filter_map(|part| match part {
            Part::Text(key) => narratives().find(|known| known == key),
            _ => None,
        });
        for key in keys {
            printed.add(document, facts, key);
        }
        printed
    }

    fn add(&mut self, document: &Document, facts: &Facts, key: &'static str) {
        let cell = document.get(&Place::field("narratives", key));
        let stored = cell.words();
        if stored.trim().is_empty() {
            return;
        }
        let mut edited = 0;
        for (piece, shown) in
            narrative::pieces(stored).into_iter().zip(narrative::shown(document, facts, stored))
        {
            let (words, length, reference) = match (&piece, shown) {
                (Piece::Text(text) | Piece::Unknown(text), _) => (text.clone(), text.chars().count(), false),
                (Piece::Reference { target, bare }, shown) => {
                    let marks = narrative::edited(document, &narrative::reference(target, *bare));
                    let words = match shown {
                        Shown::Value { text, .. } => text,
                        // What has no value yet says nothing.
                        _ => "…".to_owned(),
                    };
                    (words, marks.chars().count(), true)
                }
            };
            let from = self.chars.len();
            self.chars.extend(words.chars());
            let printed = from..self.chars.len();
            self.segments.push(Segment { key, printed, edited: edited..edited + length, reference });
            edited += length;
        }
        self.chars.extend(['\n', '\n']);
    }

    /// The text as it prints.
    pub fn text(&self) -> String {
        self.chars.iter().collect()
    }

    /// Where a range of the printed text stands in a narrative.
    pub fn spot(&self, range: Range<usize>) -> Option<Spot> {
        const AROUND: usize = 10;
        let segment = |at: usize| {
            let index = self.segments.partition_point(|segment| segment.printed.end <= at);
            self.segments.get(index).filter(|segment| segment.printed.contains(&at))
        };
        let first = segment(range.start)?;
        let last =
            range.end.checked_sub(1).and_then(segment).filter(|last| last.key == first.key).unwrap_or(first);
        let from = match first.reference {
            true => first.edited.start,
            false => first.edited.start + (range.start - first.printed.start),
        };
        let to = match last.reference {
            true => last.edited.end,
            false => last.edited.start + (range.end.min(last.printed.end) - last.printed.start),
        };
        let words = |range: Range<usize>| self.chars.get(range).unwrap_or(&[]).iter().collect::<String>();
        let line = |c: &char| *c == '\n';
        let start = range.start.saturating_sub(AROUND);
        let before = words(start..range.start);
        let after = words(range.end..(range.end + AROUND).min(self.chars.len()));
        Some(Spot {
            key: first.key,
            range: from..to.max(from),
            shown: words(range),
            context: (
                before.rsplit(|c| line(&c)).next().unwrap_or_default().to_owned(),
                after.split(|c| line(&c)).next().unwrap_or_default().to_owned(),
            ),
            typed: !first.reference,
        })
    }
}

fn narratives() -> impl Iterator<Item = &'static str> {
    Document::SECTIONS
        .iter()
        .filter(|(name, _)| *name == "narratives")
        .flat_map(|(_, defs)| defs.iter().map(|def| def.key))
}
