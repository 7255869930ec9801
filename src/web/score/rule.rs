//! An indicator's own row of the template: texts, the fact that feeds it, its rule with parameters, exceptions.

use leptos::prelude::*;
use ziping::app::score::spots::{self, RowField, Spot, Which};
use ziping::app::score::tree;
use ziping::domain::score::kinds;
use ziping::domain::score::template::{Indicator, Rule};
use ziping::domain::score::validate::{self, At};

use super::editing::{fill_id, focus_soon};
use super::spot::SpotField;
use crate::web::parts::icon::Icon;
use crate::web::state::report;

/// What of a row decides which fields it has.
#[derive(Clone, PartialEq, Default)]
struct Shape {
    kind: String,
    typed: bool,
    over: String,
    when: String,
    then: String,
    inner: String,
    unseen: bool,
}

impl Shape {
    fn of(row: &Indicator) -> Shape {
        let kind = |rule: Option<&Rule>| rule.map(|rule| rule.kind.clone()).unwrap_or_default();
        let na = row.na.as_ref();
        Shape {
            kind: kind(row.rule.as_ref()),
            typed: row.fact.is_empty(),
            over: row.over.as_ref().map(|over| over.mode.clone()).unwrap_or_default(),
            when: na.map(|na| na.when.clone()).unwrap_or_default(),
            then: na.map(|na| na.then.clone()).unwrap_or_default(),
            inner: kind(na.and_then(|na| na.inner.as_ref())),
            unseen: row.unseen,
        }
    }

    /// Its fields in order; those that a choice brings follow it.
    fn spots(&self, id: &str) -> Vec<Spot> {
        let row = |field: RowField| Spot::Row(id.to_owned(), field);
        let params = |kind: &str, which: Which| {
            let params = kinds::kind(kind).map_or(&[][..], |kind| kind.params);
            params.iter().map(|def| Spot::Param(id.to_owned(), which, def.key)).collect::<Vec<_>>()
        };
        let mut all = vec![row(RowField::Name), row(RowField::Fact)];
        all.extend(self.typed.then(|| row(RowField::Unit)));
        all.extend([row(RowField::Target), row(RowField::Kind)]);
        all.extend(params(&self.kind, Which::Own));
        if self.kind == "ratio_up" {
            all.push(row(RowField::OverMode));
            all.extend((!self.over.is_empty() && self.over != "none").then(|| row(RowField::OverTimes)));
            all.extend((self.over == "reduce").then(|| row(RowField::OverShare)));
        }
        all.push(row(RowField::AbsentWhen));
        all.extend((!self.when.is_empty()).then(|| row(RowField::AbsentThen)));
        if self.then == "inner" {
            all.push(row(RowField::AbsentKind));
            all.extend(params(&self.inner, Which::Inner));
        }
        all.extend([
            row(RowField::Manual),
            row(RowField::Core),
            row(RowField::Meaning),
            row(RowField::Source),
            row(RowField::Points),
        ]);
        all
    }
}

/// The editor of an indicator's row.
#[component]
pub fn RuleEditor(
    /// Id of the indicator.
    id: StoredValue<String>,
) -> impl IntoView {
    let report = report();
    let shape = Memo::new(move |_| {
        report.document.with(|document| {
            let row = document.scoring.as_ref().and_then(|scoring| id.with_value(|id| scoring.row(id)));
            row.map(Shape::of).unwrap_or_default()
        })
    });
    // A field is made anew only when its control may be another: what has the focus keeps it.
    let fields = move || {
        let kinds = |shape: &Shape| (shape.kind.clone(), shape.inner.clone());
        shape.with(|shape| {
            let spots = id.with_value(|id| shape.spots(id));
            spots.into_iter().map(|spot| (spot, kinds(shape))).collect::<Vec<_>>()
        })
    };
    let key = |(spot, kinds): &(Spot, (String, String))| match spot {
        Spot::Param(..) => format!("{spot:?}{kinds:?}"),
        _ => format!("{spot:?}"),
    };
    let wrong = Memo::new(move |_| {
        report.document.with(|document| {
            let holes = document.scoring.as_deref().map(validate::holes).unwrap_or_default();
            let here = holes.into_iter().filter(|hole| id.with_value(|id| hole.at == At::Row(id.clone())));
            here.map(|hole| hole.words).collect::<Vec<_>>()
        })
    });
    let source = move || {
        report.document.with(|document| {
            let scoring = document.scoring.as_deref()?;
            let rule = id.with_value(|id| spots::rule(scoring, id, Which::Own))?;
            Some(format!("规则来源：{}", kinds::kind(&rule.kind)?.source))
        })
    };
    let complete = move |_| {
        report.leave();
        let edit =
            report.document.with_untracked(|document| id.with_value(|id| tree::completed(document, id)));
        edit.map(|edit| report.edit(edit));
        // The row is gone from the list: the keyboard goes on with the next one.
        let next = report.document.with_untracked(|document| {
            document.scoring.as_ref().and_then(|scoring| scoring.unseen().next().map(|row| row.id.clone()))
        });
        if let Some(id) = next {
            focus_soon(fill_id(&id));
        }
    };
    view! {
        <div class="score__rule">
            <div class="fields fields--two">
                <For each=fields key=key let:field>
                    <SpotField spot=field.0 />
                </For>
            </div>
            <p class="score__note">{source}</p>
            <div role="status">
                <For each=move || wrong.get() key=Clone::clone let:words>
                    <p class="field__message">
                        <Icon name="warning" />
                        <span>{words}</span>
                    </p>
                </For>
            </div>
            <Show when=move || shape.with(|shape| shape.unseen)>
                <p class="score__actions">
                    <button type="button" class="button button--small" on:click=complete>
                        "已按原文补全"
                    </button>
                </p>
            </Show>
        </div>
    }
}
