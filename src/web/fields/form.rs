//! A section's fields, and what a template asks for of its own, as labelled forms.

use leptos::html;
use leptos::prelude::*;
use ziping::domain::amount::MoneyUnit;
use ziping::domain::cell::{Cell, Raw};
use ziping::domain::document::{Document, answer_place};
use ziping::domain::entry;
use ziping::domain::facts::label::Target;
use ziping::domain::place::Place;
use ziping::domain::record::{FieldDef, Kind};
use ziping::domain::template::Input;

use super::input::Typing;
use crate::web::parts::icon::Icon;
use crate::web::state::report;

/// All fields of a section.
#[component]
pub fn Form(
    /// Name of the section.
    section: &'static str,
) -> impl IntoView {
    let defs = Document::SECTIONS.iter().find(|(name, _)| *name == section).map_or(&[][..], |(_, defs)| defs);
    view! {
        <div class="fields fields--two">
            {defs
                .iter()
                .map(|def| view! { <Field place=Place::field(section, def.key) def=def /> })
                .collect_view()}
        </div>
    }
}

/// All inputs of one part of a template.
#[component]
pub fn Inputs(
    /// What is asked for.
    inputs: Vec<Input>,
) -> impl IntoView {
    view! {
        <div class="fields fields--two">
            {inputs
                .into_iter()
                .map(|input| {
                    let words = Words {
                        unit: input.unit().to_owned(),
                        options: input.options.iter().map(|text| (text.clone(), text.clone())).collect(),
                        chosen: input.is_chosen(),
                        required: input.required,
                        label: input.label.clone(),
                        help: input.help.clone(),
                    };
                    view! { <Worded place=answer_place(&input) def=input.def() words=words /> }
                })
                .collect_view()}
        </div>
    }
}

/// What a field says of itself on screen.
struct Words {
    label: String,
    help: String,
    unit: String,
    required: bool,
    /// Whether it is chosen from its options, keys with labels.
    chosen: bool,
    options: Vec<(String, String)>,
}

impl Words {
    fn of(def: &FieldDef) -> Self {
        let option = |(key, label): &(&str, &str)| ((*key).to_owned(), (*label).to_owned());
        Words {
            label: def.label.to_owned(),
            help: def.help.to_owned(),
            unit: unit(def).unwrap_or_default().to_owned(),
            required: def.required,
            chosen: def.kind == Kind::Choice,
            options: def.options.iter().map(option).collect(),
        }
    }
}

/// One field of a record.
#[component]
pub fn Field(
    /// Where it is stored.
    place: Place,
    /// What is known of it.
    def: &'static FieldDef,
) -> impl IntoView {
    view! { <Worded place=place def=def words=Words::of(def) /> }
}

/// One field with label, help, unit, and what is wrong with it.
#[component]
fn Worded(
    place: Place,
    /// How its text is read and shown.
    def: &'static FieldDef,
    words: Words,
) -> impl IntoView {
    let report = report();
    let Words { label, help, unit, required, chosen, options } = words;
    let target = Target::Place(place.clone());
    let id = match &place {
        Place::Field { section, .. } => format!("field-{section}-{}", def.key),
        Place::Cell { row, column, .. } => format!("field-{row}-{column}"),
    };
    let (help_id, message_id) = (format!("{id}-help"), format!("{id}-message"));
    let cell = {
        let place = place.clone();
        Memo::new(move |_| report.document.with(|document| document.get(&place)))
    };
    let finding = {
        let target = target.clone();
        Memo::new(move |_| report.findings.with(|findings| findings.severity_at(&target)))
    };
    // What is wrong is said after the field is left.
    let message = Memo::new(move |_| match cell.get() {
        Cell::Unread(text) if !report.typing.get() => Some(entry::why_unread(def, &text, MoneyUnit::WanYuan)),
        _ => None,
    });
    let described = {
        let (help_id, message_id) = (help_id.clone(), message_id.clone());
        let has_help = !help.is_empty();
        move || {
            let help = has_help.then(|| help_id.clone());
            let message = message.with(Option::is_some).then(|| message_id.clone());
            [help, message].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
    };
    let long = matches!(def.kind, Kind::Text | Kind::Reference | Kind::Narrative);
    let control = if chosen {
        view! { <ChoiceInput place=place options=options id=id.clone() described=described /> }.into_any()
    } else {
        let invalid = Signal::derive(move || message.with(Option::is_some));
        view! {
            <TextInput
                place=place
                def=def
                required=required
                id=id.clone()
                described=described
                invalid=invalid
            />
        }
        .into_any()
    };
    view! {
        <div
            class="field"
            data-state=move || entry::state(&cell.get())
            data-finding=move || finding.get().map(|severity| severity.key())
        >
            <label class="field__label" for=id>
                {label}
                {required.then(|| view! { <span class="field__note">"必填"</span> })}
                {move || {
                    finding
                        .get()
                        .map(|severity| {
                            view! {
                                <span class="field__sign">
                                    <Icon name=severity.key() />
                                    {severity.label()}
                                </span>
                            }
                        })
                }}
            </label>
            {(!help.is_empty())
                .then(|| view! { <p class="field__help" id=help_id.clone()>{help}</p> })}
            <div class="field__control" class=("field__control--full", long)>
                {control}
                {(!unit.is_empty()).then(|| view! { <span class="field__unit">{unit}</span> })}
            </div>
            {move || {
                message
                    .get()
                    .map(|words| {
                        view! {
                            <p class="field__message" id=message_id.clone()>
                                <Icon name="error" />
                                <span>{words}</span>
                            </p>
                        }
                    })
            }}
        </div>
    }
}

fn unit(def: &FieldDef) -> Option<&'static str> {
    match def.kind {
        Kind::Amount => Some(MoneyUnit::WanYuan.label()),
        Kind::Percent => Some("%"),
        _ => (!def.unit.is_empty()).then_some(def.unit),
    }
}

#[component]
fn TextInput(
    place: Place,
    def: &'static FieldDef,
    required: bool,
    id: String,
    described: impl Fn() -> String + Send + Sync + 'static,
    #[prop(into)] invalid: Signal<bool>,
) -> impl IntoView {
    let report = report();
    let node = NodeRef::<html::Input>::new();
    let typing = Typing::new(place.clone(), move |text| entry::read(def, text, MoneyUnit::WanYuan));
    super::follow_jump(Target::Place(place), node);
    let shown = move |cell: &Raw| match cell {
        Cell::Nil => "无".to_owned(),
        _ => entry::shown(def, cell, MoneyUnit::WanYuan),
    };
    let value = move || typing.value(shown, |cell| entry::edit_text(def, cell, MoneyUnit::WanYuan));
    let text = move || node.get_untracked().map(|input| input.value()).unwrap_or_default();
    let size = match def.kind {
        Kind::Text | Kind::Reference | Kind::Narrative => "input",
        Kind::Amount => "input input--amount",
        Kind::Date => "input input--m",
        _ => "input input--s",
    };
    let mode = if def.kind.is_numeric() { "decimal" } else { "text" };
    view! {
        <input
            node_ref=node
            class=size
            id=id
            type="text"
            inputmode=mode
            autocomplete="off"
            aria-describedby=described
            aria-invalid=move || invalid.get().then_some("true")
            aria-required=required.then_some("true")
            readonly=move || !report.writable.get()
            prop:value=value
            on:focus=move |_| typing.enter()
            on:input=move |_| typing.input(text())
            on:compositionstart=move |_| typing.compose()
            on:compositionend=move |_| typing.composed(text())
            on:blur=move |_| typing.leave()
            on:keydown=move |event| {
                if event.key() == "Escape" && !typing.is_composing() && !event.is_composing() {
                    typing.restore();
                }
            }
        />
    }
}

#[component]
fn ChoiceInput(
    place: Place,
    /// Keys with labels.
    options: Vec<(String, String)>,
    id: String,
    described: impl Fn() -> String + Send + Sync + 'static,
) -> impl IntoView {
    let report = report();
    let node = NodeRef::<html::Select>::new();
    super::follow_jump(Target::Place(place.clone()), node);
    let focus_place = place.clone();
    let shown_place = place.clone();
    let present = Memo::new(move |_| {
        let cell = report.document.with(|document| document.get(&shown_place));
        cell.words().to_owned()
    });
    view! {
        <select
            node_ref=node
            class="input input--m"
            id=id
            aria-describedby=described
            disabled=move || !report.writable.get()
            prop:value=move || present.get()
            on:focus=move |_| report.focus.set(Some(Target::Place(focus_place.clone())))
            on:change=move |event| {
                report.set(place.clone(), Raw::text(event_target_value(&event)));
                report.leave();
            }
        >
            <option value="" selected=move || present.with(String::is_empty)>
                "未填"
            </option>
            {options
                .into_iter()
                .map(|(key, label)| {
                    let value = key.clone();
                    view! {
                        <option value=value selected=move || present.with(|now| *now == key)>
                            {label}
                        </option>
                    }
                })
                .collect_view()}
        </select>
    }
}
