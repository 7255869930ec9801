//! Facts that are no contradictions and worth a look beside the findings.

use super::reading::quoted;
use crate::domain::document::Document;
use crate::domain::facts::eval::Facts;
use crate::domain::facts::label::Target;
use crate::domain::facts::print;
use crate::domain::facts::registry::registry;
use crate::domain::facts::targets::{self, TargetCount};
use crate::domain::place::Place;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// Its label.
    pub label: String,
    /// Its value, or why there is none.
    pub shown: String,
    /// The targets that it counts, each with where its result is put right.
    pub targets: Vec<(Target, String)>,
}

const FACTS: &[(&str, Option<TargetCount>)] = &[
    ("targets.unreported", Some(TargetCount::Unreported)),
    ("targets.unplanned", Some(TargetCount::Unplanned)),
    ("targets.exceeded_unexplained", Some(TargetCount::ExceededUnexplained)),
    ("targets.missed_unexplained", Some(TargetCount::MissedUnexplained)),
    ("expenditure.composition_variance", None),
];

/// All of them.
pub fn all(document: &Document, facts: &Facts) -> Vec<Beside> {
    let one = |(id, what): &(&str, Option<TargetCount>)| {
        let def = registry().fact(id)?;
        let shown = match facts.get(id)? {
            Ok(value) => value.show_with(def.unit),
            Err(missing) => format!("算不出：{}", print::reason(missing, document)),
        };
        let rows = what.map(|what| targets::rows_of(document, what)).unwrap_or_default();
        let column = match what {
            Some(TargetCount::Unreported) => "actual",
            Some(TargetCount::Unplanned) => "value",
            _ => "deviation_cause",
        };
        let named = |row| {
            let name = quoted(&document.row_name("targets", &row));
            (Target::Place(Place::cell("targets", &row, column)), name)
        };
        Some(Beside { label: def.label.clone(), shown, targets: rows.into_iter().map(named).collect() })
    };
    FACTS.iter().filter_map(one).collect()
}
