//! A text as its figures and tables, each with the words around it: for whoever takes figures over from a text or
//! holds them against a report.
//!
//! Must not know: which fields a report has, what is checked.

use std::ops::Range;

use rust_decimal::Decimal;

use super::grid::{self, Grid};
use super::label::core;
use super::mention::{self, Mention, Mentions};
use super::quantity::Dim;
use super::role::{Kind, Role};
use super::scan::{self, Mark};
use super::text::{self, Text};
use crate::domain::amount::{self, MoneyUnit};
use crate::domain::tolerance;

/// What a figure measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Money, held in 万元.
    Money,
    /// People.
    People,
    /// Things counted, with the word for them.
    Things(&'static str),
    /// Age or time.
    Time,
    /// %.
    Percent,
    /// Anything else.
    Other,
}

/// What is said of an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// An amount, nothing more.
    Plain,
    /// A budget.
    Budget,
    /// What was spent or done.
    Actual,
    /// The year before.
    Prior,
    /// No amount: a change, a share, a rate.
    Change,
}

/// A figure of the prose.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Characters of the original, unit included.
    pub range: Range<usize>,
    /// The sentence around it, in characters of the original.
    pub sentence: Range<usize>,
    /// Digits and unit, as shown.
    pub shown: String,
    /// The exact digits, as a field stores them; money in 万元.
    pub digits: String,
    /// With the precision that its digits show.
    pub figure: tolerance::Figure,
    /// What it measures.
    pub measure: Measure,
    /// Words since the last mark or figure, half-width.
    pub label: String,
    /// What the label names, without years, copulas and fillers.
    pub core: String,
    /// Words and marks before it since the last figure of its bracket.
    pub lead: String,
    /// Words directly behind it.
    pub tail: String,
    /// What is said of it.
    pub said: Said,
    /// The figure that its bracket explains.
    pub owner: Option<usize>,
    /// The figure before it in the same bracket.
    pub before: Option<usize>,
    /// Which sentence, counted through the text.
    pub sentence_no: usize,
    /// Which paragraph.
    pub paragraph: usize,
    /// The heading above it.
    pub section: String,
    /// "约", "余", "以上": no value.
    pub bound: bool,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableCell {
    /// Its words, half-width, without blanks.
    pub words: String,
    /// Characters of the original.
    pub range: Range<usize>,
    /// Its number, in 万元 where the table says the unit of money.
    pub number: Option<Decimal>,
}

/// A table of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The line above it.
    pub title: String,
    /// Whether its unit of money is known, so that its numbers are in 万元.
    pub money: bool,
    /// Its rows.
    pub rows: Vec<Vec<TableCell>>,
}

/// What a text says in figures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// Figures of the prose, in order.
    pub figures: Vec<Figure>,
    /// Tables, in order.
    pub tables: Vec<Table>,
}

/// Reads the figures of a text.
pub fn reading(original: &str) -> Reading {
    let original: Vec<char> = original.chars().collect();
    let mut lines = text::lines(&original);
    let grids = grid::read(&original, &mut lines);
    let text = text::read(&original, &lines);
    let scan = scan::scan(&text);
    let mentions = mention::read(&text, &scan.tokens);
    let sentences = sentences(&original);
    Reading {
        figures: mentions.all.iter().map(|mention| figure(&text, &mentions, mention, &sentences)).collect(),
        tables: grids.iter().map(table).collect(),
    }
}

/// Ends of sentences in the original, in order.
fn sentences(original: &[char]) -> Vec<usize> {
    let ends = original.iter().enumerate().filter(|(_, c)| matches!(c, '。' | '\n' | '；'));
    ends.map(|(at, _)| at + 1).chain([original.len()]).collect()
}

fn figure(text: &Text, mentions: &Mentions, mention: &Mention, sentences: &[usize]) -> Figure {
    let range = text.origin(mention.quantity.range.clone());
    let next = sentences.partition_point(|end| *end <= range.start);
    let from = next.checked_sub(1).and_then(|before| sentences.get(before)).copied().unwrap_or(0);
    let to = sentences.get(next).copied().unwrap_or(range.end).max(range.end);
    Figure {
        sentence: from..to,
        shown: mention.quantity.shown(),
        digits: amount::canonical(&mention.quantity.value()),
        figure: mention.quantity.figure,
        measure: match mention.quantity.dim {
            Dim::Money => Measure::Money,
            Dim::People => Measure::People,
            Dim::Things(word) => Measure::Things(word),
            Dim::Time => Measure::Time,
            Dim::Percent => Measure::Percent,
            _ => Measure::Other,
        },
        label: mention.label.clone(),
        core: core(&mention.label),
        lead: mention.lead.clone(),
        tail: mention.tail.clone(),
        said: match mention.role {
            Role::Level(Kind::Plain) => Said::Plain,
            Role::Level(Kind::Budget) => Said::Budget,
            Role::Level(Kind::Actual) => Said::Actual,
            Role::Level(Kind::Prior) => Said::Prior,
            _ => Said::Change,
        },
        owner: mention.owner,
        before: mention.prev.filter(|_| mention.gap < Mark::Line),
        sentence_no: mention.sentence,
        paragraph: mention.paragraph,
        section: mentions.title(mention).to_owned(),
        bound: mention.quantity.bound,
        range,
    }
}

fn table(grid: &Grid) -> Table {
    let cell = |cell: &grid::Cell| TableCell {
        words: cell.words.clone(),
        range: cell.range.clone(),
        number: cell.number.as_ref().filter(|number| number.dim != Dim::Percent && !number.bound).and_then(
            |number| match grid.unit {
                Some(unit) => amount::to_wan(number.value(), unit),
                None => amount::to_wan(number.value(), MoneyUnit::WanYuan),
            },
        ),
    };
    Table {
        title: grid.title.clone(),
        money: grid.unit.is_some(),
        rows: grid.rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
    }
}
