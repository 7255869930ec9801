//! A narrative field: a text box with `{标签}` marks, and under it the paragraph as it will print.

use leptos::html;
use leptos::prelude::*;
use ziping::app::refs;
use ziping::domain::cell::Raw;
use ziping::domain::compose;
use ziping::domain::document::Document;
use ziping::domain::facts::label::Target;
use ziping::domain::narrative::{self, Shown};
use ziping::domain::place::Place;

use super::input::Typing;
use super::picker::Picker;
use crate::web::check::prose::UnderText;
use crate::web::parts::icon::Icon;
use crate::web::shell::place;
use crate::web::state::report;

/// The text of a section.
#[component]
pub fn Narrative(
    /// Key of the field in `narratives`.
    key: &'static str,
) -> impl IntoView {
    let report = report();
    let place = Place::field("narratives", key);
    let Some(def) = Document::def(&place) else { return ().into_any() };
    let id = format!("text-{key}");
    let help_id = format!("{id}-help");
    let node = NodeRef::<html::Textarea>::new();
    let typing = Typing::new(place.clone(), move |text| {
        let document = report.document.get_untracked();
        Raw::text(narrative::stored(&document, text))
    });
    super::follow_jump(Target::Place(place), node);
    follow_select(key, node);
    let edited = move |cell: &Raw| {
        // Labels follow renamed rows, so the whole document is looked at; only while nothing is being typed.
        report.document.with(|document| match cell {
            Raw::Nil => "无".to_owned(),
            _ => narrative::edited(document, cell.words()),
        })
    };
    let value = Memo::new(move |_| typing.value(edited, edited));
    let text = move || node.get_untracked().map(|area| area.value()).unwrap_or_default();
    // Text goes in where the caret is, as one step of its own.
    let insert = move |piece: &str, own_line: bool| {
        let Some(area) = node.get_untracked() else { return };
        let now = area.value();
        let caret = area.selection_start().ok().flatten().map_or(usize::MAX, |at| at as usize);
        let (before, after) = split_utf16(&now, caret);
        let piece = if own_line { on_own_line(before, piece, after) } else { piece.to_owned() };
        let at = before.encode_utf16().count() + piece.encode_utf16().count();
        report.leave();
        area.focus().ok();
        typing.commit(format!("{before}{piece}{after}"));
        report.leave();
        request_animation_frame(move || {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            area.set_selection_range(at, at).ok();
        });
    };
    let pick = Callback::new(move |(label, bare): (String, bool)| {
        insert(&format!("{{{label}{}}}", if bare { "|数" } else { "" }), false);
    });
    let compose_text = move |_| {
        let document = report.document.get_untracked();
        let facts = report.assessment.with_untracked(|assessment| assessment.facts.clone());
        match compose::compose(&document, &facts, key) {
            Some(stored) => insert(&narrative::edited(&document, &stored), true),
            None => report.say("这一节的表还没有数字，先填表再成文。", false),
        }
    };
    view! {
        <section class="narrative">
            <div class="narrative__head">
                <label class="narrative__label" for=id.clone()>
                    {def.label}
                </label>
                <Show when=move || report.writable.get()>
                    <Picker pick=pick />
                    {compose::can_compose(key)
                        .then(|| {
                            view! {
                                <button
                                    type="button"
                                    class="button button--small"
                                    title="用表中数字写一段初稿，插在光标处"
                                    on:click=compose_text
                                >
                                    "成文"
                                </button>
                            }
                        })}
                </Show>
            </div>
            <p class="narrative__help" id=help_id.clone()>
                {def.help}
            </p>
            <div class="grow" data-text=move || value.get()>
                <textarea
                    node_ref=node
                    class="input"
                    id=id
                    aria-describedby=help_id
                    readonly=move || !report.writable.get()
                    prop:value=move || value.get()
                    on:focus=move |_| typing.enter()
                    on:input=move |_| typing.input(text())
                    on:compositionstart=move |_| typing.compose()
                    on:compositionend=move |_| typing.composed(text())
                    on:blur=move |_| typing.leave()
                ></textarea>
            </div>
            <UnderText key=key />
            <Typed typing=typing />
            <Printed typing=typing />
        </section>
    }
    .into_any()
}

/// Offers that are shown at once; the next come as these are taken.
const OFFERED: usize = 4;

/// How many figures are references and how many were typed, and which typed ones could be references.
#[component]
fn Typed(typing: Typing) -> impl IntoView {
    let report = report();
    let count = Memo::new(move |_| refs::census(typing.cell().words()).words());
    // Looked for once the text is left: it reads the whole report.
    let offers = Memo::new(move |before: Option<&Vec<refs::Offer>>| {
        if report.typing.get() {
            return before.cloned().unwrap_or_default();
        }
        let cell = typing.cell();
        report.document.with(|document| {
            report.assessment.with(|assessment| refs::offers(document, &assessment.facts, cell.words()))
        })
    });
    let take = move |offer: &refs::Offer, target: &Target| {
        let cell = untrack(|| typing.cell());
        if let Some(text) = refs::replaced(cell.words(), offer, target) {
            report.leave();
            report.set(typing.place(), Raw::text(text));
            report.leave();
            report.say(format!("“{}”已改为引用。", offer.text), true);
        }
    };
    let line = move |offer: refs::Offer| {
        let words = match offer.candidates.as_slice() {
            [(_, label)] if offer.more == 0 => format!("文中 {} 等于 {label}", offer.text),
            _ => format!("文中 {} 等于下列各项，是哪一项", offer.text),
        };
        let more = (offer.more != 0).then(|| format!("另有 {} 项同值", offer.more));
        let single = offer.candidates.len() == 1 && offer.more == 0;
        let buttons = offer.candidates.clone().into_iter().map(move |(target, label)| {
            let offer = offer.clone();
            let name = format!("把 {} 改为引用 {label}", offer.text);
            view! {
                <button
                    type="button"
                    class="button button--link"
                    aria-label=name
                    on:click=move |_| take(&offer, &target)
                >
                    {if single { "改为引用".to_owned() } else { label }}
                </button>
            }
        });
        view! {
            <li class="narrative__mark" data-severity="hint">
                <Icon name="hint" />
                <span>{words}</span>
                {buttons.collect_view()}
                {more.map(|more| view! { <span class="narrative__more">{more}</span> })}
            </li>
        }
    };
    view! {
        <Show when=move || count.with(|count| !count.is_empty())>
            <p class="narrative__count">{move || count.get()}</p>
        </Show>
        <Show when=move || report.writable.get() && offers.with(|offers| !offers.is_empty())>
            <ul class="narrative__marks" aria-label="可以改为引用的数">
                {move || {
                    offers.with(|offers| {
                        offers.iter().take(OFFERED).cloned().map(line).collect_view()
                    })
                }}
                {move || {
                    let more = offers.with(Vec::len).saturating_sub(OFFERED);
                    (more != 0)
                        .then(|| {
                            view! { <li class="narrative__mark">{format!("还有 {more} 处可以改为引用。")}</li> }
                        })
                }}
            </ul>
        </Show>
    }
}

/// The paragraphs as they will print, each value a link to where it comes from; marks that name nothing are said.
#[component]
fn Printed(typing: Typing) -> impl IntoView {
    let report = report();
    let lines = Memo::new(move |_| {
        let cell = typing.cell();
        report.document.with(|document| {
            report.assessment.with(|assessment| {
                cell.words()
                    .lines()
                    .filter(|line| !line.trim().is_empty())
                    .map(|line| narrative::shown(document, &assessment.facts, line.trim()))
                    .collect::<Vec<_>>()
            })
        })
    });
    let has_references =
        move || lines.with(|lines| lines.iter().flatten().any(|piece| !matches!(piece, Shown::Text(_))));
    let unknown = Memo::new(move |_| {
        lines.with(|lines| {
            lines
                .iter()
                .flatten()
                .filter_map(|piece| match piece {
                    Shown::Unknown(text) => Some(text.clone()),
                    _ => None,
                })
                .collect::<Vec<_>>()
        })
    });
    view! {
        <Show when=move || unknown.with(|all| !all.is_empty()) && !report.typing.get()>
            <ul class="narrative__marks">
                {move || {
                    unknown
                        .get()
                        .into_iter()
                        .map(|text| {
                            view! {
                                <li class="narrative__mark" data-severity="warning">
                                    <Icon name="warning" />
                                    <span>
                                        "“"{text}
                                        "”没有对应的数据，会照原样印出。请从“插入数据”中选一项替换，或去掉花括号。"
                                    </span>
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ul>
        </Show>
        <Show when=has_references>
            <div class="narrative__prints">
                <p class="narrative__caption">"打印出来是"</p>
                {move || {
                    lines
                        .get()
                        .into_iter()
                        .map(|pieces| {
                            view! {
                                <p class="narrative__text">
                                    {pieces.into_iter().map(piece).collect_view()}
                                </p>
                            }
                        })
                        .collect_view()
                }}
            </div>
        </Show>
    }
}

fn piece(piece: Shown) -> AnyView {
    let report = report();
    let link = move |target: Target, text: String, state: Option<&'static str>| {
        let (label, href) = report
            .document
            .with_untracked(|document| (target.label(document), place::address(document, &target)));
        // A link and no button: a button is a box, before which a line may break where none may in Chinese.
        view! {
            <a
                class="ref"
                href=href
                data-state=state
                title=label
                on:click=move |event| {
                    event.prevent_default();
                    report.jump.set(Some(target.clone()));
                }
            >
                {text}
            </a>
        }
        .into_any()
    };
    match piece {
        Shown::Text(text) => text.into_any(),
        Shown::Value { target, text } => link(target, text, None),
        Shown::Missing { target, text } => link(target, text, Some("blank")),
        Shown::Gone { text, .. } => view! { <span class="ref" data-state="lost">{text}</span> }.into_any(),
        Shown::Unknown(text) => view! { <span class="ref" data-state="unknown">{text}</span> }.into_any(),
    }
}

/// Selects the characters that somebody wants to see, once the jump has brought the focus here.
fn follow_select(key: &'static str, node: NodeRef<html::Textarea>) {
    let report = report();
    Effect::new(move |_| {
        let wanted = report
            .select
            .with(|select| select.as_ref().filter(|(of, _)| *of == key).map(|(_, range)| range.clone()));
        let (Some(range), Some(area)) = (wanted, node.get()) else { return };
        report.select.set(None);
        request_animation_frame(move || {
            let units = |count: usize| area.value().chars().take(count).map(char::len_utf16).sum::<usize>();
            let (from, to) = (units(range.start), units(range.end));
            area.focus().ok();
            area.set_selection_range(u32::try_from(from).unwrap_or(0), u32::try_from(to).unwrap_or(0)).ok();
        });
    });
}

/// Splits a text at an offset counted as the browser counts, in UTF-16 units.
fn split_utf16(text: &str, units: usize) -> (&str, &str) {
    let mut seen = 0;
    let at = text
        .char_indices()
        .find(|(_, c)| {
            let here = seen;
            seen += c.len_utf16();
            here >= units
        })
        .map_or(text.len(), |(at, _)| at);
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// A paragraph of its own between what stands before and after.
fn on_own_line(before: &str, piece: &str, after: &str) -> String {
    let lead = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    let tail = if after.is_empty() || after.starts_with('\n') { "" } else { "\n" };
    format!("{lead}{piece}{tail}")
}
