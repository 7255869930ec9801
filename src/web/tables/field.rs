//! One cell as a labelled field, for the form of a row and for what stands beside a table.

use leptos::html;
use leptos::prelude::*;
use ziping::app::grid::{CellView, Col, Table};
use ziping::domain::amount::MoneyUnit;
use ziping::domain::cell::{Cell, Raw};
use ziping::domain::entry;
use ziping::domain::facts::Unit;
use ziping::domain::facts::label::Target;
use ziping::domain::place::Place;
use ziping::domain::record::{FieldDef, Kind};
use ziping::domain::reference;

use super::sheet::{Sheet, Spot, line_key};
use crate::web::parts::icon::Icon;

/// A cell of the table as a field.
#[component]
pub fn Field(sheet: Sheet, spot: Spot, col: Col) -> impl IntoView {
    let rows = sheet.lines.with_untracked(|lines| lines.rows);
    let id = format!("{}-{}-{}", sheet.table.id, line_key(&spot.line), col.key());
    match ziping::app::grid::place(sheet.table, rows, &spot.line, &col) {
        Some((place, def)) => view! { <Typed sheet=sheet place=place def=def id=id /> }.into_any(),
        None => view! { <Computed sheet=sheet spot=spot col=col /> }.into_any(),
    }
}

#[component]
fn Computed(sheet: Sheet, spot: Spot, col: Col) -> impl IntoView {
    let view = Memo::new(move |_| {
        let money = sheet.report.money.get();
        sheet.report.document.with(|document| {
            sheet.report.assessment.with(|assessment| {
                let at = sheet.lines.with(|lines| lines.row(&spot.line).unwrap_or(0));
                let table =
                    Table { def: sheet.table, document, facts: &assessment.facts, money, partials: None };
                table.cell(&spot.line, at, &col)
            })
        })
    });
    let text = move || view.with(|view| if view.text.is_empty() { "缺数据".to_owned() } else { words(view) });
    let state = move || if view.with(|view| view.text.is_empty()) { "blank" } else { "computed" };
    let unit = move || match col {
        Col::Field(def, _) => unit_of(def, sheet.report.money.get()),
        Col::Fact(def) if def.unit == Unit::Money => Some(sheet.report.money.get().label()),
        Col::Fact(_) => None,
    };
    view! {
        <div class="field" data-state="computed">
            <span class="field__label">{col.label()}</span>
            <div class="field__control">
                <output class="field__out" data-state=state aria-label=col.label()>
                    {text}
                </output>
                {move || unit().map(|unit| view! { <span class="field__unit">{unit}</span> })}
            </div>
        </div>
    }
}

fn words(view: &CellView) -> String {
    if view.from_stated { format!("{}（据上报）", view.text) } else { view.text.clone() }
}

/// A place of the report as a field, in the table's unit of money.
#[component]
pub fn Typed(sheet: Sheet, place: Place, def: &'static FieldDef, id: String) -> impl IntoView {
    let report = sheet.report;
    let cell = {
        let place = place.clone();
        Memo::new(move |_| report.document.with(|document| document.get(&place)))
    };
    let target = Target::Place(place.clone());
    let typing = RwSignal::new(false);
    let finding = {
        let target = target.clone();
        Memo::new(move |_| report.findings.with(|findings| findings.severity_at(&target).map(|s| s.key())))
    };
    // What is wrong is said once the field is left.
    let message = Memo::new(move |before: Option<&Option<(&'static str, String)>>| {
        if typing.get() {
            return before.cloned().flatten();
        }
        if let Cell::Unread(text) = cell.get() {
            return Some(("error", reference::why_unread(def, &text, report.money.get())));
        }
        report.findings.with(|assessed| {
            let at = assessed.findings_at(&target).first()?;
            let finding = assessed.review.findings.get(*at)?;
            Some((finding.severity.key(), finding.message.clone()))
        })
    });
    let (help, note) = (format!("{id}-help"), format!("{id}-message"));
    let described = {
        let (help, note) = (help.clone(), note.clone());
        Signal::derive(move || {
            let help = (!def.help.is_empty()).then(|| help.clone());
            let note = message.with(Option::is_some).then(|| note.clone());
            [help, note].into_iter().flatten().collect::<Vec<_>>().join(" ")
        })
    };
    let stated = matches!(place, Place::Field { .. }) && def.kind.is_numeric();
    let wide = def.kind == Kind::Text && (matches!(place, Place::Field { .. }) || def.required);
    view! {
        <div
            class="field"
            class=("field--wide", wide)
            data-state=move || entry::state(&cell.get())
            data-finding=move || finding.get()
        >
            <label class="field__label" for=id.clone()>
                {def.label}
                {def.required.then(|| view! { <span class="field__note">"必填"</span> })}
                {stated.then(|| view! { <span class="field__mark">"上报"</span> })}
            </label>
            {(!def.help.is_empty()).then(|| view! { <p class="field__help" id=help>{def.help}</p> })}
            <div class="field__control">
                <Control sheet=sheet place=place def=def id=id cell=cell typing=typing described=described />
                {move || {
                    unit_of(def, report.money.get()).map(|unit| view! { <span class="field__unit">{unit}</span> })
                }}
            </div>
            {move || {
                let note = note.clone();
                message
                    .get()
                    .map(|(sign, words)| {
                        view! {
                            <p class="field__message" id=note>
                                <Icon name=sign />
                                <span>{words}</span>
                            </p>
                        }
                    })
            }}
        </div>
    }
}

#[component]
fn Control(
    sheet: Sheet,
    place: Place,
    def: &'static FieldDef,
    id: String,
    cell: Memo<Raw>,
    typing: RwSignal<bool>,
    described: Signal<String>,
) -> impl IntoView {
    let report = sheet.report;
    let node = NodeRef::<html::Input>::new();
    let composing = StoredValue::new(false);
    let before = StoredValue::new(Raw::Blank);
    let place = StoredValue::new(place);
    let store = move |text: &str| {
        report.typing.set(true);
        typing.set(true);
        let money = report.money.get_untracked();
        let cell = report.document.with_untracked(|now| reference::read(now, def, text, money));
        report.set(place.get_value(), cell);
    };
    let enter = move || {
        before.set_value(cell.get_untracked());
        report.focus.set(Some(Target::Place(place.get_value())));
    };
    let leave = move || {
        // Also heard when the field is taken out of the page.
        if composing.try_set_value(false).is_some() {
            return;
        }
        typing.set(false);
        report.leave();
    };
    let invalid = move || matches!(cell.get(), Cell::Unread(_)).then_some("true");
    let words = move || {
        let money = report.money.get();
        report.document.with(|now| reference::edit_text(now, def, &cell.get(), money))
    };
    if reference::is_chosen(def) {
        let present = words;
        let offered = report.document.with_untracked(|now| reference::options(now, def));
        let offered: Vec<String> = offered.into_iter().map(|(_, label)| label).collect();
        let labels = offered.clone();
        let known = move || present().is_empty() || labels.contains(&present());
        return view! {
            <select
                class="input input--m"
                id=id
                aria-describedby=described
                aria-invalid=invalid
                disabled=move || !report.writable.get()
                prop:value=present
                on:focus=move |_| enter()
                on:change=move |event| {
                    store(&event_target_value(&event));
                    leave();
                }
            >
                <option value="" selected=move || present().is_empty()>
                    "未填"
                </option>
                {move || (!known()).then(|| view! { <option value=present() selected=true>{present()}</option> })}
                {offered
                    .into_iter()
                    .map(|label| {
                        let (own, value) = (label.clone(), label.clone());
                        view! {
                            <option value=value selected=move || present() == own>
                                {label}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        }
        .into_any();
    }
    // While the field is being typed into, nothing but its user changes its text.
    let value = Memo::new(move |before: Option<&String>| match before {
        Some(before) if typing.get() => before.clone(),
        _ => words(),
    });
    Effect::new(move |before: Option<()>| {
        report.reverted.track();
        if before.is_some() {
            typing.set(false);
        }
    });
    let text = move || node.get_untracked().map(|input| input.value()).unwrap_or_default();
    let size = match def.kind {
        Kind::Text | Kind::Reference | Kind::Narrative => "input",
        Kind::Date => "input input--m",
        Kind::Amount => "input input--amount",
        _ => "input input--s",
    };
    view! {
        <input
            node_ref=node
            class=size
            id=id
            type="text"
            autocomplete="off"
            placeholder="未填"
            inputmode=def.kind.is_numeric().then_some("decimal")
            aria-describedby=described
            aria-invalid=invalid
            aria-required=def.required.then_some("true")
            readonly=move || !report.writable.get()
            prop:value=move || value.get()
            on:focus=move |_| enter()
            on:input=move |_| {
                if !composing.get_value() {
                    store(&text());
                }
            }
            on:compositionstart=move |_| composing.set_value(true)
            on:compositionend=move |_| {
                composing.set_value(false);
                store(&text());
            }
            on:blur=move |_| leave()
            on:keydown=move |event| {
                if event.key() == "Escape" && typing.get_untracked() && !super::keys::is_composing(&event) {
                    event.stop_propagation();
                    report.set(place.get_value(), before.get_value());
                    leave();
                }
            }
        />
    }
    .into_any()
}

fn unit_of(def: &FieldDef, money: MoneyUnit) -> Option<&'static str> {
    match def.kind {
        Kind::Amount => Some(money.label()),
        Kind::Percent => Some("%"),
        _ => (!def.unit.is_empty()).then_some(def.unit),
    }
}
