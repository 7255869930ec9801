//! 数字体检: a report's text with its figures marked, and what they say about each other.
//!
//! Works without any draft. What is found comes from `domain::lint`; this only shows it and leads from a figure to its
//! finding and back.

use std::sync::Arc;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use ziping::app::docx;

use crate::web::adapters::files;
use crate::web::check::extract::ExtractButton;
use crate::web::check::list::{ClaimCard, Unchecked};
use crate::web::check::{Checked, Desk, marks};
use crate::web::notice::{NoticeList, Notices};
use crate::web::{about, paper, print};

/// Longest text that is taken: some times the longest report. More would keep the page busy for seconds.
const LONGEST: usize = 300_000;

/// The screen.
#[component]
pub fn Check() -> impl IntoView {
    document().set_title("数字体检 — 自评通");
    let notices = expect_context::<Notices>();
    let checked = expect_context::<Desk>().checked;
    let over = RwSignal::new(false);
    let check = move |text: &str| {
        if text.chars().count() > LONGEST {
            let lines = vec!["请只取报告正文，或分几次核对。原来的内容没有变化。".to_owned()];
            notices.add("error", "文字超过 30 万字，没有核对。", lines);
        } else if text.trim().is_empty() {
            notices.add("error", "里面没有文字，没有核对。", Vec::new());
        } else {
            checked.set(Some(Checked::of(text)));
        }
    };
    let open = move |file: web_sys::File| {
        let name = file.name();
        let refuse = move |name: &str, reason: String| {
            notices.add("error", format!("没有打开“{name}”。"), vec![reason]);
        };
        if file.size() > docx::MAX_BYTES as f64 {
            refuse(&name, docx::DocxError::TooLarge.to_string());
            return;
        }
        files::read(&file, move |bytes| match bytes {
            None => refuse(&name, "浏览器读不到这个文件。请确认文件还在原处，再试一次。".to_owned()),
            Some(bytes) => match text_of(&name, &bytes) {
                Ok((text, encoding)) => {
                    if let Some(encoding) = encoding {
                        notices.add("info", format!("“{name}”按 {encoding} 编码读出。"), Vec::new());
                    }
                    check(&text);
                }
                Err(error) => refuse(&name, error.to_string()),
            },
        });
    };
    view! {
        <div class="shell">
            <header class="shell__bar bar">
                <a class="bar__mark" href="#/">
                    "自评通"
                </a>
                <span class="bar__report-name">"数字体检"</span>
                <span class="bar__space"></span>
                <button type="button" class="button button--quiet" on:click=move |_| about::open()>
                    "帮助"
                </button>
            </header>
            <div class="shell__notices">
                <NoticeList />
            </div>
            <main
                class="main"
                id="main"
                data-over=move || over.get().then_some("")
                on:dragover=move |event: ev::DragEvent| {
                    event.prevent_default();
                    over.set(true);
                }
                on:dragleave=move |_| over.set(false)
                on:drop=move |event: ev::DragEvent| {
                    event.prevent_default();
                    over.set(false);
                    let file =
                        event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0));
                    if let Some(file) = file {
                        open(file);
                    }
                }
            >
                {move || match checked.get() {
                    None => {
                        view! { <Paste check=Callback::new(move |text: String| check(&text)) open=Callback::new(open) /> }
                            .into_any()
                    }
                    Some(found) => view! { <Found found=found again=Callback::new(move |()| checked.set(None)) /> }.into_any(),
                }}
            </main>
        </div>
    }
}

/// The text of a file, and its encoding where it is not UTF-8: Word by its container, anything else as text.
fn text_of(name: &str, bytes: &[u8]) -> Result<(String, Option<&'static str>), docx::DocxError> {
    const OTHER: &[&[u8]] = &[b"PK", &[0xD0, 0xCF, 0x11, 0xE0], b"%PDF", b"\x89PNG", &[0xFF, 0xD8, 0xFF]];
    if name.to_lowercase().ends_with(".docx") || OTHER.iter().any(|magic| bytes.starts_with(magic)) {
        return docx::text(bytes).map(|text| (text, None));
    }
    let damaged = docx::DocxError::Damaged;
    match bytes {
        [0xFF, 0xFE, ..] => {
            return files::decode("utf-16le", bytes).map(|text| (text, Some("UTF-16"))).ok_or(damaged);
        }
        [0xFE, 0xFF, ..] => {
            return files::decode("utf-16be", bytes).map(|text| (text, Some("UTF-16"))).ok_or(damaged);
        }
        _ => {}
    }
    if bytes.contains(&0) {
        return Err(docx::DocxError::NotWord);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.trim_start_matches('\u{feff}').to_owned(), None)),
        // Text files of Chinese Windows are GBK.
        Err(_) => files::decode("gb18030", bytes).map(|text| (text, Some("GBK"))).ok_or(damaged),
    }
}

#[component]
fn Paste(check: Callback<String>, open: Callback<web_sys::File>) -> impl IntoView {
    let area = NodeRef::<html::Textarea>::new();
    let empty = RwSignal::new(true);
    let run = move || {
        let text = area.get_untracked().map(|area| area.value()).unwrap_or_default();
        if !text.trim().is_empty() {
            check.run(text);
        }
    };
    view! {
        <div class="page">
            <header class="page__head">
                <h1 class="page__title">"数字体检"</h1>
                <p class="page__lede">
                    "粘贴一份报告的文字，看哪些数字不可能同时成立：合计、占比、完成率、增长率、前后两处。内容只在这台电脑上处理。"
                </p>
            </header>
            <label class="field__label" for="check-text">
                "报告文字"
            </label>
            <textarea
                node_ref=area
                class="input check__input"
                id="check-text"
                placeholder="从 Word、WPS 或网页复制全文，粘贴到这里，表格也可以一起粘贴。也可以把 .docx 或 .txt 文件拖到这里。"
                on:input=move |event| empty.set(event_target_value(&event).trim().is_empty())
            ></textarea>
            <div class="buttons check__actions">
                <button
                    type="button"
                    class="button button--primary"
                    aria-disabled=move || empty.get().to_string()
                    on:click=move |_| run()
                >
                    "开始体检"
                </button>
                <button
                    type="button"
                    class="button"
                    on:click=move |_| files::choose(".docx,.txt,text/plain", move |file| open.run(file))
                >
                    "打开 Word（.docx）或文本文件"
                </button>
            </div>
        </div>
    }
}

#[component]
fn Found(found: Checked, again: Callback<()>) -> impl IntoView {
    let chosen = RwSignal::new(None::<usize>);
    let all = RwSignal::new(false);
    let text = NodeRef::<html::Div>::new();
    let claims = found.report.claims.len();
    let problems = found.report.claims.iter().filter(|claim| claim.severity.is_some()).count();
    {
        let found = found.clone();
        Effect::new(move |_| {
            if let Some(container) = text.get() {
                marks::fill(&container, &found);
            }
        });
    }
    {
        let found = found.clone();
        Effect::new(move |_| marks::light(&found, chosen.get()));
    }
    let listed = {
        let found = found.clone();
        let mut order: Vec<usize> = (0..claims).collect();
        let weight =
            |at: &usize| found.report.claims.get(*at).map(|claim| (claim.severity.is_none(), claim.severity));
        order.sort_by_key(weight);
        move || {
            order
                .iter()
                .filter(|at| {
                    all.get() || found.report.claims.get(**at).is_some_and(|claim| claim.severity.is_some())
                })
                .map(|at| view! { <ClaimCard checked=found.clone() at=*at chosen=chosen /> })
                .collect_view()
        }
    };
    let copied = RwSignal::new("复制结果");
    let lines = Arc::new(found.lines());
    let copy = {
        let lines = lines.clone();
        move |_| {
            paper::copy_text(&lines.join("\n"), move |done| {
                copied.set(if done { "已复制" } else { "浏览器不允许复制，请打印" });
            });
        }
    };
    view! {
        <div class="check">
            <div class="check__head">
                <h1 class="page__title">"数字体检"</h1>
                <p class="check__summary" role="status">
                    {found.summary()}
                </p>
                <div class="buttons">
                    <ExtractButton checked=found.clone() />
                    <button type="button" class="button button--small" on:click=copy>
                        {move || copied.get()}
                    </button>
                    <button
                        type="button"
                        class="button button--small"
                        on:click=move |_| print::print_lines("数字体检结果", &lines)
                    >
                        "打印结果"
                    </button>
                    <button type="button" class="button button--small" on:click=move |_| again.run(())>
                        "重新粘贴"
                    </button>
                </div>
            </div>
            <div
                node_ref=text
                class="check__text"
                tabindex="0"
                role="region"
                aria-label="报告文字"
                on:click=move |event| {
                    if let Some(at) = marks::claim_of(event.target()) {
                        choose(chosen, all, at);
                    }
                }
                on:keydown=move |event: ev::KeyboardEvent| on_mark_key(&event, chosen, all)
            ></div>
            <div
                class="check__list"
                tabindex="0"
                role="region"
                aria-label="核对结果"
                on:keydown={
                    let found = found.clone();
                    move |event: ev::KeyboardEvent| on_card_key(&event, &found, chosen)
                }
            >
                {(claims == 0)
                    .then(|| {
                        view! {
                            <div class="empty">
                                <p class="empty__title">"没有读到可以互相核对的数字"</p>
                                <p>
                                    "只有写明了合计、其中、占比、完成率、增长率等关系的数字才能核对。没有核对的不等于没有问题。"
                                </p>
                            </div>
                        }
                    })}
                {(claims > 0)
                    .then(|| {
                        view! {
                            <div class="findings__filter">
                                <button
                                    type="button"
                                    class="button button--small"
                                    aria-pressed=move || (!all.get()).to_string()
                                    on:click=move |_| all.set(false)
                                >
                                    {format!("有问题的 {problems}")}
                                </button>
                                <button
                                    type="button"
                                    class="button button--small"
                                    aria-pressed=move || all.get().to_string()
                                    on:click=move |_| all.set(true)
                                >
                                    {format!("全部 {claims}")}
                                </button>
                            </div>
                        }
                    })}
                {(claims > 0 && problems == 0)
                    .then(|| view! { <p class="finding__todo">"核对过的数字都一致。"</p> })}
                <h2 class="visually-hidden">"核对结果"</h2>
                <div class="findings">{listed}</div>
                <Unchecked checked=found.clone() />
            </div>
        </div>
    }
}

/// Chooses the claim of a mark and brings its card into view.
fn choose(chosen: RwSignal<Option<usize>>, all: RwSignal<bool>, at: usize) {
    chosen.set(Some(at));
    let show = move || marks::focus(&document().get_element_by_id(&format!("claim-{at}"))?);
    if show().is_none() {
        // A claim that holds is only listed when all are.
        all.set(true);
        request_animation_frame(move || {
            show();
        });
    }
}

/// Enter leads from a mark to its card; arrows lead on to the next mark.
fn on_mark_key(event: &ev::KeyboardEvent, chosen: RwSignal<Option<usize>>, all: RwSignal<bool>) {
    let Some(at) = marks::claim_of(event.target()) else { return };
    match event.key().as_str() {
        "Enter" | " " => choose(chosen, all, at),
        "ArrowRight" | "ArrowDown" => drop(marks::step(event.target(), true)),
        "ArrowLeft" | "ArrowUp" => drop(marks::step(event.target(), false)),
        _ => return,
    }
    event.prevent_default();
}

/// Enter on a card leads to its first place in the text; arrows lead to the next card.
fn on_card_key(event: &ev::KeyboardEvent, found: &Checked, chosen: RwSignal<Option<usize>>) {
    use wasm_bindgen::JsCast;
    let card = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let Some(card) = card.filter(|card| card.id().starts_with("claim-")) else { return };
    match event.key().as_str() {
        "Enter" => {
            let at = card.id().strip_prefix("claim-").and_then(|at| at.parse::<usize>().ok());
            let claim = at.and_then(|at| found.report.claims.get(at));
            let from =
                claim.map(|claim| claim.places.first().map_or(claim.range.start, |place| place.range.start));
            chosen.set(at);
            if let Some(from) = from {
                marks::show(found, from);
            }
        }
        "ArrowDown" => drop(card.next_element_sibling().and_then(|next| marks::focus(&next))),
        "ArrowUp" => drop(card.previous_element_sibling().and_then(|next| marks::focus(&next))),
        _ => return,
    }
    event.prevent_default();
}
