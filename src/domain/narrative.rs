//! Prose with references: `{{id}}` as stored, `{标签}` as edited, values as printed.
//!
//! Text refers to figures by name, so that it cannot contradict the tables. Must not know text boxes or reports.

use super::document::Document;
use super::facts::eval::Facts;
use super::facts::label::Target;
use super::facts::print;

/// Suffix of a reference that prints without its unit.
const BARE: &str = "|数";

/// A piece of prose, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Text(String),
    /// A reference.
    Reference {
        /// What it refers to.
        target: Target,
        /// Whether it prints without its unit.
        bare: bool,
    },
    /// Braces that name nothing, kept as they were typed.
    Unknown(String),
}

/// A reference with what it has now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Words.
    Text(String),
    /// A value, as it prints.
    Value {
        /// What it refers to.
        target: Target,
        /// The value with or without unit.
        text: String,
    },
    /// No value: what to fill in.
    Missing {
        /// What it refers to.
        target: Target,
        /// A short sentence.
        text: String,
    },
    /// The row is gone.
    Gone {
        /// What it referred to.
        target: Target,
        /// A short sentence.
        text: String,
    },
    /// Braces that name nothing.
    Unknown(String),
}

/// Splits stored text into its pieces.
pub fn pieces(stored: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = stored;
    while let Some(braces) = next_braces(rest) {
        push_text(&mut pieces, braces.before);
        let target = if braces.double { Target::parse(braces.name) } else { None };
        pieces.push(match target {
            Some(target) => Piece::Reference { target, bare: braces.bare },
            None => Piece::Unknown(braces.braced.to_owned()),
        });
        rest = braces.after;
    }
    push_text(&mut pieces, rest);
    pieces
}

/// The text as it is edited: ids become labels.
pub fn edited(document: &Document, stored: &str) -> String {
    pieces(stored)
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) | Piece::Unknown(text) => text,
            Piece::Reference { target, bare } => {
                format!("{{{}{}}}", target.label(document), if bare { BARE } else { "" })
            }
        })
        .collect()
}

/// The text as it is stored: a label that names exactly one thing becomes its id, any other stays as typed.
pub fn stored(document: &Document, edited: &str) -> String {
    let mut stored = String::with_capacity(edited.len());
    let mut rest = edited;
    while let Some(braces) = next_braces(rest) {
        stored.push_str(braces.before);
        let by_id = if braces.double { Target::parse(braces.name) } else { None };
        match (by_id, Target::named(document, braces.name)) {
            (Some(target), _) => stored.push_str(&reference(&target, braces.bare)),
            // Braces of the text that stand beside those of the label.
            (None, Some(target)) if braces.double => {
                stored.push_str(&format!("{{{}}}", reference(&target, braces.bare)));
            }
            (None, Some(target)) => stored.push_str(&reference(&target, braces.bare)),
            (None, None) => stored.push_str(braces.braced),
        }
        rest = braces.after;
    }
    stored.push_str(rest);
    stored
}

/// The stored form of a reference.
pub fn reference(target: &Target, bare: bool) -> String {
    format!("{{{{{target}{}}}}}", if bare { BARE } else { "" })
}

/// The pieces of stored text with their present values.
pub fn shown(document: &Document, facts: &Facts, stored: &str) -> Vec<Shown> {
    pieces(stored).into_iter().map(|piece| show(document, facts, piece)).collect()
}

/// The text as it prints; what has no value is left out.
pub fn printed(document: &Document, facts: &Facts, stored: &str) -> String {
    let words = |piece| match piece {
        Shown::Text(text) | Shown::Unknown(text) | Shown::Value { text, .. } => text,
        Shown::Missing { .. } | Shown::Gone { .. } => String::new(),
    };
    shown(document, facts, stored).into_iter().map(words).collect()
}

fn show(document: &Document, facts: &Facts, piece: Piece) -> Shown {
    let (target, bare) = match piece {
        Piece::Text(text) => return Shown::Text(text),
        Piece::Unknown(text) => return Shown::Unknown(text),
        Piece::Reference { target, bare } => (target, bare),
    };
    if target.is_gone(document) {
        return Shown::Gone { target, text: "所引用的行已删除".to_owned() };
    }
    match &target.resolved(document) {
        Target::Place(place) => {
            use super::cell::Cell;
            match document.get(place) {
                Cell::Blank => {
                    let text = format!("请先填{}", target.label(document));
                    Shown::Missing { target, text }
                }
                Cell::Unread(_) => {
                    let text = format!("{}无法识别", target.label(document));
                    Shown::Missing { target, text }
                }
                Cell::Nil | Cell::Value(_) => {
                    let text = place_value(document, place, bare);
                    Shown::Value { target, text }
                }
            }
        }
        computed @ (Target::Fact(_) | Target::RowFact { .. }) => {
            match print::computed(computed, document, facts) {
                Some((_, unit, Ok(value))) => {
                    let text = value.show(unit);
                    let suffix = if bare || value.word.is_some() { "" } else { unit.suffix() };
                    Shown::Value { target, text: format!("{text}{suffix}") }
                }
                Some((_, _, Err(missing))) => {
                    let text = print::reason(&missing, document);
                    Shown::Missing { target, text }
                }
                None => Shown::Gone { target, text: "所引用的行已删除".to_owned() },
            }
        }
    }
}

fn place_value(document: &Document, place: &super::place::Place, bare: bool) -> String {
    use super::amount::MoneyUnit;
    use super::cell::{Cell, Num};
    let Some(def) = Document::def(place) else { return String::new() };
    if let Some(input) = document.input_at(place)
        && let answer @ Cell::Value(_) = document.get(place)
    {
        let unit = if bare { "" } else { input.unit() };
        return format!("{}{unit}", input.bare(&answer));
    }
    match (document.number(place), document.get(place)) {
        (Num::Value(number), _) => {
            let unit = print::field_unit(def);
            format!("{}{}", unit.show(&number), if bare { "" } else { unit.suffix() })
        }
        (_, Cell::Nil) => "无".to_owned(),
        (_, raw) => super::reference::shown(document, def, &raw, MoneyUnit::WanYuan),
    }
}

/// A text in braces and what stands around it.
struct Braces<'a> {
    before: &'a str,
    /// With its braces.
    braced: &'a str,
    /// The content without the suffix for bare values.
    name: &'a str,
    bare: bool,
    /// Whether there are two braces on either side.
    double: bool,
    after: &'a str,
}

/// The next text in braces. Its content is on one line and has no braces, so that those of the text around it never
/// get in the way; an opening brace without its end is text.
fn next_braces(text: &str) -> Option<Braces<'_>> {
    let mut open = text.find('{')?;
    loop {
        let inside = text.get(open + 1..)?;
        let end = inside.find(['{', '}', '\n']);
        let closed =
            end.filter(|end| *end > 0 && inside.get(*end..).is_some_and(|rest| rest.starts_with('}')));
        let Some(end) = closed else {
            // On from what stopped the content: it may be the brace that opens the next.
            let from = open + 1 + end?;
            open = from + text.get(from..)?.find('{')?;
            continue;
        };
        let close = open + 1 + end;
        let double = text.get(..open)?.ends_with('{') && text.get(close + 1..)?.starts_with('}');
        let (start, stop) = if double { (open - 1, close + 2) } else { (open, close + 1) };
        let content = inside.get(..end)?;
        let name = content.strip_suffix(BARE);
        return Some(Braces {
            before: text.get(..start)?,
            braced: text.get(start..stop)?,
            name: name.unwrap_or(content),
            bare: name.is_some(),
            double,
            after: text.get(stop..)?,
        });
    }
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    if !text.is_empty() {
        pieces.push(Piece::Text(text.to_owned()));
    }
}
