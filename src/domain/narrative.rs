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
    while let Some((before, braced, after)) = next_braces(rest) {
        push_text(&mut pieces, before);
        let inner = braced.strip_prefix("{{").and_then(|text| text.strip_suffix("}}"));
        let piece = inner.and_then(|inner| {
            let bare = inner.ends_with(BARE);
            let target = Target::parse(inner.strip_suffix(BARE).unwrap_or(inner))?;
            Some(Piece::Reference { target, bare })
        });
        pieces.push(piece.unwrap_or_else(|| Piece::Unknown(braced.to_owned())));
        rest = after;
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
    while let Some((before, braced, after)) = next_braces(rest) {
        stored.push_str(before);
        let inner = braced.trim_start_matches('{').trim_end_matches('}');
        let bare = inner.ends_with(BARE);
        let label = inner.strip_suffix(BARE).unwrap_or(inner);
        let target =
            if braced.starts_with("{{") { Target::parse(label) } else { Target::named(document, label) };
        match target {
            Some(target) => stored.push_str(&reference(&target, bare)),
            None => stored.push_str(braced),
        }
        rest = after;
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

fn show(document: &Document, facts: &Facts, piece: Piece) -> Shown {
    let (target, bare) = match piece {
        Piece::Text(text) => return Shown::Text(text),
        Piece::Unknown(text) => return Shown::Unknown(text),
        Piece::Reference { target, bare } => (target, bare),
    };
    if target.is_gone(document) {
        return Shown::Gone { target, text: "所引用的行已删除".to_owned() };
    }
    match &target {
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
        Target::Fact(_) | Target::RowFact { .. } => match print::computed(&target, document, facts) {
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
        },
    }
}

fn place_value(document: &Document, place: &super::place::Place, bare: bool) -> String {
    use super::amount::MoneyUnit;
    use super::cell::{Cell, Num};
    let Some(def) = Document::def(place) else { return String::new() };
    match (document.number(place), document.get(place)) {
        (Num::Value(number), _) => {
            let unit = print::field_unit(def);
            format!("{}{}", unit.show(&number), if bare { "" } else { unit.suffix() })
        }
        (_, Cell::Nil) => "无".to_owned(),
        (_, raw) => super::entry::shown(def, &raw, MoneyUnit::WanYuan),
    }
}

/// The next text in braces: what stands before, the braces with their content, what follows. Content is short and
/// on one line; an opening brace without its end is text.
fn next_braces(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let open = from + text.get(from..)?.find('{')?;
        let inside = text.get(open..)?;
        let (closing, skip) = if inside.starts_with("{{") { ("}}", 2) } else { ("}", 1) };
        let content = inside.get(skip..)?;
        let end = content.find(closing);
        let ends_well = end.is_some_and(|end| {
            content.get(..end).is_some_and(|inner| !inner.contains(['\n', '{']) && !inner.is_empty())
        });
        match end {
            Some(end) if ends_well => {
                let after = open + skip + end + closing.len();
                return Some((text.get(..open)?, text.get(open..after)?, text.get(after..)?));
            }
            _ => from = open + 1,
        }
    }
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    if !text.is_empty() {
        pieces.push(Piece::Text(text.to_owned()));
    }
}
