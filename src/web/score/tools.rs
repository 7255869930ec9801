//! Moving a part of the template, and taking it out.

use leptos::prelude::*;
use ziping::app::score::tree::{self, Part, Way};

use super::editing::{focus_soon, tools_id};
use crate::web::state::report;

/// The buttons of a part. Alt with ↑ or ↓ moves it too.
#[component]
pub fn PartTools(
    /// Which part.
    part: Part,
    /// Its name, for the buttons' names.
    #[prop(into)]
    name: Signal<String>,
) -> impl IntoView {
    let report = report();
    let id = tools_id(&part);
    let part = StoredValue::new(part);
    let shift = move |way: Way| {
        report.leave();
        let moved = report
            .document
            .with_untracked(|document| part.with_value(|part| tree::shift(document, part, way)));
        match moved {
            Some((edit, part)) => {
                report.edit(edit);
                focus_soon(tools_id(&part));
            }
            None if way == Way::Up => report.say("已经在最上面。", false),
            None => report.say("已经在最下面。", false),
        }
    };
    let remove = move |_| {
        report.leave();
        // Asked afterwards, it would be the name of what moved up.
        let gone = name.get_untracked();
        let edit =
            report.document.with_untracked(|document| part.with_value(|part| tree::remove(document, part)));
        if edit.is_some_and(|edit| report.edit(edit)) {
            let kept = match part.get_value() {
                Part::Grade(_) => "",
                _ => "，填过的内容保留在“已停用”中",
            };
            report.say(format!("已从本部门的模板中去掉“{gone}”{kept}。"), true);
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let way = match event.key().as_str() {
            "ArrowUp" if event.alt_key() => Way::Up,
            "ArrowDown" if event.alt_key() => Way::Down,
            _ => return,
        };
        event.prevent_default();
        shift(way);
    };
    view! {
        <span
            class="score__tools"
            role="group"
            id=id
            tabindex="-1"
            aria-label=move || format!("“{}”的位置", name.get())
            on:keydown=on_key
        >
            <button
                type="button"
                class="button button--quiet button--small"
                title="Alt+↑"
                aria-label=move || format!("上移{}", name.get())
                on:click=move |_| shift(Way::Up)
            >
                "上移"
            </button>
            <button
                type="button"
                class="button button--quiet button--small"
                title="Alt+↓"
                aria-label=move || format!("下移{}", name.get())
                on:click=move |_| shift(Way::Down)
            >
                "下移"
            </button>
            <button
                type="button"
                class="button button--quiet button--small"
                aria-label=move || format!("去掉{}", name.get())
                on:click=remove
            >
                "去掉"
            </button>
        </span>
    }
}
