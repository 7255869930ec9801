//! Figures typed in the prose against the fields that their labels name.

use rust_decimal::Decimal;

use super::ProseFinding;
use super::printed::Printed;
use crate::app::extract::{self, Offer};
use crate::domain::checks::Severity;
use crate::domain::document::Document;
use crate::domain::facts::eval::Facts;
use crate::domain::facts::label::Target;
use crate::domain::facts::print::{self, Context};
use crate::domain::lint::{Figure, Measure, Said, core_of, reading};
use crate::domain::place::Place;
use crate::domain::tables::TableDef;
use crate::domain::tolerance;

/// Findings, each figure once.
pub fn against(
    document: &Document,
    facts: &Facts,
    printed: &Printed,
    text: &str,
    mentions: &[Offer],
) -> Vec<ProseFinding> {
    let mut findings = Vec::new();
    for offer in mentions {
        let Some(target) =
            extract::target(document, &offer.slot).and_then(|place| valued(document, facts, place))
        else {
            continue;
        };
        let Some(typed) = offer.value.parse::<Decimal>().ok() else { continue };
        compare(
            document,
            facts,
            printed,
            &target,
            tolerance::Figure::typed(typed),
            offer.place.clone(),
            &mut findings,
        );
    }
    for (figure, target) in named_rows(document, text) {
        compare(document, facts, printed, &target, figure.figure, figure.range.clone(), &mut findings);
    }
    findings
}

/// The field itself where it has a value; a stated total that is 未填 gives way to the computed one.
fn valued(document: &Document, facts: &Facts, place: Place) -> Option<Target> {
    let target = Target::Place(place.clone()).resolved(document);
    if number(document, facts, &target).is_some() {
        return Some(target);
    }
    let Place::Field { section, field } = place else { return None };
    let (_, sum) = TableDef::by_stated(section)?;
    let fact = Target::parse(&format!("{}.{field}", sum.id))?;
    number(document, facts, &fact).map(|_| fact)
}

fn number(document: &Document, facts: &Facts, target: &Target) -> Option<Decimal> {
    match target {
        Target::Place(place) => document.number(place).counted(),
        computed => match print::computed(computed, document, facts) {
            Some((_, _, Ok(value))) => Some(value.number),
            _ => None,
        },
    }
}

fn compare(
    document: &Document,
    facts: &Facts,
    printed: &Printed,
    target: &Target,
    typed: tolerance::Figure,
    range: std::ops::Range<usize>,
    findings: &mut Vec<ProseFinding>,
) {
    let Some(value) = number(document, facts, target) else { return };
    let agrees =
        tolerance::same(typed, tolerance::Figure::typed(value)).is_none_or(tolerance::Verdict::holds);
    let Some(spot) = printed.spot(range).filter(|spot| spot.typed && !agrees) else { return };
    if findings
        .iter()
        .any(|finding| finding.spots.iter().any(|known| known.key == spot.key && known.range == spot.range))
    {
        return;
    }
    let shown = print::shown(target, &Context { document, facts, row: None });
    let label = target.label(document);
    let message = format!("{label}：文中 {}，表中 {shown}", spot.shown);
    let table = Some((target.clone(), shown));
    findings.push(ProseFinding::new("与表不一致", Severity::Error, message, vec![spot], table));
}

/// Amounts whose label ends in the name of a project.
fn named_rows(document: &Document, text: &str) -> Vec<(Figure, Target)> {
    /// Shorter names are words of the language.
    const SHORTEST: usize = 4;
    const LIST: &str = "projects";
    let Some(rows) = document.list(LIST).filter(|rows| !rows.is_empty()) else { return Vec::new() };
    let names: Vec<_> = (0..rows.len())
        .filter_map(|at| Some((core_of(rows.get(at, 0).words()), rows.id_at(at)?)))
        .filter(|(name, _)| name.chars().count() >= SHORTEST)
        .collect();
    let mut found = Vec::new();
    for figure in reading(text).figures {
        if figure.measure != Measure::Money || figure.bound || figure.said == Said::Change {
            continue;
        }
        let mut named = names.iter().filter(|(name, _)| figure.core.ends_with(name.as_str()));
        let (Some((_, id)), None) = (named.next(), named.next()) else { continue };
        let column = match figure.said {
            Said::Budget => "initial_budget",
            Said::Prior => "last_outturn",
            _ => "outturn",
        };
        found.push((figure, Target::Place(Place::cell(LIST, id, column))));
    }
    found
}
