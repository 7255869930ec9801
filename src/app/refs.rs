//! Figures that were typed into prose: how many there are beside the references, and which of them equal a figure of
//! the report and could refer to it.
//!
//! Which digits are quantities (and not years, dates or document numbers) the reader of 数字体检 knows. Must not change
//! anything: it offers, and whoever takes an offer stores the text.

use std::collections::HashMap;
use std::ops::Range;

use rust_decimal::Decimal;

use crate::domain::amount;
use crate::domain::cell::Num;
use crate::domain::document::Document;
use crate::domain::facts::eval::Facts;
use crate::domain::facts::label::Target;
use crate::domain::facts::print;
use crate::domain::facts::registry::registry;
use crate::domain::facts::{Unit, Value};
use crate::domain::lint;
use crate::domain::narrative::{self, Piece};
use crate::domain::place::Place;

/// Figures of the report that are named for one typed figure.
pub const NAMED: usize = 4;
/// Lists longer than this are asked for their cells only, not for the computed figures of their rows.
const ROW_FACTS_UP_TO: usize = 200;
/// Digits that make a figure without a unit more than a number of this and that.
const SIGNIFICANT: usize = 3;

/// What a text is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// References to figures and fields.
    pub references: usize,
    /// Figures that were typed.
    pub typed: usize,
}

impl Census {
    /// In words; empty where the text has no figures.
    pub fn words(self) -> String {
        if self == Census::default() {
            return String::new();
        }
        format!("引用 {}，手填 {}", self.references, self.typed)
    }
}

/// A typed figure that equals a figure of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Where it stands in the stored text, in bytes.
    pub range: Range<usize>,
    /// As it is written.
    pub text: String,
    /// Whether its unit is not written, so that the reference prints none.
    pub bare: bool,
    /// What it could refer to, with labels: computed figures, then fields, then cells.
    pub candidates: Vec<(Target, String)>,
    /// How many more there are.
    pub more: usize,
}

/// A typed figure.
struct Typed {
    range: Range<usize>,
    text: String,
    unit: String,
    value: Decimal,
}

/// How many references and typed figures a stored text has.
pub fn census(stored: &str) -> Census {
    let references =
        narrative::pieces(stored).iter().filter(|p| matches!(p, Piece::Reference { .. })).count();
    Census { references, typed: typed(stored).len() }
}

/// How many all the prose of a report has.
pub fn total(document: &Document) -> Census {
    let Some(section) = document.section("narratives") else { return Census::default() };
    let all = (0..section.defs().len()).map(|column| census(section.get(column).words()));
    all.fold(Census::default(), |sum, one| Census {
        references: sum.references + one.references,
        typed: sum.typed + one.typed,
    })
}

/// The typed figures of a stored text that equal a figure of the report, in order.
pub fn offers(document: &Document, facts: &Facts, stored: &str) -> Vec<Offer> {
    let typed = typed(stored);
    let mut found: HashMap<Decimal, Vec<(Target, Unit)>> =
        typed.iter().map(|one| (one.value, Vec::new())).collect();
    // The report may have ten thousand rows, the text a dozen figures: the rows are looked up among the figures.
    if !found.is_empty() {
        each_figure(document, facts, &mut |value, unit, target| {
            if let Some(all) = found.get_mut(&value) {
                all.push((target(), unit));
            }
        });
    }
    typed
        .into_iter()
        .filter_map(|one| {
            let bare = one.unit.is_empty();
            let fit: Vec<&Target> = found
                .get(&one.value)?
                .iter()
                .filter(|(_, unit)| bare || unit.suffix() == one.unit)
                .map(|(target, _)| target)
                .collect();
            let named = fit.iter().take(NAMED).map(|target| ((*target).clone(), target.label(document)));
            let candidates: Vec<_> = named.collect();
            let more = fit.len().saturating_sub(candidates.len());
            (!candidates.is_empty()).then_some(Offer {
                range: one.range,
                text: one.text,
                bare,
                candidates,
                more,
            })
        })
        .collect()
}

/// The stored text with a typed figure replaced by a reference; `None` where the text has changed since.
pub fn replaced(stored: &str, offer: &Offer, target: &Target) -> Option<String> {
    let present = stored.get(offer.range.clone())?;
    let reference = narrative::reference(target, offer.bare);
    (present == offer.text).then(|| {
        let (before, after) =
            (stored.get(..offer.range.start).unwrap_or(""), stored.get(offer.range.end..).unwrap_or(""));
        format!("{before}{reference}{after}")
    })
}

fn typed(stored: &str) -> Vec<Typed> {
    let mut found = Vec::new();
    let mut start = 0;
    for piece in narrative::pieces(stored) {
        match piece {
            Piece::Text(text) => {
                found.extend(in_words(&text, start));
                start += text.len();
            }
            Piece::Unknown(text) => start += text.len(),
            Piece::Reference { target, bare } => start += narrative::reference(&target, bare).len(),
        }
    }
    found
}

/// Typed figures of words without references, which stand at an offset of the text.
fn in_words(words: &str, start: usize) -> Vec<Typed> {
    let bytes: Vec<usize> = words.char_indices().map(|(at, _)| at).chain([words.len()]).collect();
    lint::quantities(words)
        .into_iter()
        .filter_map(|written| {
            let range = *bytes.get(written.range.start)?..*bytes.get(written.range.end)?;
            let text = words.get(range.clone())?.to_owned();
            let unit: String = text
                .chars()
                .filter(|c| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '，' | ' ' | '-'))
                .collect();
            let significant =
                written.digits.chars().filter(char::is_ascii_digit).skip_while(|c| *c == '0').count();
            let value = amount::parse_canonical(&written.digits)?;
            let range = start + range.start..start + range.end;
            (!unit.is_empty() || significant >= SIGNIFICANT).then_some(Typed { range, text, unit, value })
        })
        .collect()
}

/// Takes a figure, its unit, and what it is.
type See<'a> = dyn FnMut(Decimal, Unit, &dyn Fn() -> Target) + 'a;

/// Every figure of the report as it is shown, with its unit.
fn each_figure(document: &Document, facts: &Facts, see: &mut See) {
    for def in &registry().facts {
        if let Some(Ok(value)) = facts.get(&def.id)
            && let Some(shown) = as_shown(value, def.unit)
        {
            see(shown, def.unit, &|| Target::Fact(&def.id));
        }
    }
    for (name, defs) in Document::SECTIONS {
        let Some(section) = document.section(name) else { continue };
        for (column, def) in defs.iter().enumerate().filter(|(_, def)| def.kind.is_numeric()) {
            if let Num::Value(value) = section.number(column) {
                see(value, print::field_unit(def), &|| Target::Place(Place::field(name, def.key)));
            }
        }
    }
    for (name, defs) in Document::LISTS {
        let Some(rows) = document.list(name) else { continue };
        let computed = registry().rows.iter().filter(|def| def.list == *name);
        for at in 0..rows.len() {
            for (column, def) in defs.iter().enumerate().filter(|(_, def)| def.kind.is_numeric()) {
                if let Num::Value(value) = rows.number(at, column) {
                    see(value, print::field_unit(def), &|| {
                        Target::Place(Place::cell(name, &rows.id_at(at).unwrap_or_default(), def.key))
                    });
                }
            }
            if rows.len() > ROW_FACTS_UP_TO {
                continue;
            }
            for def in computed.clone() {
                if let Ok(value) = facts.of_row(document, def, at)
                    && let Some(shown) = as_shown(&value, def.unit)
                {
                    see(shown, def.unit, &|| Target::RowFact {
                        list: def.list,
                        row: rows.id_at(at).unwrap_or_default(),
                        key: def.key,
                    });
                }
            }
        }
    }
}

/// A computed figure with the digits with which it is printed.
fn as_shown(value: &Value, unit: Unit) -> Option<Decimal> {
    if value.word.is_some() {
        return None;
    }
    let digits: String = value.show(unit).chars().filter(|c| *c != ',').collect();
    amount::parse_canonical(&digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::sample;
    use crate::domain::assess;
    use crate::domain::cell::Raw;
    use crate::domain::edit::Edit;
    use crate::domain::rows::{RowData, RowId};

    fn offered(document: &Document, text: &str) -> Vec<(String, Vec<String>)> {
        let assessment = assess::evaluate(document);
        offers(document, &assessment.facts, text)
            .into_iter()
            .map(|offer| (offer.text, offer.candidates.into_iter().map(|(_, label)| label).collect()))
            .collect()
    }

    #[test]
    fn figures_with_a_unit_or_three_digits_count_and_years_and_numbers_of_documents_do_not() {
        let cases = [
            ("", 0, 0),
            ("2021年，按信府办字〔2021〕24号，3月15日召开，第2次。", 0, 0),
            ("决算217.87万元，完成96.3%，在职12人。", 0, 3),
            ("共 1,234.5 项，另有 7 和 123。", 0, 2),
            ("决算{{basic.outturn}}，{{staff[admin].staff_in_post|数}}人，{没有的}，补助5万元。", 2, 1),
        ];
        for (text, references, typed) in cases {
            assert_eq!(census(text), Census { references, typed }, "{text}");
        }
        assert_eq!(Census { references: 41, typed: 6 }.words(), "引用 41，手填 6");
        assert_eq!(Census::default().words(), "");
        let all = total(&sample::xinfeng());
        assert!(all.references + all.typed > 20, "{all:?}");
    }

    #[test]
    fn a_figure_that_equals_one_of_the_report_is_offered_with_its_name() {
        let mut document = sample::example();
        let set = |document: &mut Document, place: &str, text: &str| {
            document.apply(&Edit::set(Place::parse(place).unwrap(), Raw::text(text)));
        };
        set(&mut document, "expenditure_detail.general_public", "4321.987");
        let found =
            offered(&document, "支出4321.987万元，或 4,321.987，不是 4321.98万元，也不是4321.987人。");
        let named = |text: &str| (text.to_owned(), vec!["其中一般公共预算支出".to_owned()]);
        assert_eq!(found, [named("4321.987万元"), named("4,321.987")]);
        // Several figures with one value are all named.
        set(&mut document, "income[general_public].outturn", "7654.321");
        set(&mut document, "basic[301].last_outturn", "7654.321");
        let found = offered(&document, "收入7,654.321万元");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].1.len() > 1, "{found:?}");
    }

    #[test]
    fn an_offer_that_is_taken_prints_the_same() {
        let mut document = sample::example();
        document.apply(&Edit::set(
            Place::parse("expenditure_detail.general_public").unwrap(),
            Raw::text("4321.987"),
        ));
        let facts = assess::evaluate(&document).facts.clone();
        let stored = "{{basic.outturn}}；支出4,321.987万元，即 4,321.987。";
        let all = offers(&document, &facts, stored);
        let last = replaced(stored, &all[1], &all[1].candidates[0].0).unwrap();
        let both = replaced(&last, &all[0], &all[0].candidates[0].0).unwrap();
        assert_eq!(
            both,
            "{{basic.outturn}}；支出{{expenditure_detail.general_public}}，即 {{expenditure_detail.general_public|数}}。"
        );
        let shown = narrative::shown(&document, &facts, &both);
        let text: String = shown
            .into_iter()
            .map(|piece| match piece {
                narrative::Shown::Value { text, .. } | narrative::Shown::Text(text) => text,
                other => panic!("{other:?}"),
            })
            .collect();
        assert!(text.ends_with("；支出4,321.987万元，即 4,321.987。"), "{text}");
        assert_eq!(replaced("别的话", &all[0], &all[0].candidates[0].0), None, "the text has changed");
    }

    #[test]
    fn long_lists_are_looked_up_too() {
        let mut document = sample::xinfeng();
        let rows = (0..10_000).map(|n| {
            let mut row = RowData { id: RowId::new(&format!("r{n}")), ..RowData::default() };
            row.cells.insert("name".into(), Raw::text(format!("企业{n}")));
            row.cells.insert("due".into(), Raw::text(format!("{n}.123")));
            row
        });
        document.apply(&Edit::Insert { list: "recipients".into(), at: 0, rows: rows.collect() });
        assert_eq!(
            offered(&document, "补助9876.123万元。"),
            [("9876.123万元".into(), vec!["企业9876.应补".into()])]
        );
    }
}
